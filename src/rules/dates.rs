//! Dates and names: whether weekdays, ranges and days are possible, and whether those named held what they are named for.

mod heads;
mod names;
mod next_meeting;
mod offices;
mod places;
#[cfg(test)]
mod tests;
pub(super) mod written;

use super::example::MEETING_AGENDA;
use super::{Example, PaperInHand, Rule, Test};
use crate::document::Run;
use crate::model::Level;
use written::{Written, written};

/// A run that has dates in it: its place among the runs, and the dates.
pub(super) type RunWithDates = (usize, Vec<Written>);

/// The runs of a paper that have dates in them; found once for all rules.
fn dates<'p>(paper: &'p PaperInHand<'_>) -> impl Iterator<Item = (&'p Run, &'p [Written])> {
    let runs: Vec<&Run> = paper.prose.all().collect();
    let all = paper.dates.get_or_init(|| {
        let dates = runs.iter().map(|run| written(&run.text)).enumerate();
        dates.filter(|(_, dates)| !dates.is_empty()).collect()
    });
    all.iter().map(move |(run, dates)| (runs[*run], dates.as_slice()))
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "D01",
        name: "folder-disagrees",
        level: Level::Error,
        meaning: "The head of an agenda or of minutes gives another day, or that of any paper another body, than the folder that it lies in.",
        why: "One of the two is wrong, and nobody can tell which meeting the paper belongs to.",
        source: "Quorate: a meeting's papers lie in `meetings/BODY/DATE/`.",
        remedy: "Leave out `date` and `body`, which the folder says already, or move the paper.",
        failing: Example::Files(&[(
            MEETING_AGENDA,
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ndate: 2023-07-13\ntime: 10:00\nplace: Council House\nitems:\n  \
             - Apologies\n  - Declarations of interest\n  - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
        )]),
        passing: Example::Head("date: 2023-06-30\n", "The plan is here.\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: "D02",
        name: "wrong-weekday",
        level: Level::Error,
        meaning: "A weekday is written beside a date that falls on another weekday.",
        why: "Whoever trusts the one comes on the wrong day of the other.",
        source: "The calendar. Convention: a weekday stands beside a date so that readers can check it.",
        remedy: "Correct the weekday or the date.",
        failing: Example::Text("The plan comes back on Thursday 12th July, 2023.\n"),
        passing: Example::Text(
            "The plan comes back on **Wednesday\n12** July 2023, which is when the Monday group reports. It met on Sunday. 13 July 2023 is the day after.\n",
        ),
        test: Test::Paper(places::weekday),
    },
    Rule {
        code: "D03",
        name: "reversed-range",
        level: Level::Warning,
        meaning: "A range of dates, or the slot of an item, ends before it begins.",
        why: "What a figure covers, or when a meeting takes something, cannot be told from it.",
        source: "Common sense: a range runs from the earlier to the later.",
        remedy: "Correct the end that is wrong; often it is the year.",
        failing: Example::Text("Crime fell between 1st April 2014 and 28th February 2014.\n"),
        passing: Example::Text(
            "The day was moved from 20 July 2023 to 12 July 2023. Crime fell between 1st April 2014 and 28th February 2015, \
             and was lower in April 2014 than in February 2014.\n",
        ),
        test: Test::Paper(places::range),
    },
    Rule {
        code: "D04",
        name: "impossible-date",
        level: Level::Error,
        meaning: "A date is one that no calendar has: a 31 June, a month 13, or a year of three figures.",
        why: "Readers cannot know which day is meant, and a deadline on such a day binds nobody.",
        source: "The Gregorian calendar, in the order of day, month and year that is usual in Britain.",
        remedy: "Correct the day, the month or the year.",
        failing: Example::Text("The minutes of 17/02/201 give a snapshot.\n"),
        passing: Example::Text(
            "The service runs 24/7. In 2022/23 there were 29 cases by 29 February 2024, and file 31/06/123 holds them.\n",
        ),
        test: Test::Paper(places::impossible),
    },
    Rule {
        code: "D05",
        name: "no-next-meeting",
        level: Level::Advice,
        meaning: "A decision sends something to the next meeting, and the record holds none after it; or the next meeting is said to be on a day when the body does not meet.",
        why: "What was put off is lost if nobody knows to when.",
        source: "Convention: the calendar of meetings is known for the municipal year.",
        remedy: "Put the next meeting under `meetings` in the body's file, or correct the day.",
        failing: Example::Minutes(
            "presided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n",
            "## Apologies {item=1}\n\nNone.\n\n## Declarations of interest {item=2}\n\nNone.\n\n## Community Safety Plan {item=3}\n\n\
             **RESOLVED** that the plan come back to the next meeting.\n",
        ),
        passing: Example::Minutes(
            "presided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n",
            "## Apologies {item=1}\n\nNone.\n\n## Declarations of interest {item=2}\n\nNone.\n\n## Community Safety Plan {item=3}\n\n\
             Members spoke of the next meeting.\n\n**RESOLVED** that the plan go to the next meeting of Cabinet.\n",
        ),
        test: Test::Paper(next_meeting::next_meeting),
    },
    Rule {
        code: "D06",
        name: "no-portfolio-holder",
        level: Level::Warning,
        meaning: "A paper names under `portfolio_holder` an officer's post, or a portfolio that nobody held on that day.",
        why: "The public must be able to tell which elected member answers for the matter.",
        source: "Local Government Act 2000, Part 1A (executive arrangements); the committee model in `offices.yaml`.",
        remedy: "Name the portfolio concerned, or add who held it to `offices.yaml`.",
        failing: Example::Head("portfolio_holder: chief-legal-officer\n", "The plan is here.\n"),
        passing: Example::Files(&[
            (
                "offices.yaml",
                "chief-legal-officer: {title: Chief Legal Officer, kind: officer}\nculture:\n  title: Cabinet Member for Culture\n  kind: portfolio\n  \
                 held_by:\n    - {person: J Innes, to: 2023-05-17}\n    - {person: P Male, from: 2023-07-12}\n",
            ),
            (
                "meetings/scrutiny/2023-07-12/03-plan.md",
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\nportfolio_holder: culture\n---\nThe plan is here.\n",
            ),
        ]),
        test: Test::Paper(offices::portfolio_holder),
    },
    Rule {
        code: "D07",
        name: "did-not-hold-office",
        level: Level::Warning,
        meaning: "Minutes list somebody as the holder of an office that, by `offices.yaml`, somebody else held on that day.",
        why: "Who spoke for the executive must be certain years later.",
        source: "The committee model in `offices.yaml`.",
        remedy: "Correct the person, the office under `as`, or the days in `offices.yaml`.",
        failing: Example::Files(&[
            ("offices.yaml", OFFICES),
            (
                "meetings/scrutiny/2023-07-12/minutes.md",
                "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n\
                 others:\n  - {person: J Innes, as: Cabinet Member for Culture}\n---\n## Apologies {item=1}\n\nNone.\n\n\
                 ## Declarations of interest {item=2}\n\nNone.\n\n## Community Safety Plan {item=3}\n\n**NOTED** the plan.\n",
            ),
        ]),
        passing: Example::Files(&[
            ("offices.yaml", OFFICES),
            (
                "meetings/scrutiny/2023-07-12/minutes.md",
                "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n\
                 others:\n  - {person: J Innes, as: former Cabinet Member for Culture}\n---\n## Apologies {item=1}\n\nNone.\n\n\
                 ## Declarations of interest {item=2}\n\nNone.\n\n## Community Safety Plan {item=3}\n\n**NOTED** the plan.\n",
            ),
        ]),
        test: Test::Meeting(offices::other_attenders),
    },
    Rule {
        code: "D08",
        name: "misspelt-councillor",
        level: Level::Warning,
        meaning: "A councillor is named who is not in `people.yaml`, and whose name is nearly that of one who is.",
        why: "A name misspelt is a vote, an interest or an apology that nobody finds again.",
        source: "The committee model in `people.yaml`.",
        remedy: "Correct the name, or add the councillor to `people.yaml`.",
        failing: Example::Text("Councillors N Akhtar and R They asked about it.\n"),
        passing: Example::Text(
            "Councillors N Akhtar, R Thay and S Thay asked about it, and so did Councillor They and former Councillor R They. \
             Councillor J Innes’s question was noted.\n",
        ),
        test: Test::Paper(names::councillors),
    },
    Rule {
        code: "D09",
        name: "misspelt-body",
        level: Level::Advice,
        meaning: "A body is named in a text by words that are nearly, but not quite, the name in its file.",
        why: "Readers wonder whether two names mean two bodies, and a search finds only one of them.",
        source: "The committee model in `bodies`.",
        remedy: "Write the name as in the body's file, or correct it there.",
        failing: Example::Files(&[
            ("bodies/wellbeing.yaml", "name: Health and Wellbeing Partnership Board\nkind: board\nlaw: own-terms\n"),
            (
                "meetings/scrutiny/2023-07-12/03-plan.md",
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\nThe Health and Wellbeing Partnershp Board saw it.\n",
            ),
        ]),
        passing: Example::Files(&[
            ("bodies/wellbeing.yaml", "name: Health and Wellbeing Partnership Board\nkind: board\nlaw: own-terms\n"),
            (
                "meetings/scrutiny/2023-07-12/03-plan.md",
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\nThe Health & Well-being Partnership Board saw it, and the \
                 Health and Wellbeing Partnership too.\n",
            ),
        ]),
        test: Test::Paper(names::bodies),
    },
    Rule {
        code: "D10",
        name: "dates-out-of-order",
        level: Level::Warning,
        meaning: "Dates in the head of a paper or in the committee model cannot both be right: something was changed after it went out, or ended before it began.",
        why: "Who sat or held office on a day, and which version a paper is, is worked out from these dates.",
        source: "Common sense: things begin before they end, and a paper goes out as it then stands.",
        remedy: "Correct the date that is wrong.",
        failing: Example::Files(&[(
            "work-programmes/scrutiny.md",
            "---\nkind: work-programme\ntitle: Work programme\nbody: scrutiny\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\nupdated: 2023-07-05\nentries:\n  - {date: 2023-07-12, title: Community Safety Plan}\n---\n\
             The programme is here.\n",
        )]),
        passing: Example::Files(&[(
            "work-programmes/scrutiny.md",
            "---\nkind: work-programme\ntitle: Work programme\nbody: scrutiny\nyear: 2023/24\nstatus: published\npublished: 2023-07-04 09:00\nupdated: 2023-07-04\nentries:\n  - {date: 2023-07-12, title: Community Safety Plan}\n---\n\
             The programme is here.\n",
        )]),
        test: Test::Record(heads::order),
    },
];

const OFFICES: &str = "chief-legal-officer: {title: Chief Legal Officer, kind: officer}\nculture:\n  title: Cabinet Member for Culture\n  kind: portfolio\n  \
    held_by:\n    - {person: J Innes, to: 2023-05-17}\n    - {person: P Male, from: 2023-05-18}\n";
