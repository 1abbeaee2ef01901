//! Charts, organisation charts and flow charts: the drawing, what it shows for those who do not see it, and the same in
//! words beneath.

use super::Writer;
use crate::document::Generated;
use crate::drawing::print::{Sheet, Sort, sheet};
use crate::drawing::{Shape, chart, flow, organisation};
use crate::model::{BodyId, Flow};
use crate::record::ChartSpec;
use crate::site::routes::Routes;
use crate::tables::Table;

/// From so many pixels on a chart fills most of a page.
const TALL: u32 = 640;

/// Whether a table has a chart that fills most of a page.
pub(super) fn chart_is_tall(table: &Table) -> bool {
    let drawing = chart::chart(table, "chart", &chart::Words::default());
    drawing.and_then(|drawing| sheet(&drawing.wide, Sort::Chart)).is_some_and(|sheet| sheet.height > TALL)
}

impl Writer<'_, '_> {
    /// The chart of a table with its sentences beneath, or the sentences alone, or nothing.
    pub(super) fn chart(&mut self, generated: &Generated, table: &Table) {
        let id = format!("{}-chart", generated.anchor);
        let drawing = chart::chart(table, &id, &chart::Words::default());
        let drawn = drawing.as_ref().and_then(|drawing| sheet(&drawing.wide, Sort::Chart));
        match (drawing, drawn) {
            (Some(drawing), Some(sheet)) => {
                self.out.code("#q-chart(");
                self.out.number(generated.number);
                self.out.code(",");
                self.out.string(&table.caption);
                self.out.code(",");
                self.drawing(sheet, &table.caption, &drawing.description);
                self.out.code(",");
                match &table.shows {
                    Some(shows) => self.out.string(shows),
                    None => self.out.code("none"),
                }
                self.out.code(");");
            }
            _ => {
                if let Some(shows) = &table.shows {
                    self.out.code("#q-par(none,none,false,[");
                    self.out.words(shows);
                    self.out.code("]);");
                }
            }
        }
    }

    pub(super) fn organisation(&mut self, generated: &Generated, spec: &ChartSpec) {
        let edition = self.view.edition;
        let on = spec.on.unwrap_or(edition.now.date());
        let nodes = organisation::tree(&edition.model.bodies, spec.root.as_ref().map(|root| &root.value), on);
        let words = organisation::Words::default();
        let svg = organisation::svg(&nodes, Shape::Wide, &generated.anchor, &spec.caption, &words);
        let Some(sheet) = sheet(&svg, Sort::Boxes) else {
            self.open_drawn(generated, &spec.caption);
            self.out.code("none,[");
            self.out.words(words.nobody);
            self.out.code("]);");
            return;
        };
        let base = self.base_url;
        let href = |id: &BodyId| base.map(|base| format!("{base}{}", Routes::body(id)));
        let list = organisation::list(&nodes, &href, &words);
        self.open_drawn(generated, &spec.caption);
        self.drawing(sheet, &spec.caption, &organisation::description(&nodes, &words));
        self.out.code(",[");
        self.html(&list);
        self.out.code("]);");
    }

    pub(super) fn flow(&mut self, generated: &Generated, flow: &Flow) {
        let words = flow::Words::default();
        let svg = flow::svg(flow, &generated.anchor, &flow.caption, &words);
        self.open_drawn(generated, &flow.caption);
        match sheet(&svg, Sort::Boxes) {
            Some(sheet) => self.drawing(sheet, &flow.caption, &flow::description(flow, &words)),
            None => self.out.code("none"),
        }
        self.out.code(",[");
        self.html(&flow::list(flow, &words));
        self.out.code("]);");
    }

    /// `#q-drawn(1,label("…"),"…",`.
    fn open_drawn(&mut self, generated: &Generated, caption: &str) {
        self.out.code("#q-drawn(");
        self.out.number(generated.number);
        self.out.code(",");
        self.address(Some(&generated.anchor));
        self.out.code(",");
        self.out.string(caption);
        self.out.code(",");
    }

    /// `q-drawing("/made-1.svg","…",720,300)`.
    fn drawing(&mut self, sheet: Sheet, title: &str, description: &str) {
        let name = self.files.made("svg", sheet.svg.into_bytes());
        self.out.code("q-drawing(");
        self.out.string(&name);
        self.out.code(",");
        self.out.string(&format!("{}. {description}", title.trim_end_matches('.')));
        self.out.code(",");
        self.out.number(sheet.width);
        self.out.code(",");
        self.out.number(sheet.height);
        self.out.code(")");
    }
}
