//! What is found at which address, and what every answer carries.

use super::*;

#[test]
fn pages_and_files_are_found_at_their_addresses() {
    let house = House::new(None);
    for (path, content_type, body) in [
        ("/public/index.html", "text/html; charset=utf-8", "<h1>Home of public"),
        ("/members/index.html?x=y", "text/html; charset=utf-8", "<h1>Home of members"),
        ("/public/meetings/x/", "text/html; charset=utf-8", "<h1>Meeting"),
        ("/public/assets/site.css", "text/css; charset=utf-8", "a{}"),
        ("/public/a%20b/%C3%A9.csv", "text/csv; charset=utf-8", "a,b"),
        ("/public/picture.svg", "image/svg+xml", "<svg/>"),
        ("/-/preview.js", "text/javascript; charset=utf-8", bar::SCRIPT),
        ("/-/preview.css", "text/css; charset=utf-8", bar::STYLE),
    ] {
        let got = house.get(path);
        assert_eq!((got.status(), got.header("Content-Type")), (200, Some(content_type)), "{path}");
        assert!(got.body().contains(body) && got.is_guarded(), "{path}: {got:?}");
        assert_eq!(got.header("Content-Length"), Some(got.body().len().to_string().as_str()), "{path}");
    }
    assert!(house.get("/-/bar?view=public&path=index.html").status() == 200);
}

#[test]
fn the_beginning_leads_to_a_view() {
    let house = House::new(None);
    for (path, to) in [
        ("/", "/public/index.html"),
        ("/public", "/public/index.html"),
        ("/public/", "/public/index.html"),
        ("/members", "/members/index.html"),
    ] {
        let got = house.get(path);
        assert_eq!((got.status(), got.header("Location")), (302, Some(to)), "{path}");
        assert!(got.is_guarded());
    }
}

#[test]
fn a_page_that_is_not_there_has_the_page_for_that() {
    let house = House::new(None);
    let got = house.get("/public/gone.html");
    assert_eq!((got.status(), got.body().contains("<h1>Not found")), (404, true), "{got:?}");
    assert!(got.is_guarded());
}

#[test]
fn there_is_nothing_anywhere_else() {
    let house = House::new(None);
    for path in [
        "/favicon.ico",
        "/index.html",
        "/assets/site.css",
        "/public/gone.css",
        "/public/meetings",
        "/public/assets/",
        "/public/../members/private.html",
        "/public/%2e%2e/members/private.html",
        "/public/..%2fmembers/private.html",
        "/public/%252e%252e/members/private.html",
        "/public/..%5cmembers%5cprivate.html",
        "/public//index.html",
        "//public/index.html",
        "/public/./index.html",
        "/public/index.html%00",
        "/public/index%2ehtml/",
        "/public/meetings%2fx%2findex.html",
        "/etc/passwd",
        "/-/",
        "/-/other",
        "/-/../public/index.html",
        "/-/bar?view=public&path=../members/private.html",
        "/-/bar?view=other&path=index.html",
        "/-/events?view=public&path=assets/site.css",
    ] {
        let got = house.get(path);
        assert_eq!(got.status(), 404, "{path}: {got:?}");
        assert!(got.is_guarded() && !got.body().contains("Private") && !got.body().contains("Home"), "{path}: {got:?}");
    }
}

#[test]
fn the_head_alone_can_be_had_of_everything() {
    let house = House::new(None);
    for path in ["/", "/public/index.html", "/public/gone.html", "/gone", "/public/picture.svg", "/-/preview.js"] {
        let (whole, head) = (house.get(path), house.ask(&format!("HEAD {path}"), &[]));
        let same = whole.0.strip_suffix(whole.body()).unwrap();
        // That there is nothing to come goes without saying.
        assert_eq!(head.0, same.replace("content-length: 0\r\n", ""), "{path}");
    }
    let head = house.ask("HEAD /-/events?view=public&path=index.html", &[]);
    assert!(head.status() == 200 && head.body().is_empty(), "{head:?}");
}

#[test]
fn a_page_may_do_what_pages_of_ours_need_and_a_foreign_file_nothing() {
    let house = House::new(None);
    let policy = |path: &str| house.get(path).header("Content-Security-Policy").unwrap().to_owned();
    let page = policy("/public/index.html");
    assert!(page.contains("default-src 'none'; script-src 'self'; style-src 'self'; "), "{page}");
    assert!(!page.contains("unsafe") && page.contains("base-uri 'none'"), "{page}");
    for foreign in ["/public/picture.svg", "/public/attached.html"] {
        assert!(policy(foreign).starts_with("sandbox; default-src 'none'; "), "{foreign}");
    }
}

#[test]
fn printing_is_asked_for_and_then_fetched() {
    let house = House::new(None);
    let ours = format!("Origin: http://127.0.0.1:{}", house.port());
    let query = "view=members&path=meetings/x/index.html&what=pack";
    assert_eq!(house.get(&format!("/-/pdf?{query}")).status(), 404);
    assert_eq!(house.ask(&format!("POST /-/print?{query}"), &[&ours]).status(), 202);
    assert_eq!(*house.papers.printed.lock().unwrap(), ["members/meetings/x/index.html Pack"]);
    let got = house.get(&format!("/-/pdf?{query}"));
    assert_eq!((got.status(), got.header("Content-Type"), got.body()), (200, Some("application/pdf"), "%PDF"));
    assert!(got.header("Content-Disposition").unwrap().starts_with("inline; filename=\"Cabinet pack.pdf\""));
    let none = "POST /-/print?view=public&path=people/index.html&what=pack";
    assert_eq!(house.ask(none, &[&ours]).status(), 404);
}

#[test]
fn nothing_else_can_be_done() {
    let house = House::new(None);
    let ours = format!("Origin: http://127.0.0.1:{}", house.port());
    for method in ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "POST", "get", "BREW"] {
        let got = house.ask(&format!("{method} /public/index.html"), &[&ours]);
        assert_eq!((got.status(), got.header("Allow")), (405, Some("GET, HEAD")), "{method}");
        assert!(got.is_guarded() && !got.body().contains("Home"), "{method}: {got:?}");
    }
    let got = house.ask("GET /-/print?view=public&path=index.html&what=pack", &[]);
    assert_eq!((got.status(), got.header("Allow")), (405, Some("POST")));
    assert!(house.papers.printed.lock().unwrap().is_empty());
}
