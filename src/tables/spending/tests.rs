use std::fmt::Write as _;

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::finding::{Severity, codes};
use crate::tables::testing::{printed, read, table};
use crate::tables::{CellValue, RowRole, TableKind};

const KIND: TableKind = TableKind::Spending;

/// Seed 000, Appendix 1. The paper leaves the last item's £6,000.00 out of its own totals of quarter 4 and spending,
/// but takes it off what remains.
const APPENDIX_1: &str = "item,allocated,q1,q2,q3,q4,carried_over\n\
    Admin,\"40,000.00\",\"40,000.00\",,,,0.00\n\
    Partnership analyst,\"38,500.00\",\"8,985.15\",,\"8,985.15\",,0.00\n\
    Domestic homicide reviews,\"30,000.00\",,,,,\"30,000.00\"\n\
    Substance misuse,\"31,845.00\",\"31,845.00\",,,,0.00\n\
    Domestic security,\"45,415.00\",\"17,708.00\",\"10,530.70\",,,0.00\n\
    Youth offending,\"75,186.00\",\"75,186.00\",,,,0.00\n\
    Mentoring,\"53,000.00\",\"13,250.00\",\"13,250.00\",\"13,250.00\",\"13,250.00\",0.00\n\
    Bootcamp,\"14,130.00\",\"3,532.50\",\"3,532.50\",\"3,532.50\",\"3,532.50\",0.00\n\
    Positive Futures,\"51,040.00\",,,\"2,598.84\",\"76,411.16\",0.00\n\
    Mediation,\"5,000.00\",446.83,232.65,930.00,\"1,974.50\",0.00\n\
    Deployable CCTV,\"32,000.00\",\"1,960.00\",,\"24,330.00\",\"1,594.37\",0.00\n\
    Target hardening,\"10,000.00\",,,\"5,000.00\",\"4,166.67\",0.00\n\
    Civil tools,\"20,000.00\",,,\"20,000.00\",,0.00\n\
    Springboard,\"25,000.00\",\"25,000.00\",,,,0.00\n\
    Youth reparation,\"25,000.00\",,,\"10,000.00\",,0.00\n\
    CAADA research,\"20,000.00\",,\"16,000.00\",,,0.00\n\
    Night time economy,0.00,,,,\"5,000.00\",0.00\n\
    CRASAC,0.00,,,,\"20,000.00\",0.00\n\
    Local contingency,\"30,188.00\",,\"3,000.00\",\"30,000.00\",,0.00\n\
    Communications,0.00,,,,,0.00\n";

#[test]
fn appendix_1_of_seed_000_comes_out_and_what_it_prints_is_marked() {
    let block = "caption: Spending\ndata: a.csv\n\
        must_equal: {allocated: 546304.00, revised: 546304, Quarter 1: 217913.48, q2: 46545.85, q3: 118626.49,\n  \
        q4: 125929.20, spent: 509015.02, carried_over: \"£30,000.00\", remaining: 7288.98}\n\
        as_stated:\n- {row: TOTAL, column: remaining, value: 1288.98}\n\
        - {row: Communications, column: q4, value: 6000, note: Left out of the total.}\n";
    let desk = read(KIND, block, &[("a.csv", APPENDIX_1)]);
    assert_eq!(
        desk.messages(),
        [
            "Remaining, Total: printed as £1,288.98 in the source; the figures above come to £7,288.98",
            "Quarter 4, Communications: printed as £6,000.00 in the source; it is counted here as £0.00",
        ]
    );
    assert!(desk.findings.iter().all(|f| f.severity == Severity::Advice && f.code == codes::AS_STATED));
    let table = desk.table.expect("a table");
    assert_eq!(
        printed(&table)[20],
        "Total | £546,304.00 | £217,913.48 | £46,545.85 | £118,626.49 | £125,929.20 | £509,015.02 | £30,000.00 | \
         £1,288.98"
    );
    let cell = &table.rows[20].cells[8];
    assert_eq!(cell.value, CellValue::Figure(Decimal::new(128_898, 2)));
    assert_eq!(cell.computed_instead, Some(CellValue::Figure(Decimal::new(728_898, 2))));
    assert_eq!(
        table.notes,
        [
            "Overspent: Positive Futures by £27,970.00; Night time economy by £5,000.00; CRASAC by £20,000.00; Local \
             contingency by £2,812.00.",
            "Remaining, Total: printed as £1,288.98 in the source; the figures above come to £7,288.98.",
            "Quarter 4, Communications: printed as £6,000.00 in the source; it is counted here as £0.00. Left out of \
             the total.",
        ]
    );
}

