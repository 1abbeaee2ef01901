//! What share of the total an outcome has, and how many targets are met.

use super::{bodies, capital, firm_percentage, in_words, listed, printed, unsigned};
use crate::tables::{CellValue, Relation, Row, RowRole, Table};

/// The total's counts, and its percentage where the base is not small.
pub(super) fn of_outcome(table: &Table) -> Vec<String> {
    let Some(row) = table.rows.iter().position(|row| row.role == RowRole::Total) else { return Vec::new() };
    let total = &table.rows[row];
    let mut sentences = Vec::new();
    for relation in &table.relations {
        let Relation::Share { result, part, whole } = relation else { continue };
        let is_figure = |column: usize| total.cells.get(column).is_some_and(|cell| cell.as_figure().is_some());
        let here = [result, part, whole].iter().all(|at| at.row == row);
        if !here || !is_figure(part.column) || !is_figure(whole.column) {
            continue;
        }
        let column = &table.columns[part.column];
        let what = match &column.group {
            Some(group) if *group != column.heading => format!("{group}, {}", column.heading),
            _ => column.heading.clone(),
        };
        let share = total.cells.get(result.column).and_then(firm_percentage);
        let share = share
            .map_or_else(String::new, |share| format!(" ({})", unsigned(table.columns[result.column].format, share)));
        sentences.push(format!(
            "{what}: {} of {} in total{share}.",
            printed(table, total, part.column),
            printed(table, total, whole.column)
        ));
    }
    sentences
}

/// How many targets are met, and which are not.
pub(super) fn of_indicator(table: &Table) -> Vec<String> {
    let Some(met) = table.column("met") else { return Vec::new() };
    let said = |row: &Row| match row.cells.get(met).map(|cell| &cell.value) {
        Some(CellValue::Words(words)) => match words.to_lowercase().as_str() {
            "yes" | "met" => Some(true),
            "no" | "not met" | "missed" => Some(false),
            _ => None,
        },
        _ => None,
    };
    let all: Vec<(&str, Option<bool>)> = bodies(table).map(|(_, row)| (row.name(), said(row))).collect();
    let met = all.iter().filter(|(_, said)| *said == Some(true)).count();
    let missed: Vec<&str> = all.iter().filter(|(_, said)| *said == Some(false)).map(|(name, _)| *name).collect();
    let known = met + missed.len();
    if known == 0 {
        return Vec::new();
    }
    let mut sentences = Vec::new();
    match (known, met) {
        (1, 1) => sentences.push("The target is met.".to_owned()),
        (1, _) => sentences.push("The target is not met.".to_owned()),
        (2, 2) => sentences.push("Both targets are met.".to_owned()),
        _ if met == known => sentences.push(format!("All {} targets are met.", in_words(known))),
        _ => {
            let are = if met == 1 { "is" } else { "are" };
            sentences.push(format!("{} of the {} targets {are} met.", capital(&in_words(met)), in_words(known)));
            sentences.push(format!("Not met: {}.", listed(&missed)));
        }
    }
    let open = all.len() - known;
    if open > 0 {
        sentences.push(format!(
            "For {} it cannot be said.",
            if open == 1 { "one more".to_owned() } else { format!("{} more", in_words(open)) }
        ));
    }
    sentences
}
