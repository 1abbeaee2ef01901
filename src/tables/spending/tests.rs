use std::fmt::Write as _;

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::finding::{Severity, codes};
use crate::tables::testing::{assert_relations_hold, printed, read, read_with, table};
use crate::tables::{At, CellValue, Format, Relation, RowRole, Table, TableKind};

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

/// What stands in one column, row by row.
fn column(table: &Table, key: &str) -> Vec<String> {
    let place = table.column(key).expect("the column");
    table.rows.iter().map(|row| row.cells[place].printed(table.columns[place].format)).collect()
}

#[test]
fn a_forecast_is_compared_with_the_budget_in_words_too() {
    let data = "item,allocated,virement,brought_forward,spent,forecast\n\
                Wardens,\"1,000\",-200,,600.50,\"1,000\"\nLights,500,200,50,100,700\nMentors,100,,,50,100\n";
    let over = table(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", data)]);
    let headings: Vec<_> = over.columns.iter().map(|column| column.key.as_str()).collect();
    assert_eq!(
        headings,
        [
            "item",
            "allocated",
            "virement",
            "brought_forward",
            "revised",
            "spent",
            "forecast",
            "variance",
            "over_or_under",
            "remaining"
        ]
    );
    assert_eq!(column(&over, "variance"), ["+£200.00", "−£50.00", "£0.00", "+£150.00"]);
    assert_eq!(column(&over, "over_or_under"), ["over", "under", "on budget", "over"]);
    assert_eq!(
        over.notes,
        [
            "The variance is the forecast for the full year less the revised budget. A positive variance is an overspend."
        ]
    );
    let under = table(KIND, "caption: B\nvariance: underspend-is-positive\ndata: a.csv\n", &[("a.csv", data)]);
    assert_eq!(column(&under, "variance"), ["−£200.00", "+£50.00", "£0.00", "−£150.00"]);
    assert_eq!(column(&under, "over_or_under"), column(&over, "over_or_under"), "the words stay as they were");
    assert_eq!(
        under.notes,
        [
            "The variance is the revised budget less the forecast for the full year. A positive variance is an underspend."
        ]
    );
    let desk = read(KIND, "caption: B\nvariance: overspend-is-negative\ndata: a.csv\n", &[("a.csv", data)]);
    assert_eq!(desk.findings.len(), 1, "{:?}", desk.messages());
    let desk = read(KIND, "caption: B\nrows: [{item: a, allocated: 1, forecast: 1, variance: 0}]\n", &[]);
    assert!(desk.findings[0].help.as_deref().is_some_and(|help| help.contains("works out `variance` itself")));
}

#[test]
fn without_a_forecast_the_variance_and_the_percentage_are_shown_to_those_who_ask() {
    let rows = "rows: [{item: a, allocated: 200, spent: 250}, {item: b, allocated: 0, spent: 0}, {item: c, allocated: 100, spent: 0.05}]\n";
    let silent = table(KIND, &format!("caption: B\n{rows}"), &[]);
    assert_eq!(silent.columns.len(), 4, "item, allocated, spent and remaining");
    let asked = table(KIND, &format!("caption: B\nshow: [allocated, spent, percent_spent, variance]\n{rows}"), &[]);
    assert_eq!(
        printed(&asked),
        [
            "a | £200.00 | £250.00 | 125.0% | +£50.00 | over",
            "b | £0.00 | £0.00 | [z] | £0.00 | on budget",
            "c | £100.00 | £0.05 | 0.1% | −£99.95 | under",
            "Total | £300.00 | £250.05 | 83.4% | −£49.95 | under",
        ],
        "0.05 is rounded up, and the total is of the totals"
    );
    assert_eq!(asked.notes, ["The variance is what was spent less the budget. A positive variance is an overspend."]);
    assert!(asked.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.counts.is_none()), "pounds are no people");
    let desk = read(KIND, "caption: B\nshow: [variance]\nrows: [{item: a, spent: 1}]\n", &[]);
    assert_eq!(desk.messages(), ["`show` names the column `variance`, and the table has none of that name"]);
}

