//! Generated tables on the page.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

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

#[test]
fn nested_headings_reach_over_their_rows_and_lists_are_lists() {
    let text = "```plan\ncaption: Plan\nlevels: [Group, Priority, Theme]\nrows:\n\
                - {Group: G1, Priority: P1, Theme: T1, Measures: [One, Two & three]}\n- {Theme: T2, Measures: M2}\n\
                - {Priority: P2, Theme: T3, Measures: M3}\n- {Group: G2, Priority: P2, Theme: T3, Measures: M4}\n```\n";
    let page = page(text, None);
    for part in [
        "<tbody><tr><th scope=\"rowgroup\" rowspan=\"3\">G1</th><th scope=\"row\" rowspan=\"2\">P1</th>\
         <th scope=\"row\">T1</th><td><ul><li>One</li><li>Two &amp; three</li></ul></td></tr>",
        "<tr><th scope=\"row\">T2</th><td>M2</td></tr>",
        "<tr><th scope=\"row\">P2</th><th scope=\"row\">T3</th><td>M3</td></tr></tbody>",
        "<tbody><tr><th scope=\"rowgroup\">G2</th><th scope=\"row\">P2</th><th scope=\"row\">T3</th>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

fn with_members(block: &str) -> Site {
    Site::new()
        .file("organisations.yaml", "police: {name: The <Police>}\n")
        .file(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nseats:\n\
             - {organisation: police, class: responsible authority, number: 2}\n- {organisation: scrutiny, class: community}\n\
             members:\n- {person: N Akhtar, role: chair, to: 2023-07-12}\n- {person: R Thay, from: 2023-07-13}\n\
             - {organisation: police, post: Chief Superintendent, number: 2}\n",
        )
        .paper("02-plan", &format!("See [[members]].\n\n```membership\ncaption: Members\nname: members\n{block}```\n"))
}

#[test]
fn members_are_those_of_the_meetings_day_and_lead_to_their_pages() {
    let plan = format!("{MEETING}/02-plan.html");
    let page = with_members("").build().page(&plan);
    assert!(page.contains("<th scope=\"col\">Role</th>"), "{page}");
    assert!(page.contains("people/n-akhtar.html\">Councillor N Akhtar</a></th>"), "{page}");
    assert!(
        page.contains("<th scope=\"row\">Chief Superintendent (2 places)</th><td>The &lt;Police&gt;</td>"),
        "{page}"
    );
    assert!(!page.contains("Councillor R Thay</a></th>"), "not yet a member: {page}");
    let page = with_members("on: 2023-08-01\ncolumns: [role, member]\n").build().page(&plan);
    assert!(page.contains("Councillor R Thay</a></td>") && !page.contains("Councillor N Akhtar</a></td>"), "{page}");
}

#[test]
fn places_are_counted_by_class() {
    let words = with_members("show: seats\n").build().words(&format!("{MEETING}/02-plan.html"));
    for part in [
        "Responsible authorities The &lt;Police&gt; 2 Subtotal of Responsible authorities 2",
        "Community and voluntary sector Scrutiny Committee 1",
        "Total 3",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
}

#[test]
fn a_membership_of_nobody_is_found() {
    with_members("body: scrutny\n").finds(&["scrutny", "did you mean `scrutiny`?"]);
    Site::new()
        .file(
            "bodies/scrutiny.yaml",
            "name: Scrutiny\nkind: committee\nlaw: part-va\nmembers: [{person: N Akhtar, from: 2024-01-01}]\n",
        )
        .paper("02-plan", "```membership\ncaption: Members\n```\n")
        .finds(&["T01 error", "names nobody who was a member on 12 July 2023"]);
    Site::new()
        .paper("02-plan", "```membership\ncaption: Seats\nshow: seats\n```\n")
        .finds(&["T01 error", "names no seats"]);
}

#[test]
fn csv_files_of_older_spreadsheets_are_read() {
    let text = "```data\ncaption: Money\ndata: data/a.csv\n```\n";
    let site = Site::new().paper("02-plan", text);
    let page = site
        .clone()
        .file(&format!("{MEETING}/data/a.csv"), b"place,spent\r\nCaf\xe9 \x96 north,\xa35.50\r\n")
        .build()
        .page(&format!("{MEETING}/02-plan.html"));
    assert!(page.contains("Café – north</th>") && page.contains(">£5.50</td>"), "{page}");
    site.file(&format!("{MEETING}/data/a.csv"), b"place,spent\nCaf\x81\xe9,5\n").finds(&["F01 error", "not UTF-8"]);
}

#[test]
fn a_broken_workbook_is_a_finding_where_it_is_named() {
    let text = "```data\ncaption: Money\ndata: data/a.xlsx\n```\n";
    let site = Site::new().paper("02-plan", text);
    site.clone()
        .file(&format!("{MEETING}/data/a.xlsx"), b"PK\x03\x04")
        .finds(&["02-plan.md:8:7 T01 error", "`data/a.xlsx` cannot be read"]);
    site.finds(&["02-plan.md:8:7 T01 error", "there is no file `data/a.xlsx`"]);
}

/// What an author or a spreadsheet holds is shown and never run, on the page, in drawings and in the files.
#[test]
fn words_that_look_like_markup_or_a_formula_stay_words() {
    let evil = "x\"><script>alert(1)</script>";
    let typed = evil.replace('"', "\\\"");
    let text = format!(
        "```breakdown\ncaption: \"{typed}\"\nname: evil\nsource: \"{typed}\"\nnotes: [\"{typed}\"]\nchart: yes\nshows: \"{typed}\"\n\
         periods: [\"{typed}\"]\nrows:\n- {{category: \"=cmd()\", \"{typed}\": 1}}\n- {{category: \"{typed}\", \"{typed}\": 2}}\n```\n",
    );
    let flow = format!(
        "```flow\ncaption: \"{typed}\"\nsteps: |\n  Ask {evil}\n  Is it {evil}?\n    yes {evil}: Do {evil}\n    no {evil}: Stop {evil}\n```\n"
    );
    let pages = Site::new().paper("02-plan", &format!("{text}\n{flow}")).build();
    let page = pages.page(&format!("{MEETING}/02-plan.html"));
    assert!(page.contains("&lt;script&gt;"), "{page}");
    assert!(!page.contains("<script>alert"), "{page}");
    let file = |name: &str| pages.artefacts.iter().find(|artefact| artefact.path.ends_with(name)).expect("a file");
    let csv = String::from_utf8(file("evil.csv").bytes.clone()).expect("text");
    assert!(csv.contains("\n'=cmd(),"), "{csv}");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file(".xlsx").bytes.clone())).expect("a spreadsheet");
    assert!(workbook.worksheet_formula("Table_1").expect("a sheet").is_empty(), "no cell is a formula");
    let cells = workbook.worksheet_range("Table_1").expect("a sheet");
    assert!(cells.used_cells().any(|(.., cell)| *cell == Data::String("=cmd()".to_owned())), "{cells:?}");
}
