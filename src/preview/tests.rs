//! The preview as a whole, over files on the disk.

mod project;
mod same;
