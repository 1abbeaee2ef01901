//! The files of figures that tables of papers take their rows from.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Text;
use crate::files::{FileError, Folder};
use crate::tables::{Broken, DataFile, DataFiles, Workbook};

/// Workbooks, each read from the disk when the first table names it.
#[derive(Debug, Default)]
pub(super) struct Workbooks(BTreeMap<String, OnceLock<Opened>>);

/// A workbook, why it is none, or why the disk did not give it.
type Opened = Result<Result<Workbook, Broken>, FileError>;

impl Workbooks {
    /// Notes a workbook that is new, or not as it was. Other files are passed over.
    pub(super) fn renew(&mut self, path: &str) {
        if is_workbook(path) {
            self.0.insert(path.to_owned(), OnceLock::new());
        }
    }

    /// Forgets a workbook that is gone.
    pub(super) fn forget(&mut self, path: &str) {
        self.0.remove(path);
    }

    /// The first workbook that the disk did not give; it will be asked for again.
    pub(super) fn failure(&mut self) -> Option<FileError> {
        let failed = self.0.values_mut().find(|once| matches!(once.get(), Some(Err(_))))?;
        failed.take()?.err()
    }
}

/// Whether tables can take their rows from a file.
pub(super) fn is_data(path: &str) -> bool {
    path.ends_with(".csv") || is_workbook(path)
}

fn is_workbook(path: &str) -> bool {
    path.ends_with(".xlsx")
}

/// Whether a file lies in a folder, however deep.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The files as the papers of one folder name them.
pub(super) struct DataBeside<'d> {
    texts: &'d BTreeMap<String, Text>,
    workbooks: &'d Workbooks,
    content: &'d dyn Folder,
    folder: &'d str,
    asked_for: AtomicBool,
}

impl<'d> DataBeside<'d> {
    pub(super) fn new(
        texts: &'d BTreeMap<String, Text>,
        workbooks: &'d Workbooks,
        content: &'d dyn Folder,
        folder: &'d str,
    ) -> Self {
        Self { texts, workbooks, content, folder, asked_for: AtomicBool::new(false) }
    }

    /// Whether anything has been asked: if so, the answer depends on the files beneath the folder.
    pub(super) fn were_asked_for(&self) -> bool {
        self.asked_for.load(Ordering::Relaxed)
    }

    fn beneath<T>(&self, files: &'d BTreeMap<String, T>) -> impl Iterator<Item = &'d str> {
        let folder = self.folder;
        let from = files.range(folder.to_owned()..).map(|(path, _)| path.as_str());
        from.take_while(move |path| path.starts_with(folder)).filter(move |path| is_within(path, folder))
    }
}

impl DataFiles for DataBeside<'_> {
    fn find(&self, path: &str) -> DataFile<'_> {
        self.asked_for.store(true, Ordering::Relaxed);
        let path = if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) };
        if let Some(text) = self.texts.get(&path).filter(|_| path.ends_with(".csv")) {
            // One that could not be read as text has been reported.
            return if text.unreadable { DataFile::Unreadable } else { DataFile::Text(text.id, &text.source) };
        }
        let Some(once) = self.workbooks.0.get(&path) else { return DataFile::Absent };
        match once.get_or_init(|| self.content.read(&path).map(Workbook::new)) {
            Ok(Ok(workbook)) => DataFile::Workbook(workbook),
            Ok(Err(broken)) => DataFile::Broken(broken),
            // The disk failed: that ends the run, once all papers have been read.
            Err(_) => DataFile::Unreadable,
        }
    }

    fn names(&self) -> Vec<&str> {
        self.asked_for.store(true, Ordering::Relaxed);
        let texts = self.beneath(self.texts).filter(|path| path.ends_with(".csv"));
        let mut names: Vec<&str> = texts.chain(self.beneath(&self.workbooks.0)).collect();
        names.sort_unstable();
        let skip = if self.folder.is_empty() { 0 } else { self.folder.len() + 1 };
        names.iter().map(|path| &path[skip..]).collect()
    }
}
