//! Finds the cell that an author cites by the words of its row and its column.

use super::called::{Called, Miss, Names};
use super::csv_file::one_line;
use super::{At, CellValue, Printer, Table};

/// A cell that cannot be cited: what was wanted, and what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCited {
    /// "a row `BDX` in that table".
    pub wanted: String,
    /// What can be done.
    pub help: Option<String>,
}

/// The rows and columns of one table by the words that people call them by.
#[derive(Debug)]
pub struct Lookup {
    printer: Printer,
    called: Called,
}

fn find(names: &Names, what: &str, written: &str, twice: &str) -> Result<usize, NotCited> {
    names.find(written).map_err(|miss| match miss {
        Miss::Several => NotCited {
            wanted: format!("one {what} `{written}` of that table, of several which are called so"),
            help: Some(twice.to_owned()),
        },
        Miss::Nothing(meant) => NotCited {
            wanted: format!("a {what} `{}` in that table", one_line(written)),
            help: meant.map(|meant| format!("did you mean `{meant}`?")),
        },
    })
}

impl Lookup {
    /// Notes the names of a table's rows and columns.
    pub fn new(table: &Table) -> Self {
        Self { printer: Printer::new(table), called: Called::new(table) }
    }

    /// The cell in a row and a column of that table, as it is printed there; its size alone, without a sign, if `size` is asked for.
    ///
    /// # Errors
    /// If there is no such row, no such column, or nothing in the cell.
    pub fn cell(&self, table: &Table, row: &str, column: &str, size: bool) -> Result<String, NotCited> {
        let beneath = "write the heading above it before it: `Youth / Grants`";
        let row_of = find(&self.called.rows, "row", row, beneath)?;
        let behind = "write the column's key, or the heading above it before it";
        let column_of = find(&self.called.columns, "column", column, behind)?;
        let at = At::new(row_of, column_of);
        match table.cell(at).map(|cell| &cell.value) {
            None | Some(CellValue::Empty | CellValue::Narrative(_)) => Err(NotCited {
                wanted: format!("a figure in row `{}` and column `{}` of that table", one_line(row), one_line(column)),
                help: None,
            }),
            Some(_) if size => Ok(self.printer.size(table, at)),
            Some(_) => Ok(self.printer.cell(table, at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::testing::table;
    use crate::tables::{Column, Format, Row, TableKind};

    fn crime() -> Table {
        let block = "caption: C\nfrom: 2013/14\nto: 2014/15\nrows:\n- {measure: BDH, from: 1868, to: 1654}\n\
                     - {measure: DV (crime), from: 1930, to: 2100}\n";
        table(TableKind::YearOnYear, block, &[])
    }

    #[test]
    fn a_cell_is_found_by_key_and_by_heading() {
        let table = crime();
        let lookup = Lookup::new(&table);
        let cell = |row: &str, column: &str| lookup.cell(&table, row, column, false).expect("a cell");
        assert_eq!(cell("BDH", "change"), "−11.5%");
        assert_eq!(cell(" bdh ", "Change (%)"), "−11.5%");
        assert_eq!(cell("DV (crime)", "2013/14"), "1,930");
        assert_eq!(cell("DV (crime)", "difference"), "+170");
        assert_eq!(lookup.cell(&table, "BDH", "difference", true).as_deref(), Ok("214"));
        assert_eq!(cell("BDH", "direction"), "down");
    }

    #[test]
    fn what_is_not_there_is_named_with_what_was_meant() {
        let table = crime();
        let lookup = Lookup::new(&table);
        let lost = |row: &str, column: &str| lookup.cell(&table, row, column, false).expect_err("no such cell");
        assert_eq!(lost("BDX", "change").wanted, "a row `BDX` in that table");
        assert_eq!(lost("BDX", "change").help.as_deref(), Some("did you mean `BDH`?"));
        assert_eq!(lost("BDH", "chnage").help.as_deref(), Some("did you mean `change`?"));
        assert_eq!(lost("TRC", "2013/14").help, None);
    }

    #[test]
    fn periods_and_groups_tell_columns_and_rows_of_one_name_apart() {
        let mut table = crime();
        for (index, period) in [(1, "2013"), (2, "2014")] {
            table.columns[index] = Column {
                group: Some(period.to_owned()),
                ..Column::typed(format!("count_{}", index - 1), "Count", Format::Count)
            };
        }
        table.rows[1].cells[0] = crate::tables::Cell::words("BDH");
        table.rows.insert(1, Row::group("Later"));
        let lookup = Lookup::new(&table);
        assert_eq!(lookup.cell(&table, "Later / BDH", "2014 count", false).as_deref(), Ok("2,100"));
        assert!(lookup.cell(&table, "BDH", "2014 count", false).unwrap_err().wanted.contains("of several"));
        assert!(lookup.cell(&table, "Later / BDH", "count", false).unwrap_err().wanted.contains("of several"));
        assert_eq!(lookup.cell(&table, "Later / BDH", "count_0", false).as_deref(), Ok("1,930"));
        assert_eq!(
            lookup.cell(&table, "Later / BDH", "2014 cuont", false).unwrap_err().help.as_deref(),
            Some("did you mean `2014 count`?")
        );
    }
}
