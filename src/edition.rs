//! Editions: the record as one audience may see it.
//!
//! This is the door that private, unfinished and not yet due business does not pass. An edition is built from the
//! record by copying what its audience may see; it keeps no way back to the record, and outputs are given nothing else.

mod membership;
mod pagination;
mod redact;
mod select;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::calendar::Moment;
use crate::model::body::PlannedMeeting;
use crate::model::paper::Form;
use crate::model::read::words;
use crate::model::{Exempt, MeetingKey, PaperId, Status};
use crate::record::{CommitteeModel, Paper, PictureSize, Record, References};

pub use pagination::{Pages, Pagination, Volume};

words! {
    /// Who an edition is for.
    pub enum Audience {
        /// Everybody.
        Public = "public",
        /// Members of the bodies: with private business, and not for publication.
        Members = "members",
    }
}

/// What counts as finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Horizon {
    /// What is out at the moment of the edition: what is published.
    #[default]
    Out,
    /// Drafts too, and what waits for its day, as they will look once they are out: for those who work on them. What was
    /// withdrawn stays away, and what an audience may not see it does not see here either.
    Ahead,
}

/// Which papers of an edition that looks ahead are marked as drafts. One that is out holds no draft, and marks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marked {
    /// Those that are drafts.
    #[default]
    Drafts,
    /// All: the edition is passed round among those who work on it.
    Everything,
}

/// What one audience may see at one moment.
#[derive(Debug)]
pub struct Edition {
    /// Who it is for.
    pub audience: Audience,
    /// Whether drafts are in it. Such an edition is never published.
    pub horizon: Horizon,
    /// What in it is marked as a draft.
    pub marked: Marked,
    /// The moment for which it is made.
    pub now: Moment,
    /// The committee model.
    pub model: Arc<CommitteeModel>,
    /// Papers with a page of their own.
    pub papers: BTreeMap<PaperId, PublishedPaper>,
    /// Meetings.
    pub meetings: BTreeMap<MeetingKey, PublishedMeeting>,
    /// Funders' forms, by folder.
    pub forms: BTreeMap<String, Form>,
    /// The sizes of the pictures that its papers show.
    pub pictures: BTreeMap<String, PictureSize>,
}

/// A paper that the audience may see.
#[derive(Debug, Clone)]
pub struct PublishedPaper {
    /// The paper.
    pub paper: Arc<Paper>,
    /// When it was published; nothing if the papers do not say.
    pub published: Option<Moment>,
    /// Why it is not for publication; only in the members' edition.
    pub exempt: Option<Exempt>,
    /// The items that carry it.
    pub carriers: Vec<Carrier>,
}

/// An item of an agenda that carries a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrier {
    /// The meeting.
    pub meeting: MeetingKey,
    /// The item's number.
    pub number: String,
    /// The item's title.
    pub title: String,
    /// Its pages in the printed pack.
    pub pages: Option<String>,
    /// The number of the supplementary agenda that added the paper.
    pub supplementary: Option<u32>,
}

/// A meeting that the audience may know of.
#[derive(Debug, Clone)]
pub struct PublishedMeeting {
    /// Which meeting.
    pub key: MeetingKey,
    /// What the body's file says of it.
    pub planned: Option<PlannedMeeting>,
    /// Its agenda, once that is out.
    pub agenda: Option<PublishedAgenda>,
    /// Supplementary agendas that are out.
    pub supplementary: Vec<PublishedSupplementary>,
    /// Its minutes, once they are out.
    pub minutes: Option<PublishedMinutes>,
}

/// An agenda that is out.
#[derive(Debug, Clone)]
pub struct PublishedAgenda {
    /// The paper, without anything that its items keep private.
    pub paper: Arc<Paper>,
    /// When it was published.
    pub published: Option<Moment>,
    /// Why all of it is not for publication; only in the members' edition.
    pub exempt: Option<Exempt>,
    /// Its items.
    pub items: Vec<PublishedItem>,
}

impl PublishedAgenda {
    /// All items in their order, those beneath others too.
    pub fn all_items(&self) -> impl Iterator<Item = &PublishedItem> {
        self.items.iter().flat_map(|item| std::iter::once(item).chain(&item.items))
    }
}

