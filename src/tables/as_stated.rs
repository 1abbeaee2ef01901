//! Figures that must appear as somebody else printed them, beside what they should have been.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::block::AsStated;
use super::called::{Called, Miss, Names, row_key};
use super::rows::plain;
use super::{Cell, CellValue, RowRole, Symbol, Table};
use crate::finding::{Finding, Severity, codes};
use crate::text::Span;

/// So many columns are named where a name is wrong.
const MOST_NAMED: usize = 40;

/// Puts the stated figures into their cells, with a note beneath the table for each that differs from ours. A figure
/// differs if it is printed differently: nobody can see more decimal places than there are on the paper.
///
/// Where figures are not available, what follows from them cannot be held against anything: what is stated is printed, and one
/// note for all of it says so. What is withheld is not printed by way of `as_stated` either.
pub(super) fn apply(table: &mut Table, stated: &[AsStated], findings: &mut Vec<Finding>) {
    if stated.is_empty() {
        return;
    }
    let called = Called::new(table);
    let mut set: HashMap<(usize, usize), Span> = HashMap::new();
    let mut said: HashMap<String, usize> = HashMap::new();
    for stated in stated {
        let row = find_row(&called.rows, stated, findings);
        let column = find_column(table, &called.columns, stated, findings);
        let (Some(row), Some(column)) = (row, column) else { continue };
        if let Some(first) = set.insert((row, column), stated.row.span) {
            findings.push(
                Finding::error(
                    codes::DUPLICATE,
                    stated.row.span,
                    format!("`as_stated` names the same cell twice: {}, {}", stated.column.value, stated.row.value),
                )
                .also(first, "first here")
                .help("keep one of the two"),
            );
            continue;
        }
        state(table, row, column, stated, &mut said, findings);
    }
}

/// `said` are the notes, by their number, that several figures share.
fn state(
    table: &mut Table,
    row: usize,
    column: usize,
    stated: &AsStated,
    said: &mut HashMap<String, usize>,
    findings: &mut Vec<Finding>,
) {
    let notes = &mut table.notes;
    let Some(column_of) = table.columns.get(column) else { return };
    let (format, heading) = (column_of.format, column_of.heading.clone());
    let Some(row_of) = table.rows.get_mut(row) else { return };
    let worked_out = column_of.computed || !matches!(row_of.role, RowRole::Body | RowRole::Own);
    let name = row_of.name().to_owned();
    let Some(cell) = row_of.cells.get_mut(column) else { return };

    if cell.is_withheld() {
        findings.push(
            Finding::error(
                codes::TABLE_DATA,
                stated.value.span,
                format!("{heading}, {name}: `as_stated` would print what is withheld, or what follows from it"),
            )
            .help("take it out of `as_stated`: what somebody else printed can give a withheld count away"),
        );
        return;
    }
    let value = stated.value.value.0;
    if cell.value == CellValue::Instead(Symbol::NotAvailable) {
        let note = if worked_out {
            "Printed so in the source. It cannot be worked out here, because the figures that it follows from are not available."
        } else {
            "Printed so in the source. It is not counted here."
        };
        let note = stated.note.as_ref().map_or_else(|| note.to_owned(), |own| format!("{note} {own}"));
        let number = *said.entry(note).or_insert_with_key(|note| {
            notes.push(note.clone());
            notes.len()
        });
        put(cell, value, number);
        return;
    }
    let (theirs, ours) = (format.write(value), cell.value.printed(format));
    if theirs == ours {
        findings.push(
            Finding::warning(
                codes::AS_STATED,
                stated.value.span,
                format!("{heading}, {name}: `as_stated` gives {theirs}, and so do the figures themselves"),
            )
            .help("this entry of `as_stated` is no longer needed: take it out"),
        );
        return;
    }
    let instead = match cell.value {
        CellValue::Figure(_) if worked_out => format!("the figures above come to {ours}"),
        CellValue::Figure(_) => format!("it is counted here as {ours}"),
        _ => "no such figure follows from those above".to_owned(),
    };
    let sentence = format!("{heading}, {name}: printed as {theirs} in the source; {instead}.");
    findings.push(
        Finding::new(Severity::Advice, codes::AS_STATED, stated.value.span, sentence.trim_end_matches('.'))
            .help("both figures are shown to readers; nothing needs to be done unless one is a slip of the pen"),
    );
    notes.push(match &stated.note {
        Some(note) => format!("{sentence} {note}"),
        None => sentence,
    });
    put(cell, value, notes.len());
}

