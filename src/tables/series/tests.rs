use super::*;
use crate::tables::testing::{printed, read, table};
use crate::tables::{Limits, TableKind};
use proptest::prelude::*;

const KIND: TableKind = TableKind::Series;

#[test]
fn months_are_read_as_people_and_spreadsheets_write_them() {
    for text in ["2026-04", "2026-04-01", "April 2026", "Apr-26", "apr 26", "04/2026", "APR 2026"] {
        assert_eq!(month(text), NaiveDate::from_ymd_opt(2026, 4, 1), "{text}");
    }
    assert_eq!(month("Sept 2026"), NaiveDate::from_ymd_opt(2026, 9, 1));
    for text in ["", "2026", "2026/27", "Q1 2026", "2026-13", "2026-04-02", "Spring 2026", "1 2", "éé 2026", "4"] {
        assert_eq!(month(text), None, "{text}");
    }
}

#[test]
fn limits_are_those_worked_out_by_hand() {
    // Ten figures: they average 12.4, and their moving ranges 2, 1, 3, 1, 4, 2, 3, 1, 4 average 21/9.
    let values = [10, 12, 11, 14, 13, 9, 11, 14, 13, 17];
    let rows: String = values
        .iter()
        .enumerate()
        .map(|(at, value)| format!("- {{Week: w{at}, Calls: {value}}}\n"))
        .collect::<Vec<_>>()
        .concat();
    let table = table(KIND, &format!("caption: C\nlimits: yes\nrows:\n{rows}"), &[]);
    let [Limits { column, average, lower, upper }] = table.limits.as_slice() else { panic!("limits") };
    assert_eq!((*column, *average), (1, "12.4".parse().expect("a number")));
    // 2.66 × 21/9 = 6.20666…
    assert_eq!(figures::round(*lower, 4), "6.1933".parse().expect("a number"));
    assert_eq!(figures::round(*upper, 4), "18.6067".parse().expect("a number"));
    assert_eq!(
        table.notes,
        [
            "Calls: 12.4 on average. Going by how much they differ from one period to the next, figures from 6.2 to 18.6 \
          are to be expected. None lies beyond them."
        ]
    );
    assert_eq!(table.columns[0].heading, "Week");
}

#[test]
fn limits_of_counts_are_not_below_nil_and_what_is_beyond_is_named() {
    let values = [1, 0, 2, 1, 0, 2, 1, 0, 30];
    let rows: String = values
        .iter()
        .enumerate()
        .map(|(at, value)| format!("- {{Week: w{at}, Calls: {value}}}\n"))
        .collect::<Vec<_>>()
        .concat();
    let table = table(KIND, &format!("caption: C\nlimits: yes\nrows:\n{rows}"), &[]);
    assert_eq!(table.limits[0].lower, Decimal::ZERO);
    assert!(
        table.notes[0].ends_with("Beyond them lies w8, for which there may be a cause of its own."),
        "{:?}",
        table.notes
    );
    let desk = read(KIND, "caption: C\nlimits: yes\nrows: [{Week: a, Calls: 1}, {Week: b, Calls: 2}]\n", &[]);
    assert_eq!(desk.messages(), ["`Calls` has too few figures for limits to be told from them"]);
}

#[test]
fn last_year_is_typed_or_taken_from_the_rows() {
    let block = "caption: C\nrows:\n- {Quarter: q1, Calls: 10, Visits: 3, Calls last year: 8}\n\
                 - {Quarter: q2, Calls: 7, Visits: 1, Calls last year: \"[x]\"}\n";
    let typed = table(KIND, block, &[]);
    assert_eq!(printed(&typed), ["q1 | 10 | 8 | +2 | 3", "q2 | 7 | [x] | [x] | 1"]);
    let keys: Vec<_> = typed.columns.iter().map(|column| column.key.as_str()).collect();
    assert_eq!(keys, ["period", "value_0", "last_year_0", "difference_0", "value_1"]);
    assert_eq!(typed.columns[2].group.as_deref(), Some("Calls"));

    let months = (0..13).map(|month| format!("{}-{:02},{}\n", 2025 + month / 12, month % 12 + 1, 100 + month));
    let data = format!("month,Calls\n{}", months.collect::<String>());
    let table = table(KIND, "caption: C\nlast_year: yes\ndata: a.csv\n", &[("a.csv", &data)]);
    let printed = printed(&table);
    assert_eq!(printed[0], "January 2025 | 100 | [x] | [x]");
    assert_eq!(printed[12], "January 2026 | 112 | 100 | +12");
}

#[test]
fn a_month_that_is_missing_is_found() {
    let desk = read(KIND, "caption: C\ndata: a.csv\n", &[("a.csv", "month,n\n2026-01,1\n2026-03,2\n")]);
    assert_eq!(
        desk.messages(),
        ["in `a.csv`, row `2026-03`, column `month`: March 2026 does not follow on January 2026"]
    );
    assert_eq!(desk.place(), "a.csv:3:1");
    let desk = read(KIND, "caption: C\nlast_year: yes\nrows: [{Week: a, n: 1}]\n", &[]);
    assert_eq!(desk.messages(), ["`last_year` needs periods that are months, one after the other"]);
    let desk = read(KIND, "caption: C\nseries: [m]\nrows: [{Week: a, n: 1}]\n", &[]);
    assert_eq!(desk.messages(), ["the rows have no column `m`"]);
    let desk = read(KIND, "caption: C\nrows: [{Week: a, n: one}]\n", &[]);
    assert_eq!(desk.messages(), ["`n` holds no figures"]);
}

proptest! {
    /// The average lies between the limits, and these as far from it on either side unless nil is in the way.
    #[test]
    fn limits_lie_around_the_average(values in proptest::collection::vec(0_u32..100_000, 6..40)) {
        let values: Vec<Option<Decimal>> = values.into_iter().map(|value| Some(value.into())).collect();
        let (average, lower, upper) = limits(&values, true).expect("small figures").expect("enough figures");
        prop_assert!(lower <= average && average <= upper && lower >= Decimal::ZERO);
        prop_assert!(lower.is_zero() || figures::round(average - lower, 20) == figures::round(upper - average, 20));
        let (_, below, _) = limits(&values, false).expect("small figures").expect("enough figures");
        prop_assert_eq!(below.max(Decimal::ZERO), lower);
    }

    #[test]
    fn no_file_panics(text in "(a|2026-0[1-4]|1|-|,|\"|\r?\n|£|%|[.]|99999999999999999999999999999){0,40}") {
        for text in [text.clone(), format!("month,b,b last year,c\n{text}")] {
            for block in ["caption: C\ndata: a.csv\n", "caption: C\nlimits: yes\nlast_year: yes\ndata: a.csv\n"] {
                let desk = read(KIND, block, &[("a.csv", &text)]);
                prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty(), "{:?}", desk.messages());
            }
        }
    }
}
