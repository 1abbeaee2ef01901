//! Where each page stands. The one place that makes addresses.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::calendar::MunicipalYear;
use crate::document::slug;
use crate::edition::{Edition, PublishedAgenda, PublishedMeeting};
use crate::model::paper::Own;
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

    /// The printed documents that belong to a page. The page of a paper, of an appendix or of minutes has the paper alone, and
    /// the pack that it stands in; that of an agenda or a supplementary agenda has the pack that this heads.
    #[allow(dead_code, reason = "the preview will ask for them")]
    pub(crate) fn documents(edition: &Edition, page: &str) -> Documents {
        let Some(id) = page.strip_suffix(".html") else { return Documents::default() };
        let meeting_of = |path: &str| {
            let key = MeetingKey::parse(path.strip_prefix("meetings/")?.rsplit_once('/')?.0)?;
            edition.meetings.get(&key).filter(|meeting| meeting.agenda.is_some())
        };
        let meeting = meeting_of(page);
        let paper = edition.papers.get(&PaperId::from(id));
        if let Some(published) = paper {
            let carried_at = published.carriers.iter().filter_map(|carrier| edition.meetings.get(&carrier.meeting));
            let pack = carried_at.chain(meeting).find_map(|meeting| pack_with(edition, meeting, &published.paper));
            return Documents { paper: Some(Self::printed(&published.paper)), pack };
        }
        let Some(meeting) = meeting else { return Documents::default() };
        let pack = Some(Self::pack(&meeting.key));
        if page == Self::meeting(&meeting.key) {
            return Documents { paper: None, pack };
        }
        let is_here = |paper: &Paper| paper.id.as_str() == id;
        let letter = meeting.supplementary.iter().find(|supplementary| is_here(&supplementary.paper));
        if let Some(letter) = letter {
            return Documents { paper: None, pack: Some(Self::printed(&letter.paper)) };
        }
        match meeting.minutes.as_ref().filter(|minutes| is_here(&minutes.paper)) {
            Some(minutes) => Documents { paper: Some(Self::printed(&minutes.paper)), pack },
            None => Documents::default(),
        }
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

/// Paths of printed documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Documents {
    /// The paper alone.
    pub(crate) paper: Option<String>,
    /// The pack.
    pub(crate) pack: Option<String>,
}

/// The pack of a meeting in which a paper stands: the main one, or that of the supplementary agenda which added it.
fn pack_with(edition: &Edition, meeting: &PublishedMeeting, paper: &Paper) -> Option<String> {
    let listed = meeting.agenda.iter().flat_map(PublishedAgenda::all_items).flat_map(|item| &item.papers);
    let (_, added) = listed.into_iter().find(|(id, _)| {
        let mut seen = HashSet::new();
        holds(edition, id, &paper.id, &mut seen)
    })?;
    let letters = || meeting.supplementary.iter().map(|supplementary| &supplementary.paper);
    match added {
        None => Some(Routes::pack(&meeting.key)),
        Some(added) => letters()
            .find(|letter| matches!(&letter.head.own, Own::SupplementaryAgenda(own) if own.number == *added))
            .map(|letter| Routes::printed(letter)),
    }
}

/// Whether a paper is the one that is looked for, or has it among its appendices and theirs.
fn holds(edition: &Edition, id: &PaperId, wanted: &PaperId, seen: &mut HashSet<PaperId>) -> bool {
    if id == wanted {
        return true;
    }
    let Some(published) = edition.papers.get(id).filter(|_| seen.insert(id.clone())) else { return false };
    let paper = &published.paper;
    paper.head.appendices().iter().any(|appendix| holds(edition, &paper.address(&appendix.value), wanted, seen))
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
    fn each_page_has_the_documents_that_show_it() {
        let report = |more: &str| format!("---\nkind: report\ntitle: A\nstatus: draft\n{more}---\nText.\n");
        let files = [
            ("authority.yaml", "name: A\nkind: principal-council\nnation: england\n".to_owned()),
            ("bodies/b.yaml", "name: B\nkind: committee\nlaw: part-va\n".to_owned()),
            (
                "meetings/b/2023-07-12/agenda.md",
                "---\nkind: agenda\nstatus: draft\nitems:\n  - {title: A, papers: [02-a, meetings/b/2023-06-01/minutes]}\n---\n"
                    .to_owned(),
            ),
            (
                "meetings/b/2023-07-12/supplementary-agenda-1.md",
                "---\nkind: supplementary-agenda\nnumber: 1\nstatus: draft\nlate_reason: Late.\nitems:\n  - {item: 1, papers: \
                 [03-b]}\n---\n"
                    .to_owned(),
            ),
            ("meetings/b/2023-07-12/02-a.md", report("appendices: [02-appendix-1]\n")),
            ("meetings/b/2023-07-12/02-appendix-1.md", "---\nkind: appendix\nnumber: 1\ntitle: X\n---\n".to_owned()),
            ("meetings/b/2023-07-12/03-b.md", report("")),
            ("meetings/b/2023-07-12/04-new.md", report("")),
            ("meetings/b/2023-06-01/agenda.md", "---\nkind: agenda\nstatus: draft\nitems: [A]\n---\n".to_owned()),
            ("meetings/b/2023-06-01/minutes.md", "---\nkind: minutes\nstatus: draft\nfirst_minute: 1\n---\n".to_owned()),
        ];
        let folder: crate::files::MemoryFolder =
            files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
        let record = crate::record::load(&folder).expect("a folder").record.expect("a record");
        let now = crate::calendar::Moment::parse("2023-07-01").expect("a day");
        let edition = Edition::ahead(&record, crate::edition::Audience::Public, now);
        let here = |name: &str| (!name.is_empty()).then(|| format!("meetings/b/2023-07-12/{name}.pdf"));
        for (page, paper, pack) in [
            ("index", "", "pack"),
            ("supplementary-agenda-1", "", "supplementary-agenda-1"),
            ("02-a", "02-a", "pack"),
            ("02-appendix-1", "02-appendix-1", "pack"),
            ("03-b", "03-b", "supplementary-agenda-1"),
            ("04-new", "04-new", ""),
            ("05-nothing", "", ""),
        ] {
            let documents = Routes::documents(&edition, &format!("meetings/b/2023-07-12/{page}.html"));
            assert_eq!(documents, Documents { paper: here(paper), pack: here(pack) }, "{page}");
        }
        let minutes = Routes::documents(&edition, "meetings/b/2023-06-01/minutes.html");
        let of_meeting = |name: &str| Some(format!("meetings/b/2023-06-01/{name}.pdf"));
        assert_eq!(minutes, Documents { paper: of_meeting("minutes"), pack: of_meeting("pack") });
        for other in
            ["index.html", "bodies/b/index.html", "bodies/b/members-2023-07-12.html", "x", "meetings/index.html"]
        {
            assert_eq!(Routes::documents(&edition, other), Documents::default(), "{other}");
        }
    }

    #[test]
    fn a_file_name_becomes_an_address() {
        assert_eq!(percent_encode("map one?.png"), "map%20one%3F.png");
    }
}
