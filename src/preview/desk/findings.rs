//! Which findings are shown with a page, and what the public's view withholds of them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::checking::Checked;
use super::{Desk, lock};
use crate::edition::Audience;
use crate::finding::{Counts, Finding, Severity};
use crate::preview::found;
use crate::preview::state::{Findings, Shown};
use crate::preview::window::{About, Window};
use crate::record::Linked;

/// So many findings are shown of one page, and so many errors elsewhere: nobody mends more in one go.
const MOST_SHOWN: usize = 50;

/// A finding, and the reading that it is of.
#[derive(Clone, Copy)]
struct Found<'f> {
    finding: &'f Finding,
    linked: &'f Linked,
}

impl<'f> Found<'f> {
    /// The file that it is in.
    fn file(self) -> Option<&'f str> {
        self.linked.sources.find(self.finding.primary.span.source).map(|source| source.path.as_str())
    }

    /// The papers that it also speaks of.
    fn other_papers(self) -> impl Iterator<Item = &'f str> {
        let sources = self.finding.others.iter().filter_map(move |other| self.linked.sources.find(other.span.source));
        sources.map(|source| source.path.as_str()).filter(|path| path.ends_with(".md"))
    }

    /// Whether it speaks of other files too.
    fn speaks_of_others(self) -> bool {
        self.finding.others.iter().any(|other| other.span.source != self.finding.primary.span.source)
    }
}

/// All that is known at the moment. What reading finds is known at once; what rules found stands until they have looked again
/// at what has been read since, which is `newer`.
fn known<'f>(newer: Option<&'f Linked>, checked: Option<&'f Checked>) -> Vec<Found<'f>> {
    let of_reading =
        newer.into_iter().flat_map(|linked| linked.read.iter().map(move |finding| Found { finding, linked }));
    let mut all: Vec<Found<'f>> = of_reading.collect();
    if let Some(checked) = checked {
        let place = |finding: &Finding| (finding.primary.span, finding.code);
        let replaced: HashSet<_> = checked.linked.read.iter().filter(|_| newer.is_some()).map(place).collect();
        let stand = checked.findings.iter().filter(|finding| !replaced.contains(&place(finding)));
        all.extend(stand.map(|finding| Found { finding, linked: &checked.linked }));
    }
    all
}

impl Desk {
    /// What was found, as far as it concerns a page that shows these files.
    pub(super) fn findings(&self, audience: Audience, files: &[String], about: &About, window: &Window) -> Findings {
        let (checked, linked, checking) = {
            let shown = lock(&self.shown);
            (shown.checked.clone(), shown.linked.clone(), shown.checked().is_none())
        };
        let all = known(linked.as_deref().filter(|_| checking), checked.as_ref());
        let mut open: Vec<Found<'_>> = all.iter().copied().filter(|found| found.finding.accepted.is_none()).collect();
        open.sort_by_key(|found| Reverse(found.finding.severity));
        // A mistake in a file of figures shows where its table stands.
        let own = about.paper.as_ref().map(|own| &*own.paper);
        let tables = own.zip(linked.as_deref()).map(|(own, linked)| found::data_files(own, &linked.sources));
        let tables = tables.unwrap_or_default();
        let with_page = match audience {
            Audience::Public => {
                let named: BTreeSet<&str> = open.iter().flat_map(|found| found.other_papers()).collect();
                pages_of(window, named.into_iter().map(str::to_owned).collect())
            }
            Audience::Members => HashMap::new(),
        };

        let counts = Counts::of(all.iter().map(|found| found.finding));
        let mut told = Findings { checking, all: counts, ..Findings::default() };
        for found in open {
            let table = found.file().and_then(|file| tables.get(file));
            if table.is_some() || found.file().is_some_and(|file| files.iter().any(|own| own == file)) {
                told.of_page.add(found.finding);
                let Some(mut shown) = self.shown(found).filter(|_| told.here.len() < MOST_SHOWN) else { continue };
                if let Some(own) = own {
                    let anchor = || found::anchor(own, found.finding.primary.span);
                    shown.anchor = table.cloned().unwrap_or_else(anchor);
                }
                // A file of figures can be that of a private table too, of which another place then tells.
                let of_another_table = table.is_some() && found.speaks_of_others();
                let withheld =
                    is_withheld(audience, found, &with_page) || audience == Audience::Public && of_another_table;
                told.here.push(if withheld { found::withheld(&shown) } else { shown });
            } else if found.finding.severity == Severity::Error {
                told.errors_elsewhere += 1;
                let Some(shown) = self.shown(found).filter(|_| told.elsewhere.len() < MOST_SHOWN) else { continue };
                let withheld = is_withheld(audience, found, &with_page);
                told.elsewhere.push(if withheld { found::withheld(&shown) } else { shown });
            }
        }
        let pages = pages_of(window, told.elsewhere.iter().map(|shown| shown.file.clone()).collect());
        for shown in &mut told.elsewhere {
            shown.page = pages.get(&shown.file).cloned();
            // What the public has no page of is not quoted to them either; settings have none, and nothing to hide.
            if audience == Audience::Public && shown.page.is_none() && !shown.file.ends_with(".yaml") {
                *shown = found::withheld(shown);
            }
        }
        told
    }

    fn shown(&self, found: Found<'_>) -> Option<Shown> {
        found::shown(found.finding, &found.linked.sources, &self.setting.content, self.setting.editor.as_ref())
    }
}

/// Whether the words of a finding could be private ones: those of its own place, or those of another paper of which the public
/// have no page.
fn is_withheld(audience: Audience, found: Found<'_>, with_page: &HashMap<String, String>) -> bool {
    audience == Audience::Public
        && (found::may_be_private(found.finding, found.linked)
            || found.other_papers().any(|paper| !with_page.contains_key(paper)))
}

fn pages_of(window: &Window, files: Vec<String>) -> HashMap<String, String> {
    if files.is_empty() { HashMap::new() } else { window.pages_of(files) }
}
