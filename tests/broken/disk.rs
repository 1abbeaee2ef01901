//! What only a disk can hold: folders named like files, links, names that are none.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::hostile::{Ended, check, lay_out};
use crate::site::{BASE, MEETING, base};

/// Lays out the base, lets `change` spoil it, and runs the check on it.
fn spoiled(change: impl FnOnce(&Path)) -> Ended {
    let folder = tempfile::tempdir().expect("a folder");
    let content: PathBuf = folder.path().join("content");
    lay_out(&content, &base());
    change(&content);
    check(folder.path())
}

#[test]
fn the_base_is_clean_on_a_disk_too() {
    assert!(BASE.len() > 1);
    let ended = spoiled(|_| {});
    assert_eq!(ended.code, Some(0), "{}", ended.said);
}

#[test]
fn a_folder_named_like_a_paper_is_told() {
    let agenda = spoiled(|content| {
        let agenda = content.join(MEETING).join("agenda.md");
        fs::remove_file(&agenda).expect("removed");
        fs::create_dir(&agenda).expect("a folder");
    });
    agenda.finds("F06", &format!("{MEETING}/agenda.md"), "this is a folder, and its name is that of a paper");
    assert_eq!(agenda.said.matches("[R").count(), 0, "what it would carry is not said to be lost: {}", agenda.said);
    let people = spoiled(|content| {
        fs::remove_file(content.join("people.yaml")).expect("removed");
        fs::create_dir(content.join("people.yaml")).expect("a folder");
    });
    people.finds("F06", "people.yaml", "this is a folder");
    assert_eq!(people.said.matches("error[").count(), 1, "{}", people.said);
}

#[test]
fn a_link_that_may_not_be_followed_is_told_once() {
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let ended = spoiled(|content| {
        let plan = content.join(MEETING).join("03-plan.md");
        fs::remove_file(&plan).expect("removed");
        symlink(outside.path(), plan).expect("a link");
    });
    ended.finds("F06", &format!("{MEETING}/03-plan.md"), "leads out of the folder");
    assert_eq!(ended.said.matches("error[").count(), 1, "{}", ended.said);
}

#[test]
fn links_out_nowhere_and_round_are_told() {
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let ended = spoiled(|content| {
        symlink(outside.path(), content.join("out.md")).expect("a link");
        symlink("nothing.md", content.join("nowhere.md")).expect("a link");
        symlink(".", content.join("round")).expect("a link");
    });
    ended.finds("F06", "out.md", "leads out of the folder");
    ended.finds("F06", "nowhere.md", "leads nowhere");
    ended.finds("F06", "round", "leads in a circle");
}

#[test]
fn names_that_cannot_be_addresses_are_told() {
    let ended = spoiled(|content| {
        let meeting = content.join(MEETING);
        let letter = "---\nkind: letter\ntitle: A\nstatus: published\n---\nText\n";
        for name in ["My plan.md", "PLAN.md", "plan\n2.md", "plän.md", "con.v1.md"] {
            fs::write(meeting.join(name), letter).expect("a file");
        }
        fs::write(meeting.join(OsStr::from_bytes(b"caf\xe9.md")), letter).expect("a file");
        fs::write(content.join("index.md"), letter).expect("a file");
        fs::write(content.join("con.md"), letter).expect("a file");
    });
    for name in ["My plan.md", "PLAN.md", "plan 2.md", "plän.md", "con.v1.md"] {
        ended.finds("F06", &format!("{MEETING}/{name}"), "cannot become a web address");
    }
    ended.finds("F06", &format!("{MEETING}/caf\u{fffd}.md"), "has a name that is not UTF-8");
    ended.finds("F06", "con.md", "Windows keeps the name `con` for itself");
    ended.finds("F06", "index.md", "the site has a page of its own called `index` here");
}

#[test]
fn a_pipe_is_not_waited_for() {
    let ended = spoiled(|content| {
        let made = std::process::Command::new("mkfifo").arg(content.join("pipe.md")).status().expect("mkfifo");
        assert!(made.success());
    });
    ended.finds("F06", "pipe.md", "is a pipe, socket or device");
}

#[test]
fn a_content_folder_that_is_none_is_no_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(check(folder.path()).code, Some(2), "it is not there");
    fs::write(folder.path().join("content"), "a file").expect("a file");
    let ended = check(folder.path());
    assert_eq!(ended.code, Some(2));
    assert!(ended.said.contains("it is not a folder"), "{}", ended.said);
    fs::remove_file(folder.path().join("content")).expect("removed");
    fs::create_dir(folder.path().join("content")).expect("a folder");
    check(folder.path()).finds("F04", "authority.yaml", "the content folder has no `authority.yaml`");
}
