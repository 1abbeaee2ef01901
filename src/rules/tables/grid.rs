//! A table written in Markdown as rows of cells that know what they are and where they stand.

use super::figure::Printed;
use crate::document::{Block, Document, TextTable, plain};
use crate::model::Status;
use crate::record::Paper;
use crate::rules::PaperInHand;
use crate::tables::{RowRole, Table};
use crate::text::{Source, Span};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing.
    Nothing,
    /// A figure.
    Figure(Printed),
    /// A count that is kept back: the greatest that it can be, if the sign says so, as `<5` does.
    Suppressed(Option<u32>),
    /// Words, or a sign that says that there is no figure.
    Words,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its words, without marks.
    pub text: String,
    /// What it holds.
    pub holds: Holds,
    /// Where it stands.
    pub span: Span,
}

impl Cell {
    fn new(text: &str, span: Span) -> Self {
        let trimmed = text.trim();
        let holds = if trimmed.is_empty() {
            Holds::Nothing
        } else if let Some(figure) = Printed::read(trimmed) {
            Holds::Figure(figure)
        } else if trimmed.eq_ignore_ascii_case("[c]") {
            Holds::Suppressed(None)
        } else if let Some(limit) = trimmed.strip_prefix('<').and_then(|limit| limit.trim().parse::<u32>().ok()) {
            limit.checked_sub(1).filter(|most| *most > 0).map_or(Holds::Words, |most| Holds::Suppressed(Some(most)))
        } else {
            Holds::Words
        };
        Self { holds, span, text: trimmed.to_owned() }
    }

    /// Its figure.
    pub(super) fn figure(&self) -> Option<Printed> {
        match self.holds {
            Holds::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// Its figure, if it can be added up with others: no percentage.
    pub(super) fn plain_figure(&self) -> Option<Printed> {
        self.figure().filter(|figure| !figure.percent)
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridRow {
    /// Its cells, as many as the table has columns.
    pub cells: Vec<Cell>,
    /// What part it plays.
    pub role: Role,
}

/// What part a row plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Figures.
    Body,
    /// Words alone: the heading of a group.
    Heading,
    /// A sum of rows above.
    Total(Total),
}

/// Which rows a row of totals sums up, by what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Total {
    /// "Sub-total": those since the last one.
    Group,
    /// "Grand total": all.
    Everything,
    /// "Total", "Together", "All": either.
    Either,
}

impl GridRow {
    /// The words in its first cell.
    pub(super) fn name(&self) -> &str {
        self.cells.first().map_or("", |cell| cell.text.as_str())
    }

    /// Whether it is a sum of rows above.
    pub(super) fn is_total(&self) -> bool {
        matches!(self.role, Role::Total(_))
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Grid {
    /// The headings of the columns.
    pub(super) head: Vec<String>,
    /// The rows beneath.
    pub(super) rows: Vec<GridRow>,
    /// Its caption; empty if it has none.
    pub(super) caption: String,
    /// "Table 2" is 2; only a table with a caption has a number.
    pub(super) number: Option<u32>,
    /// Where it stands.
    pub(super) span: Span,
}

/// The tables that are written in a paper. A text issued again is looked at where it was first issued, and a paper that was
/// withdrawn no longer says anything.
pub(super) fn grids<'p>(paper: &'p PaperInHand<'_>) -> &'p [Grid] {
    paper.grids.get_or_init(|| read(paper))
}

fn read(paper: &PaperInHand<'_>) -> Vec<Grid> {
    if !is_looked_at(paper) {
        return Vec::new();
    }
    of_paper(paper.paper, paper.context.source(paper.paper), |_| true)
}

/// Those of a paper's written tables that are wanted.
pub(super) fn of_paper(paper: &Paper, source: &Source, wanted: impl Fn(&TextTable) -> bool) -> Vec<Grid> {
    let mut tables = written(&paper.text.document);
    tables.retain(|table| wanted(table));
    tables.into_iter().map(|table| Grid::new(table, source)).collect()
}

/// The tables that are written in a text.
pub(super) fn written(document: &Document) -> Vec<&TextTable> {
    let mut tables = Vec::new();
    collect(document, &mut tables);
    tables
}

/// Whether a paper's own figures are looked at.
pub(super) fn is_looked_at(paper: &PaperInHand<'_>) -> bool {
    paper.paper.text_from == paper.paper.id && paper.paper.head.common.status != Status::Withdrawn
}

fn collect<'d>(document: &'d Document, tables: &mut Vec<&'d TextTable>) {
    fn walk<'d>(blocks: &'d [Block], tables: &mut Vec<&'d TextTable>) {
        for block in blocks {
            match block {
                Block::Table(table) => tables.push(table),
                Block::Quote(blocks) => walk(blocks, tables),
                Block::List(list) => list.items.iter().for_each(|item| walk(&item.blocks, tables)),
                Block::Decision(decision) => walk(&decision.blocks, tables),
                _ => {}
            }
        }
    }
    walk(&document.blocks, tables);
    document.footnotes.iter().for_each(|footnote| walk(&footnote.blocks, tables));
}

impl Grid {
    fn new(table: &TextTable, source: &Source) -> Self {
        let places = Places::new(table.span, source);
        let columns = table.head.len();
        let head: Vec<String> = table.head.iter().map(|cell| plain(cell).trim().to_owned()).collect();
        let rows = table
            .rows
            .iter()
            .enumerate()
            .map(|(index, row)| {
                let spans = places.cells(index + 2);
                let cells: Vec<Cell> = (0..columns)
                    .map(|column| {
                        let text = row.get(column).map(|cell| plain(cell)).unwrap_or_default();
                        Cell::new(&text, spans.get(column).copied().unwrap_or(table.span))
                    })
                    .collect();
                GridRow { role: role(&cells), cells }
            })
            .collect();
        Self { head, rows, caption: plain(&table.caption), number: table.number, span: table.span }
    }

    /// A table that is made from data, as it is printed.
    pub(super) fn of(table: &Table) -> Self {
        let head = table.columns.iter().map(|column| match &column.group {
            Some(group) => format!("{group} {}", column.heading),
            None => column.heading.clone(),
        });
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().zip(&table.columns);
            let cells: Vec<Cell> =
                cells.map(|(cell, column)| Cell::new(&cell.value.printed(column.format), table.span)).collect();
            let role = match row.role {
                RowRole::Body | RowRole::Own => role(&cells),
                RowRole::Group | RowRole::Average => Role::Heading,
                RowRole::Subtotal => Role::Total(Total::Group),
                RowRole::Total => Role::Total(Total::Everything),
            };
            GridRow { cells, role }
        });
        let (head, rows) = (head.collect(), rows.collect());
        Self { head, rows, caption: table.caption.clone(), number: None, span: table.span }
    }

