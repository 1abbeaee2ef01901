//! References: whether what a paper refers to is there, and what it lists is referred to.

mod citation;
mod family;
mod listed;
mod prose;
#[cfg(test)]
mod tests;

use super::example::MEETING_AGENDA;
use super::{Example, Rule, Test};
use crate::model::Level;

const MINUTES: &str = "meetings/scrutiny/2023-07-12/minutes.md";
const PLAN: &str = "meetings/scrutiny/2023-07-12/03-plan.md";
const APPENDIX: &str = "meetings/scrutiny/2023-07-12/03-appendix-1.md";
const AN_APPENDIX: &str =
    "---\nkind: appendix\nnumber: 1\ntitle: Survey\nstatus: published\n---\nThe survey is here.\n";

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "R01",
        name: "unknown-reference",
        level: Level::Error,
        meaning: "Something is named that does not exist: a paper, a person, a body, an office, an item, a table or a paragraph.",
        why: "A reader who follows the reference finds nothing.",
        source: "Quorate: what stands between `[[` and `]]`, and each id in a head, leads somewhere.",
        remedy: "Correct the name, or add what it names.",
        failing: Example::Text("The funding is in [[funding]].\n"),
        passing: Example::Text("The funding is in [[funding]].\n\nIt comes to £1,000. {#funding}\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: "R02",
        name: "name-given-twice",
        level: Level::Error,
        meaning: "Two things in one paper have the same name.",
        why: "A reference to that name could mean either.",
        source: "Quorate: a name stands for one thing in a paper.",
        remedy: "Give one of the two another name.",
        failing: Example::Text("The first half. {#half}\n\nThe second half. {#half}\n"),
        passing: Example::Text("## Case study\n\nThe first.\n\n## Case study\n\nThe second.\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: "R03",
        name: "unreached-paper",
        level: Level::Warning,
        meaning: "A paper lies in a meeting's folder and no agenda names it, an appendix is listed by no paper, or a footnote is cited nowhere.",
        why: "Nobody who reads the agenda will ever see it.",
        source: "Local Government Act 1972, section 100B: what is open to inspection is the agenda and the reports for it.",
        remedy: "Name the paper under an item, list the appendix under `appendices`, or cite the footnote; or take it away.",
        failing: Example::Files(&[(APPENDIX, AN_APPENDIX)]),
        passing: Example::Files(&[
            (APPENDIX, AN_APPENDIX),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\nappendices: [03-appendix-1]\n---\nThe survey is [[appendix 1]].\n",
            ),
        ]),
        test: Test::Record(listed::unreached),
    },
    Rule {
        code: "R04",
        name: "circle",
        level: Level::Error,
        meaning: "Bodies report to each other in a circle, or a paper issues the text of one that issues another's.",
        why: "A circle has no top, and such a text no first place where it stands.",
        source: "Quorate: bodies form a tree, and `text_of` names the paper that holds the text.",
        remedy: "Leave out `reports_to` for the body at the top, or name the paper that holds the text.",
        failing: Example::Files(&[
            ("bodies/one.yaml", "name: First Board\nkind: board\nlaw: own-terms\nreports_to: two\n"),
            ("bodies/two.yaml", "name: Second Board\nkind: board\nlaw: own-terms\nreports_to: one\n"),
        ]),
        passing: Example::Files(&[
            ("bodies/one.yaml", "name: First Board\nkind: board\nlaw: own-terms\nreports_to: two\nworks_with: two\n"),
            ("bodies/two.yaml", "name: Second Board\nkind: board\nlaw: own-terms\nworks_with: one\n"),
        ]),
        test: Test::WhileReading,
    },
    Rule {
        code: "R05",
        name: "unknown-appendix",
        level: Level::Warning,
        meaning: "A text cites an appendix in words, and neither the paper nor those it belongs with have one of that number.",
        why: "Readers look for it in vain, and nobody can tell whether it was left out or renumbered.",
        source: "Convention: every appendix that a text cites is published with it.",
        remedy: "Correct the number, list the appendix under `appendices`, or write `[[appendix 9]]`, which is checked by itself.",
        failing: Example::Text("The figures are in Appendix 9.\n"),
        passing: Example::Text(
            "The figures are in Appendix 2 of the plan of 2014 and in [Appendix 3](https://www.example.org/3). An appendix a reader can use is to follow.\n",
        ),
        test: Test::Paper(prose::appendices),
    },
    Rule {
        code: "R06",
        name: "unknown-paragraph",
        level: Level::Warning,
        meaning: "A text cites a paragraph or section by a number that it does not have.",
        why: "Numbers change when a paragraph is added, and a citation in words does not follow.",
        source: "Convention: paragraphs are numbered so that they can be cited.",
        remedy: "Correct the number, or give the paragraph a name and cite that: `[[name]]` follows by itself.",
        failing: Example::Text("## Purpose\n\nThe purpose is here.\n\nMore is in paragraph 1.9.\n"),
        passing: Example::Text(
            "## Purpose\n\nMore is in paragraph 1.1, in paragraph 4.2 of the Code, and in the Act, section 9.1. Section 115 applies, and 1.9 percent.\n",
        ),
        test: Test::Paper(prose::paragraphs),
    },
    Rule {
        code: "R07",
        name: "unknown-table-or-figure",
        level: Level::Warning,
        meaning: "A text cites a table or a figure by a number that neither it nor a paper it belongs with has.",
        why: "The evidence for what is said cannot be found.",
        source: "Convention: tables and figures with a caption are numbered through the paper.",
        remedy: "Correct the number, add the table or figure, or say in which other work it stands.",
        failing: Example::Text("More than half were White British (Figure 6).\n"),
        passing: Example::Text(
            "Table 2 shows it, Figure 6 of the census too, and somebody wished to table 3 motions.\n\nTable: First\n\n| Year | Count |\n|---|---|\n| 2022 | 5 |\n\n\
             Table: Second\n\n| Year | Count |\n|---|---|\n| 2023 | 6 |\n",
        ),
        test: Test::Paper(prose::tables_and_figures),
    },
    Rule {
        code: "R08",
        name: "unknown-minute",
        level: Level::Warning,
        meaning: "A text cites a minute by a number that none of the body's minutes of this municipal year and the last has.",
        why: "What was decided, and by whom, cannot be looked up.",
        source: "Convention: minutes are numbered through the municipal year.",
        remedy: "Correct the number, or write `[[minute 55 of 2023-04-19]]`, which says whose it is and is checked by itself.",
        failing: Example::Files(&[
            (MINUTES, MINUTES_OF_JULY),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\nSee minute 55.\n",
            ),
        ]),
        passing: Example::Files(&[
            (MINUTES, MINUTES_OF_JULY),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\n\
                 See minute 3, minute 55 of Cabinet and the minutes of 17 February 2023. It is a 15 minute walk; after ten minutes 30 people came.\n",
            ),
        ]),
        test: Test::Paper(prose::minutes),
    },
    Rule {
        code: "R09",
        name: "uncited-appendix",
        level: Level::Warning,
        meaning: "A paper lists an appendix that neither its text nor another of its appendices ever refers to.",
        why: "Readers are not told what it is for, and one that was replaced may have been left behind.",
        source: "Convention: a text refers to each of its appendices.",
        remedy: "Write `[[appendix 1]]` where the text draws on it, or take it off the list.",
        failing: Example::Files(&[
            (APPENDIX, AN_APPENDIX),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\nappendices: [03-appendix-1]\n---\nThe plan is here.\n",
            ),
        ]),
        passing: Example::Files(&[
            (APPENDIX, AN_APPENDIX),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\nappendices: [03-appendix-1]\n---\nThe plan rests on [a survey](03-appendix-1.md).\n",
            ),
        ]),
        test: Test::Paper(listed::uncited),
    },
    Rule {
        code: "R10",
        name: "minutes-of-another-day",
        level: Level::Error,
        meaning: "An item of an agenda speaks of the minutes of one day, and carries those of another.",
        why: "A meeting might agree minutes that it has not seen.",
        source: "Local Government Act 1972, Schedule 12, paragraph 41: the minutes are signed at the next suitable meeting.",
        remedy: "Correct the day in the item's title, or the paper.",
        failing: Example::Files(&[
            ("meetings/scrutiny/2023-04-19/agenda.md", AGENDA_OF_APRIL),
            ("meetings/scrutiny/2023-04-19/minutes.md", MINUTES_OF_APRIL),
            (
                MEETING_AGENDA,
                "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  - Declarations of interest\n  \
                 - {title: Minutes of the meeting held on 14 March 2023, paper: meetings/scrutiny/2023-04-19/minutes}\n  \
                 - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
            ),
        ]),
        passing: Example::Files(&[
            ("meetings/scrutiny/2023-04-19/agenda.md", AGENDA_OF_APRIL),
            ("meetings/scrutiny/2023-04-19/minutes.md", MINUTES_OF_APRIL),
            (
                MEETING_AGENDA,
                "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  - Declarations of interest\n  \
                 - {title: \"Minutes of 19 April 2023, put off on 14 June 2023\", paper: meetings/scrutiny/2023-04-19/minutes}\n  \
                 - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
            ),
        ]),
        test: Test::Meeting(listed::minutes_of_another_day),
    },
];

const MINUTES_OF_JULY: &str = "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n---\n\
    ## Apologies {item=1}\n\nNone.\n\n## Declarations of interest {item=2}\n\nNone.\n\n## Community Safety Plan {item=3}\n\n**NOTED** the plan.\n";

const AGENDA_OF_APRIL: &str = "---\nkind: agenda\nstatus: published\npublished: 2023-04-11\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  - Declarations of interest\n---\nAnyone may come.\n";

const MINUTES_OF_APRIL: &str = "---\nkind: minutes\nstatus: published\npublished: 2023-07-04\nagreed: 2023-07-12\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n---\n\
    ## Apologies {item=1}\n\nNone.\n\n## Declarations of interest {item=2}\n\nNone.\n";
