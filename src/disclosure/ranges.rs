//! The exact range of each unknown: the least and the greatest value that some solution of all constraints gives it.
//!
//! Narrowing comes first. Unknowns that no constraint ties together are then looked at apart. Where constraints that only
//! add and subtract tie unknowns together without a circle, narrowing has found the exact ranges already. Elsewhere a search
//! asks of each bound whether a solution reaches it; what cannot be decided within the work allowed is said to be open.

use super::narrow::{Settled, State, Work};
use super::problem::{Problem, Range};

/// What is to be known of an unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// Its exact range, unless it can have so many values: then that it can.
    Unless(i128),
    /// Its exact range.
    Exactly,
}

/// What is known of the values that an unknown can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The least and the greatest value that a solution gives it.
    Exactly(Range),
    /// Not all was decided: no value lies outside, and solutions give it the least and the greatest value that were found.
    Within {
        /// No solution leaves it.
        outer: Range,
        /// Solutions reach both ends.
        found: Option<Range>,
    },
    /// The constraints on it contradict each other.
    Nothing,
}

/// Unknowns that constraints tie together, and those constraints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tied {
    pub unknowns: Vec<usize>,
    pub constraints: Vec<usize>,
}

/// What is known of each unknown of a problem.
pub fn ranges(problem: &Problem, asked: impl Fn(usize) -> Asked, work: &mut Work) -> Vec<Reach> {
    let mut state = State::new(problem);
    let mut reach: Vec<Reach> =
        problem.unknowns.iter().map(|range| Reach::Within { outer: *range, found: None }).collect();
    for tied in tied(problem) {
        if tied.unknowns.iter().all(|unknown| asked(*unknown) == Asked::Nothing) {
            continue;
        }
        // No part of a large problem may use up what all the others need.
        let size = (tied.unknowns.len() + tied.constraints.len()) as u64;
        let share = (work.left() / 8).max(20 * size + 10_000).min(work.left());
        let mut own = Work::new(share);
        of_tied(problem, &mut state, &tied, &asked, &mut own, &mut reach);
        work.spend(share - own.left());
    }
    reach
}

/// The parts of a problem that have nothing to do with each other, by their first unknown.
pub(super) fn tied(problem: &Problem) -> Vec<Tied> {
    let mut leader: Vec<usize> = (0..problem.unknowns.len()).collect();
    for constraint in &problem.constraints {
        let mut unknowns = constraint.terms.iter().map(|(unknown, _)| *unknown);
        let Some(first) = unknowns.next() else { continue };
        for other in unknowns {
            let (a, b) = (find(&mut leader, first), find(&mut leader, other));
            leader[a.max(b)] = a.min(b);
        }
    }
    let mut all: Vec<Tied> = Vec::new();
    let mut number = vec![usize::MAX; leader.len()];
    for unknown in 0..leader.len() {
        let first = find(&mut leader, unknown);
        if number[first] == usize::MAX {
            number[first] = all.len();
            all.push(Tied::default());
        }
        all[number[first]].unknowns.push(unknown);
    }
    for (at, constraint) in problem.constraints.iter().enumerate() {
        if let Some((unknown, _)) = constraint.terms.first() {
            all[number[find(&mut leader, *unknown)]].constraints.push(at);
        }
    }
    all
}

fn find(leader: &mut [usize], mut of: usize) -> usize {
    while leader[of] != of {
        leader[of] = leader[leader[of]];
        of = leader[of];
    }
    of
}

