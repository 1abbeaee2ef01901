//! The present moment: the one place where a clock is read.

use std::env;
use std::ffi::OsStr;
use std::sync::Arc;

use super::Trouble;
use crate::calendar::Moment;
use crate::preview::Clock;

/// The moment given, else that of `SOURCE_DATE_EPOCH` (<https://reproducible-builds.org/specs/source-date-epoch/>), else
/// that of the system clock.
pub(super) fn now(given: Option<Moment>) -> Result<Moment, Trouble> {
    match (given, env::var_os("SOURCE_DATE_EPOCH")) {
        (Some(moment), _) => Ok(moment),
        (None, Some(seconds)) if !seconds.is_empty() => from_epoch(&seconds),
        _ => Ok(clock()),
    }
}

/// A clock for a command that goes on: one that stands still if a moment is given or `SOURCE_DATE_EPOCH` holds one.
pub(super) fn running(given: Option<Moment>) -> Result<Clock, Trouble> {
    let stands_still = given.is_some() || env::var_os("SOURCE_DATE_EPOCH").is_some_and(|seconds| !seconds.is_empty());
    if !stands_still {
        return Ok(Arc::new(clock));
    }
    let moment = now(given)?;
    Ok(Arc::new(move || moment))
}

#[allow(clippy::disallowed_methods, reason = "the one place where the clock is read; everybody else is told the time")]
fn clock() -> Moment {
    Moment::from(chrono::Utc::now())
}

fn from_epoch(seconds: &OsStr) -> Result<Moment, Trouble> {
    let moment = seconds.to_str().and_then(|seconds| seconds.parse().ok()).and_then(Moment::from_unix);
    moment.ok_or_else(|| {
        Trouble::new(format!(
            "the environment variable SOURCE_DATE_EPOCH holds `{}`; it must be a number of seconds since the beginning of \
             1970, or not be set",
            crate::finding::human::harmless(&seconds.to_string_lossy())
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_london_time() {
        assert_eq!(from_epoch(OsStr::new("1688488200")).expect("a moment").iso(), "2023-07-04T17:30");
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in ["today", "1.5", "99999999999999999999", "9223372036854775807", "-9223372036854775808"] {
            assert!(from_epoch(OsStr::new(wrong)).is_err(), "{wrong}");
        }
    }
}
