//! A table written in Markdown as an audit takes it: what is a count, and what follows from what.
//!
//! Nobody says so of a written table. Columns that add up, percentages and differences are taken for such only where the
//! figures that are printed leave no doubt.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::columns::{Way, certain_way, is_difference, is_percentage};
use super::figure::{Printed as Figure, sum};
use super::grid::{Cell, Grid, GridRow, Holds, Role, Total, total};
use super::totals::is_part_of_another;
use crate::disclosure::{Printed, Sheet, SheetColumn, SheetRow};
use crate::tables::{At, Relation, Table};

/// The sheet of a written table. A withheld count in it must be able to have `protect` values.
pub(super) fn sheet(grid: &Grid, protect: u32) -> Sheet {
    let columns = (0..grid.columns()).map(|column| SheetColumn {
        heading: grid.heading(column).to_owned(),
        period: None,
        is_count: is_count(grid, column),
        is_percentage: is_percentage(grid, column),
        is_computed: false,
        places: 0,
    });
    let rows = grid.rows.iter().map(|row| SheetRow {
        name: row.name().to_owned(),
        is_total: row.is_total(),
        cells: row.cells.iter().map(printed).collect(),
        spans: row.cells.iter().map(|cell| cell.span).collect(),
        typed: Vec::new(),
    });
    let title = match grid.number {
        Some(number) => format!("Table {number}"),
        None if grid.caption.is_empty() => "another table".to_owned(),
        None => format!("the table `{}`", grid.caption),
    };
    Sheet {
        title,
        name: None,
        caption: grid.caption.clone(),
        span: grid.span,
        columns: columns.collect(),
        rows: rows.collect(),
        relations: relations(grid),
        protect,
        is_generated: false,
        is_elsewhere: false,
    }
}

/// Tables of more cells are not searched for what their kind does not know of.
const MOST_CELLS: usize = 50_000;

/// How figures that the author of a table made from data typed follow from each other beyond what its kind knows of: a row or a
/// column called Total, percentages beside their counts. Taken for such as in a written table.
pub(super) fn beyond_its_kind(table: &Table) -> Vec<Relation> {
    if table.row_headings > 1 || table.rows.len() * table.columns.len() > MOST_CELLS {
        return Vec::new();
    }
    let result = |relation: &Relation| match relation {
        Relation::Sum { total, .. } => *total,
        Relation::Difference { result, .. }
        | Relation::Share { result, .. }
        | Relation::Change { result, .. }
        | Relation::Rate { result, .. } => *result,
    };
    let known: HashSet<At> = table.relations.iter().map(result).collect();
    let is_typed = |at: At| table.cell(at).is_some_and(|cell| cell.typed.is_some());
    let mut relations = relations(&Grid::of(table));
    relations.retain(|relation| !known.contains(&result(relation)) && is_typed(result(relation)));
    relations
}

fn relations(grid: &Grid) -> Vec<Relation> {
    let mut relations = Vec::new();
    let sums = sums(grid);
    for column in (1..grid.columns()).filter(|column| is_count(grid, *column) && !grid.is_rounded(*column)) {
        let adds_up = |row: &usize| grid.cell(*row, column).is_some_and(counts);
        for (total, parts) in sums.iter().filter(|(total, parts)| adds_up(total) && parts.iter().all(adds_up)) {
            let parts = parts.iter().map(|row| At::new(*row, column)).collect();
            relations.push(Relation::Sum { total: At::new(*total, column), parts });
        }
    }
    relations.extend(across(grid));
    for column in 1..grid.columns() {
        relations.extend(following(grid, column));
    }
    relations
}

fn printed(cell: &Cell) -> Printed {
    match cell.holds {
        Holds::Nothing => Printed::Nothing,
        Holds::Figure(figure) => Printed::Figure(figure.value, figure.places),
        Holds::Suppressed(Some(most)) => Printed::Below(most.saturating_add(1)),
        Holds::Suppressed(None) => Printed::Withheld,
        Holds::Words if cell.text.eq_ignore_ascii_case("[x]") => Printed::Missing,
        Holds::Words => Printed::Words,
    }
}

/// Whether a cell holds a count, or something instead of one.
fn counts(cell: &Cell) -> bool {
    match printed(cell) {
        Printed::Figure(..) => cell.figure().is_some_and(Figure::is_count),
        Printed::Below(_) | Printed::Withheld | Printed::Missing => true,
        _ => false,
    }
}

/// Whether a column holds counts and nothing else that is a figure.
fn is_count(grid: &Grid, column: usize) -> bool {
    let cells = || grid.rows.iter().filter_map(|row| row.cells.get(column));
    column > 0
        && !is_percentage(grid, column)
        && !is_difference(grid, column)
        && cells().any(counts)
        && cells().all(|cell| cell.figure().is_none_or(Figure::is_count))
}

