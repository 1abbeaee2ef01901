//! Words as part of an address.

/// Words as part of an address: lower-case letters, digits and hyphens.
pub(crate) fn slug(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '’') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    if out.is_empty() || out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("h-{out}").trim_end_matches('-').to_owned()
    } else {
        out
    }
}
