//! Drawings: from data to the text of an SVG, for any output that can show one.
//!
//! Pure functions: nothing here touches the disk, a clock or a template, and the same data always give the same bytes.
//! [`organisation`] draws who reports to whom, [`chart`] the figures of a table,
//! [`flow`] what is done in which order.
//!
//! # What every drawing keeps to
//!
//! - It is an image with a name and a description, and its ids begin with the one that it is given.
//! - It is drawn twice where it is too wide for a phone. See [`Shape`].
//! - No colour and no style stand in it: classes say what is what, and the stylesheet does the rest, or, on paper,
//!   [`mod@print`].
//! - Words keep to their places at 16 px in a sans-serif typeface.

pub mod chart;
pub mod flow;
mod layout;
#[cfg(test)]
mod marks;
pub mod organisation;
pub mod print;
mod svg;
mod wrap;

use crate::text::markup::escape;
use wrap::FONT_SIZE;

/// The widest drawing that does not scroll on a wide screen.
const WIDE: i32 = 720;
/// The narrowest screen has 320 px; the page keeps 16 px on either side.
const NARROW: i32 = 288;

/// Which screen a drawing is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Up to 720 px wide.
    Wide,
    /// No wider than the narrowest phone, unless the boxes of a diagram stand very deep.
    Narrow,
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

/// What assistive technology is told of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// The ids within begin with it.
    pub id: &'a str,
    /// What it is.
    pub title: &'a str,
    /// What it shows, in sentences.
    pub description: &'a str,
}

/// The beginning of a drawing of that size.
fn open(width: i32, height: i32, name: &Name) -> String {
    let id = escape(name.id);
    format!(
        "<svg role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-size=\"{FONT_SIZE}\" font-family=\"sans-serif\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escape(name.title),
        escape(name.description),
    )
}
