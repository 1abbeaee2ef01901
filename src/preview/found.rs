//! From findings to what can be shown of them above a page.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::editor::Editor;
use super::state::{ExcerptLine, Shown};
use crate::document::{Block, each_block};
use crate::finding::Finding;
use crate::model::PaperId;
use crate::model::meeting::Item;
use crate::model::paper::Own;
use crate::model::read::scalar;
use crate::record::{Linked, Paper};
use crate::text::yaml::{self, Node, Value};
use crate::text::{Source, Sources, Span};

/// At most so many lines of a file are shown of one finding.
const MOST_LINES: usize = 6;

/// At most so many characters of a line: some files have all their text in one.
const MOST_OF_A_LINE: usize = 400;

/// A finding as it is shown. `content` is the content folder as the system knows it.
pub(super) fn shown(finding: &Finding, sources: &Sources, content: &Path, editor: Option<&Editor>) -> Option<Shown> {
    let span = finding.primary.span;
    let source = sources.find(span.source)?;
    let (line, column) = source.position(span.start);
    let label = [finding.primary.text.as_str()].into_iter().filter(|label| !label.is_empty());
    let others = finding.others.iter().filter_map(|other| {
        let source = sources.find(other.span.source)?;
        let (line, _) = source.position(other.span.start);
        Some(format!("{} ({}, line {line})", other.text, source.path)).filter(|_| !other.text.is_empty())
    });
    let more: Vec<String> = label.map(str::to_owned).chain(others).collect();
    let message =
        if more.is_empty() { finding.message.clone() } else { format!("{}: {}", finding.message, more.join("; ")) };
    Some(Shown {
        code: finding.code,
        severity: finding.severity,
        message,
        help: finding.help.clone(),
        file: source.path.clone(),
        line,
        column,
        excerpt: excerpt(source, span),
        anchor: None,
        page: None,
        editor: editor.map(|editor| editor.link(&content.join(&source.path), line, column)),
    })
}

/// A finding of which the public's view says no more than that it is there: its words could be private ones.
pub(super) fn withheld(shown: &Shown) -> Shown {
    Shown {
        code: shown.code,
        severity: shown.severity,
        message: "something that is perhaps not public: look at it as members will see it".to_owned(),
        help: None,
        file: String::new(),
        line: shown.line,
        column: shown.column,
        excerpt: Vec::new(),
        anchor: None,
        page: None,
        editor: None,
    }
}

/// Whether a finding could quote what the public have not: the private items of an agenda, or the minutes and supplementary
/// agendas of such a meeting, wherever one of its places is.
pub(super) fn may_be_private(finding: &Finding, linked: &Linked) -> bool {
    let Some(record) = linked.record() else { return true };
    let mut places = std::iter::once(&finding.primary).chain(&finding.others).map(|label| label.span);
    places.any(|place| {
        let source = linked.sources.find(place.source);
        let id = source.and_then(|source| source.path.strip_suffix(".md"));
        let (Some(source), Some(id)) = (source, id) else { return false };
        // Of what has never been read, nobody knows what it is.
        let Some(paper) = record.papers.get(&PaperId::from(id)) else { return true };
        if paper.head.common.exempt.is_some() {
            return true;
        }
        let agenda = || {
            let meeting = paper.meeting.as_ref().and_then(|key| record.meetings.get(key))?;
            record.papers.get(meeting.agenda.as_ref()?)
        };
        match &paper.head.own {
            Own::Agenda(_) => match private_part(paper, source) {
                // It is not as it was when its items were read.
                _ if linked.held_back.contains(&source.path) => has_private_part(paper, linked),
                Some(part) => part.contains(&(place.start as usize)),
                None => false,
            },
            Own::Minutes(_) | Own::SupplementaryAgenda(_) => {
                agenda().is_none_or(|agenda| has_private_part(agenda, linked))
            }
            _ => false,
        }
    })
}

/// From the first private item of an agenda to the end of its head.
fn private_part(paper: &Paper, source: &Source) -> Option<Range<usize>> {
    let Own::Agenda(agenda) = &paper.head.own else { return None };
    let items = agenda.private.iter().chain(agenda.items.iter().flat_map(exempt));
    let first = items.map(|item| item.span.start).min()? as usize;
    let end = source.text.get(first..).and_then(|rest| rest.find("\n---"));
    Some(first..end.map_or(source.text.len(), |end| first + end))
}

