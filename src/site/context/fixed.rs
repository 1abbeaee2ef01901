//! The home page, the glossary, and the pages that every site has.

use serde::Serialize;

use super::bodies::BodyCard;
use super::decisions::DecisionRow;
use super::meetings::MeetingCard;
use super::shared::{Contact, PaperCard};

/// `home.html`
#[derive(Debug, Serialize)]
pub struct Home {
    /// What is published here and by whom.
    pub about: Option<String>,
    /// Meetings still to come, the soonest first.
    pub next_meetings: Vec<MeetingCard>,
    /// Meetings gone by that have papers, the latest first.
    pub latest_meetings: Vec<MeetingCard>,
    /// Papers published last.
    pub latest_papers: Vec<PaperCard>,
    /// Decisions taken last.
    pub latest_decisions: Vec<DecisionRow>,
    /// Bodies that meet.
    pub bodies: Vec<BodyCard>,
}

/// `glossary.html`
#[derive(Debug, Serialize)]
pub struct GlossaryPage {
    /// Entries by first letter.
    pub letters: Vec<GlossaryLetter>,
}

/// Entries that begin alike.
#[derive(Debug, Serialize)]
pub struct GlossaryLetter {
    /// The letter, or "0–9".
    pub letter: String,
    /// Its address within the page.
    pub anchor: String,
    /// The entries.
    pub entries: Vec<GlossaryRow>,
}

/// An entry of the glossary.
#[derive(Debug, Serialize)]
pub struct GlossaryRow {
    /// The abbreviation.
    pub short: String,
    /// What it stands for.
    pub meaning: String,
    /// A longer explanation.
    pub note: Option<String>,
}

/// `about.html`
#[derive(Debug, Serialize)]
pub struct About {
    /// What is published here and by whom.
    pub about: Option<String>,
    /// Teams to ask.
    pub contacts: Vec<Contact>,
}

/// `accessibility.html`
#[derive(Debug, Serialize)]
pub struct AccessibilityPage {
    /// Whom to tell about a barrier.
    pub contact: Option<Contact>,
    /// When the statement was prepared.
    pub prepared: Option<String>,
    /// What is known not to work yet.
    pub known_issues: Vec<String>,
}
