//! What a column holds, told from its cells where the author does not say.

use rust_decimal::Decimal;

use super::ColumnType;
use crate::calendar;
use crate::figures;
use crate::finding::{Finding, codes};
use crate::tables::Format;
use crate::tables::cells::{Kept, below, parted};
use crate::tables::rows::Grid;

/// The most decimal places that a number is printed with, unless the author says how many.
const MOST_PLACES: u32 = 3;
/// The same for percentages.
const MOST_OF_PERCENT: u32 = 2;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tables) struct Told {
    kind: ColumnType,
    /// The most decimal places of a figure as it is written.
    places: u32,
}

/// What one cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Like a figure.
    Figure { kind: ColumnType, places: u32 },
    /// Like a day.
    Date,
    /// Like words.
    Words,
}

impl Told {
    /// A column of words.
    pub(in crate::tables) fn words() -> Self {
        Self { kind: ColumnType::Words, places: 0 }
    }

    /// Looks through a column's cells.
    pub(in crate::tables) fn of_column(
        grid: &Grid,
        column: usize,
        declared: Option<ColumnType>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut found: Option<ColumnType> = None;
        let mut most = 0;
        let (mut with_figures, mut odd, mut odd_cells) = (0, None, 0);
        let mut dates = true;
        for row in &grid.rows {
            let text = row.cells.get(column).map_or("", |cell| cell.value.as_str());
            match looks(text) {
                None => {}
                Some(Looks::Figure { kind, places }) => {
                    dates = false;
                    most = most.max(places);
                    match found.map_or(Some(kind), |before| joint(before, kind)) {
                        Some(kind) => {
                            found = Some(kind);
                            with_figures += 1;
                        }
                        None => {
                            odd_cells += 1;
                            odd = odd.or(Some((row, text)));
                        }
                    }
                }
                Some(other) => {
                    dates &= other == Looks::Date;
                    odd_cells += 1;
                    odd = odd.or(Some((row, text)));
                }
            }
        }
        if let Some(kind) = declared {
            return Self { kind, places: most };
        }
        let kind = match (found, odd) {
            (Some(kind), None) => kind,
            (Some(_), Some((row, text))) if with_figures >= odd_cells => {
                let text: String = text.chars().take(60).collect();
                let message =
                    format!("{}: `{text}` is not like the other cells of the column", grid.at_column(row, column));
                findings.push(Finding::error(codes::TABLE_DATA, row.span_of(column), message).help(
                    "write a figure like the others, or a symbol (`[x]` not available, `[z]` does not apply); or say \
                     of the column under `columns` what its `type` is",
                ));
                ColumnType::Words
            }
            (None, Some(_)) if dates => ColumnType::Date,
            _ => ColumnType::Words,
        };
        Self { kind, places: most }
    }

    /// What its cells may hold; nothing if they hold no figures.
    pub(in crate::tables) fn kept(self) -> Option<Kept> {
        match self.kind {
            ColumnType::Words | ColumnType::Date => None,
            ColumnType::Count => Some(Kept::Count),
            ColumnType::Number => Some(Kept::Signed),
            ColumnType::Money => Some(Kept::Pounds),
            ColumnType::Percent | ColumnType::Change => Some(Kept::Percent),
        }
    }

    /// Whether it holds counts.
    pub(in crate::tables) fn is_count(self) -> bool {
        self.kind == ColumnType::Count
    }

    /// Whether it holds days.
    pub(in crate::tables) fn is_date(self) -> bool {
        self.kind == ColumnType::Date
    }

    /// Whether its figures can be added up.
    pub(in crate::tables) fn can_be_added(self) -> bool {
        matches!(self.kind, ColumnType::Count | ColumnType::Number | ColumnType::Money)
    }

    /// How its cells are written. Figures that are added up show all of their decimal places.
    pub(in crate::tables) fn format(self, places: Option<u32>, added: bool) -> Format {
        let up_to = |most: u32| places.unwrap_or(if added { self.places } else { self.places.min(most) });
        match self.kind {
            ColumnType::Words | ColumnType::Date => Format::Words,
            ColumnType::Count => Format::Count,
            ColumnType::Number => Format::Number(up_to(MOST_PLACES)),
            ColumnType::Money => Format::Money(places.unwrap_or(if self.places > 0 { 2 } else { 0 })),
            ColumnType::Percent => Format::Percent(up_to(MOST_OF_PERCENT)),
            ColumnType::Change => Format::Change(up_to(MOST_OF_PERCENT)),
        }
    }
}

/// What a cell looks like; nothing if it is empty or holds a symbol alone.
fn looks(text: &str) -> Option<Looks> {
    let (figure, symbols) = parted(text);
    if figure.is_empty() {
        return None;
    }
    if below(figure).is_some() {
        return Some(Looks::Figure { kind: ColumnType::Count, places: 0 });
    }
    if calendar::parse_date(figure).is_some() && symbols.is_empty() {
        return Some(Looks::Date);
    }
    let (number, percent) = figure.strip_suffix('%').map_or((figure, false), |number| (number, true));
    let Some(value) = figures::parse(number) else { return Some(Looks::Words) };
    let places = places(value);
    let kind = if percent {
        ColumnType::Percent
    } else if number.contains('£') {
        ColumnType::Money
    } else if places == 0 && value >= Decimal::ZERO && !number.contains('.') {
        ColumnType::Count
    } else {
        ColumnType::Number
    };
    Some(Looks::Figure { kind, places })
}

/// What a column holds of which some cells look like one and some like the other; nothing if that cannot be.
fn joint(one: ColumnType, other: ColumnType) -> Option<ColumnType> {
    match (one, other) {
        (one, other) if one == other => Some(one),
        (ColumnType::Money, ColumnType::Count | ColumnType::Number)
        | (ColumnType::Count | ColumnType::Number, ColumnType::Money) => Some(ColumnType::Money),
        (ColumnType::Count, ColumnType::Number) | (ColumnType::Number, ColumnType::Count) => Some(ColumnType::Number),
        _ => None,
    }
}

/// How many decimal places a figure has as it is written.
fn places(value: Decimal) -> u32 {
    value.normalize().scale()
}
