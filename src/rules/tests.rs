//! Every rule's own examples, run.

use std::collections::BTreeSet;

use super::{Example, FAMILIES, Rule, Test, all, check};
use crate::edition::{Audience, Edition};
use crate::{press, record};

/// What is found in an example of a rule: "N01 meetings/…/agenda.md:4 message".
fn found_by(rule: &Rule, example: &Example) -> Vec<(String, String)> {
    let folder = example.folder();
    let loaded = record::load(&folder).expect("a folder in memory can be read");
    let findings = match &loaded.record {
        Some(record) => {
            let mut findings = check(record, &loaded.sources, loaded.findings, Example::now()).findings;
            if matches!(rule.test, Test::WhilePrinting) {
                let edition = Edition::new(record, Audience::Public, Example::now());
                let output = press::run(&edition, &folder, None, None, &press::Options::default());
                findings.extend(output.expect("the example can be printed").findings);
            }
            findings
        }
        None => loaded.findings,
    };
    let place = |finding: &crate::finding::Finding| loaded.sources.place(finding.primary.span);
    findings
        .iter()
        .map(|finding| (finding.code.to_owned(), format!("{} {}", place(finding), finding.message)))
        .collect()
}

/// What is found in an example while it is read and checked.
fn found(example: &Example) -> Vec<(String, String)> {
    found_by(all().next().expect("a rule"), example)
}

/// Whether this build of the program can find it at all.
fn can_be_tested(rule: &Rule) -> bool {
    cfg!(feature = "pdf") || !matches!(rule.test, Test::WhilePrinting)
}

#[test]
fn the_base_of_the_examples_is_clean() {
    assert_eq!(found(&Example::Files(&[])), []);
}

#[test]
fn each_rule_finds_what_its_failing_example_holds_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in all().filter(|rule| can_be_tested(rule)) {
        let found = found_by(rule, &rule.failing);
        if found.is_empty() || found.iter().any(|(code, _)| code != rule.code) {
            wrong.push(format!("{}: {found:?}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rule_finds_anything_in_its_passing_example() {
    let mut wrong = Vec::new();
    for rule in all() {
        // An exception that is needed leaves its finding, as advice.
        let found: Vec<_> = found_by(rule, &rule.passing)
            .into_iter()
            .filter(|(code, _)| rule.family() != "S" || code.starts_with('S'))
            .collect();
        if !found.is_empty() {
            wrong.push(format!("{}: {found:?}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_and_names_are_well_formed_and_used_once() {
    let mut seen = BTreeSet::new();
    for family in FAMILIES {
        let codes: Vec<&str> = family.rules.iter().map(|rule| rule.code).collect();
        assert!(codes.is_sorted(), "{codes:?}");
        for rule in family.rules {
            assert!(rule.code.starts_with(family.letter) && rule.code.len() == 3, "{}", rule.code);
            assert!(
                rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{}",
                rule.name
            );
            assert!(seen.insert(rule.code) && seen.insert(rule.name), "{} {} stands twice", rule.code, rule.name);
            for words in [rule.meaning, rule.why, rule.source, rule.remedy] {
                assert!(words.ends_with('.') && words.len() > 20, "{}: {words}", rule.code);
            }
        }
    }
}

/// The codes declared in `finding::codes`, with the names of their constants.
fn declared_codes() -> Vec<(&'static str, &'static str)> {
    let source = include_str!("../finding.rs");
    let declarations = source.lines().filter_map(|line| line.trim().strip_prefix("pub const "));
    let codes = declarations.filter_map(|line| {
        let (name, code) = line.split_once(": Code = \"")?;
        Some((name, code.strip_suffix("\";")?))
    });
    codes.collect()
}

#[test]
fn every_code_that_findings_carry_is_registered() {
    let declared = declared_codes();
    assert!(declared.len() > 15, "{declared:?}");
    let missing: Vec<String> = declared
        .into_iter()
        .filter(|(_, code)| super::find(code).is_none())
        .map(|(name, code)| format!("{code} (codes::{name})"))
        .collect();
    assert!(missing.is_empty(), "no rule is registered for {}", missing.join(", "));
}

#[test]
fn an_entry_is_not_called_useless_while_something_cannot_be_read() {
    let files = |body: &'static str| {
        let paper = "---\nkind: briefing-note\ntitle: Plan\nstatus: published\nbackground_papers: none\nrules:\n  - {rule: D02, \
                     reason: So it is.}\n---\nThe plan is here.\n";
        let example = [("meetings/scrutiny/2023-07-12/03-plan.md", paper), ("bodies/other.yaml", body)];
        found(&Example::Files(Box::leak(Box::new(example))))
    };
    let codes = |found: Vec<(String, String)>| found.into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes(files("name: Other\nkind: committee\nlaw: own-terms\n")), ["S02"]);
    assert_eq!(codes(files("name: Other\nkind: comittee\nlaw: own-terms\n")), ["F05"]);
}
