//! Runs of colour and patterns, with which shapes are filled.
//!
//! A run of colour becomes a picture that the shape clips: there are seven kinds of them in a PDF, and two in an SVG.

use hayro_interpret::FillRule;
use hayro_interpret::pattern::{Pattern, ShadingPattern, TilingPattern};
use hayro_interpret::shading::{ShadingType, Triangle};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::canvas::Canvas;
use super::{picture, svg};

/// How many dots of a run of colour there are to a point, unless it is large: 144 to the inch.
const DOTS: f64 = 2.0;
/// The most dots of a run of colour: a whole page at 80 to the inch. Nothing in one is small.
const MOST_DOTS: f64 = 600_000.0;
/// How large the view of a pattern is: larger than any page.
const ENDLESS: Rect = Rect::new(-1e6, -1e6, 1e6, 1e6);

impl<'a> Canvas<'a, '_> {
    /// Fills a shape of the page with a pattern or a run of colour.
    pub(super) fn fill_with(&mut self, shape: &BezPath, rule: FillRule, pattern: &Pattern<'a>) {
        let area = shape.bounding_box().intersect(self.view());
        if !svg::is_sane(shape) || area.is_zero_area() {
            return;
        }
        self.touch(area);
        match pattern {
            Pattern::Shading(run) => self.fill_with_run(shape, area, rule, run),
            Pattern::Tiling(tile) => {
                let Some(name) = self.tile(tile) else { return };
                let mut paint = String::new();
                svg::reference(&mut paint, "fill", &name);
                let path = svg::filled(shape, rule, &paint);
                self.element(&path);
            }
        }
    }

    fn fill_with_run(&mut self, shape: &BezPath, area: Rect, rule: FillRule, run: &ShadingPattern) {
        let dots = DOTS.min((MOST_DOTS / area.area().max(1.0)).sqrt());
        // What is sampled lies at the top left: a mesh knows no other corner of the page.
        let to_dots = Affine::scale(dots) * Affine::translate(-area.origin().to_vec2());
        let (width, height) = ((area.width() * dots).ceil().max(1.0), (area.height() * dots).ceil().max(1.0));
        let (width, height) = (width as u32, height as u32);
        self.budget.spend_dots(width, height);
        let mut run = run.clone();
        run.matrix = to_dots * run.matrix;
        if !run.matrix.is_finite() {
            return;
        }
        self.budget.spend(mesh(&run));
        let clips = run.shading.clip_path.clone();
        let run = run.encode();
        let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
        for row in 0..height {
            for column in 0..width {
                let place = run.base_transform * Point::new(f64::from(column) + 0.5, f64::from(row) + 0.5);
                let sample = run.sample(place);
                // A float that is no number becomes nought.
                rgba.extend(sample.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8));
            }
        }
        let Some(image) = picture::plain(width, height, rgba) else { return };
        let image = picture::element(&image, to_dots.inverse());
        let shape = self.clip(shape, rule);
        let within = clips.filter(svg::is_sane).map(|path| self.clip(&path, FillRule::NonZero));
        let clipped = |inner: String, name: String| format!("<g clip-path=\"url(#{name})\">{inner}</g>");
        let drawn = [Some(shape), within].into_iter().flatten().fold(image, clipped);
        self.element(&drawn);
    }

    /// The name of a pattern. Its size is that of the page, so that its outlines can be written to the thousandth of a point.
    fn tile(&mut self, tile: &TilingPattern<'a>) -> Option<String> {
        let scale = tile.matrix.determinant().abs().sqrt();
        if !tile.matrix.is_finite() || !(1e-6..1e6).contains(&scale) || !tile.bbox.is_finite() {
            return None;
        }
        // What a pattern holds is told from the corner of the tile.
        let corner = tile.bbox.origin().to_vec2();
        let to_page = Affine::scale(scale) * Affine::translate(-corner);
        let drawn = self.aside(ENDLESS, |canvas| {
            tile.interpret(canvas, to_page, false);
        })?;
        let name = self.name('p');
        let mut written = format!("<pattern id=\"{name}\" patternUnits=\"userSpaceOnUse\"");
        svg::measure(&mut written, "width", f64::from(tile.x_step.abs()) * scale);
        svg::measure(&mut written, "height", f64::from(tile.y_step.abs()) * scale);
        svg::transform(&mut written, "patternTransform", tile.matrix * to_page.inverse());
        written.push('>');
        written.push_str(&drawn);
        written.push_str("</pattern>");
        self.define(&written);
        Some(name)
    }
}

/// How many looks at dots a run of colour over a mesh asks for, beyond those of the picture.
fn mesh(run: &ShadingPattern) -> usize {
    let looks = |triangles: &[Triangle]| -> f64 {
        let areas = triangles.iter().map(|triangle| {
            let corners = [&triangle.p0, &triangle.p1, &triangle.p2].map(|corner| run.matrix * corner.point);
            let area = Rect::from_points(corners[0], corners[1]).union_pt(corners[2]);
            // The library looks at whole dots up to the largest of 16 bits.
            area.width().min(65_536.0).mul_add(area.height().min(65_536.0), 1.0)
        });
        areas.sum()
    };
    let mut triangles = Vec::new();
    let looks = match run.shading.shading_type.as_ref() {
        ShadingType::TriangleMesh { triangles, .. } => looks(triangles),
        ShadingType::CoonsPatchMesh { patches, .. } => {
            patches.iter().for_each(|patch| patch.to_triangles(&mut triangles));
            looks(&triangles)
        }
        ShadingType::TensorProductPatchMesh { patches, .. } => {
            patches.iter().for_each(|patch| patch.to_triangles(&mut triangles));
            looks(&triangles)
        }
        _ => 0.0,
    };
    if looks.is_finite() { looks as usize } else { usize::MAX }
}
