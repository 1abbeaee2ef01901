//! What is private, unfinished or not yet due reaches no byte of the public edition.

use crate::support::{MEETING, Site};

/// Nobody writes this word but the tests.
const WORD: &str = "XYLOPHONE";

#[track_caller]
fn keeps_back(site: &Site) {
    let pages = site.build();
    assert_eq!(pages.holding(WORD), Vec::<&str>::new());
}

#[track_caller]
fn shows(site: &Site) {
    assert!(!site.build().holding(WORD).is_empty(), "the word is there to be found when it may be seen");
}

#[test]
fn a_draft_is_kept_back_and_a_published_paper_is_not() {
    let site = |status: &str| {
        let paper = format!("---\nkind: report\ntitle: {WORD}\nstatus: {status}\nsummary: {WORD}\n---\n{WORD}\n");
        Site::new().file(&format!("{MEETING}/02-plan.md"), paper)
    };
    keeps_back(&site("draft"));
    keeps_back(&site("withdrawn"));
    shows(&site("published"));
    shows(&site("ready"));
}

#[test]
fn without_a_status_a_paper_is_a_draft() {
    keeps_back(
        &Site::new().file(&format!("{MEETING}/02-plan.md"), format!("---\nkind: report\ntitle: {WORD}\n---\n{WORD}\n")),
    );
}

#[test]
fn a_paper_waits_for_its_time_to_the_minute() {
    let site = Site::new().paper_with("02-plan", "published: 2023-07-10 17:00\n", &format!("{WORD}\n"));
    keeps_back(&site.clone().now("2023-07-10 16:59"));
    shows(&site.now("2023-07-10 17:00"));
}

#[test]
fn a_paper_waits_for_the_agenda_that_carries_it() {
    let site = Site::new().paper_with("02-plan", "published: 2023-06-01\n", &format!("{WORD}\n"));
    keeps_back(&site.clone().now("2023-07-03"));
    shows(&site.now("2023-07-04"));
}

#[test]
fn of_private_business_only_the_title_and_the_reason_are_public() {
    let private = "private:\n  - title: Purchase of land\n    paper: 02-plan\n    note: XYLOPHONE\n    report_of: XYLOPHONE\n    \
                   exempt: {paragraphs: [3], public_interest: It would weaken the council}\n";
    let site = Site::new().agenda(&format!("items:\n  - Apologies\n{private}")).paper("02-plan", &format!("{WORD}\n"));
    keeps_back(&site);
    let agenda = site.build().words(&format!("{MEETING}/index.html"));
    assert!(agenda.contains("Purchase of land") && agenda.contains("It would weaken the council"), "{agenda}");
    assert!(agenda.contains("financial or business affairs"), "the gist of paragraph 3: {agenda}");
    shows(&site.members());
}

#[test]
fn a_paper_that_is_exempt_itself_is_kept_back_wherever_it_is_listed() {
    let head = "exempt: {paragraphs: [1], public_interest: A person could be known}\n";
    let site = Site::new().paper_with("02-plan", head, &format!("{WORD}\n"));
    keeps_back(&site);
    shows(&site.members());
}

#[test]
fn one_agenda_that_calls_a_paper_private_is_enough() {
    let site = Site::new()
        .agenda(
            "items:\n  - {title: Plan, paper: 02-plan}\nprivate:\n  - {title: Plan in private, paper: 02-plan, exempt: {paragraphs: [3], public_interest: Money}}\n",
        )
        .paper("02-plan", &format!("{WORD}\n"));
    keeps_back(&site);
    // An agenda that is itself not out yet counts too.
    let other = "---\nkind: agenda\nstatus: draft\nprivate:\n  - {title: Plan, paper: meetings/scrutiny/2023-07-12/02-plan, exempt: {paragraphs: [3], public_interest: Money}}\n---\n";
    keeps_back(
        &Site::new().paper("02-plan", &format!("{WORD}\n")).file("meetings/scrutiny/2023-09-20/agenda.md", other),
    );
}

#[test]
fn appendices_and_files_of_private_papers_stay_with_them() {
    let site = Site::new()
        .paper_with(
            "02-plan",
            "appendices: [02-appendix-1]\nexempt: {paragraphs: [3], public_interest: Money}\n",
            "![Map](files/map.svg \"The land\")\n",
        )
        .file(
            &format!("{MEETING}/02-appendix-1.md"),
            format!("---\nkind: appendix\nnumber: 1\ntitle: {WORD}\nstatus: published\n---\n{WORD}\n"),
        )
        .file(&format!("{MEETING}/files/map.svg"), format!("<svg>{WORD}</svg>"));
    keeps_back(&site);
    let members = site.members().build();
    assert!(members.has(&format!("{MEETING}/files/map.svg")) && members.has(&format!("{MEETING}/02-appendix-1.html")));
}

#[test]
fn a_text_issued_again_is_kept_back_with_its_source() {
    let site = Site::new()
        .paper_with("02-plan", "exempt: {paragraphs: [3], public_interest: Money}\n", &format!("{WORD}\n"))
        .file(
            "papers/scrutiny/again.md",
            format!(
                "---\nkind: report\nbody: scrutiny\ntitle: Again\nstatus: published\ntext_of: {MEETING}/02-plan\n---\n"
            ),
        );
    keeps_back(&site);
    shows(&site.members());
}

