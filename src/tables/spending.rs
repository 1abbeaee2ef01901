//! Budget against spending: what was allocated, what was spent, what is expected, and what is left.
//!
//! Budget monitoring is the same, with words on how each project stands and a narrative of what it did.

mod checks;
mod figure;
mod narrative;
#[cfg(test)]
mod tests;
mod words;

use figure::{Figure, Figures, Given};
use rust_decimal::Decimal;
use words::WORDS;

use super::arithmetic::TooLarge;
use super::block::{Block, Spending, VarianceSign};
use super::cells::{Kept, Reported, too_large};
use super::kind::Body;
use super::rows::{Grid, GridRow, Wanted, plain};
use super::{At, Beside, Cell, CellValue, Column, Relation, Row, RowRole, TableKind, relation, themes};
use crate::finding::{Finding, codes, did_you_mean};
use crate::text::Span;

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["remaining", "variance", "percent_spent", "spent_(%)", "over_or_under", "total"];

/// The column that says in words what the sign of the variance says, and its key.
const OVER_OR_UNDER: (&str, &str) = ("over_or_under", "Over or under");

/// The column of narratives, and its key.
const NARRATIVE: (&str, &str) = ("narrative", "Progress");

/// Reads a table of spending or of budget monitoring. All figures are in pounds.
pub(super) fn read(
    kind: TableKind,
    own: &Spending,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let mut wanted = vec![Wanted::required("item"), Wanted::optional("theme")];
    wanted.extend(Figure::typed().map(|figure| Wanted::optional(figure.key())));
    wanted.extend(words::of_kind(kind).map(|(key, _)| Wanted::optional(key)));
    let mut grid = Grid::read(block, wanted, COMPUTED, whole, beside, findings)?;
    grid.refuse_totals(findings);
    let groups = themes::groups(&mut grid, findings);
    let given = Given::in_grid(&grid);
    let sign = own.variance.unwrap_or(VarianceSign::OverspendPositive);
    check_given(&mut grid, given, findings);
    words::check_ratings(&mut grid, findings);
    let narratives = narrative::of_rows(&grid, beside.narratives, findings);

    let mut lines = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        if let Ok(line) = read_line(&grid, row, given, sign, findings) {
            lines.push(line);
        }
    }
    if !grid.sound || lines.len() < grid.rows.len() {
        return None;
    }
    let Ok(total) = Figures::total(&lines.iter(), given, sign) else {
        too_large(grid.place, "the figures", findings);
        return None;
    };
    checks::virements(&grid, &lines, &total, findings);
    checks::must_equal(own, given, &grid, &total, findings);

    let shown = shown(own, &grid, given, !beside.narratives.is_empty(), findings);
    let rows = themes::lay_out(
        &groups,
        |index| {
            let row = grid.rows.get(index);
            let line = lines.get(index).copied().unwrap_or_default();
            let words = |key| row.map_or("", |row| grid.words(row, key));
            let narrative = narratives.get(index).copied().flatten();
            Ok(Row { role: RowRole::Body, cells: shown.cells(words("item"), &line, sign, words, narrative) })
        },
        |role, name, members| {
            let sum = Figures::total(&members.iter().filter_map(|index| lines.get(*index)), given, sign)?;
            Ok(Row { role, cells: shown.cells(name, &sum, sign, |_| "", None) })
        },
    );
    let Ok(rows): Result<_, TooLarge> = rows else {
        too_large(grid.place, "the figures", findings);
        return None;
    };
    let mut notes = Vec::new();
    if shown.place(Figure::Variance).is_some() {
        notes.push(words::variance(given, sign));
    }
    if let Some(remaining) = shown.place(Figure::Remaining) {
        notes.extend(words::overspends(&rows, remaining));
    }
    let relations = relations(&shown, given, sign, &rows);
    Some(Body { notes, relations, ..Body::new(shown.columns(given), rows) })
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
fn read_line(
    grid: &Grid,
    row: &GridRow,
    given: Given,
    sign: VarianceSign,
    findings: &mut Vec<Finding>,
) -> Result<Figures, Reported> {
    let mut line = Figures::default();
    let mut wrong = false;
    for figure in Figure::typed().filter(|figure| given.has(*figure)) {
        match grid.cell(row, figure.key(), Kept::Pounds, given.if_empty(figure), findings) {
            Ok(cell) => line.set(figure, &cell),
            Err(Reported) => wrong = true,
        }
    }
    if wrong {
        return Err(Reported);
    }
    work_out(grid, row, given, sign, &mut line, findings).map_err(|TooLarge| {
        too_large(row.span, &format!("{}the figures of row `{}`", grid.in_file(), row.name()), findings);
        Reported
    })?;
    Ok(line)
}

