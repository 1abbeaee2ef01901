//! The figures of a spending table: what each is called, which can be typed, and how the others follow from them.

use rust_decimal::Decimal;

use crate::tables::arithmetic::{self, TooLarge};
use crate::tables::block::VarianceSign;
use crate::tables::cells::IfEmpty;
use crate::tables::rows::{Grid, plain};
use crate::tables::{Cell, CellValue, Format, Marks, Symbol};

/// What was spent is printed in tenths of a per cent of the budget.
const PLACES: u32 = 1;

/// A figure that an item, a theme or the whole can have. All are in pounds but the percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// The budget at first.
    Allocated,
    /// Money moved from (−) or to (+) another item in the year.
    Virement,
    /// Money left from the year before.
    BroughtForward,
    /// The budget after both.
    Revised,
    /// Spent in the first quarter of the financial year.
    Quarter1,
    /// Spent in the second.
    Quarter2,
    /// Spent in the third.
    Quarter3,
    /// Spent in the fourth.
    Quarter4,
    /// Spent to date.
    Spent,
    /// Spent to date, in per cent of the budget.
    PercentSpent,
    /// What is expected to have been spent by the end of the year.
    Forecast,
    /// How far the forecast, or what was spent, is from the budget.
    Variance,
    /// Money kept for the year after.
    CarriedOver,
    /// What is left of the budget.
    Remaining,
}

impl Figure {
    /// All of them, in the order of their columns.
    pub(super) const ALL: [Self; 14] = [
        Self::Allocated,
        Self::Virement,
        Self::BroughtForward,
        Self::Revised,
        Self::Quarter1,
        Self::Quarter2,
        Self::Quarter3,
        Self::Quarter4,
        Self::Spent,
        Self::PercentSpent,
        Self::Forecast,
        Self::Variance,
        Self::CarriedOver,
        Self::Remaining,
    ];

    /// The quarters of the financial year.
    pub(super) const QUARTERS: [Self; 4] = [Self::Quarter1, Self::Quarter2, Self::Quarter3, Self::Quarter4];

    /// What a revised budget is made of.
    pub(super) const BUDGET: [Self; 3] = [Self::Allocated, Self::Virement, Self::BroughtForward];

    /// Those that an author can type.
    pub(super) fn typed() -> impl Iterator<Item = Self> {
        let worked_out = [Self::PercentSpent, Self::Variance, Self::Remaining];
        Self::ALL.into_iter().filter(move |figure| !worked_out.contains(figure))
    }

    /// Its key in files.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Allocated => "allocated",
            Self::Virement => "virement",
            Self::BroughtForward => "brought_forward",
            Self::Revised => "revised",
            Self::Quarter1 => "q1",
            Self::Quarter2 => "q2",
            Self::Quarter3 => "q3",
            Self::Quarter4 => "q4",
            Self::Spent => "spent",
            Self::PercentSpent => "percent_spent",
            Self::Forecast => "forecast",
            Self::Variance => "variance",
            Self::CarriedOver => "carried_over",
            Self::Remaining => "remaining",
        }
    }

    /// The heading of its column.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Allocated => "Allocated",
            Self::Virement => "Virement",
            Self::BroughtForward => "Brought forward",
            Self::Revised => "Revised",
            Self::Quarter1 => "Quarter 1",
            Self::Quarter2 => "Quarter 2",
            Self::Quarter3 => "Quarter 3",
            Self::Quarter4 => "Quarter 4",
            Self::Spent => "Spent",
            Self::PercentSpent => "Spent (%)",
            Self::Forecast => "Forecast",
            Self::Variance => "Variance",
            Self::CarriedOver => "Carried over",
            Self::Remaining => "Remaining",
        }
    }

    /// How it is written.
    pub(super) fn format(self) -> Format {
        match self {
            Self::PercentSpent => Format::Percent(PLACES),
            Self::Variance => Format::MoneyDifference(2),
            _ => Format::Money(2),
        }
    }

    /// Whether the figures of several rows add up to one of all.
    pub(super) fn adds_up(self) -> bool {
        self != Self::PercentSpent
    }

    /// The figure that goes by that key or heading.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        Self::ALL.into_iter().find(|figure| figure.key() == name || plain(figure.heading()) == name)
    }
}

/// What a cell of money can hold, in little room: a table can have a great many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    value: HeldValue,
    marks: Marks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeldValue {
    Nothing,
    Figure(Decimal),
    Instead(Symbol),
}

impl Held {
    fn of(cell: &Cell) -> Self {
        let value = match cell.value {
            CellValue::Figure(value) => HeldValue::Figure(value),
            CellValue::Instead(symbol) => HeldValue::Instead(symbol),
            // Sums of money are not withheld by a threshold.
            _ => HeldValue::Nothing,
        };
        Self { value, marks: cell.marks }
    }

    fn cell(self) -> Cell {
        let value = match self.value {
            HeldValue::Nothing => CellValue::Empty,
            HeldValue::Figure(value) => CellValue::Figure(value),
            HeldValue::Instead(symbol) => CellValue::Instead(symbol),
        };
        Cell { marks: self.marks, ..value.into() }
    }
}

/// The figures of one row, those that there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Figures([Option<Held>; Figure::ALL.len()]);

impl Figures {
    /// One figure as a cell; an empty one where the table has no such column.
    pub(super) fn cell(&self, figure: Figure) -> Cell {
        self.0[figure as usize].map_or_else(Cell::empty, Held::cell)
    }

    /// One figure, if it is one.
    pub(super) fn get(&self, figure: Figure) -> Option<Decimal> {
        match self.0[figure as usize]?.value {
            HeldValue::Figure(value) => Some(value),
            _ => None,
        }
    }

