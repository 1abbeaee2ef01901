//! From the words in a cell to its figure.

use rust_decimal::Decimal;

use super::rows::{Grid, GridRow};
use super::{Cell, CellValue, Marks, Symbol};
use crate::figures;
use crate::finding::{Finding, codes};
use crate::text::Span;

/// What a sum of money is, completing the sentence "expected …".
pub(super) const POUNDS: &str = "pounds and pence, such as `409,728.00`";
pub(super) const COUNT: &str = "a whole number that is not negative, such as `21,209`";

/// A thousand million million. An exact decimal holds 28 digits: below this limit no sum or percentage of as many rows
/// as a file can hold loses one, and no real figure comes near.
const LIMIT: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// What an empty cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IfEmpty {
    /// Nil.
    Nil,
    /// That the figure follows from others.
    LeftOut,
    /// That something is missing.
    Wrong,
}

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// A whole number that is not negative.
    Count,
    /// A number that is not negative, with any decimal places.
    Number,
    /// A number of either sign, with any decimal places.
    Signed,
    /// Pounds and whole pence.
    Pounds,
    /// A percentage, with or without its sign.
    Percent,
}

impl Kept {
    /// Completes the sentence "expected …".
    fn expected(self) -> &'static str {
        match self {
            Self::Count => COUNT,
            Self::Number => "a number that is not negative, such as `62.176`",
            Self::Signed => "a number, such as `62.176` or `-3`",
            Self::Pounds => POUNDS,
            Self::Percent => "a percentage, such as `8.8%`",
        }
    }

    fn read(self, text: &str) -> Option<Decimal> {
        match self {
            Self::Count => count(text),
            Self::Number => figures::parse(text).filter(|number| *number < LIMIT && !number.is_sign_negative()),
            Self::Signed => figures::parse(text).filter(|number| number.abs() < LIMIT),
            Self::Pounds => pounds(text),
            Self::Percent => {
                figures::parse(text.strip_suffix('%').unwrap_or(text)).filter(|percent| percent.abs() < LIMIT)
            }
        }
    }
}

/// A cell was not what it should be, and a finding says so.
#[derive(Debug)]
pub(super) struct Reported;

/// Reads a sum in pounds and whole pence.
pub(super) fn pounds(text: &str) -> Option<Decimal> {
    figures::parse(text).filter(|sum| sum.abs() < LIMIT && figures::round(*sum, 2) == *sum)
}

/// Reads a count.
pub(super) fn count(text: &str) -> Option<Decimal> {
    figures::parse(text)
        .filter(|count| *count < LIMIT && *count >= Decimal::ZERO && figures::round(*count, 0) == *count)
        .map(|count| count.normalize().abs())
}

/// A cell's figure, and the symbols that stand after it or instead of it: `1,497 [p] [r]`.
pub(super) fn parted(text: &str) -> (&str, Vec<Symbol>) {
    let mut figure = text.trim_end();
    let mut symbols = Vec::new();
    while figure.ends_with(']')
        && let Some(start) = figure.rfind('[')
        && let Some(symbol) = Symbol::from_written(&figure[start..])
    {
        symbols.push(symbol);
        figure = figure[..start].trim_end();
    }
    (figure, symbols)
}

/// The threshold of a count written as `<5` or `< 5`.
pub(super) fn below(text: &str) -> Option<u32> {
    text.strip_prefix('<')?.trim_start().parse().ok().filter(|threshold| *threshold > 1)
}

