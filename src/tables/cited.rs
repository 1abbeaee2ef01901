//! Finds the cell that an author cites by the words of its row and its column.

use std::collections::HashMap;

use super::as_stated::row_key;
use super::csv_file::one_line;
use super::{At, CellValue, Printer, RowRole, Table};
use crate::finding::nearest;

/// Of a longer list nothing is proposed: each wrong name is compared with all of it.
const MOST_COMPARED: usize = 2_000;

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
    rows: Names,
    columns: Names,
}

/// Places by name; nothing where two have the same.
#[derive(Debug, Default)]
struct Names {
    places: HashMap<String, Option<usize>>,
    /// As a person would write them, for proposals.
    written: Vec<String>,
}

impl Names {
    fn add(&mut self, name: &str, place: usize) {
        let same = |found: &mut Option<usize>| *found = found.filter(|found| *found == place);
        if !name.trim().is_empty() {
            self.places.entry(row_key(name)).and_modify(same).or_insert(Some(place));
        }
    }

    fn find(&self, what: &str, written: &str, twice: &str) -> Result<usize, NotCited> {
        match self.places.get(&row_key(written)) {
            Some(Some(place)) => Ok(*place),
            Some(None) => Err(NotCited {
                wanted: format!("one {what} `{written}` of that table, of several which are called so"),
                help: Some(twice.to_owned()),
            }),
            None => {
                let few = self.written.len() <= MOST_COMPARED;
                let meant = nearest(written, self.written.iter().filter(|_| few).map(String::as_str));
                Err(NotCited {
                    wanted: format!("a {what} `{}` in that table", one_line(written)),
                    help: meant.map(|meant| format!("did you mean `{meant}`?")),
                })
            }
        }
    }
}

impl Lookup {
    /// Notes the names of a table's rows and columns.
    pub fn new(table: &Table) -> Self {
        Self { printer: Printer::new(table), rows: rows(table), columns: columns(table) }
    }

    /// The cell in a row and a column of that table, as it is printed there; its size alone, without a sign, if `size` is asked for.
    ///
    /// # Errors
    /// If there is no such row, no such column, or nothing in the cell.
    pub fn cell(&self, table: &Table, row: &str, column: &str, size: bool) -> Result<String, NotCited> {
        let row_of = self.rows.find("row", row, "write the heading above it before it: `Youth / Grants`")?;
        let column_of =
            self.columns.find("column", column, "write the column's key, or the heading above it before it")?;
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

/// Rows by their first words, by all their headings, and by both beneath the heading of their group.
fn rows(table: &Table) -> Names {
    let mut names = Names::default();
    let mut group = "";
    for (index, row) in table.rows.iter().enumerate() {
        match row.role {
            RowRole::Group => {
                group = row.name();
                continue;
            }
            RowRole::Total => group = "",
            _ => {}
        }
        let headings: Vec<&str> = row
            .cells
            .iter()
            .take(table.row_headings.max(1))
            .filter_map(|cell| match &cell.value {
                CellValue::Words(words) | CellValue::Linked(words, _) => Some(words.as_str()),
                _ => None,
            })
            .collect();
        let all = headings.join(" / ");
        names.add(row.name(), index);
        names.add(headings.last().unwrap_or(&""), index);
        names.add(&all, index);
        if !group.is_empty() {
            names.add(&format!("{group} / {all}"), index);
        }
        names.written.push(all);
    }
    names
}

/// Columns by key, by heading, and by both behind the heading above them: `2013 share`.
fn columns(table: &Table) -> Names {
    let mut names = Names::default();
    for (index, column) in table.columns.iter().enumerate() {
        let heading = column.heading.as_str();
        // "Change (%)" is called "change" too.
        let bare = heading.split_once(" (").map_or(heading, |(bare, _)| bare);
        let stem = column.key.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
        names.add(&column.key, index);
        match &column.group {
            None => {
                names.add(heading, index);
                names.add(bare, index);
                names.written.push(heading.to_owned());
            }
            Some(group) => {
                for own in [heading, bare, stem] {
                    names.add(own, index);
                    names.add(&format!("{group} {own}"), index);
                }
                names.written.push(format!("{group} {}", bare.to_lowercase()));
            }
        }
        names.written.push(column.key.clone());
    }
    names
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
