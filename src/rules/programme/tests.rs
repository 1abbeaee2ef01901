//! Programmes and promises of one committee, in memory, and what is found in them.

use super::{PROGRAMME, year_of};
use crate::rules::testing::Papers;

fn programme(papers: Papers, rest: &str) -> Papers {
    let head = "kind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n";
    papers.file(PROGRAMME, format!("---\n{head}{rest}---\n"))
}

/// Minutes of 12 July.
fn minutes(papers: Papers, head: &str, text: &str) -> Papers {
    let common = "kind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n";
    papers.paper("minutes", format!("---\n{common}{head}---\n{text}"))
}

/// A later meeting with one item.
fn later(papers: Papers, item: &str) -> Papers {
    papers.file(
        "meetings/scrutiny/2023-09-13/agenda.md",
        format!("---\nkind: agenda\nstatus: ready\ntime: 10:00\nplace: Council House\nitems:\n  - {item}\n  - Minutes of 12 July\n---\n"),
    )
}

const PLAN: &str = "entries:\n  - {date: 2023-07-12, title: Community Safety Plan}\n";

#[test]
fn a_municipal_year_is_read_as_people_write_it() {
    for (written, year) in
        [("2023/24", Some(2023)), ("2023-24", Some(2023)), ("2023/2024", Some(2023)), ("1999/00", Some(1999))]
    {
        assert_eq!(year_of(written), year, "{written}");
    }
    for written in ["2023", "2023/25", "23/24", "2023/4", "next year", "2023/24/25"] {
        assert_eq!(year_of(written), None, "{written}");
    }
}

#[test]
fn an_entry_falls_on_a_meeting() {
    let with = |date: &str| programme(Papers::new(), &format!("{PLAN}  - {{date: {date}, title: Libraries}}\n"));
    with("2023-07-12").is_silent("P");
    with("2023-07-13")
        .finds("P", &["P01", "no meeting on 13 July 2023, for which “Libraries” is planned", "12 July 2023"]);
    with("2024-07-10").finds("P", &["P09", "10 July 2024 is not in the municipal year 2023/24"]);
    with("2023-07-13").file("meetings/scrutiny/2023-07-13/agenda.md", "no head").is_silent("P");
    // Of a year without any meeting on record the calendar is not here.
    let head = "kind: work-programme\nbody: scrutiny\ntitle: Programme\nyear: 2021/22\nstatus: published\npublished: 2021-07-04\n";
    let old = format!("---\n{head}entries: [{{date: 2021-09-15, title: Libraries}}]\n---\n");
    programme(Papers::new(), PLAN).file("work-programmes/scrutiny-2021-22.md", old).is_silent("P");
}

#[test]
fn a_report_is_on_the_programme_or_could_be_it_under_another_name() {
    let with = |entries: &str| programme(Papers::new(), entries);
    with("undated: [{title: Libraries}]\n")
        .finds("P", &["P02", "item 3, “Community Safety Plan”, is not on the work programme"]);
    with("entries: [{date: 2023-07-12, title: Nothing planned yet, empty: true}]\n").finds("P", &["P02"]);
    for could_be in [
        PLAN,
        "entries: [{date: 2023-07-12, title: Strategic assessment}]\n",
        "undated: [{title: Safety of communities}, {title: The community safety plan}]\n",
        "entries: [{date: 2023-07-12, title: Police board, detail: The plan for community safety}]\n",
    ] {
        with(could_be).is_silent("P");
    }
    let two = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  \
        - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n  - {title: Roads, paper: 04-roads}\n---\n";
    let roads = "---\nkind: report\ntitle: Roads\nstatus: published\nbackground_papers: none\n---\nOn roads.\n";
    let with_two = |entries: &str, agenda: &str| with(entries).paper("agenda", agenda).paper("04-roads", roads);
    let one = "entries: [{date: 2023-07-12, title: Strategic assessment}]\n";
    with_two(one, two).finds(
        "P",
        &["P02", "item 3 and item 4 are not on the work programme by these titles", "“Strategic assessment” left"],
    );
    with_two(one, &two.replace("paper: 04-roads", "paper: 04-roads, added: true")).is_silent("P");
    with_two(PLAN, two).finds("P", &["P02", "item 4, “Roads”"]);
    // Somebody meant to say that it was added; what they wrote is told where the head is read, and once is enough.
    with_two(PLAN, &two.replace("paper: 04-roads", "paper: 04-roads, added: yess")).is_silent("P");
    with_two(PLAN, &two.replace("time:", "type: urgent\ntime:")).is_silent("P");
}

