//! Tables of the seeds, and what no table may do.

use std::fmt::Write as _;

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::finding::codes;
use crate::tables::testing::{printed, read, read_workbooks, table};
use crate::tables::{CellValue, Format, RowRole, Symbol, TableKind};

const KIND: TableKind = TableKind::Data;

#[test]
fn the_properties_of_seed_003_come_to_eight() {
    let block = "caption: Properties made secure, by town\ncolumns: [Town, {name: Properties, total: yes}]\nrows:\n\
                 - {Town: Wednesbury, Properties: 0}\n- {Town: Oldbury, Properties: 2}\n- {Town: West Bromwich, Properties: 0}\n\
                 - {Town: Smethwick, Properties: 2}\n- {Town: Rowley Regis, Properties: 3}\n- {Town: Tipton, Properties: 1}\n";
    let table = table(KIND, block, &[]);
    assert_eq!(table.rows.last().map(|row| row.role), Some(RowRole::Total));
    assert_eq!(printed(&table).last().map(String::as_str), Some("Total | 8"));
    assert_eq!(table.columns[1].format, Format::Count);
}

#[test]
fn the_shares_of_seed_003_are_those_it_prints() {
    // SPACE: 34, 17 and 9 cases of 60; the return prints 57%, 28% and 15%.
    let block = "caption: SPACE cases\ncolumns:\n- Risk of CSE\n- Cases\n- {name: Share, share_of: Cases}\nrows:\n\
                 - {Risk of CSE: High or serious, Cases: 34}\n- {Risk of CSE: Medium or significant, Cases: 17}\n\
                 - {Risk of CSE: Low, Cases: 9}\n";
    assert_eq!(
        printed(&table(KIND, block, &[])),
        ["High or serious | 34 | 57%", "Medium or significant | 17 | 28%", "Low | 9 | 15%", "Total | 60 | 100%"]
    );
    // Walsall: completions of those in treatment; the return prints 8%, 10%, 28% and 30%.
    let block = "caption: Completions\ncolumns:\n- Group\n- Completed\n- In treatment\n\
                 - {name: Share, part: Completed, whole: In treatment}\nrows:\n\
                 - {Group: Drugs, Completed: 100, In treatment: \"1,272\"}\n- {Group: Drugs (CJ), Completed: 32, In treatment: 319}\n\
                 - {Group: Alcohol, Completed: 79, In treatment: 282}\n- {Group: Alcohol (CJ), Completed: 7, In treatment: 23}\n";
    let table = table(KIND, block, &[]);
    let shares: Vec<_> = table.rows.iter().map(|row| row.cells[3].value.printed(Format::Percent(0))).collect();
    assert_eq!(shares, ["8%", "10%", "28%", "30%"]);
    assert_eq!(table.rows[3].cells[3].counts, Some((7.into(), 23.into())), "23 are few: the counts go with the share");
}

#[test]
fn types_are_told_from_the_cells() {
    let data = "Area,Note,Population,Rate,Cost,Spent,Share,Since,Change\n\
                Coventry,a,\"345,385\",62.176,£5,£1.50,8.8%,2016-07-13,-3\n\
                Dudley,b,[x],7,£10,2,10%,2015-01-02,4\n";
    let table = table(KIND, "caption: C\ndata: a.csv\n", &[("a.csv", data)]);
    let formats: Vec<Format> = table.columns.iter().map(|column| column.format).collect();
    assert_eq!(
        formats,
        [
            Format::Words,
            Format::Words,
            Format::Count,
            Format::Number(3),
            Format::Money(0),
            Format::Money(2),
            Format::Percent(1),
            Format::Words,
            Format::Number(0),
        ]
    );
    assert_eq!(printed(&table)[0], "Coventry | a | 345,385 | 62.176 | £5 | £1.50 | 8.8% | 13 July 2016 | −3");
    assert_eq!(printed(&table)[1], "Dudley | b | [x] | 7.000 | £10 | £2.00 | 10.0% | 2 January 2015 | 4");
    assert_eq!(table.columns[2].key, "population");
}

