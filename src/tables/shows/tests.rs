//! What is said of tables whose figures can be judged by eye.

use super::*;
use crate::tables::testing::{read, table as read_table};
use crate::tables::{At, Chart, Limits, Relation, TableKind, built};
use proptest::prelude::*;

const COUNT: Format = Format::Count;

fn said(table: &Table) -> String {
    what_it_shows(table).unwrap_or_default()
}

fn compared(rows: &str) -> String {
    said(&read_table(TableKind::YearOnYear, &format!("caption: C\nfrom: 2013/14\nto: 2014/15\nrows:\n{rows}"), &[]))
}

#[test]
fn of_the_six_measures_of_seed_000_the_largest_changes_are_named() {
    let rows = "- {measure: TRC, from: 21209, to: 21097}\n- {measure: BDH, from: 1868, to: 1654}\n\
                - {measure: VWI, from: 2226, to: 2402}\n- {measure: ASB, from: 8526, to: 8171}\n\
                - {measure: DV (crime), from: 1930, to: 2100}\n- {measure: DV (non crime), from: 3470, to: 3935}\n";
    assert_eq!(
        compared(rows),
        "Of the six, three rose and three fell between 2013/14 and 2014/15. DV (non crime) rose by 465 (13.4%), the \
         largest of the three rises. ASB fell by 355 (4.2%), the largest of the three falls in number, and BDH by 214 \
         (11.5%), the largest in per cent. The smallest change in number was that of TRC: down by 112 (0.5%)."
    );
}

#[test]
fn all_that_went_one_way_are_said_at_once() {
    let rows = "- {measure: a, from: 1000, to: 900}\n- {measure: b, from: 2000, to: 1700}\n\
                - {measure: c, from: 500, to: 490}\n";
    assert_eq!(
        compared(rows),
        "All three fell between 2013/14 and 2014/15. b fell by 300 (15.0%), the largest of the three falls. The smallest \
         change in number was that of c: down by 10 (2.0%)."
    );
    assert_eq!(
        compared("- {measure: a, from: 100, to: 90}\n- {measure: b, from: 90, to: 80}\n"),
        "Both fell between 2013/14 and 2014/15. Each fell by 10."
    );
    assert_eq!(compared("- {measure: a, from: 100, to: 90}\n"), "a fell by 10 (10.0%) between 2013/14 and 2014/15.");
    assert_eq!(compared("- {measure: a, from: 7, to: 7}\n"), "a did not change between 2013/14 and 2014/15.");
}

#[test]
fn a_percentage_on_a_small_base_gives_way_to_its_counts() {
    let rows = "- {measure: a, from: 4, to: 1}\n- {measure: b, from: 1000, to: 990}\n- {measure: c, from: 0, to: 3}\n";
    let said = compared(rows);
    assert_eq!(
        said,
        "Of the three, one rose and two fell between 2013/14 and 2014/15. b fell by 10 (1.0%), the largest of the two \
         falls in number. c rose by 3 (from 0 to 3). The smallest change in number was that of a and c: 3 each."
    );
}

#[test]
fn ties_are_said() {
    let rows = "- {measure: a, from: 100, to: 90}\n- {measure: b, from: 200, to: 190}\n\
                - {measure: c, from: 300, to: 299}\n- {measure: d, from: 50, to: 50}\n";
    assert_eq!(
        compared(rows),
        "Of the four, three fell and one stayed the same between 2013/14 and 2014/15. a and b each fell by 10, the \
         largest of the three falls."
    );
}

#[test]
fn what_is_withheld_is_not_compared() {
    let columns = [
        ("measure", "Measure", Format::Words),
        ("from", "2013", COUNT),
        ("to", "2014", COUNT),
        ("difference", "Difference", Format::Difference(0)),
        ("change", "Change (%)", Format::Change(1)),
    ];
    let table = built::table(
        &columns,
        &[
            "a | 100 | 90 | -10 | -10.0",
            "b | <5 | 60 | [c] | [c]",
            "c | 100 | 80 | -20 | -20.0",
            "d | 5 [b] | 9 | 4 | 80",
        ],
    );
    assert_eq!(
        said(&table),
        "The two with figures for both periods fell between 2013 and 2014. c fell by 20 (20.0%), the largest of the two falls. \
         One is not compared here, because its figures are counted differently in the two periods."
    );
    let nothing = built::table(&columns, &["a | <5 | 9 | [c] | [c]"]);
    assert_eq!(what_it_shows(&nothing), None);
}

