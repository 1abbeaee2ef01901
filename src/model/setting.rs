//! How much the findings of a rule matter: what an authority, or one paper, says of it.

use super::read::{record, words};
use crate::text::Spanned;

words! {
    /// How much a finding matters, as an authority sets it.
    pub enum Level {
        /// Nothing is published until it is put right.
        Error = "error",
        /// Probably a mistake; publication goes on.
        Warning = "warning",
        /// Worth knowing.
        Advice = "advice",
        /// Not reported.
        Off = "off",
    }
}

record! {
    /// What is said of a rule: in `authority.yaml` for all papers or for those of a folder, in a paper's head for that
    /// paper. The nearest counts: the paper's before the folder's before the authority's, a code before a family.
    pub struct RuleSetting {
        /// The code of a rule, such as `N01`, or the letter of a family, such as `N`.
        "rule" rule: Spanned<String>,
        /// How much its findings matter. Left out: `advice`, for what is known and stays as it is.
        "severity" severity: Level = Level::Advice,
        /// Only for papers in this folder and those beneath it; in `authority.yaml` only.
        "folder" folder: Option<Spanned<String>>,
        /// Only for the findings where these words stand in the paper.
        "at" at: Option<Spanned<String>>,
        /// Why. Needed wherever a finding is made to matter less.
        "reason" reason: Option<String>,
    }
}
