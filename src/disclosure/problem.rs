//! Unknown whole numbers, and what is known of their sums.

/// Further than any figure reaches: a thousand million million, as typed figures have it, in millionths.
pub const FAR: i128 = 10_i128.pow(21);

/// In place of a bound that a sum does not have.
pub(super) const OPEN: i128 = 10_i128.pow(37);

/// Sums stay below this, so that adding and multiplying never overflows.
const SAFE: i128 = 10_i128.pow(36);

/// Whole numbers from the least to the most, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The least of them.
    pub least: i128,
    /// The greatest.
    pub most: i128,
}

impl Range {
    /// From the least to the most.
    pub fn new(least: i128, most: i128) -> Self {
        Self { least, most }
    }

    /// One number alone.
    pub fn only(value: i128) -> Self {
        Self::new(value, value)
    }

    /// How many numbers there are in it.
    pub fn values(self) -> i128 {
        (self.most - self.least + 1).max(0)
    }

    /// Both, and what lies between them.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(self.least.min(other.least), self.most.max(other.most))
    }
}

/// The sum of so many times each unknown lies in a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Constraint {
    /// The unknowns, each once and in order, with how many times it counts.
    pub terms: Vec<(usize, i128)>,
    /// What the sum is at least; [`OPEN`] below nil if nobody knows.
    pub least: i128,
    /// What the sum is at most.
    pub most: i128,
}

/// A sum that is too large to be calculated with exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Unknown whole numbers, and constraints on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    pub(super) unknowns: Vec<Range>,
    pub(super) constraints: Vec<Constraint>,
}

impl Problem {
    /// Adds an unknown that lies in a range, and gives its number.
    pub fn unknown(&mut self, range: Range) -> usize {
        self.unknowns.push(Range::new(range.least.clamp(-FAR, FAR), range.most.clamp(-FAR, FAR)));
        self.unknowns.len() - 1
    }

    /// Adds a constraint, and gives its number: so many times each unknown together are at least and at most this.
    pub fn constrain(
        &mut self,
        terms: impl IntoIterator<Item = (usize, i128)>,
        least: Option<i128>,
        most: Option<i128>,
    ) -> Result<usize, TooLarge> {
        let terms = merged(terms.into_iter().collect())?;
        let mut reach = 0_i128;
        for (unknown, times) in &terms {
            let range = self.unknowns.get(*unknown).ok_or(TooLarge)?;
            let furthest = range.least.abs().max(range.most.abs());
            reach = times
                .checked_abs()
                .and_then(|times| times.checked_mul(furthest))
                .ok_or(TooLarge)?
                .checked_add(reach)
                .filter(|reach| *reach <= SAFE)
                .ok_or(TooLarge)?;
        }
        let bound = |bound: Option<i128>, open: i128| match bound {
            None => Ok(open),
            Some(bound) if bound.abs() <= SAFE => Ok(bound),
            Some(_) => Err(TooLarge),
        };
        let (mut least, mut most) = (bound(least, -OPEN)?, bound(most, OPEN)?);
        let common = terms.iter().fold(0, |common, (_, times)| greatest_divisor(common, *times));
        let terms = if common > 1 {
            least = if least == -OPEN {
                least
            } else {
                least.div_euclid(common) + i128::from(least.rem_euclid(common) > 0)
            };
            most = if most == OPEN { most } else { most.div_euclid(common) };
            terms.into_iter().map(|(unknown, times)| (unknown, times / common)).collect()
        } else {
            terms
        };
        self.constraints.push(Constraint { terms, least, most });
        Ok(self.constraints.len() - 1)
    }

    /// The same unknowns as far as some constraints name them, `also` among them, and those constraints alone; with the
    /// number that `also` has there.
    pub(super) fn part(&self, constraints: &[usize], also: Option<usize>) -> (Self, usize) {
        let mut part = Self::default();
        let mut named: Vec<usize> = constraints
            .iter()
            .filter_map(|number| self.constraints.get(*number))
            .flat_map(|constraint| constraint.terms.iter().map(|(unknown, _)| *unknown))
            .chain(also)
            .collect();
        named.sort_unstable();
        named.dedup();
        part.unknowns = named.iter().filter_map(|unknown| self.unknowns.get(*unknown).copied()).collect();
        let number = |unknown: usize| named.binary_search(&unknown).unwrap_or(0);
        part.constraints = constraints
            .iter()
            .filter_map(|number| self.constraints.get(*number))
            .map(|constraint| Constraint {
                terms: constraint.terms.iter().map(|(unknown, times)| (number(*unknown), *times)).collect(),
                ..constraint.clone()
            })
            .collect();
        (part, also.map_or(0, number))
    }

    /// How much there is to look at.
    pub(super) fn size(&self) -> u64 {
        let terms: usize = self.constraints.iter().map(|constraint| constraint.terms.len()).sum();
        (terms + self.constraints.len() + self.unknowns.len()) as u64
    }
}

/// Each unknown once, in order, and none that counts for nothing.
fn merged(mut terms: Vec<(usize, i128)>) -> Result<Vec<(usize, i128)>, TooLarge> {
    terms.sort_by_key(|(unknown, _)| *unknown);
    let mut merged: Vec<(usize, i128)> = Vec::with_capacity(terms.len());
    for (unknown, times) in terms {
        match merged.last_mut() {
            Some((last, sum)) if *last == unknown => *sum = sum.checked_add(times).ok_or(TooLarge)?,
            _ => merged.push((unknown, times)),
        }
    }
    merged.retain(|(_, times)| *times != 0);
    Ok(merged)
}

fn greatest_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b > 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_terms_share_is_divided_out() {
        let mut problem = Problem::default();
        let (a, b) = (problem.unknown(Range::new(0, 9)), problem.unknown(Range::new(0, 9)));
        problem.constrain([(b, 4), (a, 6), (b, 2)], Some(-7), Some(17)).expect("a constraint");
        assert_eq!(problem.constraints[0], Constraint { terms: vec![(a, 1), (b, 1)], least: -1, most: 2 });
    }

    #[test]
    fn what_could_overflow_is_refused() {
        let mut problem = Problem::default();
        let far = problem.unknown(Range::new(0, i128::MAX));
        assert_eq!(problem.constrain([(far, 10_i128.pow(16))], None, None), Err(TooLarge));
        assert_eq!(problem.constrain([(far, i128::MIN)], None, None), Err(TooLarge));
        assert_eq!(problem.constrain([(far, i128::MAX), (far, 1)], None, None), Err(TooLarge));
        assert_eq!(problem.constrain([(far, 1)], None, Some(i128::MIN + 1)), Err(TooLarge));
        assert!(problem.constrain([(far, 10_i128.pow(15))], Some(3), None).is_ok());
    }
}
