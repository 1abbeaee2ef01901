//! Tables: those written in Markdown, and those generated from data.

mod beneath;
mod head;

use std::fmt::Write as _;

use super::{Writer, escape};
use crate::document::{Alignment, Generated, Inline, TextTable, plain};
use crate::tables::sheet::{Heading, Sheet, entries, role_in_words};
use crate::tables::{At, Cell, CellValue, Row, RowRole, Table};

/// From so many rows on a table scrolls beneath its headings. Fewer are read in one go, and a page that scrolls is easier
/// to handle than a table that does.
const LONG: usize = 40;
/// From so many columns on a table is printed on paper laid crosswise.
const WIDE: usize = 9;
/// From so many columns on no paper is wide enough, and figures go over several lines.
const WIDEST: usize = 17;

/// The most characters after a figure for which a column keeps room.
const MOST_AFTER: usize = 24;

/// A generated table that is being written.
struct Shown<'t> {
    generated: &'t Generated,
    sheet: Sheet<'t>,
    /// For each column, how many characters stand after its longest figure: they have their own place, so that the
    /// figures line up.
    after: Vec<usize>,
}

impl Writer<'_> {
    pub(super) fn text_table(&self, table: &TextTable, out: &mut String) {
        let caption_id = self.anchor(&format!("{}-caption", table.anchor));
        let label = if table.number.is_some() {
            format!("aria-labelledby=\"{caption_id}\"")
        } else {
            let headings: Vec<String> =
                table.head.iter().map(|cell| plain(cell)).filter(|words| !words.is_empty()).collect();
            format!("aria-label=\"{}\"", escape(&format!("Table of {}", headings.join(", "))))
        };
        let _ = write!(
            out,
            "<div class=\"table-block\"><section class=\"table-scroll\" {label} tabindex=\"0\"><table{}>",
            self.id(&table.anchor)
        );
        if let Some(number) = table.number {
            let _ = write!(
                out,
                "<caption id=\"{caption_id}\"><span class=\"caption\"><a class=\"number\" href=\"{}\">Table {number}</a> {}</span></caption>",
                self.here(&table.anchor),
                self.line(&table.caption)
            );
        }
        let class = |index: usize| match table.alignments.get(index) {
            Some(Alignment::End) => " class=\"end\"",
            Some(Alignment::Centre) => " class=\"centre\"",
            _ => "",
        };
        out.push_str("<thead><tr>");
        for (index, cell) in table.head.iter().enumerate() {
            if cell.is_empty() {
                // An empty cell heads nothing, and a heading without words is no heading.
                out.push_str("<td></td>");
            } else {
                let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(index), self.line(cell));
            }
        }
        out.push_str("</tr></thead><tbody>");
        for row in &table.rows {
            out.push_str("<tr>");
            for (index, cell) in row.iter().enumerate() {
                let _ = write!(out, "<td{}>{}</td>", class(index), self.line(cell));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></section></div>");
    }
}

