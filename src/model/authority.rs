//! Who publishes, and the words that the papers use.

use std::borrow::Cow;

use chrono::NaiveDate;
use schemars::{Schema, SchemaGenerator};

use super::read::{Read, Table, record, scalar, schema, words, wrong};
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
    /// How packs are printed.
    pub struct PackSettings {
        /// Each paper begins on a right-hand page, and the page before it is left blank where need be.
        "right_hand_pages" right_hand_pages: bool = true,
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
        /// From where on figures in tables are small enough to need care.
        "tables" tables: Option<TableThresholds>,
        /// How packs are printed.
        "pack" pack: Option<PackSettings>,
        /// How much the findings of some rules matter here.
        "rules" rules: Vec<RuleSetting>,
        /// What the accessibility statement needs to know.
        "accessibility" accessibility: Option<Accessibility>,
    }
}

record! {
    /// From where on figures in tables are small enough to need care. A table's block can say otherwise for itself.
    pub struct TableThresholds {
        /// A percentage of fewer than this is marked, and carries its counts. 50 unless said otherwise.
        "small_base" small_base: Option<u32>,
        /// Counts from 1 up to, but not, this are withheld wherever they stand: 5 means that 1 to 4 are written `<5`.
        "suppress_below" suppress_below: Option<u32>,
        /// How many values a withheld count must be able to have, whatever else is printed. 3 unless said otherwise.
        "protect" protect: Option<u32>,
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

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::keys_or(&LongEntry::schema(generator), &schema::words(&Self::expected()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{WorkingDays, parse_date};
    use crate::text::{Source, SourceId, yaml};

    #[test]
    fn own_holidays_are_read_and_do_not_count() {
        let text = "name: Example Council\nkind: principal-council\nnation: england\n\
                    own_holidays:\n  - {date: 2023-07-10, name: Day of mourning}\n";
        let mut findings = Vec::new();
        let node = yaml::parse(&Source::new("authority.yaml", text), SourceId(0), 0..text.len(), &mut findings);
        let authority = Authority::read(&node.expect("YAML"), &mut findings).expect("an authority");
        assert!(findings.is_empty(), "{findings:?}");

        let date = |text| parse_date(text).expect("a date");
        let days = WorkingDays::new(authority.own_holidays.into_iter().map(|holiday| (holiday.date, holiday.name)));
        assert_eq!(days.holiday(date("2023-07-10")), Some("Day of mourning"));
        assert_eq!(days.clear_days(date("2023-07-04"), date("2023-07-12")), 4, "five without the day of mourning");
    }
}
