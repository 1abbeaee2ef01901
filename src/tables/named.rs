//! Columns that the author names, and the totals beneath them.
//!
//! A total is worked out. Only where a count is withheld or not available can it not be: then the author may type it, as the
//! source prints it.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator};

use super::cells::{self, Reported, too_large};
use super::rows::{Grid, plain};
use super::{Cell, CellValue, Format, arithmetic};
use crate::finding::{Finding, codes, did_you_mean};
use crate::model::read::{Read, Table, parsed, schema, wrong};
use crate::text::Spanned;
use crate::text::yaml::{Node, Value};

/// More decimal places than this say nothing of any figure.
const MOST_PLACES: u32 = 6;

/// Names of columns: one at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names(pub Vec<Spanned<String>>);

impl Read for Names {
    fn expected() -> Cow<'static, str> {
        "a list of names, such as `[2013, 2014]`".into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.value {
            Value::Nothing => wrong(node, findings),
            Value::List(nodes) if nodes.is_empty() => wrong(node, findings),
            _ => Vec::read(node, findings).filter(|names: &Vec<_>| !names.is_empty()).map(Self),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::list(&String::schema(generator))
    }
}

/// How many there are of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub Decimal);

impl Read for Count {
    fn expected() -> Cow<'static, str> {
        cells::COUNT.into()
    }

    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        parsed(node, |text| cells::count(text).map(Self), findings)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::defined(generator, "count", |_| schema::figure(&Self::expected(), "0+", ""))
    }
}

/// How many decimal places the author asks for, or `otherwise`.
pub(super) fn places(written: Option<&Spanned<u32>>, otherwise: u32, findings: &mut Vec<Finding>) -> u32 {
    let Some(places) = written else { return otherwise };
    if places.value > MOST_PLACES {
        let message = format!("expected at most {MOST_PLACES} decimal places, found `{}`", places.value);
        findings.push(
            Finding::error(codes::WRONG_VALUE, places.span, message)
                .help("`0` prints 11%, `1` prints 11.5%; hardly a figure needs more"),
        );
        return otherwise;
    }
    places.value
}

/// Whether the heading of the rows and each of `names` can be told apart; reports those that cannot.
pub(super) fn are_distinct(rows: &str, names: &[Spanned<String>], findings: &mut Vec<Finding>) -> bool {
    let before = findings.len();
    let mut seen = HashMap::with_capacity(names.len());
    for name in names {
        let message = format!("two columns are called `{}`", name.value);
        let told = Finding::error(codes::WRONG_VALUE, name.span, message).help("give each column a name of its own");
        if plain(name) == plain(rows) {
            findings.push(told.label("the first column, which heads the rows, is called so too"));
        } else if let Some(first) = seen.insert(plain(name), name.span) {
            findings.push(told.also(first, "the first of them"));
        }
    }
    findings.len() == before
}

/// Which of `names` the author means; reports a name that is none of them. `key` is where it stands: "totals".
pub(super) fn find(
    key: &str,
    written: &Spanned<String>,
    names: &[Spanned<String>],
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    let found = names.iter().position(|name| plain(name) == plain(written));
    if found.is_none() {
        let help = did_you_mean(written, names.iter().map(|name| name.value.as_str())).unwrap_or_else(|| {
            let names: Vec<_> = names.iter().map(|name| format!("`{}`", name.value)).collect();
            format!("the columns are {}", names.join(", "))
        });
        let message = format!("`{key}` names the column `{}`, and there is none of that name", written.value);
        findings.push(Finding::error(codes::UNKNOWN_REFERENCE, written.span, message).help(help));
    }
    found
}

/// The totals that the author typed, for each of `names`.
pub(super) fn typed_totals<'t>(
    names: &[Spanned<String>],
    typed: &'t Table<Spanned<Count>>,
    findings: &mut Vec<Finding>,
) -> Vec<Option<&'t Spanned<Count>>> {
    let mut totals = vec![None; names.len()];
    for (name, total) in &typed.0 {
        if let Some(place) = find("totals", name, names, findings).and_then(|index| totals.get_mut(index)) {
            *place = Some(total);
        }
    }
    totals
}

/// The total of one column: the sum of its counts, or what the author typed where there can be no such sum.
pub(super) fn total<'c>(
    grid: &Grid,
    name: &str,
    counts: impl Iterator<Item = &'c Cell> + Clone,
    typed: Option<&Spanned<Count>>,
    findings: &mut Vec<Finding>,
) -> Result<Cell, Reported> {
    let sum = arithmetic::sum(counts.clone());
    let Ok(sum) = sum else {
        too_large(grid.place, &format!("{}the counts of `{name}`", grid.in_file()), findings);
        return Err(Reported);
    };
    let Some(typed) = typed else { return Ok(sum) };
    let write = |count: Decimal| Format::Count.write(count);
    let says = format!("`totals` gives {} for `{name}`", write(typed.value.0));
    let told = match (sum.as_figure(), range(counts)) {
        (Some(sum), _) if sum != typed.value.0 => {
            Finding::error(codes::TABLE_SUM, typed.span, format!("{says}, and the counts come to {}", write(sum))).help(
                "take it out of `totals`: the total is worked out. If the source really prints it so, use `as_stated`",
            )
        }
        (None, (least, _)) if typed.value.0 < least => Finding::error(
            codes::TABLE_SUM,
            typed.span,
            format!("{says}, and the counts come to {} at least", write(least)),
        )
        .help("a withheld count is at least 1: look for a count or a total that is wrong"),
        (None, (_, Some(most))) if typed.value.0 > most => Finding::error(
            codes::TABLE_SUM,
            typed.span,
            format!("{says}, and the counts come to {} at most", write(most)),
        )
        .help("each withheld count is below its threshold: look for a count or a total that is wrong"),
        (Some(_), _) => return Ok(sum),
        (None, _) => return Ok(Cell { typed: Some(typed.span), ..Cell::figure(typed.value.0) }),
    };
    findings.push(told);
    Err(Reported)
}

/// The least and the greatest that counts can come to, as far as what is withheld says.
fn range<'c>(counts: impl Iterator<Item = &'c Cell>) -> (Decimal, Option<Decimal>) {
    counts.fold((Decimal::ZERO, Some(Decimal::ZERO)), |(least, most), count| {
        let (low, high) = match count.value {
            CellValue::Figure(value) => (value, Some(value)),
            CellValue::Below(threshold) => (Decimal::ONE, Some(Decimal::from(threshold.saturating_sub(1)))),
            CellValue::Instead(super::Symbol::Confidential | super::Symbol::NotAvailable) => (Decimal::ZERO, None),
            _ => (Decimal::ZERO, Some(Decimal::ZERO)),
        };
        // Counts are far below what a decimal holds, and there are fewer of them than a file has bytes.
        (least.saturating_add(low), most.zip(high).map(|(most, high)| most.saturating_add(high)))
    })
}