#[test]
fn what_follows_from_a_missing_quarter_is_missing_too() {
    let data = "theme,item,allocated,q1,q2,carried_over,forecast\n\
                T,a,100,10,[x],5,90 [e]\nT,b,100,20 [p],30,[z],100\nU,c,10,10,,,[x]\n";
    let table = table(
        KIND,
        "caption: B\nshow: [allocated, q1, q2, spent, percent_spent, forecast, variance, carried_over, remaining]\ndata: a.csv\n",
        &[("a.csv", data)],
    );
    assert_eq!(
        printed(&table),
        [
            "T",
            "a | £100.00 | £10.00 | [x] | [x] | [x] | £90.00 [e] | −£10.00 [e] | under | £5.00 | [x]",
            "b | £100.00 | £20.00 [p] | £30.00 | £50.00 [p] | 50.0% [p] | £100.00 | £0.00 | on budget | [z] | £50.00 [p]",
            "Subtotal of T | £200.00 | £30.00 [p] | [x] | [x] | [x] | £190.00 [e] | −£10.00 [e] | under | £5.00 | [x]",
            "U",
            "c | £10.00 | £10.00 | £0.00 | £10.00 | 100.0% | [x] | [x] | [x] | £0.00 | £0.00",
            "Subtotal of U | £10.00 | £10.00 | £0.00 | £10.00 | 100.0% | [x] | [x] | [x] | £0.00 | £0.00",
            "Total | £210.00 | £40.00 [p] | [x] | [x] | [x] | [x] | [x] | [x] | £5.00 | [x]",
        ]
    );
    let block = "caption: B\nmust_equal: {spent: 10}\nrows: [{item: a, allocated: 100, q1: 10, q2: \"[x]\", spent: 30}, {item: b, allocated: 5, q1: \"[x]\"}]\n";
    let desk = read(KIND, block, &[]);
    assert_eq!(
        desk.messages(),
        ["Spent, Total: expected £10.00, as `must_equal` says, found [x], because a figure above is missing"]
    );
    let table = desk.table.expect("a table");
    assert_eq!(printed(&table)[0], "a | £100.00 | £10.00 | [x] | £30.00 | £70.00", "what was typed stands");
    assert_eq!(printed(&table)[1], "b | £5.00 | [x] | £0.00 | [x] | [x]");
    // Where spending does not apply, nothing of it can be left; the totals leave it out.
    let table = super::super::testing::table(
        KIND,
        "caption: B\nrows: [{item: a, allocated: 5, spent: \"[z]\"}, {item: b, allocated: 7, spent: 3}]\n",
        &[],
    );
    assert_eq!(
        printed(&table),
        ["a | £5.00 | [z] | [z]", "b | £7.00 | £3.00 | £4.00", "Total | £12.00 | £3.00 | £9.00"]
    );
}

#[test]
fn every_identity_is_told() {
    let data =
        "item,allocated,virement,brought_forward,q1,q2,forecast,carried_over\na,10,2,1,3,4,13,1\nb,5,-2,0,1,1,3,0\n";
    let block = "caption: B\nshow: [allocated, virement, brought_forward, revised, q1, q2, spent, percent_spent, forecast, variance, carried_over, remaining]\ndata: a.csv\n";
    let table = table(KIND, block, &[("a.csv", data)]);
    let at = |row: usize, key: &str| At::new(row, table.column(key).expect(key));
    let sum = |row: usize, total: &str, parts: &[&str]| Relation::Sum {
        total: at(row, total),
        parts: parts.iter().map(|part| at(row, part)).collect(),
    };
    for row in 0..3 {
        for relation in [
            sum(row, "revised", &["allocated", "virement", "brought_forward"]),
            sum(row, "spent", &["q1", "q2"]),
            sum(row, "revised", &["spent", "carried_over", "remaining"]),
            Relation::Share { result: at(row, "percent_spent"), part: at(row, "spent"), whole: at(row, "revised") },
            Relation::Difference { result: at(row, "variance"), from: at(row, "revised"), to: at(row, "forecast") },
        ] {
            assert!(table.relations.contains(&relation), "{relation:?}");
        }
    }
    for key in ["allocated", "virement", "revised", "q2", "spent", "forecast", "variance", "carried_over", "remaining"]
    {
        let down = Relation::Sum { total: at(2, key), parts: vec![at(0, key), at(1, key)] };
        assert!(table.relations.contains(&down), "{key}");
    }
    assert_eq!(table.relations.len(), 3 * 5 + 11, "a percentage does not add up");
    // A budget that nothing changed is the allocation.
    let plain = super::super::testing::table(KIND, "caption: B\nrows: [{item: a, allocated: 3, spent: 1}]\n", &[]);
    let left = Relation::Sum { total: At::new(0, 1), parts: vec![At::new(0, 2), At::new(0, 3)] };
    assert!(plain.relations.contains(&left), "{:?}", plain.relations);
}

