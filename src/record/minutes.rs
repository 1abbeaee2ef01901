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

/// The minutes of a document, and what stands before the first.
pub fn sections(document: &Document) -> (&[Block], Vec<MinuteSection<'_>>) {
    let (before, parts) = split(&document.blocks);
    let sections = parts
        .into_iter()
        .filter_map(|(heading, blocks)| {
            let number = *heading.number.as_ref()?.0.first()?;
            Some(MinuteSection { number, heading, blocks })
        })
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

fn split(blocks: &[Block]) -> (&[Block], Vec<(&Heading, &[Block])>) {
    let starts: Vec<usize> = blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| matches!(block, Block::Heading(heading) if heading.level == 2).then_some(index))
        .collect();
    let before = &blocks[..starts.first().copied().unwrap_or(blocks.len())];
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    let parts = starts
        .iter()
        .zip(ends)
        .filter_map(|(&start, end)| match &blocks[start] {
            Block::Heading(heading) => Some((heading, &blocks[start + 1..end])),
            _ => None,
        })
        .collect();
    (before, parts)
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
