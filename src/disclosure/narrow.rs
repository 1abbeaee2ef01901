//! Narrowing what unknowns can be, constraint by constraint, until nothing narrows further.

use std::collections::VecDeque;

use super::problem::{Problem, Range};

/// How much may still be tried: one for each term looked at, or thereabouts. What cannot be decided within it stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    left: u64,
}

impl Work {
    /// So much.
    pub fn new(left: u64) -> Self {
        Self { left }
    }

    /// Whether there was as much left; it is gone now.
    pub(super) fn spend(&mut self, steps: u64) -> bool {
        let enough = self.left >= steps;
        self.left = self.left.saturating_sub(steps);
        enough
    }

    /// How much is left.
    pub(super) fn left(self) -> u64 {
        self.left
    }
}

/// What came of narrowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    /// Nothing narrows further.
    Fits,
    /// Nothing satisfies the constraints.
    Impossible,
    /// The work ran out; what has been narrowed holds.
    Tired,
}

/// What the unknowns of a problem can be as far as it is known at one moment, and the way back.
pub(super) struct State<'p> {
    problem: &'p Problem,
    /// For each unknown the constraints that name it, and how many times it counts there.
    touching: Vec<Vec<(usize, i128)>>,
    ranges: Vec<Range>,
    /// For each constraint what its sum is at least and at most, going by the ranges.
    sums: Vec<Range>,
    /// For each constraint how far apart one of its terms can move the sum at most, as it was at the beginning.
    widest: Vec<i128>,
    waiting: VecDeque<usize>,
    is_waiting: Vec<bool>,
    /// What was narrowed, and from what.
    trail: Vec<(usize, Range)>,
}

impl<'p> State<'p> {
    pub(super) fn new(problem: &'p Problem) -> Self {
        let mut touching = vec![Vec::new(); problem.unknowns.len()];
        let ranges = problem.unknowns.clone();
        let mut sums = Vec::with_capacity(problem.constraints.len());
        for (number, constraint) in problem.constraints.iter().enumerate() {
            let mut sum = Range::only(0);
            for (unknown, times) in &constraint.terms {
                touching[*unknown].push((number, *times));
                let reach = times_range(*times, ranges[*unknown]);
                sum = Range::new(sum.least + reach.least, sum.most + reach.most);
            }
            sums.push(sum);
        }
        let constraints = problem.constraints.len();
        let mut state = Self {
            problem,
            touching,
            ranges,
            sums,
            widest: vec![0; constraints],
            waiting: VecDeque::new(),
            is_waiting: vec![false; constraints],
            trail: Vec::new(),
        };
        for number in 0..constraints {
            state.widen(number);
        }
        state
    }

    fn widen(&mut self, number: usize) {
        let widths = self.problem.constraints[number].terms.iter().map(|(unknown, times)| {
            let range = self.ranges[*unknown];
            times.abs() * (range.most - range.least)
        });
        self.widest[number] = widths.max().unwrap_or(0);
    }

    pub(super) fn range(&self, unknown: usize) -> Range {
        self.ranges[unknown]
    }

    /// Lets a constraint be looked at.
    pub(super) fn wake(&mut self, number: usize) {
        if !self.is_waiting[number] {
            self.is_waiting[number] = true;
            self.waiting.push_back(number);
        }
    }

    /// Takes what holds now for the beginning: there is no way back behind it.
    pub(super) fn keep(&mut self, constraints: &[usize]) {
        self.trail.clear();
        for number in constraints {
            self.widen(*number);
        }
    }

    /// Where to come back to.
    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Goes back to a mark.
    pub(super) fn back(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some((unknown, range)) = self.trail.pop() else { return };
            self.set(unknown, range);
        }
        for number in self.waiting.drain(..) {
            self.is_waiting[number] = false;
        }
    }

    fn set(&mut self, unknown: usize, range: Range) {
        let before = std::mem::replace(&mut self.ranges[unknown], range);
        for (number, times) in &self.touching[unknown] {
            let (old, new) = (times_range(*times, before), times_range(*times, range));
            let sum = &mut self.sums[*number];
            *sum = Range::new(sum.least + new.least - old.least, sum.most + new.most - old.most);
        }
    }

    /// Narrows an unknown to what also lies in a range. Nothing is left of it if this gives no.
    pub(super) fn narrow(&mut self, unknown: usize, to: Range) -> bool {
        let before = self.ranges[unknown];
        let range = Range::new(before.least.max(to.least), before.most.min(to.most));
        if range == before {
            return true;
        }
        if range.least > range.most {
            return false;
        }
        self.trail.push((unknown, before));
        self.set(unknown, range);
        for at in 0..self.touching[unknown].len() {
            let (number, _) = self.touching[unknown][at];
            self.wake(number);
        }
        true
    }

    /// Narrows all that follows from what was narrowed.
    pub(super) fn settle(&mut self, work: &mut Work) -> Settled {
        while let Some(number) = self.waiting.pop_front() {
            self.is_waiting[number] = false;
            if !work.spend(1) {
                return Settled::Tired;
            }
            let problem = self.problem;
            let constraint = &problem.constraints[number];
            let sum = self.sums[number];
            if sum.least > constraint.most || sum.most < constraint.least || constraint.least > constraint.most {
                return Settled::Impossible;
            }
            if constraint.most - sum.least >= self.widest[number] && sum.most - constraint.least >= self.widest[number]
            {
                continue;
            }
            if !work.spend(constraint.terms.len() as u64) {
                return Settled::Tired;
            }
            for (unknown, times) in &constraint.terms {
                // How far the term can move before the sum leaves its range, all others standing as far back as they can.
                let sum = self.sums[number];
                let (up, down) =
                    ((constraint.most - sum.least) / times.abs(), (sum.most - constraint.least) / times.abs());
                if up < 0 || down < 0 || constraint.most < sum.least || sum.most < constraint.least {
                    return Settled::Impossible;
                }
                let own = self.ranges[*unknown];
                let to = if *times > 0 {
                    Range::new(own.most - down, own.least + up)
                } else {
                    Range::new(own.most - up, own.least + down)
                };
                if !self.narrow(*unknown, to) {
                    return Settled::Impossible;
                }
            }
        }
        Settled::Fits
    }
}

fn times_range(times: i128, range: Range) -> Range {
    if times >= 0 {
        Range::new(times * range.least, times * range.most)
    } else {
        Range::new(times * range.most, times * range.least)
    }
}
