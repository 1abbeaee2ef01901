//! Pages of papers.

use super::{Rendered, Renderer};
use crate::edition::PublishedPaper;
use crate::model::paper::{MonitoringReturn, Own, WorkProgramme};
use crate::record::answers;
use crate::site::context::{Paper as PaperContext, PaperPage};
use crate::site::html::Anchors;
use crate::site::routes::Routes;

impl Renderer<'_, '_> {
    /// The page of a paper, by its kind.
    pub(super) fn paper(&self, published: &PublishedPaper) -> Rendered {
        match &published.paper.head.own {
            Own::WorkProgramme(own) => self.work_programme(published, own),
            Own::MonitoringReturn(own) => self.monitoring_return(published, own),
            _ => {
                let path = Routes::paper(&published.paper);
                let paper = self.view.paper_context(published, self.text(published, &path));
                let page = self.paper_page("paper", published, &path, &paper);
                self.render("paper.html", &path, &page, &PaperPage { paper })
            }
        }
    }

    fn paper_page(
        &self,
        kind: &'static str,
        published: &PublishedPaper,
        path: &str,
        context: &PaperContext,
    ) -> super::Page {
        let paper = &published.paper;
        let mut breadcrumbs = vec![self.home()];
        let section = match (&context.meeting, &paper.head.own) {
            (Some(meeting), _) => {
                breadcrumbs.extend(paper.body().map(|body| self.view.body(body)));
                breadcrumbs.push(meeting.clone());
                "meetings"
            }
            (None, Own::MonitoringReturn(_)) => {
                breadcrumbs.push(self.string_link("nav_returns", "returns/index.html"));
                breadcrumbs.extend(self.view.form_link(&paper.folder));
                "returns"
            }
            (None, _) => {
                breadcrumbs.push(self.string_link("nav_bodies", "bodies/index.html"));
                breadcrumbs.extend(paper.body().map(|body| self.view.body(body)));
                "bodies"
            }
        };
        if let Some(parent) = context.parents.first() {
            breadcrumbs.push(parent.clone());
        }
        // Titles must tell pages apart: the meeting, the body or the form goes with the paper's own title.
        let title = match (&context.meeting, paper.body(), &paper.head.own) {
            (Some(meeting), ..) => format!("{}, {}", paper.full_title(), meeting.title),
            (None, _, Own::MonitoringReturn(_)) => {
                format!(
                    "{}, {}",
                    paper.title(),
                    self.view.form_link(&paper.folder).map_or_else(String::new, |form| form.title)
                )
            }
            (None, Some(body), _) => format!("{}, {}", paper.full_title(), self.view.body(body).title),
            (None, None, _) => paper.full_title(),
        };
        let description = paper.head.common.summary.clone();
        let mut page = self.page(kind, title, path, section, breadcrumbs);
        page.description = description;
        page.invented = paper.head.common.invented;
        page.exempt = published.exempt.as_ref().map(|exempt| self.view.exempt(exempt));
        page
    }

    fn work_programme(&self, published: &PublishedPaper, own: &WorkProgramme) -> Rendered {
        let path = Routes::paper(&published.paper);
        let paper = self.view.paper_context(published, self.text(published, &path));
        let page = self.paper_page("work-programme", published, &path, &paper);
        self.render("work-programme.html", &path, &page, &self.view.programme(published, own, paper))
    }

    fn monitoring_return(&self, published: &PublishedPaper, own: &MonitoringReturn) -> Rendered {
        let path = Routes::paper(&published.paper);
        let root = super::root_of(&path);
        let document = &published.paper.text.document;
        let writer = self.view.writer(&published.paper, &root, Anchors::Own);
        let (before, _) = answers(document);
        let paper = self.view.paper_context(published, writer.blocks(before));
        let page = self.paper_page("return", published, &path, &paper);
        match self.view.monitoring_return(published, own, paper.clone(), &|blocks| writer.blocks(blocks)) {
            Some(mut context) => {
                context.footnotes_html = writer.footnotes(&document.footnotes);
                self.render("return.html", &path, &page, &context)
            }
            None => self.render("paper.html", &path, &page, &PaperPage { paper }),
        }
    }

    /// The whole text of a paper on its own page.
    fn text(&self, published: &PublishedPaper, path: &str) -> String {
        let root = super::root_of(path);
        self.view.writer(&published.paper, &root, Anchors::Own).document(&published.paper.text.document)
    }
}
