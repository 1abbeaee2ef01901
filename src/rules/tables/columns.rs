//! Columns that follow from others: percentages (T05) and differences (T06).
//!
//! What a column is, its figures say themselves: a way of working it out that gives at least two of its figures, and two
//! thirds of those that can be worked out, is taken for the one that was meant. A row that breaks it is found.

use rust_decimal::Decimal;

use super::figure::{Printed, change};
use super::grid::{Cell, Grid, Role, grids};
use crate::figures;
use crate::model::Level;
use crate::rules::{Example, Found, PaperInHand, Rule, Test};

pub(super) const PERCENTAGE: Rule = Rule {
    code: "T05",
    name: "percentage-that-does-not-follow",
    level: Level::Warning,
    meaning: "In a column of percentages most rows follow from other columns (a part of a whole, a change, a share of the column's \
              total), and this row does not.",
    why: "Either the percentage or one of the two figures beside it is wrong, and readers cannot tell which.",
    source: "Code of Practice for Statistics, Quality; every percentage that can be is worked out again, at the precision printed.",
    remedy: "Correct the percentage, or the figures that it follows from.",
    failing: Example::Text(
        "Table: Counted\n\n| Month | Tests | Engaged | Share engaged |\n|---|---:|---:|---:|\n| July | 46 | 35 | 76% |\n| August | 36 | 31 | 68% |\n\
         | September | 36 | 18 | 50% |\n| **Total** | **118** | **84** | **71%** |\n",
    ),
    passing: Example::Text(
        "Table: Counted\n\n| Order | Begun | Completed | Completed in the year to date |\n|---|---:|---:|---:|\n| First | 11 | 9 | 75% |\n\
         | Second | 8 | 9 | 75% |\n| Third | 4 | 3 | 75% |\n",
    ),
    test: Test::Paper(percentages),
};

pub(super) const DIFFERENCE: Rule = Rule {
    code: "T06",
    name: "difference-that-does-not-follow",
    level: Level::Warning,
    meaning: "In a column of differences most rows are one column less another, and this row is not.",
    why: "Either the difference or one of the two figures beside it is wrong, and readers cannot tell which.",
    source: "Code of Practice for Statistics, Quality; every difference that can be is worked out again, exactly.",
    remedy: "Correct the difference, or the figures that it follows from. A table of the kind `year-on-year` works it out by itself.",
    failing: Example::Text(
        "Table: Counted\n\n| Park | 2021 | 2022 | Change |\n|---|---:|---:|---:|\n| North | 9 | 14 | +5 |\n| South | 14 | 7 | −7 |\n| East | 6 | 8 | +3 |\n",
    ),
    passing: Example::Text(
        "Table: Counted\n\n| Park | 2021 | 2022 | Change |\n|---|---:|---:|---:|\n| North | 9 | 14 | +5 |\n| South | 14 | 7 | −7 |\n| East | <5 | 8 | [c] |\n",
    ),
    test: Test::Paper(differences),
};

/// More columns than any paper's table has: beyond, all pairs of them would be too many.
const MOST_COLUMNS: usize = 16;

/// A way of working out a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The first column as a percentage of the second.
    PartOf(usize, usize),
    /// How much the second is more than the first, in per cent of it.
    Change(usize, usize),
    /// A column as a percentage of its own total.
    ShareOf(usize),
    /// The second less the first.
    Less(usize, usize),
}

impl Way {
    fn compute(self, grid: &Grid, row: usize) -> Option<Decimal> {
        let figure = |column| grid.cell(row, column).and_then(Cell::plain_figure).map(|figure| figure.value);
        match self {
            Self::PartOf(part, whole) => {
                let (part, whole) = (figure(part)?, figure(whole)?);
                // A part is not more than its whole: what is, is a part of something else.
                if part > whole || part < Decimal::ZERO { None } else { figures::percentage(part, whole) }
            }
            Self::Change(earlier, later) => change(figure(earlier)?, figure(later)?),
            Self::ShareOf(column) => figures::percentage(figure(column)?, whole(grid, column)?),
            Self::Less(earlier, later) => figure(later)?.checked_sub(figure(earlier)?),
        }
    }

