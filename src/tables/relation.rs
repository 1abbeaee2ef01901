//! How the figures of a table follow from each other: what a reader with a pencil can work out from it.
//!
//! The audit of withheld counts takes each relation as a constraint; tests hold every table against its own.

use rust_decimal::Decimal;

use super::{Row, RowRole};

/// Which cell: row and column, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
}

/// One cell follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// The total is the sum of its parts.
    Sum {
        /// The sum.
        total: At,
        /// What it is the sum of.
        parts: Vec<At>,
    },
    /// The result is `to` less `from`.
    Difference {
        /// What is left.
        result: At,
        /// What is taken away.
        from: At,
        /// What it is taken away from.
        to: At,
    },
    /// The result is `part` in per cent of `whole`, rounded as its column is.
    Share {
        /// The percentage.
        result: At,
        /// What it is a percentage of the whole of.
        part: At,
        /// The whole.
        whole: At,
    },
    /// The result is `to` less `from` in per cent of `from`, rounded as its column is.
    Change {
        /// The percentage.
        result: At,
        /// The earlier count.
        from: At,
        /// The later count.
        to: At,
    },
    /// The result is `count` for each `per` of the `population`, rounded as its column is.
    Rate {
        /// The rate.
        result: At,
        /// How many.
        count: At,
        /// Among how many.
        population: At,
        /// For each how many.
        per: Decimal,
    },
}

impl At {
    /// The cell in that row and column.
    pub fn new(row: usize, column: usize) -> Self {
        Self { row, column }
    }
}

/// Which rows add up to which: each group to its sub-total, and everything to the total, in each of the columns.
pub(super) fn sums(rows: &[Row], columns: &[usize]) -> Vec<Relation> {
    let mut relations = Vec::new();
    let mut group = 0;
    for (index, row) in rows.iter().enumerate() {
        let start = match row.role {
            RowRole::Group => {
                group = index;
                continue;
            }
            RowRole::Subtotal => group,
            RowRole::Total => 0,
            RowRole::Body | RowRole::Own | RowRole::Average => continue,
        };
        for column in columns {
            let is_part =
                |part: &usize| rows.get(*part).is_some_and(|row| matches!(row.role, RowRole::Body | RowRole::Own));
            let parts = (start..index).filter(is_part).map(|part| At::new(part, *column)).collect();
            relations.push(Relation::Sum { total: At::new(index, *column), parts });
        }
    }
    relations
}
