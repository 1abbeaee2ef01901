//! `quorate check`: everything that `build` checks, and no site.
//!
//! For people, findings go to standard error and the summary to standard output. For programs it is the other way about:
//! standard output holds the findings in the format asked for, and nothing else.

mod filter;
mod summary;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::papers::Papers;
use super::progress::Progress;
use super::{Common, Outcome, Trouble, clock, colour, paths, preflight, report, say, width_of_errors};
use crate::finding::human::Look;
use crate::finding::{Counts, Finding, Places, counted, github, human, json, sarif};
use crate::model::MeetingKey;
use crate::rules::{self, Choice, Timing, explain};
use filter::Filter;
pub(super) use filter::paper_named;

/// What `check` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,

    /// How to report. For programs, what is found goes to standard output, and the summary to standard error
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// End with 1 for warnings too, or for advice too; what is known to stay as it is never counts
    #[arg(long, value_name = "SEVERITY", value_enum)]
    deny: Option<Deny>,

    /// Report only what these rules and families find: codes, names or letters, with commas between them
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = Choice::of)]
    only: Vec<Choice>,

    /// Report only what is found in this paper or folder; may be given several times
    #[arg(long, value_name = "PATH")]
    paper: Vec<PathBuf>,

    /// Write a preflight of one meeting: a page to print, tick and sign, with what will be published and when it must be,
    /// what is exempt, the quorum, interests, and what was found
    #[arg(long, value_name = "BODY/DATE", value_parser = preflight::meeting)]
    report: Option<MeetingKey>,

    /// The file that the preflight goes to [default: preflight-BODY-DATE.html]
    #[arg(long, value_name = "FILE", requires = "report")]
    report_to: Option<PathBuf>,

    /// Say how long each rule took
    #[arg(long)]
    timings: bool,
}

/// For whom findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the lines that are meant
    Human,
    /// For programs of your own; the README describes the structure
    Json,
    /// For code scanning and editors: SARIF 2.1.0
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
}

/// What else than an error counts as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warning,
    /// Warnings and advice
    Advice,
}

/// Checks, shows what was found, and sums it up.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let started = Instant::now();
    let content = &arguments.common.content;
    let now = clock::now(arguments.common.now)?;
    let progress = Progress::start("Reading the papers");
    let mut papers = Papers::read(content, now)?;
    drop(progress);
    let preflight = match (&arguments.report, &papers.record) {
        (Some(key), Some(record)) => {
            let Papers { sources, findings, .. } = &papers;
            Some(preflight::write(key, arguments.report_to.as_deref(), record, sources, findings, now)?)
        }
        _ => None,
    };
    let filter = Filter::new(&arguments.only, &arguments.paper, content, &papers.sources)?;
    let (shown, left_out): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(&mut papers.findings).into_iter().partition(|finding| filter.lets_through(finding));
    papers.findings = shown;
    let left_out = Counts::of(&left_out);

    let mut summary = summary(&papers, arguments, left_out, started);
    if let Some(path) = preflight {
        let _ = writeln!(summary, "The preflight is in {}.", path.display());
    }
    if arguments.format == Format::Human {
        let path = content.to_string_lossy().replace('\\', "/");
        let look = Look { colour: colour(), width: width_of_errors() };
        report(&human::render(&papers.findings, Places::new(&papers.sources, &path), look));
        say(&summary);
    } else {
        say(&for_programs(arguments.format, &papers, content)?);
        report(&summary);
    }
    if arguments.timings {
        report(&timings(&papers.timings));
    }
    let counts = Counts::of(&papers.findings);
    let fails = papers.record.is_none() || counts.errors > 0 || is_denied(arguments.deny, counts);
    Ok(if fails { Outcome::Errors } else { Outcome::Fine })
}

fn is_denied(deny: Option<Deny>, counts: Counts) -> bool {
    match deny {
        None => false,
        Some(Deny::Warning) => counts.warnings > 0,
        Some(Deny::Advice) => counts.warnings + counts.advice > 0,
    }
}

fn for_programs(format: Format, papers: &Papers, content: &Path) -> Result<String, Trouble> {
    let about = explain::about();
    let from_here = paths::from_here(content);
    let as_typed = content.to_string_lossy().replace('\\', "/");
    let path = from_here.as_deref().unwrap_or(&as_typed);
    let Papers { findings, sources, .. } = papers;
    Ok(match (format, &from_here) {
        (Format::Sarif, Some(_)) => {
            sarif::render(findings, Places::new(sources, path), &about, "The folder that Quorate was run in.")?
        }
        // A log that others read names no folder of this machine.
        (Format::Sarif, None) => {
            sarif::render(findings, Places::new(sources, ""), &about, "The folder that holds the papers.")?
        }
        (Format::Github, _) => github::render(findings, Places::new(sources, path), &about),
        (Format::Human | Format::Json, _) => json::render(findings, Places::new(sources, path), &about)?,
    })
}

fn summary(papers: &Papers, arguments: &Arguments, left_out: Counts, started: Instant) -> String {
    let read = papers.record.as_ref().map_or(0, |record| record.papers.len());
    let mut summary = format!(
        "{} read in {:.2} s. {}\n",
        counted(read, "paper", "papers"),
        started.elapsed().as_secs_f64(),
        papers.summary()
    );
    if left_out != Counts::default() {
        let filters = match (arguments.only.is_empty(), arguments.paper.is_empty()) {
            (false, false) => "--only and --paper",
            (true, _) => "--paper",
            (false, true) => "--only",
        };
        let known = Counts { known: 0, ..left_out };
        let mut words: Vec<String> = Vec::new();
        words.extend((known.open() > 0).then(|| known.words()));
        words.extend((left_out.known > 0).then(|| format!("{} known", left_out.known)));
        let _ = writeln!(summary, "Left out by {filters}: {}.", words.join(", "));
    }
    let counts = Counts::of(&papers.findings);
    if is_denied(arguments.deny, counts) && counts.errors == 0 {
        summary.push_str("With --deny, what was found counts as an error here; it does not stop publication.\n");
    }
    match &papers.record {
        Some(record) if arguments.only.is_empty() && arguments.paper.is_empty() => {
            summary.push_str(&summary::packs(&papers.findings, &papers.sources, record));
        }
        _ => {}
    }
    if counts.errors + left_out.errors > 0 || papers.record.is_none() {
        summary.push_str("Nothing is published until the errors are put right.\n");
    }
    summary
}

/// A table of what each rule took, the slowest first.
fn timings(timings: &[Timing]) -> String {
    let mut table = "Time taken by each rule, on all threads together:\n".to_owned();
    for Timing { code, took } in timings {
        let tenths = took.as_micros() / 100;
        let name = code.and_then(rules::find).map_or("finding the words of the papers", |rule| rule.name);
        let _ = writeln!(table, "{:>7}.{} ms  {:3}  {name}", tenths / 10, tenths % 10, code.unwrap_or(""));
    }
    table
}
