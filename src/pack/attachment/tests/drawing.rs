//! The drawings.

use super::super::{AttachmentError, read};
use super::{PdfFile, only, page};
use quick_xml::Reader;
use quick_xml::events::Event;

/// A page with something of everything.
pub(super) fn everything() -> PdfFile {
    let mut file = PdfFile::new();
    let fade = "<< /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >>";
    let run = file.object(format!(
        "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 100 0] /Function {fade} /Extend [true true] >>"
    ));
    let tile = file.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources << >>",
        b"1 0 0 rg 0 0 4 4 re f",
    );
    let light = file.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Group << /S /Transparency /CS /DeviceGray >> /Resources 3 0 R",
        b"1 g 0 0 300 800 re f",
    );
    let image = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let shade = file.stream(image, &[0, 255, 255, 128]);
    let picture = file.stream(&format!("{image} /SMask {shade} 0 R"), &[0, 90, 180, 255]);
    let stencil = file.stream(
        "/Type /XObject /Subtype /Image /Width 8 /Height 2 /ImageMask true /BitsPerComponent 1",
        &[0b1010_1010, 0b0101_0101],
    );
    let box_glyph = file.stream("", b"500 0 0 0 500 500 d1 0 0 500 500 re f");
    let map = file.stream(
        "",
        b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <61> <0062> endbfchar endcmap",
    );
    file.resources = format!(
        "/Font /F3 << /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 \
         /LastChar 97 /Widths [600] /Encoding << /Differences [97 /a] >> /CharProcs << /a {box_glyph} 0 R >> \
         /ToUnicode {map} 0 R >> >> \
         /Shading << /Sh {run} 0 R >> /Pattern << /P1 << /PatternType 2 /Shading {run} 0 R >> /P2 {tile} 0 R >> \
         /XObject << /Im {picture} 0 R /St {stencil} 0 R >> \
         /ExtGState << /Soft << /SMask << /S /Luminosity /G {light} 0 R >> >> /Mix << /BM /Multiply /ca 0.5 >> >>"
    );
    file.page(
        "",
        "q 50 650 100 100 re W n /Sh sh Q \
         /Pattern cs /P1 scn 200 650 100 100 re f /P2 scn 350 650 100 100 re f /Pattern CS /P2 SCN 5 w 350 600 m 450 640 l S \
         0 g 0 G q 100 0 0 100 50 500 cm /Im Do Q q 100 0 0 100 200 500 cm 0 0.5 0 rg /St Do Q \
         q /P1 scn 100 0 0 100 350 500 cm /St Do Q \
         q 2 0 0.5 1 0 0 cm [6 3] 1 d 0 w 20 450 m 250 470 l S Q 1 J 1 j 3 w 50 400 m 100 440 l 150 400 l S \
         BT /F3 20 Tf 50 350 Td (aa) Tj /F1 20 Tf ( Words) Tj ET \
         q /Soft gs BT /F2 30 Tf 250 300 Td (Half of it) Tj ET Q q /Mix gs 1 0 0 rg 50 200 200 60 re f 0 0 1 rg 150 180 m \
         250 180 l 200 280 l h f* Q",
    );
    file
}

#[test]
fn a_drawing_is_one_of_svg_with_nothing_to_fetch() {
    let page = only(&everything());
    let mut reader = Reader::from_str(&page.svg);
    let mut seen = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                seen.push(tag.name().as_ref().to_owned());
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let value = attribute.value;
                    if attribute.key.as_ref().ends_with("href") {
                        assert!(
                            value.starts_with("data:image/png;base64,") || value.starts_with("data:image/jpeg;base64,")
                        );
                    } else if value.contains("url(") {
                        let name = value.trim_start_matches("url(#").trim_end_matches(')');
                        assert!(page.svg.contains(&format!(" id=\"{name}\"")), "{value} leads nowhere");
                    }
                    assert!(!value.contains("NaN") && !value.contains("inf"), "{value}");
                }
            }
            Event::End(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} has no business in a drawing"),
        }
    }
    for tag in ["image", "pattern", "mask", "clipPath", "path"] {
        assert!(seen.iter().any(|one| one == tag), "no {tag}");
    }
    assert_eq!(super::texts(&page), ["bb Words", "Half of it"]);
    assert_eq!(page.concerns, []);
}

