//! The preflight: one page about one meeting, for an officer to print, tick and sign before the papers go out.
//!
//! It says what will be published and when it must be, what is exempt and why, what makes a quorum, who has declared what,
//! and which findings are open. It is made from the record, names private business, and is never part of any edition.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::calendar::{Moment, clock_time, full_date, long_date};
use crate::finding::{Counts, Finding, Severity, human};
use crate::model::body::Membership;
use crate::model::meeting::{FollowUpState, MeetingState};
use crate::model::{Exempt, Item, MeetingKey, Status, schedule_12a};
use crate::record::{NumberedItem, Paper, Record, numbered_items};
use crate::rules::law::Profile;
use crate::rules::{self, Context, MeetingInHand};
use crate::text::Sources;

const TEMPLATE: &str = include_str!("preflight/preflight.html");

/// The mark by which a file is known to be a preflight that may be replaced.
pub const MARK: &str = "<meta name=\"generator\" content=\"Quorate\">";

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
    let page = Preflight::of(&meeting, findings);
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
    errors: usize,
    counts: String,
    notice: Vec<NoticeRow>,
    items: Vec<ItemRow>,
    exempt: Vec<ExemptRow>,
    quorum: String,
    members: Vec<MemberRow>,
    /// How many places the members hold: an unnamed member may stand for several.
    seats: u32,
    promises: Vec<String>,
    findings: Vec<FindingRow>,
}

#[derive(Debug, Serialize)]
struct NoticeRow {
    label: &'static str,
    text: String,
    wrong: bool,
}

#[derive(Debug, Serialize)]
struct ItemRow {
    number: String,
    title: String,
    remark: Option<String>,
    private: bool,
    withdrawn: bool,
    papers: Vec<PaperRow>,
}

#[derive(Debug, Serialize)]
struct PaperRow {
    title: String,
    file: String,
    /// 0 for a paper of the item, 1 and more for an appendix.
    depth: usize,
    /// What becomes of it: "with the agenda", "kept back: a draft".
    fate: String,
    kept_back: bool,
}

#[derive(Debug, Serialize)]
struct ExemptRow {
    what: String,
    paragraphs: String,
    reason: String,
}

#[derive(Debug, Serialize)]
struct MemberRow {
    name: String,
    role: &'static str,
    /// "present" or "apologies", once there are minutes.
    there: Option<&'static str>,
    interests: Vec<String>,
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
    fn of(meeting: &MeetingInHand<'_>, findings: &[Finding]) -> Self {
        let context = meeting.context;
        let authority = &context.record.model.authority;
        let agenda = meeting.agenda();
        let planned = meeting.meeting.planned.as_ref();
        let state = agenda.map(|(_, own)| own.state).or(planned.map(|planned| planned.state));
        let time = agenda.and_then(|(_, own)| own.time).or(planned.and_then(|planned| planned.time));
        let pack = Pack::of(meeting);
        let mut findings: Vec<&Finding> = findings.iter().filter(|finding| pack.is_concerned(finding)).collect();
        findings.sort_by_key(|finding| (finding.accepted.is_some(), std::cmp::Reverse(finding.severity)));
        let counts = Counts::of(findings.iter().copied());
        Self {
            language: authority.language.clone(),
            authority: authority.name.clone(),
            body: meeting.body().map_or_else(|| meeting.meeting.key.body.to_string(), |body| body.name.clone()),
            date: full_date(meeting.date()),
            time: time.map(clock_time),
            place: agenda
                .and_then(|(_, own)| own.place.clone())
                .or_else(|| planned.and_then(|planned| planned.place.clone())),
            state: state.unwrap_or(MeetingState::Scheduled).word(),
            made: context.now.long(),
            errors: counts.errors,
            counts: in_words(counts),
            notice: notice(meeting),
            items: items(meeting),
            exempt: exempt(meeting),
            quorum: quorum(meeting),
            members: members(meeting),
            seats: meeting.members().map(|member| member.number).sum(),
            promises: promises(meeting),
            findings: findings.iter().map(|finding| row(finding, context.sources, &pack.folder)).collect(),
        }
    }
}

fn in_words(counts: Counts) -> String {
    let known = (counts.known > 0).then(|| format!("{} known", counts.known));
    let words: Vec<String> = (counts.open() > 0).then(|| counts.words()).into_iter().chain(known).collect();
    if words.is_empty() { "No findings.".to_owned() } else { format!("{}.", words.join(", ")) }
}

/// A place as somebody reads it who has the meeting's folder open.
fn short(place: &str, folder: &str) -> String {
    place.strip_prefix(folder).unwrap_or(place).to_owned()
}

