//! What is to be done after a meeting: who does it, by when, and what shows that it is done.

use super::written;
use crate::calendar::long_date;
use crate::model::Level;
use crate::model::meeting::{FollowUp, FollowUpState};
use crate::rules::{Example, Found, MeetingInHand, Rule, Test};

pub(super) const NOBODY: Rule = Rule {
    code: "P05",
    name: "follow-up-without-owner",
    level: Level::Warning,
    meaning: "A follow-up does not say who does it.",
    why: "What is everybody's task is nobody's. Residents, too, want to know whom to ask.",
    source: "Convention: what a meeting asks for has an owner.",
    remedy: "Add `who` with an office, a team or a body.",
    failing: Example::Minutes("follow_ups: [{minute: 1, what: A list of paths}]\n", TEXT),
    passing: Example::Minutes("follow_ups: [{minute: 1, what: A list of paths, who: Council officers}]\n", TEXT),
    test: Test::Meeting(nobody),
};

pub(super) const OVERDUE: Rule = Rule {
    code: "P07",
    name: "follow-up-overdue",
    level: Level::Advice,
    meaning: "A follow-up is still outstanding, and the day by which it was due has passed.",
    why: "Either it is late, and the committee should know, or it is done, and nobody has said so.",
    source: "Convention: what a meeting asks for has a state.",
    remedy: "If it is done, write `state: done` and what shows it under `see`; if not, give it another day.",
    failing: Example::Minutes(
        "follow_ups: [{minute: 1, what: A list of paths, who: Council officers, by: 2023-07-31}]\n",
        TEXT,
    ),
    passing: Example::Minutes(
        "follow_ups: [{minute: 1, what: A list of paths, who: Council officers, by: 2023-08-01}]\n",
        TEXT,
    ),
    test: Test::Meeting(overdue),
};

pub(super) const NO_PROOF: Rule = Rule {
    code: "P08",
    name: "done-without-proof",
    level: Level::Advice,
    meaning: "A follow-up is said to be done, and does not say where that can be seen.",
    why: "A reader who asked for it wants to read it, not only to hear that it exists.",
    source: "Convention: an action is closed with the paper or the meeting that settled it.",
    remedy: "Add `see` with the paper or the meeting that settled it.",
    failing: Example::Minutes(
        "follow_ups: [{minute: 1, what: A list of paths, who: Council officers, state: done}]\n",
        TEXT,
    ),
    passing: Example::Minutes(
        "follow_ups: [{minute: 1, what: A list of paths, who: Council officers, state: done, see: 03-plan}]\n",
        TEXT,
    ),
    test: Test::Meeting(no_proof),
};

const TEXT: &str = "## Community Safety Plan {item=3}\n\nIt was considered.\n";

fn follow_ups<'r>(meeting: &MeetingInHand<'r>) -> &'r [FollowUp] {
    written(meeting).map_or(&[], |(_, minutes)| &minutes.follow_ups)
}

/// The beginning of what is to be done, for a message.
fn what(follow_up: &FollowUp) -> String {
    let words: Vec<&str> = follow_up.what.split_whitespace().collect();
    let rest = if words.len() > 12 { " …" } else { "" };
    format!("“{}{rest}”", words.iter().take(12).copied().collect::<Vec<_>>().join(" "))
}

fn nobody(meeting: &MeetingInHand<'_>, found: &mut Found) {
    for follow_up in follow_ups(meeting).iter().filter(|follow_up| follow_up.who.is_none()) {
        found
            .at(follow_up.minute.span, format!("nobody is named who does this: {}", what(follow_up)))
            .help("add `who:` with an office, a team or a body");
    }
}

fn overdue(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let today = meeting.context.now.date();
    for follow_up in follow_ups(meeting).iter().filter(|follow_up| follow_up.state == FollowUpState::Outstanding) {
        let Some(by) = follow_up.by.as_ref().filter(|by| by.value < today) else { continue };
        let message = format!("this was due by {} and is still outstanding: {}", long_date(by.value), what(follow_up));
        found.at(by.span, message).help("if it is done, write `state: done` and, under `see`, what shows it");
    }
}

fn no_proof(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let done = |follow_up: &&FollowUp| follow_up.state == FollowUpState::Done && follow_up.see.is_none();
    for follow_up in follow_ups(meeting).iter().filter(done) {
        let message = format!("this is said to be done, and nothing shows it: {}", what(follow_up));
        found.at(follow_up.minute.span, message).help("add `see:` with the paper or the meeting that settled it");
    }
}
