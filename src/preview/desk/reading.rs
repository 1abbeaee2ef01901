//! What is read from the disk, and how little of it is read again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::files::{DiskFolder, FileError, Folder, MemoryFolder};
use crate::preview::window::Files;
use crate::record::{Changed, Reader};

/// What has been read.
pub(super) struct Reading {
    pub(super) reader: Reader,
    pub(super) folder: Option<Arc<DiskFolder>>,
    pub(super) theme: Option<Files>,
    pub(super) theme_version: u64,
}

impl Reading {
    /// Reads what may have changed. Returns what has, and whether that is no more than texts and figures of papers that were
    /// there before.
    pub(super) fn take(
        &mut self,
        content: &Path,
        paths: &BTreeSet<PathBuf>,
        anything: bool,
    ) -> Result<(BTreeSet<String>, bool), FileError> {
        if let Some(folder) = self.folder.as_ref().filter(|_| !anything) {
            let below: BTreeSet<String> = paths.iter().filter_map(|path| folder.below(path)).collect();
            if folder.is_listed_right(&below) {
                let touched = self.reader.read(&**folder, &Changed::Within(below))?;
                let of_papers = |path: &String| [".md", ".csv", ".xlsx"].iter().any(|ending| path.ends_with(ending));
                let only_texts = touched.iter().all(of_papers);
                return Ok((touched, only_texts));
            }
        }
        let folder = DiskFolder::open(content)?;
        let changed = if anything || self.folder.is_none() || folder.has_links() {
            Changed::Everything
        } else {
            Changed::Only(paths.iter().filter_map(|path| folder.below(path)).collect())
        };
        let mut touched = self.reader.read(&folder, &changed)?;
        if self.folder.as_ref().is_none_or(|before| before.refused() != folder.refused()) {
            touched.extend(folder.refused().iter().map(|refused| refused.path.clone()));
        }
        self.folder = Some(Arc::new(folder));
        Ok((touched, false))
    }
}

/// The project's own files of the theme, all as they are at one moment.
pub(super) fn own_theme(own: &Path) -> Result<Option<Files>, FileError> {
    if !own.is_dir() {
        return Ok(None);
    }
    let folder = DiskFolder::open(own)?;
    let files = folder.paths().iter().map(|path| Ok((path.clone(), folder.read(path)?)));
    let files: MemoryFolder = files.collect::<Result<Vec<_>, FileError>>()?.into_iter().collect();
    Ok(Some(Arc::new(files)))
}
