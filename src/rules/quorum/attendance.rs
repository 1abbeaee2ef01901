//! Who the minutes say came, held against who sat on the body that day.

use std::collections::HashMap;

use super::{Sat, TEXT};
use crate::finding::did_you_mean;
use crate::model::Status;
use crate::model::meeting::MeetingState;
use crate::model::{BodyId, Level, PersonId};
use crate::record::{Part, holds_vote};
use crate::rules::phrase::{declared, holder, term};
use crate::rules::{Example, Found, MeetingInHand, Rule, Test};
use crate::text::Spanned;
use crate::text::sentence::listed;

pub(super) const NOT_A_MEMBER: Rule = Rule {
    code: "Q03",
    name: "not-a-member",
    level: Level::Error,
    meaning: "Somebody is recorded as a member who was there or who sent apologies, but was not a member of the body on that day.",
    why: "Only members count towards the quorum and vote. A stranger among them puts in doubt what the meeting decided.",
    source: "Local Government Act 1972, Schedule 12, paragraph 40 (the names of the members present are recorded); the body's membership.",
    remedy: "Put the person under `substitutes` or `others`, correct the name, or add the membership to the body's file.",
    failing: Example::Minutes("presided: N Akhtar\npresent: [N Akhtar, R Thay, J Innes]\napologies: [P Male]\n", TEXT),
    passing: Example::Minutes(
        "presided: N Akhtar\npresent: [N Akhtar, R Thay]\nsubstitutes: [{person: J Innes, for: P Male}]\napologies: [P Male]\n",
        TEXT,
    ),
    test: Test::Meeting(not_a_member),
};

pub(super) const SUBSTITUTE: Rule = Rule {
    code: "Q04",
    name: "substitute",
    level: Level::Warning,
    meaning: "A substitute sits for somebody whose place was not free: one who is no member, who was there, or who sent no apologies; or a member \
              sits as a substitute.",
    why: "A substitute has a vote only in place of a member who is away. Otherwise one seat would vote twice.",
    source: "Convention: the standing orders of most councils on substitute members.",
    remedy: "Correct the names under `substitutes`, or add the member who was away to `apologies`.",
    failing: Example::Minutes(
        "presided: N Akhtar\npresent: [N Akhtar, R Thay]\nsubstitutes: [{person: J Innes, for: P Male}]\n",
        TEXT,
    ),
    passing: Example::Minutes(
        "presided: R Thay\npresent: [R Thay]\nsubstitutes: [{person: J Innes, for: N Akhtar}]\napologies: [P Male, N Akhtar]\n",
        TEXT,
    ),
    test: Test::Meeting(substitute),
};

pub(super) const TWICE: Rule = Rule {
    code: "Q05",
    name: "named-twice",
    level: Level::Error,
    meaning: "The minutes name one person in two ways: as present and among the apologies, as a substitute and among the others, or twice over.",
    why: "Nobody is both there and away. Readers, and whoever counts the quorum, cannot tell which is true.",
    source: "Convention: everyone who attended is recorded once.",
    remedy: "Leave the person where they belong, and take the other entry out.",
    failing: Example::Minutes("presided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\napologies: [P Male]\n", TEXT),
    passing: Example::Minutes(
        "others:\n  - {person: J Innes, as: Ward Councillor, for_minute: 1}\n  - {person: J Innes, as: Ward Councillor, for_minute: 2}\n",
        "## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Its costs {item=3}\n\nThey were too.\n",
    ),
    test: Test::Meeting(twice),
};

pub(super) const MEMBER_AMONG_OTHERS: Rule = Rule {
    code: "Q12",
    name: "member-among-others",
    level: Level::Warning,
    meaning: "Somebody under `others` was a member of the body on that day.",
    why: "A member who was there counts towards the quorum, and their attendance is part of their public record.",
    source: "Convention: members are recorded as members.",
    remedy: "Move the person to `present`, or correct the membership in the body's file.",
    failing: Example::Minutes(
        "presided: N Akhtar\npresent: [N Akhtar, R Thay]\nothers: [{person: P Male, as: Ward Councillor}]\n",
        TEXT,
    ),
    passing: Example::Minutes("others: [{person: J Innes, as: Cabinet Member}]\n", TEXT),
    test: Test::Meeting(member_among_others),
};