#[test]
fn the_same_bytes_give_the_same_pages() {
    let bytes = everything().bytes();
    assert_eq!(read(&bytes).unwrap(), read(&bytes).unwrap());
}

#[test]
fn typefaces_that_are_not_in_the_file_are_drawn() {
    for name in ["Helvetica", "Times-Bold", "Courier", "ArialMT", "Calibri-Italic"] {
        let mut file = PdfFile::new();
        file.resources = format!(
            "/Font /F3 << /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar 32 /LastChar 33 \
                                  /Widths [278 278] /Encoding /WinAnsiEncoding >> >>"
        );
        file.page("", "BT /F3 20 Tf 50 700 Td (Quorate) Tj ET");
        let page = only(&file);
        assert_eq!(super::texts(&page), ["Quorate"], "{name}");
        assert!(page.svg.contains("<path d=\"M"), "{name}");
    }
}

#[test]
fn letters_of_one_colour_are_one_outline() {
    let page = page("BT /F1 20 Tf 50 700 Td (Community) Tj 0 -20 Td (Safety) Tj 1 0 0 rg 0 -20 Td (Plan) Tj ET");
    assert_eq!(page.svg.matches("<path").count(), 2);
}

#[test]
fn large_pictures_are_made_no_finer_than_print_shows() {
    let mut file = PdfFile::new();
    let dots = vec![128; 2000 * 1000];
    let image = "/Type /XObject /Subtype /Image /Width 2000 /Height 1000 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let picture = file.stream(image, &dots);
    file.resources = format!("/XObject << /Im {picture} 0 R >>");
    // Two inches wide and one high: 440 by 220 dots.
    file.page("", "144 0 0 72 50 700 cm /Im Do");
    let page = only(&file);
    assert!(page.svg.contains("<image width=\"440\" height=\"220\""), "{}", &page.svg[..400]);
}

#[test]
fn a_pattern_begins_where_its_tile_does() {
    let mut file = PdfFile::new();
    let tile = file.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [100 100 110 110] /XStep 10 /YStep 10 \
         /Matrix [2 0 0 2 0 0] /Resources << >>",
        b"1 0 0 rg 105 105 5 5 re f",
    );
    file.resources = format!("/Pattern << /P1 {tile} 0 R >>");
    file.page("", "/Pattern cs /P1 scn 200 650 100 100 re f");
    let page = only(&file);
    // Twice as large; told from the tile's corner, which lies at twice 100 from the left and from below.
    let pattern = "<pattern id=\"p2\" patternUnits=\"userSpaceOnUse\" width=\"20\" height=\"20\" \
                   patternTransform=\"matrix(1 0 0 -1 200 600)\">";
    assert!(page.svg.contains(pattern), "{}", page.svg);
    assert!(page.svg.contains("M10 10L20 10L20 20L10 20Z"), "{}", page.svg);
}

#[test]
fn a_page_of_no_sensible_size_is_told_of() {
    let size = |media: &str| {
        let mut file = PdfFile::new();
        file.page("", "").page(&format!("/MediaBox [{media}]"), "");
        read(&file.bytes()).map(|pages| (pages[1].width, pages[1].height))
    };
    assert_eq!(size("10 20 110 220"), Ok((100.0, 200.0)));
    assert_eq!(size("110 220 10 20"), Ok((100.0, 200.0)));
    assert_eq!(size("0 0 1 200"), Err(AttachmentError::Size(2)));
    assert_eq!(size("0 0 20000 200"), Err(AttachmentError::Size(2)));
}
