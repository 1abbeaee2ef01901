//! Where each page stands. The one place that makes addresses.

use std::collections::{HashMap, HashSet};

use crate::calendar::MunicipalYear;
use crate::document::slug;
use crate::edition::Edition;
use crate::model::{BodyId, Kind, MeetingKey, PaperId, PersonId};
use crate::record::Paper;

/// Paths of pages from the site's root, without a leading slash.
#[derive(Debug)]
pub(super) struct Routes {
    people: HashMap<PersonId, String>,
}

impl Routes {
    /// Works out the paths that are not told by an id alone.
    pub(super) fn new(edition: &Edition) -> Self {
        let mut taken = HashSet::from(["people/index.html".to_owned()]);
        let people = edition
            .model
            .people
            .keys()
            .map(|id| {
                let base = slug(id.as_str());
                let mut path = format!("people/{base}.html");
                let mut count = 2;
                while !taken.insert(path.clone()) {
                    path = format!("people/{base}-{count}.html");
                    count += 1;
                }
                (id.clone(), path)
            })
            .collect();
        Self { people }
    }

    /// A person's page.
    pub(super) fn person(&self, id: &PersonId) -> Option<String> {
        self.people.get(id).cloned()
    }

    /// A body's page.
    pub(super) fn body(id: &BodyId) -> String {
        format!("bodies/{id}/index.html")
    }

    /// A body's members on a day.
    pub(super) fn membership(key: &MeetingKey) -> String {
        format!("bodies/{}/members-{}.html", key.body, key.date)
    }

    /// A meeting's page.
    pub(super) fn meeting(key: &MeetingKey) -> String {
        format!("meetings/{}/{}/index.html", key.body, key.date)
    }

    /// A paper's page.
    pub(super) fn paper(paper: &Paper) -> String {
        match (&paper.meeting, paper.kind()) {
            (Some(meeting), Kind::Agenda) => Self::meeting(meeting),
            _ => Self::paper_at(&paper.id),
        }
    }

    /// The page of a paper that is not an agenda.
    pub(super) fn paper_at(id: &PaperId) -> String {
        format!("{id}.html")
    }

    /// The decisions register: all, of a body, of a year, or of both.
    pub(super) fn decisions(body: Option<&BodyId>, year: Option<MunicipalYear>) -> String {
        match (body, year) {
            (None, None) => "decisions/index.html".to_owned(),
            (Some(body), None) => format!("decisions/{body}/index.html"),
            (None, Some(year)) => format!("decisions/{}.html", year.slug()),
            (Some(body), Some(year)) => format!("decisions/{body}/{}.html", year.slug()),
        }
    }

    /// A funder's form.
    pub(super) fn form(folder: &str) -> String {
        format!("{folder}/index.html")
    }

    /// A question of a form across areas.
    pub(super) fn question(folder: &str, number: u32) -> String {
        format!("{folder}/question-{number}.html")
    }
}

/// What leads from a page back to the site's root: `../../` for a page two folders down.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
