//! Plans: what is to be done, and how it will be seen, beneath headings of several levels. All of it is words.

use std::collections::HashMap;

use super::block::Block;
use super::csv_file::Lines;
use super::kind::Body;
use super::rows::{Grid, Others, Wanted, Written, plain};
use super::{Beside, Cell, CellValue, Column, Row, RowRole};
use crate::finding::{Finding, codes, did_you_mean};
use crate::model::read::record;
use crate::text::{Span, Spanned};

record! {
    /// The keys of a plan.
    pub struct PlanTable {
        /// The columns that head the rows, the widest first. Left out, the first column.
        "levels" levels: Vec<Spanned<String>>,
        /// The other columns to show, in their order. Left out, all that the rows have.
        "measures" measures: Vec<Spanned<String>>,
    }
}

/// Signs that people put before the entries of a list in a cell.
const BULLETS: &[&str] = &["- ", "• ", "* ", "– ", "· "];

/// Reads a plan.
///
/// A heading left out is that of the row above. Several lines in a cell, or a list, stay several entries: the words of
/// such a cell hold line breaks.
pub(super) fn read(
    own: &PlanTable,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let before = findings.len();
    let written = Written::open(block, Lines::Kept, whole, beside, findings)?;
    let names = written.names();
    let known: HashMap<String, &Spanned<String>> = names.iter().map(|name| (plain(name), name)).collect();
    let named = own.levels.iter().chain(&own.measures);
    let mut seen: HashMap<String, Span> = HashMap::new();
    for name in named {
        if !known.contains_key(&plain(name)) && !names.is_empty() {
            let help = did_you_mean(name, names.iter().map(|name| name.value.as_str())).unwrap_or_else(|| {
                let names: Vec<_> = names.iter().take(20).map(|name| format!("`{}`", name.value)).collect();
                format!("the rows have the columns {}", names.join(", "))
            });
            findings.push(
                Finding::error(codes::TABLE_DATA, name.span, format!("the rows have no column `{}`", name.value))
                    .help(help),
            );
        }
        if let Some(first) = seen.insert(plain(name), name.span) {
            findings.push(
                Finding::error(codes::DUPLICATE_KEY, name.span, format!("the column `{}` is named twice", name.value))
                    .also(first, "first here")
                    .help("keep one of the two"),
            );
        }
    }
    let levels: Vec<Spanned<String>> =
        if own.levels.is_empty() { names.iter().take(1).cloned().collect() } else { own.levels.clone() };
    let measures: Vec<Spanned<String>> = if own.measures.is_empty() {
        let is_level = |name: &Spanned<String>| levels.iter().any(|level| plain(level) == plain(name));
        names.iter().filter(|name| !is_level(name)).cloned().collect()
    } else {
        own.measures.clone()
    };
    if measures.is_empty() && findings.len() == before && !names.is_empty() {
        findings.push(
            Finding::error(
                codes::TABLE_DATA,
                written.place(),
                "every column is a heading, and nothing is said beneath them",
            )
            .help("name fewer columns under `levels`"),
        );
    }
    if findings.len() > before {
        return None;
    }
    let columns: Vec<Spanned<String>> = levels.iter().chain(&measures).cloned().collect();
    let wanted = columns.iter().map(|name| Wanted { required: false, ..Wanted::named(plain(name), &*name.value) });
    let grid = written.into_grid(wanted.collect(), &[], Others::LeftOut, beside, findings)?;
    let rows = rows(&grid, levels.len(), findings);
    let columns = columns.iter().map(|name| Column::words(plain(name), &*name.value)).collect();
    (grid.sound && findings.len() == before).then(|| Body { row_headings: levels.len(), ..Body::new(columns, rows) })
}

