//! Dates in what is written: weekdays, ranges, and days that no calendar has.

use chrono::{Datelike, Days, NaiveDate};

use super::dates;
use super::written::{Shape, Written, days_in};
use crate::calendar::{full_date, long_date, time_meant};
use crate::document::Run;
use crate::model::Item;
use crate::model::paper::Own;
use crate::rules::pattern::{stretch_before, word_before};
use crate::rules::{Found, PaperInHand};

/// The weekday written beside a date is that of the date.
pub(super) fn weekday(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    for (run, dates) in dates(paper) {
        for date in dates {
            let Some(weekday) = date.weekday else { continue };
            let Some(day) = date.date().or_else(|| of_meeting(paper, date)) else { continue };
            if day.weekday() == weekday {
                continue;
            }
            // The named weekday is at most six days off in each direction.
            let ahead = u64::from(weekday.days_since(day.weekday()));
            let (Some(next), Some(last)) =
                (day.checked_add_days(Days::new(ahead)), day.checked_sub_days(Days::new(7 - ahead)))
            else {
                continue;
            };
            let written = next.format("%A");
            found
                .at(
                    run.span(date.range.clone()),
                    format!("{} is a {}, not a {written}", long_date(day), day.format("%A")),
                )
                .help(format!(
                    "write {}, or correct the date: {written} falls on {} and on {}",
                    full_date(day),
                    long_date(last),
                    long_date(next)
                ));
        }
    }
}

/// The day of a date without a year, where only the day of the paper's meeting can be meant.
fn of_meeting(paper: &PaperInHand<'_>, date: &Written) -> Option<NaiveDate> {
    let meeting = paper.paper.meeting.as_ref()?.date;
    (date.year.is_none() && date.day == Some(meeting.day()) && date.month == meeting.month()).then_some(meeting)
}

/// Words near two dates that say that the second is no end of a range: something was moved or compared.
const NOT_A_RANGE: [&str; 22] = [
    "forward", "moved", "move ", "moving", "chang", "resched", "defer", "postpon", "put off", "put back", "amend",
    "correct", "revis", "compar", "against", "relative", "than", " back", "replac", "transfer", "alter", "differ",
];

/// A range runs from the earlier to the later.
pub(super) fn range(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    for (run, dates) in dates(paper) {
        for pair in dates.windows(2) {
            let [first, second] = pair else { continue };
            if is_range(&run.text, first, second)
                && let (Some(begins), Some(ends)) = (first.earliest(), second.latest())
                && ends < begins
            {
                tell_range(run, first, second, found);
            }
        }
    }
    if let Own::Agenda(agenda) = &paper.paper.head.own {
        agenda.items.iter().chain(&agenda.private).for_each(|item| slot(item, found));
    }
}

fn is_range(text: &str, first: &Written, second: &Written) -> bool {
    let between = text[first.range.end..second.range.start].split_whitespace().collect::<Vec<_>>().join(" ");
    let joins = match between.to_lowercase().as_str() {
        "to" | "until" | "till" | "up to" | "to the" | "until the" | "–" | "—" | "-" | "through to" => true,
        "and" | "and the" => {
            let before = word_before(text, first.range.start);
            let before_the = text[..first.range.start].trim_end().strip_suffix("the").unwrap_or("").trim_end();
            before.eq_ignore_ascii_case("between") || before_the.to_lowercase().ends_with("between")
        }
        _ => false,
    };
    if !joins {
        return false;
    }
    let around = stretch_before(text, first.range.start, 80).to_lowercase();
    // Only the sentence counts.
    let sentence = around.rsplit(". ").next().unwrap_or("");
    let after: String = text[second.range.end..].chars().take(30).collect::<String>().to_lowercase();
    !NOT_A_RANGE.iter().any(|word| sentence.contains(word)) && !after.contains("compar")
}

