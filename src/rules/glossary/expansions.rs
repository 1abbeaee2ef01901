//! What an abbreviation is short for, where a text says so beside it.

/// Whether words can be what letters are short for: the letters come in them in order, the first at the start of a word.
pub(super) fn may_spell(words: &str, short: &str) -> bool {
    let letters: Vec<char> = letters(short);
    let starts = words
        .char_indices()
        .filter(|(at, c)| c.is_alphabetic() && !words[..*at].chars().next_back().is_some_and(char::is_alphanumeric));
    let Some(first) = letters.first() else { return false };
    starts.filter(|(_, c)| c.to_ascii_lowercase() == *first).any(|(at, _)| {
        let mut rest = words[at..].chars().map(|c| c.to_ascii_lowercase());
        letters.iter().all(|letter| rest.any(|c| c == *letter))
    })
}

/// Small words that letters need not stand for.
const SMALL: [&str; 14] = ["of", "and", "the", "for", "in", "to", "on", "with", "at", "by", "from", "a", "an", "or"];

/// The last words of a text, if their first letters are those of an abbreviation: "a Fixed Penalty Notice" gives
/// "Fixed Penalty Notice" for `FPN`.
pub(super) fn spelled_at_end<'t>(text: &'t str, short: &str) -> Option<&'t str> {
    let text = text.trim_end();
    let letters = letters(short);
    let start = spelled_from(text, text.len(), &letters, 3 * letters.len() + 2)?;
    (start < text.len()).then(|| &text[start..])
}

/// Where the words before `end` begin that stand for `letters`, within so many words. A small word stands for none if it
/// need not: "Office of the Police" has the `O` of "Office".
fn spelled_from(text: &str, end: usize, letters: &[char], words: usize) -> Option<usize> {
    let Some((letter, others)) = letters.split_last() else { return Some(end) };
    let before = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    let start =
        before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '\'' | '’')).last()?.0;
    let word = before[start..].to_lowercase();
    let fewer = words.checked_sub(1)?;
    let without = if SMALL.contains(&word.as_str()) { spelled_from(text, start, letters, fewer) } else { None };
    without.or_else(|| if word.starts_with(*letter) { spelled_from(text, start, others, fewer) } else { None })
}

/// Whether a name goes on to the left of its last words: "Fire and | Rescue Authority". They are then not the whole name.
pub(super) fn goes_on_before(text: &str) -> bool {
    let mut words = text.split_whitespace().rev();
    let word = words.find(|word| !matches!(*word, "and" | "of" | "for" | "&"));
    word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Whether a meaning spells an abbreviation letter by letter, so that it is an expansion and not an explanation.
pub(super) fn spells(meaning: &str, short: &str) -> bool {
    spelled_at_end(meaning, short).is_some_and(|spelled| spelled.len() == meaning.trim().len())
}

/// Whether two expansions clearly say different things: a word of the one is not nearly one of the other.
pub(super) fn differ(one: &str, other: &str) -> bool {
    let (one, other) = (significant(one), significant(other));
    let is_among = |word: &String, words: &[String]| words.iter().any(|other| is_alike(word, other));
    one.iter().any(|word| !is_among(word, &other)) && other.iter().any(|word| !is_among(word, &one))
}

fn significant(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !SMALL.contains(&word.as_str()))
        .collect()
}

/// Two ways to write one word: Adviser and Advisor, Notice and Notices, co and Co.
fn is_alike(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    shared >= 4 || strsim::damerau_levenshtein(one, other) <= 2 && shared >= 1
}

fn letters(short: &str) -> Vec<char> {
    short.trim_end_matches('s').chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_words_of_a_text_are_what_letters_stand_for() {
        assert_eq!(spelled_at_end("issued a Fixed Penalty Notice ", "FPN"), Some("Fixed Penalty Notice"));
        assert_eq!(
            spelled_at_end("the Office of the Police and Crime Commissioner", "OPCC"),
            Some("Office of the Police and Crime Commissioner")
        );
        // Small words stand for a letter where they must.
        assert_eq!(spelled_at_end("Out-of-court disposals", "OOCDs"), Some("Out-of-court disposals"));
        assert_eq!(spelled_at_end("Out-of-court disposals", "OCDs"), Some("Out-of-court disposals"));
        assert_eq!(spelled_at_end("Anti-social behaviour", "ASB"), Some("Anti-social behaviour"));
        assert_eq!(spelled_at_end("a stop", "FPN"), None);
        assert_eq!(spelled_at_end("", "FPN"), None);
        assert_eq!(spelled_at_end("any words ", "&"), None);
    }

    #[test]
    fn a_meaning_that_only_explains_is_no_expansion() {
        assert!(spells("Fixed Penalty Notice", "FPN"));
        assert!(!spells("A service for adults", "IRIS"));
        assert!(!spells("The Fixed Penalty Notice", "FPN"));
    }

    #[test]
    fn part_of_a_name_is_not_taken_for_the_whole() {
        assert!(goes_on_before("West Midlands Fire and ") && goes_on_before("Coventry "));
        assert!(!goes_on_before("the ") && !goes_on_before("") && !goes_on_before("- a report by the "));
    }

    #[test]
    fn letters_that_come_in_order_may_be_short_for_words() {
        assert!(may_spell("a house in multiple occupation", "HMO"));
        assert!(may_spell("Extensible markup", "EXM"));
        assert!(!may_spell("the service", "NHS"));
    }

    #[test]
    fn ways_to_write_one_meaning_are_told_from_two_meanings() {
        assert!(differ("Advisory School Board", "Anti-social behaviour"));
        assert!(differ("Coventry Safety Partnership", "Community Safety Partnership"));
        for (one, other) in [
            ("Multi Agency Risk Assessment Conference", "Multi-Agency Risk Assessment Conferences"),
            ("Independent Domestic Violence Advisor", "independent domestic violence adviser"),
            ("Referral and Assessment Service", "Referral Assessment Service"),
            ("Police and Crime Commissioner", "West Midlands Police and Crime Commissioner"),
        ] {
            assert!(!differ(one, other), "{one}");
        }
    }

    proptest! {
        /// Initials are found again, whatever small words stand between.
        #[test]
        fn initials_spell_their_words(words in proptest::collection::vec("[b-eg-np-z][a-z]{2,6}", 2..6), small in "(of|and|for the)") {
            let short: String = words.iter().filter_map(|word| word.chars().next()).collect::<String>().to_uppercase();
            let text = format!("x {}", words.join(&format!(" {small} ")));
            prop_assert!(may_spell(&text, short.trim_end_matches('s')));
            prop_assert!(spelled_at_end(&text, &short).is_some());
        }

        #[test]
        fn any_text_can_be_asked(text in "(é|a| |-|’|\\(|Bc){0,12}", short in "[A-Z&]{2,4}") {
            let _ = (spelled_at_end(&text, &short), may_spell(&text, &short), differ(&text, &short));
        }
    }
}
