//! What was spent of the budget, and on what more was spent than budgeted.

use rust_decimal::Decimal;

use super::{
    MOST_NAMES, bodies, capital, computed, figure, firm_percentage, greatest, in_words, joined, printed, total,
    unsigned,
};
use crate::figures;
use crate::tables::{Row, Table, arithmetic};

pub(super) fn sentences(table: &Table) -> Vec<String> {
    let (Some(spent), Some(budget)) = (table.column("spent"), budget(table)) else { return Vec::new() };
    let mut sentences = Vec::new();
    if let Some(total) = total(table) {
        sentences.extend(of_total(table, total, spent, budget));
    }
    sentences.extend(overspent(table, spent, budget));
    sentences
}

/// The column with the budget as it is now; none where it may have changed and is not shown.
pub(super) fn budget(table: &Table) -> Option<usize> {
    let changes = ["virement", "brought_forward"].iter().any(|key| table.column(key).is_some());
    table.column("revised").or_else(|| table.column("allocated").filter(|_| !changes))
}

fn of_total(table: &Table, total: &Row, spent: usize, budget: usize) -> Vec<String> {
    let (Some(spent_cell), Some(budget_cell)) = (total.cells.get(spent), total.cells.get(budget)) else {
        return Vec::new();
    };
    let (Some(_), Some(budgeted)) = (spent_cell.as_figure(), budget_cell.as_figure()) else { return Vec::new() };
    let share = match table.column("percent_spent") {
        Some(column) => total.cells.get(column).and_then(firm_percentage).map(|share| (column, share)),
        None => None,
    };
    let share = match share {
        Some((column, share)) => Some(unsigned(table.columns[column].format, share)),
        None if budgeted > Decimal::ZERO => arithmetic::share(spent_cell, budget_cell, 1, 0)
            .ok()
            .and_then(|cell| cell.as_figure())
            .map(|share| figures::percent(share, 1)),
        None => None,
    };
    let share = share.map_or_else(String::new, |share| format!(" ({share})"));
    let mut sentences =
        vec![format!("{} of {} was spent{share}.", printed(table, total, spent), printed(table, total, budget))];
    if let Some(column) = table.column("forecast")
        && let Some(forecast) = figure(total, Some(column))
        && let Some(over) = forecast.checked_sub(budgeted)
    {
        let amount = unsigned(table.columns[column].format, over);
        let against = match over {
            over if over.is_zero() => "as much as the budget".to_owned(),
            over if over > Decimal::ZERO => format!("{amount} more than the budget"),
            _ => format!("{amount} less than the budget"),
        };
        sentences.push(format!("The forecast is {}, {against}.", printed(table, total, column)));
    }
    sentences
}

fn overspent(table: &Table, spent: usize, budget: usize) -> Option<String> {
    let items: Vec<(&Row, Decimal)> = bodies(table)
        .filter_map(|(_, row)| Some((row, computed(row, spent)?.checked_sub(computed(row, budget)?)?)))
        .collect();
    let over: Vec<(&Row, Decimal)> = items.iter().copied().filter(|(_, by)| *by > Decimal::ZERO).collect();
    if items.len() < 2 {
        return None;
    }
    let amount = |by: Decimal| unsigned(table.columns[spent].format, by);
    let of = in_words(items.len());
    if over.is_empty() {
        return Some("On no item was more spent than budgeted.".to_owned());
    }
    if over.len() <= MOST_NAMES {
        let named: Vec<String> = over.iter().map(|(row, by)| format!("{} (by {})", row.name(), amount(*by))).collect();
        return Some(format!(
            "More was spent than budgeted on {} of the {of} items: {}.",
            in_words(over.len()),
            joined(&named)
        ));
    }
    let most = greatest(&over, |(_, by)| *by);
    let most: Vec<String> =
        most.iter().take(1).map(|(row, by)| format!("{} (by {})", row.name(), amount(*by))).collect();
    Some(format!(
        "{} of the {of} items cost more than budgeted, most of all {}.",
        capital(&in_words(over.len())),
        joined(&most)
    ))
}

/// How much was allocated, and the largest amount.
pub(super) fn of_allocation(table: &Table) -> Vec<String> {
    let Some(amount) = table.column("amount") else { return Vec::new() };
    let amounts: Vec<(&Row, Decimal)> =
        bodies(table).filter_map(|(_, row)| Some((row, figure(row, Some(amount))?))).collect();
    let Some(total) = total(table).filter(|total| figure(total, Some(amount)).is_some()) else { return Vec::new() };
    let largest = greatest(&amounts, |(_, amount)| *amount);
    let mut sentence = format!("{} was allocated", printed(table, total, amount));
    if let ([(row, _)], true) = (largest.as_slice(), amounts.len() > 1) {
        let share = table.column("share").and_then(|column| Some((column, firm_percentage(row.cells.get(column)?)?)));
        let share = share.map_or_else(String::new, |(column, share)| {
            format!(" ({})", unsigned(table.columns[column].format, share))
        });
        sentence =
            format!("{sentence}; the largest amount, {}{share}, for {}", printed(table, row, amount), row.name());
    }
    vec![format!("{sentence}.")]
}
