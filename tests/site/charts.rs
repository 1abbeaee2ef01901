//! Charts and flow charts on the page.

use crate::support::{MEETING, Site};

fn page(text: &str) -> String {
    Site::new().paper("02-plan", text).build().page(&format!("{MEETING}/02-plan.html"))
}

const YEARS: &str = "```year-on-year\ncaption: Recorded crime\nchart: yes\nfrom: 2013/14\nto: 2014/15\nrows:\n\
                     - {measure: BDH, from: 1868, to: 1654}\n- {measure: VWI, from: 2226, to: 2402}\n```\n";

#[test]
fn a_chart_stands_above_its_table_with_what_it_shows() {
    let page = page(YEARS);
    let chart = page.find("<figure class=\"chart\" id=\"table-1-chart\">").expect("a chart");
    let table = page.find("<table").expect("a table");
    assert!(chart < table);
    for part in [
        "<p class=\"chart-title\"><a class=\"number\" href=\"#table-1\">Table 1</a> as a chart: Recorded crime</p>",
        "<title id=\"table-1-chart-title\">Recorded crime</title>",
        "<div class=\"chart-narrow\" hidden><svg role=\"img\" aria-labelledby=\"table-1-chart-narrow-title",
        "<figcaption>Of the two, one rose and one fell between 2013/14 and 2014/15. VWI rose by 176 (7.9%). BDH fell by 214 \
         (11.5%).</figcaption>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn sentences_can_stand_without_a_chart_and_a_chart_without_sentences() {
    let without_chart = page(&YEARS.replace("chart: yes", "shows: yes"));
    assert!(!without_chart.contains("<figure class=\"chart\""));
    assert!(without_chart.contains("<p class=\"shows\">Of the two, one rose"), "{without_chart}");
    let without_words = page(&YEARS.replace("chart: yes", "chart: bars\nshows: no"));
    assert!(without_words.contains("<figure class=\"chart\"") && !without_words.contains("<figcaption>Of the two"));
    assert!(without_words.contains("A bar for each figure. Of the two, one rose"), "a picture is never without words");
    let plain = page(&YEARS.replace("chart: yes\n", ""));
    assert!(!plain.contains("<figure class=\"chart\"") && !plain.contains("Of the two"));
}

#[test]
fn a_flow_chart_is_a_figure_that_can_be_referred_to() {
    let text = "See [[way]].\n\n```flow\ncaption: The way\nname: way\nsteps: |\n  Ask <her>\n  Does she agree?\n    yes: Do it\n    \
                no: -> Ask\n```\n";
    let page = page(text);
    for part in [
        "<figure class=\"flow\" id=\"figure-1\">",
        "href=\"#figure-1\">Figure 1</a>",
        "Ask &lt;her&gt;",
        "<li><strong>No</strong>: <span class=\"leads\">Then go to: Ask &lt;her&gt;.</span></li>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_wrong_arrow_is_found_where_it_stands() {
    let text = "```flow\ncaption: The way\nsteps: |\n  Ask her\n  Do it -> Aks\n```\n";
    Site::new().paper("02-plan", text).finds(&["R01 error", "the arrow leads to `Aks`"]);
}
