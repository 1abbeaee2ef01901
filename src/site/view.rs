//! What several pages show alike: cards, links, rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::context::{
    Contact, DecisionRow, Exempt, ExemptParagraph, ItemRow, Link, MeetingCard, MeetingYear, MemberRow, MinutesCard,
    PaperCard,
};
use super::html::{Anchors, Writer};
use super::routes::{Routes, root_of};
use crate::calendar::{MunicipalYear, clock_time, full_date, long_date};
use crate::document::{Block, Decision, Inline, plain};
use crate::edition::{Edition, PublishedAgenda, PublishedItem, PublishedMeeting, PublishedPaper};
use crate::model::body::Membership;
use crate::model::meeting::{MeetingState, MeetingType};
use crate::model::paper::Own;
use crate::model::schedule_12a;
use crate::model::{BodyId, ContactId, Kind, MeetingKey, OfficeId, OrganisationId, PaperId, PersonId};
use crate::record::{Paper, References, covers, members_on, sections};

/// An edition, and what is worked out once for all its pages.
pub(super) struct View<'e> {
    /// The edition.
    pub(super) edition: &'e Edition,
    /// For following references.
    pub(super) references: References<'e>,
    /// Paths of pages.
    pub(super) routes: Routes,
    /// Each meeting's papers in the order of its pack.
    pub(super) packs: HashMap<&'e MeetingKey, Vec<PaperId>>,
    /// Papers that issue the text of another again, by the paper whose text it is.
    pub(super) reissues: HashMap<PaperId, Vec<PaperId>>,
    /// Every decision, the latest meeting's first.
    pub(super) decisions: Vec<DecisionAt<'e>>,
    /// Which of the decisions stand in the register for a body, a year, or both; with neither, all.
    pub(super) register: BTreeMap<(Option<&'e BodyId>, Option<MunicipalYear>), Vec<usize>>,
    /// Which of the decisions a meeting took.
    pub(super) decided: HashMap<&'e MeetingKey, Vec<usize>>,
    /// The seats that each person has held, by body.
    pub(super) seats: HashMap<&'e PersonId, Vec<(&'e BodyId, &'e Membership)>>,
    /// Each body's papers that belong to no meeting.
    pub(super) own_papers: HashMap<&'e BodyId, Vec<&'e PublishedPaper>>,
    /// For each person, the meetings with minutes that they attended or were a member for.
    pub(super) took_part: HashMap<PersonId, Vec<&'e MeetingKey>>,
}

