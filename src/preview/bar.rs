//! What an officer sees above a page: the [`State`] as a bar in HTML, and what is put into a page beside it.
//!
//! The bar is the tool's and not the authority's: it stands in a shadow tree of its own, where the theme's stylesheet does
//! not reach it, nor its stylesheet the page. A page keeps every byte; two pieces are put between them: [`STYLE`] and
//! [`SCRIPT`] at the end of its head, the bar and the watermark of a draft at the end of its body.

mod facts;
mod insert;
mod words;

use std::sync::LazyLock;

use serde::Serialize;
use tera::{Context, Tera};

use super::state::State;
use super::{Page, Place};
use crate::edition::Audience;
use crate::site::routes::Routes;
use crate::text::markup::escape;
use facts::Facts;
use insert::Insertions;

/// What runs in the pages of the preview.
pub const SCRIPT: &str = include_str!("assets/preview.js");

/// How the bar and the watermark look.
pub const STYLE: &str = include_str!("assets/preview.css");

const TEMPLATE: &str = include_str!("assets/bar.html");

/// Says what a bar is to say when its template fails, which is a fault of the program.
const FAILED: &str = "<aside aria-label=\"Preview\"><p>The preview cannot show its bar.</p></aside>";

/// Nothing if the template is broken, which a test sees.
static TEMPLATES: LazyLock<Option<Tera>> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.add_raw_templates([("bar.html", TEMPLATE)]).ok().map(|()| tera)
});

/// Where the preview's own addresses and its views begin, and which views there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// What is the preview's own: `/-/` or `/TOKEN/-/`.
    pub own: String,
    /// Where the views stand: `/` or `/TOKEN/`.
    pub site: String,
    /// The views that are served.
    pub audiences: Vec<Audience>,
}

impl Links {
    /// The address of a page or another file in a view.
    fn page(&self, audience: Audience, path: &str) -> String {
        format!("{}{}/{}", self.site, audience.word(), Routes::file(path))
    }

    /// One of the preview's own addresses about a page.
    fn about(&self, name: &str, place: &Place) -> String {
        format!("{}{name}?view={}&path={}", self.own, place.audience.word(), Routes::file(&place.path))
    }
}

/// A page with the bar, the watermark if it is a draft, the script and the version that the script compares with.
pub fn dress(page: &Page, place: &Place, state: &State, links: &Links) -> String {
    Insertions::new(page, place, state, links).put_into(&page.html)
}

/// The bar alone.
pub fn fragment(place: &Place, state: &State, links: &Links) -> String {
    render(&Facts::new(place, state, links)).unwrap_or_else(|| FAILED.to_owned())
}

fn render(facts: &impl Serialize) -> Option<String> {
    let context = Context::from_serialize(facts).ok()?;
    TEMPLATES.as_ref()?.render("bar.html", &context).ok()
}

#[cfg(test)]
mod tests;
