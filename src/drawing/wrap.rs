//! How wide words are, and how a name is broken into the lines of its place.
//!
//! The site is made without a browser, so widths are estimated: each character counts as the widest that it is in
//! common sans-serif typefaces. An estimate may leave room to spare; it must never let a name run out of its box.

/// Size of the letters in pixels.
pub(super) const FONT_SIZE: i32 = 16;

/// A box has at most so many lines; what is left of a longer name becomes an ellipsis.
pub(super) const MOST_LINES: usize = 4;

/// Widths of the characters from the space to the tilde, in hundredths of the letters' size: the greatest of Arial's
/// (as Liberation Sans), Verdana's (as `DejaVu` Sans) and Noto Sans's, measured in a browser.
const ASCII: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 55, 84, 32, 36, 32, 37, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 56, 102, 68, 69, 72, 77, 67, 61, 78, 75, 34, 50, 67, 56, 91, 76, 79, 67, 79, 72, 67, 61, 73, 68, 99, 69,
    67, 69, 39, 37, 39, 84, 56, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63,
    59, 82, 59, 59, 52, 64, 55, 64, 84,
];

/// A name in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrapped {
    /// From top to bottom; at least one.
    pub(super) lines: Vec<String>,
    /// Whether every word stands unbroken and none is left out.
    pub(super) whole: bool,
}

impl Wrapped {
    /// Width of the longest line, in pixels.
    pub(super) fn width(&self) -> i32 {
        self.lines.iter().map(|line| width(line)).max().unwrap_or(0)
    }
}

/// Width of a line in pixels, rounded up.
pub(super) fn width(text: &str) -> i32 {
    let hundredths = text.chars().fold(0i32, |sum, character| sum.saturating_add(hundredths(character)));
    hundredths.saturating_mul(FONT_SIZE).saturating_add(99) / 100
}

fn hundredths(character: char) -> i32 {
    let code = character as u32;
    let in_table = code.checked_sub(0x20).and_then(|index| ASCII.get(usize::try_from(index).ok()?));
    match (in_table, character) {
        (Some(&width), _) => i32::from(width),
        // Welsh accents a letter as wide as this one.
        (None, 'ŵ' | 'æ' | 'œ') => 102,
        (None, '–' | '‘' | '’' | '“' | '”' | '·' | '•') => 60,
        (None, '\u{300}'..='\u{36f}') => 0,
        (None, '\u{a0}'..='\u{24f}') if character.is_lowercase() => 68,
        (None, '\u{a0}'..='\u{24f}') => 102,
        // Anything else may fill a square and a little more, as an emoji does.
        _ => 130,
    }
}

/// Breaks a name into lines no wider than `room` pixels, as evenly as the least number of lines allows.
pub(super) fn wrap(name: &str, room: i32) -> Wrapped {
    let first = greedy(name, room);
    if first.lines.len() < 2 || !first.whole {
        return first;
    }
    // The narrowest room that needs no more lines leaves them as even as can be.
    let (mut too_narrow, mut enough) = (0, room);
    let mut best = first;
    while too_narrow + 1 < enough {
        let middle = i32::midpoint(too_narrow, enough);
        let attempt = greedy(name, middle);
        if attempt.whole && attempt.lines.len() == best.lines.len() {
            best = attempt;
            enough = middle;
        } else {
            too_narrow = middle;
        }
    }
    best
}

/// A text in one line no wider than `room` pixels, with an ellipsis for what is left out.
pub(super) fn fit(text: &str, room: i32) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut fitting = String::new();
    let mut taken = hundredths('…');
    for character in text.chars() {
        taken = taken.saturating_add(hundredths(character));
        if taken.saturating_mul(FONT_SIZE) / 100 >= room {
            break;
        }
        fitting.push(character);
    }
    fitting.truncate(fitting.trim_end().len());
    fitting.push('…');
    fitting
}

fn greedy(name: &str, room: i32) -> Wrapped {
    let mut lines = vec![String::new()];
    let mut whole = true;
    for word in name.split_whitespace() {
        if width(word) <= room {
            add(&mut lines, word, room, true);
            continue;
        }
        whole = false;
        for (index, piece) in pieces(word, room).iter().enumerate() {
            add(&mut lines, piece, room, index == 0);
        }
    }
    if lines.len() > MOST_LINES {
        whole = false;
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width(last) + width("…") > room {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    Wrapped { lines, whole }
}

/// Puts a piece on the last line if it has room, otherwise on a new one.
fn add(lines: &mut Vec<String>, piece: &str, room: i32, begins_word: bool) {
    if let Some(line) = lines.last_mut() {
        let space = if begins_word && !line.is_empty() { " " } else { "" };
        if line.is_empty() || width(line) + width(space) + width(piece) <= room {
            line.push_str(space);
            line.push_str(piece);
            return;
        }
    }
    lines.push(piece.to_owned());
}

/// Breaks a word too long for a line: after hyphens and strokes first, and between letters where even that is too long.
fn pieces(word: &str, room: i32) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for part in word.split_inclusive(['-', '–', '/']) {
        if width(part) <= room {
            pieces.push(part.to_owned());
            continue;
        }
        let mut piece = String::new();
        for character in part.chars() {
            piece.push(character);
            if width(&piece) > room && piece.chars().count() > 1 {
                piece.pop();
                pieces.push(std::mem::replace(&mut piece, character.to_string()));
            }
        }
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_breaks_into_even_lines() {
        let wrapped = wrap("Safeguarding Children and Adults Board", 280);
        assert_eq!(wrapped.lines, ["Safeguarding Children", "and Adults Board"]);
        assert!(wrapped.whole);
        assert!(wrapped.width() <= 280);
        assert_eq!(wrap("Prevent Group", 280).lines, ["Prevent Group"]);
    }

    #[test]
    fn a_long_word_breaks_at_its_hyphen_and_then_anywhere() {
        let wrapped = wrap("Co-ordination", 100);
        assert_eq!(wrapped.lines, ["Co-", "ordination"]);
        assert!(!wrapped.whole);
        let wrapped = wrap("Llanfairpwllgwyngyll", 80);
        assert!(wrapped.lines.len() > 1);
        assert!(wrapped.lines.iter().all(|line| width(line) <= 80), "{wrapped:?}");
        assert_eq!(wrapped.lines.concat(), "Llanfairpwllgwyngyll");
    }

    #[test]
    fn what_four_lines_cannot_hold_ends_in_an_ellipsis() {
        let wrapped = wrap(&"partnership ".repeat(12), 120);
        assert_eq!(wrapped.lines.len(), MOST_LINES);
        assert!(wrapped.lines[3].ends_with('…'));
        assert!(wrapped.width() <= 120);
        assert!(!wrapped.whole);
    }

    #[test]
    fn no_name_is_a_line_too() {
        assert_eq!(wrap("", 100).lines, [""]);
        assert_eq!(wrap(" ", 100).width(), 0);
    }

    #[test]
    fn widths_are_in_step_with_the_letters() {
        assert_eq!(width(""), 0);
        assert!(width("iiii") < width("mmmm"));
        assert_eq!(width("e\u{301}"), width("e"), "a combining accent takes no room");
        assert!(width("Bwrdd Dŵr") > width("Bwrdd Dr"));
    }
}
