//! Meetings: agendas, supplementary agendas and minutes.

use std::borrow::Cow;
use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use schemars::{Schema, SchemaGenerator, json_schema};

use super::paper::{Exempt, PaperId, private_all_the_same, reason_left_empty};
use super::read::{Read, Table, find, record, scalar, schema, words, wrong};
use super::{BodyId, ContactId, OrganisationId, PersonId};
use crate::calendar::parse_date;
use crate::finding::{Finding, codes, nearest};
use crate::text::yaml::{Entry, Node, Value};
use crate::text::{Span, Spanned};

/// Which meeting: a body and a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeetingKey {
    /// The body that meets.
    pub body: BodyId,
    /// The day.
    pub date: NaiveDate,
}

impl fmt::Display for MeetingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.body, self.date)
    }
}

impl MeetingKey {
    /// Reads `BODY/2023-07-12`.
    pub fn parse(text: &str) -> Option<Self> {
        let (body, date) = text.rsplit_once('/')?;
        Some(Self { body: body.into(), date: parse_date(date)? })
    }
}

words! {
    /// How a meeting stands.
    pub enum MeetingState {
        /// Still to come, as far as the papers say.
        Scheduled = "scheduled",
        /// Took place.
        Held = "held",
        /// Too few came.
        Inquorate = "inquorate",
        /// Put off to another day.
        Postponed = "postponed",
        /// Will not take place.
        Cancelled = "cancelled",
    }
}

words! {
    /// What sort of meeting.
    pub enum MeetingType {
        /// In the calendar of meetings.
        Ordinary = "ordinary",
        /// Called for a purpose of its own.
        Special = "special",
        /// Called at short notice.
        Urgent = "urgent",
    }
}

record! {
    /// The head of an agenda.
    pub struct Agenda {
        /// When it begins.
        "time" time: Option<NaiveTime>,
        /// Where.
        "place" place: Option<String>,
        /// What sort of meeting.
        "type" meeting_type: MeetingType = MeetingType::Ordinary,
        /// How it stands.
        "state" state: MeetingState = MeetingState::Scheduled,
        /// Whom to ask.
        "contact" contact: Option<Spanned<ContactId>>,
        /// When it was announced that part of the meeting would be private, if the law asks for that (SI 2012/2089,
        /// regulation 5).
        "private_notice" private_notice: Option<Spanned<NaiveDate>>,
        /// People who come but are not members: ids, or plain words.
        "invited" invited: Vec<Spanned<String>>,
        /// Public business.
        "items" items: Vec<Item>,
        /// Private business.
        "private" private: Vec<Item>,
    }
}

/// An item of business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// A number that overrides the count.
    pub number: Option<String>,
    /// Its papers, in order.
    pub papers: Vec<Spanned<PaperId>>,
    /// The agenda says that it needs no paper: `paper: none`.
    pub no_paper: bool,
    /// Not on the work programme, but added to the agenda since.
    pub added: bool,
    /// Whose report it is.
    pub report_of: Option<String>,
    /// Its slot, in words.
    pub time: Option<String>,
    /// Its pages in the printed pack.
    pub pages: Option<String>,
    /// A sentence beneath the title.
    pub note: Option<String>,
    /// Taken off the agenda.
    pub withdrawn: bool,
    /// Why it is private.
    pub exempt: Option<Exempt>,
    /// Items beneath it.
    pub items: Vec<Item>,
}

record! {
    /// The long form of an item.
    pub struct ItemHead {
        /// What it is about.
        "title" title: String,
        /// A number that overrides the count.
        "number" number: Option<String>,
        /// Its paper, or `none` if it needs none.
        "paper" paper: Option<Spanned<PaperId>>,
        /// Its papers, in order.
        "papers" papers: Vec<Spanned<PaperId>>,
        /// Whose report it is.
        "report_of" report_of: Option<String>,
        /// Its slot.
        "time" time: Option<String>,
        /// Its pages in the printed pack.
        "pages" pages: Option<String>,
        /// A sentence beneath the title.
        "note" note: Option<String>,
        /// Taken off the agenda.
        "withdrawn" withdrawn: bool = false,
        /// Added to the agenda although the work programme does not have it.
        "added" added: bool = false,
        /// Why it is private.
        "exempt" exempt: Option<Exempt>,
        /// Items beneath it.
        "items" items: Vec<Item>,
    }
}

