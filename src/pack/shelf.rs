//! What was printed before, so that a document that stays as it is need not be typeset again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::typefaces;
use super::typeset::Manuscript;
use crate::edition::Volume;
use crate::files::Folder;
use crate::publication::Artefact;

/// The list of printed documents in a publication. It tells which papers stand on which pages, for anybody.
pub const LIST: &str = "packs.json";

/// More pages than any document has.
const MOST_PAGES: u32 = 99_999;

/// Changes when the same manuscript would be printed differently: with another typesetter, or in other typefaces.
const PRESS: &str = concat!("quorate ", env!("CARGO_PKG_VERSION"), ", typst 0.15.1, press 1");

/// A printed document and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelved {
    /// The sum of all that it was made from.
    made_from: String,
    /// The sum of its bytes.
    sha256: String,
    /// Where papers stand in it.
    #[serde(flatten)]
    pub(super) volume: Volume,
}

impl Shelved {
    pub(super) fn new(made_from: String, pdf: &[u8], volume: Volume) -> Self {
        Self { made_from, sha256: hex(&Sha256::digest(pdf)), volume }
    }
}

/// A document that is looked for.
#[derive(Debug)]
pub struct Wanted<'w> {
    /// Its path.
    pub path: &'w str,
    /// The sum of all that it is made from.
    pub made_from: &'w str,
    /// The number of its first page.
    pub first: u32,
    /// The papers that stand in it.
    pub papers: BTreeSet<&'w str>,
}

/// Where printed documents can be found again.
pub trait Shelf: Sync {
    /// The document at a path, if it was made from the same things; `papers` are those that stand in it.
    fn take(&self, wanted: &Wanted<'_>) -> Option<(Vec<u8>, Shelved)>;

    /// Offers a document that has just been printed.
    fn put(&self, _pdf: &[u8], _printed: &Shelved) {}

    /// What stood where in the document at a path, whatever it was made from.
    fn before(&self, _path: &str) -> Option<&Volume> {
        None
    }
}

/// No shelf: everything is printed anew.
impl Shelf for () {
    fn take(&self, _wanted: &Wanted<'_>) -> Option<(Vec<u8>, Shelved)> {
        None
    }
}

/// A publication that stands on the disk.
pub struct Publication<'p> {
    folder: &'p dyn Folder,
    list: BTreeMap<String, Shelved>,
}

impl<'p> Publication<'p> {
    /// The documents of an earlier publication; none, if its list cannot be read.
    pub fn new(folder: &'p dyn Folder) -> Self {
        let list = folder.read(LIST).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { folder, list: list.unwrap_or_default() }
    }
}

impl Shelf for Publication<'_> {
    fn take(&self, wanted: &Wanted<'_>) -> Option<(Vec<u8>, Shelved)> {
        let shelved = self.list.get(wanted.path).filter(|shelved| shelved.made_from == wanted.made_from)?;
        let pdf = self.folder.read(wanted.path).ok()?;
        // Somebody may have put another file in its place, or changed the list.
        if hex(&Sha256::digest(&pdf)) != shelved.sha256 || !is_sound(&shelved.volume, wanted) {
            return None;
        }
        let volume = Volume { path: wanted.path.to_owned(), size: pdf.len(), ..shelved.volume.clone() };
        Some((pdf, Shelved { volume, ..shelved.clone() }))
    }

    fn before(&self, path: &str) -> Option<&Volume> {
        self.list.get(path).map(|shelved| &shelved.volume)
    }
}

/// The documents of one edition that were printed in this run of the program. Each path has one; of those that do not fit in
/// any more, the one goes first that was asked for the longest ago.
#[derive(Debug)]
pub struct Memory {
    most: usize,
    documents: Mutex<Documents>,
}

#[derive(Debug, Default)]
struct Documents {
    by_path: BTreeMap<String, Remembered>,
    bytes: usize,
    /// How often something was asked for or put there: tells what came before what.
    clock: u64,
}

#[derive(Debug)]
struct Remembered {
    pdf: Arc<[u8]>,
    shelved: Shelved,
    asked_for: u64,
}

impl Memory {
    /// A shelf that holds so many bytes of PDF.
    pub fn new(most: usize) -> Self {
        Self { most, documents: Mutex::default() }
    }
}

impl Default for Memory {
    /// 256 MiB: some hundred packs.
    fn default() -> Self {
        Self::new(256 * 1024 * 1024)
    }
}

