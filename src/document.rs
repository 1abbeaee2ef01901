//! A paper's text as a tree of numbered blocks.
//!
//! Markdown goes in, a [`Document`] comes out, in which every section, paragraph, recommendation, resolution, table and
//! figure already bears its number and its address. HTML and, later, PDF are written from this one tree, so that what
//! they print can never differ. Nothing here knows of pages, of other papers or of the disk.

mod abbreviations;
mod attributes;
mod builder;
mod html;
mod inline;
mod narratives;
mod number;
mod prose;
mod reference;
mod slug;
mod walk;

pub use abbreviations::Glossary;
pub use builder::{Numbering, Text, read};
pub use number::Number;
pub(crate) use number::letters;
pub use prose::{LinkInText, PictureInText, Prose, Run, RunKind};
pub use reference::{MeetingReference, Reference};
pub(crate) use slug::slug;
pub use walk::{Contents, each_block};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::finding::{Finding, codes};
use crate::text::{Span, Spanned};

/// The text of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What is read, from top to bottom.
    pub blocks: Vec<Block>,
    /// Footnotes in the order in which they are first cited.
    pub footnotes: Vec<Footnote>,
    /// What the writer gave a name to.
    pub names: BTreeMap<String, Named>,
    /// Every reference, for checking that it leads somewhere.
    pub references: Vec<Spanned<Reference>>,
    /// Every file linked or shown, as written: relative to the paper.
    pub files: Vec<Spanned<String>>,
}

impl Document {
    /// Gives something a name; a name twice is a finding, and the first stands.
    pub fn name(&mut self, name: &str, named: Named, findings: &mut impl Extend<Finding>) {
        if let Some(first) = self.names.get(name) {
            let message = format!("the name `{name}` is given twice in this paper");
            let twice = Finding::error(codes::DUPLICATE_NAME, named.span, message)
                .also(first.span, "first given here")
                .help("give one of the two another name");
            findings.extend([twice]);
            return;
        }
        self.names.insert(name.to_owned(), named);
    }
}

/// Something that bears a name, and how a reference to it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its address within the paper.
    pub anchor: String,
    /// What a reference to it says: "paragraph 4.1.13", "Table 2".
    pub printed: String,
    /// Where it is named.
    pub span: Span,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List(List),
    /// A decision in minutes.
    Decision(Decision),
    /// A quotation.
    Quote(Vec<Block>),
    /// Text as typed.
    Code(String),
    /// A table written in Markdown.
    Table(TextTable),
    /// A table or chart that is generated from data.
    Generated(Generated),
    /// A picture on its own.
    Figure(Figure),
    /// A break between thoughts.
    Rule,
    /// Sanitised HTML.
    Html(String),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the paper's title is 1.
    pub level: u8,
    /// Its number, if it has one.
    pub number: Option<Number>,
    /// Its address within the paper.
    pub anchor: String,
    /// Its words.
    pub content: Vec<Inline>,
    /// Classes such as `private` that the writer gave it.
    pub classes: Vec<String>,
    /// Further attributes, such as `item=2`.
    pub attributes: Vec<(String, String)>,
    /// Where it stands.
    pub span: Span,
}

impl Heading {
    /// The value of an attribute.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Whether the writer gave it that class.
    pub fn has_class(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own == class)
    }

    /// Its words without marks.
    pub fn plain(&self) -> String {
        plain(&self.content)
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its number, if it has one.
    pub number: Option<Number>,
    /// Its address within the paper, if it has a number or a name.
    pub anchor: Option<String>,
    /// Its words.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub span: Span,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The first number, if it is a numbered list.
    pub start: Option<u64>,
    /// How its numbers are written, by depth among numbered lists.
    pub style: ListStyle,
    /// Whether items stand close together.
    pub tight: bool,
    /// Its items.
    pub items: Vec<ListItem>,
}

/// How a numbered list is numbered in the house style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// Bullets.
    Bullet,
    /// 1), 2)
    Decimal,
    /// a), b)
    Letter,
    /// i), ii)
    Roman,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// "1)" or "a)", in a numbered list.
    pub label: Option<String>,
    /// Its address, in a numbered list beneath a numbered paragraph or in a decision.
    pub anchor: Option<String>,
    /// A box ticked or not, in a task list.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// What sort of decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// Settled.
    Resolved,
    /// Recommended to somebody.
    Recommended,
    /// Taken note of.
    Noted,
    /// Agreed.
    Agreed,
    /// Asked of officers.
    Requested,
    /// Put off.
    Deferred,
}

impl DecisionKind {
    const WORDS: [(&'static str, Self); 6] = [
        ("RESOLVED", Self::Resolved),
        ("RECOMMENDED", Self::Recommended),
        ("NOTED", Self::Noted),
        ("AGREED", Self::Agreed),
        ("REQUESTED", Self::Requested),
        ("DEFERRED", Self::Deferred),
    ];

    /// The kind that a paragraph's opening words announce.
    pub fn from_opening(words: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| words.starts_with(word)).map(|(_, kind)| *kind)
    }

