//! From Markdown events to runs of text and marks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::builder::{Builder, DEEPEST, Events, ends_line, skip};
use super::html::{self, Tag as HtmlTag};
use super::{Inline, Reference, plain};
use crate::finding::{Finding, codes};
use crate::text::{Span, Spanned};

/// An HTML element that has been opened, and what stands in it so far.
struct OpenElement {
    name: String,
    html: String,
    range: Range<usize>,
    before: Vec<Inline>,
}

impl<'t> Builder<'t> {
    /// Marks and text up to and including the end of what holds them.
    pub(super) fn inlines(&mut self, events: &mut Events<'t>, depth: usize) -> Vec<Inline> {
        self.run(events, depth, false)
    }

    /// Marks and text of a tight list item, up to the next block or the end of the item.
    pub(super) fn line(&mut self, events: &mut Events<'t>) -> Vec<Inline> {
        self.run(events, 0, true)
    }

    fn run(&mut self, events: &mut Events<'t>, depth: usize, line: bool) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut elements: Vec<OpenElement> = Vec::new();
        let mut beyond = 0;
        while let Some((event, _)) = events.peek() {
            if line && ends_line(event) {
                break;
            }
            let Some((event, range)) = events.next() else { break };
            match event {
                Event::End(_) => break,
                Event::Start(_) if depth > DEEPEST => {
                    let span = self.span(&range);
                    self.too_deep_in_each_other(span);
                    skip(events);
                }
                Event::Start(tag) => self.marked(tag, &range, events, depth, &mut out),
                Event::Text(text) => {
                    if text.contains("{.private") {
                        let span = self.span(&range);
                        self.nothing_to_be_private(span);
                    }
                    push_text(&mut out, &text);
                }
                Event::Code(text) => out.push(Inline::Code(text.into_string())),
                Event::SoftBreak => push_text(&mut out, " "),
                Event::HardBreak => out.push(Inline::Break),
                Event::FootnoteReference(label) => {
                    let next = self.footnotes.cited.len() + 1;
                    let (number, citations) =
                        self.footnotes.cited.entry((self.narrative, label.into_string())).or_insert((next, 0));
                    *citations += 1;
                    out.push(Inline::Footnote { number: *number, citation: *citations });
                }
                Event::InlineHtml(tag) => self.tag(&tag, range, &mut out, &mut elements, &mut beyond),
                _ => {}
            }
        }
        while let Some(element) = elements.pop() {
            // Opened and never closed: keep the words, drop the element.
            self.dropped_html(&element.range);
            let inside = std::mem::replace(&mut out, element.before);
            out.extend(inside);
        }
        // A list that grows keeps room for more; over the cells of ten thousand papers' tables that is most of the memory.
        out.shrink_to_fit();
        out
    }

    fn too_deep_in_each_other(&mut self, span: Span) {
        let message = format!("marks stand too deep in each other here: more than {DEEPEST} are open");
        self.findings.push(
            Finding::error(codes::UNREADABLE, span, message).help(
                "look above for marks such as `*`, `[` or `<b>` that are not closed, or that stand here by mistake",
            ),
        );
    }

    /// One tag; `beyond` counts the elements that were opened too deep in others, and left out.
    fn tag(
        &mut self,
        tag: &str,
        range: Range<usize>,
        out: &mut Vec<Inline>,
        elements: &mut Vec<OpenElement>,
        beyond: &mut usize,
    ) {
        match html::tag(tag) {
            HtmlTag::Comment => {}
            // What opened it has been reported.
            HtmlTag::Refused if tag.starts_with("</") => {}
            HtmlTag::Refused => self.dropped_html(&range),
            HtmlTag::Alone { name, html } => out.push(Inline::Element { name, open: html, content: Vec::new() }),
            HtmlTag::Open { .. } if elements.len() > DEEPEST => {
                if *beyond == 0 {
                    let span = self.span(&range);
                    self.too_deep_in_each_other(span);
                }
                *beyond += 1;
            }
            HtmlTag::Close { .. } if *beyond > 0 => *beyond -= 1,
            HtmlTag::Open { name, html } => {
                elements.push(OpenElement { name, html, range, before: std::mem::take(out) });
            }
            HtmlTag::Close { name } => match elements.pop() {
                Some(element) if element.name == name => {
                    let content = std::mem::replace(out, element.before);
                    out.push(Inline::Element { name, open: element.html, content });
                }
                other => {
                    self.dropped_html(&range);
                    elements.extend(other);
                }
            },
        }
    }

    fn marked(
        &mut self,
        tag: Tag<'t>,
        range: &Range<usize>,
        events: &mut Events<'t>,
        depth: usize,
        out: &mut Vec<Inline>,
    ) {
        match tag {
            Tag::Emphasis => out.push(Inline::Emphasis(self.inlines(events, depth + 1))),
            Tag::Strong => out.push(Inline::Strong(self.inlines(events, depth + 1))),
            Tag::Strikethrough => out.push(Inline::Struck(self.inlines(events, depth + 1))),
            Tag::Link { link_type, dest_url, .. } => {
                let content = self.inlines(events, depth + 1);
                self.link(link_type, &dest_url, content, range, out);
            }
            Tag::Image { dest_url, title, .. } => {
                let alternative = plain(&self.inlines(events, depth + 1));
                self.picture(&dest_url, &title, alternative, range, out);
            }
            _ => out.extend(self.inlines(events, depth + 1)),
        }
    }