/// Puts a stated figure into a cell. What was said of ours, symbols and counts, does not hold for it.
fn put(cell: &mut Cell, value: Decimal, note: usize) {
    let ours = std::mem::replace(cell, Cell::figure(value));
    *cell = Cell { computed_instead: Some(ours.value), note: Some(note), ..Cell::figure(value) };
}

/// The figures that are stated for one column, by the rows' names for comparing. `names` are the column's key and heading.
pub(super) fn of_column(stated: &[AsStated], names: &[&str]) -> HashMap<String, Decimal> {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let of_column = stated.iter().filter(|stated| names.contains(&plain(&stated.column)));
    of_column.map(|stated| (row_key(&stated.row), stated.value.value.0)).collect()
}

fn find_row(names: &Names, stated: &AsStated, findings: &mut Vec<Finding>) -> Option<usize> {
    let (problem, help) = match names.find(&stated.row) {
        Ok(row) => return Some(row),
        Err(Miss::Several) => (
            "there are several of that name",
            "give each row a name of its own, or write the heading above it before it: `Youth / Grants`".to_owned(),
        ),
        Err(Miss::Nothing(Some(meant))) => ("the table has none of that name", format!("did you mean `{meant}`?")),
        Err(Miss::Nothing(None)) => (
            "the table has none of that name",
            "write the words of the row's first cell, or `Total`, or `Subtotal of` and the theme".to_owned(),
        ),
    };
    let message = format!("`as_stated` names the row `{}`, and {problem}", stated.row.value);
    findings.push(Finding::error(codes::UNKNOWN_REFERENCE, stated.row.span, message).help(help));
    None
}

fn find_column(table: &Table, names: &Names, stated: &AsStated, findings: &mut Vec<Finding>) -> Option<usize> {
    let figures = || {
        let keys: Vec<_> = table.columns.iter().filter(|column| column.format.is_figure()).take(MOST_NAMED).collect();
        let keys: Vec<_> = keys.iter().map(|column| format!("`{}`", column.key)).collect();
        format!("the columns with figures in this table are {}", keys.join(", "))
    };
    let (problem, help) = match names.find(&stated.column) {
        Ok(column) if table.columns.get(column).is_some_and(|column| column.format.is_figure()) => return Some(column),
        Ok(_) => (", which holds words", figures()),
        Err(Miss::Several) => (
            ", and the table has several of that name",
            "write the column's key, or the heading above it before it: `2013 Share`".to_owned(),
        ),
        Err(Miss::Nothing(meant)) => (
            ", and the table shows none of that name",
            meant.map_or_else(figures, |meant| format!("did you mean `{meant}`?")),
        ),
    };
    let message = format!("`as_stated` names the column `{}`{problem}", stated.column.value);
    findings.push(Finding::error(codes::UNKNOWN_REFERENCE, stated.column.span, message).help(help));
    None
}

#[cfg(test)]
mod tests {
    use crate::finding::{Severity, codes};
    use crate::tables::testing::read;
    use crate::tables::{CellValue, TableKind};

    fn stated(entry: &str) -> crate::tables::testing::Desk {
        let block = format!(
            "caption: B\nrows:\n- {{item: a, theme: Places, allocated: 5, q1: 1}}\n- {{item: b, theme: People, allocated: 5, q1: 2}}\n\
             - {{item: b, theme: Places, allocated: 0, q1: 0}}\nas_stated:\n- {entry}\n"
        );
        read(TableKind::Spending, &block, &[])
    }

    #[test]
    fn subtotals_go_by_their_names() {
        let desk = stated("{row: sub-total of places, column: Remaining, value: \"£3.00\"}");
        assert_eq!(
            desk.messages(),
            ["Remaining, Subtotal of Places: printed as £3.00 in the source; the figures above come to £4.00"]
        );
        let table = desk.table.expect("a table");
        let row = table.rows.iter().find(|row| row.name() == "Subtotal of Places").expect("a sub-total");
        assert_eq!(row.cells[4].computed_instead, Some(CellValue::Figure(4.into())));
    }

