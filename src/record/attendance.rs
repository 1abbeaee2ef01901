//! Who came to a meeting, and as what.
//!
//! The minutes say who was there; the body's file says who sat on it that day, and with what rights. This is the two
//! together. Nothing is judged here.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::members_on;
use crate::model::body::{Class, Membership, Role};
use crate::model::meeting::{Represented, Substitute};
use crate::model::{Body, Minutes, OrganisationId, PersonId};
use crate::text::{Span, Spanned};

/// Who came to a meeting, and as what.
#[derive(Debug, Clone)]
pub struct Attendance<'r> {
    body: &'r Body,
    minutes: &'r Minutes,
    /// Who sat on the body that day, in the order of its file; empty if the file does not say.
    pub members: Vec<&'r Membership>,
    /// Whom the minutes name, in their order: present, substitutes, apologies, others. One named twice is here twice.
    pub named: Vec<Attender<'r>>,
}

/// Somebody whom the minutes name.
#[derive(Debug, Clone, Copy)]
pub struct Attender<'r> {
    /// Who, and where the minutes say so.
    pub person: &'r Spanned<PersonId>,
    /// As what.
    pub part: Part<'r>,
}

/// The part that somebody had in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'r> {
    /// There, as a member.
    Present,
    /// There, in the place of a member.
    Substitute(&'r Spanned<PersonId>),
    /// Not there.
    Apologies,
    /// There, but not as a member; for one minute only, if a number is given.
    Other(Option<u32>),
}

impl Part<'_> {
    /// As an officer says it: "present", "among the apologies".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Substitute(_) => "a substitute",
            Self::Apologies => "among the apologies",
            Self::Other(_) => "among the others",
        }
    }

    /// Whether it means being there to do the body's business.
    pub fn sits(self) -> bool {
        matches!(self, Self::Present | Self::Substitute(_))
    }
}

/// A member who counts towards a quorum, or several who are not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting<'r> {
    /// Who, if named.
    pub person: Option<&'r PersonId>,
    /// The class of the seat, if the body's file says.
    pub class: Option<Class>,
    /// The organisation represented, if the papers say.
    pub organisation: Option<&'r OrganisationId>,
    /// How many.
    pub number: u32,
}

/// Whether a role has a vote. A substitute has that of the member whose place it is.
fn votes(role: Role) -> bool {
    !matches!(role, Role::CoOpted | Role::Adviser)
}

/// Whether a role is a seat on the body with a vote: substitutes have theirs only in another's place.
pub fn holds_vote(role: Role) -> bool {
    matches!(role, Role::Chair | Role::DeputyChair | Role::Member)
}

impl<'r> Attendance<'r> {
    /// Puts the minutes of a meeting beside the body's members that day.
    pub fn of(body: &'r Body, minutes: &'r Minutes, on: NaiveDate) -> Self {
        let attender = |part| move |person| Attender { person, part };
        let named = minutes
            .present
            .iter()
            .map(attender(Part::Present))
            .chain(minutes.substitutes.iter().map(|substitute| Attender {
                person: &substitute.person,
                part: Part::Substitute(&substitute.for_member),
            }))
            .chain(minutes.apologies.iter().map(attender(Part::Apologies)))
            .chain(minutes.others.iter().filter_map(|other| {
                let part = Part::Other(other.for_minute.as_ref().map(|minute| minute.value));
                Some(Attender { person: other.person.as_ref()?, part })
            }))
            .collect();
        Self { body, minutes, members: members_on(body, on).collect(), named }
    }

    /// Whether the minutes say of anybody that they were there as a member.
    pub fn says_who_was_there(&self) -> bool {
        self.named.iter().any(|attender| attender.part.sits()) || !self.minutes.represented.is_empty()
    }

    /// Whether every member of that day is known by name, so that a person who is not among them was none.
    pub fn is_membership_known(&self) -> bool {
        !self.members.is_empty() && self.members.iter().all(|member| member.person.is_some())
    }

