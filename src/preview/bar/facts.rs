//! What the template of the bar receives: everything is worked out here, and it only writes it down.

use serde::Serialize;

use super::{Links, words};
use crate::edition::Audience;
use crate::finding::human::{harmless, visible};
use crate::finding::{Counts, Severity, counted, sentence};
use crate::model::Status;
use crate::preview::Place;
use crate::preview::state::{ExcerptLine, HeldBack, PrintState, Shown, State};
use crate::site::routes::Routes;
use crate::text::sentence::listed;

/// How many findings a list shows: as many as anybody puts right before they look again.
const MOST: usize = 100;

/// How many files are named in one sentence.
const MOST_FILES: usize = 3;

#[derive(Debug, Serialize)]
pub(super) struct Facts {
    checking: bool,
    draft: bool,
    exempt: bool,
    /// Nothing for lists, bodies, people.
    status: Option<String>,
    /// The status in one word, for its look.
    status_word: &'static str,
    held_back: Option<Held>,
    /// Said where this view has no page here.
    not_here: Option<Led>,
    /// Why: it is for members alone, or nobody has it.
    why_not: &'static str,
    found: Found,
    deadline: Option<Deadline>,
    length: Option<Length>,
    pages: Option<String>,
    views: Vec<View>,
    prints: Vec<Printed>,
}

#[derive(Debug, Serialize)]
struct Held {
    pieces: Vec<Piece>,
    /// Whether one file alone is named.
    one: bool,
    /// The first thing to put right.
    first: Option<Row>,
    /// What another program said, line by line.
    said: Option<String>,
    led: Option<Led>,
}

/// Words and where they lead.
#[derive(Debug, Serialize)]
struct Led {
    words: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct Found {
    /// Of this page, on the button: "1 error, 2 warnings".
    words: String,
    /// Beside them, where there is room for it: "3 advice".
    advice: String,
    /// The number of errors elsewhere.
    other_errors: usize,
    /// How bad the worst is: "error", "warning", "advice" or "nothing".
    worst: &'static str,
    stops: Option<String>,
    all: String,
    here: Vec<Row>,
    more_here: usize,
    elsewhere: Vec<Row>,
    more_elsewhere: usize,
    /// Who looks is told how many there are and nothing else: they read the public's view of somebody else's preview.
    hidden: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    severity: &'static str,
    code: &'static str,
    message: Vec<Piece>,
    help: Vec<Piece>,
    file: String,
    line: usize,
    excerpt: Vec<Line>,
    anchor: Option<String>,
    page: Option<String>,
    editor: Option<String>,
}

/// Part of a sentence; what was written in backticks is quoted.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    pub(super) quoted: bool,
    pub(super) text: String,
}

#[derive(Debug, Serialize)]
struct Line {
    number: usize,
    before: String,
    meant: String,
    after: String,
}

#[derive(Debug, Serialize)]
struct Deadline {
    words: String,
    left: Option<i64>,
    left_words: String,
    passed: String,
    /// For where there is little room: "Out late"; nothing where it is in time.
    short: &'static str,
    late: bool,
}

#[derive(Debug, Serialize)]
struct Length {
    words: String,
    reading: String,
}

#[derive(Debug, Serialize)]
struct View {
    word: &'static str,
    /// "the public", "members".
    who: &'static str,
    href: String,
    current: bool,
    /// Whether it has this page; if not, the address leads to a page that it has.
    exists: bool,
    instead: String,
}

#[derive(Debug, Serialize)]
struct Printed {
    /// "PDF of this paper".
    title: &'static str,
    state: &'static str,
    words: String,
    done: Option<(usize, usize)>,
    /// Makes it.
    make: String,
    /// Opens it.
    open: String,
}

impl Facts {
    pub(super) fn new(place: &Place, state: &State, links: &Links) -> Self {
        let paper = state.paper.as_ref();
        let deadline = state.meeting.as_ref().and_then(|meeting| words::deadline(meeting, paper, state.now));
        let pages = paper.and_then(|paper| paper.pages_in_pack.as_deref());
        let in_view = has_page(state, place.audience);
        Self {
            checking: state.findings.checking,
            draft: paper.is_some_and(|paper| paper.status == Status::Draft),
            exempt: paper.is_some_and(|paper| paper.exempt),
            status: paper.map(|paper| words::status(paper, state.now)),
            status_word: paper.map_or("none", |paper| match paper.status {
                Status::Ready | Status::Published if paper.published.is_some_and(|moment| moment > state.now) => {
                    "ready"
                }
                status => status.word(),
            }),
            held_back: state.held_back.as_ref().map(|held| Held::new(held, place, state, links)),
            not_here: (!in_view && state.held_back.is_none()).then(|| instead(place, place.audience, state, links)),
            why_not: match place.audience {
                Audience::Public if state.in_members_view => "The public will not see this page.",
                _ => "This view has no such page.",
            },
            found: Found::new(place, state, links),
            deadline: deadline.map(|deadline| Deadline {
                words: deadline.words,
                left: deadline.left,
                left_words: deadline.left.map(words::left).unwrap_or_default(),
                passed: deadline.passed,
                short: deadline.short,
                late: deadline.late,
            }),
            length: paper.map(|paper| {
                let (words, reading) = words::length(paper.words);
                Length { words, reading }
            }),
            pages: pages.map(|pages| {
                let one = pages.chars().all(|c| c.is_ascii_digit());
                format!("{} {pages} of the pack", if one { "page" } else { "pages" })
            }),
            views: views(place, state, links),
            prints: [("paper", &state.paper_pdf), ("pack", &state.pack_pdf)]
                .into_iter()
                .filter_map(|(what, printed)| Printed::new(what, printed, place, links))
                .collect(),
        }
    }
}