pub(super) const NOBODY: Rule = Rule {
    code: "Q13",
    name: "nobody-present",
    level: Level::Warning,
    meaning: "The minutes do not say which members were there.",
    why: "Without their names nobody can tell whether there was a quorum, or who answers for what was decided.",
    source: "Local Government Act 1972, Schedule 12, paragraph 40: the names of the members present at a meeting shall be recorded.",
    remedy: "List the members who were there under `present`, or, where they are not named, the organisations under `represented`.",
    failing: Example::Minutes("present: []\n", TEXT),
    passing: Example::Files(&[
        ("organisations.yaml", "police: {name: Police}\nyouth: {name: Youth Council}\n"),
        (
            "bodies/scrutiny.yaml",
            "name: Safety Board\nkind: board\nlaw: part-va\nseats:\n  - {organisation: police}\n  - {organisation: youth}\nquorum: 2\n",
        ),
        (
            super::MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\n\
             represented: [{organisation: police, number: 2}, {organisation: youth}]\n---\n\
             ## Community Safety Plan {item=3}\n\nThe board considered the plan.\n",
        ),
    ]),
    test: Test::Meeting(nobody),
};

pub(super) const INTEREST_OF_ABSENT: Rule = Rule {
    code: "Q15",
    name: "interest-of-absentee",
    level: Level::Warning,
    meaning: "The minutes record an interest declared by somebody who, by the same minutes, was not there.",
    why: "An interest is declared at the meeting. Either the name or the attendance is wrong, and both are public records.",
    source: "Localism Act 2011, section 31: the duty falls on a member who is present at the meeting.",
    remedy: "Correct the name under `interests`, or add the person to `present`, `substitutes` or `others`.",
    failing: Example::Minutes("interests: [{person: J Innes, interest: A relative works for the police.}]\n", TEXT),
    passing: Example::Minutes(
        "others: [{person: J Innes, as: Ward Councillor}]\ninterests: [{person: J Innes, interest: A relative works for the police.}]\n",
        TEXT,
    ),
    test: Test::Meeting(interest_of_absent),
};

fn not_a_member(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting) else { return };
    let Some(body) = meeting.body() else { return };
    let attendance = &sat.attendance;
    for represented in &sat.minutes.represented {
        let id = &represented.organisation;
        let is_theirs = |own: Option<&Spanned<_>>| own.is_some_and(|own| own.value == id.value);
        let seated = body.seats.iter().any(|seat| is_theirs(Some(&seat.organisation)))
            || attendance.members.iter().any(|member| is_theirs(member.organisation.as_ref()));
        let declared = !body.seats.is_empty() || attendance.members.iter().any(|member| member.organisation.is_some());
        if declared && !seated {
            let known = body.seats.iter().map(|seat| seat.organisation.as_str());
            let members = attendance.members.iter().filter_map(|member| Some(member.organisation.as_ref()?.as_str()));
            let help = did_you_mean(id.as_str(), known.chain(members)).unwrap_or_else(|| {
                "correct the name, list them under `others`, or add the seat to the body's file".to_owned()
            });
            let message = format!("`{}` held no seat on the {} {}", id.value, body.name, sat.day());
            found.at(id.span, message).help(help);
        }
    }
    if !attendance.is_membership_known() {
        return;
    }
    let named = attendance.named.iter().filter(|one| matches!(one.part, Part::Present | Part::Apologies));
    for one in named {
        let id = one.person;
        if !sat.is_known(id) || attendance.membership(id).is_some() {
            continue;
        }
        let there =
            if one.part == Part::Present { "recorded as a member who was present" } else { "among the apologies" };
        let message = format!("`{}` is {there}, but was no member of the {} {}", id.value, body.name, sat.day());
        let today = attendance.members.iter().filter_map(|member| holder(member)).map(PersonId::as_str);
        let help = did_you_mean(id.as_str(), today).unwrap_or_else(|| {
            if one.part == Part::Present {
                "list them under `substitutes`, for the member whose place they took, or under `others`; or add their membership to the body's file"
            } else {
                "take the name out, correct it, or add the membership to the body's file"
            }
            .to_owned()
        });
        let mut told = found.at(id.span, message).help(help);
        let elsewhen = body.members.iter().filter(|member| holder(member) == Some(&id.value));
        for (member, span) in elsewhen.filter_map(|member| Some((member, declared(member)?))) {
            told = told.also(span, format!("{} was a member {}", id.value, term(member.from, member.to)));
        }
    }
}

