//! Reads the rows from a CSV file, from a sheet of a workbook or from the block, and finds which column each cell belongs
//! to.

use std::collections::{HashMap, HashSet};

use super::{DataFile, DataFiles, Grid, GridRow, SheetPlaces, Wanted, plain};
use crate::finding::{Code, Finding, codes, did_you_mean, nearest};
use crate::model::read::wrong;
use crate::tables::Beside;
use crate::tables::block::{Block, CELL, WrittenRows};
use crate::tables::csv_file::{self, Lines, Record};
use crate::tables::workbook::{SheetCell, SheetRow, Workbook, column_name};
use crate::text::yaml::{Node, Value};
use crate::text::{Source, SourceId, Span, Spanned};

/// Rows before anybody has said which columns there are.
pub(in crate::tables) struct Written {
    place: Span,
    file: Option<String>,
    sheet: Option<String>,
    rows: Rows,
    lines: Lines,
    /// How many findings there were before it was read.
    before: usize,
}

enum Rows {
    /// Of a file: the row of headings first.
    Records(Vec<Record>, SourceId),
    /// Of the block.
    Maps(Node),
}

/// What becomes of columns that the table has no use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tables) enum Others {
    /// Each is a finding.
    Wrong,
    /// Those of a file are passed over. In the block, where somebody has just typed them, each is a finding.
    LeftOut,
}

impl Written {
    /// Opens what a block holds or names.
    pub(in crate::tables) fn open(
        block: &Block,
        lines: Lines,
        whole: Span,
        beside: Beside<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let before = findings.len();
        let written = |place, file, sheet, rows| Some(Self { place, file, sheet, rows, lines, before });
        if let Some(sheet) = &block.sheet
            && !block.data.as_ref().is_some_and(|data| data.ends_with(".xlsx"))
        {
            findings.push(
                Finding::error(codes::TABLE_DATA, sheet.span, "`sheet` names a sheet of a workbook, and there is none")
                    .help("take it out, or give `data:` with the path of a workbook that ends in .xlsx"),
            );
        }
        match (&block.data, &block.rows) {
            (Some(data), None) => match find_file(data, beside.files, findings)? {
                Found::Text(id, source) => {
                    let records = csv_file::records(source, id, lines, findings)?;
                    written(data.span, Some(data.value.clone()), None, Rows::Records(records, id))
                }
                Found::Workbook(workbook) => {
                    let (name, rows) = find_sheet(data, block.sheet.as_ref(), workbook, findings)?;
                    let records = records_of(data, name, rows, lines, findings)?;
                    let rows = Rows::Records(records, data.span.source);
                    written(data.span, Some(data.value.clone()), Some(name.to_owned()), rows)
                }
            },
            (None, Some(rows)) => written(rows.0.span, None, None, Rows::Maps(rows.0.clone())),
            (Some(data), Some(rows)) => {
                findings.push(
                    Finding::error(
                        codes::TABLE_DATA,
                        data.span,
                        "both `data` and `rows` are given, and a table has one of them",
                    )
                    .also(rows.0.span, "the rows in the block")
                    .help("keep the CSV file or the rows in the block, whichever is right"),
                );
                None
            }
            (None, None) => {
                let start = Span { end: whole.start, ..whole };
                findings.push(
                    Finding::error(codes::MISSING_KEY, start, "the table has neither `data` nor `rows`")
                        .help("add `data:` with the path of a CSV file, or `rows:` with the rows themselves"),
                );
                None
            }
        }
    }

    /// The names of the columns, in their order; of rows in the block, as they first appear.
    pub(in crate::tables) fn names(&self) -> Vec<Spanned<String>> {
        let mut seen = HashSet::new();
        let mut names = Vec::new();
        let mut take = |name: &str, span: Span| {
            if !name.is_empty() && seen.insert(plain(name)) {
                names.push(Spanned::new(name.to_owned(), span));
            }
        };
        match &self.rows {
            Rows::Records(records, _) => {
                records.iter().take(1).flat_map(|header| &header.cells).for_each(|cell| take(cell, cell.span));
            }
            Rows::Maps(node) => {
                let Value::List(rows) = &node.value else { return names };
                for row in rows {
                    let Value::Map(entries) = &row.value else { continue };
                    entries.iter().for_each(|entry| take(entry.key.trim(), entry.key_span));
                }
            }
        }
        names
    }

    /// Where the rows come from.
    pub(in crate::tables) fn place(&self) -> Span {
        self.place
    }

