//! A door of the server: who comes in by it, what they may see, and what they are told.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::header::{ALLOW, CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tokio_io_timeout::TimeoutWriter;

use super::Patience;
use super::address::{Address, OWN};
use super::answer::{self, Answer};
use super::events::Events;
use super::guard::{self, Names, Refused};
use crate::edition::Audience;
use crate::preview::bar::{self, Links};
use crate::preview::state::State;
use crate::preview::tabs::Tabs;
use crate::preview::{self, Place, Preview};

/// The most connections at once, streams of events among them.
pub(super) const MOST_CONNECTIONS: usize = 256;

/// The most streams of events at once.
pub(super) const MOST_STREAMS: usize = 64;

/// The most answers that are worked out at once. Others wait.
pub(super) const MOST_ANSWERS: usize = 16;

/// The most bytes of a head. The most headers are 100: hyper says so.
const MOST_OF_HEAD: usize = 32 * 1024;

/// The most bytes that a body may be said to have. None is needed, and none is read.
const MOST_OF_BODY: u64 = 4 * 1024;

const NOTHING_HERE: &str = "There is nothing at this address.\n";

/// What all doors lead to.
pub(super) struct House {
    pub(super) preview: Arc<dyn Preview>,
    pub(super) tabs: Arc<Tabs>,
    /// Tells this run from others.
    pub(super) run: String,
    pub(super) patience: Patience,
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
    /// Room for connections, for answers that are worked out, and for streams of events. Each door has its own, so that nobody
    /// who comes by one can take the room of those who come by the other.
    pub(super) connections: Arc<Semaphore>,
    answers: Arc<Semaphore>,
    pub(super) streams: Arc<Semaphore>,
}

impl Door {
    pub(super) fn new(house: &Arc<House>, port: u16, secret: Option<String>, audiences: Vec<Audience>) -> Self {
        Self {
            house: Arc::clone(house),
            port,
            secret,
            audiences,
            connections: Arc::new(Semaphore::new(MOST_CONNECTIONS)),
            answers: Arc::new(Semaphore::new(MOST_ANSWERS)),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
        }
    }

    /// What the path of every address begins with: `/`, or `/SECRET/`.
    pub(super) fn root(&self) -> String {
        self.secret.as_ref().map_or_else(|| "/".to_owned(), |secret| format!("/{secret}/"))
    }

    /// Lets in who comes, until this is dropped. Whoever comes when there is no room waits until somebody goes, and that is
    /// soon: who says nothing, or takes nothing of what is sent, is not waited for.
    pub(super) async fn open(self: Arc<Self>, listener: TcpListener, connections: Arc<GracefulShutdown>) {
        let patience = self.house.patience;
        let mut http = http1::Builder::new();
        // The time runs between two requests too.
        http.timer(TokioTimer::new()).header_read_timeout(patience.request);
        http.max_header_size(MOST_OF_HEAD).max_buf_size(MOST_OF_HEAD).auto_date_header(false);
        while let Ok(place) = Arc::clone(&self.connections).acquire_owned().await {
            let Ok((stream, _)) = listener.accept().await else {
                // Too many open files, say. It will pass.
                sleep(Duration::from_millis(50)).await;
                continue;
            };
            // An event must not wait for the next one. A system that cannot send it at once still sends it.
            let _ = stream.set_nodelay(true);
            let mut stream = TimeoutWriter::new(stream);
            stream.set_timeout(Some(patience.answer));
            let door = Arc::clone(&self);
            let service = service_fn(move |request: Request<Incoming>| {
                let door = Arc::clone(&door);
                async move { Ok::<_, Infallible>(door.answer(request).await) }
            });
            let connection = connections.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
            tokio::spawn(async move {
                // Nobody is left to be told of an error: the browser has gone.
                let _ = connection.await;
                drop(place);
            });
        }
    }

