//! Figures of several periods: months, quarters, years, each beside the same period a year before if that is wanted, and
//! between the limits within which they can be expected to vary.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::block::Block;
use super::cells::{IfEmpty, Reported, too_large};
use super::csv_file::Lines;
use super::data::{ColumnType, Told};
use super::kind::Body;
use super::rows::{Grid, Others, Wanted, Written, plain};
use super::{At, Beside, Cell, Chart, Column, Format, Limits, Relation, Row, RowRole, Symbol, arithmetic};
use crate::calendar;
use crate::figures;
use crate::finding::{Finding, codes, did_you_mean};
use crate::model::read::record;
use crate::text::sentence::capital;
use crate::text::{Span, Spanned};

record! {
    /// The keys of a series.
    pub struct Series {
        /// The columns with figures to show, in their order. Left out, all that the rows have.
        "series" series: Vec<Spanned<String>>,
        /// What the figures are: `count`, `number`, `money` or `percent`. Left out, it is told from them.
        "type" kind: Option<Spanned<ColumnType>>,
        /// Sets beside each month the same month a year before, from the rows themselves.
        "last_year" last_year: Option<Spanned<bool>>,
        /// Says between which limits the figures can be expected to vary.
        "limits" limits: Option<Spanned<bool>>,
    }
}

/// Fewer figures than this say nothing of how they vary.
const FEWEST: usize = 6;

/// By this, times the average moving range, figures vary around their average. Source: Wheeler, *Understanding
/// Variation*: 3 divided by 1.128, which is the expected range of two values in standard deviations.
const SPREAD: Decimal = Decimal::from_parts(266, 0, 0, false, 2);

/// One of the series.
struct Wave {
    name: Spanned<String>,
    /// Where its figures stand in the grid, and how they are read.
    value: usize,
    told: Told,
    format: Format,
    /// Where the figures of a year before stand, if they are typed.
    last_year: Option<usize>,
}

/// Reads a series.
pub(super) fn read(
    own: &Series,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let before = findings.len();
    let written = Written::open(block, Lines::Joined, whole, beside, findings)?;
    let names = written.names();
    let place = written.place();
    let (wanted, columns) = columns(own, &names, place, findings)?;
    let grid = written.into_grid(wanted, &[], Others::LeftOut, beside, findings)?;
    if !grid.sound || findings.len() > before {
        return None;
    }
    let months = months(&grid, findings);
    let from_rows = own.last_year.as_ref().filter(|wanted| wanted.value);
    if let (Some(wanted), None) = (from_rows, &months) {
        findings.push(
            Finding::error(
                codes::WRONG_VALUE,
                wanted.span,
                "`last_year` needs periods that are months, one after the other",
            )
            .help("write them as `2026-04` or `April 2026`, and a month without a figure as `[x]`"),
        );
    }
    let waves: Vec<Wave> = columns
        .into_iter()
        .map(|(name, value, last_year)| {
            let told = Told::of_column(&grid, value, own.kind.as_ref().map(|kind| kind.value), findings);
            let mut format = told.format(None, true);
            if let Some(last_year) = last_year {
                let before = Told::of_column(&grid, last_year, own.kind.as_ref().map(|kind| kind.value), findings);
                format = wider(format, before.format(None, true));
            }
            Wave { name, value, told, format, last_year }
        })
        .collect();
    for wave in waves.iter().filter(|wave| wave.told.kept().is_none()) {
        findings.push(
            Finding::error(codes::TABLE_DATA, wave.name.span, format!("`{}` holds no figures", wave.name.value))
                .help("name the columns that hold figures under `series`"),
        );
    }
    if findings.len() > before {
        return None;
    }
    let rows = rows(&grid, &waves, months.as_deref(), from_rows.is_some(), findings).ok()?;
    let with_last_year: Vec<bool> = waves.iter().map(|wave| wave.last_year.is_some() || from_rows.is_some()).collect();
    let columns = headed(&waves, &names, &with_last_year);
    let relations = relations(&with_last_year, &rows, months.is_some());
    let mut body = Body { relations, chart: Chart::Line, ..Body::new(columns, rows) };
    if let Some(wanted) = own.limits.as_ref().filter(|wanted| wanted.value) {
        limit(&mut body, &waves, &with_last_year, wanted.span, findings);
    }
    (findings.len() == before).then_some(body)
}

