//! Patterns of words, for rules about what is written.

use regex::Regex;

/// A pattern that is part of the program.
pub(super) fn pattern(text: &str) -> Regex {
    #[allow(clippy::expect_used)] // A constant, which the tests of its rule use.
    Regex::new(text).expect("a pattern that can be read")
}

/// The word right before a place in a text, without marks that stand between.
pub(super) fn word_before(text: &str, at: usize) -> &str {
    let before = text[..at].trim_end();
    before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

/// Up to so many bytes of a text right before a place.
pub(super) fn stretch_before(text: &str, at: usize, bytes: usize) -> &str {
    let mut start = at.saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}
