//! What several pages show alike: worked out once here, shown as [`links`] and [`rows`].

mod links;
mod meetings;
mod minutes;
mod papers;
mod printed;
mod returns;
mod rows;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::html::{Anchors, Writer};
use super::routes::Routes;
use crate::calendar::MunicipalYear;
use crate::document::{Block, Decision};
use crate::edition::{Edition, Pagination, PublishedAgenda, PublishedMeeting, PublishedPaper, Volume};
use crate::model::body::Membership;
use crate::model::paper::Own;
use crate::model::{BodyId, MeetingKey, PaperId, PersonId};
use crate::publication::Artefact;
use crate::record::{Paper, References, members_on, sections};

/// An edition, and what is worked out once for all its pages.
pub(crate) struct View<'e> {
    /// The edition.
    pub(crate) edition: &'e Edition,
    /// For following references.
    pub(crate) references: References<'e>,
    /// Paths of pages.
    pub(crate) routes: Routes,
    /// Each meeting's papers in the order of its pack.
    pub(crate) packs: HashMap<&'e MeetingKey, Vec<PaperId>>,
    /// Papers that issue the text of another again, by the paper whose text it is.
    pub(crate) reissues: HashMap<PaperId, Vec<PaperId>>,
    /// Every decision, the latest meeting's first.
    pub(in crate::site) decisions: Vec<DecisionAt<'e>>,
    /// Which of the decisions stand in the register for a body, a year, or both; with neither, all.
    pub(crate) register: BTreeMap<(Option<&'e BodyId>, Option<MunicipalYear>), Vec<usize>>,
    /// Which of the decisions a meeting took.
    pub(crate) decided: HashMap<&'e MeetingKey, Vec<usize>>,
    /// The seats that each person has held, by body.
    pub(crate) seats: HashMap<&'e PersonId, Vec<(&'e BodyId, &'e Membership)>>,
    /// Each body's papers that belong to no meeting.
    pub(crate) own_papers: HashMap<&'e BodyId, Vec<&'e PublishedPaper>>,
    /// For each person, the meetings with minutes that they attended or were a member for.
    pub(crate) took_part: HashMap<PersonId, Vec<&'e MeetingKey>>,
    /// The sizes of the files of other outputs.
    pub(crate) sizes: Sizes<'e>,
    /// Where papers stand in print.
    pub(crate) pagination: &'e Pagination,
    /// The packs that hold each paper.
    pub(super) packs_with: HashMap<&'e str, Vec<&'e Volume>>,
    /// Interface strings.
    pub(crate) strings: &'e BTreeMap<String, String>,
}

/// How large the files are that other outputs make, in bytes.
pub(crate) enum Sizes<'e> {
    /// All of them have been made: by path.
    Made(HashMap<&'e str, usize>),
    /// They are made when somebody asks.
    OnDemand(&'e (dyn Fn(&str) -> Option<usize> + Sync)),
}

impl Sizes<'_> {
    /// The size of the file at a path; nothing if there is none.
    pub(crate) fn of(&self, path: &str) -> Option<usize> {
        match self {
            Self::Made(sizes) => sizes.get(path).copied(),
            Self::OnDemand(size) => size(path),
        }
    }
}

/// What writes some blocks of a text.
pub(crate) type Text<'t> = dyn Fn(&[Block]) -> String + 't;

/// A decision and where it stands.
pub(in crate::site) struct DecisionAt<'e> {
    /// The meeting.
    pub(crate) meeting: &'e PublishedMeeting,
    /// The minutes.
    pub(crate) minutes: &'e Arc<Paper>,
    /// Whether a later meeting has agreed them.
    pub(crate) draft: bool,
    /// The minute's number.
    pub(crate) minute: u32,
    /// What the minute is about.
    pub(crate) title: String,
    /// The decision.
    pub(crate) decision: &'e Decision,
}

/// Everybody whom the minutes of a meeting name, and everybody who was a member on the day.
fn took_part(edition: &Edition, meeting: &PublishedMeeting) -> BTreeSet<PersonId> {
    let Some(Own::Minutes(own)) = meeting.minutes.as_ref().map(|minutes| &minutes.paper.head.own) else {
        return BTreeSet::new();
    };
    let named = own.presided.iter().chain(&own.present).chain(&own.apologies);
    let substitutes = own.substitutes.iter().map(|substitute| &substitute.person);
    let others = own.others.iter().filter_map(|other| other.person.as_ref());
    let body = edition.model.bodies.get(&meeting.key.body);
    let members = body
        .into_iter()
        .flat_map(|body| members_on(body, meeting.key.date))
        .filter_map(|member| member.person.as_ref());
    named.chain(substitutes).chain(others).chain(members).map(|id| id.value.clone()).collect()
}

impl<'e> View<'e> {
    /// Works out what pages share.
    pub(crate) fn new(
        edition: &'e Edition,
        strings: &'e BTreeMap<String, String>,
        beside: &'e [Artefact],
        pagination: &'e Pagination,
    ) -> Self {
        let sizes = beside.iter().map(|file| (file.path.as_str(), file.bytes.len())).collect();
        Self::with_sizes(edition, strings, Sizes::Made(sizes), pagination)
    }

