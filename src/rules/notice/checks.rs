//! What each rule about notice looks at.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::{Months, NaiveDate};
use regex::Regex;

use super::{Deadline, NoticeSource};
use crate::calendar::{Moment, Notice, full_date};
use crate::model::meeting::MeetingState;
use crate::model::paper::Common;
use crate::model::{Kind, PaperId, Status};
use crate::record::{Paper, flat, numbered_items};
use crate::rules::items::{Carried, MinuteText, carried, goes_out, is_off, minutes_of};
use crate::rules::pattern::pattern;
use crate::rules::{Found, MeetingInHand, PaperInHand};
use crate::text::{Span, Spanned};

/// What the law asks for a meeting; nothing for one that was put off or given up.
fn lawful(meeting: &MeetingInHand<'_>) -> Option<Deadline> {
    let context = meeting.context;
    let authority = &context.record.model.authority;
    let deadline = Deadline::of_law(meeting.body()?, authority, meeting.date(), &context.working);
    deadline.filter(|_| !is_off(meeting) && meeting.are_heads_read())
}

/// What the body's own terms ask for a meeting; nothing for one that was put off or given up.
fn own(meeting: &MeetingInHand<'_>) -> Option<Deadline> {
    let deadline = Deadline::of_own_terms(meeting.body()?, meeting.date(), &meeting.context.working);
    deadline.filter(|_| !is_off(meeting) && meeting.are_heads_read())
}

/// The day of publication that stands in a head, and where, if it is too late.
fn too_late(meeting: &MeetingInHand<'_>, common: &Common, deadline: Deadline) -> Option<(NaiveDate, Span)> {
    let published = common.published.as_ref().filter(|_| goes_out(common))?;
    let day = published.value.date();
    (!deadline.margin(day, &meeting.context.working).in_time()).then_some((day, published.span))
}

/// "this agenda leaves 2 clear days before the meeting on Wednesday 12 July 2023, and the law asks for 5 clear days: you are 3
/// clear days late".
fn told(meeting: &MeetingInHand<'_>, what: &str, published: NaiveDate, deadline: Deadline) -> String {
    let working = &meeting.context.working;
    let who = match deadline.source {
        NoticeSource::Law(_) => "the law asks for",
        NoticeSource::OwnTerms => "the body's own terms ask for",
    };
    let (day, asked) = (full_date(deadline.meeting), deadline.notice);
    if published > deadline.meeting {
        return format!("{what} is dated after the meeting on {day}, and {who} {asked} before it");
    }
    let given = Notice { days: deadline.given(published, working), ..asked }.to_string();
    let given = given.strip_prefix("0 ").map_or(given.clone(), |unit| format!("no {unit}"));
    let margin = deadline.margin(published, working);
    format!("{what} leaves {given} before the meeting on {day}, and {who} {asked}: you are {margin}")
}

pub(super) fn late_agenda(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let (Some((paper, _)), Some(deadline)) = (meeting.agenda(), lawful(meeting)) else { return };
    let common = &paper.head.common;
    let Some((day, span)) = too_late(meeting, common, deadline).filter(|_| common.late_reason.is_none()) else {
        return;
    };
    let message = told(meeting, "this agenda", day, deadline);
    let by_law = match meeting.profile().and_then(super::Profile::urgency) {
        Some(_) => "if special circumstances make the business urgent, give the chair's reason as `late_reason`",
        None => "if the meeting goes ahead all the same, say why as `late_reason`",
    };
    found.at(span, message).label("published on this day").help(format!(
        "the latest day on which this agenda can lawfully be published is {}; {by_law}",
        full_date(deadline.latest)
    ));
}

/// A paper that came later than what announced the meeting, later than the law allows.
struct Latecomer<'r> {
    paper: &'r Paper,
    day: NaiveDate,
    span: Span,
    /// Its own reason, or that of the supplementary agenda that carries it.
    reason: Option<&'r Spanned<String>>,
    /// The item it belongs to, if one is known.
    item: Option<String>,
}

/// A paper that something leads to.
struct Reached<'r> {
    id: PaperId,
    /// When what leads to it went out.
    with: Option<NaiveDate>,
    reason: Option<&'r Spanned<String>>,
    item: String,
}

