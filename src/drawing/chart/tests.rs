//! Charts of tables whose figures can be judged by eye, and of any table at all.
#![expect(clippy::float_arithmetic, reason = "coordinates are measured")]

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::drawing::marks::{Mark, assert_is_sound, marks};
use crate::tables::{At, Format, Limits, Relation, built};

const COUNT: Format = Format::Count;
const WORDS: Format = Format::Words;
const MONEY: Format = Format::Money(2);

/// The marks of the wide and of the narrow drawing, both of them sound.
fn drawn(table: &Table) -> [Vec<Mark>; 2] {
    let drawing = chart(table, "table-1-chart", &Words::default()).expect("a chart");
    assert_is_sound(&drawing.wide, "table-1-chart");
    assert_is_sound(&drawing.narrow, "table-1-chart-narrow");
    let (wide, narrow) = (marks(&drawing.wide), marks(&drawing.narrow));
    assert!((narrow[0].number("width") - 288.0).abs() < 0.1, "it fits the narrowest phone");
    assert!(wide[0].number("width") <= 720.0);
    [wide, narrow]
}

fn of<'m>(marks: &'m [Mark], class: &str) -> Vec<&'m Mark> {
    marks.iter().filter(|mark| mark.has(class)).collect()
}

fn lengths(marks: &[Mark], class: &str) -> Vec<f64> {
    of(marks, class).iter().map(|mark| mark.number("width")).collect()
}

/// All words, in order, with a space between.
fn words(marks: &[Mark]) -> String {
    let texts = marks.iter().filter(|mark| mark.element == "text");
    texts.map(|mark| mark.words.as_str()).collect::<Vec<_>>().join(" ")
}

fn is_in_step(lengths: &[f64], figures: &[f64]) {
    assert_eq!(lengths.len(), figures.len());
    let most = figures.iter().copied().fold(0.0, f64::max);
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    for (length, figure) in lengths.iter().zip(figures) {
        assert!((length - longest * figure / most).abs() <= 0.02, "{lengths:?} for {figures:?}");
    }
}

fn years(rows: &[&str]) -> Table {
    let columns = [
        ("measure", "Measure", WORDS),
        ("from", "2013/14", COUNT),
        ("to", "2014/15", COUNT),
        ("difference", "Difference", Format::Difference(0)),
        ("change", "Change (%)", Format::Change(1)),
        ("direction", "Direction", WORDS),
    ];
    Table { chart: Some(Chart::Differences), ..built::table(&columns, rows) }
}

const CRIME: [&str; 4] = [
    "BDH | 1868 | 1654 | -214 | -11.5 | down",
    "VWI & robbery | 2226 | 2402 | 176 | 7.9 | up",
    "small | 3 | 6 | 3 | 100.0 [u] (6 of 3) | up",
    "withheld | <5 | 60 | [c] | [c] | [c]",
];

#[test]
fn differences_stand_left_and_right_of_nil() {
    for marks in drawn(&years(&CRIME)) {
        is_in_step(&lengths(&marks, "bar"), &[214.0, 176.0, 3.0]);
        let (bars, nil) = (of(&marks, "bar"), of(&marks, "nil")[0].number("x1"));
        assert!((bars[0].number("x") + bars[0].number("width") - nil).abs() < 0.02, "what fell ends at nil");
        assert!((bars[1].number("x") - nil).abs() < 0.02, "what rose begins there");
        let words = words(&marks);
        for said in ["BDH", "−214 (−11.5%)", "VWI & robbery", "+176 (+7.9%)", "+3 (3 to 6)", "withheld", "[c]"] {
            assert!(words.contains(said), "{said} in {words}");
        }
        assert!(!words.contains("100.0%"), "no bare percentage on a small base");
    }
}

#[test]
fn the_two_counts_can_stand_side_by_side() {
    let table = Table { chart: Some(Chart::Bars), ..years(&CRIME) };
    for marks in drawn(&table) {
        is_in_step(&lengths(&marks, "bar"), &[1868.0, 1654.0, 2226.0, 2402.0, 3.0, 6.0, 60.0]);
        assert_eq!((of(&marks, "before").len(), of(&marks, "after").len()), (3, 4));
        assert_eq!(words(&marks).matches("2013/14").count(), 4, "each bar says its period");
        assert!(words(&marks).contains("<5"));
    }
}

