//! The typefaces that packs are set in.
//!
//! Noto Sans, a plain sans-serif with a large x-height and figures of one width, as UK guidance on accessible documents
//! asks; DejaVu Sans stands in for signs that it lacks (arrows, ticks, boxes). Both may be embedded and passed on; their
//! licences lie beside them in `src/pack/fonts`.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: [&[u8]; 6] = [
    include_bytes!("fonts/NotoSans-Regular.ttf"),
    include_bytes!("fonts/NotoSans-Bold.ttf"),
    include_bytes!("fonts/NotoSans-Italic.ttf"),
    include_bytes!("fonts/NotoSans-BoldItalic.ttf"),
    include_bytes!("fonts/DejaVuSans.ttf"),
    include_bytes!("fonts/DejaVuSansMono.ttf"),
];

/// What stands in the place of a sign that no typeface has.
pub(super) const MISSING: char = '\u{FFFD}';

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// All of them.
pub(super) fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

/// One of them.
pub(super) fn font(index: usize) -> Option<Font> {
    FONTS.get(index).cloned()
}

/// Whether one of them has a sign. White space and joiners need none.
pub(super) fn have(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE0E}' | '\u{FE0F}' | '\u{AD}')
        || FONTS.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_english_and_welsh_and_the_signs_of_tables_can_be_set() {
        for letter in "£€–—“”‘’ŵŷŴŶâêîôû½≤≥×−→↑↓✓✗☐☑•…°†‡".chars()
        {
            assert!(have(letter), "{letter}");
        }
        assert!(have(MISSING));
        assert!(!have('\u{8B70}'));
    }
}
