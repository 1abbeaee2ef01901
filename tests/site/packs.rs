//! Packs and PDFs: which there are, where papers stand in them, and what pages say of that.

use quorate::finding::Severity;
use quorate::press::Output;

use crate::support::{Pages, Site};

const MEETING: &str = "meetings/scrutiny/2023-07-12";

fn site() -> Site {
    Site::new()
        .paper("03-plan", "## Purpose\n\nThe plan is here.\n\n## Recommendations\n\nNote it.\n")
        .paper("04-survey", "The survey is here.\n")
        .agenda("items:\n  - Apologies\n  - {title: Plan, paper: 03-plan}\n  - {title: Survey, paper: 04-survey}\n")
}

fn pages(output: Output) -> Pages {
    assert!(
        output.findings.iter().all(|finding| finding.severity < Severity::Warning),
        "nothing is wrong: {:#?}",
        output.findings
    );
    Pages { artefacts: output.artefacts }
}

#[track_caller]
fn pdf<'p>(output: &'p Output, path: &str) -> &'p [u8] {
    let artefact = output.artefacts.iter().find(|artefact| artefact.path == path);
    &artefact.unwrap_or_else(|| panic!("no {path}")).bytes
}

#[test]
fn a_meeting_has_a_pack_and_each_paper_a_pdf_of_its_own() {
    let output = site().print(None);
    for path in ["pack.pdf", "03-plan.pdf", "04-survey.pdf"] {
        assert!(pdf(&output, &format!("{MEETING}/{path}")).starts_with(b"%PDF-1.7"), "{path}");
    }
    assert_eq!((output.pdfs, output.new_pdfs), (3, 3));
}

#[test]
fn an_item_and_a_paper_say_their_pages_and_link_into_the_pack() {
    let pages = pages(site().print(None));
    let meeting = pages.page(&format!("{MEETING}/index.html"));
    // Papers begin on right-hand pages: the agenda has the first sheet, or two.
    let at = |page: u32| format!("href=\"../../../{MEETING}/pack.pdf#page={page}\">Page {page}</a>");
    let first = [3, 5].into_iter().find(|page| meeting.contains(&at(*page)));
    let first = first.unwrap_or_else(|| panic!("the plan begins on page 3 or 5: {meeting}"));
    assert!(meeting.contains(&at(first + 2)), "the survey is on the next right-hand page: {meeting}");
    let paper = pages.page(&format!("{MEETING}/03-plan.html"));
    assert!(paper.contains(&at(first)), "{paper}");
    let own = format!("href=\"../../../{MEETING}/03-plan.pdf\">");
    let size =
        pages.artefacts.iter().find(|one| one.path == format!("{MEETING}/03-plan.pdf")).expect("the PDF").bytes.len();
    let words = format!("(PDF, {} KB, 1 page)", size.div_ceil(1024));
    assert!(paper.contains(&own) && paper.contains(&words), "{words}: {paper}");
}

#[test]
fn papers_can_follow_each_other_without_blank_pages() {
    let authority =
        "name: Exampleton Council\nkind: principal-council\nnation: england\npack: {right_hand_pages: false}\n";
    let meeting = pages(site().file("authority.yaml", authority).print(None)).page(&format!("{MEETING}/index.html"));
    let at = |page: u32| meeting.contains(&format!("pack.pdf#page={page}\">Page {page}</a>"));
    assert!(
        (2..5).any(|page| at(page) && at(page + 1)),
        "the two papers stand on pages that follow each other: {meeting}"
    );
}

#[test]
fn a_pack_ends_on_a_left_hand_page_unless_papers_need_no_right_hand_one() {
    let pages = |output: &Output, name: &str| {
        let list: serde_json::Value = serde_json::from_slice(pdf(output, "packs.json")).expect("JSON");
        list[format!("{MEETING}/{name}.pdf")]["pages"].as_u64().expect("a number")
    };
    let output = site().print(None);
    // A sheet for cover and agenda, and one for each of the two papers, whose backs are blank.
    assert_eq!((pages(&output, "pack"), pages(&output, "03-plan")), (6, 1));
    let authority =
        "name: Exampleton Council\nkind: principal-council\nnation: england\npack: {right_hand_pages: false}\n";
    assert_eq!(pages(&site().file("authority.yaml", authority).print(None), "pack"), 4);
}

