//! What is put into a page, and where.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Links, escape, fragment};
use crate::model::Status;
use crate::preview::state::State;
use crate::preview::{Page, Place};

/// The pieces that are put into a page.
pub(super) struct Insertions {
    /// Goes to the end of the head.
    pub(super) head: String,
    /// Goes to the end of the body.
    pub(super) body: String,
}

impl Insertions {
    pub(super) fn new(page: &Page, place: &Place, state: &State, links: &Links) -> Self {
        let own = escape(&links.own);
        let head = format!(
            "<link rel=\"stylesheet\" href=\"{own}preview.css\" data-quorate><script src=\"{own}preview.js\" defer data-quorate></script>"
        );
        let mut body = String::new();
        if state.paper.as_ref().is_some_and(|paper| paper.status == Status::Draft) {
            body.push_str("<quorate-draft aria-hidden=\"true\">DRAFT</quorate-draft>");
        }
        // The stylesheet is named again because the one of the page does not reach into a shadow tree.
        let _ = write!(
            body,
            "<quorate-bar data-own=\"{own}\" data-site=\"{}\" data-view=\"{}\" data-path=\"{}\" data-version=\"{}\">\
             <template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"{own}preview.css\">{}</template></quorate-bar>",
            escape(&links.site),
            place.audience.word(),
            escape(&place.path),
            escape(&page.version),
            fragment(place, state, links),
        );
        Self { head, body }
    }

    /// The page with both pieces, and every byte of its own in its order.
    pub(super) fn put_into(&self, html: &str) -> String {
        let head = end_of_head(html);
        let body = end_of_body(html).max(head);
        let mut dressed = String::with_capacity(html.len() + self.head.len() + self.body.len());
        for (range, piece) in [(0..head, self.head.as_str()), (head..body, self.body.as_str()), (body..html.len(), "")]
        {
            dressed.push_str(html.get(range).unwrap_or_default());
            dressed.push_str(piece);
        }
        dressed
    }
}

/// Before `</head>`; in a page without one, behind what must come first.
fn end_of_head(html: &str) -> usize {
    if let Some(end) = first(html, b"</head", 0) {
        return end.start;
    }
    // A theme may leave the head to the browser, which ends it at the first thing that may not stand in a head.
    let opening = [&b"<head"[..], b"<html", b"<!doctype"].into_iter().find_map(|tag| first(html, tag, 0));
    opening.and_then(|tag| html.get(tag.end..)?.find('>').map(|end| tag.end + end + 1)).unwrap_or(0)
}

/// Before the last `</body>`, or the last `</html>`, or at the very end.
fn end_of_body(html: &str) -> usize {
    [&b"</body"[..], b"</html"].into_iter().find_map(|tag| last(html, tag)).unwrap_or(html.len())
}

/// Where the beginning of a tag, in small letters, stands first: the whole word, in letters of any size.
fn first(html: &str, tag: &[u8], from: usize) -> Option<Range<usize>> {
    let bytes = html.as_bytes();
    let at = bytes.get(from..)?.windows(tag.len()).position(|piece| piece.eq_ignore_ascii_case(tag))? + from;
    let end = at + tag.len();
    match bytes.get(end) {
        Some(byte) if byte.is_ascii_alphanumeric() || *byte == b'-' => first(html, tag, end),
        _ => Some(at..end),
    }
}

fn last(html: &str, tag: &[u8]) -> Option<usize> {
    html.as_bytes().windows(tag.len()).rposition(|piece| piece.eq_ignore_ascii_case(tag))
}
