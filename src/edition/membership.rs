//! Fills the tables of membership: who sits on a body is known, but on which day depends on the paper and on the moment.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Edition;
use crate::record::{CommitteeModel, GeneratedContent, Paper, members_on};
use crate::tables::Names;

/// Puts the table in the place of each block that asks for one. The committee model is public, so nothing is kept back.
pub(super) fn fill(edition: &mut Edition) {
    let today = edition.now.date();
    let model = Arc::clone(&edition.model);
    let of_meetings = edition.meetings.values_mut().flat_map(|meeting| {
        let agenda = meeting.agenda.iter_mut().map(|agenda| &mut agenda.paper);
        let supplementary = meeting.supplementary.iter_mut().map(|supplementary| &mut supplementary.paper);
        agenda.chain(supplementary).chain(meeting.minutes.iter_mut().map(|minutes| &mut minutes.paper))
    });
    for paper in edition.papers.values_mut().map(|published| &mut published.paper).chain(of_meetings) {
        if asks(paper) {
            fill_paper(Arc::make_mut(paper), &model, today);
        }
    }
}

/// A paper with its tables of membership, if it asks for any.
pub(super) fn filled(paper: &Arc<Paper>, edition: &Edition) -> Arc<Paper> {
    let mut paper = Arc::clone(paper);
    if asks(&paper) {
        fill_paper(Arc::make_mut(&mut paper), &edition.model, edition.now.date());
    }
    paper
}

/// Whether a paper asks for a table of membership.
fn asks(paper: &Paper) -> bool {
    paper.text.generated.values().any(|content| matches!(content, GeneratedContent::Membership(..)))
}

fn fill_paper(paper: &mut Paper, model: &CommitteeModel, today: NaiveDate) {
    let names = Names { people: &model.people, organisations: &model.organisations, bodies: &model.bodies };
    let day = paper.meeting.as_ref().map_or(today, |meeting| meeting.date);
    let own = paper.body().cloned();
    for content in Arc::make_mut(&mut paper.text).generated.values_mut() {
        let GeneratedContent::Membership(spec, span) = content else { continue };
        let id = spec.body.as_ref().map(|body| &body.value).or(own.as_ref());
        // A body that does not exist has been reported, and nothing with an error in it is published.
        let Some(body) = id.and_then(|id| model.bodies.get(id)) else { continue };
        let members: Vec<_> = members_on(body, spec.on.unwrap_or(day)).collect();
        *content = GeneratedContent::Table(spec.table(body, &members, names, *span));
    }
}
