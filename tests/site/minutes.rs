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

/// Three councillors, one of them elected to preside, and two votes under one minute.
const VOTES: &str = "presided: R Thay\nelected_to_preside: true\npresent: [R Thay, P Male]\napologies: [N Akhtar]\n\
    represented: [{organisation: police, number: 2}, {organisation: scrutiny}]\n\
    votes:\n  - {minute: 53, on: The amendment, for: [P Male], against: [R Thay]}\n  \
    - {minute: 53, on: The motion, budget: true, for: [R Thay], abstaining: [P Male]}\n\
    interests: [{person: P Male, interest: Land, minute: 53, kind: disclosable, dispensation: true}]\n";

#[test]
fn recorded_votes_stand_with_their_minute_and_say_who_voted_how() {
    let police = "police: {name: West Midlands Police}\n";
    let pages = Site::new().file("organisations.yaml", police).minutes(VOTES, TEXT).build();
    let page = pages.page(&format!("{MEETING}/minutes.html"));
    let minute = page.split("id=\"minute-53\"").nth(1).expect("the minute");
    let minute = words(minute.split("</section>").next().expect("its end"));
    let amendment = "Recorded vote: The amendment For (1) Councillor P Male Against (1) Councillor R Thay";
    let motion = "Recorded vote on the budget: The motion For (1) Councillor R Thay Abstained (1) Councillor P Male";
    assert!(minute.contains(amendment), "{minute}");
    assert!(minute.contains(motion), "{minute}");
    let all = words(&page);
    assert!(all.contains("Councillor R Thay , elected to preside at this meeting"), "{all}");
    assert!(all.contains("West Midlands Police: 2 members Scrutiny Committee: 1 member"), "{all}");
    assert!(all.contains("With leave to speak and vote"), "{all}");
    let apologies =
        page.split("id=\"minute-52\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a minute");
    assert!(!apologies.contains("Recorded vote"), "{apologies}");
}

#[test]
fn a_minute_can_be_given_its_number() {
    let text = "## Apologies {item=1}\n\nNone.\n\n## Plan {item=2 number=57}\n\n**NOTED** it.\n\n## More\n\nText, see [[minute 57]].\n";
    let page = Site::new().minutes("", text).build().page(&format!("{MEETING}/minutes.html"));
    for id in ["minute-52", "minute-57", "minute-57-decision-1", "minute-58"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id} in {page}");
    }
    Site::new()
        .minutes("", "## Plan {number=next}\n\nText.\n")
        .finds(&["expected the number of a minute, found `next`"]);
    Site::new().paper("02-plan", "## Plan {number=4}\n\nText.\n").finds(&["only the heading of a minute"]);
}

#[test]
fn what_votes_and_follow_ups_name_is_there() {
    let with = |head: &str| Site::new().minutes(head, TEXT);
    with("votes: [{minute: 53, for: [R They]}]\n").finds(&[
        "R01",
        "there is no person `R They`",
        "did you mean `R Thay`?",
    ]);
    with("represented: [{organisation: police}]\n").finds(&["R01", "there is no organisation `police`"]);
    let follow_up = |see: &str| with(&format!("follow_ups: [{{minute: 53, what: Look, who: Officers, see: {see}}}]\n"));
    follow_up("02-plam").finds(&["R01", "did you mean `02-plan`?"]);
    follow_up("2023-07-13").finds(&["R01", "there is no meeting `scrutiny/2023-07-13`", "did you mean `2023-07-12`?"]);
    for see in ["02-plan", "2023-07-12", "scrutiny/2023-07-12"] {
        assert_eq!(follow_up(see).findings(), Vec::<String>::new(), "{see}");
    }
}

#[test]
fn the_contents_of_minutes_lead_to_all_their_parts() {
    let head = "present: [N Akhtar]\ninterests:\n  - {person: R Thay, interest: A neighbour., minute: 52}\n\
                follow_ups:\n  - {minute: 53, what: A list, who: Chief Legal Officer}\n";
    let page = Site::new().minutes(head, "## Apologies {item=1}\n\nNone.\n\n## Plan {item=2}\n\nText.\n").build();
    let page = page.page(&format!("{MEETING}/minutes.html"));
    let contents = page.split("<nav class=\"contents\"").nth(1).and_then(|rest| rest.split("</nav>").next());
    let contents = contents.expect("contents");
    for anchor in ["q-attendance", "q-interests", "q-follow-ups"] {
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        assert!(contents.contains(&format!("href=\"#{anchor}\"")), "{anchor} in {contents}");
    }
}
