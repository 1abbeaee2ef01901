//! The disk: the one module that touches it.
//!
//! Every failure says which path and what was being done ([`FileError`]); nothing here follows a symbolic link out of
//! the folder it was given ([`DiskFolder`]), and nothing overwrites a file unless its name says so. The rest of Quorate
//! reads through the small [`Folder`] trait, so that it can be tested in memory.
#![allow(clippy::disallowed_methods, reason = "this is the module that the disallowed functions point to")]

mod folder;
mod lock;
mod stamp;

pub use folder::{DiskFolder, Folder, MemoryFolder, Refused, WhyRefused, passed_over};
pub use lock::LockedFile;
pub use stamp::{Identity, Stamp};

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The largest file that is read whole: 64 MiB. No paper comes near it, and a build that met a stray video or a disk
/// image would otherwise take the memory of the whole machine.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// Something that the disk would not do. Reads "could not read content/x.md: permission denied".
#[derive(Debug)]
pub struct FileError {
    /// The file or folder, as the caller named it.
    pub path: PathBuf,
    /// What was being done to it, as a plain verb: "read", "write", "list".
    pub action: &'static str,
    /// Why it failed.
    pub cause: io::Error,
}

impl FileError {
    /// An error about one path.
    pub fn new(action: &'static str, path: impl Into<PathBuf>, cause: io::Error) -> Self {
        Self { path: path.into(), action, cause }
    }

    /// An error whose cause is Quorate's own, said in its own words.
    pub fn because(action: &'static str, path: impl Into<PathBuf>, why: impl Into<String>) -> Self {
        Self::new(action, path, io::Error::other(why.into()))
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not {} {}: ", self.action, self.path.display())?;
        match self.cause.kind() {
            io::ErrorKind::NotFound => f.write_str("it does not exist"),
            io::ErrorKind::PermissionDenied => f.write_str("permission denied"),
            io::ErrorKind::AlreadyExists => f.write_str("it exists already"),
            io::ErrorKind::StorageFull => f.write_str("the disk is full"),
            io::ErrorKind::ReadOnlyFilesystem => f.write_str("the disk can only be read"),
            io::ErrorKind::InvalidFilename => f.write_str("the disk does not allow that name"),
            // The system's own words, without the number it puts behind them.
            _ => {
                let words = self.cause.to_string();
                f.write_str(words.split(" (os error ").next().unwrap_or(&words))
            }
        }
    }
}

// `cause` is part of the message, so it is not offered as `source` too: a chain would say it twice.
impl std::error::Error for FileError {}

/// What stands at a path, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, socket or device. Opening one may wait for ever, so nothing here does.
    Special,
}

impl Kind {
    fn of(kind: fs::FileType) -> Self {
        match kind {
            kind if kind.is_symlink() => Self::Link,
            kind if kind.is_dir() => Self::Folder,
            kind if kind.is_file() => Self::File,
            _ => Self::Special,
        }
    }
}

/// One thing in a folder, as [`walk`] found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path below the folder that was walked.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
    /// Bytes in it; 0 for a folder. With the time it tells whether a file was written to meanwhile.
    pub size: u64,
    /// When it was last written; nothing for a folder, or where the disk does not know.
    pub modified: Option<SystemTime>,
}

impl Entry {
    /// The path with `/` between its parts; what is not UTF-8 in it becomes `�`.
    pub fn slashed(&self) -> String {
        slashed(&self.path)
    }
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// What stands at `path` (links are not followed), or nothing if nothing does.
pub fn kind(path: &Path) -> Result<Option<Kind>, FileError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(Kind::of(metadata.file_type()))),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(FileError::new("look at", path, cause)),
    }
}

