//! The pages of the site: which there are, and how each is rendered.

mod bodies;
mod bundle;
mod decisions;
mod fixed;
mod meetings;
mod papers;
mod paths;
mod people;
mod returns;

use serde::Serialize;
use tera::{Context, Value};

use super::RenderError;
use super::context::{Link, Page};
use super::routes::root_of;
use super::theme::Theme;
use super::view::View;
use crate::calendar::MunicipalYear;
use crate::edition::{Edition, PublishedMeeting, PublishedPaper};
use crate::model::{BodyId, MeetingKey, PersonId};
use crate::publication::Artefact;

/// A page, or why it could not be rendered.
type Rendered = Result<Artefact, RenderError>;

/// A page to be rendered.
#[derive(Debug, Clone)]
pub(super) enum Job<'e> {
    Home,
    Bodies,
    Body(&'e BodyId),
    Membership(&'e MeetingKey),
    Meetings,
    Meeting(&'e PublishedMeeting),
    Supplementary(&'e PublishedMeeting, usize),
    Minutes(&'e PublishedMeeting),
    Paper(&'e PublishedPaper),
    Decisions,
    DecisionsList(Option<&'e BodyId>, Option<MunicipalYear>),
    People,
    Person(&'e PersonId),
    Returns,
    Form(&'e str),
    Question(&'e str, u32),
    Glossary,
    About,
    Accessibility,
    NotFound,
}

/// Renders pages of one edition in one theme.
pub(super) struct Renderer<'r, 'e> {
    pub(super) view: &'r View<'e>,
    pub(super) edition: &'e Edition,
    pub(super) theme: &'r Theme,
    pub(super) base_url: Option<&'r str>,
}

impl<'e> Renderer<'_, 'e> {
    /// All pages, in a fixed order.
    pub(super) fn jobs(&self) -> Vec<Job<'e>> {
        let mut jobs = vec![
            Job::Home,
            Job::Bodies,
            Job::Meetings,
            Job::People,
            Job::Glossary,
            Job::About,
            Job::Accessibility,
            Job::NotFound,
        ];
        let edition = self.edition;
        jobs.extend(edition.model.bodies.keys().map(Job::Body));
        for meeting in edition.meetings.values().filter(|meeting| meeting.agenda.is_some()) {
            jobs.push(Job::Meeting(meeting));
            jobs.push(Job::Membership(&meeting.key));
            jobs.extend((0..meeting.supplementary.len()).map(|index| Job::Supplementary(meeting, index)));
            jobs.extend(meeting.minutes.iter().map(|_| Job::Minutes(meeting)));
        }
        jobs.extend(edition.papers.values().map(Job::Paper));
        jobs.extend(edition.model.people.keys().map(Job::Person));
        jobs.push(Job::Decisions);
        jobs.extend(self.decision_lists().into_iter().map(|(body, year)| Job::DecisionsList(body, year)));
        jobs.push(Job::Returns);
        for (folder, form) in &edition.forms {
            jobs.push(Job::Form(folder));
            let numbers = form.questions.0.iter().filter_map(|(number, _)| number.value.parse().ok());
            jobs.extend(numbers.map(|number| Job::Question(folder, number)));
        }
        jobs
    }

    pub(super) fn run(&self, job: &Job<'e>) -> Rendered {
        match job {
            Job::Home => self.home_page(),
            Job::Bodies => self.bodies(),
            Job::Body(id) => self.body_page(id),
            Job::Membership(key) => self.membership(key),
            Job::Meetings => self.meetings(),
            Job::Meeting(meeting) => self.meeting(meeting),
            Job::Supplementary(meeting, index) => self.supplementary(meeting, *index),
            Job::Minutes(meeting) => self.minutes(meeting),
            Job::Paper(published) => self.paper(published),
            Job::Decisions => self.decisions(),
            Job::DecisionsList(body, year) => self.decisions_list(*body, *year),
            Job::People => self.people(),
            Job::Person(id) => self.person(id),
            Job::Returns => self.returns(),
            Job::Form(folder) => self.form(folder),
            Job::Question(folder, number) => self.question(folder, *number),
            Job::Glossary => self.glossary(),
            Job::About => self.about(),
            Job::Accessibility => self.accessibility(),
            Job::NotFound => self.not_found(),
        }
    }

    pub(super) fn string(&self, key: &str) -> String {
        self.view.string(key)
    }

    fn string_link(&self, key: &str, href: &str) -> Link {
        Link { title: self.string(key), href: Some(href.to_owned()) }
    }

    fn home(&self) -> Link {
        self.string_link("nav_home", "index.html")
    }

    fn page(
        &self,
        kind: &'static str,
        title: String,
        path: &str,
        section: &'static str,
        breadcrumbs: Vec<Link>,
    ) -> Page {
        Page {
            kind,
            title,
            description: None,
            section,
            breadcrumbs,
            canonical: self.base_url.map(|base| format!("{base}{}", path.strip_suffix("index.html").unwrap_or(path))),
            invented: false,
            exempt: None,
        }
    }

    fn render(&self, template: &'static str, path: &str, page: &Page, own: &impl Serialize) -> Rendered {
        self.render_at(template, path, &root_of(path), page, own)
    }

    /// `site` and `t`, which are the same for all pages, are in the theme's global context.
    fn render_at(&self, template: &'static str, path: &str, root: &str, page: &Page, own: &impl Serialize) -> Rendered {
        let error = |source| RenderError { page: path.to_owned(), source };
        let mut context = Context::from_serialize(own).map_err(error)?;
        context.insert_value("page", Value::try_from_serializable(page).map_err(error)?);
        context.insert("root", root);
        let html = self.theme.tera.render(template, &context).map_err(error)?;
        Ok(Artefact { path: path.to_owned(), bytes: html.into_bytes() })
    }
}
