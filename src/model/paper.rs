//! Papers: what an item carries, and the head that every paper has.

use chrono::NaiveDate;
use schemars::{Schema, SchemaGenerator, json_schema};

use super::meeting::{Agenda, Minutes, SupplementaryAgenda};
use super::read::schema::{self, Keys};
use super::read::{Read, Table, find, id, record, unknown_keys, words};
use super::{BodyId, ContactId, OfficeId, RuleSetting};
use crate::calendar::Moment;
use crate::finding::{Finding, codes, nearest};
use crate::text::yaml::{Entry, Node, Value};
use crate::text::{Span, Spanned};

id! {
    /// A paper's address: its path below the content folder, without `.md`.
    pub struct PaperId = "the address of a paper: its file name without `.md`, or its path";
}

words! {
    /// What kind of paper.
    pub enum Kind {
        /// The items of a meeting.
        Agenda = "agenda",
        /// Papers that follow after the agenda.
        SupplementaryAgenda = "supplementary-agenda",
        /// What was decided.
        Minutes = "minutes",
        /// A briefing note.
        BriefingNote = "briefing-note",
        /// A report.
        Report = "report",
        /// Slides or notes of a presentation.
        Presentation = "presentation",
        /// An appendix to another paper.
        Appendix = "appendix",
        /// What a body is for.
        TermsOfReference = "terms-of-reference",
        /// What a body plans to consider.
        WorkProgramme = "work-programme",
        /// A funder's form, filled in.
        MonitoringReturn = "monitoring-return",
        /// A letter.
        Letter = "letter",
    }
}

impl Kind {
    /// The kind as a reader sees it: "Briefing note".
    pub fn printed(self) -> &'static str {
        match self {
            Self::Agenda => "Agenda",
            Self::SupplementaryAgenda => "Supplementary agenda",
            Self::Minutes => "Minutes",
            Self::BriefingNote => "Briefing note",
            Self::Report => "Report",
            Self::Presentation => "Presentation",
            Self::Appendix => "Appendix",
            Self::TermsOfReference => "Terms of reference",
            Self::WorkProgramme => "Work programme",
            Self::MonitoringReturn => "Monitoring return",
            Self::Letter => "Letter",
        }
    }
}

words! {
    /// How far a paper has come.
    pub enum Status {
        /// Being written: never goes out.
        Draft = "draft",
        /// Finished: goes out when its time comes.
        Ready = "ready",
        /// Out, once its time has come.
        Published = "published",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

record! {
    /// Why a paper or an item is private (Local Government Act 1972, section 100A(4) and Schedule 12A).
    pub struct Exempt {
        /// Paragraphs of Schedule 12A: 1 to 7 in England, 12 to 18 in Wales.
        "paragraphs" paragraphs: Vec<Spanned<u32>>,
        /// Why the public interest favours keeping it private.
        "public_interest" public_interest: Option<String>,
    }
}

record! {
    /// What the head of every kind of paper may hold.
    pub struct Common {
        /// What kind.
        "kind" kind: Spanned<Kind>,
        /// What it is called.
        "title" title: Option<Spanned<String>>,
        /// How far it has come.
        "status" status: Status = Status::Draft,
        /// When it goes out.
        "published" published: Option<Spanned<Moment>>,
        /// Why it goes out with less notice than is required: the chair's reason of special circumstances (Local
        /// Government Act 1972, section 100B(4)(b)).
        "late_reason" late_reason: Option<Spanned<String>>,
        /// Why it is private.
        "exempt" exempt: Option<Spanned<Exempt>>,
        /// Findings about this paper that are known, and how much they matter here.
        "rules" rules: Vec<RuleSetting>,
        /// Made up for a demonstration.
        "invented" invented: bool = false,
        /// A sentence or two for lists.
        "summary" summary: Option<String>,
        /// Whether paragraphs carry numbers; nothing if the kind decides.
        "numbering" numbering: Option<bool>,
        /// A PDF that is the paper itself, beside it: slides, a leaflet, a signed letter. It is drawn into the pack after what
        /// stands in the text.
        "file" file: Option<Spanned<String>>,
        /// The paper whose text this one issues again.
        "text_of" text_of: Option<Spanned<PaperId>>,
        /// The body it belongs to, or whose meeting it is for.
        "body" body: Option<Spanned<BodyId>>,
        /// Its date, where the folder or the kind does not say.
        "date" date: Option<Spanned<NaiveDate>>,
    }
}

impl Common {
    /// When it goes out.
    pub fn published_at(&self) -> Option<Moment> {
        self.published.as_ref().map(|published| published.value)
    }
}

/// The head of a paper: what every kind has, and what its kind adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What every kind has.
    pub common: Common,
    /// What this kind adds.
    pub own: Own,
}

/// What each kind of paper adds to its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// An agenda.
    Agenda(Box<Agenda>),
    /// A supplementary agenda.
    SupplementaryAgenda(Box<SupplementaryAgenda>),
    /// Minutes.
    Minutes(Box<Minutes>),
    /// Briefing note, report, presentation or letter.
    Report(Box<Report>),
    /// An appendix.
    Appendix(Appendix),
    /// Terms of reference.
    TermsOfReference(TermsOfReference),
    /// A work programme.
    WorkProgramme(Box<WorkProgramme>),
    /// A monitoring return.
    MonitoringReturn(MonitoringReturn),
}

