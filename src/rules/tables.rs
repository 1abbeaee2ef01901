//! Tables and figures: every total, difference, percentage and share that is printed is worked out again, exactly.
//!
//! Figures are compared as they are printed: rounded half away from nil to as many decimal places as the paper shows. Where it is
//! not certain what a figure follows from, nothing is said of it.

mod against;
mod columns;
mod disclosed;
mod figure;
mod grid;
mod reading;
mod shape;
mod sheets;
mod stated;
mod suppressed;
#[cfg(test)]
mod tests;
mod totals;

pub(super) use disclosed::Captions;
pub use disclosed::audits;
pub(super) use grid::Grid;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    reading::DATA,
    reading::SUM,
    reading::AS_STATED,
    totals::TOTAL,
    columns::PERCENTAGE,
    columns::DIFFERENCE,
    totals::SHARES,
    stated::STATED,
    against::AGAINST,
    suppressed::SUPPRESSED,
];
