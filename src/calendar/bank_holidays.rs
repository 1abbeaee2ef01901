//! Bank holidays. England and Wales have the same.
//!
//! Most follow a rule and are computed: Easter Monday, the last Mondays in May and August and the days after Christmas
//! are in the Banking and Financial Dealings Act 1971, Schedule 1; Good Friday and Christmas Day are holidays at common
//! law; New Year's Day, the first Monday in May, and a weekday for each holiday that falls on a weekend are proclaimed
//! every year. Days moved, and days added once, follow no rule and are listed; they rest on royal proclamations under
//! section 1(2) and (3) of the Act. Names, and which of two substitute days is whose, are those of
//! <https://www.gov.uk/bank-holidays>.
//!
//! The lists are complete from 1995. For earlier years, and for years not yet proclaimed, the rules alone speak.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A bank holiday; always a weekday, since a substitute day stands for one that would fall on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: &'static str,
}

/// The bank holidays of a year, in the order of their dates.
pub fn bank_holidays(year: i32) -> Vec<BankHoliday> {
    let once = ONCE.iter().copied().filter(|holiday| holiday.date.year() == year);
    let mut holidays: Vec<BankHoliday> = of_every_year(year).chain(once).collect();
    holidays.sort_by_key(|holiday| holiday.date);
    holidays
}

/// The name of the bank holiday on this day, if it is one.
pub fn bank_holiday(date: NaiveDate) -> Option<&'static str> {
    of_every_year(date.year()).chain(ONCE).find(|holiday| holiday.date == date).map(|holiday| holiday.name)
}

/// Easter Sunday, as the Calendar (New Style) Act 1750 has it for England: the Sunday after the full moon, by the
/// tables of the Church and not by the sky, that falls on 21 March or next after it.
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let age = 19 * golden + century - century.div_euclid(4) - (8 * century + 13).div_euclid(25) + 15;
    // The tables bring the two latest moons forward, so that no two years of the nineteen share one.
    let after_21_march = match age.rem_euclid(30) {
        29 => 28,
        28 if golden > 10 => 27,
        days => days,
    };
    let full_moon =
        NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(after_21_march.unsigned_abs().into()))?;
    let to_sunday = 7 - full_moon.weekday().num_days_from_sunday();
    full_moon.checked_add_days(Days::new(to_sunday.into()))
}

/// How many bank holidays there are before this day, counted from one fixed day: only the difference of two such counts
/// has a meaning.
pub(super) fn count_before(date: NaiveDate) -> i64 {
    let this_year = of_every_year(date.year()).filter(|holiday| holiday.date < date).count();
    let once = ONCE.partition_point(|holiday| holiday.date < date);
    i64::from(date.year()) * EVERY_YEAR + i64::try_from(this_year + once).unwrap_or(i64::MAX)
}

/// So many bank holidays does every year have, beside those of [`ONCE`].
const EVERY_YEAR: i64 = 8;

const EARLY_MAY: &str = "Early May bank holiday";
const SPRING: &str = "Spring bank holiday";

/// Years in which a day was proclaimed in place of one that the rule gives.
const MOVED: [BankHoliday; 5] = [
    BankHoliday { date: day(1995, 5, 8), name: EARLY_MAY }, // fifty years after VE Day
    BankHoliday { date: day(2002, 6, 4), name: SPRING },    // to stand beside the Golden Jubilee
    BankHoliday { date: day(2012, 6, 4), name: SPRING },    // to stand beside the Diamond Jubilee
    BankHoliday { date: day(2020, 5, 8), name: EARLY_MAY }, // seventy-five years after VE Day
    BankHoliday { date: day(2022, 6, 2), name: SPRING },    // to stand beside the Platinum Jubilee
];

/// Days proclaimed for one year only, in order.
const ONCE: [BankHoliday; 7] = [
    BankHoliday { date: day(1999, 12, 31), name: "Millennium bank holiday" },
    BankHoliday { date: day(2002, 6, 3), name: "Golden Jubilee bank holiday" },
    BankHoliday { date: day(2011, 4, 29), name: "Royal wedding bank holiday" },
    BankHoliday { date: day(2012, 6, 5), name: "Diamond Jubilee bank holiday" },
    BankHoliday { date: day(2022, 6, 3), name: "Platinum Jubilee bank holiday" },
    BankHoliday { date: day(2022, 9, 19), name: "Bank holiday for the State Funeral of Queen Elizabeth II" },
    BankHoliday { date: day(2023, 5, 8), name: "Bank holiday for the coronation of King Charles III" },
];

/// The eight that every year has, moved or not, in the order of their dates.
fn of_every_year(year: i32) -> impl Iterator<Item = BankHoliday> {
    let easter = easter_sunday(year);
    let [christmas, after_christmas] = christmas(year);
    let days = [
        (new_year(year), "New Year’s Day"),
        (easter.and_then(|day| day.checked_sub_days(Days::new(2))), "Good Friday"),
        (easter.and_then(|day| day.succ_opt()), "Easter Monday"),
        (moved(year, EARLY_MAY).or_else(|| NaiveDate::from_weekday_of_month_opt(year, 5, Weekday::Mon, 1)), EARLY_MAY),
        (moved(year, SPRING).or_else(|| last_monday(year, 5)), SPRING),
        (last_monday(year, 8), "Summer bank holiday"),
        christmas,
        after_christmas,
    ];
    days.into_iter().filter_map(|(date, name)| Some(BankHoliday { date: date?, name }))
}

