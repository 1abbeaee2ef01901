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

const PRIVATE_ITEM: &str = "private:\n  - {title: Land, exempt: {paragraphs: [3], public_interest: Money}}\n";

#[test]
fn minutes_on_a_private_item_are_private() {
    let site = Site::new().minutes("", &format!("## Apologies\n\n{WORD}\n")).file(
        "meetings/scrutiny/2023-07-26/agenda.md",
        format!(
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-20\nprivate:\n  - {{title: Minutes, paper: {MEETING}/minutes, \
             exempt: {{paragraphs: [3], public_interest: Money}}}}\n---\n"
        ),
    );
    keeps_back(&site);
    let members = site.members().build();
    let minutes = members.words(&format!("{MEETING}/minutes.html"));
    assert!(minutes.contains(WORD) && minutes.contains("business affairs"), "marked with the reason: {minutes}");
}

#[test]
fn what_a_meeting_has_of_its_own_cannot_issue_a_text_again() {
    for (file, kind) in
        [("agenda", "agenda"), ("minutes", "minutes"), ("supplementary-agenda-1", "supplementary-agenda")]
    {
        let site = Site::new()
            .file(
                &format!("{MEETING}/{file}.md"),
                format!("---\nkind: {kind}\nstatus: published\npublished: 2023-07-04\ntext_of: 02-secret\n---\n"),
            )
            .paper_with(
                "02-secret",
                "exempt: {paragraphs: [3], public_interest: Money}\n",
                &format!("## {WORD}\n\nText\n"),
            );
        let findings = site.findings();
        assert!(findings.iter().any(|finding| finding.contains("F05 error")), "{findings:#?}");
        assert_eq!(site.try_build().expect("pages").holding(WORD), Vec::<&str>::new());
    }
}

#[test]
fn of_two_items_with_one_number_the_private_one_counts() {
    let agenda = "items:\n  - Apologies\n  - {title: Plan, number: 3}\nprivate:\n  - {title: Land, number: 3, exempt: {paragraphs: [3], public_interest: Money}}\n";
    let site = Site::new()
        .agenda(agenda)
        .minutes("", &format!("## Plan {{item=3}}\n\n{WORD}\n"))
        .file(
            &format!("{MEETING}/supplementary-agenda-1.md"),
            "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-07\nnumber: 1\nitems:\n  - {item: 3, papers: [02-plan], pages: 77–79}\n---\nDear member.\n",
        )
        .paper("02-plan", &format!("{WORD}\n"));
    let pages = site.try_build().expect("pages");
    assert_eq!(pages.holding(WORD), Vec::<&str>::new());
    assert_eq!(pages.holding("77–79"), Vec::<&str>::new());
    site.finds(&["A02 error", "number 3"]);
}

#[test]
fn a_private_heading_anywhere_in_a_minute_keeps_the_whole_minute_back() {
    let agenda = format!("items:\n  - Apologies\n{PRIVATE_ITEM}");
    for text in [
        format!("## Apologies\n\n{WORD}\n\n### Land {{.private}}\n\n{WORD}\n"),
        format!("## Apologies\n\n### Land {{item=2}}\n\n{WORD}\n"),
        format!("## Apologies\n\n> ### Land {{.private}}\n>\n> {WORD}\n"),
        format!("## Apologies\n\n## Land {{.private .unnumbered}}\n\n{WORD}[^1] {{#name}}\n\n[^1]: {WORD}\n"),
        format!("## Land {{.private .unnumbered}}\n\n{WORD}[^1]\n\n[^1]: {WORD}\n\n## Apologies\n"),
        format!("## Land {{item=1 item=2}}\n\n{WORD}\n"),
        format!("## {WORD} {{private}}\n\n{WORD}\n"),
    ] {
        let site = Site::new().agenda(&agenda).minutes("", &text);
        assert_eq!(site.try_build().expect("pages").holding(WORD), Vec::<&str>::new(), "{text}");
        let errors = site.findings().iter().filter(|finding| finding.contains("error")).count();
        assert_eq!(errors, 1, "{text}: {:#?}", site.findings());
    }
}

