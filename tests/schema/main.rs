//! The JSON Schemas against the reader, the sample and the standard: an editor must never underline what `quorate check`
//! accepts, and should underline what it refuses.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "tests read the sample with the system's own functions, and end where those fail"
)]

mod faults;

use std::fs;
use std::path::Path;

use faults::faults;
use quorate::files::MemoryFolder;
use quorate::finding::{Severity, codes};
use quorate::record;
use quorate::schema::Subject;
use serde_json::Value;

#[test]
fn the_sample_is_valid() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(&content) {
        let entry = entry.expect("an entry");
        let path = entry.path().strip_prefix(&content).expect("within").to_string_lossy().replace('\\', "/");
        if path.ends_with(".yaml") || path.ends_with(".md") {
            let text = fs::read_to_string(entry.path()).expect("a text");
            assert_eq!(faults(&path, &text), [""; 0], "{path}");
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} files of the sample were seen");
}

#[test]
fn every_schema_is_one_by_the_standard() {
    let mut names: Vec<String> = Subject::all().into_iter().map(Subject::name).collect();
    for subject in Subject::all() {
        let schema = subject.schema();
        if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
            panic!("{}: {error}", subject.name());
        }
        jsonschema::draft202012::new(&schema).expect("every reference leads to a definition");
        assert_eq!(Subject::from_name(&subject.name()), Some(subject));
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), Subject::all().len(), "two schemas have one name");
}

#[test]
fn every_key_is_described() {
    fn walk(schema: &Value, place: &str, seen: &mut usize) {
        match schema {
            Value::Object(keywords) => {
                for (keyword, value) in keywords {
                    let place = format!("{place}/{keyword}");
                    match value {
                        // Conditions are not shown to anybody.
                        _ if keyword == "if" => {}
                        Value::Object(properties) if keyword == "properties" => {
                            for (key, property) in properties {
                                let about = property.get("description").and_then(Value::as_str).unwrap_or("");
                                assert!(about.len() > 3 && !about.contains("[`"), "{place}/{key}: {about:?}");
                                walk(property, &format!("{place}/{key}"), seen);
                                *seen += 1;
                            }
                        }
                        other => walk(other, &place, seen),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| walk(value, place, seen)),
            _ => {}
        }
    }
    for subject in Subject::all() {
        let mut seen = 0;
        walk(&subject.schema(), &subject.name(), &mut seen);
        assert!(seen > 0, "{}", subject.name());
    }
}

/// Files on which the reader and the schemas must be of one mind: where they would lie, and what they say.
const FINE: &[(&str, &str)] = &[
    ("authority.yaml", "name: A\nkind: parish-council\nnation: wales\ncontacts:\naccessibility: {known_issues: One}\n"),
    ("authority.yaml", "name: 1984\nkind: Parish-Council\nnation: ENGLAND\nbanner:\n"),
    ("glossary.yaml", "ASB: Anti-social behaviour\nCSE: {meaning: Child, note: A longer one}\nNUM: 101\nYES: yes\n"),
    ("people.yaml", "A Able: {kind: councillor, ward: 3}\nB Beta:\n  kind: co-opted\n  party:\n"),
    ("offices.yaml", "a: {title: A, kind: officer, held_by: {person: A Able, from: 2023-04-19}}\n"),
    ("bodies/b.yaml", "name: B\nkind: board\nlaw: own-terms\nquorum: 3\npapers_out: 5 clear days before\n"),
    ("bodies/b.yaml", "name: B\nkind: board\nlaw: own-terms\nquorum: One Quarter\nworks_with: b\nseats: []\n"),
    (
        "bodies/b.yaml",
        "name: B\nkind: board\nlaw: own-terms\nquorum: {all: community, and: 6 other, including: chair}\n",
    ),
    (
        "bodies/b.yaml",
        "name: B\nkind: board\nlaw: own-terms\nquorum: 1/3\nmeetings: [{date: 2023-09-20, time: 9:30}]\n",
    ),
    (
        "returns/a/form.yaml",
        "title: F\nfunder: G\nyear: 2016/17\nquarter: \"2\"\npublished: 2016-11-01 09:00\nquestions: {1: What?, 2: Why?}\n",
    ),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: 2023\nwards: all\nauthors: {post: Chief}\nnumbering: off\ninvented: Yes\n---\n",
    ),
    ("papers/b/a.md", "---\nkind: Letter\ntitle: true\nfrom: A\nto: B\nexempt: {paragraphs: 3}\nimplications:\n---\n"),
    (
        "meetings/b/2023-07-12/agenda.md",
        "---\nkind: agenda\ntime: 10:00\nitems:\n  - One\n  - 2\n  - Minutes:\n      - To agree\n      - {title: x, papers: y}\n\
         \x20 - {title: Four, number: 4, withdrawn: true, items: {title: a}}\nprivate: []\n---\n",
    ),
    ("meetings/b/2023-07-12/agenda.md", "---\nkind: agenda\ntype: URGENT\nstate: held\nitems: A single item\n---\n"),
    (
        "meetings/b/2023-07-12/minutes.md",
        "---\nkind: minutes\npresent: A Able\nclosed: 12:30:00\nfollow_ups: [{minute: 3, what: x, state: Done}]\n\
         interests: {person: A, interest: B}\npublic_summaries: {3: A sentence}\n---\n",
    ),
    ("papers/b/a.md", "---\nkind: appendix\ntitle: A\nnumber: 1a\n---\n"),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```year-on-year\ncaption: C\nfrom: 2013\nto: 2014/15\nstable_within: 0.5\n\
         better: Down\nrows:\n  - {measure: TRC, from: \"21,209\", to: 21097}\n  - {Measure: x, from: 1, to: 2, better:}\n```\n",
    ),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```spending\ncaption: C\nshow: spent\nmust_equal: {spent: £1234.50}\n\
         rows: [{item: a, spent: 1234.5}]\nas_stated: {row: Total, column: Spent, value: 1234.60%}\nnotes: One.\n```\n",
    ),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\n---\n```organisation-chart\ncaption: C\non: 2016-07-13\n```\n"),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```breakdown\ncaption: C\nperiods: 2013\nshare: No\nshare_places:\ntotals: {2013: \"1,005\"}\n\
         suppress_below: 5\nrows: [{category: a, 2013: <5}, {Category: b, 2013: 1002}]\n```\n",
    ),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```comparison\ncaption: C\nper: 10,000\norder: Highest First\naverage: yes\nplaces: 1\nown: a\n\
         average_as_stated: 83.482\nrows: [{area: a, rate: 1.25}, {area: b, rate: \"[x]\"}]\n```\n",
    ),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```indicator\ncaption: C\nachieved_heading: Done\n\
         rows: [{indicator: a, target: 100%, applicable: 63, achieved: 63}]\n```\n",
    ),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```outcome\ncaption: C\ncounts: [2013, Done]\nof: 2013\ntotal: no\nrows_heading:\n\
         rows: [{period: a, 2013: 5, done: 4}]\n```\n",
    ),
];

