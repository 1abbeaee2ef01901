//! From letters, each at its place, to lines of words.
//!
//! A PDF knows letters and where they stand. What follows to the right on the same line belongs together; a gap is a space,
//! and a wide one ends the line, as between the columns of a table. Lines stay in the order in which the file draws them.

use std::collections::HashSet;

use hayro_interpret::hayro_cmap::BfString;
use kurbo::{Point, Rect, Vec2};

use super::TextLine;

/// A gap of this much of the size of the type is a space.
const SPACE: f64 = 0.15;
/// A gap of this many times the size of the type ends a line.
const WIDE: f64 = 3.5;
/// How far a letter may stand above or below its line, as part of the size of the type: an exponent does.
const RAISED: f64 = 0.5;
/// How far a letter may reach back over the one before it.
const BACK: f64 = 0.5;
/// No two letters that are meant to be two stand so near to each other, as part of the size of the type.
const SAME: f64 = 0.06;
/// How much of the size of the type stands above the line on which the words stand.
const ASCENT: f64 = 0.8;

/// A letter, or a few that are written as one.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// Which letters it is. A space is one too.
    pub text: String,
    /// Where it stands on the line.
    pub origin: Point,
    /// How far the next letter is away, and in which direction.
    pub along: Vec2,
    /// From the line to the top of the type.
    pub up: Vec2,
    /// What its ink covers.
    pub ink: Option<Rect>,
    /// Whether it is drawn.
    pub visible: bool,
    /// Whether something lies over its middle.
    pub covered: bool,
    /// Whether something lies over all of it.
    pub buried: bool,
    /// Which one it is of all that are drawn on the page.
    pub number: usize,
}

impl Letter {
    /// A point in its middle.
    pub(super) fn middle(&self) -> Point {
        self.origin + self.along * 0.5 + self.up * 0.3
    }

    fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// What a glyph says that it is, without what cannot be read aloud or copied.
pub(super) fn spelled(unicode: Option<BfString>) -> String {
    let mut text = String::new();
    let mut add = |letter: char| match letter {
        '\u{ad}' => text.push('-'),
        '\u{fb00}' => text.push_str("ff"),
        '\u{fb01}' => text.push_str("fi"),
        '\u{fb02}' => text.push_str("fl"),
        '\u{fb03}' => text.push_str("ffi"),
        '\u{fb04}' => text.push_str("ffl"),
        '\u{fb05}' | '\u{fb06}' => text.push_str("st"),
        letter if letter.is_whitespace() => text.push(' '),
        letter if is_no_letter(letter) => {}
        letter => text.push(letter),
    };
    match unicode {
        Some(BfString::Char(letter)) => add(letter),
        Some(BfString::String(letters)) => letters.chars().for_each(add),
        None => {}
    }
    text
}

/// Control characters, marks of direction, what is for private use or no character at all.
fn is_no_letter(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fff9}'..='\u{ffff}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..='\u{10ffff}')
        || u32::from(letter) & 0xfffe == 0xfffe
}

/// The lines of a page.
pub(super) fn lines(letters: &[Letter]) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let mut line: Option<Line> = None;
    let doubled = doubled(letters);
    for (letter, doubled) in letters.iter().zip(doubled) {
        if letter.covered || doubled {
            continue;
        }
        if letter.is_space() {
            if let Some(line) = &mut line {
                line.space = true;
            }
            continue;
        }
        match &mut line {
            Some(line) if line.takes(letter) => line.add(letter),
            _ => {
                lines.extend(line.take().and_then(Line::finish));
                line = Some(Line::new(letter));
            }
        }
    }
    lines.extend(line.and_then(Line::finish));
    lines
}

/// Which letters are drawn for a second time: words are made bold by drawing them twice, or filled and then outlined. One
/// letter alone that falls onto another like it is no such word: figures that run into each other keep every digit.
fn doubled(letters: &[Letter]) -> Vec<bool> {
    let mut seen = Seen::default();
    let here: Vec<bool> = letters.iter().map(|letter| !letter.is_space() && !seen.insert(letter)).collect();
    let again = |one: usize, other: usize| {
        let apart = (letters[one].origin - letters[other].origin).hypot();
        letters[one].text == letters[other].text && apart < 0.001 * letters[one].up.hypot()
    };
    let is = |index: usize| {
        let before = index.checked_sub(1);
        here[index]
            && (before.is_some_and(|before| here[before] || again(index, before))
                || here.get(index + 1).copied().unwrap_or(false))
    };
    (0..letters.len()).map(is).collect()
}

/// Where which letters stand already.
#[derive(Default)]
struct Seen<'a>(HashSet<(i64, i64, u64, &'a str)>);

