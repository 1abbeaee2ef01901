//! What each template receives.
//!
//! These types are the contract between the program and a theme; `docs/templates.md` says the same in words. Every
//! `href` is a path from the site's root without a leading slash: a template writes `{{ root }}{{ link.href }}`, so
//! that the site works in a sub-folder and straight from disk. Fields named `html` hold finished, safe HTML. No
//! template decides what is public: what is not, is not in here.

use serde::Serialize;

/// A link with its words.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub title: String,
    /// Where it leads; nothing if there is no page to lead to.
    pub href: Option<String>,
}

/// What every template receives as `site`: the same for all pages.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// The authority's name.
    pub name: String,
    /// Language tag.
    pub language: String,
    /// A sentence for every page.
    pub banner: Option<String>,
    /// Whether this is the members' edition, which is not for publication.
    pub members_only: bool,
    /// The main navigation.
    pub navigation: Vec<NavigationLink>,
    /// The day on which the site was built, in words.
    pub built: String,
    /// The stylesheet's path.
    pub stylesheet: String,
}

/// An entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationLink {
    /// Which part of the site it opens; `page.section` names the part that a page belongs to.
    pub section: &'static str,
    /// Its words, from the interface strings.
    pub title: String,
    /// Where it leads.
    pub href: &'static str,
}

/// What every template receives as `page`.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// Which type of page: also the `data-page` attribute of `body`.
    pub kind: &'static str,
    /// Its title, unique in the site.
    pub title: String,
    /// A sentence for search engines.
    pub description: Option<String>,
    /// Which part of the site it belongs to.
    pub section: &'static str,
    /// From the home page down to the page above this one.
    pub breadcrumbs: Vec<Link>,
    /// The absolute address, where the site's own is known.
    pub canonical: Option<String>,
    /// Made up for a demonstration.
    pub invented: bool,
    /// Why it is not for publication; only in the members' edition.
    pub exempt: Option<Exempt>,
}

/// Why something is private.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Exempt {
    /// The paragraphs of Schedule 12A, each with its gist.
    pub paragraphs: Vec<ExemptParagraph>,
    /// Why the public interest favours it.
    pub public_interest: Option<String>,
}

/// A paragraph of Part 1 of Schedule 12A to the Local Government Act 1972.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct ExemptParagraph {
    /// 1 to 7.
    pub number: u32,
    /// What it is about.
    pub gist: String,
}

/// A meeting in a list.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingCard {
    /// The body, with its page.
    pub body: Link,
    /// "Wednesday 12 July 2023".
    pub date: String,
    /// `2023-07-12`.
    pub iso: String,
    /// "10:00 am".
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// `scheduled`, `held`, `inquorate`, `postponed`, `cancelled`.
    pub state: &'static str,
    /// `ordinary`, `special`, `urgent`.
    pub meeting_type: &'static str,
    /// Its page; nothing while there is no agenda.
    pub href: Option<String>,
    /// A sentence on it.
    pub note: Option<String>,
    /// Made up for a demonstration.
    pub invented: bool,
    /// Whether there are minutes.
    pub has_minutes: bool,
}

/// A paper in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PaperCard {
    /// Its title, with "Appendix 1:" before an appendix's.
    pub title: String,
    /// "Briefing note".
    pub kind: String,
    /// Its page.
    pub href: String,
    /// The body it is for.
    pub body: Option<Link>,
    /// The meeting it is for.
    pub meeting: Option<Link>,
    /// "4 July 2023".
    pub published: Option<String>,
    /// The same for machines.
    pub published_iso: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// Made up for a demonstration.
    pub invented: bool,
    /// Not for publication; only in the members' edition.
    pub private: bool,
    /// The agenda that added it, if it is a supplementary one.
    pub supplementary: Option<Link>,
    /// Appendices, in order.
    pub appendices: Vec<Link>,
}