/// Papers that lie in the meeting's folder and came later than the law allows and than what carries them. What goes out
/// with a late agenda or supplementary agenda is as late as that, and not told again.
fn late_papers<'r>(meeting: &MeetingInHand<'r>, deadline: Deadline) -> Vec<Latecomer<'r>> {
    let mut queue: Vec<Reached<'r>> = carried(meeting)
        .into_iter()
        .filter(|carried| !carried.private)
        .map(|Carried { id, by, item, .. }| {
            let by_supplement = by.kind() == Kind::SupplementaryAgenda;
            let reason = by.head.common.late_reason.as_ref().filter(|_| by_supplement);
            Reached { id, with: by.head.common.published_at().map(Moment::date), reason, item }
        })
        .collect();
    queue.reverse();
    let mut seen: HashSet<PaperId> = HashSet::new();
    let mut late = Vec::new();
    while let Some(Reached { id, with, reason, item }) = queue.pop() {
        let Some(paper) = meeting.context.paper(&id).filter(|paper| seen.insert(paper.id.clone())) else { continue };
        let common = &paper.head.common;
        let is_elsewhere = paper.meeting.as_ref() != Some(&meeting.meeting.key);
        if is_elsewhere || common.exempt.is_some() || !meeting.context.is_head_read(paper) {
            continue;
        }
        let reason = common.late_reason.as_ref().or(reason);
        let with_paper = common.published_at().map(Moment::date).max(with);
        queue.extend(paper.head.appendices().iter().map(|appendix| Reached {
            id: paper.address(&appendix.value),
            with: with_paper,
            reason,
            item: item.clone(),
        }));
        let is_report = matches!(paper.kind(), Kind::Report | Kind::BriefingNote | Kind::Appendix);
        if let Some((day, span)) = too_late(meeting, common, deadline)
            && is_report
            && with.is_none_or(|with| with < day)
        {
            late.push(Latecomer { paper, day, span, reason, item: Some(item) });
        }
    }
    late
}

/// Supplementary agendas that came later than the law allows, and later than the agenda.
fn late_supplements<'r>(meeting: &MeetingInHand<'r>, deadline: Deadline) -> Vec<Latecomer<'r>> {
    let agenda = meeting.agenda().and_then(|(paper, _)| paper.head.common.published_at());
    meeting
        .supplementary()
        .filter_map(|(paper, _)| {
            let common = &paper.head.common;
            let (day, span) = too_late(meeting, common, deadline)?;
            let reason = common.late_reason.as_ref();
            agenda.is_none_or(|agenda| agenda.date() < day).then_some(Latecomer {
                paper,
                day,
                span,
                reason,
                item: None,
            })
        })
        .collect()
}

pub(super) fn late_paper(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(deadline) = lawful(meeting) else { return };
    let late = late_supplements(meeting, deadline).into_iter().chain(late_papers(meeting, deadline));
    for Latecomer { paper, day, span, .. } in late.filter(|late| late.reason.is_none()) {
        let what = match paper.kind() {
            Kind::SupplementaryAgenda => "this supplementary agenda",
            _ => "this paper",
        };
        let message = told(meeting, what, day, deadline);
        found.at(span, message).label("published on this day").help(format!(
            "give the chair's reason why it cannot wait as `late_reason`, here or in the supplementary agenda that brings it; \
             the latest day without one is {}",
            full_date(deadline.latest)
        ));
    }
}

/// Words by which minutes say that something came late or could not wait.
static SAYS_SO: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?i)urgen|special\s+circumstance|short(er)?\s+notice|\blate\b|\btabled\b|supplementary|cannot\s+wait|could\s+not\s+wait|not\s+(been\s+)?available";
    pattern(words)
});

/// Whether a minute repeats the circumstances, in the usual words or in half of those of the reason itself.
fn repeats(minute: &str, reason: &str) -> bool {
    if SAYS_SO.is_match(minute) {
        return true;
    }
    let of_weight = |word: &&str| word.chars().count() >= 5;
    let split = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(of_weight);
        words.map(str::to_lowercase).collect()
    };
    let (said, wanted) = (split(minute), split(reason));
    wanted.intersection(&said).count() * 2 >= wanted.len()
}

