//! The pack: an edition in, accessible PDFs out, and the pages on which each paper stands.
//!
//! Each meeting has the document that members take into the room: cover, agenda, and every paper in agenda order under
//! one run of page numbers. A supplementary agenda has a pack of its own whose pages go on after it. Each paper is also a
//! PDF of its own. All are typeset by Typst from the same tree as the site, as PDF/UA-1 and PDF/A-2a.

mod attachment;
mod cited;
mod compose;
mod markup;
mod plan;
mod shelf;
#[cfg(test)]
mod tests;
mod text;
mod typefaces;
mod typeset;
mod world;

pub use shelf::{LIST, Memory, Publication, Shelf, Shelved, Wanted};

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::edition::{Edition, Pages, Pagination, Volume};
use crate::files::{FileError, Folder};
use crate::finding::{Finding, codes};
use crate::publication::Artefact;
use crate::site::Theme;
use crate::site::view::View;
use attachment::{AttachedPage, AttachmentError};
use compose::compose;
use plan::Front;
use typeset::{Manuscript, Unset, typeset};

/// What was printed.
#[derive(Debug, Default)]
pub struct Printed {
    /// The PDFs, and the list of them.
    pub artefacts: Vec<Artefact>,
    /// On which pages papers stand.
    pub pagination: Pagination,
    /// What cannot be printed as it is written. With an error among them nothing must be published.
    pub findings: Vec<Finding>,
    /// How many documents were typeset, rather than taken from the shelf.
    pub typeset: usize,
    /// What each document was made from, by path.
    documents: BTreeMap<String, Shelved>,
}

/// Why nothing could be printed: the fault is not in the papers.
#[derive(Debug)]
pub enum PackError {
    /// A file that a paper shows could not be read.
    File(FileError),
    /// What templates are told could not be written as data.
    Data(serde_json::Error),
}

impl fmt::Display for PackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => write!(formatter, "{error}"),
            Self::Data(error) => write!(formatter, "the data of a printed document cannot be written: {error}"),
        }
    }
}

impl std::error::Error for PackError {}

impl From<FileError> for PackError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<serde_json::Error> for PackError {
    fn from(error: serde_json::Error) -> Self {
        Self::Data(error)
    }
}

/// For how many further documents Typst remembers what it worked out for one.
const MEMORY: usize = 20;

/// What all documents of an edition share.
struct Press<'p, 'e> {
    view: &'p View<'e>,
    base_url: Option<&'p str>,
    /// The theme's programs, by name.
    theme: &'p [(String, String)],
    /// Whether papers begin on right-hand pages.
    right_hand: bool,
    content: &'p dyn Folder,
    shelf: &'p dyn Shelf,
    /// Attached PDF files that have been read, by path: a paper stands in a pack and alone.
    read: Mutex<HashMap<String, Arc<Attached>>>,
    /// Is called whenever a document is done.
    one_more: &'p (dyn Fn() + Sync),
}

/// What came of reading an attached PDF.
type Attached = Result<Vec<AttachedPage>, AttachmentError>;

/// Prints an edition. `shelf` holds what was printed before.
///
/// # Errors
/// If a picture that a paper shows cannot be read.
pub fn print(
    edition: &Edition,
    content: &dyn Folder,
    theme: &Theme,
    base_url: Option<&str>,
    shelf: &dyn Shelf,
) -> Result<Printed, PackError> {
    let mut printed = print_some(edition, content, theme, base_url, shelf, &|_| true, &|_, _| ())?;
    printed.artefacts.push(shelf::list(&printed.documents)?);
    Ok(printed)
}

