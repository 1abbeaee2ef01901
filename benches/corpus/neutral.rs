//! The papers as plain Markdown, for generators that know nothing of councils.

use chrono::{Days, NaiveDate};

use super::random::Random;
use super::words::{INITIALS, SURNAMES};
use super::{Files, paper};

/// Papers in one section.
const PER_SECTION: usize = 100;

/// Writes the papers, and the pages of the sections and of the site.
pub(super) fn files(papers: usize, seed: u64) -> Files {
    let mut files = vec![("_index.md".to_owned(), "---\ntitle: Papers\nsort_by: weight\n---\n".to_owned())];
    for paper in 0..papers {
        let (section, place) = (paper / PER_SECTION, paper % PER_SECTION);
        if place == 0 {
            let head = format!("---\ntitle: Section {0}\nsort_by: weight\nweight: {0}\n---\n", section + 1);
            files.push((format!("section-{section:04}/_index.md"), head));
        }
        let mut random = Random::new(seed, "neutral", paper);
        let days = Days::new(u64::try_from(random.below(5_000)).unwrap_or_default());
        let date = NaiveDate::from_ymd_opt(2010, 1, 4).unwrap_or_default() + days;
        let text = format!(
            "---\ntitle: \"{}\"\ndate: {date}\nweight: {}\nextra:\n  reference: \"NW/{section:04}/{place:02}\"\n  \
             author: \"{} {}\"\n  item: {}\n---\n{}",
            paper::title(seed, paper),
            place + 1,
            random.pick(INITIALS),
            random.pick(SURNAMES),
            place % 12 + 1,
            paper::text(seed, paper, None)
        );
        files.push((format!("section-{section:04}/paper-{place:02}.md"), text));
    }
    files
}
