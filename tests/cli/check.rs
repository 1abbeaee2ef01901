//! `quorate check`: its formats, its filters, and how it ends.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{Project, Run};

const AGENDA: &str = "content/meetings/scrutiny/2023-07-12/agenda.md";
const PLAN: &str = "content/meetings/scrutiny/2023-07-12/04-plan.md";

/// Two errors in one paper, one in another, and a warning: a file that nothing reads.
fn faulty() -> Project {
    let project = Project::begun();
    project.write(
        AGENDA,
        "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  \
         - {title: “Plän” £ 🙂, papre: 04-plan}\n  - {title: Plan, paper: 04-plan}\n---\n",
    );
    project.write(
        PLAN,
        "---\nkind: report\ntitle: A plan\nstatus: publised\nbackground_papers: none\ndate: soon\n---\nThe plan.\n",
    );
    project.write("content/notes.yaml", "x: 1\n");
    project
}

/// The same, with nothing but the warning, and that one known if wanted.
fn doubtful(rules: &str) -> Project {
    let project = Project::begun();
    project.write("content/notes.yaml", "x: 1\n");
    let authority = project.read("content/authority.yaml");
    project.write("content/authority.yaml", &format!("{authority}\n{rules}"));
    project
}

fn check(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["check", "--now", "2023-07-20"], arguments].concat())
}

fn parsed(run: &Run) -> Value {
    serde_json::from_str(&run.out()).unwrap_or_else(|error| panic!("{error}\n{}\n{}", run.out(), run.err()))
}

/// What stands between two positions of the JSON, taken from the file itself.
fn words(project: &Project, spot: &Value) -> String {
    let text = project.read(spot["path"].as_str().expect("a path"));
    let number = |of: &str, what: &str| {
        usize::try_from(spot[of][what].as_u64().unwrap_or_else(|| panic!("{spot}"))).expect("a small number")
    };
    assert_eq!(number("start", "line"), number("end", "line"), "{spot}");
    let line = text.lines().nth(number("start", "line") - 1).expect("the line is there");
    let from = number("start", "column") - 1;
    line.chars().skip(from).take(number("end", "column") - 1 - from).collect()
}

#[test]
fn json_tells_each_finding_and_its_places_can_be_found_in_the_files() {
    let project = faulty();
    let run = check(&project, &["--format", "json"]);
    assert_eq!(run.code(), 1);
    assert!(run.err().contains("3 errors, 1 warning in 3 files."), "the summary stands apart: {}", run.err());
    let read = parsed(&run);
    assert_eq!(read["version"], 1);
    let findings = read["findings"].as_array().expect("a list");
    let told: Vec<_> = findings
        .iter()
        .map(|finding| {
            (
                finding["primary"]["path"].as_str().expect("a path"),
                finding["code"].as_str().expect("a code"),
                finding["severity"].as_str().expect("a severity"),
                words(&project, &finding["primary"]),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (PLAN, "F05", "error", "publised".to_owned()),
            (PLAN, "F05", "error", "soon".to_owned()),
            (AGENDA, "F02", "error", "papre".to_owned()),
            ("content/notes.yaml", "F06", "warning", String::new()),
        ]
    );
    assert_eq!(findings[2]["name"], "unknown-key");
    assert_eq!(findings[2]["help"], "did you mean `paper`?");
    assert_eq!(findings[2]["accepted"], Value::Null);
    assert_eq!(findings[2]["primary"]["start"], json!({"line": 8, "column": 25}), "a character is a column");
}

#[test]
fn sarif_names_the_rules_and_relative_places() {
    let project = faulty();
    let run = check(&project, &["--format", "sarif"]);
    assert_eq!(run.code(), 1);
    let log = parsed(&run);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 4);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a rule")).expect("a small number");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let location = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert!(project.path().join(location["uri"].as_str().expect("a path")).is_file(), "{location}");
        assert_eq!(location["uriBaseId"], "%SRCROOT%");
    }
    assert!(rules.iter().all(|rule| rule["help"]["markdown"].as_str().is_some_and(|help| help.len() > 100)));

    // Wherever it is run and however the folder is named, nothing tells of the machine.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let content = project.path().join("content");
    for folder in [project.path(), elsewhere.path()] {
        let mut command = project.command(&["check", "--format", "sarif", "--content"]);
        let run = Run(command.arg(&content).current_dir(folder).output().expect("the command runs"));
        let path =
            &parsed(&run)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let path = path.as_str().expect("a path");
        let below = if folder == project.path() { folder } else { content.as_path() };
        assert!(!path.starts_with('/') && below.join(path).is_file(), "{path}");
        assert!(!run.out().contains(content.to_str().expect("a name")), "{}", run.out());
    }
}

