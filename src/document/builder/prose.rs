//! Headings, paragraphs, decisions and figures.

use std::ops::Range;

use super::{Builder, Events, Numbering, Place};
use crate::document::attributes::{self, Attributes};
use crate::document::{
    Block, Decision, DecisionKind, Figure, Heading, Inline, Named, Number, Paragraph, abbreviations, plain, slug,
};
use crate::finding::{Finding, codes};
use crate::text::Span;

impl<'t> Builder<'t> {
    pub(super) fn heading(
        &mut self,
        level: u8,
        name: Option<&str>,
        content: Vec<Inline>,
        classes: Vec<String>,
        attributes: Vec<(String, String)>,
        range: &Range<usize>,
    ) -> Block {
        let span = self.span(range);
        if level == 1 {
            self.findings.push(
                Finding::warning(
                    codes::HEADING_LEVEL,
                    span,
                    "a heading with one `#` stands in the text; the title comes from the head",
                )
                .help("begin headings in the text with `##`"),
            );
        }
        let level = level.max(2);
        if level == 2 {
            self.seen.clear();
        }
        self.list_anchor = None;
        let words = plain(&content);
        let unnumbered = classes.iter().any(|class| class == "unnumbered");
        let number = match self.text.numbering {
            Numbering::House if !unnumbered => {
                Some(self.counters.heading(level, classes.iter().any(|class| class == "same-level")))
            }
            Numbering::Minutes { first } if level == 2 && !unnumbered => {
                // A number given counts on from there; that one was left out is for the rules to say.
                let given =
                    attributes.iter().find(|(key, _)| key == "number").and_then(|(_, value)| value.parse().ok());
                let number = given.unwrap_or(first.saturating_add(self.minutes));
                self.minutes = number.saturating_sub(first).saturating_add(1);
                self.decisions = 0;
                Some(Number(vec![number]))
            }
            _ => None,
        };
        let (anchor, printed) = match (&number, self.text.numbering) {
            (Some(number), Numbering::Minutes { .. }) => {
                (format!("minute-{}", number.slug()), format!("minute {number}"))
            }
            (Some(number), _) => (format!("section-{}", number.slug()), format!("section {number}")),
            (None, _) => (slug(&words), format!("“{words}”")),
        };
        let anchor = self.anchor(anchor);
        if let Some(name) = name {
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, &mut self.findings);
        }
        Block::Heading(Heading { level, number, anchor, content, classes, attributes, span })
    }

    pub(super) fn paragraph(&mut self, range: &Range<usize>, events: &mut Events<'t>, place: &Place) -> Option<Block> {
        let mut content = self.inlines(events, 0);
        let span = self.span(range);
        let attributes = attributes::take(&mut content);
        self.paragraph_marks(&attributes, span);
        if content.len() == 1
            && let Some(Inline::Picture { .. }) = content.first()
        {
            return self.figure(content, &attributes, span);
        }
        if place.top
            && let Some(Inline::Text(text)) = content.first_mut()
            && let Some(caption) = text.strip_prefix("Table: ")
        {
            *text = caption.to_owned();
            self.caption_without_table();
            self.caption = Some((content, attributes, span));
            return None;
        }
        let unnumbered = !place.top || attributes.classes.iter().any(|class| class == "unnumbered");
        let number = match self.text.numbering {
            Numbering::House if !unnumbered => self.counters.paragraph(),
            _ => None,
        };
        abbreviations::mark(&mut content, self.text.glossary, &mut self.seen);
        if place.top
            && let Numbering::Minutes { first } = self.text.numbering
            && let Some(kind) = opens_decision(&content)
        {
            let minute = first.saturating_add(self.minutes.saturating_sub(1));
            return Some(self.decision(kind, minute, content, &attributes, span));
        }
        let mut anchor = number.as_ref().map(|number| format!("p{}", number.slug()));
        if anchor.is_none() {
            anchor.clone_from(&attributes.name);
        }
        let anchor = anchor.map(|anchor| self.anchor(anchor));
        if place.top {
            self.list_anchor.clone_from(&anchor);
        }
        if let (Some(name), Some(anchor)) = (&attributes.name, &anchor) {
            let printed = match &number {
                Some(number) => format!("paragraph {number}"),
                None => format!("the paragraph that begins “{}”", opening(&content)),
            };
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, &mut self.findings);
        }
        Some(Block::Paragraph(Paragraph { number, anchor, content, span }))
    }

    fn decision(
        &mut self,
        kind: DecisionKind,
        minute: u32,
        content: Vec<Inline>,
        attributes: &Attributes,
        span: Span,
    ) -> Block {
        self.decisions += 1;
        let anchor = self.anchor(format!("minute-{minute}-decision-{}", self.decisions));
        self.list_anchor = Some(anchor.clone());
        if let Some(name) = &attributes.name {
            let printed = format!("the decision in minute {minute}");
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, &mut self.findings);
        }
        let opening = Block::Paragraph(Paragraph { number: None, anchor: None, content, span });
        Block::Decision(Decision { kind, anchor, blocks: vec![opening], span })
    }

    fn figure(&mut self, content: Vec<Inline>, attributes: &Attributes, span: Span) -> Option<Block> {
        let Some(Inline::Picture { file, alternative, caption }) = content.into_iter().next() else { return None };
        let number = caption.as_ref().map(|_| {
            self.figures += 1;
            self.figures
        });
        let anchor = self.anchor(number.map_or_else(|| "figure".to_owned(), |number| format!("figure-{number}")));
        if let Some(name) = &attributes.name {
            let printed = number.map_or_else(|| "the figure".to_owned(), |number| format!("Figure {number}"));
            self.document.name(name, Named { anchor: anchor.clone(), printed, span }, &mut self.findings);
        }
        Some(Block::Figure(Figure { number, anchor, file, alternative, caption }))
    }
}

/// The kind of decision that a paragraph opens, by its first words in bold.
fn opens_decision(content: &[Inline]) -> Option<DecisionKind> {
    match content.first()? {
        Inline::Strong(words) => DecisionKind::from_opening(plain(words).trim_start()),
        _ => None,
    }
}

/// The first words of a paragraph.
fn opening(content: &[Inline]) -> String {
    let words = plain(content);
    let mut opening = words.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
    if words.split_whitespace().nth(5).is_some() {
        opening.push('…');
    }
    opening
}
