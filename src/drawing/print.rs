//! A drawing for paper: with a style of its own, since no stylesheet reaches it there.
//!
//! Dark and light, full and empty, whole and broken: what one has to know stands in black and white too. See
//! [`chart`](super::chart) and [`organisation`](super::organisation) for what the classes say.

/// What sort of drawing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A chart of figures.
    Chart,
    /// Boxes and lines.
    Boxes,
}

/// A drawing for paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The SVG.
    pub svg: String,
    /// Its width in pixels, of which letters have 16.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

const CHART: &str = "text{font-family:'Noto Sans','DejaVu Sans';fill:#0b0c0c}\
    .value{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}\
    .series,.aside,.tick{fill:#3d4549}.strong{font-weight:700}\
    .bar{fill:#144e81;stroke:#0b0c0c;stroke-width:1}.before{fill:#dfe6ec}.rest{fill:#dfe6ec}.other{fill:#8ba5bd}\
    .budget{fill:none;stroke:#0b0c0c;stroke-width:1.5}\
    .nil{stroke:#0b0c0c;stroke-width:1.5}.grid{stroke:#b1b4b6;stroke-width:1}\
    .level{stroke:#0b0c0c;stroke-width:1.5}.limit{stroke-dasharray:6 4}.lead{stroke:#505a5f;stroke-width:1}\
    .line{fill:none;stroke:#144e81;stroke-width:2.5;stroke-linejoin:round}\
    .last-year{stroke:#505a5f;stroke-width:2;stroke-dasharray:3 4}\
    .point{fill:#144e81}.outside{fill:#0b0c0c}.ring{fill:none;stroke:#0b0c0c;stroke-width:2}";

const BOXES: &str = "text{font-family:'Noto Sans','DejaVu Sans';fill:#0b0c0c}\
    .node rect{fill:#fff;stroke:#144e81;stroke-width:1.5}.node path{fill:#fff;stroke:#144e81;stroke-width:1.5}\
    .focus rect{fill:#e8eef4;stroke-width:3}.question path{stroke:#0b0c0c;stroke-width:2.5}\
    .answer rect{fill:#144e81}.answer text{fill:#fff;font-weight:700}\
    .line{fill:none;stroke:#505a5f;stroke-width:1.5}.head{fill:#505a5f}";

/// Puts the style into a drawing of [`super`]; nothing if there is no drawing.
pub fn sheet(svg: &str, sort: Sort) -> Option<Sheet> {
    let (open, rest) = svg.split_at(svg.find('>')? + 1);
    let (_, size) = open.split_once("viewBox=\"0 0 ")?;
    let (width, height) = size.split_once('"')?.0.split_once(' ')?;
    let style = match sort {
        Sort::Chart => CHART,
        Sort::Boxes => BOXES,
    };
    // Without a namespace it would be no drawing in a file of its own.
    let open = open.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    Some(Sheet {
        svg: format!("{open}<style>{style}</style>{rest}"),
        width: width.parse().ok()?,
        height: height.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::{Name, open};

    #[test]
    fn a_drawing_for_paper_has_a_namespace_a_style_and_a_size() {
        let svg = format!("{}</svg>", open(720, 90, &Name { id: "a>b", title: "T", description: "D" }));
        let sheet = sheet(&svg, Sort::Chart).expect("a drawing");
        assert_eq!((sheet.width, sheet.height), (720, 90));
        assert!(sheet.svg.starts_with("<svg xmlns="), "{}", sheet.svg);
        assert!(sheet.svg.contains("font-family=\"sans-serif\"><style>text{"), "{}", sheet.svg);
        assert!(sheet.svg.contains("</style><title id=\"a&gt;b-title\">T</title>"), "{}", sheet.svg);
    }

    #[test]
    fn nothing_is_no_drawing() {
        assert_eq!(sheet("", Sort::Boxes), None);
    }
}