#[test]
fn private_where_nothing_can_be_private_is_an_error() {
    for text in [
        "## Confidential {.private}\n\nText\n",
        "## Confidential {private}\n\nText\n",
        "## Confidential {.privat}\n\nText\n",
        "Text {.private}\n",
        "1. Text {.private}\n",
        "| a |\n|---|\n| b {.private} |\n",
        "## Confidential {.private}.\n\nText\n",
        "Text[^1]\n\n[^1]: Note\n\n    ## Note {.private}\n\n    Text\n",
        "Text {.privat}\n",
    ] {
        Site::new().paper("02-plan", text).finds(&["error", "privat"]);
    }
    Site::new().minutes("", "## Land {.privat}\n\nText\n").finds(&["F02 error", "did you mean `.private`?"]);
    Site::new().minutes("", "## Land {itme=1}\n\nText\n").finds(&["F02 error", "did you mean `item`?"]);
    assert_eq!(Site::new().paper("02-plan", "Write `{.private}` there.\n").findings(), Vec::<String>::new());
}

#[test]
fn a_reason_left_empty_is_no_reason() {
    Site::new().paper_with("02-plan", "exempt:\n", "Text\n").finds(&["E01 error"]);
    Site::new().agenda("items:\n  - {title: Plan, paper: 02-plan, exempt: }\n").finds(&["E01 error"]);
}

#[test]
fn text_in_minutes_without_a_number_is_not_lost() {
    let text = "Before.\n\n## Welcome {.unnumbered}\n\nWelcomed.\n\n## Apologies\n\nNone.\n\n## Later {.unnumbered}\n\nLater on.\n";
    let minutes = Site::new().minutes("", text).build().words(&format!("{MEETING}/minutes.html"));
    for words in ["Before.", "Welcome", "Welcomed.", "52 Apologies", "Later on."] {
        assert!(minutes.contains(words), "{words} in {minutes}");
    }
}

#[test]
fn who_came_for_a_private_minute_is_not_told() {
    let head = "others: [{as: XYLOPHONE, organisation: XYLOPHONE, for_minute: 52}, {person: P Male, as: Buyer of XYLOPHONE, for_minute: 52}]\n";
    let site = Site::new().minutes(head, "## Land {.private}\n\nText.\n");
    keeps_back(&site);
    let male = site.build().words("people/p-male.html");
    assert!(!male.contains("2023"), "{male}");
    shows(&site.members());
}

#[test]
fn votes_on_a_private_minute_are_not_told() {
    let head = "present: [N Akhtar, R Thay]\nvotes:\n  - {minute: 52, on: XYLOPHONE, for: [N Akhtar], against: [R Thay]}\n  \
                - {minute: 53, on: The plan, for: [R Thay]}\n";
    let text = "## Land {.private}\n\nText.\n\n## Plan {item=2}\n\nText.\n";
    let site = Site::new().minutes(head, text);
    keeps_back(&site);
    let page = format!("{MEETING}/minutes.html");
    let (public, members) = (site.build().words(&page), site.clone().members().build().words(&page));
    assert_eq!(public.matches("Recorded vote").count(), 1, "{public}");
    assert!(public.contains("Recorded vote: The plan"), "{public}");
    assert_eq!(members.matches("Recorded vote").count(), 2, "{members}");
    shows(&site.members());
}

