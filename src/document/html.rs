//! HTML that stands in the text: a few harmless elements are kept, everything else is dropped.
//!
//! The cleaning is `ammonia`'s, with an allow-list; this module only knows which of a paper's elements open, close or
//! stand alone, so that an element within a line can hold Markdown.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

const ELEMENTS: [&str; 27] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "dfn",
    "dl",
    "dt",
    "em",
    "hr",
    "i",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "strong",
    "sub",
    "sup",
    "ul",
];

/// Elements that may hold a run of Markdown within a line.
const WITHIN_A_LINE: [&str; 16] =
    ["abbr", "b", "br", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "strong", "sub", "sup"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("abbr", HashSet::from(["title"]))]))
        .generic_attributes(HashSet::from(["lang"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(None);
    cleaner
});

/// A whole block of HTML, cleaned.
pub(super) struct CleanBlock {
    pub(super) html: String,
    /// Whether something was dropped.
    pub(super) dropped: bool,
}

/// Cleans a block of HTML.
pub(super) fn block(html: &str) -> CleanBlock {
    let clean = CLEANER.clean(html).to_string();
    CleanBlock { dropped: tags(html) != tags(&clean), html: clean.trim().to_owned() }
}

/// How many tags open in a piece of HTML: enough to tell whether cleaning dropped one.
fn tags(html: &str) -> usize {
    html.as_bytes()
        .windows(2)
        .filter(|pair| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || pair[1] == b'!'))
        .count()
}

/// One tag within a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Opens an allowed element.
    Open { name: String, html: String },
    /// An allowed element that holds nothing.
    Alone { name: String, html: String },
    /// Closes an element.
    Close { name: String },
    /// A comment: nobody misses it.
    Comment,
    /// Anything else.
    Refused,
}

/// What a tag within a line is.
pub(super) fn tag(html: &str) -> Tag {
    if html.starts_with("<!--") {
        return Tag::Comment;
    }
    let name: String = html
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    if !WITHIN_A_LINE.contains(&name.as_str()) {
        return Tag::Refused;
    }
    if html.starts_with("</") {
        return Tag::Close { name };
    }
    let clean = CLEANER.clean(html).to_string();
    match clean.strip_suffix(&format!("</{name}>")) {
        Some(open) if open.starts_with(&format!("<{name}")) => Tag::Open { name, html: open.to_owned() },
        None if name == "br" => Tag::Alone { name, html: "<br>".to_owned() },
        _ => Tag::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_tags_pass_and_attributes_that_act_do_not() {
        assert_eq!(tag("<sup>"), Tag::Open { name: "sup".into(), html: "<sup>".into() });
        assert_eq!(
            tag("<abbr title=\"x\" onclick=\"steal()\">"),
            Tag::Open { name: "abbr".into(), html: "<abbr title=\"x\">".into() }
        );
        assert_eq!(tag("<br/>"), Tag::Alone { name: "br".into(), html: "<br>".into() });
        for refused in
            ["<script>", "<img src=x onerror=y>", "<iframe>", "<style>", "<svg>", "<span>", "<a href='javascript:x'>"]
        {
            assert_eq!(tag(refused), Tag::Refused, "{refused}");
        }
    }

    #[test]
    fn a_block_loses_what_acts() {
        let clean = block("<p onclick='x'>Hello <script>steal()</script><a href='javascript:x'>there</a></p>");
        assert_eq!(clean.html, "<p>Hello <a>there</a></p>");
        assert!(clean.dropped);
        assert!(!block("<p>Hello</p>").dropped);
    }
}
