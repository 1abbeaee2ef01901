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
