//! Where the keys of a generated block end and its narratives begin.

use std::ops::Range;

/// Parts what stands in a generated block: its keys and, after the first line of `---` below them, its narratives.
/// A line of `---` with nothing but comments above it opens the YAML, as YAML allows.
pub(super) fn parts(text: &str) -> (Range<usize>, Option<Range<usize>>) {
    let mut at = 0;
    let mut keys = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if keys && words == "---" {
            return (0..at, Some(at + line.len()..text.len()));
        }
        keys |= !words.is_empty() && words != "---" && !words.trim_start().starts_with('#');
        at += line.len();
    }
    (0..text.len(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narratives_begin_after_the_first_line_of_hyphens_below_the_keys() {
        let parted = |text: &'static str| {
            let (keys, narratives) = parts(text);
            (&text[keys], narratives.map(|range| &text[range]))
        };
        assert_eq!(parted("a: 1\n---\n## A\n\n---\n"), ("a: 1\n", Some("## A\n\n---\n")));
        assert_eq!(parted("# c\n---\r\na: 1\r\n--- \r\nx"), ("# c\n---\r\na: 1\r\n", Some("x")));
        assert_eq!(parted("a: |\n  ---\n"), ("a: |\n  ---\n", None));
        assert_eq!(parted("---\n"), ("---\n", None));
        assert_eq!(parted("a: 1\n---"), ("a: 1\n", Some("")));
    }
}