/// Words that begin with a small letter, since a place comes before them on a screen, as a sentence of their own.
fn sentence(words: &str) -> String {
    let words = human::harmless(words);
    let mut rest = words.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", rest.as_str())
}

fn row(finding: &Finding, sources: &Sources, folder: &str) -> FindingRow {
    FindingRow {
        code: finding.code,
        severity: finding.severity.word(),
        stops: finding.severity == Severity::Error,
        place: short(&sources.place(finding.primary.span), folder),
        message: sentence(&finding.message),
        help: finding.help.as_deref().map(sentence),
        accepted: finding.accepted.as_deref().map(human::harmless),
    }
}

/// The files that the meeting's papers are made from.
struct Pack<'r> {
    sources: &'r Sources,
    papers: BTreeSet<u32>,
    /// Files that the papers are made from besides: the body's, and the data beside the papers.
    body: String,
    folder: String,
}

impl<'r> Pack<'r> {
    fn of(meeting: &MeetingInHand<'r>) -> Self {
        let mut papers = BTreeSet::new();
        let carried = carried(meeting);
        let own =
            meeting.agenda().map(|(paper, _)| paper).into_iter().chain(meeting.supplementary().map(|(paper, _)| paper));
        let minutes = meeting.minutes().map(|(paper, _)| paper);
        for paper in
            own.chain(minutes).chain(carried.iter().flat_map(|(_, papers)| papers.iter().map(|(_, paper)| *paper)))
        {
            papers.insert(paper.source.0);
        }
        let key = &meeting.meeting.key;
        Self {
            sources: meeting.context.sources,
            papers,
            body: format!("bodies/{}.yaml", key.body),
            folder: format!("meetings/{key}/"),
        }
    }

    fn is_concerned(&self, finding: &Finding) -> bool {
        let source = finding.primary.span.source;
        let path = &self.sources.get(source).path;
        self.papers.contains(&source.0) || *path == self.body || path.starts_with(&self.folder)
    }
}

/// Each item with its papers and their appendices, and how deep each stands.
fn carried<'r>(meeting: &MeetingInHand<'r>) -> Vec<(NumberedItem<'r>, Vec<(usize, &'r Paper)>)> {
    let Some((agenda, own)) = meeting.agenda() else { return Vec::new() };
    let context = meeting.context;
    let mut rows = Vec::new();
    for top in numbered_items(own) {
        let beneath = top.items.clone();
        for item in std::iter::once(top).chain(beneath) {
            let mut papers = Vec::new();
            let mut seen = BTreeSet::new();
            for id in &item.item.papers {
                collect(context, agenda, &id.value, 0, &mut seen, &mut papers);
            }
            for (supplementary, own) in meeting.supplementary() {
                for added in own.items.iter().filter(|added| added.item.value == item.number) {
                    for id in &added.papers {
                        collect(context, supplementary, &id.value, 0, &mut seen, &mut papers);
                    }
                }
            }
            rows.push((item, papers));
        }
    }
    rows
}

fn collect<'r>(
    context: &'r Context<'r>,
    from: &Paper,
    written: &crate::model::PaperId,
    depth: usize,
    seen: &mut BTreeSet<u32>,
    out: &mut Vec<(usize, &'r Paper)>,
) {
    let Some(paper) = context.paper(&from.address(written)) else { return };
    if seen.insert(paper.source.0) {
        out.push((depth, paper));
        for appendix in paper.head.appendices() {
            collect(context, paper, &appendix.value, depth + 1, seen, out);
        }
    }
}

fn items(meeting: &MeetingInHand<'_>) -> Vec<ItemRow> {
    let agenda = meeting.agenda().map(|(paper, _)| paper);
    carried(meeting)
        .into_iter()
        .map(|(item, papers)| ItemRow {
            remark: remark(item.item, papers.is_empty()),
            private: item.private,
            withdrawn: item.item.withdrawn,
            papers: papers
                .into_iter()
                .map(|(depth, paper)| paper_row(paper, depth, item.private, agenda, meeting))
                .collect(),
            title: item.item.title.clone(),
            number: item.number,
        })
        .collect()
}

fn remark(item: &Item, without_papers: bool) -> Option<String> {
    let report_of = item.report_of.as_ref().map(|who| format!("Report of {who}"));
    let papers = (item.no_paper && without_papers).then(|| "No paper needed".to_owned());
    let remarks: Vec<String> = report_of.into_iter().chain(papers).collect();
    (!remarks.is_empty()).then(|| remarks.join(". "))
}

