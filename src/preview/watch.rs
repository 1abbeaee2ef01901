//! Tells what may have changed on the disk, soon after it did, and little enough of it that each can be acted on.
//!
//! The system says where something happens; what that was is found out by looking, against what was known before. So
//! editors that save by renaming, folders that are moved in whole, and files that come and go between two looks all come
//! out as what they amount to, and a system that has lost count of events is no reason to read everything again. Only
//! sizes, times and names are looked at: nothing here opens a file.

mod debounce;
mod lookout;
mod tree;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, RecommendedWatcher, Watcher as _};

use debounce::Debounce;
use lookout::{Ears, Heard, INSTEAD, Lookout, MakeEars};

/// How often it is looked whether the folders themselves are still there, and still the same: nobody tells of that.
const ROOTS: Duration = Duration::from_secs(1);

/// The same while one is away that was there: a checkout has taken it, and is about to put it back.
const MISSING: Duration = Duration::from_millis(200);

/// How many events are taken note of before it is asked whether it is time to tell.
const AT_ONCE: usize = 1000;

/// What may have changed on the disk since the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Files and folders that came, went or were written to; also what was in folders that came or went. Each is below one of
    /// the watched folders as that was named, whether or not the name is a link; within it, links are not followed: what
    /// is seen through a link in the folder is here by the path of its own.
    pub paths: BTreeSet<PathBuf>,
    /// One of the watched folders came, went or was replaced by another: nothing is as it was. What is known to have changed
    /// is in `paths` even so.
    pub anything: bool,
}

impl Changes {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.anything
    }
}

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The system tells of them. Where it cannot, every file is looked at once a second; see [`Watcher::note`].
    Events,
    /// Every file is looked at (its size and its time, not what is in it) again and again, so long after the last time: for network
    /// drives, where nobody tells of what others write.
    Poll(Duration),
}

/// Nobody can watch: there is no thread for it.
#[derive(Debug)]
pub struct WatchError(io::Error);

impl fmt::Display for WatchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the folders cannot be watched: {}", self.0)
    }
}

impl std::error::Error for WatchError {}

/// Watches folders until it is dropped; from then on nothing is told.
#[derive(Debug)]
pub struct Watcher {
    signals: Sender<Signal>,
    note: Arc<OnceLock<String>>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    /// Begins to watch `roots`, folders that need not exist yet. Whatever changes after this returns is told to `changed`, so
    /// read the files after it, not before.
    ///
    /// Told is what [`DiskFolder`](crate::files::DiskFolder) would list, and its folders: nothing hidden, no editor's
    /// leftovers; also not what a link leads to within a hidden folder. It is told once it has been quiet for 100 ms, at the
    /// latest 500 ms after the first of it, and never two things at a time; what happens while `changed` works is told
    /// when it returns.
    pub fn start(
        roots: &[PathBuf],
        mode: Mode,
        changed: impl FnMut(Changes) + Send + 'static,
    ) -> Result<Self, WatchError> {
        Self::start_with(
            roots,
            mode,
            |handler| Ok(Box::new(RecommendedWatcher::new(handler, Config::default())?)),
            changed,
        )
    }

    /// What whoever runs this should know, in plain words: why changes will show later than they might.
    pub fn note(&self) -> Option<String> {
        self.note.get().cloned()
    }

    fn start_with(
        roots: &[PathBuf],
        mode: Mode,
        mut make_ears: impl FnMut(Handler) -> notify::Result<Ears> + Send + 'static,
        changed: impl FnMut(Changes) + Send + 'static,
    ) -> Result<Self, WatchError> {
        let (signals, receiver) = channel();
        let run = Arc::new(AtomicU64::new(0));
        let to_us = signals.clone();
        let current_run = Arc::clone(&run);
        let make_ears: MakeEars = Box::new(move || {
            let run = current_run.fetch_add(1, Ordering::SeqCst) + 1;
            make_ears(Handler { run, signals: to_us.clone() })
        });
        let (make_ears, interval) = match mode {
            Mode::Events => (Some(make_ears), INSTEAD),
            Mode::Poll(interval) => (None, interval),
        };
        let mut lookout = Lookout::new(roots, make_ears);
        lookout.look_at_everything(&mut Changes::default());
        let note = Arc::new(OnceLock::new());
        let mut watch = Watch {
            lookout,
            interval,
            debounce: Debounce::default(),
            next_look: Instant::now(),
            run,
            note: Arc::clone(&note),
            changed: Box::new(changed),
        };
        watch.say_note();
        watch.plan();
        let thread = thread::Builder::new().name("watch".to_owned()).spawn(move || watch.run(&receiver));
        Ok(Self { signals, note, thread: Some(thread.map_err(WatchError)?) })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // It fails if the thread has ended already.
        let _ = self.signals.send(Signal::Stop);
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != thread::current().id()) {
            let _ = thread.join();
        }
    }
}

