//! What a rule can ask: the record as a whole, a meeting and its papers, a paper and its words.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::dates::RunWithDates;
use super::law::Profile;
use super::tables::{Captions, Grid};
use crate::calendar::{Moment, WorkingDays};
use crate::document::Prose;
use crate::finding::{Finding, Severity};
use crate::model::body::Membership;
use crate::model::paper::Own;
use crate::model::{Agenda, Body, BodyId, MeetingKey, Minutes, PaperId, Status};
use crate::record::{Meeting, Paper, Record, References, members_on};
use crate::text::{Source, SourceId, Sources};

/// The record, and what many rules ask of it.
#[derive(Debug)]
pub struct Context<'r> {
    /// Everything loaded and linked.
    pub record: &'r Record,
    /// The files.
    pub sources: &'r Sources,
    /// The present moment.
    pub now: Moment,
    /// The days on which the authority works: its own holidays are taken out.
    pub working: WorkingDays,
    /// What references lead to.
    pub references: References<'r>,
    /// There is a file of abbreviations, read or not.
    pub has_glossary_file: bool,
    /// Papers whose files are there but could not be read, by path without `.md`: nothing is claimed about them.
    unread: HashSet<&'r str>,
    /// Bodies in whose file something could not be read.
    misread_bodies: HashSet<&'r str>,
    /// Papers in whose head something could not be read: what is missed in it may stand there.
    misread: HashSet<&'r PaperId>,
    /// Which papers have tables of which captions, once a table that withholds something has asked for it.
    pub(super) captions: OnceLock<Captions>,
}

impl<'r> Context<'r> {
    /// Makes ready what rules ask again and again. `read` is what was found while reading.
    pub fn new(record: &'r Record, sources: &'r Sources, read: &[Finding], now: Moment) -> Self {
        let references = References::new(
            record.papers.values().map(|paper| &**paper),
            record.meetings.keys(),
            &record.model.people,
            &record.model.bodies,
        );
        let unread = sources
            .iter()
            .filter_map(|(_, source)| source.path.strip_suffix(".md"))
            .filter(|path| *path != "README" && !record.papers.contains_key(&PaperId((*path).to_owned())))
            .collect();
        let own = record.model.authority.own_holidays.iter().map(|own| (own.date, own.name.clone()));
        let has_glossary_file = sources.iter().any(|(_, source)| source.path == "glossary.yaml");
        let of_form =
            read.iter().filter(|finding| finding.code.starts_with('F') && finding.severity == Severity::Error);
        let mut wrong: HashMap<SourceId, usize> = HashMap::new();
        for span in of_form.map(|finding| finding.primary.span) {
            let first = wrong.entry(span.source).or_insert(usize::MAX);
            *first = (*first).min(span.range().start);
        }
        let misread_bodies = wrong
            .keys()
            .filter_map(|source| sources.find(*source)?.path.strip_prefix("bodies/")?.strip_suffix(".yaml"))
            .collect();
        let papers = record.papers.values();
        let is_misread = |paper: &Paper| wrong.get(&paper.source).is_some_and(|first| *first < paper.text_start);
        let misread = papers.filter(|paper| is_misread(paper)).map(|paper| &paper.id).collect();
        let working = WorkingDays::new(own);
        Self {
            record,
            sources,
            now,
            working,
            references,
            has_glossary_file,
            unread,
            misread_bodies,
            misread,
            captions: OnceLock::new(),
        }
    }

