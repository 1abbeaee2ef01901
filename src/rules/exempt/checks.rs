//! What each rule about private business looks at.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::meeting::MeetingState;
use crate::model::paper::Own;
use crate::model::{Exempt, Item, Status, schedule_12a};
use crate::record::{flat, numbered_items};
use crate::rules::items::{MinuteText, is_off, minutes_of};
use crate::rules::law::{Paragraphs, Profile};
use crate::rules::pattern::pattern;
use crate::rules::{Context, Found, MeetingInHand};
use crate::text::Span;

/// All reasons for privacy: of papers, and of items of agendas.
pub(super) fn paragraphs(context: &Context<'_>, found: &mut Found) {
    let authority = &context.record.model.authority;
    for paper in context.record.papers.values() {
        if paper.head.common.status == Status::Withdrawn || !context.is_head_read(paper) {
            continue;
        }
        let profile = match paper.body() {
            // Of a body whose file could not be read, nobody knows the law.
            Some(body) => context.body(body).map(|body| context.profile(body)),
            None => Profile::of_authority(authority),
        };
        let Some(profile) = profile else { continue };
        if let Some(exempt) = &paper.head.common.exempt {
            reason(&exempt.value, exempt.span, profile, found);
        }
        if let Own::Agenda(agenda) = &paper.head.own {
            agenda.items.iter().chain(&agenda.private).for_each(|item| of_item(item, profile, found));
        }
    }
}

fn of_item(item: &Item, profile: Profile, found: &mut Found) {
    if let Some(exempt) = &item.exempt {
        reason(exempt, item.span, profile, found);
    }
    item.items.iter().for_each(|beneath| of_item(beneath, profile, found));
}

fn reason(exempt: &Exempt, span: Span, profile: Profile, found: &mut Found) {
    let schedule = profile.schedule_in_words();
    match (profile.paragraphs(), exempt.paragraphs.first()) {
        // A reason that is not there at all is told of already.
        (Paragraphs::Required, None) if exempt.public_interest.is_some() => {
            found
                .at(span, "private business names no paragraph of Schedule 12A")
                .help(format!("add `paragraphs:` with the numbers that apply, from {schedule}: {}", gists(profile)));
        }
        (Paragraphs::None, Some(first)) => {
            found
                .at(first.span, "Schedule 12A does not apply to a parish or community council")
                .help("take `paragraphs` out: the reason is the one that stands in the resolution (Public Bodies (Admission to Meetings) Act 1960)");
        }
        (Paragraphs::Required | Paragraphs::Allowed, Some(_)) => {
            let known = schedule_12a::paragraphs(profile.nation);
            for paragraph in exempt.paragraphs.iter().filter(|paragraph| !known.contains(&paragraph.value)) {
                let message = format!("there is no paragraph {} in {schedule}", paragraph.value);
                found.at(paragraph.span, message).help(meant(paragraph.value, profile));
            }
        }
        _ => {}
    }
}

/// "1 information about an individual; 2 …"
fn gists(profile: Profile) -> String {
    let one = |number| Some(format!("{number} {}", schedule_12a::gist(profile.nation, number)?));
    schedule_12a::paragraphs(profile.nation).filter_map(one).collect::<Vec<_>>().join("; ")
}

/// What the other nation's paragraph is here, or what there is.
fn meant(paragraph: u32, profile: Profile) -> String {
    use crate::model::authority::Nation::{England, Wales};
    let other = if profile.nation == England { Wales } else { England };
    let same = schedule_12a::gist(other, paragraph).and_then(|gist| {
        let own = schedule_12a::paragraphs(profile.nation)
            .find(|own| schedule_12a::gist(profile.nation, *own) == Some(gist))?;
        let of = if other == Wales { "Wales" } else { "England" };
        Some(format!("{paragraph} is the paragraph in {of} on {gist}; here that is {own}"))
    });
    same.unwrap_or_else(|| format!("its paragraphs are: {}", gists(profile)))
}

