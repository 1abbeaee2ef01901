//! The decisions register.

use serde::Serialize;

use super::shared::Link;

/// A decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionRow {
    /// "Resolved".
    pub kind: String,
    /// What was decided.
    pub html: String,
    /// Its place in the minutes.
    pub href: String,
    /// "Minute 54".
    pub minute: String,
    /// What the minute is about.
    pub title: String,
    /// The meeting.
    pub meeting: Link,
    /// The body.
    pub body: Link,
    /// "19 April 2023".
    pub date: String,
    /// `2023-04-19`.
    pub iso: String,
    /// Whether the minutes are still a draft.
    pub draft: bool,
}

/// `decisions.html`: the register's first page.
#[derive(Debug, Serialize)]
pub struct Decisions {
    /// Bodies that have taken decisions.
    pub bodies: Vec<RegisterBody>,
    /// Years in which decisions were taken.
    pub years: Vec<RegisterYear>,
    /// The latest decisions.
    pub latest: Vec<DecisionRow>,
}

/// A body in the register.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterBody {
    /// The body, with its page of the register.
    pub body: Link,
    /// How many decisions.
    pub count: usize,
    /// Its years.
    pub years: Vec<RegisterYear>,
}

/// A year in the register.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterYear {
    /// "2022/23", with its page of the register.
    pub year: Link,
    /// How many decisions.
    pub count: usize,
}

/// `decisions-list.html`: the register for a body, a year, or both.
#[derive(Debug, Serialize)]
pub struct DecisionsList {
    /// Pages that narrow or widen the choice of body; the page itself has no `href`.
    pub bodies: Vec<Link>,
    /// Pages that narrow or widen the choice of year; the page itself has no `href`.
    pub years: Vec<Link>,
    /// The decisions, the latest first.
    pub decisions: Vec<DecisionRow>,
}