fn work_out(
    grid: &Grid,
    row: &GridRow,
    given: Given,
    sign: VarianceSign,
    line: &mut Figures,
    findings: &mut Vec<Finding>,
) -> Result<(), TooLarge> {
    if given.quarters() {
        follow(line, Figure::Spent, &line.quarters()?, |typed, quarters| {
            checks::spent(grid, row, typed, quarters, findings);
        });
    }
    if given.changes() || (given.has(Figure::Allocated) && !given.has(Figure::Revised)) {
        follow(line, Figure::Revised, &line.budget()?, |typed, budget| {
            checks::revised(grid, row, typed, budget, findings);
        });
    }
    line.compare(given, sign)
}

/// Sets a figure to what it comes to. Where one was typed too, both are checked against each other; where one of its parts
/// is not available, what was typed stands.
fn follow(line: &mut Figures, figure: Figure, sum: &Cell, check: impl FnOnce(Decimal, Decimal)) {
    match (line.get(figure), sum.as_figure()) {
        (Some(_), None) => return,
        (Some(typed), Some(sum)) => check(typed, sum),
        (None, _) => {}
    }
    line.set(figure, sum);
}

/// How the figures follow from each other: each row across, and the rows down to their sums.
fn relations(shown: &Shown, given: Given, sign: VarianceSign, rows: &[Row]) -> Vec<Relation> {
    let place = |figure: Figure| shown.place(figure);
    // A budget that nothing changed is the allocation, whichever of the two is shown.
    let same = !given.has(Figure::Revised) && !given.changes();
    let budget = place(Figure::Revised).or_else(|| place(Figure::Allocated).filter(|_| same));
    let sum_of = |total: Option<usize>, parts: &[Figure]| {
        let parts: Option<Vec<usize>> =
            parts.iter().filter(|figure| given.exists(**figure)).map(|figure| place(*figure)).collect();
        total.zip(parts.filter(|parts| !parts.is_empty()))
    };
    let mut sums = Vec::new();
    if given.quarters() {
        sums.extend(sum_of(place(Figure::Spent), &Figure::QUARTERS));
    }
    if given.has(Figure::Allocated) && !same {
        sums.extend(sum_of(place(Figure::Revised), &Figure::BUDGET));
    }
    if given.exists(Figure::Remaining) {
        sums.extend(sum_of(budget, &[Figure::Spent, Figure::CarriedOver, Figure::Remaining]));
    }
    let share = place(Figure::PercentSpent).zip(place(Figure::Spent)).zip(budget);
    let variance = place(Figure::Variance).zip(place(given.outturn())).zip(budget);

    let mut relations = Vec::new();
    for row in (0..rows.len()).filter(|row| rows.get(*row).is_some_and(|row| row.role != RowRole::Group)) {
        let at = |column: usize| At::new(row, column);
        relations.extend(sums.iter().map(|(total, parts)| Relation::Sum {
            total: at(*total),
            parts: parts.iter().map(|part| at(*part)).collect(),
        }));
        relations.extend(share.map(|((share, spent), budget)| Relation::Share {
            result: at(share),
            part: at(spent),
            whole: at(budget),
        }));
        relations.extend(variance.map(|((variance, outturn), budget)| {
            let (from, to) = match sign {
                VarianceSign::OverspendPositive => (budget, outturn),
                VarianceSign::UnderspendPositive => (outturn, budget),
            };
            Relation::Difference { result: at(variance), from: at(from), to: at(to) }
        }));
    }
    let down: Vec<usize> = Figure::ALL.into_iter().filter(|figure| figure.adds_up()).filter_map(place).collect();
    relations.extend(relation::sums(rows, &down));
    relations
}

/// One column of the table, beside the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Words(&'static str, &'static str),
    Figure(Figure),
    OverOrUnder,
    Narrative,
}

