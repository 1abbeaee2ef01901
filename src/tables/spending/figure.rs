//! The figures of a spending table: what each is called, which can be typed, and how the others follow from them.

use rust_decimal::Decimal;

use crate::tables::cells::{IfEmpty, sum};
use crate::tables::rows::{Grid, plain};

/// A figure that an item, a theme or the whole can have. All are in pounds.
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
    /// Money kept for the year after.
    CarriedOver,
    /// What is left of the budget.
    Remaining,
}

impl Figure {
    /// All of them, in the order of their columns.
    pub(super) const ALL: [Self; 11] = [
        Self::Allocated,
        Self::Virement,
        Self::BroughtForward,
        Self::Revised,
        Self::Quarter1,
        Self::Quarter2,
        Self::Quarter3,
        Self::Quarter4,
        Self::Spent,
        Self::CarriedOver,
        Self::Remaining,
    ];

    /// The quarters of the financial year.
    pub(super) const QUARTERS: [Self; 4] = [Self::Quarter1, Self::Quarter2, Self::Quarter3, Self::Quarter4];

    /// Those that an author can type.
    pub(super) fn typed() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|figure| *figure != Self::Remaining)
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
            Self::CarriedOver => "Carried over",
            Self::Remaining => "Remaining",
        }
    }

    /// The figure that goes by that key or heading.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        Self::ALL.into_iter().find(|figure| figure.key() == name || plain(figure.heading()) == name)
    }
}

/// The figures of one row, those that there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Figures([Option<Decimal>; Figure::ALL.len()]);

impl Figures {
    /// One figure.
    pub(super) fn get(&self, figure: Figure) -> Option<Decimal> {
        self.0[figure as usize]
    }

    /// One figure, or nil where the table has no such column.
    pub(super) fn or_nil(&self, figure: Figure) -> Decimal {
        self.get(figure).unwrap_or_default()
    }

    /// Sets one figure.
    pub(super) fn set(&mut self, figure: Figure, value: Option<Decimal>) {
        self.0[figure as usize] = value;
    }

    /// The sum of the quarters; nothing if it is too large.
    pub(super) fn quarters(&self) -> Option<Decimal> {
        sum(Figure::QUARTERS.map(|quarter| self.or_nil(quarter)))
    }

    /// The allocation with virement and what was brought forward; nothing if it is too large.
    pub(super) fn budget(&self) -> Option<Decimal> {
        sum([Figure::Allocated, Figure::Virement, Figure::BroughtForward].map(|figure| self.or_nil(figure)))
    }

    /// What is left; nothing if it is too large.
    pub(super) fn left(&self) -> Option<Decimal> {
        self.or_nil(Figure::Revised)
            .checked_sub(self.or_nil(Figure::Spent))?
            .checked_sub(self.or_nil(Figure::CarriedOver))
    }

    /// Adds up the figures of several rows; nothing if one of the sums is too large.
    pub(super) fn total<'a>(rows: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let mut total = Self::default();
        for row in rows {
            for figure in Figure::ALL {
                if let Some(value) = row.get(figure) {
                    total.set(figure, Some(total.or_nil(figure).checked_add(value)?));
                }
            }
        }
        Some(total)
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

    /// Whether there is such a figure, typed or worked out.
    pub(super) fn exists(self, figure: Figure) -> bool {
        match figure {
            Figure::Revised => self.has(figure) || self.has(Figure::Allocated),
            Figure::Spent => self.has(figure) || self.quarters(),
            Figure::Remaining => self.exists(Figure::Revised) && self.exists(Figure::Spent),
            _ => self.has(figure),
        }
    }

    /// Whether it is shown unless the author chooses: a revised budget that is the allocation says nothing new.
    pub(super) fn says_something(self, figure: Figure) -> bool {
        match figure {
            Figure::Revised => self.has(figure) || self.changes(),
            _ => self.exists(figure),
        }
    }

    /// What an empty cell means.
    pub(super) fn if_empty(self, figure: Figure) -> IfEmpty {
        match figure {
            Figure::Revised if self.changes() => IfEmpty::LeftOut,
            Figure::Spent if self.quarters() => IfEmpty::LeftOut,
            Figure::Allocated | Figure::Revised | Figure::Spent => IfEmpty::Wrong,
            _ => IfEmpty::Nil,
        }
    }

    /// Whether the figures of items are worked out rather than typed.
    pub(super) fn works_out(self, figure: Figure) -> bool {
        match figure {
            Figure::Revised => !self.has(figure),
            Figure::Spent => self.quarters(),
            Figure::Remaining => true,
            _ => false,
        }
    }
}
