//! Pages of bodies and of their members.

use super::{Rendered, Renderer};
use crate::calendar::long_date;
use crate::drawing::{Caption, organisation};
use crate::edition::PublishedMeeting;
use crate::model::body::{Class, Law, Quorum, Seat};
use crate::model::{Body, BodyId, Kind, MeetingKey};
use crate::site::context::{Bodies, BodyPage, Link, MeetingCard, MembershipPage, SeatRow, SeatTotal};
use crate::site::routes::Routes;

impl Renderer<'_, '_> {
    pub(super) fn bodies(&self) -> Rendered {
        let nodes = organisation::tree(&self.edition.model.bodies, None, self.edition.now.date());
        let href = |id: &BodyId| Some(format!("../{}", Routes::body(id)));
        let caption = self.string("chart_caption");
        let caption = Caption { id: "organisation", number: None, text: &caption };
        let chart_html = organisation::figure(&nodes, &caption, &href, &organisation::Words::default());
        let page = self.page("bodies", self.string("nav_bodies"), "bodies/index.html", "bodies", vec![self.home()]);
        self.render("bodies.html", "bodies/index.html", &page, &Bodies { chart_html, bodies: self.body_cards() })
    }

    /// Meetings still to come that satisfy a condition, the soonest first.
    pub(super) fn next_meetings(&self, which: impl Fn(&PublishedMeeting) -> bool) -> Vec<MeetingCard> {
        let mut next: Vec<&PublishedMeeting> = self
            .edition
            .meetings
            .values()
            .filter(|meeting| !self.view.is_past(&meeting.key) && which(meeting))
            .collect();
        next.sort_by(|a, b| (a.key.date, &a.key.body).cmp(&(b.key.date, &b.key.body)));
        next.into_iter().map(|meeting| self.view.meeting_card(meeting)).collect()
    }

    pub(super) fn body_page(&self, id: &BodyId) -> Rendered {
        let path = Routes::body(id);
        let Some(body) = self.edition.model.bodies.get(id) else { return self.not_found() };
        let today = self.edition.now.date();
        let key = |date| MeetingKey { body: id.clone(), date };
        let range = || {
            let from = key(chrono::NaiveDate::MIN);
            self.edition
                .meetings
                .range(from..)
                .map(|(_, meeting)| meeting)
                .take_while(|meeting| meeting.key.body == *id)
        };
        let members = self.view.members(id, today);
        let memberships: Vec<Link> = range()
            .filter(|meeting| meeting.agenda.is_some())
            .map(|meeting| Link { title: long_date(meeting.key.date), href: Some(Routes::membership(&meeting.key)) })
            .collect();
        let last_known = range()
            .filter(|meeting| meeting.agenda.is_some() && !self.view.members(id, meeting.key.date).is_empty())
            .last();
        let own_papers = || self.view.own_papers.get(id).into_iter().flatten().copied();
        let mut work_programmes: Vec<Link> = own_papers()
            .filter(|published| published.paper.kind() == Kind::WorkProgramme)
            .map(super::View::link)
            .collect();
        work_programmes.reverse();
        let terms = body.terms_of_reference.as_ref().and_then(|terms| self.view.paper_link(&terms.value));
        let (quorum, without_quorum) = quorum(body);
        let link = |id: &BodyId| self.view.body(id);
        let context = BodyPage {
            name: body.name.clone(),
            short: body.short.clone(),
            kind: body.kind.word(),
            purpose: body.purpose.clone(),
            law: law(body.law).to_owned(),
            meets: body.meets.clone(),
            papers_out: body.papers_out.as_ref().map(|notice| format!("{notice} before the meeting")),
            formed: body.formed.map(long_date),
            ended: body.ended.map(long_date),
            reports_to: body.reports_to.as_ref().map(|above| link(&above.value)),
            reported_to_by: self
                .edition
                .model
                .bodies
                .iter()
                .filter(|(_, other)| other.reports_to.as_ref().is_some_and(|above| above.value == *id))
                .map(|(id, _)| link(id))
                .collect(),
            works_with: body.works_with.iter().map(|other| link(&other.value)).collect(),
            quorum,
            without_quorum,
            seats: body.seats.iter().map(|seat| self.seat(seat)).collect(),
            seat_totals: seat_totals(&body.seats),
            last_known: last_known.filter(|_| members.is_empty()).map(|meeting| Link {
                title: long_date(meeting.key.date),
                href: Some(Routes::membership(&meeting.key)),
            }),
            members,
            members_on: long_date(today),
            memberships: memberships.into_iter().rev().collect(),
            papers: own_papers()
                .filter(|published| published.paper.kind() != Kind::WorkProgramme)
                .filter(|published| {
                    body.terms_of_reference.as_ref().is_none_or(|terms| terms.value != published.paper.id)
                })
                .filter_map(|published| self.view.paper_card(&published.paper.id, None))
                .collect(),
            terms_of_reference: terms,
            contact: body.contact.as_ref().and_then(|contact| self.view.contact(&contact.value)),
            next_meetings: self.next_meetings(|meeting| meeting.key.body == *id),
            years: self.view.years(range().filter(|meeting| self.view.is_past(&meeting.key))),
            work_programmes,
            decisions: self
                .view
                .register
                .contains_key(&(Some(id), None))
                .then(|| self.string_link("nav_decisions", &Routes::decisions(Some(id), None))),
        };
        let breadcrumbs = vec![self.home(), self.string_link("nav_bodies", "bodies/index.html")];
        let mut page = self.page("body", body.name.clone(), &path, "bodies", breadcrumbs);
        page.description.clone_from(&body.purpose);
        self.render("body.html", &path, &page, &context)
    }

