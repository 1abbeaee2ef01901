//! Somebody who has never used Quorate makes ten ordinary mistakes in the pack of 12 July 2023, and is told each of them, at
//! its line, in plain words, in one run.

use std::collections::BTreeMap;

use quorate::calendar::Moment;
use quorate::files::{DiskFolder, Folder, MemoryFolder};
use quorate::finding::Severity;
use quorate::{record, rules};

const APRIL: &str = "meetings/scrutiny-co-ordination-committee/2023-04-19";
const JULY: &str = "meetings/scrutiny-co-ordination-committee/2023-07-12";
const PROGRAMME: &str = "work-programmes/scrutiny-co-ordination-committee-2023-24.md";

/// The sample papers, to be spoilt.
struct Copy(BTreeMap<String, String>);

impl Copy {
    fn of_the_sample() -> Self {
        let folder = DiskFolder::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content").as_path())
            .expect("the sample papers are there");
        let text = |path: &String| String::from_utf8(folder.read(path).expect("readable")).ok();
        Self(folder.paths().iter().filter_map(|path| Some((path.clone(), text(path)?))).collect())
    }

    /// Writes something else in place of what stands once in a file.
    fn change(&mut self, path: &str, from: &str, to: &str) {
        let text = self.0.get_mut(path).unwrap_or_else(|| panic!("no file {path}"));
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {path}");
        *text = text.replace(from, to);
    }

    /// "path:line" of words in a file.
    fn place(&self, path: &str, words: &str) -> String {
        let line = self.0[path].lines().position(|line| line.contains(words)).expect("the words are there") + 1;
        format!("{path}:{line}")
    }

    /// Errors and warnings: "path:line code message | help".
    fn told(&self) -> Vec<String> {
        let folder: MemoryFolder =
            self.0.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        let loaded = record::load(&folder).expect("files in memory can be read");
        let record = loaded.record.expect("a record");
        let now = Moment::parse("2023-07-13").expect("a moment");
        let checked = rules::check(&record, &loaded.sources, loaded.findings, now);
        let matters = checked.findings.iter().filter(|finding| finding.severity != Severity::Advice);
        matters
            .map(|finding| {
                let source = loaded.sources.get(finding.primary.span.source);
                let (line, _) = source.position(finding.primary.span.start);
                let help = finding.help.as_deref().unwrap_or_default();
                format!("{}:{line} {} {} | {help}", source.path, finding.code, finding.message)
            })
            .collect()
    }
}

#[test]
fn ten_ordinary_mistakes_are_told_in_one_run() {
    let mut copy = Copy::of_the_sample();
    let before = copy.told();
    let minutes = format!("{APRIL}/minutes.md");
    let agenda = format!("{JULY}/agenda.md");
    let plan = format!("{JULY}/04-community-safety-plan.md");
    let project = format!("{JULY}/05-early-intervention-project.md");

    copy.change(&minutes, "present: [N Akhtar, M Ali,", "present: [N Akhtar, M Aly,");
    copy.change(&minutes, "presided: N Akhtar", "presided: K Caan");
    copy.change(&minutes, "closed: 13:15", "votes:\n  - {minute: 54, for: [N Akhtar, P Male]}\nclosed: 13:15");
    copy.change(&minutes, "Public Business {item=8}", "Public Business {item=8 number=59}");
    copy.change(&agenda, "  - title: Domestic Abuse", "  - number: 4\n    title: Domestic Abuse");
    copy.change(
        &plan,
        "appendices: [04-appendix-1-strategic-priorities]",
        "appendices: [04-appendix-1-strategic-prioritys]",
    );
    copy.change(
        &plan,
        "The PCB meets every quarter.",
        "The committee meets on Thursday 12 July 2023.\n\n| Group | Reports |\n|---|---:|\n| Tasking | 12 |\n| Prevent | 7 |\n| Total | 20 |\n\nThe PCB meets every quarter.",
    );
    copy.change(&project, "status: published\n", "status: published\npublished: 2023-07-10\n");
    copy.change(PROGRAMME, "    deferred_from: 2023-04-19\n", "");
    copy.change(PROGRAMME, "Police and Crime Board Strategic Assessment", "A Visit to the Depot");
    copy.change(
        PROGRAMME,
        "The strategic assessment of community safety issues, and the priorities set for the year ahead.",
        "To see the depot.",
    );

    let told: Vec<String> = copy.told().into_iter().filter(|line| !before.contains(line)).collect();
    let expected = [
        (
            "a misspelt member",
            copy.place(&minutes, "M Aly"),
            "R01",
            "there is no person `M Aly` | did you mean `M Ali`?",
        ),
        ("a chair who is no member", copy.place(&minutes, "presided:"), "Q06", "K Caan"),
        ("an absent member who voted", copy.place(&minutes, "for: [N Akhtar, P Male]"), "Q07", "P Male"),
        ("a minute number left out", copy.place(&minutes, "number=59"), "M02", "58"),
        (
            "a number on two items",
            copy.place(&agenda, "number: 4"),
            "A02",
            "two items of this agenda have the number 4",
        ),
        (
            "a missing appendix",
            copy.place(&plan, "appendices:"),
            "R01",
            "did you mean `04-appendix-1-strategic-priorities`?",
        ),
        ("a wrong weekday", copy.place(&plan, "Thursday 12 July"), "D02", "Wednesday"),
        ("a total that does not add up", copy.place(&plan, "| Total | 20 |"), "T04", "19"),
        ("a late paper without a reason", copy.place(&project, "published: 2023-07-10"), "N02", "clear day"),
        (
            "a deferred item that is on no programme",
            copy.place(&minutes, "will be in the Work Programme for 2023/24"),
            "P04",
            "programme",
        ),
    ];
    for (mistake, place, code, words) in expected {
        assert!(
            told.iter().any(|line| line.starts_with(&format!("{place} {code} ")) && line.contains(words)),
            "{mistake} at {place}, {code}, with the words `{words}`, is not among:\n{}",
            told.join("\n")
        );
    }
}
