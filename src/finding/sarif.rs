//! Findings for code scanning and editors, as SARIF 2.1.0
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; numbers below are its sections).
//!
//! Paths are relative to [`ROOT`], whose place is left to whoever reads the file (§3.14.14): a log names no folder of the
//! machine that it was made on. Advice is a `note`. What is known is a suppressed result with the reason (§3.35).

use std::fmt::Write as _;

use serde::Serialize;

use super::place::{Place, Places};
use super::sentence;
use super::{About, Finding, Label, Severity};

/// The folder that paths are relative to, as GitHub and others call it.
pub const ROOT: &str = "%SRCROOT%";

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'f> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'f>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'f> {
    tool: Tool<'f>,
    original_uri_base_ids: BaseIds,
    column_kind: &'static str,
    results: Vec<Outcome<'f>>,
}

#[derive(Serialize)]
struct Tool<'f> {
    driver: Driver<'f>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'f> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    short_description: Text<'static>,
    rules: Vec<Descriptor<'f>>,
}

/// A rule (§3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'f> {
    id: &'f str,
    name: &'f str,
    short_description: Text<'f>,
    full_description: Text<'f>,
    help: Text<'f>,
    default_configuration: Configuration,
    properties: Tags<'f>,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Tags<'f> {
    tags: [&'f str; 1],
}

#[derive(Serialize)]
struct Text<'f> {
    text: std::borrow::Cow<'f, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<&'f str>,
}

/// What paths are relative to, described and not placed.
#[derive(Serialize)]
struct BaseIds {
    #[serde(rename = "%SRCROOT%")]
    root: Base,
}

#[derive(Serialize)]
struct Base {
    description: Text<'static>,
}

/// One finding, which SARIF calls a result (§3.27).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'f> {
    rule_id: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<'f>,
    locations: [Location<'f>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'f>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'f>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the standard names them so")]
struct Location<'f> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'f>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

/// Lines and columns from 1, up to but without the character at the end (§3.30).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Suppression<'f> {
    kind: &'static str,
    status: &'static str,
    justification: &'f str,
}

/// All findings as one SARIF log. The paths of `places` must be relative to the folder that `root` describes in a sentence.
pub fn render(
    findings: &[Finding],
    places: Places<'_>,
    about: &[About],
    root: &'static str,
) -> serde_json::Result<String> {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "Quorate",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    short_description: text(env!("CARGO_PKG_DESCRIPTION")),
                    rules: about.iter().map(descriptor).collect(),
                },
            },
            original_uri_base_ids: BaseIds { root: Base { description: text(root) } },
            // Columns count characters, as everywhere in Quorate.
            column_kind: "unicodeCodePoints",
            results: places.in_order(findings).into_iter().map(|finding| outcome(finding, places, about)).collect(),
        }],
    };
    serde_json::to_string_pretty(&log).map(|json| json + "\n")
}

fn text<'f>(words: impl Into<std::borrow::Cow<'f, str>>) -> Text<'f> {
    Text { text: words.into(), markdown: None }
}

fn level(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Advice) => "note",
        None => "none",
    }
}

fn descriptor(about: &About) -> Descriptor<'_> {
    Descriptor {
        id: about.code,
        name: about.name,
        short_description: text(about.short.as_str()),
        full_description: text(about.full.as_str()),
        help: Text { text: about.help.as_str().into(), markdown: Some(&about.help_in_markdown) },
        default_configuration: Configuration { enabled: about.severity.is_some(), level: level(about.severity) },
        properties: Tags { tags: [about.family] },
    }
}

fn outcome<'f>(finding: &'f Finding, places: Places<'_>, about: &[About]) -> Outcome<'f> {
    let mut message = sentence(&finding.message);
    if let Some(help) = &finding.help {
        message.push(' ');
        message.push_str(&sentence(help));
    }
    Outcome {
        rule_id: finding.code,
        rule_index: about.iter().position(|about| about.code == finding.code),
        level: level(Some(finding.severity)),
        message: text(without_links(&message)),
        locations: [location(None, &finding.primary, places)],
        related_locations: (1..)
            .zip(&finding.others)
            .map(|(number, label)| location(Some(number), label, places))
            .collect(),
        suppressions: finding.accepted.iter().map(|reason| suppression(reason)).collect(),
    }
}

/// The reason stands in the head of a paper or in `authority.yaml`: among what was looked at.
fn suppression(reason: &str) -> Suppression<'_> {
    Suppression { kind: "inSource", status: "accepted", justification: reason }
}

fn location<'f>(id: Option<usize>, label: &'f Label, places: Places<'_>) -> Location<'f> {
    let Place { path, start, end } = places.place(label.span);
    let words = (!label.text.is_empty()).then(|| text(without_links(&sentence(&label.text))));
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(&path), uri_base_id: ROOT },
            region: Region {
                start_line: start.line,
                start_column: start.column,
                end_line: end.line,
                end_column: end.column,
            },
        },
        message: words,
    }
}

/// In the text of a message `[words](target)` is a link (§3.11.6); what the papers say is not.
fn without_links(words: &str) -> String {
    if words.contains("](") {
        words.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        words.to_owned()
    }
}

/// A relative path as a URI reference (RFC 3986, section 4.2).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests;
