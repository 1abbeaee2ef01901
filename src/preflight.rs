//! The preflight: one page about one meeting, for an officer to print, tick and sign before the papers go out.
//!
//! It says what will be published and when it must be, what is exempt and why, what makes a quorum, who has declared what,
//! and which findings are open. It is made from the record, names private business, and is never part of any edition.

mod notice;
mod pack;
mod people;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::calendar::{Moment, clock_time, full_date};
use crate::finding::{Counts, Finding, Severity, counted, human, sentence};
use crate::model::MeetingKey;
use crate::model::meeting::MeetingState;
use crate::record::Record;
use crate::rules::{Context, MeetingInHand};
use crate::text::Sources;
use crate::text::sentence::listed;

const TEMPLATE: &str = include_str!("preflight/preflight.html");

/// The mark by which a file is known to be a preflight that may be replaced.
pub const MARK: &str = "<meta name=\"generator\" content=\"Quorate\">";

/// So many files elsewhere are named that hold up publication.
const MOST_FILES: usize = 3;

/// The page for one meeting; nothing if the record has no such meeting.
///
/// # Errors
/// If the template cannot be filled in, which is a fault of the program.
pub fn page(
    record: &Record,
    sources: &Sources,
    findings: &[Finding],
    key: &MeetingKey,
    now: Moment,
) -> Result<Option<String>, tera::Error> {
    let context = Context::new(record, sources, findings, now);
    let Some(meeting) = context.meeting(key) else { return Ok(None) };
    let mut tera = tera::Tera::default();
    tera.add_raw_templates([("preflight.html", TEMPLATE)])?;
    let page = Preflight::of(meeting, findings);
    tera.render("preflight.html", &tera::Context::from_serialize(&page)?).map(Some)
}

/// What the page says.
#[derive(Debug, Serialize)]
struct Preflight {
    language: String,
    authority: String,
    body: String,
    date: String,
    time: Option<String>,
    place: Option<String>,
    state: &'static str,
    made: String,
    can_be_published: bool,
    /// What holds it up besides the findings that are counted: a sentence each.
    held_up: Vec<String>,
    counts: String,
    notice: Vec<notice::NoticeRow>,
    items: Vec<pack::ItemRow>,
    exempt: Vec<pack::ExemptRow>,
    quorum: String,
    members: Vec<people::MemberRow>,
    /// How many places the members hold: an unnamed member may stand for several.
    seats: u32,
    promises: Vec<String>,
    findings: Vec<FindingRow>,
}

#[derive(Debug, Serialize)]
struct FindingRow {
    code: &'static str,
    severity: &'static str,
    stops: bool,
    place: String,
    message: String,
    help: Option<String>,
    accepted: Option<String>,
}

impl Preflight {
    fn of(meeting: MeetingInHand<'_>, findings: &[Finding]) -> Self {
        let context = meeting.context;
        let model = &context.record.model;
        let agenda = meeting.agenda();
        let planned = meeting.meeting.planned.as_ref();
        let state = agenda.map(|(_, own)| own.state).or(planned.map(|planned| planned.state));
        let time = agenda.and_then(|(_, own)| own.time).or(planned.and_then(|planned| planned.time));
        let pack = pack::Pack::of(meeting);
        let (mut concerned, elsewhere): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|finding| pack.is_concerned(finding));
        concerned.sort_by_key(|finding| (finding.accepted.is_some(), std::cmp::Reverse(finding.severity)));
        let counts = Counts::of(concerned.iter().copied());
        let no_agenda = pack.why_no_agenda().map(|why| format!("The public will not see the agenda: {why}."));
        let held_up: Vec<String> = no_agenda.into_iter().chain(holding_up(&elsewhere, context.sources)).collect();
        let folder = pack.folder();
        Self {
            language: model.authority.language.clone(),
            authority: model.authority.name.clone(),
            body: model.name_of_body(&meeting.meeting.key.body).to_owned(),
            date: full_date(meeting.date()),
            time: time.map(clock_time),
            place: agenda
                .and_then(|(_, own)| own.place.clone())
                .or_else(|| planned.and_then(|planned| planned.place.clone())),
            state: state.unwrap_or(MeetingState::Scheduled).word(),
            made: context.now.long(),
            can_be_published: counts.errors == 0 && held_up.is_empty(),
            held_up,
            counts: in_words(counts),
            notice: notice::notice(&pack),
            items: pack.items(),
            exempt: pack.exempt(),
            quorum: people::quorum(&meeting),
            members: people::members(&meeting),
            seats: meeting.members().map(|member| member.number).sum(),
            promises: people::promises(&meeting),
            findings: concerned.iter().map(|finding| row(finding, context.sources, &folder)).collect(),
        }
    }
}

/// That errors in other papers hold up these too: with an error anywhere nothing at all is published.
fn holding_up(elsewhere: &[&Finding], sources: &Sources) -> Option<String> {
    let is_open_error = |finding: &&&Finding| finding.severity == Severity::Error && finding.accepted.is_none();
    let errors: Vec<_> = elsewhere.iter().filter(is_open_error).collect();
    if errors.is_empty() {
        return None;
    }
    let files: BTreeSet<&str> =
        errors.iter().map(|finding| sources.get(finding.primary.span.source).path.as_str()).collect();
    let more = files.len().saturating_sub(MOST_FILES);
    let mut named: Vec<String> = files.into_iter().take(MOST_FILES).map(human::harmless).collect();
    named.extend((more > 0).then(|| counted(more, "other file", "other files")));
    let errors = counted(errors.len(), "error elsewhere holds", "errors elsewhere hold");
    Some(format!("{errors} up the publication of everything, these papers too: in {}.", listed(named)))
}

fn in_words(counts: Counts) -> String {
    let known = (counts.known > 0).then(|| format!("{} known", counts.known));
    let words: Vec<String> = (counts.open() > 0).then(|| counts.words()).into_iter().chain(known).collect();
    match words.join(", ").as_str() {
        "" => "Nothing was found in these papers.".to_owned(),
        words => format!("Found in these papers: {words}."),
    }
}

fn row(finding: &Finding, sources: &Sources, folder: &str) -> FindingRow {
    let place = sources.place(finding.primary.span);
    FindingRow {
        code: finding.code,
        severity: finding.severity.word(),
        stops: finding.severity == Severity::Error && finding.accepted.is_none(),
        // Somebody who reads this has the meeting's folder open.
        place: place.strip_prefix(folder).unwrap_or(&place).to_owned(),
        message: sentence(&human::harmless(&finding.message)),
        help: finding.help.as_deref().map(|help| sentence(&human::harmless(help))),
        accepted: finding.accepted.as_deref().map(human::harmless),
    }
}
