//! Text as it may stand in HTML and SVG, in an attribute too; and in an address.

use std::fmt::Write as _;

/// Writes what could act as its entities.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// The same, at the end of what is there already.
pub fn escape_into(text: &str, out: &mut String) {
    let mut written = 0;
    for (index, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[written..index]);
        out.push_str(replacement);
        written = index + 1;
    }
    out.push_str(&text[written..]);
}

/// Text as it stands in an address (RFC 3986): every byte percent-encoded but the unreserved ones, and those of `besides`.
pub fn percent_encoded(text: &str, besides: &[u8]) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || besides.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_cannot_hold_is_encoded() {
        assert_eq!(percent_encoded("files/map one?.png", b"/"), "files/map%20one%3F.png");
        assert_eq!(percent_encoded("a/b", b""), "a%2Fb");
    }

    #[test]
    fn what_could_act_is_escaped() {
        assert_eq!(escape("<script>\"&'</script>"), "&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;");
        assert_eq!(escape("£ plain"), "£ plain");
    }
}
