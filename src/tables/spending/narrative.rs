//! Which narrative belongs to which row.

use std::collections::HashMap;

use crate::finding::{Finding, codes, did_you_mean};
use crate::tables::csv_file::one_line;
use crate::tables::rows::{Grid, GridRow};
use crate::text::Spanned;

/// For each row of the grid, the number of its narrative. A heading that names no row, or several, or one that another
/// names already, is reported.
pub(super) fn of_rows(grid: &Grid, headings: &[Spanned<String>], findings: &mut Vec<Finding>) -> Vec<Option<usize>> {
    let mut narratives = vec![None; grid.rows.len()];
    if headings.is_empty() {
        return narratives;
    }
    let mut rows: HashMap<String, Option<usize>> = HashMap::with_capacity(grid.rows.len());
    for (index, row) in grid.rows.iter().enumerate() {
        rows.entry(key(row.name())).and_modify(|found| *found = None).or_insert(Some(index));
    }
    for (number, heading) in headings.iter().enumerate() {
        let (code, message, help) = match rows.get(&key(heading)) {
            Some(Some(row)) => match narratives.get_mut(*row) {
                Some(narrative @ None) => {
                    *narrative = Some(number);
                    continue;
                }
                _ => (
                    codes::DUPLICATE,
                    format!("the row `{}` has a narrative already", heading.value),
                    "put both texts under one heading".to_owned(),
                ),
            },
            Some(None) => (
                codes::UNKNOWN_REFERENCE,
                format!("a narrative is headed `{}`, and there are several rows of that name", heading.value),
                "give each row a name of its own".to_owned(),
            ),
            None => (
                codes::UNKNOWN_REFERENCE,
                format!("a narrative is headed `{}`, and the table has no row of that name", heading.value),
                did_you_mean(heading, grid.rows.iter().map(GridRow::name))
                    .unwrap_or_else(|| "write the words of the row's first cell after `##`".to_owned()),
            ),
        };
        findings.push(Finding::error(code, heading.span, message).help(help));
    }
    narratives
}

/// A row's name for comparing. The text has the quotation marks and dashes of good print where a file has those of a
/// keyboard.
fn key(name: &str) -> String {
    let plain = |character| match character {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '‐' | '–' | '—' => '-',
        other => other,
    };
    let name: String = one_line(name).chars().map(plain).collect();
    name.to_lowercase().replace("---", "-").replace("--", "-").replace("...", "…")
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn names_are_compared_as_they_are_read() {
        assert_eq!(key("The  council’s plan – A"), key("the council's plan -- a"));
        assert_ne!(key("Plan A"), key("Plan B"));
    }
}
