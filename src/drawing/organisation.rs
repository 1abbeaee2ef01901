//! The organisation chart: who reports to whom, drawn and said again as a list.
//!
//! [`tree`] takes from the bodies what a chart shows; [`figure`] makes the whole figure of it, or [`svg`] and [`list`]
//! its parts.
//!
//! # For the stylesheet
//!
//! A chart too wide for a phone is drawn twice: `.chart-wide`, and `.chart-narrow` with the attribute `hidden`. A
//! stylesheet swaps them (`display: none`, `display: block`) on screens less than 48 rem wide; without that, the narrow
//! one stays hidden and the wide one scrolls. Colours are the stylesheet's alone: `.node rect` (`.node.focus`,
//! `.node.above`, `.node.beside` for the one that the chart is about, the one above and those beside it),
//! `.node text`, `.line`, `.line.beside`. Words keep to their boxes at 16 px in a sans-serif typeface.

#[cfg(test)]
mod tests;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::layout::{Plan, Planned, stars};
use super::{Caption, Name, Shape, svg};
use crate::model::BodyId;
use crate::text::markup::escape;

pub use super::layout::Part;
pub use tree::{Node, tree};

/// The words of a chart; a language's come from the theme's strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// Before those that report to a body, in the drawing's description.
    pub reporting: &'a str,
    /// Before those that a body works with.
    pub works_with: &'a str,
    /// Names the part of the page that holds the drawing, after the caption.
    pub drawing: &'a str,
    /// Stands in place of a chart without bodies.
    pub nobody: &'a str,
}

impl Default for Words<'_> {
    /// The words in English.
    fn default() -> Self {
        Self {
            reporting: "Reporting to it",
            works_with: "Works with",
            drawing: "drawing",
            nobody: "No body existed on this day.",
        }
    }
}

/// Draws a chart as one `<svg>`, whose ids begin with `id`; nothing if there are no bodies.
///
/// Assistive technology reads `title`, then sentences that say who reports to whom.
pub fn svg(nodes: &[Node], shape: Shape, id: &str, title: &str, words: &Words) -> String {
    if nodes.is_empty() {
        return String::new();
    }
    svg::write(&plan(nodes).layout(shape), &Name { id, title, description: &description(nodes, words) })
}

/// The chart as nested lists, each body once, linked where `href` gives a finished address.
///
/// Those that only work beside the chart's bodies have no entry of their own: they stand, linked, where an entry says
/// whom it works with.
pub fn list(nodes: &[Node], href: &dyn Fn(&BodyId) -> Option<String>, words: &Words) -> String {
    let mut names = BTreeMap::new();
    let mut beside = BTreeSet::new();
    let mut open: Vec<&Node> = nodes.iter().collect();
    while let Some(node) = open.pop() {
        names.insert(&node.id, node.name.as_str());
        if node.part == Part::Beside {
            beside.insert(&node.id);
        }
        open.extend(&node.children);
    }
    let entries: Vec<&Node> = nodes.iter().filter(|node| node.part != Part::Beside).collect();
    let mut html = String::new();
    List { names, beside, href, words }.write(&entries, &mut html);
    html
}

struct List<'a> {
    names: BTreeMap<&'a BodyId, &'a str>,
    /// Those without an entry, not yet named.
    beside: BTreeSet<&'a BodyId>,
    href: &'a dyn Fn(&BodyId) -> Option<String>,
    words: &'a Words<'a>,
}