    fn in_words(self, grid: &Grid, row: usize) -> String {
        let printed = |column| grid.cell(row, column).map_or("", |cell| cell.text.as_str());
        match self {
            Self::PartOf(part, whole) => format!("{} of {} is", printed(part), printed(whole)),
            Self::Change(earlier, later) => format!("from {} to {} is", printed(earlier), printed(later)),
            Self::ShareOf(column) => {
                let whole = whole(grid, column).map(|whole| figures::number(whole, whole.scale())).unwrap_or_default();
                format!("{} of {whole} is", printed(column))
            }
            Self::Less(earlier, later) => format!("{} less {} is", printed(later), printed(earlier)),
        }
    }

    fn agrees(self, printed: Printed, exact: Decimal) -> bool {
        match self {
            // "17 fewer" may stand as −17 or, under a heading that says so, as 17.
            Self::Change(..) | Self::Less(..) if !printed.signed => printed.agrees_in_size(exact),
            _ => printed.agrees(exact),
        }
    }
}

/// The total of a column: the one printed, if there is one, and otherwise the sum of all rows.
fn whole(grid: &Grid, column: usize) -> Option<Decimal> {
    let mut totals = grid.rows.iter().filter(|row| row.is_total());
    match (totals.next(), totals.next()) {
        (Some(total), None) => total.cells.get(column)?.plain_figure().map(|figure| figure.value),
        (None, _) => {
            let body = grid.rows.iter().filter(|row| row.role == Role::Body);
            let figures: Option<Vec<Decimal>> =
                body.map(|row| row.cells.get(column)?.plain_figure().map(|figure| figure.value)).collect();
            super::figure::sum(figures?)
        }
        _ => None,
    }
}

fn percentages(paper: &PaperInHand<'_>, found: &mut Found) {
    for grid in grids(paper).iter().filter(|grid| grid.columns() <= MOST_COLUMNS) {
        for column in (1..grid.columns()).filter(|column| is_percentage(grid, *column)) {
            check(grid, column, &ways_of_percentages(grid, column), found);
        }
    }
}

fn differences(paper: &PaperInHand<'_>, found: &mut Found) {
    for grid in grids(paper).iter().filter(|grid| grid.columns() <= MOST_COLUMNS) {
        for column in (1..grid.columns()).filter(|column| is_difference(grid, *column)) {
            check(grid, column, &ways_of_differences(grid, column), found);
        }
    }
}

/// Columns of figures that can be calculated with, but for one.
fn others(grid: &Grid, column: usize) -> Vec<usize> {
    (1..grid.columns())
        .filter(|other| *other != column && !is_percentage(grid, *other) && has_figures(grid, *other))
        .collect()
}

fn ways_of_percentages(grid: &Grid, column: usize) -> Vec<Way> {
    let others = others(grid, column);
    let mut ways: Vec<Way> = others.iter().map(|other| Way::ShareOf(*other)).collect();
    for (first, second) in pairs(&others) {
        ways.push(Way::PartOf(first, second));
        if first < second || is_change(grid.heading(column)) {
            ways.push(Way::Change(first, second));
        }
    }
    ways
}

fn ways_of_differences(grid: &Grid, column: usize) -> Vec<Way> {
    pairs(&others(grid, column)).map(|(first, second)| Way::Less(first, second)).collect()
}

/// How a column of percentages or differences follows from others in every row that can be worked out, signs included;
/// nothing if that is not certain.
pub(super) fn certain_way(grid: &Grid, column: usize) -> Option<Way> {
    let ways = match (is_percentage(grid, column), is_difference(grid, column)) {
        _ if grid.columns() > MOST_COLUMNS => return None,
        (true, _) => ways_of_percentages(grid, column),
        (_, true) => ways_of_differences(grid, column),
        _ => return None,
    };
    // A percentage right beside its count needs less to be sure of than one that could belong to any column.
    let beside = |tried: &Tried| tried.way == Way::ShareOf(column - 1) && tried.telling >= 1;
    let tried = ways.into_iter().map(|way| try_way(grid, column, way));
    let certain: Vec<Tried> =
        tried.filter(|tried| tried.wrong.is_empty() && (tried.holds() || beside(tried))).collect();
    let best = certain.iter().rev().max_by_key(|tried| (tried.telling, tried.right))?;
    let has_its_signs = (0..grid.rows.len()).all(|row| {
        let printed = grid.cell(row, column).and_then(Cell::figure);
        printed.zip(best.way.compute(grid, row)).is_none_or(|(printed, exact)| printed.agrees(exact))
    });
    has_its_signs.then_some(best.way)
}

