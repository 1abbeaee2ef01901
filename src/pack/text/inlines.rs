//! Runs of text: marks, links, notes, and references with the pages that they lead to.

use super::Writer;
use crate::document::{Block, Footnote, Inline, Reference};
use crate::record::Target;
use crate::site::html::unseen;
use crate::site::routes::Routes;

impl Writer<'_, '_> {
    /// A run of text.
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.out.words(text),
                Inline::Code(code) => {
                    self.out.code("#q-typed(");
                    self.out.string(code);
                    self.out.code(");");
                }
                Inline::Emphasis(inner) => self.call("emph", inner),
                Inline::Strong(inner) => self.call("strong", inner),
                Inline::Struck(inner) => self.call("strike", inner),
                Inline::Link { address, content } => self.link(address, content),
                Inline::FileLink { file, content } => {
                    let address = self.base_url.map(|base| format!("{base}{}", Routes::file(&self.paper.file(file))));
                    match address {
                        Some(address) => self.link(&address, content),
                        None => self.inlines(content),
                    }
                }
                Inline::Reference { reference, words } => self.reference(reference, words),
                Inline::Abbreviation { short, .. } => self.out.words(short),
                Inline::Picture { file, alternative, .. } => {
                    self.out.code("#q-in-line(");
                    self.picture(file, alternative);
                    self.out.code(");");
                }
                Inline::Footnote { number, .. } => self.note(*number),
                Inline::Element { name, content, .. } => match name.as_str() {
                    "br" => self.out.code("#linebreak();"),
                    "sup" => self.call("super", content),
                    "sub" => self.call("sub", content),
                    "b" | "strong" => self.call("strong", content),
                    "i" | "em" | "cite" | "dfn" => self.call("emph", content),
                    "s" => self.call("strike", content),
                    "small" => self.call("q-small", content),
                    "mark" => self.call("q-mark", content),
                    "code" | "kbd" => self.call("q-keys", content),
                    "q" => {
                        self.out.words("‘");
                        self.inlines(content);
                        self.out.words("’");
                    }
                    _ => self.inlines(content),
                },
                Inline::Break => self.out.code("#linebreak();"),
            }
        }
    }

    fn call(&mut self, function: &str, inner: &[Inline]) {
        self.out.code("#");
        self.out.code(function);
        self.line(inner);
        self.out.code(";");
    }

    /// A link out of the document.
    pub(super) fn link(&mut self, address: &str, content: &[Inline]) {
        // Cleaned HTML may hold addresses that mean something on a page of the site only.
        let leads = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme));
        if content.is_empty() || !leads {
            self.inlines(content);
            return;
        }
        self.out.code("#q-link(");
        self.out.string(address);
        self.out.code(",");
        self.line(content);
        self.out.code(");");
    }

    /// A footnote where it is cited first; its number where it is cited again.
    fn note(&mut self, number: usize) {
        let label = format!("{}:note:{number}", self.key);
        if !self.noted.insert(number) {
            self.out.code("#q-note-again(");
            self.out.number(number);
            self.out.code(",");
            self.out.label(&label);
            self.out.code(");");
            return;
        }
        let paper = self.paper;
        let Some(footnote) = paper.text.document.footnotes.iter().find(|footnote| footnote.number == number) else {
            return;
        };
        self.out.code("#q-note(");
        self.out.number(number);
        self.out.code(",");
        self.out.label(&label);
        self.out.code(",");
        self.footnote(footnote);
        self.out.code(");");
    }

    fn footnote(&mut self, footnote: &Footnote) {
        match footnote.blocks.as_slice() {
            // A paragraph of its own would stand apart from the number.
            [Block::Paragraph(only)] => self.line(&only.content),
            blocks => self.inside(blocks),
        }
    }

    pub(super) fn reference(&mut self, reference: &Reference, words: &[Inline]) {
        let Ok(resolved) = self.view.references.resolve(self.paper, reference) else {
            // The target exists, or the build would have stopped; this audience may not see it. Nothing is said of it but
            // what the writer wrote into this text.
            if words.is_empty() {
                self.out.words(&unseen(reference));
            } else {
                self.inlines(words);
            }
            return;
        };
        let printed = [Inline::Text(resolved.printed)];
        let shown: &[Inline] = if words.is_empty() { &printed } else { words };
        let inside = match &resolved.target {
            Target::Here(anchor) => self.targets.label(&self.paper.id, Some(anchor)),
            Target::Paper(id, anchor) => self.targets.label(id, anchor.as_deref()),
            Target::Meeting(_) | Target::Person(_) | Target::Body(_) => None,
        };
        if let Some(label) = inside {
            // A figure that a sentence quotes needs no page to be looked up.
            let with_page = !matches!(reference, Reference::Figure(_));
            self.out.code("#q-see(");
            self.out.label(&label);
            self.out.code(",");
            self.out.truth(with_page);
            self.out.code(",");
            self.line(shown);
            self.out.code(");");
            return;
        }
        let path = match &resolved.target {
            Target::Here(_) => None,
            Target::Paper(id, anchor) => self.view.references.paper(id).map(|paper| {
                let anchor = anchor.as_ref().map_or_else(String::new, |anchor| format!("#{anchor}"));
                format!("{}{anchor}", Routes::paper(paper))
            }),
            Target::Meeting(key) => Some(Routes::meeting(key)),
            Target::Person(id) => self.view.routes.person(id),
            Target::Body(id) => Some(Routes::body(id)),
        };
        match self.base_url.zip(path) {
            Some((base, path)) => self.link(&format!("{base}{path}"), shown),
            None => self.inlines(shown),
        }
    }
}
