//! `quorate disclose`: what the tables of one paper give away of the counts that they withhold, and what would keep them safe.

use std::path::PathBuf;

use clap::Args;

use super::papers::Papers;
use super::{Common, Outcome, Trouble, check, clock, say, width_of_output};
use crate::disclosure::{Audit, report};
use crate::model::PaperId;
use crate::rules::{Context, audits};

/// The width of lines where no screen says otherwise, and the most that is good to read.
const WIDTH: usize = 100;

/// What `disclose` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,

    /// The paper: its file, or its place below the content folder without the ending. It may be a draft
    #[arg(value_name = "PAPER")]
    paper: PathBuf,
}

/// Audits the tables of a paper, and writes what comes of it to standard output.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let now = clock::now(arguments.common.now)?;
    let Papers { sources, record, .. } = Papers::load(&arguments.common.content)?;
    let path = check::paper_named(&arguments.paper, &arguments.common.content, &sources)?;
    let id = PaperId(path.strip_suffix(".md").unwrap_or(&path).to_owned());
    let record =
        record.ok_or_else(|| Trouble::new("the papers cannot be read. `quorate check` says what stands in the way"))?;
    let Some(paper) = record.papers.get(&id) else {
        return Err(Trouble::new(format!(
            "`{path}` cannot be read as a paper. `quorate check` says what stands in the way"
        )));
    };
    if paper.text_from != paper.id {
        let text_from = paper.text_from.as_str();
        return Err(Trouble::new(format!("the text of `{path}` is that of `{text_from}.md`; ask about that paper")));
    }
    let context = Context::new(&record, &sources, &[], now);
    let audits = audits(&context, paper, true);
    if audits.is_empty() {
        say(&format!("No table of `{path}` withholds a count.\n"));
        return Ok(Outcome::Fine);
    }
    let width = width_of_output().map_or(WIDTH, |width| width.min(WIDTH));
    let reports: Vec<String> = audits.iter().map(|audit| report(audit, &sources, width)).collect();
    say(&reports.join("\n\n"));
    Ok(if audits.iter().all(Audit::is_safe) { Outcome::Fine } else { Outcome::Errors })
}
