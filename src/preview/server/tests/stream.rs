//! What an open tab hears.

use std::io::{BufRead, BufReader};

use super::*;
use crate::preview::server::door::MOST_STREAMS;

/// An open tab.
struct Tab(BufReader<TcpStream>);

impl Tab {
    fn open(port: u16, root: &str, query: &str) -> Self {
        let mut stream = connect(port);
        stream.set_nodelay(true).unwrap();
        let host = format!("Host: 127.0.0.1:{port}");
        let head = format!("GET {root}-/events?{query} HTTP/1.1\r\n{host}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        Self(BufReader::new(stream))
    }

    /// A tab that has been told everything that a tab is told first.
    fn opened(house: &House, path: &str) -> Self {
        let mut tab = Self::open(house.port(), "/", &format!("view=public&path={path}&version=1"));
        assert!(tab.head().starts_with("HTTP/1.1 200 OK\r\n"));
        assert!(tab.hello().contains("version"));
        tab
    }

    /// What the next chunk holds: an event, without the empty line at its end.
    fn event(&mut self) -> String {
        let mut length = String::new();
        self.0.read_line(&mut length).unwrap();
        let mut chunk = vec![0; usize::from_str_radix(length.trim_end(), 16).unwrap() + 2];
        self.0.read_exact(&mut chunk).unwrap();
        let event = String::from_utf8(chunk).unwrap();
        event.strip_suffix("\n\n\r\n").unwrap_or_else(|| panic!("no event: {event:?}")).to_owned()
    }

    /// The data of the first event.
    fn hello(&mut self) -> String {
        self.event().strip_prefix("retry: 500\nevent: hello\ndata: ").unwrap().to_owned()
    }

    fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.0.read_line(&mut head).unwrap() > 0, "it ends: {head}");
        }
        head
    }
}

#[test]
fn a_tab_hears_what_is_new_of_its_page() {
    let house = House::new(None);
    let mut tab = Tab::open(house.port(), "/", "view=public&path=index.html&version=before");
    let head = tab.head();
    let head = Got(head);
    assert_eq!(head.header("Content-Type"), Some("text/event-stream; charset=utf-8"));
    assert!(head.is_guarded() && head.header("Content-Length").is_none(), "{head:?}");
    let data: serde_json::Value = serde_json::from_str(&tab.hello()).unwrap();
    assert_eq!(data["version"], "of <h1>Home of public");
    assert_eq!(data["run"].as_str().map(str::len), Some(16));
    // Having been told what there is, the tab will show that: should the page become again what the tab came with, that is news.
    let place = Place { audience: Audience::Public, path: "index.html".to_owned() };
    assert_eq!(house.tabs.places(), [(place, "of <h1>Home of public".to_owned())]);

    house.tabs.tell(|_, _| Some(Event::Page("2".to_owned())));
    assert_eq!(tab.event(), "event: page\ndata: {\"version\":\"2\"}");
    house.tabs.tell(|_, version| Some(Event::Style("assets/site.1.css".to_owned(), format!("{version}+"))));
    assert_eq!(tab.event(), "event: style\ndata: {\"href\":\"assets/site.1.css\",\"version\":\"2+\"}");
    house.tabs.tell(|_, _| Some(Event::Bar));
    assert_eq!(tab.event(), "event: bar\ndata: {}");
}

#[test]
fn a_tab_that_does_not_say_what_it_shows_shows_what_there_is() {
    let house = House::new(None);
    let mut tab = Tab::open(house.port(), "/", "view=public&path=gone.html");
    tab.head();
    assert!(tab.hello().contains("of <h1>Not found"), "a page can come to be");
    assert_eq!(house.tabs.places()[0].1, "of <h1>Not found");
}

#[test]
fn an_event_arrives_at_once() {
    let house = House::new(None);
    let mut tab = Tab::opened(&house, "index.html");
    let mut took: Vec<Duration> = (0..20)
        .map(|_| {
            let told = Instant::now();
            house.tabs.tell(|_, _| Some(Event::Bar));
            tab.event();
            told.elapsed()
        })
        .collect();
    took.sort();
    // The machine may be busy with other tests now and then; what waits in a buffer would wait every time, and until the
    // next sign of life.
    assert!(took[5] < Duration::from_millis(20), "{took:?}");
}

#[test]
fn a_tab_hears_signs_of_life() {
    let house = House::patient(None, Patience { heartbeat: Duration::from_millis(50), ..Patience::default() });
    let mut tab = Tab::opened(&house, "index.html");
    assert_eq!([tab.event(), tab.event()], [":", ":"]);
}

fn room(house: &House) -> usize {
    house.server.own.streams.available_permits()
}

#[test]
fn a_tab_that_goes_away_is_forgotten() {
    let house = House::new(None);
    let tab = Tab::opened(&house, "index.html");
    let other = Tab::opened(&house, "meetings/x/index.html");
    assert_eq!(house.tabs.places().len(), 2);
    drop(tab);
    until("it is forgotten though nothing happens", || house.tabs.places().len() == 1);
    assert_eq!(house.tabs.places()[0].0.path, "meetings/x/index.html");
    drop(other);
    until("nobody is left", || house.tabs.places().is_empty() && room(&house) == MOST_STREAMS);
}

#[test]
fn there_is_a_limit_to_tabs_and_room_again_once_one_goes_away() {
    let house = House::new(Some(Share::Public));
    let mut tabs: Vec<Tab> = (0..MOST_STREAMS).map(|_| Tab::opened(&house, "index.html")).collect();
    let one_more = || house.get("/-/events?view=public&path=index.html");
    let got = one_more();
    assert!(got.status() == 503 && got.is_guarded(), "{got:?}");
    assert_eq!(house.get("/public/index.html").status(), 200, "pages can still be read");
    assert_eq!(house.tabs.places().len(), MOST_STREAMS);
    // Others have places of their own, so they can take none from who writes.
    let door = house.server.shared.as_ref().unwrap();
    let mut stranger = Tab::open(door.port, &door.root(), "view=public&path=index.html");
    assert!(stranger.head().starts_with("HTTP/1.1 200 OK"));
    tabs.pop();
    until("there is room", || room(&house) > 0);
    Tab::opened(&house, "index.html");
}

#[test]
fn the_end_is_told() {
    let house = House::new(None);
    let mut tab = Tab::opened(&house, "index.html");
    let port = house.port();
    let mut silent = connect(port);
    house.get("/");
    let began = Instant::now();
    house.server.stop();
    assert_eq!(tab.event(), "event: farewell\ndata: {}");
    let mut rest = String::new();
    tab.0.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "0\r\n\r\n", "the stream ends, and the connection");
    assert_eq!(silent.read(&mut [0]).unwrap(), 0, "and those on which nobody has asked yet");
    assert!(began.elapsed() < Duration::from_secs(1));
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    assert!(house.tabs.places().is_empty());
}
