//! The folder beside the target in which a publication is staged and swapped, and what a killed run leaves of it.
//!
//! ```text
//! .public.quorate-work-123/
//!     .quorate-workspace      says that this is ours to remove
//!     new/                    the publication, until it is moved to `public`
//!     old/                    the previous one, from when it is moved out of `public`
//!     outdated/               the same, once the new one stands in its place: the only publication ever removed
//! ```
//!
//! Every step is one rename, so that whatever the moment at which a run is killed, what is there tells what is to be
//! done: see [`settle`].

use super::PublicationError;
use super::manifest::MANIFEST;
use super::place::{Place, Survey};
use crate::files::{self, FileError, Kind};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const MARKER: &str = ".quorate-workspace";
const NOTE: &str = "Quorate stages a publication here and removes this folder when it is done.\n";

/// A run's own folder beside the target. Dropping it puts back what it moved and removes it, as well as that can be done.
#[derive(Debug)]
pub(super) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    /// Nothing is left to be done, or nothing can be.
    settled: bool,
}

impl Workspace {
    /// Makes the folder. No one else may enter it: a members' edition is not to be read on its way.
    pub(super) fn new(place: &Place) -> Result<Self, FileError> {
        let process = std::process::id();
        let mut root = place.beside(&format!("work-{process}"));
        // Somebody's own folder may bear that name; it is left alone.
        for number in 2..100 {
            match files::create_private_folder(&root) {
                Err(error) if error.cause.kind() == ErrorKind::AlreadyExists => {
                    root = place.beside(&format!("work-{process}-{number}"));
                }
                Err(error) => return Err(error),
                Ok(()) => {
                    let workspace = Self { root, target: place.target.clone(), settled: false };
                    files::create_new(&workspace.root.join(MARKER), NOTE.as_bytes())?;
                    return Ok(workspace);
                }
            }
        }
        Err(FileError::new("create the folder", root, ErrorKind::AlreadyExists.into()))
    }

    /// Where the publication is staged.
    pub(super) fn new_tree(&self) -> PathBuf {
        self.root.join("new")
    }

    /// Puts what is staged in the target's place. If that fails, the target is as it was. Refuses if the target is not
    /// what it was `before`: what somebody put there during the staging would vanish with the old publication.
    pub(super) fn swap(&mut self, place: &Place, before: &Survey, edition: &str) -> Result<(), PublicationError> {
        if place.survey(edition)? != *before {
            return Err(PublicationError::ChangedMeanwhile { target: place.target.clone() });
        }
        let not_swapped = |cause| PublicationError::NotSwapped { target: place.target.clone(), cause };
        let old = self.root.join("old");
        if before.exists {
            files::rename(&place.target, &old).map_err(not_swapped)?;
        }
        if let Err(cause) = files::rename(&self.new_tree(), &place.target) {
            if before.exists {
                put_back(&old, &place.target).inspect_err(|_| self.settled = true)?;
            }
            return Err(not_swapped(cause));
        }
        Ok(())
    }

    /// Removes the workspace, and with it the publication that was replaced. If it cannot be removed: where it lies.
    pub(super) fn remove(mut self) -> Option<PathBuf> {
        self.settled = true;
        match settle(&self.root, &self.target) {
            Ok(left_over) => left_over,
            Err(_) => Some(self.root.clone()),
        }
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if !self.settled {
            // There is an error on its way to the caller already; the next run tries again.
            let _ = settle(&self.root, &self.target);
        }
    }
}

/// Clears away what killed runs left beside the target, and puts back what they took from it. To be called under the
/// lock only, or the workspace of a run that is still going might be cleared.
pub(super) fn clear_leftovers(place: &Place) -> Result<(), PublicationError> {
    let prefix = place.beside("work-");
    let Some(prefix) = prefix.file_name() else { return Ok(()) };
    for path in files::list(&place.parent)? {
        let rest = path.file_name().and_then(|name| name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes()));
        if !rest.is_some_and(|rest| rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')) {
            continue;
        }
        if files::kind(&path)? != Some(Kind::Folder) {
            continue;
        }
        if files::kind(&path.join(MARKER))? == Some(Kind::File) {
            // What cannot be removed now does no harm; only an old publication that cannot be put back does.
            settle(&path, &place.target)?;
        } else {
            // A run may have been killed before it wrote the marker. If there is anything in it, it is not ours.
            let _ = files::remove_empty_folder(&path);
        }
    }
    Ok(())
}

/// Ends what was begun in a workspace: puts the old publication back unless the new one has taken its place, then
/// removes the workspace. Gives its path if something in it could not be removed.
fn settle(root: &Path, target: &Path) -> Result<Option<PathBuf>, PublicationError> {
    let (new, old, outdated) = (root.join("new"), root.join("old"), root.join("outdated"));
    if files::exists(&old)? {
        // A target without a manifest is not the new publication but something that came between.
        let swapped = !files::exists(&new)? && files::exists(&target.join(MANIFEST))?;
        if swapped {
            files::rename(&old, &outdated)?;
        } else {
            put_back(&old, target)?;
        }
    }
    let remove = || {
        for tree in [&new, &outdated] {
            if files::exists(tree)? {
                files::remove_tree(tree)?;
            }
        }
        // The marker goes last, so that what is left of a removal cut off half way is still known to be ours.
        files::remove_file(&root.join(MARKER))?;
        files::remove_empty_folder(root)
    };
    Ok(remove().err().map(|_: FileError| root.to_path_buf()))
}

fn put_back(old: &Path, target: &Path) -> Result<(), PublicationError> {
    files::rename(old, target).map_err(|cause| PublicationError::NotPutBack {
        target: target.to_path_buf(),
        lies_at: old.to_path_buf(),
        cause,
    })
}
