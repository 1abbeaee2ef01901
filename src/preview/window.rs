//! What one audience sees: an edition, and its pages as somebody asks for them.
//!
//! Pages borrow from their edition, so both live on a thread that others send questions to. When the papers change it gets
//! the next [`Issue`], and builds the edition of that when the next question comes.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sha2::{Digest, Sha256};

use super::fault::guarded;
use super::state::HeldBack;
use super::{Answer, Page};
use crate::calendar::Moment;
use crate::edition::{Audience, Edition, Pagination, PublishedPaper};
use crate::files::Folder;
use crate::model::{MeetingKey, PaperId};
use crate::opendata;
use crate::press;
use crate::publication::Artefact;
use crate::record::{Linked, Paper, table_files};
use crate::site::view::{Sizes, View};
use crate::site::{self, OnDemand, OnPage, Theme};
use crate::text::markup::escape;

/// A folder that several threads read.
pub(super) type Files = Arc<dyn Folder + Send + Sync>;

/// As much as a program's first thread has.
const STACK: usize = 8 * 1024 * 1024;

/// So many pages are kept as they last were.
const MOST_KEPT: usize = 500;

/// The papers as they are after a change, and what they are shown with.
pub(super) struct Issue {
    /// The record.
    pub(super) linked: Arc<Linked>,
    /// Files that papers show or link.
    pub(super) content: Files,
    /// The project's own files of the theme.
    pub(super) theme: Option<Files>,
    /// Changes whenever one of those may have.
    pub(super) theme_version: u64,
    /// The present.
    pub(super) now: Moment,
}

/// What is known of a page beside what it says.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// Whether there is such a page.
    pub(super) exists: bool,
    /// Whether there was one before.
    pub(super) existed: bool,
    /// The paper that it shows.
    pub(super) paper: Option<PublishedPaper>,
    /// The meeting that it belongs to.
    pub(super) meeting: Option<MeetingKey>,
    /// The path of the pack that it is printed in.
    pub(super) pack: Option<String>,
    /// Why it cannot be shown as it should be.
    pub(super) failed: Option<HeldBack>,
}

/// A page that an open tab shows, as it has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renewed {
    /// Its path.
    pub(super) path: String,
    /// The page.
    pub(super) page: Page,
    /// Where the stylesheet stands, if nothing else has changed.
    pub(super) style: Option<String>,
}

/// What a document is printed from.
#[cfg(feature = "pdf")]
pub(super) struct Manuscripts {
    pub(super) edition: Arc<Edition>,
    pub(super) theme: Arc<Theme>,
    pub(super) content: Files,
    pub(super) base_url: Option<String>,
}

enum Question {
    Issue(Arc<Issue>),
    Get(String, Sender<Answer>),
    About(String, Sender<About>),
    Has(String, Sender<bool>),
    Glance(Vec<Arc<Paper>>, Vec<(String, String)>, Sender<Vec<Renewed>>),
    Renew(Vec<(String, String)>, Sender<Vec<Renewed>>),
    PageOf(Vec<String>, Sender<HashMap<String, String>>),
    #[cfg(test)]
    Paths(Sender<BTreeSet<String>>),
    #[cfg(feature = "pdf")]
    Manuscripts(Sender<Option<Manuscripts>>),
}

/// The thread of one audience, from outside.
pub(super) struct Window {
    questions: Sender<Question>,
}

impl Window {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub(super) fn open(audience: Audience) -> std::io::Result<Self> {
        let (questions, asked) = channel();
        thread::Builder::new()
            .name(format!("{} view", audience.word()))
            .stack_size(STACK)
            .spawn(move || Thread::new(audience, asked).run())?;
        Ok(Self { questions })
    }

    fn ask<T: Default>(&self, question: impl FnOnce(Sender<T>) -> Question) -> T {
        let (answer, answered) = channel();
        // A thread that has ended answers nothing.
        let _ = self.questions.send(question(answer));
        answered.recv().unwrap_or_default()
    }

    /// From now on this is shown.
    pub(super) fn issue(&self, issue: Arc<Issue>) {
        let _ = self.questions.send(Question::Issue(issue));
    }

