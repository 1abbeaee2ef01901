//! For tests of rules: files laid over the base of the examples, and what is found in them.

use std::collections::BTreeMap;

use super::{Context, Example, MeetingInHand, check};
use crate::calendar::Moment;
use crate::files::{Folder, MemoryFolder};
use crate::model::MeetingKey;
use crate::record::{self, Loaded};

/// A content folder in memory; it begins as the base of the examples.
#[derive(Clone)]
pub(super) struct Trial {
    files: BTreeMap<String, Vec<u8>>,
    now: Moment,
}

impl Trial {
    pub(super) fn new() -> Self {
        Self::of(&Example::Files(&[]))
    }

    pub(super) fn of(example: &Example) -> Self {
        let folder = example.folder();
        let read = |path: &String| (path.clone(), folder.read(path).expect("a file in memory"));
        Self { files: folder.paths().iter().map(read).collect(), now: Example::now() }
    }

    pub(super) fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.insert(path.to_owned(), text.into().into_bytes());
        self
    }

    pub(super) fn now(mut self, now: &str) -> Self {
        self.now = Moment::parse(now).expect("a moment");
        self
    }

    fn load(&self) -> Loaded {
        let folder: MemoryFolder = self.files.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
        record::load(&folder).expect("a folder in memory can be read")
    }

    /// All findings, "M01 message | help", of rules whose code begins with these letters, and of errors in reading.
    pub(super) fn finds(&self, code: &str) -> Vec<String> {
        let loaded = self.load();
        let record = loaded.record.expect("an authority");
        let errors = loaded.findings.iter().map(|finding| (finding.code, &finding.message)).collect::<Vec<_>>();
        assert_eq!(errors, [], "the files of a trial can be read");
        check(&record, &loaded.sources, Vec::new(), self.now)
            .findings
            .into_iter()
            .filter(|finding| finding.code.starts_with(code))
            .map(|finding| {
                let others = finding.others.iter().filter(|other| !other.text.is_empty());
                let others: String = others.map(|other| format!(" [{}]", other.text)).collect();
                let help = finding.help.map_or_else(String::new, |help| format!(" | {help}"));
                format!("{} {}{others}{help}", finding.code, finding.message)
            })
            .collect()
    }

    /// Asks something of the meeting of the base.
    pub(super) fn ask<T>(&self, what: impl FnOnce(&MeetingInHand<'_>) -> T) -> T {
        let loaded = self.load();
        let errors = loaded.findings.iter().map(|finding| (finding.code, &finding.message)).collect::<Vec<_>>();
        assert_eq!(errors, [], "the files of a trial can be read");
        let record = loaded.record.expect("an authority");
        let context = Context::new(&record, &loaded.sources, self.now);
        let key = MeetingKey::parse("scrutiny/2023-07-12").expect("a key");
        what(&context.meeting(&key).expect("the meeting"))
    }
}
