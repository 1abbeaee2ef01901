//! Arithmetic with cells: what follows where a figure is missing, withheld, provisional or stands on a small base.
//!
//! One place decides it for every kind of table. What follows from a withheld count is withheld; what follows from a
//! figure that is not available is not available; a part that does not apply adds nothing. A percentage of nil does not
//! exist. A percentage on a small base says so and carries its two counts.

use std::borrow::Borrow;

use rust_decimal::Decimal;

use super::symbol::{Marks, Symbol};
use super::{Cell, CellValue};
use crate::figures;

/// A figure has too many digits to be calculated with exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

/// What a cell is worth in a calculation.
enum Worth {
    Figure(Decimal),
    /// It has no figure, and neither has what follows from it.
    Nothing(Symbol),
}

fn worth(cell: &Cell) -> Worth {
    match cell.value {
        CellValue::Figure(value) => Worth::Figure(value),
        CellValue::Below(_) | CellValue::Instead(Symbol::Confidential) => Worth::Nothing(Symbol::Confidential),
        CellValue::Instead(Symbol::NotAvailable) => Worth::Nothing(Symbol::NotAvailable),
        CellValue::Instead(Symbol::Low) => Worth::Figure(Decimal::ZERO),
        _ => Worth::Nothing(Symbol::NotApplicable),
    }
}

/// Marks that hold for a sum of marked figures too.
const FOR_SUMS: &[Symbol] = &[Symbol::Estimated, Symbol::Provisional];
/// Marks that hold for a comparison of marked figures too.
const FOR_COMPARISONS: &[Symbol] = &[Symbol::Break, Symbol::Estimated, Symbol::Provisional];

/// Adds up. Parts that are empty or do not apply add nothing; a part that is withheld or not available leaves no sum.
pub(super) fn sum<C: Borrow<Cell>>(parts: impl IntoIterator<Item = C>) -> Result<Cell, TooLarge> {
    let mut total = Decimal::ZERO;
    let mut marks = Marks::default();
    let mut missing: Option<Symbol> = None;
    for part in parts {
        let part = part.borrow();
        marks = marks.and(part.marks.only(FOR_SUMS));
        match worth(part) {
            Worth::Figure(value) => total = total.checked_add(value).ok_or(TooLarge)?,
            Worth::Nothing(Symbol::NotApplicable) => {}
            Worth::Nothing(symbol) => missing = Some(missing.map_or(symbol, |before| before.min(symbol))),
        }
    }
    Ok(match missing {
        Some(symbol) => Cell::instead(symbol),
        None => Cell { marks, ..Cell::figure(total) },
    })
}

/// `to` less `from`.
pub(super) fn difference(from: &Cell, to: &Cell) -> Result<Cell, TooLarge> {
    comparison(from, to, |from, to| to.checked_sub(from).map(Some).ok_or(TooLarge))
}

/// `part` in per cent of `whole`, rounded to `places`. With a whole below `small_base` it is marked unreliable and
/// carries both counts.
pub(super) fn share(part: &Cell, whole: &Cell, places: u32, small_base: u32) -> Result<Cell, TooLarge> {
    let cell = comparison(part, whole, |part, whole| percentage(part, whole, places))?;
    Ok(on_base(cell, part, whole, small_base))
}

/// The change from one count to another in per cent of the first, rounded to `places`. With a first count below
/// `small_base` it is marked unreliable and carries both counts.
pub(super) fn change(from: &Cell, to: &Cell, places: u32, small_base: u32) -> Result<Cell, TooLarge> {
    let cell = comparison(from, to, |from, to| percentage(to.checked_sub(from).ok_or(TooLarge)?, from, places))?;
    Ok(on_base(cell, to, from, small_base))
}

/// `count` for each `per` of the population, rounded to `places`.
pub(super) fn rate(count: &Cell, population: &Cell, per: Decimal, places: u32) -> Result<Cell, TooLarge> {
    comparison(count, population, |count, population| {
        if population.is_zero() {
            return Ok(None);
        }
        let rate = count.checked_mul(per).and_then(|count| count.checked_div(population)).ok_or(TooLarge)?;
        Ok(Some(figures::round(rate, places)))
    })
}

