//! Abbreviations in running text.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use strsim::damerau_levenshtein;

use super::expansions::{differ, goes_on_before, may_spell, spelled_at_end, spells};
use crate::document::{Run, RunKind};
use crate::rules::pattern::{pattern, stretch_before};
use crate::rules::{Found, PaperInHand};

/// Capitals together, perhaps with `&` and a plural `s`.
static CAPITALS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?P<short>[A-Z][A-Z0-9&]{1,5})(?P<plural>s?)\b"));

/// What everybody knows better short than long.
const KNOWN: [&str; 83] = [
    "A&E", "AD", "AGM", "AIDS", "AM", "AOB", "BA", "BBC", "BC", "BST", "CBE", "CCTV", "CD", "CO", "CEO", "COVID",
    "CSV", "CV", "DIY", "DNA", "DVD", "DVLA", "EU", "FAQ", "GB", "GCSE", "GMT", "GP", "GPS", "HGV", "HIV", "HM",
    "HMRC", "HMS", "HTML", "ID", "IOU", "IQ", "IT", "ITV", "JP", "KC", "LED", "LTD", "MBA", "MBE", "MEP", "MOT", "MP",
    "MRI", "NATO", "NHS", "NI", "NO", "OBE", "OK", "PA", "PC", "PDF", "PHD", "PIN", "PM", "PO", "PR", "QC", "RAF",
    "RSPCA", "RSVP", "SMS", "SOS", "TB", "TBA", "TBC", "TV", "UFO", "UK", "UN", "URL", "US", "USA", "VAT", "VIP", "WC",
];

/// Words that people write in capitals for stress, and opening words of decisions.
const STRESSED: [&str; 74] = [
    "A", "ADD", "AGREED", "ALL", "ALSO", "AN", "AND", "ANY", "ARE", "AT", "BE", "BEFORE", "BOTH", "BUT", "BY", "CAN",
    "CASE", "CHAIR", "CLOSED", "DATE", "DO", "DRAFT", "EACH", "END", "EVERY", "FINAL", "FOR", "FREE", "FROM", "FULL",
    "HAS", "HAVE", "HIGH", "IF", "IN", "IS", "ITEM", "LOW", "MAY", "MUST", "NEW", "NEVER", "NEXT", "NIL", "NONE",
    "NOT", "NOTE", "NOTED", "NOW", "OF", "OFF", "ON", "ONE", "ONLY", "OPEN", "OR", "OUT", "PAGE", "PART", "PLAN",
    "PLEASE", "SEE", "STOP", "THAT", "THE", "THIS", "TO", "TOTAL", "TWO", "URGENT", "VERY", "WILL", "WITH", "YES",
];

/// Each abbreviation is in the glossary or spelled out.
pub(super) fn unknown(paper: &PaperInHand<'_>, found: &mut Found) {
    let glossary = &paper.context.record.model.glossary;
    // A glossary that could not be read may have them all.
    if paper.is_withdrawn() || glossary.is_empty() && paper.context.has_glossary_file {
        return;
    }
    let mut first: BTreeMap<&str, (&Run, Range<usize>)> = BTreeMap::new();
    for run in running(paper) {
        for (short, place) in abbreviations(run) {
            let is_known = glossary.contains_key(short)
                || glossary.contains_key(&run.text[place.clone()])
                || KNOWN.contains(&short);
            if !is_known && !first.contains_key(short) && !is_name(paper, &run.text, short, &place) {
                first.insert(short, (run, place));
            }
        }
    }
    if first.is_empty() {
        return;
    }
    let explained = explained(paper);
    let words = small_words(paper);
    for (short, (run, place)) in first {
        if explained.contains(short) || words.contains(short.to_lowercase().as_str()) {
            continue;
        }
        // Two letters exchanged are the commonest slip: JNSA for JSNA.
        let help = match glossary.keys().find(|known| short.len() >= 3 && is_exchanged(short, known)) {
            Some(meant) => format!("did you mean {meant}, which is in the glossary?"),
            None => {
                format!(
                    "add `{short}: …` to `glossary.yaml`, or write it out at its first use, with ({short}) after it"
                )
            }
        };
        found
            .at(
                run.span(place),
                format!("the abbreviation {short} is neither in the glossary nor spelled out in this paper"),
            )
            .help(help);
    }
}

