//! The pages of an edition, each rendered when somebody asks for it.

use std::collections::HashMap;
use std::sync::Arc;

use super::pages::{Job, Renderer};
use super::routes::{Routes, root_of};
use super::view::View;
use super::{RenderError, Theme, robots, sitemap};
use crate::calendar::Moment;
use crate::edition::{Audience, Edition, PublishedMeeting, PublishedPaper};
use crate::model::{Exempt, MeetingKey};
use crate::publication::Artefact;
use crate::record::Paper;

/// What a page shows.
#[derive(Debug, Default)]
pub(crate) struct OnPage {
    /// The paper, if it is the page of one.
    pub(crate) paper: Option<PublishedPaper>,
    /// The meeting that it belongs to.
    pub(crate) meeting: Option<MeetingKey>,
    /// The path of the pack that it is printed in.
    pub(crate) pack: Option<String>,
}

/// The pack that the agenda of a meeting heads.
fn pack(meeting: &PublishedMeeting) -> Option<String> {
    meeting.agenda.as_ref().map(|_| Routes::pack(&meeting.key))
}

/// The pages of an edition by their paths, and the files for robots. What is rendered is what [`pages`](super::pages()) gives,
/// byte for byte.
pub(crate) struct OnDemand<'p, 'e> {
    renderer: Renderer<'p, 'e>,
    jobs: HashMap<String, Job<'e>>,
}

impl<'p, 'e> OnDemand<'p, 'e> {
    /// Finds out which pages there are; renders none. The theme must have been told of the edition by
    /// [`prepare`](super::prepare).
    pub(crate) fn new(view: &'p View<'e>, theme: &'p Theme, base_url: Option<&'p str>) -> Self {
        let renderer = Renderer { view, edition: view.edition, theme, base_url };
        let jobs = renderer.jobs().into_iter().filter_map(|job| Some((renderer.path(&job)?, job))).collect();
        Self { renderer, jobs }
    }

    /// The paths of all pages and of the files for robots, in no order.
    #[cfg(test)]
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let others = ["robots.txt"].into_iter().chain(self.public_address().map(|_| "sitemap.xml"));
        self.jobs.keys().map(String::as_str).chain(others)
    }

    /// Whether there is a page at a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.jobs.contains_key(path)
    }

    /// The page or the file for robots at a path; nothing if there is none.
    pub(crate) fn at(&self, path: &str) -> Option<Result<Artefact, RenderError>> {
        match (path, self.public_address()) {
            ("robots.txt", _) => Some(Ok(robots(self.edition(), self.renderer.base_url))),
            ("sitemap.xml", Some(base_url)) => Some(Ok(sitemap(self.jobs.keys().map(String::as_str), base_url))),
            _ => self.jobs.get(path).map(|job| self.renderer.run(job)),
        }
    }

    /// The page of a paper as it would be were the paper this, and all else as it was.
    pub(crate) fn with(&self, published: &PublishedPaper) -> Result<Artefact, RenderError> {
        self.renderer.run(&Job::Paper(published))
    }

    /// What a page shows.
    pub(crate) fn shown(&self, path: &str) -> OnPage {
        let of_meeting = |paper: &Arc<Paper>, published: Option<Moment>, exempt: &Option<Exempt>| PublishedPaper {
            paper: Arc::clone(paper),
            published,
            exempt: exempt.clone(),
            carriers: Vec::new(),
        };
        match self.jobs.get(path) {
            Some(Job::Paper(own)) => {
                let carrier = own.carriers.first();
                let meeting = carrier.map(|carrier| &carrier.meeting).or(own.paper.meeting.as_ref());
                let meeting = meeting.and_then(|key| self.edition().meetings.get(key));
                OnPage {
                    paper: Some((*own).clone()),
                    meeting: meeting.map(|meeting| meeting.key.clone()),
                    pack: Routes::pack_with(self.edition(), own).or_else(|| pack(meeting?)),
                }
            }
            Some(Job::Meeting(meeting)) => OnPage {
                paper: meeting.agenda.as_ref().map(|own| of_meeting(&own.paper, own.published, &own.exempt)),
                meeting: Some(meeting.key.clone()),
                pack: pack(meeting),
            },
            Some(Job::Supplementary(meeting, index)) => {
                let own = meeting.supplementary.get(*index);
                OnPage {
                    paper: own.map(|own| of_meeting(&own.paper, own.published, &own.exempt)),
                    meeting: Some(meeting.key.clone()),
                    pack: own.map(|own| Routes::printed(&own.paper)),
                }
            }
            Some(Job::Minutes(meeting)) => OnPage {
                paper: meeting.minutes.as_ref().map(|own| of_meeting(&own.paper, own.published, &own.exempt)),
                meeting: Some(meeting.key.clone()),
                pack: pack(meeting),
            },
            Some(Job::Membership(key)) => OnPage { meeting: Some((*key).clone()), ..OnPage::default() },
            _ => OnPage::default(),
        }
    }

    /// The page for addresses that do not exist, with links that work from this one.
    pub(crate) fn not_found(&self, path: &str) -> Result<Artefact, RenderError> {
        self.renderer.not_found_below(&root_of(path))
    }

    fn edition(&self) -> &'e Edition {
        self.renderer.edition
    }

    fn public_address(&self) -> Option<&'p str> {
        self.renderer.base_url.filter(|_| self.edition().audience == Audience::Public)
    }
}
