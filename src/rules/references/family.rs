//! The papers that a reference in words may mean: a paper, those that list it, and the appendices of all of them.

use std::collections::BTreeSet;

use crate::model::paper::Own;
use crate::model::{Kind, PaperId};
use crate::record::Paper;
use crate::rules::PaperInHand;

/// A paper and those that belong with it.
pub(super) struct Family<'r> {
    /// The papers, by address.
    pub(super) papers: Vec<&'r Paper>,
    /// All that are named could be read, so that what is not among them does not exist.
    pub(super) is_complete: bool,
}

impl<'r> Family<'r> {
    pub(super) fn of(paper: &PaperInHand<'r>) -> Self {
        let context = paper.context;
        let own = paper.paper;
        let mut above: Vec<&'r Paper> = vec![own];
        above.extend(context.references.parents(&own.id));
        let further: Vec<&'r Paper> =
            above.iter().skip(1).flat_map(|parent| context.references.parents(&parent.id)).copied().collect();
        above.extend(further);
        // What speaks for a meeting as a whole speaks of any of its papers.
        if matches!(own.kind(), Kind::Agenda | Kind::SupplementaryAgenda | Kind::Minutes | Kind::Letter) {
            let first = PaperId(format!("{}/", own.folder));
            above.extend(
                context
                    .record
                    .papers
                    .range(first..)
                    .map(|(_, paper)| &**paper)
                    .take_while(|paper| paper.folder == own.folder),
            );
        }
        let mut ids: BTreeSet<PaperId> = above.iter().map(|paper| paper.id.clone()).collect();
        let mut is_complete = context.is_all_read(&own.folder);
        let mut waiting: Vec<PaperId> = ids.iter().cloned().collect();
        while let Some(id) = waiting.pop() {
            let Some(listing) = context.paper(&id) else {
                is_complete = false;
                continue;
            };
            for appendix in listing.head.appendices() {
                let address = listing.address(&appendix.value);
                if ids.insert(address.clone()) {
                    waiting.push(address);
                }
            }
        }
        let papers = ids.iter().filter_map(|id| context.paper(id)).collect();
        Self { papers, is_complete }
    }
}

/// Whether a paper is an appendix that a head lists under a number.
pub(super) fn appendix_number(paper: &Paper) -> Option<&str> {
    match &paper.head.own {
        Own::Appendix(appendix) => Some(appendix.number.value.trim()),
        _ => None,
    }
}
