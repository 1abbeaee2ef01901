//! What an open tab hears while it is open: server-sent events
//! (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use serde_json::json;

use super::answer::stream_head;
use crate::preview::tabs::{Event, Listening};

/// How soon a browser comes back when a stream breaks off, in milliseconds.
const RETRY: u32 = 500;

/// How often to look whether the browser is still there.
const GLANCE: Duration = Duration::from_millis(500);

/// What a tab is told first.
#[derive(Debug)]
pub(super) struct Hello<'a> {
    /// Tells this run of the server from others.
    pub(super) run: &'a str,
    /// The version of the page now.
    pub(super) version: &'a str,
}

/// Sends what a tab is told, each event at once, until the tab goes away or the server ends. A comment goes out every
/// `heartbeat`, so that whatever stands between the two does not think the connection dead.
///
/// # Errors
/// If the tab has gone.
pub(super) fn send(stream: &mut TcpStream, hello: &Hello, events: &Listening, heartbeat: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let data = json!({ "run": hello.run, "version": hello.version });
    let head = stream_head();
    write(stream, &format!("{head}retry: {RETRY}\n{}", message("hello", &data)))?;
    let mut next_beat = Instant::now() + heartbeat;
    loop {
        let wait = next_beat.saturating_duration_since(Instant::now()).min(GLANCE);
        match events.recv_timeout(wait) {
            Ok(event) => {
                write(stream, &written(&event))?;
                if event == Event::Farewell {
                    return Ok(());
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                if has_gone(stream) {
                    return Err(ErrorKind::ConnectionAborted.into());
                }
                if Instant::now() >= next_beat {
                    write(stream, ":\n\n")?;
                    next_beat = Instant::now() + heartbeat;
                }
            }
        }
    }
}

/// In one piece, so that it is one packet.
fn write(stream: &mut TcpStream, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn written(event: &Event) -> String {
    match event {
        Event::Page(version) => message("page", &json!({ "version": version })),
        Event::Style(href, version) => message("style", &json!({ "href": href, "version": version })),
        Event::Bar => message("bar", &json!({})),
        Event::Farewell => message("farewell", &json!({})),
    }
}

/// An event. JSON holds no line break, so its data is one line whatever it says.
fn message(name: &str, data: &serde_json::Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// Whether the browser has closed its end.
fn has_gone(stream: &mut TcpStream) -> bool {
    // As short as every system can wait.
    if stream.set_read_timeout(Some(Duration::from_millis(1))).is_err() {
        return true;
    }
    let mut unasked = [0; 512];
    match stream.read(&mut unasked) {
        Ok(read) => read == 0,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_of_data_whatever_it_says() {
        let event = Event::Style("a\r\nb\"</script>\n\nevent: page".to_owned(), "1".to_owned());
        let written = written(&event);
        assert_eq!(written.lines().count(), 3, "{written}");
        assert!(written.starts_with("event: style\ndata: {") && written.ends_with("}\n\n"), "{written}");
    }
}
