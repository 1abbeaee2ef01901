//! Rules explained in Markdown: a page for a manual, and what other programs show beside a finding.

use std::fmt::Write as _;

use super::{Choice, Rule, files, first_sentence, on_severity};
use crate::rules::Example;

const INTRODUCTION: &str = "\
Quorate checks papers by these rules. Each has a code, which never changes its meaning, and a severity: an *error* stops
publication, a *warning* is probably a mistake, *advice* is worth knowing, and what is *off* is reported only where an
authority asks for it. `quorate check` reports what is found, and `quorate explain` shows what stands here.

The examples are tested. All of them lie beside the same few papers: an authority, a committee of three members, and its
meeting of 12 July 2023, whose agenda carries one briefing note, `03-plan.md`.
";

/// A page of rules: a list of contents, then everything that is to be said of each.
pub fn page(choice: Choice) -> String {
    let mut page = format!("# Rules\n\n{INTRODUCTION}\n## Contents\n\n{}", list(choice));
    for (family, rules) in choice.families() {
        let _ = write!(page, "\n<a id=\"{0}\"></a>\n\n## {0}: {1}\n", family.letter, family.name);
        for rule in rules {
            let _ = write!(page, "\n<a id=\"{0}\"></a>\n\n### {0} {1}\n\n{2}", rule.code, rule.name, of_rule(rule));
        }
    }
    page
}

/// A list of contents, by family.
pub fn list(choice: Choice) -> String {
    let mut list = String::new();
    for (family, rules) in choice.families() {
        let _ = writeln!(list, "- [{0}: {1}](#{0})", family.letter, family.name);
        for rule in rules {
            let Rule { code, name, level, meaning, .. } = rule;
            let _ = writeln!(list, "  - [{code} {name}](#{code}) ({}): {}", level.word(), first_sentence(meaning));
        }
    }
    list
}

/// Everything that is to be said of a rule, without its name.
pub fn of_rule(rule: &Rule) -> String {
    let Rule { meaning, why, source, remedy, level, .. } = rule;
    let mut text = format!(
        "{meaning}\n\n**Why it matters.** {why}\n\n**Where it comes from.** {source}\n\n**How to put it right.** {remedy}\n\n\
         **Severity:** {}. {}\n",
        level.word(),
        on_severity(rule)
    );
    text.push_str("\nHere something is found:\n");
    example(&rule.failing, &mut text);
    text.push_str("\nHere nothing is found:\n");
    example(&rule.passing, &mut text);
    text
}

fn example(example: &Example, text: &mut String) {
    for (path, content) in files(example) {
        let Some(content) = content else {
            let _ = write!(text, "\n(without `{path}`)\n");
            continue;
        };
        let fence = fence(&content);
        let language = match path.rsplit_once('.') {
            Some((_, "md")) => "markdown",
            Some((_, extension)) => extension,
            None => "",
        };
        let content = content.trim_end_matches('\n');
        let _ = write!(text, "\n`{path}`\n\n{fence}{language}\n{content}\n{fence}\n");
    }
}

/// A fence that nothing in the text can close.
fn fence(content: &str) -> String {
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}
