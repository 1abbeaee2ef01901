//! The files of generated tables: CSV, their descriptions, and the spreadsheet of a paper.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::support::{MEETING, Pages, Site};

const CRIME: &str = "```year-on-year\ncaption: Recorded crime\nname: crime\nsource: Police\nfrom: 2013/14\nto: 2014/15\n\
                     notes: [Counted twice.]\nrows:\n- {measure: TRC, from: 21209, to: '21097 [p]'}\n\
                     - {measure: Nil, from: 0, to: 3}\n```\n";
const SPENDING: &str =
    "```spending\ncaption: Spending\nrows:\n- {theme: Youth, item: One, allocated: 10.50, q1: 4}\n```\n";

fn file(pages: &Pages, name: &str) -> Vec<u8> {
    let path = format!("{MEETING}/{name}");
    let file = pages.artefacts.iter().find(|artefact| artefact.path == path);
    file.unwrap_or_else(|| panic!("{path} among {:?}", pages.paths())).bytes.clone()
}

fn text(pages: &Pages, name: &str) -> String {
    String::from_utf8(file(pages, name)).expect("text")
}

fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a spreadsheet");
    let sheets = workbook.worksheets().into_iter();
    sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect()
}

#[test]
fn a_table_is_there_as_csv_with_its_description_and_linked_with_its_size() {
    let pages = Site::new().paper("02-plan", CRIME).build();
    assert_eq!(
        text(&pages, "02-plan-tables/crime.csv"),
        "Measure,2013/14,2014/15,2014/15: symbols,Difference,Difference: symbols,Change (%),Change (%): symbols,Direction\r\n\
         TRC,21209,21097,[p],-112,[p],-0.5,[p],down\r\n\
         Nil,0,3,,3,,[z],,up\r\n"
    );
    let description: serde_json::Value =
        serde_json::from_str(&text(&pages, "02-plan-tables/crime.csv-metadata.json")).expect("JSON");
    assert_eq!(description["@context"][0], "http://www.w3.org/ns/csvw");
    assert_eq!(description["url"], "crime.csv");
    assert_eq!(description["dc:title"], "Recorded crime");
    assert_eq!(description["dc:source"], "Police");
    assert_eq!(description["dc:accessRights"], serde_json::Value::Null);
    assert_eq!(description["notes"][0]["body"], "[note 1] Counted twice.");
    let columns = description["tableSchema"]["columns"].as_array().expect("columns");
    assert_eq!(columns.len(), 9);
    assert_eq!((&columns[1]["titles"], &columns[1]["datatype"]), (&"2013/14".into(), &"integer".into()));
    assert_eq!((&columns[6]["name"], &columns[6]["null"]), (&"change".into(), &serde_json::json!(["", "[z]"])));
    let page = pages.page(&format!("{MEETING}/02-plan.html"));
    let link = "02-plan-tables/crime.csv\">figures<span class=\"visually-hidden\"> of table 1</span></a> (CSV, 1 KB)";
    assert!(page.contains(link), "{page}");
    assert!(page.contains("02-plan-tables/02-plan-tables.xlsx\">all tables of this paper</a> (XLSX, "), "{page}");
}

