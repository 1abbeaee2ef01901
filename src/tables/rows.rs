//! The rows of a table: written in the block, or in a CSV file beside the paper.

mod written;

pub(super) use written::{Others, Written};

use std::borrow::Cow;

use super::Thresholds;
use super::csv_file::one_line;
use super::workbook::{Broken, Workbook, column_name};
use crate::finding::{Finding, codes};
use crate::text::{Source, SourceId, Span, Spanned};

/// Where a table's data files come from. A path is as the author wrote it, relative to the paper.
pub trait DataFiles {
    /// The file.
    fn find(&self, path: &str) -> DataFile<'_>;

    /// Paths that exist, for suggesting the one that was meant.
    fn names(&self) -> Vec<&str>;
}

/// What a path of a data file leads to.
#[derive(Debug, Clone, Copy)]
pub enum DataFile<'a> {
    /// A text.
    Text(SourceId, &'a Source),
    /// A workbook.
    Workbook(&'a Workbook),
    /// A file called a workbook that is none.
    Broken(&'a Broken),
    /// A file that is no text, as has been reported.
    Unreadable,
    /// Nothing.
    Absent,
}

/// A column that a kind of table takes.
pub(super) struct Wanted {
    /// The key by which the program asks for it, and by which the author may call it too.
    pub key: Cow<'static, str>,
    /// What the author calls it: the key, unless the table names its columns itself.
    pub name: String,
    /// Whether there is no table without it.
    pub required: bool,
}

impl Wanted {
    /// A column that must be there, called by its key.
    pub(super) fn required(key: &'static str) -> Self {
        Self { key: key.into(), name: key.to_owned(), required: true }
    }

    /// A column that must be there, called as the author says.
    pub(super) fn named(key: impl Into<Cow<'static, str>>, name: impl Into<String>) -> Self {
        Self { key: key.into(), name: name.into(), required: true }
    }

    /// A column that may be left out, called by its key.
    pub(super) fn optional(key: &'static str) -> Self {
        Self { key: key.into(), name: key.to_owned(), required: false }
    }
}

/// The rows as they were written, each cell with its place.
pub(super) struct Grid {
    /// Where the rows come from: the value of `data`, or of `rows`.
    pub place: Span,
    /// The data file as the author wrote it, if there is one.
    pub file: Option<String>,
    /// The columns that may be there; the first is the rows' heading.
    pub columns: Vec<Wanted>,
    /// The rows in order.
    pub rows: Vec<GridRow>,
    /// Whether all was as it should be so far. If not, its figures may be checked, but not added up.
    pub sound: bool,
    /// From where on figures need care.
    pub thresholds: Thresholds,
    /// For each of `columns`, whether the author gave it.
    given: Vec<bool>,
    /// Of a workbook: the sheet, and in which of its columns each of `columns` stands.
    sheet: Option<SheetPlaces>,
}

/// Where the columns stand in a sheet.
struct SheetPlaces {
    name: String,
    columns: Vec<Option<usize>>,
}

/// One row as it was written.
pub(super) struct GridRow {
    /// Where it stands.
    pub span: Span,
    /// A cell for each of the grid's columns; one that the author left out is empty.
    pub cells: Vec<Spanned<String>>,
    /// The number of a sheet's row.
    number: u32,
}

impl GridRow {
    /// Where the cell of a column stands, or the row if the cell was left out.
    pub(super) fn span_of(&self, column: usize) -> Span {
        self.cells.get(column).map_or(self.span, |cell| cell.span)
    }

    /// The words in its first cell.
    pub(super) fn name(&self) -> &str {
        self.cells.first().map_or("", |cell| cell.value.as_str())
    }
}

impl Grid {
    /// Whether the author gave the column.
    pub(super) fn has(&self, key: &str) -> bool {
        self.index(key).and_then(|index| self.given.get(index).copied()).unwrap_or(false)
    }

    /// Where a column stands among the cells of a row.
    pub(super) fn index(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// "in `data/spending.csv`, " for the beginning of a message, with the sheet of a workbook, or nothing for rows in the
    /// block.
    pub(super) fn in_file(&self) -> String {
        match (&self.file, &self.sheet) {
            (Some(file), Some(sheet)) => format!("in `{file}`, sheet `{}`, ", sheet.name),
            (Some(file), None) => format!("in `{file}`, "),
            (None, _) => String::new(),
        }
    }

    /// The same with the cell of a workbook: "in `data/spending.xlsx`, sheet `Quarter 2`, cell C7, ".
    pub(super) fn in_cell(&self, row: &GridRow, column: Option<usize>) -> String {
        let in_file = self.in_file();
        let places = self.sheet.as_ref().map(|sheet| &sheet.columns);
        match column.and_then(|column| places?.get(column).copied().flatten()) {
            Some(column) => format!("{in_file}cell {}{}, ", column_name(column), row.number),
            None => in_file,
        }
    }

    /// Refuses a row that is itself a sum: it would be counted twice.
    /// The row is taken out, so that nothing else is said of it.
    pub(super) fn refuse_totals(&mut self, findings: &mut Vec<Finding>) {
        let is_total = |row: &GridRow| {
            let name = row.name().to_lowercase().replace(['-', ' '], "");
            matches!(name.trim_end_matches(':'), "total" | "totals" | "grandtotal" | "subtotal" | "subtotals")
        };
        for row in &self.rows {
            if is_total(row) {
                let message = format!(
                    "{}the row `{}` looks like a sum of the others, and Quorate adds them up itself",
                    self.in_file(),
                    row.name()
                );
                findings.push(
                    Finding::error(codes::TABLE_DATA, row.span, message)
                        .help("take the row out; it would be counted twice. If it is no sum, call it something else"),
                );
                self.sound = false;
            }
        }
        self.rows.retain(|row| !is_total(row));
    }
}

/// A name for comparing: small letters, with `_` for blanks and hyphens, so that a spreadsheet's "Granted to" is
/// `granted_to`.
pub(super) fn plain(name: &str) -> String {
    one_line(name).to_lowercase().replace([' ', '-'], "_")
}
