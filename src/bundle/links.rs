//! The links of a bundle's pages: each leads somewhere, or is none.

use std::collections::BTreeSet;

use super::tags::{StartTag, start_tags};
use crate::text::markup::escape;

/// Attributes that hold an address.
const ADDRESSES: [&str; 5] = ["href", "src", "xlink:href", "poster", "action"];

/// What becomes of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Leads {
    /// To a file of the site: its path, and the rest of the address from `?` or `#` on.
    To(String, String),
    /// Elsewhere, or to a place on the page itself.
    Elsewhere,
    /// Nowhere that a site has.
    Nowhere,
}

/// Where an address on a page of the site leads.
pub(super) fn leads(page: &str, address: &str) -> Leads {
    let address = address.trim();
    if address.starts_with('#') || address.starts_with("//") || has_scheme(address) {
        return Leads::Elsewhere;
    }
    let (path, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if path.is_empty() || path.starts_with('/') {
        return Leads::Nowhere;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Leads::Nowhere;
                }
            }
            part => match decoded(part).filter(|part| !part.contains('/') && part != "." && part != "..") {
                Some(part) => parts.push(part),
                None => return Leads::Nowhere,
            },
        }
    }
    Leads::To(parts.join("/"), rest.to_owned())
}

fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// A part of an address with its percent signs undone.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// An attribute's value as it is meant. Our own pages write no other references than these.
fn meant(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/")];
    let value = plain.iter().fold(value.to_owned(), |value, (from, to)| value.replace(from, to));
    value.replace("&amp;", "&")
}

/// The files of the site that a page leads to.
pub(super) fn of_page(page: &str, html: &str) -> BTreeSet<String> {
    let tags = start_tags(html);
    let addresses = tags.iter().flat_map(|tag| addresses(tag, html)).map(|(_, address)| address);
    addresses
        .filter_map(|address| match leads(page, &address) {
            Leads::To(path, _) => Some(path),
            _ => None,
        })
        .collect()
}

fn addresses(tag: &StartTag, html: &str) -> Vec<(usize, String)> {
    let attributes = tag.attributes.iter().enumerate();
    let named = attributes.filter(|(_, attribute)| ADDRESSES.contains(&attribute.name.as_str()));
    named.map(|(index, attribute)| (index, meant(&html[attribute.value.clone()]))).collect()
}

/// What is done to a page on its way into a bundle.
pub(super) struct Rewriting<'r> {
    /// Which files of the site the bundle holds.
    pub(super) within: &'r dyn Fn(&str) -> bool,
    /// The address on the web of a file that the bundle does not hold, if it is published.
    pub(super) published: &'r dyn Fn(&str) -> Option<String>,
    /// What stands in each head, given the way to the site's root.
    pub(super) head: &'r dyn Fn(&str) -> String,
    /// What each body begins with.
    pub(super) body: &'r str,
    /// What the title of each page begins with.
    pub(super) title: &'r str,
}

