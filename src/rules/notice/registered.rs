//! What is to be said of each rule about notice.

use super::checks;
use crate::model::Level;
use crate::rules::{Example, Rule, Test};

const AGENDA: &str = "meetings/scrutiny/2023-07-12/agenda.md";
const SUPPLEMENT: &str = "meetings/scrutiny/2023-07-12/supplementary-agenda-1.md";
const SURVEY: (&str, &str) = (
    "meetings/scrutiny/2023-07-12/03-survey.md",
    "---\nkind: briefing-note\ntitle: Survey of residents\nstatus: published\nbackground_papers: none\n---\nResidents were asked.\n",
);
const SUPPLEMENT_WITH_REASON: (&str, &str) = (
    SUPPLEMENT,
    "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-07\nnumber: 1\nlate_reason: The survey closed on 6 July.\n\
     items:\n  - {item: 3, papers: [03-survey]}\n---\nHere is the survey.\n",
);
const MINUTES: &str = "meetings/scrutiny/2023-07-12/minutes.md";

pub(in crate::rules) const RULES: &[Rule] = &[
    Rule {
        code: "N01",
        name: "late-agenda",
        level: Level::Error,
        meaning: "The agenda went out, or is to go out, with fewer clear days before the meeting than the law asks for, and no reason \
                  is given.",
        why: "Those who want to come, ask or object need to know in time. Business taken without lawful notice can be challenged.",
        source: "Local Government Act 1972, sections 100A(6) and 100B(3)–(4) and SI 2002/715 (five clear days in England, three in \
                 Wales), Schedule 12, paragraphs 10(2) and 26(2) (parish and community councils: three); SI 2012/2089, regulations 6 and 7, \
                 and SI 2001/2290 (W. 178) (executives); SI 2012/2734 (police and crime panels).",
        remedy: "Publish in time, or hold the meeting later. Where special circumstances make the business urgent, give the chair's \
                 reason as `late_reason`; the minutes must repeat it.",
        failing: Example::Files(&[(
            AGENDA,
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-07\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  \
             - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
        )]),
        passing: Example::Files(&[(
            AGENDA,
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-07\nlate_reason: The grant must be accepted by 14 July.\ntime: 10:00\n\
             place: Council House\nitems:\n  - Apologies\n  - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
        )]),
        test: Test::Meeting(checks::late_agenda),
    },
    Rule {
        code: "N02",
        name: "late-paper",
        level: Level::Error,
        meaning: "A supplementary agenda or a report came after the agenda, with fewer clear days before the meeting than the law asks \
                  for, and no reason is given.",
        why: "A report that nobody could read in time cannot be questioned.",
        source: "Local Government Act 1972, section 100B(3) and (4)(b); SI 2012/2089, regulation 7; SI 2001/2290 (W. 178), regulation 5.",
        remedy: "Give the chair's reason as `late_reason`, in the head of the paper or of the supplementary agenda that brings it, or take \
                 the item at a later meeting.",
        failing: Example::Files(&[
            SURVEY,
            (
                SUPPLEMENT,
                "---\nkind: supplementary-agenda\nstatus: published\npublished: 2023-07-07\nnumber: 1\nitems:\n  \
                 - {item: 3, papers: [03-survey]}\n---\nHere is the survey.\n",
            ),
        ]),
        passing: Example::Files(&[SURVEY, SUPPLEMENT_WITH_REASON]),
        test: Test::Meeting(checks::late_paper),
    },
    Rule {
        code: "N03",
        name: "reason-not-in-minutes",
        level: Level::Warning,
        meaning: "An item or a paper came late for a reason, and the minutes do not repeat the special circumstances.",
        why: "The law lets late business be taken only if the minutes say why it could not wait.",
        source: "Local Government Act 1972, section 100B(4)(b): special circumstances, which shall be specified in the minutes; SI 2012/2089, \
                 regulation 7; SI 2001/2290 (W. 178), regulation 5(4).",
        remedy: "Say in the minute on that item why the chair agreed that it was urgent.",
        failing: Example::Files(&[
            SURVEY,
            SUPPLEMENT_WITH_REASON,
            (
                MINUTES,
                "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, \
                 P Male]\nclosed: 11:00\n---\n## Apologies {item=1}\n\nThere were none.\n\n## Declarations of interest {item=2}\n\nThere were \
                 none.\n\n## Community Safety Plan {item=3}\n\n**NOTED** the plan.\n",
            ),
        ]),
        passing: Example::Files(&[
            SURVEY,
            SUPPLEMENT_WITH_REASON,
            (
                MINUTES,
                "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay, \
                 P Male]\nclosed: 11:00\n---\n## Apologies {item=1}\n\nThere were none.\n\n## Declarations of interest {item=2}\n\nThere were \
                 none.\n\n## Community Safety Plan {item=3}\n\nThe survey of residents had closed on 6 July only.\n\n**NOTED** the plan.\n",
            ),
        ]),
        test: Test::Meeting(checks::reason_not_in_minutes),
    },
    Rule {
        code: "N04",
        name: "agenda-overdue",
        level: Level::Warning,
        meaning: "The last day on which the agenda of a coming meeting could go out in time has passed, and it is not out.",
        why: "From now on the meeting can be held on that day only with the chair's reason, if at all.",
        source: "Local Government Act 1972, section 100B(3) and Schedule 12; SI 2012/2089, regulation 7; or the body's own terms (`papers_out`).",
        remedy: "Publish the agenda with the reason as `late_reason`, or move the meeting; a meeting that will not take place is given \
                 `state: cancelled` or `state: postponed`.",
        failing: Example::Files(&[(
            "meetings/scrutiny/2023-08-08/agenda.md",
            "---\nkind: agenda\nstatus: draft\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n---\nAnyone may come.\n",
        )]),
        passing: Example::Files(&[(
            "meetings/scrutiny/2023-08-09/agenda.md",
            "---\nkind: agenda\nstatus: draft\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n---\nAnyone may come.\n",
        )]),
        test: Test::Meeting(checks::overdue),
    },
    Rule {
        code: "N05",
        name: "own-terms-missed",
        level: Level::Warning,
        meaning: "An agenda or supplementary agenda went out later than the body's own terms (`papers_out`) say, though not later than the \
                  law.",
        why: "Members and partners plan by what the body has promised.",
        source: "The body's terms of reference.",
        remedy: "Publish in time, or give the reason as `late_reason`.",
        failing: Example::Files(&[(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\npapers_out: 10 days\nmembers:\n  - {person: N Akhtar, role: chair}\n  \
             - {person: R Thay, role: deputy chair}\n  - {person: P Male}\n",
        )]),
        passing: Example::Files(&[(
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: own-terms\nquorum: 2\npapers_out: 6 working days\nmembers:\n  \
             - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: deputy chair}\n  - {person: P Male}\n",
        )]),
        test: Test::Meeting(checks::own_terms_missed),
    },
    Rule {
        code: "N06",
        name: "no-time-or-place",
        level: Level::Warning,
        meaning: "A published agenda does not say when the meeting begins, or where it is held.",
        why: "Nobody can come to a meeting without a time and a place.",
        source: "Local Government Act 1972, section 100A(6)(a) and Schedule 12, paragraphs 4(2), 10(2) and 26(2); SI 2012/2089, regulation 6.",
        remedy: "Add `time` and `place` to the agenda's head. For a meeting by video, `place` says so.",
        failing: Example::Files(&[(
            AGENDA,
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nitems:\n  - Apologies\n  \
             - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
        )]),
        passing: Example::Files(&[
            (
                AGENDA,
                "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\nitems:\n  - Apologies\n  \
                 - {title: Community Safety Plan, paper: 03-plan}\n---\nAnyone may come.\n",
            ),
            (
                "bodies/scrutiny.yaml",
                "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  - {person: N Akhtar, role: chair}\n  \
                 - {person: R Thay, role: deputy chair}\n  - {person: P Male}\nmeetings:\n  \
                 - {date: 2023-07-12, time: 10:00, place: Council House, state: held}\n",
            ),
        ]),
        test: Test::Meeting(checks::no_time_or_place),
    },
    Rule {
        code: "N07",
        name: "private-without-notice",
        level: Level::Warning,
        meaning: "Part of a meeting of an executive in England is to be private, and no notice of that, or too short a notice, is on record.",
        why: "The public may say why the meeting should be open, and needs time for it.",
        source: "SI 2012/2089, regulation 5: at least 28 clear days before a private meeting.",
        remedy: "Give the day of the notice as `private_notice` in the agenda's head; if it could not wait, the agreement as `late_reason`.",
        failing: Example::Files(&[
            (AGENDA, PRIVATE_MEETING),
            (
                "bodies/scrutiny.yaml",
                "name: Cabinet\nkind: committee\nlaw: executive\nquorum: 2\nmembers:\n  - {person: N Akhtar, role: chair}\n  \
                 - {person: R Thay, role: deputy chair}\n  - {person: P Male}\n",
            ),
        ]),
        // To a committee that is no executive, the rule does not apply.
        passing: Example::Files(&[(AGENDA, PRIVATE_MEETING)]),
        test: Test::Meeting(checks::private_without_notice),
    },
    Rule {
        code: "N08",
        name: "withdrawn-too-soon",
        level: Level::Warning,
        meaning: "A paper of a meeting was public, and was withdrawn less than six years after the meeting.",
        why: "What a decision rested on must stay open to those who ask about it later.",
        source: "Local Government Act 1972, section 100C(1): six years from the date of the meeting.",
        remedy: "Put the paper back. A correction is published beside what it corrects.",
        failing: Example::Files(&[(
            "meetings/scrutiny/2023-07-12/03-plan.md",
            "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: withdrawn\npublished: 2023-07-04\nbackground_papers: none\n---\nThe plan.\n",
        )]),
        // It was withdrawn before it ever went out.
        passing: Example::Files(&[(
            "meetings/scrutiny/2023-07-12/03-plan.md",
            "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: withdrawn\nbackground_papers: none\n---\nThe plan.\n",
        )]),
        test: Test::Paper(checks::withdrawn_too_soon),
    },
];

const PRIVATE_MEETING: &str = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  \
    - {title: Community Safety Plan, paper: 03-plan}\n  - Exclusion of the press and public\nprivate:\n  \
    - {title: Purchase of land, exempt: {paragraphs: [3], public_interest: The price is not agreed.}}\n---\nAnyone may come.\n";
