//! Pages of papers.

use serde::Serialize;

use super::shared::{Abbreviation, Contact, Link, PagesLink, Pdf};

/// What every page of a paper has.
#[derive(Debug, Clone, Serialize)]
pub struct Paper {
    /// Its title, without "Appendix 1".
    pub title: String,
    /// "Briefing note".
    pub kind: String,
    /// "Appendix 1".
    pub label: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The same for machines.
    pub published_iso: Option<String>,
    /// "12 July 2023": its own date, or its meeting's.
    pub date: Option<String>,
    /// Receiver: the body.
    pub to: Option<Link>,
    /// Sender of a letter.
    pub from: Option<String>,
    /// Whose report it is.
    pub report_of: Option<String>,
    /// Cabinet members concerned, and who held the office then.
    pub portfolio_holders: Vec<String>,
    /// Who wrote it, by post.
    pub authors: Vec<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Wards concerned, in words.
    pub wards: Option<String>,
    /// Background papers; `["none"]` if the paper says there are none; empty if it does not say.
    pub background_papers: Vec<String>,
    /// What the proposals imply: name and text.
    pub implications: Vec<Implication>,
    /// What it is about.
    pub summary: Option<String>,
    /// The meeting.
    pub meeting: Option<Link>,
    /// The item of its agenda: "Item 4: Community Safety Plan".
    pub item: Option<Link>,
    /// Its pages in the printed pack.
    pub pages: Vec<PagesLink>,
    /// The PDF that the paper itself is, apart from what stands in its text.
    pub attachment: Option<Link>,
    /// The paper as a PDF.
    pub pdf: Option<Pdf>,
    /// Papers that it is an appendix of.
    pub parents: Vec<Link>,
    /// Its appendices.
    pub appendices: Vec<Link>,
    /// Other places in which the same text is published.
    pub also: Vec<Link>,
    /// The headings.
    pub contents: Vec<ContentsEntry>,
    /// The text.
    pub html: String,
    /// Abbreviations used, with their meanings.
    pub abbreviations: Vec<Abbreviation>,
    /// The paper before it in the pack.
    pub previous: Option<Link>,
    /// The paper after it in the pack.
    pub next: Option<Link>,
    /// Minutes a person needs to read it, at 220 words a minute; at least 1.
    pub reading_minutes: usize,
}

/// What a proposal implies.
#[derive(Debug, Clone, Serialize)]
pub struct Implication {
    /// "Legal".
    pub name: String,
    /// What it implies.
    pub text: String,
}

/// A heading in a contents list.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsEntry {
    /// "4.1".
    pub number: Option<String>,
    /// Its words.
    pub title: String,
    /// Its address within the page.
    pub anchor: String,
    /// 2 or 3.
    pub level: u8,
}

/// `paper.html`
#[derive(Debug, Serialize)]
pub struct PaperPage {
    /// The paper.
    pub paper: Paper,
}

/// `work-programme.html`
#[derive(Debug, Serialize)]
pub struct WorkProgrammePage {
    /// The paper; its text is the introduction.
    pub paper: Paper,
    /// "2023/24".
    pub year: String,
    /// When it was last brought up to date.
    pub updated: Option<String>,
    /// What is planned for which meeting.
    pub entries: Vec<ProgrammeRow>,
    /// What has no date yet.
    pub undated: Vec<ProgrammeRow>,
    /// What is still owed to the body.
    pub outstanding: Vec<OutstandingRow>,
}

/// An entry of a work programme.
#[derive(Debug, Serialize)]
pub struct ProgrammeRow {
    /// The meeting, or the time in words for what has no date.
    pub when: Option<Link>,
    /// `2023-07-12`.
    pub iso: Option<String>,
    /// What.
    pub title: String,
    /// Why, and what is to be considered.
    pub detail: Option<String>,
    /// The meeting it was put off from.
    pub deferred_from: Option<Link>,
    /// Cabinet members concerned.
    pub portfolio_holders: Vec<String>,
    /// Lead officers.
    pub leads: Vec<String>,
    /// Nothing is down for this meeting.
    pub empty: bool,
}

/// Something still owed to the body.
#[derive(Debug, Serialize)]
pub struct OutstandingRow {
    /// What.
    pub title: String,
    /// How it stands.
    pub detail: Option<String>,
    /// The minute or meeting it comes from.
    pub from: Option<Link>,
}
