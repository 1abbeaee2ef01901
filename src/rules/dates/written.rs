//! Dates in running English: `Wednesday 12 July 2023`, `1st April 2014`, `July 12, 2023`, `April 2014`, `12/07/2023`.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{NaiveDate, Weekday};
use regex::{Captures, Regex};

use crate::calendar::{MONTHS, month_named};
use crate::rules::pattern::pattern;

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Shape {
    /// With the month as a word.
    Words,
    /// As figures alone: the day comes first, as in Britain.
    Figures,
}

/// A date as somebody wrote it. Its parts are as written: they need not make a day that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Written {
    /// Where it stands in the text, the weekday too.
    pub(in crate::rules) range: Range<usize>,
    /// The weekday written with it.
    pub(in crate::rules) weekday: Option<Weekday>,
    /// The day of the month; nothing for a month as a whole.
    pub(in crate::rules) day: Option<u32>,
    /// The month, from 1.
    pub(in crate::rules) month: u32,
    /// The year; two figures are read as a year of our time, three stay as they are.
    pub(in crate::rules) year: Option<i32>,
    /// The day has `st`, `nd`, `rd` or `th` after it.
    pub(in crate::rules) is_ordinal: bool,
    /// How many figures the year has.
    pub(in crate::rules) year_figures: usize,
    /// How it is written.
    pub(in crate::rules) shape: Shape,
}

impl Written {
    /// The day, if it is one that exists and the year is given.
    pub(in crate::rules) fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.filter(|year| *year >= 1753)?, self.month, self.day?)
    }

    /// The first day that it can mean, if the year is given.
    pub(in crate::rules) fn earliest(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.filter(|year| *year >= 1753)?, self.month, self.day.unwrap_or(1))
    }

    /// The last day that it can mean, if the year is given.
    pub(in crate::rules) fn latest(&self) -> Option<NaiveDate> {
        let year = self.year.filter(|year| *year >= 1753)?;
        NaiveDate::from_ymd_opt(year, self.month, self.day.unwrap_or_else(|| days_in(self.month, Some(year))))
    }
}

/// How many days a month has; without a year, February has 29.
pub(in crate::rules) fn days_in(month: u32, year: Option<i32>) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_some_and(|year| NaiveDate::from_ymd_opt(year, 2, 29).is_none()) => 28,
        2 => 29,
        _ => 31,
    }
}

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Mon, &["Monday", "Mon"]),
    (Weekday::Tue, &["Tuesday", "Tues", "Tue"]),
    (Weekday::Wed, &["Wednesday", "Weds", "Wed"]),
    (Weekday::Thu, &["Thursday", "Thurs", "Thur", "Thu"]),
    (Weekday::Fri, &["Friday", "Fri"]),
    (Weekday::Sat, &["Saturday", "Sat"]),
    (Weekday::Sun, &["Sunday", "Sun"]),
];

/// The names as one alternative: with a capital, or in capitals; `may` and `march` in small letters are other words.
fn alternatives<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("{name}|{}", name.to_uppercase())).collect::<Vec<_>>().join("|")
}

fn weekday_of(name: &str) -> Option<Weekday> {
    let is_it = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    WEEKDAYS.iter().find(|(_, names)| is_it(names)).map(|(weekday, _)| *weekday)
}

