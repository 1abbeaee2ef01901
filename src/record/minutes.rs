//! The parts of a text that stand beneath its headings: minutes, and answers to a form.

use crate::document::{Block, Document, Heading};

/// One minute: its heading and what stands beneath it.
#[derive(Debug, Clone, Copy)]
pub struct MinuteSection<'r> {
    /// Its number.
    pub number: u32,
    /// Its heading.
    pub heading: &'r Heading,
    /// What it says.
    pub blocks: &'r [Block],
}

/// The minutes of a document, and what stands before the first. A heading without a number belongs to the minute it
/// stands in.
pub fn sections(document: &Document) -> (&[Block], Vec<MinuteSection<'_>>) {
    let blocks = &document.blocks;
    let starts: Vec<(usize, u32, &Heading)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block {
            Block::Heading(heading) if heading.level == 2 => {
                Some((index, *heading.number.as_ref()?.0.first()?, heading))
            }
            _ => None,
        })
        .collect();
    let before = &blocks[..starts.first().map_or(blocks.len(), |(first, ..)| *first)];
    let ends = starts.iter().skip(1).map(|(next, ..)| *next).chain([blocks.len()]);
    let sections = starts
        .iter()
        .zip(ends)
        .map(|(&(start, number, heading), end)| MinuteSection { number, heading, blocks: &blocks[start + 1..end] })
        .collect();
    (before, sections)
}

/// The answer to one or more questions of a form.
#[derive(Debug, Clone)]
pub struct Answer<'r> {
    /// The questions answered.
    pub questions: Vec<u32>,
    /// Its heading.
    pub heading: &'r Heading,
    /// What it says.
    pub blocks: &'r [Block],
}

/// The answers of a monitoring return, and what stands before the first.
pub fn answers(document: &Document) -> (&[Block], Vec<Answer<'_>>) {
    let first = document.blocks.iter().position(|block| match block {
        Block::Heading(heading) => heading.level == 2 && questions(&heading.plain()).is_some(),
        _ => false,
    });
    let (before, rest) = document.blocks.split_at(first.unwrap_or(document.blocks.len()));
    let mut out: Vec<Answer<'_>> = Vec::new();
    let mut start = 0;
    for (index, block) in rest.iter().enumerate() {
        let Block::Heading(heading) = block else { continue };
        let Some(questions) = (heading.level == 2).then(|| questions(&heading.plain())).flatten() else { continue };
        if let Some(last) = out.last_mut() {
            last.blocks = &rest[start..index];
        }
        start = index + 1;
        out.push(Answer { questions, heading, blocks: &[] });
    }
    if let Some(last) = out.last_mut() {
        last.blocks = &rest[start..];
    }
    (before, out)
}

/// The numbers in "Question 3" or "Questions 1 and 2".
fn questions(words: &str) -> Option<Vec<u32>> {
    let rest = words.strip_prefix("Questions ").or_else(|| words.strip_prefix("Question "))?;
    let numbers: Vec<u32> = rest
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    (!numbers.is_empty()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_answers_name_their_questions() {
        assert_eq!(questions("Question 3"), Some(vec![3]));
        assert_eq!(questions("Questions 1 and 2"), Some(vec![1, 2]));
        assert_eq!(questions("Questions 1, 2 and 5"), Some(vec![1, 2, 5]));
        assert_eq!(questions("Questioning"), None);
        assert_eq!(questions("Key developments"), None);
    }
}
