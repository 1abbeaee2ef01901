//! What was last known of a folder: which files it has and how each looked, so that what has changed can be told from what
//! is there now.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};
use std::path::{Path, PathBuf};

use crate::files::{self, Kind, Stamp, passed_over};

/// Everything in a folder that is not passed over, by path below it. Links are not followed: where one leads to something
/// else in the folder, that is here by its own path.
#[derive(Debug, Default)]
pub(super) struct Tree {
    // Paths are ordered part by part, so all that is in a folder follows it.
    known: BTreeMap<PathBuf, Stamp>,
}

impl Tree {
    /// Looks at `below` and everything in it anew, and gives the paths at which something came, went or changed. What can
    /// no longer be looked at counts as gone. `enter` is called with each folder before it is listed; if it fails, nothing
    /// is taken note of.
    pub(super) fn look<E>(
        &mut self,
        folder: &Path,
        below: &Path,
        enter: impl FnMut(&Path) -> Result<(), E>,
    ) -> Result<BTreeSet<PathBuf>, E> {
        let now = survey(folder, below, enter)?;
        let mut changed: BTreeSet<PathBuf> =
            self.in_and_at(below).map(|(path, _)| path).filter(|path| !now.contains_key(*path)).cloned().collect();
        for gone in &changed {
            self.known.remove(gone);
        }
        for (path, stamp) in now {
            if self.known.get(&path) != Some(&stamp) {
                self.known.insert(path.clone(), stamp);
                changed.insert(path);
            }
        }
        changed.remove(Path::new(""));
        Ok(changed)
    }

    /// Forgets everything, since the folder is gone, and gives what was in it.
    pub(super) fn forget(&mut self) -> BTreeSet<PathBuf> {
        let mut gone: BTreeSet<PathBuf> = std::mem::take(&mut self.known).into_keys().collect();
        gone.remove(Path::new(""));
        gone
    }

    /// Whether there is something at a path that is not a folder.
    pub(super) fn has_file(&self, path: &Path) -> bool {
        self.known.get(path).is_some_and(|stamp| stamp.kind != Kind::Folder)
    }

    fn in_and_at<'t>(&'t self, below: &'t Path) -> impl Iterator<Item = (&'t PathBuf, &'t Stamp)> {
        self.known.range::<Path, _>((Included(below), Unbounded)).take_while(move |(path, _)| path.starts_with(below))
    }
}

/// What is at `below` and in it now.
fn survey<E>(
    folder: &Path,
    below: &Path,
    mut enter: impl FnMut(&Path) -> Result<(), E>,
) -> Result<BTreeMap<PathBuf, Stamp>, E> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![below.to_path_buf()];
    while let Some(path) = waiting.pop() {
        let whole = folder.join(&path);
        let Ok(Some(stamp)) = Stamp::of(&whole) else { continue };
        if stamp.kind == Kind::Folder {
            enter(&whole)?;
            let inside = files::list(&whole).unwrap_or_default();
            let names = inside.iter().filter_map(|inside| inside.file_name()).filter(|name| !passed_over(name));
            waiting.extend(names.map(|name| path.join(name)));
        }
        found.insert(path, stamp);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn look(tree: &mut Tree, folder: &Path, below: &str) -> Vec<String> {
        let changed = tree.look(folder, Path::new(below), |_| Ok::<(), Infallible>(())).unwrap();
        changed.iter().map(|path| path.to_str().unwrap().replace('\\', "/")).collect()
    }

    #[test]
    fn what_came_went_and_changed_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for path in ["a.md", "b/c.md", "b/d/e.md", "b-c.md", ".git/HEAD", "b/x.md~"] {
            files::write(&folder.join(path), b"one").unwrap();
        }
        let mut tree = Tree::default();
        assert_eq!(look(&mut tree, folder, ""), ["a.md", "b", "b/c.md", "b/d", "b/d/e.md", "b-c.md"]);
        assert_eq!(look(&mut tree, folder, ""), [""; 0]);
        files::write(&folder.join("a.md"), b"three").unwrap();
        files::write(&folder.join("b/d/f.md"), b"three").unwrap();
        files::remove_file(&folder.join("b/c.md")).unwrap();
        assert_eq!(look(&mut tree, folder, "b"), ["b/c.md", "b/d/f.md"]);
        assert_eq!(look(&mut tree, folder, ""), ["a.md"]);
        files::remove_tree(&folder.join("b")).unwrap();
        assert_eq!(look(&mut tree, folder, "b"), ["b", "b/d", "b/d/e.md", "b/d/f.md"]);
        assert!(tree.has_file(Path::new("b-c.md")) && !tree.has_file(Path::new("b")));
        assert_eq!(look(&mut tree, &folder.join("elsewhere"), ""), ["a.md", "b-c.md"]);
        look(&mut tree, folder, "");
        assert_eq!(tree.forget(), ["a.md", "b-c.md"].map(PathBuf::from).into());
        assert_eq!(look(&mut tree, folder, ""), ["a.md", "b-c.md"]);
    }

    #[test]
    fn a_folder_that_cannot_be_entered_leaves_what_is_known_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("b/c.md"), b"one").unwrap();
        let mut tree = Tree::default();
        let fails = |path: &Path| if path.ends_with("b") { Err("full") } else { Ok(()) };
        assert_eq!(tree.look(folder.path(), Path::new(""), fails), Err("full"));
        assert_eq!(look(&mut tree, folder.path(), ""), ["b", "b/c.md"]);
    }
}
