//! When a meeting was held, closed and minuted.

use chrono::{NaiveTime, Timelike};

use super::{AGENDA, MINUTES, written};
use crate::calendar::{clock_time, long_date};
use crate::model::Level;
use crate::rules::items::is_off;
use crate::rules::{Example, Found, MeetingInHand, Rule, Test};

pub(super) const NO_MEETING: Rule = Rule {
    code: "M07",
    name: "minutes-without-meeting",
    level: Level::Error,
    meaning: "There are minutes of a meeting that was cancelled or postponed, or minutes that were published before the meeting.",
    why: "Minutes are the record of what happened; these cannot be.",
    source: "Common sense: minutes follow the meeting.",
    remedy: "Correct `state` in the agenda, or `published` in the minutes.",
    failing: Example::Files(&[(AGENDA, CANCELLED), (MINUTES, AFTER)]),
    passing: Example::Files(&[(
        MINUTES,
        "---\nkind: minutes\nstatus: published\npublished: 2023-07-12\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n---\n\
         ## Community Safety Plan {item=3}\n\nIt was considered.\n",
    )]),
    test: Test::Meeting(no_meeting),
};

const CANCELLED: &str = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nstate: cancelled\n\
    items:\n  - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n";
const AFTER: &str = "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n---\n\
    ## Community Safety Plan {item=3}\n\nIt was considered.\n";

pub(super) const CLOSED: Rule = Rule {
    code: "M08",
    name: "closed-before-it-began",
    level: Level::Warning,
    meaning: "By the minutes, the meeting closed before it began.",
    why: "One of the two times is wrong, and both are part of the public record.",
    source: "Common sense: a meeting ends after it begins.",
    remedy: "Correct `closed` in the minutes, or `time` in the agenda. Times are written with 24 hours: quarter past one in the afternoon is `13:15`.",
    failing: Example::Minutes("closed: 01:15\n", "## Community Safety Plan {item=3}\n\nIt was considered.\n"),
    passing: Example::Files(&[
        (
            AGENDA,
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 19:00\nplace: Council House\nitems:\n  - Apologies\n  \
             - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
        ),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\nclosed: 00:40\n---\n\
             ## Community Safety Plan {item=3}\n\nIt was considered.\n",
        ),
    ]),
    test: Test::Meeting(closed),
};

/// Longer than this no meeting lasts that goes on past midnight, in minutes.
const LONGEST: u32 = 12 * 60;

fn no_meeting(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((paper, _)) = written(meeting) else { return };
    if is_off(meeting) {
        found
            .at(paper.start(), "these are minutes of a meeting that, by the papers, did not take place")
            .help("correct `state` in the agenda or the body's file; of a meeting that opened without a quorum it is `inquorate`");
        return;
    }
    if let Some(published) = &paper.head.common.published
        && published.date() < meeting.date()
    {
        let message = format!(
            "these minutes went out on {}, before the meeting of {}",
            long_date(published.date()),
            long_date(meeting.date())
        );
        found
            .at(published.span, message)
            .help("correct `published`, or move the minutes to the folder of their meeting");
    }
}

fn closed(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((_, minutes)) = written(meeting) else { return };
    let begins = meeting.agenda().and_then(|(_, agenda)| agenda.time);
    let begins = begins.or_else(|| meeting.meeting.planned.as_ref().and_then(|planned| planned.time));
    let (Some(closed), Some(begins)) = (&minutes.closed, begins) else { return };
    if !is_impossible(begins, closed.value) {
        return;
    }
    let message = format!(
        "the meeting began at {} and is said to have closed at {}",
        clock_time(begins),
        clock_time(closed.value)
    );
    let afternoon =
        (closed.value.hour() < 12).then(|| closed.value.overflowing_add_signed(chrono::TimeDelta::hours(12)).0);
    let help = match afternoon.filter(|time| *time > begins) {
        Some(time) => format!("did you mean `{}`? Times are written with 24 hours", time.format("%H:%M")),
        None => "correct `closed`, or `time` in the agenda".to_owned(),
    };
    found.at(closed.span, message).help(help);
}

/// Whether a meeting cannot have closed then: not even by going on past midnight.
fn is_impossible(begins: NaiveTime, closed: NaiveTime) -> bool {
    let minutes = |time: NaiveTime| time.hour() * 60 + time.minute();
    let (begins, closed) = (minutes(begins), minutes(closed));
    closed < begins && closed + 24 * 60 - begins > LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_time;

    #[test]
    fn a_meeting_may_go_on_past_midnight_but_not_round_the_clock() {
        let time = |text| parse_time(text).expect("a time");
        for (begins, closed) in [("10:00", "09:15"), ("10:00", "01:15"), ("19:00", "09:10"), ("12:00", "11:59")] {
            assert!(is_impossible(time(begins), time(closed)), "{begins} {closed}");
        }
        for (begins, closed) in [
            ("10:00", "13:15"),
            ("19:00", "00:30"),
            ("23:00", "01:00"),
            ("18:00", "05:00"),
            ("14:00", "01:59"),
            ("10:00", "10:00"),
        ] {
            assert!(!is_impossible(time(begins), time(closed)), "{begins} {closed}");
        }
    }
}
