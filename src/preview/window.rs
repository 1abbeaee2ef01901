//! What one audience sees: an edition, and its pages as somebody asks for them.
//!
//! Pages borrow from their edition, so both live on a thread that others send questions to. When the papers change it gets
//! the next [`Issue`], and builds the edition of that when the next question comes.

mod glance;
mod shop;
mod tables;
mod thread;

#[cfg(test)]
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use super::state::HeldBack;
use super::{Answer, Page};
use crate::calendar::Moment;
#[cfg(feature = "pdf")]
use crate::edition::Edition;
use crate::edition::{Audience, PublishedPaper};
use crate::files::Folder;
use crate::model::MeetingKey;
use crate::record::{Linked, Paper};
#[cfg(feature = "pdf")]
use crate::site::Theme;
use thread::Thread;

/// A folder that several threads read.
pub(super) type Files = Arc<dyn Folder + Send + Sync>;

/// As much as a program's first thread has.
const STACK: usize = 8 * 1024 * 1024;

/// The papers as they are after a change, and what they are shown with.
pub(super) struct Issue {
    /// The record.
    pub(super) linked: Arc<Linked>,
    /// Files that papers show or link.
    pub(super) content: Files,
    /// The project's own files of the theme.
    pub(super) theme: Option<Files>,
    /// Changes whenever one of those may have.
    pub(super) theme_version: u64,
    /// The present.
    pub(super) now: Moment,
}

/// What is known of a page beside what it says.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// Whether there is such a page.
    pub(super) exists: bool,
    /// Whether there was one before.
    pub(super) existed: bool,
    /// The paper that it shows.
    pub(super) paper: Option<PublishedPaper>,
    /// The meeting that it belongs to.
    pub(super) meeting: Option<MeetingKey>,
    /// The path of the pack that it is printed in.
    pub(super) pack: Option<String>,
    /// Why it cannot be shown as it should be.
    pub(super) failed: Option<HeldBack>,
}

/// A page that an open tab shows, as it has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renewed {
    /// Its path.
    pub(super) path: String,
    /// The page.
    pub(super) page: Page,
    /// Where the stylesheet stands, if nothing else has changed.
    pub(super) style: Option<String>,
}

/// What a document is printed from.
#[cfg(feature = "pdf")]
pub(super) struct Manuscripts {
    pub(super) edition: Arc<Edition>,
    pub(super) theme: Arc<Theme>,
    pub(super) content: Files,
    pub(super) base_url: Option<String>,
}

enum Question {
    Issue(Arc<Issue>),
    Get(String, Sender<Answer>),
    About(String, Sender<About>),
    Has(String, Sender<bool>),
    Glance(Vec<Arc<Paper>>, Vec<(String, String)>, Sender<Vec<Renewed>>),
    Renew(Vec<(String, String)>, Sender<Vec<Renewed>>),
    PageOf(Vec<String>, Sender<HashMap<String, String>>),
    #[cfg(test)]
    Paths(Sender<BTreeSet<String>>),
    #[cfg(feature = "pdf")]
    Manuscripts(Sender<Option<Manuscripts>>),
}

/// The thread of one audience, from outside.
pub(super) struct Window {
    questions: Sender<Question>,
}

impl Window {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub(super) fn open(audience: Audience) -> std::io::Result<Self> {
        let (questions, asked) = channel();
        std::thread::Builder::new()
            .name(format!("{} view", audience.word()))
            .stack_size(STACK)
            .spawn(move || Thread::new(audience, asked).run())?;
        Ok(Self { questions })
    }

    fn ask<T: Default>(&self, question: impl FnOnce(Sender<T>) -> Question) -> T {
        let (answer, answered) = channel();
        // A thread that has ended answers nothing.
        let _ = self.questions.send(question(answer));
        answered.recv().unwrap_or_default()
    }

    /// From now on this is shown.
    pub(super) fn issue(&self, issue: Arc<Issue>) {
        let _ = self.questions.send(Question::Issue(issue));
    }

    /// What there is at a path.
    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask(|answer| Question::Get(path.to_owned(), answer))
    }

    /// What is known of a page.
    pub(super) fn about(&self, path: &str) -> About {
        self.ask(|answer| Question::About(path.to_owned(), answer))
    }

    /// Whether there is such a page.
    pub(super) fn has(&self, path: &str) -> bool {
        self.ask(|answer| Question::Has(path.to_owned(), answer))
    }

    /// Which of the pages given (with the versions that are known) show one of these papers, and have become others by what
    /// the paper says itself. All else on them is as it was before; [`Window::renew`] tells later whether that is still so.
    pub(super) fn glance(&self, papers: Vec<Arc<Paper>>, known: Vec<(String, String)>) -> Vec<Renewed> {
        self.ask(|answer| Question::Glance(papers, known, answer))
    }

    /// Which of the pages given have other versions than those that are known.
    pub(super) fn renew(&self, known: Vec<(String, String)>) -> Vec<Renewed> {
        self.ask(|answer| Question::Renew(known, answer))
    }

    /// The pages that show papers, by the paths of their files.
    pub(super) fn pages_of(&self, files: Vec<String>) -> HashMap<String, String> {
        self.ask(|answer| Question::PageOf(files, answer))
    }

    /// The paths of everything that there is.
    #[cfg(test)]
    pub(super) fn paths(&self) -> BTreeSet<String> {
        self.ask(Question::Paths)
    }

    /// What documents are printed from.
    #[cfg(feature = "pdf")]
    pub(super) fn manuscripts(&self) -> Option<Manuscripts> {
        self.ask(Question::Manuscripts)
    }
}
