//! Bars that lie: a row has its name, and a bar for each of its figures with the figure at its end.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::reader::{MOST_ROWS, number};
use super::scale::{Hundredths, Scale};
use super::{Anchor, BASELINE, Canvas, LEADING, Shape};
use crate::drawing::wrap::{Wrapped, fit, width, wrap};

/// Bars in groups.
#[derive(Debug, Clone, Default)]
pub(super) struct Bars {
    /// What a reader would see.
    pub(super) what: &'static str,
    /// What the figures are, above them all.
    pub(super) heading: String,
    pub(super) groups: Vec<Group>,
    /// A line across all bars, and its name.
    pub(super) level: Option<(Decimal, String)>,
    /// What is said of rows that are not drawn.
    pub(super) left_out: Option<String>,
}

/// Rows under a heading, which is empty where there is none.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) heading: String,
    pub(super) rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Which of the table's.
    pub(super) index: usize,
    pub(super) name: String,
    /// Whether its name is bold.
    pub(super) strong: bool,
    pub(super) bars: Vec<Bar>,
}

/// One bar; without a value, there are only its words.
#[derive(Debug, Clone, Default)]
pub(super) struct Bar {
    /// What it is called among the bars of a row.
    pub(super) series: String,
    pub(super) value: Option<Decimal>,
    /// An outline around it.
    pub(super) of: Option<Decimal>,
    /// What is written at its end.
    pub(super) words: String,
    pub(super) class: &'static str,
}

/// Thickness of a bar.
const THICK: i32 = 16;
/// Thickness of the outline around a bar.
const OUTLINE: i32 = 20;
/// Between the bars of a row.
const BAR_GAP: i32 = 5;
/// Between rows.
const ROW_GAP: i32 = 12;
/// Between words and bars.
const PAD: i32 = 8;
/// Bars shorter than this can't be told apart; the names then stand above them.
const SHORTEST: i32 = 170;
/// Half a line's thickness beside the drawing.
const MARGIN: i32 = 2;

