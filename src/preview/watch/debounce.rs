//! When to tell: not at each of the many events that one save makes, and not late either.
//!
//! Nothing here looks at a clock: moments are handed in, so that tests can hand in theirs.

use std::time::{Duration, Instant};

/// How long it must have been quiet.
pub(super) const QUIET: Duration = Duration::from_millis(100);

/// How long to wait at most, counted from the first event.
pub(super) const LIMIT: Duration = Duration::from_millis(500);

/// Gathers what happens until it has been quiet for [`QUIET`], or until [`LIMIT`] after the first of it.
#[derive(Debug, Default)]
pub(super) struct Debounce<T> {
    gathered: T,
    /// When the first and the last of what is gathered happened; nothing while nothing is.
    span: Option<(Instant, Instant)>,
}

impl<T: Default> Debounce<T> {
    /// Something happened at `when`: `note` adds it to what is gathered. Events may come a little out of order.
    pub(super) fn add(&mut self, when: Instant, note: impl FnOnce(&mut T)) {
        let (first, last) = self.span.unwrap_or((when, when));
        self.span = Some((first.min(when), last.max(when)));
        note(&mut self.gathered);
    }

    /// When to [`take`](Self::take), unless something else happens before; nothing while there is nothing to take.
    pub(super) fn due(&self) -> Option<Instant> {
        self.span.map(|(first, last)| (first + LIMIT).min(last + QUIET))
    }

    /// What is gathered, if it is time to tell it. From then on it gathers anew.
    pub(super) fn take(&mut self, now: Instant) -> Option<T> {
        self.due().filter(|due| *due <= now)?;
        self.span = None;
        Some(std::mem::take(&mut self.gathered))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn what_happens_close_together_is_told_once_and_100_ms_after_the_last_of_it() {
        let start = Instant::now();
        let mut debounce = Debounce::<Vec<u8>>::default();
        assert_eq!((debounce.due(), debounce.take(start)), (None, None));
        debounce.add(start, |gathered| gathered.push(1));
        debounce.add(start + ms(60), |gathered| gathered.push(2));
        assert_eq!(debounce.due(), Some(start + ms(160)));
        assert_eq!(debounce.take(start + ms(159)), None);
        assert_eq!(debounce.take(start + ms(160)), Some(vec![1, 2]));
        assert_eq!((debounce.due(), debounce.take(start + ms(900))), (None, None));
    }

    #[test]
    fn what_goes_on_and_on_is_told_500_ms_after_it_began() {
        let start = Instant::now();
        let mut debounce = Debounce::<u64>::default();
        for time in (0..500).step_by(50) {
            debounce.add(start + ms(time), |gathered| *gathered += 1);
            assert_eq!(debounce.take(start + ms(time)), None);
        }
        assert_eq!(debounce.due(), Some(start + ms(500)));
        assert_eq!(debounce.take(start + ms(500)), Some(10));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_early_or_late(pauses in prop::collection::vec(0_u64..300, 1..80)) {
            let start = Instant::now();
            let mut debounce = Debounce::<Vec<Instant>>::default();
            let mut told: Vec<(Instant, Vec<Instant>)> = Vec::new();
            let mut events = Vec::new();
            let mut now = start;
            for pause in pauses {
                now += ms(pause);
                // As somebody would who sleeps until it is due, or until something happens.
                while let Some(due) = debounce.due().filter(|due| *due <= now) {
                    let just_before = due.checked_sub(Duration::from_nanos(1));
                    prop_assert_eq!(just_before.and_then(|moment| debounce.take(moment)), None);
                    told.push((due, debounce.take(due).unwrap_or_default()));
                }
                debounce.add(now, |gathered| gathered.push(now));
                events.push(now);
            }
            while let Some(due) = debounce.due() {
                told.push((due, debounce.take(due).unwrap_or_default()));
            }
            prop_assert_eq!(told.iter().flat_map(|(_, gathered)| gathered.clone()).collect::<Vec<_>>(), events);
            for (when, gathered) in told {
                let (first, last) = (gathered[0], gathered[gathered.len() - 1]);
                prop_assert!(when - first <= LIMIT);
                prop_assert!(when - last >= QUIET || when - first == LIMIT);
                prop_assert!(when - last <= QUIET);
            }
        }
    }
}
