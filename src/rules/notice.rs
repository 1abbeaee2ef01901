//! Notice: whether agendas and reports are out in time, and what is said where they are not.
//!
//! [`Deadline`] is what anybody may ask: the latest day for a meeting's papers, and how early or late a day of publication is.

mod checks;
mod registered;
#[cfg(test)]
mod tests;

pub(super) use registered::RULES;

use chrono::{NaiveDate, NaiveTime};

use super::law::Profile;
use crate::calendar::{Margin, Moment, Notice, WorkingDays};
use crate::model::{Authority, Body};

/// Who says how long before a meeting its papers must be out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeSource {
    /// The law, which is named.
    Law(&'static str),
    /// The body's own terms: `papers_out` in its file.
    OwnTerms,
}

/// The latest day for the papers of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// How much notice is needed.
    pub notice: Notice,
    /// Who says so.
    pub source: NoticeSource,
    /// The day of the meeting.
    pub meeting: NaiveDate,
    /// The latest day of publication that is in time.
    pub latest: NaiveDate,
}

impl Deadline {
    /// What the law asks for a body's meeting; nothing for a body under its own terms.
    pub fn of_law(body: &Body, authority: &Authority, meeting: NaiveDate, working: &WorkingDays) -> Option<Self> {
        let required = Profile::of(body, authority).notice()?;
        Some(Self::of(required.notice, NoticeSource::Law(required.source), meeting, working))
    }

    /// What the body's own terms ask for its meeting; nothing if its file has no `papers_out`.
    pub fn of_own_terms(body: &Body, meeting: NaiveDate, working: &WorkingDays) -> Option<Self> {
        body.papers_out.map(|notice| Self::of(notice, NoticeSource::OwnTerms, meeting, working))
    }

    /// All that apply to a body's meeting, the earliest day first. Who keeps the first keeps both.
    pub fn all(body: &Body, authority: &Authority, meeting: NaiveDate, working: &WorkingDays) -> Vec<Self> {
        let of_law = Self::of_law(body, authority, meeting, working);
        let mut all: Vec<Self> = of_law.into_iter().chain(Self::of_own_terms(body, meeting, working)).collect();
        all.sort_by_key(|deadline| deadline.latest);
        all
    }

    fn of(notice: Notice, source: NoticeSource, meeting: NaiveDate, working: &WorkingDays) -> Self {
        Self { notice, source, meeting, latest: notice.latest(meeting, working) }
    }

    /// The latest moment of publication that is in time: the last minute of the latest day.
    pub fn latest_moment(self) -> Moment {
        Moment(self.latest.and_time(NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default()))
    }

    /// How early or late publication on a day is: "3 clear days late", "just in time".
    pub fn margin(self, published: NaiveDate, working: &WorkingDays) -> Margin {
        self.notice.margin(published, self.meeting, working)
    }

    /// How many days, of the kind that counts here, publication on a day leaves before the meeting.
    pub fn given(self, published: NaiveDate, working: &WorkingDays) -> u32 {
        self.notice.unit.given(published, self.meeting, working)
    }
}