/// Whether two abbreviations have the same letters, two of them exchanged.
fn is_exchanged(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<u8> = text.bytes().collect();
        letters.sort_unstable();
        letters
    };
    one.len() == other.len() && sorted(one) == sorted(other) && damerau_levenshtein(one, other) == 1
}

/// Running text: what people read from the beginning to the end, not headings and lines in capitals.
fn running<'p>(paper: &'p PaperInHand<'_>) -> impl Iterator<Item = &'p Run> {
    let is_running = |run: &&Run| {
        matches!(run.kind, RunKind::Paragraph | RunKind::Item | RunKind::Cell | RunKind::Caption)
            && run.text.bytes().any(|byte| byte.is_ascii_uppercase())
            && !is_in_capitals(&run.text)
    };
    paper.prose.body().filter(is_running)
}

/// Whether a run is written in capitals as a whole; letters in a cell by themselves are an abbreviation.
fn is_in_capitals(text: &str) -> bool {
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    let small = text.bytes().filter(u8::is_ascii_lowercase).count();
    capitals > small && text.split_whitespace().filter(|word| word.len() > 1).count() >= 3
}

/// What looks like an abbreviation in a run.
fn abbreviations(run: &Run) -> impl Iterator<Item = (&str, Range<usize>)> {
    CAPITALS.captures_iter(&run.text).filter_map(|captures| {
        let short = captures.name("short")?;
        let whole = captures.get(0)?.range();
        let letters = short.as_str();
        // Figures are those of forms, roads and postcodes.
        let is_one = letters.bytes().filter(u8::is_ascii_uppercase).count() >= 2
            && !letters.bytes().any(|byte| byte.is_ascii_digit())
            && !letters.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
            && !STRESSED.contains(&letters)
            && !is_part(&run.text, &whole);
        is_one.then_some((letters, whole))
    })
}

/// Whether letters are part of a reference (`C/EMK`, `AB-12`), an address, or a phrase in capitals.
fn is_part(text: &str, place: &Range<usize>) -> bool {
    let before = text[..place.start].chars().next_back();
    let mut after = text[place.end..].chars();
    let (next, further) = (after.next(), after.next());
    let of_reference = matches!(before, Some('/' | '@' | '_' | '.')) && !text[..place.start].ends_with(". ")
        || matches!(next, Some('@' | '_'))
        || matches!(next, Some('/' | '-' | '.')) && further.is_some_and(|c| c.is_ascii_digit());
    let is_stress = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.len() > 1
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && (word.len() > 6 || STRESSED.contains(&word))
    };
    let word_before = text[..place.start].split_whitespace().next_back().unwrap_or("");
    let word_after = text[place.end..].split_whitespace().next().unwrap_or("");
    of_reference || is_stress(word_before) || is_stress(word_after)
}

/// What stands before the names of people.
const TITLES: [&str; 9] = ["Councillor", "Cllr", "Mr", "Mrs", "Ms", "Miss", "Dr", "Professor", "Alderman"];

/// Whether letters are the initials of somebody: "AS Khan", "Councillors N Akhtar, CE Thomas".
fn is_name(paper: &PaperInHand<'_>, text: &str, short: &str, place: &Range<usize>) -> bool {
    if short.len() > 3 {
        return false;
    }
    let next = text[place.end..].split_whitespace().next().unwrap_or("");
    let surname = next.trim_end_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("'s").trim_end_matches("’s");
    let is_capitalised =
        surname.starts_with(|c: char| c.is_ascii_uppercase()) && surname.bytes().any(|b| b.is_ascii_lowercase());
    if !is_capitalised {
        return false;
    }
    let before = stretch_before(text, place.start, 160);
    let ending = format!(" {surname}");
    // Two letters and a name that is no name of anything here: initials more often than not.
    let verb = text[place.end..].split_whitespace().nth(1).unwrap_or("").trim_end_matches(|c: char| !c.is_alphabetic());
    let stands_at_speech = matches!(verb, "said" | "asked" | "thanked" | "moved" | "seconded");
    TITLES.iter().any(|title| before.contains(title))
        || stands_at_speech
        || paper.context.record.model.people.keys().any(|id| id.as_str() == surname || id.as_str().ends_with(&ending))
}