fn tell_range(run: &Run, first: &Written, second: &Written, found: &mut Found) {
    let words = |date: &Written| run.text[date.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let (begins, ends) = (words(first), words(second));
    let shifted = |date: &Written, by: i32| {
        let year = date.year? + by;
        let day = date.day.unwrap_or(1);
        let other = NaiveDate::from_ymd_opt(year, date.month, day)?;
        Some(if date.day.is_some() { long_date(other) } else { other.format("%B %Y").to_string() })
    };
    let told = found.at(
        run.span(first.range.start..second.range.end),
        format!("this range ends before it begins: from {begins} to {ends}"),
    );
    // A year too many or too few is the commonest slip.
    if let (Some(earlier), Some(later)) = (shifted(first, -1), shifted(second, 1)) {
        told.help(format!("correct one of the two; is {later} meant, or {earlier}?"));
    } else {
        told.help("correct one of the two");
    }
}

/// The slot of an item, where both its ends can be read for certain.
fn slot(item: &Item, found: &mut Found) {
    if let Some(time) = &item.time
        && is_reversed_slot(time)
    {
        found
            .at(item.span, format!("the slot of this item ends before it begins: {time}"))
            .help("correct one of the two times");
    }
    item.items.iter().for_each(|beneath| slot(beneath, found));
}

fn is_reversed_slot(time: &str) -> bool {
    let parts: Vec<&str> = ["–", "—", " to ", "-"]
        .iter()
        .find(|sign| time.contains(**sign))
        .map(|sign| time.split(sign).map(str::trim).collect())
        .unwrap_or_default();
    let [begins, ends] = parts.as_slice() else { return false };
    let has_half = |time: &str| time.to_lowercase().ends_with("am") || time.to_lowercase().ends_with("pm");
    // "11.30–1.00" says nothing of morning and afternoon.
    let certain = has_half(ends) && has_half(begins) || !has_half(ends) && !has_half(begins);
    let (Some(begins), Some(ends)) = (time_meant(begins), time_meant(ends)) else { return false };
    certain && ends < begins && (has_half(time) || ends.as_str() >= "08:00")
}

/// A date is one that a calendar has.
pub(super) fn impossible(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    for (run, dates) in dates(paper) {
        for date in dates {
            if let Some((message, help)) = is_impossible(&run.text, date) {
                found.at(run.span(date.range.clone()), message).help(help);
            }
        }
    }
}

/// Words that a date follows, so that figures after them are no reference.
const BEFORE_DATES: [&str; 22] = [
    "of",
    "on",
    "from",
    "to",
    "until",
    "till",
    "by",
    "dated",
    "since",
    "before",
    "after",
    "between",
    "and",
    "held",
    "was",
    "is",
    "ending",
    "ended",
    "commencing",
    "beginning",
    "published",
    "updated",
];

fn is_impossible(text: &str, date: &Written) -> Option<(String, String)> {
    let day = date.day?;
    let most = days_in(date.month, date.year);
    let words = text[date.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let follows = {
        let before = word_before(text, date.range.start);
        BEFORE_DATES.iter().any(|word| word.eq_ignore_ascii_case(before))
    };
    let is_surely_a_date = match (date.shape, date.year_figures) {
        (Shape::Words, _) => date.year.is_some() || date.is_ordinal || date.weekday.is_some() || follows,
        (Shape::Figures, 4) => date.year.is_some_and(|year| (1900..2200).contains(&year)),
        (Shape::Figures, _) => follows || date.weekday.is_some(),
    };
    if !is_surely_a_date {
        return None;
    }
    if date.year_figures == 3 {
        let of_our_time = date.year.is_some_and(|year| matches!(year, 190..=209));
        return ((1..=12).contains(&date.month) && (1..=most).contains(&day) && of_our_time).then(|| {
            (format!("the year of {words} has three figures"), "write the year with four figures".to_owned())
        });
    }
    if !(1..=12).contains(&date.month) {
        let swapped = (1..=12).contains(&day) && date.month <= 31 && date.month > 0;
        // Two figures each: more often a reference than a date.
        return (swapped || date.year_figures == 4).then(|| {
            let help = if swapped { "write the day before the month" } else { "correct the month" };
            (format!("{words} is no date: there is no month {}", date.month), help.to_owned())
        });
    }
    if (1..=most).contains(&day) || date.shape == Shape::Figures && date.year_figures == 2 && day > 31 {
        return None;
    }
    let month = NaiveDate::from_ymd_opt(2000, date.month, 1)?.format("%B");
    let of_year = date.year.filter(|_| date.month == 2).map_or_else(String::new, |year| format!(" {year}"));
    Some((
        format!("{words} is no date: {month}{of_year} has {most} days"),
        "correct the day, the month or the year".to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::dates::written::written;

    fn impossible(text: &str) -> Option<String> {
        written(text).iter().find_map(|date| is_impossible(text, date)).map(|(message, _)| message)
    }

    fn reversed(text: &str) -> bool {
        written(text).windows(2).any(|pair| {
            is_range(text, &pair[0], &pair[1])
                && pair[1].latest().zip(pair[0].earliest()).is_some_and(|(ends, begins)| ends < begins)
        })
    }

    #[test]
    fn days_that_no_calendar_has_are_told() {
        for text in [
            "on 31 June",
            "31st June 2023",
            "30 February 2024",
            "29 February 2023",
            "the minutes of 17/02/201 say",
            "31/06/2023",
            "05/25/2023",
            "by 31/04/23",
            "32nd July",
            "00 May 2014",
            "June 31, 2023",
            "on 1.13.2023",
        ] {
            assert!(impossible(text).is_some(), "{text}");
        }
        assert_eq!(
            impossible("29 February 2023").as_deref(),
            Some("29 February 2023 is no date: February 2023 has 28 days")
        );
    }

    #[test]
    fn days_that_exist_and_figures_that_are_no_days_are_left_alone() {
        for text in [
            "29 February 2024",
            "on 29 February",
            "22/23 and 3/4",
            "24/7",
            "reference 31/06/23",
            "file 17/02/201",
            "minute 10/11/201",
            "the 31 June starters",
            "31/12/2023",
            "of 45/99/23",
            "In May 45 people",
        ] {
            assert_eq!(impossible(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_that_end_before_they_begin_are_told() {
        for text in [
            "between 1st April 2014 and 28th February 2014",
            "between the 1st of April 2014 and the 28th of February 2014",
            "from 1 April 2014 until 28 February 2014",
            "April 2014 to February 2014",
            "1 April 2014 – 28 February 2014",
            "01/04/2014 - 28/02/2014",
        ] {
            assert!(reversed(text), "{text}");
        }
        for text in [
            "between 1 April 2014 and 28 February 2015",
            "1 April 2014 and 28 February 2014",
            "brought forward from 20 July 2023 to 12 July 2023",
            "compared April 2014 to February 2014",
            "the difference between April 2014 and February 2014",
            "10 December – 5 January 2023",
            "12 July 2023 – 5 June",
            "2 April 2014 to April 2014",
            "from April 2014 it rose to February 2014's",
        ] {
            assert!(!reversed(text), "{text}");
        }
    }

    #[test]
    fn slots_are_compared_where_both_ends_are_certain() {
        for slot in ["11:30–10:00", "11.30am to 10.00am", "3pm-2pm"] {
            assert!(is_reversed_slot(slot), "{slot}");
        }
        for slot in ["10:05–11:35", "10.05am to 11.35am", "11.30–1.00", "10am–1pm", "11–1pm", "all morning", "10:00"]
        {
            assert!(!is_reversed_slot(slot), "{slot}");
        }
    }
}
