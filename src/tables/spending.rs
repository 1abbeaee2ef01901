//! Budget against spending: what was allocated, what was spent, and what is left.

mod checks;
mod figure;
#[cfg(test)]
mod tests;

use figure::{Figure, Figures, Given};
use rust_decimal::Decimal;

use super::block::{Block, Spending};
use super::cells::{Reported, too_large};
use super::kind::Body;
use super::rows::{Grid, GridRow, Wanted, plain};
use super::{Beside, Cell, CellValue, Column, Format, Row, RowRole, themes};
use crate::figures;
use crate::finding::{Finding, codes, did_you_mean};
use crate::text::Span;

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["remaining", "total"];

/// Columns of words, beside the rows' heading: key and heading.
const GRANTED_TO: (&str, &str) = ("granted_to", "Granted to");
const OUTCOME: (&str, &str) = ("outcome", "Outcome");

/// Reads a spending table. All figures are in pounds.
pub(super) fn read(
    own: &Spending,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let mut wanted = vec![Wanted::required("item"), Wanted::optional("theme"), Wanted::optional(GRANTED_TO.0)];
    wanted.extend(Figure::typed().map(|figure| Wanted::optional(figure.key())));
    wanted.push(Wanted::optional(OUTCOME.0));
    let mut grid = Grid::read(block, wanted, COMPUTED, whole, beside, findings)?;
    grid.refuse_totals(findings);
    let groups = themes::groups(&mut grid, findings);
    let given = Given::in_grid(&grid);
    check_given(&mut grid, given, findings);

    let mut lines = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        if let Ok(line) = read_line(&grid, row, given, findings) {
            lines.push(line);
        }
    }
    if !grid.sound || lines.len() < grid.rows.len() {
        return None;
    }
    let Some(total) = Figures::total(lines.iter()) else {
        too_large(grid.place, "the figures", findings);
        return None;
    };
    checks::virements(&grid, &lines, &total, findings);
    checks::must_equal(own, given, &grid, &total, findings);

    let shown = shown(own, &grid, given, findings);
    let rows = themes::lay_out(
        &groups,
        |index| {
            let words = |key| grid.rows.get(index).map_or("", |row| grid.words(row, key));
            let line = lines.get(index).copied().unwrap_or_default();
            let cells = shown.cells(words("item"), &line, words(GRANTED_TO.0), words(OUTCOME.0));
            Row { role: RowRole::Body, cells }
        },
        |role, name, members| {
            let sum = Figures::total(members.iter().filter_map(|index| lines.get(*index)))?;
            Some(Row { role, cells: shown.cells(name, &sum, "", "") })
        },
    );
    let Some(rows) = rows else {
        too_large(grid.place, "the figures", findings);
        return None;
    };
    let notes = if shown.figures.contains(&Figure::Remaining) {
        overspends(&rows, shown.place_of_remaining())
    } else {
        Vec::new()
    };
    Some(Body { notes, ..Body::new(shown.columns(given), rows) })
}

/// Checks that the columns make a table at all.
fn check_given(grid: &mut Grid, given: Given, findings: &mut Vec<Finding>) {
    let before = findings.len();
    if !grid.rows.is_empty() && !Figure::ALL.into_iter().any(|figure| given.has(figure)) {
        let message = format!("{}there is no column with figures", grid.in_file());
        findings.push(
            Finding::error(codes::TABLE_DATA, grid.place, message)
                .help("give at least one of `allocated`, `revised`, `q1` to `q4` and `spent`"),
        );
    }
    for figure in [Figure::Virement, Figure::BroughtForward] {
        if given.has(figure) && !given.exists(Figure::Revised) {
            let message = format!("{}the column `{}` changes a budget that is not given", grid.in_file(), figure.key());
            findings.push(
                Finding::error(codes::TABLE_DATA, grid.place, message).help("add the column `allocated` or `revised`"),
            );
        }
    }
    grid.sound &= findings.len() == before;
}

/// Reads the figures of one item, checks those that follow from each other, and works out the rest.
fn read_line(grid: &Grid, row: &GridRow, given: Given, findings: &mut Vec<Finding>) -> Result<Figures, Reported> {
    let mut line = Figures::default();
    let mut wrong = false;
    for figure in Figure::typed().filter(|figure| given.has(*figure)) {
        match grid.pounds(row, figure.key(), given.if_empty(figure), findings) {
            Ok(value) => line.set(figure, value),
            Err(Reported) => wrong = true,
        }
    }
    if wrong {
        return Err(Reported);
    }
    work_out(grid, row, given, &mut line, findings).ok_or_else(|| {
        too_large(row.span, &format!("{}the figures of row `{}`", grid.in_file(), row.name()), findings);
        Reported
    })?;
    Ok(line)
}

/// Gives nothing if a figure is too large.
fn work_out(grid: &Grid, row: &GridRow, given: Given, line: &mut Figures, findings: &mut Vec<Finding>) -> Option<()> {
    if given.quarters() {
        let quarters = line.quarters()?;
        if let Some(typed) = line.get(Figure::Spent) {
            checks::spent(grid, row, typed, quarters, findings);
        }
        line.set(Figure::Spent, Some(quarters));
    }
    if given.changes() || (given.has(Figure::Allocated) && !given.has(Figure::Revised)) {
        let budget = line.budget()?;
        if let Some(typed) = line.get(Figure::Revised) {
            checks::revised(grid, row, typed, budget, findings);
        }
        line.set(Figure::Revised, Some(budget));
    }
    if given.exists(Figure::Remaining) {
        line.set(Figure::Remaining, Some(line.left()?));
    }
    Some(())
}