#[test]
fn what_the_typesetter_warns_of_is_told_each_time() {
    // Its last value is always one more than its last value.
    let restless = "#import \"style.typ\": *\n#let q-part(told, attached, body, sections) = context {\n\
                    heading(told.title)\nlet s = state(\"s\", 0)\ncontext { let last = s.final(); s.update(last + 1); [#last] }\n}\n";
    let site = site().theme_file("pack/parts.typ", restless);
    let first = site.print(None);
    let warned = |output: &Output, name: &str| {
        output.findings.iter().any(|one| one.message.contains("converge") && one.message.contains(name))
    };
    let again = site.print(Some(&first));
    for output in [&first, &again] {
        assert_eq!(output.new_pdfs, 3);
        for name in ["pack.pdf", "03-plan.pdf", "04-survey.pdf"] {
            assert!(warned(output, name), "{name}: {:#?}", output.findings);
        }
    }
}

#[test]
fn an_unchanged_site_prints_nothing_anew_and_a_changed_paper_only_what_holds_it() {
    let first = site().print(None);
    let again = site().print(Some(&first));
    assert_eq!((again.pdfs, again.new_pdfs), (3, 0));
    let bytes =
        |output: &Output| output.artefacts.iter().map(|one| (one.path.clone(), one.bytes.clone())).collect::<Vec<_>>();
    assert!(bytes(&first) == bytes(&again), "the same bytes");
    assert!(bytes(&first) == bytes(&site().print(None)), "the same bytes when all is printed again");
    let changed = site().paper("04-survey", "The survey is over.\n").print(Some(&first));
    assert_eq!((changed.pdfs, changed.new_pdfs), (3, 2), "its own and the pack");
}

#[test]
fn a_pdf_that_somebody_else_put_in_its_place_is_not_taken_for_ours() {
    let mut first = site().print(None);
    let path = format!("{MEETING}/pack.pdf");
    let foreign = first.artefacts.iter_mut().find(|one| one.path == path).expect("the pack");
    foreign.bytes = b"%PDF-1.7 something else".to_vec();
    let again = site().print(Some(&first));
    assert_eq!(again.new_pdfs, 1);
    assert!(pdf(&again, &path).len() > 1_000);
}

#[test]
fn the_pages_of_a_supplementary_pack_go_on_after_the_main_pack() {
    let letter = "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-06\nlate_reason: The figures were not ready.\n\
                  items:\n  - {item: 1, papers: [05-figures]}\n---\nMore papers.\n";
    let site =
        site().file(&format!("{MEETING}/supplementary-agenda-1.md"), letter).paper("05-figures", "The figures.\n");
    let output = site.print(None);
    let list: serde_json::Value = serde_json::from_slice(pdf(&output, "packs.json")).expect("JSON");
    let main = &list[format!("{MEETING}/pack.pdf")];
    let more = &list[format!("{MEETING}/supplementary-agenda-1.pdf")];
    let number = |value: &serde_json::Value| value.as_u64().expect("a number");
    let last = number(&main["pages"]);
    assert_eq!(number(&more["first"]), (last + 1) | 1, "on the next right-hand page");
    let figures = number(&more["papers"][format!("{MEETING}/05-figures")]["first"]);
    assert!(figures > last && figures % 2 == 1);
    let meeting = pages(output).page(&format!("{MEETING}/index.html"));
    let sheet = figures - number(&more["first"]) + 1;
    let link = format!("supplementary-agenda-1.pdf#page={sheet}\">Page {figures}</a>");
    assert!(meeting.contains(&link), "{link}: {meeting}");
}

