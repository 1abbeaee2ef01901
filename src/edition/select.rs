//! What an audience may see.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::redact;
use super::{
    Audience, Carrier, Edition, Horizon, Marked, PublishedAgenda, PublishedItem, PublishedMeeting, PublishedMinutes,
    PublishedPaper, PublishedSupplementary,
};
use crate::calendar::Moment;
use crate::model::meeting::Item;
use crate::model::paper::{Common, Form, Own};
use crate::model::{Exempt, Kind, MeetingKey, PaperId, Status};
use crate::record::{Meeting, NumberedItem, Paper, Record, numbered_items};

/// Builds the edition.
pub(super) fn select(record: &Record, audience: Audience, now: Moment, horizon: Horizon) -> Edition {
    let listed = Listed::in_agendas(record);
    let mut selection =
        Selection { record, audience, now, horizon, listed, carried: HashMap::new(), papers: BTreeMap::new() };
    let forms = selection.forms();
    let open: BTreeMap<&MeetingKey, Open<'_>> =
        record.meetings.values().filter_map(|meeting| Some((&meeting.key, selection.open(meeting)?))).collect();
    for open in open.values() {
        selection.carry(open);
    }
    selection.select_papers(&forms);
    let mut minutes: HashMap<&MeetingKey, PublishedMinutes> =
        open.iter().filter_map(|(key, open)| Some((*key, selection.minutes(open)?))).collect();
    // An agenda carries the minutes that it agrees.
    let of_minutes = minutes.values().map(|minutes| &minutes.paper.id);
    let visible: BTreeSet<PaperId> = selection.papers.keys().chain(of_minutes).cloned().collect();
    let meetings = record
        .meetings
        .values()
        .filter_map(|meeting| {
            let minutes = minutes.remove(&meeting.key);
            let published = selection.meeting(meeting, open.get(&meeting.key), minutes, &visible);
            (published.agenda.is_some() || published.planned.is_some()).then(|| (meeting.key.clone(), published))
        })
        .collect();
    let papers = selection.papers;
    let mut edition = Edition {
        audience,
        horizon,
        marked: Marked::default(),
        now,
        model: Arc::clone(&record.model),
        papers,
        meetings,
        forms,
        pictures: BTreeMap::new(),
    };
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

/// A paper that something leads to.
struct Reached {
    paper: Arc<Paper>,
    /// When what leads to it went out.
    with: Option<Moment>,
    /// Why it is private.
    exempt: Option<Exempt>,
}

struct Selection<'r> {
    record: &'r Record,
    audience: Audience,
    now: Moment,
    horizon: Horizon,
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
            // Of an agenda that is private itself, every item is.
            let closed = own_reason(paper);
            let mut private_items: HashMap<&str, Exempt> = HashMap::new();
            for top in &items {
                for item in top.with_beneath() {
                    listed.all.extend(item.item.papers.iter().map(|id| paper.address(&id.value)));
                    if !item.private && closed.is_none() {
                        continue;
                    }
                    let exempt = item.item.exempt.as_ref().or(top.item.exempt.as_ref()).or(closed).cloned();
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
                    let exempt = private_items.get(added.item.value.as_str()).or(own_reason(supplementary));
                    for id in added.papers.iter().map(|id| supplementary.address(&id.value)) {
                        if let Some(exempt) = exempt {
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

/// Why a paper is private by its own head.
fn own_reason(paper: &Paper) -> Option<&Exempt> {
    paper.head.common.exempt.as_ref().map(|exempt| &exempt.value)
}

impl<'r> Selection<'r> {
    /// Whether something is out: finished, and its time has come. Without a time of its own it goes out with what carries
    /// it; without either, what is `published` is out and what is only `ready` is not.
    fn is_out(&self, common: &Common, with: Option<Moment>) -> bool {
        match (common.status, common.published_at().or(with)) {
            (status, _) if self.horizon == Horizon::Ahead => status != Status::Withdrawn,
            (Status::Draft | Status::Withdrawn, _) | (Status::Ready, None) => false,
            (Status::Published, None) => true,
            (Status::Ready | Status::Published, Some(moment)) => moment <= self.now,
        }
    }

    fn forms(&self) -> BTreeMap<String, Form> {
        let out = |form: &Form| match (form.status, form.published) {
            (Status::Ready | Status::Published, Some(moment)) => moment <= self.now,
            (Status::Published, None) => true,
            (status, _) => self.horizon == Horizon::Ahead && status != Status::Withdrawn,
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
        if !self.is_out_alone(agenda) {
            return None;
        }
        let published = agenda.head.common.published_at();
        let supplementary = meeting
            .supplementary
            .iter()
            .filter_map(|id| self.record.papers.get(id))
            .filter(|paper| self.is_out_alone(paper))
            .map(|paper| (paper, paper.head.common.published_at().max(published)))
            .collect();
        Some(Open { meeting, agenda, published, items: numbered_items(own), supplementary })
    }

    /// Notes which papers the items of a meeting carry. An item that was taken off the agenda carries none.
    fn carry(&mut self, open: &Open<'r>) {
        let on_the_agenda = open.items.iter().filter(|top| !top.item.withdrawn);
        let carrying: Vec<&NumberedItem<'_>> = on_the_agenda
            .flat_map(NumberedItem::with_beneath)
            .filter(|item| !item.item.withdrawn && (!item.private || self.audience == Audience::Members))
            .collect();
        for item in &carrying {
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
                let Some(item) = carrying.iter().find(|item| item.number == added.item.value) else { continue };
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

    /// Whether the audience may see a paper that nothing has to lead to: an agenda, a supplementary agenda or minutes.
    /// Their text is their own; one taken from another paper could be one that is not out.
    fn is_out_alone(&self, paper: &Paper) -> bool {
        paper.text_from == paper.id && self.may_see(paper, None)
    }

    /// Why a paper is private, if it is.
    fn reason(&self, paper: &Paper) -> Option<Exempt> {
        own_reason(paper).or_else(|| self.listed.private.get(&paper.id)).cloned()
    }

    fn select_papers(&mut self, forms: &BTreeMap<String, Form>) {
        let mut first = Vec::new();
        let mut reissued = Vec::new();
        for paper in self.record.papers.values() {
            let Some(with) = self.goes_out_with(paper, forms) else { continue };
            if self.may_see(paper, with) {
                let list = if paper.text_from == paper.id { &mut first } else { &mut reissued };
                list.push(Reached { paper: Arc::clone(paper), with, exempt: self.reason(paper) });
            }
        }
        self.publish(first);
        // A text issued again is out only where its source is; whatever keeps the source back keeps back the copy.
        reissued.retain_mut(|reached| {
            let source = self.papers.get(&reached.paper.text_from);
            reached.exempt = reached.exempt.take().or_else(|| source?.exempt.clone());
            source.is_some()
        });
        self.publish(reissued);
        if self.horizon == Horizon::Ahead {
            self.publish_unlisted();
        }
    }

    /// Publishes papers that nothing lists yet: somebody has just begun to write them. What an agenda or another paper lists
    /// is as private as that says, and is not for this place. While something cannot be read that may list a paper, as
    /// private perhaps, the public sees none that nothing seems to list.
    fn publish_unlisted(&mut self) {
        let papers = || self.record.papers.values();
        let all_is_known = !self.record.has_unread && papers().all(|paper| paper.head_is_whole);
        if self.audience == Audience::Public && !all_is_known {
            return;
        }
        let may_be_shown = |paper: &&Arc<Paper>| match paper.kind() {
            Kind::Agenda | Kind::SupplementaryAgenda | Kind::Minutes | Kind::MonitoringReturn => false,
            kind => {
                (kind == Kind::Appendix || paper.meeting.is_some())
                    && paper.text_from == paper.id
                    && !self.papers.contains_key(&paper.id)
                    && self.may_see(paper, None)
            }
        };
        let mut unlisted: Vec<&Arc<Paper>> = papers().filter(may_be_shown).collect();
        if unlisted.is_empty() {
            return;
        }
        let listed = self.listed_anywhere();
        unlisted.retain(|paper| !listed.contains(&paper.id));
        let reached = |paper: &Arc<Paper>| Reached { paper: Arc::clone(paper), with: None, exempt: self.reason(paper) };
        self.publish(unlisted.into_iter().map(reached).collect());
    }

    /// All papers that an agenda or another paper lists: also an agenda that is not the one of its meeting, and a supplementary
    /// agenda whose agenda is not there yet.
    fn listed_anywhere(&self) -> HashSet<PaperId> {
        let mut listed = HashSet::new();
        for paper in self.record.papers.values() {
            listed.extend(paper.head.appendices().iter().map(|appendix| paper.address(&appendix.value)));
            match &paper.head.own {
                Own::Agenda(agenda) => {
                    for item in agenda.items.iter().chain(&agenda.private) {
                        listed_by(item, paper, &mut listed);
                    }
                }
                Own::SupplementaryAgenda(own) => {
                    let ids = own.items.iter().flat_map(|added| &added.papers);
                    listed.extend(ids.map(|id| paper.address(&id.value)));
                }
                _ => {}
            }
        }
        listed
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

    /// Publishes papers and, from each, the appendices that it lists. An appendix of a private paper is as private, unless
    /// a public paper lists it too; so the public ones go first.
    fn publish(&mut self, reached: Vec<Reached>) {
        let (mut private, mut public): (Vec<_>, Vec<_>) =
            reached.into_iter().partition(|reached| reached.exempt.is_some());
        while let Some(Reached { paper, with, exempt }) = public.pop().or_else(|| private.pop()) {
            if self.papers.contains_key(&paper.id) {
                continue;
            }
            let published = paper.head.common.published_at().max(with);
            for listed in paper.head.appendices() {
                let Some(appendix) = self.record.papers.get(&paper.address(&listed.value)) else { continue };
                let source = self.papers.get(&appendix.text_from);
                let source_is_out = appendix.text_from == appendix.id || source.is_some();
                if appendix.kind() == Kind::Appendix && source_is_out && self.may_see(appendix, published) {
                    let of_source = || source.and_then(|source| source.exempt.clone());
                    let exempt = self.reason(appendix).or_else(of_source).or_else(|| exempt.clone());
                    let queue = if exempt.is_some() { &mut private } else { &mut public };
                    queue.push(Reached { paper: Arc::clone(appendix), with: published, exempt });
                }
            }
            let carriers = self
                .carried
                .get(&paper.id)
                .map_or_else(Vec::new, |carriers| carriers.iter().map(|(carrier, _)| carrier.clone()).collect());
            self.papers.insert(paper.id.clone(), PublishedPaper { paper, published, exempt, carriers });
        }
    }

    fn meeting(
        &self,
        meeting: &Meeting,
        open: Option<&Open<'r>>,
        minutes: Option<PublishedMinutes>,
        visible: &BTreeSet<PaperId>,
    ) -> PublishedMeeting {
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
            .map(|(paper, published)| PublishedSupplementary {
                paper: match self.audience {
                    Audience::Public => Arc::new(redact::supplementary(paper, &open.items, visible)),
                    Audience::Members => Arc::clone(paper),
                },
                published: *published,
                exempt: self.reason(paper).or_else(|| self.reason(open.agenda)),
            })
            .collect();
        PublishedMeeting {
            key: meeting.key.clone(),
            planned: meeting.planned.clone(),
            agenda: Some(PublishedAgenda {
                paper: agenda,
                published: open.published,
                exempt: self.reason(open.agenda),
                items: open.items.iter().map(|item| self.item(item, open, visible)).collect(),
            }),
            supplementary,
            minutes,
        }
    }

    fn item(&self, numbered: &NumberedItem<'_>, open: &Open<'r>, visible: &BTreeSet<PaperId>) -> PublishedItem {
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
            papers: listed.into_iter().filter(|(id, _)| visible.contains(id)).collect(),
            items: items.iter().map(|beneath| self.item(beneath, open, visible)).collect(),
        }
    }

    fn minutes(&self, open: &Open<'r>) -> Option<PublishedMinutes> {
        let paper = self.record.papers.get(open.meeting.minutes.as_ref()?).filter(|paper| self.is_out_alone(paper))?;
        let private = redact::private_minutes(paper, &open.items);
        Some(PublishedMinutes {
            paper: match self.audience {
                Audience::Public => redact::minutes(paper, &private, &open.items),
                Audience::Members => Arc::clone(paper),
            },
            published: paper.head.common.published_at(),
            exempt: self.reason(paper).or_else(|| self.reason(open.agenda)),
            private,
        })
    }
}

/// The papers that an item lists, and those beneath it, however deep.
fn listed_by(item: &Item, agenda: &Paper, listed: &mut HashSet<PaperId>) {
    listed.extend(item.papers.iter().map(|id| agenda.address(&id.value)));
    item.items.iter().for_each(|beneath| listed_by(beneath, agenda, listed));
}

fn earliest(carriers: &[(Carrier, Option<Moment>)]) -> Option<Moment> {
    carriers.iter().filter_map(|(_, moment)| *moment).min()
}
