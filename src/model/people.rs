//! People, organisations and offices.

use chrono::NaiveDate;

use super::PersonId;
use super::read::{record, words};
use crate::text::Spanned;

words! {
    /// In what capacity a person is named.
    pub enum PersonKind {
        /// An elected member of the council.
        Councillor = "councillor",
        /// A member who is not a councillor.
        CoOpted = "co-opted",
        /// Somebody else.
        Other = "other",
    }
}

record! {
    /// A person whom the papers name. Officers are named by post, not here.
    pub struct Person {
        /// In what capacity.
        "kind" kind: PersonKind,
        /// How the name is printed; "Councillor" and the id, for a councillor.
        "name" name: Option<String>,
        /// The ward a councillor sits for.
        "ward" ward: Option<String>,
        /// The political group.
        "party" party: Option<String>,
    }
}

impl Person {
    /// The name as printed.
    pub fn printed(&self, id: &PersonId) -> String {
        match (&self.name, self.kind) {
            (Some(name), _) => name.clone(),
            (None, PersonKind::Councillor) => format!("Councillor {id}"),
            (None, _) => id.to_string(),
        }
    }
}

record! {
    /// An organisation that holds seats, or is granted money.
    pub struct Organisation {
        /// Its name.
        "name" name: String,
    }
}

words! {
    /// What sort of office.
    pub enum OfficeKind {
        /// A portfolio holder: a cabinet member's responsibility.
        Portfolio = "portfolio",
        /// An officer's post.
        Officer = "officer",
    }
}

record! {
    /// A portfolio or an officer's post.
    pub struct Office {
        /// What it is called.
        "title" title: String,
        /// What sort of office.
        "kind" kind: OfficeKind,
        /// The directorate of an officer's post.
        "directorate" directorate: Option<String>,
        /// Who held it and when.
        "held_by" held_by: Vec<Tenure>,
    }
}

record! {
    /// A person in an office, from one day to another.
    pub struct Tenure {
        /// Who.
        "person" person: Spanned<PersonId>,
        /// First day; nothing if the papers do not say.
        "from" from: Option<NaiveDate>,
        /// Last day; nothing while it lasts.
        "to" to: Option<NaiveDate>,
    }
}
