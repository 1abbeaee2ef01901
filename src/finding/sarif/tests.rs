use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::text::{Source, SourceId, Sources, Span};

fn about() -> Vec<About> {
    let one = |code, name, severity| About {
        code,
        name,
        family: "Dates and names",
        severity,
        short: "The day is another.".to_owned(),
        full: "The day is another. People come on the wrong day.".to_owned(),
        help: "Correct the day.".to_owned(),
        help_in_markdown: "Correct the **day**.".to_owned(),
    };
    vec![one("D01", "one", None), one("D02", "wrong-weekday", Some(Severity::Warning))]
}

fn log(findings: &[Finding]) -> Value {
    let sources = Sources::new(vec![
        Arc::new(Source::new("minutes/a b%.md", "£🙂 Thursday\n")),
        Arc::new(Source::new("c.md", "Wednesday\n")),
    ]);
    let log = render(findings, Places::new(&sources, "content"), &about(), "The folder.").expect("JSON");
    serde_json::from_str(&log).expect("JSON")
}

fn thursday() -> Finding {
    Finding::new(Severity::Advice, "D02", Span::new(SourceId(0), 7..15), "12 July is no [Thursday](x)")
        .also(Span::new(SourceId(1), 0..9), "the meeting is on this day")
        .help("write Wednesday")
}

#[test]
fn a_finding_is_a_result_with_its_rule_its_place_and_the_others() {
    let log = log(&[thursday()]);
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!(log["runs"][0]["originalUriBaseIds"], json!({"%SRCROOT%": {"description": {"text": "The folder."}}}));
    assert_eq!(
        log["runs"][0]["results"],
        json!([{
            "ruleId": "D02",
            "ruleIndex": 1,
            "level": "note",
            "message": {"text": "12 July is no \\[Thursday\\](x). Write Wednesday."},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": "content/minutes/a%20b%25.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 12},
            }}],
            "relatedLocations": [{
                "id": 1,
                "message": {"text": "The meeting is on this day."},
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/c.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 10},
                },
            }],
        }])
    );
}

#[test]
fn rules_say_what_they_mean_and_how_much_it_matters() {
    let log = log(&[]);
    assert_eq!(log["runs"][0]["results"], json!([]));
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "Quorate");
    assert_eq!(driver["rules"][0]["defaultConfiguration"], json!({"enabled": false, "level": "none"}));
    assert_eq!(
        driver["rules"][1],
        json!({
            "id": "D02",
            "name": "wrong-weekday",
            "shortDescription": {"text": "The day is another."},
            "fullDescription": {"text": "The day is another. People come on the wrong day."},
            "help": {"text": "Correct the day.", "markdown": "Correct the **day**."},
            "defaultConfiguration": {"enabled": true, "level": "warning"},
            "properties": {"tags": ["Dates and names"]},
        })
    );
}

#[test]
fn what_is_known_is_suppressed_with_its_reason_and_an_unknown_code_has_no_rule() {
    let known = Finding { accepted: Some("The original says so.".to_owned()), ..thursday() };
    let unknown = Finding::error("X99", Span::start_of(SourceId(1)), "what is this");
    let log = log(&[known, unknown]);
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results[0]["ruleId"], "X99", "in the order of paths");
    assert_eq!(results[0].get("ruleIndex"), None);
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    assert_eq!(
        results[1]["suppressions"],
        json!([{"kind": "inSource", "status": "accepted", "justification": "The original says so."}])
    );
}
