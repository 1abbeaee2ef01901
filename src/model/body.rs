//! Councils, committees, boards, panels, groups and forums.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use schemars::{Schema, SchemaGenerator};

use super::meeting::MeetingState;
use super::paper::PaperId;
use super::read::{Read, parsed, record, schema, words};
use super::{BodyId, ContactId, OrganisationId, PersonId};
pub use crate::calendar::{Notice, NoticeDays};
use crate::finding::Finding;
use crate::text::Spanned;
use crate::text::yaml::{Node, Value};

words! {
    /// What sort of body.
    pub enum BodyKind {
        /// The full council.
        Council = "council",
        /// A committee.
        Committee = "committee",
        /// A partnership board.
        Board = "board",
        /// A panel.
        Panel = "panel",
        /// A working or sub-group.
        Group = "group",
        /// A forum.
        Forum = "forum",
    }
}

words! {
    /// Which law governs the body's meetings.
    pub enum Law {
        /// Local Government Act 1972, Part VA.
        PartVa = "part-va",
        /// Local Government Act 1972, Schedule 12, and the Public Bodies (Admission to Meetings) Act 1960.
        Parish = "parish",
        /// Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012.
        Executive = "executive",
        /// Police Reform and Social Responsibility Act 2011.
        PoliceAndCrimePanel = "police-and-crime-panel",
        /// The body's own terms of reference.
        OwnTerms = "own-terms",
    }
}

words! {
    /// The part a member plays.
    pub enum Role {
        /// Presides.
        Chair = "chair",
        /// Presides in the chair's absence; also called vice chair.
        DeputyChair = "deputy chair",
        /// Sits and votes.
        Member = "member",
        /// Sits in another's place.
        Substitute = "substitute",
        /// Sits without a vote.
        CoOpted = "co-opted",
        /// Advises.
        Adviser = "adviser",
    }
}

words! {
    /// The class of a seat on a partnership board; a quorum can count classes.
    pub enum Class {
        /// Responsible authority: a duty to take part by law (Crime and Disorder Act 1998, section 5).
        ResponsibleAuthority = "responsible authority",
        /// Community or voluntary sector.
        Community = "community",
        /// Anybody else.
        Other = "other",
    }
}

record! {
    /// A body, from `bodies/ID.yaml`.
    pub struct Body {
        /// Its full name.
        "name" name: String,
        /// A shorter name for lists and breadcrumbs.
        "short" short: Option<String>,
        /// What sort of body.
        "kind" kind: BodyKind,
        /// The body above it.
        "reports_to" reports_to: Option<Spanned<BodyId>>,
        /// Bodies it works beside.
        "works_with" works_with: Vec<Spanned<BodyId>>,
        /// Which law governs its meetings.
        "law" law: Law,
        /// What it is for.
        "purpose" purpose: Option<String>,
        /// How often it meets, in words.
        "meets" meets: Option<String>,
        /// How long before a meeting its papers go out, by the body's own terms.
        "papers_out" papers_out: Option<Notice>,
        /// First day.
        "formed" formed: Option<NaiveDate>,
        /// Last day.
        "ended" ended: Option<NaiveDate>,
        /// Places by organisation and class.
        "seats" seats: Vec<Seat>,
        /// How many must be there.
        "quorum" quorum: Option<Spanned<Quorum>>,
        /// Who has sat on it and when.
        "members" members: Vec<Membership>,
        /// The paper that sets out what it is for.
        "terms_of_reference" terms_of_reference: Option<Spanned<PaperId>>,
        /// Whom to ask.
        "contact" contact: Option<Spanned<ContactId>>,
        /// Meetings known before there is an agenda.
        "meetings" meetings: Vec<PlannedMeeting>,
    }
}

impl Body {
    /// The short name, or the full one.
    pub fn short_name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}

record! {
    /// Places held by an organisation.
    pub struct Seat {
        /// The organisation, or the body (such as the council) that fills them.
        "organisation" organisation: Spanned<OrganisationId>,
        /// Which class the places belong to.
        "class" class: Class = Class::Other,
        /// How many.
        "number" number: u32 = 1,
    }
}

record! {
    /// Somebody on a body, from one day to another.
    pub struct Membership {
        /// The person, if named.
        "person" person: Option<Spanned<PersonId>>,
        /// The organisation represented.
        "organisation" organisation: Option<Spanned<OrganisationId>>,
        /// The post by which an unnamed member is known.
        "post" post: Option<Spanned<String>>,
        /// Which class the seat belongs to.
        "class" class: Option<Class>,
        /// The part played.
        "role" role: Role = Role::Member,
        /// How many places are held alike.
        "number" number: u32 = 1,
        /// First day; nothing if the papers do not say.
        "from" from: Option<NaiveDate>,
        /// Last day; nothing while it lasts.
        "to" to: Option<NaiveDate>,
    }
}

record! {
    /// A meeting known before there is an agenda.
    pub struct PlannedMeeting {
        /// The day.
        "date" date: Spanned<NaiveDate>,
        /// When it begins.
        "time" time: Option<NaiveTime>,
        /// Where.
        "place" place: Option<String>,
        /// How it stands.
        "state" state: MeetingState = MeetingState::Scheduled,
        /// A sentence on it.
        "note" note: Option<String>,
        /// Made up for a demonstration.
        "invented" invented: bool = false,
    }
}