#[test]
fn what_was_put_off_comes_back() {
    let text = "## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Library buildings {item=2}\n\n**DEFERRED** to a later meeting.\n";
    let with = |rest: &str| programme(minutes(Papers::new(), "", text), &format!("{PLAN}{rest}"));
    with("").finds("P", &["P03", "minute 2, “Library buildings”, was deferred", "`deferred_from: 2023-07-12`"]);
    with("undated: [{title: Parking}]\n").finds("P", &["P03"]);
    with("undated: [{title: Future of libraries, detail: Which buildings to keep}]\n").is_silent("P");
    with("outstanding: [{title: Report still owed, from: 2023-07-12, minute: 2}]\n").is_silent("P");
    later(with(""), "Library buildings and their costs").is_silent("P");
    later(with(""), "Parking").finds("P", &["P03"]);
    later(minutes(Papers::new(), "", text), "Parking").finds("P", &["P03"]);
    // Neither a programme nor a later agenda: there is nowhere it could have come back.
    minutes(Papers::new(), "", text).is_silent("P");
    let settled = "follow_ups: [{minute: 2, what: Come back, who: Council officers, state: done, see: 03-plan}]\n";
    programme(minutes(Papers::new(), settled, text), PLAN).is_silent("P");
    let open = "follow_ups: [{minute: 2, what: Come back, who: Council officers}]\n";
    programme(minutes(Papers::new(), open, text), PLAN).finds("P", &["P03"]);
    with("").file("work-programmes/other.md", "no head").is_silent("P03");
}

#[test]
fn an_entry_that_names_the_meeting_takes_up_what_it_put_off() {
    let text = "## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Library buildings {item=2}\n\n**DEFERRED** to a later meeting.\n\n\
        ## Programme {item=1}\n\n**NOTED** that “Library buildings” will be in the Work Programme for 2023/24.\n";
    let entry = |from: &str| format!("{PLAN}  - {{date: 2023-09-13, title: Culture{from}}}\n");
    let with = |from: &str| later(programme(minutes(Papers::new(), "", text), &entry(from)), "Culture");
    with(", deferred_from: 2023-07-12").is_silent("P");
    let found = with("").found("P");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("P03") && found[1].starts_with("P04"), "{found:?}");
    assert!(found[1].contains("with `deferred_from: 2023-07-12`"), "{found:?}");
}

#[test]
fn what_goes_onto_the_programme_is_on_it() {
    let decided = |decision: &str| {
        let head = "follow_ups: [{minute: 1, what: See to it, who: Council officers}]\n";
        minutes(Papers::new(), head, &format!("## Community Safety Plan {{item=3}}\n\n{decision}\n"))
    };
    let with = |decision: &str| programme(decided(decision), &format!("{PLAN}undated: [{{title: Parking}}]\n"));
    for broken in [
        "**RESOLVED** that libraries be added to the work programme.",
        "**RESOLVED:**\n\n1. That the plan be noted.\n2. That the work programme for 2023/24 include libraries.",
        "**NOTED:**\n\n1. That libraries will be in the work programme.",
        "**AGREED** to put libraries on the committee's work programme.",
    ] {
        with(broken)
            .finds("P", &["P04", "by minute 1", "2023/24 has nothing like it", "`work-programmes/scrutiny-2023-24`"]);
    }
    for kept in [
        "**RESOLVED** that parking be added to the work programme.",
        "**RESOLVED** that libraries be added to the work programme for 2024/25.",
        "**RESOLVED** that the items added to the work programme be noted.",
        "**RECOMMENDED** that the board add libraries to its work programme.",
        "**NOTED** the work programme.",
    ] {
        with(kept).is_silent("P");
    }
    decided("**RESOLVED** that libraries be added to the work programme.").is_silent("P");
}

