//! Areas set beside each other by a rate: in rank order, with their average, and the area that the paper is about picked out.

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
    let from = source_of_rates(&grid, per, findings)?;

    let mut rates = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        rates.extend(read_rate(&grid, row, from, findings));
    }
    if !grid.sound || rates.len() < grid.rows.len() {
        return None;
    }
    let places = places(own, from, &rates, findings);
    let own_row = own.own.as_ref().and_then(|name| find_own(&grid, name, findings));
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
    let in_places = order == Order::AsWritten && missing > 0 && (rises || known.is_sorted_by(|a, b| a >= b));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use crate::tables::testing::{printed, read, table};
    use crate::tables::{CellValue, RowRole, Symbol, TableKind};

    const KIND: TableKind = TableKind::Comparison;

    /// Seed 001, Appendix 9, Table 2, in the order that is printed there; four of the rates cannot be read.
    #[test]
    fn the_most_similar_group_of_seed_001_comes_out() {
        let block = "caption: Most Similar Group\nareas: CSP\nunit: Crimes\norder: as written\nown: West Midlands – Coventry\n\
                     average: MSG average\naverage_as_stated: 83.482\nnotes: Ours.\nrows:\n\
                     - {csp: West Midlands – Coventry, rate: 62.176}\n- {csp: Salford, rate: 68.604}\n\
                     - {csp: Plymouth, rate: 70.729}\n- {csp: Stevenage, rate: \"[x]\"}\n- {csp: Luton, rate: \"[x]\"}\n\
                     - {csp: Bolton, rate: \"[x]\"}\n- {csp: Slough, rate: 79.599}\n- {csp: Harlow, rate: 83.120}\n\
                     - {csp: Leicester, rate: 83.239}\n- {csp: Bradford, rate: 85.079}\n- {csp: Stoke on Trent, rate: \"[x]\"}\n\
                     - {csp: Lincoln, rate: 93.376}\n- {csp: Bristol, rate: 100.711}\n- {csp: Portsmouth, rate: 103.039}\n\
                     - {csp: Blackpool, rate: 109.416}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(
            printed(&table),
            [
                "West Midlands – Coventry | 1 | 62.176",
                "Salford | 2 | 68.604",
                "Plymouth | 3 | 70.729",
                "Stevenage | [x] | [x]",
                "Luton | [x] | [x]",
                "Bolton | [x] | [x]",
                "Slough | 7 | 79.599",
                "Harlow | 8 | 83.120",
                "Leicester | 9 | 83.239",
                "Bradford | 10 | 85.079",
                "Stoke on Trent | [x] | [x]",
                "Lincoln | 12 | 93.376",
                "Bristol | 13 | 100.711",
                "Portsmouth | 14 | 103.039",
                "Blackpool | 15 | 109.416",
                "MSG average |  | 83.482",
            ]
        );
        let average = &table.rows[15];
        assert_eq!((table.rows[0].role, average.role), (RowRole::Own, RowRole::Average));
        assert_eq!(average.cells[2].computed_instead, Some(CellValue::Instead(Symbol::NotAvailable)));
        assert_eq!(average.cells[2].note, Some(3), "after the author's own note and that on the ranks");
        assert_eq!(
            table.notes[2],
            "The average is the one that the source prints. It cannot be worked out, because 4 of the 15 rates are not available."
        );
        assert_eq!(table.columns[2].heading, "Crimes per 1,000 population");
        // The missing four can have rates between their neighbours that make the printed average of all fifteen.
        let known: Decimal = table.rows[..15].iter().filter_map(|row| row.cells[2].as_figure()).sum();
        let missing = Decimal::new(83_482, 3) * Decimal::from(15) - known;
        let (least, most) = (Decimal::new(3 * 70_729 + 85_079, 3), Decimal::new(3 * 79_599 + 93_376, 3));
        assert!(least < missing && missing < most);
    }

    #[test]
    fn ranks_follow_the_order_and_ties_share_them() {
        let block = |order: &str| {
            format!(
                "caption: C\norder: {order}\naverage: yes\nrows:\n- {{area: a, rate: 5.0}}\n- {{area: b, rate: 7.25}}\n\
                 - {{area: c, rate: 5}}\n- {{area: d, rate: 1}}\n"
            )
        };
        let lines = |order: &str| printed(&table(KIND, &block(order), &[]));
        assert_eq!(
            lines("lowest first"),
            ["d | 1 | 1.00", "a | 2 | 5.00", "c | 2 | 5.00", "b | 4 | 7.25", "Average |  | 4.56"]
        );
        assert_eq!(
            lines("Highest first"),
            ["b | 1 | 7.25", "a | 2 | 5.00", "c | 2 | 5.00", "d | 4 | 1.00", "Average |  | 4.56"]
        );
        assert_eq!(
            lines("as written"),
            ["a | 2 | 5.00", "b | 4 | 7.25", "c | 2 | 5.00", "d | 1 | 1.00", "Average |  | 4.56"]
        );
        let fewer = table(KIND, &block("lowest first").replace("rows:", "places: 1\nrows:"), &[]);
        assert_eq!(printed(&fewer)[3], "b | 4 | 7.3");
    }

    #[test]
    fn missing_rates_come_last_and_leave_no_average() {
        let block = "caption: C\naverage: Group\nrows:\n- {area: a, rate: \"[x]\"}\n- {area: b, rate: 2}\n- {area: c, rate: 1}\n";
        for (order, first) in [("lowest first", "c"), ("highest first", "b")] {
            let table = table(KIND, &format!("order: {order}\n{block}"), &[]);
            let names: Vec<_> = table.rows.iter().map(|row| row.name()).collect();
            assert_eq!((names[0], names[2], names.len()), (first, "a", 3), "{order}");
            assert_eq!(
                table.notes,
                [
                    "The ranks are those of 2 of the 3 areas; the others have no rate here.",
                    "No average is given, because 1 of the 3 rates are not available."
                ]
            );
        }
    }

    /// Worked out by hand: 20,000 of 345,385 is 57.9064 for each 1,000.
    #[test]
    fn rates_are_worked_out_from_counts_and_populations() {
        let block = "caption: C\nplaces: 3\nsuppress_below: 5\nrows:\n- {area: Coventry, count: \"20,000\", population: \"345,385\"}\n\
                     - {area: Nowhere, count: <5, population: 10}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(printed(&table), ["Coventry | 1 | 20,000 | 345,385 | 57.906", "Nowhere | [c] | <5 | 10 | [c]"]);
        let hundred_thousand = block.replace("places: 3", "per: \"100,000\"\nunit: Burglaries");
        let table = crate::tables::testing::table(KIND, &hundred_thousand, &[]);
        assert_eq!(printed(&table)[0], "Coventry | 1 | 20,000 | 345,385 | 5,790.6");
        let headings: Vec<_> = table.columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!(headings, ["Area", "Rank", "Burglaries", "Population", "Burglaries per 100,000 population"]);
    }

    #[test]
    fn what_is_wrong_is_found() {
        let desk = |keys: &str, rows: &str| {
            let desk = read(KIND, &format!("caption: C\n{keys}rows:\n{rows}"), &[]);
            let help = desk.findings[0].help.clone().unwrap_or_default();
            (desk.messages().join("; "), help)
        };
        let rates = "- {area: West Midlands – Coventry, rate: 1}\n- {area: Salford, rate: 2}\n";
        let (message, help) = desk("own: Coventry\n", rates);
        assert_eq!(message, "`own` names the area `Coventry`, and the table has none of that name");
        assert_eq!(help, "did you mean `West Midlands – Coventry`?");
        assert_eq!(desk("own: Salfrod\n", rates).1, "did you mean `Salford`?");
        assert!(desk("average_as_stated: 1.5\n", rates).0.contains("no rate is missing"));
        assert!(desk("per: 0\n", rates).0.contains("for how many people"));
        assert!(desk("order: lowest\n", rates).0.contains("one of `lowest first`"));
        assert!(desk("", "- {area: a, count: 1}\n").0.contains("`population` is missing"));
        assert!(desk("", "- {area: a, rate: 1, count: 1}\n").0.contains("the column `rate` is given beside"));
        assert!(desk("", "- {area: a}\n").0.contains("no column with figures"));
        assert!(desk("", "- {area: a, count: 1, population: 0}\n").0.contains("where nobody lives"));
        assert!(desk("", "- {area: a, rate: -1}\n").0.contains("expected a number that is not negative"));
    }

    proptest! {
        /// A rank is one more than the number of better rates, whatever the order of writing; the average is the mean.
        #[test]
        fn ranks_count_those_before(rates in proptest::collection::vec(0_i64..50, 1..15), highest in any::<bool>()) {
            let rows: String = rates.iter().enumerate().map(|(index, rate)| format!("- {{area: a{index}, rate: {rate}}}\n")).collect();
            let order = if highest { "highest first" } else { "lowest first" };
            let table = table(KIND, &format!("caption: C\norder: {order}\naverage: yes\nrows:\n{rows}"), &[]);
            let (average, areas) = table.rows.split_last().expect("an average");
            let mut before = 0;
            for row in areas {
                let (rank, rate) = (row.cells[1].as_figure(), row.cells[2].as_figure().expect("a rate"));
                let better = rates.iter().filter(|other| if highest { Decimal::from(**other) > rate } else { Decimal::from(**other) < rate });
                prop_assert_eq!(rank, Some(Decimal::from(better.count() + 1)));
                prop_assert!(rank >= Some(Decimal::from(before)));
                before = better_rank(rank);
            }
            let sum: i64 = rates.iter().sum();
            let count = i64::try_from(rates.len()).expect("few");
            prop_assert_eq!(average.cells[2].as_figure(), Some(Decimal::from((2 * sum + count) / (2 * count))));
        }

        #[test]
        fn no_block_and_no_file_panics(
            keys in "((areas|unit|per|places|own|order|average|average_as_stated|rows|data): ?(\\[[a-c2, ]{0,6}\\]|[a-c]|a.csv|[0-9]{1,29}|as written|no|)\n){0,8}",
            text in "(area|a|b|1|0|-|,|\"|\r?\n|<5|\\[[cxz]\\]|99999999999999999999999999999|1.5){0,40}",
        ) {
            let _ = read(KIND, &format!("caption: C\n{keys}"), &[("a.csv", &text)]);
            for (head, columns) in [("area,rate", 3), ("area,count,population", 5)] {
                let block = "caption: C\ndata: a.csv\nsuppress_below: 5\norder: as written\naverage: yes\nown: a\n";
                let desk = read(KIND, block, &[("a.csv", &format!("{head}\na,1,2\n{text}"))]);
                prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty());
                for row in desk.table.iter().flat_map(|table| &table.rows) {
                    prop_assert!(row.cells.len() == columns);
                }
            }
        }
    }

    fn better_rank(rank: Option<Decimal>) -> usize {
        rank.and_then(|rank| rank.to_string().parse().ok()).unwrap_or(0)
    }
}
