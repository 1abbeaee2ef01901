//! Figures: exact decimals, and the one place that decides how each kind is rounded and written.
//!
//! Officers round halves away from nil, print a true minus sign, group thousands with commas, and set the per cent sign
//! close up. No binary floating point is used for a figure that is printed or compared.

use rust_decimal::{Decimal, RoundingStrategy};

/// The true minus sign, U+2212: screen readers say "minus", and it is as wide as a digit.
pub const MINUS: char = '\u{2212}';

/// Reads a figure as people type it: `21,209`, `£409,728.00`, `-355`, `−0.5`, `(1,200.50)` for a negative sum.
/// Gives nothing for anything else, including a comma in the wrong place.
pub fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => match text.strip_prefix(['-', MINUS]) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        },
    };
    let digits = text.strip_prefix('£').unwrap_or(text).trim();
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.is_empty() || !grouped_rightly(whole) {
        return None;
    }
    if fraction.is_some_and(|fraction| fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let value: Decimal = digits.replace(',', "").parse().ok()?;
    Some(if negative { -value } else { value })
}

fn grouped_rightly(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = whole.contains(',');
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    digits(first) && (!grouped || first.len() <= 3) && groups.all(|group| group.len() == 3 && digits(group))
}

/// Rounds half away from nil, as officers expect.
pub fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// A plain number with thousands separators and a true minus sign: "−21,209.50".
pub fn number(value: Decimal, places: u32) -> String {
    let rounded = round(value, places);
    let unsigned = format!("{:.*}", places as usize, rounded.abs());
    let (whole, fraction) =
        unsigned.split_once('.').map_or((unsigned.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::with_capacity(unsigned.len() + 6);
    if rounded.is_sign_negative() && !rounded.is_zero() {
        out.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A number that always shows its sign unless it is nil: "+176", "−112", "0".
pub fn signed(value: Decimal, places: u32) -> String {
    let text = number(value, places);
    if round(value, places) > Decimal::ZERO { format!("+{text}") } else { text }
}

/// Pounds and pence, or whole pounds with `places` 0: "£7,288.98", "−£27,970.00".
pub fn money(value: Decimal, places: u32) -> String {
    let text = number(value, places);
    match text.strip_prefix(MINUS) {
        Some(unsigned) => format!("{MINUS}£{unsigned}"),
        None => format!("£{text}"),
    }
}

/// Pounds with their sign unless they are nil: "+£176.00", "−£27,970.00".
pub fn signed_money(value: Decimal, places: u32) -> String {
    let text = money(value, places);
    if round(value, places) > Decimal::ZERO { format!("+{text}") } else { text }
}

/// `part` as a percentage of `whole`; nothing if the whole is nil.
pub fn percentage(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// "11.5%".
pub fn percent(value: Decimal, places: u32) -> String {
    format!("{}%", number(value, places))
}

/// "+7.9%", "−11.5%", "0.0%".
pub fn signed_percent(value: Decimal, places: u32) -> String {
    format!("{}%", signed(value, places))
}

/// The size of a file: "3 KB", and never less than one.
pub fn size_in_words(bytes: usize) -> String {
    match bytes.div_ceil(1024) {
        kilobytes @ 0..1024 => format!("{} KB", kilobytes.max(1)),
        kilobytes => format!("{} MB", kilobytes.div_ceil(1024)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn figures_are_read_as_people_type_them() {
        assert_eq!(parse("21,209"), Some(decimal("21209")));
        assert_eq!(parse(" £409,728.00 "), Some(decimal("409728.00")));
        assert_eq!(parse("-£355"), Some(decimal("-355")));
        assert_eq!(parse("(1,200.50)"), Some(decimal("-1200.50")));
        for wrong in ["", "1,2", "1,23,456", "12.", ".5", "1e5", "ten", "12%", "--1", "1.2.3"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn halves_go_away_from_nil() {
        assert_eq!(number(decimal("0.25"), 1), "0.3");
        assert_eq!(number(decimal("-0.25"), 1), "−0.3");
        assert_eq!(number(decimal("-0.04"), 1), "0.0", "no minus before nil");
    }

    #[test]
    fn money_and_signs_are_written_one_way() {
        assert_eq!(money(decimal("7288.98"), 2), "£7,288.98");
        assert_eq!(money(decimal("-27970"), 2), "−£27,970.00");
        assert_eq!(signed(decimal("176"), 0), "+176");
        assert_eq!(signed_money(decimal("27970"), 0), "+£27,970");
        assert_eq!(signed_money(decimal("-0.001"), 2), "£0.00");
        assert_eq!(signed_percent(decimal("-11.4561"), 1), "−11.5%");
        assert_eq!(signed(decimal("0"), 0), "0");
    }

    #[test]
    fn a_percentage_of_nil_does_not_exist() {
        assert_eq!(percentage(decimal("5"), Decimal::ZERO), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(cents in -9_000_000_000_000i64..9_000_000_000_000) {
            let value = Decimal::new(cents, 2);
            prop_assert_eq!(parse(&money(value, 2)), Some(value));
            prop_assert_eq!(parse(&number(value, 2)), Some(value));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,20}") {
            let _ = parse(&text);
        }
    }

    #[test]
    fn sizes_are_rounded_up_to_whole_units() {
        let sizes = [0, 1, 1024, 1025, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1];
        let words: Vec<String> = sizes.into_iter().map(size_in_words).collect();
        assert_eq!(words, ["1 KB", "1 KB", "1 KB", "2 KB", "1 MB", "1 MB", "2 MB"]);
    }
}
