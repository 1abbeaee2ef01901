//! What is generated from data: tables, charts and diagrams.

mod beneath;
mod rows;

use super::Writer;
use super::drawings::chart_is_tall;
use super::tables::columns::{Column, Content, Setting};
use super::tables::ink::Ink;
use crate::document::Generated;
use crate::pack::typefaces::{Face, advance};
use crate::record::GeneratedContent;
use crate::tables::sheet::{Heading, Sheet, entries, role_in_words};
use crate::tables::{At, Cell, Row, RowRole, Table};

/// How far in the entries of a list in a cell stand, in thousandths of the letters' size.
const ENTRY: u32 = 1_000;

impl Writer<'_, '_> {
    pub(super) fn generated(&mut self, generated: &Generated) {
        self.out.at(generated.span);
        match self.paper.text.generated.get(&generated.anchor) {
            Some(GeneratedContent::Table(table)) => {
                // A chart that fills a page would leave the one before it empty; the table goes on there first.
                let is_tall = chart_is_tall(table);
                if !is_tall {
                    self.chart(generated, table);
                }
                self.table(generated, table);
                if is_tall {
                    self.chart(generated, table);
                }
            }
            Some(GeneratedContent::OrganisationChart(spec)) => self.organisation(generated, spec),
            Some(GeneratedContent::Flow(flow)) => self.flow(generated, flow),
            // A table that could not be made has been reported, and nothing with an error in it is published.
            Some(GeneratedContent::Membership(..)) | None => {}
        }
    }

    /// How a table is set here.
    pub(super) fn set(&self, table: &Table) -> Setting {
        let sheet = Sheet::new(table);
        let after = after(&sheet);
        self.content_of(&sheet, &after).set(self.depth)
    }

    /// A table.
    pub(super) fn table(&mut self, generated: &Generated, table: &Table) {
        self.out.at(generated.span);
        let sheet = Sheet::new(table);
        let after = after(&sheet);
        let setting = self.content_of(&sheet, &after).set(self.depth);
        self.open_table(Some(generated.number), &generated.anchor, |writer| {
            writer.out.code("[");
            writer.out.words(&table.caption);
            writer.out.code("]");
        });
        self.setting(&setting, true, sheet.has_narratives().then_some("table_texts_beneath"));
        self.out.code("(");
        self.heads(&sheet);
        self.out.code("),(");
        let places = rows::Places { generated, sheet: &sheet, setting: &setting, after: &after };
        let rows: Vec<(usize, &Row)> = sheet.rows().collect();
        for (shown, (index, row)) in rows.iter().enumerate() {
            let next = rows.get(shown + 1).map(|(_, row)| *row);
            self.row(&places, (shown, *index), row, next);
        }
        self.out.code("),[");
        self.beneath(generated, &sheet);
        self.out.code("]);\n");
    }

    /// The headings of columns, in one row or in two.
    fn heads(&mut self, sheet: &Sheet<'_>) {
        let runs = sheet.runs();
        let is_plain = runs.iter().all(|run| run.group.is_none());
        for run in &runs {
            match run.group {
                Some(group) => {
                    self.out.code("q-head(\"over\",");
                    self.out.number(run.columns.len());
                    self.out.code(",1,center,[");
                    self.out.words(group);
                    self.out.code("]),");
                }
                None => run.columns.iter().for_each(|column| self.head(column, if is_plain { 1 } else { 2 })),
            }
        }
        for run in runs.iter().filter(|run| run.group.is_some()) {
            run.columns.iter().for_each(|column| self.head(column, 1));
        }
    }

    fn head(&mut self, column: &crate::tables::Column, rows: u32) {
        if column.heading.is_empty() {
            // An empty cell heads nothing, and a heading without words is no heading.
            self.out.code("q-no-head(1,");
            self.out.number(rows);
            self.out.code("),");
            return;
        }
        self.out.code("q-head(\"col\",1,");
        self.out.number(rows);
        self.out.code(if column.format.is_figure() { ",right,[" } else { ",left,[" });
        self.out.words(&head_words(column));
        self.out.code("]),");
    }