    /// "Resolved".
    pub fn printed(self) -> &'static str {
        match self {
            Self::Resolved => "Resolved",
            Self::Recommended => "Recommended",
            Self::Noted => "Noted",
            Self::Agreed => "Agreed",
            Self::Requested => "Requested",
            Self::Deferred => "Deferred",
        }
    }
}

/// A decision: its opening paragraph and the list beneath it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What sort.
    pub kind: DecisionKind,
    /// Its address within the minutes.
    pub anchor: String,
    /// What it says, opening words included.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A table written in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTable {
    /// "Table 2" is 2; only a table with a caption has a number.
    pub number: Option<u32>,
    /// Its address within the paper.
    pub anchor: String,
    /// Its caption.
    pub caption: Vec<Inline>,
    /// How each column is aligned.
    pub alignments: Vec<Alignment>,
    /// The heading row.
    pub head: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Where it stands.
    pub span: Span,
}

/// How a column of a Markdown table is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As words are.
    Start,
    /// In the middle.
    Centre,
    /// As figures are.
    End,
}

/// A block that is generated from data: which kind, and where its YAML stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The first word of the fence: `spending`.
    pub kind: String,
    /// The bytes of the YAML in the paper's source.
    pub range: Range<usize>,
    /// The texts that follow the YAML after a line of `---`, each under a heading of its own. Only a block that stands
    /// in the text itself, not in a list or a quotation, has any.
    pub narratives: Vec<Narrative>,
    /// Whether its end is there; a block without one holds the rest of the paper, as has been reported.
    pub closed: bool,
    /// "Table 2" or "Figure 1" is this number.
    pub number: u32,
    /// Its address within the paper.
    pub anchor: String,
    /// Where the block stands.
    pub span: Span,
}

/// A text in a generated block: what stands in one cell of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrative {
    /// The row that it belongs to, by the words in the row's first cell.
    pub heading: Spanned<String>,
    /// The text.
    pub blocks: Vec<Block>,
}

/// A picture on its own, with a caption if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// "Figure 1" is 1; only a figure with a caption has a number.
    pub number: Option<u32>,
    /// Its address within the paper.
    pub anchor: String,
    /// The picture's file, as written.
    pub file: String,
    /// What the picture shows, for those who do not see it.
    pub alternative: String,
    /// The caption.
    pub caption: Option<String>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// Its number, from 1.
    pub number: usize,
    /// What it says.
    pub blocks: Vec<Block>,
    /// How often it is cited: each citation has an address to come back to.
    pub citations: usize,
}

/// A run of text and marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words as typed.
    Code(String),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Strongly stressed.
    Strong(Vec<Inline>),
    /// Struck through.
    Struck(Vec<Inline>),
    /// A link out of the site, or an e-mail address.
    Link {
        /// Where it leads.
        address: String,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A link to a file beside the paper.
    FileLink {
        /// The file, as written.
        file: String,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A reference whose printed text follows its target, unless the writer gave words.
    Reference {
        /// What it refers to.
        reference: Reference,
        /// The writer's own words.
        words: Vec<Inline>,
    },
    /// An abbreviation and what it stands for.
    Abbreviation {
        /// As it stands in the text.
        short: String,
        /// What it means.
        meaning: String,
    },
    /// A picture within a line.
    Picture {
        /// The file, as written.
        file: String,
        /// What it shows.
        alternative: String,
        /// The title given with it, which becomes the caption of a figure.
        caption: Option<String>,
    },
    /// A citation of a footnote.
    Footnote {
        /// Which footnote.
        number: usize,
        /// Which citation of it, from 1.
        citation: usize,
    },
    /// An allowed HTML element.
    Element {
        /// Its name: `sup`.
        name: String,
        /// Its opening tag, sanitised.
        open: String,
        /// What it holds; nothing for `br`.
        content: Vec<Inline>,
    },
    /// A line break that is meant.
    Break,
}

/// The words of a run of text, without marks.
pub fn plain(content: &[Inline]) -> String {
    let mut out = String::new();
    plain_into(content, &mut out);
    out
}

fn plain_into(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => plain_into(inner, out),
            Inline::Link { content, .. } | Inline::FileLink { content, .. } | Inline::Element { content, .. } => {
                plain_into(content, out);
            }
            Inline::Reference { words, .. } => plain_into(words, out),
            Inline::Abbreviation { short, .. } => out.push_str(short),
            Inline::Picture { alternative, .. } => out.push_str(alternative),
            Inline::Break => out.push(' '),
            Inline::Footnote { .. } => {}
        }
    }
}
