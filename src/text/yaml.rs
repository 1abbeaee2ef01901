//! YAML as a tree of values that know where they stand.
//!
//! The parser is `granit-parser`, the one beneath `serde-saphyr`. We build our own tree from its events rather than
//! deserialise through serde, because serde stops at the first thing that is wrong with a file, and because a sum of
//! money must reach us as it was typed, not by way of a binary floating-point number. Anchors and aliases are refused:
//! no officer needs them, and a few lines of them can be made to explode.

mod slip;

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Source, SourceId, Span};
use crate::finding::{Finding, codes};

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
            Value::Scalar(text) if text.chars().count() > 60 => {
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
    let mut builder = Builder { id, offset: range.start, text, open: Vec::new(), root: None, findings };
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
        match event {
            Event::Scalar(text, style, ..) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let value = if nothing { Value::Nothing } else { Value::Scalar(text.into_owned()) };
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
                    Finding::error(codes::UNREADABLE, span, "a second YAML document starts here")
                        .help("keep one document in a file; remove the line of `---`"),
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
                None => *key = Some(word_of_key(node, self.findings)),
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
fn word_of_key(node: Node, findings: &mut Vec<Finding>) -> (String, Span) {
    let word = match node.value {
        Value::Scalar(text) => text,
        Value::Nothing => String::new(),
        Value::List(_) | Value::Map(_) => {
            findings.push(
                Finding::error(codes::UNREADABLE, node.span, "a key must be a word, not a list or keys and values")
                    .help("if braces or brackets are meant as text, put the text in quotes"),
            );
            String::new()
        }
    };
    (word, node.span)
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