/// Which rows are the sums of which: one total beneath all, or sub-totals and a total beneath them.
fn sums(grid: &Grid) -> Vec<(usize, Vec<usize>)> {
    let totals: Vec<usize> = (0..grid.rows.len()).filter(|row| grid.rows[*row].is_total()).collect();
    let body = |from: usize, to: usize| -> Vec<usize> {
        (from..to).filter(|row| grid.rows[*row].role == Role::Body).collect()
    };
    let Some((last, inner)) = totals.split_last() else { return Vec::new() };
    let is_last = last + 1 == grid.rows.len();
    if !is_last || grid.rows.iter().map(GridRow::name).any(is_part_of_another) {
        return Vec::new();
    }
    let mut sums = Vec::new();
    let mut from = 0;
    for total in inner {
        sums.push((*total, body(from, *total)));
        from = total + 1;
    }
    let is_group = |row: &usize| grid.rows[*row].role == Role::Total(Total::Group);
    if !inner.iter().all(is_group)
        || is_group(last) && !inner.is_empty()
        || sums.iter().any(|(_, rows)| rows.is_empty())
    {
        return Vec::new();
    }
    sums.push((*last, body(0, *last)));
    // A single total is one whatever the figures are; of several, the figures of another column may show that they are not.
    let holds = |column: usize| {
        sums.iter().all(|(total, parts)| {
            let figure = |row: &usize| grid.cell(*row, column).and_then(Cell::plain_figure).map(|figure| figure.value);
            let parts: Option<Vec<Decimal>> = parts.iter().map(figure).collect();
            parts.and_then(sum).zip(figure(total)).is_none_or(|(sum, total)| sum == total)
        })
    };
    if inner.is_empty() || (1..grid.columns()).filter(|column| is_count(grid, *column)).all(holds) {
        sums
    } else {
        Vec::new()
    }
}

/// Columns called Total that are the sum of the counts before them in every row that can be added up.
fn across(grid: &Grid) -> Vec<Relation> {
    let mut relations = Vec::new();
    for column in (2..grid.columns()).filter(|column| total(grid.heading(*column)).is_some()) {
        let parts: Vec<usize> = (1..column).filter(|part| is_count(grid, *part)).collect();
        if parts.len() < 2 || parts.iter().any(|part| total(grid.heading(*part)).is_some()) || !is_count(grid, column) {
            continue;
        }
        let figure =
            |row: usize, column: usize| grid.cell(row, column).and_then(Cell::plain_figure).map(|figure| figure.value);
        let adds_up: Vec<bool> = (0..grid.rows.len())
            .filter_map(|row| {
                let parts: Option<Vec<Decimal>> = parts.iter().map(|part| figure(row, *part)).collect();
                Some(sum(parts?)? == figure(row, column)?)
            })
            .collect();
        if adds_up.is_empty() || !adds_up.iter().all(|adds_up| *adds_up) {
            continue;
        }
        let all = |row: &usize| parts.iter().chain([&column]).all(|part| grid.cell(*row, *part).is_some_and(counts));
        relations.extend((0..grid.rows.len()).filter(all).map(|row| Relation::Sum {
            total: At::new(row, column),
            parts: parts.iter().map(|part| At::new(row, *part)).collect(),
        }));
    }
    relations
}

/// How the percentages or differences of a column follow from other columns.
fn following(grid: &Grid, column: usize) -> Vec<Relation> {
    let Some(way) = certain_way(grid, column).or_else(|| share_of_hidden_total(grid, column)) else {
        return Vec::new();
    };
    let totals: Vec<usize> = (0..grid.rows.len()).filter(|row| grid.rows[*row].is_total()).collect();
    let rows = (0..grid.rows.len()).filter(|row| grid.cell(*row, column).is_some_and(|cell| cell.figure().is_some()));
    rows.filter_map(|row| {
        let at = |column: usize| At::new(row, column);
        let result = at(column);
        Some(match way {
            Way::PartOf(part, whole) => Relation::Share { result, part: at(part), whole: at(whole) },
            Way::Change(from, to) => Relation::Change { result, from: at(from), to: at(to) },
            Way::Less(from, to) => Relation::Difference { result, from: at(from), to: at(to) },
            Way::ShareOf(part) => match totals.as_slice() {
                [total] if *total != row => Relation::Share { result, part: at(part), whole: At::new(*total, part) },
                _ => return None,
            },
        })
    })
    .collect()
}

/// Percentages right beside their counts, where the total is withheld: they are shares of it if at least two of them agree on
/// what it could be.
fn share_of_hidden_total(grid: &Grid, column: usize) -> Option<Way> {
    let part = column.checked_sub(1).filter(|part| *part > 0)?;
    if !is_percentage(grid, column) || !is_count(grid, part) {
        return None;
    }
    let mut totals = (0..grid.rows.len()).filter(|row| grid.rows[*row].is_total());
    let total = totals.next().filter(|_| totals.next().is_none())?;
    grid.cell(total, part).filter(|cell| printed(cell).is_hidden())?;
    let (mut least, mut most) = (Decimal::ZERO, Decimal::MAX);
    let mut telling = 0;
    for row in (0..grid.rows.len()).filter(|row| *row != total) {
        let figure = |column: usize| grid.cell(row, column).and_then(Cell::figure);
        let Some((count, share)) = figure(part).zip(figure(column)) else { continue };
        if share.value <= Decimal::ZERO || count.value <= Decimal::ZERO {
            continue;
        }
        let half = Decimal::new(5, share.places + 1);
        let hundred = count.value.checked_mul(Decimal::ONE_HUNDRED)?;
        least = least.max(hundred.checked_div(share.value + half)?);
        if share.value > half {
            most = most.min(hundred.checked_div(share.value - half)?);
        }
        telling += 1;
    }
    (telling >= 2 && least <= most).then_some(Way::ShareOf(part))
}