pub(super) fn reason_not_in_minutes(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let (Some((minutes, _)), Some((agenda, _))) = (meeting.minutes(), meeting.agenda()) else { return };
    let (Some(deadline), Some(law)) = (lawful(meeting), meeting.profile().and_then(super::Profile::urgency)) else {
        return;
    };
    if minutes.head.common.status == Status::Withdrawn {
        return;
    }
    let texts = minutes_of(meeting, minutes);
    let help = format!("say in that minute what the special circumstances were ({law})");
    let mut told: HashSet<(u32, Span)> = HashSet::new();
    if let Some(reason) = &agenda.head.common.late_reason
        && too_late(meeting, &agenda.head.common, deadline).is_some()
        && !texts.is_empty()
        && !texts.iter().any(|minute| repeats(minute.text, &reason.value))
    {
        let message = "the agenda went out late for a reason that these minutes do not repeat";
        found.at(minutes.start(), message).also(reason.span, "the reason is given here").help(help.clone());
    }
    let supplements = late_supplements(meeting, deadline);
    let of_supplements = supplements.iter().flat_map(|late| {
        let items = match &late.paper.head.own {
            crate::model::paper::Own::SupplementaryAgenda(own) => own.items.as_slice(),
            _ => &[],
        };
        items.iter().map(move |added| (late, added.item.value.clone()))
    });
    let papers = late_papers(meeting, deadline);
    let of_papers = papers.iter().filter_map(|late| Some((late, late.item.clone()?)));
    for (late, item) in of_supplements.chain(of_papers) {
        // What came after the meeting was not before it.
        let Some(reason) = late.reason.filter(|_| late.day <= meeting.date()) else { continue };
        let answering = |minute: &&MinuteText<'_>| minute.items.contains(&item.as_str());
        let of_item: Vec<&MinuteText<'_>> = texts.iter().filter(answering).collect();
        let Some(first) = of_item.first() else { continue };
        if of_item.iter().any(|minute| repeats(minute.text, &reason.value)) || !told.insert((first.number, reason.span))
        {
            continue;
        }
        let what = match late.paper.kind() {
            Kind::SupplementaryAgenda => format!("papers for item {item}"),
            _ => format!("a paper for item {item}"),
        };
        let message = format!("{what} came late for a reason that minute {} does not repeat", first.number);
        found.at(first.heading, message).also(reason.span, "the reason is given here").help(help.clone());
    }
}

pub(super) fn overdue(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let today = meeting.context.now.date();
    let Some(deadline) = lawful(meeting).or_else(|| own(meeting)) else { return };
    if meeting.date() < today || today <= deadline.latest {
        return;
    }
    let span = match meeting.meeting.agenda.as_ref() {
        Some(id) => {
            let Some(paper) = meeting.context.paper(id) else { return };
            let common = &paper.head.common;
            let waits = match common.status {
                Status::Draft => true,
                Status::Ready => common.published.is_none(),
                Status::Published | Status::Withdrawn => false,
            };
            if !waits || common.late_reason.is_some() {
                return;
            }
            paper.start()
        }
        None => {
            let agenda = PaperId(format!("meetings/{}/agenda", meeting.meeting.key));
            let planned = meeting.meeting.planned.as_ref();
            let planned = planned.filter(|planned| planned.state == MeetingState::Scheduled);
            match planned {
                Some(planned) if !meeting.context.exists(&agenda) => planned.date.span,
                _ => return,
            }
        }
    };
    let who = match deadline.source {
        NoticeSource::Law(_) => "the law asks for",
        NoticeSource::OwnTerms => "the body's own terms ask for",
    };
    let message = format!(
        "the agenda of the meeting on {} is not out, and {} was the last day to publish it",
        full_date(meeting.date()),
        full_date(deadline.latest)
    );
    found.at(span, message).help(format!(
        "{who} {}; publish it now with the chair's reason as `late_reason`, or hold the meeting on a later day",
        deadline.notice
    ));
}

pub(super) fn own_terms_missed(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let (Some(deadline), Some((agenda, _))) = (own(meeting), meeting.agenda()) else { return };
    let by_law = lawful(meeting);
    let agenda_day = agenda.head.common.published_at().map(Moment::date);
    let papers = std::iter::once(agenda).chain(meeting.supplementary().map(|(paper, _)| paper));
    for paper in papers {
        let common = &paper.head.common;
        let Some((day, span)) = too_late(meeting, common, deadline) else { continue };
        let told_already = by_law.is_some_and(|by_law| too_late(meeting, common, by_law).is_some())
            || (paper.id != agenda.id && agenda_day.is_some_and(|agenda| day <= agenda));
        if told_already || common.late_reason.is_some() {
            continue;
        }
        let what = format!("this {}", paper.kind().printed().to_lowercase());
        let message = told(meeting, &what, day, deadline);
        found.at(span, message).label("published on this day").help(format!(
            "the latest day by its own terms is {}; if there was a reason to be late, give it as `late_reason`",
            full_date(deadline.latest)
        ));
    }
}

