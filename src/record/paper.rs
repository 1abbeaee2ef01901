//! One paper: its head, its text, and the tables that are generated in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::parse_date;
use crate::document::{self, Block, Contents, Document, Generated, Glossary, Named, Numbering, Prose, Text};
use crate::finding::{Bounded, Finding, Severity, codes};
use crate::model::paper::Own;
use crate::model::read::{Read, find, record, scalar};
use crate::model::{BodyId, Flow, FlowBlock, Head, Kind, MeetingKey, PaperId};
use crate::tables::{self, Beside, DataFiles, MembershipSpec, Table, TableKind, Thresholds};
use crate::text::yaml::{self, Node, Value};
use crate::text::{Source, SourceId, Span, Spanned};

/// A paper of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its address.
    pub id: PaperId,
    /// The folder it lies in, without a slash at the end; empty at the top.
    pub folder: String,
    /// Its file.
    pub source: SourceId,
    /// Its head.
    pub head: Head,
    /// Whether all that its head says could be read, so that what is not there is really not there.
    pub head_is_whole: bool,
    /// Where in its file the text begins, after the head.
    pub text_start: usize,
    /// Its text, which another paper may issue again.
    pub text: Arc<PaperText>,
    /// The paper whose text this is: itself, or the one named by `text_of`.
    pub text_from: PaperId,
    /// The meeting in whose folder it lies.
    pub meeting: Option<MeetingKey>,
}

impl Paper {
    /// What kind it is.
    pub fn kind(&self) -> Kind {
        self.head.common.kind.value
    }

    /// What it is called.
    pub fn title(&self) -> String {
        match (&self.head.common.title, &self.head.own) {
            (Some(title), _) => title.value.clone(),
            (None, Own::SupplementaryAgenda(supplementary)) => format!("Supplementary agenda {}", supplementary.number),
            (None, Own::MonitoringReturn(own)) => format!("Monitoring return, {}", own.area),
            (None, _) => self.kind().printed().to_owned(),
        }
    }

    /// "Appendix 1", of an appendix.
    pub fn label(&self) -> Option<String> {
        match &self.head.own {
            Own::Appendix(appendix) => Some(format!("Appendix {}", appendix.number.value)),
            _ => None,
        }
    }

    /// "Appendix 1: Terms of reference", or the title.
    pub fn full_title(&self) -> String {
        self.label().map_or_else(|| self.title(), |label| format!("{label}: {}", self.title()))
    }

    /// The place of its beginning, for findings about the paper as a whole.
    pub fn start(&self) -> Span {
        Span::start_of(self.source)
    }

    /// The words of its file, for those who look at what is written.
    pub fn prose(&self, source: &Source) -> Prose {
        let generated = [TableKind::WORDS, FIGURES].concat();
        Prose::read(source, self.source, 0..self.text_start, self.text_start..source.text.len(), &generated)
    }

    /// The body it is for.
    pub fn body(&self) -> Option<&BodyId> {
        match &self.meeting {
            Some(meeting) => Some(&meeting.body),
            None => self.head.common.body.as_ref().map(|body| &body.value),
        }
    }

    /// The address that a name written in this paper stands for: a file name means one in the same folder.
    pub fn address(&self, written: &PaperId) -> PaperId {
        address(&self.folder, written)
    }

    /// The meeting that `BODY/2023-07-12`, or `2023-07-12` for the same body, stands for in this paper.
    pub fn meeting_named(&self, written: &str) -> Option<MeetingKey> {
        MeetingKey::parse(written).or_else(|| {
            let date = parse_date(written)?;
            Some(MeetingKey { body: self.body()?.clone(), date })
        })
    }

    /// The path below the content folder of the PDF that the paper itself is.
    pub fn attachment(&self) -> Option<String> {
        self.head.common.file.as_ref().map(|file| join(&self.folder, &file.value))
    }

