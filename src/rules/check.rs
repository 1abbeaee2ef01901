//! Running the rules over a record.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::{Context, Found, MeetingInHand, PaperInHand, Rule, Test, all, settings::Settings};
use crate::calendar::Moment;
use crate::finding::{self, Code, Finding, codes};
use crate::record::Record;
use crate::text::{SourceId, Sources, Span};

/// What came of running the rules.
#[derive(Debug)]
pub struct Checked {
    /// Everything found, while reading and by the rules, as much as the authority says it matters, in order.
    pub findings: Vec<Finding>,
    /// How long each rule took, on all threads together; the slowest first.
    pub timings: Vec<Timing>,
}

/// How long a rule took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The rule's code; nothing for what is done once for all rules: finding the words of the papers.
    pub code: Option<Code>,
    /// On all threads together.
    pub took: Duration,
}

/// The rules that are wanted, and the time that they take, added up on whatever thread.
struct Clock {
    rules: Vec<(&'static Rule, AtomicU64)>,
    words: AtomicU64,
}

impl Clock {
    fn time<T>(total: &AtomicU64, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        let took = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        total.fetch_add(took, Ordering::Relaxed);
        done
    }

    /// What the rules find in one thing, by those of their tests that look at such things.
    fn ask<T>(&self, about: &T, test_of: impl Fn(Test) -> Option<fn(&T, &mut Found)>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (rule, total) in &self.rules {
            if let Some(test) = test_of(rule.test) {
                let mut found = Found::new(rule);
                Self::time(total, || test(about, &mut found));
                findings.extend(found.into_findings());
            }
        }
        findings
    }
}

/// Checks a record by every rule, and weighs what was found, `read` (what was found while reading) included, as the
/// authority and the papers say.
pub fn check(record: &Record, sources: &Sources, read: Vec<Finding>, now: Moment) -> Checked {
    let settings = Settings::of(record, sources);
    let context = Context::new(record, sources, &read, now);
    let clock = Clock {
        rules: all().filter(|rule| settings.wants(rule)).map(|rule| (rule, AtomicU64::new(0))).collect(),
        words: AtomicU64::new(0),
    };
    // Paper by paper, so that a paper's words are found once and forgotten again.
    let mut findings = of_each(record.papers.values(), |paper| {
        let paper = Clock::time(&clock.words, || PaperInHand::new(&context, paper));
        clock.ask(&paper, |test| if let Test::Paper(test) = test { Some(test) } else { None })
    });
    findings.extend(of_each(record.meetings.values(), |meeting| {
        let meeting = MeetingInHand::new(&context, meeting);
        clock.ask(&meeting, |test| if let Test::Meeting(test) = test { Some(test) } else { None })
    }));
    findings.extend(clock.ask(&context, |test| if let Test::Record(test) = test { Some(test) } else { None }));
    let misread = Misread::of(&read);
    findings.retain(|finding| !misread.within(finding.primary.span));
    findings.extend(read);
    let mut findings = settings.weigh(findings);
    finding::sort(&mut findings);
    Checked { findings, timings: timings(&clock) }
}

/// Where something could not be read. A rule that looks at a place which holds such a thing cannot be sure: what it misses
/// may be there, and would be found missing only until the first mistake is put right. This holds of whatever a rule finds,
/// without its doing; [`Context::is_head_read`] is for rules that miss something in a head and say so elsewhere.
struct Misread(BTreeSet<(SourceId, u32)>);

impl Misread {
    fn of(read: &[Finding]) -> Self {
        let wrong = read.iter().filter(|finding| finding.code == codes::WRONG_VALUE);
        Self(wrong.map(|finding| (finding.primary.span.source, finding.primary.span.start)).collect())
    }

    fn within(&self, span: Span) -> bool {
        self.0.range((span.source, span.start)..(span.source, span.end.max(span.start))).next().is_some()
    }
}

/// What is found in each of many things, in their order; they are looked at on all threads.
fn of_each<T: Sync>(all: impl Iterator<Item = T>, look: impl Fn(&T) -> Vec<Finding> + Send + Sync) -> Vec<Finding> {
    let all: Vec<T> = all.collect();
    let found: Vec<Vec<Finding>> = all.par_iter().map(look).collect();
    found.into_iter().flatten().collect()
}

fn timings(clock: &Clock) -> Vec<Timing> {
    let took = |total: &AtomicU64| Duration::from_nanos(total.load(Ordering::Relaxed));
    let mut timings: Vec<Timing> = clock
        .rules
        .iter()
        .filter(|(rule, _)| !matches!(rule.test, Test::WhileReading | Test::WhilePrinting | Test::Settings))
        .map(|(rule, total)| Timing { code: Some(rule.code), took: took(total) })
        .chain([Timing { code: None, took: took(&clock.words) }])
        .collect();
    timings.sort_by_key(|timing| (std::cmp::Reverse(timing.took), timing.code));
    timings
}
