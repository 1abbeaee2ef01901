//! The words of a page, and where they stand.

use super::super::{Concern, words};
use super::{PdfFile, near, only, page, stands, texts};
use hayro_interpret::hayro_cmap::BfString;

#[test]
fn a_line_stands_where_it_is_drawn() {
    let page = page("BT /F1 20 Tf 100 700 Td (Community Safety Plan) Tj ET");
    assert_eq!(texts(&page), ["Community Safety Plan"]);
    // 800 − 700 down to the line on which the words stand, and 0.8 of 20 up again.
    stands(&page.lines[0], 100.0, 84.0, 20.0);
    // The widths of Helvetica, of Adobe's own tables: C 722, o 556, m 833, u 556, n 556, i 222, t 278, y 500; space 278;
    // S 667, a 556, f 278, e 556; P 667, l 222.
    let community = 722 + 556 + 833 + 833 + 556 + 556 + 222 + 278 + 500;
    let safety = 667 + 556 + 278 + 556 + 278 + 500;
    let plan = 667 + 222 + 556 + 556;
    let width = f64::from(community + safety + plan + 2 * 278) * 20.0 / 1000.0;
    assert!(near(page.lines[0].width, width), "{} is not {width}", page.lines[0].width);
    assert_eq!((page.width, page.height), (600.0, 800.0));
}

#[test]
fn gaps_are_spaces_and_wide_gaps_end_lines() {
    let page = page(
        "BT /F1 10 Tf 50 700 Td [(To) -300 (agree) -5000 (the) 80 (n) 20 (minutes)] TJ 0 -12 Td (of the last) Tj \
         ( meeting) Tj ET",
    );
    assert_eq!(texts(&page), ["To agree", "thenminutes", "of the last meeting"]);
}

#[test]
fn what_is_raised_stays_on_its_line() {
    let page = page("BT /F2 12 Tf 50 700 Td (on the 1) Tj 5 Ts /F2 7 Tf (st) Tj 0 Ts /F2 12 Tf ( of April) Tj ET");
    assert_eq!(texts(&page), ["on the 1st of April"]);
    stands(&page.lines[0], 50.0, 90.4, 12.0);
}

#[test]
fn lines_keep_the_order_of_the_file() {
    let page = page("BT /F1 10 Tf 300 700 Td (right) Tj ET BT /F1 10 Tf 50 700 Td (left) Tj 0 -10.5 Td (below) Tj ET");
    assert_eq!(texts(&page), ["right", "left", "below"]);
}

#[test]
fn letters_drawn_twice_are_read_once() {
    // Bold by drawing twice, and letters that are filled and outlined.
    let twice = "BT /F1 10 Tf 50 700 Td (Purpose) Tj ET BT /F1 10 Tf 50.2 700 Td (Purpose) Tj ET";
    assert_eq!(texts(&page(twice)), ["Purpose"]);
    assert_eq!(texts(&page("BT 2 Tr /F1 10 Tf 50 700 Td (Accessible) Tj ET")), ["Accessible"]);
    assert_eq!(texts(&page("BT 2 Tr /F1 10 Tf 50 700 Td (A) Tj 0 -20 Td (B) Tj ET")), ["A", "B"]);
    // Two figures that run into each other, so that a nought falls onto a nought.
    let figures = "BT /F1 10 Tf 50 700 Td (20) Tj ET BT /F1 10 Tf 55.4 700 Td (01) Tj ET";
    assert_eq!(texts(&page(figures)).concat().replace(' ', ""), "2001");
    // As many steps from the corner, but of twice the length.
    let apart = "BT /F1 10 Tf 50 700 Td (i) Tj ET BT /F1 20 Tf 100 600 Td (i) Tj ET";
    assert_eq!(texts(&page(apart)), ["i", "i"]);
}

