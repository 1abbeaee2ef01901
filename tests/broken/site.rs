//! The content folder that cases begin with, and what is found in it.

use std::collections::BTreeMap;

use quorate::calendar::Moment;
use quorate::files::MemoryFolder;
use quorate::finding::Finding;
use quorate::record;
use quorate::rules;
use quorate::text::Sources;

/// The folder of the meeting that is always there.
pub const MEETING: &str = "meetings/scrutiny/2023-07-12";

/// The moment at which cases are looked at unless they say otherwise.
pub const NOW: &str = "2023-08-01 12:00";

/// What is always there: nothing is found in it.
pub const BASE: [(&str, &str); 6] = [
    (
        "authority.yaml",
        "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  \
         governance: {name: Governance Services}\n",
    ),
    ("glossary.yaml", "ASB: Anti-social behaviour\n"),
    ("people.yaml", "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nP Male: {kind: councillor}\n"),
    (
        "bodies/scrutiny.yaml",
        "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  \
         - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: deputy chair}\n  - {person: P Male}\n",
    ),
    (
        "meetings/scrutiny/2023-07-12/agenda.md",
        "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  \
         - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n---\n\
         Anyone may come.\n",
    ),
    (
        "meetings/scrutiny/2023-07-12/03-plan.md",
        "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\n\
         The plan is here.\n",
    ),
];

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The files that are always there.
pub fn base() -> Files {
    BASE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// The files that are always there, and one more or another in the place of one.
pub fn with(path: &str, bytes: impl AsRef<[u8]>) -> Files {
    let mut files = base();
    files.insert(path.to_owned(), bytes.as_ref().to_vec());
    files
}

/// The path of the paper that is always there.
pub fn plan() -> String {
    format!("{MEETING}/03-plan.md")
}

/// The head of a paper in which nothing is wrong, with more keys.
pub fn head(keys: &str) -> String {
    format!("---\nkind: briefing-note\ntitle: Plan\nstatus: published\nbackground_papers: none\n{keys}---\n")
}

/// What is found: in order, with the files for showing it.
pub fn look(files: &Files, now: &str) -> (Vec<Finding>, Sources) {
    let folder: MemoryFolder = files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    let loaded = record::load(&folder).expect("a folder in memory can be read");
    let now = Moment::parse(now).expect("a moment");
    let findings = match &loaded.record {
        Some(record) => rules::check(record, &loaded.sources, loaded.findings, now).findings,
        None => loaded.findings,
    };
    (findings, loaded.sources)
}

/// One finding as a line: `F05 error people.yaml:3 expected …`.
pub fn line(finding: &Finding, sources: &Sources) -> String {
    let source = sources.get(finding.primary.span.source);
    let (number, _) = source.position(finding.primary.span.start);
    format!("{} {} {}:{number} {}", finding.code, finding.severity.word(), source.path, finding.message)
}

/// What is found, a line each.
pub fn lines(files: &Files, now: &str) -> Vec<String> {
    let (findings, sources) = look(files, now);
    findings.iter().map(|finding| line(finding, &sources)).collect()
}