#[test]
fn groups_have_subtotals_where_there_are_several() {
    let block = "caption: B\ncolumns: [Park, {name: Benches, total: yes}, {name: Share, share_of: Benches}]\n\
                 group_by: Ward\ntotal_label: Together\nrows:\n\
                 - {Ward: North, Park: a, Benches: 9}\n- {Ward: South, Park: b, Benches: 14}\n- {Ward: north, Park: c, Benches: 1}\n";
    assert_eq!(
        printed(&table(KIND, block, &[])),
        [
            "North",
            "a | 9 | 38% [u]",
            "c | 1 | 4% [u]",
            "Subtotal of North | 10 | 42% [u]",
            "South",
            "b | 14 | 58% [u]",
            "Subtotal of South | 14 | 58% [u]",
            "Together | 24 | 100% [u]",
        ]
    );
}

#[test]
fn several_columns_can_head_the_rows() {
    let block = "caption: B\ncolumns: [Ward, Park, {name: Benches, total: yes, unit: each, group: Seats, heading: So many}]\n\
                 headings: 2\nrows:\n- {Ward: North, Park: 7, Benches: 9}\n";
    let table = table(KIND, block, &[]);
    assert_eq!((table.row_headings, table.columns[1].format), (2, Format::Words));
    let column = &table.columns[2];
    assert_eq!(
        (column.key.as_str(), column.heading.as_str(), column.group.as_deref(), column.unit.as_deref()),
        ("benches", "So many", Some("Seats"), Some("each"))
    );
    assert_eq!(printed(&table)[1], "Total |  | 9");
}

#[test]
fn what_follows_from_a_withheld_count_is_withheld() {
    let block = "caption: B\nsuppress_below: 5\ncolumns: [a, {name: n, total: yes}, {name: s, share_of: n}]\nrows:\n\
                 - {a: x, n: <5}\n- {a: y, n: 60}\n";
    let table = table(KIND, block, &[]);
    assert_eq!(printed(&table), ["x | <5 | [c]", "y | 60 | [c]", "Total | [c] | [c]"]);
    assert_eq!(table.rows[1].cells[2].value, CellValue::Instead(Symbol::Confidential));
}

#[test]
fn columns_are_checked_where_they_are_declared() {
    for (columns, message, help) in [
        ("[a, {name: wombat}]", "the rows have no column `wombat`", "the rows have the columns `a`, `number`"),
        ("[a, nmber]", "the rows have no column `nmber`", "did you mean `number`?"),
        ("[a, number, number]", "the column `number` is declared twice", "keep one of the two"),
        (
            "[a, {name: number, share_of: a}]",
            "to be worked out, and the rows have one of that name",
            "call it something",
        ),
        ("[a, number, {name: s, part: number}]", "needs `share_of`, or both `part` and `whole`", "`share_of: Cases`"),
        ("[a, number, {name: s, share_of: numbre}]", "the rows have no column `numbre`", "did you mean `number`?"),
        ("[{name: a, total: yes}, number]", "only counts, numbers and money add up", "take out `total`"),
        ("[a]", "1 of 1 columns would head the rows", "the first columns head the rows"),
    ] {
        let desk =
            read(KIND, &format!("caption: C\ncolumns: {columns}\ndata: a.csv\n"), &[("a.csv", "a,number\nx,1\n")]);
        assert_eq!(desk.findings.len(), 1, "{columns}: {:?}", desk.messages());
        assert!(desk.findings[0].message.contains(message), "{columns}: {:?}", desk.messages());
        assert!(desk.findings[0].help.as_deref().is_some_and(|text| text.starts_with(help)), "{:?}", desk.findings);
        assert!(desk.table.is_none());
    }
}

#[test]
fn cells_unlike_the_others_are_found() {
    let desk = read(KIND, "caption: C\ndata: a.csv\n", &[("a.csv", "a,n\nx,1\ny,n/a\nz,3\n")]);
    assert_eq!(desk.messages(), ["in `a.csv`, row `y`, column `n`: `n/a` is not like the other cells of the column"]);
    assert_eq!(desk.place(), "a.csv:3:3");
    let desk = read(KIND, "caption: C\ndata: a.csv\n", &[("a.csv", "a,n\nx,1\ny,\nz,3\n")]);
    assert!(desk.messages()[0].contains("found nothing, and a figure is needed here"), "{:?}", desk.messages());
    let desk = read(KIND, "caption: C\ndata: a.csv\n", &[("a.csv", "a,n\nx,1\nTotal,1\n")]);
    assert!(desk.messages()[0].contains("looks like a sum of the others"), "{:?}", desk.messages());
    let block = "caption: C\ncolumns: [a, {name: n, places: 1, total: yes}]\ndata: a.csv\n";
    let desk = read(KIND, block, &[("a.csv", "a,n\nx,1.25\ny,1\n")]);
    assert!(desk.messages()[0].contains("more decimal places than are shown"), "{:?}", desk.messages());
}

