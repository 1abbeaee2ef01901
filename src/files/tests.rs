use super::*;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

fn refused(folder: &DiskFolder) -> Vec<(&str, WhyRefused)> {
    folder.refused().iter().map(|refused| (refused.path.as_str(), refused.why)).collect()
}

fn make_pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn an_error_says_what_path_and_why_in_plain_words() {
    let denied = FileError::new("read", "content/x.md", io::ErrorKind::PermissionDenied.into());
    assert_eq!(denied.to_string(), "could not read content/x.md: permission denied");
    let system = FileError::new("list", "content", io::Error::from_raw_os_error(5));
    assert!(!system.to_string().contains("os error"), "{system}");
}

#[test]
fn memory_and_disk_list_the_same_paths_in_bytewise_order() {
    let files = ["b.md", "a/z.md", "a-b.md", "a/deep/er/x.md", "B.md", "é.md"].map(|path| (path, path.as_bytes()));
    let memory: MemoryFolder = files.into_iter().collect();
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        write(&dir.path().join(path), bytes).unwrap();
    }
    let disk = DiskFolder::open(dir.path()).unwrap();
    assert_eq!(disk.paths(), memory.paths());
    assert_eq!(disk.paths(), ["B.md", "a-b.md", "a/deep/er/x.md", "a/z.md", "b.md", "é.md"]);
    for path in disk.paths() {
        assert_eq!(disk.read(path).unwrap(), memory.read(path).unwrap());
    }
    assert!(disk.refused().is_empty());
}

#[test]
fn hidden_files_and_editors_leftovers_are_passed_over_even_when_they_are_broken_links() {
    let dir = tempfile::tempdir().unwrap();
    for path in ["x.md", "x.md~", ".x.md.swp", ".git/config"] {
        write(&dir.path().join(path), b"x").unwrap();
    }
    // Emacs marks a file being edited with a link that leads nowhere.
    symlink("officer@desk.1234", dir.path().join(".#x.md")).unwrap();
    let folder = DiskFolder::open(dir.path()).unwrap();
    assert_eq!(folder.paths(), ["x.md"]);
    assert_eq!(refused(&folder), []);
    assert!(folder.read(".git/config").is_err(), "only what is listed can be read");
}

#[test]
fn links_within_the_folder_are_followed_and_links_out_of_it_refused() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("content");
    write(&dir.path().join("secret.md"), b"secret").unwrap();
    write(&root.join("papers/real.md"), b"real").unwrap();
    symlink("papers/real.md", root.join("link.md")).unwrap();
    symlink("papers", root.join("same-papers")).unwrap();
    symlink("../secret.md", root.join("out.md")).unwrap();
    symlink("..", root.join("out")).unwrap();
    symlink("/proc", root.join("far-out")).unwrap();
    let folder = DiskFolder::open(&root).unwrap();
    assert_eq!(folder.paths(), ["link.md", "papers/real.md", "same-papers/real.md"]);
    assert_eq!(folder.read("link.md").unwrap(), b"real");
    assert_eq!(folder.read("same-papers/real.md").unwrap(), b"real");
    let out = WhyRefused::LeadsOut;
    assert_eq!(refused(&folder), [("far-out", out), ("out", out), ("out.md", out)]);
}

#[test]
fn broken_links_and_circles_are_refused_and_the_rest_is_still_listed() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("a/x.md"), b"x").unwrap();
    symlink("gone.md", dir.path().join("broken.md")).unwrap();
    symlink("self.md", dir.path().join("self.md")).unwrap();
    symlink("..", dir.path().join("a/up")).unwrap();
    let folder = DiskFolder::open(dir.path()).unwrap();
    assert_eq!(folder.paths(), ["a/x.md"]);
    let circle = WhyRefused::LeadsInACircle;
    assert_eq!(refused(&folder), [("a/up", circle), ("broken.md", WhyRefused::LeadsNowhere), ("self.md", circle)]);
}

#[test]
fn folders_that_link_to_each_other_do_not_multiply_without_end() {
    let dir = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..12).map(|number| format!("f{number:02}")).collect();
    for name in &names {
        write(&dir.path().join(name).join("x.md"), b"x").unwrap();
        for other in names.iter().filter(|other| *other != name) {
            symlink(format!("../{other}"), dir.path().join(name).join(other)).unwrap();
        }
    }
    let folder = DiskFolder::open(dir.path()).unwrap();
    assert_eq!(folder.paths().len(), 12 * 12);
    assert!(folder.refused().iter().all(|refused| refused.why != WhyRefused::LeadsOut));
}

