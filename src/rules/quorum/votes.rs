//! Votes that were recorded by name.

use std::collections::HashMap;

use super::{Sat, TEXT};
use crate::finding::did_you_mean;
use crate::model::meeting::{InterestKind, Vote};
use crate::model::{Level, PersonId};
use crate::record::{Part, sections};
use crate::rules::phrase::quoted;
use crate::rules::{Example, Found, MeetingInHand, Rule, Test};
use crate::text::Spanned;

pub(super) const VOTER: Rule = Rule {
    code: "Q07",
    name: "no-vote-to-cast",
    level: Level::Error,
    meaning: "A recorded vote names somebody who was not there as a member, or whose seat has no vote.",
    why: "Only members who are present can vote. A vote too many can change what was decided.",
    source: "Local Government Act 1972, Schedule 12, paragraph 39(1): questions are decided by the members present and voting.",
    remedy: "Correct the name in the vote, or record the person under `present` or `substitutes`.",
    failing: Example::Minutes(
        "presided: N Akhtar\npresent: [N Akhtar, R Thay]\napologies: [P Male]\nvotes: [{minute: 1, for: [N Akhtar, R Thay], against: [P Male]}]\n",
        TEXT,
    ),
    passing: Example::Minutes(
        "presided: N Akhtar\npresent: [N Akhtar, R Thay]\nsubstitutes: [{person: J Innes, for: P Male}]\napologies: [P Male]\n\
         votes: [{minute: 1, for: [N Akhtar, R Thay], against: [J Innes]}]\n",
        TEXT,
    ),
    test: Test::Meeting(voter),
};

pub(super) const VOTED_TWICE: Rule = Rule {
    code: "Q08",
    name: "vote-miscounted",
    level: Level::Error,
    meaning: "One person is named twice in one vote, or a vote belongs to a minute that these minutes do not have.",
    why: "Each member has one vote on a question, and a reader must be able to find what the question was.",
    source: "Convention: one member, one vote.",
    remedy: "Leave each name in one of `for`, `against` and `abstaining`, and correct `minute`.",
    failing: Example::Minutes("votes: [{minute: 1, for: [N Akhtar, R Thay], abstaining: [R Thay, P Male]}]\n", TEXT),
    passing: Example::Minutes(
        "votes:\n  - {minute: 1, on: The amendment, for: [R Thay], against: [N Akhtar, P Male]}\n  \
         - {minute: 1, on: The motion, for: [N Akhtar, P Male], against: [R Thay]}\n",
        TEXT,
    ),
    test: Test::Meeting(voted_twice),
};

pub(super) const BUDGET: Rule = Rule {
    code: "Q09",
    name: "budget-vote-incomplete",
    level: Level::Warning,
    meaning: "A vote on the budget does not say how a member who was there voted, or that they abstained.",
    why: "The law asks for the name of every member who voted on the budget and which way, so that voters can hold them to it.",
    source: "Local Authorities (Standing Orders) (England) (Amendment) Regulations 2014, SI 2014/165: the minutes record who voted for, against \
             or abstained.",
    remedy: "Add the member to `for`, `against` or `abstaining`. If they had left before the vote, say so in the minutes.",
    failing: Example::Minutes("votes: [{minute: 1, budget: true, for: [N Akhtar], against: [R Thay]}]\n", TEXT),
    passing: Example::Minutes(
        "votes: [{minute: 1, budget: true, for: [N Akhtar], against: [R Thay]}]\n\
         interests: [{person: P Male, interest: Tenant of the council., minute: 1, kind: disclosable}]\n",
        TEXT,
    ),
    test: Test::Meeting(budget),
};

pub(super) const INTEREST: Rule = Rule {
    code: "Q10",
    name: "voted-with-an-interest",
    level: Level::Error,
    meaning: "A member voted on a matter in which they had declared a disclosable pecuniary interest, and no dispensation is recorded.",
    why: "To take part in such a vote without reasonable excuse is a criminal offence, and the decision can be challenged.",
    source: "Localism Act 2011, sections 31(4), 33 and 34.",
    remedy: "Check who voted. If the member had leave to vote, write `dispensation: true` with the interest.",
    failing: Example::Minutes(
        "votes: [{minute: 1, for: [N Akhtar, P Male], against: [R Thay]}]\n\
         interests: [{person: P Male, interest: Owns the land., minute: 1, kind: disclosable}]\n",
        TEXT,
    ),
    passing: Example::Minutes(
        "votes: [{minute: 1, for: [N Akhtar, P Male], against: [R Thay]}]\ninterests:\n  \
         - {person: P Male, interest: Owns the land., minute: 1, kind: disclosable, dispensation: true}\n  \
         - {person: R Thay, interest: Lives nearby., minute: 1}\n",
        TEXT,
    ),
    test: Test::Meeting(interest),
};

