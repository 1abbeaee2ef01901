//! Pages of meetings: agendas and supplementary agendas.

use serde::Serialize;

use super::bodies::MemberRow;
use super::decisions::DecisionRow;
use super::minutes::{Attendance, MinutesCard};
use super::shared::{Contact, Exempt, Link, PagesLink, PaperCard, Pdf};

/// A meeting in a list.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingCard {
    /// The body, with its page.
    pub body: Link,
    /// "Wednesday 12 July 2023".
    pub date: String,
    /// `2023-07-12`.
    pub iso: String,
    /// "10:00 am".
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// `scheduled`, `held`, `inquorate`, `postponed`, `cancelled`.
    pub state: &'static str,
    /// `ordinary`, `special`, `urgent`.
    pub meeting_type: &'static str,
    /// Its page; nothing while there is no agenda.
    pub href: Option<String>,
    /// A sentence on it.
    pub note: Option<String>,
    /// Made up for a demonstration.
    pub invented: bool,
    /// Whether there are minutes.
    pub has_minutes: bool,
}

/// The meetings of a municipal year.
#[derive(Debug, Serialize)]
pub struct MeetingYear {
    /// "2023/24".
    pub year: String,
    /// Its meetings, the latest first.
    pub meetings: Vec<MeetingCard>,
}

/// `meetings.html`
#[derive(Debug, Serialize)]
pub struct Meetings {
    /// Meetings still to come, the soonest first.
    pub next_meetings: Vec<MeetingCard>,
    /// Meetings gone by, by municipal year.
    pub years: Vec<MeetingYear>,
}

/// `meeting.html`: an agenda and what became of it.
#[derive(Debug, Serialize)]
pub struct MeetingPage {
    /// The meeting.
    pub meeting: MeetingCard,
    /// Whether its day has gone by.
    pub past: bool,
    /// When the agenda was published.
    pub published: Option<String>,
    /// The same for machines.
    pub published_iso: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The printed pack.
    pub pack: Option<Pdf>,
    /// Public business.
    pub items: Vec<ItemRow>,
    /// Private business.
    pub private_items: Vec<ItemRow>,
    /// Supplementary agendas.
    pub supplementary: Vec<SupplementaryCard>,
    /// Minutes.
    pub minutes: Option<MinutesCard>,
    /// Members on the day.
    pub members: Vec<MemberRow>,
    /// The membership's own page.
    pub membership_href: Option<String>,
    /// Invited people who are not members.
    pub invited: Vec<Link>,
    /// The note on public access.
    pub access_html: String,
    /// Who came.
    pub attendance: Option<Attendance>,
    /// What was decided.
    pub decisions: Vec<DecisionRow>,
    /// The body's meeting before.
    pub previous: Option<Link>,
    /// The body's meeting after.
    pub next: Option<Link>,
}

/// An item of business.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// "3" or "3a".
    pub number: String,
    /// Its address within the page.
    pub anchor: String,
    /// What it is about.
    pub title: String,
    /// Whose report it is.
    pub report_of: Option<String>,
    /// Its slot.
    pub time: Option<String>,
    /// Its pages in the printed packs.
    pub pages: Vec<PagesLink>,
    /// A sentence on it.
    pub note: Option<String>,
    /// Taken off the agenda.
    pub withdrawn: bool,
    /// How many of its papers were withdrawn.
    pub withdrawn_papers: usize,
    /// Why it is private.
    pub exempt: Option<Exempt>,
    /// Its papers.
    pub papers: Vec<PaperCard>,
    /// The minutes that answer it.
    pub minutes: Vec<Link>,
    /// Items beneath it.
    pub items: Vec<ItemRow>,
}

/// A supplementary agenda in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SupplementaryCard {
    /// "Supplementary agenda 1".
    pub title: String,
    /// Its page.
    pub href: String,
    /// When it was published.
    pub published: Option<String>,
    /// Why it was late.
    pub late_reason: Option<String>,
    /// Its printed pack.
    pub pack: Option<Pdf>,
}

/// `supplementary-agenda.html`
#[derive(Debug, Serialize)]
pub struct SupplementaryPage {
    /// "Supplementary agenda 1".
    pub title: String,
    /// The meeting.
    pub meeting: MeetingCard,
    /// When it was published.
    pub published: Option<String>,
    /// Who sends it.
    pub from: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// A reference.
    pub reference: Option<String>,
    /// Why it was late.
    pub late_reason: Option<String>,
    /// Its printed pack.
    pub pack: Option<Pdf>,
    /// The covering letter.
    pub letter_html: String,
    /// The items and the papers that it adds to each.
    pub items: Vec<ItemRow>,
}
