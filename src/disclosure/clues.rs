//! From printed figures to constraints.

use std::collections::{BTreeSet, HashMap, HashSet};

use rust_decimal::Decimal;

use super::evidence::{Evidence, Place, cells};
use super::problem::{FAR, Problem, Range};
use super::ranges::Tied;
use super::sheet::Printed;
use crate::tables::{At, Relation};

/// Where a constraint comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clue {
    /// A sum and its parts, or a difference: the relation of that number of a sheet.
    Sum(usize, usize),
    /// A percentage or a rate.
    Rounded(usize, usize),
    /// Two tables print the same figure.
    Same(Place, Place),
}

impl Evidence {
    /// The relation of a clue.
    pub fn relation(&self, clue: Clue) -> Option<&Relation> {
        match clue {
            Clue::Sum(sheet, number) | Clue::Rounded(sheet, number) => self.relations.get(sheet)?.get(number),
            Clue::Same(..) => None,
        }
    }

    /// The cells of a clue, the result last.
    pub fn cells(&self, clue: Clue) -> Vec<Place> {
        match clue {
            Clue::Sum(sheet, _) | Clue::Rounded(sheet, _) => {
                let all = self.relation(clue).map(cells).unwrap_or_default();
                all.into_iter().map(|at| Place { sheet, at }).collect()
            }
            Clue::Same(one, other) => vec![one, other],
        }
    }
}

/// The evidence as a problem.
#[derive(Debug, Default)]
pub(super) struct Posed {
    pub problem: Problem,
    /// Which cell each unknown is.
    pub places: Vec<Place>,
    /// Which unknown a cell is.
    pub numbers: HashMap<Place, usize>,
    /// Where each constraint comes from.
    pub clues: Vec<Clue>,
    /// Cells that are withheld only because they follow from others that are.
    pub derived: HashSet<Place>,
    /// Whether figures were too large to be calculated with, so that not all clues are here.
    pub is_partial: bool,
}

impl Posed {
    /// The clues of a part, each once.
    pub(super) fn clues_of(&self, tied: &Tied) -> Vec<Clue> {
        let mut clues: Vec<Clue> = tied.constraints.iter().map(|number| self.clues[*number]).collect();
        clues.dedup();
        clues
    }
}

/// What a cell is worth.
#[derive(Debug, Clone, Copy)]
enum Worth {
    /// So many units of its last place.
    Known(i128, u32),
    /// An unknown number of units.
    Unknown(u32),
    /// It adds nothing.
    Nil,
}

/// A sum of so many times each unknown and a number, in units of a decimal place.
#[derive(Debug, Default)]
struct Linear {
    terms: Vec<(usize, i128)>,
    constant: i128,
    places: u32,
}

impl Linear {
    /// So many times this, `more` added.
    fn times(&self, times: i128) -> Option<Vec<(usize, i128)>> {
        self.terms.iter().map(|(unknown, own)| Some((*unknown, own.checked_mul(times)?))).collect()
    }
}

fn ten_to(places: u32) -> Option<i128> {
    10_i128.checked_pow(places)
}

fn units(value: Decimal, places: u32) -> Option<i128> {
    let value = value.normalize();
    value.mantissa().checked_mul(ten_to(places.checked_sub(value.scale())?)?)
}

/// Makes a problem of what is printed, as if the cells `also` were withheld besides. What somebody else printed counts only
/// if `with_stated`.
pub(super) fn pose(evidence: &Evidence, also: &BTreeSet<Place>, with_stated: bool) -> Posed {
    let mut posing = Posing { evidence, also, with_stated, posed: Posed::default() };
    for (sheet, relations) in evidence.relations.iter().enumerate() {
        for (number, relation) in relations.iter().enumerate() {
            posing.mark_derived(sheet, relation);
            if posing.relation(sheet, number, relation).is_none() {
                posing.posed.is_partial = true;
            }
        }
    }
    for (one, other) in &evidence.same {
        if posing.same(*one, *other).is_none() {
            posing.posed.is_partial = true;
        }
    }
    posing.posed
}

struct Posing<'e> {
    evidence: &'e Evidence,
    also: &'e BTreeSet<Place>,
    with_stated: bool,
    posed: Posed,
}

