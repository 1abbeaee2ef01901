//! From Markdown events to blocks, numbering on the way.

mod lists;
mod narratives;
mod prose;
mod tables;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd};

use super::attributes::Attributes;
use super::number::Counters;
use super::{Block, Document, Footnote, Glossary, Inline, Paragraph, abbreviations, html};
use crate::finding::{Bounded, Finding, codes};
use crate::text::{Source, SourceId, Span};

/// Lists, quotations and marks may stand in each other this deep; no paper needs more, and a hostile one could otherwise
/// exhaust the stack.
pub(super) const DEEPEST: usize = 40;

/// How the blocks of a paper are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Sections 1, 2; paragraphs 1.1, 1.2.
    House,
    /// No numbers.
    Off,
    /// Each section is a minute; the first has this number.
    Minutes {
        /// The number of the first minute.
        first: u32,
    },
}

/// The text of a paper and what is needed to read it.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The file it stands in.
    pub source: &'a Source,
    /// The file's id.
    pub id: SourceId,
    /// Where in the file the text stands, after the head.
    pub range: Range<usize>,
    /// Abbreviations to mark.
    pub glossary: &'a Glossary,
    /// First words of fences that are generated as tables.
    pub tables: &'a [&'a str],
    /// First words of fences that are generated as figures.
    pub figures: &'a [&'a str],
    /// How to number it.
    pub numbering: Numbering,
}

/// Reads the text of a paper; whatever is wrong with it goes into `findings`, and what can be read is.
pub fn read(text: &Text<'_>, findings: &mut Vec<Finding>) -> Document {
    let options = markdown_options();
    let markdown = text.source.text.get(text.range.clone()).unwrap_or("");
    let mut events = Parser::new_ext(markdown, options).into_offset_iter().peekable();
    let mut builder = Builder {
        text,
        findings: Bounded::new(findings),
        document: Document::default(),
        counters: Counters::default(),
        seen: HashSet::new(),
        anchors: HashMap::new(),
        minutes: 0,
        decisions: 0,
        tables: 0,
        figures: 0,
        list_anchor: None,
        caption: None,
        footnotes: Footnotes::default(),
        base: text.range.start,
        narrative: None,
        narrated: 0,
    };
    let place = Place { top: true, ordered: 0, anchor: None, depth: 0 };
    let blocks = builder.blocks(&mut events, &place);
    builder.finish(blocks)
}

/// The Markdown that papers are written in.
pub(super) fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

pub(super) type Events<'a> = Peekable<OffsetIter<'a>>;

/// Where a block stands.
#[derive(Debug, Clone)]
struct Place {
    /// Directly in the paper, not in a list or a quotation.
    top: bool,
    /// How many numbered lists it stands in.
    ordered: usize,
    /// Address that the items of a numbered list here begin with.
    anchor: Option<String>,
    depth: usize,
}

impl Place {
    fn within(&self) -> Self {
        Self { top: false, anchor: None, depth: self.depth + 1, ..*self }
    }
}

/// The label of a footnote, and in the narratives of which block it stands, if in any: they are a Markdown of their own.
pub(super) type Label = (Option<u32>, String);

#[derive(Default)]
pub(super) struct Footnotes {
    /// Label to number and how often it has been cited.
    pub(super) cited: HashMap<Label, (usize, usize)>,
    defined: BTreeMap<Label, (Vec<Block>, Span)>,
}

pub(super) struct Builder<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) findings: Bounded<'t>,
    pub(super) document: Document,
    counters: Counters,
    seen: HashSet<&'t str>,
    /// Addresses given out, and how many were wanted that begin like each: the search for a free one goes on from there.
    anchors: HashMap<String, u32>,
    minutes: u32,
    decisions: u32,
    tables: u32,
    figures: u32,
    /// Address of the numbered paragraph or decision just above: the items of a list beneath it continue it.
    list_anchor: Option<String>,
    /// A caption that waits for its table.
    caption: Option<(Vec<Inline>, Attributes, Span)>,
    pub(super) footnotes: Footnotes,
    /// Where in the file the Markdown begins that is being read.
    base: usize,
    /// The narratives that are being read: those of the block with this number, from 1.
    pub(super) narrative: Option<u32>,
    /// How many blocks with narratives there have been.
    narrated: u32,
}

