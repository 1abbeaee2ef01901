//! Typst draws the pages into an accessible PDF.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::super::read;
use super::drawing::everything;

/// A program that shows one drawing, and needs no typeface.
struct Show {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    program: Source,
    drawing: Bytes,
}

fn id(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).unwrap()).intern()
}

impl World for Show {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.program.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.program.id() { Ok(self.program.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, file: FileId) -> FileResult<Bytes> {
        if file == id("/page.svg") { Ok(self.drawing.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, _: usize) -> Option<Font> {
        None
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The PDF that shows a drawing on a page of its own.
pub(super) fn shown(drawing: &str) -> Vec<u8> {
    let program = "#set document(title: \"Pack\", date: datetime(year: 2027, month: 1, day: 20))\n#set page(width: 600pt, height: 800pt, margin: 0pt)\n\
                   #pdf.artifact(image(\"page.svg\", width: 600pt, height: 800pt))";
    let world = Show {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::new()),
        program: Source::new(id("/pack-of-one.typ"), program.to_owned()),
        drawing: Bytes::from_string(drawing.to_owned()),
    };
    let document: PagedDocument = typst::compile(&world).output.unwrap();
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).unwrap();
    typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }).unwrap()
}

#[test]
fn a_page_goes_into_an_accessible_pdf_and_comes_out_again() {
    let page = read(&everything().bytes()).unwrap().remove(0);
    let pack = shown(&page.svg);
    assert!(pack.starts_with(b"%PDF-1.7"));
    // The pack is read again. As a drawing it has no words of its own, and everything that was drawn.
    let again = read(&pack).unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].lines, []);
    for tag in ["<image", "<pattern", "<mask", "<path"] {
        assert!(again[0].svg.matches(tag).count() >= page.svg.matches(tag).count(), "{tag}");
    }
}
