//! Words that stand twice.

use std::sync::LazyLock;

use regex::Regex;

use crate::rules::pattern::pattern;
use crate::rules::{Found, PaperInHand};

/// Words that never stand twice in a row on purpose; `that`, `had`, `is` and `in` may.
const NEVER_TWICE: [&str; 15] =
    ["an", "and", "are", "be", "by", "for", "from", "of", "or", "our", "the", "their", "to", "were", "with"];

static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z]+"));

/// No small word stands twice in a row.
pub(super) fn doubled(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    let file = &paper.context.source(paper.paper).text;
    for run in paper.prose.body() {
        let mut last: Option<regex::Match<'_>> = None;
        for word in WORDS.find_iter(&run.text) {
            if let Some(before) = last
                && before.as_str().eq_ignore_ascii_case(word.as_str())
                && NEVER_TWICE.contains(&word.as_str())
            {
                // In the file too nothing stands between: a reference would be a blank in the run.
                let place = run.span(before.start()..word.end());
                let between = run.span(before.end()..word.start()).range();
                if file
                    .get(between)
                    .is_some_and(|between| between.chars().all(char::is_whitespace) && !between.is_empty())
                {
                    found.at(place, format!("“{}” stands twice here", word.as_str())).help("take one of the two away");
                }
            }
            last = Some(word);
        }
    }
}
