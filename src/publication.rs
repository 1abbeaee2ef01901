//! Puts artefacts onto the disk, all or nothing.
//!
//! A publication is staged beside its folder and swapped in whole; a failure at any step leaves the old one as it was.
//! A manifest in the folder says which files are Quorate's own. It never touches a folder that is not its own, keeps
//! what somebody else put into one that is, and leaves files whose bytes have not changed alone, inode and all. It
//! knows artefacts, nothing of papers.

mod artefacts;
mod error;
mod manifest;
mod place;
mod plan;
mod workspace;

pub use artefacts::Artefact;
pub use error::PublicationError;

use crate::files;
use place::Place;
use plan::Plan;
use std::path::{Path, PathBuf};
use workspace::Workspace;

/// What a publication did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Files that are new, or whose bytes changed.
    pub written: usize,
    /// Files that were there with the same bytes, and stayed.
    pub kept: usize,
    /// Files that an earlier publication wrote and this one did not.
    pub removed: usize,
    /// Where the previous publication still lies, if it could not be removed after the new one took its place. The
    /// next publication tries again.
    pub left_over: Option<PathBuf>,
}

/// Makes `target` hold exactly `artefacts`, besides what others put there.
///
/// `edition_name` ("public", "members") is written into the manifest: a folder that holds one edition is never
/// overwritten with another. The target may be missing, empty, or a folder that this function filled before.
///
/// For as long as it runs, a lock file `.NAME.quorate-lock` and a folder `.NAME.quorate-work-PID` stand beside the
/// target. What a killed run left of them is cleared away first, and its old publication put back if need be. If nothing
/// has changed, nothing in the target is touched at all.
///
/// The swap protects against a failing or killed run, not against a power cut: the disk is not told to flush.
///
/// # Errors
///
/// See [`PublicationError`]. After any of them the target is as it was before, with the one exception of
/// [`PublicationError::NotPutBack`], which says where it lies.
pub fn publish(target: &Path, artefacts: &[Artefact], edition_name: &str) -> Result<Published, PublicationError> {
    let claims = artefacts::check(artefacts)?;
    manifest::check_edition(edition_name)?;
    let place = Place::of(target)?;
    files::create_folders(&place.parent)?;
    let _lock = place.lock()?;
    workspace::clear_leftovers(&place)?;
    // A cleared leftover may have brought the target back, so what stands there is looked at only now.
    let before = place.survey(edition_name)?;
    let plan = Plan::new(&place, &before, artefacts, &claims, edition_name)?;
    if plan.changes_nothing() {
        return Ok(plan.published(None));
    }
    let mut workspace = Workspace::new(&place)?;
    plan.stage(&place, &workspace)?;
    workspace.swap(&place, &before, edition_name)?;
    Ok(plan.published(workspace.remove()))
}

// The tests make links and pipes, which only Unix has.
#[cfg(test)]
#[cfg(unix)]
mod tests;
