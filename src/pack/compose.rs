//! From a planned document to the program that typesets it.
//!
//! The program is short: it calls the theme's functions in order. What they are told of papers and meetings is data, as
//! JSON, and the same that templates are given for pages; texts are content, written by [`Writer`].

mod parts;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};

use super::markup::Markup;
use super::plan::{Front, Volume};
use super::text::{Files, Targets, Writer};
use super::typeset::Manuscript;
use super::{PackError, Press};
use crate::calendar::Moment;
use crate::document::Block;
use crate::edition::{Audience, PublishedAgenda, PublishedItem, PublishedMeeting};
use crate::finding::Finding;
use crate::model::MeetingKey;
use crate::record::Paper;
use crate::site::routes::Routes;

/// A manuscript, and the files of the content folder that it shows: their paths, and the names that it knows them by.
pub(super) struct Composed {
    /// The manuscript.
    pub(super) manuscript: Manuscript,
    /// Files to be read.
    pub(super) shown: BTreeMap<String, String>,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
}

/// What the labels of texts begin with that stand before the papers.
const FRONTS: [&str; 2] = ["agenda", "letter"];

/// Writes the program of a document whose first page bears a number.
///
/// # Errors
/// If what the program is told cannot be written as JSON.
pub(super) fn compose(press: &Press<'_, '_>, volume: &Volume<'_>, first: u32) -> Result<Composed, PackError> {
    let mut targets = Targets::default();
    for part in &volume.parts {
        targets.insert(part.paper, &part.key);
    }
    let composer = Composer {
        press,
        volume,
        targets: &targets,
        out: Markup::default(),
        files: Files::default(),
        texts: Vec::new(),
        findings: Vec::new(),
    };
    composer.run(first)
}

struct Composer<'c, 'e> {
    press: &'c Press<'c, 'e>,
    volume: &'c Volume<'e>,
    targets: &'c Targets,
    out: Markup,
    files: Files,
    texts: Vec<(String, String)>,
    findings: Vec<Finding>,
}

impl Composer<'_, '_> {
    fn run(mut self, first: u32) -> Result<Composed, PackError> {
        let published = self.published();
        self.out.code("#import \"/pack.typ\": *\n");
        let volume = self.about(first, published);
        let volume = self.data("volume", &volume, self.volume.paper)?;
        self.out.code(&format!("#show: q-volume.with({volume})\n"));
        match self.volume.front {
            Front::Agenda(meeting) => self.agenda(meeting)?,
            Front::Letter(meeting, supplementary) => {
                let letter = self.press.view.supplementary_page(meeting, supplementary, String::new());
                let letter = letter.map(serde_json::to_value).transpose()?;
                let page = self.press.view.meeting_page(meeting, String::new());
                let told = json!({
                    "page": letter.map(as_it_was),
                    "meeting": page.map(serde_json::to_value).transpose()?.map(as_it_was),
                    "runs": self.runs(),
                    "web": self.web(&Routes::paper(&supplementary.paper)),
                    "exempt": supplementary.exempt.as_ref().map(|exempt| self.press.view.exempt(exempt)),
                    "draft": self.press.view.edition.is_draft(&supplementary.paper),
                });
                let told = self.data("letter", &told, self.volume.paper)?;
                self.out.code(&format!("#q-letter({told}, "));
                self.text(&supplementary.paper, "letter", whole);
                self.out.code(");\n");
            }
            Front::Nothing => {}
        }
        for part in &self.volume.parts {
            self.part(part)?;
        }
        let Files { from_content, made } = self.files;
        let mut texts = self.texts;
        texts.extend(self.press.theme.iter().cloned());
        Ok(Composed {
            manuscript: Manuscript {
                program: self.out.finish(),
                texts,
                files: made,
                name: self.volume.path.clone(),
                first,
                published,
            },
            shown: from_content,
            findings: self.findings,
        })
    }

    /// Puts data beside the program, and gives the code that reads it.
    fn data(&mut self, name: &str, data: &impl Serialize, of: &Paper) -> Result<String, PackError> {
        let json = serde_json::to_string(data)?;
        let json = self.out.data(&json, Some(of.start()));
        self.texts.push((format!("/{name}.json"), json));
        Ok(format!("json(\"/{name}.json\")"))
    }

