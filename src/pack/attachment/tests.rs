//! Attached files are written here by hand, so that every byte of them is known.

mod broken;
mod drawing;
mod hidden;
mod pdf_file;
mod typeset;
mod words;

use super::{AttachedPage, TextLine, read};
use pdf_file::PdfFile;

/// The one page of a file whose page does this, with the typefaces `F1` (Helvetica) and `F2` (Times).
fn page(content: &str) -> AttachedPage {
    let mut file = PdfFile::new();
    file.page("", content);
    only(&file)
}

fn only(file: &PdfFile) -> AttachedPage {
    let mut pages = read(&file.bytes()).unwrap();
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

fn texts(page: &AttachedPage) -> Vec<&str> {
    page.lines.iter().map(|line| line.text.as_str()).collect()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.6
}

#[track_caller]
fn stands(line: &TextLine, x: f64, y: f64, size: f64) {
    assert!(near(line.x, x) && near(line.y, y) && near(line.size, size), "{line:?} is not at {x}, {y} in {size}");
}
