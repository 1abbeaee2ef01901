//! From the content folder to a record, and from a folder in which something has changed to the next record.
//!
//! A [`Reader`] keeps what it has read of every file. A file is read and parsed again only when it has changed, or when
//! something that it is read with has: the glossary, a threshold, a file of figures. What the next record then is, is worked
//! out from all parts anew by the same steps as the first, so it cannot depend on how the folder came to be as it is.

mod data;
mod ids;
mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Record;
use super::check;
use super::decode::{self, Decoded};
use super::link;
use super::paper::{self, Paper, PaperFile};
use super::pictures::{self, Picture};
use crate::document::Glossary;
use crate::files::{FileError, Folder};
use crate::finding::{self, Finding};
use crate::text::{Source, SourceId, Sources};
use data::{DataBeside, Workbooks};
use settings::{RefusedFile, Settings};

/// The first id of what may not be read: it comes after all texts.
const REFUSED: u32 = u32::MAX / 4 * 3;

/// What came of loading a content folder.
#[derive(Debug)]
pub struct Loaded {
    /// The record; nothing if there is no authority to publish it.
    pub record: Option<Record>,
    /// The text files, for showing findings in their place.
    pub sources: Sources,
    /// Everything found.
    pub findings: Vec<Finding>,
}

/// Loads and links a content folder. Everything wrong with the papers is a finding; only a disk that fails is an error.
///
/// # Errors
/// If a file cannot be read from the disk.
pub fn load(folder: &dyn Folder) -> Result<Loaded, FileError> {
    let linked = Reader::default().read(folder, &Changed::Everything)?;
    let findings = linked.check();
    let Linked { record, sources, settings, .. } = linked;
    Ok(Loaded { record: record.filter(|_| settings.complete), sources, findings })
}

/// Which files may have changed since the last reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Any.
    Everything,
    /// Those at these paths below the content folder. What came or went need not be among them: the folder tells that.
    Only(BTreeSet<String>),
}

impl Changed {
    fn includes(&self, path: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(paths) => paths.contains(path),
        }
    }
}

/// A record as it was read and put together, before anybody has asked whether all that it names exists.
#[derive(Debug)]
pub struct Linked {
    /// The record; of an authority that stands in, if there is none.
    record: Option<Record>,
    /// The text files.
    pub sources: Sources,
    /// What was found while reading.
    pub read: Vec<Finding>,
    /// Papers that cannot be read as they are now, and stand in the record as they were when they last could: paths of their
    /// files.
    pub held_back: Vec<String>,
    /// The files that are not as they were at the reading before: paths below the content folder.
    pub touched: BTreeSet<String>,
    settings: Arc<Settings>,
}

impl Linked {
    /// The record; nothing if there is no authority to publish it.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref().filter(|_| self.settings.complete)
    }

    /// What was found while reading, and whether everything that is named exists, in order.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = self.read.clone();
        // Without its authority nothing is published; what is wrong with everything else is told all the same.
        if let Some(record) = &self.record {
            check::check(record, &self.sources, &self.settings.written, &mut findings);
        }
        finding::sort(&mut findings);
        findings
    }
}

/// Reads a content folder, and keeps what it read.
#[derive(Debug, Default)]
pub struct Reader {
    texts: BTreeMap<String, Text>,
    pictures: BTreeMap<String, Picture>,
    workbooks: Workbooks,
    /// The settings as they were last read.
    settings: Option<Arc<Settings>>,
    papers: BTreeMap<String, ReadPaper>,
    /// Whether a paper that cannot be read any more stands as it was.
    holds_back: bool,
    /// Whether the last reading ended early, so that not all that is kept fits together.
    broken_off: bool,
}

/// A text file.
#[derive(Debug)]
struct Text {
    id: SourceId,
    source: Arc<Source>,
    findings: Vec<Finding>,
    unreadable: bool,
}

/// A paper as its file says it, before it is linked with others.
#[derive(Debug)]
struct ReadPaper {
    /// Nothing if it could not be read.
    paper: Option<Arc<Paper>>,
    /// As it was when it last could be read; only if the reader holds papers back.
    earlier: Option<Arc<Paper>>,
    findings: Vec<Finding>,
    /// Whether it has looked for files of figures beside it.
    asked_for_data: bool,
}