#[test]
fn a_follow_up_that_points_at_the_programme_is_on_it() {
    let text = "## Community Safety Plan {item=3}\n\nIt was considered.\n";
    let with = |what: &str| {
        let see = "work-programmes/scrutiny-2023-24";
        let head =
            format!("follow_ups: [{{minute: 1, what: {what}, who: Council officers, state: done, see: {see}}}]\n");
        programme(minutes(Papers::new(), &head, text), &format!("{PLAN}undated: [{{title: Parking}}]\n"))
    };
    with("Add libraries to the work programme").finds("P", &["P04", "by minute 1"]);
    with("Plan an item on libraries").finds("P", &["P04"]);
    with("Add parking to the work programme").is_silent("P");
    // Where the decision says so too, it is told once.
    let text = "## Community Safety Plan {item=3}\n\n**RESOLVED** that libraries be added to the work programme.\n";
    let head = "follow_ups: [{minute: 1, what: Add libraries, who: Officers, state: done, see: work-programmes/scrutiny-2023-24}]\n";
    let both = programme(minutes(Papers::new(), head, text), PLAN);
    both.finds("P", &["P04", "by minute 1"]);
    assert_eq!(both.places("P"), ["the work programme", "said here to be done"]);
    with("Add it").is_silent("P");
}

#[test]
fn a_request_has_a_follow_up() {
    let with = |head: &str, decision: &str| {
        minutes(Papers::new(), head, &format!("## Community Safety Plan {{item=3}}\n\n{decision}\n"))
    };
    for asks in [
        "**REQUESTED** a note on costs.",
        "**RESOLVED** that officers be asked to report back.",
        "**RESOLVED** that the committee:\n\n1. Requests officers to:\n   1. look into costs\n   2. write",
    ] {
        with("", asks)
            .finds("P", &["P06", "minute 1 of 12 July 2023 asks for something", "{minute: 1, what: …, who: …}"]);
        with("follow_ups: [{minute: 1, what: See to it, who: Council officers}]\n", asks).is_silent("P");
    }
    for settles in [
        "**RESOLVED** that the plan be approved.",
        "**NOTED** that officers were to report back.",
        "**RECOMMENDED** that officers report back.",
    ] {
        with("", settles).is_silent("P");
    }
}

#[test]
fn follow_ups_are_owned_dated_and_shown() {
    let with = |rest: &str| {
        let head = format!("follow_ups: [{{minute: 1, what: A list of the ten park paths{rest}}}]\n");
        minutes(Papers::new(), &head, "## Community Safety Plan {item=3}\n\nIt was considered.\n")
    };
    with("").finds("P", &["P05 warning: nobody is named who does this: “A list of the ten park paths”"]);
    with(", who: Officers, by: 2023-07-31").finds("P", &["P07 advice: this was due by 31 July 2023"]);
    with(", who: Officers, by: 2023-07-31").now("2023-07-31 23:00").is_silent("P");
    with(", who: Officers, by: 2023-07-31, state: done").finds("P", &["P08 advice"]);
    with(", who: Officers, state: done, see: 2023-07-12").is_silent("P");
    with(", who: Officers, state: done, see: 2023-07-13")
        .finds("R01", &["there is no meeting `scrutiny/2023-07-13`", "did you mean `2023-07-12`?"]);
    with(", who: Officers, state: done, see: 03-plam").finds("R01", &["did you mean `03-plan`?"]);
}

#[test]
fn a_programme_looks_back_to_what_is_there() {
    let with = |rest: &str| {
        let text = "## Community Safety Plan {item=3}\n\nIt was considered.\n";
        later(programme(minutes(Papers::new(), "", text), &format!("{PLAN}{rest}")), "Libraries")
    };
    with("  - {date: 2023-09-13, title: Libraries, deferred_from: 2023-07-12}\n").is_silent("P");
    with("  - {date: 2023-09-13, title: Libraries, deferred_from: 2023-07-11}\n")
        .finds("P", &["P09", "no meeting on 11 July 2023", "`2023-07-12`"]);
    with("  - {date: 2023-09-13, title: Libraries, deferred_from: 2023-09-13}\n")
        .finds("P", &["P09", "which is not later"]);
    with("  - {date: 2023-09-13, title: Libraries, deferred_from: 2022-06-22}\n").is_silent("P");
    with("outstanding: [{title: A list, from: 2023-07-12, minute: 1}]\n").is_silent("P");
    with("outstanding: [{title: A list, from: 2023-07-12, minute: 2}]\n").finds("P", &["P09", "have no minute 2"]);
    let second = "---\nkind: work-programme\nbody: scrutiny\ntitle: Other\nyear: 2023-24\nstatus: published\npublished: 2023-07-04\n---\n";
    programme(Papers::new(), PLAN)
        .file("work-programmes/z.md", second)
        .finds("P", &["P09", "two work programmes of this body for 2023/24"]);
    let unread = second.replace("2023-24", "next year");
    Papers::new().file("work-programmes/z.md", unread).finds("P", &["P09", "found `next year`"]);
}
