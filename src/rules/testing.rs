//! What the tests of rules are written with.

use super::{Context, Example, MeetingInHand, check, example};
use crate::calendar::Moment;
use crate::finding::Finding;
use crate::model::MeetingKey;
use crate::record::{self, Loaded};

/// Files laid over the base of the examples, and a present moment.
#[derive(Debug, Clone)]
pub(super) struct Papers {
    files: Vec<(String, String)>,
    now: Moment,
}

impl Papers {
    /// The base alone.
    pub(super) fn new() -> Self {
        Self { files: Vec::new(), now: Example::now() }
    }

    /// Adds a file, or takes the place of one.
    pub(super) fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.push((path.to_owned(), text.into()));
        self
    }

    /// Adds a file of the base's meeting.
    pub(super) fn paper(self, name: &str, text: impl Into<String>) -> Self {
        self.file(&format!("{}/{name}.md", example::MEETING), text)
    }

    /// Moves the present moment.
    pub(super) fn now(mut self, now: &str) -> Self {
        self.now = Moment::parse(now).expect("a moment");
        self
    }

    /// What is found by rules of a family, or by one rule, as "N01 error: message | help".
    pub(super) fn found(&self, rule: &str) -> Vec<String> {
        self.findings(rule)
            .iter()
            .map(|finding| {
                let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" | {help}"));
                format!("{} {}: {}{help}", finding.code, finding.severity.word(), finding.message)
            })
            .collect()
    }

    /// What is said of the other places that explain what a rule finds.
    pub(super) fn places(&self, rule: &str) -> Vec<String> {
        self.findings(rule).into_iter().flat_map(|finding| finding.others).map(|other| other.text).collect()
    }

    /// Asks something of the base's meeting.
    pub(super) fn ask<T>(&self, what: impl FnOnce(&MeetingInHand<'_>) -> T) -> T {
        let Loaded { record, sources, .. } = self.load();
        let record = record.expect("a record");
        let context = Context::new(&record, &sources, &[], self.now);
        let key = MeetingKey::parse(example::MEETING.trim_start_matches("meetings/")).expect("the base's meeting");
        what(&context.meeting(&key).expect("the base's meeting"))
    }

    fn load(&self) -> Loaded {
        let folder = example::over_base(self.files.iter().cloned());
        record::load(&folder).expect("a folder in memory can be read")
    }

    fn findings(&self, rule: &str) -> Vec<Finding> {
        let Loaded { record, sources, findings } = self.load();
        let record = record.expect("a record");
        let checked = check(&record, &sources, findings, self.now);
        checked.findings.into_iter().filter(|finding| finding.code.starts_with(rule)).collect()
    }

    /// Asserts that a rule finds exactly one thing, and says all of these words of it.
    #[track_caller]
    pub(super) fn finds(&self, rule: &str, words: &[&str]) {
        let found = self.found(rule);
        assert_eq!(found.len(), 1, "{found:#?}");
        for part in words {
            assert!(found[0].contains(part), "expected `{part}` in: {}", found[0]);
        }
    }

    /// Asserts that a rule, or a family, finds nothing.
    #[track_caller]
    pub(super) fn is_silent(&self, rule: &str) {
        assert_eq!(self.found(rule), Vec::<String>::new());
    }
}
