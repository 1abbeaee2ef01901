//! One body below the other, further in the deeper it stands, as a folder tree is drawn. As narrow as can be, with the
//! lines of reporting at the left and a lane at the right for each trunk of broken lines, so that nothing ever crosses
//! a box.

use std::collections::BTreeMap;

use super::{INDENT, Layout, Line, MARGIN, Placed, Plan, STACK_GAP, TREE_GAP, finish};

/// From a box to the first broken line, and from one broken line to the next.
const LANE: i32 = 14;

impl Plan<'_> {
    /// The indented layout, `most` pixels wide if the boxes of the deepest bodies can then be of a useful width.
    pub(super) fn indented(&self, most: i32) -> Layout {
        let deepest = self.boxes.iter().map(|body| body.depth).max().unwrap_or(0);
        let beside = i32::try_from(self.stars.len()).unwrap_or(0) * LANE;
        let (words, width) = self.words((most - deepest * INDENT - beside - 2 * MARGIN).clamp(152, 280));
        let mut boxes = self.place(words, width);
        let mut lines = Vec::new();
        let mut y = MARGIN;
        for (index, body) in self.boxes.iter().enumerate() {
            if index > 0 && body.parent.is_none() {
                y += TREE_GAP - STACK_GAP;
            }
            boxes[index].x = MARGIN + body.depth * INDENT;
            boxes[index].y = y;
            y = boxes[index].bottom() + STACK_GAP;
            if let Some(parent) = body.parent {
                lines.push(elbow(&boxes[parent], &boxes[index]));
            }
        }
        self.lanes(&boxes, &mut lines);
        finish(boxes, lines, false, beside)
    }

    /// One lane to the right of the boxes for each star; where several stars meet at a box, each has its own height.
    pub(super) fn lanes(&self, boxes: &[Placed], lines: &mut Vec<Line>) {
        let mut ends: BTreeMap<usize, i32> = BTreeMap::new();
        for star in &self.stars {
            for index in std::iter::once(&star.hub).chain(&star.others) {
                *ends.entry(*index).or_default() += 1;
            }
        }
        let mut taken: BTreeMap<usize, i32> = BTreeMap::new();
        let mut end = |index: usize| {
            let taken = taken.entry(index).or_default();
            *taken += 1;
            let placed = &boxes[index];
            (placed.right(), placed.y + placed.height * *taken / (ends.get(&index).unwrap_or(&1) + 1))
        };
        let mut lane = boxes.iter().map(Placed::right).max().unwrap_or(MARGIN);
        for star in &self.stars {
            lane += LANE;
            let from = end(star.hub);
            for other in &star.others {
                let to = end(*other);
                lines.push(Line::broken(vec![from, (lane, from.1), (lane, to.1), to]));
            }
        }
    }
}

/// From below a box to the left edge of one that stands under it and further in.
pub(super) fn elbow(from: &Placed, to: &Placed) -> Line {
    let (trunk, end) = (from.x + INDENT / 2, to.middle().1);
    Line::solid(vec![(trunk, from.bottom()), (trunk, end), (to.x, end)])
}
