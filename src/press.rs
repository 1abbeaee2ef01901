//! Runs every output of one edition to one set of artefacts: what `build` and `preview` share.
//!
//! This is a stand-in with the shape of the real thing, so that the command line can be built and tested.

use std::fmt;
use std::path::PathBuf;

use crate::edition::Edition;
use crate::files::Folder;
use crate::publication::Artefact;

/// What may be chosen for a run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of the theme.
    pub theme: String,
    /// The project's own themes, if it has any: a folder with a folder for each theme.
    pub themes: Option<PathBuf>,
    /// The address the site will stand at, where it is not that of `authority.yaml`.
    pub base_url: Option<String>,
}

/// Why an edition could not be made.
#[derive(Debug)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Makes all artefacts of an edition.
pub fn run(edition: &Edition, _content: &dyn Folder, options: &Options) -> Result<Vec<Artefact>, Error> {
    if options.theme != "default" {
        return Err(Error(format!("there is no theme `{}`", options.theme)));
    }
    let names = edition.all_papers().map(|paper| format!("<p>{}</p>\n", paper.id));
    Ok(vec![
        Artefact { path: "index.html".to_owned(), bytes: names.collect::<String>().into_bytes() },
        Artefact { path: "robots.txt".to_owned(), bytes: Vec::new() },
    ])
}
