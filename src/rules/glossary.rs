//! The glossary: whether a reader can find out what each abbreviation stands for, and whether it stands for one thing.

mod abbreviations;
mod expansions;
#[cfg(test)]
mod tests;

use super::{Example, Rule, Test};
use crate::model::Level;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "G01",
        name: "unknown-abbreviation",
        level: Level::Advice,
        meaning: "An abbreviation is neither in the glossary nor spelled out in the paper.",
        why: "Residents who come to one page by a search cannot know what the letters stand for.",
        source: "WCAG 2.2, success criterion 3.1.4 (Abbreviations); GOV.UK style guide: spell out acronyms at first mention.",
        remedy: "Add it to `glossary.yaml`, or spell it out at its first use: \"Fixed Penalty Notice (FPN)\".",
        failing: Example::Text("The officers issued an FPN on the spot.\n"),
        passing: Example::Text(
            "The Council issued a Fixed Penalty Notice (FPN) about ASB. Two more FPNs went to an HMO (house in multiple occupation) in the UK. \
             Phase III was NOT built, AB Smith said, near CV1 5RR on form HR01.\n",
        ),
        test: Test::Paper(abbreviations::unknown),
    },
    Rule {
        code: "G02",
        name: "two-meanings",
        level: Level::Warning,
        meaning: "A paper spells out an abbreviation otherwise than the glossary does.",
        why: "The glossary is shown beside the text, and would tell readers of that paper something else than it says.",
        source: "WCAG 2.2, success criterion 3.1.4 (Abbreviations): the expanded form is that which is meant.",
        remedy: "Spell it out as the glossary does, correct the glossary, or use other letters for the other thing.",
        failing: Example::Text("A report by the Advisory School Board (ASB) is here.\n"),
        passing: Example::Text("Anti-Social Behaviours (ASB) are here.\n"),
        test: Test::Paper(abbreviations::two_meanings),
    },
];
