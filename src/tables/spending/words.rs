//! What a spending table says in words: how a project stands, and what a minus sign alone would say too quietly.

use rust_decimal::Decimal;

use super::figure::{Figure, Given};
use crate::figures;
use crate::finding::{Finding, codes};
use crate::tables::block::VarianceSign;
use crate::tables::rows::Grid;
use crate::tables::{Cell, CellValue, Row, RowRole, TableKind};

/// The key of the column of ratings.
pub(super) const RATING: &str = "rag";

/// To whom the money was granted.
pub(super) const GRANTED_TO: (&str, &str) = ("granted_to", "Granted to");

/// Columns of words, beside the rows' heading: key and heading. The first stands before the figures, the others after.
pub(super) const WORDS: [(&str, &str); 4] =
    [GRANTED_TO, ("status", "Status"), (RATING, "Rating"), ("outcome", "Outcome")];

/// The columns of words that a kind of table takes. How a project stands is for budget monitoring.
pub(super) fn of_kind(kind: TableKind) -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.into_iter().filter(move |(key, _)| kind == TableKind::Monitoring || !matches!(*key, "status" | RATING))
}

/// How a project can stand, by the colours of traffic lights, as it is printed. The words say it, no colour alone.
const RATINGS: [&str; 3] = ["Red", "Amber", "Green"];

/// The rating that a cell holds, whatever the size of its letters.
pub(super) fn rating(text: &str) -> Option<&'static str> {
    RATINGS.into_iter().find(|rating| rating.eq_ignore_ascii_case(text))
}

/// Reports ratings that are none. An empty cell is a project without one.
pub(super) fn check_ratings(grid: &mut Grid, findings: &mut Vec<Finding>) {
    let before = findings.len();
    if grid.has(RATING) {
        for row in &grid.rows {
            let written = grid.words(row, RATING);
            if !written.is_empty() && rating(written).is_none() {
                let written: String = written.chars().take(60).collect();
                let message =
                    format!("{}: expected `red`, `amber` or `green`, found `{written}`", grid.at(row, RATING));
                findings.push(
                    Finding::error(codes::TABLE_DATA, grid.span(row, RATING), message)
                        .help("what more there is to say belongs under `status`, in words of your own"),
                );
            }
        }
    }
    grid.sound &= findings.len() == before;
}

/// "over" or "under", as the variance says with its sign; or why there is none.
pub(super) fn over_or_under(variance: &Cell, sign: VarianceSign) -> Cell {
    let Some(value) = variance.as_figure() else { return variance.value.clone().into() };
    let is_over = (value > Decimal::ZERO) == (sign == VarianceSign::OverspendPositive);
    Cell::words(match is_over {
        _ if value.is_zero() => "on budget",
        true => "over",
        false => "under",
    })
}

/// What the variance is, and what its sign means.
pub(super) fn variance(given: Given, sign: VarianceSign) -> String {
    let outturn = if given.outturn() == Figure::Forecast { "the forecast for the full year" } else { "what was spent" };
    let budget = if given.says_something(Figure::Revised) { "the revised budget" } else { "the budget" };
    let (of, less, means) = match sign {
        VarianceSign::OverspendPositive => (outturn, budget, "an overspend"),
        VarianceSign::UnderspendPositive => (budget, outturn, "an underspend"),
    };
    format!("The variance is {of} less {less}. A positive variance is {means}.")
}

/// How many rows are named in one note: more would be a second table.
const MOST_NAMED: usize = 12;

/// Says in words what is overspent: a minus sign alone is easily missed.
pub(super) fn overspends(rows: &[Row], remaining: usize) -> Vec<String> {
    let overspent = |row: &Row| match row.cells.get(remaining).map(|cell| &cell.value) {
        Some(CellValue::Figure(left)) if *left < Decimal::ZERO => Some(figures::money(left.abs(), 2)),
        _ => None,
    };
    let of = |role: RowRole| {
        rows.iter().filter(move |row| row.role == role).filter_map(|row| Some((row.name(), overspent(row)?)))
    };
    let listed = |role: RowRole| {
        let mut named: Vec<_> = of(role)
            .take(MOST_NAMED)
            .map(|(name, by)| format!("{} by {by}", name.strip_prefix("Subtotal of ").unwrap_or(name)))
            .collect();
        let more = of(role).count() - named.len();
        if more > 0 {
            named.push(format!("and {more} more"));
        }
        named.join("; ")
    };
    let mut notes = Vec::new();
    for (role, opening) in [(RowRole::Body, "Overspent"), (RowRole::Subtotal, "Overspent as a whole")] {
        let listed = listed(role);
        if !listed.is_empty() {
            notes.push(format!("{opening}: {listed}."));
        }
    }
    notes.extend(of(RowRole::Total).map(|(_, by)| format!("In total, {by} more was spent than there was.")));
    notes
}
