//! Findings: what is wrong, missing or doubtful in the papers, as data.
//!
//! A finding never prints itself. Renderers live apart ([`human`], [`json`], [`sarif`], [`github`]), so that a terminal, an
//! editor and a build log can each show the same finding in their own way. What they say of a kind of finding, such as its
//! name, is handed to them ([`About`]).

mod about;
mod counts;
pub mod github;
pub mod human;
pub mod json;
mod place;
pub mod sarif;

pub use about::About;
pub(crate) use about::sentence;
pub use counts::{Counts, counted};
pub use place::Places;

use crate::text::Span;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing needs to be done.
    Advice,
    /// Probably a mistake; publication goes on.
    Warning,
    /// Wrong; nothing is published until it is put right.
    Error,
}

impl Severity {
    /// The word a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A stable name for a kind of finding, such as `F03`: a letter for the family, then a number. Codes are never reused.
pub type Code = &'static str;

/// The codes in use, by family: `F` form of a file, `R` references, `D` dates, `M` minutes, `A` agendas,
/// `E` exempt business, `T` tables, `W` writing and accessibility.
pub mod codes {
    use super::Code;

    /// The file cannot be read as text, or its YAML is broken.
    pub const UNREADABLE: Code = "F01";
    /// A key that this kind of file does not have.
    pub const UNKNOWN_KEY: Code = "F02";
    /// A key twice in one place.
    pub const DUPLICATE_KEY: Code = "F03";
    /// A key that must be there is not.
    pub const MISSING_KEY: Code = "F04";
    /// A value of the wrong type, or not one of those possible.
    pub const WRONG_VALUE: Code = "F05";
    /// A file where none of its kind belongs, or a link out of the content folder.
    pub const MISPLACED_FILE: Code = "F06";
    /// Something that may exist once exists twice.
    pub const DUPLICATE: Code = "F07";
    /// A reference to something that does not exist.
    pub const UNKNOWN_REFERENCE: Code = "R01";
    /// A name given twice in one paper.
    pub const DUPLICATE_NAME: Code = "R02";
    /// What nothing leads to: a footnote here; papers are for the rule of this code.
    pub const UNREACHED_PAPER: Code = "R03";
    /// Things that refer to each other in a circle.
    pub const CIRCLE: Code = "R04";
    /// Two items of an agenda with one number.
    pub const DUPLICATE_ITEM: Code = "A02";
    /// Pages of a pack that are not where an agenda says.
    pub const PAGES: Code = "A06";
    /// Two places that must agree on a date or a body do not.
    pub const DISAGREES: Code = "D01";
    /// Business is private, but the reason is missing.
    pub const NO_EXEMPT_REASON: Code = "E01";
    /// A table's data cannot be read.
    pub const TABLE_DATA: Code = "T01";
    /// Figures that must agree do not.
    pub const TABLE_SUM: Code = "T02";
    /// A figure as stated elsewhere differs from the computed one.
    pub const AS_STATED: Code = "T03";
    /// An image without alternative text.
    pub const NO_ALTERNATIVE_TEXT: Code = "W01";
    /// HTML that was dropped.
    pub const DROPPED_HTML: Code = "W02";
    /// A link that leads somewhere unsafe or nowhere.
    pub const BAD_LINK: Code = "W03";
    /// A heading of a level that the text of a paper may not use.
    pub const HEADING_LEVEL: Code = "W04";
    /// Something that cannot be printed as it is written.
    pub const UNPRINTABLE: Code = "W15";
}

/// A place, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said of it; may be empty for the primary place.
    pub text: String,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence in the officer's terms, without blame.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that explain it.
    pub others: Vec<Label>,
    /// How to put it right.
    pub help: Option<String>,
    /// Why it stays as it is, if somebody has said that it is known.
    pub accepted: Option<String>,
}

impl Finding {
    /// A finding of the severity given.
    pub fn new(severity: Severity, code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            others: Vec::new(),
            help: None,
            accepted: None,
        }
    }

    /// An error.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// A warning.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    /// Says what the primary place is.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another place that explains the finding.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    /// Says how to put it right.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Puts findings into the order they are shown in: by file, place, code.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.primary.span, a.code, &a.message).cmp(&(b.primary.span, b.code, &b.message)));
}

/// No more findings than this are made of one paper's text, and no more references that lead nowhere are told of one
/// paper: nobody mends more in one go, and a hostile file could otherwise fill the memory.
pub(crate) const MOST_OF_ONE_TEXT: usize = 1_000;

/// Findings of one text, of which no more than [`MOST_OF_ONE_TEXT`] are kept.
#[derive(Debug)]
pub(crate) struct Bounded<'f> {
    findings: &'f mut Vec<Finding>,
    kept: usize,
    /// How many were not kept, and where the first of them was.
    left_out: Option<(usize, Span)>,
}

impl<'f> Bounded<'f> {
    /// Adds to `findings`.
    pub(crate) fn new(findings: &'f mut Vec<Finding>) -> Self {
        Self { findings, kept: 0, left_out: None }
    }

    /// Keeps a finding, or only counts it.
    pub(crate) fn push(&mut self, finding: Finding) {
        if self.kept < MOST_OF_ONE_TEXT {
            self.kept += 1;
            self.findings.push(finding);
        } else {
            self.left_out.get_or_insert((0, finding.primary.span)).0 += 1;
        }
    }

    /// Says how many were not kept, if any.
    pub(crate) fn finish(self) {
        if let Some((count, span)) = self.left_out {
            let message = format!("from here on {count} more findings of this text are not listed");
            self.findings.push(
                Finding::error(codes::UNREADABLE, span, message).help("put right what stands above, and check again"),
            );
        }
    }
}

impl Extend<Finding> for Bounded<'_> {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

/// The longest text that is compared with others, in characters. Nobody's name is longer.
const LONGEST_COMPARED: usize = 200;

/// The nearest of `candidates` to what was written, if it is near enough to be what was meant.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    if length > LONGEST_COMPARED {
        return None;
    }
    let written = written.to_lowercase();
    let allowed = (length / 3).clamp(1, 4);
    candidates
        .into_iter()
        // To compare two texts takes as long as their lengths multiplied; most differ by too much in length alone.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&written, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// "did you mean" as a sentence, if something near enough exists.
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("publised", ["published", "place"]), Some("published"));
        assert_eq!(nearest("R They", ["R Thay", "N Akhtar"]), Some("R Thay"));
        assert_eq!(nearest("wombat", ["published", "place"]), None);
    }
}