#[test]
fn the_spreadsheet_has_a_cover_contents_notes_symbols_and_one_table_a_sheet() {
    let pages = Site::new().paper("02-plan", &format!("{CRIME}\n{SPENDING}")).build();
    let sheets = sheets(file(&pages, "02-plan-tables/02-plan-tables.xlsx"));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Cover", "Contents", "Notes", "Symbols", "Table_1", "Table_2"]);
    let cell = |sheet: usize, row: usize, column: usize| &sheets[sheet].1[row][column];
    assert_eq!(cell(0, 0, 0), "Tables of “Title of 02-plan”");
    assert_eq!((cell(1, 3, 0), cell(1, 3, 1)), (&Data::from("Table_1"), &Data::from("Recorded crime")));
    assert_eq!(cell(2, 3, 2), "Counted twice.");
    assert_eq!((cell(3, 4, 0), cell(3, 4, 1)), (&Data::from("[z]"), &Data::from("not applicable")));
    assert_eq!(cell(4, 0, 0), "Table 1: Recorded crime");
    assert_eq!(cell(4, 1, 0), "This worksheet contains one table.");
    let heading = sheets[4].1.iter().position(|row| row[0] == "Measure").expect("headings");
    assert_eq!(cell(4, heading + 1, 1), &21209.0);
    assert_eq!(cell(4, heading + 1, 4), &-112.0);
    assert_eq!(cell(4, heading + 2, 6), "[z]");
    // No row and no column of a table is blank, and every column has a heading.
    for (_, rows) in &sheets[1..] {
        assert!(rows.iter().all(|row| row.iter().any(|cell| *cell != Data::Empty)), "{rows:?}");
    }
    for (sheet, first) in [(4, "Measure"), (5, "Group")] {
        let headings = sheets[sheet].1.iter().find(|row| row[0] == first).expect("headings");
        assert!(headings.iter().all(|cell| *cell != Data::Empty), "{headings:?}");
    }
}

#[test]
fn every_sheet_of_figures_is_marked_as_a_table_and_nothing_is_merged() {
    let pages = Site::new().paper("02-plan", &format!("{CRIME}\n{SPENDING}")).build();
    let mut workbook =
        Xlsx::new(Cursor::new(file(&pages, "02-plan-tables/02-plan-tables.xlsx"))).expect("a spreadsheet");
    workbook.load_tables().expect("tables");
    let mut tables: Vec<String> = workbook.table_names().into_iter().cloned().collect();
    tables.sort();
    assert_eq!(tables, ["Contents", "Notes", "Symbols", "Table_1", "Table_2"]);
    for sheet in workbook.sheet_names() {
        assert_eq!(workbook.merge_cells_by_sheet_name(&sheet).expect("a sheet"), [], "{sheet}");
    }
}

#[test]
fn tables_of_a_private_paper_are_in_the_members_edition_alone() {
    let private = |site: Site| {
        site.agenda("items: []\nprivate:\n  - title: Land\n    exempt: {paragraphs: [3], public_interest: Money}\n    papers: [09-land]\n")
            .paper("09-land", CRIME)
    };
    let public = private(Site::new()).build();
    assert!(public.holding("21209").is_empty());
    assert!(public.paths().iter().all(|path| !path.contains("09-land")));
    let members = private(Site::new().members()).build();
    assert!(text(&members, "09-land-tables/crime.csv").contains("21209"));
    let description = text(&members, "09-land-tables/crime.csv-metadata.json");
    assert!(
        description.contains("\"dc:accessRights\": \"Not for publication: exempt under Schedule 12A"),
        "{description}"
    );
    let cover = &sheets(file(&members, "09-land-tables/09-land-tables.xlsx"))[0].1;
    assert!(cover[1][0].to_string().starts_with("Not for publication"), "{cover:?}");
}

#[test]
fn a_text_issued_again_links_the_files_of_the_first() {
    let again = format!(
        "---\nkind: report\nbody: scrutiny\ntitle: Again\nstatus: published\ntext_of: {MEETING}/02-plan\n---\n"
    );
    let pages = Site::new().paper("02-plan", CRIME).file("papers/scrutiny/again.md", again).build();
    let page = pages.page("papers/scrutiny/again.html");
    assert!(page.contains(&format!("../../{MEETING}/02-plan-tables/crime.csv\"")), "{page}");
    assert!(!pages.has("papers/scrutiny/again-tables/crime.csv"));
}

#[test]
fn names_that_no_disk_could_store_give_way_to_the_number() {
    let named = |name: &str| CRIME.replace("name: crime", &format!("name: {name}"));
    for name in ["Crime", "con", "table-9", "a.b"] {
        let pages = Site::new().paper("02-plan", &named(name)).build();
        assert!(pages.has(&format!("{MEETING}/02-plan-tables/table-1.csv")), "{name}: {:?}", pages.paths());
    }
}