fn substitute(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting) else { return };
    let Some(body) = meeting.body() else { return };
    let attendance = &sat.attendance;
    let mut taken: HashMap<&PersonId, &Spanned<PersonId>> = HashMap::new();
    for substitute in attendance.substitutes() {
        let (who, member) = (&substitute.person, &substitute.for_member);
        if !sat.is_known(who) || !sat.is_known(member) {
            continue;
        }
        if let Some(own) = attendance.membership(who).filter(|own| holds_vote(own.role)) {
            let message =
                format!("`{}` sits as a substitute, but was a member of the {} {}", who.value, body.name, sat.day());
            let told = found.at(who.span, message).help("list them under `present`, or correct the name");
            if let Some(span) = declared(own) {
                told.also(span, "the membership is declared here");
            }
            continue;
        }
        if attendance.membership(member).is_none() && attendance.is_membership_known() {
            let away = attendance.named.iter().filter(|one| one.part == Part::Apologies).map(|one| one.person.as_str());
            let today = attendance.members.iter().filter_map(|member| holder(member)).map(PersonId::as_str);
            let message = format!(
                "`{}` sits for `{}`, who was no member of the {} {}",
                who.value,
                member.value,
                body.name,
                sat.day()
            );
            let help = did_you_mean(member.as_str(), away.chain(today))
                .unwrap_or_else(|| "name the member whose place was taken".to_owned());
            found.at(member.span, message).help(help);
            continue;
        }
        if let Some(first) = taken.insert(&member.value, who) {
            let message = format!("two substitutes sit for `{}`", member.value);
            found
                .at(who.span, message)
                .also(first.span, "the other")
                .help("name, for each substitute, the member whose place was taken");
            continue;
        }
        let apologies = attendance.parts(member).any(|part| part == Part::Apologies);
        if attendance.parts(member).any(|part| part == Part::Present) && !apologies {
            let message = format!("`{}` sits for `{}`, who was present", who.value, member.value);
            found.at(member.span, message).help("take one of the two out, or list the member under `apologies`");
        } else if !apologies {
            let message = format!("`{}` sits for `{}`, who is not among the apologies", who.value, member.value);
            found.at(member.span, message).help(format!("add `{}` to `apologies`, or correct the name", member.value));
        }
    }
}

fn twice(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting) else { return };
    let mut seen: HashMap<&PersonId, (Part<'_>, &Spanned<PersonId>)> = HashMap::new();
    for one in &sat.attendance.named {
        let Some((part, first)) = seen.get(&one.person.value) else {
            seen.insert(&one.person.value, (one.part, one.person));
            continue;
        };
        // Somebody can come for two items, as a ward councillor does.
        let comes_for_each = matches!(
            (part, one.part),
            (Part::Other(first), Part::Other(second)) if *first != second
        );
        if comes_for_each {
            continue;
        }
        let message = if part.in_words() == one.part.in_words() {
            format!("`{}` is listed twice {}", one.person.value, listing(one.part))
        } else {
            format!("`{}` is {}, and also {}", one.person.value, part.in_words(), one.part.in_words())
        };
        found.at(one.person.span, message).also(first.span, "first here").help("take one of the two out");
    }
}

