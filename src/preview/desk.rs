//! Where the papers lie while they are worked on: the record as the disk has it, a view of it for each audience, what was
//! found in it, and what open tabs must be told when it changes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::editor::Editor;
use super::fault::guarded;
use super::found;
use super::state::{Findings, HeldBack, MeetingState, PaperState, Shown, State};
use super::tabs::{Event, Tabs};
use super::watch::Changes;
use super::window::{About, Files, Issue, Window, placeholder};
use super::{Answer, Clock, Place, Preview, Print};
use crate::calendar::{Moment, WorkingDays, long_date};
use crate::edition::Audience;
use crate::files::{DiskFolder, FileError, Folder, MemoryFolder};
use crate::finding::{Counts, Finding, Severity, human};
use crate::model::MeetingKey;
use crate::record::{Changed, Linked, Reader, Record};
use crate::rules::{self, notice::Deadline};
use crate::site::routes::Routes;

/// So many findings are shown of one page, and so many errors elsewhere: nobody mends more in one go.
const MOST_SHOWN: usize = 50;

/// How soon a disk that could not be read is tried again, and how long after the rules have looked it is said what they found.
const PAUSE: Duration = Duration::from_millis(200);

/// Where everything is, and how it is shown.
pub(super) struct Setting {
    /// The content folder.
    pub(super) content: PathBuf,
    /// The folder of the project's own files of the theme, which need not be there.
    pub(super) own_theme: PathBuf,
    /// The time.
    pub(super) clock: Clock,
    /// How places are opened in an editor.
    pub(super) editor: Option<Editor>,
    /// Whose views there are.
    pub(super) audiences: Vec<Audience>,
}

/// The papers while they are worked on.
pub(super) struct Desk {
    setting: Setting,
    windows: BTreeMap<Audience, Window>,
    tabs: Arc<Tabs>,
    /// What is read from the disk; whoever reads holds it for as long as that takes.
    reading: Mutex<Reading>,
    /// What is shown; held for moments only.
    shown: Arc<Mutex<Latest>>,
    checks: Sender<ToCheck>,
    #[cfg(feature = "pdf")]
    printer: super::printer::Printer,
}

struct Reading {
    reader: Reader,
    folder: Option<Arc<DiskFolder>>,
    theme: Option<Files>,
    theme_version: u64,
}

/// What is known at the moment.
#[derive(Default)]
struct Latest {
    /// Counts what has been read.
    number: u64,
    linked: Option<Arc<Linked>>,
    now: Option<Moment>,
    /// Why the disk could not be read the last time.
    disk: Option<String>,
    /// The mistake that the last reading ended with.
    fault: Option<String>,
    /// The mistake that the rules ended with.
    rules_fault: Option<String>,
    checked: Option<Checked>,
}

/// What the rules found, and in what.
#[derive(Clone)]
struct Checked {
    number: u64,
    linked: Arc<Linked>,
    findings: Arc<Vec<Finding>>,
}

struct ToCheck {
    number: u64,
    linked: Arc<Linked>,
    now: Moment,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Opens the views. Nothing has been read yet: [`Desk::update`] reads.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub(super) fn new(setting: Setting, tabs: Arc<Tabs>) -> std::io::Result<Self> {
        let mut windows = BTreeMap::new();
        for audience in &setting.audiences {
            windows.insert(*audience, Window::open(*audience)?);
        }
        let reading = Reading { reader: Reader::holding_back(), folder: None, theme: None, theme_version: 0 };
        let shown = Arc::new(Mutex::new(Latest::default()));
        let checks = start_checking(Arc::clone(&shown), Arc::clone(&tabs))?;
        Ok(Self {
            windows,
            reading: Mutex::new(reading),
            shown,
            checks,
            #[cfg(feature = "pdf")]
            printer: super::printer::Printer::start(Arc::clone(&tabs))?,
            tabs,
            setting,
        })
    }

