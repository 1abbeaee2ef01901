//! What one rule has found so far.

use super::Rule;
use crate::finding::{Finding, Severity};
use crate::model::Level;
use crate::text::Span;

/// What one rule has found so far; the rule's code and severity come by themselves.
#[derive(Debug)]
pub struct Found {
    rule: &'static Rule,
    findings: Vec<Finding>,
}

impl Found {
    pub(super) fn new(rule: &'static Rule) -> Self {
        Self { rule, findings: Vec::new() }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Something found, and a sentence on it: what was found, what was expected.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> Told<'_> {
        let severity = severity(self.rule.level).unwrap_or(Severity::Advice);
        self.findings.push(Finding::new(severity, self.rule.code, span, message));
        let last = self.findings.len() - 1;
        Told { finding: &mut self.findings[last] }
    }
}

/// A finding that has just been told, to which more can be added.
#[derive(Debug)]
pub struct Told<'f> {
    finding: &'f mut Finding,
}

#[allow(clippy::return_self_not_must_use)] // What is told is told whether or not more is added.
impl Told<'_> {
    /// Says what the place is.
    pub fn label(self, text: impl Into<String>) -> Self {
        self.finding.primary.text = text.into();
        self
    }

    /// Adds another place that explains it, and says what that is.
    pub fn also(self, span: Span, text: impl Into<String>) -> Self {
        self.finding.others.push(crate::finding::Label { span, text: text.into() });
        self
    }

    /// Says how to put it right.
    pub fn help(self, text: impl Into<String>) -> Self {
        self.finding.help = Some(text.into());
        self
    }
}

/// The severity of a level; nothing for `off`.
pub(super) fn severity(level: Level) -> Option<Severity> {
    match level {
        Level::Error => Some(Severity::Error),
        Level::Warning => Some(Severity::Warning),
        Level::Advice => Some(Severity::Advice),
        Level::Off => None,
    }
}