impl List<'_> {
    /// As deep as the tree, which is no deeper than thirty-odd.
    fn write(&mut self, nodes: &[&Node], html: &mut String) {
        if nodes.is_empty() {
            return;
        }
        html.push_str("<ul>");
        for node in nodes {
            html.push_str("<li>");
            html.push_str(&self.link(&node.id, &node.name));
            let others: Vec<String> = node.works_with.iter().filter_map(|id| self.mention(id)).collect();
            if !others.is_empty() {
                let label = escape(&self.words.works_with.to_lowercase());
                let _ = write!(html, " <span class=\"beside\">({label}: {})</span>", others.join("; "));
            }
            self.write(&node.children.iter().collect::<Vec<_>>(), html);
            html.push_str("</li>");
        }
        html.push_str("</ul>");
    }

    fn mention(&mut self, id: &BodyId) -> Option<String> {
        let name = *self.names.get(id)?;
        Some(if self.beside.remove(id) { self.link(id, name) } else { escape(name) })
    }

    fn link(&self, id: &BodyId, name: &str) -> String {
        match (self.href)(id) {
            Some(href) => format!("<a href=\"{}\">{}</a>", escape(&href), escape(name)),
            None => escape(name),
        }
    }
}

/// What the drawing shows, in sentences: "City Council. Reporting to it: Health Board; Scrutiny Committee."
pub fn description(nodes: &[Node], words: &Words) -> String {
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

/// The chart's bodies in the order of the list, with what connects them.
fn plan(nodes: &[Node]) -> Plan<'_> {
    let focus_depth = i32::from(nodes.first().is_some_and(|node| node.part == Part::Above));
    let mut bodies: Vec<&Node> = Vec::new();
    let mut boxes: Vec<Planned> = Vec::new();
    let mut open: Vec<(&Node, i32, Option<usize>)> = Vec::new();
    for node in nodes.iter().rev() {
        open.push((node, if node.part == Part::Beside { focus_depth } else { 0 }, None));
    }
    while let Some((node, depth, parent)) = open.pop() {
        let index = bodies.len();
        bodies.push(node);
        boxes.push(Planned { label: &node.label, part: node.part, depth, parent });
        open.extend(node.children.iter().rev().map(|child| (child, depth + 1, Some(index))));
    }

    // Nobody needs a second line to the body it reports to.
    let places: BTreeMap<&BodyId, usize> = bodies.iter().enumerate().map(|(index, body)| (&body.id, index)).collect();
    let mut ties: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (index, body) in bodies.iter().enumerate() {
        for other in body.works_with.iter().filter_map(|id| places.get(id).copied()) {
            if other != index && boxes[index].parent != Some(other) && boxes[other].parent != Some(index) {
                ties.entry(index).or_default().insert(other);
                ties.entry(other).or_default().insert(index);
            }
        }
    }
    Plan { boxes, stars: stars(ties) }
}

/// The whole figure: caption, drawing, and the same as a list.
pub fn figure(nodes: &[Node], caption: &Caption, href: &dyn Fn(&BodyId) -> Option<String>, words: &Words) -> String {
    let (id, text) = (escape(caption.id), escape(caption.text));
    let mut html = format!("<figure class=\"organisation-chart\" id=\"{id}\"><figcaption>");
    if let Some(number) = caption.number {
        let _ = write!(html, "<a class=\"number\" href=\"#{id}\">{}</a> ", escape(number));
    }
    let _ = write!(html, "{text}</figcaption>");
    if nodes.is_empty() {
        let _ = write!(html, "<p>{}</p></figure>", escape(words.nobody));
        return html;
    }
    let _ = write!(
        html,
        "<section class=\"chart-scroll\" aria-label=\"{text}: {}\" tabindex=\"0\">",
        escape(words.drawing)
    );
    let plan = plan(nodes);
    let description = description(nodes, words);
    let (wide, narrow) = (plan.layout(Shape::Wide), plan.layout(Shape::Narrow));
    let draw = |layout, id: &str| svg::write(layout, &Name { id, title: caption.text, description: &description });
    if wide.width <= narrow.width {
        html.push_str(&draw(&wide, caption.id));
    } else {
        let _ = write!(
            html,
            "<div class=\"chart-wide\">{}</div><div class=\"chart-narrow\" hidden>{}</div>",
            draw(&wide, caption.id),
            draw(&narrow, &format!("{}-narrow", caption.id))
        );
    }
    let _ = write!(html, "</section><div class=\"chart-list\">{}</div></figure>", list(nodes, href, words));
    html
}
