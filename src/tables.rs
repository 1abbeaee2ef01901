//! Generated tables: from the inputs an officer typed to checked, computed rows.
//!
//! A kind of table reads its inputs, checks the identities that must hold, and gives a [`Table`]: headed columns and
//! rows of exact values. How a table looks on a page is for the outputs to decide; how a figure is rounded and written
//! is for [`figures`] alone.

mod allocation;
mod arithmetic;
mod as_stated;
pub mod block;
pub mod breakdown;
#[cfg(test)]
pub(crate) mod built;
mod called;
mod cells;
mod cited;
pub mod comparison;
mod csv_file;
mod data;
pub mod indicator;
mod kind;
mod membership;
pub mod named;
pub mod outcome;
mod plan;
mod printed;
mod relation;
mod rows;
mod series;
pub(crate) mod sheet;
mod shows;
mod spending;
mod symbol;
#[cfg(test)]
mod testing;
mod themes;
mod workbook;
mod year_on_year;

pub use cited::{Lookup, NotCited};
pub use data::{ColumnType, DataColumn, DataTable, LongColumn};
pub use kind::{Beside, TableKind, Thresholds, read};
pub use membership::{MembershipRows, MembershipSpec, Names};
pub use plan::PlanTable;
pub use printed::Printer;
pub use relation::{At, Relation};
pub use rows::{DataFile, DataFiles};
pub use series::Series;
pub use shows::what_it_shows;
pub use symbol::{Marks, Symbol};
pub use workbook::{Broken, Workbook};

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::document::Reference;
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
    /// The columns, the row headings first.
    pub columns: Vec<Column>,
    /// How many of the first columns head the rows: one, but for rows that are nested. Where they are, a heading that
    /// is the same as in the row above, under the same headings to its left, is one heading over both rows.
    pub row_headings: usize,
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Sentences printed beneath, the author's first.
    pub notes: Vec<String>,
    /// How its figures follow from each other.
    pub relations: Vec<Relation>,
    /// Which thresholds hold for it.
    pub thresholds: Thresholds,
    /// What it shows, in sentences, to be printed with it.
    pub shows: Option<String>,
    /// How it is drawn, if it is.
    pub chart: Option<Chart>,
    /// Of a series: between which limits its figures can be expected to vary.
    pub limits: Vec<Limits>,
    /// Where the block stands.
    pub span: Span,
}

/// A column and what its cells hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in `as_stated`, `show` and open data, the same whatever the heading says: `difference`, `q1`.
    pub key: String,
    /// The heading: "Difference".
    pub heading: String,
    /// The heading above this and the columns beside it that have the same: "2013".
    pub group: Option<String>,
    /// What the figures are in, if the heading does not say: "£".
    pub unit: Option<String>,
    /// What its cells hold.
    pub format: Format,
    /// Whether the figures of single rows are worked out here rather than typed by the author. Sub-totals and totals
    /// are always worked out.
    pub computed: bool,
}

/// How the cells of a column are written. Figures have that many decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Words, or text with its own blocks.
    Words,
    /// A whole number: "21,209".
    Count,
    /// A number or a rate: "62.176".
    Number(u32),
    /// Pounds, and pence with two places: "£7,288.98".
    Money(u32),
    /// A difference, with its sign: "+176".
    Difference(u32),
    /// A difference in pounds, with its sign: "+£176.00".
    MoneyDifference(u32),
    /// A percentage: "11.5%".
    Percent(u32),
    /// A change in per cent, with its sign: "−11.5%".
    Change(u32),
}

/// How a table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Bars from nil, side by side where there are several figures to a row.
    Bars,
    /// How far, and which way, each row has changed.
    Differences,
    /// A line through the periods.
    Line,
}

/// What can be expected of the figures of one column: they vary around the average, and one beyond the limits has a
/// cause of its own. Source: Wheeler, *Understanding Variation* (natural process limits of an `XmR` chart).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Which column.
    pub column: usize,
    /// The average of its figures.
    pub average: Decimal,
    /// The average less 2.66 average moving ranges; not below nil for counts.
    pub lower: Decimal,
    /// The average and 2.66 average moving ranges.
    pub upper: Decimal,
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
    /// The area that the paper is about, among others.
    Own,
    /// The average of the others.
    Average,
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
    /// Symbols after the figure: provisional, revised.
    pub marks: Marks,
    /// Of a percentage on a small base: the two counts, the part and the whole, to be printed beside it unless the row
    /// shows them already.
    pub counts: Option<(Decimal, Decimal)>,
    /// The author says that somebody else printed this figure so: `value` is theirs, this is ours. Ours may be that no
    /// such figure exists, as with a percentage of nil.
    pub computed_instead: Option<CellValue>,
    /// Which of the table's notes says so, counted from 1.
    pub note: Option<usize>,
    /// Where the author typed it: in the data file or in the block, or the name of a workbook. Nothing of what is worked out.
    pub typed: Option<Span>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// Nothing: the column does not apply to the row.
    Empty,
    /// Words; with line breaks, the entries of a list.
    Words(String),
    /// Words that lead somewhere.
    Linked(String, Reference),
    /// A text with blocks of its own: the narrative of that number in the paper's block, counted from 0.
    Narrative(usize),
    /// An exact figure.
    Figure(Decimal),
    /// A count withheld because it is from 1 up to, but not, this: `<5`.
    Below(u32),
    /// A symbol instead of a figure.
    Instead(Symbol),
}

