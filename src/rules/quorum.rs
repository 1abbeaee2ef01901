//! Quorum, attendance and votes: whether enough members were there, who they were, and how they voted.
//!
//! What the minutes say is held against the body's members on the day of the meeting. Where the body's file does not name
//! all of them, nobody is called a stranger.

mod attendance;
mod membership;
mod presiding;
mod quorate;
#[cfg(test)]
mod tests;
mod votes;

pub use quorate::{Needed, Quorate};

use super::{Example, Found, MeetingInHand, Rule, Test, phrase};
use crate::calendar::long_date;
use crate::document::{Block, DecisionKind};
use crate::model::meeting::MeetingState;
use crate::model::{Level, Minutes, PersonId, Status};
use crate::record::{Attendance, Paper, sections};
use crate::text::Spanned;

pub(super) const RULES: &[Rule] = &[
    INQUORATE,
    DECIDED_WITHOUT_QUORUM,
    attendance::NOT_A_MEMBER,
    attendance::SUBSTITUTE,
    attendance::TWICE,
    presiding::PRESIDED,
    votes::VOTER,
    votes::VOTED_TWICE,
    votes::BUDGET,
    votes::INTEREST,
    membership::TERMS,
    attendance::MEMBER_AMONG_OTHERS,
    attendance::NOBODY,
    presiding::ELECTED_NEEDLESSLY,
    attendance::INTEREST_OF_ABSENT,
];

const INQUORATE: Rule = Rule {
    code: "Q01",
    name: "inquorate",
    level: Level::Error,
    meaning: "The minutes show fewer members than the quorum asks for, but the agenda does not say that the meeting was inquorate.",
    why: "What a meeting decides without a quorum has no force, and everything done on the strength of it can be challenged.",
    source: "Local Government Act 1972, Schedule 12, paragraphs 6, 12 and 28, for councils; otherwise the body's standing orders or terms of reference.",
    remedy: "Add the members who are missing from `present`, `represented` or `substitutes`. If they were not there, write `state: inquorate` in the agenda.",
    failing: Example::Minutes("presided: N Akhtar\npresent: [N Akhtar]\napologies: [R Thay, P Male]\n", TEXT),
    passing: Example::Minutes(
        "presided: N Akhtar\npresent: [N Akhtar]\nsubstitutes: [{person: J Innes, for: R Thay}]\napologies: [R Thay, P Male]\n",
        TEXT,
    ),
    test: Test::Meeting(inquorate),
};

const DECIDED_WITHOUT_QUORUM: Rule = Rule {
    code: "Q02",
    name: "decided-without-quorum",
    level: Level::Error,
    meaning: "The meeting was inquorate, and its minutes hold a decision that is more than taking note or putting off.",
    why: "Without a quorum members may talk, but what they settle binds nobody; it waits for a meeting that can decide.",
    source: "Local Government Act 1972, Schedule 12; terms of reference of partnership boards: key decisions are deferred to the next meeting.",
    remedy: "Record the decision as **DEFERRED** or **NOTED**. If there was a quorum after all, correct `state` in the agenda.",
    failing: Example::Files(&[
        (AGENDA, INQUORATE_AGENDA),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar]\n---\n\
             ## Community Safety Plan {item=3}\n\n**RESOLVED** that the plan be approved.\n",
        ),
    ]),
    passing: Example::Files(&[
        (AGENDA, INQUORATE_AGENDA),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar]\n---\n\
             ## Apologies {item=1}\n\n**RESOLVED** that, for want of a quorum, the meeting be adjourned.\n\n\
             ## Community Safety Plan {item=3}\n\n**NOTED** that the plan is out for consultation.\n",
        ),
    ]),
    test: Test::Meeting(decided_without_quorum),
};

/// The text of minutes in which only the head matters.
const TEXT: &str = "## Community Safety Plan {item=3}\n\nThe committee considered the plan.\n";
const AGENDA: &str = "meetings/scrutiny/2023-07-12/agenda.md";
const MINUTES: &str = "meetings/scrutiny/2023-07-12/minutes.md";
const INQUORATE_AGENDA: &str = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\n\
    state: inquorate\nitems:\n  - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n---\n\
    Anyone may come.\n";

