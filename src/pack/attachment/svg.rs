//! How numbers, outlines and transformations are written in an SVG: short, and always alike.

use std::fmt::Write;

use hayro_interpret::FillRule;
use kurbo::{Affine, BezPath, PathEl, Point};

/// Writes a measure in points, to the thousandth.
pub(super) fn number(out: &mut String, value: f64) {
    rounded(out, value, 3);
}

fn rounded(out: &mut String, value: f64, places: usize) {
    let start = out.len();
    // Writing to a string does not fail.
    let _ = write!(out, "{value:.places$}");
    let kept = out.trim_end_matches('0').trim_end_matches('.').len().max(start);
    out.truncate(kept);
    if matches!(out.get(start..), Some("" | "-" | "-0")) {
        out.truncate(start);
        out.push('0');
    }
}

/// Writes what an outline of the page is made of, as the attribute `d` has it, to the hundredth of a point.
pub(super) fn outline(out: &mut String, path: &BezPath) {
    outline_to(out, path, 2);
}

/// Writes what an outline that will yet be transformed is made of.
pub(super) fn fine_outline(out: &mut String, path: &BezPath) {
    outline_to(out, path, 6);
}

fn outline_to(out: &mut String, path: &BezPath, places: usize) {
    let pair = |out: &mut String, letter: char, points: &[Point]| {
        out.push(letter);
        for (index, point) in points.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            rounded(out, point.x, places);
            out.push(' ');
            rounded(out, point.y, places);
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => pair(out, 'M', &[to]),
            PathEl::LineTo(to) => pair(out, 'L', &[to]),
            PathEl::QuadTo(by, to) => pair(out, 'Q', &[by, to]),
            PathEl::CurveTo(first, second, to) => pair(out, 'C', &[first, second, to]),
            PathEl::ClosePath => out.push('Z'),
        }
    }
}

/// Writes an attribute that transforms, such as ` transform="matrix(…)"`.
pub(super) fn transform(out: &mut String, attribute: &str, affine: Affine) {
    out.push(' ');
    out.push_str(attribute);
    out.push_str("=\"matrix(");
    for (index, value) in affine.as_coeffs().into_iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        // The last two are places on the page.
        rounded(out, value, if index < 4 { 6 } else { 3 });
    }
    out.push_str(")\"");
}

/// Writes an attribute that is a measure in points.
pub(super) fn measure(out: &mut String, attribute: &str, value: f64) {
    out.push(' ');
    out.push_str(attribute);
    out.push_str("=\"");
    number(out, value);
    out.push('"');
}

/// Writes an attribute that names something else in the drawing.
pub(super) fn reference(out: &mut String, attribute: &str, name: &str) {
    out.push(' ');
    out.push_str(attribute);
    out.push_str("=\"url(#");
    out.push_str(name);
    out.push_str(")\"");
}

/// A filled shape of the page, with further attributes.
pub(super) fn filled(shape: &BezPath, rule: FillRule, attributes: &str) -> String {
    let mut path = String::from("<path d=\"");
    outline(&mut path, shape);
    path.push('"');
    if rule == FillRule::EvenOdd {
        path.push_str(" fill-rule=\"evenodd\"");
    }
    path.push_str(attributes);
    path.push_str("/>");
    path
}

/// Whether an outline can be written down at all.
pub(super) fn is_sane(path: &BezPath) -> bool {
    const FAR: f64 = 1e7;
    let near = |point: Point| point.x.abs() < FAR && point.y.abs() < FAR;
    path.elements().iter().all(|element| match *element {
        PathEl::MoveTo(to) | PathEl::LineTo(to) => near(to),
        PathEl::QuadTo(by, to) => near(by) && near(to),
        PathEl::CurveTo(first, second, to) => near(first) && near(second) && near(to),
        PathEl::ClosePath => true,
    })
}
