//! What a page is drawn onto: it writes the drawing down as SVG, and notes the letters.
//!
//! Everything is written in the page's own points, from its top left. What does not touch the part that can be seen is left
//! out. Letters that follow each other in one colour are one outline.

use std::collections::{HashMap, HashSet};
use std::mem;

use hayro_interpret::font::Glyph;
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, FillRule, GlyphDrawMode, Image, MaskType, Paint, PathDrawMode, SoftMask,
    StrokeProps,
};
use kurbo::{Affine, BezPath, Cap, Join, Point, Rect, Shape, Vec2};

use super::cover::Ground;
use super::guard::Budget;
use super::words::{self, Letter};
use super::{Concern, TextLine, svg};

/// How deep a letter, a pattern or a mask that is drawn may draw another.
const DEEPEST: usize = 6;
/// What it costs to begin something that has marks within, beside one mark: the library reads it anew each time.
const SCOPE: usize = 100;
/// The thinnest line, in points. A line of no width is drawn as thin as a device can.
const THINNEST: f64 = 0.2;
/// What a letter costs, beside a mark: it is remembered.
const LETTER: usize = 20;
/// No colour is more see-through than this and still covers what is beneath.
const OPAQUE: f32 = 0.999;

/// Where nothing is.
const NOWHERE: Rect = Rect::new(-2e9, -2e9, -1e9, -1e9);

/// A page that has been drawn.
pub(super) struct Drawing {
    pub svg: String,
    pub lines: Vec<TextLine>,
    pub concerns: Vec<Concern>,
    /// The numbers of the letters that nobody can see, and that are drawn all the same.
    pub hidden: Vec<usize>,
}

/// A page that is being drawn.
pub(super) struct Canvas<'a, 'b> {
    pub(super) budget: &'b mut Budget,
    pub(super) page: Rect,
    /// Where the drawing goes: the page, or the mask or the pattern that is drawn just now.
    pub(super) out: String,
    /// Masks, patterns and what clips, written before the page.
    pub(super) defs: String,
    ids: usize,
    clips: HashMap<String, String>,
    masks: HashMap<u128, String>,
    scopes: Vec<Scope>,
    state: State,
    mask: Option<SoftMask<'a>>,
    blend: BlendMode,
    /// How often something was mixed with what is beneath.
    mixed: usize,
    ink: Option<Ink>,
    depth: usize,
    /// Whether what is drawn is not the page itself, but the look of a letter, a mask or a pattern.
    aside: bool,
    /// What has been drawn onto since somebody asked.
    touched: Option<Rect>,
    letters: Vec<Letter>,
    ground: Ground,
    drawn: usize,
    hidden: HashSet<usize>,
    nameless: bool,
    pub(super) concerns: Vec<Concern>,
}

/// What has been begun and will end.
struct Scope {
    /// Where its tag begins and where what it holds does, if it was written at all.
    tag: Option<(usize, usize)>,
    /// How much had been mixed before, if it only keeps what is mixed within from what is beneath.
    keeps: Option<usize>,
    before: State,
}

/// What holds for all that is drawn now.
#[derive(Clone, Copy)]
struct State {
    /// No more than this can be seen.
    view: Rect,
    /// Whether exactly this can be seen, since only rectangles clip.
    straight: bool,
    /// Whether what is drawn reaches the page as it is.
    plain: bool,
}

/// Letters of one colour that follow each other.
struct Ink {
    group: Option<String>,
    paint: String,
    outline: String,
}

impl<'a, 'b> Canvas<'a, 'b> {
    /// An empty page. The letters with the numbers `hidden` will not be drawn.
    pub(super) fn new(page: Rect, budget: &'b mut Budget, hidden: Vec<usize>) -> Self {
        Self {
            budget,
            page,
            out: String::new(),
            defs: String::new(),
            ids: 0,
            clips: HashMap::new(),
            masks: HashMap::new(),
            scopes: Vec::new(),
            state: State { view: page, straight: true, plain: true },
            mask: None,
            blend: BlendMode::Normal,
            mixed: 0,
            ink: None,
            depth: 0,
            aside: false,
            touched: None,
            letters: Vec::new(),
            ground: Ground::new(page),
            drawn: 0,
            hidden: hidden.into_iter().collect(),
            nameless: false,
            concerns: Vec::new(),
        }
    }

