//! Pages of meetings: agenda, supplementary agendas, minutes.

use super::papers::abbreviations;
use super::{Page, Rendered, Renderer};
use crate::calendar::{Moment, clock_time, long_date};
use crate::edition::PublishedMeeting;
use crate::model::meeting::{FollowUp, InterestKind, Minutes, Vote};
use crate::model::paper::Own;
use crate::model::{MeetingKey, PersonId};
use crate::record::{Paper, sections};
use crate::site::context::{
    Attendance, EmployeesRow, FollowUpRow, InterestRow, Link, MeetingPage, Meetings, MinuteSection, MinutesPage,
    OtherRow, RepresentedRow, SubstituteRow, SupplementaryCard, SupplementaryPage, VoteRow,
};
use crate::site::html::Anchors;
use crate::site::routes::{Routes, root_of};
use crate::text::Spanned;

impl Renderer<'_, '_> {
    pub(super) fn meetings(&self) -> Rendered {
        let past = self.edition.meetings.values().filter(|meeting| self.view.is_past(&meeting.key));
        let context = Meetings { next_meetings: self.next_meetings(|_| true), years: self.view.years(past) };
        let page =
            self.page("meetings", self.string("nav_meetings"), "meetings/index.html", "meetings", vec![self.home()]);
        self.render("meetings.html", "meetings/index.html", &page, &context)
    }

    fn meeting_crumbs(&self, key: &MeetingKey) -> Vec<Link> {
        vec![self.home(), self.string_link("nav_meetings", "meetings/index.html"), self.view.body(&key.body)]
    }

    pub(super) fn meeting(&self, meeting: &PublishedMeeting) -> Rendered {
        let path = Routes::meeting(&meeting.key);
        let root = root_of(&path);
        let Some(agenda) = &meeting.agenda else { return self.not_found() };
        let Own::Agenda(own) = &agenda.paper.head.own else { return self.not_found() };
        let mut writer = self.view.writer(&agenda.paper, &root, Anchors::Own);
        writer.shift = 1;
        let (previous, next) = self.beside(&meeting.key);
        let rows = self.view.item_rows(meeting);
        let (private_items, items): (Vec<_>, Vec<_>) =
            rows.into_iter().zip(&agenda.items).partition(|(_, item)| item.private);
        let minutes = meeting.minutes.as_ref().map(|minutes| &minutes.paper);
        let decisions =
            self.view.decided.get(&meeting.key).into_iter().flatten().map(|index| &self.view.decisions[*index]);
        let context = MeetingPage {
            meeting: self.view.meeting_card(meeting),
            past: self.view.is_past(&meeting.key),
            published: agenda.published.map(Moment::long),
            published_iso: agenda.published.map(Moment::iso),
            contact: own.contact.as_ref().and_then(|contact| self.view.contact(&contact.value)),
            items: items.into_iter().map(|(row, _)| row).collect(),
            private_items: private_items.into_iter().map(|(row, _)| row).collect(),
            supplementary: meeting
                .supplementary
                .iter()
                .map(|supplementary| SupplementaryCard {
                    title: supplementary.paper.title(),
                    href: Routes::paper(&supplementary.paper),
                    published: supplementary.published.map(Moment::long),
                    late_reason: match &supplementary.paper.head.own {
                        Own::SupplementaryAgenda(_) => {
                            supplementary.paper.head.common.late_reason.as_ref().map(|reason| reason.value.clone())
                        }
                        _ => None,
                    },
                })
                .collect(),
            minutes: self.view.minutes_card(meeting),
            members: self.view.members(&meeting.key.body, meeting.key.date),
            membership_href: Some(Routes::membership(&meeting.key)),
            invited: own.invited.iter().map(|invited| self.view.named_or_words(&invited.value)).collect(),
            access_html: writer.document(&agenda.paper.text.document),
            attendance: minutes.and_then(|minutes| self.attendance(minutes)),
            decisions: decisions.map(|at| self.view.decision_row(at, &path)).collect(),
            previous,
            next,
        };
        let title = self.view.meeting_link(&meeting.key).title;
        let mut page = self.page("meeting", title, &path, "meetings", self.meeting_crumbs(&meeting.key));
        page.invented = agenda.paper.head.common.invented;
        page.description.clone_from(&agenda.paper.head.common.summary);
        page.exempt = agenda.exempt.as_ref().map(|exempt| self.view.exempt(exempt));
        self.render("meeting.html", &path, &page, &context)
    }

    /// The body's meetings before and after.
    fn beside(&self, key: &MeetingKey) -> (Option<Link>, Option<Link>) {
        let link = |key: &MeetingKey| Link { title: long_date(key.date), ..self.view.meeting_link(key) };
        let (previous, next) = self.keys_beside(key);
        (previous.map(link), next.map(link))
    }