    /// The path below the content folder of a file named in this paper's text.
    pub fn file(&self, written: &str) -> String {
        let folder = self.text_from.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        join(folder, written)
    }
}

fn address(folder: &str, written: &PaperId) -> PaperId {
    let written = written.as_str().strip_suffix(".md").unwrap_or(written.as_str());
    if written.contains('/') && !written.starts_with('.') {
        PaperId(written.to_owned())
    } else {
        PaperId(join(folder, written))
    }
}

/// A path relative to a folder, with `.` and `..` worked out. A path that climbs out stays one that no file has.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return String::new();
                }
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The text of a paper and what is generated in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperText {
    /// The text.
    pub document: Document,
    /// What is generated, by its address within the paper.
    pub generated: BTreeMap<String, GeneratedContent>,
    /// Every file that it links or shows, once each, as written: relative to the paper.
    pub files: BTreeSet<String>,
    /// How many words it has.
    pub words: usize,
    /// Whether a block in it could not be read, so that a name may be given that nobody knows.
    pub names_lost: bool,
}

/// What a generated block holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeneratedContent {
    /// A table.
    Table(Table),
    /// An organisation chart.
    OrganisationChart(ChartSpec),
    /// A flow chart.
    Flow(Flow),
    /// A table of who sits on a body, made for each edition, and where its block stands.
    Membership(MembershipSpec, Span),
}

record! {
    /// The block `organisation-chart`.
    pub struct ChartSpec {
        /// What it shows.
        "caption" caption: String,
        /// A name for references.
        "name" name: Option<String>,
        /// The body at its top; the whole authority if left out.
        "root" root: Option<Spanned<BodyId>>,
        /// On which day; today if left out.
        "on" on: Option<NaiveDate>,
    }
}

/// First words of fences that become figures.
const FIGURES: &[&str] = &["organisation-chart", "flow"];

/// What one paper needs to be read.
pub(super) struct PaperFile<'a> {
    pub(super) id: SourceId,
    pub(super) source: &'a Source,
    pub(super) glossary: &'a Glossary,
    pub(super) files: &'a (dyn DataFiles + Sync),
    pub(super) thresholds: Thresholds,
}

/// Reads one paper; nothing if its head cannot be used. Everything wrong goes into `findings`.
pub(super) fn read(file: &PaperFile<'_>, findings: &mut Vec<Finding>) -> Option<Paper> {
    let path = file.source.path.strip_suffix(".md").unwrap_or(&file.source.path);
    let (head_range, text_range) = split(file, findings)?;
    let before = findings.len();
    let Some(node) = yaml::parse(file.source, file.id, head_range, findings) else {
        if findings.is_empty() {
            findings.push(
                Finding::error(codes::MISSING_KEY, Span::start_of(file.id), "the head of this paper is empty")
                    .help("write at least `kind:` and `title:` between the two lines of `---`"),
            );
        }
        return None;
    };
    let head = Head::read(&node, findings)?;
    let head_is_whole = findings[before..].iter().all(|finding| finding.severity != Severity::Error);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    needed_by_kind(&head, &node, file.id, findings);
    if let Some(text_of) = &head.common.text_of
        && !file.source.text[text_range.clone()].trim().is_empty()
    {
        findings.push(
            Finding::error(
                codes::DUPLICATE,
                Span::new(file.id, text_range.clone()),
                "this paper has a text of its own and also `text_of`",
            )
            .also(text_of.span, "another paper's text is named here")
            .help("remove the text below the head, or the key `text_of`"),
        );
    }
    if let Some(file) = &head.common.file
        && !file.value.to_lowercase().ends_with(".pdf")
    {
        findings
            .push(Finding::error(codes::WRONG_VALUE, file.span, format!("`{}` is no PDF", file.value)).help(
                "save the file as a PDF; a picture is shown in the text, with `![what it shows](files/map.png)`",
            ));
    }
    let text_start = text_range.start;
    let text = read_text(file, &head, text_range, findings);
    let id = PaperId(path.to_owned());
    let meeting = meeting_of(path);
    Some(Paper {
        text_from: id.clone(),
        id,
        folder,
        source: file.id,
        head,
        head_is_whole,
        text_start,
        text: Arc::new(text),
        meeting,
    })
}

