//! `{#name .class}` at the end of a paragraph or a caption.

use super::Inline;
use super::builder::Builder;
use crate::finding::{Finding, codes, did_you_mean};
use crate::text::Span;

/// What stands between braces at the end of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    pub(super) name: Option<String>,
    pub(super) classes: Vec<String>,
}

/// Takes the attributes off the end of a run of text, if there are any.
pub(super) fn take(content: &mut Vec<Inline>) -> Attributes {
    let Some(Inline::Text(text)) = content.last_mut() else { return Attributes::default() };
    let Some((kept, attributes)) = split(text) else { return Attributes::default() };
    let kept = kept.len();
    text.truncate(kept);
    if text.is_empty() {
        content.pop();
    }
    attributes
}

/// The marks of a heading and of a paragraph. One that nobody knows is an error, because whoever writes `.privat` thinks
/// that what stands there is kept back.
impl Builder<'_> {
    /// Checks the marks of a heading.
    pub(super) fn heading_marks(
        &mut self,
        is_minute: bool,
        classes: &[String],
        attributes: &[(String, String)],
        span: Span,
    ) {
        let classes = classes.iter().map(|class| format!(".{class}"));
        let marks: Vec<String> = classes.chain(attributes.iter().map(|(key, _)| key.clone())).collect();
        for (index, mark) in marks.iter().enumerate() {
            match mark.as_str() {
                ".unnumbered" | ".same-level" => {}
                "item" if is_minute && marks[..index].contains(mark) => {
                    let message = "this minute answers two items of the agenda";
                    let help = "give each item a minute of its own, or name the one that the minute is about";
                    self.findings.push(Finding::error(codes::DUPLICATE_KEY, span, message).help(help));
                }
                ".private" | "item" if is_minute => {}
                "number" if is_minute => self.number_given(attributes, span),
                ".private" => self.nothing_to_be_private(span),
                "item" => {
                    let message = "only the heading of a minute, with two `#` and a number, answers an item";
                    self.findings.push(Finding::error(codes::WRONG_VALUE, span, message).help("remove `item=`"));
                }
                "number" => {
                    let message = "only the heading of a minute, with two `#`, can be given a number";
                    let help = "remove `number=`: sections number themselves";
                    self.findings.push(Finding::error(codes::WRONG_VALUE, span, message).help(help));
                }
                _ => self.unknown_mark(mark, &[".private", "item", "number", ".unnumbered", ".same-level"], span),
            }
        }
    }

    /// A number that cannot be read would leave the minute with another one.
    fn number_given(&mut self, attributes: &[(String, String)], span: Span) {
        for (_, value) in attributes.iter().filter(|(key, value)| key == "number" && value.parse::<u32>().is_err()) {
            let message = format!("expected the number of a minute, found `{value}`");
            let help = "write `{number=57}`, with a whole number";
            self.findings.push(Finding::error(codes::WRONG_VALUE, span, message).help(help));
        }
    }

    /// Checks the marks of a paragraph; of `.private` the text itself has told.
    pub(super) fn paragraph_marks(&mut self, attributes: &Attributes, span: Span) {
        for class in attributes.classes.iter().filter(|class| !matches!(class.as_str(), "unnumbered" | "private")) {
            self.unknown_mark(&format!(".{class}"), &[".unnumbered"], span);
        }
    }

    /// Reports `.private` where it cannot keep anything back.
    pub(super) fn nothing_to_be_private(&mut self, span: Span) {
        let message = "only a whole minute can be private, by its heading with two `#` and a number";
        self.findings.push(
            Finding::error(codes::WRONG_VALUE, span, message).help(
                "make it a minute of its own; in other papers, put what is private into an appendix with `exempt`",
            ),
        );
    }

    fn unknown_mark(&mut self, mark: &str, known: &[&str], span: Span) {
        let help = did_you_mean(mark, known.iter().copied())
            .unwrap_or_else(|| format!("what may stand here: `{}`", known.join("`, `")));
        let message = format!("nobody knows the mark `{mark}` here");
        self.findings.push(Finding::error(codes::UNKNOWN_KEY, span, message).help(help));
    }
}

/// Splits `words {#name .class}`; nothing if what stands in braces is not attributes.
fn split(text: &str) -> Option<(&str, Attributes)> {
    let inner = text.trim_end().strip_suffix('}')?;
    let (before, inner) = inner.rsplit_once('{')?;
    let mut attributes = Attributes::default();
    let mut any = false;
    for word in inner.split_whitespace() {
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if let Some(name) = word.strip_prefix('#').filter(|name| is_name(name)) {
            attributes.name = Some(name.to_owned());
        } else if let Some(class) = word.strip_prefix('.').filter(|class| is_name(class)) {
            attributes.classes.push(class.to_owned());
        } else {
            return None;
        }
        any = true;
    }
    any.then(|| (before.trim_end(), attributes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_taken_and_other_braces_are_left() {
        let (kept, attributes) = split("A sum. {#funding .unnumbered}").expect("attributes");
        assert_eq!(kept, "A sum.");
        assert_eq!(attributes.name.as_deref(), Some("funding"));
        assert_eq!(attributes.classes, ["unnumbered"]);
        for text in ["A set {a, b}", "{}", "no braces", "open {#name", "{#na me}"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
