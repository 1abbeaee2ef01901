//! The record: everything loaded and linked.
//!
//! Which paper belongs to which meeting, who sat on which body on which day, what a reference leads to. The record
//! holds private and unfinished business too; nothing is written from it. Outputs are written from an
//! [`Edition`](crate::edition::Edition).

mod agenda;
mod attendance;
mod check;
mod decode;
mod link;
mod minutes;
mod paper;
mod pictures;
mod reader;
mod references;
mod refused;
pub mod table_files;

pub use agenda::{NumberedItem, flat, numbered_items};
pub use attendance::{Attendance, Attender, Part, Sitting, holds_vote};
pub use minutes::{Answer, MinuteSection, answers, sections};
pub use paper::{ChartSpec, GeneratedContent, Paper, PaperText};
pub use pictures::PictureSize;
pub use reader::{Changed, Linked, Loaded, Reader, load};
pub use references::{References, Resolved, Target};
pub use table_files::TableBlock;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::body::{Membership, PlannedMeeting};
use crate::model::paper::Form;
use crate::model::{
    Authority, Body, BodyId, GlossaryEntry, MeetingKey, Office, OfficeId, Organisation, OrganisationId, PaperId,
    Person, PersonId,
};

/// Everything that the content folder says.
#[derive(Debug)]
pub struct Record {
    /// The committee model.
    pub model: Arc<CommitteeModel>,
    /// Meetings.
    pub meetings: BTreeMap<MeetingKey, Meeting>,
    /// Papers.
    pub papers: BTreeMap<PaperId, Arc<Paper>>,
    /// Funders' forms, by folder.
    pub forms: BTreeMap<String, Form>,
    /// Whether there are papers, or files that may be papers, that could not be read: nobody knows what they list, and as what.
    pub has_unread: bool,
    /// Files that are neither papers nor data, by path.
    pub files: BTreeSet<String>,
    /// The sizes of pictures among them.
    pub pictures: BTreeMap<String, PictureSize>,
    /// Drawings that hold more than a drawing, such as a script.
    pub active_pictures: BTreeSet<String>,
}

/// Who publishes, who sits where, and what the words mean: all of it public.
#[derive(Debug)]
pub struct CommitteeModel {
    /// Who publishes.
    pub authority: Authority,
    /// Abbreviations.
    pub glossary: BTreeMap<String, GlossaryEntry>,
    /// People whom the papers name.
    pub people: BTreeMap<PersonId, Person>,
    /// Organisations.
    pub organisations: BTreeMap<OrganisationId, Organisation>,
    /// Portfolios and posts.
    pub offices: BTreeMap<OfficeId, Office>,
    /// Bodies.
    pub bodies: BTreeMap<BodyId, Body>,
}

impl CommitteeModel {
    /// A person's name as printed; the id of somebody unknown.
    pub fn name_of_person(&self, id: &PersonId) -> String {
        self.people.get(id).map_or_else(|| id.to_string(), |person| person.printed(id))
    }

    /// A body's name; the id of one that is unknown.
    pub fn name_of_body<'n>(&'n self, id: &'n BodyId) -> &'n str {
        self.bodies.get(id).map_or(id.as_str(), |body| &body.name)
    }

    /// The name of an organisation, or of the body of the authority that holds a seat like one; the id of neither.
    pub fn name_of_organisation<'n>(&'n self, id: &'n OrganisationId) -> &'n str {
        let body = || self.bodies.get(&BodyId(id.0.clone())).map(|body| body.name.as_str());
        self.organisations.get(id).map(|known| known.name.as_str()).or_else(body).unwrap_or(id.as_str())
    }
}

/// A meeting and the papers that lie in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Which meeting.
    pub key: MeetingKey,
    /// What the body's file says of it.
    pub planned: Option<PlannedMeeting>,
    /// Its agenda.
    pub agenda: Option<PaperId>,
    /// Supplementary agendas, by number.
    pub supplementary: Vec<PaperId>,
    /// Its minutes.
    pub minutes: Option<PaperId>,
}

impl Meeting {
    fn new(key: MeetingKey) -> Self {
        Self { key, planned: None, agenda: None, supplementary: Vec::new(), minutes: None }
    }
}

/// Whether something that runs from one day to another covers a day; both ends count, and an end left out is open.
pub fn covers(from: Option<NaiveDate>, to: Option<NaiveDate>, on: NaiveDate) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

/// Who sat on a body on a day, in the order of its file.
pub fn members_on(body: &Body, on: NaiveDate) -> impl Iterator<Item = &Membership> {
    body.members.iter().filter(move |membership| covers(membership.from, membership.to, on))
}
