//! What a table gives away: which counts that it withholds can be worked out from all else that is printed.
//!
//! A [`Sheet`] is a table as a reader sees it, with how its figures follow from each other. [`Evidence`] is a sheet beside
//! others that print the same figures. An [`Audit`] makes of every printed figure a constraint over whole numbers
//! ([`Problem`]), works out the exact range of each withheld count ([`ranges`]), names the figures that give one away, and
//! proposes what else to withhold. It knows nothing of where a sheet comes from.

mod audit;
mod clues;
mod coarser;
mod evidence;
mod narrow;
mod problem;
mod proposal;
mod ranges;
mod report;
mod sheet;
#[cfg(test)]
mod tests;
pub mod words;

pub use audit::{Audit, Count, Group, Verdict, audit};
pub use clues::Clue;
pub use coarser::Coarser;
pub(crate) use evidence::comparable;
pub use evidence::{Evidence, Place};
pub use narrow::Work;
pub use problem::{FAR, Problem, Range, TooLarge};
pub use proposal::Proposal;
pub use ranges::{Asked, Reach, ranges};
pub use report::report;
pub use sheet::{Printed, Sheet, SheetColumn, SheetRow};
