//! Pages of people: seats held, meetings attended.

use super::{Rendered, Renderer};
use crate::calendar::long_date;
use crate::edition::PublishedMeeting;
use crate::model::meeting::Minutes;
use crate::model::paper::Own;
use crate::model::{BodyId, PersonId};
use crate::record::covers;
use crate::site::context::{AttendanceRow, Link, People, PersonCard, PersonPage, TenureRow};

impl Renderer<'_, '_> {
    pub(super) fn people(&self) -> Rendered {
        let mut people: Vec<PersonCard> = self
            .edition
            .model
            .people
            .iter()
            .map(|(id, person)| {
                let offices = self.offices(id).into_iter().filter(|row| row.current).map(|row| row.of.title);
                let seats = self.seats(id).into_iter().filter(|row| row.current).map(|row| match row.role {
                    Some("member") | None => row.of.title,
                    Some(role) => format!("{} ({role})", row.of.title),
                });
                PersonCard {
                    person: self.view.person(id),
                    ward: person.ward.clone(),
                    roles: offices.chain(seats).collect(),
                }
            })
            .collect();
        people.sort_by_cached_key(|card| surname_first(&card.person.title));
        let page = self.page("people", self.string("nav_people"), "people/index.html", "people", vec![self.home()]);
        self.render("people.html", "people/index.html", &page, &People { people })
    }

    fn offices(&self, id: &PersonId) -> Vec<TenureRow> {
        let today = self.edition.now.date();
        let tenures = self
            .edition
            .model
            .offices
            .values()
            .flat_map(|office| office.held_by.iter().map(move |tenure| (office, tenure)));
        tenures
            .filter(|(_, tenure)| tenure.person.value == *id)
            .map(|(office, tenure)| TenureRow {
                of: Link { title: office.title.clone(), href: None },
                role: None,
                from: tenure.from.map(long_date),
                to: tenure.to.map(long_date),
                current: covers(tenure.from, tenure.to, today),
            })
            .collect()
    }

    fn seats(&self, id: &PersonId) -> Vec<TenureRow> {
        let today = self.edition.now.date();
        let mut seats = self.view.seats.get(id).cloned().unwrap_or_default();
        seats.sort_by(|a, b| (b.1.from, a.0).cmp(&(a.1.from, b.0)));
        seats
            .into_iter()
            .map(|(body, member)| TenureRow {
                of: self.view.body(body),
                role: Some(member.role.word()),
                from: member.from.map(long_date),
                to: member.to.map(long_date),
                current: covers(member.from, member.to, today),
            })
            .collect()
    }

    pub(super) fn person(&self, id: &PersonId) -> Rendered {
        let (Some(path), Some(person)) = (self.view.routes.person(id), self.edition.model.people.get(id)) else {
            return self.not_found();
        };
        let mut attendance = Vec::new();
        let mut attended = 0;
        let mut expected = 0;
        for meeting in self.view.meetings_of(id) {
            let Some(Own::Minutes(own)) = meeting.minutes.as_ref().map(|minutes| &minutes.paper.head.own) else {
                continue;
            };
            let Some((how, detail)) = self.how(id, own, meeting) else { continue };
            let was_member = self.was_member(id, &meeting.key.body, meeting);
            expected += usize::from(was_member);
            attended += usize::from(was_member && matches!(how, "presided" | "present"));
            attendance.push(AttendanceRow {
                meeting: Link { title: long_date(meeting.key.date), ..self.view.meeting_link(&meeting.key) },
                body: self.view.body(&meeting.key.body),
                date: long_date(meeting.key.date),
                how,
                detail,
            });
        }
        let context = PersonPage {
            name: person.printed(id),
            ward: person.ward.clone(),
            party: person.party.clone(),
            offices: self.offices(id),
            seats: self.seats(id),
            attendance,
            attended,
            expected,
        };
        let breadcrumbs = vec![self.home(), self.string_link("nav_people", "people/index.html")];
        let page = self.page("person", person.printed(id), &path, "people", breadcrumbs);
        self.render("person.html", &path, &page, &context)
    }

    fn was_member(&self, id: &PersonId, body: &BodyId, meeting: &PublishedMeeting) -> bool {
        let mut seats = self.view.seats.get(id).into_iter().flatten();
        seats.any(|(of, member)| *of == body && covers(member.from, member.to, meeting.key.date))
    }

    /// How somebody took part in a meeting; nothing if they had no part in it.
    fn how(&self, id: &PersonId, own: &Minutes, meeting: &PublishedMeeting) -> Option<(&'static str, Option<String>)> {
        let is = |other: &crate::text::Spanned<PersonId>| other.value == *id;
        if own.presided.as_ref().is_some_and(is) {
            return Some(("presided", None));
        }
        if own.present.iter().any(is) {
            return Some(("present", None));
        }
        if let Some(substitute) = own.substitutes.iter().find(|substitute| is(&substitute.person)) {
            return Some(("substitute", Some(self.view.person(&substitute.for_member.value).title)));
        }
        if own.apologies.iter().any(is) {
            return Some(("apologies", None));
        }
        if let Some(other) = own.others.iter().find(|other| other.person.as_ref().is_some_and(is)) {
            return Some(("attended", other.capacity.clone()));
        }
        self.was_member(id, &meeting.key.body, meeting).then_some(("not recorded", None))
    }
}

/// A name as lists are ordered: the last word first. "Councillor N Akhtar" stands under A.
fn surname_first(name: &str) -> (String, String) {
    let plain = name.split(" (").next().unwrap_or(name);
    let surname = plain.rsplit(' ').next().unwrap_or(plain).to_lowercase();
    (surname, name.to_lowercase())
}

impl<'e> super::View<'e> {
    /// Meetings with published minutes in which somebody could have had a part, the latest first.
    pub(super) fn meetings_of(&self, id: &PersonId) -> Vec<&'e PublishedMeeting> {
        let mut meetings: Vec<&PublishedMeeting> =
            self.took_part.get(id).into_iter().flatten().filter_map(|key| self.edition.meetings.get(*key)).collect();
        meetings.sort_by(|a, b| (b.key.date, &a.key.body).cmp(&(a.key.date, &b.key.body)));
        meetings
    }
}
