//! The papers of a document, each by its kind.

use serde_json::{Value, json};

use super::{Composer, as_it_was};
use crate::document::Block;
use crate::edition::PublishedPaper;
use crate::finding::{Finding, codes};
use crate::model::paper::Own;
use crate::pack::PackError;
use crate::pack::plan::Part;
use crate::pack::text::Writer;
use crate::record::{Paper, answers, sections};
use crate::site::routes::Routes;

impl Composer<'_, '_> {
    pub(super) fn part(&mut self, part: &Part<'_>) -> Result<(), PackError> {
        let view = self.press.view;
        let paper = part.paper;
        let published = view.edition.papers.get(&paper.id);
        let kind;
        let page;
        match (&paper.head.own, published) {
            (Own::Minutes(_), _) => {
                kind = "minutes";
                let meeting = paper.meeting.as_ref().and_then(|key| view.edition.meetings.get(key));
                // A text that is written gets a mark, so that the theme knows whether there is one.
                let minutes = meeting.and_then(|meeting| view.minutes_page(meeting, &|_| "text".to_owned()));
                page = minutes.map(serde_json::to_value).transpose()?;
            }
            (Own::WorkProgramme(own), Some(published)) => {
                kind = "work-programme";
                let programme = view.programme(published, own, view.paper_context(published, String::new()));
                page = Some(as_it_was(serde_json::to_value(programme)?));
            }
            (Own::MonitoringReturn(own), Some(published)) => {
                let context = view.paper_context(published, String::new());
                match view.monitoring_return(published, own, context, &|_| String::new()) {
                    Some(filled_in) => {
                        kind = "return";
                        page = Some(as_it_was(serde_json::to_value(filled_in)?));
                    }
                    None => (kind, page) = ("paper", paper_page(self, published)?),
                }
            }
            (_, Some(published)) => (kind, page) = ("paper", paper_page(self, published)?),
            (_, None) => (kind, page) = ("paper", None),
        }
        let attached = self.attached(paper)?;
        self.out.code(&format!("#q-part(json(\"/{0}.json\"), json(\"/{0}-attached.json\"), ", part.key));
        let ends_turned = self.text(paper, &part.key, |writer, blocks| body(writer, kind, blocks));
        self.out.code(");\n");
        let told = json!({
            "key": part.key,
            "ends_turned": ends_turned,
            "kind": kind,
            "page": page,
            "title": paper.full_title(),
            "item": part.item.as_ref().map(|(number, title)| json!({"number": number, "title": title})),
            "exempt": part.exempt.as_ref().map(|exempt| view.exempt(exempt)),
            "web": self.web(&Routes::paper(paper)),
            "meeting": self.meeting_of(paper).map(|key| self.running(&key)),
            "invented": paper.head.common.invented,
            "draft": view.edition.is_draft(paper),
        });
        self.data(&part.key, &told, paper)?;
        self.data(&format!("{}-attached", part.key), &attached, paper)?;
        Ok(())
    }

    /// The pages of the PDF that a paper is, each with its drawing and, line by line, its words.
    fn attached(&mut self, paper: &Paper) -> Result<Vec<Value>, PackError> {
        let (Some(path), Some(file)) = (paper.attachment(), &paper.head.common.file) else { return Ok(Vec::new()) };
        if !self.press.has(&path) {
            return Ok(Vec::new());
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        let attached = self.press.attached(&path)?;
        let pages = match &*attached {
            Ok(pages) => pages,
            Err(error) => {
                self.findings.push(Finding::error(codes::UNPRINTABLE, file.span, format!("{name} {error}")));
                return Ok(Vec::new());
            }
        };
        let mut told = Vec::with_capacity(pages.len());
        for (index, page) in pages.iter().enumerate() {
            let number = index + 1;
            for concern in &page.concerns {
                let message = format!("page {number} of {name} {concern}");
                self.findings.push(Finding::warning(codes::UNPRINTABLE, file.span, message));
            }
            if page.lines.is_empty() {
                let message = format!("page {number} of {name} has no words, only a picture of them or nothing at all");
                let help = "a screen reader has nothing to read there: say in the text of the paper what the page says";
                self.findings.push(Finding::warning(codes::UNPRINTABLE, file.span, message).help(help));
            }
            let lines =
                page.lines.iter().map(|line| json!({"x": line.x, "y": line.y, "size": line.size, "text": line.text}));
            told.push(json!({
                "file": self.files.made("svg", page.svg.clone().into_bytes()),
                "width": page.width,
                "height": page.height,
                "lines": lines.collect::<Vec<_>>(),
            }));
        }
        Ok(told)
    }
}

fn paper_page(composer: &Composer<'_, '_>, published: &PublishedPaper) -> Result<Option<Value>, PackError> {
    let context = composer.press.view.paper_context(published, String::new());
    Ok(Some(as_it_was(json!({"paper": serde_json::to_value(context)?}))))
}

/// The text of a paper as arguments: what stands before its sections, and the sections in an array, where its kind has any.
fn body(writer: &mut Writer<'_, '_>, kind: &str, blocks: &[Block]) {
    let paper = writer.paper;
    let document = &paper.text.document;
    let (before, parts): (&[Block], Vec<&[Block]>) = match kind {
        "minutes" => {
            let (before, parts) = sections(document);
            (before, parts.into_iter().map(|section| section.blocks).collect())
        }
        "return" => {
            let (before, parts) = answers(document);
            (before, parts.into_iter().map(|answer| answer.blocks).collect())
        }
        _ => (blocks, Vec::new()),
    };
    writer.content(before);
    writer.out.code(", (");
    for part in parts {
        // The section's own heading stands above.
        writer.level = 2;
        writer.content(part);
        writer.out.code(",");
    }
    writer.out.code(")");
}
