//! References: what stands between `[[` and `]]`.

use chrono::NaiveDate;

use crate::calendar::parse_date;
use crate::model::{BodyId, PaperId, PersonId};

/// What a reference points at, as written; whether it exists is for the record to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// Something that bears a name, in this paper or another.
    Named {
        /// The other paper.
        paper: Option<PaperId>,
        /// The name.
        name: String,
    },
    /// "Appendix 9".
    Appendix(String),
    /// "minute 55".
    Minute {
        /// Its number.
        number: u32,
        /// Which meeting's minutes; this paper's meeting or the latest with that number, if not said.
        meeting: Option<MeetingReference>,
    },
    /// A paper.
    Paper(PaperId),
    /// A meeting.
    Meeting(MeetingReference),
    /// A person.
    Person(PersonId),
    /// A body.
    Body(BodyId),
    /// A figure of a generated table.
    Figure(CitedFigure),
}

/// A figure as it is cited: which table, and by which words its row and its column are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedFigure {
    /// The other paper, if the table is not in this one.
    pub paper: Option<PaperId>,
    /// The table's name.
    pub table: String,
    /// The words of its row.
    pub row: String,
    /// The key or the heading of its column.
    pub column: String,
    /// Whether only its size is wanted, without a sign.
    pub size: bool,
}

impl CitedFigure {
    /// Reads `table; row; column`, with `; size` if wanted. The words of a row may have semicolons of their own.
    fn parse(text: &str) -> Option<Self> {
        let mut parts: Vec<&str> = text.split(';').map(str::trim).collect();
        let size = parts.len() > 3 && parts.last().is_some_and(|last| last.eq_ignore_ascii_case("size"));
        if size {
            parts.pop();
        }
        let [table, row @ .., column] = parts.as_slice() else { return None };
        let row = row.join("; ");
        let (paper, table) = table.rsplit_once('#').map_or((None, *table), |(paper, name)| (Some(paper), name));
        let paper = paper.filter(|paper| !paper.is_empty()).map(Into::into);
        let whole = !(table.is_empty() || row.is_empty() || column.is_empty());
        whole.then(|| Self { paper, table: table.to_owned(), row, column: (*column).to_owned(), size })
    }
}

/// A meeting as written: the body is this paper's own if it is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingReference {
    /// The body.
    pub body: Option<BodyId>,
    /// The day.
    pub date: NaiveDate,
}

impl MeetingReference {
    fn parse(text: &str) -> Option<Self> {
        match text.rsplit_once('/') {
            Some((body, date)) => Some(Self { body: Some(body.into()), date: parse_date(date)? }),
            None => Some(Self { body: None, date: parse_date(text)? }),
        }
    }
}

impl Reference {
    /// Reads the text between the brackets; nothing if it begins like a known kind but does not go on like it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (kind, rest) = text.split_once(' ').map_or((text, ""), |(kind, rest)| (kind, rest.trim()));
        match (kind.to_lowercase().as_str(), rest) {
            ("appendix", rest) if !rest.is_empty() => Some(Self::Appendix(rest.to_owned())),
            ("minute", rest) if !rest.is_empty() => {
                let (number, meeting) = match rest.split_once(" of ") {
                    Some((number, meeting)) => (number, Some(MeetingReference::parse(meeting.trim())?)),
                    None => (rest, None),
                };
                Some(Self::Minute { number: number.trim().parse().ok()?, meeting })
            }
            ("paper", rest) if !rest.is_empty() => Some(Self::Paper(rest.into())),
            ("meeting", rest) if !rest.is_empty() => Some(Self::Meeting(MeetingReference::parse(rest)?)),
            ("person", rest) if !rest.is_empty() => Some(Self::Person(rest.into())),
            ("body", rest) if !rest.is_empty() => Some(Self::Body(rest.into())),
            ("figure", rest) if !rest.is_empty() => CitedFigure::parse(rest).map(Self::Figure),
            _ if text.contains(' ') || text.is_empty() => None,
            _ => match text.rsplit_once('#') {
                Some((paper, name)) => {
                    let paper = (!paper.is_empty()).then(|| paper.into());
                    Some(Self::Named { paper, name: name.to_owned() })
                }
                None => Some(Self::Named { paper: None, name: text.to_owned() }),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_reference_is_read() {
        assert_eq!(Reference::parse("funding"), Some(Reference::Named { paper: None, name: "funding".into() }));
        assert_eq!(
            Reference::parse("05-plan#funding"),
            Some(Reference::Named { paper: Some("05-plan".into()), name: "funding".into() })
        );
        assert_eq!(Reference::parse("Appendix 9"), Some(Reference::Appendix("9".into())));
        assert_eq!(Reference::parse("minute 55"), Some(Reference::Minute { number: 55, meeting: None }));
        let Some(Reference::Minute { number: 55, meeting: Some(meeting) }) =
            Reference::parse("minute 55 of board/2023-04-19")
        else {
            panic!("a minute of a meeting")
        };
        assert_eq!(meeting.body, Some("board".into()));
        assert_eq!(Reference::parse("person N Akhtar"), Some(Reference::Person("N Akhtar".into())));
        for broken in ["minute", "minute x", "meeting tomorrow", "two words", ""] {
            assert!(!matches!(Reference::parse(broken), Some(r) if !matches!(r, Reference::Named { .. })), "{broken}");
        }
    }
}
