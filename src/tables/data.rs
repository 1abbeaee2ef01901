//! Any table: the columns that the author chooses, with their types, totals and shares.

mod rows;
mod told;

use std::borrow::Cow;
use std::collections::HashMap;

use schemars::{Schema, SchemaGenerator};

use super::block::Block;
use super::csv_file::Lines;
use super::kind::Body;
use super::rows::{Grid, Others, Wanted, Written, plain};
use super::{Beside, Column, Format};
use crate::finding::{Finding, codes, did_you_mean};
use crate::model::read::{Read, record, scalar, schema, words, wrong};
use crate::text::yaml::{Node, Value};
use crate::text::{Span, Spanned};
use rows::Maker;
pub(super) use told::Told;

record! {
    /// The keys of a table of any data.
    pub struct DataTable {
        /// The columns to show, in their order: names, or keys for each. Left out, all that the rows have.
        "columns" columns: Vec<DataColumn>,
        /// How many of the first columns head the rows. One, unless said otherwise.
        "headings" headings: Option<Spanned<u32>>,
        /// The column by which rows are put into groups. It is shown as the groups' headings.
        "group_by" group_by: Option<Spanned<String>>,
        /// What the row of totals is called.
        "total_label" total_label: Option<String>,
    }
}

record! {
    /// A column of a table of any data.
    pub struct LongColumn {
        /// Its name in the rows, or that of a column that is worked out.
        "name" name: Spanned<String>,
        /// Its heading, if that is not its name.
        "heading" heading: Option<String>,
        /// A heading above this and the columns beside it that have the same.
        "group" group: Option<String>,
        /// What its cells hold. Left out, it is told from them.
        "type" kind: Option<ColumnType>,
        /// How many decimal places are printed.
        "places" places: Option<Spanned<u32>>,
        /// What the figures are in, if the heading does not say.
        "unit" unit: Option<String>,
        /// Adds the column up.
        "total" total: bool = false,
        /// Works the column out: what is in that column, in per cent of its total.
        "share_of" share_of: Option<Spanned<String>>,
        /// Works the column out: what is in this column, in per cent of what is in the column `whole`.
        "part" part: Option<Spanned<String>>,
        /// See `part`.
        "whole" whole: Option<Spanned<String>>,
    }
}

words! {
    /// What the cells of a column hold.
    pub enum ColumnType {
        /// Words.
        Words = "words",
        /// Whole numbers that are not negative.
        Count = "count",
        /// Numbers of either sign.
        Number = "number",
        /// Pounds and pence.
        Money = "money",
        /// Percentages.
        Percent = "percent",
        /// Changes in per cent, with their sign.
        Change = "change",
        /// Days.
        Date = "date",
    }
}

/// A column as the author declares it: its name alone, or keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataColumn(pub LongColumn);

impl Read for DataColumn {
    fn expected() -> Cow<'static, str> {
        format!("the name of a column, or {}", LongColumn::expected()).into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Value::Map(_) = node.value {
            return LongColumn::read(node, findings).map(Self);
        }
        match scalar(node) {
            Some(name) if !name.is_empty() => Some(Self(LongColumn::called(Spanned::new(name.to_owned(), node.span)))),
            _ => wrong(node, findings),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::keys_or(&LongColumn::schema(generator), &schema::words(&Self::expected()))
    }
}

impl LongColumn {
    fn called(name: Spanned<String>) -> Self {
        Self {
            name,
            heading: None,
            group: None,
            kind: None,
            places: None,
            unit: None,
            total: false,
            share_of: None,
            part: None,
            whole: None,
        }
    }

    fn is_computed(&self) -> bool {
        self.share_of.is_some() || self.part.is_some() || self.whole.is_some()
    }
}

/// A column of the table to be.
struct Plan {
    declared: LongColumn,
    source: Source,
    format: Format,
    total: bool,
}

/// Where a column's cells come from.
#[derive(Clone, Copy)]
enum Source {
    /// From that column of the grid.
    Typed(usize, Told),
    /// From that column of the table, and its total.
    ShareOfTotal(usize),
    /// From those columns of the table.
    Share { part: usize, whole: usize },
}

