//! The server: sends pages to browsers on this machine and, if asked to, to others on its network.
//!
//! There are two doors, each with a port of its own. The [`own`](Server::address) one is open to programs on this machine
//! alone and shows everything. The shared one is there only if somebody asks for it: who knows the secret in its address
//! may read what it shows, anybody else learns nothing. What a request may see is decided by the door that it came in by,
//! and by nothing that it says.
//!
//! HTTP is hyper's business, on one thread that never waits: connections, their limits, and streams of events. An answer is
//! worked out on a thread of its own, one of a few, since the preview takes its time.

mod address;
mod answer;
mod door;
mod events;
mod guard;

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::mem;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::task::JoinSet;
use tokio::time::timeout;

use door::{Door, House, MOST_ANSWERS};

use super::Preview;
use super::tabs::{Event, Tabs};
use crate::edition::Audience;

/// The port that is tried first, so that an address stays the same from one run to the next.
const USUAL_PORT: u16 = 8022;

/// As much as a program's first thread has: bars are rendered on it, and what is in them is looked up.
const STACK: usize = 8 * 1024 * 1024;

/// How long the end waits for tabs to be told of it, and for answers to be taken.
const FAREWELL: Duration = Duration::from_secs(1);

/// What the server can be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The port; without one, the usual one if it is free, and otherwise any. Zero is any that is free.
    pub port: Option<u16>,
    /// Whether there is an address for others on the network too.
    pub share: Option<Share>,
}

/// What others on the network may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// What the public will see, and how many findings there are, but not what they say: that may quote private words.
    Public,
    /// The members' view too, with private business, and all findings.
    Everything,
}

/// How long things may take.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// To say what is asked for, from when a connection opens or the answer before has been taken.
    request: Duration,
    /// To take some of the answer.
    answer: Duration,
    /// Between two signs of life in a stream of events.
    heartbeat: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            // Browsers open connections ahead of need.
            request: Duration::from_secs(20),
            answer: Duration::from_secs(20),
            heartbeat: Duration::from_secs(15),
        }
    }
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    house: Arc<House>,
    own: Arc<Door>,
    shared: Option<Arc<Door>>,
    /// The doors that are open.
    open: JoinSet<()>,
    connections: Arc<GracefulShutdown>,
    /// When it is dropped, it waits for answers that are being worked out, and ends all else.
    runtime: Runtime,
}

/// Why there is no server.
#[derive(Debug)]
pub enum ServerError {
    /// Another program listens at the port asked for.
    PortTaken(u16),
    /// The system refuses the port asked for, or any.
    Port(Option<u16>, io::Error),
    /// The system has no random numbers.
    Random(getrandom::Error),
    /// The system gives us no thread, or does not tell when somebody comes.
    Runtime(io::Error),
}

impl fmt::Display for ServerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(port) => write!(
                formatter,
                "another program listens at port {port}, perhaps another preview. End that one, choose another port, or \
                 leave out --port: then a free one is found"
            ),
            Self::Port(Some(port), error) => write!(formatter, "the preview cannot listen at port {port}: {error}"),
            Self::Port(None, error) => write!(formatter, "the preview cannot listen at any port: {error}"),
            Self::Random(error) => write!(formatter, "the system gives no random numbers to make a secret of: {error}"),
            Self::Runtime(error) => write!(formatter, "the system does not let the preview listen: {error}"),
        }
    }
}

impl std::error::Error for ServerError {}

impl Server {
    /// Begins to serve. Tabs are told through `tabs` what is new.
    ///
    /// # Errors
    /// If no port can be had, or not the one asked for.
    pub fn start(preview: Arc<dyn Preview>, tabs: Arc<Tabs>, options: &Options) -> Result<Self, ServerError> {
        Self::start_with(preview, tabs, options, Patience::default())
    }

