//! Rows and columns of totals: T04. Shares that ought to make a whole: T07.

use rust_decimal::Decimal;

use super::figure::{Printed, sum};
use super::grid::{Cell, Grid, Role, Total, grids, total};
use crate::figures;
use crate::model::Level;
use crate::rules::{Example, Found, PaperInHand, Rule, Test};

pub(super) const TOTAL: Rule = Rule {
    code: "T04",
    name: "total-that-does-not-add-up",
    level: Level::Warning,
    meaning: "A row called Total, Sub-total, All or Together prints a figure that is not the sum of the rows above it, or a column \
              called Total prints one that is not the sum of its row.",
    why: "A reader who adds up and gets something else trusts no figure of the paper, and rightly: one of them is wrong.",
    source: "Code of Practice for Statistics, Quality; every sum that is printed is added up again, exactly.",
    remedy: "Correct the figure that is wrong, or give the row another name if it is no sum of those above. A generated table \
             adds up by itself.",
    failing: Example::Text(
        "Table: Counted\n\n| Park | Benches |\n|---|---:|\n| North | 9 |\n| South | 14 |\n| **Total** | **24** |\n",
    ),
    passing: Example::Text(
        "Table: Counted\n\n| Recorded by | Quarter | Share | Rate |\n|---|---:|---:|---:|\n| Police | 1,497 | 56% | 4.2 |\n| Council | 1,166 | 44% | 3.3 |\n\
         | Sub-total | 2,663 | 100% | 7.6 |\n| Others | 7 | [x] | [x] |\n| Total | 2,670 | [x] | [x] |\n",
    ),
    test: Test::Paper(totals),
};

pub(super) const SHARES: Rule = Rule {
    code: "T07",
    name: "shares-that-make-no-whole",
    level: Level::Advice,
    meaning: "The shares in a column come to something other than the 100% that the row of totals prints, by more than rounding \
              explains.",
    why: "One share is wrong, or something is left out of the table.",
    source: "Code of Practice for Statistics, Quality; every sum that is printed is added up again, with what rounding allows.",
    remedy: "Correct the share that is wrong, or add the row that is missing.",
    failing: Example::Text(
        "Table: Counted\n\n| Risk | Share |\n|---|---:|\n| High | 57% |\n| Medium | 30% |\n| Low | 16% |\n| Total | 100% |\n",
    ),
    passing: Example::Text(
        "Table: Counted\n\n| Risk | Share |\n|---|---:|\n| High | 57% |\n| Medium | 28% |\n| Low | 16% |\n| Total | 100% |\n",
    ),
    test: Test::Paper(shares),
};

fn totals(paper: &PaperInHand<'_>, found: &mut Found) {
    for grid in grids(paper) {
        for column in 1..grid.columns() {
            of_column(grid, column, found);
        }
        of_rows(grid, found);
    }
}

/// A sum that a row of totals may stand for.
struct Candidate {
    sum: Decimal,
    what: &'static str,
}

fn of_column(grid: &Grid, column: usize, found: &mut Found) {
    let figures: Vec<&Cell> =
        grid.rows.iter().filter(|row| row.role != Role::Heading).filter_map(|row| row.cells.get(column)).collect();
    let of_which = grid.rows.iter().any(|row| is_part_of_another(row.name()));
    if of_which || grid.is_no_sum(column) || figures.iter().any(|cell| cell.plain_figure().is_none()) {
        return;
    }
    // Figures of the rows since the last row of totals, of all rows, and of the totals so far.
    let (mut group, mut all) = (Vec::new(), Vec::new());
    let mut sums: Vec<Decimal> = Vec::new();
    for row in &grid.rows {
        let Some((cell, figure)) = row.cells.get(column).and_then(|cell| Some((cell, cell.plain_figure()?))) else {
            continue;
        };
        let Role::Total(which) = row.role else {
            group.push(figure);
            all.push(figure);
            continue;
        };
        if !group.is_empty() || !sums.is_empty() {
            check_total(grid, column, (row.name(), cell, figure), which, &group, &all, found);
        }
        sums.push(figure.value);
        group.clear();
    }
}

