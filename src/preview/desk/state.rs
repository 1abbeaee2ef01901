//! What an officer should know of a page.

use super::{Desk, lock};
use crate::calendar::{WorkingDays, long_date};
use crate::edition::Audience;
use crate::model::MeetingKey;
use crate::preview::Place;
use crate::preview::state::{HeldBack, MeetingState, PaperState, State};
use crate::preview::window::About;
use crate::record::{Linked, Record};
use crate::rules::notice::Deadline;
use crate::site::routes::Routes;

impl Desk {
    /// What is known of a page, and of its paper and its meeting.
    pub(super) fn state_of(&self, place: &Place) -> State {
        let now = (self.setting.clock)();
        let mut state = State::of(now);
        let Some(window) = self.windows.get(&place.audience) else { return state };
        let about = window.about(&place.path);
        let (linked, disk, number, fault) = {
            let shown = lock(&self.shown);
            let fault = shown.fault.as_ref().or(shown.rules_fault.as_ref()).cloned();
            (shown.linked.clone(), shown.disk.clone(), shown.number, fault)
        };
        // What the public sees, members see too; so who looks at a page of the public's view does not wait for the members'.
        let has = |audience| self.windows.get(&audience).is_some_and(|window| window.has(&place.path));
        (state.in_public_view, state.in_members_view) = match place.audience {
            Audience::Public => (about.exists, about.exists || has(Audience::Members)),
            Audience::Members => (about.exists && has(Audience::Public), about.exists),
        };
        let mut files = Vec::new();
        if let (Some(published), Some(linked)) = (&about.paper, &linked) {
            let paper = &published.paper;
            let file = linked.sources.find(paper.source).map(|source| source.path.clone());
            let file = file.unwrap_or_else(|| format!("{}.md", paper.id));
            files.push(file.clone());
            state.paper = Some(PaperState {
                file,
                status: paper.head.common.status,
                published: published.published,
                exempt: published.exempt.is_some(),
                words: paper.text.words,
                pages_in_pack: None,
            });
        }
        if let Some(body) = place.path.strip_prefix("bodies/").and_then(|rest| rest.split('/').next()) {
            files.push(format!("bodies/{body}.yaml"));
        }
        if let Some(record) = linked.as_ref().and_then(|linked| linked.record()) {
            // A page that is not there, or no longer, belongs to the meeting in whose folder it would be.
            let folder = || record.meetings.keys().find(|key| is_below(&place.path, key)).filter(|_| !about.exists);
            let there = || folder().filter(|key| window.has(&Routes::meeting(key)));
            state.meeting = about.meeting.as_ref().or_else(there).map(|key| meeting(record, key));
        }
        state.held_back = held_back(&about, linked.as_deref(), disk, &files)
            // What the public no longer have, since it is for members alone, is neither renamed nor deleted.
            .filter(|held_back| *held_back != HeldBack::Gone || !state.in_members_view)
            .or(fault.map(HeldBack::Fault));
        state.findings = self.findings(place.audience, &files, &about, window);
        #[cfg(feature = "pdf")]
        self.printer.tell(place, &about, number, &mut state);
        let _ = number;
        state
    }
}

/// What is known of the meeting that a page belongs to.
fn meeting(record: &Record, key: &MeetingKey) -> MeetingState {
    let model = &record.model;
    let own = model.authority.own_holidays.iter().map(|own| (own.date, own.name.clone()));
    let working = WorkingDays::new(own);
    let body = model.bodies.get(&key.body);
    let deadlines = body.map_or_else(Vec::new, |body| Deadline::all(body, &model.authority, key.date, &working));
    let meeting = record.meetings.get(key);
    let agenda = meeting.and_then(|meeting| record.papers.get(meeting.agenda.as_ref()?));
    MeetingState {
        key: key.clone(),
        title: format!("{}, {}", model.name_of_body(&key.body), long_date(key.date)),
        deadline: deadlines.first().map(|deadline| deadline.latest_moment()),
        published: agenda.and_then(|agenda| agenda.head.common.published_at()),
    }
}

/// Whether a page is one of those of a meeting.
fn is_below(path: &str, meeting: &MeetingKey) -> bool {
    Routes::meeting(meeting).strip_suffix("index.html").is_some_and(|folder| path.starts_with(folder))
}

/// Why a page is not what the files now say.
fn held_back(about: &About, linked: Option<&Linked>, disk: Option<String>, files: &[String]) -> Option<HeldBack> {
    if let Some(error) = disk {
        return Some(HeldBack::Disk(error));
    }
    if !about.exists && about.existed {
        return Some(HeldBack::Gone);
    }
    if about.failed.is_some() {
        return about.failed.clone();
    }
    let linked = linked?;
    let mut held: Vec<String> =
        linked.held_back.iter().filter(|path| files.contains(path) || !path.ends_with(".md")).cloned().collect();
    if linked.record().is_none() {
        held.push("authority.yaml".to_owned());
        held.dedup();
    }
    (!held.is_empty()).then_some(HeldBack::Files(held))
}
