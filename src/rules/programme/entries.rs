//! What stands on a work programme, beside the meetings of the body and their agendas.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{PROGRAMME, Planned, Programme, Programmes, municipal_year};
use crate::calendar::{MunicipalYear, long_date};
use crate::finding::nearest;
use crate::model::meeting::MeetingType;
use crate::model::{BodyId, Kind, Level, MeetingKey};
use crate::record::{NumberedItem, flat, numbered_items, sections};
use crate::rules::items::{carried, goes_out, is_off};
use crate::rules::{Context, Example, Found, MeetingInHand, Rule, Test};
use crate::text::Spanned;
use crate::text::sentence::listed;

pub(super) const NO_MEETING: Rule = Rule {
    code: "P01",
    name: "entry-without-meeting",
    level: Level::Warning,
    meaning: "The work programme plans something for a day on which, by these papers, the body does not meet.",
    why: "Residents plan by the programme, and come on a day when nothing happens.",
    source: "Convention: a dated entry of a work programme names a meeting of the body.",
    remedy: "Correct the date, or add the meeting under `meetings` in the body's file.",
    failing: Example::Files(&[(
        PROGRAMME,
        "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n\
         entries:\n  - {date: 2023-07-12, title: Community Safety Plan}\n  - {date: 2023-09-13, title: Libraries}\n---\n",
    )]),
    passing: Example::Files(&[
        (
            PROGRAMME,
            "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n\
             entries:\n  - {date: 2023-07-12, title: Community Safety Plan}\n  - {date: 2023-09-13, title: Nothing planned yet, empty: true}\n---\n",
        ),
        (
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  - {person: N Akhtar, role: chair}\n  \
             - {person: R Thay, role: deputy chair}\n  - {person: P Male}\nmeetings: [{date: 2023-09-13}]\n",
        ),
    ]),
    test: Test::Record(no_meeting),
};

pub(super) const NOT_PLANNED: Rule = Rule {
    code: "P02",
    name: "item-not-on-programme",
    level: Level::Warning,
    meaning: "An agenda has a report that the body's work programme for that year does not have under any like title.",
    why: "Members chose the programme so that time goes to what matters. What comes in beside it should be seen to.",
    source: "Convention: the reports of an agenda come from the work programme, or are marked as added.",
    remedy: "Add it to the work programme, or write `added: true` with the item.",
    failing: Example::Files(&[(
        PROGRAMME,
        "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n\
         undated:\n  - {title: Libraries}\n---\n",
    )]),
    passing: Example::Files(&[(
        PROGRAMME,
        "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n\
         entries:\n  - {date: 2023-07-12, title: Strategic assessment of the police board}\n---\n",
    )]),
    test: Test::Record(not_planned),
};

pub(super) const AT_ODDS: Rule = Rule {
    code: "P09",
    name: "programme-at-odds",
    level: Level::Warning,
    meaning: "A work programme names a day outside its year, a meeting or minute that is not there, or a year that another programme of the body has too.",
    why: "Readers follow the programme back to what was put off, and forward to when it comes. Both must be there.",
    source: "Convention: a body has one work programme for a municipal year, May to April.",
    remedy: "Correct the date, the number or the year.",
    failing: Example::Files(&[(
        PROGRAMME,
        "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n\
         entries:\n  - {date: 2023-07-12, title: Community Safety Plan}\n  - {date: 2024-07-10, title: Libraries}\n---\n",
    )]),
    passing: Example::Files(&[(
        PROGRAMME,
        "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023-24\nstatus: published\npublished: 2023-07-04\n\
         entries:\n  - {date: 2023-07-12, title: Community Safety Plan, deferred_from: 2022-03-09}\n---\n",
    )]),
    test: Test::Record(at_odds),
};

fn no_meeting(context: &Context<'_>, found: &mut Found) {
    let programmes = Programmes::of(context);
    for (body, own) in in_order(&programmes) {
        let days: BTreeSet<NaiveDate> = context.meetings_of(body).map(|meeting| meeting.date()).collect();
        if !context.is_all_read(&format!("meetings/{body}")) || context.body(body).is_none() {
            continue;
        }
        for programme in own {
            // Where no meeting of the year is known, the calendar is not here.
            let Some(year) = programme.year.filter(|year| days.iter().any(|day| municipal_year(*day) == *year)) else {
                continue;
            };
            let mut told = BTreeSet::new();
            for entry in &programme.own.entries {
                let day = entry.date.value;
                if days.contains(&day) || municipal_year(day) != year || !told.insert(day) {
                    continue;
                }
                let before = days.range(..day).next_back();
                let after = days.range(day..).next();
                let near: Vec<String> = before.into_iter().chain(after).map(|day| long_date(*day)).collect();
                let message =
                    format!("there is no meeting on {}, for which “{}” is planned", long_date(day), entry.title.trim());
                let help = format!(
                    "the nearest meetings are on {}; correct the date, or add the meeting to the body's `meetings`",
                    listed(near)
                );
                found.at(entry.date.span, message).help(help);
            }
        }
    }
}

