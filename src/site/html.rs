//! Writes a document as HTML.
//!
//! Numbers, addresses and the words of references come from the document and the edition; nothing is worked out here.

mod charts;
mod tables;

use std::fmt::Write as _;

use super::routes::Routes;
use super::view::Sizes;
use crate::document::{
    Block, Decision, Document, Figure, Footnote, Generated, Heading, Inline, List, ListItem, ListStyle, Paragraph,
    Reference,
};
use crate::drawing::{Caption, flow, organisation};
use crate::edition::Edition;
use crate::record::{GeneratedContent, Paper, References, Target};
use crate::text::markup::{escape, escape_into};

/// What happens to addresses within the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Anchors {
    /// They stand as they are: the page is the paper's own.
    Own,
    /// Each begins with this, because several papers stand on one page.
    Prefixed(String),
    /// There are none: the text is quoted from the paper's page.
    Quoted,
}

/// What is needed to write the text of one paper on one page.
#[derive(Clone)]
pub(super) struct Writer<'a> {
    /// The edition.
    pub(super) edition: &'a Edition,
    /// For following references.
    pub(super) references: &'a References<'a>,
    /// Paths of pages.
    pub(super) routes: &'a Routes,
    /// The sizes of files that other outputs make.
    pub(super) sizes: &'a Sizes<'a>,
    /// The paper whose text it is.
    pub(super) paper: &'a Paper,
    /// What leads from the page to the site's root.
    pub(super) root: &'a str,
    /// What happens to addresses.
    pub(super) anchors: Anchors,
    /// How many levels headings move down.
    pub(super) shift: u8,
}

