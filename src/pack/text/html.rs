//! HTML that stands in a text: what is left of it after cleaning.

use super::Writer;

impl Writer<'_, '_> {
    pub(super) fn html(&mut self, html: &str) {
        self.out.code("#q-par(none,none,false,[");
        self.out.words(html);
        self.out.code("]);");
    }
}
