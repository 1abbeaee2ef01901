//! Which withheld counts can be worked out, from what, and what would keep them safe.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::clues::{Clue, Posed, pose};
use super::coarser::{self, Coarser};
use super::evidence::{Evidence, Place};
use super::narrow::Work;
use super::problem::{FAR, Range};
use super::proposal::{self, Proposal};
use super::ranges::{Asked, Reach, Tied, ranges, tied};
use super::sheet::Printed;
use crate::tables::At;

/// The work allowed for the ranges of one table; for naming what gives them away; for proposals.
const FOR_RANGES: u64 = 10_000_000;
const FOR_REASONS: u64 = 10_000_000;
const FOR_PROPOSALS: u64 = 10_000_000;
/// Of so many groups the reasons are named, and of so many counts of each; nobody puts more right in one go.
const MOST_GROUPS: usize = 50;
const MOST_EXPLAINED: usize = 12;

/// What became of a withheld count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It can have enough values.
    Safe,
    /// It can have too few.
    GivenAway,
    /// It could not be decided.
    Open,
    /// The figures printed leave it no value at all: they contradict each other.
    Contradiction,
}

/// A withheld count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Where it stands.
    pub place: Place,
    /// What is printed in its place.
    pub printed: Printed,
    /// How many values it must be able to have.
    pub needed: i128,
    /// Which values it can have.
    pub reach: Reach,
    /// What became of it.
    pub verdict: Verdict,
}

/// Counts that are given away together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Those of the counts, by their number.
    pub counts: Vec<usize>,
    /// Why: for counts of the group, a smallest set of clues from which as much can be worked out.
    pub why: Vec<(usize, Vec<Clue>)>,
    /// What else to withhold.
    pub proposal: Option<Proposal>,
    /// Fewer decimal places that do as well, where more than one percentage would have to be withheld.
    pub coarser: Option<Coarser>,
}

/// What came of an audit.
#[derive(Debug, Clone)]
pub struct Audit {
    /// What was looked at.
    pub evidence: Evidence,
    /// The withheld counts in order.
    pub counts: Vec<Count>,
    /// Those that are given away.
    pub groups: Vec<Group>,
    /// Printed figures that contradict each other, by their clues.
    pub contradictions: Vec<Vec<Clue>>,
    /// Figures that somebody else printed were left aside, because they contradict the others.
    pub without_stated: bool,
    /// Some figures are too large to be calculated with.
    pub is_partial: bool,
}

impl Audit {
    /// Whether each withheld count is safe.
    pub fn is_safe(&self) -> bool {
        self.counts.iter().all(|count| count.verdict == Verdict::Safe)
    }

    /// How many counts have come to that.
    pub fn count_of(&self, verdict: Verdict) -> usize {
        self.counts.iter().filter(|count| count.verdict == verdict).count()
    }
}

/// Audits a table. If `exactly`, the exact range of each withheld count is worked out; otherwise only as far as it is needed
/// to see whether it is safe.
pub fn audit(evidence: Evidence, exactly: bool) -> Audit {
    let nothing = BTreeSet::new();
    let mut work = Work::new(FOR_RANGES);
    let mut posed = pose(&evidence, &nothing, true);
    let mut counts = weigh(&evidence, &posed, &nothing, |_| true, exactly, &mut work);
    let mut without_stated = false;
    let has_stated = || {
        evidence
            .sheets
            .iter()
            .flat_map(|sheet| &sheet.rows)
            .flat_map(|row| &row.cells)
            .any(|cell| matches!(cell, Printed::Stated(..)))
    };
    if counts.iter().any(|count| count.verdict == Verdict::Contradiction) && has_stated() {
        posed = pose(&evidence, &nothing, false);
        counts = weigh(&evidence, &posed, &nothing, |_| true, exactly, &mut work);
        without_stated = true;
    }
    let parts = tied(&posed.problem);
    let mut part_of = vec![usize::MAX; posed.problem.unknowns.len()];
    for (number, part) in parts.iter().enumerate() {
        part.unknowns.iter().for_each(|unknown| part_of[*unknown] = number);
    }
    let of_verdict = |verdict: Verdict| {
        let mut by_part: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, count) in counts.iter().enumerate().filter(|(_, count)| count.verdict == verdict) {
            if let Some(unknown) = posed.numbers.get(&count.place) {
                by_part.entry(part_of[*unknown]).or_default().push(number);
            }
        }
        by_part
    };
    let mut work = Work::new(FOR_REASONS);
    let contradictions = of_verdict(Verdict::Contradiction)
        .into_keys()
        .take(MOST_GROUPS)
        .map(|part| contradiction(&posed, &parts[part], &mut work))
        .collect();
    let mut groups: Vec<Group> = of_verdict(Verdict::GivenAway)
        .into_iter()
        .map(|(part, counts)| (&parts[part], counts))
        .enumerate()
        .map(|(at, (part, of_group))| {
            let explained = of_group.iter().take(if at < MOST_GROUPS { MOST_EXPLAINED } else { 0 });
            let why = explained.map(|number| {
                let count = counts[*number];
                let values = match count.reach {
                    Reach::Exactly(range) | Reach::Within { outer: range, .. } => range.values(),
                    Reach::Nothing => 0,
                };
                (*number, reasons(&posed, part, count, values, &mut work))
            });
            let why = why.collect();
            Group { why, counts: of_group, proposal: None, coarser: None }
        })
        .collect();
    groups.sort_by_key(|group| group.counts.first().copied());
    propose(&evidence, &counts, &mut groups, !without_stated);
    Audit { counts, groups, contradictions, without_stated, is_partial: posed.is_partial, evidence }
}

