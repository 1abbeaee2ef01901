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

use std::collections::HashSet;

use super::Record;
use super::references::References;
use crate::finding::{Finding, codes, did_you_mean};
use crate::text::{Sources, Spanned};

/// Checks the whole record.
pub(super) fn check(record: &Record, sources: &Sources, findings: &mut Vec<Finding>) {
    let references = References::new(
        record.papers.values().map(|paper| &**paper),
        record.meetings.keys(),
        &record.model.people,
        &record.model.bodies,
    );
    let paths = sources.iter().map(|(_, source)| source.path.as_str()).collect();
    let mut check = Check { record, sources, paths, references, findings };
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
    references: References<'r>,
    findings: &'f mut Vec<Finding>,
}

impl Check<'_, '_> {
    fn unknown<'a>(
        &mut self,
        what: &str,
        written: &Spanned<impl AsRef<str>>,
        file: &str,
        possible: impl Iterator<Item = &'a str>,
    ) {
        let name = written.value.as_ref();
        let help = did_you_mean(name, possible).unwrap_or_else(|| format!("add it to {file}, or correct the name"));
        self.findings.push(
            Finding::error(codes::UNKNOWN_REFERENCE, written.span, format!("there is no {what} `{name}`")).help(help),
        );
    }

    /// Whether a file is there but could not be used, which has been told already.
    fn is_broken(&self, path: &str, is_used: bool) -> bool {
        !is_used && self.paths.contains(path)
    }
}
