//! Where each page stands, without rendering it.

use super::{Job, Renderer};
use crate::site::routes::Routes;

impl Renderer<'_, '_> {
    /// The path of a page; nothing for one that the edition has not.
    pub(in crate::site) fn path(&self, job: &Job<'_>) -> Option<String> {
        Some(match job {
            Job::Home => "index.html".to_owned(),
            Job::Bodies => "bodies/index.html".to_owned(),
            Job::Body(id) => Routes::body(id),
            Job::Membership(key) => Routes::membership(key),
            Job::Meetings => "meetings/index.html".to_owned(),
            Job::Meeting(meeting) => Routes::meeting(&meeting.key),
            Job::Supplementary(meeting, index) => Routes::paper(&meeting.supplementary.get(*index)?.paper),
            Job::Minutes(meeting) => Routes::paper(&meeting.minutes.as_ref()?.paper),
            Job::Paper(published) => Routes::paper(&published.paper),
            Job::Decisions => Routes::decisions(None, None),
            Job::DecisionsList(body, year) => Routes::decisions(*body, *year),
            Job::People => "people/index.html".to_owned(),
            Job::Person(id) => self.view.routes.person(id)?,
            Job::Returns => "returns/index.html".to_owned(),
            Job::Form(folder) => Routes::form(folder),
            Job::Question(folder, number) => Routes::question(folder, *number),
            Job::Glossary => "glossary/index.html".to_owned(),
            Job::About => "about/index.html".to_owned(),
            Job::Accessibility => "accessibility/index.html".to_owned(),
            Job::NotFound => "404.html".to_owned(),
        })
    }
}
