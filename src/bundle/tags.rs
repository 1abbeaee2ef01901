//! The tags of a page: where each stands, and where its attributes do. Everything else stays as it is, to the byte.
//!
//! The rules are those of the tokenizer of the HTML standard (§13.2.5), as far as they say what is a tag: what looks like one
//! in a comment, in an attribute or within a script is none.

use std::ops::Range;

/// Elements whose content holds no tags but the one that ends them.
const PLAIN: [&str; 8] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// A tag that opens an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StartTag {
    /// The element, in small letters.
    pub(super) name: String,
    /// From `<` to behind `>`.
    pub(super) range: Range<usize>,
    /// Its attributes in their order.
    pub(super) attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name, in small letters.
    pub(super) name: String,
    /// From the first letter of its name to behind its value and the quote that ends it.
    pub(super) range: Range<usize>,
    /// Its value as it is written, without quotes.
    pub(super) value: Range<usize>,
}

/// All tags of a page that open an element.
pub(super) fn start_tags(html: &str) -> Vec<StartTag> {
    let mut tags = Vec::new();
    let mut scanner = Scanner { html: html.as_bytes(), at: 0 };
    while let Some(start) = scanner.find(b'<') {
        scanner.at = start + 1;
        match scanner.here() {
            Some(b'!') => scanner.declaration(),
            Some(b'?') => scanner.skip_behind(b'>'),
            Some(b'/') => {
                scanner.at += 1;
                match scanner.here() {
                    // A page may end within a tag.
                    Some(letter) if letter.is_ascii_alphabetic() && scanner.tag(html, start).is_some() => {}
                    Some(letter) if letter.is_ascii_alphabetic() => break,
                    Some(_) => scanner.skip_behind(b'>'),
                    None => {}
                }
            }
            Some(letter) if letter.is_ascii_alphabetic() => {
                let Some(tag) = scanner.tag(html, start) else { break };
                if PLAIN.contains(&tag.name.as_str()) {
                    scanner.skip_plain(&tag.name);
                }
                tags.push(tag);
            }
            _ => {}
        }
    }
    tags
}

struct Scanner<'h> {
    html: &'h [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