    /// Reads what may have changed: what is at `paths`, or anything at all; and tells open tabs what is new on their pages.
    /// False if the disk could not be read, so that it is worth trying again soon.
    pub(super) fn update(&self, paths: &BTreeSet<PathBuf>, anything: bool) -> bool {
        guarded("in reading the papers", || self.take_in(paths, anything)).unwrap_or_else(|fault| {
            // It is not tried again before something changes, and then everything is.
            lock(&self.reading).folder = None;
            lock(&self.shown).fault = Some(fault);
            self.tabs.tell(|_, _| Some(Event::Bar));
            true
        })
    }

    fn take_in(&self, paths: &BTreeSet<PathBuf>, anything: bool) -> bool {
        let mut reading = lock(&self.reading);
        let theme_changed = anything || paths.iter().any(|path| path.starts_with(&self.setting.own_theme));
        if theme_changed {
            match self.read_theme() {
                Ok(theme) => {
                    reading.theme = theme;
                    reading.theme_version += 1;
                }
                Err(error) => return self.disk_failed(&error),
            }
        }
        let (touched, only_texts) = match reading.take(&self.setting.content, paths, anything) {
            Ok(read) => read,
            Err(error) => return self.disk_failed(&error),
        };
        let recovered = {
            let mut shown = lock(&self.shown);
            let (disk, fault) = (shown.disk.take(), shown.fault.take());
            disk.is_some() || fault.is_some()
        };
        if touched.is_empty() && !theme_changed && !anything && !recovered {
            return true;
        }
        if only_texts && !theme_changed {
            self.glance(&reading.reader);
        }
        let Some(folder) = reading.folder.clone() else { return true };
        let before = {
            let shown = lock(&self.shown);
            shown.linked.clone().zip(shown.now)
        };
        let (linked, now) = match before.filter(|_| touched.is_empty() && !recovered) {
            // Only the theme is another.
            Some(before) => before,
            None => (Arc::new(reading.reader.link(&*folder)), (self.setting.clock)()),
        };
        if linked.record().is_some() {
            let issue = Arc::new(Issue {
                linked: Arc::clone(&linked),
                content: folder,
                theme: reading.theme.clone(),
                theme_version: reading.theme_version,
                now,
            });
            self.windows.values().for_each(|window| window.issue(Arc::clone(&issue)));
        }
        let number = {
            let mut shown = lock(&self.shown);
            shown.number += 1;
            shown.linked = Some(Arc::clone(&linked));
            shown.now = Some(now);
            shown.number
        };
        drop(reading);
        self.renew(&touched);
        self.tabs.tell(|_, _| Some(Event::Bar));
        let _ = self.checks.send(ToCheck { number, linked, now });
        true
    }

    /// The project's own files of the theme, all as they are at one moment.
    fn read_theme(&self) -> Result<Option<Files>, FileError> {
        let own = &self.setting.own_theme;
        if !own.is_dir() {
            return Ok(None);
        }
        let folder = DiskFolder::open(own)?;
        let files = folder.paths().iter().map(|path| Ok((path.clone(), folder.read(path)?)));
        let files: MemoryFolder = files.collect::<Result<Vec<_>, FileError>>()?.into_iter().collect();
        Ok(Some(Arc::new(files)))
    }

    fn disk_failed(&self, error: &FileError) -> bool {
        let error = Some(error.to_string());
        let before = std::mem::replace(&mut lock(&self.shown).disk, error.clone());
        // It is tried again and again, and told once.
        if before != error {
            self.tabs.tell(|_, _| Some(Event::Bar));
        }
        false
    }

    /// Shows at once what has changed in the text of a page alone; all that may hang on it is looked at right after.
    fn glance(&self, reader: &Reader) {
        let Some(papers) = reader.papers_read() else { return };
        for (audience, window) in &self.windows {
            let open = self.open(*audience);
            if !open.is_empty() {
                self.tell_renewed(*audience, window.glance(papers.clone(), open));
            }
        }
    }

