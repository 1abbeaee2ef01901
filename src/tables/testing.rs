//! What the tests of every kind of table need: a block, its data files, and a table or findings from them.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{At, Beside, Broken, DataFile, DataFiles, Relation, Table, TableKind, Thresholds, Workbook};
use crate::figures;
use crate::finding::Finding;
use crate::text::{Source, SourceId, Sources, Span, Spanned, yaml};

/// A block and its data files, in memory.
pub(super) struct Desk {
    pub sources: Sources,
    pub findings: Vec<Finding>,
    pub table: Option<Table>,
}

struct Files<'a> {
    sources: &'a Sources,
    workbooks: Vec<(&'a str, Result<Workbook, Broken>)>,
}

impl DataFiles for Files<'_> {
    fn find(&self, path: &str) -> DataFile<'_> {
        if let Some((_, workbook)) = self.workbooks.iter().find(|(name, _)| *name == path) {
            return workbook.as_ref().map_or_else(DataFile::Broken, DataFile::Workbook);
        }
        let found = self.sources.iter().find(|(_, source)| source.path == path);
        found.map_or(DataFile::Absent, |(id, source)| DataFile::Text(id, source))
    }

    fn names(&self) -> Vec<&str> {
        let texts = self.sources.iter().map(|(_, source)| source.path.as_str()).filter(|path| path.contains(".csv"));
        texts.chain(self.workbooks.iter().map(|(name, _)| *name)).collect()
    }
}

/// Reads the block with these data files beside it.
pub(super) fn read(kind: TableKind, block: &str, data: &[(&str, &str)]) -> Desk {
    read_beside(kind, block, data, &[], &[])
}

/// The same with workbooks.
pub(super) fn read_workbooks(
    kind: TableKind,
    block: &str,
    data: &[(&str, &str)],
    workbooks: &[(&'static str, Vec<u8>)],
) -> Desk {
    read_beside(kind, block, data, &[], workbooks)
}

/// Reads the block with these data files beside it, and narratives with these headings.
pub(super) fn read_with(kind: TableKind, block: &str, data: &[(&str, &str)], narratives: &[&str]) -> Desk {
    read_beside(kind, block, data, narratives, &[])
}

fn read_beside(
    kind: TableKind,
    block: &str,
    data: &[(&str, &str)],
    narratives: &[&str],
    workbooks: &[(&'static str, Vec<u8>)],
) -> Desk {
    let workbooks = workbooks.iter().map(|(name, bytes)| (*name, Workbook::new(bytes.clone()))).collect();
    let files = std::iter::once(("paper.md", block)).chain(data.iter().copied());
    let sources = Sources::new(files.map(|(path, text)| Arc::new(Source::new(path, text))).collect());
    let mut findings = Vec::new();
    let id = SourceId(0);
    let node = yaml::parse(sources.get(id), id, 0..sources.get(id).text.len(), &mut findings);
    let narratives: Vec<_> =
        narratives.iter().map(|heading| Spanned::new((*heading).to_owned(), Span::start_of(id))).collect();
    let table = node.and_then(|node| {
        let files = Files { sources: &sources, workbooks };
        let beside = Beside { files: &files, thresholds: Thresholds::default(), narratives: &narratives };
        super::read(kind, &node, beside, &mut findings)
    });
    Desk { sources, findings, table }
}

/// Reads a block that has nothing wrong with it.
pub(super) fn table(kind: TableKind, block: &str, data: &[(&str, &str)]) -> Table {
    let desk = read(kind, block, data);
    assert_eq!(desk.messages(), Vec::<String>::new());
    let table = desk.table.expect("a table");
    assert_relations_hold(&table);
    table
}

impl Desk {
    /// What was found, without places.
    pub(super) fn messages(&self) -> Vec<String> {
        self.findings.iter().map(|finding| finding.message.clone()).collect()
    }

    /// Where the first finding is.
    pub(super) fn place(&self) -> String {
        self.sources.place(self.findings.first().expect("a finding").primary.span)
    }

    /// The text at a place.
    pub(super) fn text_at(&self, span: Span) -> &str {
        &self.sources.get(span.source).text[span.range()]
    }
}

/// The table as it is printed, a line a row.
pub(super) fn printed(table: &Table) -> Vec<String> {
    table
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().zip(&table.columns).map(|(cell, column)| cell.printed(column.format));
            cells.collect::<Vec<_>>().join(" | ")
        })
        .collect()
}

/// Holds a table against its own relations: what is printed must follow, as a reader with a pencil would find it.
/// Relations with a figure that is missing, or as somebody else stated it, say nothing.
pub(super) fn assert_relations_hold(table: &Table) {
    let figure =
        |at: At| table.cell(at).filter(|cell| cell.computed_instead.is_none()).and_then(super::Cell::as_figure);
    let places = |at: At| table.columns[at.column].format.places();
    let agrees = |result: At, exact: Option<Decimal>| {
        if let (Some(printed), Some(exact)) = (figure(result), exact) {
            assert_eq!(printed, figures::round(exact, places(result)), "{result:?} of {table:?}");
        }
    };
    for relation in &table.relations {
        match relation {
            Relation::Sum { total, parts } => {
                agrees(*total, parts.iter().map(|part| figure(*part)).sum::<Option<Decimal>>());
            }
            Relation::Difference { result, from, to } => {
                agrees(*result, figure(*to).zip(figure(*from)).map(|(to, from)| to - from));
            }
            Relation::Share { result, part, whole } => {
                agrees(
                    *result,
                    figure(*part).zip(figure(*whole)).and_then(|(part, whole)| figures::percentage(part, whole)),
                );
            }
            Relation::Change { result, from, to } => {
                let change = figure(*from).zip(figure(*to)).and_then(|(from, to)| figures::percentage(to - from, from));
                agrees(*result, change);
            }
            Relation::Rate { result, count, population, per } => {
                let rate = figure(*count).zip(figure(*population));
                agrees(*result, rate.and_then(|(count, population)| (count * per).checked_div(population)));
            }
        }
    }
}
