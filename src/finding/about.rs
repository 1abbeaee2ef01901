//! What is to be said of a kind of finding, whoever finds it: what other programs are told of a rule.

use super::{Code, Severity};

/// A kind of finding, as other programs are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The code that its findings carry.
    pub code: Code,
    /// Its name in words joined by hyphens.
    pub name: &'static str,
    /// What the family of its code is about.
    pub family: &'static str,
    /// How much it matters unless the authority says otherwise; nothing if it is off.
    pub severity: Option<Severity>,
    /// One sentence on what it means.
    pub short: String,
    /// What it means, and why it matters.
    pub full: String,
    /// Why, whence and how to put it right, in plain words.
    pub help: String,
    /// The same with examples, in Markdown.
    pub help_in_markdown: String,
}

/// A message as a sentence: with a capital at its start and a full stop, for those who show it without a place before it.
pub(crate) fn sentence(message: &str) -> String {
    let mut letters = message.trim().chars();
    let mut sentence: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    sentence.push_str(letters.as_str());
    if !sentence.is_empty() && !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("the key `title` is missing"), "The key `title` is missing.");
        assert_eq!(sentence("did you mean `title`?"), "Did you mean `title`?");
        assert_eq!(sentence("`tiem` is unknown"), "`tiem` is unknown.");
        assert_eq!(sentence(" "), "");
    }
}
