//! The home page, the glossary, and the pages that every site has.

use super::{Rendered, Renderer};
use crate::edition::{Audience, PublishedMeeting};
use crate::site::context::{About, AccessibilityPage, BodyCard, GlossaryLetter, GlossaryPage, GlossaryRow, Home};
use crate::site::routes::Routes;

/// How many meetings, papers and decisions the home page shows.
const LATEST: usize = 6;

impl Renderer<'_, '_> {
    pub(super) fn home_page(&self) -> Rendered {
        let view = self.view;
        let mut papers: Vec<_> =
            self.edition.papers.values().filter(|published| published.published.is_some()).collect();
        papers.sort_by(|a, b| (b.published, &a.paper.id).cmp(&(a.published, &b.paper.id)));
        let mut past: Vec<&PublishedMeeting> = self
            .edition
            .meetings
            .values()
            .filter(|meeting| meeting.agenda.is_some() && view.is_past(&meeting.key))
            .collect();
        past.sort_by_key(|meeting| std::cmp::Reverse(meeting.key.date));
        let context = Home {
            about: self.edition.model.authority.about.clone(),
            next_meetings: self.next_meetings(|_| true).into_iter().take(LATEST).collect(),
            latest_meetings: past.into_iter().take(LATEST).map(|meeting| view.meeting_card(meeting)).collect(),
            latest_papers: papers
                .into_iter()
                .take(LATEST)
                .filter_map(|published| view.paper_card(&published.paper.id, None))
                .collect(),
            latest_decisions: view
                .decisions
                .iter()
                .take(LATEST)
                .map(|at| view.decision_row(at, "index.html"))
                .collect(),
            bodies: self.body_cards(),
        };
        let title = self.string("home_title");
        let mut page = self.page("home", title, "index.html", "home", Vec::new());
        page.description.clone_from(&self.edition.model.authority.about);
        self.render("home.html", "index.html", &page, &context)
    }

    pub(super) fn body_cards(&self) -> Vec<BodyCard> {
        let mut cards: Vec<BodyCard> = self
            .edition
            .model
            .bodies
            .iter()
            .map(|(id, body)| BodyCard {
                name: body.name.clone(),
                href: Routes::body(id),
                kind: body.kind.word(),
                purpose: body.purpose.clone(),
            })
            .collect();
        cards.sort_by_cached_key(|card| card.name.to_lowercase());
        cards
    }

    pub(super) fn glossary(&self) -> Rendered {
        let mut entries: Vec<_> = self.edition.model.glossary.iter().collect();
        entries.sort_by_cached_key(|(short, _)| short.to_lowercase());
        let mut letters: Vec<GlossaryLetter> = Vec::new();
        for (short, entry) in entries {
            let first = short.chars().next().map_or('#', |first| first.to_ascii_uppercase());
            let letter = if first.is_alphabetic() { first.to_string() } else { "0–9".to_owned() };
            let row = GlossaryRow { short: short.clone(), meaning: entry.meaning.clone(), note: entry.note.clone() };
            match letters.last_mut() {
                Some(last) if last.letter == letter => last.entries.push(row),
                _ => {
                    let anchor = if first.is_alphabetic() {
                        format!("letter-{}", first.to_lowercase())
                    } else {
                        "digits".to_owned()
                    };
                    letters.push(GlossaryLetter { letter, anchor, entries: vec![row] });
                }
            }
        }
        let page =
            self.page("glossary", self.string("nav_glossary"), "glossary/index.html", "glossary", vec![self.home()]);
        self.render("glossary.html", "glossary/index.html", &page, &GlossaryPage { letters })
    }

    pub(super) fn about(&self) -> Rendered {
        let authority = &self.edition.model.authority;
        let ids = authority.contacts.0.iter().map(|(id, _)| crate::model::ContactId(id.value.clone()));
        let context =
            About { about: authority.about.clone(), contacts: ids.filter_map(|id| self.view.contact(&id)).collect() };
        let page = self.page("about", self.string("about_title"), "about/index.html", "about", vec![self.home()]);
        self.render("about.html", "about/index.html", &page, &context)
    }

    pub(super) fn accessibility(&self) -> Rendered {
        let statement = self.edition.model.authority.accessibility.as_ref();
        let context = AccessibilityPage {
            contact: statement
                .and_then(|statement| statement.contact.as_ref())
                .and_then(|id| self.view.contact(&id.value)),
            prepared: statement.and_then(|statement| statement.prepared).map(crate::calendar::long_date),
            known_issues: statement.map(|statement| statement.known_issues.clone()).unwrap_or_default(),
        };
        let title = self.string("accessibility_title");
        let page = self.page("accessibility", title, "accessibility/index.html", "about", vec![self.home()]);
        self.render("accessibility.html", "accessibility/index.html", &page, &context)
    }

    /// A server shows this page at any address, so its links begin at the site's own root where that is known.
    pub(super) fn not_found(&self) -> Rendered {
        // The members' edition has no address of its own.
        let public = self.edition.audience == Audience::Public;
        let root = self.base_url.filter(|_| public).map(site_root).unwrap_or_default();
        self.not_found_below(&root)
    }

    /// The same where it is known what leads to the site's root.
    pub(in crate::site) fn not_found_below(&self, root: &str) -> Rendered {
        #[derive(serde::Serialize)]
        struct Nothing {}
        let mut page = self.page("not-found", self.string("not_found_title"), "404.html", "home", vec![self.home()]);
        page.canonical = None;
        self.render_at("not-found.html", "404.html", root, &page, &Nothing {})
    }
}

/// The path in an absolute address: `/` of `https://example.org/`, `/papers/` of `https://example.org/papers/`.
fn site_root(base_url: &str) -> String {
    let after_scheme = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    after_scheme.find('/').map_or_else(|| "/".to_owned(), |slash| after_scheme[slash..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_path_of_the_site() {
        assert_eq!(site_root("https://example.org/"), "/");
        assert_eq!(site_root("https://example.org/papers/"), "/papers/");
        assert_eq!(site_root("https://example.org"), "/");
    }
}
