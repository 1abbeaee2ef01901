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

/// Types what is said into a file, line by line; gives how many there were.
fn type_lines(project: &Project, said: &str, file: &str) -> usize {
    let path = file.strip_prefix("content/").expect("content");
    let mut lines: Vec<String> = project.read(file).lines().map(str::to_owned).collect();
    let mut typed = 0;
    let mut place: Option<usize> = None;
    for line in said.lines() {
        if let Some(number) = place.take() {
            line.clone_into(&mut lines[number - 1]);
            typed += 1;
        }
        let rest = line.strip_prefix(path).and_then(|rest| rest.strip_prefix(':'));
        place = rest.and_then(|rest| rest.parse().ok());
    }
    project.write(file, &(lines.join("\n") + "\n"));
    typed
}

const CSV: &str = "content/meetings/scrutiny/2023-07-12/hate.csv";

/// The same table made from data, with the totals that were printed.
const FROM_DATA: &str = "```breakdown
caption: Hate crime incidents
categories: Type of hate
periods: [2013, 2014]
share_places: 0
total: Grand total
totals: {2013: 327, 2014: 379}
suppress_below: 5
data: hate.csv
```
";

const DATA: &str = "Type of hate,2013,2014\nDisablist,16,17\nGypsy/Traveller,<5,<5\nHomophobic,0,<5\nRacist,276,320\n\
                    Religious,7,13\nSexist,19,23\nTransphobic,7,<5\nBlank,<5,<5\n";

#[test]
fn a_table_made_from_data_is_made_safe_in_its_data() {
    let project = with(FROM_DATA);
    project.write(CSV, DATA);
    let checked = project.run(&["check", "--paper", PLAN]);
    assert!(
        checked.err().contains("what is kept back can be worked out: `Gypsy/Traveller` is 1 and `Blank` is 1"),
        "{}",
        checked.err()
    );
    let run = project.run(&["disclose", PLAN]);
    let said = run.out();
    assert_eq!(run.code(), 1, "{said}");
    // Of 2014, where six are left for four and their shares are withheld with them, nothing can be told.
    for part in [
        "  `Gypsy/Traveller`, 2013, Number (<5): must be 1\n",
        "  `Homophobic`, 2014, Number (<5): can be 1 to 3\n",
        "To make them safe, withhold 1 further cell (no smaller change is enough):\n",
        "  - `Religious`, 2013, Number: write `[c]` in place of 7\n",
        "meetings/scrutiny/2023-07-12/hate.csv:6\nReligious,[c],13\n",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(type_lines(&project, &said, CSV), 1);
    let safe = project.fine(&["disclose", PLAN]);
    assert!(safe.contains("`Religious`, 2013, Number ([c]): can be 1 to 7"), "{safe}");
    assert!(!project.run(&["check", "--paper", PLAN]).err().contains("worked out"));
}

#[test]
fn a_table_with_rows_in_its_block_is_made_safe_there() {
    let rows: String = DATA
        .lines()
        .skip(1)
        .filter_map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [name, first, second] = cells[..] else { return None };
            Some(format!("  - {{Type of hate: {name}, 2013: \"{first}\", 2014: {second}}}\n"))
        })
        .collect();
    let project = with(&FROM_DATA.replace("data: hate.csv\n", &format!("rows:\n{rows}")));
    let said = project.run(&["disclose", PLAN]).out();
    assert!(said.contains("\n  - {Type of hate: Religious, 2013: \"[c]\", 2014: 13}\n"), "{said}");
    assert_eq!(type_lines(&project, &said, PLAN), 1);
    project.fine(&["disclose", PLAN]);

    // Of one count alone the total is all that there is to withhold.
    let project = with(
        "```breakdown\ncaption: C\nperiods: [2013]\nshare: no\nsuppress_below: 5\ntotals: {2013: 3}\nrows:\n- {category: a, 2013: <5}\n```\n",
    );
    let said = project.run(&["disclose", PLAN]).out();
    assert!(said.contains("`Total`, 2013: take 3 out of `totals`\n"), "{said}");
}

#[test]
fn what_was_printed_beside_a_withheld_count_is_not_stated_either() {
    let stated = "as_stated: [{row: Blank, column: share_0, value: 0%}]\ndata: hate.csv";
    let project = with(&FROM_DATA.replace("data: hate.csv", stated));
    project.write(CSV, DATA);
    let said = project.run(&["check", "--paper", PLAN]).err();
    assert!(said.contains("T01") && said.contains("`as_stated` would print what is withheld"), "{said}");
}

#[test]
fn coarser_percentages_are_offered_where_they_are_enough() {
    // The total lies between 2,788 and 2,791; 35.8% is 2,789.4 at least, and 32.3% less than 2,790.7.
    let table = "Table: Counted\n\n| Type | Count | % |\n|---|---:|---:|\n| a | 1000 | 35.8% |\n| b | 900 | 32.3% |\n\
                 | c | 887 | 31.8% |\n| d | <5 | 0.1% |\n| Total | [c] | |\n";
    let said = with(table).run(&["disclose", PLAN]).out();
    assert!(said.contains("`d`, Count must be 3"), "{said}");
    assert!(said.contains("Or print `%` in whole numbers: then nothing else has to be withheld.\n"), "{said}");
    let whole = "Table: Counted\n\n| Type | Count | % |\n|---|---:|---:|\n| a | 1000 | 36% |\n| b | 900 | 32% |\n\
                 | c | 887 | 32% |\n| d | <5 | 0% |\n| Total | [c] | |\n";
    with(whole).fine(&["disclose", PLAN]);
    // Of 2014, whole percentages are too fine already.
    let said = with(HATE_CRIME).run(&["disclose", PLAN]).out();
    assert!(said.contains("Or leave out `2014 %`: then nothing else has to be withheld.\n"), "{said}");
    assert!(!said.contains("Or leave out `2013 %`"), "{said}");
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

    assert_eq!(type_lines(&project, &said, PLAN), 5, "{said}");
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
