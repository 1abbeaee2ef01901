//! From the words in a cell to its figure.

use rust_decimal::Decimal;

use super::rows::{Grid, GridRow};
use crate::figures;
use crate::finding::{Finding, codes};
use crate::text::Span;

/// What a sum of money is, completing the sentence "expected …".
pub(super) const POUNDS: &str = "pounds and pence, such as `409,728.00`";
const COUNT: &str = "a whole number that is not negative, such as `21,209`";

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

/// A cell was not what it should be, and a finding says so.
#[derive(Debug)]
pub(super) struct Reported;

/// Reads a sum in pounds and whole pence.
pub(super) fn pounds(text: &str) -> Option<Decimal> {
    figures::parse(text).filter(|sum| sum.abs() < LIMIT && figures::round(*sum, 2) == *sum)
}

/// Reads a count.
fn count(text: &str) -> Option<Decimal> {
    figures::parse(text)
        .filter(|count| *count < LIMIT && *count >= Decimal::ZERO && figures::round(*count, 0) == *count)
        .map(|count| count.normalize().abs())
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

    /// The count in a cell.
    pub(super) fn count(&self, row: &GridRow, key: &str, findings: &mut Vec<Finding>) -> Result<Decimal, Reported> {
        match count(self.words(row, key)) {
            Some(count) => Ok(count),
            None => Err(self.report(row, key, COUNT, IfEmpty::Wrong, findings)),
        }
    }

    /// The sum of money in a cell, in pounds.
    pub(super) fn pounds(
        &self,
        row: &GridRow,
        key: &str,
        if_empty: IfEmpty,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Decimal>, Reported> {
        let text = self.words(row, key);
        match (text.is_empty(), if_empty) {
            (true, IfEmpty::Nil) => Ok(Some(Decimal::ZERO)),
            (true, IfEmpty::LeftOut) => Ok(None),
            _ => match pounds(text) {
                Some(pounds) => Ok(Some(pounds)),
                None => Err(self.report(row, key, POUNDS, if_empty, findings)),
            },
        }
    }

    /// Where a cell is, for the beginning of a message.
    pub(super) fn at(&self, row: &GridRow, key: &str) -> String {
        let column = self.index(key).and_then(|index| self.columns.get(index)).map_or(key, |column| &column.name);
        match row.name() {
            "" => format!("{}a row without a name, column `{column}`", self.in_file()),
            // A name can be as long as the file, and many findings can bear it.
            name if name.chars().nth(60).is_some() => {
                let name: String = name.chars().take(60).collect();
                format!("{}row `{name}…`, column `{column}`", self.in_file())
            }
            name => format!("{}row `{name}`, column `{column}`", self.in_file()),
        }
    }

    fn report(
        &self,
        row: &GridRow,
        key: &str,
        expected: &str,
        if_empty: IfEmpty,
        findings: &mut Vec<Finding>,
    ) -> Reported {
        let text = self.words(row, key);
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
        let message = format!("{}: expected {expected}, found {found}", self.at(row, key));
        findings.push(Finding::error(codes::TABLE_DATA, self.span(row, key), message).help(help));
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
