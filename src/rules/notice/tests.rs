//! Notice: the meetings of the printed packs, the bodies of other laws, and cases that look late and are not.

use super::*;
use crate::calendar::parse_date;
use crate::rules::testing::Papers;

const BODY: &str = "bodies/scrutiny.yaml";
const MEMBERS: &str =
    "members:\n  - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: deputy chair}\n  - {person: P Male}\n";

fn agenda(head: &str) -> String {
    format!(
        "---\nkind: agenda\nstatus: published\ntime: 10:00\nplace: Council House\n{head}items:\n  - Apologies\n  \
         - {{title: Community Safety Plan, paper: 03-plan}}\n---\nAnyone may come.\n"
    )
}

/// The base's meeting with an agenda published on a day.
fn published(day: &str) -> Papers {
    Papers::new().paper("agenda", agenda(&format!("published: {day}\n")))
}

fn body(head: &str) -> String {
    format!("name: Scrutiny Committee\nkind: committee\nquorum: 2\n{head}{MEMBERS}")
}

fn in_wales(papers: Papers) -> Papers {
    papers.file(
        "authority.yaml",
        "name: Example Council\nkind: principal-council\nnation: wales\ncontacts:\n  governance: {name: Governance}\n",
    )
}

#[test]
fn the_agenda_of_july_2023_was_in_time() {
    published("2023-07-04").is_silent("N");
    published("2023-07-04 23:59").is_silent("N");
    published("2023-07-05").finds(
        "N",
        &[
            "N01 error",
            "leaves 4 clear days before the meeting on Wednesday 12 July 2023",
            "the law asks for 5 clear days",
            "you are 1 clear day late",
            "the latest day on which this agenda can lawfully be published is Tuesday 4 July 2023",
        ],
    );
    published("2023-07-12").finds("N", &["leaves no clear days", "6 clear days late"]);
    published("2023-07-20").finds("N", &["dated after the meeting on Wednesday 12 July 2023"]);
}

#[test]
fn the_supplement_of_march_2015_was_late_and_needs_its_reason() {
    let folder = "meetings/scrutiny/2015-04-01";
    let supplement = |head: &str| {
        Papers::new()
            .file(&format!("{folder}/agenda.md"), agenda("published: 2015-03-24\n").replace("03-plan", "04-plan"))
            .file(
                &format!("{folder}/04-plan.md"),
                "---\nkind: briefing-note\ntitle: Plan\nstatus: published\nbackground_papers: none\n---\nText\n",
            )
            .file(
                &format!("{folder}/04-more.md"),
                "---\nkind: briefing-note\ntitle: More\nstatus: published\nbackground_papers: none\n---\nText\n",
            )
            .file(
                &format!("{folder}/supplementary-agenda-1.md"),
                format!("---\nkind: supplementary-agenda\nstatus: published\npublished: 2015-03-27\nnumber: 1\n{head}items:\n  - {{item: 2, papers: [04-more]}}\n---\nText\n"),
            )
    };
    supplement("")
        .finds("N", &["N02 error", "leaves 2 clear days", "asks for 5", "3 clear days late", "Tuesday 24 March 2015"]);
    supplement("late_reason: The documents were not available.\n").is_silent("N");
}

#[test]
fn wales_and_parishes_ask_for_three_clear_days() {
    in_wales(published("2023-07-06")).is_silent("N");
    in_wales(published("2023-07-07"))
        .finds("N", &["leaves 2 clear days", "asks for 3 clear days", "Thursday 6 July 2023"]);
    let parish = |day| published(day).file(BODY, body("law: parish\n"));
    parish("2023-07-06").is_silent("N");
    parish("2023-07-07").finds("N", &["N01 error", "1 clear day late"]);
}

#[test]
fn a_holiday_of_the_authoritys_own_does_not_count() {
    let with_holiday = |day| {
        published(day).file(
            "authority.yaml",
            "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  governance: {name: Governance}\n\
             own_holidays:\n  - {date: 2023-07-10, name: Day of mourning}\n",
        )
    };
    with_holiday("2023-07-03").is_silent("N");
    with_holiday("2023-07-04").finds("N", &["Monday 3 July 2023"]);
}

