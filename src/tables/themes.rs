//! Rows grouped by theme, in the order in which the themes first appear.

use std::collections::HashMap;

use super::rows::Grid;
use super::{Row, RowRole};
use crate::finding::{Finding, codes};

/// The rows of one theme, or all the rows of a table without themes.
pub(super) struct Group {
    /// The theme as it is first written.
    pub theme: Option<String>,
    /// Which rows, in their order.
    pub rows: Vec<usize>,
}

/// Groups the rows of a grid by its column `theme`. A row that names none is reported.
pub(super) fn groups(grid: &mut Grid, findings: &mut Vec<Finding>) -> Vec<Group> {
    if !grid.has("theme") {
        return vec![Group { theme: None, rows: (0..grid.rows.len()).collect() }];
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut by_theme = HashMap::new();
    let mut without = Vec::new();
    for (index, row) in grid.rows.iter().enumerate() {
        let theme = grid.words(row, "theme");
        if theme.is_empty() {
            let message = format!("{}: nothing is written, and the other rows have a theme", grid.at(row, "theme"));
            without.push(
                Finding::error(codes::TABLE_DATA, grid.span(row, "theme"), message)
                    .help("write the theme into each row, also where it is the same as above"),
            );
            continue;
        }
        let group = *by_theme.entry(theme.to_lowercase()).or_insert_with(|| {
            groups.push(Group { theme: Some(theme.to_owned()), rows: Vec::new() });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(group) {
            group.rows.push(index);
        }
    }
    grid.sound &= without.is_empty();
    findings.append(&mut without);
    groups
}

/// Lays out a table: each group with its heading and, where there are several, its sub-total; then the total.
///
/// `body` makes the row of one index, `sum` the row that adds up those given.
pub(super) fn lay_out<E>(
    groups: &[Group],
    mut body: impl FnMut(usize) -> Result<Row, E>,
    mut sum: impl FnMut(RowRole, &str, &[usize]) -> Result<Row, E>,
) -> Result<Vec<Row>, E> {
    let mut rows = Vec::new();
    let mut all = Vec::new();
    for group in groups {
        if let Some(theme) = &group.theme {
            rows.push(Row::group(theme));
        }
        for index in &group.rows {
            rows.push(body(*index)?);
        }
        if let Some(theme) = group.theme.as_ref().filter(|_| groups.len() > 1) {
            rows.push(sum(RowRole::Subtotal, &format!("Subtotal of {theme}"), &group.rows)?);
        }
        all.extend(&group.rows);
    }
    rows.push(sum(RowRole::Total, "Total", &all)?);
    Ok(rows)
}
