//! What a meeting's agenda lists, and what becomes of each paper.
//!
//! What becomes of a paper is never worked out here: it is looked up in the editions, which decide what anybody may see.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::calendar::Moment;
use crate::edition::{Audience, Edition};
use crate::finding::Finding;
use crate::model::{Exempt, Item, PaperId, Status, schedule_12a};
use crate::record::{NumberedItem, Paper, numbered_items};
use crate::rules::MeetingInHand;

/// An item in the table.
#[derive(Debug, Serialize)]
pub(super) struct ItemRow {
    number: String,
    title: String,
    remark: Option<String>,
    private: bool,
    withdrawn: bool,
    papers: Vec<PaperRow>,
}

/// A paper beneath its item.
#[derive(Debug, Serialize)]
pub(super) struct PaperRow {
    title: String,
    file: String,
    /// 0 for a paper of the item, 1 and more for an appendix.
    depth: usize,
    /// What becomes of it: "with the agenda", "kept back: a draft".
    fate: String,
    kept_back: bool,
}

/// Something that is not for the public.
#[derive(Debug, Serialize)]
pub(super) struct ExemptRow {
    what: String,
    paragraphs: String,
    reason: String,
}

/// Appendices of appendices are followed so far; nobody writes, and no page shows, more.
const DEEPEST: usize = 8;

/// A meeting's papers, and the editions that hold some of them.
#[derive(Debug)]
pub(super) struct Pack<'r> {
    /// The meeting.
    pub(super) meeting: MeetingInHand<'r>,
    items: Vec<Listed<'r>>,
    editions: Editions,
    /// The files that the papers are made from.
    files: BTreeSet<u32>,
}

/// An item with its papers and their appendices.
#[derive(Debug)]
struct Listed<'r> {
    item: NumberedItem<'r>,
    /// It, or the item above it, was taken off the agenda.
    withdrawn: bool,
    papers: Vec<ListedPaper<'r>>,
}

#[derive(Debug)]
struct ListedPaper<'r> {
    paper: &'r Paper,
    /// The agenda, supplementary agenda or paper that lists it.
    by: &'r Paper,
    /// 0 for a paper of the item, 1 and more for an appendix.
    depth: usize,
}

/// What may be seen, once no more than time has passed.
#[derive(Debug)]
struct Editions {
    /// By the public now.
    now: Edition,
    /// By the public when every time that the papers name has come.
    later: Edition,
    /// By members then.
    members: Edition,
}

impl<'r> Pack<'r> {
    /// The papers of a meeting.
    pub(super) fn of(meeting: MeetingInHand<'r>) -> Self {
        let record = meeting.context.record;
        let end = Moment(NaiveDateTime::MAX);
        let editions = Editions {
            now: Edition::new(record, Audience::Public, meeting.context.now),
            later: Edition::new(record, Audience::Public, end),
            members: Edition::new(record, Audience::Members, end),
        };
        let items = listed(meeting);
        let agendas = meeting.agenda().map(|(paper, _)| paper).into_iter();
        let own = agendas.chain(meeting.supplementary().map(|(paper, _)| paper));
        let own = own.chain(meeting.minutes().map(|(paper, _)| paper));
        let carried = items.iter().flat_map(|listed| &listed.papers).map(|listed| listed.paper);
        let files = own.chain(carried).map(|paper| paper.source.0).collect();
        Self { meeting, items, editions, files }
    }

    /// The folder that the papers lie in, with a stroke at its end.
    pub(super) fn folder(&self) -> String {
        format!("meetings/{}/", self.meeting.meeting.key)
    }

    /// Whether a finding is about the papers: one of them, the data beside them, or the file of the body that meets.
    pub(super) fn is_concerned(&self, finding: &Finding) -> bool {
        let source = finding.primary.span.source;
        let path = &self.meeting.context.sources.get(source).path;
        let key = &self.meeting.meeting.key;
        self.files.contains(&source.0)
            || *path == format!("bodies/{}.yaml", key.body)
            || path.starts_with(&self.folder())
    }

