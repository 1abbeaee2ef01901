//! What an author writes in the block of a generated table: the keys of every kind, and those of each kind.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator, json_schema};

use super::{Chart, cells};
use crate::figures;
use crate::finding::Finding;
use crate::model::read::{Read, Table, parsed, record, schema, words};
use crate::text::Spanned;
use crate::text::yaml::Node;

record! {
    /// The keys of every kind of table but its `caption`, which is required and read apart, so that a table without one
    /// still has its figures checked.
    pub struct Block {
        /// A name for references.
        "name" name: Option<String>,
        /// Where the figures come from.
        "source" source: Option<String>,
        /// A CSV file or an Excel workbook, relative to the paper.
        "data" data: Option<Spanned<String>>,
        /// Which sheet of a workbook. Left out, the first that is not hidden.
        "sheet" sheet: Option<Spanned<String>>,
        /// The rows themselves, instead of a file.
        "rows" rows: Option<WrittenRows>,
        /// Sentences printed beneath.
        "notes" notes: Vec<String>,
        /// Draws the table as a chart too.
        "chart" chart: Option<ChartStyle>,
        /// Sentences that say what the figures show: `yes`, `no`, or words of your own. A chart has them unless this
        /// says `no`.
        "shows" shows: Option<String>,
        /// A percentage of fewer than this is marked, and carries its counts. 50 unless the authority says otherwise.
        "small_base" small_base: Option<u32>,
        /// Counts from 1 up to, but not, this are withheld: 5 means that 1 to 4 are written `<5`.
        "suppress_below" suppress_below: Option<u32>,
        /// How many values a withheld count must be able to have, whatever else is printed. 3 unless said otherwise.
        "protect" protect: Option<u32>,
        /// Figures that must appear as somebody else printed them.
        "as_stated" as_stated: Vec<AsStated>,
    }
}

words! {
    /// How a table is drawn as a chart.
    pub enum ChartStyle {
        /// As suits the kind of table.
        Yes = "yes",
        /// Not at all.
        No = "no",
        /// Bars from nil, side by side.
        Bars = "bars",
        /// How far each row has changed.
        Differences = "differences",
        /// A line through the periods.
        Line = "line",
    }
}

impl ChartStyle {
    /// The chart, given the one that suits the kind.
    pub(super) fn of_kind(self, kind: Chart) -> Option<Chart> {
        match self {
            Self::Yes => Some(kind),
            Self::No => None,
            Self::Bars => Some(Chart::Bars),
            Self::Differences => Some(Chart::Differences),
            Self::Line => Some(Chart::Line),
        }
    }
}

record! {
    /// One figure that must appear as somebody else printed it.
    pub struct AsStated {
        /// The words in the row's first cell, `Total`, or `Subtotal of` a theme.
        "row" row: Spanned<String>,
        /// The column's key or heading.
        "column" column: Spanned<String>,
        /// The figure as they printed it.
        "value" value: Spanned<StatedFigure>,
        /// What to say of it, after the sentence that gives both figures.
        "note" note: Option<String>,
    }
}

record! {
    /// The keys of a year-on-year table.
    pub struct YearOnYear {
        /// What the earlier period is called: "2013/14".
        "from" from: Spanned<String>,
        /// What the later period is called.
        "to" to: Spanned<String>,
        /// A change of no more than this many per cent, either way, is called stable.
        "stable_within" stable_within: Option<Spanned<Decimal>>,
        /// Which direction is the better one, unless a row says otherwise.
        "better" better: Option<Better>,
    }
}

words! {
    /// The direction in which a measure should go.
    pub enum Better {
        /// More is better.
        Up = "up",
        /// Less is better.
        Down = "down",
    }
}

record! {
    /// The keys of an allocation table.
    pub struct Allocation {
        /// Where the money came from; together it must equal the total.
        "funding" funding: Vec<FundingSource>,
    }
}

record! {
    /// Somebody who gave money to be allocated.
    pub struct FundingSource {
        /// Who, or from where.
        "source" source: String,
        /// How much, in pounds.
        "amount" amount: Spanned<Pounds>,
    }
}

record! {
    /// The keys of a spending table.
    pub struct Spending {
        /// What the totals of some columns must come to, in pounds, by the column's key or heading.
        "must_equal" must_equal: Table<Spanned<Pounds>>,
        /// What a positive variance is: an overspend, unless the authority counts the other way.
        "variance" variance: Option<VarianceSign>,
        /// The columns to show, by key or heading; left out, those that say something.
        "show" show: Vec<Spanned<String>>,
    }
}

words! {
    /// What a positive variance is.
    pub enum VarianceSign {
        /// More is spent than there was.
        OverspendPositive = "overspend-is-positive",
        /// Less is spent than there was.
        UnderspendPositive = "underspend-is-positive",
    }
}

/// What stands in a cell, completing the sentence "expected …".
pub(super) const CELL: &str = "one figure or some words";

/// The value of `rows`, kept as written until the kind of table says which columns it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRows(pub Node);

impl Read for WrittenRows {
    fn expected() -> Cow<'static, str> {
        "a list of rows, each with keys and values".into()
    }

    fn read(node: &Node, _: &mut Vec<Finding>) -> Option<Self> {
        Some(Self(node.clone()))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let cell = schema::defined(generator, "cell", |_| {
            let expected = format!("expected {CELL}");
            json_schema!({
                "anyOf": [
                    {"type": ["string", "number"], "errorMessage": expected},
                    {"not": {"type": ["string", "number", "array", "object"]}},
                ],
            })
        });
        json_schema!({"type": "array", "items": {"type": "object", "additionalProperties": cell}})
    }
}

/// What may stand under `rows` where a cell can be a list.
pub(super) fn rows_with_lists(generator: &mut SchemaGenerator) -> Schema {
    let mut rows = WrittenRows::schema(generator);
    if let Some(items) = rows.get_mut("items").and_then(serde_json::Value::as_object_mut)
        && let Some(cell) = items.remove("additionalProperties")
    {
        let list = serde_json::json!({"type": "array", "items": cell.clone()});
        items.insert("additionalProperties".to_owned(), serde_json::json!({"anyOf": [cell, list]}));
    }
    rows
}

/// A sum in pounds and whole pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pounds(pub Decimal);

impl Read for Pounds {
    fn expected() -> Cow<'static, str> {
        cells::POUNDS.into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        parsed(node, |text| cells::pounds(text).map(Self), findings)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "pounds", |_| schema::figure(&Self::expected(), "[0-9]{1,2}0*", ""))
    }
}

/// A figure as somebody else printed it: like any other, but a per cent sign may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedFigure(pub Decimal);

impl Read for StatedFigure {
    fn expected() -> Cow<'static, str> {
        "a figure, such as `1,288.98` or `10.0%`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        parsed(node, |text| figures::parse(text.strip_suffix('%').unwrap_or(text)).map(Self), findings)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "stated-figure", |_| schema::figure(&Self::expected(), "[0-9]+", "%?"))
    }
}
