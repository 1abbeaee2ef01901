//! Shapes: filled, or drawn along their outline.

use hayro_interpret::{FillRule, Paint, StrokeProps};
use kurbo::{Affine, BezPath, Cap, Join, Shape};

use super::canvas::Canvas;
use super::svg;

/// The thinnest line, in points. A line of no width is drawn as thin as a device can.
const THINNEST: f64 = 0.2;

impl<'a> Canvas<'a, '_> {
    /// Fills a shape of the page.
    pub(super) fn fill(&mut self, shape: &BezPath, rule: FillRule, paint: &Paint<'a>) {
        let area = shape.bounding_box();
        if !svg::is_sane(shape) || !area.overlaps(self.state.view) {
            return;
        }
        self.touch(area);
        match paint {
            Paint::Color(color) => {
                let path = svg::filled(shape, rule, &colour("fill", color.to_rgba().to_rgba8()));
                self.element(&path);
            }
            Paint::Pattern(pattern) => self.fill_with(shape, rule, pattern),
        }
    }

    /// Draws along an outline.
    pub(super) fn stroke(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, line: &StrokeProps) {
        let scale = transform.determinant().abs().sqrt();
        let width = f64::from(line.line_width).max(THINNEST / scale.max(1e-6));
        let miter = f64::from(line.miter_limit).clamp(1.0, 100.0);
        let shape = transform * path.clone();
        let reach = width * scale * if line.line_join == Join::Miter { miter.min(10.0) } else { 2.0 };
        let area = shape.bounding_box().inflate(reach, reach);
        if !svg::is_sane(&shape) || !svg::is_sane(path) || !width.is_finite() || !area.overlaps(self.state.view) {
            return;
        }
        self.touch(area);
        match paint {
            Paint::Color(color) => {
                let even = is_even(transform);
                let mut written = String::from("<path d=\"");
                if even {
                    svg::outline(&mut written, &shape);
                } else {
                    svg::fine_outline(&mut written, path);
                }
                written.push_str("\" fill=\"none\"");
                written.push_str(&colour("stroke", color.to_rgba().to_rgba8()));
                let unit = if even { scale } else { 1.0 };
                svg::measure(&mut written, "stroke-width", width * unit);
                match line.line_cap {
                    Cap::Butt => {}
                    Cap::Round => written.push_str(" stroke-linecap=\"round\""),
                    Cap::Square => written.push_str(" stroke-linecap=\"square\""),
                }
                match line.line_join {
                    Join::Bevel => written.push_str(" stroke-linejoin=\"bevel\""),
                    Join::Round => written.push_str(" stroke-linejoin=\"round\""),
                    Join::Miter => svg::measure(&mut written, "stroke-miterlimit", miter),
                }
                dashes(&mut written, line, unit);
                if !even {
                    svg::transform(&mut written, "transform", transform);
                }
                written.push_str("/>");
                self.element(&written);
            }
            Paint::Pattern(pattern) => {
                let style = kurbo::Stroke::new(width).with_caps(line.line_cap).with_join(line.line_join);
                let outline = kurbo::stroke(path.iter(), &style, &kurbo::StrokeOpts::default(), 0.1 / scale.max(0.01));
                self.budget.spend(outline.elements().len());
                self.fill_with(&(transform * outline), FillRule::NonZero, pattern);
            }
        }
    }
}

/// The attributes for a colour, from red, green, blue and how much it covers.
pub(super) fn colour(attribute: &str, [red, green, blue, alpha]: [u8; 4]) -> String {
    let mut written = format!(" {attribute}=\"#{red:02x}{green:02x}{blue:02x}\"");
    if alpha < u8::MAX {
        svg::measure(&mut written, &format!("{attribute}-opacity"), f64::from(alpha) / 255.0);
    }
    written
}

fn dashes(written: &mut String, line: &StrokeProps, unit: f64) {
    let lengths = &line.dash_array;
    let sane = lengths.iter().all(|length| length.is_finite() && *length >= 0.0);
    if lengths.is_empty() || lengths.len() > 32 || !sane || lengths.iter().sum::<f32>() * unit as f32 <= 0.05 {
        return;
    }
    written.push_str(" stroke-dasharray=\"");
    for (index, length) in lengths.iter().enumerate() {
        if index > 0 {
            written.push(' ');
        }
        svg::number(written, f64::from(*length) * unit);
    }
    written.push('"');
    if line.dash_offset.is_finite() {
        svg::measure(written, "stroke-dashoffset", f64::from(line.dash_offset) * unit);
    }
}

/// Whether a transformation keeps shapes as they are, but for their size and how they are turned.
fn is_even(transform: Affine) -> bool {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let near = |one: f64, other: f64| (one - other).abs() <= 1e-4 * (a.hypot(b) + c.hypot(d));
    near(a, d) && near(b, -c) || near(a, -d) && near(b, c)
}
