//! How long the parts of a build take, each on its own: `cargo bench`.

#[path = "corpus/mod.rs"]
#[allow(dead_code, reason = "the test and the example use other parts of it")]
mod corpus;

use std::collections::BTreeSet;

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use quorate::calendar::Moment;
use quorate::document::{self, Glossary, Numbering, Text};
use quorate::edition::{Audience, Edition};
use quorate::files::MemoryFolder;
use quorate::press;
use quorate::record::{self, Changed, Reader, Record};
use quorate::text::{Source, SourceId};

const PAPERS: usize = 1_000;
const SEED: u64 = 1;

fn main() {
    divan::main();
}

/// One paper of about 420 words, from Markdown to the numbered tree.
#[divan::bench]
fn read_one_paper(bencher: Bencher) {
    let (path, text) = corpus::neutral(1, SEED).pop().unwrap_or_default();
    let glossary = Glossary::new([("ASB".to_owned(), "Anti-social behaviour".to_owned())]);
    let head = text.splitn(3, "---\n").take(2).map(|part| part.len() + 4).sum::<usize>();
    let source = Source::new(path, text);
    let text = Text {
        source: &source,
        id: SourceId(0),
        range: head..source.text.len(),
        glossary: &glossary,
        tables: &[],
        figures: &[],
        numbering: Numbering::House,
    };
    bencher.counter(BytesCount::of_str(&source.text)).bench(|| {
        let mut findings = Vec::new();
        document::read(&text, &mut findings)
    });
}

/// A thousand papers, with their agendas and minutes, from bytes in memory to a linked and checked record.
#[divan::bench(sample_count = 20)]
fn load_a_thousand_papers(bencher: Bencher) {
    let folder = project();
    bencher.counter(ItemsCount::new(PAPERS)).bench(|| record::load(&folder));
}

/// One of a thousand papers, saved: what an open page of it waits for, before anything else is looked at.
#[divan::bench(sample_count = 100)]
fn read_a_saved_paper_again(bencher: Bencher) {
    let (mut reader, path, mut versions) = a_paper_on_the_desk();
    bencher.bench_local(move || {
        versions.rotate_left(1);
        reader.read(&versions[0], &Changed::Within(BTreeSet::from([path.clone()])))
    });
}

/// The record put together again after that: what everything else in the preview waits for.
#[divan::bench(sample_count = 20)]
fn link_a_thousand_papers_again(bencher: Bencher) {
    let (mut reader, _, versions) = a_paper_on_the_desk();
    bencher.counter(ItemsCount::new(PAPERS)).bench_local(move || reader.link(&versions[0]));
}

/// A reader that has read everything, the path of a paper, and the folder with that paper in two versions.
#[expect(clippy::expect_used, reason = "without papers there is nothing to measure")]
fn a_paper_on_the_desk() -> (Reader, String, [MemoryFolder; 2]) {
    let files = corpus::project(PAPERS, SEED);
    let is_paper = |path: &&String| path.starts_with("meetings/") && path.ends_with("01.md");
    let papers = || files.iter().map(|(path, _)| path);
    let path = papers().find(is_paper).or_else(|| papers().find(|path| path.ends_with(".md")));
    let path = path.expect("a paper").clone();
    let folder: MemoryFolder = files.iter().cloned().collect();
    let edited = files.iter().map(|(own, text)| {
        let more = if *own == path { "\nAnother paragraph.\n" } else { "" };
        (own.clone(), format!("{text}{more}"))
    });
    let edited: MemoryFolder = edited.collect();
    let mut reader = Reader::default();
    reader.read(&folder, &Changed::Everything).expect("files in memory can be read");
    (reader, path, [folder, edited])
}

/// What everybody may see of a thousand papers.
#[divan::bench(sample_count = 20)]
fn select_the_public_edition(bencher: Bencher) {
    let record = a_thousand_papers();
    let now = moment();
    bencher.counter(ItemsCount::new(PAPERS)).bench(|| Edition::new(&record, Audience::Public, now));
}

/// Every page of a thousand papers, as bytes in memory.
#[divan::bench(sample_count = 10)]
fn print_a_thousand_papers(bencher: Bencher) {
    let folder = project();
    let edition = Edition::new(&a_thousand_papers(), Audience::Public, moment());
    let options = press::Options::default();
    bencher.counter(ItemsCount::new(PAPERS)).bench(|| press::run(&edition, &folder, None, None, &options));
}

fn project() -> MemoryFolder {
    corpus::project(PAPERS, SEED).into_iter().collect()
}

#[expect(clippy::expect_used, reason = "without papers there is nothing to measure")]
fn a_thousand_papers() -> Record {
    let loaded = record::load(&project()).expect("files in memory can be read");
    loaded.record.expect("the project has an authority")
}

/// After the last meeting, so that all of it is out.
#[expect(clippy::expect_used, reason = "the moment is a constant")]
fn moment() -> Moment {
    Moment::parse("2026-01-05").expect("a moment")
}
