//! YAML as a tree of values that know where they stand.
//!
//! The parser is `granit-parser`, the one beneath `serde-saphyr`. We build our own tree from its events rather than
//! deserialise through serde, because serde stops at the first thing that is wrong with a file, and because a sum of
//! money must reach us as it was typed, not by way of a binary floating-point number. Anchors, aliases and tags are
//! refused: no officer needs them, a few lines of them can be made to explode, and a text that happens to begin with `&`
//! or `!` would lose its first word.

mod slip;

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Source, SourceId, Span};
use crate::finding::{Finding, codes};

/// No more values than this are read from one file or head. The largest council's people, each with five keys, are a
/// tenth of it; a hostile file of some megabytes could otherwise grow a hundredfold in memory.
const MOST_VALUES: usize = 100_000;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A YAML value. Scalars stay as they were typed; what they mean is for the reader of a key to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing was written after the key.
    Nothing,
    /// A word, number, date or sentence.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// What kind of value was found, completing the sentence "found …".
    pub fn found(&self) -> String {
        match &self.value {
            Value::Nothing => "nothing".to_owned(),
            Value::Scalar(text) if text.is_empty() => "an empty text".to_owned(),
            Value::Scalar(text) if text.chars().nth(60).is_some() => {
                format!("`{}…`", text.chars().take(60).collect::<String>())
            }
            Value::Scalar(text) => format!("`{text}`"),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "keys and values".to_owned(),
        }
    }
}

/// Reads the YAML that stands in `source` at `range` (a whole file, a paper's head, or a table block).
///
/// Gives the tree, or nothing if the YAML is broken or empty; pushes a finding for what is wrong. Duplicate keys are
/// reported and the first one counts.
pub fn parse(
    source: &Source,
    id: SourceId,
    range: std::ops::Range<usize>,
    findings: &mut Vec<Finding>,
) -> Option<Node> {
    let text = source.text.get(range.clone()).unwrap_or("");
    let mut builder = Builder { id, offset: range.start, text, open: Vec::new(), values: 0, root: None, findings };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => {
                if !builder.event(event, span) {
                    return None;
                }
            }
            Err(error) => {
                builder.broken(error.marker().byte_offset(), &error);
                return None;
            }
        }
    }
    builder.root
}

/// A collection whose end has not come yet.
enum Open {
    List { items: Vec<Node>, start: usize },
    Map { entries: Vec<Entry>, first: HashMap<String, Span>, key: Option<(String, Span)>, start: usize },
}

struct Builder<'a> {
    id: SourceId,
    /// Where `text` begins in its file.
    offset: usize,
    text: &'a str,
    open: Vec<Open>,
    /// How many values have been read.
    values: usize,
    root: Option<Node>,
    findings: &'a mut Vec<Finding>,
}