/// The meeting whose folder a path lies in.
pub(super) fn meeting_of(path: &str) -> Option<MeetingKey> {
    let rest = path.strip_prefix("meetings/")?;
    let (folder, _) = rest.rsplit_once('/')?;
    MeetingKey::parse(folder)
}

/// Reports keys that only some kinds of paper need. One that is there but could not be read has been reported already.
fn needed_by_kind(head: &Head, node: &Node, id: SourceId, findings: &mut Vec<Finding>) {
    let is_there = |key| match &node.value {
        Value::Map(entries) => find(entries, key).is_some_and(|entry| entry.value.value != Value::Nothing),
        _ => false,
    };
    if head.common.kind.value.needs_title() && !is_there("title") {
        findings.push(
            Finding::error(codes::MISSING_KEY, Span::start_of(id), "the key `title` is missing")
                .help("add `title:` with what the paper is called"),
        );
    }
    if matches!(head.own, Own::WorkProgramme(_) | Own::TermsOfReference(_)) && !is_there("body") {
        findings.push(
            Finding::error(codes::MISSING_KEY, Span::start_of(id), "the key `body` is missing")
                .help("say which body this paper belongs to"),
        );
    }
}

/// Where the head and the text stand.
fn split(file: &PaperFile<'_>, findings: &mut Vec<Finding>) -> Option<(Range<usize>, Range<usize>)> {
    let text = &file.source.text;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if text.trim().is_empty() {
        findings.push(
            Finding::error(codes::MISSING_KEY, Span::start_of(file.id), "this paper is empty")
                .help("begin it with a line of `---`, the keys (`kind:`, `title:` …), and another line of `---`"),
        );
        return None;
    }
    if first.trim_end() != "---" {
        findings.push(
            Finding::error(
                codes::UNREADABLE,
                Span::start_of(file.id),
                "this paper has no head: its first line is not `---`",
            )
            .help("begin the file with a line of `---`, the keys (`kind:`, `title:` …), and another line of `---`"),
        );
        return None;
    }
    let mut offset = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Some((first.len()..offset, offset + line.len()..text.len()));
        }
        offset += line.len();
    }
    findings.push(
        Finding::error(
            codes::UNREADABLE,
            Span::new(file.id, 0..3),
            "the head of this paper begins here and never ends",
        )
        .help("put a line of `---` after the last key"),
    );
    None
}

fn read_text(file: &PaperFile<'_>, head: &Head, range: Range<usize>, findings: &mut Vec<Finding>) -> PaperText {
    let numbering = match (&head.own, head.common.numbering) {
        (Own::Minutes(minutes), _) => Numbering::Minutes { first: minutes.first_minute },
        (_, Some(false)) => Numbering::Off,
        (_, Some(true)) => Numbering::House,
        (Own::Agenda(_) | Own::SupplementaryAgenda(_) | Own::WorkProgramme(_) | Own::MonitoringReturn(_), None) => {
            Numbering::Off
        }
        (_, None) if head.common.kind.value == Kind::Letter => Numbering::Off,
        (_, None) => Numbering::House,
    };
    let words = file.source.text[range.clone()].split_whitespace().count();
    let text = Text {
        source: file.source,
        id: file.id,
        range,
        glossary: file.glossary,
        tables: TableKind::WORDS,
        figures: FIGURES,
        numbering,
    };
    let mut document = document::read(&text, findings);
    let mut generated = BTreeMap::new();
    let mut blocks = Vec::new();
    collect_generated(&document.blocks, &mut blocks);
    let mut names_lost = false;
    let mut told = Bounded::new(findings);
    for block in blocks {
        let mut own = Vec::new();
        let (name, content) = generate(file, &block, &mut own);
        told.extend(own);
        names_lost |= name.is_none() && content.is_none();
        if let Some(name) = name {
            let what = if FIGURES.contains(&block.kind.as_str()) { "Figure" } else { "Table" };
            let printed = format!("{what} {}", block.number);
            document.name(&name, Named { anchor: block.anchor.clone(), printed, span: block.span }, &mut told);
        }
        if let Some(content) = content {
            generated.insert(block.anchor.clone(), content);
        }
    }
    told.finish();
    let files = files(&document);
    PaperText { document, generated, files, words, names_lost }
}

