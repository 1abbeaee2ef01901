//! A table as a reader sees it: what is printed in each cell, and how the figures follow from each other.

use rust_decimal::Decimal;

use crate::figures;
use crate::tables::{At, CellValue, Format, Relation, RowRole, Symbol, Table};
use crate::text::Span;

/// A table as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What people call it: "Table 2", or its caption.
    pub title: String,
    /// Its name for references.
    pub name: Option<String>,
    /// Its caption.
    pub caption: String,
    /// Where it stands.
    pub span: Span,
    /// Its columns, the row headings first.
    pub columns: Vec<SheetColumn>,
    /// Its rows.
    pub rows: Vec<SheetRow>,
    /// How its figures follow from each other.
    pub relations: Vec<Relation>,
    /// How many values a withheld count must be able to have.
    pub protect: u32,
    /// Whether it is made from data, so that what follows from a withheld count is withheld without anybody's doing.
    pub is_generated: bool,
    /// Whether it stands in another paper, so that what it prints cannot be changed in this one.
    pub is_elsewhere: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// Its heading, with that of the group above it: "2013, Count".
    pub heading: String,
    /// What else it may be called in another table: the group's heading alone.
    pub period: Option<String>,
    /// Whether its figures are counts.
    pub is_count: bool,
    /// Whether its figures are percentages.
    pub is_percentage: bool,
    /// Whether its figures are worked out in the program.
    pub is_computed: bool,
    /// With how many decimal places its figures are printed.
    pub places: u32,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The words in its first cell.
    pub name: String,
    /// Whether it is a sum of others.
    pub is_total: bool,
    /// What is printed in its cells.
    pub cells: Vec<Printed>,
    /// Where each cell stands; empty in a table that is made from data.
    pub spans: Vec<Span>,
    /// Of a table that is made from data: where its author typed each cell, if anywhere.
    pub typed: Vec<Option<Span>>,
}

/// What is printed in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// Nothing, or a sign that nothing belongs there: it adds nothing.
    Nothing,
    /// Words, of which nothing follows.
    Words,
    /// A figure, rounded to so many places.
    Figure(Decimal, u32),
    /// A figure that somebody else printed so, and that does not follow here.
    Stated(Decimal, u32),
    /// A count withheld because it is from 1 up to, but not, this.
    Below(u32),
    /// A figure withheld without a word on how large it is.
    Withheld,
    /// A figure that is not available.
    Missing,
}

impl Printed {
    /// Its figure and places, whoever worked it out.
    pub fn figure(self) -> Option<(Decimal, u32)> {
        match self {
            Self::Figure(value, places) | Self::Stated(value, places) => Some((value, places)),
            _ => None,
        }
    }

    /// Whether it stands for a figure that readers are not told.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Below(_) | Self::Withheld | Self::Missing)
    }

    /// Whether it stands for a figure that somebody wants to keep back.
    pub fn is_withheld(self) -> bool {
        matches!(self, Self::Below(_) | Self::Withheld)
    }
}

impl Sheet {
    /// A table that is made from data. `title` is what people call it.
    pub fn of(table: &Table, title: impl Into<String>) -> Self {
        let columns = table.columns.iter().map(|column| {
            let heading = match &column.group {
                Some(group) => format!("{group}, {}", column.heading),
                None => column.heading.clone(),
            };
            SheetColumn {
                heading,
                period: column.group.clone(),
                is_count: column.format == Format::Count,
                is_percentage: matches!(column.format, Format::Percent(_) | Format::Change(_)),
                is_computed: column.computed,
                places: column.format.places(),
            }
        });
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().zip(&table.columns).map(|(cell, column)| {
                let places = column.format.places();
                let figure = |value: Decimal| (figures::round(value, places), places);
                match (&cell.value, &cell.computed_instead) {
                    // The note beneath prints ours too.
                    (CellValue::Figure(_), Some(CellValue::Figure(ours))) => {
                        let (value, places) = figure(*ours);
                        Printed::Figure(value, places)
                    }
                    (CellValue::Figure(theirs), Some(_)) => {
                        let (value, places) = figure(*theirs);
                        Printed::Stated(value, places)
                    }
                    (CellValue::Figure(value), None) => {
                        let (value, places) = figure(*value);
                        Printed::Figure(value, places)
                    }
                    (CellValue::Below(threshold), _) => Printed::Below(*threshold),
                    (CellValue::Instead(Symbol::Confidential), _) => Printed::Withheld,
                    (CellValue::Instead(Symbol::NotAvailable), _) => Printed::Missing,
                    (CellValue::Instead(Symbol::Low), _) => Printed::Figure(Decimal::ZERO, places),
                    (CellValue::Words(_) | CellValue::Linked(..) | CellValue::Narrative(_), _) => Printed::Words,
                    (CellValue::Empty | CellValue::Instead(_), _) => Printed::Nothing,
                }
            });
            SheetRow {
                name: row.name().to_owned(),
                is_total: matches!(row.role, RowRole::Subtotal | RowRole::Total),
                cells: cells.collect(),
                spans: Vec::new(),
                typed: row.cells.iter().map(|cell| cell.typed).collect(),
            }
        });
        Self {
            title: title.into(),
            name: table.name.clone(),
            caption: table.caption.clone(),
            span: table.span,
            columns: columns.collect(),
            rows: rows.collect(),
            relations: table.relations.clone(),
            protect: table.thresholds.protect,
            is_generated: true,
            is_elsewhere: false,
        }
    }

    /// What is printed in a cell.
    pub fn printed(&self, at: At) -> Printed {
        self.rows.get(at.row).and_then(|row| row.cells.get(at.column)).copied().unwrap_or(Printed::Nothing)
    }

    /// The column of a cell.
    pub fn column(&self, at: At) -> Option<&SheetColumn> {
        self.columns.get(at.column)
    }

    /// Where a cell stands, or the table if that is not known.
    pub fn span_of(&self, at: At) -> Span {
        self.rows.get(at.row).and_then(|row| row.spans.get(at.column)).copied().unwrap_or(self.span)
    }

    /// Where the author of a table made from data typed a cell.
    pub fn typed(&self, at: At) -> Option<Span> {
        self.rows.get(at.row)?.typed.get(at.column).copied().flatten()
    }

    /// Whether its author can write a sign in place of a figure. Of a table made from data, the rest follows.
    pub fn can_be_written(&self, at: At) -> bool {
        !self.is_generated
            || matches!(self.printed(at), Printed::Stated(..))
            || self.typed(at).is_some() && self.column(at).is_some_and(|column| !column.is_computed)
    }

    /// Whether it withholds anything, so that it must be audited.
    pub fn withholds(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.is_withheld())
    }

    /// How many cells it has.
    pub fn size(&self) -> usize {
        self.rows.len() * self.columns.len()
    }
}
