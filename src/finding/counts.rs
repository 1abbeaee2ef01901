//! How many findings there are of each severity, in words.

use super::{Finding, Severity};

/// How many findings there are of each severity. What is known and stays as it is counts apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Advice.
    pub advice: usize,
    /// What somebody has said is known.
    pub known: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            counts.add(finding);
        }
        counts
    }

    /// Counts one more.
    pub fn add(&mut self, finding: &Finding) {
        let count = match finding.severity {
            _ if finding.accepted.is_some() => &mut self.known,
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Advice => &mut self.advice,
        };
        *count += 1;
    }

    /// "2 errors, 1 warning", without what is known; empty if there is nothing.
    pub fn words(self) -> String {
        let counts = [
            (self.errors, "error", "errors"),
            (self.warnings, "warning", "warnings"),
            (self.advice, "piece of advice", "pieces of advice"),
        ];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        counts.map(|(count, one, many)| counted(count, one, many)).collect::<Vec<_>>().join(", ")
    }

    /// Everything but what is known.
    pub fn open(self) -> usize {
        self.errors + self.warnings + self.advice
    }
}

/// "1 error", "2 errors".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