fn of_tied(
    problem: &Problem,
    state: &mut State<'_>,
    tied: &Tied,
    asked: &impl Fn(usize) -> Asked,
    work: &mut Work,
    reach: &mut [Reach],
) {
    tied.constraints.iter().for_each(|number| state.wake(*number));
    let settled = state.settle(work);
    if settled == Settled::Impossible {
        state.back(state.mark());
        tied.unknowns.iter().for_each(|unknown| reach[*unknown] = Reach::Nothing);
        return;
    }
    if settled == Settled::Fits && is_tree(problem, state, tied) {
        tied.unknowns.iter().for_each(|unknown| reach[*unknown] = Reach::Exactly(state.range(*unknown)));
        return;
    }
    state.back(state.mark());
    state.keep(&tied.constraints);
    let mut search = Search { state, tied, order: Vec::new(), found: None };
    search.sort();
    if search.solve(None, work) == Solved::Never {
        tied.unknowns.iter().for_each(|unknown| reach[*unknown] = Reach::Nothing);
        return;
    }
    for (at, unknown) in tied.unknowns.iter().enumerate() {
        search.bounds(at, *unknown, asked(*unknown), work);
    }
    for (at, unknown) in tied.unknowns.iter().enumerate() {
        let outer = search.state.range(*unknown);
        let found = search.found.as_ref().and_then(|found| found.get(at).copied());
        reach[*unknown] = if found == Some(outer) { Reach::Exactly(outer) } else { Reach::Within { outer, found } };
    }
}

/// Whether unknowns that are still open are tied together without a circle, by constraints that only add and subtract.
/// Then a value that each constraint by itself allows is part of a solution.
fn is_tree(problem: &Problem, state: &State<'_>, tied: &Tied) -> bool {
    let is_open = |unknown: usize| {
        let range = state.range(unknown);
        range.least < range.most
    };
    // Every tree of constraints and unknowns together has one edge fewer than it has knots. Fixed unknowns tie nothing, so
    // that there may be several trees: as many as there are knots more than edges, if there is no circle.
    let mut leader: Vec<usize> = (0..tied.unknowns.len() + tied.constraints.len()).collect();
    for (at, number) in tied.constraints.iter().enumerate() {
        for (unknown, times) in &problem.constraints[*number].terms {
            if !is_open(*unknown) {
                continue;
            }
            let Ok(position) = tied.unknowns.binary_search(unknown) else { return false };
            let (a, b) = (find(&mut leader, position), find(&mut leader, tied.unknowns.len() + at));
            if times.abs() != 1 || a == b {
                return false;
            }
            leader[a.max(b)] = a.min(b);
        }
    }
    true
}

/// What came of looking for a solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Solved {
    Once,
    Never,
    Tired,
}

/// A search among unknowns that are tied together.
struct Search<'s, 'p> {
    state: &'s mut State<'p>,
    tied: &'s Tied,
    /// In which order values are tried: those with the fewest first.
    order: Vec<usize>,
    /// For each unknown the least and the greatest value in the solutions so far.
    found: Option<Vec<Range>>,
}

/// A choice: the half that is tried, and the other if it was not tried yet.
struct Choice {
    unknown: usize,
    other: Option<Range>,
    mark: usize,
    from: usize,
}

/// Among so many open unknowns the one with the fewest values is looked for.
const LOOK_AHEAD: usize = 64;

impl Search<'_, '_> {
    fn sort(&mut self) {
        self.order.clone_from(&self.tied.unknowns);
        let state = &*self.state;
        self.order.sort_by_key(|unknown| (state.range(*unknown).values(), *unknown));
    }

