//! Who presided, and whether they could.

use super::{Sat, TEXT};
use crate::model::Level;
use crate::model::body::Role;
use crate::record::Part;
use crate::rules::phrase::{declared, holder};
use crate::rules::{Example, Found, MeetingInHand, Rule, Test};
use crate::text::sentence::listed;

pub(super) const PRESIDED: Rule = Rule {
    code: "Q06",
    name: "who-presided",
    level: Level::Warning,
    meaning: "Whoever presided is not recorded as having been there, or was neither chair nor deputy chair that day and was not elected to preside.",
    why: "The person in the chair has the casting vote and rules on order. The minutes must show why it was theirs to take.",
    source: "Local Government Act 1972, section 5(2) and Schedule 12, paragraph 39(2); convention for committees and boards.",
    remedy: "Correct `presided` or `present`. If the members elected somebody for this meeting, write `elected_to_preside: true`.",
    failing: Example::Minutes("presided: P Male\npresent: [R Thay, P Male]\napologies: [N Akhtar]\n", TEXT),
    passing: Example::Minutes(
        "presided: P Male\nelected_to_preside: true\npresent: [P Male]\nsubstitutes: [{person: J Innes, for: R Thay}]\napologies: [N Akhtar, R Thay]\n",
        TEXT,
    ),
    test: Test::Meeting(presided),
};

pub(super) const ELECTED_NEEDLESSLY: Rule = Rule {
    code: "Q14",
    name: "needless-election",
    level: Level::Advice,
    meaning: "The minutes say that somebody was elected to preside although the chair was present.",
    why: "The chair presides when there. If the chair stepped down for part of the meeting, readers should be told why.",
    source: "Convention: the chair presides; another member only in the chair's absence.",
    remedy: "Take out `elected_to_preside`, correct `presided`, or say in the minutes why the chair did not preside.",
    failing: Example::Minutes(
        "presided: P Male\nelected_to_preside: true\npresent: [N Akhtar, P Male]\napologies: [R Thay]\n",
        TEXT,
    ),
    passing: Example::Minutes("presided: R Thay\npresent: [N Akhtar, R Thay, P Male]\n", TEXT),
    test: Test::Meeting(elected_needlessly),
};

fn presided(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting).filter(|sat| sat.attendance.says_who_was_there()) else { return };
    let Some(presided) = sat.minutes.presided.as_ref().filter(|id| sat.is_known(id)) else { return };
    let names_members = sat.attendance.named.iter().any(|one| one.part.sits());
    if names_members && !sat.attendance.sat(presided) {
        let how = match sat.attendance.parts(presided).next() {
            Some(Part::Apologies) => "sent apologies",
            Some(_) => "is listed under `others`",
            None => "is not recorded as present",
        };
        found
            .at(presided.span, format!("`{}` presided, but {how}", presided.value))
            .help("add them to `present`, or correct `presided`");
        return;
    }
    let chairs =
        || sat.attendance.members.iter().filter(|member| matches!(member.role, Role::Chair | Role::DeputyChair));
    let unknown = chairs().next().is_none() || chairs().any(|member| member.person.is_none());
    if sat.minutes.elected_to_preside || unknown || chairs().any(|member| holder(member) == Some(&presided.value)) {
        return;
    }
    let who = listed(chairs().filter_map(|member| Some(format!("`{}` was {}", holder(member)?, member.role.word()))));
    let message = format!("`{}` presided, but was neither chair nor deputy chair {}", presided.value, sat.day());
    let help = format!(
        "{who} that day; if the members elected `{}` to preside, write `elected_to_preside: true`",
        presided.value
    );
    let mut told = found.at(presided.span, message).help(help);
    for (member, span) in chairs().filter_map(|member| Some((member, declared(member)?))) {
        told = told.also(span, format!("the {} that day", member.role.word()));
    }
}

fn elected_needlessly(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting).filter(|sat| sat.minutes.elected_to_preside) else { return };
    let Some(presided) = &sat.minutes.presided else { return };
    let chairs = sat.attendance.members.iter().filter(|member| member.role == Role::Chair);
    let mut there = chairs
        .filter_map(|member| holder(member))
        .filter(|chair| **chair == presided.value || sat.attendance.parts(chair).any(|part| part == Part::Present));
    let Some(chair) = there.next() else { return };
    let message = if *chair == presided.value {
        format!("`{chair}` was the chair, and needed no election to preside")
    } else {
        format!("`{}` was elected to preside although the chair, `{chair}`, was present", presided.value)
    };
    found
        .at(presided.span, message)
        .help("take out `elected_to_preside`, or say in the minutes why the chair did not preside");
}

#[cfg(test)]
mod tests {
    use crate::rules::quorum::TEXT;
    use crate::rules::quorum::tests::{COMMITTEE, finds, trial};

    #[test]
    fn whoever_presides_is_there_and_has_the_chair() {
        let told = [
            (
                "presided: P Male\npresent: [R Thay, P Male]\n",
                "Q06 warning: `P Male` presided, but was neither chair nor deputy chair on 12 July 2023",
            ),
            (
                "presided: N Akhtar\npresent: [R Thay, P Male]\n",
                "Q06 warning: `N Akhtar` presided, but is not recorded as present",
            ),
            (
                "presided: N Akhtar\npresent: [R Thay, P Male]\napologies: [N Akhtar]\n",
                "Q06 warning: `N Akhtar` presided, but sent apologies",
            ),
            (
                "presided: N Akhtar\nelected_to_preside: true\npresent: [N Akhtar, P Male]\n",
                "Q14 advice: `N Akhtar` was the chair",
            ),
        ];
        for (head, words) in told {
            let found = finds(head);
            assert!(found.len() == 1 && found[0].starts_with(words), "{head}: {found:?}");
        }
        let help = &finds(told[0].0)[0];
        assert!(help.contains("`N Akhtar` was chair and `R Thay` was deputy chair that day"), "{help}");
        for head in ["presided: R Thay\npresent: [R Thay, P Male]\n", "present: [R Thay, P Male]\n"] {
            assert_eq!(finds(head), Vec::<String>::new(), "{head}");
        }
    }

    #[test]
    fn where_the_chair_is_not_known_nobody_is_called_wrong() {
        for chair in ["", "{post: Independent chair, role: chair}, "] {
            let body = format!("members: [{chair}{{person: R Thay}}, {{person: P Male}}]\n");
            assert_eq!(
                trial(&body, "presided: P Male\npresent: [P Male, R Thay]\n", TEXT).found("Q"),
                Vec::<String>::new()
            );
        }
        let ended = COMMITTEE.replace("role: chair}", "role: chair, to: 2023-07-11}");
        let found = trial(&ended, "presided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n", TEXT).found("Q06");
        assert_eq!(found.len(), 1, "the term ended the day before: {found:?}");
    }
}
