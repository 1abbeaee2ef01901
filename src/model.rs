//! The committee model: the words of the field as types, and how each is read from its file.
//!
//! Types only, with no behaviour beyond reading. What follows from several of them together (who sat on what body on
//! which day, what a meeting's pack holds) is the [`record`](crate::record)'s to say.

pub mod authority;
pub mod body;
pub mod flow;
pub mod meeting;
pub mod paper;
pub mod people;
pub mod read;
pub mod schedule_12a;
pub mod setting;

pub use authority::{Authority, Contact, GlossaryEntry, PackSettings, TableThresholds};
pub use body::{Body, Quorum, Role};
pub use flow::{Flow, FlowBlock};
pub use meeting::{Agenda, Item, MeetingKey, Minutes, SupplementaryAgenda};
pub use paper::{Exempt, Head, Kind, PaperId, Status};
pub use people::{Office, Organisation, Person};
pub use setting::{Level, RuleSetting};

use read::id;

id! {
    /// A body's id: the name of its file.
    pub struct BodyId = "the id of a body, such as `scrutiny-co-ordination-committee`";
}

id! {
    /// A person's id: the name as the papers print it.
    pub struct PersonId = "a person's name as in `people.yaml`";
}

id! {
    /// An organisation's id.
    pub struct OrganisationId = "the id of an organisation in `organisations.yaml`";
}

id! {
    /// The id of a portfolio or an officer's post.
    pub struct OfficeId = "the id of an office in `offices.yaml`";
}

id! {
    /// The id of a contact in `authority.yaml`.
    pub struct ContactId = "the id of a contact in `authority.yaml`";
}