    fn start_with(
        preview: Arc<dyn Preview>,
        tabs: Arc<Tabs>,
        options: &Options,
        patience: Patience,
    ) -> Result<Self, ServerError> {
        let run = guard::random::<8>().map_err(ServerError::Random)?;
        let house = Arc::new(House { preview, tabs, run, patience });
        let runtime = runtime().map_err(ServerError::Runtime)?;
        let mut open = JoinSet::new();
        let connections = Arc::new(GracefulShutdown::new());
        let mut open_door = |machine, asked, usual, secret, audiences| {
            let (listener, port) = runtime.block_on(listen(machine, asked, usual))?;
            let door = Arc::new(Door::new(&house, port, secret, audiences));
            open.spawn_on(Arc::clone(&door).open(listener, Arc::clone(&connections)), runtime.handle());
            Ok(door)
        };
        let audiences = vec![Audience::Public, Audience::Members];
        let own = open_door(Ipv4Addr::LOCALHOST, options.port, USUAL_PORT, None, audiences)?;
        let shared = match options.share {
            None => None,
            Some(share) => {
                let secret = guard::random::<16>().map_err(ServerError::Random)?;
                let audiences = match share {
                    Share::Public => vec![Audience::Public],
                    Share::Everything => vec![Audience::Public, Audience::Members],
                };
                let usual = own.port.saturating_add(1);
                Some(open_door(Ipv4Addr::UNSPECIFIED, None, usual, Some(secret), audiences)?)
            }
        };
        Ok(Self { house, own, shared, open, connections, runtime })
    }

    /// Where the preview is for this machine: `http://127.0.0.1:8022/`.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.own.port, self.own.root())
    }

    /// Where it is for others on the network, with the secret; nothing if it is not shared. A machine may have more
    /// addresses than the one that is found here; all of them do, with the same port and secret.
    pub fn shared_address(&self) -> Option<String> {
        let door = self.shared.as_ref()?;
        let machine = outward().map_or_else(|| "ADDRESS-OF-THIS-MACHINE".to_owned(), |address| address.to_string());
        Some(format!("http://{machine}:{}{}", door.port, door.root()))
    }

    /// Tells the open tabs that this is the end, and closes. The same happens when it is dropped.
    pub fn stop(self) {}
}

impl Drop for Server {
    fn drop(&mut self) {
        let Self { house, open, connections, runtime, .. } = self;
        runtime.block_on(async {
            // From here on nobody comes in.
            open.shutdown().await;
            house.tabs.tell(|_, _| Some(Event::Farewell));
            // The doors had it too, and have gone. Whatever still takes its time after this is cut off.
            if let Some(connections) = Arc::into_inner(mem::take(connections)) {
                let _ = timeout(FAREWELL, connections.shutdown()).await;
            }
        });
    }
}

/// What connections live on: one thread, and others for the answers of both doors.
fn runtime() -> io::Result<Runtime> {
    let mut runtime = runtime::Builder::new_multi_thread();
    runtime.worker_threads(1).max_blocking_threads(2 * MOST_ANSWERS);
    runtime.thread_name("preview").thread_stack_size(STACK).enable_all().build()
}

/// Listens at the port asked for, or else at the usual one if that is free, or at any.
async fn listen(machine: Ipv4Addr, asked: Option<u16>, usual: u16) -> Result<(TcpListener, u16), ServerError> {
    let listener = match (asked, TcpListener::bind((machine, asked.unwrap_or(usual))).await) {
        (_, Ok(listener)) => listener,
        (Some(port), Err(error)) if error.kind() == io::ErrorKind::AddrInUse => {
            return Err(ServerError::PortTaken(port));
        }
        (Some(port), Err(error)) => return Err(ServerError::Port(Some(port), error)),
        (None, Err(_)) => TcpListener::bind((machine, 0)).await.map_err(|error| ServerError::Port(None, error))?,
    };
    let port = listener.local_addr().map_err(|error| ServerError::Port(asked, error))?.port();
    Ok((listener, port))
}

/// The address of this machine on its network: the one from which it would send to somebody far away. Nothing is sent.
fn outward() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is nobody's (RFC 5737).
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    match socket.local_addr().ok()? {
        SocketAddr::V4(address) if !address.ip().is_unspecified() && !address.ip().is_loopback() => Some(*address.ip()),
        _ => None,
    }
}
