use std::collections::BTreeSet;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use super::*;

#[test]
fn rules_and_families_are_found_however_they_are_written_and_near_misses_suggested() {
    for written in ["S02", "s02", "no-longer-needed", "No longer needed", " S02 "] {
        assert!(matches!(Choice::of(written), Ok(Choice::Rule(rule)) if rule.code == "S02"), "{written}");
    }
    for written in ["S", "s", "Settings of rules"] {
        assert!(matches!(Choice::of(written), Ok(Choice::Family(family)) if family.letter == "S"), "{written}");
    }
    let sentence = |written| Choice::of(written).expect_err("there is no such rule");
    assert_eq!(
        sentence("no-longer-neded"),
        "there is no rule or family `no-longer-neded`; did you mean `no-longer-needed`?"
    );
    assert!(sentence("wombat").contains("the families are F, N, A"), "{}", sentence("wombat"));
}

#[test]
fn a_choice_covers_its_own_codes() {
    let covers = |written: &str, code| Choice::of(written).expect("a rule").covers(code);
    assert!(covers("S", "S01") && covers("S01", "S01") && Choice::All.covers("X99"));
    assert!(!covers("S", "F01") && !covers("S01", "S02"));
}

#[test]
fn a_first_sentence_ends_before_a_capital() {
    assert_eq!(first_sentence("One thing. Another."), "One thing.");
    assert_eq!(first_sentence("Under s. 100 of the Act."), "Under s. 100 of the Act.");
}

#[test]
fn the_list_fits_its_width_and_names_every_rule() {
    for width in [60, 80, 100] {
        let list = text::list(Choice::All, width);
        assert!(list.lines().all(|line| line.chars().count() <= width), "{width}:\n{list}");
        assert!(all().all(|rule| list.contains(rule.code) && list.contains(rule.name)));
    }
}

#[test]
fn each_rule_is_explained_with_all_that_it_says() {
    for rule in all() {
        let text = text::whole(Choice::Rule(rule), 80);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [rule.code, rule.name, rule.meaning, rule.why, rule.source, rule.remedy] {
            assert!(words.contains(part), "{}: {part}", rule.code);
        }
        for (path, _) in files(&rule.failing).into_iter().chain(files(&rule.passing)) {
            assert!(text.contains(&path), "{}: {path}", rule.code);
        }
    }
}

#[test]
fn the_page_has_an_entry_an_anchor_and_a_heading_for_every_rule_and_no_example_breaks_out() {
    let page = markdown::page(Choice::All);
    let mut headings = BTreeSet::new();
    let mut level = None;
    for event in Parser::new(&page) {
        match event {
            Event::Start(Tag::Heading { level: new, .. }) => level = Some(new),
            Event::Text(text) => {
                if let Some(level) = level.take() {
                    assert!(level <= HeadingLevel::H3, "{text}: a heading of an example is one of the page");
                    headings.insert(text.into_string());
                }
            }
            _ => {}
        }
    }
    let expected = all().map(|rule| format!("{} {}", rule.code, rule.name));
    let families = FAMILIES.iter().filter(|family| !family.rules.is_empty());
    let families = families.map(|family| format!("{}: {}", family.letter, family.name));
    let expected: BTreeSet<String> =
        expected.chain(families).chain(["Rules".to_owned(), "Contents".to_owned()]).collect();
    assert_eq!(headings, expected);
    for rule in all() {
        assert!(page.contains(&format!("](#{})", rule.code)), "{}", rule.code);
        assert_eq!(page.matches(&format!("<a id=\"{}\">", rule.code)).count(), 1, "{}", rule.code);
    }
}

#[test]
fn other_programs_are_told_of_every_rule() {
    let about = about();
    assert_eq!(about.len(), all().count());
    for one in about {
        assert!(!one.short.is_empty() && one.full.starts_with(&one.short), "{}", one.code);
        assert!(one.help.contains("Source: ") && one.help_in_markdown.contains("Here something is found"));
    }
}
