//! `quorate build`: checks the papers and, if they hold no error, publishes an edition of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::papers::Papers;
use super::progress::Progress;
use super::{Common, Outcome, Trouble, clock, one_of, paths, report, say};
use crate::edition::{Audience, Edition};
use crate::files::{DiskFolder, Folder};
use crate::finding::{Counts, Severity, counted};
use crate::model::{Kind, Status};
use crate::press::{self, Output};
use crate::publication::{self, Published};
use crate::record::{Paper, Record};

/// What `build` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,

    /// The folder that the site goes to [default: public, or public-members for the members' edition]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The theme; files of the same name under themes/NAME beside the content folder take the place of its own
    #[arg(long, value_name = "NAME", default_value = "default", value_parser = theme)]
    theme: String,

    /// The address the site will stand at, if it is not the `website` of authority.yaml
    #[arg(long, value_name = "URL", value_parser = address)]
    base_url: Option<String>,

    /// Leave out the PDFs
    #[arg(long)]
    no_pdf: bool,

    /// Who the edition is for; the members' edition holds private business
    #[arg(long, default_value = Audience::Public.word(), value_parser = one_of(Audience::WORDS, Audience::from_word))]
    audience: Audience,
}

/// A theme's name is that of a folder, so it may not lead anywhere else.
pub(super) fn theme(name: &str) -> Result<String, String> {
    let usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.is_empty() && name.chars().all(usual) {
        Ok(name.to_owned())
    } else {
        Err("a theme's name has lower-case letters, digits and hyphens".to_owned())
    }
}

pub(super) fn address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |host: &str| {
        !host.is_empty() && !host.starts_with('/') && !host.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    if host.is_some_and(fits) {
        Ok(text.to_owned())
    } else {
        Err("an address begins with https:// and a host's name, such as https://papers.example.org/".to_owned())
    }
}

/// Reads, checks, makes the edition, publishes it, and sums up.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let started = Instant::now();
    let content = &arguments.common.content;
    let audience = arguments.audience;
    let out = paths::out(arguments.out.as_deref(), audience, content)?;
    let now = clock::now(arguments.common.now)?;

    let progress = Progress::start("Reading the papers");
    let mut papers = Papers::read(content, now)?;
    let record = match &papers.record {
        Some(record) if !papers.has_errors() => record,
        _ => {
            drop(progress);
            refuse(&papers, content, &out);
            return Ok(Outcome::Errors);
        }
    };
    let edition = Edition::new(record, audience, now);
    progress.doing("Making the pages");
    let own_theme = own_theme(&arguments.theme, content)?;
    let own_theme = own_theme.as_ref().map(|folder| folder as &dyn Folder);
    let options = press::Options { base_url: arguments.base_url.clone(), no_pdf: arguments.no_pdf };
    let before = if out.is_dir() { Some(DiskFolder::open(&out)?) } else { None };
    let before = before.as_ref().map(|folder| folder as &dyn Folder);
    let output = press::run(&edition, &papers.folder, own_theme, before, &options)
        .map_err(|error| Trouble::new(format!("{error}\nNothing was published.")))?;
    if output.findings.iter().any(|finding| finding.severity == Severity::Error) {
        drop(progress);
        papers.findings.extend(output.findings);
        // What only print finds, `quorate check` does not show.
        papers.show(Severity::Warning, content);
        refuse(&papers, content, &out);
        return Ok(Outcome::Errors);
    }
    let artefacts = &output.artefacts;
    progress.doing("Publishing");
    let published = publication::publish(&out, artefacts, audience.word())?;
    drop(progress);

    let left_out = left_out(record);
    papers.findings.extend(output.findings.iter().cloned());
    papers.show(Severity::Warning, content);
    let counts = papers.counts();
    if counts.open() > 0 {
        report(&format!("{}{}\n", papers.summary(), pointer(Counts { warnings: 0, ..counts })));
    }
    if let Some(left_over) = &published.left_over {
        report(&format!(
            "The previous publication could not be removed from {}; the next build tries again.\n",
            left_over.display()
        ));
    }
    say(&summary(&output, &published, started));
    say(&left_out);
    Ok(Outcome::Fine)
}