impl Reader {
    /// A reader for which a paper that cannot be read any more stands as it was when it last could.
    pub fn holding_back() -> Self {
        Self { holds_back: true, ..Self::default() }
    }

    /// Reads what may have changed, and puts the record together.
    ///
    /// # Errors
    /// If a file cannot be read from the disk. The next reading then reads everything.
    pub fn read(&mut self, folder: &dyn Folder, changed: &Changed) -> Result<Linked, FileError> {
        let all = std::mem::replace(&mut self.broken_off, true);
        let changed = if all { &Changed::Everything } else { changed };
        let touched = self.take_stock(folder, changed)?;
        let read_with = self.settings.as_ref().map(|settings| (settings.glossary.clone(), settings.thresholds));
        let settings = self.settings(folder, &touched);
        let all = all || read_with != Some((settings.glossary.clone(), settings.thresholds));
        self.read_papers(folder, &touched, &settings, all)?;
        self.broken_off = false;
        Ok(self.link(folder, settings, touched))
    }

    /// Reads the texts and pictures that are new or may have changed, and forgets those that are gone. Returns the paths of
    /// all that is not as it was.
    fn take_stock(&mut self, folder: &dyn Folder, changed: &Changed) -> Result<BTreeSet<String>, FileError> {
        let (texts, others): (Vec<&String>, Vec<&String>) = folder.paths().iter().partition(|path| is_text(path));
        let ids = ids::fit(&self.texts, &texts).unwrap_or_else(|| {
            // No room is left between two files: all are numbered anew, and whatever tells a place is read anew.
            self.texts.clear();
            self.settings = None;
            self.papers.clear();
            ids::fit(&self.texts, &texts).unwrap_or_default()
        });
        // All is read before anything is kept, so that a disk that fails leaves everything as it was.
        let wanted = texts.iter().copied().zip(ids);
        let wanted: Vec<(&String, SourceId)> =
            wanted.filter(|(path, _)| changed.includes(path) || !self.texts.contains_key(*path)).collect();
        let read: Vec<(&String, SourceId, Decoded)> = wanted
            .into_par_iter()
            .map(|(path, id)| Ok((path, id, decode::decode(id, path, folder.read(path)?))))
            .collect::<Result<_, FileError>>()?;
        let wanted = others.iter().copied();
        let wanted: Vec<&String> =
            wanted.filter(|path| changed.includes(path) || !self.pictures.contains_key(*path)).collect();
        let seen = pictures::look(folder, &wanted)?;

        let mut touched = gone(&self.texts, &texts);
        touched.extend(gone(&self.pictures, &others));
        for path in &touched {
            self.texts.remove(path);
            self.papers.remove(path);
            self.pictures.remove(path);
            self.workbooks.forget(path);
        }
        for (path, id, Decoded { source, findings, unreadable }) in read {
            let is_as_before = self.texts.get(path).is_some_and(|text| {
                text.source.text == source.text && text.unreadable == unreadable && text.findings == findings
            });
            if !is_as_before {
                self.texts.insert(path.clone(), Text { id, source: Arc::new(source), findings, unreadable });
                touched.insert(path.clone());
            }
        }
        for (path, picture) in wanted.into_iter().zip(seen) {
            self.workbooks.renew(path);
            self.pictures.insert(path.clone(), picture);
            touched.insert(path.clone());
        }
        Ok(touched)
    }

    /// The settings, read again if any of their files has changed.
    fn settings(&mut self, folder: &dyn Folder, touched: &BTreeSet<String>) -> Arc<Settings> {
        let refused: Vec<RefusedFile> = folder
            .refused()
            .iter()
            .zip(REFUSED..)
            .map(|(refused, id)| RefusedFile::new(SourceId(id), refused))
            .collect();
        let is_as_before = |settings: &&Arc<Settings>| {
            settings.refused == refused && !touched.iter().any(|path| settings::is_settings(path))
        };
        if let Some(settings) = self.settings.as_ref().filter(is_as_before) {
            return Arc::clone(settings);
        }
        let files = self.texts.iter().filter(|(path, _)| settings::is_settings(path));
        let settings = Arc::new(settings::read(files.map(|(_, text)| text), refused));
        self.settings = Some(Arc::clone(&settings));
        settings
    }

