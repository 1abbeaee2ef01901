//! `quorate check`: everything that `build` checks, and no output.

use std::time::Instant;

use clap::Args;

use super::papers::Papers;
use super::progress::Progress;
use super::{Common, Outcome, Trouble, clock, say};
use crate::finding::human::counted;

/// What `check` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
}

/// Checks, shows what was found, and sums it up.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let started = Instant::now();
    let content = &arguments.common.content;
    let now = clock::now(arguments.common.now)?;
    let progress = Progress::start("Reading the papers");
    let papers = Papers::read(content, now)?;
    drop(progress);
    papers.show_findings(content);
    let read = papers.record.as_ref().map_or(0, |record| record.papers.len());
    let read = counted(read, "paper", "papers");
    let seconds = started.elapsed().as_secs_f64();
    let summary = papers.summary();
    if papers.has_errors() {
        say(&format!(
            "{read} read in {seconds:.2} s. {summary} Nothing is published until the errors are put right.\n"
        ));
        Ok(Outcome::Errors)
    } else {
        say(&format!("{read} read in {seconds:.2} s. {summary}\n"));
        Ok(Outcome::Fine)
    }
}
