//! The examples of rules: small papers in which a rule finds something, or nothing.
//!
//! Each example is laid over a base of files that is clean: an authority, one committee with three members, and one meeting
//! whose agenda carries one briefing note. So an example shows only what it is about.

use std::collections::BTreeMap;

use crate::calendar::Moment;
use crate::files::MemoryFolder;

/// Papers for a rule to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// The text of a briefing note.
    Text(&'static str),
    /// Keys added to the head of a briefing note, and its text.
    Head(&'static str, &'static str),
    /// Keys added to the head of the meeting's minutes, and their text. Left out: `first_minute` is 1, all three members are
    /// there, and minutes that name no item answer the one with the plan.
    Minutes(&'static str, &'static str),
    /// Whole files, by path. One with no text takes the base's file away.
    Files(&'static [(&'static str, &'static str)]),
}

/// The folder of the base's meeting.
pub const MEETING: &str = "meetings/scrutiny/2023-07-12";

/// The agenda of the base's meeting.
pub(super) const MEETING_AGENDA: &str = "meetings/scrutiny/2023-07-12/agenda.md";

/// What is always there.
const BASE: &[(&str, &str)] = &[
    (
        "authority.yaml",
        "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  governance: {name: Governance Services}\n",
    ),
    ("glossary.yaml", "ASB: Anti-social behaviour\n"),
    (
        "people.yaml",
        "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nP Male: {kind: councillor}\nJ Innes: {kind: councillor}\n",
    ),
    ("offices.yaml", "chief-legal-officer: {title: Chief Legal Officer, kind: officer}\n"),
    (
        "bodies/scrutiny.yaml",
        "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  - {person: N Akhtar, role: chair}\n  \
         - {person: R Thay, role: deputy chair}\n  - {person: P Male}\n",
    ),
    (
        MEETING_AGENDA,
        "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  \
         - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
    ),
    (
        PAPER,
        "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\nThe plan is here.\n",
    ),
];

const PAPER: &str = "meetings/scrutiny/2023-07-12/03-plan.md";
const MINUTES: &str = "meetings/scrutiny/2023-07-12/minutes.md";

/// The base, with files laid over it.
pub(super) fn over_base(laid_over: impl IntoIterator<Item = (String, String)>) -> MemoryFolder {
    let mut files: BTreeMap<String, String> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for (path, text) in laid_over {
        if text.is_empty() {
            files.remove(&path);
        } else {
            files.insert(path, text);
        }
    }
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

/// Minutes of which no heading says what it answers all answer the item that carries the plan.
fn answering(text: &str) -> String {
    if text.contains("item=") {
        return text.to_owned();
    }
    let line = |line: &str| {
        let plain = line.starts_with("## ") && !line.trim_end().ends_with('}');
        if plain { format!("{} {{item=3}}\n", line.trim_end()) } else { line.to_owned() }
    };
    text.split_inclusive('\n').map(line).collect()
}

impl Example {
    /// The files that the example is about, by path: all but the base.
    pub fn files(&self) -> BTreeMap<String, String> {
        let one = |path: &str, text: String| BTreeMap::from([(path.to_owned(), text)]);
        match self {
            Self::Text(text) => Self::Head("", text).files(),
            Self::Head(head, text) => {
                let common = "kind: briefing-note\ntitle: Community Safety Plan\nstatus: published\n";
                let background = if head.contains("background_papers:") { "" } else { "background_papers: none\n" };
                one(PAPER, format!("---\n{common}{background}{head}---\n{text}"))
            }
            Self::Minutes(head, text) => {
                let common = "kind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\n";
                let there = if head.contains("present:") || head.contains("represented:") {
                    ""
                } else {
                    "presided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n"
                };
                one(MINUTES, format!("---\n{common}{there}{head}---\n{}", answering(text)))
            }
            Self::Files(files) => files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        }
    }

    /// The whole content folder: the base, with the example laid over it.
    pub fn folder(&self) -> MemoryFolder {
        over_base(self.files())
    }

    /// The present moment in all examples: some weeks after the base's meeting.
    pub fn now() -> Moment {
        Moment::parse("2023-08-01 12:00").unwrap_or_else(|| Moment::from(chrono::NaiveDate::MIN))
    }
}
