//! How much room words take: their longest word, their longest line, and their lines in a column of some width.
//!
//! All measures are whole thousandths of the letters' size.

use super::super::super::typefaces::{Face, advance};

/// What stands in a cell, as far as its width matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Ink {
    lines: Vec<Vec<Piece>>,
    /// Between what was before and what comes next a line may break.
    open: bool,
    /// The room that stands there.
    gap: u32,
    before: Option<char>,
    /// How far in each line stands, as those of a list do.
    indent: u32,
}

/// What no line may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    width: u32,
    /// How much room stands between it and the one before, unless it begins a line.
    gap: u32,
}

impl Default for Ink {
    fn default() -> Self {
        Self { lines: vec![Vec::new()], open: true, gap: 0, before: None, indent: 0 }
    }
}

impl Ink {
    /// Words in one typeface.
    pub(in super::super) fn of(words: &str, face: Face) -> Self {
        let mut ink = Self::default();
        ink.push(words, face);
        ink
    }

    /// The entries of a list, whose lines stand further in.
    pub(in super::super) fn entries(entries: &[&str], face: Face, indent: u32) -> Self {
        Self { indent, ..Self::of(&entries.join("\n"), face) }
    }

    /// More words, on the same line; line breaks begin another.
    pub(in super::super) fn push(&mut self, words: &str, face: Face) {
        for letter in words.chars() {
            match letter {
                '\n' => self.break_line(),
                // A space that holds words together counts as a letter.
                ' ' | '\t' => {
                    self.gap = advance(' ', face);
                    self.open = true;
                }
                letter => {
                    // A word may break after its hyphen or stroke: `Co-ordination`, but not `2016-17`.
                    let is_joint = matches!(self.before, Some('-' | '–' | '/')) && letter.is_alphabetic();
                    self.letter(advance(letter, face), self.open || is_joint);
                }
            }
            self.before = Some(letter);
        }
    }

    /// What no line may break, of that width.
    pub(in super::super) fn piece(&mut self, width: u32) {
        self.letter(width, false);
    }

    fn letter(&mut self, width: u32, begins: bool) {
        let gap = std::mem::take(&mut self.gap);
        self.open = false;
        let Some(line) = self.lines.last_mut() else { return };
        match line.last_mut().filter(|_| !begins) {
            Some(piece) => piece.width = piece.width.saturating_add(width),
            None => line.push(Piece { width, gap }),
        }
    }

    /// What follows stands on a line of its own.
    pub(in super::super) fn break_line(&mut self) {
        self.lines.push(Vec::new());
        self.open = true;
        self.gap = 0;
    }

    /// The width of the longest piece that no line may break.
    pub(in super::super) fn least(&self) -> u32 {
        self.lines.iter().flatten().map(|piece| piece.width).max().unwrap_or(0).saturating_add(self.indent)
    }

    /// The width of the longest line, if none is broken.
    pub(in super::super) fn natural(&self) -> u32 {
        let width = |line: &Vec<Piece>| {
            let pieces = line.iter().enumerate();
            pieces.fold(0u32, |sum, (index, piece)| {
                sum.saturating_add(piece.width + if index > 0 { piece.gap } else { 0 })
            })
        };
        self.lines.iter().map(width).max().unwrap_or(0).saturating_add(self.indent)
    }

    /// How many lines there are in a column of that width.
    pub(in super::super) fn lines(&self, width: u32) -> u32 {
        let width = width.saturating_sub(self.indent);
        let mut lines = 0;
        for line in &self.lines {
            lines += 1;
            let mut taken = 0u32;
            for piece in line {
                let next = taken.saturating_add(piece.width).saturating_add(if taken > 0 { piece.gap } else { 0 });
                if next > width && taken > 0 {
                    lines += 1;
                    taken = piece.width;
                } else {
                    taken = next;
                }
                // A word wider than its column breaks in it, or stands over: as many lines as it would fill.
                if width > 0 && taken > width {
                    lines += (taken - 1) / width;
                    taken %= width;
                }
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_break_at_spaces_and_after_hyphens_between_letters() {
        let word = |text: &str| Ink::of(text, Face::Regular).natural();
        let least = |text: &str| Ink::of(text, Face::Regular).least();
        assert_eq!(least("Co-ordination"), word("ordination"));
        assert_eq!(least("ASB/PSPO"), word("PSPO").max(word("ASB/")));
        assert_eq!(least("2016-17"), word("2016-17"), "years stay together");
        assert_eq!(least("a £1,000.00"), word("£1,000.00"));
        assert_eq!(least("one\u{a0}two"), word("one\u{a0}two"));
        assert_eq!(word("one two"), word("one") + 260 + word("two"));
        assert_eq!(Ink::of("one\ntwo", Face::Regular).natural(), word("one").max(word("two")));
    }

    #[test]
    fn a_word_in_two_typefaces_is_one_word() {
        let mut ink = Ink::of("two ", Face::Regular);
        ink.push("bo", Face::Bold);
        ink.push("ld,", Face::Regular);
        assert_eq!(ink.least(), Ink::of("bo", Face::Bold).natural() + Ink::of("ld,", Face::Regular).natural());
        assert_eq!(ink.lines(ink.natural()), 1);
        assert_eq!(ink.lines(ink.natural() - 1), 2);
    }

    proptest! {
        #[test]
        fn no_word_is_wider_than_the_line_and_less_room_needs_no_fewer_lines(
            words in "[a-zA-Z0-9 ,£/–-]{0,60}(\n[a-z ]{0,20})?", width in 1u32..40_000, more in 0u32..9_000
        ) {
            let ink = Ink::of(&words, Face::Regular);
            prop_assert!(ink.least() <= ink.natural());
            prop_assert_eq!(ink.lines(ink.natural().max(1)), u32::try_from(words.split('\n').count()).unwrap_or(0));
            if width >= ink.least() {
                prop_assert!(ink.lines(width) >= ink.lines(width + more));
            }
        }
    }
}
