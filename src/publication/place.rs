//! Where a publication goes: the target, what stands beside it while it is replaced, and what is in it.

use super::PublicationError;
use super::manifest::{MANIFEST, Manifest, Sum};
use crate::files::{self, Entry, FileError, Kind, LockedFile};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A target that may be published to, as far as can be told from outside.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) target: PathBuf,
    /// The folder the target stands in; "" for the current one.
    pub(super) parent: PathBuf,
    name: OsString,
}

impl Place {
    /// Refuses what must never be replaced: anything but a folder, and a folder that somebody stands or lives in.
    pub(super) fn of(target: &Path) -> Result<Self, PublicationError> {
        let no_place = |why| PublicationError::NoPlaceToPublish { target: target.to_path_buf(), why };
        let Some(name) = target.file_name() else {
            return Err(no_place("it is not the name of a folder"));
        };
        let parent = target.parent().unwrap_or(Path::new("")).to_path_buf();
        // Put together anew without a slash at the end, which would make a link look like the folder it leads to.
        let place = Self { target: parent.join(name), parent, name: name.to_os_string() };
        match files::kind(&place.target)? {
            None => return Ok(place),
            Some(Kind::Folder) => {}
            Some(Kind::Link) => return Err(no_place("it is a symbolic link")),
            Some(Kind::File) => return Err(no_place("it is a file")),
            Some(Kind::Special) => return Err(no_place("it is a pipe, socket or device")),
        }
        let resolved = files::resolved(&place.target);
        let holds =
            |path: Option<PathBuf>| matches!((&resolved, path), (Some(ours), Some(path)) if path.starts_with(ours));
        if holds(files::resolved(Path::new("."))) {
            return Err(no_place("it holds the folder that Quorate was started in"));
        }
        if holds(std::env::home_dir().filter(|home| home.is_absolute()).and_then(|home| files::resolved(&home))) {
            return Err(no_place("it holds your home folder"));
        }
        Ok(place)
    }

    /// The path of something of ours beside the target: `.public.quorate-WHAT`.
    pub(super) fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".quorate-");
        name.push(what);
        self.parent.join(name)
    }

    /// Keeps other runs off the target for as long as the lock is held.
    pub(super) fn lock(&self) -> Result<LockedFile, PublicationError> {
        let path = self.beside("lock");
        if let Some(lock) = LockedFile::take(&path, &format!("quorate {}\n", std::process::id()))? {
            return Ok(lock);
        }
        let note = files::read(&path).unwrap_or_default();
        let process = String::from_utf8_lossy(&note).trim().strip_prefix("quorate ").and_then(|id| id.parse().ok());
        Err(PublicationError::Busy { target: self.target.clone(), process })
    }

    /// What is in the target now; an error if it may not be published to.
    pub(super) fn survey(&self, edition: &str) -> Result<Survey, PublicationError> {
        match files::kind(&self.target)? {
            None => return Ok(Survey::default()),
            Some(Kind::Folder) => {}
            Some(_) => return Err(PublicationError::ChangedMeanwhile { target: self.target.clone() }),
        }
        let Some(manifest) = self.manifest()? else {
            // Somebody else's folder may be huge, so it is only asked whether it is empty.
            return if files::list(&self.target)?.is_empty() {
                Ok(Survey { exists: true, ..Survey::default() })
            } else {
                Err(PublicationError::NotOurs { target: self.target.clone() })
            };
        };
        if manifest.edition != edition {
            return Err(PublicationError::OtherEdition {
                target: self.target.clone(),
                found: manifest.edition,
                wanted: edition.to_owned(),
            });
        }
        let mut entries = files::walk(&self.target)?;
        let at = entries.iter().position(|entry| entry.path == Path::new(MANIFEST));
        let manifest_written = at.and_then(|at| entries.remove(at).modified);
        Ok(Survey { exists: true, manifest: Some(manifest), manifest_written, entries })
    }

    fn manifest(&self) -> Result<Option<Manifest>, PublicationError> {
        let path = self.target.join(MANIFEST);
        match files::kind(&path)? {
            None => return Ok(None),
            Some(Kind::File) => {}
            Some(_) => return Err(FileError::because("read", path, "it is not a regular file").into()),
        }
        let bytes = files::read(&path)?;
        Manifest::read(&bytes).map(Some).map_err(|line| PublicationError::DamagedManifest { path, line })
    }
}

/// What is in a target.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    pub(super) exists: bool,
    pub(super) manifest: Option<Manifest>,
    manifest_written: Option<SystemTime>,
    /// Everything but the manifest itself.
    pub(super) entries: Vec<Entry>,
}

impl Survey {
    /// The sum of a file's bytes as the manifest has it, unless the file was written to since. Nothing is ever kept or
    /// removed because of it: it only spares the trouble of computing it again.
    pub(super) fn known_sum(&self, entry: &Entry) -> Option<Sum> {
        // The manifest was written last. What bears the very same time may have been edited within the clock's tick.
        let untouched = entry.modified.is_some() && entry.modified < self.manifest_written;
        let sum = self.manifest.as_ref()?.files.get(&entry.slashed())?;
        untouched.then_some(*sum)
    }
}