#[test]
fn spending_is_filled_within_the_outline_of_the_budget() {
    let columns = [("item", "Item", WORDS), ("allocated", "Allocated", MONEY), ("spent", "Spent", MONEY)];
    let rows = [
        "#People",
        "Night shelter for people who sleep rough in the city centre and beyond | 40000 | 20000",
        "Youth work | 10000 | 15000",
        "+Subtotal of People | 50000 | 35000",
        "=Total | 50000 | 35000",
    ];
    for marks in drawn(&built::table(&columns, &rows)) {
        is_in_step(&[lengths(&marks, "budget"), lengths(&marks, "spent")].concat(), &[40e3, 10e3, 20e3, 15e3]);
        let words = words(&marks);
        for said in
            ["People", "Night shelter", "£20,000.00 of £40,000.00", "Youth work", "Filled: Spent. Outline: Allocated."]
        {
            assert!(words.contains(said), "{said} in {words}");
        }
        assert!(!words.contains("Total"), "a sum would dwarf its parts");
    }
}

fn broken_down(rows: &[&str]) -> Table {
    let columns = [
        ("category", "Category", WORDS),
        ("count_0", "Offences", COUNT),
        ("share_0", "%", Format::Percent(0)),
        ("count_1", "Offences", COUNT),
        ("share_1", "%", Format::Percent(0)),
    ];
    let mut table = built::table(&columns, rows);
    for (index, group) in [(1, "2013/14"), (2, "2013/14"), (3, "2014/15"), (4, "2014/15")] {
        table.columns[index].group = Some(group.to_owned());
    }
    table
}

#[test]
fn what_is_withheld_has_a_symbol_and_no_bar() {
    let rows = [
        "Racial | 240 | 80 | 300 | 75",
        "Faith | <5 | [c] | 12 | 3 [u] (12 of 40)",
        "Other | [c] | [c] | 0 | 0",
        "=Total | 300 | 100 | 400 | 100",
    ];
    for marks in drawn(&broken_down(&rows)) {
        is_in_step(&lengths(&marks, "bar"), &[240.0, 300.0, 12.0, 0.0]);
        let words = words(&marks);
        for said in ["240 (80%)", "300 (75%)", "<5", "[c]", "2014/15"] {
            assert!(words.contains(said), "{said} in {words}");
        }
        assert!(!words.contains("3%"), "no bare percentage on a small base");
    }
}

#[test]
fn areas_are_ranked_with_the_average_and_the_own_one_marked() {
    let columns = [("area", "Area", WORDS), ("rank", "Rank", COUNT), ("rate", "Rate per 1,000", Format::Number(3))];
    let rows = [
        "Wolverhampton | 3 | 58.1",
        "*Coventry | 2 | 62.176",
        "Kingston upon Hull, City of | | [x]",
        "Derby | 1 | 70.02",
        "Bolton | 4 | 44",
        "~Average | | 57.906",
    ];
    for marks in drawn(&built::table(&columns, &rows)) {
        is_in_step(&lengths(&marks, "bar"), &[70.02, 62.176, 58.1, 44.0]);
        assert_eq!(of(&marks, "own").len(), 1);
        let words = words(&marks);
        let order = ["Derby", "→ Coventry", "Wolverhampton", "Bolton", "Kingston upon Hull", "[x]"];
        let places: Vec<usize> = order.iter().map(|name| words.find(name).expect(name)).collect();
        assert!(places.is_sorted(), "{words}");
        assert!(words.contains("Average 57.906"));
        let (level, nil) = (of(&marks, "average")[0].number("x1"), of(&marks, "nil")[0].number("x1"));
        let longest = lengths(&marks, "bar")[0];
        assert!((level - nil - longest * 57.906 / 70.02).abs() < 0.02);
    }
}