fn listing(part: Part<'_>) -> &'static str {
    match part {
        Part::Present => "under `present`",
        Part::Substitute(_) => "as a substitute",
        Part::Apologies => "under `apologies`",
        Part::Other(_) => "under `others`",
    }
}

fn member_among_others(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting) else { return };
    let others = sat.attendance.named.iter().filter(|one| matches!(one.part, Part::Other(_)));
    for one in others.filter(|one| sat.attendance.parts(one.person).all(|part| matches!(part, Part::Other(_)))) {
        let Some(member) = sat.attendance.membership(one.person).filter(|member| holds_vote(member.role)) else {
            continue;
        };
        let message = format!("`{}` is listed under `others`, but was a member {}", one.person.value, sat.day());
        let told = found.at(one.person.span, message).help("list members who were there under `present`");
        if let Some(span) = declared(member) {
            told.also(span, "the membership is declared here");
        }
    }
}

fn nobody(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting).filter(|sat| !sat.attendance.says_who_was_there()) else { return };
    // Minutes that are being written may not have come to that yet.
    let common = &sat.paper.head.common;
    if common.status == Status::Draft || !meeting.context.is_head_read(sat.paper) {
        return;
    }
    // Of a meeting that did not take place, another rule says that there can be no minutes.
    if matches!(super::state(meeting), Some(MeetingState::Cancelled | MeetingState::Postponed)) {
        return;
    }
    let body = BodyId::as_str(&meeting.meeting.key.body);
    let message = "these minutes do not say which members were there";
    let members = sat.attendance.members.iter().filter_map(|member| holder(member)).map(|id| format!("`{id}`"));
    let members: Vec<String> = members.take(20).collect();
    let help = if members.is_empty() {
        "list them under `present`, or under `represented` by organisation".to_owned()
    } else {
        format!("list those who came under `present`; by `bodies/{body}.yaml` the members were {}", listed(members))
    };
    found.at(sat.paper.start(), message).help(help);
}