fn has_page(state: &State, audience: Audience) -> bool {
    match audience {
        Audience::Public => state.in_public_view,
        Audience::Members => state.in_members_view,
    }
}

/// A page to go to where there is none: that of the meeting, or the first of all.
fn instead(place: &Place, audience: Audience, state: &State, links: &Links) -> Led {
    let meeting =
        state.meeting.as_ref().map(|meeting| Routes::meeting(&meeting.key)).filter(|path| *path != place.path);
    let words = if meeting.is_some() { "the page of the meeting" } else { "the first page" };
    let path = meeting.unwrap_or_else(|| "index.html".to_owned());
    Led { words: words.to_owned(), href: links.page(audience, &path) }
}

fn views(place: &Place, state: &State, links: &Links) -> Vec<View> {
    let view = |audience: &Audience| {
        let audience = *audience;
        let exists = has_page(state, audience) || audience == place.audience;
        let led = instead(place, audience, state, links);
        View {
            word: audience.word(),
            who: match audience {
                Audience::Public => "the public",
                Audience::Members => "members",
            },
            href: if exists { links.page(audience, &place.path) } else { led.href },
            current: audience == place.audience,
            exists,
            instead: led.words,
        }
    };
    if links.audiences.len() > 1 { links.audiences.iter().map(view).collect() } else { Vec::new() }
}

impl Held {
    fn new(held: &HeldBack, place: &Place, state: &State, links: &Links) -> Self {
        let last = "You see the page as it was before.";
        let own = state.paper.as_ref().map(|paper| paper.file.as_str());
        let first = match held {
            HeldBack::Files(files) => {
                let findings = state.findings.here.iter().chain(&state.findings.elsewhere);
                findings.into_iter().find(|shown| shown.severity == Severity::Error && files.contains(&shown.file))
            }
            _ => None,
        };
        let (sentence, said) = match held {
            HeldBack::Files(files) => {
                let more = files.len().saturating_sub(MOST_FILES);
                // Where the page's own file is needs no telling.
                let short = |file: &str| match file.rsplit_once('/') {
                    Some((_, name)) if own == Some(file) => quoted(name),
                    _ => quoted(file),
                };
                let mut named: Vec<String> = files.iter().take(MOST_FILES).map(|file| short(file)).collect();
                named.extend((more > 0).then(|| counted(more, "other file", "other files")));
                let named = if named.is_empty() { "A file".to_owned() } else { listed(named) };
                let (they, stand) = if files.len() > 1 { ("they", "as they stand") } else { ("it", "as it stands") };
                // What nothing was found in may not be there at all.
                let missing = if first.is_none() && files.len() == 1 { "is missing, or " } else { "" };
                let last = match own {
                    Some(own) if files.iter().any(|file| file == own) => last.to_owned(),
                    _ if files.is_empty() => last.to_owned(),
                    _ => format!("The page is made with what {they} said before."),
                };
                (format!("{named} {missing}cannot be read {stand}. {last}"), None)
            }
            HeldBack::Theme(said) => (format!("The theme cannot be used as it stands. {last}"), Some(said)),
            HeldBack::Disk(said) => (format!("The papers cannot be read from the disk. {last}"), Some(said)),
            HeldBack::Fault(said) => {
                ("Quorate has made a mistake here, which is no fault of the papers.".to_owned(), Some(said))
            }
            HeldBack::Gone => (format!("This paper has been renamed or deleted. {last}"), None),
        };
        // The sentence has said that already.
        let said = said.map(|said| said.strip_prefix("the theme cannot be used: ").unwrap_or(said));
        Self {
            pieces: pieces(&sentence),
            one: matches!(held, HeldBack::Files(files) if files.len() == 1),
            first: first.map(|shown| Row::new(shown, place, links)),
            said: said
                .filter(|said| !said.is_empty())
                .map(|said| said.lines().map(plain).collect::<Vec<_>>().join("\n")),
            led: (*held == HeldBack::Gone).then(|| instead(place, place.audience, state, links)),
        }
    }
}