impl Writer<'_> {
    /// A whole text with its footnotes.
    pub(super) fn document(&self, document: &Document) -> String {
        let mut out = self.blocks(&document.blocks);
        out.push_str(&self.footnotes(&document.footnotes));
        out
    }

    /// Some blocks.
    pub(super) fn blocks(&self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut beneath = false;
        for block in blocks {
            self.block(block, beneath, &mut out);
            // What follows a numbered paragraph without a number of its own belongs beneath it.
            beneath = match block {
                Block::Paragraph(paragraph) => paragraph.number.is_some() || (beneath && paragraph.number.is_none()),
                Block::List(_) | Block::Quote(_) => beneath,
                _ => false,
            };
        }
        out
    }

    /// The footnotes of a text.
    pub(super) fn footnotes(&self, footnotes: &[Footnote]) -> String {
        if footnotes.is_empty() {
            return String::new();
        }
        let heading = self.anchor("notes");
        let mut out =
            format!("<section class=\"footnotes\" aria-labelledby=\"{heading}\"><h2 id=\"{heading}\">Notes</h2><ol>");
        for footnote in footnotes {
            let _ = write!(
                out,
                "<li id=\"{}\" value=\"{}\">",
                self.anchor(&format!("note-{}", footnote.number)),
                footnote.number
            );
            out.push_str(&self.blocks(&footnote.blocks));
            let backs: Vec<String> = (1..=footnote.citations)
                .map(|citation| {
                    let anchor = self.anchor(&format!("note-{}-from-{citation}", footnote.number));
                    format!("<a href=\"#{anchor}\" aria-label=\"Back to the text at note {}\">↩</a>", footnote.number)
                })
                .collect();
            let _ = write!(out, "<p class=\"back\">{}</p></li>", backs.join(" "));
        }
        out.push_str("</ol></section>");
        out
    }

    /// A run of text.
    pub(super) fn line(&self, content: &[Inline]) -> String {
        let mut out = String::new();
        self.inlines(content, &mut out);
        out
    }

    fn anchor(&self, anchor: &str) -> String {
        match &self.anchors {
            Anchors::Prefixed(prefix) => escape(&format!("{prefix}{anchor}")),
            Anchors::Own | Anchors::Quoted => escape(anchor),
        }
    }

    /// ` id="…"`, where addresses stand.
    fn id(&self, anchor: &str) -> String {
        if self.anchors == Anchors::Quoted { String::new() } else { format!(" id=\"{}\"", self.anchor(anchor)) }
    }

    /// The link that leads to a place in this text.
    fn here(&self, anchor: &str) -> String {
        match self.anchors {
            Anchors::Quoted => format!("{}{}#{}", self.root, escape(&Routes::paper(self.paper)), escape(anchor)),
            _ => format!("#{}", self.anchor(anchor)),
        }
    }

    fn block(&self, block: &Block, beneath: bool, out: &mut String) {
        match block {
            Block::Heading(heading) => self.heading(heading, out),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, beneath, out),
            Block::List(list) => self.list(list, beneath, false, out),
            Block::Decision(decision) => self.decision(decision, out),
            Block::Quote(blocks) => {
                let class = if beneath { " class=\"beneath\"" } else { "" };
                let _ = write!(out, "<blockquote{class}>{}</blockquote>", self.blocks(blocks));
            }
            Block::Code(code) => {
                let _ = write!(out, "<pre tabindex=\"0\"><code>{}</code></pre>", escape(code));
            }
            Block::Table(table) => self.text_table(table, out),
            Block::Generated(generated) => self.generated(generated, out),
            Block::Figure(figure) => self.figure(figure, out),
            Block::Rule => out.push_str("<hr>"),
            Block::Html(html) => out.push_str(html),
        }
        out.push('\n');
    }

    fn heading(&self, heading: &Heading, out: &mut String) {
        let level = (heading.level + self.shift).min(6);
        let id = self.id(&heading.anchor);
        let words = self.line(&heading.content);
        match &heading.number {
            Some(number) => {
                let here = self.here(&heading.anchor);
                let _ = write!(
                    out,
                    "<h{level}{id} class=\"numbered\"><a class=\"number\" href=\"{here}\">{number}</a> {words}</h{level}>"
                );
            }
            None => {
                let _ = write!(out, "<h{level}{id}>{words}</h{level}>");
            }
        }
    }

    fn paragraph(&self, paragraph: &Paragraph, beneath: bool, out: &mut String) {
        let words = self.line(&paragraph.content);
        match (&paragraph.number, &paragraph.anchor) {
            (Some(number), Some(anchor)) => {
                let _ = write!(
                    out,
                    "<p{} class=\"numbered\"><a class=\"number\" href=\"{}\" aria-label=\"{number}, link to this paragraph\">{number}</a> {words}</p>",
                    self.id(anchor),
                    self.here(anchor)
                );
            }
            (_, anchor) => {
                let id = anchor.as_ref().map_or_else(String::new, |anchor| self.id(anchor));
                let class = if beneath { " class=\"beneath\"" } else { "" };
                let _ = write!(out, "<p{id}{class}>{words}</p>");
            }
        }
    }

    fn list(&self, list: &List, beneath: bool, in_decision: bool, out: &mut String) {
        let beneath = if beneath { "beneath" } else { "" };
        let style = match list.style {
            ListStyle::Bullet => "",
            ListStyle::Decimal => "decimal",
            ListStyle::Letter => "letter",
            ListStyle::Roman => "roman",
        };
        let element = if list.start.is_some() { "ol" } else { "ul" };
        let class = [style, beneath].into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>().join(" ");
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let start =
            list.start.filter(|start| *start != 1).map_or_else(String::new, |start| format!(" start=\"{start}\""));
        let _ = write!(out, "<{element}{class}{start}>");
        for item in &list.items {
            self.item(item, list.tight, in_decision, out);
        }
        let _ = write!(out, "</{element}>");
    }

    fn item(&self, item: &ListItem, tight: bool, in_decision: bool, out: &mut String) {
        let id = item.anchor.as_ref().map_or_else(String::new, |anchor| self.id(anchor));
        let class = if item.task.is_some() { " class=\"task\"" } else { "" };
        let _ = write!(out, "<li{id}{class}>");
        if let Some(done) = item.task {
            let (sign, label) = if done { ("☑", "done") } else { ("☐", "not done") };
            let _ = write!(out, "<span class=\"box\" role=\"img\" aria-label=\"{label}\">{sign}</span> ");
        }
        for block in &item.blocks {
            match block {
                Block::Paragraph(paragraph) if tight => out.push_str(&self.line(&paragraph.content)),
                Block::List(list) => self.list(list, false, in_decision, out),
                block => self.block(block, false, out),
            }
        }
        if let (true, Some(anchor), Some(label)) =
            (in_decision && self.anchors != Anchors::Quoted, &item.anchor, &item.label)
        {
            let _ = write!(
                out,
                " <a class=\"permalink\" href=\"{}\" aria-label=\"Link to part {}\">#</a>",
                self.here(anchor),
                label.trim_end_matches(')')
            );
        }
        out.push_str("</li>");
    }

    fn decision(&self, decision: &Decision, out: &mut String) {
        let _ = write!(out, "<div class=\"decision\"{}>", self.id(&decision.anchor));
        for block in &decision.blocks {
            match block {
                Block::List(list) => self.list(list, false, true, out),
                block => self.block(block, false, out),
            }
        }
        if self.anchors != Anchors::Quoted {
            let _ = write!(
                out,
                "<p class=\"permalink-line\"><a class=\"permalink\" href=\"{}\">Link to this decision</a></p>",
                self.here(&decision.anchor)
            );
        }
        out.push_str("</div>");
    }

    fn generated(&self, generated: &Generated, out: &mut String) {
        match self.paper.text.generated.get(&generated.anchor) {
            Some(GeneratedContent::Table(table)) => {
                self.chart(generated, table, out);
                self.table(generated, table, out);
            }
            Some(GeneratedContent::OrganisationChart(spec)) => {
                let on = spec.on.unwrap_or(self.edition.now.date());
                let nodes =
                    organisation::tree(&self.edition.model.bodies, spec.root.as_ref().map(|root| &root.value), on);
                let href = |id: &crate::model::BodyId| Some(format!("{}{}", self.root, Routes::body(id)));
                let number = format!("Figure {}", generated.number);
                let id = self.anchor(&generated.anchor);
                let caption = Caption { id: &id, number: Some(&number), text: &spec.caption };
                out.push_str(&organisation::figure(&nodes, &caption, &href, &organisation::Words::default()));
            }
            Some(GeneratedContent::Flow(flow)) => {
                let number = format!("Figure {}", generated.number);
                let id = self.anchor(&generated.anchor);
                let caption = Caption { id: &id, number: Some(&number), text: &flow.caption };
                out.push_str(&flow::figure(flow, &caption, &flow::Words::default()));
            }
            // A table that could not be made has been reported, and nothing with an error in it is published.
            Some(GeneratedContent::Membership(..)) | None => {}
        }
    }

    fn figure(&self, figure: &Figure, out: &mut String) {
        let _ = write!(out, "<figure{}>{}", self.id(&figure.anchor), self.picture(&figure.file, &figure.alternative));
        if let (Some(number), Some(caption)) = (figure.number, &figure.caption) {
            let _ = write!(
                out,
                "<figcaption><a class=\"number\" href=\"{}\">Figure {number}</a> {}</figcaption>",
                self.here(&figure.anchor),
                escape(caption)
            );
        }
        out.push_str("</figure>");
    }

    /// A picture, with its size where that is known, so that the page keeps room for it.
    fn picture(&self, written: &str, alternative: &str) -> String {
        let size = self.edition.pictures.get(&self.paper.file(written));
        let size =
            size.map_or_else(String::new, |size| format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
        format!("<img src=\"{}\" alt=\"{}\"{size}>", self.file(written), escape(alternative))
    }

    fn file(&self, written: &str) -> String {
        format!("{}{}", self.root, Routes::file(&self.paper.file(written)))
    }

    fn inlines(&self, content: &[Inline], out: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) => escape_into(text, out),
                Inline::Code(code) => {
                    let _ = write!(out, "<code>{}</code>", escape(code));
                }
                Inline::Emphasis(inner) => self.wrap("em", inner, out),
                Inline::Strong(inner) => self.wrap("strong", inner, out),
                Inline::Struck(inner) => self.wrap("s", inner, out),
                Inline::Link { address, content } => {
                    let _ = write!(out, "<a href=\"{}\">{}</a>", escape(address), self.line(content));
                }
                Inline::FileLink { file, content } => {
                    let _ = write!(out, "<a href=\"{}\">{}</a>", self.file(file), self.line(content));
                }
                Inline::Reference { reference, words } => self.reference(reference, words, out),
                Inline::Abbreviation { short, meaning } => {
                    let _ = write!(out, "<abbr title=\"{}\">{}</abbr>", escape(meaning), escape(short));
                }
                Inline::Picture { file, alternative, .. } => out.push_str(&self.picture(file, alternative)),
                Inline::Footnote { number, citation } => {
                    let id = self.id(&format!("note-{number}-from-{citation}"));
                    let here = self.here(&format!("note-{number}"));
                    let _ = write!(
                        out,
                        "<sup class=\"note\"><a{id} href=\"{here}\" aria-label=\"Note {number}\">{number}</a></sup>"
                    );
                }
                Inline::Element { name, open, content } => {
                    out.push_str(open);
                    if name != "br" {
                        self.inlines(content, out);
                        let _ = write!(out, "</{name}>");
                    }
                }
                Inline::Break => out.push_str("<br>"),
            }
        }
    }

    fn wrap(&self, element: &str, inner: &[Inline], out: &mut String) {
        let _ = write!(out, "<{element}>");
        self.inlines(inner, out);
        let _ = write!(out, "</{element}>");
    }

    fn reference(&self, reference: &Reference, words: &[Inline], out: &mut String) {
        let Ok(resolved) = self.references.resolve(self.paper, reference) else {
            // The target exists, or the build would have stopped; this audience may not see it. Nothing is said of it but
            // what the writer wrote into this text.
            let words = if words.is_empty() { escape(&unseen(reference)) } else { self.line(words) };
            let _ = write!(out, "<span class=\"reference\">{words}</span>");
            return;
        };
        let words = if words.is_empty() { escape(&resolved.printed) } else { self.line(words) };
        let href = match &resolved.target {
            Target::Here(anchor) => Some(self.here(anchor)),
            Target::Paper(id, None) if *id == self.paper.text_from && self.anchors == Anchors::Own => {
                Some(format!("{}{}", self.root, escape(&Routes::paper(self.paper))))
            }
            Target::Paper(id, anchor) => self.references.paper(id).map(|paper| {
                let anchor = anchor.as_ref().map_or_else(String::new, |anchor| format!("#{}", escape(anchor)));
                format!("{}{}{anchor}", self.root, escape(&Routes::paper(paper)))
            }),
            Target::Meeting(key) => Some(format!("{}{}", self.root, escape(&Routes::meeting(key)))),
            Target::Person(id) => self.routes.person(id).map(|path| format!("{}{}", self.root, escape(&path))),
            Target::Body(id) => Some(format!("{}{}", self.root, escape(&Routes::body(id)))),
        };
        let _ = match href {
            Some(href) => write!(out, "<a class=\"reference\" href=\"{href}\">{words}</a>"),
            None => write!(out, "<span class=\"reference\">{words}</span>"),
        };
    }
}

/// What is printed of a reference whose target the audience may not see.
pub(crate) fn unseen(reference: &Reference) -> String {
    match reference {
        Reference::Named { .. } => "a passage that is not public".to_owned(),
        Reference::Appendix(number) => format!("Appendix {number}"),
        Reference::Minute { number, .. } => format!("minute {number}"),
        Reference::Paper(_) => "a paper that is not public".to_owned(),
        Reference::Meeting(meeting) => format!("the meeting of {}", crate::calendar::long_date(meeting.date)),
        Reference::Person(id) => id.to_string(),
        Reference::Body(id) => id.to_string(),
        Reference::Figure(_) => "a figure that is not public".to_owned(),
    }
}