#[test]
fn words_without_ink_are_words() {
    let page = page("BT 3 Tr /F1 10 Tf 50 700 Td (recognised) Tj ET");
    assert_eq!(texts(&page), ["recognised"]);
    assert!(!page.svg.contains("<path"), "{}", page.svg);
    assert_eq!(page.concerns, []);
}

#[test]
fn turned_words_are_kept() {
    let page = page("BT /F1 10 Tf 0 1 -1 0 100 300 Tm (Up the side) Tj ET");
    assert_eq!(texts(&page), ["Up the side"]);
    let line = &page.lines[0];
    assert!(near(line.x, 92.0) && near(line.width, 10.0), "{line:?}");
    assert!(near(line.y + line.size, 500.0), "{line:?}");
}

#[test]
fn a_turned_page_is_read_upright() {
    let mut file = PdfFile::new();
    // Held so that the page's left edge is on top: what runs up the page runs to the right.
    file.page("/Rotate 90", "BT /F1 10 Tf 0 1 -1 0 100 300 Tm (Landscape) Tj ET");
    let page = only(&file);
    assert_eq!((page.width, page.height), (800.0, 600.0));
    assert_eq!(texts(&page), ["Landscape"]);
    stands(&page.lines[0], 300.0, 92.0, 10.0);
}

#[test]
fn letters_are_what_the_file_says_that_they_are() {
    let mut file = PdfFile::new();
    let map = file.stream(
        "",
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def \
          1 begincodespacerange <00> <ff> endcodespacerange \
          5 beginbfchar <41> <00660069> <42> <fb03> <43> <e001> <44> <00ad> <45> <202e> endbfchar \
          endcmap CMapName currentdict /CMap defineresource pop end end",
    );
    file.resources =
        format!("/Font /F3 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {map} 0 R >> >>");
    // "fi" as two letters and "ffi" as one; a private letter, a soft hyphen that was drawn, and a mark of direction.
    file.page("", "BT /F3 10 Tf 50 700 Td (AB) Tj 0 -20 Td (C) Tj 0 -20 Td (D) Tj 0 -20 Td (E) Tj ET");
    let page = only(&file);
    assert_eq!(texts(&page), ["fiffi", "-"]);
    assert_eq!(page.concerns, [Concern::Letters]);
}

#[test]
fn a_scanned_page_has_no_words() {
    let mut file = PdfFile::new();
    let scan = file.stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
        &[0, 90, 180, 255],
    );
    file.resources = format!("/XObject << /Im {scan} 0 R >>");
    file.page("", "600 0 0 800 0 0 cm /Im Do");
    let page = only(&file);
    assert_eq!(page.lines, []);
    assert!(page.svg.contains("data:image/png;base64,"));
    assert_eq!(page.concerns, []);
}

#[test]
fn what_runs_to_the_left_is_read_to_the_left() {
    let read = |seen: &str| {
        let letters: Vec<_> =
            seen.chars().enumerate().map(|(place, letter)| words::tests::letter(place, letter)).collect();
        words::lines(&letters).into_iter().map(|line| line.text).collect::<Vec<_>>()
    };
    // Hebrew alef, bet, gimel as they are seen: gimel leftmost.
    assert_eq!(read("גבא"), ["אבג"]);
    assert_eq!(read("12 גבא"), ["אבג 12"]);
    assert_eq!(read("See גבא"), ["See אבג"]);
    assert_eq!(read("Safer streets 12"), ["Safer streets 12"]);
}

#[test]
fn only_what_can_be_read_is_spelled() {
    let spelled = |text: &str| words::spelled(Some(BfString::String(text.to_owned())));
    assert_eq!(spelled("caf\u{e9}\u{0}\u{7}\u{200b}\u{fffd}\u{f0a7}"), "caf\u{e9}");
    assert_eq!(spelled("\u{a0}\u{2003}\t"), "   ");
    assert_eq!(spelled("\u{fb00}\u{fb01}\u{fb02}\u{fb04}\u{fb06}"), "fffiflfflst");
    assert_eq!(words::spelled(None), "");
}
