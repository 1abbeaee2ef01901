//! The folders that are watched: what is known of each, who tells of changes in it, and what to make of what is told.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};

use super::Changes;
use super::tree::Tree;
use crate::files::{self, Identity, passed_over};

/// What tells of changes.
pub(super) type Ears = Box<dyn notify::Watcher + Send>;

/// Makes them: new ones each time that everything is looked at anew.
pub(super) type MakeEars = Box<dyn FnMut() -> notify::Result<Ears> + Send>;

/// How often everything is looked at where the system cannot tell of changes.
pub(super) const INSTEAD: Duration = Duration::from_secs(1);

/// Events of which no more is known than where something may have happened.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Whole paths, links resolved.
    pub(super) touched: BTreeSet<PathBuf>,
    /// Events were lost, or one of the folders came or went.
    pub(super) lost: bool,
    /// What is known to have changed.
    pub(super) changes: Changes,
}

/// The folders, what is known of them, and who tells of changes.
pub(super) struct Lookout {
    roots: Vec<Root>,
    /// Nothing where everything is looked at again and again instead.
    make_ears: Option<MakeEars>,
    ears: Option<Ears>,
    /// Why it is, if events were asked for.
    pub(super) note: Option<String>,
}

/// A folder that is watched, whether or not it is there.
struct Root {
    /// As the caller named it.
    named: PathBuf,
    /// Where it really lies, and which folder it is; nothing while there is none.
    there: Option<(PathBuf, Identity)>,
    /// Whether it ever was there.
    was_there: bool,
    tree: Tree,
}

/// The system will tell of no more folders.
struct Deaf(String);

impl Lookout {
    /// Folders of which nothing is known yet: [`look_at_everything`](Self::look_at_everything) comes next.
    pub(super) fn new(roots: &[PathBuf], make_ears: Option<MakeEars>) -> Self {
        let root =
            |named: &PathBuf| Root { named: named.clone(), there: None, was_there: false, tree: Tree::default() };
        Self { roots: roots.iter().map(root).collect(), make_ears, ears: None, note: None }
    }

    /// Whether changes are only seen by looking.
    pub(super) fn must_poll(&self) -> bool {
        self.make_ears.is_none()
    }

    /// Whether a folder that was there is not, so that it is likely to be back at any moment.
    pub(super) fn misses_one(&self) -> bool {
        self.roots.iter().any(|root| root.was_there && root.there.is_none())
    }

    /// Whether one of the folders has come, gone, or is another one than it was.
    pub(super) fn unsettled(&self) -> bool {
        self.roots.iter().any(|root| root.there != whereabouts(&root.named))
    }

    /// Whether a path may be told of: it lies in one of the folders, and nothing on its way is passed over.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| root.below(path).is_some())
    }

    /// Whether a path is that of one of the folders.
    pub(super) fn is_root(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| root.below(path).is_some_and(|below| below.as_os_str().is_empty()))
    }

    /// Looks at everything anew, after asking again to be told of changes: nothing that happens meanwhile is missed.
    pub(super) fn look_at_everything(&mut self, changes: &mut Changes) {
        if let Err(Deaf(why)) = self.try_to_look_at_everything(changes) {
            self.go_deaf(why, changes);
        }
    }

    /// Makes changes of what was heard: looks at each place, and asks to be told of what happens in new folders.
    pub(super) fn find_out(&mut self, heard: Heard) -> Changes {
        let Heard { touched, lost, mut changes } = heard;
        if lost {
            self.look_at_everything(&mut changes);
        } else if let Err(Deaf(why)) = self.try_to_find_out(&touched, &mut changes) {
            self.go_deaf(why, &mut changes);
        }
        // A file that was written to has changed even if it looks as before: disks do not count time finely.
        for root in &self.roots {
            let files = touched.iter().filter_map(|path| root.below(path)).filter(|below| root.tree.has_file(below));
            changes.paths.extend(files.map(|below| root.named.join(below)));
        }
        changes
    }

    fn try_to_look_at_everything(&mut self, changes: &mut Changes) -> Result<(), Deaf> {
        self.ears = None;
        if let Some(make_ears) = &mut self.make_ears {
            self.ears = Some(make_ears().map_err(|error| deaf(&error))?);
        }
        for root in &mut self.roots {
            let there = whereabouts(&root.named);
            if root.there != there {
                changes.anything = true;
                root.there = there;
            }
            root.was_there |= root.there.is_some();
            root.look(Path::new(""), &mut self.ears, changes)?;
        }
        Ok(())
    }

    fn try_to_find_out(&mut self, touched: &BTreeSet<PathBuf>, changes: &mut Changes) -> Result<(), Deaf> {
        for root in &mut self.roots {
            let mut looked_at: Option<PathBuf> = None;
            for below in touched.iter().filter_map(|path| root.below(path)).collect::<Vec<_>>() {
                // Paths are in order, so what is in a folder follows it.
                if !looked_at.as_ref().is_some_and(|folder| below.starts_with(folder)) {
                    root.look(&below, &mut self.ears, changes)?;
                    looked_at = Some(below);
                }
            }
        }
        Ok(())
    }

    /// Looks at everything from now on, instead of being told.
    fn go_deaf(&mut self, why: String, changes: &mut Changes) {
        self.note = Some(why);
        self.make_ears = None;
        self.ears = None;
        // Without ears nothing fails.
        let _ = self.try_to_look_at_everything(changes);
    }
}

