//! Private business: whether it says why, by which law, and whether the public was excluded as that law asks.

mod checks;
#[cfg(test)]
mod tests;

use super::{Example, Rule, Test};
use crate::finding::codes;
use crate::model::Level;

const AGENDA: &str = "meetings/scrutiny/2023-07-12/agenda.md";
const MINUTES: &str = "meetings/scrutiny/2023-07-12/minutes.md";

/// An agenda with a private item, for whose reason these examples differ.
macro_rules! agenda {
    ($exclusion:literal, $exempt:literal) => {
        concat!(
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  \
             - {title: Community Safety Plan, paper: 03-plan}\n",
            $exclusion,
            "private:\n  - {title: Purchase of land",
            $exempt,
            "}\n---\nAnyone may come.\n"
        )
    };
}

/// Minutes of that meeting.
macro_rules! minutes {
    ($head:literal, $third:literal) => {
        concat!(
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P \
             Male]\nclosed: 11:00\n",
            $head,
            "---\n## Apologies {item=1}\n\nThere were none.\n\n## Community Safety Plan {item=2}\n\n**NOTED** the plan.\n\n## Exclusion of the \
             press and public {item=3}\n\n",
            $third,
            "\n\n## Purchase of land {item=4}\n\n**RESOLVED** that the land be bought.\n"
        )
    };
}

