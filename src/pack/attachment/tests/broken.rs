//! Files that are broken, locked, endless or malicious.

use super::super::{AttachmentError, Concern, MOST_BYTES, MOST_PAGES, read};
use super::{PdfFile, drawing, texts};
use proptest::prelude::*;
use std::io::Write;
use std::time::Instant;

#[test]
fn what_is_no_pdf_is_told_of() {
    assert_eq!(read(b""), Err(AttachmentError::Empty));
    assert_eq!(read(b"PK\x03\x04 a document of Word"), Err(AttachmentError::NotPdf));
    assert_eq!(read(b"%PDF-1.7\n"), Err(AttachmentError::Broken));
    assert_eq!(read(&vec![b' '; MOST_BYTES + 1]), Err(AttachmentError::Bytes));
    let mut file = PdfFile::new().bytes();
    assert_eq!(read(&file), Err(AttachmentError::NoPages));
    file.splice(0..0, *b"HTTP/1.1 200 OK\r\n\r\n");
    assert_eq!(read(&file), Err(AttachmentError::NoPages));
}

#[test]
fn a_password_is_told_of() {
    let mut file = PdfFile::new();
    let check = "00".repeat(32);
    let lock = file.object(format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{check}> /U <{check}> >>"));
    file.trailer = format!("/Encrypt {lock} 0 R /ID [<{check}> <{check}>]");
    file.page("", "");
    assert_eq!(read(&file.bytes()), Err(AttachmentError::Protected));
}

#[test]
fn too_many_pages_are_told_of() {
    let mut file = PdfFile::new();
    for _ in 0..MOST_PAGES {
        file.page("", "");
    }
    assert_eq!(read(&file.bytes()).unwrap().len(), MOST_PAGES);
    file.page("", "");
    assert_eq!(read(&file.bytes()), Err(AttachmentError::Pages(MOST_PAGES + 1)));
}

#[test]
fn a_file_without_its_end_is_read_as_far_as_it_goes() {
    let mut file = PdfFile::new();
    file.page("", "BT /F1 10 Tf 50 700 Td (whole) Tj ET");
    let bytes = file.bytes();
    let table = bytes.windows(4).position(|here| here == b"xref").unwrap();
    let pages = read(&bytes[..table]).unwrap();
    assert_eq!(texts(&pages[0]), ["whole"]);
}

#[test]
fn what_draws_itself_without_end_is_stopped() {
    // Each drawing draws the next ten times over: a thousand million million marks.
    let mut file = PdfFile::new();
    let mut inner = file.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 9 9 re f");
    for _ in 0..15 {
        let entries =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm {inner} 0 R >> >>");
        inner = file.stream(&entries, "/Fm Do ".repeat(10).as_bytes());
    }
    file.resources = format!("/XObject << /Fm {inner} 0 R >>");
    file.page("", "").page("", "/Fm Do");
    let start = Instant::now();
    assert_eq!(read(&file.bytes()), Err(AttachmentError::TooMuch(2)));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn what_draws_with_itself_ends() {
    let mut file = PdfFile::new();
    // A letter that is drawn with itself, a pattern filled with itself, a mask behind itself.
    let letter = file.stream("", b"500 0 0 0 500 500 d1 BT /F3 500 Tf (aa) Tj ET 0 0 9 9 re f");
    let font = file.object(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 \
         /Widths [600] /Encoding << /Differences [97 /a] >> /CharProcs << /a {letter} 0 R >> >>"
    ));
    let tile = file.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources 3 0 R",
        b"/Pattern cs /P1 scn 0 0 4 4 re f 4 4 4 4 re f",
    );
    let mask = file.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Group << /S /Transparency /CS /DeviceGray >> /Resources 3 0 R",
        b"/Soft gs 1 g 0 0 300 800 re f",
    );
    file.resources = format!(
        "/Font /F3 {font} 0 R >> /Pattern << /P1 {tile} 0 R >> \
         /ExtGState << /Soft << /SMask << /S /Luminosity /G {mask} 0 R >> >> >>"
    );
    file.page("", "BT /F3 20 Tf 50 700 Td (a) Tj ET /Pattern cs /P1 scn 0 0 99 99 re f 0 g /Soft gs 0 0 9 9 re f");
    assert!(read(&file.bytes()).is_ok());
}

