//! The files to start from, and how their gaps are filled.

/// A file to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Starter {
    Authority,
    Glossary,
    People,
    Organisations,
    Offices,
    Body,
    Agenda,
    SupplementaryAgenda,
    Minutes,
    Report,
    Letter,
    Appendix,
    TermsOfReference,
    WorkProgramme,
    MonitoringReturn,
    Form,
}

impl Starter {
    /// The file's name in `starters/`; where a file of a project has a fixed name, that too.
    pub(super) fn file_name(self) -> &'static str {
        self.file().0
    }

    fn file(self) -> (&'static str, &'static str) {
        macro_rules! starter {
            ($name:literal) => {
                ($name, include_str!(concat!("../starters/", $name)))
            };
        }
        match self {
            Self::Authority => starter!("authority.yaml"),
            Self::Glossary => starter!("glossary.yaml"),
            Self::People => starter!("people.yaml"),
            Self::Organisations => starter!("organisations.yaml"),
            Self::Offices => starter!("offices.yaml"),
            Self::Body => starter!("body.yaml"),
            Self::Agenda => starter!("agenda.md"),
            Self::SupplementaryAgenda => starter!("supplementary-agenda.md"),
            Self::Minutes => starter!("minutes.md"),
            Self::Report => starter!("report.md"),
            Self::Letter => starter!("letter.md"),
            Self::Appendix => starter!("appendix.md"),
            Self::TermsOfReference => starter!("terms-of-reference.md"),
            Self::WorkProgramme => starter!("work-programme.md"),
            Self::MonitoringReturn => starter!("monitoring-return.md"),
            Self::Form => starter!("form.yaml"),
        }
    }

    /// The text with `{{name}}` replaced by its value. What a value says is never taken for a gap itself.
    pub(super) fn fill(self, values: &[(&str, &str)]) -> String {
        let mut rest = self.file().1;
        let mut filled = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let known = after
                .split_once("}}")
                .and_then(|(gap, rest)| Some((values.iter().find(|(name, _)| *name == gap)?.1, rest)));
            if let Some((value, after_gap)) = known {
                filled.push_str(value);
                rest = after_gap;
            } else {
                filled.push_str("{{");
                rest = after;
            }
        }
        filled + rest
    }
}

