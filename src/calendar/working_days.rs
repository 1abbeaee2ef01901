//! Working days, and what is counted in them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::bank_holidays::{bank_holiday, count_before};

/// The days on which an authority in England or Wales works: neither Saturdays, Sundays nor bank holidays, nor days that
/// it keeps of its own, such as a day of mourning.
///
/// Every question takes the same short time however far apart the dates are, except for [`Self::working_day_before`]
/// and what rests on it, whose time grows with the logarithm of the distance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    /// In order, without those on which nobody would have worked anyway.
    own: Vec<(NaiveDate, String)>,
}

impl WorkingDays {
    /// The working days of an authority that keeps these days, each with its name, beside the bank holidays. Of a day
    /// given twice the first name counts.
    pub fn new(own: impl IntoIterator<Item = (NaiveDate, String)>) -> Self {
        let mut own: Vec<(NaiveDate, String)> =
            own.into_iter().filter(|(date, _)| !is_weekend(*date) && bank_holiday(*date).is_none()).collect();
        own.sort_by_key(|(date, _)| *date);
        own.dedup_by_key(|(date, _)| *date);
        Self { own }
    }

    /// The name of the bank holiday, or of the authority's own, on a day from Monday to Friday.
    pub fn holiday(&self, date: NaiveDate) -> Option<&str> {
        bank_holiday(date).or_else(|| {
            let at = self.own.binary_search_by_key(&date, |(own, _)| *own).ok()?;
            self.own.get(at).map(|(_, name)| name.as_str())
        })
    }

