//! What a publication promises, each promise broken by no other code than the one that keeps it.

mod interrupted;
mod killed;
mod sequence;

use super::manifest::Manifest;
use super::*;
use crate::files::{self, Kind};
use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

/// What can be told of one path without changing it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    kind: Kind,
    inode_and_time: (u64, i64, i64),
    mode: u32,
    /// The bytes of a file, or where a link leads.
    content: Vec<u8>,
}

/// A folder of our own, with a target `public` in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        files::write(&self.path(path), text.as_bytes()).unwrap();
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(files::read(&self.path(path)).unwrap()).unwrap()
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Published, PublicationError> {
        publish(&self.path("public"), &artefacts(files), "public")
    }

    /// Publishes, and asserts that this is refused with a message of these words and without touching anything.
    fn refused(&self, files: &[(&str, &str)], words: &[&str]) {
        let before = self.snapshot();
        let message = self.publish(files).unwrap_err().to_string();
        for word in words {
            assert!(message.contains(word), "{word:?} is not in: {message}");
        }
        assert_eq!(self.snapshot(), before, "{message}");
    }

    /// All there is.
    fn snapshot(&self) -> BTreeMap<PathBuf, Seen> {
        let entries = files::walk(self.folder.path()).unwrap();
        let look = |entry: files::Entry| {
            let path = self.folder.path().join(&entry.path);
            let metadata = std::fs::symlink_metadata(&path).unwrap();
            let content = match entry.kind {
                Kind::File => files::read(&path).unwrap(),
                Kind::Link => std::fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
                _ => Vec::new(),
            };
            let inode_and_time = (metadata.ino(), metadata.mtime(), metadata.mtime_nsec());
            (entry.path, Seen { kind: entry.kind, inode_and_time, mode: metadata.mode(), content })
        };
        entries.into_iter().map(look).collect()
    }

    /// The paths of all there is, besides folders.
    fn paths(&self) -> Vec<String> {
        let entries = files::walk(self.folder.path()).unwrap().into_iter();
        entries.filter(|entry| entry.kind != Kind::Folder).map(|entry| entry.path.display().to_string()).collect()
    }

    fn inode_and_time(&self, path: &str) -> (u64, i64, i64) {
        let metadata = std::fs::symlink_metadata(self.path(path)).unwrap();
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    }
}

fn artefacts(files: &[(&str, &str)]) -> Vec<Artefact> {
    files.iter().map(|(path, text)| Artefact { path: (*path).to_owned(), bytes: (*text).into() }).collect()
}

fn counts(written: usize, kept: usize, removed: usize) -> Published {
    Published { written, kept, removed, left_over: None }
}

const SITE: &[(&str, &str)] = &[("index.html", "home"), ("papers/a.html", "a"), ("papers/b.html", "b")];

#[test]
fn a_missing_target_is_made_with_the_folders_above_it_and_nothing_is_left_beside_it() {
    let desk = Desk::new();
    let target = desk.path("out/2023/public");
    assert_eq!(publish(&target, &artefacts(SITE), "public").unwrap(), counts(3, 0, 0));
    let below = ["", ".quorate-manifest", "index.html", "papers/a.html", "papers/b.html"];
    assert_eq!(desk.paths(), below[1..].iter().map(|path| format!("out/2023/public/{path}")).collect::<Vec<_>>());
    assert_eq!(desk.text("out/2023/public/papers/a.html"), "a");
    assert!(desk.text("out/2023/public/.quorate-manifest").starts_with("quorate manifest 1: public edition\n"));
}

#[test]
fn an_empty_target_is_fine_and_keeps_its_permissions() {
    let desk = Desk::new();
    files::create_folders(&desk.path("public")).unwrap();
    std::fs::set_permissions(desk.path("public"), PermissionsExt::from_mode(0o2750)).unwrap();
    assert_eq!(desk.publish(SITE).unwrap(), counts(3, 0, 0));
    assert_eq!(std::fs::metadata(desk.path("public")).unwrap().mode() & 0o7777, 0o2750);
}

#[test]
fn a_folder_that_is_not_ours_is_refused_with_a_way_out() {
    let desk = Desk::new();
    desk.put("public/holiday.jpg", "sun");
    desk.refused(SITE, &["public", "is not empty", "empty it first", "another folder"]);
}