fn broken_down(rows: &[&str]) -> Table {
    let columns = [
        ("category", "Category", Format::Words),
        ("count_0", "Offences", COUNT),
        ("share_0", "%", Format::Percent(0)),
        ("count_1", "Offences", COUNT),
        ("share_1", "%", Format::Percent(0)),
    ];
    let mut table = built::table(&columns, rows);
    for (index, group) in [(1, "2013"), (2, "2013"), (3, "2014"), (4, "2014")] {
        table.columns[index].group = Some(group.to_owned());
    }
    table
}

#[test]
fn a_breakdown_names_its_largest_category_in_each_period() {
    let table = broken_down(&[
        "Racial | 240 | 80% | 300 | 75%",
        "Other | 60 | 20% | 100 | 25%",
        "=Total | 300 | 100% | 400 | 100%",
    ]);
    assert_eq!(
        said(&table),
        "In 2013, Racial was the largest: 240 of 300 (80%). In 2014, Racial was the largest: 300 of 400 (75%). The total \
         rose by 100 (33.3%), from 300 in 2013 to 400 in 2014."
    );
}

#[test]
fn a_part_of_a_period_is_not_held_against_the_whole() {
    let between = |from: &str, to: &str| {
        let mut table = broken_down(&["A | 60 | | 300 | ", "B | 40 | | 100 | ", "=Total | 100 | | 400 | "]);
        for (index, group) in [(1, from), (2, from), (3, to), (4, to)] {
            table.columns[index].group = Some(group.to_owned());
        }
        said(&table)
    };
    assert_eq!(
        between("Quarter 4", "Year to date"),
        "For Quarter 4, A was the largest: 60 of 100. For Year to date, A was the largest: 300 of 400."
    );
    for (from, to) in [("2013", "2014"), ("2013/14", "2014/15"), ("Q1", "Q2"), ("April 2016", "May 2016")] {
        assert!(between(from, to).contains(&format!("rose by 300 (300.0%), from 100 in {from} to 400 in {to}.")));
    }
    let columns = [("category", "Category", Format::Words), ("count_0", "Incidents", COUNT)];
    let table = built::table(&columns, &["police | 60", "others | 40", "=Total | 100"]);
    assert_eq!(said(&table), "Police was the largest: 60 of 100.", "the only column is no period");
}

#[test]
fn what_could_be_larger_is_not_passed_over() {
    let table =
        broken_down(&["A | 3 | 30% [u] (3 of 10) | 40 | [c]", "B | [c] | [c] | <5 | [c]", "=Total | 10 | | [c] | "]);
    assert_eq!(said(&table), "", "of one figure alone there is no largest");
    let table = broken_down(&[
        "A | 7 | 70% [u] (7 of 10) | 40 | [c]",
        "B | [c] | [c] | <5 | [c]",
        "C | 1 | | 9 | ",
        "=Total | 10 | | [c] | ",
    ]);
    assert_eq!(said(&table), "In 2013, A was the largest of those given: 7 of 10. In 2014, A was the largest: 40.");
}

#[test]
fn an_area_is_ranked_among_those_with_a_figure() {
    let columns = [("area", "Area", Format::Words), ("rank", "Rank", COUNT), ("rate", "Rate", Format::Number(3))];
    let rows = ["a | 1 | 70", "*Coventry | 2 | 62.176", "b | 3 | 50", "c | 4 | 40", "d | | [x]", "~Average | | 55.5"];
    assert_eq!(
        said(&built::table(&columns, &rows)),
        "Coventry, with 62.176, has the second highest of the four figures given, above the average of 55.500. For one \
         area there is no figure."
    );
    let tied = ["*a | 1 | 7", "b | 1 | 7", "c | 3 | 6"];
    assert_eq!(
        said(&built::table(&columns, &tied)),
        "a, with 7.000, has the joint highest of the three figures given."
    );
    assert_eq!(
        said(&built::table(&columns, &["*a | | [x]", "b | 1 | 3"])),
        "There is no figure for a. For one area there is no figure."
    );
}

#[test]
fn spending_is_held_against_the_budget() {
    let block =
        "caption: C\nrows:\n- {item: a, allocated: 100, spent: 120}\n- {item: b, allocated: 200, spent: 30.50}\n";
    assert_eq!(
        said(&read_table(TableKind::Spending, block, &[])),
        "£150.50 of £300.00 was spent (50.2%). More was spent than budgeted on one of the two items: a (by £20.00)."
    );
    let block = "caption: C\nrows:\n- {item: a, allocated: 100, spent: 20}\n- {item: b, allocated: 200, spent: 200}\n";
    assert_eq!(
        said(&read_table(TableKind::Spending, block, &[])),
        "£220.00 of £300.00 was spent (73.3%). On no item was more spent than budgeted."
    );
}

