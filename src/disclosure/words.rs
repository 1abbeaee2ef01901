//! An audit in words: for findings, and for whoever asks about one paper.

use rust_decimal::Decimal;

use super::audit::{Audit, Count, Group, Verdict};
use super::clues::Clue;
use super::coarser::Coarser;
use super::evidence::{Evidence, Place};
use super::problem::Range;
use super::proposal::Proposal;
use super::ranges::Reach;
use super::sheet::Printed;
use crate::figures;
use crate::tables::Relation;
use crate::text::sentence;

/// From here on a count can be as large as anybody likes.
const ANY: i128 = 10_i128.pow(15);

/// "`Gypsy/Traveller`, 2013 total", with the table if it is another.
pub fn cell(evidence: &Evidence, place: Place) -> String {
    let Some(sheet) = evidence.sheets.get(place.sheet) else { return String::new() };
    let row = sheet.rows.get(place.at.row).map_or("", |row| row.name.as_str());
    let heading = sheet.column(place.at).map_or("", |column| column.heading.as_str());
    let within = if place.sheet == 0 { String::new() } else { format!(" in {}", sheet.title) };
    format!("`{row}`, {heading}{within}")
}

/// What is printed in a cell: `16`, `5%`, `<5`, `[c]`.
pub fn printed(evidence: &Evidence, place: Place) -> String {
    let column = evidence.sheets.get(place.sheet).and_then(|sheet| sheet.column(place.at));
    let is_percentage = column.is_some_and(|column| column.is_percentage);
    match evidence.printed(place) {
        Printed::Nothing | Printed::Words => String::new(),
        Printed::Figure(value, places) | Printed::Stated(value, places) if is_percentage => {
            figures::percent(value, places)
        }
        Printed::Figure(value, places) | Printed::Stated(value, places) => figures::number(value, places),
        Printed::Below(threshold) => format!("<{threshold}"),
        Printed::Withheld => "[c]".to_owned(),
        Printed::Missing => "[x]".to_owned(),
    }
}

/// "1", "1 or 2", "3 to 5", "2 or more".
pub fn values(range: Range) -> String {
    let number =
        |value: i128| i64::try_from(value).map_or_else(|_| value.to_string(), |value| figures::number(value.into(), 0));
    match range.values() {
        _ if range.most >= ANY && range.least <= 0 => "any number".to_owned(),
        _ if range.most >= ANY => format!("{} or more", number(range.least)),
        1 => number(range.least),
        2 => format!("{} or {}", number(range.least), number(range.most)),
        _ => format!("{} to {}", number(range.least), number(range.most)),
    }
}

/// What a reader can work out of a count: "must be 1", "can only be 1 or 2", "can be 1 to 4".
pub fn inferred(count: &Count) -> String {
    match (count.verdict, count.reach) {
        (Verdict::GivenAway, Reach::Exactly(range)) if range.values() == 1 => format!("must be {}", values(range)),
        (Verdict::GivenAway, Reach::Exactly(range) | Reach::Within { outer: range, .. }) => {
            format!("can only be {}", values(range))
        }
        (Verdict::Safe, Reach::Exactly(range)) => format!("can be {}", values(range)),
        (_, Reach::Within { outer, found: Some(found) }) => format!(
            "can be {}, and perhaps more: it could not be decided whether it can be {}",
            values(found),
            values(outer)
        ),
        (_, Reach::Within { outer, found: None }) => {
            format!("could not be decided; it lies within {}", values(outer))
        }
        (_, Reach::Nothing) => "can have no value at all: figures that are printed contradict each other".to_owned(),
        (_, Reach::Exactly(range)) => format!("can be {}", values(range)),
    }
}

/// The printed figures of a clue, in a sentence without its full stop.
pub fn clue(evidence: &Evidence, clue: Clue) -> String {
    let sheet = match clue {
        Clue::Sum(sheet, _) | Clue::Rounded(sheet, _) => sheet,
        Clue::Same(one, other) => return same(evidence, one, other),
    };
    let place = |at: &crate::tables::At| Place { sheet, at: *at };
    let name = |at: &crate::tables::At| cell(evidence, place(at));
    let figure = |at: &crate::tables::At| printed(evidence, place(at));
    match evidence.relation(clue) {
        None => String::new(),
        Some(Relation::Sum { total, parts }) => {
            sum(evidence, place(total), &parts.iter().map(place).collect::<Vec<_>>())
        }
        Some(Relation::Difference { result, from, to }) => {
            format!("{} is {}: {} less {}", name(result), figure(result), name(to), name(from))
        }
        Some(Relation::Share { result, whole, .. }) => {
            format!("{} is {}, and the whole is {}", name(result), figure(result), figure(whole))
        }
        Some(Relation::Change { result, from, to }) => {
            format!("{} is {}: the change from {} to {}", name(result), figure(result), figure(from), figure(to))
        }
        Some(Relation::Rate { result, population, per, .. }) => format!(
            "{} is {} for each {} of {}",
            name(result),
            figure(result),
            figures::number(*per, per.scale()),
            figure(population)
        ),
    }
}

