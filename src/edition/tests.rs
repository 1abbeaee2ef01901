//! An edition that looks ahead, of papers in which something is wrong: what may be private stays away from the public.

use super::*;
use crate::files::MemoryFolder;
use crate::record;

const MEETING: &str = "meetings/scrutiny/2026-07-15";

/// Which papers of the meeting each audience has, by the names of their files.
fn seen(files: &[(&str, &str)], audience: Audience) -> Vec<String> {
    let settings = [
        ("authority.yaml", "name: Example Council\nkind: principal-council\nnation: england\n"),
        ("bodies/scrutiny.yaml", "name: Scrutiny Committee\nkind: committee\nlaw: part-va\n"),
    ];
    let report = "---\nkind: report\ntitle: Land\nstatus: draft\n---\nWords.\n";
    let mut folder: BTreeMap<String, String> =
        settings.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    folder.insert(format!("{MEETING}/03-land.md"), report.to_owned());
    folder.extend(files.iter().map(|(path, text)| (format!("{MEETING}/{path}"), (*text).to_owned())));
    let folder: MemoryFolder = folder.into_iter().collect();
    let record = record::load(&folder).expect("memory does not fail").record.expect("a record");
    let edition = Edition::ahead(&record, audience, Moment::parse("2026-07-01 12:00").expect("a moment"));
    let mut seen: Vec<String> = Vec::new();
    for meeting in edition.meetings.values() {
        for item in meeting.agenda.iter().flat_map(PublishedAgenda::all_items) {
            seen.extend(item.papers.iter().map(|(id, _)| id.to_string()));
        }
    }
    seen.extend(edition.papers.into_keys().map(|id| id.to_string()));
    seen.sort();
    seen.dedup();
    seen
}

#[track_caller]
fn is_for_members_alone(files: &[(&str, &str)]) {
    let land = format!("{MEETING}/03-land");
    assert!(!seen(files, Audience::Public).contains(&land), "the public have it: {files:?}");
    assert!(seen(files, Audience::Members).contains(&land), "members have it not: {files:?}");
}

fn agenda(rest: &str) -> String {
    format!("---\nkind: agenda\nstatus: published\n{rest}---\n")
}

const PRIVATE: &str =
    "private:\n  - {title: Land, paper: 03-land, exempt: {paragraphs: [3], public_interest: Money}}\n";

#[test]
fn somebody_who_has_just_begun_sees_their_paper() {
    let land = format!("{MEETING}/03-land");
    for audience in [Audience::Public, Audience::Members] {
        assert_eq!(seen(&[], audience), [land.as_str()]);
        assert_eq!(seen(&[("agenda.md", &agenda("items:\n  - Apologies\n"))], audience), [land.as_str()]);
    }
}

#[test]
fn what_an_agenda_that_cannot_be_read_may_list_as_private_is_not_for_the_public() {
    is_for_members_alone(&[("agenda.md", &agenda(&format!("items: [\n{PRIVATE}")))]);
    is_for_members_alone(&[("agenda.md", &format!("kind: agenda\n{PRIVATE}"))]);
    is_for_members_alone(&[("agenda.md", &agenda(&PRIVATE.replace("private", "privte")))]);
    is_for_members_alone(&[("agenda.md", &agenda("private:\n  - [Land, 03-land]\n"))]);
    is_for_members_alone(&[("agenda.md", &agenda(PRIVATE)), ("agenda-2.md", &agenda("items:\n  - Apologies\n"))]);
    let second = agenda("items:\n  - Apologies\n");
    is_for_members_alone(&[("agenda.md", &second), ("note.md", "---\nkind: report\ntitle: [\n---\n")]);
}

#[test]
fn the_second_agenda_of_a_meeting_lists_what_it_lists() {
    let land = format!("{MEETING}/03-land");
    let files = [("agenda.md", &*agenda("items:\n  - Apologies\n")), ("old-agenda.md", &*agenda(PRIVATE))];
    assert!(!seen(&files, Audience::Public).contains(&land));
    let letter = "---\nkind: supplementary-agenda\nnumber: 1\nstatus: draft\nreason: Late.\nitems:\n  - {item: 1, papers: [03-land]}\n---\n";
    assert!(!seen(&[("supplementary-1.md", letter)], Audience::Public).contains(&land), "its agenda is not there yet");
}

#[test]
fn who_writes_exempt_means_it_even_if_it_cannot_be_read() {
    for key in ["exempt: yes", "exempt:", "exempt: paragraph 3", "exemt: {paragraphs: [3], public_interest: Money}"] {
        let own = format!("---\nkind: report\ntitle: Land\nstatus: published\n{key}\n---\nWords.\n");
        let listing = agenda("items:\n  - {title: Land, paper: 03-land}\n");
        is_for_members_alone(&[("03-land.md", &own), ("agenda.md", &listing)]);
        let item = format!("items:\n  - title: Land\n    paper: 03-land\n    {key}\n");
        is_for_members_alone(&[("agenda.md", &agenda(&item))]);
        let misread = format!("items:\n  - titel: Land\n    paper: 03-land\n    {key}\n");
        is_for_members_alone(&[("agenda.md", &agenda(&misread))]);
    }
}

#[test]
fn an_appendix_waits_for_the_paper_that_lists_it_to_be_read() {
    let appendix = "---\nkind: appendix\nnumber: 1\ntitle: Prices\nstatus: draft\n---\nWords.\n";
    let of = |land: &str| {
        let files = [("03-land.md", land), ("03-appendix.md", appendix)];
        seen(&files, Audience::Public).contains(&format!("{MEETING}/03-appendix"))
    };
    let head = "---\nkind: report\ntitle: Land\nstatus: draft\n";
    let exempt = "exempt: {paragraphs: [3], public_interest: Money}\n";
    assert!(of(&format!("{head}---\nWords.\n")), "nothing lists it yet");
    assert!(of(&format!("{head}appendices: [03-appendix]\n---\nWords.\n")));
    assert!(!of(&format!("{head}{exempt}appendices: [03-appendix]\n---\nWords.\n")));
    assert!(!of(&format!("{head}{exempt}appendces: [03-appendix]\n---\nWords.\n")));
    assert!(!of(&format!("{head}title: [\n{exempt}appendices: [03-appendix]\n---\nWords.\n")));
    assert!(!of(&format!("{head}status: withdrawn\nappendices: [03-appendix]\n---\nWords.\n")));
}
