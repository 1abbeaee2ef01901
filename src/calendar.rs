//! Dates: how they are read, how they are written, and what is counted in them: working days, clear days, notice, and the
//! years that public bodies count in.
//!
//! Everything is in London time, because that is the time in which a meeting begins and an agenda falls due. There is
//! no clock in here: the present moment is an input of the program.

mod bank_holidays;
mod months;
mod notice;
#[cfg(test)]
mod testing;
mod working_days;

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;

pub use bank_holidays::{BankHoliday, bank_holiday, bank_holidays, easter_sunday};
pub use months::{MONTHS, month_named};
pub use notice::{Margin, Notice, NoticeDays};
pub use working_days::WorkingDays;

/// A day and a time of day in London; a day alone means its very beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment(pub NaiveDateTime);

impl Moment {
    /// Reads `2023-07-04`, `2023-07-04 17:00`, `2023-07-04T17:00` or `2023-07-04T17:00:30`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(date) = parse_date(text) {
            return Some(Self::from(date));
        }
        let (date, time) = text.split_once(['T', ' '])?;
        Some(Self(parse_date(date)?.and_time(parse_time(time.trim())?)))
    }

    /// London time of so many seconds after the beginning of 1970 (as `SOURCE_DATE_EPOCH` counts them).
    pub fn from_unix(seconds: i64) -> Option<Self> {
        Some(Self::from(Utc.timestamp_opt(seconds, 0).single()?))
    }

    /// The day.
    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// "4 July 2023", or "4 July 2023, 5:00 pm" where a time of day was given.
    pub fn long(self) -> String {
        if self.0.time() == NaiveTime::MIN {
            long_date(self.date())
        } else {
            format!("{}, {}", long_date(self.date()), clock_time(self.0.time()))
        }
    }

    /// As machines read it: `2023-07-04` or `2023-07-04T17:00`.
    pub fn iso(self) -> String {
        if self.0.time() == NaiveTime::MIN {
            self.date().to_string()
        } else {
            self.0.format("%Y-%m-%dT%H:%M").to_string()
        }
    }
}

impl From<NaiveDate> for Moment {
    fn from(date: NaiveDate) -> Self {
        Self(date.and_time(NaiveTime::MIN))
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment.with_timezone(&London).naive_local())
    }
}

/// Reads a date written year-month-day, with two digits for month and day.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if shape { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// Reads a time of day, `10:00` or `10:00:30`.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

/// A date that people write in other ways, as it is written in files: `12/07/2023`, `12.7.23`, `2023-7-12`, `12 July
/// 2023`. The day comes first, as in Britain. For suggestions only.
pub fn date_meant(text: &str) -> Option<String> {
    let text = text.trim().replace(',', " ");
    let plain: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match plain.as_slice() {
        [year, month, day] if year.len() == 4 && year.parse::<u16>().is_ok() => (*year, *month, *day),
        [.., day, month, year] => (*year, *month, *day),
        _ => return None,
    };
    let year: i32 = match (year.len(), year.parse::<i32>().ok()?) {
        (4, year) => year,
        (2, year) => 2000 + year,
        _ => return None,
    };
    let month = month.parse().ok().or_else(|| {
        let month = month.get(..3)?.to_lowercase();
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        names.iter().zip(1..).find(|(name, _)| **name == month).map(|(_, number)| number)
    })?;
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, day).map(|date| date.to_string())
}

/// A time of day that people write in other ways, as it is written in files: `10.00am`, `5 pm`, `noon`. For suggestions
/// only.
pub fn time_meant(text: &str) -> Option<String> {
    let text = text.to_lowercase().replace(' ', "");
    if matches!(text.as_str(), "noon" | "midday" | "12noon") {
        return Some("12:00".to_owned());
    }
    let (digits, afternoon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(false)),
        (_, Some(digits)) => (digits, Some(true)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).map(|time| time.format("%H:%M").to_string())
}

