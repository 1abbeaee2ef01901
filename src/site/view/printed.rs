//! Where papers stand in print, for pages that cite them.

use std::collections::BTreeSet;

use super::View;
use crate::edition::{Carrier, Pages, PublishedItem, Volume};
use crate::figures::size_in_words;
use crate::model::{MeetingKey, PaperId};
use crate::site::context::{PagesLink, Pdf};

impl View<'_> {
    /// A paper as a PDF; an agenda's is the pack.
    pub(crate) fn pdf(&self, paper: &PaperId) -> Option<Pdf> {
        let volume = self.pagination.volume(paper)?;
        Some(Pdf { href: volume.path.clone(), size: size_in_words(volume.size), pages: volume.pages })
    }

    /// An item's papers and their appendices, in the order of the pack.
    pub(crate) fn papers_of_item(&self, item: &PublishedItem) -> Vec<PaperId> {
        let mut papers = Vec::new();
        for (id, _) in &item.papers {
            self.add_to_pack(id, &mut papers, 0);
        }
        papers
    }

    /// The pages on which an item's papers stand: those of the layout, or those that the agenda gives for a pack that is not
    /// printed here.
    pub(in crate::site) fn pages_of_item(&self, meeting: &MeetingKey, item: &PublishedItem) -> Vec<PagesLink> {
        let papers: BTreeSet<PaperId> = self.papers_of_item(item).into_iter().collect();
        let mut links = Vec::new();
        for volume in self.pagination.packs_of(meeting) {
            links.extend(volume.runs(&papers).into_iter().map(|pages| link(volume, pages)));
        }
        if links.is_empty() && self.pagination.volumes.is_empty() {
            links.extend(item.pages.as_deref().map(Self::written_pages));
        }
        links
    }

    /// The pages on which a paper stands in the packs of the meeting that it is for.
    pub(in crate::site) fn pages_of_paper(&self, paper: &PaperId, carrier: Option<&Carrier>) -> Vec<PagesLink> {
        let Some(carrier) = carrier else { return Vec::new() };
        match self.pagination.place(&carrier.meeting, paper) {
            Some((volume, pages)) => vec![link(volume, pages)],
            None if self.pagination.volumes.is_empty() => {
                carrier.pages.iter().map(|pages| Self::written_pages(pages)).collect()
            }
            None => Vec::new(),
        }
    }

    /// The pages on which a paper stands in all packs that hold it.
    pub(in crate::site) fn pages_in_packs(&self, paper: &PaperId) -> Vec<PagesLink> {
        let volumes = self.packs_with.get(paper.as_str()).into_iter().flatten();
        volumes.filter_map(|volume| Some(link(volume, volume.of(paper)?))).collect()
    }

    /// Pages as an agenda gives them.
    pub(in crate::site) fn written_pages(pages: &str) -> PagesLink {
        PagesLink { pages: pages.to_owned(), several: !pages.chars().all(|c| c.is_ascii_digit()), href: None }
    }
}

fn link(volume: &Volume, pages: Pages) -> PagesLink {
    PagesLink {
        pages: pages.to_string(),
        several: pages.first != pages.last,
        href: Some(format!("{}#page={}", volume.path, volume.sheet(pages.first))),
    }
}
