//! The audit against trying everything, and on the table of seed 000 that it is for.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::audit::weigh;
use super::clues::pose;
use super::*;
use crate::tables::{At, Relation};
use crate::text::{SourceId, Span};

fn count(value: i64) -> Printed {
    Printed::Figure(value.into(), 0)
}

/// A sheet of counts under these headings; a heading with `%` holds percentages.
fn sheet(headings: &[&str], rows: Vec<(&str, bool, Vec<Printed>)>, relations: Vec<Relation>) -> Sheet {
    let columns =
        std::iter::once("Name").chain(headings.iter().copied()).enumerate().map(|(at, heading)| SheetColumn {
            heading: heading.to_owned(),
            period: None,
            is_count: at > 0 && !heading.contains('%'),
            is_percentage: heading.contains('%'),
            is_computed: false,
            places: 0,
        });
    let rows = rows.into_iter().map(|(name, is_total, cells)| SheetRow {
        name: name.to_owned(),
        is_total,
        cells: std::iter::once(Printed::Words).chain(cells).collect(),
        spans: Vec::new(),
        typed: Vec::new(),
    });
    Sheet {
        title: "Table 1".to_owned(),
        name: None,
        caption: "Counted".to_owned(),
        span: Span::start_of(SourceId(0)),
        columns: columns.collect(),
        rows: rows.collect(),
        relations,
        protect: 3,
        is_generated: false,
        is_elsewhere: false,
    }
}

fn alone(sheet: &Sheet) -> Audit {
    audit(Evidence::new(sheet.clone(), []), true)
}

/// The table after all proposals of its audit have been applied.
fn applied(audit: &Audit) -> Sheet {
    let mut sheet = audit.evidence.sheets[0].clone();
    for place in audit.groups.iter().filter_map(|group| group.proposal.as_ref()).flat_map(|proposal| &proposal.cells) {
        assert_eq!(place.sheet, 0);
        sheet.rows[place.at.row].cells[place.at.column] = Printed::Withheld;
    }
    sheet
}

fn in_words(audit: &Audit) -> Vec<String> {
    audit
        .counts
        .iter()
        .map(|count| format!("{} {}", words::cell(&audit.evidence, count.place), words::inferred(count)))
        .collect()
}

/// Hate crime incidents in 2013 and 2014, as seed 000 prints them.
fn hate_crime() -> Sheet {
    let below = Printed::Below(5);
    let rows = [
        ("Disablist", count(16), 5, count(17), 4),
        ("Gypsy/Traveller", below, 0, below, 0),
        ("Homophobic", count(0), 0, below, 1),
        ("Racist", count(276), 84, count(320), 84),
        ("Religious", count(7), 2, count(13), 3),
        ("Sexist", count(19), 6, count(23), 6),
        ("Transphobic", count(7), 2, below, 1),
        ("Blank", below, 0, below, 0),
    ];
    let mut relations = Vec::new();
    for column in [1, 3] {
        let total = At::new(8, column);
        relations.push(Relation::Sum { total, parts: (0..8).map(|row| At::new(row, column)).collect() });
        relations.extend((0..8).map(|row| Relation::Share {
            result: At::new(row, column + 1),
            part: At::new(row, column),
            whole: total,
        }));
    }
    let body = rows
        .into_iter()
        .map(|(name, first, share, second, other)| (name, false, vec![first, count(share), second, count(other)]));
    let total = ("Grand total", true, vec![count(327), Printed::Nothing, count(379), Printed::Nothing]);
    sheet(&["2013 total", "2013 %", "2014 total", "2014 %"], body.chain([total]).collect(), relations)
}

