//! From figures to places: exact decimals, so that the same figures stand at the same places on any machine.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::figures;

/// A coordinate or a length in hundredths of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hundredths(i32);

impl Hundredths {
    /// So many pixels.
    pub(super) fn whole(pixels: i32) -> Self {
        Self(pixels.saturating_mul(100))
    }

    /// Moved by so many pixels.
    pub(super) fn plus(self, pixels: i32) -> Self {
        Self(self.0.saturating_add(pixels.saturating_mul(100)))
    }

    /// How far it is to another.
    pub(super) fn distance(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).saturating_abs())
    }

    /// The nearest whole pixel.
    pub(super) fn pixels(self) -> i32 {
        (self.0 + 50).div_euclid(100)
    }

    /// The place so many steps of `of` along a way of `length` pixels.
    pub(super) fn part(start: i32, length: i32, step: usize, of: usize) -> Self {
        let (step, of) = (i64::try_from(step).unwrap_or(0), i64::try_from(of.max(1)).unwrap_or(1));
        let way = i64::from(length) * 100 * step / of;
        Self(start.saturating_mul(100).saturating_add(i32::try_from(way).unwrap_or(0)))
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let size = self.0.unsigned_abs();
        write!(f, "{}", size / 100)?;
        match size % 100 {
            0 => Ok(()),
            part if part % 10 == 0 => write!(f, ".{}", part / 10),
            part => write!(f, ".{part:02}"),
        }
    }
}

/// Where figures from one to another stand on a way of so many pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    low: Decimal,
    span: Decimal,
    start: i32,
    /// Negative where greater figures stand further up.
    length: i32,
}

impl Scale {
    /// Nothing if the figures are too far apart to be calculated with.
    pub(super) fn new(low: Decimal, high: Decimal, start: i32, length: i32) -> Option<Self> {
        let span = high.checked_sub(low)?;
        Some(Self { low, span: if span.is_zero() { Decimal::ONE } else { span }, start, length })
    }

    /// Where a figure stands; one beyond the ends, at the end.
    pub(super) fn at(&self, value: Decimal) -> Hundredths {
        let share = value.checked_sub(self.low).and_then(|above| above.checked_div(self.span)).unwrap_or_default();
        let share = share.clamp(Decimal::ZERO, Decimal::ONE);
        let way = figures::round(share * Decimal::from(self.length) * Decimal::ONE_HUNDRED, 0).to_i32();
        Hundredths(self.start.saturating_mul(100).saturating_add(way.unwrap_or(0)))
    }
}

/// Round figures at even distances, at most `most` and a few, from at or below the lowest to at or above the highest.
/// None is finer than the decimal places the figures are printed with.
pub(super) fn ticks(low: Decimal, high: Decimal, most: u32, places: u32) -> Option<Vec<Decimal>> {
    let span = high.checked_sub(low)?;
    let mut step = Decimal::new(1, places.min(20));
    let mut factor = [Decimal::TWO, Decimal::new(25, 1), Decimal::TWO].into_iter().cycle();
    // 1, 2, 5, 10, 20, 50 …
    while span.checked_div(step).is_none_or(|steps| steps > Decimal::from(most.max(1))) {
        step = step.checked_mul(factor.next()?)?;
    }
    let first = low.checked_div(step)?.floor().checked_mul(step)?;
    let mut ticks = vec![first];
    let mut tick = first;
    while tick < high && ticks.len() < 100 {
        tick = tick.checked_add(step)?;
        ticks.push(tick);
    }
    Some(ticks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_are_written_short() {
        assert_eq!(Hundredths(1200).to_string(), "12");
        assert_eq!(Hundredths(-1205).to_string(), "-12.05");
        assert_eq!(Hundredths(50).to_string(), "0.5");
        assert_eq!(Hundredths::part(10, 100, 1, 3).to_string(), "43.33");
    }

    #[test]
    fn figures_stand_in_step_with_their_size() {
        let scale = Scale::new(Decimal::ZERO, Decimal::from(200), 100, 300).expect("a scale");
        assert_eq!(scale.at(Decimal::from(50)).to_string(), "175");
        assert_eq!(scale.at(Decimal::from(500)).to_string(), "400", "not beyond the end");
        let up = Scale::new(Decimal::from(-10), Decimal::TEN, 200, -100).expect("a scale");
        assert_eq!(up.at(Decimal::ZERO).to_string(), "150");
        assert_eq!(Scale::new(Decimal::MIN, Decimal::MAX, 0, 100), None);
    }

    #[test]
    fn ticks_are_round() {
        let written = |low: i64, high: i64| -> Vec<String> {
            let ticks = ticks(low.into(), high.into(), 5, 0).expect("ticks");
            ticks.iter().map(|tick| figures::number(*tick, 0)).collect()
        };
        assert_eq!(written(0, 100), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(written(137, 188), ["120", "140", "160", "180", "200"]);
        assert_eq!(written(-3, 3), ["−4", "−2", "0", "2", "4"]);
        assert_eq!(written(7, 7), ["7"]);
    }

    proptest! {
        #[test]
        fn ticks_enclose_all_figures(a in any::<i64>(), b in any::<i64>(), places in 0_u32..6) {
            let (low, high) = (Decimal::new(a.min(b), places), Decimal::new(a.max(b), places));
            let ticks = ticks(low, high, 5, places).expect("ticks");
            prop_assert!(ticks[0] <= low && ticks[ticks.len() - 1] >= high);
            prop_assert!(ticks.len() <= 8, "{ticks:?}");
        }
    }
}