    /// Why the public will not see the agenda, however long they wait; nothing if they will.
    pub(super) fn why_no_agenda(&self) -> Option<&'static str> {
        let Some((agenda, _)) = self.meeting.agenda() else { return Some("there is none yet") };
        let later = self.editions.later.meetings.get(&self.meeting.meeting.key);
        if later.is_some_and(|meeting| meeting.agenda.is_some()) {
            return None;
        }
        let common = &agenda.head.common;
        Some(match common.status {
            Status::Draft => "it is a draft",
            Status::Withdrawn => "it is withdrawn",
            Status::Ready | Status::Published if common.exempt.is_some() => "all of it is private",
            Status::Ready | Status::Published => "nothing says when it goes out",
        })
    }

    /// The items in their order, with their papers and what becomes of each.
    pub(super) fn items(&self) -> Vec<ItemRow> {
        let row = |listed: &Listed<'_>| ItemRow {
            number: listed.item.number.clone(),
            title: listed.item.item.title.clone(),
            remark: remark(listed.item.item, listed.papers.is_empty()),
            private: listed.item.private,
            withdrawn: listed.withdrawn,
            papers: listed.papers.iter().map(|paper| self.paper_row(paper, listed)).collect(),
        };
        self.items.iter().map(row).collect()
    }

    fn paper_row(&self, listed: &ListedPaper<'_>, item: &Listed<'_>) -> PaperRow {
        let (fate, kept_back) = self.fate(listed, item);
        let file = format!("{}.md", listed.paper.id);
        PaperRow {
            title: listed.paper.full_title(),
            file: file.strip_prefix(&self.folder()).unwrap_or(&file).to_owned(),
            depth: listed.depth,
            fate,
            kept_back,
        }
    }

    /// What becomes of a paper, and whether the public will not see it.
    fn fate(&self, listed: &ListedPaper<'_>, item: &Listed<'_>) -> (String, bool) {
        let Editions { now, later, members } = &self.editions;
        let paper = listed.paper;
        if let Some(Out(moment)) = Out::of(paper, now) {
            return (
                moment.map_or_else(|| "public".to_owned(), |moment| format!("public since {}", moment.long())),
                false,
            );
        }
        if let Some(Out(moment)) = Out::of(paper, later) {
            let when = moment.map_or_else(String::new, |moment| format!(" on {}", moment.long()));
            return (format!("goes out{when}"), false);
        }
        if Out::of(paper, members).is_some() {
            return ("private: members only".to_owned(), true);
        }
        let private = if item.item.private || paper.head.common.exempt.is_some() { "private, and " } else { "" };
        (format!("{private}{}", self.why_kept_back(listed, item)), true)
    }

    /// Why nobody will see a paper, however long they wait.
    fn why_kept_back(&self, listed: &ListedPaper<'_>, item: &Listed<'_>) -> String {
        let by = &listed.by.head.common;
        let carrier = if listed.depth == 0 {
            listed.by.kind().printed().to_lowercase()
        } else {
            "paper that lists it".to_owned()
        };
        match (listed.paper.head.common.status, by.status) {
            (Status::Draft, _) => "kept back: it is a draft".to_owned(),
            (Status::Withdrawn, _) => "withdrawn".to_owned(),
            _ if item.withdrawn => "kept back: its item is withdrawn".to_owned(),
            (_, Status::Draft) => format!("waits: the {carrier} is a draft"),
            (_, Status::Withdrawn) => format!("kept back: the {carrier} is withdrawn"),
            _ => match self.meeting.agenda().map(|(agenda, _)| agenda.head.common.status) {
                Some(Status::Draft) => "waits: the agenda is a draft".to_owned(),
                Some(Status::Withdrawn) => "kept back: the agenda is withdrawn".to_owned(),
                _ => "waits: nothing says when it goes out".to_owned(),
            },
        }
    }

    /// What is not for the public, and why.
    pub(super) fn exempt(&self) -> Vec<ExemptRow> {
        let mut rows = Vec::new();
        for Listed { item, papers, .. } in &self.items {
            if item.private {
                let what = format!("Item {}, {}", item.number, item.item.title);
                rows.push(self.exempt_row(what, item.item.exempt.as_ref()));
            }
            for ListedPaper { paper, .. } in papers {
                if let Some(exempt) = &paper.head.common.exempt {
                    let what = format!("Item {}, {}", item.number, paper.full_title());
                    rows.push(self.exempt_row(what, Some(&exempt.value)));
                }
            }
        }
        rows
    }

    fn exempt_row(&self, what: String, exempt: Option<&Exempt>) -> ExemptRow {
        let nation = self.meeting.context.record.model.authority.nation;
        let paragraphs: Vec<String> = exempt
            .into_iter()
            .flat_map(|exempt| &exempt.paragraphs)
            .map(|paragraph| match schedule_12a::gist(nation, paragraph.value) {
                Some(gist) => format!("paragraph {} ({gist})", paragraph.value),
                None => format!("paragraph {}", paragraph.value),
            })
            .collect();
        ExemptRow {
            what,
            paragraphs: if paragraphs.is_empty() { "no paragraph named".to_owned() } else { paragraphs.join("; ") },
            reason: exempt
                .and_then(|exempt| exempt.public_interest.clone())
                .unwrap_or_else(|| "No reason is given.".to_owned()),
        }
    }
}