/// The bodies that have programmes, in the order of their ids.
fn in_order<'p, 'r>(programmes: &'p Programmes<'r>) -> Vec<(&'r BodyId, &'p [Programme<'r>])> {
    let mut bodies: Vec<_> = programmes.by_body.iter().map(|(body, own)| (*body, own.as_slice())).collect();
    bodies.sort_by_key(|(body, _)| *body);
    bodies
}

fn not_planned(context: &Context<'_>, found: &mut Found) {
    let programmes = Programmes::of(context);
    for (body, own) in in_order(&programmes) {
        if !context.is_all_read("work-programmes") {
            continue;
        }
        for meeting in context.meetings_of(body) {
            let year = municipal_year(meeting.date());
            let of_year: Vec<&Programme<'_>> = own
                .iter()
                .filter(|programme| programme.year == Some(year) && goes_out(&programme.paper.head.common))
                // One without entries plans in its text, which nobody can look through.
                .filter(|programme| !programme.planned.is_empty())
                .collect();
            if !of_year.is_empty() {
                unplanned(&meeting, &of_year, &programmes, found);
            }
        }
    }
}

/// The reports of one agenda that no entry is like, if there are more of them than entries that could be them under
/// another name.
fn unplanned(meeting: &MeetingInHand<'_>, own: &[&Programme<'_>], programmes: &Programmes<'_>, found: &mut Found) {
    let open = meeting
        .agenda()
        .filter(|(paper, agenda)| goes_out(&paper.head.common) && agenda.meeting_type == MeetingType::Ordinary);
    let Some((_, agenda)) = open.filter(|_| !is_off(meeting)) else { return };
    let items = numbered_items(agenda);
    let mut reports: HashMap<String, String> = HashMap::new();
    for carried in carried(meeting) {
        let Some(paper) = meeting.context.paper(&carried.id) else { continue };
        let is_report = matches!(paper.kind(), Kind::BriefingNote | Kind::Report | Kind::Presentation);
        if is_report && goes_out(&paper.head.common) {
            let titles = reports.entry(carried.item).or_default();
            titles.push(' ');
            titles.push_str(&paper.title());
        }
    }
    let planned: Vec<&Planned<'_>> = own.iter().flat_map(|programme| &programme.planned).collect();
    let mut taken = vec![false; planned.len()];
    let mut left: Vec<&NumberedItem<'_>> = Vec::new();
    for top in &items {
        for item in top.with_beneath() {
            let Some(titles) = reports.get(&item.number).filter(|_| !item.item.added && !top.item.added) else {
                continue;
            };
            let above = if item.number == top.number { "" } else { top.item.title.as_str() };
            let titled = programmes.likeness.words(&item.item.title);
            let words = programmes.likeness.words(&format!("{above} {} {titles}", item.item.title));
            let mut is_planned = titled.is_empty();
            for (taken, entry) in taken.iter_mut().zip(&planned) {
                if !entry.empty && (entry.is(&titled) || entry.titled.is_like(&words)) {
                    *taken |= entry.date == Some(meeting.date());
                    is_planned = true;
                }
            }
            if !is_planned {
                left.push(item);
            }
        }
    }
    let day = meeting.date();
    let spare = planned.iter().zip(&taken).filter(|(entry, taken)| !**taken && !entry.empty && entry.date == Some(day));
    let spare: Vec<&str> = spare.map(|(entry, _)| entry.title.trim()).collect();
    let Some(first) = left.first().filter(|_| left.len() > spare.len()) else { return };
    let programme = own.first().map(|programme| programme.own.year.span);
    let help = "add it to the work programme, or write `added: true` with the item";
    if spare.is_empty() {
        for item in &left {
            let message = format!("item {}, “{}”, is not on the work programme", item.number, item.item.title.trim());
            let told = found.at(item.item.span, message).help(help);
            if let Some(span) = programme {
                told.also(span, "the work programme");
            }
        }
        return;
    }
    let titles = listed(left.iter().map(|item| format!("item {}", item.number)));
    let entries = listed(spare.iter().map(|title| format!("“{title}”")));
    let message =
        format!("{titles} are not on the work programme by these titles, and for this day it has only {entries} left");
    let mut told = found
        .at(first.item.span, message)
        .help("add what is missing to the work programme, or write `added: true` with the item");
    for item in left.iter().skip(1) {
        told = told.also(item.item.span, format!("item {}", item.number));
    }
}