#[test]
fn pictures_without_measure_are_stopped() {
    for size in ["/Width 4000000000 /Height 4000000000", "/Width 65535 /Height 65535", "/Width 1 /Height 4294967295"] {
        let mut file = PdfFile::new();
        let image = format!("/Type /XObject /Subtype /Image {size} /ColorSpace /DeviceRGB /BitsPerComponent 1");
        let picture = file.stream(&image, &[0; 9]);
        file.resources = format!("/XObject << /Im {picture} 0 R >>");
        file.page("", "600 0 0 800 0 0 cm /Im Do");
        assert_eq!(read(&file.bytes()), Err(AttachmentError::TooMuch(1)), "{size}");
    }
}

#[test]
fn nesting_is_bounded() {
    for (depth, fine) in [(150_000, true), (1_000_000, false)] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let mut file = PdfFile::new();
        file.page(&format!("/A {deep}"), &format!("{deep} TJ"));
        assert_eq!(read(&file.bytes()).is_ok(), fine, "{depth}");
        // Packed, it is a few bytes.
        let mut file = PdfFile::new();
        let packed = file.stream("/Filter /FlateDecode", &packed(format!("{deep} TJ").as_bytes()));
        file.page(&format!("/Contents {packed} 0 R"), "");
        assert_eq!(read(&file.bytes()).is_ok(), fine, "{depth}");
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn what_unpacks_without_end_is_stopped() {
    let read_packed = |filters: &str, bytes: &[u8]| {
        let mut file = PdfFile::new();
        let packed = file.stream(&format!("/Filter {filters}"), bytes);
        file.page(&format!("/Contents {packed} 0 R"), "");
        read(&file.bytes()).map(|pages| pages.len())
    };
    let words = packed(b"BT /F1 10 Tf 50 700 Td (words) Tj ET");
    assert_eq!(read_packed("/FlateDecode", &words), Ok(1));
    let bomb = packed(&vec![b' '; 257 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(read_packed("/FlateDecode", &bomb), Err(AttachmentError::Unpacked));
    assert_eq!(read_packed("[/FlateDecode /FlateDecode]", &packed(&words)), Err(AttachmentError::Unpacked));
}

#[test]
fn a_picture_over_which_the_library_stumbles_is_missing() {
    let mut file = PdfFile::new();
    // Two bytes to a dot, and one byte too few: the library asks for one that is not there.
    let odd = file.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 16",
        &[1, 2, 3],
    );
    file.resources = format!("/XObject << /Im {odd} 0 R >>");
    file.page("", "BT /F1 10 Tf 50 700 Td (words) Tj ET 100 0 0 100 0 0 cm /Im Do");
    let page = super::only(&file);
    assert_eq!(texts(&page), ["words"]);
    assert_eq!(page.concerns, [Concern::Picture]);
}

/// A valid file, with some of its bytes or numbers changed.
fn changed() -> impl Strategy<Value = Vec<u8>> {
    let bytes = drawing::everything().bytes();
    let length = bytes.len();
    let change = (
        0..length,
        prop_oneof![
            any::<u8>().prop_map(|byte| vec![byte]),
            Just(Vec::new()),
            prop_oneof![
                Just("-1"),
                Just("0"),
                Just("99999999999"),
                Just("1e99"),
                Just("/"),
                Just("<<"),
                Just(">>"),
                Just("]")
            ]
            .prop_map(|word| word.as_bytes().to_vec()),
        ],
    );
    proptest::collection::vec(change, 1..8).prop_map(move |changes| {
        let mut bytes = bytes.clone();
        for (place, word) in changes {
            let place = place.min(bytes.len() - 1);
            bytes.splice(place..=place, word);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_panics_whatever_is_changed(bytes in changed()) {
        let _ = read(&bytes);
    }

    #[test]
    fn nothing_panics_wherever_a_file_ends(end in 0_usize..9000) {
        let bytes = drawing::everything().bytes();
        let _ = read(&bytes[..end.min(bytes.len())]);
    }
}
