use super::*;
use crate::tables::{Limits, Marks, Table, TableKind, Thresholds};
use crate::text::{SourceId, Span};
use proptest::prelude::*;

fn block() -> Generated {
    Generated {
        kind: "breakdown".to_owned(),
        range: 0..0,
        narratives: Vec::new(),
        closed: true,
        number: 1,
        anchor: "table-1".to_owned(),
        span: Span::start_of(SourceId(0)),
    }
}

fn table(columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table {
        kind: TableKind::YearOnYear,
        name: None,
        caption: "C".to_owned(),
        source: None,
        columns,
        row_headings: 1,
        rows,
        notes: Vec::new(),
        relations: Vec::new(),
        thresholds: Thresholds::default(),
        chart: None,
        limits: Vec::<Limits>::new(),
        shows: None,
        span: Span::start_of(SourceId(0)),
    }
}

fn row(role: RowRole, cells: Vec<Cell>) -> Row {
    Row { role, cells }
}

fn csv(table: &Table) -> String {
    String::from_utf8(Tidy::new(table, &block()).csv().expect("CSV")).expect("UTF-8")
}

fn figure(text: &str) -> Cell {
    Cell::figure(text.parse().expect("a figure"))
}

fn of(period: &str, column: Column) -> Column {
    Column { group: Some(period.to_owned()), ..column }
}

#[test]
fn figures_are_plain_and_symbols_have_columns_of_their_own() {
    let columns = vec![
        Column::words("category", "Category"),
        of("2013", Column::typed("count_0", "Count", Format::Count)),
        of("2013", Column::computed("share_0", "Share", Format::Percent(1))),
        of("2014", Column::typed("count_1", "Count", Format::Count)),
        Column::typed("spent", "Spent", Format::Money(2)),
    ];
    let marked = Cell { marks: Marks::default().with(Symbol::Provisional).with(Symbol::Revised), ..figure("21209") };
    let rows = vec![
        row(RowRole::Body, vec![Cell::words("A, \"b\""), figure("1234"), figure("11.46"), marked, figure("-409728")]),
        row(
            RowRole::Body,
            vec![
                Cell::words("B"),
                CellValue::Below(5).into(),
                Cell::instead(Symbol::Confidential),
                Cell::instead(Symbol::NotAvailable),
                figure("-0.001"),
            ],
        ),
    ];
    let table = table(columns, rows);
    assert_eq!(
        csv(&table),
        "Category,2013: Count,2013: Share (%),2014: Count,2014: Count: symbols,Spent (£)\r\n\
         \"A, \"\"b\"\"\",1234,11.5,21209,[p] [r],-409728.00\r\n\
         B,<5,[c],[x],,0.00\r\n"
    );
    let tidy = Tidy::new(&table, &block());
    let missing: Vec<_> = tidy.columns.iter().map(|column| column.missing.join(" ")).collect();
    assert_eq!(missing, ["", "<5", "[c]", "[x]", "", ""]);
}

#[test]
fn what_the_layout_tells_is_told_in_columns() {
    let columns = vec![Column::words("item", "Item"), Column::typed("spent", "Spent", Format::Count)];
    let stated = Cell { note: Some(2), ..figure("7") };
    let rows = vec![
        Row::group("Youth"),
        row(RowRole::Body, vec![Cell::words("Grants"), figure("3")]),
        row(RowRole::Subtotal, vec![Cell::words("Subtotal of Youth"), figure("3")]),
        row(RowRole::Total, vec![Cell::words("Total"), stated]),
    ];
    assert_eq!(
        csv(&table(columns, rows)),
        "Group,Item,Type of row,Spent,Notes\r\nYouth,Grants,row,3,\r\nYouth,Subtotal of Youth,subtotal,3,\r\n,Total,total,7,[note 2]\r\n"
    );
}

#[test]
fn columns_of_one_name_are_told_apart() {
    let named = |key: &str, heading: &str| Column::words(key, heading);
    let columns = vec![named("Päid", "Paid"), named("p_id", "paid"), named("x", "Paid (2)"), named("–", "")];
    let tidy = Tidy::new(&table(columns, Vec::new()), &block());
    let names: Vec<_> = tidy.columns.iter().map(|column| (column.name.as_str(), column.title.as_str())).collect();
    assert_eq!(names, [("p_id", "Paid"), ("p_id_2", "paid (2)"), ("x", "Paid (2) (2)"), ("column", "Column")]);
}

#[test]
fn words_are_no_formulas_to_a_spreadsheet() {
    let columns = vec![Column::words("item", "=Item"), Column::words("said", "Said")];
    let words =
        ["=cmd|' /C calc'!A0", "@SUM(1)", "+44 24 7683 0000", "-", "-2+3+cmd|' /C calc'!A0", "− a minus", "\t=1"];
    let rows = words.map(|words| row(RowRole::Body, vec![Cell::words(words), Cell::words("a = b")]));
    assert_eq!(
        csv(&table(columns, rows.to_vec())),
        "'=Item,Said\r\n'=cmd|' /C calc'!A0,a = b\r\n'@SUM(1),a = b\r\n+44 24 7683 0000,a = b\r\n-,a = b\r\n\
         '-2+3+cmd|' /C calc'!A0,a = b\r\n− a minus,a = b\r\n'\t=1,a = b\r\n"
    );
}

proptest! {
    /// Read back, a file has the same shape and the same figures, and a heading stands once.
    #[test]
    fn a_file_is_read_back(
        headings in prop::collection::vec("[a-bA-B \",;\n]{0,3}", 1..6),
        figures in prop::collection::vec(-1_000_000_i64..1_000_000, 0..20),
    ) {
        let columns: Vec<Column> =
            headings.iter().map(|heading| Column::typed(heading.as_str(), heading.as_str(), Format::Number(2))).collect();
        let width = columns.len();
        let rows: Vec<Row> = figures
            .chunks_exact(width)
            .map(|cells| row(RowRole::Body, cells.iter().map(|cell| Cell::figure(Decimal::new(*cell, 2))).collect()))
            .collect();
        let text = csv(&table(columns, rows.clone()));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let titles: std::collections::HashSet<String> =
            reader.headers().expect("headings").iter().map(str::to_lowercase).collect();
        prop_assert_eq!(titles.len(), width);
        let read: Vec<Vec<Decimal>> = reader
            .records()
            .map(|record| record.expect("a record").iter().map(|cell| cell.parse().expect("a figure")).collect())
            .collect();
        let written: Vec<Vec<Decimal>> =
            rows.iter().map(|row| row.cells.iter().filter_map(Cell::as_figure).collect()).collect();
        prop_assert_eq!(read, written);
    }
}
