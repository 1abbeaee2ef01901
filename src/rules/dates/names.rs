//! Names in what is written that are nearly, but not quite, those of the committee model.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use strsim::damerau_levenshtein;

use crate::model::PersonId;
use crate::rules::pattern::{pattern, stretch_before};
use crate::rules::{Found, PaperInHand};

static COUNCILLORS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:Councillors?|Cllrs?\.?)[\s:]+"));

/// Initials and a surname: "R Thay", "AS Khan", "J. O'Boyle", "M van der Berg".
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<initials>[A-Z](?:\.?\s?[A-Z]){0,2}\.?)\s+(?P<surname>(?:(?:van|von|de|der|la|le)\s+){0,2}(?:[A-Z]['’])?[A-Z][a-z]+(?:[A-Z][a-z]+)?(?:[-'’][A-Z][a-z]+)*)",
    )
});

/// What stands between two names of a list.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)"));

/// A name as it is compared: initials together, small letters, one kind of apostrophe.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    initials: String,
    surname: String,
}

impl Name {
    fn new(initials: &str, surname: &str) -> Self {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        Self { initials: letters(initials), surname: letters(surname) }
    }

    /// The name of somebody in `people.yaml`; without initials, those stay empty.
    fn of(id: &PersonId) -> Self {
        let (initials, surname) = id.as_str().split_once(' ').unwrap_or(("", id.as_str()));
        Self::new(initials, surname)
    }

    /// Whether one may be the other misspelt: the initials are the same, and the surname is a letter off, or two if it is long.
    fn is_near(&self, other: &Self) -> bool {
        let letters = self.surname.chars().count();
        let allowed = match letters {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        self.initials == other.initials
            && letters.abs_diff(other.surname.chars().count()) <= allowed
            && damerau_levenshtein(&self.surname, &other.surname) <= allowed
    }
}

/// Councillors named are in `people.yaml`, or are not nearly in it.
pub(super) fn councillors(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    for run in paper.prose.all() {
        let text = &run.text;
        if !text.contains("Councillor") && !text.contains("Cllr") {
            continue;
        }
        for title in COUNCILLORS.find_iter(text) {
            let before = stretch_before(text, title.start(), 8).trim_end().to_lowercase();
            if before.ends_with("former")
                || before.ends_with("ex-")
                || before.ends_with("ex")
                || before.ends_with("late")
            {
                continue;
            }
            let mut at = title.end();
            while let Some(name) = NAME.captures(&text[at..]) {
                let range = name.get(0).map_or(0..0, |whole| at + whole.start()..at + whole.end());
                let written = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(meant) = meant(paper, &written, &Name::new(&name["initials"], &name["surname"])) {
                    found
                        .at(run.span(range.clone()), format!("there is no councillor `{written}` in `people.yaml`"))
                        .help(format!("did you mean `{meant}`?"));
                }
                at = range.end;
                match BETWEEN.find(&text[at..]) {
                    Some(between) => at += between.end(),
                    None => break,
                }
            }
        }
    }
}

/// The one person who is meant by a name that nobody has; nothing if somebody has it, or several are as near.
fn meant<'r>(paper: &PaperInHand<'r>, written: &str, name: &Name) -> Option<&'r PersonId> {
    let people = &paper.context.record.model.people;
    if people.contains_key(&PersonId(written.to_owned())) {
        return None;
    }
    let mut near = None;
    for id in people.keys() {
        let other = Name::of(id);
        if other.surname == name.surname && (other.initials == name.initials || other.initials.is_empty()) {
            return None;
        }
        if name.is_near(&other) && near.replace(id).is_some() {
            return None;
        }
    }
    near
}

/// Words with capitals, and small words that hold them together: what a name can be.
static CAPITALS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[A-Z][\w'’&-]*(?:\s+(?:(?:of|and|the|for|in|on|to|&)\s+){0,3}[A-Z][\w'’&-]*)+"));

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\S+"));

/// A name shorter than this is too easily that of something else.
const LONG_NAME: usize = 20;