impl Rewriting<'_> {
    /// The page with links that all lead somewhere, and with what marks it as a draft.
    pub(super) fn page(&self, path: &str, html: &str) -> String {
        let root = "../".repeat(path.matches('/').count());
        let tags = start_tags(html);
        let body = tags.iter().position(|tag| tag.name == "body").unwrap_or(tags.len());
        // The last thing in the head that is said of the page, so that nothing of the theme's comes after it.
        let head = tags[..body].iter().rposition(|tag| matches!(tag.name.as_str(), "head" | "meta" | "link"));
        let title = tags[..body].iter().position(|tag| tag.name == "title");
        let mut out = String::with_capacity(html.len() + 1024);
        let mut written = 0;
        for (index, tag) in tags.iter().enumerate() {
            for (attribute, address) in addresses(tag, html) {
                let attribute = &tag.attributes[attribute];
                let Some(instead) = self.instead(path, &address) else { continue };
                // A blank stands before each attribute; it goes with what it parts.
                let blank = html[written..attribute.range.start].ends_with(' ');
                out.push_str(&html[written..attribute.range.start - usize::from(instead.is_none() && blank)]);
                if let Some(address) = instead {
                    out.push_str(&html[attribute.range.start..attribute.range.start + attribute.name.len()]);
                    out.push_str("=\"");
                    out.push_str(&escape(&address));
                    out.push('"');
                }
                written = attribute.range.end;
            }
            out.push_str(&html[written..tag.range.end]);
            written = tag.range.end;
            if Some(index) == title {
                out.push_str(&escape(self.title));
            }
            if Some(index) == head {
                out.push_str(&(self.head)(&root));
            }
            if index == body {
                out.push_str(self.body);
            }
        }
        out.push_str(&html[written..]);
        out
    }

    /// What takes the place of an address: nothing, if it stays; none, if it goes; or another.
    #[expect(clippy::option_option, reason = "whether it changes, and whether there is one then, are two questions")]
    fn instead(&self, page: &str, address: &str) -> Option<Option<String>> {
        match leads(page, address) {
            Leads::Elsewhere => None,
            Leads::Nowhere => Some(None),
            Leads::To(path, _) if (self.within)(&path) => None,
            Leads::To(path, rest) => Some((self.published)(&path).map(|address| address + &rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rewritten(html: &str) -> String {
        let rewriting = Rewriting {
            within: &|path| path == "meetings/a/pläne one.html" || path == "assets/q.css",
            published: &|path| path.starts_with("bodies/").then(|| format!("https://example.org/{path}")),
            head: &|root| format!("<link rel=\"stylesheet\" href=\"{root}assets/draft.css\">"),
            body: "<aside>Draft</aside>",
            title: "DRAFT: ",
        };
        rewriting.page("meetings/a/index.html", html)
    }

    #[test]
    fn links_stay_or_lead_to_the_published_site_or_are_none() {
        for (before, after) in [
            ("<a href=\"pl%C3%A4ne%20one.html#p1\">x</a>", None),
            ("<a href=\"#p1\">x</a>", None),
            ("<a href=\"https://example.com/\">x</a>", None),
            ("<a href=\"mailto:a@b.uk\">x</a>", None),
            ("<img src=\"data:image/svg+xml,%3Csvg\">", None),
            (
                "<a class=\"b\" href=\"../../bodies/a/index.html?x=1&amp;y#top\">x</a>",
                Some("<a class=\"b\" href=\"https://example.org/bodies/a/index.html?x=1&amp;y#top\">x</a>"),
            ),
            ("<a class=\"b\" href=\"../../people/b.html\" lang=en>x</a>", Some("<a class=\"b\" lang=en>x</a>")),
            ("<a href='../../../etc/passwd'>x</a>", Some("<a>x</a>")),
            ("<a href=/bodies/a>x</a>", Some("<a>x</a>")),
            ("<a href=\"\">x</a>", Some("<a>x</a>")),
            ("<a href>x</a>", Some("<a>x</a>")),
            ("<a href=\"gone.html\" href=\"also-gone.html\">x</a>", Some("<a>x</a>")),
            ("<p title=\"<a href='gone.html'>\">&lt;a href=\"gone.html\"></p>", None),
            ("He wrote href=\"gone.html\" and <!-- <a href=\"gone.html\"> -->", None),
        ] {
            assert_eq!(rewritten(before), after.unwrap_or(before));
        }
    }

    #[test]
    fn a_page_is_marked() {
        let page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>A <b></title><link rel=\"stylesheet\" \
                    href=\"../../assets/q.css\"></head><body data-page=\"x\"><p>Text</p><svg><title>B</title></svg></body></html>";
        let marked = rewritten(page);
        assert_eq!(
            marked,
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>DRAFT: A <b></title><link rel=\"stylesheet\" \
             href=\"../../assets/q.css\"><link rel=\"stylesheet\" href=\"../../assets/draft.css\"></head><body \
             data-page=\"x\"><aside>Draft</aside><p>Text</p><svg><title>B</title></svg></body></html>"
        );
    }

    proptest! {
        #[test]
        fn any_text_passes_and_what_holds_no_tag_stays(html in "[ -~é\n]{0,80}") {
            let out = rewritten(&html);
            if start_tags(&html).is_empty() {
                prop_assert_eq!(out, html);
            }
        }

        #[test]
        fn no_address_climbs_out(address in "[./a-c%2eE?#]{0,20}") {
            if let Leads::To(path, _) = leads("meetings/a/index.html", &address) {
                prop_assert!(!path.starts_with('/') && !path.starts_with("../"));
            }
        }
    }
}