/// The columns that are shown, beside the items, in their order.
struct Shown(Vec<Part>);

impl Shown {
    /// These words and figures, in the order of the columns, whatever the order in `show`: a budget is read from left to
    /// right.
    fn new(words: impl Fn(&str) -> bool, figures: impl Fn(Figure) -> bool, narrative: bool) -> Self {
        let mut parts = Vec::new();
        let [granted_to, others @ ..] = WORDS;
        parts.extend(words(granted_to.0).then_some(Part::Words(granted_to.0, granted_to.1)));
        for figure in Figure::ALL.into_iter().filter(|figure| figures(*figure)) {
            parts.push(Part::Figure(figure));
            parts.extend((figure == Figure::Variance).then_some(Part::OverOrUnder));
        }
        parts.extend(others.into_iter().filter(|(key, _)| words(key)).map(|(key, heading)| Part::Words(key, heading)));
        parts.extend(narrative.then_some(Part::Narrative));
        Self(parts)
    }

    fn columns(&self, given: Given) -> Vec<Column> {
        let own = self.0.iter().map(|part| match part {
            Part::Words(key, heading) => Column::words(*key, *heading),
            Part::Figure(figure) => Column {
                computed: given.works_out(*figure),
                ..Column::typed(figure.key(), figure.heading(), figure.format())
            },
            Part::OverOrUnder => Column { computed: true, ..Column::words(OVER_OR_UNDER.0, OVER_OR_UNDER.1) },
            Part::Narrative => Column::words(NARRATIVE.0, NARRATIVE.1),
        });
        std::iter::once(Column::words("item", "Item")).chain(own).collect()
    }

    fn cells<'w>(
        &self,
        name: &str,
        figures: &Figures,
        sign: VarianceSign,
        words: impl Fn(&'static str) -> &'w str,
        narrative: Option<usize>,
    ) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(self.0.len() + 1);
        cells.push(Cell::words(name));
        cells.extend(self.0.iter().map(|part| match part {
            Part::Words(words::RATING, _) => words::rating(words(words::RATING)).map_or_else(Cell::empty, Cell::words),
            Part::Words(key, _) => CellValue::words_or_empty(words(key)).into(),
            Part::Figure(figure) => figures.cell(*figure),
            Part::OverOrUnder => words::over_or_under(&figures.cell(Figure::Variance), sign),
            Part::Narrative => narrative.map_or_else(Cell::empty, |number| CellValue::Narrative(number).into()),
        }));
        cells
    }

    /// Where a figure stands among a row's cells.
    fn place(&self, figure: Figure) -> Option<usize> {
        self.0.iter().position(|part| *part == Part::Figure(figure)).map(|place| place + 1)
    }
}

/// Which columns are shown: those of `show`, or those that say something. A narrative is always shown.
fn shown(own: &Spending, grid: &Grid, given: Given, narrative: bool, findings: &mut Vec<Finding>) -> Shown {
    if own.show.is_empty() {
        return Shown::new(|key| grid.has(key), |figure| given.says_something(figure), narrative);
    }
    let figures: Vec<_> = Figure::ALL.into_iter().filter(|figure| given.exists(*figure)).collect();
    let words: Vec<_> = WORDS.into_iter().filter(|(key, _)| grid.has(key)).collect();
    let mut chosen_figures = Vec::new();
    let mut chosen_words = Vec::new();
    for name in &own.show {
        let written = plain(name);
        if let Some(figure) = Figure::named(name).filter(|figure| figures.contains(figure)) {
            chosen_figures.push(figure);
        } else if let Some((key, _)) = words.iter().find(|(key, heading)| *key == written || plain(heading) == written)
        {
            chosen_words.push(*key);
        } else if !is_always_shown(&written, grid, given, narrative) {
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
    Shown::new(|key| chosen_words.contains(&key), |figure| chosen_figures.contains(&figure), narrative)
}

/// The item, its theme and its narrative are always shown, and the words beside a variance with it, so that naming them
/// changes nothing.
fn is_always_shown(written: &str, grid: &Grid, given: Given, narrative: bool) -> bool {
    match written {
        "item" => true,
        "theme" => grid.has("theme"),
        "narrative" => narrative,
        "over_or_under" => given.exists(Figure::Variance),
        _ => false,
    }
}
