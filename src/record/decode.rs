//! From the bytes of a file to its text.
//!
//! What no text holds is found here, at its place, before anybody tries to read keys or Markdown from it: other
//! encodings, NUL bytes, control characters. A file that is no text is not read further; a stray control character
//! becomes a blank, so that the rest of the file is read and reported like any other.

use crate::finding::{Finding, codes};
use crate::text::{Source, SourceId, Span};

/// The longest text that is read, in bytes: longer than the Bible. Markdown and YAML grow many times over in memory, so
/// this, not the size of the disk, is what bounds it. Figures in CSV files have a limit of their own.
const LONGEST: usize = 4 * 1024 * 1024;

/// The mark that some programs put before the text.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A file as text, and what was found in doing so.
pub(super) struct Decoded {
    /// The file; what cannot be read in it stands as `�`.
    pub(super) source: Source,
    /// What was found.
    pub(super) findings: Vec<Finding>,
    /// Whether nothing can be read from it.
    pub(super) unreadable: bool,
}

/// Takes a file for text.
pub(super) fn decode(id: SourceId, path: &str, bytes: Vec<u8>) -> Decoded {
    let marks = bytes.chunks_exact(MARK.len()).take_while(|chunk| *chunk == MARK).count() * MARK.len();
    let unreadable = |text: String, at: Span, what: String, help: &str| Decoded {
        source: Source::new(path, text),
        findings: vec![Finding::error(codes::UNREADABLE, at, what).help(help)],
        unreadable: true,
    };
    let nul = |text: String, at: usize| {
        let what = "a NUL byte stands here, which no text holds".to_owned();
        let help = "open the file in the program that made it, and save it as plain text";
        unreadable(text, Span::new(id, at - marks..at - marks + 1), what, help)
    };
    let start = Span::start_of(id);
    if bytes.len() > LONGEST && !path.ends_with(".csv") {
        let help = "split it into several papers; if a picture was pasted into the text as letters and digits, save it \
                    as a file beside the paper";
        return unreadable(
            String::new(),
            start,
            "this file holds more than 4 MiB of text, and is not read".to_owned(),
            help,
        );
    }
    if is_utf_16(&bytes) {
        let what = "this file is saved as UTF-16 (some programs say “Unicode”), and UTF-8 is needed".to_owned();
        return unreadable(String::new(), start, what, "save it again with the encoding UTF-8, or as `CSV UTF-8`");
    }
    match String::from_utf8(bytes) {
        Err(error) if path.ends_with(".csv") && is_windows_1252(error.as_bytes(), error.utf8_error().valid_up_to()) => {
            let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned();
            match text.find('\0') {
                Some(at) => nul(text, at),
                None => plain(id, path, text, 0),
            }
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let what = "this file is not UTF-8 text: a character in this line cannot be read".to_owned();
            let help = "save the file again with the encoding UTF-8 (in many editors: “Save with encoding”)";
            unreadable(text, Span::new(id, at - marks..at - marks + '\u{fffd}'.len_utf8()), what, help)
        }
        Ok(text) => match text.find('\0') {
            Some(at) => nul(text, at),
            None => plain(id, path, text, marks),
        },
    }
}

/// Whether a file that is not UTF-8 is in the older encoding in which spreadsheets in Britain save CSV files. Five bytes
/// mean nothing in it. A file of which something beyond ASCII was UTF-8 is UTF-8, with something wrong in it.
fn is_windows_1252(bytes: &[u8], valid_up_to: usize) -> bool {
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    bytes.get(..valid_up_to).is_some_and(<[u8]>::is_ascii) && !bytes.iter().any(undefined)
}

/// Whether every other byte at the beginning is NUL, or a mark says that it will be.
fn is_utf_16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, a, 0, b, ..] | [a, 0, b, 0, ..] => *a != 0 && *b != 0,
        _ => false,
    }
}

/// A text without control characters. Lines may end as they did on old computers, with a carriage return alone.
fn plain(id: SourceId, path: &str, text: String, marks: usize) -> Decoded {
    let mut findings = Vec::new();
    let mut report = |found: Option<(usize, char)>, count: usize, what: &str, help: &str| {
        if let Some((at, c)) = found {
            let more = if count > 1 { format!(", one of {count} in this file") } else { String::new() };
            let what = format!("{what} (U+{:04X}) stands here{more}", u32::from(c));
            let span = Span::new(id, at - marks..at - marks + c.len_utf8());
            findings.push(Finding::warning(codes::UNREADABLE, span, what).help(help));
        }
    };
    let controls = || text.char_indices().filter(|(_, c)| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
    report(
        controls().next(),
        controls().count(),
        "a control character",
        "delete it: it came along when the text was copied from another program, and is read as a blank",
    );
    let overrides = || text.char_indices().filter(|(_, c)| matches!(c, '\u{202d}' | '\u{202e}'));
    report(
        overrides().next(),
        overrides().count(),
        "an invisible character that turns the direction of writing",
        "delete it: readers would see the letters in another order than they are written",
    );
    let clean = if controls().next().is_none() && !text.contains('\r') { text } else { without_control(&text) };
    Decoded { source: Source::new(path, clean), findings, unreadable: false }
}

/// The text with blanks for control characters, as many as they have bytes, so that every place stays where it is.
fn without_control(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() != Some(&'\n') => clean.push('\n'),
            '\r' | '\n' | '\t' => clean.push(c),
            c if c.is_control() => clean.extend(std::iter::repeat_n(' ', c.len_utf8())),
            c => clean.push(c),
        }
    }
    clean
}
