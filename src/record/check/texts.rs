//! Whether the references and files in a text exist.

use super::Check;
use crate::calendar::long_date;
use crate::document::{CitedFigure, Reference};
use crate::finding::{Finding, MOST_OF_ONE_TEXT, codes, did_you_mean};
use crate::model::{Kind, MeetingKey, PaperId};
use crate::record::table_files::paper_of_folder;
use crate::record::{GeneratedContent, Paper, members_on};
use crate::tables::{MembershipRows, MembershipSpec};
use crate::text::Span;

impl Check<'_, '_> {
    /// Whether the references and files in a text exist.
    pub(super) fn text(&mut self, paper: &Paper) {
        if paper.text_from != paper.id {
            return;
        }
        let mut lost = 0;
        // An appendix that is listed and not there has been told of where it is listed.
        let lacks_appendix =
            paper.head.appendices().iter().any(|id| !self.record.papers.contains_key(&paper.address(&id.value)));
        for reference in &paper.text.document.references {
            if lacks_appendix && matches!(reference.value, Reference::Appendix(_)) {
                continue;
            }
            let Err(nowhere) = self.references.resolve(paper, &reference.value) else { continue };
            if self.may_be_unread(paper, &reference.value) {
                continue;
            }
            let message = format!("this refers to {}, which does not exist", nowhere.wanted);
            let mut finding = Finding::error(codes::UNKNOWN_REFERENCE, reference.span, message);
            finding.help = nowhere.help;
            lost += 1;
            if lost == MOST_OF_ONE_TEXT {
                finding.message.push_str("; what stands below is looked at once this is put right");
            }
            self.findings.push(finding);
            if lost == MOST_OF_ONE_TEXT {
                break;
            }
        }
        let mut lost = 0;
        if paper.meeting.is_some() && paper.id.as_str().ends_with("/pack") {
            self.findings.push(
                Finding::error(
                    codes::MISPLACED_FILE,
                    paper.start(),
                    "the site puts the meeting's pack where the PDF of a paper called `pack` would stand",
                )
                .help("give the file another name"),
            );
        }
        let linked = paper.text.document.files.iter().map(|file| (file, paper.file(&file.value)));
        let attached = paper.head.common.file.iter().filter_map(|file| Some((file, paper.attachment()?)));
        for (file, path) in linked.chain(attached) {
            if lost == MOST_OF_ONE_TEXT {
                break;
            }
            if self.written.unreadable.contains(&path) {
                continue;
            }
            if !self.record.files.contains(&path) {
                lost += 1;
                let folder = format!("{}/", paper.folder);
                let beside = self.record.files.range(folder.clone()..).map_while(|path| path.strip_prefix(&folder));
                let beside: Vec<&str> = beside.collect();
                let meant = if self.may_compare(beside.len()) { did_you_mean(&file.value, beside) } else { None };
                let help = meant.unwrap_or_else(|| "put the file beside the paper, in a folder `files`".to_owned());
                self.findings.push(
                    Finding::error(
                        codes::BAD_LINK,
                        file.span,
                        format!("there is no file `{}` beside this paper", file.value),
                    )
                    .help(help),
                );
            } else if paper_of_folder(&path).is_some_and(|id| self.record.papers.contains_key(&PaperId(id.to_owned())))
            {
                self.findings.push(
                    Finding::error(
                        codes::MISPLACED_FILE,
                        file.span,
                        format!("the site puts the tables of a paper into the folder that `{}` lies in", file.value),
                    )
                    .help("put the file beside the paper, in a folder `files`"),
                );
            } else if printed_there(&path, |id| self.record.papers.contains_key(id)) {
                self.findings.push(
                    Finding::error(
                        codes::MISPLACED_FILE,
                        file.span,
                        format!("the site puts a PDF of its own where `{}` lies", file.value),
                    )
                    .help("put the file beside the paper, in a folder `files`"),
                );
            } else if !is_document(&path) || self.record.active_pictures.contains(&path) {
                self.findings.push(
                    Finding::error(
                        codes::BAD_LINK,
                        file.span,
                        format!("the file `{}` could act in a reader's browser, so it is not published", file.value),
                    )
                    .help("save it as a PDF, an office document, a CSV file or a picture; a drawing (SVG) must hold no script"),
                );
            }
        }
        for generated in paper.text.generated.values() {
            if let GeneratedContent::OrganisationChart(chart) = generated
                && let Some(root) = &chart.root
            {
                self.body(root);
            }
            if let GeneratedContent::Membership(spec, span) = generated {
                self.membership(paper, spec, *span);
            }
        }
    }

