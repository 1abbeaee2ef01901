//! Reading the papers and showing what was found: what `build` and `check` share.

use std::path::Path;
use std::sync::Arc;

use super::{Trouble, colour, report, width_of_errors};
use crate::calendar::Moment;
use crate::files::{DiskFolder, Refused, WhyRefused};
use crate::finding::human::Look;
use crate::finding::{Counts, Finding, Places, Severity, codes, human};
use crate::record::{self, Record};
use crate::rules::{self, Checked, Timing};
use crate::text::{Source, SourceId, Sources, Span};

/// The papers as read from the disk, and all that was found.
pub(super) struct Papers {
    pub(super) folder: DiskFolder,
    pub(super) record: Option<Record>,
    pub(super) sources: Sources,
    pub(super) findings: Vec<Finding>,
    pub(super) timings: Vec<Timing>,
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
        papers.add_refused();
        if let Some(record) = &papers.record {
            let read = std::mem::take(&mut papers.findings);
            let Checked { findings, timings } = rules::check(record, &papers.sources, read, now);
            papers.findings = findings;
            papers.timings = timings;
        }
        Ok(papers)
    }

    /// What is in the folder but may not be read is a finding like any other, with the path for its place.
    fn add_refused(&mut self) {
        let refused = self.folder.refused();
        if refused.is_empty() {
            return;
        }
        let mut files: Vec<Arc<Source>> = self.sources.iter().map(|(_, source)| Arc::clone(source)).collect();
        for Refused { path, why } in refused {
            let id = SourceId(u32::try_from(files.len()).unwrap_or(u32::MAX));
            files.push(Arc::new(Source::new(path.as_str(), "")));
            self.findings.push(
                Finding::error(codes::MISPLACED_FILE, Span::start_of(id), format!("this {why}")).help(way_out(*why)),
            );
        }
        self.sources = Sources::new(files);
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

fn way_out(why: WhyRefused) -> &'static str {
    match why {
        WhyRefused::LeadsOut => "copy what it leads to into the content folder, in place of the link",
        WhyRefused::LeadsNowhere | WhyRefused::LeadsInACircle => "remove the link, or make it lead to a file",
        WhyRefused::LinkBehindALink => "make the link lead to the folder itself, not by way of another link",
        WhyRefused::NameNotUtf8 => "give it a name of lower-case letters, digits and hyphens",
        WhyRefused::NotAFile => "move it out of the content folder",
        WhyRefused::TooLarge => "publish a smaller version, or keep it elsewhere and link to it",
    }
}