/// Minutes beside the body's members on the day: what all rules of this family look at.
struct Sat<'r> {
    meeting: MeetingInHand<'r>,
    paper: &'r Paper,
    minutes: &'r Minutes,
    attendance: Attendance<'r>,
}

impl<'r> Sat<'r> {
    /// Nothing without minutes, or without a body whose members they could name and whose file could be read.
    fn of(meeting: &MeetingInHand<'r>) -> Option<Self> {
        if !meeting.context.is_body_read(&meeting.meeting.key.body) {
            return None;
        }
        let (paper, minutes) = meeting.minutes().filter(|(paper, _)| paper.head.common.status != Status::Withdrawn)?;
        let attendance = Attendance::of(meeting.body()?, minutes, meeting.date());
        Some(Self { meeting: *meeting, paper, minutes, attendance })
    }

    /// "on 12 July 2023".
    fn day(&self) -> String {
        format!("on {}", long_date(self.meeting.date()))
    }

    /// Whether a person is in the list of people: of one who is not, another rule tells.
    fn is_known(&self, person: &Spanned<PersonId>) -> bool {
        self.meeting.context.record.model.people.contains_key(&person.value)
    }

    /// Whether the papers say that the meeting had no quorum.
    fn is_inquorate(&self) -> bool {
        is_inquorate(&self.meeting)
    }
}

/// Whether the papers say that a meeting had no quorum.
pub(super) fn is_inquorate(meeting: &MeetingInHand<'_>) -> bool {
    state(meeting) == Some(MeetingState::Inquorate)
}

/// How a meeting stands: as its agenda says, or else its body's file.
fn state(meeting: &MeetingInHand<'_>) -> Option<MeetingState> {
    let planned = || meeting.meeting.planned.as_ref().map(|planned| planned.state);
    meeting.agenda().map(|(_, agenda)| agenda.state).or_else(planned)
}

/// Whether a meeting had a quorum; nothing if no quorum is known, or the minutes are not here or do not say who was there.
pub fn quorate(meeting: &MeetingInHand<'_>) -> Option<Quorate> {
    let sat = Sat::of(meeting).filter(|sat| sat.attendance.says_who_was_there())?;
    Some(needed(meeting)?.against(&sat.attendance))
}

/// What a meeting needs before it can decide anything; nothing if no quorum is known.
pub fn needed<'r>(meeting: &MeetingInHand<'r>) -> Option<Needed<'r>> {
    Needed::of(&meeting.context.record.model, meeting.body()?, meeting.date())
}

fn inquorate(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let (Some(sat), Some(needed), Some(quorate)) = (Sat::of(meeting), needed(meeting), quorate(meeting)) else {
        return;
    };
    let is_read = meeting.context.is_head_read(sat.paper);
    let Some(place) = sat.attendance.place().filter(|_| is_read && !quorate.met && !sat.is_inquorate()) else { return };
    let Quorate { needed: what, there, missing, .. } = quorate;
    let told = found
        .at(place, format!("the minutes show {there}, but the quorum is {what}"))
        .label(format!("missing: {missing}"))
        .help("add who is missing; if they were not there, write `state: inquorate` in the agenda of this meeting");
    if let Some(declared) = needed.declared {
        told.also(declared, format!("the quorum is declared here: {}", needed.rule));
    }
}

fn decided_without_quorum(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting).filter(Sat::is_inquorate) else { return };
    let (_, sections) = sections(&sat.paper.text.document);
    for section in sections {
        for block in section.blocks {
            let Block::Decision(decision) = block else { continue };
            let settles = !matches!(decision.kind, DecisionKind::Noted | DecisionKind::Deferred);
            if settles && !puts_off(&phrase::words_of(&decision.blocks)) {
                let kind = decision.kind.printed().to_uppercase();
                let message =
                    format!("minute {} records a decision ({kind}), but the meeting was inquorate", section.number);
                found.at(decision.span, message).help(
                    "record it as **DEFERRED** or **NOTED**, or correct `state` in the agenda if there was a quorum",
                );
            }
        }
    }
}

/// Whether a decision only puts business off: even a meeting without a quorum can adjourn.
fn puts_off(words: &str) -> bool {
    let words = words.to_lowercase();
    ["adjourn", "defer", "postpone", "put off", "next meeting"].iter().any(|mark| words.contains(mark))
}
