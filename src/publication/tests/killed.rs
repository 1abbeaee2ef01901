//! Real processes, killed at any moment.

use super::*;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const WHERE: &str = "QUORATE_TEST_PUBLISH_TO";

/// A site all of whose pages say which one it is, besides one that never changes.
fn site(name: &str) -> Vec<Artefact> {
    let pages = (0..60).map(|page| (format!("papers/{}/{page}.html", page % 7), name.to_owned()));
    let pages = pages.chain([("same.html".to_owned(), "same".to_owned())]);
    pages.map(|(path, text)| Artefact { path, bytes: text.into() }).collect()
}

#[test]
#[ignore = "publishes until it is killed: started by the test below"]
fn a_run_to_be_killed() {
    let Ok(target) = std::env::var(WHERE) else { return };
    for name in ["one", "other"].iter().cycle().take(100_000) {
        publish(Path::new(&target), &site(name), "public").unwrap();
    }
}

#[test]
fn a_run_killed_at_any_moment_leaves_one_publication_whole_and_the_next_run_finds_it() {
    let desk = Desk::new();
    publish(&desk.path("public"), &site("one"), "public").unwrap();
    desk.put("public/CNAME", "council.example");
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "publication::tests::killed::a_run_to_be_killed"])
            .env(WHERE, desk.path("public"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_micros(20_000 + round * 3_137));
        child.kill().unwrap();
        child.wait().unwrap();

        let place = Place::of(&desk.path("public")).unwrap();
        workspace::clear_leftovers(&place).unwrap();
        let page = desk.text("public/papers/0/0.html");
        assert!(["one", "other"].contains(&page.as_str()));
        for Artefact { path, bytes } in site(&page) {
            assert!(files::holds(&desk.path("public").join(&path), &bytes).unwrap(), "{path}");
        }
        assert_eq!(desk.text("public/CNAME"), "council.example");
        assert_eq!(publish(&desk.path("public"), &site(&page), "public").unwrap(), counts(0, 61, 0));
        assert!(desk.paths().iter().all(|path| path.starts_with("public/")), "{:?}", desk.paths());
    }
}
