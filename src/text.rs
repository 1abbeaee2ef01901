//! Source files and places in them.
//!
//! Every value that Quorate reads can say where it stands: which file, which line, which column. A [`Span`] is that
//! place; [`Spanned`] is a value together with its place; [`Sources`] turns a place back into words a person can follow.

pub mod markup;
pub mod sentence;
pub mod yaml;

use std::ops::{Deref, Range};
use std::sync::Arc;

/// Names one file of a [`Sources`] collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A run of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte, from the start of the file.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `range` in `source`. Files larger than 4 GiB are refused when they are read, so offsets fit.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// The very beginning of a file: for findings about the file as a whole.
    pub fn start_of(source: SourceId) -> Self {
        Self { source, start: 0, end: 0 }
    }

    /// The same place as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the place it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// One text file: its path below the content folder, and what it says.
#[derive(Debug)]
pub struct Source {
    /// Path below the content folder, with `/` between its parts on every system.
    pub path: String,
    /// The text, without a byte-order mark.
    pub text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes a file's text; finds its lines.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        // Programs that add a mark to a file that had one leave two.
        let marks = text.len() - text.trim_start_matches('\u{feff}').len();
        text.drain(..marks);
        let mut line_starts = vec![0];
        for (offset, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                line_starts.push(u32::try_from(offset + 1).unwrap_or(u32::MAX));
            }
        }
        Self { path: path.into(), text, line_starts }
    }

    /// Line and column of a byte, both counted from 1; the column counts characters, as editors do.
    pub fn position(&self, offset: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts[line - 1] as usize;
        let upto = self.text.get(start..(offset as usize).min(self.text.len())).unwrap_or("");
        (line, upto.chars().count() + 1)
    }

    /// The bytes of a line, counted from 1, without its end; nothing at the end of the text if there is no such line.
    pub fn line(&self, number: usize) -> Range<usize> {
        let start_of = |index: usize| self.line_starts.get(index).map(|start| *start as usize);
        let start = number.checked_sub(1).and_then(start_of).unwrap_or(self.text.len());
        let end = start_of(number).map_or(self.text.len(), |next| next.saturating_sub(1));
        let line = self.text.get(start..end).unwrap_or("");
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }
}

/// All the text files of one run, by [`SourceId`].
#[derive(Debug, Default, Clone)]
pub struct Sources {
    /// In the order of their ids.
    files: Vec<(SourceId, Arc<Source>)>,
}

impl Sources {
    /// Collects files; the id of each is its place in the list.
    pub fn new(files: Vec<Arc<Source>>) -> Self {
        Self { files: (0..).map(SourceId).zip(files).collect() }
    }

    /// Collects files that have their ids already. The order of ids is the order in which findings are shown.
    pub fn with_ids(mut files: Vec<(SourceId, Arc<Source>)>) -> Self {
        files.sort_unstable_by_key(|(id, _)| *id);
        Self { files }
    }

    /// The file of that id.
    ///
    /// # Panics
    /// If the id comes from another collection, which is a fault of the program, not of its input.
    pub fn get(&self, id: SourceId) -> &Source {
        let at = self.files.binary_search_by_key(&id, |(id, _)| *id);
        &self.files[at.unwrap_or(usize::MAX)].1
    }

    /// The file of that id; nothing if it comes from another collection.
    pub fn find(&self, id: SourceId) -> Option<&Source> {
        let at = self.files.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.files.get(at).map(|(_, file)| &**file)
    }

    /// All files with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Arc<Source>)> {
        self.files.iter().map(|(id, file)| (*id, file))
    }

    /// `path:line:column` of a place.
    pub fn place(&self, span: Span) -> String {
        let source = self.get(span.source);
        let (line, column) = source.position(span.start);
        format!("{}:{line}:{column}", source.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = Source::new("a.md", "one\n£two\n");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(4), (2, 1));
        assert_eq!(source.position(6), (2, 2), "the pound sign is two bytes and one column");
        assert_eq!(source.position(99), (3, 1), "past the end is the last line");
    }

    #[test]
    fn a_line_is_without_its_end() {
        let source = Source::new("a.md", "one\r\n\n£two");
        assert_eq!([1, 2, 3, 4, 0].map(|number| &source.text[source.line(number)]), ["one", "", "£two", "", ""]);
        assert_eq!(source.line(3), 6..11);
        assert_eq!(Source::new("a.md", "").line(1), 0..0);
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        assert_eq!(Source::new("a", "\u{feff}kind: agenda").text, "kind: agenda");
        assert_eq!(Source::new("a", "\u{feff}\u{feff}kind: agenda").text, "kind: agenda");
    }
}
