//! Meetings: agendas and supplementary agendas.

use super::View;
use crate::calendar::{Moment, long_date};
use crate::edition::{PublishedMeeting, PublishedSupplementary};
use crate::model::MeetingKey;
use crate::model::paper::Own;
use crate::site::context::{Link, MeetingPage, SupplementaryCard, SupplementaryPage};
use crate::site::routes::Routes;

impl View<'_> {
    /// A meeting's agenda and what became of it, shown on the page at `path`; `access_html` is the agenda's own text.
    /// Nothing while there is no agenda.
    pub(crate) fn meeting_page(&self, meeting: &PublishedMeeting, access_html: String) -> Option<MeetingPage> {
        let path = Routes::meeting(&meeting.key);
        let agenda = meeting.agenda.as_ref()?;
        let Own::Agenda(own) = &agenda.paper.head.own else { return None };
        let (previous, next) = self.beside(&meeting.key);
        let rows = self.item_rows(meeting);
        let (private_items, items): (Vec<_>, Vec<_>) =
            rows.into_iter().zip(&agenda.items).partition(|(_, item)| item.private);
        let minutes = meeting.minutes.as_ref().map(|minutes| &minutes.paper);
        let decisions = self.decided.get(&meeting.key).into_iter().flatten().map(|index| &self.decisions[*index]);
        Some(MeetingPage {
            meeting: self.meeting_card(meeting),
            past: self.is_past(&meeting.key),
            published: agenda.published.map(Moment::long),
            published_iso: agenda.published.map(Moment::iso),
            contact: own.contact.as_ref().and_then(|contact| self.contact(&contact.value)),
            pack: self.pdf(&agenda.paper.id),
            items: items.into_iter().map(|(row, _)| row).collect(),
            private_items: private_items.into_iter().map(|(row, _)| row).collect(),
            supplementary: meeting
                .supplementary
                .iter()
                .map(|supplementary| SupplementaryCard {
                    title: supplementary.paper.title(),
                    href: Routes::paper(&supplementary.paper),
                    published: supplementary.published.map(Moment::long),
                    pack: self.pdf(&supplementary.paper.id),
                    late_reason: match &supplementary.paper.head.own {
                        Own::SupplementaryAgenda(_) => {
                            supplementary.paper.head.common.late_reason.as_ref().map(|reason| reason.value.clone())
                        }
                        _ => None,
                    },
                })
                .collect(),
            minutes: self.minutes_card(meeting),
            members: self.members(&meeting.key.body, meeting.key.date),
            membership_href: Some(Routes::membership(&meeting.key)),
            invited: own.invited.iter().map(|invited| self.named_or_words(&invited.value)).collect(),
            access_html,
            attendance: minutes.and_then(|minutes| self.attendance(minutes)),
            decisions: decisions.map(|at| self.decision_row(at, &path)).collect(),
            previous,
            next,
        })
    }

    /// The body's meetings before and after.
    fn beside(&self, key: &MeetingKey) -> (Option<Link>, Option<Link>) {
        let link = |key: &MeetingKey| Link { title: long_date(key.date), ..self.meeting_link(key) };
        let (previous, next) = self.keys_beside(key);
        (previous.map(link), next.map(link))
    }

    /// The body's meetings with an agenda just before and just after a day.
    pub(crate) fn keys_beside(&self, key: &MeetingKey) -> (Option<&MeetingKey>, Option<&MeetingKey>) {
        let meetings = &self.edition.meetings;
        let of_body = |meeting: &&PublishedMeeting| meeting.key.body == key.body;
        let open = |meeting: &&PublishedMeeting| meeting.agenda.is_some();
        let before = meetings.range(..key).map(|(_, meeting)| meeting).rev().take_while(of_body).find(open);
        let after = (std::ops::Bound::Excluded(key), std::ops::Bound::Unbounded);
        let after = meetings.range::<MeetingKey, _>(after).map(|(_, meeting)| meeting).take_while(of_body).find(open);
        (before.map(|meeting| &meeting.key), after.map(|meeting| &meeting.key))
    }

    /// A supplementary agenda of a meeting; `letter_html` is its covering letter.
    pub(crate) fn supplementary_page(
        &self,
        meeting: &PublishedMeeting,
        supplementary: &PublishedSupplementary,
        letter_html: String,
    ) -> Option<SupplementaryPage> {
        let paper = &supplementary.paper;
        let Own::SupplementaryAgenda(own) = &paper.head.own else { return None };
        let path = Routes::paper(paper);
        let own_pdf = format!("{}#", Routes::printed(paper));
        let mut items = self.item_rows(meeting);
        let mut beneath: Vec<_> = items.iter_mut().flat_map(|item| std::mem::take(&mut item.items)).collect();
        items.append(&mut beneath);
        items.retain_mut(|row| {
            let Some(added) = own.items.iter().find(|added| added.item.value == row.number) else { return false };
            row.pages.retain(|pages| pages.href.as_deref().is_some_and(|href| href.starts_with(&own_pdf)));
            if row.pages.is_empty() {
                row.pages.extend(added.pages.as_deref().map(View::written_pages));
            }
            row.papers.retain(|card| {
                card.supplementary.as_ref().is_some_and(|link| link.href.as_deref() == Some(path.as_str()))
            });
            true
        });
        Some(SupplementaryPage {
            title: paper.title(),
            meeting: self.meeting_card(meeting),
            published: supplementary.published.map(Moment::long),
            from: own.from.clone(),
            to: own.to.clone(),
            reference: own.reference.clone(),
            late_reason: supplementary.paper.head.common.late_reason.as_ref().map(|reason| reason.value.clone()),
            pack: self.pdf(&paper.id),
            letter_html,
            items,
        })
    }
}
