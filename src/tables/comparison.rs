//! Areas set beside each other by a rate: in rank order, with their average, and the area that the paper is about picked out.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::block::{Block, StatedFigure};
use super::cells::{self, IfEmpty, Kept, Reported, too_large};
use super::kind::Body;
use super::named::{self, Count};
use super::rows::{Grid, GridRow, Wanted, plain};
use super::{At, Beside, Cell, CellValue, Column, Format, Relation, Row, RowRole, Symbol, arithmetic};
use crate::figures;
use crate::finding::{Finding, codes, nearest};
use crate::model::read::{record, words};
use crate::text::{Span, Spanned};

record! {
    /// The keys of a comparison.
    pub struct Comparison {
        /// What the areas are, heading the first column: "Partnership". Area unless said otherwise.
        "areas" areas: Option<String>,
        /// What is counted: "Crimes" heads the rates as "Crimes per 1,000 population".
        "unit" unit: Option<String>,
        /// For each how many of the population the rate is. 1,000 unless said otherwise.
        "per" per: Option<Spanned<Count>>,
        /// How many decimal places the rates have: as many as typed, and 1 where they are worked out.
        "places" places: Option<Spanned<u32>>,
        /// The area that the paper is about.
        "own" own: Option<Spanned<String>>,
        /// In which order the areas stand.
        "order" order: Order = Order::LowestFirst,
        /// What the average of the rates is called; left out, none is shown.
        "average" average: Option<String>,
        /// The average as the source prints it, where it cannot be worked out because rates are not available.
        "average_as_stated" average_as_stated: Option<Spanned<StatedFigure>>,
    }
}

words! {
    /// In which order areas stand.
    pub enum Order {
        /// From the lowest rate to the highest.
        LowestFirst = "lowest first",
        /// From the highest rate to the lowest.
        HighestFirst = "highest first",
        /// As the author wrote them.
        AsWritten = "as written",
    }
}

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["rank", "average"];

/// Where a rate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// The author typed it.
    Typed,
    /// It is worked out from a count and the population, for each so many.
    Counted(Decimal),
}

/// An area before it is ranked.
struct Area {
    name: String,
    is_own: bool,
    /// The count and the population, if the rate follows from them.
    counted: Option<(Cell, Cell)>,
    rate: Cell,
}

/// Reads a comparison.
///
/// Ranks are by the rates as printed, and equal rates share a rank. The average is the mean of the rates as printed, each area
/// counting once whatever its population; it is shown only if no rate is missing, or as the source states it.
pub(super) fn read(
    own: &Comparison,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let before = findings.len();
    let per = per(own, findings);
    let wanted = vec![
        Wanted::named("area", own.areas.as_deref().unwrap_or("Area")),
        Wanted::optional("rate"),
        Wanted::optional("count"),
        Wanted::optional("population"),
    ];
    let grid = Grid::read(block, wanted, COMPUTED, whole, beside, findings)?;
    let own_row = own.own.as_ref().and_then(|name| find_own(&grid, name, findings));
    let from = source_of_rates(&grid, per, findings)?;

    let mut rates = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        rates.extend(read_rate(&grid, row, from, findings));
    }
    if !grid.sound || rates.len() < grid.rows.len() {
        return None;
    }
    let places = places(own, from, &rates, findings);
    let mut areas = Vec::with_capacity(rates.len());
    for (index, (row, (mut rate, counted))) in grid.rows.iter().zip(rates).enumerate() {
        if let (From::Counted(per), Some((count, population))) = (from, &counted) {
            match arithmetic::rate(count, population, per, places) {
                Ok(worked_out) => rate = worked_out,
                Err(arithmetic::TooLarge) => too_large(row.span, &grid.at(row, "count"), findings),
            }
        }
        if let CellValue::Figure(value) = &mut rate.value {
            *value = figures::round(*value, places);
        }
        areas.push(Area { name: row.name().to_owned(), is_own: own_row == Some(index), counted, rate });
    }

    let mut notes = Vec::new();
    let ranks = rank(&mut areas, own.order, &mut notes);
    let mut rows: Vec<Row> = areas.iter().zip(ranks).map(|(area, rank)| area.row(rank)).collect();
    let note_before = block.notes.len();
    rows.extend(average(own, &areas, (from, places), &grid, (note_before, &mut notes), findings));
    let relations = match from {
        From::Typed => Vec::new(),
        From::Counted(per) => (0..areas.len()).map(|row| relation(row, per)).collect(),
    };
    (findings.len() == before).then(|| Body { notes, relations, ..Body::new(columns(own, from, per, places), rows) })
}

fn relation(row: usize, per: Decimal) -> Relation {
    Relation::Rate { result: At::new(row, 4), count: At::new(row, 2), population: At::new(row, 3), per }
}