fn check_total(
    grid: &Grid,
    column: usize,
    (name, cell, printed): (&str, &Cell, Printed),
    which: Total,
    group: &[Printed],
    all: &[Printed],
    found: &mut Found,
) {
    let one_group = group.len() == all.len();
    let mut candidates = Vec::new();
    let mut add = |figures: &[Printed], what| {
        if let Some(sum) = sum(figures.iter().map(|figure| figure.value)).filter(|_| !figures.is_empty()) {
            candidates.push(Candidate { sum, what });
        }
    };
    if which != Total::Everything || one_group {
        add(group, if one_group { "the rows above come to" } else { "the rows since the last sum come to" });
    }
    if which != Total::Group && !one_group {
        add(all, "the rows above, sums apart, come to");
    }
    // Each figure may be half a unit of its last place away from what it was before it was rounded.
    let places = all.iter().map(|figure| figure.places).max().unwrap_or(0);
    let is_pence = all.iter().any(|figure| figure.money) || grid.heading(column).contains('£');
    let rounded = grid.is_rounded(column) || places > 0 && !(places == 2 && is_pence);
    let allowed = if rounded { Decimal::new(5, 1 + places) * Decimal::from(all.len() + 1) } else { Decimal::ZERO };
    let agrees =
        |candidate: &Candidate| printed.agrees(candidate.sum) || (candidate.sum - printed.value).abs() <= allowed;
    // Somebody counted under two headings is one of "all": less than the sum is no mistake there.
    let may_overlap = matches!(name.to_lowercase().as_str(), "all")
        && all.iter().all(|figure| figure.value <= printed.value && figure.is_count());
    let certain = |candidate: &Candidate| !(may_overlap && printed.value < candidate.sum);
    if candidates.is_empty() || candidates.iter().any(agrees) || !candidates.iter().all(certain) {
        return;
    }
    let computed: Vec<String> =
        candidates.iter().map(|candidate| format!("{} {}", candidate.what, printed.write(candidate.sum))).collect();
    let column = grid.heading(column);
    let label = match candidates.as_slice() {
        [only] => by_how_much(printed, only.sum),
        _ => String::new(),
    };
    found
        .at(
            cell.span,
            format!("column `{column}`, row `{name}`: {} is printed, and {}", printed.printed(), computed.join("; ")),
        )
        .label(label)
        .help("look for a figure in this column that is wrong, missing or there twice, or correct the sum");
}

/// "1 too much".
fn by_how_much(printed: Printed, computed: Decimal) -> String {
    let difference = printed.value - computed;
    let unsigned = Printed { signed: false, places: printed.places.max(difference.normalize().scale()), ..printed };
    let which = if difference > Decimal::ZERO { "too much" } else { "too little" };
    format!("{} {which}", unsigned.write(difference.abs()))
}

/// "of which men": its figure is counted already.
pub(super) fn is_part_of_another(name: &str) -> bool {
    let name = name.to_lowercase();
    ["of which", "of whom", "of these", "of those", "including", "includes", "incl", "among them", "–", "- "]
        .iter()
        .any(|opening| name.starts_with(opening))
}

/// A column called Total: the sum of the other figures of its row, if that holds for most rows.
fn of_rows(grid: &Grid, found: &mut Found) {
    for column in (2..grid.columns()).filter(|column| total(grid.heading(*column)).is_some()) {
        let parts: Vec<usize> =
            (1..column).filter(|part| grid.rows.iter().any(|row| row.cells[*part].figure().is_some())).collect();
        if parts.len() < 2 || parts.iter().any(|part| grid.is_no_sum(*part) || total(grid.heading(*part)).is_some()) {
            continue;
        }
        let mut right = 0;
        let mut wrong = Vec::new();
        for row in &grid.rows {
            let figures: Option<Vec<Printed>> = parts.iter().map(|part| row.cells[*part].plain_figure()).collect();
            let (Some(figures), Some(printed)) = (figures, row.cells[column].plain_figure()) else { continue };
            match sum(figures.iter().map(|figure| figure.value)) {
                Some(sum) if printed.agrees(sum) => right += 1,
                Some(sum) => wrong.push((row, printed, sum)),
                None => {}
            }
        }
        if right < 2 || right < 2 * wrong.len() || grid.is_rounded(column) {
            continue;
        }
        for (row, printed, sum) in wrong {
            let message = format!(
                "row `{}`, column `{}`: {} is printed, and the figures before it come to {}",
                row.name(),
                grid.heading(column),
                printed.printed(),
                printed.write(sum)
            );
            found
                .at(row.cells[column].span, message)
                .label(by_how_much(printed, sum))
                .help("look for a figure in this row that is wrong, or correct the sum");
        }
    }
}

fn shares(paper: &PaperInHand<'_>, found: &mut Found) {
    for grid in grids(paper) {
        let totals: Vec<usize> = (0..grid.rows.len()).filter(|row| grid.rows[*row].is_total()).collect();
        let &[last] = totals.as_slice() else { continue };
        for column in 1..grid.columns() {
            let whole = grid.cell(last, column).and_then(|cell| Some((cell, cell.figure()?)));
            let Some((cell, _)) = whole.filter(|(_, whole)| whole.percent && whole.value == Decimal::ONE_HUNDRED)
            else {
                continue;
            };
            let above = grid.rows[..last].iter().filter(|row| row.role != Role::Heading);
            let shares: Option<Vec<Printed>> =
                above.map(|row| row.cells[column].figure().filter(|figure| figure.percent)).collect();
            let Some(shares) = shares.filter(|shares| shares.len() > 1) else { continue };
            let Some(sum) = sum(shares.iter().map(|share| share.value)) else { continue };
            let places = shares.iter().map(|share| share.places).min().unwrap_or(0);
            let allowed = Decimal::new(5, 1 + places) * Decimal::from(shares.len());
            let away = (sum - Decimal::ONE_HUNDRED).abs();
            // Far from a hundred they are no shares of one whole, but rates of which each could reach 100%.
            if away > allowed && away <= Decimal::TEN + allowed {
                let message = format!(
                    "column `{}`: the shares come to {}, and 100% is printed beneath them",
                    grid.heading(column),
                    figures::percent(sum, places)
                );
                found.at(cell.span, message).help("look for a share that is wrong, or a row that is missing");
            }
        }
    }
}
