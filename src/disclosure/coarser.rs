//! Whether fewer decimal places, or no percentages at all, would keep counts safe without withholding others.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::audit::{Verdict, weigh};
use super::clues::{Clue, pose};
use super::evidence::{Evidence, Place, cells};
use super::narrow::Work;
use super::proposal::Proposal;
use super::sheet::Printed;
use crate::figures;

/// Percentages or rates that say too much as they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coarser {
    /// Their columns: of which sheet, and which.
    pub columns: Vec<(usize, usize)>,
    /// With so many decimal places they no longer do; without a number, only if they are left out.
    pub places: Option<u32>,
}

/// Whether anybody would rather have coarser percentages: not where one of them withheld is enough.
pub(super) fn is_worth_it(evidence: &Evidence, proposal: &Proposal) -> bool {
    let is_count = |place: &Place| {
        let sheet = evidence.sheets.get(place.sheet);
        sheet.and_then(|sheet| sheet.column(place.at)).is_some_and(|column| column.is_count)
    };
    proposal.cells.len() > 1 || proposal.cells.iter().any(is_count)
}

/// The most decimal places with which the columns among the clues leave the counts safe. Each number of places is tried by an
/// audit of the table as it would then be printed.
pub(super) fn coarser(
    evidence: &Evidence,
    counts: &[Place],
    clues: &[Clue],
    with_stated: bool,
    work: &mut Work,
) -> Option<Coarser> {
    let is_ours = |sheet: usize| evidence.sheets.get(sheet).is_some_and(|sheet| !sheet.is_elsewhere);
    let columns: BTreeSet<(usize, usize)> = clues
        .iter()
        .filter(|clue| matches!(clue, Clue::Rounded(sheet, _) if is_ours(*sheet)))
        .filter_map(|clue| evidence.cells(*clue).last().map(|place| (place.sheet, place.at.column)))
        .collect();
    let columns: Vec<(usize, usize)> = columns.into_iter().collect();
    let printed = |(sheet, column): &(usize, usize)| {
        let rows = evidence.sheets.get(*sheet).map(|sheet| sheet.rows.as_slice()).unwrap_or_default();
        let places = rows.iter().filter_map(|row| row.cells.get(*column)?.figure()).map(|(_, places)| places);
        places.max().unwrap_or(0)
    };
    let most = columns.iter().map(printed).max()?;
    let tries = (0..most).rev().map(Some).chain([None]);
    let mut tries = tries.filter_map(|places| Some((places, rounded(evidence, &columns, places)?)));
    let found = tries.find(|(_, evidence)| {
        let nothing = BTreeSet::new();
        let enough = work.spend(10 * evidence.size());
        let posed = pose(evidence, &nothing, with_stated);
        let weighed = weigh(evidence, &posed, &nothing, |place| counts.contains(&place), false, work);
        enough && weighed.iter().all(|count| count.verdict == Verdict::Safe)
    });
    found.map(|(places, _)| Coarser { columns, places })
}

/// The evidence with the figures of those columns rounded to so many places, or without them. Nothing where it cannot be told from
/// the figures as printed how they would be rounded.
fn rounded(evidence: &Evidence, columns: &[(usize, usize)], places: Option<u32>) -> Option<Evidence> {
    let mut coarser = evidence.clone();
    for (sheet, relations) in evidence.relations.iter().enumerate() {
        for relation in relations {
            let mut of = cells(relation);
            let Some(at) = of.pop().filter(|at| columns.contains(&(sheet, at.column))) else { continue };
            let result = Place { sheet, at };
            let says_something = of.iter().any(|at| evidence.printed(Place { sheet, at: *at }).is_hidden());
            let printed = match (evidence.printed(result), places) {
                // What follows from printed figures says nothing, however it is rounded.
                (Printed::Figure(..), None) => Printed::Nothing,
                (Printed::Figure(..), _) if !says_something => Printed::Nothing,
                (Printed::Figure(value, own), Some(places)) if own > places => {
                    Printed::Figure(rounded_further(value, places)?, places)
                }
                (printed, _) => printed,
            };
            if let Some(cell) = coarser.sheets.get_mut(sheet)?.rows.get_mut(at.row)?.cells.get_mut(at.column) {
                *cell = printed;
            }
        }
    }
    Some(coarser)
}

/// A rounded figure rounded further, unless it lies in the middle: then the exact figure could go either way.
fn rounded_further(value: Decimal, places: u32) -> Option<Decimal> {
    let rounded = figures::round(value, places);
    ((value - rounded).abs() < Decimal::new(5, places + 1)).then_some(rounded)
}
