//! References in words, not between `[[` and `]]`: whether what they cite is there.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::citation::{Cited, follows_number};
use super::family::{Family, appendix_number};
use crate::calendar::MunicipalYear;
use crate::document::{Block, Document, RunKind, each_block};
use crate::record::{Paper, sections};
use crate::rules::pattern::{pattern, stretch_before};
use crate::rules::{Found, PaperInHand};

/// Cited appendices exist.
pub(super) fn appendices(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() || !mentions(paper, &["ppendi", "PPENDI"]) {
        return;
    }
    let family = Family::of(paper);
    if !family.is_complete {
        return;
    }
    let mut numbers: BTreeSet<String> =
        family.papers.iter().filter_map(|paper| appendix_number(paper)).map(str::to_uppercase).collect();
    // An appendix may stand in the text itself, or be a file that a link leads to.
    for other in &family.papers {
        each_block(&other.text.document.blocks, &mut |block| {
            if let Block::Heading(heading) = block {
                let words = heading.plain();
                let is_at_start = words.trim_start().to_lowercase().starts_with("append");
                numbers.extend(
                    Cited::Appendix.citations(&words).into_iter().filter(|_| is_at_start).map(|one| one.number),
                );
            }
        });
    }
    for words in paper.prose.links.iter().filter_map(|link| link.words.as_ref()) {
        numbers.extend(Cited::Appendix.citations(words).into_iter().map(|one| one.number));
    }
    let known: Vec<String> = family.papers.iter().filter_map(|paper| paper.label()).collect();
    for run in paper.prose.body().filter(|run| run.kind != RunKind::Head) {
        for citation in Cited::Appendix.citations(&run.text) {
            let whole = citation.number.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
            if numbers.contains(&citation.number) || numbers.contains(whole) {
                continue;
            }
            let help = if known.is_empty() {
                "list the appendix under `appendices` in the head of the paper it belongs to".to_owned()
            } else {
                format!("there are {}; list a further one under `appendices` in the head", known.join(", "))
            };
            found
                .at(
                    run.span(citation.range),
                    format!("this refers to Appendix {}, which does not exist", citation.number),
                )
                .help(help);
        }
    }
}

fn mentions(paper: &PaperInHand<'_>, parts: &[&str]) -> bool {
    paper.prose.body().any(|run| parts.iter().any(|part| run.text.contains(part)))
}

/// Works that have numbered paragraphs of their own.
static OTHER_WORKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:Acts?|Schedule|Constitution|Regulations?|Orders?|Code|[Gg]uidance|[Pp]olicy|Framework|NPPF|Rules?|Plan|[Aa]ppendix|[Ll]etter)\b",
    )
});

/// Cited paragraphs exist.
pub(super) fn paragraphs(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() || !mentions(paper, &["para", "Para", "ection"]) {
        return;
    }
    let family = Family::of(paper);
    if !family.is_complete {
        return;
    }
    let own = numbered(&paper.paper.text.document);
    if own.is_empty() {
        return;
    }
    // An appendix may speak of a paragraph of the paper that it belongs to.
    let others: BTreeSet<String> = family.papers.iter().flat_map(|other| numbered(&other.text.document)).collect();
    for run in paper.prose.body().filter(|run| run.kind != RunKind::Head) {
        for citation in Cited::Paragraph.citations(&run.text) {
            let before = stretch_before(&run.text, citation.range.start, 40);
            let sentence = before.rsplit(". ").next().unwrap_or("");
            if own.contains(&citation.number) || others.contains(&citation.number) || OTHER_WORKS.is_match(sentence) {
                continue;
            }
            let section = citation.number.rsplit_once('.').map_or("", |(section, _)| section);
            let last = own
                .iter()
                .filter(|number| number.rsplit_once('.').is_some_and(|(above, _)| above == section))
                .max_by_key(|number| number.rsplit('.').next().and_then(|part| part.parse::<u32>().ok()));
            let help = match last {
                Some(last) => format!(
                    "section {section} ends with {last}; a name and `[[name]]` in place of the number would follow by itself"
                ),
                None => {
                    "correct the number, or give the paragraph a name, `{#name}`, and cite it as `[[name]]`".to_owned()
                }
            };
            let message = format!("this refers to {}, which this paper does not have", citation.number);
            found.at(run.span(citation.range), message).help(help);
        }
    }
}

/// The numbers with a dot in them that the paragraphs and headings of a text bear.
fn numbered(document: &Document) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    each_block(&document.blocks, &mut |block| {
        let number = match block {
            Block::Heading(heading) => heading.number.as_ref(),
            Block::Paragraph(paragraph) => paragraph.number.as_ref(),
            _ => None,
        };
        numbers.extend(number.map(ToString::to_string).filter(|number| number.contains('.')));
    });
    numbers
}