    /// The body's meetings with an agenda just before and just after a day.
    pub(super) fn keys_beside(&self, key: &MeetingKey) -> (Option<&MeetingKey>, Option<&MeetingKey>) {
        let meetings = &self.edition.meetings;
        let of_body = |meeting: &&PublishedMeeting| meeting.key.body == key.body;
        let open = |meeting: &&PublishedMeeting| meeting.agenda.is_some();
        let before = meetings.range(..key).map(|(_, meeting)| meeting).rev().take_while(of_body).find(open);
        let after = (std::ops::Bound::Excluded(key), std::ops::Bound::Unbounded);
        let after = meetings.range::<MeetingKey, _>(after).map(|(_, meeting)| meeting).take_while(of_body).find(open);
        (before.map(|meeting| &meeting.key), after.map(|meeting| &meeting.key))
    }

    pub(super) fn supplementary(&self, meeting: &PublishedMeeting, index: usize) -> Rendered {
        let Some(supplementary) = meeting.supplementary.get(index) else { return self.not_found() };
        let paper = &supplementary.paper;
        let Own::SupplementaryAgenda(own) = &paper.head.own else { return self.not_found() };
        let path = Routes::paper(paper);
        let root = root_of(&path);
        let mut items = self.view.item_rows(meeting);
        let mut beneath: Vec<_> = items.iter_mut().flat_map(|item| std::mem::take(&mut item.items)).collect();
        items.append(&mut beneath);
        items.retain_mut(|row| {
            let Some(added) = own.items.iter().find(|added| added.item.value == row.number) else { return false };
            row.pages.clone_from(&added.pages);
            row.papers.retain(|card| {
                card.supplementary.as_ref().is_some_and(|link| link.href.as_deref() == Some(path.as_str()))
            });
            true
        });
        let context = SupplementaryPage {
            title: paper.title(),
            meeting: self.view.meeting_card(meeting),
            published: supplementary.published.map(Moment::long),
            from: own.from.clone(),
            to: own.to.clone(),
            reference: own.reference.clone(),
            late_reason: supplementary.paper.head.common.late_reason.as_ref().map(|reason| reason.value.clone()),
            letter_html: self.view.writer(paper, &root, Anchors::Own).document(&paper.text.document),
            items,
        };
        let meeting_link = self.view.meeting_link(&meeting.key);
        let title = format!("{}, {}", paper.title(), meeting_link.title);
        let mut page = self.page_of_meeting("supplementary-agenda", title, &path, paper, &meeting.key);
        page.breadcrumbs.push(Link { title: long_date(meeting.key.date), ..meeting_link });
        page.exempt = supplementary.exempt.as_ref().map(|exempt| self.view.exempt(exempt));
        self.render("supplementary-agenda.html", &path, &page, &context)
    }

    fn page_of_meeting(&self, kind: &'static str, title: String, path: &str, paper: &Paper, key: &MeetingKey) -> Page {
        let mut page = self.page(kind, title, path, "meetings", self.meeting_crumbs(key));
        page.invented = paper.head.common.invented;
        page.description.clone_from(&paper.head.common.summary);
        page
    }