/// Prints those documents of an edition whose paths are `wanted`, byte for byte as [`print()`] prints them, and no list of
/// them. A supplementary pack goes on where the packs before it end; those are printed too, or taken from the shelf, and left
/// out again. `progress` is told how many documents are done, and of how many.
///
/// # Errors
/// If a picture that a paper shows cannot be read.
pub fn print_some(
    edition: &Edition,
    content: &dyn Folder,
    theme: &Theme,
    base_url: Option<&str>,
    shelf: &dyn Shelf,
    wanted: &(dyn Fn(&str) -> bool + Sync),
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Printed, PackError> {
    let nothing_yet = Pagination::default();
    let view = View::new(edition, &theme.strings, &[], &nothing_yet);
    let right_hand = edition.model.authority.pack.as_ref().is_none_or(|pack| pack.right_hand_pages);
    let mut chains = plan::volumes(edition, &view);
    for chain in &mut chains {
        let upto = chain.iter().rposition(|volume| wanted(&volume.path)).map_or(0, |last| last + 1);
        chain.truncate(upto);
    }
    chains.retain(|chain| !chain.is_empty());
    let of = chains.iter().map(Vec::len).sum();
    let done = AtomicUsize::new(0);
    progress(0, of);
    let one_more = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, of);
    let press = Press {
        view: &view,
        base_url,
        theme: &theme.programs,
        right_hand,
        content,
        shelf,
        read: Mutex::default(),
        one_more: &one_more,
    };
    let printed: Vec<Result<Vec<Impression>, PackError>> = chains.par_iter().map(|chain| press.chain(chain)).collect();
    let mut out = Printed::default();
    for (chain, impressions) in chains.iter().zip(printed) {
        for (volume, impression) in chain.iter().zip(impressions?) {
            out.findings.extend(impression.findings);
            let Some((pdf, shelved)) = impression.printed else { continue };
            out.typeset += usize::from(impression.fresh);
            if let Front::Agenda(meeting) | Front::Letter(meeting, _) = volume.front {
                out.pagination.packs.entry(meeting.key.clone()).or_default().push(volume.paper.id.clone());
            }
            out.pagination.volumes.insert(volume.paper.id.clone(), shelved.volume.clone());
            if wanted(&volume.path) {
                out.artefacts.push(Artefact { path: volume.path.clone(), bytes: pdf });
            }
            out.documents.insert(volume.path.clone(), shelved);
        }
    }
    // A paper stands in a pack and alone; what is wrong with it is told once.
    let mut told = HashSet::new();
    out.findings.retain(|finding| told.insert((finding.code, finding.primary.span, finding.message.clone())));
    Ok(out)
}

/// A document as it came out of the press, or why it did not.
struct Impression {
    printed: Option<(Vec<u8>, Shelved)>,
    findings: Vec<Finding>,
    fresh: bool,
}

