//! Citations in words: `Appendix 9`, `Appendices 4 to 7`, `paragraph 4.2`, `Tables 1, 2 and 3`, `minutes 52–58`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::rules::pattern::{pattern, stretch_before, word_before};

/// What is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cited {
    Appendix,
    /// A paragraph or a section.
    Paragraph,
    Table,
    Figure,
    Minute,
}

/// One number that is cited, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    /// As it is compared: `9`, `A`, `4.2`.
    pub(super) number: String,
    /// Where it stands, with the word before it.
    pub(super) range: Range<usize>,
}

/// What a citation begins with; `many` is there if a list may follow.
struct Shape {
    opening: Regex,
    /// A number of its kind.
    number: Regex,
}

static APPENDIX: LazyLock<Shape> = LazyLock::new(|| Shape {
    opening: pattern(r"\b(?i:append(?:ix|(?P<many>ices)))\s+"),
    number: pattern(r"^(?:[0-9]{1,2}[A-Za-z]?|[A-Z])(?:\([a-z0-9]\))?"),
});

static PARAGRAPH: LazyLock<Shape> = LazyLock::new(|| Shape {
    opening: pattern(r"\b(?i:para(?:graph)?|section)(?P<many>s)?\.?\s+"),
    number: pattern(r"^[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}"),
});

static TABLE: LazyLock<Shape> =
    LazyLock::new(|| Shape { opening: pattern(r"\bTable(?P<many>s)?\s+"), number: pattern("^[0-9]{1,2}") });

static FIGURE: LazyLock<Shape> =
    LazyLock::new(|| Shape { opening: pattern(r"\b(?:Figure(?P<many>s)?|Fig\.)\s+"), number: pattern("^[0-9]{1,2}") });

static MINUTE: LazyLock<Shape> = LazyLock::new(|| Shape {
    opening: pattern(r"\b[Mm]inute(?P<many>s)?\s+(?:[Nn](?:os?\.?|umbers?)\s+)?"),
    number: pattern("^[0-9]{1,4}"),
});

/// What stands between two numbers of a list; `through` if all between are meant.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+|\s*&\s*|(?P<through>\s+(?:to|through)\s+|\s*[–—-]\s*))")
});

/// Words after a citation that say whose it is: of another work, unless it is `this` one.
static WHOSE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*\(?\s*(?:of|to|in|from|under|on|at)\s+(?P<own>(?:this|the\s+present)\s)?"));

impl Cited {
    fn shape(self) -> &'static Shape {
        match self {
            Self::Appendix => &APPENDIX,
            Self::Paragraph => &PARAGRAPH,
            Self::Table => &TABLE,
            Self::Figure => &FIGURE,
            Self::Minute => &MINUTE,
        }
    }

    /// Its citations in a text, where they mean what belongs to the text itself: none of "Appendix 2 of the 2014 plan".
    pub(super) fn citations(self, text: &str) -> Vec<Citation> {
        let Shape { opening, number } = self.shape();
        let mut citations = Vec::new();
        for found in opening.captures_iter(text) {
            let Some(word) = found.get(0) else { continue };
            let mut list = List { citations: Vec::new(), at: word.end(), start: word.start() };
            if !list.take(text, number, false) {
                continue;
            }
            while found.name("many").is_some() {
                let Some(between) = BETWEEN.captures(&text[list.at..]) else { break };
                let before = list.at;
                list.at += between.get(0).map_or(0, |whole| whole.end());
                list.start = list.at;
                if !list.take(text, number, between.name("through").is_some()) {
                    list.at = before;
                    break;
                }
            }
            if !Self::is_of_another(text, word.start(), list.at) {
                citations.append(&mut list.citations);
            }
        }
        citations
    }

    /// Whether what stands from `start` to `end` belongs to another work.
    fn is_of_another(text: &str, start: usize, end: usize) -> bool {
        let after = WHOSE.captures(&text[end..]).is_some_and(|whose| whose.name("own").is_none());
        let before = stretch_before(text, start, 40);
        let is_owned = before.trim_end().ends_with("'s") || before.trim_end().ends_with("’s");
        after || is_owned
    }
}

/// A list of numbers as far as it has been read.
struct List {
    citations: Vec<Citation>,
    /// Where reading goes on.
    at: usize,
    /// Where the number that is read next begins, with the word before the first.
    start: usize,
}

