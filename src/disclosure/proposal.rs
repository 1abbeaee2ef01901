//! What else to withhold, so that no withheld count is given away.
//!
//! Whatever makes a table safe must take away one of the figures in each set that gives a count away. So the search follows
//! those sets: first for one further cell, then for two, up to [`MOST`]. Percentages of a withheld count are withheld with it.
//! Beyond that, figures are taken away one by one until it is safe, which may be more than are needed.

use std::collections::{BTreeSet, HashMap, HashSet};

use rust_decimal::Decimal;

use super::audit::{Count, Verdict, reasons, weigh};
use super::clues::{Clue, pose};
use super::evidence::{Evidence, Place, cells};
use super::narrow::Work;
use super::ranges::tied;
use crate::tables::Relation;

/// The smallest set is looked for among sets of so many cells.
const MOST: usize = 4;
/// Taking away one by one ends here.
const MOST_STEPS: usize = 100;

/// What else to withhold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The cells in order. In a table made from data, what follows from them is withheld by itself.
    pub cells: Vec<Place>,
    /// Whether there is no smaller set.
    pub is_smallest: bool,
}

/// Looks for what to withhold so that all counts but those to come `later` are safe. `so_far` is withheld already. Gives the
/// proposal, and all that is withheld then.
pub(super) fn propose(
    evidence: &Evidence,
    later: &HashSet<Place>,
    so_far: &BTreeSet<Place>,
    with_stated: bool,
    work: &mut Work,
) -> Option<(Proposal, BTreeSet<Place>)> {
    let mut search =
        Search { evidence, later, with_stated, follows: follows(evidence), seen: HashSet::new(), tired: false };
    let new = |all: &BTreeSet<Place>| -> Vec<Place> {
        all.difference(so_far).copied().filter(|place| search_lists(evidence, *place)).collect()
    };
    for limit in 0..=MOST {
        search.seen.clear();
        if let Some(all) = search.within(so_far.clone(), limit, work) {
            let is_smallest = !search.tired;
            return Some((Proposal { cells: new(&all), is_smallest }, all));
        }
        if search.tired {
            break;
        }
    }
    // What the search has used up must not keep anybody from a proposal at all.
    let mut work = Work::new(work.left().max(500_000));
    let mut all = so_far.clone();
    for _ in 0..MOST_STEPS {
        match search.next_step(&all, &mut work) {
            Step::Safe => return Some((Proposal { cells: new(&all), is_smallest: false }, all)),
            Step::Unknown => return None,
            Step::Take(candidates) => all.extend(candidates.into_iter().next()?.taken),
        }
    }
    None
}

/// Whether an author has to write something in a cell for it to be withheld.
fn search_lists(evidence: &Evidence, place: Place) -> bool {
    evidence.sheets.get(place.sheet).is_some_and(|sheet| sheet.can_be_written(place.at))
}

/// For each cell what is withheld with it: the percentages, rates and differences that follow from it, and in a table that is
/// made from data its sums.
fn follows(evidence: &Evidence) -> HashMap<Place, Vec<Place>> {
    let mut follows: HashMap<Place, Vec<Place>> = HashMap::new();
    for (sheet, relations) in evidence.relations.iter().enumerate() {
        let is_written = |at| evidence.sheets.get(sheet).is_none_or(|sheet| sheet.can_be_written(at));
        for relation in relations {
            if matches!(relation, Relation::Sum { total, .. } if is_written(*total)) {
                continue;
            }
            let mut of: Vec<Place> = cells(relation).into_iter().map(|at| Place { sheet, at }).collect();
            let Some(result) = of.pop() else { continue };
            of.into_iter().for_each(|place| follows.entry(place).or_default().push(result));
        }
    }
    follows
}

struct Search<'e> {
    evidence: &'e Evidence,
    later: &'e HashSet<Place>,
    with_stated: bool,
    follows: HashMap<Place, Vec<Place>>,
    seen: HashSet<BTreeSet<Place>>,
    tired: bool,
}

/// A figure that could be withheld.
struct Candidate {
    /// It, and all that is withheld with it.
    taken: BTreeSet<Place>,
    /// How many of those an author has to write.
    cost: usize,
    rank: (u8, Decimal, Place),
}

enum Step {
    Safe,
    /// It cannot be decided, or nothing can be taken away.
    Unknown,
    /// One of these must be taken away; the best first.
    Take(Vec<Candidate>),
}

