//! Walking a tree of blocks.

use std::collections::BTreeSet;

use super::{Block, Document, Inline};

/// Visits blocks from top to bottom, and those that stand within others.
pub fn each_block<'d>(blocks: &'d [Block], visit: &mut impl FnMut(&'d Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::List(list) => list.items.iter().for_each(|item| each_block(&item.blocks, visit)),
            Block::Decision(decision) => each_block(&decision.blocks, visit),
            Block::Quote(blocks) => each_block(blocks, visit),
            Block::Generated(generated) => {
                generated.narratives.iter().for_each(|narrative| each_block(&narrative.blocks, visit));
            }
            _ => {}
        }
    }
}

/// What a run of blocks holds, apart from its words.
#[derive(Debug, Default)]
pub struct Contents<'d> {
    /// Addresses within the paper.
    pub anchors: BTreeSet<&'d str>,
    /// Files linked or shown, as written.
    pub files: BTreeSet<&'d str>,
    /// Footnotes cited.
    pub footnotes: BTreeSet<usize>,
    /// Abbreviations marked, with their meanings.
    pub abbreviations: BTreeSet<(&'d str, &'d str)>,
}

impl<'d> Contents<'d> {
    /// What a whole text holds, its footnotes too.
    pub fn of_text(document: &'d Document) -> Self {
        let mut contents = Self::of(&document.blocks);
        document.footnotes.iter().for_each(|footnote| contents.blocks(&footnote.blocks));
        contents
    }

    /// What `blocks` hold.
    pub fn of(blocks: &'d [Block]) -> Self {
        let mut contents = Self::default();
        contents.blocks(blocks);
        contents
    }

    /// Adds what `blocks` hold.
    pub fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn anchor(&mut self, anchor: &'d str) {
        self.anchors.insert(anchor);
    }

    fn block(&mut self, block: &'d Block) {
        match block {
            Block::Heading(heading) => {
                self.anchor(&heading.anchor);
                self.line(&heading.content);
            }
            Block::Paragraph(paragraph) => {
                paragraph.anchor.iter().for_each(|anchor| self.anchor(anchor));
                self.line(&paragraph.content);
            }
            Block::List(list) => {
                for item in &list.items {
                    item.anchor.iter().for_each(|anchor| self.anchor(anchor));
                    self.blocks(&item.blocks);
                }
            }
            Block::Decision(decision) => {
                self.anchor(&decision.anchor);
                self.blocks(&decision.blocks);
            }
            Block::Quote(blocks) => self.blocks(blocks),
            Block::Table(table) => {
                self.anchor(&table.anchor);
                self.line(&table.caption);
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.line(cell));
            }
            Block::Generated(generated) => {
                self.anchor(&generated.anchor);
                generated.narratives.iter().for_each(|narrative| self.blocks(&narrative.blocks));
            }
            Block::Figure(figure) => {
                self.anchor(&figure.anchor);
                self.files.insert(&figure.file);
            }
            Block::Code(_) | Block::Rule | Block::Html(_) => {}
        }
    }

    fn line(&mut self, content: &'d [Inline]) {
        for inline in content {
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => self.line(inner),
                Inline::Link { content, .. } | Inline::Element { content, .. } => self.line(content),
                Inline::Reference { words, .. } => self.line(words),
                Inline::FileLink { file, content } => {
                    self.files.insert(file);
                    self.line(content);
                }
                Inline::Picture { file, .. } => {
                    self.files.insert(file);
                }
                Inline::Footnote { number, .. } => {
                    self.footnotes.insert(*number);
                }
                Inline::Abbreviation { short, meaning } => {
                    self.abbreviations.insert((short, meaning));
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
            }
        }
    }
}
