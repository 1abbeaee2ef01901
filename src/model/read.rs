//! From a YAML tree to typed values, collecting every finding on the way.
//!
//! A type that can stand in a file implements [`Read`]. Structs are declared with `record!` (in `macros`), which writes down
//! each key beside its type once; from that come the reading, the list of known keys for near misses, and the JSON Schema
//! ([`schema`]). Nothing here stops at the first mistake.

mod macros;
pub mod schema;

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator};

use crate::calendar::{self, Moment};
use crate::figures;
use crate::finding::{Finding, codes, did_you_mean};
use crate::text::yaml::{Entry, Node, Value};
use crate::text::{Span, Spanned};

pub(crate) use macros::{id, record, words};

/// A value that can be read from a file.
pub trait Read: Sized {
    /// What is expected, completing the sentence "expected …".
    fn expected() -> Cow<'static, str>;

    /// Reads the value; pushes findings and gives nothing if it cannot be read.
    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self>;

    /// The value that stands for a key left out, if it may be.
    fn absent() -> Option<Self> {
        None
    }

    /// What may be written, for editors. It must allow all that [`Read::read`] accepts.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// The value as it is written in a file, for those types that have defaults.
    fn written(&self) -> Option<serde_json::Value> {
        None
    }
}

/// Reports that something else was expected.
pub fn wrong<T: Read>(node: &Node, findings: &mut Vec<Finding>) -> Option<T> {
    let message = format!("expected {}, found {}", T::expected(), node.found());
    findings.push(Finding::error(codes::WRONG_VALUE, node.span, message));
    None
}

/// Reads a scalar with `parse`, or reports that something else was expected.
pub fn parsed<T: Read>(node: &Node, parse: impl FnOnce(&str) -> Option<T>, findings: &mut Vec<Finding>) -> Option<T> {
    scalar(node).and_then(parse).or_else(|| wrong(node, findings))
}

/// Like [`wrong`], with the value that was probably meant written as it should be.
fn wrong_with_help<T: Read>(node: &Node, meant: fn(&str) -> Option<String>, findings: &mut Vec<Finding>) -> Option<T> {
    let before = findings.len();
    let none = wrong(node, findings);
    if let (Some(meant), Some(finding)) = (scalar(node).and_then(meant), findings.get_mut(before)) {
        finding.help = Some(format!("write `{meant}`"));
    }
    none
}

/// Like [`wrong`], for what is written as keys and values, with the form that they take.
pub fn wrong_keys<T: Read>(node: &Node, keys: &[&'static str], findings: &mut Vec<Finding>) -> Option<T> {
    let before = findings.len();
    let none = wrong(node, findings);
    if let Some(finding) = findings.get_mut(before) {
        let shown: Vec<String> = keys.iter().take(2).map(|key| format!("{key}: ...")).collect();
        let more = if keys.len() > shown.len() { ", and so on" } else { "" };
        finding.help = Some(format!("write each after its key, such as `{{{}}}`{more}", shown.join(", ")));
    }
    none
}

/// The scalar of a node, if it is one.
pub fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(text) => Some(text.trim()),
        _ => None,
    }
}

impl Read for String {
    fn expected() -> Cow<'static, str> {
        "words".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match scalar(node) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => wrong(node, findings),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "words", |_| schema::words(&Self::expected()))
    }

    fn written(&self) -> Option<serde_json::Value> {
        Some(self.as_str().into())
    }
}

impl Read for bool {
    fn expected() -> Cow<'static, str> {
        "`true` or `false`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match scalar(node).map(str::to_lowercase).as_deref() {
            Some("true" | "yes" | "on") => Some(true),
            Some("false" | "no" | "off") => Some(false),
            _ => wrong(node, findings),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "truth", |_| schema::truth(&Self::expected()))
    }

    fn written(&self) -> Option<serde_json::Value> {
        Some((*self).into())
    }
}

impl Read for u32 {
    fn expected() -> Cow<'static, str> {
        "a whole number".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        parsed(node, |text| text.parse().ok(), findings)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "whole-number", |_| schema::count_or(&Self::expected(), r"\+?[0-9]+"))
    }

    fn written(&self) -> Option<serde_json::Value> {
        Some((*self).into())
    }
}

