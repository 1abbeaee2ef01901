//! What an address of the preview means.

use crate::edition::Audience;
use crate::preview::{Place, Print};

/// Where the preview's own things stand, below the site's root.
pub(super) const OWN: &str = "-/";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// Nothing yet: the beginning of a view, if it says of which.
    Beginning(Option<Audience>),
    /// A page or another file of the site.
    Site(Place),
    /// What happens to a page that a tab shows, and the version that it shows, if it says so.
    Events(Place, Option<String>),
    /// The bar of a page.
    Bar(Place),
    /// To begin to print.
    Print(Place, Print),
    /// What has been printed.
    Pdf(Place, Print),
    /// The preview's own script.
    Script,
    /// The preview's own stylesheet.
    Style,
}

impl Address {
    /// Understands what follows the slash at the beginning of an address, or the token there; nothing if there cannot be
    /// anything at such an address.
    pub(super) fn parse(target: &str) -> Option<Self> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if let Some(own) = path.strip_prefix(OWN) {
            return Self::parse_own(own, &Query::parse(query)?);
        }
        if path.is_empty() {
            return Some(Self::Beginning(None));
        }
        let (view, path) = path.split_once('/').unwrap_or((path, ""));
        let audience = Audience::from_word(view)?;
        if path.is_empty() {
            return Some(Self::Beginning(Some(audience)));
        }
        let segments = path.split('/').map(decoded).collect::<Option<Vec<String>>>()?;
        Some(Self::Site(place(audience, &segments)?))
    }

    fn parse_own(name: &str, query: &Query) -> Option<Self> {
        match name {
            "preview.js" => Some(Self::Script),
            "preview.css" => Some(Self::Style),
            "events" => Some(Self::Events(query.place()?, query.get("version").map(ToOwned::to_owned))),
            "bar" => Some(Self::Bar(query.place()?)),
            "print" => Some(Self::Print(query.place()?, query.print()?)),
            "pdf" => Some(Self::Pdf(query.place()?, query.print()?)),
            _ => None,
        }
    }

    /// Whose view it is about.
    pub(super) fn audience(&self) -> Option<Audience> {
        match self {
            Self::Beginning(audience) => *audience,
            Self::Site(place)
            | Self::Events(place, _)
            | Self::Bar(place)
            | Self::Print(place, _)
            | Self::Pdf(place, _) => Some(place.audience),
            Self::Script | Self::Style => None,
        }
    }
}

/// The place that decoded segments name. A folder means its `index.html`; nothing else is guessed.
fn place(audience: Audience, segments: &[impl AsRef<str>]) -> Option<Place> {
    let (last, folders) = segments.split_last()?;
    let names = |segment: &str| {
        !matches!(segment, "" | "." | "..") && !segment.contains(|c: char| matches!(c, '/' | '\\') || c.is_control())
    };
    if !folders.iter().all(|segment| names(segment.as_ref())) {
        return None;
    }
    let last = match last.as_ref() {
        "" => "index.html",
        last if names(last) => last,
        _ => return None,
    };
    let folders = folders.iter().map(AsRef::as_ref);
    Some(Place { audience, path: folders.chain([last]).collect::<Vec<_>>().join("/") })
}

/// What follows the question mark, decoded.
struct Query(Vec<(String, String)>);

impl Query {
    fn parse(query: &str) -> Option<Self> {
        let parts = query.split('&').filter(|part| !part.is_empty());
        let pairs = parts.map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            Some((decoded(&key.replace('+', " "))?, decoded(&value.replace('+', " "))?))
        });
        pairs.collect::<Option<Vec<_>>>().map(Self)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn place(&self) -> Option<Place> {
        let segments: Vec<&str> = self.get("path")?.split('/').collect();
        place(Audience::from_word(self.get("view")?)?, &segments)
    }

    fn print(&self) -> Option<Print> {
        match self.get("what")? {
            "paper" => Some(Print::Paper),
            "pack" => Some(Print::Pack),
            _ => None,
        }
    }
}