    /// What there is at a path.
    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask(|answer| Question::Get(path.to_owned(), answer))
    }

    /// What is known of a page.
    pub(super) fn about(&self, path: &str) -> About {
        self.ask(|answer| Question::About(path.to_owned(), answer))
    }

    /// Whether there is such a page.
    pub(super) fn has(&self, path: &str) -> bool {
        self.ask(|answer| Question::Has(path.to_owned(), answer))
    }

    /// Which of the pages given (with the versions that are known) show one of these papers, whose texts alone have changed,
    /// and have become others by it. All else on them is as it was before; [`Window::renew`] tells later whether that is
    /// still so.
    pub(super) fn glance(&self, papers: Vec<Arc<Paper>>, known: Vec<(String, String)>) -> Vec<Renewed> {
        self.ask(|answer| Question::Glance(papers, known, answer))
    }

    /// Which of the pages given have other versions than those that are known.
    pub(super) fn renew(&self, known: Vec<(String, String)>) -> Vec<Renewed> {
        self.ask(|answer| Question::Renew(known, answer))
    }

    /// The pages that show papers, by the paths of their files.
    pub(super) fn pages_of(&self, files: Vec<String>) -> HashMap<String, String> {
        self.ask(|answer| Question::PageOf(files, answer))
    }

    /// The paths of everything that there is.
    #[cfg(test)]
    pub(super) fn paths(&self) -> BTreeSet<String> {
        self.ask(Question::Paths)
    }

    /// What documents are printed from.
    #[cfg(feature = "pdf")]
    pub(super) fn manuscripts(&self) -> Option<Manuscripts> {
        self.ask(Question::Manuscripts)
    }
}

/// A page as it was last shown.
struct Kept {
    page: Page,
    stylesheet: String,
}

struct Thread {
    audience: Audience,
    asked: Receiver<Question>,
    /// The edition that was shown last, and of which record and day: with another theme it is the same.
    edition: Option<(Arc<Linked>, Moment, Arc<Edition>)>,
    /// The theme, of which version of its files, and in which language.
    theme: Option<(u64, String, Arc<Theme>)>,
    theme_error: Option<String>,
    /// Pages as they last were, for when they cannot be made, and for telling what has changed.
    kept: HashMap<String, Kept>,
    /// The last issue of which an edition could be made.
    good: Option<Arc<Issue>>,
    /// The mistake because of which a later one is not shown.
    fault: Option<HeldBack>,
}

impl Thread {
    fn new(audience: Audience, asked: Receiver<Question>) -> Self {
        Self {
            audience,
            asked,
            edition: None,
            theme: None,
            theme_error: None,
            kept: HashMap::new(),
            good: None,
            fault: None,
        }
    }

    fn run(mut self) {
        let mut issue: Option<Arc<Issue>> = None;
        let mut waiting: Option<Question> = None;
        loop {
            let question = match waiting.take() {
                Some(question) => question,
                None => match self.asked.recv() {
                    Ok(question) => question,
                    Err(_) => return,
                },
            };
            match (question, &issue) {
                (Question::Issue(next), _) => {
                    issue = Some(next);
                    self.fault = None;
                }
                (question, Some(shown)) => {
                    let shown = Arc::clone(shown);
                    match guarded("in looking at the papers", || self.show(&shown, question)) {
                        Ok(Some(next)) => waiting = Some(next),
                        Ok(None) => return,
                        // Whoever asked learns by the end of the question that there is nothing. Papers of which no view
                        // can be had are not looked at again: those before them are shown until the next come.
                        Err(fault) => {
                            self.fault = Some(HeldBack::Fault(fault));
                            issue.clone_from(&self.good);
                        }
                    }
                }
                (question, None) => {
                    // Without a mistake there is nothing to show yet: who asked is told so by the answer that never comes.
                    let Some(fault) = self.fault.clone() else { continue };
                    match self.without_view(question, &fault) {
                        Some(next) => waiting = Some(next),
                        None => return,
                    }
                }
            }
        }
    }