    /// Finds the bounds of one unknown, as far as they are asked for.
    fn bounds(&mut self, at: usize, unknown: usize, asked: Asked, work: &mut Work) {
        for upwards in [false, true] {
            let mut first = true;
            loop {
                let Some(found) = self.found.as_ref().and_then(|found| found.get(at).copied()) else { return };
                let enough = match asked {
                    Asked::Nothing => true,
                    Asked::Unless(values) => found.values() >= values,
                    Asked::Exactly => false,
                };
                let outer = self.state.range(unknown);
                let (near, far) = if upwards { (found.most, outer.most) } else { (found.least, outer.least) };
                if enough || near == far {
                    break;
                }
                // The furthest that narrowing allows is most often right; after that, halves.
                let step = if first { (far - near).abs() } else { ((far - near).abs() + 1) / 2 };
                first = false;
                let aim = if upwards { Range::new(near + step, far) } else { Range::new(far, near - step) };
                match self.solve(Some((unknown, aim)), work) {
                    Solved::Once => {}
                    Solved::Tired => return,
                    Solved::Never => {
                        let rest = if upwards {
                            Range::new(outer.least, aim.least - 1)
                        } else {
                            Range::new(aim.most + 1, outer.most)
                        };
                        self.state.narrow(unknown, rest);
                        let settled = self.state.settle(work);
                        self.state.back(self.state.mark());
                        self.state.keep(&[]);
                        if settled != Settled::Fits {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// Looks for one solution, with an unknown in a range.
    fn solve(&mut self, aim: Option<(usize, Range)>, work: &mut Work) -> Solved {
        let start = self.state.mark();
        let possible = aim.is_none_or(|(unknown, range)| self.state.narrow(unknown, range));
        let solved = if possible { self.descend(work) } else { Solved::Never };
        if solved == Solved::Once {
            work.spend(self.tied.unknowns.len() as u64);
            let values = self.tied.unknowns.iter().map(|unknown| self.state.range(*unknown));
            self.found = Some(match self.found.take() {
                None => values.collect(),
                Some(found) => found.into_iter().zip(values).map(|(found, value)| found.and(value)).collect(),
            });
        }
        self.state.back(start);
        solved
    }

    fn descend(&mut self, work: &mut Work) -> Solved {
        let mut choices: Vec<Choice> = Vec::new();
        let mut from = 0;
        loop {
            match self.state.settle(work) {
                Settled::Tired => return Solved::Tired,
                Settled::Fits => {
                    let Some((first, unknown)) = self.next(from, work) else { return Solved::Once };
                    let range = self.state.range(unknown);
                    let middle = range.least + (range.most - range.least) / 2;
                    let other = Some(Range::new(middle + 1, range.most));
                    choices.push(Choice { unknown, other, mark: self.state.mark(), from: first });
                    from = first;
                    self.state.narrow(unknown, Range::new(range.least, middle));
                }
                Settled::Impossible => {
                    // Back to the last choice of which the other half is untried.
                    loop {
                        let Some(choice) = choices.last_mut() else { return Solved::Never };
                        self.state.back(choice.mark);
                        from = choice.from;
                        if let Some(other) = choice.other.take() {
                            self.state.narrow(choice.unknown, other);
                            break;
                        }
                        choices.pop();
                    }
                }
            }
            if !work.spend(1) {
                return Solved::Tired;
            }
        }
    }

    /// The open unknown to try next, and where in the order the first open one stands.
    fn next(&self, from: usize, work: &mut Work) -> Option<(usize, usize)> {
        let open = |at: &usize| self.state.range(self.order[*at]).values() > 1;
        let first = (from..self.order.len()).find(open)?;
        work.spend((first - from) as u64);
        let near = (first..self.order.len()).take(4 * LOOK_AHEAD).filter(open).take(LOOK_AHEAD);
        let best = near.min_by_key(|at| (self.state.range(self.order[*at]).values(), *at))?;
        Some((first, self.order[best]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLENTY: u64 = 1_000_000;

    fn exact(problem: &Problem) -> Vec<Reach> {
        ranges(problem, |_| Asked::Exactly, &mut Work::new(PLENTY))
    }

    /// All solutions, by trying every combination.
    fn brute(problem: &Problem) -> Vec<Reach> {
        let mut found: Option<Vec<Range>> = None;
        let mut values: Vec<i128> = problem.unknowns.iter().map(|range| range.least).collect();
        loop {
            let fits = problem.constraints.iter().all(|constraint| {
                let sum: i128 = constraint.terms.iter().map(|(unknown, times)| times * values[*unknown]).sum();
                (constraint.least..=constraint.most).contains(&sum)
            });
            if fits {
                let only = values.iter().map(|value| Range::only(*value));
                found = Some(match found {
                    None => only.collect(),
                    Some(found) => found.into_iter().zip(only).map(|(found, value)| found.and(value)).collect(),
                });
            }
            let Some(next) = values.iter().zip(&problem.unknowns).position(|(value, range)| *value < range.most) else {
                break;
            };
            values[next] += 1;
            values.iter_mut().zip(&problem.unknowns).take(next).for_each(|(value, range)| *value = range.least);
        }
        match found {
            Some(found) => found.into_iter().map(Reach::Exactly).collect(),
            None => vec![Reach::Nothing; problem.unknowns.len()],
        }
    }

    fn problems() -> impl Strategy<Value = Problem> {
        let unknowns = prop::collection::vec((-3_i128..4, 0_i128..4), 1..5);
        let constraint = (prop::collection::vec(-4_i128..5, 5), -20_i128..20, 0_i128..6);
        (unknowns, prop::collection::vec(constraint, 0..4)).prop_map(|(unknowns, constraints)| {
            let mut problem = Problem::default();
            for (least, more) in &unknowns {
                problem.unknown(Range::new(*least, least + more));
            }
            for (times, least, more) in constraints {
                let terms = times.into_iter().take(unknowns.len()).enumerate();
                problem.constrain(terms, Some(least), Some(least + more)).expect("small");
            }
            // What ties nothing together says nothing of any unknown.
            problem.constraints.retain(|constraint| !constraint.terms.is_empty());
            problem
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn ranges_are_those_of_all_combinations(problem in problems()) {
            let (own, all) = (exact(&problem), brute(&problem));
            let contradicts = all.contains(&Reach::Nothing);
            for (own, all) in own.iter().zip(&all) {
                // A contradiction among some unknowns says nothing of those that they are not tied to.
                prop_assert!(own == all || contradicts, "{own:?} is {all:?} in {problem:?}");
            }
            prop_assert_eq!(own.contains(&Reach::Nothing), contradicts);
        }

        /// Whatever the work allowed: no solution lies outside, and what was found are solutions.
        #[test]
        fn what_stays_open_is_said_to(problem in problems(), work in 0_u64..200) {
            let own = ranges(&problem, |_| Asked::Exactly, &mut Work::new(work));
            for (own, all) in own.iter().zip(brute(&problem)) {
                match (own, all) {
                    (Reach::Within { outer, found }, Reach::Exactly(all)) => {
                        prop_assert!(outer.and(all) == *outer);
                        prop_assert!(found.is_none_or(|found| all.and(found) == all));
                    }
                    (Reach::Within { .. }, _) | (_, Reach::Nothing) => {}
                    (own, all) => prop_assert_eq!(*own, all),
                }
            }
        }
    }

    #[test]
    fn a_circle_of_sums_is_searched() {
        // x + y, y + z and z + x are 3, 5 and 4: three unknowns in a circle.
        let mut problem = Problem::default();
        let [x, y, z] = [(); 3].map(|()| problem.unknown(Range::new(0, 1_000_000)));
        for (pair, sum) in [([x, y], 3), ([y, z], 5), ([z, x], 4)] {
            problem.constrain(pair.map(|unknown| (unknown, 1)), Some(sum), Some(sum)).expect("small");
        }
        assert_eq!(exact(&problem), [1, 2, 3].map(|value| Reach::Exactly(Range::only(value))));
    }

    #[test]
    fn many_unknowns_of_one_sum_take_no_time() {
        let mut problem = Problem::default();
        let all: Vec<usize> = (0..50_000).map(|_| problem.unknown(Range::new(1, 4))).collect();
        problem.constrain(all.iter().map(|unknown| (*unknown, 1)), Some(50_001), Some(50_001)).expect("small");
        let mut work = Work::new(PLENTY);
        let own = ranges(&problem, |_| Asked::Exactly, &mut work);
        assert!(own.iter().all(|reach| *reach == Reach::Exactly(Range::new(1, 2))));
        assert!(work.left() > PLENTY / 2);
    }

    #[test]
    fn narrowing_that_never_ends_is_given_up() {
        let mut problem = Problem::default();
        let [x, y] = [(); 2].map(|()| problem.unknown(Range::new(0, 10_i128.pow(15))));
        problem.constrain([(x, 1), (y, -1)], Some(1), None).expect("small");
        problem.constrain([(x, -1), (y, 1)], Some(0), None).expect("small");
        assert!(exact(&problem).iter().all(|reach| !matches!(reach, Reach::Exactly(_))));
    }
}
