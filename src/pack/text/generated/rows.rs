//! The rows of a generated table.

use crate::document::{Generated, Inline};
use crate::pack::text::Writer;
use crate::pack::text::tables::columns::Setting;
use crate::tables::sheet::{Heading, Sheet, entries, role_in_words};
use crate::tables::{At, Cell, CellValue, Row, RowRole};

/// A table that is being written.
pub(super) struct Places<'p> {
    pub(super) generated: &'p Generated,
    pub(super) sheet: &'p Sheet<'p>,
    pub(super) setting: &'p Setting,
    /// For each column, how much room stands after its figures, in thousandths of the letters' size.
    pub(super) after: &'p [u32],
}

/// A row that is being written.
struct Line<'l> {
    row: &'l Row,
    /// How the theme calls what part it plays.
    role: &'static str,
    /// Whether it may break over pages.
    is_tall: bool,
}

impl Writer<'_, '_> {
    /// A row: the one printed as that many, and the table's of that number; and the row after it.
    pub(super) fn row(&mut self, places: &Places<'_>, (shown, index): (usize, usize), row: &Row, next: Option<&Row>) {
        let sheet = places.sheet;
        if row.role == RowRole::Group {
            // One without rows beneath it is held by nothing; see below.
            let is_held = next.is_some_and(|next| next.role != RowRole::Group);
            self.out.code("q-group(");
            self.out.truth(is_held);
            self.out.code(",");
            self.out.number(sheet.beside);
            self.out.code(",[");
            self.out.words(row.name());
            self.out.code("]),");
            return;
        }
        let narratives: Vec<&Cell> = row.cells.iter().skip(sheet.beside).filter(|cell| is_narrated(cell)).collect();
        let is_sum = |row: &Row| matches!(row.role, RowRole::Subtotal | RowRole::Total | RowRole::Average);
        let headings = sheet.table.row_headings.max(1);
        // A text beneath a row begins on its page, and no sum stands alone. A heading over
        // several rows can't be held so.
        // The typesetter breaks down where two rows that are held follow each other.
        let is_held = !narratives.is_empty()
            || (next.is_some_and(is_sum) && !is_sum(row))
            || next.is_some_and(|next| is_last_but_one(places, shown, row, next));
        self.out.code(if is_held && headings == 1 { "q-row-held(" } else { "q-row(" });
        let line = Line {
            role: if narratives.is_empty() { role(row) } else { "above" },
            is_tall: places.setting.tall.get(shown).copied().unwrap_or(false),
            row,
        };
        for (column, cell) in row.cells.iter().enumerate().take(sheet.beside) {
            let at = At::new(index, column);
            if column < headings {
                self.row_heading(places, at, &line, cell);
            } else {
                self.cell(places, at, &line, cell);
            }
        }
        self.out.code("),");
        for cell in narratives {
            self.narrative(places, cell);
        }
    }

    fn row_heading(&mut self, places: &Places<'_>, at: At, line: &Line<'_>, cell: &Cell) {
        let row = line.row;
        let headings = places.sheet.table.row_headings.max(1);
        let is_sum = !matches!(row.role, RowRole::Body | RowRole::Own);
        let (columns, rows) = match places.sheet.heading(at.row, at.column) {
            Some(Heading::Goes) => return,
            // The one heading of a sum is as wide as those of the rows above.
            Some(_) if is_sum && at.column > 0 => return,
            Some(_) if is_sum => (headings, 1),
            Some(Heading::Begins(rows)) => (1, shown_of(places.sheet, at.row, rows)),
            None if matches!(cell.value, CellValue::Empty) => {
                self.out.code("q-cell(");
                self.out.string(line.role);
                self.out.code(",left,false,[]),");
                return;
            }
            None => (1, 1),
        };
        self.out.code("q-row-head(");
        self.out.string(line.role);
        self.out.code(",");
        self.out.number(at.column + 1);
        self.out.code(",");
        self.out.number(columns);
        self.out.code(",");
        self.out.number(rows);
        self.out.code(",");
        // A heading over several rows goes on with them over the page.
        self.out.truth(line.is_tall || rows > 1);
        self.out.code(",[");
        self.words_of(places, at, cell);
        if let (Some(role), 0) = (role_in_words(row), at.column) {
            self.out.code("#q-role(");
            self.out.string(role);
            self.out.code(");");
        }
        self.note_on(places, cell);
        self.out.code("]),");
    }