    /// Sorts the cells into columns. `computed` are the columns that people may expect to type, but that are worked out.
    pub(in crate::tables) fn into_grid(
        self,
        columns: Vec<Wanted>,
        computed: &[&str],
        others: Others,
        beside: Beside<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<Grid> {
        let sheet = self.sheet.map(|name| SheetPlaces { name, columns: vec![None; columns.len()] });
        let grid = Grid {
            place: self.place,
            file: self.file,
            given: vec![false; columns.len()],
            columns,
            rows: Vec::new(),
            sound: true,
            thresholds: beside.thresholds,
            sheet,
        };
        let mut by_name: HashMap<String, usize> = HashMap::new();
        let names = grid.columns.iter().map(|column| plain(&column.name));
        let keys = grid.columns.iter().map(|column| column.key.to_string());
        for (name, index) in names.zip(0..).chain(keys.zip(0..)) {
            by_name.entry(name).or_insert(index);
        }
        let mut taker = Taker { grid, by_name, computed, others, lines: self.lines };
        match self.rows {
            Rows::Records(records, id) => taker.take_records(records, id, findings),
            Rows::Maps(node) => taker.take_maps(&node, findings)?,
        }
        let mut grid = taker.grid;
        if grid.rows.is_empty() && findings.len() == self.before {
            findings.push(Finding::error(codes::TABLE_DATA, grid.place, "the table has no rows"));
        }
        // A column that is missing altogether has been reported; its cells need not be, one by one.
        let must_be_named = grid.columns.first().is_some_and(|column| column.required);
        let is_named = must_be_named && (grid.given.first().copied().unwrap_or(false) || grid.file.is_none());
        for row in grid.rows.iter().filter(|row| is_named && row.name().is_empty()) {
            let name = grid.columns.first().map_or("", |column| column.name.as_str());
            let message = format!("{}a row has nothing under `{name}`", grid.in_cell(row, Some(0)));
            findings
                .push(Finding::error(codes::TABLE_DATA, row.span, message).help("say what the row is, or take it out"));
        }
        grid.sound = findings.len() == self.before;
        Some(grid)
    }
}

impl Grid {
    /// Reads the rows that a block holds or names. `computed` are the columns that people may expect to type, but that
    /// are worked out.
    pub(in crate::tables) fn read(
        block: &Block,
        columns: Vec<Wanted>,
        computed: &[&str],
        whole: Span,
        beside: Beside<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let written = Written::open(block, Lines::Joined, whole, beside, findings)?;
        written.into_grid(columns, computed, Others::Wrong, beside, findings)
    }

    fn no_cells(&self, row: Span) -> Vec<Spanned<String>> {
        vec![Spanned::new(String::new(), row); self.columns.len()]
    }

    fn names(&self) -> String {
        self.columns.iter().map(|column| format!("`{}`", column.name)).collect::<Vec<_>>().join(", ")
    }
}

/// Sorts cells into the columns of a grid.
struct Taker<'a> {
    grid: Grid,
    by_name: HashMap<String, usize>,
    computed: &'a [&'a str],
    others: Others,
    lines: Lines,
}

