//! Findings for other programs, as JSON.
//!
//! The structure is described in the README and stays as it is within a `version`: keys may be added, none is taken out
//! or given another meaning without a new version. Every key is always there; what does not apply is `null`.

use serde::Serialize;

use super::place::{Place, Places, Position};
use super::{About, Finding, Label};

/// The version of the structure.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'f> {
    version: u32,
    tool: Tool,
    findings: Vec<Entry<'f>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Entry<'f> {
    code: &'f str,
    name: Option<&'f str>,
    severity: &'f str,
    message: &'f str,
    help: Option<&'f str>,
    accepted: Option<&'f str>,
    primary: Spot<'f>,
    others: Vec<Spot<'f>>,
}

#[derive(Serialize)]
struct Spot<'f> {
    path: String,
    start: Position,
    end: Position,
    label: Option<&'f str>,
}

/// All findings as one JSON document.
pub fn render(findings: &[Finding], places: Places<'_>, about: &[About]) -> serde_json::Result<String> {
    let document = Document {
        version: VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        findings: places.in_order(findings).into_iter().map(|finding| entry(finding, places, about)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|json| json + "\n")
}

fn entry<'f>(finding: &'f Finding, places: Places<'_>, about: &[About]) -> Entry<'f> {
    Entry {
        code: finding.code,
        name: about.iter().find(|about| about.code == finding.code).map(|about| about.name),
        severity: finding.severity.word(),
        message: &finding.message,
        help: finding.help.as_deref(),
        accepted: finding.accepted.as_deref(),
        primary: spot(&finding.primary, places),
        others: finding.others.iter().map(|label| spot(label, places)).collect(),
    }
}

fn spot<'f>(label: &'f Label, places: Places<'_>) -> Spot<'f> {
    let Place { path, start, end } = places.place(label.span);
    Spot { path, start, end, label: (!label.text.is_empty()).then_some(label.text.as_str()) }
}

#[cfg(test)]
mod tests;