impl List {
    /// Takes a number, and with `through` those between it and the last; false if there is none.
    fn take(&mut self, text: &str, pattern: &Regex, through: bool) -> bool {
        let Some(found) = pattern.find(&text[self.at..]) else { return false };
        let end = self.at + found.end();
        if goes_on(&text[end..]) {
            return false;
        }
        let number = found.as_str().to_uppercase();
        let range = self.start..end;
        if through
            && let Some(Ok(first)) = self.citations.last().map(|last| last.number.parse::<u32>())
            && let Ok(last) = number.parse::<u32>()
        {
            // A range of more than this is a slip or a trick.
            let between = first.saturating_add(1)..last.min(first.saturating_add(60));
            let citation = |number: u32| Citation { number: number.to_string(), range: range.clone() };
            self.citations.extend(between.map(citation));
        }
        self.citations.push(Citation { number, range });
        self.at = end;
        true
    }
}

/// Whether a figure goes on, so that it is part of something else: a decimal, a share, a year.
fn goes_on(rest: &str) -> bool {
    let mut rest = rest.chars();
    match (rest.next(), rest.next()) {
        (Some('%' | '/' | '_'), _) => true,
        (Some('.' | ',' | ':'), Some(next)) => next.is_ascii_digit(),
        (Some(next), _) => next.is_alphanumeric(),
        _ => false,
    }
}

/// Whether the word before `at` is a figure or a number word, so that "minutes 3" follows "ten".
pub(super) fn follows_number(text: &str, at: usize) -> bool {
    const NUMBERS: [&str; 14] = [
        "few", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "fifteen", "twenty", "thirty",
        "several",
    ];
    let word = word_before(text, at).to_lowercase();
    word.parse::<u32>().is_ok() || NUMBERS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(cited: Cited, text: &str) -> Vec<String> {
        cited.citations(text).into_iter().map(|citation| citation.number).collect()
    }

    #[test]
    fn numbers_are_read_alone_in_lists_and_in_ranges() {
        assert_eq!(numbers(Cited::Appendix, "see Appendix 9."), ["9"]);
        assert_eq!(numbers(Cited::Appendix, "in Appendices 4 to 7"), ["4", "5", "6", "7"]);
        assert_eq!(numbers(Cited::Appendix, "(appendices A, B and C)"), ["A", "B", "C"]);
        assert_eq!(numbers(Cited::Appendix, "Appendix 2a"), ["2A"]);
        assert_eq!(numbers(Cited::Appendix, "Appendix 1, 20 people"), ["1"]);
        assert_eq!(numbers(Cited::Appendix, "Appendix 1 to this report"), ["1"]);
        assert_eq!(numbers(Cited::Paragraph, "paragraphs 4.2 and 4.3.1"), ["4.2", "4.3.1"]);
        assert_eq!(numbers(Cited::Table, "Tables 1, 2 and 3 show"), ["1", "2", "3"]);
        assert_eq!(numbers(Cited::Figure, "(Fig. 6)"), ["6"]);
        assert_eq!(numbers(Cited::Minute, "minutes 52–54"), ["52", "53", "54"]);
        assert_eq!(numbers(Cited::Minute, "Minute No. 55"), ["55"]);
    }

    #[test]
    fn what_belongs_to_other_works_or_is_no_number_is_left_alone() {
        for text in [
            "Appendix 2 of the 2014 plan",
            "Appendix 2 to the Constitution",
            "the plan's Appendix 2",
            "an appendix a reader needs",
            "Appendix 10%",
            "Appendix Ten",
        ] {
            assert_eq!(numbers(Cited::Appendix, text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(numbers(Cited::Paragraph, "section 115 and paragraph 4"), Vec::<String>::new());
        assert_eq!(numbers(Cited::Paragraph, "paragraph 4.2 of the Code"), Vec::<String>::new());
        assert_eq!(numbers(Cited::Table, "to table 3 motions; Table 3.2; Table 3 in the census"), Vec::<String>::new());
        for text in ["minutes of 17/02", "a 15 minute walk", "minute 55/22", "minute 3 of Cabinet", "minutes 2.5"] {
            assert_eq!(numbers(Cited::Minute, text), Vec::<String>::new(), "{text}");
        }
        assert!(follows_number("after 10 minutes 3 came", 9) && follows_number("ten minutes 3 came", 4));
        assert!(!follows_number("see minutes 3", 4));
    }

    proptest! {
        /// Whatever is written, what is found stands in the text.
        #[test]
        fn citations_stand_in_the_text(text in "(Appendix|Appendices|Table|minutes|section| |1|4\\.2|, |–| to | and |é|\\(|A){0,20}") {
            for cited in [Cited::Appendix, Cited::Paragraph, Cited::Table, Cited::Figure, Cited::Minute] {
                for citation in cited.citations(&text) {
                    prop_assert!(text.get(citation.range).is_some());
                }
            }
        }
    }
}
