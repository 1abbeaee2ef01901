//! A figure as it stands printed, and whether it is what comes out.

use rust_decimal::Decimal;

use crate::figures;

/// A figure as it stands printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Printed {
    /// Its value.
    pub value: Decimal,
    /// How many decimal places are printed.
    pub places: u32,
    /// Whether a per cent sign follows.
    pub percent: bool,
    /// Whether a pound sign precedes.
    pub money: bool,
    /// Whether a plus or a minus precedes.
    pub signed: bool,
}

/// Figures beyond this are nobody's, and could not be calculated with exactly.
const LIMIT: Decimal = Decimal::from_parts(1_316_134_912, 2328, 0, false, 0);

impl Printed {
    /// Reads a cell or a word that is a figure and nothing else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (digits, percent) = text.strip_suffix('%').map_or((text, false), |digits| (digits.trim_end(), true));
        let value = figures::parse(digits).filter(|value| value.abs() < LIMIT)?;
        let fraction = digits.split_once('.').map_or("", |(_, fraction)| fraction.trim_end_matches(')'));
        let places = u32::try_from(fraction.len()).ok().filter(|places| *places <= 6)?;
        let signed = digits.starts_with(['+', '-', figures::MINUS, '(']);
        Some(Self { value, places, percent, money: digits.contains('£'), signed })
    }

    /// Whether an exact figure, rounded as this one is printed, is this one.
    pub(super) fn agrees(self, exact: Decimal) -> bool {
        figures::round(exact, self.places) == self.value
    }

    /// The same, whatever the sign: a fall of 11% is often printed without one.
    pub(super) fn agrees_in_size(self, exact: Decimal) -> bool {
        figures::round(exact.abs(), self.places) == self.value.abs()
    }

    /// Another figure written as this one is.
    pub(super) fn write(self, value: Decimal) -> String {
        match (self.percent, self.money, self.signed) {
            (true, _, true) => figures::signed_percent(value, self.places),
            (true, _, false) => figures::percent(value, self.places),
            (false, true, _) => figures::money(value, self.places),
            (false, false, true) => figures::signed(value, self.places),
            (false, false, false) => figures::number(value, self.places),
        }
    }

    /// As it is printed.
    pub(super) fn printed(self) -> String {
        self.write(self.value)
    }

    /// Whether it can be a count: whole, not negative, no percentage.
    pub(super) fn is_count(self) -> bool {
        self.places == 0 && !self.percent && !self.money && !self.signed && self.value >= Decimal::ZERO
    }
}

/// How much `later` is more than `earlier`, in per cent of it; nothing of nil.
pub(super) fn change(earlier: Decimal, later: Decimal) -> Option<Decimal> {
    figures::percentage(later.checked_sub(earlier)?, earlier)
}

/// Adds up; nothing if the sum is too large to be exact.
pub(super) fn sum(figures: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    figures.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_are_read_as_printed() {
        let read = |text| Printed::read(text).map(|figure| (figure.printed(), figure.places));
        for (text, printed, places) in [
            ("13.0%", "13.0%", 1),
            ("−0.9", "−0.9", 1),
            ("+16 %", "+16%", 0),
            ("£409,728.00", "£409,728.00", 2),
            ("(1,200.50)", "−1,200.50", 2),
            ("1497", "1,497", 0),
        ] {
            assert_eq!(read(text), Some((printed.to_owned(), places)), "{text}");
        }
        for text in ["", "[x]", "<5", "–", "-", "27 (84%)", "ten", "1.2345678", "99999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_figure_agrees_at_its_own_precision() {
        let printed = |text: &str| Printed::read(text).expect("a figure");
        let exact = Decimal::new(10_0775, 4);
        assert!(printed("10.1%").agrees(exact) && printed("10%").agrees(exact));
        assert!(!printed("10.0%").agrees(exact), "a nil that is printed counts");
        assert!(printed("13%").agrees(Decimal::new(125, 1)), "halves go away from nil");
    }

    proptest! {
        /// A percentage rounded by whole numbers alone agrees, and its neighbours do not.
        #[test]
        fn only_the_nearest_agrees(part in 0_i64..100_000, whole in 1_i64..100_000, places in 0_u32..3) {
            let scale = 10_i64.pow(places);
            let nearest = (2 * part * 100 * scale + whole) / (2 * whole);
            let exact = figures::percentage(part.into(), whole.into()).expect("a percentage");
            for (step, agrees) in [(0, true), (1, false), (-1, false)] {
                let value = Decimal::new(nearest + step, places);
                let printed = Printed { value, places, percent: true, money: false, signed: false };
                prop_assert_eq!(printed.agrees(exact), agrees);
            }
        }
    }
}
