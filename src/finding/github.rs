//! Findings as workflow commands, which GitHub shows as annotations beside the lines they are about.
//!
//! The format and what must be escaped in it:
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands> and
//! <https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>. Of each severity GitHub shows ten to a
//! step, so what is known and stays as it is is left out.

use std::fmt::Write as _;

use super::human::visible;
use super::place::{Place, Places};
use super::sentence;
use super::{About, Finding, Severity};

/// One line for each finding.
pub fn render(findings: &[Finding], places: Places<'_>, about: &[About]) -> String {
    let mut commands = String::new();
    for finding in places.in_order(findings).into_iter().filter(|finding| finding.accepted.is_none()) {
        commands.push_str(&command(finding, places, about));
    }
    commands
}

fn command(finding: &Finding, places: Places<'_>, about: &[About]) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let Place { path, start, end } = places.place(finding.primary.span);
    let mut command = format!("::{level} file={},line={},endLine={}", escaped_property(&path), start.line, end.line);
    // GitHub takes columns only of a place on one line.
    if start.line == end.line {
        let _ = write!(command, ",col={},endColumn={}", start.column, end.column.max(start.column));
    }
    let name = about.iter().find(|about| about.code == finding.code).map_or("", |about| about.name);
    let title = [finding.code, name].join(" ");
    let mut message = sentence(&finding.message);
    for label in finding.others.iter().filter(|label| !label.text.is_empty()) {
        let Place { path, start, .. } = places.place(label.span);
        let _ = write!(message, "\n{path}:{}: {}", start.line, label.text);
    }
    if let Some(help) = &finding.help {
        message.push('\n');
        message.push_str(&sentence(help));
    }
    let _ = writeln!(command, ",title={}::{}", escaped_property(title.trim_end()), escaped(&message));
    command
}

/// A message: what would end the line, and the sign that escapes, escaped; what a log would obey made visible.
fn escaped(text: &str) -> String {
    let harmless: String = text.chars().map(|c| if matches!(c, '\r' | '\n') { c } else { visible(c) }).collect();
    harmless.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: what would end the property too.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Source, SourceId, Sources, Span};

    fn sources() -> Sources {
        Sources::new(vec![
            Arc::new(Source::new("a, b: 100%.md", "one £ two\nthree\n")),
            Arc::new(Source::new("c.md", "other\n")),
        ])
    }

    fn shown(finding: Finding) -> String {
        let sources = sources();
        render(&[finding], Places::new(&sources, "content"), &[])
    }

    #[test]
    fn paths_with_signs_of_their_own_are_escaped_and_messages_keep_theirs() {
        let place = Span::new(SourceId(0), 7..10);
        let finding = Finding::warning("D02", place, "50% of “a: b, c”\r\nis here")
            .also(Span::new(SourceId(1), 0..5), "declared here, at 10:00")
            .help("write 51%");
        assert_eq!(
            shown(finding),
            "::warning file=content/a%2C b%3A 100%25.md,line=1,endLine=1,col=7,endColumn=10,title=D02::50%25 of “a: b, \
             c”%0D%0Ais here.%0Acontent/c.md:1: declared here, at 10:00%0AWrite 51%25.\n"
        );
    }

    #[test]
    fn columns_are_told_only_of_a_place_on_one_line() {
        let finding = Finding::error("D02", Span::new(SourceId(0), 4..16), "over two lines");
        assert_eq!(
            shown(finding),
            "::error file=content/a%2C b%3A 100%25.md,line=1,endLine=2,title=D02::Over two lines.\n"
        );
    }

    #[test]
    fn advice_is_a_notice_and_what_is_known_is_left_out() {
        let mut finding = Finding::new(Severity::Advice, "D02", Span::start_of(SourceId(1)), "so it is");
        assert_eq!(
            shown(finding.clone()),
            "::notice file=content/c.md,line=1,endLine=1,col=1,endColumn=1,title=D02::So it is.\n"
        );
        finding.accepted = Some("the original says so".to_owned());
        assert_eq!(shown(finding), "");
    }

    proptest! {
        #[test]
        fn whatever_is_said_a_command_is_one_line_and_can_be_read_back(message in "[%:,\r\nA0D25 é]{1,30}") {
            let one = escaped_property(&message);
            prop_assert!(!one.contains(['\r', '\n', ':', ',']));
            let back = one.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r");
            prop_assert_eq!(back.replace("%25", "%"), message);
        }
    }
}