    /// Ends the page.
    pub(super) fn finish(mut self) -> Drawing {
        self.close(0);
        let mut svg =
            String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        let (width, height) = (self.page.width(), self.page.height());
        svg::measure(&mut svg, "width", width);
        svg::measure(&mut svg, "height", height);
        svg.push_str(" viewBox=\"0 0 ");
        svg::number(&mut svg, width);
        svg.push(' ');
        svg::number(&mut svg, height);
        svg.push_str("\"><defs><clipPath id=\"page\"><rect");
        svg::measure(&mut svg, "width", width);
        svg::measure(&mut svg, "height", height);
        svg.push_str("/></clipPath>");
        svg.push_str(&self.defs);
        svg.push_str("</defs><g clip-path=\"url(#page)\">");
        svg.push_str(&self.out);
        svg.push_str("</g></svg>");
        let hidden: Vec<_> = self
            .letters
            .iter()
            .filter(|letter| letter.buried && letter.visible && !self.hidden.contains(&letter.number))
            .map(|letter| letter.number)
            .collect();
        if self.letters.iter().any(|letter| letter.covered && !letter.text.trim().is_empty()) {
            self.concerns.push(Concern::Covered);
        }
        if self.nameless {
            self.concerns.push(Concern::Letters);
        }
        Drawing { svg, lines: words::lines(&self.letters), concerns: self.concerns, hidden }
    }

    /// The part of the page that can be seen.
    pub(super) fn view(&self) -> Rect {
        self.state.view
    }

    /// A new name for something that will be named.
    pub(super) fn name(&mut self, kind: char) -> String {
        self.ids += 1;
        format!("{kind}{}", self.ids)
    }

    /// The name of what clips to an outline.
    pub(super) fn clip(&mut self, path: &BezPath, rule: FillRule) -> String {
        let mut shape = String::from("<path d=\"");
        svg::outline(&mut shape, path);
        shape.push('"');
        if rule == FillRule::EvenOdd {
            shape.push_str(" clip-rule=\"evenodd\"");
        }
        shape.push_str("/>");
        if let Some(name) = self.clips.get(&shape) {
            return name.clone();
        }
        let name = self.name('c');
        self.define(&format!("<clipPath id=\"{name}\">{shape}</clipPath>"));
        self.clips.insert(shape, name.clone());
        name
    }

    /// Writes something that is used by its name.
    pub(super) fn define(&mut self, what: &str) {
        self.defs.push_str(what);
        self.budget.allow(self.defs.len());
    }

    /// Writes something onto the page.
    pub(super) fn write(&mut self, what: &str) {
        self.out.push_str(what);
        self.budget.allow(self.out.len() + self.defs.len());
    }