impl Item {
    /// What can be kept of an item that is wrong, as has been reported: its place in the count and its papers, so that
    /// nobody is told that the items after it or its papers are wrong too.
    fn misread(entries: &[Entry], span: Span) -> Self {
        let mut papers: Vec<Spanned<PaperId>> = Vec::new();
        for entry in ["paper", "papers"].into_iter().filter_map(|key| find(entries, key)) {
            papers.extend(Vec::read(&entry.value, &mut Vec::new()).unwrap_or_default());
        }
        let items = match find(entries, "items").map(|entry| &entry.value.value) {
            Some(Value::List(nodes)) => nodes
                .iter()
                .map(|node| match &node.value {
                    Value::Map(entries) => Self::misread(entries, node.span),
                    _ => Self::titled(scalar(node).unwrap_or(""), node.span, Vec::new()),
                })
                .collect(),
            _ => Vec::new(),
        };
        let number = find(entries, "number").and_then(|entry| scalar(&entry.value)).map(str::to_owned);
        let exempt = private_all_the_same(entries, ItemHead::KEYS).map(|_| Exempt::unread());
        Self { number, papers, exempt, ..Self::titled("", span, items) }
    }
}

impl Read for Item {
    fn expected() -> Cow<'static, str> {
        "a title, or keys such as `title` and `paper`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Some(title) = scalar(node).filter(|title| !title.is_empty()) {
            return Some(Self::titled(title, node.span, Vec::new()));
        }
        let Value::Map(entries) = &node.value else { return wrong(node, findings) };
        if let [only] = entries.as_slice()
            && !ItemHead::KEYS.contains(&only.key.as_str())
            && matches!(only.value.value, Value::List(_))
        {
            // `Minutes: [...]`: a title and the items beneath it.
            let items = Vec::<Item>::read(&only.value, findings)?;
            return Some(Self::titled(only.key.trim(), only.key_span, items));
        }
        let unread = || private_all_the_same(entries, ItemHead::KEYS).map(|_| Exempt::unread());
        let before = findings.len();
        let head = ItemHead::read(node, findings);
        let Some(head) = head else {
            // "Title: something" typed without quotes is the commonest slip in a list of items.
            if let [only] = entries.as_slice()
                && nearest(&only.key, ItemHead::KEYS.iter().copied()).is_none()
            {
                findings.truncate(before);
                findings.push(
                    Finding::error(
                        codes::WRONG_VALUE,
                        node.span,
                        "this item's title has a colon in it, which makes it a key",
                    )
                    .help(format!(
                        "put the title in quotes: \"{}: {}\"",
                        only.key,
                        scalar(&only.value).unwrap_or("…")
                    )),
                );
            }
            return Some(Self::misread(entries, node.span));
        };
        reason_left_empty(entries, findings);
        let none = |paper: &Spanned<PaperId>| paper.as_str().eq_ignore_ascii_case("none");
        let no_paper = head.paper.as_ref().is_some_and(none);
        Some(Self {
            title: head.title,
            span: node.span,
            number: head.number,
            papers: head.paper.into_iter().filter(|paper| !none(paper)).chain(head.papers).collect(),
            no_paper,
            added: head.added,
            report_of: head.report_of,
            time: head.time,
            pages: head.pages,
            note: head.note,
            withdrawn: head.withdrawn,
            exempt: head.exempt.or_else(unread),
            items: head.items,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "Item", |generator| {
            let mut keys = schema::Keys::default();
            ItemHead::schema_fields(generator, &mut keys);
            keys.narrow("exempt", &Exempt::schema(generator));
            let keys = keys.finish("An item of business.");
            let beneath = Self::schema(generator);
            let one_key_that_is_a_title = json_schema!({
                "minProperties": 1,
                "maxProperties": 1,
                "propertyNames": {"not": {"enum": ItemHead::KEYS}},
                "additionalProperties": {"type": "array"},
            });
            let title_and_items = json_schema!({
                "description": "A title, and the items beneath it.",
                "additionalProperties": {"type": "array", "items": beneath},
            });
            let keys = json_schema!({"if": one_key_that_is_a_title, "then": title_and_items, "else": keys});
            schema::keys_or(&keys, &schema::words(&Self::expected()))
        })
    }
}

impl Item {
    fn titled(title: &str, span: Span, items: Vec<Item>) -> Self {
        Self {
            title: title.to_owned(),
            span,
            number: None,
            papers: Vec::new(),
            no_paper: false,
            added: false,
            report_of: None,
            time: None,
            pages: None,
            note: None,
            withdrawn: false,
            exempt: None,
            items,
        }
    }
}

record! {
    /// The head of a supplementary agenda.
    pub struct SupplementaryAgenda {
        /// First, second …
        "number" number: u32 = 1,
        /// Who sends it.
        "from" from: Option<String>,
        /// To whom.
        "to" to: Option<String>,
        /// A reference of the sender's.
        "reference" reference: Option<String>,
        /// The number of its first page in print, once it has been cited; it goes on where the pack before it ends if left
        /// out.
        "first_page" first_page: Option<Spanned<u32>>,
        /// What it adds, by item of the agenda.
        "items" items: Vec<SupplementaryItem>,
    }
}

record! {
    /// Papers added to an item.
    pub struct SupplementaryItem {
        /// The number of the agenda's item.
        "item" item: Spanned<String>,
        /// What is added.
        "papers" papers: Vec<Spanned<PaperId>>,
        /// Their pages in the printed pack.
        "pages" pages: Option<String>,
    }
}