    fn link(
        &mut self,
        kind: LinkType,
        address: &str,
        content: Vec<Inline>,
        range: &Range<usize>,
        out: &mut Vec<Inline>,
    ) {
        let span = self.span(range);
        if let LinkType::WikiLink { has_pothole } = kind {
            // In the cell of a table the bar before one's own words is written `\|`.
            let address = address.strip_suffix('\\').filter(|_| has_pothole).unwrap_or(address);
            let Some(reference) = Reference::parse(address) else {
                self.findings.push(
                    Finding::error(codes::UNKNOWN_REFERENCE, span, format!("`[[{address}]]` is not a reference that can be followed")).help(
                        "write `[[name]]`, `[[appendix 9]]`, `[[minute 55]]`, `[[paper 04-plan]]`, `[[meeting 2023-07-12]]`, \
                         `[[person N Akhtar]]` or `[[body city-council]]`",
                    ),
                );
                out.extend(content);
                return;
            };
            self.document.references.push(Spanned::new(reference.clone(), span));
            let words = if has_pothole { content } else { Vec::new() };
            out.push(Inline::Reference { reference, words });
            return;
        }
        match destination(kind, address) {
            Destination::Outside(address) => out.push(Inline::Link { address, content }),
            Destination::Reference(reference) => {
                self.document.references.push(Spanned::new(reference.clone(), span));
                out.push(Inline::Reference { reference, words: content });
            }
            Destination::File(file) => {
                self.document.files.push(Spanned::new(file.clone(), span));
                out.push(Inline::FileLink { file, content });
            }
            Destination::Refused(why) => {
                self.findings.push(Finding::error(codes::BAD_LINK, span, format!("this link {why}")).help(
                    "link to an address that begins with https://, to an e-mail address, to a file beside the paper, or to a paper with [[…]]",
                ));
                out.extend(content);
            }
        }
    }

    fn picture(
        &mut self,
        address: &str,
        title: &str,
        alternative: String,
        range: &Range<usize>,
        out: &mut Vec<Inline>,
    ) {
        let span = self.span(range);
        if alternative.trim().is_empty() {
            self.findings.push(
                Finding::error(codes::NO_ALTERNATIVE_TEXT, span, "this picture has no alternative text, so it says nothing to those who cannot see it")
                    .help("say between the square brackets what the picture shows: `![The board and its four sub-groups](files/chart.png)`"),
            );
        }
        match destination(LinkType::Inline, address) {
            Destination::File(file) => {
                self.document.files.push(Spanned::new(file.clone(), span));
                let caption = (!title.trim().is_empty()).then(|| title.trim().to_owned());
                out.push(Inline::Picture { file, alternative, caption });
            }
            _ => {
                self.findings.push(
                    Finding::error(
                        codes::BAD_LINK,
                        span,
                        format!("the picture `{address}` does not lie beside the paper"),
                    )
                    .help("put the file into the folder `files` beside the paper, and write `files/` and its name"),
                );
                push_text(out, &alternative);
            }
        }
    }
}

enum Destination {
    Outside(String),
    Reference(Reference),
    File(String),
    Refused(&'static str),
}

/// Where a link leads.
fn destination(kind: LinkType, address: &str) -> Destination {
    if kind == LinkType::Email {
        return Destination::Outside(format!("mailto:{address}"));
    }
    let address = address.trim();
    if address.is_empty() {
        return Destination::Refused("leads nowhere");
    }
    if let Some(name) = address.strip_prefix('#') {
        return Destination::Reference(Reference::Named { paper: None, name: name.to_owned() });
    }
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .and_then(|first| first.split_once(':'))
        .map(|(scheme, _)| scheme.to_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel") => return Destination::Outside(address.to_owned()),
        Some(_) => return Destination::Refused("begins with something that is not `https://`, `mailto:` or `tel:`"),
        None => {}
    }
    if address.starts_with("www.") {
        return Destination::Refused("has no `https://` before its `www.`");
    }
    if address.starts_with('/') || address.contains('\\') {
        return Destination::Refused("leads out of the content folder");
    }
    let (path, fragment) = address.split_once('#').map_or((address, None), |(path, fragment)| (path, Some(fragment)));
    match (path.strip_suffix(".md"), fragment) {
        (Some(paper), Some(name)) => {
            Destination::Reference(Reference::Named { paper: Some(paper.into()), name: name.to_owned() })
        }
        (Some(paper), None) => Destination::Reference(Reference::Paper(paper.into())),
        (None, _) => Destination::File(address.to_owned()),
    }
}

/// Adds words to a run, joining them to those before.
pub(super) fn push_text(out: &mut Vec<Inline>, words: &str) {
    if let Some(Inline::Text(text)) = out.last_mut() {
        text.push_str(words);
    } else {
        out.push(Inline::Text(words.to_owned()));
    }
}
