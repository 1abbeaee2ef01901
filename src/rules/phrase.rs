//! Turns of phrase that findings of several rules share.

use chrono::NaiveDate;

use crate::calendar::long_date;
use crate::document::{Block, plain};
use crate::model::PersonId;
use crate::model::body::Membership;
use crate::text::Span;
use crate::text::sentence::listed;

/// "`N Akhtar`, `R Thay` and `P Male`".
pub(super) fn quoted(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    listed(names.into_iter().map(|name| format!("`{}`", name.as_ref())))
}

/// "1 member", "3 members".
pub(super) fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// "from 19 April 2023 to 17 May 2023", "until 17 May 2023", "since 19 April 2023"; empty without either day.
pub(super) fn term(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("from {} to {}", long_date(from), long_date(to)),
        (Some(from), None) => format!("since {}", long_date(from)),
        (None, Some(to)) => format!("until {}", long_date(to)),
        (None, None) => String::new(),
    }
}

/// Where a membership is declared: the person's name, or what stands in its place.
pub(super) fn declared(membership: &Membership) -> Option<Span> {
    let person = membership.person.as_ref().map(|person| person.span);
    let organisation = membership.organisation.as_ref().map(|organisation| organisation.span);
    person.or(organisation).or_else(|| membership.post.as_ref().map(|post| post.span))
}

/// The person who holds a seat, if named.
pub(super) fn holder(membership: &Membership) -> Option<&PersonId> {
    membership.person.as_ref().map(|person| &person.value)
}

/// The words of some blocks, without marks. A reference stands in them as the words given with it.
pub(super) fn words_of(blocks: &[Block]) -> String {
    let mut words = String::new();
    for block in blocks {
        let more = match block {
            Block::Paragraph(paragraph) => plain(&paragraph.content),
            Block::Heading(heading) => heading.plain(),
            Block::List(list) => list.items.iter().map(|item| words_of(&item.blocks)).collect::<Vec<_>>().join(" "),
            Block::Decision(decision) => words_of(&decision.blocks),
            Block::Quote(blocks) => words_of(blocks),
            Block::Generated(generated) => {
                let narratives = generated.narratives.iter();
                narratives.map(|narrative| words_of(&narrative.blocks)).collect::<Vec<_>>().join(" ")
            }
            _ => continue,
        };
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&more);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_date;

    #[test]
    fn lists_and_terms_are_written_as_they_are_read() {
        assert_eq!(quoted(Vec::<&str>::new()), "");
        assert_eq!(quoted(["A"]), "`A`");
        assert_eq!(quoted(["A", "B", "C"]), "`A`, `B` and `C`");
        let day = parse_date("2023-05-17");
        assert_eq!(term(None, None), "");
        assert_eq!(term(None, day), "until 17 May 2023");
        assert_eq!(term(day, None), "since 17 May 2023");
        assert_eq!(term(day, day), "from 17 May 2023 to 17 May 2023");
    }
}
