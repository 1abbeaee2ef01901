//! From the content folder to a record.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::check::{self, Written};
use super::decode::{self, Decoded};
use super::paper::{self, Paper, PaperFile};
use super::pictures;
use super::refused;
use super::{CommitteeModel, Meeting, Record};
use crate::document::Glossary;
use crate::files::{FileError, Folder};
use crate::finding::{self, Finding, codes, did_you_mean};
use crate::model::paper::Form;
use crate::model::read::{Read, Table};
use crate::model::{
    Authority, Body, BodyId, GlossaryEntry, Office, OfficeId, Organisation, OrganisationId, PaperId, Person, PersonId,
    TableThresholds,
};
use crate::tables::{Broken, DataFile, DataFiles, Thresholds, Workbook};
use crate::text::{Source, SourceId, Sources, Span, Spanned, yaml};

/// The one file that a content folder cannot be without.
const AUTHORITY: &str = "authority.yaml";

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
    let mut findings = Vec::new();
    let paths = folder.paths();
    let (texts, others): (Vec<&String>, Vec<&String>) = paths.iter().partition(|path| is_text(path));
    let pictures = pictures::look(folder, &others)?;
    let read: Vec<Decoded> = texts
        .par_iter()
        .enumerate()
        .map(|(index, path)| {
            let id = SourceId(u32::try_from(index).unwrap_or(u32::MAX));
            Ok(decode::decode(id, path, folder.read(path)?))
        })
        .collect::<Result<_, FileError>>()?;
    let mut files = Vec::with_capacity(read.len());
    let mut broken = BTreeSet::new();
    for (index, decoded) in read.into_iter().enumerate() {
        if decoded.unreadable {
            broken.insert(index);
        }
        findings.extend(decoded.findings);
        files.push(Arc::new(decoded.source));
    }
    for refused in folder.refused() {
        let index = files.len();
        broken.insert(index);
        findings.push(refused::finding(SourceId(u32::try_from(index).unwrap_or(u32::MAX)), refused));
        files.push(Arc::new(Source::new(refused.path.as_str(), "")));
    }
    // What is missing has a place too, for the finding that says so: where it ought to be.
    let absent = if files.iter().any(|file| file.path == AUTHORITY) {
        None
    } else {
        files.push(Arc::new(Source::new(AUTHORITY, "")));
        u32::try_from(files.len() - 1).ok().map(SourceId)
    };
    let sources = Sources::new(files);

    let mut shelf = Shelf::new(&sources, &broken, absent);
    for refused in folder.refused() {
        shelf.refuse(&refused.path);
    }
    let authority = shelf.single::<Authority>(AUTHORITY, &mut findings);
    let glossary_file = shelf.table::<GlossaryEntry>("glossary.yaml", &mut findings);
    let people = shelf.table::<Person>("people.yaml", &mut findings);
    let organisations = shelf.table::<Organisation>("organisations.yaml", &mut findings);
    let offices = shelf.table::<Office>("offices.yaml", &mut findings);
    let bodies = shelf.folder::<Body>("bodies/", &mut findings);
    let forms = shelf.forms(&mut findings);
    let papers = shelf.papers(folder, &glossary_file, authority.as_ref(), &mut findings)?;
    shelf.misplaced(&mut findings);
    let written = shelf.written;

    // Without its authority nothing is published; what is wrong with everything else is told all the same.
    let complete = authority.is_some();
    let record = authority.or_else(stand_in).map(|authority| {
        let model = CommitteeModel {
            authority,
            glossary: glossary_file.into_iter().map(|(key, entry)| (key.value, entry)).collect(),
            people: people.into_iter().map(|(key, person)| (PersonId(key.value), person)).collect(),
            organisations: organisations.into_iter().map(|(key, entry)| (OrganisationId(key.value), entry)).collect(),
            offices: offices.into_iter().map(|(key, office)| (OfficeId(key.value), office)).collect(),
            bodies: bodies.into_iter().map(|(key, body)| (BodyId(key), body)).collect(),
        };
        let mut record = Record {
            model: Arc::new(model),
            meetings: BTreeMap::new(),
            papers,
            forms,
            files: others.into_iter().cloned().collect(),
            pictures: pictures.sizes,
            active_pictures: pictures.active,
        };
        collect_meetings(&mut record);
        issue_again(&mut record, &mut findings);
        check::check(&record, &sources, &written, &mut findings);
        record
    });
    let record = record.filter(|_| complete);
    finding::sort(&mut findings);
    Ok(Loaded { record, sources, findings })
}

