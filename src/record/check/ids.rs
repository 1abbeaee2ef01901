//! Whether what is named by an id exists: people, bodies, organisations, offices, contacts, papers.

use super::Check;
use crate::finding::{Finding, codes, nearest};
use crate::model::{BodyId, ContactId, OfficeId, OrganisationId, PaperId, PersonId};
use crate::record::Paper;
use crate::text::Spanned;

impl Check<'_, '_> {
    pub(super) fn has_body(&self, id: &BodyId) -> bool {
        self.record.model.bodies.contains_key(id) || self.paths.contains(format!("bodies/{id}.yaml").as_str())
    }

    pub(super) fn has_person(&self, id: &PersonId) -> bool {
        self.record.model.people.contains_key(id) || self.written.has("people.yaml", id.as_str())
    }

    pub(super) fn person(&mut self, id: &Spanned<PersonId>) {
        if !self.has_person(&id.value) {
            self.unknown("person", id, "`people.yaml`", self.record.model.people.keys().map(PersonId::as_str));
        }
    }

    pub(super) fn body(&mut self, id: &Spanned<BodyId>) {
        if !self.has_body(&id.value) {
            self.unknown("body", id, "the folder `bodies`", self.record.model.bodies.keys().map(BodyId::as_str));
        }
    }

    /// An organisation, or a body of the authority itself.
    pub(super) fn organisation(&mut self, id: &Spanned<OrganisationId>) {
        let known = self.record.model.organisations.contains_key(&id.value)
            || self.written.has("organisations.yaml", id.value.as_str())
            || self.has_body(&BodyId(id.value.0.clone()));
        if !known {
            self.unknown(
                "organisation",
                id,
                "`organisations.yaml`",
                self.record.model.organisations.keys().map(OrganisationId::as_str),
            );
        }
    }

    pub(super) fn office(&mut self, id: &Spanned<OfficeId>) {
        let known =
            self.record.model.offices.contains_key(&id.value) || self.written.has("offices.yaml", id.value.as_str());
        if !known {
            self.unknown("office", id, "`offices.yaml`", self.record.model.offices.keys().map(OfficeId::as_str));
        }
    }

    pub(super) fn contact(&mut self, id: &Spanned<ContactId>) {
        let contacts = &self.record.model.authority.contacts.0;
        let known = contacts.iter().any(|(key, _)| key.value == id.value.0);
        if !known && !self.written.has("authority.yaml", id.value.as_str()) {
            self.unknown("contact", id, "`authority.yaml`", contacts.iter().map(|(key, _)| key.value.as_str()));
        }
    }

    pub(super) fn paper(&mut self, from: &Paper, written: &Spanned<PaperId>) {
        let id = from.address(&written.value);
        if self.record.papers.contains_key(&id) || self.paths.contains(format!("{id}.md").as_str()) {
            return;
        }
        let folder = id.as_str().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let beneath = format!("{folder}/");
        let read = self.record.papers.range(PaperId(beneath.clone())..).map(|(id, _)| id.as_str());
        // One that could not be read may be meant as well.
        let unread = self.unread.range(beneath.as_str()..).copied();
        let beside: Vec<&str> = read
            .take_while(|id| id.starts_with(&folder))
            .chain(unread.take_while(|id| id.starts_with(&folder)))
            .collect();
        let short = |id: &str| id.rsplit('/').next().unwrap_or(id).to_owned();
        let meant = if self.may_compare(beside.len()) { nearest(id.as_str(), beside.iter().copied()) } else { None };
        let help = meant.map_or_else(
            || format!("write the paper `{id}.md`, or correct the name"),
            |meant| {
                format!(
                    "did you mean `{}`?",
                    if written.value.as_str().contains('/') { meant.to_owned() } else { short(meant) }
                )
            },
        );
        self.findings.push(
            Finding::error(codes::UNKNOWN_REFERENCE, written.span, format!("there is no paper `{id}`")).help(help),
        );
    }

    /// A paper by its address, or a meeting as `BODY/DATE` or, of the same body, `DATE`.
    pub(super) fn paper_or_meeting(&mut self, from: &Paper, written: &Spanned<String>) {
        let Some(key) = from.meeting_named(written) else {
            return self.paper(from, &Spanned::new(PaperId(written.value.clone()), written.span));
        };
        let folder = format!("meetings/{key}/");
        let is_there =
            self.record.meetings.contains_key(&key) || self.paths.iter().any(|path| path.starts_with(&folder));
        if !is_there {
            let days: Vec<String> = self
                .record
                .meetings
                .keys()
                .filter(|known| known.body == key.body)
                .map(|known| known.date.to_string())
                .collect();
            let help = nearest(&key.date.to_string(), days.iter().map(String::as_str)).map_or_else(
                || "correct the date, or the name of the body".to_owned(),
                |day| format!("did you mean `{day}`?"),
            );
            let message = format!("there is no meeting `{key}`");
            self.findings.push(Finding::error(codes::UNKNOWN_REFERENCE, written.span, message).help(help));
        }
    }

    /// A person or an office by id, or plain words: only a near miss of a person's name is suspect.
    pub(super) fn named_or_words(&mut self, written: &Spanned<String>) {
        let name = &written.value;
        let known = self.record.model.people.contains_key(&PersonId(name.clone()))
            || self.record.model.offices.contains_key(&OfficeId(name.clone()))
            || self.written.has("people.yaml", name)
            || self.written.has("offices.yaml", name);
        if known || name.len() > 30 || !self.may_compare(self.record.model.people.len()) {
            return;
        }
        if let Some(meant) = nearest(name, self.record.model.people.keys().map(PersonId::as_str)) {
            self.findings.push(
                Finding::warning(
                    codes::UNKNOWN_REFERENCE,
                    written.span,
                    format!("there is no person `{name}`, so this is printed as it stands"),
                )
                .help(format!("did you mean `{meant}`?")),
            );
        }
    }
}