impl<'t> Builder<'t> {
    /// The place of a range of the Markdown in its file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let base = self.base;
        let written = self.text.source.text.get(base + range.start..base + range.end).unwrap_or("");
        let end = range.start + written.trim_end().len();
        Span::new(self.text.id, base + range.start..base + end)
    }

    /// Blocks up to the end of what holds them.
    fn blocks(&mut self, events: &mut Events<'t>, place: &Place) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        while let Some((event, _)) = events.peek() {
            if matches!(event, Event::End(_)) {
                events.next();
                break;
            }
            if !starts_block(event) {
                // The text of a tight list item stands in it without a paragraph.
                let range = events.peek().map_or(0..0, |(_, range)| range.clone());
                let content = self.line(events);
                // What comes next begins where the line ends, or is the end of what holds it.
                let end = events.peek().map_or(
                    range.end,
                    |(_, next)| {
                        if next.start >= range.end { next.start } else { next.end }
                    },
                );
                let span = self.span(&(range.start..end.max(range.end)));
                blocks.push(Block::Paragraph(Paragraph { number: None, anchor: None, content, span }));
                continue;
            }
            let Some((event, range)) = events.next() else { break };
            if place.depth > DEEPEST {
                self.too_deep(events, &range);
                continue;
            }
            let block = self.block(event, &range, events, place);
            if let Some(block) = block {
                self.add(&mut blocks, block, place);
            }
        }
        blocks.shrink_to_fit();
        blocks
    }

    /// Adds a block; a list right beneath a decision belongs to it.
    fn add(&mut self, blocks: &mut Vec<Block>, block: Block, place: &Place) {
        if place.top && !matches!(block, Block::Table(_)) {
            self.caption_without_table();
        }
        match (blocks.last_mut(), block) {
            (Some(Block::Decision(decision)), Block::List(list))
                if !decision.blocks.iter().any(|block| matches!(block, Block::List(_))) =>
            {
                decision.blocks.push(Block::List(list));
            }
            (_, block) => blocks.push(block),
        }
    }

    fn block(
        &mut self,
        event: Event<'t>,
        range: &Range<usize>,
        events: &mut Events<'t>,
        place: &Place,
    ) -> Option<Block> {
        match event {
            Event::Rule => Some(Block::Rule),
            Event::Html(html) => self.html(&html, range),
            Event::Start(tag) => match tag {
                Tag::Paragraph => self.paragraph(range, events, place),
                Tag::Heading { level, id, classes, attrs } => {
                    let mut content = self.inlines(events, 0);
                    abbreviations::mark(&mut content, self.text.glossary, &mut HashSet::new());
                    let mut classes: Vec<String> = classes.iter().map(ToString::to_string).collect();
                    let attributes: Vec<(String, String)> = attrs
                        .iter()
                        .map(|(key, value)| (key.to_string(), value.as_deref().unwrap_or("").to_owned()))
                        .collect();
                    let span = self.span(range);
                    let in_minutes = matches!(self.text.numbering, Numbering::Minutes { .. });
                    let is_minute = in_minutes
                        && place.top
                        && depth_of(level) <= 2
                        && !classes.iter().any(|class| class == "unnumbered");
                    self.heading_marks(is_minute, &classes, &attributes, span);
                    if (in_minutes || self.narrative.is_some()) && !place.top {
                        // A heading in a quotation or a list is no minute, and one in a narrative no section.
                        classes.push("unnumbered".to_owned());
                    }
                    Some(self.heading(depth_of(level), id.as_deref(), content, classes, attributes, range))
                }
                Tag::List(start) => Some(self.list(start, events, place)),
                Tag::BlockQuote(_) => Some(Block::Quote(self.blocks(events, &place.within()))),
                Tag::CodeBlock(kind) => Some(self.code(&kind, range, events)),
                Tag::HtmlBlock => {
                    let mut html = String::new();
                    for (event, _) in events.by_ref() {
                        match event {
                            Event::End(TagEnd::HtmlBlock) => break,
                            Event::Html(text) | Event::Text(text) => html.push_str(&text),
                            _ => {}
                        }
                    }
                    self.html(&html, range)
                }
                Tag::Table(_) if self.narrative.is_some() => {
                    self.not_in_a_cell(range, "a table");
                    skip(events);
                    None
                }
                Tag::Table(alignments) => Some(self.table(&alignments, range, events)),
                Tag::FootnoteDefinition(label) => {
                    let blocks = self.blocks(events, &place.within());
                    let span = self.span(range);
                    self.footnotes.defined.insert((self.narrative, label.to_string()), (blocks, span));
                    None
                }
                _ => {
                    // Nothing else is switched on; should Markdown gain a new block, its text is still kept.
                    Some(Block::Quote(self.blocks(events, &place.within())))
                }
            },
            _ => None,
        }
    }

    fn too_deep(&mut self, events: &mut Events<'t>, range: &Range<usize>) {
        let span = self.span(range);
        self.findings.push(
            Finding::error(
                codes::UNREADABLE,
                span,
                format!("lists and quotations stand here more than {DEEPEST} deep in each other"),
            )
            .help("remove levels of indentation or of `>`"),
        );
        skip(events);
    }

    /// An address that nothing else in the paper has.
    fn anchor(&mut self, wanted: String) -> String {
        let Some(mut count) = self.anchors.get(&wanted).copied() else {
            self.anchors.insert(wanted.clone(), 1);
            return wanted;
        };
        loop {
            count += 1;
            let other = format!("{wanted}-{count}");
            if !self.anchors.contains_key(&other) {
                self.anchors.insert(other.clone(), 1);
                self.anchors.insert(wanted, count);
                return other;
            }
        }
    }

    fn html(&mut self, html: &str, range: &Range<usize>) -> Option<Block> {
        let clean = html::block(html);
        if clean.dropped {
            self.dropped_html(range);
        }
        (!clean.html.is_empty()).then_some(Block::Html(clean.html))
    }

    pub(super) fn dropped_html(&mut self, range: &Range<usize>) {
        let span = self.span(range);
        self.findings.push(
            Finding::warning(
                codes::DROPPED_HTML,
                span,
                "this HTML is not one of the few harmless elements, so it is left out",
            )
            .help("write it in Markdown; docs/authoring.md lists the elements that may stand in a text"),
        );
    }

    fn finish(mut self, blocks: Vec<Block>) -> Document {
        self.caption_without_table();
        let mut footnotes: Vec<Footnote> = Vec::new();
        let mut cited: BTreeSet<(usize, Label, usize)> = BTreeSet::new();
        for (label, (number, citations)) in &self.footnotes.cited {
            cited.insert((*number, label.clone(), *citations));
        }
        for (number, label, citations) in cited {
            let blocks = self.footnotes.defined.remove(&label).map(|(blocks, _)| blocks).unwrap_or_default();
            footnotes.push(Footnote { number, blocks, citations });
        }
        for ((_, label), (_, span)) in &self.footnotes.defined {
            self.findings.push(
                Finding::warning(
                    codes::UNREACHED_PAPER,
                    *span,
                    format!("nothing cites the footnote `{label}`, so it is left out"),
                )
                .help(format!("cite it with `[^{label}]`, or remove it")),
            );
        }
        self.document.blocks = blocks;
        self.document.footnotes = footnotes;
        self.findings.finish();
        self.document
    }
}

/// Passes over everything up to the end of what has just been opened.
pub(super) fn skip(events: &mut Events<'_>) {
    let mut open = 1;
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => {
                open -= 1;
                if open == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
}

fn starts_block(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Superscript
                | Tag::Subscript
        ),
        Event::Rule | Event::Html(_) => true,
        _ => false,
    }
}

/// Whether an event ends the line of text of a tight list item.
pub(super) fn ends_line(event: &Event<'_>) -> bool {
    matches!(event, Event::End(_)) || starts_block(event)
}

fn depth_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
