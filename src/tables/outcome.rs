//! What came of something, by period, town or kind: counts, and where one of them is the base, the others' share of it.

use super::block::Block;
use super::cells::{IfEmpty, Kept, Reported, too_large};
use super::kind::Body;
use super::named::{self, Count, Names};
use super::rows::{Grid, Wanted};
use super::{At, Beside, Cell, Column, Format, Relation, Row, RowRole, arithmetic, relation};
use crate::finding::Finding;
use crate::model::read::{Table, record};
use crate::text::{Span, Spanned};

record! {
    /// The keys of an outcome table.
    pub struct Outcome {
        /// What the rows are, heading the first column: "Month", "Town". Period unless said otherwise.
        "rows_heading" rows_heading: Option<String>,
        /// What is counted, which are the columns of the data: "Positive tests", "Offenders engaged".
        "counts" counts: Names,
        /// Which of the counts is the base: the others are shown as shares of it too.
        "of" of: Option<Spanned<String>>,
        /// What the column of shares is called. Share unless said otherwise.
        "share_heading" share_heading: Option<String>,
        /// How many decimal places the shares have: none unless said otherwise.
        "share_places" share_places: Option<Spanned<u32>>,
        /// What the row of totals is called, or `no` for none, where rows are parts of each other.
        "total" total: String = "Total".to_owned(),
        /// The totals of columns in which a count is withheld or not available; all others are worked out.
        "totals" totals: Table<Spanned<Count>>,
    }
}

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["share", "%", "total"];

/// Which columns there are.
struct Layout {
    /// The key of each count in the order of the table, the base first.
    counts: Vec<(String, Spanned<String>)>,
    /// Whether the first of them is the base.
    has_base: bool,
    /// How many decimal places the shares have.
    places: u32,
}

/// Reads an outcome table.
///
/// The total's share is of the totals: it is no average of the shares above it.
pub(super) fn read(
    own: &Outcome,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let before = findings.len();
    let heading = own.rows_heading.as_deref().unwrap_or("Period");
    if !named::are_distinct(heading, &own.counts.0, findings) {
        return None;
    }
    let layout = layout(own, findings)?;
    let names: Vec<Spanned<String>> = layout.counts.iter().map(|(_, name)| name.clone()).collect();
    let typed = named::typed_totals(&names, &own.totals, findings);

    let mut wanted = vec![Wanted::named("period", heading)];
    wanted.extend(layout.counts.iter().map(|(key, name)| Wanted::named(key.clone(), name.value.as_str())));
    let mut grid = Grid::read(block, wanted, COMPUTED, whole, beside, findings)?;
    grid.refuse_totals(findings);

    let mut counts = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        let mut cells = Vec::with_capacity(layout.counts.len());
        for (key, _) in &layout.counts {
            cells.extend(grid.cell(row, key, Kept::Count, IfEmpty::Wrong, findings));
        }
        counts.push(cells);
    }
    if !grid.sound || counts.iter().any(|cells| cells.len() < layout.counts.len()) {
        return None;
    }

    let mut rows = Vec::with_capacity(counts.len() + 1);
    let small_base = grid.thresholds.small_base;
    for (row, cells) in grid.rows.iter().zip(&counts) {
        match layout.row(row.name(), RowRole::Body, cells, small_base) {
            Ok(row) => rows.push(row),
            Err(arithmetic::TooLarge) => too_large(row.span, &format!("the counts of `{}`", row.name()), findings),
        }
    }
    if !own.has_no_total() {
        let totals: Result<Vec<Cell>, Reported> = names
            .iter()
            .zip(typed)
            .enumerate()
            .map(|(index, (name, typed))| {
                let column = counts.iter().filter_map(move |cells| cells.get(index));
                named::total(&grid, name, column, typed, findings)
            })
            .collect();
        match layout.row(&own.total, RowRole::Total, &totals.ok()?, small_base) {
            Ok(row) => rows.push(row),
            Err(arithmetic::TooLarge) => too_large(grid.place, "the totals", findings),
        }
    }
    let relations = layout.relations(&rows);
    (findings.len() == before).then(|| Body { relations, ..Body::new(layout.columns(heading, own), rows) })
}

impl Outcome {
    fn has_no_total(&self) -> bool {
        matches!(self.total.to_lowercase().as_str(), "no" | "false" | "off")
    }
}

fn layout(own: &Outcome, findings: &mut Vec<Finding>) -> Option<Layout> {
    let places = named::places(own.share_places.as_ref(), 0, findings);
    let mut names = own.counts.0.clone();
    let base = match &own.of {
        Some(of) => {
            let index = named::find("of", of, &names, findings)?;
            Some(names.remove(index))
        }
        None => None,
    };
    let has_base = base.is_some();
    let rest = names.into_iter().enumerate().map(|(index, name)| (format!("count_{index}"), name));
    let counts = base.map(|name| ("base".to_owned(), name)).into_iter().chain(rest).collect();
    Some(Layout { counts, has_base, places })
}