record! {
    /// What briefing notes, reports, presentations and letters add.
    pub struct Report {
        /// Whose report it is.
        "report_of" report_of: Option<String>,
        /// The cabinet members concerned.
        "portfolio_holder" portfolio_holder: Vec<Spanned<OfficeId>>,
        /// Who wrote it, by post.
        "authors" authors: Vec<Author>,
        /// Whom to ask.
        "contact" contact: Option<Spanned<ContactId>>,
        /// Wards concerned, or `all`.
        "wards" wards: Vec<String>,
        /// Background papers, or `none` (Local Government Act 1972, section 100D(1)).
        "background_papers" background_papers: Vec<String>,
        /// Appendices, in order.
        "appendices" appendices: Vec<Spanned<PaperId>>,
        /// What the proposals imply: legal, financial, equality …
        "implications" implications: Table<String>,
        /// Sender of a letter.
        "from" from: Option<String>,
        /// Receiver of a letter.
        "to" to: Option<String>,
    }
}

record! {
    /// The author of a paper: a post, not a person.
    pub struct Author {
        /// The post.
        "post" post: Option<String>,
        /// Its directorate.
        "directorate" directorate: Option<String>,
        /// Its organisation.
        "organisation" organisation: Option<String>,
    }
}

record! {
    /// What an appendix adds.
    pub struct Appendix {
        /// "Appendix 1" is 1.
        "number" number: Spanned<String>,
        /// Appendices of its own, in order.
        "appendices" appendices: Vec<Spanned<PaperId>>,
    }
}

record! {
    /// What terms of reference add.
    pub struct TermsOfReference {
        /// When they were adopted.
        "adopted" adopted: Option<Spanned<NaiveDate>>,
    }
}

record! {
    /// What a work programme adds.
    pub struct WorkProgramme {
        /// The municipal year, as `2023/24`.
        "year" year: Spanned<String>,
        /// When it was last brought up to date.
        "updated" updated: Option<Spanned<NaiveDate>>,
        /// What is planned for which meeting.
        "entries" entries: Vec<ProgrammeEntry>,
        /// What has no date yet.
        "undated" undated: Vec<UndatedEntry>,
        /// What is still owed to the body.
        "outstanding" outstanding: Vec<OutstandingIssue>,
    }
}

record! {
    /// Something planned for a meeting.
    pub struct ProgrammeEntry {
        /// Which day.
        "date" date: Spanned<NaiveDate>,
        /// What.
        "title" title: String,
        /// Why, and what is to be considered.
        "detail" detail: Option<String>,
        /// The meeting it was put off from.
        "deferred_from" deferred_from: Option<Spanned<NaiveDate>>,
        /// The cabinet members concerned.
        "portfolio_holder" portfolio_holder: Vec<Spanned<OfficeId>>,
        /// Lead officers: ids of offices, or plain words.
        "lead" lead: Vec<Spanned<String>>,
        /// The meeting stands, but nothing is down for it.
        "empty" empty: bool = false,
    }
}

