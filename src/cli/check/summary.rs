//! Which packs can be published: what an officer asks first.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::calendar::long_date;
use crate::finding::{Counts, Finding, Severity, counted};
use crate::model::{MeetingKey, PaperId, Status};
use crate::record::{Meeting, Record};
use crate::text::Sources;

/// So many packs are named; the rest are counted.
const MOST: usize = 12;

/// So many files outside all packs are named.
const MOST_FILES: usize = 3;

/// "The pack of 12 July 2023 cannot be published: 2 errors.", a line for each such pack, or that all of them can be.
pub(super) fn packs(findings: &[Finding], sources: &Sources, record: &Record) -> String {
    let with = |is_wanted: fn(Status) -> bool| {
        let status = |id: &PaperId| record.papers.get(id).map(|paper| paper.head.common.status);
        let wanted = move |meeting: &&Meeting| meeting.agenda.as_ref().and_then(status).is_some_and(is_wanted);
        record.meetings.values().filter(wanted).map(|meeting| &meeting.key)
    };
    let packs = || with(|status| matches!(status, Status::Ready | Status::Published));
    let folders: BTreeMap<String, &MeetingKey> =
        record.meetings.keys().map(|key| (format!("meetings/{}/{}", key.body, key.date), key)).collect();
    let mut by_pack: BTreeMap<&MeetingKey, Counts> = BTreeMap::new();
    let mut elsewhere = Counts::default();
    let mut files_elsewhere = BTreeSet::new();
    for finding in findings {
        let path = sources.find(finding.primary.span.source).map_or("", |source| source.path.as_str());
        match folder_of_meeting(path).and_then(|folder| folders.get(folder)) {
            Some(key) => by_pack.entry(key).or_default().add(finding),
            None => {
                elsewhere.add(finding);
                let is_open_error = finding.severity == Severity::Error && finding.accepted.is_none();
                files_elsewhere.extend(is_open_error.then_some(path));
            }
        }
    }
    by_pack.retain(|_, counts| counts.errors > 0);
    let drafts: Vec<&MeetingKey> =
        with(|status| status == Status::Draft).filter(|key| !by_pack.contains_key(key)).collect();
    if by_pack.is_empty() && elsewhere.errors == 0 {
        let text = match packs().count() {
            0 => String::new(),
            1 => packs()
                .next()
                .map_or_else(String::new, |key| format!("The pack of {} can be published.\n", long_date(key.date))),
            2 => "Both packs can be published.\n".to_owned(),
            number => format!("All {number} packs can be published.\n"),
        };
        return text + &kept_back(&drafts);
    }
    let is_one_body = packs().map(|key| &key.body).collect::<BTreeSet<_>>().len() < 2;
    let mut text = String::new();
    for (key, counts) in by_pack.iter().take(MOST) {
        let body = if is_one_body { String::new() } else { format!(" ({})", name_of_body(key, record)) };
        let _ = writeln!(text, "The pack of {}{body} cannot be published: {}.", long_date(key.date), counts.words());
    }
    if by_pack.len() > MOST {
        let _ = writeln!(text, "Nor can {}.", counted(by_pack.len() - MOST, "other pack", "other packs"));
    }
    if elsewhere.errors > 0 {
        let errors = counted(elsewhere.errors, "error", "errors");
        let more = files_elsewhere.len().saturating_sub(MOST_FILES);
        let files: Vec<&str> = files_elsewhere.into_iter().take(MOST_FILES).collect();
        let more =
            if more == 0 { String::new() } else { format!(" and {}", counted(more, "other file", "other files")) };
        let holds = if elsewhere.errors == 1 { "holds" } else { "hold" };
        let _ =
            writeln!(text, "{errors} in no meeting's pack, which {holds} up all of them: {}{more}.", files.join(", "));
    }
    text + &kept_back(&drafts)
}

/// That packs whose agenda is a draft are not published, whatever is right with them.
fn kept_back(drafts: &[&MeetingKey]) -> String {
    match drafts {
        [] => String::new(),
        [key] => format!("The agenda of {} is a draft, so its pack stays back.\n", long_date(key.date)),
        many => format!("{} agendas are drafts, so their packs stay back.\n", many.len()),
    }
}

/// `meetings/BODY/DATE` of a path below that folder.
fn folder_of_meeting(path: &str) -> Option<&str> {
    if !path.starts_with("meetings/") {
        return None;
    }
    path.match_indices('/').nth(2).map(|(at, _)| &path[..at])
}

fn name_of_body<'r>(key: &'r MeetingKey, record: &'r Record) -> &'r str {
    let body = record.model.bodies.get(&key.body);
    body.map_or(key.body.as_str(), |body| body.short.as_deref().unwrap_or(&body.name))
}
