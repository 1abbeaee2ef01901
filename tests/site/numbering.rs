//! Sections, paragraphs and recommendations number themselves.

use crate::support::{MEETING, Site};

fn plan(text: &str) -> String {
    Site::new().paper("02-plan", text).build().page(&format!("{MEETING}/02-plan.html"))
}

#[test]
fn sections_and_paragraphs_are_numbered_in_the_house_style() {
    let page = plan(
        "## Purpose\n\nOne.\n\nTwo.\n\n## Levels\n\n### Crime\n\nThree.\n\nFour.\n\n### Other {.same-level}\n\nFive.\n",
    );
    for expected in [
        "<h2 id=\"section-1\" class=\"numbered\"><a class=\"number\" href=\"#section-1\">1</a> Purpose</h2>",
        "<p id=\"p1-1\" class=\"numbered\">",
        ">1.2</a> Two.</p>",
        "<h3 id=\"section-2-1\" class=\"numbered\"><a class=\"number\" href=\"#section-2-1\">2.1</a> Crime</h3>",
        ">2.1.2</a> Four.</p>",
        ">2.2</a> Other</h3>",
        ">2.3</a> Five.</p>",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
}

#[test]
fn lists_are_numbered_with_brackets_and_have_addresses() {
    let page = plan("## Recommendations\n\nTo:\n\n1. Support:\n   1. strengthening\n   2. training\n2. Comment\n");
    assert!(page.contains("<ol class=\"decimal beneath\"><li id=\"p1-1-1\">"), "{page}");
    assert!(page.contains("<ol class=\"letter\"><li id=\"p1-1-1-a\">strengthening</li>"), "{page}");
    assert!(page.contains("<li id=\"p1-1-2\">Comment</li>"), "{page}");
}

#[test]
fn what_is_marked_unnumbered_has_no_number_and_the_count_goes_on() {
    let page = plan(
        "## A\n\nOne.\n\nAside. {.unnumbered}\n\n### Note {.unnumbered}\n\nTwo.\n\n## Group {.unnumbered}\n\n## B\n\nThree.\n",
    );
    assert!(page.contains("<p class=\"beneath\">Aside.</p>"), "{page}");
    assert!(page.contains("<h3 id=\"note\">Note</h3>"), "{page}");
    assert!(page.contains(">1.2</a> Two.</p>"), "{page}");
    assert!(page.contains("<h2 id=\"group\">Group</h2>"), "{page}");
    assert!(page.contains(">2.1</a> Three.</p>"), "{page}");
}

#[test]
fn numbering_can_be_switched_off() {
    let site = Site::new().paper_with("02-plan", "numbering: off\n", "## Purpose\n\nOne.\n");
    let page = site.build().page(&format!("{MEETING}/02-plan.html"));
    assert!(page.contains("<h2 id=\"purpose\">Purpose</h2>"), "{page}");
    assert!(!page.contains("class=\"number\""), "{page}");
}

#[test]
fn two_headings_alike_have_two_addresses() {
    let page = plan("## Same {.unnumbered}\n\n## Same {.unnumbered}\n");
    assert!(page.contains("id=\"same\"") && page.contains("id=\"same-2\""), "{page}");
}