    fn cell(&mut self, places: &Places<'_>, at: At, line: &Line<'_>, cell: &Cell) {
        let is_figure = places.sheet.table.columns.get(at.column).is_some_and(|column| column.format.is_figure());
        self.out.code("q-cell(");
        self.out.string(line.role);
        self.out.code(if is_figure { ",right," } else { ",left," });
        self.out.truth(line.is_tall);
        self.out.code(",[");
        self.words_of(places, at, cell);
        self.note_on(places, cell);
        self.out.code("]),");
    }

    /// What leads to the note on a cell, on a line of its own.
    fn note_on(&mut self, places: &Places<'_>, cell: &Cell) {
        if let (Some(number), Some(note)) = (cell.note, self.note_words(cell)) {
            self.out.code("#q-note-ref(");
            self.out.label(&self.note_label(places.generated, number));
            self.out.code(",");
            self.out.string(&note);
            self.out.code(");");
        }
    }

    /// What stands in a cell, and behind a figure what stands after it.
    fn words_of(&mut self, places: &Places<'_>, at: At, cell: &Cell) {
        let Some(column) = places.sheet.table.columns.get(at.column) else { return };
        let printed = cell.value.printed(column.format);
        if let CellValue::Linked(text, reference) = &cell.value {
            self.reference(reference, &[Inline::Text(text.clone())]);
        } else if let Some(entries) = entries(&cell.value, &printed) {
            self.out.code("#q-entries(");
            for entry in entries {
                self.out.code("[");
                self.out.words(entry);
                self.out.code("],");
            }
            self.out.code(");");
        } else {
            self.out.words(&printed);
        }
        let after = places.sheet.after(at, cell);
        let room = places.after.get(at.column).copied().unwrap_or(0);
        if column.format.is_figure() && room > 0 {
            self.out.code("#q-after(");
            self.points(room * places.setting.size);
            self.out.code(",[");
            self.out.words(&after);
            self.out.code("]);");
        } else {
            self.out.words(&after);
        }
    }

    /// The label of a note beneath a table.
    pub(super) fn note_label(&self, generated: &Generated, number: usize) -> String {
        format!("{}:{}:note:{number}", self.key, generated.anchor)
    }

    /// The text that belongs to a row, beneath it.
    fn narrative(&mut self, places: &Places<'_>, cell: &Cell) {
        let CellValue::Narrative(number) = cell.value else { return };
        let Some(narrative) = places.generated.narratives.get(number) else { return };
        self.out.code("q-narrative(");
        self.out.number(places.sheet.beside);
        self.out.code(",");
        self.inside(&narrative.blocks);
        self.out.code("),");
    }
}

/// Whether only one plain row comes after this one, which is plain too, in a table that may go on over pages. The two stay together,
/// so that the last row is not alone on its page.
fn is_last_but_one(places: &Places<'_>, shown: usize, row: &Row, next: &Row) -> bool {
    let rows = places.sheet.shown.len();
    let is_plain = |row: &Row| matches!(row.role, RowRole::Body | RowRole::Own) && !row.cells.iter().any(is_narrated);
    // What is held cannot break.
    let is_tall = places.setting.tall.get(shown).copied().unwrap_or(false);
    shown + 2 == rows && rows > 3 && !places.setting.is_whole && !is_tall && is_plain(row) && is_plain(next)
}

fn is_narrated(cell: &Cell) -> bool {
    matches!(cell.value, CellValue::Narrative(_))
}

/// How many of the rows that a heading stands over are shown.
fn shown_of(sheet: &Sheet<'_>, first: usize, rows: usize) -> usize {
    let from = sheet.shown.partition_point(|index| *index < first);
    let to = sheet.shown.partition_point(|index| *index < first + rows);
    (to - from).max(1)
}

/// How the theme calls what part a row plays.
fn role(row: &Row) -> &'static str {
    match row.role {
        RowRole::Group => "group",
        RowRole::Body => "body",
        RowRole::Own => "own",
        RowRole::Average => "average",
        RowRole::Subtotal => "subtotal",
        RowRole::Total => "total",
    }
}