fn pairs(columns: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    columns
        .iter()
        .flat_map(|first| columns.iter().filter(move |second| *second != first).map(|second| (*first, *second)))
}

fn figures_of(grid: &Grid, column: usize) -> impl Iterator<Item = Printed> {
    grid.rows.iter().filter_map(move |row| row.cells.get(column)?.figure())
}

fn has_figures(grid: &Grid, column: usize) -> bool {
    figures_of(grid, column).next().is_some()
}

/// Whether a column holds percentages: its heading says so, or most of its figures do.
pub(super) fn is_percentage(grid: &Grid, column: usize) -> bool {
    let heading = grid.heading(column).to_lowercase();
    let named = heading.contains('%') || heading.contains("per cent") || heading.contains("percentage");
    let with_sign = figures_of(grid, column).filter(|figure| figure.percent).count();
    has_figures(grid, column) && (named || 2 * with_sign > figures_of(grid, column).count())
}

fn is_change(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    [
        "change",
        "difference",
        "diff",
        "variance",
        "variation",
        "increase",
        "decrease",
        "reduction",
        "+/-",
        "+/−",
        "rise",
        "fall",
    ]
    .iter()
    .any(|word| heading.contains(word))
}

/// Whether a column holds differences: its heading says so, or its figures bear signs.
pub(super) fn is_difference(grid: &Grid, column: usize) -> bool {
    let signed = figures_of(grid, column).filter(|figure| figure.signed).count();
    !is_percentage(grid, column)
        && has_figures(grid, column)
        && (is_change(grid.heading(column)) || 2 * signed > figures_of(grid, column).count())
}

/// What came of a way: the rows that follow it, and those that do not, with what comes out.
struct Tried {
    way: Way,
    right: usize,
    /// Figures it gives that are not 0% or 100%, as many another way would give too.
    telling: usize,
    wrong: Vec<(usize, Decimal)>,
}

impl Tried {
    fn holds(&self) -> bool {
        self.right >= 2 && self.telling >= 2 && self.right >= 2 * self.wrong.len()
    }
}

fn check(grid: &Grid, column: usize, ways: &[Way], found: &mut Found) {
    let tried: Vec<Tried> = ways.iter().map(|way| try_way(grid, column, *way)).filter(Tried::holds).collect();
    // Of ways that do as well the first: the later less the earlier, as the columns stand.
    let Some(best) = tried.iter().rev().max_by_key(|tried| (tried.telling, tried.right)) else { return };
    for (row, exact) in &best.wrong {
        // Another way that holds gives this figure: nobody can say which was meant.
        if tried.iter().any(|other| other.way != best.way && !other.wrong.iter().any(|(wrong, _)| wrong == row)) {
            continue;
        }
        let Some((cell, printed)) = grid.cell(*row, column).and_then(|cell| Some((cell, cell.figure()?))) else {
            continue;
        };
        let shown = Printed { percent: printed.percent || is_percentage(grid, column), ..printed };
        let message = format!(
            "row `{}`, column `{}`: {} is printed, and {} {}",
            grid.rows[*row].name(),
            grid.heading(column),
            shown.printed(),
            best.way.in_words(grid, *row),
            shown.write(*exact)
        );
        found
            .at(cell.span, message)
            .label(format!(
                "the other rows of this column follow so: {} of {}",
                best.right,
                best.right + best.wrong.len()
            ))
            .help("correct this figure, or those that it follows from");
    }
}

fn try_way(grid: &Grid, column: usize, way: Way) -> Tried {
    let mut tried = Tried { way, right: 0, telling: 0, wrong: Vec::new() };
    for row in 0..grid.rows.len() {
        let Some(printed) = grid.cell(row, column).and_then(Cell::figure) else { continue };
        let Some(exact) = way.compute(grid, row) else { continue };
        if way.agrees(printed, exact) {
            tried.right += 1;
            tried.telling += usize::from(!printed.value.is_zero() && printed.value != Decimal::ONE_HUNDRED);
        } else {
            tried.wrong.push((row, exact));
        }
    }
    tried
}
