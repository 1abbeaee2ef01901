//! Single documents, what is remembered of them, and how drafts are marked.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::pages;
use crate::calendar::Moment;
use crate::edition::{Audience, Edition};
use crate::files::MemoryFolder;
use crate::finding::Severity;
use crate::pack::{Memory, Printed, Shelf, print, print_some};
use crate::record::{self, Record};
use crate::site::Theme;

const MEETING: &str = "meetings/scrutiny/2023-07-12";

fn site() -> BTreeMap<String, String> {
    let agenda = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\nitems:\n  - {title: Plan, paper: 02-plan}\n  \
                  - {title: Survey, paper: 03-survey}\n---\nAnyone may come.\n";
    let letter = "---\nkind: supplementary-agenda\nnumber: 1\nstatus: published\npublished: 2023-07-06\n\
                  late_reason: It came late.\nitems:\n  - {item: 2, papers: [03-more]}\n---\nIt follows.\n";
    let paper = |status: &str, text: &str| {
        format!("---\nkind: briefing-note\ntitle: A paper\nstatus: {status}\npublished: 2023-07-04\n---\n{text}\n")
    };
    let files = [
        ("authority.yaml", "name: Example Council\nkind: principal-council\nnation: england\n".to_owned()),
        ("bodies/scrutiny.yaml", "name: Scrutiny Committee\nkind: committee\nlaw: part-va\n".to_owned()),
        ("meetings/scrutiny/2023-07-12/agenda.md", agenda.to_owned()),
        ("meetings/scrutiny/2023-07-12/supplementary-agenda-1.md", letter.to_owned()),
        ("meetings/scrutiny/2023-07-12/02-plan.md", paper("published", "The plan.")),
        ("meetings/scrutiny/2023-07-12/03-survey.md", paper("draft", &"A long survey.\n\n".repeat(90))),
        ("meetings/scrutiny/2023-07-12/03-more.md", paper("published", "More of it.")),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect()
}

struct Desk {
    folder: MemoryFolder,
    record: Record,
    theme: Theme,
}

impl Desk {
    fn with(files: BTreeMap<String, String>) -> Self {
        let folder: MemoryFolder = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        let loaded = record::load(&folder).expect("a folder in memory");
        let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{:?}", loaded.findings);
        Self { folder, record: loaded.record.expect("a record"), theme: Theme::load(None, "en-GB").expect("the theme") }
    }

    fn ahead(&self) -> Edition {
        Edition::ahead(&self.record, Audience::Public, Moment::parse("2023-07-05 12:00").expect("a moment"))
    }

    fn all(&self, edition: &Edition, shelf: &dyn Shelf) -> Printed {
        print(edition, &self.folder, &self.theme, None, shelf).expect("it can be printed")
    }

    fn one(&self, path: &str, shelf: &dyn Shelf, progress: &(dyn Fn(usize, usize) + Sync)) -> Printed {
        let path = format!("{MEETING}/{path}");
        let wanted = |other: &str| other == path;
        print_some(&self.ahead(), &self.folder, &self.theme, None, shelf, &wanted, progress).expect("it can be printed")
    }
}

fn of<'p>(printed: &'p Printed, path: &str) -> &'p [u8] {
    let found = printed.artefacts.iter().find(|artefact| artefact.path == format!("{MEETING}/{path}"));
    &found.unwrap_or_else(|| panic!("no {path}")).bytes
}

#[test]
fn a_single_document_is_the_one_of_the_whole_edition() {
    let desk = Desk::with(site());
    let all = desk.all(&desk.ahead(), &());
    assert_eq!(all.typeset, 5);
    for (path, documents) in [("pack.pdf", 1), ("supplementary-agenda-1.pdf", 2), ("03-survey.pdf", 1)] {
        let told = Mutex::new(Vec::new());
        let one = desk.one(path, &(), &|done, of| told.lock().unwrap().push((done, of)));
        assert_eq!(one.artefacts.len(), 1, "{path} alone");
        assert_eq!(one.typeset, documents, "a supplementary pack waits for the one that it follows");
        assert!(of(&one, path) == of(&all, path), "{path} is the same, byte for byte");
        let expected: Vec<_> = (0..=documents).map(|done| (done, documents)).collect();
        assert_eq!(*told.lock().unwrap(), expected);
    }
    let none = desk.one("04-nothing.pdf", &(), &|_, _| ());
    assert!(none.artefacts.is_empty() && none.typeset == 0);
}

