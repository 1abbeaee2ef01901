//! Whether the references and files in a text exist.

use super::Check;
use crate::finding::{Finding, codes, did_you_mean};
use crate::record::{GeneratedContent, Paper};

impl Check<'_, '_> {
    /// Whether the references and files in a text exist.
    pub(super) fn text(&mut self, paper: &Paper) {
        if paper.text_from != paper.id {
            return;
        }
        for reference in &paper.text.document.references {
            if let Err(lost) = self.references.resolve(paper, &reference.value) {
                let mut finding = Finding::error(
                    codes::UNKNOWN_REFERENCE,
                    reference.span,
                    format!("this refers to {}, which does not exist", lost.wanted),
                );
                finding.help = lost.help;
                self.findings.push(finding);
            }
        }
        for file in &paper.text.document.files {
            let path = paper.file(&file.value);
            if !self.record.files.contains(&path) {
                let folder = format!("{}/", paper.folder);
                let beside = self.record.files.range(folder.clone()..).map_while(|path| path.strip_prefix(&folder));
                let help = did_you_mean(&file.value, beside)
                    .unwrap_or_else(|| "put the file beside the paper, in a folder `files`".to_owned());
                self.findings.push(
                    Finding::error(
                        codes::BAD_LINK,
                        file.span,
                        format!("there is no file `{}` beside this paper", file.value),
                    )
                    .help(help),
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
        }
    }
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
