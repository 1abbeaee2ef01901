//! Tables in which something is wrong, and tables in which nothing is, or may not be.

use proptest::prelude::*;

use crate::record;
use crate::rules::{Example, check};

/// What one rule finds in a briefing note.
pub(super) fn found(code: &str, text: &str) -> Vec<String> {
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    let loaded = record::load(&Example::Text(text).folder()).expect("a folder in memory can be read");
    let record = loaded.record.expect("a record");
    let findings = check(&record, &loaded.sources, loaded.findings, Example::now()).findings;
    findings
        .into_iter()
        .filter(|finding| finding.code == code)
        .map(|finding| {
            let place = finding.primary.span.range();
            let written = &loaded.sources.get(finding.primary.span.source).text[place];
            format!("{written}: {}", finding.message)
        })
        .collect()
}

/// A table with its rows divided by semicolons.
fn table(rows: &str) -> String {
    let mut lines = rows.split(';').map(|row| format!("| {} |", row.trim()));
    let head = lines.next().unwrap_or_default();
    let columns = head.matches('|').count() - 1;
    let rest: Vec<String> = lines.collect();
    format!("{head}\n|{}\n{}\n", "---|".repeat(columns), rest.join("\n"))
}

fn finds(code: &str, rows: &str, expected: &[&str]) {
    assert_eq!(found(code, &table(rows)), expected, "{rows}");
}

#[test]
fn rules_read_the_narratives_of_a_table_like_any_text() {
    let text = "```monitoring\ncaption: Projects\nrows: [{item: Wardens, allocated: 1, spent: 1}]\n---\n## Wardens\n\
                They met on\n**Friday** 12 July 2023, with the QXZ.\n\n- See Table 7.\n\n### THE WORK DONE\n\nMore.\n```\n";
    let one = |code: &str| {
        let found = found(code, text);
        assert_eq!(found.len(), 1, "{code}: {found:#?}");
        found.into_iter().next().unwrap_or_default()
    };
    assert!(one("D02").starts_with("Friday** 12 July 2023: "), "{}", one("D02"));
    assert!(one("G01").starts_with("QXZ: "), "{}", one("G01"));
    assert!(one("R07").starts_with("Table 7: "), "{}", one("R07"));
    assert!(one("W12").starts_with("### THE WORK DONE: "), "{}", one("W12"));
}

#[test]
fn totals_are_added_up_again() {
    for (rows, expected) in [
        (
            "A | 2013; x | 1,209; y | 14; **Total** | **1,224**",
            "**1,224**: column `2013`, row `Total`: 1,224 is printed, and the rows above come to 1,223",
        ),
        (
            "A | £; x | £10.50; y | £1.49; Grand total | £12.00",
            "£12.00: column `£`, row `Grand total`: £12.00 is printed, and the rows above come to £11.99",
        ),
        (
            "A | n; x | 5; y | 5; Sub-total | 10; z | 4; w | 1; Sub-total | 6; Total | 15",
            "6: column `n`, row `Sub-total`: 6 is printed, and the rows since the last sum come to 5",
        ),
        (
            "A | n; x | 5; y | 5; Sub-total | 10; z | 4; Grand total | 15",
            "15: column `n`, row `Grand total`: 15 is printed, and the rows above, sums apart, come to 14",
        ),
        (
            "A | n; x | 5; y | 5; Total | 10; z | 4; Total | 15",
            "15: column `n`, row `Total`: 15 is printed, and the rows since the last sum come to 4; the rows above, sums apart, \
             come to 14",
        ),
        (
            "Class | Member | Places; Statutory | Council | 4; Statutory | Police | 1; Statutory | All | 6",
            "6: column `Places`, row `Statutory`: 6 is printed, and the rows above come to 5",
        ),
        (
            "A | Q1 | Q2 | Total; x | 1 | 2 | 3; y | 4 | 5 | 8; z | 6 | 7 | 13",
            "8: row `y`, column `Total`: 8 is printed, and the figures before it come to 9",
        ),
    ] {
        finds("T04", rows, &[expected]);
    }
}

