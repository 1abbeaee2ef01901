//! The authority, its bodies and its offices.

use std::collections::BTreeMap;

use super::Check;
use crate::finding::{Finding, codes};
use crate::model::PaperId;

impl Check<'_, '_> {
    pub(super) fn authority(&mut self) {
        let authority = &self.record.model.authority;
        if let Some(contact) = authority.accessibility.as_ref().and_then(|statement| statement.contact.as_ref()) {
            self.contact(contact);
        }
        if let Some(website) = &authority.website
            && !(website.starts_with("https://") || website.starts_with("http://"))
        {
            self.findings.push(Finding::error(
                codes::WRONG_VALUE,
                website.span,
                format!("expected an address that begins with `https://`, found `{}`", website.value),
            ));
        }
    }

    pub(super) fn bodies(&mut self) {
        for body in self.record.model.bodies.values() {
            for other in body.reports_to.iter().chain(&body.works_with) {
                self.body(other);
            }
            for seat in &body.seats {
                self.organisation(&seat.organisation);
            }
            for member in &body.members {
                if let Some(person) = &member.person {
                    self.person(person);
                }
                if let Some(organisation) = &member.organisation {
                    self.organisation(organisation);
                }
            }
            if let Some(contact) = &body.contact {
                self.contact(contact);
            }
            if let Some(terms) = &body.terms_of_reference
                && !self.record.papers.contains_key(&terms.value)
                && !self.paths.contains(format!("{}.md", terms.value).as_str())
            {
                self.unknown("paper", terms, "the content folder", self.record.papers.keys().map(PaperId::as_str));
            }
            let mut seen = BTreeMap::new();
            for meeting in &body.meetings {
                if let Some(first) = seen.insert(meeting.date.value, meeting.date.span) {
                    self.findings.push(
                        Finding::error(codes::DUPLICATE, meeting.date.span, "this meeting is listed twice")
                            .also(first, "first here"),
                    );
                }
            }
        }
    }

    pub(super) fn offices(&mut self) {
        for office in self.record.model.offices.values() {
            for tenure in &office.held_by {
                self.person(&tenure.person);
            }
        }
    }

    /// Each question of a funder's form has a page of its own, and its number is in the page's address.
    pub(super) fn forms(&mut self) {
        for form in self.record.forms.values() {
            for (number, _) in &form.questions.0 {
                if !number.parse::<u32>().is_ok_and(|read| read.to_string() == number.value) {
                    self.findings.push(
                        Finding::error(
                            codes::WRONG_VALUE,
                            number.span,
                            format!("expected the number of a question, found `{}`", number.value),
                        )
                        .help("write `1:` and what the form asks, `2:` and what it asks"),
                    );
                }
            }
        }
    }

    /// Bodies that report to each other in a circle have no top, and could not be drawn.
    pub(super) fn circles(&mut self) {
        for (id, body) in &self.record.model.bodies {
            let mut above = body.reports_to.as_ref();
            let mut steps = 0;
            while let Some(next) = above {
                if next.value == *id {
                    if let Some(own) = &body.reports_to {
                        self.findings.push(
                            Finding::error(
                                codes::CIRCLE,
                                own.span,
                                format!("`{id}` reports to itself by way of the bodies above it"),
                            )
                            .help("leave out `reports_to` for the body at the top"),
                        );
                    }
                    break;
                }
                steps += 1;
                if steps > self.record.model.bodies.len() {
                    break;
                }
                above = self.record.model.bodies.get(&next.value).and_then(|body| body.reports_to.as_ref());
            }
        }
    }
}
