//! What the heads of papers name.

use super::Check;
use crate::finding::{Finding, codes};
use crate::model::paper::Own;
use crate::model::{Exempt, Kind};
use crate::record::Paper;
use crate::text::Span;

impl Check<'_, '_> {
    pub(super) fn head(&mut self, paper: &Paper) {
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
            }
            _ => {}
        }
    }

    /// Nothing is kept from the public without a reason that it can read. Which paragraphs of which law apply is for the
    /// rules.
    pub(super) fn exempt(&mut self, exempt: &Exempt, span: Span) {
        if exempt.public_interest.is_none() && !self.is_misread(span) {
            self.findings.push(
                Finding::error(
                    codes::NO_EXEMPT_REASON,
                    span,
                    "private business does not say why the public interest favours it",
                )
                .help("add `public_interest:` to its `exempt`, with a sentence that the public can read"),
            );
        }
    }
}
