use proptest::prelude::*;

use super::*;
use crate::files::MemoryFolder;
use crate::finding::Label;
use crate::record::{Changed, Reader};
use crate::text::SourceId;

const MEETING: &str = "meetings/scrutiny/2026-07-15";

fn linked(reader: &mut Reader, files: &[(&str, &str)]) -> Linked {
    let settings = [
        ("authority.yaml", "name: Example Council\nkind: principal-council\nnation: england\n"),
        ("bodies/scrutiny.yaml", "name: Scrutiny Committee\nkind: committee\nlaw: part-va\n"),
    ];
    let folder: MemoryFolder = settings.iter().chain(files).map(|(path, text)| (*path, text.as_bytes())).collect();
    reader.read(&folder, &Changed::Everything).expect("memory does not fail");
    reader.link(&folder)
}

/// The place of a word in a file.
fn place(linked: &Linked, path: &str, word: &str) -> Span {
    let (id, source) = linked.sources.iter().find(|(_, source)| source.path == path).expect("the file");
    let start = source.text.find(word).expect("the word");
    Span::new(id, start..start + word.len())
}

fn at(span: Span) -> Finding {
    Finding::error("wrong-value", span, "wrong")
}

const AGENDA: &str = "---\nkind: agenda\nstatus: published\nitems:\n  - {title: Plan, paper: 02-plan}\nprivate:\n  - title: Land\n    paper: 03-land\n    exempt: {paragraphs: [3], public_interest: Money}\n---\nAnyone may come.\n";
const PLAN: &str = "---\nkind: report\ntitle: The plan\nstatus: draft\n---\n## Purpose {#purpose}\n\nFirst words.\n\n## Costs\n\nSecond words.\n";
const MINUTES: &str = "---\nkind: minutes\nfirst_minute: 1\n---\n## Plan {item=1}\n\nWords.\n";

#[test]
fn a_finding_is_private_if_any_of_its_places_may_be() {
    let agenda = &*format!("{MEETING}/agenda.md");
    let (plan, minutes) = (&*format!("{MEETING}/02-plan.md"), &*format!("{MEETING}/minutes.md"));
    let linked = linked(&mut Reader::holding_back(), &[(agenda, AGENDA), (plan, PLAN), (minutes, MINUTES)]);
    let [public, private] = ["title: Plan", "title: Land"].map(|word| place(&linked, agenda, word));
    let words = place(&linked, plan, "First words");
    assert!(!may_be_private(&at(public), &linked) && !may_be_private(&at(words), &linked));
    assert!(may_be_private(&at(private), &linked));
    assert!(may_be_private(&at(words).also(private, "the same words"), &linked), "its other place is private");
    assert!(may_be_private(&at(place(&linked, minutes, "Words")), &linked));
    // A place of another file that happens to have the same number is not.
    let elsewhere = Span { source: words.source, ..private };
    assert!(!may_be_private(&at(public).also(elsewhere, "elsewhere"), &linked));
    assert!(!may_be_private(&at(place(&linked, "authority.yaml", "name")), &linked));
}

#[test]
fn of_an_agenda_that_cannot_be_read_any_more_nobody_knows_where_private_words_are() {
    let (agenda, minutes) = (&*format!("{MEETING}/agenda.md"), &*format!("{MEETING}/minutes.md"));
    let mut reader = Reader::holding_back();
    linked(&mut reader, &[(agenda, AGENDA), (minutes, MINUTES)]);
    // Private words have moved up, and the head is broken.
    let broken = AGENDA.replace("status: published\n", "").replace("title: Land", "title: [Land");
    let after = linked(&mut reader, &[(agenda, &broken), (minutes, MINUTES)]);
    assert_eq!(after.held_back, [agenda]);
    assert!(may_be_private(&at(place(&after, agenda, "Land")), &after));
    // One that was public altogether gets a private item and is broken in the same moment.
    let public = AGENDA.split("private:").next().expect("the beginning").to_owned() + "---\n";
    let mut reader = Reader::holding_back();
    linked(&mut reader, &[(agenda, &public), (minutes, MINUTES)]);
    let after = linked(&mut reader, &[(agenda, &broken), (minutes, MINUTES)]);
    assert!(may_be_private(&at(place(&after, agenda, "Land")), &after));
    assert!(may_be_private(&at(place(&after, minutes, "Words")), &after));
    // One that has never been read at all.
    let after = linked(&mut Reader::holding_back(), &[(agenda, &broken), (minutes, MINUTES)]);
    assert!(may_be_private(&at(place(&after, agenda, "Land")), &after));
    assert!(may_be_private(&at(place(&after, minutes, "Words")), &after));
}

