//! The ids of text files: in the order of their paths, with room between them for files that come later.
//!
//! What was read of a file holds its id, so an id stays as long as the file is there; and findings are shown in the order of
//! ids, so a file that comes in between two others gets an id between theirs.

use std::collections::BTreeMap;

use super::{REFUSED, Text};
use crate::text::SourceId;

/// The ids of the files at `paths`, which are sorted: those that they have, and new ones for new files. Nothing if there is
/// no room for them between those that are there.
pub(super) fn fit(known: &BTreeMap<String, Text>, paths: &[&String]) -> Option<Vec<SourceId>> {
    let mut ids = Vec::with_capacity(paths.len());
    let mut waiting = 0;
    let mut last = 0;
    for path in paths {
        match known.get(*path) {
            None => waiting += 1,
            Some(text) => {
                spread(last, text.id.0, std::mem::take(&mut waiting), &mut ids)?;
                ids.push(text.id);
                last = text.id.0;
            }
        }
    }
    spread(last, REFUSED, waiting, &mut ids)?;
    Some(ids)
}

/// So many ids, evenly between two others; nothing if they have no room.
fn spread(after: u32, before: u32, count: u32, ids: &mut Vec<SourceId>) -> Option<()> {
    let step = before.checked_sub(after)? / (count.checked_add(1)?);
    if count > 0 && step == 0 {
        return None;
    }
    ids.extend((1..=count).map(|nth| SourceId(after + nth * step)));
    Some(())
}