/// Percent-decoded, once; nothing if that is wrongly written or not text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = digits.map(|digit| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
            bytes.push(digits[0]? * 16 + digits[1]?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markup::percent_encoded;
    use proptest::prelude::*;

    fn site(path: &str) -> Address {
        Address::Site(public(path))
    }

    fn public(path: &str) -> Place {
        Place { audience: Audience::Public, path: path.to_owned() }
    }

    #[test]
    fn an_address_names_a_file_of_a_view() {
        assert_eq!(Address::parse("public/meetings/x/index.html"), Some(site("meetings/x/index.html")));
        assert_eq!(Address::parse("public/meetings/x/"), Some(site("meetings/x/index.html")));
        assert_eq!(Address::parse("public/a%20b.html?x=%zz"), Some(site("a b.html")));
        assert_eq!(Address::parse("public/caf%C3%A9.html"), Some(site("café.html")));
        assert_eq!(Address::parse("public/a+b"), Some(site("a+b")));
        let members = Place { audience: Audience::Members, path: "a".to_owned() };
        assert_eq!(Address::parse("members/a"), Some(Address::Site(members)));
    }

    #[test]
    fn a_view_has_a_beginning() {
        assert_eq!(Address::parse(""), Some(Address::Beginning(None)));
        assert_eq!(Address::parse("?x"), Some(Address::Beginning(None)));
        assert_eq!(Address::parse("public"), Some(Address::Beginning(Some(Audience::Public))));
        assert_eq!(Address::parse("members/"), Some(Address::Beginning(Some(Audience::Members))));
    }

    #[test]
    fn no_address_leads_out_of_a_view() {
        for path in [
            "..", "../x", "a/../b", "a/..", ".", "./a", "a/./b", "/a", "a//b", "a//", "%2e%2e/x", "%2E%2e", ".%2e/x",
            "a%2fb", "a/%2F", "%5c", "a\\b", "..%5cx", "a%00", "a%0ab", "a%1b", "%7f", "%", "%2", "%zz", "%+1", "%ff",
            "%c3%28",
        ] {
            assert_eq!(Address::parse(&format!("public/{path}")), None, "{path}");
            let own = format!("-/bar?view=public&path={}", path.replace('+', "%2B"));
            // In a query an encoded slash is a slash.
            let parsed = Address::parse(&own);
            assert!(parsed.is_none() || matches!(path, "a%2fb" | "a/%2F"), "{path}: {parsed:?}");
        }
        for other in ["other/a", "Public/a", "%70ublic/a", "/public/a", "-", "-x/a"] {
            assert_eq!(Address::parse(other), None, "{other}");
        }
    }

    #[test]
    fn an_address_is_decoded_once() {
        assert_eq!(Address::parse("public/%252e%252e/x"), Some(site("%2e%2e/x")));
        assert_eq!(Address::parse("public/%25%32%65"), Some(site("%2e")));
    }

    #[test]
    fn the_preview_has_addresses_of_its_own() {
        assert_eq!(Address::parse("-/preview.js"), Some(Address::Script));
        assert_eq!(Address::parse("-/preview.css?v=1"), Some(Address::Style));
        let query = "view=public&path=meetings%2Fx+y%2Findex.html";
        let there = || public("meetings/x y/index.html");
        assert_eq!(Address::parse(&format!("-/bar?{query}")), Some(Address::Bar(there())));
        let events = |version: Option<&str>| Some(Address::Events(there(), version.map(ToOwned::to_owned)));
        assert_eq!(Address::parse(&format!("-/events?{query}&version=a%2Bb")), events(Some("a+b")));
        assert_eq!(Address::parse(&format!("-/events?{query}")), events(None));
        let print = |name: &str, what: &str| Address::parse(&format!("-/{name}?{query}&what={what}"));
        assert_eq!(print("print", "paper"), Some(Address::Print(there(), Print::Paper)));
        assert_eq!(print("pdf", "pack"), Some(Address::Pdf(there(), Print::Pack)));
        assert_eq!(print("pdf", "all"), None);
        for wrong in ["-/", "-/other", "-/bar", "-/bar?path=a", "-/bar?view=public", "-/bar?view=all&path=a", "-/pdf"] {
            assert_eq!(Address::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_stays_within_its_view(target in "(public|members|-/bar[?]view=public&path=)?[-/.%\\\\0-9a-f=&?]{0,30}") {
            if let Some(Address::Site(place) | Address::Bar(place)) = Address::parse(&target) {
                prop_assert!(!place.path.contains('\\'));
                for segment in place.path.split('/') {
                    prop_assert!(!matches!(segment, "" | "." | ".."), "{}", place.path);
                }
            }
        }

        #[test]
        fn what_is_encoded_is_decoded(text in ".{0,30}") {
            prop_assert_eq!(decoded(&percent_encoded(&text, b"")), Some(text));
        }
    }
}
