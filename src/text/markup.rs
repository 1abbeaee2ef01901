//! Text as it may stand in HTML and SVG, in an attribute too.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_escaped() {
        assert_eq!(escape("<script>\"&'</script>"), "&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;");
        assert_eq!(escape("£ plain"), "£ plain");
    }
}