#[test]
fn what_has_not_changed_is_not_typeset_again() {
    let memory = Memory::default();
    let desk = Desk::with(site());
    let first = desk.one("supplementary-agenda-1.pdf", &memory, &|_, _| ());
    assert_eq!(first.typeset, 2);
    assert_eq!(desk.one("pack.pdf", &memory, &|_, _| ()).typeset, 0, "it was printed on the way");
    let all = desk.all(&desk.ahead(), &memory);
    assert_eq!(all.typeset, 3);
    let again = desk.all(&desk.ahead(), &memory);
    assert_eq!(again.typeset, 0);
    assert!(again.artefacts == all.artefacts);

    let mut files = site();
    let plan = files.get_mut(&format!("{MEETING}/02-plan.md")).expect("the plan");
    plan.push_str("\nOne more sentence.\n");
    let changed = Desk::with(files);
    let all = changed.all(&changed.ahead(), &memory);
    assert_eq!(all.typeset, 2, "its own document and the pack: no page has moved, so the supplement stays");
    assert!(pages(of(&all, "pack.pdf")).iter().any(|page| page.contains("onemoresentence")));
}

/// The words in the head of each page of a draft.
const MARK: &str = "draftnotpublished";

#[test]
fn each_page_of_a_draft_is_marked_and_no_other() {
    let desk = Desk::with(site());
    let all = desk.all(&desk.ahead(), &());
    let is_blank = |page: &String| page.contains("intentionallyleftblank");
    let survey = pages(of(&all, "03-survey.pdf"));
    assert!(survey.len() > 2 && survey.iter().all(|page| page.contains(MARK)), "{survey:?}");
    // The head's and the one across the page.
    assert!(survey.iter().all(|page| page.matches("draft").count() >= 2), "{survey:?}");
    assert!(survey[0].contains("thisisadraft"), "a screen reader is told too: {}", survey[0]);
    assert!(pages(of(&all, "02-plan.pdf")).iter().all(|page| !page.contains("draft")));
    let pack = pages(of(&all, "pack.pdf"));
    let marked: Vec<bool> = pack.iter().map(|page| page.contains(MARK)).collect();
    let first = marked.iter().position(|marked| *marked).expect("the survey stands in the pack");
    let count = marked.iter().filter(|marked| **marked).count();
    assert!(count > 2 && marked[first..first + count].iter().all(|marked| *marked), "{marked:?}");
    assert!(pack.iter().zip(&marked).all(|(page, marked)| *marked == page.contains("alongsurvey")), "{pack:?}");
    let others = pack.iter().zip(&marked).filter(|(page, marked)| !**marked && !is_blank(page));
    assert!(others.clone().count() > 1);
    others.for_each(|(page, _)| assert!(!page.contains("draft"), "{page}"));
}

#[test]
fn an_agenda_that_is_a_draft_is_marked_on_each_of_its_own_pages() {
    let mut files = site();
    let agenda = files.get_mut(&format!("{MEETING}/agenda.md")).expect("the agenda");
    *agenda = agenda.replace("status: published", "status: draft");
    let desk = Desk::with(files);
    let pack = pages(of(&desk.all(&desk.ahead(), &()), "pack.pdf"));
    assert!(pack[0].contains(MARK) && pack[1].contains(MARK), "cover and agenda: {:?}", &pack[..2]);
    assert!(!pack[2].contains(MARK) && pack[2].contains("theplan"), "{}", pack[2]);
}

#[test]
fn everything_in_an_edition_for_circulation_is_marked_and_nothing_in_one_that_is_out() {
    let desk = Desk::with(site());
    let now = Moment::parse("2023-07-20 12:00").expect("a moment");
    let circulated = desk.all(&Edition::for_circulation(&desk.record, Audience::Public, now), &());
    for artefact in circulated.artefacts.iter().filter(|artefact| artefact.path.ends_with(".pdf")) {
        for page in pages(&artefact.bytes) {
            assert!(page.contains("draft"), "{}: {page}", artefact.path);
        }
    }
    let out = desk.all(&Edition::new(&desk.record, Audience::Public, now), &());
    for artefact in out.artefacts.iter().filter(|artefact| artefact.path.ends_with(".pdf")) {
        assert!(pages(&artefact.bytes).iter().all(|page| !page.contains("draft")), "{}", artefact.path);
    }
    assert!(out.artefacts.iter().all(|artefact| !artefact.path.contains("03-survey")));
}

/// The contrast of two colours by WCAG 2.2, in hundredths.
#[expect(clippy::float_arithmetic, reason = "the standard's own formula; nothing of it is printed")]
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_can_be_read_where_the_mark_lies_behind_it() {
    let style = include_str!("../../../themes/default/pack/style.typ");
    let colour = |name: &str| {
        let rest = style.split(&format!("#let {name} = rgb(\"#")).nth(1).unwrap_or_else(|| panic!("no colour {name}"));
        &rest[..6]
    };
    assert!((contrast("000000", "ffffff") - 21.0).abs() < 0.001);
    for text in ["ink", "quiet", "accent", "warning"] {
        let contrast = contrast(colour(text), colour("draft-colour"));
        assert!(contrast >= 4.5, "{text} on the mark: {contrast}");
    }
}
