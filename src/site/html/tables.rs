//! Tables: those written in Markdown, and those generated from data.

use std::fmt::Write as _;

use super::{Writer, escape};
use crate::document::{Alignment, Generated, TextTable, plain};
use crate::tables::{CellValue, Row, RowRole, Table};

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

    pub(super) fn table(&self, generated: &Generated, table: &Table, out: &mut String) {
        let anchor = &generated.anchor;
        let caption_id = self.anchor(&format!("{anchor}-caption"));
        let _ = write!(
            out,
            "<div class=\"table-block\"><section class=\"table-scroll\" aria-labelledby=\"{caption_id}\" tabindex=\"0\">\
             <table class=\"generated\"{}><caption id=\"{caption_id}\"><span class=\"caption\"><a class=\"number\" href=\"{}\">Table {}</a> {}</span></caption>\
             <thead><tr>",
            self.id(anchor),
            self.here(anchor),
            generated.number,
            escape(&table.caption)
        );
        for column in &table.columns {
            let class = if column.format.is_figure() { " class=\"figure\"" } else { "" };
            let unit = column
                .unit
                .as_ref()
                .map_or_else(String::new, |unit| format!(" <span class=\"unit\">({})</span>", escape(unit)));
            let _ = write!(out, "<th scope=\"col\"{class}>{}{unit}</th>", escape(&column.heading));
        }
        out.push_str("</tr></thead>");
        let mut open = false;
        for row in &table.rows {
            let starts_group = row.role == RowRole::Group || (row.role == RowRole::Total && open);
            if starts_group || !open {
                out.push_str(if open { "</tbody><tbody>" } else { "<tbody>" });
                open = true;
            }
            self.row(anchor, table, row, out);
        }
        out.push_str(if open { "</tbody></table></section>" } else { "<tbody></tbody></table></section>" });
        if table.source.is_some() || !table.notes.is_empty() {
            out.push_str("<div class=\"table-notes\">");
            if let Some(source) = &table.source {
                let _ = write!(out, "<p>Source: {}</p>", escape(source));
            }
            if !table.notes.is_empty() {
                out.push_str("<ol>");
                for (index, note) in table.notes.iter().enumerate() {
                    let _ =
                        write!(out, "<li{}>{}</li>", self.id(&format!("{anchor}-note-{}", index + 1)), escape(note));
                }
                out.push_str("</ol>");
            }
            out.push_str("</div>");
        }
        out.push_str("</div>");
    }

    fn row(&self, anchor: &str, table: &Table, row: &Row, out: &mut String) {
        let class = match row.role {
            RowRole::Group => {
                let words =
                    row.cells.first().map_or_else(String::new, |cell| cell.printed(crate::tables::Format::Words));
                let _ = write!(
                    out,
                    "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>",
                    table.columns.len(),
                    escape(&words)
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
        for (index, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            let words = escape(&cell.printed(column.format));
            let mut class = if column.format.is_figure() { "figure".to_owned() } else { String::new() };
            let mut mark = String::new();
            if cell.computed_instead.is_some() {
                class.push_str(" as-stated");
                if let Some(note) = cell.note {
                    mark = format!(" <a href=\"{}\">[note {note}]</a>", self.here(&format!("{anchor}-note-{note}")));
                }
            }
            if let CellValue::Figure(value) = &cell.value
                && value.is_sign_negative()
                && !value.is_zero()
            {
                class.push_str(" negative");
            }
            let class = if class.is_empty() { String::new() } else { format!(" class=\"{}\"", class.trim()) };
            if index == 0 {
                let _ = write!(out, "<th scope=\"row\">{words}</th>");
            } else {
                let _ = write!(out, "<td{class}>{words}{mark}</td>");
            }
        }
        out.push_str("</tr>");
    }
}
