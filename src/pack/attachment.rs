//! Attached PDF files: from the bytes of a leaflet or of somebody's slides to pages that a pack can draw into itself.
//!
//! An accessible PDF may not hold another PDF as a picture. So each page becomes a drawing of vectors, an SVG, which says
//! nothing to a screen reader; and beside it stand the page's own words, line by line and in the order in which the file
//! draws them, for the pack to lay over the drawing unseen, so that they can be read aloud, searched and copied.
//!
//! # What comes along, and what does not
//!
//! What the page shows, and its words. There is no way by which anything else could: a page is interpreted as if it were
//! printed, and only what is drawn is written down. Neither metadata nor scripts, embedded files, links, bookmarks, the
//! tags and the words of notes come along; a filled-in field or a stamp does as far as it is drawn.
//!
//! What the page does not show is no part of it, neither as words nor as outlines that somebody could read in the vectors:
//!
//! - what lies outside of the page after cropping, or outside of what clips it (pictures are cut, and drawn afresh, so that
//!   what a camera wrote into them is gone too);
//! - what belongs to a layer that is switched off;
//! - letters beneath a filled rectangle or a picture that lets nothing through: see [`Concern::Covered`].
//!
//! Words without ink (`Tr 3`) are kept. They are what text recognition lays beneath a scanned page.
//!
//! # Strangers' files
//!
//! Nothing here may panic, whatever the bytes. The library that reads PDF files can, on some broken ones: it runs in a
//! thread of its own, with room for deep nesting, and when that thread falls the file is broken. How much it may draw is
//! bounded; see the constants.

#![allow(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "places on a page, none of them a figure of a paper"
)]

mod canvas;
mod cover;
mod guard;
mod letters;
mod paint;
mod picture;
mod shape;
mod svg;
#[cfg(test)]
mod tests;
mod words;

use std::any::Any;
use std::fmt;
use std::thread;

use hayro_interpret::hayro_syntax::object::dict::keys;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret, interpret_page};
use kurbo::Rect;

use canvas::Canvas;
use guard::{Budget, Stop};

/// The most bytes of an attached file.
const MOST_BYTES: usize = 100 * 1024 * 1024;
/// The most pages of an attached file.
const MOST_PAGES: usize = 500;
/// The sides of a page, in points. Readers of PDF know no longer one than 200 inches.
const SIDES: std::ops::RangeInclusive<f64> = 3.0..=14_400.0;
/// The stack on which a file is read: what reads lists calls itself for each list within.
const STACK: usize = 256 * 1024 * 1024;

/// A page of an attached PDF, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AttachedPage {
    /// How wide the page is in points, as it is shown: turned and cropped.
    pub width: f64,
    /// How high the page is in points.
    pub height: f64,
    /// The drawing, of the page's size, with nothing in it that must be fetched.
    pub svg: String,
    /// The page's words. There are none on a page that is only scanned.
    pub lines: Vec<TextLine>,
    /// What somebody should look at before the page is published, each once.
    pub concerns: Vec<Concern>,
}

/// A line of a page's words, or the part of one up to a wide gap. All measures are points, from the top left of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextLine {
    /// Its left edge.
    pub x: f64,
    /// Its top edge. The words stand on a line 0.8 × `size` further down.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// The size of its type, and how high it is. Of words that do not run from left to right, the box is what they cover.
    pub size: f64,
    /// Its words. Never empty.
    pub text: String,
}

/// Something about a page that somebody should look at. As a sentence it goes on after "Page 3 of leaflet.pdf …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Concern {
    /// A mark for redaction was set and never applied.
    Redaction,
    /// Letters stand beneath a filled rectangle or a picture. They are not in the pack.
    Covered,
    /// A note or a drawing laid over the page cannot be drawn.
    Note,
    /// A field of a form, or its tick, cannot be drawn.
    Field,
    /// A picture cannot be read.
    Picture,
    /// Letters do not say which letters they are.
    Letters,
}

