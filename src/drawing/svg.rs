//! A diagram of boxes and lines as SVG.

use std::fmt::Write;

use super::layout::{Head, LEADING, Layout, Line, PAD_X, PAD_Y, Part, Placed};
use super::{Name, open};
use crate::text::markup::escape;

/// From the top of a line of words to its baseline: capitals then stand in the middle of the line.
const BASELINE: i32 = 16;
/// How round the lines' corners are.
const CORNER: i32 = 6;
/// How much of its corners a question has lost.
const CUT: i32 = 9;
/// How round the ends of a first or last step are.
const ROUND: i32 = 18;
/// How long the head of an arrow is.
const HEAD: i32 = 10;

/// Writes a diagram.
///
/// No colour and no style stand in it: classes say what is what. That lines are not filled, and which are broken, does
/// stand in it, as attributes that any stylesheet overrules, because without them the drawing would say something else.
pub(super) fn write(layout: &Layout, name: &Name) -> String {
    let mut svg = open(layout.width, layout.height, name);
    // Lines that begin alike are one path: where they run on top of each other they would else be drawn twice, darker.
    let is_alike = |one: &Line, other: &Line| one.beside == other.beside && one.points.first() == other.points.first();
    let mut lines: Vec<&Line> = layout.lines.iter().collect();
    lines.sort_by_key(|line| (line.beside, line.points.first()));
    for alike in lines.chunk_by(|one, other| is_alike(one, other)) {
        svg.push_str("<path class=\"line");
        svg.push_str(if alike[0].beside { " beside\" stroke-dasharray=\"6 4\"" } else { "\"" });
        let paths: String = alike.iter().map(|line| path(line)).collect();
        let _ = write!(svg, " fill=\"none\" d=\"{paths}\"/>");
        alike.iter().for_each(|line| head(line, &mut svg));
    }
    for placed in &layout.boxes {
        box_of(placed, layout.centred, &mut svg);
    }
    svg.push_str("</svg>");
    svg
}

fn box_of(placed: &Placed, centred: bool, svg: &mut String) {
    let Placed { x, y, width, height, ref words, part } = *placed;
    let class = match part {
        Part::Member => "node",
        Part::Focus => "node focus",
        Part::Above => "node above",
        Part::Beside => "node beside",
        Part::Step => "node step",
        Part::End => "node end",
        Part::Question => "node question",
        Part::Answer => "node answer",
    };
    let (left, anchor) = if centred { (x + width / 2, " text-anchor=\"middle\"") } else { (x + PAD_X, "") };
    // Boxes of one row are equally high; their words stand in the middle.
    let lines = i32::try_from(words.lines.len()).unwrap_or(1);
    let mut baseline = y + (height - 2 * PAD_Y - lines * LEADING) / 2 + PAD_Y + BASELINE;
    let _ = write!(svg, "<g class=\"{class}\">");
    if part == Part::Question {
        // A box without corners, so that a question is told from a step without colours.
        let (long, high) = (width - 2 * CUT, height - 2 * CUT);
        let _ = write!(
            svg,
            "<path d=\"M{} {y}h{long}l{CUT} {CUT}v{high}l-{CUT} {CUT}h-{long}l-{CUT} -{CUT}v-{high}z\"/>",
            x + CUT
        );
    } else {
        let round = if part == Part::End { ROUND.min(height / 2) } else { 4 };
        let _ = write!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>");
    }
    let _ = write!(svg, "<text{anchor}>");
    for line in &words.lines {
        let _ = write!(svg, "<tspan x=\"{left}\" y=\"{baseline}\">{}</tspan>", escape(line));
        baseline += LEADING;
    }
    svg.push_str("</text></g>");
}

/// The head of an arrow.
fn head(line: &Line, svg: &mut String) {
    let ends = match (line.head, line.points.as_slice()) {
        (Some(Head::First), [tip, from, ..]) | (Some(Head::Last), [.., from, tip]) => Some((*tip, *from)),
        _ => None,
    };
    let Some(((x, y), (from_x, from_y))) = ends else { return };
    let (dx, dy) = ((from_x - x).signum(), (from_y - y).signum());
    let base = (x + dx * HEAD, y + dy * HEAD);
    let half = HEAD / 2;
    let _ = write!(
        svg,
        "<path class=\"head\" d=\"M{x} {y}L{} {}L{} {}z\"/>",
        base.0 + dy * half,
        base.1 + dx * half,
        base.0 - dy * half,
        base.1 - dx * half
    );
}

/// The path of a line, its corners rounded.
fn path(line: &Line) -> String {
    // Points on top of each other, or on the way between two others, are no corners.
    let mut points: Vec<(i32, i32)> = Vec::with_capacity(line.points.len());
    for &(x, y) in &line.points {
        if let [.., (x1, y1), (x2, y2)] = points[..]
            && ((x1 == x2 && x2 == x) || (y1 == y2 && y2 == y))
        {
            points.pop();
        }
        if points.last() != Some(&(x, y)) {
            points.push((x, y));
        }
    }
    let mut path = String::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        if index == 0 {
            let _ = write!(path, "M{x} {y}");
            continue;
        }
        let Some(&next) = points.get(index + 1) else {
            let _ = write!(path, "L{x} {y}");
            continue;
        };
        let before = points[index - 1];
        // Half of either stretch at most, so that two corners never meet.
        let round = |(x1, y1): (i32, i32)| i32::midpoint((x1 - x).abs(), (y1 - y).abs());
        let radius = CORNER.min(round(before)).min(round(next));
        let towards = |(x1, y1): (i32, i32)| (x + (x1 - x).signum() * radius, y + (y1 - y).signum() * radius);
        let (start, end) = (towards(before), towards(next));
        let _ = write!(path, "L{} {}Q{x} {y} {} {}", start.0, start.1, end.0, end.1);
    }
    path
}