#[test]
fn the_hate_crime_table_of_seed_000_fails_in_both_years() {
    let audit = alone(&hate_crime());
    assert_eq!(
        in_words(&audit),
        [
            "`Gypsy/Traveller`, 2013 total must be 1",
            "`Gypsy/Traveller`, 2014 total must be 1",
            "`Homophobic`, 2014 total must be 2",
            "`Transphobic`, 2014 total must be 2",
            "`Blank`, 2013 total must be 1",
            "`Blank`, 2014 total must be 1",
        ]
    );
    let messages: Vec<String> = audit.groups.iter().map(|group| words::given_away(&audit, group)).collect();
    assert_eq!(
        messages,
        [
            "column `2013 total`: what is kept back can be worked out: `Gypsy/Traveller` is 1 and `Blank` is 1",
            "column `2014 total`: what is kept back can be worked out: `Gypsy/Traveller` is 1, `Homophobic` is 2, \
             `Transphobic` is 2 and `Blank` is 1",
        ]
    );
    let why = |group: usize, at: usize| -> Vec<String> {
        let (_, clues) = &audit.groups[group].why[at];
        clues.iter().map(|clue| words::clue(&audit.evidence, *clue)).collect()
    };
    assert_eq!(
        why(0, 0),
        [
            "`Grand total`, 2013 total is 327, and the parts of it that are printed come to 325, which leaves 2 for the 2 \
             that are not"
        ]
    );
    // 6 are left for four; each 1% of 379 is two at least, so that nobody has more than is left.
    assert_eq!(why(1, 0), ["`Gypsy/Traveller`, 2014 % is 0%, and the whole is 379"]);
    assert_eq!(why(1, 1).len(), 3, "{:?}", why(1, 1));
}

#[test]
fn the_hate_crime_table_passes_after_the_proposal() {
    let audit = alone(&hate_crime());
    let proposals: Vec<&Proposal> = audit.groups.iter().filter_map(|group| group.proposal.as_ref()).collect();
    assert!(proposals.len() == 2 && proposals.iter().all(|proposal| proposal.is_smallest), "{proposals:?}");
    let named = |proposal: &Proposal| -> Vec<String> {
        proposal.cells.iter().map(|place| words::cell(&audit.evidence, *place)).collect()
    };
    // Two are left for two in 2013, so a third count goes, with the percentage that would tell of it.
    assert_eq!(
        named(proposals[0]),
        ["`Gypsy/Traveller`, 2013 %", "`Religious`, 2013 total", "`Religious`, 2013 %", "`Blank`, 2013 %"]
    );
    assert_eq!(
        named(proposals[1]),
        ["`Gypsy/Traveller`, 2014 %", "`Homophobic`, 2014 %", "`Transphobic`, 2014 %", "`Blank`, 2014 %"]
    );
    let again = alone(&applied(&audit));
    assert!(again.is_safe(), "{:?}", in_words(&again));
}

/// A column with its total last.
fn column(cells: &[Printed]) -> Sheet {
    let last = cells.len() - 1;
    let names = ["a", "b", "c", "d", "e"];
    let rows = cells.iter().enumerate().map(|(at, cell)| (names[at], at == last, vec![*cell])).collect();
    let parts = (0..last).map(|row| At::new(row, 1)).collect();
    sheet(&["2013"], rows, vec![Relation::Sum { total: At::new(last, 1), parts }])
}

