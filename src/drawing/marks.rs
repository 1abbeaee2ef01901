//! Reads a drawing again, for tests: every mark with its attributes and its words.
#![expect(clippy::float_arithmetic, reason = "coordinates are measured")]

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::wrap::width;

/// An element of a drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    pub(super) element: String,
    pub(super) attributes: BTreeMap<String, String>,
    /// The words in it.
    pub(super) words: String,
}

impl Mark {
    pub(super) fn class(&self) -> &str {
        self.attributes.get("class").map_or("", String::as_str)
    }

    pub(super) fn number(&self, name: &str) -> f64 {
        let number: f64 = self.attributes[name].parse().unwrap_or_else(|_| panic!("{name} of {self:?}"));
        assert!(number.is_finite());
        number
    }

    pub(super) fn has(&self, class: &str) -> bool {
        self.class().split(' ').any(|one| one == class)
    }
}

/// All elements, in the order in which they begin. Panics if the drawing is not well-formed.
pub(super) fn marks(svg: &str) -> Vec<Mark> {
    let mut reader = Reader::from_str(svg);
    let (mut marks, mut open): (Vec<Mark>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} in {svg}")) {
            Event::Start(start) => {
                open.push(marks.len());
                marks.push(mark(&start));
            }
            Event::Empty(start) => marks.push(mark(&start)),
            Event::End(_) => {
                open.pop().expect("an open element");
            }
            Event::Text(text) => {
                let words: &str = &text;
                if let Some(index) = open.last() {
                    marks[*index].words.push_str(words);
                }
            }
            Event::GeneralRef(entity) => {
                let name: &str = &entity;
                let character = match name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    name => panic!("no entity is called {name}"),
                };
                if let Some(index) = open.last() {
                    marks[*index].words.push_str(character);
                }
            }
            Event::Eof => break,
            other => panic!("{other:?} in a drawing"),
        }
    }
    assert!(open.is_empty(), "{svg}");
    marks
}

fn mark(start: &BytesStart<'_>) -> Mark {
    let attributes = start.attributes().map(|attribute| attribute.expect("an attribute"));
    Mark {
        element: start.name().as_ref().to_owned(),
        attributes: attributes
            .map(|attribute| (attribute.key.as_ref().to_owned(), attribute.value.into_owned()))
            .collect(),
        words: String::new(),
    }
}

/// Holds what must be so of every drawing: it has a name and a description, its ids begin with its own and come once,
/// nothing leaves it, and no colour stands in it.
pub(super) fn assert_is_sound(svg: &str, id: &str) {
    let marks = marks(svg);
    let root = &marks[0];
    assert_eq!((root.element.as_str(), root.attributes["role"].as_str()), ("svg", "img"));
    assert_eq!(root.attributes["aria-labelledby"], format!("{id}-title {id}-desc"));
    let words = |element: &str| marks.iter().find(|mark| mark.element == element).map(|mark| mark.words.as_str());
    assert!(words("title").is_some_and(|words| !words.is_empty()), "{svg}");
    assert!(words("desc").is_some_and(|words| !words.is_empty()), "{svg}");
    let ids: Vec<&String> = marks.iter().filter_map(|mark| mark.attributes.get("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.iter().all(|own| own.starts_with(id)), "{ids:?}");
    let colours = ["style", "stroke", "fill"];
    let is_coloured =
        |mark: &&Mark| colours.iter().any(|name| mark.attributes.get(*name).is_some_and(|value| value != "none"));
    assert!(!marks.iter().any(|mark| is_coloured(&mark)), "a colour in {svg}");

    let (wide, high) = (root.number("width"), root.number("height"));
    let within = |x: f64, y: f64, mark: &Mark| {
        assert!(
            (-0.5..=wide + 0.5).contains(&x) && (-0.5..=high + 0.5).contains(&y),
            "{mark:?} leaves {wide} × {high}"
        );
    };
    for mark in &marks {
        match mark.element.as_str() {
            "rect" => {
                assert!(mark.number("width") >= 0.0 && mark.number("height") > 0.0, "{mark:?}");
                within(mark.number("x"), mark.number("y"), mark);
                within(mark.number("x") + mark.number("width"), mark.number("y") + mark.number("height"), mark);
            }
            "line" => {
                within(mark.number("x1"), mark.number("y1"), mark);
                within(mark.number("x2"), mark.number("y2"), mark);
            }
            "circle" => {
                let radius = mark.number("r");
                within(mark.number("cx") - radius, mark.number("cy") - radius, mark);
                within(mark.number("cx") + radius, mark.number("cy") + radius, mark);
            }
            "text" if mark.attributes.contains_key("x") => {
                let (x, room) = (mark.number("x"), f64::from(width(&mark.words)));
                let is_end = mark.attributes.get("text-anchor").is_some_and(|anchor| anchor == "end");
                let left = if is_end { x - room } else { x };
                within(left, mark.number("y") - 14.0, mark);
                within(left + room, mark.number("y") + 4.0, mark);
            }
            _ => {}
        }
    }
}
