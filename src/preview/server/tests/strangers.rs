//! Requests from other sites, from other machines, and from nobody's browser.

use super::*;

#[test]
fn a_name_that_only_leads_here_for_one_browser_is_not_ours() {
    let house = House::new(None);
    let port = house.port();
    let ask = |headers: &[&str]| house.send(lines("GET /public/index.html", headers));
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("rebound.evil.example:{port}"), 421),
        ("127.0.0.1".to_owned(), 421),
        (format!("192.168.1.5:{port}"), 421),
        (format!("127.0.0.1.evil.example:{port}"), 421),
        (String::new(), 421),
    ] {
        let got = ask(&[&format!("Host: {host}")]);
        assert_eq!(got.status(), status, "{host}");
        assert!(got.is_guarded() && got.body().contains("Home") == (status == 200), "{host}: {got:?}");
        assert!(!got.0.contains("evil"), "what was sent is not sent back: {got:?}");
    }
    let host = format!("Host: 127.0.0.1:{port}");
    assert_eq!(ask(&[]).status(), 400);
    assert_eq!(ask(&[&host, &host]).status(), 400);
    assert_eq!(ask(&[&host, "Host: evil.example"]).status(), 400);
    // The whole address in the first line would say another host.
    assert_eq!(house.send(lines(&format!("GET http://127.0.0.1:{port}/"), &[&host])).status(), 400);
}

#[test]
fn another_site_may_link_to_a_page_but_not_use_it() {
    let house = House::new(None);
    let ask = |headers: &[&str]| house.ask("GET /public/index.html", headers);
    let link = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    assert_eq!(ask(&link).status(), 200);
    for headers in [
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"][..],
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
        &["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"],
        &["Origin: http://evil.example"],
        &["Origin: null"],
    ] {
        let got = ask(headers);
        assert_eq!(got.status(), 403, "{headers:?}");
        assert!(got.is_guarded() && !got.body().contains("Home"), "{got:?}");
    }
}

#[test]
fn only_a_page_of_ours_may_print() {
    let house = House::new(None);
    let post = "POST /-/print?view=public&path=index.html&what=pack";
    let ours = format!("Origin: http://127.0.0.1:{}", house.port());
    for other in [&[][..], &["Origin: null"], &["Origin: http://evil.example"], &["Sec-Fetch-Site: none"]] {
        assert_eq!(house.ask(post, other).status(), 403, "{other:?}");
    }
    assert!(house.papers.printed.lock().unwrap().is_empty());
    assert_eq!(house.ask(post, &[&ours, "Content-Length: 0"]).status(), 202);
    assert_eq!(house.ask(post, &["Sec-Fetch-Site: same-origin"]).status(), 202);
    assert_eq!(house.papers.printed.lock().unwrap().len(), 2);
}

#[test]
fn what_is_too_long_is_answered_and_not_read() {
    let house = House::new(None);
    let ours = format!("Origin: http://127.0.0.1:{}", house.port());
    let long = "a".repeat(20_000);
    let endless = "a".repeat(3_000_000);
    let post = "POST /-/print?view=public&path=index.html&what=pack";
    // What goes on and on is cut off at some point, and may not hear why.
    let got = house.get(&format!("/public/{endless}"));
    assert!(got.0.is_empty() || got.status() == 431, "{got:?}");
    for (got, status) in [
        (house.get(&format!("/public/{long}{long}")), 431),
        (house.ask("GET /", &[&format!("X: {long}{long}")]), 431),
        (house.ask("GET /", &["X: y"; 200]), 431),
        (house.ask(post, &[&ours, "Content-Length: 5000000000"]), 413),
        (house.ask(post, &[&ours, "Transfer-Encoding: chunked"]), 413),
    ] {
        // What hyper refuses it refuses without a word.
        let guarded = if status == 431 { got.body().is_empty() } else { got.is_guarded() };
        assert!(got.status() == status && guarded, "{status}: {got:?}");
    }
    assert!(house.papers.printed.lock().unwrap().is_empty());
    let body = format!(
        "{}{}",
        lines(post, &[&format!("Host: 127.0.0.1:{}", house.port()), &ours, "Content-Length: 9"]),
        "what=pack"
    );
    assert_eq!(house.send(&body).status(), 202);
}

/// The door for others on the network, asked from here: by number, like everybody.
struct Shared {
    house: House,
    port: u16,
    secret: String,
}

impl Shared {
    fn new(share: Share) -> Self {
        let house = House::new(Some(share));
        let door = house.server.shared.as_ref().unwrap();
        let (port, secret) = (door.port, door.root().trim_matches('/').to_owned());
        Self { house, port, secret }
    }

    fn ask(&self, first: &str, headers: &[&str]) -> Got {
        let host = format!("Host: 192.168.1.5:{}", self.port);
        send(self.port, lines(first, &[&[host.as_str()], headers].concat()))
    }

    fn get(&self, path: &str) -> Got {
        self.ask(&format!("GET {path}"), &[])
    }
}