    pub(super) fn minutes(&self, meeting: &PublishedMeeting) -> Rendered {
        let Some(minutes) = &meeting.minutes else { return self.not_found() };
        let paper = &minutes.paper;
        let (Own::Minutes(own), Some(card), Some(attendance)) =
            (&paper.head.own, self.view.minutes_card(meeting), self.attendance(paper))
        else {
            return self.not_found();
        };
        let path = Routes::paper(paper);
        let root = root_of(&path);
        let writer = self.view.writer(paper, &root, Anchors::Own);
        let document = &paper.text.document;
        let (before, parts) = sections(document);
        let public = self.edition.audience == crate::edition::Audience::Public;
        let parts = parts.iter().map(|section| {
            let private = minutes.private.get(&section.number);
            let item = section.heading.attribute("item").map(|item| Link {
                title: format!("Agenda item {item}"),
                href: Some(format!("{}#item-{item}", Routes::meeting(&meeting.key))),
            });
            MinuteSection {
                number: section.number.to_string(),
                anchor: section.heading.anchor.clone(),
                title: section.heading.plain(),
                item,
                html: if private.is_some() && public { String::new() } else { writer.blocks(section.blocks) },
                private: private.is_some(),
                public_summary: private.cloned().flatten(),
                votes: own
                    .votes
                    .iter()
                    .filter(|vote| vote.minute.value == section.number)
                    .map(|vote| self.vote(vote))
                    .collect(),
            }
        });
        let minute_link =
            |number: u32| Link { title: format!("Minute {number}"), href: Some(format!("{path}#minute-{number}")) };
        let context = MinutesPage {
            meeting: self.view.meeting_card(meeting),
            minutes: card,
            attendance,
            sections: parts.collect(),
            interests: own
                .interests
                .iter()
                .map(|interest| InterestRow {
                    person: self.view.person(&interest.person.value),
                    interest: interest.interest.clone(),
                    minute: interest.minute.as_deref().copied().map(minute_link),
                    disclosable: interest.kind == InterestKind::Disclosable,
                    dispensation: interest.dispensation,
                })
                .collect(),
            follow_ups: own
                .follow_ups
                .iter()
                .map(|follow_up| self.follow_up(follow_up, paper, minute_link(follow_up.minute.value)))
                .collect(),
            introduction_html: writer.blocks(before),
            footnotes_html: writer.footnotes(&document.footnotes),
            abbreviations: abbreviations(document),
        };
        let meeting_link = self.view.meeting_link(&meeting.key);
        let title = format!("{}, {}", self.string("minutes_title"), meeting_link.title);
        let mut page = self.page_of_meeting("minutes", title, &path, paper, &meeting.key);
        page.breadcrumbs.push(Link { title: long_date(meeting.key.date), ..meeting_link });
        page.exempt = minutes.exempt.as_ref().map(|exempt| self.view.exempt(exempt));
        self.render("minutes.html", &path, &page, &context)
    }

    fn vote(&self, vote: &Vote) -> VoteRow {
        let people = |ids: &[Spanned<PersonId>]| ids.iter().map(|id| self.view.person(&id.value)).collect();
        VoteRow {
            on: vote.on.clone(),
            budget: vote.budget,
            votes_for: people(&vote.votes_for),
            against: people(&vote.against),
            abstaining: people(&vote.abstaining),
        }
    }

    fn follow_up(&self, follow_up: &FollowUp, paper: &Paper, minute: Link) -> FollowUpRow {
        let see = follow_up.see.as_ref().and_then(|see| {
            let id = paper.address(&see.value.as_str().into());
            let meeting = paper.meeting_named(&see.value);
            self.view.paper_link(&id).or_else(|| meeting.map(|key| self.view.meeting_link(&key)))
        });
        FollowUpRow {
            what: follow_up.what.clone(),
            who: follow_up.who.clone(),
            by: follow_up.by.as_deref().copied().map(long_date),
            minute,
            state: follow_up.state.word(),
            see,
        }
    }

    fn attendance(&self, paper: &Paper) -> Option<Attendance> {
        let Own::Minutes(own) = &paper.head.own else { return None };
        let own: &Minutes = own;
        let path = Routes::paper(paper);
        let presided = own.presided.as_ref();
        let person = |id: &Spanned<PersonId>| self.view.person(&id.value);
        Some(Attendance {
            presided: presided.map(person),
            elected_to_preside: own.elected_to_preside,
            present: own
                .present
                .iter()
                .filter(|id| presided.is_none_or(|chair| chair.value != id.value))
                .map(person)
                .collect(),
            represented: own
                .represented
                .iter()
                .map(|represented| RepresentedRow {
                    organisation: self
                        .view
                        .edition
                        .model
                        .name_of_organisation(&represented.organisation.value)
                        .to_owned(),
                    number: represented.number,
                })
                .collect(),
            substitutes: own
                .substitutes
                .iter()
                .map(|substitute| SubstituteRow {
                    person: person(&substitute.person),
                    instead_of: person(&substitute.for_member),
                })
                .collect(),
            apologies: own.apologies.iter().map(person).collect(),
            others: own
                .others
                .iter()
                .map(|other| {
                    let words = |parts: [&Option<String>; 2]| {
                        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
                        (!parts.is_empty()).then(|| parts.join(", "))
                    };
                    let (person, capacity) = match &other.person {
                        Some(id) => (person(id), words([&other.capacity, &other.organisation])),
                        None => {
                            let title = words([&other.capacity, &other.organisation]).unwrap_or_default();
                            (Link { title, href: None }, None)
                        }
                    };
                    let for_minute = other.for_minute.as_ref().map(|number| Link {
                        title: format!("Minute {}", number.value),
                        href: Some(format!("{path}#minute-{}", number.value)),
                    });
                    OtherRow { person, capacity, for_minute }
                })
                .collect(),
            employees: own
                .employees
                .iter()
                .map(|employees| EmployeesRow {
                    directorate: employees.directorate.clone(),
                    posts: employees.posts.clone(),
                })
                .collect(),
            closed: own.closed.as_deref().copied().map(clock_time),
        })
    }
}