    /// Looks at all open pages, and tells those that have become others.
    fn renew(&self, touched: &BTreeSet<String>) {
        thread::scope(|scope| {
            for (audience, window) in &self.windows {
                let open = self.open(*audience);
                if !open.is_empty() {
                    scope.spawn(move || self.tell_renewed(*audience, window.renew(open)));
                }
            }
        });
        // A picture may be another under the same name, on a page that is the same.
        let files: Vec<String> = touched.iter().filter(|path| !is_text(path)).map(|path| Routes::file(path)).collect();
        if !files.is_empty() {
            // Nobody else is told of anything while all tabs are being told: so it is looked before.
            let shows = |place: &Place| match self.get(place) {
                Answer::Page(page) => files.iter().any(|file| page.html.contains(file.as_str())),
                _ => false,
            };
            let open: BTreeSet<Place> = self.tabs.places().into_iter().map(|(place, _)| place).collect();
            let concerned: BTreeSet<Place> = open.into_iter().filter(shows).collect();
            self.tabs.tell(|place, version| concerned.contains(place).then(|| Event::Page(version.to_owned())));
        }
    }

    /// The pages of an audience that are open, and the versions that tabs show; each once.
    fn open(&self, audience: Audience) -> Vec<(String, String)> {
        let open = self.tabs.places().into_iter().filter(|(place, _)| place.audience == audience);
        let open: BTreeSet<(String, String)> = open.map(|(place, version)| (place.path, version)).collect();
        open.into_iter().collect()
    }

    fn tell_renewed(&self, audience: Audience, renewed: Vec<super::window::Renewed>) {
        for renewed in renewed {
            self.tabs.tell(|place, version| {
                let concerns =
                    place.audience == audience && place.path == renewed.path && version != renewed.page.version;
                let event = || match &renewed.style {
                    Some(href) => Event::Style(href.clone(), renewed.page.version.clone()),
                    None => Event::Page(renewed.page.version.clone()),
                };
                concerns.then(event)
            });
        }
    }