/// The patterns, the most telling first: where two find something in one place, the first counts. A mark such as `**` is a
/// blank in a run, so blanks may stand before a comma.
static PATTERNS: LazyLock<[(Shape, Regex); 4]> = LazyLock::new(|| {
    let month = alternatives(MONTHS.iter().flat_map(|names| names.iter().copied()));
    let weekday = alternatives(WEEKDAYS.iter().flat_map(|(_, names)| names.iter().copied()));
    let before = format!(r"(?:\b(?P<before>{weekday})\b(?P<stop>\.)?\s*,?\s+(?:the\s+)?)?");
    let after = format!(r"(?:\s*\((?P<after>{weekday})\))?");
    let nth = "(?P<nth>st|nd|rd|th|ST|ND|RD|TH)";
    let words = format!(
        r"{before}\b(?P<day>[0-9]{{1,2}})\s*{nth}?(?:\s+day)?\s+(?:of\s+)?(?P<month>{month})\b(?:\s*[.,]{{0,2}}\s+(?P<year>[0-9]{{4}})\b)?{after}"
    );
    let month_first = format!(
        r"{before}\b(?P<month>{month})\b\.?\s+(?:the\s+)?(?P<day>[0-9]{{1,2}}){nth}?\b(?:,?\s+(?P<year>[0-9]{{4}})\b)?{after}"
    );
    let month_alone = format!(r"\b(?P<month>{month})\b[.,]{{0,2}}\s+(?P<year>[0-9]{{4}})\b");
    let figures = format!(
        r"{before}\b(?P<day>[0-9]{{1,2}})(?:/(?P<slash>[0-9]{{1,2}})/|\.(?P<dot>[0-9]{{1,2}})\.)(?P<year>[0-9]{{2,4}})\b{after}"
    );
    [
        (Shape::Words, pattern(&words)),
        (Shape::Words, pattern(&month_first)),
        (Shape::Words, pattern(&month_alone)),
        (Shape::Figures, pattern(&figures)),
    ]
});

/// The dates in a text, in order.
pub(in crate::rules) fn written(text: &str) -> Vec<Written> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut all: Vec<Written> = Vec::new();
    for (shape, pattern) in &*PATTERNS {
        let mut found: Vec<Written> =
            pattern.captures_iter(text).filter_map(|captures| read(text, *shape, &captures)).collect();
        // Both lists are in order, so one pass tells what stands where something has been found already.
        let mut taken = all.iter().map(|other| other.range.clone()).collect::<Vec<_>>().into_iter().peekable();
        found.retain(|date| {
            while taken.peek().is_some_and(|other| other.end <= date.range.start) {
                taken.next();
            }
            taken.peek().is_none_or(|other| date.range.end <= other.start)
        });
        all.extend(found);
        all.sort_by_key(|date| date.range.start);
    }
    all
}