#[test]
fn an_agenda_that_is_private_makes_all_its_papers_private() {
    let paper = format!(
        "---\nkind: report\nbody: scrutiny\ntitle: {WORD}\nstatus: published\npublished: 2023-07-01\n---\n{WORD}\n"
    );
    let exempt = "exempt: {paragraphs: [3], public_interest: Money}\n";
    let agenda = |head: &str| {
        format!(
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\n{head}items:\n  - {{title: Plan, paper: papers/scrutiny/plan}}\n---\nText.\n"
        )
    };
    let site = |head: &str| {
        Site::new().file("papers/scrutiny/plan.md", &paper).file("meetings/scrutiny/2023-07-26/agenda.md", agenda(head))
    };
    shows(&site(""));
    keeps_back(&site(exempt));
    let members = site(exempt).members().build();
    let page = members.words("meetings/scrutiny/2023-07-26/index.html");
    assert!(page.contains("business affairs"), "the agenda says why it is private: {page}");
    let page = members.words("papers/scrutiny/plan.html");
    assert!(page.contains(WORD) && page.contains("business affairs"), "{page}");
    let supplementary = format!(
        "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-07\nnumber: 1\n{exempt}items:\n  - {{item: 2, papers: [papers/scrutiny/plan]}}\n---\n{WORD}\n"
    );
    let site = Site::new()
        .file("papers/scrutiny/plan.md", &paper)
        .file(&format!("{MEETING}/supplementary-agenda-1.md"), supplementary);
    keeps_back(&site);
    shows(&site.members());
}

#[test]
fn an_item_taken_off_takes_its_papers_with_it() {
    let site = |withdrawn: bool| {
        Site::new()
            .agenda(&format!(
                "items:\n  - title: Plan\n    withdrawn: {withdrawn}\n    items:\n      - {{title: First, paper: 02-plan}}\n  - {{title: Land, withdrawn: {withdrawn}, paper: 03-land}}\n"
            ))
            .paper("02-plan", &format!("{WORD}\n"))
            .paper("03-land", &format!("{WORD}\n"))
    };
    shows(&site(false));
    keeps_back(&site(true));
    keeps_back(&site(true).members());
    let added = "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-07\nnumber: 1\nitems:\n  - {item: 2, papers: [02-plan]}\n---\n";
    keeps_back(&site(true).file(&format!("{MEETING}/supplementary-agenda-1.md"), added));
}

#[test]
fn an_item_beneath_a_private_one_is_private_and_one_can_be_private_alone() {
    let exempt = "exempt: {paragraphs: [3], public_interest: Money}";
    let beneath = "{title: First, paper: 02-plan, note: XYLOPHONE, report_of: XYLOPHONE, pages: XYLOPHONE";
    for agenda in [
        format!("items:\n  - Apologies\nprivate:\n  - title: Land\n    {exempt}\n    items:\n      - {beneath}}}\n"),
        format!("items:\n  - title: Land\n    {exempt}\n    items:\n      - {beneath}}}\n"),
        format!("items:\n  - title: Land\n    items:\n      - {beneath}, {exempt}}}\n      - Second\n"),
    ] {
        let site = Site::new().agenda(&agenda).paper("02-plan", &format!("{WORD}\n"));
        keeps_back(&site);
        shows(&site.members());
    }
}

