//! Headings and tables.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Block, Inline, each_block, plain};
use crate::rules::pattern::pattern;
use crate::rules::{Found, PaperInHand};

/// The blocks of a text that is looked at here.
fn blocks<'r>(paper: &PaperInHand<'r>) -> &'r [Block] {
    if paper.is_withdrawn() || !paper.has_own_text() { &[] } else { &paper.paper.text.document.blocks }
}

/// Each heading is at most one level below the one before.
pub(super) fn heading_levels(paper: &PaperInHand<'_>, found: &mut Found) {
    // The title of the paper is the first level.
    let mut above = 1;
    for block in blocks(paper) {
        let Block::Heading(heading) = block else { continue };
        if heading.level > above + 1 {
            let signs = |level: u8| "#".repeat(level.into());
            let message = format!(
                "this heading has {} `#`, and the one before it {}",
                heading.level,
                if above == 1 { "is the title of the paper".to_owned() } else { format!("has {above}") }
            );
            found.at(heading.span, message).help(format!("begin it with `{}`", signs(above + 1)));
        }
        above = heading.level;
    }
}

/// Each column has a heading, but for the corner.
pub(super) fn table_headers(paper: &PaperInHand<'_>, found: &mut Found) {
    each_block(blocks(paper), &mut |block| {
        let Block::Table(table) = block else { return };
        let is_empty = |cell: &Vec<Inline>| {
            cell.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()))
        };
        let empty: Vec<String> = (1..)
            .zip(&table.head)
            .filter(|(_, cell)| is_empty(cell))
            .map(|(column, _): (usize, _)| column.to_string())
            .collect();
        if empty.is_empty() || table.head.len() > 1 && empty == ["1"] {
            return;
        }
        let message = if empty.len() == table.head.len() {
            "the heading row of this table is empty".to_owned()
        } else if let [only] = empty.as_slice() {
            format!("column {only} of this table has no heading")
        } else {
            format!("columns {} of this table have no heading", empty.join(", "))
        };
        found.at(table.span, message).help("say in the first row what each column holds");
    });
}

/// Each table has a caption.
pub(super) fn captions(paper: &PaperInHand<'_>, found: &mut Found) {
    each_block(blocks(paper), &mut |block| {
        if let Block::Table(table) = block
            && table.caption.is_empty()
        {
            found
                .at(table.span, "this table has no caption, so it has no number and cannot be cited")
                .help("write `Table: …` with what it shows in a paragraph of its own right above it");
        }
    });
}

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z][\w&'’-]*"));

/// No heading is in capitals, nor are neighbouring words of it.
pub(super) fn heading_capitals(paper: &PaperInHand<'_>, found: &mut Found) {
    let glossary = &paper.context.record.model.glossary;
    each_block(blocks(paper), &mut |block| {
        let Block::Heading(heading) = block else { return };
        let words = heading.plain();
        // Letters that are short for something are no words in capitals; more than six letters never are.
        let in_capitals = |word: &str| {
            let letters = word.trim_end_matches(['\'', '’']);
            letters.len() > 1
                && !letters.bytes().any(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                && !glossary.contains_key(letters)
        };
        let all: Vec<&str> = WORD.find_iter(&words).map(|word| word.as_str()).collect();
        let loud = |word: &&str| in_capitals(word) && word.len() > 3;
        let whole = all.iter().all(|word| word.len() == 1 || in_capitals(word))
            && all.iter().any(|word| loud(word) && (all.len() > 1 || word.len() > 6));
        let neighbours = all
            .windows(2)
            .any(|pair| pair.iter().all(|word| in_capitals(word)) && pair.iter().any(|word| word.len() > 6));
        if whole || neighbours {
            found
                .at(heading.span, "this heading is written in capitals")
                .help("write it in small letters, with one capital at its beginning");
        }
    });
}

/// A heading has no more words than this; a bold paragraph with more is meant to be read as one.
const WORDS_OF_A_HEADING: usize = 10;

/// No paragraph stands for a heading.
pub(super) fn bold_paragraphs(paper: &PaperInHand<'_>, found: &mut Found) {
    for pair in blocks(paper).windows(2) {
        let [Block::Paragraph(paragraph), next] = pair else { continue };
        let [Inline::Strong(words)] = paragraph.content.as_slice() else { continue };
        let words = plain(words);
        let is_sentence = words.trim_end().ends_with(['.', '!', '?', ';', ',']);
        // "Results:" opens what follows it.
        let opens = words.trim_end().ends_with(':')
            && matches!(next, Block::List(_) | Block::Table(_) | Block::Generated(_) | Block::Quote(_));
        if is_sentence
            || opens
            || words.split_whitespace().count() > WORDS_OF_A_HEADING
            || matches!(next, Block::Heading(_))
        {
            continue;
        }
        found
            .at(paragraph.span, "this paragraph is bold as a whole, and looks like a heading without being one")
            .help(format!("make it a heading: `### {}`", words.trim().trim_end_matches(':')));
    }
}
