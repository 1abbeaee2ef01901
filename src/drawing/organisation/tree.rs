//! From bodies to trees: who reports to whom on a day, and who works beside whom.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::drawing::layout::Part;
use crate::model::{Body, BodyId};
use crate::record::covers;

/// So many bodies may stand one above the other. No authority comes near it; without a limit, a chain of thousands in
/// a broken content folder would exhaust the stack. The next body down begins a tree of its own.
pub(super) const DEEPEST: usize = 32;

/// A body in the chart, with those that report to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Which body it is.
    pub id: BodyId,
    /// Its full name, for the list.
    pub name: String,
    /// Its short name where it has one, for the drawing.
    pub label: String,
    /// Why it is in the chart.
    pub part: Part,
    /// Bodies in the same chart that it works beside, by name. It goes both ways, whichever of the two says so.
    pub works_with: Vec<BodyId>,
    /// Bodies that report to it, by name.
    pub children: Vec<Node>,
}

/// The bodies that exist on a day, as trees of who reports to whom, each level in the order of names.
///
/// Without a root these are all bodies, in as many trees as there are bodies that report to nobody in existence that
/// day. With one, the first tree is the root and those below it, under the body that the root reports to; bodies that
/// the root works with and that are in neither place follow, each alone. Empty if the root does not exist that day.
///
/// Where bodies report to each other in a circle, the first of them by name stands at the top; each body comes once.
pub fn tree(bodies: &BTreeMap<BodyId, Body>, root: Option<&BodyId>, on: NaiveDate) -> Vec<Node> {
    let forest = Forest::new(bodies, root, on);
    let Some(root) = root else {
        let roots = forest.in_order.iter().filter(|id| !forest.parents.contains_key(*id));
        return roots.map(|id| forest.node(id, Part::Member, &|_| true)).collect();
    };
    let Some(&root) = forest.in_order.iter().find(|id| **id == root) else { return Vec::new() };

    let below = forest.below(root);
    let above = forest.existing[root].reports_to.as_ref().map(|parent| &parent.value);
    let above = above.filter(|above| forest.existing.contains_key(above) && !below.contains(above));
    let beside: Vec<&BodyId> =
        forest.works_with(root).filter(|other| !below.contains(other) && above != Some(*other)).collect();
    let shown = |id: &BodyId| below.contains(id) || above == Some(id) || beside.contains(&id);

    let focus = forest.node(root, Part::Focus, &shown);
    let top = match above {
        Some(above) => Node { children: vec![focus], ..forest.leaf(above, Part::Above, &shown) },
        None => focus,
    };
    std::iter::once(top).chain(beside.iter().map(|id| forest.leaf(id, Part::Beside, &shown))).collect()
}

/// The bodies of a day and what holds between them, without circles.
struct Forest<'b> {
    existing: BTreeMap<&'b BodyId, &'b Body>,
    /// By name, and by id where names are the same.
    in_order: Vec<&'b BodyId>,
    parents: BTreeMap<&'b BodyId, &'b BodyId>,
    children: BTreeMap<&'b BodyId, Vec<&'b BodyId>>,
    works_with: BTreeMap<&'b BodyId, BTreeSet<&'b BodyId>>,
}

impl<'b> Forest<'b> {
    fn new(bodies: &'b BTreeMap<BodyId, Body>, root: Option<&BodyId>, on: NaiveDate) -> Self {
        let existing: BTreeMap<&BodyId, &Body> =
            bodies.iter().filter(|(_, body)| covers(body.formed, body.ended, on)).collect();
        let mut in_order: Vec<&BodyId> = existing.keys().copied().collect();
        in_order.sort_by_key(|id| (&existing[id].name, *id));

        let mut parents = BTreeMap::new();
        let mut works_with: BTreeMap<&BodyId, BTreeSet<&BodyId>> = BTreeMap::new();
        for (&id, body) in &existing {
            // What is asked for as the root has nothing above it, even in a circle.
            if let Some(parent) = body.reports_to.as_ref().filter(|_| root != Some(id))
                && existing.contains_key(&parent.value)
            {
                parents.insert(id, &parent.value);
            }
            for other in body.works_with.iter().map(|other| &other.value) {
                if other != id && existing.contains_key(other) {
                    works_with.entry(id).or_default().insert(other);
                    works_with.entry(other).or_default().insert(id);
                }
            }
        }
        open_circles(&in_order, &mut parents);
        limit_depth(&in_order, &mut parents);
        let mut children: BTreeMap<&BodyId, Vec<&BodyId>> = BTreeMap::new();
        for &id in &in_order {
            if let Some(&parent) = parents.get(id) {
                children.entry(parent).or_default().push(id);
            }
        }
        Self { existing, in_order, parents, children, works_with }
    }

