//! How much a stranger's file may ask for.

use std::io::Read;
use std::panic;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use regex::bytes::Regex;

use super::AttachmentError;

/// The most marks, pieces of outlines and looks at letters on a page. A full page of words asks for 200,000, a map for two
/// million.
const MOST_WORK: u64 = 5_000_000;
/// The most on all pages of a file.
const MOST_WORK_IN_ALL: u64 = 500_000_000;
/// The most dots of one picture.
const MOST_DOTS: u64 = 80_000_000;
/// The most dots of all pictures, and of all runs of colour.
const MOST_DOTS_IN_ALL: u64 = 2_000_000_000;
/// The most bytes of the drawing of one page.
const MOST_SVG: usize = 64 * 1024 * 1024;
/// The most bytes of the drawings of all pages.
const MOST_SVG_IN_ALL: usize = 512 * 1024 * 1024;

/// The most bytes that one stream of a file may unpack to: a picture with [`MOST_DOTS`] in three colours.
const MOST_UNPACKED: usize = 256 * 1024 * 1024;
/// The most bytes that a file may unpack to.
const MOST_UNPACKED_IN_ALL: usize = 4 * 1024 * 1024 * 1024;
/// How deep lists and dictionaries may stand in each other. The stack has room for ten times as many.
const DEEPEST: usize = 200_000;

/// Why the thread that reads a file was ended from within.
pub(super) struct Stop {
    /// The page on which it became too much, from 1.
    pub page: usize,
}

/// What is left for a file.
pub(super) struct Budget {
    page: usize,
    work: u64,
    work_in_all: u64,
    dots: u64,
    svg: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { page: 0, work: 0, work_in_all: MOST_WORK_IN_ALL, dots: MOST_DOTS_IN_ALL, svg: MOST_SVG_IN_ALL }
    }

    /// Goes on to the next page.
    pub(super) fn next_page(&mut self) {
        self.page += 1;
        self.work = MOST_WORK.min(self.work_in_all);
    }

    /// The page that is drawn, from 1.
    pub(super) fn page(&self) -> usize {
        self.page
    }

    /// Takes so many marks, or ends the reading.
    pub(super) fn spend(&mut self, work: usize) {
        match u64::try_from(work).ok().and_then(|work| self.work.checked_sub(work)) {
            Some(left) => {
                self.work_in_all -= self.work - left;
                self.work = left;
            }
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

/// Looks through a file before anything else reads it: what is packed in it, and how deep things stand in each other. What
/// would not fit into memory, or onto a stack, cannot be caught later.
///
/// # Errors
/// [`AttachmentError::Unpacked`] if something unpacks to more than any page needs, [`AttachmentError::Broken`] if lists
/// stand deeper in each other than anybody writes them.
pub(super) fn look_through(bytes: &[u8]) -> Result<(), AttachmentError> {
    // Packed twice, a thousand times a thousand bytes come of one. A fax has as many dots as it says that it has.
    static TWICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?-u)/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b|/(?:Columns|Rows)\s+[0-9]{6}",
        )
        .ok()
    });
    static STREAM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?-u)stream\r?\n").ok());
    if TWICE.as_ref().is_some_and(|twice| twice.is_match(bytes)) {
        return Err(AttachmentError::Unpacked);
    }
    if nesting(bytes) > DEEPEST {
        return Err(AttachmentError::Broken);
    }
    let mut left = MOST_UNPACKED_IN_ALL;
    for stream in STREAM.iter().flat_map(|stream| stream.find_iter(bytes)) {
        let mut nesting = Nesting::default();
        let mut unpacked = 0_usize;
        let mut unpacking = ZlibDecoder::new(bytes.get(stream.end()..).unwrap_or_default());
        let mut buffer = [0; 16 * 1024];
        // What is not packed, or is broken, ends at once. Others stumble over it in their own way.
        while let Ok(length @ 1..) = unpacking.read(&mut buffer) {
            unpacked += length;
            left = left.saturating_sub(length);
            nesting.add(buffer.get(..length).unwrap_or_default());
            if unpacked > MOST_UNPACKED || left == 0 {
                return Err(AttachmentError::Unpacked);
            }
            if nesting.deepest > DEEPEST {
                return Err(AttachmentError::Broken);
            }
        }
    }
    Ok(())
}

fn nesting(bytes: &[u8]) -> usize {
    let mut nesting = Nesting::default();
    nesting.add(bytes);
    nesting.deepest
}

/// How deep lists and dictionaries stand in each other, reckoned from brackets alone. What reads them calls itself for
/// each. Pictures hold brackets too, but about as many of either.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
}

impl Nesting {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'[' | b'<' => self.depth += 1,
                b']' | b'>' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.deepest = self.deepest.max(self.depth);
        }
    }
}