#[test]
fn who_does_not_know_the_secret_learns_nothing() {
    let shared = Shared::new(Share::Everything);
    let secret = &shared.secret;
    assert_eq!(secret.len(), 32, "128 bits");
    let nothing = shared.get("/");
    assert!(nothing.status() == 404 && nothing.body().is_empty() && nothing.is_guarded(), "{nothing:?}");
    let other = "0".repeat(32);
    for path in [
        "/public/index.html",
        "/-/preview.js",
        &format!("/{other}/public/index.html"),
        &format!("/{}/public/index.html", &secret[..31]),
        &format!("/{secret}0/public/index.html"),
        &format!("/{}/public/index.html", secret.to_uppercase()),
        &format!("//{secret}/public/index.html"),
        &format!("/%{:02x}{}/public/index.html", secret.as_bytes()[0], &secret[1..]),
        &format!("/?{secret}/"),
        &format!("/{}", "a".repeat(10_000)),
    ] {
        // An upper-case secret of digits alone would be the secret itself.
        if path.starts_with(&format!("/{secret}/")) {
            continue;
        }
        assert_eq!(shared.get(path).0, nothing.0, "{path}");
    }
    for first in ["POST /", "TRACE /", "OPTIONS *", &format!("GET http://192.168.1.5:{}/", shared.port)] {
        assert_eq!(shared.ask(first, &[]).0, nothing.0, "{first}");
    }
    // What is no request is refused before anybody looks for a secret in it.
    let (knows, guesses) = (format!("/{secret}/"), format!("/{other}/"));
    for (rest, headers) in [(" x", &[][..]), ("", &["Host : x"]), ("", &["X: y"; 200])] {
        let ask = |root: &str| shared.ask(&format!("GET {root}{rest}"), headers);
        let (known, guessed) = (ask(&knows), ask(&guesses));
        assert!(known.0 == guessed.0 && known.status() >= 400 && known.body().is_empty(), "{known:?} {guessed:?}");
    }
    // No connection is kept for a stranger.
    assert_eq!(nothing.header("Connection"), Some("close"));
    let host = format!("Host: 192.168.1.5:{}", shared.port);
    assert_eq!(send(shared.port, format!("GET / HTTP/1.1\r\n{host}\r\n\r\n")).0, nothing.0);
    assert_eq!(send(shared.port, lines("GET /", &["Host: evil.example"])).0, nothing.0);
    assert_eq!(shared.house.get("/public/index.html").status(), 200, "at the own door there is no secret");
}

#[test]
fn nobody_elsewhere_is_led_into_the_folders_of_this_machine() {
    let bar = "-/bar?view=members&path=private.html";
    let shared = Shared::new(Share::Everything);
    let own = shared.house.get(&format!("/{bar}"));
    assert!(own.body().contains("A note in all papers") && own.body().contains("this-machine"), "{own:?}");
    let elsewhere = shared.get(&format!("/{}/{bar}", shared.secret));
    let body = elsewhere.body();
    assert!(body.contains("A note in all papers") && !body.contains("this-machine"), "{elsewhere:?}");
}

#[test]
fn who_knows_the_secret_reads_the_public_view() {
    let shared = Shared::new(Share::Public);
    let secret = &shared.secret;
    for beginning in [format!("/{secret}"), format!("/{secret}/"), format!("/{secret}?x")] {
        let got = shared.get(&beginning);
        let to = format!("/{secret}/public/index.html");
        assert_eq!((got.status(), got.header("Location")), (302, Some(to.as_str())), "{beginning}");
    }
    let got = shared.get(&format!("/{secret}/public/index.html"));
    assert!(got.status() == 200 && got.body().contains("<h1>Home of public") && got.is_guarded(), "{got:?}");
    assert_eq!(shared.get(&format!("/{secret}/-/preview.js")).status(), 200);
    for members in [
        "members",
        "members/index.html",
        "members/private.html",
        "-/bar?view=members&path=private.html",
        "-/events?view=members&path=private.html",
        "-/pdf?view=members&path=private.html&what=pack",
    ] {
        let got = shared.get(&format!("/{secret}/{members}"));
        assert!(got.status() == 404 && !got.body().contains("Private"), "{members}: {got:?}");
    }
    let post = format!("POST /{secret}/-/print?view=members&path=private.html&what=pack");
    let ours = format!("Origin: http://192.168.1.5:{}", shared.port);
    assert_eq!(shared.ask(&post, &[&ours]).status(), 404);
    assert!(shared.house.papers.printed.lock().unwrap().is_empty());
    // Who writes still sees both.
    assert_eq!(shared.house.get("/members/private.html").status(), 200);
}

#[test]
fn the_members_view_is_shared_only_when_that_is_asked_for() {
    let shared = Shared::new(Share::Everything);
    let got = shared.get(&format!("/{}/members/private.html", shared.secret));
    assert!(got.status() == 200 && got.body().contains("<h1>Private"), "{got:?}");
}

#[test]
fn the_guard_holds_for_who_knows_the_secret_too() {
    let shared = Shared::new(Share::Public);
    let get = format!("GET /{}/public/index.html", shared.secret);
    for host in ["evil.example", "localhost", "printer.local"] {
        let got = send(shared.port, lines(&get, &[&format!("Host: {host}:{}", shared.port)]));
        assert_eq!(got.status(), 421, "{host}");
    }
    assert_eq!(shared.ask(&get, &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"]).status(), 403);
    assert_eq!(shared.ask(&get, &["Origin: http://evil.example"]).status(), 403);
}

#[test]
fn the_address_to_share_says_where_and_with_which_secret() {
    let shared = Shared::new(Share::Public);
    let address = shared.house.server.shared_address().unwrap();
    assert!(address.ends_with(&format!(":{}/{}/", shared.port, shared.secret)), "{address}");
    if let Some(number) = outward() {
        assert!(address.starts_with(&format!("http://{number}:")), "{address}");
        let mut stream = TcpStream::connect((number, shared.port)).unwrap();
        let host = format!("Host: {number}:{}", shared.port);
        stream.write_all(lines(&format!("GET /{}/public/index.html", shared.secret), &[&host]).as_bytes()).unwrap();
        let mut got = String::new();
        stream.read_to_string(&mut got).unwrap();
        assert!(got.starts_with("HTTP/1.1 200 OK"), "{got}");
    }
}
