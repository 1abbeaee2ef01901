//! Notice: how long before a meeting something must be out, and by how much that was kept or missed.

use std::fmt;

use chrono::{Days, NaiveDate};

use super::WorkingDays;

/// So many days' notice of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// How many days.
    pub days: u32,
    /// Which days count.
    pub unit: NoticeDays,
}

/// Which days count towards notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeDays {
    /// Working days strictly between: neither the day of publication nor that of the meeting counts (Local Government
    /// Act 1972, section 100A(6): five).
    Clear,
    /// Working days before the meeting. "5 working days prior to the meeting" (a partnership board's terms of
    /// reference) means no later than the fifth working day counted back from the meeting, so the day of publication
    /// counts if it is a working day, and that of the meeting does not.
    Working,
    /// All days before the meeting: a week before it is 7 days. The day of publication counts, that of the meeting does
    /// not.
    Calendar,
    /// All days strictly between, weekends and holidays among them (a private meeting of an executive: 28, SI 2012/2089,
    /// regulation 5).
    CalendarClear,
}

impl NoticeDays {
    /// How many of these days publication on one day gives before a meeting on another; none if it is not before it.
    pub fn given(self, published: NaiveDate, meeting: NaiveDate, working: &WorkingDays) -> u32 {
        u32::try_from(self.signed(published, meeting, working)).unwrap_or(0)
    }

    /// The same, going on below nought after the meeting.
    fn signed(self, published: NaiveDate, meeting: NaiveDate, working: &WorkingDays) -> i64 {
        let all = meeting.signed_duration_since(published).num_days();
        match self {
            Self::Clear => working.signed_clear_days(published, meeting),
            Self::Working => working.between(published, meeting),
            Self::Calendar => all,
            Self::CalendarClear => all - 1,
        }
    }

    /// "clear day" for one, "clear days" for any other number.
    fn noun(self, number: u64) -> &'static str {
        match (self, number) {
            (Self::Clear | Self::CalendarClear, 1) => "clear day",
            (Self::Clear | Self::CalendarClear, _) => "clear days",
            (Self::Working, 1) => "working day",
            (Self::Working, _) => "working days",
            (Self::Calendar, 1) => "day",
            (Self::Calendar, _) => "days",
        }
    }
}

impl Notice {
    /// The latest day on which publication is in time for a meeting; chrono's earliest day if it lies before that.
    pub fn latest(self, meeting: NaiveDate, working: &WorkingDays) -> NaiveDate {
        let days = u64::from(self.days);
        let calendar = |days| meeting.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
        match self.unit {
            NoticeDays::Clear => working.latest_with_clear_days(meeting, self.days),
            NoticeDays::Working => working.working_day_before(meeting, self.days),
            NoticeDays::Calendar => calendar(days),
            NoticeDays::CalendarClear => calendar(days + 1),
        }
    }

    /// By how much publication was early or late.
    pub fn margin(self, published: NaiveDate, meeting: NaiveDate, working: &WorkingDays) -> Margin {
        let days = self.unit.signed(published, meeting, working) - i64::from(self.days);
        // With no notice needed for a meeting on a Saturday, no working day tells Sunday's paper from Friday's.
        let late = published > self.latest(meeting, working);
        Margin { days: if late { days.min(-1) } else { days }, unit: self.unit }
    }
}

impl fmt::Display for Notice {
    /// "5 clear days".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.days, self.unit.noun(self.days.into()))?;
        match self.unit {
            NoticeDays::CalendarClear => formatter.write_str(", weekends and holidays counted"),
            _ => Ok(()),
        }
    }
}

/// How early or late something was published, in the days of the notice it needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margin {
    days: i64,
    unit: NoticeDays,
}

impl Margin {
    /// Whether there was as much notice as was needed.
    pub fn in_time(self) -> bool {
        self.days >= 0
    }

    /// Days more than were needed; below nought, days too few. Days from the meeting to a later publication count as
    /// too few, too.
    pub fn days(self) -> i64 {
        self.days
    }
}

