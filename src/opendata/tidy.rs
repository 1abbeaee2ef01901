//! A table laid out for machines: one heading to a column, one record to a row, plain figures.
//!
//! What a page tells by its layout is told in columns: the heading that a row stands under, whether it is a total, the
//! symbols after a figure, the notes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::document::{Block, Generated, Inline, each_block, plain};
use crate::figures;
use crate::tables::{Cell, CellValue, Column, Format, Row, RowRole, Symbol, Table};

/// A table laid out.
pub(super) struct Tidy {
    pub(super) columns: Vec<TidyColumn>,
    pub(super) rows: Vec<Vec<Value>>,
}

/// A column.
pub(super) struct TidyColumn {
    /// For programs: small letters, digits and `_`.
    pub(super) name: String,
    /// For people, unique whatever the size of its letters.
    pub(super) title: String,
    pub(super) holds: Holds,
    /// What stands in cells without a figure.
    pub(super) missing: Vec<String>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Words,
    /// Figures, each rounded as it is printed.
    Figures(Format),
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Nothing,
    Words(String),
    /// Rounded to the places of its column.
    Figure(Decimal),
    /// A symbol instead of a figure.
    Symbol(String),
}

/// Which columns there are beside the table's own.
struct Beside {
    group: bool,
    role: bool,
    /// For each column of the table, whether symbols stand after its figures.
    marks: Vec<bool>,
    notes: bool,
}

impl Tidy {
    /// Lays a table out.
    pub(super) fn new(table: &Table, block: &Generated) -> Self {
        let beside = Beside::of(table);
        let mut tidy = Self { columns: columns(table, &beside), rows: Vec::with_capacity(table.rows.len()) };
        let rows = table.rows_in_groups().map(|(_, row, group)| record(table, row, &beside, group, block));
        tidy.rows.extend(rows);
        tidy.note_missing();
        tidy
    }

    /// Notes which symbols stand instead of figures, for those who read the file by its description.
    fn note_missing(&mut self) {
        for row in &self.rows {
            for (value, column) in row.iter().zip(&mut self.columns) {
                if let Value::Symbol(symbol) = value
                    && !column.missing.contains(symbol)
                {
                    column.missing.push(symbol.clone());
                }
            }
        }
        self.columns.iter_mut().for_each(|column| column.missing.sort());
    }

    /// As CSV: UTF-8, commas, a heading row, lines ending as RFC 4180 has them.
    pub(super) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|column| harmless(&column.title).into_owned()))?;
        for row in &self.rows {
            writer.write_record(row.iter().zip(&self.columns).map(|(value, column)| value.written(column.holds)))?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }
}

impl Value {
    /// A figure plainly: a point, a hyphen for minus, nothing between thousands.
    pub(super) fn written(&self, holds: Holds) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Words(words) | Self::Symbol(words) => harmless(words).into_owned(),
            Self::Figure(value) => match holds {
                Holds::Figures(format) => format!("{value:.*}", format.places() as usize),
                Holds::Words => value.normalize().to_string(),
            },
        }
    }
}