#[test]
fn what_another_table_prints_is_known() {
    let below = Printed::Below(5);
    let own = column(&[count(276), below, below, count(281)]);
    assert!(alone(&own).is_safe());
    // The first two rows stand in another table too, which prints what is kept back here.
    let mut other = column(&[count(276), count(2), count(0)]);
    other.title = "Table 2".to_owned();
    other.relations.clear();
    other.rows.truncate(2);
    let found = audit(Evidence::new(own.clone(), [&other]), true);
    assert_eq!(in_words(&found), ["`b`, 2013 must be 2", "`c`, 2013 must be 3"]);
    assert_eq!(words::clue(&found.evidence, found.groups[0].why[0].1[0]), "`b`, 2013 in Table 2 prints 2");
    let proposal = found.groups[0].proposal.as_ref().expect("a proposal");
    let cells: Vec<String> = proposal.cells.iter().map(|place| words::cell(&found.evidence, *place)).collect();
    assert_eq!(cells, ["`b`, 2013 in Table 2"]);

    // In an earlier version of the paper it can no longer be withheld.
    let earlier = Sheet { is_elsewhere: true, ..other.clone() };
    let found = audit(Evidence::new(own.clone(), [&earlier]), true);
    assert!(found.groups[0].proposal.is_none(), "{:?}", found.groups);

    // Another year, figures that differ, and one shared row alone are no evidence.
    let mut of_another_year = other.clone();
    of_another_year.columns[1].heading = "2012".to_owned();
    let mut differing = other.clone();
    differing.rows[0].cells[1] = count(275);
    let mut single = other.clone();
    single.rows.truncate(1);
    for other in [of_another_year, differing, single] {
        assert!(audit(Evidence::new(own.clone(), [&other]), true).is_safe());
    }
}

#[test]
fn figures_that_contradict_each_other_are_named() {
    let found = alone(&column(&[count(276), Printed::Below(5), count(300)]));
    assert_eq!(found.counts[0].verdict, Verdict::Contradiction);
    assert_eq!(found.contradictions.len(), 1);
    assert!(
        words::clue(&found.evidence, found.contradictions[0][0])
            .ends_with("come to 276, which leaves 24 for the one that is not")
    );
    // As somebody else printed it, it is left aside where it contradicts the rest.
    let stated = alone(&column(&[count(276), Printed::Below(5), Printed::Stated(300.into(), 0)]));
    assert!(stated.without_stated && stated.is_safe());
    let stated = alone(&column(&[count(276), Printed::Below(5), Printed::Stated(277.into(), 0)]));
    assert!(!stated.without_stated && !stated.is_safe());
}

#[test]
fn sub_totals_and_their_total_are_no_circle() {
    let below = Printed::Below(5);
    let rows = vec![
        ("a", false, vec![below]),
        ("b", false, vec![below]),
        ("first", true, vec![count(5)]),
        ("c", false, vec![below]),
        ("d", false, vec![Printed::Withheld]),
        ("second", true, vec![Printed::Withheld]),
        ("all", true, vec![count(9)]),
    ];
    let sum = |total: usize, parts: &[usize]| Relation::Sum {
        total: At::new(total, 1),
        parts: parts.iter().map(|row| At::new(*row, 1)).collect(),
    };
    let found = alone(&sheet(&["2013"], rows, vec![sum(6, &[0, 1, 3, 4]), sum(2, &[0, 1]), sum(5, &[3, 4])]));
    assert_eq!(
        in_words(&found),
        ["`a`, 2013 can be 1 to 4", "`b`, 2013 can be 1 to 4", "`c`, 2013 can be 1 to 4", "`d`, 2013 can be 0 to 3"]
    );
}

