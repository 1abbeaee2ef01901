//! A folder to read from: on disk or in memory.

use super::{FileError, LARGEST, read_as, slashed};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A set of files that can be read, wherever they are kept.
pub trait Folder: Sync {
    /// The paths of all files in it, however deep, with `/` between their parts, sorted bytewise.
    fn paths(&self) -> &[String];

    /// The bytes of one file, by a path that [`Folder::paths`] gives. Any other path is an error.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// What is in the folder but is not read, sorted by path.
    fn refused(&self) -> &[Refused] {
        &[]
    }
}

/// Files that exist in memory only: for tests.
#[derive(Debug, Clone, Default)]
pub struct MemoryFolder {
    paths: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for MemoryFolder {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let files: BTreeMap<_, _> = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        Self { paths: files.keys().cloned().collect(), files }
    }
}

impl Folder for MemoryFolder {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.files.get(path).cloned().ok_or_else(|| FileError::new("read", path, io::ErrorKind::NotFound.into()))
    }
}

/// Something in a folder on disk that is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Its path below the folder, `/` between the parts; bytes that are not UTF-8 are shown as `�`.
    pub path: String,
    /// Why it is not read.
    pub why: WhyRefused,
}

/// Why something in a folder is not read. Displays as the end of a sentence that begins with its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyRefused {
    /// A symbolic link to something outside the folder.
    LeadsOut,
    /// A symbolic link to something that does not exist.
    LeadsNowhere,
    /// A symbolic link to itself, or to a folder that it stands in.
    LeadsInACircle,
    /// A link to a folder, within a folder that was itself reached through a link. A few such links would multiply
    /// the files beyond any count.
    LinkBehindALink,
    /// The name is not UTF-8, so it can neither be shown nor become part of a web address.
    NameNotUtf8,
    /// A pipe, socket or device.
    NotAFile,
    /// A folder called `agenda.md`, or by another name that only a text has.
    FolderNamedLikeAFile,
    /// More bytes than [`LARGEST`].
    TooLarge,
}

impl fmt::Display for WhyRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeadsOut => "is a symbolic link that leads out of the folder",
            Self::LeadsNowhere => "is a symbolic link that leads nowhere",
            Self::LeadsInACircle => "is a symbolic link that leads in a circle",
            Self::LinkBehindALink => "is a link to a folder, in a folder that is reached through a link itself",
            Self::NameNotUtf8 => "has a name that is not UTF-8",
            Self::NotAFile => "is a pipe, socket or device, not a file",
            Self::FolderNamedLikeAFile => "is a folder, and its name is that of a paper or another text",
            Self::TooLarge => "is larger than 64 MiB",
        })
    }
}

/// A folder on disk, listed once when it is opened.
///
/// Hidden files and folders (a leading dot) and editors' leftovers (a `~` at the end) are passed over. Symbolic links
/// are followed as long as they stay in the folder. Whatever else cannot be read is in [`Folder::refused`], so that
/// it can be reported beside the other findings.
#[derive(Debug)]
pub struct DiskFolder {
    /// As the caller gave it: for messages.
    root: PathBuf,
    /// With all links resolved: what every file read must lie within.
    resolved: PathBuf,
    paths: Vec<String>,
    refused: Vec<Refused>,
    /// Whether something in it is a link, so that one file can be seen at two paths.
    has_links: bool,
}

impl DiskFolder {
    /// Lists the folder at `root`. An error if it is not a folder, or if a folder in it cannot be listed; a file that
    /// vanishes meanwhile is no error, since editors save by replacing.
    pub fn open(root: &Path) -> Result<Self, FileError> {
        let fail = |cause| FileError::new("open the folder", root, cause);
        let resolved = fs::canonicalize(root).map_err(fail)?;
        if !fs::metadata(&resolved).map_err(fail)?.is_dir() {
            return Err(FileError::because("open the folder", root, "it is not a folder"));
        }
        let mut folder =
            Self { root: root.to_path_buf(), resolved, paths: Vec::new(), refused: Vec::new(), has_links: false };
        folder.list()?;
        folder.paths.sort_unstable();
        folder.refused.sort_unstable();
        Ok(folder)
    }

