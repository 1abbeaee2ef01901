//! The open tabs of browsers, and what each is told.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use super::Place;

/// What a tab is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Its page has changed and is now of this version.
    Page(String),
    /// Nothing but the stylesheet has changed: where it stands now, from the site's root; and the version of the page.
    Style(String, String),
    /// What the bar tells has changed.
    Bar,
    /// The server ends.
    Farewell,
}

/// The tabs that listen.
#[derive(Debug, Default)]
pub struct Tabs {
    open: Mutex<BTreeMap<u64, Tab>>,
}

#[derive(Debug)]
struct Tab {
    place: Place,
    version: String,
    events: Sender<Event>,
}

impl Tabs {
    /// Notes a tab that shows a page in some version. What it is told comes out of the receiver; once that is dropped, the
    /// tab is forgotten at the next event.
    pub fn open(&self, place: Place, version: String) -> Receiver<Event> {
        let (events, receiver) = channel();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let id = open.last_key_value().map_or(0, |(id, _)| id + 1);
        open.insert(id, Tab { place, version, events });
        receiver
    }

    /// The pages that are open, and the version that each tab shows.
    pub fn places(&self) -> Vec<(Place, String)> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.values().map(|tab| (tab.place.clone(), tab.version.clone())).collect()
    }

    /// Tells each tab what `event` says for its page and the version that it shows, if anything.
    pub fn tell(&self, event: impl Fn(&Place, &str) -> Option<Event>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, tab| match event(&tab.place, &tab.version) {
            None => true,
            Some(event) => {
                if let Event::Page(version) | Event::Style(_, version) = &event {
                    tab.version.clone_from(version);
                }
                tab.events.send(event).is_ok()
            }
        });
    }
}