/// A date, or a date and a time, that people write in other ways, as it is written in files. For suggestions only.
pub fn moment_meant(text: &str) -> Option<String> {
    let text = text.trim();
    date_meant(text).or_else(|| {
        text.match_indices(['T', ' ']).find_map(|(at, _)| {
            let (date, time) = (text.get(..at)?, text.get(at + 1..)?);
            Some(format!("{} {}", date_meant(date)?, time_meant(time)?))
        })
    })
}

/// "12 July 2023".
pub fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// "Wednesday 12 July 2023".
pub fn full_date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// "10:00 am", "12:00 noon" for midday.
pub fn clock_time(time: NaiveTime) -> String {
    if time == NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default() {
        "12:00 noon".to_owned()
    } else {
        time.format("%-I:%M %P").to_string()
    }
}

/// A municipal year, by the calendar year in which it begins: May to April (domain page, *minutes*). Councils hold
/// their annual meeting in May (Local Government Act 1972, Schedule 12, paragraph 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MunicipalYear(pub i32);

impl MunicipalYear {
    /// The municipal year a day falls in.
    pub fn of(date: NaiveDate) -> Self {
        Self(if date.month() >= 5 { date.year() } else { date.year() - 1 })
    }

    /// "2023-24", as part of an address.
    pub fn slug(self) -> String {
        format!("{}-{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

impl fmt::Display for MunicipalYear {
    /// "2023/24".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::testing::date as day;
    use super::*;

    #[test]
    fn dates_are_read_strictly() {
        assert!(parse_date("2023-07-12").is_some());
        for wrong in ["2023-7-12", "12/07/2023", "2023-02-30", "2023-07-12 ", "20230712"] {
            assert!(parse_date(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn dates_and_times_written_otherwise_are_understood_for_suggestions() {
        for text in ["12/07/2023", "12.7.23", "2023-7-12", "12 July 2023", "Wednesday 12th July 2023", "2023/07/12"] {
            assert_eq!(date_meant(text).as_deref(), Some("2023-07-12"), "{text}");
        }
        for text in ["", "soon", "2023-02-30", "12/13/2023", "July 2023", "é é é", "1 2"] {
            assert_eq!(date_meant(text), None, "{text}");
        }
        for (text, meant) in [("10.00am", "10:00"), ("5 pm", "17:00"), ("12:30 am", "00:30"), ("noon", "12:00")] {
            assert_eq!(time_meant(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "13pm", "25:00", "later"] {
            assert_eq!(time_meant(text), None, "{text}");
        }
        assert_eq!(date_meant("14th January 2027").as_deref(), Some("2027-01-14"));
        assert_eq!(moment_meant("12/01/2027").as_deref(), Some("2027-01-12"));
        assert_eq!(moment_meant("12 January 2027 5pm").as_deref(), Some("2027-01-12 17:00"));
        assert_eq!(moment_meant("2027-01-12 5pm").as_deref(), Some("2027-01-12 17:00"));
        assert_eq!(moment_meant("2027-02-30 17:00"), None);
    }

    #[test]
    fn the_municipal_year_turns_in_may() {
        assert_eq!(MunicipalYear::of(day("2023-04-30")).to_string(), "2022/23");
        assert_eq!(MunicipalYear::of(day("2023-05-01")).to_string(), "2023/24");
        assert_eq!(MunicipalYear::of(day("1999-06-01")).slug(), "1999-00");
    }

    #[test]
    fn dates_and_times_are_written_as_the_papers_write_them() {
        assert_eq!(full_date(day("2023-07-12")), "Wednesday 12 July 2023");
        assert_eq!(clock_time(parse_time("10:00").expect("a time")), "10:00 am");
        assert_eq!(clock_time(parse_time("13:15").expect("a time")), "1:15 pm");
        assert_eq!(clock_time(parse_time("12:00").expect("a time")), "12:00 noon");
    }

    #[test]
    fn a_publication_time_is_in_london() {
        // 16:30 universal time on a summer's day is half past five in London.
        let moment = Moment::from_unix(1_688_488_200).expect("a moment");
        assert_eq!(moment.iso(), "2023-07-04T17:30");
    }
}
