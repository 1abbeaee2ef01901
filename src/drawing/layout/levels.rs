//! A body above the middle of those that report to it, all boxes of one depth in a row. Where that is too wide, those
//! at the foot of the tree are stacked below the one they report to. Bodies that stand alone, or beside the one that
//! the chart is about, have a column at the right. Broken lines go through the gaps; where they can't, the layout
//! gives up, and the chart is drawn [indented](super::indented).

use std::collections::BTreeMap;

use super::indented::elbow;
use super::{GAP, INDENT, Layout, Line, MARGIN, Part, Placed, Plan, STACK_GAP, Star, TREE_GAP, finish};
use crate::drawing::WIDE;

/// Between a row and the next: room for the elbows of lines, and for broken lines between them and the lower row.
const ROW_GAP: i32 = 40;
/// Of broken lines above a row of boxes.
const LANE: i32 = 10;
/// More ties than this are no longer told apart among the rows.
const MOST_TIES: usize = 12;

/// In which part of the drawing a body stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the row of its depth.
    Row,
    /// Below the body it reports to, a little further in.
    Stacked,
    /// In the column at the right.
    Aside,
}

/// Who stands where, and how many columns that makes.
struct Grid {
    places: Vec<Place>,
    /// Bodies in a row that nobody in a row reports to: each is a column.
    columns: Vec<bool>,
    /// Bodies with others stacked below: such a column is wider.
    heads: Vec<bool>,
}

impl Grid {
    fn new(plan: &Plan, stack: bool) -> Self {
        let count = plan.boxes.len();
        let (mut children, mut grandchildren) = (vec![0usize; count], vec![false; count]);
        for body in plan.boxes.iter().rev() {
            if let Some(parent) = body.parent {
                children[parent] += 1;
                if let Some(grandparent) = plan.boxes[parent].parent {
                    grandchildren[grandparent] = true;
                }
            }
        }
        let is_forest = children.iter().any(|children| *children > 0);
        let place = |index: usize| {
            let body = &plan.boxes[index];
            match (body.part, body.parent) {
                (Part::Beside, _) => Place::Aside,
                (Part::Member, None) if is_forest && children[index] == 0 => Place::Aside,
                (_, Some(parent)) if stack && children[parent] > 1 && !grandchildren[parent] => Place::Stacked,
                _ => Place::Row,
            }
        };
        let places: Vec<Place> = (0..count).map(place).collect();
        let mut columns: Vec<bool> = places.iter().map(|place| *place == Place::Row).collect();
        let mut heads = vec![false; count];
        for (body, place) in plan.boxes.iter().zip(&places) {
            match (body.parent, place) {
                (Some(parent), Place::Row) => columns[parent] = false,
                (Some(parent), Place::Stacked) => heads[parent] = true,
                _ => {}
            }
        }
        Self { places, columns, heads }
    }

    fn has_aside(&self) -> bool {
        self.places.contains(&Place::Aside)
    }

    /// How many boxes stand side by side, and what the drawing's width is without them.
    fn measure(&self, plan: &Plan) -> (i32, i32) {
        let count = |marks: &[bool]| i32::try_from(marks.iter().filter(|mark| **mark).count()).unwrap_or(i32::MAX);
        let (columns, heads) = (count(&self.columns), count(&self.heads));
        let trees: Vec<bool> = plan
            .boxes
            .iter()
            .zip(&self.places)
            .map(|(body, place)| body.parent.is_none() && *place == Place::Row)
            .collect();
        let aside = i32::from(self.has_aside());
        let gaps = (columns - 1).max(0).saturating_mul(GAP)
            + (count(&trees) - 1).max(0).saturating_mul(TREE_GAP - GAP)
            + heads.saturating_mul(INDENT)
            + aside * 2 * GAP
            + 2 * MARGIN;
        (columns + aside, gaps)
    }
}

