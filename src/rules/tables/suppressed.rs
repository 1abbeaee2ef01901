//! Counts that are kept back and can be worked out all the same: T10.

use std::collections::BTreeSet;

use super::disclosed::of_paper_in_hand;
use crate::disclosure::{Audit, Clue, Group, Verdict, words};
use crate::model::Level;
use crate::rules::{Example, Found, PaperInHand, Rule, Test};
use crate::text::Span;

pub(super) const SUPPRESSED: Rule = Rule {
    code: "T10",
    name: "suppressed-count-that-follows",
    level: Level::Error,
    meaning: "A count that is kept back (`<5` or `[c]`) can be worked out, or nearly, from what else is printed: totals, differences, \
              rounded percentages and rates, the same figures in other tables and in earlier versions. `<5` is taken to mean 1 \
              to 4, since nil is printed as 0. A count must be able to have as many values as `protect` says, three unless \
              changed.",
    why: "Small counts are kept back to protect the few people behind them. Whoever can subtract is told about them all the same.",
    source: "Data Protection Act 2018; Government Analysis Function, guidance on statistical disclosure control.",
    remedy: "Keep back what the finding proposes, or put small groups together. `quorate disclose` with the paper's name says which \
             figures give away what, and writes the lines to type.",
    failing: Example::Text(
        "Table: Counted\n\n| Type of hate | 2013 |\n|---|---:|\n| Racist | 276 |\n| Sexist | 19 |\n| Blank | <5 |\n| Total | 297 |\n",
    ),
    passing: Example::Text(
        "Table: Counted\n\n| Type of hate | 2013 |\n|---|---:|\n| Racist | 276 |\n| Sexist | <5 |\n| Blank | <5 |\n| Total | 280 |\n",
    ),
    test: Test::Paper(suppressed),
};

fn suppressed(paper: &PaperInHand<'_>, found: &mut Found) {
    for audit in of_paper_in_hand(paper, false) {
        for group in audit.groups.iter().take(MOST) {
            given_away(&audit, group, found);
        }
        if audit.groups.len() > MOST {
            let message = format!(
                "{} more withheld counts of this table can be worked out",
                audit.groups.iter().skip(MOST).map(|group| group.counts.len()).sum::<usize>()
            );
            found.at(own_span(&audit), message).help("put those right that are told of first, and check again");
        }
        undecided(&audit, found);
    }
}

/// More findings than this of one table nobody puts right in one go.
const MOST: usize = 50;
/// So many other places explain a finding.
const MOST_PLACES: usize = 6;

fn own_span(audit: &Audit) -> Span {
    audit.evidence.own().span
}

fn given_away(audit: &Audit, group: &Group, found: &mut Found) {
    let evidence = &audit.evidence;
    let span = |place: crate::disclosure::Place| {
        evidence.sheets.get(place.sheet).map_or_else(|| own_span(audit), |sheet| sheet.span_of(place.at))
    };
    let mut places = group.counts.iter().filter_map(|number| audit.counts.get(*number)).map(|count| span(count.place));
    let Some(first) = places.next() else { return };
    let mut clues: Vec<Clue> = Vec::new();
    for clue in group.why.iter().flat_map(|(_, clues)| clues) {
        if !clues.contains(clue) {
            clues.push(*clue);
        }
    }
    let mut told = found.at(first, words::given_away(audit, group));
    let mut said = BTreeSet::from([first]);
    let mut left = MOST_PLACES;
    let mut elsewhere = Vec::new();
    for clue in &clues {
        // The place of the figure from which most follows: the total, the percentage, the other table's figure.
        let place = evidence.cells(*clue).last().map(|place| span(*place));
        match place.filter(|place| said.insert(*place)) {
            Some(place) if left > 0 => {
                told = told.also(place, words::clue(evidence, *clue));
                left -= 1;
            }
            Some(_) => {}
            None => elsewhere.push(words::clue(evidence, *clue)),
        }
    }
    for place in places {
        if left > 0 && said.insert(place) {
            told = told.also(place, "kept back in vain");
            left -= 1;
        }
    }
    let more = elsewhere.len().min(MOST_PLACES);
    let told = if more > 0 { told.label(elsewhere[..more].join("; ")) } else { told };
    told.help(match &group.proposal {
        Some(proposal) => words::proposed(audit, proposal),
        None => "keep back more of the figures that give it away, or put small groups together; `quorate disclose` with the \
                 paper's name says more"
            .to_owned(),
    });
}

/// Says of a table that it could not be audited. Of a written one whose figures contradict each other nothing is said: it may
/// not be meant to add up.
fn undecided(audit: &Audit, found: &mut Found) {
    let is_generated = audit.evidence.own().is_generated;
    if let Some(clues) = audit.contradictions.first().filter(|_| is_generated) {
        let clues: Vec<String> =
            clues.iter().take(MOST_PLACES).map(|clue| words::clue(&audit.evidence, *clue)).collect();
        let message = format!(
            "what this table gives away cannot be told, because figures that are printed contradict each other: {}",
            clues.join("; ")
        );
        found.at(own_span(audit), message).help("correct the figure that is wrong, and check again");
    }
    let open = audit.count_of(Verdict::Open);
    if open > 0 {
        let message = format!(
            "{} of this table could not be shown to be safe: too many figures depend on each other",
            crate::finding::counted(open, "withheld count", "withheld counts")
        );
        found.at(own_span(audit), message).help("put small groups together, or leave out totals that depend on them");
    }
}
