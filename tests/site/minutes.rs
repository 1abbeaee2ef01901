//! Minutes: numbered, decisions standing out and gathered in the register.

use crate::support::{MEETING, Site, words};

const TEXT: &str = "## Apologies {item=1}\n\nNone.\n\n## Plan {item=2}\n\nThe Committee read it.\n\n**RESOLVED:**\n\n1. That it be noted.\n2. That officers:\n   1. look into arson\n   2. report back\n\nTalk went on.\n\n**RECOMMENDED** that the cabinet write.\n";

fn site() -> Site {
    Site::new().minutes(
        "presided: N Akhtar\npresent: [N Akhtar]\nsubstitutes: [{person: P Male, for: R Thay}]\napologies: [R Thay]\n\
         employees: [{directorate: Law, posts: [two officers]}]\nclosed: 13:15\n\
         follow_ups: [{minute: 53, what: Look into arson, who: officers}]\n",
        TEXT,
    )
}

#[test]
fn minutes_count_from_the_first_and_answer_their_items() {
    let pages = site().build();
    let minutes = pages.page(&format!("{MEETING}/minutes.html"));
    assert!(minutes.contains("id=\"minute-52\"") && minutes.contains("id=\"minute-53\""), "{minutes}");
    let agenda = pages.page(&format!("{MEETING}/index.html"));
    assert!(agenda.contains("minutes.html#minute-53"), "the agenda leads to the minute: {agenda}");
}

#[test]
fn decisions_stand_out_with_addresses_for_every_part() {
    let minutes = site().build().page(&format!("{MEETING}/minutes.html"));
    assert_eq!(minutes.matches("<div class=\"decision\"").count(), 2, "{minutes}");
    for id in ["minute-53-decision-1", "minute-53-decision-1-1", "minute-53-decision-1-2-b", "minute-53-decision-2"] {
        assert!(minutes.contains(&format!("id=\"{id}\"")), "{id} in {minutes}");
        assert!(minutes.contains(&format!("href=\"#{id}\"")), "a link to {id} in {minutes}");
    }
}

#[test]
fn the_register_gathers_decisions_by_body_and_year() {
    let pages = site().build();
    for path in [
        "decisions/index.html",
        "decisions/2023-24.html",
        "decisions/scrutiny/index.html",
        "decisions/scrutiny/2023-24.html",
    ] {
        let words = pages.words(path);
        assert!(words.contains("That it be noted."), "{path}: {words}");
        assert!(words.contains("that the cabinet write."), "{path}: {words}");
    }
    let register = pages.page("decisions/scrutiny/2023-24.html");
    assert!(register.contains("minutes.html#minute-53-decision-2"), "{register}");
    assert!(!register.contains("id=\"minute-53-decision-1-1\""), "a quoted decision has no addresses of its own");
}

#[test]
fn attendance_stands_on_the_minutes_and_with_each_person() {
    let pages = site().build();
    let minutes = pages.words(&format!("{MEETING}/minutes.html"));
    for part in ["Councillor N Akhtar", "Councillor P Male", "two officers", "1:15 pm", "Look into arson"] {
        assert!(minutes.contains(part), "{part} in {minutes}");
    }
    let thay = words(&pages.page("people/r-thay.html"));
    assert!(thay.to_lowercase().contains("apologies"), "{thay}");
}

#[test]
fn minutes_are_a_draft_until_a_meeting_agrees_them() {
    let draft = site().build().words(&format!("{MEETING}/minutes.html"));
    assert!(draft.to_lowercase().contains("draft"), "{draft}");
    let agreed = Site::new().minutes("agreed: 2023-09-20\n", TEXT).build().words(&format!("{MEETING}/minutes.html"));
    assert!(!agreed.to_lowercase().contains("draft"), "{agreed}");
    assert!(agreed.contains("20 September 2023"), "{agreed}");
}

#[test]
fn a_minute_that_answers_no_item_is_found() {
    Site::new().minutes("", "## Plan {item=9}\n\nText.\n").finds(&["the agenda has no item 9", "its items are 1, 2"]);
}
