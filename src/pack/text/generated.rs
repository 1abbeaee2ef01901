//! What is generated from data: tables, charts and diagrams.

use super::Writer;
use crate::document::Generated;

impl Writer<'_, '_> {
    pub(super) fn generated(&mut self, generated: &Generated) {
        self.out.at(generated.span);
        self.out.code("#q-par(none,");
        self.address(Some(&generated.anchor));
        self.out.code(",false,[");
        self.out.words(&format!("Table {}", generated.number));
        self.out.code("]);");
    }
}
