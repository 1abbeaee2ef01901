//! Counts of two periods: the difference, the change in per cent, and the direction in words.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::as_stated;
use super::block::{Better, Block, YearOnYear};
use super::called::row_key;
use super::cells::{IfEmpty, Kept, Reported, too_large};
use super::kind::Body;
use super::rows::{Grid, GridRow, Wanted, plain};
use super::{At, Beside, Cell, CellValue, Chart, Column, Format, Relation, Row, RowRole, Symbol, arithmetic};
use crate::finding::{Finding, codes, did_you_mean};
use crate::text::Span;

/// Changes are printed to a tenth of a per cent.
const PLACES: u32 = 1;

/// What the column of changes is called.
const CHANGE: &str = "Change (%)";

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["difference", "change", "change_(%)", "direction"];

/// What somebody else printed, by row.
struct Stated {
    differences: HashMap<String, Decimal>,
    changes: HashMap<String, Decimal>,
}

/// Reads a year-on-year table.
///
/// The change is a percentage of the earlier count, rounded to one decimal place with halves away from nil. Where the
/// earlier count is nil there is no such percentage. Whether a change is small enough to be called stable is judged by
/// the percentage as printed, so that the words never contradict the figure beside them.
pub(super) fn read(
    own: &YearOnYear,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    if plain(&own.from) == plain(&own.to) {
        findings.push(
            Finding::error(codes::WRONG_VALUE, own.to.span, format!("both periods are called `{}`", own.to.value))
                .also(own.from.span, "the earlier one")
                .help("give each period its own name, such as `2013/14` and `2014/15`"),
        );
        return None;
    }
    let stable_within = stable_within(own, findings);

    // In a file the periods' own names head their columns; in the block the keys are the same for every table.
    let period = |key: &'static str, label: &str| Wanted::named(key, if block.data.is_some() { label } else { key });
    let columns =
        vec![Wanted::required("measure"), period("from", &own.from), period("to", &own.to), Wanted::optional("better")];
    let grid = Grid::read(block, columns, COMPUTED, whole, beside, findings)?;

    let stated = Stated {
        differences: as_stated::of_column(&block.as_stated, &["difference"]),
        changes: as_stated::of_column(&block.as_stated, &["change", CHANGE]),
    };
    let mut rows = Vec::with_capacity(grid.rows.len());
    let mut sound = grid.sound;
    for row in &grid.rows {
        match compare(&grid, row, (own.better, stable_within), &stated, findings) {
            Ok(row) => rows.push(row),
            Err(Reported) => sound = false,
        }
    }

    let columns = vec![
        Column::words("measure", "Measure"),
        Column::typed("from", own.from.value.as_str(), Format::Count),
        Column::typed("to", own.to.value.as_str(), Format::Count),
        Column::computed("difference", "Difference", Format::Difference(0)),
        Column::computed("change", CHANGE, Format::Change(PLACES)),
        Column::computed("direction", "Direction", Format::Words),
    ];
    let notes = stable_within
        .map(|within| format!("A change of no more than {}% either way is called stable.", within.normalize()))
        .into_iter()
        .collect();
    let relations = (0..rows.len()).flat_map(relations).collect();
    sound.then_some(Body { notes, relations, chart: Chart::Differences, ..Body::new(columns, rows) })
}

fn stable_within(own: &YearOnYear, findings: &mut Vec<Finding>) -> Option<Decimal> {
    let within = own.stable_within.as_ref()?;
    if within.is_sign_negative() && !within.is_zero() {
        findings.push(
            Finding::error(
                codes::WRONG_VALUE,
                within.span,
                format!("expected a percentage that is not negative, found `{}`", within.value),
            )
            .help("`stable_within: 0.5` calls every change from −0.5% to +0.5% stable"),
        );
        return None;
    }
    Some(within.value)
}