    /// Answers questions about one issue until the next one comes. Nothing if nobody will ask any more.
    fn show(&mut self, issue: &Arc<Issue>, first: Question) -> Option<Question> {
        let Some(record) = issue.linked.record() else {
            // Whoever asked learns by the end of the question that there is nothing.
            drop(first);
            return self.asked.recv().ok();
        };
        let edition = match self.edition.take() {
            Some((linked, now, edition)) if Arc::ptr_eq(&linked, &issue.linked) && now == issue.now => edition,
            // To forget ten thousand papers takes a while, and somebody waits for the next ones.
            before => {
                rayon::spawn(move || drop(before));
                Arc::new(Edition::ahead(record, self.audience, issue.now))
            }
        };
        let base_url = press::base_url(&edition, None);
        let Some(theme) = self.theme(issue, &edition) else {
            let error = HeldBack::Theme(self.theme_error.clone().unwrap_or_default());
            return self.without_view(first, &error);
        };
        let laid_over: Mutex<Option<PublishedPaper>> = Mutex::new(None);
        let tables = Tables { edition: &edition, laid_over: &laid_over, made: Mutex::default() };
        let size = |path: &str| tables.at(path).map(|file| file.len());
        let nothing_printed = Pagination::default();
        let view = View::with_sizes(&edition, &theme.strings, Sizes::OnDemand(&size), &nothing_printed);
        let pages = OnDemand::new(&view, &theme, base_url.as_deref());
        self.good = Some(Arc::clone(issue));
        let mut shop = Shop {
            edition: &edition,
            issue,
            theme: &theme,
            pages,
            tables: &tables,
            laid_over: &laid_over,
            fresh: HashMap::new(),
            files: OnceCell::new(),
            kept: &mut self.kept,
            trouble: self.fault.clone().or_else(|| self.theme_error.clone().map(HeldBack::Theme)),
        };
        let mut question = first;
        loop {
            match question {
                Question::Issue(_) => break,
                #[cfg(feature = "pdf")]
                Question::Manuscripts(answer) => {
                    let _ = answer.send(Some(Manuscripts {
                        edition: Arc::clone(&edition),
                        theme: Arc::clone(&theme),
                        content: Arc::clone(&issue.content),
                        base_url: base_url.clone(),
                    }));
                }
                question => shop.answer(question),
            }
            question = self.asked.recv().ok()?;
        }
        drop(shop);
        drop(view);
        self.edition = Some((Arc::clone(&issue.linked), issue.now, edition));
        Some(question)
    }

    /// The theme, loaded again if its files have changed, and told of the edition. One that cannot be used leaves the one
    /// before it in place.
    fn theme(&mut self, issue: &Issue, edition: &Edition) -> Option<Arc<Theme>> {
        let language = &edition.model.authority.language;
        let is_current = |(version, known, _): &(u64, String, _)| *version == issue.theme_version && known == language;
        let is_current = self.theme.as_ref().is_some_and(is_current);
        if !is_current {
            let own = issue.theme.as_ref().map(|folder| &**folder as &dyn Folder);
            match Theme::load(own, language) {
                Ok(theme) => {
                    self.theme = Some((issue.theme_version, language.clone(), Arc::new(theme)));
                    self.theme_error = None;
                }
                Err(error) => self.theme_error = Some(error.to_string()),
            }
        }
        let (_, _, theme) = self.theme.as_mut()?;
        // Whoever prints with it still keeps it as it was.
        if let Err(error) = site::prepare(edition, Arc::make_mut(theme)) {
            self.theme_error = Some(error.to_string());
        }
        Some(Arc::clone(theme))
    }

    /// Answers while there has never been a theme that could be used, or papers that could be shown.
    fn without_view(&self, first: Question, why: &HeldBack) -> Option<Question> {
        let mut question = first;
        loop {
            match question {
                Question::Issue(_) => return Some(question),
                Question::Get(_, answer) => {
                    let _ = answer.send(Answer::Page(placeholder(why.said())));
                }
                Question::About(_, answer) => {
                    let _ = answer.send(About { exists: true, failed: Some(why.clone()), ..About::default() });
                }
                other => drop(other),
            }
            question = self.asked.recv().ok()?;
        }
    }
}

/// What is shown where nothing can be.
pub(super) fn placeholder(why: &str) -> Page {
    let why = escape(why);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>Nothing to show yet</title>\n</head>\n<body>\n<main>\n\
         <h1>Nothing to show yet</h1>\n<p>{why}</p>\n</main>\n</body>\n</html>\n"
    );
    page(html, true)
}

fn page(html: String, exists: bool) -> Page {
    let version = Sha256::digest(html.as_bytes())[..8].iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Page { html: html.into(), version, exists }
}

