//! What sentences say of a table of two periods in the same paper: T09.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::columns::{is_difference, is_percentage};
use super::figure::Printed;
use super::grid::{Cell, Grid, Role, grids, is_looked_at};
use super::shape::{Shape, Stated};
use crate::document::Block;
use crate::model::Level;
use crate::record::GeneratedContent;
use crate::rules::pattern::pattern;
use crate::rules::{Example, Found, PaperInHand, Rule, Test};
use crate::tables::{RowRole, Table, TableKind};
use crate::text::Span;

pub(super) const AGAINST: Rule = Rule {
    code: "T09",
    name: "words-against-the-table",
    level: Level::Warning,
    meaning: "A sentence states a difference or a percentage, or says that something rose or fell, and the table of the same \
              paper that it speaks of says otherwise.",
    why: "The sentence is what people quote, and the table is what they check it by.",
    source: "Code of Practice for Statistics, Quality; what is stated is compared with the row that it belongs to.",
    remedy: "Correct the sentence or the table, whichever is wrong.",
    failing: Example::Text(
        "```year-on-year\ncaption: Recorded crime\nfrom: 2021\nto: 2022\nrows:\n  - {measure: Burglary, from: 1868, to: 1654}\n\
         ```\n\nIt was a significant fall of 11.5% overall (241 fewer burglaries).\n",
    ),
    passing: Example::Text(
        "```year-on-year\ncaption: Recorded crime\nfrom: 2021\nto: 2022\nrows:\n  - {measure: Burglary, from: 1868, to: 1654}\n\
         ```\n\nIt was a significant fall of 11.5% overall (214 fewer burglaries), after a fall of 9% (241) the year before.\n",
    ),
    test: Test::Paper(against),
};

/// Longer tables are lists of data: among so many rows any figure agrees with one by chance.
const MOST_ROWS: usize = 200;

/// A row of a table of two periods.
#[derive(Debug)]
struct Row {
    name: String,
    /// The same as a shape has it.
    words: String,
    /// The later count less the earlier one.
    difference: Option<Decimal>,
    /// The same, in per cent.
    change: Option<Printed>,
    /// Where it stands, or its table.
    span: Span,
}

fn against(paper: &PaperInHand<'_>, found: &mut Found) {
    if !is_looked_at(paper) {
        return;
    }
    let rows: Vec<Row> = generated(paper).into_iter().chain(grids(paper).iter().flat_map(of_grid)).collect();
    if rows.is_empty() || rows.len() > MOST_ROWS {
        return;
    }
    let headings: Vec<u32> = paper
        .paper
        .text
        .document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some(heading.span.start),
            _ => None,
        })
        .collect();
    let section = |at: u32| headings.partition_point(|heading| *heading <= at);
    for run in paper.prose.body().filter(|run| run.kind != crate::document::RunKind::Cell) {
        if !run.text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let shape = Shape::of(run);
        pairs(&shape, &rows, found);
        let place = run.span(0..0).start;
        let near: Vec<&Row> =
            rows.iter().filter(|row| row.span.start < place && section(row.span.start) == section(place)).collect();
        for sentence in shape.sentences() {
            named(&shape, sentence, &near, found);
        }
    }
}

/// What a generated table of two periods has of each row.
#[derive(Debug, Clone, Copy)]
enum Columns {
    /// How much it changed.
    Changes { difference: Option<usize>, change: Option<usize> },
    /// How many there were in each.
    Counts { earlier: usize, later: usize },
}

/// The columns of counts of a breakdown by two years, the earlier first.
fn two_periods(table: &Table) -> Option<(usize, usize)> {
    let (earlier, later) = (table.column("count_0")?, table.column("count_1")?);
    let period =
        |index: usize| table.columns.get(index).and_then(|column| column.group.as_ref().or(Some(&column.heading)));
    let (first, second) = (year(period(earlier)?)?, year(period(later)?)?);
    (table.column("count_2").is_none() && first < second).then_some((earlier, later))
}