/// Reads a table of any data.
pub(super) fn read(
    own: &DataTable,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let before = findings.len();
    let written = Written::open(block, Lines::Joined, whole, beside, findings)?;
    let names = written.names();
    let known: HashMap<String, &Spanned<String>> = names.iter().map(|name| (plain(name), name)).collect();
    let group_by = own.group_by.as_ref();
    if let Some(name) = group_by.filter(|name| !known.contains_key(&plain(name))) {
        findings.push(no_such_column(name, &names));
    }
    let declared: Vec<LongColumn> = if own.columns.is_empty() {
        let is_group = |name: &Spanned<String>| group_by.is_some_and(|group| plain(group) == plain(name));
        names.iter().filter(|name| !is_group(name)).cloned().map(LongColumn::called).collect()
    } else {
        own.columns.iter().map(|column| column.0.clone()).collect()
    };
    check_names(&declared, &known, &names, findings);
    if findings.len() > before {
        return None;
    }
    let typed = declared.iter().filter(|column| !column.is_computed());
    let mut wanted: Vec<Wanted> = typed
        .map(|column| Wanted { required: false, ..Wanted::named(plain(&column.name), &*column.name.value) })
        .collect();
    if let Some(first) = wanted.first_mut() {
        first.required = true;
    }
    let group_column = group_by.map(|name| {
        wanted.push(Wanted { required: false, ..Wanted::named("group by", &*name.value) });
        wanted.len() - 1
    });
    let mut grid = written.into_grid(wanted, &[], Others::LeftOut, beside, findings)?;
    if !grid.sound {
        return None;
    }
    grid.refuse_totals(findings);
    let headings = own.headings.as_ref().map_or(1, |headings| headings.value.max(1) as usize);
    let plans = plan(declared, headings, &grid, findings)?;
    let are_typed = plans.iter().take(headings).all(|plan| matches!(plan.source, Source::Typed(..)));
    if headings >= plans.len() || !are_typed {
        let place = own.headings.as_ref().map_or(grid.place, |headings| headings.span);
        let message = format!("{headings} of {} columns would head the rows", plans.len());
        findings.push(
            Finding::error(codes::WRONG_VALUE, place, message)
                .help("the first columns head the rows and are typed; leave at least one for what is said of them"),
        );
        return None;
    }
    let groups = groups(&grid, group_column, findings);
    grid.sound &= findings.len() == before;
    let rows = Maker { grid: &grid, plans: &plans, headings }.rows(&groups, own.total_label.as_deref(), findings);
    let (rows, relations) = rows.ok()?;
    let columns = plans.iter().map(Plan::column).collect();
    let body = Body { row_headings: headings, relations, ..Body::new(columns, rows) };
    (grid.sound && findings.len() == before).then_some(body)
}

/// A finding about a name that no column has.
fn no_such_column(name: &Spanned<String>, names: &[Spanned<String>]) -> Finding {
    let help = did_you_mean(name, names.iter().map(|name| name.value.as_str())).unwrap_or_else(|| {
        let names: Vec<_> = names.iter().take(20).map(|name| format!("`{}`", name.value)).collect();
        format!("the rows have the columns {}", names.join(", "))
    });
    Finding::error(codes::TABLE_DATA, name.span, format!("the rows have no column `{}`", name.value)).help(help)
}

/// Looks for columns that are declared twice, that are not there, or that are typed and worked out both.
fn check_names(
    declared: &[LongColumn],
    known: &HashMap<String, &Spanned<String>>,
    names: &[Spanned<String>],
    findings: &mut Vec<Finding>,
) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for column in declared {
        let name = plain(&column.name);
        if let Some(first) = seen.insert(name.clone(), column.name.span) {
            findings.push(
                Finding::error(
                    codes::DUPLICATE_KEY,
                    column.name.span,
                    format!("the column `{}` is declared twice", column.name.value),
                )
                .also(first, "first here")
                .help("keep one of the two"),
            );
        }
        let there = known.contains_key(&name);
        if !column.is_computed() && !there && !names.is_empty() {
            findings.push(no_such_column(&column.name, names));
        }
        if column.is_computed() && there {
            let message =
                format!("the column `{}` is to be worked out, and the rows have one of that name", column.name.value);
            findings.push(
                Finding::error(codes::TABLE_DATA, column.name.span, message).help(
                    "call it something else, or take out `share_of`, `part` and `whole` to print what the rows say",
                ),
            );
        }
        let (share, part, whole) = (&column.share_of, &column.part, &column.whole);
        if column.is_computed() && (share.is_some() == part.is_some() || part.is_some() != whole.is_some()) {
            let message = format!("the column `{}` needs `share_of`, or both `part` and `whole`", column.name.value);
            findings
                .push(Finding::error(codes::MISSING_KEY, column.name.span, message).help(
                    "`share_of: Cases` is the share of that column's total; `part` and `whole` name two columns",
                ));
        }
    }
}

