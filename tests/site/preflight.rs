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
fn what_a_draft_agenda_carries_waits_for_it() {
    let page = |status: &str| {
        let site = Site::new()
            .paper("03-costs", "Text.\n")
            .paper_with("04-land", "exempt: {paragraphs: [3]}\n", "Text.\n")
            .file(
                &format!("{MEETING}/agenda.md"),
                format!(
                    "---\nkind: agenda\n{status}items:\n  - {{title: Plan, paper: 02-plan}}\n  \
                 - {{title: Costs, paper: 03-costs, withdrawn: true}}\n  - {{title: Land, paper: 04-land}}\n---\n"
                ),
            );
        words(&preflight(&site, "2023-07-03"))
    };
    let said = page("status: draft\npublished: 2023-07-04\n");
    for part in [
        "The pack cannot be published yet.",
        "The public will not see the agenda: it is a draft.",
        "Title of 02-plan 02-plan.md waits: the agenda is a draft",
        "Title of 03-costs 03-costs.md kept back: its item is withdrawn",
        "Title of 04-land 04-land.md private, and waits: the agenda is a draft",
    ] {
        assert!(said.contains(part), "expected `{part}` in:\n{said}");
    }
    assert!(!said.contains("goes out on"), "{said}");
    let said = page("status: ready\npublished: 2023-07-04\n");
    for part in [
        "02-plan.md goes out on 4 July 2023",
        "03-costs.md kept back: its item is withdrawn",
        "04-land.md private: members only",
    ] {
        assert!(said.contains(part), "expected `{part}` in:\n{said}");
    }
    let said = page("status: ready\n");
    assert!(said.contains("The public will not see the agenda: nothing says when it goes out."), "{said}");
    assert!(said.contains("02-plan.md waits: nothing says when it goes out"), "{said}");
}

#[test]
fn an_appendix_goes_the_way_of_the_paper_that_lists_it() {
    let with = |status: &str| {
        let plan = format!(
            "---\nkind: briefing-note\ntitle: Plan\nstatus: {status}\nappendices: [02-map]\n---\nSee [[appendix 1]].\n"
        );
        let map = "---\nkind: appendix\nnumber: 1\ntitle: Map\nstatus: ready\n---\nText.\n";
        let site = Site::new().file(&format!("{MEETING}/02-plan.md"), plan).file(&format!("{MEETING}/02-map.md"), map);
        words(&preflight(&site, "2023-07-04 09:00"))
    };
    let said = with("draft");
    assert!(said.contains("02-map.md waits: the paper that lists it is a draft"), "{said}");
    let said = with("ready");
    assert!(said.contains("Appendix 1: Map 02-map.md public since 4 July 2023"), "{said}");
}

#[test]
fn errors_in_other_papers_hold_up_the_pack_too() {
    let note = |name: &str| {
        (format!("briefings/{name}.md"), "---\nkind: briefing-note\ntitle: Note\nstatus: publised\n---\nText.\n")
    };
    let broken = |names: &[&str]| {
        let site = names.iter().map(|name| note(name)).fold(Site::new(), |site, (path, text)| site.file(&path, text));
        let page = preflight(&site, "2023-07-03");
        let said = words(&page);
        assert!(said.contains("The pack cannot be published yet."), "{said}");
        assert!(!said.contains("F05"), "findings elsewhere are counted, not shown: {said}");
        said
    };
    let said = broken(&["one"]);
    assert!(
        said.contains(
            "1 error elsewhere holds up the publication of everything, these papers too: in briefings/one.md."
        ),
        "{said}"
    );
    let said = broken(&["a", "b", "c", "d", "e"]);
    assert!(said.contains("5 errors elsewhere hold up"), "{said}");
    assert!(said.contains("in briefings/a.md, briefings/b.md, briefings/c.md and 2 other files."), "{said}");
}

#[test]
fn what_scrolls_sideways_on_a_phone_can_be_scrolled_with_the_keyboard() {
    let page = preflight(&Site::new(), "2023-07-03");
    let boxes: Vec<&str> = page.split("class=\"scroll\"").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert_eq!(boxes.len(), 4, "items, members, findings, signatures: {boxes:?}");
    for attributes in boxes {
        assert!(attributes.contains("tabindex=\"0\""), "{attributes}");
        let label = attributes.split("aria-labelledby=\"").nth(1).and_then(|rest| rest.split('"').next());
        let label = label.expect("the heading that names the box");
        assert!(page.contains(&format!("<h2 id=\"{label}\">")), "{label}");
    }
}

#[test]
fn a_meeting_without_an_agenda_has_nothing_to_publish() {
    let site = Site::new()
        .without(&format!("{MEETING}/agenda.md"))
        .without(&format!("{MEETING}/02-plan.md"))
        .file(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmeetings: [{date: 2023-07-12}]\nmembers:\n  - {person: N Akhtar, role: chair}\n",
        );
    let said = words(&preflight(&site, "2023-07-03"));
    assert!(said.contains("The public will not see the agenda: there is none yet."), "{said}");
    assert!(said.contains("The pack cannot be published yet."), "{said}");
}

#[test]
fn a_seat_is_called_by_its_post_and_whoever_holds_it() {
    let site = Site::new()
        .file("organisations.yaml", "police: {name: West Example Police}\n")
        .file("bodies/trust.yaml", "name: Housing Trust\nkind: board\nlaw: own-terms\n")
        .file(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmembers:\n  - {organisation: police, post: Superintendent}\n  - {organisation: trust}\n",
        );
    let said = words(&preflight(&site, "2023-07-03"));
    assert!(said.contains("Superintendent, West Example Police member"), "{said}");
    assert!(said.contains("Housing Trust member"), "{said}");
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
