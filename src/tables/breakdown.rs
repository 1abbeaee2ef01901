//! Categories and periods: how many there were, and what share of the period's total.

use super::block::Block;
use super::cells::{IfEmpty, Kept, Reported, too_large};
use super::kind::Body;
use super::named::{self, Count, Names};
use super::rows::{Grid, Wanted};
use super::{At, Beside, Cell, Column, Format, Relation, Row, RowRole, arithmetic, relation};
use crate::finding::Finding;
use crate::model::read::{Table, record};
use crate::text::{Span, Spanned};

record! {
    /// The keys of a breakdown.
    pub struct Breakdown {
        /// What the categories are, heading the first column: "Type of hate". Category unless said otherwise.
        "categories" categories: Option<String>,
        /// The periods, which are the columns of the data: "2013", "2014".
        "periods" periods: Names,
        /// Whether each count's share of its period's total is shown.
        "share" share: bool = true,
        /// How many decimal places the shares have: 1 unless said otherwise.
        "share_places" share_places: Option<Spanned<u32>>,
        /// What the row of totals is called.
        "total" total: String = "Total".to_owned(),
        /// The totals of periods in which a count is withheld or not available; all others are worked out.
        "totals" totals: Table<Spanned<Count>>,
    }
}

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["share", "%", "total"];

/// Reads a breakdown.
///
/// Shares are percentages of the period's total, rounded with halves away from nil. What follows from a withheld count is
/// withheld: its share, and the total unless the author typed it.
pub(super) fn read(
    own: &Breakdown,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let before = findings.len();
    let heading = own.categories.as_deref().unwrap_or("Category");
    let periods = &own.periods.0;
    if !named::are_distinct(heading, periods, findings) {
        return None;
    }
    let places = own.share.then(|| named::places(own.share_places.as_ref(), 1, findings));
    let typed = named::typed_totals(periods, &own.totals, findings);
    let keys: Vec<String> = (0..periods.len()).map(|index| format!("count_{index}")).collect();

    let mut wanted = vec![Wanted::named("category", heading)];
    wanted.extend(keys.iter().zip(periods).map(|(key, period)| Wanted::named(key.clone(), period.value.as_str())));
    let mut grid = Grid::read(block, wanted, COMPUTED, whole, beside, findings)?;
    grid.refuse_totals(findings);

    let counts: Vec<Vec<Cell>> = grid
        .rows
        .iter()
        .map(|row| {
            let counts = keys.iter().filter_map(|key| grid.cell(row, key, Kept::Count, IfEmpty::Wrong, findings).ok());
            counts.collect()
        })
        .collect();
    // A row with a wrong cell is shorter, and columns cannot be added up.
    if !grid.sound || findings.len() > before && counts.iter().any(|row| row.len() < keys.len()) {
        return None;
    }
    let totals: Result<Vec<Cell>, Reported> = (0..periods.len())
        .map(|index| {
            let name = periods.get(index).map_or("", |name| name.value.as_str());
            let column = counts.iter().filter_map(move |row| row.get(index));
            named::total(&grid, name, column, typed.get(index).copied().flatten(), findings)
        })
        .collect();
    let totals = totals.ok()?;

    let mut rows = Vec::with_capacity(counts.len() + 1);
    let small_base = grid.thresholds.small_base;
    for (row, counts) in grid.rows.iter().zip(counts) {
        match lay_out(row.name(), RowRole::Body, counts, &totals, places, small_base) {
            Ok(row) => rows.push(row),
            Err(arithmetic::TooLarge) => too_large(row.span, &format!("the counts of `{}`", row.name()), findings),
        }
    }
    match lay_out(&own.total, RowRole::Total, totals.clone(), &totals, places, 0) {
        Ok(row) => rows.push(row),
        Err(arithmetic::TooLarge) => too_large(grid.place, "the totals", findings),
    }
    let step = if own.share { 2 } else { 1 };
    let relations = relations(&rows, periods.len(), step);
    (findings.len() == before).then(|| Body { relations, ..Body::new(columns(heading, periods, places), rows) })
}

