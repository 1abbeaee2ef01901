//! A page, and how one version of it is told from another.

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::text::markup::escape;

/// A page as the edition has it, before the preview adds anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The HTML.
    pub html: Arc<str>,
    /// Changes whenever the HTML does: for comparing what a tab shows with what there is.
    pub version: String,
    /// Whether the edition has a page here; if not, this is its page for addresses that do not exist.
    pub exists: bool,
}

impl Page {
    /// The page that this HTML is.
    pub(super) fn new(html: String, exists: bool) -> Self {
        let version = Sha256::digest(html.as_bytes())[..8].iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Self { html: html.into(), version, exists }
    }

    /// What is shown where nothing can be, and why.
    pub(super) fn nothing_yet(why: &str) -> Self {
        let why = escape(why);
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<title>Nothing to show yet</title>\n</head>\n<body>\n<main>\n\
             <h1>Nothing to show yet</h1>\n<p>{why}</p>\n</main>\n</body>\n</html>\n"
        );
        Self::new(html, true)
    }
}