/// A body in a list.
#[derive(Debug, Clone, Serialize)]
pub struct BodyCard {
    /// Its name in full.
    pub name: String,
    /// Its page.
    pub href: String,
    /// `committee` …
    pub kind: &'static str,
    /// What it is for.
    pub purpose: Option<String>,
}

/// `home.html`
#[derive(Debug, Serialize)]
pub struct Home {
    /// What is published here and by whom.
    pub about: Option<String>,
    /// Meetings still to come, the soonest first.
    pub next_meetings: Vec<MeetingCard>,
    /// Meetings gone by that have papers, the latest first.
    pub latest_meetings: Vec<MeetingCard>,
    /// Papers published last.
    pub latest_papers: Vec<PaperCard>,
    /// Decisions taken last.
    pub latest_decisions: Vec<DecisionRow>,
    /// Bodies that meet.
    pub bodies: Vec<BodyCard>,
}

/// `bodies.html`
#[derive(Debug, Serialize)]
pub struct Bodies {
    /// The organisation chart: a figure with a drawing and the same as a list.
    pub chart_html: String,
    /// All bodies.
    pub bodies: Vec<BodyCard>,
}

/// `body.html`
#[derive(Debug, Serialize)]
pub struct BodyPage {
    /// Its name in full.
    pub name: String,
    /// Its short name, where it has one.
    pub short: Option<String>,
    /// `committee` …
    pub kind: &'static str,
    /// What it is for.
    pub purpose: Option<String>,
    /// Which law governs it, in words.
    pub law: String,
    /// How often it meets.
    pub meets: Option<String>,
    /// When papers go out: "5 clear days before".
    pub papers_out: Option<String>,
    /// First day, in words.
    pub formed: Option<String>,
    /// Last day, in words.
    pub ended: Option<String>,
    /// The body above it.
    pub reports_to: Option<Link>,
    /// Bodies below it.
    pub reported_to_by: Vec<Link>,
    /// Bodies beside it.
    pub works_with: Vec<Link>,
    /// The quorum, in words.
    pub quorum: Option<String>,
    /// What happens without one.
    pub without_quorum: Option<String>,
    /// Places by organisation and class.
    pub seats: Vec<SeatRow>,
    /// Sums of the places by class, and of all.
    pub seat_totals: Vec<SeatTotal>,
    /// Who sits on it.
    pub members: Vec<MemberRow>,
    /// "22 November 2026": the day that `members` is true for.
    pub members_on: String,
    /// The latest day on which members are known, if there are none today.
    pub last_known: Option<Link>,
    /// Pages of the membership on the day of each meeting gone by.
    pub memberships: Vec<Link>,
    /// The paper that sets out what it is for.
    pub terms_of_reference: Option<Link>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Meetings still to come.
    pub next_meetings: Vec<MeetingCard>,
    /// Meetings by municipal year, the latest first.
    pub years: Vec<MeetingYear>,
    /// Work programmes, the latest first.
    pub work_programmes: Vec<Link>,
    /// Other papers of the body's own.
    pub papers: Vec<PaperCard>,
    /// Its page in the decisions register.
    pub decisions: Option<Link>,
}

/// Places held by an organisation.
#[derive(Debug, Serialize)]
pub struct SeatRow {
    /// The organisation.
    pub organisation: String,
    /// `responsible authority` …
    pub class: &'static str,
    /// How many.
    pub number: u32,
}

/// The sum of places of a class.
#[derive(Debug, Serialize)]
pub struct SeatTotal {
    /// The class; nothing for the sum of all.
    pub class: Option<&'static str>,
    /// How many.
    pub number: u64,
}

/// A member of a body.
#[derive(Debug, Clone, Serialize)]
pub struct MemberRow {
    /// The name, or the post and organisation.
    pub member: Link,
    /// `chair`, `deputy chair`, `member` …
    pub role: &'static str,
    /// The organisation represented.
    pub organisation: Option<String>,
    /// `responsible authority` …
    pub class: Option<&'static str>,
    /// How many places are held alike.
    pub number: u32,
    /// First day, in words.
    pub from: Option<String>,
    /// Last day, in words.
    pub to: Option<String>,
}

