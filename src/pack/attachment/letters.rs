//! Letters: how they are drawn, and what is remembered of them.

use std::mem;

use hayro_interpret::font::Glyph;
use hayro_interpret::{FillRule, GlyphDrawMode, Paint};
use kurbo::{Affine, BezPath, Point, Rect, Shape, Vec2};

use super::canvas::{Canvas, DEEPEST, Ink};
use super::shape::colour;
use super::svg;
use super::words::{self, Letter};

/// What a letter costs, beside a mark: it is remembered.
const LETTER: usize = 20;

impl<'a> Canvas<'a, '_> {
    /// Draws a letter, and notes it if it is one of the page's own.
    pub(super) fn letter(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        self.budget.spend(LETTER);
        let to_page = transform * glyph_transform;
        if !to_page.is_finite() {
            return;
        }
        self.drawn += usize::from(!self.aside);
        let hidden = !self.aside && self.hidden.contains(&self.drawn);
        let clear = matches!(paint, Paint::Color(color) if color.to_rgba().to_rgba8()[3] == 0);
        let visible = !clear && !matches!(mode, GlyphDrawMode::Invisible);
        match glyph {
            Glyph::Outline(letter) => {
                let outline = letter.outline();
                self.budget.spend(outline.elements().len());
                let shape = to_page * outline.clone();
                let ink = (!shape.elements().is_empty()).then(|| shape.bounding_box());
                if !self.aside {
                    let width = letter.advance_width().map(f64::from);
                    self.note(words::spelled(letter.as_unicode()), to_page, width, ink, visible);
                }
                let Some(ink) = ink else { return };
                if !visible || hidden || !svg::is_sane(&shape) || !ink.overlaps(self.state.view) {
                    return;
                }
                match (mode, paint) {
                    (GlyphDrawMode::Stroke(line), _) => {
                        self.stroke(&(glyph_transform * outline), transform, paint, line);
                    }
                    (_, Paint::Color(color)) => {
                        self.touch(ink);
                        self.add_ink(&shape, color.to_rgba().to_rgba8());
                    }
                    _ => self.fill(&shape, FillRule::NonZero, paint),
                }
            }
            Glyph::Type3(letter) => {
                let before = self.touched.take();
                if self.depth < DEEPEST {
                    // Words without ink still must be measured.
                    self.flush();
                    let start = (!visible || hidden).then_some(self.out.len());
                    let aside = mem::replace(&mut self.aside, true);
                    let scopes = mem::take(&mut self.scopes);
                    let (mask, blend) = (self.mask.clone(), self.blend);
                    self.depth += 1;
                    letter.interpret(self, transform, glyph_transform, paint);
                    self.close(0);
                    self.depth -= 1;
                    (self.mask, self.blend) = (mask, blend);
                    self.scopes = scopes;
                    self.aside = aside;
                    if let Some(written) = start {
                        self.out.truncate(written);
                    }
                }
                let ink = mem::replace(&mut self.touched, before);
                if let Some(ink) = ink {
                    self.touch(ink);
                }
                if !self.aside {
                    self.note(words::spelled(letter.as_unicode()), to_page, None, ink, visible);
                }
            }
        }
    }

    /// Notes a letter of the page.
    fn note(&mut self, text: String, to_page: Affine, width: Option<f64>, ink: Option<Rect>, visible: bool) {
        if text.is_empty() {
            self.nameless |= ink.is_some();
            return;
        }
        let coefficients = to_page.as_coeffs();
        let mut along = Vec2::new(coefficients[0], coefficients[1]);
        let mut up = Vec2::new(coefficients[2], coefficients[3]) * 1000.0;
        match (width, ink) {
            (Some(width), _) => along *= width,
            // Letters that are small drawings have no measures of their own: what they cover must do.
            (None, Some(ink)) => {
                let length = along.hypot().max(1e-9);
                along *= ink.width().max(ink.height() * 0.3) / length;
                let size = ink.height().max(ink.width()) * 1.2;
                if up.hypot() < size {
                    up *= size / up.hypot().max(1e-9);
                }
            }
            (None, None) => along *= 300.0,
        }
        let letter = Letter {
            text,
            origin: to_page * Point::ORIGIN,
            along,
            up,
            ink,
            visible,
            covered: false,
            buried: false,
            number: self.drawn,
        };
        let middle = letter.middle();
        let finite = middle.is_finite() && letter.origin.is_finite() && up.is_finite() && up.hypot() > 0.01;
        if finite && self.state.view.contains(middle) {
            self.ground.put(self.letters.len(), middle);
            self.letters.push(letter);
        }
    }

    /// Adds the outline of a letter to those that wait.
    fn add_ink(&mut self, outline: &BezPath, rgba: [u8; 4]) {
        let group = self.group();
        let paint = colour("fill", rgba);
        if self.ink.as_ref().is_none_or(|ink| ink.group != group || ink.paint != paint) {
            self.flush();
            self.ink = Some(Ink { group, paint, outline: String::new() });
        }
        if let Some(ink) = &mut self.ink {
            svg::outline(&mut ink.outline, outline);
            self.budget.allow(ink.outline.len());
        }
    }
}