impl Bars {
    /// With no more rows than a chart has room for; nothing if there is nothing to draw.
    pub(super) fn finish(mut self) -> Option<Self> {
        let values = self.rows().flat_map(|row| &row.bars).filter_map(|bar| bar.value);
        if values.count() == 0 {
            return None;
        }
        let count = self.rows().count();
        if count > MOST_ROWS {
            let size = |row: &Row| {
                let values = row.bars.iter().flat_map(|bar| [bar.value, bar.of]).flatten();
                values.map(|value| value.abs()).max()
            };
            let mut sizes: Vec<(std::cmp::Reverse<Option<Decimal>>, usize)> =
                self.rows().map(|row| (std::cmp::Reverse(size(row)), row.index)).collect();
            sizes.sort();
            let kept: BTreeSet<usize> = sizes.into_iter().take(MOST_ROWS).map(|(_, row)| row).collect();
            for group in &mut self.groups {
                group.rows.retain(|row| row.strong || kept.contains(&row.index));
            }
            self.groups.retain(|group| !group.rows.is_empty());
            let kept = number(self.rows().count());
            self.left_out = Some(format!("The {kept} largest of {} rows are drawn.", number(count)));
        }
        Some(self)
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| &group.rows)
    }

    fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.rows().flat_map(|row| &row.bars)
    }

    /// The lowest and the highest that is drawn, nil among them.
    fn range(&self) -> (Decimal, Decimal) {
        let values = self.bars().flat_map(|bar| [bar.value, bar.of]).flatten();
        let values = values.chain(self.level.iter().map(|(value, _)| *value));
        values.fold((Decimal::ZERO, Decimal::ZERO), |(low, high), value| (low.min(value), high.max(value)))
    }

    /// Draws the bars and gives the height; nothing if the figures are too far apart.
    pub(super) fn draw(&self, shape: Shape, whole: i32, canvas: &mut Canvas) -> Option<i32> {
        let beside = (shape == Shape::Wide).then(|| Beside::new(self, whole)).flatten();
        let (low, high) = self.range();
        let mut y = MARGIN + 4;
        if !self.heading.is_empty() {
            y = canvas.lines("aside", 0, y + BASELINE, &wrap(&self.heading, whole).lines) - BASELINE + 6;
        }
        let (start, length) = beside.as_ref().map_or((MARGIN, whole - 2 * MARGIN), |beside| beside.way);
        let scale = Scale::new(low, high, start, length)?;
        if let Some((value, name)) = &self.level {
            let (x, room) = (scale.at(*value), width(name));
            // In the middle above the line, unless it would leave the drawing.
            let left = (x.pixels() - room / 2).clamp(0, (whole - room).max(0));
            canvas.text("aside", Hundredths::whole(left), y + BASELINE, Anchor::Start, &fit(name, whole));
            y += LEADING + 6;
        }
        for (index, group) in self.groups.iter().enumerate() {
            if !group.heading.is_empty() {
                y += if index > 0 { ROW_GAP } else { 0 };
                let heading = wrap(&group.heading, whole);
                y = canvas.lines("name strong", 0, y + BASELINE, &heading.lines) - BASELINE + 4;
            }
            let top = y;
            for row in &group.rows {
                y = match &beside {
                    Some(beside) => beside.row(row, &scale, y, canvas),
                    None => self.stacked(row, &scale, whole, y, canvas),
                } + ROW_GAP;
            }
            if beside.is_some() {
                self.uprights(&scale, top - 4, y - ROW_GAP + 4, canvas);
            }
        }
        y += 4 - ROW_GAP;
        if let Some(left_out) = &self.left_out {
            let lines = wrap(left_out, whole).lines;
            y = canvas.lines("aside", 0, y + BASELINE + 4, &lines) - BASELINE;
        }
        Some(y + MARGIN)
    }

    /// The lines at nil and at the level.
    fn uprights(&self, scale: &Scale, top: i32, bottom: i32, canvas: &mut Canvas) {
        let (top, bottom) = (Hundredths::whole(top), Hundredths::whole(bottom));
        let nil = scale.at(Decimal::ZERO);
        canvas.stroke("nil", (nil, top), (nil, bottom));
        if let Some((value, _)) = &self.level {
            let x = scale.at(*value);
            canvas.stroke("level average", (x, top), (x, bottom));
        }
    }

    /// A row with its words above its bars, which then have the whole width.
    fn stacked(&self, row: &Row, scale: &Scale, whole: i32, mut y: i32, canvas: &mut Canvas) -> i32 {
        let named = row.bars.iter().any(|bar| !bar.series.is_empty());
        if named || row.bars.is_empty() {
            y = canvas.lines(name_class(row), 0, y + BASELINE, &wrap(&row.name, whole).lines) - BASELINE;
        }
        for bar in &row.bars {
            let (text, class) = if named { (&bar.series, "series") } else { (&row.name, name_class(row)) };
            let (text, words) = (words_of(text, &bar.words, whole), &bar.words);
            y = canvas.lines(class, 0, y + BASELINE, &text.lines) - BASELINE;
            let last = text.lines.last().map_or(0, |line| width(line));
            let is_beside = last + 2 * PAD + width(words) <= whole;
            if is_beside {
                y -= LEADING;
            }
            let (x, anchor) = if is_beside { (whole, Anchor::End) } else { (0, Anchor::Start) };
            for (index, line) in wrap(words, whole).lines.iter().enumerate() {
                let anchor = if index == 0 { anchor } else { Anchor::Start };
                let x = if index == 0 { x } else { 0 };
                canvas.text("value", Hundredths::whole(x), y + BASELINE, anchor, line);
                y += LEADING;
            }
            mark(bar, scale, y, canvas);
            self.uprights(scale, y - 1, y + OUTLINE + 1, canvas);
            y += OUTLINE + BAR_GAP;
        }
        y - BAR_GAP
    }
}

fn name_class(row: &Row) -> &'static str {
    if row.strong { "name strong" } else { "name" }
}