/// Everybody whom a vote names, with the key under which they stand.
fn voters(vote: &Vote) -> impl Iterator<Item = (&'static str, &Spanned<PersonId>)> {
    let of = |key: &'static str| move |person| (key, person);
    let votes_for = vote.votes_for.iter().map(of("for"));
    votes_for.chain(vote.against.iter().map(of("against"))).chain(vote.abstaining.iter().map(of("abstaining")))
}

fn voter(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting).filter(|sat| sat.attendance.named.iter().any(|one| one.part.sits())) else {
        return;
    };
    for (_, id) in sat.minutes.votes.iter().flat_map(voters) {
        if !sat.is_known(id) {
            continue;
        }
        let why = if sat.attendance.sat(id) {
            if sat.attendance.could_vote(id) {
                continue;
            }
            "has a seat without a vote".to_owned()
        } else {
            match sat.attendance.parts(id).next() {
                Some(Part::Apologies) => "sent apologies".to_owned(),
                Some(_) => "was there, but not as a member".to_owned(),
                None => "is not recorded as present".to_owned(),
            }
        };
        let there = sat.attendance.named.iter().filter(|one| one.part.sits()).map(|one| one.person.as_str());
        let there = there.filter(|name| *name != id.as_str());
        let help = did_you_mean(id.as_str(), there).unwrap_or_else(|| {
            "correct the name, or take it out; whoever sat as a member stands under `present` or `substitutes`"
                .to_owned()
        });
        let place = sat.attendance.named.iter().find(|one| one.person.value == id.value);
        let told = found.at(id.span, format!("`{}` is named in a vote, but {why}", id.value)).help(help);
        if let Some(one) = place {
            told.also(one.person.span, "recorded here");
        }
    }
}

fn voted_twice(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting) else { return };
    let (_, sections) = sections(&sat.paper.text.document);
    for vote in &sat.minutes.votes {
        if !sections.iter().any(|section| section.number == vote.minute.value) {
            let help = match (sections.first(), sections.last()) {
                (Some(first), Some(last)) => format!("their numbers run from {} to {}", first.number, last.number),
                _ => "write the minute, with two `#`, or take the vote out".to_owned(),
            };
            found.at(vote.minute.span, format!("these minutes have no minute {}", vote.minute.value)).help(help);
        }
        let mut seen: HashMap<&PersonId, (&str, &Spanned<PersonId>)> = HashMap::new();
        for (key, id) in voters(vote) {
            let Some((first_key, first)) = seen.get(&id.value) else {
                seen.insert(&id.value, (key, id));
                continue;
            };
            let message = if *first_key == key {
                format!("`{}` is listed twice under `{key}` in one vote", id.value)
            } else {
                format!("`{}` is listed under `{first_key}` and under `{key}` in one vote", id.value)
            };
            found.at(id.span, message).also(first.span, "first here").help("leave the name where it belongs");
        }
    }
}

/// Whether somebody had a disclosable interest in the matter of a minute and no leave to vote on it.
fn is_barred(sat: &Sat<'_>, person: &PersonId, minute: u32) -> bool {
    sat.minutes.interests.iter().any(|interest| {
        interest.person.value == *person
            && interest.kind == InterestKind::Disclosable
            && !interest.dispensation
            && interest.minute.as_ref().is_some_and(|own| own.value == minute)
    })
}

fn budget(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting) else { return };
    for vote in sat.minutes.votes.iter().filter(|vote| vote.budget) {
        let named: std::collections::HashSet<&PersonId> = voters(vote).map(|(_, id)| &id.value).collect();
        let silent = sat.attendance.named.iter().filter(|one| {
            one.part.sits()
                && !named.contains(&one.person.value)
                && sat.attendance.could_vote(one.person)
                && !is_barred(&sat, one.person, vote.minute.value)
        });
        let silent: Vec<&Spanned<PersonId>> = silent.map(|one| one.person).collect();
        let Some(first) = silent.first() else { continue };
        let who = quoted(silent.iter().map(|id| id.as_str()));
        let message = format!("this vote on the budget does not say how {who} voted");
        found
            .at(vote.minute.span, message)
            .also(first.span, "recorded as present here")
            .help("add each to `for`, `against` or `abstaining`; of a member who had left, say so in the minutes");
    }
}