/// Whether a failure means that there is nothing at a path; also where what should be a folder on the way is a file.
fn stands_nowhere(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether anything stands at `path`, be it a link that leads nowhere.
pub fn exists(path: &Path) -> Result<bool, FileError> {
    Ok(kind(path)?.is_some())
}

/// Everything below `folder`, in the order of its names, folders before what is in them; links are not followed.
pub fn walk(folder: &Path) -> Result<Vec<Entry>, FileError> {
    let mut entries = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| walk_error(folder, error))?;
        let metadata = entry.metadata().map_err(|error| walk_error(folder, error))?;
        let kind = Kind::of(metadata.file_type());
        let folder_itself = kind == Kind::Folder;
        entries.push(Entry {
            path: entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_path_buf(),
            kind,
            size: if folder_itself { 0 } else { metadata.len() },
            modified: if folder_itself { None } else { metadata.modified().ok() },
        });
    }
    Ok(entries)
}

fn walk_error(folder: &Path, error: walkdir::Error) -> FileError {
    let path = error.path().unwrap_or(folder).to_path_buf();
    let words = error.to_string();
    FileError::new("list", path, error.into_io_error().unwrap_or_else(|| io::Error::other(words)))
}

/// The paths of what is directly in `folder`, in no order.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    // A relative path such as `public` has the parent "", which is the current folder but cannot be opened by that name.
    let opened = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let fail = |cause| FileError::new("list", opened, cause);
    fs::read_dir(opened)
        .map_err(fail)?
        .map(|entry| entry.map(|entry| folder.join(entry.file_name())).map_err(fail))
        .collect()
}

/// Reads one file whole. Refuses folders, pipes and the like, and files larger than [`LARGEST`].
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    read_as(path, path)
}

/// Reads `path`, but calls it `name` in errors.
fn read_as(path: &Path, name: &Path) -> Result<Vec<u8>, FileError> {
    let fail = |cause| FileError::new("read", name, cause);
    // Looked at before it is opened: opening a pipe would wait for somebody to write into it.
    let metadata = fs::metadata(path).map_err(fail)?;
    if metadata.is_dir() {
        return Err(FileError::because("read", name, "it is a folder"));
    }
    if !metadata.is_file() {
        return Err(FileError::because("read", name, "it is a pipe, socket or device, not a file"));
    }
    let too_large = || FileError::because("read", name, "it is larger than 64 MiB");
    if metadata.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    let file = File::open(path).map_err(fail)?;
    // It may have grown since: one byte more than allowed is enough to know.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

/// Whether the regular file at `path` holds exactly `bytes`. Reads no further than the first difference.
pub fn holds(path: &Path, bytes: &[u8]) -> Result<bool, FileError> {
    let fail = |cause| FileError::new("read", path, cause);
    let metadata = fs::symlink_metadata(path).map_err(fail)?;
    if !metadata.is_file() || metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut file = File::open(path).map_err(fail)?;
    let mut chunk = [0; 16 * 1024];
    let mut rest = bytes;
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(rest.is_empty()),
            Ok(count) => match rest.strip_prefix(&chunk[..count]) {
                Some(after) => rest = after,
                None => return Ok(false),
            },
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(fail(cause)),
        }
    }
}

/// Writes a file, creating the folders above it. A file already there is replaced, which only tests may do.
#[cfg(test)]
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    create_parents(path)?;
    fs::write(path, bytes).map_err(|cause| FileError::new("write", path, cause))
}

/// Writes a file that does not exist yet, creating the folders above it. Never overwrites: if anything stands at
/// `path`, even a link that leads nowhere, that is the error. A file that could not be written to its end is removed.
pub fn create_new(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    create_parents(path)?;
    let fail = |cause| FileError::new("write", path, cause);
    let mut file = File::create_new(path).map_err(fail)?;
    file.write_all(bytes).map_err(|cause| {
        // The first failure is the one to report.
        let _ = fs::remove_file(path);
        fail(cause)
    })
}

/// Writes a file in place of the one that stands at `path`, at one stroke: whoever reads meanwhile finds the old or the
/// new file, whole. Whether the old one may go is for the caller to know.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    create_new(&beside, bytes)?;
    rename(&beside, path).inspect_err(|_| {
        // The first failure is the one to report.
        let _ = remove_file(&beside);
    })
}