fn is_text(path: &str) -> bool {
    matches!(path.rsplit_once('.').map(|(_, extension)| extension), Some("md" | "yaml" | "yml" | "csv"))
}

/// An authority to check the papers with where there is none.
fn stand_in() -> Option<Authority> {
    let source = Source::new(AUTHORITY, "name: Authority\nkind: principal-council\nnation: england\n");
    let node = yaml::parse(&source, SourceId(0), 0..source.text.len(), &mut Vec::new())?;
    Authority::read(&node, &mut Vec::new())
}

/// The text files that have been read, and which of them something has asked for.
struct Shelf<'s> {
    sources: &'s Sources,
    broken: &'s BTreeSet<usize>,
    by_path: HashMap<&'s str, SourceId>,
    /// Stands for the authority's file where there is none.
    absent: Option<SourceId>,
    taken: BTreeSet<SourceId>,
    written: Written,
}

impl<'s> Shelf<'s> {
    fn new(sources: &'s Sources, broken: &'s BTreeSet<usize>, absent: Option<SourceId>) -> Self {
        let there = sources.iter().filter(|(id, _)| Some(*id) != absent);
        let by_path = there.map(|(id, source)| (source.path.as_str(), id)).collect();
        Self { sources, broken, by_path, absent, taken: absent.into_iter().collect(), written: Written::default() }
    }

    /// Nothing reads what may not be read, and nothing more is said of it.
    fn refuse(&mut self, path: &str) {
        self.written.unreadable(path);
        self.taken.extend(self.by_path.get(path));
    }

    fn is_broken(&self, id: SourceId) -> bool {
        self.broken.contains(&(id.0 as usize))
    }

    fn read<T: Read>(&mut self, id: SourceId, findings: &mut Vec<Finding>) -> Option<T> {
        self.taken.insert(id);
        let source = self.sources.get(id);
        if self.is_broken(id) {
            self.written.unreadable(&source.path);
            return None;
        }
        let before = findings.len();
        let node = yaml::parse(source, id, 0..source.text.len(), findings);
        self.written.add(&source.path, node.as_ref());
        match node {
            Some(node) => T::read(&node, findings),
            None if findings.len() > before => {
                self.written.unreadable(&source.path);
                None
            }
            None => T::absent().or_else(|| {
                findings.push(
                    Finding::error(codes::MISSING_KEY, Span::start_of(id), "this file is empty")
                        .help(format!("it needs {}", T::expected())),
                );
                None
            }),
        }
    }

    fn single<T: Read>(&mut self, path: &str, findings: &mut Vec<Finding>) -> Option<T> {
        match self.by_path.get(path) {
            Some(id) => self.read(*id, findings),
            None => {
                self.written.unreadable(path);
                findings.push(
                    Finding::error(
                        codes::MISSING_KEY,
                        Span::start_of(self.absent.unwrap_or(SourceId(0))),
                        format!("the content folder has no `{path}`"),
                    )
                    .help("`quorate new authority` writes one to start from"),
                );
                None
            }
        }
    }

    fn table<T: Read>(&mut self, path: &str, findings: &mut Vec<Finding>) -> Vec<(Spanned<String>, T)> {
        let Some(id) = self.by_path.get(path) else { return Vec::new() };
        self.read::<Table<T>>(*id, findings).unwrap_or_default().0
    }

    fn folder<T: Read>(&mut self, folder: &str, findings: &mut Vec<Finding>) -> Vec<(String, T)> {
        let files: Vec<(String, SourceId)> = self
            .sources
            .iter()
            .filter_map(|(id, source)| {
                let name = source.path.strip_prefix(folder)?.strip_suffix(".yaml")?;
                (!name.contains('/')).then(|| (name.to_owned(), id))
            })
            .collect();
        files.into_iter().filter_map(|(name, id)| Some((name, self.read(id, findings)?))).collect()
    }

    fn forms(&mut self, findings: &mut Vec<Finding>) -> BTreeMap<String, Form> {
        let files: Vec<(String, SourceId)> = self
            .sources
            .iter()
            .filter_map(|(id, source)| {
                let folder = source.path.strip_suffix("/form.yaml")?;
                folder.strip_prefix("returns/").map(|_| (folder.to_owned(), id))
            })
            .collect();
        files.into_iter().filter_map(|(folder, id)| Some((folder, self.read(id, findings)?))).collect()
    }