impl fmt::Display for Concern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Redaction => "has a mark for redaction that was never applied: what it marks can still be read",
            Self::Covered => {
                "has words beneath a filled box or a picture: they are not in the pack, but they are still in the file itself"
            }
            Self::Note => "has a note or a drawing laid over it that cannot be drawn here: print the file to a new PDF",
            Self::Field => "has a form whose entries cannot be drawn here: print the file to a new PDF",
            Self::Picture => "has a picture that cannot be read, and is missing from the pack",
            Self::Letters => "has letters that do not say which letters they are: they cannot be searched or read aloud",
        })
    }
}

/// Why a file cannot be drawn into a pack. As a sentence it goes on after the name of the file: "leaflet.pdf …".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttachmentError {
    /// There are no bytes.
    Empty,
    /// It is another kind of file.
    NotPdf,
    /// It is a PDF, and nothing can be made of it.
    Broken,
    /// It opens with a password only.
    Protected,
    /// It is encrypted in a way that is not known here.
    Encrypted,
    /// It has no pages.
    NoPages,
    /// It has more pages than [`MOST_PAGES`].
    Pages(usize),
    /// It has more bytes than [`MOST_BYTES`].
    Bytes,
    /// Something in it unpacks to more than any page needs.
    Unpacked,
    /// A page is of no size that can be printed. Pages count from 1.
    Size(usize),
    /// A page, or all up to it, hold more than can be drawn. Pages count from 1.
    TooMuch(usize),
}

impl fmt::Display for AttachmentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("is empty"),
            Self::NotPdf => formatter.write_str("is not a PDF, whatever its name says"),
            Self::Broken => formatter.write_str("is damaged and cannot be read: open it and save it as a new PDF"),
            Self::Protected => formatter.write_str("is protected with a password: save a copy without one"),
            Self::Encrypted => {
                formatter.write_str("is protected in a way that cannot be read: save a copy without protection")
            }
            Self::NoPages => formatter.write_str("has no pages"),
            Self::Pages(pages) => write!(formatter, "has {pages} pages; an attachment has at most {MOST_PAGES}"),
            Self::Bytes => {
                write!(formatter, "is larger than {} MB: save a smaller copy", MOST_BYTES / 1024 / 1024)
            }
            Self::Unpacked => formatter.write_str("unpacks to more than a page can need: print it to a new PDF"),
            Self::Size(page) => write!(formatter, "has a page of no sensible size: page {page}"),
            Self::TooMuch(page) => {
                write!(formatter, "holds more than can be drawn, on page {page}: save a smaller or simpler copy")
            }
        }
    }
}

/// Reads an attached PDF. The same bytes always give the same pages.
///
/// # Errors
/// If it cannot be read, or holds more than a pack can take.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<AttachedPage>, AttachmentError> {
    if bytes.is_empty() {
        return Err(AttachmentError::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(AttachmentError::Bytes);
    }
    if !guard::is_pdf(bytes) {
        return Err(AttachmentError::NotPdf);
    }
    guard::look_through(bytes)?;
    thread::scope(|scope| {
        let reader = thread::Builder::new().name("attachment".to_owned()).stack_size(STACK);
        let running = reader.spawn_scoped(scope, || pages(bytes)).map_err(|_| AttachmentError::Broken)?;
        running.join().unwrap_or_else(|fall| Err(fallen(fall.as_ref())))
    })
}

/// What it means that the thread that read a file fell.
fn fallen(fall: &(dyn Any + Send)) -> AttachmentError {
    match fall.downcast_ref::<Stop>() {
        Some(Stop { page }) => AttachmentError::TooMuch(*page),
        None => AttachmentError::Broken,
    }
}

fn pages(bytes: &[u8]) -> Result<Vec<AttachedPage>, AttachmentError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => AttachmentError::Protected,
        LoadPdfError::Decryption(_) => AttachmentError::Encrypted,
        LoadPdfError::Invalid => AttachmentError::Broken,
    })?;
    let pages = pdf.pages();
    match pages.len() {
        0 => return Err(AttachmentError::NoPages),
        count if count > MOST_PAGES => return Err(AttachmentError::Pages(count)),
        _ => {}
    }
    let cache = InterpreterCache::new();
    let mut budget = Budget::new();
    pages.iter().map(|page| drawn(page, &cache, &mut budget)).collect()
}

