//! The first page of a bundle.

use serde::Serialize;

use super::meetings::MeetingCard;
use super::shared::{Link, PaperCard, Pdf};

/// `bundle.html`
#[derive(Debug, Serialize)]
pub struct Bundle {
    /// The meeting.
    pub meeting: MeetingCard,
    /// Its agenda, supplementary agendas and minutes.
    pub documents: Vec<BundleDocument>,
    /// Its papers in order; appendices stand with the papers that list them.
    pub papers: Vec<PaperCard>,
}

/// An agenda or minutes in a bundle.
#[derive(Debug, Serialize)]
pub struct BundleDocument {
    /// Its page.
    pub page: Link,
    /// What its PDF is called.
    pub pdf_title: String,
    /// Its PDF: the pack, of an agenda.
    pub pdf: Option<Pdf>,
}
