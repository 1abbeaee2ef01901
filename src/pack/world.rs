//! What a Typst program can see: itself, the theme's functions, and the files that its papers show. All of it is in
//! memory; there is no disk, no network and no clock behind it.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::typefaces;

/// A program and what it can see.
pub(super) struct Memory {
    library: LazyHash<Library>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    today: Option<Datetime>,
}

fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    // Names are few and used again by every document: Typst keeps each for as long as the program runs.
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The name of the program itself.
const MAIN: &str = "/main.typ";

impl Memory {
    /// A world with these texts and files, by the names that the program knows them by.
    pub(super) fn new(
        program: &str,
        texts: impl IntoIterator<Item = (String, String)>,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
        today: Option<Datetime>,
    ) -> Option<Self> {
        let main = id(MAIN)?;
        let mut sources = HashMap::from([(main, Source::new(main, program.to_owned()))]);
        for (name, text) in texts {
            let id = id(&name)?;
            sources.insert(id, Source::new(id, text));
        }
        let files = files.into_iter().filter_map(|(name, bytes)| Some((id(&name)?, Bytes::new(bytes)))).collect();
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = LazyHash::new(Library::builder().with_features(features).build());
        Some(Self { library, main, sources, files, today })
    }

    /// The bytes of the program that something stems from.
    pub(super) fn place(&self, span: typst::syntax::DiagSpan) -> Option<usize> {
        (span.id() == Some(self.main)).then(|| typst::WorldExt::range(self, span)).flatten().map(|range| range.start)
    }
}

impl World for Memory {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        typefaces::book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.get().vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(source) = self.sources.get(&id) {
            return Ok(Bytes::from_string(source.text().to_owned()));
        }
        self.files.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.get().vpath().get_without_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        typefaces::font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
