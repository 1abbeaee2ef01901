//! Which kinds of table there are, and what every kind's block holds.

use schemars::{Schema, SchemaGenerator};
use serde_json::json;

use super::block::{self, Block};
use super::membership::MembershipSpec;
use super::{
    Chart, Column, DataFiles, Limits, Relation, Row, Table, allocation, as_stated, breakdown, comparison, data,
    indicator, outcome, plan, series, shows, spending, year_on_year,
};
use crate::finding::{Finding, codes};
use crate::model::read::schema::Keys;
use crate::model::read::{Read, field, unknown_keys, words};
use crate::text::Spanned;
use crate::text::yaml::{Node, Value};

words! {
    /// The kinds of generated table: the first word of a fenced block.
    pub enum TableKind {
        /// Who was granted what, by theme.
        Allocation = "allocation",
        /// Budget against spending.
        Spending = "spending",
        /// Budget against spending, with how each project stands.
        Monitoring = "monitoring",
        /// Counts of two periods.
        YearOnYear = "year-on-year",
        /// Any data, in columns that the author chooses.
        Data = "data",
        /// Figures of several periods.
        Series = "series",
        /// What is to be done, beneath headings of several levels.
        Plan = "plan",
        /// Who sits on a body.
        Membership = "membership",
        /// Categories by period, with their shares.
        Breakdown = "breakdown",
        /// Areas by rate, in rank order.
        Comparison = "comparison",
        /// Targets and what was achieved.
        Indicator = "indicator",
        /// What came of something, with shares of a base.
        Outcome = "outcome",
    }
}

/// What a kind of table works out: all of a [`Table`] that differs from kind to kind.
pub(super) struct Body {
    /// The columns, the row headings first.
    pub columns: Vec<Column>,
    /// How many of the first columns head the rows.
    pub row_headings: usize,
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Sentences that follow from the figures, printed after the author's.
    pub notes: Vec<String>,
    /// How the figures follow from each other.
    pub relations: Vec<Relation>,
    /// Of a series: between which limits its figures can be expected to vary.
    pub limits: Vec<Limits>,
    /// How the kind is drawn, where the author asks for a chart without saying which.
    pub chart: Chart,
}

impl Body {
    /// A table with one row heading, of figures that do not follow from each other.
    pub(super) fn new(columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self {
            columns,
            row_headings: 1,
            rows,
            notes: Vec::new(),
            relations: Vec::new(),
            limits: Vec::new(),
            chart: Chart::Bars,
        }
    }
}

/// What a block is read with, beside its own text.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    /// The data files of the paper.
    pub files: &'a dyn DataFiles,
    /// The authority's thresholds, which a block can change for itself.
    pub thresholds: Thresholds,
    /// The headings of the narratives that follow the block's keys.
    pub narratives: &'a [Spanned<String>],
}

/// From where on figures are small enough to need care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// A percentage of a base below this carries its counts.
    pub small_base: u32,
    /// Counts from 1 up to, but not, this are withheld; nothing where no threshold is declared.
    pub suppress_below: Option<u32>,
    /// A withheld count must be able to have at least so many values, or all those below its threshold if they are
    /// fewer, whatever else is printed.
    pub protect: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { small_base: 50, suppress_below: None, protect: 3 }
    }
}

impl Thresholds {
    /// With what a block says of its own.
    fn of_block(self, block: &Block) -> Self {
        Self {
            small_base: block.small_base.unwrap_or(self.small_base),
            suppress_below: block.suppress_below.or(self.suppress_below),
            protect: block.protect.unwrap_or(self.protect),
        }
    }
}

/// What one kind of table adds to its block: the keys, and what editors should know of them.
struct OwnPart {
    keys: &'static [&'static str],
    schema: fn(&mut SchemaGenerator, &mut Keys),
}

impl TableKind {
    fn own(self) -> OwnPart {
        macro_rules! part {
            ($type:ty) => {
                OwnPart { keys: <$type>::KEYS, schema: <$type>::schema_fields }
            };
        }
        match self {
            Self::Allocation => part!(block::Allocation),
            Self::Spending | Self::Monitoring => part!(block::Spending),
            Self::YearOnYear => part!(block::YearOnYear),
            Self::Data => part!(data::DataTable),
            Self::Series => part!(series::Series),
            Self::Plan => part!(plan::PlanTable),
            Self::Membership => part!(MembershipSpec),
            Self::Breakdown => part!(breakdown::Breakdown),
            Self::Comparison => part!(comparison::Comparison),
            Self::Indicator => part!(indicator::Indicator),
            Self::Outcome => part!(outcome::Outcome),
        }
    }

    /// What an editor should know of the block of a table of this kind.
    pub fn block_schema(self, generator: &mut SchemaGenerator) -> Schema {
        if self == Self::Membership {
            return MembershipSpec::schema(generator);
        }
        let mut keys = Keys::default();
        keys.add::<String>(generator, "caption", "What the table shows.", None);
        (self.own().schema)(generator, &mut keys);
        Block::schema_fields(generator, &mut keys);
        if self == Self::Plan {
            let rows = block::rows_with_lists(generator);
            keys.narrow("rows", &rows);
        }
        let mut schema = keys.finish(&format!("The block `{}`.", self.word()));
        // One of the two must be there, and a message about `data` alone would mislead.
        schema.insert("if".to_owned(), json!({"not": {"required": ["rows"]}}));
        let help = "add `data:` with the path of a CSV file, or `rows:` with the rows themselves";
        schema.insert("then".to_owned(), json!({"required": ["data"], "errorMessage": help}));
        schema
    }
}

