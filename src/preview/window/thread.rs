//! The thread of a view: which issue it shows, and what it does while there is none that can be shown.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

#[cfg(feature = "pdf")]
use super::Manuscripts;
use super::shop::{Kept, Shop};
use super::tables::Tables;
use super::{About, Issue, Question};
use crate::calendar::Moment;
use crate::edition::{Audience, Edition, Pagination};
use crate::files::Folder;
use crate::press;
use crate::preview::fault::guarded;
use crate::preview::state::HeldBack;
use crate::preview::{Answer, Page};
use crate::record::Linked;
use crate::site::view::{Sizes, View};
use crate::site::{self, OnDemand, Theme};

/// A view's own side: it alone holds the edition and what borrows from it.
pub(super) struct Thread {
    audience: Audience,
    asked: Receiver<Question>,
    /// The edition that was shown last, and of which record and day: with another theme it is the same.
    edition: Option<(Arc<Linked>, Moment, Arc<Edition>)>,
    /// The theme, of which version of its files, and in which language.
    theme: Option<(u64, String, Arc<Theme>)>,
    theme_error: Option<String>,
    /// Pages as they last were, for when they cannot be made, and for telling what has changed.
    kept: HashMap<String, Kept>,
    /// The last issue of which an edition could be made.
    good: Option<Arc<Issue>>,
    /// The mistake because of which a later one is not shown.
    fault: Option<HeldBack>,
}

impl Thread {
    pub(super) fn new(audience: Audience, asked: Receiver<Question>) -> Self {
        Self {
            audience,
            asked,
            edition: None,
            theme: None,
            theme_error: None,
            kept: HashMap::new(),
            good: None,
            fault: None,
        }
    }

    pub(super) fn run(mut self) {
        let mut issue: Option<Arc<Issue>> = None;
        let mut waiting: Option<Question> = None;
        loop {
            let question = match waiting.take() {
                Some(question) => question,
                None => match self.asked.recv() {
                    Ok(question) => question,
                    Err(_) => return,
                },
            };
            match (question, &issue) {
                (Question::Issue(next), _) => {
                    issue = Some(next);
                    self.fault = None;
                }
                (question, Some(shown)) => {
                    let shown = Arc::clone(shown);
                    match guarded("in looking at the papers", || self.show(&shown, question)) {
                        Ok(Some(next)) => waiting = Some(next),
                        Ok(None) => return,
                        // Whoever asked learns by the end of the question that there is nothing. Papers of which no view
                        // can be had are not looked at again: those before them are shown until the next come.
                        Err(fault) => {
                            self.fault = Some(HeldBack::Fault(fault));
                            issue.clone_from(&self.good);
                        }
                    }
                }
                (question, None) => {
                    // Without a mistake there is nothing to show yet: who asked is told so by the answer that never comes.
                    let Some(fault) = self.fault.clone() else { continue };
                    match self.without_view(question, &fault) {
                        Some(next) => waiting = Some(next),
                        None => return,
                    }
                }
            }
        }
    }

    /// Answers questions about one issue until the next one comes. Nothing if nobody will ask any more.
    fn show(&mut self, issue: &Arc<Issue>, first: Question) -> Option<Question> {
        let Some(record) = issue.linked.record() else {
            // Whoever asked learns by the end of the question that there is nothing.
            drop(first);
            return self.asked.recv().ok();
        };
        let edition = match self.edition.take() {
            Some((linked, now, edition)) if Arc::ptr_eq(&linked, &issue.linked) && now == issue.now => edition,
            // To forget ten thousand papers takes a while, and somebody waits for the next ones.
            before => {
                rayon::spawn(move || drop(before));
                Arc::new(Edition::ahead(record, self.audience, issue.now))
            }
        };
        let base_url = press::base_url(&edition, None);
        let Some(theme) = self.theme(issue, &edition) else {
            let error = HeldBack::Theme(self.theme_error.clone().unwrap_or_default());
            return self.without_view(first, &error);
        };
        let tables = Tables::of(&edition);
        let size = |path: &str| tables.at(path).map(|file| file.len());
        let nothing_printed = Pagination::default();
        let view = View::with_sizes(&edition, &theme.strings, Sizes::OnDemand(&size), &nothing_printed);
        let pages = OnDemand::new(&view, &theme, base_url.as_deref());
        self.good = Some(Arc::clone(issue));
        let trouble = self.fault.clone().or_else(|| self.theme_error.clone().map(HeldBack::Theme));
        let mut shop = Shop::new(&edition, issue, &theme, pages, &tables, &mut self.kept, trouble);
        let mut question = first;
        loop {
            match question {
                Question::Issue(_) => break,
                #[cfg(feature = "pdf")]
                Question::Manuscripts(answer) => {
                    let _ = answer.send(Some(Manuscripts {
                        edition: Arc::clone(&edition),
                        theme: Arc::clone(&theme),
                        content: Arc::clone(&issue.content),
                        base_url: base_url.clone(),
                    }));
                }
                question => shop.answer(question),
            }
            question = self.asked.recv().ok()?;
        }
        drop(shop);
        drop(view);
        self.edition = Some((Arc::clone(&issue.linked), issue.now, edition));
        Some(question)
    }

    /// The theme, loaded again if its files have changed, and told of the edition. One that cannot be used leaves the one
    /// before it in place.
    fn theme(&mut self, issue: &Issue, edition: &Edition) -> Option<Arc<Theme>> {
        let language = &edition.model.authority.language;
        let is_current = |(version, known, _): &(u64, String, _)| *version == issue.theme_version && known == language;
        let is_current = self.theme.as_ref().is_some_and(is_current);
        if !is_current {
            let own = issue.theme.as_ref().map(|folder| &**folder as &dyn Folder);
            match Theme::load(own, language) {
                Ok(theme) => {
                    self.theme = Some((issue.theme_version, language.clone(), Arc::new(theme)));
                    self.theme_error = None;
                }
                Err(error) => self.theme_error = Some(error.to_string()),
            }
        }
        let (_, _, theme) = self.theme.as_mut()?;
        // Whoever prints with it still keeps it as it was.
        if let Err(error) = site::prepare(edition, Arc::make_mut(theme)) {
            self.theme_error = Some(error.to_string());
        }
        Some(Arc::clone(theme))
    }

    /// Answers while there has never been a theme that could be used, or papers that could be shown.
    fn without_view(&self, first: Question, why: &HeldBack) -> Option<Question> {
        let mut question = first;
        loop {
            match question {
                Question::Issue(_) => return Some(question),
                Question::Get(_, answer) => {
                    let _ = answer.send(Answer::Page(Page::nothing_yet(why.sentence())));
                }
                Question::About(_, answer) => {
                    let _ = answer.send(About { exists: true, failed: Some(why.clone()), ..About::default() });
                }
                other => drop(other),
            }
            question = self.asked.recv().ok()?;
        }
    }
}