fn at_odds(context: &Context<'_>, found: &mut Found) {
    let programmes = Programmes::of(context);
    for (body, own) in in_order(&programmes) {
        let days: BTreeSet<NaiveDate> = context.meetings_of(body).map(|meeting| meeting.date()).collect();
        let days = if context.is_all_read(&format!("meetings/{body}")) { days } else { BTreeSet::new() };
        let mut years: HashMap<i32, &Programme<'_>> = HashMap::new();
        for programme in own {
            let written = &programme.own.year;
            let Some(year) = programme.year else {
                let message = format!("expected a municipal year, such as `2023/24`, found `{}`", written.value);
                found.at(written.span, message).help("a municipal year runs from May to April");
                continue;
            };
            if let Some(first) = years.insert(year, programme) {
                let message = format!("there are two work programmes of this body for {}", MunicipalYear(year));
                found
                    .at(written.span, message)
                    .also(first.own.year.span, "the other")
                    .help("correct `year`, or set the `status` of the one that no longer holds to `withdrawn`");
            }
            for entry in programme.own.entries.iter().filter(|entry| municipal_year(entry.date.value) != year) {
                let message =
                    format!("{} is not in the municipal year {}", long_date(entry.date.value), MunicipalYear(year));
                let help = format!(
                    "it is in {}; correct the date, or move the entry",
                    MunicipalYear(municipal_year(entry.date.value))
                );
                found.at(entry.date.span, message).also(written.span, "the year of this programme").help(help);
            }
            named(context, body, programme, &days, found);
        }
    }
}

/// The meetings and minutes that a programme looks back to.
fn named(
    context: &Context<'_>,
    body: &BodyId,
    programme: &Programme<'_>,
    days: &BTreeSet<NaiveDate>,
    found: &mut Found,
) {
    for entry in &programme.own.entries {
        let Some(from) = &entry.deferred_from else { continue };
        if from.value >= entry.date.value {
            let message = format!(
                "put off from {} to {}, which is not later",
                long_date(from.value),
                long_date(entry.date.value)
            );
            found
                .at(from.span, message)
                .also(entry.date.span, "the day it is planned for")
                .help("correct one of the two");
        } else {
            no_such_meeting(from, days, found);
        }
    }
    for issue in &programme.own.outstanding {
        let Some(from) = &issue.from else { continue };
        if no_such_meeting(from, days, found) {
            continue;
        }
        let key = MeetingKey { body: body.clone(), date: from.value };
        let meeting = context.meeting(&key);
        let (Some(minute), Some((minutes, _))) = (&issue.minute, meeting.as_ref().and_then(MeetingInHand::minutes))
        else {
            continue;
        };
        let (_, sections) = sections(&minutes.text.document);
        if !sections.iter().any(|section| section.number == minute.value) {
            let message = format!("the minutes of {} have no minute {}", long_date(from.value), minute.value);
            let help = match (sections.first(), sections.last()) {
                (Some(first), Some(last)) => format!("their numbers run from {} to {}", first.number, last.number),
                _ => "correct the number".to_owned(),
            };
            found.at(minute.span, message).also(minutes.start(), "those minutes").help(help);
        }
    }
}

/// Tells of a day on which the body did not meet, unless it lies before all that is known of its meetings. Says whether it
/// has told.
fn no_such_meeting(day: &Spanned<NaiveDate>, days: &BTreeSet<NaiveDate>, found: &mut Found) -> bool {
    let Some(first) = days.first() else { return false };
    if days.contains(&day.value) || municipal_year(day.value) < municipal_year(*first) {
        return false;
    }
    let near = days.iter().map(ToString::to_string).collect::<Vec<_>>();
    let before = days.range(..day.value).next_back();
    let help = nearest(&day.value.to_string(), near.iter().map(String::as_str))
        .map(|meant| format!("did you mean `{meant}`?"))
        .or_else(|| before.map(|day| format!("the meeting before that day was on {}", long_date(*day))));
    let told = found.at(day.span, format!("there was no meeting on {}", long_date(day.value)));
    told.help(help.unwrap_or_else(|| "correct the date, or add the meeting to the body's `meetings`".to_owned()));
    true
}

/// All titles of the items of a meeting's agenda.
pub(super) fn titles_of(meeting: &MeetingInHand<'_>) -> Vec<String> {
    let Some((paper, agenda)) = meeting.agenda() else { return Vec::new() };
    let items = numbered_items(agenda);
    let titles = flat(&items).map(|item| {
        let papers = item.item.papers.iter().filter_map(|id| meeting.context.paper(&paper.address(&id.value)));
        let papers: Vec<String> = papers.map(crate::record::Paper::title).collect();
        format!("{} {} {}", item.item.title, item.item.note.as_deref().unwrap_or(""), papers.join(" "))
    });
    titles.collect()
}
