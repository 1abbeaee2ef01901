//! What a browser asks: the head of a request, read with a limit and understood strictly.
//!
//! This is all of HTTP/1.1 that a preview needs: one request a connection, and no body that anybody reads. What other
//! servers put up with for old clients' sake (lines that end in a lone line feed, headers over several lines, spaces
//! before a colon) is refused here: no browser sends it.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The most bytes of a first line, with its address.
const MOST_OF_LINE: usize = 8 * 1024;

/// The most bytes of a head.
const MOST_OF_HEAD: usize = 32 * 1024;

/// The most headers.
const MOST_HEADERS: usize = 100;

/// The most bytes that a body may be said to have. None is needed, and none is read.
const MOST_OF_BODY: u64 = 4 * 1024;

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`.
    pub(super) method: String,
    /// The address as it was sent, from the slash at its beginning on, with its query.
    pub(super) target: String,
    headers: Vec<(String, String)>,
}

/// Why a request is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Nothing came, or not all of it in time, or the client has gone: there is nobody to answer.
    Gone,
    /// It is not HTTP/1.1 as browsers send it.
    Malformed,
    /// The address is too long.
    LongAddress,
    /// The head is too long.
    LongHead,
    /// The body is too long, or does not say how long it is.
    Body,
}

impl Request {
    /// Reads a head, which must have come within so much time.
    pub(super) fn read(stream: &mut TcpStream, within: Duration) -> Result<Self, Unreadable> {
        let end = Instant::now() + within;
        let mut head = Vec::with_capacity(1024);
        let mut chunk = [0; 4096];
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
                return Err(Unreadable::Gone);
            }
            let read = match stream.read(&mut chunk) {
                Ok(0) => return Err(Unreadable::Gone),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return Err(Unreadable::Gone),
            };
            // The end may stand across two reads, but no earlier than this.
            let from = head.len().saturating_sub(3);
            head.extend_from_slice(&chunk[..read]);
            if let Some(end) = head[from..].windows(4).position(|four| four == b"\r\n\r\n") {
                head.truncate(from + end);
                return Self::parse(&head);
            }
            if head.len() > MOST_OF_HEAD {
                // Says which of the two is too long, as if the rest had come.
                return Err(Self::parse(&head).err().unwrap_or(Unreadable::LongHead));
            }
        }
    }

    /// Understands a head without the empty line at its end.
    pub(super) fn parse(head: &[u8]) -> Result<Self, Unreadable> {
        let mut lines = Lines(Some(head));
        let (method, target) = first_line(lines.next().unwrap_or_default())?;
        if head.len() > MOST_OF_HEAD {
            return Err(Unreadable::LongHead);
        }
        let mut headers = Vec::new();
        for line in lines {
            if headers.len() == MOST_HEADERS {
                return Err(Unreadable::LongHead);
            }
            headers.push(header(line).ok_or(Unreadable::Malformed)?);
        }
        let request = Self { method, target, headers };
        request.check_body()?;
        Ok(request)
    }

    /// A header that may be sent once at most: nothing if it was not sent.
    ///
    /// # Errors
    /// If it was sent more than once.
    pub(super) fn single(&self, name: &str) -> Result<Option<&str>, Unreadable> {
        let mut values = self.headers.iter().filter(|(sent, _)| sent == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            (_, Some(_)) => Err(Unreadable::Malformed),
        }
    }

    /// Whether something may follow the head.
    pub(super) fn has_body(&self) -> bool {
        matches!(self.single("content-length"), Ok(Some(length)) if length != "0")
    }

    fn check_body(&self) -> Result<(), Unreadable> {
        if self.single("transfer-encoding")?.is_some() {
            return Err(Unreadable::Body);
        }
        let Some(length) = self.single("content-length")? else { return Ok(()) };
        if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Unreadable::Malformed);
        }
        match length.parse::<u64>() {
            Ok(length) if length <= MOST_OF_BODY => Ok(()),
            _ => Err(Unreadable::Body),
        }
    }
}

/// The lines of a head, each ended by both a carriage return and a line feed.
struct Lines<'h>(Option<&'h [u8]>);

impl<'h> Iterator for Lines<'h> {
    type Item = &'h [u8];

    fn next(&mut self) -> Option<&'h [u8]> {
        let rest = self.0?;
        if let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
            self.0 = Some(&rest[end + 2..]);
            Some(&rest[..end])
        } else {
            self.0 = None;
            Some(rest)
        }
    }
}

/// `GET /address HTTP/1.1`
fn first_line(line: &[u8]) -> Result<(String, String), Unreadable> {
    if line.len() > MOST_OF_LINE {
        return Err(Unreadable::LongAddress);
    }
    let line = std::str::from_utf8(line).map_err(|_| Unreadable::Malformed)?;
    let mut words = line.split(' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Unreadable::Malformed);
    };
    let fits = is_token(method)
        && target.starts_with('/')
        && target.bytes().all(|byte| byte.is_ascii_graphic())
        && matches!(version, "HTTP/1.1" | "HTTP/1.0");
    if fits { Ok((method.to_owned(), target.to_owned())) } else { Err(Unreadable::Malformed) }
}

/// `Name: value`, the name in lower case.
fn header(line: &[u8]) -> Option<(String, String)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = std::str::from_utf8(&line[..colon]).ok().filter(|name| is_token(name))?;
    let value = &line[colon + 1..];
    let allowed = |byte: &u8| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f);
    value.iter().all(allowed).then(|| {
        // Each byte beyond ASCII is a character of its own, as HTTP once had it; nothing that we read has any.
        let value: String = value.iter().map(|byte| char::from(*byte)).collect();
        (name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned())
    })
}

fn is_token(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(head: &str) -> Result<Request, Unreadable> {
        Request::parse(head.as_bytes())
    }

    #[test]
    fn a_head_is_understood() {
        let request = parse("GET /a?b=c HTTP/1.1\r\nHost: x:1\r\nACCEPT:  text/html,\u{e9} \t").unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/a?b=c"));
        assert_eq!(request.single("host"), Ok(Some("x:1")));
        assert!(request.single("accept").unwrap().unwrap().starts_with("text/html,"));
        assert_eq!(request.single("origin"), Ok(None));
        assert!(!request.has_body());
    }

    #[test]
    fn what_no_browser_sends_is_refused() {
        for wrong in [
            "",
            "GET /",
            "GET  / HTTP/1.1",
            "GET / HTTP/1.1 ",
            "GET / HTTP/2.0",
            "GET / HTTP/1.1\nHost: x",
            "GET http://x/ HTTP/1.1",
            "GET * HTTP/1.1",
            "CONNECT x:1 HTTP/1.1",
            "GET /\u{e9} HTTP/1.1",
            "GET /\t HTTP/1.1",
            "G(T / HTTP/1.1",
            "GET / HTTP/1.1\r\nHost : x",
            "GET / HTTP/1.1\r\nHost: x\r\n folded",
            "GET / HTTP/1.1\r\n: x",
            "GET / HTTP/1.1\r\nHost",
            "GET / HTTP/1.1\r\nHost: x\ry",
            "GET / HTTP/1.1\r\nHost: x\0y",
            "GET / HTTP/1.1\r\n\r\nHost: x",
            "POST / HTTP/1.1\r\nContent-Length: -1",
            "POST / HTTP/1.1\r\nContent-Length: +1",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1",
        ] {
            assert_eq!(parse(wrong), Err(Unreadable::Malformed), "{wrong:?}");
        }
    }

    #[test]
    fn everything_has_a_limit() {
        let address = |length: usize| parse(&format!("GET /{} HTTP/1.1", "a".repeat(length)));
        assert!(address(8000).is_ok());
        assert_eq!(address(9000), Err(Unreadable::LongAddress));
        let headers = |count: usize| parse(&format!("GET / HTTP/1.1{}", "\r\nA: b".repeat(count)));
        assert!(headers(100).is_ok());
        assert_eq!(headers(101), Err(Unreadable::LongHead));
        assert_eq!(parse(&format!("GET / HTTP/1.1\r\nA: {}", "b".repeat(40_000))), Err(Unreadable::LongHead));
        let body = |length: &str| parse(&format!("POST / HTTP/1.1\r\nContent-Length: {length}"));
        assert!(body("4096").is_ok_and(|request| request.has_body()));
        assert!(body("0").is_ok_and(|request| !request.has_body()));
        for long in ["4097", "99999999999999999999999999"] {
            assert_eq!(body(long), Err(Unreadable::Body), "{long}");
        }
        assert_eq!(parse("POST / HTTP/1.1\r\nTransfer-Encoding: chunked"), Err(Unreadable::Body));
    }

    #[test]
    fn a_header_that_may_come_once_is_not_taken_twice() {
        let request = parse("GET / HTTP/1.1\r\nHost: a\r\nhost: a").unwrap();
        assert_eq!(request.single("host"), Err(Unreadable::Malformed));
    }

    proptest! {
        #[test]
        fn anything_at_all_may_come(head in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Request::parse(&head);
        }

        #[test]
        fn a_header_is_found_as_it_was_sent(name in "[A-Za-z][A-Za-z-]{0,20}", value in "[!-~]([ -~]{0,40}[!-~])?") {
            prop_assume!(!name.eq_ignore_ascii_case("content-length"));
            prop_assume!(!name.eq_ignore_ascii_case("transfer-encoding"));
            let request = parse(&format!("GET / HTTP/1.1\r\n{name}:\t{value}  ")).unwrap();
            prop_assert_eq!(request.single(&name.to_ascii_lowercase()), Ok(Some(value.as_str())));
        }
    }
}
