//! Whether everything that is named exists.
//!
//! Only what the record needs to hold together is checked here: ids, addresses, references, places of files. What the
//! law and good practice ask of the papers is for the rules.

use std::collections::{HashMap, HashSet};

use super::agenda::flat;
use super::references::References;
use super::{Paper, Record, numbered_items, sections};
use crate::finding::{Finding, codes, did_you_mean, nearest};
use crate::model::paper::Own;
use crate::model::{Agenda, BodyId, ContactId, Item, Kind, OfficeId, OrganisationId, PaperId, PersonId};
use crate::text::{Sources, Spanned};

/// Checks the whole record.
pub(super) fn check(record: &Record, sources: &Sources, findings: &mut Vec<Finding>) {
    let references = References::new(
        record.papers.values().map(|paper| &**paper),
        record.meetings.keys(),
        &record.model.people,
        &record.model.bodies,
    );
    let paths = sources.iter().map(|(_, source)| source.path.as_str()).collect();
    let mut check = Check { record, sources, paths, references, findings };
    check.authority();
    check.bodies();
    check.offices();
    check.circles();
    for paper in record.papers.values() {
        check.place(paper);
        check.head(paper);
        check.text(paper);
    }
    check.unreached();
}

struct Check<'r, 'f> {
    record: &'r Record,
    sources: &'r Sources,
    /// Files that are there, whether they could be read or not: what names one that could not is not told of it again.
    paths: HashSet<&'r str>,
    references: References<'r>,
    findings: &'f mut Vec<Finding>,
}

