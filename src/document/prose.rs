//! The words of a paper as a reader meets them, each run of them still knowing where it stands in its file.
//!
//! Rules about what is written (dates, names, figures, references in words) read these runs. A run is as long, byte for
//! byte, as what it stands for in the file: marks, links' addresses, references and the like are blanks in it. So any place
//! in a run is a place in the file.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::narratives;
use crate::text::{Source, SourceId, Span};

/// What a run of words is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunKind {
    /// A line of the head, or of the block of a generated table: a title, a note, a caption.
    Head,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// The caption of a table.
    Caption,
}

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What it is part of.
    pub kind: RunKind,
    /// The words, with blanks for what is not words.
    pub text: String,
    source: SourceId,
    start: usize,
}

impl Run {
    /// The place in the file of a range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.start + range.start..self.start + range.end)
    }

    /// The sentences, with where each stands in the text. A full stop within a figure or after an initial ends none.
    pub fn sentences(&self) -> Vec<(Range<usize>, &str)> {
        let mut sentences = Vec::new();
        let mut start = 0;
        let bytes = self.text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let ends = matches!(byte, b'.' | b'!' | b'?') && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
            let initial =
                at >= 1 && bytes[at - 1].is_ascii_uppercase() && (at < 2 || !bytes[at - 2].is_ascii_alphanumeric());
            if ends && !initial {
                sentences.push((start..at + 1, &self.text[start..=at]));
                start = at + 1;
            }
        }
        if !self.text[start..].trim().is_empty() {
            sentences.push((start..self.text.len(), &self.text[start..]));
        }
        sentences
    }
}

/// A link or a reference, and the words that a reader follows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkInText {
    /// Where it leads, as written.
    pub address: String,
    /// Its words; nothing for a reference that is printed by what it leads to.
    pub words: Option<String>,
    /// A picture stands in it, which speaks for it.
    pub has_picture: bool,
    /// Where it stands.
    pub span: Span,
}

/// A picture, and what is said to those who do not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureInText {
    /// Its file, as written.
    pub file: String,
    /// Its alternative text.
    pub alternative: String,
    /// Where it stands.
    pub span: Span,
}

/// The words of a paper in the order of its file: those of the head first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    runs: Vec<Run>,
    /// Its links and references, in order.
    pub links: Vec<LinkInText>,
    /// Its pictures, in order.
    pub pictures: Vec<PictureInText>,
}

impl Prose {
    /// Reads the words of a paper's file: the head stands in `head`, the Markdown in `body`. `generated` are the first words
    /// of fences that hold the YAML of a table or chart.
    pub fn read(source: &Source, id: SourceId, head: Range<usize>, body: Range<usize>, generated: &[&str]) -> Self {
        let prose = Self::default();
        let mut reader = Reader { source, id, prose, open: None, link: None, base: body.start };
        reader.yaml(head);
        reader.markdown(source.text.get(body).unwrap_or(""), generated);
        reader.prose
    }

    /// What is read: everything but the head.
    pub fn body(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.kind != RunKind::Head)
    }

    /// Everything, the head too.
    pub fn all(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter()
    }
}

struct Reader<'s> {
    source: &'s Source,
    id: SourceId,
    prose: Prose,
    /// The run that is being read, and the pieces of text in it so far, as ranges of the file.
    open: Option<(RunKind, Vec<Range<usize>>)>,
    /// The link that is being read: its place among the links.
    link: Option<usize>,
    /// Where the Markdown begins in the file.
    base: usize,
}

