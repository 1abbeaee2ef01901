//! The handbook for officers, docs/authoring.md, against the program: every key and every word that the program reads is
//! in it, and every example in it is accepted as it stands.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "tests read the sources with the system's own functions, and end where those fail"
)]

#[path = "schema/faults.rs"]
mod faults;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use quorate::files::MemoryFolder;
use quorate::record;

const HANDBOOK: &str = include_str!("../docs/authoring.md");

/// Which section of the handbook explains the keys of each record of the program.
const SECTIONS: &[(&str, &str)] = &[
    ("Authority", "Who publishes"),
    ("Contact", "Who publishes"),
    ("OwnHoliday", "Who publishes"),
    ("Accessibility", "Who publishes"),
    ("LongEntry", "Words, people"),
    ("Person", "Words, people"),
    ("Organisation", "Words, people"),
    ("Office", "Words, people"),
    ("Tenure", "Words, people"),
    ("Body", "Bodies"),
    ("Seat", "Bodies"),
    ("Membership", "Bodies"),
    ("PlannedMeeting", "Bodies"),
    ("CompoundQuorum", "Bodies"),
    ("Common", "Things every paper shares"),
    ("TableThresholds", "Who publishes"),
    ("PackSettings", "Who publishes"),
    ("RuleSetting", "Checking, and what is known"),
    ("Exempt", "Meetings and agendas"),
    ("Agenda", "Meetings and agendas"),
    ("ItemHead", "Meetings and agendas"),
    ("SupplementaryAgenda", "Supplementary agendas"),
    ("SupplementaryItem", "Supplementary agendas"),
    ("Minutes", "Minutes"),
    ("Substitute", "Minutes"),
    ("OtherAttender", "Minutes"),
    ("Employees", "Minutes"),
    ("Interest", "Minutes"),
    ("FollowUp", "Minutes"),
    ("Represented", "Minutes"),
    ("Vote", "Minutes"),
    ("Report", "Briefing notes"),
    ("Author", "Briefing notes"),
    ("Appendix", "Briefing notes"),
    ("TermsOfReference", "Terms of reference"),
    ("WorkProgramme", "Work programmes"),
    ("ProgrammeEntry", "Work programmes"),
    ("UndatedEntry", "Work programmes"),
    ("OutstandingIssue", "Work programmes"),
    ("MonitoringReturn", "Monitoring returns"),
    ("Form", "Monitoring returns"),
    ("Block", "Generated tables"),
    ("AsStated", "Generated tables"),
    ("YearOnYear", "Generated tables"),
    ("Breakdown", "Generated tables"),
    ("Comparison", "Generated tables"),
    ("Indicator", "Generated tables"),
    ("Outcome", "Generated tables"),
    ("Allocation", "Generated tables"),
    ("FundingSource", "Generated tables"),
    ("Spending", "Generated tables"),
    ("DataTable", "Generated tables"),
    ("LongColumn", "Generated tables"),
    ("Series", "Generated tables"),
    ("PlanTable", "Generated tables"),
    ("MembershipSpec", "Generated tables"),
    ("ChartSpec", "Generated tables"),
    ("FlowBlock", "Generated tables"),
    ("RuleSetting", "Checking, and what"),
];

/// The text below a heading of the handbook that begins with these words, up to the next heading that is not an example's.
fn section(heading: &str) -> &'static str {
    let (mut at, mut start, mut fenced) = (0, None, false);
    for line in HANDBOOK.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```");
        match (line.strip_prefix("## "), start) {
            (Some(words), None) if !fenced && words.starts_with(heading) => start = Some(at),
            (Some(_), Some(start)) if !fenced => return &HANDBOOK[start..at],
            _ => {}
        }
        at += line.len();
    }
    &HANDBOOK[start.unwrap_or_else(|| panic!("no section {heading}"))..]
}

/// Whether a text shows a key: `key` alone, or with a colon behind it.
fn shows(text: &str, key: &str) -> bool {
    let before = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
    text.match_indices(key).any(|(at, _)| {
        let rest = &text[at + key.len()..];
        before(text[..at].chars().next_back()) && (rest.starts_with(':') || rest.starts_with('`'))
    })
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// What the macros `record!` and `words!` declare in the program: for each type, its keys or words.
fn declared(which: &str) -> BTreeMap<String, Vec<String>> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut found = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        for block in text.split(&format!("\n{which}! {{\n")).skip(1) {
            let block = block.split("\n}\n").next().unwrap_or(block);
            let name = block.split(['{', '\n']).find_map(|line| {
                line.trim().strip_prefix("pub struct ").or_else(|| line.trim().strip_prefix("pub enum "))
            });
            let keys = block.lines().map(str::trim).filter(|line| !line.starts_with("//")).filter_map(|line| {
                let (_, rest) = line.split_once('"')?;
                rest.split_once('"').map(|(key, _)| key.to_owned())
            });
            let name = name.expect("a name").trim();
            let other = found.insert(name.to_owned(), keys.collect());
            assert!(other.is_none(), "two types are called {name}, and a JSON Schema could not tell them apart");
        }
    }
    found
}