fn per(own: &Comparison, findings: &mut Vec<Finding>) -> Decimal {
    let Some(per) = &own.per else { return Decimal::ONE_THOUSAND };
    if per.value.0.is_zero() {
        findings.push(
            Finding::error(codes::WRONG_VALUE, per.span, "expected for how many people the rate is, found `0`")
                .help("`per: 1000` gives a rate for each 1,000 of the population"),
        );
        return Decimal::ONE_THOUSAND;
    }
    per.value.0
}

/// Rates are typed, or follow from counts and populations: one of the two for the whole table.
fn source_of_rates(grid: &Grid, per: Decimal, findings: &mut Vec<Finding>) -> Option<From> {
    let given = |key| grid.has(key);
    let message = match (given("rate"), given("count"), given("population")) {
        (true, false, false) => return Some(From::Typed),
        (false, true, true) => return Some(From::Counted(per)),
        // A block without a row has been reported.
        _ if grid.rows.is_empty() => return None,
        (false, false, false) => "there is no column with figures",
        (false, true, false) => "counts alone cannot be compared: the column `population` is missing",
        (false, false, true) => "the column `count` is missing beside `population`",
        (true, ..) => "the column `rate` is given beside what it would be worked out from",
    };
    findings.push(
        Finding::error(codes::TABLE_DATA, grid.place, format!("{}{message}", grid.in_file()))
            .help("give either the column `rate`, or `count` and `population`, from which Quorate works it out"),
    );
    None
}

type Rate = (Cell, Option<(Cell, Cell)>);

fn read_rate(grid: &Grid, row: &GridRow, from: From, findings: &mut Vec<Finding>) -> Result<Rate, Reported> {
    if from == From::Typed {
        return Ok((grid.cell(row, "rate", Kept::Number, IfEmpty::Wrong, findings)?, None));
    }
    let count = grid.cell(row, "count", Kept::Count, IfEmpty::Wrong, findings);
    let population = grid.cell(row, "population", Kept::Count, IfEmpty::Wrong, findings);
    let (count, population) = (count?, population?);
    if population.as_figure().is_some_and(|population| population.is_zero()) {
        let message = format!("{}: there is no rate where nobody lives", grid.at(row, "population"));
        findings.push(
            Finding::error(codes::TABLE_DATA, grid.span(row, "population"), message)
                .help("correct the population, or write `[x]` if it is not available"),
        );
        return Err(Reported);
    }
    Ok((Cell::empty(), Some((count, population))))
}

fn places(own: &Comparison, from: From, rates: &[Rate], findings: &mut Vec<Finding>) -> u32 {
    if from != From::Typed {
        return named::places(own.places.as_ref(), 1, findings);
    }
    // Nobody can see more decimal places than were typed.
    let typed = rates.iter().filter_map(|(rate, _)| rate.as_figure()).map(|rate| rate.scale()).max().unwrap_or(0);
    named::places(own.places.as_ref(), typed, findings).min(typed)
}

