//! Pictures on a page: cut to what can be seen, made no finer than print can show, and packed afresh.
//!
//! What a camera or a program wrote into a picture, and what was cropped away, are gone with that.

use std::panic::{self, AssertUnwindSafe};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hayro_interpret::color::AlphaColor;
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::dict::keys;
use hayro_interpret::hayro_syntax::object::{Dict, Stream};
use hayro_interpret::{FillRule, Image, ImageData, LumaData, Paint};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, GrayImage, ImageBuffer, ImageEncoder, RgbImage, RgbaImage, imageops};
use kurbo::{Affine, Rect, Shape};

use super::canvas::Canvas;
use super::{Concern, svg};

/// No picture has more dots to the inch than this. Word calls it "print".
const DOTS_PER_INCH: f64 = 220.0;
/// How well photographs are packed, of 100.
const QUALITY: u8 = 85;

/// A picture, packed: its size in dots and its bytes as a link.
pub(super) struct Packed {
    width: u32,
    height: u32,
    link: String,
}

/// Which part of a picture can be seen, and how finely.
struct Part {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    /// How many dots it should have.
    dots: (u32, u32),
    /// From those dots to the page.
    to_page: Affine,
}

impl<'a> Canvas<'a, '_> {
    /// Draws a picture. Says whether it lets nothing through.
    pub(super) fn draw_picture(&mut self, image: &Image<'a, '_>, to_page: Affine) -> bool {
        self.budget.spend_dots(image.width(), image.height());
        match image {
            Image::Stencil(stencil) => {
                let mut read = None;
                guarded(|| stencil.with_stencil(|shape, paint| read = Some((shape, paint.clone())), None));
                match read {
                    Some((shape, paint)) => self.draw_stencil(shape, &paint, to_page),
                    None => self.concerns.push(Concern::Picture),
                }
                false
            }
            Image::Raster(raster) => {
                let dict = raster.stream().dict();
                let opaque = !["SMask", "Mask", "SMaskInData"].iter().any(|key| dict.contains_key(key));
                self.spend_mask(dict);
                let lossy = |filter: &Filter| matches!(filter, Filter::DctDecode | Filter::JpxDecode);
                let photograph = raster.stream().filters().iter().any(lossy);
                let mut read = None;
                guarded(|| raster.with_rgba(|colours, alpha| read = Some((colours, alpha)), None));
                let Some((colours, alpha)) = read else {
                    self.concerns.push(Concern::Picture);
                    return false;
                };
                self.draw_raster(colours, alpha, photograph, to_page);
                opaque
            }
        }
    }

    fn spend_mask(&mut self, dict: &Dict<'_>) {
        let mask = dict.get::<Stream<'_>>(keys::SMASK).or_else(|| dict.get::<Stream<'_>>(keys::MASK));
        let Some(mask) = mask else { return };
        let side = |key: &[u8]| mask.dict().get::<u32>(key).unwrap_or(0);
        self.budget.spend_dots(side(keys::WIDTH), side(keys::HEIGHT));
    }

    fn draw_raster(&mut self, colours: ImageData, alpha: Option<LumaData>, photograph: bool, to_page: Affine) {
        let (width, height) = (colours.width(), colours.height());
        self.budget.spend_dots(width, height);
        let to_page = scaled(to_page, colours.scale_factors());
        let Some(part) = part(width, height, to_page, self.view()) else { return };
        let colours = match colours {
            ImageData::Rgb(rgb) => RgbImage::from_raw(width, height, rgb.data).map(DynamicImage::from),
            ImageData::Luma(gray) => GrayImage::from_raw(width, height, gray.data).map(DynamicImage::from),
        };
        let Some(colours) = colours.map(|colours| part.of(colours)) else { return };
        let alpha = alpha.filter(|alpha| alpha.data.iter().any(|dot| *dot != u8::MAX));
        let Some(alpha) = alpha else {
            if let Some(packed) = pack(&colours, photograph) {
                self.element(&element(&packed, part.to_page));
            }
            return;
        };
        // What lets through may have dots of its own size: it becomes a mask.
        let spread = (f64::from(width) / f64::from(alpha.width), f64::from(height) / f64::from(alpha.height));
        let over = to_page * Affine::scale_non_uniform(spread.0, spread.1);
        let (Some(packed), Some(name)) = (pack(&colours, photograph), self.shade(alpha, over)) else { return };
        self.element(&format!("<g mask=\"url(#{name})\">{}</g>", element(&packed, part.to_page)));
    }

    fn draw_stencil(&mut self, shape: LumaData, paint: &Paint<'a>, to_page: Affine) {
        let (width, height) = (shape.width, shape.height);
        self.budget.spend_dots(width, height);
        let to_page = scaled(to_page, shape.scale_factors);
        match paint {
            Paint::Color(color) => {
                let Some(part) = part(width, height, to_page, self.view()) else { return };
                let Some(shape) = GrayImage::from_raw(width, height, shape.data) else { return };
                let shape = part.of(shape.into()).into_luma8();
                let [red, green, blue, alpha] = AlphaColor::to_rgba8(&color.to_rgba());
                let dots = shape.pixels().flat_map(|dot| {
                    let through = u16::from(dot.0[0]) * u16::from(alpha) / 255;
                    [red, green, blue, through as u8]
                });
                if let Some(packed) = plain(shape.width(), shape.height(), dots.collect()) {
                    self.element(&element(&packed, part.to_page));
                }
            }
            Paint::Pattern(pattern) => {
                let area = to_page * Rect::new(0.0, 0.0, f64::from(width), f64::from(height)).to_path(0.1);
                let Some(name) = self.shade(shape, to_page) else { return };
                let Some(drawn) = self.aside(self.view(), |canvas| canvas.fill_with(&area, FillRule::NonZero, pattern))
                else {
                    return;
                };
                self.element(&format!("<g mask=\"url(#{name})\">{drawn}</g>"));
            }
        }
    }

    /// The name of a mask that lets through where a picture is white.
    fn shade(&mut self, light: LumaData, to_page: Affine) -> Option<String> {
        let whole = Rect::new(0.0, 0.0, f64::from(light.width), f64::from(light.height));
        let part = part(light.width, light.height, to_page, self.view())?;
        let light = GrayImage::from_raw(light.width, light.height, light.data)?;
        let packed = pack(&part.of(light.into()), false)?;
        let name = self.name('m');
        let area = to_page.transform_rect_bbox(whole);
        let mut mask = format!("<mask id=\"{name}\" maskUnits=\"userSpaceOnUse\"");
        svg::measure(&mut mask, "x", area.x0);
        svg::measure(&mut mask, "y", area.y0);
        svg::measure(&mut mask, "width", area.width());
        svg::measure(&mut mask, "height", area.height());
        mask.push('>');
        mask.push_str(&element(&packed, part.to_page));
        mask.push_str("</mask>");
        self.define(&mask);
        Some(name)
    }
}