impl Table {
    /// The symbols used in it, in the order of the legend.
    pub fn symbols(&self) -> Vec<Symbol> {
        let mut marks = Marks::default();
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            marks = marks.and(cell.marks);
            if let CellValue::Instead(symbol) = cell.value {
                marks = marks.with(symbol);
            }
        }
        marks.iter().collect()
    }

    /// The thresholds below which counts in it are withheld, smallest first.
    pub fn withheld_below(&self) -> Vec<u32> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let thresholds = cells.filter_map(|cell| match cell.value {
            CellValue::Below(threshold) => Some(threshold),
            _ => None,
        });
        thresholds.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What stands in its cells instead of figures or after them, and what each means.
    pub fn legend(&self) -> Vec<(String, String)> {
        let mut legend: Vec<(String, String)> =
            self.symbols().iter().map(|symbol| (symbol.written().to_owned(), symbol.meaning().to_owned())).collect();
        for threshold in self.withheld_below() {
            let meaning = match threshold {
                0..=2 => "a count of 1, withheld".to_owned(),
                _ => format!("a count from 1 to {}, withheld", threshold - 1),
            };
            legend.push((CellValue::Below(threshold).printed(Format::Count), meaning));
        }
        legend
    }

    /// A cell.
    pub fn cell(&self, at: At) -> Option<&Cell> {
        self.rows.get(at.row)?.cells.get(at.column)
    }

    /// The value in a cell of a row as it is printed, without the symbols after it; empty where there is no cell.
    pub fn printed_bare(&self, row: &Row, column: usize) -> String {
        match (row.cells.get(column), self.columns.get(column)) {
            (Some(cell), Some(column)) => cell.value.printed(column.format),
            _ => String::new(),
        }
    }

    /// Where the column with that key stands.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }
}

impl Column {
    /// A column of words.
    pub fn words(key: impl Into<String>, heading: impl Into<String>) -> Self {
        Self::typed(key, heading, Format::Words)
    }

    /// A column of figures that the author typed.
    pub fn typed(key: impl Into<String>, heading: impl Into<String>, format: Format) -> Self {
        Self { key: key.into(), heading: heading.into(), group: None, unit: None, format, computed: false }
    }

    /// A column that is worked out from others.
    pub fn computed(key: impl Into<String>, heading: impl Into<String>, format: Format) -> Self {
        Self { computed: true, ..Self::typed(key, heading, format) }
    }

    /// Its heading behind the one above it: "2013: Share".
    pub fn full_heading(&self) -> String {
        match &self.group {
            Some(group) if !self.heading.is_empty() => format!("{group}: {}", self.heading),
            Some(group) => group.clone(),
            None => self.heading.clone(),
        }
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
            Some(CellValue::Words(name) | CellValue::Linked(name, _)) => name,
            _ => "",
        }
    }
}

impl From<CellValue> for Cell {
    fn from(value: CellValue) -> Self {
        Self { value, marks: Marks::default(), counts: None, computed_instead: None, note: None, typed: None }
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

    /// A cell with a symbol instead of a figure.
    pub fn instead(symbol: Symbol) -> Self {
        CellValue::Instead(symbol).into()
    }

    /// Its figure, if it has one.
    pub fn as_figure(&self) -> Option<Decimal> {
        match self.value {
            CellValue::Figure(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it holds a count that is withheld.
    pub fn is_withheld(&self) -> bool {
        matches!(self.value, CellValue::Below(_) | CellValue::Instead(Symbol::Confidential))
    }

    /// Whether it is a figure that may stand without its counts: no percentage on a small base.
    pub fn is_firm(&self) -> bool {
        self.as_figure().is_some() && self.counts.is_none() && !self.marks.has(Symbol::Unreliable)
    }

    /// As it is printed in a column of that format, with the symbols after it: `1,497 [p]`.
    pub fn printed(&self, format: Format) -> String {
        let mut text = self.value.printed(format);
        for mark in self.marks.iter() {
            text.push(' ');
            text.push_str(mark.written());
        }
        text
    }
}

impl CellValue {
    /// Words as they are; nothing as an empty cell.
    pub fn words_or_empty(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Words(text.to_owned()) }
    }

    /// As it is printed in a column of that format; a narrative, which has blocks of its own, as nothing.
    pub fn printed(&self, format: Format) -> String {
        match self {
            Self::Empty | Self::Narrative(_) => String::new(),
            Self::Words(text) | Self::Linked(text, _) => text.clone(),
            Self::Instead(symbol) => symbol.written().to_owned(),
            Self::Below(threshold) => format!("<{threshold}"),
            Self::Figure(value) => format.write(*value),
        }
    }
}

impl Format {
    /// Writes a figure.
    pub fn write(self, value: Decimal) -> String {
        match self {
            Self::Words | Self::Count => figures::number(value, 0),
            Self::Number(places) => figures::number(value, places),
            Self::Money(places) => figures::money(value, places),
            Self::Difference(places) => figures::signed(value, places),
            Self::MoneyDifference(places) => figures::signed_money(value, places),
            Self::Percent(places) => figures::percent(value, places),
            Self::Change(places) => figures::signed_percent(value, places),
        }
    }

    /// How many decimal places a figure is printed with.
    pub fn places(self) -> u32 {
        match self {
            Self::Words | Self::Count => 0,
            Self::Number(places)
            | Self::Money(places)
            | Self::Difference(places)
            | Self::MoneyDifference(places)
            | Self::Percent(places)
            | Self::Change(places) => places,
        }
    }

    /// Whether the cells are figures, which line up at their right.
    pub fn is_figure(self) -> bool {
        self != Self::Words
    }
}
