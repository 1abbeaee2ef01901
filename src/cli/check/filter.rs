//! Which findings are wanted: those of some rules, or in some papers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::{Trouble, paths};
use crate::finding::{Finding, did_you_mean};
use crate::rules::Choice;
use crate::text::Sources;

/// What is wanted. All rules have run by then: a filter hides, and changes nothing of what is found.
pub(super) struct Filter<'a> {
    only: &'a [Choice],
    within: Vec<Within>,
    sources: &'a Sources,
}

/// A part of the content folder.
#[derive(Debug, PartialEq, Eq)]
enum Within {
    File(String),
    /// The content folder itself is the empty path.
    Folder(String),
}

impl<'a> Filter<'a> {
    pub(super) fn new(
        only: &'a [Choice],
        papers: &[PathBuf],
        content: &Path,
        sources: &'a Sources,
    ) -> Result<Self, Trouble> {
        let files: BTreeSet<&str> = sources.iter().map(|(_, source)| source.path.as_str()).collect();
        let within = papers.iter().map(|typed| within(typed, content, &files)).collect::<Result<_, _>>()?;
        Ok(Self { only, within, sources })
    }

    pub(super) fn lets_through(&self, finding: &Finding) -> bool {
        let path = self.sources.find(finding.primary.span.source).map_or("", |source| source.path.as_str());
        let of_rules = self.only.is_empty() || self.only.iter().any(|choice| choice.covers(finding.code));
        of_rules && (self.within.is_empty() || self.within.iter().any(|within| within.holds(path)))
    }
}

impl Within {
    fn holds(&self, path: &str) -> bool {
        match self {
            Self::File(file) => file == path,
            Self::Folder(folder) => is_below(path, folder),
        }
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The file of one paper meant by a path as it is typed.
pub(in crate::cli) fn paper_named(typed: &Path, content: &Path, sources: &Sources) -> Result<String, Trouble> {
    let files: BTreeSet<&str> = sources.iter().map(|(_, source)| source.path.as_str()).collect();
    match within(typed, content, &files)? {
        Within::File(path) if path.ends_with(".md") => Ok(path),
        Within::File(path) => Err(Trouble::new(format!("`{path}` is no paper; name one of the files that end in .md"))),
        Within::Folder(_) => {
            Err(Trouble::new(format!("`{}` is a folder; name one of the papers in it", typed.display())))
        }
    }
}

/// The file or folder meant by a path as it is typed: from the folder one is in, or from the content folder, or a meeting
/// by its body and date; with the file's ending or without.
fn within(typed: &Path, content: &Path, files: &BTreeSet<&str>) -> Result<Within, Trouble> {
    let plain = typed.to_string_lossy().replace('\\', "/");
    let plain = plain.trim_start_matches("./").trim_end_matches('/');
    let below = paths::whole(typed).strip_prefix(paths::whole(content)).ok().map(paths::with_slashes);
    let is_there = |path: &String| path.is_empty() || files.iter().any(|file| *file == path || is_below(file, path));
    let ways = below.iter().cloned().chain([plain.to_owned(), format!("meetings/{plain}")]);
    let ends = |path: String| ["", ".md", ".yaml"].map(|end| format!("{path}{end}"));
    let found = if plain.is_empty() { None } else { ways.clone().flat_map(ends).find(is_there) };
    if let Some(path) = found {
        return Ok(if files.contains(path.as_str()) { Within::File(path) } else { Within::Folder(path) });
    }
    let shown = typed.display();
    let of_that_name = files.iter().find(|file| {
        let name = file.rsplit('/').next().unwrap_or(file);
        name == plain || name.strip_suffix(".md") == Some(plain)
    });
    let help = match of_that_name {
        Some(file) => Some(format!("did you mean `{file}`?")),
        None if plain.is_empty() => None,
        None => ways.clone().find_map(|way| did_you_mean(&way, names(files))),
    };
    let help = help.map_or_else(String::new, |help| format!("; {help}"));
    Err(Trouble::new(format!("there is no paper or folder `{shown}` in `{}`{help}", content.display())))
}

/// All that could be meant: files with and without their ending, and folders.
fn names<'f>(files: &BTreeSet<&'f str>) -> BTreeSet<&'f str> {
    let parts = |file: &'f str| {
        let folders = file.match_indices('/').map(move |(at, _)| &file[..at]);
        folders.chain([file]).chain(file.strip_suffix(".md"))
    };
    files.iter().flat_map(|file| parts(file)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(typed: &str) -> Result<Within, String> {
        let files = BTreeSet::from([
            "authority.yaml",
            "bodies/scrutiny.yaml",
            "meetings/scrutiny/2023-07-12/04-plan.md",
            "meetings/scrutiny/2023-07-12/04-plan-b.md",
        ]);
        within(Path::new(typed), Path::new("content"), &files).map_err(|Trouble(sentence)| sentence)
    }

    #[test]
    fn a_paper_is_meant_however_it_is_typed() {
        let paper = Within::File("meetings/scrutiny/2023-07-12/04-plan.md".to_owned());
        for typed in [
            "content/meetings/scrutiny/2023-07-12/04-plan.md",
            "./content/meetings/scrutiny/2023-07-12/04-plan",
            "meetings/scrutiny/2023-07-12/04-plan.md",
            "meetings/scrutiny/2023-07-12/04-plan",
            "scrutiny/2023-07-12/04-plan",
            "content/../content/meetings/scrutiny/2023-07-12/04-plan.md",
        ] {
            assert_eq!(meant(typed).as_ref(), Ok(&paper), "{typed}");
        }
        let body = Within::File("bodies/scrutiny.yaml".to_owned());
        assert_eq!(meant("content/bodies/scrutiny"), Ok(body));
    }

    #[test]
    fn a_folder_is_meant_with_all_beneath_it() {
        let folder = |path: &str| Ok(Within::Folder(path.to_owned()));
        assert_eq!(meant("content/meetings/"), folder("meetings"));
        assert_eq!(meant("scrutiny/2023-07-12"), folder("meetings/scrutiny/2023-07-12"));
        assert_eq!(meant("content"), folder(""));
        let within = Within::Folder("meetings/scrutiny".to_owned());
        assert!(within.holds("meetings/scrutiny/2023-07-12/04-plan.md"));
        assert!(!within.holds("meetings/scrutiny-b/2023-07-12/04-plan.md"));
    }

    #[test]
    fn what_is_not_there_is_refused_with_what_was_probably_meant() {
        for (typed, suggested) in [
            ("content/meetings/scrutiny/2023-07-12/04-plam.md", "`meetings/scrutiny/2023-07-12/04-plan.md`"),
            ("scrutniy/2023-07-12", "`meetings/scrutiny/2023-07-12`"),
            ("04-plan", "`meetings/scrutiny/2023-07-12/04-plan.md`"),
        ] {
            let sentence = meant(typed).expect_err("there is no such paper");
            assert!(sentence.contains(&format!("did you mean {suggested}?")), "{typed}: {sentence}");
        }
        for typed in ["", "wombat", "../elsewhere", "/etc/passwd"] {
            let sentence = meant(typed).expect_err("there is no such paper");
            assert!(sentence.ends_with("in `content`"), "{typed}: {sentence}");
        }
    }
}
