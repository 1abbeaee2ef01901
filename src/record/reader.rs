//! From the content folder to a record, and from a folder in which something has changed to the next record.
//!
//! A [`Reader`] keeps what it has read of every file. A file is read and parsed again only when it has changed, or when
//! something that it is read with has: the glossary, a threshold, a file of figures. What the next record then is, is worked
//! out from all parts anew by the same steps as the first, so it cannot depend on how the folder came to be as it is.

mod data;
mod ids;
mod settings;
#[cfg(test)]
mod tests;

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
    let mut reader = Reader::default();
    reader.read(folder, &Changed::Everything)?;
    let linked = reader.link(folder);
    let findings = linked.check();
    let Linked { record, sources, settings, .. } = linked;
    Ok(Loaded { record: record.filter(|_| settings.complete), sources, findings })
}

/// Which files may have changed since the last reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Any.
    Everything,
    /// Those at these paths below the content folder, and all that is in those of them that are folders. What came or went
    /// need not be among them: the folder tells that.
    Only(BTreeSet<String>),
    /// Those at these paths, and no file has come or gone.
    Within(BTreeSet<String>),
}

impl Changed {
    fn includes(&self, path: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Within(paths) => paths.contains(path),
            Self::Only(paths) => {
                let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
                paths.contains(path) || paths.contains("") || folders.into_iter().any(|folder| paths.contains(folder))
            }
        }
    }
}

/// A record as it was read and put together, before anybody has asked whether all that it names exists.
#[derive(Debug)]
pub struct Linked {
    /// The record, in which what cannot be read stands as it was; of an authority that stands in, if there is none.
    record: Option<Record>,
    /// The record of what can be read, where that is another: it is what rules may look at, since places in texts that are
    /// no longer there are nowhere.
    readable: Option<Record>,
    /// The text files.
    pub sources: Sources,
    /// What was found while reading.
    pub read: Vec<Finding>,
    /// Files that cannot be read as they are now, and stand in the record as they were when they last could.
    pub held_back: Vec<String>,
    /// The files that are not as they were when the record was put together before: paths below the content folder.
    pub touched: BTreeSet<String>,
    /// The settings as the record has them.
    settings: Arc<Settings>,
    /// The settings as the files are now.
    written: Arc<Settings>,
}

impl Linked {
    /// The record; nothing if there is no authority to publish it. What cannot be read any more stands in it as it was, if the
    /// reader holds things back.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref().filter(|_| self.settings.complete)
    }

    /// The record of what can be read as it is now; nothing if there is no authority to publish it.
    pub fn readable(&self) -> Option<&Record> {
        self.readable.as_ref().or(self.record.as_ref()).filter(|_| self.written.complete)
    }

    /// What was found while reading, and whether everything that is named exists, in order.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = self.read.clone();
        // Without its authority nothing is published; what is wrong with everything else is told all the same.
        if let Some(record) = self.readable.as_ref().or(self.record.as_ref()) {
            check::check(record, &self.sources, &self.written.written, &mut findings);
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
    /// The settings as their files are.
    settings: Option<Arc<Settings>>,
    /// The settings that papers are read with and the record has: those, with files that cannot be read as they were.
    settings_shown: Option<Arc<Settings>>,
    /// Files of settings as they were when they last could be read; only if the reader holds things back.
    earlier_settings: BTreeMap<String, Text>,
    papers: BTreeMap<String, ReadPaper>,
    /// What is not as it was when the record was last put together.
    touched: BTreeSet<String>,
    /// The papers that the last reading read, by the paths of their files.
    papers_read: Vec<String>,
    /// Whether what cannot be read any more stands as it was.
    holds_back: bool,
    /// Whether the last reading ended early, so that not all that is kept fits together.
    broken_off: bool,
}