/// An item as the audience may see it.
#[derive(Debug, Clone)]
pub struct PublishedItem {
    /// "3" or "3a".
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Private business.
    pub private: bool,
    /// Why it is private.
    pub exempt: Option<Exempt>,
    /// Whose report it is.
    pub report_of: Option<String>,
    /// Its slot.
    pub time: Option<String>,
    /// Its pages in the printed pack.
    pub pages: Option<String>,
    /// A sentence on it.
    pub note: Option<String>,
    /// Taken off the agenda.
    pub withdrawn: bool,
    /// How many of its papers were withdrawn.
    pub withdrawn_papers: usize,
    /// Its papers, and the supplementary agenda that added each, if one did.
    pub papers: Vec<(PaperId, Option<u32>)>,
    /// Items beneath it.
    pub items: Vec<PublishedItem>,
}

/// A supplementary agenda that is out.
#[derive(Debug, Clone)]
pub struct PublishedSupplementary {
    /// The paper; in the public edition without what it adds to private items.
    pub paper: Arc<Paper>,
    /// When it was published.
    pub published: Option<Moment>,
    /// Why it is not for publication; only in the members' edition.
    pub exempt: Option<Exempt>,
}

/// Minutes that are out.
#[derive(Debug, Clone)]
pub struct PublishedMinutes {
    /// The paper; in the public edition without what private minutes say.
    pub paper: Arc<Paper>,
    /// When they were published.
    pub published: Option<Moment>,
    /// Why all of them are not for publication; only in the members' edition.
    pub exempt: Option<Exempt>,
    /// Minutes of private business, with the sentence that the public may read.
    pub private: BTreeMap<u32, Option<String>>,
}

impl Edition {
    /// What an audience may see of the record at a moment.
    pub fn new(record: &Record, audience: Audience, now: Moment) -> Self {
        Self::up_to(record, audience, now, Horizon::Out)
    }

    /// What an audience will see of the record once all of it is finished and out.
    pub fn ahead(record: &Record, audience: Audience, now: Moment) -> Self {
        Self::up_to(record, audience, now, Horizon::Ahead)
    }

    /// The same, for passing round: everything in it is marked as a draft.
    pub fn for_circulation(record: &Record, audience: Audience, now: Moment) -> Self {
        Self { marked: Marked::Everything, ..Self::ahead(record, audience, now) }
    }

    fn up_to(record: &Record, audience: Audience, now: Moment, horizon: Horizon) -> Self {
        let mut edition = select::select(record, audience, now, horizon);
        membership::fill(&mut edition);
        edition
    }

    /// A paper of the record as this edition would show it, were it one of its papers.
    pub(crate) fn filled(&self, paper: &Arc<Paper>) -> Arc<Paper> {
        membership::filled(paper, self)
    }

    /// Whether all of it is marked as a draft.
    pub fn is_for_circulation(&self) -> bool {
        self.horizon == Horizon::Ahead && self.marked == Marked::Everything
    }

    /// Whether a paper is marked as a draft.
    pub fn is_draft(&self, paper: &Paper) -> bool {
        self.is_for_circulation() || self.horizon == Horizon::Ahead && paper.head.common.status == Status::Draft
    }

    /// All papers of the edition, those of meetings too.
    pub fn all_papers(&self) -> impl Iterator<Item = &Arc<Paper>> {
        let of_meetings = self.meetings.values().flat_map(|meeting| {
            let agenda = meeting.agenda.iter().map(|agenda| &agenda.paper);
            let supplementary = meeting.supplementary.iter().map(|supplementary| &supplementary.paper);
            agenda.chain(supplementary).chain(meeting.minutes.iter().map(|minutes| &minutes.paper))
        });
        self.papers.values().map(|published| &published.paper).chain(of_meetings)
    }

    /// An index for following references; what the audience may not see is not in it.
    pub fn references(&self) -> References<'_> {
        References::new(
            self.all_papers().map(|paper| &**paper),
            self.meetings.values().filter(|meeting| meeting.agenda.is_some()).map(|meeting| &meeting.key),
            &self.model.people,
            &self.model.bodies,
        )
    }

    /// The files that papers of this edition link or show, by path below the content folder.
    pub fn files(&self) -> BTreeSet<String> {
        let mut files = BTreeSet::new();
        for paper in self.all_papers() {
            files.extend(paper.text.files.iter().map(|file| paper.file(file)));
            files.extend(paper.attachment());
        }
        files
    }
}

#[cfg(test)]
mod tests;