/// What wakes the thread.
#[derive(Debug)]
enum Signal {
    /// What some run of ears heard, and when.
    Heard(u64, Instant, notify::Result<notify::Event>),
    Stop,
}

/// Passes on what `notify` hears, on its thread, and leaves out what changes nothing: we read files ourselves.
struct Handler {
    run: u64,
    signals: Sender<Signal>,
}

impl notify::EventHandler for Handler {
    fn handle_event(&mut self, event: notify::Result<notify::Event>) {
        let only_read = event.as_ref().is_ok_and(|event| match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => !event.need_rescan(),
            _ => false,
        });
        if !only_read {
            // It fails if nobody watches any more.
            let _ = self.signals.send(Signal::Heard(self.run, Instant::now(), event));
        }
    }
}

/// What the thread works with.
struct Watch {
    lookout: Lookout,
    /// How long after one look at everything the next begins, where that is needed.
    interval: Duration,
    debounce: Debounce<Heard>,
    /// When to look at everything, or at least whether the folders are still there.
    next_look: Instant,
    /// Which ears are in use: what earlier ones have lost does not matter any more.
    run: Arc<AtomicU64>,
    note: Arc<OnceLock<String>>,
    changed: Box<dyn FnMut(Changes) + Send>,
}

impl Watch {
    fn run(mut self, signals: &Receiver<Signal>) {
        loop {
            if self.next_look <= Instant::now() {
                self.look_around();
            }
            if let Some(heard) = self.debounce.take(Instant::now()) {
                let changes = self.lookout.find_out(heard);
                self.say_note();
                if !self.lookout.must_poll() {
                    self.plan();
                }
                if !changes.is_empty() {
                    (self.changed)(changes);
                }
            }
            let next = self.debounce.due().map_or(self.next_look, |due| due.min(self.next_look));
            let mut wait = next.saturating_duration_since(Instant::now());
            for _ in 0..AT_ONCE {
                match signals.recv_timeout(wait) {
                    Ok(Signal::Heard(run, when, event)) => self.hear(run, when, event),
                    Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => break,
                }
                wait = Duration::ZERO;
            }
        }
    }

    /// Sees what nobody tells of.
    fn look_around(&mut self) {
        if self.lookout.must_poll() {
            let began = Instant::now();
            let mut changes = Changes::default();
            self.lookout.look_at_everything(&mut changes);
            if !changes.is_empty() {
                self.debounce.add(Instant::now(), |heard| {
                    heard.changes.anything |= changes.anything;
                    heard.changes.paths.append(&mut changes.paths);
                });
            }
            // On a slow drive it rests as long as it works.
            self.next_look = Instant::now() + self.interval.max(began.elapsed());
        } else {
            if self.lookout.unsettled() {
                self.debounce.add(Instant::now(), |heard| heard.lost = true);
            }
            self.plan();
        }
    }

    fn say_note(&self) {
        if let Some(note) = &self.lookout.note {
            // It fails if that was said before.
            let _ = self.note.set(note.clone());
        }
    }

    /// Sets when to look around next.
    fn plan(&mut self) {
        let pause = match self.lookout.must_poll() {
            true => self.interval,
            false if self.lookout.misses_one() => MISSING,
            false => ROOTS,
        };
        self.next_look = Instant::now() + pause;
    }

    fn hear(&mut self, run: u64, when: Instant, event: notify::Result<notify::Event>) {
        let current = run == self.run.load(Ordering::SeqCst) && !self.lookout.must_poll();
        let event = match event {
            Ok(event) if !event.need_rescan() => event,
            // Something was not told.
            _ => {
                if current {
                    self.debounce.add(when, |heard| heard.lost = true);
                }
                return;
            }
        };
        let moved = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        for path in event.paths {
            if moved && self.lookout.is_root(&path) {
                self.debounce.add(when, |heard| heard.lost = true);
            } else if self.lookout.concerns(&path) {
                self.debounce.add(when, |heard| {
                    heard.touched.insert(path);
                });
            }
        }
    }
}

// They make links, which only Unix has for everybody.
#[cfg(test)]
#[cfg(unix)]
mod tests;