impl Read for Notice {
    fn expected() -> Cow<'static, str> {
        "a notice, such as `5 clear days`, `5 working days` or `7 days`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let parse = |text: &str| {
            let text = text.trim_end_matches(" before").trim();
            let (days, unit) = text.split_once(' ')?;
            let unit = match unit {
                "clear day" | "clear days" => NoticeDays::Clear,
                "working day" | "working days" => NoticeDays::Working,
                "day" | "days" => NoticeDays::Calendar,
                _ => return None,
            };
            Some(Self { days: days.parse().ok()?, unit })
        };
        parsed(node, parse, findings)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        schema::text(&Self::expected(), r"\+?[0-9]+ (clear |working )?days?\s*( before)*")
    }
}

/// How many members must be there for business to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quorum {
    /// So many members, or a share of the seats.
    Count(QuorumCount),
    /// By class of member.
    Compound(CompoundQuorum),
}

record! {
    /// A quorum that counts classes of member.
    pub struct CompoundQuorum {
        /// Every seat of this class.
        "all" all: Option<Class>,
        /// And so many of a class.
        "and" and: Vec<ClassCount>,
        /// And so many members of whatever class: a number or a share of the seats.
        "members" members: Option<QuorumCount>,
        /// And this in particular.
        "including" including: Option<Including>,
        /// What happens without a quorum.
        "if_not" if_not: Option<String>,
    }
}

words! {
    /// Who in particular must be there.
    pub enum Including {
        /// The chair.
        Chair = "chair",
        /// The chair or the deputy.
        ChairOrDeputy = "chair or deputy",
    }
}

/// So many members of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassCount {
    /// How many.
    pub number: u32,
    /// Of which class.
    pub class: Class,
}

impl Read for ClassCount {
    fn expected() -> Cow<'static, str> {
        "a number and a class of member, such as `6 community`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let parse = |text: &str| {
            let (number, class) = text.split_once(' ')?;
            Some(Self { number: number.parse().ok()?, class: Class::from_word(class.trim())? })
        };
        parsed(node, parse, findings)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        schema::text(&Self::expected(), &format!(r"\+?[0-9]+\s+({})", Class::WORDS.join("|")))
    }
}

impl Quorum {
    /// "one quarter of the members"; "every responsible authority seat, and 6 community members".
    pub fn in_words(&self) -> String {
        match self {
            Self::Count(count) => count.in_words(),
            Self::Compound(compound) => {
                let mut parts = Vec::new();
                if let Some(class) = compound.all {
                    parts.push(format!("every {} seat", class.word()));
                }
                parts.extend(
                    compound.and.iter().map(|count| format!("{} {} members", count.number, count.class.word())),
                );
                parts.extend(compound.members.map(QuorumCount::in_words));
                if let Some(including) = compound.including {
                    parts.push(format!("the {} among them", including.word()));
                }
                parts.join(", and ")
            }
        }
    }
}

/// So many members, whatever their class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuorumCount {
    /// So many members.
    Number(u32),
    /// A share of the seats, rounded up.
    Share {
        /// Above the line.
        numerator: u32,
        /// Below the line; never nil.
        denominator: u32,
    },
}

impl QuorumCount {
    /// "3 members", "one quarter of the members".
    pub fn in_words(self) -> String {
        match self {
            Self::Number(1) => "1 member".to_owned(),
            Self::Number(number) => format!("{number} members"),
            Self::Share { numerator: 1, denominator: 2 } => "one half of the members".to_owned(),
            Self::Share { numerator: 1, denominator: 3 } => "one third of the members".to_owned(),
            Self::Share { numerator: 1, denominator: 4 } => "one quarter of the members".to_owned(),
            Self::Share { numerator, denominator } => format!("{numerator}/{denominator} of the members"),
        }
    }

    /// Its schema, with what is said to be expected.
    fn schema_saying(expected: &str) -> Schema {
        let shares = ["one quarter", "a quarter", "one third", "a third", "one half", "a half", "half"];
        let forms = format!(r"\+?[0-9]+(\s*/\s*\+?[0-9]+)?|{}", schema::any_case(&shares));
        schema::count_or(expected, &forms)
    }

    fn parse(text: &str) -> Option<Self> {
        let share = |numerator, denominator| Some(Self::Share { numerator, denominator });
        match text.to_lowercase().as_str() {
            "one quarter" | "a quarter" => share(1, 4),
            "one third" | "a third" => share(1, 3),
            "one half" | "a half" | "half" => share(1, 2),
            other => match other.split_once('/') {
                Some((above, below)) => {
                    let (above, below): (u32, u32) = (above.trim().parse().ok()?, below.trim().parse().ok()?);
                    if above == 0 || above > below { None } else { share(above, below) }
                }
                None => other.parse().ok().map(Self::Number),
            },
        }
    }
}

impl Read for QuorumCount {
    fn expected() -> Cow<'static, str> {
        "a number (`3`) or a share (`one quarter`, `1/3`)".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        parsed(node, Self::parse, findings)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        Self::schema_saying(&Self::expected())
    }
}

impl Read for Quorum {
    fn expected() -> Cow<'static, str> {
        "a number (`3`), a share (`one quarter`, `1/3`), or keys such as `all` and `and`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Value::Map(_) = node.value {
            return CompoundQuorum::read(node, findings).map(Self::Compound);
        }
        parsed(node, |text| QuorumCount::parse(text).map(Self::Count), findings)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::keys_or(&CompoundQuorum::schema(generator), &QuorumCount::schema_saying(&Self::expected()))
    }
}
