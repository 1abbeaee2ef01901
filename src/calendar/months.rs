//! The names of the months, in full and as they are cut short.

/// Each month's names, the full one first.
pub const MONTHS: [&[&str]; 12] = [
    &["January", "Jan"],
    &["February", "Feb"],
    &["March", "Mar"],
    &["April", "Apr"],
    &["May"],
    &["June", "Jun"],
    &["July", "Jul"],
    &["August", "Aug"],
    &["September", "Sept", "Sep"],
    &["October", "Oct"],
    &["November", "Nov"],
    &["December", "Dec"],
];

/// Which month is called so, from 1; capitals don't matter.
pub fn month_named(name: &str) -> Option<u32> {
    let is_it = |names: &&[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    (1..).zip(&MONTHS).find(|(_, names)| is_it(names)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_by_their_names_short_or_in_full() {
        assert_eq!([month_named("may"), month_named("SEPT"), month_named("December")], [Some(5), Some(9), Some(12)]);
        assert_eq!([month_named("Janu"), month_named("")], [None, None]);
    }
}
