//! Dates in heads and in the committee model that cannot both be right.

use chrono::NaiveDate;

use crate::calendar::long_date;
use crate::model::paper::Own;
use crate::model::{Kind, Status};
use crate::record::Paper;
use crate::rules::{Context, Found};
use crate::text::Span;

/// What is dated happens in order.
pub(super) fn order(context: &Context<'_>, found: &mut Found) {
    for paper in context.record.papers.values().filter(|paper| paper.head.common.status != Status::Withdrawn) {
        of_paper(paper, found);
    }
    for body in context.record.model.bodies.values() {
        for member in &body.members {
            let place = member.person.as_ref().map(|person| person.span);
            let place = place.or(member.organisation.as_ref().map(|organisation| organisation.span));
            if let Some(place) = place {
                term(place, "membership", member.from, member.to, found);
            }
        }
    }
    for office in context.record.model.offices.values() {
        for tenure in &office.held_by {
            term(tenure.person.span, "tenure", tenure.from, tenure.to, found);
        }
    }
}

fn of_paper(paper: &Paper, found: &mut Found) {
    let common = &paper.head.common;
    let Some(published) = &common.published else { return };
    let changed = match &paper.head.own {
        Own::WorkProgramme(programme) => programme.updated.map(|updated| (updated, "was brought up to date")),
        Own::Report(_) if paper.kind() == Kind::Letter => common.date.map(|date| (date, "is dated")),
        _ => None,
    };
    if let Some((changed, what)) = changed
        && changed.value > published.value.date()
    {
        let message = format!("this paper {what} {}, after it went out", long_date(changed.value));
        found
            .at(changed.span, message)
            .also(published.span, format!("it went out on {}", published.value.long()))
            .help("correct one of the two dates");
    }
}

fn term(place: Span, what: &str, from: Option<NaiveDate>, to: Option<NaiveDate>, found: &mut Found) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let message = format!("this {what} ends on {}, before it begins on {}", long_date(to), long_date(from));
        found.at(place, message).help("correct `from` or `to`");
    }
}
