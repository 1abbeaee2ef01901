use std::sync::Arc;

use super::*;
use crate::finding::codes;
use crate::text::{SourceId, Span};

fn sources(files: &[(&str, &str)]) -> Sources {
    Sources::new(files.iter().map(|(path, text)| Arc::new(Source::new(*path, *text))).collect())
}

/// The place of `words` in a file.
fn at(sources: &Sources, file: u32, words: &str) -> Span {
    let start = sources.get(SourceId(file)).text.find(words).expect("the words stand in the file");
    Span::new(SourceId(file), start..start + words.len())
}

fn plain(findings: &[Finding], sources: &Sources) -> String {
    render(findings, Places::new(sources, "content"), Look::default())
}

#[test]
fn a_finding_shows_its_place_its_line_and_how_to_put_it_right() {
    let sources = sources(&[("papers/a.md", "---\nkind: letter\ntilte: Grants\n---\n")]);
    let finding = Finding::error(codes::UNKNOWN_KEY, at(&sources, 0, "tilte"), "nobody knows the key `tilte` here")
        .help("did you mean `title`?");
    insta::assert_snapshot!(plain(&[finding], &sources), @r"
    error[F02]: nobody knows the key `tilte` here
     --> content/papers/a.md:3:1
      |
    3 | tilte: Grants
      | ^^^^^
      |
      = help: did you mean `title`?
    ");
}

#[test]
fn other_places_are_labelled_in_their_own_files_and_near_ones_share_an_excerpt() {
    let sources = sources(&[
        ("a.yaml", "name: One\nkind: parish-council\nname: Two\n"),
        ("b.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\nname: Three\nlast: 1\n"),
    ]);
    let finding =
        Finding::error(codes::DUPLICATE_KEY, at(&sources, 0, "name: Two"), "the key `name` stands here twice")
            .label("second here")
            .also(at(&sources, 0, "name: One"), "first here")
            .also(at(&sources, 1, "name: Three"), "and in another file")
            .also(at(&sources, 1, "2"), "far from the other");
    insta::assert_snapshot!(plain(&[finding], &sources), @r"
    error[F03]: the key `name` stands here twice
      --> content/a.yaml:3:1
       |
     1 | name: One
       | --------- first here
     2 | kind: parish-council
     3 | name: Two
       | ^^^^^^^^^ second here
      ::: content/b.yaml:2:1
       |
     2 | 2
       | - far from the other
      ::: content/b.yaml:10:1
       |
    10 | name: Three
       | ----------- and in another file
    ");
}

#[test]
fn papers_come_in_the_order_of_their_paths_whatever_order_the_findings_have() {
    let sources = sources(&[("b.md", "one\ntwo\n"), ("a.md", "one\n")]);
    let findings = [
        Finding::warning("X03", at(&sources, 0, "two"), "third"),
        Finding::error("X02", at(&sources, 0, "one"), "second"),
        Finding::new(Severity::Advice, "X01", at(&sources, 1, "one"), "first"),
    ];
    insta::assert_snapshot!(plain(&findings, &sources), @r"
    advice[X01]: first
     --> content/a.md:1:1
      |
    1 | one
      | ^^^

    error[X02]: second
     --> content/b.md:1:1
      |
    1 | one
      | ^^^

    warning[X03]: third
     --> content/b.md:2:1
      |
    2 | two
      | ^^^
    ");
}

#[test]
fn a_finding_about_a_file_as_a_whole_shows_no_line() {
    let sources = sources(&[("a.md", "---\nkind: letter\n---\n"), ("empty.yaml", "")]);
    let findings = [
        Finding::warning(codes::UNREACHED_PAPER, Span::start_of(SourceId(0)), "nothing leads to this paper"),
        Finding::error(codes::MISSING_KEY, Span::start_of(SourceId(1)), "this file is empty").help("write something"),
    ];
    insta::assert_snapshot!(plain(&findings, &sources), @r"
    warning[R03]: nothing leads to this paper
    --> content/a.md:1:1

    error[F04]: this file is empty
    --> content/empty.yaml:1:1
     = help: write something
    ");
}

#[test]
fn an_empty_content_folder_has_no_file_to_point_at() {
    let finding = Finding::error(codes::MISSING_KEY, Span::start_of(SourceId(0)), "there is no `authority.yaml`");
    insta::assert_snapshot!(plain(&[finding], &sources(&[])), @r"
    error[F04]: there is no `authority.yaml`
    --> content
    ");
}

#[test]
fn places_without_width_and_at_the_end_of_a_file_are_shown() {
    let sources = sources(&[("a.md", "one\ntwo\n"), ("b.md", "one"), ("c.md", "one\r\n\r\nthree\r\n")]);
    let place = |file, range| Span::new(SourceId(file), range);
    let findings = [
        Finding::error("X01", place(0, 4..4), "before a word"),
        Finding::error("X02", place(0, 8..8), "after the last line break"),
        Finding::error("X03", place(0, 9..4000), "past the end"),
        Finding::error("X04", place(1, 3..3), "after the last letter"),
        Finding::error("X05", place(2, 5..5), "an empty line"),
        Finding::error("X06", place(2, 3..12), "over several lines").also(place(2, 7..9), "inside it"),
    ];
    insta::assert_snapshot!(plain(&findings, &sources), @r"
    error[X01]: before a word
     --> content/a.md:2:1
      |
    2 | two
      | ^

    error[X02]: after the last line break
     --> content/a.md:3:1
      |
    3 |  
      | ^

    error[X03]: past the end
     --> content/a.md:3:1
      |
    3 |  
      | ^

    error[X04]: after the last letter
     --> content/b.md:1:4
      |
    1 | one
      |    ^

    error[X06]: over several lines
     --> content/c.md:3:1
      |
    3 | three
      | --^^^
      | |
      | inside it

    error[X05]: an empty line
     --> content/c.md:2:1
      |
    2 |  
      | ^
    ");
}

#[test]
fn a_place_over_several_lines_is_underlined_on_its_first() {
    let sources = sources(&[("a.md", "---\n---\n\n\nThe first line.\nThe second.\n")]);
    let finding = Finding::error("X01", Span::new(SourceId(0), 8..38), "this paper has a text");
    insta::assert_snapshot!(plain(&[finding], &sources), @r"
    error[X01]: this paper has a text
     --> content/a.md:5:1
      |
    5 | The first line.
      | ^^^^^^^^^^^^^^^
    ");
}

#[test]
fn a_line_of_ten_megabytes_is_cut_to_what_is_near_the_place() {
    let long = "ä word ".repeat(1_300_000) + "MEANT" + &" word £".repeat(10_000);
    let text = format!("first\n{long}\nlast\n");
    let sources = sources(&[("a.md", &text)]);
    let finding = Finding::error("X01", at(&sources, 0, "MEANT"), "a word")
        .also(at(&sources, 0, "first"), "near by")
        .also(Span::new(SourceId(0), 6..text.len() - 6), "all of it");
    let shown = plain(&[finding], &sources);
    insta::assert_snapshot!(shown, @r"
    error[X01]: a word
     --> content/a.md:2:9100001
      |
    2 | ... d ä word ä word ä word ä word MEANT word £ word £ word £ word £ word £ word £ word £ word £ word £ w ...
      |                                   ^^^^^
     ::: content/a.md:1:1
      |
    1 | first
      | ----- near by
    2 | ä word ä word ä word ä word ä word ä word ä word ä word ä word ä word ä word ä word ä word ä word ä  ...
      | ---------------------------------------------------------------------------------------------------- all of it
    ");
}

#[test]
fn what_a_terminal_would_obey_is_made_visible() {
    let sources = sources(&[("a\u{1b}[2J.md", "title: \u{1b}[31mred\u{202e}\u{7}\twide 会議\n")]);
    let finding = Finding::error("X01", at(&sources, 0, "会議"), "nobody knows `\u{1b}[31m\nred`")
        .label("\u{9b}31m")
        .help("one\r\ntwo");
    let shown = plain(&[finding], &sources);
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
    insta::assert_snapshot!(shown, @r"
    error[X01]: nobody knows `�[31m red`
     --> content/a�[2J.md:1:24
      |
    1 | title: �[31mred��    wide 会議
      |                           ^^^^ �31m
      |
      = help: one� two
    ");
}

#[test]
fn an_endless_message_keeps_its_beginning_and_its_end() {
    let sources = sources(&[("a.md", "x\n")]);
    let message = format!("nobody knows `{}` here", "long ".repeat(1_000_000));
    let shown = plain(&[Finding::error("X01", at(&sources, 0, "x"), message)], &sources);
    assert!(shown.len() < 600, "{}", shown.len());
    assert!(shown.starts_with("error[X01]: nobody knows `long") && shown.contains("` here\n"), "{shown}");
}

#[test]
fn offsets_inside_a_character_and_overlapping_places_do_no_harm() {
    let sources = sources(&[("a.md", "££££ ££££\n")]);
    for start in 0..20 {
        for end in 0..20 {
            let span = Span::new(SourceId(0), start..end);
            let finding = Finding::error("X01", span, "m").also(Span::new(SourceId(0), 3..9), "o").also(span, "again");
            assert!(plain(&[finding], &sources).contains("content/a.md:"));
        }
    }
}

#[test]
fn colour_comes_only_when_asked_for() {
    let sources = sources(&[("a.md", "x\n")]);
    let findings = [Finding::error("X01", at(&sources, 0, "x"), "m")];
    let coloured = Look { colour: true, width: None };
    assert!(!plain(&findings, &sources).contains('\u{1b}'));
    assert!(render(&findings, Places::new(&sources, "content"), coloured).contains("\u{1b}["));
}

#[test]
fn the_summary_counts() {
    let sources = sources(&[("a.md", "x\n"), ("b.md", "y\n"), ("c.yaml", "z\n")]);
    let place = |file| Span::start_of(SourceId(file));
    assert_eq!(summary(&[], &sources), "No findings.");
    let mut findings = vec![Finding::error("X01", place(0), "m")];
    assert_eq!(summary(&findings, &sources), "1 error in 1 paper.");
    findings.extend([Finding::error("X01", place(0), "n"), Finding::warning("X02", place(1), "o")]);
    assert_eq!(summary(&findings, &sources), "2 errors, 1 warning in 2 papers.");
    findings.push(Finding::new(Severity::Advice, "X03", place(2), "p"));
    assert_eq!(summary(&findings, &sources), "2 errors, 1 warning, 1 piece of advice in 3 files.");
    let known = Finding { accepted: Some("so it is".to_owned()), ..findings.remove(3) };
    assert_eq!(summary(std::slice::from_ref(&known), &sources), "No findings but 1 that is known.");
    findings.extend([known.clone(), known]);
    assert_eq!(summary(&findings, &sources), "2 errors, 1 warning in 2 papers. Besides, 2 are known.");
}

#[test]
fn what_is_known_shows_its_place_and_the_reason_and_no_more() {
    let sources = sources(&[("a.md", "one two\n")]);
    let mut finding = Finding::new(Severity::Advice, "D02", at(&sources, 0, "two"), "two is not one")
        .label("here")
        .also(at(&sources, 0, "one"), "one")
        .help("write one");
    finding.accepted = Some("the printed original\nsays so".to_owned());
    let open = Finding::error("D03", at(&sources, 0, "one"), "one is not two");
    insta::assert_snapshot!(plain(&[open, finding], &sources), @r"
    advice[D02]: two is not one
    --> content/a.md:1:5
     = known: the printed original says so

    error[D03]: one is not two
     --> content/a.md:1:1
      |
    1 | one two
      | ^^^
    ");
}

#[test]
fn on_a_narrow_screen_sentences_are_wrapped_and_lines_cut_to_fit() {
    let line = "The Committee received a briefing note on the Community Safety Plan, and welcomed the update.";
    let sources = sources(&[("a.md", line)]);
    let finding = Finding::error(
        "R01",
        at(&sources, 0, "briefing note"),
        "there is no paper `04-community-safety-plan` in the folder `meetings/scrutiny/2023-07-12`",
    )
    .help("did you mean `05-community-safety-plan-of-the-partnership`? Its title is “Community Safety Plan”");
    let look = Look { colour: false, width: Some(60) };
    let shown = render(&[finding], Places::new(&sources, "content"), look);
    assert!(shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
    insta::assert_snapshot!(shown, @r"
    error[R01]: there is no paper `04-community-safety-plan` in
                the folder `meetings/scrutiny/2023-07-12`
     --> content/a.md:1:26
      |
    1 | The Committee received a briefing note on the  ...
      |                          ^^^^^^^^^^^^^
      |
      = help: did you mean
              `05-community-safety-plan-of-the-partnership`?
              Its title is “Community Safety Plan”
    ");
}

#[test]
fn of_a_file_with_very_many_findings_those_that_matter_most_are_shown() {
    let text = "word\n".repeat(3_000);
    let sources = sources(&[("a.md", &text), ("b.md", "word\n")]);
    let place = |file, line: usize| Span::new(SourceId(file), line * 5..line * 5 + 4);
    let mut findings: Vec<Finding> =
        (0..2_990).map(|line| Finding::warning(codes::BAD_LINK, place(0, line), format!("warning {line}"))).collect();
    findings
        .extend((2_990..3_000).map(|line| Finding::error(codes::BAD_LINK, place(0, line), format!("error {line}"))));
    findings.push(Finding::error(codes::BAD_LINK, place(1, 0), "the only one here"));
    let shown = plain(&findings, &sources);
    assert_eq!(shown.matches("[W03]").count(), 101);
    assert!(shown.contains("warning 89\n") && !shown.contains("warning 90\n"));
    assert!((2_990..3_000).all(|line| shown.contains(&format!("error {line}\n"))), "no error gives way to a warning");
    assert!(shown.contains("... and 2900 more findings in content/a.md: put right what is shown"), "{shown}");
    assert!(shown.contains("the only one here"));
    assert!(!shown.contains("more findings in content/b.md"));
}

#[test]
fn what_is_quoted_stays_on_one_line_unless_it_is_long() {
    assert_eq!(wrapped("write `[[paper 04-plan]]` here", 14), ["write", "`[[paper 04-plan]]`", "here"]);
    assert_eq!(wrapped("a lone ` and two words", 8), ["a lone `", "and two", "words"]);
    let long = format!("`{}`", "word ".repeat(20));
    assert!(wrapped(&long, 20).iter().all(|line| line.chars().count() <= 20));
}
