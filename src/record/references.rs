//! What references lead to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{GeneratedContent, Paper, sections};
use crate::calendar::long_date;
use crate::document::{Block, CitedFigure, MeetingReference, Reference, each_block};
use crate::finding::nearest;
use crate::model::{Body, BodyId, Kind, MeetingKey, PaperId, Person, PersonId};
use crate::tables::{Lookup, Table};

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place in the paper that refers.
    Here(String),
    /// A paper, or a place in it.
    Paper(PaperId, Option<String>),
    /// A meeting.
    Meeting(MeetingKey),
    /// A person.
    Person(PersonId),
    /// A body.
    Body(BodyId),
}

/// A reference that leads somewhere, and how it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Where it leads.
    pub target: Target,
    /// "paragraph 4.1.13", "Appendix 9", "minute 55".
    pub printed: String,
}

/// A reference that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// What it was looking for: "an appendix 9".
    pub wanted: String,
    /// What was probably meant.
    pub help: Option<String>,
}

/// Minutes, and the numbers that they hold.
#[derive(Debug)]
struct Numbered<'r> {
    paper: &'r Paper,
    numbers: BTreeSet<u32>,
}

/// An index over papers, meetings, people and bodies: all of them, or those that an audience may see.
#[derive(Debug, Default)]
pub struct References<'r> {
    papers: HashMap<&'r str, &'r Paper>,
    parents: HashMap<String, Vec<&'r Paper>>,
    minutes: HashMap<&'r BodyId, BTreeMap<NaiveDate, Numbered<'r>>>,
    meetings: HashMap<&'r BodyId, BTreeMap<NaiveDate, &'r MeetingKey>>,
    people: HashMap<&'r str, (&'r PersonId, &'r Person)>,
    bodies: HashMap<&'r str, (&'r BodyId, &'r Body)>,
    /// Generated tables by paper and address; the names of their rows are noted once something cites them.
    tables: HashMap<(&'r str, &'r str), (&'r Table, OnceLock<Lookup>)>,
}

impl<'r> References<'r> {
    /// Makes the index.
    pub fn new(
        papers: impl IntoIterator<Item = &'r Paper>,
        meetings: impl IntoIterator<Item = &'r MeetingKey>,
        people: &'r BTreeMap<PersonId, Person>,
        bodies: &'r BTreeMap<BodyId, Body>,
    ) -> Self {
        let mut index = Self::default();
        for paper in papers {
            index.papers.insert(paper.id.as_str(), paper);
            for (anchor, content) in &paper.text.generated {
                if let GeneratedContent::Table(table) = content {
                    index.tables.insert((paper.id.as_str(), anchor), (table, OnceLock::new()));
                }
            }
            for appendix in paper.head.appendices() {
                index.parents.entry(paper.address(&appendix.value).0).or_default().push(paper);
            }
            if let (Kind::Minutes, Some(meeting)) = (paper.kind(), &paper.meeting) {
                let numbers = sections(&paper.text.document).1.iter().map(|section| section.number).collect();
                index.minutes.entry(&meeting.body).or_default().insert(meeting.date, Numbered { paper, numbers });
            }
        }
        for key in meetings {
            index.meetings.entry(&key.body).or_default().insert(key.date, key);
        }
        index.people = people.iter().map(|(id, person)| (id.as_str(), (id, person))).collect();
        index.bodies = bodies.iter().map(|(id, body)| (id.as_str(), (id, body))).collect();
        index
    }