const WITH_REASON: &str = agenda!(
    "  - Exclusion of the press and public\n",
    ", exempt: {paragraphs: [3], public_interest: The price is not agreed.}"
);

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: codes::NO_EXEMPT_REASON,
        name: "no-exempt-reason",
        level: Level::Error,
        meaning: "A paper or an item is private, and does not say why the public interest favours that.",
        why: "Public bodies do their business in public. What is kept back is kept back for a reason that everybody can read.",
        source: "Local Government Act 1972, section 100A(4)–(5) and Schedule 12A, paragraphs 10 and 21; SI 2012/2089, regulation 4; Public \
                 Bodies (Admission to Meetings) Act 1960, section 1(2).",
        remedy: "Add `exempt:` with `public_interest:` and a sentence for the public, and, where Schedule 12A applies, the `paragraphs`. If \
                 the business is not private, take `exempt` out, or move the item from `private` to `items`.",
        failing: Example::Files(&[(
            AGENDA,
            agenda!("  - Exclusion of the press and public\n", ", exempt: {paragraphs: [3]}"),
        )]),
        passing: Example::Files(&[(AGENDA, WITH_REASON)]),
        test: Test::WhileReading,
    },
    Rule {
        code: "E02",
        name: "exempt-paragraph",
        level: Level::Error,
        meaning: "The reason for privacy names no paragraph of Schedule 12A where the law asks for one, or a paragraph that does not exist in \
                  this nation, or one at all where the Schedule does not apply.",
        why: "The public may be excluded only for what the law describes; a wrong paragraph makes the resolution open to challenge.",
        source: "Local Government Act 1972, section 100I and Schedule 12A: Part 1, paragraphs 1 to 7, in England (SI 2006/88), Part 4, paragraphs \
                 12 to 18, in Wales (SI 2007/969, W. 86); for parish and community councils, Public Bodies (Admission to Meetings) Act 1960, section 1(2).",
        remedy: "Write the numbers of the paragraphs that apply, as `paragraphs: [3]`; for a parish council, leave `paragraphs` out.",
        failing: Example::Files(&[(
            AGENDA,
            agenda!(
                "  - Exclusion of the press and public\n",
                ", exempt: {paragraphs: [14], public_interest: The price is not agreed.}"
            ),
        )]),
        // The same paragraph is right in Wales.
        passing: Example::Files(&[
            (
                AGENDA,
                agenda!(
                    "  - Exclusion of the press and public\n",
                    ", exempt: {paragraphs: [14], public_interest: The price is not agreed.}"
                ),
            ),
            (
                "authority.yaml",
                "name: Example Council\nkind: principal-council\nnation: wales\ncontacts:\n  governance: {name: Governance Services}\n",
            ),
        ]),
        test: Test::Record(checks::paragraphs),
    },
    Rule {
        code: "E03",
        name: "no-exclusion-item",
        level: Level::Advice,
        meaning: "An agenda has private business, and no item by which the meeting resolves that the public be excluded.",
        why: "The public can be asked to leave only by a resolution, and should see on the agenda when that is to come.",
        source: "Local Government Act 1972, section 100A(4); SI 2012/2089, regulation 4(2)(b); Public Bodies (Admission to Meetings) Act 1960, \
                 section 1(2).",
        remedy: "Add an item such as “Exclusion of the press and public” before the private business.",
        failing: Example::Files(&[(
            AGENDA,
            agenda!("", ", exempt: {paragraphs: [3], public_interest: The price is not agreed.}"),
        )]),
        passing: Example::Files(&[(
            AGENDA,
            agenda!(
                "  - To resolve that members of the public be excluded under section 100A(4)\n",
                ", exempt: {paragraphs: [3], public_interest: The price is not agreed.}"
            ),
        )]),
        test: Test::Meeting(checks::no_exclusion_item),
    },
    Rule {
        code: "E04",
        name: "exclusion-not-in-minutes",
        level: Level::Warning,
        meaning: "The minutes record a decision on private business, and nowhere that the public was excluded.",
        why: "A decision in private without a resolution to exclude the public was taken in a meeting that the law wanted open.",
        source: "Local Government Act 1972, section 100A(4)–(5); SI 2012/2089, regulation 4; Public Bodies (Admission to Meetings) Act 1960, section \
                 1(2).",
        remedy: "Minute the resolution, with the item it was for and the paragraph that applies.",
        failing: Example::Files(&[
            (
                AGENDA,
                agenda!(
                    "  - Exclusion of the press and public\n",
                    ", exempt: {paragraphs: [3], public_interest: The price is not agreed.}"
                ),
            ),
            (
                MINUTES,
                "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P \
                 Male]\nclosed: 11:00\npublic_summaries:\n  3: The committee decided on a purchase.\n---\n## Apologies {item=1}\n\nThere were none.\n\n## \
                 Community Safety Plan {item=2}\n\n**NOTED** the plan.\n\n## Purchase of land {item=4}\n\n**RESOLVED** that the land be bought.\n",
            ),
        ]),
        passing: Example::Files(&[
            (AGENDA, WITH_REASON),
            (
                MINUTES,
                minutes!(
                    "public_summaries:\n  4: The committee decided on a purchase.\n",
                    "**RESOLVED** that the press and public leave the meeting, since paragraph 3 applies."
                ),
            ),
        ]),
        test: Test::Meeting(checks::exclusion_not_in_minutes),
    },
    Rule {
        code: "E05",
        name: "no-public-summary",
        level: Level::Warning,
        meaning: "A private minute decides something, and the public is given no summary of it.",
        why: "What the public is left with must still be a fair and coherent record of the meeting.",
        source: "Local Government Act 1972, section 100C(2): a written summary, without disclosing the exempt information.",
        remedy: "Add the minute's number and a sentence under `public_summaries` in the head of the minutes.",
        failing: Example::Files(&[
            (AGENDA, WITH_REASON),
            (MINUTES, minutes!("", "**RESOLVED** that the press and public be excluded, since paragraph 3 applies.")),
        ]),
        passing: Example::Files(&[
            (AGENDA, WITH_REASON),
            (
                MINUTES,
                minutes!(
                    "public_summaries:\n  4: The committee decided on a purchase.\n",
                    "**RESOLVED** that the press and public be excluded, since paragraph 3 applies."
                ),
            ),
        ]),
        test: Test::Meeting(checks::no_public_summary),
    },
];