impl Press<'_, '_> {
    /// Documents of which each goes on where the one before it ended.
    fn chain(&self, chain: &[plan::Volume<'_>]) -> Result<Vec<Impression>, PackError> {
        let mut first = 1;
        let mut impressions = Vec::with_capacity(chain.len());
        for volume in chain {
            let mut early = None;
            if let Some(own) = cited::first_page(volume) {
                early = cited::not_first(own, first, self.right_hand);
                if early.is_none() {
                    first = own.value;
                }
            }
            let mut impression = self.impression(volume, first)?;
            impression.findings.extend(early);
            if let Some((_, shelved)) = &impression.printed {
                let went_out = volume.paper.head.common.published_at();
                if went_out.is_some_and(|published| published.date() < self.view.edition.now.date()) {
                    let before = self.shelf.before(&volume.path);
                    impression.findings.extend(before.and_then(|before| cited::moved(volume, before, &shelved.volume)));
                }
                impression.findings.extend(cited::elsewhere(self.view, volume, &shelved.volume));
                first = shelved.volume.last().saturating_add(1);
                if self.right_hand {
                    // Right-hand pages have odd numbers.
                    first |= 1;
                }
            }
            impressions.push(impression);
            (self.one_more)();
        }
        Ok(impressions)
    }

    /// Whether the content folder has a file.
    fn has(&self, path: &str) -> bool {
        self.content.paths().binary_search_by(|other| other.as_str().cmp(path)).is_ok()
    }

    /// The pages of an attached PDF.
    fn attached(&self, path: &str) -> Result<Arc<Attached>, PackError> {
        let known = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(attached) = known().get(path) {
            return Ok(Arc::clone(attached));
        }
        let attached = Arc::new(attachment::read(&self.content.read(path)?));
        known().insert(path.to_owned(), Arc::clone(&attached));
        Ok(attached)
    }

    fn impression(&self, volume: &plan::Volume<'_>, first: u32) -> Result<Impression, PackError> {
        let composed = compose(self, volume, first)?;
        let mut findings = composed.findings;
        let mut manuscript = composed.manuscript;
        findings.extend(missing_signs(&manuscript));
        // One that is not there is an error of the paper, told where it is named; the rest is printed for those who look ahead.
        for (path, name) in composed.shown.into_iter().filter(|(path, _)| self.has(path)) {
            manuscript.files.push((name, self.content.read(&path)?));
        }
        let made_from = shelf::sum(&manuscript);
        let papers = volume.parts.iter().map(|part| part.paper.id.as_str()).collect();
        let wanted = Wanted { path: &volume.path, made_from: &made_from, first, papers };
        if let Some((pdf, shelved)) = self.shelf.take(&wanted) {
            return Ok(Impression { printed: Some((pdf, shelved)), findings, fresh: false });
        }
        let keys: Vec<(String, String)> =
            volume.parts.iter().map(|part| (part.key.clone(), part.paper.id.to_string())).collect();
        let typeset = typeset(manuscript);
        // What Typst remembers from one document to the next is worth its room for a while only.
        typst::comemo::evict(MEMORY);
        match typeset {
            Ok(typeset) => {
                let of = |key: &str| typeset.parts.get(key).copied();
                let papers: BTreeMap<String, Pages> =
                    keys.into_iter().filter_map(|(key, id)| Some((id, of(&key)?))).collect();
                let own =
                    Volume { path: volume.path.clone(), size: typeset.pdf.len(), pages: typeset.pages, first, papers };
                // What was warned of is made anew the next time, so that it is warned of again.
                let made_from = if typeset.warnings.is_empty() { made_from } else { String::new() };
                findings.extend(typeset.warnings.iter().map(|unset| doubted(unset, volume)));
                let shelved = Shelved::new(made_from, &typeset.pdf, own);
                self.shelf.put(&typeset.pdf, &shelved);
                Ok(Impression { printed: Some((typeset.pdf, shelved)), findings, fresh: true })
            }
            Err(unset) => {
                findings.extend(unset.iter().map(|unset| refused(unset, volume)));
                Ok(Impression { printed: None, findings, fresh: true })
            }
        }
    }
}

/// Why a document could not be typeset, for the officer.
fn refused(unset: &Unset, volume: &plan::Volume<'_>) -> Finding {
    let place = unset.place.unwrap_or_else(|| volume.paper.start());
    let message = format!("this cannot be printed in {}: {}", volume.path, unset.message);
    let finding = Finding::error(codes::UNPRINTABLE, place, message);
    let hints = unset.hints.join("; ");
    let advice = "`quorate build --no-pdf` publishes the site without PDFs";
    finding.help(if hints.is_empty() { advice.to_owned() } else { format!("{hints}. {advice}") })
}

/// What the typesetter warns of, for the officer.
fn doubted(unset: &Unset, volume: &plan::Volume<'_>) -> Finding {
    let place = unset.place.unwrap_or_else(|| volume.paper.start());
    let message = format!("{} may not look as it should: {}", volume.path, unset.message);
    let finding = Finding::warning(codes::UNPRINTABLE, place, message);
    if unset.hints.is_empty() { finding } else { finding.help(unset.hints.join("; ")) }
}

/// Signs that no typeface has.
fn missing_signs(manuscript: &Manuscript) -> Vec<Finding> {
    let missing = manuscript.program.missing.iter();
    missing
        .filter_map(|(letter, place)| {
            let message = format!(
                "the sign {letter} (U+{:04X}) cannot be printed: no typeface of the PDF has it",
                u32::from(*letter)
            );
            Some(
                Finding::warning(codes::UNPRINTABLE, (*place)?, message)
                    .help("say it in words; the PDF shows � in its place"),
            )
        })
        .collect()
}
