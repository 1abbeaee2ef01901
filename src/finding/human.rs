//! Findings for a person at a terminal.
//!
//! The style of what is said, here and wherever a finding is made:
//!
//! - Say what is so, in the officer's own words, and how to put it right. Blame nobody: "there is no person `R They`",
//!   not "you misspelt".
//! - No jargon of programs: a file, a line, a key, a paper; not a token, a parser or an exception.
//! - One sentence, no capital at its start and no full stop at its end, since a place follows.
//! - What was written stands in backticks, exactly as it was written.
//! - Nothing depends on colour: severity is a word, the place is a path, the words meant are underlined.
//!
//! Whatever the papers hold is made harmless before it is shown: control characters, which could move a terminal's
//! cursor or colour what follows, become `�`, and long lines are cut to what is near the place meant.

mod excerpt;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet};
use textwrap::WordSplitter;

use super::{Counts, Finding, Places, Severity, counted};
use crate::text::{Source, Sources};
pub use excerpt::visible;
use excerpt::{Excerpt, Mark};

/// Lines are cut by [`excerpt`], so the renderer never needs to: its own cutting would lose the labels.
const WIDER_THAN_ANYTHING: usize = 100_000;

/// The longest message shown whole, in characters; a message can quote what was written, however long that is.
const LONGEST_MESSAGE: usize = 400;

/// The longest line of a paper shown whole where the width of the screen is not known, in characters.
const LINE: usize = 100;

/// How many findings of one file are shown: as many as anybody puts right before they look again.
const MOST_OF_A_FILE: usize = 100;

/// How much narrower lines of a paper are than the screen: for their numbers, the bar, and what says that they are cut.
const MARGIN: usize = 14;

/// How much stands before what is said beneath a finding, besides its word: `    = help: ` beside lines of four digits.
const BESIDE: usize = 9;

/// How findings are to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// With colour.
    pub colour: bool,
    /// The width of the screen, in characters; nothing for a file, whose sentences stand on one line each.
    pub width: Option<usize>,
}

/// Shows findings with the lines they are about, paper by paper, in the order of paths and places. What is known and stays
/// as it is comes before all that is open, with its place and the reason and no more: the end is what stays on a screen.
///
/// The paths of `places` begin with the content folder as the user named it, so that a terminal can open the file.
pub fn render(findings: &[Finding], places: Places<'_>, look: Look) -> String {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDER_THAN_ANYTHING);
    let screen = Screen { places, width: look.width, renderer };
    let mut ordered = places.in_order(findings);
    ordered.sort_by_key(|finding| finding.accepted.is_none());
    let mut shown = String::new();
    let belong_together = |one: &&Finding, next: &&Finding| {
        one.primary.span.source == next.primary.span.source && one.accepted.is_none() == next.accepted.is_none()
    };
    for of_file in ordered.chunk_by(belong_together) {
        let most = most_important(of_file);
        for finding in &most {
            shown.push_str(&screen.show(finding));
            shown.push_str("\n\n");
        }
        if let (Some(first), more @ 1..) = (of_file.first(), of_file.len() - most.len()) {
            let path = harmless(&places.place(first.primary.span).path);
            let more = counted(more, "more finding", "more findings");
            let _ = writeln!(shown, "... and {more} in {path}: put right what is shown, and check again\n");
        }
    }
    shown
}

/// Of the findings of one file, as many as are shown: errors before warnings, and in the order they came in.
fn most_important<'f>(findings: &[&'f Finding]) -> Vec<&'f Finding> {
    let mut most: Vec<(usize, &Finding)> = findings.iter().copied().enumerate().collect();
    most.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    most.truncate(MOST_OF_A_FILE);
    most.sort_by_key(|(index, _)| *index);
    most.into_iter().map(|(_, finding)| finding).collect()
}

/// "2 errors, 1 warning in 3 papers.", or "No findings."; what is known is added: "No findings but 3 that are known."
pub fn summary(findings: &[Finding], sources: &Sources) -> String {
    let counts = Counts::of(findings);
    let known = match (counts.open(), counts.known) {
        (_, 0) => String::new(),
        (0, known) => format!(" but {known} that {} known", if known == 1 { "is" } else { "are" }),
        (_, known) => format!(" Besides, {known} {} known.", if known == 1 { "is" } else { "are" }),
    };
    if counts.open() == 0 {
        return if known.is_empty() { "No findings.".to_owned() } else { format!("No findings{known}.") };
    }
    let open = findings.iter().filter(|finding| finding.accepted.is_none());
    let files: BTreeSet<u32> = open.map(|finding| finding.primary.span.source.0).collect();
    let mut about = sources.iter().filter(|(id, _)| files.contains(&id.0)).peekable();
    let all_papers = about.peek().is_some()
        && about.all(|(_, source)| source.path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md"));
    let (one, many) = if all_papers { ("paper", "papers") } else { ("file", "files") };
    format!("{} in {}.{known}", counts.words(), counted(files.len(), one, many))
}

/// What findings are shown on.
struct Screen<'s> {
    places: Places<'s>,
    width: Option<usize>,
    renderer: Renderer,
}

