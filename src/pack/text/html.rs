//! HTML that stands in a text: what is left of it after cleaning, as blocks of our own.
//!
//! Cleaning leaves few elements, closes each, and escapes what is text, so that little is needed to read it again. What
//! is not known here is left out, and its words stay.

use super::Writer;
use crate::document::{Block, Inline, List, ListItem, ListStyle, Paragraph};
use crate::text::Span;

/// Elements deeper than this are left out; their words stay.
const DEEPEST: usize = 24;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Text(String),
    Element { name: String, href: Option<String>, start: Option<u64>, children: Vec<Node> },
}

/// A piece of a text: a block, or the terms of a list with what each means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Block(Block),
    Terms(Vec<(Vec<Inline>, Vec<Block>)>),
}

impl Writer<'_, '_> {
    pub(super) fn html(&mut self, html: &str) {
        let span = self.out.place().unwrap_or_else(|| self.paper.start());
        for piece in pieces(&read(html), span) {
            match piece {
                Piece::Block(block) => self.block(&block, false),
                Piece::Terms(terms) => {
                    self.out.code("#q-terms(");
                    for (term, meaning) in terms {
                        self.out.code("(");
                        self.line(&term);
                        self.out.code(",");
                        self.inside(&meaning);
                        self.out.code("),");
                    }
                    self.out.code(");");
                }
            }
        }
    }
}

/// Reads cleaned HTML.
fn read(html: &str) -> Vec<Node> {
    // Those that are open, each with what stood before it.
    let mut open: Vec<(Node, Vec<Node>)> = Vec::new();
    let mut nodes: Vec<Node> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(start) = rest.find('<') else {
            text(rest, &mut nodes);
            break;
        };
        text(&rest[..start], &mut nodes);
        let Some(length) = rest[start..].find('>') else { break };
        let tag = &rest[start + 1..start + length];
        rest = &rest[start + length + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let is_open =
                |(node, _): &(Node, Vec<Node>)| matches!(node, Node::Element { name: own, .. } if own == name);
            // What was never opened closes nothing.
            if open.iter().any(is_open) {
                while let Some(last) = open.pop() {
                    let is_it = is_open(&last);
                    close(last, &mut nodes);
                    if is_it {
                        break;
                    }
                }
            }
            continue;
        }
        if tag.starts_with('!') {
            continue;
        }
        let element = element(tag);
        if matches!(&element, Node::Element { name, .. } if matches!(name.as_str(), "br" | "hr")) {
            nodes.push(element);
        } else if open.len() < DEEPEST {
            open.push((element, std::mem::take(&mut nodes)));
        }
    }
    while let Some(last) = open.pop() {
        close(last, &mut nodes);
    }
    nodes
}

fn close((element, before): (Node, Vec<Node>), nodes: &mut Vec<Node>) {
    let inside = std::mem::replace(nodes, before);
    if let Node::Element { name, href, start, .. } = element {
        nodes.push(Node::Element { name, href, start, children: inside });
    }
}

fn element(tag: &str) -> Node {
    let name = tag.split([' ', '/', '\n', '\t']).next().unwrap_or("").to_lowercase();
    let attribute = |wanted: &str| {
        let (_, rest) = tag.split_once(&format!(" {wanted}=\""))?;
        rest.split_once('"').map(|(value, _)| unescape(value))
    };
    Node::Element {
        href: attribute("href"),
        start: attribute("start").and_then(|start| start.parse().ok()),
        name,
        children: Vec::new(),
    }
}

fn text(words: &str, nodes: &mut Vec<Node>) {
    if !words.is_empty() {
        nodes.push(Node::Text(unescape(words)));
    }
}

/// The characters that cleaning escapes. The ampersand comes last, so that nothing is unescaped twice.
fn unescape(words: &str) -> String {
    words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// Whether an element stands on lines of its own.
fn is_block(node: &Node) -> bool {
    matches!(node, Node::Element { name, .. }
        if matches!(name.as_str(), "p" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "blockquote" | "pre" | "hr"))
}

/// What nodes are as blocks; words between blocks are paragraphs.
fn pieces(nodes: &[Node], span: Span) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for run in nodes.chunk_by(|one, next| !is_block(one) && !is_block(next)) {
        match run {
            [node] if is_block(node) => piece(node, span, &mut pieces),
            run => pieces.extend(paragraph(run, span).map(Piece::Block)),
        }
    }
    pieces
}

