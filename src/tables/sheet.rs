//! A table as it is laid out for readers, on the page and in print alike: which rows are shown, what heads them, and what
//! stands after their figures.

use super::{At, Cell, CellValue, Column, Printer, Row, RowRole, Table, TableKind};

/// How many rows of a table are shown. All of them are in the table's file, and totals are always shown.
pub(crate) const MOST_ROWS: usize = 1_000;

/// A table that is being laid out.
#[derive(Debug)]
pub(crate) struct Sheet<'t> {
    /// The table.
    pub(crate) table: &'t Table,
    /// How many columns stand beside each other: all but a last one of narratives, each of which has no room beside
    /// figures and stands beneath its row.
    pub(crate) beside: usize,
    /// The rows that are shown, by number.
    pub(crate) shown: Vec<usize>,
    /// Which headings each row has of its own, where rows stand beneath headings of several levels.
    headings: Vec<Vec<Heading>>,
    printer: Printer,
}

/// What stands in the place of one heading of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading {
    /// A heading over so many rows, this one and those below.
    Begins(usize),
    /// Nothing: the heading above reaches down to here.
    Goes,
}

/// Columns that stand beside each other beneath the same heading, or beneath none.
#[derive(Debug)]
pub(crate) struct Run<'t> {
    /// The heading above them.
    pub(crate) group: Option<&'t str>,
    /// The columns.
    pub(crate) columns: &'t [Column],
}

impl<'t> Sheet<'t> {
    /// Lays out a table.
    pub(crate) fn new(table: &'t Table) -> Self {
        let narratives =
            table.kind == TableKind::Monitoring && table.columns.last().is_some_and(|column| column.key == "narrative");
        let beside = table.columns.len() - usize::from(narratives);
        let always = |role| matches!(role, RowRole::Own | RowRole::Average | RowRole::Total);
        let rows = table.rows.iter().enumerate();
        let shown =
            rows.filter(|(index, row)| *index < MOST_ROWS || always(row.role)).map(|(index, _)| index).collect();
        let headings = if table.row_headings > 1 { headings(table) } else { Vec::new() };
        Self { table, beside, shown, headings, printer: Printer::new(table) }
    }

    /// The columns that stand beside each other.
    pub(crate) fn columns(&self) -> &'t [Column] {
        self.table.columns.get(..self.beside).unwrap_or_default()
    }

    /// The rows that are shown, with their numbers.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &'t Row)> {
        let table = self.table;
        self.shown.iter().filter_map(move |index| Some((*index, table.rows.get(*index)?)))
    }

    /// What stands in the place of a heading, in a table with several to a row.
    pub(crate) fn heading(&self, row: usize, level: usize) -> Option<Heading> {
        self.headings.get(row)?.get(level).copied()
    }

    /// Whether texts stand beneath rows.
    pub(crate) fn has_narratives(&self) -> bool {
        self.beside < self.table.columns.len()
    }

    /// What stands after a figure. See [`Printer::after`].
    pub(crate) fn after(&self, at: At, cell: &Cell) -> String {
        self.table.columns.get(at.column).map_or_else(String::new, |column| self.printer.after(at, cell, column))
    }

    /// The columns by the headings above them.
    pub(crate) fn runs(&self) -> Vec<Run<'t>> {
        runs(self.columns())
    }

    /// How many rows there are, if not all of them are shown.
    pub(crate) fn cut_from(&self) -> Option<usize> {
        let all = self.table.rows.len();
        (self.shown.len() < all).then_some(all)
    }
}

/// Columns by the headings above them.
pub(crate) fn runs(columns: &[Column]) -> Vec<Run<'_>> {
    columns
        .chunk_by(|a, b| a.group == b.group)
        .map(|columns| Run { group: columns.first().and_then(|column| column.group.as_deref()), columns })
        .collect()
}

/// What part a row plays among others of its kind, where its own words do not say so.
pub(crate) fn role_in_words(row: &Row) -> Option<&'static str> {
    match row.role {
        RowRole::Own => Some("this area"),
        RowRole::Average if !row.name().to_lowercase().contains("average") => Some("average"),
        _ => None,
    }
}

/// The entries of a list in a cell of words: those with line breaks are one.
pub(crate) fn entries<'w>(value: &CellValue, printed: &'w str) -> Option<Vec<&'w str>> {
    (matches!(value, CellValue::Words(_)) && printed.contains('\n')).then(|| printed.lines().collect())
}

/// For each row of figures or words its headings, the outermost first. Where the headings further out begin anew, so do
/// those within. Sums and the headings of groups stand for themselves.
fn headings(table: &Table) -> Vec<Vec<Heading>> {
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