impl Taker<'_> {
    fn take_records(&mut self, records: Vec<Record>, id: SourceId, findings: &mut Vec<Finding>) {
        let mut records = records.into_iter();
        let Some(header) = records.next() else {
            let message = format!("{}there is nothing", self.grid.in_file());
            let place = if self.grid.sheet.is_some() { self.grid.place } else { Span::start_of(id) };
            let names = self.grid.names();
            let names = if names.is_empty() { names } else { format!(": {names}") };
            findings.push(
                Finding::error(codes::TABLE_DATA, place, message)
                    .help(format!("write the names of the columns into the first row{names}")),
            );
            return;
        };
        let mut places = Vec::with_capacity(header.cells.len());
        for (at, cell) in header.cells.iter().enumerate() {
            let column = self.take_column(cell, codes::TABLE_DATA, findings);
            if let (Some(column), Some(sheet)) = (column, &mut self.grid.sheet)
                && let Some(place) = sheet.columns.get_mut(column)
            {
                *place = Some(at);
            }
            places.push(column);
        }
        self.missing_columns(&header, findings);
        let mut nameless = true;
        for record in records {
            let mut cells = self.grid.no_cells(record.span);
            for (index, cell) in record.cells.into_iter().enumerate() {
                match places.get(index).copied().flatten().and_then(|column| cells.get_mut(column)) {
                    Some(place) => *place = cell,
                    None if cell.is_empty() => {}
                    None if index >= places.len() => {
                        let message = format!(
                            "{}this row has more cells than there are columns; `{}` is one too many",
                            self.grid.in_file(),
                            cell.value
                        );
                        findings.push(Finding::error(codes::TABLE_DATA, cell.span, message).help(
                            "put quotation marks around a text or figure that holds a comma, with no blank before them",
                        ));
                        break;
                    }
                    None if nameless && header.cells.get(index).is_some_and(|heading| heading.is_empty()) => {
                        let message =
                            format!("{}`{}` stands in a column without a name", self.grid.in_file(), cell.value);
                        findings.push(
                            Finding::error(codes::TABLE_DATA, cell.span, message)
                                .help(format!("name the column in the first row; the names are {}", self.grid.names())),
                        );
                        nameless = false;
                    }
                    None => {}
                }
            }
            self.grid.rows.push(GridRow { span: record.span, cells, number: record.number });
        }
    }

    fn take_maps(&mut self, node: &Node, findings: &mut Vec<Finding>) -> Option<()> {
        let Value::List(nodes) = &node.value else {
            return wrong::<WrittenRows>(node, findings).map(|_| ());
        };
        for node in nodes {
            let Value::Map(entries) = &node.value else {
                let message = format!("expected a row with keys and values, found {}", node.found());
                findings.push(
                    Finding::error(codes::WRONG_VALUE, node.span, message)
                        .help(format!("the keys of a row are {}", self.grid.names())),
                );
                continue;
            };
            let mut cells = self.grid.no_cells(node.span);
            for entry in entries {
                // The YAML reader has reported a key that stands twice and kept the first.
                let key = Spanned::new(entry.key.clone(), entry.key_span);
                let known = self.by_name.get(&plain(&entry.key)).copied();
                let known = known.filter(|column| self.grid.given.get(*column).copied().unwrap_or(false));
                let column = known.or_else(|| self.take_column(&key, codes::UNKNOWN_KEY, findings));
                let Some(place) = column.and_then(|column| cells.get_mut(column)) else { continue };
                match &entry.value.value {
                    Value::Scalar(_) if !place.is_empty() => {
                        let message = format!("the column `{}` stands in this row a second time", entry.key);
                        findings.push(
                            Finding::error(codes::DUPLICATE_KEY, entry.key_span, message)
                                .also(place.span, "first here")
                                .help("keep one of the two"),
                        );
                    }
                    Value::Scalar(text) => *place = Spanned::new(self.lines.tidy(text), entry.value.span),
                    Value::Nothing => place.span = entry.value.span,
                    Value::List(nodes) if self.lines == Lines::Kept => {
                        let entries = nodes.iter().filter_map(|node| entry_of(node, findings));
                        *place = Spanned::new(entries.collect::<Vec<_>>().join("\n"), entry.value.span);
                    }
                    Value::List(_) | Value::Map(_) => {
                        let message = format!("expected {CELL}, found {}", entry.value.found());
                        findings.push(Finding::error(codes::WRONG_VALUE, entry.value.span, message));
                    }
                }
            }
            self.grid.rows.push(GridRow { span: node.span, cells, number: 0 });
        }
        Some(())
    }

    /// Finds which column a heading names; reports one that nobody knows, or that was given already.
    fn take_column(&mut self, heading: &Spanned<String>, unknown: Code, findings: &mut Vec<Finding>) -> Option<usize> {
        if heading.is_empty() {
            return None;
        }
        let written = plain(heading);
        let Some(index) = self.by_name.get(&written).copied() else {
            if self.others == Others::LeftOut && self.grid.file.is_some() {
                return None;
            }
            let help = if self.computed.contains(&written.as_str()) {
                format!(
                    "take it out: Quorate works out `{written}` itself; `as_stated` shows what somebody else printed"
                )
            } else {
                did_you_mean(heading, self.grid.columns.iter().map(|column| column.name.as_str()))
                    .unwrap_or_else(|| format!("the columns possible here are {}", self.grid.names()))
            };
            let message = format!("{}nobody knows the column `{}`", self.grid.in_file(), heading.value);
            findings.push(Finding::error(unknown, heading.span, message).help(help));
            return None;
        };
        if self.grid.given.get(index).copied()? && self.grid.file.is_some() {
            let message = format!("{}the column `{}` stands here a second time", self.grid.in_file(), heading.value);
            findings.push(Finding::error(codes::DUPLICATE_KEY, heading.span, message).help("keep one of the two"));
            return None;
        }
        *self.grid.given.get_mut(index)? = true;
        Some(index)
    }

    fn missing_columns(&self, header: &Record, findings: &mut Vec<Finding>) {
        for (column, given) in self.grid.columns.iter().zip(&self.grid.given) {
            if column.required && !given {
                let message = format!("{}the column `{}` is missing", self.grid.in_file(), column.name);
                let found: Vec<_> = header.cells.iter().map(|cell| format!("`{}`", cell.value)).collect();
                findings.push(
                    Finding::error(codes::TABLE_DATA, header.span, message)
                        .help(format!("the first row names the columns {}", found.join(", "))),
                );
            }
        }
    }
}

