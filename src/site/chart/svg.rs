//! The drawing as SVG, and the words for those who can't see it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::layout::{LEADING, Layout, Line, PAD_X, PAD_Y, Placed};
use super::tree::{Node, Part};
use super::wrap::FONT_SIZE;
use super::{Words, escape};
use crate::model::BodyId;

/// From the top of a line of words to its baseline: capitals then stand in the middle of the line.
const BASELINE: i32 = 16;
/// How round the lines' corners are.
const CORNER: i32 = 6;

/// Writes a drawing, with `id` before each of its ids.
///
/// No colour and no style stand in it: classes say what is what. That lines are not filled, and which are broken, does
/// stand in it, as attributes that any stylesheet overrules, because without them the drawing would say something else.
pub(super) fn write(layout: &Layout, nodes: &[Node], id: &str, title: &str, words: &Words) -> String {
    let (width, height, id) = (layout.width, layout.height, escape(id));
    let mut svg = format!(
        "<svg role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-size=\"{FONT_SIZE}\" font-family=\"sans-serif\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escape(title),
        escape(&description(nodes, words)),
    );
    // Lines that begin alike are one path: where they run on top of each other they would else be drawn twice, darker.
    let is_alike = |one: &Line, other: &Line| one.beside == other.beside && one.points.first() == other.points.first();
    let mut lines: Vec<&Line> = layout.lines.iter().collect();
    lines.sort_by_key(|line| (line.beside, line.points.first()));
    for alike in lines.chunk_by(|one, other| is_alike(one, other)) {
        svg.push_str("<path class=\"line");
        svg.push_str(if alike[0].beside { " beside\" stroke-dasharray=\"6 4\"" } else { "\"" });
        let paths: String = alike.iter().map(|line| path(line)).collect();
        let _ = write!(svg, " fill=\"none\" d=\"{paths}\"/>");
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
    };
    let (left, anchor) = if centred { (x + width / 2, " text-anchor=\"middle\"") } else { (x + PAD_X, "") };
    // Boxes of one row are equally high; their words stand in the middle.
    let lines = i32::try_from(words.lines.len()).unwrap_or(1);
    let mut baseline = y + (height - 2 * PAD_Y - lines * LEADING) / 2 + PAD_Y + BASELINE;
    let _ = write!(
        svg,
        "<g class=\"{class}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/><text{anchor}>"
    );
    for line in &words.lines {
        let _ = write!(svg, "<tspan x=\"{left}\" y=\"{baseline}\">{}</tspan>", escape(line));
        baseline += LEADING;
    }
    svg.push_str("</text></g>");
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

/// What the drawing shows, in sentences: "City Council. Reporting to it: Health Board; Scrutiny Committee."
fn description(nodes: &[Node], words: &Words) -> String {
    let mut labels: BTreeMap<&BodyId, &str> = BTreeMap::new();
    let mut open: Vec<&Node> = nodes.iter().rev().collect();
    let mut in_order = Vec::new();
    while let Some(node) = open.pop() {
        labels.insert(&node.id, &node.label);
        in_order.push(node);
        open.extend(node.children.iter().rev());
    }
    let mut sentences = Vec::new();
    for node in &in_order {
        let below = node.children.iter().map(|child| child.label.as_str());
        let beside = node.works_with.iter().filter_map(|id| labels.get(id).copied());
        // Of those who only stand beside, the one they work with has told already.
        let beside = if node.part == Part::Beside { Vec::new() } else { beside.collect() };
        let (below, beside) = (below.collect::<Vec<_>>().join("; "), beside.join("; "));
        let alone = node.part != Part::Beside && nodes.iter().any(|top| std::ptr::eq(top, *node));
        if below.is_empty() && beside.is_empty() && !alone {
            continue;
        }
        sentences.push(format!("{}.", node.label));
        if !below.is_empty() {
            sentences.push(format!("{}: {below}.", words.reporting));
        }
        if !beside.is_empty() {
            sentences.push(format!("{}: {beside}.", words.works_with));
        }
    }
    sentences.join(" ")
}
