//! Who meets when, and with how many papers: worked out before anything is written, so that papers can refer to each
//! other.

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::paper;
use super::random::Random;
use super::words::{INITIALS, REMITS, SURNAMES};

/// Bodies in even the smallest project.
const FEWEST_BODIES: usize = 8;
/// Papers for one body to deal with before there has to be another: some fifteen years of monthly meetings.
const PAPERS_PER_BODY: usize = 1_200;
/// The year of the first meetings; terms of office began the year before.
const FIRST_YEAR: i32 = 2010;
/// People who take turns on one body, and how many of them sit on it at a time.
const POOL: usize = 14;
const SEATS: usize = 9;

/// What a project holds.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) bodies: Vec<Body>,
}

/// A body and its meetings, the earliest first.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) index: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) meetings: Vec<Meeting>,
}

/// A meeting.
#[derive(Debug)]
pub(super) struct Meeting {
    /// Its index among all meetings.
    pub(super) index: usize,
    pub(super) date: NaiveDate,
    /// Its papers among all papers.
    pub(super) papers: Range<usize>,
    /// Whether there is private business.
    pub(super) private: bool,
    /// The number of its first minute: numbers run on within a municipal year.
    pub(super) first_minute: usize,
}

/// Somebody on a body for a term.
#[derive(Debug)]
pub(super) struct Membership {
    pub(super) person: String,
    pub(super) role: &'static str,
}

/// A term of office: four years from a day in May.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term(i32);

impl Term {
    /// Terms up to the one that is still running.
    pub(super) const ALL: Range<i32> = 0..5;

    fn of(date: NaiveDate) -> Self {
        let begun = Self::ALL.rev().map(Self).find(|term| term.from() <= date);
        begun.unwrap_or(Self(0))
    }

    pub(super) fn numbered(number: i32) -> Self {
        Self(number)
    }

    pub(super) fn from(self) -> NaiveDate {
        day(FIRST_YEAR - 1 + 4 * self.0, 5, 8)
    }

    /// The last day; nothing while the term is running.
    pub(super) fn to(self) -> Option<NaiveDate> {
        (self.0 + 1 < Self::ALL.end).then(|| before(Self(self.0 + 1).from(), 1))
    }
}

impl Plan {
    pub(super) fn new(papers: usize, seed: u64) -> Self {
        let count = papers.div_ceil(PAPERS_PER_BODY).max(FEWEST_BODIES);
        let mut bodies: Vec<Body> = (0..count).map(Body::new).collect();
        let mut dealt = 0;
        for index in 0.. {
            if dealt == papers {
                break;
            }
            let mut random = Random::new(seed, "meeting", index);
            let end = (dealt + random.between(5, 8)).min(papers);
            bodies[index % count].meet(index, dealt..end, random.once_in(12));
            dealt = end;
        }
        Self { seed, bodies }
    }

    /// How many people there are; each sits on two bodies or so.
    pub(super) fn people(&self) -> impl Iterator<Item = String> {
        (0..self.bodies.len() * 8 + POOL - 8).map(person)
    }
}

impl Body {
    fn new(index: usize) -> Self {
        let name = match index {
            0 => "Borough Council".to_owned(),
            _ if index <= REMITS.len() => format!("{} Committee", REMITS[index - 1]),
            _ => format!("{} Panel {}", REMITS[(index - 1) % REMITS.len()], (index - 1) / REMITS.len()),
        };
        Self { index, id: slug(&name), name, meetings: Vec::new() }
    }

    fn meet(&mut self, index: usize, papers: Range<usize>, private: bool) {
        let date = self.date_of(self.meetings.len());
        let first_minute = match self.meetings.last() {
            Some(last) if municipal_year(last.date) == municipal_year(date) => last.first_minute + last.minutes(),
            _ => 1,
        };
        self.meetings.push(Meeting { index, date, papers, private, first_minute });
    }

    /// Each body has its own day of the month, such as the second Tuesday. The days are such as never to be a bank
    /// holiday.
    fn date_of(&self, meeting: usize) -> NaiveDate {
        let months = Months::new(u32::try_from(meeting).unwrap_or(u32::MAX));
        let month = day(FIRST_YEAR, 1, 1).checked_add_months(months).unwrap_or(NaiveDate::MAX);
        let weekdays = [Weekday::Tue, Weekday::Wed, Weekday::Thu];
        let week = u8::try_from(self.index / weekdays.len() % 2).unwrap_or_default() + 2;
        let weekday = weekdays[self.index % weekdays.len()];
        NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), weekday, week).unwrap_or(month)
    }

    /// The people on this body in a term: the chair first, then the deputy.
    pub(super) fn members(&self, term: Term) -> Vec<Membership> {
        let role = |seat| match seat {
            0 => "chair",
            1 => "deputy chair",
            _ => "member",
        };
        (0..SEATS).map(|seat| Membership { person: self.in_turn(term, seat), role: role(seat) }).collect()
    }

    pub(super) fn members_on(&self, date: NaiveDate) -> Vec<Membership> {
        self.members(Term::of(date))
    }

    /// Somebody who is not a member on that day and can sit in for one.
    pub(super) fn stand_in(&self, date: NaiveDate) -> String {
        self.in_turn(Term::of(date), SEATS)
    }

    fn in_turn(&self, term: Term, seat: usize) -> String {
        let turn = usize::try_from(term.0).unwrap_or_default() * 3 + seat;
        person(self.index * 8 + turn % POOL)
    }
}

impl Meeting {
    /// How many minutes it has: declarations, the last minutes, each paper, and what comes after them.
    pub(super) fn minutes(&self) -> usize {
        self.papers.len() + 3 + 2 * usize::from(self.private)
    }

    /// The day its agenda goes out.
    pub(super) fn published(&self) -> NaiveDate {
        before(self.date, 14)
    }

    /// The file name, without `.md`, of one of its papers.
    pub(super) fn file_name(&self, seed: u64, paper: usize) -> String {
        let title = paper::title(seed, paper);
        let topic = title.split(':').next().unwrap_or_default();
        format!("{:02}-{}", paper - self.papers.start + 4, slug(topic))
    }

    /// The name of the data file of one of its papers, beneath `data/`.
    pub(super) fn data(&self, paper: usize) -> String {
        format!("data/{:02}-figures.csv", paper - self.papers.start + 4)
    }
}

/// The name of a person, unlike any other's.
fn person(index: usize) -> String {
    let surname = SURNAMES[index % SURNAMES.len()];
    let rest = index / SURNAMES.len();
    let initial = INITIALS[rest % INITIALS.len()];
    match rest / INITIALS.len() {
        0 => format!("{initial} {surname}"),
        second => format!("{initial}{} {surname}", INITIALS[(second - 1) % INITIALS.len()]),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

pub(super) fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// The municipal year of a day, by the year in which it begins.
pub(super) fn municipal_year(date: NaiveDate) -> i32 {
    if date.month() < 5 { date.year() - 1 } else { date.year() }
}

/// Words as a file name.
pub(super) fn slug(words: &str) -> String {
    words.to_lowercase().replace(' ', "-")
}
