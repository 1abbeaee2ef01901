//! How a cell is printed, on the page and in a sentence that cites it.

use std::collections::HashSet;

use super::{At, Cell, CellValue, Column, Format, Relation, Table};

/// Prints the cells of one table.
#[derive(Debug)]
pub struct Printer {
    /// Percentages whose two counts stand in their own row.
    counted_beside: HashSet<At>,
}

impl Printer {
    /// Looks which percentages stand beside their counts.
    pub fn new(table: &Table) -> Self {
        let in_row = |result: &At, a: &At, b: &At| (a.row == result.row && b.row == result.row).then_some(*result);
        let counted_beside = table
            .relations
            .iter()
            .filter_map(|relation| match relation {
                Relation::Share { result, part, whole } => in_row(result, part, whole),
                Relation::Change { result, from, to } => in_row(result, from, to),
                _ => None,
            })
            .collect();
        Self { counted_beside }
    }

    /// The cell at a place, with its counts and its symbols: `76% (35 of 46) [u]`. Empty where there is none.
    pub fn cell(&self, table: &Table, at: At) -> String {
        let Some((cell, column)) = table.cell(at).zip(table.columns.get(at.column)) else {
            return String::new();
        };
        format!("{}{}", cell.value.printed(column.format), self.after(at, cell, column))
    }

    /// What stands after a figure: the counts of a percentage on a small base, unless its row shows them, and symbols.
    pub fn after(&self, at: At, cell: &Cell, column: &Column) -> String {
        let mut text = String::new();
        if let Some((part, whole)) = cell.counts.filter(|_| !self.counted_beside.contains(&at)) {
            let (part, whole) = (Format::Count.write(part), Format::Count.write(whole));
            text = match column.format {
                Format::Change(_) => format!(" (from {whole} to {part})"),
                _ => format!(" ({part} of {whole})"),
            };
        }
        for mark in cell.marks.iter() {
            text.push(' ');
            text.push_str(mark.written());
        }
        text
    }

    /// The cell without the sign of its figure, for sentences whose words tell the direction: "fell by 214".
    pub(super) fn size(&self, table: &Table, at: At) -> String {
        let Some((cell, column)) = table.cell(at).zip(table.columns.get(at.column)) else {
            return String::new();
        };
        match cell.value {
            CellValue::Figure(value) => {
                format!("{}{}", column.format.unsigned().write(value.abs()), self.after(at, cell, column))
            }
            _ => self.cell(table, at),
        }
    }
}

impl Format {
    /// The same without a sign, for sentences whose words tell the direction.
    pub(super) fn unsigned(self) -> Self {
        match self {
            Self::Difference(places) => Self::Number(places),
            Self::MoneyDifference(places) => Self::Money(places),
            Self::Change(places) => Self::Percent(places),
            unsigned => unsigned,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::testing::table;
    use crate::tables::{Marks, Symbol, TableKind};
    use rust_decimal::Decimal;

    #[test]
    fn counts_stand_behind_a_small_percentage_unless_the_row_shows_them() {
        let block =
            "caption: C\nfrom: a\nto: b\nrows: [{measure: m, from: 40, to: 30}, {measure: n, from: 4000, to: 1}]\n";
        let mut table = table(TableKind::YearOnYear, block, &[]);
        let at = At::new(0, 4);
        assert_eq!(Printer::new(&table).cell(&table, at), "−25.0% [u]", "40 and 30 stand in the row");
        assert_eq!(Printer::new(&table).size(&table, at), "25.0% [u]");
        assert_eq!(Printer::new(&table).size(&table, At::new(0, 3)), "10");
        table.relations.clear();
        assert_eq!(Printer::new(&table).cell(&table, at), "−25.0% (from 40 to 30) [u]");
        table.columns[4].format = Format::Percent(1);
        assert_eq!(Printer::new(&table).cell(&table, at), "−25.0% (30 of 40) [u]");
        assert_eq!(Printer::new(&table).cell(&table, At::new(9, 9)), "");
    }

    #[test]
    fn what_is_withheld_has_no_size() {
        let block = "caption: C\nfrom: a\nto: b\nrows: [{measure: m, from: 40, to: 30}]\n";
        let mut table = table(TableKind::YearOnYear, block, &[]);
        table.rows[0].cells[1] = CellValue::Below(5).into();
        table.rows[0].cells[2] = Cell::instead(Symbol::Confidential);
        table.rows[0].cells[3] =
            Cell { marks: Marks::default().with(Symbol::Provisional), ..Cell::figure(Decimal::TEN) };
        let printer = Printer::new(&table);
        assert_eq!(printer.size(&table, At::new(0, 1)), "<5");
        assert_eq!(printer.size(&table, At::new(0, 2)), "[c]");
        assert_eq!(
            (printer.cell(&table, At::new(0, 3)), printer.size(&table, At::new(0, 3))),
            ("+10 [p]".into(), "10 [p]".into())
        );
    }
}