fn interest_of_absent(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting).filter(|sat| sat.attendance.says_who_was_there()) else { return };
    for interest in &sat.minutes.interests {
        let id = &interest.person;
        // One who presided and is not listed was there all the same; of that another rule tells.
        let presided = sat.minutes.presided.as_ref().is_some_and(|own| own.value == id.value);
        if !sat.is_known(id) || presided || sat.attendance.came(id) {
            continue;
        }
        let away = sat.attendance.parts(id).any(|part| part == Part::Apologies);
        let not = if away { "sent apologies" } else { "is not recorded as having been there" };
        let there =
            sat.attendance.named.iter().filter(|one| one.part != Part::Apologies).map(|one| one.person.as_str());
        let help = did_you_mean(id.as_str(), there).unwrap_or_else(|| {
            "correct the name, or add the person to `present`, `substitutes` or `others`".to_owned()
        });
        found.at(id.span, format!("`{}` declared an interest, but {not}", id.value)).help(help);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::quorum::TEXT;
    use crate::rules::quorum::tests::{COMMITTEE, finds, trial};

    #[test]
    fn a_former_member_is_told_with_the_term_that_ended() {
        let found = finds("presided: N Akhtar\npresent: [N Akhtar, R Thay, E Ruane]\n");
        assert_eq!(
            found,
            [
                "Q03 error: `E Ruane` is recorded as a member who was present, but was no member of the Scrutiny Committee on 12 July 2023 \
                 | list them under `substitutes`, for the member whose place they \
                 took, or under `others`; or add their membership to the body's file"
            ]
        );
        let found = finds("presided: N Akhtar\npresent: [N Akhtar, R Thay]\napologies: [E Ruane]\n");
        assert!(found[0].contains("is among the apologies"), "{found:?}");
    }

    #[test]
    fn nobody_is_a_stranger_where_members_are_not_all_named() {
        for members in ["", "members: [{person: N Akhtar, role: chair}, {post: Representative, number: 3}]\n"] {
            let found = trial(members, "presided: N Akhtar\npresent: [N Akhtar, J Innes]\n", TEXT).found("Q");
            assert_eq!(found, Vec::<String>::new(), "{members}");
        }
    }

    #[test]
    fn an_organisation_without_a_seat_is_told() {
        let board = "seats: [{organisation: police}]\nmembers: [{organisation: fire}]\n";
        let found =
            trial(board, "represented: [{organisation: police}, {organisation: fire}, {organisation: youth}]\n", TEXT);
        let found = found.found("Q");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("Q03 error: `youth` held no seat on the Scrutiny Committee"), "{found:?}");
        assert_eq!(
            trial(
                COMMITTEE,
                "presided: N Akhtar\npresent: [N Akhtar, R Thay]\nrepresented: [{organisation: youth}]\n",
                TEXT
            )
            .found("Q"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_substitute_takes_a_free_place() {
        let with = |rest: &str| finds(&format!("presided: N Akhtar\npresent: [N Akhtar, R Thay]\n{rest}"));
        let told = [
            ("substitutes: [{person: J Innes, for: P Male}]\n", "who is not among the apologies"),
            ("substitutes: [{person: J Innes, for: R Thay}]\n", "sits for `R Thay`, who was present"),
            ("substitutes: [{person: J Innes, for: E Ruane}]\n", "who was no member of the Scrutiny Committee"),
            (
                "substitutes: [{person: P Male, for: M Ali}]\napologies: [M Ali]\n",
                "was a member of the Scrutiny Committee",
            ),
            (
                "substitutes: [{person: J Innes, for: P Male}, {person: E Ruane, for: P Male}]\napologies: [P Male]\n",
                "two substitutes sit for `P Male`",
            ),
        ];
        for (head, words) in told {
            let found = with(head);
            assert!(found.len() == 1 && found[0].starts_with("Q04") && found[0].contains(words), "{head}: {found:?}");
        }
        assert_eq!(with("substitutes: [{person: J Innes, for: P Male}]\napologies: [P Male]\n"), Vec::<String>::new());
    }

    #[test]
    fn one_person_is_named_in_one_way() {
        let told = [
            ("present: [N Akhtar, R Thay]\napologies: [R Thay]\n", "`R Thay` is present, and also among the apologies"),
            (
                "present: [N Akhtar, R Thay]\nothers: [{person: R Thay}]\n",
                "`R Thay` is present, and also among the others",
            ),
            ("present: [N Akhtar, R Thay, R Thay]\n", "`R Thay` is listed twice under `present`"),
            (
                "present: [N Akhtar, R Thay]\nsubstitutes: [{person: J Innes, for: P Male}]\napologies: [P Male]\nothers: [{person: J Innes}]\n",
                "`J Innes` is a substitute, and also among the others",
            ),
        ];
        for (head, words) in told {
            let found = finds(&format!("presided: N Akhtar\n{head}"));
            assert!(found.len() == 1 && found[0].starts_with("Q05") && found[0].contains(words), "{head}: {found:?}");
        }
    }

    #[test]
    fn a_member_without_a_vote_may_stand_among_the_others() {
        let others =
            |id: &str| finds(&format!("presided: N Akhtar\npresent: [N Akhtar, R Thay]\nothers: [{{person: {id}}}]\n"));
        assert_eq!(others("M Ali"), Vec::<String>::new());
        assert_eq!(others("E Ruane"), Vec::<String>::new());
        assert!(others("P Male")[0].starts_with("Q12 warning: `P Male` is listed under `others`"));
    }
}
