//! Pages that have been cited stay where they are: what an agenda says of them is held against the layout.

use std::collections::BTreeSet;

use super::plan::{Front, Volume as Planned};
use crate::edition::{Pages, Volume};
use crate::finding::{Finding, codes};
use crate::model::paper::Own;
use crate::record::{NumberedItem, numbered_items};
use crate::site::view::View;
use crate::text::{Span, Spanned};

/// The highest number of a page.
const MOST: u32 = 99_999;

/// The number that a supplementary agenda gives to its first page.
pub(super) fn first_page(volume: &Planned<'_>) -> Option<Spanned<u32>> {
    match &volume.paper.head.own {
        Own::SupplementaryAgenda(own) => own.first_page,
        _ => None,
    }
}

/// What is wrong with a first page, if it cannot be printed: the pack before it goes on to there.
pub(super) fn not_first(own: Spanned<u32>, next: u32, right_hand: bool) -> Option<Finding> {
    let message = format!("page {} cannot be the first of this supplementary pack", own.value);
    let (span, value) = (own.span, own.value);
    if value < next {
        let ends = format!("the pack before it goes on to page {}; {next} is the first that is free", next - 1);
        return Some(Finding::error(codes::PAGES, span, message).help(ends));
    }
    if value > MOST {
        return Some(
            Finding::error(codes::PAGES, span, message).help(format!("no pack has a page of more than {MOST}")),
        );
    }
    let even = "a pack begins on a right-hand page, which has an odd number";
    (right_hand && value % 2 == 0).then(|| Finding::error(codes::PAGES, span, message).help(even))
}

/// Papers that stand on other pages than in the pack that was published before: somebody may have cited those.
pub(super) fn moved(planned: &Planned<'_>, before: &Volume, now: &Volume) -> Option<Finding> {
    if matches!(planned.front, Front::Nothing) {
        return None;
    }
    let mut moved: Vec<(&str, Pages, Pages)> = Vec::new();
    for part in &planned.parts {
        if let (Some(then), Some(now)) = (before.of(&part.paper.id), now.of(&part.paper.id))
            && then.first != now.first
        {
            moved.push((part.paper.id.as_str(), then, now));
        }
    }
    let (first, then, now) = moved.first()?;
    let more = match moved.len() - 1 {
        0 => String::new(),
        1 => ", and another paper has moved too".to_owned(),
        more => format!(", and {more} more papers have moved too"),
    };
    let path = &planned.path;
    let message = format!(
        "{first} begins on page {} of {path}, but on page {} of the one published before{more}",
        now.first, then.first
    );
    let help = "this pack went out before today: what has been cited by page is elsewhere now. Bring what is new in a supplementary agenda";
    Some(Finding::warning(codes::PAGES, planned.paper.start(), message).help(help))
}

/// Items that are cited by other pages than those they stand on.
pub(super) fn elsewhere(view: &View<'_>, planned: &Planned<'_>, volume: &Volume) -> Vec<Finding> {
    let (Front::Agenda(meeting) | Front::Letter(meeting, _)) = planned.front else { return Vec::new() };
    let Some(agenda) = &meeting.agenda else { return Vec::new() };
    let cited: Vec<(String, String, Span)> = match &planned.paper.head.own {
        Own::Agenda(own) => {
            let items = numbered_items(own);
            let all = items.iter().flat_map(NumberedItem::with_beneath);
            all.filter_map(|item| Some((item.number.clone(), item.item.pages.clone()?, item.item.span))).collect()
        }
        Own::SupplementaryAgenda(own) => {
            let items = own.items.iter();
            items.filter_map(|item| Some((item.item.value.clone(), item.pages.clone()?, item.item.span))).collect()
        }
        _ => Vec::new(),
    };
    let findings = cited.into_iter().filter_map(|(number, pages, span)| {
        let item = agenda.all_items().find(|item| item.number == number)?;
        let papers: BTreeSet<_> = view.papers_of_item(item).into_iter().collect();
        let runs = volume.runs(&papers);
        let stands = runs.iter().map(Pages::to_string).collect::<Vec<_>>().join(", ");
        let same = plain(&pages).is_none_or(|pages| pages == stands);
        let message =
            format!("item {number} is cited by pages {pages}, but stands on pages {stands} of {}", volume.path);
        let help = "correct `pages`, or leave it out: agenda and site show the pages of the layout";
        (!same && !runs.is_empty()).then(|| Finding::warning(codes::PAGES, span, message).help(help))
    });
    findings.collect()
}

/// Pages as a layout writes them; nothing if they are not counted by plain numbers.
fn plain(written: &str) -> Option<String> {
    let words = written.to_lowercase().replace("pages", "").replace("page", "").replace("pp", "").replace('.', "");
    let plain: String = words.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '-' { '–' } else { c }).collect();
    let usual = |c: char| c.is_ascii_digit() || matches!(c, '–' | ',');
    (!plain.is_empty() && plain.chars().all(usual)).then(|| plain.replace(',', ", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn pages_are_compared_however_they_are_written() {
        assert_eq!(plain("9–14").as_deref(), Some("9–14"));
        assert_eq!(plain("Pages 9 - 14, 41").as_deref(), Some("9–14, 41"));
        assert_eq!(plain("To follow"), None);
        assert_eq!(plain("A1–A4"), None);
    }

    #[test]
    fn a_first_page_is_free_and_on_the_right() {
        let page = |value| Spanned::new(value, Span::new(SourceId(0), 0..2));
        assert!(not_first(page(25), 25, true).is_none());
        assert!(not_first(page(31), 25, true).is_none(), "a gap harms nobody");
        assert!(
            not_first(page(23), 25, true)
                .is_some_and(|finding| finding.help.is_some_and(|help| help.contains("page 24")))
        );
        assert!(not_first(page(u32::MAX - 2), 25, false).is_some());
        assert!(not_first(page(26), 25, true).is_some() && not_first(page(26), 25, false).is_none());
    }
}
