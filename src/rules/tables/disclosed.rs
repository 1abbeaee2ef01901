//! The tables of a paper that withhold something, audited beside all that readers have besides: the paper's other tables, and
//! tables of the same caption or name in other papers of the body, such as an earlier version.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::grid::{Holds, grids, is_looked_at, of_paper, written};
use super::sheets::{beyond_its_kind, sheet};
use crate::disclosure::{Audit, Evidence, Sheet, audit, comparable};
use crate::document::{Block, plain};
use crate::model::{BodyId, PaperId, Status};
use crate::record::{GeneratedContent, Paper};
use crate::rules::{Context, PaperInHand};
use crate::tables::{Table, Thresholds};
use crate::text::Span;

/// Which papers have tables of a caption or a name, by body.
pub(in crate::rules) type Captions = HashMap<(Option<BodyId>, String), BTreeSet<PaperId>>;

/// Tables of so many other papers are looked at: a caption that stands in more of them names no one table.
const MOST_PAPERS: usize = 50;

/// Audits the tables of a paper that withhold something, in order. If `exactly`, the exact range of each withheld count is
/// worked out; otherwise only as far as it is needed to see whether it is safe. A text issued again, and a paper taken back, are
/// passed over.
pub fn audits(context: &Context<'_>, paper: &Paper, exactly: bool) -> Vec<Audit> {
    of_paper_in_hand(&PaperInHand::new(context, paper), exactly)
}

/// The same of a paper in hand.
pub(super) fn of_paper_in_hand(paper: &PaperInHand<'_>, exactly: bool) -> Vec<Audit> {
    if !is_looked_at(paper) || !withholds(paper) {
        return Vec::new();
    }
    let context = paper.context;
    let sheets = sheets_of(paper);
    let known = known_alone(paper, &sheets);
    let withholding: Vec<usize> = (0..sheets.len()).filter(|number| sheets[*number].withholds()).collect();
    withholding
        .into_iter()
        .map(|number| {
            let elsewhere = elsewhere(context, paper.paper, &sheets[number]);
            let of = |sheets: &[Sheet]| {
                let others = sheets.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, sheet)| sheet);
                audit(Evidence::new(sheets[number].clone(), others.chain(&elsewhere)), exactly)
            };
            let audit = of(&sheets);
            // What a table's kind does not know of may not be so after all.
            match &known {
                Some(known) if !audit.contradictions.is_empty() => of(known),
                _ => audit,
            }
        })
        .collect()
}

/// The sheets with no more than the kinds of tables know of; nothing if that is all there is.
fn known_alone(paper: &PaperInHand<'_>, sheets: &[Sheet]) -> Option<Vec<Sheet>> {
    let relations: HashMap<Span, usize> =
        tables(paper.paper).map(|(_, table)| (table.span, table.relations.len())).collect();
    let is_known = |sheet: &Sheet| relations.get(&sheet.span).copied().filter(|known| *known < sheet.relations.len());
    sheets.iter().any(|sheet| sheet.is_generated && is_known(sheet).is_some()).then(|| {
        let mut sheets = sheets.to_vec();
        for sheet in sheets.iter_mut().filter(|sheet| sheet.is_generated) {
            let known = is_known(sheet).unwrap_or(sheet.relations.len());
            sheet.relations.truncate(known);
        }
        sheets
    })
}

/// Whether any table of a paper withholds something: most do not, and cost no more than this look.
fn withholds(paper: &PaperInHand<'_>) -> bool {
    let mut generated = tables(paper.paper);
    generated.any(|(_, table)| table.rows.iter().flat_map(|row| &row.cells).any(crate::tables::Cell::is_withheld))
        || grids(paper)
            .iter()
            .flat_map(|grid| &grid.rows)
            .flat_map(|row| &row.cells)
            .any(|cell| matches!(cell.holds, Holds::Suppressed(_)))
}

/// The tables that are made from data.
fn tables(paper: &Paper) -> impl Iterator<Item = (&str, &Table)> {
    paper.text.generated.iter().filter_map(|(anchor, content)| match content {
        GeneratedContent::Table(table) => Some((anchor.as_str(), table)),
        _ => None,
    })
}

fn sheets_of(paper: &PaperInHand<'_>) -> Vec<Sheet> {
    let protect = protect(paper.context);
    let mut sheets: Vec<Sheet> = generated_sheets(paper.paper, |_| true);
    sheets.extend(grids(paper).iter().map(|grid| sheet(grid, protect)));
    sheets.sort_by_key(|sheet| sheet.span);
    sheets
}