#[test]
fn monitoring_says_how_projects_stand_and_holds_their_narratives() {
    let data = "item,theme,granted_to,allocated,spent,rag,status\n\
                Partnership analyst,Duties,Police,100,20,amber,Nobody in post\nThe council’s wardens,Places,Council,50,60,RED,\n";
    let block = "caption: B\ndata: a.csv\n";
    let narratives = ["the council's wardens"];
    let desk = read_with(TableKind::Monitoring, block, &[("a.csv", data)], &narratives);
    assert_eq!(desk.messages(), Vec::<String>::new());
    let table = desk.table.expect("a table");
    assert_relations_hold(&table);
    let keys: Vec<_> = table.columns.iter().map(|column| column.key.as_str()).collect();
    assert_eq!(keys, ["item", "granted_to", "allocated", "spent", "remaining", "status", "rag", "narrative"]);
    let cells = |row: usize| &table.rows[row].cells;
    assert_eq!(
        cells(1)[5..7].iter().map(|cell| cell.printed(Format::Words)).collect::<Vec<_>>(),
        ["Nobody in post", "Amber"]
    );
    assert_eq!(cells(1)[7].value, CellValue::Empty, "a project need not have a narrative");
    assert_eq!((&cells(4)[6].value, &cells(4)[7].value), (&CellValue::Words("Red".into()), &CellValue::Narrative(0)));
    assert_eq!(table.rows[6].cells[7].value, CellValue::Empty);

    let chosen = read_with(
        TableKind::Monitoring,
        "caption: B\nshow: [spent, narrative]\ndata: a.csv\n",
        &[("a.csv", data)],
        &narratives,
    );
    assert_eq!(chosen.messages(), Vec::<String>::new());
    let keys: Vec<_> = chosen.table.iter().flat_map(|table| &table.columns).map(|column| column.key.clone()).collect();
    assert_eq!(keys, ["item", "spent", "narrative"]);
}

#[test]
fn narratives_of_no_row_and_ratings_of_no_colour_are_found() {
    let rows = "caption: B\nrows: [{item: Wardens, spent: 1, rag: blue}, {item: Lights, spent: 2}, {item: lights, spent: 3}]\n";
    let headings = ["Wardns", "Wardens", "wardens", "Lights", "Total"];
    let desk = read_with(TableKind::Monitoring, rows, &[], &headings);
    assert_eq!(
        desk.messages(),
        [
            "row `Wardens`, column `rag`: expected `red`, `amber` or `green`, found `blue`",
            "a narrative is headed `Wardns`, and the table has no row of that name",
            "the row `wardens` has a narrative already",
            "a narrative is headed `Lights`, and there are several rows of that name",
            "a narrative is headed `Total`, and the table has no row of that name",
        ]
    );
    assert_eq!(desk.findings[1].help.as_deref(), Some("did you mean `Wardens`?"));
    let desk = read(KIND, "caption: B\nrows: [{item: a, spent: 1, rag: red}]\n", &[]);
    assert_eq!(desk.messages(), ["nobody knows the column `rag`"], "how projects stand is for monitoring");
}

