//! How minutes come to be agreed: the next meeting takes them.

use chrono::{Datelike, NaiveDate};

use super::{
    AGENDA, AGENDA_WITH_MINUTES, EARLIER_AGENDA, EARLIER_AGENDA_TEXT, EARLIER_MINUTES, EARLIER_MINUTES_TEXT, goes_out,
    written,
};
use crate::calendar::long_date;
use crate::finding::nearest;
use crate::model::meeting::MeetingType;
use crate::model::{Item, Level};
use crate::record::Paper;
use crate::rules::dates::written::written as days_in;
use crate::rules::items::{carried, is_off};
use crate::rules::{Example, Found, MeetingInHand, Rule, Test};

pub(super) const NOT_TAKEN: Rule = Rule {
    code: "M05",
    name: "minutes-not-taken",
    level: Level::Warning,
    meaning: "The agenda of the next meeting does not take the minutes of this one for approval.",
    why: "Minutes stay a draft until a meeting has agreed them; nobody can rely on them before.",
    source: "Local Government Act 1972, Schedule 12, paragraph 41(1): minutes are signed at the same or the next suitable meeting.",
    remedy: "Add an item such as “To agree the minutes of the meeting held on 14 June 2023”, with the minutes as its `paper`.",
    failing: Example::Files(&[(EARLIER_AGENDA, EARLIER_AGENDA_TEXT), (EARLIER_MINUTES, EARLIER_MINUTES_TEXT)]),
    passing: Example::Files(&[
        (
            AGENDA,
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  \
             - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n  - Minutes of 14th June\n---\nAnyone may come.\n",
        ),
        (EARLIER_AGENDA, EARLIER_AGENDA_TEXT),
        (EARLIER_MINUTES, EARLIER_MINUTES_TEXT),
    ]),
    test: Test::Meeting(not_taken),
};

pub(super) const AGREED: Rule = Rule {
    code: "M06",
    name: "agreed-when-nobody-met",
    level: Level::Error,
    meaning: "The minutes are said to have been agreed on a day on which the body did not meet, that lies before the meeting, or that is still to come.",
    why: "The site shows them as agreed. Only a later meeting of the body itself can agree its minutes.",
    source: "Local Government Act 1972, Schedule 12, paragraph 41(1).",
    remedy: "Correct `agreed`, or take it out: the minutes are then shown as a draft.",
    failing: Example::Minutes("agreed: 2023-07-19\n", "## Community Safety Plan {item=3}\n\nIt was considered.\n"),
    passing: Example::Files(&[
        (AGENDA, AGENDA_WITH_MINUTES),
        (EARLIER_AGENDA, EARLIER_AGENDA_TEXT),
        (EARLIER_MINUTES, AGREED_IN_JULY),
    ]),
    test: Test::Meeting(agreed),
};

pub(super) const NOT_ON_AGENDA: Rule = Rule {
    code: "M10",
    name: "agreed-without-an-item",
    level: Level::Warning,
    meaning: "The minutes are said to have been agreed at a meeting whose agenda did not take them.",
    why: "What is not on the agenda cannot be agreed; either the day is wrong or the agenda lacks an item.",
    source: "Local Government Act 1972, section 100B(4), and Schedule 12, paragraph 41(1).",
    remedy: "Correct `agreed`, or name the minutes under an item of that agenda.",
    failing: Example::Files(&[(EARLIER_AGENDA, EARLIER_AGENDA_TEXT), (EARLIER_MINUTES, AGREED_IN_JULY)]),
    passing: Example::Files(&[
        (AGENDA, AGENDA_WITH_MINUTES),
        (EARLIER_AGENDA, EARLIER_AGENDA_TEXT),
        (EARLIER_MINUTES, AGREED_IN_JULY),
    ]),
    test: Test::Meeting(not_on_agenda),
};

const AGREED_IN_JULY: &str = "---\nkind: minutes\nstatus: published\npublished: 2023-06-20\nagreed: 2023-07-12\npresided: N Akhtar\n\
    present: [N Akhtar, R Thay, P Male]\n---\n## Apologies {item=1}\n\nThere were none.\n";

/// Whether the agenda of a meeting takes the minutes of another: an item carries them, or speaks of minutes and names that
/// other day or none.
fn takes(meeting: &MeetingInHand<'_>, minutes: &Paper, of: NaiveDate) -> bool {
    if carried(meeting).iter().any(|carried| carried.id == minutes.id) {
        return true;
    }
    let Some((_, agenda)) = meeting.agenda() else { return false };
    let mut items = agenda.items.iter().chain(&agenda.private);
    items.any(|item| {
        let beneath = item.items.iter().any(speaks_of_minutes);
        let own = !beneath && speaks_of_minutes(item) && may_mean(item, of);
        own || item.items.iter().any(|item| speaks_of_minutes(item) && may_mean(item, of))
    })
}

