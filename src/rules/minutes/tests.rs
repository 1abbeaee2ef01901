//! Minutes of two meetings of one committee, in memory, and what is found in them.

use super::{EARLIER_AGENDA, EARLIER_AGENDA_TEXT, EARLIER_MINUTES, EARLIER_MINUTES_TEXT};
use crate::rules::testing::Papers;

const HEAD: &str = "presided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n";

/// Minutes of the meeting of 12 July.
fn minutes(papers: Papers, head: &str, text: &str) -> Papers {
    papers.paper(
        "minutes",
        format!("---\nkind: minutes\nstatus: published\npublished: 2023-07-20\n{HEAD}{head}---\n{text}"),
    )
}

/// An agenda of 12 July with these items after the usual three.
fn agenda(papers: Papers, items: &str) -> Papers {
    let head = "kind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\n";
    let usual =
        "items:\n  - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n";
    papers.paper("agenda", format!("---\n{head}{usual}{items}---\nAnyone may come.\n"))
}

/// The meeting of 14 June, whose minutes are 1 and 2.
fn june() -> Papers {
    Papers::new().file(EARLIER_AGENDA, EARLIER_AGENDA_TEXT).file(EARLIER_MINUTES, EARLIER_MINUTES_TEXT)
}

/// Both meetings; July's minutes begin with this number.
fn both(first: u32) -> Papers {
    let papers = agenda(june(), "  - Minutes of 14 June 2023\n");
    let text = "## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Minutes {item=4}\n\nThey were signed.\n";
    minutes(papers, &format!("first_minute: {first}\n"), text)
}

#[test]
fn numbers_run_on_from_meeting_to_meeting() {
    both(3).is_silent("M");
    both(1).finds("M01", &["the numbers 1 and 2 are used in the minutes of 14 June 2023 already", "`first_minute: 3`"]);
    both(2).finds("M", &["M01", "the number 2 is used in the minutes of 14 June 2023 already"]);
    both(5).finds("M", &["M02", "begin with 5, but those of 14 June 2023 end with 2", "`first_minute: 3`"]);
}

#[test]
fn numbers_begin_again_with_the_municipal_year() {
    let moved = |text: &str| text.replace("2023-06", "2023-04");
    let papers = agenda(Papers::new(), "  - Minutes of 14 April 2023\n")
        .file(&moved(EARLIER_AGENDA), EARLIER_AGENDA_TEXT.replace("2023-06-06", "2023-04-03"))
        .file(&moved(EARLIER_MINUTES), moved(EARLIER_MINUTES_TEXT));
    minutes(papers, "", "## Community Safety Plan {item=3}\n\nIt was considered.\n").is_silent("M");
}

#[test]
fn nothing_is_missing_where_another_meeting_may_have_been_held() {
    let body = |state: &str| {
        format!(
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  - {{person: N Akhtar, role: chair}}\n  \
             - {{person: R Thay}}\n  - {{person: P Male}}\nmeetings: [{{date: 2023-06-28, state: {state}}}]\n"
        )
    };
    for state in ["scheduled", "held", "inquorate"] {
        both(5).file("bodies/scrutiny.yaml", body(state)).is_silent("M");
    }
    for state in ["cancelled", "postponed"] {
        both(5).file("bodies/scrutiny.yaml", body(state)).finds("M", &["M02"]);
    }
    let broken = both(5).file("meetings/scrutiny/2023-06-28/minutes.md", "no head");
    broken.is_silent("M");
}

#[test]
fn numbers_within_minutes_follow_each_other() {
    let with = |third: &str| {
        let text = format!(
            "## Apologies {{item=1}}\n\nNone.\n\n## Declarations {{item=2}}\n\nNone.\n\n## Plan {{item=3 {third}}}\n\nGood.\n"
        );
        minutes(Papers::new(), "first_minute: 52\n", &text)
    };
    with("number=54").is_silent("M");
    with("number=57").finds("M", &["M02", "minute 57 follows minute 53, so that 54 to 56 is missing"]);
    with("number=53").finds("M", &["M01", "the number 53 is used twice in these minutes"]);
    with("number=40").finds("M", &["M02", "minute 40 stands after minute 53"]);
}

#[test]
fn what_a_minute_answers_is_asked_for_where_it_could_be_said() {
    let with = |text: &str| minutes(Papers::new(), "", text);
    let plan = "## Community Safety Plan {item=3}\n\nIt was considered.\n\n";
    with(&format!("{plan}## Roads\n\nOn roads.\n")).finds("M", &["M03 advice: minute 2 does not say"]);
    with("## Community safety plans\n\nOn it.\n\n## Roads\n\nOn roads.\n")
        .finds("M", &["M03 advice: none of these minutes says", "`{item=3}`"]);
    for arises in [
        "Exclusion of the public",
        "Chair's announcements",
        "Chairman’s remarks",
        "Public session",
        "Any other urgent business",
        "Close of meeting",
        "Election of a chair for this meeting",
        "Date of next meeting",
    ] {
        with(&format!("{plan}## {arises}\n\nSo it was.\n")).is_silent("M");
    }
    with(&format!("{plan}## Apologies\n\nNone.\n")).finds("M", &["M03", "`{item=1}`"]);
}

