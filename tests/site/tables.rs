//! Generated tables on the page.

use crate::support::{MEETING, Site};

fn page(text: &str, csv: Option<&str>) -> String {
    let mut site = Site::new().paper("02-plan", text);
    if let Some(csv) = csv {
        site = site.file(&format!("{MEETING}/data/crime.csv"), csv);
    }
    site.build().page(&format!("{MEETING}/02-plan.html"))
}

const YEARS: &str = "See [[crime]].\n\n```year-on-year\ncaption: Recorded crime\nname: crime\nsource: Police\nfrom: 2013/14\nto: 2014/15\ndata: data/crime.csv\n```\n";

#[test]
fn a_year_on_year_table_has_caption_scopes_source_and_true_minus_signs() {
    let page = page(YEARS, Some("measure,2013/14,2014/15\nTRC,\"21,209\",21097\nVWI,2226,2402\n"));
    for part in [
        "<a class=\"number\" href=\"#table-1\">Table 1</a> Recorded crime",
        "<th scope=\"col\"",
        "<th scope=\"row\">TRC</th>",
        ">21,209</td>",
        ">−112</td>",
        ">−0.5%</td>",
        ">+176</td>",
        ">+7.9%</td>",
        "Source: Police",
        "href=\"#table-1\">Table 1</a>.",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_wrong_cell_is_found_in_its_file_row_and_column() {
    Site::new()
        .paper("02-plan", &YEARS.replace("See [[crime]].", ""))
        .file(&format!("{MEETING}/data/crime.csv"), "measure,2013/14,2014/15\nTRC,21209,twenty\n")
        .finds(&["data/crime.csv:2:11 T01 error", "twenty"]);
}

#[test]
fn a_missing_data_file_is_found_with_the_one_that_was_meant() {
    Site::new()
        .paper("02-plan", &YEARS.replace("See [[crime]].", ""))
        .file(&format!("{MEETING}/data/crimes.csv"), "measure,2013/14,2014/15\n")
        .finds(&["T01 error", "data/crimes.csv"]);
}

#[test]
fn a_total_that_does_not_agree_stops_the_build() {
    let text = "```allocation\ncaption: Funding\nrows:\n  - {theme: A, purpose: One, granted_to: X, amount: 10}\nfunding:\n  - {source: PCC, amount: 11}\n```\n";
    Site::new().paper("02-plan", text).finds(&["T02 error", "£10.00", "£11.00"]);
}

#[test]
fn a_figure_as_stated_is_marked_and_both_figures_are_shown() {
    let text = "```spending\ncaption: Spending\nrows:\n  - {item: One, allocated: 10, q1: 4}\nas_stated:\n  - {row: Total, column: remaining, value: 5}\n```\n";
    let page = page(text, None);
    assert!(
        page.contains("as-stated\">£5.00 <a class=\"note-ref\" href=\"#table-1-note-1\">[note 1]</a></td>"),
        "{page}"
    );
    assert!(page.contains("<li id=\"table-1-note-1\">") && page.contains("£6.00"), "{page}");
}

#[test]
fn a_block_with_a_misspelt_kind_is_found() {
    Site::new().paper("02-plan", "```year-on-yaer\ncaption: x\n```\n").finds(&["did you mean `year-on-year`?"]);
}

#[test]
fn a_caption_numbers_a_written_table_and_one_without_a_table_is_told() {
    let page = page("Table: Themes {#themes}\n\n| Theme | What |\n|---|--:|\n| A | 1 |\n", None);
    assert!(page.contains("Table 1</a> Themes") && page.contains("<td class=\"end\">1</td>"), "{page}");
    Site::new().paper("02-plan", "Table: Lost\n\nText.\n").finds(&["no table follows it"]);
}
