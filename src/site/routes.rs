//! Where each page stands. The one place that makes addresses.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::calendar::MunicipalYear;
use crate::document::slug;
use crate::edition::Edition;
use crate::model::{BodyId, Kind, MeetingKey, PaperId, PersonId};
use crate::record::Paper;

/// Paths of pages from the site's root, without a leading slash.
#[derive(Debug)]
pub(crate) struct Routes {
    people: HashMap<PersonId, String>,
}

impl Routes {
    /// Works out the paths that are not told by an id alone.
    pub(crate) fn new(edition: &Edition) -> Self {
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
    pub(crate) fn person(&self, id: &PersonId) -> Option<String> {
        self.people.get(id).cloned()
    }

    /// A body's page.
    pub(crate) fn body(id: &BodyId) -> String {
        format!("bodies/{id}/index.html")
    }

    /// A body's members on a day.
    pub(crate) fn membership(key: &MeetingKey) -> String {
        format!("bodies/{}/members-{}.html", key.body, key.date)
    }

    /// A meeting's page.
    pub(crate) fn meeting(key: &MeetingKey) -> String {
        format!("meetings/{}/{}/index.html", key.body, key.date)
    }

    /// A paper's page.
    pub(crate) fn paper(paper: &Paper) -> String {
        match (&paper.meeting, paper.kind()) {
            (Some(meeting), Kind::Agenda) => Self::meeting(meeting),
            _ => Self::paper_at(&paper.id),
        }
    }

    /// The page of a paper that is not an agenda.
    pub(crate) fn paper_at(id: &PaperId) -> String {
        format!("{id}.html")
    }

    /// A meeting's pack as a PDF.
    pub(crate) fn pack(key: &MeetingKey) -> String {
        format!("meetings/{}/{}/pack.pdf", key.body, key.date)
    }

    /// A paper's own PDF.
    pub(crate) fn printed(paper: &Paper) -> String {
        format!("{}.pdf", paper.id)
    }

    /// The address of a file below the content folder.
    pub(crate) fn file(path: &str) -> String {
        path.split('/').map(percent_encode).collect::<Vec<_>>().join("/")
    }

    /// The decisions register: all, of a body, of a year, or of both.
    pub(crate) fn decisions(body: Option<&BodyId>, year: Option<MunicipalYear>) -> String {
        match (body, year) {
            (None, None) => "decisions/index.html".to_owned(),
            (Some(body), None) => format!("decisions/{body}/index.html"),
            (None, Some(year)) => format!("decisions/{}.html", year.slug()),
            (Some(body), Some(year)) => format!("decisions/{body}/{}.html", year.slug()),
        }
    }

    /// A funder's form.
    pub(crate) fn form(folder: &str) -> String {
        format!("{folder}/index.html")
    }

    /// A question of a form across areas.
    pub(crate) fn question(folder: &str, number: u32) -> String {
        format!("{folder}/question-{number}.html")
    }
}

/// What leads from a page back to the site's root: `../../` for a page two folders down.
pub(crate) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A part of a path as it may stand in an address.
fn percent_encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_becomes_an_address() {
        assert_eq!(percent_encode("map one?.png"), "map%20one%3F.png");
    }
}
