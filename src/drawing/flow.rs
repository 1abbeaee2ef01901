//! Flow charts: what is done in which order and what is asked on the way, drawn and said again as a list.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::layout::{Layout, Part, Plan, Planned, Star};
use super::{Caption, NARROW, Name, WIDE, svg};
use crate::model::Flow;
use crate::model::flow::{Step, StepKind, Then};
use crate::text::markup::escape;
use crate::text::sentence::capital;

/// The widest box on a wide screen, and on a narrow one.
const WIDEST: (i32, i32) = (380, 280);

/// The words of a flow chart; a language's come from the theme's strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// Before an answer, in the drawing's description.
    pub answered: &'a str,
    /// Before the step that is next, where it is not the one below.
    pub then: &'a str,
    /// Says that nothing follows.
    pub end: &'a str,
    /// Names the part of the page that holds the drawing, after the caption.
    pub drawing: &'a str,
}

impl Default for Words<'_> {
    /// The words in English.
    fn default() -> Self {
        Self { answered: "If", then: "Then go to", end: "It ends there", drawing: "drawing" }
    }
}

/// The whole figure: caption, drawing, and the same as a list.
pub fn figure(flow: &Flow, caption: &Caption, words: &Words) -> String {
    let (id, text) = (escape(caption.id), escape(caption.text));
    let mut html = format!("<figure class=\"flow\" id=\"{id}\"><figcaption>");
    if let Some(number) = caption.number {
        let _ = write!(html, "<a class=\"number\" href=\"#{id}\">{}</a> ", escape(number));
    }
    let _ = write!(
        html,
        "{text}</figcaption><section class=\"chart-scroll\" aria-label=\"{text}: {}\" tabindex=\"0\">",
        escape(words.drawing)
    );
    let labels = labels(flow);
    let (plan, follows) = plan(flow, &labels);
    let (wide, narrow) = (plan.flow(WIDE, WIDEST.0, &follows), plan.flow(NARROW, WIDEST.1, &follows));
    let description = description(flow, words);
    let draw =
        |layout: &Layout, id: &str| svg::write(layout, &Name { id, title: caption.text, description: &description });
    if wide.width <= NARROW {
        html.push_str(&draw(&wide, caption.id));
    } else {
        let _ = write!(
            html,
            "<div class=\"chart-wide\">{}</div><div class=\"chart-narrow\" hidden>{}</div>",
            draw(&wide, caption.id),
            draw(&narrow, &format!("{}-narrow", caption.id))
        );
    }
    let _ = write!(html, "</section><div class=\"chart-list\">{}</div></figure>", list(flow, words));
    html
}

/// Draws a chart for a wide screen, or for paper, as one `<svg>`, whose ids begin with `id`.
pub fn svg(flow: &Flow, id: &str, title: &str, words: &Words) -> String {
    let labels = labels(flow);
    let (plan, follows) = plan(flow, &labels);
    let layout = plan.flow(WIDE, WIDEST.0, &follows);
    svg::write(&layout, &Name { id, title, description: &description(flow, words) })
}

/// The chart as nested lists: steps in order, answers beneath their questions.
pub fn list(flow: &Flow, words: &Words) -> String {
    let mut html = String::new();
    steps(flow, &mut 0, 0, words, &mut html);
    html
}

/// What stands in the boxes: an answer begins with a capital letter.
fn labels(flow: &Flow) -> Vec<String> {
    let label = |step: &Step| match step.kind {
        StepKind::Answer => capital(&step.words),
        StepKind::Step | StepKind::Question => step.words.clone(),
    };
    flow.steps.iter().map(label).collect()
}

