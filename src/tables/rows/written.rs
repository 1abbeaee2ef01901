//! Reads the rows from a CSV file or from the block, and finds which column each cell belongs to.

use super::{DataFile, DataFiles, Grid, GridRow, Wanted, plain};
use crate::finding::{Code, Finding, codes, did_you_mean, nearest};
use crate::model::read::wrong;
use crate::tables::Beside;
use crate::tables::block::{Block, CELL, WrittenRows};
use crate::tables::csv_file::{self, Record, one_line};
use crate::text::yaml::{Node, Value};
use crate::text::{Source, SourceId, Span, Spanned};

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
        let before = findings.len();
        let given = vec![false; columns.len()];
        let mut grid = match (&block.data, &block.rows) {
            (Some(data), None) => {
                let mut grid = Self {
                    place: data.span,
                    file: Some(data.value.clone()),
                    columns,
                    rows: Vec::new(),
                    sound: true,
                    thresholds: beside.thresholds,
                    given,
                };
                let (id, source) = find_file(data, beside.files, findings)?;
                let records = csv_file::records(source, id, findings)?;
                grid.take_records(records, computed, id, findings);
                grid
            }
            (None, Some(rows)) => {
                let mut grid = Self {
                    place: rows.0.span,
                    file: None,
                    columns,
                    rows: Vec::new(),
                    sound: true,
                    thresholds: beside.thresholds,
                    given,
                };
                grid.take_maps(&rows.0, computed, findings)?;
                grid
            }
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
                return None;
            }
            (None, None) => {
                let start = Span { end: whole.start, ..whole };
                findings.push(
                    Finding::error(codes::MISSING_KEY, start, "the table has neither `data` nor `rows`")
                        .help("add `data:` with the path of a CSV file, or `rows:` with the rows themselves"),
                );
                return None;
            }
        };
        if grid.rows.is_empty() && findings.len() == before {
            findings.push(Finding::error(codes::TABLE_DATA, grid.place, "the table has no rows"));
        }
        // A column that is missing altogether has been reported; its cells need not be, one by one.
        let is_named = grid.given.first().copied().unwrap_or(false) || grid.file.is_none();
        for row in grid.rows.iter().filter(|row| is_named && row.name().is_empty()) {
            let name = grid.columns.first().map_or("", |column| column.name.as_str());
            let message = format!("{}a row has nothing under `{name}`", grid.in_file());
            findings
                .push(Finding::error(codes::TABLE_DATA, row.span, message).help("say what the row is, or take it out"));
        }
        grid.sound = findings.len() == before;
        Some(grid)
    }

    fn take_records(&mut self, records: Vec<Record>, computed: &[&str], id: SourceId, findings: &mut Vec<Finding>) {
        let mut records = records.into_iter();
        let Some(header) = records.next() else {
            let message = format!("{}there is nothing", self.in_file());
            findings.push(
                Finding::error(codes::TABLE_DATA, Span::start_of(id), message)
                    .help(format!("write the names of the columns into the first row: {}", self.names())),
            );
            return;
        };
        let mut places = Vec::with_capacity(header.cells.len());
        for cell in &header.cells {
            places.push(self.take_column(cell, computed, codes::TABLE_DATA, findings));
        }
        self.missing_columns(&header, findings);
        let mut nameless = true;
        for record in records {
            let mut cells = self.no_cells(record.span);
            for (index, cell) in record.cells.into_iter().enumerate() {
                match places.get(index).copied().flatten().and_then(|column| cells.get_mut(column)) {
                    Some(place) => *place = cell,
                    None if cell.is_empty() => {}
                    None if index >= places.len() => {
                        let message = format!(
                            "{}this row has more cells than there are columns; `{}` is one too many",
                            self.in_file(),
                            cell.value
                        );
                        findings.push(Finding::error(codes::TABLE_DATA, cell.span, message).help(
                            "put quotation marks around a text or figure that holds a comma, with no blank before them",
                        ));
                        break;
                    }
                    None if nameless && header.cells.get(index).is_some_and(|heading| heading.is_empty()) => {
                        let message = format!("{}`{}` stands in a column without a name", self.in_file(), cell.value);
                        findings.push(
                            Finding::error(codes::TABLE_DATA, cell.span, message)
                                .help(format!("name the column in the first row; the names are {}", self.names())),
                        );
                        nameless = false;
                    }
                    None => {}
                }
            }
            self.rows.push(GridRow { span: record.span, cells });
        }
    }

    fn take_maps(&mut self, node: &Node, computed: &[&str], findings: &mut Vec<Finding>) -> Option<()> {
        let Value::List(nodes) = &node.value else {
            return wrong::<WrittenRows>(node, findings).map(|_| ());
        };
        for node in nodes {
            let Value::Map(entries) = &node.value else {
                let message = format!("expected a row with keys and values, found {}", node.found());
                findings.push(
                    Finding::error(codes::WRONG_VALUE, node.span, message)
                        .help(format!("the keys of a row are {}", self.names())),
                );
                continue;
            };
            let mut cells = self.no_cells(node.span);
            for entry in entries {
                // The YAML reader has reported a key that stands twice and kept the first.
                let key = Spanned::new(entry.key.clone(), entry.key_span);
                let column = self.index(&entry.key).filter(|column| self.given[*column]);
                let column = column.or_else(|| self.take_column(&key, computed, codes::UNKNOWN_KEY, findings));
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
                    Value::Scalar(text) => *place = Spanned::new(one_line(text), entry.value.span),
                    Value::Nothing => place.span = entry.value.span,
                    Value::List(_) | Value::Map(_) => {
                        let message = format!("expected {CELL}, found {}", entry.value.found());
                        findings.push(Finding::error(codes::WRONG_VALUE, entry.value.span, message));
                    }
                }
            }
            self.rows.push(GridRow { span: node.span, cells });
        }
        Some(())
    }

    fn no_cells(&self, row: Span) -> Vec<Spanned<String>> {
        vec![Spanned::new(String::new(), row); self.columns.len()]
    }

    /// Finds which column a heading names; reports one that nobody knows, or that was given already.
    fn take_column(
        &mut self,
        heading: &Spanned<String>,
        computed: &[&str],
        unknown: Code,
        findings: &mut Vec<Finding>,
    ) -> Option<usize> {
        if heading.is_empty() {
            return None;
        }
        let written = plain(heading);
        let by_name = self.columns.iter().position(|column| plain(&column.name) == written);
        let Some(index) = by_name.or_else(|| self.columns.iter().position(|column| column.key == written)) else {
            let help = if computed.contains(&written.as_str()) {
                format!(
                    "take it out: Quorate works out `{written}` itself; `as_stated` shows what somebody else printed"
                )
            } else {
                did_you_mean(heading, self.columns.iter().map(|column| column.name.as_str()))
                    .unwrap_or_else(|| format!("the columns possible here are {}", self.names()))
            };
            let message = format!("{}nobody knows the column `{}`", self.in_file(), heading.value);
            findings.push(Finding::error(unknown, heading.span, message).help(help));
            return None;
        };
        let given = self.given.get_mut(index)?;
        if *given && self.file.is_some() {
            let message = format!("{}the column `{}` stands here a second time", self.in_file(), heading.value);
            findings.push(Finding::error(codes::DUPLICATE_KEY, heading.span, message).help("keep one of the two"));
            return None;
        }
        *given = true;
        Some(index)
    }

    fn missing_columns(&self, header: &Record, findings: &mut Vec<Finding>) {
        for (column, given) in self.columns.iter().zip(&self.given) {
            if column.required && !given {
                let message = format!("{}the column `{}` is missing", self.in_file(), column.name);
                let found: Vec<_> = header.cells.iter().map(|cell| format!("`{}`", cell.value)).collect();
                findings.push(
                    Finding::error(codes::TABLE_DATA, header.span, message)
                        .help(format!("the first row names the columns {}", found.join(", "))),
                );
            }
        }
    }

    fn names(&self) -> String {
        self.columns.iter().map(|column| format!("`{}`", column.name)).collect::<Vec<_>>().join(", ")
    }
}