    /// The path below this folder of something in it, as [`Folder::paths`] would have it; nothing for what lies elsewhere.
    pub fn below(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(&self.resolved)).ok()?;
        Some(slashed(below))
    }

    /// Whether listing the folder again would give the same files, if nothing has come, gone or been written but at `paths`:
    /// each is a file that is listed and still there, or none that would be listed. False where it cannot be told without
    /// listing it.
    pub fn is_listed_right(&self, paths: &BTreeSet<String>) -> bool {
        let is_right = |path: &String| {
            if path.split('/').any(|part| passed_over(OsStr::new(part))) {
                return true;
            }
            let is_listed = self.paths.binary_search(path).is_ok();
            match fs::symlink_metadata(self.resolved.join(path)) {
                Ok(metadata) => is_listed && metadata.is_file() && metadata.len() <= LARGEST,
                Err(error) => error.kind() == io::ErrorKind::NotFound && !is_listed && !self.has_beneath(path),
            }
        };
        !self.has_links && self.refused.is_empty() && paths.iter().all(is_right)
    }

    /// Whether something in it is a link, so that one file can be seen at two paths.
    pub fn has_links(&self) -> bool {
        self.has_links
    }

    /// Whether there are files in a folder.
    fn has_beneath(&self, folder: &str) -> bool {
        if folder.is_empty() {
            return !self.paths.is_empty();
        }
        let first = self.paths.partition_point(|path| path.as_str() < folder);
        let after = self.paths.get(first..).unwrap_or_default();
        after.iter().take_while(|path| path.starts_with(folder)).any(|path| path[folder.len()..].starts_with('/'))
    }

    fn list(&mut self) -> Result<(), FileError> {
        let mut walk = WalkDir::new(&self.resolved).follow_links(true).min_depth(1).sort_by_file_name().into_iter();
        let mut linked_folders: Vec<PathBuf> = Vec::new();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.not_listed(error)?;
                    continue;
                }
            };
            let verdict = self.judge(&entry, &linked_folders)?;
            self.has_links |= entry.path_is_symlink();
            if entry.file_type().is_dir() && !matches!(verdict, Verdict::Enter) {
                walk.skip_current_dir();
            }
            match verdict {
                Verdict::Read(path) => self.paths.push(path),
                Verdict::Enter if entry.path_is_symlink() => linked_folders.push(entry.into_path()),
                Verdict::Enter | Verdict::PassOver => {}
                Verdict::Refuse(why) => self.refuse(entry.path(), why),
            }
        }
        Ok(())
    }

    /// What to do with one entry; a link has been followed by now, so its type is that of what it leads to.
    fn judge(&self, entry: &DirEntry, linked_folders: &[PathBuf]) -> Result<Verdict, FileError> {
        if passed_over(entry.file_name()) {
            return Ok(Verdict::PassOver);
        }
        if entry.path_is_symlink() && !fs::canonicalize(entry.path()).is_ok_and(|to| to.starts_with(&self.resolved)) {
            return Ok(Verdict::Refuse(WhyRefused::LeadsOut));
        }
        if entry.file_name().to_str().is_none() {
            return Ok(Verdict::Refuse(WhyRefused::NameNotUtf8));
        }
        let kind = entry.file_type();
        if kind.is_dir() {
            let behind = entry.path_is_symlink() && linked_folders.iter().any(|link| entry.path().starts_with(link));
            return Ok(match behind {
                true => Verdict::Refuse(WhyRefused::LinkBehindALink),
                false if named_like_a_text(entry.file_name()) => Verdict::Refuse(WhyRefused::FolderNamedLikeAFile),
                false => Verdict::Enter,
            });
        }
        if !kind.is_file() {
            return Ok(Verdict::Refuse(WhyRefused::NotAFile));
        }
        match entry.metadata() {
            Ok(metadata) if metadata.len() > LARGEST => Ok(Verdict::Refuse(WhyRefused::TooLarge)),
            Ok(_) => Ok(Verdict::Read(slashed(entry.path().strip_prefix(&self.resolved).unwrap_or(entry.path())))),
            Err(error) if error.io_error().is_some_and(|cause| cause.kind() == io::ErrorKind::NotFound) => {
                Ok(Verdict::PassOver)
            }
            Err(error) => Err(self.list_error(error)),
        }
    }

    /// Sorts out what the walk could not even look at: links that cannot be followed are refused, files that have
    /// vanished are forgotten, and only the rest stops the build.
    fn not_listed(&mut self, error: walkdir::Error) -> Result<(), FileError> {
        let Some(path) = error.path().map(Path::to_path_buf) else {
            return Err(self.list_error(error));
        };
        if path.file_name().is_some_and(passed_over) {
            return Ok(());
        }
        let cause = error.io_error().map(io::Error::kind);
        let is_link = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.file_type().is_symlink());
        match cause {
            None if error.loop_ancestor().is_some() => self.refuse(&path, WhyRefused::LeadsInACircle),
            Some(io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) if is_link => {
                self.refuse(&path, WhyRefused::LeadsNowhere);
            }
            // There is no stable name for "too many links"; a link fails in no other way that has one.
            Some(kind) if is_link && kind != io::ErrorKind::PermissionDenied => {
                self.refuse(&path, WhyRefused::LeadsInACircle);
            }
            Some(io::ErrorKind::NotFound) => {}
            _ => return Err(self.list_error(error)),
        }
        Ok(())
    }

    fn list_error(&self, error: walkdir::Error) -> FileError {
        let path = error.path().and_then(|path| path.strip_prefix(&self.resolved).ok()).unwrap_or(Path::new(""));
        let path = self.root.join(path);
        let words = error.to_string();
        FileError::new("list", path, error.into_io_error().unwrap_or_else(|| io::Error::other(words)))
    }

    fn refuse(&mut self, path: &Path, why: WhyRefused) {
        let path = slashed(path.strip_prefix(&self.resolved).unwrap_or(path));
        self.refused.push(Refused { path, why });
    }
}

enum Verdict {
    Read(String),
    Enter,
    PassOver,
    Refuse(WhyRefused),
}

/// Whether a file or folder of this name is not looked at: hidden, or what an editor leaves behind.
pub fn passed_over(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.ends_with(b"~")
}

/// Whether a name ends as those of papers, settings and figures do.
fn named_like_a_text(name: &OsStr) -> bool {
    [".md", ".yaml", ".yml", ".csv"].iter().any(|ending| name.as_encoded_bytes().ends_with(ending.as_bytes()))
}

impl Folder for DiskFolder {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Reads a listed file. Where it really lies is looked up again each time, and that place is read: a file or a
    /// folder that was swapped for a link since the listing does not lead out of the root.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let name = self.root.join(path);
        let fail = |cause| FileError::new("read", &name, cause);
        if self.paths.binary_search_by(|listed| listed.as_str().cmp(path)).is_err() {
            return Err(fail(io::ErrorKind::NotFound.into()));
        }
        let resolved = fs::canonicalize(self.resolved.join(path)).map_err(fail)?;
        if !resolved.starts_with(&self.resolved) {
            return Err(FileError::because("read", &name, format!("it {}", WhyRefused::LeadsOut)));
        }
        read_as(&resolved, &name)
    }
}