impl Found {
    fn new(place: &Place, state: &State, links: &Links) -> Self {
        let findings = &state.findings;
        let mut here: Vec<&Shown> = findings.here.iter().collect();
        // What stops publication comes first, even should it be told in another order.
        here.sort_by_key(|shown| std::cmp::Reverse(shown.severity));
        let elsewhere = findings.errors_elsewhere.max(findings.elsewhere.len());
        let stop = |errors: usize| {
            let they = if errors == 1 { "it is" } else { "they are" };
            format!("{}: nothing can be published until {they} put right.", counted(errors, "error", "errors"))
        };
        let hidden = !links.audiences.contains(&Audience::Members);
        let counts = if hidden { findings.all } else { findings.of_page };
        let worst = match counts {
            _ if elsewhere > 0 => Severity::Error.word(),
            Counts { errors: 1.., .. } => Severity::Error.word(),
            Counts { warnings: 1.., .. } => Severity::Warning.word(),
            Counts { advice: 1.., .. } => Severity::Advice.word(),
            _ => "nothing",
        };
        let rows =
            |findings: &[&Shown]| findings.iter().take(MOST).map(|shown| Row::new(shown, place, links)).collect();
        Self {
            words: Counts { advice: 0, ..counts }.words(),
            advice: if counts.advice > 0 { format!("{} advice", counts.advice) } else { String::new() },
            other_errors: elsewhere,
            worst,
            hidden,
            stops: (findings.all.errors > 0).then(|| stop(findings.all.errors)),
            all: in_all(findings.all),
            more_here: findings.of_page.open().saturating_sub(here.len().min(MOST)),
            here: rows(&here),
            elsewhere: rows(&findings.elsewhere.iter().collect::<Vec<_>>()),
            more_elsewhere: elsewhere.saturating_sub(findings.elsewhere.len().min(MOST)),
        }
    }
}

fn in_all(all: Counts) -> String {
    let known = (all.known > 0).then(|| format!("{} known", all.known));
    let words: Vec<String> = (all.open() > 0).then(|| all.words()).into_iter().chain(known).collect();
    if words.is_empty() {
        "Nothing was found in any of the papers.".to_owned()
    } else {
        format!("In all papers together: {}.", words.join(", "))
    }
}

impl Row {
    fn new(shown: &Shown, place: &Place, links: &Links) -> Self {
        Self {
            severity: shown.severity.word(),
            code: shown.code,
            message: pieces(&sentence(&harmless(&shown.message))),
            help: shown.help.as_deref().map(|help| pieces(&sentence(&harmless(help)))).unwrap_or_default(),
            file: harmless(&shown.file),
            line: shown.line,
            excerpt: shown.excerpt.iter().map(Line::new).collect(),
            anchor: shown.anchor.as_deref().map(Routes::file),
            page: shown.page.as_deref().map(|page| format!("{}{}", root_of_view(place, links), Routes::file(page))),
            editor: shown.editor.clone(),
        }
    }
}

/// Where the view that a page is in begins.
fn root_of_view(place: &Place, links: &Links) -> String {
    links.page(place.audience, "")
}

impl Line {
    fn new(line: &ExcerptLine) -> Self {
        Self { number: line.number, before: plain(&line.before), meant: plain(&line.meant), after: plain(&line.after) }
    }
}

impl Printed {
    fn new(what: &'static str, printed: &PrintState, place: &Place, links: &Links) -> Option<Self> {
        let state = match printed {
            PrintState::None => return None,
            PrintState::Possible => "possible",
            PrintState::Printing(..) => "printing",
            PrintState::Ready(..) => "ready",
            PrintState::Outdated => "outdated",
            PrintState::Failed(_) => "failed",
        };
        let address = |name: &str| format!("{}&what={what}", links.about(name, place));
        Some(Self {
            title: if what == "paper" { "PDF of this paper" } else { "PDF of the pack" },
            state,
            words: harmless(&words::print(printed)),
            done: match printed {
                PrintState::Printing(done, all) if *all > 1 => Some((*done, *all)),
                _ => None,
            },
            make: address("print"),
            open: address("pdf"),
        })
    }
}

/// A name in backticks, which it cannot itself hold.
fn quoted(name: &str) -> String {
    format!("`{}`", harmless(name).replace('`', "'"))
}

/// A line of somebody's file without what would move or turn other words.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { c } else { visible(c) }).collect()
}

/// A sentence in pieces. A backtick without a partner stands for itself.
pub(super) fn pieces(sentence: &str) -> Vec<Piece> {
    let mut parts: Vec<String> = sentence.split('`').map(str::to_owned).collect();
    if parts.len().is_multiple_of(2)
        && let Some(last) = parts.pop()
        && let Some(before) = parts.last_mut()
    {
        before.push('`');
        before.push_str(&last);
    }
    let pieces = parts.into_iter().enumerate().map(|(index, text)| Piece { quoted: index % 2 == 1, text });
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}
