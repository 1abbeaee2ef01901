//! The text of a Typst program, and which Markdown each piece of it comes from.
//!
//! What officers wrote enters a program in one way only: as a string literal, in which nothing but quote and backslash
//! has a meaning. So no paper can hold code, name a file, or call a function.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::typefaces;
use crate::text::Span;

/// A Typst program that is being written.
#[derive(Debug, Default)]
pub(super) struct Markup {
    text: String,
    /// From which byte on the program stems from which place, in order.
    places: Vec<(usize, Span)>,
    /// Characters that no typeface has, and where each stood first.
    missing: BTreeMap<char, Option<Span>>,
}

impl Markup {
    /// Code of our own.
    pub(super) fn code(&mut self, code: &str) {
        self.text.push_str(code);
    }

    /// Words, as a string.
    pub(super) fn string(&mut self, words: &str) {
        self.text.push('"');
        for letter in words.chars() {
            match letter {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' | '\t' => self.text.push(' '),
                letter if letter.is_control() => {}
                letter => {
                    let shown = self.shown(letter);
                    self.text.push(shown);
                }
            }
        }
        self.text.push('"');
    }

    /// Words within content.
    pub(super) fn words(&mut self, words: &str) {
        if !words.is_empty() {
            self.text.push('#');
            self.string(words);
            self.text.push(';');
        }
    }

    /// Lines as they stand, as a string.
    pub(super) fn lines(&mut self, lines: &str) {
        self.text.push('"');
        for (index, line) in lines.lines().enumerate() {
            if index > 0 {
                self.text.push_str("\\n");
            }
            let quoted_from = self.text.len();
            self.string(line);
            self.text.remove(quoted_from);
            self.text.pop();
        }
        self.text.push('"');
    }

    /// A label: `label("p3:para-4-1")`.
    pub(super) fn label(&mut self, label: &str) {
        self.text.push_str("label(");
        self.string(label);
        self.text.push(')');
    }

    /// A number.
    pub(super) fn number(&mut self, number: impl std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{number}");
    }

    /// `true` or `false`.
    pub(super) fn truth(&mut self, truth: bool) {
        self.text.push_str(if truth { "true" } else { "false" });
    }

    /// What follows stems from there.
    pub(super) fn at(&mut self, span: Span) {
        self.places.push((self.text.len(), span));
    }

    /// Where what is written last stems from.
    pub(super) fn place(&self) -> Option<Span> {
        self.places.last().map(|(_, span)| *span)
    }

    /// What stands for a letter: itself, or a sign that something is missing.
    fn shown(&mut self, letter: char) -> char {
        let place = self.place();
        self.shown_at(letter, place)
    }

    fn shown_at(&mut self, letter: char, place: Option<Span>) -> char {
        if letter.is_ascii() || typefaces::have(letter) {
            return letter;
        }
        self.missing.entry(letter).or_insert(place);
        typefaces::MISSING
    }

    /// JSON in which no character is left that no typeface has.
    pub(super) fn data(&mut self, json: &str, place: Option<Span>) -> String {
        json.chars().map(|letter| self.shown_at(letter, place)).collect()
    }

    /// The program, where its pieces come from, and the characters that no typeface has.
    pub(super) fn finish(self) -> Program {
        Program { text: self.text, places: Places(self.places), missing: self.missing }
    }
}

/// A finished program.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// The program.
    pub(super) text: String,
    /// Where its pieces come from.
    pub(super) places: Places,
    /// Characters that no typeface has, and where each stood first.
    pub(super) missing: BTreeMap<char, Option<Span>>,
}

/// Where the pieces of a program come from.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<(usize, Span)>);

impl Places {
    /// The place that a byte of the program stems from.
    pub(super) fn of(&self, byte: usize) -> Option<Span> {
        let next = self.0.partition_point(|(from, _)| *from <= byte);
        self.0.get(next.checked_sub(1)?).map(|(_, span)| *span)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use typst::syntax::{SyntaxKind, SyntaxNode, parse};

    use super::*;
    use crate::text::SourceId;

    fn kinds(node: &SyntaxNode, out: &mut Vec<SyntaxKind>) {
        out.push(node.kind());
        node.children().for_each(|child| kinds(child, out));
    }

    #[test]
    fn the_place_of_a_byte_is_the_last_one_said_before_it() {
        let mut markup = Markup::default();
        markup.code("#import \"x\"");
        markup.at(Span::new(SourceId(0), 5..6));
        markup.words("one");
        let second = markup.text.len();
        markup.at(Span::new(SourceId(0), 9..12));
        markup.words("two");
        let program = markup.finish();
        assert_eq!(program.places.of(0), None);
        assert_eq!(program.places.of(second - 1), Some(Span::new(SourceId(0), 5..6)));
        assert_eq!(program.places.of(second + 2), Some(Span::new(SourceId(0), 9..12)));
    }

    #[test]
    fn a_sign_that_no_typeface_has_is_told_and_replaced() {
        let mut markup = Markup::default();
        markup.at(Span::new(SourceId(0), 1..2));
        markup.words("a\u{8B70}b");
        let program = markup.finish();
        assert_eq!(program.text, "#\"a\u{FFFD}b\";");
        assert_eq!(program.missing.get(&'\u{8B70}'), Some(&Some(Span::new(SourceId(0), 1..2))));
    }

    proptest! {
        /// Whatever is written, the program holds one string and nothing else, and the string says what was written.
        #[test]
        fn nothing_written_becomes_code(words in ".*") {
            let mut markup = Markup::default();
            markup.words(&words);
            let program = markup.finish();
            let root = parse(&program.text);
            prop_assert!(root.errors_and_warnings().0.is_empty(), "{}", program.text);
            let mut all = Vec::new();
            kinds(&root, &mut all);
            let usual = [SyntaxKind::Markup, SyntaxKind::Hash, SyntaxKind::Str, SyntaxKind::Semicolon];
            prop_assert!(all.iter().all(|kind| usual.contains(kind)), "{all:?}");
            prop_assert!(all.iter().filter(|kind| **kind == SyntaxKind::Str).count() <= 1);
        }
    }
}
