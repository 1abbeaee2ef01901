//! Agendas as they are really written.

use crate::rules::testing::Papers;

fn agenda(items: &str) -> Papers {
    Papers::new().paper(
        "agenda",
        format!("---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n{items}---\nText\n"),
    )
}

fn report(title: &str) -> String {
    format!("---\nkind: report\ntitle: {title}\nstatus: published\nbackground_papers: none\n---\nText\n")
}

#[test]
fn business_that_has_no_paper_by_its_nature_is_passed_over() {
    for title in [
        "Apologies and substitutions",
        "Apologies for Absence",
        "Disclosures of pecuniary interests",
        "Minutes of the meeting held on 19 April 2023",
        "Matters arising",
        "Public Speaking Time/Open Session",
        "Questions from members of the public",
        "To receive any petitions",
        "Chair's announcements",
        "Mayor’s communications",
        "Exclusion of the Press and Public",
        "Any other items of public business",
        "Urgent items",
        "AOB",
        "Date of next meeting",
        "Dates of future meetings",
        "Election of the chair for 2023/24",
        "Verbal update from the police",
        "Presentation by West Midlands Police",
        "Welcome and introductions",
        "Next steps",
    ] {
        agenda(&format!("  - \"{title}\"\n  - {{title: Plan, paper: 03-plan}}\n")).is_silent("A01");
    }
    for title in
        ["Parking in the city centre", "Work programme and outstanding issues", "Budget 2023/24", "Library closures"]
    {
        agenda(&format!("  - \"{title}\"\n  - {{title: Plan, paper: 03-plan}}\n"))
            .finds("A01", &["item 1 has no paper", "paper: none"]);
    }
}

#[test]
fn an_item_says_in_other_ways_that_it_has_no_paper() {
    for item in [
        "{title: Parking, paper: none}",
        "{title: Parking, withdrawn: true}",
        "{title: Parking, note: The report will follow.}",
        "{title: Parking, exempt: {paragraphs: [3], public_interest: Money}}",
        "{title: Parking, paper: 03-plan, items: [North, South]}",
        "{title: Minutes, items: [To agree them, Anything else from them]}",
    ] {
        agenda(&format!("  - {item}\n")).is_silent("A01");
    }
    agenda("  - {title: Parking, items: [{title: North, paper: 03-plan}, South]}\n")
        .finds("A01", &["item 1b has no paper"]);
    let draft = "---\nkind: agenda\nstatus: draft\nitems:\n  - Parking\n---\nText\n";
    Papers::new().paper("agenda", draft).is_silent("A01");
    // A supplementary agenda that cannot be read may carry the paper.
    agenda("  - Parking\n").paper("supplementary-agenda-1", "no head\n").is_silent("A01");
}

#[test]
fn appendices_have_numbers_of_their_own() {
    let papers = |second: &str| {
        Papers::new()
            .paper("03-plan", "---\nkind: report\ntitle: Plan\nstatus: published\nbackground_papers: none\nappendices: [03-a, 03-b]\n---\nText\n")
            .paper("03-a", "---\nkind: appendix\nnumber: 1\ntitle: A\nstatus: published\n---\nText\n")
            .paper("03-b", format!("---\nkind: appendix\nnumber: {second}\ntitle: B\nstatus: published\n---\nText\n"))
    };
    papers("2").is_silent("A");
    papers("1A").is_silent("A");
    papers("1").finds("A", &["A03 warning", "two appendices of this paper have the number 1"]);
}

#[test]
fn a_paper_stands_under_one_item() {
    agenda("  - {title: Plan, papers: [03-plan, 03-plan]}\n").finds("A03", &["item 1 names this paper twice"]);
    agenda("  - {title: Plan, paper: 03-plan}\n  - {title: Parks, paper: 03-plan}\n")
        .finds("A03", &["item 1 and under item 2"]);
    agenda("  - {title: Plan, paper: 03-plan}\n  - {title: Parks, paper: 03-plan, withdrawn: true}\n").is_silent("A03");
}

#[test]
fn a_report_says_what_it_rests_on() {
    let paper = |kind: &str, head: &str, text: &str| {
        Papers::new()
            .paper("03-plan", format!("---\nkind: {kind}\ntitle: Plan\nstatus: published\n{head}---\n{text}\n"))
    };
    paper("report", "", "Text").finds("A05", &["warning", "this report does not list", "100D(1)"]);
    paper("briefing-note", "", "Text").finds("A05", &["this briefing note"]);
    paper("presentation", "", "Text").is_silent("A05");
    paper("letter", "", "Text").is_silent("A05");
    paper("report", "background_papers: [Survey of 2022]\n", "Text").is_silent("A05");
    paper("report", "", "## Background Documents\n\nNone.").is_silent("A05");
    paper("report", "exempt: {paragraphs: [3], public_interest: Money}\n", "Text").is_silent("A05");
    let own_terms = "name: Board\nkind: board\nlaw: own-terms\nquorum: 2\n";
    paper("report", "", "Text").file("bodies/scrutiny.yaml", own_terms).is_silent("A05");
    Papers::new().file("papers/plan.md", report("Plan").replace("background_papers: none\n", "")).is_silent("A05");
}

#[test]
fn pages_follow_each_other() {
    let pages = |first: &str, second: &str, third: &str| {
        agenda(&format!(
            "  - {{title: Plan, paper: 03-plan, pages: {first}}}\n  - {{title: Oral report, pages: {second}}}\n  - {{title: Questions, pages: {third}}}\n"
        ))
    };
    pages("3–8", "9–14", "15").is_silent("A06");
    pages("3–8", "To follow", "9–14").is_silent("A06");
    pages("3–8", "A1–A4", "\"9, 11\"").is_silent("A06");
    pages("3–8", "8–14", "15").finds("A06", &["items 1 and 2 overlap", "page 8"]);
    pages("3–20", "21", "10–12").finds("A06", &["items 1 and 3 overlap", "page 10"]);
    pages("9–14", "3–8", "15").finds("A06", &["item 2 come before those of item 1"]);
    pages("3–8", "14–9", "15").finds("A06", &["14 to 9 run backwards", "`9–14`"]);
    pages("three", "9–14", "15").finds("A06", &["`three` are not pages"]);
    // An item's pages hold those of the items beneath it.
    agenda("  - {title: Minutes, pages: 3–8, items: [{title: To agree, pages: 3–6}, {title: Arising, pages: 7–8}]}\n")
        .is_silent("A06");
}

#[test]
fn only_a_file_that_surely_belongs_to_another_item_is_told_of() {
    let papers =
        |items: &str, names: &[&str]| names.iter().fold(agenda(items), |papers, name| papers.paper(name, report(name)));
    let plan = "  - Apologies\n  - Declarations\n  - {title: Plan, paper: 03-plan}\n";
    papers(&format!("{plan}  - {{title: A, paper: 04-a}}\n  - {{title: B, paper: 04-b}}\n"), &["04-a", "04-b"])
        .finds("A10", &["begins with 4", "on item 5"]);
    papers(&format!("{plan}  - {{title: A, papers: [04-a, 04-b]}}\n"), &["04-a", "04-b"]).is_silent("A10");
    // Files that are counted in some other way.
    papers(&format!("{plan}  - {{title: A, paper: 01-a}}\n  - {{title: B, paper: 02-b}}\n"), &["01-a", "02-b"])
        .is_silent("A10");
    papers(&format!("{plan}  - {{title: A, paper: 2023-a}}\n  - {{title: B, paper: 05-b}}\n"), &["2023-a", "05-b"])
        .is_silent("A10");
}
