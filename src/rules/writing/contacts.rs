//! Addresses and numbers of single people.

use std::sync::LazyLock;

use regex::Regex;

use crate::rules::pattern::pattern;
use crate::rules::{Found, PaperInHand};

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<name>[A-Za-z0-9._%+'-]+)@(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"));

/// A mobile number of the United Kingdom: 07 and nine figures, or +44 7 and nine.
static MOBILE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\+44\s?(?:\(0\)\s?)?|\b0)7[1-9](?:[\s-]?[0-9]){8}\b"));

/// Words in the names of mailboxes that many people read.
const OF_A_TEAM: [&str; 62] = [
    "access",
    "admin",
    "adult",
    "adults",
    "benefits",
    "board",
    "business",
    "cabinet",
    "care",
    "centre",
    "children",
    "civic",
    "clerk",
    "committee",
    "committees",
    "communications",
    "community",
    "complaints",
    "contact",
    "council",
    "customer",
    "data",
    "democracy",
    "democratic",
    "desk",
    "elections",
    "electoral",
    "enquiries",
    "events",
    "feedback",
    "foi",
    "freedom",
    "governance",
    "health",
    "help",
    "helpdesk",
    "hello",
    "highways",
    "housing",
    "info",
    "information",
    "law",
    "legal",
    "library",
    "licensing",
    "mail",
    "mayor",
    "media",
    "meetings",
    "members",
    "office",
    "office365",
    "planning",
    "policy",
    "press",
    "protection",
    "public",
    "reception",
    "safety",
    "scrutiny",
    "service",
    "services",
];

/// No public paper gives the address or the mobile number of one person.
pub(super) fn personal(paper: &PaperInHand<'_>, found: &mut Found) {
    // What is private is read by those who may write to each other.
    if paper.is_withdrawn() || paper.paper.head.common.exempt.is_some() {
        return;
    }
    let contacts = &paper.context.record.model.authority.contacts.0;
    for run in paper.prose.all() {
        if run.text.contains('@') {
            for address in ADDRESS.captures_iter(&run.text) {
                let whole = &address[0];
                let is_contact = contacts
                    .iter()
                    .any(|(_, contact)| contact.email.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(whole)));
                if !is_contact && is_of_a_person(&address["name"]) {
                    let place = address.get(0).map_or(0..0, |whole| whole.range());
                    found
                        .at(run.span(place), format!("{whole} looks like the address of one person"))
                        .help("give the address of the team, best by `contact:` in the head");
                }
            }
        }
        if run.text.contains("07") || run.text.contains("+44") {
            for number in MOBILE.find_iter(&run.text) {
                let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let own = figures(number.as_str());
                let is_contact = contacts
                    .iter()
                    .any(|(_, contact)| contact.telephone.as_ref().is_some_and(|telephone| figures(telephone) == own));
                let follows_figure =
                    run.text[..number.start()].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'));
                if !is_contact && !follows_figure {
                    found
                        .at(
                            run.span(number.range()),
                            format!("{} is a mobile number, most likely of one person", number.as_str()),
                        )
                        .help("give the number of the team, best by `contact:` in the head");
                }
            }
        }
    }
    for link in &paper.prose.links {
        let address = link.address.strip_prefix("mailto:").unwrap_or("");
        let name = address.split_once('@').map_or("", |(name, _)| name);
        // An address that can be read has been told above.
        if is_of_a_person(name) && !link.words.as_ref().is_some_and(|words| words.contains('@')) {
            found
                .at(link.span, format!("this link leads to {address}, which looks like the address of one person"))
                .help("give the address of the team, best by `contact:` in the head");
        }
    }
}

/// Whether a mailbox has the name of a person: two words with a full stop between, neither of them a team's.
fn is_of_a_person(name: &str) -> bool {
    let parts: Vec<String> = name.split(['.', '_']).map(str::to_lowercase).collect();
    let is_name = |part: &String| {
        part.trim_end_matches(|c: char| c.is_ascii_digit())
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'))
            && !part.is_empty()
    };
    (2..=3).contains(&parts.len())
        && parts.iter().all(is_name)
        && parts.last().is_some_and(|last| last.len() > 1)
        && !parts.iter().any(|part| OF_A_TEAM.contains(&part.as_str()) || part.ends_with("team"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_people_are_told_from_those_of_teams() {
        for name in ["jo.bloggs", "j.bloggs", "Jo.M.Bloggs2", "jo_o'neill", "mary-ann.smith"] {
            assert!(is_of_a_person(name), "{name}");
        }
        for name in [
            "governance.services",
            "info",
            "jobloggs",
            "scrutiny.team",
            "foi",
            "a.b.c.d",
            "no.1",
            "democratic_services",
            ".x",
        ] {
            assert!(!is_of_a_person(name), "{name}");
        }
    }

    #[test]
    fn mobile_numbers_are_told_from_others() {
        for number in ["07911 123456", "07911123456", "+44 7911 123456", "+44 (0)7911 123456", "07911-123-456"] {
            assert!(MOBILE.is_match(number), "{number}");
        }
        for number in
            ["024 7683 3333", "0800 123 4567", "07911 12345", "£107,911,123,456", "2007 911 123 456", "0791112345678"]
        {
            assert!(!MOBILE.is_match(number), "{number}");
        }
    }
}
