//! Counts that are kept back and can be worked out all the same: T10.
//!
//! This looks at one column and its total at a time. What percentages and other tables give away is for an audit of its own.

use rust_decimal::Decimal;

use super::figure::sum;
use super::grid::{Cell, Grid, Holds, Role, grids};
use crate::figures;
use crate::model::Level;
use crate::rules::{Example, Found, PaperInHand, Rule, Test};

pub(super) const SUPPRESSED: Rule = Rule {
    code: "T10",
    name: "suppressed-count-that-follows",
    level: Level::Error,
    meaning: "A count that is kept back (`<5` or `[c]`) follows from the total and the other figures of its column. `<5` is taken \
              to mean 1 to 4, since nil is printed as 0.",
    why: "Small counts are kept back to protect the few people behind them. Whoever can subtract is told about them all the same.",
    source: "Data Protection Act 2018; Government Analysis Function, guidance on statistical disclosure control.",
    remedy: "Keep back another figure of the column, or the total, or put small groups together.",
    failing: Example::Text(
        "Table: Counted\n\n| Type of hate | 2013 |\n|---|---:|\n| Racist | 276 |\n| Sexist | 19 |\n| Blank | <5 |\n| Total | 297 |\n",
    ),
    passing: Example::Text(
        "Table: Counted\n\n| Type of hate | 2013 |\n|---|---:|\n| Racist | 276 |\n| Sexist | <5 |\n| Blank | <5 |\n| Total | 280 |\n",
    ),
    test: Test::Paper(suppressed),
};

fn suppressed(paper: &PaperInHand<'_>, found: &mut Found) {
    for grid in grids(paper) {
        for column in 1..grid.columns() {
            of_column(grid, column, found);
        }
    }
}

fn of_column(grid: &Grid, column: usize, found: &mut Found) {
    let last = grid.rows.len().saturating_sub(1);
    let only_total = grid.rows.iter().filter(|row| row.is_total()).count() == 1;
    let Some((total, printed)) = grid
        .rows
        .last()
        .filter(|row| row.is_total() && only_total)
        .and_then(|row| row.cells.get(column))
        .and_then(|cell| Some((cell, cell.figure().filter(|figure| figure.is_count())?)))
    else {
        return;
    };
    let mut known = Vec::new();
    let mut hidden = Vec::new();
    for row in grid.rows[..last].iter().filter(|row| row.role != Role::Heading) {
        let Some(cell) = row.cells.get(column) else { return };
        match cell.holds {
            Holds::Figure(figure) if figure.is_count() => known.push(figure.value),
            Holds::Suppressed(most) => hidden.push((row.name(), cell, most)),
            _ => return,
        }
    }
    let Some(rest) = sum(known).and_then(|known| printed.value.checked_sub(known)) else { return };
    let most: Vec<Option<u32>> = hidden.iter().map(|(_, _, most)| *most).collect();
    let Some(values) = only_values(rest, &most) else { return };
    let Some((_, first, _)) = hidden.first() else { return };

    let named: Vec<String> = hidden
        .iter()
        .zip(&values)
        .map(|((name, ..), value)| format!("`{name}` is {}", figures::number(*value, 0)))
        .collect();
    let message = format!(
        "column `{}`: what is kept back follows from the total of {} and the other figures: {}",
        grid.heading(column),
        printed.printed(),
        and(&named)
    );
    let told = found
        .at(first.span, message)
        .label(format!("the total less the other figures leaves {}", figures::number(rest, 0)))
        .also(total.span, "the total gives it away");
    let told = hidden.iter().skip(1).fold(told, |told, (_, cell, _)| told.also(cell.span, "kept back in vain"));
    told.help(remedy(grid, column, hidden.len()));
}

/// What counts must be that together make `rest`, each at least 1 (nil is printed as nil) and at most what its sign says;
/// nothing if they can be several things, or nothing at all.
fn only_values(rest: Decimal, most: &[Option<u32>]) -> Option<Vec<Decimal>> {
    let greatest: Vec<Decimal> = most.iter().map(|most| most.map_or(rest, Decimal::from)).collect();
    let all_greatest = sum(greatest.iter().copied())?;
    let others = Decimal::from(most.len().checked_sub(1)?);
    greatest
        .iter()
        .map(|own| {
            let highest = (*own).min(rest - others);
            let lowest = (rest - (all_greatest - own)).max(Decimal::ONE);
            (lowest == highest).then_some(highest)
        })
        .collect()
}

/// Which further figure to keep back: the smallest, since it tells least.
fn remedy(grid: &Grid, column: usize, hidden: usize) -> String {
    let smallest = grid
        .rows
        .iter()
        .filter(|row| row.role == Role::Body)
        .filter_map(|row| Some((row.cells.get(column)?, row.name())))
        .filter_map(|(cell, name): (&Cell, &str)| Some((cell.figure()?.value, name)))
        .filter(|(value, _)| !value.is_zero())
        .min_by_key(|(value, _)| *value);
    let all = if hidden == 1 { "it" } else { "they" };
    match smallest {
        Some((value, name)) => format!(
            "keep back a further figure of this column, such as `{name}` ({}), as `[c]`, or the total; then {all} can no \
             longer be worked out from this column",
            figures::number(value, 0)
        ),
        None => "keep back the total, or put small groups together".to_owned(),
    }
}

/// "a, b and c".
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Against trying every combination.
        #[test]
        fn values_are_the_only_ones_that_fit(rest in 0_u32..20, most in proptest::collection::vec(1_u32..5, 0..4)) {
            let mut fitting: Vec<Vec<u32>> = vec![Vec::new()];
            for limit in &most {
                fitting = fitting
                    .into_iter()
                    .flat_map(|so_far| (1..=*limit).map(move |value| [so_far.clone(), vec![value]].concat()))
                    .collect();
            }
            fitting.retain(|values| values.iter().sum::<u32>() == rest && !values.is_empty());
            let limits: Vec<Option<u32>> = most.iter().map(|most| Some(*most)).collect();
            let expected = match fitting.as_slice() {
                [only] => Some(only.iter().map(|value| Decimal::from(*value)).collect::<Vec<_>>()),
                _ => None,
            };
            prop_assert_eq!(only_values(rest.into(), &limits), expected);
        }
    }

    #[test]
    fn a_sign_without_a_limit_hides_what_is_large() {
        assert_eq!(only_values(70.into(), &[None]), Some(vec![70.into()]));
        assert_eq!(only_values(70.into(), &[None, Some(4)]), None);
        assert_eq!(only_values(2.into(), &[None, Some(4)]), Some(vec![Decimal::ONE; 2]));
    }
}
