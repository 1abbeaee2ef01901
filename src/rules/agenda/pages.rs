//! Page numbers as agendas write them: "9–14", "Pages 9 - 14", "9, 11 to 12", "To follow".

/// What an item's `pages` say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pages {
    /// Runs of pages, first and last, as written.
    Runs(Vec<(u32, u32)>),
    /// The papers are not in the pack, or its pages are counted otherwise (A1–A6): nothing to compare.
    Elsewhere,
    /// No page numbers.
    Unclear,
}

impl Pages {
    pub(super) fn read(written: &str) -> Self {
        let lower = written.to_lowercase();
        let lower = lower.trim().trim_matches(['(', ')']).trim();
        let rest = ["pages", "page", "pp.", "pp", "pgs", "pg", "p."].iter().find_map(|word| lower.strip_prefix(word));
        let numbers = rest.unwrap_or(lower).trim_matches(['.', ':']).trim();
        let runs: Option<Vec<(u32, u32)>> = numbers.replace(" and ", ",").split([',', ';', '&']).map(run).collect();
        match runs {
            Some(runs) => Self::Runs(runs),
            None if is_elsewhere(numbers) => Self::Elsewhere,
            None => Self::Unclear,
        }
    }
}

/// "9–14" or "9".
fn run(written: &str) -> Option<(u32, u32)> {
    let written = written.trim();
    let (first, last) = match written.split_once(" to ") {
        Some(ends) => ends,
        None => written.split_once(['–', '-', '—', '‑', '−']).unwrap_or((written, written)),
    };
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

/// "to follow", "oral", "A1–A6", "separate booklet".
fn is_elsewhere(words: &str) -> bool {
    const SAID: [&str; 11] = [
        "follow",
        "oral",
        "verbal",
        "tabled",
        "separate",
        "attached",
        "enclosed",
        "supplement",
        "circulated",
        "n/a",
        "none",
    ];
    let lettered = |part: &str| {
        let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        !digits.is_empty() && digits.len() < part.len() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts =
        words.split(['–', '-', '—', ',', ' ']).map(str::trim).filter(|part| !matches!(*part, "" | "to" | "and"));
    SAID.iter().any(|said| words.contains(said))
        || (words.contains(|c: char| c.is_ascii_digit()) && parts.clone().all(lettered))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_are_read_as_agendas_write_them() {
        for (written, runs) in [
            ("9–14", vec![(9, 14)]),
            ("9-14", vec![(9, 14)]),
            ("9", vec![(9, 9)]),
            ("Pages 9 - 14", vec![(9, 14)]),
            ("(Pages 9 - 14)", vec![(9, 14)]),
            ("pp. 9 to 14", vec![(9, 14)]),
            ("p.9", vec![(9, 9)]),
            ("9, 11–12 and 20", vec![(9, 9), (11, 12), (20, 20)]),
            ("14–9", vec![(14, 9)]),
        ] {
            assert_eq!(Pages::read(written), Pages::Runs(runs), "{written}");
        }
        for written in ["To follow", "Oral", "A1–A6", "S3", "see the separate booklet", "Verbal report"] {
            assert_eq!(Pages::read(written), Pages::Elsewhere, "{written}");
        }
        for written in ["nine", "9–", "9–x", "", "9 14", "99999999999"] {
            assert_eq!(Pages::read(written), Pages::Unclear, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(runs in proptest::collection::vec((any::<u32>(), any::<u32>()), 1..5), dash in "–|-| - | to ") {
            let written: Vec<String> = runs.iter().map(|(first, last)| format!("{first}{dash}{last}")).collect();
            prop_assert_eq!(Pages::read(&written.join(", ")), Pages::Runs(runs));
        }

        #[test]
        fn nothing_written_is_too_odd(written in "\\PC{0,30}") {
            Pages::read(&written);
        }
    }
}
