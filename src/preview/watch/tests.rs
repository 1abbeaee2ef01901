//! On real folders. Nothing here waits for a set time and hopes: each test waits until it has heard what must come, with a limit
//! that only a broken program reaches; that nothing is told of something is seen by what is told of the next thing.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Mutex;

use notify::{Event, EventHandler as _, RecursiveMode, event::Flag};
use tempfile::TempDir;

use super::*;
use crate::files;

const FAR_TOO_LONG: Duration = Duration::from_mins(1);
const OFTEN: Mode = Mode::Poll(Duration::from_millis(20));

/// A project, its watcher, and what was told.
struct Project {
    folder: TempDir,
    told: Receiver<Changes>,
    watcher: Watcher,
}

impl Project {
    /// With files of these names in its content folder.
    fn watched(mode: Mode, names: &[&str]) -> Self {
        let folder = project(names);
        let (sender, told) = channel();
        let watcher = Watcher::start(&roots(&folder), mode, move |changes| sender.send(changes).unwrap()).unwrap();
        Self { folder, told, watcher }
    }

    /// With ears that hear what the test says.
    fn deaf(names: &[&str], folders: usize) -> (Self, Arc<Mutex<Option<Handler>>>) {
        let folder = project(names);
        let (sender, told) = channel();
        let handler = Arc::new(Mutex::new(None));
        let handed = Arc::clone(&handler);
        let watcher = Watcher::start_with(
            &roots(&folder),
            Mode::Events,
            move |handler| {
                *handed.lock().unwrap() = Some(handler);
                Ok(Box::new(DeafEars { folders }))
            },
            move |changes| sender.send(changes).unwrap(),
        );
        (Self { folder, told, watcher: watcher.unwrap() }, handler)
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn write(&self, below: &str, text: &str) {
        files::write(&self.path(below), text.as_bytes()).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        files::rename(&self.path(from), &self.path(to)).unwrap();
    }

    /// Waits until all of this was told, and gives everything that was.
    fn told(&self, expected: &[&str]) -> BTreeSet<String> {
        let expected: BTreeSet<String> = expected.iter().map(|path| (*path).to_owned()).collect();
        self.told_until(|told| expected.is_subset(told))
    }

    /// The same; `anything` stands for itself.
    fn told_until(&self, enough: impl Fn(&BTreeSet<String>) -> bool) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        while !enough(&all) {
            let changes =
                self.told.recv_timeout(FAR_TOO_LONG).unwrap_or_else(|_| panic!("only this was told: {all:?}"));
            assert!(!changes.is_empty());
            all.extend(changes.paths.iter().map(|path| {
                let below = path.strip_prefix(self.folder.path()).expect("as the folders were named");
                below.to_str().unwrap().to_owned()
            }));
            if changes.anything {
                all.insert("anything".to_owned());
            }
        }
        all
    }

    /// What is told before anything is told of a new file; it must be the only thing.
    fn told_before_a_new_file(&self) -> BTreeSet<String> {
        self.write("content/last.md", "x");
        let mut all = self.told(&["content/last.md"]);
        all.remove("content/last.md");
        all
    }
}

/// Ears that can be put to so many folders and hear nothing.
struct DeafEars {
    folders: usize,
}

impl notify::Watcher for DeafEars {
    fn new<F: notify::EventHandler>(_: F, _: Config) -> notify::Result<Self> {
        unreachable!("made by the test");
    }

    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        self.folders = self.folders.checked_sub(1).ok_or(notify::Error::new(notify::ErrorKind::MaxFilesWatch))?;
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}

fn project(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    files::create_folders(&folder.path().join("content")).unwrap();
    for name in names {
        files::write(&folder.path().join("content").join(name), b"first").unwrap();
    }
    folder
}

fn roots(folder: &TempDir) -> [PathBuf; 2] {
    ["content", "themes/ours"].map(|root| folder.path().join(root))
}

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn a_file_that_is_written_to_is_told_even_at_the_same_length() {
    let project = Project::watched(Mode::Events, &["a.md", "deep/er/b.md"]);
    project.write("content/a.md", "secon");
    assert_eq!(project.told(&["content/a.md"]), set(&["content/a.md"]));
    project.write("content/deep/er/b.md", "more than before");
    let told = project.told(&["content/deep/er/b.md"]);
    // On a machine that stalls in the middle of a save, its end is told of by itself.
    assert!(told.is_subset(&set(&["content/a.md", "content/deep/er/b.md"])), "{told:?}");
}

