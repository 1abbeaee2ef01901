//! Flow charts: steps, questions and their answers, written as indented text.
//!
//! ```text
//! A member suggests a topic
//! Is it within the committee's remit?
//!   no: Tell the member why -> end
//!   yes: Put it in the programme
//! Is it still wanted in three months?
//!   no: Take it out
//!   yes: -> Put it in the programme
//! ```
//!
//! A line is a step, and leads to the next. A line that ends with a question mark asks; its answers stand beneath it,
//! further in, each with a colon. What follows an answer stands after the colon or further in beneath it. `->` leads
//! to a step by its words, or by how it begins; `-> end` ends there.

use std::collections::BTreeMap;

use super::read::record;
use crate::finding::{Finding, codes, did_you_mean};
use crate::text::{Source, Span, Spanned};

/// A chart with more lines than this is a text.
const MOST_LINES: usize = 100;
/// Questions can stand in the answers to others so deep.
const DEEPEST: usize = 6;

record! {
    /// The block `flow`.
    pub struct FlowBlock {
        /// What it shows.
        "caption" caption: String,
        /// A name for references.
        "name" name: Option<String>,
        /// The steps, a line each.
        "steps" steps: Spanned<String>,
    }
}

/// A flow chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// What it shows.
    pub caption: String,
    /// Its lines in the order of the text. An answer and the step behind its colon are two.
    pub steps: Vec<Step>,
}

/// A step, a question or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which of them it is.
    pub kind: StepKind,
    /// Its words; an answer's without the colon.
    pub words: String,
    /// How many questions it is an answer to, or stands in the answers to.
    pub depth: usize,
    /// Where it leads; a question leads to its answers.
    pub then: Then,
    /// Whether an arrow in the text says so, rather than the order of the lines.
    pub jumps: bool,
}

/// What a line of a flow chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Something is done.
    Step,
    /// Something is asked.
    Question,
    /// An answer to the question above.
    Answer,
}

/// Where a step leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// To another one, by its place in [`Flow::steps`].
    Step(usize),
    /// To one of several answers, by their places.
    Answers(Vec<usize>),
    /// It ends.
    End,
}

impl Flow {
    /// Reads the steps of a block, which stands in that source. Gives nothing if the chart cannot be drawn.
    pub fn read(block: &FlowBlock, source: &Source, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut reader = Reader { findings, wrong: false, parts: Vec::new() };
        let lines = lines(block, source);
        if lines.len() > MOST_LINES {
            reader.report(
                block.steps.span,
                format!("a flow chart has at most {MOST_LINES} lines, and this one has {}", lines.len()),
                "draw what matters, or break it into several charts",
            );
            return None;
        }
        if lines.is_empty() {
            reader.report(
                block.steps.span,
                "there are no steps".to_owned(),
                "write a step on each line under `steps: |`",
            );
            return None;
        }
        let top = reader.arrange(&lines);
        if reader.wrong {
            return None;
        }
        let names = reader.names();
        reader.lead(&top, &Then::End, &names);
        reader.unreached();
        if reader.wrong {
            return None;
        }
        let steps = reader.parts.into_iter().map(|part| part.step).collect();
        Some(Self { caption: block.caption.clone(), steps })
    }
}

/// A line of the text.
struct Written<'t> {
    indent: usize,
    text: &'t str,
    span: Span,
}

/// The lines that are not empty, each with its place in the file.
fn lines<'t>(block: &'t FlowBlock, source: &Source) -> Vec<Written<'t>> {
    let place = block.steps.span;
    let mut from = place.start as usize;
    let mut lines = Vec::new();
    for line in block.steps.value.lines() {
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        // The reader of YAML has taken the indentation of the whole away, and kept the lines and their order.
        let rest = source.text.get(from..place.end as usize).unwrap_or("");
        let span = match rest.find(text) {
            Some(at) => {
                from += at + text.len();
                Span::new(place.source, from - text.len()..from)
            }
            None => place,
        };
        lines.push(Written {
            indent: line.chars().take_while(|character| character.is_whitespace()).count(),
            text,
            span,
        });
    }
    lines
}

/// A step while the text is read.
struct Part {
    step: Step,
    span: Span,
    /// Where its arrow leads, as written.
    goes: Option<Spanned<String>>,
    /// Of a question, its answers; of an answer, what follows it.
    below: Vec<usize>,
}

struct Reader<'f> {
    findings: &'f mut Vec<Finding>,
    wrong: bool,
    parts: Vec<Part>,
}

/// What the next line further in belongs to.
struct Level {
    indent: usize,
    /// The question whose answers stand at this level, if they do.
    question: Option<usize>,
    /// The answer whose steps stand at this level, if they do.
    answer: Option<usize>,
}