impl Search<'_> {
    fn within(&mut self, withheld: BTreeSet<Place>, limit: usize, work: &mut Work) -> Option<BTreeSet<Place>> {
        let candidates = match self.next_step(&withheld, work) {
            Step::Safe => return Some(withheld),
            Step::Unknown => return None,
            Step::Take(candidates) => candidates,
        };
        for candidate in candidates.into_iter().filter(|candidate| candidate.cost <= limit) {
            let more: BTreeSet<Place> = withheld.union(&candidate.taken).copied().collect();
            // Depth ends with the limit: each candidate costs one at least.
            if self.seen.insert(more.clone())
                && let Some(all) = self.within(more, limit - candidate.cost, work)
            {
                return Some(all);
            }
        }
        None
    }

    fn next_step(&mut self, withheld: &BTreeSet<Place>, work: &mut Work) -> Step {
        if !work.spend(10 * self.evidence.size()) {
            self.tired = true;
            return Step::Unknown;
        }
        let posed = pose(self.evidence, withheld, self.with_stated);
        let wanted = |place: Place| !self.later.contains(&place);
        let counts: Vec<Count> = weigh(self.evidence, &posed, withheld, wanted, false, work);
        let Some(count) = counts.iter().find(|count| count.verdict != Verdict::Safe) else { return Step::Safe };
        let unknown = posed.numbers.get(&count.place).filter(|_| count.verdict == Verdict::GivenAway);
        let part = unknown.and_then(|unknown| {
            tied(&posed.problem).into_iter().find(|part| part.unknowns.binary_search(unknown).is_ok())
        });
        let Some(part) = part else {
            self.tired |= count.verdict == Verdict::Open;
            return Step::Unknown;
        };
        let clues = reasons(&posed, &part, *count, count.needed - 1, work);
        let mut candidates = self.candidates(&clues, withheld);
        candidates.sort_by_key(|candidate| candidate.rank);
        if candidates.is_empty() { Step::Unknown } else { Step::Take(candidates) }
    }

    fn candidates(&self, clues: &[Clue], withheld: &BTreeSet<Place>) -> Vec<Candidate> {
        let places: BTreeSet<Place> = clues.iter().flat_map(|clue| self.evidence.cells(*clue)).collect();
        places.into_iter().filter_map(|place| self.candidate(place, withheld)).collect()
    }

    fn candidate(&self, place: Place, withheld: &BTreeSet<Place>) -> Option<Candidate> {
        let sheet = self.evidence.sheets.get(place.sheet)?;
        let printed = self.evidence.printed(place);
        let (value, _) = printed.figure().filter(|_| !withheld.contains(&place) && !sheet.is_elsewhere)?;
        let column = sheet.column(place.at)?;
        if !sheet.can_be_written(place.at) {
            return None;
        }
        let mut taken = BTreeSet::from([place]);
        let mut next = vec![place];
        while let Some(follows) = next.pop().map(|place| self.follows.get(&place).into_iter().flatten()) {
            for result in follows {
                let is_printed = self.evidence.printed(*result).figure().is_some();
                if is_printed && !withheld.contains(result) && taken.insert(*result) {
                    next.push(*result);
                }
            }
        }
        let cost = taken.iter().filter(|place| search_lists(self.evidence, **place)).count();
        let is_total = sheet.rows.get(place.at.row).is_some_and(|row| row.is_total);
        let class = match (column.is_count, value.is_zero()) {
            (false, _) if self.follows_from_hidden(place, withheld) => 0,
            (true, false) if !is_total => 1,
            (false, _) => 2,
            (true, false) => 3,
            (true, true) => 4,
        };
        Some(Candidate { taken, cost: cost.max(1), rank: (class, value.abs(), place) })
    }

    /// Whether a figure says something of a count that is withheld already.
    fn follows_from_hidden(&self, result: Place, withheld: &BTreeSet<Place>) -> bool {
        let relations = self.evidence.relations.get(result.sheet).into_iter().flatten();
        relations
            .filter(|relation| !matches!(relation, Relation::Sum { .. }))
            .map(cells)
            .filter(|cells| cells.last() == Some(&result.at))
            .flatten()
            .map(|at| Place { sheet: result.sheet, at })
            .any(|place| withheld.contains(&place) || self.evidence.printed(place).is_withheld())
    }
}
