//! Writes a document as Typst: the same tree, numbers and addresses as on the web, for paper.
//!
//! How things look is said in the theme's `pack/*.typ`; here each block becomes a call of one of the functions there.

mod drawings;
mod generated;
mod html;
mod inlines;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::markup::Markup;
use crate::document::{Block, Decision, Document, Figure, Heading, Inline, List, ListItem, ListStyle, Paragraph};
use crate::finding::{Finding, codes};
use crate::model::PaperId;
use crate::record::Paper;
use crate::site::view::View;

/// What references can lead to within one printed document.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// The key of each paper that stands in it, and the addresses that its text has there.
    papers: HashMap<PaperId, (String, BTreeSet<String>)>,
}

impl Targets {
    /// Notes that a paper stands in the document under a key.
    pub(super) fn insert(&mut self, paper: &Paper, key: &str) {
        let document = &paper.text.document;
        let names = document.names.values().map(|named| named.anchor.clone());
        let headings = document.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading.anchor.clone()),
            _ => None,
        });
        let anchors = names.chain(headings).collect();
        self.papers.insert(paper.id.clone(), (key.to_owned(), anchors));
    }

    /// The label of an address in a paper, or of the paper's beginning.
    fn label(&self, paper: &PaperId, anchor: Option<&str>) -> Option<String> {
        let (key, anchors) = self.papers.get(paper)?;
        Some(match anchor.filter(|anchor| anchors.contains(*anchor)) {
            Some(anchor) => format!("{key}:{anchor}"),
            None => key.clone(),
        })
    }

    fn has(&self, paper: &PaperId, anchor: &str) -> bool {
        self.papers.get(paper).is_some_and(|(_, anchors)| anchors.contains(anchor))
    }
}

/// Files that a document shows, by the name that its program knows them by.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Files of the content folder, by their path there.
    pub(super) from_content: BTreeMap<String, String>,
    /// What was made for the document.
    pub(super) made: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// The name of a file of the content folder.
    fn content(&mut self, path: &str) -> String {
        let next = self.from_content.len() + 1;
        let extension = path.rsplit('.').next().unwrap_or("").to_lowercase();
        self.from_content.entry(path.to_owned()).or_insert_with(|| format!("/file-{next}.{extension}")).clone()
    }

    /// The name of a file that was made.
    pub(super) fn made(&mut self, extension: &str, bytes: Vec<u8>) -> String {
        let name = format!("/made-{}.{extension}", self.made.len() + 1);
        self.made.push((name.clone(), bytes));
        name
    }
}

/// What writes the text of one paper of a document.
pub(super) struct Writer<'w, 'e> {
    /// What pages share.
    pub(super) view: &'w View<'e>,
    /// The paper.
    pub(super) paper: &'w Paper,
    /// What its labels begin with.
    pub(super) key: &'w str,
    /// What stands in the document.
    pub(super) targets: &'w Targets,
    /// The address that the site stands at, with a slash at its end.
    pub(super) base_url: Option<&'w str>,
    /// The program.
    pub(super) out: &'w mut Markup,
    /// The files that it shows.
    pub(super) files: &'w mut Files,
    /// What is wrong.
    pub(super) findings: &'w mut Vec<Finding>,
    /// The level of the heading before; headings go down by one at most, as PDF/UA asks.
    pub(super) level: u8,
    /// Footnotes that have been printed, by number.
    pub(super) noted: BTreeSet<usize>,
    /// Whether the last thing written is a page that is turned.
    pub(super) ends_turned: bool,
    /// In how many lists and quotations what follows stands.
    pub(super) depth: u32,
}

/// Names of picture files that can be drawn.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