impl Scanner<'_> {
    fn here(&self) -> Option<u8> {
        self.html.get(self.at).copied()
    }

    fn find(&self, byte: u8) -> Option<usize> {
        self.html[self.at..].iter().position(|other| *other == byte).map(|index| self.at + index)
    }

    fn skip_behind(&mut self, byte: u8) {
        self.at = self.find(byte).map_or(self.html.len(), |index| index + 1);
    }

    fn skip_while(&mut self, fits: impl Fn(u8) -> bool) {
        while self.here().is_some_and(&fits) {
            self.at += 1;
        }
    }

    /// Goes behind a comment or a declaration; stands on its `!`.
    fn declaration(&mut self) {
        if !self.html[self.at..].starts_with(b"!--") {
            return self.skip_behind(b'>');
        }
        self.at += 3;
        // `<!-->` and `<!--->` are comments, too.
        let rest = &self.html[self.at..];
        if let Some(length) = [&b">"[..], b"->"].iter().find(|end| rest.starts_with(end)).map(|end| end.len()) {
            self.at += length;
            return;
        }
        let ends: [&[u8]; 2] = [b"-->", b"--!>"];
        while self.at < self.html.len() {
            let rest = &self.html[self.at..];
            if let Some(end) = ends.iter().find(|end| rest.starts_with(end)) {
                self.at += end.len();
                return;
            }
            self.at += 1;
        }
    }

    /// Reads a tag from the first letter of its name; nothing if the page ends within it.
    fn tag(&mut self, html: &str, start: usize) -> Option<StartTag> {
        let name = self.at;
        self.skip_while(|byte| !is_space(byte) && byte != b'/' && byte != b'>');
        let name = html[name..self.at].to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.skip_while(|byte| is_space(byte) || byte == b'/');
            if self.here()? == b'>' {
                self.at += 1;
                return Some(StartTag { name, range: start..self.at, attributes });
            }
            attributes.push(self.attribute(html)?);
        }
    }

    fn attribute(&mut self, html: &str) -> Option<Attribute> {
        let start = self.at;
        // A name may begin with `=`, and not go on with it.
        self.at += 1;
        self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = html[start..self.at].to_ascii_lowercase();
        let end = self.at;
        self.skip_while(is_space);
        if self.here()? != b'=' {
            // It has no value; what follows is the next.
            return Some(Attribute { name, range: start..end, value: end..end });
        }
        self.at += 1;
        self.skip_while(is_space);
        let value = match self.here()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let value = self.at..self.find(quote)?;
                self.at = value.end + 1;
                value
            }
            _ => {
                let value = self.at;
                self.skip_while(|byte| !is_space(byte) && byte != b'>');
                value..self.at
            }
        };
        Some(Attribute { name, range: start..self.at, value })
    }

    /// Goes to the tag that ends an element which holds no others.
    fn skip_plain(&mut self, name: &str) {
        while let Some(start) = self.find(b'<') {
            self.at = start;
            let rest = &self.html[start + 1..];
            let ends = rest.first() == Some(&b'/')
                && rest.get(1..=name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name.as_bytes()))
                && rest.get(1 + name.len()).is_none_or(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'));
            if ends {
                return;
            }
            self.at += 1;
        }
        self.at = self.html.len();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use html5ever::buffer_queue::BufferQueue;
    use html5ever::tendril::StrTendril;
    use html5ever::tokenizer::states::RawKind;
    use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
    use proptest::prelude::*;

    use super::*;

    /// Tags by name, with the names and values of their attributes.
    type Found = Vec<(String, Vec<(String, String)>)>;

    /// What the reference implementation takes for tags.
    #[derive(Default)]
    struct Reference {
        tags: RefCell<Found>,
        ended: Cell<bool>,
    }

    impl TokenSink for Reference {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
            if tag.kind == TagKind::EndTag {
                return TokenSinkResult::Continue;
            }
            let name = tag.name.to_string();
            let raw = PLAIN.contains(&name.as_str());
            let attributes =
                tag.attrs.iter().map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()));
            self.tags.borrow_mut().push((name, attributes.collect()));
            if raw { TokenSinkResult::RawData(RawKind::Rawtext) } else { TokenSinkResult::Continue }
        }

        fn end(&self) {
            self.ended.set(true);
        }
    }

    fn reference(html: &str) -> Found {
        let tokenizer = Tokenizer::new(Reference::default(), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        assert!(tokenizer.sink.ended.get());
        tokenizer.sink.tags.take()
    }

    fn ours(html: &str) -> Found {
        let tags = start_tags(html).into_iter().map(|tag| {
            assert!(html[tag.range.clone()].starts_with('<') && html[tag.range.clone()].ends_with('>'));
            let mut attributes: Vec<(String, String)> = Vec::new();
            for attribute in tag.attributes {
                // Of two with one name the standard keeps the first.
                if attributes.iter().all(|(name, _)| *name != attribute.name) {
                    attributes.push((attribute.name, html[attribute.value].to_owned()));
                }
            }
            (tag.name, attributes)
        });
        tags.collect()
    }

    #[test]
    fn nasty_text_is_no_tag() {
        let html = "<p title='a > b <a href=\"x\">'>href=\"y\" &lt;a href=z> <!-- <a href=c> --><a/HREF = q data-x>…</a \
                    href=\"no\"><title><a href=t></title><br/><a href=\"é'>\" href=2>< a href=3></ a href=4><?a href=5>";
        let found = ours(html);
        assert_eq!(found, reference(html));
        let hrefs: Vec<&str> = found
            .iter()
            .flat_map(|(_, of)| of)
            .filter(|(name, _)| name == "href")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(hrefs, ["q", "é'>"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn tags_are_those_of_the_reference(
            // Pieces of what matters to a tokenizer; no references to characters, which are none of its tags' business.
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("<"), Just(">"), Just("</"), Just("/"), Just("="), Just("\""), Just("'"), Just(" "), Just("\n"),
                    Just("a"), Just("B"), Just("href"), Just("<a "), Just("<!--"), Just("-->"), Just("--!>"), Just("-"),
                    Just("!"), Just("?"), Just("<title>"), Just("</title>"), Just("<style"), Just("</style "), Just("é"),
                    Just("<!DOCTYPE"), Just("href=\"x\""), Just("t\u{c}u"),
                ],
                0..24,
            )
        ) {
            let html = pieces.concat();
            prop_assert_eq!(ours(&html), reference(&html));
        }
    }
}