fn percentage(part: Decimal, whole: Decimal, places: u32) -> Result<Option<Decimal>, TooLarge> {
    if whole.is_zero() {
        return Ok(None);
    }
    figures::percentage(part, whole).map(|percentage| Some(figures::round(percentage, places))).ok_or(TooLarge)
}

/// `follow` gives the figure that follows from both, or none where there is no such figure.
fn comparison(
    a: &Cell,
    b: &Cell,
    follow: impl FnOnce(Decimal, Decimal) -> Result<Option<Decimal>, TooLarge>,
) -> Result<Cell, TooLarge> {
    let missing = |worth: &Worth| match worth {
        Worth::Nothing(symbol) => Some(*symbol),
        Worth::Figure(_) => None,
    };
    let (a_worth, b_worth) = (worth(a), worth(b));
    if let (Worth::Figure(a_value), Worth::Figure(b_value)) = (&a_worth, &b_worth) {
        let marks = a.marks.and(b.marks).only(FOR_COMPARISONS);
        return Ok(match follow(*a_value, *b_value)? {
            Some(value) => Cell { marks, ..Cell::figure(value) },
            None => Cell::instead(Symbol::NotApplicable),
        });
    }
    let symbol = [missing(&a_worth), missing(&b_worth)].into_iter().flatten().min();
    Ok(Cell::instead(symbol.unwrap_or(Symbol::NotApplicable)))
}

fn on_base(cell: Cell, part: &Cell, whole: &Cell, small_base: u32) -> Cell {
    match (&cell.value, &part.value, &whole.value) {
        (CellValue::Figure(_), CellValue::Figure(part), CellValue::Figure(whole))
            if whole.abs() < Decimal::from(small_base) =>
        {
            Cell { marks: cell.marks.with(Symbol::Unreliable), counts: Some((*part, *whole)), ..cell }
        }
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(value: i64) -> Cell {
        Cell::figure(value.into())
    }

    #[test]
    fn what_follows_from_a_withheld_count_is_withheld() {
        let below = Cell::from(CellValue::Below(5));
        let not_available = Cell::instead(Symbol::NotAvailable);
        let confidential = Cell::instead(Symbol::Confidential);
        assert_eq!(sum([&count(1), &not_available, &below]), Ok(confidential.clone()));
        assert_eq!(sum([&count(1), &not_available]), Ok(not_available.clone()));
        assert_eq!(share(&below, &count(300), 0, 50), Ok(confidential.clone()));
        assert_eq!(difference(&not_available, &below), Ok(confidential));
        assert_eq!(change(&count(3), &not_available, 1, 50), Ok(not_available));
    }

    #[test]
    fn what_does_not_apply_adds_nothing() {
        let parts = [count(1), Cell::empty(), Cell::instead(Symbol::NotApplicable), Cell::instead(Symbol::Low)];
        assert_eq!(sum(&parts), Ok(count(1)));
    }

    #[test]
    fn provisional_figures_make_provisional_sums() {
        let provisional = Cell { marks: Marks::default().with(Symbol::Provisional).with(Symbol::Revised), ..count(4) };
        let total = sum([&provisional, &count(60)]).expect("a sum");
        assert_eq!(total.marks, Marks::default().with(Symbol::Provisional));
        assert_eq!(total.value, CellValue::Figure(64.into()));
    }

    #[test]
    fn a_share_of_few_carries_its_counts() {
        let walsall = share(&count(35), &count(46), 0, 50).expect("a share");
        assert_eq!((walsall.value, walsall.counts), (CellValue::Figure(76.into()), Some((35.into(), 46.into()))));
        assert!(walsall.marks.has(Symbol::Unreliable));
        let total = share(&count(84), &count(118), 0, 50).expect("a share");
        assert_eq!((total.value, total.counts), (CellValue::Figure(71.into()), None));
        assert_eq!(share(&count(0), &count(0), 0, 50), Ok(Cell::instead(Symbol::NotApplicable)));
    }

    #[test]
    fn rates_are_for_each_so_many_of_the_population() {
        let rate = rate(&count(20_000), &count(345_385), 1000.into(), 3).expect("a rate");
        assert_eq!(rate.value, CellValue::Figure("57.906".parse().expect("a decimal")));
    }
}
