//! `{#name .class}` at the end of a paragraph or a caption.

use super::Inline;

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