    /// All papers, read in parallel; findings come in the order of the files, whatever the number of threads.
    fn papers(
        &mut self,
        folder: &dyn Folder,
        glossary: &[(Spanned<String>, GlossaryEntry)],
        authority: Option<&Authority>,
        findings: &mut Vec<Finding>,
    ) -> Result<BTreeMap<PaperId, Arc<Paper>>, FileError> {
        let glossary = Glossary::new(glossary.iter().map(|(key, entry)| (key.value.clone(), entry.meaning.clone())));
        let files: Vec<(SourceId, &Arc<Source>)> = self
            .sources
            .iter()
            .filter(|(_, source)| source.path.ends_with(".md") && source.path != "README.md")
            .collect();
        self.taken.extend(self.sources.iter().filter(|(_, source)| source.path == "README.md").map(|(id, _)| id));
        self.taken.extend(files.iter().map(|(id, _)| *id));
        self.taken.extend(self.sources.iter().filter(|(_, source)| source.path.ends_with(".csv")).map(|(id, _)| id));
        let data = Data::new(self.sources, self.broken, folder);
        let thresholds =
            authority.and_then(|authority| authority.tables.as_ref()).map_or_else(Thresholds::default, thresholds);
        let read: Vec<(Option<Paper>, Vec<Finding>)> = files
            .par_iter()
            .filter(|(id, _)| !self.is_broken(*id))
            .map(|(id, source)| {
                let mut findings = Vec::new();
                let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let files = data.of(folder);
                let file = PaperFile { id: *id, source, glossary: &glossary, files: &files, thresholds };
                let paper = paper::read(&file, &mut findings);
                (paper, findings)
            })
            .collect();
        let mut papers = BTreeMap::new();
        for (paper, own) in read {
            findings.extend(own);
            if let Some(paper) = paper {
                papers.insert(paper.id.clone(), Arc::new(paper));
            }
        }
        data.failure().map_or(Ok(papers), Err)
    }

    /// YAML files that nothing has asked for.
    fn misplaced(&self, findings: &mut Vec<Finding>) {
        const KNOWN: [&str; 5] =
            ["authority.yaml", "glossary.yaml", "people.yaml", "organisations.yaml", "offices.yaml"];
        for (id, source) in self.sources.iter().filter(|(id, _)| !self.taken.contains(id)) {
            let renamed = source.path.strip_suffix(".yml").map(|path| format!("rename it to `{path}.yaml`"));
            let help = renamed.or_else(|| did_you_mean(&source.path, KNOWN)).unwrap_or_else(|| {
                "settings stand in `authority.yaml`, `glossary.yaml`, `people.yaml`, `organisations.yaml`, `offices.yaml`, \
                 `bodies/NAME.yaml` and `returns/NAME/form.yaml`"
                    .to_owned()
            });
            findings.push(
                Finding::warning(
                    codes::MISPLACED_FILE,
                    Span::start_of(id),
                    format!("nothing reads the file `{}`", source.path),
                )
                .help(help),
            );
        }
    }
}

/// What an authority says of small figures in tables.
fn thresholds(own: &TableThresholds) -> Thresholds {
    let usual = Thresholds::default();
    Thresholds {
        small_base: own.small_base.unwrap_or(usual.small_base),
        suppress_below: own.suppress_below,
        protect: own.protect.unwrap_or(usual.protect),
    }
}

/// The files that tables can take their rows from, by path.
struct Data<'s> {
    by_path: BTreeMap<&'s str, Held<'s>>,
    folder: &'s dyn Folder,
}

enum Held<'s> {
    /// A CSV file. One that could not be read as text has been reported, and is there without its source.
    Text(Option<(SourceId, &'s Source)>),
    /// A workbook, which is read from the disk when the first block names it.
    Workbook(OnceLock<Result<Result<Workbook, Broken>, FileError>>),
}

impl<'s> Data<'s> {
    fn new(sources: &'s Sources, broken: &BTreeSet<usize>, folder: &'s dyn Folder) -> Self {
        let readable = |id: SourceId| !broken.contains(&(id.0 as usize));
        let texts = sources.iter().filter(|(_, source)| source.path.ends_with(".csv"));
        let texts =
            texts.map(|(id, source)| (source.path.as_str(), Held::Text(readable(id).then_some((id, &**source)))));
        let workbooks = folder.paths().iter().filter(|path| path.ends_with(".xlsx"));
        let workbooks = workbooks.map(|path| (path.as_str(), Held::Workbook(OnceLock::new())));
        Self { by_path: texts.chain(workbooks).collect(), folder }
    }

    fn find(&self, path: &str) -> DataFile<'_> {
        let Some((path, held)) = self.by_path.get_key_value(path) else { return DataFile::Absent };
        match held {
            Held::Text(Some((id, source))) => DataFile::Text(*id, source),
            Held::Text(None) => DataFile::Unreadable,
            Held::Workbook(once) => match once.get_or_init(|| self.folder.read(path).map(Workbook::new)) {
                Ok(Ok(workbook)) => DataFile::Workbook(workbook),
                Ok(Err(broken)) => DataFile::Broken(broken),
                // The disk failed: that ends the run, once all papers have been read.
                Err(_) => DataFile::Unreadable,
            },
        }
    }

    /// The first workbook that the disk did not give.
    fn failure(self) -> Option<FileError> {
        self.by_path.into_values().find_map(|held| match held {
            Held::Workbook(once) => once.into_inner()?.err(),
            Held::Text(_) => None,
        })
    }

    fn of<'d>(&'d self, folder: &'d str) -> DataBeside<'d> {
        DataBeside { data: self, folder }
    }
}

