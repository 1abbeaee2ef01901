//! Taking out of a paper what an audience may not see.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::document::{Block, Contents, Document, Heading, Inline};
use crate::model::paper::Own;
use crate::model::{Agenda, Item, PaperId};
use crate::record::{MinuteSection, NumberedItem, Paper, PaperText, flat, sections};

/// The numbers that private items bear. Should a public item bear the same number, what names it may mean either, and
/// private it is.
pub(super) fn private_numbers<'i>(items: &'i [NumberedItem<'_>]) -> HashSet<&'i str> {
    flat(items).filter(|item| item.private).map(|item| item.number.as_str()).collect()
}

/// The minutes that are private: a heading says so, or they answer a private item of the agenda.
pub(super) fn private_minutes(minutes: &Paper, items: &[NumberedItem<'_>]) -> BTreeMap<u32, Option<String>> {
    let Own::Minutes(own) = &minutes.head.own else { return BTreeMap::new() };
    let numbers = private_numbers(items);
    let (_, sections) = sections(&minutes.text.document);
    sections
        .iter()
        .filter(|section| is_private(section.heading, &numbers) || holds_private(section.blocks, &numbers))
        .map(|section| {
            let number = section.number.to_string();
            let summary =
                own.public_summaries.0.iter().find(|(key, _)| key.value == number).map(|(_, text)| text.clone());
            (section.number, summary)
        })
        .collect()
}

fn is_private(heading: &Heading, private_numbers: &HashSet<&str>) -> bool {
    heading.has_class("private")
        || heading.attributes.iter().any(|(key, value)| match key.as_str() {
            "private" => true,
            "item" => private_numbers.contains(value.as_str()),
            _ => false,
        })
}

/// Whether a heading within says that it is private. That is an error in the papers, which nothing is published with;
/// should it come this far, everything around the heading is kept back.
fn holds_private(blocks: &[Block], private_numbers: &HashSet<&str>) -> bool {
    blocks.iter().any(|block| match block {
        Block::Heading(heading) => is_private(heading, private_numbers),
        Block::Quote(blocks) => holds_private(blocks, private_numbers),
        Block::Decision(decision) => holds_private(&decision.blocks, private_numbers),
        Block::List(list) => list.items.iter().any(|item| holds_private(&item.blocks, private_numbers)),
        Block::Generated(generated) => {
            generated.narratives.iter().any(|narrative| holds_private(&narrative.blocks, private_numbers))
        }
        _ => false,
    })
}

fn item_of<'i, 'r>(section: &MinuteSection<'_>, items: &'i [NumberedItem<'r>]) -> Option<&'i NumberedItem<'r>> {
    let wanted = section.heading.attribute("item")?;
    flat(items).find(|item| item.number == wanted)
}

/// Minutes without what the private ones say. Of a private minute the number remains, and the title that the public
/// agenda gave it.
pub(super) fn minutes(
    paper: &Arc<Paper>,
    private: &BTreeMap<u32, Option<String>>,
    items: &[NumberedItem<'_>],
) -> Arc<Paper> {
    let (before, sections) = sections(&paper.text.document);
    let is_private_before = holds_private(before, &private_numbers(items));
    // Most minutes hold nothing private, and to copy them takes longer than all else that an edition is made with.
    if private.is_empty() && !is_private_before {
        return Arc::clone(paper);
    }
    let mut blocks = if is_private_before { Vec::new() } else { before.to_vec() };
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
    let mut redacted = Paper::clone(paper);
    redacted.text = Arc::new(with_blocks(&paper.text, blocks));
    if let Own::Minutes(own) = &mut redacted.head.own {
        let public = |minute: Option<u32>| minute.is_none_or(|minute| !private.contains_key(&minute));
        own.follow_ups.retain(|follow_up| public(Some(follow_up.minute.value)));
        own.interests.retain(|interest| public(interest.minute.as_deref().copied()));
        own.votes.retain(|vote| public(Some(vote.minute.value)));
        // Who came, and from where, can say what the business was.
        own.others.retain(|other| public(other.for_minute.as_deref().copied()));
        own.public_summaries.0.clear();
    }
    Arc::new(redacted)
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
    let kept = |anchor: &str| contents.anchors.contains(anchor);
    let names = document.names.iter().filter(|(_, named)| kept(&named.anchor));
    let names = names.map(|(name, named)| (name.clone(), named.clone())).collect();
    let generated = text.generated.iter().filter(|(anchor, _)| kept(anchor));
    let generated = generated.map(|(anchor, content)| (anchor.clone(), content.clone())).collect();
    let files = contents.files.iter().map(|file| (*file).to_owned()).collect();
    PaperText {
        generated,
        files,
        document: Document {
            names,
            footnotes,
            blocks,
            // For checking only, and what they lead to may be private.
            references: Vec::new(),
            files: Vec::new(),
        },
        words: text.words,
        names_lost: text.names_lost,
    }
}

/// An agenda of whose private items only the titles and the reasons remain, and of its papers only those that are out.
pub(super) fn agenda(paper: &Paper, visible: &BTreeSet<PaperId>) -> Paper {
    let mut redacted = paper.clone();
    let address = |written: &PaperId| paper.address(written);
    if let Own::Agenda(own) = &mut redacted.head.own {
        let Agenda { items, private, .. } = &mut **own;
        items.iter_mut().for_each(|item| trim(item, false, visible, &address));
        private.iter_mut().for_each(|item| trim(item, true, visible, &address));
    }
    redacted
}

fn trim(item: &mut Item, private: bool, visible: &BTreeSet<PaperId>, address: &impl Fn(&PaperId) -> PaperId) {
    let private = private || item.exempt.is_some();
    item.papers.retain(|id| !private && visible.contains(&address(&id.value)));
    if private {
        item.note = None;
        item.report_of = None;
        item.pages = None;
    }
    item.items.iter_mut().for_each(|beneath| trim(beneath, private, visible, address));
}

/// A supplementary agenda without what it adds to private items, and of its papers only those that are out.
pub(super) fn supplementary(paper: &Paper, items: &[NumberedItem<'_>], visible: &BTreeSet<PaperId>) -> Paper {
    let numbers = private_numbers(items);
    let mut redacted = paper.clone();
    if let Own::SupplementaryAgenda(own) = &mut redacted.head.own {
        for added in &mut own.items {
            let private = numbers.contains(added.item.value.as_str());
            added.papers.retain(|id| !private && visible.contains(&paper.address(&id.value)));
            if private {
                added.pages = None;
            }
        }
    }
    redacted
}
