//! The files of papers' tables, made when somebody asks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::edition::{Edition, PublishedPaper};
use crate::model::PaperId;
use crate::opendata;
use crate::publication::Artefact;
use crate::record::table_files;

/// The files of papers' tables.
pub(super) struct Tables<'t> {
    edition: &'t Edition,
    /// A paper that is shown in the place of the edition's own for a moment.
    laid_over: Mutex<Option<PublishedPaper>>,
    made: Mutex<HashMap<PaperId, Arc<Vec<Artefact>>>>,
}

impl<'t> Tables<'t> {
    pub(super) fn of(edition: &'t Edition) -> Self {
        Self { edition, laid_over: Mutex::default(), made: Mutex::default() }
    }

    /// Does something while the tables of a paper are those that it has here, and not in the edition.
    pub(super) fn with<T>(&self, paper: &PublishedPaper, work: impl FnOnce() -> T) -> T {
        *lock(&self.laid_over) = Some(paper.clone());
        let done = work();
        *lock(&self.laid_over) = None;
        done
    }

    pub(super) fn at(&self, path: &str) -> Option<Arc<[u8]>> {
        let id = PaperId(table_files::paper_of_folder(path)?.to_owned());
        let found = |files: &[Artefact]| {
            files.iter().find(|file| file.path == path).map(|file| Arc::from(file.bytes.as_slice()))
        };
        if let Some(over) = &*lock(&self.laid_over)
            && over.paper.id == id
        {
            return found(&opendata::files_of(self.edition, over).ok()?);
        }
        if let Some(files) = lock(&self.made).get(&id) {
            return found(files);
        }
        let files = Arc::new(opendata::files_at(self.edition, &id).ok()?);
        if files.is_empty() {
            // Names that somebody has made up are not kept.
            return None;
        }
        lock(&self.made).insert(id, Arc::clone(&files));
        found(&files)
    }
}

/// A mistake while somebody held it has left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
