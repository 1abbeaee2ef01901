//! Where each page stands. The one place that makes addresses.

use std::collections::{HashMap, HashSet};

use crate::calendar::MunicipalYear;
use crate::document::slug;
use crate::edition::{Edition, PublishedAgenda, PublishedMeeting, PublishedPaper};
use crate::model::paper::Own;
use crate::model::{BodyId, Kind, MeetingKey, PaperId, PersonId};
use crate::record::Paper;
use crate::text::markup::percent_encoded;

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

    /// The pack in which a paper or an appendix stands: the main one of a meeting, or that of the supplementary agenda which
    /// added it. Nothing for one that no item leads to.
    pub(crate) fn pack_with(edition: &Edition, published: &PublishedPaper) -> Option<String> {
        let carried_at = published.carriers.iter().map(|carrier| &carrier.meeting);
        let meetings = carried_at.chain(&published.paper.meeting).filter_map(|key| edition.meetings.get(key));
        meetings.into_iter().find_map(|meeting| pack_with(edition, meeting, &published.paper))
    }

    /// The address of a file below the content folder.
    pub(crate) fn file(path: &str) -> String {
        percent_encoded(path, b"/")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_stands_in_the_pack_of_what_lists_it() {
        let report = |more: &str| format!("---\nkind: report\ntitle: A\nstatus: draft\n{more}---\nText.\n");
        let files = [
            ("authority.yaml", "name: A\nkind: principal-council\nnation: england\n".to_owned()),
            ("bodies/b.yaml", "name: B\nkind: committee\nlaw: part-va\n".to_owned()),
            (
                "meetings/b/2023-07-12/agenda.md",
                "---\nkind: agenda\nstatus: draft\nitems:\n  - {title: A, paper: 02-a}\n---\n"
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
            ("meetings/b/2023-07-12/03-b.md", report("appendices: [03-appendix-1]\n")),
            ("meetings/b/2023-07-12/03-appendix-1.md", "---\nkind: appendix\nnumber: 1\ntitle: Y\n---\n".to_owned()),
            ("meetings/b/2023-07-12/04-new.md", report("")),
        ];
        let folder: crate::files::MemoryFolder =
            files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
        let record = crate::record::load(&folder).expect("a folder").record.expect("a record");
        let now = crate::calendar::Moment::parse("2023-07-01").expect("a day");
        let edition = Edition::ahead(&record, crate::edition::Audience::Public, now);
        for (paper, pack) in [
            ("02-a", Some("pack")),
            ("02-appendix-1", Some("pack")),
            ("03-b", Some("supplementary-agenda-1")),
            ("03-appendix-1", Some("supplementary-agenda-1")),
            ("04-new", None),
        ] {
            let published = &edition.papers[&PaperId(format!("meetings/b/2023-07-12/{paper}"))];
            let expected = pack.map(|pack| format!("meetings/b/2023-07-12/{pack}.pdf"));
            assert_eq!(Routes::pack_with(&edition, published), expected, "{paper}");
        }
    }
}