#[test]
fn a_file_in_the_folder_of_tables_is_found() {
    Site::new()
        .paper("02-plan", &format!("See [a map](02-plan-tables/map.pdf).\n\n{CRIME}"))
        .file(&format!("{MEETING}/02-plan-tables/map.pdf"), "a\n")
        .finds(&["error", "the site puts the tables of a paper into the folder"]);
}

#[test]
fn a_table_of_thousands_of_rows_shows_the_first_and_its_total_and_gives_all_as_a_file() {
    let mut data = "item,allocated,q1\n".to_owned();
    for row in 0..5_000 {
        let _ = writeln!(data, "Item {row},2,1");
    }
    let site = Site::new()
        .paper("02-plan", "```spending\ncaption: Spending\nname: spending\ndata: data/spending.csv\n```\n")
        .file(&format!("{MEETING}/data/spending.csv"), data);
    let pages = site.build();
    let page = pages.page(&format!("{MEETING}/02-plan.html"));
    assert!(page.contains("The first 1,000 of 5,001 rows are shown here."), "the sentence");
    assert!(page.contains(">Item 999<") && !page.contains(">Item 1000<"));
    assert!(page.contains("£10,000"), "the total");
    assert_eq!(text(&pages, "02-plan-tables/spending.csv").lines().count(), 5_002);
}

/// The hate crime of seed 000 with one more count of 2013 withheld, so that it is safe.
const WITHHELD: &str = "```breakdown\ncaption: Hate crime\nname: hate\ncategories: Type of hate\nperiods: [2013, 2014]\n\
                        share_places: 0\ntotals: {2013: 327, 2014: 379}\nsuppress_below: 5\nchart: yes\ndata: hate.csv\n```\n";
const HATE: &str = "Type of hate,2013,2014\nDisablist,16,17\nGypsy/Traveller,<5,<5\nHomophobic,0,<5\nRacist,276,320\n\
                    Religious,[c],13\nSexist,19,23\nTransphobic,7,<5\nBlank,<5,<5\n";

