//! How officers state figures side by side, as patterns of shapes.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::claims::{self, Verdict};
use crate::rules::pattern::pattern;
use crate::rules::tables::shape::{Shape, Stated};

/// A pattern of shapes. Within it `W` is any word, `V` a verb or noun of change, `C` the words that join a change to its two
/// figures, and the groups are named after what their figures are.
struct Pattern {
    regex: Regex,
    judge: Judge,
}

/// What to make of the figures that a pattern finds. Gives the place of the figure that is judged.
type Judge = fn(&Shape<'_>, &Captures<'_>) -> Option<(usize, Verdict)>;

/// What a capital letter in a pattern stands for, in the order in which they are put in.
const PARTS: &[(&str, &str)] = &[
    (
        "C",
        "(?:\\( (?:or |by |up |down |a |an |V of )*|(?:, |; |: |– )?(?:or |or by |by |up |down |up by |down by |that is |which is )\
         (?:a |an )?(?:V of |V by )?|(?:, |; |: |– )(?:this is |that is |which is )?(?:a |an )W{0,2}?V of |: )",
    ),
    (
        "V",
        "\\b(?:rose|risen|rise|rises|rising|fell|fallen|fall|falls|falling|increase|increased|increases|increasing|decrease|\
         decreased|decreases|grew|grown|growth|drop|dropped|drops|went|gone|up|down|reduced|reduction|decline|declined|climbed|\
         jumped|change|changed)",
    ),
    ("W", "(?:[^ A-Z.,;:()]+ |Y )"),
];

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let whole = |(text, judge): &(&str, Judge)| {
        let regex = PARTS.iter().fold((*text).to_owned(), |regex, (name, part)| regex.replace(name, part));
        Pattern { regex: pattern(&regex), judge: *judge }
    };
    WRITTEN.iter().map(whole).collect()
});

