//! How the items of an agenda are numbered.

use crate::document::letters;
use crate::model::{Agenda, Item};

/// An item and the number it bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedItem<'r> {
    /// "3" or "3a".
    pub number: String,
    /// The item.
    pub item: &'r Item,
    /// Private business.
    pub private: bool,
    /// Items beneath it.
    pub items: Vec<NumberedItem<'r>>,
}

impl NumberedItem<'_> {
    /// The item, and those beneath it.
    pub fn with_beneath(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.items)
    }
}

/// The items of an agenda with their numbers: 1, 2, 3, beneath them 3a, 3b; private business continues the count.
pub fn numbered_items(agenda: &Agenda) -> Vec<NumberedItem<'_>> {
    let mut count = 0;
    let public = agenda.items.iter().map(|item| (item, false));
    let private = agenda.private.iter().map(|item| (item, true));
    public.chain(private).map(|(item, private)| number(item, private, &mut count)).collect()
}

fn number<'r>(item: &'r Item, private: bool, count: &mut u32) -> NumberedItem<'r> {
    *count = count.saturating_add(1);
    if let Some(given) = item.number.as_ref().and_then(|number| number.parse().ok()) {
        *count = given;
    }
    let number = item.number.clone().unwrap_or_else(|| count.to_string());
    let private = private || item.exempt.is_some();
    let items = item
        .items
        .iter()
        .zip((1..).map(letters))
        .map(|(beneath, letter)| NumberedItem {
            number: beneath.number.clone().unwrap_or_else(|| format!("{number}{letter}")),
            private: private || beneath.exempt.is_some(),
            item: beneath,
            items: Vec::new(),
        })
        .collect();
    NumberedItem { number, item, private, items }
}

/// All items in their order, those beneath others too.
pub fn flat<'i, 'r>(items: &'i [NumberedItem<'r>]) -> impl Iterator<Item = &'i NumberedItem<'r>> {
    items.iter().flat_map(NumberedItem::with_beneath)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::read::Read;
    use crate::text::{Source, SourceId, yaml};

    fn numbers(text: &str) -> Vec<(String, bool)> {
        let source = Source::new("agenda.md", text);
        let mut findings = Vec::new();
        let node = yaml::parse(&source, SourceId(0), 0..source.text.len(), &mut findings).expect("YAML");
        let agenda = Agenda::read(&node, &mut findings).expect("an agenda");
        assert_eq!(findings, []);
        flat(&numbered_items(&agenda)).map(|item| (item.number.clone(), item.private)).collect()
    }

    #[test]
    fn items_count_on_and_letters_stand_beneath() {
        let text = "items:\n  - Apologies\n  - Minutes:\n      - To agree\n      - Matters arising\n  - Plan\nprivate:\n  - Land\n";
        let expected = [("1", false), ("2", false), ("2a", false), ("2b", false), ("3", false), ("4", true)];
        assert_eq!(numbers(text), expected.map(|(number, private)| (number.to_owned(), private)));
    }

    #[test]
    fn a_number_given_is_counted_on_from() {
        let text = "items:\n  - {title: Review, number: 4}\n  - Next\n";
        assert_eq!(numbers(text), [("4".to_owned(), false), ("5".to_owned(), false)]);
    }
}
