//! The symbols of UK official statistics: what stands in a cell instead of a figure, or after one.
//!
//! Source: Government Analysis Function, *Using symbols in tables: definitions and help*.

use std::fmt;

/// A symbol. In the order in which several stand after one figure and in the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// `[c]`: withheld, because it would tell of somebody.
    Confidential,
    /// `[x]`: not available.
    NotAvailable,
    /// `[z]`: not applicable.
    NotApplicable,
    /// `[low]`: not nil, but rounds to it.
    Low,
    /// `[b]`: counted differently from here on.
    Break,
    /// `[e]`: estimated.
    Estimated,
    /// `[p]`: provisional.
    Provisional,
    /// `[r]`: revised since it was first published.
    Revised,
    /// `[u]`: of low reliability.
    Unreliable,
}

impl Symbol {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 9] = [
        Self::Confidential,
        Self::NotAvailable,
        Self::NotApplicable,
        Self::Low,
        Self::Break,
        Self::Estimated,
        Self::Provisional,
        Self::Revised,
        Self::Unreliable,
    ];

    /// As it is written and printed: `[c]`.
    pub fn written(self) -> &'static str {
        match self {
            Self::Confidential => "[c]",
            Self::NotAvailable => "[x]",
            Self::NotApplicable => "[z]",
            Self::Low => "[low]",
            Self::Break => "[b]",
            Self::Estimated => "[e]",
            Self::Provisional => "[p]",
            Self::Revised => "[r]",
            Self::Unreliable => "[u]",
        }
    }

    /// What it means, for the legend.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Confidential => "confidential: withheld, because it could tell something of a person",
            Self::NotAvailable => "not available",
            Self::NotApplicable => "not applicable",
            Self::Low => "more than nil, but rounds to nil",
            Self::Break => "break in the series: counted differently from here on",
            Self::Estimated => "estimated",
            Self::Provisional => "provisional",
            Self::Revised => "revised since it was first published",
            Self::Unreliable => "low reliability: worked out from small numbers",
        }
    }

    /// The symbol that is written so, whatever the size of its letters.
    pub fn from_written(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|symbol| symbol.written().eq_ignore_ascii_case(text))
    }

    /// Whether it stands in place of a figure; the others stand after one.
    pub fn is_instead(self) -> bool {
        matches!(self, Self::Confidential | Self::NotAvailable | Self::NotApplicable | Self::Low)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written())
    }
}

/// Which symbols stand after a figure: a small set, printed in the order of [`Symbol`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    /// Adds one.
    #[must_use]
    pub fn with(self, symbol: Symbol) -> Self {
        Self(self.0 | 1 << symbol as u16)
    }

    /// Those in either.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of `symbols` that are in it.
    #[must_use]
    pub fn only(self, symbols: &[Symbol]) -> Self {
        symbols.iter().filter(|symbol| self.has(**symbol)).fold(Self::default(), |marks, symbol| marks.with(*symbol))
    }

    /// Whether one is in it.
    pub fn has(self, symbol: Symbol) -> bool {
        self.0 & (1 << symbol as u16) != 0
    }

    /// Those in it, in order.
    pub fn iter(self) -> impl Iterator<Item = Symbol> {
        Symbol::ALL.into_iter().filter(move |symbol| self.has(*symbol))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_as_written() {
        for symbol in Symbol::ALL {
            assert_eq!(Symbol::from_written(symbol.written()), Some(symbol));
        }
        assert_eq!(Symbol::from_written("[LOW]"), Some(Symbol::Low));
        assert_eq!(Symbol::from_written("[q]"), None);
    }

    #[test]
    fn marks_are_a_set_in_order() {
        let marks = Marks::default().with(Symbol::Revised).with(Symbol::Provisional).with(Symbol::Revised);
        assert_eq!(marks.iter().collect::<Vec<_>>(), [Symbol::Provisional, Symbol::Revised]);
        assert_eq!(marks.only(&[Symbol::Provisional]).iter().collect::<Vec<_>>(), [Symbol::Provisional]);
    }
}
