//! A sentence in pieces: where words, figures and marks begin and end.

use std::ops::Range;

/// The pieces of a sentence: words, figures with all that hangs on them, marks.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let length = if first.is_ascii_digit() || (matches!(first, '£' | '+' | '-' | '−') && starts_figure(text, at))
        {
            figure_length(rest)
        } else if first.eq_ignore_ascii_case(&'n') && rest[1..].trim_start().starts_with('=') {
            rest.find('=').map_or(1, |equals| equals + 1)
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || "'’-".contains(c))).unwrap_or(rest.len());
            rest[..end].trim_end_matches(['\'', '’', '-']).len().max(first.len_utf8())
        } else if first == '%' {
            1 + usize::from(rest[1..].starts_with('+'))
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() && !matches!(first, '"' | '“' | '”' | '\'' | '‘' | '’' | '*' | '_') {
            push_piece(&mut pieces, text, at..at + length);
        }
        at += length;
    }
    pieces
}

/// A fraction, "34/129", is two figures and a stroke; "2014/15" and a date are not.
fn push_piece(pieces: &mut Vec<Range<usize>>, text: &str, piece: Range<usize>) {
    let words = text.get(piece.clone()).unwrap_or("");
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b',');
    match words.split_once('/') {
        Some((part, whole)) if is_number(part) && is_number(whole) && !is_double_year(words) => {
            let stroke = piece.start + part.len();
            pieces.extend([piece.start..stroke, stroke..stroke + 1, stroke + 1..piece.end]);
        }
        _ => pieces.push(piece),
    }
}

/// "2014/15".
pub(super) fn is_double_year(text: &str) -> bool {
    text.split_once(['/', '-', '–']).is_some_and(|(first, second)| {
        first.len() == 4
            && first.starts_with(['1', '2'])
            && matches!(second.len(), 2 | 4)
            && second.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether a sign begins a figure: a digit follows, after a pound sign perhaps, and no letter or digit precedes.
fn starts_figure(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(['+', '-', '−']).trim_start_matches('£');
    let apart = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    apart && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// How long a figure is with all that hangs on it: "£147,500", "2014/15", "1st", "36k", "13–15", "10.05am".
fn figure_length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let joins = match character {
            '£' | '+' => true,
            ',' | '.' | ':' => next.is_some_and(|next| next.is_ascii_digit()),
            '/' | '-' | '–' | '−' => at == 0 || next.is_some_and(char::is_alphanumeric),
            _ => character.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        end = at + character.len_utf8();
    }
    end.max(1)
}
