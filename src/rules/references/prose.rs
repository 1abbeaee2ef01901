//! References in words, not between `[[` and `]]`: whether what they cite is there.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::citation::{Citation, Cited, follows_number};
use super::family::{Family, appendix_number};
use crate::calendar::MunicipalYear;
use crate::document::{Block, Document, Run, RunKind, each_block};
use crate::model::MeetingKey;
use crate::record::sections;
use crate::rules::pattern::{pattern, stretch_before};
use crate::rules::{Found, MeetingInHand, PaperInHand};

/// What the running text of a paper cites.
fn cited<'p>(paper: &'p PaperInHand<'_>, cited: Cited, parts: &[&str]) -> Vec<(&'p Run, Citation)> {
    // To look for a few letters is quicker by far than to look for a pattern.
    let runs = paper.prose.body().filter(|run| run.kind != RunKind::Head);
    let runs = runs.filter(|run| parts.iter().any(|part| run.text.contains(part)));
    runs.flat_map(|run| cited.citations(&run.text).into_iter().map(move |citation| (run, citation))).collect()
}

/// Cited appendices exist.
pub(super) fn appendices(paper: &PaperInHand<'_>, found: &mut Found) {
    let citations = cited(paper, Cited::Appendix, &["ppendi", "PPENDI"]);
    if citations.is_empty() || paper.is_withdrawn() {
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
                if words.trim_start().to_lowercase().starts_with("append") {
                    numbers.extend(Cited::Appendix.citations(&words).into_iter().map(|one| one.number));
                }
            }
        });
    }
    for words in paper.prose.links.iter().filter_map(|link| link.words.as_ref()) {
        numbers.extend(Cited::Appendix.citations(words).into_iter().map(|one| one.number));
    }
    let known: Vec<String> = family.papers.iter().filter_map(|paper| paper.label()).collect();
    for (run, citation) in citations {
        let whole = citation.number.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        if numbers.contains(&citation.number) || numbers.contains(whole) {
            continue;
        }
        let help = if known.is_empty() {
            "list the appendix under `appendices` in the head of the paper it belongs to".to_owned()
        } else {
            format!("there are {}; list a further one under `appendices` in the head", known.join(", "))
        };
        let message = format!("this refers to Appendix {}, which does not exist", citation.number);
        found.at(run.span(citation.range), message).help(help);
    }
}

/// Works that have numbered paragraphs of their own.
static OTHER_WORKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:Acts?|Schedule|Constitution|Regulations?|Orders?|Code|[Gg]uidance|[Pp]olicy|Framework|NPPF|Rules?|Plan|[Aa]ppendix|[Ll]etter)\b",
    )
});

