//! What heads list: whether a text cites its appendices, whether an item carries the minutes that it names, and whether
//! anything leads to a paper at all.

use std::collections::{BTreeSet, HashSet};

use super::citation::Cited;
use super::family::appendix_number;
use crate::calendar::long_date;
use crate::document::Reference;
use crate::model::paper::Own;
use crate::model::{Item, Kind, PaperId};
use crate::record::{NumberedItem, Paper, flat, numbered_items};
use crate::rules::dates::written::written;
use crate::rules::{Context, Found, MeetingInHand, PaperInHand};

/// Papers that nothing leads to: nobody would ever see them.
pub(super) fn unreached(context: &Context<'_>, found: &mut Found) {
    let mut reached = HashSet::new();
    // Where a name leads to no paper, it may be that of a paper beside it, misspelt: that is told where the name stands.
    let mut doubtful = HashSet::new();
    for paper in context.record.papers.values() {
        let mut listed: Vec<&PaperId> = Vec::new();
        match &paper.head.own {
            Own::Agenda(agenda) => {
                let items = numbered_items(agenda);
                listed.extend(flat(&items).flat_map(|item| item.item.papers.iter().map(|id| &id.value)));
            }
            Own::SupplementaryAgenda(own) => {
                listed.extend(own.items.iter().flat_map(|item| item.papers.iter().map(|id| &id.value)));
            }
            _ => listed.extend(paper.head.appendices().iter().map(|id| &id.value)),
        }
        for id in listed.into_iter().map(|id| paper.address(id)) {
            if !context.exists(&id) {
                doubtful.insert(id.as_str().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned());
            }
            reached.insert(id);
        }
    }
    for paper in context.record.papers.values() {
        let stands_alone = matches!(paper.kind(), Kind::Agenda | Kind::SupplementaryAgenda | Kind::Minutes);
        let needs_carrier = paper.meeting.is_some() || paper.kind() == Kind::Appendix;
        // A paper beside it that could not be read may be the one that lists it.
        if stands_alone || !needs_carrier || reached.contains(&paper.id) || !context.is_all_read(&paper.folder) {
            continue;
        }
        if doubtful.contains(&paper.folder) {
            continue;
        }
        let help = if paper.kind() == Kind::Appendix {
            "list it under `appendices` in the head of the paper it belongs to"
        } else {
            "name it under an item of the agenda or of a supplementary agenda"
        };
        found.at(paper.start(), "nothing leads to this paper, so nobody will see it").help(help);
    }
}

/// A paper, or one of its appendices, cites each appendix.
pub(super) fn uncited(paper: &PaperInHand<'_>, found: &mut Found) {
    let own = paper.paper;
    // A paper without a text is a cover for what it lists.
    if paper.is_withdrawn() || !paper.has_own_text() || own.text.words == 0 || own.head.appendices().is_empty() {
        return;
    }
    let mut numbers = BTreeSet::new();
    let mut papers = BTreeSet::new();
    // Readers come to an appendix from another one as well.
    let appendices = own.head.appendices().iter().filter_map(|id| paper.context.paper(&own.address(&id.value)));
    for citing in std::iter::once(own).chain(appendices) {
        for reference in &citing.text.document.references {
            match &reference.value {
                Reference::Appendix(number) => {
                    numbers.insert(number.trim().to_uppercase());
                }
                Reference::Paper(id) | Reference::Named { paper: Some(id), .. } => {
                    papers.insert(citing.address(id));
                }
                _ => {}
            }
        }
    }
    for run in paper.prose.all() {
        numbers.extend(Cited::Appendix.citations(&run.text).into_iter().map(|citation| citation.number));
    }
    for listed in own.head.appendices() {
        let address = own.address(&listed.value);
        let Some(appendix) = paper.context.paper(&address) else { continue };
        let Some(number) = appendix_number(appendix).map(str::to_uppercase) else { continue };
        if !numbers.contains(&number) && !papers.contains(&address) {
            found
                .at(listed.span, format!("Appendix {number} is listed here, and the text never refers to it"))
                .help(format!("write `[[appendix {number}]]` where the text draws on it"));
        }
    }
}

/// An item to agree minutes carries those of the day that it names.
pub(super) fn minutes_of_another_day(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((paper, agenda)) = meeting.agenda() else { return };
    let items = numbered_items(agenda);
    for item in flat(&items) {
        minutes_of_item(meeting.context, paper, item, found);
    }
}

fn minutes_of_item(context: &Context<'_>, agenda: &Paper, item: &NumberedItem<'_>, found: &mut Found) {
    let Item { title, papers, .. } = item.item;
    if !title.to_lowercase().contains("minutes") {
        return;
    }
    let dates: Vec<_> = written(title).iter().filter_map(super::super::dates::written::Written::date).collect();
    let mut carried = papers.iter().filter_map(|id| {
        let minutes = context.paper(&agenda.address(&id.value)).filter(|paper| paper.kind() == Kind::Minutes)?;
        Some((id, minutes, minutes.meeting.as_ref()?))
    });
    let (Some((id, minutes, key)), None, [day]) = (carried.next(), carried.next(), dates.as_slice()) else { return };
    if key.date != *day {
        let message = format!(
            "this item speaks of the minutes of {}, and carries those of {}",
            long_date(*day),
            long_date(key.date)
        );
        let beside = PaperId(format!("meetings/{}/{day}/minutes", key.body));
        let help = if context.exists(&beside) {
            format!("write `paper: {beside}`, or correct the day in the title")
        } else {
            "correct the day in the title, or the paper".to_owned()
        };
        found.at(id.span, message).also(minutes.start(), format!("the minutes of {}", long_date(key.date))).help(help);
    }
}
