//! The lines that findings are about, cut to what a person can take in.
//!
//! Only the lines needed are taken from a file, and only what is near the place meant from a long line, so that a
//! finding in a file of ten megabytes on one line is shown as quickly and as readably as any other.

use std::ops::Range;

use crate::finding::place::meant;
use crate::text::{Source, Span};

/// How many characters of a longer line are shown before the place meant.
const BEFORE: usize = 30;

/// Places no more lines apart than this are shown together.
const NEAR: usize = 6;

/// A place to underline.
pub(super) struct Mark<'f> {
    pub(super) span: Span,
    pub(super) label: &'f str,
    pub(super) primary: bool,
}

/// Some lines of one file, with places in them.
pub(super) struct Excerpt<'f> {
    pub(super) file: &'f Source,
    /// The lines, cut and made harmless.
    pub(super) text: String,
    /// The number of the first.
    pub(super) first_line: usize,
    /// Line and column of the place that matters most in it.
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) marks: Vec<Shown<'f>>,
}

/// A place to underline, in bytes of [`Excerpt::text`].
pub(super) struct Shown<'f> {
    pub(super) range: Range<usize>,
    pub(super) label: &'f str,
    pub(super) primary: bool,
}

impl Excerpt<'_> {
    /// Whether only the file as a whole is meant, so that no line of it would tell more.
    pub(super) fn about_the_file(&self) -> bool {
        self.text.is_empty()
    }
}

/// A mark with the line that it is shown on.
struct Placed<'f> {
    mark: Mark<'f>,
    file: &'f Source,
    number: usize,
    column: usize,
    /// The line, without its end.
    line: Range<usize>,
    /// What to underline: within the line.
    underlined: Range<usize>,
    /// Nothing but the file as a whole is meant.
    whole_file: bool,
}

/// Gathers marks into excerpts: the primary mark's first, then by file and line. A line of up to `width` characters is
/// shown whole, and of a longer one so much.
pub(super) fn excerpts<'f>(marks: Vec<(Mark<'f>, &'f Source)>, width: usize) -> Vec<Excerpt<'f>> {
    let mut placed: Vec<Placed<'f>> = marks.into_iter().map(|(mark, file)| place(mark, file)).collect();
    placed.sort_by_key(|placed| (placed.mark.span.source, placed.underlined.start, placed.underlined.end));
    let mut groups: Vec<Vec<Placed<'f>>> = Vec::new();
    for placed in placed {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| together(last, &placed, width)) => group.push(placed),
            _ => groups.push(vec![placed]),
        }
    }
    // Stable, so that the rest stay in the order of files and lines.
    groups.sort_by_key(|group| !group.iter().any(|placed| placed.mark.primary));
    groups.into_iter().filter_map(|group| excerpt(&group, width)).collect()
}

fn together(one: &Placed<'_>, next: &Placed<'_>, width: usize) -> bool {
    one.mark.span.source == next.mark.span.source
        && !one.whole_file
        && next.number.saturating_sub(one.number) <= NEAR
        // Two places far apart on one long line would not both be in what is shown of it.
        && (next.number > one.number || is_short(&next.file.text[next.line.clone()], width))
}

fn place<'f>(mark: Mark<'f>, file: &'f Source) -> Placed<'f> {
    let text = &file.text;
    let Range { start, end } = meant(mark.span, text);
    let (number, column) = file.position(u32::try_from(start).unwrap_or(u32::MAX));
    let line = file.line(number);
    let start = start.clamp(line.start, line.end);
    // Of a place that runs over several lines, the first line says where it is.
    let end = end.clamp(start, line.end);
    let underlined = start..start + text[start..end].trim_end().len();
    let whole_file = mark.span.end == 0 || text.is_empty();
    Placed { mark, file, number, column, line, underlined, whole_file }
}

fn is_short(line: &str, width: usize) -> bool {
    line.chars().nth(width).is_none()
}

fn excerpt<'f>(group: &[Placed<'f>], width: usize) -> Option<Excerpt<'f>> {
    let (first, last) = (group.first()?, group.last()?);
    let main = group.iter().find(|placed| placed.mark.primary).unwrap_or(first);
    let mut excerpt = Excerpt {
        file: first.file,
        text: String::new(),
        first_line: first.number,
        line: main.number,
        column: main.column,
        marks: Vec::new(),
    };
    if first.whole_file {
        return Some(excerpt);
    }
    let mut marked = group.iter().peekable();
    for number in first.number..=last.number {
        let Range { start, end } = first.file.line(number);
        let line = &first.file.text[start..end];
        let mut on_this_line = Vec::new();
        while let Some(placed) = marked.next_if(|placed| placed.number == number) {
            on_this_line.push((placed, placed.underlined.start - start..placed.underlined.end - start));
        }
        let near = on_this_line.first().map_or(0, |(_, range)| range.start);
        let mut cut = Cut::new(line, near, width, &mut excerpt.text);
        for (placed, range) in on_this_line {
            let range = cut.copy_to(range.start)..cut.copy_to(range.end);
            let Mark { label, primary, .. } = placed.mark;
            excerpt.marks.push(Shown { range, label, primary });
        }
        cut.finish();
        if number < last.number {
            excerpt.text.push('\n');
        }
    }
    if excerpt.text.is_empty() || excerpt.text.ends_with('\n') {
        // An empty last line would not be shown, nor what is marked on it.
        excerpt.text.push(' ');
    }
    Some(excerpt)
}

/// Copies one line, or what is near a place in it if it is long.
struct Cut<'l, 't> {
    line: &'l str,
    /// How far it has been copied, where copying ends, and the text it is copied to.
    copied: usize,
    end: usize,
    text: &'t mut String,
    /// Where each byte asked for came to lie; ranges may overlap, so earlier places can be asked for again.
    places: Vec<(usize, usize)>,
}

impl<'l, 't> Cut<'l, 't> {
    fn new(line: &'l str, near: usize, width: usize, text: &'t mut String) -> Self {
        let (start, end) = if is_short(line, width) {
            (0, line.len())
        } else {
            let start = line[..near].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
            (start, line[start..].char_indices().nth(width).map_or(line.len(), |(at, _)| start + at))
        };
        if start > 0 {
            text.push_str("... ");
        }
        Self { line, copied: start, end, places: vec![(start, text.len())], text }
    }

    /// Copies up to a byte of the line; gives where it stands in the text. What was cut off stands at the end.
    fn copy_to(&mut self, to: usize) -> usize {
        let to = to.min(self.end);
        if to < self.copied {
            // Marks come in the order of their beginnings, but one may end after the next begins.
            return self.place_of(to);
        }
        for (at, c) in self.line[self.copied..to].char_indices() {
            self.places.push((self.copied + at, self.text.len()));
            self.text.push(visible(c));
        }
        self.copied = to;
        self.text.len()
    }

    fn place_of(&self, byte: usize) -> usize {
        let at = self.places.partition_point(|(place, _)| *place < byte);
        self.places.get(at).map_or(self.text.len(), |(_, shown)| *shown)
    }

    fn finish(mut self) {
        self.copy_to(self.end);
        if self.end < self.line.len() {
            self.text.push_str(" ...");
        }
    }
}

/// A character as it can be shown: one that a terminal would obey, or that turns the direction of writing, as `�`.
pub fn visible(c: char) -> char {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if (c.is_control() && c != '\t') || turns { '\u{fffd}' } else { c }
}
