//! Whether papers lie where their kind belongs.

use super::Check;
use crate::finding::{Finding, codes, did_you_mean};
use crate::model::{BodyId, Kind};
use crate::record::Paper;
use crate::record::table_files::RESERVED;

/// Folders that hold pages made from the committee model, and the theme's files.
const FOLDERS_OF_THE_SITE: [&str; 7] =
    ["about", "accessibility", "assets", "bodies", "decisions", "glossary", "people"];

impl Check<'_, '_> {
    /// Whether a paper keeps clear of the addresses that the site's own pages have.
    pub(super) fn own_address(&mut self, paper: &Paper) {
        let (folder, name) = paper.id.as_str().rsplit_once('/').unwrap_or(("", paper.id.as_str()));
        let top = folder.split('/').next().unwrap_or("");
        let is_question = name.starts_with("question-") && self.record.forms.contains_key(folder);
        let (what, help) = if FOLDERS_OF_THE_SITE.contains(&top) {
            (format!("the site has pages of its own in the folder `{top}`"), "put this paper into another folder")
        } else if name == "index" || paper.id.as_str() == "404" || is_question {
            (format!("the site has a page of its own called `{name}` here"), "give this file another name")
        } else {
            return;
        };
        self.findings.push(Finding::error(codes::MISPLACED_FILE, paper.start(), what).help(help));
    }

    /// Whether a paper lies where its kind belongs.
    pub(super) fn place(&mut self, paper: &Paper) {
        let start = paper.start();
        let path = &self.sources.get(paper.source).path;
        let usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/');
        if !paper.id.as_str().chars().all(usual) {
            self.findings.push(
                Finding::error(
                    codes::MISPLACED_FILE,
                    start,
                    format!("the path `{path}` cannot become a web address as it stands"),
                )
                .help("use lower-case letters, digits and hyphens for names of files and folders"),
            );
        }
        if let Some(part) = paper.id.as_str().split('/').find(|part| RESERVED.contains(part)) {
            self.findings.push(
                Finding::error(
                    codes::MISPLACED_FILE,
                    start,
                    format!("Windows keeps the name `{part}` for itself, so this paper could not be opened there"),
                )
                .help("give the file or folder another name"),
            );
        }
        let name = paper.id.as_str().rsplit('/').next().unwrap_or("");
        let expected = match paper.kind() {
            Kind::Agenda => Some("agenda.md"),
            Kind::Minutes => Some("minutes.md"),
            Kind::SupplementaryAgenda => {
                (!name.starts_with("supplementary-agenda")).then_some("supplementary-agenda-1.md")
            }
            _ if name == "agenda" || name == "minutes" => {
                self.findings.push(Finding::error(
                    codes::MISPLACED_FILE,
                    paper.head.common.kind.span,
                    format!("a file called `{name}.md` must have `kind: {name}`"),
                ));
                None
            }
            _ => None,
        };
        if let Some(expected) = expected
            && format!("{name}.md") != expected
        {
            self.findings.push(
                Finding::error(
                    codes::MISPLACED_FILE,
                    paper.head.common.kind.span,
                    format!("a paper of this kind is called `{expected}`"),
                )
                .help("rename the file, or correct `kind`"),
            );
        }
        let needs_meeting = matches!(paper.kind(), Kind::Agenda | Kind::Minutes | Kind::SupplementaryAgenda);
        if paper.meeting.is_none() && (needs_meeting || path.starts_with("meetings/")) {
            self.findings.push(
                Finding::error(codes::MISPLACED_FILE, start, "this paper lies in no meeting's folder")
                    .help("put it into `meetings/BODY/DATE/`, with the date as 2023-07-12"),
            );
        }
        if let Some(meeting) = &paper.meeting {
            if !self.has_body(&meeting.body) {
                let help = did_you_mean(meeting.body.as_str(), self.record.model.bodies.keys().map(BodyId::as_str))
                    .unwrap_or_else(|| format!("write `bodies/{}.yaml`, or correct the folder's name", meeting.body));
                self.findings.push(
                    Finding::error(
                        codes::UNKNOWN_REFERENCE,
                        start,
                        format!("there is no body `{}`, whose folder this paper lies in", meeting.body),
                    )
                    .help(help),
                );
            }
            self.agrees_with_folder(paper);
        }
        if paper.kind() == Kind::MonitoringReturn && !self.has_form(&paper.folder) {
            self.findings.push(
                Finding::error(codes::MISPLACED_FILE, start, "there is no `form.yaml` beside this monitoring return")
                    .help("put the return beside its funder's form, in `returns/NAME/`"),
            );
        }
    }

    fn has_form(&self, folder: &str) -> bool {
        self.record.forms.contains_key(folder) || self.paths.contains(format!("{folder}/form.yaml").as_str())
    }

    fn agrees_with_folder(&mut self, paper: &Paper) {
        let Some(meeting) = &paper.meeting else { return };
        if let Some(body) = &paper.head.common.body
            && body.value != meeting.body
        {
            self.findings.push(
                Finding::error(
                    codes::DISAGREES,
                    body.span,
                    format!("the head says `{}`, but the folder is that of `{}`", body.value, meeting.body),
                )
                .help("leave out `body`, or move the paper"),
            );
        }
        let needs_same_date = matches!(paper.kind(), Kind::Agenda | Kind::Minutes);
        if let Some(date) = &paper.head.common.date
            && needs_same_date
            && date.value != meeting.date
        {
            self.findings.push(
                Finding::error(
                    codes::DISAGREES,
                    date.span,
                    format!("the head says {}, but the folder is that of {}", date.value, meeting.date),
                )
                .help("leave out `date`, or move the paper"),
            );
        }
    }
}