fn generated_sheets(paper: &Paper, wanted: impl Fn(&Table) -> bool) -> Vec<Sheet> {
    let numbers = numbers(&paper.text.document.blocks);
    let wanted = tables(paper).filter(|(_, table)| wanted(table));
    wanted
        .map(|(anchor, table)| {
            let number = numbers.get(anchor).map(|number| format!("Table {number}"));
            let mut sheet = Sheet::of(table, number.unwrap_or_else(|| format!("the table `{}`", table.caption)));
            sheet.relations.extend(beyond_its_kind(table));
            sheet
        })
        .collect()
}

/// The number of each table that is made from data, by its address.
fn numbers(blocks: &[Block]) -> BTreeMap<&str, u32> {
    fn walk<'d>(blocks: &'d [Block], numbers: &mut BTreeMap<&'d str, u32>) {
        for block in blocks {
            match block {
                Block::Generated(generated) => {
                    numbers.insert(generated.anchor.as_str(), generated.number);
                }
                Block::Quote(blocks) => walk(blocks, numbers),
                Block::List(list) => list.items.iter().for_each(|item| walk(&item.blocks, numbers)),
                Block::Decision(decision) => walk(&decision.blocks, numbers),
                _ => {}
            }
        }
    }
    let mut numbers = BTreeMap::new();
    walk(blocks, &mut numbers);
    numbers
}

/// How many values a withheld count of a written table must be able to have.
fn protect(context: &Context<'_>) -> u32 {
    let own = context.record.model.authority.tables.as_ref().and_then(|thresholds| thresholds.protect);
    own.unwrap_or(Thresholds::default().protect)
}

/// Tables of the same caption or name in other papers of the body that the public has, or had.
fn elsewhere(context: &Context<'_>, paper: &Paper, own: &Sheet) -> Vec<Sheet> {
    let captions = context.captions.get_or_init(|| captions(context));
    let mut papers = BTreeSet::new();
    for name in names(Some(own.caption.as_str()), own.name.as_deref()) {
        let of_name = captions.get(&(paper.body().cloned(), name)).into_iter().flatten();
        // One more than too many is enough to know.
        papers.extend(of_name.filter(|id| **id != paper.id).take(MOST_PAPERS + 1));
    }
    if papers.len() > MOST_PAPERS {
        return Vec::new();
    }
    let wanted: BTreeSet<String> = names(Some(own.caption.as_str()), own.name.as_deref()).collect();
    let is_wanted = |caption: &str, name: Option<&str>| names(Some(caption), name).any(|name| wanted.contains(&name));
    let protect = protect(context);
    let mut sheets = Vec::new();
    for paper in papers.into_iter().filter_map(|id| context.paper(id)) {
        let mut of_paper_sheets = generated_sheets(paper, |table| is_wanted(&table.caption, table.name.as_deref()));
        let grids = of_paper(paper, context.source(paper), |table| is_wanted(&plain(&table.caption), None));
        of_paper_sheets.extend(grids.iter().map(|grid| sheet(grid, protect)));
        sheets.extend(of_paper_sheets.into_iter().map(|sheet| Sheet {
            title: format!("{} of `{}.md`", sheet.title, paper.id.as_str()),
            is_elsewhere: true,
            ..sheet
        }));
    }
    sheets
}

fn captions(context: &Context<'_>) -> Captions {
    let mut captions = Captions::new();
    for paper in context.record.papers.values() {
        let common = &paper.head.common;
        let is_out = matches!(common.status, Status::Published | Status::Withdrawn) && common.exempt.is_none();
        if !is_out || paper.text_from != paper.id {
            continue;
        }
        let written = written(&paper.text.document).into_iter().map(|table| (plain(&table.caption), None));
        let generated = tables(paper).map(|(_, table)| (table.caption.clone(), table.name.clone()));
        for (caption, name) in written.chain(generated) {
            for name in names(Some(&caption), name.as_deref()) {
                captions.entry((paper.body().cloned(), name)).or_default().insert(paper.id.clone());
            }
        }
    }
    captions
}

/// What a table is found by: its caption and its name, told apart.
fn names(caption: Option<&str>, name: Option<&str>) -> impl Iterator<Item = String> {
    let caption = caption.map(comparable).filter(|caption| !caption.is_empty());
    caption.into_iter().chain(name.map(|name| format!("#{name}")))
}
