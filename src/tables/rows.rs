//! The rows of a table: written in the block, or in a CSV file beside the paper.

use crate::text::{Source, SourceId};

/// Where a table's data files come from. A path is as the author wrote it, relative to the paper.
pub trait DataFiles {
    /// The file, if it exists.
    fn find(&self, path: &str) -> Option<(SourceId, &Source)>;

    /// Paths that exist, for suggesting the one that was meant.
    fn names(&self) -> Vec<&str>;
}
