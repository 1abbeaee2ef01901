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
        stream.write_all(lines(&format!("GET {root}-/events?{query}"), &[&host]).as_bytes()).unwrap();
        Self(BufReader::new(stream))
    }

    /// A tab that has been told everything that a tab is told first.
    fn opened(house: &House, path: &str) -> Self {
        let mut tab = Self::open(house.port(), "/", &format!("view=public&path={path}&version=1"));
        assert!(tab.head().starts_with("HTTP/1.1 200 OK\r\n"));
        assert_eq!(tab.line(), "retry: 500");
        assert!(tab.event().starts_with("event: hello\n"));
        tab
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end_matches('\n').to_owned()
    }

    /// The lines up to an empty one.
    fn event(&mut self) -> String {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            if line.is_empty() {
                return lines.join("\n");
            }
            lines.push(line);
        }
    }

    fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.0.read_line(&mut head).unwrap() > 0, "it ends: {head}");
        }
        head
    }
}

/// Waits until something is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(5);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_tab_hears_what_is_new_of_its_page() {
    let house = House::new(None);
    let mut tab = Tab::open(house.port(), "/", "view=public&path=index.html&version=before");
    let head = tab.head();
    assert!(head.contains("\r\nContent-Type: text/event-stream; charset=utf-8\r\n") && Got(head.clone()).is_guarded());
    assert!(!head.contains("Content-Length"), "{head}");
    assert_eq!(tab.line(), "retry: 500");
    let hello = tab.event();
    let data = hello.strip_prefix("event: hello\ndata: ").unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
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
    tab.line();
    assert!(tab.event().contains("of <h1>Not found"), "a page can come to be");
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
    until("nobody is left", || house.tabs.places().is_empty() && house.server.own.door.streams() == 0);
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
    let door = &house.server.shared.as_ref().unwrap().door;
    let mut stranger = Tab::open(door.port, &door.root(), "view=public&path=index.html");
    assert!(stranger.head().starts_with("HTTP/1.1 200 OK"));
    tabs.pop();
    until("there is room", || house.server.own.door.streams() < MOST_STREAMS);
    Tab::opened(&house, "index.html");
}

#[test]
fn the_end_is_told() {
    let house = House::new(None);
    let mut tab = Tab::opened(&house, "index.html");
    let port = house.port();
    let began = Instant::now();
    house.server.stop();
    assert_eq!(tab.event(), "event: farewell\ndata: {}");
    assert_eq!(tab.0.read_line(&mut String::new()).unwrap(), 0, "and the connection ends");
    assert!(began.elapsed() < Duration::from_secs(1));
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    assert!(house.tabs.places().is_empty());
}
