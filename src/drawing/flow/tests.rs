//! Flow charts from their text.

use proptest::prelude::*;

use super::*;
use crate::drawing::layout::Placed;
use crate::drawing::marks::assert_is_sound;
use crate::model::FlowBlock;
use crate::text::{Source, SourceId, Span, Spanned};

fn flow(steps: &str) -> Option<Flow> {
    let span = Span::new(SourceId(0), 0..steps.len());
    let block =
        FlowBlock { caption: "How it goes".to_owned(), name: None, steps: Spanned::new(steps.to_owned(), span) };
    Flow::read(&block, &Source::new("a.md", steps), &mut Vec::new())
}

const CHART: &str = "A member suggests a topic\nIs it within the remit?\n  no: Say why -> end\n  yes:\n    Score it\n    \
                     Is the score 10 or more?\n      yes:\n      no: Wait a year -> score\nIs there room?\n  yes:\n  \
                     no: -> Wait\nAdd it to the programme";

const CAPTION: Caption = Caption { id: "figure-1", number: Some("Figure 1"), text: "How it goes" };

#[test]
fn the_list_says_what_the_drawing_shows() {
    let html = figure(&flow(CHART).expect("a flow"), &CAPTION, &Words::default());
    let list = html.split_once("<div class=\"chart-list\">").expect("a list").1;
    assert_eq!(
        list,
        "<ol><li>A member suggests a topic</li><li>Is it within the remit?<ul><li><strong>No</strong><ol><li>Say why. \
         <span class=\"leads\">It ends there.</span></li></ol></li><li><strong>Yes</strong><ol><li>Score it</li>\
         <li>Is the score 10 or more?<ul><li><strong>Yes</strong></li><li><strong>No</strong><ol><li>Wait a year. <span class=\"leads\">Then go to: Score \
         it.</span></li></ol></li></ul></li></ol></li></ul></li><li>Is there room?<ul><li><strong>Yes</strong></li>\
         <li><strong>No</strong>: <span class=\"leads\">Then go to: Wait a year.</span></li></ul></li><li>Add it to the \
         programme</li></ol></div></figure>"
    );
    let svgs: Vec<&str> =
        html.split("<svg").skip(1).filter_map(|rest| rest.split_once("</svg>")).map(|(svg, _)| svg).collect();
    assert_eq!(svgs.len(), 2);
    for (svg, id) in svgs.iter().zip(["figure-1", "figure-1-narrow"]) {
        assert!(
            svg.contains(&format!(
                "<desc id=\"{id}-desc\">A member suggests a topic. Is it within the remit? If no: Say why."
            )),
            "{svg}"
        );
    }
}

#[test]
fn each_line_of_the_text_has_a_box_and_each_way_a_line() {
    let flow = flow(CHART).expect("a flow");
    let labels = labels(&flow);
    let (plan, follows) = plan(&flow, &labels);
    let layout = plan.flow(NARROW, WIDEST.1, &follows);
    assert!(layout.width <= NARROW, "{}", layout.width);
    assert_eq!(layout.boxes.len(), flow.steps.len());
    // Six answers, two straight ways down, and four through lanes; the steps right beneath their answers need none.
    let ways = |head: Option<super::super::layout::Head>| layout.lines.iter().filter(|line| line.head == head).count();
    assert_eq!(ways(None), 6, "{:?}", layout.lines);
    assert_eq!(layout.lines.iter().filter(|line| line.head.is_some()).count(), 2 + 4);
}

/// What holds of any flow chart: boxes stand apart, words within them, and no line runs through a box.
fn is_sound(flow: &Flow, most: i32, widest: i32) {
    let labels = labels(flow);
    let (plan, follows) = plan(flow, &labels);
    let layout = plan.flow(most, widest, &follows);
    let bottom = |placed: &Placed| placed.y + placed.height;
    for pair in layout.boxes.windows(2) {
        assert!(bottom(&pair[0]) <= pair[1].y, "{pair:?}");
    }
    for placed in &layout.boxes {
        assert!(placed.words.width() + 20 <= placed.width, "{placed:?}");
        assert!(placed.x > 0 && placed.x + placed.width < layout.width && bottom(placed) < layout.height);
    }
    for line in &layout.lines {
        for stretch in line.points.windows(2) {
            assert!(stretch[0].0 == stretch[1].0 || stretch[0].1 == stretch[1].1, "{line:?} slants");
            assert!(stretch.iter().all(|(x, y)| (1..layout.width).contains(x) && (1..layout.height).contains(y)));
            for placed in &layout.boxes {
                assert!(!placed.is_crossed(stretch[0], stretch[1]), "{line:?} runs through {placed:?}");
            }
        }
    }
    let svg = svg::write(&layout, &Name { id: "f", title: "t", description: "d" });
    assert_is_sound(&svg, "f");
}

#[expect(clippy::format_push_string, reason = "it reads as the text it makes")]
fn text_of(lines: &[(usize, String, u8)]) -> String {
    // Questions with two answers each, in each other, with arrows here and there.
    let mut text = String::new();
    let mut depth = 0_usize;
    for (index, (out, words, way)) in lines.iter().enumerate() {
        depth = depth.saturating_sub(*out);
        let indent = "    ".repeat(depth);
        match way {
            2 => {
                text.push_str(&format!("{indent}{index} {words}?\n{indent}  no: -> end\n{indent}  yes:\n"));
                text.push_str(&format!("{indent}    {index}y {words}\n"));
                depth += 1;
            }
            0 => text.push_str(&format!(
                "{indent}{index} {words}?\n{indent}  yes: {index}y {words}\n{indent}  no: -> {index} {words}?\n"
            )),
            1 => text.push_str(&format!(
                "{indent}{index} {words}?\n{indent}  no: {index}n {words} -> end\n{indent}  yes: {index}y\n"
            )),
            _ => text.push_str(&format!("{indent}{index} {words}\n")),
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_flow_is_sound(
        lines in prop::collection::vec((0_usize..4, "[A-C][a-z]{0,22}( [a-z<&]{1,14}){0,5}", 0_u8..6), 1..16)
    ) {
        let text = text_of(&lines);
        if let Some(flow) = flow(&text) {
            is_sound(&flow, WIDE, WIDEST.0);
            is_sound(&flow, NARROW, WIDEST.1);
        }
    }
}