fn paper_row(
    paper: &Paper,
    depth: usize,
    private: bool,
    agenda: Option<&Paper>,
    meeting: &MeetingInHand<'_>,
) -> PaperRow {
    let common = &paper.head.common;
    let own = common.published_at();
    let with = agenda.and_then(|agenda| agenda.head.common.published_at());
    let (fate, kept_back) = match (common.status, private || common.exempt.is_some()) {
        (Status::Draft, _) => ("kept back: it is a draft".to_owned(), true),
        (Status::Withdrawn, _) => ("withdrawn".to_owned(), true),
        (_, true) => ("private: members only".to_owned(), true),
        (Status::Ready | Status::Published, false) => match own.max(with) {
            Some(moment) if moment > meeting.context.now => (format!("goes out on {}", moment.long()), false),
            Some(moment) => (format!("public since {}", moment.long()), false),
            None if common.status == Status::Published => ("public".to_owned(), false),
            None => ("waits: nothing says when it goes out".to_owned(), true),
        },
    };
    PaperRow {
        title: paper.full_title(),
        file: short(&format!("{}.md", paper.id), &format!("meetings/{}/", meeting.meeting.key)),
        depth,
        fate,
        kept_back,
    }
}

fn exempt(meeting: &MeetingInHand<'_>) -> Vec<ExemptRow> {
    let mut rows = Vec::new();
    for (item, papers) in carried(meeting) {
        let own = item.item.exempt.as_ref();
        if item.private {
            rows.push(exempt_row(format!("Item {}, {}", item.number, item.item.title), own, meeting));
        }
        for (_, paper) in papers {
            if let Some(exempt) = &paper.head.common.exempt {
                rows.push(exempt_row(
                    format!("Item {}, {}", item.number, paper.full_title()),
                    Some(&exempt.value),
                    meeting,
                ));
            }
        }
    }
    rows
}

/// What the law and the body's own terms ask, and whether it is kept.
fn notice(meeting: &MeetingInHand<'_>) -> Vec<NoticeRow> {
    let context = meeting.context;
    let published = meeting.agenda().and_then(|(paper, _)| paper.head.common.published_at());
    let mut rows = Vec::new();
    let Some(body) = meeting.body() else { return rows };
    let law = Profile::of(body, &context.record.model.authority).notice();
    let law = law.map(|required| ("The law asks for", required.notice, Some(required.source)));
    let own = body.papers_out.map(|notice| ("The body's own terms ask for", notice, None));
    if law.is_none() && own.is_none() {
        rows.push(NoticeRow {
            label: "Notice",
            text: "neither the law nor the body's file asks for any".to_owned(),
            wrong: false,
        });
    }
    for (label, notice, source) in law.into_iter().chain(own) {
        let source = source.map_or_else(String::new, |source| format!(" ({source})"));
        rows.push(NoticeRow { label, text: format!("{notice} before the meeting{source}"), wrong: false });
        let latest = notice.latest(meeting.date(), &context.working);
        let wrong = published.is_none_or(|published| published > context.now) && latest < context.now.date();
        rows.push(NoticeRow { label: "Latest day to publish", text: full_date(latest), wrong });
        if let Some(published) = published {
            let margin = notice.margin(published.date(), meeting.date(), &context.working);
            rows.push(NoticeRow {
                label: "Agenda",
                text: format!("{}: {margin}", full_date(published.date())),
                wrong: !margin.in_time(),
            });
        }
        for (paper, own) in meeting.supplementary() {
            let Some(published) = paper.head.common.published_at() else { continue };
            let margin = notice.margin(published.date(), meeting.date(), &context.working);
            let reason = paper.head.common.late_reason.as_ref().filter(|_| !margin.in_time());
            let reason = reason.map_or_else(String::new, |reason| format!(". Reason: {}", reason.value));
            rows.push(NoticeRow {
                label: "Supplementary agenda",
                text: format!("{}, {}: {margin}{reason}", own.number, full_date(published.date())),
                wrong: !margin.in_time() && reason.is_empty(),
            });
        }
    }
    if published.is_none() {
        rows.push(NoticeRow { label: "Agenda", text: "nothing says when it goes out".to_owned(), wrong: true });
    }
    rows
}

/// What makes a quorum, and who was there once there are minutes.
fn quorum(meeting: &MeetingInHand<'_>) -> String {
    let Some(needed) = rules::needed(meeting) else {
        return "The body's file does not say what makes a quorum.".to_owned();
    };
    let needed = format!("Needed: {}.", needed.in_words());
    match rules::quorate(meeting) {
        Some(quorate) if quorate.met => format!("{needed} The minutes show {}.", quorate.there),
        Some(quorate) => format!("{needed} The minutes show {}: missing is {}.", quorate.there, quorate.missing),
        None => needed,
    }
}

