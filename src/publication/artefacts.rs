//! One file to publish, and which paths a set of them may have.

use super::PublicationError;
use super::manifest::MANIFEST;
use std::collections::HashMap;

/// One file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    /// Where it goes, below the target: relative, `/` between the parts, none of them empty, `.` or `..`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Refuses paths that lead out of the target or that some system could not store, and sets that no folder can hold.
pub(super) fn check(artefacts: &[Artefact]) -> Result<Claims<'_>, PublicationError> {
    for Artefact { path, .. } in artefacts {
        if let Some(why) = unfit(path) {
            return Err(PublicationError::BadPath { path: path.clone(), why });
        }
    }
    Claims::of(artefacts)
}

/// Why a path cannot be published, if it cannot.
pub(super) fn unfit(path: &str) -> Option<&'static str> {
    if path.contains('\\') {
        return Some("it has a backslash, which separates folders on some systems and not on others");
    }
    if path.chars().any(char::is_control) {
        return Some("it has a line break or another invisible character");
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return Some("it is absolute");
    }
    for part in path.split('/') {
        match part {
            "" => return Some("a part of it is empty"),
            "." | ".." => return Some("it has a part `.` or `..`"),
            _ => {}
        }
    }
    (folded(path) == MANIFEST).then_some("Quorate keeps its own manifest there")
}

/// A path as a disk sees it that does not tell capitals from small letters, as those of macOS and Windows do not.
fn folded(path: &str) -> String {
    path.to_lowercase()
}

/// The folders above a path, nearest first.
pub(super) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(above, _)| above)).skip(1)
}

/// Which paths a set of artefacts needs as files and which as folders, whatever the letters' case.
pub(super) struct Claims<'a> {
    files: HashMap<String, &'a str>,
    folders: HashMap<String, &'a str>,
}

impl<'a> Claims<'a> {
    /// Gathers the claims of a set; an error if two of its artefacts cannot stand in one folder.
    fn of(artefacts: &'a [Artefact]) -> Result<Self, PublicationError> {
        let clash = |one: &str, other: &str| PublicationError::Clash { one: one.to_owned(), other: other.to_owned() };
        let mut files = HashMap::with_capacity(artefacts.len());
        let mut folders = HashMap::new();
        for Artefact { path, .. } in artefacts {
            let folded = folded(path);
            for folder in folders_above(&folded) {
                if folders.contains_key(folder) {
                    // Then those above it are there too.
                    break;
                }
                folders.insert(folder.to_owned(), path.as_str());
            }
            if let Some(other) = files.insert(folded, path.as_str()) {
                return Err(clash(other, path));
            }
        }
        for (folder, within) in &folders {
            if let Some(file) = files.get(folder) {
                return Err(clash(file, within));
            }
        }
        Ok(Self { files, folders })
    }

    /// The artefact that something of this path, put there by somebody else, would stand in the way of.
    pub(super) fn blocked_by(&self, path: &str, is_folder: bool) -> Option<&'a str> {
        let folded = folded(path);
        let as_folder = if is_folder { None } else { self.folders.get(&folded) };
        self.files
            .get(&folded)
            .or(as_folder)
            .or_else(|| folders_above(&folded).find_map(|folder| self.files.get(folder)))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(paths: &[&str]) -> Result<(), PublicationError> {
        let artefacts: Vec<_> =
            paths.iter().map(|path| Artefact { path: (*path).to_owned(), bytes: Vec::new() }).collect();
        check(&artefacts).map(|_| ())
    }

    #[test]
    fn paths_that_lead_out_or_that_some_system_cannot_store_are_refused() {
        let bad = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../b",
            "a/..",
            ".",
            "./a",
            "a/.",
            "a//b",
            "a/",
            "a\\b",
            "a\0b",
            "a\nb",
            "C:/x",
            ".quorate-manifest",
            ".Quorate-Manifest",
        ];
        for path in bad {
            let error = checked(&["index.html", path]).unwrap_err();
            assert!(matches!(error, PublicationError::BadPath { .. }), "{path:?}: {error}");
        }
        checked(&["index.html", "a/..b/c...d", ".well-known/x", "a/.quorate-manifest", "pläne/é.html", "a b"]).unwrap();
    }

    #[test]
    fn two_artefacts_that_cannot_stand_in_one_folder_are_refused_and_both_are_named() {
        for pair in [["a/b", "a/b"], ["A/b.html", "a/B.html"], ["a", "a/b"], ["a/b/c/d", "A/b"], ["É", "é"]] {
            for paths in [[pair[0], "m", pair[1]], [pair[1], "m", pair[0]]] {
                let message = checked(&paths).unwrap_err().to_string();
                assert!(message.contains(pair[0]) && message.contains(pair[1]), "{message}");
            }
        }
        checked(&["a", "a-b", "a.b/c", "ab/c", "b/a"]).unwrap();
    }

    #[test]
    fn what_others_put_there_blocks_an_artefact_of_its_path_above_it_or_below_it() {
        let artefacts = [Artefact { path: "papers/a.html".into(), bytes: Vec::new() }];
        let claims = check(&artefacts).unwrap();
        for path in ["papers/a.html", "Papers/A.html", "papers", "papers/a.html/x"] {
            assert_eq!(claims.blocked_by(path, false), Some("papers/a.html"), "{path}");
        }
        for path in ["papers/b.html", "a.html", "paper", "papers/a"] {
            assert_eq!(claims.blocked_by(path, false), None, "{path}");
        }
        assert_eq!(claims.blocked_by("papers", true), None);
        assert_eq!(claims.blocked_by("papers/a.html", true), Some("papers/a.html"));
    }
}
