//! Form of the files: whether they can be read, and hold what a file of their kind holds. All of it is found while reading.

use super::{Example, Rule, Test};
use crate::finding::codes;
use crate::model::Level;

/// The briefing note of the examples.
const NOTE: &str = "meetings/scrutiny/2023-07-12/03-plan.md";

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: codes::UNREADABLE,
        name: "unreadable",
        level: Level::Error,
        meaning: "A file cannot be read: it is not UTF-8 text, or its YAML is not well formed, or it is nested beyond all \
                  measure.",
        why: "Whatever a file that cannot be read says would be missing from the pack, and nobody would know.",
        source: "YAML 1.2 (yaml.org/spec/1.2.2) and UTF-8 (RFC 3629).",
        remedy: "Mend the line that is shown. A text with a colon and a space in it, or with ` #`, stands in straight \
                 quotation marks; tabs become spaces; a file in another encoding is saved again as UTF-8.",
        failing: Example::Files(&[(
            NOTE,
            "---\nkind: briefing-note\ntitle: Community Safety: the plan\nstatus: published\nbackground_papers: none\n---\n\
             The plan is here.\n",
        )]),
        passing: Example::Files(&[(
            NOTE,
            "---\nkind: briefing-note\ntitle: \"Community Safety: the plan\"\nstatus: published\n\
             background_papers: none\n---\nThe plan is here.\n",
        )]),
        test: Test::WhileReading,
    },
    Rule {
        code: codes::UNKNOWN_KEY,
        name: "unknown-key",
        level: Level::Error,
        meaning: "A file has a key that files of its kind do not have.",
        why: "A misspelt key is passed over in silence by most programs: a paper thought to be withheld until noon would go \
              out at once.",
        source: "Quorate: the keys of each kind of file are listed in docs/authoring.md.",
        remedy: "Write the key as it is suggested, or take it out.",
        failing: Example::Head("sumary: What the plan is for.\n", "The plan is here.\n"),
        passing: Example::Head("summary: What the plan is for.\n", "The plan is here.\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: codes::DUPLICATE_KEY,
        name: "duplicate-key",
        level: Level::Error,
        meaning: "A key stands twice in one place.",
        why: "Only one of two values can count, and which one is a matter of chance.",
        source: "YAML 1.2, section 3.2.1.1: the keys of a mapping are unique.",
        remedy: "Keep the one that is right. Both places are shown.",
        failing: Example::Head("summary: What it is for.\nsummary: What it costs.\n", "The plan is here.\n"),
        passing: Example::Head("summary: What it is for.\nwards: all\n", "The plan is here.\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: codes::MISSING_KEY,
        name: "missing-key",
        level: Level::Error,
        meaning: "A key that must be there is not, or a whole file that must be there.",
        why: "Without it nobody can tell what the paper is, or whose it is.",
        source: "Quorate: docs/authoring.md says which keys are required.",
        remedy: "Add the key with its value. `quorate new` writes files that have all they need.",
        failing: Example::Files(&[(
            NOTE,
            "---\nkind: briefing-note\nstatus: published\nbackground_papers: none\n---\nThe plan is here.\n",
        )]),
        passing: Example::Files(&[(
            "meetings/scrutiny/2023-07-12/agenda.md",
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  \
             - Apologies\n  - Declarations of interest\n  - {title: The plan, paper: 03-plan}\n---\n\
             An agenda needs no title: it has its body and its day.\n",
        )]),
        test: Test::WhileReading,
    },
    Rule {
        code: codes::WRONG_VALUE,
        name: "wrong-value",
        level: Level::Error,
        meaning: "A value is of the wrong type, or not one of those that are possible.",
        why: "A date that is no date, or a status that does not exist, leaves it open whether a paper is public.",
        source: "Quorate: docs/authoring.md lists the values of each key. Dates follow ISO 8601.",
        remedy: "Write one of the values named, or the date as 2023-07-12.",
        failing: Example::Files(&[(
            NOTE,
            "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: publised\nbackground_papers: none\n---\n\
             The plan is here.\n",
        )]),
        passing: Example::Files(&[(
            NOTE,
            "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: Published\nbackground_papers: none\n\
             date: 2023-06-30\n---\nCapitals do not matter.\n",
        )]),
        test: Test::WhileReading,
    },
    Rule {
        code: codes::MISPLACED_FILE,
        name: "misplaced-file",
        level: Level::Error,
        meaning: "A file lies where none of its kind belongs, has a name that cannot become an address, or is a link out of \
                  the content folder.",
        why: "Where a paper lies says which meeting it is for. One that lies elsewhere would belong to no pack, and what \
              lies outside the folder may be anybody's.",
        source: "Quorate: docs/authoring.md shows the folder.",
        remedy: "Move or rename the file as suggested.",
        failing: Example::Files(&[(
            "bodies/minutes.md",
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\n---\n",
        )]),
        passing: Example::Files(&[("README.md", "Notes for ourselves; nothing reads this file.\n")]),
        test: Test::WhileReading,
    },
    Rule {
        code: codes::DUPLICATE,
        name: "duplicate",
        level: Level::Error,
        meaning: "Something that may exist once exists twice: two items with one number, a meeting listed twice, a paper \
                  with a text of its own and another's.",
        why: "Whoever cites the one is sent to the other.",
        source: "Quorate: what is cited by a number or a date has that number or date alone.",
        remedy: "Take one of the two out, or give it a number of its own.",
        failing: Example::Files(&[(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmeetings:\n  - {date: 2023-07-12}\n  \
             - {date: 2023-07-12}\nmembers:\n  - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: deputy chair}\n  \
             - {person: P Male}\n",
        )]),
        passing: Example::Files(&[(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmeetings:\n  - {date: 2023-07-12}\n  \
             - {date: 2023-09-13}\nmembers:\n  - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: deputy chair}\n  \
             - {person: P Male}\n",
        )]),
        test: Test::WhileReading,
    },
];
