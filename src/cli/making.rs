//! What `build`, `bundle` and `serve` can be told of how papers are shown, and to whom.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Trouble, one_of, paths};
use crate::edition::Audience;
use crate::files::DiskFolder;
use crate::press;

/// The only theme that needs no files of the project's own.
const DEFAULT: &str = "default";

/// Which theme.
#[derive(Debug, Args)]
pub(super) struct ThemeName {
    /// The theme; files of the same name under themes/NAME beside the content folder take the place of its own
    #[arg(long = "theme", value_name = "NAME", default_value = DEFAULT, value_parser = theme)]
    pub(super) name: String,
}

impl ThemeName {
    /// The folder of the project's own files of it. It need not be there if the theme is the default one.
    pub(super) fn own_folder(&self, content: &Path) -> Result<PathBuf, Trouble> {
        let folder = paths::themes(content).join(&self.name);
        if self.name == DEFAULT || folder.is_dir() {
            return Ok(folder);
        }
        Err(Trouble::new(format!(
            "there is no theme `{0}`: its files would lie in the folder themes/{0} beside the content folder",
            self.name
        )))
    }

    /// The project's own files of it, if there are any.
    pub(super) fn own_files(&self, content: &Path) -> Result<Option<DiskFolder>, Trouble> {
        let folder = self.own_folder(content)?;
        if folder.is_dir() { Ok(Some(DiskFolder::open(&folder)?)) } else { Ok(None) }
    }
}

/// How an edition is made, and for whom.
#[derive(Debug, Args)]
pub(super) struct Making {
    #[command(flatten)]
    pub(super) theme: ThemeName,

    /// The address of the published site, if it is not the `website` of authority.yaml
    #[arg(long, value_name = "URL", value_parser = address)]
    base_url: Option<String>,

    /// Leave out the PDFs
    #[arg(long)]
    no_pdf: bool,

    /// Who it is for; what is made for members holds private business
    #[arg(long, default_value = Audience::Public.word(), value_parser = one_of(Audience::WORDS, Audience::from_word))]
    pub(super) audience: Audience,
}

impl Making {
    /// What of this concerns the making itself.
    pub(super) fn options(&self) -> press::Options {
        press::Options { base_url: self.base_url.clone(), no_pdf: self.no_pdf }
    }
}

/// A theme's name is that of a folder, so it may not lead anywhere else.
fn theme(name: &str) -> Result<String, String> {
    let usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.is_empty() && name.chars().all(usual) {
        Ok(name.to_owned())
    } else {
        Err("a theme's name has lower-case letters, digits and hyphens".to_owned())
    }
}

fn address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |host: &str| {
        !host.is_empty() && !host.starts_with('/') && !host.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    if host.is_some_and(fits) {
        Ok(text.to_owned())
    } else {
        Err("an address begins with https:// and a host's name, such as https://papers.example.org/".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_cannot_lead_out_of_the_themes() {
        assert!(theme("city-2").is_ok());
        for wrong in ["", "..", "a/b", "Default", "a\\b", "a b"] {
            assert!(theme(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_one_of_the_web() {
        assert!(address("https://papers.example.org/council/").is_ok());
        for wrong in ["papers.example.org", "ftp://x", "https://", "https:///x", "https://a b", "javascript:alert(1)"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
