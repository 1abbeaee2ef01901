//! Whether the memberships that a body's file declares fit together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::long_date;
use crate::model::body::{Membership, Role};
use crate::model::{Body, Level, PersonId};
use crate::rules::phrase::{declared, holder, term};
use crate::rules::{Context, Example, Found, Rule, Test};

pub(super) const TERMS: Rule = Rule {
    code: "Q11",
    name: "terms-clash",
    level: Level::Warning,
    meaning: "A body's file gives it two chairs at a time, gives one person two seats at a time, or ends a membership before it begins.",
    why: "Quorum, votes and attendance are worked out from the memberships; a term that is wrong makes them wrong.",
    source: "Quorate: who sat on a body is known for each day.",
    remedy: "Correct `from` and `to`: the last day of one term is before the first day of the next.",
    failing: Example::Files(&[(
        "bodies/scrutiny.yaml",
        "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  \
         - {person: N Akhtar, role: chair, from: 2022-05-18}\n  - {person: R Thay, role: chair, from: 2023-05-17}\n  - {person: P Male}\n",
    )]),
    passing: Example::Files(&[(
        "bodies/scrutiny.yaml",
        "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  \
         - {person: N Akhtar, role: chair, from: 2022-05-18, to: 2023-05-17}\n  - {person: R Thay, role: chair, from: 2023-05-17}\n  \
         - {person: N Akhtar, from: 2023-05-18}\n  - {person: P Male}\n",
    )]),
    test: Test::Record(terms),
};

fn terms(context: &Context<'_>, found: &mut Found) {
    for body in context.record.model.bodies.values() {
        reversed(body, found);
        let chairs = body.members.iter().filter(|member| member.role == Role::Chair).collect();
        overlapping(chairs, found, |first, second, day| {
            // One person in two terms is told of below.
            let same = holder(first).is_some() && holder(first) == holder(second);
            (!same).then(|| {
                let name =
                    |member| holder(member).map_or_else(|| "somebody not named".to_owned(), |id| format!("`{id}`"));
                format!("{} and {} are both chair on {day}", name(first), name(second))
            })
        });
        let mut by_person: BTreeMap<&PersonId, Vec<&Membership>> = BTreeMap::new();
        for member in &body.members {
            if let Some(id) = holder(member) {
                by_person.entry(id).or_default().push(member);
            }
        }
        for (id, own) in by_person {
            overlapping(own, found, |first, second, day| {
                // One person can sit for two organisations.
                let organisation = |member: &Membership| member.organisation.as_ref().map(|own| own.value.clone());
                let for_two = organisation(first) != organisation(second);
                (!for_two).then(|| format!("`{id}` is a member twice over on {day}"))
            });
        }
    }
}

fn reversed(body: &Body, found: &mut Found) {
    for member in &body.members {
        let (Some(from), Some(to), Some(span)) = (member.from, member.to, declared(member)) else { continue };
        if to < from {
            let message = format!("this membership ends on {}, before it begins on {}", long_date(to), long_date(from));
            found.at(span, message).help("correct `from` or `to`; `to` is the last day");
        }
    }
}

/// Tells of each term that begins while another of the same list lasts. A shared day is the day of handing over: both ends
/// count, and it is no clash.
fn overlapping(
    mut members: Vec<&Membership>,
    found: &mut Found,
    message: impl Fn(&Membership, &Membership, &str) -> Option<String>,
) {
    let begins = |member: &Membership| member.from.unwrap_or(NaiveDate::MIN);
    let ends = |member: &Membership| member.to.unwrap_or(NaiveDate::MAX);
    members.retain(|member| begins(member) <= ends(member));
    members.sort_by_key(|member| begins(member));
    let mut last: Option<&Membership> = None;
    for member in members {
        if let Some(before) = last
            && begins(member) < ends(before)
            && let (Some(span), Some(other)) = (declared(member), declared(before))
        {
            let day = member.from.map_or_else(|| "the same days".to_owned(), long_date);
            if let Some(message) = message(before, member, &day) {
                let label = term(before.from, before.to);
                let label = if label.is_empty() {
                    "this term has no end".to_owned()
                } else {
                    format!("this term runs {label}")
                };
                found.at(span, message).also(other, label).help("end the earlier term with `to`, its last day");
            }
        }
        if last.is_none_or(|before| ends(before) < ends(member)) {
            last = Some(member);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::Papers;

    fn finds(members: &str) -> Vec<String> {
        let body = format!("name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmembers:\n{members}");
        Papers::new().file("bodies/scrutiny.yaml", body).found("Q11")
    }

    #[test]
    fn terms_that_clash_are_told() {
        let told = [
            (
                "  - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: chair}\n",
                "`N Akhtar` and `R Thay` are both chair on the same days",
            ),
            (
                "  - {person: N Akhtar, from: 2023-05-18, to: 2023-05-17}\n",
                "ends on 17 May 2023, before it begins on 18 May 2023",
            ),
            (
                "  - {person: N Akhtar, role: chair}\n  - {person: N Akhtar, from: 2023-05-18}\n",
                "`N Akhtar` is a member twice over on 18 May 2023",
            ),
            (
                "  - {person: N Akhtar, role: chair, from: 2020-01-01, to: 2024-01-01}\n  - {person: R Thay, role: chair, from: 2021-01-01, to: 2021-06-01}\n",
                "both chair on 1 January 2021",
            ),
        ];
        for (members, words) in told {
            let found = finds(members);
            assert!(found.len() == 1 && found[0].contains(words), "{members}: {found:?}");
        }
    }

    #[test]
    fn terms_that_follow_each_other_are_not() {
        for members in [
            "  - {person: N Akhtar, role: chair, to: 2023-05-17}\n  - {person: R Thay, role: chair, from: 2023-05-17}\n",
            "  - {person: N Akhtar, to: 2020-05-17}\n  - {person: N Akhtar, role: chair, from: 2023-05-17}\n",
            "  - {person: N Akhtar, role: chair}\n  - {person: R Thay, role: deputy chair}\n  - {person: P Male, role: deputy chair}\n",
            "  - {post: Representative}\n  - {post: Representative}\n",
        ] {
            assert_eq!(finds(members), Vec::<String>::new(), "{members}");
        }
    }
}