#[test]
fn a_folder_with_nothing_but_a_folder_in_it_is_not_empty() {
    let desk = Desk::new();
    files::create_folders(&desk.path("public/.git")).unwrap();
    desk.refused(SITE, &["is not empty"]);
}

#[test]
fn one_edition_never_replaces_another() {
    let desk = Desk::new();
    publish(&desk.path("public"), &artefacts(SITE), "members").unwrap();
    desk.refused(SITE, &["members edition", "public edition", "another folder"]);
    assert_eq!(publish(&desk.path("public"), &artefacts(SITE), "members").unwrap(), counts(0, 3, 0));
}

#[test]
fn a_manifest_that_cannot_be_understood_is_refused() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    let manifest = desk.text("public/.quorate-manifest");
    desk.put("public/.quorate-manifest", &manifest.replace("  index", " index"));
    desk.refused(SITE, &["line 2", ".quorate-manifest"]);
    files::remove_file(&desk.path("public/.quorate-manifest")).unwrap();
    desk.put("elsewhere", &manifest);
    symlink("../elsewhere", desk.path("public/.quorate-manifest")).unwrap();
    desk.refused(SITE, &["not a regular file"]);
}

#[test]
fn a_target_that_is_a_file_a_link_or_a_pipe_is_refused() {
    let desk = Desk::new();
    desk.put("public", "text");
    desk.refused(SITE, &["is a file"]);
    files::remove_file(&desk.path("public")).unwrap();
    files::create_folders(&desk.path("elsewhere")).unwrap();
    symlink("elsewhere", desk.path("public")).unwrap();
    desk.refused(SITE, &["symbolic link"]);
    // With a slash at its end, the system takes the link for the folder.
    let error = publish(&desk.path("public/"), &artefacts(SITE), "public").unwrap_err();
    assert!(matches!(error, PublicationError::NoPlaceToPublish { .. }), "{error}");
    files::remove_file(&desk.path("public")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(desk.path("public")).status().unwrap().success());
    desk.refused(SITE, &["pipe"]);
}

#[test]
fn the_root_the_home_folder_the_current_folder_and_those_above_them_are_refused() {
    let fixed = ["/", ".", "..", "", "x/..", env!("CARGO_MANIFEST_DIR")].map(PathBuf::from);
    for target in fixed.into_iter().chain(std::env::home_dir().filter(|home| home.is_dir())) {
        let error = publish(&target, &artefacts(SITE), "public").unwrap_err();
        assert!(matches!(error, PublicationError::NoPlaceToPublish { .. }), "{}: {error}", target.display());
    }
}

#[test]
fn a_target_named_without_any_folder_stands_in_the_current_one() {
    let place = Place::of(Path::new("no-such-folder")).unwrap();
    assert_eq!(place.beside("lock"), Path::new(".no-such-folder.quorate-lock"));
    files::create_folders(&place.parent).unwrap();
    assert!(files::list(&place.parent).unwrap().contains(&PathBuf::from("Cargo.toml")));
}

#[test]
fn unfit_artefacts_and_editions_are_refused_before_anything_is_made() {
    let desk = Desk::new();
    desk.refused(&[("../x", "")], &["../x"]);
    desk.refused(&[("a", ""), ("A", "")], &["a and A"]);
    assert!(publish(&desk.path("public"), &[], "two words").is_err());
    assert_eq!(desk.paths(), Vec::<String>::new());
}

#[test]
fn what_has_not_changed_keeps_inode_and_time_and_what_is_gone_is_removed() {
    let desk = Desk::new();
    desk.publish(&[("index.html", "home"), ("papers/a.html", "a"), ("old/c.html", "c")]).unwrap();
    let (kept, changed) = (desk.inode_and_time("public/index.html"), desk.inode_and_time("public/papers/a.html"));
    let published = desk.publish(&[("index.html", "home"), ("papers/a.html", "A"), ("new/d.html", "d")]).unwrap();
    assert_eq!(published, counts(2, 1, 1));
    assert_eq!(desk.inode_and_time("public/index.html"), kept);
    assert_ne!(desk.inode_and_time("public/papers/a.html").0, changed.0);
    let names = [".quorate-manifest", "index.html", "new/d.html", "papers/a.html"];
    assert_eq!(desk.paths(), names.map(|name| format!("public/{name}")));
    assert!(!files::exists(&desk.path("public/old")).unwrap(), "a folder that held only what is gone goes too");
    assert_eq!(desk.text("public/papers/a.html"), "A");
    assert_eq!(std::fs::metadata(desk.path("public/index.html")).unwrap().nlink(), 1, "the old name is gone");
}