fn find_file<'a>(
    data: &Spanned<String>,
    files: &'a dyn DataFiles,
    findings: &mut Vec<Finding>,
) -> Option<(SourceId, &'a Source)> {
    match files.find(data) {
        DataFile::Text(id, source) => return Some((id, source)),
        DataFile::Unreadable => return None,
        DataFile::Absent => {}
    }
    let mut names = files.names();
    names.sort_unstable();
    let file_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let elsewhere = names.iter().copied().find(|name| file_name(name) == file_name(data));
    let help = match elsewhere.or_else(|| nearest(data, names.iter().copied())) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "the path is taken from the paper's own folder, such as `data/spending.csv`".to_owned(),
    };
    findings
        .push(Finding::error(codes::TABLE_DATA, data.span, format!("there is no file `{}`", data.value)).help(help));
    None
}

#[cfg(test)]
mod tests {
    use crate::finding::codes;
    use crate::tables::TableKind;
    use crate::tables::testing::{printed, read, table};

    const KIND: TableKind = TableKind::Spending;

    #[test]
    fn a_missing_file_suggests_the_one_that_was_meant() {
        let files = [("data/spending.csv", "item,spent\na,1\n"), ("data/crime.csv", "")];
        let helps = |path: &str| {
            let desk = read(KIND, &format!("caption: B\ndata: {path}\n"), &files);
            assert_eq!(desk.messages(), [format!("there is no file `{path}`")]);
            assert_eq!(desk.text_at(desk.findings[0].primary.span), path);
            desk.findings[0].help.clone().unwrap_or_default()
        };
        assert_eq!(helps("data/spendings.csv"), "did you mean `data/spending.csv`?");
        assert_eq!(helps("Crime.csv"), "did you mean `data/crime.csv`?");
        assert!(helps("wombat").contains("the paper's own folder"));
    }

