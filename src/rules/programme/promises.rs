//! What meetings put off or ask for, and whether it comes.

use std::collections::{BTreeMap, HashSet};

use chrono::Months;

use super::entries::titles_of;
use super::promise::{self, Inclusion};
use super::{MINUTES, PROGRAMME, Programme, Programmes, Words, is_all_read, municipal_year, written};
use crate::calendar::{MunicipalYear, long_date};
use crate::document::{Block, Decision, DecisionKind, plain};
use crate::model::meeting::{FollowUp, FollowUpState};
use crate::model::{Level, Minutes, Status};
use crate::record::{MinuteSection, Paper, flat, numbered_items, sections};
use crate::rules::{Context, Example, Found, MeetingInHand, Rule, Test, Told};
use crate::text::Span;

pub(super) const DEFERRED: Rule = Rule {
    code: "P03",
    name: "deferred-and-forgotten",
    level: Level::Warning,
    meaning: "A meeting put something off, and neither the work programme nor a later agenda takes it up.",
    why: "What is put off without a day is easily forgotten, and those who came for it never hear of it again.",
    source: "Convention: an item deferred appears on the work programme or on a later agenda.",
    remedy: "Add it to the work programme with `deferred_from`, or to an agenda; or add a follow-up whose `see` names what settled it.",
    failing: Example::Files(&[(PROGRAMME, PLAN_ONLY), (MINUTES, DEFERRED_LIBRARIES)]),
    passing: Example::Files(&[
        (
            PROGRAMME,
            "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n\
             entries:\n  - {date: 2023-07-12, title: Community Safety Plan}\nundated:\n  - {title: Future of the city's library buildings}\n---\n",
        ),
        (MINUTES, DEFERRED_LIBRARIES),
    ]),
    test: Test::Record(deferred),
};

pub(super) const NOT_ON_PROGRAMME: Rule = Rule {
    code: "P04",
    name: "not-put-on-programme",
    level: Level::Warning,
    meaning: "The minutes say that something goes onto the work programme, and the programme has nothing like it.",
    why: "The committee was promised that it would come back. If the programme does not have it, nobody will bring it.",
    source: "Convention: what a meeting asks to be added to the work programme is on it.",
    remedy: "Add an entry to the work programme, dated or not; `deferred_from` names the meeting that put it off.",
    failing: Example::Files(&[
        (PROGRAMME, PLAN_ONLY),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n\
             follow_ups: [{minute: 1, what: Bring libraries back, who: Chief Legal Officer}]\n---\n\
             ## Community Safety Plan {item=3}\n\n**RESOLVED:**\n\n1. That the plan be noted.\n2. That libraries be added to the work programme for 2023/24.\n",
        ),
    ]),
    passing: Example::Files(&[
        (PROGRAMME, PLAN_ONLY),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n---\n\
             ## Community Safety Plan {item=3}\n\n**RESOLVED:**\n\n1. That the work programme for 2023/24 be noted.\n\
             2. That parking be removed from the work programme.\n3. That libraries be added to the work programme for 2024/25.\n",
        ),
    ]),
    test: Test::Record(not_on_programme),
};

pub(super) const NO_FOLLOW_UP: Rule = Rule {
    code: "P06",
    name: "request-without-follow-up",
    level: Level::Warning,
    meaning: "A decision asks for a report or for information, and no follow-up of the minutes names that minute.",
    why: "A request that nobody keeps a list of is not kept. Residents can see from the follow-ups what has become of it.",
    source: "Convention: what a meeting asks for has an owner and a state.",
    remedy: "Add an entry to `follow_ups`, with the `minute`, `what` was asked for, and `who` does it.",
    failing: Example::Minutes("", ASKS),
    passing: Example::Minutes("follow_ups: [{minute: 1, what: Report on costs, who: Chief Legal Officer}]\n", ASKS),
    test: Test::Record(no_follow_up),
};

