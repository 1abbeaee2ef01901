//! Which documents are printed of an edition, and what stands in each.

use std::collections::BTreeSet;

use crate::edition::{
    Audience, Edition, PublishedAgenda, PublishedItem, PublishedMeeting, PublishedMinutes, PublishedSupplementary,
};
use crate::model::{Exempt, PaperId};
use crate::record::Paper;
use crate::site::routes::Routes;
use crate::site::view::View;

/// A document to be printed.
#[derive(Debug)]
pub(super) struct Volume<'e> {
    /// The paper that it is of: it says the path.
    pub(super) paper: &'e Paper,
    /// Its path from the site's root.
    pub(super) path: String,
    /// What stands before the papers.
    pub(super) front: Front<'e>,
    /// The papers in order.
    pub(super) parts: Vec<Part<'e>>,
}

/// What stands before the papers of a document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Front<'e> {
    /// The cover and the agenda of a meeting.
    Agenda(&'e PublishedMeeting),
    /// The covering letter of a supplementary agenda.
    Letter(&'e PublishedMeeting, &'e PublishedSupplementary),
    /// Nothing: it is a single paper.
    Nothing,
}

/// A paper that stands in a document.
#[derive(Debug)]
pub(super) struct Part<'e> {
    /// The paper.
    pub(super) paper: &'e Paper,
    /// What its labels begin with.
    pub(super) key: String,
    /// The number of the item that carries it, and the item's title.
    pub(super) item: Option<(String, String)>,
    /// Why it is not for publication; only in the members' edition.
    pub(super) exempt: Option<Exempt>,
}

/// Documents of which each has to wait for the one before it: the packs of a meeting, whose pages run on.
pub(super) type Chain<'e> = Vec<Volume<'e>>;

/// All documents of an edition.
pub(super) fn volumes<'e>(edition: &'e Edition, view: &View<'e>) -> Vec<Chain<'e>> {
    let mut chains = Vec::new();
    for meeting in edition.meetings.values() {
        if let Some(agenda) = &meeting.agenda {
            let mut chain = vec![pack(view, meeting, agenda)];
            chain.extend(meeting.supplementary.iter().map(|one| supplement(view, meeting, agenda, one)));
            chains.push(chain);
        }
        if let Some(minutes) = &meeting.minutes {
            chains.push(vec![single(view, &minutes.paper, why_closed(edition, minutes))]);
        }
    }
    chains.extend(edition.papers.values().map(|own| vec![single(view, &own.paper, own.exempt.clone())]));
    chains
}

/// The pack that an agenda heads: what a supplementary agenda added stands in a pack of its own.
fn pack<'e>(view: &View<'e>, meeting: &'e PublishedMeeting, agenda: &'e PublishedAgenda) -> Volume<'e> {
    let mut parts = parts(view, agenda, None);
    // What came after the agenda stands at the end, so that nothing before it moves to another page.
    let late = |part: &Part<'_>| {
        let published = view.edition.papers.get(&part.paper.id).and_then(|own| own.published);
        published.filter(|published| agenda.published.is_some_and(|agenda| *published > agenda))
    };
    parts.sort_by_key(late);
    Volume { paper: &agenda.paper, path: Routes::pack(&meeting.key), front: Front::Agenda(meeting), parts }
}

fn supplement<'e>(
    view: &View<'e>,
    meeting: &'e PublishedMeeting,
    agenda: &'e PublishedAgenda,
    supplementary: &'e PublishedSupplementary,
) -> Volume<'e> {
    let number = match &supplementary.paper.head.own {
        crate::model::paper::Own::SupplementaryAgenda(own) => own.number,
        _ => 1,
    };
    Volume {
        paper: &supplementary.paper,
        path: Routes::printed(&supplementary.paper),
        front: Front::Letter(meeting, supplementary),
        parts: parts(view, agenda, Some(number)),
    }
}

fn single<'e>(view: &View<'e>, paper: &'e Paper, exempt: Option<Exempt>) -> Volume<'e> {
    let item = carrier(view, paper).map(|carrier| (carrier.number.clone(), carrier.title.clone()));
    let part = Part { paper, key: "p1".to_owned(), item, exempt };
    Volume { paper, path: Routes::printed(paper), front: Front::Nothing, parts: vec![part] }
}

/// Why minutes are not for publication: in the members' edition those that hold private business are not, all of them.
fn why_closed(edition: &Edition, minutes: &PublishedMinutes) -> Option<Exempt> {
    let closed = edition.audience == Audience::Members && !minutes.private.is_empty();
    let unnamed = || closed.then(|| Exempt { paragraphs: Vec::new(), public_interest: None });
    minutes.exempt.clone().or_else(unnamed)
}

fn carrier<'v>(view: &'v View<'_>, paper: &Paper) -> Option<&'v crate::edition::Carrier> {
    let published = view.edition.papers.get(&paper.id)?;
    view.carrier(published)
}

/// The papers of an agenda's items that came with it, or with one of its supplementary agendas.
fn parts<'e>(view: &View<'e>, agenda: &'e PublishedAgenda, added_by: Option<u32>) -> Vec<Part<'e>> {
    let mut parts = Vec::new();
    let mut placed = BTreeSet::new();
    for item in agenda.all_items() {
        for (id, added) in &item.papers {
            if *added == added_by {
                place(view, id, item, &mut placed, &mut parts, 0);
            }
        }
    }
    parts
}

/// Puts a paper and its appendices into place; one that two items carry stands where the first does.
fn place<'e>(
    view: &View<'e>,
    id: &PaperId,
    item: &'e PublishedItem,
    placed: &mut BTreeSet<PaperId>,
    parts: &mut Vec<Part<'e>>,
    depth: usize,
) {
    // Appendices of appendices end somewhere; two that list each other do not.
    if depth > 4 || !placed.insert(id.clone()) {
        return;
    }
    let edition = view.edition;
    let published = edition.papers.get(id);
    let minutes = || {
        let key = view.references.paper(id)?.meeting.as_ref()?;
        edition.meetings.get(key)?.minutes.as_ref().filter(|minutes| minutes.paper.id == *id)
    };
    let (paper, exempt) = match published {
        Some(published) => (&published.paper, published.exempt.clone()),
        None => match minutes() {
            Some(minutes) => (&minutes.paper, why_closed(edition, minutes)),
            None => return,
        },
    };
    parts.push(Part {
        paper,
        key: format!("p{}", parts.len() + 1),
        item: Some((item.number.clone(), item.title.clone())),
        exempt: exempt.or_else(|| item.exempt.clone()),
    });
    for appendix in paper.head.appendices() {
        let id = paper.address(&appendix.value);
        if edition.papers.contains_key(&id) {
            place(view, &id, item, placed, parts, depth + 1);
        }
    }
}
