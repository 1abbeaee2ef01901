//! The sample content as a whole: it is clean, and the figures of the printed papers come out.

use std::path::Path;
use std::sync::LazyLock;

use quorate::calendar::Moment;
use quorate::edition::{Audience, Edition};
use quorate::files::DiskFolder;
use quorate::finding::Severity;
use quorate::press::{self, Options};
use quorate::record::{self, Loaded};

use crate::support::{Pages, words};

/// Stands in every invented text of the sample that is private, a draft, withdrawn or not yet due.
const MARKER: &str = "ZANZIBARMARKER";

static CONTENT: LazyLock<(DiskFolder, Loaded)> = LazyLock::new(|| {
    let folder =
        DiskFolder::open(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))).expect("the sample content");
    let loaded = record::load(&folder).expect("the sample content can be read");
    (folder, loaded)
});

fn build(audience: Audience, now: &str) -> Pages {
    let (folder, loaded) = &*CONTENT;
    let edition =
        Edition::new(loaded.record.as_ref().expect("a record"), audience, Moment::parse(now).expect("a moment"));
    let options = Options { no_pdf: true, ..Options::default() };
    let output = press::run(&edition, folder, None, None, &options).expect("the sample can be built");
    Pages { artefacts: output.artefacts }
}

static PUBLIC: LazyLock<Pages> = LazyLock::new(|| build(Audience::Public, "2026-11-22 12:00"));

/// The words of the row of a table that begins with `first`.
#[track_caller]
fn row(page: &str, first: &str) -> String {
    let html = PUBLIC.page(page);
    let start =
        html.find(&format!("<th scope=\"row\">{first}</th>")).unwrap_or_else(|| panic!("no row {first} on {page}"));
    let end = html[start..].find("</tr>").map_or(html.len(), |end| start + end);
    words(&html[start..end])
}

const SCRUTINY: &str = "meetings/scrutiny-co-ordination-committee";

#[test]
fn the_sample_has_no_errors_and_no_warnings_but_the_originals_own() {
    let (_, loaded) = &*CONTENT;
    let told: Vec<String> = loaded
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Advice)
        .map(|finding| format!("{} {} {}", loaded.sources.place(finding.primary.span), finding.code, finding.message))
        .collect();
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn what_is_not_public_is_in_no_file() {
    assert_eq!(PUBLIC.holding(MARKER), Vec::<&str>::new());
    let members = build(Audience::Members, "2026-11-22 12:00");
    assert!(!members.holding(MARKER).is_empty(), "the members' edition holds private business, so the check can fail");
    let later = build(Audience::Public, "2031-01-01");
    assert!(!later.holding(MARKER).is_empty(), "what was not yet due is out later");
}

/// Seed 000, paragraph 4.1, as printed there.
#[test]
fn recorded_crime_comes_out_as_printed() {
    let page = format!("{SCRUTINY}/2015-04-01/04-progress-update.html");
    for (measure, figures) in [
        ("TRC", "21,209 21,097 −112 −0.5%"),
        ("BDH", "1,868 1,654 −214 −11.5%"),
        ("VWI", "2,226 2,402 +176 +7.9%"),
        ("ASB", "8,526 8,171 −355 −4.2%"),
        ("DV (crime)", "1,930 2,100 +170 +8.8%"),
        ("DV (non crime)", "3,470 3,935 +465 +13.4%"),
    ] {
        let row = row(&page, measure);
        assert!(row.contains(figures), "{measure}: expected {figures} in {row}");
    }
}

/// Seed 001, Appendix 8: eighteen allocations.
#[test]
fn funding_decisions_come_to_the_printed_total() {
    let page = format!("{SCRUTINY}/2016-07-13/01-appendix-8-funding-decisions.html");
    assert!(row(&page, "Total").contains("£492,478.00"), "{}", row(&page, "Total"));
    let words = PUBLIC.words(&page);
    assert!(words.contains("£409,728.00") && words.contains("£82,750.00"), "{words}");
    let html = PUBLIC.page(&page);
    let rows = html.matches("<tr><th scope=\"row\">").count();
    assert_eq!(rows, 18, "eighteen allocations");
    assert_eq!(html.matches("scope=\"rowgroup\"").count(), 5, "five themes");
}