/// The patterns as they are written: those of shares first, then those of changes.
const WRITTEN: &[(&str, Judge)] = &[
    // 13 of 129 (10.0%); 13 out of the 129 survivors (10.0%)
    (
        r"(?P<k>[NM]) (?:out )?of (?:the |these |those |all |our |its |a total of )?(?P<b>[NM]) W{0,6}\( (?P<p>P) \)",
        share,
    ),
    // 34/129 (26.4%)
    (r"(?P<k>N) / (?P<b>N) W{0,3}\( (?P<p>P) \)", share),
    // 36.4% (47 of 129 survivors)
    (
        r"(?P<p>P) W{0,5}\( (?:n= )?(?P<k>[NM]) W{0,3}?(?:(?:out )?of (?:the |these |those |all )?|/ )(?P<b>[NM]) W{0,5}\)",
        share,
    ),
    // Of 79 referrals to treatment, 52 (55%) engaged
    (r"(?:^|[.;:] )of (?:the |these |those |all )?W{0,1}(?P<b>N) W{1,9}, W{0,2}(?P<k>N) \( (?P<p>P) \)", share),
    // 120 people came, of whom 30 (25%) stayed
    (r"(?P<b>N) W{1,9}, (?:and |but )?of (?:whom|which|these|them) (?:, )?W{0,1}(?P<k>N) W{0,2}\( (?P<p>P) \)", share),
    // It was offered to 1,186, though 93 (14%) did not take it up
    (r"(?P<b>N) W{0,6}, (?:though|but|although) W{0,1}(?P<k>N) \( (?P<p>P) \)", share),
    // 1,186 were offered it, 93 (14%) of these did not take it up
    (r"(?P<b>N) W{1,9}, (?:and |but )?(?P<k>N) \( (?P<p>P) \) of (?:them|these|those|whom|which)", share_of),
    // 52 (55%) of the 79 referrals
    (r"(?P<k>N) \( (?P<p>P) \) of (?:the |these |those |all )?W{0,1}(?P<b>N)", share_of),
    // 52 of 79, or 55%
    (
        r"(?P<k>N) (?:out )?of (?:the |these |those |all )?(?P<b>N) W{0,5}(?:, |– )?(?:or |that is |which is )(?P<p>P)",
        share,
    ),
    // 2 of them (8.8%)
    (
        r"(?P<k>N) (?:of (?:them|these|those|whom) \( (?P<p>P) \)|\( (?P<q>P) \) of (?:them|these|those|whom))",
        share_of_them,
    ),
    // rose from 38 to 49, or by 30%
    (r"(?P<v>V) W{0,8}from (?P<e>[NM]) W{0,8}to (?P<l>[NM]) W{0,8}C(?P<p>P)", change),
    // rose by 30%, from 38 to 49; by 147% (from 742 last year to 1832 this year)
    (r"(?:by |V of |up |down )(?P<p>P) W{0,4}(?:, |\( )?from (?P<e>[NM]) W{0,8}to (?P<l>[NM])", change),
    (r"(?P<p>P) V W{0,4}(?:, |\( )?from (?P<e>[NM]) W{0,8}to (?P<l>[NM])", change),
    // rose from 49 to 38
    (r"(?P<v>V) from (?P<e>[NM]) W{0,8}to (?P<l>[NM])", direction),
    // fell by 17, from 127 to 110
    (r"(?P<v>V) W{0,4}by (?P<d>[NM]) W{0,3}(?:, |\( )?from (?P<e>[NM]) W{0,8}to (?P<l>[NM])", difference),
    // from 127 to 110, a fall of 17
    (
        r"from (?P<e>[NM]) W{0,8}to (?P<l>[NM]) W{0,6}(?:, |: |; |– |\( )(?:or |which is )?(?:a |an )W{0,1}?V of (?P<d>[NM])",
        difference,
    ),
    // from 127 to 110, 17 fewer
    (
        r"from (?P<e>[NM]) W{0,8}to (?P<l>[NM]) W{0,6}(?:, |: |; |– |\( )(?:or |which is )?(?P<d>[NM]) W{0,2}(?:more|fewer|less)",
        difference,
    ),
    // rose by 1,090 to 1,832, or by 147%
    (
        r"(?P<v>V) by (?P<d>[NM]) W{0,3}to (?:a total of )?(?P<l>[NM]) W{0,4}(?:, )?(?:or (?:by )?|\( )(?P<p>P)",
        change_to,
    ),
    // by 147%, a rise of 1,090 to a total of 1,832
    (r"by (?P<p>P) , (?:a |an )(?P<v>V) of (?P<d>[NM]) to (?:a total of )?(?P<l>[NM])", change_to),
    // up by 147% (last year 742, this year 1832)
    (r"(?P<p>P) \( last year (?P<e>[NM]) , (?:and )?this year (?P<l>[NM]) \)", change),
    (r"(?P<p>P) \( this year (?P<l>[NM]) , (?:and )?last year (?P<e>[NM]) \)", change),
    (r"(?P<p>P) \( (?P<e>[NM]) last year , (?:and )?(?P<l>[NM]) this year \)", change),
    (r"(?P<e>[NM]) last year , (?:and )?(?P<l>[NM]) this year (?:: |, |\( )(?:or |by |up |down )*(?P<p>P)", change),
    // up by 29% (n=48 in 2015/16, n=115 in 2014/15)
    (
        r"(?:by |V of |up |down )(?P<p>P) \( (?:n= )?(?P<a>N) (?:in )?(?P<ya>Y) , (?:and )?(?:n= )?(?P<b>N) (?:in )?(?P<yb>Y) \)",
        by_period,
    ),
    // 49 referrals, against 38 a year before, a rise of 30%
    (
        r"(?P<l>[NM]) W{0,8}(?:, |\( |; )?(?:against|compared with|compared to|as against|up from|down from) (?:the )?(?P<e>[NM]) W{0,10}C(?P<p>P)",
        change,
    ),
    // 49 referrals, an increase of 30% compared to the 38 of last year
    (
        r"(?P<l>[NM]) W{0,6}(?:, )?(?:this is |which is |that is )?(?:a |an )V of (?P<p>P) W{0,2}(?:compared to|compared with|against|on|over|from) (?:the )?(?P<e>[NM])",
        change,
    ),
    // 379 in 2014 and 327 in 2013, which is 52 more, or 16%
    (
        r"(?P<a>[NM]) W{0,5}?in (?P<ya>Y) (?:, )?(?:and|compared with|compared to|against) (?P<b>[NM]) W{0,5}?in (?P<yb>Y) (?:, |: |; )(?:which is |that is |this is )?(?P<d>[NM]) W{0,2}(?:more|fewer|less)",
        by_period,
    ),
    (
        r"(?P<a>[NM]) W{0,5}?in (?P<ya>Y) (?:, )?(?:and|compared with|compared to|against) (?P<b>[NM]) W{0,5}?in (?P<yb>Y) (?:, |: |; )(?:which is |that is |this is )?(?:[NM] W{0,2}(?:more|fewer|less) (?:, )?(?:or |\( )|(?:a |an )V of )(?P<p>P)",
        by_period,
    ),
    // 17 fewer came, or −13%; this is 19 cases or 32% more; 7 more than the year before (1.5%)
    (
        r"(?P<t>(?:this|that) (?:is|was) )?(?P<d>N) W{0,2}?(?P<m>more|fewer|less) W{0,6}(?:, |– )?(?:or |\( )(?:by )?(?P<p>P)",
        more,
    ),
    (r"(?P<t>(?:this|that) (?:is|was) )?(?P<d>N) W{0,2}?(?:or |\( )(?P<p>P) (?:\) )?(?P<m>more|fewer|less)", more),
    // 150 people in 10 sessions, an average of 15 each
    (
        r"(?P<k>N) W{1,3}(?:for|from|in|over|at) (?P<b>N) W{1,3}, (?:or )?(?:an average of|on average|an average) (?P<p>N) (?:W{0,2}each|per|a|for each)\b",
        average,
    ),
    // £147,500 a year. Each quarter £36,750
    (
        r"(?P<b>M) (?:a|per|each|every) year W{0,10}(?:[,;.] )?(?:and )?(?:each|every|a|per) (?P<u>quarter|month) W{0,4}(?P<k>M)",
        times,
    ),
    (
        r"(?P<b>M) (?:a|per|each|every) year W{0,10}(?:[,;.(] )?(?:or |and |that is )?W{0,4}(?P<k>M) (?:a|per|each|every) (?P<u>quarter|month)",
        times,
    ),
    (r"annual W{1,4}(?P<b>M) W{0,6}(?:[,;.] )?(?:and |with )?W{0,2}(?P<u>quarter|month)ly W{1,4}(?P<k>M)", times),
];

