//! Whatever the bytes of a file: the loader neither panics nor points at a place that does not exist.

use proptest::prelude::*;

use crate::site::{Files, MEETING, NOW, base, head, look, plan, with};

/// Loads a folder; every place of every finding is within its source, and between two characters. Showing it works too.
fn holds(files: &Files) -> Result<(), TestCaseError> {
    let (findings, sources) = look(files, NOW);
    for finding in &findings {
        for label in std::iter::once(&finding.primary).chain(&finding.others) {
            let text = &sources.get(label.span.source).text;
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            prop_assert!(
                start <= end && end <= text.len(),
                "{:?} in {} bytes: {}",
                label.span,
                text.len(),
                finding.message
            );
            prop_assert!(
                text.is_char_boundary(start) && text.is_char_boundary(end),
                "{:?}: {}",
                label.span,
                finding.message
            );
        }
    }
    let places = quorate::finding::Places::new(&sources, "content");
    let shown = quorate::finding::human::render(&findings, places, quorate::finding::human::Look::default());
    prop_assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
    Ok(())
}

/// Bytes that are often text, and often look like a paper, a body's file or a table.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "---\n",
        "---",
        "\n",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\t",
        ":",
        ": ",
        "- ",
        "kind: agenda\n",
        "kind: minutes\n",
        "title: a\n",
        "items:\n",
        "name: a\n",
        "members: [",
        "{person: R Thay",
        "]",
        "}",
        "[",
        "{",
        "\"",
        "'",
        "#",
        "## A {#a .private item=1}\n",
        "&a ",
        "*a",
        "!!binary ",
        "<<: ",
        "? ",
        "| ",
        ">",
        "...",
        "```spending\n",
        "```monitoring\ncaption: a\nrows: [{item: a, spent: 1}]\n---\n",
        "## a\n",
        "```\n",
        "caption: a\n",
        "data: data/a.csv\n",
        "[[a]]",
        "[[",
        "[^a]",
        "[^a]: b",
        "![](a.png)",
        "<b>",
        "</b>",
        "<!--",
        "**RESOLVED** ",
        "1. ",
        "> ",
        "|a|\n|-|\n",
        "£",
        "é",
        "\u{feff}",
        "\u{202e}",
        "\u{85}",
        "\u{2028}",
        "\u{7}",
        "a\u{301}",
        "😀",
        "5",
        "2023-07-12",
        "\\",
        "%",
        "@",
        "`",
        "item,spent\n",
        "a,1\n",
        ",",
        ";",
        "{.private}",
        "{#a}",
        "Table: ",
        "~~",
        "_",
        "ASB",
        "\u{0}",
    ]);
    let text = prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![6 => text, 1 => prop::collection::vec(any::<u8>(), 0..80)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_papers_file_may_be_anything(bytes in bytes()) {
        holds(&with(&plan(), bytes))?;
    }

    #[test]
    fn a_papers_head_may_be_anything(bytes in bytes()) {
        holds(&with(&plan(), [head("").trim_end_matches("---\n").as_bytes(), &bytes, b"\n---\n"].concat()))?;
    }

    #[test]
    fn a_papers_text_may_be_anything(bytes in bytes()) {
        holds(&with(&plan(), [head("").as_bytes(), &bytes].concat()))?;
    }

    #[test]
    fn an_agenda_may_hold_anything(bytes in bytes()) {
        holds(&with(&format!("{MEETING}/agenda.md"), [b"---\nkind: agenda\nitems:\n".as_slice(), &bytes, b"\n---\n"].concat()))?;
    }

    #[test]
    fn minutes_may_hold_anything(bytes in bytes()) {
        holds(&with(&format!("{MEETING}/minutes.md"), [b"---\nkind: minutes\nfirst_minute: 1\n---\n".as_slice(), &bytes].concat()))?;
    }

    #[test]
    fn a_setting_may_be_anything(bytes in bytes(), which in 0_usize..4) {
        let path = ["bodies/scrutiny.yaml", "people.yaml", "authority.yaml", "glossary.yaml"][which];
        holds(&with(path, bytes))?;
    }

    #[test]
    fn figures_may_be_anything(bytes in bytes(), heading in any::<bool>()) {
        let table = "```spending\ncaption: a\ndata: data/a.csv\n```\n";
        let mut files: Files = base();
        files.insert(plan(), (head("") + table).into_bytes());
        let heading: &[u8] = if heading { b"item,allocated,spent\n" } else { b"" };
        files.insert(format!("{MEETING}/data/a.csv"), [heading, &bytes].concat());
        holds(&files)?;
    }
}