    /// What was found, as far as it concerns a page that shows these files.
    fn findings(&self, audience: Audience, files: &[String], about: &About, window: &Window) -> Findings {
        let (checked, linked, number) = {
            let shown = lock(&self.shown);
            (shown.checked.clone(), shown.linked.clone(), shown.number)
        };
        let checking = checked.as_ref().is_none_or(|checked| checked.number != number);
        // What reading finds is known at once; what rules found stands until they have looked again.
        let mut all: Vec<(&Finding, &Linked)> = Vec::new();
        if let Some(linked) = linked.as_deref().filter(|_| checking) {
            all.extend(linked.read.iter().map(|finding| (finding, linked)));
        }
        if let Some(checked) = &checked {
            let place = |finding: &Finding| (finding.primary.span, finding.code);
            let replaced: HashSet<_> = checked.linked.read.iter().filter(|_| checking).map(place).collect();
            let stand = checked.findings.iter().filter(|finding| !replaced.contains(&place(finding)));
            all.extend(stand.map(|finding| (finding, &*checked.linked)));
        }

        let content = &self.setting.content;
        let editor = self.setting.editor.as_ref();
        let open = |finding: &&(&Finding, &Linked)| finding.0.accepted.is_none();
        let file_of = |(finding, linked): &(&Finding, &Linked)| {
            linked.sources.find(finding.primary.span.source).map(|source| source.path.clone())
        };
        let counts = Counts::of(all.iter().map(|(finding, _)| *finding));
        // Also what is said of other files must not be private: those of which the public have a page are not.
        let other_files = |(finding, linked): &(&Finding, &Linked)| -> Vec<String> {
            let sources = finding.others.iter().filter_map(|other| linked.sources.find(other.span.source));
            sources.map(|source| source.path.clone()).filter(|path| path.ends_with(".md")).collect()
        };
        let named: BTreeSet<String> = match audience {
            Audience::Public => all.iter().filter(open).flat_map(other_files).collect(),
            Audience::Members => BTreeSet::new(),
        };
        let known = if named.is_empty() { HashMap::new() } else { window.pages_of(named.into_iter().collect()) };
        let mut here: Vec<Shown> = Vec::new();
        let mut elsewhere: Vec<Shown> = Vec::new();
        let (mut of_page, mut errors_elsewhere) = (Counts::default(), 0);
        // A mistake in a file of figures shows where its table stands.
        let own = about.paper.as_ref().map(|own| &own.paper);
        let data = own.zip(linked.as_deref()).map(|(own, linked)| found::data_files(own, &linked.sources));
        let data = data.unwrap_or_default();
        let mut ordered: Vec<&(&Finding, &Linked)> = all.iter().filter(open).collect();
        ordered.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.severity));
        for found in ordered {
            let (finding, linked) = *found;
            let file = file_of(found);
            let table = file.as_ref().and_then(|file| data.get(file));
            let is_here = table.is_some() || file.is_some_and(|file| files.contains(&file));
            let list = match (is_here, finding.severity) {
                (true, _) => {
                    of_page.add(finding);
                    &mut here
                }
                (false, Severity::Error) => {
                    errors_elsewhere += 1;
                    &mut elsewhere
                }
                (false, _) => continue,
            };
            if list.len() < MOST_SHOWN
                && let Some(mut shown) = found::shown(finding, &linked.sources, content, editor)
            {
                if let Some(own) = own.filter(|_| is_here) {
                    shown.anchor = table.cloned().unwrap_or_else(|| found::anchor(own, finding.primary.span));
                }
                // A file of figures can be that of a private table too, of which another place then tells.
                let beside = || {
                    table.is_some()
                        && finding.others.iter().any(|other| other.span.source != finding.primary.span.source)
                };
                let names_others = || other_files(found).iter().any(|file| !known.contains_key(file));
                let private = audience == Audience::Public
                    && (found::may_be_private(finding, linked) || beside() || names_others());
                list.push(if private { found::withheld(&shown) } else { shown });
            }
        }
        let pages = window.pages_of(elsewhere.iter().map(|shown| shown.file.clone()).collect());
        for shown in &mut elsewhere {
            shown.page = pages.get(&shown.file).cloned();
            // What the public has no page of is not quoted to them either; settings have none, and nothing to hide.
            if audience == Audience::Public && shown.page.is_none() && !shown.file.ends_with(".yaml") {
                *shown = found::withheld(shown);
            }
        }
        Findings { checking, all: counts, of_page, here, errors_elsewhere, elsewhere }
    }

    fn meeting(record: &Record, key: &MeetingKey) -> MeetingState {
        let model = &record.model;
        let own = model.authority.own_holidays.iter().map(|own| (own.date, own.name.clone()));
        let working = WorkingDays::new(own);
        let body = model.bodies.get(&key.body);
        let deadlines = body.map_or_else(Vec::new, |body| Deadline::all(body, &model.authority, key.date, &working));
        let meeting = record.meetings.get(key);
        let agenda = meeting.and_then(|meeting| record.papers.get(meeting.agenda.as_ref()?));
        MeetingState {
            key: key.clone(),
            title: format!("{}, {}", model.name_of_body(&key.body), long_date(key.date)),
            deadline: deadlines.first().map(|deadline| deadline.latest_moment()),
            published: agenda.and_then(|agenda| agenda.head.common.published_at()),
        }
    }

    /// Reads what has changed, as the watcher tells of it, and says what was found, until nobody watches any more.
    pub(super) fn follow(&self, changed: &Receiver<Changes>, say: &(dyn Fn(&str) + Sync)) {
        let mut told = None;
        let mut again = false;
        loop {
            match changed.recv_timeout(PAUSE) {
                Ok(Changes { paths, anything }) => again = !self.update(&paths, anything || again),
                Err(RecvTimeoutError::Timeout) if again => again = !self.update(&BTreeSet::new(), true),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let found = self.found();
            if found.is_some() && found != told {
                say(&format!("{}\n", found.as_deref().unwrap_or_default()));
                told = found;
            }
        }
    }

    /// What was found, in a sentence, once the rules have looked at what was last read.
    fn found(&self) -> Option<String> {
        let checked = {
            let shown = lock(&self.shown);
            shown.checked.clone().filter(|checked| checked.number == shown.number)?
        };
        Some(human::summary(&checked.findings, &checked.linked.sources))
    }

    /// What was found, and in what, once the rules have looked at what was last read.
    #[cfg(test)]
    pub(super) fn checked(&self) -> Option<(Vec<Finding>, crate::text::Sources)> {
        let shown = lock(&self.shown);
        let checked = shown.checked.as_ref().filter(|checked| checked.number == shown.number)?;
        Some((checked.findings.to_vec(), checked.linked.sources.clone()))
    }

    /// Everything that there is in a view: for comparing it with what a build writes.
    #[cfg(test)]
    pub(super) fn paths(&self, audience: Audience) -> BTreeSet<String> {
        self.windows.get(&audience).map(Window::paths).unwrap_or_default()
    }
}

