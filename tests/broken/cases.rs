//! Runs the cases that are written down.

use std::fs;
use std::path::Path;

use crate::case::{self, Case};

fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/cases");
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("a file").path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("README.md"));
    names.sort();
    names
        .iter()
        .flat_map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let text = fs::read_to_string(path).expect("text");
            case::parse(&name, &text).unwrap_or_else(|wrong| panic!("{wrong}"))
        })
        .collect()
}

#[test]
fn each_case_gives_what_it_says_and_nothing_else() {
    let cases = all();
    let different: Vec<String> = cases.iter().filter_map(Case::run).collect();
    assert!(
        different.is_empty(),
        "{} of {} cases differ; `+` was found, `-` was expected\n\n{}",
        different.len(),
        cases.len(),
        different.join("\n")
    );
}

/// Findings must be the same whoever looks, and whatever else is wrong: so a case run twice says the same.
#[test]
fn a_case_says_the_same_each_time() {
    for case in all() {
        assert_eq!(
            crate::site::lines(&case.files, &case.now),
            crate::site::lines(&case.files, &case.now),
            "{}",
            case.place
        );
    }
}
