//! Reading the papers and showing what was found: what `build` and `check` share.

use std::path::Path;

use super::{Trouble, colour, report, width_of_errors};
use crate::calendar::Moment;
use crate::files::DiskFolder;
use crate::finding::human::Look;
use crate::finding::{Counts, Finding, Places, Severity, human};
use crate::record::{self, Record};
use crate::rules::{self, Checked, Timing};
use crate::text::Sources;

/// The papers as read from the disk, and all that was found.
pub(super) struct Papers {
    pub(super) folder: DiskFolder,
    pub(super) record: Option<Record>,
    pub(super) sources: Sources,
    pub(super) findings: Vec<Finding>,
    pub(super) timings: Vec<Timing>,
}

impl Papers {
    /// Reads a content folder.
    pub(super) fn load(content: &Path) -> Result<Self, Trouble> {
        if !content.exists() {
            return Err(Trouble::new(format!(
                "there is no folder `{}`. Begin with `quorate new authority`, or name the folder with --content",
                content.display()
            )));
        }
        let folder = DiskFolder::open(content)?;
        let loaded = record::load(&folder)?;
        Ok(Self {
            record: loaded.record,
            sources: loaded.sources,
            findings: loaded.findings,
            timings: Vec::new(),
            folder,
        })
    }

    /// Reads a content folder, and checks what it holds by all rules.
    pub(super) fn read(content: &Path, now: Moment) -> Result<Self, Trouble> {
        let mut papers = Self::load(content)?;
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

    /// How many findings there are.
    pub(super) fn counts(&self) -> Counts {
        Counts::of(&self.findings)
    }

    /// Shows what is of this severity, on standard error.
    pub(super) fn show(&self, severity: Severity, content: &Path) {
        let wanted = |finding: &&Finding| finding.severity == severity && finding.accepted.is_none();
        let wanted: Vec<Finding> = self.findings.iter().filter(wanted).cloned().collect();
        let path = content.to_string_lossy().replace('\\', "/");
        let look = Look { colour: colour(), width: width_of_errors() };
        report(&human::render(&wanted, Places::new(&self.sources, &path), look));
    }

    /// "2 errors, 1 warning in 3 papers."
    pub(super) fn summary(&self) -> String {
        human::summary(&self.findings, &self.sources)
    }
}
