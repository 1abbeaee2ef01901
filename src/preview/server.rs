//! The server: sends pages to browsers on this machine and, if asked to, to others on its network.
//!
//! There are two doors, each with a port of its own. The [`own`](Server::address) one is open to programs on this machine
//! alone and shows everything. The shared one is there only if somebody asks for it: who
//! knows the secret in its address may read what it shows, anybody else learns nothing. What a request may see is
//! decided by the door that it came in by, and by nothing that it says.
//!
//! A connection has a thread, and carries one request: no answer waits for another, and a stream of events is a thread
//! that takes its time. There is no crate for HTTP beneath: its module `request` is all that is needed of it, and bounds what
//! the ones without an asynchronous runtime leave unbounded.

mod address;
mod answer;
mod door;
mod events;
mod guard;
mod request;

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use door::{Door, House};

use super::Preview;
use super::tabs::{Event, Tabs};
use crate::edition::Audience;

/// The port that is tried first, so that an address stays the same from one run to the next.
const USUAL_PORT: u16 = 8022;

/// As much as a program's first thread has: a page is rendered on it.
const STACK: usize = 8 * 1024 * 1024;

/// How long the end waits for tabs to be told of it.
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
    /// To say what is asked for.
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
    own: Running,
    shared: Option<Running>,
}

/// A door that is open.
#[derive(Debug)]
struct Running {
    door: Arc<Door>,
    thread: Option<JoinHandle<()>>,
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
    /// The system has no threads left.
    Thread(io::Error),
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
            Self::Thread(error) => write!(formatter, "the system gives the preview no thread: {error}"),
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
        let house = Arc::new(House { preview, tabs, run, patience, closing: AtomicBool::new(false) });
        let (listener, port) = listen(Ipv4Addr::LOCALHOST, options.port, USUAL_PORT)?;
        let audiences = vec![Audience::Public, Audience::Members];
        let own = Running::start(listener, Door::new(&house, port, None, audiences))?;
        // From here on a failure closes the first door again.
        let mut server = Self { house, own, shared: None };
        if let Some(share) = options.share {
            let secret = guard::random::<16>().map_err(ServerError::Random)?;
            let (listener, port) = listen(Ipv4Addr::UNSPECIFIED, None, port.saturating_add(1))?;
            let audiences = match share {
                Share::Public => vec![Audience::Public],
                Share::Everything => vec![Audience::Public, Audience::Members],
            };
            server.shared = Some(Running::start(listener, Door::new(&server.house, port, Some(secret), audiences))?);
        }
        Ok(server)
    }

    /// Where the preview is for this machine: `http://127.0.0.1:8022/`.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.own.door.port, self.own.door.root())
    }

    /// Where it is for others on the network, with the secret; nothing if it is not shared. A machine may have more
    /// addresses than the one that is found here; all of them do, with the same port and secret.
    pub fn shared_address(&self) -> Option<String> {
        let door = &self.shared.as_ref()?.door;
        let machine = outward().map_or_else(|| "ADDRESS-OF-THIS-MACHINE".to_owned(), |address| address.to_string());
        Some(format!("http://{machine}:{}{}", door.port, door.root()))
    }

    /// Tells the open tabs that this is the end, and closes. The same happens when it is dropped.
    pub fn stop(self) {}
}

impl Drop for Server {
    fn drop(&mut self) {
        self.house.closing.store(true, Ordering::SeqCst);
        self.house.tabs.tell(|_, _| Some(Event::Farewell));
        let doors = || std::iter::once(&self.own).chain(&self.shared);
        let end = Instant::now() + FAREWELL;
        while doors().any(|running| running.door.streams() > 0) && Instant::now() < end {
            thread::sleep(Duration::from_millis(5));
        }
        self.own.close();
        if let Some(shared) = &mut self.shared {
            shared.close();
        }
    }
}

impl Running {
    fn start(listener: TcpListener, door: Door) -> Result<Self, ServerError> {
        let door = Arc::new(door);
        let here = Arc::clone(&door);
        let thread = thread::Builder::new().name("preview".to_owned()).spawn(move || accept(&listener, &here));
        Ok(Self { door, thread: Some(thread.map_err(ServerError::Thread)?) })
    }

    fn close(&mut self) {
        // The listener waits for somebody to come, so somebody does.
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, self.door.port));
        let came = TcpStream::connect_timeout(&here, Duration::from_secs(1)).is_ok();
        if let Some(thread) = self.thread.take().filter(|_| came) {
            let _ = thread.join();
        }
    }
}

/// Lets in who comes.
fn accept(listener: &TcpListener, door: &Arc<Door>) {
    loop {
        let came = listener.accept();
        if door.house.closing.load(Ordering::SeqCst) {
            return;
        }
        match came {
            Ok((stream, _)) => {
                let Some(place) = door.let_in() else {
                    door::turn_away(stream);
                    continue;
                };
                let door = Arc::clone(door);
                // Without a thread there is nobody to answer: the connection closes, and a browser tries again.
                let _ = thread::Builder::new().name("preview".to_owned()).stack_size(STACK).spawn(move || {
                    door.answer(stream);
                    drop(place);
                });
            }
            // Too many open files, say. It will pass.
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Listens at the port asked for, or else at the usual one if that is free, or at any.
fn listen(machine: Ipv4Addr, asked: Option<u16>, usual: u16) -> Result<(TcpListener, u16), ServerError> {
    let listener = match asked {
        Some(port) => TcpListener::bind((machine, port)).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => ServerError::PortTaken(port),
            _ => ServerError::Port(Some(port), error),
        }),
        None => TcpListener::bind((machine, usual))
            .or_else(|_| TcpListener::bind((machine, 0)))
            .map_err(|error| ServerError::Port(None, error)),
    }?;
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