impl Reader<'_> {
    fn report(&mut self, span: Span, message: String, help: &str) {
        self.wrong = true;
        self.findings.push(Finding::error(codes::WRONG_VALUE, span, message).help(help.to_owned()));
    }

    /// Reads which line belongs to which; gives the steps of the outermost level.
    fn arrange(&mut self, lines: &[Written]) -> Vec<usize> {
        let mut top = Vec::new();
        let mut levels: Vec<Level> = vec![Level { indent: lines[0].indent, question: None, answer: None }];
        let mut last: Option<usize> = None;
        for line in lines {
            if self.wrong && levels.len() > DEEPEST * 2 {
                break;
            }
            while levels.len() > 1 && levels.last().is_some_and(|level| line.indent < level.indent) {
                levels.pop();
                last = None;
            }
            let indent = levels.last().map_or(0, |level| level.indent);
            if line.indent > indent {
                match self.deeper(line, last) {
                    Some(level) => levels.push(level),
                    None => continue,
                }
            } else if line.indent < indent {
                let help = "let it begin where a line above it begins";
                self.report(line.span, "this line begins further out than the first".to_owned(), help);
                continue;
            }
            let Some(level) = levels.last() else { break };
            last = match (level.question, level.answer) {
                (Some(question), _) => self.answer(question, line),
                (None, Some(answer)) => {
                    let depth = self.parts[answer].step.depth;
                    let step = self.step(line.text, line.span, depth);
                    self.parts[answer].below.extend(step);
                    step
                }
                (None, None) => {
                    let step = self.step(line.text, line.span, 0);
                    top.extend(step);
                    step
                }
            };
        }
        for index in 0..self.parts.len() {
            let part = &self.parts[index];
            if part.step.kind == StepKind::Question && part.below.len() < 2 {
                let found = if part.below.is_empty() { "no answer" } else { "one answer only" };
                let (span, message) = (part.span, format!("the question `{}` has {found} beneath it", part.step.words));
                self.report(span, message, "write each answer beneath it, further in: `yes: …`, `no: …`");
            }
        }
        top
    }

    /// What a line further in than the one above it belongs to.
    fn deeper(&mut self, line: &Written, last: Option<usize>) -> Option<Level> {
        let owner = last.map(|last| (last, self.parts[last].step.kind, self.parts[last].step.depth));
        let level = |question, answer| Level { indent: line.indent, question, answer };
        match owner {
            Some((_, _, depth)) if depth > DEEPEST => {
                let message = format!("questions stand here more than {DEEPEST} deep in each other's answers");
                self.report(line.span, message, "lead to a step further down with `->`, or make a chart of its own");
                None
            }
            Some((last, StepKind::Question, _)) => Some(level(Some(last), None)),
            Some((last, StepKind::Answer, _)) => Some(level(None, Some(last))),
            _ => {
                let message = "this line stands further in, though the line above it asks nothing".to_owned();
                self.report(line.span, message, "end the line above with a question mark, or let both begin alike");
                None
            }
        }
    }

    /// One answer, perhaps with a step behind its colon. Gives what lines beneath it belong to: the answer, or the
    /// question behind its colon.
    fn answer(&mut self, question: usize, line: &Written) -> Option<usize> {
        let asked = self.parts[question].step.words.clone();
        let Some((words, rest)) = line.text.split_once(':').filter(|(words, _)| !words.trim().is_empty()) else {
            let message = format!("expected an answer to `{asked}`, found `{}`", line.text);
            self.report(line.span, message, "begin it with the answer and a colon: `yes: …`");
            return None;
        };
        let depth = self.parts[question].step.depth + 1;
        let answer = self.add(StepKind::Answer, words.trim(), line.span, depth);
        self.parts[question].below.push(answer);
        let rest = rest.trim();
        if rest.is_empty() {
            return Some(answer);
        }
        if let (before, Some(goes)) = arrow(rest, line.span)
            && before.is_empty()
        {
            self.parts[answer].goes = Some(goes);
            return Some(answer);
        }
        let step = self.step(rest, line.span, depth)?;
        self.parts[answer].below.push(step);
        Some(if self.parts[step].step.kind == StepKind::Question { step } else { answer })
    }

    fn step(&mut self, text: &str, span: Span, depth: usize) -> Option<usize> {
        let (words, goes) = arrow(text, span);
        if words.is_empty() {
            self.report(
                span,
                "an arrow stands here without a step before it".to_owned(),
                "put it after the step it leads on from",
            );
            return None;
        }
        let kind = if words.ends_with('?') { StepKind::Question } else { StepKind::Step };
        if kind == StepKind::Question && goes.is_some() {
            let message = format!("the question `{words}` has an arrow, and its answers lead on");
            self.report(span, message, "put the arrow after an answer: `no: -> end`");
        }
        let index = self.add(kind, words, span, depth);
        self.parts[index].goes = goes;
        Some(index)
    }

    fn add(&mut self, kind: StepKind, words: &str, span: Span, depth: usize) -> usize {
        let step = Step { kind, words: words.to_owned(), depth, then: Then::End, jumps: false };
        self.parts.push(Part { step, span, goes: None, below: Vec::new() });
        self.parts.len() - 1
    }

    /// The steps and questions by their words.
    fn names(&self) -> BTreeMap<String, Vec<usize>> {
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, part) in self.parts.iter().enumerate() {
            if part.step.kind != StepKind::Answer {
                names.entry(part.step.words.to_lowercase()).or_default().push(index);
            }
        }
        names
    }

    /// Lets each step of a sequence lead to the next, and the last to what comes after all of them.
    fn lead(&mut self, sequence: &[usize], after: &Then, names: &BTreeMap<String, Vec<usize>>) {
        for (place, index) in sequence.iter().enumerate() {
            let next = sequence.get(place + 1).map_or_else(|| after.clone(), |next| Then::Step(*next));
            let below = self.parts[*index].below.clone();
            if self.parts[*index].step.kind != StepKind::Question {
                self.lead_on(*index, next, names);
                continue;
            }
            self.parts[*index].step.then = Then::Answers(below.clone());
            for answer in below {
                let steps = self.parts[answer].below.clone();
                let first = steps.first().map_or_else(|| next.clone(), |first| Then::Step(*first));
                self.lead_on(answer, first, names);
                self.lead(&steps, &next, names);
            }
        }
    }

    fn lead_on(&mut self, index: usize, next: Then, names: &BTreeMap<String, Vec<usize>>) {
        let Some(goes) = self.parts[index].goes.clone() else {
            self.parts[index].step.then = next;
            return;
        };
        self.parts[index].step.jumps = true;
        let wanted = goes.value.to_lowercase();
        if matches!(wanted.as_str(), "end" | "stop") {
            self.parts[index].step.then = Then::End;
            return;
        }
        let exact = names.get(&wanted);
        let found: Vec<usize> = match exact {
            Some(found) => found.clone(),
            None => {
                let begin = names.range(wanted.clone()..).take_while(|(name, _)| name.starts_with(&wanted));
                begin.flat_map(|(_, found)| found.iter().copied()).collect()
            }
        };
        match found.as_slice() {
            [target] => self.parts[index].step.then = Then::Step(*target),
            [] => {
                self.wrong = true;
                let steps = self.parts.iter().filter(|part| part.step.kind != StepKind::Answer);
                let help = did_you_mean(&goes.value, steps.map(|part| part.step.words.as_str()))
                    .unwrap_or_else(|| "write the words of a step, or how it begins; `-> end` ends there".to_owned());
                let message = format!("the arrow leads to `{}`, and no step begins so", goes.value);
                self.findings.push(Finding::error(codes::UNKNOWN_REFERENCE, goes.span, message).help(help));
            }
            _ => {
                let message = format!("the arrow leads to `{}`, and several steps begin so", goes.value);
                self.report(goes.span, message, "write as many of its words as tell it apart");
            }
        }
    }

    /// Reports steps that nothing leads to.
    fn unreached(&mut self) {
        if self.wrong {
            return;
        }
        let mut reached = vec![false; self.parts.len()];
        let mut open = vec![0];
        while let Some(index) = open.pop() {
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            match &self.parts[index].step.then {
                Then::Step(next) => open.push(*next),
                Then::Answers(answers) => open.extend(answers),
                Then::End => {}
            }
        }
        let lost = reached.iter().position(|reached| !reached);
        if let Some(part) = lost.map(|index| &self.parts[index]) {
            let (span, message) = (part.span, format!("nothing leads to `{}`", part.step.words));
            self.report(span, message, "lead to it with `->` from another step, or remove the arrow before it");
        }
    }
}

/// Words and the arrow after them: `Score it -> end`.
fn arrow(text: &str, span: Span) -> (&str, Option<Spanned<String>>) {
    let found = ["->", "→"].iter().filter_map(|arrow| text.rfind(arrow).map(|at| (at, arrow.len()))).max();
    let Some((at, length)) = found else { return (text, None) };
    (text[..at].trim(), Some(Spanned::new(text[at + length..].trim().to_owned(), span)))
}

#[cfg(test)]
mod tests;
