//! Where each box and each line of a diagram stands.
//!
//! Layouts of our own, all linear in the number of boxes: in [`levels`] where that fits, and [`indented`], which is
//! narrow and can draw anything. All measures are whole pixels, so that the same content gives the same bytes on any
//! machine.

pub(super) mod flow;
mod indented;
mod levels;

use std::collections::{BTreeMap, BTreeSet};

use super::wrap::{Wrapped, wrap};
use super::{NARROW, Shape, WIDE};

/// Room around the drawing for half a line's thickness.
const MARGIN: i32 = 2;
/// Between a box's edge and its words.
pub(super) const PAD_X: i32 = 10;
/// Above the first and below the last line of a box.
pub(super) const PAD_Y: i32 = 10;
/// From one line of words to the next.
pub(super) const LEADING: i32 = 20;
/// How much further in a box stands than the one above it in the tree.
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

/// A box with words.
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
    /// Which of its ends has a head.
    pub(super) head: Option<Head>,
}

/// An end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    First,
    Last,
}

impl Line {
    fn solid(points: Vec<(i32, i32)>) -> Self {
        Self { points, beside: false, head: None }
    }

    fn broken(points: Vec<(i32, i32)>) -> Self {
        Self { points, beside: true, head: None }
    }
}

/// What part a box plays in its diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It is one of those that the diagram shows.
    Member,
    /// The diagram is about it and those below it.
    Focus,
    /// It is above the one that the diagram is about.
    Above,
    /// It works beside the one that the diagram is about.
    Beside,
    /// Something is done.
    Step,
    /// Something is done, or begins, and nothing follows or came before.
    End,
    /// Something is asked.
    Question,
    /// An answer to a question.
    Answer,
}

/// The boxes of a diagram in the order of the list, with what connects them.
pub(super) struct Plan<'n> {
    pub(super) boxes: Vec<Planned<'n>>,
    pub(super) stars: Vec<Star>,
}

/// A box before it has a place.
pub(super) struct Planned<'n> {
    pub(super) label: &'n str,
    pub(super) part: Part,
    pub(super) depth: i32,
    pub(super) parent: Option<usize>,
}

/// One box and others that are tied to it: drawn as one trunk of lines that parts.
pub(super) struct Star {
    pub(super) hub: usize,
    pub(super) others: Vec<usize>,
}

impl Plan<'_> {
    /// The drawing for a wide screen or for a narrow one.
    pub(super) fn layout(&self, shape: Shape) -> Layout {
        match shape {
            Shape::Wide => self.levels().unwrap_or_else(|| self.indented(WIDE)),
            Shape::Narrow => self.indented(NARROW),
        }
    }

    /// Boxes as wide as the longest of the names broken to fit in `most` pixels.
    fn words(&self, most: i32) -> (Vec<Wrapped>, i32) {
        let words: Vec<Wrapped> = self.boxes.iter().map(|body| wrap(body.label, most - 2 * PAD_X)).collect();
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
            part: body.part,
        };
        words.into_iter().zip(&self.boxes).map(place).collect()
    }
}

/// Height of a box for so many lines.
fn height(words: &Wrapped) -> i32 {
    i32::try_from(words.lines.len()).unwrap_or(1) * LEADING + 2 * PAD_Y
}

/// Gathers ties, which must go both ways, into as few stars as is easily had: the box with most of them first. Short
/// ones come first, so that their lines stand nearest to the boxes.
pub(super) fn stars(mut ties: BTreeMap<usize, BTreeSet<usize>>) -> Vec<Star> {
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