const PLAN_ONLY: &str = "---\nkind: work-programme\nbody: scrutiny\ntitle: Work programme 2023/24\nyear: 2023/24\nstatus: published\npublished: 2023-07-04\n\
    entries:\n  - {date: 2023-07-12, title: Community Safety Plan}\n---\n";
const DEFERRED_LIBRARIES: &str = "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n---\n\
    ## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Libraries {item=2}\n\n**DEFERRED** to a later meeting.\n";
const ASKS: &str = "## Community Safety Plan {item=3}\n\n**RESOLVED** that a further report on its costs be brought to the committee.\n";

/// For so many months after a meeting, agendas are searched for what it put off.
const SEARCHED: Months = Months::new(24);

/// Runs over all minutes, with the programmes of their body.
fn over_minutes<'r>(context: &'r Context<'r>, mut look: impl FnMut(&InHand<'_, 'r>)) {
    let programmes = Programmes::of(context);
    for body in context.record.model.bodies.keys() {
        for meeting in context.meetings_of(body) {
            let Some((paper, minutes)) = written(&meeting) else { continue };
            let (_, sections) = sections(&paper.text.document);
            look(&InHand { meeting, paper, minutes, sections, programmes: &programmes });
        }
    }
}

/// One meeting's minutes.
struct InHand<'p, 'r> {
    meeting: MeetingInHand<'r>,
    paper: &'r Paper,
    minutes: &'r Minutes,
    sections: Vec<MinuteSection<'r>>,
    programmes: &'p Programmes<'r>,
}

/// A sentence of a decision, or an entry of its list, and where it stands.
struct Sentence {
    text: String,
    span: Span,
}

impl<'p, 'r> InHand<'p, 'r> {
    fn decisions(&self) -> impl Iterator<Item = (&MinuteSection<'r>, &'r Decision)> {
        self.sections.iter().flat_map(|section| {
            let decisions = section.blocks.iter().filter_map(|block| match block {
                Block::Decision(decision) => Some(decision),
                _ => None,
            });
            decisions.map(move |decision| (section, decision))
        })
    }

    fn follow_ups(&self, minute: u32) -> impl Iterator<Item = &'r FollowUp> {
        self.minutes.follow_ups.iter().filter(move |follow_up| follow_up.minute.value == minute)
    }

    /// The programmes in which a promise of this meeting could stand: that of the year named, or else of this year and later.
    fn programmes_for(&self, year: Option<i32>) -> Vec<&'p Programme<'r>> {
        let own = municipal_year(self.meeting.date());
        let programmes = self.programmes.of_body(&self.meeting.meeting.key.body).iter();
        let fits = |programme: &&Programme<'_>| match (programme.year, year) {
            (Some(of), Some(named)) => of == named,
            (Some(of), None) => of >= own,
            (None, _) => false,
        };
        programmes.filter(fits).collect()
    }

    fn words(&self, text: &str) -> Words {
        self.programmes.likeness.words(text)
    }

    /// What a minute is about: its heading, and the title of the item that it answers.
    fn about(&self, section: &MinuteSection<'_>) -> Words {
        let heading = self.words(&section.heading.plain());
        let item = section.heading.attribute("item").zip(self.meeting.agenda());
        match item.filter(|_| heading.is_empty()) {
            Some((number, (_, agenda))) => {
                let items = numbered_items(agenda);
                let title = flat(&items).find(|item| item.number == number).map(|item| item.item.title.as_str());
                self.words(title.unwrap_or(""))
            }
            None => heading,
        }
    }

    /// Whether a programme has something that these words could be about: planned for later, or without a date.
    fn is_on(&self, programme: &Programme<'_>, words: &Words) -> bool {
        let later = |planned: &&super::Planned<'_>| planned.date.is_none_or(|date| date > self.meeting.date());
        programme.planned.iter().filter(later).any(|planned| !planned.empty && planned.is(words))
    }

    /// Whether a programme says that something was put off from this meeting.
    fn takes_up(&self, programme: &Programme<'_>) -> bool {
        programme.planned.iter().any(|planned| planned.from == Some(self.meeting.date()))
    }

    /// Whether these words could be about something that this meeting put off.
    fn was_deferred(&self, words: &Words) -> bool {
        self.decisions()
            .filter(|(_, decision)| decision.kind == DecisionKind::Deferred)
            .any(|(section, _)| self.about(section).is_like(words))
    }

    /// Where a follow-up says that it is done and that a programme shows it.
    fn done_on(&self, follow_up: &FollowUp, programme: &Programme<'_>) -> Option<Span> {
        let see = follow_up.see.as_ref().filter(|_| follow_up.state == FollowUpState::Done)?;
        (self.paper.address(&see.value.as_str().into()) == programme.paper.id).then_some(see.span)
    }

    /// Tells that a programme has nothing like what was promised.
    fn tell<'f>(
        &self,
        found: &'f mut Found,
        place: Span,
        promise: &Inclusion,
        programme: &Programme<'_>,
        number: u32,
    ) -> Told<'f> {
        let year = programme.year.map(|year| MunicipalYear(year).to_string());
        let message = format!(
            "by minute {number}, this goes onto the work programme, but the programme for {} has nothing like it",
            year.as_deref().unwrap_or(&programme.own.year.value)
        );
        let deferred = if self.was_deferred(&self.words(&promise.what)) {
            format!(", with `deferred_from: {}`", self.meeting.date())
        } else {
            String::new()
        };
        found
            .at(place, message)
            .also(programme.own.year.span, "the work programme")
            .help(format!("add an entry to `{}`, dated or undated{deferred}", programme.paper.id))
    }

    /// What a promise says goes onto the programme, if no programme that could have it does: the programme that lacks it.
    fn lacking(&self, promise: &Inclusion) -> Option<&'p Programme<'r>> {
        let words = self.words(&promise.what);
        let programmes = self.programmes_for(promise.year);
        let kept = |programme: &&Programme<'_>| {
            self.is_on(programme, &words) || self.takes_up(programme) && self.was_deferred(&words)
        };
        if words.is_empty() || programmes.iter().any(kept) {
            return None;
        }
        programmes.first().copied()
    }
}