/// The columns of the grid, and for each series its name and where its figures stand.
#[allow(clippy::type_complexity, reason = "read once, just above")]
fn columns(
    own: &Series,
    names: &[Spanned<String>],
    place: Span,
    findings: &mut Vec<Finding>,
) -> Option<(Vec<Wanted>, Vec<(Spanned<String>, usize, Option<usize>)>)> {
    let before = findings.len();
    let Some((period, others)) = names.split_first() else {
        findings.push(Finding::error(codes::TABLE_DATA, place, "the table has no rows"));
        return None;
    };
    let mut wanted = vec![Wanted::named("period", period.value.as_str())];
    let by_name: HashMap<String, &Spanned<String>> = others.iter().map(|name| (plain(name), name)).collect();
    let series: Vec<Spanned<String>> = if own.series.is_empty() {
        let is_last_year =
            |name: &&Spanned<String>| plain(name).strip_suffix("_last_year").is_some_and(|of| by_name.contains_key(of));
        others.iter().filter(|name| !is_last_year(name)).cloned().collect()
    } else {
        own.series.clone()
    };
    let mut columns = Vec::with_capacity(series.len());
    for name in series {
        let Some(found) = by_name.get(&plain(&name)) else {
            let help = did_you_mean(&name, others.iter().map(|name| name.value.as_str())).unwrap_or_else(|| {
                format!("the first column, `{}`, holds the periods; the others can be shown", period.value)
            });
            findings.push(
                Finding::error(codes::TABLE_DATA, name.span, format!("the rows have no column `{}`", name.value))
                    .help(help),
            );
            continue;
        };
        if columns.iter().any(|(other, ..): &(Spanned<String>, usize, Option<usize>)| plain(other) == plain(&name)) {
            findings.push(
                Finding::error(codes::DUPLICATE_KEY, name.span, format!("`{}` is named twice", name.value))
                    .help("keep one of the two"),
            );
            continue;
        }
        wanted.push(Wanted { required: false, ..Wanted::named(plain(&name), found.value.as_str()) });
        let value = wanted.len() - 1;
        let last_year = by_name.get(&format!("{}_last_year", plain(&name))).map(|last_year| {
            wanted.push(Wanted { required: false, ..Wanted::named(plain(last_year), last_year.value.as_str()) });
            wanted.len() - 1
        });
        let typed_too = own.last_year.as_ref().filter(|wanted| wanted.value && last_year.is_some());
        if let Some(wanted) = typed_too {
            findings.push(
                Finding::error(
                    codes::TABLE_DATA,
                    wanted.span,
                    format!(
                        "the rows give last year's figures of `{}`, and `last_year` asks for them from the rows above",
                        name.value
                    ),
                )
                .help("keep one of the two"),
            );
        }
        columns.push((name, value, last_year));
    }
    if columns.is_empty() && findings.len() == before {
        let message = format!("there is no column with figures beside `{}`", period.value);
        findings.push(Finding::error(codes::TABLE_DATA, place, message).help("the first column holds the periods"));
    }
    (findings.len() == before).then_some((wanted, columns))
}

/// The periods, if all of them are months; a finding where one does not follow on that before.
fn months(grid: &Grid, findings: &mut Vec<Finding>) -> Option<Vec<NaiveDate>> {
    let months: Vec<NaiveDate> = grid.rows.iter().map(|row| month(row.name())).collect::<Option<_>>()?;
    for ((row, month), before) in grid.rows.iter().zip(&months).skip(1).zip(&months) {
        let expected = before.checked_add_months(chrono::Months::new(1))?;
        if *month != expected {
            let message = format!(
                "{}: {} does not follow on {}",
                grid.at_column(row, 0),
                month.format("%B %Y"),
                before.format("%B %Y")
            );
            findings.push(
                Finding::error(codes::TABLE_DATA, row.span_of(0), message)
                    .help("give every month a row, in their order; one without a figure holds `[x]`"),
            );
        }
    }
    Some(months)
}

/// Reads a month as people and spreadsheets write it: `2026-04`, `2026-04-01`, `April 2026`, `Apr-26`, `Apr 26`. Its first
/// day.
fn month(text: &str) -> Option<NaiveDate> {
    if let Some(day) = calendar::parse_date(text) {
        return (day.day() == 1).then_some(day);
    }
    let parts: Vec<&str> = text.split(['-', ' ', '/']).filter(|part| !part.is_empty()).collect();
    let [first, second] = parts.as_slice() else { return None };
    let (year, month) = if first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        (*first, *second)
    } else {
        (*second, *first)
    };
    let is_named = month.bytes().any(|byte| byte.is_ascii_alphabetic());
    if !is_named && (month.len() > 2 || year.len() != 4) {
        return None;
    }
    let number = if is_named { calendar::month_named(month)? } else { month.parse().ok()? };
    let year: i32 = match (year.len(), year.parse::<u16>().ok()?) {
        (4, year) => i32::from(year),
        (2, year) => 2000 + i32::from(year),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, number, 1)
}