pub(super) fn no_time_or_place(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let (Some((paper, agenda)), Some(profile)) = (meeting.agenda(), meeting.profile()) else { return };
    let Some(law) = profile.time_and_place().filter(|_| goes_out(&paper.head.common) && !is_off(meeting)) else {
        return;
    };
    if !meeting.are_heads_read() {
        return;
    }
    let planned = meeting.meeting.planned.as_ref();
    let time = agenda.time.is_some() || planned.is_some_and(|planned| planned.time.is_some());
    let place = agenda.place.is_some() || planned.is_some_and(|planned| planned.place.is_some());
    let (message, help) = match (time, place) {
        (true, true) => return,
        (false, true) => ("this agenda does not say when the meeting begins", "add `time: 10:00`"),
        (true, false) => {
            ("this agenda does not say where the meeting is held", "add `place:` with the room and building")
        }
        (false, false) => {
            ("this agenda says neither when the meeting begins nor where it is held", "add `time: 10:00` and `place:`")
        }
    };
    found.at(paper.start(), message).help(format!("{help} ({law})"));
}

pub(super) fn private_without_notice(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let (Some((paper, agenda)), Some(profile)) = (meeting.agenda(), meeting.profile()) else { return };
    let Some(required) =
        profile.private_notice(meeting.date()).filter(|_| !is_off(meeting) && meeting.are_heads_read())
    else {
        return;
    };
    let common = &paper.head.common;
    let items = numbered_items(agenda);
    let private = flat(&items).find(|item| item.private && !item.item.withdrawn);
    let Some(private) = private.filter(|_| goes_out(common) && common.late_reason.is_none()) else { return };
    let working = &meeting.context.working;
    let latest = required.notice.latest(meeting.date(), working);
    let help = format!(
        "give the day of the notice as `private_notice`; the latest in time is {}. If the chair of the scrutiny committee agreed \
         that it cannot wait, say so as `late_reason` ({})",
        full_date(latest),
        required.source
    );
    match &agenda.private_notice {
        None => {
            let message = "part of this meeting is private, and the agenda does not say when that was announced";
            found.at(private.item.span, message).label("private business").help(help);
        }
        Some(notice) if !required.notice.margin(notice.value, meeting.date(), working).in_time() => {
            let message = format!(
                "private business was announced {}, and the law asks for {}",
                required.notice.margin(notice.value, meeting.date(), working),
                required.notice
            );
            found.at(notice.span, message).also(private.item.span, "private business").help(help);
        }
        Some(_) => {}
    }
}

pub(super) fn withdrawn_too_soon(paper: &PaperInHand<'_>, found: &mut Found) {
    let common = &paper.paper.head.common;
    let (Status::Withdrawn, Some(published), Some(meeting)) = (common.status, &common.published, paper.meeting())
    else {
        return;
    };
    let Some((years, law)) = meeting.profile().and_then(super::Profile::keeping) else { return };
    let now = paper.context.now;
    let until = meeting.date().checked_add_months(Months::new(12 * years)).unwrap_or(NaiveDate::MAX);
    // Before the meeting a paper may be taken off the agenda; after it, what was considered stays.
    let is_kept_for = meeting.date() < now.date() && now.date() < until;
    if published.value >= now || !is_kept_for || common.exempt.is_some() || is_off(&meeting) {
        return;
    }
    if meeting.meeting.agenda.as_ref() != Some(&paper.paper.id) {
        let is_public = |carried: &Carried<'_>| carried.id == paper.paper.id && !carried.private;
        let stands_alone = matches!(paper.paper.kind(), Kind::Minutes | Kind::SupplementaryAgenda | Kind::Appendix);
        if !stands_alone && !carried(&meeting).iter().any(is_public) {
            return;
        }
    }
    let message = format!(
        "this paper was public from {} and is withdrawn, but stays open to inspection until {}",
        published.value.long(),
        full_date(until)
    );
    found.at(published.span, message).label("public from this day").help(format!(
        "put it back (`status: published`); if it must be corrected, publish the correction beside it ({years} years: {law})"
    ));
}
