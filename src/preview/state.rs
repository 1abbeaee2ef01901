//! What an officer should know of the page before them: as data, for [`bar`](super::bar) to show.

use crate::calendar::Moment;
use crate::finding::{Counts, Severity};
use crate::model::{MeetingKey, Status};

/// What the bar of one page tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The moment that the preview takes for the present.
    pub now: Moment,
    /// The paper that the page shows: also an agenda or minutes. Nothing for lists, bodies, people.
    pub paper: Option<PaperState>,
    /// The meeting that the page belongs to.
    pub meeting: Option<MeetingState>,
    /// Whether the public's view and the members' view have this page: false where, say, a paper is exempt.
    pub in_public_view: bool,
    /// See [`in_public_view`](State::in_public_view).
    pub in_members_view: bool,
    /// Why the page is not what the files now say; nothing if it is.
    pub held_back: Option<HeldBack>,
    /// What was found.
    pub findings: Findings,
    /// The document of this paper.
    pub paper_pdf: PrintState,
    /// The pack of the meeting.
    pub pack_pdf: PrintState,
}

impl State {
    /// Of a page of which nothing is known.
    pub(super) fn of(now: Moment) -> Self {
        Self {
            now,
            paper: None,
            meeting: None,
            in_public_view: false,
            in_members_view: false,
            held_back: None,
            findings: Findings::default(),
            paper_pdf: PrintState::None,
            pack_pdf: PrintState::None,
        }
    }

    /// What of this somebody may know who sees the public's view alone, and is not the one who writes: how many findings there
    /// are, but not what they say or where, since that may quote private words; no file's name, and nothing of a
    /// page that is not in that view.
    #[must_use]
    pub fn for_the_public(self) -> Self {
        let there = self.in_public_view;
        Self {
            now: self.now,
            paper: self.paper.filter(|_| there).map(|paper| PaperState { file: String::new(), ..paper }),
            meeting: self.meeting.filter(|_| there),
            in_public_view: there,
            in_members_view: there,
            held_back: self.held_back.filter(|_| there).map(|held_back| match held_back {
                HeldBack::Files(_) => HeldBack::Files(Vec::new()),
                HeldBack::Theme(_) => HeldBack::Theme(String::new()),
                HeldBack::Disk(_) => HeldBack::Disk(String::new()),
                HeldBack::Gone => HeldBack::Gone,
                HeldBack::Fault(_) => HeldBack::Fault(String::new()),
            }),
            findings: Findings { checking: self.findings.checking, all: self.findings.all, ..Findings::default() },
            paper_pdf: if there { self.paper_pdf.without_words() } else { PrintState::None },
            pack_pdf: if there { self.pack_pdf.without_words() } else { PrintState::None },
        }
    }

    /// What of this somebody may know who sits at another machine: nothing that leads into the folders of this one, where
    /// their editor would not find it, and they have no business.
    #[must_use]
    pub fn for_another_machine(self) -> Self {
        let unlinked = |shown: Vec<Shown>| shown.into_iter().map(|shown| Shown { editor: None, ..shown }).collect();
        let findings = self.findings;
        Self {
            held_back: self.held_back.map(|held_back| match held_back {
                // The system names the file, perhaps from the root on.
                HeldBack::Disk(_) => HeldBack::Disk(String::new()),
                held_back => held_back,
            }),
            findings: Findings { here: unlinked(findings.here), elsewhere: unlinked(findings.elsewhere), ..findings },
            paper_pdf: self.paper_pdf.without_words(),
            pack_pdf: self.pack_pdf.without_words(),
            ..self
        }
    }
}

/// The paper of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperState {
    /// Its file below the content folder.
    pub file: String,
    /// How far it has come.
    pub status: Status,
    /// When it was or will be published, if the papers say.
    pub published: Option<Moment>,
    /// Not for publication.
    pub exempt: bool,
    /// The number of words of its text.
    pub words: usize,
    /// Its pages in the pack when that was last printed: "12–15".
    pub pages_in_pack: Option<String>,
}

