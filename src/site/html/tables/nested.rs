//! Rows beneath headings of several levels, and cells that hold a list.

use crate::site::html::escape;
use crate::tables::{CellValue, RowRole, Table};

/// What stands in the place of one heading of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// A heading over so many rows, this one and those below.
    Begins(usize),
    /// Nothing: the heading above reaches down to here.
    Goes,
}

/// For each row of figures or words its headings, the outermost first. Where the headings further out begin anew, so do
/// those within. Sums and the headings of groups stand for themselves.
pub(super) fn headings(table: &Table) -> Vec<Vec<Heading>> {
    let levels = table.row_headings;
    let mut rows: Vec<Vec<Heading>> = vec![vec![Heading::Begins(1); levels]; table.rows.len()];
    // In which row the heading of each level began.
    let mut begun: Vec<Option<usize>> = vec![None; levels];
    for (index, row) in table.rows.iter().enumerate() {
        if levels < 2 || !matches!(row.role, RowRole::Body | RowRole::Own) {
            begun.fill(None);
            continue;
        }
        for level in 0..levels {
            let same = |first: usize| {
                let above = table.rows.get(first).and_then(|row| row.cells.get(level));
                above.map(|cell| &cell.value) == row.cells.get(level).map(|cell| &cell.value)
            };
            match begun[level].filter(|first| same(*first)) {
                Some(first) => {
                    rows[index][level] = Heading::Goes;
                    rows[first][level] = Heading::Begins(index - first + 1);
                }
                None => {
                    begun[level] = Some(index);
                    begun[level + 1..].fill(None);
                }
            }
        }
    }
    rows
}

/// The words of a cell: several lines are a list.
pub(super) fn words(value: &CellValue, printed: &str) -> String {
    if !matches!(value, CellValue::Words(_)) || !printed.contains('\n') {
        return escape(printed);
    }
    let entries: Vec<String> = printed.lines().map(|line| format!("<li>{}</li>", escape(line))).collect();
    format!("<ul>{}</ul>", entries.concat())
}
