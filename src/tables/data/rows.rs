//! The rows of a table of any data, with their sub-totals, totals and shares.

use super::{Plan, Source};
use crate::calendar;
use crate::figures;
use crate::finding::{Finding, codes};
use crate::tables::cells::{IfEmpty, Kept, Reported, too_large};
use crate::tables::rows::{Grid, GridRow};
use crate::tables::{At, Cell, CellValue, Format, Relation, Row, RowRole, arithmetic, relation};

/// Makes the rows.
pub(super) struct Maker<'a> {
    pub(super) grid: &'a Grid,
    pub(super) plans: &'a [Plan],
    pub(super) headings: usize,
}

impl Maker<'_> {
    pub(super) fn rows(
        &self,
        groups: &[(Option<String>, Vec<usize>)],
        total_label: Option<&str>,
        findings: &mut Vec<Finding>,
    ) -> Result<(Vec<Row>, Vec<Relation>), Reported> {
        let mut typed = Vec::with_capacity(self.grid.rows.len());
        let mut whole = true;
        for row in &self.grid.rows {
            let cells = self.typed(row, findings);
            whole &= cells.is_ok();
            typed.push(cells.unwrap_or_default());
        }
        if !whole {
            return Err(Reported);
        }
        let any_total = self.plans.iter().any(|plan| plan.total);
        let mut rows = Vec::new();
        let mut all = Vec::new();
        for (name, members) in groups {
            rows.extend(name.as_ref().map(Row::group));
            for index in members {
                let cells = typed.get_mut(*index).map(std::mem::take).unwrap_or_default();
                rows.push(Row { role: RowRole::Body, cells });
            }
            let start = rows.len() - members.len();
            if let Some(name) = name.as_ref().filter(|_| any_total && groups.len() > 1) {
                let sums = self.sums(
                    RowRole::Subtotal,
                    &format!("Subtotal of {name}"),
                    &rows[start..].iter().collect::<Vec<_>>(),
                    findings,
                )?;
                rows.push(sums);
            }
            all.extend(start..start + members.len());
        }
        if any_total {
            let body: Vec<&Row> = all.iter().filter_map(|index| rows.get(*index)).collect();
            let total = self.sums(RowRole::Total, total_label.unwrap_or("Total"), &body, findings)?;
            rows.push(total);
        }
        self.shares(&mut rows, findings)?;
        let relations = self.relations(&rows);
        Ok((rows, relations))
    }

    /// The typed cells of a row; those that are worked out are empty as yet.
    fn typed(&self, row: &GridRow, findings: &mut Vec<Finding>) -> Result<Vec<Cell>, Reported> {
        let mut cells = Vec::with_capacity(self.plans.len());
        let mut whole = true;
        for plan in self.plans {
            let Source::Typed(column, told) = plan.source else {
                cells.push(Cell::empty());
                continue;
            };
            let text = row.cells.get(column).map_or("", |cell| cell.value.as_str());
            let cell = match told.kept() {
                None if told.is_date() => date(text).ok_or_else(|| {
                    let message = format!(
                        "{}: expected a day, such as `2016-07-13` or `13/07/2016`, found `{text}`",
                        self.grid.at_column(row, column)
                    );
                    findings.push(Finding::error(codes::TABLE_DATA, row.span_of(column), message));
                    Reported
                }),
                None => Ok(CellValue::words_or_empty(text).into()),
                Some(kept) => self.figure(row, column, kept, plan, findings),
            };
            whole &= cell.is_ok();
            cells.push(cell.unwrap_or_else(|Reported| Cell::empty()));
        }
        if whole { Ok(cells) } else { Err(Reported) }
    }

    fn figure(
        &self,
        row: &GridRow,
        column: usize,
        kept: Kept,
        plan: &Plan,
        findings: &mut Vec<Finding>,
    ) -> Result<Cell, Reported> {
        let cell = self.grid.cell_at(row, column, kept, IfEmpty::Wrong, findings)?;
        let CellValue::Figure(value) = cell.value else { return Ok(cell) };
        let rounded = figures::round(value, plan.format.places());
        if plan.total && rounded != value {
            let message = format!(
                "{}: `{value}` has more decimal places than are shown, and what is printed would not add up",
                self.grid.at_column(row, column)
            );
            findings.push(
                Finding::error(codes::TABLE_DATA, row.span_of(column), message)
                    .help("give the column more `places`, or round the figures before they are added up"),
            );
            return Err(Reported);
        }
        Ok(Cell { value: CellValue::Figure(rounded), ..cell })
    }

    /// A row that adds up others.
    fn sums(&self, role: RowRole, name: &str, rows: &[&Row], findings: &mut Vec<Finding>) -> Result<Row, Reported> {
        let mut cells = Vec::with_capacity(self.plans.len());
        for (column, plan) in self.plans.iter().enumerate() {
            cells.push(if column == 0 {
                Cell::words(name)
            } else if plan.total {
                let parts = rows.iter().filter_map(|row| row.cells.get(column));
                arithmetic::sum(parts).map_err(|_| self.large(column, findings))?
            } else {
                Cell::empty()
            });
        }
        Ok(Row { role, cells })
    }

    /// Works out the shares, row by row.
    fn shares(&self, rows: &mut [Row], findings: &mut Vec<Finding>) -> Result<(), Reported> {
        let total = rows.last().filter(|row| row.role == RowRole::Total).cloned();
        for (column, plan) in self.plans.iter().enumerate() {
            let whole_column = match plan.source {
                Source::Typed(..) => continue,
                Source::ShareOfTotal(of) => of,
                Source::Share { whole, .. } => whole,
            };
            let is_count = self.plans.get(whole_column).is_some_and(|plan| plan.format == Format::Count);
            let small_base = if is_count { self.grid.thresholds.small_base } else { 0 };
            for row in rows.iter_mut().filter(|row| row.role != RowRole::Group) {
                let (part, whole) = match plan.source {
                    Source::Share { part, whole } => (row.cells.get(part), row.cells.get(whole)),
                    _ => (row.cells.get(whole_column), total.as_ref().and_then(|total| total.cells.get(whole_column))),
                };
                let (Some(part), Some(whole)) = (part, whole) else { continue };
                let summed = |cell: &Cell| row.role == RowRole::Body || cell.value != CellValue::Empty;
                if !summed(part) || !summed(whole) {
                    continue;
                }
                let share = arithmetic::share(part, whole, plan.format.places(), small_base);
                let share = share.map_err(|_| self.large(column, findings))?;
                if let Some(cell) = row.cells.get_mut(column) {
                    *cell = share;
                }
            }
        }
        Ok(())
    }

    fn relations(&self, rows: &[Row]) -> Vec<Relation> {
        let totals: Vec<usize> = (self.headings..self.plans.len()).filter(|column| self.plans[*column].total).collect();
        let mut relations = relation::sums(rows, &totals);
        let last = rows.len().saturating_sub(1);
        for (column, plan) in self.plans.iter().enumerate() {
            for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.role != RowRole::Group) {
                let (part, whole) = match plan.source {
                    Source::Typed(..) => continue,
                    Source::ShareOfTotal(of) => (At::new(index, of), At::new(last, of)),
                    Source::Share { part, whole } => (At::new(index, part), At::new(index, whole)),
                };
                if row.cells.get(column).is_some_and(|cell| cell.value != CellValue::Empty) {
                    relations.push(Relation::Share { result: At::new(index, column), part, whole });
                }
            }
        }
        relations
    }

    fn large(&self, column: usize, findings: &mut Vec<Finding>) -> Reported {
        let name = self.plans.get(column).map_or("", |plan| plan.declared.name.value.as_str());
        too_large(self.grid.place, &format!("{}the figures of `{name}`", self.grid.in_file()), findings);
        Reported
    }
}

/// A day as it is printed, from `2016-07-13` or as people in Britain type it.
fn date(text: &str) -> Option<Cell> {
    if text.is_empty() {
        return Some(Cell::empty());
    }
    let day = calendar::parse_date(text).or_else(|| calendar::parse_date(&calendar::date_meant(text)?))?;
    Some(Cell::words(calendar::long_date(day)))
}
