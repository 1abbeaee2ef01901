//! The papers that the benches measure with are as right as they are meant to be: a corpus with findings in it would
//! measure how long it takes to complain.

#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code, reason = "the benches and an example use other parts of it")]
mod corpus;

use std::collections::BTreeSet;

use quorate::calendar::Moment;
use quorate::edition::{Audience, Edition};
use quorate::files::MemoryFolder;
use quorate::model::Kind;
use quorate::{record, rules};

const PAPERS: usize = 200;

fn in_memory(files: corpus::Files) -> MemoryFolder {
    files.into_iter().collect()
}

#[test]
fn nothing_is_wrong_with_a_project_and_all_of_it_is_public() {
    let loaded = record::load(&in_memory(corpus::project(PAPERS, 1))).expect("files in memory can be read");
    let record = loaded.record.expect("there is an authority");
    let now = Moment::parse("2026-01-05").expect("a moment");
    let checked = rules::check(&record, &loaded.sources, loaded.findings, now);
    let findings: Vec<String> = checked
        .findings
        .iter()
        .map(|finding| {
            let source = loaded.sources.get(finding.primary.span.source);
            format!("{}: {} ({:?})", source.path, finding.message, source.text.get(finding.primary.span.range()))
        })
        .collect();
    assert_eq!(findings, Vec::<String>::new());

    let edition = Edition::new(&record, Audience::Public, now);
    let proper = |kind| matches!(kind, Kind::Report | Kind::BriefingNote);
    assert_eq!(edition.papers.values().filter(|published| proper(published.paper.kind())).count(), PAPERS);
    assert!(
        edition.meetings.values().filter(|meeting| meeting.agenda.is_some()).all(|meeting| meeting.minutes.is_some())
    );
    assert!(edition.meetings.values().filter_map(|meeting| meeting.minutes.as_ref()).any(|it| !it.private.is_empty()));
    let generated = record.papers.values().map(|paper| paper.text.generated.len()).sum::<usize>();
    assert_eq!(generated, PAPERS / 10);
    let dressed = record.papers.values().filter(|paper| !paper.text.document.references.is_empty());
    assert_eq!(dressed.filter(|paper| proper(paper.kind())).count(), PAPERS / 10);
}

#[test]
fn papers_have_the_size_that_is_promised() {
    let files = corpus::neutral(PAPERS, 1);
    let papers = files.iter().filter(|(path, _)| path.contains("/paper-"));
    let words = |text: &str| {
        let prose = text.lines().filter(|line| !line.starts_with(['|', '#']));
        prose.flat_map(str::split_whitespace).count()
    };
    let bodies: Vec<&str> = papers.filter_map(|(_, text)| text.splitn(3, "---\n").nth(2)).collect();
    assert_eq!(bodies.len(), PAPERS);
    let mean = bodies.iter().map(|text| words(text)).sum::<usize>() / PAPERS;
    assert!((400..=450).contains(&mean), "{mean}");
    for text in bodies {
        assert_eq!(text.lines().filter(|line| line.starts_with("## ")).count(), 6);
        assert_eq!(text.lines().filter(|line| line.starts_with('|')).count(), 2 + 8);
        assert_eq!(text.lines().filter(|line| line.starts_with("1. ")).count(), 2);
    }
}

#[test]
fn the_same_seed_gives_the_same_papers_and_another_seed_others() {
    assert!(corpus::project(40, 7) == corpus::project(40, 7));
    assert!(corpus::project(40, 7) != corpus::project(40, 8));
    assert!(corpus::neutral(40, 7) == corpus::neutral(40, 7));
}

#[test]
fn no_file_is_written_twice() {
    // More papers than the fewest bodies can deal with, so that there are more bodies and more people.
    for papers in [0, 1, 10_000] {
        let files = corpus::project(papers, 1);
        let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths.len(), files.len());
    }
}