impl Read for Decimal {
    fn expected() -> Cow<'static, str> {
        "a figure, such as `409,728.00`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        parsed(node, figures::parse, findings)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "figure", |_| schema::figure(&Self::expected(), "[0-9]+", ""))
    }
}

impl Read for NaiveDate {
    fn expected() -> Cow<'static, str> {
        "a date that exists, written year-month-day, such as `2023-07-12`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match scalar(node).and_then(calendar::parse_date) {
            Some(date) => Some(date),
            None => wrong_with_help(node, calendar::date_meant, findings),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "date", |_| schema::text(&Self::expected(), schema::DATE))
    }
}

impl Read for NaiveTime {
    fn expected() -> Cow<'static, str> {
        "a time of day, such as `10:00`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match scalar(node).and_then(calendar::parse_time) {
            Some(time) => Some(time),
            None => wrong_with_help(node, calendar::time_meant, findings),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "time", |_| schema::text(&Self::expected(), schema::TIME))
    }
}

impl Read for Moment {
    fn expected() -> Cow<'static, str> {
        "a date that exists, or a date and a time, such as `2023-07-04` or `2023-07-04 17:00`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match scalar(node).and_then(Moment::parse) {
            Some(moment) => Some(moment),
            None => wrong_with_help(node, calendar::moment_meant, findings),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let form = format!(r"{}([T ]\s*{})?", schema::DATE, schema::TIME);
        schema::defined(generator, "moment", |_| schema::text(&Self::expected(), &form))
    }
}

impl<T: Read> Read for Option<T> {
    fn expected() -> Cow<'static, str> {
        T::expected()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match node.value {
            Value::Nothing => Some(None),
            _ => T::read(node, findings).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let schema = T::schema(generator);
        schema::or_nothing(generator, &schema)
    }
}

impl<T: Read> Read for Spanned<T> {
    fn expected() -> Cow<'static, str> {
        T::expected()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        T::read(node, findings).map(|value| Spanned::new(value, node.span))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// A list; a single value is taken for a list of one, and nothing for an empty list.
impl<T: Read> Read for Vec<T> {
    fn expected() -> Cow<'static, str> {
        format!("a list, each of it {}", T::expected()).into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.value {
            Value::Nothing => Some(Vec::new()),
            Value::List(nodes) => Some(nodes.iter().filter_map(|node| T::read(node, findings)).collect()),
            _ => T::read(node, findings).map(|value| vec![value]),
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::list(&T::schema(generator))
    }
}

/// Keys that the writer chooses, in the order written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T>(pub Vec<(Spanned<String>, T)>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Read> Read for Table<T> {
    fn expected() -> Cow<'static, str> {
        format!("keys, and for each {}", T::expected()).into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.value {
            Value::Nothing => Some(Self::default()),
            Value::Map(entries) => Some(Self(
                entries
                    .iter()
                    .filter_map(|entry| {
                        let value = T::read(&entry.value, findings)?;
                        Some((Spanned::new(entry.key.trim().to_owned(), entry.key_span), value))
                    })
                    .collect(),
            )),
            _ => wrong(node, findings),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::table(&T::schema(generator))
    }
}

/// Looks up a key.
pub fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.key == key)
}

/// Reads the value of one key of a map. A key left out takes its default or is reported as missing; a value that
/// cannot be read has been reported, and the default stands in so that the rest can still be checked.
pub fn field<T: Read>(
    entries: &[Entry],
    key: &'static str,
    whole: Span,
    default: Option<T>,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    let default = default.or_else(T::absent);
    match find(entries, key) {
        Some(entry) => T::read(&entry.value, findings).or(default),
        None if default.is_some() => default,
        None => {
            findings.push(
                Finding::error(
                    codes::MISSING_KEY,
                    Span { end: whole.start, ..whole },
                    format!("the key `{key}` is missing"),
                )
                .help(format!("add `{key}:` with {}", T::expected())),
            );
            None
        }
    }
}

/// Reports each key that is none of `known`.
pub fn unknown_keys(entries: &[Entry], known: &[&'static str], findings: &mut Vec<Finding>) {
    for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
        let help = did_you_mean(&entry.key, known.iter().copied())
            .unwrap_or_else(|| format!("the keys possible here are {}", list_words(known)));
        findings.push(
            Finding::error(codes::UNKNOWN_KEY, entry.key_span, format!("nobody knows the key `{}` here", entry.key))
                .help(help),
        );
    }
}

fn list_words(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
