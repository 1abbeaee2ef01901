//! Generated tables: from the inputs an officer typed to checked, computed rows.
//!
//! A kind of table reads its inputs, checks the identities that must hold, and gives a [`Table`]: headed columns and
//! rows of exact values. How a table looks on a page is for the outputs to decide; how a figure is rounded and written
//! is for [`figures`] alone.

mod allocation;
mod as_stated;
pub mod block;
mod cells;
mod csv_file;
mod kind;
mod rows;
mod spending;
#[cfg(test)]
mod testing;
mod themes;
mod year_on_year;

pub use kind::{TableKind, read};
pub use rows::{DataFile, DataFiles};

use rust_decimal::Decimal;

use crate::figures;
use crate::text::Span;

/// A checked table, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Which kind it is.
    pub kind: TableKind,
    /// Name for references.
    pub name: Option<String>,
    /// What it shows.
    pub caption: String,
    /// Where the figures come from.
    pub source: Option<String>,
    /// The columns, the row heading first.
    pub columns: Vec<Column>,
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Sentences printed beneath, the author's first.
    pub notes: Vec<String>,
    /// Where the block stands.
    pub span: Span,
}

/// A column and what its cells hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in `as_stated`, `show` and open data, the same whatever the heading says: `difference`, `q1`.
    pub key: &'static str,
    /// The heading: "Difference".
    pub heading: String,
    /// What the figures are in, if the heading does not say: "£".
    pub unit: Option<String>,
    /// What its cells hold.
    pub format: Format,
    /// Whether the figures of single rows are worked out here rather than typed by the author. Sub-totals and totals
    /// are always worked out.
    pub computed: bool,
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Words.
    Words,
    /// A whole number: "21,209".
    Count,
    /// Pounds and pence: "£7,288.98".
    Money,
    /// A difference, with its sign: "+176".
    Difference,
    /// A percentage with one decimal place: "11.5%".
    Percent,
    /// A change in per cent, with its sign: "−11.5%".
    Change,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What part it plays.
    pub role: RowRole,
    /// Its cells, one for each column; a group heading has only the first.
    pub cells: Vec<Cell>,
}

/// What part a row plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// The heading of a group of rows.
    Group,
    /// Figures.
    Body,
    /// The sum of a group.
    Subtotal,
    /// The sum of everything.
    Total,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub value: CellValue,
    /// The author says that somebody else printed this figure so: `value` is theirs, this is ours. Ours may be that no
    /// such figure exists, as with a percentage of nil.
    pub computed_instead: Option<CellValue>,
    /// Which of the table's notes says so, counted from 1.
    pub note: Option<usize>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// Nothing: the column does not apply to the row.
    Empty,
    /// Words.
    Words(String),
    /// An exact figure.
    Figure(Decimal),
    /// A figure that does not exist, as with a percentage of nil: shown as `[z]`, not applicable.
    NotApplicable,
}

impl Column {
    /// A column of words.
    pub fn words(key: &'static str, heading: impl Into<String>) -> Self {
        Self { key, heading: heading.into(), unit: None, format: Format::Words, computed: false }
    }

    /// A column of figures that the author typed.
    pub fn typed(key: &'static str, heading: impl Into<String>, format: Format) -> Self {
        Self { key, heading: heading.into(), unit: None, format, computed: false }
    }

    /// A column that is worked out from others.
    pub fn computed(key: &'static str, heading: impl Into<String>, format: Format) -> Self {
        Self { key, heading: heading.into(), unit: None, format, computed: true }
    }
}

impl Row {
    /// The heading of a group.
    pub fn group(heading: impl Into<String>) -> Self {
        Self { role: RowRole::Group, cells: vec![Cell::words(heading)] }
    }

    /// The words in its first cell, by which people call it: "Partnership analyst", "Total".
    pub fn name(&self) -> &str {
        match self.cells.first().map(|cell| &cell.value) {
            Some(CellValue::Words(name)) => name,
            _ => "",
        }
    }
}

impl From<CellValue> for Cell {
    fn from(value: CellValue) -> Self {
        Self { value, computed_instead: None, note: None }
    }
}

impl Cell {
    /// A cell of words.
    pub fn words(text: impl Into<String>) -> Self {
        CellValue::Words(text.into()).into()
    }

    /// A cell with a figure.
    pub fn figure(value: Decimal) -> Self {
        CellValue::Figure(value).into()
    }

    /// A cell with nothing in it.
    pub fn empty() -> Self {
        CellValue::Empty.into()
    }

    /// A cell whose figure does not exist.
    pub fn not_applicable() -> Self {
        CellValue::NotApplicable.into()
    }

    /// As it is printed in a column of that format.
    pub fn printed(&self, format: Format) -> String {
        self.value.printed(format)
    }
}

impl CellValue {
    /// Words as they are; nothing as an empty cell.
    pub fn words_or_empty(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Words(text.to_owned()) }
    }

    /// As it is printed in a column of that format.
    pub fn printed(&self, format: Format) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(text) => text.clone(),
            Self::NotApplicable => "[z]".to_owned(),
            Self::Figure(value) => format.write(*value),
        }
    }
}

impl Format {
    /// Writes a figure.
    pub fn write(self, value: Decimal) -> String {
        match self {
            Self::Words | Self::Count => figures::number(value, 0),
            Self::Money => figures::money(value, 2),
            Self::Difference => figures::signed(value, 0),
            Self::Percent => figures::percent(value, 1),
            Self::Change => figures::signed_percent(value, 1),
        }
    }

    /// Whether the cells are figures, which line up at their right.
    pub fn is_figure(self) -> bool {
        self != Self::Words
    }
}