const WRONG: &[(&str, &str)] = &[
    ("authority.yaml", "name: A\nkind: parish-council\n"),
    ("authority.yaml", "name: A\nkind: parish\nnation: england\n"),
    ("authority.yaml", "name: [A]\nkind: parish-council\nnation: england\n"),
    ("authority.yaml", "name: A\nkind: parish-council\nnation: england\nwebsit: x\n"),
    ("authority.yaml", "name: A\nkind: parish-council\nnation: england\nname:\n  - x\ncontacts: {a: {telephone: 1}}\n"),
    ("glossary.yaml", "ASB: [x]\n"),
    ("glossary.yaml", "ASB:\n"),
    ("glossary.yaml", "CSE: {meaning: Child, nte: x}\n"),
    ("people.yaml", "A Able: {ward: 3}\n"),
    ("people.yaml", "- A Able\n"),
    ("organisations.yaml", "a: Police\n"),
    ("offices.yaml", "a: {title: A, kind: officer, held_by: {from: 2023-04-19}}\n"),
    ("offices.yaml", "a: {title: A, kind: officer, held_by: {person: A, from: 19/04/2023}}\n"),
    ("bodies/b.yaml", "name: B\nkind: board\nlaw: own-terms\nquorum: most\n"),
    ("bodies/b.yaml", "name: B\nkind: board\nlaw: own-terms\nquorum: {al: community}\n"),
    ("bodies/b.yaml", "name: B\nkind: board\nlaw: own-terms\nquorum: {and: many community}\n"),
    ("bodies/b.yaml", "name: B\nkind: board\nlaw: own-terms\npapers_out: 5\n"),
    ("bodies/b.yaml", "name: B\nkind: board\nlaw: own-terms\nmembers: [{person: A, number: -1}]\n"),
    ("returns/a/form.yaml", "title: F\nfunder: G\nyear: 2016/17\nquarter: second\n"),
    ("papers/b/a.md", "---\ntitle: A\n---\n"),
    ("papers/b/a.md", "---\nkind: raport\ntitle: A\n---\n"),
    ("papers/b/a.md", "---\nkind: report\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle:\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: \" \"\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\nstatus: publised\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\nitems: [One]\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\nnumbering: perhaps\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\nexempt:\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\npublished: 2023-13-01\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\npublished: 2023-12-01 5pm\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\nauthors: [Chief]\n---\n"),
    ("papers/b/a.md", "---\nkind: appendix\ntitle: A\n---\n"),
    ("meetings/b/2023-07-12/agenda.md", "---\nkind: agenda\ntime: noon\n---\n"),
    ("meetings/b/2023-07-12/agenda.md", "---\nkind: agenda\nitems: [Policing: an update]\n---\n"),
    ("meetings/b/2023-07-12/agenda.md", "---\nkind: agenda\nitems: [{title: a, exempt: }]\n---\n"),
    ("meetings/b/2023-07-12/agenda.md", "---\nkind: agenda\nitems: [{}]\n---\n"),
    ("meetings/b/2023-07-12/agenda.md", "---\nkind: agenda\nitems: [{Minutes: [{titel: x}]}]\n---\n"),
    ("meetings/b/2023-07-12/minutes.md", "---\nkind: minutes\nfollow_ups: [{minute: three, what: x}]\n---\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\n---\n```year-on-year\ncaption: C\nfrom: a\nto: b\n```\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\n---\n```spending\nrows: [{item: a, spent: 1}]\n```\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\n---\n```spending\ncaption: C\nrows: {item: a, spent: 1}\n```\n"),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```spending\ncaption: C\nrows: [{item: a, spent: [1]}]\n```\n",
    ),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```spending\ncaption: C\nmust_equal: {spent: 1.005}\nrows: [{item: a, spent: 1}]\n```\n",
    ),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\n---\n```organisation-chart\ncaption: C\nfunding: x\n```\n"),
    ("papers/b/a.md", "---\nkind: report\ntitle: A\n---\n```breakdown\ncaption: C\nrows: [{category: a}]\n```\n"),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```comparison\ncaption: C\norder: lowest\nrows: [{area: a, rate: 1}]\n```\n",
    ),
    (
        "papers/b/a.md",
        "---\nkind: report\ntitle: A\n---\n```outcome\ncaption: C\ncounts: [a]\ntotals: {a: 1.5}\nrows: [{period: a, a: 1}]\n```\n",
    ),
];

