//! The server as a browser meets it, and as somebody does who means ill: over real sockets, byte by byte.

mod addresses;
mod connections;
mod strangers;
mod stream;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use super::*;
use crate::calendar::Moment;
use crate::finding::Severity;
use crate::preview::state::{Findings, PrintState, Shown, State};
use crate::preview::{Answer, Page, Place, Print, bar};

/// A preview of a few files.
#[derive(Debug, Default)]
struct Papers {
    /// By place, as an address has it. What ends in `.html` and begins with `<` is a page; its HTML is its version.
    files: Mutex<BTreeMap<String, String>>,
    printed: Mutex<Vec<String>>,
    /// How often the page that takes its time has been begun.
    begun: AtomicUsize,
    /// Whether it need not wait any longer.
    goes_on: AtomicBool,
}

impl Papers {
    fn write(&self, place: &str, text: &str) {
        self.files.lock().unwrap().insert(place.to_owned(), text.to_owned());
    }
}

impl Preview for Papers {
    fn get(&self, place: &Place) -> Answer {
        let page = |html: &str, exists| Answer::Page(Page { html: html.into(), version: format!("of {html}"), exists });
        assert_ne!(place.path, "panic.html", "as asked");
        if place.path == "slow.html" {
            self.begun.fetch_add(1, Ordering::SeqCst);
            until("it may go on", || self.goes_on.load(Ordering::SeqCst));
        }
        match self.files.lock().unwrap().get(&place.to_string()) {
            Some(text) if text.starts_with("<h1>") => page(text, true),
            Some(text) => Answer::File(text.as_bytes().into()),
            None if place.path.ends_with(".html") => page("<h1>Not found", false),
            None => Answer::Nothing,
        }
    }

    fn state(&self, _: &Place) -> State {
        State {
            now: Moment::parse("2026-11-22").unwrap(),
            paper: None,
            meeting: None,
            in_public_view: true,
            in_members_view: true,
            held_back: None,
            findings: Findings { here: vec![finding()], ..Findings::default() },
            paper_pdf: PrintState::None,
            pack_pdf: PrintState::None,
        }
    }

    fn print(&self, place: &Place, print: Print) -> bool {
        self.printed.lock().unwrap().push(format!("{place} {print:?}"));
        place.path != "people/index.html"
    }

    fn pdf(&self, place: &Place, _: Print) -> Option<(String, Arc<[u8]>)> {
        let printed = self.printed.lock().unwrap().iter().any(|printed| printed.starts_with(&place.to_string()));
        printed.then(|| ("Cabinet pack.pdf".to_owned(), Arc::from(&b"%PDF"[..])))
    }
}

/// A finding that leads into the folders of this machine.
fn finding() -> Shown {
    Shown {
        code: "F05",
        severity: Severity::Advice,
        message: "A note in all papers".to_owned(),
        help: None,
        file: "plan.md".to_owned(),
        line: 1,
        column: 1,
        excerpt: Vec::new(),
        anchor: None,
        page: None,
        editor: Some("vscode://file/this-machine/plan.md:1:1".to_owned()),
    }
}

/// A server with a site behind it.
struct House {
    papers: Arc<Papers>,
    tabs: Arc<Tabs>,
    server: Server,
}

impl House {
    fn new(share: Option<Share>) -> Self {
        Self::patient(share, Patience::default())
    }

    fn patient(share: Option<Share>, patience: Patience) -> Self {
        let papers = Arc::new(Papers::default());
        for view in ["public", "members"] {
            papers.write(&format!("{view}/index.html"), &format!("<h1>Home of {view}"));
            papers.write(&format!("{view}/meetings/x/index.html"), "<h1>Meeting");
            papers.write(&format!("{view}/assets/site.css"), "a{}");
            papers.write(&format!("{view}/a b/é.csv"), "a,b");
            papers.write(&format!("{view}/picture.svg"), "<svg/>");
            papers.write(&format!("{view}/attached.html"), "<script>");
        }
        papers.write("members/private.html", "<h1>Private");
        let tabs = Arc::new(Tabs::default());
        let options = Options { port: Some(0), share };
        let server = Server::start_with(Arc::<Papers>::clone(&papers), Arc::clone(&tabs), &options, patience).unwrap();
        Self { papers, tabs, server }
    }

    fn port(&self) -> u16 {
        self.server.own.port
    }

    /// A request from the machine itself.
    fn get(&self, path: &str) -> Got {
        self.ask(&format!("GET {path}"), &[])
    }

    fn ask(&self, first: &str, headers: &[&str]) -> Got {
        let host = format!("Host: 127.0.0.1:{}", self.port());
        self.send(lines(first, &[&[host.as_str()], headers].concat()))
    }

    /// Anything at all.
    fn send(&self, bytes: impl AsRef<[u8]>) -> Got {
        send(self.port(), bytes)
    }
}

/// A request after which the connection is to close.
fn lines(first: &str, headers: &[&str]) -> String {
    format!("{first} HTTP/1.1\r\n{}\r\nConnection: close\r\n\r\n", headers.join("\r\n"))
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

fn send(port: u16, bytes: impl AsRef<[u8]>) -> Got {
    let mut stream = connect(port);
    // The server may answer and close before it has had everything.
    let _ = stream.write_all(bytes.as_ref());
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    Got(String::from_utf8(got).unwrap())
}

/// What came back.
#[derive(Debug)]
struct Got(String);

impl Got {
    fn status(&self) -> u16 {
        self.0.get(9..12).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no status: {:?}", self.0))
    }

    fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let head = self.0.split_once("\r\n\r\n").map_or(self.0.as_str(), |(head, _)| head);
        let mut headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        headers.find(|(sent, _)| sent.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// What every answer must carry.
    fn is_guarded(&self) -> bool {
        let plain = [
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ];
        let policy = self.header("Content-Security-Policy");
        plain.iter().all(|(name, value)| self.header(name) == Some(value))
            && policy.is_some_and(|policy| policy.contains("frame-ancestors 'none'"))
            && self.header("Content-Type").is_some()
            && !self.0.to_lowercase().contains("access-control-allow")
            && self.header("Server").is_none()
    }
}

#[test]
fn a_port_that_is_taken_is_said_plainly_and_otherwise_another_is_found() {
    let first = House::new(None);
    let start = |port| {
        let options = Options { port, share: None };
        Server::start(Arc::new(Papers::default()), Arc::new(Tabs::default()), &options)
    };
    let sentence = start(Some(first.port())).unwrap_err().to_string();
    assert!(
        sentence.contains(&format!("port {}", first.port())) && sentence.contains("leave out --port"),
        "{sentence}"
    );
    // Whether the usual port is free here or not, both find one.
    let (one, other) = (start(None).unwrap(), start(None).unwrap());
    assert_ne!(one.address(), other.address());
    assert!(one.shared_address().is_none());
    // A port can be had again at once.
    let port = first.port();
    first.get("/");
    drop(first);
    assert_eq!(start(Some(port)).unwrap().address(), format!("http://127.0.0.1:{port}/"));
}

#[test]
fn without_sharing_nobody_else_on_the_network_can_connect() {
    let house = House::new(None);
    if let Some(address) = outward() {
        assert!(TcpStream::connect((address, house.port())).is_err());
    }
}

#[test]
fn a_mistake_of_the_preview_is_not_the_end() {
    let house = House::new(None);
    let got = house.get("/public/panic.html");
    assert!(got.status() == 500 && got.is_guarded(), "{got:?}");
    assert_eq!(house.get("/public/index.html").status(), 200);
}

/// Waits until something is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(5);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}