#[test]
fn what_may_be_no_sum_is_left_alone() {
    for rows in [
        "A | n; x | [x]; y | 5; Total | 11",
        "A | n; x | <5; y | 5; Total | 11",
        "A | n; x | –; y | 5; Total | 11",
        "A | n; x | 27 (84%); y | 5; Total | 11",
        "A | Share | Rate per 1,000 | Average cost; x | 50% | 3.1 | £4; y | 49% | 4.0 | £6; Total | 100% | 3.5 | £5",
        "A | n; Total | 10; x | 3; y | 4",
        "A | n; x | 10; of which men | 4; y | 5; Total | 15",
        "A | n; x | 5; y | 5; Sub-total | 10; z | 4; Total | 14",
        "A | n; x | 5; y | 5; Total | 10; z | 4; Total | 4",
        "A | £000; x | 5; y | 5; Total | 11",
        "A | Tonnes; x | 5.4; y | 5.3; Total | 10.8",
        "Support | People; Alcohol | 35; Drugs | 33; All | 50",
        "Group | n; **North** | ; x | 5; **South** | ; y | 5; Total | 10",
        "Item | Each | Total; x | £10 | £20; y | £5 | £5; z | £7 | £14",
        "Measure | Change; Total recorded crime | −201; Burglary | −10",
        "A | n; x | 5; y \\| z | 5; Total | 10",
    ] {
        finds("T04", rows, &[]);
    }
}

#[test]
fn columns_that_follow_are_worked_out_again() {
    finds(
        "T05",
        "Type | 2013 | 2013 %; Racist | 276 | 84%; Disablist | 16 | 6%; Sexist | 19 | 6%; Blank | <5 | 0%; Total | 327 | -",
        &["6%: row `Disablist`, column `2013 %`: 6% is printed, and 16 of 327 is 5%"],
    );
    finds(
        "T05",
        "Measure | 2013/14 | 2014/15 | Change (%); a | 1,868 | 1,654 | −11.5; b | 2,226 | 2,402 | +7.9; c | 8526 | 8171 | −4.3",
        &["−4.3: row `c`, column `Change (%)`: −4.3% is printed, and from 8526 to 8171 is −4.2%"],
    );
    finds(
        "T06",
        "Measure | Then | Now | Difference; a | 10 | 7 | 3; b | 4 | 9 | 5; c | 4 | 9 | 6",
        &["6: row `c`, column `Difference`: 6 is printed, and 9 less 4 is 5"],
    );
    finds(
        "T07",
        "Risk | Share; High | 57.0%; Medium | 28.3%; Low | 15.0%; Total | 100%",
        &["100%: column `Share`: the shares come to 100.3%, and 100% is printed beneath them"],
    );
}

#[test]
fn columns_without_a_certain_pattern_are_left_alone() {
    for (code, rows) in [
        ("T05", "Order | Begun | Done | Done in the year; DRR | 11 | 9 | 75%; ATR | 8 | 9 | 75%"),
        ("T05", "Order | Begun | Done | Share; a | 10 | 5 | 50%; b | 8 | 2 | 20%"),
        ("T05", "Order | Begun | Done | Share; a | 10 | 5 | 50%; b | 8 | 2 | 25%; c | [x] | 3 | 10%"),
        ("T05", "Order | Begun | Done | Met; a | 10 | 10 | 100%; b | 8 | 8 | 100%; c | 5 | 4 | 90%"),
        ("T06", "Park | Then | Now | Change; a | 1 | 5 | New gate; b | 2 | 4 | Closed"),
        ("T06", "Park | Then | Now | Change; a | 1 | 5 | +4; b | 2 | 4 | +3"),
        ("T07", "Target | Met; a | 90%; b | 75%; Total | 100%"),
        ("T07", "Risk | Share; a | 57%; b | 28%; c | 16%; Total | 100%"),
    ] {
        finds(code, rows, &[]);
    }
}