#[test]
fn a_place_leads_to_the_block_that_it_is_in_or_after() {
    let path = &*format!("{MEETING}/02-plan.md");
    let linked = linked(&mut Reader::default(), &[(path, PLAN)]);
    let paper = &linked.record().expect("a record").papers[&PaperId(format!("{MEETING}/02-plan"))];
    let anchor_of = |word: &str| anchor(paper, place(&linked, path, word));
    assert_eq!(anchor_of("The plan"), None, "the head stands on no place of the page");
    assert_eq!(anchor_of("Purpose").as_deref(), Some("section-1"));
    assert_eq!(anchor_of("Costs").as_deref(), Some("section-2"));
    let (first, second) = (anchor_of("First").expect("a block"), anchor_of("Second").expect("a block"));
    assert_ne!(first, second);
    assert!(first != "section-2" && second != "section-1", "{first} {second}");
    let elsewhere = place(&linked, "authority.yaml", "kind");
    assert_eq!(anchor(paper, elsewhere), None);
    let end = Span::new(paper.source, 1_000_000..2_000_000);
    assert_eq!(anchor(paper, end).as_deref(), Some(second.as_str()));
}

#[test]
fn a_label_is_shown_with_its_file() {
    let sources =
        Sources::new(["one.md", "two.md"].map(|path| std::sync::Arc::new(Source::new(path, "a\nb\n"))).into());
    let label = Span::new(SourceId(1), 2..3);
    let finding = at(Span::new(SourceId(0), 2..3)).also(label, "the other");
    let shown = shown(&finding, &sources, Path::new("content"), None).expect("its file is known");
    assert_eq!((shown.message.as_str(), shown.line, shown.column), ("wrong: the other (two.md, line 2)", 2, 1));
    let gone: Label = Label { span: Span::new(SourceId(7), 0..1), text: String::new() };
    assert!(super::shown(&Finding { primary: gone, ..finding }, &sources, Path::new("content"), None).is_none());
}

proptest! {
    #[test]
    fn an_excerpt_is_made_of_whole_lines_wherever_the_place_is(
        text in "[a£\u{1f600}\r\n ]{0,60}", start in 0_u32..400, end in 0_u32..400, long in any::<bool>()
    ) {
        let text = if long { text + &"£".repeat(500) } else { text };
        let source = Source::new("a.md", text);
        let lines = excerpt(&source, Span { source: SourceId(0), start, end });
        prop_assert!(!lines.is_empty() && lines.len() <= MOST_LINES);
        for (line, number) in lines.iter().zip(lines[0].number..) {
            prop_assert_eq!(line.number, number);
            let whole = &source.text[source.line(number)];
            let ExcerptLine { before, meant, after, .. } = line;
            for piece in [before, meant, after] {
                prop_assert!(piece.chars().count() <= MOST_OF_A_LINE + 1);
            }
            if whole.chars().count() <= MOST_OF_A_LINE {
                prop_assert_eq!(&format!("{before}{meant}{after}"), whole);
            }
        }
        let asked = source.text.get(start as usize..end as usize).filter(|asked| !asked.contains(['\n', '\r']));
        if let Some(asked) = asked.filter(|asked| asked.chars().count() <= MOST_OF_A_LINE) {
            prop_assert_eq!(&lines[0].meant, asked);
        }
    }
}
