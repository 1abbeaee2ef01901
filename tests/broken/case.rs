//! Cases as they are written in `cases/*.md`; the format is told in `cases/README.md`.

use crate::site::{Files, MEETING, NOW, base, look};

/// A case: files, a moment, and what is found.
#[derive(Debug)]
pub struct Case {
    /// The file and line it stands at.
    pub place: String,
    /// What it is about.
    pub title: String,
    pub files: Files,
    pub now: String,
    pub found: Vec<Expected>,
}

/// One finding as a case has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Expected {
    /// `F05 error people.yaml:1`
    pub which: String,
    /// A part of the message.
    pub message: String,
    /// A part of how to put it right.
    pub help: Option<String>,
}

impl Expected {
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.splitn(4, ' ');
        let (code, severity, place) = (words.next()?, words.next()?, words.next()?);
        let number = place.rsplit_once(':')?.1;
        let well_formed = code.len() == 3
            && matches!(severity, "error" | "warning" | "advice")
            && number.bytes().all(|byte| byte.is_ascii_digit());
        let message = words.next().unwrap_or("").to_owned();
        well_formed.then(|| Self { which: format!("{code} {severity} {}", within(place)), message, help: None })
    }
}

/// `@` for the folder of the meeting.
fn within(path: &str) -> String {
    path.strip_prefix('@').map_or_else(|| path.to_owned(), |rest| format!("{MEETING}{rest}"))
}

/// The text of a file, with what cannot be seen in place of its signs.
fn unseen(text: &str) -> String {
    text.replace('␉', "\t").replace('␍', "\r").replace('⍽', "\u{a0}").replace('␀', "\0")
}

/// Reads the cases of one file. An error says which line cannot be understood.
pub fn parse(name: &str, text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut path: Option<String> = None;
    let mut closed = true;
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let wrong = |what: &str| format!("{name}:{}: {what}: {line}", index + 1);
        if let Some(title) = line.strip_prefix("## ") {
            if !closed || path.is_some() {
                return Err(wrong("the case above says nothing after `Found:`, or a path has no text"));
            }
            closed = false;
            cases.push(Case {
                place: format!("{name}:{}", index + 1),
                title: title.to_owned(),
                files: base(),
                now: NOW.to_owned(),
                found: Vec::new(),
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        let fence: String = line.chars().take_while(|c| *c == '`').collect();
        if fence.len() >= 3 {
            let Some(path) = path.take() else { return Err(wrong("a block without a path")) };
            let mut file = String::new();
            loop {
                let Some((_, line)) = lines.next() else { return Err(wrong("a block without an end")) };
                if line == fence {
                    break;
                }
                file.push_str(line);
                file.push('\n');
            }
            case.files.insert(path, unseen(&file).into_bytes());
        } else if let Some(quoted) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
            path = Some(within(quoted));
        } else if line == "absent" {
            let Some(path) = path.take() else { return Err(wrong("nothing to take away")) };
            case.files.remove(&path).ok_or_else(|| wrong("the base has no such file"))?;
        } else if let Some(now) = line.strip_prefix("Now: ") {
            now.clone_into(&mut case.now);
        } else if line == "Found:" || line == "Found: nothing" {
            closed = true;
            if line == "Found: nothing" && !case.found.is_empty() {
                return Err(wrong("something and nothing"));
            }
        } else if let Some(finding) = line.strip_prefix("- ").filter(|_| closed) {
            case.found.push(Expected::parse(finding).ok_or_else(|| wrong("no finding"))?);
        } else if let Some(help) = line.trim_start().strip_prefix("help: ").filter(|_| closed) {
            case.found.last_mut().ok_or_else(|| wrong("help for nothing"))?.help = Some(help.to_owned());
        }
    }
    if closed { Ok(cases) } else { Err(format!("{name}: the last case says nothing after `Found:`")) }
}

impl Case {
    /// Runs the case; says how what was found differs from what it has, if it does.
    pub fn run(&self) -> Option<String> {
        let (findings, sources) = look(&self.files, &self.now);
        let mut out = String::new();
        let mut differs = findings.len() != self.found.len();
        let mut expected = self.found.iter();
        for finding in &findings {
            let found = crate::site::line(finding, &sources);
            let help = finding.help.as_deref().unwrap_or("");
            let as_expected = expected.next().is_some_and(|expected| {
                found
                    .strip_prefix(expected.which.as_str())
                    .is_some_and(|rest| rest.starts_with(' ') && rest.contains(&expected.message))
                    && expected.help.as_ref().is_none_or(|part| help.contains(part.as_str()))
            });
            differs |= !as_expected;
            let mark = if as_expected { " " } else { "+" };
            out.extend([mark, " - ", &found.replace(MEETING, "@"), "\n"]);
            if !as_expected {
                out.extend(["+   help: ", help, "\n"]);
            }
        }
        if !differs {
            return None;
        }
        for expected in &self.found {
            let help = expected.help.as_ref().map_or_else(String::new, |help| format!("\n-   help: {help}"));
            out.extend(["- - ", &expected.which.replace(MEETING, "@"), " ", &expected.message, &help, "\n"]);
        }
        Some(format!("{}: {}\n{out}", self.place, self.title))
    }
}

#[test]
fn a_case_is_read_as_it_is_written() {
    let text = "# Title\n\n## One\n\nWords.\n\n`people.yaml`\n\n````yaml\n␉a: b\n```\n````\n\n`@/agenda.md`\n\nabsent\n\n\
                Now: 2023-07-01\n\nFound:\n\n- F05 error @/03-plan.md:12 a: part\n  help: so\n\n## Two\n\nFound: nothing\n";
    let cases = parse("a.md", text).expect("cases");
    assert_eq!(cases.len(), 2);
    let one = &cases[0];
    assert_eq!((one.place.as_str(), one.title.as_str(), one.now.as_str()), ("a.md:3", "One", "2023-07-01"));
    assert_eq!(one.files["people.yaml"], b"\ta: b\n```\n");
    assert!(!one.files.contains_key(&format!("{MEETING}/agenda.md")));
    let which = format!("F05 error {MEETING}/03-plan.md:12");
    assert_eq!(one.found, [Expected { which, message: "a: part".to_owned(), help: Some("so".to_owned()) }]);
    assert!(cases[1].found.is_empty() && cases[1].run().is_none());
    for (broken, why) in [
        ("## One\n", "says nothing"),
        ("## One\n## Two\n", "says nothing"),
        ("## One\n```\nx\n", "without a path"),
        ("## One\n`a`\n```\nx\n", "without an end"),
        ("## One\nFound:\n- F5 eror\n", "no finding"),
        ("## One\n`wombat.yaml`\nabsent\n", "no such file"),
    ] {
        assert!(parse("a.md", broken).expect_err(broken).contains(why), "{broken}");
    }
}
