//! Lines through periods, one panel below the other where there are several series.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::scale::{Hundredths, Scale, ticks};
use super::{Anchor, BASELINE, Canvas, LEADING, Shape};
use crate::drawing::wrap::{fit, width, wrap};
use crate::tables::Format;

/// Panels with the same periods.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    pub(super) periods: Vec<String>,
    pub(super) panels: Vec<Panel>,
    /// What is said of periods that are not drawn.
    pub(super) left_out: Option<String>,
}

/// One series.
#[derive(Debug, Clone)]
pub(super) struct Panel {
    /// Stands above it, where there are several.
    pub(super) heading: String,
    pub(super) format: Format,
    pub(super) line: Line,
    /// The same periods a year before.
    pub(super) before: Option<Line>,
    /// Lines across: the figure, the name, the class.
    pub(super) levels: Vec<(Decimal, String, &'static str)>,
}

/// A line; where a figure is missing, it is broken.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Stands at its end.
    pub(super) name: String,
    pub(super) values: Vec<Option<Decimal>>,
    /// Which points lie outside the limits.
    pub(super) outside: Vec<bool>,
}

/// Between a line and its name.
const PAD: i32 = 12;
/// Above and below the marks of a panel, so that nothing leaves it.
const ROOM: i32 = 12;
/// Between panels.
const GAP: i32 = 20;

impl Lines {
    /// Draws the panels and gives the height; nothing if the figures are too far apart.
    pub(super) fn draw(&self, shape: Shape, whole: i32, canvas: &mut Canvas) -> Option<i32> {
        let mut y = 0;
        for (index, panel) in self.panels.iter().enumerate() {
            if index > 0 {
                y += GAP;
            }
            y = self.panel(panel, shape, whole, y, canvas)?;
        }
        if let Some(left_out) = &self.left_out {
            y = canvas.lines("aside", 0, y + BASELINE + 4, &wrap(left_out, whole).lines) - BASELINE;
        }
        Some(y + 4)
    }

    fn panel(&self, panel: &Panel, shape: Shape, whole: i32, mut y: i32, canvas: &mut Canvas) -> Option<i32> {
        if !panel.heading.is_empty() {
            y = canvas.lines("name strong", 0, y + BASELINE, &wrap(&panel.heading, whole).lines) - BASELINE;
        }
        let (low, high) = panel.range()?;
        let ticks = ticks(low, high, 5, panel.format.places())?;
        let (low, high) = (*ticks.first()?, *ticks.last()?);
        let labels: Vec<String> = ticks.iter().map(|tick| panel.format.write(*tick)).collect();
        let labelled = labels.iter().map(|label| width(label)).max().unwrap_or(0) + PAD;
        // Where the figures are long, they stand above their lines instead of beside them.
        let is_inside = labelled > whole / 3;
        let left = if is_inside { 10 } else { labelled };
        let mut names = panel.names(if shape == Shape::Wide { 190 } else { 92 });
        let names_width = names.iter().map(|name| name.lines.iter().map(|line| width(line)).max().unwrap_or(0)).max();
        let right = names_width.map_or(0, |width| width + PAD + 4);
        let names_height: i32 = names.iter().map(|name| name.height() + 2).sum();
        let height = names_height.max(if shape == Shape::Wide { 240 } else { 200 });
        let (top, length) = (y + if is_inside { LEADING } else { ROOM }, whole - left - right);
        let bottom = top + height;
        let scale = Scale::new(low, high, bottom, -height)?;
        let x = |index: usize| match self.periods.len() {
            0 | 1 => Hundredths::whole(left + length / 2),
            count => Hundredths::part(left, length, index, count - 1),
        };
        let (start, end) = (Hundredths::whole(left), Hundredths::whole(left + length));

        for (tick, label) in ticks.iter().zip(&labels) {
            let at = scale.at(*tick);
            canvas.stroke("grid", (start, at), (end, at));
            if is_inside {
                canvas.text("tick", start, at.pixels() - 3, Anchor::Start, &fit(label, whole - left));
            } else {
                canvas.text("tick", Hundredths::whole(left - PAD + 4), at.pixels() + 5, Anchor::End, label);
            }
        }
        for (value, _, class) in &panel.levels {
            let at = scale.at(*value);
            canvas.stroke(&format!("level {class}"), (start, at), (end, at));
        }
        if let Some(before) = &panel.before {
            canvas.path("line last-year", &before.values, &x, &scale);
        }
        canvas.path("line", &panel.line.values, &x, &scale);
        self.points(panel, &x, &scale, canvas);

        spread(&mut names, &scale, (top, bottom));
        for name in &names {
            let at = scale.at(name.value);
            let (from, to) = (end.plus(3), end.plus(PAD - 2));
            let middle = Hundredths::whole(name.top + name.height() / 2);
            canvas.stroke("lead", (from, at), (to, middle));
            canvas.lines(name.class, left + length + PAD, name.top + BASELINE, &name.lines);
        }
        self.periods(&x, whole, bottom + ROOM, canvas);
        Some(bottom + ROOM + LEADING)
    }