/// The files as one paper names them.
struct DataBeside<'d> {
    data: &'d Data<'d>,
    folder: &'d str,
}

impl DataFiles for DataBeside<'_> {
    fn find(&self, path: &str) -> DataFile<'_> {
        let path = if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) };
        self.data.find(&path)
    }

    fn names(&self) -> Vec<&str> {
        self.data
            .by_path
            .range(self.folder..)
            .map(|(path, _)| *path)
            .take_while(|path| path.starts_with(self.folder))
            .filter_map(
                |path| if self.folder.is_empty() { Some(path) } else { path[self.folder.len()..].strip_prefix('/') },
            )
            .collect()
    }
}

/// Puts meetings together from the bodies' files and the folders of papers.
fn collect_meetings(record: &mut Record) {
    use crate::model::{Kind, MeetingKey, paper::Own};
    let mut meetings: BTreeMap<MeetingKey, Meeting> = BTreeMap::new();
    for (id, body) in &record.model.bodies {
        for planned in &body.meetings {
            let key = MeetingKey { body: id.clone(), date: planned.date.value };
            meetings
                .entry(key.clone())
                .or_insert_with(|| Meeting::new(key))
                .planned
                .get_or_insert_with(|| planned.clone());
        }
    }
    let mut supplementary: Vec<(MeetingKey, u32, PaperId)> = Vec::new();
    for paper in record.papers.values() {
        let Some(key) = &paper.meeting else { continue };
        let meeting = meetings.entry(key.clone()).or_insert_with(|| Meeting::new(key.clone()));
        match (paper.kind(), &paper.head.own) {
            (Kind::Agenda, _) => keep(&mut meeting.agenda, paper, "agenda"),
            (Kind::Minutes, _) => keep(&mut meeting.minutes, paper, "minutes"),
            (_, Own::SupplementaryAgenda(own)) => supplementary.push((key.clone(), own.number, paper.id.clone())),
            _ => {}
        }
    }
    supplementary.sort();
    for (key, _, id) in supplementary {
        if let Some(meeting) = meetings.get_mut(&key) {
            meeting.supplementary.push(id);
        }
    }
    record.meetings = meetings;
}

/// Keeps the first paper of a kind that a meeting has once, or the one whose file is called as it should be.
fn keep(place: &mut Option<PaperId>, paper: &Paper, name: &str) {
    if place.is_none() || paper.id.as_str().rsplit('/').next() == Some(name) {
        *place = Some(paper.id.clone());
    }
}

/// Gives each paper with `text_of` the text of the paper named.
fn issue_again(record: &mut Record, findings: &mut Vec<Finding>) {
    let wanted: Vec<(PaperId, Spanned<PaperId>)> = record
        .papers
        .values()
        .filter_map(|paper| {
            let text_of = paper.head.common.text_of.as_ref()?;
            Some((paper.id.clone(), Spanned::new(paper.address(&text_of.value), text_of.span)))
        })
        .collect();
    for (id, source) in wanted {
        let Some(original) = record.papers.get(&source.value) else { continue };
        if let Some(further) = &original.head.common.text_of {
            findings.push(
                Finding::error(codes::CIRCLE, source.span, "the paper named here takes its own text from another")
                    .also(further.span, "which is named here")
                    .help("name the paper that holds the text"),
            );
            continue;
        }
        let text = Arc::clone(&original.text);
        let from = original.id.clone();
        if let Some(paper) = record.papers.get_mut(&id) {
            let paper = Arc::make_mut(paper);
            paper.text = text;
            paper.text_from = from;
        }
    }
}