#[test]
fn a_body_under_its_own_terms_keeps_those_and_no_law() {
    let own = |terms: &str, day| published(day).file(BODY, body(&format!("law: own-terms\n{terms}")));
    own("", "2023-07-11").is_silent("N");
    own("papers_out: 5 working days\n", "2023-07-05").is_silent("N");
    own("papers_out: 5 working days\n", "2023-07-06")
        .finds("N", &["N05 warning", "4 working days", "1 working day late", "Wednesday 5 July 2023"]);
    own("papers_out: 7 days\n", "2023-07-05").is_silent("N");
    own("papers_out: 7 days\n", "2023-07-07").finds("N", &["N05 warning", "leaves 5 days", "2 days late"]);
    // Where the law is missed too, only that is told.
    let both = |day| published(day).file(BODY, body("law: part-va\npapers_out: 10 days\n"));
    both("2023-07-04").finds("N", &["N05"]);
    both("2023-07-05").finds("N", &["N01"]);
}

#[test]
fn no_notice_is_due_for_what_does_not_take_place_or_is_not_to_go_out() {
    for head in ["published: 2023-07-11\nstate: cancelled\n", "published: 2023-07-11\nstate: postponed\n", ""] {
        Papers::new().paper("agenda", agenda(head)).is_silent("N");
    }
    let draft = agenda("published: 2023-07-11\n").replace("status: published", "status: draft");
    Papers::new().paper("agenda", draft).is_silent("N");
    // An urgent meeting needs its reason like any other.
    Papers::new().paper("agenda", agenda("published: 2023-07-11\ntype: urgent\n")).finds("N", &["N01"]);
}

#[test]
fn a_paper_of_its_own_day_is_late_unless_something_brings_it_in_time_or_gives_the_reason() {
    let paper = |head: &str| {
        format!(
            "---\nkind: report\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n{head}---\nText\n"
        )
    };
    let late = |head: &str| Papers::new().paper("03-plan", paper(head));
    late("published: 2023-07-04\n").is_silent("N");
    late("published: 2023-07-10\n").finds("N", &["N02 error", "this paper leaves 1 clear day", "4 clear days late"]);
    late("published: 2023-07-10\nlate_reason: The survey closed on Friday.\n").is_silent("N");
    late("published: 2023-07-10\nexempt: {paragraphs: [3], public_interest: Money}\n").is_silent("N");
    // As late as the agenda, which is told of once.
    let with = |day: &str| published(day).paper("03-plan", paper("published: 2023-07-06\n"));
    with("2023-07-06").finds("N", &["N01"]);
    // Slides are no report.
    let slides = paper("published: 2023-07-10\n").replace("kind: report", "kind: presentation");
    Papers::new().paper("03-plan", slides).is_silent("N");
    // An appendix may come late as well.
    Papers::new()
        .paper("03-plan", paper("appendices: [03-appendix-1]\n"))
        .paper(
            "03-appendix-1",
            "---\nkind: appendix\nnumber: 1\ntitle: Figures\nstatus: published\npublished: 2023-07-10\n---\nText\n",
        )
        .finds("N", &["N02"]);
}

