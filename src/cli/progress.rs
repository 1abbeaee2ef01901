//! A sign of life for work that takes long: only on a terminal, and only after a second.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};

/// How long a person waits before wondering.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the sign moves.
const TICK: Duration = Duration::from_millis(120);

/// Says what is being done, until it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait; what is being done is shown when it has taken a second.
    pub(super) fn start(doing: &'static str) -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_draw_target(ProgressDrawTarget::hidden());
        bar.set_message(doing);
        let waiting = if io::stderr().is_terminal() { wait(bar.clone()) } else { None };
        Self { bar, waiting }
    }

    /// Says what is being done now.
    pub(super) fn doing(&self, what: &'static str) {
        self.bar.set_message(what);
    }
}

fn wait(bar: ProgressBar) -> Option<(Sender<()>, JoinHandle<()>)> {
    let (stop, stopped) = mpsc::channel();
    let show = move || {
        if stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    };
    // A machine that has no thread to spare for this gets its work done without it.
    let thread = thread::Builder::new().name("progress".to_owned()).spawn(show).ok()?;
    Some((stop, thread))
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.waiting.take() {
            drop(stop);
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
