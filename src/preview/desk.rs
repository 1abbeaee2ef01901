//! Where the papers lie while they are worked on: the record as the disk has it, a view of it for each audience, what was
//! found in it, and what open tabs must be told when it changes.

mod checking;
mod findings;
mod reading;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::editor::Editor;
use super::fault::guarded;
use super::state::{HeldBack, State};
use super::tabs::{Event, Tabs};
use super::watch::Changes;
use super::window::{Issue, Renewed, Window};
use super::{Answer, Clock, Page, Place, Preview, Print};
use crate::calendar::Moment;
use crate::edition::Audience;
use crate::files::FileError;
#[cfg(test)]
use crate::finding::Finding;
use crate::finding::human;
use crate::record::{Linked, Reader};
use crate::site::routes::Routes;
use checking::{Checked, ToCheck};
use reading::Reading;

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

/// What is known at the moment.
#[derive(Default)]
struct Latest {
    /// Counts what has been read.
    number: u64,
    /// Whether something has changed of which all that hangs on it is still being worked out.
    behind: bool,
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

impl Latest {
    /// What the rules have found, if they have looked at everything as it is.
    fn checked(&self) -> Option<&Checked> {
        self.checked.as_ref().filter(|checked| checked.number == self.number && !self.behind)
    }
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
        let checks = checking::start(Arc::clone(&shown), Arc::clone(&tabs))?;
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
            match reading::own_theme(&self.setting.own_theme) {
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
        let Some(folder) = reading.folder.clone() else { return true };
        let can_be_compared = {
            let mut shown = lock(&self.shown);
            shown.behind = true;
            // Without a record, views stand at an earlier one.
            shown.linked.as_ref().is_some_and(|linked| linked.record().is_some())
        };
        if only_texts && !theme_changed && can_be_compared {
            self.glance(&reading.reader);
        }
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
            shown.behind = false;
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

    fn tell_renewed(&self, audience: Audience, renewed: Vec<Renewed>) {
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
        let checked = lock(&self.shown).checked()?.clone();
        Some(human::summary(&checked.findings, &checked.linked.sources))
    }

    /// What was found, and in what, once the rules have looked at what was last read.
    #[cfg(test)]
    pub(super) fn checked(&self) -> Option<(Vec<Finding>, crate::text::Sources)> {
        let shown = lock(&self.shown);
        let checked = shown.checked()?;
        Some((checked.findings.to_vec(), checked.linked.sources.clone()))
    }

    /// Everything that there is in a view: for comparing it with what a build writes.
    #[cfg(test)]
    pub(super) fn paths(&self, audience: Audience) -> BTreeSet<String> {
        self.windows.get(&audience).map(Window::paths).unwrap_or_default()
    }
}

impl Preview for Desk {
    fn get(&self, place: &Place) -> Answer {
        let Some(window) = self.windows.get(&place.audience) else { return Answer::Nothing };
        let (never, disk) = {
            let shown = lock(&self.shown);
            (shown.linked.as_ref().is_none_or(|linked| linked.record().is_none()), shown.disk.is_some())
        };
        match (window.get(&place.path), never) {
            // The content folder has nothing that could be shown, and never had. What the system says is told in the bar.
            (Answer::Nothing, true) if disk => {
                Answer::Page(Page::nothing_yet(HeldBack::Disk(String::new()).sentence()))
            }
            (Answer::Nothing, true) => Answer::Page(Page::nothing_yet(
                "The content folder has no file authority.yaml that can be read. Once it has, this page shows the papers.",
            )),
            (answer, _) => answer,
        }
    }

    fn state(&self, place: &Place) -> State {
        self.state_of(place)
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

fn is_text(path: &str) -> bool {
    matches!(path.rsplit_once('.').map(|(_, extension)| extension), Some("md" | "yaml" | "yml" | "csv"))
}
