//! Where each box and each line of the drawing stands.
//!
//! Two layouts of our own, both linear in the number of bodies: in [`levels`] where that fits, and [`indented`], which
//! is narrow and can draw anything. All measures are whole pixels, so that the same bodies give the same bytes on any
//! machine.

mod indented;
mod levels;

use std::collections::{BTreeMap, BTreeSet};

use super::Shape;
use super::tree::{Node, Part};
use super::wrap::{Wrapped, wrap};
use crate::model::BodyId;

/// The widest drawing that does not scroll on a wide screen.
const WIDE: i32 = 720;
/// The narrowest screen has 320 px; the page keeps 16 px on either side.
const NARROW: i32 = 288;
/// Room around the drawing for half a line's thickness.
const MARGIN: i32 = 2;
/// Between a box's edge and its words.
pub(super) const PAD_X: i32 = 10;
/// Above the first and below the last line of a box.
pub(super) const PAD_Y: i32 = 10;
/// From one line of words to the next.
pub(super) const LEADING: i32 = 20;
/// How much further in a body stands than the one it reports to.
const INDENT: i32 = 24;
/// Between boxes side by side.
const GAP: i32 = 20;
/// Between boxes one below the other.
const STACK_GAP: i32 = 12;
/// Between trees.
const TREE_GAP: i32 = 28;

/// A drawing: boxes in the order of the list, and the lines between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) boxes: Vec<Placed>,
    pub(super) lines: Vec<Line>,
    /// Whether the words stand in the middle of their boxes.
    pub(super) centred: bool,
}

/// A body's box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) words: Wrapped,
    pub(super) part: Part,
}

impl Placed {
    fn right(&self) -> i32 {
        self.x + self.width
    }

    fn bottom(&self) -> i32 {
        self.y + self.height
    }

    fn middle(&self) -> (i32, i32) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }

    /// Whether a stretch of a line, level or upright, runs through the inside of the box.
    pub(super) fn is_crossed(&self, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> bool {
        x1.min(x2) < self.right() && self.x < x1.max(x2) && y1.min(y2) < self.bottom() && self.y < y1.max(y2)
    }
}

/// A line from the edge of one box to the edge of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) points: Vec<(i32, i32)>,
    /// Whether the two work beside each other, rather than one reporting to the other.
    pub(super) beside: bool,
}

impl Line {
    fn solid(points: Vec<(i32, i32)>) -> Self {
        Self { points, beside: false }
    }

    fn broken(points: Vec<(i32, i32)>) -> Self {
        Self { points, beside: true }
    }
}

/// The chart's bodies in the order of the list, with what connects them.
pub(super) struct Plan<'n> {
    bodies: Vec<Planned<'n>>,
    stars: Vec<Star>,
}

struct Planned<'n> {
    node: &'n Node,
    depth: i32,
    parent: Option<usize>,
}

/// One body and others that it works beside: drawn as one trunk of broken lines that parts.
struct Star {
    hub: usize,
    others: Vec<usize>,
}

impl<'n> Plan<'n> {
    pub(super) fn new(nodes: &'n [Node]) -> Self {
        let focus_depth = i32::from(nodes.first().is_some_and(|node| node.part == Part::Above));
        let mut bodies = Vec::new();
        let mut open: Vec<(&Node, i32, Option<usize>)> = Vec::new();
        for node in nodes.iter().rev() {
            open.push((node, if node.part == Part::Beside { focus_depth } else { 0 }, None));
        }
        while let Some((node, depth, parent)) = open.pop() {
            let index = bodies.len();
            bodies.push(Planned { node, depth, parent });
            open.extend(node.children.iter().rev().map(|child| (child, depth + 1, Some(index))));
        }
        let stars = stars(&bodies);
        Self { bodies, stars }
    }

    /// The drawing for a wide screen or for a narrow one.
    pub(super) fn layout(&self, shape: Shape) -> Layout {
        match shape {
            Shape::Wide => self.levels().unwrap_or_else(|| self.indented(WIDE)),
            Shape::Narrow => self.indented(NARROW),
        }
    }

    /// Boxes as wide as the longest of the names broken to fit in `most` pixels.
    fn words(&self, most: i32) -> (Vec<Wrapped>, i32) {
        let words: Vec<Wrapped> = self.bodies.iter().map(|body| wrap(&body.node.label, most - 2 * PAD_X)).collect();
        // An even width, so that the middle of a box is a whole pixel.
        let width = words.iter().map(Wrapped::width).max().unwrap_or(0) + 2 * PAD_X;
        (words, (width + width % 2).min(most))
    }

    fn place(&self, words: Vec<Wrapped>, width: i32) -> Vec<Placed> {
        let place = |(words, body): (Wrapped, &Planned)| Placed {
            x: MARGIN,
            y: MARGIN,
            width,
            height: height(&words),
            words,
            part: body.node.part,
        };
        words.into_iter().zip(&self.bodies).map(place).collect()
    }
}

/// Height of a box for so many lines.
fn height(words: &Wrapped) -> i32 {
    i32::try_from(words.lines.len()).unwrap_or(1) * LEADING + 2 * PAD_Y
}

/// Gathers who works with whom into as few stars as is easily had: the body with most such ties first. Short ones come
/// first, so that their lines stand nearest to the boxes. Nobody needs a second line to the body it reports to.
fn stars(bodies: &[Planned]) -> Vec<Star> {
    let places: BTreeMap<&BodyId, usize> =
        bodies.iter().enumerate().map(|(index, body)| (&body.node.id, index)).collect();
    let mut ties: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (index, body) in bodies.iter().enumerate() {
        for other in body.node.works_with.iter().filter_map(|id| places.get(id).copied()) {
            if other != index && body.parent != Some(other) && bodies[other].parent != Some(index) {
                ties.entry(index).or_default().insert(other);
                ties.entry(other).or_default().insert(index);
            }
        }
    }
    let mut hubs: Vec<usize> = ties.keys().copied().collect();
    hubs.sort_by_key(|hub| (std::cmp::Reverse(ties.get(hub).map_or(0, BTreeSet::len)), *hub));
    let mut stars = Vec::new();
    for hub in hubs {
        let others: Vec<usize> = ties.remove(&hub).unwrap_or_default().into_iter().collect();
        for other in &others {
            if let Some(back) = ties.get_mut(other) {
                back.remove(&hub);
            }
        }
        if !others.is_empty() {
            stars.push(Star { hub, others });
        }
    }
    stars.sort_by_key(|star| {
        let reach = star.others.iter().map(|other| other.abs_diff(star.hub)).max();
        (reach, star.hub)
    });
    stars
}

/// The size of the whole, with `beside` pixels of broken lines to the right of all boxes.
fn finish(boxes: Vec<Placed>, lines: Vec<Line>, centred: bool, beside: i32) -> Layout {
    let right = boxes.iter().map(Placed::right).max().unwrap_or(0);
    let bottom = boxes.iter().map(Placed::bottom).max().unwrap_or(0);
    Layout { width: right + beside + MARGIN, height: bottom + MARGIN, boxes, lines, centred }
}
