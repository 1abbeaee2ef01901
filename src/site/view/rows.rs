//! What stands in lists and tables: a meeting, a paper, an item, a member, a decision.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::links::title_in_lists;
use super::{DecisionAt, View};
use crate::calendar::{Moment, MunicipalYear, clock_time, full_date, long_date};
use crate::document::{Block, Decision, Inline, plain};
use crate::edition::{PublishedItem, PublishedMeeting};
use crate::model::body::{Class, Membership};
use crate::model::meeting::{MeetingState, MeetingType};
use crate::model::paper::Own;
use crate::model::{BodyId, ContactId, MeetingKey, PaperId, schedule_12a};
use crate::record::{members_on, sections};
use crate::site::context::{
    Contact, DecisionRow, Exempt, ExemptParagraph, ItemRow, Link, MeetingCard, MeetingYear, MemberRow, MinutesCard,
    PaperCard,
};
use crate::site::html::Anchors;
use crate::site::routes::{Routes, root_of};

impl<'e> View<'e> {
    /// A team to ask.
    pub(crate) fn contact(&self, id: &ContactId) -> Option<Contact> {
        let contacts = &self.edition.model.authority.contacts.0;
        contacts.iter().find(|(key, _)| key.value == id.0).map(|(_, contact)| Contact {
            name: contact.name.clone(),
            telephone: contact.telephone.clone(),
            email: contact.email.clone(),
            address: contact.address.clone(),
        })
    }

    /// A meeting in a list.
    pub(crate) fn meeting_card(&self, meeting: &PublishedMeeting) -> MeetingCard {
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

    /// Meetings by municipal year, the latest first.
    pub(crate) fn years(&self, meetings: impl Iterator<Item = &'e PublishedMeeting>) -> Vec<MeetingYear> {
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
    pub(crate) fn paper_card(&self, id: &PaperId, supplementary: Option<u32>) -> Option<PaperCard> {
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
            published: moment.map(Moment::long),
            published_iso: moment.map(Moment::iso),
            summary: paper.head.common.summary.clone(),
            invented: paper.head.common.invented,
            private: published.is_some_and(|published| published.exempt.is_some()),
            supplementary,
            appendices: self.appendices(paper),
        })
    }

    /// Why something is private.
    pub(crate) fn exempt(&self, exempt: &crate::model::Exempt) -> Exempt {
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
    pub(crate) fn item_rows(&self, meeting: &PublishedMeeting) -> Vec<ItemRow> {
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
        items.map(|item| self.item_row(&meeting.key, item, &answers)).collect()
    }

    fn item_row(&self, meeting: &MeetingKey, item: &PublishedItem, answers: &HashMap<String, Vec<Link>>) -> ItemRow {
        ItemRow {
            number: item.number.clone(),
            anchor: format!("item-{}", item.number),
            title: item.title.clone(),
            report_of: item.report_of.clone(),
            time: item.time.clone(),
            pages: self.pages_of_item(meeting, item),
            note: item.note.clone(),
            withdrawn: item.withdrawn,
            withdrawn_papers: item.withdrawn_papers,
            exempt: item.exempt.as_ref().map(|exempt| self.exempt(exempt)),
            papers: item.papers.iter().filter_map(|(id, added)| self.paper_card(id, *added)).collect(),
            minutes: answers.get(&item.number).cloned().unwrap_or_default(),
            items: item.items.iter().map(|beneath| self.item_row(meeting, beneath, answers)).collect(),
        }
    }

    /// Minutes in a list.
    pub(crate) fn minutes_card(&self, meeting: &PublishedMeeting) -> Option<MinutesCard> {
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
            published: minutes.published.map(Moment::long),
            pages: self.pages_in_packs(&minutes.paper.id),
            pdf: self.pdf(&minutes.paper.id),
        })
    }

    /// Who sat on a body on a day, the chair first.
    pub(crate) fn members(&self, body: &BodyId, on: NaiveDate) -> Vec<MemberRow> {
        let Some(own) = self.edition.model.bodies.get(body) else { return Vec::new() };
        let mut members: Vec<&Membership> = members_on(own, on).collect();
        members.sort_by_key(|member| member.role);
        members.into_iter().map(|member| self.member_row(member)).collect()
    }

    fn member_row(&self, member: &Membership) -> MemberRow {
        let organisation = member.organisation.as_ref();
        let organisation = organisation.map(|id| self.edition.model.name_of_organisation(&id.value).to_owned());
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
            class: member.class.map(Class::word),
            number: member.number,
            from: member.from.map(long_date),
            to: member.to.map(long_date),
        }
    }

    /// A decision as a row on the page at `path`.
    pub(in crate::site) fn decision_row(&self, at: &DecisionAt<'_>, path: &str) -> DecisionRow {
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
