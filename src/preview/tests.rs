//! The preview as a whole, over files on the disk.

mod glance;
mod project;
mod same;