/// Words by which a meeting shuts its doors.
static SHUTS: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?i)\bexclu(de|sion|ding)|\b(press|public)\b[^.]{0,60}\b(leave|left|withdraw|withdrew)|\b(private|closed|confidential|exempt)\s+(session|part)|\bin\s+camera\b|100A\s*\(?4|admission\s+to\s+meetings|\bpart\s+(2|ii|b)\b";
    pattern(words)
});

fn shuts(words: &str) -> bool {
    SHUTS.is_match(words)
}

pub(super) fn no_exclusion_item(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let (Some((paper, agenda)), Some(profile)) = (meeting.agenda(), meeting.profile()) else { return };
    let Some(law) = profile.exclusion().filter(|_| !is_off(meeting) && meeting.are_heads_read()) else { return };
    if paper.head.common.status == Status::Withdrawn || paper.head.common.exempt.is_some() {
        return;
    }
    let items = numbered_items(agenda);
    let Some(private) = flat(&items).find(|item| item.private && !item.item.withdrawn) else { return };
    let text = meeting.context.source(paper).text.get(paper.text_start..).unwrap_or("");
    let says = |item: &Item| shuts(&item.title) || item.note.as_ref().is_some_and(|note| shuts(note));
    if flat(&items).any(|item| says(item.item)) || shuts(text) {
        return;
    }
    let message = "this agenda has private business, and no item by which the meeting excludes the public";
    found.at(private.item.span, message).label("the first private item").help(format!(
        "add an item such as `Exclusion of the press and public` before it; the meeting then resolves so under {law}"
    ));
}

/// The minutes of a meeting that answer private items or are marked private, and decide something.
fn private_decisions<'r>(meeting: &MeetingInHand<'r>) -> Vec<MinuteText<'r>> {
    let (Some((minutes, _)), Some((_, agenda))) = (meeting.minutes(), meeting.agenda()) else { return Vec::new() };
    let is_withdrawn = minutes.head.common.status == Status::Withdrawn;
    if is_withdrawn || !meeting.are_heads_read() || agenda.state == MeetingState::Cancelled {
        return Vec::new();
    }
    let items = numbered_items(agenda);
    let private: HashSet<&str> = flat(&items).filter(|item| item.private).map(|item| item.number.as_str()).collect();
    let mut texts = minutes_of(meeting, minutes);
    let is_private =
        |minute: &MinuteText<'_>| minute.is_marked_private || minute.items.iter().any(|item| private.contains(item));
    texts.retain(|minute| minute.decides && is_private(minute));
    texts
}

pub(super) fn exclusion_not_in_minutes(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((minutes, _)) = meeting.minutes() else { return };
    let Some(law) = meeting.profile().and_then(Profile::exclusion) else { return };
    let private = private_decisions(meeting);
    let Some(first) = private.first() else { return };
    // Of minutes that are private as a whole, what they quote of the doors may stand elsewhere.
    let text = meeting.context.source(minutes).text.get(minutes.text_start..).unwrap_or("");
    if minutes.head.common.exempt.is_some() || shuts(text) {
        return;
    }
    let message = format!(
        "minute {} decides private business, and these minutes nowhere say that the public was excluded",
        first.number
    );
    found.at(first.heading, message).help(format!(
        "record the resolution, such as “RESOLVED that the public be excluded …”, with the item and the reason ({law})"
    ));
}

pub(super) fn no_public_summary(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((minutes, own)) = meeting.minutes() else { return };
    let Some(law) = meeting.profile().and_then(Profile::summary) else { return };
    if minutes.head.common.exempt.is_some() {
        return;
    }
    for minute in private_decisions(meeting) {
        let number = minute.number.to_string();
        if own.public_summaries.0.iter().any(|(key, _)| key.value == number) {
            continue;
        }
        let message =
            format!("minute {number} is private and decides something, and the public is given no summary of it");
        found.at(minute.heading, message).help(format!(
            "add `public_summaries:` to the head, and beneath it `{number}:` with a sentence that gives nothing away ({law})"
        ));
    }
}