/// The meetings of a municipal year.
#[derive(Debug, Serialize)]
pub struct MeetingYear {
    /// "2023/24".
    pub year: String,
    /// Its meetings, the latest first.
    pub meetings: Vec<MeetingCard>,
}

/// A team to ask.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// Its name.
    pub name: String,
    /// Telephone number.
    pub telephone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
}

/// `membership.html`: a body's members on the day of a meeting.
#[derive(Debug, Serialize)]
pub struct MembershipPage {
    /// The body.
    pub body: Link,
    /// The day, in words.
    pub date: String,
    /// The meeting.
    pub meeting: Link,
    /// Who sat on it that day.
    pub members: Vec<MemberRow>,
    /// The same page for the meeting before.
    pub previous: Option<Link>,
    /// The same page for the meeting after.
    pub next: Option<Link>,
}

/// `meetings.html`
#[derive(Debug, Serialize)]
pub struct Meetings {
    /// Meetings still to come, the soonest first.
    pub next_meetings: Vec<MeetingCard>,
    /// Meetings gone by, by municipal year.
    pub years: Vec<MeetingYear>,
}

/// `meeting.html`: an agenda and what became of it.
#[derive(Debug, Serialize)]
pub struct MeetingPage {
    /// The meeting.
    pub meeting: MeetingCard,
    /// When the agenda was published.
    pub published: Option<String>,
    /// The same for machines.
    pub published_iso: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Public business.
    pub items: Vec<ItemRow>,
    /// Private business.
    pub private_items: Vec<ItemRow>,
    /// Supplementary agendas.
    pub supplementary: Vec<SupplementaryCard>,
    /// Minutes.
    pub minutes: Option<MinutesCard>,
    /// Members on the day.
    pub members: Vec<MemberRow>,
    /// The membership's own page.
    pub membership_href: Option<String>,
    /// Invited people who are not members.
    pub invited: Vec<Link>,
    /// The note on public access.
    pub access_html: String,
    /// Who came.
    pub attendance: Option<Attendance>,
    /// What was decided.
    pub decisions: Vec<DecisionRow>,
    /// The body's meeting before.
    pub previous: Option<Link>,
    /// The body's meeting after.
    pub next: Option<Link>,
}

/// An item of business.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// "3" or "3a".
    pub number: String,
    /// Its address within the page.
    pub anchor: String,
    /// What it is about.
    pub title: String,
    /// Whose report it is.
    pub report_of: Option<String>,
    /// Its slot.
    pub time: Option<String>,
    /// Its pages in the printed pack.
    pub pages: Option<String>,
    /// A sentence on it.
    pub note: Option<String>,
    /// Taken off the agenda.
    pub withdrawn: bool,
    /// How many of its papers were withdrawn.
    pub withdrawn_papers: usize,
    /// Why it is private.
    pub exempt: Option<Exempt>,
    /// Its papers.
    pub papers: Vec<PaperCard>,
    /// The minutes that answer it.
    pub minutes: Vec<Link>,
    /// Items beneath it.
    pub items: Vec<ItemRow>,
}

/// A supplementary agenda in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SupplementaryCard {
    /// "Supplementary agenda 1".
    pub title: String,
    /// Its page.
    pub href: String,
    /// When it was published.
    pub published: Option<String>,
    /// Why it was late.
    pub late_reason: Option<String>,
}

/// Minutes in a list.
#[derive(Debug, Clone, Serialize)]
pub struct MinutesCard {
    /// Their page.
    pub href: String,
    /// Whether a later meeting has agreed them.
    pub agreed: bool,
    /// That meeting.
    pub agreed_at: Option<Link>,
    /// When they were published.
    pub published: Option<String>,
}

