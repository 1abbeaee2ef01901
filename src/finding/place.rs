//! Where a finding is, as other programs are told: a path, and lines and columns from 1.

use std::ops::Range;

use serde::Serialize;

use crate::text::{Source, Sources, Span};

/// The nearest place at or before `offset` that is between two characters.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What a span means in a text: from the first word, not from the line breaks before it, to the end of the last.
pub(super) fn meant(span: Span, text: &str) -> Range<usize> {
    let start = boundary(text, span.start as usize);
    let end = boundary(text, span.end as usize).max(start);
    let start = start + text[start..end].find(|c| !matches!(c, '\n' | '\r')).unwrap_or(0);
    start..start + text[start..end].trim_end().len()
}

/// A line and a column of it, both from 1; the column counts characters (Unicode code points).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A place in a file, up to but without the character at its end. A file as a whole is an empty place at its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) start: Position,
    pub(super) end: Position,
}

/// Tells places apart from the folder that the papers are in.
#[derive(Debug, Clone, Copy)]
pub struct Places<'s> {
    sources: &'s Sources,
    content: &'s str,
}

impl<'s> Places<'s> {
    /// Places in the files of `sources`, whose paths are told with `content` before them: the content folder as the one
    /// who is told of it would name it; empty if paths are to begin in that folder.
    pub fn new(sources: &'s Sources, content: &'s str) -> Self {
        Self { sources, content: content.trim_end_matches('/') }
    }

    /// The file of a place; nothing for a finding about a folder that holds no file to point at.
    pub(super) fn file(&self, span: Span) -> Option<&'s Source> {
        self.sources.find(span.source)
    }

    /// The content folder itself.
    pub(super) fn folder(&self) -> &'s str {
        self.content
    }

    /// A file's path, as it is told.
    pub(super) fn path(&self, file: &Source) -> String {
        if self.content.is_empty() { file.path.clone() } else { format!("{}/{}", self.content, file.path) }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let Some(file) = self.file(span) else {
            let start = Position { line: 1, column: 1 };
            return Place { path: self.content.to_owned(), start, end: start };
        };
        let meant = meant(span, &file.text);
        let position = |offset: usize| {
            let (line, column) = file.position(u32::try_from(offset).unwrap_or(u32::MAX));
            Position { line, column }
        };
        Place { path: self.path(file), start: position(meant.start), end: position(meant.end) }
    }

    /// Findings in the order of their paths and places.
    pub(super) fn in_order<'f>(&self, findings: &'f [super::Finding]) -> Vec<&'f super::Finding> {
        let mut ordered: Vec<&super::Finding> = findings.iter().collect();
        ordered.sort_by_key(|finding| {
            let span = finding.primary.span;
            (self.file(span).map(|file| &file.path), span, finding.code, &finding.message)
        });
        ordered
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::text::SourceId;

    #[test]
    fn columns_count_characters_and_what_is_meant_has_no_blanks_around_it() {
        let sources = Sources::new(vec![Arc::new(Source::new("a.md", "£ one\r\n\r\n“two” 🙂 \n"))]);
        let places = Places::new(&sources, "content/");
        let text = &sources.get(SourceId(0)).text;
        let from = text.find("\r\n\r\n").expect("two line breaks");
        let place = places.place(Span::new(SourceId(0), from..text.len()));
        assert_eq!(place.path, "content/a.md");
        assert_eq!((place.start.line, place.start.column), (3, 1));
        assert_eq!((place.end.line, place.end.column), (3, 8));
        let nowhere = Places::new(&Sources::default(), "content").place(Span::start_of(SourceId(0)));
        assert_eq!((nowhere.path.as_str(), nowhere.start.line, nowhere.end.column), ("content", 1, 1));
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_has_a_place_in_order(text in "[a£🙂 \r\n]{0,40}", start in 0_u32..60, end in 0_u32..60) {
            let sources = Sources::new(vec![Arc::new(Source::new("a.md", text.as_str()))]);
            let place = Places::new(&sources, "").place(Span { source: SourceId(0), start, end });
            prop_assert!(place.start.line >= 1 && place.start.column >= 1);
            prop_assert!((place.start.line, place.start.column) <= (place.end.line, place.end.column));
        }
    }
}
