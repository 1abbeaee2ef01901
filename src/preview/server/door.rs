//! A door of the server: who comes in by it, what they may see, and what they are told.

use std::fmt;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::Patience;
use super::address::{Address, OWN};
use super::answer::{self, Answer};
use super::events::{self, Hello};
use super::guard::{self, Names, Refused};
use super::request::{Request, Unreadable};
use crate::edition::Audience;
use crate::preview::bar::{self, Links};
use crate::preview::state::State;
use crate::preview::tabs::Tabs;
use crate::preview::{self, Place, Preview};

/// The most connections at once, streams of events among them.
const MOST_CONNECTIONS: usize = 256;

/// The most streams of events at once.
pub(super) const MOST_STREAMS: usize = 64;

/// The most bytes that are read of what nobody wants to know.
const MOST_UNREAD: usize = 256 * 1024;

const NOTHING_HERE: &str = "There is nothing at this address.\n";

/// What all doors lead to.
pub(super) struct House {
    pub(super) preview: Arc<dyn Preview>,
    pub(super) tabs: Arc<Tabs>,
    /// Tells this run from others.
    pub(super) run: String,
    pub(super) patience: Patience,
    /// Whether the server ends.
    pub(super) closing: AtomicBool,
}

impl fmt::Debug for House {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("House").field("run", &self.run).finish_non_exhaustive()
    }
}

/// A door.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) house: Arc<House>,
    pub(super) port: u16,
    /// What the address of everything begins with here, if this is a secret.
    secret: Option<String>,
    /// The views that may be seen from here.
    audiences: Vec<Audience>,
    connections: Arc<AtomicUsize>,
    streams: Arc<AtomicUsize>,
}

/// One of so many places, free again once this is dropped.
#[derive(Debug)]
pub(super) struct Taken(Arc<AtomicUsize>);

impl Taken {
    fn of(places: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        let taken = Self(Arc::clone(places));
        (places.fetch_add(1, Ordering::SeqCst) < most).then_some(taken)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What comes of a request.
enum Reply {
    Answer(Answer),
    /// A stream of events for a tab that shows a page in some version.
    Events(Place, String),
}

impl Door {
    pub(super) fn new(house: &Arc<House>, port: u16, secret: Option<String>, audiences: Vec<Audience>) -> Self {
        Self { house: Arc::clone(house), port, secret, audiences, connections: Arc::default(), streams: Arc::default() }
    }

    /// What the path of every address begins with: `/`, or `/SECRET/`.
    pub(super) fn root(&self) -> String {
        self.secret.as_ref().map_or_else(|| "/".to_owned(), |secret| format!("/{secret}/"))
    }

    /// Makes room for a connection, if there is any.
    pub(super) fn let_in(&self) -> Option<Taken> {
        Taken::of(&self.connections, MOST_CONNECTIONS)
    }

    /// How many streams of events there are.
    pub(super) fn streams(&self) -> usize {
        self.streams.load(Ordering::SeqCst)
    }

    /// Reads what is asked, and answers it.
    pub(super) fn answer(&self, mut stream: TcpStream) {
        let patience = self.house.patience;
        if stream.set_write_timeout(Some(patience.answer)).is_err() {
            return;
        }
        let (reply, head_only, unread) = match Request::read(&mut stream, patience.request) {
            Ok(request) => {
                // Whatever goes wrong with one page, the others can still be had.
                let reply = catch_unwind(AssertUnwindSafe(|| self.reply(&request)));
                let reply =
                    reply.unwrap_or_else(|_| Reply::Answer(Answer::plain(500, "The preview has made a mistake.\n")));
                (reply, request.method == "HEAD", request.has_body())
            }
            Err(Unreadable::Gone) => return,
            Err(unreadable) => (Reply::Answer(self.unreadable(unreadable)), false, true),
        };
        // From here on nobody is left to be told of an error: the browser has gone.
        match reply {
            Reply::Answer(answer) => {
                if answer.write(&mut stream, head_only).is_ok() && unread {
                    read_off(&mut stream);
                }
            }
            Reply::Events(..) if head_only => {
                let _ = stream.write_all(answer::stream_head().as_bytes());
            }
            Reply::Events(place, version) => self.stream(&mut stream, &place, &version),
        }
    }

    fn unreadable(&self, unreadable: Unreadable) -> Answer {
        if self.secret.is_some() {
            return nothing();
        }
        match unreadable {
            Unreadable::LongAddress => Answer::plain(414, "This address is too long.\n"),
            Unreadable::LongHead => Answer::plain(431, "The browser says too much besides the address.\n"),
            Unreadable::Body => Answer::plain(413, "Nothing can be sent to the preview.\n"),
            Unreadable::Malformed | Unreadable::Gone => Answer::plain(400, "This is not understood.\n"),
        }
    }

    fn reply(&self, request: &Request) -> Reply {
        // Whether the secret is known comes first: who does not know it learns nothing, not even what else is wrong.
        let Some(target) = self.after_secret(&request.target) else { return Reply::Answer(nothing()) };
        if let Err(refused) = guard::check(request, self.names(), self.port) {
            return Reply::Answer(self.refused(refused));
        }
        let Some(address) = Address::parse(target) else { return Reply::Answer(not_there()) };
        let method = if matches!(address, Address::Print(..)) { "POST" } else { "GET" };
        if request.method != method && !(method == "GET" && request.method == "HEAD") {
            let allowed = if method == "GET" { "GET, HEAD" } else { method };
            let answer = Answer::plain(405, "That cannot be done here.\n").with("Allow", allowed.to_owned());
            return Reply::Answer(answer);
        }
        if address.audience().is_some_and(|audience| !self.audiences.contains(&audience)) {
            return Reply::Answer(not_there());
        }
        self.visit(address)
    }

    /// The part of an address after the secret, if it begins with that, and after the slash at its beginning.
    fn after_secret<'t>(&self, target: &'t str) -> Option<&'t str> {
        let target = target.strip_prefix('/')?;
        let Some(secret) = &self.secret else { return Some(target) };
        let end = target.find(['/', '?']).unwrap_or(target.len());
        let rest = &target[end..];
        guard::is_secret(&target[..end], secret).then(|| rest.strip_prefix('/').unwrap_or(rest))
    }

