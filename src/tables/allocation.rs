//! Who was granted what, by theme, and whether that comes to the funding there was.

use rust_decimal::Decimal;

use super::arithmetic::TooLarge;
use super::block::{Allocation, Block};
use super::cells::{IfEmpty, Kept, sum, too_large};
use super::kind::Body;
use super::rows::{Grid, Wanted};
use super::{At, Beside, Cell, CellValue, Column, Format, Relation, Row, RowRole, arithmetic, relation, themes};
use crate::figures;
use crate::finding::{Finding, codes};
use crate::text::Span;

/// Shares are printed to a tenth of a per cent.
const PLACES: u32 = 1;

/// What Quorate works out, and people may expect to have to type.
const COMPUTED: &[&str] = &["share", "share_(%)", "total"];

/// Reads an allocation table. Amounts are in pounds; shares are of the total, rounded to one decimal place.
pub(super) fn read(
    own: &Allocation,
    block: &Block,
    whole: Span,
    beside: Beside<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Body> {
    let columns = vec![
        Wanted::required("purpose"),
        Wanted::optional("theme"),
        Wanted::optional("granted_to"),
        Wanted::required("amount"),
    ];
    let mut grid = Grid::read(block, columns, COMPUTED, whole, beside, findings)?;
    grid.refuse_totals(findings);
    let groups = themes::groups(&mut grid, findings);
    let mut amounts = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        if let Ok(amount) = grid.cell(row, "amount", Kept::Pounds, IfEmpty::Wrong, findings) {
            amounts.push(amount);
        }
    }
    if !grid.sound || amounts.len() < grid.rows.len() {
        return None;
    }
    let Ok(total) = arithmetic::sum(&amounts) else {
        too_large(grid.place, "the amounts", findings);
        return None;
    };

    let with_granted_to = grid.has("granted_to");
    let cells = |name: &str, granted_to: &str, amount: Cell| {
        let mut cells = vec![Cell::words(name)];
        if with_granted_to {
            cells.push(CellValue::words_or_empty(granted_to).into());
        }
        // Pounds are no people: few of them tell as much as many.
        let share = arithmetic::share(&amount, &total, PLACES, 0)?;
        cells.extend([amount, share]);
        Ok(cells)
    };
    let amount = |index: usize| amounts.get(index).cloned().unwrap_or_else(Cell::empty);
    let rows = themes::lay_out(
        &groups,
        |index| {
            let (name, granted_to) =
                grid.rows.get(index).map_or(("", ""), |row| (row.name(), grid.words(row, "granted_to")));
            Ok(Row { role: RowRole::Body, cells: cells(name, granted_to, amount(index))? })
        },
        |role, name, members| {
            let amount = arithmetic::sum(members.iter().map(|index| amount(*index)))?;
            Ok(Row { role, cells: cells(name, "", amount)? })
        },
    );
    let Ok(rows): Result<_, TooLarge> = rows else {
        too_large(grid.place, "the amounts", findings);
        return None;
    };

    let mut columns = vec![Column::words("purpose", "Purpose")];
    if with_granted_to {
        columns.push(Column::words("granted_to", "Granted to"));
    }
    columns.push(Column::typed("amount", "Amount", Format::Money(2)));
    columns.push(Column::computed("share", "Share (%)", Format::Percent(PLACES)));

    let mut notes = Vec::new();
    if !own.funding.is_empty() {
        check_funding(own, &total, grid.place, findings);
        notes.push(funded_by(own));
    }
    if !shares_add_up(&rows) {
        notes.push("Shares are rounded to one decimal place, and so may not add up exactly.".to_owned());
    }
    let amounts = 1 + usize::from(with_granted_to);
    let mut relations = relation::sums(&rows, &[amounts]);
    if let Some(total) = rows.iter().position(|row| row.role == RowRole::Total) {
        let whole = At::new(total, amounts);
        let parts = (0..total).filter(|row| rows.get(*row).is_some_and(|row| row.role != RowRole::Group));
        relations.extend(parts.map(|row| Relation::Share {
            result: At::new(row, amounts + 1),
            part: At::new(row, amounts),
            whole,
        }));
    }
    Some(Body { notes, relations, ..Body::new(columns, rows) })
}