fn piece(node: &Node, span: Span, out: &mut Vec<Piece>) {
    let Node::Element { name, start, children, .. } = node else { return };
    match name.as_str() {
        "ul" | "ol" => {
            let is_item = |node: &&Node| matches!(node, Node::Element { name, .. } if name == "li");
            let items = children.iter().filter(is_item).map(|item| item_of(item, span)).collect();
            let (start, style) =
                if name == "ol" { (Some(start.unwrap_or(1)), ListStyle::Decimal) } else { (None, ListStyle::Bullet) };
            out.push(Piece::Block(Block::List(List { start, style, tight: true, items })));
        }
        "dl" => out.push(Piece::Terms(terms(children, span))),
        "blockquote" => out.push(Piece::Block(Block::Quote(blocks(children, span)))),
        "pre" => out.push(Piece::Block(Block::Code(words_of(children)))),
        "hr" => out.push(Piece::Block(Block::Rule)),
        // A paragraph, or an entry of a list that is not there.
        _ if children.iter().any(is_block) => out.extend(pieces(children, span)),
        _ => out.extend(paragraph(children, span).map(Piece::Block)),
    }
}

/// The same where only blocks may stand: terms are a list.
fn blocks(nodes: &[Node], span: Span) -> Vec<Block> {
    let blocks = pieces(nodes, span).into_iter().map(|piece| match piece {
        Piece::Block(block) => block,
        Piece::Terms(terms) => {
            let item = |(term, meaning): (Vec<Inline>, Vec<Block>)| {
                let term = Block::Paragraph(of_words(vec![Inline::Strong(term)], span));
                ListItem {
                    label: None,
                    anchor: None,
                    task: None,
                    blocks: std::iter::once(term).chain(meaning).collect(),
                }
            };
            let items = terms.into_iter().map(item).collect();
            Block::List(List { start: None, style: ListStyle::Bullet, tight: false, items })
        }
    });
    blocks.collect()
}

fn item_of(item: &Node, span: Span) -> ListItem {
    let Node::Element { children, .. } = item else {
        return ListItem { label: None, anchor: None, task: None, blocks: Vec::new() };
    };
    ListItem { label: None, anchor: None, task: None, blocks: blocks(children, span) }
}

fn terms(nodes: &[Node], span: Span) -> Vec<(Vec<Inline>, Vec<Block>)> {
    let mut terms: Vec<(Vec<Inline>, Vec<Block>)> = Vec::new();
    for node in nodes {
        let Node::Element { name, children, .. } = node else { continue };
        match (name.as_str(), terms.last_mut()) {
            ("dt", _) => terms.push((inlines(children), Vec::new())),
            (_, Some((_, meaning))) => meaning.extend(blocks(children, span)),
            (_, None) => terms.push((Vec::new(), blocks(children, span))),
        }
    }
    terms
}

/// A paragraph, unless there is nothing in it.
fn paragraph(nodes: &[Node], span: Span) -> Option<Block> {
    let content = trimmed(inlines(nodes));
    (!content.is_empty()).then(|| Block::Paragraph(of_words(content, span)))
}

fn of_words(content: Vec<Inline>, span: Span) -> Paragraph {
    Paragraph { number: None, anchor: None, content, span }
}

fn inlines(nodes: &[Node]) -> Vec<Inline> {
    let mut out = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) => out.push(Inline::Text(flowing(text))),
            Node::Element { name, href, children, .. } => match (name.as_str(), href) {
                ("br", _) => out.push(Inline::Break),
                ("a", Some(address)) => {
                    out.push(Inline::Link { address: address.clone(), content: inlines(children) });
                }
                // Cleaning leaves none; in the lists of our own diagrams it is what is said beside an entry.
                ("span", _) => out.push(Inline::Emphasis(inlines(children))),
                ("p" | "li" | "dd" | "dt" | "hr" | "a", _) => out.extend(inlines(children)),
                (name, _) => {
                    out.push(Inline::Element {
                        name: name.to_owned(),
                        open: String::new(),
                        content: inlines(children),
                    });
                }
            },
        }
    }
    out
}

/// Text in which a line break is a space, as in HTML. Spaces that hold words together stay.
fn flowing(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = if matches!(letter, '\n' | '\t' | '\r') { ' ' } else { letter };
        if letter != ' ' || !out.ends_with(' ') {
            out.push(letter);
        }
    }
    out
}

/// Words without spaces before and after them.
fn trimmed(mut content: Vec<Inline>) -> Vec<Inline> {
    while matches!(content.last(), Some(Inline::Text(text)) if text.trim().is_empty()) {
        content.pop();
    }
    if let Some(Inline::Text(first)) = content.first_mut() {
        *first = first.trim_start().to_owned();
    }
    content.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    content
}

