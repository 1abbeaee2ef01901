//! What a table shows, in sentences: the largest, the smallest, how many rose and how many fell.
//!
//! From the printed figures alone. Nothing is said of causes, and nothing is called significant. A percentage on a small
//! base never stands without its counts. Nothing is said of a withheld count that the table does not say itself: where
//! it could be the largest, the largest is that "of those given".

mod breakdown;
mod comparison;
mod series;
mod spending;
mod targets;
#[cfg(test)]
mod tests;
mod year_on_year;

use rust_decimal::Decimal;

use super::{Cell, CellValue, Format, Row, RowRole, Symbol, Table, TableKind};
use crate::figures;
use crate::text::sentence::{capital, listed as joined};

/// Of more names than this, only the number is given.
const MOST_NAMES: usize = 3;

/// What is printed with a table, given what its block says: words of its own, `yes`, `no`, or nothing.
pub(super) fn of_block(table: &Table, written: Option<&str>) -> Option<String> {
    match written.map(str::trim) {
        Some("no") => None,
        Some("yes") => what_it_shows(table),
        None | Some("") => table.chart.and_then(|_| what_it_shows(table)),
        Some(words) => Some(words.to_owned()),
    }
}

/// Sentences that follow from the figures of a table; nothing where there is nothing to say.
///
/// What a table is of, its first column says: the keys are the same for every table of a kind.
pub fn what_it_shows(table: &Table) -> Option<String> {
    let sentences = match table.columns.first()?.key.as_str() {
        _ if table.kind == TableKind::Data => Vec::new(),
        "measure" => year_on_year::sentences(table),
        "category" => breakdown::sentences(table),
        "area" => comparison::sentences(table),
        "item" => spending::sentences(table),
        "purpose" => spending::of_allocation(table),
        "period" if table.column("value_0").is_some() => series::sentences(table),
        "period" => targets::of_outcome(table),
        "indicator" => targets::of_indicator(table),
        _ => Vec::new(),
    };
    let sentences: Vec<String> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The rows with figures of their own, neither sums nor averages.
fn bodies(table: &Table) -> impl Iterator<Item = (usize, &Row)> {
    let is_body = |row: &Row| matches!(row.role, RowRole::Body | RowRole::Own);
    table.rows.iter().enumerate().filter(move |(_, row)| is_body(row))
}

/// The row that sums up everything.
fn total(table: &Table) -> Option<&Row> {
    table.rows.iter().find(|row| row.role == RowRole::Total)
}

/// The figure in a column of a row.
fn figure(row: &Row, column: Option<usize>) -> Option<Decimal> {
    row.cells.get(column?)?.as_figure()
}

/// The figure in a column of a row as the other figures make it, where an outside source has another one.
fn computed(row: &Row, column: usize) -> Option<Decimal> {
    let cell = row.cells.get(column)?;
    match cell.computed_instead {
        Some(CellValue::Figure(value)) => Some(value),
        Some(_) => None,
        None => cell.as_figure(),
    }
}

/// A cell as it is printed, but without the symbols after it.
fn printed(table: &Table, row: &Row, column: usize) -> String {
    table.printed_bare(row, column)
}

/// How a column's figures are written where words say the direction.
fn unsigned(format: Format, value: Decimal) -> String {
    format.unsigned().write(value.abs())
}

/// The percentage in a cell, unless it stands on a small base.
fn firm_percentage(cell: &Cell) -> Option<Decimal> {
    cell.as_figure().filter(|_| cell.is_firm())
}

/// Whether a missing figure could be anything, and so larger than those that are given.
fn could_be_larger(cell: &Cell, than: Decimal) -> bool {
    match cell.value {
        CellValue::Below(threshold) => than < Decimal::from(threshold),
        CellValue::Instead(symbol) => matches!(symbol, Symbol::Confidential | Symbol::NotAvailable),
        _ => false,
    }
}

/// Those with the greatest measure, in order; empty if there are none.
fn greatest<T, M: Ord>(all: &[T], measure: impl Fn(&T) -> M) -> Vec<&T> {
    let Some(most) = all.iter().map(&measure).max() else { return Vec::new() };
    all.iter().filter(|one| measure(one) == most).collect()
}

/// "A, B and C"; of too many, how many there are: "A and 7 others".
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    if names.len() > MOST_NAMES {
        let first = names.first().map_or("", AsRef::as_ref);
        return format!("{first} and {} others", in_words(names.len() - 1));
    }
    joined(names)
}

/// Up to ten in words, as text is written.
fn in_words(count: usize) -> String {
    const WORDS: [&str; 11] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| figures::number(Decimal::from(count), 0), |word| (*word).to_owned())
}