/// The rows of the tables of two periods that are generated.
fn generated(paper: &PaperInHand<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for content in paper.paper.text.generated.values() {
        let GeneratedContent::Table(table) = content else { continue };
        let columns = match table.kind {
            TableKind::YearOnYear => {
                Columns::Changes { difference: table.column("difference"), change: table.column("change") }
            }
            TableKind::Breakdown => match two_periods(table) {
                Some((earlier, later)) => Columns::Counts { earlier, later },
                None => continue,
            },
            _ => continue,
        };
        for row in table.rows.iter().filter(|row| matches!(row.role, RowRole::Body | RowRole::Own)) {
            let figure = |column: usize| row.cells.get(column)?.as_figure();
            let (difference, change) = match columns {
                Columns::Changes { difference, change } => (difference.and_then(figure), change.and_then(figure)),
                Columns::Counts { earlier, later } => {
                    let counted = figure(later).zip(figure(earlier));
                    (counted.and_then(|(later, earlier)| later.checked_sub(earlier)), None)
                }
            };
            rows.push(Row {
                name: row.name().to_owned(),
                words: row.name().to_lowercase(),
                difference,
                change: change.map(|value| Printed { value, places: 1, percent: true, money: false, signed: true }),
                span: table.span,
            });
        }
    }
    rows
}

/// The rows of a table that is written, if it has one column of differences, or else two of counts that are headed by years.
fn of_grid(grid: &Grid) -> Vec<Row> {
    let columns = || 1..grid.columns();
    let only = |mut columns: Vec<usize>| if columns.len() == 1 { columns.pop() } else { None };
    let difference = only(columns().filter(|column| is_difference(grid, *column)).collect());
    let change = only(columns().filter(|column| is_percentage(grid, *column)).collect());
    let counts: Vec<(String, usize)> = columns()
        .filter(|column| !is_percentage(grid, *column))
        .filter_map(|column| Some((year(grid.heading(column))?, column)))
        .collect();
    let counts = match (difference, counts.as_slice()) {
        (None, [(first, one), (second, two)]) if first < second => Some((*one, *two)),
        _ => None,
    };
    if difference.is_none() && counts.is_none() {
        return Vec::new();
    }
    let body = grid.rows.iter().filter(|row| row.role == Role::Body);
    body.map(|row| {
        let figure = |column: usize| row.cells.get(column).and_then(Cell::figure);
        let counted = counts.and_then(|(earlier, later)| Some(figure(later)?.value - figure(earlier)?.value));
        Row {
            name: row.name().to_owned(),
            words: row.name().to_lowercase(),
            difference: difference.and_then(figure).map(|figure| figure.value).or(counted),
            change: change.filter(|_| difference.is_some()).and_then(figure),
            span: row.cells.first().map_or(grid.span, |cell| cell.span),
        }
    })
    .collect()
}

/// The one year that a heading names.
fn year(heading: &str) -> Option<String> {
    let mut years = heading.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
    let year = years.next()?;
    (years.next().is_none() && (year.starts_with("19") || year.starts_with("20"))).then(|| year.to_owned())
}

static PAIRS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?P<p>P) (?:[^ A-Z.,;:()]+ ){0,3}\( (?P<d>N) (?P<m>more|fewer|less)?(?:[^ A-Z.,;:()]+ ){0,3} ?\)",
        r"(?P<d>N) (?P<m>more|fewer|less)?(?:[^ A-Z.,;:()]+ ){0,3} ?\( (?P<p>P) \)",
    ]
    .into_iter()
    .map(pattern)
    .collect()
});

/// A percentage and a difference that are stated together must be of one row, if one of them is plainly a row's.
fn pairs(shape: &Shape<'_>, rows: &[Row], found: &mut Found) {
    let sentences = shape.sentences();
    for captures in PAIRS.iter().flat_map(|pair| pair.captures_iter(&shape.text)) {
        let (Some(percentage), Some(difference)) = (shape.stated(&captures, "p"), shape.stated(&captures, "d")) else {
            continue;
        };
        let sentence = sentences.partition_point(|sentence| sentence.end <= percentage.at);
        let in_sentence = sentences.get(sentence).and_then(|range| shape.text.get(range.clone())).unwrap_or("");
        if percentage.roughly || difference.roughly || direction(in_sentence).is_none() && captures.name("m").is_none()
        {
            continue;
        }
        let of_change = |row: &Row| row.change.is_some_and(|change| percentage.figure.agrees_in_size(change.value));
        let of_difference = |row: &Row| row.difference.is_some_and(|own| own.abs() == difference.figure.value.abs());
        if rows.iter().any(|row| of_change(row) && of_difference(row)) {
            continue;
        }
        let either: Vec<&Row> = rows.iter().filter(|row| of_change(row) || of_difference(row)).collect();
        let [row] = either.as_slice() else { continue };
        let (Some(own_change), Some(own_difference)) = (row.change, row.difference) else { continue };
        let cited = holds_words(in_sentence, &row.words);
        let (stated, right) = if of_change(row) {
            (difference, difference.figure.write(own_difference.abs()))
        } else {
            (percentage, percentage.figure.write(own_change.value.abs()))
        };
        let telling = if of_change(row) { percentage } else { difference };
        // A figure of one or two digits is a row's by chance as often as not.
        let digits = telling.figure.value.abs().mantissa().to_string().len();
        if cited || digits >= 3 {
            tell(found, stated, row, &format!("{} and {}", signed(own_difference), own_change.printed()), &right);
        }
    }
}