#[test]
fn pages_that_were_cited_are_held_against_the_layout() {
    let cited = |plan: &str| {
        let items = format!("items:\n  - {{title: Plan, paper: 03-plan, pages: {plan}}}\n");
        let output = Site::new().paper("03-plan", "The plan.\n").agenda(&items).print(None);
        output.findings.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect::<Vec<_>>()
    };
    let wrong = cited("9–14");
    assert!(
        wrong.len() == 1 && wrong[0].starts_with("A06 item 1 is cited by pages 9–14, but stands on pages"),
        "{wrong:?}"
    );
    let stands =
        wrong[0].split("on pages ").nth(1).and_then(|rest| rest.split(' ').next()).expect("the pages").to_owned();
    assert_eq!(cited(&stands), Vec::<String>::new());
}

#[test]
fn what_came_after_the_agenda_stands_at_the_end() {
    let late = "published: 2023-07-06\nlate_reason: It was not ready.\n";
    let pages_of = |site: &Site| {
        let output = site.print(None);
        let list: serde_json::Value = serde_json::from_slice(pdf(&output, "packs.json")).expect("JSON");
        list[format!("{MEETING}/pack.pdf")]["papers"].clone()
    };
    let before = pages_of(&site());
    let items = "items:\n  - Apologies\n  - {title: Plan, papers: [03-plan, 03-costs]}\n  - {title: Survey, paper: 04-survey}\n";
    let after = pages_of(&site().agenda(items).paper_with("03-costs", late, "The costs.\n"));
    for paper in ["03-plan", "04-survey"] {
        let id = format!("{MEETING}/{paper}");
        assert_eq!(before[&id], after[&id], "{paper} stays where it was");
    }
    let first = |id: &str| after[format!("{MEETING}/{id}")]["first"].as_u64().expect("a page");
    assert!(first("03-costs") > first("04-survey"));
}

#[test]
fn what_a_private_paper_holds_is_in_the_members_pack_only() {
    let site = || {
        Site::new()
            .paper("03-plan", "The plan.\n")
            .paper_with("04-land", "exempt: {paragraphs: [3], public_interest: The price.}\n", "The land costs much.\n")
            .agenda(
                "items:\n  - {title: Plan, paper: 03-plan}\nprivate:\n  - {title: Land, paper: 04-land, exempt: {paragraphs: [3], \
                 public_interest: The price.}}\n",
            )
    };
    let public = site().print(None);
    assert!(public.artefacts.iter().all(|one| !one.path.contains("04-land")));
    let list = String::from_utf8_lossy(pdf(&public, "packs.json")).into_owned();
    assert!(!list.contains("04-land"), "{list}");
    let members = site().members().print(None);
    assert!(pdf(&members, &format!("{MEETING}/04-land.pdf")).starts_with(b"%PDF"));
    assert!(String::from_utf8_lossy(pdf(&members, "packs.json")).contains("04-land"));
}

#[test]
fn what_looks_like_code_is_printed_as_it_is_written() {
    let nasty = "A `#panic(\"x\")` and #panic(\"y\") and $x^2$ and *b* and \\\\ and \"q\" and #\"s\"; and #read(\"/etc/passwd\") and \
                 [x] and { } and <l> and @ref and `` #(1+1) `` // no comment /* nor this */.\n\n## #panic()\n\n| #a | b |\n|--|--|\n\
                 | #panic(\"z\") | \\| |\n\nTable: #panic()\n";
    let output = Site::new()
        .paper_with("03-plan", "summary: '#panic(\"x\")'\n", nasty)
        .agenda("items:\n  - {title: '#panic()', paper: 03-plan}\n")
        .print(None);
    assert_eq!(
        output.findings.iter().filter(|finding| finding.severity == Severity::Error).count(),
        0,
        "{:#?}",
        output.findings
    );
    assert_eq!(output.new_pdfs, 2);
}

#[test]
fn a_picture_that_is_none_is_told_at_the_line_that_shows_it() {
    // A PNG whose first bytes are right, and which ends too soon.
    let mut cut = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0".to_vec();
    cut.extend([0x4b, 0x6d, 0x29, 0xdc, 0, 0, 0, 9]);
    picture_is_told(b"this is no picture", Severity::Warning);
    picture_is_told(&cut, Severity::Error);
}

