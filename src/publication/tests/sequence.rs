//! Whatever is published one after another, the last one stands, beside what others put there.

use super::*;
use proptest::prelude::*;
use proptest::sample::subsequence;

const OURS: [&str; 8] =
    ["index.html", "style.css", "a/index.html", "a/b.html", "a/b/c.html", "d/e/f/g.html", "Ä/ö.html", "z"];
const THEIRS: [&str; 5] = ["CNAME", "a/theirs.html", "d/e/theirs", ".well-known/x/y", "theirs/only"];

/// Some of our paths, each with one of a few contents, so that many stay the same from one step to the next.
fn site() -> impl Strategy<Value = BTreeMap<String, String>> {
    let paths = subsequence(OURS.to_vec(), 0..=OURS.len());
    (paths, proptest::collection::vec(0..3_usize, OURS.len())).prop_map(|(paths, contents)| {
        let file = |(path, content): (&str, usize)| (path.to_owned(), "x".repeat(content * 5000));
        paths.into_iter().zip(contents).map(file).collect()
    })
}

/// What somebody does to the target between two publications.
#[derive(Debug, Clone)]
enum Meddling {
    Add(&'static str),
    Edit(&'static str),
    Delete(&'static str),
}

fn meddling() -> impl Strategy<Value = Vec<Meddling>> {
    let one = prop_oneof![
        proptest::sample::select(THEIRS.to_vec()).prop_map(Meddling::Add),
        proptest::sample::select(OURS.to_vec()).prop_map(Meddling::Edit),
        proptest::sample::select(OURS.to_vec()).prop_map(Meddling::Delete),
    ];
    proptest::collection::vec(one, 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_last_publication_stands_beside_what_others_put_there(
        steps in proptest::collection::vec((site(), meddling()), 1..6)
    ) {
        let desk = Desk::new();
        let mut theirs = BTreeMap::new();
        for (site, meddling) in steps {
            let files: Vec<_> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let published = desk.publish(&files).unwrap();
            prop_assert_eq!(published.written + published.kept, site.len());
            let mut expected: BTreeMap<String, String> = site.clone();
            expected.extend(theirs.clone());
            let mut found = BTreeMap::new();
            for path in desk.paths() {
                let text = desk.text(&path);
                found.insert(path.strip_prefix("public/").expect("nothing beside the target").to_owned(), text);
            }
            prop_assert!(found.remove(".quorate-manifest").is_some());
            prop_assert_eq!(found, expected);
            prop_assert_eq!(desk.publish(&files).unwrap(), counts(0, site.len(), 0));
            for act in meddling {
                match act {
                    Meddling::Add(path) => {
                        desk.put(&format!("public/{path}"), path);
                        theirs.insert(path.to_owned(), path.to_owned());
                    }
                    Meddling::Edit(path) if site.contains_key(path) => desk.put(&format!("public/{path}"), "edited"),
                    Meddling::Delete(path) if files::exists(&desk.path(&format!("public/{path}"))).unwrap() => {
                        files::remove_file(&desk.path(&format!("public/{path}"))).unwrap();
                    }
                    Meddling::Edit(_) | Meddling::Delete(_) => {}
                }
            }
        }
    }
}