    /// Reads the papers that have changed, or that are read with something that has; in parallel.
    fn read_papers(
        &mut self,
        folder: &dyn Folder,
        touched: &BTreeSet<String>,
        settings: &Settings,
        all: bool,
    ) -> Result<(), FileError> {
        let data: Vec<&String> = touched.iter().filter(|path| data::is_data(path)).collect();
        let is_read_anew = |path: &String| {
            let Some(read) = self.papers.get(path) else { return true };
            let beside = || data.iter().any(|file| data::is_within(file, folder_of(path)));
            all || touched.contains(path) || (read.asked_for_data && beside())
        };
        let glossary = Glossary::new(settings.glossary.clone());
        let papers = self.texts.iter().filter(|(path, _)| is_paper(path) && is_read_anew(path));
        let papers: Vec<(&String, &Text)> = papers.collect();
        let read: Vec<(String, Option<Paper>, Vec<Finding>, bool)> = papers
            .par_iter()
            .map(|(path, text)| {
                let mut findings = Vec::new();
                if text.unreadable {
                    return ((*path).clone(), None, findings, false);
                }
                let files = DataBeside::new(&self.texts, &self.workbooks, folder, folder_of(path));
                let file = PaperFile {
                    id: text.id,
                    source: &text.source,
                    glossary: &glossary,
                    files: &files,
                    thresholds: settings.thresholds,
                };
                let paper = paper::read(&file, &mut findings);
                ((*path).clone(), paper, findings, files.were_asked_for())
            })
            .collect();
        for (path, paper, findings, asked_for_data) in read {
            let paper = paper.map(Arc::new);
            let earlier = match &paper {
                Some(paper) if self.holds_back => Some(Arc::clone(paper)),
                _ => self.papers.remove(&path).and_then(|read| read.earlier),
            };
            self.papers.insert(path, ReadPaper { paper, earlier, findings, asked_for_data });
        }
        self.workbooks.failure().map_or(Ok(()), Err)
    }

    /// Puts everything together.
    fn link(&self, folder: &dyn Folder, settings: Arc<Settings>, touched: BTreeSet<String>) -> Linked {
        let mut read: Vec<Finding> = self.texts.values().flat_map(|text| &text.findings).cloned().collect();
        read.extend(settings.findings.iter().cloned());
        let mut papers = BTreeMap::new();
        let mut held_back = Vec::new();
        for (path, own) in &self.papers {
            read.extend(own.findings.iter().cloned());
            if own.paper.is_none() && own.earlier.is_some() {
                held_back.push(path.clone());
            }
            if let Some(paper) = own.paper.as_ref().or(own.earlier.as_ref()) {
                papers.insert(paper.id.clone(), Arc::clone(paper));
            }
        }
        let record = settings.model.as_ref().map(|model| {
            let mut record = Record {
                model: Arc::clone(model),
                meetings: BTreeMap::new(),
                papers,
                forms: settings.forms.clone(),
                files: folder.paths().iter().filter(|path| !is_text(path)).cloned().collect(),
                pictures: self.pictures.iter().filter_map(|(path, seen)| Some((path.clone(), seen.size?))).collect(),
                active_pictures: self
                    .pictures
                    .iter()
                    .filter(|(_, seen)| seen.active)
                    .map(|(path, _)| path.clone())
                    .collect(),
            };
            link::collect_meetings(&mut record);
            link::issue_again(&mut record, &mut read);
            record
        });
        let texts = self.texts.values().map(|text| (text.id, Arc::clone(&text.source)));
        let sources = Sources::with_ids(texts.chain(settings.other_sources()).collect());
        Linked { record, sources, read, held_back, touched, settings }
    }
}

/// What is kept of files that are no longer there.
fn gone<T>(kept: &BTreeMap<String, T>, there: &[&String]) -> BTreeSet<String> {
    kept.keys().filter(|path| there.binary_search(path).is_err()).cloned().collect()
}

fn is_text(path: &str) -> bool {
    matches!(path.rsplit_once('.').map(|(_, extension)| extension), Some("md" | "yaml" | "yml" | "csv"))
}

fn is_paper(path: &str) -> bool {
    path.ends_with(".md") && path != "README.md"
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