/// Whether an agenda has private items, or could have now that it cannot be read.
fn has_private_part(agenda: &Paper, linked: &Linked) -> bool {
    let Some(source) = linked.sources.find(agenda.source) else { return true };
    let may_have = ["private", "exempt"].iter().any(|word| source.text.contains(word));
    private_part(agenda, source).is_some() || (may_have && linked.held_back.contains(&source.path))
}

/// An item and those beneath it, as far as they are private.
fn exempt(item: &Item) -> Vec<&Item> {
    let own = item.exempt.is_some().then_some(item);
    own.into_iter().chain(item.items.iter().flat_map(exempt)).collect()
}

/// The files that the tables of a paper are made from, by their paths below the content folder, and where each table stands on
/// the page.
pub(super) fn data_files(paper: &Paper, sources: &Sources) -> BTreeMap<String, Option<String>> {
    let mut files = BTreeMap::new();
    let Some(source) = sources.find(paper.source) else { return files };
    each_block(&paper.text.document.blocks, &mut |block| {
        let Block::Generated(block) = block else { return };
        // What is wrong in it was told when the paper was read.
        let node = yaml::parse(source, paper.source, block.range.clone(), &mut Vec::new());
        let Some(Node { value: Value::Map(entries), .. }) = node else { return };
        for entry in entries {
            if let Some(written) = scalar(&entry.value) {
                files.entry(paper.file(written)).or_insert_with(|| anchor(paper, block.span));
            }
        }
    });
    files
}

/// The lines of a span, each in three pieces. Of a paper as a whole, none: its first line says nothing.
fn excerpt(source: &Source, span: Span) -> Vec<ExcerptLine> {
    let (first, _) = source.position(span.start);
    if source.text.get(source.line(first)).is_some_and(|line| line.trim_end() == "---") {
        return Vec::new();
    }
    let (last, _) = source.position(span.end.max(span.start));
    let (start, end) = (span.start as usize, span.end.max(span.start) as usize);
    let mut lines = Vec::new();
    for number in (first..=last).take(MOST_LINES) {
        let range = source.line(number);
        // The end of a span is often the beginning of the line after it, where nothing is meant.
        if number > first && end <= range.start {
            break;
        }
        let text = &source.text[range.clone()];
        let at = |offset: usize| {
            let mut at = offset.saturating_sub(range.start).min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) = (at(start), at(end).max(at(start)));
        let cut = |piece: &str| match piece.char_indices().nth(MOST_OF_A_LINE) {
            Some((end, _)) => format!("{}…", &piece[..end]),
            None => piece.to_owned(),
        };
        lines.push(ExcerptLine {
            number,
            before: cut(&text[..from]),
            meant: cut(&text[from..to]),
            after: cut(&text[to..]),
        });
    }
    lines
}

/// Where a place of a paper's file stands on its page: the address of the block that it is in, or of the one before it.
pub(super) fn anchor(paper: &Paper, span: Span) -> Option<String> {
    if paper.source != span.source {
        return None;
    }
    let mut nearest: Option<(u32, &str)> = None;
    each_block(&paper.text.document.blocks, &mut |block| {
        let (at, anchor) = match block {
            Block::Heading(heading) => (heading.span, Some(heading.anchor.as_str())),
            Block::Paragraph(paragraph) => (paragraph.span, paragraph.anchor.as_deref()),
            Block::Decision(decision) => (decision.span, Some(decision.anchor.as_str())),
            Block::Table(table) => (table.span, Some(table.anchor.as_str())),
            // A table that cannot be made is not on the page.
            Block::Generated(generated) if paper.text.generated.contains_key(&generated.anchor) => {
                (generated.span, Some(generated.anchor.as_str()))
            }
            _ => return,
        };
        let Some(anchor) = anchor.filter(|_| at.start <= span.start && at.source == span.source) else { return };
        if nearest.is_none_or(|(start, _)| start <= at.start) {
            nearest = Some((at.start, anchor));
        }
    });
    nearest.map(|(_, anchor)| anchor.to_owned())
}

#[cfg(test)]
mod tests;
