use crate::finding::codes;
use crate::tables::TableKind;
use crate::tables::testing::{printed, read, table};

const KIND: TableKind = TableKind::Spending;

#[test]
fn a_missing_file_suggests_the_one_that_was_meant() {
    let files = [("data/spending.csv", "item,spent\na,1\n"), ("data/crime.csv", "")];
    let helps = |path: &str| {
        let desk = read(KIND, &format!("caption: B\ndata: {path}\n"), &files);
        assert_eq!(desk.messages(), [format!("there is no file `{path}`")]);
        assert_eq!(desk.text_at(desk.findings[0].primary.span), path);
        desk.findings[0].help.clone().unwrap_or_default()
    };
    assert_eq!(helps("data/spendings.csv"), "did you mean `data/spending.csv`?");
    assert_eq!(helps("Crime.csv"), "did you mean `data/crime.csv`?");
    assert!(helps("wombat").contains("the paper's own folder"));
}

#[test]
fn rows_come_from_one_place() {
    let both = read(KIND, "caption: B\ndata: a.csv\nrows: [{item: a, spent: 1}]\n", &[("a.csv", "")]);
    assert_eq!(both.messages(), ["both `data` and `rows` are given, and a table has one of them"]);
    let neither = read(KIND, "caption: B\n", &[]);
    assert_eq!(neither.findings[0].code, codes::MISSING_KEY);
    let none = read(KIND, "caption: B\nrows: []\n", &[]);
    assert_eq!(none.messages(), ["the table has no rows"]);
    let empty = read(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", "\n \n")]);
    assert_eq!(empty.messages(), ["in `a.csv`, there is nothing"]);
}

#[test]
fn spreadsheets_are_read_as_they_are_saved() {
    let data = "\u{feff} Item ,Granted To,Q1,Carried over,\r\n\
                \"Night-time\r\n economy\",\"Police, and \"\"others\"\"\", £1 ,\"1,000.50\",\r\n,,,,\r\n";
    let table = table(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", data)]);
    assert_eq!(printed(&table)[0], "Night-time economy | Police, and \"others\" | £1.00 | £1.00 | £1,000.50");
}

#[test]
fn columns_nobody_knows_are_found_with_a_suggestion() {
    let data = "item,alocated,spent,spent,remaining,\na,1,2,3,4,5\nb,1,234.50,3,4,5,6\n,1,2,3,4\n";
    let desk = read(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", data)]);
    assert_eq!(
        desk.messages(),
        [
            "in `a.csv`, nobody knows the column `alocated`",
            "in `a.csv`, the column `spent` stands here a second time",
            "in `a.csv`, nobody knows the column `remaining`",
            "in `a.csv`, `5` stands in a column without a name",
            "in `a.csv`, this row has more cells than there are columns; `6` is one too many",
            "in `a.csv`, a row has nothing under `item`",
        ]
    );
    assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `allocated`?"));
    assert_eq!(desk.place(), "a.csv:1:6");
    let semicolons = read(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", "item;spent\na;1\n")]);
    assert_eq!(semicolons.findings[0].help.as_deref(), Some("save the file with commas between its columns"));
}

#[test]
fn rows_in_the_block_are_checked_like_those_in_a_file() {
    let block = "caption: B\nrows:\n- {item: a, spennt: 1, spent: [2]}\n- just words\n\
                 - {item: b, spent: 1, Spent: 2}\n";
    let desk = read(KIND, block, &[]);
    assert_eq!(
        desk.messages(),
        [
            "nobody knows the column `spennt`",
            "expected one figure or some words, found a list",
            "expected a row with keys and values, found `just words`",
            "the column `Spent` stands in this row a second time",
            "row `a`, column `spent`: expected pounds and pence, such as `409,728.00`, found nothing, and a figure is \
             needed here",
        ]
    );
    assert_eq!(desk.findings[0].code, codes::UNKNOWN_KEY);
    assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `spent`?"));
}
