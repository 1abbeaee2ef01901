//! Targets and what was achieved of them.

use rust_decimal::Decimal;

use super::block::Block;
use super::cells::{IfEmpty, Kept, Reported, too_large};
use super::kind::Body;
use super::named;
use super::rows::{Grid, GridRow, Wanted};
use super::{At, Beside, Cell, CellValue, Column, Format, Relation, Row, RowRole, arithmetic};
use crate::figures;
use crate::finding::{Finding, codes};
use crate::model::read::record;
use crate::text::{Span, Spanned};

record! {
    /// The keys of an indicator table.
    pub struct Indicator {
        /// What was achieved, heading its column: "Number offered". Number achieved unless said otherwise.
        "achieved_heading" achieved_heading: String = "Number achieved".to_owned(),
        /// How many decimal places the percentages have: none unless said otherwise.
        "share_places" share_places: Option<Spanned<u32>>,
    }
}

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["share", "%", "met", "%_achieved", "achieved_(%)"];

/// A percentage to be reached, or not to be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Target {
    bound: Bound,
    percent: Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtLeast,
    Above,
    AtMost,
    Below,
}

/// Words before the percentage of a target; none mean the first of them.
const BOUNDS: &[(&str, Bound)] = &[
    ("at least", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    (">=", Bound::AtLeast),
    ("more than", Bound::Above),
    ("over", Bound::Above),
    ("above", Bound::Above),
    (">", Bound::Above),
    ("at most", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("≤", Bound::AtMost),
    ("<=", Bound::AtMost),
    ("less than", Bound::Below),
    ("fewer than", Bound::Below),
    ("under", Bound::Below),
    ("below", Bound::Below),
    ("<", Bound::Below),
];

impl Target {
    /// Reads "100%", "at most 5%"; nothing for a target that is no percentage, such as "Baseline".
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (bound, percent) = BOUNDS
            .iter()
            .find_map(|(words, bound)| Some((*bound, text.strip_prefix(words)?)))
            .unwrap_or((Bound::AtLeast, &text));
        let percent = figures::parse(percent.trim().strip_suffix('%')?)?;
        (percent.abs() <= Decimal::ONE_THOUSAND).then_some(Self { bound, percent })
    }

    /// Whether this many per cent meet it.
    fn is_met_by(self, percent: Decimal) -> bool {
        match self.bound {
            Bound::AtLeast => percent >= self.percent,
            Bound::Above => percent > self.percent,
            Bound::AtMost => percent <= self.percent,
            Bound::Below => percent < self.percent,
        }
    }
}

/// Which columns are shown: those that the author gave, and what follows from them.
#[derive(Debug, Clone, Copy)]
struct Shown {
    target: bool,
    seen: bool,
    applicable: bool,
    places: u32,
}

/// Reads an indicator table.
///
/// The percentage is of those to whom the indicator applied. Whether a target is met is judged by the exact percentage: 99.6%
/// does not meet a target of 100%, and a note says so where the percentage as printed would.
pub(super) fn read(
    own: &Indicator,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let before = findings.len();
    let wanted = vec![
        Wanted::required("indicator"),
        Wanted::optional("target"),
        Wanted::optional("seen"),
        Wanted::optional("applicable"),
        Wanted::required("achieved"),
    ];
    let places = named::places(own.share_places.as_ref(), 0, findings);
    let grid = Grid::read(block, wanted, COMPUTED, whole, beside, findings)?;
    let shown =
        Shown { target: grid.has("target"), seen: grid.has("seen"), applicable: grid.has("applicable"), places };
    let mut rows = Vec::with_capacity(grid.rows.len());
    let mut notes = Vec::new();
    for row in &grid.rows {
        if let Ok(row) = measure(&grid, row, shown, &mut notes, findings) {
            rows.push(row);
        }
    }
    let relations = if shown.applicable { relations(rows.len(), shown) } else { Vec::new() };
    (findings.len() == before).then(|| Body { notes, relations, ..Body::new(shown.columns(own), rows) })
}

impl Shown {
    fn columns(self, own: &Indicator) -> Vec<Column> {
        let mut columns = vec![Column::words("indicator", "Indicator")];
        columns.extend(self.target.then(|| Column::words("target", "Target")));
        columns.extend(self.seen.then(|| Column::typed("seen", "Number seen", Format::Count)));
        columns.extend(self.applicable.then(|| Column::typed("applicable", "Number applicable", Format::Count)));
        columns.push(Column::typed("achieved", own.achieved_heading.as_str(), Format::Count));
        columns.extend(self.applicable.then(|| Column::computed("share", "Achieved", Format::Percent(self.places))));
        columns.extend(self.is_judged().then(|| Column::computed("met", "Target met", Format::Words)));
        columns
    }

    /// Whether the target can be held against something.
    fn is_judged(self) -> bool {
        self.target && self.applicable
    }
}

/// How the figures of each row follow from each other.
fn relations(rows: usize, shown: Shown) -> Vec<Relation> {
    let applicable = 1 + usize::from(shown.target) + usize::from(shown.seen);
    let share = |row| Relation::Share {
        result: At::new(row, applicable + 2),
        part: At::new(row, applicable + 1),
        whole: At::new(row, applicable),
    };
    (0..rows).map(share).collect()
}

/// One row.
fn measure(
    grid: &Grid,
    row: &GridRow,
    shown: Shown,
    notes: &mut Vec<String>,
    findings: &mut Vec<Finding>,
) -> Result<Row, Reported> {
    let seen = grid.cell(row, "seen", Kept::Count, IfEmpty::LeftOut, findings);
    let applicable = grid.cell(row, "applicable", Kept::Count, IfEmpty::LeftOut, findings);
    let achieved = grid.cell(row, "achieved", Kept::Count, IfEmpty::Wrong, findings);
    let (seen, applicable, achieved) = (seen?, applicable?, achieved?);
    let before = findings.len();
    if applicable.as_figure().is_some() {
        is_within(grid, row, ("applicable", &applicable), ("seen", &seen), findings);
        is_within(grid, row, ("achieved", &achieved), ("applicable", &applicable), findings);
    } else {
        is_within(grid, row, ("achieved", &achieved), ("seen", &seen), findings);
    }
    if findings.len() > before {
        return Err(Reported);
    }

    let is_left_out = applicable.value == CellValue::Empty;
    let share = arithmetic::share(&achieved, &applicable, shown.places, grid.thresholds.small_base);
    let Ok(share) = share else {
        too_large(row.span, &format!("{}the counts of row `{}`", grid.in_file(), row.name()), findings);
        return Err(Reported);
    };
    let share = if is_left_out { Cell::empty() } else { share };
    let target = grid.words(row, "target");
    let met = match (Target::read(target), &share.value) {
        (None, _) | (_, CellValue::Empty) => Cell::empty(),
        (Some(target), CellValue::Figure(printed)) => {
            let exact = achieved.as_figure().zip(applicable.as_figure());
            let exact = exact.and_then(|(part, whole)| figures::percentage(part, whole)).unwrap_or(*printed);
            let met = target.is_met_by(exact);
            if shown.is_judged() && met != target.is_met_by(*printed) {
                let meets = if met { "meets" } else { "does not meet" };
                notes.push(format!(
                    "{}: {} of {} {meets} the target, although the percentage is rounded to {}.",
                    row.name(),
                    achieved.printed(Format::Count),
                    applicable.printed(Format::Count),
                    figures::percent(*printed, shown.places)
                ));
            }
            Cell::words(if met { "met" } else { "not met" })
        }
        // Withheld, not available: what is said of the share holds for whether it meets the target.
        (Some(_), missing) => missing.clone().into(),
    };

    let mut cells = vec![Cell::words(row.name())];
    cells.extend(shown.target.then(|| CellValue::words_or_empty(target).into()));
    cells.extend(shown.seen.then_some(seen));
    cells.extend(shown.applicable.then_some(applicable));
    cells.push(achieved);
    cells.extend(shown.applicable.then_some(share));
    cells.extend(shown.is_judged().then_some(met));
    Ok(Row { role: RowRole::Body, cells })
}

/// Reports a part that is more than its whole.
fn is_within(grid: &Grid, row: &GridRow, part: (&str, &Cell), whole: (&str, &Cell), findings: &mut Vec<Finding>) {
    let (Some(part_figure), Some(whole_figure)) = (part.1.as_figure(), whole.1.as_figure()) else { return };
    if part_figure > whole_figure {
        let write = |count| Format::Count.write(count);
        let message = format!(
            "{}: {} is more than the {} of column `{}`",
            grid.at(row, part.0),
            write(part_figure),
            write(whole_figure),
            whole.0
        );
        findings.push(
            Finding::error(codes::TABLE_SUM, grid.span(row, part.0), message)
                .also(grid.span(row, whole.0), "the count that it is a part of")
                .help("look for a wrong figure; if the source really prints it so, put the right one here and theirs into `as_stated`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::{Bound, Target};
    use crate::finding::codes;
    use crate::tables::TableKind;
    use crate::tables::testing::{printed, read, table};

    const KIND: TableKind = TableKind::Indicator;

    /// Seed 000, Appendix 2: Mental Health Triage.
    #[test]
    fn the_indicators_of_seed_000_come_out() {
        let block = "caption: Referrals\nachieved_heading: Number offered\nrows:\n\
                     - {indicator: mental health, target: 100%, seen: 225, applicable: 63, achieved: 63}\n\
                     - {indicator: substance misuse, target: 100%, seen: 225, applicable: 16, achieved: 16}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(
            printed(&table),
            [
                "mental health | 100% | 225 | 63 | 63 | 100% | met",
                "substance misuse | 100% | 225 | 16 | 16 | 100% [u] | met",
            ]
        );
        let headings: Vec<_> = table.columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!(headings[4..], ["Number offered", "Achieved", "Target met"]);

        let detentions =
            "caption: s136\nrows: [{indicator: prevented, target: 15%, seen: 225, applicable: 81, achieved: 48}]\n";
        let table = crate::tables::testing::table(KIND, detentions, &[]);
        assert_eq!(printed(&table), ["prevented | 15% | 225 | 81 | 48 | 59% | met"]);

        let hospital =
            "caption: A&E\nrows: [{indicator: journeys prevented, target: Baseline, seen: 220, achieved: 73}]\n";
        let table = crate::tables::testing::table(KIND, hospital, &[]);
        assert_eq!(printed(&table), ["journeys prevented | Baseline | 220 | 73"]);
    }

    #[test]
    fn targets_are_read_as_people_write_them() {
        let read = |text: &str| Target::read(text).map(|target| (target.bound, target.percent));
        for (text, bound, percent) in [
            ("100%", Bound::AtLeast, "100"),
            (" At least 92.5 %", Bound::AtLeast, "92.5"),
            ("at most 5%", Bound::AtMost, "5"),
            ("No more than 5%", Bound::AtMost, "5"),
            ("≤ 5%", Bound::AtMost, "5"),
            ("<5%", Bound::Below, "5"),
            ("under 10%", Bound::Below, "10"),
            ("over 50%", Bound::Above, "50"),
        ] {
            assert_eq!(read(text), Some((bound, percent.parse().expect("a decimal"))), "{text}");
        }
        for text in ["", "Baseline", "Baseline 2013/14", "100", "%", "10% better", "at mst 5%"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_target_is_met_by_the_exact_percentage() {
        let block = "caption: C\nrows:\n\
                     - {indicator: almost, target: 100%, applicable: 1000, achieved: 996}\n\
                     - {indicator: too many, target: at most 5%, applicable: 1000, achieved: 54}\n\
                     - {indicator: few, target: at most 5%, applicable: 1000, achieved: 49}\n\
                     - {indicator: nobody, target: 10%, applicable: 0, achieved: 0}\n\
                     - {indicator: unknown, target: 10%, applicable: \"[x]\", achieved: 5}\n\
                     - {indicator: words, target: Fewer, applicable: 100, achieved: 5}\n\
                     - {indicator: whole, target: 10%, achieved: 5}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(
            printed(&table),
            [
                "almost | 100% | 1,000 | 996 | 100% | not met",
                "too many | at most 5% | 1,000 | 54 | 5% | not met",
                "few | at most 5% | 1,000 | 49 | 5% | met",
                "nobody | 10% | 0 | 0 | [z] | [z]",
                "unknown | 10% | [x] | 5 | [x] | [x]",
                "words | Fewer | 100 | 5 | 5% | ",
                "whole | 10% |  | 5 |  | ",
            ]
        );
        assert_eq!(
            table.notes,
            [
                "almost: 996 of 1,000 does not meet the target, although the percentage is rounded to 100%.",
                "too many: 54 of 1,000 does not meet the target, although the percentage is rounded to 5%.",
            ]
        );
    }

    #[test]
    fn a_part_is_not_more_than_its_whole() {
        let block = "caption: C\nrows:\n- {indicator: a, seen: 5, applicable: 6, achieved: 7}\n\
                     - {indicator: b, seen: 5, applicable:, achieved: 6}\n- {indicator: c, seen: 5, applicable: 4, achieved:}\n";
        let desk = read(KIND, block, &[]);
        assert_eq!(
            desk.messages(),
            [
                "row `a`, column `applicable`: 6 is more than the 5 of column `seen`",
                "row `a`, column `achieved`: 7 is more than the 6 of column `applicable`",
                "row `b`, column `achieved`: 6 is more than the 5 of column `seen`",
                "row `c`, column `achieved`: expected a whole number that is not negative, such as `21,209`, found \
                 nothing, and a figure is needed here",
            ]
        );
        assert_eq!(desk.findings[0].code, codes::TABLE_SUM);
        assert!(desk.table.is_none());
    }

    proptest! {
        /// Whether a target is met, reckoned in whole numbers alone.
        #[test]
        fn targets_are_met_exactly(whole in 1_i64..100_000, achieved in 0_i64..100_000, target in 0_i64..101) {
            let achieved = achieved.min(whole);
            let block = format!("caption: C\nrows: [{{indicator: i, target: {target}%, applicable: {whole}, achieved: {achieved}}}]\n");
            let table = table(KIND, &block, &[]);
            let cells = &table.rows[0].cells;
            let met = if achieved * 100 >= target * whole { "met" } else { "not met" };
            prop_assert_eq!(cells[5].printed(table.columns[5].format), met);
            prop_assert_eq!(cells[4].as_figure(), Some(Decimal::from((200 * achieved + whole) / (2 * whole))));
        }

        #[test]
        fn no_block_and_no_file_panics(
            keys in "((achieved_heading|share_places|rows|data|suppress_below): ?(\\[[a-c2, ]{0,6}\\]|\\{[a-c]: [0-9]{1,29}\\}|[a-c]|a.csv|9|no|)\n){0,5}",
            text in "(indicator|[≥<>=]|1|-|%|,|\"|\r?\n|<5|\\[[cxz]\\]|99999999999999999999999999999|at most ){0,40}",
        ) {
            let _ = read(KIND, &format!("caption: C\n{keys}"), &[("a.csv", &text)]);
            let block = "caption: C\ndata: a.csv\nsuppress_below: 5\n";
            let desk = read(KIND, block, &[("a.csv", &format!("indicator,target,seen,applicable,achieved\n{text}"))]);
            prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty());
            for row in desk.table.iter().flat_map(|table| &table.rows) {
                prop_assert!(row.cells.len() == 7);
            }
            let _ = Target::read(&text);
        }
    }
}
