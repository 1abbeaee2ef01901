//! Reading the papers and showing what was found: what `build` and `check` share.

use std::path::Path;

use super::{Trouble, colour, report};
use crate::calendar::Moment;
use crate::files::DiskFolder;
use crate::finding::{Finding, Severity, human};
use crate::record::{self, Record};
use crate::rules::{self, Checked, Timing};
use crate::text::Sources;

/// The papers as read from the disk, and all that was found.
pub(super) struct Papers {
    pub(super) folder: DiskFolder,
    pub(super) record: Option<Record>,
    sources: Sources,
    findings: Vec<Finding>,
    timings: Vec<Timing>,
}

impl Papers {
    /// Reads a content folder, and checks what it holds by all rules.
    pub(super) fn read(content: &Path, now: Moment) -> Result<Self, Trouble> {
        if !content.exists() {
            return Err(Trouble::new(format!(
                "there is no folder `{}`. Begin with `quorate new authority`, or name the folder with --content",
                content.display()
            )));
        }
        let folder = DiskFolder::open(content)?;
        let loaded = record::load(&folder)?;
        let mut papers = Self {
            record: loaded.record,
            sources: loaded.sources,
            findings: loaded.findings,
            timings: Vec::new(),
            folder,
        };
        if let Some(record) = &papers.record {
            let read = std::mem::take(&mut papers.findings);
            let Checked { findings, timings } = rules::check(record, &papers.sources, read, now);
            papers.findings = findings;
            papers.timings = timings;
        }
        Ok(papers)
    }

    /// Whether anything stands in the way of publication.
    pub(super) fn has_errors(&self) -> bool {
        self.record.is_none() || self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether there is anything to show.
    pub(super) fn has_findings(&self) -> bool {
        !self.findings.is_empty()
    }

    /// Shows everything found, on standard error.
    pub(super) fn show_findings(&self, content: &Path) {
        let prefix = content.to_string_lossy().replace('\\', "/");
        report(&human::render(&self.findings, &self.sources, &prefix, colour()));
    }

    /// "2 errors, 1 warning in 3 papers."
    pub(super) fn summary(&self) -> String {
        human::summary(&self.findings, &self.sources)
    }
}