    fn names(&self) -> Names {
        if self.secret.is_some() { Names::Numbers } else { Names::Loopback }
    }

    fn refused(&self, refused: Refused) -> Answer {
        match (refused, self.names()) {
            (Refused::Unclear, _) => Answer::plain(400, "This is not understood.\n"),
            (Refused::Host, Names::Loopback) => Answer::plain(
                421,
                format!("The preview does not answer to this name. Its address is http://127.0.0.1:{}/\n", self.port),
            ),
            (Refused::Host, Names::Numbers) => {
                Answer::plain(421, "The preview answers to no name, only to the number of its machine.\n")
            }
            (Refused::Elsewhere, _) => Answer::plain(403, "Other sites may link to the preview, and do no more.\n"),
        }
    }

    fn visit(&self, address: Address) -> Reply {
        let preview = &self.house.preview;
        let answer = match address {
            Address::Beginning(audience) => match audience.or_else(|| self.audiences.first().copied()) {
                Some(audience) => Answer::redirect(format!("{}{}/index.html", self.root(), audience.word())),
                None => not_there(),
            },
            Address::Site(place) => self.page(&place),
            Address::Script => Answer::text("text/javascript; charset=utf-8", bar::SCRIPT),
            Address::Style => Answer::text("text/css; charset=utf-8", bar::STYLE),
            Address::Bar(place) => Answer::page(200, bar::fragment(&place, &self.state(&place), &self.links())),
            Address::Print(place, print) if preview.print(&place, print) => {
                Answer::plain(202, "It is being printed. The page says when it is done.\n")
            }
            Address::Print(..) => not_there(),
            Address::Pdf(place, print) => match preview.pdf(&place, print) {
                Some((name, bytes)) => Answer::named(&name, bytes),
                None => not_there(),
            },
            Address::Events(place, shown) => match (self.version(&place), shown) {
                (Some(now), shown) => return Reply::Events(place, shown.unwrap_or(now)),
                (None, _) => not_there(),
            },
        };
        Reply::Answer(answer)
    }

    fn page(&self, place: &Place) -> Answer {
        match self.house.preview.get(place) {
            preview::Answer::Page(page) => {
                let status = if page.exists { 200 } else { 404 };
                Answer::page(status, bar::dress(&page, place, &self.state(place), &self.links()))
            }
            preview::Answer::File(bytes) => Answer::file(&place.path, bytes),
            preview::Answer::Nothing => not_there(),
        }
    }

    /// What those who come by this door may know of a page.
    fn state(&self, place: &Place) -> State {
        let state = self.house.preview.state(place);
        if self.audiences.contains(&Audience::Members) { state } else { state.for_the_public() }
    }

    fn links(&self) -> Links {
        let site = self.root();
        Links { own: format!("{site}{OWN}"), site, audiences: self.audiences.clone() }
    }

    fn version(&self, place: &Place) -> Option<String> {
        match self.house.preview.get(place) {
            preview::Answer::Page(page) => Some(page.version),
            preview::Answer::File(_) | preview::Answer::Nothing => None,
        }
    }

    fn stream(&self, stream: &mut TcpStream, place: &Place, shown: &str) {
        let Some(_taken) = Taken::of(&self.streams, MOST_STREAMS) else {
            let full = Answer::plain(503, "Too many tabs of the preview are open.\n");
            let _ = full.write(stream, false);
            return;
        };
        let listening = self.house.tabs.open(place.clone(), shown.to_owned());
        // Only now: whatever changes after this, the tab is told.
        let Some(version) = self.version(place).filter(|_| !self.house.closing.load(Ordering::SeqCst)) else { return };
        listening.shows(shown, &version);
        let hello = Hello { run: &self.house.run, version: &version };
        let _ = events::send(stream, &hello, &listening, self.house.patience.heartbeat);
    }
}

/// What somebody is told who may know nothing.
fn nothing() -> Answer {
    Answer::plain(404, "")
}

fn not_there() -> Answer {
    Answer::plain(404, NOTHING_HERE)
}

/// Tells somebody that there is no room. Never waits: whoever else comes is waiting.
pub(super) fn turn_away(mut stream: TcpStream) {
    if stream.set_nonblocking(true).is_ok() {
        let _ = Answer::plain(503, "").write(&mut stream, false);
    }
}

/// Reads what is still to come: a connection closed before loses its answer.
fn read_off(stream: &mut TcpStream) {
    if stream.shutdown(Shutdown::Write).is_err() || stream.set_read_timeout(Some(Duration::from_millis(500))).is_err() {
        return;
    }
    let mut chunk = [0; 4096];
    let mut read = 0;
    while let Ok(more @ 1..) = stream.read(&mut chunk) {
        read += more;
        if read > MOST_UNREAD {
            return;
        }
    }
}
