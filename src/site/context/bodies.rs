//! Pages of bodies and of their members.

use serde::Serialize;

use super::meetings::{MeetingCard, MeetingYear};
use super::shared::{Contact, Link, PaperCard};

/// A body in a list.
#[derive(Debug, Clone, Serialize)]
pub struct BodyCard {
    /// Its name in full.
    pub name: String,
    /// Its page.
    pub href: String,
    /// `committee` …
    pub kind: &'static str,
    /// What it is for.
    pub purpose: Option<String>,
}

/// `bodies.html`
#[derive(Debug, Serialize)]
pub struct Bodies {
    /// The organisation chart: a figure with a drawing and the same as a list.
    pub chart_html: String,
    /// All bodies.
    pub bodies: Vec<BodyCard>,
}

/// `body.html`
#[derive(Debug, Serialize)]
pub struct BodyPage {
    /// Its name in full.
    pub name: String,
    /// Its short name, where it has one.
    pub short: Option<String>,
    /// `committee` …
    pub kind: &'static str,
    /// What it is for.
    pub purpose: Option<String>,
    /// Which law governs it, in words.
    pub law: String,
    /// How often it meets.
    pub meets: Option<String>,
    /// When papers go out: "5 clear days before".
    pub papers_out: Option<String>,
    /// First day, in words.
    pub formed: Option<String>,
    /// Last day, in words.
    pub ended: Option<String>,
    /// The body above it.
    pub reports_to: Option<Link>,
    /// Bodies below it.
    pub reported_to_by: Vec<Link>,
    /// Bodies beside it.
    pub works_with: Vec<Link>,
    /// The quorum, in words.
    pub quorum: Option<String>,
    /// What happens without one.
    pub without_quorum: Option<String>,
    /// Places by organisation and class.
    pub seats: Vec<SeatRow>,
    /// Sums of the places by class, and of all.
    pub seat_totals: Vec<SeatTotal>,
    /// Who sits on it.
    pub members: Vec<MemberRow>,
    /// "22 November 2026": the day that `members` is true for.
    pub members_on: String,
    /// The latest day on which members are known, if there are none today.
    pub last_known: Option<Link>,
    /// Pages of the membership on the day of each meeting gone by.
    pub memberships: Vec<Link>,
    /// The paper that sets out what it is for.
    pub terms_of_reference: Option<Link>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Meetings still to come.
    pub next_meetings: Vec<MeetingCard>,
    /// Meetings by municipal year, the latest first.
    pub years: Vec<MeetingYear>,
    /// Work programmes, the latest first.
    pub work_programmes: Vec<Link>,
    /// Other papers of the body's own.
    pub papers: Vec<PaperCard>,
    /// Its page in the decisions register.
    pub decisions: Option<Link>,
}

/// Places held by an organisation.
#[derive(Debug, Serialize)]
pub struct SeatRow {
    /// The organisation.
    pub organisation: String,
    /// `responsible authority` …
    pub class: &'static str,
    /// How many.
    pub number: u32,
}

/// The sum of places of a class.
#[derive(Debug, Serialize)]
pub struct SeatTotal {
    /// The class; nothing for the sum of all.
    pub class: Option<&'static str>,
    /// How many.
    pub number: u64,
}

/// A member of a body.
#[derive(Debug, Clone, Serialize)]
pub struct MemberRow {
    /// The name, or the post and organisation.
    pub member: Link,
    /// `chair`, `deputy chair`, `member` …
    pub role: &'static str,
    /// The organisation represented.
    pub organisation: Option<String>,
    /// `responsible authority` …
    pub class: Option<&'static str>,
    /// How many places are held alike.
    pub number: u32,
    /// First day, in words.
    pub from: Option<String>,
    /// Last day, in words.
    pub to: Option<String>,
}

/// `membership.html`: a body's members on the day of a meeting.
#[derive(Debug, Serialize)]
pub struct MembershipPage {
    /// The body.
    pub body: Link,
    /// The day, in words.
    pub date: String,
    /// The meeting.
    pub meeting: Link,
    /// Who sat on it that day.
    pub members: Vec<MemberRow>,
    /// The same page for the meeting before.
    pub previous: Option<Link>,
    /// The same page for the meeting after.
    pub next: Option<Link>,
}