/// The meeting of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingState {
    /// Which.
    pub key: MeetingKey,
    /// "Cabinet, 12 July 2023".
    pub title: String,
    /// The last moment at which its papers may be published to be in time; nothing if no rule says.
    pub deadline: Option<Moment>,
    /// When the agenda was published or is to be, if it says.
    pub published: Option<Moment>,
}

/// Why an open page shows an earlier version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldBack {
    /// Files that cannot be read as they are now, by path below the content folder: the last version that could be read
    /// stands in their place.
    Files(Vec<String>),
    /// The theme cannot be used, or a template fails on this page: what the template engine says.
    Theme(String),
    /// The disk cannot be read: what the system says.
    Disk(String),
    /// There was a page here; the paper has been renamed or deleted.
    Gone,
    /// Quorate itself has made a mistake: what is known of it.
    Fault(String),
}

impl HeldBack {
    /// What a page says of it that cannot be shown at all. What somebody else has said of it, the template engine or the
    /// system, is for the bar: not everybody may know it.
    pub(super) fn sentence(&self) -> &'static str {
        match self {
            Self::Files(_) => "The papers of this page cannot be read.",
            Self::Theme(_) => "The theme cannot be used as it stands.",
            Self::Disk(_) => "The papers cannot be read from the disk.",
            Self::Gone => "There is no such page any more.",
            Self::Fault(_) => "Quorate has made a mistake here, which is no fault of the papers.",
        }
    }
}

/// What was found in the papers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// Whether the rules are still looking: what is here is of the files as they were before the last change, except for what
    /// was found in reading them.
    pub checking: bool,
    /// How many there are in everything that was read.
    pub all: Counts,
    /// How many there are in the files that this page shows, of which [`here`](Findings::here) has the first.
    pub of_page: Counts,
    /// The first of those in the files that this page shows, the most severe first, each as far as it may be shown to who
    /// looks.
    pub here: Vec<Shown>,
    /// How many errors there are elsewhere: nothing at all can be published while there are any.
    pub errors_elsewhere: usize,
    /// The first of the errors elsewhere.
    pub elsewhere: Vec<Shown>,
}

/// A finding and its place, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The rule's code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
    /// The file below the content folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The lines meant, with what is meant in each.
    pub excerpt: Vec<ExcerptLine>,
    /// Where it stands on this page: the id of the nearest element; nothing where the page does not show it.
    pub anchor: Option<String>,
    /// For findings elsewhere: the page that shows its file, from the site's root, if this view has one.
    pub page: Option<String>,
    /// Opens the place in an editor.
    pub editor: Option<String>,
}

/// A line of a file, in three pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptLine {
    /// Its number, from 1.
    pub number: usize,
    /// What stands before what is meant.
    pub before: String,
    /// What is meant; empty in lines that only surround it.
    pub meant: String,
    /// What follows.
    pub after: String,
}

/// How far a document has been printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PrintState {
    /// The page has no such document.
    #[default]
    None,
    /// It can be printed.
    Possible,
    /// It is being printed: how many documents of how many are done (a pack waits for the ones before it).
    Printing(usize, usize),
    /// It has been printed as the papers now are: pages, and bytes.
    Ready(u32, usize),
    /// It was printed, and the papers have changed since.
    Outdated,
    /// It could not be printed: why.
    Failed(String),
}