/// Seed 003, Coventry: spent to date, of the year's allocation.
#[test]
fn coventrys_spending_comes_to_the_printed_totals() {
    let page = "returns/2016-17-q2/coventry.html";
    let total = row(page, "Total");
    assert!(total.contains("£492,478.00") && total.contains("£226,191.46"), "{total}");
    // As the return prints them: allocated, spent to date.
    for (project, allocated, spent) in [
        ("Administration and partnership support", "£39,000.00", "£39,000.00"),
        ("Partnership analyst", "£35,000.00", "£0.00"),
        ("Co-ordination of work for high-risk DVA victims via MARAC case management", "£25,000.00", "£0.00"),
        (
            "Work with women offenders and their families to prevent reoffending (Springboard)",
            "£25,000.00",
            "£6,250.00",
        ),
        ("Contribution towards domestic security within DVA services", "£35,415.00", "£35,415.00"),
        ("DVA perpetrator mentoring programme", "£55,000.00", "£27,500.00"),
        ("Youth offending: community resolution, reparation and out-of-court disposals", "£85,000.00", "£85,000.00"),
        ("Civil powers", "£33,750.00", "£661.50"),
        ("Mediation for neighbourhood disputes", "£2,000.00", "£0.00"),
        ("Community payback for priority locations", "£5,000.00", "£0.00"),
        ("Speeding", "£10,000.00", "£0.00"),
        ("Target hardening and security of public spaces, including deployment of CCTV", "£10,000.00", "£271.96"),
        ("CCTV modernisation", "£49,000.00", "£0.00"),
        ("Disruption and operational planning, such as NTE and CSE activity", "£10,000.00", "£0.00"),
        ("Local initiative and contingency", "£4,813.00", "£93.00"),
        ("CCTV annual air time agreement", "£6,500.00", "£0.00"),
        ("Mental health", "£30,000.00", "£0.00"),
        ("Substance misuse and early intervention services", "£32,000.00", "£32,000.00"),
    ] {
        let row = row(page, project);
        assert!(row.contains(&format!("{allocated} {spent}")), "{project}: expected {allocated} {spent} in {row}");
    }
    let narratives = PUBLIC.page(page).matches("<tr class=\"narrative\">").count();
    assert_eq!(narratives, 18, "each project says what it did");
}

/// Seed 000, Appendix 1: the total remaining is printed as £1,288.98, and the figures come to £7,288.98.
#[test]
fn the_reconciliation_comes_to_the_printed_quarters_and_shows_the_slip() {
    let page = format!("{SCRUTINY}/2015-04-01/04-appendix-1.html");
    let total = row(&page, "Total");
    for figure in [
        "£546,304.00",
        "£217,913.48",
        "£46,545.85",
        "£118,626.49",
        "£125,929.20",
        "£509,015.02",
        "£30,000.00",
        "£1,288.98",
    ] {
        assert!(total.contains(figure), "{figure} in {total}");
    }
    assert!(PUBLIC.words(&page).contains("£7,288.98"));
}

/// Seed 003: what each area's return prints.
#[test]
fn the_returns_tables_come_out_as_printed() {
    let birmingham = "returns/2016-17-q2/birmingham.html";
    let (dudley, walsall) = ("returns/2016-17-q2/dudley.html", "returns/2016-17-q2/walsall.html");
    for (page, first, rest) in [
        (birmingham, "Coventry", "West Midlands CSP 345,385"),
        (birmingham, "North", "Birmingham LCSP 192,885"),
        (birmingham, "At an early stage", "2"),
        (birmingham, "Well-being had grown", "80%"),
        (birmingham, "Knowledge", "91%"),
        (dudley, "In prison", "42"),
        (dudley, "No longer frightened", "86%"),
        (walsall, "Alcohol Treatment Requirement (ATR)", "8 9 75%"),
        ("returns/2016-17-q2/coventry.html", "Young people completing, with a planned discharge", "27 (84%)"),
        ("returns/2016-17-q2/coventry.html", "New cases begun", "5"),
    ] {
        let row = row(page, first);
        assert!(row.ends_with(rest), "{page}, {first}: expected {rest} in {row}");
    }
}

/// Seed 003, Birmingham: 21 reviews in all.
#[test]
fn the_domestic_homicide_reviews_come_to_their_total() {
    let words = PUBLIC.words("returns/2016-17-q2/birmingham.html");
    assert!(words.contains("At an early stage 2 Total 21"), "{words}");
}