impl Builder<'_> {
    fn span(&self, span: granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let end = range.start + self.text.get(range.clone()).map_or(0, |text| text.trim_end().len());
        Span::new(self.id, self.offset + range.start..self.offset + end)
    }

    /// Takes one event; `false` stops the reading of this file.
    fn event(&mut self, event: Event<'_>, place: granit_parser::Span) -> bool {
        let span = self.span(place);
        if let Event::Scalar(_, _, anchor, tag)
        | Event::SequenceStart(_, anchor, tag)
        | Event::MappingStart(_, anchor, tag) = &event
        {
            self.values += 1;
            if self.values > MOST_VALUES {
                self.too_many(span);
                return false;
            }
            if *anchor > 0 || tag.is_some() {
                self.mark_before(span, if tag.is_some() { '!' } else { '&' });
            }
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let value = if nothing { Value::Nothing } else { Value::Scalar(self.without_control(&text, span)) };
                self.add(Node { value, span });
            }
            Event::SequenceStart(..) => {
                self.open.push(Open::List { items: Vec::new(), start: span.start as usize });
            }
            Event::MappingStart(..) => {
                self.open.push(Open::Map {
                    entries: Vec::new(),
                    first: HashMap::new(),
                    key: None,
                    start: span.start as usize,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::DocumentStart(..) if self.root.is_some() => {
                self.findings.push(
                    Finding::error(
                        codes::UNREADABLE,
                        span,
                        "something follows here after a line of `---` or `...`, which ends what is read",
                    )
                    .help("remove the line of `---` or `...`, or what follows it"),
                );
                return false;
            }
            Event::Alias(_) => {
                self.findings.push(
                    Finding::error(
                        codes::UNREADABLE,
                        span,
                        "an alias (`*name`) stands here, and Quorate does not use them",
                    )
                    .help("write the value out; if an asterisk is meant, put the text in quotes"),
                );
                return false;
            }
            _ => {}
        }
        true
    }

    fn close(&mut self) {
        // A collection ends where its last part ends; an empty one in flow style keeps the place of its start.
        let node = match self.open.pop() {
            Some(Open::List { items, start }) => {
                let end = items.last().map_or(start, |item| item.span.end as usize);
                Node { span: Span::new(self.id, start..end), value: Value::List(items) }
            }
            Some(Open::Map { entries, start, .. }) => {
                let end = entries.last().map_or(start, |entry| entry.value.span.end as usize);
                Node { span: Span::new(self.id, start..end), value: Value::Map(entries) }
            }
            None => return,
        };
        self.add(node);
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, first, key, .. }) => match key.take() {
                None => *key = Some((word_of_key(node.value, node.span, self.findings), node.span)),
                // A key that is no word has been reported, and nobody could ask for its value.
                Some((key, _)) if key.is_empty() => {}
                Some((key, key_span)) => {
                    if let Some(first) = first.get(&key) {
                        self.findings.push(
                            Finding::error(
                                codes::DUPLICATE_KEY,
                                key_span,
                                format!("the key `{key}` stands here a second time"),
                            )
                            .also(*first, "first here")
                            .help("keep one of the two"),
                        );
                    } else {
                        first.insert(key.clone(), key_span);
                        entries.push(Entry { key, key_span, value: node });
                    }
                }
            },
        }
    }

    fn too_many(&mut self, span: Span) {
        let message = "more values stand here than can be read: a file or a head may hold 100,000";
        self.findings.push(
            Finding::error(codes::UNREADABLE, span, message)
                .help("look for something that stands here again and again; figures for a table go into a CSV file"),
        );
    }

    /// Reports an anchor or a tag, which stands before the value at `span`, and whose words the value has lost.
    fn mark_before(&mut self, span: Span, mark: char) {
        let end = (span.start as usize).saturating_sub(self.offset);
        let before = self.text.get(..end).unwrap_or("");
        // What belongs to a list or to keys may stand in the line above them.
        let near = floor(before, before.len().saturating_sub(200));
        let at = before.get(near..).unwrap_or("").rfind(mark).map_or(before.len(), |at| near + at);
        let place = Span::new(self.id, self.offset + at..self.offset + at + 1);
        self.findings.push(
            Finding::error(
                codes::UNREADABLE,
                place,
                format!("a word that begins with `{mark}` stands before a value here"),
            )
            .help("if it is part of the text, put the text in quotation marks; if not, remove it"),
        );
    }

    /// The text of a scalar. A control character written as `\x07` between quotation marks is one all the same.
    fn without_control(&mut self, text: &str, span: Span) -> String {
        let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        let Some(first) = text.chars().find(|c| acts(*c)) else { return text.to_owned() };
        let message = format!("this text holds the control character U+{:04X}, which nobody can see", u32::from(first));
        self.findings.push(
            Finding::error(codes::UNREADABLE, span, message)
                .help("a backslash between double quotation marks makes one: use single marks, or write it twice"),
        );
        text.replace(acts, " ")
    }

    fn broken(&mut self, offset: Option<usize>, error: &granit_parser::ScanError) {
        let at = floor(self.text, offset.unwrap_or(0).min(self.text.len()));
        let (at, what, help) = match slip::find(self.text, at, &error.info()) {
            Some(slip) => (slip.at, slip.what, slip.help),
            None => (
                at,
                format!("this cannot be read as keys and values: {}", error.info()),
                "look at this line and the one above it: a missing colon, a missing space after a colon or dash, an \
                 unclosed quotation mark or bracket"
                    .to_owned(),
            ),
        };
        let span = Span::new(self.id, self.offset + at..self.offset + at);
        self.findings.push(Finding::error(codes::UNREADABLE, span, what).help(help));
    }
}

/// A key is a word; anything else is reported and stands for an empty word.
fn word_of_key(value: Value, span: Span, findings: &mut Vec<Finding>) -> String {
    let (what, help) = match value {
        Value::Scalar(text) if !text.trim().is_empty() => return text,
        Value::Nothing | Value::Scalar(_) => {
            ("a colon stands here without a key before it", "write the key before the colon, or remove the line")
        }
        Value::List(_) | Value::Map(_) => (
            "a key must be a word, not a list or keys and values",
            "if braces or brackets are meant as text, put the text in quotes",
        ),
    };
    findings.push(Finding::error(codes::UNREADABLE, span, what).help(help));
    String::new()
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<Node>, Vec<Finding>) {
        let mut findings = Vec::new();
        let source = Source::new("a.yaml", text);
        let node = parse(&source, SourceId(0), 0..source.text.len(), &mut findings);
        (node, findings)
    }

    #[test]
    fn scalars_stay_as_typed_and_know_their_place() {
        let (node, findings) = read("sum: 546304.00\ndate: 2023-07-12\n");
        assert_eq!(findings, []);
        let Some(Node { value: Value::Map(entries), .. }) = node else { panic!("a map") };
        assert_eq!(entries[0].value.value, Value::Scalar("546304.00".into()));
        assert_eq!(entries[0].value.span.range(), 5..14);
        assert_eq!(entries[1].key_span.range(), 15..19);
    }

    #[test]
    fn a_key_twice_is_found_and_the_rest_is_read() {
        let (node, findings) = read("a: 1\na: 2\nb: 3\n");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].code, codes::DUPLICATE_KEY);
        let Some(Node { value: Value::Map(entries), .. }) = node else { panic!("a map") };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn a_tab_is_called_a_tab() {
        let (_, findings) = read("items:\n\t- one\n");
        assert!(findings[0].message.contains("tab"), "{findings:?}");
    }

    #[test]
    fn aliases_are_refused() {
        let (node, findings) = read("a: &x [1]\nb: *x\n");
        assert!(node.is_none());
        assert_eq!(findings[0].code, codes::UNREADABLE);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[ \\t\\n:\\-\\[\\]{}\"'&*a-c£#|>]{0,60}") {
            let (node, findings) = read(&text);
            // What holds nothing but blanks and comments is neither read nor reported.
            let says_nothing = text.lines().all(|line| matches!(line.trim_start().chars().next(), None | Some('#')));
            prop_assert!(node.is_some() || !findings.is_empty() || says_nothing, "{text:?}");
        }
    }
}
