//! The preflight of a meeting says what an officer signs for.

use quorate::calendar::Moment;
use quorate::model::MeetingKey;
use quorate::{preflight, rules};

use crate::support::{MEETING, Site, words};

fn preflight(site: &Site, now: &str) -> String {
    let loaded = site.load();
    let record = loaded.record.expect("a record");
    let now = Moment::parse(now).expect("a moment");
    let checked = rules::check(&record, &loaded.sources, loaded.findings, now);
    let key = MeetingKey::parse("scrutiny/2023-07-12").expect("a meeting");
    preflight::page(&record, &loaded.sources, &checked.findings, &key, now).expect("the template").expect("the meeting")
}

#[test]
fn it_says_what_goes_out_when_and_what_stays_private() {
    let site = Site::new()
        .agenda(
            "items:\n  - {title: Plan, paper: 02-plan}\n  - {title: Costs, paper: 03-costs}\nprivate:\n  \
             - {title: Land, paper: 04-land, exempt: {paragraphs: [3], public_interest: Talks are not over.}}\n",
        )
        .file(&format!("{MEETING}/03-costs.md"), "---\nkind: report\ntitle: Costs\nstatus: draft\n---\nText.\n")
        .paper("04-land", "Text.\n");
    let page = preflight(&site, "2023-07-03");
    let said = words(&page);
    for part in [
        "Scrutiny Committee, Wednesday 12 July 2023",
        "5 clear days before the meeting (Local Government Act 1972",
        "Latest day to publish Tuesday 4 July 2023",
        "Agenda Tuesday 4 July 2023: just in time",
        "Title of 02-plan 02-plan.md goes out on 4 July 2023",
        "Costs 03-costs.md kept back: it is a draft",
        "Title of 04-land 04-land.md private: members only",
        "Item 3, Land : paragraph 3 (information about the financial or business affairs",
        "Talks are not over.",
        "Proper officer, for the exempt business",
        "Councillor N Akhtar chair",
    ] {
        assert!(said.contains(part), "expected `{part}` in:\n{said}");
    }
}

#[test]
fn it_says_whether_the_pack_can_be_published_and_escapes_what_papers_say() {
    let clean = preflight(&Site::new(), "2023-07-03");
    assert!(words(&clean).contains("The pack can be published."), "{}", words(&clean));
    let late = Site::new().paper_with("02-plan", "published: 2023-07-11\n", "See [[<b>x</b>]].\n");
    let page = preflight(&late, "2023-07-03");
    let said = words(&page);
    assert!(said.contains("The pack cannot be published yet."), "{said}");
    assert!(said.contains("N02 error 02-plan.md:5:12"), "{said}");
    assert!(!page.contains("<b>x</b>"), "what a paper says is escaped");
}

#[test]
fn interests_declared_and_promises_due_are_carried_from_earlier_minutes() {
    let site = Site::new().file(
        "meetings/scrutiny/2023-06-07/minutes.md",
        "---\nkind: minutes\nstatus: published\npublished: 2023-06-14\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay]\n\
         interests:\n  - {person: R Thay, interest: Works for the police., minute: 1}\n\
         follow_ups:\n  - {minute: 1, what: A list of paths, who: Chief Legal Officer, by: 2023-07-01}\n  \
         - {minute: 1, what: Done already, who: Chief Legal Officer, state: done}\n---\n## Paths\n\nText.\n",
    );
    let said = words(&preflight(&site, "2023-07-03"));
    assert!(said.contains("Councillor R Thay member Works for the police. (7 June 2023)"), "{said}");
    assert!(said.contains("A list of paths (Chief Legal Officer, by 1 July 2023; minute 1 of 7 June 2023)"), "{said}");
    assert!(!said.contains("Done already"));
}