#[test]
fn private_minutes_leave_a_number_and_the_agendas_title() {
    let agenda = "items:\n  - Apologies\nprivate:\n  - {title: Purchase of land, exempt: {paragraphs: [3], public_interest: Money}}\n";
    let text = "## Apologies {item=1}\n\nNone.\n\n## Buying XYLOPHONE field {item=2}\n\nXYLOPHONE[^1] {#name}\n\n**RESOLVED:**\n\n1. XYLOPHONE\n\n\
                | XYLOPHONE |\n|---|\n| XYLOPHONE |\n\n[^1]: XYLOPHONE\n\n## After\n\nDone.\n";
    let head = "public_summaries: {53: The committee agreed terms.}\nfollow_ups: [{minute: 53, what: XYLOPHONE}]\n\
                interests: [{person: N Akhtar, interest: XYLOPHONE, minute: 53}]\n";
    let site = Site::new().agenda(agenda).minutes(head, text);
    keeps_back(&site);
    let minutes = site.build().words(&format!("{MEETING}/minutes.html"));
    for part in ["53", "Purchase of land", "The committee agreed terms.", "After"] {
        assert!(minutes.contains(part), "{part} in {minutes}");
    }
    shows(&site.members());
}

#[test]
fn a_minute_can_be_private_by_its_own_word() {
    keeps_back(&Site::new().minutes("", &format!("## {WORD} {{.private}}\n\n{WORD}\n")));
}

#[test]
fn references_to_what_is_private_say_nothing_of_it() {
    let site = Site::new()
        .agenda("items:\n  - {title: Plan, papers: [02-plan, 02-secret]}\n")
        .paper("02-plan", "See [[paper 02-secret]] and [[02-secret#name]].\n")
        .file(
            &format!("{MEETING}/02-secret.md"),
            format!("---\nkind: report\ntitle: {WORD}\nstatus: draft\n---\n{WORD} opens it. {{#name}}\n"),
        );
    keeps_back(&site);
    let plan = site.build().words(&format!("{MEETING}/02-plan.html"));
    assert!(plan.contains("a paper that is not public"), "{plan}");
}

#[test]
fn a_supplementary_agenda_has_its_own_time_and_keeps_private_items_private() {
    let agenda = "items:\n  - Apologies\n  - Plan\nprivate:\n  - {title: Land, exempt: {paragraphs: [3], public_interest: Money}}\n";
    let extra = |item: u32| {
        format!(
            "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-07\nnumber: 1\nitems:\n  - {{item: {item}, papers: [02-plan]}}\n---\nDear member.\n"
        )
    };
    let site = |item| {
        Site::new()
            .agenda(agenda)
            .file(&format!("{MEETING}/supplementary-agenda-1.md"), extra(item))
            .paper("02-plan", &format!("{WORD}\n"))
    };
    keeps_back(&site(2).now("2023-07-06"));
    shows(&site(2).now("2023-07-07"));
    keeps_back(&site(3));
    shows(&site(3).members());
}

#[test]
fn a_withdrawn_paper_leaves_only_the_word() {
    let site = Site::new().file(
        &format!("{MEETING}/02-plan.md"),
        format!("---\nkind: report\ntitle: {WORD}\nstatus: withdrawn\n---\n{WORD}\n"),
    );
    keeps_back(&site);
    let agenda = site.build().words(&format!("{MEETING}/index.html"));
    assert!(agenda.to_lowercase().contains("withdrawn"), "{agenda}");
}

#[test]
fn a_meeting_without_a_published_agenda_is_only_a_date() {
    let site = Site::new()
        .file(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmeetings:\n  - {date: 2023-09-20, time: 10:00}\n",
        )
        .file(
            "meetings/scrutiny/2023-09-20/agenda.md",
            format!(
                "---\nkind: agenda\nstatus: ready\npublished: 2023-09-12\nplace: {WORD}\nitems: [{WORD}]\n---\n{WORD}\n"
            ),
        );
    keeps_back(&site);
    let home = site.build().words("index.html");
    assert!(home.contains("September") && home.contains("20"), "{home}");
    shows(&site.now("2023-09-12"));
}

#[test]
fn a_return_waits_for_its_form() {
    let form = |status: &str| {
        format!("title: Form\nfunder: Funder\nyear: 2016/17\nquarter: 2\nstatus: {status}\nquestions: {{1: How?}}\n")
    };
    let site = |status: &str| {
        Site::new().file("returns/q2/form.yaml", form(status)).file(
            "returns/q2/coventry.md",
            format!("---\nkind: monitoring-return\ntitle: Return\narea: Coventry\nstatus: published\n---\n## Question 1\n\n{WORD}\n"),
        )
    };
    keeps_back(&site("draft"));
    shows(&site("published"));
}

#[test]
fn every_page_of_the_members_edition_says_that_it_is_not_for_publication() {
    let pages = Site::new().members().build();
    for artefact in pages.artefacts.iter().filter(|artefact| artefact.path.ends_with(".html")) {
        let page = String::from_utf8_lossy(&artefact.bytes).to_lowercase();
        assert!(page.contains("not for publication"), "{}", artefact.path);
    }
    assert!(pages.page("robots.txt").contains("Disallow: /"));
    assert!(!pages.has("sitemap.xml"));
}