impl Screen<'_> {
    fn show(&self, finding: &Finding) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::INFO.with_name(Severity::Advice.word()),
        };
        let before = finding.severity.word().len() + finding.code.len() + "[]: ".len();
        let title = self.wrapped(&finding.message, before);
        let lines_of_title = title.lines().count();
        let mut groups = vec![Group::with_title(level.clone().primary_title(title).id(finding.code))];
        let places = self.places(finding);
        let ends_with_lines = !matches!(places.last(), Some(Element::Origin(_)));
        for element in places {
            match (groups.last_mut(), &element) {
                // Lines without a path of their own are shown beneath the path before them only in a group of their
                // own; and the path is not left to the lines, because a cut line would give the wrong column.
                (Some(group), Element::Origin(_)) => *group = group.clone().element(element),
                _ => groups.push(Group::with_level(level.clone()).element(element)),
            }
        }
        let beneath = match (&finding.accepted, &finding.help) {
            (Some(reason), _) => Some(("known", Level::NOTE.with_name("known"), reason)),
            (None, Some(help)) => Some(("help", Level::HELP, help)),
            (None, None) => None,
        };
        if let (Some((word, level, words)), Some(last)) = (beneath, groups.last_mut()) {
            let words = level.message(self.wrapped(words, BESIDE + word.len()));
            *last = if ends_with_lines {
                last.clone().element(Padding).element(words)
            } else {
                last.clone().element(words)
            };
        }
        without_doubled_bar(self.renderer.render(&groups), lines_of_title)
    }

    /// Words made harmless, on lines that fit beside what stands `before` them.
    fn wrapped(&self, words: &str, before: usize) -> String {
        let words = harmless(words);
        match self.width {
            Some(width) => wrapped(&words, width.saturating_sub(before).max(20)).join("\n"),
            None => words,
        }
    }

    /// The primary place first, then the others; places near each other share an excerpt.
    fn places(&self, finding: &Finding) -> Vec<Element<'static>> {
        let primary = Mark { span: finding.primary.span, label: &finding.primary.text, primary: true };
        let others = finding.others.iter().map(|label| Mark { span: label.span, label: &label.text, primary: false });
        let mut marks: Vec<(Mark<'_>, &Source)> = Vec::new();
        // What is known needs no more than its place.
        let others = others.filter(|_| finding.accepted.is_none());
        for mark in std::iter::once(primary).chain(others) {
            match self.places.file(mark.span) {
                Some(file) => marks.push((mark, file)),
                None if mark.primary => return vec![Origin::path(harmless(self.places.folder())).into()],
                None => {}
            }
        }
        let mut elements = Vec::new();
        let width = self.width.map_or(LINE, |width| width.saturating_sub(MARGIN).max(LINE / 3));
        for excerpt in excerpt::excerpts(marks, width) {
            let path = harmless(&self.places.path(excerpt.file));
            elements.push(Origin::path(path).line(excerpt.line).char_column(excerpt.column).into());
            if let Some(snippet) = snippet(&excerpt).filter(|_| finding.accepted.is_none()) {
                elements.push(snippet.into());
            }
        }
        elements
    }
}

/// The longest words in backticks that stay on one line, in characters.
const LONGEST_QUOTE: usize = 40;

/// Words on lines of a width. No word is broken, nor what stands in backticks unless it is long.
pub fn wrapped(words: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width).word_splitter(WordSplitter::NoHyphenation).break_words(false);
    let words = with_quotes_held(words);
    textwrap::wrap(&words, options).into_iter().map(|line| line.replace(HELD, " ")).collect()
}

/// A blank at which no line ends.
const HELD: char = '\u{a0}';

fn with_quotes_held(words: &str) -> String {
    let mut parts: Vec<String> = words.split('`').map(str::to_owned).collect();
    // Every other part is between two backticks; the last is so only if one is missing.
    let last = parts.len().saturating_sub(1);
    for part in parts.iter_mut().take(last).skip(1).step_by(2) {
        if part.chars().nth(LONGEST_QUOTE).is_none() {
            *part = part.replace(' ', &HELD.to_string());
        }
    }
    parts.join("`")
}

fn snippet(excerpt: &Excerpt<'_>) -> Option<Snippet<'static, annotate_snippets::Annotation<'static>>> {
    if excerpt.about_the_file() {
        return None;
    }
    let snippet = Snippet::source(excerpt.text.clone()).line_start(excerpt.first_line);
    Some(snippet.annotations(excerpt.marks.iter().map(|shown| {
        let kind = if shown.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = (!shown.label.is_empty()).then(|| harmless(shown.label));
        kind.span(shown.range.clone()).label(label)
    })))
}

/// Between the first path and its lines the renderer draws the bar of one group's end and that of the next one's start.
/// The title before them has as many lines as told.
fn without_doubled_bar(shown: String, title: usize) -> String {
    let mut lines: Vec<&str> = shown.split('\n').collect();
    match lines.get(title + 1..title + 3) {
        Some([one, other]) if one == other => {
            lines.remove(title + 1);
            lines.join("\n")
        }
        _ => shown,
    }
}

/// Words to show: on one line, without anything that a terminal would obey, and not endless.
pub fn harmless(text: &str) -> String {
    let one_line = text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { visible(c) });
    if text.chars().nth(LONGEST_MESSAGE).is_none() {
        return one_line.collect();
    }
    // The end is kept too: that is where "did you mean" stands, and which file a path names.
    let end: Vec<char> = text.chars().rev().take(LONGEST_MESSAGE / 4).map(visible).collect();
    one_line.take(LONGEST_MESSAGE * 3 / 4).chain(" ... ".chars()).chain(end.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests;