#[track_caller]
fn picture_is_told(bytes: &[u8], severity: Severity) {
    let site = Site::new()
        .paper("03-plan", "Text.\n\nMore.\n\n![A map of the wards](files/map.png)\n")
        .file(&format!("{MEETING}/files/map.png"), bytes)
        .agenda("items:\n  - {title: Plan, paper: 03-plan}\n");
    let output = site.print(None);
    let errors: Vec<_> = output.findings.iter().filter(|finding| finding.severity == severity).collect();
    assert!(!errors.is_empty(), "{:?}", output.artefacts.iter().map(|one| &one.path).collect::<Vec<_>>());
    assert!(errors.iter().all(|error| error.code == "W15"), "{errors:#?}");
    let source = site.load().sources;
    for error in errors {
        assert!(source.place(error.primary.span).ends_with("03-plan.md:10:1"), "{error:#?}");
    }
}

#[test]
fn a_list_that_somebody_changed_is_not_believed() {
    let first = site().print(None);
    let path = format!("{MEETING}/pack.pdf");
    for (key, value) in [
        ("pages", serde_json::json!(u32::MAX)),
        ("first", serde_json::json!(99)),
        ("papers", serde_json::json!({"meetings/scrutiny/2023-07-12/03-plan": {"first": 400, "last": 2}})),
    ] {
        let mut list: serde_json::Value = serde_json::from_slice(pdf(&first, "packs.json")).expect("JSON");
        list[&path][key] = value;
        let again = site().print(Some(&with_list(&first, &list)));
        assert_eq!(again.new_pdfs, 1, "{key}");
        assert!(pdf(&again, "packs.json") == pdf(&first, "packs.json"), "{key}");
    }
    let mut list: serde_json::Value = serde_json::from_slice(pdf(&first, "packs.json")).expect("JSON");
    list[&path]["path"] = serde_json::json!("https://elsewhere.example/x.pdf");
    let again = site().print(Some(&with_list(&first, &list)));
    let meeting = Pages { artefacts: again.artefacts }.page(&format!("{MEETING}/index.html"));
    assert!(!meeting.contains("elsewhere.example"), "{meeting}");
}

/// The same output with another list of what was printed.
fn with_list(output: &Output, list: &serde_json::Value) -> Output {
    let mut artefacts = output.artefacts.clone();
    let own = artefacts.iter_mut().find(|one| one.path == "packs.json").expect("the list");
    own.bytes = serde_json::to_vec(list).expect("JSON");
    Output { artefacts, ..Output::default() }
}

#[test]
fn a_pack_that_went_out_and_whose_pages_move_is_told_of() {
    let first = site().print(None);
    let long = (1..200).map(|number| format!("Sentence {number} of the plan.")).collect::<Vec<_>>().join("\n\n");
    let again = site().paper("03-plan", &long).print(Some(&first));
    let told: Vec<&str> = again.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(told.len() == 1 && told[0].contains("04-survey begins on page"), "{told:?}");
    let on_the_day = site().now("2023-07-04 09:00");
    let first = on_the_day.print(None);
    let again = site().now("2023-07-04 10:00").paper("03-plan", &long).print(Some(&first));
    assert!(again.findings.is_empty(), "it went out today: {:#?}", again.findings);
}

#[test]
fn headings_notes_links_and_signs_that_a_pdf_cannot_take_as_they_are_do_not_stop_a_build() {
    let text = "## Note 1\n\nOne[^a] and again[^a].\n\n[^a]: The note.\n\n<p><a href=\"\">nowhere</a> <a href=\"//elsewhere.example/\">away</a></p>\n\n                A sign: \u{F001}.\n";
    let output = Site::new()
        .paper_with("03-plan", "numbering: off\n", text)
        .agenda("items:\n  - {title: Plan, paper: 03-plan}\n")
        .print(None);
    let told: Vec<String> =
        output.findings.iter().map(|one| format!("{} {}", one.severity.word(), one.message)).collect();
    assert_eq!(output.new_pdfs, 2, "{told:#?}");
    assert!(told.len() == 1 && told[0].starts_with("warning") && told[0].contains("U+F001"), "told once: {told:#?}");
}
