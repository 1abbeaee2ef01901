//! Connections: how long they are kept, how many there may be, and what is read of them.

use super::*;
use crate::preview::server::door::{MOST_ANSWERS, MOST_CONNECTIONS};

/// Patience that a test has the time for.
const SHORT: Duration = Duration::from_millis(300);

fn short() -> Patience {
    Patience { request: SHORT, answer: SHORT, ..Patience::default() }
}

fn rest(stream: &mut TcpStream) -> String {
    let mut rest = String::new();
    let _ = stream.read_to_string(&mut rest);
    rest
}

#[test]
fn who_says_nothing_is_not_waited_for_and_does_not_hold_up_others() {
    let house = House::patient(None, short());
    let mut silent = connect(house.port());
    let mut slow = connect(house.port());
    slow.write_all(b"GET / HTTP/1.1\r\nHos").unwrap();
    assert_eq!(house.get("/public/index.html").status(), 200);
    assert_eq!([rest(&mut silent), rest(&mut slow)], ["", ""]);
}

#[test]
fn a_head_that_comes_in_drops_is_not_waited_for_longer() {
    let house = House::patient(None, short());
    let mut slow = connect(house.port());
    let began = Instant::now();
    let dropped = (0..100).any(|_| {
        thread::sleep(SHORT / 10);
        slow.write_all(b"G").is_err()
    });
    assert!(dropped && began.elapsed() < 10 * SHORT, "{:?}", began.elapsed());
}

#[test]
fn a_connection_is_kept_for_the_next_request_but_not_for_long() {
    let house = House::patient(None, short());
    let mut stream = connect(house.port());
    let get = format!("GET /public/index.html HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", house.port());
    stream.write_all(get.as_bytes()).unwrap();
    let mut start = [0; 15];
    stream.read_exact(&mut start).unwrap();
    stream.write_all(get.as_bytes()).unwrap();
    let rest = rest(&mut stream);
    assert_eq!((&start[..], rest.matches("HTTP/1.1 200 OK").count()), (&b"HTTP/1.1 200 OK"[..], 1), "{rest}");
}

/// How many more could come: the next one has its place already.
fn free(house: &House) -> usize {
    house.server.own.connections.available_permits()
}

#[test]
fn there_is_a_limit_to_connections_and_room_again_once_nobody_speaks() {
    let house = House::patient(None, short());
    let silent: Vec<TcpStream> = (0..=MOST_CONNECTIONS).map(|_| connect(house.port())).collect();
    assert_eq!(house.get("/public/index.html").status(), 200, "who comes then waits");
    drop(silent);
    until("all have gone", || free(&house) == MOST_CONNECTIONS - 1);
}

#[test]
fn who_takes_nothing_of_an_answer_is_not_waited_for() {
    let house = House::patient(None, short());
    house.papers.write("public/large.txt", &"x".repeat(30_000_000));
    let mut deaf = connect(house.port());
    let host = format!("Host: 127.0.0.1:{}", house.port());
    deaf.write_all(lines("GET /public/large.txt", &[&host]).as_bytes()).unwrap();
    assert_eq!(house.get("/public/index.html").status(), 200);
    until("it is sent away", || free(&house) == MOST_CONNECTIONS - 1);
    assert!(rest(&mut deaf).len() < 30_000_000);
}

#[test]
fn a_tab_that_takes_nothing_is_not_told_for_ever() {
    let house = House::patient(None, short());
    let mut deaf = connect(house.port());
    let host = format!("Host: 127.0.0.1:{}", house.port());
    deaf.write_all(lines("GET /-/events?view=public&path=index.html", &[&host]).as_bytes()).unwrap();
    until("it listens", || house.tabs.places().len() == 1);
    for _ in 0..30 {
        house.tabs.tell(|_, _| Some(Event::Page("x".repeat(1_000_000))));
    }
    until("it is forgotten", || house.tabs.places().is_empty());
}