/// One entry of a list in a cell.
fn entry_of(node: &Node, findings: &mut Vec<Finding>) -> Option<String> {
    let Value::Scalar(text) = &node.value else {
        let message = format!("expected {CELL}, found {}", node.found());
        findings.push(Finding::error(codes::WRONG_VALUE, node.span, message));
        return None;
    };
    Some(Lines::Joined.tidy(text)).filter(|text| !text.is_empty())
}

enum Found<'a> {
    Text(SourceId, &'a Source),
    Workbook(&'a Workbook),
}

fn find_file<'a>(data: &Spanned<String>, files: &'a dyn DataFiles, findings: &mut Vec<Finding>) -> Option<Found<'a>> {
    match files.find(data) {
        DataFile::Text(id, source) => return Some(Found::Text(id, source)),
        DataFile::Workbook(workbook) => return Some(Found::Workbook(workbook)),
        DataFile::Broken(why) => {
            let message = format!("`{}` cannot be read: {why}", data.value);
            findings.push(
                Finding::error(codes::TABLE_DATA, data.span, message).help(
                    "open it in the spreadsheet, and save it again as an Excel workbook (.xlsx) without a password",
                ),
            );
            return None;
        }
        DataFile::Unreadable => return None,
        DataFile::Absent => {}
    }
    let mut names = files.names();
    names.sort_unstable();
    let file_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let elsewhere = names.iter().copied().find(|name| file_name(name) == file_name(data));
    let help = match elsewhere.or_else(|| nearest(data, names.iter().copied())) {
        Some(name) => format!("did you mean `{name}`?"),
        None if [".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv"].iter().any(|ending| data.ends_with(ending)) => {
            "save it from the spreadsheet as `CSV UTF-8` or as an Excel workbook (.xlsx)".to_owned()
        }
        None => "the path is taken from the paper's own folder, such as `data/spending.csv`".to_owned(),
    };
    findings
        .push(Finding::error(codes::TABLE_DATA, data.span, format!("there is no file `{}`", data.value)).help(help));
    None
}

/// The sheet that a block means, and its rows.
fn find_sheet<'a>(
    data: &Spanned<String>,
    sheet: Option<&Spanned<String>>,
    workbook: &'a Workbook,
    findings: &mut Vec<Finding>,
) -> Option<(&'a str, &'a [SheetRow])> {
    let name = match sheet {
        None => workbook.first(),
        Some(sheet) => match workbook.called(sheet) {
            Some(name) => name,
            None => {
                let message = format!("`{}` has no sheet `{}`", data.value, sheet.value);
                let help = did_you_mean(sheet, workbook.names()).unwrap_or_else(|| {
                    let names: Vec<_> = workbook.names().take(20).map(|name| format!("`{name}`")).collect();
                    format!("its sheets are {}", names.join(", "))
                });
                findings.push(Finding::error(codes::TABLE_DATA, sheet.span, message).help(help));
                return None;
            }
        },
    };
    match workbook.rows(name) {
        Ok(rows) => Some((name, rows)),
        Err(why) => {
            let message = format!("the sheet `{name}` of `{}` cannot be read: {why}", data.value);
            findings.push(
                Finding::error(codes::TABLE_DATA, data.span, message)
                    .help("keep the rows and columns that the paper is about, and save the workbook again"),
            );
            None
        }
    }
}

/// The rows of a sheet as records; all of its cells stand where the paper names the workbook.
fn records_of(
    data: &Spanned<String>,
    sheet: &str,
    rows: &[SheetRow],
    lines: Lines,
    findings: &mut Vec<Finding>,
) -> Option<Vec<Record>> {
    let before = findings.len();
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells = Vec::with_capacity(row.cells.len());
        for (column, cell) in row.cells.iter().enumerate() {
            match cell {
                SheetCell::Text(text) => cells.push(Spanned::new(lines.tidy(text), data.span)),
                SheetCell::Error(error) => {
                    let cell = format!("{}{}", column_name(column), row.number);
                    let message = format!("in `{}`, sheet `{sheet}`, cell {cell} holds the error {error}", data.value);
                    findings.push(
                        Finding::error(codes::TABLE_DATA, data.span, message)
                            .help("put the formula right in the spreadsheet, and save it"),
                    );
                }
            }
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            records.push(Record { span: data.span, cells, number: row.number });
        }
    }
    (findings.len() == before).then_some(records)
}

#[cfg(test)]
mod tests;
