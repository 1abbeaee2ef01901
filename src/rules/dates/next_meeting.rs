//! The next meeting: whether there is one, and whether it is on the day said.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::dates;
use super::written::Written;
use crate::calendar::long_date;
use crate::document::{Block, Run, RunKind, each_block, plain};
use crate::model::meeting::MeetingState;
use crate::model::{Body, Kind};
use crate::rules::pattern::{pattern, word_before};
use crate::rules::{Found, MeetingInHand, PaperInHand};

/// What a decision sends to the next meeting finds one, and a day said to be that of the next meeting is.
pub(super) fn next_meeting(paper: &PaperInHand<'_>, found: &mut Found) {
    let Some(meeting) = paper.meeting().filter(|_| !paper.is_withdrawn()) else { return };
    let Some(body) = meeting.body() else { return };
    let context = paper.context;
    let speaks_of_it = |run: &Run| run.text.contains("next") && run.text.contains("meeting");
    if !paper.prose.body().any(speaks_of_it) {
        return;
    }
    if !context.is_all_read(&format!("meetings/{}", meeting.meeting.key.body)) {
        return;
    }
    let later: Vec<NaiveDate> = context
        .meetings_after(&meeting.meeting.key)
        .filter(|later| !is_cancelled(later))
        .map(|later| later.date())
        .collect();
    if later.is_empty() {
        if paper.paper.kind() == Kind::Minutes && paper.has_own_text() {
            none_after(paper, body, found);
        }
    } else {
        for (run, dates) in dates(paper).filter(|(run, _)| run.kind != RunKind::Head) {
            said_to_be(run, dates, meeting.date(), &later, found);
        }
    }
}

fn is_cancelled(meeting: &MeetingInHand<'_>) -> bool {
    let planned = meeting.meeting.planned.as_ref().map(|planned| planned.state);
    let state = meeting.agenda().map(|(_, agenda)| agenda.state).or(planned);
    matches!(state, Some(MeetingState::Cancelled | MeetingState::Postponed))
}

static NEXT_MEETING: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bnext\s+(?:\w+\s+)?meeting\b"));

/// "of the committee", "of the Scrutiny Committee": whose meeting it is.
static WHOSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s+of\s+(?:the\s+|this\s+)?"));

/// Where a text speaks of the next meeting of this very body, and where the words for it end.
fn own_next_meeting(text: &str, body: Option<&Body>) -> Option<usize> {
    NEXT_MEETING.find_iter(text).find_map(|found| {
        if !matches!(word_before(text, found.start()).to_lowercase().as_str(), "the" | "our") {
            return None;
        }
        let rest = &text[found.end()..];
        let Some(whose) = WHOSE.find(rest) else { return Some(found.end()) };
        let name = &rest[whose.end()..];
        let word = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let is_own = matches!(word, "committee" | "board" | "panel" | "forum" | "group");
        let named = body.and_then(|body| {
            [Some(&body.name), body.short.as_ref()].into_iter().flatten().find(|own| name.starts_with(own.as_str()))
        });
        match named {
            Some(own) => Some(found.end() + whose.end() + own.len()),
            None => is_own.then(|| found.end() + whose.end() + word.len()),
        }
    })
}

/// The first decision that sends something to a meeting of which the record knows nothing.
fn none_after(paper: &PaperInHand<'_>, body: &Body, found: &mut Found) {
    let mut first = None;
    let mut decision = |block: &Block| {
        if let Block::Paragraph(paragraph) = block
            && first.is_none()
            && own_next_meeting(&plain(&paragraph.content), Some(body)).is_some()
        {
            first = Some(paragraph.span);
        }
    };
    each_block(&paper.paper.text.document.blocks, &mut |block| {
        if let Block::Decision(own) = block {
            each_block(&own.blocks, &mut decision);
        }
    });
    if let Some(span) = first {
        let message =
            format!("this decision speaks of the next meeting, and no later meeting of the {} is known", body.name);
        found.at(span, message).help("add the next meeting under `meetings` in the body's file");
    }
}

/// Words between "the next meeting" and its day.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^,?\s*(?:which\s+)?(?:is|was|will\s+be|to\s+be|takes\s+place|will\s+take\s+place)?\s*(?:held|arranged|due|planned)?\s*(?:on|for)?\s*$",
    )
});

fn said_to_be(run: &Run, dates: &[Written], meeting: NaiveDate, later: &[NaiveDate], found: &mut Found) {
    let Some(end) = own_next_meeting(&run.text, None) else { return };
    let Some(date) = dates.iter().find(|date| date.range.start >= end) else { return };
    if date.day.is_none() || !BETWEEN.is_match(&run.text[end..date.range.start]) {
        return;
    }
    if is_one_of(date, meeting, later) {
        return;
    }
    let message =
        format!("the next meeting is said to be on {}, and no meeting is known on that day", words(run, date));
    let next = later
        .first()
        .map_or_else(String::new, |next| format!("the next meeting in the record is on {}", long_date(*next)));
    found.at(run.span(date.range.clone()), message).help(next);
}

fn is_one_of(date: &Written, meeting: NaiveDate, later: &[NaiveDate]) -> bool {
    match date.date() {
        // A paper may speak of its own meeting as the next.
        Some(day) => day == meeting || later.contains(&day),
        None => later
            .iter()
            .chain([&meeting])
            .any(|other| date.year.is_none() && date.day == Some(other.day()) && date.month == other.month()),
    }
}

fn words(run: &Run, date: &Written) -> String {
    run.text[date.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_meeting_of_the_body_itself_is_told_from_that_of_others() {
        for text in [
            "to the next meeting.",
            "at the next ordinary meeting",
            "the next meeting of the committee",
            "the next  meeting of this board",
        ] {
            assert!(own_next_meeting(text, None).is_some(), "{text}");
        }
        for text in [
            "the next meeting of Cabinet",
            "the next meeting of the Council",
            "at its next meeting",
            "next meeting room",
            "the next meetings",
        ] {
            assert!(own_next_meeting(text, None).is_none(), "{text}");
        }
    }

    #[test]
    fn a_day_right_after_it_is_its_day() {
        for between in ["", " on ", ", which is on ", " will be held on ", " is ", ", to be held on "] {
            assert!(BETWEEN.is_match(between), "{between}");
        }
        for between in [" after ", " reports the figures of ", ". The last was on "] {
            assert!(!BETWEEN.is_match(between), "{between}");
        }
    }
}