#[test]
fn an_answer_that_takes_its_time_holds_up_no_other_and_is_waited_for_at_the_end() {
    let house = House::new(None);
    let host = format!("Host: 127.0.0.1:{}", house.port());
    let mut slow = connect(house.port());
    slow.write_all(lines("GET /public/slow.html", &[&host]).as_bytes()).unwrap();
    until("it is being answered", || house.papers.begun.load(Ordering::SeqCst) > 0);
    assert_eq!(house.get("/public/index.html").status(), 200);
    let papers = Arc::clone(&house.papers);
    let later = thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        papers.goes_on.store(true, Ordering::SeqCst);
    });
    house.server.stop();
    later.join().unwrap();
    let got = rest(&mut slow);
    assert!(got.starts_with("HTTP/1.1 404") && got.contains("<h1>Not found"), "{got}");
}

#[test]
fn others_on_the_network_take_no_turn_from_who_writes() {
    let house = House::new(Some(Share::Public));
    let door = house.server.shared.as_ref().unwrap();
    let host = format!("Host: 192.168.1.5:{}", door.port);
    let asked: Vec<TcpStream> = (0..MOST_CONNECTIONS / 2)
        .map(|_| {
            let mut stream = connect(door.port);
            stream.write_all(lines(&format!("GET {}public/slow.html", door.root()), &[&host]).as_bytes()).unwrap();
            stream
        })
        .collect();
    until("they are being answered", || house.papers.begun.load(Ordering::SeqCst) >= MOST_ANSWERS);
    assert_eq!(house.get("/public/index.html").status(), 200);
    drop(asked);
    until("they have gone", || door.connections.available_permits() == MOST_CONNECTIONS - 1);
    house.papers.goes_on.store(true, Ordering::SeqCst);
    let gets = format!("GET {}public/index.html", door.root());
    assert_eq!(send(door.port, lines(&gets, &[&host])).status(), 200);
    assert_eq!(house.papers.begun.load(Ordering::SeqCst), MOST_ANSWERS, "nobody works for who has gone");
}

#[test]
fn what_no_browser_sends_leads_to_nothing_else() {
    let house = House::new(None);
    let host = format!("Host: 127.0.0.1:{}\r\n", house.port());
    let asked = |first: &[u8], headers: &str| {
        house.send([first, format!("\r\n{headers}Connection: close\r\n\r\n").as_bytes()].concat())
    };
    let plain = b"GET /public/index.html HTTP/1.1";
    for (first, headers) in [
        (&b"GET  /public/index.html HTTP/1.1"[..], host.as_str()),
        (b"GET /public/index.html HTTP/2.0", &host),
        (b"GET /public/index.html\tHTTP/1.1", &host),
        (b"GET /public/index.html\0 HTTP/1.1", &host),
        (b"GET /public/index.html\xff HTTP/1.1", &host),
        (b"G(T /public/index.html HTTP/1.1", &host),
        (b"GET public/index.html HTTP/1.1", &host),
        (b"GET http://127.0.0.1/public/index.html HTTP/1.1", &host),
        (plain, &host.replace(':', " :")),
        (plain, &host.replace("\r\n", "\r\n folded\r\n")),
        (plain, &host.replace("\r\n", "\nHost: evil.example\r\n")),
        (plain, &host.replace("\r\n", "\0\r\n")),
        (plain, &host.replace("\r\n", "\r\r\n")),
        (plain, &format!("{host}\u{e9}: x\r\n")),
        (plain, &format!("{host}Content-Length: -1\r\n")),
        (plain, &format!("{host}Content-Length: 1\r\nContent-Length: 2\r\n")),
    ] {
        let got = asked(first, headers);
        assert_eq!(got.status(), 400, "{:?} {headers:?}", String::from_utf8_lossy(first));
        assert!(!got.body().contains("Home"), "{got:?}");
    }
    for (first, status) in [("CONNECT 127.0.0.1:1", 404), ("OPTIONS *", 404), ("GET /public/index.html#x", 200)] {
        assert_eq!(house.ask(first, &[]).status(), status, "{first}");
    }
}