record! {
    /// Something planned without a date.
    pub struct UndatedEntry {
        /// What.
        "title" title: String,
        /// Why, and what is to be considered.
        "detail" detail: Option<String>,
        /// When, in words.
        "when" when: Option<String>,
        /// The cabinet members concerned.
        "portfolio_holder" portfolio_holder: Vec<Spanned<OfficeId>>,
        /// Lead officers: ids of offices, or plain words.
        "lead" lead: Vec<Spanned<String>>,
    }
}

record! {
    /// Something still owed to the body.
    pub struct OutstandingIssue {
        /// What.
        "title" title: String,
        /// How it stands.
        "detail" detail: Option<String>,
        /// The meeting it comes from.
        "from" from: Option<Spanned<NaiveDate>>,
        /// The minute it comes from.
        "minute" minute: Option<Spanned<u32>>,
    }
}

record! {
    /// What a monitoring return adds.
    pub struct MonitoringReturn {
        /// The area it reports on.
        "area" area: String,
        /// The partnership that makes it.
        "partnership" partnership: Option<String>,
    }
}

record! {
    /// `form.yaml`: a funder's form.
    pub struct Form {
        /// What the form is called.
        "title" title: String,
        /// Who asks for it.
        "funder" funder: String,
        /// The financial year, as `2016/17`.
        "year" year: String,
        /// The quarter, 1 to 4.
        "quarter" quarter: u32,
        /// When the returns go out.
        "published" published: Option<Moment>,
        /// How far it has come.
        "status" status: Status = Status::Draft,
        /// The questions, by number.
        "questions" questions: Table<String>,
    }
}

/// Reports the key `exempt` with nothing after it: whoever wrote it thinks that the business is private.
pub(super) fn reason_left_empty(entries: &[Entry], findings: &mut Vec<Finding>) {
    if let Some(entry) = find(entries, "exempt").filter(|entry| entry.value.value == Value::Nothing) {
        findings.push(
            Finding::error(codes::NO_EXEMPT_REASON, entry.key_span, "the key `exempt` says nothing")
                .help("write `exempt: {paragraphs: [3], public_interest: …}`, or remove the key"),
        );
    }
}

/// Why something is private, as far as that could be read. What has a key `exempt` that cannot be read, or one that is nearly
/// called so, is private all the same: whoever wrote it thinks that it is, and is told what is wrong with the key.
pub(super) fn private_all_the_same<'e>(entries: &'e [Entry], known: &[&'static str]) -> Option<&'e Entry> {
    let meant = |key: &str| !known.contains(&key) && nearest(key, known.iter().copied()) == Some("exempt");
    entries.iter().find(|entry| entry.key == "exempt" || meant(&entry.key))
}

impl Exempt {
    /// Of what is private for a reason that cannot be read.
    pub(super) fn unread() -> Self {
        Self { paragraphs: Vec::new(), public_interest: None }
    }
}

/// What one kind of paper adds to its head: the keys, how they are read, and what editors should know of them.
struct OwnPart {
    keys: &'static [&'static str],
    read: fn(&[Entry], Span, &mut Vec<Finding>) -> Option<Own>,
    schema: fn(&mut SchemaGenerator, &mut Keys),
}

impl Kind {
    /// What this kind adds to the head: the one place that says so.
    fn own(self) -> OwnPart {
        macro_rules! part {
            ($type:ident, $own:expr) => {
                OwnPart {
                    keys: $type::KEYS,
                    read: |entries, span, findings| $type::read_fields(entries, span, findings).map($own),
                    schema: $type::schema_fields,
                }
            };
        }
        match self {
            Self::Agenda => part!(Agenda, |own| Own::Agenda(Box::new(own))),
            Self::SupplementaryAgenda => part!(SupplementaryAgenda, |own| Own::SupplementaryAgenda(Box::new(own))),
            Self::Minutes => part!(Minutes, |own| Own::Minutes(Box::new(own))),
            Self::BriefingNote | Self::Report | Self::Presentation | Self::Letter => {
                part!(Report, |own| Own::Report(Box::new(own)))
            }
            Self::Appendix => part!(Appendix, Own::Appendix),
            Self::TermsOfReference => part!(TermsOfReference, Own::TermsOfReference),
            Self::WorkProgramme => part!(WorkProgramme, |own| Own::WorkProgramme(Box::new(own))),
            Self::MonitoringReturn => part!(MonitoringReturn, Own::MonitoringReturn),
        }
    }

