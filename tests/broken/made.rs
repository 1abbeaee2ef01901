//! Files that cannot be written down to be read: other encodings, invisible characters, deep nesting, long runs.

use crate::case::{Case, Expected};
use crate::site::{Files, MEETING, NOW, base, head, plan, with};

/// Runs a table of cases: a name, the files, and what is found, written as in `cases/*.md`.
fn run(cases: Vec<(&str, Files, &[&str])>) {
    let different: Vec<String> = cases
        .into_iter()
        .filter_map(|(name, files, found)| {
            let found = found.iter().map(|line| Expected::parse(line).unwrap_or_else(|| panic!("{name}: {line}")));
            let case = Case {
                place: "made".to_owned(),
                title: name.to_owned(),
                files,
                now: NOW.to_owned(),
                found: found.collect(),
            };
            case.run()
        })
        .collect();
    assert!(different.is_empty(), "`+` was found, `-` was expected\n\n{}", different.join("\n"));
}

fn paper(text: impl AsRef<[u8]>) -> Files {
    with(&plan(), text)
}

/// A paper in which nothing is wrong, with that text.
fn text(text: &str) -> Files {
    paper(head("") + text)
}

fn people(text: impl AsRef<[u8]>) -> Files {
    with("people.yaml", text)
}

/// A paper with a table of spending from a CSV file.
fn csv(data: impl AsRef<[u8]>) -> Files {
    let mut files = text("```spending\ncaption: Spending\ndata: data/spending.csv\n```\n");
    files.insert(format!("{MEETING}/data/spending.csv"), data.as_ref().to_vec());
    files
}

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn other_encodings_are_found_at_their_line() {
    let clean = head("") + "Text.\n";
    let marked = format!("\u{feff}{clean}");
    run(vec![
        (
            "Latin-1 in the text",
            paper([head("").as_bytes(), b"\nCaf\xe9\n"].concat()),
            &["F01 error @/03-plan.md:8 not UTF-8 text: a character in this line cannot be read"],
        ),
        (
            "Latin-1 in the head",
            paper(b"---\nkind: report\ntitle: Caf\xe9\n---\n"),
            &["F01 error @/03-plan.md:3 not UTF-8"],
        ),
        (
            "Latin-1 after a mark",
            paper(b"\xef\xbb\xbf---\nkind: report\ntitle: Caf\xe9\n---\n"),
            &["F01 error @/03-plan.md:3 not UTF-8"],
        ),
        (
            "half of a pair",
            paper(b"---\nkind: report\ntitle: \xed\xa0\x80\n---\n"),
            &["F01 error @/03-plan.md:3 not UTF-8"],
        ),
        (
            "an overlong slash",
            paper(b"---\nkind: report\ntitle: \xc0\xaf\n---\n"),
            &["F01 error @/03-plan.md:3 not UTF-8"],
        ),
        (
            "cut in the middle of a character",
            paper([head("").as_bytes(), b"\xe2\x82"].concat()),
            &["F01 error @/03-plan.md:7 not UTF-8"],
        ),
        (
            "UTF-16, little end first",
            paper(utf_16(&marked, u16::to_le_bytes)),
            &["F01 error @/03-plan.md:1 saved as UTF-16"],
        ),
        (
            "UTF-16, big end first",
            paper(utf_16(&marked, u16::to_be_bytes)),
            &["F01 error @/03-plan.md:1 saved as UTF-16"],
        ),
        (
            "UTF-16 without a mark",
            paper(utf_16(&clean, u16::to_le_bytes)),
            &["F01 error @/03-plan.md:1 saved as UTF-16"],
        ),
        ("a NUL byte", text("One.\n\nT\0wo.\n"), &["F01 error @/03-plan.md:9 a NUL byte stands here"]),
        ("a whole picture", paper(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"), &["F01 error @/03-plan.md:1 not UTF-8"]),
        (
            "people in Latin-1",
            people("N Akhtar: {kind: councillor}\nR Thay\u{e9}: x\n".chars().map(|c| c as u8).collect::<Vec<u8>>()),
            &["F01 error people.yaml:2 not UTF-8"],
        ),
        ("a glossary with NULs", with("glossary.yaml", "A: B\n\0\n"), &["F01 error glossary.yaml:2 NUL"]),
        ("figures as spreadsheets save them", csv(b"item,spent\nCaf\xe9,\xa31\n"), &[]),
        ("figures in no encoding", csv(b"item,spent\nCaf\xe9\x81,1\n"), &["F01 error @/data/spending.csv:2 not UTF-8"]),
        (
            "figures in UTF-8 that was damaged",
            csv("item,spent\n£é,1\n".as_bytes().iter().copied().chain(*b"b\xa3,1\n").collect::<Vec<_>>()),
            &["F01 error @/data/spending.csv:3 not UTF-8"],
        ),
        (
            "figures in UTF-16",
            csv(utf_16("\u{feff}item,spent\na,1\n", u16::to_le_bytes)),
            &["F01 error @/data/spending.csv:1 saved as UTF-16"],
        ),
        ("figures with a NUL", csv("item,spent\na\0,1\n"), &["F01 error @/data/spending.csv:2 NUL"]),
        ("one mark", paper(&marked), &[]),
        ("two marks", paper(format!("\u{feff}{marked}")), &[]),
        (
            "a mark before people",
            people("\u{feff}N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nP Male: {kind: councillor}\n"),
            &[],
        ),
        ("a mark before figures", csv("\u{feff}\u{feff}item,spent\na,1\n"), &[]),
        (
            "a mark within the head",
            paper(head("\u{feff}summary: One.\n")),
            &["F01 error @/03-plan.md:6 an invisible character"],
        ),
    ]);
}

#[test]
fn lines_may_end_in_any_way_and_are_counted_alike() {
    let wrong = head("sumary: One.\n") + "See [[nothing]].\n";
    let found: &[&str] =
        &["F02 error @/03-plan.md:6 nobody knows the key `sumary`", "R01 error @/03-plan.md:8 does not exist"];
    run(vec![
        ("line feeds", paper(&wrong), found),
        ("Windows", paper(wrong.replace('\n', "\r\n")), found),
        ("an old Macintosh", paper(wrong.replace('\n', "\r")), found),
        ("mixed", paper(wrong.replacen('\n', "\r\n", 3).replacen("---\nSee", "---\rSee", 1)), found),
        ("figures on Windows", csv("item,spent\r\na,1\r\nb,x\r\n"), &["T01 error @/data/spending.csv:3 found `x`"]),
        ("figures on an old Macintosh", csv("item,spent\ra,1\rb,x\r"), &["T01 error @/data/spending.csv:3 found `x`"]),
    ]);
}

#[test]
fn what_cannot_be_seen_is_found() {
    run(vec![
        (
            "a bell in the text",
            text("One.\n\nT\u{7}wo\u{b}.\n"),
            &["F01 warning @/03-plan.md:9 a control character (U+0007) stands here, one of 2 in this file"],
        ),
        (
            "an escape in a title",
            paper(head("summary: \u{1b}[31mRed\n")),
            &[
                "F01 warning @/03-plan.md:6 a control character (U+001B)",
                "F01 error @/03-plan.md:6 `[` and `]` do not come in pairs",
            ],
        ),
        (
            "an escape that is written out",
            paper(head("summary: \"\\x1b[31mRed\"\n")),
            &["F01 error @/03-plan.md:6 this text holds the control character U+001B"],
        ),
        (
            "Windows-1252 taken for Latin-1",
            text("a\u{85}b\n"),
            &["F01 warning @/03-plan.md:7 a control character (U+0085)"],
        ),
        (
            "the rest is still read",
            text("a\u{7}b [[nothing]]\n"),
            &["F01 warning @/03-plan.md:7 control character", "R01 error @/03-plan.md:7 does not exist"],
        ),
        (
            "writing turned round",
            paper(head("summary: A\u{202e}B\n")),
            &["F01 warning @/03-plan.md:6 an invisible character that turns the direction of writing (U+202E)"],
        ),
        (
            "writing turned round in a key",
            paper(head("sum\u{202e}mary: A\n")),
            &[
                "F02 error @/03-plan.md:6 nobody knows the key `sum\u{202e}mary`",
                "F01 warning @/03-plan.md:6 turns the direction",
            ],
        ),
        ("Arabic is written from the right", text("\u{2067}\u{645}\u{631}\u{62d}\u{628}\u{627}\u{2069}\n"), &[]),
        ("a no-break space in a text", paper(head("summary: 12\u{a0}July\n") + "12\u{a0}July\n"), &[]),
        (
            "a no-break space after a colon",
            paper(head("summary:\u{a0}One\n")),
            &["F01 error @/03-plan.md:6 special space"],
        ),
        (
            "an invisible space before a key",
            paper(head("\u{200b}summary: One\n")),
            &["F02 error @/03-plan.md:6 nobody knows the key"],
        ),
    ]);
}

/// `levels` of `open`, something, and as many of `close`.
fn nested(open: &str, levels: usize, close: &str) -> String {
    format!("{}x{}", open.repeat(levels), close.repeat(levels))
}

#[test]
fn depth_has_a_bottom() {
    let deep = "F01 error @/03-plan.md:6 too deep in each other";
    let keys: String = (1..=1_000).flat_map(|level| [" ".repeat(level), "a:\n".to_owned()]).collect();
    let marks = "F01 error @/03-plan.md:7 marks stand too deep";
    let blocks = "F01 error @/03-plan.md:7 more than 40 deep";
    run(vec![
        ("lists in brackets", paper(head(&format!("summary: {}\n", nested("[", 1_000, "]")))), &[deep]),
        ("keys in braces", paper(head(&format!("summary: {}\n", nested("{a: ", 1_000, "}")))), &[deep]),
        ("brackets that never close", paper(head(&format!("summary: {}\n", "[".repeat(1_000)))), &[deep]),
        (
            "dashes",
            paper(head(&format!("summary:\n  {}x\n", "- ".repeat(1_000)))),
            &["F01 error @/03-plan.md:7 too deep"],
        ),
        ("keys below each other", paper(head(&format!("summary:\n{keys}"))), &["F01 error @/03-plan.md:261 too deep"]),
        (
            "items within items",
            with(
                &format!("{MEETING}/agenda.md"),
                format!(
                    "---\nkind: agenda\nitems: [{}, {{title: Plan, paper: 03-plan}}]\n---\n",
                    nested("{title: a, items: [", 50, "]}")
                ),
            ),
            &["F05 error @/agenda.md:3 three levels deep"; 49],
        ),
        ("quotations", text(&nested("> ", 1_000, "")), &[blocks]),
        ("lists", text(&nested("- ", 1_000, "")), &[blocks]),
        ("numbered lists", text(&nested("1. ", 1_000, "")), &[blocks]),
        ("lists in quotations", text(&nested("> - ", 500, "")), &[blocks]),
        ("stress", text(&nested("*", 200, "*")), &[marks]),
        ("stress of two kinds", text(&nested("*a _b ", 100, "_*")), &[marks]),
        ("HTML", text(&nested("<b>", 1_000, "</b>")), &[marks]),
    ]);
}

#[test]
fn what_is_very_long_is_shown_short() {
    let long = "k".repeat(5_000);
    run(vec![
        ("a key", paper(head(&format!("{long}: 1\n"))), &["F01 error @/03-plan.md:6 too long"]),
        (
            "a key after a question mark",
            paper(head(&format!("? {long}\n: 1\n"))),
            &["F02 error @/03-plan.md:6 nobody knows the key"],
        ),
        ("a value", paper(head(&format!("exempt: {long}\n"))), &["F05 error @/03-plan.md:6 found `kkkk"]),
        ("a reference", text(&format!("[[{long}]]\n")), &["R01 error @/03-plan.md:7 does not exist"]),
        (
            "a number",
            with(
                &format!("{MEETING}/minutes.md"),
                format!(
                    "---\nkind: minutes\nfirst_minute: {}\n---\n## Community Safety Plan {{item=3}}\n\nNone.\n",
                    "9".repeat(5_000)
                ),
            ),
            &["F05 error @/minutes.md:3 expected a whole number, found `9999"],
        ),
        (
            "a figure",
            csv(format!("item,spent\na,{}\n", "9".repeat(5_000))),
            &["T01 error @/data/spending.csv:2 expected pounds and pence"],
        ),
        (
            "a figure beyond all money",
            csv("item,spent\na,1000000000000000\n"),
            &["T01 error @/data/spending.csv:2 expected pounds"],
        ),
        (
            "a date",
            paper(head(&format!("published: {}-01-01\n", "9".repeat(500)))),
            &["F05 error @/03-plan.md:6 expected a date"],
        ),
    ]);
}

#[test]
fn more_of_one_text_than_anybody_mends_is_counted() {
    let (findings, _) = crate::site::look(&text(&"[a](www.b.org)\n\n".repeat(1_500)), NOW);
    assert_eq!(findings.len(), 1_001);
    let last = findings.last().expect("a finding");
    assert_eq!(last.message, "from here on 500 more findings of this text are not listed");
    let (findings, _) = crate::site::look(&text(&"[[nothing]]\n\n".repeat(1_500)), NOW);
    assert_eq!(findings.len(), 1_000);
}

#[test]
fn what_is_not_there_is_told() {
    let mut empty = Files::new();
    run(vec![(
        "an empty folder",
        empty.clone(),
        &["F04 error authority.yaml:1 the content folder has no `authority.yaml`"],
    )]);
    empty.insert("index.md".to_owned(), Vec::new());
    let mut without = base();
    without.remove("authority.yaml");
    without.insert(plan(), (head("sumary: One.\n") + "Text\n").into_bytes());
    run(vec![
        (
            "only an empty paper",
            empty,
            &["F04 error index.md:1 this paper is empty", "F04 error authority.yaml:1 has no `authority.yaml`"],
        ),
        (
            "no authority, and a mistake elsewhere",
            without,
            &[
                "F02 error @/03-plan.md:6 nobody knows the key `sumary`",
                "F04 error authority.yaml:1 has no `authority.yaml`",
            ],
        ),
    ]);
}
