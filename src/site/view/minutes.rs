//! Minutes: who came, what was decided, and what is to be done.

use super::papers::abbreviations;
use super::{Text, View};
use crate::calendar::{clock_time, long_date};
use crate::edition::{Audience, PublishedMeeting};
use crate::model::PersonId;
use crate::model::meeting::{FollowUp, InterestKind, Minutes, Vote};
use crate::model::paper::Own;
use crate::record::{Paper, sections};
use crate::site::context::{
    Attendance, EmployeesRow, FollowUpRow, InterestRow, Link, MinuteSection, MinutesPage, OtherRow, RepresentedRow,
    SubstituteRow, VoteRow,
};
use crate::site::routes::Routes;
use crate::text::Spanned;

impl View<'_> {
    /// The minutes of a meeting, each text written by `text`; nothing if there are none.
    pub(crate) fn minutes_page(&self, meeting: &PublishedMeeting, text: &Text<'_>) -> Option<MinutesPage> {
        let minutes = meeting.minutes.as_ref()?;
        let paper = &minutes.paper;
        let Own::Minutes(own) = &paper.head.own else { return None };
        let path = Routes::paper(paper);
        let document = &paper.text.document;
        let (before, parts) = sections(document);
        let public = self.edition.audience == Audience::Public;
        let parts = parts.iter().map(|section| {
            let private = minutes.private.get(&section.number);
            let item = section.heading.attribute("item").map(|item| Link {
                title: format!("Agenda item {item}"),
                href: Some(format!("{}#item-{item}", Routes::meeting(&meeting.key))),
            });
            MinuteSection {
                number: section.number.to_string(),
                anchor: section.heading.anchor.clone(),
                title: section.heading.plain(),
                item,
                html: if private.is_some() && public { String::new() } else { text(section.blocks) },
                private: private.is_some(),
                public_summary: private.cloned().flatten(),
                votes: own
                    .votes
                    .iter()
                    .filter(|vote| vote.minute.value == section.number)
                    .map(|vote| self.vote(vote))
                    .collect(),
            }
        });
        let minute_link =
            |number: u32| Link { title: format!("Minute {number}"), href: Some(format!("{path}#minute-{number}")) };
        Some(MinutesPage {
            meeting: self.meeting_card(meeting),
            minutes: self.minutes_card(meeting)?,
            attendance: self.attendance(paper)?,
            sections: parts.collect(),
            interests: own
                .interests
                .iter()
                .map(|interest| InterestRow {
                    person: self.person(&interest.person.value),
                    interest: interest.interest.clone(),
                    minute: interest.minute.as_deref().copied().map(minute_link),
                    disclosable: interest.kind == InterestKind::Disclosable,
                    dispensation: interest.dispensation,
                })
                .collect(),
            follow_ups: own
                .follow_ups
                .iter()
                .map(|follow_up| self.follow_up(follow_up, paper, minute_link(follow_up.minute.value)))
                .collect(),
            introduction_html: text(before),
            footnotes_html: String::new(),
            abbreviations: abbreviations(document),
        })
    }

    fn vote(&self, vote: &Vote) -> VoteRow {
        let people = |ids: &[Spanned<PersonId>]| ids.iter().map(|id| self.person(&id.value)).collect();
        VoteRow {
            on: vote.on.clone(),
            budget: vote.budget,
            votes_for: people(&vote.votes_for),
            against: people(&vote.against),
            abstaining: people(&vote.abstaining),
        }
    }

    fn follow_up(&self, follow_up: &FollowUp, paper: &Paper, minute: Link) -> FollowUpRow {
        let see = follow_up.see.as_ref().and_then(|see| {
            let id = paper.address(&see.value.as_str().into());
            let meeting = paper.meeting_named(&see.value);
            self.paper_link(&id).or_else(|| meeting.map(|key| self.meeting_link(&key)))
        });
        FollowUpRow {
            what: follow_up.what.clone(),
            who: follow_up.who.clone(),
            by: follow_up.by.as_deref().copied().map(long_date),
            minute,
            state: follow_up.state.word(),
            see,
        }
    }

    /// Who came to a meeting, as its minutes say.
    pub(crate) fn attendance(&self, paper: &Paper) -> Option<Attendance> {
        let Own::Minutes(own) = &paper.head.own else { return None };
        let own: &Minutes = own;
        let path = Routes::paper(paper);
        let presided = own.presided.as_ref();
        let person = |id: &Spanned<PersonId>| self.person(&id.value);
        Some(Attendance {
            presided: presided.map(person),
            elected_to_preside: own.elected_to_preside,
            present: own
                .present
                .iter()
                .filter(|id| presided.is_none_or(|chair| chair.value != id.value))
                .map(person)
                .collect(),
            represented: own
                .represented
                .iter()
                .map(|represented| RepresentedRow {
                    organisation: self.edition.model.name_of_organisation(&represented.organisation.value).to_owned(),
                    number: represented.number,
                })
                .collect(),
            substitutes: own
                .substitutes
                .iter()
                .map(|substitute| SubstituteRow {
                    person: person(&substitute.person),
                    instead_of: person(&substitute.for_member),
                })
                .collect(),
            apologies: own.apologies.iter().map(person).collect(),
            others: own
                .others
                .iter()
                .map(|other| {
                    let words = |parts: [&Option<String>; 2]| {
                        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
                        (!parts.is_empty()).then(|| parts.join(", "))
                    };
                    let (person, capacity) = match &other.person {
                        Some(id) => (person(id), words([&other.capacity, &other.organisation])),
                        None => {
                            let title = words([&other.capacity, &other.organisation]).unwrap_or_default();
                            (Link { title, href: None }, None)
                        }
                    };
                    let for_minute = other.for_minute.as_ref().map(|number| Link {
                        title: format!("Minute {}", number.value),
                        href: Some(format!("{path}#minute-{}", number.value)),
                    });
                    OtherRow { person, capacity, for_minute }
                })
                .collect(),
            employees: own
                .employees
                .iter()
                .map(|employees| EmployeesRow {
                    directorate: employees.directorate.clone(),
                    posts: employees.posts.clone(),
                })
                .collect(),
            closed: own.closed.as_deref().copied().map(clock_time),
        })
    }
}
