//! From findings to what can be shown of them above a page.

use std::path::Path;

use super::editor::Editor;
use super::state::{ExcerptLine, Shown};
use crate::document::{Block, each_block};
use crate::finding::Finding;
use crate::record::Paper;
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

/// The lines of a span, each in three pieces.
fn excerpt(source: &Source, span: Span) -> Vec<ExcerptLine> {
    let (first, _) = source.position(span.start);
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
            Block::Generated(generated) => (generated.span, Some(generated.anchor.as_str())),
            _ => return,
        };
        let Some(anchor) = anchor.filter(|_| at.start <= span.start && at.source == span.source) else { return };
        if nearest.is_none_or(|(start, _)| start <= at.start) {
            nearest = Some((at.start, anchor));
        }
    });
    nearest.map(|(_, anchor)| anchor.to_owned())
}