    fn seat(&self, seat: &Seat) -> SeatRow {
        SeatRow {
            organisation: self.view.edition.model.name_of_organisation(&seat.organisation.value).to_owned(),
            class: seat.class.word(),
            number: seat.number,
        }
    }

    pub(super) fn membership(&self, key: &MeetingKey) -> Rendered {
        let path = Routes::membership(key);
        let (previous, next) = self.view.keys_beside(key);
        let link = |key: &MeetingKey| Link { title: long_date(key.date), href: Some(Routes::membership(key)) };
        let body = self.view.body(&key.body);
        let context = MembershipPage {
            date: long_date(key.date),
            meeting: self.view.day_link(key),
            members: self.view.members(&key.body, key.date),
            previous: previous.map(link),
            next: next.map(link),
            body: body.clone(),
        };
        let title = format!("{}: {}, {}", body.title, self.string("members_title"), long_date(key.date));
        let breadcrumbs = vec![self.home(), self.string_link("nav_bodies", "bodies/index.html"), body];
        let page = self.page("membership", title, &path, "bodies", breadcrumbs);
        self.render("membership.html", &path, &page, &context)
    }
}

fn seat_totals(seats: &[Seat]) -> Vec<SeatTotal> {
    if seats.is_empty() {
        return Vec::new();
    }
    let mut totals: Vec<SeatTotal> = Vec::new();
    for class in [Class::ResponsibleAuthority, Class::Community, Class::Other] {
        let number = seats.iter().filter(|seat| seat.class == class).map(|seat| u64::from(seat.number)).sum();
        if number > 0 {
            totals.push(SeatTotal { class: Some(class.word()), number });
        }
    }
    totals.push(SeatTotal { class: None, number: seats.iter().map(|seat| u64::from(seat.number)).sum() });
    totals
}

/// The law that governs a body's meetings, in words.
fn law(law: Law) -> &'static str {
    match law {
        Law::PartVa => "Local Government Act 1972, Part VA",
        Law::Parish => "Local Government Act 1972, Schedule 12, and Public Bodies (Admission to Meetings) Act 1960",
        Law::Executive => {
            "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012"
        }
        Law::PoliceAndCrimePanel => "Police Reform and Social Responsibility Act 2011",
        Law::OwnTerms => "Its own terms of reference",
    }
}

/// The quorum in words, and what happens without one.
fn quorum(body: &Body) -> (Option<String>, Option<String>) {
    let declared = body.quorum.as_ref().map(|quorum| &quorum.value);
    let without = match declared {
        Some(Quorum::Compound(compound)) => compound.if_not.clone(),
        _ => None,
    };
    (declared.map(Quorum::in_words), without)
}
