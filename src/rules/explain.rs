//! What the rules say of themselves, for people and for other programs: all of it from their registrations.

pub mod markdown;
pub mod text;

use super::{Example, FAMILIES, Family, Rule, all, find};
use crate::finding::human::visible;
use crate::finding::{About, Code, nearest};

/// Some of the rules.
#[derive(Debug, Clone, Copy)]
pub enum Choice {
    /// All of them.
    All,
    /// Those of a family.
    Family(&'static Family),
    /// One.
    Rule(&'static Rule),
}

impl Choice {
    /// The rule of a code or a name, or the family of a letter or a name; or else a sentence that says what there is.
    pub fn of(written: &str) -> Result<Self, String> {
        let written = written.trim();
        let name = written.replace(' ', "-");
        let is_named =
            |family: &&Family| family.letter.eq_ignore_ascii_case(written) || family.name.eq_ignore_ascii_case(written);
        if let Some(rule) = find(&name) {
            return Ok(Self::Rule(rule));
        }
        if let Some(family) = FAMILIES.iter().find(is_named) {
            return Ok(Self::Family(family));
        }
        let names = all().flat_map(|rule| [rule.code, rule.name]).chain(FAMILIES.iter().map(|family| family.name));
        Err(match nearest(&name, names) {
            Some(meant) => format!("there is no rule or family `{written}`; did you mean `{meant}`?"),
            None => {
                let letters: Vec<&str> = FAMILIES.iter().map(|family| family.letter).collect();
                format!(
                    "there is no rule or family `{written}`; the families are {}, and `quorate explain` lists the rules",
                    letters.join(", ")
                )
            }
        })
    }

    /// Whether a finding of this code is one of theirs.
    pub fn covers(self, code: Code) -> bool {
        match self {
            Self::All => true,
            Self::Family(family) => code.starts_with(family.letter),
            Self::Rule(rule) => code == rule.code,
        }
    }

    /// The families that have some of these rules, with those.
    fn families(self) -> impl Iterator<Item = (&'static Family, Vec<&'static Rule>)> {
        let of = move |family: &'static Family| {
            let rules: Vec<&Rule> = family.rules.iter().filter(|rule| self.covers(rule.code)).collect();
            (!rules.is_empty()).then_some((family, rules))
        };
        FAMILIES.iter().filter_map(of)
    }
}

/// All rules, as other programs are told of them.
pub fn about() -> Vec<About> {
    let families = Choice::All.families();
    families.flat_map(|(family, rules)| rules.into_iter().map(move |rule| about_one(family, rule))).collect()
}

fn about_one(family: &'static Family, rule: &'static Rule) -> About {
    About {
        code: rule.code,
        name: rule.name,
        family: family.name,
        severity: super::found::severity(rule.level),
        short: first_sentence(rule.meaning).to_owned(),
        full: format!("{} {}", rule.meaning, rule.why),
        help: format!("{} Source: {}", rule.remedy, rule.source),
        help_in_markdown: markdown::of_rule(rule),
    }
}

/// The first sentence of a text: up to a full stop before a capital.
fn first_sentence(text: &str) -> &str {
    let ends = text.match_indices(". ").find(|(at, _)| text[at + 2..].starts_with(|c: char| c.is_uppercase()));
    ends.map_or(text, |(at, _)| &text[..=at])
}

/// What an authority may do about a rule's severity.
fn on_severity(rule: &Rule) -> &'static str {
    if rule.is_adjustable() {
        "An authority can change this under `rules:` in `authority.yaml`; a paper can say under `rules:` in its head that a \
         finding is known."
    } else {
        "This cannot be changed: what cannot be read cannot be published."
    }
}

/// What an example consists of: each file by its path, or nothing for a file that is not there.
fn files(example: &Example) -> Vec<(String, Option<String>)> {
    let shown = |text: String| text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect();
    let files = example.files().into_iter();
    files.map(|(path, text)| (path, (!text.is_empty()).then(|| shown(text)))).collect()
}

#[cfg(test)]
mod tests;
