//! What tables give away: whole papers in, findings out.

use quorate::record::Loaded;
use quorate::rules;

use crate::support::{MEETING, Site, moment};

/// What T10 finds, as "path:line severity: message | help".
fn found(site: &Site) -> Vec<String> {
    let Loaded { record, sources, findings } = site.load();
    let record = record.expect("a record");
    let read: Vec<String> = findings.iter().map(|finding| finding.message.clone()).collect();
    assert_eq!(read, Vec::<String>::new());
    rules::check(&record, &sources, findings, moment("2023-08-01 12:00"))
        .findings
        .iter()
        .filter(|finding| finding.code == "T10")
        .map(|finding| {
            let place = sources.place(finding.primary.span);
            let path = place.strip_prefix("meetings/scrutiny/").unwrap_or(&place);
            let help = finding.help.as_deref().unwrap_or("");
            format!("{path} {}: {} | {help}", finding.severity.word(), finding.message)
        })
        .collect()
}

const YEAR_ON_YEAR: &str = "```year-on-year\ncaption: Hate crime\nname: hate\nfrom: 2013\nto: 2014\nsuppress_below: 5\nrows:\n  \
                            - {measure: Racist, from: 276, to: 320}\n  - {measure: Blank, from: <5, to: 7}\n  \
                            - {measure: Sexist, from: <5, to: 23}\n```\n";

#[test]
fn a_generated_table_alone_gives_nothing_away() {
    assert_eq!(found(&Site::new().paper("02-plan", YEAR_ON_YEAR)), Vec::<String>::new());
}

#[test]
fn the_papers_other_tables_are_known_to_readers() {
    let other = "\nTable: By type\n\n| Type | 2013 |\n|---|---:|\n| Racist | 276 |\n| Blank | 3 |\n| Disablist | 8 |\n";
    let findings = found(&Site::new().paper("02-plan", &format!("{YEAR_ON_YEAR}{other}")));
    assert_eq!(
        findings,
        [
            "2023-07-12/02-plan.md:7:1 error: column `2013`: what is kept back can be worked out: `Blank` is 3 | withhold as \
          `[c]` also `Blank`, 2013 in Table 2 (3): the smallest change that makes it safe"
        ]
    );
    // Of another year, or with figures that differ, it is another table.
    for other in [other.replace("2013", "2012"), other.replace("276", "275")] {
        assert_eq!(found(&Site::new().paper("02-plan", &format!("{YEAR_ON_YEAR}{other}"))), Vec::<String>::new());
    }
}

/// A column with two counts kept back that are safe by themselves.
fn counted(blank: &str) -> String {
    format!(
        "Table: Hate crime\n\n| Type | 2013 |\n|---|---:|\n| Racist | 276 |\n| Blank | {blank} |\n| Sexist | <5 |\n| Total | 281 |\n"
    )
}

#[test]
fn an_earlier_version_is_known_to_readers() {
    let site = |earlier: &str, status: &str| {
        let head = format!("---\nkind: briefing-note\ntitle: As first issued\nstatus: {status}\n---\n");
        Site::new().paper("02-plan", &counted("<5")).file(&format!("{MEETING}/03-earlier.md"), head + earlier)
    };
    let findings = found(&site(&counted("2"), "published"));
    assert!(
        findings.iter().any(|finding| finding.starts_with("2023-07-12/02-plan.md")
            && finding.contains("`Blank` is 2 and `Sexist` is 3")
            && finding.contains("keep back more")),
        "{findings:?}"
    );
    // A draft is known to nobody, and a table with another caption is another table.
    let of_plan = |site: &Site| found(site).into_iter().filter(|finding| finding.contains("02-plan")).count();
    assert_eq!(of_plan(&site(&counted("2"), "draft")), 0);
    assert_eq!(of_plan(&site(&counted("2").replace("Hate crime", "Racism"), "published")), 0);
    assert_eq!(of_plan(&site(&counted("2").replace("276", "270").replace("281", "275"), "published")), 0);
}

#[test]
fn sub_totals_row_totals_and_differences_are_taken_for_what_they_are() {
    for (table, says) in [
        (
            "| Type | 2013 |\n|---|---:|\n| a | 7 |\n| b | <5 |\n| Sub-total | 9 |\n| c | 3 |\n| d | <5 |\n| Sub-total | 6 |\n| Total | 15 |\n",
            &["`b` is 2", "`d` is 3"][..],
        ),
        (
            "| Type | North | South | Total |\n|---|---:|---:|---:|\n| a | 7 | 8 | 15 |\n| b | <5 | 8 | 9 |\n| c | <5 | 3 | [c] |\n",
            &["`b` is 1"],
        ),
        (
            "| Type | 2013 | 2014 | Change |\n|---|---:|---:|---:|\n| a | 7 | 8 | +1 |\n| b | 6 | 9 | +3 |\n| c | <5 | 9 | +6 |\n",
            &["`c` is 3"],
        ),
        // The total is kept back, and the percentages tell that it is 2,787 or 2,788.
        (
            "| Type | Count | % |\n|---|---:|---:|\n| a | 2317 | 83.1% |\n| b | 467 | 16.8% |\n| c | <5 | 0.1% |\n| Total | [c] | |\n",
            &["`c` is 3 or 4"],
        ),
    ] {
        let findings = found(&Site::new().paper("02-plan", table));
        assert_eq!(findings.len(), says.len(), "{table}{findings:?}");
        for (finding, says) in findings.iter().zip(says) {
            assert!(finding.contains(says), "{says}: {finding}");
        }
    }
    for safe in [
        "| Type | 2013 |\n|---|---:|\n| a | 7 |\n| of which b | <5 |\n| Total | 9 |\n",
        "| Type | 2013 (rounded to 10) |\n|---|---:|\n| a | 10 |\n| b | <5 |\n| Total | 10 |\n",
        "| Type | 2013 |\n|---|---:|\n| a | 7 |\n| b | – |\n| c | <5 |\n| Total | 9 |\n",
    ] {
        assert_eq!(found(&Site::new().paper("02-plan", safe)), Vec::<String>::new(), "{safe}");
    }
}