    /// What holds for the whole document.
    fn about(&self, first: u32, published: Moment) -> Value {
        let view = self.press.view;
        let authority = &view.edition.model.authority;
        let (kind, title, meeting) = match self.volume.front {
            Front::Agenda(meeting) => {
                let word = if view.edition.audience == Audience::Members { "pack_title_members" } else { "pack_title" };
                ("pack", self.title_of(&meeting.key, word), Some(meeting))
            }
            Front::Letter(meeting, _) => ("supplement", self.title_of(&meeting.key, "pack_supplement"), Some(meeting)),
            Front::Nothing => ("paper", self.title_of_paper(), None),
        };
        let title = if view.edition.is_draft(self.volume.paper) {
            format!("{}: {title}", view.string("draft_mark"))
        } else {
            title
        };
        let date = published.date();
        let date = [i64::from(date.year()), i64::from(date.month()), i64::from(date.day())];
        json!({
            "kind": kind,
            "title": title,
            "authority": authority.name,
            "language": authority.language,
            "banner": authority.banner,
            "date": date,
            "first": first,
            "right_hand": self.press.right_hand,
            "members_only": view.edition.audience == Audience::Members,
            "draft": view.edition.is_for_circulation(),
            "base_url": self.press.base_url,
            "places": self.places(),
            "running": meeting.map(|meeting| self.running(&meeting.key)),
            "strings": view.strings,
        })
    }

    /// "Public document pack: Scrutiny Co-ordination Committee, 12 July 2023".
    fn title_of(&self, key: &MeetingKey, word: &str) -> String {
        format!("{}: {}", self.press.view.string(word), self.press.view.meeting_link(key).title)
    }

    fn title_of_paper(&self) -> String {
        let view = self.press.view;
        let paper = self.volume.paper;
        match self.meeting_of(paper) {
            Some(key) => format!("{}, {}", paper.full_title(), view.meeting_link(&key).title),
            None => paper.full_title(),
        }
    }

    /// "Scrutiny Co-ordination Committee, 12 July 2023".
    fn running(&self, key: &MeetingKey) -> String {
        self.press.view.meeting_link(key).title
    }

    /// The meeting that a paper is for.
    fn meeting_of(&self, paper: &Paper) -> Option<MeetingKey> {
        let published = self.press.view.edition.papers.get(&paper.id);
        let carrier = published.and_then(|published| self.press.view.carrier(published));
        carrier.map(|carrier| carrier.meeting.clone()).or_else(|| paper.meeting.clone())
    }

    /// When what the document holds was published: it is dated by that and never by today, so that it stays the same file
    /// from one build to the next.
    fn published(&self) -> Moment {
        let view = self.press.view;
        let of = |paper: &Paper| {
            let published = view.edition.papers.get(&paper.id).and_then(|published| published.published);
            published.or(paper.head.common.published_at())
        };
        let front = match self.volume.front {
            Front::Agenda(meeting) => meeting.agenda.as_ref().and_then(|agenda| agenda.published),
            Front::Letter(_, supplementary) => supplementary.published,
            Front::Nothing => None,
        };
        let published = self.volume.parts.iter().filter_map(|part| of(part.paper)).chain(front).max();
        let dated = || self.volume.paper.head.common.date.as_ref().map(|date| date.value);
        let held = || self.meeting_of(self.volume.paper).map(|key| key.date);
        let issued_first = || of(view.references.paper(&self.volume.paper.text_from)?);
        // PDF/A asks for a date. What bears none at all gets one that does not move from build to build.
        let begins =
            || NaiveDate::from_yo_opt(view.edition.now.date().year(), 1).map_or(view.edition.now, Moment::from);
        published.or_else(|| dated().or_else(held).map(Moment::from)).or_else(issued_first).unwrap_or_else(begins)
    }