/// The columns. Where there are several to a period, its name stands above them.
fn columns(heading: &str, periods: &[Spanned<String>], places: Option<u32>) -> Vec<Column> {
    let grouped = places.is_some() && periods.len() > 1;
    let mut columns = vec![Column::words("category", heading)];
    for (index, period) in periods.iter().enumerate() {
        let group = grouped.then(|| period.value.clone());
        let heading = if grouped { "Number" } else { &period.value };
        let count = Column::typed(format!("count_{index}"), heading, Format::Count);
        columns.push(Column { group: group.clone(), ..count });
        if let Some(places) = places {
            let share = Column::computed(format!("share_{index}"), "Share", Format::Percent(places));
            columns.push(Column { group, ..share });
        }
    }
    columns
}

/// One row: each count, with its share of the total where shares are shown.
fn lay_out(
    name: &str,
    role: RowRole,
    counts: Vec<Cell>,
    totals: &[Cell],
    places: Option<u32>,
    small_base: u32,
) -> Result<Row, arithmetic::TooLarge> {
    let mut cells = vec![Cell::words(name)];
    for (count, total) in counts.into_iter().zip(totals) {
        let share = places.map(|places| arithmetic::share(&count, total, places, small_base)).transpose()?;
        cells.push(count);
        cells.extend(share);
    }
    Ok(Row { role, cells })
}

