use super::*;
use crate::model::read::Read;
use crate::text::{SourceId, yaml};
use proptest::prelude::*;

fn read(steps: &str) -> (Option<Flow>, Vec<Finding>, Source) {
    let steps = steps.lines().map(|line| format!("  {line}\n")).collect::<Vec<_>>().concat();
    let text = format!("caption: C\nsteps: |\n{steps}");
    let source = Source::new("a.md", text.clone());
    let mut findings = Vec::new();
    let node = yaml::parse(&source, SourceId(0), 0..text.len(), &mut findings).expect("YAML");
    let block = FlowBlock::read(&node, &mut findings);
    let flow = block.and_then(|block| Flow::read(&block, &source, &mut findings));
    (flow, findings, source)
}

fn outline(steps: &str) -> Vec<String> {
    let (flow, findings, _) = read(steps);
    assert!(findings.is_empty(), "{findings:?}");
    let then = |then: &Then| match then {
        Then::Step(next) => next.to_string(),
        Then::Answers(answers) => format!("{answers:?}"),
        Then::End => "end".to_owned(),
    };
    let line = |(index, step): (usize, &Step)| {
        format!("{index} {}{} > {}", "  ".repeat(step.depth), step.words, then(&step.then))
    };
    flow.expect("a flow").steps.iter().enumerate().map(line).collect()
}

const CHART: &str = "A member suggests a topic\nIs it within the remit?\n  no: Say why -> end\n  yes:\n    Score it\n    \
                     Is the score 10 or more?\n      yes:\n      no: Wait a year -> score\nIs there room?\n  \
                     yes:\n  no: -> Wait\nAdd it to the programme";

#[test]
fn lines_lead_to_the_next_and_arrows_where_they_say() {
    assert_eq!(
        outline(CHART),
        [
            "0 A member suggests a topic > 1",
            "1 Is it within the remit? > [2, 4]",
            "2   no > 3",
            "3   Say why > end",
            "4   yes > 5",
            "5   Score it > 6",
            "6   Is the score 10 or more? > [7, 8]",
            "7     yes > 10",
            "8     no > 9",
            "9     Wait a year > 5",
            "10 Is there room? > [11, 12]",
            "11   yes > 13",
            "12   no > 9",
            "13 Add it to the programme > end",
        ]
        .map(str::to_owned)
        .to_vec()
    );
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    for (steps, place, message) in [
        ("A\nIs it?\n", "Is it?", "the question `Is it?` has no answer beneath it"),
        ("Is it?\n  yes: B\nC", "Is it?", "the question `Is it?` has one answer only beneath it"),
        ("A\n  B", "B", "this line stands further in, though the line above it asks nothing"),
        ("Is it?\n  perhaps\n  no: x", "perhaps", "expected an answer to `Is it?`, found `perhaps`"),
        ("A\nB -> Cc", "B -> Cc", "the arrow leads to `Cc`, and no step begins so"),
        ("Tell A\nTell B\nC -> tell", "C -> tell", "the arrow leads to `tell`, and several steps begin so"),
        ("A -> end\nB", "B", "nothing leads to `B`"),
        ("A\n-> end", "-> end", "an arrow stands here without a step before it"),
        (
            "Is it? -> end\n  yes: a\n  no: b",
            "Is it? -> end",
            "the question `Is it?` has an arrow, and its answers lead on",
        ),
    ] {
        let (flow, findings, source) = read(steps);
        assert!(flow.is_none(), "{steps}");
        let finding = findings.iter().find(|finding| finding.message == message);
        let finding = finding.unwrap_or_else(|| panic!("{steps}: {findings:?}"));
        assert_eq!(&source.text[finding.primary.span.range()], place);
        assert!(finding.help.is_some());
    }
    assert!(read("").0.is_none());
    assert!(read(&"A\n".repeat(101)).0.is_none());
}

#[test]
fn loops_are_allowed() {
    assert_eq!(
        outline("A\nAgain?\n  yes: -> A\n  no: B"),
        ["0 A > 1", "1 Again? > [2, 3]", "2   yes > 0", "3   no > 4", "4   B > end"]
    );
}

proptest! {
    #[test]
    fn no_text_panics_and_every_arrow_leads_somewhere(
        steps in "((  ){0,9}(A|B|C|Is it\\?|yes:|no:|yes: A|no: -> B|x -> end|A -> C|->|→)\n){0,14}"
    ) {
        // Not by way of YAML, which already refuses some of these.
        let span = Span::new(SourceId(0), 0..steps.len());
        let block =
            FlowBlock { caption: "C".to_owned(), name: None, steps: Spanned::new(steps.clone(), span) };
        let mut findings = Vec::new();
        let flow = Flow::read(&block, &Source::new("a.md", steps.as_str()), &mut findings);
        prop_assert_eq!(flow.is_none(), !findings.is_empty());
        for step in flow.iter().flat_map(|flow| &flow.steps) {
            let count = flow.as_ref().map_or(0, |flow| flow.steps.len());
            match &step.then {
                Then::Step(next) => prop_assert!(*next < count),
                Then::Answers(answers) => prop_assert!(answers.len() > 1 && answers.iter().all(|answer| *answer < count)),
                Then::End => {}
            }
        }
    }
}
