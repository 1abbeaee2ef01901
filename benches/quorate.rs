//! How long the parts of a build take, each on its own: `cargo bench`.

#[path = "corpus/mod.rs"]
#[allow(dead_code, reason = "the test and the example use other parts of it")]
mod corpus;

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use quorate::calendar::Moment;
use quorate::document::{self, Glossary, Numbering, Text};
use quorate::edition::{Audience, Edition};
use quorate::files::MemoryFolder;
use quorate::press;
use quorate::record::{self, Record};
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
