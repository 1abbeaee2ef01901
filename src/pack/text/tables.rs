//! Tables written in Markdown.

use super::Writer;
use crate::document::{Alignment, TextTable};

impl Writer<'_, '_> {
    pub(super) fn text_table(&mut self, table: &TextTable) {
        self.out.at(table.span);
        self.out.code("#q-text-table(");
        match table.number {
            Some(number) => self.out.string(&format!("Table {number}")),
            None => self.out.code("none"),
        }
        self.out.code(",");
        self.line(&table.caption);
        self.out.code(",");
        self.address(Some(&table.anchor));
        self.out.code(",(");
        for index in 0..table.head.len() {
            self.out.code(match table.alignments.get(index) {
                Some(Alignment::End) => "right,",
                Some(Alignment::Centre) => "center,",
                _ => "left,",
            });
        }
        self.out.code("),(");
        for cell in &table.head {
            self.line(cell);
            self.out.code(",");
        }
        self.out.code("),(");
        for row in &table.rows {
            self.out.code("(");
            for cell in row {
                self.line(cell);
                self.out.code(",");
            }
            self.out.code("),");
        }
        self.out.code("));");
    }
}
