//! Who publishes, and the words that the papers use.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::read::{Read, Table, record, scalar, words, wrong};
use super::{ContactId, RuleSetting};
use crate::finding::Finding;
use crate::text::Spanned;
use crate::text::yaml::{Node, Value};

words! {
    /// What sort of public body publishes.
    pub enum AuthorityKind {
        /// A county, district, borough or city council.
        PrincipalCouncil = "principal-council",
        /// A parish, town or community council.
        ParishCouncil = "parish-council",
        /// A police and crime commissioner.
        PoliceAndCrimeCommissioner = "police-and-crime-commissioner",
        /// Several bodies acting together.
        Partnership = "partnership",
    }
}

words! {
    /// Whose law and bank holidays apply.
    pub enum Nation {
        /// England.
        England = "england",
        /// Wales.
        Wales = "wales",
    }
}

record! {
    /// `authority.yaml`: the organisation that publishes.
    pub struct Authority {
        /// Its name in full.
        "name" name: String,
        /// What sort of body it is.
        "kind" kind: AuthorityKind,
        /// Whose law applies.
        "nation" nation: Nation,
        /// Language of the papers, as a BCP 47 tag.
        "language" language: String = "en-GB".to_owned(),
        /// Address the site will stand at; only where an absolute address is needed.
        "website" website: Option<Spanned<String>>,
        /// Said on every page.
        "banner" banner: Option<String>,
        /// What is published here and by whom.
        "about" about: Option<String>,
        /// Whom to ask, by id.
        "contacts" contacts: Table<Contact>,
        /// Days on which it does not work, beside weekends and bank holidays.
        "own_holidays" own_holidays: Vec<OwnHoliday>,
        /// How much the findings of some rules matter here.
        "rules" rules: Vec<RuleSetting>,
        /// What the accessibility statement needs to know.
        "accessibility" accessibility: Option<Accessibility>,
    }
}

record! {
    /// A day on which the authority does not work, such as a day of mourning.
    pub struct OwnHoliday {
        /// The day.
        "date" date: NaiveDate,
        /// What it is called.
        "name" name: String,
    }
}

record! {
    /// A team that answers questions: never a person.
    pub struct Contact {
        /// The team's name.
        "name" name: String,
        /// Telephone number.
        "telephone" telephone: Option<String>,
        /// E-mail address.
        "email" email: Option<String>,
        /// Postal address.
        "address" address: Option<String>,
    }
}

record! {
    /// Facts for the accessibility statement (Public Sector Bodies (Websites and Mobile Applications) (No. 2)
    /// Accessibility Regulations 2018, SI 2018/952, regulation 8).
    pub struct Accessibility {
        /// Whom to tell about a barrier.
        "contact" contact: Option<Spanned<ContactId>>,
        /// When the statement was prepared.
        "prepared" prepared: Option<NaiveDate>,
        /// What is known not to work yet.
        "known_issues" known_issues: Vec<String>,
    }
}

/// What an abbreviation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// The words it is short for.
    pub meaning: String,
    /// A longer explanation for the glossary page.
    pub note: Option<String>,
}

record! {
    /// The long form of a glossary entry.
    pub struct LongEntry {
        /// The words it is short for.
        "meaning" meaning: String,
        /// A longer explanation.
        "note" note: Option<String>,
    }
}

impl Read for GlossaryEntry {
    fn expected() -> Cow<'static, str> {
        "the meaning, or `meaning` and `note`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match (&node.value, scalar(node)) {
            (_, Some(meaning)) if !meaning.is_empty() => Some(Self { meaning: meaning.to_owned(), note: None }),
            (Value::Map(_), _) => {
                let LongEntry { meaning, note } = LongEntry::read(node, findings)?;
                Some(Self { meaning, note })
            }
            _ => wrong(node, findings),
        }
    }
}
