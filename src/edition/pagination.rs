//! On which pages of which printed document the papers of an edition stand.
//!
//! Worked out from a finished layout, never from what somebody typed: agendas and pages on the web cite papers by these.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{MeetingKey, PaperId};

/// A run of pages by the numbers printed on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// The first.
    pub first: u32,
    /// The last; the first, if there is one only.
    pub last: u32,
}

impl Pages {
    /// The run that holds both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

impl fmt::Display for Pages {
    /// "9–14", or "9".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(formatter, "{}", self.first)
        } else {
            write!(formatter, "{}–{}", self.first, self.last)
        }
    }
}

/// A printed document: a meeting's pack, that of a supplementary agenda, or one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// Its path from the site's root.
    pub path: String,
    /// Its size in bytes.
    pub size: usize,
    /// How many pages it has, blank ones included.
    pub pages: u32,
    /// The number printed on its first page; a supplementary pack goes on where the one before it ended.
    pub first: u32,
    /// The pages of each paper in it, its appendices not included.
    pub papers: BTreeMap<String, Pages>,
}

impl Volume {
    /// The number printed on its last page.
    pub fn last(&self) -> u32 {
        self.first.saturating_add(self.pages.saturating_sub(1))
    }

    /// Which page of the file, counted from 1, bears a number.
    pub fn sheet(&self, printed: u32) -> u32 {
        printed.saturating_add(1).saturating_sub(self.first).max(1)
    }

    /// The pages of some papers: those that follow each other make one run.
    pub fn runs(&self, papers: &BTreeSet<PaperId>) -> Vec<Pages> {
        let mut all: Vec<(&String, Pages)> = self.papers.iter().map(|(id, pages)| (id, *pages)).collect();
        all.sort_by_key(|(_, pages)| pages.first);
        let mut runs: Vec<Pages> = Vec::new();
        let mut goes_on = false;
        for (id, pages) in all {
            let own = papers.contains(&PaperId(id.clone()));
            match runs.last_mut() {
                Some(run) if own && goes_on => *run = run.with(pages),
                _ if own => runs.push(pages),
                _ => {}
            }
            goes_on = own;
        }
        runs
    }

    /// Where a paper stands in it.
    pub fn of(&self, paper: &PaperId) -> Option<Pages> {
        self.papers.get(paper.as_str()).copied()
    }
}

/// All printed documents of an edition; none, if nothing was printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pagination {
    /// By the paper that the document is of: an agenda heads a pack, a supplementary agenda a supplementary pack.
    pub volumes: BTreeMap<PaperId, Volume>,
    /// The packs of each meeting: the main one, then the supplementary ones in order.
    pub packs: BTreeMap<MeetingKey, Vec<PaperId>>,
}

impl Pagination {
    /// The printed document of a paper.
    pub fn volume(&self, paper: &PaperId) -> Option<&Volume> {
        self.volumes.get(paper)
    }

    /// The packs of a meeting in order.
    pub fn packs_of(&self, meeting: &MeetingKey) -> impl Iterator<Item = &Volume> {
        self.packs.get(meeting).into_iter().flatten().filter_map(|id| self.volumes.get(id))
    }

    /// In which pack of a meeting a paper stands, and on which pages.
    pub fn place(&self, meeting: &MeetingKey, paper: &PaperId) -> Option<(&Volume, Pages)> {
        self.packs_of(meeting).find_map(|volume| Some((volume, volume.of(paper)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_that_follow_each_other_make_one_run() {
        let pages = |first, last| Pages { first, last };
        let papers = [("a", pages(3, 5)), ("b", pages(7, 7)), ("c", pages(9, 12)), ("d", pages(13, 13))];
        let papers = papers.map(|(id, pages)| (id.to_owned(), pages)).into();
        let volume = Volume { path: "pack.pdf".into(), size: 1, pages: 14, first: 1, papers };
        let runs = |ids: &[&str]| volume.runs(&ids.iter().map(|id| PaperId::from(*id)).collect());
        assert_eq!(runs(&["a", "b"]), [pages(3, 7)], "a blank page between them does not part them");
        assert_eq!(runs(&["a", "c", "d"]), [pages(3, 5), pages(9, 13)]);
        assert_eq!(runs(&["x"]), []);
    }

    #[test]
    fn a_supplementary_pack_counts_on() {
        let papers = BTreeMap::from([("a/04".to_owned(), Pages { first: 27, last: 30 })]);
        let volume = Volume { path: "a/pack.pdf".into(), size: 1, pages: 8, first: 25, papers };
        assert_eq!(volume.last(), 32);
        assert_eq!(volume.of(&"a/04".into()).map(|pages| pages.to_string()), Some("27–30".to_owned()));
        assert_eq!(volume.sheet(27), 3);
        assert_eq!(Pages { first: 9, last: 9 }.to_string(), "9");
    }
}
