//! How large pictures are, so that a page can keep room for them and nothing jumps while it loads.

use std::collections::BTreeMap;

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

/// The sizes of all pictures among `paths`; a file that says nothing of its size has none here.
///
/// # Errors
/// If a picture cannot be read from the disk.
pub(super) fn sizes(folder: &dyn Folder, paths: &[&String]) -> Result<BTreeMap<String, PictureSize>, FileError> {
    let sizes: Vec<Option<(String, PictureSize)>> = paths
        .par_iter()
        .map(|path| {
            let extension = path.rsplit('.').next().unwrap_or("").to_lowercase();
            let size = match extension.as_str() {
                "svg" => of_svg(&String::from_utf8_lossy(&folder.read(path)?)),
                "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => {
                    let size = imagesize::blob_size(&folder.read(path)?).ok();
                    size.map(|size| PictureSize { width: size.width, height: size.height })
                }
                _ => None,
            };
            Ok(size.map(|size| ((*path).clone(), size)))
        })
        .collect::<Result<_, FileError>>()?;
    Ok(sizes.into_iter().flatten().collect())
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
}