static IN_BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\(\s*(?:the\s+|or\s+|now\s+)?[“\x22'‘]?(?:the\s+)?(?P<short>[A-Z][A-Z0-9&]{1,5})s?\b"));

static WITH_MEANING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?P<short>[A-Z][A-Z0-9&]{1,5})s?[”\x22'’]?\s*(?:\((?P<meaning>[^()]*)\)|(?:–|—|-|:|=|,\s+or|stands\s+for|means)\s+(?P<words>[^.;()]*))",
    )
});

/// The abbreviations that the paper spells out beside them.
fn explained(paper: &PaperInHand<'_>) -> BTreeSet<String> {
    let mut explained = BTreeSet::new();
    let mut cell_before: Option<&Run> = None;
    for run in paper.prose.body() {
        for captures in IN_BRACKETS.captures_iter(&run.text) {
            let at = captures.get(0).map_or(0, |whole| whole.start());
            let short = &captures["short"];
            if may_spell(stretch_before(&run.text, at, 120), short) {
                explained.insert(short.to_owned());
            }
        }
        for captures in WITH_MEANING.captures_iter(&run.text) {
            let meaning = captures.name("meaning").or(captures.name("words")).map_or("", |words| words.as_str());
            if may_spell(meaning, &captures["short"]) {
                explained.insert(captures["short"].to_owned());
            }
        }
        // A list of abbreviations may be a table.
        if let (RunKind::Cell, Some(before)) = (run.kind, cell_before) {
            let short = before.text.trim();
            if short.len() <= 7 && CAPITALS.is_match(short) && may_spell(&run.text, short) {
                explained.insert(short.trim_end_matches('s').to_owned());
            }
        }
        cell_before = Some(run).filter(|run| run.kind == RunKind::Cell);
    }
    explained
}

/// The short words that the paper writes in small letters: the same in capitals are stressed, not short for something.
fn small_words<'p>(paper: &'p PaperInHand<'_>) -> HashSet<&'p str> {
    paper
        .prose
        .body()
        .flat_map(|run| run.text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect()
}

/// What the paper spells out and what the glossary says are the same thing.
pub(super) fn two_meanings(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    let glossary = &paper.context.record.model.glossary;
    let mut told = BTreeSet::new();
    for run in paper.prose.body().filter(|run| run.text.contains('(')) {
        for captures in IN_BRACKETS.captures_iter(&run.text) {
            let Some(whole) = captures.get(0) else { continue };
            let short = &captures["short"];
            let Some(entry) = glossary.get(short) else { continue };
            let Some(own) = spelled_at_end(&run.text[..whole.start()], short) else { continue };
            if !spells(&entry.meaning, short) || !differ(own, &entry.meaning) {
                continue;
            }
            let start = run.text[..whole.start()].trim_end().len() - own.len();
            if goes_on_before(&run.text[..start]) || !told.insert(short.to_owned()) {
                continue;
            }
            let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
            found
                .at(
                    run.span(start..whole.end()),
                    format!("{short} is spelled out as “{own}”, and the glossary says “{}”", entry.meaning),
                )
                .help("spell it out as the glossary does, correct `glossary.yaml`, or use other letters");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Prose;
    use crate::text::{Source, SourceId};

    fn shorts(text: &str) -> Vec<String> {
        let source = Source::new("a.md", text);
        let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &[]);
        prose.body().flat_map(|run| abbreviations(run).map(|(short, _)| short.to_owned()).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn abbreviations_are_told_from_other_capitals() {
        for (text, expected) in [
            ("the PSPOs of the PCC's area", vec!["PSPO", "PCC"]),
            ("DV/DA cases and R&D", vec!["DV", "R&D"]),
            ("an ASB-related case", vec!["ASB"]),
            ("**NOTED** that Phase IV is NOT open", vec![]),
            ("the ref C/EMK and form HR01 at CV1 5RR, A45", vec![]),
            ("PLEASE READ THIS", vec![]),
            ("a ZANZIBARMARKER and Jo@WMP.org", vec![]),
        ] {
            assert_eq!(shorts(text), expected, "{text}");
        }
        assert!(is_in_capitals("TO THE CHAIR OF THE BOARD"));
        assert!(!is_in_capitals("PCC"));
    }
}
