//! Typst draws the pages into an accessible PDF; and what it typesets is read.

use typst::foundations::Datetime;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::super::read;
use super::drawing::everything;
use super::{stands, texts};
use crate::pack::world::Memory;

/// What a program becomes, which can show a drawing.
fn typeset(program: &str, drawing: &str) -> Vec<u8> {
    let files = [("/page.svg".to_owned(), drawing.as_bytes().to_vec())];
    let world = Memory::new(program, [], files, Datetime::from_ymd(2027, 1, 20)).unwrap();
    let document: PagedDocument = typst::compile(&world).output.unwrap();
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).unwrap();
    typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }).unwrap()
}

const HEAD: &str = "#set document(title: \"Pack\", date: datetime(year: 2027, month: 1, day: 20))\n\
                    #set page(width: 600pt, height: 800pt, margin: 0pt)\n";

#[test]
fn a_page_goes_into_an_accessible_pdf_and_comes_out_again() {
    let page = read(&everything().bytes()).unwrap().remove(0);
    let shown = format!("{HEAD}#pdf.artifact(image(\"page.svg\", width: 600pt, height: 800pt))");
    let pack = typeset(&shown, &page.svg);
    assert!(pack.starts_with(b"%PDF-1.7"));
    // The pack is read again. As a drawing it has no words of its own, and everything that was drawn.
    let again = read(&pack).unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].lines, []);
    for tag in ["<image", "<pattern", "<mask", "<path"] {
        assert!(again[0].svg.matches(tag).count() >= page.svg.matches(tag).count(), "{tag}");
    }
}

#[test]
fn typefaces_in_a_file_say_which_letters_are_drawn() {
    // A part of the typeface is in the file, its letters under other numbers, two of them drawn as one.
    let program = format!(
        "{HEAD}#set text(font: \"Noto Sans\", size: 10pt, top-edge: 8pt, bottom-edge: 0pt)\n\
         #place(dx: 50pt, dy: 100pt)[Efficient officers: £1,234.50 – café]\n\
         #place(dx: 50pt, dy: 200pt, block(width: 200pt)[#set par(justify: true)\nTo agree the minutes of the meeting that was \
         held on the nineteenth of April.])"
    );
    let page = read(&typeset(&program, "")).unwrap().remove(0);
    let texts = texts(&page);
    assert_eq!(texts[0], "Efficient officers: £1,234.50 – café");
    assert_eq!(texts[1..].join(" "), "To agree the minutes of the meeting that was held on the nineteenth of April.");
    stands(&page.lines[0], 50.0, 100.0, 10.0);
    stands(&page.lines[1], 50.0, 200.0, 10.0);
    // Justified lines are as wide as the column.
    assert!((page.lines[1].width - 200.0).abs() < 1.0, "{:?}", page.lines[1]);
    assert_eq!(page.concerns, []);
}