/// A workbook with these texts and numbers in its only sheet.
fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut file = rust_xlsxwriter::Workbook::new();
    let sheet = file.add_worksheet();
    sheet.set_name("Quarter 2").expect("a name");
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            match text.parse::<f64>() {
                Ok(number) if row > 0 => sheet.write_number(row, column, number).expect("a cell"),
                _ if text.is_empty() => sheet,
                _ => sheet.write_string(row, column, text).expect("a cell"),
            };
        }
    }
    file.save_to_buffer().expect("a file")
}

#[test]
fn a_wrong_cell_of_a_workbook_is_named_at_the_path_of_the_workbook() {
    let rows = [["a", "n"], ["x", "1"], ["y", "many"], ["z", "2"]].map(|row| row.map(str::to_owned).to_vec());
    let books = [("a.xlsx", workbook(&rows))];
    let read = |keys: &str| read_workbooks(KIND, &format!("caption: C\ndata: a.xlsx\n{keys}"), &[], &books);
    let desk = read("");
    assert_eq!(
        desk.messages(),
        [
            "in `a.xlsx`, sheet `Quarter 2`, cell B3, row `y`, column `n`: `many` is not like the other cells of the column"
        ]
    );
    assert_eq!(desk.text_at(desk.findings[0].primary.span), "a.xlsx");
    let desk = read("sheet: quarter 3\n");
    assert_eq!(desk.messages(), ["`a.xlsx` has no sheet `quarter 3`"]);
    assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `Quarter 2`?"));
    assert_eq!(desk.text_at(desk.findings[0].primary.span), "quarter 3");
    assert!(read("sheet: quarter 2\ncolumns: [a, {name: n, type: words}]\n").table.is_some());
    let desk = read_workbooks(KIND, "caption: C\ndata: a.xlsx\n", &[], &[("a.xlsx", b"a,n\nx,1\n".to_vec())]);
    assert!(
        desk.messages()[0].starts_with("`a.xlsx` cannot be read: it is no Excel workbook"),
        "{:?}",
        desk.messages()
    );
    let desk = self::read(KIND, "caption: C\nsheet: One\ndata: a.csv\n", &[("a.csv", "a,n\nx,1\n")]);
    assert!(desk.messages()[0].contains("there is none"), "{:?}", desk.messages());
    let desk = self::read(KIND, "caption: C\ndata: a.ods\n", &[]);
    assert!(desk.findings[0].help.as_deref().is_some_and(|help| help.contains(".xlsx")), "{:?}", desk.findings);
}

#[test]
fn an_error_in_a_workbook_is_a_finding() {
    let mut file = rust_xlsxwriter::Workbook::new();
    let sheet = file.add_worksheet();
    sheet.write_string(0, 0, "a").expect("a cell").write_string(0, 1, "n").expect("a cell");
    sheet.write_string(1, 0, "x").expect("a cell");
    sheet.write_formula(1, 1, rust_xlsxwriter::Formula::new("=A9/0").set_result("#REF!")).expect("a cell");
    let desk =
        read_workbooks(KIND, "caption: C\ndata: a.xlsx\n", &[], &[("a.xlsx", file.save_to_buffer().expect("a file"))]);
    assert_eq!(desk.messages(), ["in `a.xlsx`, sheet `Sheet1`, cell B2 holds the error #REF!"]);
}

