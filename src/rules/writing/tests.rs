//! Texts as they are really written.

use crate::rules::testing::Papers;

fn note(text: &str) -> Papers {
    let head = "kind: briefing-note\ntitle: Plan\nstatus: published\nbackground_papers: none\n";
    Papers::new().paper("03-plan", format!("---\n{head}---\n{text}\n"))
}

#[test]
fn levels_of_headings_are_counted_from_the_title() {
    note("### Detail\n\nText.").finds("W05", &["has 3 `#`", "is the title of the paper", "begin it with `##`"]);
    note("## A\n\n### B\n\n#### C\n\n## D\n\n### E\n\nText.").is_silent("W05");
}

#[test]
fn the_words_of_links_are_judged_without_their_marks() {
    for text in [
        "[Click here!](https://x.org)",
        "[**more**](https://x.org)",
        "[here](03-plan.md)",
        "[[paper 03-plan|this page]]",
    ] {
        note(text).finds("W06", &["do not say where it leads"]);
    }
    note("<https://www.example.org/guide>").finds("W06", &["bare web address"]);
    note("[](https://x.org)").finds("W06", &["has no words"]);
    for text in ["[More on parks](https://x.org)", "[[paper 03-plan]]", "<a@example.org>", "[gov.uk](https://gov.uk)"] {
        note(text).is_silent("W06");
    }
}

#[test]
fn headings_of_tables_and_captions_are_asked_for() {
    note("Table: T\n\n| | |\n|---|---|\n| 1 | 2 |").finds("W07", &["the heading row of this table is empty"]);
    note("Table: T\n\n| A | | |\n|---|---|---|\n| 1 | 2 | 3 |").finds("W07", &["columns 2, 3"]);
    note("Table: T\n\n| | B |\n|---|---|\n| 1 | 2 |").is_silent("W07");
    note("- in a list:\n\n  | A | B |\n  |---|---|\n  | 1 | 2 |").finds("W11", &["no caption"]);
}

#[test]
fn capitals_in_headings_are_told_from_abbreviations() {
    for heading in ["PURPOSE", "RECOMMENDATIONS FOR ASB", "1. BACKGROUND AND INFORMATION", "The COMMUNITY SAFETY plan"]
    {
        note(&format!("## {heading}\n\nText.")).finds("W12", &["written in capitals"]);
    }
    for heading in ["ASB", "ASB and CCTV", "NHS UK", "A plan (INVENTED)", "ZANZIBARMARKER purpose", "MARAC", "5 A B"] {
        note(&format!("## {heading}\n\nText.")).is_silent("W12");
    }
}

#[test]
fn a_paragraph_in_bold_is_told_from_a_sentence_and_from_an_opening() {
    note("**Background:**\n\nText.").finds("W14", &["looks like a heading", "`### Background`"]);
    for text in [
        "**Results:**\n\n- one",
        "**Please note this.**\n\nText.",
        "Text.\n\n**The end**",
        "**Note** that it is so.\n\nText.",
    ] {
        note(text).is_silent("W14");
    }
}

#[test]
fn what_the_authority_gives_as_its_own_is_no_single_person() {
    note("Ring 07911 123456.").finds("W09", &["07911 123456 is a mobile number"]);
    note("[Write to her](mailto:jo.bloggs@example.org).").finds("W09", &["this link leads to jo.bloggs@example.org"]);
    note("[jo.bloggs@example.org](mailto:jo.bloggs@example.org)").finds("W09", &["looks like the address"]);
    let authority = "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  \
                     governance: {name: Governance Services, telephone: 07911 123456, email: jo.bloggs@example.org}\n";
    note("Ring 07911 123456 or write to jo.bloggs@example.org.").file("authority.yaml", authority).is_silent("W09");
    note("In 2007 911 123 456 people; ref 12/07911123456.").is_silent("W09");
}

#[test]
fn a_word_that_stands_twice_is_told_where_nothing_stands_between() {
    note("to the **board** and and others").finds("W13", &["“and” stands twice"]);
    note("> of the\n> the board").is_silent("W13");
    for text in ["the [[paper 03-plan]] the", "that that", "the `x` the", "the. The", "the, the", "Ethe the"] {
        note(text).is_silent("W13");
    }
}

#[test]
fn how_hard_a_text_is_to_read_is_told_only_where_somebody_asks() {
    let long = "The plan of the board is for us all and so it is a plan for you and me and for all of those who are on the way to the park at ten. ".repeat(4);
    note(&long).is_silent("W08");
    let authority = "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  governance: {name: Governance Services}\n\
                     rules:\n  - {rule: W08, severity: advice}\n";
    note(&long).file("authority.yaml", authority).finds("W08", &["34 words a sentence"]);
}