#[test]
fn pipes_odd_names_and_huge_files_are_refused_without_being_opened() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    make_pipe(&dir.path().join("pipe.md"));
    write(&dir.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), b"x").unwrap();
    let huge = File::create(dir.path().join("huge.csv")).unwrap();
    huge.set_len(LARGEST + 1).unwrap();
    let largest = File::create(dir.path().join("largest.csv")).unwrap();
    largest.set_len(LARGEST).unwrap();
    let folder = DiskFolder::open(dir.path()).unwrap();
    assert_eq!(folder.paths(), ["largest.csv"]);
    assert_eq!(
        refused(&folder),
        [
            ("caf\u{fffd}.md", WhyRefused::NameNotUtf8),
            ("huge.csv", WhyRefused::TooLarge),
            ("pipe.md", WhyRefused::NotAFile),
        ]
    );
}

#[test]
fn what_is_swapped_after_listing_is_not_followed_out_and_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("content");
    write(&dir.path().join("outside/x.md"), b"secret").unwrap();
    for path in ["file.md", "linked.md", "folder/x.md", "pipe.md", "grown.csv"] {
        write(&root.join(path), b"fine").unwrap();
    }
    symlink("linked.md", root.join("link.md")).unwrap();
    let folder = DiskFolder::open(&root).unwrap();
    for name in ["file.md", "link.md", "pipe.md"] {
        remove_file(&root.join(name)).unwrap();
    }
    symlink("../outside/x.md", root.join("file.md")).unwrap();
    symlink("../outside/x.md", root.join("link.md")).unwrap();
    remove_tree(&root.join("folder")).unwrap();
    symlink("../outside", root.join("folder")).unwrap();
    make_pipe(&root.join("pipe.md"));
    File::create(root.join("grown.csv")).unwrap().set_len(LARGEST + 1).unwrap();

    for path in ["file.md", "link.md", "folder/x.md"] {
        let error = folder.read(path).unwrap_err().to_string();
        assert!(error.contains("leads out") && error.contains(path), "{error}");
    }
    assert!(folder.read("pipe.md").unwrap_err().to_string().contains("pipe"));
    assert!(folder.read("grown.csv").unwrap_err().to_string().contains("64 MiB"));
}

#[test]
fn opening_what_is_no_folder_says_so_and_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("content");
    let error = DiskFolder::open(&missing).unwrap_err().to_string();
    assert_eq!(error, format!("could not open the folder {}: it does not exist", missing.display()));
    write(&missing, b"").unwrap();
    assert!(DiskFolder::open(&missing).unwrap_err().to_string().ends_with("it is not a folder"));
}

#[test]
fn create_new_makes_the_folders_above_and_never_overwrites_not_even_through_a_link() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a/b/c.md");
    create_new(&path, b"first").unwrap();
    assert!(create_new(&path, b"second").unwrap_err().to_string().ends_with("it exists already"));
    assert_eq!(read(&path).unwrap(), b"first");
    symlink("elsewhere", dir.path().join("link")).unwrap();
    assert!(create_new(&dir.path().join("link"), b"x").is_err());
    assert!(!exists(&dir.path().join("elsewhere")).unwrap());
    assert!(exists(&dir.path().join("link")).unwrap());
}

#[test]
fn holds_compares_to_the_last_byte() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x");
    let mut bytes = vec![7; 100_000];
    write(&path, &bytes).unwrap();
    assert!(holds(&path, &bytes).unwrap());
    bytes[99_999] = 8;
    assert!(!holds(&path, &bytes).unwrap());
    assert!(!holds(&path, &bytes[..99_999]).unwrap());
    symlink("x", dir.path().join("link")).unwrap();
    assert!(!holds(&dir.path().join("link"), &vec![7; 100_000]).unwrap());
}

#[test]
fn a_copy_keeps_time_and_permissions_and_never_overwrites() {
    let dir = tempfile::tempdir().unwrap();
    let (from, to) = (dir.path().join("from"), dir.path().join("to"));
    write(&from, b"x").unwrap();
    fs::set_permissions(&from, fs::Permissions::from_mode(0o640)).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    File::options().write(true).open(&from).unwrap().set_modified(long_ago).unwrap();
    copy(&from, &to).unwrap();
    let metadata = fs::metadata(&to).unwrap();
    assert_eq!((metadata.modified().unwrap(), metadata.mode() & 0o777), (long_ago, 0o640));
    assert_eq!(read(&to).unwrap(), b"x");
    assert!(copy(&from, &to).is_err());
}

#[test]
fn a_lock_holds_off_the_second_and_goes_with_its_holder() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("lock");
    let first = LockedFile::take(&path, "1").unwrap().unwrap();
    assert!(LockedFile::take(&path, "2").unwrap().is_none());
    assert_eq!(read(&path).unwrap(), b"1");
    drop(first);
    assert!(!exists(&path).unwrap());
    // What a killed run leaves behind is a file that nobody has locked.
    write(&path, b"quorate 99999").unwrap();
    drop(LockedFile::take(&path, "3").unwrap().unwrap());
    write(&path, "somebody's shopping list ".repeat(4).as_bytes()).unwrap();
    assert!(LockedFile::take(&path, "4").is_err());
    assert!(read(&path).unwrap().starts_with(b"somebody"));
}
