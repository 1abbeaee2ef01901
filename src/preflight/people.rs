//! Who sits, what they have declared, what makes a quorum, and what was promised by the day.

use chrono::{Months, NaiveDate};
use serde::Serialize;

use crate::calendar::long_date;
use crate::model::body::Membership;
use crate::model::meeting::FollowUpState;
use crate::model::{Minutes, PersonId};
use crate::rules::{self, Context, MeetingInHand};
use crate::text::Spanned;

/// A member in the table.
#[derive(Debug, Serialize)]
pub(super) struct MemberRow {
    name: String,
    role: &'static str,
    /// "present" or "apologies", once there are minutes.
    there: Option<&'static str>,
    interests: Vec<String>,
}

/// What makes a quorum, and who was there once there are minutes.
pub(super) fn quorum(meeting: &MeetingInHand<'_>) -> String {
    let Some(needed) = rules::needed(meeting) else {
        return "The body's file does not say what makes a quorum.".to_owned();
    };
    let needed = format!("Needed: {}.", needed.in_words());
    match rules::quorate(meeting) {
        Some(quorate) if quorate.met => format!("{needed} The minutes show {}.", quorate.there),
        Some(quorate) => format!("{needed} The minutes show {}: missing is {}.", quorate.there, quorate.missing),
        None => needed,
    }
}

/// Members on the day, what they have declared in the body's minutes of the year before, and whether they came.
pub(super) fn members(meeting: &MeetingInHand<'_>) -> Vec<MemberRow> {
    let context = meeting.context;
    let since = meeting.date().checked_sub_months(Months::new(12)).unwrap_or(meeting.date());
    let minutes: Vec<_> = context
        .meetings_before(&meeting.meeting.key)
        .take_while(|earlier| earlier.date() >= since)
        .chain([*meeting])
        .filter_map(|one| Some((one.date(), one.minutes()?.1)))
        .collect();
    let own = meeting.minutes().map(|(_, own)| own);
    let mut rows: Vec<MemberRow> = meeting.members().map(|member| member_row(member, context, &minutes, own)).collect();
    // Members without a name, held alike, would fill pages with empty rows.
    rows.dedup_by(|next, row| next.name == row.name && next.interests.is_empty() && row.interests.is_empty());
    rows
}

fn member_row(
    member: &Membership,
    context: &Context<'_>,
    minutes: &[(NaiveDate, &Minutes)],
    own: Option<&Minutes>,
) -> MemberRow {
    let model = &context.record.model;
    let person = member.person.as_ref().map(|person| &person.value);
    let name = match person {
        Some(id) => model.name_of_person(id),
        None => {
            let organisation = member.organisation.as_ref().map(|id| model.name_of_organisation(&id.value));
            let parts: Vec<&str> = member.post.iter().map(|post| post.value.as_str()).chain(organisation).collect();
            parts.join(", ")
        }
    };
    let is = |id: &Spanned<PersonId>| person == Some(&id.value);
    let there = own.and_then(|own| {
        if own.present.iter().any(is) {
            Some("present")
        } else if own.apologies.iter().any(is) {
            Some("apologies")
        } else {
            None
        }
    });
    let interests = minutes
        .iter()
        .flat_map(|(date, minutes)| minutes.interests.iter().map(move |interest| (date, interest)))
        .filter(|(_, interest)| is(&interest.person))
        .map(|(date, interest)| format!("{} ({})", interest.interest, long_date(*date)))
        .collect();
    MemberRow { name, role: member.role.word(), there, interests }
}

/// What earlier minutes of the body promise by the day of the meeting, and is not done.
pub(super) fn promises(meeting: &MeetingInHand<'_>) -> Vec<String> {
    let mut promises = Vec::new();
    for earlier in meeting.context.meetings_before(&meeting.meeting.key) {
        let Some((_, minutes)) = earlier.minutes() else { continue };
        let due = minutes.follow_ups.iter().filter(|follow_up| {
            follow_up.state == FollowUpState::Outstanding
                && follow_up.by.as_ref().is_none_or(|by| by.value <= meeting.date())
        });
        promises.extend(due.map(|follow_up| {
            let who = follow_up.who.as_deref().unwrap_or("nobody named");
            let by = follow_up.by.as_ref().map_or_else(String::new, |by| format!(", by {}", long_date(by.value)));
            format!(
                "{} ({who}{by}; minute {} of {})",
                follow_up.what,
                follow_up.minute.value,
                long_date(earlier.date())
            )
        }));
    }
    promises
}
