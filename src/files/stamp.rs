//! What can be told of a file without opening it: enough to see that it has changed.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::{FileError, Kind};

/// What stands at a path, links not followed. When two of them differ, something has changed; when they do not, a file may
/// still have been written to twice within what the disk's clock counts as one moment, at the same length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// What it is.
    pub kind: Kind,
    /// Bytes in it; 0 for a folder.
    pub size: u64,
    /// When it was last written; nothing for a folder, or where the disk does not know.
    pub modified: Option<SystemTime>,
}

impl Stamp {
    /// Of what stands at `path`, or nothing if nothing does.
    pub fn of(path: &Path) -> Result<Option<Self>, FileError> {
        let metadata = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata,
            Err(cause) if super::stands_nowhere(&cause) => return Ok(None),
            Err(cause) => return Err(FileError::new("look at", path, cause)),
        };
        let kind = Kind::of(metadata.file_type());
        let folder = kind == Kind::Folder;
        Ok(Some(Self {
            kind,
            size: if folder { 0 } else { metadata.len() },
            modified: if folder { None } else { metadata.modified().ok() },
        }))
    }
}

/// Tells a folder from another that has taken its name, as far as the disk can tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The numbers of the disk and of the folder on it; Unix only.
    numbers: Option<(u64, u64)>,
    made: Option<SystemTime>,
}

impl Identity {
    /// Of the folder at `path`, links followed; nothing if there is no folder that can be looked at.
    pub fn of_folder(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_dir)?;
        #[cfg(unix)]
        let numbers =
            Some((std::os::unix::fs::MetadataExt::dev(&metadata), std::os::unix::fs::MetadataExt::ino(&metadata)));
        #[cfg(not(unix))]
        let numbers = None;
        Some(Self { numbers, made: metadata.created().ok() })
    }
}
