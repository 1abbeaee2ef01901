//! A table beside others that print the same figures, and how all of them follow from each other.
//!
//! Two columns of counts hold the same figures if their headings, or their groups', are the same, at least two rows of the
//! same names are in both tables or the tables have the same name, and no figure that both print differs. In a table of
//! another paper at least one figure must also agree: with nothing printed in both, the same names prove little.

use std::collections::{BTreeMap, HashMap};

use super::sheet::{Printed, Sheet};
use crate::tables::{At, Relation};

/// A cell of one of several sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which sheet: 0 is the one that is audited.
    pub sheet: usize,
    /// Which of its cells.
    pub at: At,
}

/// A sheet and others that print the same figures.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The sheets; the first, which is always there, is the one that is audited.
    pub sheets: Vec<Sheet>,
    /// How the figures of each sheet follow from each other, sums in terms of the sums within them.
    pub(super) relations: Vec<Vec<Relation>>,
    /// Cells that hold the same figure.
    pub(super) same: Vec<(Place, Place)>,
    /// In how many relations a cell stands that is not printed.
    pub(super) uses: HashMap<Place, usize>,
}

impl Evidence {
    /// A sheet, and those of some others that print the same figures.
    pub fn new<'s>(sheet: Sheet, others: impl IntoIterator<Item = &'s Sheet>) -> Self {
        let mut sheets = vec![sheet];
        let mut same = Vec::new();
        for other in others {
            let pairs = same_figures(&sheets[0], other);
            if !pairs.is_empty() {
                let number = sheets.len();
                same.extend(
                    pairs
                        .into_iter()
                        .map(|(own, their)| (Place { sheet: 0, at: own }, Place { sheet: number, at: their })),
                );
                sheets.push(other.clone());
            }
        }
        let relations: Vec<Vec<Relation>> = sheets.iter().map(|sheet| nested(&sheet.relations)).collect();
        let mut uses: HashMap<Place, usize> = HashMap::new();
        for (sheet, relations) in relations.iter().enumerate() {
            for at in relations.iter().flat_map(cells) {
                *uses.entry(Place { sheet, at }).or_default() += 1;
            }
        }
        for (own, their) in &same {
            *uses.entry(*own).or_default() += 1;
            *uses.entry(*their).or_default() += 1;
        }
        Self { sheets, relations, same, uses }
    }

    /// The sheet that is audited.
    pub fn own(&self) -> &Sheet {
        &self.sheets[0]
    }

    /// What is printed in a cell.
    pub fn printed(&self, place: Place) -> Printed {
        self.sheets.get(place.sheet).map_or(Printed::Nothing, |sheet| sheet.printed(place.at))
    }

    /// How many cells there are.
    pub(super) fn size(&self) -> u64 {
        self.sheets.iter().map(|sheet| sheet.size() as u64).sum()
    }
}

/// The cells of a relation, the result last.
pub(super) fn cells(relation: &Relation) -> Vec<At> {
    match relation {
        Relation::Sum { total, parts } => parts.iter().copied().chain([*total]).collect(),
        Relation::Difference { result, from, to } | Relation::Change { result, from, to } => vec![*from, *to, *result],
        Relation::Share { result, part, whole } => vec![*part, *whole, *result],
        Relation::Rate { result, count, population, .. } => vec![*count, *population, *result],
    }
}

/// The same relations, with a sum that holds all parts of a smaller sum written with that sum instead of its parts. What
/// follows is the same; but sub-totals and their total no longer go in circles, which narrowing alone could not see through.
fn nested(relations: &[Relation]) -> Vec<Relation> {
    let mut sums: Vec<(usize, At, Vec<At>)> = Vec::new();
    for (number, relation) in relations.iter().enumerate() {
        if let Relation::Sum { total, parts } = relation {
            let mut parts = parts.clone();
            parts.sort_unstable();
            sums.push((number, *total, parts));
        }
    }
    sums.sort_by_key(|(number, _, parts)| (parts.len(), *number));
    // In which of the sums so far a cell was last a part.
    let mut last_in: HashMap<At, usize> = HashMap::new();
    for number in 0..sums.len() {
        let mut parts = sums[number].2.clone();
        loop {
            let mut held: BTreeMap<usize, usize> = BTreeMap::new();
            for part in &parts {
                if let Some(sum) = last_in.get(part) {
                    *held.entry(*sum).or_default() += 1;
                }
            }
            let whole: Vec<usize> = held
                .into_iter()
                .filter(|(sum, count)| {
                    let (_, total, own) = &sums[*sum];
                    own.len() == *count && *count > 1 && *total != sums[number].1 && parts.binary_search(total).is_err()
                })
                .map(|(sum, _)| sum)
                .collect();
            if whole.is_empty() {
                break;
            }
            parts.retain(|part| last_in.get(part).is_none_or(|sum| whole.binary_search(sum).is_err()));
            parts.extend(whole.iter().map(|sum| sums[*sum].1));
            parts.sort_unstable();
        }
        parts.iter().for_each(|part| {
            last_in.insert(*part, number);
        });
        sums[number].2 = parts;
    }
    let mut relations = relations.to_vec();
    for (number, total, parts) in sums {
        relations[number] = Relation::Sum { total, parts };
    }
    relations
}

