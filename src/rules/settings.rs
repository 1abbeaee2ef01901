//! How much findings matter: what the authority and the papers say of rules, and whether they may.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use regex::Regex;

use super::found::severity;
use super::{Example, FAMILIES, Found, Rule, Test, all};
use crate::finding::{Finding, did_you_mean};
use crate::model::{Level, RuleSetting};
use crate::record::Record;
use crate::text::{SourceId, Sources};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "S01",
        name: "no-reason",
        level: Level::Warning,
        meaning: "A rule was made to matter less, and nobody says why.",
        why: "Whoever reads the papers later, an auditor perhaps, must be able to tell a decision from an oversight.",
        source: "Quorate: what is passed over is passed over for a reason that can be read.",
        remedy: "Add `reason:` to the entry, in a sentence.",
        failing: Example::Head(
            "rules:\n  - {rule: D02, severity: off}\n",
            "The meeting is on Thursday 12 July 2023.\n",
        ),
        passing: Example::Head(
            "rules:\n  - {rule: D02, severity: off, at: Thursday 12 July, reason: The original says so.}\n",
            "The meeting is on Thursday\n12 July 2023.\n",
        ),
        test: Test::Settings,
    },
    Rule {
        code: "S02",
        name: "no-longer-needed",
        level: Level::Warning,
        meaning: "A paper or a folder says that a finding is known, and there is no such finding.",
        why: "An old exception would hide the next mistake of its kind.",
        source: "Quorate: an exception lasts as long as its cause.",
        remedy: "Take the entry out, or correct its `rule`, `folder` or `at`.",
        failing: Example::Head(
            "rules:\n  - {rule: D02, reason: The original says so.}\n",
            "The meeting is on Wednesday 12 July 2023.\n",
        ),
        passing: Example::Head(
            "rules:\n  - {rule: D02, reason: The original says so.}\n",
            "The meeting is on Thursday 12 July 2023.\n",
        ),
        test: Test::Settings,
    },
    Rule {
        code: "S03",
        name: "unknown-rule",
        level: Level::Error,
        meaning: "An entry under `rules` names a rule that does not exist, or one whose severity cannot be changed.",
        why: "Whoever wrote it thinks that something is settled, and it is not.",
        source: "Quorate: what cannot be read cannot be published, whatever the settings say.",
        remedy: "Write a code such as `N01`, or the letter of a family; `quorate explain` lists them.",
        failing: Example::Head("rules:\n  - {rule: N99, reason: The original says so.}\n", "The plan is here.\n"),
        passing: Example::Head(
            "rules:\n  - {rule: d02, reason: The original says so.}\n",
            "The meeting is on Thursday 12 July 2023.\n",
        ),
        test: Test::Settings,
    },
];

/// Rules that find something only from a day on: what is said of them before is not in vain.
const BY_THE_DAY: [&str; 2] = ["N04", "P07"];

/// What is said of rules, and where it counts.
pub(super) struct Settings<'r> {
    all: Vec<Placed<'r>>,
    /// Settings in the head of a paper, by its file; indices into `all`.
    by_paper: HashMap<SourceId, Vec<usize>>,
    /// Settings in the authority's file, the nearest first; indices into `all`.
    of_authority: Vec<usize>,
    sources: &'r Sources,
}

/// A setting, and where it counts.
struct Placed<'r> {
    setting: &'r RuleSetting,
    /// Where the words under `at` stand in the paper; nothing if the setting names none.
    at: Option<Vec<Range<usize>>>,
    in_paper: bool,
    used: AtomicBool,
}