impl<'a> Seen<'a> {
    /// Whether a letter is the first of its kind at its place.
    fn insert(&mut self, letter: &'a Letter) -> bool {
        let size = letter.up.hypot();
        let step = size * SAME;
        let (x, y) = ((letter.origin.x / step).round() as i64, (letter.origin.y / step).round() as i64);
        // Steps of one length count from the same places.
        let (size, text) = (size.to_bits(), letter.text.as_str());
        let mut around = (-1..=1).flat_map(|right| (-1..=1).map(move |down| (right, down)));
        let known =
            around.any(|(right, down)| self.0.contains(&(x.saturating_add(right), y.saturating_add(down), size, text)));
        self.0.insert((x, y, size, text));
        !known
    }
}

/// A line that grows. Places on it are told from its first letter: along it, and across, downwards.
struct Line {
    text: String,
    start: Point,
    direction: Vec2,
    /// How far it goes.
    end: f64,
    /// Where the last letter stands, across.
    last: f64,
    last_size: f64,
    /// The size of its largest letter, and where that stands, across.
    size: f64,
    base: f64,
    space: bool,
}

impl Line {
    fn new(letter: &Letter) -> Self {
        Self {
            text: letter.text.clone(),
            start: letter.origin,
            direction: direction(letter),
            end: letter.along.hypot(),
            last: 0.0,
            last_size: letter.up.hypot(),
            size: letter.up.hypot(),
            base: 0.0,
            space: false,
        }
    }

    fn place(&self, point: Point) -> (f64, f64) {
        let from = point - self.start;
        (from.dot(self.direction), from.dot(Vec2::new(-self.direction.y, self.direction.x)))
    }

    fn takes(&self, letter: &Letter) -> bool {
        let (along, across) = self.place(letter.origin);
        let size = letter.up.hypot();
        let larger = self.last_size.max(size);
        let gap = along - self.end;
        let near = (across - self.base).abs().min((across - self.last).abs())
            < RAISED * larger.max(self.size.min(larger * 2.0));
        direction(letter).dot(self.direction) > 0.99 && near && gap > -BACK * larger && gap < WIDE * larger
    }

    fn add(&mut self, letter: &Letter) {
        let (along, across) = self.place(letter.origin);
        let size = letter.up.hypot();
        if self.space || along - self.end > SPACE * size.min(self.last_size) {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push_str(&letter.text);
        self.end = self.end.max(along + letter.along.hypot());
        self.last = across;
        self.last_size = size;
        if size > self.size {
            self.size = size;
            self.base = across;
        }
    }

    fn finish(self) -> Option<TextLine> {
        let text = in_reading_order(self.text.split_whitespace().collect::<Vec<_>>().join(" "));
        if text.is_empty() {
            return None;
        }
        let across = Vec2::new(-self.direction.y, self.direction.x);
        let corner = |along: f64, down: f64| self.start + self.direction * along + across * down;
        let (top, bottom) = (self.base - ASCENT * self.size, self.base + (1.0 - ASCENT) * self.size);
        let area = Rect::from_points(corner(0.0, top), corner(self.end, bottom))
            .union(Rect::from_points(corner(self.end, top), corner(0.0, bottom)));
        Some(TextLine { x: area.x0, y: area.y0, width: area.width(), size: area.height(), text })
    }
}

/// Which way a letter is written.
fn direction(letter: &Letter) -> Vec2 {
    // What has no width still stands upright.
    let along = if letter.along.hypot() > 1e-6 { letter.along } else { Vec2::new(-letter.up.y, letter.up.x) };
    let length = along.hypot();
    if length > 1e-6 { along / length } else { Vec2::new(1.0, 0.0) }
}

/// Files draw Arabic, Hebrew and Urdu as it is seen, from left to right. It is read the other way round, but for figures.
fn in_reading_order(seen: String) -> String {
    let leftwards =
        |letter: &char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if !seen.chars().any(|letter| leftwards(&letter)) {
        return seen;
    }
    let rightwards = |letter: char| letter.is_alphanumeric() && !leftwards(&letter);
    let letters: Vec<char> = seen.chars().collect();
    let most = letters.iter().filter(|letter| leftwards(letter)).count() * 2
        > letters.iter().filter(|l| l.is_alphabetic()).count();
    // Runs in one direction: each from its first to its last letter, what stands between two runs belongs to the line.
    let mut runs: Vec<(bool, Vec<char>)> = Vec::new();
    for letter in letters {
        let back = if leftwards(&letter) {
            true
        } else if rightwards(letter) {
            false
        } else {
            most
        };
        match runs.last_mut() {
            Some((same, run)) if *same == back => run.push(letter),
            _ => runs.push((back, vec![letter])),
        }
    }
    if most {
        runs.reverse();
    }
    runs.into_iter()
        .flat_map(|(back, run)| if back { run.into_iter().rev().collect::<Vec<_>>() } else { run })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Letter, Point, Vec2};

    /// A letter of 10 points, so many letters along its line.
    pub(in super::super) fn letter(place: usize, letter: char) -> Letter {
        Letter {
            text: letter.to_string(),
            origin: Point::new(place as f64 * 6.0, 100.0),
            along: Vec2::new(6.0, 0.0),
            up: Vec2::new(0.0, -10.0),
            ink: None,
            visible: true,
            covered: false,
            buried: false,
            number: place,
        }
    }
}