/// How the figures follow from each other: `step` columns to a period, the count first.
fn relations(rows: &[Row], periods: usize, step: usize) -> Vec<Relation> {
    let counts: Vec<usize> = (0..periods).map(|index| 1 + index * step).collect();
    let mut relations = relation::sums(rows, &counts);
    let total = rows.len().saturating_sub(1);
    if step > 1 {
        for row in 0..total {
            relations.extend(counts.iter().map(|count| Relation::Share {
                result: At::new(row, count + 1),
                part: At::new(row, *count),
                whole: At::new(total, *count),
            }));
        }
    }
    relations
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use crate::figures;
    use crate::finding::codes;
    use crate::tables::testing::{printed, read, table};
    use crate::tables::{CellValue, RowRole, Symbol, TableKind};

    const KIND: TableKind = TableKind::Breakdown;

    /// Seed 000, paragraph 4.14, with the two shares of 2014 that are printed beside a withheld count withheld as well.
    #[test]
    fn the_hate_crimes_of_seed_000_come_out_and_what_follows_from_withheld_counts_does_not() {
        let block = "caption: Hate crime incidents\ncategories: Type of hate\nperiods: [2013, 2014]\nshare_places: 0\n\
                     total: Grand total\ntotals: {2013: 327, 2014: 379}\nsuppress_below: 5\ndata: hate.csv\n";
        let data = "Type of hate,2013,2014\nDisablist,16,17\nGypsy/Traveller,<5,<5\nHomophobic,0,<5\nRacist,276,320\n\
                    Religious,7,13\nSexist,19,23\nTransphobic,[c],<5\nBlank,<5,<5\n";
        let table = table(KIND, block, &[("hate.csv", data)]);
        assert_eq!(
            printed(&table),
            [
                "Disablist | 16 | 5% | 17 | 4%",
                "Gypsy/Traveller | <5 | [c] | <5 | [c]",
                "Homophobic | 0 | 0% | <5 | [c]",
                "Racist | 276 | 84% | 320 | 84%",
                "Religious | 7 | 2% | 13 | 3%",
                "Sexist | 19 | 6% | 23 | 6%",
                "Transphobic | [c] | [c] | <5 | [c]",
                "Blank | <5 | [c] | <5 | [c]",
                "Grand total | 327 | 100% | 379 | 100%",
            ]
        );
        let headings: Vec<_> =
            table.columns.iter().map(|column| (column.group.as_deref(), column.heading.as_str())).collect();
        assert_eq!(
            headings,
            [
                (None, "Type of hate"),
                (Some("2013"), "Number"),
                (Some("2013"), "Share"),
                (Some("2014"), "Number"),
                (Some("2014"), "Share")
            ]
        );
        assert_eq!(table.symbols(), [Symbol::Confidential]);
    }

    /// Seed 003, Birmingham: 57% (34 cases) high, 28% (17) medium, 15% (9) low, of 60 cases.
    #[test]
    fn one_period_needs_no_heading_above_it() {
        let block = "caption: C\ncategories: Risk\nperiods: Cases\nshare_places: 0\nrows:\n\
                     - {risk: High, cases: 34}\n- {risk: Medium, cases: 17}\n- {risk: Low, cases: 9}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(printed(&table), ["High | 34 | 57%", "Medium | 17 | 28%", "Low | 9 | 15%", "Total | 60 | 100%"]);
        let headings: Vec<_> = table.columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!(headings, ["Risk", "Cases", "Share"]);
        assert!(table.columns.iter().all(|column| column.group.is_none()));
    }

    /// Seed 001: police 1497 and city council 1166 make 2663 in the quarter; for the year only 11408 is printed.
    #[test]
    fn a_total_that_cannot_be_worked_out_may_be_typed() {
        let block = "caption: C\ncategories: Recorded by\nperiods: [Quarter 4, Year to date]\nshare: no\n\
                     totals: {Year to date: \"11,408\"}\nrows:\n\
                     - {recorded by: Police, quarter 4: 1497, year to date: \"[x]\"}\n\
                     - {recorded by: City Council, quarter 4: 1166, year to date: \"[x]\"}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(printed(&table), ["Police | 1,497 | [x]", "City Council | 1,166 | [x]", "Total | 2,663 | 11,408"]);
        let untyped = block.replace("totals: {Year to date: \"11,408\"}\n", "");
        let desk = read(KIND, &untyped, &[]);
        let last = desk.table.and_then(|table| table.rows.last().cloned()).expect("a total");
        assert_eq!((last.role, &last.cells[2].value), (RowRole::Total, &CellValue::Instead(Symbol::NotAvailable)));
    }

    #[test]
    fn a_typed_total_must_agree_with_the_counts() {
        let with = |totals: &str, second: &str| {
            let block = format!(
                "caption: C\nperiods: [2013]\nsuppress_below: 5\ntotals: {{{totals}}}\nrows:\n\
                 - {{category: a, 2013: 300}}\n- {{category: b, 2013: {second}}}\n- {{category: c, 2013: <5}}\n"
            );
            let desk = read(
                KIND,
                &block.replace("c, 2013: <5", if second == "27" { "c, 2013: 0" } else { "c, 2013: <5" }),
                &[],
            );
            (desk.messages(), desk.findings.first().map(|finding| finding.code))
        };
        assert_eq!(
            with("2013: 328", "27"),
            (vec!["`totals` gives 328 for `2013`, and the counts come to 327".to_owned()], Some(codes::TABLE_SUM))
        );
        assert_eq!(with("2013: 327", "27").0, [""; 0], "what agrees does no harm");
        assert_eq!(with("2013: 301", "<5").0, ["`totals` gives 301 for `2013`, and the counts come to 302 at least"]);
        assert_eq!(with("2013: 309", "<5").0, ["`totals` gives 309 for `2013`, and the counts come to 308 at most"]);
        assert_eq!(with("2013: 309", "\"[c]\"").0, [""; 0]);
        assert_eq!(with("2031: 309", "<5").0, ["`totals` names the column `2031`, and there is none of that name"]);
    }

    #[test]
    fn what_is_wrong_is_found_with_its_place() {
        let twice = read(KIND, "caption: C\nperiods: [A b, a-B, Category]\nrows: [{category: a, a b: 1}]\n", &[]);
        assert_eq!(twice.messages(), ["two columns are called `a-B`", "two columns are called `Category`"]);
        let none = read(KIND, "caption: C\nperiods: []\nrows: [{category: a}]\n", &[]);
        assert_eq!(none.messages(), ["expected a list of names, such as `[2013, 2014]`, found a list"]);
        let cells = read(
            KIND,
            "caption: C\nperiods: [2013, 2014]\nshare_places: 9\ndata: a.csv\n",
            &[("a.csv", "category,2013,2014,2013 %\na,1,\nb,-1,<5\nTotal,3,4\n")],
        );
        assert_eq!(
            cells.messages(),
            [
                "expected at most 6 decimal places, found `9`",
                "in `a.csv`, nobody knows the column `2013 %`",
                "in `a.csv`, the row `Total` looks like a sum of the others, and Quorate adds them up itself",
                "in `a.csv`, row `a`, column `2014`: expected a whole number that is not negative, such as `21,209`, \
                 found nothing, and a figure is needed here",
                "in `a.csv`, row `b`, column `2013`: expected a whole number that is not negative, such as `21,209`, \
                 found `-1`",
                "in `a.csv`, row `b`, column `2014`: `<5` withholds a count, and no threshold is declared",
            ]
        );
        assert!(cells.table.is_none());
    }

    #[test]
    fn shares_of_few_carry_their_counts_and_shares_of_none_do_not_exist() {
        let block = "caption: C\nperiods: [a, b]\nrows:\n- {category: x, a: 1, b: 0}\n- {category: y, a: 2, b: 0}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(
            printed(&table),
            ["x | 1 | 33.3% [u] | 0 | [z]", "y | 2 | 66.7% [u] | 0 | [z]", "Total | 3 | 100.0% | 0 | [z]"]
        );
        assert_eq!(table.rows[0].cells[2].counts, Some((1.into(), 3.into())));
    }

    proptest! {
        /// Totals are sums, and each share is within half of its last place, reckoned in whole numbers alone.
        #[test]
        fn totals_and_shares_follow(counts in proptest::collection::vec((0_i64..1_000_000, 0_i64..1_000_000), 1..12), places in 0_u32..4) {
            let rows: Vec<String> = counts.iter().enumerate().map(|(index, (a, b))| format!("- {{category: c{index}, a: {a}, b: {b}}}\n")).collect();
            let rows = rows.concat();
            let block = format!("caption: C\nperiods: [a, b]\nshare_places: {places}\nrows:\n{rows}");
            let table = table(KIND, &block, &[]);
            let total = table.rows.last().expect("a total");
            for (column, sum) in [(1, counts.iter().map(|(a, _)| a).sum::<i64>()), (3, counts.iter().map(|(_, b)| b).sum())] {
                prop_assert_eq!(&total.cells[column].value, &CellValue::Figure(sum.into()));
                for row in &table.rows {
                    let CellValue::Figure(count) = row.cells[column].value else { panic!("a count") };
                    match row.cells[column + 1].value {
                        CellValue::Figure(share) => {
                            let error = (share * Decimal::from(sum) - count * Decimal::ONE_HUNDRED).abs();
                            prop_assert!(error * Decimal::TWO * Decimal::from(10_i64.pow(places)) <= Decimal::from(sum));
                            prop_assert_eq!(figures::round(share, places), share);
                        }
                        _ => prop_assert_eq!(sum, 0),
                    }
                }
            }
        }

        #[test]
        fn no_block_and_no_file_panics(
            keys in "((periods|totals|share|share_places|total|categories|rows|data|suppress_below): ?(\\[[a-c2, ]{0,6}\\]|\\{[a-c]: [0-9]{1,29}\\}|[a-c]|a.csv|9|no|)\n){0,7}",
            text in "(category|a|b|1|-|,|\"|\r?\n|<5|\\[[cxz]\\]|99999999999999999999999999999){0,40}",
        ) {
            let _ = read(KIND, &format!("caption: C\n{keys}"), &[("a.csv", &text)]);
            let block = "caption: C\nperiods: [a, b]\ndata: a.csv\nsuppress_below: 5\n";
            let desk = read(KIND, block, &[("a.csv", &format!("category,a,b\n{text}"))]);
            prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty());
            for row in desk.table.iter().flat_map(|table| &table.rows) {
                prop_assert!(row.cells.len() == 5);
            }
        }
    }
}
