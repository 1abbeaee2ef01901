//! How much a stranger's file may ask for.

use std::panic;

/// The most marks, pieces of outlines and looks at letters for all pages of a file. A full page of words asks for 100,000.
const MOST_WORK: u64 = 50_000_000;
/// The most dots of one picture.
const MOST_DOTS: u64 = 80_000_000;
/// The most dots of all pictures, and of all runs of colour.
const MOST_DOTS_IN_ALL: u64 = 2_000_000_000;
/// The most bytes of the drawing of one page.
const MOST_SVG: usize = 64 * 1024 * 1024;
/// The most bytes of the drawings of all pages.
const MOST_SVG_IN_ALL: usize = 512 * 1024 * 1024;

/// Why the thread that reads a file was ended from within.
pub(super) struct Stop {
    /// The page on which it became too much, from 1.
    pub page: usize,
}

/// What is left for a file.
pub(super) struct Budget {
    page: usize,
    work: u64,
    dots: u64,
    svg: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { page: 0, work: MOST_WORK, dots: MOST_DOTS_IN_ALL, svg: MOST_SVG_IN_ALL }
    }

    /// Goes on to the next page.
    pub(super) fn next_page(&mut self) {
        self.page += 1;
    }

    /// The page that is drawn, from 1.
    pub(super) fn page(&self) -> usize {
        self.page
    }

    /// Takes so many marks, or ends the reading.
    pub(super) fn spend(&mut self, work: usize) {
        match u64::try_from(work).ok().and_then(|work| self.work.checked_sub(work)) {
            Some(left) => self.work = left,
            None => self.stop(),
        }
    }

    /// Takes a picture of so many dots, or ends the reading.
    pub(super) fn spend_dots(&mut self, width: u32, height: u32) {
        let dots = u64::from(width) * u64::from(height);
        match self.dots.checked_sub(dots) {
            Some(left) if dots <= MOST_DOTS => self.dots = left,
            _ => self.stop(),
        }
    }

    /// Ends the reading if the drawing of a page has become too long.
    pub(super) fn allow(&self, svg: usize) {
        if svg > MOST_SVG {
            self.stop();
        }
    }

    /// Takes the drawing of a page, or ends the reading.
    pub(super) fn keep(&mut self, svg: usize) {
        match self.svg.checked_sub(svg) {
            Some(left) => self.svg = left,
            None => self.stop(),
        }
    }

    /// The library that interprets a page cannot be told to end: what it draws onto can only leave.
    fn stop(&self) -> ! {
        panic::resume_unwind(Box::new(Stop { page: self.page }))
    }
}

/// Whether the bytes say that they are a PDF. Some mail programs and printers put something before that.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"%PDF-";
    let start = bytes.get(..1024).unwrap_or(bytes);
    start.windows(MARK.len()).any(|here| here == MARK)
}

/// How deep lists and dictionaries stand in each other, reckoned from brackets alone. What reads them calls itself for
/// each, and a stack that has run out cannot be caught. Packed bytes hold brackets too, but about as many of either.
pub(super) fn nesting(bytes: &[u8]) -> usize {
    let mut deepest = 0;
    let mut depth = 0_usize;
    for byte in bytes {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' | b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
