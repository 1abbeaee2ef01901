//! How hard a text is to read, by the length of its sentences and words.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::document::{Run, RunKind};
use crate::rules::{Found, PaperInHand};

/// Fewer words than this are too few to judge by.
const ENOUGH_WORDS: usize = 60;

/// More words a sentence than this on average are too many (GOV.UK content design).
const WORDS_A_SENTENCE: usize = 25;

/// Years of schooling, in hundredths, beyond which a text is hard: 14.00.
const HARD: i64 = 14_00;

/// What is counted in a text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Counts {
    fn add(&mut self, sentence: &str) {
        let words = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
        let before = self.words;
        for word in words {
            self.words += 1;
            self.syllables += syllables(word);
        }
        self.sentences += usize::from(self.words > before);
    }

    /// Years of schooling that the text asks for, by Kincaid's formula: exact, as a fraction of whole numbers.
    fn grade(self) -> Option<Decimal> {
        let (sentences, words, syllables) =
            (Decimal::from(self.sentences), Decimal::from(self.words), Decimal::from(self.syllables));
        let sentence = words.checked_div(sentences)?.checked_mul(Decimal::new(39, 2))?;
        let word = syllables.checked_div(words)?.checked_mul(Decimal::new(118, 1))?;
        sentence.checked_add(word)?.checked_sub(Decimal::new(15_59, 2))
    }
}

/// The syllables of a word, near enough: groups of vowels, without an `e` that is silent at the end.
fn syllables(word: &str) -> usize {
    let word: String = word.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let mut count = 0;
    let mut in_vowels = false;
    for c in word.chars() {
        let is_vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        count += usize::from(is_vowel && !in_vowels);
        in_vowels = is_vowel;
    }
    let is_silent = word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded")
        || word.ends_with("es")
            && !["ses", "xes", "zes", "ches", "shes", "ces", "ges", "ies"].iter().any(|ending| word.ends_with(ending));
    if is_silent && count > 1 {
        count -= 1;
    }
    count.max(1)
}

/// A text asks for no more schooling than residents can be expected to have.
pub(super) fn hard_to_read(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    let mut counts = Counts::default();
    let mut longest: Option<(usize, &Run, Range<usize>)> = None;
    for run in paper.prose.body().filter(|run| matches!(run.kind, RunKind::Paragraph | RunKind::Item)) {
        for (range, sentence) in run.sentences() {
            let before = counts.words;
            counts.add(sentence);
            let words = counts.words - before;
            if longest.as_ref().is_none_or(|(most, ..)| words > *most) {
                let start = range.end - sentence.trim_start().len();
                longest = Some((words, run, start..range.end));
            }
        }
    }
    let Some(grade) = counts.grade().filter(|_| counts.words >= ENOUGH_WORDS) else { return };
    let too_long = counts.words > WORDS_A_SENTENCE * counts.sentences;
    if grade <= Decimal::new(HARD, 2) && !too_long {
        return;
    }
    let Some((words, run, place)) = longest else { return };
    let average = Decimal::from(counts.words).checked_div(Decimal::from(counts.sentences)).unwrap_or_default();
    let message = format!(
        "this text asks for {} years of schooling, with {} words a sentence",
        grade.round_dp(0),
        average.round_dp(1)
    );
    let title = paper.paper.head.common.title.as_ref().map_or_else(|| paper.paper.start(), |title| title.span);
    found
        .at(title, message)
        .also(run.span(place), format!("the longest sentence has {words} words"))
        .help("make two sentences of the long ones, and take the shorter word");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn syllables_are_counted_near_enough() {
        for (word, count) in [
            ("the", 1),
            ("plan", 1),
            ("table", 2),
            ("resolved", 2),
            ("noted", 2),
            ("committee", 3),
            ("cases", 2),
            ("times", 1),
            ("accountability", 6),
            ("£1,000", 1),
            ("Crime", 1),
            ("city's", 2),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn the_grade_is_that_of_the_formula() {
        // Ten words, two sentences, fifteen syllables: 0.39 × 5 + 11.8 × 1.5 − 15.59 = 4.06.
        let counts = Counts { sentences: 2, words: 10, syllables: 15 };
        assert_eq!(counts.grade(), Some(Decimal::new(406, 2)));
        assert_eq!(Counts::default().grade(), None);
    }

    proptest! {
        /// Every word has a syllable, and longer sentences never make a text easier.
        #[test]
        fn a_text_grows_harder_with_its_sentences(words in 1_usize..500, sentences in 1_usize..50, syllables in 0_usize..1000) {
            let of = |sentences| Counts { sentences, words, syllables: words + syllables }.grade();
            prop_assert!(of(sentences) >= of(sentences + 1));
        }

        #[test]
        fn any_word_has_a_syllable(word in "[a-zé'-]{0,12}") {
            prop_assert!(syllables(&word) >= 1);
        }
    }
}
