//! The sentences of the bar.

use chrono::{NaiveTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Europe::London;
use rust_decimal::Decimal;

use crate::calendar::Moment;
use crate::figures;
use crate::finding::counted;
use crate::model::Status;
use crate::preview::state::{MeetingState, PaperState, PrintState};

/// How many words of a paper are read in a minute.
const READ_IN_A_MINUTE: usize = 240;

/// How far a paper has come, as it stands at a moment. What is exempt never goes further than to members.
pub(super) fn status(paper: &PaperState, now: Moment) -> String {
    let (out, goes_out) = if paper.exempt { ("With members", "goes to members") } else { ("Published", "goes out") };
    match (paper.status, paper.published) {
        (Status::Draft, _) => "Draft".to_owned(),
        (Status::Withdrawn, _) => "Withdrawn".to_owned(),
        (_, Some(moment)) if moment <= now => {
            format!("{out} {}{}", if paper.exempt { "since " } else { "" }, moment.long())
        }
        (_, Some(moment)) => format!("Ready: {goes_out} {}", moment.long()),
        (Status::Published, None) => out.to_owned(),
        (Status::Ready, None) => "Ready: no date yet".to_owned(),
    }
}

/// How long a paper is: "1,240 words", and ", about 6 minutes" to read it, the last one begun counted whole.
pub(super) fn length(words: usize) -> (String, String) {
    let number = figures::number(Decimal::from(words), 0);
    let reading = match words.div_ceil(READ_IN_A_MINUTE) {
        0 => String::new(),
        minutes => format!(", about {}", counted(minutes, "minute", "minutes")),
    };
    (format!("{number} {}", if words == 1 { "word" } else { "words" }), reading)
}

/// What the bar says of the moment by which papers must be out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Deadline {
    /// "Publish by 4 July 2023, 5:00 pm".
    pub(super) words: String,
    /// The seconds that are left, if they count.
    pub(super) left: Option<i64>,
    /// What is to be said when they have run out.
    pub(super) passed: String,
    /// That it is too late, in two or three words; nothing if it is not.
    pub(super) short: &'static str,
    /// Whether it is too late.
    pub(super) late: bool,
}

/// The deadline of a meeting, as its page or the page of one of its papers tells it; nothing if there is none.
pub(super) fn deadline(meeting: &MeetingState, paper: Option<&PaperState>, now: Moment) -> Option<Deadline> {
    let deadline = meeting.deadline?;
    let day = if ends_the_day(deadline) { Moment::from(deadline.date()).long() } else { deadline.long() };
    let passed = format!("The time to publish has passed: it was {day}");
    // What is still a draft is not out, whatever the agenda says.
    let is_draft = paper.is_some_and(|paper| paper.status == Status::Draft);
    let out = meeting.published.filter(|published| *published <= now && !is_draft);
    Some(match out {
        Some(published) if published <= deadline => {
            Deadline { words: format!("Agenda out in time, by {day}"), left: None, passed, short: "", late: false }
        }
        Some(_) => Deadline {
            words: format!("Agenda out late: it was due by {day}"),
            left: None,
            passed,
            short: "Agenda out late",
            late: true,
        },
        None if now > deadline => {
            Deadline { words: passed.clone(), left: None, passed, short: "Deadline passed", late: true }
        }
        None => {
            let end = if ends_the_day(deadline) { "the end of " } else { "" };
            let words = format!("Publish by {end}{day}");
            Deadline { words, left: Some(seconds_between(now, deadline)), passed, short: "", late: false }
        }
    })
}

/// Whether a moment means the end of its day.
fn ends_the_day(moment: Moment) -> bool {
    let time = moment.0.time();
    (time.hour(), time.minute()) == (23, 59) && time != NaiveTime::MIN
}

/// Real time, though clocks may go forward or back between the two.
fn seconds_between(from: Moment, to: Moment) -> i64 {
    let real = |moment: Moment| London.from_local_datetime(&moment.0).earliest();
    match (real(from), real(to)) {
        (Some(from), Some(to)) => (to - from).num_seconds(),
        // One of them is in the hour that clocks leave out in spring.
        _ => (to.0 - from.0).num_seconds(),
    }
}

/// "3 days 4 hours left": the two greatest units, nothing rounded up. The script counts on with the same words.
pub(super) fn left(seconds: i64) -> String {
    let left = TimeDelta::seconds(seconds.max(0));
    let unit = |number: i64, one: &str, many: &str| counted(usize::try_from(number).unwrap_or(0), one, many);
    let days = unit(left.num_days(), "day", "days");
    let hours = unit(left.num_hours() % 24, "hour", "hours");
    let minutes = unit(left.num_minutes() % 60, "minute", "minutes");
    match (left.num_days(), left.num_hours(), left.num_minutes()) {
        (1.., ..) => format!("{days} {hours} left"),
        (_, 1.., _) => format!("{hours} {minutes} left"),
        (_, _, 1..) => format!("{minutes} left"),
        _ => "less than a minute left".to_owned(),
    }
}

/// What is said of a document in print, besides what can be done.
pub(super) fn print(state: &PrintState) -> String {
    match state {
        PrintState::None | PrintState::Possible => String::new(),
        PrintState::Printing(_, 0 | 1) => "being made…".to_owned(),
        PrintState::Printing(done, all) => format!("being made… {done} of {all} documents done"),
        PrintState::Ready(pages, bytes) => {
            let pages = counted(usize::try_from(*pages).unwrap_or(usize::MAX), "page", "pages");
            format!("{pages}, {}", figures::size_in_words(*bytes))
        }
        PrintState::Outdated => "the papers have changed since it was made".to_owned(),
        PrintState::Failed(why) => format!("could not be made: {why}"),
    }
}
