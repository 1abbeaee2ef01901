//! Narratives: the texts that stand in the cells of a table of budget monitoring.

use crate::support::{MEETING, Site};

/// A paper with a monitoring table, and this in its block after the keys.
fn monitoring(narratives: &str) -> Site {
    Site::new().paper(
        "02-plan",
        &format!(
            "## Projects\n\nThe sum. {{#sum}}\n\n```monitoring\ncaption: Projects in quarter 2\nname: projects\nrows:\n\
             - {{item: The analyst's post, allocated: 100, spent: 110, rag: amber}}\n- {{item: Wardens, allocated: 50, spent: 10}}\n\
             ---\n{narratives}```\n\nAfter.\n"
        ),
    )
}

fn page(narratives: &str) -> String {
    monitoring(narratives).build().page(&format!("{MEETING}/02-plan.html"))
}

#[test]
fn a_narrative_is_a_text_with_all_that_texts_have() {
    let page = page(
        "## The analyst's post\nThe analyst **completed** work on ASB; see [[sum]], [[projects]] and \
         [the guide](https://example.org/).[^1]\n\n- one\n- two\n\n### Later\n\nA paragraph. {#later}\n\n[^1]: The note.\n\
         ## Wardens\n\nSee [[later]].\n",
    );
    for part in [
        "<tr class=\"narrative\"><td colspan=\"5\"><div class=\"narrative-text\"><p>The analyst <strong>completed</strong> work on <abbr title=\"Anti-social behaviour\">ASB</abbr>",
        "<a class=\"reference\" href=\"#p1-1\">paragraph 1.1</a>",
        "<a class=\"reference\" href=\"#table-1\">Table 1</a>",
        "<li>one</li>",
        "<h3 id=\"later\">Later</h3>",
        "id=\"later-2\"",
        ">the paragraph that begins “A paragraph.”</a>",
        "<li id=\"note-1\" value=\"1\"><p>The note.</p>",
        "data-column=\"Rating\">Amber</td>",
        // The text after the table goes on as if there were none.
        "id=\"p1-2\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn footnotes_of_narratives_and_of_the_paper_do_not_mix() {
    let paper = "First.[^1]\n\n[^1]: Of the paper.\n\n```monitoring\ncaption: C\nrows: [{item: A, spent: 1}]\n---\n## A\nTwo.[^1]\n\n[^1]: Of the narrative.\n```\n";
    let page = Site::new().paper("02-plan", paper).build().page(&format!("{MEETING}/02-plan.html"));
    for part in ["value=\"1\"><p>Of the paper.</p>", "value=\"2\"><p>Of the narrative.</p>"] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

/// The first narrative stands in line 17 of the paper.
#[test]
fn what_is_wrong_in_a_narrative_is_found_at_its_line() {
    monitoring("## Wardens\n\nSee [[nowhere]].\n").finds(&["02-plan.md:19:5 R01 error"]);
    monitoring("## Wardens\n\nSee [it](files/none.pdf).\n").finds(&["02-plan.md:19:5", "files/none.pdf"]);
    monitoring("## Wardns\nText.\n").finds(&["02-plan.md:17:1 R01 error", "did you mean `Wardens`?"]);
    monitoring("Text.\n").finds(&["02-plan.md:17:1", "has no heading"]);
    monitoring("## Wardens\n").finds(&["02-plan.md:17:1", "nothing is written under"]);
    monitoring("## Wardens {.private}\nText.\n").finds(&["02-plan.md:17:1", "only a whole minute can be private"]);
    monitoring("## Wardens {#here}\nText.\n").finds(&["02-plan.md:17:1", "nobody knows the mark `#here`"]);
    monitoring("## Wardens\nText.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
        .finds(&["02-plan.md:20:1", "cannot stand in a cell"]);
}

#[test]
fn only_monitoring_holds_narratives_and_no_tables_stand_in_them() {
    let block = "```spending\ncaption: C\nrows: [{item: A, spent: 1}]\n---\n## A\nText.\n```\n";
    Site::new().paper("02-plan", block).finds(&["02-plan.md:10:1", "a `spending` block holds no narratives"]);
    let nested =
        "````monitoring\ncaption: C\nrows: [{item: A, spent: 1}]\n---\n## A\n```spending\ncaption: D\n```\n````\n";
    Site::new().paper("02-plan", nested).finds(&["02-plan.md:11:1", "a generated block cannot stand in a cell"]);
}

#[test]
fn what_a_private_minute_tells_in_a_narrative_stays_private() {
    let text = "## Open\n\nSee [[paper 02-plan]].\n\n## Closed {.private}\n\n```monitoring\ncaption: ZANZIBAR\nrows: [{item: A, spent: 1}]\n---\n## A\nZANZIBAR and \
                ASB.[^1] {#zanzibar}\n\n[^1]: ZANZIBAR.\n```\n";
    let pages = Site::new().minutes("", text).build();
    for artefact in &pages.artefacts {
        let bytes = String::from_utf8_lossy(&artefact.bytes);
        assert!(!bytes.to_uppercase().contains("ZANZIBAR"), "{}", artefact.path);
    }
}

#[test]
fn an_exempt_paper_keeps_its_narratives_back() {
    let exempt = Site::new()
        .agenda("items:\n  - Apologies\nprivate:\n  - {title: Contract, paper: 02-plan, exempt: {paragraphs: [3], public_interest: Money}}\n")
        .paper_with(
            "02-plan",
            "exempt: {paragraphs: [3], public_interest: Money}\n",
            "```monitoring\ncaption: ZANZIBAR\nrows: [{item: A, spent: 1}]\n---\n## A\nZANZIBAR. See [it](files/zanzibar.pdf).\n```\n",
        )
        .file(&format!("{MEETING}/files/zanzibar.pdf"), "%PDF");
    for artefact in &exempt.build().artefacts {
        let bytes = String::from_utf8_lossy(&artefact.bytes);
        assert!(!artefact.path.contains("zanzibar") && !bytes.contains("ZANZIBAR"), "{}", artefact.path);
    }
}