/// Draws a page; and once more without them, if letters turned out to be hidden.
fn drawn<'a>(
    page: &'a Page<'a>,
    cache: &InterpreterCache<'a>,
    budget: &mut Budget,
) -> Result<AttachedPage, AttachmentError> {
    budget.next_page();
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    if !SIDES.contains(&width) || !SIDES.contains(&height) {
        return Err(AttachmentError::Size(budget.page()));
    }
    let size = Rect::new(0.0, 0.0, width, height);
    let inherited = inherited(page);
    let draw = |mut canvas: Canvas<'a, '_>| {
        let settings = InterpreterSettings::default();
        let start = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(start, size, cache, page.xref(), settings);
        match &inherited {
            None => interpret_page(page, &mut context, &mut canvas),
            Some(resources) => interpret(page.typed_operations(), resources, &mut context, &mut canvas),
        }
        canvas.finish()
    };
    let mut drawing = draw(Canvas::new(size, budget, Vec::new()));
    if !drawing.hidden.is_empty() {
        let hidden = std::mem::take(&mut drawing.hidden);
        drawing = draw(Canvas::new(size, budget, hidden));
    }
    budget.keep(drawing.svg.len());
    let mut concerns = drawing.concerns;
    concerns.extend(laid_over(page, inherited.is_none()));
    concerns.sort_unstable();
    concerns.dedup();
    Ok(AttachedPage { width, height, svg: drawing.svg, lines: drawing.lines, concerns })
}

/// What a page draws with, if it is not its own but that of a group of pages and names layers: the library does not look for
/// the names of layers there, and would show those that are switched off.
fn inherited<'a>(page: &Page<'a>) -> Option<Resources<'a>> {
    let own = page.resources();
    let names = |resources: &Resources<'a>| resources.properties.keys().next().is_some();
    if names(own) {
        return None;
    }
    let above =
        std::iter::successors(own.parent(), |resources| resources.parent()).find(|resources| names(resources))?;
    let mut resources = own.clone();
    resources.properties = above.properties.clone();
    Some(resources)
}

/// What is laid over a page and is not drawn, or should have been worked into it. `drawn` says whether anything is that can be.
fn laid_over(page: &Page<'_>, drawn: bool) -> Vec<Concern> {
    const HIDDEN: u32 = 2;
    const MARKUP: [&[u8]; 13] = [
        b"Caret",
        b"Circle",
        b"FreeText",
        b"Highlight",
        b"Ink",
        b"Line",
        b"PolyLine",
        b"Polygon",
        b"Square",
        b"Squiggly",
        b"Stamp",
        b"StrikeOut",
        b"Underline",
    ];
    let Some(notes) = page.raw().get::<Array<'_>>(keys::ANNOTS) else { return Vec::new() };
    let shown = notes.iter::<Dict<'_>>().filter(|note| note.get::<u32>(keys::F).unwrap_or(0) & HIDDEN == 0);
    shown
        .filter_map(|note| {
            let subtype = note.get::<Name<'_>>(keys::SUBTYPE)?;
            let subtype: &[u8] = subtype.as_ref();
            let looks = note.get::<Dict<'_>>(keys::AP);
            let drawn = drawn && looks.as_ref().is_some_and(|looks| looks.get::<Stream<'_>>(keys::N).is_some());
            match subtype {
                b"Redact" => Some(Concern::Redaction),
                b"Widget" if !drawn => {
                    let state = note.get::<Name<'_>>(b"AS".as_slice());
                    let ticked = state.is_some_and(|state| state.as_ref() != b"Off".as_slice());
                    (ticked || looks.is_none() && note.contains_key(b"V".as_slice())).then_some(Concern::Field)
                }
                _ if !drawn && MARKUP.contains(&subtype) => Some(Concern::Note),
                _ => None,
            }
        })
        .collect()
}