    /// A paper.
    pub fn paper(&self, id: &PaperId) -> Option<&'r Paper> {
        self.record.papers.get(id).map(|paper| &**paper)
    }

    /// Whether every paper in a folder could be read, so that what is not found there is really not there.
    pub fn is_all_read(&self, folder: &str) -> bool {
        !self.unread.iter().any(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Whether all that a paper's head says could be read, so that a key that is not found there is really not there.
    pub fn is_head_read(&self, paper: &Paper) -> bool {
        !self.misread.contains(&paper.id)
    }

    /// Whether all that a body's file says could be read, so that who is not a member there is none.
    pub fn is_body_read(&self, id: &BodyId) -> bool {
        !self.misread_bodies.contains(id.as_str())
    }

    /// Whether the file of a paper is there, read or not.
    pub fn exists(&self, id: &PaperId) -> bool {
        self.record.papers.contains_key(id) || self.unread.contains(id.as_str())
    }

    /// A body.
    pub fn body(&self, id: &BodyId) -> Option<&'r Body> {
        self.record.model.bodies.get(id)
    }

    /// What the law asks of a body.
    pub fn profile(&self, body: &Body) -> Profile {
        Profile::of(body, &self.record.model.authority)
    }

    /// A meeting with its agenda and minutes.
    pub fn meeting(&'r self, key: &MeetingKey) -> Option<MeetingInHand<'r>> {
        self.record.meetings.get(key).map(|meeting| MeetingInHand::new(self, meeting))
    }

    /// A body's meetings from the first to the last.
    pub fn meetings_of(&'r self, body: &BodyId) -> impl DoubleEndedIterator<Item = MeetingInHand<'r>> {
        self.meetings_between(body, NaiveDate::MIN, NaiveDate::MAX)
    }

    /// A body's meetings after a day, the nearest first.
    pub fn meetings_after(&'r self, key: &MeetingKey) -> impl DoubleEndedIterator<Item = MeetingInHand<'r>> {
        self.meetings_between(&key.body, key.date.succ_opt().unwrap_or(NaiveDate::MAX), NaiveDate::MAX)
    }

    /// A body's meetings before a day, the nearest first.
    pub fn meetings_before(&'r self, key: &MeetingKey) -> impl DoubleEndedIterator<Item = MeetingInHand<'r>> {
        self.meetings_between(&key.body, NaiveDate::MIN, key.date.pred_opt().unwrap_or(NaiveDate::MIN)).rev()
    }

    fn meetings_between(
        &'r self,
        body: &BodyId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = MeetingInHand<'r>> {
        let key = |date| MeetingKey { body: body.clone(), date };
        let (from, to) = (key(from), key(to));
        let range = if from <= to { Some(self.record.meetings.range(from..=to)) } else { None };
        range.into_iter().flatten().map(|(_, meeting)| MeetingInHand::new(self, meeting))
    }

    /// The file of a paper.
    pub fn source(&self, paper: &Paper) -> &'r Source {
        self.sources.get(paper.source)
    }
}

/// A meeting that a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct MeetingInHand<'r> {
    /// The whole record.
    pub context: &'r Context<'r>,
    /// The meeting.
    pub meeting: &'r Meeting,
}

impl<'r> MeetingInHand<'r> {
    pub(super) fn new(context: &'r Context<'r>, meeting: &'r Meeting) -> Self {
        Self { context, meeting }
    }

    /// The day.
    pub fn date(&self) -> NaiveDate {
        self.meeting.key.date
    }

    /// The body that meets; nothing if its file could not be read.
    pub fn body(&self) -> Option<&'r Body> {
        self.context.body(&self.meeting.key.body)
    }

    /// What the law asks of the body; nothing if its file could not be read.
    pub fn profile(&self) -> Option<Profile> {
        self.body().map(|body| self.context.profile(body))
    }

    /// Its agenda: the paper, and what its head says.
    pub fn agenda(&self) -> Option<(&'r Paper, &'r Agenda)> {
        let paper = self.context.paper(self.meeting.agenda.as_ref()?)?;
        match &paper.head.own {
            Own::Agenda(own) => Some((paper, own)),
            _ => None,
        }
    }

    /// Whether all that the heads of its agenda, supplementary agendas and minutes say could be read.
    pub fn are_heads_read(&self) -> bool {
        let own = self.meeting.agenda.iter().chain(&self.meeting.supplementary).chain(&self.meeting.minutes);
        own.filter_map(|id| self.context.paper(id)).all(|paper| self.context.is_head_read(paper))
    }

    /// Its minutes: the paper, and what its head says.
    pub fn minutes(&self) -> Option<(&'r Paper, &'r Minutes)> {
        let paper = self.context.paper(self.meeting.minutes.as_ref()?)?;
        match &paper.head.own {
            Own::Minutes(own) => Some((paper, own)),
            _ => None,
        }
    }

    /// Its supplementary agendas, by number.
    pub fn supplementary(&self) -> impl Iterator<Item = (&'r Paper, &'r crate::model::SupplementaryAgenda)> + use<'r> {
        let context = self.context;
        self.meeting.supplementary.iter().filter_map(move |id| {
            let paper = context.paper(id)?;
            match &paper.head.own {
                Own::SupplementaryAgenda(own) => Some((paper, &**own)),
                _ => None,
            }
        })
    }

    /// Who sat on the body on the day of the meeting.
    pub fn members(&self) -> impl Iterator<Item = &'r Membership> + use<'r> {
        let date = self.date();
        self.body().into_iter().flat_map(move |body| members_on(body, date))
    }
}

/// A paper that a rule looks at.
#[derive(Debug)]
pub struct PaperInHand<'r> {
    /// The whole record.
    pub context: &'r Context<'r>,
    /// The paper.
    pub paper: &'r Paper,
    /// Its words. Those of a text issued again stand, and are looked at, where it was first issued.
    pub prose: Prose,
    /// The dates in its words, once a rule has asked for them.
    pub(super) dates: OnceCell<Vec<RunWithDates>>,
    /// The tables in its text, once a rule has asked for them.
    pub(super) grids: OnceCell<Vec<Grid>>,
}

impl<'r> PaperInHand<'r> {
    pub(super) fn new(context: &'r Context<'r>, paper: &'r Paper) -> Self {
        Self {
            context,
            paper,
            prose: paper.prose(context.source(paper)),
            dates: OnceCell::new(),
            grids: OnceCell::new(),
        }
    }

    /// Whether it was taken back: what is wrong in it then concerns nobody.
    pub fn is_withdrawn(&self) -> bool {
        self.paper.head.common.status == Status::Withdrawn
    }

    /// Whether its text is its own, not that of another paper issued again, which is looked at where it was first issued.
    pub fn has_own_text(&self) -> bool {
        self.paper.text_from == self.paper.id
    }

    /// The meeting whose paper it is.
    pub fn meeting(&self) -> Option<MeetingInHand<'r>> {
        self.context.meeting(self.paper.meeting.as_ref()?)
    }

    /// The body it is for.
    pub fn body(&self) -> Option<&'r Body> {
        self.context.body(self.paper.body()?)
    }

    /// What the law asks of it: by its body, or by the authority's kind if it belongs to none.
    pub fn profile(&self) -> Option<Profile> {
        match self.paper.body() {
            Some(body) => self.context.body(body).map(|body| self.context.profile(body)),
            None => Profile::of_authority(&self.context.record.model.authority),
        }
    }
}
