//! The headings of a generated table: one line, or two where columns stand beneath a heading of their own.

use std::fmt::Write as _;

use crate::site::html::escape;
use crate::tables::Column;
use crate::tables::sheet::runs;

/// Writes the headings.
pub(super) fn write(columns: &[Column], out: &mut String) {
    let runs = runs(columns);
    if runs.iter().all(|run| run.group.is_none()) {
        out.push_str("<thead><tr>");
        columns.iter().for_each(|column| heading(column, "", out));
        out.push_str("</tr></thead>");
        return;
    }
    for run in &runs {
        let _ = write!(out, "<colgroup span=\"{}\"></colgroup>", run.columns.len());
    }
    out.push_str("<thead><tr>");
    for run in &runs {
        match run.group {
            Some(group) => {
                let _ = write!(
                    out,
                    "<th scope=\"colgroup\" colspan=\"{}\" class=\"over\"><span>{}</span></th>",
                    run.columns.len(),
                    escape(group)
                );
            }
            None => run.columns.iter().for_each(|column| heading(column, " rowspan=\"2\"", out)),
        }
    }
    out.push_str("</tr><tr>");
    for run in runs.iter().filter(|run| run.group.is_some()) {
        run.columns.iter().for_each(|column| heading(column, "", out));
    }
    out.push_str("</tr></thead>");
}

fn heading(column: &Column, spans: &str, out: &mut String) {
    let class = if column.format.is_figure() { " class=\"figure\"" } else { "" };
    if column.heading.is_empty() {
        // An empty cell heads nothing, and a heading without words is no heading.
        let _ = write!(out, "<td{spans}></td>");
        return;
    }
    let unit = column
        .unit
        .as_ref()
        .map_or_else(String::new, |unit| format!(" <span class=\"unit\">({})</span>", escape(unit)));
    let _ = write!(out, "<th scope=\"col\"{spans}{class}>{}{unit}</th>", escape(&column.heading));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Format;

    #[test]
    fn columns_beneath_a_heading_of_their_own_are_tied_to_it() {
        let of = |group: &str, key: &str, heading: &str| Column {
            group: Some(group.to_owned()),
            ..Column::typed(key, heading, Format::Count)
        };
        let columns = [
            Column::words("category", "Category"),
            of("2013", "count_0", "Count"),
            of("2013", "share_0", "Share"),
            of("2014", "count_1", "<Count>"),
        ];
        let mut out = String::new();
        write(&columns, &mut out);
        assert_eq!(
            out,
            "<colgroup span=\"1\"></colgroup><colgroup span=\"2\"></colgroup><colgroup span=\"1\"></colgroup>\
             <thead><tr><th scope=\"col\" rowspan=\"2\">Category</th>\
             <th scope=\"colgroup\" colspan=\"2\" class=\"over\"><span>2013</span></th>\
             <th scope=\"colgroup\" colspan=\"1\" class=\"over\"><span>2014</span></th></tr>\
             <tr><th scope=\"col\" class=\"figure\">Count</th><th scope=\"col\" class=\"figure\">Share</th>\
             <th scope=\"col\" class=\"figure\">&lt;Count&gt;</th></tr></thead>"
        );
    }
}
