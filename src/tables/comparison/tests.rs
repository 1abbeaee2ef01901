//! Seed 001, Table 2, and what must hold of every comparison.

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
    let block =
        "caption: C\naverage: Group\nrows:\n- {area: a, rate: \"[x]\"}\n- {area: b, rate: 2}\n- {area: c, rate: 1}\n";
    for (order, first) in [("lowest first", "c"), ("highest first", "b")] {
        let table = table(KIND, &format!("order: {order}\n{block}"), &[]);
        let names: Vec<_> = table.rows.iter().map(crate::tables::Row::name).collect();
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
        let rows: Vec<String> = rates.iter().enumerate().map(|(index, rate)| format!("- {{area: a{index}, rate: {rate}}}\n")).collect();
            let rows = rows.concat();
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