    /// The seat that somebody held that day: of several, the one with the most to say.
    pub fn membership(&self, person: &PersonId) -> Option<&'r Membership> {
        let own = |member: &&&Membership| member.person.as_ref().is_some_and(|id| id.value == *person);
        self.members.iter().filter(own).min_by_key(|member| member.role).copied()
    }

    /// How the minutes name somebody, in their order.
    pub fn parts<'a>(&'a self, person: &'a PersonId) -> impl Iterator<Item = Part<'r>> + 'a {
        self.named.iter().filter(move |attender| attender.person.value == *person).map(|attender| attender.part)
    }

    /// Whether somebody was there as a member or as a substitute.
    pub fn sat(&self, person: &PersonId) -> bool {
        self.parts(person).any(Part::sits)
    }

    /// Whether the minutes say in any way that somebody was there.
    pub fn came(&self, person: &PersonId) -> bool {
        self.parts(person).any(|part| part != Part::Apologies)
    }

    /// Whether somebody who was there could vote, as far as is known.
    pub fn could_vote(&self, person: &PersonId) -> bool {
        self.parts(person).filter(|part| part.sits()).any(|part| {
            let seat = match part {
                Part::Substitute(member) => self.membership(member),
                _ => self.membership(person),
            };
            seat.is_none_or(|seat| votes(seat.role))
        })
    }

    /// Who counts towards a quorum: those there whose seat has a vote, once each. `strangers` says whether those count
    /// who are not on the body as far as its file says.
    pub fn sitting(&self, strangers: bool) -> Vec<Sitting<'r>> {
        let mut seen = HashSet::new();
        let named = self.named.iter().filter_map(|attender| {
            let seat = match attender.part {
                Part::Present => self.membership(attender.person),
                Part::Substitute(member) => self.membership(member),
                _ => return None,
            };
            let counts = match seat {
                Some(seat) => votes(seat.role),
                None => strangers || !self.is_membership_known(),
            };
            (counts && seen.insert(&attender.person.value)).then_some(Sitting {
                person: Some(&attender.person.value),
                class: seat.and_then(|seat| seat.class),
                organisation: seat.and_then(|seat| seat.organisation.as_ref()).map(|organisation| &organisation.value),
                number: 1,
            })
        });
        let mut sitting: Vec<Sitting<'r>> = named.collect();
        sitting.extend(self.minutes.represented.iter().map(|represented| self.unnamed(represented)));
        sitting
    }

    fn unnamed(&self, represented: &'r Represented) -> Sitting<'r> {
        let organisation = &represented.organisation.value;
        let is_theirs = |own: &Spanned<OrganisationId>| own.value == *organisation;
        let members = self.members.iter().filter(|member| member.organisation.as_ref().is_some_and(is_theirs));
        let seats = self.body.seats.iter().filter(|seat| is_theirs(&seat.organisation));
        Sitting {
            person: None,
            class: members.filter_map(|member| member.class).chain(seats.map(|seat| seat.class)).next(),
            organisation: Some(organisation),
            number: represented.number,
        }
    }

    /// Who sat for whom.
    pub fn substitutes(&self) -> &'r [Substitute] {
        &self.minutes.substitutes
    }

    /// The place where the minutes say who was there: from the first of those named to the last.
    pub fn place(&self) -> Option<Span> {
        let present = self.minutes.present.iter().map(|person| person.span);
        let represented = self.minutes.represented.iter().map(|represented| represented.organisation.span);
        let substitutes = self.minutes.substitutes.iter().map(|substitute| substitute.person.span);
        let (first, last) = match (self.minutes.present.first(), self.minutes.present.last()) {
            (Some(first), Some(last)) => (first.span, last.span),
            _ => {
                let first = present.chain(represented).chain(substitutes).next()?;
                (first, first)
            }
        };
        Some(Span { end: last.end.max(first.end), ..first })
    }
}