#[test]
fn every_key_is_in_its_section() {
    let mut missing = Vec::new();
    let records = declared("record");
    assert!(records.len() > 35, "{records:?}");
    for (record, keys) in records {
        let Some((_, heading)) = SECTIONS.iter().find(|(name, _)| *name == record) else {
            missing.push(format!("no section of docs/authoring.md is named for the keys of {record}"));
            continue;
        };
        let text = section(heading);
        missing.extend(
            keys.iter().filter(|key| !shows(text, key)).map(|key| format!("`{key}` of {record} in “{heading}”")),
        );
    }
    assert!(missing.is_empty(), "docs/authoring.md does not explain:\n{}", missing.join("\n"));
}

#[test]
fn every_word_is_in_the_handbook() {
    let enums = declared("words");
    assert!(enums.len() > 12, "{enums:?}");
    for (name, words) in enums {
        for word in words {
            assert!(HANDBOOK.contains(&word), "docs/authoring.md does not name `{word}` of {name}");
        }
    }
}

/// A part of the handbook between two fences, and the words of the first.
struct Example {
    language: String,
    text: String,
}

/// The examples of a section. The blocks of tables stand in the text, four blanks further in.
fn examples(heading: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut open: Option<(usize, Example)> = None;
    for line in section(heading).lines() {
        let indent = line.len() - line.trim_start().len();
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some((indent, Example { language: language.to_owned(), text: String::new() }));
            }
            (Some((outer, _)), Some("")) if indent == *outer => {
                examples.extend(open.take().map(|(_, example)| example));
            }
            (Some((outer, example)), _) => {
                example.text.push_str(line.get(*outer..).unwrap_or(""));
                example.text.push('\n');
            }
            (None, None) => {}
        }
    }
    examples
}

/// What the examples speak of and do not show.
fn beginnings() -> BTreeMap<String, String> {
    let meeting = "meetings/scrutiny-co-ordination-committee/2023-07-12";
    let paper = |title: &str| {
        format!("---\nkind: report\ntitle: {title}\nstatus: published\n---\n## One\n\nText. {{#funding}}\n")
    };
    let body = |name: &str| format!("name: {name}\nkind: board\nlaw: own-terms\n");
    let people = [
        "N Akhtar",
        "M Ali",
        "J Gardiner",
        "P Male",
        "C Miks",
        "AS Khan",
        "J O'Boyle",
        "J Lepoidevin",
        "P Akhtar",
        "K Caan",
    ];
    let files = [
        ("people.yaml".to_owned(), people.map(|name| format!("{name}: {{kind: councillor}}\n")).concat()),
        (
            "organisations.yaml".to_owned(),
            "west-midlands-police: {name: West Midlands Police}\nyouth-council: {name: Youth Council}\n".to_owned(),
        ),
        ("bodies/city-council.yaml".to_owned(), body("City Council")),
        ("bodies/safeguarding-board.yaml".to_owned(), body("Safeguarding Board")),
        ("bodies/scrutiny-co-ordination-committee.yaml".to_owned(), body("Scrutiny Co-ordination Committee")),
        (
            "meetings/scrutiny-co-ordination-committee/2023-04-19/minutes.md".to_owned(),
            "---\nkind: minutes\nstatus: published\nfirst_minute: 55\n---\n## Plan\n\nText.\n".to_owned(),
        ),
        (format!("{meeting}/04-community-safety-plan.md"), paper("Plan")),
        (format!("{meeting}/04-progress-update.md"), paper("Progress")),
        (format!("{meeting}/05-evaluation.md"), paper("Evaluation")),
        (format!("{meeting}/08-purchase-of-land.md"), paper("Land")),
        (
            format!("{meeting}/data/funding-2016-17.csv"),
            "theme,purpose,granted_to,amount\nPlaces,Patrols,Police,\"409,728\"\nPeople,Youth work,Council,82750\n"
                .to_owned(),
        ),
        (
            format!("{meeting}/data/spending-2014-15.csv"),
            "item,theme,allocated,q1,q2\nPatrols,Places,546304.00,200,300\n".to_owned(),
        ),
    ];
    files.into_iter().collect()
}

