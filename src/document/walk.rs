//! Walking a tree of blocks.

use std::collections::BTreeSet;

use super::{Block, Inline};

/// What a run of blocks holds, apart from its words.
#[derive(Debug, Default)]
pub struct Contents {
    /// Addresses within the paper.
    pub anchors: BTreeSet<String>,
    /// Files linked or shown, as written.
    pub files: BTreeSet<String>,
    /// Footnotes cited.
    pub footnotes: BTreeSet<usize>,
    /// Abbreviations marked, with their meanings.
    pub abbreviations: BTreeSet<(String, String)>,
}

impl Contents {
    /// What `blocks` hold.
    pub fn of(blocks: &[Block]) -> Self {
        let mut contents = Self::default();
        contents.blocks(blocks);
        contents
    }

    /// Adds what `blocks` hold.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn anchor(&mut self, anchor: &str) {
        self.anchors.insert(anchor.to_owned());
    }

    fn block(&mut self, block: &Block) {
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
            Block::Generated(generated) => self.anchor(&generated.anchor),
            Block::Figure(figure) => {
                self.anchor(&figure.anchor);
                self.files.insert(figure.file.clone());
            }
            Block::Code(_) | Block::Rule | Block::Html(_) => {}
        }
    }

    fn line(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => self.line(inner),
                Inline::Link { content, .. } | Inline::Element { content, .. } => self.line(content),
                Inline::Reference { words, .. } => self.line(words),
                Inline::FileLink { file, content } => {
                    self.files.insert(file.clone());
                    self.line(content);
                }
                Inline::Picture { file, .. } => {
                    self.files.insert(file.clone());
                }
                Inline::Footnote { number, .. } => {
                    self.footnotes.insert(*number);
                }
                Inline::Abbreviation { short, meaning } => {
                    self.abbreviations.insert((short.clone(), meaning.clone()));
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
            }
        }
    }
}
