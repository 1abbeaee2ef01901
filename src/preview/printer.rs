//! Prints documents in the background, one after the other, when somebody asks for them.

use std::collections::BTreeMap;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::fault::guarded;
use super::state::{PrintState, State};
use super::tabs::{Event, Tabs};
use super::window::{About, Manuscripts};
use super::{Place, Print};
use crate::edition::{Audience, Volume};
use crate::finding::Severity;
use crate::model::Kind;
use crate::pack;
use crate::site::routes::Routes;

/// The most bytes of documents of one view that are kept, so that what has not changed need not be typeset again.
const MOST_KEPT: usize = 128 * 1024 * 1024;

/// A document: whose, and its path in the site.
type Name = (Audience, String);

pub(super) struct Printer {
    jobs: Sender<Job>,
    documents: Arc<Mutex<BTreeMap<Name, Document>>>,
    tabs: Arc<Tabs>,
}

struct Job {
    name: Name,
    number: u64,
    manuscripts: Manuscripts,
}

/// A document that somebody has asked for.
struct Document {
    /// Which state of the papers it was asked for in.
    number: u64,
    progress: PrintState,
    /// As it was last printed, and in which state of the papers.
    printed: Option<(u64, Arc<[u8]>, Volume)>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Printer {
    /// Starts the thread that prints.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub(super) fn start(tabs: Arc<Tabs>) -> std::io::Result<Self> {
        let (jobs, waiting) = channel::<Job>();
        let documents: Arc<Mutex<BTreeMap<Name, Document>>> = Arc::default();
        let (known, told) = (Arc::clone(&documents), Arc::clone(&tabs));
        thread::Builder::new().name("printer".to_owned()).stack_size(16 * 1024 * 1024).spawn(move || {
            // The documents of the two views have the same paths, and are others.
            let mut memories: BTreeMap<Audience, pack::Memory> = BTreeMap::new();
            while let Ok(job) = waiting.recv() {
                let memory = memories.entry(job.name.0).or_insert_with(|| pack::Memory::new(MOST_KEPT));
                if let Err(fault) = guarded("in printing", || print(&job, memory, &known, &told)) {
                    // What was half done is done anew.
                    memories.remove(&job.name.0);
                    if let Some(document) = lock(&known).get_mut(&job.name) {
                        document.progress = PrintState::Failed(fault);
                    }
                    told.tell(|_, _| Some(Event::Bar));
                }
            }
        })?;
        Ok(Self { jobs, documents, tabs })
    }

    /// Begins to print the document of a page, unless that is being done or has been.
    pub(super) fn print(
        &self,
        place: &Place,
        print: Print,
        about: &About,
        number: u64,
        manuscripts: impl FnOnce() -> Option<Manuscripts>,
    ) -> bool {
        let Some(name) = name(place, print, about) else { return false };
        {
            let mut documents = lock(&self.documents);
            let document = documents.entry(name.clone()).or_insert(Document {
                number: 0,
                progress: PrintState::Possible,
                printed: None,
            });
            let is_asked_for = document.number == number && !matches!(document.progress, PrintState::Failed(_));
            if is_asked_for {
                return true;
            }
            document.number = number;
            document.progress = PrintState::Printing(0, 1);
        }
        let sent = manuscripts()
            .is_some_and(|manuscripts| self.jobs.send(Job { name: name.clone(), number, manuscripts }).is_ok());
        if !sent {
            lock(&self.documents).remove(&name);
        }
        self.tabs.tell(|_, _| Some(Event::Bar));
        sent
    }

    /// A document that was printed of the papers as they are now.
    pub(super) fn pdf(&self, place: &Place, print: Print, about: &About, number: u64) -> Option<(String, Arc<[u8]>)> {
        let name = name(place, print, about)?;
        let documents = lock(&self.documents);
        let (printed, pdf, _) = documents.get(&name)?.printed.as_ref()?;
        let file = name.1.replace('/', "-");
        let file = file.strip_prefix("meetings-").unwrap_or(&file).to_owned();
        (*printed == number).then(|| (file, Arc::clone(pdf)))
    }

    /// Adds to what is told of a page how far its documents are.
    pub(super) fn tell(&self, place: &Place, about: &About, number: u64, state: &mut State) {
        let documents = lock(&self.documents);
        let progress = |print| {
            let Some(name) = name(place, print, about) else { return PrintState::None };
            let Some(document) = documents.get(&name) else { return PrintState::Possible };
            match (&document.progress, &document.printed) {
                (PrintState::Ready(..) | PrintState::Possible, Some((printed, ..))) if *printed != number => {
                    PrintState::Outdated
                }
                (PrintState::Failed(_), _) if document.number != number => PrintState::Possible,
                (progress, _) => progress.clone(),
            }
        };
        state.paper_pdf = progress(Print::Paper);
        state.pack_pdf = progress(Print::Pack);
        let pack = name(place, Print::Pack, about).and_then(|name| documents.get(&name)?.printed.as_ref());
        if let (Some((_, _, volume)), Some(own), Some(told)) = (pack, &about.paper, &mut state.paper) {
            told.pages_in_pack = volume.papers.get(own.paper.id.as_str()).map(ToString::to_string);
        }
    }
}

/// The document of a page.
fn name(place: &Place, print: Print, about: &About) -> Option<Name> {
    let own = about.paper.as_ref().map(|own| &own.paper);
    let path = match (print, own.map(|paper| paper.kind())) {
        // A page of an agenda has no document beside its pack.
        (Print::Paper, Some(Kind::Agenda | Kind::SupplementaryAgenda)) => return None,
        (Print::Paper, Some(_)) => Routes::printed(own?),
        (Print::Paper, None) => return None,
        (Print::Pack, _) => about.pack.clone()?,
    };
    Some((place.audience, path))
}

fn print(job: &Job, memory: &pack::Memory, documents: &Mutex<BTreeMap<Name, Document>>, tabs: &Tabs) {
    let Job { name, number, manuscripts } = job;
    let say = |progress: PrintState| {
        let mut documents = lock(documents);
        if let Some(document) = documents.get_mut(name).filter(|document| document.number == *number) {
            document.progress = progress;
        }
        drop(documents);
        tabs.tell(|_, _| Some(Event::Bar));
    };
    let Manuscripts { edition, theme, content, base_url } = manuscripts;
    let wanted = |path: &str| path == name.1;
    let printed = pack::print_some(edition, &**content, theme, base_url.as_deref(), memory, &wanted, &|done, of| {
        say(PrintState::Printing(done, of));
    });
    let printed = match printed {
        Ok(printed) => printed,
        Err(error) => return say(PrintState::Failed(error.to_string())),
    };
    let volume = printed.pagination.volumes.values().find(|volume| volume.path == name.1).cloned();
    let pdf = printed.artefacts.into_iter().find(|artefact| artefact.path == name.1);
    match (volume, pdf) {
        (Some(volume), Some(pdf)) => {
            let ready = PrintState::Ready(volume.pages, pdf.bytes.len());
            if let Some(document) = lock(documents).get_mut(name) {
                document.printed = Some((*number, pdf.bytes.into(), volume));
            }
            say(ready);
        }
        _ => {
            let errors = printed.findings.into_iter().filter(|finding| finding.severity == Severity::Error);
            let why: Vec<String> = errors.map(|finding| finding.message).collect();
            say(PrintState::Failed(if why.is_empty() {
                "there is no such document".to_owned()
            } else {
                why.join("; ")
            }));
        }
    }
}
