//! Pages of minutes.

use serde::Serialize;

use super::meetings::MeetingCard;
use super::shared::{Abbreviation, Link, PagesLink, Pdf};

/// Minutes in a list.
#[derive(Debug, Clone, Serialize)]
pub struct MinutesCard {
    /// Their page.
    pub href: String,
    /// Whether a later meeting has agreed them.
    pub agreed: bool,
    /// That meeting.
    pub agreed_at: Option<Link>,
    /// When they were published.
    pub published: Option<String>,
    /// The pages on which they stand in the packs of the meetings that agree or discuss them.
    pub pages: Vec<PagesLink>,
    /// The minutes as a PDF.
    pub pdf: Option<Pdf>,
}

/// `minutes.html`
#[derive(Debug, Serialize)]
pub struct MinutesPage {
    /// The meeting.
    pub meeting: MeetingCard,
    /// Whether a later meeting has agreed them.
    pub minutes: MinutesCard,
    /// Who came.
    pub attendance: Attendance,
    /// The minutes in order.
    pub sections: Vec<MinuteSection>,
    /// Interests declared.
    pub interests: Vec<InterestRow>,
    /// What is to be done.
    pub follow_ups: Vec<FollowUpRow>,
    /// Text before the first minute.
    pub introduction_html: String,
    /// Footnotes.
    pub footnotes_html: String,
    /// Abbreviations used, with their meanings.
    pub abbreviations: Vec<Abbreviation>,
}

/// One minute.
#[derive(Debug, Serialize)]
pub struct MinuteSection {
    /// Its number.
    pub number: String,
    /// Its address within the page.
    pub anchor: String,
    /// What it is about.
    pub title: String,
    /// The agenda item it answers.
    pub item: Option<Link>,
    /// What it says; empty for a private minute in the public edition.
    pub html: String,
    /// Private business.
    pub private: bool,
    /// A sentence for the public, of a private minute.
    pub public_summary: Option<String>,
    /// Votes recorded by name.
    pub votes: Vec<VoteRow>,
}

/// A vote recorded by name.
#[derive(Debug, Serialize)]
pub struct VoteRow {
    /// What was voted on, where a minute has several votes.
    pub on: Option<String>,
    /// A vote on the budget or on council tax.
    pub budget: bool,
    /// Who voted for.
    pub votes_for: Vec<Link>,
    /// Who voted against.
    pub against: Vec<Link>,
    /// Who abstained.
    pub abstaining: Vec<Link>,
}

/// Who came to a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Attendance {
    /// Who presided.
    pub presided: Option<Link>,
    /// The meeting elected the one who presided.
    pub elected_to_preside: bool,
    /// Members present, without the one who presided.
    pub present: Vec<Link>,
    /// Members present who are not named, by organisation.
    pub represented: Vec<RepresentedRow>,
    /// Substitutes.
    pub substitutes: Vec<SubstituteRow>,
    /// Apologies.
    pub apologies: Vec<Link>,
    /// Other members and people from elsewhere.
    pub others: Vec<OtherRow>,
    /// Officers.
    pub employees: Vec<EmployeesRow>,
    /// "1:15 pm".
    pub closed: Option<String>,
}

/// Members of an organisation who are not named.
#[derive(Debug, Clone, Serialize)]
pub struct RepresentedRow {
    /// The organisation.
    pub organisation: String,
    /// How many came.
    pub number: u32,
}

/// A substitute.
#[derive(Debug, Clone, Serialize)]
pub struct SubstituteRow {
    /// Who sat.
    pub person: Link,
    /// For whom.
    pub instead_of: Link,
}

/// Somebody who came and is not a member.
#[derive(Debug, Clone, Serialize)]
pub struct OtherRow {
    /// The person, or the capacity of somebody unnamed.
    pub person: Link,
    /// In what capacity and from where.
    pub capacity: Option<String>,
    /// For which minute only.
    pub for_minute: Option<Link>,
}

/// Officers of a directorate.
#[derive(Debug, Clone, Serialize)]
pub struct EmployeesRow {
    /// The directorate.
    pub directorate: String,
    /// Posts, or how many officers.
    pub posts: Vec<String>,
}

/// An interest declared.
#[derive(Debug, Serialize)]
pub struct InterestRow {
    /// Who.
    pub person: Link,
    /// What.
    pub interest: String,
    /// Under which minute.
    pub minute: Option<Link>,
    /// Whether it is a disclosable pecuniary interest.
    pub disclosable: bool,
    /// Whether the member had leave to speak and vote all the same.
    pub dispensation: bool,
}

/// Something to be done after a meeting.
#[derive(Debug, Serialize)]
pub struct FollowUpRow {
    /// What.
    pub what: String,
    /// Who does it.
    pub who: Option<String>,
    /// By when.
    pub by: Option<String>,
    /// The minute it comes from.
    pub minute: Link,
    /// `outstanding` or `done`.
    pub state: &'static str,
    /// The paper or meeting that settled it.
    pub see: Option<Link>,
}
