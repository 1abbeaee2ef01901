//! What the rules find, in a thread of its own.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::{Latest, lock};
use crate::calendar::Moment;
use crate::finding::Finding;
use crate::preview::fault::guarded;
use crate::preview::tabs::{Event, Tabs};
use crate::record::Linked;
use crate::rules;

/// What the rules found, and in what.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) number: u64,
    pub(super) linked: Arc<Linked>,
    pub(super) findings: Arc<Vec<Finding>>,
}

/// What the rules are asked to look at.
pub(super) struct ToCheck {
    pub(super) number: u64,
    pub(super) linked: Arc<Linked>,
    pub(super) now: Moment,
}

/// Starts the thread that asks the rules. It looks at the latest of what it is given, one after the other, on all
/// processors but one: pages are more urgent.
pub(super) fn start(shown: Arc<Mutex<Latest>>, tabs: Arc<Tabs>) -> std::io::Result<Sender<ToCheck>> {
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