/// What the patterns make of a shape, with the place of each figure judged.
pub(super) fn claims(shape: &Shape<'_>) -> Vec<(usize, Verdict)> {
    if shape.text.bytes().filter(|byte| matches!(byte, b'N' | b'M' | b'P')).count() < 2 {
        return Vec::new();
    }
    // Every pattern holds one of these; most paragraphs hold none, and need not be searched for each pattern.
    if !["P", "M", "from N", "more", "fewer", "less", "average"].iter().any(|words| shape.text.contains(words)) {
        return Vec::new();
    }
    PATTERNS
        .iter()
        .flat_map(|pattern| {
            pattern.regex.captures_iter(&shape.text).map(move |captures| (pattern.judge)(shape, &captures))
        })
        .flatten()
        .collect()
}

/// Whether what follows a percentage can make it one of something else: "52 (55%) of the men", "49, of which 30% were men".
fn stands_alone(shape: &Shape<'_>, end: usize) -> bool {
    const AFTER: &[&str] = &[
        "",
        ".",
        ",",
        ";",
        ":",
        ")",
        "more",
        "fewer",
        "less",
        "higher",
        "lower",
        "up",
        "down",
        "rise",
        "fall",
        "increase",
        "decrease",
        "reduction",
        "drop",
        "growth",
        "year",
        "on",
        "over",
        "than",
        "compared",
        "and",
        "since",
        "altogether",
        "overall",
        "(",
        "–",
        "from",
        "in",
        "against",
        "a",
        "an",
    ];
    let next = shape.text.get(end..).unwrap_or("").trim_start().split(' ').next().unwrap_or("");
    AFTER.contains(&next)
}

/// Whether the words between two figures of a change keep to one subject.
fn one_subject(shape: &Shape<'_>, from: Stated, to: Stated) -> bool {
    const BREAKS: &[&str] = &["and", "but", "while", "whereas", "with", "whose", "who", "though", "although"];
    let (first, last) = (from.at.min(to.at), from.at.max(to.at));
    !shape.text.get(first..last).unwrap_or("").split(' ').any(|word| BREAKS.contains(&word))
}

fn share(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let all = found.get(0)?;
    let next = shape.text.get(all.end()..).unwrap_or("").trim_start();
    if ["of ", "more", "fewer", "less"].iter().any(|word| next.starts_with(word)) {
        return None;
    }
    share_of(shape, found)
}

fn share_of(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (part, whole, stated) = (shape.stated(found, "k")?, shape.stated(found, "b")?, shape.stated(found, "p")?);
    Some((stated.at, claims::share(part, whole, stated)))
}

