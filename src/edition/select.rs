//! What an audience may see.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::redact;
use super::{
    Audience, Carrier, Edition, PublishedAgenda, PublishedItem, PublishedMeeting, PublishedMinutes, PublishedPaper,
    PublishedSupplementary,
};
use crate::calendar::Moment;
use crate::model::paper::{Common, Form, Own};
use crate::model::{Exempt, Kind, MeetingKey, PaperId, Status};
use crate::record::{Meeting, NumberedItem, Paper, Record, numbered_items};

/// Builds the edition.
pub(super) fn select(record: &Record, audience: Audience, now: Moment) -> Edition {
    let listed = Listed::in_agendas(record);
    let mut selection = Selection { record, audience, now, listed, carried: HashMap::new(), papers: BTreeMap::new() };
    let forms = selection.forms();
    let open: BTreeMap<&MeetingKey, Open<'_>> =
        record.meetings.values().filter_map(|meeting| Some((&meeting.key, selection.open(meeting)?))).collect();
    for open in open.values() {
        selection.carry(open);
    }
    selection.select_papers(&forms);
    let visible: BTreeSet<String> = selection.papers.keys().map(|id| id.0.clone()).collect();
    let meetings = record
        .meetings
        .values()
        .filter_map(|meeting| {
            let published = selection.meeting(meeting, open.get(&meeting.key), &visible);
            (published.agenda.is_some() || published.planned.is_some()).then(|| (meeting.key.clone(), published))
        })
        .collect();
    let papers = selection.papers;
    let mut edition =
        Edition { audience, now, model: Arc::clone(&record.model), papers, meetings, forms, pictures: BTreeMap::new() };
    let size = |path: String| record.pictures.get(&path).map(|size| (path.clone(), *size));
    edition.pictures = edition.files().into_iter().filter_map(size).collect();
    edition
}

/// A meeting whose agenda is out.
struct Open<'r> {
    meeting: &'r Meeting,
    agenda: &'r Arc<Paper>,
    published: Option<Moment>,
    items: Vec<NumberedItem<'r>>,
    supplementary: Vec<(&'r Arc<Paper>, Option<Moment>)>,
}

struct Selection<'r> {
    record: &'r Record,
    audience: Audience,
    now: Moment,
    listed: Listed,
    /// For each paper, the items that carry it and when that became public.
    carried: HashMap<PaperId, Vec<(Carrier, Option<Moment>)>>,
    papers: BTreeMap<PaperId, PublishedPaper>,
}

/// What agendas list, whether they are out or not.
struct Listed {
    /// Papers on private items, and why they are private. One agenda that calls a paper private is enough.
    private: HashMap<PaperId, Exempt>,
    /// All papers on items.
    all: HashSet<PaperId>,
}

impl Listed {
    fn in_agendas(record: &Record) -> Self {
        let mut listed = Self { private: HashMap::new(), all: HashSet::new() };
        for meeting in record.meetings.values() {
            let Some(paper) = meeting.agenda.as_ref().and_then(|id| record.papers.get(id)) else { continue };
            let Own::Agenda(agenda) = &paper.head.own else { continue };
            let items = numbered_items(agenda);
            let mut private_items: HashMap<&str, Exempt> = HashMap::new();
            for top in &items {
                for item in std::iter::once(top).chain(&top.items) {
                    listed.all.extend(item.item.papers.iter().map(|id| paper.address(&id.value)));
                    if !item.private {
                        continue;
                    }
                    let exempt = item.item.exempt.clone().or_else(|| top.item.exempt.clone());
                    let exempt = exempt.unwrap_or(Exempt { paragraphs: Vec::new(), public_interest: None });
                    for id in &item.item.papers {
                        listed.private.insert(paper.address(&id.value), exempt.clone());
                    }
                    private_items.insert(&item.number, exempt);
                }
            }
            for supplementary in meeting.supplementary.iter().filter_map(|id| record.papers.get(id)) {
                let Own::SupplementaryAgenda(own) = &supplementary.head.own else { continue };
                for added in &own.items {
                    for id in added.papers.iter().map(|id| supplementary.address(&id.value)) {
                        if let Some(exempt) = private_items.get(added.item.value.as_str()) {
                            listed.private.insert(id.clone(), exempt.clone());
                        }
                        listed.all.insert(id);
                    }
                }
            }
        }
        listed
    }
}

impl<'r> Selection<'r> {
    /// Whether something is out: finished, and its time has come. Without a time of its own it goes out with what carries
    /// it; without either, what is `published` is out and what is only `ready` is not.
    fn is_out(&self, common: &Common, with: Option<Moment>) -> bool {
        match (common.status, common.published.or(with)) {
            (Status::Draft | Status::Withdrawn, _) | (Status::Ready, None) => false,
            (Status::Published, None) => true,
            (Status::Ready | Status::Published, Some(moment)) => moment <= self.now,
        }
    }

