//! The largest category of each period, and how the total has changed.

use rust_decimal::Decimal;

use super::{bodies, could_be_larger, figure, firm_percentage, greatest, listed, printed, total, unsigned};
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
    let mut sentences: Vec<String> = periods.iter().filter_map(|period| largest(table, period)).collect();
    sentences.extend(change_of_total(table, &periods));
    sentences
}

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
        return Some(format!("In {}, all of those given are the same: {count}.", period.name));
    }
    if largest.len() > 1 {
        let names: Vec<&str> = largest.iter().map(|(row, _)| row.name()).collect();
        return Some(format!("In {}, {} were the largest{of}, with {count} each.", period.name, listed(&names)));
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
    Some(format!("In {}, {} was the largest{of}: {amount}.", period.name, first.name()))
}

fn change_of_total(table: &Table, periods: &[Period]) -> Option<String> {
    let [first, .., last] = periods else { return None };
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
