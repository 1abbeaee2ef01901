//! What is told of a paper beside its text, for pages on the web and in print.

use chrono::NaiveDate;

use super::{Text, View};
use crate::calendar::{Moment, long_date};
use crate::document::{Block, Contents, Document};
use crate::edition::{Carrier, PublishedPaper};
use crate::model::paper::{MonitoringReturn, WorkProgramme};
use crate::model::{Kind, MeetingKey, PaperId};
use crate::record::answers;
use crate::site::context::{
    Abbreviation, ContentsEntry, Implication, Link, OutstandingRow, Paper as PaperContext, ProgrammeRow, ReturnAnswer,
    ReturnPage, WorkProgrammePage,
};
use crate::site::routes::Routes;
use crate::text::sentence::capital;

/// Words that most people read in a minute (Brysbaert 2019 finds 238 for English prose; papers are heavier going).
const WORDS_A_MINUTE: usize = 220;

impl View<'_> {
    /// What every page of a paper has; `html` is as much of its text as the page shows in one piece.
    pub(crate) fn paper_context(&self, published: &PublishedPaper, html: String) -> PaperContext {
        let paper = &published.paper;
        let document = &paper.text.document;
        let carrier = self.carrier(published);
        let meeting = carrier.map(|carrier| &carrier.meeting);
        let date = meeting.map(|key| key.date).or(paper.head.common.date.as_ref().map(|date| date.value));
        let report = paper.head.report();
        let (previous, next) = self.neighbours(&paper.id, meeting);
        let to = report.and_then(|report| match &report.to {
            Some(to) => Some(Link { title: to.clone(), href: None }),
            None if paper.kind() == Kind::Letter => None,
            None => meeting.map(|key| self.body(&key.body)),
        });
        PaperContext {
            title: paper.title(),
            kind: paper.kind().printed().to_owned(),
            label: paper.label(),
            published: published.published.map(Moment::long),
            published_iso: published.published.map(Moment::iso),
            date: date.map(long_date),
            to,
            from: report.and_then(|report| report.from.clone()),
            report_of: report.and_then(|report| report.report_of.clone()),
            portfolio_holders: report
                .iter()
                .flat_map(|report| &report.portfolio_holder)
                .map(|id| self.office(&id.value, date))
                .collect(),
            authors: report
                .iter()
                .flat_map(|report| &report.authors)
                .map(|author| {
                    let parts = [&author.post, &author.directorate, &author.organisation];
                    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
                })
                .collect(),
            contact: report.and_then(|report| self.contact(&report.contact.as_ref()?.value)),
            wards: report.and_then(|report| wards(&report.wards)),
            background_papers: report.map(|report| report.background_papers.clone()).unwrap_or_default(),
            implications: report
                .iter()
                .flat_map(|report| &report.implications.0)
                .map(|(name, text)| Implication { name: capital(&name.value), text: text.clone() })
                .collect(),
            summary: paper.head.common.summary.clone(),
            meeting: meeting.map(|key| self.meeting_link(key)),
            item: carrier.map(|carrier| Link {
                title: format!("Item {}: {}", carrier.number, carrier.title),
                href: Some(format!("{}#item-{}", Routes::meeting(&carrier.meeting), carrier.number)),
            }),
            pages: self.pages_of_paper(&paper.id, carrier),
            attachment: paper.attachment().map(|path| Link {
                title: path.rsplit('/').next().unwrap_or_default().to_owned(),
                href: Some(Routes::file(&path)),
            }),
            pdf: self.pdf(&paper.id),
            parents: self
                .references
                .parents(&paper.id)
                .iter()
                .map(|parent| Link { title: parent.full_title(), href: Some(Routes::paper(parent)) })
                .collect(),
            appendices: self.appendices(paper),
            also: self.also(&paper.id, &paper.text_from),
            contents: contents(document),
            html,
            abbreviations: abbreviations(document),
            previous,
            next,
            reading_minutes: paper.text.words.div_ceil(WORDS_A_MINUTE).max(1),
        }
    }

    /// The item that carries a paper, or the paper that it is an appendix of.
    pub(crate) fn carrier<'p>(&'p self, published: &'p PublishedPaper) -> Option<&'p Carrier> {
        published.carriers.first().or_else(|| {
            let parents = self.references.parents(&published.paper.id);
            parents.iter().find_map(|parent| self.edition.papers.get(&parent.id)?.carriers.first())
        })
    }

    fn neighbours(&self, id: &PaperId, meeting: Option<&MeetingKey>) -> (Option<Link>, Option<Link>) {
        let Some(pack) = meeting.and_then(|key| self.packs.get(key)) else { return (None, None) };
        let Some(index) = pack.iter().position(|other| other == id) else { return (None, None) };
        let link = |index: usize| pack.get(index).and_then(|id| self.paper_link(id));
        (index.checked_sub(1).and_then(link), link(index + 1))
    }

    /// Other places in which the same text is published.
    fn also(&self, id: &PaperId, text_from: &PaperId) -> Vec<Link> {
        let copies = self.reissues.get(text_from).into_iter().flatten();
        std::iter::once(text_from)
            .chain(copies)
            .filter(|other| *other != id)
            .filter_map(|other| {
                let published = self.edition.papers.get(other)?;
                let link = Self::link(published);
                let place = self.carrier(published).map(|carrier| self.meeting_link(&carrier.meeting).title);
                let place = place.or_else(|| published.paper.body().map(|body| self.body(body).title));
                let title = place.map_or_else(|| link.title.clone(), |place| format!("{}, {place}", link.title));
                Some(Link { title, ..link })
            })
            .collect()
    }

    /// A work programme; `paper` is what every paper's page has.
    pub(crate) fn programme(
        &self,
        published: &PublishedPaper,
        own: &WorkProgramme,
        paper: PaperContext,
    ) -> WorkProgrammePage {
        let body = published.paper.body();
        let key = |date: NaiveDate| body.map(|body| MeetingKey { body: body.clone(), date });
        let day = |date: NaiveDate| match key(date) {
            Some(key) => self.day_link(&key),
            None => Link { title: long_date(date), href: None },
        };
        let entries = own.entries.iter().map(|entry| ProgrammeRow {
            when: Some(day(entry.date.value)),
            iso: Some(entry.date.value.to_string()),
            title: entry.title.clone(),
            detail: entry.detail.clone(),
            deferred_from: entry
                .deferred_from
                .as_ref()
                .map(|date| Link { title: long_date(date.value), ..day(date.value) }),
            portfolio_holders: entry
                .portfolio_holder
                .iter()
                .map(|id| self.office(&id.value, Some(entry.date.value)))
                .collect(),
            leads: entry.lead.iter().map(|lead| self.named_or_words(&lead.value).title).collect(),
            empty: entry.empty,
        });
        let undated = own.undated.iter().map(|entry| ProgrammeRow {
            when: entry.when.as_ref().map(|when| Link { title: when.clone(), href: None }),
            iso: None,
            title: entry.title.clone(),
            detail: entry.detail.clone(),
            deferred_from: None,
            portfolio_holders: entry
                .portfolio_holder
                .iter()
                .map(|id| self.office(&id.value, own.updated.map(|updated| updated.value)))
                .collect(),
            leads: entry.lead.iter().map(|lead| self.named_or_words(&lead.value).title).collect(),
            empty: false,
        });
        let outstanding = own.outstanding.iter().map(|issue| OutstandingRow {
            title: issue.title.clone(),
            detail: issue.detail.clone(),
            from: issue.from.as_ref().map(|date| {
                let minutes = key(date.value).and_then(|key| self.edition.meetings.get(&key)?.minutes.as_ref());
                match (minutes, &issue.minute) {
                    (Some(minutes), Some(minute)) => Link {
                        title: format!("minute {} of {}", minute.value, long_date(date.value)),
                        href: Some(format!("{}#minute-{}", Routes::paper(&minutes.paper), minute.value)),
                    },
                    _ => Link { title: long_date(date.value), ..day(date.value) },
                }
            }),
        });
        WorkProgrammePage {
            entries: entries.collect(),
            undated: undated.collect(),
            outstanding: outstanding.collect(),
            year: own.year.value.clone(),
            updated: own.updated.map(|updated| long_date(updated.value)),
            paper,
        }
    }

    /// A monitoring return: its answers, each written by `text`; nothing if its form is not there.
    pub(crate) fn monitoring_return(
        &self,
        published: &PublishedPaper,
        own: &MonitoringReturn,
        paper: PaperContext,
        text: &Text<'_>,
    ) -> Option<ReturnPage> {
        let form = self.form_card(&published.paper.folder)?;
        let (_, answers) = answers(&published.paper.text.document);
        Some(ReturnPage {
            answers: answers
                .iter()
                .map(|answer| ReturnAnswer {
                    questions: form
                        .questions
                        .iter()
                        .filter(|question| answer.questions.contains(&question.number))
                        .cloned()
                        .collect(),
                    anchor: answer.heading.anchor.clone(),
                    html: text(answer.blocks),
                })
                .collect(),
            footnotes_html: String::new(),
            area: own.area.clone(),
            partnership: own.partnership.clone(),
            form,
            paper,
        })
    }
}

/// The headings of the first two levels.
fn contents(document: &Document) -> Vec<ContentsEntry> {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level <= 3 => Some(heading),
        _ => None,
    });
    headings
        .map(|heading| ContentsEntry {
            number: heading.number.as_ref().map(ToString::to_string),
            title: heading.plain(),
            anchor: heading.anchor.clone(),
            level: heading.level,
        })
        .collect()
}

/// The abbreviations that a text uses, in order.
pub(super) fn abbreviations(document: &Document) -> Vec<Abbreviation> {
    let marked = Contents::of_text(document).abbreviations.into_iter();
    marked.map(|(short, meaning)| Abbreviation { short: short.to_owned(), meaning: meaning.to_owned() }).collect()
}

fn wards(wards: &[String]) -> Option<String> {
    match wards {
        [] => None,
        [all] if all == "all" => Some("All wards".to_owned()),
        some => Some(some.join(", ")),
    }
}