impl Shelf for Memory {
    fn take(&self, wanted: &Wanted<'_>) -> Option<(Vec<u8>, Shelved)> {
        let mut guard = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        let documents = &mut *guard;
        let found = documents.by_path.get_mut(wanted.path)?;
        if found.shelved.made_from != wanted.made_from {
            return None;
        }
        documents.clock += 1;
        found.asked_for = documents.clock;
        let (pdf, shelved) = (Arc::clone(&found.pdf), found.shelved.clone());
        drop(guard);
        Some((pdf.to_vec(), shelved))
    }

    fn put(&self, pdf: &[u8], printed: &Shelved) {
        let pdf: Arc<[u8]> = pdf.into();
        let mut guard = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        guard.put(pdf, printed);
        while guard.bytes > self.most && guard.forget_oldest() {}
    }
}

impl Documents {
    fn put(&mut self, pdf: Arc<[u8]>, printed: &Shelved) {
        self.clock += 1;
        self.bytes += pdf.len();
        let remembered = Remembered { pdf, shelved: printed.clone(), asked_for: self.clock };
        if let Some(old) = self.by_path.insert(printed.volume.path.clone(), remembered) {
            self.bytes -= old.pdf.len();
        }
    }

    /// False if there is nothing to be forgotten.
    fn forget_oldest(&mut self) -> bool {
        let oldest = self.by_path.iter().min_by_key(|(_, one)| one.asked_for).map(|(path, _)| path.clone());
        let Some(old) = oldest.and_then(|path| self.by_path.remove(&path)) else { return false };
        self.bytes -= old.pdf.len();
        true
    }
}

/// Whether what the list says of a document can be true.
fn is_sound(volume: &Volume, wanted: &Wanted<'_>) -> bool {
    let within = |page| (volume.first..=volume.last()).contains(&page);
    let papers: BTreeSet<&str> = volume.papers.keys().map(String::as_str).collect();
    volume.first == wanted.first
        && (1..=MOST_PAGES).contains(&volume.pages)
        && papers == wanted.papers
        && volume.papers.values().all(|pages| within(pages.first) && within(pages.last) && pages.first <= pages.last)
}

/// The list of printed documents as a file of the publication.
pub(super) fn list(list: &BTreeMap<String, Shelved>) -> Result<Artefact, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(list)?;
    bytes.push(b'\n');
    Ok(Artefact { path: LIST.to_owned(), bytes })
}

/// The sum of all that a document is made from.
pub(super) fn sum(manuscript: &Manuscript) -> String {
    let mut sum = Sha256::new();
    let mut add = |bytes: &[u8]| {
        // With lengths before them, no two lists of pieces are the same row of bytes.
        sum.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        sum.update(bytes);
    };
    add(PRESS.as_bytes());
    add(typefaces::sum());
    add(manuscript.program.text.as_bytes());
    for (name, text) in &manuscript.texts {
        add(name.as_bytes());
        add(text.as_bytes());
    }
    for (name, bytes) in &manuscript.files {
        add(name.as_bytes());
        add(bytes);
    }
    add(manuscript.name.as_bytes());
    add(&manuscript.first.to_le_bytes());
    add(manuscript.published.iso().as_bytes());
    hex(&sum.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_holds_so_many_bytes_and_forgets_what_nobody_asked_for() {
        let memory = Memory::new(250);
        let put = |path: &str, made_from: &str| {
            let volume = Volume { path: path.into(), size: 100, pages: 1, first: 1, papers: BTreeMap::new() };
            memory.put(&[0; 100], &Shelved::new(made_from.to_owned(), &[0; 100], volume));
        };
        let take = |path: &str, made_from: &str| {
            memory.take(&Wanted { path, made_from, first: 1, papers: BTreeSet::new() }).is_some()
        };
        put("a.pdf", "1");
        put("b.pdf", "1");
        assert!(take("a.pdf", "1") && !take("a.pdf", "2"), "only what was made from the same things");
        put("c.pdf", "1");
        assert!(take("a.pdf", "1") && !take("b.pdf", "1") && take("c.pdf", "1"), "b was asked for the longest ago");
        put("a.pdf", "2");
        assert!(take("a.pdf", "2") && take("c.pdf", "1"), "a document takes the place of its earlier self");
        assert_eq!(memory.documents.lock().unwrap().bytes, 200);
    }

    #[test]
    fn the_version_of_the_typesetter_is_part_of_what_a_document_is_made_from() {
        let lock = include_str!("../../Cargo.lock");
        let version = lock.split("name = \"typst\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(PRESS.contains(&format!("typst {},", version.expect("Typst in Cargo.lock"))), "{PRESS}");
    }
}