/// The project's own files of a theme. Only the default theme can do without any.
pub(super) fn own_theme(name: &str, content: &Path) -> Result<Option<DiskFolder>, Trouble> {
    let folder = paths::themes(content).map(|themes| themes.join(name)).filter(|folder| folder.is_dir());
    match folder {
        Some(folder) => Ok(Some(DiskFolder::open(&folder)?)),
        None if name == "default" => Ok(None),
        None => Err(no_theme(name)),
    }
}

/// What to say of a theme that is not there.
pub(super) fn no_theme(name: &str) -> Trouble {
    Trouble::new(format!(
        "there is no theme `{name}`: its files would lie in the folder themes/{name} beside the content folder"
    ))
}

/// Shows why nothing was published.
fn refuse(papers: &Papers, content: &Path, out: &Path) {
    papers.show(Severity::Error, content);
    let counts = papers.counts();
    let untouched = if out.exists() { format!(", and `{}` is as it was", out.display()) } else { String::new() };
    let pointer = pointer(Counts { errors: 0, ..counts });
    report(&format!("{}{pointer} Nothing was published{untouched}: put the errors right first.\n", papers.summary()));
}

/// Where to read what `build` only counts.
fn pointer(counted_only: Counts) -> &'static str {
    if counted_only == Counts::default() { "" } else { " `quorate check` shows all of them." }
}

/// "75 pages, 12 other files: 5 written, 82 kept, 0 removed in 0.42 s"
fn summary(output: &Output, published: &Published, started: Instant) -> String {
    let artefacts = &output.artefacts;
    let pages = artefacts.iter().filter(|artefact| artefact.path.rsplit('.').next() == Some("html")).count();
    let others = artefacts.len().saturating_sub(pages + output.pdfs);
    let pdfs = match (output.pdfs, output.new_pdfs) {
        (0, _) => String::new(),
        (all, new) => format!("{} ({new} made anew), ", counted(all, "PDF", "PDFs")),
    };
    let Published { written, kept, removed, .. } = published;
    format!(
        "{}, {pdfs}{}: {written} written, {kept} kept, {removed} removed in {:.2} s\n",
        counted(pages, "page", "pages"),
        counted(others, "other file", "other files"),
        started.elapsed().as_secs_f64()
    )
}

/// What was left out though somebody may look for it: "2 papers are drafts and were left out".
fn left_out(record: &Record) -> String {
    let papers = || record.papers.values();
    let mut out = String::new();
    match papers().filter(|paper| paper.head.common.status == Status::Draft).count() {
        0 => {}
        1 => out.push_str("1 paper is a draft and was left out\n"),
        drafts => {
            let _ = writeln!(out, "{drafts} papers are drafts and were left out");
        }
    }
    for paper in papers().filter(|paper| waits_for_a_time(paper)) {
        let _ = writeln!(out, "{}.md is ready, but has no `published`, and was left out", paper.id);
    }
    out
}

/// Whether a paper is finished, and nothing will ever say when it goes out: no agenda or other paper carries it.
fn waits_for_a_time(paper: &Paper) -> bool {
    let carried = !matches!(
        paper.kind(),
        Kind::Agenda | Kind::SupplementaryAgenda | Kind::Minutes | Kind::TermsOfReference | Kind::WorkProgramme
    );
    let common = &paper.head.common;
    common.status == Status::Ready && common.published.is_none() && !carried
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_cannot_lead_out_of_the_themes() {
        assert!(theme("city-2").is_ok());
        for wrong in ["", "..", "a/b", "Default", "a\\b", "a b"] {
            assert!(theme(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_one_of_the_web() {
        assert!(address("https://papers.example.org/council/").is_ok());
        for wrong in ["papers.example.org", "ftp://x", "https://", "https:///x", "https://a b", "javascript:alert(1)"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