/// What the reader says of a file: findings about its form, not about what it names.
fn refused(path: &str, text: &str) -> Vec<String> {
    let folder: MemoryFolder = [(path.to_owned(), text.as_bytes().to_vec())].into_iter().collect();
    let loaded = record::load(&folder).expect("a folder in memory can be read");
    let of_form = loaded.findings.iter().filter(|finding| {
        // What belongs to a file is not beside it, and whether a reason suffices is asked of the record.
        let form = finding.code.starts_with(['F', 'T']) && finding.code != codes::MISPLACED_FILE
            || finding.code == codes::NO_EXEMPT_REASON && finding.message.contains("says nothing");
        form && finding.severity == Severity::Error
            && !finding.message.contains("the content folder has no `authority.yaml`")
    });
    of_form.map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

#[test]
fn the_schemas_accept_what_the_reader_accepts() {
    for (path, text) in FINE {
        assert_eq!(refused(path, text), [""; 0], "the reader refuses {path}:\n{text}");
        assert_eq!(faults(path, text), [""; 0], "a schema refuses {path}:\n{text}");
    }
}

#[test]
fn the_schemas_refuse_what_the_reader_refuses() {
    for (path, text) in WRONG {
        assert_ne!(refused(path, text), [""; 0], "the reader accepts {path}:\n{text}");
        assert_ne!(faults(path, text), [""; 0], "the schemas accept {path}:\n{text}");
    }
}

/// The settings that docs/authoring.md shows name schemas that there are, for the files that they are for.
#[test]
fn the_settings_in_the_handbook_are_right() {
    let handbook = include_str!("../../docs/authoring.md");
    let (_, section) = handbook.split_once("\n## While you type\n").expect("the section");
    let (_, rest) = section.split_once("```json\n").expect("the settings");
    let (settings, _) = rest.split_once("```").expect("their end");
    let settings: Value = serde_json::from_str(settings).expect("JSON");
    let schemas = settings["yaml.schemas"].as_object().expect("schemas");
    for (schema, file) in schemas {
        let name =
            schema.strip_prefix("./schemas/").and_then(|name| name.strip_suffix(".schema.json")).expect("a name");
        assert!(Subject::from_name(name).is_some(), "{schema}");
        let example = file.as_str().expect("a pattern").replace("**", "a").replace('*', "a");
        let example = example.strip_prefix("/content/").or_else(|| example.strip_prefix("content/")).expect("content");
        let title = Subject::from_name(name).map(|subject| subject.schema()["title"].clone()).expect("a title");
        assert_eq!(title, example.replace("/a", "/NAME"), "{schema}");
    }
    assert_eq!(schemas.len(), 7, "one for each file of settings");
}