    /// An address on the web and how it is printed; nothing where the site's own is not known.
    fn web(&self, path: &str) -> Value {
        let Some(base) = self.press.base_url else { return Value::Null };
        let address = format!("{base}{}", path.strip_suffix("index.html").unwrap_or(path));
        let printed = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest).trim_end_matches('/');
        json!({"href": address, "printed": printed})
    }

    /// What stands in this document, by the path that leads to it on the site: the keys of papers, and `front`.
    fn places(&self) -> BTreeMap<String, &str> {
        let front = match self.volume.front {
            Front::Agenda(meeting) => Some(Routes::meeting(&meeting.key)),
            Front::Letter(_, supplementary) => Some(Routes::paper(&supplementary.paper)),
            Front::Nothing => None,
        };
        let parts = self.volume.parts.iter().map(|part| (Routes::paper(part.paper), part.key.as_str()));
        front.map(|path| (path, "front")).into_iter().chain(parts).collect()
    }

    /// For each item, the runs of papers that it has here: the keys of the first and the last of each.
    fn runs(&self) -> BTreeMap<&str, Vec<[&str; 2]>> {
        let (Front::Agenda(meeting) | Front::Letter(meeting, _)) = self.volume.front else { return BTreeMap::new() };
        let items = meeting.agenda.iter().flat_map(PublishedAgenda::all_items);
        items.map(|item| (item.number.as_str(), self.runs_of(item))).filter(|(_, runs)| !runs.is_empty()).collect()
    }

    fn runs_of(&self, item: &PublishedItem) -> Vec<[&str; 2]> {
        let papers: BTreeSet<_> = self.press.view.papers_of_item(item).into_iter().collect();
        let mut runs: Vec<[&str; 2]> = Vec::new();
        let mut goes_on = false;
        for part in &self.volume.parts {
            let own = papers.contains(&part.paper.id);
            match runs.last_mut() {
                Some(run) if own && goes_on => run[1] = &part.key,
                _ if own => runs.push([&part.key, &part.key]),
                _ => {}
            }
            goes_on = own;
        }
        runs
    }

    fn agenda(&mut self, meeting: &PublishedMeeting) -> Result<(), PackError> {
        let Some(agenda) = &meeting.agenda else { return Ok(()) };
        let page = self.press.view.meeting_page(meeting, String::new());
        let told = json!({
            "page": page.map(serde_json::to_value).transpose()?.map(as_it_was),
            "runs": self.runs(),
            "web": self.web(&Routes::meeting(&meeting.key)),
            "exempt": agenda.exempt.as_ref().map(|exempt| self.press.view.exempt(exempt)),
            "draft": self.press.view.edition.is_draft(&agenda.paper),
            "has_text": !agenda.paper.text.document.blocks.is_empty(),
        });
        let told = self.data("meeting", &told, self.volume.paper)?;
        self.out.code(&format!("#q-agenda({told}, "));
        let PublishedAgenda { paper, .. } = agenda;
        self.text(paper, "agenda", whole);
        self.out.code(");\n");
        Ok(())
    }

    /// Writes as much of a paper's text as `write` does, and tells whether it ends with a page that is turned.
    fn text(&mut self, paper: &Paper, key: &str, write: impl FnOnce(&mut Writer<'_, '_>, &[Block])) -> bool {
        let mut writer = Writer {
            view: self.press.view,
            paper,
            key,
            targets: self.targets,
            base_url: self.press.base_url,
            out: &mut self.out,
            files: &mut self.files,
            findings: &mut self.findings,
            level: 1,
            noted: BTreeSet::new(),
            // What stands before the papers may stand in a frame of the theme's, in which no page can be turned.
            depth: u32::from(FRONTS.contains(&key)),
            ends_turned: false,
        };
        writer.out.at(paper.start());
        write(&mut writer, &paper.text.document.blocks);
        writer.ends_turned
    }
}

/// What is told of a meeting or a paper, without what happens around it later: a document that has gone out stays as it is when a
/// supplementary agenda follows, the meeting is held, or the next one is called.
fn as_it_was(mut told: Value) -> Value {
    const LATER: [&str; 13] = [
        "attendance",
        "decisions",
        "has_minutes",
        "membership_href",
        "minutes",
        "next",
        "pack",
        "pages",
        "past",
        "pdf",
        "previous",
        "reading_minutes",
        "supplementary",
    ];
    match &mut told {
        Value::Object(entries) => {
            entries.retain(|key, _| !LATER.contains(&key.as_str()));
            for value in entries.values_mut() {
                *value = as_it_was(value.take());
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| *value = as_it_was(value.take())),
        _ => {}
    }
    told
}

/// The whole of a text as an argument.
fn whole(writer: &mut Writer<'_, '_>, blocks: &[Block]) {
    writer.content(blocks);
}