/// Proposes what else to withhold, group by group; what is proposed for one holds for those after it.
fn propose(evidence: &Evidence, counts: &[Count], groups: &mut [Group], with_stated: bool) {
    let mut work = Work::new(FOR_PROPOSALS);
    let mut withheld = BTreeSet::new();
    let mut later: HashSet<Place> =
        counts.iter().filter(|count| count.verdict != Verdict::Safe).map(|count| count.place).collect();
    for group in groups.iter_mut().take(MOST_GROUPS) {
        for number in &group.counts {
            later.remove(&counts[*number].place);
        }
        let found = proposal::propose(evidence, &later, &withheld, with_stated, &mut work);
        if let Some((proposal, all)) = found {
            withheld = all;
            group.proposal = Some(proposal);
        }
        if group.proposal.as_ref().is_none_or(|proposal| coarser::is_worth_it(evidence, proposal)) {
            let places: Vec<Place> = group.counts.iter().map(|number| counts[*number].place).collect();
            let clues: Vec<Clue> = group.why.iter().flat_map(|(_, clues)| clues.iter().copied()).collect();
            group.coarser = coarser::coarser(evidence, &places, &clues, with_stated, &mut work);
        }
    }
}

/// The withheld counts of the first sheet, with what became of each. `also` is withheld besides; only counts that are
/// `wanted` are looked at.
pub(super) fn weigh(
    evidence: &Evidence,
    posed: &Posed,
    also: &BTreeSet<Place>,
    wanted: impl Fn(Place) -> bool,
    exactly: bool,
    work: &mut Work,
) -> Vec<Count> {
    let protect = evidence.sheets.first().map_or(1, |sheet| i128::from(sheet.protect)).max(1);
    let mut counts = Vec::new();
    let mut needed = vec![0; posed.problem.unknowns.len()];
    for (place, printed) in withheld_counts(evidence, posed, also).filter(|(place, _)| wanted(*place)) {
        let needs = match printed {
            Printed::Below(threshold) => protect.min(i128::from(threshold) - 1),
            _ => protect,
        };
        if let Some(unknown) = posed.numbers.get(&place) {
            needed[*unknown] = needs;
        }
        counts.push((place, printed, needs));
    }
    let asked = |unknown: usize| match needed[unknown] {
        0 => Asked::Nothing,
        _ if exactly => Asked::Exactly,
        needed => Asked::Unless(needed),
    };
    let reach = ranges(&posed.problem, asked, work);
    counts
        .into_iter()
        .map(|(place, printed, needed)| {
            let reach = match (posed.numbers.get(&place), printed) {
                (Some(unknown), _) => reach[*unknown],
                (None, Printed::Below(threshold)) => Reach::Exactly(Range::new(1, i128::from(threshold) - 1)),
                (None, _) => Reach::Exactly(Range::new(0, FAR)),
            };
            Count { place, printed, needed, reach, verdict: verdict(reach, needed) }
        })
        .collect()
}

