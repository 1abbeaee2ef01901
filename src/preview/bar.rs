//! What an officer sees above a page: from a [`State`] to HTML, and what is inserted into a page.

use super::state::State;
use super::{Page, Place};
use crate::edition::Audience;

/// The script that every page of the preview runs.
pub const SCRIPT: &str = "";

/// The stylesheet of the bar.
pub const STYLE: &str = "";

/// How the preview's addresses are reached from a page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// What the addresses of the preview's own things begin with: `/-/`, or `/TOKEN/-/`.
    pub own: String,
    /// What the addresses of the views begin with: `/`, or `/TOKEN/`.
    pub site: String,
    /// The views that may be looked at from here.
    pub audiences: Vec<Audience>,
}

/// The HTML of a page with what the preview adds.
pub fn dress(page: &Page, _place: &Place, _state: &State, _links: &Links) -> String {
    page.html.to_string()
}

/// The HTML of the bar alone.
pub fn fragment(_place: &Place, _state: &State, _links: &Links) -> String {
    String::new()
}