/// Reads, computes and checks one table. `node` is the YAML in the block; `beside` is what it can refer to.
///
/// Gives nothing if the table cannot be made, or is not made of rows, as that of membership; everything that is wrong goes into `findings`. A table whose sums do not
/// agree is still given, so that a preview can show it beside what was found.
pub fn read(kind: TableKind, node: &Node, beside: Beside<'_>, findings: &mut Vec<Finding>) -> Option<Table> {
    let Value::Map(entries) = &node.value else {
        let message = format!("expected the keys of a table, such as `caption` and `data`, found {}", node.found());
        findings.push(Finding::error(codes::WRONG_VALUE, node.span, message));
        return None;
    };
    unknown_keys(entries, &[&["caption"], kind.own().keys, Block::KEYS].concat(), findings);

    let caption = field::<String>(entries, "caption", node.span, None, findings);
    let block = Block::read_fields(entries, node.span, findings)?;
    let beside = Beside { thresholds: beside.thresholds.of_block(&block), ..beside };
    let body = match kind {
        TableKind::Allocation => {
            let own = block::Allocation::read_fields(entries, node.span, findings)?;
            allocation::read(&own, &block, node.span, beside, findings)
        }
        TableKind::Spending | TableKind::Monitoring => {
            let own = block::Spending::read_fields(entries, node.span, findings)?;
            spending::read(kind, &own, &block, node.span, beside, findings)
        }
        TableKind::YearOnYear => {
            let own = block::YearOnYear::read_fields(entries, node.span, findings)?;
            year_on_year::read(&own, &block, node.span, beside, findings)
        }
        TableKind::Data => {
            let own = data::DataTable::read_fields(entries, node.span, findings)?;
            data::read(&own, &block, node.span, beside, findings)
        }
        TableKind::Series => {
            let own = series::Series::read_fields(entries, node.span, findings)?;
            series::read(&own, &block, node.span, beside, findings)
        }
        TableKind::Plan => {
            let own = plan::PlanTable::read_fields(entries, node.span, findings)?;
            plan::read(&own, &block, node.span, beside, findings)
        }
        // Made of the committee model, not of rows.
        TableKind::Membership => None,
        TableKind::Breakdown => {
            let own = breakdown::Breakdown::read_fields(entries, node.span, findings)?;
            breakdown::read(&own, &block, node.span, beside, findings)
        }
        TableKind::Comparison => {
            let own = comparison::Comparison::read_fields(entries, node.span, findings)?;
            comparison::read(&own, &block, node.span, beside, findings)
        }
        TableKind::Indicator => {
            let own = indicator::Indicator::read_fields(entries, node.span, findings)?;
            indicator::read(&own, &block, node.span, beside, findings)
        }
        TableKind::Outcome => {
            let own = outcome::Outcome::read_fields(entries, node.span, findings)?;
            outcome::read(&own, &block, node.span, beside, findings)
        }
    }?;

    let mut table = Table {
        kind,
        name: block.name,
        caption: caption.clone().unwrap_or_default(),
        source: block.source,
        columns: body.columns,
        row_headings: body.row_headings,
        rows: body.rows,
        notes: block.notes.into_iter().chain(body.notes).collect(),
        relations: body.relations,
        thresholds: beside.thresholds,
        shows: None,
        limits: body.limits,
        chart: block.chart.and_then(|style| style.of_kind(body.chart)),
        span: node.span,
    };
    as_stated::apply(&mut table, &block.as_stated, findings);
    table.shows = shows::of_block(&table, block.shows.as_deref());
    caption.map(|_| table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::testing::{read, table};

    #[test]
    fn the_blocks_keys_are_read_and_near_misses_suggested() {
        let rows = "rows: [{item: a, spent: 1}]";
        let desk = read(TableKind::Spending, &format!("captoin: B\nfunding: []\n{rows}\n"), &[]);
        assert_eq!(
            desk.messages(),
            [
                "nobody knows the key `captoin` here",
                "nobody knows the key `funding` here",
                "the key `caption` is missing"
            ]
        );
        assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `caption`?"));
        assert!(desk.table.is_none());

        let block = format!("caption: B\nname: spend\nsource: Ledger\nnotes: One sentence.\n{rows}\n");
        let table = table(TableKind::Spending, &block, &[]);
        assert_eq!((table.caption.as_str(), table.name.as_deref()), ("B", Some("spend")));
        assert_eq!((table.source.as_deref(), table.notes), (Some("Ledger"), vec!["One sentence.".to_owned()]));
    }

    #[test]
    fn a_table_without_a_caption_has_its_figures_checked_too() {
        let desk = read(TableKind::Spending, "rows: [{item: a, spent: one}]\n", &[]);
        assert_eq!(desk.findings.len(), 2, "{:?}", desk.messages());
    }

    #[test]
    fn a_block_of_words_is_no_table() {
        let desk = read(TableKind::Spending, "just words\n", &[]);
        assert_eq!(desk.messages(), ["expected the keys of a table, such as `caption` and `data`, found `just words`"]);
    }
}