    #[test]
    fn rows_come_from_one_place() {
        let both = read(KIND, "caption: B\ndata: a.csv\nrows: [{item: a, spent: 1}]\n", &[("a.csv", "")]);
        assert_eq!(both.messages(), ["both `data` and `rows` are given, and a table has one of them"]);
        let neither = read(KIND, "caption: B\n", &[]);
        assert_eq!(neither.findings[0].code, codes::MISSING_KEY);
        let none = read(KIND, "caption: B\nrows: []\n", &[]);
        assert_eq!(none.messages(), ["the table has no rows"]);
        let empty = read(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", "\n \n")]);
        assert_eq!(empty.messages(), ["in `a.csv`, there is nothing"]);
    }

    #[test]
    fn spreadsheets_are_read_as_they_are_saved() {
        let data = "\u{feff} Item ,Granted To,Q1,Carried over,\r\n\
                    \"Night-time\r\n economy\",\"Police, and \"\"others\"\"\", £1 ,\"1,000.50\",\r\n,,,,\r\n";
        let table = table(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", data)]);
        assert_eq!(printed(&table)[0], "Night-time economy | Police, and \"others\" | £1.00 | £1.00 | £1,000.50");
    }

    #[test]
    fn columns_nobody_knows_are_found_with_a_suggestion() {
        let data = "item,alocated,spent,spent,remaining,\na,1,2,3,4,5\nb,1,234.50,3,4,5,6\n,1,2,3,4\n";
        let desk = read(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", data)]);
        assert_eq!(
            desk.messages(),
            [
                "in `a.csv`, nobody knows the column `alocated`",
                "in `a.csv`, the column `spent` stands here a second time",
                "in `a.csv`, nobody knows the column `remaining`",
                "in `a.csv`, `5` stands in a column without a name",
                "in `a.csv`, this row has more cells than there are columns; `6` is one too many",
                "in `a.csv`, a row has nothing under `item`",
            ]
        );
        assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `allocated`?"));
        assert_eq!(desk.place(), "a.csv:1:6");
        let semicolons = read(KIND, "caption: B\ndata: a.csv\n", &[("a.csv", "item;spent\na;1\n")]);
        assert_eq!(semicolons.findings[0].help.as_deref(), Some("save the file with commas between its columns"));
    }

    #[test]
    fn rows_in_the_block_are_checked_like_those_in_a_file() {
        let block = "caption: B\nrows:\n- {item: a, spennt: 1, spent: [2]}\n- just words\n\
                     - {item: b, spent: 1, Spent: 2}\n";
        let desk = read(KIND, block, &[]);
        assert_eq!(
            desk.messages(),
            [
                "nobody knows the column `spennt`",
                "expected one figure or some words, found a list",
                "expected a row with keys and values, found `just words`",
                "the column `Spent` stands in this row a second time",
                "row `a`, column `spent`: expected pounds and pence, such as `409,728.00`, found nothing, and a figure is \
                 needed here",
            ]
        );
        assert_eq!(desk.findings[0].code, codes::UNKNOWN_KEY);
        assert_eq!(desk.findings[0].help.as_deref(), Some("did you mean `spent`?"));
    }
}
