//! The sample, printed, and read again page by page.

mod drafts;

use std::path::Path;
use std::sync::LazyLock;

use super::attachment;
use crate::calendar::Moment;
use crate::edition::{Audience, Edition, Volume};
use crate::files::DiskFolder;
use crate::finding::Severity;
use crate::press::{self, Options, Output};
use crate::record;

/// Stands in every invented text of the sample that is private, a draft, withdrawn or not yet due.
const MARKER: &str = "ZANZIBARMARKER";

const SCRUTINY: &str = "meetings/scrutiny-co-ordination-committee";

fn print(audience: Audience) -> Output {
    let content = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"));
    let folder = DiskFolder::open(content).expect("the sample content");
    let record = record::load(&folder).expect("the sample can be read").record.expect("a record");
    let edition = Edition::new(&record, audience, Moment::parse("2026-11-22 12:00").expect("a moment"));
    press::run(&edition, &folder, None, None, &Options::default()).expect("the sample can be printed")
}

static PUBLIC: LazyLock<Output> = LazyLock::new(|| print(Audience::Public));

fn bytes<'o>(output: &'o Output, path: &str) -> &'o [u8] {
    let found = output.artefacts.iter().find(|artefact| artefact.path == path);
    &found.unwrap_or_else(|| panic!("no {path}")).bytes
}

/// The words of each page, without white space: how a line is broken does not matter.
fn pages(pdf: &[u8]) -> Vec<String> {
    let pages = attachment::read(pdf).unwrap_or_else(|error| panic!("{error}"));
    pages.iter().map(|page| squeezed(&page.lines.iter().map(|line| line.text.as_str()).collect::<String>())).collect()
}

fn pages_of(output: &Output, path: &str) -> Vec<String> {
    pages(bytes(output, &format!("{SCRUTINY}/{path}")))
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
}

fn volume(output: &Output, path: &str) -> Volume {
    let list: serde_json::Value = serde_json::from_slice(bytes(output, super::LIST)).expect("JSON");
    serde_json::from_value(list[path].clone()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn nothing_is_wrong_with_the_sample_in_print() {
    let told: Vec<_> = PUBLIC.findings.iter().filter(|finding| finding.severity > Severity::Advice).collect();
    assert!(told.is_empty(), "{told:#?}");
    assert!(PUBLIC.pdfs > 30);
}

#[test]
fn each_page_bears_its_number_and_each_paper_begins_and_ends_where_the_list_says() {
    let packs = ["2015-04-01/pack", "2015-04-01/supplementary-agenda-1", "2016-07-13/pack", "2023-07-12/pack"];
    for path in packs.map(|pack| format!("{SCRUTINY}/{pack}.pdf")) {
        let volume = volume(&PUBLIC, &path);
        let pages = pages(bytes(&PUBLIC, &path));
        assert_eq!(pages.len(), usize::try_from(volume.pages).expect("a number"), "{path}");
        for (sheet, words) in pages.iter().enumerate() {
            let number = format!("page{}", volume.first as usize + sheet);
            assert!(words.contains(&number), "{path}: {number} is not on its page: {words}");
        }
        for (paper, stands) in &volume.papers {
            let sheet = |page: u32| &pages[volume.sheet(page) as usize - 1];
            let address = squeezed(&format!("papers.example.org/{paper}.html"));
            for page in [stands.first, stands.last] {
                assert!(sheet(page).contains(&address), "{path}: page {page} is not of {paper}");
            }
            assert_eq!(stands.first % 2, 1, "{paper} begins on a right-hand page");
            assert!(!sheet(stands.first - 1).contains(&address), "{path}: {paper} begins before page {}", stands.first);
            let after = volume.sheet(stands.last) as usize;
            assert!(
                pages.get(after).is_none_or(|next| !next.contains(&address)),
                "{path}: {paper} goes on after {}",
                stands.last
            );
        }
    }
}

#[test]
fn agendas_cite_the_pages_of_the_layout() {
    let path = format!("{SCRUTINY}/2023-07-12/pack.pdf");
    let volume = volume(&PUBLIC, &path);
    let pages = pages(bytes(&PUBLIC, &path));
    let of = |paper: &str| volume.of(&format!("{SCRUTINY}/2023-07-12/{paper}").as_str().into()).expect("a paper");
    let plan = of("04-community-safety-plan").with(of("04-appendix-1-strategic-priorities"));
    let cited = squeezed(&format!("Coventry Community Safety Plan (Pages {plan})"));
    assert!(pages.iter().take(2).any(|page| page.contains(&cited)), "{cited}: {:?}", &pages[..2]);
}

#[test]
fn a_supplementary_pack_goes_on_where_the_main_pack_ends() {
    let [main, more] =
        ["pack", "supplementary-agenda-1"].map(|pack| volume(&PUBLIC, &format!("{SCRUTINY}/2015-04-01/{pack}.pdf")));
    assert_eq!((main.first, more.first), (1, main.last() + 1));
}

#[test]
fn no_private_word_is_in_a_public_pdf_and_each_private_page_of_the_members_is_marked() {
    let marker = squeezed(MARKER);
    for artefact in PUBLIC.artefacts.iter().filter(|artefact| artefact.path.ends_with(".pdf")) {
        let pages = pages(&artefact.bytes);
        assert!(pages.iter().all(|page| !page.contains(&marker)), "{} holds a private word", artefact.path);
        assert!(pages.iter().any(|page| page.len() > 20), "{} can be read", artefact.path);
    }
    let members = print(Audience::Members);
    let path = format!("{SCRUTINY}/2026-11-18/pack.pdf");
    let volume = volume(&members, &path);
    let pages = pages(bytes(&members, &path));
    let private =
        volume.of(&format!("{SCRUTINY}/2026-11-18/03-purchase-of-land").as_str().into()).expect("the private paper");
    assert!(pages.iter().any(|page| page.contains(&marker)));
    let minutes = pages_of(&members, "2026-11-18/minutes.pdf");
    let marked =
        minutes.iter().all(|page| page.contains("notforpublication") || page.contains("intentionallyleftblank"));
    assert!(marked, "minutes that hold private business are marked on each page: {minutes:?}");
    for page in private.first..=private.last {
        let words = &pages[volume.sheet(page) as usize - 1];
        let blank = words.contains("intentionallyleftblank");
        assert!(blank || words.contains("notforpublicationparagraph3"), "page {page} is not marked: {words}");
    }
}