/// A name in lines, the last of which leaves room for the words beside it where that is no great loss.
fn words_of(name: &str, words: &str, whole: i32) -> Wrapped {
    let room = whole - width(words) - 2 * PAD;
    let beside = wrap(name, room.max(1));
    if room >= 120 && beside.whole { beside } else { wrap(name, whole) }
}

fn mark(bar: &Bar, scale: &Scale, y: i32, canvas: &mut Canvas) {
    let nil = scale.at(Decimal::ZERO);
    if let Some(of) = bar.of {
        canvas.rect("bar budget", (nil, scale.at(of)), y, OUTLINE);
    }
    if let Some(value) = bar.value {
        let (inset, thick) = if bar.of.is_some() { (5, OUTLINE - 10) } else { ((OUTLINE - THICK) / 2, THICK) };
        canvas.rect(&format!("bar {}", bar.class), (nil, scale.at(value)), y + inset, thick);
    }
}

/// How the width is shared where the names stand beside the bars.
struct Beside {
    names: i32,
    series_at: i32,
    series: i32,
    /// Where the bars may stand: from where, and how far.
    way: (i32, i32),
}

impl Beside {
    /// Nothing if the bars would be too short.
    fn new(bars: &Bars, whole: i32) -> Option<Self> {
        let words = |is_left: bool| {
            let is_negative = |bar: &&Bar| bar.value.is_some_and(|value| value < Decimal::ZERO);
            bars.bars().filter(|bar| is_negative(bar) == is_left).map(|bar| width(&bar.words)).max()
        };
        let (left, right) = (words(true), words(false));
        let series = bars.bars().map(|bar| width(&bar.series)).max().unwrap_or(0).min(130);
        let series_room = if series == 0 { 0 } else { series + PAD };
        let margin = |words: Option<i32>| words.map_or(MARGIN, |words| words + PAD + MARGIN);
        for most in [240, 160] {
            // The words need no more room than the names really take.
            let names = bars.rows().map(|row| wrap(&row.name, most).width()).max().unwrap_or(0).min(most);
            let start = names + 2 * PAD + series_room + margin(left);
            let length = whole - start - margin(right);
            if length >= SHORTEST {
                return Some(Self { names: most, series_at: names + 2 * PAD, series, way: (start, length) });
            }
        }
        None
    }

    /// A row with its name to the left of its bars.
    fn row(&self, row: &Row, scale: &Scale, y: i32, canvas: &mut Canvas) -> i32 {
        let name = wrap(&row.name, self.names);
        let lines = i32::try_from(name.lines.len()).unwrap_or(1) * LEADING;
        let count = i32::try_from(row.bars.len()).unwrap_or(1).max(1);
        let bars = count * OUTLINE + (count - 1) * BAR_GAP;
        let height = lines.max(bars);
        // The name stands in the middle of its bars; of several, at the first.
        let above = if count == 1 { (height - lines) / 2 } else { 0 };
        canvas.lines(name_class(row), 0, y + above + BASELINE, &name.lines);
        let mut bar_y = y + if count == 1 { (height - bars) / 2 } else { 0 };
        for bar in &row.bars {
            if !bar.series.is_empty() {
                let series = fit(&bar.series, self.series);
                canvas.text("series", Hundredths::whole(self.series_at), bar_y + BASELINE, Anchor::Start, &series);
            }
            mark(bar, scale, bar_y, canvas);
            let nil = scale.at(Decimal::ZERO);
            let ends = [bar.value, bar.of].map(|value| value.map(|value| scale.at(value)));
            let ends = ends.into_iter().flatten();
            if bar.value.is_some_and(|value| value < Decimal::ZERO) {
                let x = ends.fold(nil, Hundredths::min);
                canvas.figure(x.plus(-PAD), bar_y + BASELINE, Anchor::End, &bar.words);
            } else {
                let x = ends.fold(nil, Hundredths::max);
                canvas.figure(x.plus(PAD), bar_y + BASELINE, Anchor::Start, &bar.words);
            }
            bar_y += OUTLINE + BAR_GAP;
        }
        y + height
    }
}