    /// Draws something that is not the page itself, and gives back what was written of it.
    pub(super) fn aside(&mut self, view: Rect, draw: impl FnOnce(&mut Self)) -> Option<String> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.flush();
        let before = self.state;
        let (mask, blend) = (self.mask.take(), mem::take(&mut self.blend));
        let (page, aside) = (mem::take(&mut self.out), mem::replace(&mut self.aside, true));
        let scopes = mem::take(&mut self.scopes);
        self.state = State { view, straight: false, plain: false };
        self.depth += 1;
        draw(self);
        self.close(0);
        self.depth -= 1;
        self.scopes = scopes;
        self.aside = aside;
        (self.mask, self.blend) = (mask, blend);
        self.state = before;
        Some(mem::replace(&mut self.out, page))
    }

    /// Notes that something was drawn here.
    pub(super) fn touch(&mut self, area: Rect) {
        self.touched = Some(self.touched.map_or(area, |touched| touched.union(area)));
    }

    /// Writes one element, in the group that the mask and the way of mixing ask for.
    pub(super) fn element(&mut self, element: &str) {
        self.flush();
        match self.group() {
            Some(group) => self.write(&format!("{group}{element}</g>")),
            None => self.write(element),
        }
    }

    /// The tag of the group in which an element must stand.
    fn group(&mut self) -> Option<String> {
        let mask = self.mask.clone();
        let blend = self.blend;
        (mask.is_some() || blend != BlendMode::Normal).then(|| self.group_tag("<g", 1.0, mask, blend))
    }

    fn group_tag(&mut self, start: &str, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) -> String {
        let mut tag = start.to_owned();
        if let Some(name) = mask.and_then(|mask| self.mask_name(&mask)) {
            svg::reference(&mut tag, "mask", &name);
        }
        if opacity < 1.0 {
            svg::measure(&mut tag, "opacity", f64::from(opacity.max(0.0)));
        }
        if blend != BlendMode::Normal {
            self.mixed += 1;
            tag.push_str(" style=\"mix-blend-mode:");
            tag.push_str(mixing(blend));
            tag.push('"');
        }
        tag.push('>');
        tag
    }

    fn mask_name(&mut self, mask: &SoftMask<'a>) -> Option<String> {
        let key = mask.cache_key();
        if let Some(name) = self.masks.get(&key) {
            return Some(name.clone());
        }
        // A pattern has places of its own.
        let all = if self.depth == 0 { self.page } else { self.page.inflate(self.page.width(), self.page.height()) };
        let drawn = self.aside(all, |canvas| mask.interpret(canvas))?;
        let name = self.name('m');
        let mut area = String::new();
        for (attribute, value) in [("x", all.x0), ("y", all.y0), ("width", all.width()), ("height", all.height())] {
            svg::measure(&mut area, attribute, value);
        }
        let [red, green, blue, _] = mask.background_color().to_rgba().to_rgba8();
        let (kind, ground) = match mask.mask_type() {
            MaskType::Alpha => (" mask-type=\"alpha\"", String::new()),
            MaskType::Luminosity => ("", format!("<rect{area} fill=\"#{red:02x}{green:02x}{blue:02x}\"/>")),
        };
        self.define(&format!("<mask id=\"{name}\" maskUnits=\"userSpaceOnUse\"{area}{kind}>{ground}{drawn}</mask>"));
        self.masks.insert(key, name.clone());
        Some(name)
    }

    /// Writes the letters that wait.
    fn flush(&mut self) {
        let Some(ink) = self.ink.take() else { return };
        let path = format!("<path d=\"{}\"{}/>", ink.outline, ink.paint);
        match ink.group {
            Some(group) => self.write(&format!("{group}{path}</g>")),
            None => self.write(&path),
        }
    }

    fn open(&mut self, tag: Option<&str>, state: State, keeps: Option<usize>) {
        self.flush();
        let tag = tag.map(|tag| {
            let start = self.out.len();
            self.write(tag);
            (start, self.out.len())
        });
        let before = mem::replace(&mut self.state, state);
        self.scopes.push(Scope { tag, keeps, before });
    }

    /// Ends what was begun last, if it was begun here. A group in which nothing was drawn disappears.
    fn end(&mut self) {
        self.flush();
        let Some(scope) = self.scopes.pop() else { return };
        self.state = scope.before;
        match scope.tag {
            Some((start, inside)) if self.out.len() == inside => self.out.truncate(start),
            Some((start, inside)) if scope.keeps == Some(self.mixed) => self.out.replace_range(start..inside, ""),
            Some(_) => self.out.push_str("</g>"),
            None => {}
        }
    }

    fn close(&mut self, depth: usize) {
        while self.scopes.len() > depth {
            self.end();
        }
        self.flush();
    }

    /// Whether what is drawn now hides what is beneath it.
    fn hides(&self) -> bool {
        self.state.plain && self.state.straight && !self.aside && self.mask.is_none() && self.blend == BlendMode::Normal
    }

    /// Something that lets nothing through was drawn over a part of the page. `words` says whether also over words without
    /// ink: a picture of a scanned page lies over those that were recognised on it.
    fn cover(&mut self, area: Rect, words: bool) {
        let area = area.intersect(self.state.view);
        let letters = &mut self.letters;
        let looked = self.ground.cover(area, |number| {
            let letter = &mut letters[number];
            let hides = (words || letter.visible) && area.contains(letter.middle());
            letter.covered |= hides;
            letter.buried |= hides && letter.ink.is_some_and(|ink| area.inflate(0.1, 0.1).contains_rect(ink));
            hides
        });
        self.budget.spend(looked);
    }

    fn fill(&mut self, shape: &BezPath, rule: FillRule, paint: &Paint<'a>) {
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

    fn stroke(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, line: &StrokeProps) {
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

impl<'a> Device<'a> for Canvas<'a, '_> {
    fn set_soft_mask(&mut self, mask: Option<SoftMask<'a>>) {
        self.mask = mask;
    }

    fn set_blend_mode(&mut self, blend: BlendMode) {
        self.blend = blend;
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        self.budget.spend(1 + path.elements().len());
        match mode {
            PathDrawMode::Fill(rule) => self.fill(&(transform * path.clone()), *rule, paint),
            PathDrawMode::Stroke(line) => self.stroke(path, transform, paint, line),
        }
    }

    fn draw_rect(&mut self, rect: &Rect, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        let opaque = matches!(paint, Paint::Color(color) if color.to_rgba().components()[3] >= OPAQUE);
        if matches!(mode, PathDrawMode::Fill(_)) && opaque && is_upright(transform) && self.hides() {
            let area = transform.transform_rect_bbox(*rect);
            // What is as large as the page is paper, not a box that was laid over a word.
            self.cover(area, area.area() < self.page.area() * 0.5);
        }
        self.draw_path(&rect.to_path(0.1), transform, paint, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.budget.spend(SCOPE + clip.path.elements().len());
        let area = clip.path.bounding_box();
        let straight = is_rect(&clip.path, area);
        let view = self.state.view;
        let state = State {
            view: if area.overlaps(view) { view.intersect(area) } else { NOWHERE },
            straight: self.state.straight && (straight || area.is_zero_area()),
            plain: self.state.plain,
        };
        if !svg::is_sane(&clip.path) || straight && area.contains_rect(view) {
            let state = State { view, ..self.state };
            self.open(None, state, None);
            return;
        }
        self.flush();
        let name = self.clip(&clip.path, clip.fill);
        self.open(Some(&format!("<g clip-path=\"url(#{name})\">")), state, None);
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.budget.spend(SCOPE);
        self.flush();
        let plain = opacity >= OPAQUE && mask.is_none() && blend == BlendMode::Normal;
        let tag = self.group_tag("<g isolation=\"isolate\"", opacity, mask, blend);
        let state = State { plain: self.state.plain && plain, ..self.state };
        let keeps = plain.then_some(self.mixed);
        self.open(Some(&tag), state, keeps);
    }

    fn draw_glyph(
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

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        self.budget.spend(1);
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = transform.transform_rect_bbox(size);
        if !transform.is_finite() || !area.is_finite() || !area.overlaps(self.state.view) {
            return;
        }
        self.touch(area);
        if self.draw_picture(&image, transform) && is_upright(transform) && self.hides() {
            self.cover(area, false);
        }
    }

    fn pop_clip_path(&mut self) {
        self.end();
    }

    fn pop_transparency_group(&mut self) {
        self.end();
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

/// Whether rectangles stay upright.
fn is_upright(transform: Affine) -> bool {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let none = |value: f64| value.abs() <= 1e-6 * (a.hypot(b) + c.hypot(d));
    none(b) && none(c) || none(a) && none(d)
}

/// Whether an outline is its own bounding box.
fn is_rect(path: &BezPath, area: Rect) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() < 0.01;
    let corner = |point: Point| {
        (near(point.x, area.x0) || near(point.x, area.x1)) && (near(point.y, area.y0) || near(point.y, area.y1))
    };
    let elements = path.elements();
    let corners = elements.iter().all(|element| match element {
        kurbo::PathEl::MoveTo(to) | kurbo::PathEl::LineTo(to) => corner(*to),
        kurbo::PathEl::ClosePath => true,
        _ => false,
    });
    (4..=6).contains(&elements.len()) && corners && near(path.area().abs(), area.area())
}

fn mixing(blend: BlendMode) -> &'static str {
    match blend {
        BlendMode::Normal => "normal",
        BlendMode::Multiply => "multiply",
        BlendMode::Screen => "screen",
        BlendMode::Overlay => "overlay",
        BlendMode::Darken => "darken",
        BlendMode::Lighten => "lighten",
        BlendMode::ColorDodge => "color-dodge",
        BlendMode::ColorBurn => "color-burn",
        BlendMode::HardLight => "hard-light",
        BlendMode::SoftLight => "soft-light",
        BlendMode::Difference => "difference",
        BlendMode::Exclusion => "exclusion",
        BlendMode::Hue => "hue",
        BlendMode::Saturation => "saturation",
        BlendMode::Color => "color",
        BlendMode::Luminosity => "luminosity",
    }
}