/// The sentences of a decision, list entries one by one.
fn sentences(decision: &Decision) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    collect(&decision.blocks, &mut sentences);
    sentences
}

fn collect(blocks: &[Block], out: &mut Vec<Sentence>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let text = plain(&paragraph.content);
                out.extend(
                    text.split_inclusive(['.', ';'])
                        .map(|part| Sentence { text: part.trim().to_owned(), span: paragraph.span }),
                );
            }
            Block::List(list) => list.items.iter().for_each(|item| collect(&item.blocks, out)),
            Block::Quote(blocks) => collect(blocks, out),
            _ => {}
        }
    }
}

fn deferred(context: &Context<'_>, found: &mut Found) {
    over_minutes(context, |hand| {
        for (section, decision) in hand.decisions().filter(|(_, decision)| decision.kind == DecisionKind::Deferred) {
            let body = &hand.meeting.meeting.key.body;
            let words = hand.about(section);
            let settled = hand.follow_ups(section.number).any(|follow_up| follow_up.see.is_some());
            if settled || words.is_empty() || !is_all_read(context, body) {
                continue;
            }
            let programmes = hand.programmes_for(None);
            if programmes.iter().any(|programme| hand.takes_up(programme) || hand.is_on(programme, &words)) {
                continue;
            }
            let last = hand.meeting.date().checked_add_months(SEARCHED).unwrap_or(chrono::NaiveDate::MAX);
            let later = context
                .meetings_after(&hand.meeting.meeting.key)
                .take_while(|later| later.date() <= last)
                .filter(|later| later.agenda().is_some_and(|(paper, _)| paper.head.common.status != Status::Withdrawn));
            let titles: Vec<Vec<String>> = later.map(|later| titles_of(&later)).collect();
            let nowhere_to_look = programmes.is_empty() && titles.is_empty();
            if nowhere_to_look
                || titles
                    .iter()
                    .flatten()
                    .any(|title| hand.words(title).is_like(&words) || words.is_in(&hand.words(title)))
            {
                continue;
            }
            let heading = section.heading.plain();
            let message = format!(
                "minute {}, “{}”, was deferred, and no work programme or later agenda takes it up",
                section.number,
                heading.trim()
            );
            let told = found.at(decision.span, message).help(format!(
                "add it to the work programme with `deferred_from: {}`, or to an agenda; if it is settled, say by what in a follow-up's `see`",
                hand.meeting.date()
            ));
            if let Some(programme) = programmes.first() {
                told.also(programme.own.year.span, "the work programme");
            }
        }
    });
}