record! {
    /// The head of minutes.
    pub struct Minutes {
        /// The meeting that agreed them; nothing while they are a draft.
        "agreed" agreed: Option<Spanned<NaiveDate>>,
        /// Who presided.
        "presided" presided: Option<Spanned<PersonId>>,
        /// The meeting elected the one who presided, since neither chair nor deputy chair could.
        "elected_to_preside" elected_to_preside: bool = false,
        /// Members of the body who were there.
        "present" present: Vec<Spanned<PersonId>>,
        /// Members who are not named: how many came from which organisation.
        "represented" represented: Vec<Represented>,
        /// Who sat for whom.
        "substitutes" substitutes: Vec<Substitute>,
        /// Members who sent apologies.
        "apologies" apologies: Vec<Spanned<PersonId>>,
        /// Other members and people from elsewhere.
        "others" others: Vec<OtherAttender>,
        /// Officers, by directorate.
        "employees" employees: Vec<Employees>,
        /// Interests declared.
        "interests" interests: Vec<Interest>,
        /// Votes that were recorded by name.
        "votes" votes: Vec<Vote>,
        /// When the meeting closed.
        "closed" closed: Option<Spanned<NaiveTime>>,
        /// The number of the first minute.
        "first_minute" first_minute: u32 = 1,
        /// What is to be done after the meeting.
        "follow_ups" follow_ups: Vec<FollowUp>,
        /// A sentence for the public in place of a private minute, by its number.
        "public_summaries" public_summaries: Table<String>,
    }
}

record! {
    /// Members of the body who are not named, by the organisation that they represent.
    pub struct Represented {
        /// The organisation, or the body, that they sit for.
        "organisation" organisation: Spanned<OrganisationId>,
        /// How many of them came.
        "number" number: u32 = 1,
    }
}

record! {
    /// A vote recorded by name. A vote on the budget must be (SI 2014/165).
    pub struct Vote {
        /// The minute it belongs to.
        "minute" minute: Spanned<u32>,
        /// What was voted on, where a minute has several votes.
        "on" on: Option<String>,
        /// A vote on the budget or on council tax.
        "budget" budget: bool = false,
        /// Who voted for.
        "for" votes_for: Vec<Spanned<PersonId>>,
        /// Who voted against.
        "against" against: Vec<Spanned<PersonId>>,
        /// Who abstained.
        "abstaining" abstaining: Vec<Spanned<PersonId>>,
    }
}

record! {
    /// Somebody sitting in another's place.
    pub struct Substitute {
        /// Who sat.
        "person" person: Spanned<PersonId>,
        /// For whom.
        "for" for_member: Spanned<PersonId>,
    }
}

record! {
    /// Somebody there who is not a member of the body.
    pub struct OtherAttender {
        /// The person, if named.
        "person" person: Option<Spanned<PersonId>>,
        /// In what capacity.
        "as" capacity: Option<String>,
        /// From which organisation, in words.
        "organisation" organisation: Option<String>,
        /// For which minute only.
        "for_minute" for_minute: Option<Spanned<u32>>,
    }
}

record! {
    /// Officers of one directorate.
    pub struct Employees {
        /// The directorate.
        "directorate" directorate: String,
        /// Posts, or how many officers.
        "posts" posts: Vec<String>,
    }
}

words! {
    /// What sort of interest (Localism Act 2011, sections 30 to 34).
    pub enum InterestKind {
        /// A disclosable pecuniary interest.
        Disclosable = "disclosable",
        /// Another registrable or non-registrable interest.
        Other = "other",
    }
}

record! {
    /// An interest that a member declared.
    pub struct Interest {
        /// Who.
        "person" person: Spanned<PersonId>,
        /// What.
        "interest" interest: String,
        /// Under which minute.
        "minute" minute: Option<Spanned<u32>>,
        /// What sort.
        "kind" kind: InterestKind = InterestKind::Other,
        /// The member was given leave to speak and vote all the same (Localism Act 2011, section 33).
        "dispensation" dispensation: bool = false,
    }
}

words! {
    /// How a follow-up stands.
    pub enum FollowUpState {
        /// Still to do.
        Outstanding = "outstanding",
        /// Done.
        Done = "done",
    }
}

record! {
    /// Something to be done after a meeting.
    pub struct FollowUp {
        /// The minute it comes from.
        "minute" minute: Spanned<u32>,
        /// What.
        "what" what: String,
        /// Who does it.
        "who" who: Option<String>,
        /// By when.
        "by" by: Option<Spanned<NaiveDate>>,
        /// How it stands.
        "state" state: FollowUpState = FollowUpState::Outstanding,
        /// The paper or meeting that settled it.
        "see" see: Option<Spanned<String>>,
    }
}
