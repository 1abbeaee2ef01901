//! Abbreviations: found in the text, so that a reader can ask what they mean.

use std::collections::{HashMap, HashSet};

use super::Inline;

/// Abbreviations and what they stand for.
#[derive(Debug, Default, Clone)]
pub struct Glossary {
    meanings: HashMap<String, String>,
}

impl Glossary {
    /// Takes abbreviations and their meanings.
    pub fn new(entries: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { meanings: entries.into_iter().collect() }
    }

    /// The entry that a word of the text stands for: itself, or its plural or possessive.
    fn find(&self, word: &str) -> Option<(&str, &str)> {
        let singular = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).or_else(|| word.strip_suffix('s'));
        [Some(word), singular]
            .into_iter()
            .flatten()
            .find_map(|word| self.meanings.get_key_value(word))
            .map(|(short, meaning)| (short.as_str(), meaning.as_str()))
    }
}

/// Marks the first use of each abbreviation that is not yet in `seen`.
pub(super) fn mark<'g>(content: &mut Vec<Inline>, glossary: &'g Glossary, seen: &mut HashSet<&'g str>) {
    if glossary.meanings.is_empty() {
        return;
    }
    let mut index = 0;
    while index < content.len() {
        match &mut content[index] {
            Inline::Text(text) => {
                if let Some(pieces) = split(text, glossary, seen) {
                    let count = pieces.len();
                    content.splice(index..=index, pieces);
                    index += count;
                    continue;
                }
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => mark(inner, glossary, seen),
            // Within links, references and elements such as `abbr` a second mark would only be in the way.
            _ => {}
        }
        index += 1;
    }
}

/// The text in pieces, if an abbreviation is in it that has not been seen.
fn split<'g>(text: &str, glossary: &'g Glossary, seen: &mut HashSet<&'g str>) -> Option<Vec<Inline>> {
    let mut pieces = Vec::new();
    let mut written = 0;
    for (start, word) in words(text) {
        // Nearly every abbreviation has a capital or a digit; asking the glossary about each word would be slow.
        if word.len() < 2 || !word.bytes().any(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
            continue;
        }
        let Some((short, meaning)) = glossary.find(word) else { continue };
        if !seen.insert(short) {
            continue;
        }
        if start > written {
            pieces.push(Inline::Text(text[written..start].to_owned()));
        }
        let end = start + short.len();
        pieces.push(Inline::Abbreviation { short: short.to_owned(), meaning: meaning.to_owned() });
        written = end;
    }
    if pieces.is_empty() {
        return None;
    }
    if written < text.len() {
        pieces.push(Inline::Text(text[written..].to_owned()));
    }
    Some(pieces)
}

/// The words of a text and where each begins; `&`, hyphens and apostrophes hold a word together.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '&' | '-' | '\'' | '’');
    let mut rest = text;
    let mut offset = 0;
    std::iter::from_fn(move || {
        let start = rest.find(in_word)?;
        let length = rest[start..].find(|c| !in_word(c)).unwrap_or(rest.len() - start);
        let word = &rest[start..start + length];
        let at = offset + start;
        offset = at + length;
        rest = &rest[start + length..];
        Some((at, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<Inline> {
        let glossary = Glossary::new(
            [("ASB", "Anti-social behaviour"), ("A&E", "Accident and emergency")].map(|(a, b)| (a.into(), b.into())),
        );
        let mut content = vec![Inline::Text(text.to_owned())];
        mark(&mut content, &glossary, &mut HashSet::new());
        content
    }

    #[test]
    fn the_first_use_is_marked_and_the_words_stay_as_they_were() {
        let content = marked("Less ASB, and ASBs; (A&E) too.");
        assert_eq!(super::super::plain(&content), "Less ASB, and ASBs; (A&E) too.");
        let shorts: Vec<_> = content.iter().filter(|inline| matches!(inline, Inline::Abbreviation { .. })).collect();
        assert_eq!(shorts.len(), 2);
    }

    #[test]
    fn plurals_and_possessives_are_the_same_abbreviation() {
        assert!(matches!(&marked("Orders on ASBs")[1], Inline::Abbreviation { short, .. } if short == "ASB"));
        assert!(matches!(&marked("on ASB’s")[1], Inline::Abbreviation { short, .. } if short == "ASB"));
    }

    #[test]
    fn a_word_that_only_contains_an_abbreviation_is_left_alone() {
        assert_eq!(marked("NASBA").len(), 1);
    }
}
