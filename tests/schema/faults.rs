//! What the schemas find wrong with a file of the content folder, as an editor would that reads it as YAML 1.2.

use quorate::model::Kind;
use quorate::schema::Subject;
use quorate::tables::TableKind;
use quorate::text::yaml::{self, Node, Value as Yaml};
use quorate::text::{Source, SourceId};
use serde_json::Value;

/// How scalars become JSON.
#[derive(Clone, Copy)]
enum Typing {
    /// By the core schema of YAML 1.2: `3` is a number and `true` a truth value.
    Core,
    /// Everything in quotes, which our reader does not mind.
    Quoted,
}

/// What is wrong with a file, by the schemas that are for it.
pub(crate) fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut of = |subject: Subject, yaml: &str| faults.extend(faults_of(subject, yaml));
    if let Some(subject) = settings(path) {
        of(subject, text);
    } else if path.ends_with(".md") && path != "README.md" {
        let (head, body) = parts(text);
        of(Subject::Paper, head);
        let kind = head.lines().find_map(|line| line.strip_prefix("kind:"));
        let kind = kind.and_then(|kind| kind.split('#').next()?.trim().parse::<String>().ok());
        if let Some(kind) = kind.and_then(|kind| Kind::from_word(&kind)) {
            of(Subject::PaperOfKind(kind), head);
        }
        for (word, block) in blocks(body) {
            match TableKind::from_word(&word) {
                Some(kind) => of(Subject::Table(kind), &block),
                None if word == "organisation-chart" => of(Subject::OrganisationChart, &block),
                None => {}
            }
        }
    } else {
        assert!(!path.ends_with(".yaml"), "no schema is for {path}");
    }
    faults
}

/// What is wrong with some YAML by one schema, typed either way.
fn faults_of(subject: Subject, text: &str) -> Vec<String> {
    let validator = jsonschema::draft202012::new(&subject.schema()).expect("a schema");
    let source = Source::new("a.yaml", text);
    let mut findings = Vec::new();
    let Some(node) = yaml::parse(&source, SourceId(0), 0..source.text.len(), &mut findings) else {
        return findings.into_iter().map(|finding| finding.message).collect();
    };
    [Typing::Core, Typing::Quoted]
        .into_iter()
        .flat_map(|typing| {
            let value = json(&node, typing);
            let errors = validator.iter_errors(&value);
            errors.map(|error| format!("{}: {error}", subject.name())).collect::<Vec<_>>()
        })
        .collect()
}

fn settings(path: &str) -> Option<Subject> {
    Some(match path {
        "authority.yaml" => Subject::Authority,
        "glossary.yaml" => Subject::Glossary,
        "people.yaml" => Subject::People,
        "organisations.yaml" => Subject::Organisations,
        "offices.yaml" => Subject::Offices,
        _ if path.starts_with("bodies/") => Subject::Body,
        _ if path.ends_with("/form.yaml") => Subject::Form,
        _ => return None,
    })
}

/// The head of a paper and its text.
fn parts(text: &str) -> (&str, &str) {
    let rest = text.strip_prefix("---\n").unwrap_or_else(|| panic!("no head: {text}"));
    rest.strip_prefix("---\n")
        .map(|body| ("", body))
        .or_else(|| rest.split_once("\n---\n"))
        .unwrap_or((rest.trim_end_matches("---\n"), ""))
}

/// The fenced blocks of a text: their first word, and what they hold, without narratives after a line of `---`.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(word), None) => open = Some((word.to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take().map(|(word, block)| (word, without_narratives(block)))),
            (None, Some((_, block))) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

fn without_narratives(mut block: String) -> String {
    if let Some(end) = block.find("\n---\n") {
        block.truncate(end + 1);
    }
    block
}

fn json(node: &Node, typing: Typing) -> Value {
    match &node.value {
        Yaml::Nothing => Value::Null,
        Yaml::List(nodes) => nodes.iter().map(|node| json(node, typing)).collect(),
        Yaml::Map(entries) => entries
            .iter()
            .map(|entry| (entry.key.clone(), json(&entry.value, typing)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Yaml::Scalar(text) => match typing {
            Typing::Core => core(text),
            Typing::Quoted => text.as_str().into(),
        },
    }
}

/// A plain scalar by the core schema (YAML 1.2.2, 10.3.2).
fn core(text: &str) -> Value {
    match text {
        "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return true.into(),
        "false" | "False" | "FALSE" => return false.into(),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.matches('.').count() < 2;
    if !number {
        return text.into();
    }
    match text.trim_start_matches('+').parse::<i64>() {
        Ok(whole) => whole.into(),
        Err(_) => text.parse::<f64>().map_or_else(|_| text.into(), Value::from),
    }
}