#[test]
fn a_publication_that_changes_nothing_touches_nothing() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/CNAME", "council.example");
    let before = desk.snapshot();
    let reversed: Vec<_> = SITE.iter().rev().copied().collect();
    assert_eq!(desk.publish(&reversed).unwrap(), counts(0, 3, 0));
    assert_eq!(desk.snapshot(), before, "folders too keep inode and time: there was no swap");
}

#[test]
fn a_page_that_somebody_edited_or_deleted_is_written_anew() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/index.html", "HOME");
    assert_eq!(desk.publish(SITE).unwrap(), counts(1, 2, 0));
    assert_eq!(desk.text("public/index.html"), "home");
    files::remove_file(&desk.path("public/papers/a.html")).unwrap();
    assert_eq!(desk.publish(SITE).unwrap(), counts(1, 2, 0));
    assert_eq!(desk.text("public/papers/a.html"), "a");
}

#[test]
fn an_edited_page_is_written_anew_even_if_its_hard_link_elsewhere_must_stay() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    files::link_or_copy(&desk.path("public/index.html"), &desk.path("backup.html")).unwrap();
    desk.publish(&[("index.html", "new home")]).unwrap();
    assert_eq!(desk.text("backup.html"), "home");
}

#[test]
fn an_edited_page_that_the_next_build_agrees_with_stays_and_the_manifest_tells_its_new_sum() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/index.html", "HOME");
    let edited = desk.inode_and_time("public/index.html");
    assert_eq!(desk.publish(&[("index.html", "HOME")]).unwrap(), counts(0, 1, 2));
    assert_eq!(desk.inode_and_time("public/index.html"), edited);
    let sum = manifest::sum(b"HOME");
    assert_eq!(Manifest::read(desk.text("public/.quorate-manifest").as_bytes()).unwrap().files["index.html"], sum);
}

#[test]
fn a_link_in_place_of_a_page_of_ours_is_replaced_and_not_written_through() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("precious", "home");
    for path in ["public/index.html", "public/papers/b.html"] {
        files::remove_file(&desk.path(path)).unwrap();
    }
    // The bytes it leads to are those of the page, but what is published must be a file.
    symlink("../precious", desk.path("public/index.html")).unwrap();
    symlink("../../precious", desk.path("public/papers/b.html")).unwrap();
    assert_eq!(desk.publish(&SITE[..2]).unwrap(), counts(1, 1, 1));
    assert_eq!(files::kind(&desk.path("public/index.html")).unwrap(), Some(Kind::File));
    assert!(!files::exists(&desk.path("public/papers/b.html")).unwrap());
    assert_eq!(desk.text("precious"), "home");
}

#[test]
fn what_others_put_there_is_carried_over_as_it_is() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("precious/x", "x");
    desk.put("public/CNAME", "council.example");
    desk.put("public/.well-known/security.txt", "mail us");
    desk.put("public/papers/theirs.html", "theirs");
    std::fs::set_permissions(desk.path("public/CNAME"), PermissionsExt::from_mode(0o600)).unwrap();
    files::create_folders(&desk.path("public/uploads/empty")).unwrap();
    std::fs::set_permissions(desk.path("public/uploads"), PermissionsExt::from_mode(0o711)).unwrap();
    symlink("../precious", desk.path("public/link")).unwrap();
    symlink("nowhere", desk.path("public/broken")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(desk.path("public/pipe")).status().unwrap().success());
    let theirs = |desk: &Desk| {
        let mut snapshot = desk.snapshot();
        let ours = ["index.html", ".quorate-manifest", "papers/a.html", "papers/b.html"];
        snapshot.retain(|path, seen| {
            seen.kind != Kind::Folder && !ours.iter().any(|name| *path == Path::new("public").join(name))
        });
        // A link is made anew, leading where it led.
        for seen in snapshot.values_mut().filter(|seen| seen.kind == Kind::Link) {
            seen.inode_and_time = (0, 0, 0);
        }
        snapshot
    };
    let before = theirs(&desk);
    assert_eq!(before.len(), 7);
    // The folder `papers` is no longer ours, but somebody else's file is in it.
    assert_eq!(desk.publish(&[("index.html", "home")]).unwrap(), counts(0, 1, 2));
    assert_eq!(theirs(&desk), before);
    assert_eq!(files::kind(&desk.path("public/uploads/empty")).unwrap(), Some(Kind::Folder));
    assert_eq!(std::fs::metadata(desk.path("public/uploads")).unwrap().mode() & 0o777, 0o711);
    assert_eq!(desk.publish(SITE).unwrap(), counts(2, 1, 0));
    assert_eq!(theirs(&desk), before);
}