fn not_on_programme(context: &Context<'_>, found: &mut Found) {
    over_minutes(context, |hand| {
        if !is_all_read(context, &hand.meeting.meeting.key.body) {
            return;
        }
        // Of a minute whose decision says so, its follow-ups only say it again.
        let mut said = HashSet::new();
        for (section, decision) in hand.decisions() {
            if matches!(decision.kind, DecisionKind::Recommended | DecisionKind::Deferred) {
                continue;
            }
            for sentence in sentences(decision) {
                let Some(promise) = promise::inclusion(&sentence.text) else { continue };
                said.insert(section.number);
                let Some(programme) = hand.lacking(&promise) else { continue };
                let told = hand.tell(found, sentence.span, &promise, programme, section.number);
                if let Some(done) = hand.follow_ups(section.number).find_map(|own| hand.done_on(own, programme)) {
                    told.also(done, "said here to be done");
                }
            }
        }
        for follow_up in hand.minutes.follow_ups.iter().filter(|own| !said.contains(&own.minute.value)) {
            let own = hand.programmes.of_body(&hand.meeting.meeting.key.body);
            let shown = own.iter().find_map(|programme| Some((programme, hand.done_on(follow_up, programme)?)));
            let Some((programme, place)) = shown else { continue };
            let what =
                promise::inclusion(&follow_up.what).map_or_else(|| follow_up.what.clone(), |promise| promise.what);
            let promise = Inclusion { what, year: programme.year };
            if hand.lacking(&promise).is_some() {
                hand.tell(found, place, &promise, programme, follow_up.minute.value);
            }
        }
    });
}

fn no_follow_up(context: &Context<'_>, found: &mut Found) {
    over_minutes(context, |hand| {
        // One minute is told once, however many things it asks for.
        let mut asking: BTreeMap<u32, Span> = BTreeMap::new();
        for (section, decision) in hand.decisions() {
            let asks = |sentence: &Sentence| {
                let promised = promise::inclusion(&sentence.text);
                promise::asks(&sentence.text)
                    || promised.is_some_and(|promise| {
                        !hand.words(&promise.what).is_empty() && hand.lacking(&promise).is_some()
                    })
            };
            let place = match decision.kind {
                DecisionKind::Requested => Some(decision.span),
                DecisionKind::Resolved | DecisionKind::Agreed => {
                    sentences(decision).iter().find(|sentence| asks(sentence)).map(|sentence| sentence.span)
                }
                DecisionKind::Noted | DecisionKind::Recommended | DecisionKind::Deferred => None,
            };
            if let Some(place) = place {
                asking.entry(section.number).or_insert(place);
            }
        }
        for (number, place) in asking {
            let outstanding =
                hand.programmes.of_body(&hand.meeting.meeting.key.body).iter().flat_map(|own| &own.own.outstanding);
            let mut owed = outstanding.filter(|issue| {
                issue.from.as_ref().is_some_and(|from| from.value == hand.meeting.date())
                    && issue.minute.as_ref().is_none_or(|minute| minute.value == number)
            });
            if hand.follow_ups(number).next().is_some() || owed.next().is_some() {
                continue;
            }
            let message = format!(
                "minute {number} of {} asks for something, and no follow-up says who does it",
                long_date(hand.meeting.date())
            );
            found
                .at(place, message)
                .help(format!("add `{{minute: {number}, what: …, who: …}}` to `follow_ups` in the head"));
        }
    });
}