    /// Sets one figure.
    pub(super) fn set(&mut self, figure: Figure, cell: &Cell) {
        self.0[figure as usize] = Some(Held::of(cell));
    }

    fn sum(&self, figures: &[Figure]) -> Result<Cell, TooLarge> {
        arithmetic::sum(figures.iter().map(|figure| self.cell(*figure)))
    }

    /// The sum of the quarters.
    pub(super) fn quarters(&self) -> Result<Cell, TooLarge> {
        self.sum(&Figure::QUARTERS)
    }

    /// The allocation with virement and what was brought forward.
    pub(super) fn budget(&self) -> Result<Cell, TooLarge> {
        self.sum(&Figure::BUDGET)
    }

    /// What is left: the budget less what was spent and what is carried over. What does not apply takes nothing away,
    /// but where spending itself does not apply nothing can be left of it.
    fn left(&self) -> Result<Cell, TooLarge> {
        let spent = self.cell(Figure::Spent);
        let taken = match spent.value {
            CellValue::Instead(Symbol::NotApplicable) => spent,
            _ => self.sum(&[Figure::Spent, Figure::CarriedOver])?,
        };
        arithmetic::difference(&taken, &self.cell(Figure::Revised))
    }

    /// Works out the percentage, the variance and what is left.
    pub(super) fn compare(&mut self, given: Given, sign: VarianceSign) -> Result<(), TooLarge> {
        if given.exists(Figure::PercentSpent) {
            // Pounds are no people: few of them tell as much as many.
            let share = arithmetic::share(&self.cell(Figure::Spent), &self.cell(Figure::Revised), PLACES, 0)?;
            self.set(Figure::PercentSpent, &share);
        }
        if given.exists(Figure::Variance) {
            let (budget, outturn) = (self.cell(Figure::Revised), self.cell(given.outturn()));
            let variance = match sign {
                VarianceSign::OverspendPositive => arithmetic::difference(&budget, &outturn)?,
                VarianceSign::UnderspendPositive => arithmetic::difference(&outturn, &budget)?,
            };
            self.set(Figure::Variance, &variance);
        }
        if given.exists(Figure::Remaining) {
            let left = self.left()?;
            self.set(Figure::Remaining, &left);
        }
        Ok(())
    }

    /// Adds up the figures of several rows, and works out from the sums what follows.
    pub(super) fn total<'a>(
        rows: &(impl Iterator<Item = &'a Self> + Clone),
        given: Given,
        sign: VarianceSign,
    ) -> Result<Self, TooLarge> {
        let mut total = Self::default();
        let summed = [Figure::Revised, Figure::Spent];
        for figure in Figure::typed().filter(|figure| given.has(*figure) || summed.contains(figure)) {
            if given.exists(figure) {
                total.set(figure, &arithmetic::sum(rows.clone().map(|row| row.cell(figure)))?);
            }
        }
        total.compare(given, sign)?;
        Ok(total)
    }
}

/// Which figures the author gave, and so which there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given([bool; Figure::ALL.len()]);

impl Given {
    /// What a grid gives.
    pub(super) fn in_grid(grid: &Grid) -> Self {
        Self(Figure::ALL.map(|figure| grid.has(figure.key())))
    }

    /// Whether the author gave it.
    pub(super) fn has(self, figure: Figure) -> bool {
        self.0[figure as usize]
    }

    /// Whether any quarter was given, so that what was spent is their sum.
    pub(super) fn quarters(self) -> bool {
        Figure::QUARTERS.into_iter().any(|quarter| self.has(quarter))
    }

    /// Whether the revised budget can be checked against what it is made of.
    pub(super) fn changes(self) -> bool {
        self.has(Figure::Allocated) && (self.has(Figure::Virement) || self.has(Figure::BroughtForward))
    }

    /// What the budget is compared with: the forecast, or what was spent where there is none.
    pub(super) fn outturn(self) -> Figure {
        if self.has(Figure::Forecast) { Figure::Forecast } else { Figure::Spent }
    }

    /// Whether there is such a figure, typed or worked out.
    pub(super) fn exists(self, figure: Figure) -> bool {
        match figure {
            Figure::Revised => self.has(figure) || self.has(Figure::Allocated),
            Figure::Spent => self.has(figure) || self.quarters(),
            Figure::Variance => self.exists(Figure::Revised) && self.exists(self.outturn()),
            Figure::PercentSpent | Figure::Remaining => self.exists(Figure::Revised) && self.exists(Figure::Spent),
            _ => self.has(figure),
        }
    }

    /// Whether it is shown unless the author chooses. A revised budget that is the allocation says nothing new, nor does
    /// a variance without a forecast, which is what remains; a percentage is for those who ask for it.
    pub(super) fn says_something(self, figure: Figure) -> bool {
        match figure {
            Figure::Revised => self.has(figure) || self.changes(),
            Figure::Variance => self.exists(figure) && self.has(Figure::Forecast),
            Figure::PercentSpent => false,
            _ => self.exists(figure),
        }
    }

    /// What an empty cell means.
    pub(super) fn if_empty(self, figure: Figure) -> IfEmpty {
        match figure {
            Figure::Revised if self.changes() => IfEmpty::LeftOut,
            Figure::Spent if self.quarters() => IfEmpty::LeftOut,
            Figure::Allocated | Figure::Revised | Figure::Spent | Figure::Forecast => IfEmpty::Wrong,
            _ => IfEmpty::Nil,
        }
    }

    /// Whether the figures of items are worked out rather than typed.
    pub(super) fn works_out(self, figure: Figure) -> bool {
        match figure {
            Figure::Revised => !self.has(figure),
            Figure::Spent => self.quarters(),
            Figure::PercentSpent | Figure::Variance | Figure::Remaining => true,
            _ => false,
        }
    }
}