/// Cited tables and figures exist.
pub(super) fn tables_and_figures(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() || !mentions(paper, &["Table", "Fig"]) {
        return;
    }
    let family = Family::of(paper);
    if !family.is_complete {
        return;
    }
    for (cited, word) in [(Cited::Table, "Table"), (Cited::Figure, "Figure")] {
        let own = pictured(&paper.paper.text.document, cited);
        for run in paper.prose.body().filter(|run| run.kind != RunKind::Head) {
            for citation in cited.citations(&run.text) {
                let Ok(number) = citation.number.parse::<u32>() else { continue };
                let exists = |other: &&&Paper| pictured(&other.text.document, cited).numbers.contains(&number);
                if own.numbers.contains(&number)
                    || is_caption(paper, word, number)
                    || family.papers.iter().find(exists).is_some()
                {
                    continue;
                }
                let help = match (own.numbers.last(), own.unnumbered > 0) {
                    (_, true) if cited == Cited::Table => {
                        "only tables with a caption have a number: write `Table: …` above each".to_owned()
                    }
                    (_, true) => {
                        "only pictures with a caption have a number: write it in quotes after the file".to_owned()
                    }
                    (Some(last), _) => {
                        format!("the last is {word} {last}; better give it a name and cite it as `[[name]]`")
                    }
                    (None, _) => format!("add it, or say in which other paper {word} {number} is"),
                };
                let message = format!("this refers to {word} {number}, which this paper does not have");
                found.at(run.span(citation.range), message).help(help);
            }
        }
    }
}

/// The numbers of the tables or figures of a text, and how many have none.
#[derive(Default)]
struct Pictured {
    numbers: BTreeSet<u32>,
    unnumbered: usize,
}

fn pictured(document: &Document, cited: Cited) -> Pictured {
    let mut pictured = Pictured::default();
    each_block(&document.blocks, &mut |block| {
        let number = match block {
            Block::Table(table) if cited == Cited::Table => table.number,
            Block::Figure(figure) if cited == Cited::Figure => figure.number,
            Block::Generated(generated) => {
                let is_figure = generated.anchor.starts_with("figure");
                if is_figure != (cited == Cited::Figure) {
                    return;
                }
                Some(generated.number)
            }
            _ => return,
        };
        pictured.unnumbered += usize::from(number.is_none());
        pictured.numbers.extend(number);
    });
    pictured
}

/// Whether a paragraph or heading of the paper is a caption written by hand: "Table 3: Crime by month".
fn is_caption(paper: &PaperInHand<'_>, word: &str, number: u32) -> bool {
    let caption = format!("{word} {number}");
    let runs = paper.prose.body().map(|run| run.text.trim_start());
    let alternatives = paper.prose.pictures.iter().map(|picture| picture.alternative.trim_start());
    runs.chain(alternatives).any(|text| {
        text.strip_prefix(&caption)
            .is_some_and(|rest| rest.trim().is_empty() || rest.trim_start().starts_with([':', '.', '–', '—', '-']))
    })
}

/// Cited minutes exist.
pub(super) fn minutes(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() || !mentions(paper, &["inute "]) && !mentions(paper, &["inutes "]) {
        return;
    }
    let Some(known) = KnownMinutes::of(paper) else { return };
    for run in paper.prose.body().filter(|run| run.kind != RunKind::Head) {
        for citation in Cited::Minute.citations(&run.text) {
            let Ok(number) = citation.number.parse::<u32>() else { continue };
            // A number below all that are known may be that of a minute before this record begins.
            if known.numbers.contains(&number)
                || known.numbers.first().is_none_or(|first| number < *first)
                || follows_number(&run.text, citation.range.start)
            {
                continue;
            }
            let (Some(first), Some(last)) = (known.numbers.first(), known.numbers.last()) else { continue };
            let message =
                format!("this refers to minute {number}, and the minutes known of the {} have none", known.body);
            found
                .at(run.span(citation.range), message)
                .help(format!("those of this municipal year and the last are {first} to {last}"));
        }
    }
}

/// The numbers of a body's minutes up to a paper's meeting, in its municipal year and the one before.
struct KnownMinutes<'r> {
    body: &'r str,
    numbers: BTreeSet<u32>,
}

impl<'r> KnownMinutes<'r> {
    /// Nothing if a meeting of that time has no minutes here: the number may be among those.
    fn of(paper: &PaperInHand<'r>) -> Option<Self> {
        let context = paper.context;
        let body = paper.paper.body()?;
        let name = &context.body(body)?.name;
        let until = paper.paper.meeting.as_ref().map_or(context.now.date(), |meeting| meeting.date);
        let year = MunicipalYear::of(until).0;
        if !context.is_all_read(&format!("meetings/{body}")) {
            return None;
        }
        let mut numbers = BTreeSet::new();
        for meeting in context.meetings_of(body).take_while(|meeting| meeting.date() <= until) {
            if MunicipalYear::of(meeting.date()).0 + 1 < year {
                continue;
            }
            match meeting.minutes() {
                Some((minutes, _)) => {
                    numbers.extend(sections(&minutes.text.document).1.iter().map(|section| section.number));
                }
                // The meeting itself has none before it is held.
                None if meeting.date() == until => {}
                None => return None,
            }
        }
        (!numbers.is_empty()).then_some(Self { body: name, numbers })
    }
}