/// Who came to a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Attendance {
    /// Who presided.
    pub presided: Option<Link>,
    /// Members present, without the one who presided.
    pub present: Vec<Link>,
    /// Substitutes.
    pub substitutes: Vec<SubstituteRow>,
    /// Apologies.
    pub apologies: Vec<Link>,
    /// Other members and people from elsewhere.
    pub others: Vec<OtherRow>,
    /// Officers.
    pub employees: Vec<EmployeesRow>,
    /// "1:15 pm".
    pub closed: Option<String>,
}

/// A substitute.
#[derive(Debug, Clone, Serialize)]
pub struct SubstituteRow {
    /// Who sat.
    pub person: Link,
    /// For whom.
    pub instead_of: Link,
}

/// Somebody who came and is not a member.
#[derive(Debug, Clone, Serialize)]
pub struct OtherRow {
    /// The person, or the capacity of somebody unnamed.
    pub person: Link,
    /// In what capacity and from where.
    pub capacity: Option<String>,
    /// For which minute only.
    pub for_minute: Option<Link>,
}

/// Officers of a directorate.
#[derive(Debug, Clone, Serialize)]
pub struct EmployeesRow {
    /// The directorate.
    pub directorate: String,
    /// Posts, or how many officers.
    pub posts: Vec<String>,
}

/// A decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionRow {
    /// "Resolved".
    pub kind: String,
    /// What was decided.
    pub html: String,
    /// Its place in the minutes.
    pub href: String,
    /// "Minute 54".
    pub minute: String,
    /// What the minute is about.
    pub title: String,
    /// The meeting.
    pub meeting: Link,
    /// The body.
    pub body: Link,
    /// "19 April 2023".
    pub date: String,
    /// `2023-04-19`.
    pub iso: String,
    /// Whether the minutes are still a draft.
    pub draft: bool,
}

/// `supplementary-agenda.html`
#[derive(Debug, Serialize)]
pub struct SupplementaryPage {
    /// "Supplementary agenda 1".
    pub title: String,
    /// The meeting.
    pub meeting: MeetingCard,
    /// When it was published.
    pub published: Option<String>,
    /// Who sends it.
    pub from: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// A reference.
    pub reference: Option<String>,
    /// Why it was late.
    pub late_reason: Option<String>,
    /// The covering letter.
    pub letter_html: String,
    /// The items and the papers that it adds to each.
    pub items: Vec<ItemRow>,
}

/// What every page of a paper has.
#[derive(Debug, Serialize)]
pub struct Paper {
    /// Its title, without "Appendix 1".
    pub title: String,
    /// "Briefing note".
    pub kind: String,
    /// "Appendix 1".
    pub label: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The same for machines.
    pub published_iso: Option<String>,
    /// "12 July 2023": its own date, or its meeting's.
    pub date: Option<String>,
    /// Receiver: the body.
    pub to: Option<Link>,
    /// Sender of a letter.
    pub from: Option<String>,
    /// Whose report it is.
    pub report_of: Option<String>,
    /// Cabinet members concerned, and who held the office then.
    pub portfolio_holders: Vec<String>,
    /// Who wrote it, by post.
    pub authors: Vec<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Wards concerned, in words.
    pub wards: Option<String>,
    /// Background papers; `["none"]` if the paper says there are none; empty if it does not say.
    pub background_papers: Vec<String>,
    /// What the proposals imply: name and text.
    pub implications: Vec<Implication>,
    /// What it is about.
    pub summary: Option<String>,
    /// The meeting.
    pub meeting: Option<Link>,
    /// The item of its agenda: "Item 4: Community Safety Plan".
    pub item: Option<Link>,
    /// Its pages in the printed pack.
    pub pages: Option<String>,
    /// Papers that it is an appendix of.
    pub parents: Vec<Link>,
    /// Its appendices.
    pub appendices: Vec<Link>,
    /// Other places in which the same text is published.
    pub also: Vec<Link>,
    /// The headings.
    pub contents: Vec<ContentsEntry>,
    /// The text.
    pub html: String,
    /// Abbreviations used, with their meanings.
    pub abbreviations: Vec<Abbreviation>,
    /// The paper before it in the pack.
    pub previous: Option<Link>,
    /// The paper after it in the pack.
    pub next: Option<Link>,
    /// Minutes a person needs to read it, at 220 words a minute; at least 1.
    pub reading_minutes: usize,
}