impl Layout {
    fn columns(&self, heading: &str, own: &Outcome) -> Vec<Column> {
        let share = own.share_heading.as_deref().unwrap_or("Share");
        // With one count beside the base, its share needs no name above it.
        let grouped = self.has_base && self.counts.len() > 2;
        let mut columns = vec![Column::words("period", heading)];
        for (index, (key, name)) in self.counts.iter().enumerate() {
            if !self.has_base || index == 0 {
                columns.push(Column::typed(key.as_str(), name.value.as_str(), Format::Count));
                continue;
            }
            let group = grouped.then(|| name.value.clone());
            let heading = if grouped { "Number" } else { &name.value };
            let number = Column::typed(key.as_str(), heading, Format::Count);
            let key = format!("share_{}", index - 1);
            let share = Column::computed(key, share, Format::Percent(self.places));
            columns.extend([Column { group: group.clone(), ..number }, Column { group, ..share }]);
        }
        columns
    }

    fn row(&self, name: &str, role: RowRole, counts: &[Cell], small_base: u32) -> Result<Row, arithmetic::TooLarge> {
        let mut cells = vec![Cell::words(name)];
        let base = counts.first().filter(|_| self.has_base);
        for (index, count) in counts.iter().enumerate() {
            cells.push(count.clone());
            if let Some(base) = base.filter(|_| index > 0) {
                cells.push(arithmetic::share(count, base, self.places, small_base)?);
            }
        }
        Ok(Row { role, cells })
    }

