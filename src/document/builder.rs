//! From Markdown events to blocks, numbering on the way.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd};

use super::attributes::{self, Attributes};
use super::number::{Counters, label};
use super::{
    Alignment, Block, Decision, DecisionKind, Document, Figure, Footnote, Generated, Glossary, Heading, Inline, List,
    ListItem, ListStyle, Named, Paragraph, TextTable, abbreviations, html, plain,
};
use crate::finding::{Finding, codes, nearest};
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
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    let markdown = text.source.text.get(text.range.clone()).unwrap_or("");
    let mut events = Parser::new_ext(markdown, options).into_offset_iter().peekable();
    let mut builder = Builder {
        text,
        findings,
        document: Document::default(),
        counters: Counters::default(),
        seen: HashSet::new(),
        anchors: HashSet::new(),
        minutes: 0,
        decisions: 0,
        tables: 0,
        figures: 0,
        list_anchor: None,
        caption: None,
        footnotes: Footnotes::default(),
    };
    let place = Place { top: true, ordered: 0, anchor: None, depth: 0 };
    let blocks = builder.blocks(&mut events, &place);
    builder.finish(blocks)
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

#[derive(Default)]
pub(super) struct Footnotes {
    /// Label to number and how often it has been cited.
    pub(super) cited: HashMap<String, (usize, usize)>,
    defined: BTreeMap<String, (Vec<Block>, Span)>,
}

pub(super) struct Builder<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) findings: &'t mut Vec<Finding>,
    pub(super) document: Document,
    counters: Counters,
    seen: HashSet<&'t str>,
    anchors: HashSet<String>,
    minutes: u32,
    decisions: u32,
    tables: u32,
    figures: u32,
    /// Address of the numbered paragraph or decision just above: the items of a list beneath it continue it.
    list_anchor: Option<String>,
    /// A caption that waits for its table.
    caption: Option<(Vec<Inline>, Attributes, Span)>,
    pub(super) footnotes: Footnotes,
}

impl<'t> Builder<'t> {
    /// The place of a range of the Markdown in its file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let base = self.text.range.start;
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
                let span = self.span(&range);
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
                    let is_minute = matches!(self.text.numbering, Numbering::Minutes { .. })
                        && place.top
                        && depth_of(level) <= 2
                        && !classes.iter().any(|class| class == "unnumbered");
                    self.heading_marks(is_minute, &classes, &attributes, span);
                    if !place.top && matches!(self.text.numbering, Numbering::Minutes { .. }) {
                        // A heading in a quotation or a list is no minute.
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
                Tag::Table(alignments) => Some(self.table(&alignments, range, events)),
                Tag::FootnoteDefinition(label) => {
                    let blocks = self.blocks(events, &place.within());
                    let span = self.span(range);
                    self.footnotes.defined.insert(label.to_string(), (blocks, span));
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
        if self.anchors.insert(wanted.clone()) {
            return wanted;
        }
        let mut count = 2;
        loop {
            let other = format!("{wanted}-{count}");
            if self.anchors.insert(other.clone()) {
                return other;
            }
            count += 1;
        }
    }

    fn heading(
        &mut self,
        level: u8,
        name: Option<&str>,
        content: Vec<Inline>,
        classes: Vec<String>,
        attributes: Vec<(String, String)>,
        range: &Range<usize>,
    ) -> Block {
        let span = self.span(range);
        if level == 1 {
            self.findings.push(
                Finding::warning(
                    codes::HEADING_LEVEL,
                    span,
                    "a heading with one `#` stands in the text; the title comes from the head",
                )
                .help("begin headings in the text with `##`"),
            );
        }
        let level = level.max(2);
        if level == 2 {
            self.seen.clear();
        }
        self.list_anchor = None;
        let words = plain(&content);
        let unnumbered = classes.iter().any(|class| class == "unnumbered");
        let number = match self.text.numbering {
            Numbering::House if !unnumbered => {
                Some(self.counters.heading(level, classes.iter().any(|class| class == "same-level")))
            }
            Numbering::Minutes { first } if level == 2 && !unnumbered => {
                let number = first.saturating_add(self.minutes);
                self.minutes += 1;
                self.decisions = 0;
                Some(super::Number(vec![number]))
            }
            _ => None,
        };
        let (anchor, printed) = match (&number, self.text.numbering) {
            (Some(number), Numbering::Minutes { .. }) => {
                (format!("minute-{}", number.slug()), format!("minute {number}"))
            }
            (Some(number), _) => (format!("section-{}", number.slug()), format!("section {number}")),
            (None, _) => (slug(&words), format!("“{words}”")),
        };
        let anchor = self.anchor(anchor);
        if let Some(name) = name {
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, self.findings);
        }
        Block::Heading(Heading { level, number, anchor, content, classes, attributes, span })
    }

