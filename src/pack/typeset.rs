//! From a Typst program to the bytes of a PDF, and the pages on which its papers stand.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Datetime, Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::markup::Program;
use super::world::Memory;
use crate::calendar::Moment;
use crate::edition::Pages;
use crate::text::Span;

/// The label of the marks that a theme sets where a paper begins and ends.
const EDGE: &str = "q-edge";

/// A document that is ready to be typeset.
pub(super) struct Manuscript {
    /// The program.
    pub(super) program: Program,
    /// Further texts: those of the theme, and what the program is told, by the names that it knows them by.
    pub(super) texts: Vec<(String, String)>,
    /// Pictures.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// A stable name for the document.
    pub(super) name: String,
    /// The number printed on its first page.
    pub(super) first: u32,
    /// When what it holds was published: its date.
    pub(super) published: Moment,
}

/// A document as it is printed.
#[derive(Debug)]
pub(super) struct Typeset {
    /// The PDF.
    pub(super) pdf: Vec<u8>,
    /// How many pages it has.
    pub(super) pages: u32,
    /// The pages of each paper, by its key.
    pub(super) parts: BTreeMap<String, Pages>,
    /// What the typesetter warns of.
    pub(super) warnings: Vec<Unset>,
}

/// Why a document could not be typeset, or not as it should be.
#[derive(Debug)]
pub(super) struct Unset {
    /// The place in a paper that it stems from, as far as that is known.
    pub(super) place: Option<Span>,
    /// What the typesetter says.
    pub(super) message: String,
    /// What it would do.
    pub(super) hints: Vec<String>,
}

/// Typesets a document.
///
/// # Errors
/// Everything that the typesetter refuses.
pub(super) fn typeset(manuscript: Manuscript) -> Result<Typeset, Vec<Unset>> {
    // Typst is known to break down on some tables that it should refuse. The document is then told of like any other that
    // cannot be typeset, and those beside it are printed.
    catch_unwind(AssertUnwindSafe(|| set(manuscript))).unwrap_or_else(|_| {
        let message = "the typesetter breaks down over it".to_owned();
        Err(vec![Unset { place: None, message, hints: Vec::new() }])
    })
}

fn set(manuscript: Manuscript) -> Result<Typeset, Vec<Unset>> {
    let today = datetime(manuscript.published);
    let Manuscript { program, texts, files, name, first, .. } = manuscript;
    let broken = |message: &str| vec![Unset { place: None, message: message.to_owned(), hints: Vec::new() }];
    let Some(world) = Memory::new(&program.text, texts, files, today) else {
        return Err(broken("a file of the theme has a name that cannot be used"));
    };
    let of = |severity: Severity, diagnostics: &[SourceDiagnostic]| {
        let some = diagnostics.iter().filter(|one| one.severity == severity);
        some.map(|one| unset(one, &world, &program)).collect::<Vec<_>>()
    };
    let refused = |diagnostics: &[SourceDiagnostic]| {
        let refused = of(Severity::Error, diagnostics);
        // Whatever happens, a document that is missing is told of.
        if refused.is_empty() { broken("the typesetter gives no reason") } else { refused }
    };
    let compiled = typst::compile(&world);
    let document: PagedDocument = compiled.output.map_err(|errors| refused(&errors))?;
    let warnings = of(Severity::Warning, &compiled.warnings);
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]);
    let standards = standards.map_err(|error| broken(error.message()))?;
    let options = PdfOptions {
        ident: Smart::Custom(name),
        creator: Smart::Custom(Some(format!("Quorate {}", env!("CARGO_PKG_VERSION")))),
        standards,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors))?;
    let pages = u32::try_from(document.pages().len()).unwrap_or(u32::MAX);
    Ok(Typeset { pdf, pages, parts: parts(&document, first), warnings })
}

/// Where each part begins and ends, by the numbers printed on the pages.
fn parts(document: &PagedDocument, first: u32) -> BTreeMap<String, Pages> {
    let Some(label) = Label::new(PicoStr::intern(EDGE)) else { return BTreeMap::new() };
    let introspector = document.introspector();
    let mut parts: BTreeMap<String, Pages> = BTreeMap::new();
    for edge in introspector.query(&Selector::Label(label)) {
        let Some(Value::Str(key)) = edge.to_packed::<MetadataElem>().map(|mark| mark.value.clone()) else { continue };
        let page = edge.location().and_then(|location| introspector.page(location));
        let Some(sheet) = page.and_then(|page| u32::try_from(page.get()).ok()) else { continue };
        let page = first.saturating_add(sheet.saturating_sub(1));
        let here = Pages { first: page, last: page };
        parts.entry(key.to_string()).and_modify(|pages| *pages = pages.with(here)).or_insert(here);
    }
    parts
}

fn unset(error: &SourceDiagnostic, world: &Memory, program: &Program) -> Unset {
    // What goes wrong in a function of the theme stems from where it was called.
    let traced = error.trace.iter().map(|point| point.span.into());
    let byte = std::iter::once(error.span).chain(traced).find_map(|span| world.place(span));
    Unset {
        place: byte.and_then(|byte| program.places.of(byte)),
        message: error.message.to_string(),
        hints: error.hints.iter().map(|hint| hint.v.to_string()).collect(),
    }
}

fn datetime(moment: Moment) -> Option<Datetime> {
    use chrono::Datelike;
    let date = moment.date();
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd(date.year(), month, day)
}
