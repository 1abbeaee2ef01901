//! References follow what they point at; those that lead nowhere are found.

use crate::support::{MEETING, Site};

fn plan_page(site: &Site) -> String {
    site.build().page(&format!("{MEETING}/02-plan.html"))
}

#[test]
fn the_printed_text_follows_the_target() {
    let site = Site::new()
        .paper_with(
            "02-plan",
            "appendices: [02-appendix-1]\n",
            "## A\n\nThe sum. {#sum}\n\nSee [[sum]], [[appendix 1]], [[minute 53]], [[paper 02-plan]], [[person R Thay]], \
             [[body scrutiny]], [[meeting 2023-07-12]], [[crime]] and [[sum|what it costs]].\n\n\
             Table: Crime {#crime}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        )
        .file(
            &format!("{MEETING}/02-appendix-1.md"),
            "---\nkind: appendix\nnumber: 1\ntitle: Terms\nstatus: published\n---\nBack to [[02-plan#sum]].\n",
        )
        .minutes("", "## First\n\nText.\n\n## Second\n\nText.\n");
    let pages = site.build();
    let page = pages.page(&format!("{MEETING}/02-plan.html"));
    for expected in [
        "<a class=\"reference\" href=\"#p1-1\">paragraph 1.1</a>",
        "<a class=\"reference\" href=\"../../../meetings/scrutiny/2023-07-12/02-appendix-1.html\">Appendix 1</a>",
        "minutes.html#minute-53\">minute 53</a>",
        ">Title of 02-plan</a>",
        "people/r-thay.html\">Councillor R Thay</a>",
        "bodies/scrutiny/index.html\">Scrutiny Committee</a>",
        "index.html\">the meeting of 12 July 2023</a>",
        "<a class=\"reference\" href=\"#table-1\">Table 1</a>",
        "<a class=\"reference\" href=\"#p1-1\">what it costs</a>",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let appendix = pages.page(&format!("{MEETING}/02-appendix-1.html"));
    assert!(appendix.contains("02-plan.html#p1-1\">paragraph 1.1 of Title of 02-plan</a>"), "{appendix}");
}

#[test]
fn a_paragraph_moved_takes_its_references_along() {
    let before = plan_page(&Site::new().paper("02-plan", "## A\n\nThe sum. {#sum}\n\n## B\n\nSee [[sum]].\n"));
    let after = plan_page(&Site::new().paper("02-plan", "## A\n\nNew.\n\nThe sum. {#sum}\n\n## B\n\nSee [[sum]].\n"));
    assert!(before.contains("href=\"#p1-1\">paragraph 1.1</a>"));
    assert!(after.contains("href=\"#p1-2\">paragraph 1.2</a>"));
}

#[test]
fn references_that_lead_nowhere_are_found_with_what_was_probably_meant() {
    let lost = |text: &str| Site::new().paper("02-plan", &format!("## A\n\nThe sum. {{#funding}}\n\n{text}\n"));
    lost("[[fundign]]").finds(&["02-plan.md:10:1 R01 error", "did you mean `funding`?"]);
    lost("[[appendix 9]]").finds(&["an Appendix 9 to this paper"]);
    lost("[[minute 99]]").finds(&["a minute 99"]);
    lost("[[person R They]]").finds(&["did you mean `R Thay`?"]);
    lost("[[meeting 2023-07-13]]").finds(&["a meeting on 13 July 2023", "did you mean `2023-07-12`?"]);
    lost("[[paper 02-pln]]").finds(&["did you mean `meetings/scrutiny/2023-07-12/02-plan`?"]);
    lost("[[body scrutniy]]").finds(&["did you mean `scrutiny`?"]);
    lost("[[two words]]").finds(&["is not a reference that can be followed"]);
}

#[test]
fn a_name_twice_is_found_at_both_places() {
    Site::new().paper("02-plan", "## A\n\nOne. {#sum}\n\nTwo. {#sum}\n").finds(&["R02 error", "`sum` is given twice"]);
}

#[test]
fn the_text_issued_again_refers_as_it_did_at_first() {
    let site = Site::new()
        .paper("02-plan", "## A\n\nThe sum. {#sum}\n\nSee [[sum]].\n")
        .file(
            "papers/scrutiny/plan-again.md",
            format!("---\nkind: report\nbody: scrutiny\ntitle: The plan again\nstatus: published\ntext_of: {MEETING}/02-plan\n---\n"),
        );
    let pages = site.build();
    let again = pages.page("papers/scrutiny/plan-again.html");
    assert!(again.contains("<p id=\"p1-1\"") && again.contains("href=\"#p1-1\">paragraph 1.1</a>"), "{again}");
    assert!(
        pages.page(&format!("{MEETING}/02-plan.html")).contains("papers/scrutiny/plan-again.html"),
        "each names the other"
    );
    assert!(again.contains(&format!("{MEETING}/02-plan.html")));
}

#[test]
fn abbreviations_are_marked_once_a_section_and_listed() {
    let page =
        plan_page(&Site::new().paper("02-plan", "## A\n\nLess ASB, and PSPOs. ASB again.\n\n## B\n\nASB here.\n"));
    assert_eq!(page.matches("<abbr title=\"Anti-social behaviour\">ASB</abbr>").count(), 2, "{page}");
    assert!(page.contains("<abbr title=\"Public Space Protection Order\">PSPO</abbr>s"), "{page}");
}

#[test]
fn words_of_ones_own_stand_in_the_cell_of_a_table_too() {
    let text = "A sum. {#sum}\n\n| What | Where |\n|---|---|\n| Money | [[sum\\|the sum above]] |\n";
    let built = Site::new().paper("02-plan", text).build();
    assert!(built.page(&format!("{MEETING}/02-plan.html")).contains(">the sum above</a>"));
}

const CRIME: &str = "```year-on-year\ncaption: Recorded crime\nname: crime\nfrom: 2013/14\nto: 2014/15\nrows:\n\
                     - {measure: BDH, from: 1868, to: 1654}\n- {measure: Few, from: '[c]', to: 3}\n```\n";

#[test]
fn a_figure_is_printed_as_its_table_prints_it() {
    let site = Site::new()
        .paper(
            "02-plan",
            &format!(
                "Before it: [[figure crime; BDH; change]]. Fell by [[figure crime; bdh; Difference; size]] from \
                 [[figure crime; BDH; 2013/14]]; few by [[figure crime; Few; difference]].\n\n{CRIME}"
            ),
        )
        .agenda("items:\n  - {title: Plan, papers: [02-plan, 03-other]}\n")
        .paper("03-other", "There [[figure 02-plan#crime; BDH; to]].\n");
    let pages = site.build();
    let page = pages.page(&format!("{MEETING}/02-plan.html"));
    for printed in [
        "Before it: <a class=\"reference\" href=\"#table-1\">−11.5%</a>.",
        "Fell by <a class=\"reference\" href=\"#table-1\">214</a> from",
        ">1,868</a>; few by <a class=\"reference\" href=\"#table-1\">[c]</a>.",
    ] {
        assert!(page.contains(printed), "{printed} in {page}");
    }
    let other = pages.page(&format!("{MEETING}/03-other.html"));
    assert!(other.contains("02-plan.html#table-1\">1,654</a>"), "{other}");
}

#[test]
fn a_figure_that_is_not_there_is_found_with_what_was_probably_meant() {
    let lost = |text: &str| Site::new().paper("02-plan", &format!("Text. {{#par}}\n\n{text}\n\n{CRIME}"));
    lost("[[figure crmie; BDH; change]]").finds(&["R01 error", "with the name `crmie`", "did you mean `crime`?"]);
    lost("[[figure crime; BHD; change]]").finds(&["02-plan.md:8:1 R01 error", "a row `BHD`", "did you mean `BDH`?"]);
    lost("[[figure crime; BDH; chnage]]").finds(&["a column `chnage`", "did you mean `change`?"]);
    lost("[[figure par; BDH; change]]").finds(&["that name stands for the paragraph"]);
    lost("[[figure crime; BDH]]").finds(&["is not a reference that can be followed", "[[figure TABLE; ROW; COLUMN]]"]);
    lost("[[figure crime; BDH; change|a tenth]]").finds(&["takes no words of its own"]);
    lost("[[figure 03-none#crime; BDH; change]]").finds(&["a paper `meetings/scrutiny/2023-07-12/03-none`"]);
}

#[test]
fn of_a_table_that_could_not_be_made_nothing_more_is_said() {
    let text = format!("[[figure crime; BDH; change]]\n\n{}", CRIME.replace("1868", "many"));
    let findings = Site::new().paper("02-plan", &text).findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
}
