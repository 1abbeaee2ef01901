//! One issue, and what is asked about it.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::tables::Tables;
use super::{About, Issue, Question, Renewed};
use crate::edition::Edition;
#[cfg(test)]
use crate::opendata;
use crate::preview::fault::guarded;
use crate::preview::state::HeldBack;
use crate::preview::{Answer, Page};
use crate::site::{OnDemand, OnPage, Theme};

/// So many pages are kept as they last were.
const MOST_KEPT: usize = 500;

/// A page as it was last shown.
pub(super) struct Kept {
    page: Page,
    stylesheet: String,
}

/// Everything of one issue.
pub(super) struct Shop<'s, 'e> {
    pub(super) edition: &'e Edition,
    issue: &'s Issue,
    theme: &'s Theme,
    pub(super) pages: OnDemand<'s, 'e>,
    pub(super) tables: &'s Tables<'e>,
    /// Pages of this issue, or why they could not be made.
    pub(super) fresh: HashMap<String, Result<Page, HeldBack>>,
    /// The files that papers show or link.
    files: OnceCell<BTreeSet<String>>,
    kept: &'s mut HashMap<String, Kept>,
    /// What is wrong with all pages.
    pub(super) trouble: Option<HeldBack>,
}

impl<'s, 'e> Shop<'s, 'e> {
    pub(super) fn new(
        edition: &'e Edition,
        issue: &'s Issue,
        theme: &'s Theme,
        pages: OnDemand<'s, 'e>,
        tables: &'s Tables<'e>,
        kept: &'s mut HashMap<String, Kept>,
        trouble: Option<HeldBack>,
    ) -> Self {
        Self { edition, issue, theme, pages, tables, fresh: HashMap::new(), files: OnceCell::new(), kept, trouble }
    }

    pub(super) fn answer(&mut self, question: Question) {
        match question {
            Question::Get(path, answer) => {
                let _ = answer.send(self.get(&path));
            }
            Question::About(path, answer) => {
                let _ = answer.send(self.about(&path));
            }
            Question::Has(path, answer) => {
                let _ = answer.send(self.pages.has(&path));
            }
            Question::Glance(papers, known, answer) => {
                let _ = answer.send(self.glance(&papers, &known));
            }
            Question::Renew(known, answer) => {
                let _ = answer.send(self.renew(known));
            }
            Question::PageOf(files, answer) => {
                let _ = answer.send(files.into_iter().filter_map(|file| self.page_of(file)).collect());
            }
            #[cfg(test)]
            Question::Paths(answer) => {
                let _ = answer.send(self.paths());
            }
            Question::Issue(_) => {}
            #[cfg(feature = "pdf")]
            Question::Manuscripts(_) => {}
        }
    }

    fn get(&mut self, path: &str) -> Answer {
        if self.pages.has(path) {
            return match self.page(path) {
                Ok(page) => Answer::Page(page),
                Err(error) => Answer::Page(match self.kept.get(path) {
                    Some(kept) => kept.page.clone(),
                    None => Page::nothing_yet(error.sentence()),
                }),
            };
        }
        if let Some(Ok(file)) = self.pages.at(path) {
            return Answer::File(file.bytes.into());
        }
        if let Some(bytes) = self.tables.at(path) {
            return Answer::File(bytes);
        }
        if let Some(asset) = self.theme.assets.iter().find(|asset| asset.path == path) {
            return Answer::File(asset.bytes.as_slice().into());
        }
        let is_shown = self.files().contains(path);
        if let Some(bytes) = is_shown.then(|| self.issue.content.read(path).ok()).flatten() {
            return Answer::File(bytes.into());
        }
        match self.pages.not_found(path) {
            Ok(artefact) if path.ends_with(".html") => {
                Answer::Page(Page::new(String::from_utf8_lossy(&artefact.bytes).into_owned(), false))
            }
            _ => Answer::Nothing,
        }
    }

    fn files(&self) -> &BTreeSet<String> {
        self.files.get_or_init(|| self.edition.files())
    }

    /// A page of this issue, rendered once.
    fn page(&mut self, path: &str) -> Result<Page, HeldBack> {
        if let Some(known) = self.fresh.get(path) {
            return known.clone();
        }
        let rendered = match guarded("in making this page", || self.pages.at(path)) {
            Ok(Some(Ok(artefact))) => Ok(Page::new(String::from_utf8_lossy(&artefact.bytes).into_owned(), true)),
            Ok(Some(Err(error))) => Err(HeldBack::Theme(error.to_string())),
            Ok(None) => Err(HeldBack::Gone),
            Err(fault) => Err(HeldBack::Fault(fault)),
        };
        if let Ok(page) = &rendered {
            self.keep(path, page);
        }
        self.fresh.insert(path.to_owned(), rendered.clone());
        rendered
    }

    pub(super) fn keep(&mut self, path: &str, page: &Page) {
        if self.kept.len() >= MOST_KEPT && !self.kept.contains_key(path) {
            // Pages that nobody has asked for since the last change go first.
            let fresh = &self.fresh;
            self.kept.retain(|path, _| fresh.contains_key(path));
            if self.kept.len() >= MOST_KEPT {
                self.kept.clear();
            }
        }
        let stylesheet = self.theme.stylesheet.clone();
        self.kept.insert(path.to_owned(), Kept { page: page.clone(), stylesheet });
    }

    fn about(&mut self, path: &str) -> About {
        let exists = self.pages.has(path);
        let failed = if exists { self.page(path).err() } else { None };
        let failed = failed.or_else(|| self.trouble.clone());
        let OnPage { paper, meeting, pack } = self.pages.shown(path);
        About { exists, existed: self.kept.contains_key(path), paper, meeting, pack, failed }
    }

    /// The page of a paper, by the path of its file.
    fn page_of(&self, file: String) -> Option<(String, String)> {
        let id = file.strip_suffix(".md")?;
        let page = match id.strip_prefix("meetings/").and_then(|id| id.strip_suffix("/agenda")) {
            Some(meeting) => format!("meetings/{meeting}/index.html"),
            None => format!("{id}.html"),
        };
        self.pages.has(&page).then_some((file, page))
    }

    fn renew(&mut self, known: Vec<(String, String)>) -> Vec<Renewed> {
        let mut renewed = Vec::new();
        for (path, version) in known {
            let before = self.kept.get(&path).map(|kept| (kept.page.clone(), kept.stylesheet.clone()));
            let Ok(page) = self.page(&path) else { continue };
            if page.version == version {
                continue;
            }
            let style = before.filter(|(before, stylesheet)| {
                before.version == version
                    && *stylesheet != self.theme.stylesheet
                    && before.html.replace(stylesheet.as_str(), &self.theme.stylesheet) == *page.html
            });
            let style = style.map(|_| self.theme.stylesheet.clone());
            renewed.push(Renewed { path, page, style });
        }
        renewed
    }

    #[cfg(test)]
    fn paths(&self) -> BTreeSet<String> {
        let mut paths: BTreeSet<String> = self.pages.paths().map(str::to_owned).collect();
        paths.extend(self.theme.assets.iter().map(|asset| asset.path.clone()));
        paths.extend(self.files().iter().cloned());
        if let Ok(tables) = opendata::files(self.edition) {
            paths.extend(tables.into_iter().map(|file| file.path));
        }
        paths
    }
}
