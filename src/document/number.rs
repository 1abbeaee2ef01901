//! Numbers of sections and paragraphs, and labels of list items.

use std::fmt;

use super::ListStyle;

/// A number such as 4.1.13.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub Vec<u32>);

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str(".")?;
            }
            write!(formatter, "{part}")?;
        }
        Ok(())
    }
}

impl Number {
    /// The number as part of an address: `4-1-13`.
    pub fn slug(&self) -> String {
        self.to_string().replace('.', "-")
    }
}

/// The counters behind the numbers of one paper.
///
/// House style of the papers: sections are 1, 2, 3; beneath each, paragraphs and deeper headings share one count (1.1,
/// 1.2); beneath a deeper heading its paragraphs are a level further down (4.1.1).
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// The number of the heading that paragraphs stand beneath.
    prefix: Vec<u32>,
    /// What has been counted at each depth beneath the headings now open.
    counts: Vec<u32>,
}

impl Counters {
    /// The number of the next heading; `level` is 2 for a section. With `same_level`, what follows goes on counting beside
    /// the heading, not beneath it.
    pub(super) fn heading(&mut self, level: u8, same_level: bool) -> Number {
        let depth = usize::from(level.saturating_sub(2)).min(self.counts.len());
        self.counts.truncate(depth + 1);
        if self.counts.len() == depth {
            self.counts.push(0);
        }
        self.counts[depth] += 1;
        let number = Number(self.counts[..=depth].to_vec());
        self.prefix = if same_level && depth > 0 { self.counts[..depth].to_vec() } else { number.0.clone() };
        number
    }

    /// The number of the next paragraph; nothing before the first numbered section.
    pub(super) fn paragraph(&mut self) -> Option<Number> {
        if self.prefix.is_empty() {
            return None;
        }
        let depth = self.prefix.len();
        if self.counts.len() == depth {
            self.counts.push(0);
        }
        self.counts.truncate(depth + 1);
        self.counts[depth] += 1;
        Some(Number(self.counts.clone()))
    }
}

/// "1)", "a)" or "iv)".
pub(super) fn label(style: ListStyle, number: u64) -> Option<String> {
    match style {
        ListStyle::Bullet => None,
        ListStyle::Decimal => Some(format!("{number})")),
        ListStyle::Letter => Some(format!("{})", letters(number))),
        ListStyle::Roman => Some(format!("{})", roman(number))),
    }
}

/// a, b … z, aa, ab …
pub(crate) fn letters(mut number: u64) -> String {
    if number == 0 {
        return "0".to_owned();
    }
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(number: u64) -> String {
    const SIGNS: [(u64, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    if number == 0 || number > 399 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_paragraphs_share_a_count() {
        let mut count = Counters::default();
        assert_eq!(count.paragraph(), None, "before the first section nothing is numbered");
        assert_eq!(count.heading(2, false).to_string(), "1");
        assert_eq!(count.paragraph().map(|n| n.to_string()).as_deref(), Some("1.1"));
        assert_eq!(count.heading(2, false).to_string(), "2");
        assert_eq!(count.heading(3, false).to_string(), "2.1");
        assert_eq!(count.paragraph().map(|n| n.to_string()).as_deref(), Some("2.1.1"));
        assert_eq!(count.paragraph().map(|n| n.to_string()).as_deref(), Some("2.1.2"));
        assert_eq!(count.heading(3, true).to_string(), "2.2");
        assert_eq!(count.paragraph().map(|n| n.to_string()).as_deref(), Some("2.3"));
        assert_eq!(count.heading(3, false).to_string(), "2.4");
        assert_eq!(count.paragraph().map(|n| n.to_string()).as_deref(), Some("2.4.1"));
        assert_eq!(count.heading(2, false).to_string(), "3");
    }

    #[test]
    fn labels_follow_the_house_style() {
        assert_eq!(label(ListStyle::Decimal, 3).as_deref(), Some("3)"));
        assert_eq!(label(ListStyle::Letter, 28).as_deref(), Some("ab)"));
        assert_eq!(label(ListStyle::Roman, 14).as_deref(), Some("xiv)"));
        assert_eq!(label(ListStyle::Bullet, 1), None);
    }
}
