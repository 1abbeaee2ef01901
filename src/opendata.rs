//! Open data: the generated tables of an edition as files that machines read and people take further.
//!
//! Each table is a CSV file with a CSVW description beside it, and the tables of a paper together are one spreadsheet.
//! Pure and parallel, like the site: the same edition gives the same bytes. Only what an edition holds is written, so a
//! private paper's tables are in the members' edition alone.
//!
//! Sources: Government Analysis Function, *Releasing statistics in spreadsheets*; W3C, *Model for Tabular Data and
//! Metadata on the Web* (CSVW).

mod csvw;
mod tidy;
mod workbook;

use std::collections::HashSet;
use std::fmt;

use rayon::prelude::*;

use crate::calendar::Moment;
use crate::document::Generated;
use crate::edition::{Edition, PublishedMeeting, PublishedPaper};
use crate::model::{Exempt, MeetingKey, PaperId};
use crate::publication::Artefact;
use crate::record::table_files::{CSV, DESCRIPTION};
use crate::record::{Paper, TableBlock};
use tidy::Tidy;

/// A paper whose tables could not be written to a spreadsheet.
#[derive(Debug)]
pub struct DataError {
    /// The file.
    pub file: String,
    /// Why.
    pub why: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` could not be made: {}", self.file, self.why)
    }
}

impl std::error::Error for DataError {}

/// What is said of every file of a paper.
struct About<'e> {
    edition: &'e Edition,
    paper: &'e Paper,
    published: Option<Moment>,
    exempt: Option<&'e Exempt>,
}

/// One table of a paper, laid out.
struct TableData<'e> {
    /// The path of its files, without their endings.
    path: String,
    block: &'e Generated,
    table: &'e crate::tables::Table,
    tidy: Tidy,
}

/// All files of the tables of an edition.
///
/// # Errors
/// If a spreadsheet cannot be made.
pub fn files(edition: &Edition) -> Result<Vec<Artefact>, DataError> {
    let made: Vec<Vec<Artefact>> = papers(edition).par_iter().map(of_paper).collect::<Result<_, _>>()?;
    Ok(made.into_iter().flatten().collect())
}

/// The files of the tables of one paper; none if it has no tables, or if another has its text.
///
/// # Errors
/// If a spreadsheet cannot be made.
pub fn files_of(edition: &Edition, published: &PublishedPaper) -> Result<Vec<Artefact>, DataError> {
    let PublishedPaper { paper, published, exempt, .. } = published;
    if paper.text_from != paper.id {
        return Ok(Vec::new());
    }
    of_paper(&About { edition, paper, published: *published, exempt: exempt.as_ref() })
}

/// The files of the tables of the paper of an id, whatever it is; none if the edition does not hold it.
///
/// # Errors
/// If a spreadsheet cannot be made.
pub fn files_at(edition: &Edition, id: &PaperId) -> Result<Vec<Artefact>, DataError> {
    if let Some(published) = edition.papers.get(id) {
        return files_of(edition, published);
    }
    let key = id.as_str().rsplit_once('/').and_then(|(folder, _)| MeetingKey::parse(folder.strip_prefix("meetings/")?));
    let meeting = key.and_then(|key| edition.meetings.get(&key));
    let found =
        meeting.into_iter().flat_map(|meeting| of_meeting(edition, meeting)).find(|about| about.paper.id == *id);
    found.map_or_else(|| Ok(Vec::new()), |about| of_paper(&about))
}

/// The papers that have a text of their own, each once. What another issues again has its files here.
fn papers(edition: &Edition) -> Vec<About<'_>> {
    let about = |paper, published, exempt| About { edition, paper, published, exempt };
    let own = edition.papers.values().map(|own| about(&*own.paper, own.published, own.exempt.as_ref()));
    let of_meetings = edition.meetings.values().flat_map(|meeting| of_meeting(edition, meeting));
    let mut seen = HashSet::new();
    own.chain(of_meetings)
        .filter(|about| about.paper.text_from == about.paper.id && seen.insert(&about.paper.id))
        .collect()
}

/// The papers that make a meeting: agendas and minutes.
fn of_meeting<'e>(edition: &'e Edition, meeting: &'e PublishedMeeting) -> impl Iterator<Item = About<'e>> {
    let about = move |paper, published, exempt| About { edition, paper, published, exempt };
    let agenda = meeting.agenda.iter().map(move |own| about(&*own.paper, own.published, own.exempt.as_ref()));
    let later = meeting.supplementary.iter().map(move |own| about(&*own.paper, own.published, own.exempt.as_ref()));
    let minutes = meeting.minutes.iter().map(move |own| about(&*own.paper, own.published, own.exempt.as_ref()));
    agenda.chain(later).chain(minutes)
}

fn of_paper(about: &About<'_>) -> Result<Vec<Artefact>, DataError> {
    let tables: Vec<TableData<'_>> = about
        .paper
        .tables()
        .into_iter()
        .map(|TableBlock { block, table }| TableData {
            path: about.paper.table_file(block, table),
            block,
            table,
            tidy: Tidy::new(table, block),
        })
        .collect();
    if tables.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = Vec::with_capacity(2 * tables.len() + 1);
    for data in &tables {
        let file = format!("{}{CSV}", data.path);
        let failed = |why: &dyn fmt::Display| DataError { file: file.clone(), why: why.to_string() };
        let bytes = data.tidy.csv().map_err(|why| failed(&why))?;
        files.push(Artefact { path: file.clone(), bytes });
        let bytes = csvw::describe(about, data).map_err(|why| failed(&why))?;
        files.push(Artefact { path: format!("{}{DESCRIPTION}", data.path), bytes });
    }
    let path = about.paper.tables_spreadsheet();
    let bytes =
        workbook::write(about, &tables).map_err(|error| DataError { file: path.clone(), why: error.to_string() })?;
    files.push(Artefact { path, bytes });
    Ok(files)
}

impl About<'_> {
    /// "Not for publication …", of what only members see.
    fn restriction(&self) -> Option<String> {
        let exempt = self.exempt?;
        let numbers: Vec<String> = exempt.paragraphs.iter().map(|paragraph| paragraph.value.to_string()).collect();
        let word = if numbers.len() == 1 { "paragraph" } else { "paragraphs" };
        Some(match numbers.as_slice() {
            [] => "Not for publication: private business.".to_owned(),
            _ => format!(
                "Not for publication: exempt under Schedule 12A to the Local Government Act 1972, {word} {}.",
                numbers.join(", ")
            ),
        })
    }
}