#[test]
fn minutes_repeat_a_reason_in_whatever_words() {
    let minutes = |text: &str| {
        Papers::new()
            .paper(
                "03-plan",
                "---\nkind: report\ntitle: Plan\nstatus: published\npublished: 2023-07-10\nbackground_papers: none\n\
                    late_reason: The survey of residents closed on Friday.\n---\nText\n",
            )
            .paper(
                "minutes",
                format!(
                    "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\n---\n## Plan {{item=3}}\n\n{text}\n"
                ),
            )
    };
    minutes("**NOTED** the plan.").finds("N03", &["a paper for item 3", "minute 1"]);
    for text in [
        "The chair had agreed that the matter was urgent.",
        "By reason of special circumstances the paper was considered.",
        "The paper had been tabled, since the survey closed on Friday only.",
        "Residents had been asked until the survey closed.",
    ] {
        minutes(text).is_silent("N03");
    }
    // A minute that says no item's number may be on anything.
    let unlinked = Papers::new()
        .paper("03-plan", "---\nkind: report\ntitle: Plan\nstatus: published\npublished: 2023-07-10\nbackground_papers: none\nlate_reason: Money\n---\nText\n")
        .paper("minutes", "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\n---\n## Plan\n\n**NOTED** the plan.\n");
    unlinked.is_silent("N03");
}

#[test]
fn an_agenda_is_overdue_from_the_day_after_the_last_to_the_day_of_the_meeting() {
    let draft = |now| {
        let text = agenda("").replace("status: published", "status: draft");
        Papers::new().paper("agenda", text).now(now)
    };
    draft("2023-07-04 23:00").is_silent("N04");
    draft("2023-07-05").finds("N04", &["Tuesday 4 July 2023 was the last day", "5 clear days"]);
    draft("2023-07-12 09:00").finds("N04", &["warning"]);
    draft("2023-07-13").is_silent("N04");
    // A meeting of the calendar for which nothing is written yet.
    let planned = |state: &str| {
        let meetings = format!("law: part-va\nmeetings:\n  - {{date: 2023-08-04, state: {state}}}\n");
        Papers::new().file(BODY, body(&meetings))
    };
    planned("scheduled").finds("N04", &["Friday 4 August 2023"]);
    planned("cancelled").is_silent("N04");
}

#[test]
fn what_was_considered_is_kept_six_years() {
    let withdrawn = |now| {
        Papers::new()
            .paper("03-plan", "---\nkind: report\ntitle: Plan\nstatus: withdrawn\npublished: 2023-07-04\nbackground_papers: none\n---\nText\n")
            .now(now)
    };
    withdrawn("2023-07-10").is_silent("N08");
    withdrawn("2023-08-01").finds("N08", &["until Thursday 12 July 2029"]);
    withdrawn("2029-07-12").is_silent("N08");
}

#[test]
fn the_deadline_is_the_stricter_of_law_and_own_terms() {
    let loaded = crate::record::load(&crate::rules::example::over_base([(
        BODY.to_owned(),
        body("law: part-va\npapers_out: 10 days\n"),
    )]));
    let record = loaded.expect("a folder").record.expect("a record");
    let meeting = parse_date("2023-07-12").expect("a date");
    let body = record.model.bodies.values().next().expect("a body");
    let all = Deadline::all(body, &record.model.authority, meeting, &WorkingDays::default());
    let latest: Vec<String> = all.iter().map(|deadline| deadline.latest_moment().iso()).collect();
    assert_eq!(latest, ["2023-07-02T23:59", "2023-07-04T23:59"]);
    let published = parse_date("2023-07-06").expect("a date");
    assert_eq!(all[1].margin(published, &WorkingDays::default()).to_string(), "2 clear days late");
}

#[test]
fn what_could_not_be_read_is_not_missing_as_well() {
    let head = "published: 2023-07-07\nlate_reason: [one, {two: three}]\n";
    Papers::new().paper("agenda", agenda(head)).is_silent("N");
    Papers::new().paper("agenda", agenda("published: 2023-07-04\n").replace("10:00", "10 o'clock")).is_silent("N");
    let paper = |head: &str| format!("---\nkind: report\ntitle: Plan\n{head}---\nText\n");
    Papers::new().paper("03-plan", paper("status: publised\nbackground_papers: {a: b}\n")).is_silent("A");
    let private = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\nitems:\n  - {title: Plan, paper: 03-plan}\nprivate:\n  \
                   - {title: Land, exempt: {paragraphs: [three], public_interest: Money}}\n---\nText\n";
    Papers::new().paper("agenda", private).is_silent("E");
}
