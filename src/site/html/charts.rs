//! The chart above a table, and what the table shows in words.

use std::fmt::Write as _;

use super::{Anchors, Writer};
use crate::document::Generated;
use crate::drawing::chart::{self, Words};
use crate::tables::Table;
use crate::text::markup::escape;

impl Writer<'_> {
    /// The chart with its sentences beneath, or the sentences alone, or nothing.
    ///
    /// A quoted text has no addresses, which a drawing needs to be named by; its sentences are there.
    pub(super) fn chart(&self, generated: &Generated, table: &Table, out: &mut String) {
        let id = self.anchor(&format!("{}-chart", generated.anchor));
        let drawing = match self.anchors {
            Anchors::Quoted => None,
            Anchors::Own | Anchors::Prefixed(_) => chart::chart(table, &id, &Words::default()),
        };
        let shows = table.shows.as_deref().map(escape);
        match (drawing, shows) {
            (Some(drawing), shows) => {
                let _ = write!(
                    out,
                    "<figure class=\"chart\" id=\"{id}\"><p class=\"chart-title\"><a class=\"number\" href=\"{}\">Table {}</a> \
                     as a chart: {}</p><div class=\"chart-wide\">{}</div><div class=\"chart-narrow\" hidden>{}</div>",
                    self.here(&generated.anchor),
                    generated.number,
                    escape(&table.caption),
                    drawing.wide,
                    drawing.narrow
                );
                if let Some(shows) = shows {
                    let _ = write!(out, "<figcaption>{shows}</figcaption>");
                }
                out.push_str("</figure>");
            }
            (None, Some(shows)) => {
                let _ = write!(out, "<p class=\"shows\">{shows}</p>");
            }
            (None, None) => {}
        }
    }
}
