//! The work programme and promises: what a body plans, what it has asked for, and whether that is kept.
//!
//! Titles are compared by the words that say what they are about ([`likeness`]). Where two could be meant for the same
//! thing, nothing is said to be missing.

mod entries;
mod follow_ups;
mod likeness;
mod promise;
mod promises;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Context, MeetingInHand, Rule};
use crate::calendar::MunicipalYear;
use crate::model::paper::{Own, WorkProgramme};
use crate::model::{BodyId, Minutes, Status};
use crate::record::Paper;
use likeness::{Likeness, Words};

pub(super) const RULES: &[Rule] = &[
    entries::NO_MEETING,
    entries::NOT_PLANNED,
    promises::DEFERRED,
    promises::NOT_ON_PROGRAMME,
    follow_ups::NOBODY,
    promises::NO_FOLLOW_UP,
    follow_ups::OVERDUE,
    follow_ups::NO_PROOF,
    entries::AT_ODDS,
];

/// A work programme that has not been taken back.
struct Programme<'r> {
    paper: &'r Paper,
    own: &'r WorkProgramme,
    /// The calendar year in which its municipal year begins, if it can be read.
    year: Option<i32>,
    planned: Vec<Planned<'r>>,
}

/// Something on a programme: an entry with or without a date, or what is outstanding.
struct Planned<'r> {
    title: &'r str,
    /// Nothing without a date.
    date: Option<NaiveDate>,
    /// The meeting that it was put off, or comes, from.
    from: Option<NaiveDate>,
    /// The words of the title.
    titled: Words,
    /// The words of the title and of what is said of it.
    words: Words,
    /// The meeting stands, but nothing is down for it.
    empty: bool,
}

/// All work programmes, by body.
struct Programmes<'r> {
    likeness: Likeness<'r>,
    by_body: HashMap<&'r BodyId, Vec<Programme<'r>>>,
}

impl<'r> Programmes<'r> {
    fn of(context: &Context<'r>) -> Self {
        let likeness = Likeness::new(&context.record.model);
        let mut by_body: HashMap<&BodyId, Vec<Programme<'r>>> = HashMap::new();
        let record = context.record;
        for paper in record.papers.values().filter(|paper| paper.head.common.status != Status::Withdrawn) {
            let (Own::WorkProgramme(own), Some(body)) = (&paper.head.own, paper.body()) else { continue };
            let programme = Programme { paper, own, year: year_of(&own.year.value), planned: planned(own, &likeness) };
            by_body.entry(body).or_default().push(programme);
        }
        Self { likeness, by_body }
    }

    /// The programmes of a body.
    fn of_body(&self, body: &BodyId) -> &[Programme<'r>] {
        self.by_body.get(body).map_or(&[], Vec::as_slice)
    }
}

fn planned<'r>(own: &'r WorkProgramme, likeness: &Likeness<'_>) -> Vec<Planned<'r>> {
    let one = |title: &'r str, detail: Option<&str>, date, from, empty| Planned {
        title,
        date,
        from,
        titled: likeness.words(title),
        words: likeness.words(&format!("{title} {}", detail.unwrap_or(""))),
        empty,
    };
    let entries = own.entries.iter().map(|entry| {
        let from = entry.deferred_from.as_ref().map(|from| from.value);
        one(&entry.title, entry.detail.as_deref(), Some(entry.date.value), from, entry.empty)
    });
    let undated = own.undated.iter().map(|entry| one(&entry.title, entry.detail.as_deref(), None, None, false));
    let outstanding = own.outstanding.iter().map(|issue| {
        let from = issue.from.as_ref().map(|from| from.value);
        one(&issue.title, issue.detail.as_deref(), None, from, false)
    });
    entries.chain(undated).chain(outstanding).collect()
}

impl Planned<'_> {
    /// Whether this is likely to be what the words are about.
    fn is(&self, words: &Words) -> bool {
        words.is_in(&self.words) || self.titled.is_like(words)
    }
}

/// The calendar year in which a municipal year begins: `2023/24`, `2023-24` and `2023/2024` are 2023.
fn year_of(written: &str) -> Option<i32> {
    let (first, second) = written.trim().split_once(['/', '-', '–'])?;
    let (first, second) = (first.trim(), second.trim());
    let is_year = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    let begins: i32 = if is_year(first, 4) { first.parse().ok()? } else { return None };
    let ends = begins + 1;
    let fits =
        is_year(second, 4) && second.parse() == Ok(ends) || is_year(second, 2) && second.parse() == Ok(ends % 100);
    fits.then_some(begins)
}

/// The minutes of a meeting, unless they have been taken back.
fn written<'r>(meeting: &MeetingInHand<'r>) -> Option<(&'r Paper, &'r Minutes)> {
    meeting.minutes().filter(|(paper, _)| paper.head.common.status != Status::Withdrawn)
}

/// Whether all that a body plans and all that it met for could be read, so that what is not found is not there.
fn is_all_read(context: &Context<'_>, body: &BodyId) -> bool {
    context.is_all_read(&format!("meetings/{body}")) && context.is_all_read("work-programmes")
}

fn municipal_year(day: NaiveDate) -> i32 {
    MunicipalYear::of(day).0
}

const PROGRAMME: &str = "work-programmes/scrutiny-2023-24.md";
const MINUTES: &str = "meetings/scrutiny/2023-07-12/minutes.md";
