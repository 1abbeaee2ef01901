//! `quorate bundle`: what it says, what it writes, and what it leaves alone.

use std::fs;
use std::io::{Cursor, Read};

use super::Project;

const NOW: &str = "2026-07-01";

fn project() -> Project {
    let project = Project::begun();
    project.write(
        "content/meetings/scrutiny/2026-07-20/agenda.md",
        "---\nkind: agenda\nstatus: draft\ntime: 10:00\nplace: Town Hall\nitems:\n  - {title: Plan, paper: 02-plan}\n---\nCome.\n",
    );
    project.write(
        "content/meetings/scrutiny/2026-07-20/02-plan.md",
        "---\nkind: report\ntitle: The plan\nstatus: draft\nbackground_papers: none\n---\nSee [it](files/gone.pdf).\n",
    );
    project
}

#[test]
fn a_bundle_is_made_though_the_papers_hold_errors_and_they_are_told() {
    let project = project();
    let run = project.run(&["bundle", "scrutiny/2026-07-20", "--now", NOW]);
    assert_eq!(run.code(), 0, "{}", run.err());
    let out = run.out();
    assert!(out.starts_with("scrutiny-2026-07-20-draft.zip: "), "{out}");
    let err = run.err();
    assert!(err.contains("files/gone.pdf") && err.contains("hold 1 error"), "{err}");
    let zip = fs::read(project.path().join("scrutiny-2026-07-20-draft.zip")).expect("the bundle");
    let mut archive = zip::ZipArchive::new(Cursor::new(&zip)).expect("a zip file");
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("bytes");
        assert!(!String::from_utf8_lossy(&bytes).contains("not there"), "the bundle says nothing of what was found");
    }
    let again = project.run(&["bundle", "meetings/scrutiny/2026-07-20/", "--now", NOW]);
    assert_eq!(again.code(), 0, "a bundle is replaced: {}", again.err());
    assert!(
        fs::read(project.path().join("scrutiny-2026-07-20-draft.zip")).expect("the bundle") == zip,
        "the same bytes"
    );
}

#[test]
fn a_file_that_is_no_bundle_is_never_replaced() {
    let project = project();
    for precious in ["precious", "PK\u{5}\u{6}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        project.write("scrutiny-2026-07-20-draft.zip", precious);
        let run = project.run(&["bundle", "scrutiny/2026-07-20", "--no-pdf", "--now", NOW]);
        assert_eq!(run.code(), 2);
        assert!(run.err().contains("is no bundle, so it was left as it is"), "{}", run.err());
        assert_eq!(project.read("scrutiny-2026-07-20-draft.zip"), precious);
    }
}

#[test]
fn a_bundle_for_members_says_so_in_its_name() {
    let project = project();
    let members = ["bundle", "scrutiny/2026-07-20", "--no-pdf", "--now", NOW, "--audience", "members"];
    let run = project.run(&members);
    assert_eq!(run.code(), 0, "{}", run.err());
    assert!(run.out().starts_with("scrutiny-2026-07-20-not-for-publication-draft.zip: "), "{}", run.out());
    assert!(run.out().contains("send it to members only"), "{}", run.out());
    let run = project.run(&[&members[..], &["--out", "papers.zip"]].concat());
    assert_eq!(run.code(), 2);
    assert!(run.err().contains("must have `not-for-publication` or `members` in it"), "{}", run.err());
    let run = project.run(&["bundle", "scrutiny/2026-07-20", "--no-pdf", "--out", "content/x.zip"]);
    assert!(run.code() == 2 && run.err().contains("lies within the content folder"), "{}", run.err());
}

#[test]
fn a_meeting_that_is_not_there_is_told_with_the_one_that_was_meant() {
    let project = project();
    let run = project.run(&["bundle", "scrutny/2026-07-20", "--now", NOW]);
    assert_eq!(run.code(), 2);
    assert!(run.err().contains("did you mean scrutiny/2026-07-20?"), "{}", run.err());
    project.write(
        "content/meetings/scrutiny/2026-09-01/02-early.md",
        "---\nkind: report\ntitle: Early\nstatus: draft\n---\nX.\n",
    );
    let said = project.refused(&["bundle", "scrutiny/2026-09-01", "--now", NOW]);
    assert!(said.contains("quorate new meeting scrutiny 2026-09-01"), "{said}");
}

#[test]
fn a_paper_of_the_meeting_that_cannot_be_read_stops_the_bundle_and_another_does_not() {
    let project = project();
    project.write("content/meetings/scrutiny/2026-09-01/02-other.md", "---\nkind: [\n---\n");
    let run = project.run(&["bundle", "scrutiny/2026-07-20", "--no-pdf", "--now", NOW]);
    assert_eq!(run.code(), 0, "{}", run.err());
    project.write("content/meetings/scrutiny/2026-07-20/03-broken.md", "---\nkind: [\n---\n");
    let run = project.run(&["bundle", "scrutiny/2026-07-20", "--no-pdf", "--out", "new.zip", "--now", NOW]);
    assert_eq!(run.code(), 1);
    let err = run.err();
    assert!(err.contains("would be missing: meetings/scrutiny/2026-07-20/03-broken.md"), "{err}");
    assert!(!project.path().join("new.zip").exists());
}