    /// How the figures follow from each other.
    fn relations(&self, rows: &[Row]) -> Vec<Relation> {
        let step = if self.has_base { 2 } else { 1 };
        let place = |index: usize| if index == 0 { 1 } else { 2 + (index - 1) * step };
        let counts: Vec<usize> = (0..self.counts.len()).map(place).collect();
        let mut relations = relation::sums(rows, &counts);
        if self.has_base {
            for row in 0..rows.len() {
                relations.extend(counts.iter().skip(1).map(|count| Relation::Share {
                    result: At::new(row, count + 1),
                    part: At::new(row, *count),
                    whole: At::new(row, 1),
                }));
            }
        }
        relations
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use crate::tables::testing::{printed, read, table};
    use crate::tables::{CellValue, TableKind};

    const KIND: TableKind = TableKind::Outcome;

    /// Seed 003, Walsall: positive tests 46, 36, 36 and engaged 35, 31, 18 make 76%, 86%, 50%; in all 118, 84 and 71%.
    #[test]
    fn the_arrest_referrals_of_walsall_come_out_with_a_total_of_the_totals() {
        let block = "caption: Arrest referral\nrows_heading: Month\ncounts: [Positive tests, Offenders engaged in treatment]\n\
                     of: Positive tests\nshare_heading: Share engaged\nrows:\n\
                     - {month: July 2016, positive tests: 46, offenders engaged in treatment: 35}\n\
                     - {month: August 2016, positive tests: 36, offenders engaged in treatment: 31}\n\
                     - {month: September 2016, positive tests: 36, offenders engaged in treatment: 18}\n";
        let table = table(KIND, block, &[]);
        assert_eq!(
            printed(&table),
            [
                "July 2016 | 46 | 35 | 76% [u]",
                "August 2016 | 36 | 31 | 86% [u]",
                "September 2016 | 36 | 18 | 50% [u]",
                "Total | 118 | 84 | 71%",
            ]
        );
        let keys: Vec<_> = table.columns.iter().map(|column| (column.key.as_str(), column.heading.as_str())).collect();
        assert_eq!(
            keys,
            [
                ("period", "Month"),
                ("base", "Positive tests"),
                ("count_0", "Offenders engaged in treatment"),
                ("share_0", "Share engaged")
            ]
        );
        // The average of the three percentages would be 71 as well by chance; their counts tell.
        assert_eq!(table.rows[0].cells[3].counts, Some((35.into(), 46.into())));
        assert_eq!(table.rows[3].cells[3].counts, None);
    }

    /// Seed 003, Sandwell: properties made secure by town, 8 in all.
    #[test]
    fn the_properties_of_sandwell_come_to_eight() {
        let block = "caption: Properties made secure\nrows_heading: Town\ncounts: Properties\ndata: a.csv\n";
        let data = "Town,Properties\nWednesbury,0\nOldbury,2\nWest Bromwich,0\nSmethwick,2\nRowley Regis,3\nTipton,1\n";
        let table = table(KIND, block, &[("a.csv", data)]);
        assert_eq!(printed(&table)[4..], ["Rowley Regis | 3", "Tipton | 1", "Total | 8"]);
    }

    /// Seed 003, Walsall: bail given 1, 2, 0 and completed 0, 0, 1.
    #[test]
    fn counts_without_a_base_have_no_shares() {
        let block = "caption: Bail\ncounts: [Given, Completed]\nrows:\n- {period: July, given: 1, completed: 0}\n\
                     - {period: August, given: 2, completed: 0}\n- {period: September, given: 0, completed: 1}\n";
        assert_eq!(printed(&table(KIND, block, &[]))[3], "Total | 3 | 1");
    }

    /// Seed 003, Walsall: of 1,272 in drug treatment 100 completed it with success (8%), of 319 criminal justice clients 32
    /// (10%); of 282 in alcohol treatment 79 (28%), of 23 of those clients 7 (30%).
    #[test]
    fn rows_that_are_parts_of_each_other_have_no_total() {
        let block = "caption: C\nrows_heading: Group\ncounts: [Successful completions, In treatment]\nof: in treatment\ntotal: no\nrows:\n\
                     - {group: Drugs, successful completions: 100, in treatment: \"1,272\"}\n\
                     - {group: Drugs CJ, successful completions: 32, in treatment: 319}\n\
                     - {group: Alcohol, successful completions: 79, in treatment: 282}\n\
                     - {group: Alcohol CJ, successful completions: 7, in treatment: 23}\n";
        assert_eq!(
            printed(&table(KIND, block, &[])),
            [
                "Drugs | 1,272 | 100 | 8%",
                "Drugs CJ | 319 | 32 | 10%",
                "Alcohol | 282 | 79 | 28%",
                "Alcohol CJ | 23 | 7 | 30% [u]"
            ]
        );
    }

    #[test]
    fn several_shares_stand_under_the_name_of_what_is_counted() {
        let block = "caption: C\ncounts: [a, b, c]\nof: b\nsuppress_below: 5\ntotals: {c: 90}\nrows:\n\
                     - {period: x, a: 10, b: 100, c: 90}\n- {period: y, a: 20, b: 60, c: <5}\n";
        let desk = read(KIND, block, &[]);
        assert_eq!(desk.messages(), ["`totals` gives 90 for `c`, and the counts come to 91 at least"]);
        let table = table(KIND, &block.replace("c: 90}\nrows", "c: 92}\nrows"), &[]);
        assert_eq!(
            printed(&table),
            ["x | 100 | 10 | 10% | 90 | 90%", "y | 60 | 20 | 33% | <5 | [c]", "Total | 160 | 30 | 19% | 92 | 58%"]
        );
        let groups: Vec<_> = table.columns.iter().map(|column| column.group.as_deref().unwrap_or("-")).collect();
        assert_eq!(groups, ["-", "-", "a", "a", "c", "c"]);
    }

    #[test]
    fn a_base_that_is_not_counted_is_found() {
        let desk = read(KIND, "caption: C\ncounts: [tests, engaged]\nof: test\nrows: [{period: a, tests: 1}]\n", &[]);
        assert_eq!(desk.messages(), ["`of` names the column `test`, and there is none of that name"]);
        assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `tests`?"));
    }

    proptest! {
        /// Totals are sums, and their share is of the totals, reckoned in whole numbers alone.
        #[test]
        fn the_share_of_the_total_is_of_the_totals(counts in proptest::collection::vec((0_i64..1_000_000, 1_i64..1_000_000), 1..12)) {
            let rows: Vec<String> = counts.iter().map(|(part, whole)| format!("- {{period: p, part: {part}, whole: {whole}}}\n")).collect();
            let rows = rows.concat();
            let table = table(KIND, &format!("caption: C\ncounts: [whole, part]\nof: whole\nrows:\n{rows}"), &[]);
            let parts: i64 = counts.iter().map(|(part, _)| part).sum();
            let wholes: i64 = counts.iter().map(|(_, whole)| whole).sum();
            let total = table.rows.last().expect("a total");
            prop_assert_eq!(total.cells[1].as_figure(), Some(wholes.into()));
            prop_assert_eq!(total.cells[2].as_figure(), Some(parts.into()));
            let CellValue::Figure(share) = total.cells[3].value else { panic!("a share") };
            prop_assert_eq!(share, Decimal::from((200 * parts + wholes) / (2 * wholes)));
        }

        #[test]
        fn no_block_and_no_file_panics(
            keys in "((counts|of|totals|total|share_places|rows_heading|rows|data): ?(\\[[a-c2, ]{0,6}\\]|\\{[a-c]: [0-9]{1,29}\\}|[a-c]|a.csv|9|no|)\n){0,7}",
            text in "(period|a|b|1|-|,|\"|\r?\n|<5|\\[[cxz]\\]|99999999999999999999999999999){0,40}",
        ) {
            let _ = read(KIND, &format!("caption: C\n{keys}"), &[("a.csv", &text)]);
            let block = "caption: C\ncounts: [a, b]\nof: a\ndata: a.csv\nsuppress_below: 5\n";
            let desk = read(KIND, block, &[("a.csv", &format!("period,a,b\n{text}"))]);
            prop_assert_eq!(desk.table.is_none(), !desk.findings.is_empty());
            for row in desk.table.iter().flat_map(|table| &table.rows) {
                prop_assert!(row.cells.len() == 4);
            }
        }
    }
}