impl fmt::Display for Margin {
    /// "2 clear days early", "3 clear days late", "just in time".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.days.unsigned_abs();
        let unit = match self.unit {
            NoticeDays::CalendarClear => NoticeDays::Calendar.noun(number),
            unit => unit.noun(number),
        };
        match self.days {
            0 => formatter.write_str("just in time"),
            1.. => write!(formatter, "{number} {unit} early"),
            _ => write!(formatter, "{number} {unit} late"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::testing::{date, known_working_day};

    const UNITS: [NoticeDays; 4] =
        [NoticeDays::Clear, NoticeDays::Working, NoticeDays::Calendar, NoticeDays::CalendarClear];

    fn notice(days: u32, unit: NoticeDays) -> Notice {
        Notice { days, unit }
    }

    /// Meetings on a Wednesday, a Tuesday after Easter, and a Saturday; the last days counted on a printed calendar.
    #[test]
    fn the_last_day_is_that_on_the_calendar() {
        let working = WorkingDays::default();
        for (meeting, unit, days, latest) in [
            ("2023-07-12", NoticeDays::Clear, 5, "2023-07-04"),
            ("2023-07-12", NoticeDays::Working, 5, "2023-07-05"),
            ("2023-07-12", NoticeDays::Calendar, 7, "2023-07-05"),
            ("2023-07-12", NoticeDays::CalendarClear, 28, "2023-06-13"),
            ("2024-04-09", NoticeDays::Clear, 5, "2024-04-01"),
            ("2024-04-09", NoticeDays::Clear, 6, "2024-03-27"),
            ("2024-04-09", NoticeDays::Working, 5, "2024-04-02"),
            ("2024-04-09", NoticeDays::Working, 6, "2024-03-28"),
            ("2023-07-15", NoticeDays::Clear, 1, "2023-07-13"),
            ("2023-07-15", NoticeDays::Working, 1, "2023-07-14"),
            ("2023-07-12", NoticeDays::Clear, 0, "2023-07-11"),
            ("2023-07-12", NoticeDays::Working, 0, "2023-07-12"),
        ] {
            assert_eq!(
                notice(days, unit).latest(date(meeting), &working),
                date(latest),
                "{days} {unit:?} before {meeting}"
            );
        }
    }

    #[test]
    fn early_and_late_are_said_in_plain_words() {
        let working = WorkingDays::default();
        for (published, meeting, days, unit, said) in [
            ("2023-07-04", "2023-07-12", 5, NoticeDays::Clear, "just in time"),
            ("2023-07-04", "2023-07-12", 3, NoticeDays::Clear, "2 clear days early"),
            ("2015-03-27", "2015-04-01", 5, NoticeDays::Clear, "3 clear days late"),
            ("2023-07-05", "2023-07-12", 5, NoticeDays::Clear, "1 clear day late"),
            ("2023-07-12", "2023-07-12", 5, NoticeDays::Clear, "6 clear days late"),
            ("2023-07-06", "2023-07-12", 5, NoticeDays::Working, "1 working day late"),
            ("2023-07-01", "2023-07-12", 5, NoticeDays::Working, "2 working days early"),
            ("2023-07-04", "2023-07-12", 7, NoticeDays::Calendar, "1 day early"),
            ("2023-06-16", "2023-07-12", 28, NoticeDays::CalendarClear, "3 days late"),
            ("2023-07-16", "2023-07-15", 0, NoticeDays::Working, "1 working day late"),
        ] {
            let margin = notice(days, unit).margin(date(published), date(meeting), &working);
            assert_eq!(margin.to_string(), said, "{published} for {meeting}");
            assert_eq!(margin.in_time(), !said.ends_with("late"), "{said}");
        }
        assert_eq!(notice(5, NoticeDays::Clear).to_string(), "5 clear days");
        assert_eq!(notice(1, NoticeDays::Working).to_string(), "1 working day");
        assert_eq!(notice(28, NoticeDays::CalendarClear).to_string(), "28 clear days, weekends and holidays counted");
    }

    #[test]
    fn no_notice_is_too_long() {
        let working = WorkingDays::default();
        for unit in UNITS {
            let endless = notice(u32::MAX, unit);
            assert_eq!(endless.latest(date("2023-07-12"), &working), NaiveDate::MIN);
            assert!(!endless.margin(date("2023-07-04"), date("2023-07-12"), &working).in_time());
            assert!(notice(5, unit).margin(NaiveDate::MIN, NaiveDate::MAX, &working).in_time());
            assert!(!notice(5, unit).margin(NaiveDate::MAX, NaiveDate::MIN, &working).in_time());
        }
    }

    proptest! {
        /// In time up to the last day and never after it; late by as many days of the unit as have gone by since.
        #[test]
        fn the_last_day_divides_in_time_from_late(
            days in 0_u32..60, unit in 0_usize..4, meeting in 0_u64..43 * 365, away in -40_i64..40
        ) {
            let working = WorkingDays::default();
            let required = notice(days, UNITS[unit]);
            let meeting = date("1996-06-01") + Days::new(meeting);
            let latest = required.latest(meeting, &working);
            let published = latest + chrono::TimeDelta::days(away);
            let margin = required.margin(published, meeting, &working);
            prop_assert_eq!(margin.in_time(), published <= latest);
            let given = required.unit.given(published, meeting, &working);
            prop_assert!(days == 0 || margin.in_time() == (given >= days), "{} given", given);

            let (from, to) = (latest.min(published), latest.max(published));
            let counts = |day: &NaiveDate| match required.unit {
                NoticeDays::Clear | NoticeDays::Working => known_working_day(*day),
                NoticeDays::Calendar | NoticeDays::CalendarClear => true,
            };
            // With clear days the day of publication does not count, so the days gone by begin after the last day.
            let skipped = usize::from(required.unit == NoticeDays::Clear);
            let gone = from.iter_days().skip(skipped).take_while(|day| *day < to || (skipped == 1 && *day == to));
            let gone = i64::try_from(gone.filter(counts).count()).expect("few");
            let expected = if published > latest { -gone.max(1) } else { gone };
            prop_assert_eq!(margin.days(), expected);
        }
    }
}
