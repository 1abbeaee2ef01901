//! References in words as they are really written.

use crate::rules::testing::Papers;

fn note(head: &str, text: &str) -> Papers {
    let head = format!("kind: briefing-note\ntitle: Plan\nstatus: published\nbackground_papers: none\n{head}");
    Papers::new().paper("03-plan", format!("---\n{head}---\n{text}\n"))
}

fn appendix(papers: Papers, number: &str, text: &str) -> Papers {
    let head = format!("kind: appendix\nnumber: {number}\ntitle: Survey\nstatus: published\n");
    papers.paper(&format!("03-appendix-{number}"), format!("---\n{head}---\n{text}\n"))
}

fn with_two(text: &str, second: &str) -> Papers {
    let papers = note("appendices: [03-appendix-1, 03-appendix-2]\n", text);
    appendix(appendix(papers, "1", "One."), "2", second)
}

#[test]
fn appendices_are_looked_for_in_the_whole_family() {
    with_two("See Appendices 1 to 3.", "Two.")
        .finds("R05", &["Appendix 3, which does not exist", "Appendix 1, Appendix 2"]);
    with_two("See Appendix 1 and appendix 2.", "As Appendix 1 says; Appendix 2(a).").is_silent("R05");
    with_two("See Appendices 1 and 2.", "Appendix 4 says so.").finds("R05", &["Appendix 4"]);
    for text in [
        "Appendix 9 of the Plan",
        "Appendix 9 to the 2014 report",
        "the Constitution's Appendix 9",
        "Sent as [Appendix 9](https://www.example.org/9.pdf). Appendix 9 is long.",
        "See Appendix A.\n\n## Appendix A: costs\n\nNothing.",
    ] {
        note("", text).is_silent("R05");
    }
    // An appendix that cannot be read may be the one that is meant.
    note("", "See Appendix 9.").paper("03-appendix-9", "broken").is_silent("R05");
}

#[test]
fn paragraphs_are_looked_for_where_they_are_numbered() {
    note("", "## One\n\nSee paragraphs 1.1 and 1.7.")
        .finds("R06", &["1.7, which this paper does not have", "section 1 ends with 1.1"]);
    for text in [
        "See paragraph 4.2.",
        "## One\n\nSee paragraph 4.2 of the Code, section 9.1 in the plan, the Housing Act 1996 section 9.1.",
    ] {
        note("", text).is_silent("R06");
    }
    note("numbering: off\n", "## One\n\nSee paragraph 1.7.").is_silent("R06");
    // An appendix may cite the report.
    let papers = note("appendices: [03-appendix-1]\n", "## One\n\nFirst.\n\nSee [[appendix 1]].");
    appendix(papers, "1", "## A\n\nSee paragraph 1.2.").is_silent("R06");
}

#[test]
fn tables_and_figures_are_looked_for_by_number() {
    let table = "Table: Crime\n\n| Year | Count |\n|---|---|\n| 2022 | 5 |\n";
    note("", &format!("Tables 1 and 2 show it.\n\n{table}")).finds("R07", &["Table 2", "the last is Table 1"]);
    note("", &format!("Table 1 shows it.\n\n{table}")).is_silent("R07");
    note("", "Table 1 shows it.\n\n| Year | Count |\n|---|---|\n| 2022 | 5 |\n")
        .finds("R07", &["only tables with a caption have a number"]);
    for text in [
        "Table 4 of the census and Figure 2 in the annual report.",
        "See Figure 3.\n\nFigure 3: the original shows a map here.",
        "### Table 2 – counts\n\nAs in Table 2.",
        "They wish to table 3 motions. 2 Table 14.5.",
    ] {
        note("", text).is_silent("R07");
    }
}

#[test]
fn minutes_are_looked_for_where_the_record_is_whole() {
    let head = "kind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 5\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n";
    let minutes = format!(
        "---\n{head}---\n## Apologies {{item=1}}\n\nNone.\n\n## Declarations of interest {{item=2}}\n\nNone.\n\n## Plan {{item=3}}\n\n**NOTED** it.\n"
    );
    let held = |text: &str| note("", text).paper("minutes", minutes.clone());
    held("See minutes 6 to 9.").found("R08").iter().zip(["8", "9"]).for_each(|(found, number)| {
        assert!(found.contains(&format!("minute {number},")), "{found}");
    });
    for text in
        ["See minute 7.", "See minute 3.", "Minute 60/23 and minute 60 of Cabinet.", "It took 20 minutes 30 seconds."]
    {
        held(text).is_silent("R08");
    }
    note("", "See minute 60.").is_silent("R08");
    // A meeting without minutes here may have had it.
    held("See minute 60.")
        .file(
            "meetings/scrutiny/2023-06-14/agenda.md",
            "---\nkind: agenda\nstatus: published\npublished: 2023-06-06\nitems:\n  - Apologies\n---\nText.\n",
        )
        .is_silent("R08");
}

#[test]
fn each_appendix_is_cited_somewhere() {
    with_two("See [[appendix 1]].", "Two.").finds("R09", &["Appendix 2 is listed here"]);
    with_two("See Appendices 1–2.", "Two.").is_silent("R09");
    // From another appendix a reader comes to it too.
    let papers = note("appendices: [03-appendix-1, 03-appendix-2]\n", "See [[appendix 1]].");
    appendix(appendix(papers, "1", "See [[appendix 2]]."), "2", "Two.").is_silent("R09");
    // A cover without a text lists what it covers.
    let papers = note("appendices: [03-appendix-1]\n", "");
    appendix(papers, "1", "One.").is_silent("R09");
}

#[test]
fn what_nothing_leads_to_is_told_unless_something_is_unread() {
    let lost = || appendix(Papers::new(), "7", "Lost.");
    lost().finds("R03", &["nothing leads to this paper", "list it under `appendices`"]);
    lost().paper("agenda", "broken").is_silent("R03");
    let letter = "---\nkind: letter\ntitle: Lost\nstatus: published\n---\nText.\n";
    Papers::new().paper("09-lost", letter).finds("R03", &["name it under an item"]);
}