fn moved(year: i32, name: &str) -> Option<NaiveDate> {
    MOVED.iter().find(|moved| moved.date.year() == year && moved.name == name).map(|moved| moved.date)
}

/// 1 January, or the Monday after it.
fn new_year(year: i32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let wait = match first.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    first.checked_add_days(Days::new(wait))
}

/// The last Monday of a month of 31 days.
fn last_monday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_days(Days::new(last.weekday().num_days_from_monday().into()))
}

/// The two holidays of Christmas. Boxing Day keeps its place if it can, so that the substitute for a Christmas Day on a
/// Sunday comes after it.
fn christmas(year: i32) -> [(Option<NaiveDate>, &'static str); 2] {
    const CHRISTMAS_DAY: &str = "Christmas Day";
    const BOXING_DAY: &str = "Boxing Day";
    const INSTEAD_OF_CHRISTMAS_DAY: &str = "Christmas Day (substitute day)";
    const INSTEAD_OF_BOXING_DAY: &str = "Boxing Day (substitute day)";
    let december = |day| NaiveDate::from_ymd_opt(year, 12, day);
    match december(25).map(|day| day.weekday()) {
        Some(Weekday::Fri) => [(december(25), CHRISTMAS_DAY), (december(28), INSTEAD_OF_BOXING_DAY)],
        Some(Weekday::Sat) => [(december(27), INSTEAD_OF_CHRISTMAS_DAY), (december(28), INSTEAD_OF_BOXING_DAY)],
        Some(Weekday::Sun) => [(december(26), BOXING_DAY), (december(27), INSTEAD_OF_CHRISTMAS_DAY)],
        _ => [(december(25), CHRISTMAS_DAY), (december(26), BOXING_DAY)],
    }
}

/// A day of the lists above; one that does not exist would not compile.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("no such day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::testing::{KNOWN, date};

    #[test]
    fn every_bank_holiday_is_the_known_one() {
        for (year, known) in KNOWN {
            let dates: Vec<String> =
                bank_holidays(*year).iter().map(|holiday| holiday.date.format("%m-%d").to_string()).collect();
            assert_eq!(dates.join(" "), *known, "{year}");
        }
    }

    /// Against `dateutil.easter`, a Python library.
    #[test]
    fn easter_is_where_the_tables_have_it() {
        for known in [
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "1995-04-16",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2015-04-05",
            "2016-03-27",
            "2019-04-21",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2030-04-21",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2285-03-22",
        ] {
            assert_eq!(easter_sunday(date(known).year()), Some(date(known)));
        }
    }

    #[test]
    fn each_has_its_name() {
        for (day, name) in [
            ("2022-01-03", "New Year’s Day"),
            ("2024-03-29", "Good Friday"),
            ("2024-04-01", "Easter Monday"),
            ("1995-05-08", "Early May bank holiday"),
            ("2020-05-08", "Early May bank holiday"),
            ("2002-06-04", "Spring bank holiday"),
            ("2012-06-04", "Spring bank holiday"),
            ("2022-06-02", "Spring bank holiday"),
            ("2024-08-26", "Summer bank holiday"),
            ("2020-12-28", "Boxing Day (substitute day)"),
            ("2021-12-27", "Christmas Day (substitute day)"),
            ("2021-12-28", "Boxing Day (substitute day)"),
            ("2022-12-26", "Boxing Day"),
            ("2022-12-27", "Christmas Day (substitute day)"),
            ("2023-12-25", "Christmas Day"),
            ("1999-12-31", "Millennium bank holiday"),
            ("2002-06-03", "Golden Jubilee bank holiday"),
            ("2011-04-29", "Royal wedding bank holiday"),
            ("2012-06-05", "Diamond Jubilee bank holiday"),
            ("2022-06-03", "Platinum Jubilee bank holiday"),
            ("2022-09-19", "Bank holiday for the State Funeral of Queen Elizabeth II"),
            ("2023-05-08", "Bank holiday for the coronation of King Charles III"),
        ] {
            assert_eq!(bank_holiday(date(day)), Some(name), "{day}");
        }
        for day in ["1995-05-01", "2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30", "2021-12-25", "2023-09-19"] {
            assert_eq!(bank_holiday(date(day)), None, "{day}");
        }
    }

    #[test]
    fn the_count_is_that_of_the_lists() {
        let first = date("1995-01-01");
        let mut counted = 0;
        for (year, _) in KNOWN {
            for holiday in bank_holidays(*year) {
                assert_eq!(count_before(holiday.date) - count_before(first), counted, "{}", holiday.date);
                counted += 1;
            }
        }
    }

    #[test]
    fn the_ends_of_time_have_an_answer() {
        for end in [NaiveDate::MIN, NaiveDate::MAX] {
            assert_eq!(bank_holidays(end.year()).len(), 8);
            let _ = (bank_holiday(end), count_before(end));
        }
        assert!(bank_holidays(i32::MAX).is_empty(), "chrono does not go so far");
    }
}
