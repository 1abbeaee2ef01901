//! Who sits on a body, and how many places there are: tables that nobody types, because the committee model knows.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Cell, CellValue, Column, Format, Row, RowRole, Table, TableKind, Thresholds, relation};
use crate::calendar::long_date;
use crate::document::Reference;
use crate::model::body::{Class, Membership, Role};
use crate::model::read::{record, words};
use crate::model::{Body, BodyId, Organisation, OrganisationId, Person, PersonId};
use crate::text::sentence::capital;
use crate::text::{Span, Spanned};

record! {
    /// The block `membership`.
    pub struct MembershipSpec {
        /// What the table shows.
        "caption" caption: String,
        /// A name for references.
        "name" name: Option<String>,
        /// Which body. Left out, the one that the paper is for.
        "body" body: Option<Spanned<BodyId>>,
        /// On which day. Left out, that of the meeting, or today for a paper that belongs to none.
        "on" on: Option<NaiveDate>,
        /// Its members, or its places.
        "show" show: MembershipRows = MembershipRows::Members,
        /// What is said of each member, in that order. Left out, all that the body's file says.
        "columns" columns: Vec<MembershipColumn>,
        /// Where the list comes from.
        "source" source: Option<String>,
        /// Sentences printed beneath.
        "notes" notes: Vec<String>,
    }
}

words! {
    /// What the rows of a table of membership are.
    pub enum MembershipRows {
        /// Its members.
        Members = "members",
        /// Its places, by class.
        Seats = "seats",
    }
}

words! {
    /// What is said of a member.
    pub enum MembershipColumn {
        /// Who, or the post.
        Member = "member",
        /// The organisation represented.
        Organisation = "organisation",
        /// The class of the seat.
        Class = "class",
        /// The part played.
        Role = "role",
        /// Since when.
        From = "from",
    }
}

/// What the names of members are looked up in.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// People.
    pub people: &'a BTreeMap<PersonId, Person>,
    /// Organisations.
    pub organisations: &'a BTreeMap<OrganisationId, Organisation>,
    /// Bodies.
    pub bodies: &'a BTreeMap<BodyId, Body>,
}

impl MembershipSpec {
    /// The table of a body's places, or of its members that day.
    pub fn table(&self, body: &Body, members: &[&Membership], names: Names<'_>, span: Span) -> Table {
        let (columns, rows) = match self.show {
            MembershipRows::Members => self.members(members, names),
            MembershipRows::Seats => seats(body, names),
        };
        let figures: Vec<usize> = (0..columns.len()).filter(|column| columns[*column].format.is_figure()).collect();
        Table {
            kind: TableKind::Membership,
            name: self.name.clone(),
            caption: self.caption.clone(),
            source: self.source.clone(),
            row_headings: 1,
            relations: relation::sums(&rows, &figures),
            columns,
            rows,
            notes: self.notes.clone(),
            thresholds: Thresholds::default(),
            chart: None,
            limits: Vec::new(),
            shows: None,
            span,
        }
    }

    fn members(&self, members: &[&Membership], names: Names<'_>) -> (Vec<Column>, Vec<Row>) {
        let columns = if self.columns.is_empty() { worth_saying(members) } else { self.columns.clone() };
        let row = |member: &&Membership| Row {
            role: RowRole::Body,
            cells: columns.iter().map(|column| said(*column, member, names)).collect(),
        };
        let rows = members.iter().map(row).collect();
        let heading = |column: &MembershipColumn| match column {
            MembershipColumn::From => "Member since".to_owned(),
            other => capital(other.word()),
        };
        (columns.iter().map(|column| Column::words(column.word(), heading(column))).collect(), rows)
    }
}

/// The columns that say something of at least one member.
fn worth_saying(members: &[&Membership]) -> Vec<MembershipColumn> {
    let any = |says: fn(&Membership) -> bool| members.iter().any(|member| says(member));
    MembershipColumn::ALL
        .iter()
        .copied()
        .filter(|column| match column {
            MembershipColumn::Member => true,
            MembershipColumn::Organisation => any(|member| member.organisation.is_some()),
            MembershipColumn::Class => any(|member| member.class.is_some()),
            MembershipColumn::Role => any(|member| member.role != Role::Member),
            MembershipColumn::From => any(|member| member.from.is_some()),
        })
        .collect()
}

fn said(column: MembershipColumn, member: &Membership, names: Names<'_>) -> Cell {
    let value = match column {
        MembershipColumn::Member => return who(member, names),
        MembershipColumn::Organisation => match &member.organisation {
            Some(organisation) => named(organisation, names),
            None => CellValue::Empty,
        },
        MembershipColumn::Class => {
            member.class.map_or(CellValue::Empty, |class| CellValue::Words(capital(class.word())))
        }
        MembershipColumn::Role => CellValue::Words(capital(member.role.word())),
        MembershipColumn::From => member.from.map_or(CellValue::Empty, |from| CellValue::Words(long_date(from))),
    };
    value.into()
}

fn who(member: &Membership, names: Names<'_>) -> Cell {
    if let Some(id) = &member.person {
        let name = names.people.get(&id.value).map_or_else(|| id.to_string(), |person| person.printed(&id.value));
        return CellValue::Linked(name, Reference::Person(id.value.clone())).into();
    }
    let post = member.post.as_ref().map_or("Representative", |post| post.value.as_str());
    Cell::words(if member.number > 1 { format!("{post} ({} places)", member.number) } else { post.to_owned() })
}

/// The name of an organisation, or of the body of that id.
fn named(organisation: &OrganisationId, names: Names<'_>) -> CellValue {
    let id = BodyId(organisation.as_str().to_owned());
    let body = names.bodies.get(&id);
    let name = names.organisations.get(organisation).map(|organisation| organisation.name.as_str());
    let name = name.or(body.map(|body| body.name.as_str())).unwrap_or(organisation.as_str()).to_owned();
    if body.is_some() { CellValue::Linked(name, Reference::Body(id)) } else { CellValue::Words(name) }
}

fn seats(body: &Body, names: Names<'_>) -> (Vec<Column>, Vec<Row>) {
    let columns = vec![Column::words("organisation", "Member"), Column::typed("places", "Places", Format::Count)];
    let places = |number: u64| Cell::figure(number.into());
    let of = |class: Class| body.seats.iter().filter(move |seat| seat.class == class);
    let classes: Vec<Class> = Class::ALL.iter().copied().filter(|class| of(*class).next().is_some()).collect();
    let sum = |class: Class| of(class).map(|seat| u64::from(seat.number)).sum::<u64>();
    let mut rows = Vec::new();
    for class in &classes {
        rows.push(Row::group(in_words(*class)));
        rows.extend(of(*class).map(|seat| Row {
            role: RowRole::Body,
            cells: vec![named(&seat.organisation, names).into(), places(seat.number.into())],
        }));
        if classes.len() > 1 {
            let name = Cell::words(format!("Subtotal of {}", in_words(*class)));
            rows.push(Row { role: RowRole::Subtotal, cells: vec![name, places(sum(*class))] });
        }
    }
    let total = classes.iter().map(|class| sum(*class)).sum();
    rows.push(Row { role: RowRole::Total, cells: vec![Cell::words("Total"), places(total)] });
    (columns, rows)
}

/// What those of a class are called together.
fn in_words(class: Class) -> &'static str {
    match class {
        Class::ResponsibleAuthority => "Responsible authorities",
        Class::Community => "Community and voluntary sector",
        Class::Other => "Others",
    }
}