#[test]
fn editors_that_write_beside_a_file_and_rename_are_told_as_one_change() {
    let project = Project::watched(Mode::Events, &["a.md", "b.md"]);
    // As most do.
    project.write("content/.a.md.tmp", "second");
    project.rename("content/.a.md.tmp", "content/a.md");
    assert_eq!(project.told(&["content/a.md"]), set(&["content/a.md"]));
    // As vim does: it tries whether it may write, keeps the old file, and removes it at the end.
    project.write("content/4913", "");
    files::remove_file(&project.path("content/4913")).unwrap();
    project.rename("content/b.md", "content/b.md~");
    project.write("content/b.md", "second");
    files::remove_file(&project.path("content/b.md~")).unwrap();
    let told = project.told(&["content/b.md"]);
    // On a machine that stalls in the middle, the file that was tried may have been seen.
    assert!(told.is_subset(&set(&["content/a.md", "content/b.md", "content/4913"])), "{told:?}");
}

#[test]
fn what_is_deleted_or_renamed_is_told_by_both_names() {
    let project = Project::watched(Mode::Events, &["a.md", "b.md", "c.md"]);
    files::remove_file(&project.path("content/a.md")).unwrap();
    assert_eq!(project.told(&["content/a.md"]), set(&["content/a.md"]));
    project.rename("content/b.md", "content/d.md");
    project.told(&["content/b.md", "content/d.md"]);
    project.rename("content/c.md", "content/C.md");
    project.told(&["content/c.md", "content/C.md"]);
}

