//! Runs every output of one edition to one set of artefacts: what `build` and, later, the preview share.

use std::fmt;

use crate::edition::Edition;
use crate::files::{FileError, Folder};
use crate::opendata::{self, DataError};
use crate::publication::Artefact;
use crate::site::{self, RenderError, Theme, ThemeError};

/// What the press needs to know beside the edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The address that the site will stand at, with a slash at its end; the authority's own, if left out.
    pub base_url: Option<String>,
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
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Theme(error) => write!(formatter, "{error}"),
            Self::File(error) => write!(formatter, "{error}"),
            Self::Data(error) => write!(formatter, "{error}"),
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
/// that files shown or linked are read from.
///
/// # Errors
/// If the theme cannot be used, a template fails, or a file cannot be read.
pub fn run(
    edition: &Edition,
    content: &dyn Folder,
    own_theme: Option<&dyn Folder>,
    options: &Options,
) -> Result<Vec<Artefact>, Error> {
    let authority = &edition.model.authority;
    let mut theme = Theme::load(own_theme, &authority.language).map_err(Error::Theme)?;
    let base_url = options.base_url.clone().or_else(|| authority.website.as_ref().map(|website| website.value.clone()));
    let base_url = base_url.map(|url| if url.ends_with('/') { url } else { format!("{url}/") });
    // The pages say how large the files are that they link.
    let mut data = opendata::files(edition).map_err(Error::Data)?;
    let mut artefacts = site::pages(edition, &mut theme, base_url.as_deref(), &data).map_err(Error::Render)?;
    artefacts.append(&mut data);
    artefacts.append(&mut theme.assets);
    for path in edition.files() {
        let bytes = content.read(&path).map_err(Error::File)?;
        artefacts.push(Artefact { path, bytes });
    }
    artefacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artefacts)
}