    fn forms(&self) -> BTreeMap<String, Form> {
        let out = |form: &Form| match (form.status, form.published) {
            (Status::Ready | Status::Published, Some(moment)) => moment <= self.now,
            (Status::Published, None) => true,
            _ => false,
        };
        self.record
            .forms
            .iter()
            .filter(|(_, form)| out(form))
            .map(|(folder, form)| (folder.clone(), form.clone()))
            .collect()
    }

    fn open(&self, meeting: &'r Meeting) -> Option<Open<'r>> {
        let agenda = self.record.papers.get(meeting.agenda.as_ref()?)?;
        let Own::Agenda(own) = &agenda.head.own else { return None };
        if !self.is_out(&agenda.head.common, None) || agenda.head.common.exempt.is_some() {
            return None;
        }
        let published = agenda.head.common.published;
        let supplementary = meeting
            .supplementary
            .iter()
            .filter_map(|id| self.record.papers.get(id))
            .filter(|paper| paper.head.common.exempt.is_none() && self.is_out(&paper.head.common, None))
            .map(|paper| (paper, paper.head.common.published.max(published)))
            .collect();
        Some(Open { meeting, agenda, published, items: numbered_items(own), supplementary })
    }

    /// Notes which papers the items of a meeting carry.
    fn carry(&mut self, open: &Open<'r>) {
        for item in open.items.iter().flat_map(|item| std::iter::once(item).chain(&item.items)) {
            if item.private && self.audience == Audience::Public {
                continue;
            }
            for id in &item.item.papers {
                let carrier = Carrier {
                    meeting: open.meeting.key.clone(),
                    number: item.number.clone(),
                    title: item.item.title.clone(),
                    pages: item.item.pages.clone(),
                    supplementary: None,
                };
                self.carried.entry(open.agenda.address(&id.value)).or_default().push((carrier, open.published));
            }
        }
        for (paper, published) in &open.supplementary {
            let Own::SupplementaryAgenda(own) = &paper.head.own else { continue };
            for added in &own.items {
                let item = open.items.iter().flat_map(|item| std::iter::once(item).chain(&item.items));
                let Some(item) = item.into_iter().find(|item| item.number == added.item.value) else { continue };
                if item.private && self.audience == Audience::Public {
                    continue;
                }
                for id in &added.papers {
                    let carrier = Carrier {
                        meeting: open.meeting.key.clone(),
                        number: item.number.clone(),
                        title: item.item.title.clone(),
                        pages: added.pages.clone(),
                        supplementary: Some(own.number),
                    };
                    self.carried.entry(paper.address(&id.value)).or_default().push((carrier, *published));
                }
            }
        }
    }

    /// Whether the audience may see a paper that has become reachable.
    fn may_see(&self, paper: &Paper, with: Option<Moment>) -> bool {
        let open = self.audience == Audience::Members
            || (paper.head.common.exempt.is_none() && !self.listed.private.contains_key(&paper.id));
        open && self.is_out(&paper.head.common, with)
    }

    fn select_papers(&mut self, forms: &BTreeMap<String, Form>) {
        let mut first: Vec<(Arc<Paper>, Option<Moment>)> = Vec::new();
        let mut reissued: Vec<(Arc<Paper>, Option<Moment>)> = Vec::new();
        for paper in self.record.papers.values() {
            let Some(with) = self.goes_out_with(paper, forms) else { continue };
            if self.may_see(paper, with) {
                let list = if paper.text_from == paper.id { &mut first } else { &mut reissued };
                list.push((Arc::clone(paper), with));
            }
        }
        self.publish(first);
        // A text issued again is out only where its source is; whatever keeps the source back keeps back the copy.
        reissued.retain(|(paper, _)| self.papers.contains_key(&paper.text_from));
        self.publish(reissued);
    }

    /// What a paper goes out with, if something leads to it: nothing if nobody can come to it; otherwise the moment, if one
    /// is known, at which what carries it went out.
    #[expect(
        clippy::option_option,
        reason = "whether it is reached, and whether the moment is known, are two questions"
    )]
    fn goes_out_with(&self, paper: &Paper, forms: &BTreeMap<String, Form>) -> Option<Option<Moment>> {
        let carried = self.carried.get(&paper.id);
        match paper.kind() {
            Kind::Agenda | Kind::SupplementaryAgenda | Kind::Minutes | Kind::Appendix => None,
            Kind::MonitoringReturn => forms.get(&paper.folder).map(|form| form.published),
            _ if paper.meeting.is_some() => carried.map(|carriers| earliest(carriers)),
            _ => match carried {
                Some(carriers) => Some(earliest(carriers)),
                // Carried by an agenda that is not out yet, it waits for that, unless it has a time of its own.
                None if self.listed.all.contains(&paper.id) && paper.head.common.published.is_none() => None,
                None => Some(None),
            },
        }
    }

    /// Publishes papers and, from each, the appendices that it lists.
    fn publish(&mut self, mut queue: Vec<(Arc<Paper>, Option<Moment>)>) {
        while let Some((paper, with)) = queue.pop() {
            if self.papers.contains_key(&paper.id) {
                continue;
            }
            let published = paper.head.common.published.max(with);
            for listed in paper.head.appendices() {
                let Some(appendix) = self.record.papers.get(&paper.address(&listed.value)) else { continue };
                let source_is_out = appendix.text_from == appendix.id || self.papers.contains_key(&appendix.text_from);
                if appendix.kind() == Kind::Appendix && source_is_out && self.may_see(appendix, published) {
                    queue.push((Arc::clone(appendix), published));
                }
            }
            let exempt = paper.head.common.exempt.as_ref().map(|exempt| exempt.value.clone());
            let exempt = exempt
                .or_else(|| self.listed.private.get(&paper.id).cloned())
                .or_else(|| self.papers.get(&paper.text_from).and_then(|source| source.exempt.clone()));
            let carriers = self
                .carried
                .get(&paper.id)
                .map_or_else(Vec::new, |carriers| carriers.iter().map(|(carrier, _)| carrier.clone()).collect());
            self.papers.insert(paper.id.clone(), PublishedPaper { paper, published, exempt, carriers });
        }
    }

    fn meeting(&self, meeting: &Meeting, open: Option<&Open<'r>>, visible: &BTreeSet<String>) -> PublishedMeeting {
        let Some(open) = open else {
            return PublishedMeeting {
                key: meeting.key.clone(),
                planned: meeting.planned.clone(),
                agenda: None,
                supplementary: Vec::new(),
                minutes: None,
            };
        };
        let agenda = match self.audience {
            Audience::Public => Arc::new(redact::agenda(open.agenda, visible)),
            Audience::Members => Arc::clone(open.agenda),
        };
        let supplementary = open
            .supplementary
            .iter()
            .map(|(paper, published)| PublishedSupplementary { paper: Arc::clone(paper), published: *published })
            .collect();
        PublishedMeeting {
            key: meeting.key.clone(),
            planned: meeting.planned.clone(),
            agenda: Some(PublishedAgenda {
                paper: agenda,
                published: open.published,
                items: open.items.iter().map(|item| self.item(item, open)).collect(),
            }),
            supplementary,
            minutes: self.minutes(open),
        }
    }

    fn item(&self, numbered: &NumberedItem<'_>, open: &Open<'r>) -> PublishedItem {
        let NumberedItem { number, item, private, items } = numbered;
        let closed = *private && self.audience == Audience::Public;
        let own = item.papers.iter().map(|id| (open.agenda.address(&id.value), None));
        let added = open.supplementary.iter().flat_map(|(paper, _)| {
            let own = match &paper.head.own {
                Own::SupplementaryAgenda(own) => Some(own),
                _ => None,
            };
            own.into_iter().flat_map(|own| {
                let here = own.items.iter().filter(|added| added.item.value == *number);
                here.flat_map(|added| &added.papers).map(|id| (paper.address(&id.value), Some(own.number)))
            })
        });
        let listed: Vec<(PaperId, Option<u32>)> = if closed { Vec::new() } else { own.chain(added).collect() };
        let withdrawn_papers = listed
            .iter()
            .filter_map(|(id, _)| self.record.papers.get(id))
            .filter(|paper| paper.head.common.status == Status::Withdrawn)
            .count();
        let is_minutes_out = |id: &PaperId| self.minutes_out(id);
        PublishedItem {
            number: number.clone(),
            title: item.title.clone(),
            private: *private,
            exempt: item.exempt.clone(),
            report_of: item.report_of.clone().filter(|_| !closed),
            time: item.time.clone(),
            pages: item.pages.clone().filter(|_| !closed),
            note: item.note.clone().filter(|_| !closed),
            withdrawn: item.withdrawn,
            withdrawn_papers,
            papers: listed.into_iter().filter(|(id, _)| self.papers.contains_key(id) || is_minutes_out(id)).collect(),
            items: items.iter().map(|beneath| self.item(beneath, open)).collect(),
        }
    }

    /// Whether a paper is minutes that are out: an agenda carries the minutes it agrees.
    fn minutes_out(&self, id: &PaperId) -> bool {
        let Some(paper) = self.record.papers.get(id).filter(|paper| paper.kind() == Kind::Minutes) else {
            return false;
        };
        let meeting = paper.meeting.as_ref().and_then(|key| self.record.meetings.get(key));
        meeting.and_then(|meeting| self.open(meeting)).is_some_and(|open| self.minutes(&open).is_some())
    }

    fn minutes(&self, open: &Open<'r>) -> Option<PublishedMinutes> {
        let paper = self.record.papers.get(open.meeting.minutes.as_ref()?)?;
        let common = &paper.head.common;
        let closed = common.exempt.is_some() && self.audience == Audience::Public;
        if closed || !self.is_out(common, None) {
            return None;
        }
        let private = redact::private_minutes(paper, &open.items);
        let redacted = match self.audience {
            Audience::Public if !private.is_empty() => Arc::new(redact::minutes(paper, &private, &open.items)),
            _ => Arc::clone(paper),
        };
        Some(PublishedMinutes { paper: redacted, published: common.published, private })
    }
}

fn earliest(carriers: &[(Carrier, Option<Moment>)]) -> Option<Moment> {
    carriers.iter().filter_map(|(_, moment)| *moment).min()
}