/// The total must be the money there was: no more, no less.
fn check_funding(own: &Allocation, total: &Cell, place: Span, findings: &mut Vec<Finding>) {
    let Some(total) = total.as_figure() else {
        let message = "the allocations cannot be held against the funding: an amount is not there";
        findings.push(
            Finding::error(codes::TABLE_SUM, place, message).help(
                "take `funding` out until every amount is there, and say under `notes` where the money came from",
            ),
        );
        return;
    };
    let Some(there_was) = sum(own.funding.iter().map(|source| source.amount.value.0)) else {
        too_large(place, "the amounts under `funding`", findings);
        return;
    };
    if there_was == total {
        return;
    }
    let Some(difference) = total.checked_sub(there_was).map(|difference| figures::money(difference.abs(), 2)) else {
        too_large(place, "the amounts", findings);
        return;
    };
    let (total_text, funding_text) = (figures::money(total, 2), figures::money(there_was, 2));
    let more_or_less = if total > there_was { "more than" } else { "less than" };
    let message = format!(
        "the allocations come to {total_text}, and the funding to {funding_text}: {difference} {more_or_less} there was"
    );
    let mut finding = Finding::error(codes::TABLE_SUM, place, message)
        .label(format!("these rows come to {total_text}"))
        .help("look for an amount that is wrong, missing or there twice, in the rows or under `funding`");
    for source in &own.funding {
        finding = finding
            .also(source.amount.span, format!("{} from {}", figures::money(source.amount.value.0, 2), source.source));
    }
    findings.push(finding);
}

fn funded_by(own: &Allocation) -> String {
    let sources: Vec<_> = own
        .funding
        .iter()
        .map(|source| format!("{} {}", source.source, figures::money(source.amount.value.0, 2)))
        .collect();
    format!("Funded by: {}.", sources.join("; "))
}

/// Whether the printed shares come to those printed in the sub-totals, and these to the whole. Where one is missing,
/// nobody can add them up.
fn shares_add_up(rows: &[Row]) -> bool {
    let shares = |part: &[Row]| sum(part.iter().filter(|row| row.role == RowRole::Body).filter_map(share_of));
    let adds_up = |row: &Row, parts: &[Row]| share_of(row).is_none_or(|share| shares(parts) == Some(share));
    let mut group_starts = 0;
    rows.iter().enumerate().all(|(index, row)| match row.role {
        RowRole::Group => {
            group_starts = index;
            true
        }
        RowRole::Body | RowRole::Own | RowRole::Average => true,
        // Parts of nil have no share, and so nothing to add up.
        RowRole::Subtotal => adds_up(row, rows.get(group_starts..index).unwrap_or_default()),
        RowRole::Total => adds_up(row, rows),
    })
}

