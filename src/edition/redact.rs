//! Taking out of a paper what an audience may not see.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::{Block, Contents, Document, Inline};
use crate::model::paper::Own;
use crate::model::{Agenda, Item};
use crate::record::{MinuteSection, NumberedItem, Paper, PaperText, sections};

/// The minutes that are private: their heading says so, or they answer a private item of the agenda.
pub(super) fn private_minutes(minutes: &Paper, items: &[NumberedItem<'_>]) -> BTreeMap<u32, Option<String>> {
    let Own::Minutes(own) = &minutes.head.own else { return BTreeMap::new() };
    let (_, sections) = sections(&minutes.text.document);
    sections
        .iter()
        .filter(|section| {
            section.heading.has_class("private") || item_of(section, items).is_some_and(|item| item.private)
        })
        .map(|section| {
            let number = section.number.to_string();
            let summary =
                own.public_summaries.0.iter().find(|(key, _)| key.value == number).map(|(_, text)| text.clone());
            (section.number, summary)
        })
        .collect()
}

fn item_of<'i, 'r>(section: &MinuteSection<'_>, items: &'i [NumberedItem<'r>]) -> Option<&'i NumberedItem<'r>> {
    let wanted = section.heading.attribute("item")?;
    items.iter().flat_map(|item| std::iter::once(item).chain(&item.items)).find(|item| item.number == wanted)
}

/// Minutes without what the private ones say. Of a private minute the number remains, and the title that the public
/// agenda gave it.
pub(super) fn minutes(paper: &Paper, private: &BTreeMap<u32, Option<String>>, items: &[NumberedItem<'_>]) -> Paper {
    let document = &paper.text.document;
    let (before, sections) = sections(document);
    let mut blocks: Vec<Block> = before.to_vec();
    for section in &sections {
        let mut heading = section.heading.clone();
        if private.contains_key(&section.number) {
            let title = item_of(section, items).map_or("Private business", |item| &item.item.title);
            heading.content = vec![Inline::Text(title.to_owned())];
            blocks.push(Block::Heading(heading));
        } else {
            blocks.push(Block::Heading(heading));
            blocks.extend_from_slice(section.blocks);
        }
    }
    let mut redacted = paper.clone();
    redacted.text = Arc::new(with_blocks(&paper.text, blocks));
    if let Own::Minutes(own) = &mut redacted.head.own {
        own.follow_ups.retain(|follow_up| !private.contains_key(&follow_up.minute.value));
        own.interests.retain(|interest| interest.minute.is_none_or(|minute| !private.contains_key(&minute)));
        own.public_summaries.0.clear();
    }
    redacted
}

/// A text with fewer blocks, and nothing left of what only the others held.
fn with_blocks(text: &PaperText, blocks: Vec<Block>) -> PaperText {
    let mut contents = Contents::of(&blocks);
    let document = &text.document;
    let mut footnotes = Vec::new();
    for footnote in &document.footnotes {
        if contents.footnotes.contains(&footnote.number) {
            contents.blocks(&footnote.blocks);
            footnotes.push(footnote.clone());
        }
    }
    let kept = |anchor: &String| contents.anchors.contains(anchor);
    let names = document.names.iter().filter(|(_, named)| kept(&named.anchor));
    let generated = text.generated.iter().filter(|(anchor, _)| kept(anchor));
    PaperText {
        generated: generated.map(|(anchor, content)| (anchor.clone(), content.clone())).collect(),
        document: Document {
            names: names.map(|(name, named)| (name.clone(), named.clone())).collect(),
            footnotes,
            blocks,
            // For checking only, and what they lead to may be private.
            references: Vec::new(),
            files: Vec::new(),
        },
        words: text.words,
    }
}

/// An agenda of whose private items only the titles and the reasons remain, and of its papers only those that are out.
pub(super) fn agenda(paper: &Paper, visible: &BTreeSet<String>) -> Paper {
    let mut redacted = paper.clone();
    let address = |written: &crate::model::PaperId| paper.address(written).0;
    if let Own::Agenda(own) = &mut redacted.head.own {
        let Agenda { items, private, .. } = &mut **own;
        items.iter_mut().for_each(|item| trim(item, false, visible, &address));
        private.iter_mut().for_each(|item| trim(item, true, visible, &address));
    }
    redacted
}

fn trim(
    item: &mut Item,
    private: bool,
    visible: &BTreeSet<String>,
    address: &impl Fn(&crate::model::PaperId) -> String,
) {
    let private = private || item.exempt.is_some();
    item.papers.retain(|id| !private && visible.contains(&address(&id.value)));
    if private {
        item.note = None;
        item.report_of = None;
        item.pages = None;
    }
    item.items.iter_mut().for_each(|beneath| trim(beneath, private, visible, address));
}
