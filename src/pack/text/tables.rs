//! Tables: how they are set, and those written in Markdown.

pub(super) mod columns;
pub(super) mod ink;

use super::super::typefaces::Face;
use super::Writer;
use crate::document::{Alignment, Block, Inline, TextTable};
use crate::record::GeneratedContent;
use columns::{Column, Content, POINT, Setting};
use ink::Ink;

/// How wide the mark of a footnote is for each of its digits, in thousandths of the letters' size.
const NOTE_MARK: u32 = 400;

impl Writer<'_, '_> {
    /// Whether a block is a table that needs a page which is turned.
    pub(super) fn is_turned(&self, block: &Block) -> bool {
        match block {
            Block::Table(table) => self.measure(table).set(self.depth).is_turned,
            Block::Generated(generated) => match self.paper.text.generated.get(&generated.anchor) {
                Some(GeneratedContent::Table(table)) => self.set(table).is_turned,
                _ => false,
            },
            _ => false,
        }
    }

    /// Says on which page a table stands, and what it shows.
    pub(super) fn elsewhere(&mut self, block: &Block) {
        let (number, anchor) = match block {
            Block::Table(table) => (table.number, &table.anchor),
            Block::Generated(generated) => {
                if let Some(GeneratedContent::Table(table)) = self.paper.text.generated.get(&generated.anchor) {
                    self.chart(generated, table);
                }
                (Some(generated.number), &generated.anchor)
            }
            _ => return,
        };
        self.out.code("#q-table-elsewhere(");
        self.numeral(number);
        self.out.code(",");
        self.out.label(&format!("{}:{anchor}", self.key));
        self.out.code(");\n");
    }

    /// Tables on pages that are turned.
    pub(super) fn turned(&mut self, blocks: &[&Block]) {
        if blocks.is_empty() {
            return;
        }
        self.out.code("#q-turned(");
        self.out.string(self.key);
        self.out.code(",[");
        for block in blocks {
            match block {
                Block::Table(table) => self.text_table(table),
                Block::Generated(generated) => {
                    if let Some(GeneratedContent::Table(table)) = self.paper.text.generated.get(&generated.anchor) {
                        self.table(generated, table);
                    }
                }
                _ => {}
            }
        }
        self.out.code("]);\n");
        self.ends_turned = true;
    }

    /// A table written in Markdown.
    pub(super) fn text_table(&mut self, table: &TextTable) {
        self.out.at(table.span);
        let setting = self.measure(table).set(self.depth);
        self.open_table(table.number, &table.anchor, |writer| writer.line(&table.caption));
        // A footnote in a heading that is repeated would be printed again and again.
        let is_noted = table.head.iter().flatten().any(has_note);
        self.setting(&setting, !is_noted, None);
        self.out.code("(");
        for (index, cell) in table.head.iter().enumerate() {
            self.out.code(if cell.is_empty() { "q-no-head(1,1)," } else { "q-head(\"col\",1,1," });
            if !cell.is_empty() {
                self.aligned(table, index);
                self.out.code(",");
                self.line(cell);
                self.out.code("),");
            }
        }
        self.out.code("),(");
        for (index, row) in table.rows.iter().enumerate() {
            let is_tall = setting.tall.get(index).copied().unwrap_or(false);
            // The last row is not alone on its page. What is held cannot break.
            let is_held = index + 2 == table.rows.len() && index > 1 && !setting.is_whole && !is_tall;
            self.out.code(if is_held { "q-row-held(" } else { "q-row(" });
            for (column, cell) in row.iter().enumerate().take(table.head.len()) {
                self.out.code("q-cell(\"body\",");
                self.aligned(table, column);
                self.out.code(",");
                self.out.truth(is_tall);
                self.out.code(",");
                self.line(cell);
                self.out.code("),");
            }
            self.out.code("),");
        }
        self.out.code("),[]);");
    }

    fn aligned(&mut self, table: &TextTable, column: usize) {
        self.out.code(match table.alignments.get(column) {
            Some(Alignment::End) => "right",
            Some(Alignment::Centre) => "center",
            _ => "left",
        });
    }

    fn measure(&self, table: &TextTable) -> Content {
        let column = |index: usize| Column {
            head: self.ink(table.head.get(index).map_or(&[], Vec::as_slice), Face::Bold),
            cells: table.rows.iter().map(|row| row.get(index).map(|cell| self.ink(cell, Face::Regular))).collect(),
            is_figures: false,
        };
        Content { columns: (0..table.head.len()).map(column).collect(), ..Content::default() }
    }