/// What a proposal implies.
#[derive(Debug, Serialize)]
pub struct Implication {
    /// "Legal".
    pub name: String,
    /// What it implies.
    pub text: String,
}

/// A heading in a contents list.
#[derive(Debug, Serialize)]
pub struct ContentsEntry {
    /// "4.1".
    pub number: Option<String>,
    /// Its words.
    pub title: String,
    /// Its address within the page.
    pub anchor: String,
    /// 2 or 3.
    pub level: u8,
}

/// An abbreviation used on a page.
#[derive(Debug, Serialize)]
pub struct Abbreviation {
    /// The abbreviation.
    pub short: String,
    /// What it stands for.
    pub meaning: String,
}

/// `paper.html`
#[derive(Debug, Serialize)]
pub struct PaperPage {
    /// The paper.
    pub paper: Paper,
}

/// `minutes.html`
#[derive(Debug, Serialize)]
pub struct MinutesPage {
    /// The meeting.
    pub meeting: MeetingCard,
    /// Whether a later meeting has agreed them.
    pub minutes: MinutesCard,
    /// Who came.
    pub attendance: Attendance,
    /// The minutes in order.
    pub sections: Vec<MinuteSection>,
    /// Interests declared.
    pub interests: Vec<InterestRow>,
    /// What is to be done.
    pub follow_ups: Vec<FollowUpRow>,
    /// Text before the first minute.
    pub introduction_html: String,
    /// Footnotes.
    pub footnotes_html: String,
    /// Abbreviations used, with their meanings.
    pub abbreviations: Vec<Abbreviation>,
}

/// One minute.
#[derive(Debug, Serialize)]
pub struct MinuteSection {
    /// Its number.
    pub number: String,
    /// Its address within the page.
    pub anchor: String,
    /// What it is about.
    pub title: String,
    /// The agenda item it answers.
    pub item: Option<Link>,
    /// What it says; empty for a private minute in the public edition.
    pub html: String,
    /// Private business.
    pub private: bool,
    /// A sentence for the public, of a private minute.
    pub public_summary: Option<String>,
}

/// An interest declared.
#[derive(Debug, Serialize)]
pub struct InterestRow {
    /// Who.
    pub person: Link,
    /// What.
    pub interest: String,
    /// Under which minute.
    pub minute: Option<Link>,
    /// Whether it is a disclosable pecuniary interest.
    pub disclosable: bool,
}

/// Something to be done after a meeting.
#[derive(Debug, Serialize)]
pub struct FollowUpRow {
    /// What.
    pub what: String,
    /// Who does it.
    pub who: Option<String>,
    /// By when.
    pub by: Option<String>,
    /// The minute it comes from.
    pub minute: Link,
    /// `outstanding` or `done`.
    pub state: &'static str,
    /// The paper or meeting that settled it.
    pub see: Option<Link>,
}

/// `decisions.html`: the register's first page.
#[derive(Debug, Serialize)]
pub struct Decisions {
    /// Bodies that have taken decisions.
    pub bodies: Vec<RegisterBody>,
    /// Years in which decisions were taken.
    pub years: Vec<RegisterYear>,
    /// The latest decisions.
    pub latest: Vec<DecisionRow>,
}

/// A body in the register.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterBody {
    /// The body, with its page of the register.
    pub body: Link,
    /// How many decisions.
    pub count: usize,
    /// Its years.
    pub years: Vec<RegisterYear>,
}

/// A year in the register.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterYear {
    /// "2022/23", with its page of the register.
    pub year: Link,
    /// How many decisions.
    pub count: usize,
}