/// A decision and where it stands.
pub(super) struct DecisionAt<'e> {
    /// The meeting.
    pub(super) meeting: &'e PublishedMeeting,
    /// The minutes.
    pub(super) minutes: &'e Arc<Paper>,
    /// Whether a later meeting has agreed them.
    pub(super) draft: bool,
    /// The minute's number.
    pub(super) minute: u32,
    /// What the minute is about.
    pub(super) title: String,
    /// The decision.
    pub(super) decision: &'e Decision,
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
    pub(super) fn new(edition: &'e Edition) -> Self {
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
        };
        for meeting in edition.meetings.values() {
            view.packs.insert(&meeting.key, view.pack(meeting));
            for person in took_part(edition, meeting) {
                view.took_part.entry(person).or_default().push(&meeting.key);
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
    pub(super) fn writer<'w>(&'w self, paper: &'w Paper, root: &'w str, anchors: Anchors) -> Writer<'w> {
        Writer {
            edition: self.edition,
            references: &self.references,
            routes: &self.routes,
            paper,
            root,
            anchors,
            shift: 0,
        }
    }

    /// Whether a meeting is gone by: its day is before today.
    pub(super) fn is_past(&self, key: &MeetingKey) -> bool {
        key.date < self.edition.now.date()
    }

    /// A body's link.
    pub(super) fn body(&self, id: &BodyId) -> Link {
        match self.edition.model.bodies.get(id) {
            Some(body) => Link { title: body.short_name().to_owned(), href: Some(Routes::body(id)) },
            None => Link { title: id.to_string(), href: None },
        }
    }

    /// A person's link.
    pub(super) fn person(&self, id: &PersonId) -> Link {
        let title = self.edition.model.people.get(id).map_or_else(|| id.to_string(), |person| person.printed(id));
        Link { title, href: self.routes.person(id) }
    }

    /// A person by id, an office by id, or plain words.
    pub(super) fn named_or_words(&self, written: &str) -> Link {
        let person = PersonId(written.to_owned());
        if self.edition.model.people.contains_key(&person) {
            return self.person(&person);
        }
        match self.edition.model.offices.get(&OfficeId(written.to_owned())) {
            Some(office) => Link { title: office.title.clone(), href: None },
            None => Link { title: written.to_owned(), href: None },
        }
    }

    /// An office, with who held it on a day where the papers say.
    pub(super) fn office(&self, id: &OfficeId, on: Option<NaiveDate>) -> String {
        let Some(office) = self.edition.model.offices.get(id) else { return id.to_string() };
        let holder = on.and_then(|on| office.held_by.iter().find(|tenure| covers(tenure.from, tenure.to, on)));
        match holder {
            Some(tenure) => format!("{} ({})", office.title, self.person(&tenure.person.value).title),
            None => office.title.clone(),
        }
    }

    /// An organisation's name; it may be a body of the authority.
    pub(super) fn organisation(&self, id: &OrganisationId) -> String {
        let organisation = self.edition.model.organisations.get(id).map(|organisation| organisation.name.clone());
        organisation
            .or_else(|| self.edition.model.bodies.get(&BodyId(id.0.clone())).map(|body| body.name.clone()))
            .unwrap_or_else(|| id.to_string())
    }

    /// A team to ask.
    pub(super) fn contact(&self, id: &ContactId) -> Option<Contact> {
        let contacts = &self.edition.model.authority.contacts.0;
        contacts.iter().find(|(key, _)| key.value == id.0).map(|(_, contact)| Contact {
            name: contact.name.clone(),
            telephone: contact.telephone.clone(),
            email: contact.email.clone(),
            address: contact.address.clone(),
        })
    }

    /// A meeting in a list.
    pub(super) fn meeting_card(&self, meeting: &PublishedMeeting) -> MeetingCard {
        let planned = meeting.planned.as_ref();
        let agenda = meeting.agenda.as_ref().map(|agenda| &agenda.paper);
        let own = agenda.and_then(|paper| match &paper.head.own {
            Own::Agenda(own) => Some(own),
            _ => None,
        });
        let state = own.map(|own| own.state).filter(|state| *state != MeetingState::Scheduled);
        let time = own.and_then(|own| own.time).or(planned.and_then(|planned| planned.time));
        MeetingCard {
            body: self.body(&meeting.key.body),
            date: full_date(meeting.key.date),
            iso: meeting.key.date.to_string(),
            time: time.map(clock_time),
            place: own.and_then(|own| own.place.clone()).or_else(|| planned.and_then(|planned| planned.place.clone())),
            state: state.or(planned.map(|planned| planned.state)).unwrap_or(MeetingState::Scheduled).word(),
            meeting_type: own.map_or(MeetingType::Ordinary, |own| own.meeting_type).word(),
            href: agenda.map(|_| Routes::meeting(&meeting.key)),
            note: planned.and_then(|planned| planned.note.clone()),
            invented: agenda
                .map_or(planned.is_some_and(|planned| planned.invented), |paper| paper.head.common.invented),
            has_minutes: meeting.minutes.is_some(),
        }
    }

    /// A meeting's link: "Scrutiny Co-ordination Committee, 12 July 2023".
    pub(super) fn meeting_link(&self, key: &MeetingKey) -> Link {
        let open = self.edition.meetings.get(key).is_some_and(|meeting| meeting.agenda.is_some());
        Link {
            title: format!("{}, {}", self.body(&key.body).title, long_date(key.date)),
            href: open.then(|| Routes::meeting(key)),
        }
    }

    /// A meeting's link by its day alone.
    pub(super) fn day_link(&self, key: &MeetingKey) -> Link {
        Link { title: full_date(key.date), ..self.meeting_link(key) }
    }

    /// Meetings by municipal year, the latest first.
    pub(super) fn years(&self, meetings: impl Iterator<Item = &'e PublishedMeeting>) -> Vec<MeetingYear> {
        let mut meetings: Vec<&PublishedMeeting> = meetings.collect();
        meetings.sort_by(|a, b| (b.key.date, &a.key.body).cmp(&(a.key.date, &b.key.body)));
        let mut years: Vec<MeetingYear> = Vec::new();
        for meeting in meetings {
            let year = MunicipalYear::of(meeting.key.date).to_string();
            let card = self.meeting_card(meeting);
            match years.last_mut() {
                Some(last) if last.year == year => last.meetings.push(card),
                _ => years.push(MeetingYear { year, meetings: vec![card] }),
            }
        }
        years
    }

    /// A paper of a pack in a list. Minutes have no page among the papers, so they are looked up too.
    pub(super) fn paper_card(&self, id: &PaperId, supplementary: Option<u32>) -> Option<PaperCard> {
        let paper = self.references.paper(id)?;
        let published = self.edition.papers.get(id);
        let moment = published.and_then(|published| published.published).or(paper.head.common.published_at());
        let meeting = published
            .and_then(|published| published.carriers.first().map(|carrier| &carrier.meeting))
            .or(paper.meeting.as_ref());
        let supplementary = supplementary.zip(paper.meeting.as_ref()).map(|(number, key)| {
            let id = self.edition.meetings.get(key).and_then(|meeting| {
                meeting.supplementary.iter().find(
                    |other| matches!(&other.paper.head.own, Own::SupplementaryAgenda(own) if own.number == number),
                )
            });
            Link { title: format!("Supplementary agenda {number}"), href: id.map(|other| Routes::paper(&other.paper)) }
        });
        Some(PaperCard {
            title: title_in_lists(paper),
            kind: paper.kind().printed().to_owned(),
            href: Routes::paper(paper),
            body: paper.body().map(|body| self.body(body)),
            meeting: meeting.map(|key| self.meeting_link(key)),
            published: moment.map(crate::calendar::Moment::long),
            published_iso: moment.map(crate::calendar::Moment::iso),
            summary: paper.head.common.summary.clone(),
            invented: paper.head.common.invented,
            private: published.is_some_and(|published| published.exempt.is_some()),
            supplementary,
            appendices: self.appendices(paper),
        })
    }

    /// A paper's link by its full title.
    pub(super) fn link(published: &PublishedPaper) -> Link {
        Link { title: published.paper.full_title(), href: Some(Routes::paper(&published.paper)) }
    }

    /// A link to any paper of the edition.
    pub(super) fn paper_link(&self, id: &PaperId) -> Option<Link> {
        let paper = self.references.paper(id)?;
        Some(Link { title: title_in_lists(paper), href: Some(Routes::paper(paper)) })
    }

    /// The appendices that a paper lists, as far as the edition holds them.
    pub(super) fn appendices(&self, paper: &Paper) -> Vec<Link> {
        let listed = paper.head.appendices().iter();
        listed.filter_map(|id| self.edition.papers.get(&paper.address(&id.value))).map(Self::link).collect()
    }

    /// Why something is private.
    pub(super) fn exempt(&self, exempt: &crate::model::Exempt) -> Exempt {
        let nation = self.edition.model.authority.nation;
        Exempt {
            part: (!exempt.paragraphs.is_empty()).then(|| schedule_12a::part(nation)),
            paragraphs: exempt
                .paragraphs
                .iter()
                .map(|paragraph| ExemptParagraph {
                    number: paragraph.value,
                    gist: schedule_12a::gist(nation, paragraph.value).unwrap_or_default().to_owned(),
                })
                .collect(),
            public_interest: exempt.public_interest.clone(),
        }
    }

    /// The items of an agenda, with the minutes that answer each.
    pub(super) fn item_rows(&self, meeting: &PublishedMeeting) -> Vec<ItemRow> {
        let mut answers: HashMap<String, Vec<Link>> = HashMap::new();
        if let Some(minutes) = &meeting.minutes {
            for section in sections(&minutes.paper.text.document).1 {
                if let Some(item) = section.heading.attribute("item") {
                    answers.entry(item.to_owned()).or_default().push(Link {
                        title: format!("Minute {}", section.number),
                        href: Some(format!("{}#{}", Routes::paper(&minutes.paper), section.heading.anchor)),
                    });
                }
            }
        }
        let items = meeting.agenda.iter().flat_map(|agenda| &agenda.items);
        items.map(|item| self.item_row(item, &answers)).collect()
    }

    fn item_row(&self, item: &PublishedItem, answers: &HashMap<String, Vec<Link>>) -> ItemRow {
        ItemRow {
            number: item.number.clone(),
            anchor: format!("item-{}", item.number),
            title: item.title.clone(),
            report_of: item.report_of.clone(),
            time: item.time.clone(),
            pages: item.pages.clone(),
            note: item.note.clone(),
            withdrawn: item.withdrawn,
            withdrawn_papers: item.withdrawn_papers,
            exempt: item.exempt.as_ref().map(|exempt| self.exempt(exempt)),
            papers: item.papers.iter().filter_map(|(id, added)| self.paper_card(id, *added)).collect(),
            minutes: answers.get(&item.number).cloned().unwrap_or_default(),
            items: item.items.iter().map(|beneath| self.item_row(beneath, answers)).collect(),
        }
    }

    /// Minutes in a list.
    pub(super) fn minutes_card(&self, meeting: &PublishedMeeting) -> Option<MinutesCard> {
        let minutes = meeting.minutes.as_ref()?;
        let Own::Minutes(own) = &minutes.paper.head.own else { return None };
        let agreed_at = own.agreed.as_ref().map(|date| {
            let key = MeetingKey { body: meeting.key.body.clone(), date: date.value };
            Link { title: long_date(date.value), ..self.meeting_link(&key) }
        });
        Some(MinutesCard {
            href: Routes::paper(&minutes.paper),
            agreed: own.agreed.is_some(),
            agreed_at,
            published: minutes.published.map(crate::calendar::Moment::long),
        })
    }

    /// Who sat on a body on a day, the chair first.
    pub(super) fn members(&self, body: &BodyId, on: NaiveDate) -> Vec<MemberRow> {
        let Some(own) = self.edition.model.bodies.get(body) else { return Vec::new() };
        let mut members: Vec<&Membership> = members_on(own, on).collect();
        members.sort_by_key(|member| member.role);
        members.into_iter().map(|member| self.member_row(member)).collect()
    }

    fn member_row(&self, member: &Membership) -> MemberRow {
        let organisation = member.organisation.as_ref().map(|id| self.organisation(&id.value));
        let link = match &member.person {
            Some(person) => self.person(&person.value),
            None => Link {
                title: member
                    .post
                    .as_ref()
                    .map(|post| post.value.clone())
                    .or_else(|| organisation.clone())
                    .unwrap_or_else(|| "Member".to_owned()),
                href: None,
            },
        };
        MemberRow {
            member: link,
            role: member.role.word(),
            organisation: organisation.filter(|_| member.person.is_some() || member.post.is_some()),
            class: member.class.map(crate::model::body::Class::word),
            number: member.number,
            from: member.from.map(long_date),
            to: member.to.map(long_date),
        }
    }

    /// A decision as a row on the page at `path`.
    pub(super) fn decision_row(&self, at: &DecisionAt<'_>, path: &str) -> DecisionRow {
        let root = root_of(path);
        let writer = self.writer(at.minutes, &root, Anchors::Quoted);
        let blocks = without_opening_word(at.decision);
        DecisionRow {
            kind: at.decision.kind.printed().to_owned(),
            html: writer.blocks(&blocks),
            href: format!("{}#{}", Routes::paper(at.minutes), at.decision.anchor),
            minute: format!("Minute {}", at.minute),
            title: at.title.clone(),
            meeting: self.meeting_link(&at.meeting.key),
            body: self.body(&at.meeting.key.body),
            date: long_date(at.meeting.key.date),
            iso: at.meeting.key.date.to_string(),
            draft: at.draft,
        }
    }
}

/// What a paper is called in a list: its full title; minutes are told apart by their meeting's day.
fn title_in_lists(paper: &Paper) -> String {
    match &paper.meeting {
        Some(key) if paper.kind() == Kind::Minutes => format!("Minutes of {}", long_date(key.date)),
        _ => paper.full_title(),
    }
}

/// A decision without the word that opens it, where that stands alone: a row says it already.
fn without_opening_word(decision: &Decision) -> Vec<Block> {
    let mut blocks = decision.blocks.clone();
    let Some(Block::Paragraph(paragraph)) = blocks.first_mut() else { return blocks };
    let Some(Inline::Strong(words)) = paragraph.content.first() else { return blocks };
    if plain(words).trim_end_matches([':', '-', ' ']).to_lowercase() != decision.kind.printed().to_lowercase() {
        return blocks;
    }
    paragraph.content.remove(0);
    if let Some(Inline::Text(text)) = paragraph.content.first_mut() {
        *text = text.trim_start_matches([':', ' ']).to_owned();
    }
    if plain(&paragraph.content).trim().is_empty() {
        blocks.remove(0);
    }
    blocks
}
