//! The open tabs of browsers, and what each is told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

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
    open: Arc<Mutex<BTreeMap<u64, Tab>>>,
}

#[derive(Debug)]
struct Tab {
    place: Place,
    version: String,
    events: UnboundedSender<Event>,
}

/// What a tab is told comes out here. Once it is dropped, the tab is forgotten.
#[derive(Debug)]
pub struct Listening {
    events: UnboundedReceiver<Event>,
    open: Arc<Mutex<BTreeMap<u64, Tab>>>,
    id: u64,
}

impl Tabs {
    /// Notes a tab that shows a page in some version.
    pub fn open(&self, place: Place, version: String) -> Listening {
        let (events, receiver) = unbounded_channel();
        let mut open = lock(&self.open);
        let id = open.last_key_value().map_or(0, |(id, _)| id + 1);
        open.insert(id, Tab { place, version, events });
        Listening { events: receiver, open: Arc::clone(&self.open), id }
    }

    /// The pages that are open, and the version that each tab shows.
    pub fn places(&self) -> Vec<(Place, String)> {
        lock(&self.open).values().map(|tab| (tab.place.clone(), tab.version.clone())).collect()
    }

    /// Tells each tab what `event` says for its page and the version that it shows, if anything.
    pub fn tell(&self, event: impl Fn(&Place, &str) -> Option<Event>) {
        for tab in lock(&self.open).values_mut() {
            let Some(event) = event(&tab.place, &tab.version) else { continue };
            if let Event::Page(version) | Event::Style(_, version) = &event {
                tab.version.clone_from(version);
            }
            // A tab that has just gone needs to be told nothing.
            let _ = tab.events.send(event);
        }
    }
}

impl Listening {
    /// Notes that the tab has been told of a version and will show that one, if nothing has told it of a later one since it
    /// showed `before`. Otherwise a page that becomes again what the tab once showed would not be told of.
    pub fn shows(&self, before: &str, version: &str) {
        if let Some(tab) = lock(&self.open).get_mut(&self.id).filter(|tab| tab.version == before) {
            version.clone_into(&mut tab.version);
        }
    }

    /// The next event, if there is one; otherwise whoever waits is woken once there is.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.events.poll_recv(context)
    }

    /// The next event, if there is one.
    #[cfg(test)]
    pub(super) fn told(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        lock(&self.open).remove(&self.id);
    }
}

fn lock(open: &Mutex<BTreeMap<u64, Tab>>) -> MutexGuard<'_, BTreeMap<u64, Tab>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Audience;

    fn place(path: &str) -> Place {
        Place { audience: Audience::Public, path: path.to_owned() }
    }

    #[test]
    fn each_tab_is_told_of_its_own_page_and_forgotten_once_it_has_gone() {
        let tabs = Tabs::default();
        let mut first = tabs.open(place("a"), "1".to_owned());
        let mut second = tabs.open(place("b"), "1".to_owned());
        tabs.tell(|place, version| {
            (place.path == "a" && version == "1").then(|| Event::Style("s".to_owned(), "2".to_owned()))
        });
        assert_eq!(first.told(), Some(Event::Style("s".to_owned(), "2".to_owned())));
        assert!(second.told().is_none());
        assert_eq!(tabs.places(), [(place("a"), "2".to_owned()), (place("b"), "1".to_owned())]);
        first.shows("1", "3");
        second.shows("1", "4");
        assert_eq!(tabs.places(), [(place("a"), "2".to_owned()), (place("b"), "4".to_owned())]);
        drop(first);
        assert_eq!(tabs.places(), [(place("b"), "4".to_owned())]);
        let mut third = tabs.open(place("c"), "1".to_owned());
        drop(second);
        tabs.tell(|_, _| Some(Event::Bar));
        assert_eq!(third.told(), Some(Event::Bar));
    }
}