#[test]
fn github_gets_one_command_for_each_finding() {
    let project = faulty();
    project.write("content/meetings/scrutiny/2023-07-12/50%, a: b.md", "---\nkind: report\n---\n");
    let run = check(&project, &["--format", "github"]);
    assert_eq!(run.code(), 1);
    let out = run.out();
    assert!(out.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")), "{out}");
    let expected = format!(
        "::error file={AGENDA},line=8,endLine=8,col=25,endColumn=30,title=F02 unknown-key::Nobody knows the key `papre` \
         here.%0ADid you mean `paper`?\n"
    );
    assert!(out.contains(&expected), "{out}");
    assert!(out.contains("file=content/meetings/scrutiny/2023-07-12/50%25%2C a%3A b.md,line=1"), "{out}");
    assert!(out.contains("::warning file=content/notes.yaml,line=1,endLine=1,col=1,endColumn=1,title=F06"), "{out}");
    assert!(run.err().contains(" papers read in "), "{}", run.err());
}

#[test]
fn denied_warnings_end_with_one_and_what_is_known_never_does() {
    let project = doubtful("");
    assert_eq!(check(&project, &[]).code(), 0);
    for severity in ["warning", "advice"] {
        let run = check(&project, &["--deny", severity]);
        assert_eq!(run.code(), 1);
        assert!(run.out().contains("With --deny, what was found counts as an error here"), "{}", run.out());
        assert!(!run.out().contains("Nothing is published"), "{}", run.out());
    }
    assert_eq!(check(&project, &["--deny", "warning", "--only", "D"]).code(), 0, "nothing of that is found");
    assert_eq!(check(&faulty(), &["--deny", "warning"]).code(), 1);
    project.refused(&["check", "--deny", "error"]);
}

#[test]
fn only_some_rules_are_reported_and_the_rest_is_counted() {
    let project = faulty();
    let run = check(&project, &["--only", "f02,misplaced-file", "--format", "json"]);
    assert_eq!(run.code(), 1);
    let read = parsed(&run);
    let codes: Vec<_> = read["findings"].as_array().expect("a list").iter().map(|one| one["code"].clone()).collect();
    assert_eq!(codes, ["F02", "F06"]);
    assert!(run.err().contains("Left out by --only: 2 errors."), "{}", run.err());

    let run = check(&project, &["--only", "F06"]);
    assert_eq!(run.code(), 0, "what was asked for holds no error");
    assert!(run.out().contains("1 warning in 1 file.\nLeft out by --only: 3 errors.\n"), "{}", run.out());
    assert!(run.out().ends_with("Nothing is published until the errors are put right.\n"), "{}", run.out());

    let said = project.refused(&["check", "--only", "F02,unknwon-key"]);
    assert!(said.contains("did you mean `unknown-key`?"), "{said}");
    let said = project.refused(&["check", "--only", "N,Z"]);
    assert!(said.contains("there is no rule or family `Z`"), "{said}");
}

#[test]
fn only_some_papers_are_reported_however_they_are_named() {
    let project = faulty();
    for paper in [PLAN, "meetings/scrutiny/2023-07-12/04-plan", "scrutiny/2023-07-12/04-plan"] {
        let run = check(&project, &["--paper", paper]);
        assert_eq!(run.code(), 1);
        assert_eq!(run.err().matches("error[").count(), 2, "{paper}: {}", run.err());
        assert!(
            run.out().contains("2 errors in 1 paper.\nLeft out by --paper: 1 error, 1 warning.\n"),
            "{}",
            run.out()
        );
    }
    let run = check(&project, &["--paper", "content/meetings/", "--paper", "notes.yaml"]);
    assert!(
        run.out().contains("3 errors, 1 warning in 3 files.\n") && !run.out().contains("Left out"),
        "{}",
        run.out()
    );
    let run = check(&project, &["--paper", "content/bodies", "--only", "F"]);
    assert_eq!((run.code(), run.err().as_str()), (0, ""));
    assert!(run.out().contains("No findings.\nLeft out by --only and --paper: 3 errors, 1 warning."), "{}", run.out());
    let said = project.refused(&["check", "--paper", "content/meetings/scrutiny/2023-07-12/04-plam.md"]);
    assert!(said.contains("did you mean `meetings/scrutiny/2023-07-12/04-plan.md`?"), "{said}");
    // From within the content folder too.
    let mut command =
        project.command(&["check", "--content", ".", "--paper", "meetings/scrutiny/2023-07-12/agenda.md"]);
    let run = Run(command.current_dir(project.path().join("content")).output().expect("the command runs"));
    assert!(run.out().contains("1 error in 1 paper."), "{}{}", run.out(), run.err());
}

#[test]
fn timings_are_a_table_on_standard_error() {
    let project = Project::begun();
    let run = check(&project, &["--timings", "--format", "json"]);
    assert_eq!(run.code(), 0);
    parsed(&run);
    let table: Vec<String> =
        run.err().lines().skip_while(|line| !line.starts_with("Time taken")).skip(1).map(str::to_owned).collect();
    assert!(!table.is_empty() && table.iter().all(|line| line.contains(" ms  ")), "{table:?}");
    let took = |line: &String| line.split_whitespace().next().and_then(|number| number.replace('.', "").parse().ok());
    let took: Vec<u64> = table.iter().filter_map(took).collect();
    assert!(took.len() == table.len() && took.is_sorted_by(|a, b| a >= b), "{table:?}");
}

#[test]
fn the_summary_says_which_packs_can_be_published() {
    let project = Project::begun();
    assert!(check(&project, &[]).out().ends_with("No findings.\n"), "there is no pack");
    let agenda = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems: [Apologies]\n---\n";
    project.write(AGENDA, agenda);
    let run = check(&project, &["--only", "F"]);
    assert!(!run.out().contains("pack"), "what is filtered says nothing of packs: {}", run.out());
    let run = check(&project, &[]);
    assert!(run.out().ends_with("The pack of 12 July 2023 can be published.\n"), "{}{}", run.out(), run.err());

    let later = AGENDA.replace("2023-07-12", "2023-09-13");
    project.write(&later, &agenda.replace("status: published", "status: draft"));
    let run = check(&project, &[]);
    let both = "The pack of 12 July 2023 can be published.\nThe agenda of 13 September 2023 is a draft, so its pack stays back.\n";
    assert!(run.out().ends_with(both), "{}{}", run.out(), run.err());
    fs::remove_file(project.path().join(&later)).expect("the draft");

    project.write("content/bodies/scrutiny.yaml", &(project.read("content/bodies/scrutiny.yaml") + "\nmets: often\n"));
    let run = check(&project, &[]);
    assert!(
        run.out().ends_with(
            "1 error in no meeting's pack, which holds up all of them: bodies/scrutiny.yaml.\nNothing is published until \
             the errors are put right.\n"
        ),
        "{}",
        run.out()
    );
}

#[test]
fn build_counts_what_is_no_more_than_advice_and_shows_what_matters() {
    let project = doubtful("");
    let run = project.run(&["build"]);
    assert_eq!(run.code(), 0);
    assert!(run.err().contains("warning[F06]") && run.err().ends_with("1 warning in 1 file.\n"), "{}", run.err());

    let project = faulty();
    let run = project.run(&["build"]);
    assert_eq!(run.code(), 1);
    assert_eq!((run.err().matches("error[").count(), run.err().matches("warning[").count()), (3, 0), "{}", run.err());
    assert!(
        run.err().ends_with(
            "3 errors, 1 warning in 3 files. `quorate check` shows all of them. Nothing was published: put the errors \
             right first.\n"
        ),
        "{}",
        run.err()
    );
    assert!(!Path::new("public").exists() || run.out().is_empty());
}