/// Every file that a text links or shows, once each, as written.
fn files(document: &Document) -> BTreeSet<String> {
    Contents::of_text(document).files.into_iter().map(str::to_owned).collect()
}

fn collect_generated(blocks: &[Block], out: &mut Vec<Generated>) {
    for block in blocks {
        match block {
            Block::Generated(generated) => out.push(generated.clone()),
            Block::Quote(blocks) => collect_generated(blocks, out),
            Block::List(list) => list.items.iter().for_each(|item| collect_generated(&item.blocks, out)),
            Block::Decision(decision) => collect_generated(&decision.blocks, out),
            _ => {}
        }
    }
}

/// The name of a generated block and what it holds. A block that is wrong keeps its name, so that those who refer to it
/// are not told that it does not exist.
fn generate(
    file: &PaperFile<'_>,
    block: &Generated,
    findings: &mut Vec<Finding>,
) -> (Option<String>, Option<GeneratedContent>) {
    if !block.closed {
        return (None, None);
    }
    let before = findings.len();
    let node = yaml::parse(file.source, file.id, block.range.clone(), findings)
        .or_else(|| (findings.len() == before).then(|| Node { value: Value::Map(Vec::new()), span: block.span }));
    let Some(node) = node else { return (None, None) };
    let name = match &node.value {
        Value::Map(entries) => find(entries, "name").and_then(|entry| scalar(&entry.value)).map(str::to_owned),
        _ => None,
    };
    let kind = TableKind::from_word(&block.kind);
    if let Some(first) = block.narratives.first().filter(|_| kind != Some(TableKind::Monitoring)) {
        let message = format!("a `{}` block holds no narratives", block.kind);
        findings.push(
            Finding::error(codes::UNREADABLE, first.heading.span, message)
                .help("take out the line of `---` and what follows it, or make the block a `monitoring` table"),
        );
    }
    let content = match kind {
        Some(TableKind::Membership) => {
            MembershipSpec::read(&node, findings).map(|spec| GeneratedContent::Membership(spec, node.span))
        }
        Some(kind) => {
            let headings: Vec<_> = block.narratives.iter().map(|narrative| narrative.heading.clone()).collect();
            let beside = Beside { files: file.files, thresholds: file.thresholds, narratives: &headings };
            tables::read(kind, &node, beside, findings).map(GeneratedContent::Table)
        }
        None if block.kind == "flow" => {
            let block = FlowBlock::read(&node, findings);
            block.and_then(|block| Flow::read(&block, file.source, findings)).map(GeneratedContent::Flow)
        }
        None => ChartSpec::read(&node, findings).map(GeneratedContent::OrganisationChart),
    };
    (name.filter(|name| !name.is_empty()), content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_worked_out_and_never_climb_out() {
        assert_eq!(join("meetings/a/2023-07-12", "files/map.png"), "meetings/a/2023-07-12/files/map.png");
        assert_eq!(join("a/b", "../c.png"), "a/c.png");
        assert_eq!(join("a", "../../etc/passwd"), "");
        assert_eq!(address("a/b", &"04-plan".into()).as_str(), "a/b/04-plan");
        assert_eq!(address("a/b", &"c/04-plan.md".into()).as_str(), "c/04-plan");
    }
}