fn share_of_them(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let part = shape.stated(found, "k")?;
    let stated = shape.stated(found, "p").or_else(|| shape.stated(found, "q"))?;
    Some((stated.at, claims::share_of_them(part, stated, &shape.numbers_before(part.at, 2))))
}

fn change(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (earlier, later, stated) = (shape.stated(found, "e")?, shape.stated(found, "l")?, shape.stated(found, "p")?);
    let end = found.name("p")?.end();
    let last = if later.at > earlier.at { later } else { earlier };
    let certain = stands_alone(shape, end) && (stated.at < last.at || one_subject(shape, last, stated));
    certain.then(|| (stated.at, claims::percentage_change(earlier, later, stated)))
}

fn difference(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (earlier, later, stated) = (shape.stated(found, "e")?, shape.stated(found, "l")?, shape.stated(found, "d")?);
    Some((stated.at, claims::difference(earlier, later, stated)))
}

fn direction(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (earlier, later, verb) = (shape.stated(found, "e")?, shape.stated(found, "l")?, found.name("v")?);
    let (word, span) = shape.written(verb.start())?;
    // A place in a ranking falls when its number rises.
    let all = found.get(0)?;
    let before = shape.text.get(..all.start()).unwrap_or("").rsplit(' ').take(10);
    let after = shape.text.get(all.end()..).unwrap_or("").split(' ').take(10);
    let mut words = before.chain(all.as_str().split(' ')).chain(after);
    if words.any(|word| ["rank", "league", "position", "place"].iter().any(|start| word.starts_with(start))) {
        return None;
    }
    Some((verb.start(), claims::direction(earlier, later, rises(verb.as_str())?, word, span)))
}

fn change_to(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (by, later, stated) = (shape.stated(found, "d")?, shape.stated(found, "l")?, shape.stated(found, "p")?);
    let rises = rises(found.name("v")?.as_str());
    stands_alone(shape, found.name("p")?.end()).then(|| (stated.at, claims::change_to(by, later, rises, stated)))
}

/// Two figures of two periods: the earlier period comes first, however they are written.
fn by_period(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (first, second) = (shape.stated(found, "a")?, shape.stated(found, "b")?);
    let (first_period, _) = shape.written(found.name("ya")?.start())?;
    let (second_period, _) = shape.written(found.name("yb")?.start())?;
    let (earlier, later) = match first_period.cmp(second_period) {
        std::cmp::Ordering::Less => (first, second),
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Greater => (second, first),
    };
    if !first_period.starts_with(['1', '2']) || first_period.len() != second_period.len() {
        return None;
    }
    if let Some(stated) = shape.stated(found, "d") {
        return Some((stated.at, claims::difference(earlier, later, stated)));
    }
    let stated = shape.stated(found, "p")?;
    stands_alone(shape, found.name("p")?.end()).then(|| (stated.at, claims::percentage_change(earlier, later, stated)))
}

fn more(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (by, stated) = (shape.stated(found, "d")?, shape.stated(found, "p")?);
    let more = found.name("m")?.as_str() == "more";
    let follows = found.name("t").is_some();
    let before = shape.numbers_before(by.at, 1);
    let verdict = claims::difference_and_percentage(by, more, stated, &before, follows);
    stands_alone(shape, found.name("p")?.end()).then_some((stated.at, verdict))
}

fn average(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (total, of, stated) = (shape.stated(found, "k")?, shape.stated(found, "b")?, shape.stated(found, "p")?);
    Some((stated.at, claims::average(total, of, stated, "")))
}

fn times(shape: &Shape<'_>, found: &Captures<'_>) -> Option<(usize, Verdict)> {
    let (whole, each) = (shape.stated(found, "b")?, shape.stated(found, "k")?);
    let times = if found.name("u")?.as_str() == "quarter" { 4 } else { 12 };
    Some((each.at, claims::times(whole, each, times, "the year")))
}

/// Whether a word of change says that something grew; nothing of one that says neither.
fn rises(verb: &str) -> Option<bool> {
    match verb {
        "rose" | "risen" | "rise" | "rises" | "rising" | "increase" | "increased" | "increases" | "increasing"
        | "grew" | "grown" | "growth" | "up" | "climbed" | "jumped" => Some(true),
        "fell" | "fallen" | "fall" | "falls" | "falling" | "decrease" | "decreased" | "decreases" | "drop"
        | "dropped" | "drops" | "down" | "reduced" | "reduction" | "decline" | "declined" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(PATTERNS.len(), WRITTEN.len());
    }
}
