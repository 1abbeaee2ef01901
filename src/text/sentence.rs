//! Pieces of sentences.

/// "one, two and three".
pub fn listed(parts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else { return String::new() };
    let mut text = first.as_ref().to_owned();
    let mut last = parts.next();
    while let Some(part) = last {
        last = parts.next();
        text.push_str(if last.is_some() { ", " } else { " and " });
        text.push_str(part.as_ref());
    }
    text
}

/// With a capital letter at the beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_stands_behind_and() {
        let parts = ["one", "two", "three"];
        let listed: Vec<String> = (0..=3).map(|count| listed(&parts[..count])).collect();
        assert_eq!(listed, ["", "one", "one and two", "one, two and three"]);
    }

    #[test]
    fn any_letter_has_its_capital() {
        assert_eq!([capital(""), capital("élan vital"), capital("ße"), capital("1a")], ["", "Élan vital", "SSe", "1a"]);
    }
}
