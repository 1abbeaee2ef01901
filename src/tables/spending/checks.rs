//! What must hold among the figures of a spending table.

use rust_decimal::Decimal;

use super::figure::{Figure, Figures, Given};
use crate::figures::money;
use crate::finding::{Finding, codes, did_you_mean};
use crate::tables::block::Spending;
use crate::tables::rows::{Grid, GridRow};

/// How many places one finding points at: more would hide the rest of what was found.
const MOST_PLACES: usize = 8;

/// Spent is the sum of the quarters: where both are typed, they must agree.
pub(super) fn spent(grid: &Grid, row: &GridRow, typed: Decimal, quarters: Decimal, findings: &mut Vec<Finding>) {
    if typed == quarters {
        return;
    }
    let message = format!(
        "{}: expected {}, the sum of the quarters, found {}",
        grid.at(row, Figure::Spent.key()),
        money(quarters, 2),
        money(typed, 2)
    );
    let finding = Finding::error(codes::TABLE_SUM, grid.span(row, Figure::Spent.key()), message)
        .label(difference(typed, quarters))
        .help("put the quarters right, or leave `spent` out: it follows from them");
    findings.push(point_at(finding, grid, row, &Figure::QUARTERS));
}

/// Revised is the allocation with virement and what was brought forward: where all are typed, they must agree.
pub(super) fn revised(grid: &Grid, row: &GridRow, typed: Decimal, budget: Decimal, findings: &mut Vec<Finding>) {
    if typed == budget {
        return;
    }
    let message = format!(
        "{}: expected {}, the allocation with virement and what was brought forward, found {}",
        grid.at(row, Figure::Revised.key()),
        money(budget, 2),
        money(typed, 2)
    );
    let finding = Finding::error(codes::TABLE_SUM, grid.span(row, Figure::Revised.key()), message)
        .label(difference(typed, budget))
        .help("put the parts right, or leave `revised` out: it follows from them");
    findings.push(point_at(finding, grid, row, &Figure::BUDGET));
}

/// A virement takes from one item what it gives to another, so that all of them net to nil.
pub(super) fn virements(grid: &Grid, lines: &[Figures], total: &Figures, findings: &mut Vec<Finding>) {
    // Where a virement is not available nobody can say what they net to.
    let Some(net) = total.get(Figure::Virement) else { return };
    if net.is_zero() {
        return;
    }
    let moved: Vec<_> = grid
        .rows
        .iter()
        .zip(lines)
        .filter_map(|(row, line)| Some((row, line.get(Figure::Virement)?)))
        .filter(|(_, virement)| !virement.is_zero())
        .collect();
    let message = format!("{}the virements net to {}, and must net to nil", grid.in_file(), money(net, 2));
    let mut finding = Finding::error(codes::TABLE_SUM, grid.place, message)
        .help("a virement is typed twice: with a minus where the money is taken, without where it goes");
    for (row, virement) in moved.iter().take(MOST_PLACES) {
        let place = grid.span(row, Figure::Virement.key());
        finding = finding.also(place, format!("{}: {}", row.name(), money(*virement, 2)));
    }
    if let Some(last) = finding.others.last_mut().filter(|_| moved.len() > MOST_PLACES) {
        last.text = format!("{} (and {} more)", last.text, moved.len() - MOST_PLACES);
    }
    findings.push(finding);
}

/// The totals must come to what the author says they must come to.
pub(super) fn must_equal(own: &Spending, given: Given, grid: &Grid, total: &Figures, findings: &mut Vec<Finding>) {
    for (name, wanted) in &own.must_equal.0 {
        let there = || Figure::ALL.into_iter().filter(|figure| figure.adds_up() && given.exists(*figure));
        let Some(figure) = Figure::named(name).filter(|figure| there().any(|there| there == *figure)) else {
            let help = did_you_mean(name, there().map(Figure::key)).unwrap_or_else(|| {
                let keys: Vec<_> = there().map(|figure| format!("`{}`", figure.key())).collect();
                format!("the columns with figures in this table are {}", keys.join(", "))
            });
            let message =
                format!("`must_equal` names the column `{}`, and the table has none of that name", name.value);
            findings.push(Finding::error(codes::UNKNOWN_REFERENCE, name.span, message).help(help));
            continue;
        };
        let wanted_sum = wanted.value.0;
        let Some(found) = total.get(figure) else {
            let message = format!(
                "{}, Total: expected {}, as `must_equal` says, found {}, because a figure above is missing",
                figure.heading(),
                money(wanted_sum, 2),
                total.cell(figure).printed(figure.format())
            );
            findings.push(
                Finding::error(codes::TABLE_SUM, wanted.span, message)
                    .also(grid.place, "these rows do not come to a figure")
                    .help("take the entry out of `must_equal` until every figure is there"),
            );
            continue;
        };
        if found == wanted_sum {
            continue;
        }
        let message = format!(
            "{}, Total: expected {}, as `must_equal` says, found {}",
            figure.heading(),
            money(wanted_sum, 2),
            money(found, 2)
        );
        findings.push(
            Finding::error(codes::TABLE_SUM, wanted.span, message)
                .label(difference(found, wanted_sum))
                .also(grid.place, format!("these rows come to {}", money(found, 2)))
                .help("look for a figure that is wrong, missing or there twice"),
        );
    }
}

/// "£6,000.00 too much".
fn difference(found: Decimal, expected: Decimal) -> String {
    let Some(difference) = found.checked_sub(expected) else { return String::new() };
    let which = if difference > Decimal::ZERO { "too much" } else { "too little" };
    format!("{} {which}", money(difference.abs(), 2))
}

/// Points at the cells of a row that a figure follows from.
fn point_at(finding: Finding, grid: &Grid, row: &GridRow, figures: &[Figure]) -> Finding {
    figures.iter().filter(|figure| !grid.words(row, figure.key()).is_empty()).fold(finding, |finding, figure| {
        let text = format!("{}: {}", figure.heading(), grid.words(row, figure.key()));
        finding.also(grid.span(row, figure.key()), text)
    })
}
