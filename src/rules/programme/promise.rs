//! The words in which minutes promise something: that it goes onto the work programme, that somebody reports.

use std::sync::LazyLock;

use regex::Regex;

use crate::rules::pattern::pattern;

/// That something goes onto the work programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inclusion {
    /// What, in the words of the minutes.
    pub(super) what: String,
    /// The calendar year in which the programme's municipal year begins, if the minutes say which.
    pub(super) year: Option<i32>,
}

/// The patterns; nothing should one of them not be a pattern, which a test sees to.
struct Patterns {
    /// "… be added to the committee's work programme".
    put_on: Regex,
    /// "the work programme for 2023/24 include …".
    includes: Regex,
    /// "… will be in the work programme".
    is_in: Regex,
    not: Regex,
    /// What a sentence settles before it comes to the promise.
    settled_first: Regex,
    year: Regex,
    asks: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let new = |words: &str| pattern(&format!("(?ix){words}"));
    Patterns {
        put_on: new(
            r"\b(?:add|adds|added|adding|includ\w*|plac(?:e|ed|ing)|put|puts|insert\w*|incorporat\w*|schedul\w*|go|goes|carried\ forward)\b
              (?P<what>[^.;]{0,200}?)
              \b(?:to|in|into|on|onto|within|for)\s+(?P<whose>(?:[\w'’/–-]+\s+){0,8}?)work\s+program(?:me)?s?\b",
        ),
        includes: new(
            r"\bwork\s+program(?:me)?\b[^.;]{0,60}?\b(?:to\ )?(?:includes?|including|adds?)\b\s*(?P<what>[^.;]*)",
        ),
        is_in: new(
            r"\b(?:will|shall|should|would|to)\s+(?:be|go|come)\s+(?:in|on|into|onto|part\ of)\s+(?P<whose>(?:[\w'’/–-]+\s+){0,8}?)work\s+program(?:me)?\b",
        ),
        not: new(r"\b(?:not|never|no\ longer|remov\w*|delet\w*|taken\ off|taken\ out|already|currently|previously)\b"),
        settled_first: new(
            r"(?:\b(?:noted|welcomed|approved|agreed|endorsed|received|supported|thanked|accepted|considered)\b,?\s+and\b|\band\s+that\b|:)",
        ),
        year: new(
            r"(?:(20\d\d)[/–-](?:20)?\d\d\s+work\s+program|work\s+program(?:me),?\s+(?:(?:for|of|in|during)\s+)?(?:the\s+)?(?:municipal\s+year\s+)?(20\d\d)[/–-](?:20)?\d\d)",
        ),
        asks: new(
            r"\brequests?\s+(?:that\s+)?(?:the\s+)?(?:officers?|director|head\ of|chief|assistant|service|cabinet\ member|police|a\s|an\s|further|more|information|data|details|update|that\b)
            | \bofficers?\s+(?:are\s+|is\s+|be\s+|were\s+)?(?:asked\s+|requested\s+|instructed\s+|tasked\s+|directed\s+)?to\b
            | \bbe\s+(?:asked|requested|instructed|tasked)\s+to\b
            | \breports?\s+back\b
            | \bbe\s+(?:re)?(?:brought|submitted|presented|provided|circulated|supplied|reported|sent)\s+(?:back\s+)?to\b
            | \b(?:a|an)\s+(?:further|update|progress|follow[\s-]up|interim|detailed|written)\s+(?:\w+\s+)?(?:report|update|briefing|note)\b[^.;]{0,60}\b(?:be|come)\b",
        ),
    }
});

/// That something goes onto the work programme, if a sentence of the minutes says so.
pub(super) fn inclusion(sentence: &str) -> Option<Inclusion> {
    if !sentence.to_lowercase().contains("programme") && !sentence.to_lowercase().contains("program") {
        return None;
    }
    let patterns = &*PATTERNS;
    if patterns.not.is_match(sentence) {
        return None;
    }
    let year = patterns.year.captures(sentence).and_then(|year| year.get(1).or(year.get(2))?.as_str().parse().ok());
    let before = |at: usize| {
        let before = sentence.get(..at).unwrap_or("");
        let from = patterns.settled_first.find_iter(before).last().map_or(0, |settled| settled.end());
        before.get(from..).unwrap_or("").to_owned()
    };
    if let Some(put) = patterns.put_on.captures(sentence).filter(|put| is_programme_of(&put["whose"])) {
        let at = put.get(0).map_or(0, |whole| whole.start());
        let what = format!("{} {}", before(at), &put["what"]);
        return Some(Inclusion { what, year });
    }
    if let Some(is_in) = patterns.is_in.captures(sentence).filter(|is_in| is_programme_of(&is_in["whose"])) {
        let at = is_in.get(0).map_or(0, |whole| whole.start());
        return Some(Inclusion { what: before(at), year });
    }
    patterns.includes.captures(sentence).map(|includes| Inclusion { what: includes["what"].to_owned(), year })
}

/// Whether the words between "to" and "work programme" only say whose programme it is.
fn is_programme_of(words: &str) -> bool {
    !words.to_lowercase().split_whitespace().any(|word| {
        matches!(
            word,
            "and"
                | "that"
                | "be"
                | "note"
                | "noted"
                | "or"
                | "to"
                | "with"
                | "approve"
                | "agree"
                | "review"
                | "receive"
                | "consider"
        )
    })
}

/// Whether a sentence asks somebody to report, to supply something or to look into it.
pub(super) fn asks(sentence: &str) -> bool {
    PATTERNS.asks.is_match(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_onto_the_programme_is_found() {
        for (sentence, what, year) in [
            (
                "That the Work Programme for 2023/24 include the evaluation of the new policing model.",
                "the evaluation of the new policing model",
                Some(2023),
            ),
            (
                "That, following , the “Coventry Community Safety Plan” will be in the Work Programme for 2023/24.",
                "That, following , the “Coventry Community Safety Plan”",
                Some(2023),
            ),
            ("That libraries be added to the committee's work programme.", "That libraries be", None),
            ("Add the evaluation to the work programme for 2023/24", "the evaluation", Some(2023)),
            (
                "That the report be noted and road safety be included in the 2024-25 work programme",
                "road safety be",
                Some(2024),
            ),
            (
                "Requests that parking be placed on the Scrutiny Committee Work Programme",
                "Requests that parking be",
                None,
            ),
            ("That the work programme be amended to include litter", "litter", None),
            (
                "That an item on damp in council homes be scheduled within the work programme, and that the Director be thanked.",
                "That an item on damp in council homes be",
                None,
            ),
        ] {
            let found = inclusion(sentence).unwrap_or_else(|| panic!("{sentence}"));
            assert_eq!((found.what.trim(), found.year), (what, year), "{sentence}");
        }
    }

    #[test]
    fn a_programme_that_is_only_spoken_of_promises_nothing() {
        for sentence in [
            "The Work Programme for 2022/23.",
            "That the work programme be noted.",
            "The committee received its Work Programme for 2022/23.",
            "That parking be removed from the work programme.",
            "That libraries not be added to the work programme.",
            "That officers be asked to put options to members and note the work programme.",
            "That the training programme include first aid.",
            "That the plan be approved.",
        ] {
            assert_eq!(inclusion(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn asking_is_told_from_thanking_and_from_deciding() {
        for sentence in [
            "Requests officers to: look into it",
            "That officers be asked to report on it",
            "That the Director be requested to write to the minister",
            "That officers report back in September",
            "That the figures be circulated to members",
            "That a further report be brought to the committee in March",
            "Requests a briefing on damp",
            "That a list of the 10 paths that need work be brought to the next meeting.",
        ] {
            assert!(asks(sentence), "{sentence}");
        }
        for sentence in [
            "That the report be noted.",
            "That the officers be thanked for their work.",
            "That the recommendations in the report submitted to the committee be approved.",
            "That the Chief Executive be authorised to sign the contract.",
            "Supports what the Cabinet Member is now doing.",
            "That the local policing update be noted and welcomed.",
            "That the request be refused.",
        ] {
            assert!(!asks(sentence), "{sentence}");
        }
    }
}