impl Root {
    /// The path below this folder, if it lies in it and nothing on its way is passed over.
    fn below(&self, path: &Path) -> Option<PathBuf> {
        let below = path.strip_prefix(&self.there.as_ref()?.0).ok()?;
        let seen = below.components().all(|part| matches!(part, Component::Normal(name) if !passed_over(name)));
        seen.then(|| below.to_path_buf())
    }

    /// Looks at a path and everything in it.
    fn look(&mut self, below: &Path, ears: &mut Option<Ears>, changes: &mut Changes) -> Result<(), Deaf> {
        let Some((real, _)) = &self.there else {
            changes.paths.extend(self.tree.forget().iter().map(|below| self.named.join(below)));
            return Ok(());
        };
        let changed = self
            .tree
            .look(real, below, |folder| ears.as_mut().map_or(Ok(()), |ears| listen(&mut **ears, real, folder)))?;
        changes.paths.extend(changed.iter().map(|below| self.named.join(below)));
        Ok(())
    }
}

/// Where a folder really lies and which it is, if it is there.
fn whereabouts(named: &Path) -> Option<(PathBuf, Identity)> {
    let real = files::resolved(named)?;
    let identity = Identity::of_folder(&real)?;
    Some((real, identity))
}

/// Asks to be told of what happens in a folder.
///
/// On Linux that is done folder by folder and before each is listed, so that nothing falls between: `notify` on its own
/// asks for a new folder some time after it came, and never says what was put into it before that. Elsewhere the system
/// itself tells of everything beneath, so it is asked once, for the whole.
fn listen(ears: &mut dyn notify::Watcher, root: &Path, folder: &Path) -> Result<(), Deaf> {
    let asked = match RecommendedWatcher::kind() {
        WatcherKind::Inotify => ears.watch(folder, RecursiveMode::NonRecursive),
        _ if folder == root => ears.watch(folder, RecursiveMode::Recursive),
        _ => return Ok(()),
    };
    match asked {
        Err(error) if exhausted(&error) => Err(deaf(&error)),
        // One that nobody may look into. If it is not there any more, that will be told of, or seen.
        Err(error) if folder == root && !matches!(error.kind, ErrorKind::PathNotFound) => Err(deaf(&error)),
        _ => Ok(()),
    }
}

/// Whether it was one folder too many.
fn exhausted(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // As Linux calls it where notify has no name of its own for it.
        ErrorKind::Io(cause) => cause.kind() == io::ErrorKind::StorageFull,
        _ => false,
    }
}

fn deaf(error: &notify::Error) -> Deaf {
    let why = match &error.kind {
        ErrorKind::MaxFilesWatch => "this system lets no more folders be watched".to_owned(),
        ErrorKind::Io(cause) => {
            let words = cause.to_string();
            format!(
                "this system cannot say when files change ({})",
                words.split(" (os error ").next().unwrap_or(&words)
            )
        }
        _ => format!("this system cannot say when files change ({error})"),
    };
    let more = if cfg!(target_os = "linux") && exhausted(error) {
        "; whoever looks after this computer can raise its limit, `fs.inotify.max_user_watches`"
    } else {
        ""
    };
    Deaf(format!("{why}, so every file is looked at once a second instead, and changes show a little later{more}"))
}
