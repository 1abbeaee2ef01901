//! What the tests of this family share: a committee and the minutes of one meeting, in memory.

use super::TEXT;
use crate::rules::quorum::Quorate;
use crate::rules::testing::Papers;

const PEOPLE: &str = "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nP Male: {kind: councillor}\nJ Innes: {kind: councillor}\n\
    M Ali: {kind: councillor}\nE Ruane: {kind: councillor}\n";
const ORGANISATIONS: &str =
    "police: {name: Police}\nfire: {name: Fire Service}\nyouth: {name: Youth Council}\nfaith: {name: Faith Network}\n";

/// The committee of the tests that do not need another: a chair, a deputy, two members, and one who had left by then.
pub(super) const COMMITTEE: &str = "quorum: 2\nmembers:\n  - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: deputy chair}\n  \
    - {person: P Male}\n  - {person: M Ali, role: co-opted}\n  - {person: E Ruane, from: 2022-05-18, to: 2023-05-17}\n";

/// A committee, and minutes of its meeting.
pub(super) fn trial(body: &str, head: &str, text: &str) -> Papers {
    trial_of("committee", body, head, text)
}

fn trial_of(kind: &str, body: &str, head: &str, text: &str) -> Papers {
    let law = if body.contains("law:") { "" } else { "law: part-va\n" };
    let minutes =
        format!("---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\n{head}---\n{text}");
    Papers::new()
        .file("bodies/scrutiny.yaml", format!("name: Scrutiny Committee\nkind: {kind}\n{law}{body}"))
        .file("people.yaml", PEOPLE)
        .file("organisations.yaml", ORGANISATIONS)
        .file("meetings/scrutiny/2023-07-12/minutes.md", minutes)
}

/// What is found in the minutes of the usual committee.
pub(super) fn finds(head: &str) -> Vec<String> {
    trial(COMMITTEE, head, TEXT).found("Q")
}

/// What a body needs, in words.
pub(super) fn needed(body: &str) -> Option<String> {
    let head = "present: [N Akhtar]\n";
    trial(body, head, TEXT).ask(|meeting| super::needed(meeting).map(|needed| needed.in_words()))
}

/// Whether its meeting was quorate.
pub(super) fn quorate(body: &str, head: &str) -> Option<Quorate> {
    quorate_of("committee", body, head)
}

/// The same, of a body of some kind.
pub(super) fn quorate_of(kind: &str, body: &str, head: &str) -> Option<Quorate> {
    trial_of(kind, body, head, TEXT).ask(super::quorate)
}

#[test]
fn too_few_are_told_with_what_was_needed_and_where_that_is_declared() {
    let body = COMMITTEE.replace("quorum: 2", "quorum: 2/3");
    let head = "presided: N Akhtar\npresent: [N Akhtar, M Ali]\napologies: [R Thay, P Male]\n";
    assert_eq!(
        trial(&body, head, TEXT).found("Q"),
        ["Q01 error: the minutes show 1 member, but the quorum is 2 members (2/3 of 3) \
             | add who is missing; if they were not there, write `state: inquorate` in the agenda of this meeting"]
    );
    assert_eq!(trial(&body, head, TEXT).places("Q"), ["the quorum is declared here: 2/3 of the members"]);
    let agenda = super::INQUORATE_AGENDA;
    assert_eq!(trial(&body, head, TEXT).file(super::AGENDA, agenda).found("Q"), Vec::<String>::new());
}

#[test]
fn a_meeting_without_a_quorum_may_talk_and_put_off_and_nothing_else() {
    let decided = |decision: &str| {
        let text = format!("## Plan {{item=3}}\n\n{decision}\n");
        let head = "presided: N Akhtar\npresent: [N Akhtar]\n";
        trial(COMMITTEE, head, &text).file(super::AGENDA, super::INQUORATE_AGENDA).found("Q02").len()
    };
    for settles in
        ["**RESOLVED** that the plan be approved.", "**AGREED:**\n\n1. The minutes.", "**REQUESTED** a report."]
    {
        assert_eq!(decided(settles), 1, "{settles}");
    }
    for waits in [
        "**DEFERRED** to the next meeting.",
        "**NOTED** that few had come.",
        "**AGREED** to adjourn.",
        "**RESOLVED:**\n\n1. That the item be deferred.",
        "Members welcomed the plan.",
    ] {
        assert_eq!(decided(waits), 0, "{waits}");
    }
}
