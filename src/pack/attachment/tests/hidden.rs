//! What a page does not show must not be in the pack: neither as words nor in the vectors or the dots.

use super::super::{AttachedPage, Concern};
use super::{PdfFile, only, page, texts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

/// Whether two pages are the same to the last byte, but for what somebody is told of them.
#[track_caller]
fn same(one: &AttachedPage, other: &AttachedPage) {
    assert_eq!(one.svg, other.svg);
    assert_eq!(one.lines, other.lines);
}

const PUBLIC: &str = "BT /F1 10 Tf 50 700 Td (public) Tj ET";
const PRIVATE: &str = "BT /F1 10 Tf 50 100 Td (private) Tj ET";

#[test]
fn what_was_cropped_away_is_gone() {
    let cropped = |content: &str| {
        let mut file = PdfFile::new();
        file.page("/CropBox [0 400 600 800]", content);
        only(&file)
    };
    let page = cropped(&format!("{PUBLIC} {PRIVATE} 0 0 100 100 re f 0 50 m 90 90 l S"));
    same(&page, &cropped(PUBLIC));
    assert_eq!(texts(&page), ["public"]);
    assert_eq!((page.width, page.height), (600.0, 400.0));
    assert!((page.lines[0].y - 92.0).abs() < 0.1);
}

#[test]
fn what_is_clipped_away_is_gone() {
    let page_of = |content: &str| page(&format!("q 40 600 300 150 re W n {content} Q"));
    same(&page_of(&format!("{PUBLIC} {PRIVATE}")), &page_of(PUBLIC));
    // Two clips that leave nothing.
    let nothing = page(&format!("q 40 600 300 150 re W n 40 50 300 150 re W n {PRIVATE} Q"));
    assert_eq!(texts(&nothing), [""; 0]);
    assert!(!nothing.svg.contains("<path d=\"M50"), "{}", nothing.svg);
}

#[test]
fn the_dots_of_a_picture_that_are_cropped_away_are_gone() {
    let picture = |below: u8| {
        let mut file = PdfFile::new();
        let dots: Vec<u8> = (0..100).map(|dot| if dot < 50 { dot } else { below }).collect();
        let image = "/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8";
        let scan = file.stream(image, &dots);
        file.resources = format!("/XObject << /Im {scan} 0 R >>");
        file.page("/CropBox [0 400 600 800]", "600 0 0 800 0 0 cm /Im Do");
        only(&file)
    };
    // The lower half of the picture is beyond the edge, whatever it shows.
    same(&picture(7), &picture(201));
    assert!(picture(7).svg.contains("height=\"5\""));
}

#[test]
fn what_a_camera_wrote_into_a_photograph_is_gone() {
    let mut photograph = Vec::new();
    let dots: Vec<u8> = (0..32 * 32 * 3).map(|dot| (dot % 251) as u8).collect();
    JpegEncoder::new(&mut photograph).encode(&dots, 32, 32, ExtendedColorType::Rgb8).unwrap();
    // After the first mark of a photograph, a note of 18 bytes.
    photograph.splice(2..2, *b"\xff\xe1\x00\x12SECRET 52N 1W    ");
    let mut file = PdfFile::new();
    let image = "/Type /XObject /Subtype /Image /Width 32 /Height 32 /ColorSpace /DeviceRGB /BitsPerComponent 8";
    let picture = file.stream(&format!("{image} /Filter /DCTDecode"), &photograph);
    file.resources = format!("/XObject << /Im {picture} 0 R >>");
    file.page("", "100 0 0 100 0 0 cm /Im Do");
    let page = only(&file);
    let (_, link) = page.svg.split_once("data:image/jpeg;base64,").unwrap();
    let bytes = STANDARD.decode(link.split('"').next().unwrap()).unwrap();
    assert!(bytes.starts_with(b"\xff\xd8") && photograph.windows(6).any(|here| here == b"SECRET"));
    assert!(!bytes.windows(6).any(|here| here == b"SECRET"));
    assert_eq!(page.concerns, []);
}

#[test]
fn layers_that_are_switched_off_are_gone() {
    let page_of = |entries: &str, off: &str, content: &str| {
        let mut file = PdfFile::new();
        let layer = file.object("<< /Type /OCG /Name (Notes to officers) >>");
        let look = file.stream(
            &format!("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /OC {layer} 0 R /Resources 3 0 R"),
            b"BT /F1 10 Tf 50 300 Td (private too) Tj ET",
        );
        file.catalog = format!(
            "/OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{}] >> >>",
            off.replace("it", &format!("{layer} 0 R"))
        );
        file.resources = format!("/Properties << /L {layer} 0 R >> /XObject << /Fm {look} 0 R >>");
        file.page(entries, content);
        only(&file)
    };
    let layered = format!("{PUBLIC} /OC /L BDC {PRIVATE} EMC /Fm Do");
    // What a page draws with is its own, or that of all pages.
    for entries in ["/Resources 3 0 R", ""] {
        assert_eq!(texts(&page_of(entries, "", &layered)), ["public", "private", "private too"]);
        same(&page_of(entries, "it", &layered), &page_of(entries, "it", PUBLIC));
    }
}

#[test]
fn words_beneath_a_box_are_gone() {
    let redacted = page(&format!("{PUBLIC} {PRIVATE} 0 g 45 95 60 18 re f"));
    same(&redacted, &page(&format!("{PUBLIC} 0 g 45 95 60 18 re f")));
    assert_eq!(texts(&redacted), ["public"]);
    assert_eq!(redacted.concerns, [Concern::Covered]);
    // Words without ink, on a scanned page with a box over a part of it.
    let scanned = page(&format!("3 Tr {PUBLIC} {PRIVATE} 0 g 45 95 60 18 re f"));
    assert_eq!(texts(&scanned), ["public"]);
}

#[test]
fn a_box_that_hides_only_a_part_hides_the_words_of_that_part() {
    // It ends above the lower edge of the "p": the letter's ink can still be seen, and is drawn.
    let page = page(&format!("{PRIVATE} 0 g 45 99 60 14 re f"));
    assert_eq!(texts(&page), [""; 0]);
    assert_eq!(page.concerns, [Concern::Covered]);
    assert_eq!(page.svg.matches("<path").count(), 2);
}

#[test]
fn what_lets_through_or_lies_beneath_hides_nothing() {
    let behind = page(&format!("1 1 0 rg 45 95 60 18 re f 0 g {PRIVATE}"));
    assert_eq!(texts(&behind), ["private"]);
    assert_eq!(behind.concerns, []);
    let mut file = PdfFile::new();
    file.resources = "/ExtGState << /Half << /ca 0.5 >> /Pen << /BM /Multiply >> >>".to_owned();
    file.page("", &format!("{PUBLIC} {PRIVATE} /Half gs 45 95 60 18 re f /Pen gs 45 695 60 18 re f"));
    assert_eq!(texts(&only(&file)), ["public", "private"]);
    // A round clip lets through no more than a part of the box.
    let round = page(&format!("{PRIVATE} q 0 0 m 60 0 l 0 60 l h W n 45 95 60 18 re f Q"));
    assert_eq!(texts(&round), ["private"]);
}

#[test]
fn a_picture_hides_words_but_not_those_recognised_on_it() {
    let mut file = PdfFile::new();
    let image = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let scan = file.stream(image, &[90]);
    file.resources = format!("/XObject << /Im {scan} 0 R >>");
    file.page("", &format!("{PRIVATE} 3 Tr {PUBLIC} q 600 0 0 800 0 0 cm /Im Do Q"));
    let page = only(&file);
    assert_eq!(texts(&page), ["public"]);
    assert_eq!(page.concerns, [Concern::Covered]);
}

#[test]
fn a_box_laid_over_the_page_as_a_note_is_drawn_and_hides() {
    let mut file = PdfFile::new();
    let look = file.stream("/Type /XObject /Subtype /Form /BBox [0 0 60 18]", b"0 g 0 0 60 18 re f");
    let note = format!("<< /Type /Annot /Subtype /Square /Rect [45 95 105 113] /AP << /N {look} 0 R >> >>");
    let note = file.object(note);
    file.page(&format!("/Annots [{note} 0 R]"), &format!("{PUBLIC} {PRIVATE}"));
    let page = only(&file);
    assert_eq!(texts(&page), ["public"]);
    assert_eq!(page.concerns, [Concern::Covered]);
}

#[test]
fn notes_without_a_look_are_told_of() {
    let concerns = |note: &str| {
        let mut file = PdfFile::new();
        file.page(&format!("/Annots [<< /Type /Annot /Rect [45 95 105 113] {note} >>]"), PUBLIC);
        only(&file).concerns
    };
    assert_eq!(concerns("/Subtype /Square /IC [0 0 0]"), [Concern::Note]);
    assert_eq!(concerns("/Subtype /Redact"), [Concern::Redaction]);
    assert_eq!(concerns("/Subtype /Widget /FT /Tx /V (Walsall)"), [Concern::Field]);
    assert_eq!(concerns("/Subtype /Widget /FT /Btn /AS /Yes /AP << /N << /Yes 3 0 R >> >>"), [Concern::Field]);
    assert_eq!(concerns("/Subtype /Widget /FT /Btn /AS /Off /AP << /N << /Yes 3 0 R >> >>"), []);
    assert_eq!(concerns("/Subtype /Square /F 2"), []);
    assert_eq!(concerns("/Subtype /Link /A << /S /URI /URI (https://example.org) >>"), []);
}

#[test]
fn nothing_but_what_is_shown_comes_along() {
    let mut file = PdfFile::new();
    file.page("", PUBLIC);
    let plain = only(&file);
    let mut file = PdfFile::new();
    let inside = file.stream("/Type /EmbeddedFile", b"SECRET of a file");
    let info = file.object("<< /Title (SECRET title) /Author (SECRET author) >>");
    let data = file.stream("/Type /Metadata /Subtype /XML", b"<x>SECRET data</x>");
    file.catalog = format!(
        "/Metadata {data} 0 R /OpenAction << /S /JavaScript /JS (app.alert\\('SECRET'\\)) >> \
         /Names << /EmbeddedFiles << /Names [(SECRET.txt) << /Type /Filespec /F (SECRET.txt) /EF << /F {inside} 0 R >> >>] >> >>"
    );
    file.trailer = format!("/Info {info} 0 R");
    let note = "<< /Type /Annot /Subtype /Text /Rect [1 1 9 9] /Contents (SECRET note) >>";
    let field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (SECRET) /TU (SECRET) /Rect [1 1 9 9] >>";
    file.page(&format!("/Annots [{note} {field}] /PieceInfo << /A << /Private (SECRET) >> >>"), PUBLIC);
    assert_eq!(only(&file), plain);
}