/// Words as a value in YAML: as they are where that is safe, else in quotes.
pub(super) fn quoted(words: &str) -> String {
    const NOT_WORDS: [&str; 7] = ["true", "false", "yes", "no", "on", "off", "null"];
    let plain = words.starts_with(char::is_alphabetic)
        && words
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | '(' | ')' | '&'))
        && !NOT_WORDS.contains(&words.to_lowercase().as_str());
    if plain { words.to_owned() } else { format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::MemoryFolder;
    use crate::finding::{Finding, Severity, codes};
    use crate::record::{Record, load};

    fn values<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut values = more.to_vec();
        values.extend([
            ("id", "scrutiny"),
            ("name", "\"Scrutiny: {{kind}} \\\"one\\\"\""),
            ("title", "A title"),
            ("law", "part-va"),
            ("time", "10:00"),
            ("published", "2023-07-04"),
            ("date", "2023-07-12"),
            ("number", "1"),
            ("year", "2023/24"),
            ("quarter", "2"),
            ("area", "Coventry"),
        ]);
        values
    }

    /// A path, what it starts from, and values of its own.
    type StartedFile<'a> = (&'a str, Starter, &'a [(&'a str, &'a str)]);

    fn load_with(files: &[StartedFile<'_>]) -> (Record, Vec<Finding>) {
        let ground = [
            ("authority.yaml", Starter::Authority),
            ("glossary.yaml", Starter::Glossary),
            ("people.yaml", Starter::People),
            ("organisations.yaml", Starter::Organisations),
            ("offices.yaml", Starter::Offices),
        ];
        let ground = ground.map(|(path, starter)| (path, starter.fill(&values(&[]))));
        let body = ("bodies/scrutiny.yaml", Starter::Body.fill(&values(&[("kind", "committee")])));
        let files = files.iter().map(|(path, starter, more)| (*path, starter.fill(&values(more))));
        let all: Vec<(&str, String)> = ground.into_iter().chain([body]).chain(files).collect();
        for (path, text) in &all {
            assert!(!text.replace("{{kind}} \\\"one", "").contains("{{"), "{path} has a gap left:\n{text}");
        }
        let loaded = load(&all.into_iter().collect::<MemoryFolder>()).expect("memory does not fail");
        (loaded.record.expect("there is an authority"), loaded.findings)
    }

    #[test]
    fn every_starter_passes_the_checks_as_it_is() {
        let meeting = |name: &str| format!("meetings/scrutiny/2023-07-12/{name}.md");
        let (agenda, minutes, more) = (meeting("agenda"), meeting("minutes"), meeting("supplementary-agenda-1"));
        let papers = ["briefing-note", "report", "presentation"].map(|kind| (kind, meeting(&format!("04-{kind}"))));
        let (letter, appendix) = (meeting("05-letter"), meeting("06-appendix"));
        let kinds: Vec<[(&str, &str); 2]> = papers.iter().map(|(kind, _)| [("kind", *kind), ("body", "")]).collect();
        let mut files: Vec<StartedFile<'_>> = vec![
            (&agenda, Starter::Agenda, &[]),
            (&minutes, Starter::Minutes, &[]),
            (&more, Starter::SupplementaryAgenda, &[]),
            (&letter, Starter::Letter, &[("body", "")]),
            (&appendix, Starter::Appendix, &[]),
            ("papers/scrutiny/letter.md", Starter::Letter, &[("body", "body: scrutiny\n")]),
            ("terms-of-reference/scrutiny.md", Starter::TermsOfReference, &[("body", "scrutiny")]),
            ("work-programmes/2023-24.md", Starter::WorkProgramme, &[("body", "scrutiny")]),
            ("returns/2016-17-q2/form.yaml", Starter::Form, &[]),
            ("returns/2016-17-q2/coventry.md", Starter::MonitoringReturn, &[]),
        ];
        files.extend(papers.iter().zip(&kinds).map(|((_, path), more)| (path.as_str(), Starter::Report, &more[..])));
        let (record, findings) = load_with(&files);
        // That nothing leads to a new paper yet is so, and says what to do next.
        let others: Vec<&Finding> = findings.iter().filter(|finding| finding.code != codes::UNREACHED_PAPER).collect();
        assert!(others.is_empty(), "{others:#?}");
        assert!(findings.iter().all(|finding| finding.severity != Severity::Error));
        assert_eq!(record.papers.len(), files.len() - 1, "all but the form are papers");
        assert_eq!(record.model.authority.name, "Scrutiny: {{kind}} \"one\"");
        for paper in record.papers.values() {
            assert_eq!(paper.head.common.status, crate::model::Status::Draft, "{}", paper.id);
        }
    }

    /// The comments show keys that exist: with their `#` taken away, the files are still understood.
    #[test]
    fn what_the_comments_show_is_valid_too() {
        for (path, starter) in [
            ("meetings/scrutiny/2023-07-12/agenda.md", Starter::Agenda),
            ("meetings/scrutiny/2023-07-12/minutes.md", Starter::Minutes),
            ("meetings/scrutiny/2023-07-12/04-report.md", Starter::Report),
            ("papers/scrutiny/letter.md", Starter::Letter),
            ("terms-of-reference/scrutiny.md", Starter::TermsOfReference),
            ("meetings/scrutiny/2023-07-12/supplementary-agenda-1.md", Starter::SupplementaryAgenda),
            ("work-programmes/2023-24.md", Starter::WorkProgramme),
            ("bodies/other.yaml", Starter::Body),
            ("people.yaml", Starter::People),
            ("organisations.yaml", Starter::Organisations),
            ("offices.yaml", Starter::Offices),
            ("glossary.yaml", Starter::Glossary),
            ("authority.yaml", Starter::Authority),
        ] {
            let kind = if starter == Starter::Body { "committee" } else { "report" };
            let body = if matches!(starter, Starter::Report | Starter::Letter) { "" } else { "scrutiny" };
            let text = starter.fill(&values(&[("kind", kind), ("body", body)]));
            let uncommented = uncomment(&text);
            assert_ne!(text, uncommented, "{path}");
            let files = [(path, uncommented.clone())];
            let loaded = load(&files.into_iter().collect::<MemoryFolder>()).expect("memory does not fail");
            let of_form: Vec<&Finding> = loaded
                .findings
                .iter()
                .filter(|finding| finding.code.starts_with('F'))
                .filter(|finding| !finding.message.contains("has no `authority.yaml`"))
                // Each file stands alone here, so what it belongs to is not beside it.
                .filter(|finding| finding.code != codes::MISPLACED_FILE)
                .collect();
            assert!(of_form.is_empty(), "{path}: {of_form:#?}\n{uncommented}");
        }
    }

    /// Takes the `#` from lines that hold keys or entries, and leaves those that hold sentences.
    fn uncomment(text: &str) -> String {
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines() {
            let bare = line.trim_start();
            let indent = &line[..line.len() - bare.len()];
            let Some(shown) = bare.strip_prefix('#') else {
                lines.push(line.to_owned());
                continue;
            };
            let content = shown.trim_start();
            let key = content.split_once(':').is_some_and(|(key, rest)| {
                !key.trim_matches(['"', '-', ' ']).contains(". ")
                    && (rest.is_empty() || rest.starts_with(' '))
                    && (key.starts_with('-')
                        || key.starts_with('"')
                        || !key.contains(' ')
                        || key.starts_with("A Example"))
            });
            if !key {
                lines.push(line.to_owned());
                continue;
            }
            let shown = shown.strip_prefix(' ').unwrap_or(shown);
            lines.push(format!("{indent}{shown}"));
        }
        lines.join("\n") + "\n"
    }

    #[test]
    fn words_are_quoted_where_yaml_would_read_something_else() {
        for plain in ["Coventry City Council", "St Michael's", "Health & Care (Wales)"] {
            assert_eq!(quoted(plain), plain);
        }
        for (words, value) in
            [("a: b", "\"a: b\""), ("No", "\"No\""), ("say \"x\" \\", r#""say \"x\" \\""#), ("2023/24", "\"2023/24\"")]
        {
            assert_eq!(quoted(words), value);
        }
    }
}
