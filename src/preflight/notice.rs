//! When the papers must be out, and whether they will be.

use serde::Serialize;

use super::pack::Pack;
use crate::calendar::full_date;
use crate::rules::notice::{Deadline, NoticeSource};

/// A line on notice.
#[derive(Debug, Serialize)]
pub(super) struct NoticeRow {
    label: &'static str,
    text: String,
    wrong: bool,
}

impl NoticeRow {
    fn new(label: &'static str, text: impl Into<String>, wrong: bool) -> Self {
        Self { label, text: text.into(), wrong }
    }
}

/// What the law and the body's own terms ask, and whether it is kept.
pub(super) fn notice(pack: &Pack<'_>) -> Vec<NoticeRow> {
    let mut rows = Vec::new();
    let meeting = pack.meeting;
    let context = meeting.context;
    let Some(body) = meeting.body() else { return rows };
    let deadlines = Deadline::all(body, &context.record.model.authority, meeting.date(), &context.working);
    if deadlines.is_empty() {
        rows.push(NoticeRow::new("Notice", "neither the law nor the body's file asks for any", false));
    }
    let published = meeting.agenda().and_then(|(paper, _)| paper.head.common.published_at());
    for deadline in deadlines {
        let (label, source) = match deadline.source {
            NoticeSource::Law(source) => ("The law asks for", format!(" ({source})")),
            NoticeSource::OwnTerms => ("The body's own terms ask for", String::new()),
        };
        rows.push(NoticeRow::new(label, format!("{} before the meeting{source}", deadline.notice), false));
        let is_past = deadline.latest < context.now.date();
        let is_missed = is_past && published.is_none_or(|published| published > context.now);
        rows.push(NoticeRow::new("Latest day to publish", full_date(deadline.latest), is_missed));
        if let Some(published) = published {
            let margin = deadline.margin(published.date(), &context.working);
            rows.push(NoticeRow::new(
                "Agenda",
                format!("{}: {margin}", full_date(published.date())),
                !margin.in_time(),
            ));
        }
        for (paper, own) in meeting.supplementary() {
            let Some(published) = paper.head.common.published_at() else { continue };
            let margin = deadline.margin(published.date(), &context.working);
            let reason = paper.head.common.late_reason.as_ref().filter(|_| !margin.in_time());
            let reason = reason.map_or_else(String::new, |reason| format!(". Reason: {}", reason.value));
            let is_unexcused = !margin.in_time() && reason.is_empty();
            let text = format!("{}, {}: {margin}{reason}", own.number, full_date(published.date()));
            rows.push(NoticeRow::new("Supplementary agenda", text, is_unexcused));
        }
    }
    if let Some(why) = pack.why_no_agenda() {
        rows.push(NoticeRow::new("Agenda", why, true));
    }
    rows
}
