//! `quorate disclose`: what a table gives away, why, and the lines that make it safe.

use super::Project;

const PLAN: &str = "content/meetings/scrutiny/2023-07-12/04-plan.md";

/// The table of seed 000 as it was printed.
pub(crate) const HATE_CRIME: &str = "\
Table: Hate crime incidents

| Type of hate | 2013 total | 2013 % | 2014 total | 2014 % |
|---|---:|---:|---:|---:|
| Disablist | 16 | 5% | 17 | 4% |
| Gypsy/Traveller | <5 | 0% | <5 | 0% |
| Homophobic | 0 | 0% | <5 | 1% |
| Racist | 276 | 84% | 320 | 84% |
| Religious | 7 | 2% | 13 | 3% |
| Sexist | 19 | 6% | 23 | 6% |
| Transphobic | 7 | 2% | <5 | 1% |
| Blank | <5 | 0% | <5 | 0% |
| Grand total | 327 | - | 379 | - |
";

fn with(text: &str) -> Project {
    let project = Project::begun();
    let head = "---\nkind: briefing-note\ntitle: A plan\nstatus: draft\nbackground_papers: none\n---\n";
    project.write(PLAN, &format!("{head}{text}"));
    project
}

#[test]
fn the_lines_it_proposes_make_the_table_safe() {
    let project = with(HATE_CRIME);
    let run = project.run(&["disclose", PLAN]);
    assert_eq!((run.code(), run.err()), (1, String::new()));
    let said = run.out();
    for part in [
        "Table 1: Hate crime incidents\nmeetings/scrutiny/2023-07-12/04-plan.md:9:1\n",
        "  `Gypsy/Traveller`, 2013 total (<5): must be 1\n",
        "  `Homophobic`, 2014 total (<5): must be 2\n",
        "Why `Gypsy/Traveller`, 2013 total must be 1 and `Blank`, 2013 total must be 1:\n",
        "  - `Gypsy/Traveller`, 2014 % is 0%, and the whole is 379\n",
        "withhold 4 further cells (no smaller change is enough):\n",
        "  - `Religious`, 2013 total: write `[c]` in place of 7\n",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 100 || line.starts_with('|')), "{said}");

    // What it says is typed, line by line.
    let mut lines: Vec<String> = project.read(PLAN).lines().map(str::to_owned).collect();
    let mut typed = 0;
    let mut place = None;
    for line in said.lines() {
        if let Some(number) = place.take() {
            let number: usize = number;
            lines[number - 1] = line.to_owned();
            typed += 1;
        }
        place = line.strip_prefix("meetings/scrutiny/2023-07-12/04-plan.md:").and_then(|rest| rest.parse().ok());
    }
    assert_eq!(typed, 5, "{said}");
    project.write(PLAN, &(lines.join("\n") + "\n"));
    let safe = project.fine(&["disclose", "scrutiny/2023-07-12/04-plan"]);
    assert!(safe.contains("7 counts are withheld in this table. None can be worked out"), "{safe}");
    assert!(safe.contains("`Religious`, 2013 total ([c]): can be 1 to 7"), "{safe}");
}

#[test]
fn what_cannot_be_audited_is_said() {
    let project = with("Nothing is counted.\n");
    assert!(project.fine(&["disclose", PLAN]).starts_with("No table of `meetings/scrutiny/2023-07-12/04-plan.md` "));
    assert!(project.refused(&["disclose", "04-plan"]).contains("did you mean"));
    assert!(project.refused(&["disclose", "content/meetings"]).contains("is a folder"));
    assert!(project.refused(&["disclose", "content/authority.yaml"]).contains("is no paper"));
    let project = with("| A | 2013 |\n|---|---:|\n| b | 7 |\n| c | <5 |\n| Total | 20 |\n");
    let run = project.run(&["disclose", PLAN]);
    assert_eq!(run.code(), 1);
    assert!(run.out().contains("these figures contradict each other"), "{}", run.out());
}