#[test]
fn long_and_wide_tables_are_built() {
    let mut long = String::from("a,n,m\n");
    for row in 0..100_000 {
        writeln!(long, "row {row},{row},{}.25", row * 2).expect("a text");
    }
    let block = "caption: L\ncolumns: [a, {name: n, total: yes}, m, {name: s, share_of: n, places: 1}]\ndata: a.csv\n";
    let desk = read(KIND, block, &[("a.csv", &long)]);
    assert_eq!(desk.messages(), Vec::<String>::new());
    let table = desk.table.expect("a table");
    assert_eq!(table.rows.len(), 100_001);
    assert_eq!(table.rows[100_000].cells[1].value, CellValue::Figure(4_999_950_000_i64.into()));

    let names: Vec<String> = (0..200).map(|column| format!("c{column}")).collect();
    let cells = |row: usize| (0..200).map(|column| (row * column).to_string()).collect::<Vec<_>>().join(",");
    let wide = format!("{}\n{}\n{}\n", names.join(","), cells(1), cells(2));
    let desk = read(KIND, "caption: W\ndata: a.csv\n", &[("a.csv", &wide)]);
    let table = desk.table.expect("a table");
    assert_eq!((table.columns.len(), table.rows[1].cells[199].as_figure()), (200, Some(398.into())));
}

#[test]
fn wrong_words_are_read_as_such() {
    let desk = read(KIND, "caption: C\ncolumns: [[a]]\nrows: [{a: 1}]\n", &[]);
    assert_eq!(desk.findings[0].code, codes::WRONG_VALUE);
    assert!(desk.messages()[0].starts_with("expected the name of a column"), "{:?}", desk.messages());
}

proptest! {
    /// What is printed adds up, and each share is of what it says.
    #[test]
    fn identities_hold(counts in proptest::collection::vec((0_u32..3, 0_u32..1_000_000), 1..20), places in 0_u32..4) {
        let rows: String =
            counts.iter().enumerate().map(|(row, (group, count))| format!("r{row},g{group},{count},{}\n", count / 7)).collect::<Vec<_>>().concat();
        let block = format!(
            "caption: C\ngroup_by: g\ndata: a.csv\ncolumns:\n- r\n- {{name: n, total: yes}}\n- {{name: m, total: yes}}\n\
             - {{name: s, share_of: n, places: {places}}}\n- {{name: t, part: m, whole: n, places: {places}}}\n"
        );
        let table = table(KIND, &block, &[("a.csv", &format!("r,g,n,m\n{rows}"))]);
        let sum: u64 = counts.iter().map(|(_, count)| u64::from(*count)).sum();
        prop_assert_eq!(&table.rows.last().expect("a total").cells[1].value, &CellValue::Figure(Decimal::from(sum)));
    }

    /// The same figures from a CSV file and from a workbook are the same table.
    #[test]
    fn files_of_both_kinds_say_the_same(cells in proptest::collection::vec((0_i32..100, -5000_i64..5000), 1..8)) {
        let mut rows = vec![vec!["a".to_owned(), "n".to_owned(), "m".to_owned()]];
        for (count, pence) in &cells {
            rows.push(vec![format!("r{count}"), count.to_string(), Decimal::new(*pence, 2).normalize().to_string()]);
        }
        let csv: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        let block = |file: &str| {
            format!("caption: C\ncolumns: [a, {{name: n, total: yes}}, {{name: m, type: money, total: yes}}]\ndata: {file}\n")
        };
        let from_csv = table(KIND, &block("a.csv"), &[("a.csv", &csv)]);
        let desk = read_workbooks(KIND, &block("a.xlsx"), &[], &[("a.xlsx", workbook(&rows))]);
        prop_assert_eq!(desk.messages(), Vec::<String>::new());
        let from_book = desk.table.expect("a table");
        prop_assert_eq!(printed(&from_csv), printed(&from_book));
        prop_assert_eq!(from_csv.columns, from_book.columns);
    }

    #[test]
    fn no_file_panics(text in "(a|b|1|-|,|\"|\r?\n|£|%|[.]|2016-07-13|<5|[\\[]c[\\]]|99999999999999999999999999999){0,40}") {
        let blocks = [
            "caption: C\ndata: a.csv\n",
            "caption: C\ncolumns: [a, {name: b, total: yes}, {name: s, share_of: b}]\ndata: a.csv\n",
            "caption: C\ngroup_by: b\nheadings: 2\nsuppress_below: 5\ndata: a.csv\n",
        ];
        for block in blocks {
            for text in [text.clone(), format!("a,b,c\n{text}")] {
                let desk = read(KIND, block, &[("a.csv", &text)]);
                prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty(), "{:?}", desk.messages());
            }
        }
    }
}