impl Posing<'_> {
    fn printed(&self, place: Place) -> Printed {
        match self.evidence.printed(place) {
            Printed::Figure(..) | Printed::Stated(..) if self.also.contains(&place) => Printed::Withheld,
            Printed::Stated(..) if !self.with_stated => Printed::Withheld,
            printed => printed,
        }
    }

    fn worth(&self, place: Place) -> Option<Worth> {
        let places = |place: Place| {
            let sheet = self.evidence.sheets.get(place.sheet)?;
            sheet.column(place.at).map(|column| column.places)
        };
        Some(match self.printed(place) {
            Printed::Figure(value, places) | Printed::Stated(value, places) => {
                Worth::Known(units(value, places)?, places)
            }
            Printed::Below(_) => Worth::Unknown(0),
            Printed::Withheld | Printed::Missing => Worth::Unknown(places(place)?),
            Printed::Nothing | Printed::Words => Worth::Nil,
        })
    }

    fn range(&self, place: Place) -> Range {
        let is_count = self
            .evidence
            .sheets
            .get(place.sheet)
            .and_then(|sheet| sheet.column(place.at))
            .is_some_and(|column| column.is_count);
        match self.printed(place) {
            Printed::Below(threshold) => Range::new(1, i128::from(threshold) - 1),
            _ if is_count => Range::new(0, 10_i128.pow(15)),
            _ => Range::new(-FAR, FAR),
        }
    }

    fn unknown(&mut self, place: Place) -> usize {
        if let Some(number) = self.posed.numbers.get(&place) {
            return *number;
        }
        let number = self.posed.problem.unknown(self.range(place));
        self.posed.places.push(place);
        self.posed.numbers.insert(place, number);
        number
    }

    fn is_hidden(&self, place: Place) -> bool {
        self.printed(place).is_hidden()
    }

    /// A result that is withheld while something that it follows from is withheld too says nothing by itself.
    fn mark_derived(&mut self, sheet: usize, relation: &Relation) {
        let mut all = cells(relation);
        let Some(result) = all.pop().map(|at| Place { sheet, at }) else { return };
        if self.printed(result) == Printed::Withheld && all.iter().any(|at| self.is_hidden(Place { sheet, at: *at })) {
            self.posed.derived.insert(result);
        }
    }

    fn linear(&mut self, parts: &[(Place, i128)]) -> Option<Linear> {
        let worths: Vec<Worth> = parts.iter().map(|(place, _)| self.worth(*place)).collect::<Option<_>>()?;
        let places = worths.iter().map(|worth| match worth {
            Worth::Known(_, places) | Worth::Unknown(places) => *places,
            Worth::Nil => 0,
        });
        let mut linear = Linear { places: places.max().unwrap_or(0), ..Linear::default() };
        for ((place, times), worth) in parts.iter().zip(worths) {
            match worth {
                Worth::Known(value, places) => {
                    let units = ten_to(linear.places - places)?.checked_mul(*times)?;
                    linear.constant = linear.constant.checked_add(value.checked_mul(units)?)?;
                }
                Worth::Unknown(places) => {
                    let units = ten_to(linear.places - places)?.checked_mul(*times)?;
                    let unknown = self.unknown(*place);
                    linear.terms.push((unknown, units));
                }
                Worth::Nil => {}
            }
        }
        Some(linear)
    }

    fn constrain(
        &mut self,
        terms: Vec<(usize, i128)>,
        least: Option<i128>,
        most: Option<i128>,
        clue: Clue,
    ) -> Option<()> {
        if terms.is_empty() {
            return Some(());
        }
        self.posed.problem.constrain(terms, least, most).ok()?;
        self.posed.clues.push(clue);
        Some(())
    }

    /// Adds what a relation says; nothing if its figures are too large.
    fn relation(&mut self, sheet: usize, number: usize, relation: &Relation) -> Option<()> {
        if !cells(relation).iter().any(|at| self.is_hidden(Place { sheet, at: *at })) {
            return Some(());
        }
        let place = |at: &At| Place { sheet, at: *at };
        match relation {
            Relation::Sum { total, parts } => {
                let parts: Vec<(Place, i128)> = parts.iter().map(|part| (place(part), 1)).collect();
                self.exact(place(total), &parts, Clue::Sum(sheet, number))
            }
            Relation::Difference { result, from, to } => {
                if [from, to].iter().any(|at| matches!(self.printed(place(at)), Printed::Nothing | Printed::Words)) {
                    return Some(());
                }
                self.exact(place(result), &[(place(to), 1), (place(from), -1)], Clue::Sum(sheet, number))
            }
            Relation::Share { result, part, whole } => {
                let of = [(place(part), 1)];
                self.rounded(place(result), &of, place(whole), Decimal::ONE_HUNDRED, Clue::Rounded(sheet, number))
            }
            Relation::Change { result, from, to } => {
                let of = [(place(to), 1), (place(from), -1)];
                self.rounded(place(result), &of, place(from), Decimal::ONE_HUNDRED, Clue::Rounded(sheet, number))
            }
            Relation::Rate { result, count, population, per } => {
                let of = [(place(count), 1)];
                self.rounded(place(result), &of, place(population), *per, Clue::Rounded(sheet, number))
            }
        }
    }

    /// The result is the sum of the parts, rounded if it is printed with fewer places.
    fn exact(&mut self, result: Place, parts: &[(Place, i128)], clue: Clue) -> Option<()> {
        match self.printed(result) {
            Printed::Nothing | Printed::Words => return Some(()),
            // Nobody is told the result, and nothing else depends on it.
            Printed::Withheld | Printed::Missing
                if self.evidence.uses.get(&result).is_none_or(|uses| *uses <= 1)
                    && parts.iter().any(|(part, _)| self.is_hidden(*part)) =>
            {
                return Some(());
            }
            _ => {}
        }
        let sum = self.linear(parts)?;
        match self.worth(result)? {
            Worth::Nil => Some(()),
            Worth::Unknown(places) => {
                let common = sum.places.max(places);
                let mut terms = sum.times(ten_to(common - sum.places)?)?;
                let result = self.unknown(result);
                terms.push((result, -ten_to(common - places)?));
                let rest = sum.constant.checked_mul(ten_to(common - sum.places)?)?.checked_neg()?;
                self.constrain(terms, Some(rest), Some(rest), clue)
            }
            Worth::Known(value, places) if places >= sum.places => {
                let more = ten_to(places - sum.places)?;
                let rest = value.checked_sub(sum.constant.checked_mul(more)?)?;
                self.constrain(sum.times(more)?, Some(rest), Some(rest), clue)
            }
            Worth::Known(value, places) => {
                let unit = ten_to(sum.places - places)?;
                let middle = value.checked_mul(unit)?.checked_sub(sum.constant)?;
                // Halves are rounded away from nil.
                let (down, up) = match value.signum() {
                    0 => (unit / 2 - 1, unit / 2 - 1),
                    1 => (unit / 2, unit / 2 - 1),
                    _ => (unit / 2 - 1, unit / 2),
                };
                self.constrain(sum.terms, Some(middle.checked_sub(down)?), Some(middle.checked_add(up)?), clue)
            }
        }
    }

    /// The result is so many times the sum of the parts for each of the whole, rounded as it is printed.
    fn rounded(&mut self, result: Place, of: &[(Place, i128)], whole: Place, per: Decimal, clue: Clue) -> Option<()> {
        let is_nothing = |printed: Printed| matches!(printed, Printed::Nothing | Printed::Words);
        if is_nothing(self.printed(whole)) || of.iter().any(|(part, _)| is_nothing(self.printed(*part))) {
            return Some(());
        }
        let Some((value, places)) = self.printed(result).figure() else { return Some(()) };
        let value = units(value, places)?;
        let (part, whole) = (self.linear(of)?, self.linear(&[(whole, 1)])?);
        if whole.terms.is_empty() && whole.constant <= 0 {
            return Some(());
        }
        // per × part ÷ whole in units of the result, taken twice so that halves are whole.
        let per = per.normalize();
        let own = ten_to(places.checked_add(whole.places)?)?.checked_mul(per.mantissa())?.checked_mul(2)?;
        let others = ten_to(part.places.checked_add(per.scale())?)?;
        let twice = value.checked_mul(2)?;
        // Halves are rounded away from nil.
        let (at_least, at_most) = (i128::from(value <= 0), -i128::from(value >= 0));
        for (edge, least, most) in
            [(twice.checked_sub(1)?, Some(at_least), None), (twice.checked_add(1)?, None, Some(at_most))]
        {
            let back = edge.checked_mul(others)?.checked_neg()?;
            let mut terms = part.times(own)?;
            terms.extend(whole.times(back)?);
            let constant = part.constant.checked_mul(own)?.checked_add(whole.constant.checked_mul(back)?)?;
            let bound = |bound: Option<i128>| match bound {
                Some(bound) => bound.checked_sub(constant).map(Some),
                None => Some(None),
            };
            self.constrain(terms, bound(least)?, bound(most)?, clue)?;
        }
        Some(())
    }

    fn same(&mut self, one: Place, other: Place) -> Option<()> {
        let clue = Clue::Same(one, other);
        match (self.worth(one)?, self.worth(other)?) {
            (Worth::Unknown(a), Worth::Unknown(b)) if a == b => {
                let terms = vec![(self.unknown(one), 1), (self.unknown(other), -1)];
                self.constrain(terms, Some(0), Some(0), clue)
            }
            (Worth::Unknown(_), Worth::Known(value, 0)) => {
                let unknown = self.unknown(one);
                self.constrain(vec![(unknown, 1)], Some(value), Some(value), clue)
            }
            (Worth::Known(value, 0), Worth::Unknown(_)) => {
                let unknown = self.unknown(other);
                self.constrain(vec![(unknown, 1)], Some(value), Some(value), clue)
            }
            _ => Some(()),
        }
    }
}
