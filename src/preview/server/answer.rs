//! What is sent back, and the headers that everything carries.

use std::sync::Arc;

use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use hyper::{Response, StatusCode};

use super::events::Events;
use crate::text::markup::percent_encoded;

/// What a browser may do with a page of ours: show it, with the styles, scripts, fonts and pictures that stand beside it,
/// and ask us. Nothing from elsewhere, nothing that stands within the page, and nobody may frame it.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What it may do with a file that could hold a page: look at it, as something foreign in which nothing runs.
const FOREIGN_POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// For all that is no page. Not more: a browser's own reader of PDF files minds what it is told of scripts.
const FILE_POLICY: &str = "frame-ancestors 'none'";

/// What everything carries.
const ALWAYS: [(&str, &str); 5] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

const PLAIN: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// An answer, with all of its body or a stream of events.
pub(super) type Answer = Response<Either<Full<Bytes>, Events>>;

/// A sentence, or nothing at all, where there is nothing else to say.
pub(super) fn plain(status: StatusCode, sentence: impl Into<Bytes>) -> Answer {
    whole(status, PLAIN, PAGE_POLICY, sentence)
}

/// A page of ours.
pub(super) fn page(status: StatusCode, html: String) -> Answer {
    whole(status, HTML, PAGE_POLICY, html)
}

/// A text of ours.
pub(super) fn text(content_type: &'static str, text: &'static str) -> Answer {
    whole(StatusCode::OK, content_type, FILE_POLICY, text)
}

/// A file of the site.
pub(super) fn file(path: &str, bytes: Arc<[u8]>) -> Answer {
    let (content_type, foreign) = content_type(path);
    let policy = if foreign { FOREIGN_POLICY } else { FILE_POLICY };
    whole(StatusCode::OK, content_type, policy, Bytes::from_owner(bytes))
}

/// A file with the name under which to keep it.
pub(super) fn named(name: &str, bytes: Arc<[u8]>) -> Answer {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '-' })
        .collect();
    let encoded = percent_encoded(name, b"");
    let disposition = format!("inline; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    with(file(name, bytes), CONTENT_DISPOSITION, disposition)
}

/// Leads elsewhere within the preview.
pub(super) fn redirect(to: String) -> Answer {
    with(plain(StatusCode::FOUND, ""), LOCATION, to)
}

/// A stream of events.
pub(super) fn stream(events: Events) -> Answer {
    answer(StatusCode::OK, "text/event-stream; charset=utf-8", FILE_POLICY, Either::Right(events))
}

/// An answer with one more header. A value that no header can have is left out.
pub(super) fn with(mut answer: Answer, name: HeaderName, value: impl TryInto<HeaderValue>) -> Answer {
    if let Ok(value) = value.try_into() {
        answer.headers_mut().insert(name, value);
    }
    answer
}

fn whole(status: StatusCode, content_type: &'static str, policy: &'static str, body: impl Into<Bytes>) -> Answer {
    answer(status, content_type, policy, Either::Left(Full::new(body.into())))
}

fn answer(
    status: StatusCode,
    content_type: &'static str,
    policy: &'static str,
    body: Either<Full<Bytes>, Events>,
) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    answer
}

/// What a file is by its name, and whether a browser would run what stands in it.
fn content_type(path: &str) -> (&'static str, bool) {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    let content_type = match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => return (HTML, true),
        "svg" => return ("image/svg+xml", true),
        "xml" => return ("application/xml", true),
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "txt" | "md" => PLAIN,
        "csv" => "text/csv; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "zip" => "application/zip",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "application/octet-stream",
    };
    (content_type, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(answer: &Answer, name: &HeaderName) -> String {
        answer.headers().get(name).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn files_are_called_what_they_are() {
        for (path, expected) in [
            ("a/b.html", "text/html; charset=utf-8"),
            ("a.CSS", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.svg", "image/svg+xml"),
            ("a.png", "image/png"),
            ("a.jpg", "image/jpeg"),
            ("a.jpeg", "image/jpeg"),
            ("a.gif", "image/gif"),
            ("a.webp", "image/webp"),
            ("a.avif", "image/avif"),
            ("a.pdf", "application/pdf"),
            ("a.csv", "text/csv; charset=utf-8"),
            ("a.json", "application/json"),
            ("a.csv-metadata.json", "application/json"),
            ("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("a.xml", "application/xml"),
            ("a.txt", "text/plain; charset=utf-8"),
            ("a.woff2", "font/woff2"),
            ("a", "application/octet-stream"),
            ("a.html/b", "application/octet-stream"),
            ("a.exe", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path).0, expected, "{path}");
        }
    }

    #[test]
    fn a_file_that_could_hold_a_page_is_kept_apart() {
        for (path, apart) in [("a.html", true), ("a.svg", true), ("a.xml", true), ("a.pdf", false), ("a.png", false)] {
            let policy = header(&file(path, Arc::from(&b"x"[..])), &CONTENT_SECURITY_POLICY);
            assert_eq!(policy.starts_with("sandbox; default-src 'none'"), apart, "{path}");
        }
    }

    #[test]
    fn no_name_of_a_file_breaks_a_header() {
        let answer = named("Coûts \"2023\"\r\nX: y;.pdf", Arc::from(&b"x"[..]));
        assert_eq!(
            header(&answer, &CONTENT_DISPOSITION),
            "inline; filename=\"Co-ts -2023---X- y-.pdf\"; filename*=UTF-8''Co%C3%BBts%20%222023%22%0D%0AX%3A%20y%3B.pdf"
        );
        assert_eq!(header(&answer, &CONTENT_TYPE), "application/pdf");
    }
}
