//! The text of a made-up paper: the same for Quorate and for its peers, with what only Quorate knows left out for them.

use std::fmt::Write;

use super::random::Random;
use super::words::{ASPECTS, GLOSSARY, HEADINGS, TOPICS, WORDS};

/// What a paper of the neutral corpus does not have.
#[derive(Debug, Default)]
pub(super) struct Dress {
    /// A sentence full of cross-references.
    pub(super) references: Option<String>,
    /// A generated table, as a fenced block.
    pub(super) generated: Option<String>,
}

/// The title of a paper.
pub(super) fn title(seed: u64, paper: usize) -> String {
    let mut random = Random::new(seed, "title", paper);
    format!("{}: {}", random.pick(TOPICS), random.pick(ASPECTS))
}

/// The text of a paper: about 420 words under six headings, with two numbered lists and a table of 8 by 6 cells.
/// Dressed for Quorate, the table has a caption and a name, and so has the section on money.
pub(super) fn text(seed: u64, paper: usize, dress: Option<&Dress>) -> String {
    let mut random = Random::new(seed, "text", paper);
    let mut out = String::with_capacity(4096);
    for (index, heading) in HEADINGS.iter().enumerate() {
        let name = if index == 2 && dress.is_some() { " {#money}" } else { "" };
        let _ = write!(out, "## {heading}{name}\n\n");
        push_paragraph(&mut random, &mut out);
        match index {
            1 | 5 => push_list(&mut random, &mut out),
            2 => {
                if dress.is_some() {
                    out.push_str("Table: Plan and outturn by line {#outturn}\n\n");
                }
                push_table(&mut random, &mut out);
            }
            _ => push_paragraph(&mut random, &mut out),
        }
        let Some(dress) = dress else { continue };
        match index {
            1 => dress.references.iter().for_each(|references| push_block(&mut out, references)),
            2 => dress.generated.iter().for_each(|table| push_block(&mut out, table)),
            _ => {}
        }
    }
    out
}

/// A paragraph of two or three sentences.
pub(super) fn paragraph(random: &mut Random) -> String {
    let mut out = String::new();
    push_paragraph(random, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// A sentence of words that mean nothing.
pub(super) fn sentence(random: &mut Random) -> String {
    let mut out = String::new();
    push_sentence(random, &mut out);
    out
}

/// A sentence without any marks, for the head of a paper. It has no colon in it and needs no quotes.
pub(super) fn plain_sentence(random: &mut Random) -> String {
    let words: Vec<&str> = (0..random.between(8, 14)).map(|_| random.pick(WORDS)).collect();
    format!("The {}.", words.join(" "))
}

fn push_block(out: &mut String, block: &str) {
    out.push_str(block);
    out.push_str("\n\n");
}

fn push_paragraph(random: &mut Random, out: &mut String) {
    let count = random.between(2, 3);
    for index in 0..count {
        if index > 0 {
            out.push(' ');
        }
        push_sentence(random, out);
    }
    out.push_str("\n\n");
}

fn push_list(random: &mut Random, out: &mut String) {
    for number in 1..=5 {
        let _ = write!(out, "{number}. ");
        push_sentence(random, out);
        out.push('\n');
    }
    out.push('\n');
}

/// Eight to eighteen words; some sentences have an abbreviation, a stressed word or a link in them. The first word is
/// always a plain one, so that it can take a capital.
fn push_sentence(random: &mut Random, out: &mut String) {
    let count = random.between(8, 18);
    let abbreviation = random.once_in(5).then(|| random.between(1, count - 1));
    let strong = random.once_in(7).then(|| random.between(1, count - 1));
    let emphasis = random.once_in(10).then(|| random.between(1, count - 1));
    let link = random.once_in(16).then(|| random.between(1, count - 1));
    let first = random.pick(WORDS);
    out.push_str(&first[..1].to_uppercase());
    out.push_str(&first[1..]);
    for place in (1..count).map(Some) {
        out.push(' ');
        let word = random.pick(WORDS);
        if place == link {
            let _ = write!(out, "[{word}](https://example.org/{word})");
        } else if place == strong {
            let _ = write!(out, "**{word}**");
        } else if place == emphasis {
            let _ = write!(out, "_{word}_");
        } else if place == abbreviation {
            out.push_str(random.pick(GLOSSARY).0);
        } else {
            out.push_str(word);
        }
    }
    out.push('.');
}

fn push_table(random: &mut Random, out: &mut String) {
    out.push_str("| Line | Plan | Outturn | Difference | Rating | Who |\n|---|--:|--:|--:|---|---|\n");
    for _ in 0..8 {
        let (plan, outturn) = (random.between(10, 999), random.between(10, 999));
        let sign = if outturn < plan { "-" } else { "" };
        let _ = writeln!(
            out,
            "| {} {} | {plan} | {outturn} | {sign}{} | {} | {} |",
            random.pick(WORDS),
            random.pick(WORDS),
            plan.abs_diff(outturn),
            random.pick(&["green", "amber", "red"]),
            random.pick(WORDS),
        );
    }
    out.push('\n');
}