fn find_own(grid: &Grid, name: &Spanned<String>, findings: &mut Vec<Finding>) -> Option<usize> {
    let written = plain(name);
    let found = grid.rows.iter().position(|row| plain(row.name()) == written);
    if found.is_none() {
        let names = || grid.rows.iter().map(GridRow::name);
        let meant = nearest(name, names()).or_else(|| names().find(|area| plain(area).contains(&written)));
        let help = meant.map_or_else(
            || "write the words of the row's first cell".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        let message = format!("`own` names the area `{}`, and the table has none of that name", name.value);
        findings.push(Finding::error(codes::UNKNOWN_REFERENCE, name.span, message).help(help));
    }
    found
}

/// Puts the areas in order and gives each its rank, or the symbol that stands for its rate.
fn rank(areas: &mut [Area], order: Order, notes: &mut Vec<String>) -> Vec<Cell> {
    let all = areas.len();
    let known: Vec<Decimal> = areas.iter().filter_map(|area| area.rate.as_figure()).collect();
    let missing = all - known.len();
    // As the source has them: where the rates stand in order, those that are missing keep their place among them.
    let rises = known.is_sorted();
    // The place of one that is withheld would tell between which it lies.
    let is_withheld = areas.iter().any(|area| area.rate.is_withheld());
    let in_places =
        order == Order::AsWritten && missing > 0 && !is_withheld && (rises || known.is_sorted_by(|a, b| a >= b));
    let rank_of: HashMap<Decimal, usize> = if in_places {
        first_places(areas.iter().map(|area| area.rate.as_figure()))
    } else {
        let mut sorted = known.clone();
        sorted.sort_unstable();
        let falls =
            order == Order::HighestFirst || (order == Order::AsWritten && !rises && known.is_sorted_by(|a, b| a >= b));
        if falls {
            sorted.reverse();
        }
        first_places(sorted.into_iter().map(Some))
    };
    match order {
        Order::AsWritten => {}
        // The sort keeps the order of those that are equal; areas without a rate come last.
        Order::LowestFirst => areas.sort_by_key(|area| (area.rate.as_figure().is_none(), area.rate.as_figure())),
        Order::HighestFirst => areas.sort_by_key(|area| std::cmp::Reverse(area.rate.as_figure())),
    }
    if missing > 0 && missing < all {
        notes.push(if in_places {
            "Areas without a rate stand where the source has them, and the ranks of the others count them.".to_owned()
        } else {
            format!("The ranks are those of {} of the {all} areas; the others have no rate here.", known.len())
        });
    }
    let rank = |area: &Area| match area.rate.as_figure().and_then(|rate| rank_of.get(&rate.normalize())) {
        Some(rank) => Cell::figure(Decimal::from(*rank)),
        None => Cell { marks: super::Marks::default(), ..area.rate.clone() },
    };
    areas.iter().map(rank).collect()
}

/// For each rate, at which place it first stands, counted from 1.
fn first_places(rates: impl Iterator<Item = Option<Decimal>>) -> HashMap<Decimal, usize> {
    let mut places = HashMap::new();
    for (index, rate) in rates.enumerate() {
        if let Some(rate) = rate {
            places.entry(rate.normalize()).or_insert(index + 1);
        }
    }
    places
}

impl Area {
    fn row(&self, rank: Cell) -> Row {
        let mut cells = vec![Cell::words(self.name.as_str()), rank];
        if let Some((count, population)) = &self.counted {
            cells.extend([count.clone(), population.clone()]);
        }
        cells.push(self.rate.clone());
        Row { role: if self.is_own { RowRole::Own } else { RowRole::Body }, cells }
    }
}

/// The row of the average, if one is wanted and there is one.
fn average(
    own: &Comparison,
    areas: &[Area],
    (from, places): (From, u32),
    grid: &Grid,
    (notes_before, notes): (usize, &mut Vec<String>),
    findings: &mut Vec<Finding>,
) -> Option<Row> {
    let name = match own.average.as_deref() {
        Some(word) if matches!(word.to_lowercase().as_str(), "no" | "false" | "off") => return None,
        Some(word) if matches!(word.to_lowercase().as_str(), "yes" | "true" | "on") => "Average",
        Some(name) => name,
        None if own.average_as_stated.is_some() => "Average",
        None => return None,
    };
    let missing = areas.iter().filter(|area| area.rate.as_figure().is_none()).count();
    let some_of = format!("{missing} of the {} rates are not available", areas.len());
    let rate = match (&own.average_as_stated, missing) {
        (None, 0) => {
            let sum = cells::sum(areas.iter().filter_map(|area| area.rate.as_figure()));
            match sum.and_then(|sum| sum.checked_div(Decimal::from(areas.len()))) {
                Some(mean) => Cell::figure(figures::round(mean, places)),
                None => {
                    too_large(grid.place, &format!("{}the rates", grid.in_file()), findings);
                    return None;
                }
            }
        }
        (None, _) => {
            notes.push(format!("No average is given, because {some_of}."));
            return None;
        }
        (Some(stated), 0) => {
            findings.push(
                Finding::error(
                    codes::TABLE_DATA,
                    stated.span,
                    "`average_as_stated` is given, and no rate is missing: the average is worked out",
                )
                .help("take it out; if the source prints another average, name it in `as_stated`"),
            );
            return None;
        }
        (Some(stated), _) if areas.iter().any(|area| area.rate.is_withheld()) => {
            findings.push(
                Finding::error(
                    codes::TABLE_DATA,
                    stated.span,
                    "`average_as_stated` is given, and a rate is withheld, which could be worked out from it",
                )
                .help("take it out: what somebody else printed can give a withheld count away"),
            );
            return None;
        }
        (Some(stated), _) => {
            notes.push(format!(
                "The average is the one that the source prints. It cannot be worked out, because {some_of}."
            ));
            Cell {
                computed_instead: Some(CellValue::Instead(Symbol::NotAvailable)),
                note: Some(notes_before + notes.len()),
                ..Cell::figure(stated.value.0)
            }
        }
    };
    let mut cells = vec![Cell::words(name), Cell::empty()];
    if from != From::Typed {
        cells.extend([Cell::empty(), Cell::empty()]);
    }
    cells.push(rate);
    Some(Row { role: RowRole::Average, cells })
}

fn columns(own: &Comparison, from: From, per: Decimal, places: u32) -> Vec<Column> {
    let counted = own.unit.as_deref();
    let heading = format!("{} per {} population", counted.unwrap_or("Rate"), figures::number(per, 0));
    let rate = |computed| Column { computed, ..Column::typed("rate", heading, Format::Number(places)) };
    let mut columns = vec![
        Column::words("area", own.areas.as_deref().unwrap_or("Area")),
        Column::computed("rank", "Rank", Format::Count),
    ];
    match from {
        From::Typed => columns.push(rate(false)),
        From::Counted(_) => columns.extend([
            Column::typed("count", counted.unwrap_or("Number"), Format::Count),
            Column::typed("population", "Population", Format::Count),
            rate(true),
        ]),
    }
    columns
}