impl Reading {
    /// Reads what may have changed. Returns what has, and whether that is no more than texts and figures of papers that were
    /// there before.
    fn take(
        &mut self,
        content: &Path,
        paths: &BTreeSet<PathBuf>,
        anything: bool,
    ) -> Result<(BTreeSet<String>, bool), FileError> {
        if let Some(folder) = self.folder.as_ref().filter(|_| !anything) {
            let below: BTreeSet<String> = paths.iter().filter_map(|path| folder.below(path)).collect();
            if folder.is_listed_right(&below) {
                let touched = self.reader.read(&**folder, &Changed::Within(below))?;
                let of_papers = |path: &String| [".md", ".csv", ".xlsx"].iter().any(|ending| path.ends_with(ending));
                let only_texts = touched.iter().all(of_papers);
                return Ok((touched, only_texts));
            }
        }
        let folder = DiskFolder::open(content)?;
        let changed = if anything || self.folder.is_none() || folder.has_links() {
            Changed::Everything
        } else {
            Changed::Only(paths.iter().filter_map(|path| folder.below(path)).collect())
        };
        let mut touched = self.reader.read(&folder, &changed)?;
        if self.folder.as_ref().is_none_or(|before| before.refused() != folder.refused()) {
            touched.extend(folder.refused().iter().map(|refused| refused.path.clone()));
        }
        self.folder = Some(Arc::new(folder));
        Ok((touched, false))
    }
}

impl Preview for Desk {
    fn get(&self, place: &Place) -> Answer {
        let Some(window) = self.windows.get(&place.audience) else { return Answer::Nothing };
        let nothing_yet = {
            let shown = lock(&self.shown);
            let never = shown.linked.as_ref().is_none_or(|linked| linked.record().is_none());
            never.then(|| shown.disk.clone())
        };
        match (window.get(&place.path), nothing_yet) {
            // The content folder has nothing that could be shown, and never had.
            (Answer::Nothing, Some(disk)) => Answer::Page(placeholder(&disk.unwrap_or_else(|| {
                "The content folder has no file authority.yaml that can be read. Once it has, this page shows the papers."
                    .to_owned()
            }))),
            (answer, _) => answer,
        }
    }

    fn state(&self, place: &Place) -> State {
        let now = (self.setting.clock)();
        let mut state = State::of(now);
        let Some(window) = self.windows.get(&place.audience) else { return state };
        let about = window.about(&place.path);
        let (linked, disk, number, fault) = {
            let shown = lock(&self.shown);
            let fault = shown.fault.as_ref().or(shown.rules_fault.as_ref()).cloned();
            (shown.linked.clone(), shown.disk.clone(), shown.number, fault)
        };
        // What the public sees, members see too; so who looks at a page of the public's view does not wait for the members'.
        let has = |audience| self.windows.get(&audience).is_some_and(|window| window.has(&place.path));
        (state.in_public_view, state.in_members_view) = match place.audience {
            Audience::Public => (about.exists, about.exists || has(Audience::Members)),
            Audience::Members => (about.exists && has(Audience::Public), about.exists),
        };
        let mut files = Vec::new();
        if let (Some(published), Some(linked)) = (&about.paper, &linked) {
            let paper = &published.paper;
            let file = linked.sources.find(paper.source).map(|source| source.path.clone());
            let file = file.unwrap_or_else(|| format!("{}.md", paper.id));
            files.push(file.clone());
            state.paper = Some(PaperState {
                file,
                status: paper.head.common.status,
                published: published.published,
                exempt: published.exempt.is_some(),
                words: paper.text.words,
                pages_in_pack: None,
            });
        }
        if let Some(body) = place.path.strip_prefix("bodies/").and_then(|rest| rest.split('/').next()) {
            files.push(format!("bodies/{body}.yaml"));
        }
        if let Some(record) = linked.as_ref().and_then(|linked| linked.record()) {
            // A page that is not there, or no longer, belongs to the meeting in whose folder it would be.
            let folder = || record.meetings.keys().find(|key| is_below(&place.path, key)).filter(|_| !about.exists);
            let there = || folder().filter(|key| window.has(&Routes::meeting(key)));
            state.meeting = about.meeting.as_ref().or_else(there).map(|key| Self::meeting(record, key));
        }
        state.held_back = held_back(&about, linked.as_deref(), disk, &files)
            // What the public no longer have, since it is for members alone, is neither renamed nor deleted.
            .filter(|held_back| *held_back != HeldBack::Gone || !state.in_members_view)
            .or(fault.map(HeldBack::Fault));
        state.findings = self.findings(place.audience, &files, &about, window);
        #[cfg(feature = "pdf")]
        self.printer.tell(place, &about, number, &mut state);
        let _ = number;
        state
    }