fn exempt_row(what: String, exempt: Option<&Exempt>, meeting: &MeetingInHand<'_>) -> ExemptRow {
    let nation = meeting.context.record.model.authority.nation;
    let paragraphs: Vec<String> = exempt
        .into_iter()
        .flat_map(|exempt| &exempt.paragraphs)
        .map(|paragraph| match schedule_12a::gist(nation, paragraph.value) {
            Some(gist) => format!("paragraph {} ({gist})", paragraph.value),
            None => format!("paragraph {}", paragraph.value),
        })
        .collect();
    ExemptRow {
        what,
        paragraphs: if paragraphs.is_empty() { "no paragraph named".to_owned() } else { paragraphs.join("; ") },
        reason: exempt
            .and_then(|exempt| exempt.public_interest.clone())
            .unwrap_or_else(|| "No reason is given.".to_owned()),
    }
}

/// Members on the day, what they have declared in the body's minutes of the year before, and whether they came.
fn members(meeting: &MeetingInHand<'_>) -> Vec<MemberRow> {
    let context = meeting.context;
    let since = meeting.date().checked_sub_months(chrono::Months::new(12)).unwrap_or(meeting.date());
    let minutes: Vec<_> = context
        .meetings_before(&meeting.meeting.key)
        .take_while(|earlier| earlier.date() >= since)
        .chain([*meeting])
        .filter_map(|one| Some((one.date(), one.minutes()?.1)))
        .collect();
    let own = meeting.minutes().map(|(_, own)| own);
    let mut rows: Vec<MemberRow> = meeting.members().map(|member| member_row(member, context, &minutes, own)).collect();
    // Members without a name, held alike, would fill pages with empty rows.
    rows.dedup_by(|next, row| next.name == row.name && next.interests.is_empty() && row.interests.is_empty());
    rows
}

fn member_row(
    member: &Membership,
    context: &Context<'_>,
    minutes: &[(chrono::NaiveDate, &crate::model::Minutes)],
    own: Option<&crate::model::Minutes>,
) -> MemberRow {
    let model = &context.record.model;
    let person = member.person.as_ref().map(|person| &person.value);
    let name = match person {
        Some(id) => model.people.get(id).map_or_else(|| id.to_string(), |known| known.printed(id)),
        None => {
            let organisation = member.organisation.as_ref().map(|id| {
                model.organisations.get(&id.value).map_or_else(
                    || context.body(&id.value.as_str().into()).map_or_else(|| id.to_string(), |body| body.name.clone()),
                    |known| known.name.clone(),
                )
            });
            let parts: Vec<String> = member.post.iter().map(|post| post.value.clone()).chain(organisation).collect();
            parts.join(", ")
        }
    };
    let is = |id: &crate::text::Spanned<crate::model::PersonId>| person == Some(&id.value);
    let there = own.and_then(|own| {
        if own.present.iter().any(is) {
            Some("present")
        } else if own.apologies.iter().any(is) {
            Some("apologies")
        } else {
            None
        }
    });
    let interests = minutes
        .iter()
        .flat_map(|(date, minutes)| minutes.interests.iter().map(move |interest| (date, interest)))
        .filter(|(_, interest)| is(&interest.person))
        .map(|(date, interest)| format!("{} ({})", interest.interest, long_date(*date)))
        .collect();
    MemberRow { name, role: member.role.word(), there, interests }
}

/// What earlier minutes of the body promise by the day of the meeting, and is not done.
fn promises(meeting: &MeetingInHand<'_>) -> Vec<String> {
    let mut promises = Vec::new();
    for earlier in meeting.context.meetings_before(&meeting.meeting.key) {
        let Some((_, minutes)) = earlier.minutes() else { continue };
        let due = minutes.follow_ups.iter().filter(|follow_up| {
            follow_up.state == FollowUpState::Outstanding
                && follow_up.by.as_ref().is_none_or(|by| by.value <= meeting.date())
        });
        promises.extend(due.map(|follow_up| {
            let who = follow_up.who.as_deref().unwrap_or("nobody named");
            let by = follow_up.by.as_ref().map_or_else(String::new, |by| format!(", by {}", long_date(by.value)));
            format!(
                "{} ({who}{by}; minute {} of {})",
                follow_up.what,
                follow_up.minute.value,
                long_date(earlier.date())
            )
        }));
    }
    promises
}
