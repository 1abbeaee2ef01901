//! Rules explained at a terminal.

use std::fmt::Write as _;

use super::{Choice, Rule, files, first_sentence, on_severity};
use crate::finding::human::wrapped;
use crate::rules::Example;

/// How far what stands beneath a heading is moved in.
const INDENT: &str = "  ";

/// A list of rules by family: code, name, severity and one sentence each.
pub fn list(choice: Choice, width: usize) -> String {
    let longest = choice.families().flat_map(|(_, rules)| rules).map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut list = String::new();
    for (family, rules) in choice.families() {
        let _ = writeln!(list, "{}  {}\n", family.letter, family.name);
        for rule in rules {
            let head = format!("{INDENT} {}  {:longest$}  {:7}  ", rule.code, rule.name, rule.level.word());
            let meaning = first_sentence(rule.meaning);
            // On a narrow screen the sentence stands beneath.
            if width < head.len() + 30 {
                let beneath = [INDENT; 4].concat();
                let meaning = format!("{}: {meaning}", rule.level.word());
                let lines = wrapped(&meaning, width.saturating_sub(beneath.len()).max(20));
                let _ = writeln!(list, "{INDENT} {}  {}", rule.code, rule.name);
                for line in lines {
                    let _ = writeln!(list, "{beneath}{line}");
                }
            } else {
                let lines = wrapped(meaning, width - head.len());
                let beneath = " ".repeat(head.len());
                for (number, line) in lines.iter().enumerate() {
                    let before = if number == 0 { &head } else { &beneath };
                    let _ = writeln!(list, "{before}{line}");
                }
            }
        }
        list.push('\n');
    }
    list
}

/// All that is to be said of rules, one after the other.
pub fn whole(choice: Choice, width: usize) -> String {
    let rules = choice.families().flat_map(|(_, rules)| rules);
    let rules: Vec<String> = rules.map(|rule| of_rule(rule, width)).collect();
    let between = format!("\n{}\n\n", "─".repeat(width));
    rules.join(&between)
}

fn of_rule(rule: &Rule, width: usize) -> String {
    let mut text = format!("{}  {}  ({})\n", rule.code, rule.name, rule.level.word());
    let parts = [
        ("What it means", rule.meaning),
        ("Why it matters", rule.why),
        ("Where it comes from", rule.source),
        ("How to put it right", rule.remedy),
        ("How much it matters", &format!("{}: {}", severity(rule), on_severity(rule))),
    ];
    for (heading, words) in parts {
        let _ = writeln!(text, "\n{heading}");
        for line in wrapped(words, width.saturating_sub(INDENT.len()).max(20)) {
            let _ = writeln!(text, "{INDENT}{line}");
        }
    }
    let _ = writeln!(text, "\nHere something is found");
    example(&rule.failing, &mut text);
    let _ = writeln!(text, "\nHere nothing is found");
    example(&rule.passing, &mut text);
    text
}

fn severity(rule: &Rule) -> String {
    let mut word = rule.level.word().to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

fn example(example: &Example, text: &mut String) {
    for (number, (path, content)) in files(example).into_iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        let Some(content) = content else {
            let _ = writeln!(text, "{INDENT}(without {path})");
            continue;
        };
        let _ = writeln!(text, "{INDENT}{path}");
        for line in content.trim_end_matches('\n').split('\n') {
            let _ = writeln!(text, "{}", format!("{INDENT}│ {line}").trim_end());
        }
    }
}