#[test]
fn an_item_with_a_paper_is_answered() {
    let apologies = "## Apologies {item=1}\n\nNone.\n";
    let with = |items: &str| minutes(agenda(Papers::new(), items), "", "## All of it {item=3}\n\nGood.\n");
    let paper = |papers: Papers, status: &str| {
        let head = format!("kind: briefing-note\ntitle: Roads\nstatus: {status}\nbackground_papers: none\n");
        papers.paper("04-roads", format!("---\n{head}---\nOn roads.\n"))
    };
    let roads = "  - {title: Roads, paper: 04-roads}\n";
    paper(with(roads), "published").finds("M", &["M04 warning: no minute answers item 4, “Roads”"]);
    paper(with("  - {title: Roads, paper: 04-roads, withdrawn: true}\n"), "published").is_silent("M");
    paper(with(roads), "withdrawn").is_silent("M");
    paper(with(roads), "draft").is_silent("M");
    paper(with(roads), "published").now("2023-07-12 09:00").is_silent("M04");
    minutes(Papers::new(), "", apologies).finds("M", &["M04", "item 3, “Community Safety Plan”"]);
    let withdrawn = format!("---\nkind: minutes\nstatus: withdrawn\n---\n{apologies}");
    Papers::new().paper("minutes", withdrawn).is_silent("M");
}

#[test]
fn the_next_agenda_takes_the_minutes() {
    let with = |items: &str| agenda(june(), items);
    with("").finds("M", &["M05", "does not take the minutes of the meeting before, of 14 June 2023"]);
    with("  - Minutes of 24 May 2023\n").finds("M", &["M05"]);
    with("  - Minutes:\n      - To agree the minutes of 24 May 2023\n      - Matters arising\n").finds("M", &["M05"]);
    for taken in [
        "  - Minutes of the last meeting\n",
        "  - To sign the minutes of 14th June\n",
        "  - {title: Minutes, note: 24 May and 14 June 2023}\n",
        "  - Minutes:\n      - {title: To agree, paper: meetings/scrutiny/2023-06-14/minutes}\n",
        "  - Minutes:\n      - To agree the minutes of the meeting held on 14 June 2023\n      - Matters arising\n",
    ] {
        with(taken).is_silent("M");
    }
    let later = EARLIER_MINUTES_TEXT.replace("published: 2023-06-20", "published: 2023-07-05");
    with("").file(EARLIER_MINUTES, later).is_silent("M05");
    let draft = EARLIER_MINUTES_TEXT.replace("status: published", "status: draft");
    with("").file(EARLIER_MINUTES, draft).is_silent("M05");
}

#[test]
fn minutes_are_agreed_by_a_later_meeting_that_was_held() {
    let with = |day: &str, items: &str| {
        let minutes = EARLIER_MINUTES_TEXT.replace("presided:", &format!("agreed: {day}\npresided:"));
        agenda(june(), items).file(EARLIER_MINUTES, minutes)
    };
    let takes = "  - Minutes of 14 June\n";
    with("2023-07-12", takes).is_silent("M");
    with("2023-07-13", takes)
        .finds("M", &["M06 error: the Scrutiny Committee did not meet on 13 July 2023", "did you mean `2023-07-12`?"]);
    with("2023-06-14", takes).finds("M", &["M06", "but the meeting was on 14 June 2023"]);
    with("2023-07-12", takes).now("2023-07-11 12:00").finds("M", &["M06", "which is still to come"]);
    with("2023-07-12", "").finds("M", &["M10 warning: the agenda of 12 July 2023"]);
    with("2023-07-13", takes).file("meetings/scrutiny/2023-07-13/agenda.md", "no head").is_silent("M");
}

#[test]
fn minutes_belong_to_a_meeting_that_was_held() {
    let text = "## Community Safety Plan {item=3}\n\nIt was considered.\n";
    let early = |day: &str| {
        let head = format!("kind: minutes\nstatus: published\npublished: {day}\n{HEAD}");
        Papers::new().paper("minutes", format!("---\n{head}---\n{text}"))
    };
    early("2023-07-11").finds("M", &["M07", "went out on 11 July 2023, before the meeting of 12 July 2023"]);
    early("2023-07-12 17:00").is_silent("M");
    let closed = |time: &str| minutes(Papers::new(), &format!("closed: {time}\n"), text);
    closed("01:15")
        .finds("M", &["M08", "began at 10:00 am and is said to have closed at 1:15 am", "did you mean `13:15`?"]);
    closed("09:50").finds("M", &["M08", "did you mean `21:50`?"]);
    closed("13:15").is_silent("M");
}

#[test]
fn minutes_named_in_the_head_are_there() {
    let with = |head: &str| minutes(Papers::new(), head, "## Plan {item=3 number=57}\n\nGood.\n");
    with("interests: [{person: P Male, interest: Land., minute: 1}]\n")
        .finds("M", &["M09", "no minute 1", "the minutes here are 57"]);
    with("others: [{person: J Innes, for_minute: 58}]\n").finds("M", &["M09", "no minute 58"]);
    with("interests: [{person: P Male, interest: Land., minute: 57}]\n").is_silent("M");
}