/// Seed 003: Coventry's return for quarter 2 of 2016/17.
#[test]
fn coventry_has_spent_what_its_return_says() {
    let spends = [
        (39_000, "39,000"),
        (35_000, "0"),
        (25_000, "0"),
        (25_000, "6,250"),
        (35_415, "35,415"),
        (55_000, "27,500"),
        (85_000, "85,000"),
        (33_750, "661.50"),
        (2_000, "0"),
        (5_000, "0"),
        (10_000, "0"),
        (10_000, "271.96"),
        (49_000, "0"),
        (10_000, "0"),
        (4_813, "£93"),
        (6_500, "0"),
        (30_000, "0"),
        (32_000, "£32,000"),
    ];
    let mut block = "caption: Coventry\nmust_equal: {allocated: 492478, spent: 226191.46}\nrows:\n".to_owned();
    for (index, (allocated, spent)) in spends.iter().enumerate() {
        writeln!(block, "- {{item: project {index}, allocated: £{allocated}, spent: \"{spent}\"}}").expect("text");
    }
    let table = table(KIND, &block, &[]);
    assert_eq!(printed(&table)[18], "Total | £492,478.00 | £226,191.46 | £266,286.54");
}

#[test]
fn a_full_budget_is_laid_out_by_theme() {
    let data = "item,theme,granted_to,allocated,virement,brought_forward,q1,q2,carried_over,outcome\n\
                Wardens,Places,Council,100,-20,,30,60.50,,On time\n\
                Lights,Places,,50,,5,10,,45,\"Late,\nbut done\"\n\
                Mentors,People,Trust,10,20,,,40,,\n";
    let table = table(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", data)]);
    let headings: Vec<_> = table.columns.iter().map(|column| column.heading.as_str()).collect();
    assert_eq!(
        headings,
        [
            "Item",
            "Granted to",
            "Allocated",
            "Virement",
            "Brought forward",
            "Revised",
            "Quarter 1",
            "Quarter 2",
            "Spent",
            "Carried over",
            "Remaining",
            "Outcome"
        ]
    );
    assert_eq!(
        printed(&table),
        [
            "Places",
            "Wardens | Council | £100.00 | −£20.00 | £0.00 | £80.00 | £30.00 | £60.50 | £90.50 | £0.00 | −£10.50 | On time",
            "Lights |  | £50.00 | £0.00 | £5.00 | £55.00 | £10.00 | £0.00 | £10.00 | £45.00 | £0.00 | Late, but done",
            "Subtotal of Places |  | £150.00 | −£20.00 | £5.00 | £135.00 | £40.00 | £60.50 | £100.50 | £45.00 | −£10.50 | ",
            "People",
            "Mentors | Trust | £10.00 | £20.00 | £0.00 | £30.00 | £0.00 | £40.00 | £40.00 | £0.00 | −£10.00 | ",
            "Subtotal of People |  | £10.00 | £20.00 | £0.00 | £30.00 | £0.00 | £40.00 | £40.00 | £0.00 | −£10.00 | ",
            "Total |  | £160.00 | £0.00 | £5.00 | £165.00 | £40.00 | £100.50 | £140.50 | £45.00 | −£20.50 | ",
        ]
    );
    assert_eq!(
        table.notes,
        [
            "Overspent: Wardens by £10.50; Mentors by £10.00.",
            "Overspent as a whole: Places by £10.50; People by £10.00.",
            "In total, £20.50 more was spent than there was.",
        ]
    );
}

#[test]
fn figures_that_must_agree_and_do_not_are_found_where_they_stand() {
    let data = "item,allocated,virement,revised,q1,q2,spent\n\
                a,100,10,120,5,5,11\n\
                b,100,-5,,1,,\n";
    let desk = read(KIND, "caption: B\ndata: a.csv\nmust_equal: {spent: 12, alocated: 1}\n", &[("a.csv", data)]);
    assert_eq!(
        desk.messages(),
        [
            "in `a.csv`, row `a`, column `spent`: expected £10.00, the sum of the quarters, found £11.00",
            "in `a.csv`, row `a`, column `revised`: expected £110.00, the allocation with virement and what was brought \
             forward, found £120.00",
            "in `a.csv`, the virements net to £5.00, and must net to nil",
            "Spent, Total: expected £12.00, as `must_equal` says, found £11.00",
            "`must_equal` names the column `alocated`, and the table has none of that name",
        ]
    );
    let labels = |index: usize| {
        let others: &[crate::finding::Label] = &desk.findings[index].others;
        others.iter().map(|label| (label.text.as_str(), desk.sources.place(label.span))).collect::<Vec<_>>()
    };
    assert_eq!(desk.findings[0].primary.text, "£1.00 too much");
    assert_eq!(labels(0), [("Quarter 1: 5", "a.csv:2:14".into()), ("Quarter 2: 5", "a.csv:2:16".into())]);
    assert_eq!(labels(2), [("a: £10.00", "a.csv:2:7".into()), ("b: −£5.00", "a.csv:3:7".into())]);
    assert_eq!(desk.findings[4].help.as_deref(), Some("did you mean `allocated`?"));
    assert!(desk.table.is_some());
}

#[test]
fn what_follows_from_nothing_is_asked_for() {
    let desk = read(KIND, "caption: B\nrows: [{item: a, granted_to: b}]\n", &[]);
    assert_eq!(desk.messages(), ["there is no column with figures"]);
    let desk = read(KIND, "caption: B\nrows: [{item: a, virement: 0, spent: 1}]\n", &[]);
    assert_eq!(desk.messages(), ["the column `virement` changes a budget that is not given"]);
    let desk = read(KIND, "caption: B\nrows: [{item: a, allocated: 1, spent: 1}, {item: b, spent: n/a}]\n", &[]);
    assert_eq!(desk.findings.len(), 2, "{:?}", desk.messages());
    assert_eq!(desk.findings[1].help.as_deref(), Some("write the figure with digits only, and nil as `0`"));
}

#[test]
fn show_picks_columns() {
    let block = "caption: B\nshow: [remaining, Item, revised, Allocated, outcome, spend]\n\
                 rows: [{item: a, allocated: 3, q1: 1, outcome: Done}]\n";
    let desk = read(KIND, block, &[]);
    assert_eq!(desk.messages(), ["`show` names the column `spend`, and the table has none of that name"]);
    assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `spent`?"));
    let shown = desk.table.expect("a table");
    assert_eq!(printed(&shown), ["a | £3.00 | £3.00 | £2.00 | Done", "Total | £3.00 | £3.00 | £2.00 | "]);
    let spent_only = "caption: B\nshow: spent\nrows: [{item: a, allocated: 1, q1: 2}]\n";
    let table = table(KIND, spent_only, &[]);
    assert_eq!(printed(&table), ["a | £2.00", "Total | £2.00"]);
    assert_eq!(table.notes, Vec::<String>::new(), "no note on a column that is not shown");
}

proptest! {
    /// What must hold does, in whole pence added up apart.
    #[test]
    fn the_identities_hold(
        items in proptest::collection::vec((0_i64..10_000_000, proptest::array::uniform4(-999_999_i64..9_999_999), 0_i64..5_000), 1..20)
    ) {
        let written = |pence: i64| Decimal::new(pence, 2).to_string();
        let mut data = "item,allocated,q1,q2,q3,q4,carried_over\n".to_owned();
        for (index, (allocated, quarters, carried)) in items.iter().enumerate() {
            let quarters: Vec<_> = quarters.iter().map(|pence| written(*pence)).collect();
            writeln!(data, "i{index},{},{},{}", written(*allocated), quarters.join(","), written(*carried)).expect("text");
        }
        let table = table(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", &data)]);
        let figure = |row: usize, cell: usize| match table.rows[row].cells[cell].value {
            CellValue::Figure(value) => value,
            _ => Decimal::NEGATIVE_ONE,
        };
        let spent: i64 = items.iter().flat_map(|(_, quarters, _)| quarters).sum();
        let allocated: i64 = items.iter().map(|(allocated, ..)| allocated).sum();
        let carried: i64 = items.iter().map(|(.., carried)| carried).sum();
        prop_assert_eq!(table.rows[items.len()].role, RowRole::Total);
        prop_assert_eq!(figure(items.len(), 6), Decimal::new(spent, 2));
        prop_assert_eq!(figure(items.len(), 8), Decimal::new(allocated - spent - carried, 2));
        for (index, (allocated, quarters, carried)) in items.iter().enumerate() {
            let left = allocated - quarters.iter().sum::<i64>() - carried;
            prop_assert_eq!(figure(index, 8), Decimal::new(left, 2));
        }
    }

    #[test]
    fn no_file_panics(text in "(item|virement|allocated|q1|spent|,|\"|\r?\n|£|-|7|999999999999999|\\.01){0,40}") {
        for text in [text.clone(), format!("item,theme,allocated,virement,q1,spent,carried_over\n{text}")] {
            let _ = read(KIND, "caption: B\ndata: a.csv\nmust_equal: {spent: 1}\nshow: [spent, wombat]\n", &[("a.csv", &text)]);
        }
    }

    #[test]
    fn no_block_panics(text in "(caption|data|rows|show|must_equal|as_stated|item|spent|row|column|value|: |\\[|\\]|\\{|\\}|, |- |\n|1|a\\.csv){0,40}") {
        for kind in [KIND, TableKind::Allocation, TableKind::YearOnYear] {
            let _ = read(kind, &text, &[("a.csv", "item,spent\na,1\n")]);
        }
    }
}
