//! Which way each measure went, the largest change either way, and the smallest.

use rust_decimal::Decimal;

use super::{bodies, capital, figure, firm_percentage, greatest, in_words, joined, listed, printed, unsigned};
use crate::tables::{CellValue, Row, Symbol, Table};

/// How one measure has changed.
struct Change<'t> {
    name: &'t str,
    by: Decimal,
    /// Without its sign, and only where the base is not small.
    percent: Option<Decimal>,
    /// "214 (11.5%)", or "3 (from 4 to 1)" on a small base.
    amount: String,
}

struct Columns {
    from: usize,
    to: usize,
    difference: usize,
    change: usize,
}

pub(super) fn sentences(table: &Table) -> Vec<String> {
    let column = |key| table.column(key);
    let (Some(from), Some(to), Some(difference), Some(change)) =
        (column("from"), column("to"), column("difference"), column("change"))
    else {
        return Vec::new();
    };
    let columns = Columns { from, to, difference, change };
    let all: Vec<&Row> = bodies(table).map(|(_, row)| row).collect();
    let broken = all.iter().filter(|row| is_broken(row, &columns)).count();
    let changes: Vec<Change> =
        all.iter().filter(|row| !is_broken(row, &columns)).filter_map(|row| change_of(table, row, &columns)).collect();
    let (earlier, later) = (&table.columns[from].heading, &table.columns[to].heading);
    let between = format!("between {earlier} and {later}");

    let mut sentences = match (changes.as_slice(), all.len()) {
        ([], _) => Vec::new(),
        ([only], 1) => vec![match only.by {
            by if by.is_zero() => format!("{} did not change {between}.", only.name),
            _ => format!("{} {} by {} {between}.", only.name, verb(only), only.amount),
        }],
        (changes, all) => several(changes, all, &between),
    };
    if broken > 0 && !sentences.is_empty() {
        let (are, they) = if broken == 1 { ("is", "its figures are") } else { ("are", "their figures are") };
        sentences.push(format!(
            "{} {are} not compared here, because {they} counted differently in the two periods.",
            capital(&in_words(broken))
        ));
    }
    sentences
}

fn is_broken(row: &Row, columns: &Columns) -> bool {
    [columns.from, columns.to, columns.difference, columns.change]
        .iter()
        .any(|column| row.cells.get(*column).is_some_and(|cell| cell.marks.has(Symbol::Break)))
}

fn change_of<'t>(table: &Table, row: &'t Row, columns: &Columns) -> Option<Change<'t>> {
    let by = figure(row, Some(columns.difference))?;
    let cell = row.cells.get(columns.change)?;
    let percent = firm_percentage(cell).map(|percent| percent.abs());
    let detail = match (percent, &cell.value) {
        (Some(percent), _) => unsigned(table.columns[columns.change].format, percent),
        (None, CellValue::Figure(_) | CellValue::Instead(Symbol::NotApplicable)) => {
            format!("from {} to {}", printed(table, row, columns.from), printed(table, row, columns.to))
        }
        _ => return None,
    };
    let amount = format!("{} ({detail})", unsigned(table.columns[columns.difference].format, by));
    Some(Change { name: row.name(), by, percent, amount })
}

fn verb(change: &Change) -> &'static str {
    if change.by < Decimal::ZERO { "fell" } else { "rose" }
}

fn several(changes: &[Change], all: usize, between: &str) -> Vec<String> {
    let (mut rises, mut falls, mut same): (Vec<&Change>, Vec<&Change>, Vec<&Change>) = (vec![], vec![], vec![]);
    for change in changes {
        match change.by {
            by if by.is_zero() => same.push(change),
            by if by < Decimal::ZERO => falls.push(change),
            _ => rises.push(change),
        }
    }
    let count = in_words(changes.len());
    let those = if changes.len() == all { String::new() } else { " with figures for both periods".to_owned() };
    let every = match (changes.len(), all) {
        (2, 2) => "both".to_owned(),
        (2, _) => format!("the two{those}"),
        _ => format!("all {count}{those}"),
    };
    let first = if changes.len() == 1 {
        // Of several, one only can be compared: which one it is, is said below.
        String::new()
    } else if falls.len() == changes.len() {
        format!("{} fell {between}.", capital(&every))
    } else if rises.len() == changes.len() {
        format!("{} rose {between}.", capital(&every))
    } else if same.len() == changes.len() {
        format!("{} stayed the same {between}.", capital(&every))
    } else {
        let parts = [(&rises, "rose"), (&falls, "fell"), (&same, "stayed the same")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(group, _)| !group.is_empty())
            .map(|(group, verb)| format!("{} {verb}", in_words(group.len())))
            .collect();
        format!("Of the {count}{those}, {} {between}.", joined(&parts))
    };
    let mut sentences = vec![first];
    let largest = if falls.len() > rises.len() { [&falls, &rises] } else { [&rises, &falls] };
    sentences.extend(largest.iter().filter_map(|group| extreme(group)));
    if same.is_empty() && changes.len() > 2 {
        sentences.push(smallest(changes));
    }
    sentences
}

/// The largest change of those that went one way: in number, and in per cent where every base allows it.
fn extreme(group: &[&Change]) -> Option<String> {
    let verb = verb(group.first()?);
    let noun = if verb == "fell" { "fall" } else { "rise" };
    if let [only] = group {
        return Some(format!("{} {verb} by {}.", only.name, only.amount));
    }
    let of = in_words(group.len());
    let in_number = greatest(group, |change| change.by.abs());
    let in_percent = match group.iter().map(|change| change.percent).collect::<Option<Vec<_>>>() {
        Some(_) => greatest(group, |change| change.percent),
        None => Vec::new(),
    };
    if in_number.len() == group.len() {
        let by = in_number.first().map_or("", |change| change.amount.split(" (").next().unwrap_or(""));
        return Some(format!("Each {verb} by {by}."));
    }
    let [number] = in_number.as_slice() else {
        let by = in_number.first().map_or("", |change| change.amount.split(" (").next().unwrap_or(""));
        return Some(format!(
            "{} each {verb} by {by}, the largest of the {of} {noun}s.",
            listed(&in_number.iter().map(|change| change.name).collect::<Vec<_>>())
        ));
    };
    Some(match in_percent.as_slice() {
        [percent] if std::ptr::eq(*percent, *number) => {
            format!("{} {verb} by {}, the largest of the {of} {noun}s.", number.name, number.amount)
        }
        [percent] => format!(
            "{} {verb} by {}, the largest of the {of} {noun}s in number, and {} by {}, the largest in per cent.",
            number.name, number.amount, percent.name, percent.amount
        ),
        _ => format!("{} {verb} by {}, the largest of the {of} {noun}s in number.", number.name, number.amount),
    })
}

/// The smallest change, whichever way.
fn smallest(changes: &[Change]) -> String {
    let least = greatest(changes, |change| std::cmp::Reverse(change.by.abs()));
    if least.len() == changes.len() {
        return String::new();
    }
    match least.as_slice() {
        [only] => {
            let direction = if only.by < Decimal::ZERO { "down" } else { "up" };
            format!("The smallest change in number was that of {}: {direction} by {}.", only.name, only.amount)
        }
        ties => {
            let names: Vec<&str> = ties.iter().map(|change| change.name).collect();
            let by = ties.first().map_or("", |change| change.amount.split(" (").next().unwrap_or(""));
            format!("The smallest change in number was that of {}: {by} each.", listed(&names))
        }
    }
}
