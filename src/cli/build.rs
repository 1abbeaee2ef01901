//! `quorate build`: checks the papers and, if they hold no error, publishes an edition of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::making::Making;
use super::papers::Papers;
use super::progress::Progress;
use super::{Common, Outcome, Trouble, clock, paths, report, say};
use crate::edition::Edition;
use crate::files::{DiskFolder, Folder};
use crate::finding::{Counts, Severity, counted};
use crate::model::{Kind, Status};
use crate::press::{self, Output};
use crate::publication::{self, Published};
use crate::record::{Paper, Record};

/// What `build` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,

    /// The folder that the site goes to [default: public, or public-members for the members' edition]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    #[command(flatten)]
    making: Making,
}

/// Reads, checks, makes the edition, publishes it, and sums up.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let started = Instant::now();
    let content = &arguments.common.content;
    let audience = arguments.making.audience;
    let out = paths::out(arguments.out.as_deref(), audience, content)?;
    let now = clock::now(arguments.common.now)?;

    let progress = Progress::start("Reading the papers");
    let mut papers = Papers::read(content, now)?;
    let record = match &papers.record {
        Some(record) if !papers.has_errors() => record,
        _ => {
            drop(progress);
            refuse(&papers, content, &out);
            return Ok(Outcome::Errors);
        }
    };
    let edition = Edition::new(record, audience, now);
    progress.doing("Making the pages");
    let own_theme = arguments.making.theme.own_files(content)?;
    let own_theme = own_theme.as_ref().map(|folder| folder as &dyn Folder);
    let options = arguments.making.options();
    let before = if out.is_dir() { Some(DiskFolder::open(&out)?) } else { None };
    let before = before.as_ref().map(|folder| folder as &dyn Folder);
    let output = press::run(&edition, &papers.folder, own_theme, before, &options)
        .map_err(|error| Trouble::new(format!("{error}\nNothing was published.")))?;
    if output.findings.iter().any(|finding| finding.severity == Severity::Error) {
        drop(progress);
        papers.findings.extend(output.findings);
        // What only print finds, `quorate check` does not show.
        papers.show(Severity::Warning, content);
        refuse(&papers, content, &out);
        return Ok(Outcome::Errors);
    }
    let artefacts = &output.artefacts;
    progress.doing("Publishing");
    let published = publication::publish(&out, artefacts, audience.word())?;
    drop(progress);

    let left_out = left_out(record);
    papers.findings.extend(output.findings.iter().cloned());
    papers.show(Severity::Warning, content);
    let counts = papers.counts();
    if counts.open() > 0 {
        report(&format!("{}{}\n", papers.summary(), pointer(Counts { warnings: 0, ..counts })));
    }
    if let Some(left_over) = &published.left_over {
        report(&format!(
            "The previous publication could not be removed from {}; the next build tries again.\n",
            left_over.display()
        ));
    }
    say(&summary(&output, &published, started));
    say(&left_out);
    Ok(Outcome::Fine)
}

/// Shows why nothing was published.
fn refuse(papers: &Papers, content: &Path, out: &Path) {
    papers.show(Severity::Error, content);
    let counts = papers.counts();
    let untouched = if out.exists() { format!(", and `{}` is as it was", out.display()) } else { String::new() };
    let pointer = pointer(Counts { errors: 0, ..counts });
    report(&format!("{}{pointer} Nothing was published{untouched}: put the errors right first.\n", papers.summary()));
}

/// Where to read what `build` only counts.
fn pointer(counted_only: Counts) -> &'static str {
    if counted_only == Counts::default() { "" } else { " `quorate check` shows all of them." }
}

/// "75 pages, 12 other files: 5 written, 82 kept, 0 removed in 0.42 s"
fn summary(output: &Output, published: &Published, started: Instant) -> String {
    let artefacts = &output.artefacts;
    let pages = artefacts.iter().filter(|artefact| artefact.path.rsplit('.').next() == Some("html")).count();
    let others = artefacts.len().saturating_sub(pages + output.pdfs);
    let pdfs = match (output.pdfs, output.new_pdfs) {
        (0, _) => String::new(),
        (all, new) => format!("{} ({new} made anew), ", counted(all, "PDF", "PDFs")),
    };
    let Published { written, kept, removed, .. } = published;
    format!(
        "{}, {pdfs}{}: {written} written, {kept} kept, {removed} removed in {:.2} s\n",
        counted(pages, "page", "pages"),
        counted(others, "other file", "other files"),
        started.elapsed().as_secs_f64()
    )
}

/// What was left out though somebody may look for it: "2 papers are drafts and were left out".
fn left_out(record: &Record) -> String {
    let papers = || record.papers.values();
    let mut out = String::new();
    match papers().filter(|paper| paper.head.common.status == Status::Draft).count() {
        0 => {}
        1 => out.push_str("1 paper is a draft and was left out\n"),
        drafts => {
            let _ = writeln!(out, "{drafts} papers are drafts and were left out");
        }
    }
    for paper in papers().filter(|paper| waits_for_a_time(paper)) {
        let _ = writeln!(out, "{}.md is ready, but has no `published`, and was left out", paper.id);
    }
    out
}

/// Whether a paper is finished, and nothing will ever say when it goes out: no agenda or other paper carries it.
fn waits_for_a_time(paper: &Paper) -> bool {
    let carried = !matches!(
        paper.kind(),
        Kind::Agenda | Kind::SupplementaryAgenda | Kind::Minutes | Kind::TermsOfReference | Kind::WorkProgramme
    );
    let common = &paper.head.common;
    common.status == Status::Ready && common.published.is_none() && !carried
}
