//! What every page receives, and what several kinds of page show alike.

use serde::Serialize;

/// A link with its words.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub title: String,
    /// Where it leads; nothing if there is no page to lead to.
    pub href: Option<String>,
}

/// Pages of a printed pack.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct PagesLink {
    /// "9–14", or "9".
    pub pages: String,
    /// Whether it is more than one.
    pub several: bool,
    /// The PDF at that page; nothing where the pack is not printed here.
    pub href: Option<String>,
}

/// A PDF to read or to print.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Pdf {
    /// Its path.
    pub href: String,
    /// "84 KB".
    pub size: String,
    /// How many pages it has.
    pub pages: u32,
}

/// What every template receives as `site`: the same for all pages.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// The authority's name.
    pub name: String,
    /// Language tag.
    pub language: String,
    /// A sentence for every page.
    pub banner: Option<String>,
    /// Whether this is the members' edition, which is not for publication.
    pub members_only: bool,
    /// The main navigation.
    pub navigation: Vec<NavigationLink>,
    /// The day on which the site was built, in words.
    pub built: String,
    /// The stylesheet's path.
    pub stylesheet: String,
}

/// An entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationLink {
    /// Which part of the site it opens; `page.section` names the part that a page belongs to.
    pub section: &'static str,
    /// Its words, from the interface strings.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// What every template receives as `page`.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// Which type of page: also the `data-page` attribute of `body`.
    pub kind: &'static str,
    /// Its title, unique in the site.
    pub title: String,
    /// A sentence for search engines.
    pub description: Option<String>,
    /// Which part of the site it belongs to.
    pub section: &'static str,
    /// From the home page down to the page above this one.
    pub breadcrumbs: Vec<Link>,
    /// The absolute address, where the site's own is known.
    pub canonical: Option<String>,
    /// Made up for a demonstration.
    pub invented: bool,
    /// Why it is not for publication; only in the members' edition.
    pub exempt: Option<Exempt>,
}

/// Why something is private.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Exempt {
    /// The Part of Schedule 12A to the Local Government Act 1972 that its paragraphs stand in: 1 in England, 4 in Wales. None if it
    /// names no paragraph.
    pub part: Option<u32>,
    /// The paragraphs of Schedule 12A, each with its gist.
    pub paragraphs: Vec<ExemptParagraph>,
    /// Why the public interest favours it.
    pub public_interest: Option<String>,
}

/// A paragraph of Schedule 12A to the Local Government Act 1972.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct ExemptParagraph {
    /// 1 to 7 in England, 12 to 18 in Wales.
    pub number: u32,
    /// What it is about.
    pub gist: String,
}

/// A team to ask.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// Its name.
    pub name: String,
    /// Telephone number.
    pub telephone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
}

/// An abbreviation used on a page.
#[derive(Debug, Clone, Serialize)]
pub struct Abbreviation {
    /// The abbreviation.
    pub short: String,
    /// What it stands for.
    pub meaning: String,
}

/// A paper in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PaperCard {
    /// Its title, with "Appendix 1:" before an appendix's.
    pub title: String,
    /// "Briefing note".
    pub kind: String,
    /// Its page.
    pub href: String,
    /// The body it is for.
    pub body: Option<Link>,
    /// The meeting it is for.
    pub meeting: Option<Link>,
    /// "4 July 2023".
    pub published: Option<String>,
    /// The same for machines.
    pub published_iso: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// Made up for a demonstration.
    pub invented: bool,
    /// Not for publication; only in the members' edition.
    pub private: bool,
    /// The agenda that added it, if it is a supplementary one.
    pub supplementary: Option<Link>,
    /// Appendices, in order.
    pub appendices: Vec<Link>,
}