    fn paragraph(&mut self, range: &Range<usize>, events: &mut Events<'t>, place: &Place) -> Option<Block> {
        let mut content = self.inlines(events, 0);
        let span = self.span(range);
        let attributes = attributes::take(&mut content);
        self.paragraph_marks(&attributes, span);
        if content.len() == 1
            && let Some(Inline::Picture { .. }) = content.first()
        {
            return self.figure(content, &attributes, span);
        }
        if place.top
            && let Some(Inline::Text(text)) = content.first_mut()
            && let Some(caption) = text.strip_prefix("Table: ")
        {
            *text = caption.to_owned();
            self.caption_without_table();
            self.caption = Some((content, attributes, span));
            return None;
        }
        let unnumbered = !place.top || attributes.classes.iter().any(|class| class == "unnumbered");
        let number = match self.text.numbering {
            Numbering::House if !unnumbered => self.counters.paragraph(),
            _ => None,
        };
        abbreviations::mark(&mut content, self.text.glossary, &mut self.seen);
        if place.top
            && let Numbering::Minutes { .. } = self.text.numbering
            && let Some(kind) = opens_decision(&content)
        {
            return Some(self.decision(kind, content, &attributes, span));
        }
        let mut anchor = number.as_ref().map(|number| format!("p{}", number.slug()));
        if anchor.is_none() {
            anchor.clone_from(&attributes.name);
        }
        let anchor = anchor.map(|anchor| self.anchor(anchor));
        if place.top {
            self.list_anchor.clone_from(&anchor);
        }
        if let (Some(name), Some(anchor)) = (&attributes.name, &anchor) {
            let printed = match &number {
                Some(number) => format!("paragraph {number}"),
                None => format!("the paragraph that begins “{}”", opening(&content)),
            };
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, self.findings);
        }
        Some(Block::Paragraph(Paragraph { number, anchor, content, span }))
    }

    fn decision(&mut self, kind: DecisionKind, content: Vec<Inline>, attributes: &Attributes, span: Span) -> Block {
        self.decisions += 1;
        let first = match self.text.numbering {
            Numbering::Minutes { first } => first,
            Numbering::House | Numbering::Off => 1,
        };
        let minute = first.saturating_add(self.minutes.saturating_sub(1));
        let anchor = self.anchor(format!("minute-{minute}-decision-{}", self.decisions));
        self.list_anchor = Some(anchor.clone());
        if let Some(name) = &attributes.name {
            let printed = format!("the decision in minute {minute}");
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, self.findings);
        }
        let opening = Block::Paragraph(Paragraph { number: None, anchor: None, content, span });
        Block::Decision(Decision { kind, anchor, blocks: vec![opening], span })
    }

    fn figure(&mut self, content: Vec<Inline>, attributes: &Attributes, span: Span) -> Option<Block> {
        let Some(Inline::Picture { file, alternative, caption }) = content.into_iter().next() else { return None };
        let number = caption.as_ref().map(|_| {
            self.figures += 1;
            self.figures
        });
        let anchor = self.anchor(number.map_or_else(|| "figure".to_owned(), |number| format!("figure-{number}")));
        if let Some(name) = &attributes.name {
            let printed = number.map_or_else(|| "the figure".to_owned(), |number| format!("Figure {number}"));
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, self.findings);
        }
        Some(Block::Figure(Figure { number, anchor, file, alternative, caption }))
    }

    fn list(&mut self, start: Option<u64>, events: &mut Events<'t>, place: &Place) -> Block {
        let style = match (start, place.ordered) {
            (None, _) => ListStyle::Bullet,
            (Some(_), 0) => ListStyle::Decimal,
            (Some(_), 1) => ListStyle::Letter,
            (Some(_), _) => ListStyle::Roman,
        };
        let prefix = match start {
            None => None,
            Some(_) if place.top => self.list_anchor.take(),
            Some(_) => place.anchor.clone(),
        };
        let mut items = Vec::new();
        let mut tight = true;
        let mut number = start.unwrap_or(1);
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(TagEnd::List(_)) => break,
                Event::Start(Tag::Item) => {
                    if place.depth > DEEPEST {
                        self.too_deep(events, &range);
                        continue;
                    }
                    let label = label(style, number);
                    let anchor = match (&prefix, &label) {
                        (Some(prefix), Some(label)) => {
                            Some(self.anchor(format!("{prefix}-{}", label.trim_end_matches(')'))))
                        }
                        _ => None,
                    };
                    let task = match events.peek() {
                        Some((Event::TaskListMarker(done), _)) => Some(*done),
                        _ => None,
                    };
                    if task.is_some() {
                        events.next();
                    }
                    tight &= !matches!(events.peek(), Some((Event::Start(Tag::Paragraph), _)));
                    let inside = Place {
                        top: false,
                        ordered: place.ordered + usize::from(start.is_some()),
                        anchor: anchor.clone(),
                        depth: place.depth + 1,
                    };
                    let blocks = self.blocks(events, &inside);
                    items.push(ListItem { label, anchor, task, blocks });
                    number = number.saturating_add(1);
                }
                _ => {}
            }
        }
        items.shrink_to_fit();
        Block::List(List { start, style, tight, items })
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>, events: &mut Events<'t>) -> Block {
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
        let base = self.text.range.start;
        let inside = inside.unwrap_or(range.end..range.end);
        let (number, anchor) = if is_table {
            self.tables += 1;
            (self.tables, format!("table-{}", self.tables))
        } else {
            self.figures += 1;
            (self.figures, format!("figure-{}", self.figures))
        };
        let anchor = self.anchor(anchor);
        Block::Generated(Generated { kind: word, range: base + inside.start..base + inside.end, number, anchor, span })
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

    fn table(
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
                self.findings,
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

    fn caption_without_table(&mut self) {
        if let Some((_, _, span)) = self.caption.take() {
            self.findings.push(
                Finding::warning(codes::WRONG_VALUE, span, "this looks like a table's caption, but no table follows it, so it is left out")
                    .help("put the caption right above its table, with an empty line between; a generated table has its caption in the block"),
            );
        }
    }

    fn finish(mut self, blocks: Vec<Block>) -> Document {
        self.caption_without_table();
        let mut footnotes: Vec<Footnote> = Vec::new();
        let mut cited: BTreeSet<(usize, String, usize)> = BTreeSet::new();
        for (label, (number, citations)) in &self.footnotes.cited {
            cited.insert((*number, label.clone(), *citations));
        }
        for (number, label, citations) in cited {
            let blocks = self.footnotes.defined.remove(&label).map(|(blocks, _)| blocks).unwrap_or_default();
            footnotes.push(Footnote { number, blocks, citations });
        }
        for (label, (_, span)) in &self.footnotes.defined {
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
        self.document
    }
}

impl Document {
    /// Gives something a name; a name twice is a finding, and the first stands.
    pub fn name(&mut self, name: &str, named: Named, findings: &mut Vec<Finding>) {
        if let Some(first) = self.names.get(name) {
            findings.push(
                Finding::error(
                    codes::DUPLICATE_NAME,
                    named.span,
                    format!("the name `{name}` is given twice in this paper"),
                )
                .also(first.span, "first given here")
                .help("give one of the two another name"),
            );
            return;
        }
        self.names.insert(name.to_owned(), named);
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

/// The kind of decision that a paragraph opens, by its first words in bold.
fn opens_decision(content: &[Inline]) -> Option<DecisionKind> {
    match content.first()? {
        Inline::Strong(words) => DecisionKind::from_opening(plain(words).trim_start()),
        _ => None,
    }
}

/// The first words of a paragraph.
fn opening(content: &[Inline]) -> String {
    let words = plain(content);
    let mut opening = words.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
    if words.split_whitespace().nth(5).is_some() {
        opening.push('…');
    }
    opening
}

/// Words as part of an address: lower-case letters, digits and hyphens.
pub(crate) fn slug(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '’') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    if out.is_empty() || out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("h-{out}").trim_end_matches('-').to_owned()
    } else {
        out
    }
}
