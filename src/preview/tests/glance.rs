//! What an open page shows at once after an edit is what it shows once everything has been looked at.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use super::project::{self, Project};
use crate::edition::Audience;
use crate::files::DiskFolder;
use crate::preview::desk::{Desk, Setting};
use crate::preview::tabs::{Event, Listening, Tabs};
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
        self.told_of(&[(PLAN, text)])
    }

    /// The same of files that are saved together.
    fn told_of(&mut self, edits: &[(&str, &str)]) -> (Vec<Renewed>, Vec<Renewed>) {
        let known = vec![(PAGE.to_owned(), self.page().expect("a page").version)];
        for (path, text) in edits {
            self.project.write(&format!("content/{path}"), text.as_bytes());
        }
        self.read(&Changed::Only(edits.iter().map(|(path, _)| (*path).to_owned()).collect()));
        let papers = self.reader.papers_read().expect("papers that can be read");
        let at_once = self.window.glance(papers, known.clone());
        self.issue();
        (at_once, self.window.renew(known))
    }
}

fn text_of(path: &str) -> String {
    String::from_utf8(Project::new().read(&format!("content/{path}"))).expect("text")
}

fn plan() -> String {
    text_of(PLAN)
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
        // Not private, but a picture that can be had only with the next edition.
        ("See [[purpose]]", "![another](files/other.svg)\n\nSee [[purpose]]"),
        ("title: Community Safety Plan", "title: Community Safety Plan\nbody: board"),
    ] {
        let edited = format!("{}\n{secret}\n", plan().replace(before, after));
        assert!(edited.contains(after), "{after}");
        let mut view = View::new(Audience::Public);
        let (at_once, _) = view.told(&edited);
        assert_eq!(at_once, [], "{after}");
    }
}

/// Who may see a paper hangs on others too, which are saved with it.
#[test]
fn words_that_come_with_another_paper_are_not_shown_before_it_is_known_who_may_see_them() {
    let secret = "A ZANZIBARMARKER.";
    let plan = format!("{}\n{secret}\n", plan());
    let agenda = "meetings/scrutiny/2026-07-15/agenda.md";
    let appendix = "meetings/scrutiny/2026-07-15/02-appendix.md";
    let closed =
        text_of(agenda).replace(", paper: 02-plan}", "}").replace("paper: 03-land", "papers: [02-plan, 03-land]");
    let unclear = text_of(appendix).replace("status: published", "status: published\nexemt: {paragraphs: [3]}");
    for (path, text) in [(agenda, closed), (appendix, unclear)] {
        assert_ne!(text, text_of(path));
        let mut view = View::new(Audience::Public);
        let (at_once, _) = view.told_of(&[(PLAN, &plan), (path, &text)]);
        assert_eq!(at_once, [], "{path}");
    }
    let mut view = View::new(Audience::Public);
    let (at_once, _) = view.told_of(&[(PLAN, &plan), (appendix, &format!("{}\nMore.\n", text_of(appendix)))]);
    assert_eq!(at_once.len(), 1, "both say more, and nothing else");
}

/// A desk that does something when it asks what time it is: in the midst of an update, when what can be shown at once has been,
/// and the record has been put together anew.
struct Interrupted {
    project: Project,
    desk: Arc<OnceLock<Desk>>,
    tabs: Arc<Tabs>,
}

impl Interrupted {
    fn new(interrupt: impl Fn(&Desk) + Send + Sync + 'static) -> Self {
        let project = Project::new();
        let (desk, tabs): (Arc<OnceLock<Desk>>, _) = (Arc::default(), Arc::new(Tabs::default()));
        let clock: Clock = {
            let (desk, within) = (Arc::clone(&desk), AtomicBool::new(false));
            Arc::new(move || {
                if let Some(desk) = desk.get().filter(|_| !within.swap(true, Ordering::SeqCst)) {
                    interrupt(desk);
                    within.store(false, Ordering::SeqCst);
                }
                project::now()
            })
        };
        let (content, own_theme) = (project.content(), project.theme());
        let setting = Setting { content, own_theme, clock, editor: None, audiences: vec![Audience::Public] };
        let _ = desk.set(Desk::new(setting, Arc::clone(&tabs)).expect("threads"));
        let office = Self { project, desk, tabs };
        assert!(office.desk().update(&BTreeSet::new(), true));
        let end = Instant::now() + Duration::from_mins(1);
        while office.desk().checked().is_none() {
            assert!(Instant::now() < end, "the rules have ended");
            std::thread::sleep(Duration::from_millis(5));
        }
        office
    }

    fn desk(&self) -> &Desk {
        self.desk.get().expect("a desk")
    }

    /// Opens the page of the plan.
    fn open(&self) -> Listening {
        let place = place();
        let Answer::Page(page) = self.desk().get(&place) else { panic!("no page") };
        self.tabs.open(place, page.version)
    }

    fn save(&self, path: &str, text: &str) {
        let path = format!("content/{path}");
        self.project.write(&path, text.as_bytes());
        assert!(self.desk().update(&BTreeSet::from([self.project.root().join(path)]), false));
    }
}

fn place() -> Place {
    Place { audience: Audience::Public, path: PAGE.to_owned() }
}

/// While words are shown of which nobody has looked at what hangs on them, the bar does not say that all has been checked.
#[test]
fn what_is_shown_at_once_is_not_called_checked() {
    let seen: Arc<Mutex<Vec<(bool, bool)>>> = Arc::default();
    let tab: Arc<Mutex<Option<Listening>>> = Arc::default();
    let office = {
        let (seen, tab) = (Arc::clone(&seen), Arc::clone(&tab));
        Interrupted::new(move |desk| {
            if let Some(tab) = &mut *tab.lock().expect("a tab") {
                let told = matches!(tab.told(), Some(Event::Page(_)));
                let checking = desk.state(&place()).findings.checking;
                seen.lock().expect("what was seen").push((told, checking));
            }
        })
    };
    *tab.lock().expect("a tab") = Some(office.open());
    office.save(PLAN, &format!("{}\nMore.\n", plan()));
    *tab.lock().expect("a tab") = None;
    assert_eq!(*seen.lock().expect("what was seen"), [(true, true)], "whether the tab was told, and what the bar said");
}

/// Without an authority there is no edition, and what the views show is older than what was read last.
#[test]
fn nothing_is_shown_at_once_beside_an_edition_that_has_been_left_behind() {
    let office = Interrupted::new(|_| ());
    let mut tab = office.open();
    let authority = text_of("authority.yaml");
    office.project.delete("content/authority.yaml");
    let gone = office.project.root().join("content/authority.yaml");
    assert!(office.desk().update(&BTreeSet::from([gone]), false));
    office.save(PLAN, &format!("{}\nMore.\n", plan()));
    while let Some(event) = tab.told() {
        assert_eq!(event, Event::Bar);
    }
    office.project.write("content/authority.yaml", authority.as_bytes());
    assert!(office.desk().update(&BTreeSet::new(), true));
    assert!(std::iter::from_fn(|| tab.told()).any(|event| matches!(event, Event::Page(_))));
}
