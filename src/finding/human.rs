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

use super::{Finding, Severity};
use crate::text::{Source, Sources, Span};
use excerpt::{Excerpt, Mark};

/// Lines are cut by [`excerpt`], so the renderer never needs to: its own cutting would lose the labels.
const WIDER_THAN_ANYTHING: usize = 100_000;

/// The longest message shown whole, in characters; a message can quote what was written, however long that is.
const LONGEST_MESSAGE: usize = 400;

/// How many findings of one file are shown: as many as anybody puts right before they look again.
const MOST_OF_A_FILE: usize = 100;

/// Shows findings with the lines they are about, paper by paper, in the order of paths and places. Of a file with very
/// many, those that matter most are shown, and how many more there are.
///
/// `content` is the content folder as the user named it, put before every path so that a terminal can open the file.
pub fn render(findings: &[Finding], sources: &Sources, content: &str, colour: bool) -> String {
    let files: Vec<&Source> = sources.iter().map(|(_, source)| &**source).collect();
    let screen = Screen { files: &files, content: content.trim_end_matches('/') };
    let mut ordered: Vec<&Finding> = findings.iter().collect();
    ordered.sort_by_key(|finding| {
        let span = finding.primary.span;
        (screen.file(span).map(|file| &file.path), span, finding.code, &finding.message)
    });
    let by_file = ordered.chunk_by(|one, next| one.primary.span.source == next.primary.span.source);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDER_THAN_ANYTHING);
    let mut shown = String::new();
    for findings in by_file {
        let most = most_important(findings);
        for finding in &most {
            shown.push_str(&screen.show(finding, &renderer));
            shown.push_str("\n\n");
        }
        if let (Some(first), more @ 1..) = (findings.first(), findings.len() - most.len()) {
            let path = screen.path(first.primary.span);
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

/// "2 errors, 1 warning in 3 papers.", or "No findings."
pub fn summary(findings: &[Finding], sources: &Sources) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Advice), "piece of advice", "pieces of advice"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if counts.is_empty() {
        return "No findings.".to_owned();
    }
    let files: BTreeSet<u32> = findings.iter().map(|finding| finding.primary.span.source.0).collect();
    let mut about = sources.iter().filter(|(id, _)| files.contains(&id.0)).peekable();
    let all_papers = about.peek().is_some()
        && about.all(|(_, source)| source.path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md"));
    let (one, many) = if all_papers { ("paper", "papers") } else { ("file", "files") };
    format!("{} in {}.", counts.join(", "), counted(files.len(), one, many))
}

/// "1 error", "2 errors".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What findings are shown against.
struct Screen<'s> {
    files: &'s [&'s Source],
    content: &'s str,
}

impl Screen<'_> {
    /// The file of a place; nothing for a finding about a folder that holds no file to point at.
    fn file(&self, span: Span) -> Option<&Source> {
        self.files.get(span.source.0 as usize).copied()
    }

    /// The path of a place, as the user would write it.
    fn path(&self, span: Span) -> String {
        match self.file(span) {
            Some(file) if self.content.is_empty() => harmless(&file.path),
            Some(file) => harmless(&format!("{}/{}", self.content, file.path)),
            None => harmless(self.content),
        }
    }

    fn show(&self, finding: &Finding, renderer: &Renderer) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::INFO.with_name(Severity::Advice.word()),
        };
        let title = level.clone().primary_title(harmless(&finding.message)).id(finding.code);
        let mut groups = vec![Group::with_title(title)];
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
        if let (Some(help), Some(last)) = (&finding.help, groups.last_mut()) {
            let help = Level::HELP.message(harmless(help));
            *last =
                if ends_with_lines { last.clone().element(Padding).element(help) } else { last.clone().element(help) };
        }
        without_doubled_bar(renderer.render(&groups))
    }

    /// The primary place first, then the others; places near each other share an excerpt.
    fn places(&self, finding: &Finding) -> Vec<Element<'static>> {
        let primary = Mark { span: finding.primary.span, label: &finding.primary.text, primary: true };
        let others = finding.others.iter().map(|label| Mark { span: label.span, label: &label.text, primary: false });
        let mut marks: Vec<(Mark<'_>, &Source)> = Vec::new();
        for mark in std::iter::once(primary).chain(others) {
            match self.file(mark.span) {
                Some(file) => marks.push((mark, file)),
                None if mark.primary => return vec![Origin::path(harmless(self.content)).into()],
                None => {}
            }
        }
        let mut elements = Vec::new();
        for excerpt in excerpt::excerpts(marks) {
            let path = if self.content.is_empty() {
                harmless(&excerpt.file.path)
            } else {
                harmless(&format!("{}/{}", self.content, excerpt.file.path))
            };
            elements.push(Origin::path(path).line(excerpt.line).char_column(excerpt.column).into());
            if let Some(snippet) = snippet(&excerpt) {
                elements.push(snippet.into());
            }
        }
        elements
    }
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
fn without_doubled_bar(shown: String) -> String {
    let mut lines: Vec<&str> = shown.split('\n').collect();
    match lines.get(2..4) {
        Some([one, other]) if one == other => {
            lines.remove(2);
            lines.join("\n")
        }
        _ => shown,
    }
}

/// Words to show: on one line, without anything that a terminal would obey, and not endless.
pub fn harmless(text: &str) -> String {
    let one_line = text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { excerpt::visible(c) });
    if text.chars().nth(LONGEST_MESSAGE).is_none() {
        return one_line.collect();
    }
    // The end is kept too: that is where "did you mean" stands, and which file a path names.
    let end: Vec<char> = text.chars().rev().take(LONGEST_MESSAGE / 4).map(excerpt::visible).collect();
    one_line.take(LONGEST_MESSAGE * 3 / 4).chain(" ... ".chars()).chain(end.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests;