#[test]
fn a_checkout_of_hundreds_of_files_is_told_whole_and_in_few_pieces() {
    let names: Vec<String> = (0..300).map(|number| format!("meetings/{}/{number}.md", number % 30)).collect();
    let project = Project::watched(Mode::Events, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let began = Instant::now();
    for name in &names {
        files::remove_file(&project.path("content").join(name)).unwrap();
        project.write(&format!("content/{name}"), "other");
    }
    // And a whole folder that this version does not have.
    files::remove_tree(&project.path("content/meetings/7")).unwrap();
    let mut missing: BTreeSet<PathBuf> = names.iter().map(|name| project.path("content").join(name)).collect();
    let mut pieces = 0;
    while !missing.is_empty() {
        let changes = project.told.recv_timeout(FAR_TOO_LONG).unwrap();
        missing.retain(|path| !changes.paths.contains(path));
        assert!(!changes.anything);
        pieces += 1;
    }
    // However slow the machine: each took a tenth of a second to gather.
    assert!(pieces <= 1 + began.elapsed().as_millis() / 100, "{pieces} pieces");
}

#[test]
fn a_folder_that_is_deleted_and_comes_back_is_watched_again() {
    let project = Project::watched(Mode::Events, &["m/one/a.md", "m/one/b.md", "m/c.md"]);
    files::remove_tree(&project.path("content/m")).unwrap();
    project.told(&["content/m/one/a.md", "content/m/one/b.md", "content/m/c.md"]);
    project.write("content/m/one/a.md", "second");
    project.told(&["content/m/one/a.md"]);
    // Gone and back before anybody looks.
    files::remove_tree(&project.path("content/m")).unwrap();
    project.write("content/m/one/b.md", "third");
    project.told(&["content/m/one/a.md", "content/m/one/b.md"]);
    while project.told.try_recv().is_ok() {}
    project.write("content/m/one/b.md", "fourth");
    project.told(&["content/m/one/b.md"]);
}

#[test]
fn folders_that_are_moved_are_told_with_all_that_is_in_them() {
    let project = Project::watched(Mode::Events, &["kept.md"]);
    for name in ["elsewhere/a.md", "elsewhere/deep/er/b.md"] {
        project.write(name, "first");
    }
    project.rename("elsewhere", "content/in");
    project.told(&["content/in/a.md", "content/in/deep/er/b.md"]);
    project.rename("content/in", "content/on");
    project.told(&["content/in/a.md", "content/in/deep/er/b.md", "content/on/a.md", "content/on/deep/er/b.md"]);
    while project.told.try_recv().is_ok() {}
    project.write("content/on/deep/er/b.md", "second");
    project.told(&["content/on/deep/er/b.md"]);
    project.rename("content/on", "elsewhere");
    project.told(&["content/on/a.md", "content/on/deep/er/b.md"]);
    while project.told.try_recv().is_ok() {}
    project.write("elsewhere/a.md", "nobody's business");
    assert_eq!(project.told_before_a_new_file(), set(&[]));
}

#[test]
fn the_content_folder_itself_may_go_and_come_back() {
    for mode in [Mode::Events, OFTEN] {
        let project = Project::watched(mode, &["a.md", "m/b.md"]);
        files::remove_tree(&project.path("content")).unwrap();
        project.told(&["anything", "content/a.md", "content/m/b.md"]);
        project.write("content/a.md", "back");
        project.told(&["anything", "content/a.md"]);
        project.write("content/m/b.md", "back too");
        project.told(&["content/m/b.md"]);
        // Another takes its place at once.
        project.write("other/a.md", "other");
        project.rename("content", "before");
        project.rename("other", "content");
        project.told(&["anything", "content/a.md", "content/m/b.md"]);
        project.write("content/c.md", "new");
        project.told(&["content/c.md"]);
    }
}

#[test]
fn a_theme_may_come_later() {
    for mode in [Mode::Events, OFTEN] {
        let project = Project::watched(mode, &["a.md"]);
        project.write("themes/other/page.html", "not ours");
        project.write("themes/ours/page.html", "first");
        project.told(&["anything", "themes/ours/page.html"]);
        project.write("themes/ours/page.html", "second");
        let told = project.told(&["themes/ours/page.html"]);
        assert!(!told.contains("themes/other/page.html"));
    }
}

#[test]
fn what_lies_behind_a_link_is_told_by_the_folders_name_and_its_own() {
    let folder = project(&["real/a.md"]);
    for name in ["one/papers/a.md", "two/papers/b.md"] {
        files::write(&folder.path().join(name), b"first").unwrap();
    }
    symlink("papers", folder.path().join("one/seen")).unwrap();
    symlink("one", folder.path().join("linked")).unwrap();
    let (sender, told) = channel();
    let root = folder.path().join("linked");
    let watcher = Watcher::start(&[root], Mode::Events, move |changes| sender.send(changes).unwrap()).unwrap();
    let project = Project { folder, told, watcher };
    project.write("linked/seen/a.md", "second");
    assert_eq!(project.told(&["linked/papers/a.md"]), set(&["linked/papers/a.md"]));
    // The folder's name is made to lead elsewhere.
    symlink("two", project.path("new")).unwrap();
    project.rename("new", "linked");
    project.told(&["anything", "linked/papers/b.md", "linked/papers/a.md"]);
    project.write("two/papers/b.md", "second");
    project.told(&["linked/papers/b.md"]);
}

#[test]
fn reading_and_what_is_hidden_wakes_nobody() {
    for mode in [Mode::Events, OFTEN] {
        let project = Project::watched(mode, &["a.md", "m/b.md", ".git/HEAD"]);
        project.write("content/.a.md.swp", "x");
        project.write("content/.git/HEAD", "second");
        project.write("content/.git/objects/12/34", "x");
        project.write("content/m/b.md~", "x");
        project.write("beside.md", "x");
        for _ in 0..3 {
            let read = files::DiskFolder::open(&project.path("content")).unwrap();
            assert!(files::Folder::paths(&read).iter().all(|path| files::Folder::read(&read, path).is_ok()));
        }
        assert_eq!(project.told_before_a_new_file(), set(&[]));
    }
}

#[test]
fn looking_again_and_again_sees_all_that_events_tell() {
    let project = Project::watched(OFTEN, &["a.md", "b.md", "m/c.md"]);
    project.write("older.md", "older");
    // So that it is older on any disk.
    thread::sleep(Duration::from_millis(20));
    project.write("content/a.md", "other");
    assert_eq!(project.told(&["content/a.md"]), set(&["content/a.md"]));
    // An older version is put back, at the same length.
    files::rename(&project.path("older.md"), &project.path("content/a.md")).unwrap();
    assert_eq!(project.told(&["content/a.md"]), set(&["content/a.md"]));
    files::remove_file(&project.path("content/b.md")).unwrap();
    project.told(&["content/b.md"]);
    project.rename("content/m", "content/M");
    project.told(&["content/m/c.md", "content/M/c.md"]);
}

#[test]
fn where_no_more_folders_can_be_watched_everything_is_looked_at_and_it_is_said() {
    let (project, _) = Project::deaf(&["a.md", "m/one/b.md"], 2);
    let note = project.watcher.note().unwrap();
    assert!(note.starts_with("this system lets no more folders be watched, so every file is looked at once a second"));
    project.write("content/m/one/b.md", "second");
    assert_eq!(project.told(&["content/m/one/b.md"]), set(&["content/m/one/b.md"]));
}

#[test]
fn a_new_folder_that_is_one_too_many_loses_nothing() {
    let (project, handler) = Project::deaf(&["a.md", "m/b.md"], 2);
    assert_eq!(project.watcher.note(), None);
    project.write("content/m/b.md", "second");
    project.write("content/new/c.md", "first");
    let created =
        Event::new(EventKind::Create(notify::event::CreateKind::Folder)).add_path(project.path("content/new"));
    handler.lock().unwrap().as_mut().unwrap().handle_event(Ok(created));
    project.told(&["content/new/c.md", "content/m/b.md"]);
    assert!(project.watcher.note().is_some());
    project.write("content/new/c.md", "second");
    project.told(&["content/new/c.md"]);
}

#[test]
fn a_file_that_looks_as_before_has_changed_if_the_system_says_so() {
    let (project, handler) = Project::deaf(&["a.md", "m/b.md"], 100);
    let hear = |kind, below: &str| {
        let event = Event::new(kind).add_path(project.path(below));
        handler.lock().unwrap().as_mut().unwrap().handle_event(Ok(event));
    };
    hear(EventKind::Access(AccessKind::Open(AccessMode::Any)), "content/a.md");
    hear(EventKind::Modify(ModifyKind::Any), "content/not-here.md");
    hear(EventKind::Access(AccessKind::Close(AccessMode::Write)), "content/m/b.md");
    assert_eq!(project.told(&["content/m/b.md"]), set(&["content/m/b.md"]));
}

#[test]
fn when_the_system_loses_count_only_what_did_change_is_told() {
    let (project, handler) = Project::deaf(&["a.md", "b.md", "m/c.md"], 100);
    let lose_count = || {
        let rescan = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        handler.lock().unwrap().as_mut().unwrap().handle_event(Ok(rescan));
    };
    // Nothing did: the ears are made anew, and nobody is told.
    handler.lock().unwrap().as_mut().unwrap().run = 1;
    lose_count();
    let began = Instant::now();
    while handler.lock().unwrap().as_ref().unwrap().run == 1 {
        assert!(began.elapsed() < FAR_TOO_LONG);
        thread::sleep(Duration::from_millis(5));
    }
    project.write("content/b.md", "second");
    project.write("content/m/new/d.md", "first");
    lose_count();
    let told = project.told(&["content/b.md", "content/m/new/d.md"]);
    assert_eq!(told, set(&["content/b.md", "content/m/new", "content/m/new/d.md"]));
}

#[test]
fn what_happens_while_it_is_told_is_told_next() {
    let folder = project(&["a.md"]);
    let (sender, told) = channel();
    let (go_on, may_go_on) = channel::<()>();
    let watcher = Watcher::start(&roots(&folder), Mode::Events, move |changes| {
        sender.send(changes).unwrap();
        let _ = may_go_on.recv();
    });
    let project = Project { folder, told, watcher: watcher.unwrap() };
    project.write("content/a.md", "second");
    project.told(&["content/a.md"]);
    project.write("content/a.md", "third");
    project.write("content/b.md", "first");
    drop(go_on);
    project.told(&["content/a.md", "content/b.md"]);
}

#[test]
fn once_dropped_it_tells_nothing() {
    let project = Project::watched(Mode::Events, &["a.md"]);
    let Project { folder, told, watcher } = project;
    files::write(&folder.path().join("content/a.md"), b"second").unwrap();
    drop(watcher);
    while told.try_recv().is_ok() {}
    files::write(&folder.path().join("content/a.md"), b"third").unwrap();
    assert!(told.recv().is_err(), "nobody is left to tell");
}