/// Finds out what each column holds, and what the computed ones are worked out from.
fn plan(declared: Vec<LongColumn>, headings: usize, grid: &Grid, findings: &mut Vec<Finding>) -> Option<Vec<Plan>> {
    let before = findings.len();
    let places: HashMap<String, usize> =
        declared.iter().enumerate().map(|(index, column)| (plain(&column.name), index)).collect();
    let find = |name: &Spanned<String>, findings: &mut Vec<Finding>| {
        let found = places.get(&plain(name)).copied().filter(|index| !declared[*index].is_computed());
        if found.is_none() {
            let typed: Vec<_> =
                declared.iter().filter(|column| !column.is_computed()).map(|column| column.name.clone()).collect();
            findings.push(no_such_column(name, &typed));
        }
        found
    };
    let mut typed = 0;
    let mut sources = Vec::with_capacity(declared.len());
    let mut totals = vec![false; declared.len()];
    for (index, column) in declared.iter().enumerate() {
        totals[index] |= column.total;
        sources.push(match (&column.share_of, &column.part, &column.whole) {
            (Some(name), ..) => {
                let of = find(name, findings);
                if let Some(of) = of {
                    totals[of] = true;
                }
                Source::ShareOfTotal(of.unwrap_or(0))
            }
            (None, Some(part), Some(whole)) => {
                let (part, whole) = (find(part, findings), find(whole, findings));
                Source::Share { part: part.unwrap_or(0), whole: whole.unwrap_or(0) }
            }
            _ => {
                let told =
                    if index < headings { Told::words() } else { Told::of_column(grid, typed, column.kind, findings) };
                typed += 1;
                Source::Typed(typed - 1, told)
            }
        });
    }
    if findings.len() > before {
        return None;
    }
    for (index, column) in declared.iter().enumerate() {
        let is_share = |at: usize| match sources.get(at) {
            Some(Source::Typed(_, told)) => !told.can_be_added(),
            _ => true,
        };
        let wrong = match sources.get(index) {
            Some(Source::ShareOfTotal(of)) => is_share(*of),
            Some(Source::Share { part, whole }) => is_share(*part) || is_share(*whole),
            _ => totals[index] && is_share(index),
        };
        if wrong {
            let message = format!(
                "the column `{}` cannot be worked out: only counts, numbers and money add up",
                column.name.value
            );
            findings.push(
                Finding::error(codes::WRONG_VALUE, column.name.span, message)
                    .help("take out `total`, or name columns that hold counts, numbers or money"),
            );
        }
    }
    if findings.len() > before {
        return None;
    }
    let plans = declared.into_iter().zip(sources).zip(totals).map(|((declared, source), total)| {
        let places = declared.places.as_ref().map(|places| places.value.min(10));
        let format = match source {
            Source::Typed(_, told) => told.format(places, total),
            Source::ShareOfTotal(_) | Source::Share { .. } => Format::Percent(places.unwrap_or(0)),
        };
        Plan { declared, source, format, total }
    });
    Some(plans.collect())
}

impl Plan {
    fn column(&self) -> Column {
        Column {
            key: plain(&self.declared.name),
            heading: self.declared.heading.clone().unwrap_or_else(|| self.declared.name.value.clone()),
            group: self.declared.group.clone(),
            unit: self.declared.unit.clone(),
            format: self.format,
            computed: !matches!(self.source, Source::Typed(..)),
        }
    }
}

/// The rows of each group with its heading, in the order in which the headings first appear; all rows without one if there
/// are no groups.
fn groups(grid: &Grid, column: Option<usize>, findings: &mut Vec<Finding>) -> Vec<(Option<String>, Vec<usize>)> {
    let Some(column) = column else { return vec![(None, (0..grid.rows.len()).collect())] };
    let mut groups: Vec<(Option<String>, Vec<usize>)> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (index, row) in grid.rows.iter().enumerate() {
        let name = row.cells.get(column).map_or("", |cell| cell.value.as_str());
        if name.is_empty() {
            let message = format!(
                "{}: nothing is written, and it says to which group a row belongs",
                grid.at_column(row, column)
            );
            findings.push(
                Finding::error(codes::TABLE_DATA, row.span_of(column), message)
                    .help("write the group into each row, also where it is the same as above"),
            );
            continue;
        }
        let group = *by_name.entry(name.to_lowercase()).or_insert_with(|| {
            groups.push((Some(name.to_owned()), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(index);
    }
    groups
}

#[cfg(test)]
mod tests;
