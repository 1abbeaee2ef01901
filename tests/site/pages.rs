//! Which pages there are, and what a resident finds on them.

use crate::support::{MEETING, Site};

#[test]
fn every_page_that_a_site_must_have_is_there() {
    let pages = Site::new().minutes("", "## First {item=1}\n\n**RESOLVED** so.\n").build();
    for path in [
        "index.html",
        "bodies/index.html",
        "bodies/scrutiny/index.html",
        "bodies/scrutiny/members-2023-07-12.html",
        "meetings/index.html",
        "meetings/scrutiny/2023-07-12/index.html",
        "meetings/scrutiny/2023-07-12/02-plan.html",
        "meetings/scrutiny/2023-07-12/minutes.html",
        "decisions/index.html",
        "people/index.html",
        "people/n-akhtar.html",
        "returns/index.html",
        "glossary/index.html",
        "about/index.html",
        "accessibility/index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
    ] {
        assert!(pages.has(path), "{path} in {:#?}", pages.paths());
    }
}

#[test]
fn the_agenda_says_when_where_and_what_and_leads_to_the_papers() {
    let pages = Site::new().build();
    let page = pages.page(&format!("{MEETING}/index.html"));
    let words = pages.words(&format!("{MEETING}/index.html"));
    for part in [
        "Wednesday 12 July 2023",
        "10:00 am",
        "Council House",
        "Community Safety Plan",
        "Anyone may come.",
        "Councillor N Akhtar",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(page.contains("02-plan.html"));
}

#[test]
fn a_paper_leads_back_to_its_item_and_on_to_its_neighbours() {
    let site = Site::new()
        .agenda("items:\n  - {title: One, paper: 02-plan}\n  - {title: Two, paper: 03-next}\n")
        .paper("03-next", "## Next\n\nText.\n");
    let pages = site.build();
    let plan = pages.page(&format!("{MEETING}/02-plan.html"));
    assert!(plan.contains("index.html#item-1\""), "{plan}");
    assert!(plan.contains(&format!("{MEETING}/03-next.html\"")), "{plan}");
    assert!(pages.page(&format!("{MEETING}/03-next.html")).contains(&format!("{MEETING}/02-plan.html\"")));
}

#[test]
fn membership_is_that_of_the_day() {
    let body = "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmembers:\n  - {person: N Akhtar, role: chair, to: 2023-07-12}\n  - {person: R Thay, from: 2023-07-13}\n";
    let pages = Site::new().file("bodies/scrutiny.yaml", body).build();
    let then = pages.words("bodies/scrutiny/members-2023-07-12.html");
    assert!(then.contains("Councillor N Akhtar") && !then.contains("Councillor R Thay"), "the last day counts: {then}");
    let now = pages.words("bodies/scrutiny/index.html");
    assert!(now.contains("Councillor R Thay") && !now.contains("Councillor N Akhtar"), "{now}");
}

#[test]
fn each_question_of_a_form_stands_side_by_side_across_areas() {
    let form = "title: Form\nfunder: Funder\nyear: 2016/17\nquarter: 2\nstatus: published\nquestions: {1: How did it go?, 2: What was spent?}\n";
    let answer = |area: &str, text: &str| {
        format!(
            "---\nkind: monitoring-return\ntitle: {area}\narea: {area}\nstatus: published\n---\n## Before\n\nIntroduction.\n\n{text}"
        )
    };
    let pages = Site::new()
        .file("returns/q2/form.yaml", form)
        .file(
            "returns/q2/coventry.md",
            answer("Coventry", "## Questions 1 and 2\n\n### Project\n\nWell, and little.\n"),
        )
        .file("returns/q2/dudley.md", answer("Dudley", "## Question 1\n\n### Project\n\nBadly.\n"))
        .build();
    let first = pages.page("returns/q2/question-1.html");
    assert!(
        first.contains("id=\"coventry-project\"") && first.contains("id=\"dudley-project\""),
        "addresses of two areas do not clash: {first}"
    );
    let second = pages.words("returns/q2/question-2.html");
    assert!(second.contains("Well, and little.") && !second.contains("Badly."), "{second}");
    assert!(second.contains("Dudley"), "who does not answer is named: {second}");
    let coventry = pages.words("returns/q2/coventry.html");
    assert!(coventry.contains("Introduction.") && coventry.contains("How did it go?"), "{coventry}");
}

#[test]
fn a_work_programme_leads_to_its_meetings() {
    let programme = "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme\nyear: 2023/24\nstatus: published\nentries:\n  - {date: 2023-07-12, title: Plan}\n  - {date: 2023-12-20, title: None, empty: true}\nundated:\n  - {title: FGM, when: September}\n---\n";
    let pages = Site::new().file("work-programmes/scrutiny.md", programme).build();
    let page = pages.page("work-programmes/scrutiny.html");
    assert!(
        page.contains("meetings/scrutiny/2023-07-12/index.html") && page.contains("FGM") && page.contains("September"),
        "{page}"
    );
    assert!(pages.page("bodies/scrutiny/index.html").contains("work-programmes/scrutiny.html"));
}

#[test]
fn all_links_within_the_site_are_relative() {
    for artefact in &Site::new().build().artefacts {
        let page = String::from_utf8_lossy(&artefact.bytes);
        if artefact.path.ends_with(".html") && artefact.path != "404.html" {
            assert!(!page.contains("href=\"/") && !page.contains("src=\"/"), "{}", artefact.path);
        }
    }
}

#[test]
fn a_footnote_and_its_text_lead_to_each_other() {
    let page = Site::new()
        .paper("02-plan", "One[^a] and again[^a].\n\n[^a]: A note.\n")
        .build()
        .page(&format!("{MEETING}/02-plan.html"));
    for part in [
        "id=\"note-1-from-1\" href=\"#note-1\"",
        "id=\"note-1-from-2\"",
        "<li id=\"note-1\"",
        "href=\"#note-1-from-1\"",
        "href=\"#note-1-from-2\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_single_file_of_the_theme_can_be_the_projects_own() {
    let site =
        Site::new().theme_file("templates/about.html", "<!DOCTYPE html><title>Own</title><p>{{ site.name }}</p>");
    let pages = site.build();
    assert!(pages.page("about/index.html").contains("<title>Own</title><p>Example Council</p>"));
    assert!(
        pages.words(&format!("{MEETING}/index.html")).contains("Community Safety Plan"),
        "the other files are the default's"
    );
}

#[test]
fn a_template_error_names_template_line_and_page() {
    let error = Site::new()
        .theme_file("templates/paper.html", "one\n{{ paper.title | upper }}\n{{ paper.nothing.at_all }}\n")
        .try_build();
    let Err(error) = error else { panic!("a template that fails is an error") };
    let message = error.to_string();
    assert!(message.contains("paper.html:3") && message.contains("02-plan.html"), "{message}");
    let broken = Site::new().theme_file("templates/paper.html", "{% if %}\n").try_build();
    let Err(broken) = broken else { panic!("a template that cannot be read is an error") };
    assert!(broken.to_string().contains("paper.html:1"), "{broken}");
}

#[test]
fn the_stylesheet_is_named_for_what_it_holds() {
    let sheet = |pages: &crate::support::Pages| {
        pages.paths().into_iter().find(|path| path.ends_with(".css")).map(str::to_owned)
    };
    let plain = sheet(&Site::new().build());
    let own = sheet(&Site::new().theme_file("assets/quorate.css", "body { color: black }").build());
    assert!(plain.is_some() && own.is_some() && plain != own, "{plain:?} {own:?}");
}

#[test]
fn a_picture_keeps_its_room_on_the_page() {
    let site = Site::new().paper("02-plan", "![The park](files/map.svg \"The land\")\n").file(
        &format!("{MEETING}/files/map.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 300\"></svg>",
    );
    let pages = site.build();
    let page = pages.page(&format!("{MEETING}/02-plan.html"));
    assert!(page.contains("alt=\"The park\" width=\"400\" height=\"300\""), "{page}");
    assert!(page.contains("Figure 1</a> The land") && pages.has(&format!("{MEETING}/files/map.svg")), "{page}");
}

#[test]
fn nobody_is_asked_to_a_meeting_that_is_over() {
    let agenda =
        "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\nitems: [Apologies]\n---\nAnyone may come.\n";
    let said = |now: &str| {
        let site = Site::new().file(&format!("{MEETING}/agenda.md"), agenda).without(&format!("{MEETING}/02-plan.md"));
        site.now(now).build().words(&format!("{MEETING}/index.html"))
    };
    for before in ["2023-07-10", "2023-07-12 09:00"] {
        assert!(said(before).contains("Can I come? Anyone may come."), "{}", said(before));
    }
    // Nobody has written `state: held` yet, as nobody will for most meetings.
    assert!(said("2023-07-13").contains("Coming to the meeting Anyone may come."), "{}", said("2023-07-13"));
}