impl Plan<'_> {
    /// The level layout, if it is narrow enough and its broken lines can be drawn. Boxes so narrow that most names take
    /// three lines are worth it only once those at the foot are stacked.
    pub(super) fn levels(&self) -> Option<Layout> {
        self.try_levels(false, 160).or_else(|| self.try_levels(true, 132))
    }

    fn try_levels(&self, stack: bool, least: i32) -> Option<Layout> {
        let grid = Grid::new(self, stack);
        let (columns, gaps) = grid.measure(self);
        let most = WIDE.saturating_sub(gaps) / columns.max(1);
        if most < least {
            return None;
        }
        let (words, width) = self.words(most.min(232));
        if !words.iter().all(|words| words.whole) {
            return None;
        }

        let mut boxes = self.place(words, width);
        self.place_columns(&mut boxes, &grid);
        self.place_rows(&mut boxes, &grid);
        self.place_aside(&mut boxes, &grid);
        let mut lines = Vec::new();
        for (index, body) in self.boxes.iter().enumerate() {
            let Some(parent) = body.parent else { continue };
            let (from, to) = (&boxes[parent], &boxes[index]);
            lines.push(if grid.places[index] == Place::Stacked {
                elbow(from, to)
            } else {
                let (start, end, level) = (from.middle().0, to.middle().0, to.y - ROW_GAP / 2);
                Line::solid(vec![(start, from.bottom()), (start, level), (end, level), (end, to.y)])
            });
        }
        lines.extend(self.ties(&boxes, &grid)?);
        Some(finish(boxes, lines, true, 0))
    }

    /// Columns from the left to the right, and each body above the middle of the first and the last below it.
    fn place_columns(&self, boxes: &mut [Placed], grid: &Grid) {
        let mut left = MARGIN;
        let mut begun = false;
        for (index, body) in self.boxes.iter().enumerate().filter(|(index, _)| grid.places[*index] == Place::Row) {
            if body.parent.is_none() && begun {
                left += TREE_GAP - GAP;
            }
            begun = true;
            if grid.columns[index] {
                boxes[index].x = left;
                left = boxes[index].right() + GAP + if grid.heads[index] { INDENT } else { 0 };
            }
        }
        // Everybody stands after whom they report to, so that going backwards meets all those below first.
        let mut below: BTreeMap<usize, Vec<i32>> = BTreeMap::new();
        for (index, body) in self.boxes.iter().enumerate().rev() {
            let xs = below.remove(&index).unwrap_or_else(|| vec![boxes[index].x]);
            // From the right to the left, as they were met.
            let middle = xs.first().zip(xs.last()).map_or(MARGIN, |(last, first)| i32::midpoint(*first, *last));
            // Straight above one of them, if it stands almost there, so that the line to it has no step.
            let x = xs.into_iter().find(|x| (middle - x).abs() <= INDENT).unwrap_or(middle);
            boxes[index].x = x;
            if let (Some(parent), Place::Row) = (body.parent, grid.places[index]) {
                below.entry(parent).or_default().push(x);
            }
        }
    }

    /// Rows from the top down, the boxes of each equally high, then the stacks below them.
    fn place_rows(&self, boxes: &mut [Placed], grid: &Grid) {
        let mut heights: BTreeMap<i32, i32> = BTreeMap::new();
        let in_row = |index: &usize| grid.places[*index] == Place::Row;
        for index in (0..boxes.len()).filter(in_row) {
            let height = heights.entry(self.boxes[index].depth).or_default();
            *height = (*height).max(boxes[index].height);
        }
        let mut rows: BTreeMap<i32, (i32, i32)> = BTreeMap::new();
        let mut top = MARGIN;
        for (depth, height) in heights {
            rows.insert(depth, (top, height));
            top += height + ROW_GAP;
        }
        let mut foot: BTreeMap<usize, i32> = BTreeMap::new();
        for (index, body) in self.boxes.iter().enumerate() {
            match (grid.places[index], body.parent) {
                (Place::Row, _) => {
                    (boxes[index].y, boxes[index].height) = rows.get(&body.depth).copied().unwrap_or((MARGIN, 0));
                }
                (Place::Stacked, Some(head)) => {
                    let foot = foot.entry(head).or_insert_with(|| boxes[head].bottom());
                    boxes[index].x = boxes[head].x + INDENT;
                    boxes[index].y = *foot + STACK_GAP;
                    *foot = boxes[index].bottom();
                }
                _ => {}
            }
        }
    }

    /// The column at the right: from the height of the body that the chart is about, or from the top.
    fn place_aside(&self, boxes: &mut [Placed], grid: &Grid) {
        let is_aside = |index: &usize| grid.places[*index] == Place::Aside;
        let right = (0..boxes.len()).filter(|index| !is_aside(index)).map(|index| boxes[index].right()).max();
        let x = right.map_or(MARGIN, |right| right + 2 * GAP);
        let mut y = boxes.iter().find(|placed| placed.part == Part::Focus).map_or(MARGIN, |focus| focus.y);
        for index in (0..self.boxes.len()).filter(is_aside) {
            boxes[index].x = x;
            boxes[index].y = y;
            y = boxes[index].bottom() + STACK_GAP;
        }
    }

    /// The broken lines, or nothing if one of them can't be drawn.
    fn ties(&self, boxes: &[Placed], grid: &Grid) -> Option<Vec<Line>> {
        if self.stars.iter().map(|star| star.others.len()).sum::<usize>() > MOST_TIES {
            return None;
        }
        let mut lines = Vec::new();
        let mut routed = 0;
        for star in &self.stars {
            let before = routed;
            for other in &star.others {
                let is_free = |points: &Vec<(i32, i32)>| {
                    let crossed = |placed: &Placed| points.windows(2).any(|ends| placed.is_crossed(ends[0], ends[1]));
                    !boxes.iter().any(crossed)
                };
                let straight = neighbours(&boxes[star.hub], &boxes[*other]).filter(is_free);
                let points = if let Some(points) = straight {
                    points
                } else {
                    routed = before + 1;
                    self.ways(boxes, grid, star, *other).into_iter().find(is_free)?
                };
                lines.push(Line::broken(points));
            }
        }
        // The ways of two stars through the same gap would lie on top of each other.
        (routed < 2).then_some(lines)
    }

    /// Ways from a star's hub to another body through the gaps, the plainest first. They may yet cross a box.
    fn ways(&self, boxes: &[Placed], grid: &Grid, star: &Star, other: usize) -> Vec<Vec<(i32, i32)>> {
        let (hub, to) = (&boxes[star.hub], &boxes[other]);
        let (depth, other_depth) = (self.boxes[star.hub].depth, self.boxes[other].depth);
        // A quarter from the right, clear of the lines of reporting in the middle and at the left.
        let quarter = |placed: &Placed| placed.x + placed.width * 3 / 4;
        let above = |placed: &Placed| placed.y - LANE;
        match (grid.places[star.hub], grid.places[other]) {
            (from, Place::Aside) if from != Place::Aside => {
                let trunk = to.x - GAP;
                let end = [(trunk, to.middle().1), (to.x, to.middle().1)];
                // At the same height as the first of them, if it can be, for a line without a step.
                let first = star.others.iter().find(|other| grid.places[**other] == Place::Aside);
                let first = first.map(|first| boxes[*first].middle().1);
                let start = first.filter(|y| (hub.y + 8..=hub.bottom() - 8).contains(y)).unwrap_or(hub.middle().1);
                let mut ways = vec![[vec![(hub.right(), start), (trunk, start)], end.to_vec()].concat()];
                if from == Place::Row && depth > 0 {
                    let (x, lane) = (quarter(hub), above(hub));
                    ways.push([vec![(x, hub.y), (x, lane), (trunk, lane)], end.to_vec()].concat());
                }
                ways
            }
            (Place::Row, Place::Row) if depth == other_depth && depth > 0 => {
                let (start, end, lane) = (quarter(hub), quarter(to), above(hub));
                vec![vec![(start, hub.y), (start, lane), (end, lane), (end, to.y)]]
            }
            (Place::Row, Place::Row) if depth == other_depth + 1 => {
                let (start, end, lane) = (quarter(hub), quarter(to), above(hub));
                vec![vec![(start, hub.y), (start, lane), (end, lane), (end, to.bottom())]]
            }
            (Place::Row, Place::Row) if depth + 1 == other_depth => {
                let (start, end, lane) = (quarter(hub), quarter(to), above(to));
                vec![vec![(start, hub.bottom()), (start, lane), (end, lane), (end, to.y)]]
            }
            _ => Vec::new(),
        }
    }
}

/// A straight line between two boxes that stand side by side.
fn neighbours(one: &Placed, other: &Placed) -> Option<Vec<(i32, i32)>> {
    let y = one.middle().1;
    if one.y != other.y || one.height != other.height {
        None
    } else if one.x < other.x {
        Some(vec![(one.right(), y), (other.x, y)])
    } else {
        Some(vec![(one.x, y), (other.right(), y)])
    }
}