/// The figures in a text: "84%", "1,497".
fn figures(text: &str) -> std::collections::BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '<');
    let parts = text.split(|c: char| !is_part(c)).map(|part| part.trim_matches(['.', ',']).to_owned());
    parts.filter(|part| part.contains(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn no_file_no_chart_and_no_sentence_says_more_of_a_withheld_count_than_the_table() {
    let site = Site::new().paper("02-plan", WITHHELD).file(&format!("{MEETING}/hate.csv"), HATE);
    let pages = site.build();
    let csv = text(&pages, "02-plan-tables/hate.csv");
    assert_eq!(
        csv,
        "Type of hate,Type of row,2013: Number,2013: Share (%),2014: Number,2014: Share (%)\r\nDisablist,row,16,5,17,4\r\n\
         Gypsy/Traveller,row,<5,[c],<5,[c]\r\nHomophobic,row,0,0,<5,[c]\r\nRacist,row,276,84,320,84\r\n\
         Religious,row,[c],[c],13,3\r\nSexist,row,19,6,23,6\r\nTransphobic,row,7,2,<5,[c]\r\nBlank,row,<5,[c],<5,[c]\r\n\
         Total,total,327,100,379,100\r\n"
    );
    let of_table = figures(&csv.replace("\r\n", " ").replace(',', " "));

    // Of the description, the figures are those of the legend and of its own language.
    let description = text(&pages, "02-plan-tables/hate.csv-metadata.json");
    let description: serde_json::Value = serde_json::from_str(&description).expect("JSON");
    for column in description["tableSchema"]["columns"].as_array().expect("columns") {
        let keys: Vec<&String> = column.as_object().expect("a column").keys().collect();
        let known = ["name", "titles", "datatype", "null", "dc:description"];
        assert!(keys.iter().all(|key| known.contains(&key.as_str())), "{keys:?}");
    }
    let notes: Vec<&str> =
        description["notes"].as_array().expect("notes").iter().filter_map(|note| note["body"].as_str()).collect();
    assert_eq!(
        notes,
        [
            "[c]: confidential: withheld, because it could tell something of a person",
            "<5: a count from 1 to 4, withheld"
        ]
    );

    // The spreadsheet holds the same cells, and nothing that is worked out when it is opened.
    let bytes = file(&pages, "02-plan-tables/02-plan-tables.xlsx");
    let mut workbook = Xlsx::new(Cursor::new(bytes.clone())).expect("a spreadsheet");
    for name in workbook.sheet_names() {
        assert!(workbook.worksheet_formula(&name).expect("formulas").is_empty(), "{name}");
    }
    let (_, rows) = sheets(bytes).pop().expect("a table");
    let heading = rows.iter().position(|row| row[0] == "Type of hate").expect("headings");
    let written: Vec<String> = rows[heading + 1..]
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
        .collect();
    assert_eq!(written, csv.lines().skip(1).collect::<Vec<_>>());

    // 327 to 379 is 52 more, which is 15.9% of 327: both totals are printed.
    let page = pages.page(&format!("{MEETING}/02-plan.html"));
    let mut may_say = of_table;
    may_say.extend(["52", "15.9%", "327", "2013", "2014"].map(str::to_owned));
    let percentages: Vec<String> = may_say.iter().map(|figure| format!("{figure}%")).collect();
    may_say.extend(percentages);
    let charts: Vec<&str> = page
        .split("<svg")
        .skip(1)
        .filter_map(|part| part.split("</svg>").next())
        .filter(|chart| chart.contains("class=\"bar "))
        .collect();
    assert_eq!(charts.len(), 2, "one for each width");
    for chart in charts {
        // Nine counts of 2013 and 2014 are printed besides the totals, and nil is a bar without a length.
        assert_eq!(chart.matches("<rect class=\"bar ").count(), 9, "{chart}");
        let said = crate::support::words(&format!("<svg{chart}")).replace("&lt;", "<");
        assert!(said.contains("In 2013, Racist was the largest of those given: 276 of 327 (84%)."), "{said}");
        let more: Vec<String> = figures(&said).difference(&may_say).cloned().collect();
        assert_eq!(more, Vec::<String>::new(), "{said}");
    }
}

#[test]
fn sentences_and_charts_pass_over_what_is_withheld() {
    // Of the three, only one can be compared; the group's total is no part of what is said.
    let year = "```year-on-year\ncaption: Hate\nfrom: 2013\nto: 2014\nsuppress_below: 5\nchart: yes\nrows:\n\
                - {measure: Racist, from: 276, to: 320}\n- {measure: Blank, from: <5, to: 7}\n- {measure: Sexist, from: 19, to: <5}\n```\n";
    let page = Site::new().paper("02-plan", year).build().page(&format!("{MEETING}/02-plan.html"));
    let chart = page.split("<svg").find(|part| part.contains("class=\"bar ")).expect("a chart");
    assert_eq!(chart.matches("<rect class=\"bar ").count(), 1, "{chart}");
    let said = crate::support::words(&format!("<svg{}", chart.split("</svg>").next().unwrap_or(chart)));
    let said: Vec<String> = figures(&said).into_iter().collect();
    assert_eq!(said, ["15.9%", "2013", "2014", "44"]);

    let series = "```series\ncaption: Crimes\nsuppress_below: 5\nchart: yes\nrows:\n- {week: a, crimes: 9}\n- {week: b, crimes: <5}\n\
                  - {week: c, crimes: 12}\n```\n";
    let page = Site::new().paper("02-plan", series).build().page(&format!("{MEETING}/02-plan.html"));
    let chart = page.split("<svg").find(|part| part.contains("class=\"line\"")).expect("a chart");
    assert_eq!(chart.matches("<circle class=\"point").count(), 2, "{chart}");
    let line = chart.split("class=\"line\"").nth(1).and_then(|path| path.split('>').next()).expect("a line");
    assert!(line.matches('M').count() == 2 && !line.contains('L'), "no line leads across what is withheld: {line}");
}