/// Cells of two sheets that hold the same figure.
fn same_figures(own: &Sheet, other: &Sheet) -> Vec<(At, At)> {
    let rows = shared_rows(own, other);
    let same_name = own.name.is_some() && own.name == other.name
        || other.is_elsewhere && !own.caption.is_empty() && plain(&own.caption) == plain(&other.caption);
    if rows.is_empty() || rows.len() < 2 && !same_name {
        return Vec::new();
    }
    let mut columns: HashMap<String, Option<usize>> = HashMap::new();
    for (number, column) in other.columns.iter().enumerate().filter(|(_, column)| column.is_count) {
        for name in names(&column.heading, column.period.as_deref()) {
            columns
                .entry(name)
                .and_modify(|found| *found = found.filter(|found| *found == number))
                .or_insert(Some(number));
        }
    }
    let mut pairs = Vec::new();
    for (number, column) in own.columns.iter().enumerate().filter(|(_, column)| column.is_count) {
        let found = names(&column.heading, column.period.as_deref())
            .into_iter()
            .find_map(|name| columns.get(&name).copied().flatten());
        let Some(theirs) = found else { continue };
        let cells: Vec<(At, At)> =
            rows.iter().map(|(row, their_row)| (At::new(*row, number), At::new(*their_row, theirs))).collect();
        let both: Vec<bool> =
            cells.iter().filter_map(|(at, their)| agree(own.printed(*at), other.printed(*their))).collect();
        if both.iter().all(|agrees| *agrees) && (!other.is_elsewhere || !both.is_empty()) {
            pairs.extend(cells.into_iter().filter(|(at, their)| {
                let (own, theirs) = (own.printed(*at), other.printed(*their));
                let is_figure = |printed: Printed| printed.is_hidden() || printed.figure().is_some();
                is_figure(own) && is_figure(theirs)
            }));
        }
    }
    pairs
}

/// Whether two cells can hold the same figure; nothing if nobody can say, as of two nils, which agree by chance.
fn agree(one: Printed, other: Printed) -> Option<bool> {
    match (one, other) {
        (Printed::Below(threshold), printed) | (printed, Printed::Below(threshold)) => {
            let (value, _) = printed.figure()?;
            // A count below the threshold agrees with its sign, but so do three others.
            let fits = value >= rust_decimal::Decimal::ONE && value < rust_decimal::Decimal::from(threshold);
            if fits { None } else { Some(false) }
        }
        (one, other) => {
            let ((one, _), (other, _)) = (one.figure()?, other.figure()?);
            if one.is_zero() && other.is_zero() { None } else { Some(one == other) }
        }
    }
}

/// Rows of the same names; of names that stand twice in a table nobody knows which is meant.
fn shared_rows(own: &Sheet, other: &Sheet) -> Vec<(usize, usize)> {
    let named = |sheet: &Sheet| {
        let mut rows: HashMap<String, Option<usize>> = HashMap::new();
        for (number, row) in sheet.rows.iter().enumerate() {
            rows.entry(plain(&row.name)).and_modify(|found| *found = None).or_insert(Some(number));
        }
        rows
    };
    let (mine, theirs) = (named(own), named(other));
    let mut shared: Vec<(usize, usize)> = mine
        .into_iter()
        .filter(|(name, _)| !name.is_empty())
        .filter_map(|(name, row)| Some((row?, theirs.get(&name).copied().flatten()?)))
        .collect();
    shared.sort_unstable();
    shared
}

/// What a column may be called in another table, the most telling first.
fn names(heading: &str, period: Option<&str>) -> Vec<String> {
    let mut names = vec![without_generic_words(heading)];
    names.extend(period.map(without_generic_words));
    names.retain(|name| !name.is_empty());
    names
}

/// Words that say no more than that a column holds counts.
const GENERIC: &[&str] = &["total", "totals", "count", "counts", "number", "numbers", "no", "n", "of", "incidents"];

fn without_generic_words(heading: &str) -> String {
    let heading = plain(heading);
    let words = |keep: &dyn Fn(&&str) -> bool| heading.split(' ').filter(keep).collect::<Vec<_>>().join(" ");
    let telling = words(&|word| !GENERIC.contains(word));
    if telling.is_empty() { heading } else { telling }
}

/// A name for comparing: small letters and figures, with one blank between words.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric() && c != '/')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Two names for comparing captions of papers.
pub(crate) fn comparable(name: &str) -> String {
    plain(name)
}