#[test]
fn a_large_table_ends_in_reasonable_time() {
    let below = Printed::Below(5);
    // 100,000 rows of two counts and their sum, one in four withheld, with totals: each ties all rows together.
    let many = 100_000;
    let mut rows: Vec<(&str, bool, Vec<Printed>)> = (0..many)
        .map(|row| {
            ("r", false, if row % 4 == 0 { vec![below, below, count(5)] } else { vec![count(3), count(2), count(5)] })
        })
        .collect();
    rows.push(("Total", true, vec![count(3 * many), count(2 * many), count(5 * many)]));
    let many = rows.len() - 1;
    let mut relations: Vec<Relation> = (1..4)
        .map(|column| Relation::Sum {
            total: At::new(many, column),
            parts: (0..many).map(|row| At::new(row, column)).collect(),
        })
        .collect();
    relations.extend(
        (0..=many).map(|row| Relation::Sum { total: At::new(row, 3), parts: vec![At::new(row, 1), At::new(row, 2)] }),
    );
    let started = std::time::Instant::now();
    let found = alone(&sheet(&["a", "b", "both"], rows, relations));
    assert_eq!(found.counts.len(), 50_000);
    assert_eq!(found.count_of(Verdict::GivenAway) + found.count_of(Verdict::Contradiction), 0);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

/// A small table as it really is, and what of it is printed.
#[derive(Debug, Clone)]
struct Small {
    /// The counts of two columns.
    counts: Vec<[i64; 2]>,
    /// For each count whether it is withheld.
    hidden: Vec<[bool; 2]>,
    /// Which of the figures that follow are printed, by their number.
    printed: Vec<bool>,
    /// What the third column holds.
    third: Third,
    /// Decimal places of percentages and rates.
    places: u32,
    /// The sub-total of the first two rows stands between.
    has_subtotal: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Third {
    Sum,
    Difference,
    Change,
}

const POPULATION: i64 = 7_421;

/// Numerator ÷ denominator in units of the last place, halves away from nil: by whole numbers alone.
fn rounded(numerator: i64, denominator: i64, places: u32) -> i64 {
    let twice = 2 * numerator.abs() * 10_i64.pow(places) + denominator;
    numerator.signum() * (twice / (2 * denominator))
}

/// What follows from counts, in the order of `Small::printed`: nothing where there is no such figure.
fn results(small: &Small, counts: &[[i64; 2]]) -> Vec<Option<i64>> {
    let total = [0, 1].map(|column| counts.iter().map(|row| row[column]).sum::<i64>());
    let third = |[a, b]: [i64; 2]| match small.third {
        Third::Sum => Some(a + b),
        Third::Difference => Some(b - a),
        Third::Change => (a > 0).then(|| rounded(100 * (b - a), a, small.places)),
    };
    let mut results = vec![Some(total[0]), Some(total[1]), third(total)];
    for row in counts {
        results.push(third(*row));
        results.push((total[0] > 0).then(|| rounded(100 * row[0], total[0], small.places)));
        results.push(Some(rounded(1000 * row[1], POPULATION, small.places)));
    }
    if small.has_subtotal {
        let sub = [0, 1].map(|column| counts[0][column] + counts[1][column]);
        results.extend([Some(sub[0]), Some(sub[1]), third(sub)]);
    }
    results
}

/// How a count is withheld.
fn sign(value: i64) -> Printed {
    if (1..5).contains(&value) { Printed::Below(5) } else { Printed::Withheld }
}

impl Small {
    fn sheet(&self) -> Sheet {
        let own = results(self, &self.counts);
        let places = if self.third == Third::Change { self.places } else { 0 };
        let figure = |number: usize, places: u32| match own[number] {
            None => Printed::Nothing,
            Some(_) if !self.printed[number] => Printed::Withheld,
            Some(value) => Printed::Figure(Decimal::new(value, places), places),
        };
        let rows = self.counts.len();
        let mut relations = Vec::new();
        let mut lines: Vec<(&str, bool, Vec<Printed>)> = Vec::new();
        for (row, (counts, hidden)) in self.counts.iter().zip(&self.hidden).enumerate() {
            let mut cells: Vec<Printed> = counts
                .iter()
                .zip(hidden)
                .map(|(value, hidden)| if *hidden { sign(*value) } else { count(*value) })
                .collect();
            cells.push(figure(3 + 3 * row, places));
            cells.push(figure(4 + 3 * row, self.places));
            cells.push(figure(5 + 3 * row, self.places));
            cells.push(count(POPULATION));
            lines.push(("r", false, cells));
            let at = |column| At::new(row, column);
            relations.push(Relation::Share { result: at(4), part: at(1), whole: At::new(rows, 1) });
            relations.push(Relation::Rate { result: at(5), count: at(2), population: at(6), per: 1000.into() });
        }
        let nothing = [Printed::Nothing; 3];
        lines.push(("Total", true, [vec![figure(0, 0), figure(1, 0), figure(2, places)], nothing.to_vec()].concat()));
        if self.has_subtotal {
            let first = 3 + 3 * rows;
            let cells = vec![figure(first, 0), figure(first + 1, 0), figure(first + 2, places)];
            lines.push(("Sub-total", true, [cells, nothing.to_vec()].concat()));
        }
        for column in [1, 2] {
            let parts = |rows: usize| (0..rows).map(|row| At::new(row, column)).collect();
            relations.push(Relation::Sum { total: At::new(rows, column), parts: parts(rows) });
            if self.has_subtotal {
                relations.push(Relation::Sum { total: At::new(rows + 1, column), parts: parts(2) });
            }
        }
        for row in 0..lines.len() {
            let at = |column| At::new(row, column);
            relations.push(match self.third {
                Third::Sum => Relation::Sum { total: at(3), parts: vec![at(1), at(2)] },
                Third::Difference => Relation::Difference { result: at(3), from: at(1), to: at(2) },
                Third::Change => Relation::Change { result: at(3), from: at(1), to: at(2) },
            });
        }
        let third = if self.third == Third::Sum { "both" } else { "third %" };
        let mut sheet = sheet(&["first", "second", third, "share %", "rate %", "population"], lines, relations);
        for (column, places) in [(3, places), (4, self.places), (5, self.places)] {
            sheet.columns[column].places = places;
        }
        sheet
    }

    /// The least and greatest value of each withheld count, by trying every combination and printing the table again.
    fn brute(&self) -> Vec<Range> {
        let own = results(self, &self.counts);
        let cells: Vec<(usize, usize)> = (0..self.counts.len())
            .flat_map(|row| [(row, 0), (row, 1)])
            .filter(|(row, column)| self.hidden[*row][*column])
            .collect();
        let reach = |(row, column): (usize, usize)| match sign(self.counts[row][column]) {
            Printed::Below(_) => (1, 4),
            // No more than the total of the column, which is printed.
            _ => (0, own[column].unwrap_or(0)),
        };
        let bounds: Vec<(i64, i64)> = cells.iter().map(|cell| reach(*cell)).collect();
        let mut values: Vec<i64> = bounds.iter().map(|(least, _)| *least).collect();
        let mut found: Option<Vec<Range>> = None;
        loop {
            let mut counts = self.counts.clone();
            for ((row, column), value) in cells.iter().zip(&values) {
                counts[*row][*column] = *value;
            }
            let fits = results(self, &counts)
                .into_iter()
                .zip(&own)
                .zip(&self.printed)
                .all(|((result, own), printed)| !printed || own.is_none() || result == *own);
            if fits {
                let only = values.iter().map(|value| Range::only(i128::from(*value)));
                found = Some(match found {
                    None => only.collect(),
                    Some(found) => found.into_iter().zip(only).map(|(found, value)| found.and(value)).collect(),
                });
            }
            let Some(next) = values.iter().zip(&bounds).position(|(value, (_, most))| value < most) else { break };
            values[next] += 1;
            values.iter_mut().zip(&bounds).take(next).for_each(|(value, (least, _))| *value = *least);
        }
        found.expect("what is printed is possible")
    }
}

/// Small tables: two or three rows, up to four withheld counts, of which no more than one says nothing of its size.
fn small() -> impl Strategy<Value = Small> {
    let third = prop_oneof![Just(Third::Sum), Just(Third::Difference), Just(Third::Change)];
    let row = ([0_i64..8, 0_i64..8], [any::<bool>(), any::<bool>()]);
    let rows = prop::collection::vec(row, 2..4);
    let printed = prop::collection::vec(prop::bool::weighted(0.7), 15);
    (rows, printed, third, 0_u32..2, any::<bool>()).prop_map(|(rows, mut printed, third, places, has_subtotal)| {
        let (counts, mut hidden): (Vec<[i64; 2]>, Vec<[bool; 2]>) = rows.into_iter().unzip();
        let (mut all, mut unsaid) = (0, 0);
        for (counts, hidden) in counts.iter().zip(&mut hidden) {
            for column in [0, 1] {
                let says_nothing = sign(counts[column]) == Printed::Withheld;
                hidden[column] &= all < 4 && !(says_nothing && unsaid > 0);
                all += usize::from(hidden[column]);
                unsaid += usize::from(hidden[column] && says_nothing);
                printed[column] |= hidden[column] && says_nothing;
            }
        }
        Small { counts, hidden, printed, third, places, has_subtotal }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn ranges_are_those_of_trying_everything(small in small()) {
        let evidence = Evidence::new(small.sheet(), []);
        let nothing = BTreeSet::new();
        let posed = pose(&evidence, &nothing, true);
        let own = |place: Place| place.at.row < small.counts.len() && place.at.column < 3;
        let counts = weigh(&evidence, &posed, &nothing, own, true, &mut Work::new(1_000_000));
        let ranges: Vec<Reach> = counts.iter().map(|count| count.reach).collect();
        let brute: Vec<Reach> = small.brute().into_iter().map(Reach::Exactly).collect();
        prop_assert_eq!(ranges, brute);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn tables_are_safe_after_the_proposal(small in small()) {
        let found = alone(&small.sheet());
        prop_assert!(found.contradictions.is_empty() && found.count_of(Verdict::Open) == 0);
        for group in &found.groups {
            prop_assert!(group.why.iter().all(|(_, clues)| !clues.is_empty()));
        }
        if found.groups.iter().all(|group| group.proposal.is_some()) {
            let again = alone(&applied(&found));
            prop_assert!(again.is_safe(), "{:?} {:?}", found.groups, in_words(&again));
        }
    }
}

/// Whether a small table is safe when some of its cells are withheld besides.
fn is_safe_with(evidence: &Evidence, withheld: &BTreeSet<Place>) -> bool {
    let posed = pose(evidence, withheld, true);
    let counts = weigh(evidence, &posed, withheld, |_| true, false, &mut Work::new(1_000_000));
    counts.iter().all(|count| count.verdict == Verdict::Safe)
}

/// What is withheld with a cell: it, and the percentages, rates and differences that follow from it.
fn with_what_follows(evidence: &Evidence, place: Place) -> BTreeSet<Place> {
    let relations = evidence.relations[0].iter().filter(|relation| !matches!(relation, Relation::Sum { .. }));
    let results = relations.map(evidence::cells).filter(|cells| cells[..cells.len() - 1].contains(&place.at));
    let results = results.filter_map(|cells| cells.last().map(|at| Place { sheet: 0, at: *at }));
    let printed = results.filter(|result| evidence.printed(*result).figure().is_some());
    printed.chain([place]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    /// Against trying all smaller sets of one or two cells.
    #[test]
    fn what_is_called_the_smallest_change_is(small in small()) {
        let found = alone(&small.sheet());
        let [group] = found.groups.as_slice() else { return Ok(()) };
        let Some(proposal) = group.proposal.as_ref().filter(|proposal| proposal.is_smallest) else { return Ok(()) };
        let evidence = &found.evidence;
        let sheet = evidence.own();
        let all = (0..sheet.rows.len()).flat_map(|row| (1..sheet.columns.len()).map(move |column| At::new(row, column)));
        let places = all.map(|at| Place { sheet: 0, at }).filter(|place| evidence.printed(*place).figure().is_some());
        let sets: Vec<BTreeSet<Place>> = places.map(|place| with_what_follows(evidence, place)).collect();
        for (at, one) in sets.iter().enumerate() {
            for other in &sets[at..] {
                let set: BTreeSet<Place> = one.union(other).copied().collect();
                if set.len() < proposal.cells.len() {
                    prop_assert!(!is_safe_with(evidence, &set), "{set:?} is enough, not {proposal:?}");
                }
            }
        }
    }
}
