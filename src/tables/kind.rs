//! Which kinds of table there are, and what every kind's block holds.

use super::{DataFiles, Table};
use crate::finding::Finding;
use crate::model::read::words;
use crate::text::yaml::Node;

words! {
    /// The kinds of generated table: the first word of a fenced block.
    pub enum TableKind {
        /// Who was granted what, by theme.
        Allocation = "allocation",
        /// Budget against spending.
        Spending = "spending",
        /// Counts of two periods.
        YearOnYear = "year-on-year",
    }
}

/// Reads, computes and checks one table. `node` is the YAML in the block; data files are asked from `files`.
///
/// Gives nothing if the table cannot be made; everything that is wrong goes into `findings`.
pub fn read(kind: TableKind, node: &Node, files: &dyn DataFiles, findings: &mut Vec<Finding>) -> Option<Table> {
    let _ = (kind, node, files, findings);
    None
}
