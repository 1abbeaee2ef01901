//! A lock that tells other runs to keep off.

use super::{FileError, Kind, kind};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// An advisory lock on a file, given back when it is dropped or when the process ends, however it ends.
#[derive(Debug)]
pub struct LockedFile {
    path: PathBuf,
    _file: File,
}

impl LockedFile {
    /// Locks the file at `path`, creating it, and writes `note` into it for whoever finds it locked. Nothing if
    /// somebody else holds the lock.
    ///
    /// The system ties the lock to the process, so a killed run leaves no stale lock behind: only a small file, which
    /// the next run takes over. On a disk that has no locks at all, this succeeds without one.
    pub fn take(path: &Path, note: &str) -> Result<Option<Self>, FileError> {
        let fail = |cause| FileError::new("lock", path, cause);
        // Each turn after the first means that another run ended at that very moment; a hundred do not in a row.
        for _ in 0..100 {
            if !matches!(kind(path)?, None | Some(Kind::File)) {
                return Err(FileError::because("lock", path, "something other than a file stands there"));
            }
            let mut options = OpenOptions::new();
            let mut file = options.read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => return Ok(None),
                Err(fs::TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => {}
                Err(fs::TryLockError::Error(cause)) => return Err(fail(cause)),
            }
            // Whoever held the lock before may have removed the file between our opening and our locking it; then
            // this is a lock on a file nobody else can find, and the next run would not see it.
            if !same_file(&file, path) {
                continue;
            }
            // Notes are short. Whatever else bears this name is somebody's file and stays as it is.
            if file.metadata().map_err(fail)?.len() > 64 {
                return Err(FileError::because("lock", path, "there is a file of that name with something else in it"));
            }
            file.set_len(0).and_then(|()| file.write_all(note.as_bytes())).map_err(fail)?;
            return Ok(Some(Self { path: path.to_path_buf(), _file: file }));
        }
        Err(FileError::because("lock", path, "it keeps disappearing"))
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        // Removed while still locked, so that no other run's file can be meant. If it stays, it does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