fn verdict(reach: Reach, needed: i128) -> Verdict {
    match reach {
        Reach::Nothing => Verdict::Contradiction,
        Reach::Exactly(range) if range.values() >= needed => Verdict::Safe,
        Reach::Exactly(_) => Verdict::GivenAway,
        Reach::Within { found: Some(found), .. } if found.values() >= needed => Verdict::Safe,
        Reach::Within { outer, .. } if outer.values() < needed => Verdict::GivenAway,
        Reach::Within { .. } => Verdict::Open,
    }
}

/// Counts that somebody wants to keep back: signs like `<5` anywhere, and `[c]` where counts stand, unless it is there only
/// because others are withheld.
fn withheld_counts<'e>(
    evidence: &'e Evidence,
    posed: &'e Posed,
    also: &'e BTreeSet<Place>,
) -> impl Iterator<Item = (Place, Printed)> + 'e {
    let sheet = evidence.sheets.first();
    let rows = sheet.into_iter().flat_map(|sheet| sheet.rows.iter().enumerate().map(move |row| (sheet, row)));
    rows.flat_map(move |(sheet, (row, cells))| {
        let columns = cells.cells.iter().zip(&sheet.columns).enumerate();
        columns.filter_map(move |(column, (printed, of))| {
            let place = Place { sheet: 0, at: At::new(row, column) };
            let printed = if also.contains(&place) { Printed::Withheld } else { *printed };
            match printed {
                Printed::Below(_) => Some((place, printed)),
                Printed::Withheld if of.is_count && !of.is_computed && !posed.derived.contains(&place) => {
                    Some((place, printed))
                }
                _ => None,
            }
        })
    })
}

/// A smallest set of clues that leaves a count no more than so many values.
pub(super) fn reasons(posed: &Posed, part: &Tied, count: Count, values: i128, work: &mut Work) -> Vec<Clue> {
    let Some(unknown) = posed.numbers.get(&count.place).copied() else { return Vec::new() };
    let gives_away = |constraints: &[usize], work: &mut Work| {
        let (problem, unknown) = posed.problem.part(constraints, Some(unknown));
        if !work.spend(problem.size()) {
            return false;
        }
        let asked = |other| if other == unknown { Asked::Unless(values + 1) } else { Asked::Nothing };
        let reach = ranges(&problem, asked, work).get(unknown).copied();
        reach.is_some_and(|reach| verdict(reach, values + 1) == Verdict::GivenAway)
    };
    smallest(posed, part, gives_away, work)
}

/// A smallest set of clues that contradict each other.
fn contradiction(posed: &Posed, part: &Tied, work: &mut Work) -> Vec<Clue> {
    let contradicts = |constraints: &[usize], work: &mut Work| {
        let (problem, _) = posed.problem.part(constraints, None);
        work.spend(problem.size()) && ranges(&problem, |_| Asked::Unless(1), work).contains(&Reach::Nothing)
    };
    smallest(posed, part, contradicts, work)
}

/// Takes clues away as long as what is left still does it: rounded figures first, so that what a sum alone gives away is
/// explained by the sum. Where the work runs out, more may be left than needed.
fn smallest(posed: &Posed, part: &Tied, does_it: impl Fn(&[usize], &mut Work) -> bool, work: &mut Work) -> Vec<Clue> {
    let mut clues = posed.clues_of(part);
    clues.sort_by_key(|clue| match clue {
        Clue::Rounded(..) => (0, *clue),
        Clue::Same(..) => (1, *clue),
        Clue::Sum(..) => (2, *clue),
    });
    clues.dedup();
    let mut of_clue: BTreeMap<Clue, Vec<usize>> = BTreeMap::new();
    for number in &part.constraints {
        of_clue.entry(posed.clues[*number]).or_default().push(*number);
    }
    let mut chunk = clues.len().div_ceil(2).max(1);
    loop {
        let mut at = 0;
        while at < clues.len() {
            // Each attempt takes as long as there are clues: without work left they would all be in vain.
            if work.left() == 0 {
                return clues;
            }
            let end = (at + chunk).min(clues.len());
            let without = [&clues[..at], &clues[end..]].concat();
            let constraints: Vec<usize> =
                without.iter().filter_map(|clue| of_clue.get(clue)).flatten().copied().collect();
            if does_it(&constraints, work) {
                clues = without;
            } else {
                at = end;
            }
        }
        if chunk == 1 {
            return clues;
        }
        chunk = chunk.div_ceil(2);
    }
}
