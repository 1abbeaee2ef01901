//! The first page of a bundle.

use super::{Rendered, Renderer};
use crate::edition::PublishedMeeting;
use crate::model::{Kind, PaperId};
use crate::site::context::{Bundle, BundleDocument, Link};
use crate::site::routes::Routes;
use crate::site::view::View;

impl Renderer<'_, '_> {
    pub(in crate::site) fn bundle(&self, meeting: &PublishedMeeting) -> Rendered {
        let view = self.view;
        let agenda = meeting.agenda.iter().map(|agenda| BundleDocument {
            page: Link { title: self.string("agenda"), href: Some(Routes::meeting(&meeting.key)) },
            pdf_title: self.string("pack_title"),
            pdf: view.pdf(&agenda.paper.id),
        });
        let supplementary = meeting.supplementary.iter().map(|supplementary| BundleDocument {
            page: Link { title: supplementary.paper.title(), href: Some(Routes::paper(&supplementary.paper)) },
            pdf_title: self.string("pack_supplement"),
            pdf: view.pdf(&supplementary.paper.id),
        });
        let minutes = meeting.minutes.iter().map(|minutes| BundleDocument {
            page: Link { title: self.string("minutes"), href: Some(Routes::paper(&minutes.paper)) },
            pdf_title: self.string("pdf_download"),
            pdf: view.pdf(&minutes.paper.id),
        });
        let papers = view.papers_of_bundle(meeting);
        let is_appendix = |id: &PaperId| view.references.paper(id).is_some_and(|paper| paper.kind() == Kind::Appendix);
        let context = Bundle {
            meeting: view.meeting_card(meeting),
            documents: agenda.chain(supplementary).chain(minutes).collect(),
            papers: papers
                .into_iter()
                .filter(|id| !is_appendix(id))
                .filter_map(|id| view.paper_card(&id, None))
                .collect(),
        };
        let title = format!("{}: {}", self.string("agenda_and_papers"), view.meeting_link(&meeting.key).title);
        let page = self.page("bundle", title, "index.html", "home", Vec::new());
        self.render("bundle.html", "index.html", &page, &context)
    }
}

impl View<'_> {
    /// The papers that are passed round with a meeting: those of its items, in order, and those in its folder that no item
    /// carries yet.
    pub(crate) fn papers_of_bundle(&self, meeting: &PublishedMeeting) -> Vec<PaperId> {
        let mut papers = self.packs.get(&meeting.key).cloned().unwrap_or_default();
        let known: std::collections::BTreeSet<PaperId> = papers.iter().cloned().collect();
        let own = self.edition.papers.values().map(|published| &published.paper);
        let in_its_folder = own.filter(|paper| paper.meeting.as_ref() == Some(&meeting.key));
        papers.extend(in_its_folder.map(|paper| paper.id.clone()).filter(|id| !known.contains(id)));
        papers
    }
}
