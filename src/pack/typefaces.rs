//! The typefaces that packs are set in.
//!
//! Noto Sans, a plain sans-serif with a large x-height and figures of one width, as UK guidance on accessible documents
//! asks; `DejaVu` Sans stands in for signs that it lacks (arrows, ticks, boxes). Both may be embedded and passed on; their
//! licences lie beside them in `src/pack/fonts`.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
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

/// The same, ready to be asked how wide their letters are.
static MEASURED: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
    let instance =
        |font: &Font| font.clone().instantiate(FontVariant::default(), Abs::zero(), &FontVariations::default());
    FONTS.iter().map(instance).collect()
});

/// The widths of the letters of ASCII, upright and bold: nearly all that are asked for.
static ASCII: LazyLock<[[u32; 128]; 2]> = LazyLock::new(|| {
    let widths = |face| std::array::from_fn(|code| u8::try_from(code).map_or(0, |code| width(char::from(code), face)));
    [widths(Face::Regular), widths(Face::Bold)]
});

/// Which of the typefaces words are set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// As most text is.
    Regular,
    /// Bold.
    Bold,
    /// As typed.
    Typed,
}

/// How wide a letter is, in thousandths of its size, rounded up.
pub(super) fn advance(letter: char, face: Face) -> u32 {
    let row = match face {
        Face::Regular => 0,
        Face::Bold => 1,
        Face::Typed => return width(letter, face),
    };
    let code = usize::try_from(u32::from(letter)).unwrap_or(usize::MAX);
    ASCII[row].get(code).copied().unwrap_or_else(|| width(letter, face))
}

fn width(letter: char, face: Face) -> u32 {
    // In the order of `FILES`; what a typeface lacks is set in the one that stands in for it.
    let faces: [usize; 2] = match face {
        Face::Regular => [0, 4],
        Face::Bold => [1, 4],
        Face::Typed => [5, 4],
    };
    let of = |face: usize| {
        let face = MEASURED.get(face)?.ttf();
        let units = u32::from(face.glyph_hor_advance(face.glyph_index(letter)?)?);
        Some((units * 1000).div_ceil(u32::from(face.units_per_em()).max(1)))
    };
    // A sign that none has becomes a square.
    faces.into_iter().find_map(of).unwrap_or(1000)
}

/// The sum of all of them.
pub(super) fn sum() -> &'static [u8] {
    static SUM: LazyLock<Vec<u8>> = LazyLock::new(|| Sha256::digest(FILES.concat()).to_vec());
    &SUM
}

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
    // What has no meaning of its own may not stand in a PDF for keeping.
    let private = matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{FEFF}' | '\u{F0000}'..);
    if private {
        return false;
    }
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
        assert!(!have('\u{F001}') && !have('\u{FEFF}'), "typefaces have them, PDF/A does not");
    }

    #[test]
    fn letters_are_as_wide_as_their_typeface_says() {
        // Noto Sans has a thousand units to the em: `fc-query` and `ttx` show 260 for its space, 572 for its figures.
        assert_eq!(advance(' ', Face::Regular), 260);
        assert!("0123456789£".chars().all(|letter| advance(letter, Face::Regular) == 572));
        assert!(advance('m', Face::Bold) > advance('m', Face::Regular));
        assert_eq!(advance('i', Face::Typed), advance('m', Face::Typed));
        assert_eq!(advance('\u{4E2D}', Face::Regular), 1000, "a square stands for it");
    }
}