    /// The paper at an address.
    pub fn paper(&self, id: &PaperId) -> Option<&'r Paper> {
        self.papers.get(id.as_str()).copied()
    }

    /// Papers that list a paper as an appendix.
    pub fn parents(&self, id: &PaperId) -> &[&'r Paper] {
        self.parents.get(id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Follows a reference that stands in `paper`.
    ///
    /// # Errors
    /// If it leads nowhere: what was wanted, and what was probably meant.
    pub fn resolve(&self, paper: &Paper, reference: &Reference) -> Result<Resolved, Lost> {
        // A text issued again refers as it did where it was first issued.
        let context = self.paper(&paper.text_from).unwrap_or(paper);
        match reference {
            Reference::Named { paper: None, name } => Self::named_here(paper, name),
            Reference::Named { paper: Some(written), name } => self.named_elsewhere(context, written, name),
            Reference::Appendix(number) => self.appendix(context, number),
            Reference::Minute { number, meeting } => self.minute(context, *number, meeting.as_ref()),
            Reference::Paper(written) => {
                let other = self.find_paper(context, written)?;
                Ok(Resolved { target: Target::Paper(other.id.clone(), None), printed: other.title() })
            }
            Reference::Meeting(meeting) => self.meeting(context, meeting),
            Reference::Person(id) => match self.people.get(id.as_str()) {
                Some((id, person)) => {
                    Ok(Resolved { target: Target::Person((*id).clone()), printed: person.printed(id) })
                }
                None => Err(lost(format!("a person called `{id}`"), id.as_str(), self.people.keys().copied())),
            },
            Reference::Body(id) => match self.bodies.get(id.as_str()) {
                Some((id, body)) => Ok(Resolved { target: Target::Body((*id).clone()), printed: body.name.clone() }),
                None => Err(lost(format!("a body `{id}`"), id.as_str(), self.bodies.keys().copied())),
            },
            Reference::Figure(cited) => self.figure(paper, context, cited),
        }
    }

    fn named_here(paper: &Paper, name: &str) -> Result<Resolved, Lost> {
        let names = &paper.text.document.names;
        match names.get(name) {
            Some(named) => Ok(Resolved { target: Target::Here(named.anchor.clone()), printed: named.printed.clone() }),
            None => {
                let wanted = format!("something in this paper with the name `{name}`");
                let mut lost = lost(wanted, name, names.keys().map(String::as_str));
                lost.help.get_or_insert_with(|| {
                    "names are given with `{#name}` at the end of a paragraph or heading, or with `name:` in the block \
                     of a table"
                        .to_owned()
                });
                Err(lost)
            }
        }
    }

    fn named_elsewhere(&self, context: &Paper, written: &PaperId, name: &str) -> Result<Resolved, Lost> {
        let other = self.find_paper(context, written)?;
        let names = &other.text.document.names;
        match names.get(name) {
            Some(named) => Ok(Resolved {
                target: Target::Paper(other.id.clone(), Some(named.anchor.clone())),
                printed: format!("{} of {}", named.printed, other.title()),
            }),
            None => {
                let wanted = format!("something with the name `{name}` in `{}`", other.id);
                Err(lost(wanted, name, names.keys().map(String::as_str)))
            }
        }
    }

    fn figure(&self, paper: &Paper, context: &Paper, cited: &CitedFigure) -> Result<Resolved, Lost> {
        let holder = match &cited.paper {
            None => paper,
            Some(written) => self.find_paper(context, written)?,
        };
        let names = &holder.text.document.names;
        let is_table = |anchor: &str| matches!(holder.text.generated.get(anchor), Some(GeneratedContent::Table(_)));
        let Some(named) = names.get(&cited.table) else {
            let tables = names.iter().filter(|(_, named)| is_table(&named.anchor)).map(|(name, _)| name.as_str());
            let mut lost = lost(format!("a generated table with the name `{}`", cited.table), &cited.table, tables);
            lost.help.get_or_insert_with(|| "give the table a name with `name:` in its block".to_owned());
            return Err(lost);
        };
        let anchor = named.anchor.clone();
        let printed = match self.tables.get(&(holder.id.as_str(), anchor.as_str())) {
            Some((table, lookup)) => {
                let lookup = lookup.get_or_init(|| Lookup::new(table));
                let found = lookup.cell(table, &cited.row, &cited.column, cited.size);
                found.map_err(|not| Lost { wanted: not.wanted, help: not.help })?
            }
            // A table that could not be made has been reported.
            None if is_generated(holder, &anchor) => named.printed.clone(),
            None => {
                return Err(Lost {
                    wanted: format!("a generated table with the name `{}`", cited.table),
                    help: Some(format!(
                        "that name stands for {}; only tables that Quorate works out can be cited by row and column",
                        named.printed
                    )),
                });
            }
        };
        let target = match &cited.paper {
            None => Target::Here(anchor),
            Some(_) => Target::Paper(holder.id.clone(), Some(anchor)),
        };
        Ok(Resolved { target, printed })
    }

    fn find_paper(&self, context: &Paper, written: &PaperId) -> Result<&'r Paper, Lost> {
        let id = context.address(written);
        self.paper(&id).ok_or_else(|| {
            let folder = id.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
            let beside = self
                .papers
                .keys()
                .copied()
                .filter(|other| other.rsplit_once('/').is_some_and(|(other, _)| other == folder));
            lost(format!("a paper `{id}`"), id.as_str(), beside)
        })
    }

    fn appendix(&self, context: &Paper, number: &str) -> Result<Resolved, Lost> {
        let families = std::iter::once(context).chain(self.parents(&context.id).iter().copied());
        for family in families {
            for listed in family.head.appendices() {
                let Some(appendix) = self.paper(&family.address(&listed.value)) else { continue };
                if appendix.label().as_deref() == Some(&format!("Appendix {number}")) {
                    return Ok(Resolved {
                        target: Target::Paper(appendix.id.clone(), None),
                        printed: format!("Appendix {number}"),
                    });
                }
            }
        }
        Err(Lost {
            wanted: format!("an Appendix {number} to this paper"),
            help: Some("list the appendix under `appendices` in the head of the paper it belongs to".to_owned()),
        })
    }

    fn minute(&self, context: &Paper, number: u32, meeting: Option<&MeetingReference>) -> Result<Resolved, Lost> {
        let body = meeting.and_then(|meeting| meeting.body.as_ref()).or(context.body());
        let all = body.and_then(|body| self.minutes.get(body));
        let minutes = match meeting {
            Some(meeting) => {
                all.and_then(|all| all.get(&meeting.date)).filter(|minutes| minutes.numbers.contains(&number))
            }
            // Numbers run on within a municipal year and begin again: the nearest one back is meant.
            None => all.and_then(|all| {
                let latest = context.meeting.as_ref().map_or(NaiveDate::MAX, |meeting| meeting.date);
                all.range(..=latest).rev().map(|(_, minutes)| minutes).find(|minutes| minutes.numbers.contains(&number))
            }),
        };
        match minutes {
            Some(Numbered { paper: minutes, .. }) => {
                let anchor = format!("minute-{number}");
                let target = if minutes.id == context.id {
                    Target::Here(anchor)
                } else {
                    Target::Paper(minutes.id.clone(), Some(anchor))
                };
                Ok(Resolved { target, printed: format!("minute {number}") })
            }
            None => Err(Lost {
                wanted: format!("a minute {number}"),
                help: Some(
                    "say whose minutes they are: `[[minute 55 of 2023-04-19]]`, or `[[minute 55 of BODY/2023-04-19]]`"
                        .to_owned(),
                ),
            }),
        }
    }

    fn meeting(&self, context: &Paper, meeting: &MeetingReference) -> Result<Resolved, Lost> {
        let body = meeting.body.as_ref().or(context.body());
        let known = body.and_then(|body| self.meetings.get(body));
        let Some(key) = known.and_then(|known| known.get(&meeting.date)) else {
            let days: Vec<String> = known.into_iter().flat_map(BTreeMap::keys).map(ToString::to_string).collect();
            let written = meeting.date.to_string();
            return Err(lost(
                format!("a meeting on {}", long_date(meeting.date)),
                &written,
                days.iter().map(String::as_str),
            ));
        };
        let date = long_date(key.date);
        let printed = match self.bodies.get(key.body.as_str()) {
            Some((_, body)) if context.body() != Some(&key.body) => {
                format!("the meeting of the {} on {date}", body.short_name())
            }
            _ => format!("the meeting of {date}"),
        };
        Ok(Resolved { target: Target::Meeting((*key).clone()), printed })
    }
}

/// Whether a generated block stands at an address of a paper.
fn is_generated(paper: &Paper, anchor: &str) -> bool {
    let mut found = false;
    each_block(&paper.text.document.blocks, &mut |block| {
        found |= matches!(block, Block::Generated(generated) if generated.anchor == anchor);
    });
    found
}

fn lost<'a>(wanted: String, written: &str, possible: impl Iterator<Item = &'a str>) -> Lost {
    // The index is a hash map; sorted, so that of two candidates equally near the same one is named each time.
    let mut possible: Vec<&str> = possible.collect();
    possible.sort_unstable();
    Lost { wanted, help: nearest(written, possible).map(|meant| format!("did you mean `{meant}`?")) }
}
