//! What is called what, and where its page is.

use chrono::NaiveDate;

use super::View;
use crate::calendar::{full_date, long_date};
use crate::edition::PublishedPaper;
use crate::model::{BodyId, Kind, MeetingKey, OfficeId, PaperId, PersonId};
use crate::record::{Paper, covers};
use crate::site::context::Link;
use crate::site::routes::Routes;

impl View<'_> {
    /// A body's link.
    pub(crate) fn body(&self, id: &BodyId) -> Link {
        match self.edition.model.bodies.get(id) {
            Some(body) => Link { title: body.short_name().to_owned(), href: Some(Routes::body(id)) },
            None => Link { title: id.to_string(), href: None },
        }
    }

    /// A person's link.
    pub(crate) fn person(&self, id: &PersonId) -> Link {
        Link { title: self.edition.model.name_of_person(id), href: self.routes.person(id) }
    }

    /// A person by id, an office by id, or plain words.
    pub(crate) fn named_or_words(&self, written: &str) -> Link {
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
    pub(crate) fn office(&self, id: &OfficeId, on: Option<NaiveDate>) -> String {
        let Some(office) = self.edition.model.offices.get(id) else { return id.to_string() };
        let holder = on.and_then(|on| office.held_by.iter().find(|tenure| covers(tenure.from, tenure.to, on)));
        match holder {
            Some(tenure) => format!("{} ({})", office.title, self.person(&tenure.person.value).title),
            None => office.title.clone(),
        }
    }

    /// A meeting's link: "Scrutiny Co-ordination Committee, 12 July 2023".
    pub(crate) fn meeting_link(&self, key: &MeetingKey) -> Link {
        let open = self.edition.meetings.get(key).is_some_and(|meeting| meeting.agenda.is_some());
        Link {
            title: format!("{}, {}", self.body(&key.body).title, long_date(key.date)),
            href: open.then(|| Routes::meeting(key)),
        }
    }

    /// A meeting's link by its day alone.
    pub(crate) fn day_link(&self, key: &MeetingKey) -> Link {
        Link { title: full_date(key.date), ..self.meeting_link(key) }
    }

    /// A paper's link by its full title.
    pub(crate) fn link(published: &PublishedPaper) -> Link {
        Link { title: published.paper.full_title(), href: Some(Routes::paper(&published.paper)) }
    }

    /// A link to any paper of the edition.
    pub(crate) fn paper_link(&self, id: &PaperId) -> Option<Link> {
        let paper = self.references.paper(id)?;
        Some(Link { title: title_in_lists(paper), href: Some(Routes::paper(paper)) })
    }

    /// The appendices that a paper lists, as far as the edition holds them.
    pub(crate) fn appendices(&self, paper: &Paper) -> Vec<Link> {
        let listed = paper.head.appendices().iter();
        listed.filter_map(|id| self.edition.papers.get(&paper.address(&id.value))).map(Self::link).collect()
    }
}

/// What a paper is called in a list: its full title; minutes are told apart by their meeting's day.
pub(super) fn title_in_lists(paper: &Paper) -> String {
    match &paper.meeting {
        Some(key) if paper.kind() == Kind::Minutes => format!("Minutes of {}", long_date(key.date)),
        _ => paper.full_title(),
    }
}
