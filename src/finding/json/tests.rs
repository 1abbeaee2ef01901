use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::finding::Severity;
use crate::text::{Source, SourceId, Sources, Span};

#[test]
fn every_key_is_there_and_columns_count_characters() {
    let sources =
        Sources::new(vec![Arc::new(Source::new("b.md", "£🙂 Thursday\n")), Arc::new(Source::new("a.md", "x\n"))]);
    let about = About {
        code: "D02",
        name: "wrong-weekday",
        family: "Dates",
        severity: None,
        short: String::new(),
        full: String::new(),
        help: String::new(),
        help_in_markdown: String::new(),
    };
    let mut known = Finding::new(Severity::Advice, "X01", Span::start_of(SourceId(1)), "so it is");
    known.accepted = Some("it was so".to_owned());
    let findings = [
        Finding::warning("D02", Span::new(SourceId(0), 7..15), "“Thursday”\u{1b} is wrong")
            .label("here")
            .also(Span::new(SourceId(1), 0..1), "")
            .help("write Wednesday"),
        known,
    ];
    let written = render(&findings, Places::new(&sources, "content"), &[about]).expect("JSON");
    assert!(written.is_ascii() || !written.contains('\u{1b}'), "{written}");
    let read: Value = serde_json::from_str(&written).expect("JSON");
    let spot = |path, start, end, label: Option<&str>| json!({"path": path, "start": {"line": 1, "column": start}, "end": {"line": 1, "column": end}, "label": label});
    assert_eq!(
        read,
        json!({
            "version": 1,
            "tool": {"name": "quorate", "version": env!("CARGO_PKG_VERSION")},
            "findings": [
                {
                    "code": "X01", "name": null, "severity": "advice", "message": "so it is", "help": null,
                    "accepted": "it was so", "primary": spot("content/a.md", 1, 1, None), "others": [],
                },
                {
                    "code": "D02", "name": "wrong-weekday", "severity": "warning",
                    "message": "“Thursday”\u{1b} is wrong", "help": "write Wednesday", "accepted": null,
                    "primary": spot("content/b.md", 4, 12, Some("here")),
                    "others": [spot("content/a.md", 1, 2, None)],
                },
            ],
        })
    );
}