#[test]
fn a_figure_printed_as_an_outside_source_has_it_is_no_overspend() {
    let block = "caption: C\nrows:\n- {item: a, allocated: 100, spent: 120}\n- {item: b, allocated: 200, spent: 230}\n";
    let mut table = read_table(TableKind::Spending, block, &[]);
    let spent = table.column("spent").expect("what was spent");
    table.rows[1].cells[spent].computed_instead = Some(CellValue::Figure(0.into()));
    let said = said(&table);
    assert!(said.ends_with("on one of the two items: a (by £20.00)."), "{said}");
}

#[test]
fn a_series_is_held_against_its_limits_and_the_year_before() {
    let columns = [
        ("period", "Month", Format::Words),
        ("value_0", "Crimes", COUNT),
        ("last_year_0", "A year before", COUNT),
        ("difference_0", "Difference", Format::Difference(0)),
    ];
    let rows = ["April | 100 | 90 | 10", "May | 140 | 100 | 40", "June | 96 | 108 | -12"];
    let mut table = built::table(&columns, &rows);
    table.limits = vec![Limits { column: 1, average: 112.into(), lower: 80.into(), upper: 130.into() }];
    assert_eq!(
        said(&table),
        "The latest figure, for June, is 96, 12 fewer than a year before (108). The highest is 140 (May), the lowest 96 \
         (June). The average is 112.0; one of the three figures lies outside the natural limits, 80.0 to 130.0: May (140)."
    );
}

#[test]
fn outcomes_give_the_totals_and_indicators_count_what_is_met() {
    let columns = [
        ("period", "Period", Format::Words),
        ("base", "Cases", COUNT),
        ("count_0", "Safer", COUNT),
        ("share_0", "Safer (%)", Format::Percent(0)),
    ];
    let mut table = built::table(&columns, &["Q1 | 46 | 35 | 76% [u] (35 of 46)", "=Total | 118 | 84 | 71%"]);
    table.relations = vec![Relation::Share { result: At::new(1, 3), part: At::new(1, 2), whole: At::new(1, 1) }];
    assert_eq!(said(&table), "Safer: 84 of 118 in total (71%).");

    let columns = [("indicator", "Indicator", Format::Words), ("met", "Met", Format::Words)];
    let table = built::table(&columns, &["a | met", "b | not met", "c | met", "d | [x]"]);
    assert_eq!(said(&table), "Two of the three targets are met. Not met: b. For one more it cannot be said.");
}

#[test]
fn a_block_can_refuse_or_replace_the_sentences() {
    let rows = "rows: [{measure: a, from: 100, to: 90}]\n";
    let shows = |keys: &str| {
        read(TableKind::YearOnYear, &format!("caption: C\nfrom: x\nto: y\n{keys}{rows}"), &[])
            .table
            .expect("a table")
            .shows
    };
    let generated = Some("a fell by 10 (10.0%) between x and y.".to_owned());
    assert_eq!(shows(""), None);
    assert_eq!(shows("chart: yes\n"), generated);
    assert_eq!(shows("shows: yes\n"), generated);
    assert_eq!(shows("chart: yes\nshows: no\n"), None);
    assert_eq!(shows("chart: yes\nshows: Fewer than before.\n"), Some("Fewer than before.".to_owned()));
    assert_eq!(built::table(&[], &[]).chart, Some(Chart::Bars));
}

proptest! {
    /// However the counts fall, no percentage of a small base stands alone, and what is withheld is never named.
    #[test]
    fn nothing_is_said_that_should_not_be(counts in proptest::collection::vec((0_u32..60, 0_u32..60), 1..9)) {
        let rows = counts
            .iter()
            .enumerate()
            .map(|(index, (from, to))| format!("- {{measure: m{index}, from: {from}, to: {to}}}\n"))
            .collect::<Vec<_>>()
            .concat();
        let said = compared(&rows);
        prop_assert!(!said.contains("NaN") && !said.contains("  "), "{}", said);
        for (index, (from, _)) in counts.iter().enumerate() {
            if *from < 50 && let Some((_, after)) = said.split_once(&format!("m{index} fell by ")) {
                let amount = after.split_once(')').map_or("", |(amount, _)| amount);
                prop_assert!(!amount.contains('%') || amount.contains(" m"), "{}", said);
            }
        }
    }
}