fn rows(grid: &Grid, levels: usize, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(grid.rows.len());
    for written in &grid.rows {
        let mut cells = Vec::with_capacity(written.cells.len());
        // Whether a heading further out is another than in the row above.
        let mut anew = rows.is_empty();
        for (column, cell) in written.cells.iter().enumerate() {
            let words = CellValue::words_or_empty(&without_bullets(cell));
            if column >= levels {
                cells.push(words.into());
                continue;
            }
            let above = rows.last().and_then(|row| row.cells.get(column));
            match (words, above) {
                (CellValue::Empty, Some(above)) if !anew => cells.push(above.clone()),
                (CellValue::Empty, _) => {
                    let message = format!(
                        "{}: nothing is written, and there is no row above to which this one belongs",
                        grid.at_column(written, column)
                    );
                    findings.push(
                        Finding::error(codes::TABLE_DATA, written.span_of(column), message)
                            .help("write the heading; it may be left out where it is the same as in the row above"),
                    );
                    cells.push(Cell::empty());
                }
                (words, above) => {
                    anew |= above.is_none_or(|above| above.value != words);
                    cells.push(words.into());
                }
            }
        }
        rows.push(Row { role: RowRole::Body, cells });
    }
    rows
}

/// The lines of a cell without the signs of a list before them.
fn without_bullets(text: &str) -> String {
    let plain = |line: &str| {
        let bare = BULLETS.iter().find_map(|bullet| line.strip_prefix(bullet));
        bare.unwrap_or(line).trim().to_owned()
    };
    text.lines().map(plain).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use crate::tables::TableKind;
    use crate::tables::testing::{printed, read, table};
    use proptest::prelude::*;

    const KIND: TableKind = TableKind::Plan;

    #[test]
    fn headings_left_out_are_those_of_the_row_above() {
        let block = "caption: P\nlevels: [Priority, Theme]\nrows:\n\
                     - {Priority: Hate crime, Theme: Data, Measures: [A document, A list]}\n\
                     - {Theme: Reporting, Measures: More reports}\n\
                     - {Measures: Fewer repeats}\n\
                     - {Priority: Slavery, Theme: Reporting, Measures: Staff trained}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(
            printed(&table),
            [
                "Hate crime | Data | A document\nA list",
                "Hate crime | Reporting | More reports",
                "Hate crime | Reporting | Fewer repeats",
                "Slavery | Reporting | Staff trained",
            ]
        );
        assert_eq!(table.row_headings, 2);
    }

    #[test]
    fn a_file_says_the_same_with_merged_cells_and_lines() {
        let block = "caption: P\nlevels: [Priority, Theme]\ndata: a.csv\n";
        let data = "Priority,Theme,Measures\nHate crime,Data,\"- A document\n- A list\"\n,Reporting,More reports\n";
        let table = table(KIND, block, &[("a.csv", data)]);
        assert_eq!(
            printed(&table),
            ["Hate crime | Data | A document\nA list", "Hate crime | Reporting | More reports"]
        );
    }

    #[test]
    fn a_heading_that_belongs_nowhere_is_found() {
        let block = "caption: P\nlevels: [Priority, Theme]\nrows:\n- {Theme: a, M: b}\n- {Priority: c, M: d}\n";
        let messages = read(KIND, block, &[]).messages();
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert!(messages[0].contains("column `Priority`: nothing is written"), "{messages:?}");
        assert!(messages[1].contains("column `Theme`: nothing is written"), "{messages:?}");
        let desk = read(KIND, "caption: P\nlevels: [Priorty]\nrows: [{Priority: a, M: b}]\n", &[]);
        assert_eq!(desk.messages(), ["the rows have no column `Priorty`"]);
        assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `Priority`?"));
        let desk = read(KIND, "caption: P\nrows: [{Priority: a, M: {b: c}}]\n", &[]);
        assert!(desk.messages()[0].contains("expected one figure or some words"), "{:?}", desk.messages());
    }

    proptest! {
        #[test]
        fn no_file_panics(text in "([ab]|,|\"|\r?\n|- |£){0,40}") {
            for data in [text.clone(), format!("a,b\n{text}")] {
                let desk = read(KIND, "caption: C\nlevels: a\ndata: a.csv\n", &[("a.csv", &data)]);
                prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty(), "{:?}", desk.messages());
            }
        }
    }
}