    fn points(&self, panel: &Panel, x: &impl Fn(usize) -> Hundredths, scale: &Scale, canvas: &mut Canvas) {
        let is_sparse = self.periods.len() <= 40;
        for (index, value) in panel.line.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let is_outside = panel.line.outside.get(index).copied().unwrap_or(false);
            let (x, y) = (x(index), scale.at(*value));
            if is_outside {
                let _ = write!(canvas.svg, "<circle class=\"ring\" cx=\"{x}\" cy=\"{y}\" r=\"8\"/>");
            }
            if is_sparse || is_outside || is_alone(panel, index) {
                let class = if is_outside { "point outside" } else { "point" };
                let _ = write!(canvas.svg, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/>");
            }
        }
    }

    /// As many names of periods as have room, the first and the last among them.
    fn periods(&self, x: &impl Fn(usize) -> Hundredths, whole: i32, y: i32, canvas: &mut Canvas) {
        let Some(last) = self.periods.len().checked_sub(1) else { return };
        let names: Vec<String> = self.periods.iter().map(|name| fit(name, 140)).collect();
        let place = |index: usize| {
            let room = width(&names[index]);
            let left = (x(index).pixels() - room / 2).clamp(0, (whole - room).max(0));
            (left, left + room)
        };
        // The last name gives way to the first, as long as it still stands beneath its point.
        let (end, first) = (place(last), place(0));
        let by = (first.1 + 12 - end.0).clamp(0, (whole - end.1).max(0));
        let end = if last > 0 && end.0 + by <= x(last).pixels() { (end.0 + by, end.1 + by) } else { end };
        let mut taken = i32::MIN / 2;
        // Every so many, so that the distances are even; the last one always.
        let widest = names.iter().map(|name| width(name)).max().unwrap_or(0) + 14;
        let way = x(last).distance(x(0)).pixels().max(1);
        let count = i32::try_from(last).unwrap_or(i32::MAX).max(1);
        let fitting = (way / widest.max(1)).max(1);
        let step = usize::try_from(count.saturating_add(fitting - 1) / fitting).unwrap_or(1).max(1);
        for index in (0..=last).filter(|index| index % step == 0 || *index == last) {
            let (left, right) = if index == last { end } else { place(index) };
            let is_free = left > taken + 10 && (index == last || right + 10 < end.0);
            if is_free {
                canvas.text("tick", Hundredths::whole(left), y + BASELINE, Anchor::Start, &names[index]);
                taken = right;
            }
        }
    }
}

impl Panel {
    /// The lowest and the highest that is drawn; from nil, where that is not far below.
    fn range(&self) -> Option<(Decimal, Decimal)> {
        let values = self.line.values.iter().chain(self.before.iter().flat_map(|line| &line.values));
        let mut values = values.flatten().copied().chain(self.levels.iter().map(|(value, ..)| *value));
        let first = values.next()?;
        let (low, high) = values.fold((first, first), |(low, high), value| (low.min(value), high.max(value)));
        let near = low > Decimal::ZERO && low.checked_mul(Decimal::TWO).is_some_and(|double| double <= high);
        Some((if near || low == high { low.min(Decimal::ZERO) } else { low }, high))
    }

    fn names(&self, room: i32) -> Vec<EndName> {
        let end = |line: &Line| line.values.iter().rev().find_map(|value| *value);
        let name = |value: Decimal, words: &str, class: &'static str| EndName {
            value,
            lines: wrap(words, room).lines,
            class,
            top: 0,
        };
        let mut names: Vec<EndName> =
            self.levels.iter().map(|(value, words, _)| name(*value, words, "aside")).collect();
        names.extend(end(&self.line).map(|value| name(value, &self.line.name, "value strong")));
        if let Some(before) = &self.before {
            names.extend(end(before).map(|value| name(value, &before.name, "aside")));
        }
        names
    }
}

/// Whether no line leads to a point, so that it would not be seen.
fn is_alone(panel: &Panel, index: usize) -> bool {
    let is_there =
        |index: Option<usize>| index.and_then(|index| panel.line.values.get(index)).is_some_and(Option::is_some);
    !is_there(index.checked_sub(1)) && !is_there(index.checked_add(1))
}

/// A name at the right of the panel.
struct EndName {
    value: Decimal,
    lines: Vec<String>,
    class: &'static str,
    top: i32,
}

impl EndName {
    fn height(&self) -> i32 {
        i32::try_from(self.lines.len()).unwrap_or(1) * LEADING
    }
}

/// Puts names beside their lines, and moves apart those that would stand on each other.
fn spread(names: &mut [EndName], scale: &Scale, (top, bottom): (i32, i32)) {
    names.sort_by_key(|name| scale.at(name.value));
    let mut taken = top - ROOM;
    for name in names.iter_mut() {
        name.top = (scale.at(name.value).pixels() - name.height() / 2).max(taken);
        taken = name.top + name.height() + 2;
    }
    let mut free = bottom + ROOM;
    for name in names.iter_mut().rev() {
        name.top = name.top.min(free - name.height());
        free = name.top - 2;
    }
}

impl Canvas {
    fn path(&mut self, class: &str, values: &[Option<Decimal>], x: &impl Fn(usize) -> Hundredths, scale: &Scale) {
        let mut path = String::new();
        let mut drawing = false;
        for (index, value) in values.iter().enumerate() {
            if let Some(value) = value {
                let _ = write!(path, "{}{} {}", if drawing { "L" } else { "M" }, x(index), scale.at(*value));
            }
            drawing = value.is_some();
        }
        let _ = write!(self.svg, "<path class=\"{class}\" fill=\"none\" d=\"{path}\"/>");
    }
}
