//! Runs every output of one edition to one set of artefacts, for `build`; and prints, for `bundle` too.

use std::collections::BTreeSet;
use std::fmt;

use crate::edition::{Edition, Pagination};
use crate::files::{FileError, Folder};
use crate::finding::Finding;
use crate::opendata::{self, DataError};
#[cfg(feature = "pdf")]
use crate::pack;
use crate::publication::Artefact;
use crate::site::{self, RenderError, Theme, ThemeError};

/// What the press needs to know beside the edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The address that the site will stand at, with a slash at its end; the authority's own, if left out.
    pub base_url: Option<String>,
    /// Leave out the PDFs.
    pub no_pdf: bool,
}

/// What an edition is published as.
#[derive(Debug, Default)]
pub struct Output {
    /// Every file, sorted by path.
    pub artefacts: Vec<Artefact>,
    /// What cannot be printed as it is written. With an error among them nothing must be published.
    pub findings: Vec<Finding>,
    /// How many PDFs there are.
    pub pdfs: usize,
    /// How many of them were made anew.
    pub new_pdfs: usize,
}

/// Why nothing could be printed.
#[derive(Debug)]
pub enum Error {
    /// The theme cannot be used.
    Theme(ThemeError),
    /// Pages that templates could not render.
    Render(Vec<RenderError>),
    /// A file of a paper's tables could not be made.
    Data(DataError),
    /// A file that a paper shows or links could not be read.
    File(FileError),
    /// The PDFs could not be made.
    #[cfg(feature = "pdf")]
    Pack(pack::PackError),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Theme(error) => write!(formatter, "{error}"),
            Self::File(error) => write!(formatter, "{error}"),
            Self::Data(error) => write!(formatter, "{error}"),
            #[cfg(feature = "pdf")]
            Self::Pack(error) => write!(formatter, "{error}"),
            Self::Render(errors) => {
                for error in errors.iter().take(5) {
                    writeln!(formatter, "{error}")?;
                }
                match errors.len() {
                    0..=5 => Ok(()),
                    more => write!(formatter, "and {} more pages", more - 5),
                }
            }
        }
    }
}

impl std::error::Error for Error {}

/// Everything that an edition is published as. `own_theme` are the project's own files of the theme, `content` the folder
/// that files shown or linked are read from, `before` the publication that stands there already, if there is one: what was
/// printed for it need not be printed again.
///
/// # Errors
/// If the theme cannot be used, a template fails, or a file cannot be read.
pub fn run(
    edition: &Edition,
    content: &dyn Folder,
    own_theme: Option<&dyn Folder>,
    before: Option<&dyn Folder>,
    options: &Options,
) -> Result<Output, Error> {
    let mut theme = Theme::load(own_theme, &edition.model.authority.language).map_err(Error::Theme)?;
    let base_url = base_url(edition, options.base_url.as_deref());
    let mut output = Output::default();
    let base_url = base_url.as_deref();
    let printing = Printing { edition, content, theme: &theme, base_url, documents: None, before };
    let pagination = if options.no_pdf { Pagination::default() } else { printing.run(&mut output)? };
    // The pages say how large the files are that they link.
    let mut data = opendata::files(edition).map_err(Error::Data)?;
    let pages = site::pages(edition, &mut theme, base_url, &data, &pagination).map_err(Error::Render)?;
    output.artefacts.extend(pages);
    output.artefacts.append(&mut data);
    output.artefacts.append(&mut theme.assets);
    for path in edition.files() {
        let bytes = content.read(&path).map_err(Error::File)?;
        output.artefacts.push(Artefact { path, bytes });
    }
    output.artefacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(output)
}

/// The address that the site will stand at, with a slash at its end: the one given, or else the authority's own.
pub(crate) fn base_url(edition: &Edition, given: Option<&str>) -> Option<String> {
    let website = edition.model.authority.website.as_ref().map(|website| website.value.as_str());
    given.or(website).map(|url| if url.ends_with('/') { url.to_owned() } else { format!("{url}/") })
}

/// What is to be printed.
#[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "nothing is printed"))]
pub(crate) struct Printing<'p> {
    pub(crate) edition: &'p Edition,
    /// The folder that files shown are read from.
    pub(crate) content: &'p dyn Folder,
    pub(crate) theme: &'p Theme,
    /// Where the site will stand; nothing if what is printed names no address on the web.
    pub(crate) base_url: Option<&'p str>,
    /// The paths of the only documents wanted; without them, all and the list of them.
    pub(crate) documents: Option<&'p BTreeSet<String>>,
    /// The publication that stands there already.
    pub(crate) before: Option<&'p dyn Folder>,
}

impl Printing<'_> {
    /// Prints onto the output.
    #[cfg(feature = "pdf")]
    pub(crate) fn run(&self, output: &mut Output) -> Result<Pagination, Error> {
        let Self { edition, content, theme, base_url, documents, before } = *self;
        let before = before.map(pack::Publication::new);
        let shelf = before.as_ref().map_or(&() as &dyn pack::Shelf, |before| before);
        let printed = match documents {
            None => pack::print(edition, content, theme, base_url, shelf),
            Some(documents) => {
                let wanted = |path: &str| documents.contains(path);
                pack::print_some(edition, content, theme, base_url, shelf, &wanted, &|_, _| ())
            }
        };
        let printed = printed.map_err(Error::Pack)?;
        output.pdfs = printed.pagination.volumes.len();
        output.new_pdfs = printed.typeset;
        output.artefacts.extend(printed.artefacts);
        output.findings.extend(printed.findings);
        Ok(printed.pagination)
    }

    /// Without the feature `pdf` nothing is printed.
    #[cfg(not(feature = "pdf"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same as with the feature")]
    pub(crate) fn run(&self, _output: &mut Output) -> Result<Pagination, Error> {
        Ok(Pagination::default())
    }
}