    /// The same where the files of other outputs are made when somebody asks for them.
    pub(crate) fn with_sizes(
        edition: &'e Edition,
        strings: &'e BTreeMap<String, String>,
        sizes: Sizes<'e>,
        pagination: &'e Pagination,
    ) -> Self {
        let mut view = Self {
            edition,
            references: edition.references(),
            routes: Routes::new(edition),
            packs: HashMap::new(),
            reissues: HashMap::new(),
            decisions: Vec::new(),
            register: BTreeMap::new(),
            decided: HashMap::new(),
            seats: HashMap::new(),
            own_papers: HashMap::new(),
            took_part: HashMap::new(),
            sizes,
            strings,
            pagination,
            packs_with: HashMap::new(),
        };
        for meeting in edition.meetings.values() {
            view.packs.insert(&meeting.key, view.pack(meeting));
            for person in took_part(edition, meeting) {
                view.took_part.entry(person).or_default().push(&meeting.key);
            }
        }
        for volume in pagination.packs.values().flatten().filter_map(|id| pagination.volume(id)) {
            for paper in volume.papers.keys() {
                view.packs_with.entry(paper).or_default().push(volume);
            }
        }
        for published in edition.papers.values() {
            let paper = &published.paper;
            if paper.text_from != paper.id {
                view.reissues.entry(paper.text_from.clone()).or_default().push(paper.id.clone());
            }
            if let (None, Some(body)) = (&paper.meeting, paper.body()) {
                view.own_papers.entry(body).or_default().push(published);
            }
        }
        for (id, body) in &edition.model.bodies {
            for member in &body.members {
                if let Some(person) = &member.person {
                    view.seats.entry(&person.value).or_default().push((id, member));
                }
            }
        }
        view.decisions = view.collect_decisions();
        for (index, at) in view.decisions.iter().enumerate() {
            let (body, year) = (&at.meeting.key.body, MunicipalYear::of(at.meeting.key.date));
            for list in [(None, None), (Some(body), None), (None, Some(year)), (Some(body), Some(year))] {
                view.register.entry(list).or_default().push(index);
            }
            view.decided.entry(&at.meeting.key).or_default().push(index);
        }
        view
    }

    fn pack(&self, meeting: &PublishedMeeting) -> Vec<PaperId> {
        let mut pack = Vec::new();
        for item in meeting.agenda.iter().flat_map(PublishedAgenda::all_items) {
            for (id, _) in &item.papers {
                self.add_to_pack(id, &mut pack, 0);
            }
        }
        pack
    }

    fn add_to_pack(&self, id: &PaperId, pack: &mut Vec<PaperId>, depth: usize) {
        // Appendices of appendices end somewhere; two that list each other do not.
        if pack.contains(id) || depth > 4 {
            return;
        }
        pack.push(id.clone());
        if let Some(published) = self.edition.papers.get(id) {
            for appendix in published.paper.head.appendices() {
                let id = published.paper.address(&appendix.value);
                if self.edition.papers.contains_key(&id) {
                    self.add_to_pack(&id, pack, depth + 1);
                }
            }
        }
    }

    fn collect_decisions(&self) -> Vec<DecisionAt<'e>> {
        let mut decisions = Vec::new();
        for meeting in self.edition.meetings.values() {
            let Some(minutes) = &meeting.minutes else { continue };
            let Own::Minutes(own) = &minutes.paper.head.own else { continue };
            let (_, sections) = sections(&minutes.paper.text.document);
            for section in sections {
                for block in section.blocks {
                    if let Block::Decision(decision) = block {
                        decisions.push(DecisionAt {
                            meeting,
                            minutes: &minutes.paper,
                            draft: own.agreed.is_none(),
                            minute: section.number,
                            title: section.heading.plain(),
                            decision,
                        });
                    }
                }
            }
        }
        decisions.sort_by(|a, b| {
            (b.meeting.key.date, &a.meeting.key.body, a.minute).cmp(&(
                a.meeting.key.date,
                &b.meeting.key.body,
                b.minute,
            ))
        });
        decisions
    }

    /// A writer for the text of a paper on the page at `path`.
    pub(in crate::site) fn writer<'w>(&'w self, paper: &'w Paper, root: &'w str, anchors: Anchors) -> Writer<'w> {
        Writer {
            edition: self.edition,
            references: &self.references,
            routes: &self.routes,
            sizes: &self.sizes,
            paper,
            root,
            anchors,
            shift: 0,
        }
    }

    /// An interface string; its key, where a theme does not have it.
    pub(crate) fn string(&self, key: &str) -> String {
        self.strings.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// Whether a meeting is gone by: its day is before today.
    pub(crate) fn is_past(&self, key: &MeetingKey) -> bool {
        key.date < self.edition.now.date()
    }
}