    /// Seed 001, Appendix 9: of total recorded crime only the changes are printed.
    #[test]
    fn what_cannot_be_worked_out_is_printed_with_one_note_for_all_of_it() {
        let block = "caption: C\nfrom: 2014/15\nto: 2015/16\nnotes: Ours.\nrows:\n\
                     - {measure: Crime, from: \"[x]\", to: \"[x]\"}\n- {measure: Non crime, from: \"[x]\", to: 5}\n\
                     as_stated:\n- {row: crime, column: difference, value: +32}\n- {row: crime, column: change, value: +1.5%}\n\
                     - {row: Non crime, column: Difference, value: −164}\n- {row: Non crime, column: from, value: 169, note: From the chart.}\n";
        let desk = read(TableKind::YearOnYear, block, &[]);
        assert_eq!(desk.messages(), [""; 0], "nothing contradicts it");
        let table = desk.table.expect("a table");
        assert_eq!(
            crate::tables::testing::printed(&table),
            ["Crime | [x] | [x] | +32 | +1.5% | up", "Non crime | 169 | 5 | −164 | [x] | down"]
        );
        assert_eq!(
            table.notes[1..],
            [
                "Printed so in the source. It cannot be worked out here, because the figures that it follows from are not available.",
                "Printed so in the source. It is not counted here. From the chart."
            ]
        );
        let notes: Vec<_> = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.note).collect();
        assert_eq!(notes, [2, 2, 3, 2]);
    }

    #[test]
    fn what_is_withheld_is_not_stated() {
        let block = "caption: C\nperiods: [2013]\nsuppress_below: 5\ntotals: {2013: 327}\nrows:\n\
                     - {category: Blank, 2013: <5}\n- {category: Racist, 2013: 325}\n\
                     as_stated:\n- {row: Blank, column: share_0, value: 0%}\n- {row: Blank, column: 2013, value: 2}\n";
        let desk = read(TableKind::Breakdown, block, &[]);
        assert_eq!(desk.messages().len(), 2, "{:?}", desk.messages());
        assert!(desk.findings.iter().all(|finding| finding.severity == Severity::Error));
        assert_eq!(
            desk.messages()[0],
            "Share, Blank: `as_stated` would print what is withheld, or what follows from it"
        );
    }

    #[test]
    fn the_largest_figure_there_is_can_be_stated() {
        let desk = stated("{row: Total, column: spent, value: \"-79228162514264337593543950335\"}");
        assert!(desk.messages()[0].contains("printed as −£79,228,162,514,264,337,593,543,950,335.00"));
        let desk = stated("{row: Total, column: spent, value: \"0.9999999999999999999999999999\"}");
        assert!(desk.messages()[0].contains("printed as £1.00"));
    }

    #[test]
    fn what_agrees_need_not_be_stated() {
        let desk = stated("{row: Total, column: spent, value: 3}");
        assert_eq!(desk.messages(), ["Spent, Total: `as_stated` gives £3.00, and so do the figures themselves"]);
        assert_eq!((desk.findings[0].severity, desk.findings[0].code), (Severity::Warning, codes::AS_STATED));
        assert!(desk.table.is_some_and(|table| table.notes.is_empty()));
    }

    /// With two periods side by side, a heading beneath both of them names no column.
    #[test]
    fn a_heading_that_stands_twice_is_told_apart_by_the_one_above() {
        let of = |column: &str| {
            let block = format!(
                "caption: C\nperiods: [2013, 2014]\nrows:\n- {{category: a, 2013: 1, 2014: 3}}\n- {{category: b, 2013: 3, 2014: 1}}\n\
                 as_stated:\n- {{row: a, column: {column}, value: 26%}}\n"
            );
            read(TableKind::Breakdown, &block, &[])
        };
        let twice = of("Share");
        assert_eq!(twice.messages(), ["`as_stated` names the column `Share`, and the table has several of that name"]);
        for second in ["2014 Share", "share_1"] {
            let table = of(second).table.expect("a table");
            let stated = |column: usize| table.rows[0].cells[column].computed_instead.is_some();
            assert_eq!((stated(2), stated(4)), (false, true), "{second}");
        }
    }

    #[test]
    fn rows_and_columns_that_are_not_there_are_found() {
        for (entry, message, help) in [
            ("{row: Totl, column: spent, value: 1}", "the row `Totl`", "did you mean `Total`?"),
            ("{row: b, column: spent, value: 1}", "several of that name", "give each row a name of its own"),
            ("{row: Places, column: spent, value: 1}", "the row `Places`", "write the words of the row's first cell"),
            ("{row: a, column: spnt, value: 1}", "the column `spnt`", "did you mean `spent`?"),
            (
                "{row: a, column: revised, value: 1}",
                "the column `revised`",
                "the columns with figures in this table are",
            ),
            ("{row: a, column: item, value: 1}", "which holds words", "the columns with figures in this table are"),
        ] {
            let desk = stated(entry);
            assert_eq!(desk.findings.len(), 1, "{:?}", desk.messages());
            assert!(desk.findings[0].message.contains(message), "{:?}", desk.messages());
            assert!(desk.findings[0].help.as_deref().is_some_and(|text| text.starts_with(help)), "{:?}", desk.findings);
        }
        let twice = stated("{row: a, column: q1, value: 9}\n- {row: A, column: Quarter 1, value: 8}");
        assert_eq!(twice.findings[1].code, codes::DUPLICATE);
    }
}
