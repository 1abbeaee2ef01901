//! What each template receives.
//!
//! These types are the contract between the program and a theme; `docs/templates.md` says the same in words. Every
//! `href` is a path from the site's root without a leading slash: a template writes `{{ root }}{{ link.href }}`, so
//! that the site works in a sub-folder and straight from disk. Fields named `html` hold finished, safe HTML. No
//! template decides what is public: what is not, is not in here.

mod bodies;
mod bundle;
mod decisions;
mod fixed;
mod meetings;
mod minutes;
mod papers;
mod people;
mod returns;
mod shared;

pub use bodies::{Bodies, BodyCard, BodyPage, MemberRow, MembershipPage, SeatRow, SeatTotal};
pub use bundle::{Bundle, BundleDocument};
pub use decisions::{DecisionRow, Decisions, DecisionsList, RegisterBody, RegisterYear};
pub use fixed::{About, AccessibilityPage, GlossaryLetter, GlossaryPage, GlossaryRow, Home};
pub use meetings::{ItemRow, MeetingCard, MeetingPage, MeetingYear, Meetings, SupplementaryCard, SupplementaryPage};
pub use minutes::{
    Attendance, EmployeesRow, FollowUpRow, InterestRow, MinuteSection, MinutesCard, MinutesPage, OtherRow,
    RepresentedRow, SubstituteRow, VoteRow,
};
pub use papers::{ContentsEntry, Implication, OutstandingRow, Paper, PaperPage, ProgrammeRow, WorkProgrammePage};
pub use people::{AttendanceRow, People, PersonCard, PersonPage, TenureRow};
pub use returns::{AnswerRow, FormCard, FormPage, QuestionLink, QuestionPage, ReturnAnswer, ReturnPage, Returns};
pub use shared::{
    Abbreviation, Contact, Exempt, ExemptParagraph, Link, NavigationLink, Page, PagesLink, PaperCard, Pdf, Site,
};