/// That an edition holds a paper, and since when, if the papers say.
struct Out(Option<Moment>);

impl Out {
    fn of(paper: &Paper, edition: &Edition) -> Option<Self> {
        if let Some(published) = edition.papers.get(&paper.id) {
            return Some(Self(published.published));
        }
        // An agenda carries the minutes that it agrees; they stand with their own meeting.
        let minutes = edition.meetings.get(paper.meeting.as_ref()?)?.minutes.as_ref()?;
        (minutes.paper.id == paper.id).then_some(Self(minutes.published))
    }
}

/// Each item of the agenda with its papers and their appendices.
fn listed(meeting: MeetingInHand<'_>) -> Vec<Listed<'_>> {
    let Some((agenda, own)) = meeting.agenda() else { return Vec::new() };
    let items = numbered_items(own);
    let mut all = Vec::new();
    for top in &items {
        for item in top.with_beneath() {
            let mut collected = Collected { meeting, seen: BTreeSet::new(), papers: Vec::new() };
            for id in &item.item.papers {
                collected.add(agenda, &id.value, 0);
            }
            for (supplementary, own) in meeting.supplementary() {
                for added in own.items.iter().filter(|added| added.item.value == item.number) {
                    for id in &added.papers {
                        collected.add(supplementary, &id.value, 0);
                    }
                }
            }
            let withdrawn = top.item.withdrawn || item.item.withdrawn;
            all.push(Listed { item: item.clone(), withdrawn, papers: collected.papers });
        }
    }
    all
}

/// Papers on the way from an item to the last appendix; each once, though two should list each other.
struct Collected<'r> {
    meeting: MeetingInHand<'r>,
    seen: BTreeSet<u32>,
    papers: Vec<ListedPaper<'r>>,
}

impl<'r> Collected<'r> {
    fn add(&mut self, by: &'r Paper, written: &PaperId, depth: usize) {
        let Some(paper) = self.meeting.context.paper(&by.address(written)) else { return };
        if depth <= DEEPEST && self.seen.insert(paper.source.0) {
            self.papers.push(ListedPaper { paper, by, depth });
            for appendix in paper.head.appendices() {
                self.add(paper, &appendix.value, depth + 1);
            }
        }
    }
}

fn remark(item: &Item, without_papers: bool) -> Option<String> {
    let report_of = item.report_of.as_ref().map(|who| format!("Report of {who}"));
    let papers = (item.no_paper && without_papers).then(|| "No paper needed".to_owned());
    let remarks: Vec<String> = report_of.into_iter().chain(papers).collect();
    (!remarks.is_empty()).then(|| remarks.join(". "))
}
