//! `quorate bundle`: one meeting in a zip file, for passing round before it is published.

use std::path::{Path, PathBuf};

use clap::Args;

use super::making::Making;
use super::papers::Papers;
use super::progress::Progress;
use super::{Common, Outcome, Trouble, clock, paths, preflight, report, say};
use crate::bundle::{self, Bundle, NOT_FOR_PUBLICATION};
use crate::edition::{Audience, Edition};
use crate::files::{self, Folder};
use crate::finding::human::harmless;
use crate::finding::{Severity, counted};
use crate::model::paper::Own;
use crate::model::{MeetingKey, PaperId};
use crate::record::{NumberedItem, Record, numbered_items};

/// What `bundle` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,

    /// The meeting
    #[arg(value_name = "BODY/DATE", value_parser = preflight::meeting)]
    meeting: MeetingKey,

    /// The file to write [default: BODY-DATE-draft.zip]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    making: Making,
}

/// Reads and checks, packs what there is, and says what is still wrong with it.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let content = &arguments.common.content;
    let (key, audience) = (&arguments.meeting, arguments.making.audience);
    let out = out(arguments)?;
    let now = clock::now(arguments.common.now)?;
    let progress = Progress::start("Reading the papers");
    let mut papers = Papers::read(content, now)?;
    let Some(record) = &papers.record else {
        drop(progress);
        papers.show(Severity::Error, content);
        report(&format!("{} Without the authority there is no bundle.\n", papers.summary()));
        return Ok(Outcome::Errors);
    };
    let missing = missing(record, key, &papers);
    if !missing.is_empty() {
        drop(progress);
        papers.show(Severity::Error, content);
        report(&format!(
            "{} No bundle was made: {} of this meeting cannot be read and would be missing: {}.\n",
            papers.summary(),
            counted(missing.len(), "file", "files"),
            missing.join(", ")
        ));
        return Ok(Outcome::Errors);
    }
    if !record.meetings.contains_key(key) {
        return Err(Trouble::new(preflight::no_such_meeting(key, record)));
    }
    progress.doing("Making the bundle");
    let edition = Edition::for_circulation(record, audience, now);
    let published = Edition::new(record, Audience::Public, now);
    let own_theme = arguments.making.theme.own_files(content)?;
    let own_theme = own_theme.as_ref().map(|folder| folder as &dyn Folder);
    let options = arguments.making.options();
    let made = bundle::make(&edition, &published, key, &papers.folder, own_theme, &options);
    let Bundle { zip, pages, pdfs, findings } = made.map_err(|error| match &error {
        bundle::Error::NoAgenda(key) => Trouble::new(no_agenda(key, record, audience)),
        _ => Trouble::new(format!("{error}\nNo bundle was made.")),
    })?;
    write(&out, &zip)?;
    drop(progress);

    papers.findings.extend(findings);
    papers.show(Severity::Error, content);
    let errors = papers.counts().errors;
    if errors > 0 {
        let errors = counted(errors, "error", "errors");
        report(&format!(
            "The papers hold {errors}. That does not stop a bundle, but none of this can be published until they are put right. \
             The bundle says nothing of it.\n"
        ));
    }
    let pdfs = if pdfs > 0 { format!(", {}", counted(pdfs, "PDF", "PDFs")) } else { String::new() };
    let private = match audience {
        Audience::Public => "",
        Audience::Members => " It holds private business: send it to members only.",
    };
    let megabytes = crate::figures::size_in_words(zip.len());
    say(&format!("{}: {}{pdfs}, {megabytes}.{private}\n", out.display(), counted(pages, "page", "pages")));
    Ok(Outcome::Fine)
}

/// Where the bundle goes. One for members goes to a file that says so; none goes among the papers.
fn out(arguments: &Arguments) -> Result<PathBuf, Trouble> {
    let Arguments { out, meeting, common, making } = arguments;
    let audience = making.audience;
    let out = out.clone().unwrap_or_else(|| format!("{}-draft.zip", bundle::name(meeting, audience)).into());
    let file = out.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    if file.is_empty() {
        return Err(Trouble::new("--out must name a file, such as papers-draft.zip"));
    }
    if audience == Audience::Members && !file.contains(NOT_FOR_PUBLICATION) && !file.contains("members") {
        return Err(Trouble::new(format!(
            "the members' bundle does not go to `{}`: it holds private business, so its name must have \
             `{NOT_FOR_PUBLICATION}` or `members` in it",
            out.display()
        )));
    }
    if paths::whole(&out).starts_with(paths::whole(&common.content)) {
        return Err(Trouble::new(format!(
            "the bundle does not go to `{}`: that lies within the content folder. Choose a place beside it",
            out.display()
        )));
    }
    Ok(out)
}

/// Writes the file. One that is not a bundle is never replaced.
fn write(out: &Path, zip: &[u8]) -> Result<(), Trouble> {
    if !files::exists(out)? {
        return Ok(files::create_new(out, zip)?);
    }
    if !files::read(out).is_ok_and(|bytes| bundle::is_bundle(&bytes)) {
        return Err(Trouble::new(format!(
            "{} is there already and is no bundle, so it was left as it is. Name another file with --out",
            out.display()
        )));
    }
    Ok(files::replace(out, zip)?)
}

/// The files that belong to a meeting and could not be read: those in its folder, and those that its items list.
fn missing(record: &Record, key: &MeetingKey, papers: &Papers) -> Vec<String> {
    let folder = format!("meetings/{}/{}/", key.body, key.date);
    let agenda = record.meetings.get(key).and_then(|meeting| meeting.agenda.as_ref());
    let agenda = agenda.and_then(|id| record.papers.get(id));
    let mut listed: Vec<PaperId> = Vec::new();
    if let Some((paper, Own::Agenda(own))) = agenda.map(|paper| (paper, &paper.head.own)) {
        let items = numbered_items(own);
        let items = items.iter().flat_map(NumberedItem::with_beneath);
        listed.extend(items.flat_map(|item| &item.item.papers).map(|id| paper.address(&id.value)));
    }
    let unread = papers.sources.iter().filter_map(|(_, source)| {
        let id = PaperId(source.path.strip_suffix(".md")?.to_owned());
        let own = source.path.starts_with(&folder) || listed.contains(&id);
        (own && !record.papers.contains_key(&id)).then(|| harmless(&source.path))
    });
    unread.collect()
}

fn no_agenda(key: &MeetingKey, record: &Record, audience: Audience) -> String {
    let written = record.meetings.get(key).is_some_and(|meeting| meeting.agenda.is_some());
    match (written, audience) {
        (false, _) => {
            format!("{key} has no agenda yet. Begin with `quorate new meeting {} {}`", key.body, key.date)
        }
        (true, Audience::Public) => {
            format!(
                "the public may not see the agenda of {key}, now or later. --audience members makes a bundle for members"
            )
        }
        (true, Audience::Members) => format!("the agenda of {key} was withdrawn"),
    }
}
