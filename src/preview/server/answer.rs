//! What is sent back, and the headers that everything carries.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

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
const ALWAYS: &str = "Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Connection: close\r\n";

const PLAIN: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// An answer with all of its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    status: u16,
    content_type: &'static str,
    policy: &'static str,
    more: Vec<(&'static str, String)>,
    body: Body,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    Text(Cow<'static, str>),
    Bytes(Arc<[u8]>),
}

impl Answer {
    /// A sentence, or nothing at all, where there is nothing else to say.
    pub(super) fn plain(status: u16, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { status, content_type: PLAIN, policy: PAGE_POLICY, more: Vec::new(), body: Body::Text(sentence.into()) }
    }

    /// A page of ours.
    pub(super) fn page(status: u16, html: String) -> Self {
        let body = Body::Text(html.into());
        Self { status, content_type: HTML, policy: PAGE_POLICY, more: Vec::new(), body }
    }

    /// A text of ours.
    pub(super) fn text(content_type: &'static str, text: &'static str) -> Self {
        Self { status: 200, content_type, policy: FILE_POLICY, more: Vec::new(), body: Body::Text(text.into()) }
    }

    /// A file of the site.
    pub(super) fn file(path: &str, bytes: Arc<[u8]>) -> Self {
        let (content_type, foreign) = content_type(path);
        let policy = if foreign { FOREIGN_POLICY } else { FILE_POLICY };
        Self { status: 200, content_type, policy, more: Vec::new(), body: Body::Bytes(bytes) }
    }

    /// A file with the name under which to keep it.
    pub(super) fn named(name: &str, bytes: Arc<[u8]>) -> Self {
        let plain: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '-' })
            .collect();
        let encoded = percent_encoded(name, b"");
        Self::file(name, bytes)
            .with("Content-Disposition", format!("inline; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
    }

    /// Leads elsewhere within the preview.
    pub(super) fn redirect(to: String) -> Self {
        Self::plain(302, "").with("Location", to)
    }

    /// With one more header. Its value must be free of line breaks.
    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        debug_assert!(!value.contains(['\r', '\n']));
        self.more.push((name, value));
        self
    }

    /// Sends it, without the body to whom asks for the head alone.
    pub(super) fn write(&self, to: &mut impl Write, head_only: bool) -> io::Result<()> {
        let body = match &self.body {
            Body::Text(text) => text.as_bytes(),
            Body::Bytes(bytes) => bytes,
        };
        let mut head = head(self.status, self.content_type, self.policy);
        for (name, value) in &self.more {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {}\r\n\r\n", body.len());
        let mut message = head.into_bytes();
        if !head_only {
            message.extend_from_slice(body);
        }
        to.write_all(&message)?;
        to.flush()
    }
}

/// The head of a stream of events, to the empty line at its end.
pub(super) fn stream_head() -> String {
    let mut head = head(200, "text/event-stream; charset=utf-8", FILE_POLICY);
    head.push_str("\r\n");
    head
}

fn head(status: u16, content_type: &str, policy: &str) -> String {
    let reason = reason(status);
    format!(
        "HTTP/1.1 {status} {reason}\r\n{ALWAYS}Content-Type: {content_type}\r\nContent-Security-Policy: {policy}\r\n"
    )
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        302 => "Found",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
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

    fn written(answer: &Answer, head_only: bool) -> String {
        let mut out = Vec::new();
        answer.write(&mut out, head_only).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_head_alone_says_how_long_the_body_is() {
        let answer = Answer::page(200, "<p>é".to_owned());
        let (whole, head) = (written(&answer, false), written(&answer, true));
        assert_eq!(whole.strip_prefix(&head), Some("<p>é"));
        assert!(head.contains("\r\nContent-Length: 5\r\n") && head.ends_with("\r\n\r\n"), "{head}");
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
            let written = written(&Answer::file(path, Arc::from(&b"x"[..])), false);
            assert_eq!(written.contains("Content-Security-Policy: sandbox; default-src 'none'"), apart, "{path}");
        }
    }

    #[test]
    fn no_name_of_a_file_breaks_a_header() {
        let written = written(&Answer::named("Coûts \"2023\"\r\nX: y;.pdf", Arc::from(&b"x"[..])), true);
        let line = written.lines().find(|line| line.starts_with("Content-Disposition")).unwrap();
        assert_eq!(
            line,
            "Content-Disposition: inline; filename=\"Co-ts -2023---X- y-.pdf\"; \
             filename*=UTF-8''Co%C3%BBts%20%222023%22%0D%0AX%3A%20y%3B.pdf"
        );
        assert!(!written.contains("\r\nX: "));
        assert!(written.contains("Content-Type: application/pdf\r\n"));
    }
}
