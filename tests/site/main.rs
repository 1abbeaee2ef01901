//! Whole runs: a small site in, pages and findings out. One module per feature.

#![allow(unreachable_pub, reason = "nothing outside reaches a test; `pub` says what modules share")]
#![allow(clippy::expect_used, reason = "what a test cannot do without may stop it, in its helpers too")]

mod support;

mod bundle;
mod charts;
mod content;
mod disclosure;
mod edition;
mod findings;
mod known_errors;
mod minutes;
mod narratives;
mod numbering;
mod opendata;
#[cfg(feature = "pdf")]
mod packs;
mod pages;
mod preflight;
mod publishing;
mod references;
mod safety;
mod seed_tables;
mod tables;
mod ten_mistakes;