/// `decisions-list.html`: the register for a body, a year, or both.
#[derive(Debug, Serialize)]
pub struct DecisionsList {
    /// Pages that narrow or widen the choice of body; the page itself has no `href`.
    pub bodies: Vec<Link>,
    /// Pages that narrow or widen the choice of year; the page itself has no `href`.
    pub years: Vec<Link>,
    /// The decisions, the latest first.
    pub decisions: Vec<DecisionRow>,
}

/// `people.html`
#[derive(Debug, Serialize)]
pub struct People {
    /// Everybody named, by name.
    pub people: Vec<PersonCard>,
}

/// A person in a list.
#[derive(Debug, Serialize)]
pub struct PersonCard {
    /// The name, with the person's page.
    pub person: Link,
    /// The ward.
    pub ward: Option<String>,
    /// What the person is today: offices and seats.
    pub roles: Vec<String>,
}

/// `person.html`
#[derive(Debug, Serialize)]
pub struct PersonPage {
    /// The name.
    pub name: String,
    /// The ward.
    pub ward: Option<String>,
    /// The political group.
    pub party: Option<String>,
    /// Offices held.
    pub offices: Vec<TenureRow>,
    /// Seats held.
    pub seats: Vec<TenureRow>,
    /// Meetings attended or missed, as far as minutes are published, the latest first.
    pub attendance: Vec<AttendanceRow>,
    /// How many of the meetings of bodies they sat on were attended.
    pub attended: usize,
    /// Of how many.
    pub expected: usize,
}

/// A seat or office, from one day to another.
#[derive(Debug, Serialize)]
pub struct TenureRow {
    /// The office, or the body with its page.
    pub of: Link,
    /// The role on a body.
    pub role: Option<&'static str>,
    /// First day, in words.
    pub from: Option<String>,
    /// Last day, in words.
    pub to: Option<String>,
    /// Whether it is held today.
    pub current: bool,
}

/// A meeting that somebody attended or missed.
#[derive(Debug, Serialize)]
pub struct AttendanceRow {
    /// The meeting.
    pub meeting: Link,
    /// The body.
    pub body: Link,
    /// "19 April 2023".
    pub date: String,
    /// `presided`, `present`, `substitute`, `apologies`, `attended` (not a member), `not recorded`.
    pub how: &'static str,
    /// For whom, of a substitute; in what capacity, of somebody not a member.
    pub detail: Option<String>,
}

/// `work-programme.html`
#[derive(Debug, Serialize)]
pub struct WorkProgrammePage {
    /// The paper; its text is the introduction.
    pub paper: Paper,
    /// "2023/24".
    pub year: String,
    /// When it was last brought up to date.
    pub updated: Option<String>,
    /// What is planned for which meeting.
    pub entries: Vec<ProgrammeRow>,
    /// What has no date yet.
    pub undated: Vec<ProgrammeRow>,
    /// What is still owed to the body.
    pub outstanding: Vec<OutstandingRow>,
}

/// An entry of a work programme.
#[derive(Debug, Serialize)]
pub struct ProgrammeRow {
    /// The meeting, or the time in words for what has no date.
    pub when: Option<Link>,
    /// `2023-07-12`.
    pub iso: Option<String>,
    /// What.
    pub title: String,
    /// Why, and what is to be considered.
    pub detail: Option<String>,
    /// The meeting it was put off from.
    pub deferred_from: Option<Link>,
    /// Cabinet members concerned.
    pub portfolio_holders: Vec<String>,
    /// Lead officers.
    pub leads: Vec<String>,
    /// Nothing is down for this meeting.
    pub empty: bool,
}

/// Something still owed to the body.
#[derive(Debug, Serialize)]
pub struct OutstandingRow {
    /// What.
    pub title: String,
    /// How it stands.
    pub detail: Option<String>,
    /// The minute or meeting it comes from.
    pub from: Option<Link>,
}