/// The boxes, and of each whether the one above leads straight to it.
fn plan<'f>(flow: &Flow, labels: &'f [String]) -> (Plan<'f>, Vec<bool>) {
    let mut parents: BTreeMap<usize, usize> = BTreeMap::new();
    let mut follows = vec![false; flow.steps.len()];
    let mut led_to: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (index, step) in flow.steps.iter().enumerate() {
        match &step.then {
            Then::Answers(answers) => parents.extend(answers.iter().map(|answer| (*answer, index))),
            Then::Step(next) if *next == index + 1 => {
                follows[*next] = true;
                if step.kind == StepKind::Answer && flow.steps[*next].depth == step.depth {
                    parents.insert(*next, index);
                }
            }
            Then::Step(next) => {
                led_to.entry(*next).or_default().insert(index);
            }
            Then::End => {}
        }
    }
    let part = |(index, step): (usize, &Step)| match step.kind {
        StepKind::Question => Part::Question,
        StepKind::Answer => Part::Answer,
        StepKind::Step if index == 0 || step.then == Then::End => Part::End,
        StepKind::Step => Part::Step,
    };
    let boxes = flow.steps.iter().enumerate().map(|(index, step)| Planned {
        label: &labels[index],
        part: part((index, step)),
        depth: i32::try_from(step.depth).unwrap_or(0),
        parent: parents.get(&index).copied(),
    });
    let stars = led_to.into_iter().map(|(hub, others)| Star { hub, others: others.into_iter().collect() });
    let mut stars: Vec<Star> = stars.collect();
    // Short ones stand nearest to the boxes.
    stars.sort_by_key(|star| (star.others.iter().map(|other| other.abs_diff(star.hub)).max(), star.hub));
    (Plan { boxes: boxes.collect(), stars }, follows)
}

/// Where a step leads, if that is not plain from the order: in words.
fn leads(flow: &Flow, index: usize, words: &Words) -> Option<String> {
    let step = flow.steps.get(index)?;
    match &step.then {
        Then::Step(next) if step.jumps => Some(format!("{}: {}", words.then, flow.steps.get(*next)?.words)),
        Then::End if step.jumps => Some(words.end.to_owned()),
        _ => None,
    }
}

/// A sentence from words that may end one already.
fn sentence(words: &str) -> String {
    if words.ends_with(['.', '?', '!', ':']) { words.to_owned() } else { format!("{words}.") }
}

/// The chart in sentences.
pub fn description(flow: &Flow, words: &Words) -> String {
    let mut sentences = Vec::new();
    for (index, step) in flow.steps.iter().enumerate() {
        sentences.push(match step.kind {
            StepKind::Answer => format!("{} {}:", words.answered, step.words),
            StepKind::Step | StepKind::Question => sentence(&step.words),
        });
        sentences.extend(leads(flow, index, words).map(|leads| sentence(&leads)));
    }
    sentences.join(" ")
}

/// As deep as questions stand in answers, which is limited where they are read.
fn steps(flow: &Flow, next: &mut usize, depth: usize, words: &Words, html: &mut String) {
    html.push_str("<ol>");
    while let Some(step) = flow.steps.get(*next).filter(|step| step.depth == depth && step.kind != StepKind::Answer) {
        let index = *next;
        *next += 1;
        match leads(flow, index, words) {
            // Two sentences: the step, and where it leads.
            Some(leads) => {
                let (step, leads) = (sentence(&step.words), sentence(&leads));
                let _ = write!(html, "<li>{} <span class=\"leads\">{}</span>", escape(&step), escape(&leads));
            }
            None => {
                let _ = write!(html, "<li>{}", escape(&step.words));
            }
        }
        if step.kind == StepKind::Question {
            html.push_str("<ul>");
            let is_answer = |step: &&Step| step.kind == StepKind::Answer && step.depth == depth + 1;
            while let Some(answer) = flow.steps.get(*next).filter(is_answer) {
                let index = *next;
                *next += 1;
                let _ = write!(html, "<li><strong>{}</strong>", escape(&capital(&answer.words)));
                if let Some(leads) = leads(flow, index, words) {
                    let _ = write!(html, ": <span class=\"leads\">{}</span>", escape(&sentence(&leads)));
                }
                let follows = |step: &Step| step.depth == depth + 1 && step.kind != StepKind::Answer;
                if flow.steps.get(*next).is_some_and(follows) {
                    steps(flow, next, depth + 1, words, html);
                }
                html.push_str("</li>");
            }
            html.push_str("</ul>");
        }
        html.push_str("</li>");
    }
    html.push_str("</ol>");
}