/// Cited paragraphs exist.
pub(super) fn paragraphs(paper: &PaperInHand<'_>, found: &mut Found) {
    let mut citations = cited(paper, Cited::Paragraph, &["para", "Para", "ection"]);
    if citations.is_empty() || paper.is_withdrawn() {
        return;
    }
    let own = numbered(&paper.paper.text.document);
    citations.retain(|(_, citation)| !own.contains(&citation.number));
    if own.is_empty() || citations.is_empty() {
        return;
    }
    let family = Family::of(paper);
    if !family.is_complete {
        return;
    }
    // An appendix may speak of a paragraph of the paper that it belongs to.
    let others: BTreeSet<String> = family.papers.iter().flat_map(|other| numbered(&other.text.document)).collect();
    for (run, citation) in citations {
        let before = stretch_before(&run.text, citation.range.start, 40);
        let sentence = before.rsplit(". ").next().unwrap_or("");
        if others.contains(&citation.number) || OTHER_WORKS.is_match(sentence) {
            continue;
        }
        let section = citation.number.rsplit_once('.').map_or("", |(section, _)| section);
        let last = own
            .iter()
            .filter(|number| number.rsplit_once('.').is_some_and(|(above, _)| above == section))
            .max_by_key(|number| number.rsplit('.').next().and_then(|part| part.parse::<u32>().ok()));
        let help = match last {
            Some(last) => format!(
                "section {section} ends with {last}; a name, and `[[name]]` in place of the number, would follow by itself"
            ),
            None => "correct the number, or give the paragraph a name, `{#name}`, and cite it as `[[name]]`".to_owned(),
        };
        let message = format!("this refers to {}, which this paper does not have", citation.number);
        found.at(run.span(citation.range), message).help(help);
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
    if !paper.is_withdrawn() {
        pictured_in_words(paper, Cited::Table, "Table", found);
        pictured_in_words(paper, Cited::Figure, "Figure", found);
    }
}

fn pictured_in_words(paper: &PaperInHand<'_>, what: Cited, word: &str, found: &mut Found) {
    let mut citations = cited(paper, what, &[&word[..3]]);
    if citations.is_empty() {
        return;
    }
    let own = pictured(&paper.paper.text.document, what);
    let number = |citation: &Citation| citation.number.parse::<u32>().ok();
    citations.retain(|(_, citation)| number(citation).is_some_and(|number| !own.numbers.contains(&number)));
    if citations.is_empty() {
        return;
    }
    let family = Family::of(paper);
    if !family.is_complete {
        return;
    }
    let mut known = captions_by_hand(paper, word);
    known.extend(family.papers.iter().flat_map(|other| pictured(&other.text.document, what).numbers));
    for (run, citation) in citations {
        if number(&citation).is_none_or(|number| known.contains(&number)) {
            continue;
        }
        let name = format!("{word} {}", citation.number);
        let help = match (own.numbers.last(), own.unnumbered > 0) {
            (_, true) if what == Cited::Table => {
                "only tables with a caption have a number: write `Table: …` above each".to_owned()
            }
            (_, true) => "only pictures with a caption have a number: write it in quotes after the file".to_owned(),
            (Some(last), _) => format!("the last is {word} {last}; better give it a name and cite it as `[[name]]`"),
            (None, _) => format!("add it, or say in which other paper {name} is"),
        };
        let message = format!("this refers to {name}, which this paper does not have");
        found.at(run.span(citation.range), message).help(help);
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

/// The numbers of captions that are written by hand, as paragraphs or headings: "Table 3: Crime by month".
fn captions_by_hand(paper: &PaperInHand<'_>, word: &str) -> BTreeSet<u32> {
    let runs = paper.prose.body().map(|run| run.text.trim_start());
    let alternatives = paper.prose.pictures.iter().map(|picture| picture.alternative.trim_start());
    let number = |text: &str| {
        let rest = text.strip_prefix(word)?.trim_start();
        let figures = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let after = rest[figures..].trim_start();
        let ends = after.is_empty() || after.starts_with([':', '.', '–', '—', '-']);
        rest[..figures].parse().ok().filter(|_| ends)
    };
    runs.chain(alternatives).filter_map(number).collect()
}

/// Cited minutes exist.
pub(super) fn minutes(paper: &PaperInHand<'_>, found: &mut Found) {
    let citations = cited(paper, Cited::Minute, &["inute"]);
    if citations.is_empty() || paper.is_withdrawn() {
        return;
    }
    let Some(known) = KnownMinutes::of(paper) else { return };
    let (Some(first), Some(last)) = (known.numbers.first(), known.numbers.last()) else { return };
    for (run, citation) in citations {
        let Ok(number) = citation.number.parse::<u32>() else { continue };
        // A number below all that are known may be that of a minute before this record begins.
        if number < *first || known.numbers.contains(&number) || follows_number(&run.text, citation.range.start) {
            continue;
        }
        let message = format!("this refers to minute {number}, and the minutes known of the {} have none", known.body);
        found
            .at(run.span(citation.range), message)
            .help(format!("those of this municipal year and the last are {first} to {last}"));
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
        let after = MeetingKey { body: body.clone(), date: until.succ_opt()? };
        let in_time = |meeting: &MeetingInHand<'_>| MunicipalYear::of(meeting.date()).0 + 1 >= year;
        for meeting in context.meetings_before(&after).take_while(in_time) {
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
