//! Figures that a sentence states side by side and that contradict each other: T08.
//!
//! Only ways of writing are looked at in which it is certain which figure belongs to which: "13 of 129 (10.0%)", "rose from 38
//! to 49, or by 30%". Where words say that a figure is not meant exactly, and where two ways of reading a sentence differ and
//! one of them is right, nothing is said.

mod averages;
mod claims;
mod patterns;
#[cfg(test)]
mod tests;

use claims::{Claim, Verdict};

use super::grid::is_looked_at;
use super::shape::Shape;
use crate::model::Level;
use crate::rules::{Example, Found, PaperInHand, Rule, Test};

pub(super) const STATED: Rule = Rule {
    code: "T08",
    name: "figures-that-contradict-each-other",
    level: Level::Warning,
    meaning: "A sentence states a percentage or a difference next to the figures that it follows from, and it does not follow: \
              “13 of 129 (10.0%)” is 10.1%.",
    why: "People quote the percentage and others check it by the counts: one of the figures is wrong, or one was never meant for \
          the other.",
    source: "Code of Practice for Statistics, Quality; what is stated is worked out again and compared at the precision printed.",
    remedy: "Correct the figure that is wrong, or say of what it is a percentage. Words such as “about” or “nearly” before a \
             figure say that it is not meant exactly.",
    failing: Example::Text("Of the survivors 13 of 129 (10.0%) were over fifty.\n"),
    passing: Example::Text(
        "Of the survivors 13 of 129 (10.1%) were over fifty, and about 10% of the 146 seen were men. Referrals rose from 38 to \
         49, or by nearly 30%, while 52 (55%) of those seen before came back.\n",
    ),
    test: Test::Paper(stated),
};

fn stated(paper: &PaperInHand<'_>, found: &mut Found) {
    if !is_looked_at(paper) {
        return;
    }
    averages::check(paper, found);
    for run in paper.prose.body() {
        // Two figures at least, or there is nothing to compare.
        if run.text.bytes().filter(u8::is_ascii_digit).count() < 2 {
            continue;
        }
        let shape = Shape::of(run);
        for claim in contradictions(&shape) {
            claim.tell(found);
        }
    }
}

/// What a run of words states and cannot be, by where it stands.
fn contradictions(shape: &Shape<'_>) -> Vec<Claim> {
    let mut verdicts = std::collections::BTreeMap::new();
    for (at, verdict) in patterns::claims(shape) {
        match verdict {
            Verdict::Right => {
                verdicts.insert(at, None);
            }
            Verdict::Wrong(claim) => {
                verdicts.entry(at).or_insert(Some(claim));
            }
        }
    }
    verdicts.into_values().flatten().collect()
}