    /// Whether a table of membership has a body, and something to say of it.
    fn membership(&mut self, paper: &Paper, spec: &MembershipSpec, span: Span) {
        let place = spec.body.as_ref().map_or(Span { end: span.start, ..span }, |body| body.span);
        if let Some(body) = &spec.body {
            self.body(body);
        }
        let Some(id) = spec.body.as_ref().map(|body| &body.value).or(paper.body()) else {
            self.findings.push(
                Finding::error(codes::MISSING_KEY, place, "the key `body` is missing")
                    .help("this paper belongs to no body: say whose membership the table shows"),
            );
            return;
        };
        let Some(body) = self.record.model.bodies.get(id) else { return };
        let day = spec.on.or(paper.meeting.as_ref().map(|meeting| meeting.date));
        let message = match (spec.show, day) {
            (MembershipRows::Seats, _) if body.seats.is_empty() => format!("`bodies/{id}.yaml` names no seats"),
            (MembershipRows::Members, Some(day)) if members_on(body, day).next().is_none() => {
                format!("`bodies/{id}.yaml` names nobody who was a member on {}", long_date(day))
            }
            (MembershipRows::Members, None) if body.members.is_empty() => {
                format!("`bodies/{id}.yaml` names no members")
            }
            _ => return,
        };
        self.findings.push(
            Finding::error(codes::TABLE_DATA, place, message)
                .help("the table is made of what that file says; add it there, or choose another day with `on`"),
        );
    }

    /// Whether what a reference leads to may stand in a file that could not be read, as has been reported.
    fn may_be_unread(&self, paper: &Paper, reference: &Reference) -> bool {
        let unread = |id: &PaperId| self.unread.contains(id.as_str());
        match reference {
            Reference::Named { paper: None, .. } => paper.text.names_lost,
            Reference::Figure(cited) if cited.paper.is_none() => paper.text.names_lost,
            Reference::Named { paper: Some(written), .. }
            | Reference::Figure(CitedFigure { paper: Some(written), .. }) => {
                let id = paper.address(written);
                unread(&id) || self.record.papers.get(&id).is_some_and(|other| other.text.names_lost)
            }
            Reference::Paper(written) => unread(&paper.address(written)),
            Reference::Appendix(_) => {
                let parents = self.references.parents(&paper.id).iter().copied();
                let mut listed = std::iter::once(paper)
                    .chain(parents)
                    .flat_map(|family| family.head.appendices().iter().map(|id| family.address(&id.value)));
                listed.any(|id| unread(&id)) || paper.kind() == Kind::Appendix && self.has_unread(&paper.folder)
            }
            Reference::Minute { meeting, .. } => {
                let body = meeting.as_ref().and_then(|meeting| meeting.body.as_ref()).or(paper.body());
                let Some(body) = body else { return false };
                match meeting {
                    Some(meeting) => unread(&PaperId(format!("meetings/{body}/{}/minutes", meeting.date))),
                    None => self.has_unread(&format!("meetings/{body}")),
                }
            }
            Reference::Meeting(meeting) => {
                let Some(body) = meeting.body.as_ref().or(paper.body()) else { return false };
                self.has_unread(&format!("meetings/{body}/{}", meeting.date))
                    || self.has_body(body) && !self.record.model.bodies.contains_key(body)
            }
            Reference::Figure(_) => false,
            Reference::Person(id) => self.has_person(id),
            Reference::Body(id) => self.has_body(id),
        }
    }
}

/// Whether a path is that of a PDF that is made of a paper or of a meeting's papers.
fn printed_there(path: &str, is_paper: impl Fn(&PaperId) -> bool) -> bool {
    let Some(id) = path.strip_suffix(".pdf") else { return false };
    let pack = id.strip_suffix("/pack").and_then(|folder| folder.strip_prefix("meetings/")).and_then(MeetingKey::parse);
    pack.is_some() || is_paper(&PaperId(id.to_owned()))
}

/// Whether a file is of a kind that only shows something. Web pages, scripts and the like would act on the site's behalf.
fn is_document(path: &str) -> bool {
    const DOCUMENTS: [&str; 22] = [
        "avif", "csv", "doc", "docx", "gif", "ics", "jpeg", "jpg", "json", "mp3", "mp4", "odp", "ods", "odt", "pdf",
        "png", "ppt", "pptx", "svg", "txt", "webp", "xlsx",
    ];
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    DOCUMENTS.contains(&extension.as_str())
}