impl PrintState {
    /// The same, without what the system or a mistake said.
    fn without_words(self) -> Self {
        match self {
            Self::Failed(_) => Self::Failed("it could not be printed".to_owned()),
            print => print,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of which there is something private to say in every place that can say it.
    fn state(in_public_view: bool) -> State {
        let shown = || Shown {
            code: "agenda-title",
            severity: Severity::Error,
            message: "PRIVATE message".to_owned(),
            help: Some("PRIVATE help".to_owned()),
            file: "papers/PRIVATE.md".to_owned(),
            line: 1,
            column: 1,
            excerpt: vec![ExcerptLine {
                number: 1,
                before: "PRIVATE".to_owned(),
                meant: "PRIVATE".to_owned(),
                after: "PRIVATE".to_owned(),
            }],
            anchor: Some("PRIVATE".to_owned()),
            page: Some("PRIVATE.html".to_owned()),
            editor: Some("vscode://file/PRIVATE".to_owned()),
        };
        State {
            now: Moment::parse("2026-11-22").unwrap(),
            paper: Some(PaperState {
                file: "papers/PRIVATE.md".to_owned(),
                status: Status::Draft,
                published: None,
                exempt: false,
                words: 1234,
                pages_in_pack: Some("12–15".to_owned()),
            }),
            meeting: Some(MeetingState {
                key: MeetingKey {
                    body: crate::model::BodyId("cabinet".to_owned()),
                    date: Moment::parse("2026-12-01").unwrap().date(),
                },
                title: "Cabinet, 1 December 2026".to_owned(),
                deadline: None,
                published: None,
            }),
            in_public_view,
            in_members_view: true,
            held_back: Some(HeldBack::Files(vec!["papers/PRIVATE.md".to_owned()])),
            findings: Findings {
                checking: true,
                all: Counts { errors: 3, ..Counts::default() },
                of_page: Counts { errors: 1, ..Counts::default() },
                here: vec![shown()],
                errors_elsewhere: 1,
                elsewhere: vec![shown()],
            },
            paper_pdf: PrintState::Failed("PRIVATE".to_owned()),
            pack_pdf: PrintState::Ready(12, 34567),
        }
    }

    #[test]
    fn the_public_is_told_how_many_findings_there_are_and_nothing_of_what_they_say() {
        let told = state(true).for_the_public();
        assert!(!format!("{told:?}").contains("PRIVATE"), "{told:?}");
        assert_eq!((told.findings.all.errors, told.findings.checking), (3, true));
        assert_eq!(told.paper.map(|paper| paper.words), Some(1234));
        assert_eq!(told.pack_pdf, PrintState::Ready(12, 34567));
        assert_eq!(told.held_back, Some(HeldBack::Files(Vec::new())));
        for held_back in [HeldBack::Theme, HeldBack::Disk, HeldBack::Fault].map(|held| held("PRIVATE".to_owned())) {
            let told = State { held_back: Some(held_back), ..state(true) }.for_the_public();
            assert!(told.held_back.is_some() && !format!("{told:?}").contains("PRIVATE"), "{told:?}");
        }
    }

    #[test]
    fn another_machine_is_told_everything_but_where_this_one_has_its_files() {
        let before = State { held_back: Some(HeldBack::Disk("/PRIVATE: no such folder".to_owned())), ..state(true) };
        let told = before.clone().for_another_machine();
        let editors = |state: &State| {
            let findings = &state.findings;
            findings.here.iter().chain(&findings.elsewhere).filter(|shown| shown.editor.is_some()).count()
        };
        assert_eq!((editors(&before), editors(&told)), (2, 0));
        assert_eq!(told.held_back, Some(HeldBack::Disk(String::new())));
        assert_eq!(told.paper_pdf, PrintState::Failed("it could not be printed".to_owned()));
        assert_eq!(told.findings.here[0].message, before.findings.here[0].message);
        assert_eq!((told.paper, told.meeting), (before.paper, before.meeting));
    }

    #[test]
    fn the_public_is_told_nothing_of_a_page_that_it_has_not() {
        let told = state(false).for_the_public();
        let nothing = State {
            paper: None,
            meeting: None,
            in_members_view: false,
            held_back: None,
            findings: Findings {
                checking: true,
                all: Counts { errors: 3, ..Counts::default() },
                ..Findings::default()
            },
            paper_pdf: PrintState::None,
            pack_pdf: PrintState::None,
            ..state(false)
        };
        assert_eq!(told, nothing);
    }
}