/// Of two formats, the one with more decimal places.
fn wider(one: Format, other: Format) -> Format {
    if other.places() > one.places() { other } else { one }
}

/// How a difference of such figures is written.
fn difference_of(format: Format) -> Format {
    match format {
        Format::Money(places) => Format::MoneyDifference(places),
        // Of percentages, the difference is in percentage points, which no sign stands for.
        other => Format::Difference(other.places()),
    }
}

fn rows(
    grid: &Grid,
    waves: &[Wave],
    months: Option<&[NaiveDate]>,
    from_rows: bool,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Row>, Reported> {
    let mut whole = true;
    let mut figure = |row: usize, column: usize, told: Told| -> Cell {
        let Some((row, kept)) = grid.rows.get(row).zip(told.kept()) else { return Cell::empty() };
        let cell = grid.cell_at(row, column, kept, IfEmpty::Wrong, findings);
        whole &= cell.is_ok();
        cell.unwrap_or_else(|Reported| Cell::empty())
    };
    let mut values: Vec<Vec<Cell>> = Vec::with_capacity(waves.len());
    let mut typed: Vec<Option<Vec<Cell>>> = Vec::with_capacity(waves.len());
    for wave in waves {
        values.push((0..grid.rows.len()).map(|row| figure(row, wave.value, wave.told)).collect());
        typed.push(
            wave.last_year.map(|column| (0..grid.rows.len()).map(|row| figure(row, column, wave.told)).collect()),
        );
    }
    if !whole {
        return Err(Reported);
    }
    let mut rows = Vec::with_capacity(grid.rows.len());
    for (index, row) in grid.rows.iter().enumerate() {
        let period = months.and_then(|months| months.get(index));
        let period = period.map_or_else(|| row.name().to_owned(), |month| month.format("%B %Y").to_string());
        let mut cells = vec![Cell::words(period)];
        for (values, typed) in values.iter().zip(&typed) {
            let value = values.get(index).cloned().unwrap_or_else(Cell::empty);
            let last_year = match typed {
                Some(typed) => typed.get(index).cloned(),
                None if from_rows => Some(
                    index
                        .checked_sub(12)
                        .and_then(|before| values.get(before).cloned())
                        .unwrap_or_else(|| Cell::instead(Symbol::NotAvailable)),
                ),
                None => None,
            };
            cells.push(value.clone());
            if let Some(last_year) = last_year {
                let difference = arithmetic::difference(&last_year, &value).map_err(|_| {
                    too_large(row.span, &format!("{}the figures of row `{}`", grid.in_file(), row.name()), findings);
                    Reported
                })?;
                cells.extend([last_year, difference]);
            }
        }
        rows.push(Row { role: RowRole::Body, cells });
    }
    Ok(rows)
}

fn headed(waves: &[Wave], names: &[Spanned<String>], with_last_year: &[bool]) -> Vec<Column> {
    let period = names.first().map_or("", |name| name.value.as_str());
    let mut columns = vec![Column::words("period", capital(period))];
    let many = waves.len() > 1;
    for (index, (wave, with_last_year)) in waves.iter().zip(with_last_year).enumerate() {
        let group = (many && *with_last_year).then(|| wave.name.value.clone());
        let heading = if group.is_some() { "This year" } else { wave.name.value.as_str() };
        columns.push(Column { group: group.clone(), ..Column::typed(format!("value_{index}"), heading, wave.format) });
        if *with_last_year {
            let last_year = Column::typed(format!("last_year_{index}"), "A year before", wave.format);
            columns.push(Column { group: group.clone(), computed: wave.last_year.is_none(), ..last_year });
            let difference = difference_of(wave.format);
            columns.push(Column { group, ..Column::computed(format!("difference_{index}"), "Difference", difference) });
        }
    }
    columns
}

/// Where each series' figures stand in the table.
fn places(with_last_year: &[bool]) -> impl Iterator<Item = (usize, bool)> {
    with_last_year.iter().scan(1, |next, with_last_year| {
        let value = *next;
        *next += if *with_last_year { 3 } else { 1 };
        Some((value, *with_last_year))
    })
}

/// Differences; and in a row of months, that a figure of a year before is the one twelve rows above, where it does not differ.
fn relations(with_last_year: &[bool], rows: &[Row], are_months: bool) -> Vec<Relation> {
    let compared = places(with_last_year).filter(|(_, with_last_year)| *with_last_year);
    let figure = |at: At| rows.get(at.row).and_then(|row| row.cells.get(at.column)).and_then(Cell::as_figure);
    let mut relations = Vec::new();
    for (value, _) in compared {
        for row in 0..rows.len() {
            let (now, before) = (At::new(row, value), At::new(row, value + 1));
            relations.push(Relation::Difference { result: At::new(row, value + 2), from: before, to: now });
            let above = row.checked_sub(12).filter(|_| are_months).map(|row| At::new(row, value));
            if let Some(above) = above.filter(|above| figure(*above).is_none() || figure(before).is_none()) {
                relations.push(Relation::Sum { total: before, parts: vec![above] });
            }
        }
    }
    relations
}

/// Works out the limits of each series, and says them in words.
fn limit(body: &mut Body, waves: &[Wave], with_last_year: &[bool], place: Span, findings: &mut Vec<Finding>) {
    for ((column, _), wave) in places(with_last_year).zip(waves) {
        let values: Vec<Option<Decimal>> =
            body.rows.iter().map(|row| row.cells.get(column).and_then(Cell::as_figure)).collect();
        match limits(&values, wave.told.is_count()) {
            Ok(Some((average, lower, upper))) => {
                body.notes.push(in_words(&wave.name, wave.format, [average, lower, upper], &body.rows, column));
                body.limits.push(Limits { column, average, lower, upper });
            }
            Ok(None) => {
                let message = format!("`{}` has too few figures for limits to be told from them", wave.name.value);
                findings.push(
                    Finding::error(codes::TABLE_DATA, place, message)
                        .help(format!("give at least {FEWEST} figures one after the other, or take out `limits`")),
                );
            }
            Err(Reported) => too_large(place, &format!("the figures of `{}`", wave.name.value), findings),
        }
    }
}

/// The average, and the limits below and above it; nothing if there are too few figures. A moving range lies between two
/// neighbours: where one is missing, there is none.
fn limits(values: &[Option<Decimal>], is_count: bool) -> Result<Option<(Decimal, Decimal, Decimal)>, Reported> {
    let add = |sum: Option<Decimal>, value: Decimal| sum.and_then(|sum| sum.checked_add(value));
    let figures: Vec<Decimal> = values.iter().copied().flatten().collect();
    let pairs = values.windows(2).filter_map(|pair| pair[0].zip(pair[1]));
    let ranges: Vec<Decimal> = pairs.map(|(one, other)| (one - other).abs()).collect();
    if figures.len() < FEWEST || ranges.len() + 1 < FEWEST {
        return Ok(None);
    }
    let mean = |values: &[Decimal]| {
        let sum = values.iter().copied().fold(Some(Decimal::ZERO), add)?;
        sum.checked_div(Decimal::from(values.len()))
    };
    let worked_out = || {
        let average = mean(&figures)?;
        let spread = mean(&ranges)?.checked_mul(SPREAD)?;
        let lower = average.checked_sub(spread)?;
        let lower = if is_count { lower.max(Decimal::ZERO) } else { lower };
        Some((average, lower, average.checked_add(spread)?))
    };
    worked_out().map(Some).ok_or(Reported)
}

/// What a reader should know of the limits, and which figures lie beyond them.
fn in_words(name: &str, format: Format, [average, lower, upper]: [Decimal; 3], rows: &[Row], column: usize) -> String {
    let finer = match format {
        Format::Count => Format::Number(1),
        Format::Number(places) => Format::Number(places + 1),
        Format::Percent(places) => Format::Percent(places + 1),
        other => other,
    };
    let write = |value: Decimal| finer.write(value);
    let beyond: Vec<&str> = rows
        .iter()
        .filter(|row| {
            let value = row.cells.get(column).and_then(Cell::as_figure);
            value.is_some_and(|value| value < lower || value > upper)
        })
        .map(Row::name)
        .collect();
    let beyond = match beyond.as_slice() {
        [] => "None lies beyond them.".to_owned(),
        [one] => format!("Beyond them lies {one}, for which there may be a cause of its own."),
        [most @ .., last] if most.len() < 6 => {
            format!("Beyond them lie {} and {last}, for which there may be causes of their own.", most.join(", "))
        }
        many => format!("Beyond them lie {} of {}.", figures::number(many.len().into(), 0), rows.len()),
    };
    format!(
        "{name}: {} on average. Going by how much they differ from one period to the next, figures from {} to {} are to be \
         expected. {beyond}",
        write(average),
        write(lower),
        write(upper)
    )
}
#[cfg(test)]
mod tests;
