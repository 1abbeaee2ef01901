//! Quorate publishes the papers of public bodies: Markdown in, a checked, accessible public document pack out.
//!
//! Data goes one way: [`files`] and [`text`] read the content folder, [`record`] loads and links it, an
//! [`edition`] is what one audience may see of it, [`site`] turns an edition into artefacts, [`press`] runs every
//! output, and [`publication`] puts the artefacts onto the disk, all or nothing. `docs/architecture.md` explains the house.

#![cfg_attr(not(feature = "pdf"), allow(dead_code, reason = "some of what pages and print share only print uses"))]

pub mod bundle;
pub mod calendar;
pub mod cli;
pub mod disclosure;
pub mod document;
pub mod drawing;
pub mod edition;
pub mod figures;
pub mod files;
pub mod finding;
pub mod model;
pub mod opendata;
#[cfg(feature = "pdf")]
pub mod pack;
pub mod preflight;
pub mod press;
pub mod preview;
pub mod publication;
pub mod record;
pub mod rules;
pub mod schema;
pub mod site;
pub mod tables;
pub mod text;
