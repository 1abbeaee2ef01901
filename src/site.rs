//! The browsable site: an edition in, pages out.
//!
//! Pure and parallel: the same edition and the same theme give the same bytes, on any number of threads.

pub mod context;
pub(crate) mod html;
mod on_demand;
mod pages;
pub(crate) mod routes;
mod theme;
pub(crate) mod view;

pub(crate) use on_demand::{OnDemand, OnPage};
pub use theme::{Theme, ThemeError};

use std::collections::BTreeSet;
use std::fmt;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use crate::calendar::long_date;
use crate::edition::{Audience, Edition, Pagination, PublishedMeeting};
use crate::publication::Artefact;
use crate::text::markup::escape;
use context::{NavigationLink, Site};
use pages::Renderer;
use view::View;

/// A page that a template could not render.
#[derive(Debug)]
pub struct RenderError {
    /// The page's path.
    pub page: String,
    /// What the template engine says: template, line and column.
    pub source: tera::Error,
}

impl fmt::Display for RenderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a template failed on the page {}: {}", self.page, self.source)?;
        let mut cause = std::error::Error::source(&self.source);
        while let Some(error) = cause {
            write!(formatter, "\n{error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for RenderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Renders all pages of an edition. `beside` are the files of other outputs that pages link with their sizes, `pagination`
/// where papers stand in print.
///
/// # Errors
/// Every page that a template could not render.
pub fn pages(
    edition: &Edition,
    theme: &mut Theme,
    base_url: Option<&str>,
    beside: &[Artefact],
    pagination: &Pagination,
) -> Result<Vec<Artefact>, Vec<RenderError>> {
    let strings = theme.strings.clone();
    let view = View::new(edition, &strings, beside, pagination);
    prepare(edition, theme).map_err(|source| vec![RenderError { page: EVERY_PAGE.to_owned(), source }])?;
    let renderer = Renderer { view: &view, edition, theme, base_url };
    let mut artefacts = together(renderer.jobs().par_iter().map(|job| renderer.run(job)).collect())?;
    artefacts.push(robots(edition, base_url));
    if let Some(base_url) = base_url.filter(|_| edition.audience == Audience::Public) {
        let sitemap = sitemap(artefacts.iter().map(|artefact| artefact.path.as_str()), base_url);
        artefacts.push(sitemap);
    }
    Ok(artefacts)
}

/// Renders what is passed round of a meeting: those pages that are `wanted`, by path, and in place of the home page one that
/// leads to the meeting and its papers. No page claims an address on the web.
///
/// # Errors
/// Every page that a template could not render.
pub(crate) fn bundle_pages(
    edition: &Edition,
    theme: &mut Theme,
    beside: &[Artefact],
    pagination: &Pagination,
    meeting: &PublishedMeeting,
    wanted: &BTreeSet<String>,
) -> Result<Vec<Artefact>, Vec<RenderError>> {
    let strings = theme.strings.clone();
    let view = View::new(edition, &strings, beside, pagination);
    let title = view.string("agenda_and_papers");
    let navigation = vec![NavigationLink { section: "meetings", title, href: routes::Routes::meeting(&meeting.key) }];
    share(edition, theme, navigation).map_err(|source| vec![RenderError { page: EVERY_PAGE.to_owned(), source }])?;
    let renderer = Renderer { view: &view, edition, theme, base_url: None };
    let jobs = renderer.jobs();
    let wanted: Vec<_> =
        jobs.iter().filter(|job| renderer.path(job).is_some_and(|path| wanted.contains(&path))).collect();
    let mut rendered: Vec<_> = wanted.par_iter().map(|job| renderer.run(job)).collect();
    rendered.push(renderer.bundle(meeting));
    together(rendered)
}

/// The paths of all pages of an edition.
pub(crate) fn paths(edition: &Edition, theme: &Theme) -> BTreeSet<String> {
    let nothing_printed = Pagination::default();
    let view = View::new(edition, &theme.strings, &[], &nothing_printed);
    let renderer = Renderer { view: &view, edition, theme, base_url: None };
    renderer.jobs().iter().filter_map(|job| renderer.path(job)).collect()
}

/// What an error that concerns no single page is told of.
const EVERY_PAGE: &str = "every page";

/// All pages, or every error.
fn together(rendered: Vec<Result<Artefact, RenderError>>) -> Result<Vec<Artefact>, Vec<RenderError>> {
    let mut artefacts = Vec::with_capacity(rendered.len() + 2);
    let mut errors = Vec::new();
    for page in rendered {
        match page {
            Ok(artefact) => artefacts.push(artefact),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(artefacts) } else { Err(errors) }
}

/// The links of the main navigation.
fn navigation(edition: &Edition, theme: &Theme) -> Vec<NavigationLink> {
    let link = |section, key: &str, href: &str| NavigationLink {
        section,
        title: theme.strings.get(key).cloned().unwrap_or_else(|| key.to_owned()),
        href: href.to_owned(),
    };
    let mut navigation = vec![
        link("meetings", "nav_meetings", "meetings/index.html"),
        link("bodies", "nav_bodies", "bodies/index.html"),
        link("decisions", "nav_decisions", "decisions/index.html"),
        link("people", "nav_people", "people/index.html"),
    ];
    if !edition.forms.is_empty() {
        navigation.push(link("returns", "nav_returns", "returns/index.html"));
    }
    navigation.push(link("glossary", "nav_glossary", "glossary/index.html"));
    navigation
}

/// Makes a theme ready for the pages of an edition.
pub(crate) fn prepare(edition: &Edition, theme: &mut Theme) -> tera::TeraResult<()> {
    let navigation = navigation(edition, theme);
    share(edition, theme, navigation)
}

/// Puts what all pages share into the theme's global context, once.
fn share(edition: &Edition, theme: &mut Theme, navigation: Vec<NavigationLink>) -> tera::TeraResult<()> {
    #[derive(Serialize)]
    struct Shared<'s> {
        site: Site,
        t: &'s std::collections::BTreeMap<String, String>,
    }
    let authority = &edition.model.authority;
    let shared = Shared {
        site: Site {
            name: authority.name.clone(),
            language: authority.language.clone(),
            banner: authority.banner.clone(),
            members_only: edition.audience == Audience::Members,
            navigation,
            built: long_date(edition.now.date()),
            stylesheet: theme.stylesheet.clone(),
        },
        t: &theme.strings,
    };
    let context = tera::Context::from_serialize(&shared)?;
    *theme.tera.global_context() = context;
    Ok(())
}

/// Robots may read the public edition; the members' edition is for nobody's index.
pub(crate) fn robots(edition: &Edition, base_url: Option<&str>) -> Artefact {
    let mut text = "User-agent: *\n".to_owned();
    match edition.audience {
        Audience::Public => text.push_str("Disallow:\n"),
        Audience::Members => text.push_str("Disallow: /\n"),
    }
    if let Some(base_url) = base_url.filter(|_| edition.audience == Audience::Public) {
        let _ = write!(text, "\nSitemap: {base_url}sitemap.xml\n");
    }
    Artefact { path: "robots.txt".to_owned(), bytes: text.into_bytes() }
}

/// All pages but the one for addresses that do not exist.
fn sitemap<'a>(paths: impl Iterator<Item = &'a str>, base_url: &str) -> Artefact {
    let mut paths: Vec<&str> = paths.filter(|path| path.ends_with(".html") && *path != "404.html").collect();
    paths.sort_unstable();
    let mut xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            .to_owned();
    for path in paths {
        let path =
            path.strip_suffix("index.html").filter(|path| path.is_empty() || path.ends_with('/')).unwrap_or(path);
        let _ = writeln!(xml, "<url><loc>{}{}</loc></url>", escape(base_url), escape(path));
    }
    xml.push_str("</urlset>\n");
    Artefact { path: "sitemap.xml".to_owned(), bytes: xml.into_bytes() }
}
