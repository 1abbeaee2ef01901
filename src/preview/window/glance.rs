//! A page shown at once, with what one edit has changed in its paper, and all else on it as it was before.

use std::sync::Arc;

use super::Renewed;
use super::shop::Shop;
use crate::edition::PublishedPaper;
use crate::model::PaperId;
use crate::model::paper::{Appendix, Common, Head, Own, Report};
use crate::preview::Page;
use crate::preview::fault::guarded;
use crate::preview::state::HeldBack;
use crate::record::Paper;
use crate::text::Spanned;

impl Shop<'_, '_> {
    /// The open pages that show one of these papers, as they have become by it alone. None if anything in any of the papers
    /// could change who sees another: an agenda, say, that has just made one of them private.
    pub(super) fn glance(&mut self, papers: &[Arc<Paper>], known: &[(String, String)]) -> Vec<Renewed> {
        let stand_as = |paper: &Arc<Paper>| {
            let before = self.edition.papers.get(&paper.id);
            before.is_some_and(|before| stands_as(&before.paper, paper))
        };
        // After a mistake, what is shown is older than what the papers were compared with.
        if matches!(self.trouble, Some(HeldBack::Fault(_))) || !papers.iter().all(stand_as) {
            return Vec::new();
        }
        let mut renewed = Vec::new();
        for paper in papers {
            let Some(before) = self.edition.papers.get(&paper.id) else { continue };
            let path = format!("{}.html", paper.id);
            let Some((_, version)) = known.iter().find(|(known, _)| *known == path) else { continue };
            let published = PublishedPaper { paper: self.edition.filled(paper), ..before.clone() };
            let render = || guarded("in making this page", || self.pages.with(&published));
            let rendered = self.tables.with(&published, render);
            // What is wrong is told when the page is made with all that hangs on it.
            let Ok(Ok(artefact)) = rendered else { continue };
            let page = Page::new(String::from_utf8_lossy(&artefact.bytes).into_owned(), true);
            if page.version != *version {
                self.keep(&path, &page);
                // What is answered from here on until the next issue comes is what the tab has been told of.
                self.fresh.insert(path.clone(), Ok(page.clone()));
                renewed.push(Renewed { path, page, style: None });
            }
        }
        renewed
    }
}

/// Whether a paper, as it has become, is seen by the same people, at the same time and in the same places as before: what
/// differs is only what it says itself. In doubt it is not. Every field is named, so that whoever adds one decides this.
fn stands_as(before: &Paper, now: &Paper) -> bool {
    let is_own_text = |paper: &Paper| paper.text_from == paper.id;
    let Head { common: Common { kind, status, published, exempt, file, text_of, body, date, .. }, own } = &now.head;
    let Common {
        kind: kind_before,
        status: status_before,
        published: published_before,
        exempt: exempt_before,
        file: file_before,
        text_of: text_of_before,
        body: body_before,
        date: date_before,
        // Words that nothing hangs on.
        title: _,
        summary: _,
        late_reason: _,
        numbering: _,
        invented: _,
        rules: _,
    } = &before.head.common;
    now.head_is_whole
        && is_own_text(before)
        && is_own_text(now)
        // A picture that nothing has shown before cannot be had yet.
        && before.text.files == now.text.files
        && kind.value == kind_before.value
        && status == status_before
        && value(published.as_ref()) == value(published_before.as_ref())
        && value(exempt.as_ref()) == value(exempt_before.as_ref())
        && value(file.as_ref()) == value(file_before.as_ref())
        && value(text_of.as_ref()) == value(text_of_before.as_ref())
        && value(body.as_ref()) == value(body_before.as_ref())
        && value(date.as_ref()) == value(date_before.as_ref())
        && match (&before.head.own, own) {
            (Own::Report(before), Own::Report(own)) => {
                let Report {
                    appendices,
                    report_of: _,
                    portfolio_holder: _,
                    authors: _,
                    contact: _,
                    wards: _,
                    background_papers: _,
                    implications: _,
                    from: _,
                    to: _,
                } = &**before;
                same_papers(appendices, &own.appendices)
            }
            (Own::Appendix(before), Own::Appendix(own)) => {
                let Appendix { number, appendices } = before;
                number.value == own.number.value && same_papers(appendices, &own.appendices)
            }
            (before, own) => before == own,
        }
}

/// What a key says, wherever it stands.
fn value<T>(key: Option<&Spanned<T>>) -> Option<&T> {
    key.map(|key| &key.value)
}

fn same_papers(some: &[Spanned<PaperId>], others: &[Spanned<PaperId>]) -> bool {
    some.iter().map(|id| &id.value).eq(others.iter().map(|id| &id.value))
}
