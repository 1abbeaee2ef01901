//! Private business under each law.

use crate::rules::testing::Papers;

fn agenda(items: &str, exempt: &str, text: &str) -> Papers {
    Papers::new().paper(
        "agenda",
        format!(
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - {{title: Plan, paper: 03-plan}}\n\
             {items}private:\n  - {{title: Land, exempt: {{{exempt}}}}}\n---\n{text}\n"
        ),
    )
}

fn reason(exempt: &str) -> Papers {
    agenda("  - Exclusion of the public\n", exempt, "")
}

fn under(law: &str, nation: &str, papers: Papers) -> Papers {
    papers
        .file("authority.yaml", format!("name: Example\nkind: principal-council\nnation: {nation}\n"))
        .file("bodies/scrutiny.yaml", format!("name: Scrutiny\nkind: committee\nlaw: {law}\nquorum: 2\n"))
}

#[test]
fn paragraphs_are_those_of_the_law_and_the_nation() {
    let with = |paragraphs: &str| reason(&format!("{paragraphs}public_interest: Money"));
    for law in ["part-va", "executive", "police-and-crime-panel"] {
        under(law, "england", with("paragraphs: [1, 7], ")).is_silent("E");
        under(law, "england", with("")).finds("E", &["E02 error", "no paragraph", "3 information about the financial"]);
        under(law, "england", with("paragraphs: [3, 8], ")).finds("E", &["no paragraph 8 in Part 1", "1 to 7"]);
        under(law, "england", with("paragraphs: [14], ")).finds("E", &["Wales", "here that is 3"]);
        under(law, "wales", with("paragraphs: [12, 18], ")).is_silent("E");
        under(law, "wales", with("paragraphs: [3], "))
            .finds("E", &["no paragraph 3 in Part 4", "12 to 18", "here that is 14"]);
    }
    for law in ["parish", "own-terms"] {
        under(law, "england", with("")).is_silent("E");
        let none = under(law, "england", reason("paragraphs: [3]"));
        assert!(none.found("E").iter().any(|finding| finding.starts_with("E01 error")), "a reason is always needed");
    }
    under("parish", "england", with("paragraphs: [3], ")).finds("E", &["E02 error", "does not apply"]);
    under("own-terms", "england", with("paragraphs: [3], ")).is_silent("E");
    under("own-terms", "england", with("paragraphs: [12], ")).finds("E", &["E02"]);
}

#[test]
fn papers_name_paragraphs_too() {
    let paper = |exempt: &str| {
        Papers::new().paper(
            "03-plan",
            format!("---\nkind: report\ntitle: Plan\nstatus: published\nbackground_papers: none\nexempt: {{{exempt}}}\n---\nText\n"),
        )
    };
    paper("paragraphs: [5], public_interest: Privilege").is_silent("E");
    paper("paragraphs: [9], public_interest: Privilege").finds("E", &["no paragraph 9"]);
    let elsewhere = Papers::new().file(
        "papers/plan.md",
        "---\nkind: report\ntitle: Plan\nstatus: published\nexempt: {public_interest: Money}\n---\nText\n",
    );
    elsewhere.finds("E", &["no paragraph"]);
}

#[test]
fn a_missing_reason_cannot_be_waved_through() {
    let papers = agenda("  - Exclusion of the public\n", "paragraphs: [3]", "").file(
        "authority.yaml",
        "name: Example\nkind: principal-council\nnation: england\nrules:\n  - {rule: E, severity: off, reason: We know.}\n",
    );
    papers.finds("E", &["E01 error"]);
}

#[test]
fn an_item_that_shuts_the_doors_is_known_by_its_words() {
    let exempt = "paragraphs: [3], public_interest: Money";
    for item in [
        "Exclusion of the Press and Public",
        "To consider excluding the public",
        "Local Government Act 1972, section 100A(4)",
        "Private session",
        "Part 2",
        "That members of the public be asked to leave the meeting",
    ] {
        agenda(&format!("  - \"{item}\"\n"), exempt, "").is_silent("E");
    }
    agenda("", exempt, "The meeting is asked to exclude the press from item 2.").is_silent("E");
    for item in ["Public questions", "Leave of absence", "Part-time staff", "An exclusive offer"] {
        agenda(&format!("  - {item}\n"), exempt, "Item 3 is expected to be taken in private.")
            .finds("E", &["E03 advice"]);
    }
    under("own-terms", "england", agenda("", exempt, "")).is_silent("E");
}

#[test]
fn minutes_record_that_the_public_left() {
    let minutes = |text: &str| {
        reason("paragraphs: [3], public_interest: Money").paper(
            "minutes",
            format!("---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npublic_summaries:\n  2: A purchase.\n---\n## Plan {{item=1}}\n\n{text}\n\n## Land {{item=3}}\n\n**RESOLVED** that it be bought.\n"),
        )
    };
    minutes("**NOTED** the plan.").finds("E", &["E04 warning", "minute 2 decides private business"]);
    minutes("The press and public left the meeting.").is_silent("E");
    minutes("**RESOLVED** to exclude the public.").is_silent("E");
}

#[test]
fn private_minutes_that_decide_have_a_summary_under_part_va() {
    let minutes = |decision: &str| {
        reason("paragraphs: [3], public_interest: Money").paper(
            "minutes",
            format!("---\nkind: minutes\nstatus: published\npublished: 2023-07-20\n---\n## Exclusion {{item=2}}\n\nThe public was excluded.\n\n## Land {{item=3}}\n\n{decision}\n"),
        )
    };
    minutes("**RESOLVED** that it be bought.").finds("E", &["E05 warning", "`2:`"]);
    minutes("Members spoke about it.").is_silent("E");
    under("executive", "england", minutes("**RESOLVED** that it be bought.")).is_silent("E");
}