fn read(text: &str, shape: Shape, captures: &Captures<'_>) -> Option<Written> {
    let mut whole = captures.get(0)?.range();
    let words = |name: &str| captures.name(name).map(|found| found.as_str());
    let number = |name: &str| words(name).and_then(|figures| figures.parse().ok());
    let day: Option<u32> = number("day");
    let starts_at = captures.name("day").or(captures.name("month"))?.start();
    // A figure that goes on to the left is part of a sum, a time or a reference.
    let mut left = text[..starts_at].chars().rev();
    let (left, further) = (left.next(), left.next());
    let follows_figure = further.is_some_and(|c| c.is_ascii_digit());
    let is_part = match left {
        Some('£' | '$' | '€' | '_') => true,
        Some('.' | ',' | ':') => follows_figure,
        Some('/' | '-') => shape == Shape::Figures,
        _ => false,
    };
    if is_part {
        return None;
    }
    // "It met on Sunday. 13 July …": only a short form has a full stop of its own.
    let ends_sentence = words("stop").is_some() && words("before").is_some_and(|weekday| weekday.len() > 5);
    if ends_sentence {
        whole.start = starts_at;
    }
    let before = words("before").filter(|_| !ends_sentence);
    let weekday = before.or(words("after")).and_then(weekday_of);
    let figures = words("year").map_or(0, str::len);
    let year: Option<i32> = words("year").and_then(|figures| figures.parse().ok());
    let (month, year) = match shape {
        Shape::Words => (month_named(words("month")?)?, year.filter(|year| (1700..2200).contains(year))),
        Shape::Figures => {
            let rest = &text[whole.end..];
            let goes_on = rest.starts_with(['/', '-', '_'])
                || rest.starts_with(['.', ',', ':']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
            let is_number = words("dot").is_some()
                && figures < 4
                && (words("day")?.len() < 2 || words("dot")?.len() < 2)
                && weekday.is_none();
            if goes_on || is_number {
                return None;
            }
            let month = words("slash").or(words("dot")).and_then(|figures| figures.parse().ok())?;
            let year = year.map(|year| match year {
                0..=69 if figures == 2 => 2000 + year,
                70..=99 if figures == 2 => 1900 + year,
                _ => year,
            });
            (month, year)
        }
    };
    let is_ordinal = words("nth").is_some();
    // "May 12 people come": with the month first, a day alone is no day.
    let month_first = captures.name("month").is_some_and(|month| day.is_some() && month.start() < starts_at);
    if month_first && year.is_none() && !is_ordinal && weekday.is_none() || day.is_none() && year.is_none() {
        return None;
    }
    let year_figures = if year.is_some() { figures } else { 0 };
    Some(Written { range: whole, weekday, day, month, year, is_ordinal, year_figures, shape })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{full_date, long_date};
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        written(text)
            .iter()
            .map(|date| {
                let part = |part: Option<i64>| part.map_or_else(|| "-".to_owned(), |part| part.to_string());
                let weekday = date.weekday.map_or_else(String::new, |weekday| format!("{weekday} "));
                format!("{weekday}{} {} {}", part(date.day.map(i64::from)), date.month, part(date.year.map(i64::from)))
            })
            .collect()
    }

    #[test]
    fn dates_are_found_in_the_shapes_that_people_use() {
        for (text, expected) in [
            ("on Wednesday 12 July 2023.", "Wed 12 7 2023"),
            ("on Weds. 12th July, 2023", "Wed 12 7 2023"),
            ("on Thurs, the 13th of July 2023", "Thu 13 7 2023"),
            ("1st April 2014", "1 4 2014"),
            ("01 APRIL 2014", "1 4 2014"),
            ("July 12, 2023", "12 7 2023"),
            ("Wednesday July 12 2023", "Wed 12 7 2023"),
            ("12/07/2023", "12 7 2023"),
            ("12.07.23", "12 7 2023"),
            ("on 31.3.2015.", "31 3 2015"),
            ("01/04/99", "1 4 1999"),
            ("12 July (Wednesday)", "Wed 12 7 -"),
            ("by 12 July", "12 7 -"),
            ("30 Sept. 2014", "30 9 2014"),
            ("since April 2014", "- 4 2014"),
            ("31 June 2023", "31 6 2023"),
            ("17/02/201", "17 2 201"),
            ("(12\n   July\n 2023)", "12 7 2023"),
            ("10.30 12 July", "12 7 -"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
        assert_eq!(found("from 1st April 2014 to February 2015"), ["1 4 2014", "- 2 2015"]);
        assert_eq!(found("It met on Sunday. 13 July 2023 came."), ["13 7 2023"]);
        assert_eq!(found("10-12 July 2023"), ["12 7 2023"]);
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in [
            "they may 12 times",
            "In May 12 people came",
            "in 2014/15",
            "22/23",
            "24/7",
            "file 23/00123/04",
            "paragraph 4.1.13",
            "3.12.14.1",
            "£12.07.23",
            "the 12 Julys",
            "March past",
            "1/2/3",
            "https://x.org/2023/04/12/2023",
            "12-07-2023-4",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest! {
        /// A day that exists is read as itself, however it is written.
        #[test]
        fn a_day_is_read_as_itself(days in 0_u64..140_000, before in "(|see |on )", after in "(|\\.|, when)") {
            let day = NaiveDate::from_ymd_opt(1800, 1, 1).and_then(|day| day.checked_add_days(chrono::Days::new(days))).expect("a day");
            for text in [long_date(day), full_date(day), day.format("%d/%m/%Y").to_string(), day.format("%B %-d, %Y").to_string()] {
                let dates = written(&format!("{before}{text}{after}"));
                prop_assert_eq!(dates.len(), 1);
                prop_assert_eq!(dates[0].date(), Some(day));
                prop_assert_eq!(&dates[0].range, &(before.len()..before.len() + text.len()));
            }
        }

        /// Nothing that is written stops the search, and what is found stands in order and apart.
        #[test]
        fn dates_stand_in_order(text in "(12|July|2023|/|\\.|,| |th|Wednesday|\\(|\\)|é|-|:){0,24}") {
            let dates = written(&text);
            for pair in dates.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
            for date in &dates {
                prop_assert!(text.get(date.range.clone()).is_some());
            }
        }
    }
}
