//! Whether everything that is named exists.
//!
//! Only what the record needs to hold together is checked here: ids, addresses, references, places of files. What the
//! law and good practice ask of the papers is for the rules.

mod heads;
mod ids;
mod meetings;
mod model;
mod places;
mod texts;

use std::collections::{BTreeSet, HashSet};

use super::Record;
use super::references::References;
use crate::finding::{Finding, codes, did_you_mean};
use crate::model::PaperId;
use crate::text::yaml::{Node, Value};
use crate::text::{SourceId, Sources, Span, Spanned};

/// How many names are compared with what was written, in one run, to find out what was meant. More than any real run
/// needs; without it, a hundred thousand wrong names against as many right ones would take hours.
const MOST_COMPARED: usize = 2_000_000;

/// What stands in the files of people, offices and so on, whether or not it could be read: what names it is not told
/// that it does not exist.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Files of which nothing could be read.
    unreadable: BTreeSet<String>,
    /// Keys at the top of a file, and those of the authority's contacts: path and key.
    keys: HashSet<(String, String)>,
}

impl Written {
    /// Nothing could be read of a file, or it is not there and has been asked for.
    pub(super) fn unreadable(&mut self, path: &str) {
        self.unreadable.insert(path.to_owned());
    }

    /// Notes the keys of a file.
    pub(super) fn add(&mut self, path: &str, node: Option<&Node>) {
        let Some(Node { value: Value::Map(entries), .. }) = node else {
            if node.is_some() {
                self.unreadable(path);
            }
            return;
        };
        let named = match path {
            "people.yaml" | "organisations.yaml" | "offices.yaml" => entries,
            "authority.yaml" => {
                match entries.iter().find(|entry| entry.key == "contacts").map(|entry| &entry.value.value) {
                    Some(Value::Map(contacts)) => contacts,
                    _ => return,
                }
            }
            _ => return,
        };
        self.keys.extend(named.iter().map(|entry| (path.to_owned(), entry.key.trim().to_owned())));
    }

    /// Whether a key stands in a file, or may for all we know.
    fn has(&self, path: &str, key: &str) -> bool {
        self.unreadable.contains(path) || self.keys.contains(&(path.to_owned(), key.to_owned()))
    }
}

/// Checks the whole record.
pub(super) fn check(record: &Record, sources: &Sources, written: &Written, findings: &mut Vec<Finding>) {
    let references = References::new(
        record.papers.values().map(|paper| &**paper),
        record.meetings.keys(),
        &record.model.people,
        &record.model.bodies,
    );
    let paths: HashSet<&str> = sources.iter().map(|(_, source)| source.path.as_str()).collect();
    let unread = paths
        .iter()
        .filter_map(|path| path.strip_suffix(".md"))
        .filter(|path| *path != "README" && !record.papers.contains_key(&PaperId((*path).to_owned())))
        .collect();
    let misread = findings.iter().map(|finding| (finding.primary.span.source, finding.primary.span.start)).collect();
    let mut check = Check { record, sources, paths, unread, written, misread, compared: 0, references, findings };
    check.authority();
    check.bodies();
    check.offices();
    check.circles();
    check.forms();
    for paper in record.papers.values() {
        check.place(paper);
        check.own_address(paper);
        check.head(paper);
        check.text(paper);
    }
}

struct Check<'r, 'f> {
    record: &'r Record,
    sources: &'r Sources,
    /// Files that are there, whether they could be read or not: what names one that could not is not told of it again.
    paths: HashSet<&'r str>,
    /// Papers that are there but could not be read, by path without `.md`.
    unread: BTreeSet<&'r str>,
    written: &'r Written,
    /// Where something has been found already.
    misread: BTreeSet<(SourceId, u32)>,
    /// How many names have been compared to find out what was meant.
    compared: usize,
    references: References<'r>,
    findings: &'f mut Vec<Finding>,
}

impl Check<'_, '_> {
    fn unknown<'a>(
        &mut self,
        what: &str,
        written: &Spanned<impl AsRef<str>>,
        file: &str,
        possible: impl ExactSizeIterator<Item = &'a str>,
    ) {
        let name = written.value.as_ref();
        let meant = if self.may_compare(possible.len()) { did_you_mean(name, possible) } else { None };
        let help = meant.unwrap_or_else(|| format!("add it to {file}, or correct the name"));
        self.findings.push(
            Finding::error(codes::UNKNOWN_REFERENCE, written.span, format!("there is no {what} `{name}`")).help(help),
        );
    }

    /// Whether one more name may be compared with so many.
    fn may_compare(&mut self, count: usize) -> bool {
        self.compared = self.compared.saturating_add(count);
        self.compared <= MOST_COMPARED
    }

    /// Whether something within a place has been found wrong already, so that it may hold more than could be read.
    fn is_misread(&self, span: Span) -> bool {
        self.misread.range((span.source, span.start)..=(span.source, span.end)).next().is_some()
    }

    /// Whether a paper that could not be read lies in a folder: whatever is missed there may stand in it.
    fn has_unread(&self, folder: &str) -> bool {
        if folder.is_empty() {
            return !self.unread.is_empty();
        }
        let beneath = format!("{folder}/");
        self.unread.range(beneath.as_str()..).next().is_some_and(|path| path.starts_with(&beneath))
    }
}
