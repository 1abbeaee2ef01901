//! A bundle: one meeting as a folder in a zip file, for passing round before anything is published.
//!
//! It holds the pages of the meeting and of its papers, their PDFs, the files that these pages link, and the theme's assets, and
//! works from disk. Every page and every PDF is marked as a draft. Like all outputs it takes an edition: what its audience may
//! not see is not in it. What was found in the papers is not told there, since that may quote what only the author may see.

mod links;
mod tags;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Cursor, Write};

use chrono::Datelike;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::calendar::long_date;
use crate::edition::{Audience, Edition, Horizon, Pagination, PublishedMeeting};
use crate::files::Folder;
use crate::finding::Finding;
use crate::model::MeetingKey;
use crate::opendata;
use crate::press::{self, Options, Output, Printing};
use crate::publication::Artefact;
use crate::site::routes::Routes;
use crate::site::view::View;
use crate::site::{self, Theme};
use crate::text::markup::escape;
use links::Rewriting;

/// By this comment in a zip file a bundle is known that may be replaced.
const MARK: &str = "Made by quorate bundle";

/// Stands in the names of what holds private business.
pub const NOT_FOR_PUBLICATION: &str = "not-for-publication";

const STYLESHEET: &str = "assets/draft.css";

/// A bundle.
#[derive(Debug)]
pub struct Bundle {
    /// The zip file.
    pub zip: Vec<u8>,
    /// How many pages are in it.
    pub pages: usize,
    /// How many PDFs.
    pub pdfs: usize,
    /// What could not be printed.
    pub findings: Vec<Finding>,
}

/// Why there is no bundle.
#[derive(Debug)]
pub enum Error {
    /// The edition has no agenda of the meeting.
    NoAgenda(MeetingKey),
    /// The pages or PDFs could not be made.
    Press(press::Error),
    /// They could not be packed.
    Zip(zip::result::ZipError),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAgenda(key) => write!(formatter, "there is no agenda of {key} that this bundle could hold"),
            Self::Press(error) => write!(formatter, "{error}"),
            Self::Zip(error) => write!(formatter, "the zip file could not be made: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<press::Error> for Error {
    fn from(error: press::Error) -> Self {
        Self::Press(error)
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Zip(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Zip(error.into())
    }
}

/// What a bundle's folder, and its file without the ending, is called: `scrutiny-2023-07-12`, and for members
/// `scrutiny-2023-07-12-not-for-publication`.
pub fn name(key: &MeetingKey, audience: Audience) -> String {
    match audience {
        Audience::Public => format!("{}-{}", key.body, key.date),
        Audience::Members => format!("{}-{}-{NOT_FOR_PUBLICATION}", key.body, key.date),
    }
}

/// Whether a file is a bundle that this program made.
pub fn is_bundle(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.comment() == MARK.as_bytes())
}

/// The bundle of a meeting. `edition` is [for circulation](Edition::for_circulation), `published` is what is out for
/// the public: links to what is there lead to the website. `own_theme` are the project's own files of the theme, `content`
/// the folder that files shown or linked are read from.
///
/// # Errors
/// If the edition has no agenda of the meeting, the theme cannot be used, a template fails, or a file cannot be read.
pub fn make(
    edition: &Edition,
    published: &Edition,
    key: &MeetingKey,
    content: &dyn Folder,
    own_theme: Option<&dyn Folder>,
    options: &Options,
) -> Result<Bundle, Error> {
    let meeting = edition.meetings.get(key).filter(|meeting| meeting.agenda.is_some());
    let meeting = meeting.ok_or_else(|| Error::NoAgenda(key.clone()))?;
    let mut theme = Theme::load(own_theme, &edition.model.authority.language).map_err(press::Error::Theme)?;
    let on_the_web = published_paths(published, &theme);
    // Its pages are not published on any day.
    let made_on = word(&theme, "bundle_made_on");
    theme.strings.insert("built_on".to_owned(), made_on);

    let Chosen { pages: mut wanted, documents } = Chosen::of(edition, meeting, &theme);
    let mut output = Output::default();
    // It names no address on the web: nothing of it stands there yet.
    let (base_url, documents) = (None, Some(&documents));
    let printing = Printing { edition, content, theme: &theme, base_url, documents, before: None };
    let pagination = if options.no_pdf { Pagination::default() } else { printing.run(&mut output)? };
    let Output { mut artefacts, findings, .. } = output;
    // Of those that had to be printed before them, none is in the bundle.
    let pdfs = artefacts.len();
    let data = opendata::files(edition).map_err(press::Error::Data)?;
    let mut pages =
        site::bundle_pages(edition, &mut theme, &data, &pagination, meeting, &wanted).map_err(press::Error::Render)?;
    wanted.insert("index.html".to_owned());

    let linked: BTreeSet<String> = pages.iter().flat_map(|page| links::of_page(&page.path, &text(page))).collect();
    artefacts.extend(data.into_iter().filter(|file| linked.contains(&file.path)));
    // A file that is not there is an error of the paper; what names it does not link it.
    let there: BTreeSet<&String> = content.paths().iter().collect();
    for path in edition.files().intersection(&linked).filter(|path| there.contains(path)) {
        let bytes = content.read(path).map_err(press::Error::File)?;
        artefacts.push(Artefact { path: path.clone(), bytes });
    }
    artefacts.append(&mut theme.assets);
    artefacts.push(Artefact { path: STYLESHEET.to_owned(), bytes: include_bytes!("bundle/draft.css").to_vec() });

    let held: BTreeSet<&str> = artefacts.iter().chain(&pages).map(|artefact| artefact.path.as_str()).collect();
    let base_url = press::base_url(edition, options.base_url.as_deref());
    let address = |path: &str| {
        let base = base_url.as_deref().filter(|_| on_the_web.contains(path))?;
        let path =
            path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
        Some(format!("{base}{}", Routes::file(path)))
    };
    let head = |root: &str| head(root, edition.audience);
    let rewriting = Rewriting {
        within: &|path| held.contains(path),
        published: &address,
        head: &head,
        body: &notice(edition, &theme),
        title: &format!("{}: ", word(&theme, "draft_mark")),
    };
    let rewritten: Vec<String> = pages.iter().map(|page| rewriting.page(&page.path, &text(page))).collect();
    for (page, html) in pages.iter_mut().zip(rewritten) {
        page.bytes = html.into_bytes();
    }
    let count = pages.len();
    artefacts.append(&mut pages);
    artefacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Bundle { zip: packed(&artefacts, &name(key, edition.audience), edition)?, pages: count, pdfs, findings })
}