fn months(count: usize) -> Table {
    let columns = [
        ("period", "Month", WORDS),
        ("value_0", "Recorded crime", COUNT),
        ("last_year_0", "A year before", COUNT),
        ("difference_0", "Difference", Format::Difference(0)),
    ];
    let rows: Vec<String> = (0..count)
        .map(|index| {
            let value = match index {
                7 => "[x]".to_owned(),
                9 => "208".to_owned(),
                index => (150 + index * 37 % 29).to_string(),
            };
            format!("Month {} | {value} | {} | ", index + 1, 160 + index * 17 % 23)
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let mut table = Table { chart: Some(Chart::Line), ..built::table(&columns, &rows) };
    table.limits = vec![Limits { column: 1, average: 163.into(), lower: 131.into(), upper: 195.into() }];
    table
}

#[test]
fn a_series_has_its_limits_its_average_and_the_year_before() {
    for marks in drawn(&months(24)) {
        assert_eq!((of(&marks, "limit").len(), of(&marks, "average").len()), (2, 1));
        assert_eq!(of(&marks, "ring").len(), 1, "one point lies outside");
        assert_eq!(of(&marks, "point").len(), 23, "one figure is missing");
        let line = marks.iter().find(|mark| mark.class() == "line").expect("a line");
        assert_eq!(line.attributes["d"].matches('M').count(), 2, "and the line is broken there");
        assert_eq!(of(&marks, "last-year").len(), 1);
        let words = words(&marks);
        for said in ["Average", "163.0", "Upper limit", "195.0", "A year", "Month 1 ", "Month 24"] {
            assert!(words.contains(said), "{said} in {words}");
        }
        // Each unit is as high as every other.
        let levels: Vec<f64> = of(&marks, "level").iter().map(|level| level.number("y1")).collect();
        assert!(((levels[1] - levels[0]) - (levels[2] - levels[1])).abs() < 0.03, "{levels:?}");
    }
}

#[test]
fn several_series_stand_one_below_the_other() {
    let columns = [
        ("period", "Quarter", WORDS),
        ("value_0", "Burglary", COUNT),
        ("value_1", "Detection rate", Format::Percent(1)),
    ];
    let table = built::table(&columns, &["Q1 | 10 | 12.5", "Q2 | 14 | 11.0", "Q3 | 12 | 11.8"]);
    let table = Table { chart: Some(Chart::Line), ..table };
    for marks in drawn(&table) {
        assert_eq!(marks.iter().filter(|mark| mark.class() == "line").count(), 2);
        assert!(words(&marks).contains("Burglary") && words(&marks).contains("Detection rate"));
    }
}

#[test]
fn an_outcome_carries_its_counts() {
    let columns = [
        ("period", "Period", WORDS),
        ("base", "Cases", COUNT),
        ("count_0", "Safer", COUNT),
        ("share_0", "Safer (%)", Format::Percent(0)),
    ];
    let mut table =
        built::table(&columns, &["Q1 | 46 | 35 | 76 [u] (35 of 46)", "Q2 | 72 | 49 | 68", "=Total | 118 | 84 | 71"]);
    table.relations = (0..3)
        .map(|row| Relation::Share { result: At::new(row, 3), part: At::new(row, 2), whole: At::new(row, 1) })
        .collect();
    for marks in drawn(&table) {
        is_in_step(&lengths(&marks, "bar"), &[76.0, 68.0, 71.0]);
        let words = words(&marks);
        for said in ["Q1", "76% [u] (35 of 46)", "Total", "71% (84 of 118)"] {
            assert!(words.contains(said), "{said} in {words}");
        }
    }
}

#[test]
fn an_indicator_stands_within_its_target() {
    let columns = [
        ("indicator", "Indicator", WORDS),
        ("target", "Target", Format::Percent(0)),
        ("share", "Achieved", Format::Percent(0)),
        ("met", "Met", WORDS),
    ];
    for marks in drawn(&built::table(&columns, &["Visits | 90 | 83 | no", "Calls | 50 | 75 | yes"])) {
        is_in_step(&[lengths(&marks, "budget"), lengths(&marks, "spent")].concat(), &[90.0, 50.0, 83.0, 75.0]);
        assert!(words(&marks).contains("83% (target 90%)"));
    }
}

#[test]
fn of_many_rows_the_largest_are_drawn() {
    let columns = [("a", "Street", WORDS), ("b", "Reports", COUNT)];
    let rows: Vec<String> = (0..312).map(|index| format!("Street {index} | {}", (index * 7) % 312)).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    for marks in drawn(&built::table(&columns, &rows)) {
        assert_eq!(of(&marks, "bar").len(), 40);
        assert!(lengths(&marks, "bar").iter().all(|length| *length > lengths(&marks, "bar")[0] * 0.5));
        let said = "The 40 largest of 312 rows are drawn.";
        assert!(words(&marks).contains("The 40 largest"));
        assert!(marks.iter().any(|mark| mark.element == "desc" && mark.words.contains(said)));
    }
}

#[test]
fn a_hundred_thousand_rows_make_a_small_drawing_quickly() {
    let columns = [("a", "Street", WORDS), ("b", "Reports", COUNT)];
    let mut table = built::table(&columns, &["Street | 1"]);
    let row = table.rows[0].clone();
    table.rows = (0..100_000).map(|_| row.clone()).collect();
    for chart_style in [Chart::Bars, Chart::Line] {
        table.chart = Some(chart_style);
        let drawing = chart(&table, "x", &Words::default()).expect("a chart");
        assert!(drawing.wide.len() < 60_000, "{}", drawing.wide.len());
    }
}

#[test]
fn what_cannot_be_drawn_is_not() {
    let columns = [("a", "A", WORDS), ("b", "B", COUNT)];
    assert_eq!(chart(&built::table(&columns, &["a | [c]", "b | <5"]), "x", &Words::default()), None);
    assert_eq!(chart(&built::table(&columns[..1], &["a"]), "x", &Words::default()), None);
    assert_eq!(chart(&built::table(&columns, &[]), "x", &Words::default()), None);
    let table = Table { chart: None, ..built::table(&columns, &["a | 1"]) };
    assert_eq!(chart(&table, "x", &Words::default()), None);
}

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (-2_000_000_i64..2_000_000).prop_map(|value| value.to_string()),
        1 => (0_u32..4).prop_map(|places| Decimal::new(123_456_789_012, places).to_string()),
        1 => Just("999999999999999".to_owned()),
        2 => prop::sample::select(vec!["[c]", "[x]", "[z]", "<5", "", "0", "1497 [p]"]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever stands in a table of any kind, its drawing is sound.
    #[test]
    fn any_chart_is_sound(
        rows in prop::collection::vec(("[ *=~#+]?[A-Za-z<&\"é]{0,12}( [A-Za-z-]{1,26}){0,9}", prop::collection::vec(any_cell(), 5)), 0..50),
        kind in 0_usize..8,
        style in prop::sample::select(vec![Chart::Bars, Chart::Differences, Chart::Line]),
    ) {
        let keys: [[&str; 6]; 8] = [
            ["measure", "from", "to", "difference", "change", "direction"],
            ["category", "count_0", "share_0", "count_1", "share_1", "x"],
            ["area", "rank", "count", "population", "rate", "x"],
            ["period", "value_0", "last_year_0", "difference_0", "value_1", "x"],
            ["item", "allocated", "q1", "spent", "percent_spent", "x"],
            ["indicator", "target", "seen", "share", "met", "x"],
            ["period", "base", "count_0", "share_0", "x", "y"],
            ["a", "b", "c", "d", "e", "f"],
        ];
        let formats = [WORDS, COUNT, MONEY, Format::Number(3), Format::Percent(1), COUNT];
        let columns: Vec<(&str, &str, Format)> =
            keys[kind].iter().zip(formats).map(|(key, format)| (*key, *key, format)).collect();
        let rows: Vec<String> = rows.iter().map(|(name, cells)| format!("{name} | {}", cells.join(" | "))).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let mut table = Table { chart: Some(style), ..built::table(&columns, &rows) };
        table.limits = vec![Limits { column: 1, average: 5.into(), lower: (-9).into(), upper: 99.into() }];
        table.relations =
            (0..rows.len()).map(|row| Relation::Share { result: At::new(row, 3), part: At::new(row, 2), whole: At::new(row, 1) }).collect();
        let _ = what_it_shows(&table);
        if let Some(drawing) = chart(&table, "a", &Words::default()) {
            assert_is_sound(&drawing.wide, "a");
            assert_is_sound(&drawing.narrow, "a-narrow");
            prop_assert_eq!(chart(&table, "a", &Words::default()), Some(drawing), "the same bytes again");
        }
    }
}