impl Reader<'_> {
    /// Each line of YAML is a run, without comments. Quotes and brackets stay: no rule minds them. What is said of rules
    /// quotes what they found, and is left out.
    fn yaml(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let mut of_rules = false;
        for line in self.source.text.get(range).unwrap_or("").split_inclusive('\n') {
            of_rules = line.starts_with("rules:") || of_rules && line.starts_with([' ', '-', '\r', '\n']);
            let words = if of_rules { "" } else { line.split(" #").next().unwrap_or("").trim_end() };
            if !matches!(words.trim(), "" | "---") && !words.trim_start().starts_with('#') {
                self.prose.runs.push(Run { kind: RunKind::Head, text: words.to_owned(), source: self.id, start: at });
            }
            at += line.len();
        }
    }

    fn markdown(&mut self, markdown: &str, generated: &[&str]) {
        let options = super::builder::markdown_options();
        // What stands within these is not words of the paper: a reference's target, a picture's description.
        let mut hidden = 0_usize;
        let mut code: Option<bool> = None;
        // The lines of a generated block, without the marks of what holds it.
        let mut keys: Vec<Range<usize>> = Vec::new();
        for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
            self.link_or_picture(&event, &range);
            match event {
                Event::Start(Tag::Paragraph) => self.begin(RunKind::Paragraph),
                Event::Start(Tag::Heading { .. }) => self.begin(RunKind::Heading),
                Event::Start(Tag::TableCell) => self.begin(RunKind::Cell),
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.close();
                    let word = match &kind {
                        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
                        CodeBlockKind::Indented => "",
                    };
                    code = Some(generated.contains(&word));
                }
                Event::End(TagEnd::CodeBlock) => {
                    self.generated(&std::mem::take(&mut keys));
                    code = None;
                }
                Event::Start(
                    Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. } | Tag::Image { .. },
                ) => {
                    hidden += 1;
                }
                Event::Start(Tag::Link { .. }) if hidden > 0 => hidden += 1,
                Event::End(TagEnd::Link | TagEnd::Image) => hidden = hidden.saturating_sub(1),
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
                Event::Start(_) | Event::End(_) | Event::Rule => self.close(),
                Event::Text(_) => match code {
                    Some(true) => keys.push(self.base + range.start..self.base + range.end),
                    Some(false) => {}
                    None if hidden == 0 => self.piece(range),
                    None => {}
                },
                _ => {}
            }
        }
        self.close();
    }

    /// The keys of a generated block, and the Markdown of its narratives.
    fn generated(&mut self, lines: &[Range<usize>]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let source = self.source;
        let (keys, narratives) = narratives::parts(source.text.get(first.start..last.end).unwrap_or(""));
        let Some(narratives) = narratives else {
            lines.iter().for_each(|line| self.yaml(line.clone()));
            return;
        };
        self.yaml(first.start..first.start + keys.end);
        let outside = std::mem::replace(&mut self.base, first.start + narratives.start);
        self.markdown(source.text.get(self.base..last.end).unwrap_or(""), &[]);
        self.base = outside;
    }

    /// Keeps links and pictures, with the words that stand in them.
    fn link_or_picture(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let span = Span::new(self.id, self.base + range.start..self.base + range.end);
        let links = &mut self.prose.links;
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                let words = (!bare).then(String::new);
                self.link = Some(links.len());
                links.push(LinkInText { address: dest_url.to_string(), words, has_picture: false, span });
            }
            Event::End(TagEnd::Link) => self.link = None,
            Event::Start(Tag::Image { dest_url, .. }) => {
                if let Some(link) = self.link.and_then(|at| links.get_mut(at)) {
                    link.has_picture = true;
                }
                let picture = PictureInText { file: dest_url.to_string(), alternative: String::new(), span };
                self.prose.pictures.push(picture);
            }
            Event::Text(text) | Event::Code(text) => {
                // The words of a picture stand within its place, and are told apart from a link's by that.
                match self.prose.pictures.last_mut().filter(|picture| span.end <= picture.span.end) {
                    Some(picture) => picture.alternative.push_str(text),
                    None => {
                        let link = self.link.and_then(|at| links.get_mut(at));
                        if let Some(words) = link.and_then(|link| link.words.as_mut()) {
                            words.push_str(text);
                        }
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                let link = self.link.and_then(|at| links.get_mut(at));
                if let Some(words) = link.and_then(|link| link.words.as_mut()) {
                    words.push(' ');
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: RunKind) {
        self.close();
        self.open = Some((kind, Vec::new()));
    }

    fn piece(&mut self, range: Range<usize>) {
        // The text of a tight list item stands in it without a paragraph.
        let (_, pieces) = self.open.get_or_insert_with(|| (RunKind::Item, Vec::new()));
        pieces.push(self.base + range.start..self.base + range.end);
    }

    fn close(&mut self) {
        let Some((kind, pieces)) = self.open.take() else { return };
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let start = first.start;
        let mut text = String::with_capacity(last.end - start);
        for piece in &pieces {
            // The parser gives pieces in order; should one overlap, the words stand once.
            let from = piece.start.max(start + text.len());
            text.extend(std::iter::repeat_n(' ', from - start - text.len()));
            text.push_str(self.source.text.get(from..piece.end.max(from)).unwrap_or(""));
        }
        let kind = if kind == RunKind::Paragraph && text.starts_with("Table: ") { RunKind::Caption } else { kind };
        blank_attributes(&mut text);
        if !text.trim().is_empty() {
            self.prose.runs.push(Run { kind, text, source: self.id, start });
        }
    }
}

/// A paragraph's name and classes, `{#name .class}` at its end, are not words.
fn blank_attributes(text: &mut String) {
    let kept = text.trim_end();
    if !kept.ends_with('}') {
        return;
    }
    if let Some(at) = kept.rfind('{').filter(|at| kept[at + 1..].starts_with(['#', '.'])) {
        let blanks = text.len() - at;
        text.truncate(at);
        text.extend(std::iter::repeat_n(' ', blanks));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(text: &str) -> Vec<(RunKind, String)> {
        let source = Source::new("a.md", text);
        let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &["spending"]);
        prose.all().map(|run| (run.kind, run.text.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
    }

    #[test]
    fn words_are_kept_and_marks_are_not() {
        let text = "## The **plan** {#plan}\n\nOn *Wednesday*\n12 July, see [[appendix 1]] or [here](https://x.org). {#when}\n\n\
                    - one\n  - two `code`\n\nTable: What was `spent` {#t}\n\n| A | B |\n|---|---|\n| 1 | [[minute 5\\|the minute]] |\n\n\
                    ```\ncode\n```\n\n```spending\ncaption: Spent to 31 March # so far\n```\n";
        let expected = [
            (RunKind::Heading, "The plan"),
            (RunKind::Paragraph, "On Wednesday 12 July, see or here ."),
            (RunKind::Item, "one"),
            (RunKind::Item, "two"),
            (RunKind::Caption, "Table: What was"),
            (RunKind::Cell, "A"),
            (RunKind::Cell, "B"),
            (RunKind::Cell, "1"),
            (RunKind::Cell, "the minute"),
            (RunKind::Head, "caption: Spent to 31 March"),
        ];
        assert_eq!(runs(text), expected.map(|(kind, words)| (kind, words.to_owned())));
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let source = Source::new("a.md", "It cost £1.50 (10.5%). Cllr J. Innes asked why? Nobody knew");
        let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &[]);
        let run = prose.body().next().expect("a run");
        let sentences: Vec<&str> = run.sentences().iter().map(|(_, words)| words.trim()).collect();
        assert_eq!(sentences, ["It cost £1.50 (10.5%).", "Cllr J. Innes asked why?", "Nobody knew"]);
    }

    #[test]
    fn links_and_pictures_are_kept_with_their_words() {
        let text = "See [the **city\nplan**](https://x.org), [[appendix 1]], [[minute 5|the `minute`]], <https://y.org> and \
                    [![A map](files/a.png)](https://z.org).\n\n![The board](files/b.png)\n";
        let source = Source::new("a.md", text);
        let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &[]);
        let links: Vec<_> =
            prose.links.iter().map(|link| (link.address.as_str(), link.words.as_deref(), link.has_picture)).collect();
        let expected = [
            ("https://x.org", Some("the city plan"), false),
            ("appendix 1", None, false),
            ("minute 5", Some("the minute"), false),
            ("https://y.org", Some("https://y.org"), false),
            ("https://z.org", Some(""), true),
        ];
        assert_eq!(links, expected);
        let pictures: Vec<_> =
            prose.pictures.iter().map(|picture| (picture.file.as_str(), picture.alternative.as_str())).collect();
        assert_eq!(pictures, [("files/a.png", "A map"), ("files/b.png", "The board")]);
        assert_eq!(&source.text[prose.links[2].span.range()], "[[minute 5|the `minute`]]");
    }

    proptest! {
        /// Whatever is written, a place in a run is the same words in the file.
        #[test]
        fn a_place_in_a_run_is_a_place_in_the_file(text in "(one|é|\\*\\*|_|\\[\\[a b\\]\\]|`c`|\n|\n\n| |- |> |\\||---|#|\\{#x\\}|<b>|&amp;|\\\\){0,40}") {
            let source = Source::new("a.md", text);
            let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &[]);
            for run in prose.all() {
                for (at, character) in run.text.char_indices().filter(|(_, character)| *character != ' ') {
                    let place = run.span(at..at + character.len_utf8()).range();
                    prop_assert_eq!(source.text.get(place).map(str::to_owned), Some(character.to_string()));
                }
            }
        }
    }
}
