//! What an open tab hears while it is open: server-sent events
//! (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame};
use serde_json::json;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, Interval, interval_at};

use crate::preview::tabs::{Event, Listening};

/// How soon a browser comes back when a stream breaks off, in milliseconds.
const RETRY: u32 = 500;

/// All that a tab is told, each event at once, until the tab goes away or the server ends: whoever sends this drops it then,
/// and the tab is forgotten. It takes no thread.
#[derive(Debug)]
pub(super) struct Events {
    /// What is said first.
    hello: Option<String>,
    listening: Listening,
    /// When a comment goes out, so that whatever stands between the two does not think the connection dead.
    heartbeat: Interval,
    ended: bool,
    _place: OwnedSemaphorePermit,
}

impl Events {
    /// Begins with which run of the server this is, and the version of the page now.
    pub(super) fn new(
        run: &str,
        version: &str,
        listening: Listening,
        heartbeat: Duration,
        place: OwnedSemaphorePermit,
    ) -> Self {
        let hello = message("hello", &json!({ "run": run, "version": version }));
        Self {
            hello: Some(format!("retry: {RETRY}\n{hello}")),
            listening,
            heartbeat: interval_at(Instant::now() + heartbeat, heartbeat),
            ended: false,
            _place: place,
        }
    }
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    /// Each event is one frame, so that it is one packet.
    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let said = if let Some(hello) = self.hello.take() {
            hello
        } else if self.ended {
            return Poll::Ready(None);
        } else {
            match self.listening.poll_next(context) {
                Poll::Ready(Some(event)) => {
                    self.ended = event == Event::Farewell;
                    written(&event)
                }
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => {
                    ready!(self.heartbeat.poll_tick(context));
                    ":\n\n".to_owned()
                }
            }
        };
        Poll::Ready(Some(Ok(Frame::data(said.into()))))
    }
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