/// A text file.
#[derive(Debug, Clone)]
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
    /// A reader for which a paper or a file of settings that cannot be read any more stands as it was when it last could.
    pub fn holding_back() -> Self {
        Self { holds_back: true, ..Self::default() }
    }

    /// Reads what may have changed. Returns the paths of all that is not as it was.
    ///
    /// # Errors
    /// If a file cannot be read from the disk. The next reading then reads everything.
    pub fn read(&mut self, folder: &dyn Folder, changed: &Changed) -> Result<BTreeSet<String>, FileError> {
        let all = std::mem::replace(&mut self.broken_off, true);
        self.papers_read.clear();
        let changed = if all { &Changed::Everything } else { changed };
        if all {
            // Of what was read before the last reading ended early, nobody can say any more that it has changed.
            self.settings = None;
        }
        let touched = match changed {
            Changed::Within(paths) => self.look_again(folder, paths)?,
            Changed::Everything | Changed::Only(_) => self.take_stock(folder, changed)?,
        };
        let before = self.settings_shown.clone();
        self.read_settings(folder, &touched);
        if let Some(settings) = self.settings_shown.clone() {
            let read_with = |settings: &Settings| (settings.thresholds, settings.glossary.clone());
            let is_as_before =
                |before: &Arc<Settings>| Arc::ptr_eq(before, &settings) || read_with(before) == read_with(&settings);
            let all = all || !before.as_ref().is_some_and(is_as_before);
            self.read_papers(folder, &touched, &settings, all)?;
        }
        self.broken_off = false;
        self.touched.extend(touched.iter().cloned());
        Ok(touched)
    }

    /// The papers that the last reading read again, if each could be read.
    pub fn papers_read(&self) -> Option<Vec<Arc<Paper>>> {
        self.papers_read.iter().map(|path| self.paper(path).cloned()).collect()
    }

    /// The paper of a file, if it can be read as it is now.
    pub fn paper(&self, path: &str) -> Option<&Arc<Paper>> {
        self.papers.get(path)?.paper.as_ref()
    }

    /// Reads files again of which each was there before.
    fn look_again(&mut self, folder: &dyn Folder, paths: &BTreeSet<String>) -> Result<BTreeSet<String>, FileError> {
        let mut touched = BTreeSet::new();
        for path in paths {
            if let Some(id) = self.texts.get(path).map(|text| text.id) {
                let decoded = decode::decode(id, path, folder.read(path)?);
                self.keep_text(path, id, decoded, &mut touched);
            } else if self.pictures.contains_key(path) {
                for picture in pictures::look(folder, &[path])? {
                    self.keep_picture(path, picture, &mut touched);
                }
            }
        }
        Ok(touched)
    }

    /// Reads the texts and pictures that are new or may have changed, and forgets those that are gone. Returns the paths of
    /// all that is not as it was.
    fn take_stock(&mut self, folder: &dyn Folder, changed: &Changed) -> Result<BTreeSet<String>, FileError> {
        let (texts, others): (Vec<&String>, Vec<&String>) = folder.paths().iter().partition(|path| is_text(path));
        let ids = ids::fit(&self.texts, &texts).unwrap_or_else(|| {
            // No room is left between two files: all are numbered anew, and whatever tells a place is read anew.
            self.texts.clear();
            self.settings = None;
            self.earlier_settings.clear();
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
        for (path, id, decoded) in read {
            self.keep_text(path, id, decoded, &mut touched);
        }
        for (path, picture) in wanted.into_iter().zip(seen) {
            self.keep_picture(path, picture, &mut touched);
        }
        Ok(touched)
    }

    fn keep_text(&mut self, path: &str, id: SourceId, decoded: Decoded, touched: &mut BTreeSet<String>) {
        let Decoded { source, findings, unreadable } = decoded;
        let is_as_before = self.texts.get(path).is_some_and(|text| {
            text.source.text == source.text && text.unreadable == unreadable && text.findings == findings
        });
        if !is_as_before {
            self.texts.insert(path.to_owned(), Text { id, source: Arc::new(source), findings, unreadable });
            touched.insert(path.to_owned());
        }
    }

    fn keep_picture(&mut self, path: &str, picture: Picture, touched: &mut BTreeSet<String>) {
        self.workbooks.renew(path);
        self.pictures.insert(path.to_owned(), picture);
        touched.insert(path.to_owned());
    }

    /// Reads the settings again if any of their files has changed.
    fn read_settings(&mut self, folder: &dyn Folder, touched: &BTreeSet<String>) {
        let refused: Vec<RefusedFile> = folder
            .refused()
            .iter()
            .zip(REFUSED..)
            .map(|(refused, id)| RefusedFile::new(SourceId(id), refused))
            .collect();
        let is_as_before = |settings: &Arc<Settings>| {
            settings.refused == refused && !touched.iter().any(|path| settings::is_settings(path))
        };
        if self.settings.as_ref().is_some_and(is_as_before) {
            return;
        }
        let files = || self.texts.iter().filter(|(path, _)| settings::is_settings(path));
        let settings = Arc::new(settings::read(files().map(|(_, text)| text), refused.clone()));
        self.earlier_settings.retain(|path, _| self.texts.contains_key(path));
        let mut shown = Arc::clone(&settings);
        if self.holds_back {
            let mut wrong = settings.files_with_errors();
            wrong.extend(files().filter(|(_, text)| text.unreadable).map(|(_, text)| text.id));
            let good = files().filter(|(_, text)| !wrong.contains(&text.id));
            self.earlier_settings.extend(good.map(|(path, text)| (path.clone(), text.clone())));
            if files().any(|(path, text)| wrong.contains(&text.id) && self.earlier_settings.contains_key(path)) {
                let as_shown = files().map(|(path, text)| self.earlier_settings.get(path).unwrap_or(text));
                shown = Arc::new(settings::read(as_shown, refused));
            }
        }
        self.settings = Some(settings);
        self.settings_shown = Some(shown);
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
        let beside = |path: &str, read: &ReadPaper| {
            read.asked_for_data && data.iter().any(|file| data::is_within(file, folder_of(path)))
        };
        let mut papers: Vec<(&String, &Text)> = Vec::new();
        if all {
            papers.extend(self.texts.iter().filter(|(path, _)| is_paper(path)));
        } else {
            let own = touched.iter().filter(|path| is_paper(path));
            papers.extend(own.filter_map(|path| self.texts.get_key_value(path)));
            if !data.is_empty() {
                let others = self.papers.iter().filter(|(path, read)| beside(path, read));
                let others = others.filter(|(path, _)| !touched.contains(*path));
                papers.extend(others.filter_map(|(path, _)| self.texts.get_key_value(path)));
            }
        }
        let glossary = Glossary::new(settings.glossary.clone());
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
        self.papers_read = read.iter().map(|(path, ..)| path.clone()).collect();
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

    /// Puts everything together that has been read.
    pub fn link(&mut self, folder: &dyn Folder) -> Linked {
        let written = self.settings.clone().unwrap_or_default();
        let settings = self.settings_shown.clone().unwrap_or_default();
        let mut read: Vec<Finding> = self.texts.values().flat_map(|text| &text.findings).cloned().collect();
        read.extend(written.findings.iter().cloned());
        let mut held_back: Vec<String> = Vec::new();
        if !Arc::ptr_eq(&written, &settings) {
            let stands = |path: &String, text: &Text| {
                self.texts.get(path).is_some_and(|now| now.source.text != text.source.text)
            };
            held_back.extend(
                self.earlier_settings.iter().filter(|(path, text)| stands(path, text)).map(|(path, _)| path.clone()),
            );
        }
        for (path, own) in &self.papers {
            read.extend(own.findings.iter().cloned());
            if own.paper.is_none() && own.earlier.is_some() {
                held_back.push(path.clone());
            }
        }
        let readable = (!held_back.is_empty())
            .then(|| self.record(folder, &written, |read| read.paper.as_ref(), &mut read))
            .flatten();
        let known = read.len();
        let record = self.record(folder, &settings, |read| read.paper.as_ref().or(read.earlier.as_ref()), &mut read);
        if readable.is_some() {
            // What is wrong is told of what can be read.
            read.truncate(known);
        }
        let texts = self.texts.values().map(|text| (text.id, Arc::clone(&text.source)));
        let sources = Sources::with_ids(texts.chain(written.other_sources()).collect());
        let touched = std::mem::take(&mut self.touched);
        Linked { record, readable, sources, read, held_back, touched, settings, written }
    }

    /// A record of the papers that `choose` gives.
    fn record<'p>(
        &'p self,
        folder: &dyn Folder,
        settings: &Settings,
        choose: impl Fn(&'p ReadPaper) -> Option<&'p Arc<Paper>>,
        findings: &mut Vec<Finding>,
    ) -> Option<Record> {
        let has_unread = self.papers.values().any(|read| choose(read).is_none()) || !folder.refused().is_empty();
        let papers = self.papers.values().filter_map(choose);
        let pictures = || self.pictures.iter();
        let mut record = Record {
            model: Arc::clone(settings.model.as_ref()?),
            meetings: BTreeMap::new(),
            papers: papers.map(|paper| (paper.id.clone(), Arc::clone(paper))).collect(),
            forms: settings.forms.clone(),
            has_unread,
            files: folder.paths().iter().filter(|path| !is_text(path)).cloned().collect(),
            pictures: pictures().filter_map(|(path, seen)| Some((path.clone(), seen.size?))).collect(),
            active_pictures: pictures().filter(|(_, seen)| seen.active).map(|(path, _)| path.clone()).collect(),
        };
        link::collect_meetings(&mut record);
        link::issue_again(&mut record, findings);
        Some(record)
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
