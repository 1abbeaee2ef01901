//! `quorate explain`: the rules in words.

use super::Project;

#[test]
fn one_rule_is_explained_with_its_examples() {
    let project = Project::empty();
    let text = project.fine(&["explain", "f05"]);
    assert!(text.starts_with("F05  wrong-value  (error)\n\nWhat it means\n  A value is of the wrong type"), "{text}");
    for part in [
        "Why it matters",
        "Where it comes from",
        "How to put it right",
        "Here something is found",
        "│ status: publised",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(project.fine(&["explain", "wrong-value"]), text);
    let markdown = project.fine(&["explain", "F05", "--format", "markdown"]);
    assert!(markdown.starts_with("# F05 wrong-value\n\n") && markdown.contains("\n```markdown\n---\n"), "{markdown}");
}

#[test]
fn all_rules_are_listed_by_family() {
    let project = Project::empty();
    let list = project.fine(&["explain"]);
    assert!(list.starts_with("F  Form of the files\n\n   F01  unreadable "), "{list}");
    assert!(list.contains("\nS  Settings of rules\n"), "{list}");
    assert!(list.lines().all(|line| line.chars().count() <= 100), "{list}");
    let family = project.fine(&["explain", "F"]);
    assert!(list.starts_with(family.lines().next().expect("a heading")) && !family.contains("S01"), "{family}");
}

#[test]
fn the_whole_page_is_markdown_and_near_misses_are_suggested() {
    let project = Project::empty();
    let page = project.fine(&["explain", "--all", "--format", "markdown"]);
    assert!(page.starts_with("# Rules\n"), "{page}");
    for (code, name) in [("F01", "unreadable"), ("S03", "unknown-rule")] {
        assert!(page.contains(&format!("<a id=\"{code}\"></a>\n\n### {code} {name}\n")), "{code}");
    }
    let whole = project.fine(&["explain", "S", "--all"]);
    assert!(whole.contains("S01  no-reason") && whole.contains("S03  unknown-rule") && !whole.contains("F01  "));
    assert!(project.refused(&["explain", "wrong-valeu"]).contains("did you mean `wrong-value`?"));
    assert!(project.refused(&["explain", "X"]).contains("there is no rule or family `X`"));
}
