//! The organisation chart: who reports to whom, drawn at build time and said again as a list.
//!
//! [`tree`] takes from the bodies what a chart shows; [`figure`] makes the whole figure of it, or [`svg`] and [`list`]
//! its parts. Nothing here touches the disk or a template, and the same bodies always give the same bytes.
//!
//! # For the stylesheet
//!
//! A chart too wide for a phone is drawn twice: `.chart-wide`, and `.chart-narrow` with the attribute `hidden`. A
//! stylesheet swaps them (`display: none`, `display: block`) on screens less than 48 rem wide; without that, the narrow
//! one stays hidden and the wide one scrolls. Colours are the stylesheet's alone: `.node rect` (`.node.focus`,
//! `.node.above`, `.node.beside` for the one that the chart is about, the one above and those beside it),
//! `.node text`, `.line`, `.line.beside`. Words keep to their boxes at 16 px in a sans-serif typeface.

mod layout;
mod svg;
#[cfg(test)]
mod tests;
mod tree;
mod wrap;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::html::escape;
use crate::model::BodyId;
use layout::Plan;
pub use tree::{Node, Part, tree};

/// Which screen a drawing is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Up to 720 px wide: in levels where they fit, indented where they don't.
    Wide,
    /// Indented, and no wider than the narrowest phone unless bodies stand very deep.
    Narrow,
}

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

/// What a figure is called, and by what it is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caption<'a> {
    /// The figure's id, unique on its page; the ids within begin with it.
    pub id: &'a str,
    /// "Figure 1", where it has a number.
    pub number: Option<&'a str>,
    /// What it shows.
    pub text: &'a str,
}

/// Draws a chart as one `<svg>`, whose ids begin with `id`; nothing if there are no bodies.
///
/// Assistive technology reads `title`, then sentences that say who reports to whom.
pub fn svg(nodes: &[Node], shape: Shape, id: &str, title: &str, words: &Words) -> String {
    if nodes.is_empty() {
        return String::new();
    }
    svg::write(&Plan::new(nodes).layout(shape), nodes, id, title, words)
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
    let plan = Plan::new(nodes);
    let (wide, narrow) = (plan.layout(Shape::Wide), plan.layout(Shape::Narrow));
    let draw = |layout, id: &str| svg::write(layout, nodes, id, caption.text, words);
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
