//! Tables written in Markdown, and blocks that are generated from data.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Builder, Events};
use crate::document::{Alignment, Block, Generated, Named, TextTable, abbreviations};
use crate::finding::{Finding, codes, nearest};

impl<'t> Builder<'t> {
    pub(super) fn code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>, events: &mut Events<'t>) -> Block {
        let word = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or("").to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let mut code = String::new();
        let mut inside: Option<Range<usize>> = None;
        for (event, range) in events.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(text) => {
                    code.push_str(&text);
                    inside = Some(inside.map_or(range.clone(), |inside| inside.start..range.end));
                }
                _ => {}
            }
        }
        let span = self.span(range);
        let is_table = self.text.tables.contains(&word.as_str());
        let is_figure = self.text.figures.contains(&word.as_str());
        if !is_table && !is_figure {
            let known = self.text.tables.iter().chain(self.text.figures).copied();
            if let Some(meant) = (!word.is_empty()).then(|| nearest(&word, known)).flatten() {
                self.findings.push(
                    Finding::error(
                        codes::UNKNOWN_REFERENCE,
                        span,
                        format!("nobody knows a generated block called `{word}`"),
                    )
                    .help(format!("did you mean `{meant}`?")),
                );
            }
            return Block::Code(code);
        }
        if self.narrative.is_some() {
            self.not_in_a_cell(range, "a generated block");
            return Block::Code(code);
        }
        let inside = inside.unwrap_or(range.end..range.end);
        let (number, anchor) = if is_table {
            self.tables += 1;
            (self.tables, format!("table-{}", self.tables))
        } else {
            self.figures += 1;
            (self.figures, format!("figure-{}", self.figures))
        };
        let anchor = self.anchor(anchor);
        let closed = self.is_closed(range);
        let inside = self.base + inside.start..self.base + inside.end;
        let (keys, narratives) = if closed { self.narratives(inside) } else { (inside, Vec::new()) };
        Block::Generated(Generated { kind: word, closed, range: keys, narratives, number, anchor, span })
    }

    /// Whether a fenced block ends with a fence; reports one that does not.
    fn is_closed(&mut self, range: &Range<usize>) -> bool {
        let span = self.span(range);
        let block = self.text.source.text.get(span.range()).unwrap_or("");
        let fence = |line: &str| {
            let marks = line.trim_start_matches([' ', '\t', '>']);
            let length = marks.len() - marks.trim_start_matches('`').len();
            let tildes = marks.len() - marks.trim_start_matches('~').len();
            length.max(tildes)
        };
        let opens = block.lines().next().map_or(0, fence);
        let closed = block.lines().skip(1).last().is_some_and(|line| fence(line) >= opens);
        if !closed {
            let start = self.span(&(range.start..range.start + block.lines().next().map_or(0, str::len)));
            self.findings.push(
                Finding::error(codes::UNREADABLE, start, "this block begins here and never ends")
                    .help("put a line of ``` after it"),
            );
        }
        closed
    }

    pub(super) fn table(
        &mut self,
        alignments: &[pulldown_cmark::Alignment],
        range: &Range<usize>,
        events: &mut Events<'t>,
    ) -> Block {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        let mut row = Vec::new();
        while let Some((event, _)) = events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableCell) => {
                    let mut cell = self.inlines(events, 0);
                    abbreviations::mark(&mut cell, self.text.glossary, &mut self.seen);
                    row.push(cell);
                }
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => {
                    row.shrink_to_fit();
                    rows.push(std::mem::take(&mut row));
                }
                _ => {}
            }
        }
        let span = self.span(range);
        let (mut caption, attributes) =
            self.caption.take().map_or_else(Default::default, |(caption, attributes, _)| (caption, attributes));
        abbreviations::mark(&mut caption, self.text.glossary, &mut self.seen);
        let number = (!caption.is_empty()).then(|| {
            self.tables += 1;
            self.tables
        });
        let anchor = self.anchor(number.map_or_else(|| "table".to_owned(), |number| format!("table-{number}")));
        if let (Some(name), Some(number)) = (&attributes.name, number) {
            self.document.name(
                name,
                Named { anchor: anchor.clone(), printed: format!("Table {number}"), span },
                &mut self.findings,
            );
        }
        let alignments = alignments
            .iter()
            .map(|alignment| match alignment {
                pulldown_cmark::Alignment::Right => Alignment::End,
                pulldown_cmark::Alignment::Center => Alignment::Centre,
                _ => Alignment::Start,
            })
            .collect();
        Block::Table(TextTable { number, anchor, caption, alignments, head, rows, span })
    }

    pub(super) fn caption_without_table(&mut self) {
        if let Some((_, _, span)) = self.caption.take() {
            self.findings.push(
                Finding::warning(codes::WRONG_VALUE, span, "this looks like a table's caption, but no table follows it, so it is left out")
                    .help("put the caption right above its table, with an empty line between; a generated table has its caption in the block"),
            );
        }
    }
}
