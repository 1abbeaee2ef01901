//! Mistakes of the program itself. One in a page, a rule or a document must not end the preview of the others.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does something that may break off by a mistake of the program, and then says so: `doing` is what it was about, as "in making
/// this page".
///
/// # Errors
/// A sentence on the mistake.
pub(super) fn guarded<T>(doing: &str, work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|fault| format!("The mistake was made {doing}: {}.", words(&*fault)))
}

fn words(fault: &(dyn Any + Send)) -> &str {
    let text = fault.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| fault.downcast_ref::<&str>().copied()).unwrap_or("it left no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_wrong_is_said_and_what_goes_well_is_given() {
        assert_eq!(guarded("in counting", || 3), Ok(3));
        let told = "The mistake was made in counting: attempt to add 1.".to_owned();
        assert_eq!(guarded("in counting", || -> u8 { panic!("attempt to add {}", 1) }), Err(told));
        let told = "The mistake was made in counting: plain.".to_owned();
        assert_eq!(guarded("in counting", || -> u8 { panic!("plain") }), Err(told));
    }
}