    /// What leads to the note on a cell: "[note 1]".
    fn note_words(&self, cell: &Cell) -> Option<String> {
        cell.note.map(|note| format!("[{} {note}]", self.view.string("table_note")))
    }

    /// What stands in the table, for its widths.
    fn content_of(&self, sheet: &Sheet<'_>, after: &[u32]) -> Content {
        let mut columns: Vec<Column> = sheet
            .columns()
            .iter()
            .map(|column| Column {
                head: Ink::of(&head_words(column), Face::Bold),
                cells: Vec::with_capacity(sheet.shown.len()),
                is_figures: column.format.is_figure(),
            })
            .collect();
        for (index, row) in sheet.rows() {
            let is_wide = is_spanned(sheet, row);
            for (number, column) in columns.iter_mut().enumerate() {
                let cell = row.cells.get(number).filter(|_| row.role != RowRole::Group);
                let cell = cell.filter(|_| !(is_wide && number < sheet.table.row_headings));
                column.cells.push(cell.map(|cell| self.cell_ink(sheet, (index, number), row, cell, after)));
            }
        }
        let mut over = Vec::new();
        let mut first = 0;
        for run in sheet.runs() {
            if let Some(group) = run.group {
                over.push((first, run.columns.len(), Ink::of(group, Face::Bold)));
            }
            first += run.columns.len();
        }
        Content { columns, over, has_texts: sheet.has_narratives() }
    }

    fn cell_ink(
        &self,
        sheet: &Sheet<'_>,
        (index, number): (usize, usize),
        row: &Row,
        cell: &Cell,
        after: &[u32],
    ) -> Ink {
        let Some(column) = sheet.table.columns.get(number) else { return Ink::default() };
        let printed = cell.value.printed(column.format);
        let face = face(row);
        if let Some(entries) = entries(&cell.value, &printed) {
            return Ink::entries(&entries, face, ENTRY);
        }
        if sheet.heading(index, number) == Some(Heading::Goes) {
            return Ink::default();
        }
        let mut ink = Ink::of(&printed, face);
        if column.format.is_figure() {
            ink.piece(after.get(number).copied().unwrap_or(0));
        } else {
            ink.push(&sheet.after(At::new(index, number), cell), Face::Regular);
        }
        if let (Some(role), 0) = (role_in_words(row), number) {
            ink.push(&format!(" ({role})"), Face::Regular);
        }
        if let Some(note) = self.note_words(cell) {
            ink.break_line();
            ink.push(&note, Face::Regular);
        }
        ink
    }
}

/// For each column of figures, how much room stands after them, in thousandths of the letters' size: what stands
/// there has a place of its own, so that the figures line up.
fn after(sheet: &Sheet<'_>) -> Vec<u32> {
    let mut after = vec![0; sheet.beside];
    for (index, row) in sheet.rows() {
        for (column, (cell, most)) in row.cells.iter().zip(&mut after).enumerate() {
            *most = width(&sheet.after(At::new(index, column), cell)).max(*most);
        }
    }
    for (most, column) in after.iter_mut().zip(sheet.columns()) {
        if !column.format.is_figure() {
            *most = 0;
        }
    }
    after
}

/// Whether the heading of a row is as wide as all those of the rows above it.
fn is_spanned(sheet: &Sheet<'_>, row: &Row) -> bool {
    sheet.table.row_headings > 1 && !matches!(row.role, RowRole::Body | RowRole::Own)
}

/// A heading with the unit of its figures.
fn head_words(column: &crate::tables::Column) -> String {
    match &column.unit {
        Some(unit) if !column.heading.is_empty() => format!("{} ({unit})", column.heading),
        _ => column.heading.clone(),
    }
}

/// Which typeface a row is set in.
fn face(row: &Row) -> Face {
    match row.role {
        RowRole::Own | RowRole::Subtotal | RowRole::Total => Face::Bold,
        RowRole::Group | RowRole::Body | RowRole::Average => Face::Regular,
    }
}

fn width(words: &str) -> u32 {
    words.chars().map(|letter| advance(letter, Face::Regular)).sum()
}
