//! What the files of a paper's generated tables are called.

use super::{GeneratedContent, Paper};
use crate::document::{Block, Generated, each_block};
use crate::tables::Table;

/// Names that no file on Windows can have, whatever its ending.
pub(super) const RESERVED: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// The ending of a table's file of values.
pub const CSV: &str = ".csv";
/// The ending of the file that describes it.
pub const DESCRIPTION: &str = ".csv-metadata.json";

/// What the name of the folder ends with.
const FOLDER: &str = "-tables";

/// A generated table and the block that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct TableBlock<'p> {
    /// The block.
    pub block: &'p Generated,
    /// The table.
    pub table: &'p Table,
}

impl Paper {
    /// Its generated tables, in the order of the text.
    pub fn tables(&self) -> Vec<TableBlock<'_>> {
        let mut tables = Vec::new();
        each_block(&self.text.document.blocks, &mut |block| {
            if let Block::Generated(block) = block
                && let Some(GeneratedContent::Table(table)) = self.text.generated.get(&block.anchor)
            {
                tables.push(TableBlock { block, table });
            }
        });
        tables
    }

    /// The path of the files of one of its tables, without their endings. A text issued again has the files of the paper
    /// whose text it is.
    ///
    /// A table's own name makes an address that stays when other tables come before it; without one, or with one that
    /// not every disk can store, its place among the tables does. A name is unique within its paper, and so is an
    /// address, so no two tables share their files.
    pub fn table_file(&self, block: &Generated, table: &Table) -> String {
        let usable = |name: &&str| {
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
            name.bytes().all(plain) && name.len() <= 60 && !name.starts_with("table-") && !RESERVED.contains(name)
        };
        let name = table.name.as_deref().filter(usable).unwrap_or(&block.anchor);
        format!("{}{FOLDER}/{name}", self.text_from)
    }

    /// The path of the spreadsheet with all its tables.
    pub fn tables_spreadsheet(&self) -> String {
        let name = self.text_from.as_str().rsplit('/').next().unwrap_or("");
        format!("{}{FOLDER}/{name}{FOLDER}.xlsx", self.text_from)
    }
}

/// The path of the paper in whose folder of tables a file lies, if the folder is called like one.
pub(crate) fn paper_of_folder(path: &str) -> Option<&str> {
    path.rsplit_once('/')?.0.strip_suffix(FOLDER)
}