/// What is found in a generated table, from the words after the place.
fn found_in(block: &str) -> Vec<String> {
    let findings = found(&Site::new().paper("02-plan", &format!("```{block}```\n")));
    findings.iter().filter_map(|finding| finding.split_once("worked out: ")).map(|(_, what)| what.to_owned()).collect()
}

#[test]
fn every_kind_of_table_tells_how_its_figures_follow() {
    for (block, says) in [
        // A typed total less what is printed.
        (
            "outcome\ncaption: C\ncounts: Given\nsuppress_below: 5\ntotals: {Given: 93}\nrows:\n- {period: x, given: 90}\n\
             - {period: y, given: <5}\n",
            "`y` is 3",
        ),
        // A column called Total less the other.
        (
            "outcome\ncaption: C\ncounts: [Police, Council, Total]\nsuppress_below: 5\nrows:\n- {period: x, police: 8, council: 7, total: 15}\n\
             - {period: y, police: <5, council: 8, total: 11}\n",
            "`y` is 3",
        ),
        // Typed percentages of another column: of 60, one is 2% and three are 5%.
        (
            "data\ncaption: C\nsuppress_below: 5\nrows:\n- {town: a, engaged: 35, tests: 46, share: 76%}\n\
             - {town: b, engaged: 31, tests: 36, share: 86%}\n- {town: c, engaged: <5, tests: 60, share: 3%}\n",
            "`c` is 2",
        ),
        // A row that the author calls a total.
        (
            "year-on-year\ncaption: C\nfrom: 2013\nto: 2014\nsuppress_below: 5\nrows:\n- {measure: Racist, from: 276, to: 320}\n\
             - {measure: Blank, from: <5, to: 7}\n- {measure: Total, from: 279, to: 327}\n",
            "`Blank` is 3",
        ),
        (
            "series\ncaption: C\nsuppress_below: 5\nrows:\n- {month: April 2025, north: 9, south: 8, total: 17}\n\
             - {month: May 2025, north: <5, south: 8, total: 10}\n",
            "`May 2025` is 2",
        ),
    ] {
        let findings = found_in(block);
        assert_eq!(findings.len(), 1, "{block}{findings:?}");
        assert!(findings[0].contains(says), "{says}: {findings:?}");
    }
}

#[test]
fn a_series_is_held_against_its_own_year_before() {
    let months = ["April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let names = months.iter().map(|month| format!("{month} 2024"));
    let names = names.chain(["January 2025", "February 2025", "March 2025", "April 2025"].map(str::to_owned));
    let rows = |last: &str| -> String {
        let row = |(at, name): (usize, String)| {
            let (value, before) = match at {
                0 => ("[c]", "8"),
                12 => ("9", last),
                _ => ("7", "6"),
            };
            format!("- {{month: {name}, crimes: \"{value}\", crimes last year: \"{before}\"}}\n")
        };
        names.clone().enumerate().map(row).collect()
    };
    let block = |last: &str| format!("series\ncaption: C\nsuppress_below: 5\nrows:\n{}", rows(last));
    let findings = found_in(&block("7"));
    assert!(findings.len() == 1 && findings[0].contains("`April 2024` is 7"), "{findings:?}");
    assert_eq!(found_in(&block("[c]")), Vec::<String>::new());
}

#[test]
fn what_follows_is_withheld_and_a_total_that_is_none_says_nothing() {
    for safe in [
        // The total and the shares are worked out, and withheld with the count.
        "data\ncaption: C\nsuppress_below: 5\ncolumns: [Type, {name: Cases, total: yes}, {name: Share, share_of: Cases}]\nrows:\n\
         - {type: a, cases: 276}\n- {type: b, cases: <5}\n",
        "outcome\ncaption: C\ncounts: [Tests, Engaged]\nof: Tests\nsuppress_below: 5\nrows:\n- {period: x, tests: 46, engaged: 35}\n\
         - {period: y, tests: 60, engaged: <5}\n",
        // Crimes of several kinds at once are counted once in all: the rows do not add up.
        "year-on-year\ncaption: C\nfrom: 2013\nto: 2014\nsuppress_below: 5\nrows:\n- {measure: Racist, from: 276, to: 320}\n\
         - {measure: Blank, from: <5, to: 7}\n- {measure: Total, from: 270, to: 310}\n",
    ] {
        assert_eq!(found(&Site::new().paper("02-plan", &format!("```{safe}```\n"))), Vec::<String>::new(), "{safe}");
    }
}

#[test]
fn a_withheld_rate_is_not_told_by_its_place_or_by_the_average() {
    let block = |more: &str| {
        format!(
            "```comparison\ncaption: C\n{more}suppress_below: 5\norder: as written\nrows:\n- {{area: a, count: 10, population: 1000}}\n\
             - {{area: b, count: <5, population: 1000}}\n- {{area: c, count: 30, population: 1000}}\n```\n"
        )
    };
    Site::new().paper("02-plan", &block("average_as_stated: 14\n")).finds(&["could be worked out from it"]);
    let site = Site::new().paper("02-plan", &block(""));
    let page = site.build().words(&format!("{MEETING}/02-plan.html"));
    assert!(page.contains("The ranks are those of 2 of the 3 areas"), "{page}");
}