fn create_parents(path: &Path) -> Result<(), FileError> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && !parent.is_dir() => create_folders(parent),
        _ => Ok(()),
    }
}

/// Creates a folder and those above it; one that exists already is fine.
pub fn create_folders(path: &Path) -> Result<(), FileError> {
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    fs::create_dir_all(path).map_err(|cause| FileError::new("create the folder", path, cause))
}

/// Creates one folder that does not exist yet and that only the user running Quorate may enter.
pub fn create_private_folder(path: &Path) -> Result<(), FileError> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only there is something to set"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|cause| FileError::new("create the folder", path, cause))
}

/// Moves a file or folder within one disk.
pub fn rename(from: &Path, to: &Path) -> Result<(), FileError> {
    fs::rename(from, to).map_err(|cause| FileError::new("move", from, cause))
}

/// Removes one file or link; a link's target is left alone.
pub fn remove_file(path: &Path) -> Result<(), FileError> {
    fs::remove_file(path).map_err(|cause| FileError::new("remove", path, cause))
}

/// Removes a folder that must be empty.
pub fn remove_empty_folder(path: &Path) -> Result<(), FileError> {
    fs::remove_dir(path).map_err(|cause| FileError::new("remove", path, cause))
}

/// Removes a folder and everything in it; links in it are removed, not followed.
pub fn remove_tree(path: &Path) -> Result<(), FileError> {
    fs::remove_dir_all(path).map_err(|cause| FileError::new("remove", path, cause))
}

/// Makes the file `from` appear at `to` as well, with the same inode where the disk can do that, else as a copy.
/// `to` must not exist; `from` is not followed if it is a link.
pub fn link_or_copy(from: &Path, to: &Path) -> Result<(), FileError> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    // Other disks, FAT, some network folders, and other people's files under Linux's `protected_hardlinks`.
    copy(from, to)
}

/// Copies a regular file with its time of writing and its permissions. `to` must not exist.
pub fn copy(from: &Path, to: &Path) -> Result<(), FileError> {
    if kind(from)? != Some(Kind::File) {
        return Err(FileError::because("copy", from, "it is not a regular file"));
    }
    let attempt = || {
        let mut source = File::open(from)?;
        let metadata = source.metadata()?;
        let mut copy = OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut source, &mut copy)?;
        copy.set_modified(metadata.modified()?)?;
        copy.set_permissions(metadata.permissions())
    };
    attempt().map_err(|cause| FileError::new("copy", from, cause))
}

/// Makes the symbolic link `to` lead where the symbolic link `from` leads, whether or not there is anything there.
pub fn copy_link(from: &Path, to: &Path) -> Result<(), FileError> {
    let fail = |cause| FileError::new("copy the link", from, cause);
    let leads_to = fs::read_link(from).map_err(fail)?;
    #[cfg(unix)]
    let made = std::os::unix::fs::symlink(leads_to, to);
    #[cfg(windows)]
    let made = if from.is_dir() {
        std::os::windows::fs::symlink_dir(leads_to, to)
    } else {
        std::os::windows::fs::symlink_file(leads_to, to)
    };
    made.map_err(fail)
}

/// Gives the folder `to` the permissions of the folder `from`, if they differ.
pub fn copy_permissions(from: &Path, to: &Path) -> Result<(), FileError> {
    let permissions = |path| fs::metadata(path).map(|metadata| metadata.permissions());
    let attempt = || {
        let wanted = permissions(from)?;
        if permissions(to)? == wanted { Ok(()) } else { fs::set_permissions(to, wanted) }
    };
    attempt().map_err(|cause| FileError::new("set the permissions of", to, cause))
}

/// The path with every link on its way resolved, or nothing if it does not exist or cannot be resolved.
pub fn resolved(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).ok()
}

// The tests make links and pipes, which only Unix has.
#[cfg(test)]
#[cfg(unix)]
mod tests;
