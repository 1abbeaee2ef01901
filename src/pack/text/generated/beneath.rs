//! What stands beneath a generated table: its source, notes and symbols, in the order of the page.

use crate::document::Generated;
use crate::figures;
use crate::pack::text::Writer;
use crate::tables::sheet::{MOST_ROWS, Sheet};

impl Writer<'_, '_> {
    /// Everything beneath a table; nothing where there is nothing to say.
    pub(super) fn beneath(&mut self, generated: &Generated, sheet: &Sheet<'_>) {
        let count = |count: usize| figures::number(count.into(), 0);
        if let Some(all) = sheet.cut_from() {
            self.out.code("#q-rows-shown(");
            self.out.string(&count(MOST_ROWS));
            self.out.code(",");
            self.out.string(&count(all));
            self.out.code(");");
        }
        if let Some(source) = &sheet.table.source {
            self.out.code("#q-source(");
            self.out.string(source);
            self.out.code(");");
        }
        if !sheet.table.notes.is_empty() {
            self.out.code("#q-table-notes(");
            for (index, note) in sheet.table.notes.iter().enumerate() {
                self.out.code("(");
                self.out.label(&self.note_label(generated, index + 1));
                self.out.code(",");
                self.out.string(note);
                self.out.code("),");
            }
            self.out.code(");");
        }
        let legend = sheet.table.legend();
        if !legend.is_empty() {
            self.out.code("#q-legend(");
            for (symbol, meaning) in legend {
                self.out.code("(");
                self.out.string(&symbol);
                self.out.code(",");
                self.out.string(&meaning);
                self.out.code("),");
            }
            self.out.code(");");
        }
    }
}
