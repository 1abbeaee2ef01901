//! Tables built by hand, for the tests of what is made from tables of kinds that are read elsewhere.

use super::symbol::Marks;
use super::{Cell, CellValue, Chart, Column, Format, Row, RowRole, Symbol, Table, TableKind, Thresholds};
use crate::figures;
use crate::text::{SourceId, Span};

/// A table with these columns, each a key, a heading and a format.
///
/// A row is its cells, with `|` between them. It begins with `*` where it is the paper's own, `~` the average, `+` a
/// sub-total, `=` the total, `#` the heading of a group. A cell is a figure, perhaps with marks and counts after it
/// (`76% [u] (35 of 46)`), a symbol, a withheld count (`<5`), or words.
pub(crate) fn table(columns: &[(&str, &str, Format)], rows: &[&str]) -> Table {
    Table {
        kind: TableKind::Spending,
        name: None,
        caption: "A table".to_owned(),
        source: None,
        columns: columns.iter().map(|(key, heading, format)| Column::typed(*key, *heading, *format)).collect(),
        row_headings: 1,
        rows: rows.iter().map(|row| self::row(row)).collect(),
        notes: Vec::new(),
        relations: Vec::new(),
        thresholds: Thresholds::default(),
        shows: None,
        chart: Some(Chart::Bars),
        limits: Vec::new(),
        span: Span::start_of(SourceId(0)),
    }
}

fn row(text: &str) -> Row {
    let roles = [
        ('*', RowRole::Own),
        ('~', RowRole::Average),
        ('+', RowRole::Subtotal),
        ('=', RowRole::Total),
        ('#', RowRole::Group),
    ];
    let role = roles.into_iter().find(|(mark, _)| text.starts_with(*mark));
    let mut cells = text.trim_start_matches(['*', '~', '+', '=', '#']).split('|').map(str::trim);
    // The heading of a row may begin like a figure, as a period does.
    let heading = cells.next().map(Cell::words);
    let cells = heading.into_iter().chain(cells.map(cell));
    Row { role: role.map_or(RowRole::Body, |(_, role)| role), cells: cells.collect() }
}

fn cell(text: &str) -> Cell {
    let mut counts = None;
    let mut rest = text;
    if let Some((before, after)) = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("))
        && let Some((part, whole)) = after.split_once(" of ")
        && let (Some(part), Some(whole)) = (figures::parse(part), figures::parse(whole))
    {
        counts = Some((part, whole));
        rest = before;
    }
    let mut marks = Marks::default();
    while let Some((before, mark)) = rest
        .rsplit_once(' ')
        .and_then(|(before, mark)| Some((before, Symbol::from_written(mark).filter(|symbol| !symbol.is_instead())?)))
    {
        marks = marks.with(mark);
        rest = before;
    }
    let value = match Symbol::from_written(rest) {
        _ if rest.is_empty() => CellValue::Empty,
        Some(symbol) => CellValue::Instead(symbol),
        None => match rest.strip_prefix('<').and_then(|below| below.parse().ok()) {
            Some(below) => CellValue::Below(below),
            None => figures::parse(rest.trim_end_matches('%'))
                .map_or_else(|| CellValue::Words(rest.to_owned()), CellValue::Figure),
        },
    };
    Cell { marks, counts, ..Cell::from(value) }
}