    fn children(&self, id: &BodyId) -> impl Iterator<Item = &'b BodyId> {
        self.children.get(id).into_iter().flatten().copied()
    }

    /// Whom a body works with, by name.
    fn works_with(&self, id: &BodyId) -> impl Iterator<Item = &'b BodyId> {
        let mut others: Vec<&BodyId> = self.works_with.get(id).into_iter().flatten().copied().collect();
        others.sort_by_key(|id| (&self.existing[id].name, *id));
        others.into_iter()
    }

    /// A body and all those below it.
    fn below(&self, root: &'b BodyId) -> BTreeSet<&'b BodyId> {
        let mut found = BTreeSet::from([root]);
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            open.extend(self.children(id).filter(|child| found.insert(child)));
        }
        found
    }

    fn leaf(&self, id: &'b BodyId, part: Part, shown: &dyn Fn(&BodyId) -> bool) -> Node {
        let body = self.existing[id];
        Node {
            id: id.clone(),
            name: body.name.clone(),
            label: body.short_name().to_owned(),
            part,
            works_with: self.works_with(id).filter(|other| shown(other)).cloned().collect(),
            children: Vec::new(),
        }
    }

    /// A body with all those below it; no deeper than [`DEEPEST`].
    fn node(&self, id: &'b BodyId, part: Part, shown: &dyn Fn(&BodyId) -> bool) -> Node {
        let children = self.children(id).map(|child| self.node(child, Part::Member, shown)).collect();
        Node { children, ..self.leaf(id, part, shown) }
    }
}

/// Takes the first body by name of every circle out from under its parent.
fn open_circles<'b>(in_order: &[&'b BodyId], parents: &mut BTreeMap<&'b BodyId, &'b BodyId>) {
    let rank: BTreeMap<&BodyId, usize> = in_order.iter().enumerate().map(|(rank, id)| (*id, rank)).collect();
    // Which walk came by first.
    let mut walked: BTreeMap<&BodyId, usize> = BTreeMap::new();
    for (walk, &start) in in_order.iter().enumerate() {
        let mut path = Vec::new();
        let mut here = Some(start);
        while let Some(id) = here.filter(|id| !walked.contains_key(id)) {
            walked.insert(id, walk);
            path.push(id);
            here = parents.get(id).copied();
        }
        let Some(back) = here.filter(|id| walked.get(id) == Some(&walk)) else { continue };
        let circle = path.iter().skip_while(|id| **id != back);
        if let Some(first) = circle.min_by_key(|id| rank.get(*id)) {
            parents.remove(first);
        }
    }
}

/// Lets a body that stands too deep begin a tree of its own.
fn limit_depth<'b>(in_order: &[&'b BodyId], parents: &mut BTreeMap<&'b BodyId, &'b BodyId>) {
    let mut depths: BTreeMap<&BodyId, usize> = BTreeMap::new();
    for &start in in_order {
        let mut path = vec![start];
        while let Some(parent) = path.last().and_then(|id| parents.get(id)).filter(|id| !depths.contains_key(*id)) {
            path.push(parent);
        }
        for id in path.into_iter().rev() {
            let depth = parents.get(id).and_then(|parent| depths.get(parent)).map_or(0, |above| above + 1);
            if depth >= DEEPEST {
                parents.remove(id);
            }
            depths.insert(id, depth % DEEPEST);
        }
    }
}