/// One row.
fn compare(
    grid: &Grid,
    row: &GridRow,
    (better, stable_within): (Option<Better>, Option<Decimal>),
    stated: &Stated,
    findings: &mut Vec<Finding>,
) -> Result<Row, Reported> {
    // All three are read before any stops the row, so that one run reports every wrong cell.
    let from = grid.cell(row, "from", Kept::Count, IfEmpty::Wrong, findings);
    let to = grid.cell(row, "to", Kept::Count, IfEmpty::Wrong, findings);
    let better = better_of(grid, row, better, findings)?;
    let (from, to) = (from?, to?);

    let difference = arithmetic::difference(&from, &to);
    let change = arithmetic::change(&from, &to, PLACES, grid.thresholds.small_base);
    let (Ok(difference), Ok(change)) = (difference, change) else {
        too_large(row.span, &format!("{}the counts of row `{}`", grid.in_file(), row.name()), findings);
        return Err(Reported);
    };
    // Where counts are not available, a change that is printed as somebody else stated it still has a direction.
    let is_open = difference.value == CellValue::Instead(Symbol::NotAvailable);
    let of_row = |stated: &HashMap<String, Decimal>| {
        let is_stated = is_open && !stated.is_empty();
        is_stated.then(|| stated.get(&row_key(row.name())).copied()).flatten()
    };
    let stated_change = of_row(&stated.changes);
    let by = difference.as_figure().or_else(|| of_row(&stated.differences)).or(stated_change);
    let direction = match by {
        Some(by) => {
            let change = change.as_figure().or(stated_change);
            let within = change.zip(stable_within).is_some_and(|(change, within)| change.abs() <= within);
            Cell::words(direction(by.is_zero() || within, by > Decimal::ZERO, better))
        }
        None => Cell::from(difference.value.clone()),
    };
    Ok(Row { role: RowRole::Body, cells: vec![Cell::words(row.name()), from, to, difference, change, direction] })
}

/// How the figures of one row follow from each other.
fn relations(row: usize) -> [Relation; 2] {
    let (from, to) = (At::new(row, 1), At::new(row, 2));
    [Relation::Difference { result: At::new(row, 3), from, to }, Relation::Change { result: At::new(row, 4), from, to }]
}

/// The better direction of one row: its own, or the table's.
fn better_of(
    grid: &Grid,
    row: &GridRow,
    of_table: Option<Better>,
    findings: &mut Vec<Finding>,
) -> Result<Option<Better>, Reported> {
    let written = grid.words(row, "better");
    if written.is_empty() {
        return Ok(of_table);
    }
    if let Some(better) = Better::from_word(&written.to_lowercase()) {
        return Ok(Some(better));
    }
    let message = format!("{}: expected `up` or `down`, found `{written}`", grid.at(row, "better"));
    let help = did_you_mean(written, Better::WORDS.iter().copied())
        .unwrap_or_else(|| "say which direction is the better one, or leave it out".to_owned());
    findings.push(Finding::error(codes::TABLE_DATA, grid.span(row, "better"), message).help(help));
    Err(Reported)
}

fn direction(stable: bool, up: bool, better: Option<Better>) -> &'static str {
    match (stable, up, better) {
        (true, ..) => "stable",
        (false, true, None) => "up",
        (false, false, None) => "down",
        (false, true, Some(Better::Up)) => "up (better)",
        (false, true, Some(Better::Down)) => "up (worse)",
        (false, false, Some(Better::Down)) => "down (better)",
        (false, false, Some(Better::Up)) => "down (worse)",
    }
}

#[cfg(test)]
mod tests {
    use crate::figures;
    use crate::finding::{Severity, codes};
    use crate::tables::testing::{printed, read, table};
    use crate::tables::{CellValue, Symbol, TableKind};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    const KIND: TableKind = TableKind::YearOnYear;