/// The files of papers' tables, made when somebody asks.
struct Tables<'t> {
    edition: &'t Edition,
    laid_over: &'t Mutex<Option<PublishedPaper>>,
    made: Mutex<HashMap<PaperId, Arc<Vec<Artefact>>>>,
}

impl Tables<'_> {
    fn at(&self, path: &str) -> Option<Arc<[u8]>> {
        let id = PaperId(table_files::paper_of_folder(path)?.to_owned());
        let found = |files: &[Artefact]| {
            files.iter().find(|file| file.path == path).map(|file| Arc::from(file.bytes.as_slice()))
        };
        if let Some(over) = &*self.laid_over.lock().unwrap_or_else(PoisonError::into_inner)
            && over.paper.id == id
        {
            return found(&opendata::files_of(self.edition, over).ok()?);
        }
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = made().get(&id) {
            return found(files);
        }
        let files = Arc::new(opendata::files_at(self.edition, &id).ok()?);
        if files.is_empty() {
            // Names that somebody has made up are not kept.
            return None;
        }
        made().insert(id, Arc::clone(&files));
        found(&files)
    }
}

/// Everything of one issue.
struct Shop<'s, 'e> {
    edition: &'e Edition,
    issue: &'s Issue,
    theme: &'s Theme,
    pages: OnDemand<'s, 'e>,
    tables: &'s Tables<'e>,
    laid_over: &'s Mutex<Option<PublishedPaper>>,
    /// Pages of this issue, or why they could not be made.
    fresh: HashMap<String, Result<Page, HeldBack>>,
    /// The files that papers show or link.
    files: OnceCell<BTreeSet<String>>,
    kept: &'s mut HashMap<String, Kept>,
    /// What is wrong with all pages.
    trouble: Option<HeldBack>,
}

impl Shop<'_, '_> {
    fn answer(&mut self, question: Question) {
        match question {
            Question::Get(path, answer) => {
                let _ = answer.send(self.get(&path));
            }
            Question::About(path, answer) => {
                let _ = answer.send(self.about(&path));
            }
            Question::Has(path, answer) => {
                let _ = answer.send(self.pages.has(&path));
            }
            Question::Glance(papers, known, answer) => {
                let _ = answer.send(self.glance(&papers, &known));
            }
            Question::Renew(known, answer) => {
                let _ = answer.send(self.renew(known));
            }
            Question::PageOf(files, answer) => {
                let _ = answer.send(files.into_iter().filter_map(|file| self.page_of(file)).collect());
            }
            #[cfg(test)]
            Question::Paths(answer) => {
                let _ = answer.send(self.paths());
            }
            Question::Issue(_) => {}
            #[cfg(feature = "pdf")]
            Question::Manuscripts(_) => {}
        }
    }

    fn get(&mut self, path: &str) -> Answer {
        if self.pages.has(path) {
            return match self.page(path) {
                Ok(page) => Answer::Page(page),
                Err(error) => Answer::Page(match self.kept.get(path) {
                    Some(kept) => kept.page.clone(),
                    None => placeholder(error.said()),
                }),
            };
        }
        if let Some(Ok(file)) = self.pages.at(path) {
            return Answer::File(file.bytes.into());
        }
        if let Some(bytes) = self.tables.at(path) {
            return Answer::File(bytes);
        }
        if let Some(asset) = self.theme.assets.iter().find(|asset| asset.path == path) {
            return Answer::File(asset.bytes.as_slice().into());
        }
        let is_shown = self.files().contains(path);
        if let Some(bytes) = is_shown.then(|| self.issue.content.read(path).ok()).flatten() {
            return Answer::File(bytes.into());
        }
        match self.pages.not_found(path) {
            Ok(artefact) if path.ends_with(".html") => {
                Answer::Page(page(String::from_utf8_lossy(&artefact.bytes).into_owned(), false))
            }
            _ => Answer::Nothing,
        }
    }

    fn files(&self) -> &BTreeSet<String> {
        self.files.get_or_init(|| self.edition.files())
    }

    /// A page of this issue, rendered once.
    fn page(&mut self, path: &str) -> Result<Page, HeldBack> {
        if let Some(known) = self.fresh.get(path) {
            return known.clone();
        }
        let rendered = match guarded("in making this page", || self.pages.at(path)) {
            Ok(Some(Ok(artefact))) => Ok(page(String::from_utf8_lossy(&artefact.bytes).into_owned(), true)),
            Ok(Some(Err(error))) => Err(HeldBack::Theme(error.to_string())),
            Ok(None) => Err(HeldBack::Gone),
            Err(fault) => Err(HeldBack::Fault(fault)),
        };
        if let Ok(page) = &rendered {
            self.keep(path, page);
        }
        self.fresh.insert(path.to_owned(), rendered.clone());
        rendered
    }