#[test]
fn no_reference_leads_to_what_is_kept_back() {
    let secret = |name: &str, head: &str| {
        (
            format!("{MEETING}/{name}.md"),
            format!(
                "---\nkind: report\ntitle: {WORD}\nsummary: {WORD}\n{head}---\n## {WORD} {{#section}}\n\n{WORD} is named. {{#name}}\n"
            ),
        )
    };
    let exempt = "status: published\nexempt: {paragraphs: [3], public_interest: Money}\n";
    let heads = ["status: draft\n", "status: withdrawn\n", "status: published\npublished: 2024-01-01\n", exempt];
    let every = "[[paper 02-secret]], [[02-secret#name]], [[02-secret#section]], [x](02-secret.md), [x](02-secret.md#name), \
                 [[minute 52 of 2023-07-26]], [[meeting 2023-07-26]].\n";
    for head in heads {
        let (path, text) = secret("02-secret", head);
        let minutes = format!(
            "---\nkind: minutes\n{head}first_minute: 52\n---\n## {WORD}\n\n{WORD} {{#name}}\n\n**RESOLVED:** {WORD}\n"
        );
        let appendix = format!("---\nkind: appendix\nnumber: 1\ntitle: {WORD}\n{head}---\n{WORD}\n");
        let follow_ups = "follow_ups:\n  - {minute: 60, what: Do it, see: 02-secret}\n  - {minute: 60, what: Do it, see: scrutiny/2023-07-26}\n";
        let site = Site::new()
            .agenda("items:\n  - {title: Plan, papers: [02-plan, 02-secret]}\n  - {title: More, paper: meetings/scrutiny/2023-07-26/minutes}\n")
            .paper_with("02-plan", "appendices: [02-appendix-1]\n", &format!("[[appendix 1]] {every}"))
            .file(&path, text)
            .file(&format!("{MEETING}/02-appendix-1.md"), appendix)
            .file("meetings/scrutiny/2023-07-26/minutes.md", minutes)
            .file(
                "meetings/scrutiny/2023-07-26/agenda.md",
                format!("---\nkind: agenda\ntitle: {WORD}\n{head}place: {WORD}\ninvited: [{WORD}]\nitems: [{WORD}]\n---\n{WORD}\n"),
            )
            .file(
                "bodies/scrutiny.yaml",
                format!("name: Scrutiny Committee\nkind: committee\nlaw: part-va\nterms_of_reference: {MEETING}/02-secret\nmeetings: [{{date: 2023-07-26}}]\n"),
            )
            .file(
                "work-programmes/now.md",
                "---\nkind: work-programme\nbody: scrutiny\ntitle: Programme\nyear: 2023/24\nstatus: published\nentries: [{date: 2023-07-26, title: Plan}]\n\
                 outstanding: [{title: Plan, from: 2023-07-26, minute: 52}]\n---\n",
            )
            .file(
                &format!("{MEETING}/minutes.md"),
                format!("---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 60\nagreed: 2023-07-26\n{follow_ups}---\n## Plan {{item=1}}\n\n{every}"),
            );
        keeps_back(&site);
        let pages = site.build();
        let hrefs: Vec<&str> = pages.paths();
        for page in ["02-secret.html", "02-appendix-1.html", "2023-07-26/minutes.html", "2023-07-26/index.html"] {
            assert_eq!(pages.holding(page), Vec::<&str>::new(), "{page} among {hrefs:?}");
        }
    }
}

#[test]
fn footnotes_names_and_tables_of_a_private_minute_go_with_it() {
    let text = "## Public\n\nWords[^both], [[here]], [[table]], [[section]].\n\n## Land {.private}\n\nXYLOPHONE[^one] and[^both]. {#here}\n\n\
                ### XYLOPHONE {#section}\n\nASB and PSPO. ![XYLOPHONE](files/map.svg)\n\n[XYLOPHONE](files/plan.pdf)\n\n\
                ```year-on-year\ncaption: XYLOPHONE\nname: table\nfrom: 1\nto: 2\nrows: [{measure: XYLOPHONE, from: 1, to: 2}]\n```\n\n\
                [^one]: XYLOPHONE\n\n[^both]: Both.\n";
    let site = Site::new()
        .minutes("", text)
        .paper(
            "02-plan",
            "[[meetings/scrutiny/2023-07-12/minutes#here]], [[meetings/scrutiny/2023-07-12/minutes#section]]\n",
        )
        .file(&format!("{MEETING}/files/map.svg"), WORD)
        .file(&format!("{MEETING}/files/plan.pdf"), WORD);
    keeps_back(&site);
    let minutes = site.build().page(&format!("{MEETING}/minutes.html"));
    assert!(minutes.contains("Both.") && !minutes.contains("Anti-social"), "{minutes}");
    shows(&site.members());
}