    /// Whether this is neither a Saturday, a Sunday nor a holiday.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !is_weekend(date) && self.holiday(date).is_none()
    }

    /// How many working days lie strictly between the day of publication and that of the meeting; none if publication
    /// is not before the meeting.
    pub fn clear_days(&self, published: NaiveDate, meeting: NaiveDate) -> u32 {
        u32::try_from(self.signed_clear_days(published, meeting)).unwrap_or(0)
    }

    /// The latest day on which publication leaves `days` clear days before the meeting, whether or not it is a working
    /// day itself: the day before the earliest of those clear days. For none, the day before the meeting.
    ///
    /// Chrono's earliest day if it lies before that.
    pub fn latest_with_clear_days(&self, meeting: NaiveDate, days: u32) -> NaiveDate {
        self.working_day_before(meeting, days).pred_opt().unwrap_or(NaiveDate::MIN)
    }

    /// The working day with this number, counted back from a meeting: the last one before the meeting is number 1. For
    /// nought, the day of the meeting itself.
    ///
    /// Chrono's earliest day if it lies before that.
    pub fn working_day_before(&self, meeting: NaiveDate, number: u32) -> NaiveDate {
        let mut date = meeting;
        loop {
            // So many calendar days back there are at most as many working days, so this never goes too far.
            let missing = i64::from(number) - self.between(date, meeting);
            let Ok(missing @ 1..) = u64::try_from(missing) else { return date };
            let Some(earlier) = date.checked_sub_days(Days::new(missing)) else { return NaiveDate::MIN };
            date = earlier;
        }
    }

    /// How many working days there are from one day, itself included, to before another; negative in the other
    /// direction.
    pub(super) fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        self.count_before(to) - self.count_before(from)
    }

    /// Like [`Self::clear_days`]; when publication is not before the meeting, the working days from the meeting to
    /// publication, both included, as a negative number.
    pub(super) fn signed_clear_days(&self, published: NaiveDate, meeting: NaiveDate) -> i64 {
        self.between(published, meeting) - i64::from(self.is_working_day(published))
    }

    /// How many working days there are before this day, counted from one fixed day.
    fn count_before(&self, date: NaiveDate) -> i64 {
        // Chrono's day 1 is a Monday.
        let days = i64::from(date.num_days_from_ce()) - 1;
        let weekdays = days.div_euclid(7) * 5 + days.rem_euclid(7).min(5);
        let own = self.own.partition_point(|(own, _)| *own < date);
        weekdays - count_before(date) - i64::try_from(own).unwrap_or(i64::MAX)
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::testing::{date, known_working_day};

    /// Some day of the years whose holidays are known, with three years to spare after it.
    fn some_day() -> impl Strategy<Value = NaiveDate> {
        (0_u64..42 * 365).prop_map(|days| date("1995-01-01") + Days::new(days))
    }

    fn own_days() -> impl Strategy<Value = Vec<NaiveDate>> {
        proptest::collection::vec(some_day(), 0..60)
    }

    fn keeping(own: &[NaiveDate]) -> WorkingDays {
        WorkingDays::new(own.iter().map(|date| (*date, "Own day".to_owned())))
    }

    #[test]
    fn the_seeds_come_out() {
        let days = WorkingDays::default();
        let clear = |published, meeting| days.clear_days(date(published), date(meeting));
        assert_eq!(clear("2023-07-04", "2023-07-12"), 5, "seed 004");
        assert_eq!(clear("2015-03-24", "2015-04-01"), 5, "seed 000");
        assert_eq!(clear("2015-03-27", "2015-04-01"), 2, "seed 000, the supplement");
    }

    #[test]
    fn publication_on_the_day_or_later_leaves_no_clear_days() {
        let days = WorkingDays::default();
        assert_eq!(days.clear_days(date("2023-07-12"), date("2023-07-12")), 0);
        assert_eq!(days.clear_days(date("2023-07-20"), date("2023-07-12")), 0);
    }

    #[test]
    fn easter_and_one_off_days_do_not_count() {
        let days = WorkingDays::default();
        // Thursday to Thursday, with Good Friday and Easter Monday between.
        assert_eq!(days.clear_days(date("2024-03-28"), date("2024-04-04")), 2);
        assert_eq!(days.latest_with_clear_days(date("2024-04-04"), 5), date("2024-03-25"));
        assert_eq!(days.latest_with_clear_days(date("2023-07-11"), 1), date("2023-07-09"), "a Sunday");
        for day in ["2022-06-03", "2022-09-19", "2023-05-08"] {
            assert!(!days.is_working_day(date(day)), "{day}");
        }
    }

    #[test]
    fn own_days_do_not_count_and_have_names() {
        let own = [("2023-07-10", "Day of mourning"), ("2023-07-10", "Again"), ("2023-07-08", "A Saturday")];
        let days = WorkingDays::new(own.map(|(day, name)| (date(day), name.to_owned())));
        assert_eq!(days.holiday(date("2023-07-10")), Some("Day of mourning"));
        assert_eq!(days.holiday(date("2023-07-08")), None);
        assert_eq!(days.holiday(date("2023-12-25")), Some("Christmas Day"));
        assert_eq!(days.clear_days(date("2023-07-04"), date("2023-07-12")), 4);
        assert_eq!(days.latest_with_clear_days(date("2023-07-12"), 5), date("2023-07-03"));
    }

    #[test]
    fn no_distance_is_too_far() {
        let days = WorkingDays::default();
        assert!(days.clear_days(NaiveDate::MIN, NaiveDate::MAX) > 100_000_000);
        assert_eq!(days.clear_days(NaiveDate::MAX, NaiveDate::MIN), 0);
        assert_eq!(days.latest_with_clear_days(date("2023-07-12"), u32::MAX), NaiveDate::MIN);
        assert_eq!(days.latest_with_clear_days(NaiveDate::MIN, 0), NaiveDate::MIN);
    }

    proptest! {
        /// Against a count day by day over the published list.
        #[test]
        fn clear_days_are_those_counted_one_by_one(published in some_day(), length in 0_i64..900, own in own_days()) {
            let meeting = published + chrono::TimeDelta::days(length);
            let days = keeping(&own);
            let between = published.iter_days().skip(1).take_while(|day| *day < meeting);
            let counted = between.filter(|day| known_working_day(*day) && !own.contains(day)).count();
            prop_assert_eq!(days.clear_days(published, meeting) as usize, counted);
            prop_assert_eq!(days.is_working_day(published), known_working_day(published) && !own.contains(&published));
        }

        #[test]
        fn a_day_later_than_the_latest_leaves_fewer(meeting in some_day(), number in 1_u32..400, own in own_days()) {
            let days = keeping(&own);
            let latest = days.latest_with_clear_days(meeting, number);
            prop_assert_eq!(days.clear_days(latest, meeting), number);
            prop_assert_eq!(days.clear_days(latest.succ_opt().expect("a day"), meeting), number - 1);
        }

        #[test]
        fn more_time_never_means_fewer_clear_days(
            published in some_day(), later in 0_u64..20, meeting in some_day(), number in 0_u32..400, own in own_days()
        ) {
            let days = keeping(&own);
            let later = Days::new(later);
            prop_assert!(days.clear_days(published, meeting) >= days.clear_days(published + later, meeting));
            prop_assert!(days.clear_days(published, meeting) <= days.clear_days(published, meeting + later));
            let latest = days.latest_with_clear_days(meeting, number);
            prop_assert!(latest <= days.latest_with_clear_days(meeting + later, number));
            prop_assert!(latest > days.latest_with_clear_days(meeting, number + 1));
        }
    }
}