/// Adds up; nothing if the sum is too large to be exact.
pub(super) fn sum(figures: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    figures.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// Reports figures that cannot be calculated with exactly. `what` names them: "the amounts".
pub(super) fn too_large(place: Span, what: &str, findings: &mut Vec<Finding>) {
    let message = format!("{what} are too large to be calculated with exactly");
    findings.push(Finding::error(codes::TABLE_SUM, place, message).help("look for a figure with too many digits"));
}

impl Grid {
    /// The words of a cell; empty if there are none.
    pub(super) fn words<'a>(&self, row: &'a GridRow, key: &str) -> &'a str {
        self.index(key).and_then(|index| row.cells.get(index)).map_or("", |cell| cell.value.as_str())
    }

    /// Where a cell stands, or its row if the cell was left out.
    pub(super) fn span(&self, row: &GridRow, key: &str) -> Span {
        self.index(key).and_then(|index| row.cells.get(index)).map_or(row.span, |cell| cell.span)
    }

    /// What stands in a cell: a figure with the symbols after it, a count below the threshold (`<5`), or a symbol
    /// instead of a figure.
    pub(super) fn cell(
        &self,
        row: &GridRow,
        key: &str,
        kept: Kept,
        if_empty: IfEmpty,
        findings: &mut Vec<Finding>,
    ) -> Result<Cell, Reported> {
        match self.index(key) {
            Some(column) => self.cell_at(row, column, kept, if_empty, findings),
            None => Ok(if if_empty == IfEmpty::Nil { Cell::figure(Decimal::ZERO) } else { Cell::empty() }),
        }
    }

    /// The same, of the column that stands there.
    pub(super) fn cell_at(
        &self,
        row: &GridRow,
        column: usize,
        kept: Kept,
        if_empty: IfEmpty,
        findings: &mut Vec<Finding>,
    ) -> Result<Cell, Reported> {
        let text = row.cells.get(column).map_or("", |cell| cell.value.as_str());
        match (text.is_empty(), if_empty) {
            (true, IfEmpty::Nil) => return Ok(Cell::figure(Decimal::ZERO)),
            (true, IfEmpty::LeftOut) => return Ok(Cell::empty()),
            _ => {}
        }
        let (figure, symbols) = parted(text);
        let instead = symbols.iter().find(|symbol| symbol.is_instead()).copied();
        let marks = symbols
            .iter()
            .filter(|symbol| !symbol.is_instead())
            .fold(Marks::default(), |marks, symbol| marks.with(*symbol));
        let typed = Some(row.span_of(column));
        let value = match (figure, instead) {
            ("", Some(symbol)) => CellValue::Instead(symbol),
            (_, Some(_)) | ("", None) => return Err(self.report(row, column, kept.expected(), if_empty, findings)),
            (figure, None) => match below(figure).filter(|_| kept == Kept::Count) {
                Some(threshold) => {
                    return self.below(row, column, threshold, findings).map(|value| Cell {
                        marks,
                        typed,
                        ..value.into()
                    });
                }
                None => match kept.read(figure) {
                    Some(value) => CellValue::Figure(value),
                    None => return Err(self.report(row, column, kept.expected(), if_empty, findings)),
                },
            },
        };
        if let (CellValue::Figure(count), Kept::Count, Some(threshold)) = (&value, kept, self.thresholds.suppress_below)
            && *count > Decimal::ZERO
            && *count < Decimal::from(threshold)
        {
            let message = format!(
                "{}: the count {count} is below the threshold of {threshold} that this table declares",
                self.at_column(row, column)
            );
            findings.push(
                Finding::error(codes::TABLE_DATA, row.span_of(column), message)
                    .help(format!("write `<{threshold}`; the count itself need not be in the file at all")),
            );
            return Err(Reported);
        }
        Ok(Cell { marks, typed, ..value.into() })
    }

    /// A count that is written as `<5`.
    fn below(
        &self,
        row: &GridRow,
        column: usize,
        written: u32,
        findings: &mut Vec<Finding>,
    ) -> Result<CellValue, Reported> {
        if self.thresholds.suppress_below == Some(written) {
            return Ok(CellValue::Below(written));
        }
        let at = self.at_column(row, column);
        let (message, help) = match self.thresholds.suppress_below {
            Some(threshold) => (
                format!("{at}: `<{written}` is written, and the threshold is {threshold}"),
                format!("write `<{threshold}`, or change `suppress_below`"),
            ),
            None => (
                format!("{at}: `<{written}` withholds a count, and no threshold is declared"),
                format!(
                    "add `suppress_below: {written}` to the block, or to `tables:` in authority.yaml for all tables"
                ),
            ),
        };
        findings.push(Finding::error(codes::TABLE_DATA, row.span_of(column), message).help(help));
        Err(Reported)
    }

    /// Where a cell is, for the beginning of a message.
    pub(super) fn at(&self, row: &GridRow, key: &str) -> String {
        self.index(key).map_or_else(|| self.in_file(), |column| self.at_column(row, column))
    }

    /// The same, of the column that stands there.
    pub(super) fn at_column(&self, row: &GridRow, column: usize) -> String {
        let place = self.in_cell(row, Some(column));
        let column = self.columns.get(column).map_or("", |column| column.name.as_str());
        match row.name() {
            "" => format!("{place}a row without a name, column `{column}`"),
            // A name can be as long as the file, and many findings can bear it.
            name if name.chars().nth(60).is_some() => {
                let name: String = name.chars().take(60).collect();
                format!("{place}row `{name}…`, column `{column}`")
            }
            name => format!("{place}row `{name}`, column `{column}`"),
        }
    }

    fn report(
        &self,
        row: &GridRow,
        column: usize,
        expected: &str,
        if_empty: IfEmpty,
        findings: &mut Vec<Finding>,
    ) -> Reported {
        let text = row.cells.get(column).map_or("", |cell| cell.value.as_str());
        let found = match (text.is_empty(), text.chars().nth(60)) {
            (true, _) => "nothing, and a figure is needed here".to_owned(),
            (_, None) => format!("`{text}`"),
            _ => format!("`{}…`", text.chars().take(60).collect::<String>()),
        };
        let help = match if_empty {
            _ if figures::parse(text).is_some() => "look for a digit, a comma or a point too many",
            IfEmpty::Nil => "write the figure with digits only, or leave the cell empty for nil",
            IfEmpty::LeftOut => "write the figure with digits only, or leave the cell empty to have it worked out",
            IfEmpty::Wrong => "write the figure with digits only, and nil as `0`",
        };
        let message = format!("{}: expected {expected}, found {found}", self.at_column(row, column));
        findings.push(Finding::error(codes::TABLE_DATA, row.span_of(column), message).help(help));
        Reported
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_a_thousand_million_million() {
        assert_eq!(LIMIT, Decimal::from(10_u64.pow(15)));
        assert_eq!(pounds("1,000,000,000,000,000"), None);
        assert_eq!(pounds("-£999,999,999,999,999.99"), Some(Decimal::new(-99_999_999_999_999_999, 2)));
    }

    #[test]
    fn symbols_stand_after_a_figure_or_instead_of_it() {
        assert_eq!(parted("1,497 [p] [r]"), ("1,497", vec![Symbol::Revised, Symbol::Provisional]));
        assert_eq!(parted("1497[P]"), ("1497", vec![Symbol::Provisional]));
        assert_eq!(parted("[x]"), ("", vec![Symbol::NotAvailable]));
        assert_eq!(parted("12 [q]"), ("12 [q]", vec![]));
        assert_eq!(
            (below("<5"), below("< 10"), below("<1"), below("5"), below("<five")),
            (Some(5), Some(10), None, None, None)
        );
    }

    #[test]
    fn pounds_have_whole_pence_and_counts_are_whole() {
        assert_eq!(pounds("1.005"), None);
        assert_eq!(pounds("1.500"), Some(Decimal::new(15, 1)));
        assert_eq!(count("21,209"), Some(Decimal::from(21209)));
        assert_eq!(count("3.0"), Some(Decimal::from(3)));
        for wrong in ["-1", "1.5", "", "n/a"] {
            assert_eq!(count(wrong), None, "{wrong}");
        }
    }
}