impl Writer<'_> {
    /// A generated table.
    pub(super) fn table(&self, generated: &Generated, table: &Table, out: &mut String) {
        let shown = Shown::new(generated, table);
        let sheet = &shown.sheet;
        let anchor = &generated.anchor;
        let caption_id = self.anchor(&format!("{anchor}-caption"));
        // Between rows that have texts beneath them, headings have no columns to stand above.
        let long = if sheet.shown.len() >= LONG && !sheet.has_narratives() { " long" } else { "" };
        let wide = match table.columns.len() {
            0..WIDE => "",
            WIDE..WIDEST => " wide",
            _ => " wide widest",
        };
        let _ = write!(
            out,
            "<div class=\"table-block{wide}\"><section class=\"table-scroll{long}\" aria-labelledby=\"{caption_id}\" tabindex=\"0\">\
             <table class=\"generated\"{}><caption id=\"{caption_id}\"><span class=\"caption\"><a class=\"number\" href=\"{}\">Table {}</a> {}</span></caption>",
            self.id(anchor),
            self.here(anchor),
            generated.number,
            escape(&table.caption)
        );
        head::write(sheet.columns(), out);
        let mut open = false;
        for (index, row) in sheet.rows() {
            let starts_group = row.role == RowRole::Group
                || (row.role == RowRole::Total && open)
                || matches!(sheet.heading(index, 0), Some(Heading::Begins(_)));
            if starts_group || !open {
                out.push_str(if open { "</tbody><tbody>" } else { "<tbody>" });
                open = true;
            }
            self.row(&shown, index, row, out);
        }
        out.push_str(if open { "</tbody></table></section>" } else { "<tbody></tbody></table></section>" });
        self.beneath(&shown, out);
        out.push_str("</div>");
    }

    fn row(&self, shown: &Shown<'_>, index: usize, row: &Row, out: &mut String) {
        let sheet = &shown.sheet;
        let table = sheet.table;
        let class = match row.role {
            RowRole::Group => {
                let _ = write!(
                    out,
                    "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{}\"><span>{}</span></th></tr>",
                    sheet.beside,
                    escape(row.name())
                );
                return;
            }
            RowRole::Body => "",
            RowRole::Own => " class=\"own\"",
            RowRole::Average => " class=\"average\"",
            RowRole::Subtotal => " class=\"subtotal\"",
            RowRole::Total => " class=\"total\"",
        };
        let _ = write!(out, "<tr{class}>");
        let headings = table.row_headings.max(1);
        self.row_headings(shown, index, row, headings, out);
        for (column, cell) in row.cells.iter().enumerate().take(sheet.beside).skip(headings) {
            self.cell(shown, At::new(index, column), cell, out);
        }
        out.push_str("</tr>");
        for cell in row.cells.iter().skip(sheet.beside) {
            self.narrative(shown, cell, out);
        }
    }

    /// The text that belongs to a row, beneath it.
    fn narrative(&self, shown: &Shown<'_>, cell: &Cell, out: &mut String) {
        let CellValue::Narrative(number) = cell.value else { return };
        let Some(narrative) = shown.generated.narratives.get(number) else { return };
        let _ = write!(
            out,
            "<tr class=\"narrative\"><td colspan=\"{}\"><div class=\"narrative-text\">{}</div></td></tr>",
            shown.sheet.beside,
            self.blocks(&narrative.blocks)
        );
    }

    /// The cells that head a row.
    fn row_headings(&self, shown: &Shown<'_>, index: usize, row: &Row, headings: usize, out: &mut String) {
        for (column, cell) in row.cells.iter().take(headings).enumerate() {
            let is_sum = !matches!(row.role, RowRole::Body | RowRole::Own);
            match shown.sheet.heading(index, column) {
                Some(Heading::Goes) => continue,
                // The one heading of a sum is as wide as those of the rows above.
                Some(_) if is_sum && column > 0 => continue,
                Some(_) if is_sum => {
                    let _ = write!(out, "<th scope=\"row\" colspan=\"{headings}\">");
                }
                Some(Heading::Begins(rows)) => {
                    let scope = if column == 0 { "rowgroup" } else { "row" };
                    let span = if rows > 1 { format!(" rowspan=\"{rows}\"") } else { String::new() };
                    let _ = write!(out, "<th scope=\"{scope}\"{span}>");
                }
                None if matches!(cell.value, CellValue::Empty) => {
                    out.push_str("<td></td>");
                    continue;
                }
                None => out.push_str("<th scope=\"row\">"),
            }
            self.content(shown, At::new(index, column), cell, out);
            if let (Some(role), 0) = (role_in_words(row), column) {
                let _ = write!(out, " <span class=\"role\">({role})</span>");
            }
            out.push_str("</th>");
        }
    }

    fn cell(&self, shown: &Shown<'_>, at: At, cell: &Cell, out: &mut String) {
        let sheet = &shown.sheet;
        let figures = sheet.table.columns.get(at.column).is_some_and(|column| column.format.is_figure());
        let negative = cell.as_figure().is_some_and(|value| value.is_sign_negative() && !value.is_zero());
        let classes = [("figure", figures), ("as-stated", cell.computed_instead.is_some()), ("negative", negative)];
        let classes: Vec<&str> = classes.iter().filter(|(_, holds)| *holds).map(|(class, _)| *class).collect();
        let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let _ = write!(out, "<td{class}");
        if let Some(heads) = sheet.table.columns.get(at.column).filter(|_| sheet.has_narratives()) {
            // A small screen shows such rows one below the other, and names the columns in each.
            let _ = write!(out, " data-column=\"{}\"", escape(&heads.heading));
        }
        out.push('>');
        self.content(shown, at, cell, out);
        out.push_str("</td>");
    }

    /// What stands in a cell, and behind a figure what stands after it.
    fn content(&self, shown: &Shown<'_>, at: At, cell: &Cell, out: &mut String) {
        let sheet = &shown.sheet;
        let Some(column) = sheet.table.columns.get(at.column) else { return };
        match &cell.value {
            CellValue::Linked(text, reference) => {
                self.reference(reference, &[Inline::Text(text.clone())], out);
            }
            value => out.push_str(&words(value, &value.printed(column.format))),
        }
        let mut note_ref = String::new();
        let after = escape(&sheet.after(at, cell));
        if let Some(note) = cell.note {
            let href = self.here(&format!("{}-note-{note}", shown.generated.anchor));
            note_ref = format!(" <a class=\"note-ref\" href=\"{href}\">[note {note}]</a>");
        }
        let room = shown.after.get(at.column).copied().unwrap_or(0);
        if column.format.is_figure() && room > 0 {
            // A style sheet has one class for each two characters: a page has no styles of its own.
            let room = room.next_multiple_of(2).min(MOST_AFTER);
            let _ = write!(out, "<span class=\"after after-{room}\">{after}</span>");
        } else {
            out.push_str(&after);
        }
        out.push_str(&note_ref);
    }
}

impl<'t> Shown<'t> {
    fn new(generated: &'t Generated, table: &'t Table) -> Self {
        let sheet = Sheet::new(table);
        let mut after = vec![0; table.columns.len()];
        for (index, row) in sheet.rows() {
            for (column, (cell, after)) in row.cells.iter().zip(&mut after).enumerate() {
                let text = sheet.after(At::new(index, column), cell);
                *after = text.chars().count().max(*after);
            }
        }
        Self { generated, sheet, after }
    }
}

/// The words of a cell: several lines are a list.
fn words(value: &CellValue, printed: &str) -> String {
    let Some(entries) = entries(value, printed) else { return escape(printed) };
    let entries: Vec<String> = entries.iter().map(|entry| format!("<li>{}</li>", escape(entry))).collect();
    format!("<ul>{}</ul>", entries.concat())
}
