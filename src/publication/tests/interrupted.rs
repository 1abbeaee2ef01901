//! Runs that fail or are killed half way.

use super::*;
use crate::publication::workspace::{Workspace, clear_leftovers};

fn place(desk: &Desk) -> Place {
    Place::of(&desk.path("public")).unwrap()
}

/// Makes what a run leaves that is killed while it stages.
fn leave_workspace(desk: &Desk, name: &str) -> String {
    desk.put(&format!("{name}/.quorate-workspace"), "x");
    desk.put(&format!("{name}/new/half.html"), "half");
    name.to_owned()
}

#[test]
fn a_file_that_cannot_be_staged_leaves_the_old_publication_as_it_was() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/CNAME", "council.example");
    // No disk takes a name this long, but that shows only when the file is written.
    let long = "x".repeat(300);
    desk.refused(&[("index.html", "new"), (&long, "")], &["could not write", &long]);
}

#[test]
fn a_first_publication_that_fails_leaves_no_target() {
    let desk = Desk::new();
    let long = "x".repeat(300);
    desk.refused(&[("index.html", "new"), (&long, "")], &["could not write"]);
    assert_eq!(desk.snapshot().len(), 0);
}

#[test]
fn a_swap_that_fails_between_its_two_steps_puts_the_old_publication_back() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    let before = desk.snapshot();
    // There is nothing staged, so the first step succeeds and the second cannot.
    let mut workspace = Workspace::new(&place(&desk)).unwrap();
    let survey = place(&desk).survey("public").unwrap();
    let error = workspace.swap(&place(&desk), &survey, "public").unwrap_err();
    assert!(matches!(error, PublicationError::NotSwapped { .. }), "{error}");
    drop(workspace);
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_workspace_that_is_dropped_before_the_swap_is_removed() {
    let desk = Desk::new();
    let workspace = Workspace::new(&place(&desk)).unwrap();
    files::write(&workspace.new_tree().join("a/b.html"), b"x").unwrap();
    drop(workspace);
    assert_eq!(desk.snapshot().len(), 0);
}

#[test]
fn no_one_else_may_look_into_a_workspace() {
    let desk = Desk::new();
    let workspace = Workspace::new(&place(&desk)).unwrap();
    let folder = workspace.new_tree().parent().unwrap().to_path_buf();
    assert_eq!(std::fs::metadata(folder).unwrap().mode() & 0o777, 0o700);
}

#[test]
fn what_a_run_leaves_that_was_killed_while_staging_is_cleared_away() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    let before = desk.snapshot();
    leave_workspace(&desk, ".public.quorate-work-123");
    leave_workspace(&desk, ".public.quorate-work-123-2");
    files::create_folders(&desk.path(".public.quorate-work-99")).unwrap();
    assert_eq!(desk.publish(SITE).unwrap(), counts(0, 3, 0));
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn only_what_is_ours_is_cleared_away() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    let mine = format!(".public.quorate-work-{}", std::process::id());
    desk.put(&format!("{mine}/thesis.md"), "years of work");
    desk.put(".public.quorate-work-77", "a file");
    leave_workspace(&desk, "elsewhere");
    symlink("elsewhere", desk.path(".public.quorate-work-5")).unwrap();
    leave_workspace(&desk, ".public.quorate-work-x1");
    leave_workspace(&desk, ".other.quorate-work-1");
    let beside = |desk: &Desk| {
        let mut snapshot = desk.snapshot();
        snapshot.retain(|path, _| !path.starts_with("public"));
        snapshot
    };
    let before = beside(&desk);
    // Its own workspace has to take another name.
    assert_eq!(desk.publish(&SITE[..1]).unwrap(), counts(0, 1, 2));
    assert_eq!(beside(&desk), before);
}

#[test]
fn a_run_killed_between_the_two_steps_of_the_swap_loses_nothing() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/CNAME", "council.example");
    let before = desk.snapshot();
    let work = leave_workspace(&desk, ".public.quorate-work-123");
    files::rename(&desk.path("public"), &desk.path(&work).join("old")).unwrap();
    // Even if the next run publishes nothing, as its artefacts are refused.
    clear_leftovers(&place(&desk)).unwrap();
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_run_killed_after_the_swap_is_cleared_away_and_what_it_published_stands() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    let before = desk.snapshot();
    for leftover in ["old", "outdated"] {
        desk.put(&format!(".public.quorate-work-1/{leftover}/index.html"), "old home");
        desk.put(".public.quorate-work-1/.quorate-workspace", "x");
        assert_eq!(desk.publish(SITE).unwrap(), counts(0, 3, 0));
        assert_eq!(desk.snapshot(), before, "{leftover}");
    }
}

#[test]
fn an_old_publication_that_cannot_be_put_back_is_kept_and_its_place_named() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    let work = leave_workspace(&desk, ".public.quorate-work-123");
    files::rename(&desk.path("public"), &desk.path(&work).join("old")).unwrap();
    // Somebody, finding nothing there, made a folder of their own.
    desk.put("public/index.html", "we will be back soon");
    desk.refused(SITE, &[".public.quorate-work-123/old", "lies whole", "Move it to"]);
    // Nor is it given up if what was staged is gone too.
    files::remove_tree(&desk.path(&work).join("new")).unwrap();
    desk.refused(SITE, &["lies whole"]);
    files::remove_tree(&desk.path("public")).unwrap();
    assert_eq!(desk.publish(SITE).unwrap(), counts(0, 3, 0));
    assert_eq!(desk.paths().len(), 4);
}

#[test]
fn an_old_publication_is_not_given_up_for_one_that_somebody_copied_into_its_place() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/CNAME", "council.example");
    let work = leave_workspace(&desk, ".public.quorate-work-123");
    files::rename(&desk.path("public"), &desk.path(&work).join("old")).unwrap();
    desk.put("public/.quorate-manifest", "quorate manifest 1: public edition\n");
    // What was staged still lies there, so it cannot be what stands in the target.
    desk.refused(SITE, &["lies whole"]);
    assert_eq!(desk.text(&format!("{work}/old/CNAME")), "council.example");
}

#[test]
fn what_somebody_adds_edits_or_removes_while_the_new_one_is_staged_is_not_lost_in_the_swap() {
    let desk = Desk::new();
    desk.publish(SITE).unwrap();
    desk.put("public/CNAME", "council.example");
    let meddle: [&dyn Fn(); 4] = [
        &|| desk.put("public/new-by-them", "x"),
        &|| desk.put("public/CNAME", "council.examine"),
        &|| files::remove_file(&desk.path("public/CNAME")).unwrap(),
        &|| files::create_folders(&desk.path("public/theirs")).unwrap(),
    ];
    for meddle in meddle {
        let survey = place(&desk).survey("public").unwrap();
        let mut workspace = Workspace::new(&place(&desk)).unwrap();
        files::create_folders(&workspace.new_tree()).unwrap();
        meddle();
        let meddled = desk.snapshot();
        let error = workspace.swap(&place(&desk), &survey, "public").unwrap_err();
        assert!(matches!(error, PublicationError::ChangedMeanwhile { .. }), "{error}");
        assert_eq!(desk.snapshot(), meddled);
    }
}

#[test]
fn a_target_that_appears_while_the_first_one_is_staged_is_not_replaced() {
    let desk = Desk::new();
    let survey = place(&desk).survey("public").unwrap();
    let mut workspace = Workspace::new(&place(&desk)).unwrap();
    desk.put("public/theirs", "x");
    assert!(workspace.swap(&place(&desk), &survey, "public").is_err());
    drop(workspace);
    assert_eq!(desk.paths(), ["public/theirs"]);
}