fn speaks_of_minutes(item: &Item) -> bool {
    let speaks = |words: &str| words.to_lowercase().contains("minute");
    speaks(&item.title) || item.note.as_deref().is_some_and(speaks)
}

/// Whether the days that an item names leave it open that this one is meant.
fn may_mean(item: &Item, of: NaiveDate) -> bool {
    let words = format!("{} {}", item.title, item.note.as_deref().unwrap_or(""));
    let mut named = days_in(&words)
        .into_iter()
        .filter_map(|day| NaiveDate::from_ymd_opt(day.year.unwrap_or(of.year()), day.month, day.day?));
    match named.next() {
        None => true,
        Some(first) => first == of || named.any(|day| day == of),
    }
}

fn not_taken(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((minutes, _)) =
        written(meeting).filter(|(paper, own)| goes_out(&paper.head.common) && own.agreed.is_none())
    else {
        return;
    };
    let open = |later: &MeetingInHand<'_>| {
        !is_off(later)
            && later.agenda().is_some_and(|(paper, agenda)| {
                goes_out(&paper.head.common) && agenda.meeting_type == MeetingType::Ordinary
            })
    };
    let mut later = meeting.context.meetings_after(&meeting.meeting.key).filter(open);
    let Some(next) = later.next() else { return };
    let Some((agenda, _)) = next.agenda() else { return };
    // Minutes that were not ready when the agenda went out wait for the meeting after.
    let (written_on, sent_on) = (minutes.head.common.published_at(), agenda.head.common.published_at());
    if written_on.is_some() && sent_on.is_some() && written_on > sent_on {
        return;
    }
    let of = meeting.date();
    if takes(&next, minutes, of) || later.any(|later| takes(&later, minutes, of)) {
        return;
    }
    let date = long_date(of);
    found
        .at(agenda.start(), format!("this agenda does not take the minutes of the meeting before, of {date}"))
        .also(minutes.start(), "these minutes are still a draft")
        .help(format!(
            "add `{{title: To agree the minutes of the meeting held on {date}, paper: {}}}` to its items",
            minutes.id
        ));
}

fn agreed(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((_, minutes)) = written(meeting) else { return };
    let Some(agreed) = &minutes.agreed else { return };
    let (day, context) = (agreed.value, meeting.context);
    let date = long_date(day);
    let out = "leave `agreed` out until a meeting has agreed the minutes";
    if day <= meeting.date() {
        let message = format!(
            "the minutes are said to be agreed on {date}, but the meeting was on {}",
            long_date(meeting.date())
        );
        found.at(agreed.span, message).help("name the later meeting that agreed them, or leave `agreed` out");
        return;
    }
    if day > context.now.date() {
        found.at(agreed.span, format!("the minutes are said to be agreed on {date}, which is still to come")).help(out);
        return;
    }
    let body = &meeting.meeting.key.body;
    let mut later = context.meetings_after(&meeting.meeting.key);
    match later.find(|later| later.date() == day) {
        Some(later) if is_off(&later) => {
            found
                .at(
                    agreed.span,
                    format!("the minutes are said to be agreed on {date}, but that meeting did not take place"),
                )
                .help(out);
        }
        Some(_) => {}
        None if context.is_all_read(&format!("meetings/{body}")) => {
            let days: Vec<String> =
                context.meetings_after(&meeting.meeting.key).map(|later| later.date().to_string()).collect();
            let help = nearest(&day.to_string(), days.iter().map(String::as_str))
                .map_or_else(|| out.to_owned(), |meant| format!("did you mean `{meant}`?"));
            let name = meeting.body().map_or(body.as_str(), |body| body.short_name());
            found
                .at(agreed.span, format!("the {name} did not meet on {date}, when these minutes are said to be agreed"))
                .help(help);
        }
        None => {}
    }
}

fn not_on_agenda(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((paper, minutes)) = written(meeting) else { return };
    let Some(agreed) = &minutes.agreed else { return };
    let later = meeting.context.meetings_after(&meeting.meeting.key).find(|later| later.date() == agreed.value);
    let Some(later) = later.filter(|later| !is_off(later)) else { return };
    let Some((agenda, _)) = later.agenda().filter(|(agenda, _)| goes_out(&agenda.head.common)) else { return };
    if !takes(&later, paper, meeting.date()) {
        let message = format!(
            "the agenda of {}, when these minutes are said to be agreed, does not take them",
            long_date(agreed.value)
        );
        found
            .at(agreed.span, message)
            .also(agenda.start(), "the agenda of that meeting")
            .help("correct `agreed`, or name the minutes as the `paper` of an item of that agenda");
    }
}
