//! What stands beneath a generated table: its source, notes, symbols and files.

use std::fmt::Write as _;

use super::Shown;
use crate::figures;
use crate::figures::size_in_words;
use crate::record::table_files::{CSV, DESCRIPTION};
use crate::site::html::{Anchors, Writer, escape};
use crate::site::routes::Routes;
use crate::tables::sheet::MOST_ROWS;

impl Writer<'_> {
    /// Everything beneath a table, in an order of its own: what a reader needs for the figures comes first.
    pub(super) fn beneath(&self, shown: &Shown<'_>, out: &mut String) {
        let mut inner = String::new();
        let table = shown.sheet.table;
        if let Some(all) = shown.sheet.cut_from() {
            let count = |count: usize| figures::number(count.into(), 0);
            let (most, all) = (count(MOST_ROWS), count(all));
            let _ =
                write!(inner, "<p>The first {most} of {all} rows are shown here. The CSV file has all of them.</p>");
        }
        if let Some(source) = &table.source {
            let _ = write!(inner, "<p>Source: {}</p>", escape(source));
        }
        self.notes(shown, &mut inner);
        legend(shown, &mut inner);
        self.downloads(shown, &mut inner);
        if !inner.is_empty() {
            let _ = write!(out, "<div class=\"table-notes\">{inner}</div>");
        }
    }

    fn notes(&self, shown: &Shown<'_>, out: &mut String) {
        if shown.sheet.table.notes.is_empty() {
            return;
        }
        out.push_str("<ol>");
        for (index, note) in shown.sheet.table.notes.iter().enumerate() {
            let id = self.id(&format!("{}-note-{}", shown.generated.anchor, index + 1));
            let _ = write!(out, "<li{id}>{}</li>", escape(note));
        }
        out.push_str("</ol>");
    }

    /// The table's files, where this edition has them. A table that is quoted has them where it is quoted from.
    fn downloads(&self, shown: &Shown<'_>, out: &mut String) {
        if self.anchors == Anchors::Quoted {
            return;
        }
        let link = |path: &str, words: &str, format: &str| {
            let size = self.sizes.of(path)?;
            let href = Routes::file(path);
            Some(format!("<a href=\"{}{}\">{words}</a> ({format}, {})", self.root, href, size_in_words(size)))
        };
        let number = shown.generated.number;
        let file = self.paper.table_file(shown.generated, shown.sheet.table);
        let of = format!("<span class=\"visually-hidden\"> of table {number}</span>");
        let links: Vec<String> = [
            link(&format!("{file}{CSV}"), &format!("figures{of}"), "CSV"),
            link(&format!("{file}{DESCRIPTION}"), &format!("description of the figures{of}"), "JSON"),
            link(&self.paper.tables_spreadsheet(), "all tables of this paper", "XLSX"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !links.is_empty() {
            let _ = write!(out, "<p class=\"downloads screen-only\">Download: {}</p>", links.join(", "));
        }
    }
}

/// The symbols that are used, and what they mean.
fn legend(shown: &Shown<'_>, out: &mut String) {
    let legend = shown.sheet.table.legend();
    if legend.is_empty() {
        return;
    }
    out.push_str("<p class=\"legend-word\">Symbols</p><dl class=\"legend\">");
    for (symbol, meaning) in legend {
        let _ = write!(out, "<div><dt>{}</dt><dd>{}</dd></div>", escape(&symbol), escape(&meaning));
    }
    out.push_str("</dl>");
}