fn interest(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some(sat) = Sat::of(meeting) else { return };
    for vote in &sat.minutes.votes {
        for id in vote.votes_for.iter().chain(&vote.against) {
            if !is_barred(&sat, &id.value, vote.minute.value) {
                continue;
            }
            let declared = sat.minutes.interests.iter().filter(|interest| interest.person.value == id.value);
            let message =
                format!("`{}` voted on minute {} with a disclosable interest in it", id.value, vote.minute.value);
            let mut told = found
                .at(id.span, message)
                .help("check who voted; if the member had leave to vote, write `dispensation: true` with the interest");
            for interest in declared {
                told = told.also(interest.person.span, "the interest is declared here");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::quorum::tests::finds;

    fn with(rest: &str) -> Vec<String> {
        finds(&format!(
            "presided: N Akhtar\npresent: [N Akhtar, R Thay, M Ali]\napologies: [P Male]\nothers: [{{person: E Ruane}}]\n{rest}"
        ))
    }

    #[test]
    fn who_votes_was_there_and_has_a_vote() {
        let told = [
            ("votes: [{minute: 1, for: [P Male]}]\n", "Q07 error: `P Male` is named in a vote, but sent apologies"),
            (
                "votes: [{minute: 1, abstaining: [E Ruane]}]\n",
                "Q07 error: `E Ruane` is named in a vote, but was there, but not as a member",
            ),
            (
                "votes: [{minute: 1, for: [J Innes]}]\n",
                "Q07 error: `J Innes` is named in a vote, but is not recorded as present",
            ),
            (
                "votes: [{minute: 1, against: [M Ali]}]\n",
                "Q07 error: `M Ali` is named in a vote, but has a seat without a vote",
            ),
            (
                "votes: [{minute: 2, for: [R Thay]}]\n",
                "Q08 error: these minutes have no minute 2 | their numbers run from 1 to 1",
            ),
            (
                "votes: [{minute: 1, for: [R Thay, R Thay]}]\n",
                "Q08 error: `R Thay` is listed twice under `for` in one vote",
            ),
            (
                "votes: [{minute: 1, for: [R Thay], against: [R Thay]}]\n",
                "Q08 error: `R Thay` is listed under `for` and under `against`",
            ),
        ];
        for (head, words) in told {
            let found = with(head);
            assert!(found.len() == 1 && found[0].starts_with(words), "{head}: {found:?}");
        }
        assert_eq!(with("votes: [{minute: 1, for: [R Thay], against: [N Akhtar]}]\n"), Vec::<String>::new());
    }

    #[test]
    fn a_vote_on_the_budget_names_everybody_who_could_vote() {
        let found = with("votes: [{minute: 1, budget: true, for: [R Thay]}]\n");
        assert!(
            found.len() == 1 && found[0].contains("does not say how `N Akhtar` voted"),
            "M Ali has no vote: {found:?}"
        );
        assert_eq!(
            with("votes: [{minute: 1, budget: true, for: [R Thay], abstaining: [N Akhtar]}]\n"),
            Vec::<String>::new()
        );
        assert_eq!(with("votes: [{minute: 1, for: [R Thay]}]\n"), Vec::<String>::new(), "not a budget");
    }

    #[test]
    fn an_interest_bars_from_the_vote_on_its_minute_only() {
        let interest = |more: &str| {
            format!(
                "votes: [{{minute: 1, for: [R Thay], against: [N Akhtar]}}]\ninterests: [{{person: R Thay, interest: Land{more}}}]\n"
            )
        };
        let found = with(&interest(", minute: 1, kind: disclosable"));
        assert!(found.len() == 1 && found[0].starts_with("Q10 error: `R Thay` voted on minute 1"), "{found:?}");
        for free in ["", ", kind: disclosable", ", minute: 1", ", minute: 1, kind: disclosable, dispensation: true"] {
            assert_eq!(with(&interest(free)), Vec::<String>::new(), "{free}");
        }
    }
}
