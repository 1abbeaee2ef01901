//! The files of settings: who publishes, who sits where, what the words mean, what funders ask. All of them are read
//! together, since they are few.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Text;
use crate::files::Refused;
use crate::finding::{Finding, Severity, codes, did_you_mean};
use crate::model::paper::Form;
use crate::model::read::{Read, Table};
use crate::model::{
    Authority, Body, BodyId, GlossaryEntry, Office, OfficeId, Organisation, OrganisationId, Person, PersonId,
    TableThresholds,
};
use crate::record::CommitteeModel;
use crate::record::check::Written;
use crate::record::refused;
use crate::tables::Thresholds;
use crate::text::{Source, SourceId, Sources, Span, Spanned, yaml};

/// The one file that a content folder cannot be without.
const AUTHORITY: &str = "authority.yaml";

/// The id of the authority's file where there is none: what is missing has a place too, where it ought to be.
const ABSENT: SourceId = SourceId(u32::MAX);

/// What the settings say.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The committee model; with an authority that stands in, if there is none.
    pub(super) model: Option<Arc<CommitteeModel>>,
    /// Whether there is an authority to publish anything.
    pub(super) complete: bool,
    /// Funders' forms, by folder.
    pub(super) forms: BTreeMap<String, Form>,
    /// Abbreviations and their meanings.
    pub(super) glossary: BTreeMap<String, String>,
    /// What the authority says of small figures in tables.
    pub(super) thresholds: Thresholds,
    /// What is named in the files.
    pub(super) written: Written,
    /// What may not be read, whatever it is.
    pub(super) refused: Vec<RefusedFile>,
    /// What was found.
    pub(super) findings: Vec<Finding>,
    /// Stands for the authority's file where there is none.
    absent: Option<Arc<Source>>,
}

impl Settings {
    /// The files in which something is wrong, or that may not be read.
    pub(super) fn files_with_errors(&self) -> BTreeSet<SourceId> {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| finding.primary.span.source).collect()
    }

    /// Texts that findings can stand in, though no file could be read.
    pub(super) fn other_sources(&self) -> impl Iterator<Item = (SourceId, Arc<Source>)> {
        let refused = self.refused.iter().map(|refused| (refused.id, Arc::clone(&refused.source)));
        refused.chain(self.absent.iter().map(|source| (ABSENT, Arc::clone(source))))
    }
}

/// Something that may not be read.
#[derive(Debug, Clone)]
pub(super) struct RefusedFile {
    id: SourceId,
    source: Arc<Source>,
    finding: Finding,
}

impl RefusedFile {
    pub(super) fn new(id: SourceId, refused: &Refused) -> Self {
        let source = Arc::new(Source::new(refused.path.as_str(), ""));
        Self { id, source, finding: refused::finding(id, refused) }
    }
}

impl PartialEq for RefusedFile {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.source.path == other.source.path && self.finding == other.finding
    }
}

/// Whether a file is one of settings, or looks like one.
pub(super) fn is_settings(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

/// Reads all settings.
pub(super) fn read<'t>(files: impl Iterator<Item = &'t Text>, refused: Vec<RefusedFile>) -> Settings {
    let mut broken = BTreeSet::new();
    let mut sources = Vec::new();
    for text in files {
        if text.unreadable {
            broken.insert(text.id);
        }
        sources.push((text.id, Arc::clone(&text.source)));
    }
    let mut findings = Vec::new();
    for refused in &refused {
        broken.insert(refused.id);
        findings.push(refused.finding.clone());
        sources.push((refused.id, Arc::clone(&refused.source)));
    }
    let is_there = sources.iter().any(|(_, source)| source.path == AUTHORITY);
    let absent = (!is_there).then(|| Arc::new(Source::new(AUTHORITY, "")));
    sources.extend(absent.iter().map(|source| (ABSENT, Arc::clone(source))));
    let sources = Sources::with_ids(sources);

    let mut shelf = Shelf::new(&sources, &broken);
    for refused in &refused {
        shelf.refuse(&refused.source.path);
    }
    let authority = shelf.single::<Authority>(AUTHORITY, &mut findings);
    let glossary = shelf.table::<GlossaryEntry>("glossary.yaml", &mut findings);
    let people = shelf.table::<Person>("people.yaml", &mut findings);
    let organisations = shelf.table::<Organisation>("organisations.yaml", &mut findings);
    let offices = shelf.table::<Office>("offices.yaml", &mut findings);
    let bodies = shelf.folder::<Body>("bodies/", &mut findings);
    let forms = shelf.forms(&mut findings);
    shelf.misplaced(&mut findings);
    let written = shelf.written;

    let complete = authority.is_some();
    let own = authority.as_ref().and_then(|authority| authority.tables.as_ref());
    let thresholds = own.map_or_else(Thresholds::default, thresholds);
    let meanings = glossary.iter().map(|(key, entry)| (key.value.clone(), entry.meaning.clone())).collect();
    let model = authority.or_else(stand_in).map(|authority| {
        Arc::new(CommitteeModel {
            authority,
            glossary: glossary.into_iter().map(|(key, entry)| (key.value, entry)).collect(),
            people: people.into_iter().map(|(key, person)| (PersonId(key.value), person)).collect(),
            organisations: organisations.into_iter().map(|(key, entry)| (OrganisationId(key.value), entry)).collect(),
            offices: offices.into_iter().map(|(key, office)| (OfficeId(key.value), office)).collect(),
            bodies: bodies.into_iter().map(|(key, body)| (BodyId(key), body)).collect(),
        })
    });
    Settings { model, complete, forms, glossary: meanings, thresholds, written, refused, findings, absent }
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
/// An authority to check the papers with where there is none.
fn stand_in() -> Option<Authority> {
    let source = Source::new(AUTHORITY, "name: Authority\nkind: principal-council\nnation: england\n");
    let node = yaml::parse(&source, SourceId(0), 0..source.text.len(), &mut Vec::new())?;
    Authority::read(&node, &mut Vec::new())
}

/// The text files that have been read, and which of them something has asked for.
struct Shelf<'s> {
    sources: &'s Sources,
    broken: &'s BTreeSet<SourceId>,
    by_path: HashMap<&'s str, SourceId>,
    taken: BTreeSet<SourceId>,
    written: Written,
}

impl<'s> Shelf<'s> {
    fn new(sources: &'s Sources, broken: &'s BTreeSet<SourceId>) -> Self {
        let there = sources.iter().filter(|(id, _)| *id != ABSENT);
        let by_path = there.map(|(id, source)| (source.path.as_str(), id)).collect();
        Self { sources, broken, by_path, taken: BTreeSet::from([ABSENT]), written: Written::default() }
    }

    /// Nothing reads what may not be read, and nothing more is said of it.
    fn refuse(&mut self, path: &str) {
        self.written.unreadable(path);
        self.taken.extend(self.by_path.get(path));
    }

    fn read<T: Read>(&mut self, id: SourceId, findings: &mut Vec<Finding>) -> Option<T> {
        self.taken.insert(id);
        let source = self.sources.get(id);
        if self.broken.contains(&id) {
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
                        Span::start_of(ABSENT),
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
