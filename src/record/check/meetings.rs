//! What agendas, supplementary agendas and minutes name, and whether they fit together.

use std::collections::{HashMap, HashSet};

use super::Check;
use crate::finding::{Finding, codes};
use crate::model::paper::Own;
use crate::model::{Agenda, Item, Minutes, SupplementaryAgenda};
use crate::record::{Paper, flat, numbered_items, sections};

impl Check<'_, '_> {
    /// A meeting's agendas and minutes go out by themselves, so they cannot wait for the paper that they take a text from.
    pub(super) fn own_text(&mut self, paper: &Paper) {
        if let Some(text_of) = &paper.head.common.text_of {
            let message = format!("a paper of the kind `{}` has a text of its own", paper.kind().word());
            self.findings.push(
                Finding::error(codes::WRONG_VALUE, text_of.span, message)
                    .help("leave out `text_of`, and refer to the other paper with `[[…]]`"),
            );
        }
    }

    /// What minutes and supplementary agendas say of an item would be said of either of two with the same number.
    pub(super) fn item_numbers(&mut self, agenda: &Agenda) {
        let items = numbered_items(agenda);
        let mut first = HashMap::new();
        for item in flat(&items) {
            if let Some(other) = first.insert(item.number.as_str(), item.item.span) {
                let message = format!("two items of this agenda have the number {}", item.number);
                self.findings.push(
                    Finding::error(codes::DUPLICATE_ITEM, item.item.span, message)
                        .also(other, "the other")
                        .help("correct `number`, or leave it out: items number themselves"),
                );
            }
        }
    }

    pub(super) fn item(&mut self, paper: &Paper, item: &Item, private: bool) {
        item.papers.iter().for_each(|id| self.paper(paper, id));
        match &item.exempt {
            Some(exempt) => self.exempt(exempt, item.span),
            None if private && !self.is_misread(item.span) => self.findings.push(
                Finding::error(
                    codes::NO_EXEMPT_REASON,
                    item.span,
                    "this item stands under `private`, but does not say why it is exempt",
                )
                .help("add `exempt:` with `public_interest:` and a sentence that the public can read"),
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

    pub(super) fn supplementary(&mut self, paper: &Paper, own: &SupplementaryAgenda) {
        let agenda = paper
            .meeting
            .as_ref()
            .and_then(|key| self.record.meetings.get(key))
            .and_then(|meeting| meeting.agenda.as_ref());
        let agenda = agenda.and_then(|id| self.record.papers.get(id)).map(|paper| &paper.head.own);
        let numbers: Vec<String> = match agenda {
            Some(Own::Agenda(agenda)) => flat(&numbered_items(agenda)).map(|item| item.number.clone()).collect(),
            _ if self.unread.contains(format!("{}/agenda", paper.folder).as_str()) => Vec::new(),
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
        let is_known: HashSet<&str> = numbers.iter().map(String::as_str).collect();
        for item in &own.items {
            item.papers.iter().for_each(|id| self.paper(paper, id));
            if !numbers.is_empty() && !is_known.contains(item.item.as_str()) {
                let message = format!("the agenda has no item {}", item.item.value);
                let help = format!("its items are {}", listed(&numbers));
                self.findings.push(Finding::error(codes::UNKNOWN_REFERENCE, item.item.span, message).help(help));
            }
        }
    }

    pub(super) fn minutes(&mut self, paper: &Paper, minutes: &Minutes) {
        for person in minutes.presided.iter().chain(&minutes.present).chain(&minutes.apologies) {
            self.person(person);
        }
        for substitute in &minutes.substitutes {
            self.person(&substitute.person);
            self.person(&substitute.for_member);
        }
        minutes.others.iter().filter_map(|other| other.person.as_ref()).for_each(|person| self.person(person));
        minutes.interests.iter().for_each(|interest| self.person(&interest.person));
        minutes.represented.iter().for_each(|represented| self.organisation(&represented.organisation));
        let votes = minutes.votes.iter();
        votes
            .flat_map(|vote| vote.votes_for.iter().chain(&vote.against).chain(&vote.abstaining))
            .for_each(|person| self.person(person));
        for see in minutes.follow_ups.iter().filter_map(|follow_up| follow_up.see.as_ref()) {
            self.paper_or_meeting(paper, see);
        }
        let (_, sections) = sections(&paper.text.document);
        let numbers: HashSet<u32> = sections.iter().map(|section| section.number).collect();
        for follow_up in minutes.follow_ups.iter().filter(|follow_up| !numbers.contains(&follow_up.minute.value)) {
            self.findings.push(Finding::error(
                codes::UNKNOWN_REFERENCE,
                follow_up.minute.span,
                format!("these minutes have no minute {}", follow_up.minute.value),
            ));
        }
        for (number, _) in &minutes.public_summaries.0 {
            if !number.parse().is_ok_and(|read: u32| numbers.contains(&read) && read.to_string() == number.value) {
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
        let known: Vec<&str> = flat(&items).map(|item| item.number.as_str()).collect();
        let is_known: HashSet<&str> = known.iter().copied().collect();
        for section in &sections {
            let Some(item) = section.heading.attribute("item") else { continue };
            if !is_known.contains(item) {
                self.findings.push(
                    Finding::error(
                        codes::UNKNOWN_REFERENCE,
                        section.heading.span,
                        format!("the agenda has no item {item}"),
                    )
                    .help(format!("its items are {}", listed(&known))),
                );
            }
        }
    }
}

/// The numbers of items, or the first of very many.
fn listed(numbers: &[impl AsRef<str>]) -> String {
    let first: Vec<&str> = numbers.iter().take(100).map(AsRef::as_ref).collect();
    let more = if numbers.len() > first.len() { " and more" } else { "" };
    format!("{}{more}", first.join(", "))
}