fn share_of(row: &Row) -> Option<Decimal> {
    match row.cells.last().map(|cell| &cell.value) {
        Some(CellValue::Figure(share)) => Some(*share),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::finding::codes;
    use crate::tables::testing::{printed, read, table};
    use crate::tables::{RowRole, TableKind};
    use proptest::prelude::*;

    const KIND: TableKind = TableKind::Allocation;

    /// Seed 001, Appendix 8: theme, purpose, granted to, amount.
    const APPENDIX_8: &str = "theme,purpose,Granted To,amount\n\
        Partnership,Partnership support,CCC Business Support,\"39,000.00\"\n\
        Partnership,Analytical support,West Midlands Police,\"35,000.00\"\n\
        Victims,High Risk DVA Victims,,\"25,000.00\"\n\
        Victims,Women offenders,CRC,\"25,000.00\"\n\
        Victims,Domestic security,CCC,\"£35,415.00\"\n\
        Offenders,DVA perpetrators,Mentoring West Midlands,\"55,000.00\"\n\
        Offenders,Youth Offending,CCC YOS,\"85,000.00\"\n\
        Offenders,Civil Powers,Coventry City Council,\"33,750.00\"\n\
        Locations,Mediation,Whitefriars Mediation Service,\"2,000.00\"\n\
        Locations,Community payback,CRC,\"5,000.00\"\n\
        Locations,Road Safety,West Midlands Police,\"10,000.00\"\n\
        Locations,Target Hardening,CCC street lighting,\"10,000.00\"\n\
        Locations,CCTV Modernisation,Coventry City Council,\"49,000.00\"\n\
        Locations,Disruption,Coventry City Council,\"10,000.00\"\n\
        Locations,Local initiative,To be Commissioned,\"4,813.00\"\n\
        Locations,CCTV air time,Rapid Vision,\"6,500.00\"\n\
        Causes,Mental Health Triage,NHS,\"30,000.00\"\n\
        Causes,Substance Misuse,CCC Public Health,\"32,000.00\"\n";

    #[test]
    fn appendix_8_of_seed_001_comes_out() {
        let block = "caption: Funding decisions\ndata: data/funding.csv\nfunding:\n\
                     - {source: Police and Crime Commissioner, amount: 409728}\n\
                     - {source: carried over from 2015/16, amount: \"£82,750\"}\nnotes: [The author's.]\n";
        let table = table(KIND, block, &[("data/funding.csv", APPENDIX_8)]);
        let rows = printed(&table);
        assert_eq!(table.rows.iter().filter(|row| row.role == RowRole::Body).count(), 18);
        assert_eq!(table.rows.iter().filter(|row| row.role == RowRole::Group).count(), 5);
        assert_eq!(rows[0], "Partnership");
        assert_eq!(rows[1], "Partnership support | CCC Business Support | £39,000.00 | 7.9%");
        assert_eq!(rows[3], "Subtotal of Partnership |  | £74,000.00 | 15.0%");
        assert_eq!(rows.last().map(String::as_str), Some("Total |  | £492,478.00 | 100.0%"));
        assert_eq!(
            table.notes[..2],
            [
                "The author's.",
                "Funded by: Police and Crime Commissioner £409,728.00; carried over from 2015/16 £82,750.00."
            ]
        );
    }

    #[test]
    fn funding_that_is_not_the_total_is_found_with_both_figures() {
        let block = "caption: F\nfunding: [{source: PCC, amount: 100}, {source: Left over, amount: 20.50}]\n\
                     rows: [{purpose: a, amount: 70}, {purpose: b, amount: 60}]\n";
        let desk = read(KIND, block, &[]);
        assert_eq!(
            desk.messages(),
            ["the allocations come to £130.00, and the funding to £120.50: £9.50 more than there was"]
        );
        assert_eq!(desk.findings[0].code, codes::TABLE_SUM);
        let labels: Vec<_> = desk.findings[0].others.iter().map(|label| label.text.as_str()).collect();
        assert_eq!(labels, ["£100.00 from PCC", "£20.50 from Left over"]);
        assert_eq!(desk.text_at(desk.findings[0].others[1].span), "20.50");
        assert!(desk.table.is_some(), "a preview shows the table beside what was found");
    }

    #[test]
    fn one_theme_needs_no_subtotal_and_none_no_group() {
        let one = "caption: F\nrows: [{theme: Youth, purpose: a, amount: 1}, {theme: youth, purpose: b, amount: 2}]\n";
        assert_eq!(
            printed(&table(KIND, one, &[])),
            ["Youth", "a | £1.00 | 33.3%", "b | £2.00 | 66.7%", "Total | £3.00 | 100.0%"]
        );
        let none = "caption: F\nrows: [{purpose: a, granted_to: Police, amount: 0}]\n";
        assert_eq!(printed(&table(KIND, none, &[])), ["a | Police | £0.00 | [z]", "Total |  | £0.00 | [z]"]);
    }

    #[test]
    fn themes_gather_in_the_order_they_first_appear() {
        let block = "caption: F\nrows:\n- {theme: B, purpose: b1, amount: 1}\n- {theme: A, purpose: a1, amount: 1}\n\
                     - {theme: B, purpose: b2, amount: 1}\n";
        let table = table(KIND, block, &[]);
        let names: Vec<_> = table.rows.iter().map(super::Row::name).collect();
        assert_eq!(names, ["B", "b1", "b2", "Subtotal of B", "A", "a1", "Subtotal of A", "Total"]);
        assert_eq!(
            table.notes,
            ["Shares are rounded to one decimal place, and so may not add up exactly."],
            "33.3 and 33.3 make 66.6, and the sub-total says 66.7"
        );
    }

    #[test]
    fn a_row_of_totals_would_be_counted_twice() {
        let desk = read(KIND, "caption: F\ndata: a.csv\n", &[("a.csv", "purpose,amount\na,1\nTOTAL,1\n")]);
        assert_eq!(
            desk.messages(),
            ["in `a.csv`, the row `TOTAL` looks like a sum of the others, and Quorate adds them up itself"]
        );
        assert_eq!(desk.place(), "a.csv:3:1");
    }

    #[test]
    fn a_row_without_its_theme_is_found() {
        let desk = read(KIND, "caption: F\ndata: a.csv\n", &[("a.csv", "theme,purpose,amount\nT,a,1\n,b,2.345\n")]);
        assert_eq!(
            desk.messages(),
            [
                "in `a.csv`, row `b`, column `theme`: nothing is written, and the other rows have a theme",
                "in `a.csv`, row `b`, column `amount`: expected pounds and pence, such as `409,728.00`, found `2.345`",
            ]
        );
    }

    #[test]
    fn an_amount_that_is_not_there_leaves_no_total() {
        let rows = "rows:\n- {theme: T, purpose: a, amount: \"75 [p]\"}\n- {theme: T, purpose: b, amount: 25}\n\
                    - {theme: U, purpose: c, amount: \"[x]\"}\n";
        assert_eq!(
            printed(&table(KIND, &format!("caption: F\n{rows}"), &[])),
            [
                "T",
                "a | £75.00 [p] | [x]",
                "b | £25.00 | [x]",
                "Subtotal of T | £100.00 [p] | [x]",
                "U",
                "c | [x] | [x]",
                "Subtotal of U | [x] | [x]",
                "Total | [x] | [x]"
            ]
        );
        let desk = read(KIND, &format!("caption: F\nfunding: [{{source: s, amount: 100}}]\n{rows}"), &[]);
        assert_eq!(desk.messages(), ["the allocations cannot be held against the funding: an amount is not there"]);
    }

    proptest! {
        /// Totals and sub-totals are those of whole pence, added up apart.
        #[test]
        fn sums_are_those_of_whole_pence(
            amounts in proptest::collection::vec((0_usize..4, -1_000_000_000_000_i64..1_000_000_000_000), 1..40)
        ) {
            let mut data = "theme,purpose,amount\n".to_owned();
            let mut by_theme = [0_i64; 4];
            for (index, (theme, pence)) in amounts.iter().enumerate() {
                by_theme[*theme] += pence;
                let sign = if *pence < 0 { "-" } else { "" };
                writeln!(data, "t{theme},p{index},{sign}{}.{:02}", pence.abs() / 100, pence.abs() % 100).expect("text");
            }
            let table = table(KIND, "caption: F\ndata: a.csv\n", &[("a.csv", &data)]);
            let pence = |row: &super::Row| match row.cells[1].value {
                super::CellValue::Figure(sum) => (sum * super::Decimal::ONE_HUNDRED).normalize().to_string(),
                _ => String::new(),
            };
            for row in &table.rows {
                match row.role {
                    RowRole::Subtotal => {
                        let theme: usize = row.name().trim_start_matches("Subtotal of t").parse().expect("a theme");
                        prop_assert_eq!(pence(row), by_theme[theme].to_string());
                    }
                    RowRole::Total => prop_assert_eq!(pence(row), by_theme.iter().sum::<i64>().to_string()),
                    _ => {}
                }
            }
        }

        #[test]
        fn no_file_panics(text in "(theme|purpose|amount|t|,|\"|\r?\n|£|-|0|999999999999999|0\\.01){0,40}") {
            for text in [text.clone(), format!("theme,purpose,amount\n{text}")] {
                let _ = read(KIND, "caption: F\ndata: a.csv\nfunding: [{source: s, amount: 1}]\n", &[("a.csv", &text)]);
            }
        }
    }
}
