//! What an open page shows at once after an edit is what it shows once everything has been looked at.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use super::project::{self, Project};
use crate::edition::Audience;
use crate::files::DiskFolder;
use crate::preview::desk::{Desk, Setting};
use crate::preview::tabs::Tabs;
use crate::preview::window::{Issue, Renewed, Window};
use crate::preview::{Answer, Clock, Page, Place, Preview};
use crate::record::{Changed, Reader};

const PLAN: &str = "meetings/scrutiny/2026-07-15/02-plan.md";
const PAGE: &str = "meetings/scrutiny/2026-07-15/02-plan.html";

/// A view of a project.
struct View {
    project: Project,
    reader: Reader,
    window: Window,
}

impl View {
    fn new(audience: Audience) -> Self {
        let window = Window::open(audience).expect("a thread");
        let mut view = Self { project: Project::new(), reader: Reader::holding_back(), window };
        view.read(&Changed::Everything);
        view.issue();
        view
    }

    fn folder(&self) -> DiskFolder {
        DiskFolder::open(&self.project.content()).expect("a folder")
    }

    fn read(&mut self, changed: &Changed) {
        self.reader.read(&self.folder(), changed).expect("a disk");
    }

    fn issue(&mut self) {
        let folder = self.folder();
        let linked = Arc::new(self.reader.link(&folder));
        let content = Arc::new(folder);
        self.window.issue(Arc::new(Issue { linked, content, theme: None, theme_version: 1, now: project::now() }));
    }

    fn page(&self) -> Option<Page> {
        match self.window.get(PAGE) {
            Answer::Page(page) => Some(page),
            _ => None,
        }
    }

    /// Makes an edit while a page is open: what is told at once, and what is told when everything has been looked at of a tab
    /// that was not told at once.
    fn told(&mut self, text: &str) -> (Vec<Renewed>, Vec<Renewed>) {
        let known = vec![(PAGE.to_owned(), self.page().expect("a page").version)];
        self.project.write(&format!("content/{PLAN}"), text.as_bytes());
        self.read(&Changed::Only(BTreeSet::from([PLAN.to_owned()])));
        let papers = self.reader.papers_read().expect("papers that can be read");
        let at_once = self.window.glance(papers, known.clone());
        self.issue();
        (at_once, self.window.renew(known))
    }
}

fn plan() -> String {
    String::from_utf8(Project::new().read(&format!("content/{PLAN}"))).expect("text")
}

#[test]
fn a_papers_own_words_are_shown_at_once_and_stay() {
    let text = plan();
    let words = format!("{text}\nAnd a sentence more.\n");
    let title = words.replace("title: Community Safety Plan", "title: Another plan\nsummary: In a word.");
    let author = title.replace("summary:", "report_of: The Director\nauthors: [{post: Analyst}]\nsummary:");
    for audience in [Audience::Public, Audience::Members] {
        let mut view = View::new(audience);
        for (edited, word) in [
            (&words, "And a sentence more."),
            (&title, "Another plan"),
            (&author, "The Director"),
            (&text, "Community Safety Plan"),
        ] {
            let (at_once, then) = view.told(edited);
            assert_eq!(at_once, then, "{audience:?}: {word}");
            let [told] = &at_once[..] else { panic!("{audience:?}: {word}: {at_once:?}") };
            assert!(told.path == PAGE && told.page.html.contains(word), "{audience:?}: {word}");
        }
    }
}

#[test]
fn words_are_not_shown_before_it_is_known_who_may_see_them() {
    let secret = "A ZANZIBARMARKER.";
    for (before, after) in [
        ("status: draft", "status: draft\nexempt: {paragraphs: [3], public_interest: It would weaken us.}"),
        ("status: draft", "status: draft\nexemt: {paragraphs: [3], public_interest: It would weaken us.}"),
        ("status: draft", "status: withdrawn"),
        ("kind: report", "kind: appendix\nnumber: 9"),
        ("status: draft", "status: draft\ntext_of: 03-land"),
        ("[02-appendix]", "[02-appendix, 03-land]"),
        ("title: Community Safety Plan", "title: Community Safety Plan\nbody: board"),
    ] {
        let edited = format!("{}\n{secret}\n", plan().replace(before, after));
        assert!(edited.contains(after), "{after}");
        let mut view = View::new(Audience::Public);
        let (at_once, _) = view.told(&edited);
        assert_eq!(at_once, [], "{after}");
    }
}

/// While words are shown of which nobody has looked at what hangs on them, the bar does not say that all has been checked.
#[test]
fn what_is_shown_at_once_is_not_called_checked() {
    let project = Project::new();
    let desk: Arc<OnceLock<Desk>> = Arc::default();
    // What time it is, is asked in the middle: when the words have been shown, and the record has been put together anew.
    let asked = Arc::new(AtomicUsize::new(0));
    let clock: Clock = {
        let (desk, asked) = (Arc::clone(&desk), Arc::clone(&asked));
        Arc::new(move || {
            if asked.load(Ordering::SeqCst) == 1 {
                asked.store(2, Ordering::SeqCst);
                let place = Place { audience: Audience::Public, path: PAGE.to_owned() };
                let state = desk.get().expect("a desk").state(&place);
                asked.store(if state.findings.checking { 3 } else { 4 }, Ordering::SeqCst);
            }
            project::now()
        })
    };
    let audiences = vec![Audience::Public];
    let (content, own_theme) = (project.content(), project.theme());
    let setting = Setting { content, own_theme, clock, editor: None, audiences };
    let desk = desk.get_or_init(|| Desk::new(setting, Arc::new(Tabs::default())).expect("threads"));
    assert!(desk.update(&BTreeSet::new(), true));
    let end = Instant::now() + Duration::from_mins(1);
    while desk.checked().is_none() {
        assert!(Instant::now() < end, "the rules have ended");
        std::thread::sleep(Duration::from_millis(5));
    }
    asked.store(1, Ordering::SeqCst);
    let path = format!("content/{PLAN}");
    project.write(&path, format!("{}\nMore.\n", plan()).as_bytes());
    assert!(desk.update(&BTreeSet::from([project.root().join(path)]), false));
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}