#[test]
fn what_is_kept_back_must_not_follow() {
    finds(
        "T10",
        "Type | 2013; a | 276; b | <5; c | 0; d | <5; Grand total | 278",
        &[
            "<5: column `2013`: what is kept back follows from the total of 278 and the other figures: `b` is 1 and `d` is 1",
        ],
    );
    finds(
        "T10",
        "Type | 2013; a | 276; b | [c]; Total | 300",
        &["[c]: column `2013`: what is kept back follows from the total of 300 and the other figures: `b` is 24"],
    );
    finds(
        "T10",
        "Type | 2013; a | 276; b | <5; d | <5; Total | 284",
        &[
            "<5: column `2013`: what is kept back follows from the total of 284 and the other figures: `b` is 4 and `d` is 4",
        ],
    );
    for rows in [
        "Type | 2013; a | 276; b | <5; d | <5; Total | 280",
        "Type | 2013; a | 276; b | <5; d | [c]; Total | 280",
        "Type | 2013; a | 276; b | <5; Total | [c]",
        "Type | 2013; a | [x]; b | <5; Total | 280",
        "Type | 2013; a | 276; b | <5; Total | 290",
        "Type | 2013; a | 276; b | <5",
    ] {
        finds("T10", rows, &[]);
    }
}

#[test]
fn sentences_are_held_against_the_table_beside_them() {
    let crime = "```year-on-year\ncaption: Crime\nfrom: 2013/14\nto: 2014/15\nrows:\n  - {measure: Burglary, from: 1868, to: 1654}\n  \
                 - {measure: Violence, from: 2226, to: 2402}\n```\n\n";
    let hate = format!(
        "{}\n",
        table("Type | 2013 total | 2013 % | 2014 total; Sexist | 19 | 6% | 23; Racist | 276 | 84% | 320")
    );
    let generated = "```breakdown\ncaption: Hate crime\nperiods: [2013, 2014]\nsuppress_below: 5\nrows:\n  - {category: Sexist, 2013: 19, 2014: 23}\n  \
                     - {category: Blank, 2013: 7, 2014: <5}\n```\n\n".to_owned();
    for (before, text, expected) in [
        (
            crime,
            "Violence rose overall by 8.9% (176 offences).",
            &["8.9%: 8.9% is stated here, and row `Violence` of the table has +176 and +7.9%"][..],
        ),
        (crime, "Violence rose overall by 7.9% (176 offences).", &[]),
        (crime, "Robbery rose overall by 8.9% (17 offences).", &[]),
        (
            crime,
            "Burglary went up by 11.5%.",
            &["11.5%: 11.5% is stated here, and row `Burglary` of the table has −11.5%"],
        ),
        (crime, "Burglary went down by 11.5%.", &[]),
        (crime, "In May burglary went up by 11.5% in 3 wards.", &[]),
        (
            &hate,
            "Sexist incidents show 5 more reports.",
            &["5: 5 is stated here, and row `Sexist` of the table has +4"],
        ),
        (&hate, "Sexist incidents show 4 more reports. Racist ones come first.", &[]),
        (&hate, "Sexist incidents show 5 more reports than in 2012.", &[]),
        (&hate, "Sexist and racist incidents show 48 more reports.", &[]),
        (
            &generated,
            "Sexist incidents show 5 more reports.",
            &["5: 5 is stated here, and row `Sexist` of the table has +4"],
        ),
        (&generated, "Sexist incidents show 4 more reports.", &[]),
        (&generated, "Blank ones show 4 more reports.", &[]),
        (&generated.replace("2014", "2012"), "Sexist incidents show 5 more reports.", &[]),
        (
            &generated
                .replace("[2013, 2014]", "[2013, 2014, 2015]")
                .replace("2014: 23", "2014: 23, 2015: 1")
                .replace("<5", "7, 2015: 2"),
            "Sexist incidents show 5 more reports.",
            &[],
        ),
        (&hate, "## Elsewhere\n\nSexist incidents show 5 more reports.", &[]),
    ] {
        assert_eq!(found("T09", &format!("{before}{text}\n")), expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stands in a table, nothing panics, and every finding points into the file.
    #[test]
    fn no_table_panics(text in "\\| A \\| 2013 \\| 2014 % \\| Total \\|\n\\|---\\|---\\|---\\|---\\|\n(\\| (Total|a|All|\\[c\\]|<5|[0-9]{1,12}|−3|5%|\\\\\\||é|> ) |\\||\n){0,30}") {
        for code in ["T04", "T10"] {
            let _ = found(code, &text);
        }
    }
}