/// `returns.html`
#[derive(Debug, Serialize)]
pub struct Returns {
    /// The forms, the latest first.
    pub forms: Vec<FormCard>,
}

/// A funder's form and the returns made on it.
#[derive(Debug, Clone, Serialize)]
pub struct FormCard {
    /// "Community safety grant monitoring form, 2016/17, quarter 2", with its page.
    pub form: Link,
    /// Who asks for it.
    pub funder: String,
    /// "2016/17".
    pub year: String,
    /// 1 to 4.
    pub quarter: u32,
    /// The areas that made a return, with their pages.
    pub areas: Vec<Link>,
    /// The questions, each with its page across areas.
    pub questions: Vec<QuestionLink>,
}

/// A question and its page.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionLink {
    /// Its number.
    pub number: u32,
    /// What it asks.
    pub text: String,
    /// Its page across areas.
    pub href: String,
}

/// `return-form.html`
#[derive(Debug, Serialize)]
pub struct FormPage {
    /// The form.
    pub form: FormCard,
}

/// `question.html`: one question across areas.
#[derive(Debug, Serialize)]
pub struct QuestionPage {
    /// The form.
    pub form: FormCard,
    /// The question.
    pub question: QuestionLink,
    /// What each area answers.
    pub answers: Vec<AnswerRow>,
    /// Areas that do not answer it.
    pub silent: Vec<Link>,
    /// The question before.
    pub previous: Option<Link>,
    /// The question after.
    pub next: Option<Link>,
}

/// An area's answer to a question.
#[derive(Debug, Serialize)]
pub struct AnswerRow {
    /// The area, with its return.
    pub area: Link,
    /// Its address within the page.
    pub anchor: String,
    /// The answer, its headings one level further down.
    pub html: String,
    /// Other questions that the same answer serves: "Also answers question 2".
    pub also: Vec<QuestionLink>,
}

/// `return.html`: a monitoring return.
#[derive(Debug, Serialize)]
pub struct ReturnPage {
    /// The paper; its text is what comes before the first answer.
    pub paper: Paper,
    /// The form.
    pub form: FormCard,
    /// The area.
    pub area: String,
    /// The partnership that makes it.
    pub partnership: Option<String>,
    /// The answers in order.
    pub answers: Vec<ReturnAnswer>,
    /// Footnotes.
    pub footnotes_html: String,
}

/// An answer within a return.
#[derive(Debug, Serialize)]
pub struct ReturnAnswer {
    /// The questions it answers.
    pub questions: Vec<QuestionLink>,
    /// Its address within the page.
    pub anchor: String,
    /// What it says.
    pub html: String,
}

/// `glossary.html`
#[derive(Debug, Serialize)]
pub struct GlossaryPage {
    /// Entries by first letter.
    pub letters: Vec<GlossaryLetter>,
}

/// Entries that begin alike.
#[derive(Debug, Serialize)]
pub struct GlossaryLetter {
    /// The letter, or "0–9".
    pub letter: String,
    /// Its address within the page.
    pub anchor: String,
    /// The entries.
    pub entries: Vec<GlossaryRow>,
}

/// An entry of the glossary.
#[derive(Debug, Serialize)]
pub struct GlossaryRow {
    /// The abbreviation.
    pub short: String,
    /// What it stands for.
    pub meaning: String,
    /// A longer explanation.
    pub note: Option<String>,
}

/// `about.html`
#[derive(Debug, Serialize)]
pub struct About {
    /// What is published here and by whom.
    pub about: Option<String>,
    /// Teams to ask.
    pub contacts: Vec<Contact>,
}

/// `accessibility.html`
#[derive(Debug, Serialize)]
pub struct AccessibilityPage {
    /// Whom to tell about a barrier.
    pub contact: Option<Contact>,
    /// When the statement was prepared.
    pub prepared: Option<String>,
    /// What is known not to work yet.
    pub known_issues: Vec<String>,
}
