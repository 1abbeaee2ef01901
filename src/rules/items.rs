//! What several families ask of a meeting's items: which carry which papers, which are private, what the minutes say of each.

use std::ops::Range;

use super::MeetingInHand;
use crate::model::meeting::MeetingState;
use crate::model::paper::Common;
use crate::model::{PaperId, Status};
use crate::record::{NumberedItem, Paper, numbered_items, sections};
use crate::text::{Span, Spanned};

/// A paper that an item of a meeting carries.
#[derive(Debug, Clone)]
pub(super) struct Carried<'r> {
    /// The paper's address.
    pub(super) id: PaperId,
    /// Where it is named.
    pub(super) written: &'r Spanned<PaperId>,
    /// The number of the item.
    pub(super) item: String,
    /// The item is private business.
    pub(super) private: bool,
    /// The agenda or supplementary agenda that names it.
    pub(super) by: &'r Paper,
}

/// The papers that the items of a meeting carry, by the agenda and by supplementary agendas. An item that was taken off
/// the agenda carries none.
pub(super) fn carried<'r>(meeting: &MeetingInHand<'r>) -> Vec<Carried<'r>> {
    let Some((agenda, own)) = meeting.agenda() else { return Vec::new() };
    let items = numbered_items(own);
    let on_the_agenda: Vec<&NumberedItem<'r>> = items
        .iter()
        .filter(|top| !top.item.withdrawn)
        .flat_map(NumberedItem::with_beneath)
        .filter(|item| !item.item.withdrawn)
        .collect();
    let mut all = Vec::new();
    for item in &on_the_agenda {
        all.extend(item.item.papers.iter().map(|written| Carried {
            id: agenda.address(&written.value),
            written,
            item: item.number.clone(),
            private: item.private,
            by: agenda,
        }));
    }
    for (paper, own) in meeting.supplementary() {
        if paper.head.common.status == Status::Withdrawn {
            continue;
        }
        for added in &own.items {
            let Some(item) = on_the_agenda.iter().find(|item| item.number == added.item.value) else { continue };
            all.extend(added.papers.iter().map(|written| Carried {
                id: paper.address(&written.value),
                written,
                item: item.number.clone(),
                private: item.private,
                by: paper,
            }));
        }
    }
    all
}

/// Whether a paper is out or goes out by itself: neither a draft nor taken back.
pub(super) fn goes_out(common: &Common) -> bool {
    matches!(common.status, Status::Ready | Status::Published)
}

/// Whether a meeting was put off or given up, so that nothing is due for it.
pub(super) fn is_off(meeting: &MeetingInHand<'_>) -> bool {
    let off = |state| matches!(state, MeetingState::Postponed | MeetingState::Cancelled);
    meeting.agenda().is_some_and(|(_, agenda)| off(agenda.state))
        || meeting.meeting.planned.as_ref().is_some_and(|planned| off(planned.state))
}

/// What the minutes say of one item, or of none.
#[derive(Debug)]
pub(super) struct MinuteText<'r> {
    /// The number of the minute.
    pub(super) number: u32,
    /// The items that its heading says it answers.
    pub(super) items: Vec<&'r str>,
    /// The heading says that it is private.
    pub(super) is_marked_private: bool,
    /// It decides something.
    pub(super) decides: bool,
    /// Where its heading stands.
    pub(super) heading: Span,
    /// Its words as they are written, without the heading.
    pub(super) text: &'r str,
}

/// The minutes of a meeting, each with its words.
pub(super) fn minutes_of<'r>(meeting: &MeetingInHand<'r>, minutes: &'r Paper) -> Vec<MinuteText<'r>> {
    let source = &meeting.context.source(minutes).text;
    let (_, sections) = sections(&minutes.text.document);
    let ends = sections.iter().skip(1).map(|next| next.heading.span.range().start).chain([source.len()]);
    sections
        .iter()
        .zip(ends)
        .map(|(section, end)| {
            let words: Range<usize> = section.heading.span.range().end..end;
            let attributes = &section.heading.attributes;
            MinuteText {
                number: section.number,
                items: attributes.iter().filter(|(key, _)| key == "item").map(|(_, item)| item.as_str()).collect(),
                is_marked_private: section.heading.has_class("private")
                    || attributes.iter().any(|(key, _)| key == "private"),
                decides: section.blocks.iter().any(|block| matches!(block, crate::document::Block::Decision(_))),
                heading: section.heading.span,
                text: source.get(words).unwrap_or(""),
            }
        })
        .collect()
}
