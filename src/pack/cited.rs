//! Pages that have been cited stay where they are: what an agenda says of them is held against the layout.

use std::collections::BTreeSet;

use super::plan::{Front, Volume as Planned};
use crate::edition::{Pages, Volume};
use crate::finding::{Finding, codes};
use crate::model::paper::Own;
use crate::record::{NumberedItem, numbered_items};
use crate::site::view::View;
use crate::text::{Span, Spanned};

/// The number that a supplementary agenda gives to its first page.
pub(super) fn first_page(volume: &Planned<'_>) -> Option<Spanned<u32>> {
    match &volume.paper.head.own {
        Own::SupplementaryAgenda(own) => own.first_page,
        _ => None,
    }
}

/// What is wrong with a first page, if it cannot be printed: the pack before it goes on to there.
pub(super) fn numbered_twice(own: Spanned<u32>, next: u32) -> Option<Finding> {
    let message = format!("page {} cannot be the first of this supplementary pack", own.value);
    let (span, value) = (own.span, own.value);
    if value < next {
        let ends = format!("the pack before it goes on to page {}; {next} is the first that is free", next - 1);
        return Some(Finding::error(codes::PAGES, span, message).help(ends));
    }
    let even = "a pack begins on a right-hand page, which has an odd number";
    (value % 2 == 0).then(|| Finding::error(codes::PAGES, span, message).help(even))
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
        assert!(numbered_twice(page(25), 25).is_none());
        assert!(numbered_twice(page(31), 25).is_none(), "a gap harms nobody");
        assert!(
            numbered_twice(page(23), 25)
                .is_some_and(|finding| finding.help.is_some_and(|help| help.contains("page 24")))
        );
        assert!(numbered_twice(page(26), 25).is_some());
    }
}
