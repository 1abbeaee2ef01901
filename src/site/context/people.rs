//! Pages of people.

use serde::Serialize;

use super::shared::Link;

/// `people.html`
#[derive(Debug, Serialize)]
pub struct People {
    /// Everybody named, by name.
    pub people: Vec<PersonCard>,
}

/// A person in a list.
#[derive(Debug, Serialize)]
pub struct PersonCard {
    /// The name, with the person's page.
    pub person: Link,
    /// The ward.
    pub ward: Option<String>,
    /// What the person is today: offices and seats.
    pub roles: Vec<String>,
}

/// `person.html`
#[derive(Debug, Serialize)]
pub struct PersonPage {
    /// The name.
    pub name: String,
    /// The ward.
    pub ward: Option<String>,
    /// The political group.
    pub party: Option<String>,
    /// Offices held.
    pub offices: Vec<TenureRow>,
    /// Seats held.
    pub seats: Vec<TenureRow>,
    /// Meetings attended or missed, as far as minutes are published, the latest first.
    pub attendance: Vec<AttendanceRow>,
    /// How many of the meetings of bodies they sat on were attended.
    pub attended: usize,
    /// Of how many.
    pub expected: usize,
}

/// A seat or office, from one day to another.
#[derive(Debug, Serialize)]
pub struct TenureRow {
    /// The office, or the body with its page.
    pub of: Link,
    /// The role on a body.
    pub role: Option<&'static str>,
    /// First day, in words.
    pub from: Option<String>,
    /// Last day, in words.
    pub to: Option<String>,
    /// Whether it is held today.
    pub current: bool,
}

/// A meeting that somebody attended or missed.
#[derive(Debug, Serialize)]
pub struct AttendanceRow {
    /// The meeting.
    pub meeting: Link,
    /// The body.
    pub body: Link,
    /// "19 April 2023".
    pub date: String,
    /// `presided`, `present`, `substitute`, `apologies`, `attended` (not a member), `not recorded`.
    pub how: &'static str,
    /// For whom, of a substitute; in what capacity, of somebody not a member.
    pub detail: Option<String>,
}
