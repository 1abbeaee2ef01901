//! The shape of what is written: words as they are, figures as letters that say what sort they are.
//!
//! "Of 79 referrals, 52 (55%) engaged." has the shape `of N referrals , N ( P ) engaged .`. How officers state figures can be
//! looked for in shapes by simple patterns, and a figure is never mistaken for part of another.

mod pieces;

use std::ops::Range;

use regex::Captures;

use pieces::{is_double_year, pieces};

use super::figure::Printed;
use crate::calendar::month_named;
use crate::document::Run;
use crate::text::Span;

/// The shape of a run of words. Tokens stand apart by one blank each; words are in small letters, so that the capitals mean:
/// `N` a number, `M` a sum of money, `P` a percentage, `Y` a year or another period, `X` a figure of another sort, such as a
/// date or a number that is a name; `.` ends a sentence.
#[derive(Debug)]
pub(super) struct Shape<'r> {
    /// The shape.
    pub text: String,
    run: &'r Run,
    tokens: Vec<Token>,
}

/// One token of a shape.
#[derive(Debug)]
struct Token {
    /// Where it begins in the shape.
    at: usize,
    /// Where it stands in the run.
    range: Range<usize>,
    figure: Option<Printed>,
    /// Whether words say that the figure is not meant exactly.
    roughly: bool,
}

/// A figure in a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    /// The figure.
    pub figure: Printed,
    /// Where it stands in the file.
    pub span: Span,
    /// Whether words say that it is not meant exactly: "about", "more than".
    pub roughly: bool,
    /// Where it stands in the shape.
    pub at: usize,
}

/// As many numbers as a reader looks back for: with more, some agree by chance.
const MOST_NUMBERS: usize = 8;

/// Words before a figure which say that it is not meant exactly.
const ROUGHLY: &[&str] = &[
    "about",
    "around",
    "approximately",
    "approx",
    "nearly",
    "almost",
    "over",
    "under",
    "roughly",
    "circa",
    "c",
    "ca",
    "some",
    "within",
    "near",
    "another",
    "estimated",
    "between",
    "below",
    "above",
    "exceeding",
];

/// Words before a number that it is the name of: not a count.
const NAMED: &[&str] = &[
    "table",
    "figure",
    "section",
    "sections",
    "paragraph",
    "appendix",
    "page",
    "pages",
    "minute",
    "item",
    "part",
    "phase",
    "priority",
    "theme",
    "aged",
    "age",
    "ages",
    "ward",
    "chapter",
    "annex",
    "no",
    "number",
    "version",
    "step",
    "stage",
    "band",
    "grade",
    "level",
    "class",
    "schedule",
    "objective",
    "action",
    "option",
    "recommendation",
    "article",
    "room",
    "form",
    "tier",
];

/// Words after a number that make it a span of time.
const TIMES: &[&str] = &[
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hour",
    "hours",
    "minutes",
    "mins",
    "am",
    "pm",
    "quarters",
    "year-olds",
    "monthly",
];

/// Whether a word after a number makes it a time. "May" after one is the verb as often as the month.
fn is_time(word: &str) -> bool {
    TIMES.contains(&word) || month_named(word).is_some_and(|month| month != 5)
}

/// Numbers that people write as words; "one" is as often no number at all.
const WORDS: &[(&str, i64)] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

impl<'r> Shape<'r> {
    /// The shape of a run.
    pub(super) fn of(run: &'r Run) -> Self {
        let mut shape = Self { text: String::with_capacity(run.text.len()), run, tokens: Vec::new() };
        for (range, sentence) in run.sentences() {
            let ends = sentence.trim_end().ends_with(['.', '!', '?']);
            let words = sentence.trim_end().trim_end_matches(['.', '!', '?']);
            shape.sentence(words, range.start);
            if ends {
                shape.push(".", range.end - 1..range.end, None, false);
            }
        }
        shape
    }

