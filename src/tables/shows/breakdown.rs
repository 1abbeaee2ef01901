//! The largest category of each period, and how the total has changed between periods of the same kind.

use rust_decimal::Decimal;

use super::{bodies, capital, could_be_larger, figure, firm_percentage, greatest, listed, printed, total, unsigned};
use crate::figures;
use crate::tables::{Row, Table, arithmetic};

/// One period: its name, and where its counts and shares stand.
struct Period<'t> {
    name: &'t str,
    count: usize,
    share: Option<usize>,
}

pub(super) fn sentences(table: &Table) -> Vec<String> {
    let periods: Vec<Period> = (0..table.columns.len())
        .map_while(|index| {
            let count = table.column(&format!("count_{index}"))?;
            let column = &table.columns[count];
            let name = column.group.as_deref().unwrap_or(&column.heading);
            Some(Period { name, count, share: table.column(&format!("share_{index}")) })
        })
        .collect();
    let when = |period: &Period| if periods.len() > 1 { when(period.name) } else { String::new() };
    let mut sentences: Vec<String> = periods
        .iter()
        .filter_map(|period| Some(capital(&format!("{}{}", when(period), largest(table, period)?))))
        .collect();
    sentences.extend(change_of_total(table, &periods));
    sentences
}

/// "In 2013, ", and for what is not called by its year, "For Year to date, ".
fn when(period: &str) -> String {
    let word = if period.starts_with(|first: char| first.is_ascii_digit()) { "In" } else { "For" };
    format!("{word} {period}, ")
}

/// Whether two periods are called alike but for their numbers and months, so that neither can be a part of the other.
fn of_one_kind(period: &str, other: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let kind = |name: &str| -> Vec<String> {
        name.split(|letter: char| !letter.is_alphabetic())
            .map(str::to_lowercase)
            .filter(|word| !word.is_empty() && !MONTHS.iter().any(|month| word.starts_with(month)))
            .collect()
    };
    kind(period) == kind(other)
}

/// The sentence from its name on.
fn largest(table: &Table, period: &Period) -> Option<String> {
    let counts: Vec<(&Row, Decimal)> =
        bodies(table).filter_map(|(_, row)| Some((row, figure(row, Some(period.count))?))).collect();
    let largest = greatest(&counts, |(_, count)| *count);
    let (first, most) = largest.first()?;
    if counts.len() < 2 || most.is_zero() {
        return None;
    }
    let uncertain =
        bodies(table).any(|(_, row)| row.cells.get(period.count).is_some_and(|cell| could_be_larger(cell, *most)));
    let of = if uncertain { " of those given" } else { "" };
    let count = printed(table, first, period.count);
    if largest.len() == counts.len() {
        return Some(format!("all of those given are the same: {count}."));
    }
    if largest.len() > 1 {
        let names: Vec<&str> = largest.iter().map(|(row, _)| row.name()).collect();
        return Some(format!("{} were the largest{of}, with {count} each.", listed(&names)));
    }
    let whole = total(table).filter(|row| figure(row, Some(period.count)).is_some());
    let mut amount = count;
    if let Some(whole) = whole {
        amount = format!("{amount} of {}", printed(table, whole, period.count));
    }
    let share = period.share.and_then(|share| first.cells.get(share).map(|cell| (share, cell)));
    if let Some((share, percentage)) = share.and_then(|(share, cell)| Some((share, firm_percentage(cell)?))) {
        amount = format!("{amount} ({})", unsigned(table.columns[share].format, percentage));
    }
    Some(format!("{} was the largest{of}: {amount}.", first.name()))
}

fn change_of_total(table: &Table, periods: &[Period]) -> Option<String> {
    let [first, .., last] = periods else { return None };
    if !of_one_kind(first.name, last.name) {
        return None;
    }
    let total = total(table)?;
    let (from, to) = (figure(total, Some(first.count))?, figure(total, Some(last.count))?);
    let by = to.checked_sub(from)?;
    let (from_text, to_text) = (printed(table, total, first.count), printed(table, total, last.count));
    if by.is_zero() {
        return Some(format!("The total was {from_text} in {} and in {}.", first.name, last.name));
    }
    let verb = if by < Decimal::ZERO { "fell" } else { "rose" };
    let (from, to) = (total.cells.get(first.count)?, total.cells.get(last.count)?);
    let change = arithmetic::change(from, to, 1, table.thresholds.small_base).ok()?;
    let amount = unsigned(table.columns[first.count].format, by);
    let percent = firm_percentage(&change).map(|change| format!(" ({})", figures::percent(change.abs(), 1)));
    Some(format!(
        "The total {verb} by {amount}{}, from {from_text} in {} to {to_text} in {}.",
        percent.unwrap_or_default(),
        first.name,
        last.name
    ))
}