fn text(page: &Artefact) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(&page.bytes)
}

fn word(theme: &Theme, key: &str) -> String {
    theme.strings.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

/// What belongs to a meeting.
struct Chosen {
    /// Paths of pages.
    pages: BTreeSet<String>,
    /// Paths of printed documents.
    documents: BTreeSet<String>,
}

impl Chosen {
    fn of(edition: &Edition, meeting: &PublishedMeeting, theme: &Theme) -> Self {
        let nothing_printed = Pagination::default();
        let view = View::new(edition, &theme.strings, &[], &nothing_printed);
        let key = &meeting.key;
        let mut chosen = Self {
            pages: [Routes::meeting(key), Routes::membership(key)].into(),
            documents: [Routes::pack(key)].into(),
        };
        let papers = view.papers_of_bundle(meeting);
        let of_items = papers.iter().filter_map(|id| view.references.paper(id));
        let supplementary = meeting.supplementary.iter().map(|supplementary| &*supplementary.paper);
        let minutes = meeting.minutes.iter().map(|minutes| &*minutes.paper);
        for paper in of_items.chain(supplementary).chain(minutes) {
            chosen.pages.insert(Routes::paper(paper));
            chosen.documents.insert(Routes::printed(paper));
        }
        chosen
    }
}

/// All pages and files that the public can read on the web.
fn published_paths(published: &Edition, theme: &Theme) -> BTreeSet<String> {
    if published.horizon != Horizon::Out || published.audience != Audience::Public {
        return BTreeSet::new();
    }
    let mut paths = site::paths(published, theme);
    paths.extend(published.files());
    paths
}

/// What stands in the head of each page: should somebody put a bundle onto a server, no search engine shows it.
fn head(root: &str, audience: Audience) -> String {
    let robots = match audience {
        Audience::Public => "<meta name=\"robots\" content=\"noindex, nofollow\">\n",
        // Pages of the members' edition have it already.
        Audience::Members => "",
    };
    format!("\n{robots}<link rel=\"stylesheet\" href=\"{root}{STYLESHEET}\">")
}

/// What each page begins with: "Draft for circulation, made 22 November 2026; not published."
fn notice(edition: &Edition, theme: &Theme) -> String {
    let word = |key: &str| escape(&word(theme, key));
    let private = match edition.audience {
        Audience::Public => String::new(),
        Audience::Members => format!("<strong>{}</strong> ", word("not_for_publication")),
    };
    let (title, made, not_published) = (word("bundle_title"), word("bundle_made"), word("bundle_not_published"));
    let (day, mark) = (escape(&long_date(edition.now.date())), word("draft_mark"));
    format!(
        "\n<aside class=\"q-circulation\" aria-label=\"{title}\">\n<p class=\"wrap\">{private}<strong>{title}</strong>, {made} \
         {day}; {not_published}</p>\n</aside>\n<div class=\"q-draft-mark\" aria-hidden=\"true\" data-word=\"{mark}\"></div>"
    )
}

/// The files as a zip file with one folder. The day of the edition is that of every file, so that the same papers give the same
/// bytes.
fn packed(artefacts: &[Artefact], folder: &str, edition: &Edition) -> Result<Vec<u8>, Error> {
    let day = edition.now.date();
    let year = u16::try_from(day.year()).unwrap_or_default();
    // Zip files know the years from 1980 to 2107.
    let (month, of_month) = (u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1));
    let date = DateTime::from_date_and_time(year, month, of_month, 0, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(date)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.set_comment(MARK)?;
    for Artefact { path, bytes } in artefacts {
        zip.start_file(format!("{folder}/{path}"), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
