//! What must hold of any chart, tried on random bodies.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::drawing::layout::{Layout, PAD_X, PAD_Y, Placed};
use crate::model::Body;
use crate::model::read::Read;
use crate::text::{Source, SourceId, yaml};

fn body(yaml: &str) -> Body {
    let text = format!("kind: board\nlaw: own-terms\n{yaml}");
    let mut findings = Vec::new();
    let source = Source::new("body.yaml", text.clone());
    let node = yaml::parse(&source, SourceId(0), 0..text.len(), &mut findings).expect("YAML");
    let body = Body::read(&node, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    body.expect("a body")
}

fn bodies(all: &[(&str, &str)]) -> BTreeMap<BodyId, Body> {
    all.iter().map(|(id, rest)| ((*id).into(), body(&format!("name: The {id}\n{rest}")))).collect()
}

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 7, 13).expect("a date")
}

/// The tree in brackets: `council(board(group) committee)`.
fn outline(nodes: &[Node]) -> String {
    let one = |node: &Node| match node.children.as_slice() {
        [] => node.id.to_string(),
        children => format!("{}({})", node.id, outline(children)),
    };
    nodes.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn authority() -> BTreeMap<BodyId, Body> {
    bodies(&[
        ("council", ""),
        ("board", "reports_to: council\nworks_with: [trust, health]\nshort: Police & Crime"),
        ("health", "reports_to: council"),
        ("prevent", "reports_to: board\nformed: 2015-01-01"),
        ("tasking", "reports_to: board\nended: 2020-12-31"),
        ("trust", ""),
    ])
}

#[test]
fn everybody_stands_under_whom_they_report_to() {
    assert_eq!(outline(&tree(&authority(), None, day(2016))), "council(board(prevent tasking) health) trust");
}

#[test]
fn only_those_that_exist_on_the_day_are_shown() {
    assert_eq!(outline(&tree(&authority(), None, day(2014))), "council(board(tasking) health) trust");
    assert_eq!(outline(&tree(&authority(), None, day(2021))), "council(board(prevent) health) trust");
    let ended = bodies(&[("council", "ended: 2000-01-01"), ("board", "reports_to: council")]);
    assert_eq!(outline(&tree(&ended, None, day(2016))), "board", "what it reports to has gone");
    assert!(tree(&ended, Some(&"council".into()), day(2016)).is_empty());
    assert!(tree(&ended, Some(&"nobody".into()), day(2016)).is_empty());
}

#[test]
fn a_root_brings_those_above_below_and_beside_it() {
    let nodes = tree(&authority(), Some(&"board".into()), day(2016));
    assert_eq!(outline(&nodes), "council(board(prevent tasking)) health trust");
    let parts: Vec<Part> = nodes.iter().map(|node| node.part).collect();
    assert_eq!(parts, [Part::Above, Part::Beside, Part::Beside]);
    let focus = &nodes[0].children[0];
    assert_eq!(focus.part, Part::Focus);
    assert_eq!(focus.works_with, ["health".into(), "trust".into()]);
    assert_eq!(nodes[2].works_with, ["board".into()], "it goes both ways");

    assert_eq!(outline(&tree(&authority(), Some(&"trust".into()), day(2016))), "trust board");
    assert_eq!(
        outline(&tree(&authority(), Some(&"council".into()), day(2016))),
        "council(board(prevent tasking) health)"
    );
}

#[test]
fn circles_are_opened_at_the_first_by_name() {
    let circle = bodies(&[
        ("a", "reports_to: b"),
        ("b", "reports_to: c\nworks_with: [b]"),
        ("c", "reports_to: b"),
        ("d", "reports_to: d"),
    ]);
    assert_eq!(outline(&tree(&circle, None, day(2016))), "b(a c) d");
    assert_eq!(outline(&tree(&circle, Some(&"c".into()), day(2016))), "c(b(a))");
    assert_eq!(outline(&tree(&circle, Some(&"d".into()), day(2016))), "d");
    assert_eq!(outline(&tree(&circle, Some(&"a".into()), day(2016))), "b(a)");
}

#[test]
fn a_chain_without_end_does_not_exhaust_the_stack() {
    let mut chain = BTreeMap::new();
    let one = body("name: One");
    for index in 0..5_000 {
        let link = body_like(&one, index, Some(index + 1));
        chain.insert(BodyId(format!("{index:05}")), link);
    }
    let nodes = tree(&chain, None, day(2016));
    assert_eq!(ids(&nodes).len(), 5_000);
    assert_eq!(nodes.len(), 5_000usize.div_ceil(tree::DEEPEST));
    assert!(!figure(&nodes, &CAPTION, &|_| None, &Words::default()).is_empty());
}

#[test]
fn the_cost_is_in_step_with_the_number_of_bodies() {
    let one = body("name: One");
    let many: BTreeMap<BodyId, Body> = (0..10_000)
        .map(|index| (BodyId(format!("{index:05}")), body_like(&one, index, (index > 0).then_some(index / 10))))
        .collect();
    let begun = std::time::Instant::now();
    let nodes = tree(&many, None, day(2016));
    let html = figure(&nodes, &CAPTION, &|_| None, &Words::default());
    assert!(html.len() > 10_000 * 100);
    // A second or two in a debug build; anything quadratic would take minutes.
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn the_description_says_what_the_drawing_shows() {
    let nodes = tree(&authority(), Some(&"board".into()), day(2016));
    let svg = svg(&nodes, Shape::Wide, "figure-1", "The board <today>", &Words::default());
    assert!(svg.starts_with("<svg role=\"img\" aria-labelledby=\"figure-1-title figure-1-desc\""), "{svg}");
    assert!(svg.contains("<title id=\"figure-1-title\">The board &lt;today&gt;</title>"), "{svg}");
    assert!(
        svg.contains(
            "<desc id=\"figure-1-desc\">The council. Reporting to it: Police &amp; Crime. Police &amp; Crime. \
             Reporting to it: The prevent; The tasking. Works with: The health; The trust.</desc>"
        ),
        "{svg}"
    );
    assert!(!svg.contains("style="));
}

#[test]
fn the_list_links_each_body_once() {
    let nodes = tree(&authority(), Some(&"board".into()), day(2016));
    let href = |id: &BodyId| (id.as_str() != "tasking").then(|| format!("../{id}/"));
    assert_eq!(
        list(&nodes, &href, &Words::default()),
        "<ul><li><a href=\"../council/\">The council</a><ul><li><a href=\"../board/\">The board</a> \
         <span class=\"beside\">(works with: <a href=\"../health/\">The health</a>; <a href=\"../trust/\">The \
         trust</a>)</span><ul><li><a href=\"../prevent/\">The prevent</a></li><li>The tasking</li></ul></li></ul></li>\
         </ul>"
    );
}

#[test]
fn a_figure_has_a_number_and_both_drawings_have_their_own_ids() {
    let nodes = tree(&authority(), Some(&"board".into()), day(2016));
    let html = figure(&nodes, &CAPTION, &|_| None, &Words::default());
    assert!(html.starts_with(
        "<figure class=\"organisation-chart\" id=\"figure-1\"><figcaption><a class=\"number\" \
         href=\"#figure-1\">Figure 1</a> Who reports to whom</figcaption><section class=\"chart-scroll\""
    ));
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
    assert_eq!(figure(&nodes, &CAPTION, &|_| None, &Words::default()), html, "the same bytes again");

    let nobody = figure(&[], &CAPTION, &|_| None, &Words::default());
    assert!(nobody.ends_with("<p>No body existed on this day.</p></figure>"));
    assert_eq!(svg(&[], Shape::Wide, "x", "x", &Words::default()), "");
}

#[test]
fn a_small_chart_is_drawn_once_and_fits_a_phone() {
    let small = bodies(&[("council", ""), ("board", "reports_to: council")]);
    let nodes = tree(&small, None, day(2016));
    let html = figure(&nodes, &CAPTION, &|_| None, &Words::default());
    assert_eq!(html.matches("<svg").count(), 1);
}

#[test]
fn what_fits_a_wide_screen_is_drawn_in_levels_and_the_same_for_a_phone_indented() {
    for root in [None, Some("board".into()), Some("council".into())] {
        let nodes = tree(&authority(), root.as_ref(), day(2016));
        let plan = plan(&nodes);
        let (wide, narrow) = (plan.layout(Shape::Wide), plan.layout(Shape::Narrow));
        assert!(wide.centred && wide.width <= 720, "{root:?}: {wide:?}");
        assert!(!narrow.centred && narrow.width <= 288, "{root:?}: {narrow:?}");
        assert!(narrow.height > wide.height, "{root:?}");
        assert!(wide.lines.iter().any(|line| line.beside), "{root:?}");
        assert_eq!(wide.lines.len(), narrow.lines.len(), "{root:?}: both say the same");
    }
}

#[test]
fn too_many_columns_or_ties_are_indented() {
    let names: Vec<String> = (0..9).map(|index| format!("b{index}")).collect();
    let reports = |_: &String| "reports_to: top\n".to_owned();
    let mut all = vec![("top", String::new())];
    all.extend(names.iter().map(|name| (name.as_str(), reports(name))));
    let all: Vec<(&str, &str)> = all.iter().map(|(id, rest)| (*id, rest.as_str())).collect();
    let stacked = plan(&tree(&bodies(&all), None, day(2016))).layout(Shape::Wide);
    assert!(stacked.centred, "those at the foot are stacked");

    let tied: Vec<(&str, &str)> = all
        .iter()
        .map(|(id, rest)| if *id == "b3" { (*id, "reports_to: top\nworks_with: [b7]") } else { (*id, *rest) })
        .collect();
    let indented = plan(&tree(&bodies(&tied), None, day(2016))).layout(Shape::Wide);
    assert!(!indented.centred, "no way through a stack");
    assert_eq!(indented.lines.len(), stacked.lines.len() + 1);
}

const CAPTION: Caption = Caption { id: "figure-1", number: Some("Figure 1"), text: "Who reports to whom" };

/// A body with a number for a name, which reports to another number.
fn body_like(one: &Body, index: usize, parent: Option<usize>) -> Body {
    use crate::text::{Span, Spanned};
    let span = Span::start_of(SourceId(0));
    Body {
        name: format!("Body number {index:05}"),
        reports_to: parent.map(|parent| Spanned::new(BodyId(format!("{parent:05}")), span)),
        ..one.clone()
    }
}

fn ids(nodes: &[Node]) -> Vec<BodyId> {
    let mut ids = Vec::new();
    let mut open: Vec<&Node> = nodes.iter().collect();
    while let Some(node) = open.pop() {
        ids.push(node.id.clone());
        open.extend(&node.children);
    }
    ids.sort();
    ids
}

/// Up to sixty bodies with names of all lengths, who report to and work with anybody, themselves included.
fn any_bodies() -> impl Strategy<Value = BTreeMap<BodyId, Body>> {
    let name = "[A-Z][a-zŵé]{0,24}( [A-Za-z&<-]{1,14}){0,9}";
    let one = (name, proptest::option::of(0..70usize), proptest::collection::vec(0..70usize, 0..2), 0..4u8);
    proptest::collection::vec(one, 0..60).prop_map(|all| {
        let one = body("name: One");
        let spanned = |to: &usize| {
            crate::text::Spanned::new(BodyId(format!("{to:05}")), crate::text::Span::start_of(SourceId(0)))
        };
        let body = |(index, (name, parent, beside, sparse)): (usize, (String, Option<usize>, Vec<usize>, u8))| {
            let works_with = if sparse == 0 { beside.iter().map(spanned).collect() } else { Vec::new() };
            let body = Body { name, works_with, ..body_like(&one, index, parent) };
            (BodyId(format!("{index:05}")), Body { name: body.name.clone(), ..body })
        };
        all.into_iter().enumerate().map(body).collect()
    })
}

fn overlap(one: &Placed, other: &Placed) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn is_on_edge(placed: &Placed, (x, y): (i32, i32)) -> bool {
    let across = (placed.x..=placed.x + placed.width).contains(&x);
    let down = (placed.y..=placed.y + placed.height).contains(&y);
    (across && (y == placed.y || y == placed.y + placed.height))
        || (down && (x == placed.x || x == placed.x + placed.width))
}

fn is_sound(layout: &Layout, bodies: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(layout.boxes.len(), bodies);
    for (index, placed) in layout.boxes.iter().enumerate() {
        for other in &layout.boxes[index + 1..] {
            prop_assert!(!overlap(placed, other), "{placed:?} lies on {other:?}");
        }
        prop_assert!(placed.x > 0 && placed.x + placed.width < layout.width, "{placed:?}");
        prop_assert!(placed.y > 0 && placed.y + placed.height < layout.height, "{placed:?}");
        prop_assert!(placed.words.width() + 2 * PAD_X <= placed.width, "{placed:?}");
        let lines = i32::try_from(placed.words.lines.len()).expect("few");
        prop_assert!((1..=4).contains(&lines) && lines * 20 + 2 * PAD_Y <= placed.height, "{placed:?}");
    }
    for line in &layout.lines {
        for end in [line.points.first(), line.points.last()].into_iter().flatten() {
            prop_assert!(layout.boxes.iter().any(|placed| is_on_edge(placed, *end)), "{line:?} ends in the open");
        }
        for stretch in line.points.windows(2) {
            prop_assert!(stretch[0].0 == stretch[1].0 || stretch[0].1 == stretch[1].1, "{line:?} slants");
            for placed in &layout.boxes {
                prop_assert!(!placed.is_crossed(stretch[0], stretch[1]), "{line:?} runs through {placed:?}");
            }
            for (x, y) in stretch {
                prop_assert!((1..layout.width).contains(x) && (1..layout.height).contains(y), "{line:?} leaves");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_chart_is_sound(bodies in any_bodies(), root in proptest::option::of(0..60usize)) {
        let root = root.map(|root| BodyId(format!("{root:05}")));
        let nodes = tree(&bodies, root.as_ref(), day(2016));
        let shown = ids(&nodes);
        prop_assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), shown.len(), "each body once");
        if root.is_none() {
            prop_assert_eq!(shown.len(), bodies.len());
        }
        let plan = plan(&nodes);
        for shape in [Shape::Wide, Shape::Narrow] {
            is_sound(&plan.layout(shape), shown.len())?;
        }
        let list = list(&nodes, &|id| Some(id.to_string()), &Words::default());
        for id in &shown {
            prop_assert_eq!(list.matches(&format!("href=\"{id}\"")).count(), 1, "{}", id);
        }
        prop_assert_eq!(list.matches("<ul>").count(), list.matches("</ul>").count());
        let html = figure(&nodes, &CAPTION, &|_| None, &Words::default());
        prop_assert!(!html.contains("style="));
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Small forests with few ties: mostly laid out in levels, which the test above seldom reaches.
    #[test]
    fn any_small_chart_is_sound(
        parents in proptest::collection::vec(proptest::option::weighted(0.8, 0..6usize), 1..7),
        beside in proptest::collection::vec(0..9usize, 0..3),
        rooted in any::<bool>(),
    ) {
        let one = body("name: One");
        let mut bodies: BTreeMap<BodyId, Body> = BTreeMap::new();
        for index in 0..9 {
            let parent = parents.get(index).copied().flatten().filter(|parent| *parent < index);
            bodies.insert(BodyId(format!("{index:05}")), body_like(&one, index, parent));
        }
        let id = BodyId::from("00000");
        if let Some(root) = bodies.get_mut(&id) {
            let span = crate::text::Span::start_of(SourceId(0));
            let other = |to: &usize| crate::text::Spanned::new(BodyId(format!("{to:05}")), span);
            root.works_with = beside.iter().map(other).collect();
        }
        let nodes = tree(&bodies, rooted.then_some(&id), day(2016));
        let plan = plan(&nodes);
        for shape in [Shape::Wide, Shape::Narrow] {
            is_sound(&plan.layout(shape), ids(&nodes).len())?;
        }
    }
}
