//! The latest figure of a series, its range, and what lies outside the limits within which it varies.

use rust_decimal::Decimal;

use super::{bodies, figure, greatest, in_words, listed, printed, unsigned};
use crate::figures;
use crate::tables::{Format, Limits, Row, Table};

pub(super) fn sentences(table: &Table) -> Vec<String> {
    let columns: Vec<usize> =
        (0..table.columns.len()).map_while(|index| table.column(&format!("value_{index}"))).collect();
    let mut sentences = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let own = of_series(table, index, *column);
        match (columns.len() > 1, own.split_first()) {
            (true, Some((first, rest))) => {
                sentences.push(format!("{}: {}", table.columns[*column].heading, first));
                sentences.extend_from_slice(rest);
            }
            _ => sentences.extend(own),
        }
    }
    sentences
}

fn of_series(table: &Table, index: usize, column: usize) -> Vec<String> {
    let points: Vec<(&Row, Decimal)> =
        bodies(table).filter_map(|(_, row)| Some((row, figure(row, Some(column))?))).collect();
    let Some((latest, _)) = points.last() else { return Vec::new() };
    let mut sentences = vec![format!(
        "The latest figure, for {}, is {}{}.",
        latest.name(),
        printed(table, latest, column),
        against_last_year(table, index, latest)
    )];
    let (highest, lowest) =
        (greatest(&points, |(_, value)| *value), greatest(&points, |(_, value)| std::cmp::Reverse(*value)));
    if points.len() > 2 && highest.len() < points.len() {
        let when = |those: &[&(&Row, Decimal)]| listed(&those.iter().map(|(row, _)| row.name()).collect::<Vec<_>>());
        let value =
            |those: &[&(&Row, Decimal)]| those.first().map_or_else(String::new, |(row, _)| printed(table, row, column));
        sentences.push(format!(
            "The highest is {} ({}), the lowest {} ({}).",
            value(&highest),
            when(&highest),
            value(&lowest),
            when(&lowest)
        ));
    }
    if let Some(limits) = table.limits.iter().find(|limits| limits.column == column) {
        sentences.push(within(table, limits, &points));
    }
    sentences
}

/// ", 12 fewer than a year before (164)".
fn against_last_year(table: &Table, index: usize, latest: &Row) -> String {
    let difference = table.column(&format!("difference_{index}"));
    let (Some(before), Some(by)) = (table.column(&format!("last_year_{index}")), figure(latest, difference)) else {
        return String::new();
    };
    let before = printed(table, latest, before);
    let format = difference.map_or(Format::Difference(0), |column| table.columns[column].format);
    match by {
        by if by.is_zero() => ", the same as a year before".to_owned(),
        by if by > Decimal::ZERO => format!(", {} more than a year before ({before})", unsigned(format, by)),
        by => {
            let less = if format == Format::Difference(0) { "fewer" } else { "less" };
            format!(", {} {less} than a year before ({before})", unsigned(format, by))
        }
    }
}

/// How a limit or an average of a column's figures is written: to a tenth, where the figures are whole.
fn of_limit(format: Format, value: Decimal) -> String {
    match format {
        Format::Count => figures::number(value, 1),
        format => format.write(value),
    }
}

fn within(table: &Table, limits: &Limits, points: &[(&Row, Decimal)]) -> String {
    let format = table.columns.get(limits.column).map_or(Format::Count, |column| column.format);
    let write = |value: Decimal| of_limit(format, value);
    let outside: Vec<String> = points
        .iter()
        .filter(|(_, value)| *value > limits.upper || *value < limits.lower)
        .map(|(row, _)| format!("{} ({})", row.name(), printed(table, row, limits.column)))
        .collect();
    let (average, lower, upper) = (write(limits.average), write(limits.lower), write(limits.upper));
    let count = in_words(points.len());
    match outside.len() {
        0 => {
            format!("The average is {average}; all {count} figures lie within the natural limits, {lower} to {upper}.")
        }
        1 => format!(
            "The average is {average}; one of the {count} figures lies outside the natural limits, {lower} to {upper}: {}.",
            listed(&outside)
        ),
        some => format!(
            "The average is {average}; {} of the {count} figures lie outside the natural limits, {lower} to {upper}: {}.",
            in_words(some),
            listed(&outside)
        ),
    }
}