impl Writer<'_, '_> {
    /// Some blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut beneath = false;
        let mut turned: Vec<&Block> = Vec::new();
        for block in blocks {
            if matches!(block, Block::Heading(heading) if heading.level <= 2) {
                self.turned(&std::mem::take(&mut turned));
            }
            // A table too wide for this page stands on one that is turned, before the next section: the text goes on here.
            if self.depth == 0 && self.is_turned(block) {
                self.elsewhere(block);
                turned.push(block);
                beneath = false;
                continue;
            }
            self.block(block, beneath);
            // What follows a numbered paragraph without a number of its own belongs beneath it.
            beneath = match block {
                Block::Paragraph(paragraph) => paragraph.number.is_some() || (beneath && paragraph.number.is_none()),
                Block::List(_) | Block::Quote(_) => beneath,
                _ => false,
            };
        }
        self.turned(&turned);
    }

    /// Blocks that stand further in than those around them, as an argument: `[…]`.
    fn inside(&mut self, blocks: &[Block]) {
        self.depth += 1;
        self.content(blocks);
        self.depth -= 1;
    }

    /// Blocks as an argument: `[…]`.
    pub(super) fn content(&mut self, blocks: &[Block]) {
        self.out.code("[");
        self.blocks(blocks);
        self.out.code("]");
    }

    /// A run of text as an argument: `[…]`.
    fn line(&mut self, content: &[Inline]) {
        self.out.code("[");
        self.inlines(content);
        self.out.code("]");
    }

    fn document(&self) -> &Document {
        &self.paper.text.document
    }

    /// `label("…")` if something can lead to that address, or `none`.
    fn address(&mut self, anchor: Option<&str>) {
        match anchor.filter(|anchor| self.targets.has(&self.paper.id, anchor)) {
            Some(anchor) => self.out.label(&format!("{}:{anchor}", self.key)),
            None => self.out.code("none"),
        }
    }

    fn block(&mut self, block: &Block, beneath: bool) {
        self.ends_turned = false;
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, beneath),
            Block::List(list) => {
                self.out.code("#q-list(");
                self.list(list, beneath);
                self.out.code(");");
            }
            Block::Decision(decision) => self.decision(decision),
            Block::Quote(blocks) => {
                self.out.code("#q-quote(");
                self.out.truth(beneath);
                self.out.code(",");
                self.inside(blocks);
                self.out.code(");");
            }
            Block::Code(code) => {
                self.out.code("#q-code(");
                self.out.lines(code);
                self.out.code(");");
            }
            Block::Table(table) => self.text_table(table),
            Block::Generated(generated) => self.generated(generated),
            Block::Figure(figure) => self.figure(figure),
            Block::Rule => self.out.code("#q-rule();"),
            Block::Html(html) => self.html(html),
        }
        self.out.code("\n");
    }

    fn heading(&mut self, heading: &Heading) {
        self.out.at(heading.span);
        let level = heading.level.max(2).min(self.level + 1);
        self.level = level;
        self.out.code("#q-heading(");
        self.out.number(level);
        self.out.code(",");
        self.number(heading.number.as_ref());
        self.out.code(",");
        self.address(Some(&heading.anchor));
        self.out.code(",");
        self.line(&heading.content);
        self.out.code(");");
    }

    /// A number of the house style as a string, or `none`.
    fn number(&mut self, number: Option<&crate::document::Number>) {
        match number {
            Some(number) => self.out.string(&number.to_string()),
            None => self.out.code("none"),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, beneath: bool) {
        self.out.at(paragraph.span);
        self.out.code("#q-par(");
        self.number(paragraph.number.as_ref());
        self.out.code(",");
        self.address(paragraph.anchor.as_deref());
        self.out.code(",");
        self.out.truth(beneath);
        self.out.code(",");
        self.line(&paragraph.content);
        self.out.code(");");
    }

    /// The arguments of a list.
    fn list(&mut self, list: &List, beneath: bool) {
        self.out.code(match (list.start, list.style) {
            (None, _) | (_, ListStyle::Bullet) => "\"bullet\",",
            (_, ListStyle::Decimal) => "\"1)\",",
            (_, ListStyle::Letter) => "\"a)\",",
            (_, ListStyle::Roman) => "\"i)\",",
        });
        self.out.number(list.start.unwrap_or(1));
        self.out.code(",");
        self.out.truth(list.tight);
        self.out.code(",");
        self.out.truth(beneath);
        for item in &list.items {
            self.out.code(",");
            self.item(item, list.tight);
        }
    }

    fn item(&mut self, item: &ListItem, tight: bool) {
        self.out.code("[");
        if let Some(anchor) = item.anchor.as_deref().filter(|anchor| self.targets.has(&self.paper.id, anchor)) {
            self.out.code("#q-here(");
            self.out.label(&format!("{}:{anchor}", self.key));
            self.out.code(");");
        }
        if let Some(done) = item.task {
            self.out.words(if done { "☑ " } else { "☐ " });
        }
        self.depth += 1;
        for block in &item.blocks {
            match block {
                Block::Paragraph(paragraph) if tight => {
                    self.out.at(paragraph.span);
                    self.inlines(&paragraph.content);
                }
                block => self.block(block, false),
            }
        }
        self.depth -= 1;
        self.out.code("]");
    }

    fn decision(&mut self, decision: &Decision) {
        self.out.at(decision.span);
        self.out.code("#q-decision(");
        self.address(Some(&decision.anchor));
        self.out.code(",");
        self.inside(&decision.blocks);
        self.out.code(");");
    }

    fn figure(&mut self, figure: &Figure) {
        self.out.code("#q-figure(");
        match (figure.number, &figure.caption) {
            (Some(number), Some(caption)) => {
                self.out.string(&format!("{} {number}", self.view.string("figure_word")));
                self.out.code(",");
                self.out.string(caption);
            }
            _ => self.out.code("none,none"),
        }
        self.out.code(",");
        self.address(Some(&figure.anchor));
        self.out.code(",");
        self.picture(&figure.file, &figure.alternative);
        self.out.code(");");
    }

    /// A picture, or what it shows in words, where it is of a kind that cannot be drawn.
    fn picture(&mut self, written: &str, alternative: &str) {
        let path = self.paper.file(written);
        let span = self.document().files.iter().find(|file| file.value == written).map(|file| file.span);
        if let Some(span) = span {
            self.out.at(span);
        }
        let extension = path.rsplit('.').next().unwrap_or("").to_lowercase();
        let readable = extension == "svg" || self.view.edition.pictures.contains_key(&path);
        let of_a_kind = PICTURES.contains(&extension.as_str());
        if of_a_kind && readable {
            let name = self.files.content(&path);
            // What is wrong with a picture is told at the call that names it, so that stands here and not in the theme.
            self.out.code("q-picture(image(");
            self.out.string(&name);
            self.out.code(",alt:");
            self.out.string(alternative);
            self.out.code("))");
            return;
        }
        let why = if of_a_kind {
            "what is in the file is no picture of that kind".to_owned()
        } else {
            format!("PDFs have no pictures of the kind `{extension}`")
        };
        let message = format!("the picture `{written}` cannot be printed: {why}");
        self.findings.push(
            Finding::warning(codes::UNPRINTABLE, span.unwrap_or_else(|| self.paper.start()), message)
                .help("save it as PNG, JPEG or SVG; the PDF shows its alternative text instead"),
        );
        self.out.code("q-instead-of-picture(");
        self.out.string(alternative);
        self.out.code(")");
    }
}
