//! The words of links and of pictures.

use crate::rules::{Found, PaperInHand};

/// Words that say nothing of where a link leads.
const SAYS_NOTHING: [&str; 24] = [
    "article",
    "click",
    "click here",
    "click on this link",
    "click this link",
    "continue",
    "details",
    "document",
    "download",
    "find out more",
    "follow this link",
    "further information",
    "here",
    "info",
    "information",
    "learn more",
    "link",
    "more",
    "more information",
    "page",
    "read more",
    "this",
    "this link",
    "this page",
];

/// The words of each link say where it leads.
pub(super) fn unclear(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    for link in paper.prose.links.iter().filter(|link| !link.has_picture) {
        let Some(words) = &link.words else { continue };
        let plain: String =
            words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let written = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = if plain.is_empty() {
            "this link has no words".to_owned()
        } else if SAYS_NOTHING.contains(&plain.as_str()) {
            format!("the words of this link, “{written}”, do not say where it leads")
        } else if is_address(&written) {
            "the words of this link are a bare web address".to_owned()
        } else {
            continue;
        };
        found
            .at(link.span, message)
            .help("make those words the link that name what it leads to: `[the guide to meetings](https://…)`");
    }
}

fn is_address(words: &str) -> bool {
    let words = words.to_lowercase();
    !words.contains(' ') && (words.starts_with("http://") || words.starts_with("https://") || words.starts_with("www."))
}

/// Words that say that a picture is a picture.
const IS_A_PICTURE: [&str; 12] = [
    "a graphic of ",
    "a picture of ",
    "a photo of ",
    "an image of ",
    "graphic of ",
    "image of ",
    "image showing ",
    "image: ",
    "photo of ",
    "picture of ",
    "picture showing ",
    "screenshot of ",
];

const PICTURE_FILES: [&str; 8] = [".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"];

/// The alternative text of each picture says what it shows.
pub(super) fn alternative_text(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    for picture in &paper.prose.pictures {
        let words = picture.alternative.trim().to_lowercase();
        let file = picture.file.rsplit('/').next().unwrap_or("").to_lowercase();
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        let is_file_name = PICTURE_FILES.iter().any(|ending| words.ends_with(ending))
            || words == stem && words.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'));
        let message = if words.is_empty() {
            continue;
        } else if is_file_name {
            "the alternative text of this picture is the name of a file"
        } else if let Some(opening) = IS_A_PICTURE.iter().find(|opening| words.starts_with(**opening)) {
            found
                .at(
                    picture.span,
                    format!(
                        "the alternative text of this picture begins with “{}”",
                        opening.trim_end_matches([':', ' '])
                    ),
                )
                .help("begin with what the picture shows: readers are told already that it is a picture");
            continue;
        } else if matches!(
            words.as_str(),
            "image" | "picture" | "photo" | "graphic" | "chart" | "diagram" | "logo" | "map"
        ) {
            "the alternative text of this picture does not say what it shows"
        } else {
            continue;
        };
        found.at(picture.span, message).help("say what the picture shows, in a sentence or less");
    }
}
