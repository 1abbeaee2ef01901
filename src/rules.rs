//! The rules: what the law, the committee model and good practice ask of the papers.
//!
//! A [`Rule`] is one small function over the record, registered once with all that is to be said of it: what it means, why
//! it matters, its source, how to put it right, an example that fails and one that passes. That registration is the only
//! source of `quorate explain`, of the page of rules, of what other tools are told, and of the tests that run each example.
//!
//! A rule keeps silent where it cannot be sure: it claims nothing of a paper that could not be read, of a meeting whose
//! minutes are not here, or of words that may mean something else. What an authority says of rules (`rules:` in
//! `authority.yaml` and in the heads of papers) is applied to what they found in `settings`, and nowhere else.

mod agenda;
mod check;
mod context;
mod dates;
pub mod example;
mod exempt;
pub mod explain;
mod form;
mod found;
mod glossary;
mod items;
pub mod law;
mod minutes;
pub mod notice;
mod pattern;
mod phrase;
mod programme;
mod quorum;
mod references;
mod settings;
mod tables;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod writing;

pub use check::{Checked, Timing, check};
pub use context::{Context, MeetingInHand, PaperInHand};
pub use example::Example;
pub use explain::Choice;
pub use found::{Found, Told};
pub use law::Profile;
pub use quorum::{Needed, Quorate, needed, quorate};
pub use tables::audits;

use crate::finding::Code;
use crate::model::Level;

/// A rule and all that is to be said of it.
#[derive(Debug)]
pub struct Rule {
    /// Its stable code: the letter of its family and a number. Never used again for something else.
    pub code: Code,
    /// Its name in words joined by hyphens: `late-agenda`.
    pub name: &'static str,
    /// How much its findings matter unless the authority says otherwise.
    pub level: Level,
    /// What a finding of this rule means, in a sentence or two.
    pub meaning: &'static str,
    /// Why it matters to the public or to those who answer for the papers.
    pub why: &'static str,
    /// The law, standard or convention that it follows.
    pub source: &'static str,
    /// How to put it right.
    pub remedy: &'static str,
    /// Papers in which it finds something, and nothing else is found.
    pub failing: Example,
    /// Papers much like them in which nothing is found.
    pub passing: Example,
    /// How it is tested.
    pub test: Test,
}

impl Rule {
    /// The letter of its family.
    pub fn family(&self) -> &'static str {
        &self.code[..1]
    }

    /// Whether an authority may change how much it matters. What cannot be read cannot be published, whatever anybody says, and
    /// what only print finds comes after all settings.
    pub fn is_adjustable(&self) -> bool {
        match self.test {
            Test::WhileReading => self.level != Level::Error,
            Test::WhilePrinting => false,
            _ => true,
        }
    }
}

/// How a rule is tested: a function, by what it looks at.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// While files are read and linked, before any rule runs.
    WhileReading,
    /// While the papers are printed: only `quorate build` finds it, and only if it makes PDFs.
    WhilePrinting,
    /// On each paper.
    Paper(fn(&PaperInHand<'_>, &mut Found)),
    /// On each meeting.
    Meeting(fn(&MeetingInHand<'_>, &mut Found)),
    /// On the record as a whole.
    Record(fn(&Context<'_>, &mut Found)),
    /// On what the authority and the papers say of rules, once all others have run.
    Settings,
}

/// Rules about one thing.
#[derive(Debug)]
pub struct Family {
    /// The letter that its codes begin with.
    pub letter: &'static str,
    /// What it is about.
    pub name: &'static str,
    /// Its rules, by code.
    pub rules: &'static [Rule],
}

/// All rules, by family.
pub const FAMILIES: &[Family] = &[
    Family { letter: "F", name: "Form of the files", rules: form::RULES },
    Family { letter: "N", name: "Notice", rules: notice::RULES },
    Family { letter: "A", name: "Agendas", rules: agenda::RULES },
    Family { letter: "E", name: "Exempt business", rules: exempt::RULES },
    Family { letter: "Q", name: "Quorum, attendance and votes", rules: quorum::RULES },
    Family { letter: "M", name: "Minutes", rules: minutes::RULES },
    Family { letter: "P", name: "Work programme and promises", rules: programme::RULES },
    Family { letter: "R", name: "References", rules: references::RULES },
    Family { letter: "D", name: "Dates and names", rules: dates::RULES },
    Family { letter: "T", name: "Tables and figures", rules: tables::RULES },
    Family { letter: "G", name: "Glossary", rules: glossary::RULES },
    Family { letter: "W", name: "Writing and accessibility", rules: writing::RULES },
    Family { letter: "S", name: "Settings of rules", rules: settings::RULES },
];

/// All rules in the order of their families.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules)
}

/// The rule of a code or a name, in whatever case it is written.
pub fn find(written: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(written) || rule.name.eq_ignore_ascii_case(written))
}
