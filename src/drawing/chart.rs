//! Charts of tables: bars, differences and lines, with the figures written on the marks.
//!
//! Bars begin at nil, so that their lengths are in step with the figures; what is withheld has no bar, and the symbol
//! that is printed in the table instead. Every figure on a chart is one that the table prints, written in the same way;
//! only the marks of a scale are chosen here.
//!
//! # For the stylesheet
//!
//! `.bar` is a bar: `.bar.before`, `.bar.after` and `.bar.other` for periods side by side, `.bar.own` and `.bar.rest`
//! for an area among others, `.bar.budget` and `.bar.spent` for one within the other. `.nil` is the line that bars begin
//! at. `.line` is a line through periods, `.line.last-year` the same a year before; `.point` and `.point.outside` are
//! its points, `.ring` goes around one outside the limits. `.level` is a line across the chart: `.level.average`,
//! `.level.limit`. `.grid` and `.tick` are the scale, `.lead` leads from a line to its name. Words are `.name`,
//! `.series`, `.value`, `.aside`; `.strong` is bold.

mod bars;
mod lines;
mod reader;
mod scale;
#[cfg(test)]
mod tests;

use std::fmt::Write;

use super::{NARROW, Name, Shape, WIDE, open};
use crate::tables::{Chart, Table, what_it_shows};
use crate::text::markup::escape;
use bars::Bars;
use lines::Lines;
use reader::Reader;
use scale::Hundredths;

/// A chart, once for each screen it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG for a wide screen, and for paper.
    pub wide: String,
    /// The SVG for a narrow one.
    pub narrow: String,
    /// What it shows, in sentences.
    pub description: String,
}

/// The words of a chart; a language's come from the theme's strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// Names the line at the average.
    pub average: &'a str,
    /// Name the lines within which figures can be expected to vary.
    pub limits: (&'a str, &'a str),
    /// Names the line of the same periods a year before.
    pub last_year: &'a str,
    /// Between two figures of which the first is a part: "£120 of £200".
    pub of: &'a str,
    /// Between two figures of which the first is the earlier: "4 to 1".
    pub to: &'a str,
    /// Stands before the name of the area that the paper is about.
    pub own: &'a str,
    /// Before what should be reached.
    pub target: &'a str,
    /// Before what a filled bar is.
    pub filled: &'a str,
    /// Before what an outline is.
    pub outline: &'a str,
}

impl Default for Words<'_> {
    /// The words in English.
    fn default() -> Self {
        Self {
            average: "Average",
            limits: ("Lower limit", "Upper limit"),
            last_year: "A year before",
            of: "of",
            to: "to",
            own: "→",
            target: "target",
            filled: "Filled",
            outline: "Outline",
        }
    }
}

/// What of a table is drawn.
enum Plan {
    Bars(Bars),
    Lines(Lines),
}

/// Draws a table as its author wants it drawn; nothing if it has no chart, or no figures to draw. The ids within begin
/// with `id`.
pub fn chart(table: &Table, id: &str, words: &Words) -> Option<Drawing> {
    let reader = Reader { table, words };
    let plan = match table.chart? {
        Chart::Line => Plan::Lines(reader.lines()?),
        Chart::Differences => Plan::Bars(reader.differences().or_else(|| reader.bars())?),
        Chart::Bars => Plan::Bars(reader.bars()?),
    };
    let shown = table.shows.clone().or_else(|| what_it_shows(table));
    let left_out = match &plan {
        Plan::Bars(bars) => bars.left_out.clone(),
        Plan::Lines(lines) => lines.left_out.clone(),
    };
    let description: Vec<String> = std::iter::once(plan.described()).chain(left_out).chain(shown).collect();
    let description = description.join(" ");
    let draw = |shape: Shape| {
        let width = match shape {
            Shape::Wide => WIDE,
            Shape::Narrow => NARROW,
        };
        let mut canvas = Canvas::default();
        let height = match &plan {
            Plan::Bars(bars) => bars.draw(shape, width, &mut canvas)?,
            Plan::Lines(lines) => lines.draw(shape, width, &mut canvas)?,
        };
        let id = if shape == Shape::Wide { id.to_owned() } else { format!("{id}-narrow") };
        let mut svg = open(width, height, &Name { id: &id, title: &table.caption, description: &description });
        svg.push_str(&canvas.svg);
        svg.push_str(&canvas.over);
        svg.push_str("</svg>");
        Some(svg)
    };
    let (wide, narrow) = (draw(Shape::Wide)?, draw(Shape::Narrow)?);
    Some(Drawing { wide, narrow, description })
}

impl Plan {
    /// What kind of chart it is.
    fn described(&self) -> String {
        match self {
            Self::Bars(bars) => bars.what.to_owned(),
            Self::Lines(_) => "A line through the periods.".to_owned(),
        }
    }
}

/// The marks of a drawing as they are made.
#[derive(Default)]
struct Canvas {
    svg: String,
    /// What stands over everything else.
    over: String,
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    End,
}

impl Canvas {
    fn text(&mut self, class: &str, x: Hundredths, y: i32, anchor: Anchor, text: &str) {
        write_text(&mut self.svg, class, (x, y), anchor, text);
    }

    /// A figure, which no line may cross.
    fn figure(&mut self, x: Hundredths, y: i32, anchor: Anchor, text: &str) {
        write_text(&mut self.over, "value", (x, y), anchor, text);
    }

    /// Lines of words, one below the other; gives the baseline after the last.
    fn lines(&mut self, class: &str, x: i32, mut y: i32, lines: &[String]) -> i32 {
        for line in lines {
            self.text(class, Hundredths::whole(x), y, Anchor::Start, line);
            y += LEADING;
        }
        y
    }

    fn rect(&mut self, class: &str, (left, right): (Hundredths, Hundredths), top: i32, height: i32) {
        let (x, width) = (left.min(right), left.distance(right));
        let _ =
            write!(self.svg, "<rect class=\"{class}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>");
    }

    fn stroke(&mut self, class: &str, (x1, y1): (Hundredths, Hundredths), (x2, y2): (Hundredths, Hundredths)) {
        let _ = write!(self.svg, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
    }
}

fn write_text(out: &mut String, class: &str, (x, y): (Hundredths, i32), anchor: Anchor, text: &str) {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::End => " text-anchor=\"end\"",
    };
    let _ = write!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{}</text>", escape(text));
}

/// From one line of words to the next.
const LEADING: i32 = 20;
/// From the top of a line of words to its baseline.
const BASELINE: i32 = 15;
