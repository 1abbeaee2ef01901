//! From a table to what is drawn of it: which figures, under which names, in which order.

use rust_decimal::Decimal;

use super::Words;
use super::bars::{Bar, Bars, Group, Row as BarRow};
use super::lines::{Line, Lines, Panel};
use crate::figures;
use crate::tables::{Cell, Column, Format, Relation, Row, RowRole, Table, TableKind};

/// A chart has at most so many rows; of more, the largest are drawn.
pub(super) const MOST_ROWS: usize = 40;
/// And at most so many bars to a row, or lines one below the other.
const MOST_SERIES: usize = 6;
/// A line has at most so many points; of more, the latest are drawn.
const MOST_POINTS: usize = 120;

/// Reads from a table what is drawn.
pub(super) struct Reader<'t> {
    pub(super) table: &'t Table,
    pub(super) words: &'t Words<'t>,
}

impl Reader<'_> {
    fn column(&self, key: &str) -> Option<(usize, &Column)> {
        let index = self.table.column(key)?;
        Some((index, self.table.columns.get(index)?))
    }

    /// The first column's key, which says what a table is of.
    fn first(&self) -> &str {
        if self.table.kind == TableKind::Data {
            return "";
        }
        self.table.columns.first().map_or("", |column| column.key.as_str())
    }

    pub(super) fn bars(&self) -> Option<Bars> {
        let bars = match self.first() {
            "area" if self.table.column("rate").is_some() => self.ranked(),
            "item" if self.table.column("spent").is_some() && self.budget().is_some() => self.spending(),
            "category" if self.table.column("count_0").is_some() => self.periods(),
            "period" if self.shares().next().is_some() => self.outcome(),
            "indicator" => self.indicator(),
            _ => self.plain(),
        };
        bars.finish()
    }

    /// How each row has changed, to the left or to the right of nil.
    pub(super) fn differences(&self) -> Option<Bars> {
        let ((difference, format), (change, of_change)) = (self.column("difference")?, self.column("change")?);
        let (from, to) = (self.column("from")?.0, self.column("to")?.0);
        let row = |row: &Row| {
            let cell = row.cells.get(difference)?;
            let change = row.cells.get(change);
            let detail = match change {
                Some(cell) if cell.is_firm() => cell.value.printed(of_change.format),
                _ if cell.as_figure().is_some() => {
                    format!(
                        "{} {} {}",
                        self.table.printed_bare(row, from),
                        self.words.to,
                        self.table.printed_bare(row, to)
                    )
                }
                _ => String::new(),
            };
            let words = with_detail(&cell.printed(format.format), &detail);
            Some(vec![Bar { value: cell.as_figure(), words, class: "after", ..Bar::default() }])
        };
        let mut bars = self.groups(row, "Bars to the left of nil for what fell and to the right for what rose.");
        let heading = |index: usize| self.table.columns.get(index).map_or("", |column| &column.heading);
        bars.heading = format!("{}, {} {} {}", format.heading, heading(from), self.words.to, heading(to));
        bars.finish()
    }

    /// Areas by their place, with the average as a line.
    fn ranked(&self) -> Bars {
        let Some((rate, column)) = self.column("rate") else { return Bars::default() };
        let rank = self.table.column("rank");
        let row = |row: &Row| {
            let cell = row.cells.get(rate)?;
            let class = if row.role == RowRole::Own { "own" } else { "rest" };
            Some(vec![Bar { value: cell.as_figure(), words: cell.printed(column.format), class, ..Bar::default() }])
        };
        let mut bars = self.groups(row, "A bar for each area.");
        bars.heading = column.full_heading();
        for group in &mut bars.groups {
            let place = |row: usize| -> (bool, Option<Decimal>, std::cmp::Reverse<Option<Decimal>>) {
                let figure = |column: usize| self.table.rows.get(row)?.cells.get(column)?.as_figure();
                let value = figure(rate);
                (value.is_none(), rank.and_then(figure), std::cmp::Reverse(value))
            };
            group.rows.sort_by_key(|row| place(row.index));
            for row in &mut group.rows {
                if self.table.rows.get(row.index).is_some_and(|row| row.role == RowRole::Own) {
                    row.name = format!("{} {}", self.words.own, row.name);
                    row.strong = true;
                }
            }
        }
        let average = self.table.rows.iter().find(|row| row.role == RowRole::Average);
        let average = average.and_then(|row| row.cells.get(rate));
        bars.level = average.and_then(|cell| {
            Some((cell.as_figure()?, format!("{} {}", self.words.average, cell.printed(column.format))))
        });
        bars
    }

    fn budget(&self) -> Option<(usize, &Column)> {
        self.column("revised").or_else(|| {
            let changes = ["virement", "brought_forward"].iter().any(|key| self.table.column(key).is_some());
            self.column("allocated").filter(|_| !changes)
        })
    }

    /// What was spent, filled, within the outline of what was budgeted.
    fn spending(&self) -> Bars {
        let (Some((spent, of_spent)), Some((budget, of_budget))) = (self.column("spent"), self.budget()) else {
            return Bars::default();
        };
        let percent = self.column("percent_spent");
        let row = |row: &Row| {
            let (spent, budget) = (row.cells.get(spent)?, row.cells.get(budget)?);
            let words =
                format!("{} {} {}", spent.printed(of_spent.format), self.words.of, budget.printed(of_budget.format));
            let percent = percent.and_then(|(index, column)| Some((row.cells.get(index)?, column)));
            let percent = percent.filter(|(cell, _)| cell.is_firm());
            let detail = percent.map_or_else(String::new, |(cell, column)| cell.value.printed(column.format));
            Some(vec![Bar {
                value: spent.as_figure(),
                of: budget.as_figure(),
                words: with_detail(&words, &detail),
                class: "spent",
                ..Bar::default()
            }])
        };
        let bars = self.groups(row, "A filled bar for what was spent, within an outline for the budget.");
        Bars { heading: self.key(of_spent, of_budget), ..bars }
    }

    /// Categories, with a bar for each period.
    fn periods(&self) -> Bars {
        let columns: Vec<(usize, Option<usize>)> = (0..MOST_SERIES)
            .map_while(|index| {
                let count = self.table.column(&format!("count_{index}"))?;
                Some((count, self.table.column(&format!("share_{index}"))))
            })
            .collect();
        let row = |row: &Row| {
            let bar = |(place, (count, share)): (usize, &(usize, Option<usize>))| {
                let cell = row.cells.get(*count)?;
                let column = self.table.columns.get(*count)?;
                let share = share.and_then(|share| Some((row.cells.get(share)?, self.table.columns.get(share)?)));
                let share = share.filter(|(cell, _)| cell.is_firm());
                let detail = share.map_or_else(String::new, |(cell, column)| cell.value.printed(column.format));
                Some(Bar {
                    series: if columns.len() > 1 {
                        column.group.clone().unwrap_or_else(|| column.heading.clone())
                    } else {
                        String::new()
                    },
                    value: cell.as_figure(),
                    words: with_detail(&cell.printed(column.format), &detail),
                    class: class_of(place, columns.len()),
                    ..Bar::default()
                })
            };
            Some(columns.iter().enumerate().filter_map(bar).collect())
        };
        let what = if columns.len() > 1 { "A bar for each category and period." } else { "A bar for each category." };
        let bars = self.groups(row, what);
        // Of several periods without a common heading, each bar names its own.
        let heading = columns.first().and_then(|(count, _)| self.table.columns.get(*count));
        let heading = heading.filter(|column| columns.len() == 1 || column.group.is_some());
        Bars { heading: heading.map_or_else(String::new, |column| column.heading.clone()), ..bars }
    }

    /// The columns of percentages with the counts they follow from, as the first row with all three has them.
    fn shares(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let first = self.table.relations.iter().find_map(|relation| match relation {
            Relation::Share { result, .. } => Some(result.row),
            _ => None,
        });
        let of_row = self.table.relations.iter().filter_map(move |relation| match relation {
            Relation::Share { result, part, whole }
                if Some(result.row) == first && part.row == result.row && whole.row == result.row =>
            {
                Some((result.column, part.column, whole.column))
            }
            _ => None,
        });
        of_row.take(MOST_SERIES)
    }

    /// Percentages of their own bases, the total's among them.
    fn outcome(&self) -> Bars {
        let shares: Vec<(usize, usize, usize)> = self.shares().collect();
        let row = |row: &Row| {
            let bar = |(place, (share, part, whole)): (usize, &(usize, usize, usize))| {
                let (cell, column) = (row.cells.get(*share)?, self.table.columns.get(*share)?);
                let heading = self.table.columns.get(*part)?;
                let detail = match cell.as_figure() {
                    Some(_) => format!(
                        "{} {} {}",
                        self.table.printed_bare(row, *part),
                        self.words.of,
                        self.table.printed_bare(row, *whole)
                    ),
                    None => String::new(),
                };
                let several = shares.len() > 1;
                Some(Bar {
                    series: if several {
                        heading.group.clone().unwrap_or_else(|| heading.heading.clone())
                    } else {
                        String::new()
                    },
                    value: cell.as_figure(),
                    words: with_detail(&cell.printed(column.format), &detail),
                    class: if several { class_of(place, shares.len()) } else { "after" },
                    ..Bar::default()
                })
            };
            Some(shares.iter().enumerate().filter_map(bar).collect())
        };
        let bars = self.groups_with(row, "A bar for each percentage.", true);
        let heading = match shares.as_slice() {
            [(share, ..)] => self.table.columns.get(*share).map_or_else(String::new, Column::full_heading),
            _ => String::new(),
        };
        Bars { heading, ..bars }
    }

    /// How far each indicator is achieved, with the target as an outline.
    fn indicator(&self) -> Bars {
        let Some((share, column)) = self.column("share") else { return self.plain() };
        let target = self.column("target");
        let row = |row: &Row| {
            let cell = row.cells.get(share)?;
            let target = target.and_then(|(index, column)| Some((row.cells.get(index)?, column)));
            let detail = target.map_or_else(String::new, |(cell, column)| {
                let printed = cell.value.printed(column.format);
                if printed.is_empty() { printed } else { format!("{} {printed}", self.words.target) }
            });
            let is_percentage = |column: &Column| matches!(column.format, Format::Percent(_));
            Some(vec![Bar {
                value: cell.as_figure(),
                of: target.filter(|(_, column)| is_percentage(column)).and_then(|(cell, _)| cell.as_figure()),
                words: with_detail(&cell.printed(column.format), &detail),
                class: "spent",
                ..Bar::default()
            }])
        };
        let bars = self.groups(row, "A filled bar for what is achieved, within an outline for the target.");
        let heading = target.map_or_else(|| column.full_heading(), |(_, target)| self.key(column, target));
        Bars { heading, ..bars }
    }

    /// Which bar is which: "Filled: Spent. Outline: Allocated."
    fn key(&self, filled: &Column, outline: &Column) -> String {
        let (filled, outline) = (filled.full_heading(), outline.full_heading());
        format!("{}: {filled}. {}: {outline}.", self.words.filled, self.words.outline)
    }

    /// The columns with figures of one kind, those of the first such column.
    fn alike(&self) -> Vec<usize> {
        let columns = &self.table.columns;
        let first = columns.iter().find(|column| column.format.is_figure());
        let Some(first) = first else { return Vec::new() };
        let is_like = |column: &&Column| column.format == first.format && column.unit == first.unit;
        let columns = columns.iter().enumerate().filter(|(_, column)| is_like(column));
        columns.map(|(index, _)| index).take(MOST_SERIES).collect()
    }

    fn plain(&self) -> Bars {
        let columns = self.alike();
        let row = |row: &Row| {
            let bar = |(place, index): (usize, &usize)| {
                let (cell, column) = (row.cells.get(*index)?, self.table.columns.get(*index)?);
                Some(Bar {
                    series: if columns.len() > 1 { column.full_heading() } else { String::new() },
                    value: cell.as_figure(),
                    words: cell.printed(column.format),
                    class: if columns.len() > 1 { class_of(place, columns.len()) } else { "after" },
                    ..Bar::default()
                })
            };
            Some(columns.iter().enumerate().filter_map(bar).collect())
        };
        let bars = self.groups(row, "A bar for each figure.");
        let heading = match columns.as_slice() {
            [only] => self.table.columns.get(*only).map_or_else(String::new, Column::full_heading),
            _ => String::new(),
        };
        Bars { heading, ..bars }
    }

    fn groups(&self, of_row: impl Fn(&Row) -> Option<Vec<Bar>>, what: &'static str) -> Bars {
        self.groups_with(of_row, what, false)
    }

    /// The rows under the headings of their groups, at most so many.
    fn groups_with(&self, of_row: impl Fn(&Row) -> Option<Vec<Bar>>, what: &'static str, total: bool) -> Bars {
        let is_drawn = |row: &Row| match row.role {
            RowRole::Body | RowRole::Own => true,
            RowRole::Total => total,
            RowRole::Group | RowRole::Average | RowRole::Subtotal => false,
        };
        let mut groups = vec![Group::default()];
        for (index, row) in self.table.rows.iter().enumerate() {
            if row.role == RowRole::Group {
                groups.push(Group { heading: row.name().to_owned(), rows: Vec::new() });
            } else if is_drawn(row)
                && let Some(bars) = of_row(row)
                && let Some(group) = groups.last_mut()
            {
                let strong = row.role == RowRole::Total;
                group.rows.push(BarRow { index, name: heading(row, self.table.row_headings), strong, bars });
            }
        }
        groups.retain(|group| !group.rows.is_empty());
        Bars { what, groups, ..Bars::default() }
    }

    /// The periods from the first to the last, a panel for each series.
    pub(super) fn lines(&self) -> Option<Lines> {
        let rows: Vec<&Row> =
            self.table.rows.iter().filter(|row| matches!(row.role, RowRole::Body | RowRole::Own)).collect();
        let count = rows.len();
        let latest = rows.get(count.saturating_sub(MOST_POINTS)..).unwrap_or_default();
        let figure = |row: &Row, column: usize| row.cells.get(column).and_then(Cell::as_figure);
        let series: Vec<usize> =
            (0..MOST_SERIES).map_while(|index| self.table.column(&format!("value_{index}"))).collect();
        let of_kind = !series.is_empty();
        let columns = if of_kind { series } else { self.alike() };
        let panels: Vec<Panel> = columns
            .iter()
            .enumerate()
            .filter_map(|(index, place)| {
                let column = self.table.columns.get(*place)?;
                let values: Vec<Option<Decimal>> = latest.iter().map(|row| figure(row, *place)).collect();
                let (last, _) = values.iter().enumerate().rev().find(|(_, value)| value.is_some())?;
                let heading = column.full_heading();
                let limits = self.table.limits.iter().find(|limits| limits.column == *place);
                let before = of_kind.then(|| self.table.column(&format!("last_year_{index}"))).flatten();
                let level = |value: Decimal, name: &str, class| {
                    (value, format!("{name} {}", of_limit(column.format, value)), class)
                };
                let levels = limits.map_or_else(Vec::new, |limits| {
                    vec![
                        level(limits.upper, self.words.limits.1, "limit"),
                        level(limits.average, self.words.average, "average"),
                        level(limits.lower, self.words.limits.0, "limit"),
                    ]
                });
                let is_outside =
                    |value: Decimal| limits.is_some_and(|limits| value > limits.upper || value < limits.lower);
                let latest_words = latest.get(last).map_or_else(String::new, |row| {
                    row.cells.get(*place).map_or_else(String::new, |cell| cell.printed(column.format))
                });
                Some(Panel {
                    heading: if columns.len() > 1 { heading.clone() } else { String::new() },
                    format: column.format,
                    line: Line {
                        name: if columns.len() > 1 {
                            latest_words.clone()
                        } else {
                            format!("{heading} {latest_words}")
                        },
                        outside: values.iter().map(|value| value.is_some_and(is_outside)).collect(),
                        values,
                    },
                    before: before.map(|place| Line {
                        name: self.words.last_year.to_owned(),
                        outside: Vec::new(),
                        values: latest.iter().map(|row| figure(row, place)).collect(),
                    }),
                    levels,
                })
            })
            .collect();
        if panels.is_empty() {
            return None;
        }
        let left_out = (latest.len() < count)
            .then(|| format!("The latest {} of {} periods are drawn.", number(latest.len()), number(count)));
        let periods = latest.iter().map(|row| heading(row, self.table.row_headings)).collect();
        Some(Lines { periods, panels, left_out })
    }
}

/// The words in the cells that head a row.
fn heading(row: &Row, headings: usize) -> String {
    let words: Vec<String> = row
        .cells
        .iter()
        .take(headings.max(1))
        .map(|cell| cell.value.printed(Format::Words))
        .filter(|words| !words.is_empty())
        .collect();
    words.join(", ")
}

fn with_detail(words: &str, detail: &str) -> String {
    if detail.is_empty() { words.to_owned() } else { format!("{words} ({detail})") }
}

/// The last of several is the darkest, the first the lightest.
fn class_of(place: usize, of: usize) -> &'static str {
    match place {
        _ if place + 1 == of => "after",
        0 => "before",
        _ => "other",
    }
}

/// A limit or an average, which of whole figures is written to a tenth.
fn of_limit(format: Format, value: Decimal) -> String {
    if format == Format::Count { figures::number(value, 1) } else { format.write(value) }
}

pub(super) fn number(count: usize) -> String {
    figures::number(Decimal::from(count), 0)
}