    /// How much room a run of text takes.
    pub(super) fn ink(&self, content: &[Inline], face: Face) -> Ink {
        let mut ink = Ink::default();
        self.ink_into(content, face, &mut ink);
        ink
    }

    fn ink_into(&self, content: &[Inline], face: Face, ink: &mut Ink) {
        for inline in content {
            match inline {
                Inline::Text(text) => ink.push(text, face),
                Inline::Code(code) => ink.push(code, Face::Typed),
                Inline::Abbreviation { short, .. } => ink.push(short, face),
                Inline::Strong(inner) => self.ink_into(inner, Face::Bold, ink),
                Inline::Element { name, .. } if name == "br" => ink.break_line(),
                Inline::Element { name, content, .. } => {
                    let face = match name.as_str() {
                        "b" | "strong" => Face::Bold,
                        "code" | "kbd" => Face::Typed,
                        _ => face,
                    };
                    self.ink_into(content, face, ink);
                }
                Inline::Emphasis(inner) | Inline::Struck(inner) => self.ink_into(inner, face, ink),
                Inline::Link { content, .. } | Inline::FileLink { content, .. } => self.ink_into(content, face, ink),
                Inline::Reference { reference, words } if words.is_empty() => {
                    match self.view.references.resolve(self.paper, reference) {
                        Ok(resolved) => ink.push(&resolved.printed, face),
                        Err(_) => ink.push(&crate::site::html::unseen(reference), face),
                    }
                }
                Inline::Reference { words, .. } => self.ink_into(words, face, ink),
                Inline::Footnote { number, .. } => {
                    ink.piece(NOTE_MARK * u32::try_from(number.to_string().len()).unwrap_or(1));
                }
                // A picture becomes smaller where its column is.
                Inline::Picture { .. } => ink.push("picture", face),
                Inline::Break => ink.break_line(),
            }
        }
    }

    /// `#q-table(2,label("…"),[…],`.
    pub(super) fn open_table(&mut self, number: Option<u32>, anchor: &str, caption: impl FnOnce(&mut Self)) {
        self.out.code("#q-table(");
        self.numeral(number);
        self.out.code(",");
        // A table that stands elsewhere is led to from its place.
        self.out.label(&format!("{}:{anchor}", self.key));
        self.out.code(",");
        caption(self);
        self.out.code(",");
    }

    fn numeral(&mut self, number: Option<u32>) {
        match number {
            Some(number) => self.out.number(number),
            None => self.out.code("none"),
        }
    }

    /// `(size:10pt,pad:4pt,…),`.
    pub(super) fn setting(&mut self, setting: &Setting, repeats: bool, summary: Option<&str>) {
        self.out.code("(size:");
        self.points(setting.size * POINT);
        self.out.code(",pad:");
        self.points(setting.pad);
        self.out.code(",whole:");
        self.out.truth(setting.is_whole);
        self.out.code(",repeats:");
        self.out.truth(repeats);
        self.out.code(",letters:");
        match setting.widths.iter().min().filter(|_| setting.breaks_words) {
            // So many letters of a common width stand in the narrowest column.
            Some(width) => self.out.number((width.saturating_sub(2 * setting.pad) / setting.size / 650).max(2)),
            None => self.out.code("none"),
        }
        self.out.code(",summary:");
        match summary {
            Some(key) => self.out.string(key),
            None => self.out.code("none"),
        }
        self.out.code(",columns:(");
        for width in &setting.widths {
            self.points(*width);
            self.out.code(",");
        }
        self.out.code(")),");
    }

    /// A length, given in thousandths of a point.
    pub(super) fn points(&mut self, length: u32) {
        self.out.number(format_args!("{}.{:03}pt", length / POINT, length % POINT));
    }
}

fn has_note(inline: &Inline) -> bool {
    match inline {
        Inline::Footnote { .. } => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => inner.iter().any(has_note),
        Inline::Link { content, .. } | Inline::FileLink { content, .. } | Inline::Element { content, .. } => {
            content.iter().any(has_note)
        }
        Inline::Reference { words, .. } => words.iter().any(has_note),
        Inline::Text(_) | Inline::Code(_) | Inline::Abbreviation { .. } | Inline::Picture { .. } | Inline::Break => {
            false
        }
    }
}
