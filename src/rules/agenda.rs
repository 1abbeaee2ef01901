//! Agendas: whether each item has its papers, each paper its place, and each number is used once.

mod checks;
mod pages;
#[cfg(test)]
mod tests;

use super::{Example, Rule, Test};
use crate::finding::codes;
use crate::model::Level;

const AGENDA: &str = "meetings/scrutiny/2023-07-12/agenda.md";
const PLAN: &str = "meetings/scrutiny/2023-07-12/03-plan.md";
const SURVEY: (&str, &str) = (
    "meetings/scrutiny/2023-07-12/04-survey.md",
    "---\nkind: report\ntitle: Survey of residents\nstatus: published\nbackground_papers: none\n---\nResidents were asked.\n",
);
const FIGURES: &str = "meetings/scrutiny/2023-07-12/03-appendix-1.md";
const MAP: &str = "meetings/scrutiny/2023-07-12/03-appendix-2.md";

/// The base's agenda with other items after the declarations, or with more in its head.
macro_rules! agenda {
    ($head:literal, $items:literal) => {
        concat!(
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\n",
            $head,
            "items:\n  - Apologies\n  - Declarations of interest\n",
            $items,
            "---\nAnyone may come.\n"
        )
    };
}

/// The base's paper with two appendices.
const WITH_APPENDICES: &str = "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n\
    appendices: [03-appendix-1, 03-appendix-2]\n---\nSee [[appendix 1]] and [[appendix 2]].\n";

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "A01",
        name: "item-without-paper",
        level: Level::Warning,
        meaning: "An item of a published agenda has no paper, and the agenda does not say that it needs none.",
        why: "A reader cannot tell an item without a paper from one whose paper was forgotten.",
        source: "Local Government Act 1972, section 100B(1): the reports for a meeting are open to inspection with its agenda.",
        remedy: "Name the paper under the item; if there is none, such as for an oral report, write `paper: none`.",
        failing: Example::Files(&[(
            AGENDA,
            agenda!("", "  - {title: Community Safety Plan, paper: 03-plan}\n  - Parking in the city centre\n"),
        )]),
        passing: Example::Files(&[
            SURVEY,
            (
                AGENDA,
                agenda!(
                    "",
                    "  - {title: Community Safety Plan, paper: 03-plan}\n  - Survey of residents\n  - {title: Parking in the city centre, paper: \
                     none}\n  - Any other urgent business\n"
                ),
            ),
            (
                "meetings/scrutiny/2023-07-12/supplementary-agenda-1.md",
                "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-04\nnumber: 1\nitems:\n  - {item: 4, papers: \
                 [04-survey]}\n---\nHere is the survey.\n",
            ),
        ]),
        test: Test::Meeting(checks::item_without_paper),
    },
    Rule {
        code: codes::DUPLICATE_ITEM,
        name: "item-number-twice",
        level: Level::Error,
        meaning: "Two items of one agenda have the same number.",
        why: "Minutes and supplementary agendas name items by their numbers: what they say would be said of either, and one of the two may be \
              private.",
        source: "Quorate: an item's number is its address.",
        remedy: "Correct `number`, or leave it out: items number themselves.",
        failing: Example::Files(&[(
            AGENDA,
            agenda!(
                "",
                "  - {title: Community Safety Plan, paper: 03-plan}\n  - {title: Parking, number: 3, paper: none}\n"
            ),
        )]),
        passing: Example::Files(&[(
            AGENDA,
            agenda!(
                "",
                "  - {title: Community Safety Plan, paper: 03-plan}\n  - {title: Parking, number: 3A, paper: none}\n"
            ),
        )]),
        test: Test::WhileReading,
    },
    Rule {
        code: "A03",
        name: "paper-twice",
        level: Level::Warning,
        meaning: "One paper stands under two items of a meeting, or two appendices of one paper have the same number.",
        why: "“Appendix 1” must mean one thing, and a reader of the pack should meet each paper once.",
        source: "Convention of public document packs.",
        remedy: "Keep the paper under the item it was written for; give each appendix a number of its own.",
        failing: Example::Files(&[(
            AGENDA,
            agenda!(
                "",
                "  - {title: Community Safety Plan, paper: 03-plan}\n  - {title: Safety in the parks, paper: 03-plan}\n"
            ),
        )]),
        // An item and one beneath it may rest on the same paper.
        passing: Example::Files(&[(
            AGENDA,
            agenda!(
                "",
                "  - title: Community Safety Plan\n    paper: 03-plan\n    items:\n      - {title: The parks, paper: 03-plan}\n      - The centre\n"
            ),
        )]),
        test: Test::Meeting(checks::paper_twice),
    },
    Rule {
        code: "A05",
        name: "no-background-papers",
        level: Level::Warning,
        meaning: "A report or briefing note for a meeting neither lists its background papers nor says that there are none.",
        why: "The public may read what a report rests on, and can ask only for what it knows of.",
        source: "Local Government Act 1972, section 100D(1); SI 2012/2089, regulation 15; SI 2001/2290 (W. 178), regulation 9.",
        remedy: "Add `background_papers:` with a list, or `background_papers: none`.",
        failing: Example::Files(&[(
            PLAN,
            "---\nkind: report\ntitle: Community Safety Plan\nstatus: published\n---\nThe plan is here.\n",
        )]),
        passing: Example::Files(&[(
            PLAN,
            "---\nkind: report\ntitle: Community Safety Plan\nstatus: published\n---\n## Background papers\n\nThe survey of 2022.\n",
        )]),
        test: Test::Paper(checks::no_background_papers),
    },
    Rule {
        code: "A06",
        name: "pages-of-pack",
        level: Level::Warning,
        meaning: "The pages that items have in the printed pack overlap, run backwards, are not page numbers, or are not those that \
                  the pack has.",
        why: "Members turn to a page in the meeting; a wrong one costs everybody time.",
        source: "Convention of public document packs: one run of pages, in the order of the agenda.",
        remedy: "Correct `pages`, as in `9–14`, or leave it out.",
        failing: Example::Files(&[
            SURVEY,
            (
                AGENDA,
                agenda!(
                    "",
                    "  - {title: Community Safety Plan, paper: 03-plan, pages: 9–14}\n  - {title: Survey, paper: 04-survey, pages: 14–18}\n"
                ),
            ),
        ]),
        passing: Example::Files(&[
            SURVEY,
            (
                AGENDA,
                agenda!(
                    "",
                    "  - {title: Community Safety Plan, paper: 03-plan, pages: Pages 9 - 14}\n  - {title: Survey, paper: 04-survey, pages: To \
                     follow}\n"
                ),
            ),
        ]),
        test: Test::Meeting(checks::pages_of_pack),
    },
    Rule {
        code: "A07",
        name: "member-invited",
        level: Level::Advice,
        meaning: "An agenda invites somebody who is a member of the body on that day.",
        why: "Members are summoned, not invited; either the list of members or that of guests is out of date.",
        source: "Convention; Local Government Act 1972, Schedule 12, paragraph 4(2)(b).",
        remedy: "Take the name out of `invited`, or correct the membership in the body's file.",
        failing: Example::Files(&[(
            AGENDA,
            agenda!("invited: [R Thay]\n", "  - {title: Community Safety Plan, paper: 03-plan}\n"),
        )]),
        passing: Example::Files(&[(
            AGENDA,
            agenda!("invited: [J Innes]\n", "  - {title: Community Safety Plan, paper: 03-plan}\n"),
        )]),
        test: Test::Meeting(checks::member_invited),
    },
    Rule {
        code: "A08",
        name: "appendix-not-out",
        level: Level::Warning,
        meaning: "A paper that is out, or goes out, lists an appendix that is a draft or was withdrawn.",
        why: "The appendix would be missing from the public pack, and the paper cites it.",
        source: "Local Government Act 1972, section 100B(1): what is open to inspection is the whole report.",
        remedy: "Publish the appendix (`status: published`), or take it off the list.",
        failing: Example::Files(&[
            (PLAN, WITH_APPENDICES),
            (FIGURES, "---\nkind: appendix\nnumber: 1\ntitle: Figures\nstatus: published\n---\nFigures.\n"),
            (MAP, "---\nkind: appendix\nnumber: 2\ntitle: Map\nstatus: draft\n---\nMap.\n"),
        ]),
        passing: Example::Files(&[
            (PLAN, WITH_APPENDICES),
            (FIGURES, "---\nkind: appendix\nnumber: 1\ntitle: Figures\nstatus: published\n---\nFigures.\n"),
            (MAP, "---\nkind: appendix\nnumber: 2\ntitle: Map\nstatus: ready\n---\nMap.\n"),
        ]),
        test: Test::Paper(checks::appendix_not_out),
    },
    Rule {
        code: "A09",
        name: "paper-not-out",
        level: Level::Advice,
        meaning: "An item of an agenda that is out, or goes out, names a paper that is still a draft.",
        why: "The paper will not be there when readers follow the agenda.",
        source: "Quorate: a draft never goes out.",
        remedy: "Finish the paper (`status: ready`), or bring it with a supplementary agenda.",
        failing: Example::Files(&[(
            PLAN,
            "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: draft\nbackground_papers: none\n---\nThe plan is here.\n",
        )]),
        passing: Example::Files(&[(
            PLAN,
            "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: ready\nbackground_papers: none\n---\nThe plan is here.\n",
        )]),
        test: Test::Meeting(checks::paper_not_out),
    },
    Rule {
        code: "A10",
        name: "file-of-another-item",
        level: Level::Advice,
        meaning: "Files begin with the numbers of their items, and one begins with the number of another item.",
        why: "Whoever looks for the papers of an item in the folder would take the wrong one.",
        source: "Convention of this folder.",
        remedy: "Rename the file, or name the paper under the item it was meant for.",
        failing: Example::Files(&[
            SURVEY,
            ("meetings/scrutiny/2023-07-12/03-parks.md", PARKS),
            (
                AGENDA,
                agenda!(
                    "",
                    "  - {title: Community Safety Plan, paper: 03-plan}\n  - {title: Survey, paper: 04-survey}\n  - {title: Parks, paper: 03-parks}\n"
                ),
            ),
        ]),
        passing: Example::Files(&[
            SURVEY,
            ("meetings/scrutiny/2023-07-12/03-parks.md", PARKS),
            (
                AGENDA,
                agenda!(
                    "",
                    "  - title: Community Safety Plan\n    items:\n      - {title: The plan, paper: 03-plan}\n      - {title: Parks, paper: 03-parks}\n  \
                     - {title: Survey, paper: 04-survey}\n"
                ),
            ),
        ]),
        test: Test::Meeting(checks::file_of_another_item),
    },
];

const PARKS: &str =
    "---\nkind: report\ntitle: Parks\nstatus: published\nbackground_papers: none\n---\nThe parks are open.\n";