/// Words that a spreadsheet would take for a formula, with an apostrophe before them, so that opening a file never calculates
/// what somebody wrote. Figures, signs alone and telephone numbers stay as they are. Source: OWASP, *CSV Injection*.
fn harmless(words: &str) -> Cow<'_, str> {
    let is_formula = match words.chars().next() {
        Some('=' | '@' | '\t' | '\r' | '＝' | '＠') => true,
        Some('+' | '-' | '＋' | '－') => words.chars().any(char::is_alphabetic),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

impl Beside {
    fn of(table: &Table) -> Self {
        let has = |role: &dyn Fn(RowRole) -> bool| table.rows.iter().any(|row| role(row.role));
        let mut marks = vec![false; table.columns.len()];
        let mut notes = false;
        for row in &table.rows {
            for (cell, marked) in row.cells.iter().zip(&mut marks) {
                *marked |= cell.marks.iter().next().is_some();
                notes |= cell.note.is_some();
            }
        }
        Self {
            group: has(&|role| role == RowRole::Group),
            role: has(&|role| !matches!(role, RowRole::Body | RowRole::Group)),
            marks,
            notes,
        }
    }
}

fn columns(table: &Table, beside: &Beside) -> Vec<TidyColumn> {
    let mut made = Made::default();
    if beside.group {
        made.column("group", "Group", Holds::Words);
    }
    for (index, column) in table.columns.iter().enumerate() {
        let words = table.rows.iter().filter_map(|row| row.cells.get(index));
        let holds_words =
            |cell: &Cell| matches!(cell.value, CellValue::Words(_) | CellValue::Linked(..) | CellValue::Narrative(_));
        let group_heading = |row: &Row| row.role == RowRole::Group;
        let in_words = !column.format.is_figure()
            || index == 0 && table.rows.iter().any(group_heading)
            || words.into_iter().any(holds_words);
        let holds = if in_words { Holds::Words } else { Holds::Figures(column.format) };
        let title = title(column);
        made.column(&column.key, &title, holds);
        if beside.marks.get(index).is_some_and(|marked| *marked) {
            made.column(&format!("{}_symbols", column.key), &format!("{title}: symbols"), Holds::Words);
        }
        if index + 1 == table.row_headings.max(1) && beside.role {
            made.column("row_type", "Type of row", Holds::Words);
        }
    }
    if beside.notes {
        made.column("notes", "Notes", Holds::Words);
    }
    made.columns
}

/// "2013: Spent (£)".
fn title(column: &Column) -> String {
    let unit = match (&column.unit, column.format) {
        (Some(unit), _) => Some(unit.as_str()),
        (None, Format::Money(_) | Format::MoneyDifference(_)) => Some("£"),
        (None, Format::Percent(_) | Format::Change(_)) => Some("%"),
        _ => None,
    };
    let mut title = column.full_heading();
    if let Some(unit) = unit.filter(|unit| !column.heading.contains(unit)) {
        let _ = write!(title, " ({unit})");
    }
    title
}

/// Columns with names and titles that are all different.
#[derive(Default)]
struct Made {
    columns: Vec<TidyColumn>,
    names: Different,
    titles: Different,
}

impl Made {
    fn column(&mut self, key: &str, title: &str, holds: Holds) {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        let key: String = key.chars().map(plain).collect();
        let key = key.trim_matches('_');
        let name =
            self.names.name(if key.is_empty() { "column" } else { key }, |name, count| format!("{name}_{count}"));
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = if title.is_empty() { "Column" } else { &title };
        let title = self.titles.name(title, |title, count| format!("{title} ({count})"));
        self.columns.push(TidyColumn { name, title, holds, missing: Vec::new() });
    }
}

/// Names that are all different, whatever the size of their letters.
#[derive(Default)]
struct Different {
    /// Each name in small letters, and how many were to be called so.
    taken: HashMap<String, usize>,
}

impl Different {
    fn name(&mut self, wanted: &str, numbered: impl Fn(&str, usize) -> String) -> String {
        let mut name = wanted.to_owned();
        let mut count = self.taken.get(&wanted.to_lowercase()).copied().unwrap_or(0);
        while self.taken.contains_key(&name.to_lowercase()) {
            count += 1;
            name = numbered(wanted, count + 1);
        }
        self.taken.insert(wanted.to_lowercase(), count);
        self.taken.entry(name.to_lowercase()).or_insert(0);
        name
    }
}

fn record(table: &Table, row: &Row, beside: &Beside, group: &str, block: &Generated) -> Vec<Value> {
    let mut values = Vec::with_capacity(table.columns.len() + 3);
    if beside.group {
        values.push(words(group));
    }
    for (index, column) in table.columns.iter().enumerate() {
        let cell = row.cells.get(index);
        values.push(cell.map_or(Value::Nothing, |cell| value(cell, column, block)));
        if beside.marks.get(index).is_some_and(|marked| *marked) {
            let marks = cell.map(|cell| cell.marks.iter().map(Symbol::written).collect::<Vec<_>>().join(" "));
            values.push(words(&marks.unwrap_or_default()));
        }
        if index + 1 == table.row_headings.max(1) && beside.role {
            values.push(words(match row.role {
                RowRole::Own => "own area",
                RowRole::Average => "average",
                RowRole::Subtotal => "subtotal",
                RowRole::Total => "total",
                RowRole::Body | RowRole::Group => "row",
            }));
        }
    }
    if beside.notes {
        let mut notes: Vec<usize> = row.cells.iter().filter_map(|cell| cell.note).collect();
        notes.dedup();
        let notes: Vec<String> = notes.iter().map(|note| format!("[note {note}]")).collect();
        values.push(words(&notes.join(" ")));
    }
    values
}

fn words(text: &str) -> Value {
    if text.is_empty() { Value::Nothing } else { Value::Words(text.to_owned()) }
}

fn value(cell: &Cell, column: &Column, block: &Generated) -> Value {
    match &cell.value {
        CellValue::Empty => Value::Nothing,
        CellValue::Words(text) | CellValue::Linked(text, _) => words(text),
        CellValue::Narrative(index) => words(
            &block.narratives.get(*index).map_or_else(String::new, |narrative| narrative_words(&narrative.blocks)),
        ),
        // What is not printed is not given away in a file either: a figure has the places that the page shows.
        CellValue::Figure(value) if column.format.is_figure() => {
            let rounded = figures::round(*value, column.format.places());
            Value::Figure(if rounded.is_zero() { Decimal::ZERO } else { rounded })
        }
        CellValue::Figure(value) => Value::Figure(*value),
        CellValue::Below(_) | CellValue::Instead(_) => Value::Symbol(cell.value.printed(column.format)),
    }
}

/// The words of a text with blocks of its own, a line a paragraph.
fn narrative_words(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = |content: &[Inline]| {
        let words = plain(content);
        if !words.trim().is_empty() {
            lines.push(words.trim().to_owned());
        }
    };
    each_block(blocks, &mut |block| match block {
        Block::Heading(heading) => line(&heading.content),
        Block::Paragraph(paragraph) => line(&paragraph.content),
        _ => {}
    });
    lines.join("\n")
}

#[cfg(test)]
mod tests;