#[test]
fn what_others_put_in_place_of_a_page_or_a_folder_of_ours_is_theirs() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    files::remove_file(&desk.path("public/index.html")).unwrap();
    files::create_folders(&desk.path("public/index.html/theirs")).unwrap();
    desk.refused(SITE, &["index.html"]);
    assert_eq!(desk.publish(&SITE[1..]).unwrap(), counts(0, 2, 0));
    assert_eq!(files::kind(&desk.path("public/index.html/theirs")).unwrap(), Some(Kind::Folder));

    files::rename(&desk.path("public/papers"), &desk.path("public/archive")).unwrap();
    symlink("archive", desk.path("public/papers")).unwrap();
    desk.refused(&SITE[1..], &["public/papers", "not put there"]);
    assert_eq!(desk.publish(&[]).unwrap(), counts(0, 0, 0));
    assert_eq!(files::kind(&desk.path("public/papers")).unwrap(), Some(Kind::Link));
    assert_eq!(desk.text("public/archive/a.html"), "a");
}

#[test]
fn names_that_are_not_utf8_are_carried_over_and_not_taken_for_ours() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    // A name of ours that shows as theirs does.
    desk.publish(&[("index.html", "home"), ("caf\u{fffd}", "ours")]).unwrap();
    let theirs = desk.path("public").join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    files::write(&theirs, b"x").unwrap();
    desk.publish(&SITE[..1]).unwrap();
    assert_eq!(files::read(&theirs).unwrap(), b"x");
}

#[test]
fn an_artefact_never_takes_the_place_of_what_others_put_there() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/CNAME", "council.example");
    desk.put("public/plans/theirs.html", "theirs");
    symlink("/", desk.path("public/link")).unwrap();
    files::create_folders(&desk.path("public/empty")).unwrap();
    for path in ["CNAME", "cname", "CNAME/x", "plans", "link", "link/etc/x", "empty", "plans/theirs.html"] {
        desk.refused(&[SITE[0], (path, "ours")], &[path, "not put there by Quorate", "Move it elsewhere"]);
    }
    // Nor if it bears the very bytes that would be written.
    desk.refused(&[SITE[0], ("CNAME", "council.example")], &["CNAME"]);
    desk.publish(&[SITE[0], ("plans/ours.html", "ours"), ("empty/x", "ours")]).unwrap();
    assert_eq!(desk.text("public/plans/theirs.html"), "theirs");
}

#[test]
fn the_second_of_two_runs_is_refused_and_told_who_the_first_is() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    let place = Place::of(&desk.path("public")).unwrap();
    let lock = place.lock().unwrap();
    let me = format!("process {}", std::process::id());
    desk.refused(&SITE[..1], &["another run", &me, "Try again"]);
    drop(lock);
    // A lock file without a lock is what a killed run leaves.
    desk.put(".public.quorate-lock", "quorate 1\n");
    assert_eq!(desk.publish(&SITE[..1]).unwrap(), counts(0, 1, 2));
    assert!(!files::exists(&desk.path(".public.quorate-lock")).unwrap());
}

#[test]
fn two_targets_side_by_side_do_not_disturb_each_other() {
    let desk = Desk::new();
    let (one, other) = (desk.path("public"), desk.path("public.quorate-work-1"));
    let lock = Place::of(&one).unwrap().lock().unwrap();
    publish(&other, &artefacts(SITE), "public").unwrap();
    drop(lock);
    publish(&one, &artefacts(SITE), "public").unwrap();
    assert_eq!(publish(&other, &artefacts(SITE), "public").unwrap(), counts(0, 3, 0));
}
