//! Content is not trusted: nothing in a paper can act in a reader's browser or reach out of the folder.

use crate::support::{MEETING, Site};

fn built(text: &str) -> String {
    let pages = Site::new().paper("02-plan", text).try_build().expect("pages");
    pages.page(&format!("{MEETING}/02-plan.html"))
}

#[test]
fn html_that_acts_is_dropped_with_a_warning() {
    for (text, dropped) in [
        ("Hello <script>steal()</script> there.\n", "<script"),
        ("<script>steal()</script>\n", "<script"),
        ("<img src=x onerror=steal()>\n", "onerror"),
        ("Text <a href=\"javascript:steal()\">x</a>\n", "javascript:"),
        ("<style>body{display:none}</style>\n", "<style>"),
        ("<iframe src=\"https://example.org\"></iframe>\n", "<iframe"),
        ("<p onclick=\"steal()\">Hello</p>\n", "onclick"),
        ("<svg><script>steal()</script></svg>\n", "<script"),
    ] {
        assert!(!built(text).contains(dropped), "{text}");
    }
    Site::new().paper("02-plan", "<script>steal()</script>\n").finds(&["W02 warning", "left out"]);
}

#[test]
fn harmless_html_stays_and_holds_markdown() {
    let page = built("H<sub>2</sub>O, <mark>*marked*</mark> and a break<br>here.\n");
    assert!(page.contains("H<sub>2</sub>O, <mark><em>marked</em></mark> and a break<br>here."), "{page}");
    assert_eq!(Site::new().paper("02-plan", "H<sub>2</sub>O<br>x\n").findings(), Vec::<String>::new());
}

#[test]
fn html_left_open_cannot_swallow_the_page() {
    let page = built("Left <sup>open and </mark> closed.\n\nNext.\n");
    assert!(page.contains("Left open and  closed.") && !page.contains("<sup>"), "{page}");
}

#[test]
fn titles_and_heads_are_escaped_everywhere() {
    let site = Site::new()
        .file("authority.yaml", "name: \"<script>a</script>\"\nkind: principal-council\nnation: england\nbanner: \"<b onmouseover=x>\"\n")
        .agenda("items:\n  - {title: \"<img src=x onerror=y>\", paper: 02-plan}\n")
        .file(
            &format!("{MEETING}/02-plan.md"),
            "---\nkind: report\ntitle: \"<script>b</script>\"\nstatus: published\nsummary: \"\\\"><script>c</script>\"\n---\nText\n",
        );
    for artefact in site.build().artefacts.iter().filter(|artefact| artefact.path.ends_with(".html")) {
        let page = String::from_utf8_lossy(&artefact.bytes);
        for bad in ["<script>", "<img src=x", "<b onmouseover"] {
            assert!(!page.contains(bad), "{bad} in {}", artefact.path);
        }
    }
}

#[test]
fn links_that_act_or_climb_out_are_errors() {
    let finds = |text: &str, part: &str| {
        Site::new().paper("02-plan", text).finds(&["error", part]);
    };
    finds("[x](javascript:steal())\n", "W03");
    finds("[x](JaVaScRiPt:steal())\n", "W03");
    finds("[x](data:text/html,hello)\n", "W03");
    finds("[x](/etc/passwd)\n", "leads out of the content folder");
    finds("[x](../../../../etc/passwd)\n", "there is no file");
    finds("![Map](https://example.org/map.png)\n", "does not lie beside the paper");
    let findings = Site::new().paper("02-plan", "![](files/map.png)\n").findings().join("\n");
    assert!(findings.contains("W01 error"), "{findings}");
}

#[test]
fn no_page_asks_anything_of_another_server() {
    let pages = Site::new().paper("02-plan", "See [the guide](https://example.org/).\n").build();
    for artefact in pages.artefacts.iter().filter(|artefact| artefact.path.ends_with(".html")) {
        let page = String::from_utf8_lossy(&artefact.bytes);
        assert!(!page.contains("src=\"http") && !page.contains("<script"), "{}", artefact.path);
    }
}

#[test]
fn files_that_could_act_in_a_browser_are_not_published() {
    let linked = |name: &str, bytes: &str| {
        Site::new()
            .paper("02-plan", &format!("See [it](files/{name}).\n"))
            .file(&format!("{MEETING}/files/{name}"), bytes)
    };
    for (name, bytes) in [("page.html", "<p>x"), ("code.js", "x()"), ("map.svg", "<svg onload='x()'/>"), ("plain", "x")]
    {
        linked(name, bytes).finds(&["W03 error", "could act in a reader's browser"]);
    }
    assert!(linked("map.svg", "<svg viewBox='0 0 1 1'/>").findings().is_empty());
    assert!(linked("leaflet.pdf", "%PDF").findings().is_empty());
}