impl Placed<'_> {
    fn is_about(&self, code: &str) -> bool {
        let rule = self.setting.rule.value.as_str();
        rule.eq_ignore_ascii_case(code) || is_family(rule) && code[..1].eq_ignore_ascii_case(rule)
    }

    /// The nearer it is to a finding, the more it counts: words in a paper before the paper before a folder before all.
    fn nearness(&self) -> (bool, bool, usize, bool) {
        let folder = self.setting.folder.as_ref().map_or(0, |folder| folder.trim_end_matches('/').len());
        (self.in_paper, self.at.is_some(), folder, !is_family(&self.setting.rule.value))
    }

    /// Whether it says that findings are known and stay as they are: of some papers, and as no more than advice. A rule that
    /// matters less to the whole authority, or more to somebody, still finds something new each time.
    fn makes_known(&self, rule: Option<&Rule>) -> bool {
        let RuleSetting { severity, folder, .. } = self.setting;
        let specific = self.in_paper || folder.is_some();
        specific && *severity == Level::Advice && rule.is_none_or(|rule| rule.level <= *severity)
    }

    fn covers(&self, finding: &Finding, path: &str) -> bool {
        let folder = self.setting.folder.as_ref().filter(|_| !self.in_paper);
        let in_folder = folder.is_none_or(|folder| {
            path.strip_prefix(folder.trim_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let place = finding.primary.span.range();
        let at_words = self.at.as_ref().is_none_or(|places| {
            places.iter().any(|words| words.start <= place.end.max(place.start + 1) && place.start < words.end)
        });
        in_folder && at_words && self.is_about(finding.code)
    }
}

fn is_family(rule: &str) -> bool {
    FAMILIES.iter().any(|family| family.letter.eq_ignore_ascii_case(rule))
}

impl<'r> Settings<'r> {
    pub(super) fn of(record: &'r Record, sources: &'r Sources) -> Self {
        let mut settings = Self { all: Vec::new(), by_paper: HashMap::new(), of_authority: Vec::new(), sources };
        for setting in &record.model.authority.rules {
            settings.of_authority.push(settings.all.len());
            settings.all.push(Placed { setting, at: None, in_paper: false, used: AtomicBool::new(false) });
        }
        for paper in record.papers.values() {
            for setting in &paper.head.common.rules {
                settings.by_paper.entry(paper.source).or_default().push(settings.all.len());
                let text = &sources.get(paper.source).text;
                let at = setting.at.as_ref().map(|at| places_of(at, text));
                settings.all.push(Placed { setting, at, in_paper: true, used: AtomicBool::new(false) });
            }
        }
        let Self { all, of_authority, .. } = &mut settings;
        of_authority.sort_by_key(|index| Reverse(all[*index].nearness()));
        for indices in settings.by_paper.values_mut() {
            indices.sort_by_key(|index| Reverse(settings.all[*index].nearness()));
        }
        settings
    }

    /// Whether a rule needs to be run: somebody wants to know.
    pub(super) fn wants(&self, rule: &Rule) -> bool {
        rule.level != Level::Off
            || self.all.iter().any(|placed| placed.setting.severity != Level::Off && placed.is_about(rule.code))
    }

    /// Gives each finding the severity that it has here, and leaves out what is off; adds what is wrong with the settings
    /// themselves.
    pub(super) fn weigh(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let rules: HashMap<&str, &Rule> = all().map(|rule| (rule.code, rule)).collect();
        let mut weighed: Vec<Finding> = findings
            .into_iter()
            .filter_map(|finding| {
                let rule = rules.get(finding.code);
                self.weigh_one(finding, rule.copied())
            })
            .collect();
        // While something cannot be read, rules keep silent, and an entry only seems to be without use.
        let all_read = weighed.iter().all(|finding| rules.get(finding.code).is_none_or(|rule| rule.is_adjustable()));
        for rule in RULES {
            let mut found = Found::new(rule);
            match rule.code {
                "S01" => self.without_reason(&mut found),
                "S02" if all_read => self.without_use(&mut found),
                "S02" => {}
                _ => self.without_rule(&mut found),
            }
            weighed.extend(found.into_findings());
        }
        weighed
    }

    fn weigh_one(&self, mut finding: Finding, rule: Option<&Rule>) -> Option<Finding> {
        if rule.is_some_and(|rule| !rule.is_adjustable()) {
            return Some(finding);
        }
        let nearest = self.nearest(&finding);
        let Some(placed) = nearest else {
            return rule.is_none_or(|rule| rule.level != Level::Off).then_some(finding);
        };
        placed.used.store(true, Ordering::Relaxed);
        finding.severity = severity(placed.setting.severity)?;
        if placed.makes_known(rule) {
            finding.accepted.clone_from(&placed.setting.reason);
        }
        Some(finding)
    }

    /// The setting that counts for a finding: of the paper it is in, or of the authority. A paper speaks for itself alone: that
    /// a finding in another one points at it gives it no say.
    fn nearest(&self, finding: &Finding) -> Option<&Placed<'r>> {
        let path = &self.sources.get(finding.primary.span.source).path;
        let of_paper = self.by_paper.get(&finding.primary.span.source).into_iter().flatten();
        of_paper.chain(&self.of_authority).map(|index| &self.all[*index]).find(|placed| placed.covers(finding, path))
    }

    fn without_reason(&self, found: &mut Found) {
        for placed in &self.all {
            let RuleSetting { rule, severity, reason, .. } = placed.setting;
            let matters_less =
                all().any(|one| one.is_adjustable() && placed.is_about(one.code) && *severity > one.level);
            if matters_less && reason.is_none() {
                let message =
                    format!("findings of {} are set to `{}` here, and no reason is given", rule.value, severity.word());
                found.at(rule.span, message).help("add `reason:` with a sentence that says why");
            }
        }
    }

    fn without_use(&self, found: &mut Found) {
        for placed in &self.all {
            let RuleSetting { rule, folder, at, .. } = placed.setting;
            let specific = (placed.in_paper || folder.is_some())
                && !BY_THE_DAY.iter().any(|code| code.eq_ignore_ascii_case(&rule.value));
            if !specific || placed.used.load(Ordering::Relaxed) || !Self::is_known(&rule.value) {
                continue;
            }
            let (span, message) = match (at, folder) {
                (Some(at), _) if placed.at.as_ref().is_some_and(Vec::is_empty) => {
                    (at.span, format!("this paper does not hold the words `{}`", at.value))
                }
                (Some(at), _) => (at.span, format!("{} finds nothing where these words stand", rule.value)),
                (None, Some(folder)) if !placed.in_paper => {
                    (folder.span, format!("{} finds nothing in the folder `{}`", rule.value, folder.value))
                }
                _ => (rule.span, format!("{} finds nothing in this paper", rule.value)),
            };
            found.at(span, message).help("this entry is no longer needed: take it out");
        }
    }

    fn without_rule(&self, found: &mut Found) {
        for placed in &self.all {
            let rule = &placed.setting.rule;
            if let Some(known) = super::find(rule).filter(|known| !known.is_adjustable()) {
                found
                    .at(rule.span, format!("the severity of {} cannot be changed: {}", known.code, known.meaning))
                    .help("take this entry out, and put right what was found");
            } else if !Self::is_known(rule) {
                let codes: Vec<&str> = all().map(|rule| rule.code).collect();
                let help = did_you_mean(rule, codes).unwrap_or_else(|| {
                    "write a code such as `N01`, or the letter of a family; `quorate explain` lists them".to_owned()
                });
                found.at(rule.span, format!("there is no rule `{}`", rule.value)).help(help);
            }
            if let Some(folder) = placed.setting.folder.as_ref().filter(|_| placed.in_paper) {
                found
                    .at(folder.span, "a paper speaks for itself alone, so `folder` says nothing here")
                    .help("take `folder` out, or move the entry to `rules` in `authority.yaml`");
            }
            if let Some(at) = placed.setting.at.as_ref().filter(|_| !placed.in_paper) {
                found
                    .at(at.span, "`at` names words of one paper, so it says nothing in `authority.yaml`")
                    .help("move the entry to `rules` in the head of that paper");
            }
        }
    }

    fn is_known(rule: &str) -> bool {
        is_family(rule) || all().any(|known| known.code.eq_ignore_ascii_case(rule) && known.is_adjustable())
    }
}

/// Where words stand in a text, however its lines are broken.
fn places_of(words: &str, text: &str) -> Vec<Range<usize>> {
    let words: Vec<String> = words.split_whitespace().map(regex::escape).collect();
    match Regex::new(&words.join(r"\s+")) {
        Ok(pattern) if !words.is_empty() => pattern.find_iter(text).map(|found| found.range()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::Papers;

    /// The agenda is told that its paper is a draft. The paper, which that finding points at, has no say in it.
    #[test]
    fn a_paper_speaks_for_itself_alone() {
        let draft = |rules: &str| {
            let head = "kind: briefing-note\ntitle: Community Safety Plan\nstatus: draft\nbackground_papers: none\n";
            Papers::new().paper("03-plan", format!("---\n{head}{rules}---\nThe plan.\n"))
        };
        draft("").finds("A09", &["advice", "draft"]);
        draft("rules:\n  - {rule: A, severity: off, reason: Not mine.}\n").finds("A09", &["advice", "draft"]);
    }
}