    fn print(&self, place: &Place, print: Print) -> bool {
        #[cfg(feature = "pdf")]
        if let Some(window) = self.windows.get(&place.audience) {
            let number = lock(&self.shown).number;
            return self.printer.print(place, print, &window.about(&place.path), number, || window.manuscripts());
        }
        let _ = (place, print);
        false
    }

    fn pdf(&self, place: &Place, print: Print) -> Option<(String, Arc<[u8]>)> {
        #[cfg(feature = "pdf")]
        if let Some(window) = self.windows.get(&place.audience) {
            let number = lock(&self.shown).number;
            return self.printer.pdf(place, print, &window.about(&place.path), number);
        }
        let _ = (place, print);
        None
    }
}

/// Whether a page is one of those of a meeting.
fn is_below(path: &str, meeting: &MeetingKey) -> bool {
    Routes::meeting(meeting).strip_suffix("index.html").is_some_and(|folder| path.starts_with(folder))
}

/// Why a page is not what the files now say.
fn held_back(about: &About, linked: Option<&Linked>, disk: Option<String>, files: &[String]) -> Option<HeldBack> {
    if let Some(error) = disk {
        return Some(HeldBack::Disk(error));
    }
    if !about.exists && about.existed {
        return Some(HeldBack::Gone);
    }
    if about.failed.is_some() {
        return about.failed.clone();
    }
    let linked = linked?;
    let mut held: Vec<String> =
        linked.held_back.iter().filter(|path| files.contains(path) || !path.ends_with(".md")).cloned().collect();
    if linked.record().is_none() {
        held.push("authority.yaml".to_owned());
        held.dedup();
    }
    (!held.is_empty()).then_some(HeldBack::Files(held))
}

fn is_text(path: &str) -> bool {
    matches!(path.rsplit_once('.').map(|(_, extension)| extension), Some("md" | "yaml" | "yml" | "csv"))
}

/// Starts the thread that asks the rules. It looks at the latest of what it is given, one after the other, on all
/// processors but one: pages are more urgent.
fn start_checking(shown: Arc<Mutex<Latest>>, tabs: Arc<Tabs>) -> std::io::Result<Sender<ToCheck>> {
    let (checks, asked) = channel::<ToCheck>();
    let spare = thread::available_parallelism().map_or(1, |all| all.get().saturating_sub(1).max(1));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(spare).stack_size(8 * 1024 * 1024).build();
    let pool = pool.map_err(std::io::Error::other)?;
    thread::Builder::new().name("rules".to_owned()).spawn(move || {
        while let Ok(first) = asked.recv() {
            let ToCheck { number, linked, now } = asked.try_iter().last().unwrap_or(first);
            let looked = guarded("in checking the papers", || {
                pool.install(|| {
                    let read = linked.check();
                    match linked.readable() {
                        Some(record) => rules::check(record, &linked.sources, read, now).findings,
                        None => read,
                    }
                })
            });
            let (findings, fault) = match looked {
                Ok(findings) => (findings, None),
                Err(fault) => (linked.read.clone(), Some(fault)),
            };
            {
                let mut shown = lock(&shown);
                shown.checked = Some(Checked { number, linked, findings: Arc::new(findings) });
                shown.rules_fault = fault;
            }
            tabs.tell(|_, _| Some(Event::Bar));
        }
    })?;
    Ok(checks)
}