    /// What an editor should know of the head of a paper of this kind.
    pub fn head_schema(self, generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, self.word(), |generator| {
            let mut keys = Keys::default();
            Common::schema_fields(generator, &mut keys);
            (self.own().schema)(generator, &mut keys);
            keys.narrow("kind", &schema::one_of(&format!("`{}`", self.word()), &[self.word()], &[self.printed()]));
            keys.narrow("exempt", &Exempt::schema(generator));
            if self.needs_title() {
                keys.require("title", &String::schema(generator));
            }
            keys.finish(&format!("The head of a paper: {}.", self.printed().to_lowercase()))
        })
    }

    /// Whether a paper of this kind must say what it is called; the others are called by their kind.
    pub fn needs_title(self) -> bool {
        !matches!(self, Self::Agenda | Self::SupplementaryAgenda | Self::Minutes | Self::MonitoringReturn)
    }
}

impl Head {
    /// Reads a head; every finding is reported, and nothing comes back if what is needed is not there.
    pub fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            findings.push(Finding::error(
                codes::WRONG_VALUE,
                node.span,
                format!("the head must be keys and values, found {}", node.found()),
            ));
            return None;
        };
        let Some(kind) = find(entries, "kind").and_then(|entry| Kind::read(&entry.value, &mut Vec::new())) else {
            // Without a kind, no key can be called unknown: say only what is wrong with the kind.
            let meant = entries.iter().find(|entry| nearest(&entry.key, ["kind"]).is_some());
            match meant.filter(|entry| entry.key != "kind") {
                Some(entry) if find(entries, "kind").is_none() => findings.push(
                    Finding::error(
                        codes::MISSING_KEY,
                        entry.key_span,
                        format!("the key `kind` is missing, and nobody knows the key `{}`", entry.key),
                    )
                    .help("did you mean `kind`? Keys are written with small letters"),
                ),
                _ => {
                    super::read::field::<Kind>(entries, "kind", node.span, None, findings);
                }
            }
            return None;
        };
        let OwnPart { keys, read, .. } = kind.own();
        let known: Vec<&'static str> = Common::KEYS.iter().chain(keys).copied().collect();
        unknown_keys(entries, &known, findings);
        reason_left_empty(entries, findings);
        let common = Common::read_fields(entries, node.span, findings);
        let own = read(entries, node.span, findings);
        let mut common = common?;
        if let (None, Some(entry)) = (&common.exempt, private_all_the_same(entries, &known)) {
            let span = Span { end: entry.value.span.end.max(entry.key_span.end), ..entry.key_span };
            common.exempt = Some(Spanned::new(Exempt::unread(), span));
        }
        Some(Self { common, own: own? })
    }

    /// What an editor should know of the head of any paper: once it says its kind, all that this kind may hold.
    pub fn schema(generator: &mut SchemaGenerator) -> Schema {
        let mut kind = <Kind as Read>::schema(generator);
        kind.insert("description".to_owned(), "What kind of paper: it decides which keys there are.".into());
        let by_kind: Vec<Schema> = Kind::ALL
            .iter()
            .map(|kind| {
                let word = schema::text(kind.word(), &schema::any_case(&[kind.word()]));
                let head = kind.head_schema(generator);
                json_schema!({"if": {"properties": {"kind": word}, "required": ["kind"]}, "then": head})
            })
            .collect();
        json_schema!({"type": "object", "properties": {"kind": kind}, "required": ["kind"], "allOf": by_kind})
    }

    /// The report part of the head, for the kinds that have one.
    pub fn report(&self) -> Option<&Report> {
        match &self.own {
            Own::Report(report) => Some(report),
            _ => None,
        }
    }

    /// The appendices that this paper lists.
    pub fn appendices(&self) -> &[Spanned<PaperId>] {
        match &self.own {
            Own::Report(report) => &report.appendices,
            Own::Appendix(appendix) => &appendix.appendices,
            _ => &[],
        }
    }
}