/// Seed 001, Appendix 1 and Appendix 3; seed 004, Appendix 1.
#[test]
fn memberships_places_and_the_plan_come_out_as_printed() {
    let of_2016 = format!("{SCRUTINY}/2016-07-13");
    let members = PUBLIC.page(&format!("{of_2016}/01-appendix-3-current-membership.html"));
    assert_eq!(members.matches("<th scope=\"row\">").count(), 44, "people on the board");
    assert_eq!(members.matches("\">Coventry City Council</a></td>").count(), 14, "from the council");
    assert_eq!(members.matches("<td>University Hospital for Coventry and Warwickshire</td>").count(), 4);
    for path in [
        format!("{of_2016}/01-appendix-1-terms-of-reference-of-the-board.html"),
        "bodies/police-and-crime-board/terms-of-reference.html".to_owned(),
    ] {
        if PUBLIC.has(&path) {
            assert!(row(&path, "Total").ends_with("19"), "8 and 11 places");
            assert!(row(&path, "Subtotal of Responsible authorities").ends_with('8'), "statutory places");
            assert!(row(&path, "Subtotal of Community and voluntary sector").ends_with("11"), "third sector");
        }
    }
    let plan = PUBLIC.page(&format!("{SCRUTINY}/2023-07-12/04-appendix-1-strategic-priorities.html"));
    assert_eq!(plan.matches("scope=\"rowgroup\"").count(), 10, "strategic priorities");
    assert_eq!(plan.matches("<th scope=\"row\">").count(), 23, "themes");
    assert!(plan.contains("<li>Average speed cameras deployed</li>"));
}

/// Invented: 24 months, of which 419 reports in all average 17.458…; the moving ranges come to 110 and average 4.782…
#[test]
fn the_invented_series_has_the_limits_worked_out_by_hand() {
    let words = PUBLIC.words(&format!("{SCRUTINY}/2026-11-18/02-paths.html"));
    assert!(words.contains("Reports: 17.5 on average."), "{words}");
    assert!(words.contains("figures from 4.7 to 30.2 are to be expected. Beyond them lies July 2026"), "{words}");
}

#[test]
fn the_committee_model_holds_what_the_papers_say() {
    let (_, loaded) = &*CONTENT;
    let model = &loaded.record.as_ref().expect("a record").model;
    let board = &model.bodies[&"police-and-crime-board".into()];
    let seats =
        |class: &str| board.seats.iter().filter(|seat| seat.class.word() == class).map(|seat| seat.number).sum::<u32>();
    assert_eq!((seats("responsible authority"), seats("community")), (8, 11), "seed 001, Appendix 1");
    assert_eq!(board.members.iter().map(|member| member.number).sum::<u32>(), 44, "seed 001, Appendix 3");
    let below = model
        .bodies
        .values()
        .filter(|body| body.reports_to.as_ref().is_some_and(|above| above.as_str() == "police-and-crime-board"));
    assert_eq!(below.count(), 4, "four sub-groups");
}

#[test]
fn the_numbers_of_paragraphs_are_those_of_the_printed_papers() {
    let pages = [
        (
            format!("{SCRUTINY}/2015-04-01/04-progress-update.html"),
            vec!["1.2", "2.2", "3.3", "4.1.13", "4.3", "4.9", "4.11", "4.31", "6.5"],
        ),
        (
            format!("{SCRUTINY}/2016-07-13/01-police-crime-and-community-safety.html"),
            vec!["1.1", "2.1", "3.2", "4.4", "5.4", "6.4"],
        ),
        (format!("{SCRUTINY}/2023-07-12/05-early-intervention-project.html"), vec!["1.1", "2.1", "3.6", "3.7"]),
    ];
    for (path, numbers) in pages {
        let html = PUBLIC.page(&path);
        for number in numbers {
            let id = format!("id=\"p{}\"", number.replace('.', "-"));
            assert!(html.contains(&id), "{number} on {path}");
        }
    }
    let minutes = PUBLIC.page(&format!("{SCRUTINY}/2023-04-19/minutes.html"));
    for number in 52..=58 {
        assert!(minutes.contains(&format!("id=\"minute-{number}\"")), "minute {number}");
    }
}

#[test]
fn one_source_is_published_in_both_places() {
    let original = PUBLIC.words(&format!("{SCRUTINY}/2015-04-01/04-appendix-2.html"));
    let again = PUBLIC.words("papers/police-and-crime-board/partnership-initiatives-2014-15.html");
    for part in ["656 referrals", "114 OOCD", "391 hours"] {
        assert!(original.contains(part) == again.contains(part), "{part}");
    }
    assert!(again.contains("Mental Health Triage"), "{again}");
}