    fn push(&mut self, word: &str, range: Range<usize>, figure: Option<Printed>, roughly: bool) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.tokens.push(Token { at: self.text.len(), range, figure, roughly });
        self.text.push_str(word);
    }

    fn sentence(&mut self, text: &str, base: usize) {
        let mut pieces = pieces(text).into_iter().peekable();
        // The words before, the nearest last.
        let (mut before, mut last) = (String::new(), String::new());
        while let Some(range) = pieces.next() {
            let piece = text.get(range.clone()).unwrap_or("");
            let lower = piece.to_lowercase();
            let next = pieces.peek().and_then(|next| text.get(next.clone())).unwrap_or("");
            let mut end = range.end;
            let (word, figure) = if piece.starts_with(|c: char| c.is_ascii_digit() || "£+-−".contains(c))
                && piece.len() > 1
                || piece.starts_with(|c: char| c.is_ascii_digit())
            {
                if matches!(next, "%" | "%+")
                    || next.eq_ignore_ascii_case("per")
                    || next.eq_ignore_ascii_case("percent")
                {
                    let after = text.get(end..).unwrap_or("").trim_start().to_lowercase();
                    let sign = ["%", "per cent", "percent"].iter().find(|sign| after.starts_with(**sign));
                    let more = after.starts_with("%+") || after.starts_with("% +");
                    match (sign, Printed::read(piece)) {
                        (Some(sign), Some(figure)) => {
                            for _ in 0..sign.split(' ').count() {
                                if let Some(sign) = pieces.next() {
                                    end = sign.end;
                                }
                            }
                            let figure = Printed { percent: true, ..figure };
                            (if more { "X" } else { "P" }, (!more).then_some(figure))
                        }
                        _ => number(piece, &last, next),
                    }
                } else {
                    number(piece, &last, next)
                }
            } else if let Some((_, value)) = WORDS.iter().find(|(word, _)| *word == lower)
                && !TIMES.contains(&next.to_lowercase().as_str())
            {
                let figure = Printed { value: (*value).into(), places: 0, percent: false, money: false, signed: false };
                ("N", Some(figure))
            } else if piece.chars().any(char::is_alphabetic) {
                (lower.as_str(), None)
            } else {
                (piece, None)
            };
            // "at least", "more than", "up to"; but "the 38" and "to 49" are exact.
            let roughly = figure.is_some() && is_roughly(&before, &last);
            self.push(word, base + range.start..base + end, figure, roughly);
            before = std::mem::replace(&mut last, lower);
        }
    }

    /// The figure that a group of a pattern found.
    pub(super) fn stated(&self, captures: &Captures<'_>, group: &str) -> Option<Stated> {
        self.figure_at(captures.name(group)?.start())
    }

    /// The figure that begins at a place of the shape.
    pub(super) fn figure_at(&self, at: usize) -> Option<Stated> {
        let token = &self.tokens[self.tokens.binary_search_by_key(&at, |token| token.at).ok()?];
        let span = self.run.span(token.range.clone());
        Some(Stated { figure: token.figure?, span, roughly: token.roughly, at })
    }

    /// The words that stand at a place of the shape, as written, and where; nothing if no token begins there.
    pub(super) fn written(&self, at: usize) -> Option<(&'r str, Span)> {
        let token = &self.tokens[self.tokens.binary_search_by_key(&at, |token| token.at).ok()?];
        Some((self.run.text.get(token.range.clone())?, self.run.span(token.range.clone())))
    }

    /// The sentences, as places of the shape.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut sentences = Vec::new();
        for token in self.tokens.iter().filter(|token| self.text[token.at..].starts_with('.')) {
            sentences.push(start..token.at);
            start = token.at + 1;
        }
        sentences.push(start..self.text.len());
        sentences
    }

    /// The numbers before a place of the shape, the nearest first and not too many, back to the beginning of the sentence that
    /// is `sentences` before its own.
    pub(super) fn numbers_before(&self, at: usize, sentences: usize) -> Vec<Stated> {
        let mut left = sentences;
        let mut numbers = Vec::new();
        let upto = self.tokens.partition_point(|token| token.at < at);
        for token in self.tokens[..upto].iter().rev() {
            match self.text.as_bytes().get(token.at) {
                Some(b'.') if left == 0 => break,
                Some(b'.') => left -= 1,
                Some(b'N') => numbers.extend(self.figure_at(token.at)),
                _ => {}
            }
            if numbers.len() == MOST_NUMBERS {
                break;
            }
        }
        numbers
    }
}

/// What a number is: a count, a sum of money, a period, or something that is not counted.
fn number(piece: &str, last: &str, next: &str) -> (&'static str, Option<Printed>) {
    let next = next.to_lowercase();
    let is_year = piece.len() == 4
        && (piece.starts_with("19") || piece.starts_with("20"))
        && piece.bytes().all(|b| b.is_ascii_digit());
    let figure = Printed::read(piece);
    let is_name = NAMED.contains(&last) || month_named(last).is_some() || is_time(&next);
    match figure {
        Some(figure) if figure.money => ("M", Some(figure)),
        _ if is_year && last != "n=" || is_double_year(piece) || matches!(last, "quarter" | "quarters" | "q") => {
            ("Y", None)
        }
        Some(figure) if !is_name => ("N", Some(figure)),
        _ => ("X", None),
    }
}

/// Whether the words before a figure say that it is not meant exactly. "To" and "than" do so after some words only.
fn is_roughly(before: &str, last: &str) -> bool {
    match last {
        "to" => matches!(before, "up" | "close" | "next"),
        "than" => matches!(before, "more" | "less" | "fewer" | "higher" | "lower" | "greater" | "rather"),
        "least" | "most" => before == "at",
        _ => ROUGHLY.contains(&last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Prose;
    use crate::text::{Source, SourceId};
    use proptest::prelude::*;

    fn shape(text: &str) -> String {
        let source = Source::new("a.md", text);
        let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &[]);
        prose.body().map(|run| Shape::of(run).text).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn words_stay_and_figures_are_letters() {
        for (text, expected) in [
            ("Of 79 referrals, 52 (55%) engaged.", "of N referrals , N ( P ) engaged ."),
            ("In 2014/15 there were **1,186**; in quarter 4 just 8.", "in Y there were N ; in quarter Y just N ."),
            ("The investment is £147,500 a year.", "the investment is M a year ."),
            ("It fell by 17, or −13 per cent", "it fell by N , or P"),
            ("up 29% (n=48 in 2015/16, n = 115 in 2014/15)", "up P ( n= N in Y , n = N in Y )"),
            ("34/129 on 12 July at 10.05am, aged 13–15, see Table 2", "N / N on X july at X , aged X , see table X"),
            ("Fifteen began, two years ago; over 80%+ left", "N began , two years ago ; over X left"),
        ] {
            assert_eq!(shape(text).replace("n = N", "n= N"), expected.replace("n = N", "n= N"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_and_every_figure_stands_where_it_says(text in "(of |[0-9]{1,4}|,|\\.|%| |£|−|-|\\+|n=|n|N|per cent|two |\\(|\\)|é|/|\n){0,40}") {
            let source = Source::new("a.md", text);
            let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &[]);
            for run in prose.body() {
                let shape = Shape::of(run);
                for (at, _) in shape.text.match_indices(['N', 'M', 'P']) {
                    let stated = shape.figure_at(at).expect("a figure");
                    let written = source.text.get(stated.span.range()).expect("a place");
                    prop_assert!(written.contains(|c: char| c.is_ascii_digit()) || written == "two", "{}", written);
                }
            }
        }
    }
}