#[test]
fn the_members_edition_marks_what_is_private_and_has_no_drafts() {
    let site = Site::new()
        .agenda("items:\n  - {title: Plan, papers: [02-plan, 03-public, 04-draft]}\n")
        .paper_with(
            "02-plan",
            "appendices: [02-appendix-1, 02-appendix-2]\nexempt: {paragraphs: [3], public_interest: Money}\n",
            "Text\n",
        )
        .paper_with("03-public", "appendices: [02-appendix-2]\n", "Text\n")
        .file(
            &format!("{MEETING}/04-draft.md"),
            format!("---\nkind: report\ntitle: {WORD}\nstatus: draft\n---\n{WORD}\n"),
        )
        .file(
            &format!("{MEETING}/02-appendix-1.md"),
            "---\nkind: appendix\nnumber: 1\ntitle: One\nstatus: published\nappendices: [02-appendix-3]\n---\nText\n",
        )
        .file(
            &format!("{MEETING}/02-appendix-2.md"),
            "---\nkind: appendix\nnumber: 2\ntitle: Two\nstatus: published\n---\nText\n",
        )
        .file(
            &format!("{MEETING}/02-appendix-3.md"),
            "---\nkind: appendix\nnumber: 3\ntitle: Three\nstatus: published\n---\nText\n",
        )
        .minutes("exempt: {paragraphs: [3], public_interest: Money}\n", "## Land\n\nText\n")
        .members();
    let pages = site.build();
    assert_eq!(pages.holding(WORD), Vec::<&str>::new());
    for (page, private) in [
        ("02-plan", true),
        ("02-appendix-1", true),
        ("02-appendix-3", true),
        ("minutes", true),
        ("03-public", false),
        ("02-appendix-2", false),
    ] {
        let words = pages.words(&format!("{MEETING}/{page}.html"));
        assert_eq!(words.contains("business affairs"), private, "{page}: {words}");
    }
}

#[test]
fn a_paper_with_a_carrier_still_to_come_names_only_the_one_that_is_out() {
    let site = Site::new().paper("02-plan", "Text\n").file(
        "meetings/scrutiny/2023-09-20/agenda.md",
        format!("---\nkind: agenda\nstatus: ready\npublished: 2023-09-12\nitems:\n  - {{title: {WORD}, paper: {MEETING}/02-plan}}\n---\n"),
    );
    keeps_back(&site);
    shows(&site.now("2023-09-12"));
}

#[test]
fn numbers_too_large_to_count_from_do_not_stop_the_build() {
    let site = Site::new()
        .agenda("items:\n  - {title: Plan, number: 4294967295}\n  - Next\n")
        .file(
            &format!("{MEETING}/minutes.md"),
            format!("---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 4294967295\n---\n## One\n\nText\n\n**RESOLVED:** So.\n\n## Two {{.private}}\n\n{WORD}\n"),
        )
        .file(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nseats:\n  - {organisation: scrutiny, number: 4294967295}\n  - {organisation: scrutiny, number: 4294967295}\n",
        );
    assert_eq!(site.try_build().expect("pages").holding(WORD), Vec::<&str>::new());
    let many: String = (0..800).map(|_| "      - {title: Part, paper: papers/scrutiny/plan}\n").collect();
    let agenda = format!("items:\n  - title: Plan\n    items:\n{many}      - {{title: Last, paper: 02-plan}}\n");
    let site = Site::new().agenda(&agenda).paper("02-plan", &format!("{WORD}\n")).file(
        "papers/scrutiny/plan.md",
        "---\nkind: report\nbody: scrutiny\ntitle: Plan\nstatus: published\n---\nText\n",
    );
    shows(&site);
}

#[test]
fn the_reason_for_privacy_names_the_nations_own_schedule_or_none() {
    let agenda = |exempt: &str| {
        Site::new().agenda(&format!("items:\n  - Apologies\nprivate:\n  - {{title: Land, exempt: {{{exempt}}}}}\n"))
    };
    let words = |site: Site| site.build().words(&format!("{MEETING}/index.html"));
    let england = words(agenda("paragraphs: [3], public_interest: Money"));
    assert!(england.contains("Part 1, paragraph 3: information about the financial"), "{england}");
    let wales = agenda("paragraphs: [14], public_interest: Money")
        .file("authority.yaml", "name: Example Council\nkind: principal-council\nnation: wales\n");
    let wales = words(wales);
    assert!(wales.contains("Part 4, paragraph 14: information about the financial"), "{wales}");
    let parish = words(agenda("public_interest: Money"));
    assert!(parish.contains("The public is excluded from this.") && !parish.contains("Schedule 12A"), "{parish}");
}