/// The handbook's examples where they belong, with all that they speak of.
fn handbook_as_content() -> BTreeMap<String, String> {
    let meeting = "meetings/scrutiny-co-ordination-committee/2023-07-12";
    let mut files = beginnings();
    let places: &[(&str, &[&str])] = &[
        ("Who publishes", &["authority.yaml"]),
        ("Words, people", &["glossary.yaml", "people.yaml", "organisations.yaml", "offices.yaml"]),
        ("Bodies", &["bodies/police-and-crime-board.yaml"]),
        ("Meetings and agendas", &["agenda.md"]),
        ("Supplementary agendas", &["supplementary-agenda-1.md"]),
        ("Minutes", &["minutes.md"]),
        ("Briefing notes", &["05-note.md", "05-appendix-1-terms-of-reference.md"]),
        ("Terms of reference", &["terms-of-reference/police-and-crime-board.md"]),
        ("Work programmes", &["work-programmes/scrutiny.md"]),
        ("Monitoring returns", &["returns/2016-17-q2/form.yaml", "returns/2016-17-q2/coventry.md"]),
    ];
    for (heading, paths) in places {
        let mut examples: Vec<Example> = examples(heading);
        examples.retain(|example| example.language == "yaml");
        assert_eq!(examples.len(), paths.len(), "examples in “{heading}”");
        for (example, path) in examples.into_iter().zip(*paths) {
            let path = if path.contains('/') || Path::new(path).extension().is_some_and(|e| e == "yaml") {
                (*path).to_owned()
            } else {
                format!("{meeting}/{path}")
            };
            // The lists of people and of organisations are examples of one; the rest stays.
            let text = files.entry(path).or_default();
            if text.is_empty()
                || !example.text.contains("west-midlands-police: {name") && !example.text.starts_with("N Akhtar")
            {
                *text = example.text;
            }
        }
    }
    let appendix = files[&format!("{meeting}/05-appendix-1-terms-of-reference.md")].replace("number: 1 ", "number: 2 ");
    files.insert(format!("{meeting}/05-appendix-2-chart.md"), appendix);
    let office = "director-of-public-health: {title: Director of Public Health, kind: officer}\n";
    files.entry("offices.yaml".to_owned()).or_default().push_str(office);

    let note = files.entry(format!("{meeting}/05-note.md")).or_default();
    note.push_str("## Tables\n\n");
    for table in examples("Generated tables") {
        let _ = write!(note, "```{}\n{}```\n\n", table.language, table.text);
    }
    note.push_str("A paragraph. {#funding}\n\n");
    for reference in references() {
        let _ = write!(note, "See {reference}.\n\n");
    }
    let agenda = files.entry(format!("{meeting}/agenda.md")).or_default();
    *agenda = agenda.replace("private:", "  - {title: Others, papers: [05-note, 05-evaluation]}\nprivate:");
    files
}

/// The references that the handbook lists, with those of their words that stand for others filled in.
fn references() -> Vec<String> {
    let text = section("The text");
    let references = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
    references
        .map(|(reference, _)| {
            let reference = reference.replace("BODY", "scrutiny-co-ordination-committee");
            format!("[[{}]]", reference.replace("appendix 9", "appendix 1"))
        })
        .collect()
}

#[test]
fn every_example_is_accepted_as_it_stands() {
    let files = handbook_as_content();
    assert!(references().len() >= 11, "{:?}", references());
    let folder: MemoryFolder = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    let loaded = record::load(&folder).expect("a folder in memory can be read");
    let findings: Vec<String> = loaded
        .findings
        .iter()
        .map(|finding| {
            let line = loaded.sources.place(finding.primary.span);
            format!("{line}: {} ({})", finding.message, finding.help.as_deref().unwrap_or(""))
        })
        .collect();
    for (path, text) in files.iter().filter(|(path, _)| !path.ends_with(".csv")) {
        assert_eq!(faults::faults(path, text), [""; 0], "an editor would underline {path} in docs/authoring.md");
    }
    assert!(findings.is_empty(), "examples in docs/authoring.md are not accepted:\n{}", findings.join("\n"));
}