fn words_of(nodes: &[Node]) -> String {
    let words = nodes.iter().map(|node| match node {
        Node::Text(text) => text.clone(),
        Node::Element { name, .. } if name == "br" => "\n".to_owned(),
        Node::Element { children, .. } => words_of(children),
    });
    words.collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::plain;
    use crate::text::SourceId;

    fn all(html: &str) -> Vec<Piece> {
        pieces(&read(html), Span::new(SourceId(0), 0..1))
    }

    /// The words of blocks, and what sort of block each is.
    fn told(blocks: &[Block]) -> String {
        let told = blocks.iter().map(|block| match block {
            Block::Paragraph(paragraph) => format!("p({})", plain(&paragraph.content)),
            Block::List(list) => {
                let items: Vec<String> = list.items.iter().map(|item| told(&item.blocks)).collect();
                format!("{}[{}]", if list.start.is_some() { "ol" } else { "ul" }, items.join(" "))
            }
            Block::Quote(blocks) => format!("quote({})", told(blocks)),
            Block::Code(code) => format!("pre({code})"),
            Block::Rule => "hr".to_owned(),
            other => format!("{other:?}"),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    fn tell(html: &str) -> String {
        let pieces = all(html).into_iter().map(|piece| match piece {
            Piece::Block(block) => told(&[block]),
            Piece::Terms(terms) => {
                let terms: Vec<String> =
                    terms.iter().map(|(term, meaning)| format!("{}: {}", plain(term), told(meaning))).collect();
                format!("dl[{}]", terms.join("; "))
            }
        });
        pieces.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn elements_become_blocks() {
        assert_eq!(tell("<p>one\n  two</p><hr><p>three</p>"), "p(one two) hr p(three)");
        assert_eq!(tell("<ul><li>a<ol><li>b</li></ol></li>\n<li>c</li></ul>"), "ul[p(a) ol[p(b)] p(c)]");
        assert_eq!(tell("<dl><dt>ASB</dt><dd>Noise</dd><dd><p>Litter</p></dd></dl>"), "dl[ASB: p(Noise) p(Litter)]");
        assert_eq!(tell("<blockquote><p>said</p></blockquote><pre>a\n  b</pre>"), "quote(p(said)) pre(a\n  b)");
        assert_eq!(tell("words <b>between</b><p>blocks</p>"), "p(words between) p(blocks)");
    }

    #[test]
    fn marks_and_links_stay() {
        let pieces = all("<p>H<sub>2</sub>O <a href=\"https://example.org/?a=1&amp;b=2\">here</a><br>there</p>");
        let [Piece::Block(Block::Paragraph(paragraph))] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert!(matches!(&paragraph.content[1], Inline::Element { name, .. } if name == "sub"));
        assert!(
            matches!(&paragraph.content[3], Inline::Link { address, .. } if address == "https://example.org/?a=1&b=2")
        );
        assert_eq!(paragraph.content[4], Inline::Break);
    }

    #[test]
    fn what_is_broken_keeps_its_words() {
        assert_eq!(tell("</p>a</b><b>c"), "p(ac)");
        assert_eq!(tell("<p>a &lt;b&gt; &amp;lt;</p>"), "p(a <b> &lt;)");
        assert_eq!(tell("<x-y>words</x-y>"), "p(words)");
        assert_eq!(tell("<p>a<!-- b -->c"), "p(ac)");
        assert_eq!(tell("<"), "");
        assert_eq!(tell(&format!("{}deep", "<blockquote>".repeat(5_000))).matches("deep").count(), 1);
    }

    proptest! {
        #[test]
        fn anything_can_be_read(html in "(<(/?(p|ul|li|b|a|dl|dt|dd|pre|br|hr|q))?( href=\"[^\"]{0,5}\")?>?|[a-z&;<>\" \n]){0,40}") {
            let _ = tell(&html);
        }

        /// What cleaning leaves is read without losing a word.
        #[test]
        fn no_word_is_lost(words in proptest::collection::vec("[a-z]{1,6}", 1..8), tags in proptest::collection::vec("(p|b|em|blockquote)", 8)) {
            let html: Vec<String> = words.iter().zip(&tags).map(|(word, tag)| format!("<{tag}>{word} ")).collect();
            let clean = ammonia::clean(&html.concat());
            let told = tell(&clean);
            for word in &words {
                prop_assert!(told.contains(word.as_str()), "{} in {}", word, told);
            }
        }
    }
}