impl Check<'_, '_> {
    fn unknown<'a>(
        &mut self,
        what: &str,
        written: &Spanned<impl AsRef<str>>,
        file: &str,
        possible: impl Iterator<Item = &'a str>,
    ) {
        let name = written.value.as_ref();
        let help = did_you_mean(name, possible).unwrap_or_else(|| format!("add it to {file}, or correct the name"));
        self.findings.push(
            Finding::error(codes::UNKNOWN_REFERENCE, written.span, format!("there is no {what} `{name}`")).help(help),
        );
    }

    /// Whether a file is there but could not be used, which has been told already.
    fn is_broken(&self, path: &str, is_used: bool) -> bool {
        !is_used && self.paths.contains(path)
    }

    fn has_body(&self, id: &BodyId) -> bool {
        self.record.model.bodies.contains_key(id) || self.paths.contains(format!("bodies/{id}.yaml").as_str())
    }

    fn person(&mut self, id: &Spanned<PersonId>) {
        if self.is_broken("people.yaml", !self.record.model.people.is_empty()) {
            return;
        }
        if !self.record.model.people.contains_key(&id.value) {
            self.unknown("person", id, "`people.yaml`", self.record.model.people.keys().map(PersonId::as_str));
        }
    }

    fn body(&mut self, id: &Spanned<BodyId>) {
        if !self.has_body(&id.value) {
            self.unknown("body", id, "the folder `bodies`", self.record.model.bodies.keys().map(BodyId::as_str));
        }
    }

    /// An organisation, or a body of the authority itself.
    fn organisation(&mut self, id: &Spanned<OrganisationId>) {
        let known = self.record.model.organisations.contains_key(&id.value)
            || self.record.model.bodies.contains_key(&BodyId(id.value.0.clone()));
        if !known {
            self.unknown(
                "organisation",
                id,
                "`organisations.yaml`",
                self.record.model.organisations.keys().map(OrganisationId::as_str),
            );
        }
    }

    fn office(&mut self, id: &Spanned<OfficeId>) {
        if self.is_broken("offices.yaml", !self.record.model.offices.is_empty()) {
            return;
        }
        if !self.record.model.offices.contains_key(&id.value) {
            self.unknown("office", id, "`offices.yaml`", self.record.model.offices.keys().map(OfficeId::as_str));
        }
    }

    fn contact(&mut self, id: &Spanned<ContactId>) {
        let contacts = &self.record.model.authority.contacts.0;
        if !contacts.iter().any(|(key, _)| key.value == id.value.0) {
            self.unknown("contact", id, "`authority.yaml`", contacts.iter().map(|(key, _)| key.value.as_str()));
        }
    }

    fn paper(&mut self, from: &Paper, written: &Spanned<PaperId>) {
        let id = from.address(&written.value);
        if self.record.papers.contains_key(&id) || self.paths.contains(format!("{id}.md").as_str()) {
            return;
        }
        let folder = id.as_str().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let beside: Vec<&str> = self
            .record
            .papers
            .range(PaperId(format!("{folder}/"))..)
            .map(|(id, _)| id.as_str())
            .take_while(|id| id.starts_with(&folder))
            .collect();
        let short = |id: &str| id.rsplit('/').next().unwrap_or(id).to_owned();
        let help = nearest(id.as_str(), beside.iter().copied()).map_or_else(
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

    /// A person or an office by id, or plain words: only a near miss of a person's name is suspect.
    fn named_or_words(&mut self, written: &Spanned<String>) {
        let name = &written.value;
        let known = self.record.model.people.contains_key(&PersonId(name.clone()))
            || self.record.model.offices.contains_key(&OfficeId(name.clone()));
        if known || name.len() > 30 {
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

    fn authority(&mut self) {
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

    fn bodies(&mut self) {
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
            let mut seen = std::collections::BTreeMap::new();
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

    fn offices(&mut self) {
        for office in self.record.model.offices.values() {
            for tenure in &office.held_by {
                self.person(&tenure.person);
            }
        }
    }

    /// Bodies that report to each other in a circle have no top, and could not be drawn.
    fn circles(&mut self) {
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

    /// Whether a paper lies where its kind belongs.
    fn place(&mut self, paper: &Paper) {
        let start = paper.start();
        let path = &self.sources.get(paper.source).path;
        let usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/');
        if !paper.id.as_str().chars().all(usual) {
            self.findings.push(
                Finding::error(
                    codes::MISPLACED_FILE,
                    start,
                    format!("the path `{path}` cannot become a web address as it stands"),
                )
                .help("use lower-case letters, digits and hyphens for names of files and folders"),
            );
        }
        let name = paper.id.as_str().rsplit('/').next().unwrap_or("");
        let expected = match paper.kind() {
            Kind::Agenda => Some("agenda.md"),
            Kind::Minutes => Some("minutes.md"),
            Kind::SupplementaryAgenda => {
                (!name.starts_with("supplementary-agenda")).then_some("supplementary-agenda-1.md")
            }
            _ if name == "agenda" || name == "minutes" => {
                self.findings.push(Finding::error(
                    codes::MISPLACED_FILE,
                    paper.head.common.kind.span,
                    format!("a file called `{name}.md` must have `kind: {name}`"),
                ));
                None
            }
            _ => None,
        };
        if let Some(expected) = expected
            && format!("{name}.md") != expected
        {
            self.findings.push(
                Finding::error(
                    codes::MISPLACED_FILE,
                    paper.head.common.kind.span,
                    format!("a paper of this kind is called `{expected}`"),
                )
                .help("rename the file, or correct `kind`"),
            );
        }
        let needs_meeting = matches!(paper.kind(), Kind::Agenda | Kind::Minutes | Kind::SupplementaryAgenda);
        if paper.meeting.is_none() && (needs_meeting || path.starts_with("meetings/")) {
            self.findings.push(
                Finding::error(codes::MISPLACED_FILE, start, "this paper lies in no meeting's folder")
                    .help("put it into `meetings/BODY/DATE/`, with the date as 2023-07-12"),
            );
        }
        if let Some(meeting) = &paper.meeting {
            if !self.has_body(&meeting.body) {
                let help = did_you_mean(meeting.body.as_str(), self.record.model.bodies.keys().map(BodyId::as_str))
                    .unwrap_or_else(|| format!("write `bodies/{}.yaml`, or correct the folder's name", meeting.body));
                self.findings.push(
                    Finding::error(
                        codes::UNKNOWN_REFERENCE,
                        start,
                        format!("there is no body `{}`, whose folder this paper lies in", meeting.body),
                    )
                    .help(help),
                );
            }
            self.agrees_with_folder(paper);
        }
        if paper.kind() == Kind::MonitoringReturn && !self.record.forms.contains_key(&paper.folder) {
            self.findings.push(
                Finding::error(codes::MISPLACED_FILE, start, "there is no `form.yaml` beside this monitoring return")
                    .help("put the return beside its funder's form, in `returns/NAME/`"),
            );
        }
    }

    fn agrees_with_folder(&mut self, paper: &Paper) {
        let Some(meeting) = &paper.meeting else { return };
        if let Some(body) = &paper.head.common.body
            && body.value != meeting.body
        {
            self.findings.push(
                Finding::error(
                    codes::DISAGREES,
                    body.span,
                    format!("the head says `{}`, but the folder is that of `{}`", body.value, meeting.body),
                )
                .help("leave out `body`, or move the paper"),
            );
        }
        let needs_same_date = matches!(paper.kind(), Kind::Agenda | Kind::Minutes);
        if let Some(date) = &paper.head.common.date
            && needs_same_date
            && date.value != meeting.date
        {
            self.findings.push(
                Finding::error(
                    codes::DISAGREES,
                    date.span,
                    format!("the head says {}, but the folder is that of {}", date.value, meeting.date),
                )
                .help("leave out `date`, or move the paper"),
            );
        }
    }

    fn head(&mut self, paper: &Paper) {
        let common = &paper.head.common;
        if let Some(body) = &common.body {
            self.body(body);
        }
        if let Some(text_of) = &common.text_of {
            self.paper(paper, text_of);
        }
        if let Some(exempt) = &common.exempt {
            self.exempt(&exempt.value, exempt.span);
        }
        for appendix in paper.head.appendices() {
            self.paper(paper, appendix);
            let found = self.record.papers.get(&paper.address(&appendix.value));
            if let Some(other) = found.filter(|other| other.kind() != Kind::Appendix) {
                self.findings.push(
                    Finding::error(
                        codes::WRONG_VALUE,
                        appendix.span,
                        format!("`{}` is a {}, not an appendix", other.id, other.kind().word()),
                    )
                    .also(other.head.common.kind.span, "its kind is given here"),
                );
            }
        }
        match &paper.head.own {
            Own::Agenda(agenda) => {
                self.own_text(paper);
                self.item_numbers(agenda);
                if let Some(contact) = &agenda.contact {
                    self.contact(contact);
                }
                agenda.invited.iter().for_each(|invited| self.named_or_words(invited));
                agenda.items.iter().for_each(|item| self.item(paper, item, false));
                agenda.private.iter().for_each(|item| self.item(paper, item, true));
            }
            Own::SupplementaryAgenda(own) => {
                self.own_text(paper);
                self.supplementary(paper, own);
            }
            Own::Minutes(minutes) => {
                self.own_text(paper);
                self.minutes(paper, minutes);
            }
            Own::Report(report) => {
                if let Some(contact) = &report.contact {
                    self.contact(contact);
                }
                report.portfolio_holder.iter().for_each(|office| self.office(office));
            }
            Own::WorkProgramme(programme) => {
                for entry in &programme.entries {
                    entry.portfolio_holder.iter().for_each(|office| self.office(office));
                    entry.lead.iter().for_each(|lead| self.named_or_words(lead));
                }
                for entry in &programme.undated {
                    entry.portfolio_holder.iter().for_each(|office| self.office(office));
                    entry.lead.iter().for_each(|lead| self.named_or_words(lead));
                }
                if common.body.is_none() {
                    self.missing_body(paper);
                }
            }
            Own::TermsOfReference(_) if common.body.is_none() => self.missing_body(paper),
            _ => {}
        }
    }

    /// A meeting's agendas and minutes go out by themselves, so they cannot wait for the paper that they take a text from.
    fn own_text(&mut self, paper: &Paper) {
        if let Some(text_of) = &paper.head.common.text_of {
            let message = format!("a paper of the kind `{}` has a text of its own", paper.kind().word());
            self.findings.push(
                Finding::error(codes::WRONG_VALUE, text_of.span, message)
                    .help("leave out `text_of`, and refer to the other paper with `[[…]]`"),
            );
        }
    }

    /// What minutes and supplementary agendas say of an item would be said of either of two with the same number.
    fn item_numbers(&mut self, agenda: &Agenda) {
        let items = numbered_items(agenda);
        let mut first = HashMap::new();
        for item in flat(&items) {
            if let Some(other) = first.insert(item.number.as_str(), item.item.span) {
                let message = format!("two items of this agenda have the number {}", item.number);
                self.findings.push(
                    Finding::error(codes::DUPLICATE, item.item.span, message)
                        .also(other, "the other")
                        .help("correct `number`, or leave it out: items number themselves"),
                );
            }
        }
    }

    fn missing_body(&mut self, paper: &Paper) {
        self.findings.push(
            Finding::error(codes::MISSING_KEY, paper.start(), "the key `body` is missing")
                .help("say which body this paper belongs to"),
        );
    }

    fn exempt(&mut self, exempt: &crate::model::Exempt, span: crate::text::Span) {
        if exempt.paragraphs.is_empty() {
            self.findings.push(
                Finding::error(codes::NO_EXEMPT_REASON, span, "private business names no paragraph of Schedule 12A")
                    .help("add `paragraphs: [3]`, with the numbers (1 to 7) that apply"),
            );
        }
        for paragraph in exempt.paragraphs.iter().filter(|paragraph| !(1..=7).contains(&paragraph.value)) {
            self.findings.push(Finding::error(
                codes::WRONG_VALUE,
                paragraph.span,
                format!("Schedule 12A, Part 1, has paragraphs 1 to 7, and no paragraph {}", paragraph.value),
            ));
        }
        if exempt.public_interest.is_none() {
            self.findings.push(
                Finding::error(
                    codes::NO_EXEMPT_REASON,
                    span,
                    "private business does not say why the public interest favours it",
                )
                .help("add `public_interest:` with a sentence that the public can read"),
            );
        }
    }

    fn item(&mut self, paper: &Paper, item: &Item, private: bool) {
        item.papers.iter().for_each(|id| self.paper(paper, id));
        match &item.exempt {
            Some(exempt) => self.exempt(exempt, item.span),
            None if private => self.findings.push(
                Finding::error(
                    codes::NO_EXEMPT_REASON,
                    item.span,
                    "this item stands under `private`, but does not say why it is exempt",
                )
                .help("add `exempt: {paragraphs: [3], public_interest: …}`"),
            ),
            None => {}
        }
        item.items.iter().for_each(|beneath| self.item(paper, beneath, false));
        if let Some(deeper) = item.items.iter().find(|beneath| !beneath.items.is_empty()) {
            self.findings.push(
                Finding::error(
                    codes::WRONG_VALUE,
                    deeper.span,
                    "items stand here three levels deep; an agenda has two",
                )
                .help("make the items beneath this one items of their own"),
            );
        }
    }

    fn supplementary(&mut self, paper: &Paper, own: &crate::model::SupplementaryAgenda) {
        let agenda = paper
            .meeting
            .as_ref()
            .and_then(|key| self.record.meetings.get(key))
            .and_then(|meeting| meeting.agenda.as_ref());
        let agenda = agenda.and_then(|id| self.record.papers.get(id)).map(|paper| &paper.head.own);
        let numbers: Vec<String> = match agenda {
            Some(Own::Agenda(agenda)) => flat(&numbered_items(agenda)).map(|item| item.number.clone()).collect(),
            _ => {
                self.findings.push(
                    Finding::error(
                        codes::MISPLACED_FILE,
                        paper.start(),
                        "there is no agenda that this supplementary agenda adds to",
                    )
                    .help("write `agenda.md` in the same folder"),
                );
                Vec::new()
            }
        };
        for item in &own.items {
            item.papers.iter().for_each(|id| self.paper(paper, id));
            if !numbers.is_empty() && !numbers.contains(&item.item.value) {
                let message = format!("the agenda has no item {}", item.item.value);
                let help = format!("its items are {}", numbers.join(", "));
                self.findings.push(Finding::error(codes::UNKNOWN_REFERENCE, item.item.span, message).help(help));
            }
        }
    }

    fn minutes(&mut self, paper: &Paper, minutes: &crate::model::Minutes) {
        for person in minutes.presided.iter().chain(&minutes.present).chain(&minutes.apologies) {
            self.person(person);
        }
        for substitute in &minutes.substitutes {
            self.person(&substitute.person);
            self.person(&substitute.for_member);
        }
        minutes.others.iter().filter_map(|other| other.person.as_ref()).for_each(|person| self.person(person));
        minutes.interests.iter().for_each(|interest| self.person(&interest.person));
        let (_, sections) = sections(&paper.text.document);
        let numbers: Vec<u32> = sections.iter().map(|section| section.number).collect();
        for follow_up in minutes.follow_ups.iter().filter(|follow_up| !numbers.contains(&follow_up.minute.value)) {
            self.findings.push(Finding::error(
                codes::UNKNOWN_REFERENCE,
                follow_up.minute.span,
                format!("these minutes have no minute {}", follow_up.minute.value),
            ));
        }
        for (number, _) in &minutes.public_summaries.0 {
            if !numbers.iter().any(|known| known.to_string() == number.value) {
                self.findings.push(Finding::error(
                    codes::UNKNOWN_REFERENCE,
                    number.span,
                    format!("these minutes have no minute {}", number.value),
                ));
            }
        }
        let agenda = paper
            .meeting
            .as_ref()
            .and_then(|key| self.record.meetings.get(key))
            .and_then(|meeting| meeting.agenda.as_ref());
        let Some(Own::Agenda(agenda)) = agenda.and_then(|id| self.record.papers.get(id)).map(|paper| &paper.head.own)
        else {
            return;
        };
        let items = numbered_items(agenda);
        for section in &sections {
            let Some(item) = section.heading.attribute("item") else { continue };
            if !flat(&items).any(|known| known.number == item) {
                let known: Vec<&str> = flat(&items).map(|item| item.number.as_str()).collect();
                self.findings.push(
                    Finding::error(
                        codes::UNKNOWN_REFERENCE,
                        section.heading.span,
                        format!("the agenda has no item {item}"),
                    )
                    .help(format!("its items are {}", known.join(", "))),
                );
            }
        }
    }

    /// Whether the references and files in a text exist.
    fn text(&mut self, paper: &Paper) {
        if paper.text_from != paper.id {
            return;
        }
        for reference in &paper.text.document.references {
            if let Err(lost) = self.references.resolve(paper, &reference.value) {
                let mut finding = Finding::error(
                    codes::UNKNOWN_REFERENCE,
                    reference.span,
                    format!("this refers to {}, which does not exist", lost.wanted),
                );
                finding.help = lost.help;
                self.findings.push(finding);
            }
        }
        for file in &paper.text.document.files {
            let path = paper.file(&file.value);
            if !self.record.files.contains(&path) {
                let folder = format!("{}/", paper.folder);
                let beside = self.record.files.range(folder.clone()..).map_while(|path| path.strip_prefix(&folder));
                let help = did_you_mean(&file.value, beside)
                    .unwrap_or_else(|| "put the file beside the paper, in a folder `files`".to_owned());
                self.findings.push(
                    Finding::error(
                        codes::BAD_LINK,
                        file.span,
                        format!("there is no file `{}` beside this paper", file.value),
                    )
                    .help(help),
                );
            }
        }
        for generated in paper.text.generated.values() {
            if let super::GeneratedContent::OrganisationChart(chart) = generated
                && let Some(root) = &chart.root
            {
                self.body(root);
            }
        }
    }

    /// Papers that nothing leads to: nobody would ever see them.
    fn unreached(&mut self) {
        let mut reached = HashSet::new();
        for paper in self.record.papers.values() {
            let listed: Vec<&PaperId> = match &paper.head.own {
                Own::Agenda(agenda) => {
                    flat(&numbered_items(agenda)).flat_map(|item| item.item.papers.iter().map(|id| &id.value)).collect()
                }
                Own::SupplementaryAgenda(own) => {
                    own.items.iter().flat_map(|item| item.papers.iter().map(|id| &id.value)).collect()
                }
                _ => paper.head.appendices().iter().map(|id| &id.value).collect(),
            };
            reached.extend(listed.into_iter().map(|id| paper.address(id)));
        }
        for paper in self.record.papers.values() {
            let stands_alone = matches!(paper.kind(), Kind::Agenda | Kind::SupplementaryAgenda | Kind::Minutes);
            let needs_carrier = paper.meeting.is_some() || paper.kind() == Kind::Appendix;
            let agenda = PaperId(format!("{}/agenda", paper.folder));
            let agenda_is_broken = self.is_broken(&format!("{agenda}.md"), self.record.papers.contains_key(&agenda));
            if needs_carrier && !agenda_is_broken && !stands_alone && !reached.contains(&paper.id) {
                let help = if paper.kind() == Kind::Appendix {
                    "list it under `appendices` in the head of the paper it belongs to"
                } else {
                    "name it under an item of the agenda or of a supplementary agenda"
                };
                self.findings.push(
                    Finding::warning(
                        codes::UNREACHED_PAPER,
                        paper.start(),
                        "nothing leads to this paper, so nobody will see it",
                    )
                    .help(help),
                );
            }
        }
    }
}