/// Names of bodies are those of their files, or are not nearly.
pub(super) fn bodies(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    let bodies = paper.context.record.model.bodies.values();
    let known: Vec<(&str, String)> = bodies
        .flat_map(|body| [Some(&body.name), body.short.as_ref()].into_iter().flatten())
        .filter(|name| name.len() >= LONG_NAME && name.split_whitespace().count() >= 3)
        .map(|name| (name.as_str(), plain_words(name).concat()))
        .collect();
    if known.is_empty() {
        return;
    }
    for run in paper.prose.body() {
        for phrase in CAPITALS.find_iter(&run.text) {
            let parts = parts_of(phrase.as_str());
            // A phrase that holds a name as it should be may hold more that only looks like another.
            if parts.iter().any(|(_, part)| known.iter().any(|(_, name)| name == part)) {
                continue;
            }
            let near = parts.iter().find_map(|(place, part)| {
                known.iter().find(|(_, name)| is_misspelt(part, name)).map(|(name, _)| (place, *name))
            });
            if let Some((place, name)) = near {
                let place = phrase.start() + place.start..phrase.start() + place.end;
                found
                    .at(run.span(place), format!("this is nearly the name of the {name}"))
                    .help(format!("write `{name}`, or correct the name in the body's file"));
            }
        }
    }
}

/// The runs of words in a phrase that are long enough to be a name, and where each stands.
fn parts_of(phrase: &str) -> Vec<(Range<usize>, String)> {
    let words: Vec<(Range<usize>, String)> =
        WORD.find_iter(phrase).map(|word| (word.range(), plain_words(word.as_str()).concat())).collect();
    let mut parts = Vec::new();
    for (index, (first, _)) in words.iter().enumerate() {
        let mut letters = String::new();
        // No name has more words than this.
        for (last, word) in words[index..].iter().take(12) {
            letters.push_str(word);
            if letters.len() + 2 >= LONG_NAME / 2 {
                parts.push((first.start..last.end, letters.clone()));
            }
        }
    }
    parts
}

fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| match word {
            "&" => "and".to_owned(),
            word => word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase(),
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// One or two letters off, in the middle of the name: figures tell bodies apart, and so may a plural.
fn is_misspelt(written: &str, name: &str) -> bool {
    if written.len().abs_diff(name.len()) > 2 || written.as_bytes().first() != name.as_bytes().first() {
        return false;
    }
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let without_s = |text: &str| text.replace('s', "");
    figures(written) == figures(name)
        && without_s(written) != without_s(name)
        && (1..=2).contains(&damerau_levenshtein(written, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_one_misspelt_are_told_from_others() {
        let near = |one: (&str, &str), other: &str| Name::new(one.0, one.1).is_near(&Name::of(&other.into()));
        assert!(near(("R", "They"), "R Thay"));
        assert!(near(("A.S.", "Kahn"), "AS Khan"));
        assert!(near(("J", "O’Boile"), "J O'Boyle"));
        assert!(near(("J", "Lepodevn"), "J Lepoidevin"));
        assert!(!near(("S", "Thay"), "R Thay"), "another initial is another person");
        assert!(!near(("R", "Ali"), "R Abi"), "three letters are too few to tell");
        assert!(!near(("R", "Thomas"), "R Thompson"));
        assert!(!near(("R", "Thay"), "Thay"));
    }

    #[test]
    fn initials_and_surnames_are_read() {
        for (text, initials, surname) in [
            ("R Thay asked", "R", "Thay"),
            ("AS Khan and", "AS", "Khan"),
            ("A. S. Khan", "A. S.", "Khan"),
            ("J O’Boyle's question", "J", "O’Boyle"),
            ("M van der Berg", "M", "van der Berg"),
            ("B McNicholas", "B", "McNicholas"),
            ("A Lloyd-Jones", "A", "Lloyd-Jones"),
        ] {
            let captures = NAME.captures(text).expect(text);
            assert_eq!((&captures["initials"], &captures["surname"]), (initials, surname));
        }
        for text in ["Akhtar said", "who", "on the board"] {
            assert!(NAME.captures(text).is_none(), "{text}");
        }
    }

    fn joined(text: &str) -> String {
        plain_words(text).concat()
    }

    #[test]
    fn a_misspelt_body_is_told_from_a_namesake() {
        let name = joined("Health and Wellbeing Partnership Board");
        let of = |text: &str| is_misspelt(&joined(text), &name);
        assert!(of("Health and Welbeing Partnership Board"));
        assert!(!of("Health & Well-being Partnership Board"), "the same letters");
        assert!(!of("Health and Wellbeing Partnerships Board"), "a plural");
        let scrutiny = joined("Education and Children Scrutiny Board 2");
        assert!(!is_misspelt(&joined("Education and Children Scrutiny Board 3"), &scrutiny));
    }
}