    /// Answers a request. Who may not ask, or asks for what there cannot be, hears so at once; only what has to be worked out
    /// takes a thread.
    async fn answer(self: Arc<Self>, request: Request<impl Body>) -> Answer {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        // Whether the secret is known comes first: who does not know it learns nothing, not even what else is wrong.
        let Some(target) = self.after_secret(target) else { return nothing() };
        if let Err(refused) = guard::check(&request, self.names(), self.port) {
            return self.refused(refused);
        }
        if request.body().size_hint().upper().is_none_or(|most| most > MOST_OF_BODY) {
            return answer::plain(StatusCode::PAYLOAD_TOO_LARGE, "Nothing can be sent to the preview.\n");
        }
        let Some(address) = Address::parse(target) else { return not_there() };
        let (allowed, named) = match address {
            Address::Print(..) => (&[Method::POST][..], "POST"),
            _ => (&[Method::GET, Method::HEAD][..], "GET, HEAD"),
        };
        if !allowed.contains(request.method()) {
            let answer = answer::plain(StatusCode::METHOD_NOT_ALLOWED, "That cannot be done here.\n");
            return answer::with(answer, ALLOW, HeaderValue::from_static(named));
        }
        if address.audience().is_some_and(|audience| !self.audiences.contains(&audience)) {
            return not_there();
        }
        // Whoever goes away while others have their turn is forgotten.
        let turn = Arc::clone(&self.answers).acquire_owned().await;
        let answered = spawn_blocking(move || {
            let _turn = turn;
            self.visit(address)
        });
        // Whatever goes wrong with one page, the others can still be had.
        answered
            .await
            .unwrap_or_else(|_| answer::plain(StatusCode::INTERNAL_SERVER_ERROR, "The preview has made a mistake.\n"))
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
            (Refused::Unclear, _) => answer::plain(StatusCode::BAD_REQUEST, "This is not understood.\n"),
            (Refused::Host, Names::Loopback) => answer::plain(
                StatusCode::MISDIRECTED_REQUEST,
                format!("The preview does not answer to this name. Its address is http://127.0.0.1:{}/\n", self.port),
            ),
            (Refused::Host, Names::Numbers) => answer::plain(
                StatusCode::MISDIRECTED_REQUEST,
                "The preview answers to no name, only to the number of its machine.\n",
            ),
            (Refused::Elsewhere, _) => {
                answer::plain(StatusCode::FORBIDDEN, "Other sites may link to the preview, and do no more.\n")
            }
        }
    }

    fn visit(&self, address: Address) -> Answer {
        let preview = &self.house.preview;
        match address {
            Address::Beginning(audience) => match audience.or_else(|| self.audiences.first().copied()) {
                Some(audience) => answer::redirect(format!("{}{}/index.html", self.root(), audience.word())),
                None => not_there(),
            },
            Address::Site(place) => self.page(&place),
            Address::Script => answer::text("text/javascript; charset=utf-8", bar::SCRIPT),
            Address::Style => answer::text("text/css; charset=utf-8", bar::STYLE),
            Address::Bar(place) => {
                answer::page(StatusCode::OK, bar::fragment(&place, &self.state(&place), &self.links()))
            }
            Address::Print(place, print) if preview.print(&place, print) => {
                answer::plain(StatusCode::ACCEPTED, "It is being printed. The page says when it is done.\n")
            }
            Address::Print(..) => not_there(),
            Address::Pdf(place, print) => match preview.pdf(&place, print) {
                Some((name, bytes)) => answer::named(&name, bytes),
                None => not_there(),
            },
            Address::Events(place, shown) => self.events(&place, shown).unwrap_or_else(not_there),
        }
    }

    fn page(&self, place: &Place) -> Answer {
        match self.house.preview.get(place) {
            preview::Answer::Page(page) => {
                let status = if page.exists { StatusCode::OK } else { StatusCode::NOT_FOUND };
                answer::page(status, bar::dress(&page, place, &self.state(place), &self.links()))
            }
            preview::Answer::File(bytes) => answer::file(&place.path, bytes),
            preview::Answer::Nothing => not_there(),
        }
    }

    /// What those who come by this door may know of a page.
    fn state(&self, place: &Place) -> State {
        let state = self.house.preview.state(place);
        let state = if self.audiences.contains(&Audience::Members) { state } else { state.for_the_public() };
        if self.secret.is_some() { state.for_another_machine() } else { state }
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

    /// A stream of events for a tab that shows a page in some version; nothing if there is no such page.
    fn events(&self, place: &Place, shown: Option<String>) -> Option<Answer> {
        let now = self.version(place)?;
        let Ok(taken) = Arc::clone(&self.streams).try_acquire_owned() else {
            let full = "Too many tabs of the preview are open.\n";
            return Some(answer::plain(StatusCode::SERVICE_UNAVAILABLE, full));
        };
        let shown = shown.unwrap_or(now);
        let listening = self.house.tabs.open(place.clone(), shown.clone());
        // Only now: whatever changes after this, the tab is told.
        let version = self.version(place)?;
        listening.shows(&shown, &version);
        let house = &self.house;
        Some(answer::stream(Events::new(&house.run, &version, listening, house.patience.heartbeat, taken)))
    }
}

/// What somebody is told who may know nothing, and who is not waited for to ask again.
fn nothing() -> Answer {
    answer::with(answer::plain(StatusCode::NOT_FOUND, ""), CONNECTION, HeaderValue::from_static("close"))
}

fn not_there() -> Answer {
    answer::plain(StatusCode::NOT_FOUND, NOTHING_HERE)
}