impl Part {
    fn of(&self, image: DynamicImage) -> DynamicImage {
        let whole = (image.width(), image.height()) == (self.width, self.height);
        let seen = if whole { image } else { image.crop_imm(self.left, self.top, self.width, self.height) };
        if (self.width, self.height) == self.dots {
            return seen;
        }
        match seen {
            DynamicImage::ImageLuma8(gray) => imageops::thumbnail(&gray, self.dots.0, self.dots.1).into(),
            other => imageops::thumbnail(&other.into_rgb8(), self.dots.0, self.dots.1).into(),
        }
    }
}

/// Unpacks a picture. Should the library stumble over one, it is one that cannot be read; the page has others.
fn guarded(unpack: impl FnOnce()) {
    // What was to be filled stays empty, which says it all.
    let _ = panic::catch_unwind(AssertUnwindSafe(unpack));
}

/// The part of a picture that can be seen.
fn part(width: u32, height: u32, to_page: Affine, view: Rect) -> Option<Part> {
    let whole = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    if width == 0 || height == 0 || !to_page.is_finite() || to_page.determinant().abs() < 1e-12 {
        return None;
    }
    // A dot of which less than a hundredth would be seen is none: it is only that floats are not exact.
    let seen = to_page.inverse().transform_rect_bbox(view).inset(-0.01).intersect(whole).expand().intersect(whole);
    if seen.is_zero_area() {
        return None;
    }
    let [a, b, c, d, ..] = to_page.as_coeffs();
    // How many dots there are to an inch as it is, along and down.
    let finest = |dots: f64, points: f64| {
        let dots_per_inch = 72.0 / points.max(1e-9);
        if dots_per_inch > DOTS_PER_INCH * 1.2 { (dots * DOTS_PER_INCH / dots_per_inch).round().max(1.0) } else { dots }
    };
    let dots = (finest(seen.width(), a.hypot(b)), finest(seen.height(), c.hypot(d)));
    let to_page = to_page
        * Affine::translate(seen.origin().to_vec2())
        * Affine::scale_non_uniform(seen.width() / dots.0, seen.height() / dots.1);
    Some(Part {
        left: seen.x0 as u32,
        top: seen.y0 as u32,
        width: seen.width() as u32,
        height: seen.height() as u32,
        dots: (dots.0 as u32, dots.1 as u32),
        to_page,
    })
}

fn scaled(to_page: Affine, (across, down): (f32, f32)) -> Affine {
    to_page * Affine::scale_non_uniform(f64::from(across), f64::from(down))
}

/// Packs dots of red, green, blue and how much they cover.
pub(super) fn plain(width: u32, height: u32, rgba: Vec<u8>) -> Option<Packed> {
    let image: RgbaImage = ImageBuffer::from_raw(width, height, rgba)?;
    if image.pixels().all(|dot| dot.0[3] == u8::MAX) {
        return pack(&DynamicImage::from(image).into_rgb8().into(), false);
    }
    pack(&image.into(), false)
}

/// Packs a picture: a photograph as a photograph, anything else so that every dot stays as it is.
fn pack(image: &DynamicImage, photograph: bool) -> Option<Packed> {
    let (width, height) = (image.width(), image.height());
    let kind = match image {
        DynamicImage::ImageLuma8(_) => ExtendedColorType::L8,
        DynamicImage::ImageRgb8(_) => ExtendedColorType::Rgb8,
        _ => ExtendedColorType::Rgba8,
    };
    let mut bytes = Vec::new();
    let (packed, name) = if photograph {
        (JpegEncoder::new_with_quality(&mut bytes, QUALITY).write_image(image.as_bytes(), width, height, kind), "jpeg")
    } else {
        (PngEncoder::new(&mut bytes).write_image(image.as_bytes(), width, height, kind), "png")
    };
    packed.ok()?;
    Some(Packed { width, height, link: format!("data:image/{name};base64,{}", STANDARD.encode(bytes)) })
}

/// A picture as an element.
pub(super) fn element(packed: &Packed, to_page: Affine) -> String {
    let Packed { width, height, link } = packed;
    let mut written = format!("<image width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\"");
    svg::transform(&mut written, "transform", to_page);
    written.push_str(" xlink:href=\"");
    written.push_str(link);
    written.push_str("\"/>");
    written
}
