//! The rows and columns of a table by the words that people call them by, for all who name a cell: `as_stated`, and
//! sentences that cite a figure.

use std::collections::HashMap;

use super::rows::plain;
use super::{CellValue, Row, RowRole, Table};
use crate::finding::nearest;
use crate::tables::csv_file::one_line;

/// Of a longer list nothing is proposed: each wrong name is compared with all of it.
const MOST_COMPARED: usize = 500;

/// What the rows and columns of one table are called.
#[derive(Debug)]
pub(super) struct Called {
    pub rows: Names,
    pub columns: Names,
}

/// Places by name.
#[derive(Debug)]
pub(super) struct Names {
    /// How names are compared.
    comparable: fn(&str) -> String,
    /// By names that are given to one place only, whatever else is called so.
    keys: HashMap<String, usize>,
    /// By other names; nothing where two places have the same.
    places: HashMap<String, Option<usize>>,
    /// As a person would write them, for proposals.
    written: Vec<String>,
}

/// Why a name leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Miss {
    /// Several are called so.
    Several,
    /// Nothing is; perhaps this was meant.
    Nothing(Option<String>),
}

impl Names {
    fn new(comparable: fn(&str) -> String) -> Self {
        Self { comparable, keys: HashMap::new(), places: HashMap::new(), written: Vec::new() }
    }

    fn key(&mut self, name: &str, place: usize) {
        self.keys.entry((self.comparable)(name)).or_insert(place);
        self.written.push(name.to_owned());
    }

    fn add(&mut self, name: &str, place: usize) {
        let same = |found: &mut Option<usize>| *found = found.filter(|found| *found == place);
        if !name.trim().is_empty() {
            self.places.entry((self.comparable)(name)).and_modify(same).or_insert(Some(place));
        }
    }

    /// The place that is called so.
    pub(super) fn find(&self, written: &str) -> Result<usize, Miss> {
        let name = (self.comparable)(written);
        match self.keys.get(&name).copied().map(Some).or_else(|| self.places.get(&name).copied()) {
            Some(Some(place)) => Ok(place),
            Some(None) => Err(Miss::Several),
            None => {
                let few = self.written.len() <= MOST_COMPARED;
                let meant = nearest(written, self.written.iter().filter(|_| few).map(String::as_str));
                Err(Miss::Nothing(meant.map(str::to_owned)))
            }
        }
    }
}

impl Called {
    /// Notes the names of a table's rows and columns.
    pub(super) fn new(table: &Table) -> Self {
        Self { rows: rows(table), columns: columns(table) }
    }
}

/// A row's name for comparing: "Sub-total of Youth" and "subtotal of youth" are one.
pub(super) fn row_key(name: &str) -> String {
    let name = one_line(name).to_lowercase();
    match name.strip_prefix("sub-total").or_else(|| name.strip_prefix("sub total")) {
        Some(rest) => format!("subtotal{rest}"),
        None => name,
    }
}

/// Rows by their first words, by all their headings, and by both beneath the heading of their group.
fn rows(table: &Table) -> Names {
    let mut names = Names::new(row_key);
    for (index, row, group) in table.rows_in_groups() {
        let headings = headings(row, table.row_headings);
        let all = headings.join(" / ");
        names.add(row.name(), index);
        names.add(headings.last().unwrap_or(&""), index);
        names.add(&all, index);
        if !group.is_empty() {
            names.add(&format!("{group} / {all}"), index);
        }
        names.written.push(all);
    }
    names
}

fn headings(row: &Row, count: usize) -> Vec<&str> {
    let cells = row.cells.iter().take(count.max(1));
    let words = cells.filter_map(|cell| match &cell.value {
        CellValue::Words(words) | CellValue::Linked(words, _) => Some(words.as_str()),
        _ => None,
    });
    words.collect()
}

/// Columns by key, by heading, and by both behind the heading above them: `2013 share`.
fn columns(table: &Table) -> Names {
    let mut names = Names::new(plain);
    for (index, column) in table.columns.iter().enumerate() {
        let heading = column.heading.as_str();
        // "Change (%)" is called "change" too.
        let bare = heading.split_once(" (").map_or(heading, |(bare, _)| bare);
        let stem = column.key.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
        names.key(&column.key, index);
        match &column.group {
            None => {
                names.add(heading, index);
                names.add(bare, index);
                if plain(heading) != column.key {
                    names.written.push(heading.to_owned());
                }
            }
            Some(group) => {
                for own in [heading, bare, stem] {
                    names.add(own, index);
                    names.add(&format!("{group} {own}"), index);
                }
                names.written.push(format!("{group} {}", bare.to_lowercase()));
            }
        }
    }
    names
}

impl Table {
    /// The rows but for the headings of groups, each with its number and the heading of its group, which is empty where
    /// there is none. What follows on a sub-total is in no group until another begins.
    pub fn rows_in_groups(&self) -> impl Iterator<Item = (usize, &Row, &str)> {
        let mut group = "";
        self.rows.iter().enumerate().filter_map(move |(index, row)| {
            match row.role {
                RowRole::Group => {
                    group = row.name();
                    return None;
                }
                RowRole::Total => group = "",
                _ => {}
            }
            let own = group;
            if row.role == RowRole::Subtotal {
                group = "";
            }
            Some((index, row, own))
        })
    }
}