#[test]
fn a_hundred_thousand_rows_are_added_up() {
    let mut data = "theme,item,allocated,q1,q2\n".to_owned();
    for index in 0..100_000 {
        writeln!(data, "t{},i{index},3,1.10,0.05", index % 7).expect("text");
    }
    let block = "caption: B\ndata: a.csv\nmust_equal: {spent: 115000, remaining: 185000}\n";
    let desk = read(KIND, block, &[("a.csv", &data)]);
    assert_eq!(desk.messages(), Vec::<String>::new());
    let table = desk.table.expect("a table");
    assert_eq!(table.rows.len(), 100_000 + 2 * 7 + 1);
    assert_relations_hold(&table);
}

#[test]
fn a_note_names_only_so_many_overspends() {
    let mut block = "caption: B\nrows:\n".to_owned();
    for index in 0..20 {
        writeln!(block, "- {{item: i{index}, allocated: 1, spent: 2}}").expect("text");
    }
    let notes = table(KIND, &block, &[]).notes;
    assert!(notes[0].starts_with("Overspent: i0 by £1.00; ") && notes[0].ends_with("; and 8 more."), "{}", notes[0]);
}

proptest! {
    /// All that must hold does, whatever is missing, and totals are those of whole pence added up apart.
    #[test]
    fn identities_hold_where_figures_are_missing(
        items in proptest::collection::vec(
            (0_usize..3, proptest::array::uniform6(proptest::option::weighted(0.9, -99_999_i64..9_999_999))),
            1..12,
        ),
        underspend in proptest::bool::ANY,
    ) {
        let written = |pence: Option<i64>| pence.map_or_else(|| "[x]".to_owned(), |pence| Decimal::new(pence, 2).to_string());
        let mut data = "theme,item,allocated,brought_forward,q1,q2,forecast,carried_over\n".to_owned();
        for (index, (theme, figures)) in items.iter().enumerate() {
            let figures: Vec<_> = figures.iter().map(|pence| written(*pence)).collect();
            writeln!(data, "t{theme},i{index},{}", figures.join(",")).expect("text");
        }
        let sign = if underspend { "variance: underspend-is-positive\n" } else { "" };
        let block = format!("caption: B\n{sign}show: [allocated, brought_forward, revised, q1, q2, spent, percent_spent, forecast, variance, carried_over, remaining]\ndata: a.csv\n");
        // The relations are held against the figures as it is read.
        let table = table(KIND, &block, &[("a.csv", &data)]);
        let total = table.rows.last().expect("a total");
        let cell = |key: &str| total.cells[table.column(key).expect(key)].value.clone();
        let pence = |pence: Option<i64>| pence.map_or(
            CellValue::Instead(crate::tables::Symbol::NotAvailable),
            |pence| CellValue::Figure(Decimal::new(pence, 2)),
        );
        let sum = |which: usize| items.iter().map(|(_, figures)| figures[which]).sum::<Option<i64>>();
        let budget = sum(0).zip(sum(1)).map(|(a, b)| a + b);
        let spent = sum(2).zip(sum(3)).map(|(a, b)| a + b);
        let variance = sum(4).zip(budget).map(|(forecast, budget)| forecast - budget);
        prop_assert_eq!(cell("revised"), pence(budget));
        prop_assert_eq!(cell("spent"), pence(spent));
        prop_assert_eq!(cell("variance"), pence(variance.map(|by| if underspend { -by } else { by })));
        let left = budget.zip(spent).zip(sum(5)).map(|((budget, spent), carried)| budget - spent - carried);
        prop_assert_eq!(cell("remaining"), pence(left));
        let words = match variance {
            None => CellValue::Instead(crate::tables::Symbol::NotAvailable),
            Some(0) => CellValue::Words("on budget".into()),
            Some(by) => CellValue::Words(if by > 0 { "over" } else { "under" }.into()),
        };
        prop_assert_eq!(cell("over_or_under"), words);
    }

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
        for kind in [KIND, TableKind::Monitoring, TableKind::Allocation, TableKind::YearOnYear] {
            let _ = read(kind, &text, &[("a.csv", "item,spent\na,1\n")]);
        }
    }
}