    #[test]
    fn the_figures_of_seed_000_come_out() {
        let block = "caption: Recorded crime\nfrom: 2013/14\nto: 2014/15\ndata: data/crime.csv\n";
        let data = "measure,2013/14,2014/15\nTRC,\"21,209\",21097\nBDH,\"1,868\",\"1,654\"\nVWI,2226,2402\n\
                    ASB,8526,8171\nDV (crime),1930,2100\nDV (non crime),3470,3935\n";
        let table = table(KIND, block, &[("data/crime.csv", data)]);
        assert_eq!(
            printed(&table),
            [
                "TRC | 21,209 | 21,097 | −112 | −0.5% | down",
                "BDH | 1,868 | 1,654 | −214 | −11.5% | down",
                "VWI | 2,226 | 2,402 | +176 | +7.9% | up",
                "ASB | 8,526 | 8,171 | −355 | −4.2% | down",
                "DV (crime) | 1,930 | 2,100 | +170 | +8.8% | up",
                "DV (non crime) | 3,470 | 3,935 | +465 | +13.4% | up",
            ]
        );
        let headings: Vec<_> = table.columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!(headings, ["Measure", "2013/14", "2014/15", "Difference", "Change (%)", "Direction"]);
    }

    #[test]
    fn a_percentage_of_nil_does_not_exist_and_directions_say_what_is_better() {
        let block = "caption: C\nfrom: 2013\nto: 2014\nstable_within: 0.5\nbetter: down\nrows:\n\
                     - {measure: from nil, from: 0, to: 3}\n\
                     - {measure: nil, from: 0, to: 0}\n\
                     - {measure: small, from: 1000, to: 1005}\n\
                     - {measure: help given, from: 1000, to: 1006, better: Up}\n\
                     - {measure: thefts, from: 1000, to: 900}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(
            printed(&table),
            [
                "from nil | 0 | 3 | +3 | [z] | up (worse)",
                "nil | 0 | 0 | 0 | [z] | stable",
                "small | 1,000 | 1,005 | +5 | +0.5% | stable",
                "help given | 1,000 | 1,006 | +6 | +0.6% | up (better)",
                "thefts | 1,000 | 900 | −100 | −10.0% | down (better)",
            ]
        );
        assert_eq!(table.notes, ["A change of no more than 0.5% either way is called stable."]);
    }

    #[test]
    fn every_wrong_cell_is_reported_in_one_run() {
        let block = "caption: C\nfrom: 2013\nto: 2014\ndata: a.csv\n";
        let data = "measure,2013,2014,better\nTRC,-5,1.5,\nBDH,many,,dwn\nVWI,1,2,\n";
        let desk = read(KIND, block, &[("a.csv", data)]);
        assert!(desk.table.is_none());
        assert_eq!(
            desk.messages(),
            [
                "in `a.csv`, row `TRC`, column `2013`: expected a whole number that is not negative, such as `21,209`, \
                 found `-5`",
                "in `a.csv`, row `TRC`, column `2014`: expected a whole number that is not negative, such as `21,209`, \
                 found `1.5`",
                "in `a.csv`, row `BDH`, column `2013`: expected a whole number that is not negative, such as `21,209`, \
                 found `many`",
                "in `a.csv`, row `BDH`, column `2014`: expected a whole number that is not negative, such as `21,209`, \
                 found nothing, and a figure is needed here",
                "in `a.csv`, row `BDH`, column `better`: expected `up` or `down`, found `dwn`",
            ]
        );
        assert!(desk.findings.iter().all(|finding| finding.code == codes::TABLE_DATA));
        assert_eq!(desk.place(), "a.csv:2:5");
        assert_eq!(desk.text_at(desk.findings[2].primary.span), "many");
        assert_eq!(desk.findings[4].help.as_deref(), Some("did you mean `down`?"));
    }

    #[test]
    fn a_period_whose_column_is_missing_is_named() {
        let block = "caption: C\nfrom: 2013/14\nto: 2014/15\ndata: a.csv\n";
        let desk = read(KIND, block, &[("a.csv", "measure,2013/14,2014/51,difference\nTRC,1,2,1\n")]);
        let messages = desk.messages();
        assert!(messages.contains(&"in `a.csv`, nobody knows the column `2014/51`".to_owned()), "{messages:?}");
        assert!(messages.contains(&"in `a.csv`, the column `2014/15` is missing".to_owned()), "{messages:?}");
        assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `2014/15`?"));
        assert!(desk.findings[1].help.as_deref().is_some_and(|help| help.contains("works out `difference` itself")));
    }

    #[test]
    fn periods_need_names_of_their_own() {
        let desk = read(KIND, "caption: C\nfrom: 2013\nto: 2013\nrows: [{measure: a, from: 1, to: 2}]\n", &[]);
        assert_eq!(desk.messages(), ["both periods are called `2013`"]);
    }

    #[test]
    fn what_is_stated_is_compared_as_printed() {
        let block = "caption: C\nfrom: 2013\nto: 2014\nrows:\n\
                     - {measure: TRC, from: 21209, to: 21097}\n- {measure: new, from: 0, to: 3}\n\
                     as_stated:\n\
                     - {row: trc, column: Change (%), value: -0.5%}\n\
                     - {row: new, column: change, value: 100%, note: As they printed it.}\n";
        let desk = read(KIND, block, &[]);
        assert_eq!(desk.findings[0].severity, Severity::Warning, "−0.528 is printed −0.5%");
        let table = desk.table.expect("a table");
        assert_eq!(table.rows[1].cells[4].computed_instead, Some(CellValue::Instead(Symbol::NotApplicable)));
        assert_eq!(
            table.notes,
            ["Change (%), new: printed as +100.0% in the source; no such figure follows from those above. As they \
              printed it."]
        );
    }

    proptest! {
        /// Twenty times the change, taken from whole numbers alone, is nearer to the printed tenths than to any other.
        #[test]
        fn a_percentage_is_within_its_rounding(from in 1_i64..100_000_000, to in 0_i64..100_000_000) {
            let block = format!("caption: C\nfrom: a\nto: b\nrows: [{{measure: m, from: {from}, to: {to}}}]\n");
            let table = table(KIND, &block, &[]);
            let CellValue::Figure(change) = table.rows[0].cells[4].value else { panic!("a figure") };
            let tenths: i128 = (change * Decimal::TEN).normalize().to_string().parse().expect("whole tenths");
            let (from, difference) = (i128::from(from), i128::from(to - from));
            let error = (tenths * from - difference * 1000).abs();
            prop_assert!(2 * error <= from, "{change} of {difference}/{from}");
            // A half goes away from nil.
            prop_assert!(2 * error < from || tenths.abs() * from > difference.abs() * 1000);
        }

        #[test]
        fn no_file_panics(text in "(measure|a|b|1|-|,|\"|\r?\n|£|[a-z]|99999999999999999999999999999){0,40}") {
            let block = "caption: C\nfrom: a\nto: b\ndata: a.csv\n";
            for text in [text.clone(), format!("measure,a,b\n{text}")] {
                let desk = read(KIND, block, &[("a.csv", &text)]);
                prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty());
                for row in desk.table.iter().flat_map(|table| &table.rows) {
                    prop_assert!(row.cells.len() == 6);
                }
            }
        }
    }

    #[test]
    fn halves_go_away_from_nil() {
        let block = "caption: C\nfrom: a\nto: b\nrows:\n- {measure: m, from: 2000, to: 2001}\n- {measure: n, from: 2000, to: 1999}\n";
        assert_eq!(
            printed(&table(KIND, block, &[])),
            ["m | 2,000 | 2,001 | +1 | +0.1% | up", "n | 2,000 | 1,999 | −1 | −0.1% | down"]
        );
        assert_eq!(figures::signed_percent(Decimal::new(5, 2), 1), "+0.1%");
    }
}
