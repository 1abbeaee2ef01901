//! From single papers to a record: meetings put together, texts issued again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Meeting, Paper, Record};
use crate::finding::{Finding, codes};
use crate::model::paper::Own;
use crate::model::{Kind, MeetingKey, PaperId};
use crate::text::Spanned;

/// Puts meetings together from the bodies' files and the folders of papers.
pub(super) fn collect_meetings(record: &mut Record) {
    let mut meetings: BTreeMap<MeetingKey, Meeting> = BTreeMap::new();
    for (id, body) in &record.model.bodies {
        for planned in &body.meetings {
            let key = MeetingKey { body: id.clone(), date: planned.date.value };
            meetings
                .entry(key.clone())
                .or_insert_with(|| Meeting::new(key))
                .planned
                .get_or_insert_with(|| planned.clone());
        }
    }
    let mut supplementary: Vec<(MeetingKey, u32, PaperId)> = Vec::new();
    for paper in record.papers.values() {
        let Some(key) = &paper.meeting else { continue };
        let meeting = meetings.entry(key.clone()).or_insert_with(|| Meeting::new(key.clone()));
        match (paper.kind(), &paper.head.own) {
            (Kind::Agenda, _) => keep(&mut meeting.agenda, paper, "agenda"),
            (Kind::Minutes, _) => keep(&mut meeting.minutes, paper, "minutes"),
            (_, Own::SupplementaryAgenda(own)) => supplementary.push((key.clone(), own.number, paper.id.clone())),
            _ => {}
        }
    }
    supplementary.sort();
    for (key, _, id) in supplementary {
        if let Some(meeting) = meetings.get_mut(&key) {
            meeting.supplementary.push(id);
        }
    }
    record.meetings = meetings;
}

/// Keeps the first paper of a kind that a meeting has once, or the one whose file is called as it should be.
fn keep(place: &mut Option<PaperId>, paper: &Paper, name: &str) {
    if place.is_none() || paper.id.as_str().rsplit('/').next() == Some(name) {
        *place = Some(paper.id.clone());
    }
}

/// Gives each paper with `text_of` the text of the paper named.
pub(super) fn issue_again(record: &mut Record, findings: &mut Vec<Finding>) {
    let wanted: Vec<(PaperId, Spanned<PaperId>)> = record
        .papers
        .values()
        .filter_map(|paper| {
            let text_of = paper.head.common.text_of.as_ref()?;
            Some((paper.id.clone(), Spanned::new(paper.address(&text_of.value), text_of.span)))
        })
        .collect();
    for (id, source) in wanted {
        let Some(original) = record.papers.get(&source.value) else { continue };
        if let Some(further) = &original.head.common.text_of {
            findings.push(
                Finding::error(codes::CIRCLE, source.span, "the paper named here takes its own text from another")
                    .also(further.span, "which is named here")
                    .help("name the paper that holds the text"),
            );
            continue;
        }
        let text = Arc::clone(&original.text);
        let from = original.id.clone();
        if let Some(paper) = record.papers.get_mut(&id) {
            let paper = Arc::make_mut(paper);
            paper.text = text;
            paper.text_from = from;
        }
    }
}
