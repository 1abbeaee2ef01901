//! Words that stand twice.

use std::ops::Range;

use crate::rules::{Found, PaperInHand};

/// Words that never stand twice in a row on purpose; `that`, `had`, `is` and `in` may.
const NEVER_TWICE: [&str; 15] =
    ["an", "and", "are", "be", "by", "for", "from", "of", "or", "our", "the", "their", "to", "were", "with"];

/// No small word stands twice in a row.
pub(super) fn doubled(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    let file = &paper.context.source(paper.paper).text;
    for run in paper.prose.body() {
        let mut last = 0..0;
        for word in words(&run.text) {
            let (before, own) = (&run.text[last.clone()], &run.text[word.clone()]);
            if before.len() == own.len() && before.eq_ignore_ascii_case(own) && NEVER_TWICE.contains(&own) {
                // In the file too nothing stands between: a reference would be a blank in the run.
                let between = run.span(last.end..word.start).range();
                let is_blank = |between: &str| !between.is_empty() && between.chars().all(char::is_whitespace);
                if file.get(between).is_some_and(is_blank) {
                    found
                        .at(run.span(last.start..word.end), format!("“{own}” stands twice here"))
                        .help("take one of the two away");
                }
            }
            last = word;
        }
    }
}

/// Where the words of a text stand, as far as they are letters from A to Z: those that are looked for are.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_alphabetic)?;
        let rest = &bytes[start..];
        at = start + rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        Some(start..at)
    })
}
