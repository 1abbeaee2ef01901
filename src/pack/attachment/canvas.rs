//! What a page is drawn onto: it writes the drawing down as SVG, and notes the letters.
//!
//! Everything is written in the page's own points, from its top left. What does not touch the part that can be seen is left
//! out. Letters that follow each other in one colour are one outline.

use std::collections::{HashMap, HashSet};
use std::mem;

use hayro_interpret::font::Glyph;
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, FillRule, GlyphDrawMode, Image, MaskType, Paint, PathDrawMode, SoftMask,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::cover::Ground;
use super::guard::Budget;
use super::words::{self, Letter};
use super::{Concern, TextLine, svg};

/// How deep a letter, a pattern or a mask that is drawn may draw another.
pub(super) const DEEPEST: usize = 6;
/// What it costs to begin something that has marks within, beside one mark: the library reads it anew each time.
const SCOPE: usize = 100;
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
    pub(super) scopes: Vec<Scope>,
    pub(super) state: State,
    pub(super) mask: Option<SoftMask<'a>>,
    pub(super) blend: BlendMode,
    /// How often something was mixed with what is beneath.
    mixed: usize,
    pub(super) ink: Option<Ink>,
    pub(super) depth: usize,
    /// Whether what is drawn is not the page itself, but the look of a letter, a mask or a pattern.
    pub(super) aside: bool,
    /// What has been drawn onto since somebody asked.
    pub(super) touched: Option<Rect>,
    pub(super) letters: Vec<Letter>,
    pub(super) ground: Ground,
    pub(super) drawn: usize,
    pub(super) hidden: HashSet<usize>,
    pub(super) nameless: bool,
    pub(super) concerns: Vec<Concern>,
}

/// What has been begun and will end.
pub(super) struct Scope {
    /// Where its tag begins and where what it holds does, if it was written at all.
    tag: Option<(usize, usize)>,
    /// How much had been mixed before, if it only keeps what is mixed within from what is beneath.
    keeps: Option<usize>,
    before: State,
}

/// What holds for all that is drawn now.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// No more than this can be seen.
    pub(super) view: Rect,
    /// Whether exactly this can be seen, since only rectangles clip.
    straight: bool,
    /// Whether what is drawn reaches the page as it is.
    plain: bool,
}

/// Letters of one colour that follow each other.
pub(super) struct Ink {
    pub(super) group: Option<String>,
    pub(super) paint: String,
    pub(super) outline: String,
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
    pub(super) fn group(&mut self) -> Option<String> {
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
    pub(super) fn flush(&mut self) {
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

    pub(super) fn close(&mut self, depth: usize) {
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
        self.letter(glyph, transform, glyph_transform, paint, mode);
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