static MORE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<d>N) (?P<m>more|fewer|less)\b"));
static BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?P<v>rose|risen|up|increased|grew|fell|fallen|down|decreased|dropped) (?:[a-z]+ )?by (?P<d>[NP])")
});

/// A sentence that names one row near it and states how much more or fewer there were.
fn named(shape: &Shape<'_>, sentence: std::ops::Range<usize>, rows: &[&Row], found: &mut Found) {
    let Some(text) = shape.text.get(sentence.clone()) else { return };
    let more = MORE.captures(text);
    let by = BY.captures(text);
    if more.is_none() && by.is_none() {
        return;
    }
    let cited: Vec<&&Row> = rows.iter().filter(|row| holds_words(text, &row.words)).collect();
    let [row] = cited.as_slice() else { return };
    let figures = text.split(' ').filter(|word| matches!(*word, "N" | "P" | "M" | "X" | "Y")).count();
    let at = |captures: &regex::Captures<'_>| captures.name("d").map(|figure| sentence.start + figure.start());
    if let Some(captures) = more
        && let Some(stated) = at(&captures).and_then(|at| shape.figure_at(at))
        && let Some(own) = row.difference
        // With other figures in the sentence, those may be what it is compared with.
        && figures == 1
        && !stated.roughly
    {
        let more = captures.name("m").is_some_and(|word| word.as_str() == "more");
        let expected = if more { stated.figure.value } else { -stated.figure.value };
        if expected != own {
            tell(found, stated, row, &signed(own), &words(own));
        }
        return;
    }
    if let Some(captures) = by
        && let Some(stated) = at(&captures).and_then(|at| shape.figure_at(at))
        && figures == 1
    {
        let rises = captures.name("v").and_then(|verb| direction(verb.as_str()));
        let own = if stated.figure.percent { row.change.map(|change| change.value) } else { row.difference };
        let Some(own) = own.filter(|own| stated.figure.agrees_in_size(*own) && !own.is_zero()) else { return };
        if rises.is_some_and(|rises| rises != (own > Decimal::ZERO)) {
            let printed =
                if stated.figure.percent { Printed { signed: true, ..stated.figure }.write(own) } else { signed(own) };
            let right = if own > Decimal::ZERO { "that it rose" } else { "that it fell" };
            tell(found, stated, row, &printed, right);
        }
    }
}

fn tell(found: &mut Found, stated: Stated, row: &Row, own: &str, right: &str) {
    let message = format!("{} is stated here, and row `{}` of the table has {own}", stated.figure.printed(), row.name);
    found
        .at(stated.span, message)
        .also(row.span, "the table says so")
        .help(format!("write {right} if the table is right, or correct the table"));
}

fn signed(difference: Decimal) -> String {
    crate::figures::signed(difference, 0)
}

fn words(difference: Decimal) -> String {
    let size = crate::figures::number(difference.abs(), 0);
    if difference < Decimal::ZERO { format!("{size} fewer") } else { format!("{size} more") }
}

/// Whether words say that something rose; nothing if they say neither, or both.
fn direction(text: &str) -> Option<bool> {
    let has = |words: &[&str]| text.split(' ').any(|word| words.contains(&word));
    let up = has(&["rose", "risen", "rise", "up", "increase", "increased", "grew", "growth", "more"]);
    let down = has(&[
        "fell",
        "fallen",
        "fall",
        "down",
        "decrease",
        "decreased",
        "reduction",
        "reduced",
        "drop",
        "dropped",
        "fewer",
        "less",
    ]);
    (up != down).then_some(up)
}

/// Whether a text has these words, whole.
fn holds_words(text: &str, words: &str) -> bool {
    words.len() >= 4 && format!(" {text} ").contains(&format!(" {words} "))
}