    fn keep(&mut self, path: &str, page: &Page) {
        if self.kept.len() >= MOST_KEPT && !self.kept.contains_key(path) {
            // Pages that nobody has asked for since the last change go first.
            let fresh = &self.fresh;
            self.kept.retain(|path, _| fresh.contains_key(path));
            if self.kept.len() >= MOST_KEPT {
                self.kept.clear();
            }
        }
        let stylesheet = self.theme.stylesheet.clone();
        self.kept.insert(path.to_owned(), Kept { page: page.clone(), stylesheet });
    }

    fn about(&mut self, path: &str) -> About {
        let exists = self.pages.has(path);
        let failed = if exists { self.page(path).err() } else { None };
        let failed = failed.or_else(|| self.trouble.clone());
        let OnPage { paper, meeting, pack } = self.pages.shown(path);
        About { exists, existed: self.kept.contains_key(path), paper, meeting, pack, failed }
    }

    /// The page of a paper, by the path of its file.
    fn page_of(&self, file: String) -> Option<(String, String)> {
        let id = file.strip_suffix(".md")?;
        let page = match id.strip_prefix("meetings/").and_then(|id| id.strip_suffix("/agenda")) {
            Some(meeting) => format!("meetings/{meeting}/index.html"),
            None => format!("{id}.html"),
        };
        self.pages.has(&page).then_some((file, page))
    }

    fn renew(&mut self, known: Vec<(String, String)>) -> Vec<Renewed> {
        let mut renewed = Vec::new();
        for (path, version) in known {
            let before = self.kept.get(&path).map(|kept| (kept.page.clone(), kept.stylesheet.clone()));
            let Ok(page) = self.page(&path) else { continue };
            if page.version == version {
                continue;
            }
            let style = before.filter(|(before, stylesheet)| {
                before.version == version
                    && *stylesheet != self.theme.stylesheet
                    && before.html.replace(stylesheet.as_str(), &self.theme.stylesheet) == *page.html
            });
            let style = style.map(|_| self.theme.stylesheet.clone());
            renewed.push(Renewed { path, page, style });
        }
        renewed
    }

    fn glance(&mut self, papers: &[Arc<Paper>], known: &[(String, String)]) -> Vec<Renewed> {
        let mut renewed = Vec::new();
        for paper in papers {
            let Some(before) = self.edition.papers.get(&paper.id) else { continue };
            // Only a text that nothing else on its page hangs on can be looked at alone.
            if before.paper.head != paper.head || before.paper.text_from != paper.id {
                continue;
            }
            let path = format!("{}.html", paper.id);
            let Some((_, version)) = known.iter().find(|(known, _)| *known == path) else { continue };
            let published = PublishedPaper { paper: self.edition.filled(paper), ..before.clone() };
            let lay = |over| *self.laid_over.lock().unwrap_or_else(PoisonError::into_inner) = over;
            lay(Some(published.clone()));
            let rendered = guarded("in making this page", || self.pages.with_text(&published));
            lay(None);
            // What is wrong is told when the page is made with all that hangs on it.
            let Ok(Ok(artefact)) = rendered else { continue };
            let page = page(String::from_utf8_lossy(&artefact.bytes).into_owned(), true);
            if page.version != *version {
                self.keep(&path, &page);
                // What is answered from here on until the next issue comes is what the tab has been told of.
                self.fresh.insert(path.clone(), Ok(page.clone()));
                renewed.push(Renewed { path, page, style: None });
            }
        }
        renewed
    }

    #[cfg(test)]
    fn paths(&self) -> BTreeSet<String> {
        let mut paths: BTreeSet<String> = self.pages.paths().map(str::to_owned).collect();
        paths.extend(self.theme.assets.iter().map(|asset| asset.path.clone()));
        paths.extend(self.files().iter().cloned());
        if let Ok(tables) = opendata::files(self.edition) {
            paths.extend(tables.into_iter().map(|file| file.path));
        }
        paths
    }
}