fn same(evidence: &Evidence, one: Place, other: Place) -> String {
    match evidence.printed(other).figure() {
        Some((value, places)) => format!("{} prints {}", cell(evidence, other), figures::number(value, places)),
        None => format!("{} is the same count as {}", cell(evidence, other), cell(evidence, one)),
    }
}

fn sum(evidence: &Evidence, total: Place, parts: &[Place]) -> String {
    let known: Vec<Decimal> =
        parts.iter().filter_map(|part| evidence.printed(*part).figure()).map(|(value, _)| value).collect();
    let hidden = parts.iter().filter(|part| evidence.printed(**part).is_hidden()).count();
    let sum = known.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    match (evidence.printed(total).figure(), sum) {
        (Some((whole, places)), Some(sum)) if hidden > 0 => format!(
            "{} is {}, and the parts of it that are printed come to {}, which leaves {} for {}",
            cell(evidence, total),
            figures::number(whole, places),
            figures::number(sum, places),
            figures::number(whole - sum, places),
            if hidden == 1 { "the one that is not".to_owned() } else { format!("the {hidden} that are not") }
        ),
        (Some((whole, places)), _) => {
            format!("{} is {}, the sum of its parts", cell(evidence, total), figures::number(whole, places))
        }
        (None, _) => format!("{} is the sum of its parts", cell(evidence, total)),
    }
}

/// Of so many cells the names are given.
const MOST_NAMED: usize = 6;

/// What a finding says of counts that are given away together: "column `2013`: what is kept back can be worked out: `b` is 1
/// and `d` is 1".
pub fn given_away(audit: &Audit, group: &Group) -> String {
    let counts: Vec<&Count> = group.counts.iter().filter_map(|number| audit.counts.get(*number)).collect();
    let sheet = audit.evidence.sheets.first();
    let heading = |count: &Count| {
        sheet.and_then(|sheet| sheet.column(count.place.at)).map_or("", |column| column.heading.as_str())
    };
    let column = counts.first().map(|count| heading(count));
    let of_one_column = counts.iter().all(|count| Some(heading(count)) == column);
    let named: Vec<String> = counts
        .iter()
        .take(MOST_NAMED)
        .map(|count| {
            let row = sheet.and_then(|sheet| sheet.rows.get(count.place.at.row)).map_or("", |row| row.name.as_str());
            let what = match count.reach {
                Reach::Exactly(range) | Reach::Within { outer: range, .. } => values(range),
                Reach::Nothing => String::new(),
            };
            if of_one_column { format!("`{row}` is {what}") } else { format!("`{row}`, {}, is {what}", heading(count)) }
        })
        .collect();
    let place = column.filter(|_| of_one_column).map_or_else(String::new, |column| format!("column `{column}`: "));
    format!("{place}what is kept back can be worked out: {}", listed(named, counts.len()))
}

/// What to withhold besides, in a sentence without its full stop.
pub fn proposed(audit: &Audit, proposal: &Proposal) -> String {
    let evidence = &audit.evidence;
    let named: Vec<String> = proposal
        .cells
        .iter()
        .take(MOST_NAMED)
        .map(|place| format!("{} ({})", cell(evidence, *place), printed(evidence, *place)))
        .collect();
    let words = listed(named, proposal.cells.len());
    let what = if proposal.is_smallest { "the smallest change that makes it safe" } else { "that makes it safe" };
    format!("withhold as `[c]` also {words}: {what}")
}

/// What to print more coarsely instead, in a sentence without its full stop.
pub fn coarser(evidence: &Evidence, coarser: &Coarser) -> String {
    let heading = |(sheet, column): &(usize, usize)| {
        let of = evidence.sheets.get(*sheet)?;
        let heading = &of.columns.get(*column)?.heading;
        Some(if *sheet == 0 { format!("`{heading}`") } else { format!("`{heading}` in {}", of.title) })
    };
    let named: Vec<String> = coarser.columns.iter().filter_map(heading).take(MOST_NAMED).collect();
    let columns = listed(named, coarser.columns.len());
    match coarser.places {
        None => format!("Or leave out {columns}: then nothing else has to be withheld"),
        Some(0) => format!("Or print {columns} in whole numbers: then nothing else has to be withheld"),
        Some(1) => format!("Or print {columns} with one decimal place: then nothing else has to be withheld"),
        Some(places) => {
            format!("Or print {columns} with {places} decimal places: then nothing else has to be withheld")
        }
    }
}

/// "a, b and c", or "a, b and 3 more" of a longer list.
pub(crate) fn listed(named: Vec<String>, all: usize) -> String {
    let mut named = named;
    if all > named.len() {
        named.push(format!("{} more", all - named.len()));
    }
    sentence::listed(named)
}