    /// How many columns there are.
    pub(super) fn columns(&self) -> usize {
        self.head.len()
    }

    /// The heading of a column.
    pub(super) fn heading(&self, column: usize) -> &str {
        self.head.get(column).map_or("", String::as_str)
    }

    /// A cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row).and_then(|row| row.cells.get(column))
    }

    /// Whether figures may have been rounded before they were added up: the heading or the caption says so.
    pub(super) fn is_rounded(&self, column: usize) -> bool {
        let heading = self.heading(column).to_lowercase();
        let caption = self.caption.to_lowercase();
        ["000", "thousand", "million", "£m", "£k", "rounded"].iter().any(|word| heading.contains(word))
            || ["rounded", "£000", "thousands", "millions", "nearest"].iter().any(|word| caption.contains(word))
    }

    /// Whether the figures of a column are of a sort that cannot be added up: percentages, rates, averages, ages, years.
    pub(super) fn is_no_sum(&self, column: usize) -> bool {
        const SORTS: &[&str] = &[
            "percentage",
            "percent",
            "cent",
            "share",
            "rate",
            "rates",
            "average",
            "mean",
            "median",
            "score",
            "scores",
            "ratio",
            "age",
            "index",
            "rank",
            "ranking",
            "target",
            "cumulative",
            "running",
            "balance",
            "date",
            "year",
            "years",
            "per",
            "proportion",
            "change",
            "each",
            "unit",
            "price",
            "position",
            "place",
            "ref",
            "reference",
            "highest",
            "lowest",
            "maximum",
            "minimum",
            "max",
            "min",
            "threshold",
            "baseline",
            "tolerance",
            "level",
        ];
        let heading = self.heading(column).to_lowercase();
        heading.contains('%') || heading.split(|c: char| !c.is_alphanumeric()).any(|word| SORTS.contains(&word))
    }
}

/// What part a row plays, by its words: those of every cell that holds no figure, as in "Statutory | All | 8".
fn role(cells: &[Cell]) -> Role {
    if cells.iter().skip(1).all(|cell| cell.holds == Holds::Nothing) {
        return Role::Heading;
    }
    let total = cells.iter().filter(|cell| cell.holds == Holds::Words).find_map(|cell| total(&cell.text));
    total.map_or(Role::Body, Role::Total)
}

/// Whether words call a row a sum.
pub(super) fn total(words: &str) -> Option<Total> {
    let words = words.trim().trim_end_matches(':').to_lowercase().replace('-', " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(match words.as_str() {
        "sub total" | "subtotal" | "sub totals" | "subtotals" => Total::Group,
        "grand total" | "overall total" => Total::Everything,
        "total" | "totals" | "in total" | "all" | "together" | "all together" | "altogether" => Total::Either,
        _ => return None,
    })
}

/// Where the cells of a table stand in its file.
struct Places<'s> {
    table: Span,
    lines: Vec<(usize, &'s str)>,
}

impl<'s> Places<'s> {
    fn new(table: Span, source: &'s Source) -> Self {
        let mut at = table.range().start;
        let text = source.text.get(table.range()).unwrap_or("");
        let lines = text
            .split_inclusive('\n')
            .map(|line| {
                let start = at;
                at += line.len();
                (start, line.trim_end())
            })
            .collect();
        Self { table, lines }
    }

    /// The cells of a line, without the blanks around them; a bar behind a backslash divides none.
    fn cells(&self, line: usize) -> Vec<Span> {
        let Some((start, line)) = self.lines.get(line) else { return Vec::new() };
        let from = line.find(|c: char| !c.is_whitespace() && c != '>').unwrap_or(0);
        let from = from + usize::from(line.as_bytes().get(from) == Some(&b'|'));
        let mut cells = Vec::new();
        let mut open = from;
        let mut escaped = false;
        for (at, byte) in line.bytes().enumerate().skip(from).chain([(line.len(), b'|')]) {
            if byte == b'|' && !escaped {
                let words = line.get(open..at).unwrap_or("");
                let first = open + words.len() - words.trim_start().len();
                let first = first.min(at);
                cells.push(Span::new(self.table.source, start + first..start + first + words.trim().len()));
                open = at + 1;
            }
            escaped = byte == b'\\' && !escaped;
        }
        cells
    }
}
