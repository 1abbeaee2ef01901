//! The preflight that `quorate check --report` writes.

use std::path::{Path, PathBuf};

use super::Trouble;
use crate::calendar::Moment;
use crate::files;
use crate::finding::{Finding, nearest};
use crate::model::MeetingKey;
use crate::preflight;
use crate::record::Record;
use crate::text::Sources;

/// Reads `BODY/DATE`.
pub(super) fn meeting(text: &str) -> Result<MeetingKey, String> {
    let text = text.trim_matches('/');
    MeetingKey::parse(text.strip_prefix("meetings/").unwrap_or(text))
        .ok_or_else(|| "a meeting is named by its body and day, such as scrutiny-committee/2023-07-12".to_owned())
}

/// Writes the preflight of a meeting, and gives its path. A file that Quorate did not write is never replaced.
pub(super) fn write(
    key: &MeetingKey,
    to: Option<&Path>,
    record: &Record,
    sources: &Sources,
    findings: &[Finding],
    now: Moment,
) -> Result<PathBuf, Trouble> {
    let Some(page) = preflight::page(record, sources, findings, key, now)? else {
        return Err(Trouble::new(no_such_meeting(key, record)));
    };
    let path = to.map_or_else(|| PathBuf::from(format!("preflight-{}-{}.html", key.body, key.date)), Path::to_path_buf);
    if files::exists(&path)? {
        let ours = files::read(&path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(preflight::MARK));
        if !ours {
            return Err(Trouble::new(format!(
                "{} is there already and is no preflight, so it was left as it is. Name another file with --report-to",
                path.display()
            )));
        }
        files::replace(&path, page.as_bytes())?;
    } else {
        files::create_new(&path, page.as_bytes())?;
    }
    Ok(path)
}

/// That a meeting is not there, and which was meant.
pub(super) fn no_such_meeting(key: &MeetingKey, record: &Record) -> String {
    let known: Vec<String> = record.meetings.keys().map(ToString::to_string).collect();
    let written = key.to_string();
    match nearest(&written, known.iter().map(String::as_str)) {
        Some(meant) => format!("there is no meeting {written}; did you mean {meant}?"),
        None => {
            let last: Vec<&str> = known.iter().rev().take(5).map(String::as_str).collect();
            format!("there is no meeting {written}. Among those there are: {}", last.join(", "))
        }
    }
}
