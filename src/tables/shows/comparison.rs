//! Where the paper's own area stands among the others.

use rust_decimal::Decimal;

use super::{bodies, figure, in_words, printed};
use crate::tables::{Row, RowRole, Table};

pub(super) fn sentences(table: &Table) -> Vec<String> {
    let Some(column) = table.column("rate") else { return Vec::new() };
    let rates: Vec<(&Row, Option<Decimal>)> = bodies(table).map(|(_, row)| (row, figure(row, Some(column)))).collect();
    let given: Vec<Decimal> = rates.iter().filter_map(|(_, rate)| *rate).collect();
    let missing = rates.len() - given.len();
    let mut sentences = Vec::new();
    let own = rates.iter().find(|(row, _)| row.role == RowRole::Own);
    match own {
        Some((row, Some(rate))) if given.len() > 1 => {
            let above = given.iter().filter(|other| *other > rate).count();
            let below = given.iter().filter(|other| *other < rate).count();
            let same = given.len() - above - below;
            sentences.push(format!(
                "{}, with {}, has {} of the {} figures given{}.",
                row.name(),
                printed(table, row, column),
                place(above, below, same),
                in_words(given.len()),
                against_average(table, column, *rate)
            ));
        }
        Some((row, None)) => sentences.push(format!("There is no figure for {}.", row.name())),
        _ => {}
    }
    if missing > 0 && !given.is_empty() {
        let have = if missing == 1 { "one area there is" } else { "areas there is" };
        let count = if missing == 1 { String::new() } else { format!("{} ", in_words(missing)) };
        sentences.push(format!("For {count}{have} no figure."));
    }
    sentences
}

/// "the highest", "the third highest", "the joint second highest", "the lowest".
fn place(above: usize, below: usize, same: usize) -> String {
    let joint = if same > 1 { "joint " } else { "" };
    match (above, below) {
        (0, 0) => "the same as each".to_owned(),
        (0, _) => format!("the {joint}highest"),
        (_, 0) => format!("the {joint}lowest"),
        _ if above <= below => format!("the {joint}{} highest", ordinal(above + 1)),
        _ => format!("the {joint}{} lowest", ordinal(below + 1)),
    }
}

fn against_average(table: &Table, column: usize, rate: Decimal) -> String {
    let average = table.rows.iter().find(|row| row.role == RowRole::Average);
    let Some((row, average)) = average.and_then(|row| Some((row, figure(row, Some(column))?))) else {
        return String::new();
    };
    let printed = printed(table, row, column);
    match rate.cmp(&average) {
        std::cmp::Ordering::Greater => format!(", above the average of {printed}"),
        std::cmp::Ordering::Less => format!(", below the average of {printed}"),
        std::cmp::Ordering::Equal => format!(", which is the average, {printed}"),
    }
}

fn ordinal(number: usize) -> String {
    const WORDS: [&str; 11] =
        ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(word) = WORDS.get(number) {
        return (*word).to_owned();
    }
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
