//! How large pictures are, so that a page can keep room for them and nothing jumps while it loads.

use rayon::prelude::*;

use crate::files::{FileError, Folder};

/// Width and height of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
}

/// What looking at a file found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picture {
    /// How large it is; nothing if it does not say, or is no picture.
    pub(super) size: Option<PictureSize>,
    /// Whether it is a drawing that holds more than a drawing.
    pub(super) active: bool,
}

/// Looks at the files at `paths`, in their order, for pictures.
///
/// # Errors
/// If a picture cannot be read from the disk.
pub(super) fn look(folder: &dyn Folder, paths: &[&String]) -> Result<Vec<Picture>, FileError> {
    let look = |path: &&String| {
        let extension = path.rsplit('.').next().unwrap_or("").to_lowercase();
        Ok(match extension.as_str() {
            "svg" => {
                let svg = folder.read(path)?;
                let svg = String::from_utf8_lossy(&svg);
                Picture { size: of_svg(&svg), active: acts(&svg) }
            }
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => {
                let size = imagesize::blob_size(&folder.read(path)?).ok();
                let size = size.map(|size| PictureSize { width: size.width, height: size.height });
                Picture { size, active: false }
            }
            _ => Picture { size: None, active: false },
        })
    };
    paths.par_iter().map(look).collect()
}

/// Whether an SVG could do more than show itself when somebody opens it alone. Rather too careful than not: a drawing
/// saved without scripts, handlers and foreign objects passes.
fn acts(svg: &str) -> bool {
    let svg = svg.to_lowercase();
    let handler = svg.match_indices("on").any(|(at, _)| {
        let starts = svg[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/'));
        let rest = svg[at..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        starts && rest.trim_start().starts_with('=')
    });
    handler
        || ["<script", ":script", "javascript:", "foreignobject", "<!entity", "<iframe"]
            .iter()
            .any(|bad| svg.contains(bad))
}

/// The size that an SVG's `viewBox` gives, to the whole pixel.
fn of_svg(svg: &str) -> Option<PictureSize> {
    let start = svg.find("viewBox=")? + "viewBox=".len();
    let quote = svg[start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = svg[start + 1..].split(quote).next()?;
    let numbers: Vec<&str> = value.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let whole = |text: &str| text.split('.').next().and_then(|whole| whole.parse().ok()).filter(|number| *number > 0);
    match numbers.as_slice() {
        [_, _, width, height] => Some(PictureSize { width: whole(width)?, height: whole(height)? }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_tells_its_size_by_its_view_box() {
        let size = of_svg("<svg xmlns='x' viewBox=\"0 0 400.5 300\"><rect/></svg>");
        assert_eq!(size, Some(PictureSize { width: 400, height: 300 }));
        for without in
            ["<svg>", "<svg viewBox=\"0 0 x y\">", "<svg viewBox=>", "<svg viewBox=\"0 0 0 0\">", "viewBox=\"£"]
        {
            assert_eq!(of_svg(without), None, "{without}");
        }
    }

    #[test]
    fn a_drawing_that_acts_is_told_from_one_that_only_shows() {
        for bad in
            ["<svg onload=\"x()\">", "<svg><script>x</script>", "<svg><a href='JavaScript:x'/>", "<svg/onclick = 'x'>"]
        {
            assert!(acts(bad), "{bad}");
        }
        for good in ["<svg><text>The station</text></svg>", "<svg version=\"1.1\"><g font-size='3'/></svg>"] {
            assert!(!acts(good), "{good}");
        }
    }
}
