//! Averages over what another sentence of the same section counts: "803 times, on average 1.3 times for each referral".

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::claims::{self, Verdict};
use crate::document::Block;
use crate::rules::pattern::pattern;
use crate::rules::tables::shape::{Shape, Stated};
use crate::rules::{Found, PaperInHand};

static AVERAGES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?P<k>N) times (?:[^ A-Z.,;:()]+ ){0,8}, on average (?P<p>N) (?:times )?(?:for each|for every|per) (?P<n>[a-z]+)",
        r"total of (?P<k>N) (?:[^ A-Z.,;:()]+ ){0,18}on average (?P<p>N) (?:[^ A-Z.,;:()]+ ){0,8}(?:for each|for every|per) (?P<n>[a-z]+)",
    ]
    .into_iter()
    .map(pattern)
    .collect()
});

static COUNTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<k>N) (?P<n>[a-z]+)s\b"));

/// An average and what it is said of.
struct Average<'r> {
    shape: Shape<'r>,
    section: usize,
}

/// Compares averages "for each referral" with the number of referrals, where one section states just one.
pub(super) fn check(paper: &PaperInHand<'_>, found: &mut Found) {
    let mut with_averages = Vec::new();
    let sections: Vec<u32> = paper.paper.text.document.blocks.iter().filter_map(section_start).collect();
    let section = |at: u32| sections.partition_point(|start| *start <= at);
    for run in paper.prose.body().filter(|run| run.text.contains("average")) {
        let shape = Shape::of(run);
        if AVERAGES.iter().any(|average| average.is_match(&shape.text)) {
            with_averages.push(Average { shape, section: section(run.span(0..0).start) });
        }
    }
    if with_averages.is_empty() {
        return;
    }
    // How many of each thing a section counts; nothing where it counts them in two ways.
    let mut counted: HashMap<(usize, String), Option<Stated>> = HashMap::new();
    for run in paper.prose.body().filter(|run| run.text.bytes().any(|byte| byte.is_ascii_digit())) {
        let shape = Shape::of(run);
        for captures in COUNTED.captures_iter(&shape.text) {
            let (Some(count), Some(thing)) = (shape.stated(&captures, "k"), captures.name("n")) else { continue };
            counted
                .entry((section(count.span.start), thing.as_str().to_owned()))
                .and_modify(|first| *first = first.filter(|first| first.figure == count.figure))
                .or_insert(Some(count));
        }
    }
    for Average { shape, section } in &with_averages {
        for captures in AVERAGES.iter().flat_map(|average| average.captures_iter(&shape.text)) {
            let (Some(total), Some(stated), Some(thing)) =
                (shape.stated(&captures, "k"), shape.stated(&captures, "p"), captures.name("n"))
            else {
                continue;
            };
            let Some(Some(count)) = counted.get(&(*section, thing.as_str().to_owned())) else { continue };
            if let Verdict::Wrong(claim) = claims::average(total, *count, stated, &format!(" {}", thing.as_str())) {
                claim.tell(found);
            }
        }
    }
}

/// Where a section begins: its heading is one of the highest level.
fn section_start(block: &Block) -> Option<u32> {
    match block {
        Block::Heading(heading) if heading.level == 2 => Some(heading.span.start),
        _ => None,
    }
}