/// The columns that are shown, beside the items.
struct Shown {
    granted_to: bool,
    figures: Vec<Figure>,
    outcome: bool,
}

impl Shown {
    fn columns(&self, given: Given) -> Vec<Column> {
        let mut columns = vec![Column::words("item", "Item")];
        columns.extend(self.granted_to.then(|| Column::words(GRANTED_TO.0, GRANTED_TO.1)));
        columns.extend(self.figures.iter().map(|figure| Column {
            computed: given.works_out(*figure),
            ..Column::typed(figure.key(), figure.heading(), Format::Money(2))
        }));
        columns.extend(self.outcome.then(|| Column::words(OUTCOME.0, OUTCOME.1)));
        columns
    }

    fn cells(&self, name: &str, figures: &Figures, granted_to: &str, outcome: &str) -> Vec<Cell> {
        let words = |text: &str| Cell::from(CellValue::words_or_empty(text));
        let mut cells = vec![Cell::words(name)];
        cells.extend(self.granted_to.then(|| words(granted_to)));
        cells.extend(self.figures.iter().map(|figure| figures.get(*figure).map_or_else(Cell::empty, Cell::figure)));
        cells.extend(self.outcome.then(|| words(outcome)));
        cells
    }

    /// Where what remains stands among a row's cells.
    fn place_of_remaining(&self) -> usize {
        let figures_before = self.figures.iter().take_while(|figure| **figure != Figure::Remaining).count();
        1 + usize::from(self.granted_to) + figures_before
    }
}

/// Which columns are shown: those of `show`, or those that say something.
fn shown(own: &Spending, grid: &Grid, given: Given, findings: &mut Vec<Finding>) -> Shown {
    if own.show.is_empty() {
        return Shown {
            granted_to: grid.has(GRANTED_TO.0),
            figures: Figure::ALL.into_iter().filter(|figure| given.says_something(*figure)).collect(),
            outcome: grid.has(OUTCOME.0),
        };
    }
    let figures: Vec<_> = Figure::ALL.into_iter().filter(|figure| given.exists(*figure)).collect();
    let words: Vec<_> = [GRANTED_TO, OUTCOME].into_iter().filter(|(key, _)| grid.has(key)).collect();
    let mut chosen = Shown { granted_to: false, figures: Vec::new(), outcome: false };
    for name in &own.show {
        let written = plain(name);
        if let Some(figure) = Figure::named(name).filter(|figure| figures.contains(figure)) {
            chosen.figures.push(figure);
        } else if let Some((key, _)) = words.iter().find(|(key, heading)| *key == written || plain(heading) == written)
        {
            chosen.granted_to |= *key == GRANTED_TO.0;
            chosen.outcome |= *key == OUTCOME.0;
        } else if written != "item" && !(written == "theme" && grid.has("theme")) {
            // The item and its theme are always shown, so naming them changes nothing.
            let keys: Vec<_> =
                figures.iter().map(|figure| figure.key()).chain(words.iter().map(|(key, _)| *key)).collect();
            let help = did_you_mean(name, keys.iter().copied()).unwrap_or_else(|| {
                let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
                format!("the columns that can be shown here are {}", keys.join(", "))
            });
            let message = format!("`show` names the column `{}`, and the table has none of that name", name.value);
            findings.push(Finding::error(codes::UNKNOWN_REFERENCE, name.span, message).help(help));
        }
    }
    // In the order of the columns, whatever the order in `show`: a budget is read from left to right.
    chosen.figures = figures.into_iter().filter(|figure| chosen.figures.contains(figure)).collect();
    chosen
}

/// Says in words what is overspent: a minus sign alone is easily missed.
fn overspends(rows: &[Row], remaining: usize) -> Vec<String> {
    let overspent = |row: &Row| match row.cells.get(remaining).map(|cell| &cell.value) {
        Some(CellValue::Figure(left)) if *left < Decimal::ZERO => Some(figures::money(left.abs(), 2)),
        _ => None,
    };
    let of = |role: RowRole| {
        rows.iter().filter(move |row| row.role == role).filter_map(|row| Some((row.name(), overspent(row)?)))
    };
    let items: Vec<_> = of(RowRole::Body).map(|(item, by)| format!("{item} by {by}")).collect();
    let themes: Vec<_> = of(RowRole::Subtotal)
        .map(|(name, by)| format!("{} by {by}", name.strip_prefix("Subtotal of ").unwrap_or(name)))
        .collect();
    let mut notes = Vec::new();
    if !items.is_empty() {
        notes.push(format!("Overspent: {}.", items.join("; ")));
    }
    if !themes.is_empty() {
        notes.push(format!("Overspent as a whole: {}.", themes.join("; ")));
    }
    notes.extend(of(RowRole::Total).map(|(_, by)| format!("In total, {by} more was spent than there was.")));
    notes
}
