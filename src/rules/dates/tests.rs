//! Dates and names as they are really written.

use crate::rules::testing::Papers;

fn note(text: &str) -> Papers {
    with_head("", text)
}

fn with_head(head: &str, text: &str) -> Papers {
    let head = format!("kind: briefing-note\ntitle: Plan\nstatus: published\nbackground_papers: none\n{head}");
    Papers::new().paper("03-plan", format!("---\n{head}---\n{text}\n"))
}

fn minutes(papers: Papers, others: &str, text: &str) -> Papers {
    papers.paper(
        "minutes",
        format!(
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\n\
             present: [N Akhtar, R Thay, P Male]\n{others}---\n## Apologies {{item=1}}\n\nNone.\n\n\
             ## Declarations of interest {{item=2}}\n\nNone.\n\n## Community Safety Plan {{item=3}}\n\n{text}\n"
        ),
    )
}

fn meets_again(day: &str) -> Papers {
    Papers::new().file(
        "bodies/scrutiny.yaml",
        format!(
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  - {{person: N Akhtar, role: chair}}\n  \
             - {{person: R Thay, role: deputy chair}}\n  - {{person: P Male}}\nmeetings:\n  - {{date: {day}, time: 10:00}}\n"
        ),
    )
}

#[test]
fn a_weekday_is_held_against_the_calendar() {
    note("On **Thursday**, 12th July 2023.").finds(
        "D02",
        &["12 July 2023 is a Wednesday, not a Thursday", "write Wednesday 12 July 2023", "6 July 2023", "13 July 2023"],
    );
    // Without a year, only the day of the meeting itself is certain.
    note("The meeting is on Friday 12 July.").finds("D02", &["12 July 2023 is a Wednesday"]);
    note("The fair is on Friday 13 July.").is_silent("D02");
    with_head("summary: It comes back on Monday 12 July 2023.\n", "Text.").finds("D02", &["not a Monday"]);
    // Who comes each Wednesday comes on no day in particular.
    note("It runs Mondays to Fridays. 12 July 2023 was quiet.").is_silent("D02");
    note("```\nThursday 12 July 2023\n```").is_silent("D02");
}

#[test]
fn papers_taken_back_are_left_alone() {
    let text = "On Thursday 12 July 2023, 31 June 2023, from 1 April 2014 to 1 March 2014, Councillor R They.";
    let paper =
        format!("---\nkind: briefing-note\ntitle: Plan\nstatus: withdrawn\nbackground_papers: none\n---\n{text}\n");
    Papers::new().paper("03-plan", paper).is_silent("D");
}

#[test]
fn the_next_meeting_is_looked_for_in_the_record() {
    let to_next = "**RESOLVED** that the plan come back to the next meeting.";
    minutes(Papers::new(), "", to_next).finds("D05", &["no later meeting of the Scrutiny Committee is known"]);
    minutes(meets_again("2023-09-20"), "", to_next).is_silent("D05");
    minutes(Papers::new(), "", "**RESOLVED** that the plan go to the next meeting of the Cabinet.").is_silent("D05");
    minutes(Papers::new(), "", "**RESOLVED:**\n\n1. That it come to the next meeting.")
        .finds("D05", &["speaks of the next meeting"]);
    let said = |day: &str| minutes(meets_again("2023-09-20"), "", &format!("The next meeting will be held on {day}."));
    said("21 September 2023").finds("D05", &["said to be on 21 September 2023", "is on 20 September 2023"]);
    said("20 September 2023").is_silent("D05");
    said("Wednesday 20 September").is_silent("D05");
    // A file of a meeting that cannot be read may be the next.
    minutes(Papers::new(), "", to_next).file("meetings/scrutiny/2023-09-20/agenda.md", "broken").is_silent("D05");
}

#[test]
fn who_held_an_office_is_looked_up_on_the_day() {
    let offices = |held: &str| {
        format!(
            "chief-legal-officer: {{title: Chief Legal Officer, kind: officer}}\nculture:\n  title: Cabinet Member for Culture\n  kind: portfolio\n{held}"
        )
    };
    let past = "  held_by:\n    - {person: J Innes, to: 2023-05-17}\n";
    let named = |held: &str| with_head("portfolio_holder: culture\n", "Text.").file("offices.yaml", offices(held));
    named(past).finds("D06", &["nobody held the office of Cabinet Member for Culture on 12 July 2023"]);
    named("").is_silent("D06");
    with_head("portfolio_holder: chief-legal-officer\n", "Text.").finds("D06", &["an officer's post, not a portfolio"]);
    let present = "  held_by:\n    - {person: J Innes, to: 2023-05-17}\n    - {person: P Male, from: 2023-05-18}\n";
    let others = |person: &str, held: &str| {
        let who = format!("others:\n  - {{person: {person}, as: Cabinet Member (Culture)}}\n");
        minutes(Papers::new(), &who, "**NOTED** the plan.").file("offices.yaml", offices(held))
    };
    others("J Innes", present)
        .finds("D07", &["J Innes is listed as Cabinet Member (Culture), but P Male held that office on 12 July 2023"]);
    others("P Male", present).is_silent("D07");
    others("J Innes", past).is_silent("D07");
}

#[test]
fn a_councillor_nearly_named_is_told_from_one_who_is_not_known() {
    note("Cllrs N Akhtar, R They & P Male spoke.").finds("D08", &["no councillor `R They`", "did you mean `R Thay`?"]);
    for text in [
        "Councillor S Thay",
        "Councillor Theys",
        "Councillor X Nobody",
        "ex-Councillor R They",
        "R They",
        "Councillor R Thay's",
    ] {
        note(text).is_silent("D08");
    }
    // Two who are as near: neither can be said to be meant.
    note("Councillor R Thax spoke.").file("people.yaml", "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nR Thaw: {kind: councillor}\nP Male: {kind: councillor}\n").is_silent("D08");
}

#[test]
fn a_body_nearly_named_is_told_once() {
    let body = |text: &str| {
        note(text).file(
            "bodies/wellbeing.yaml",
            "name: Health and Wellbeing Partnership Board\nkind: board\nlaw: own-terms\n",
        )
    };
    body("The Coventry Health and Wellbeing Partnershp Board met.")
        .finds("D09", &["nearly the name of the Health and Wellbeing Partnership Board"]);
    body("The Health and Wellbeing Partnership Board met.").is_silent("D09");
    body("The Wealth and Wellbeing Partnership Board met.").is_silent("D09");
}

#[test]
fn terms_of_office_and_of_membership_run_forwards() {
    let offices = "culture:\n  title: Culture\n  kind: portfolio\n  held_by:\n    - {person: J Innes, from: 2023-05-18, to: 2022-05-18}\n";
    Papers::new()
        .file("offices.yaml", offices)
        .finds("D10", &["this tenure ends on 18 May 2022, before it begins on 18 May 2023"]);
    let same_day = offices.replace("2022-05-18", "2023-05-18");
    Papers::new().file("offices.yaml", same_day).is_silent("D10");
}

#[test]
fn the_slot_of_an_item_runs_forwards() {
    let agenda = |time: &str| {
        Papers::new().paper(
            "agenda",
            format!(
                "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  \
                 - {{title: Plan, paper: 03-plan, time: {time}}}\n---\nText\n"
            ),
        )
    };
    agenda("11:35–10:05").finds("D03", &["the slot of this item ends before it begins"]);
    agenda("10.05am to 11.35am").is_silent("D03");
}
