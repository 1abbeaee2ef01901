//! Minutes: their numbers, what they answer, and how they come to be agreed.

mod agreed;
mod items;
mod numbers;
#[cfg(test)]
mod tests;
mod times;

use super::items::goes_out;
use super::{MeetingInHand, Rule};
use crate::model::{Minutes, Status};
use crate::record::Paper;

pub(super) const RULES: &[Rule] = &[
    numbers::TWICE,
    numbers::GAP,
    items::NO_ITEM,
    items::UNANSWERED,
    agreed::NOT_TAKEN,
    agreed::AGREED,
    times::NO_MEETING,
    times::CLOSED,
    numbers::NO_SUCH_MINUTE,
    agreed::NOT_ON_AGENDA,
];

/// The minutes of a meeting, unless they have been taken back.
fn written<'r>(meeting: &MeetingInHand<'r>) -> Option<(&'r Paper, &'r Minutes)> {
    meeting.minutes().filter(|(paper, _)| paper.head.common.status != Status::Withdrawn)
}

const MINUTES: &str = "meetings/scrutiny/2023-07-12/minutes.md";
const AGENDA: &str = "meetings/scrutiny/2023-07-12/agenda.md";
/// The agenda of the base, with the minutes of the meeting before.
const AGENDA_WITH_MINUTES: &str = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\n\
    items:\n  - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n  \
    - {title: Minutes of the meeting held on 14 June 2023, paper: meetings/scrutiny/2023-06-14/minutes}\n---\nAnyone may come.\n";
/// A meeting four weeks before that of the base.
const EARLIER_AGENDA: &str = "meetings/scrutiny/2023-06-14/agenda.md";
const EARLIER_AGENDA_TEXT: &str = "---\nkind: agenda\nstatus: published\npublished: 2023-06-06\ntime: 10:00\nplace: Council House\n\
    items:\n  - Apologies\n  - Declarations of interest\n---\nAnyone may come.\n";
const EARLIER_MINUTES: &str = "meetings/scrutiny/2023-06-14/minutes.md";
const EARLIER_MINUTES_TEXT: &str = "---\nkind: minutes\nstatus: published\npublished: 2023-06-20\npresided: N Akhtar\n\
    present: [N Akhtar, R Thay, P Male]\n---\n## Apologies {item=1}\n\nThere were none.\n\n## Declarations of interest {item=2}\n\n\
    No interests were declared.\n";
