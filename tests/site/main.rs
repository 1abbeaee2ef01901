//! Whole runs: a small site in, pages and findings out. One module per feature.

mod support;

mod content;
mod edition;
mod findings;
mod minutes;
mod numbering;
mod pages;
mod publishing;
mod references;
mod safety;
mod tables;
