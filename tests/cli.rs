//! The command itself: what it says, where it says it, how it ends, and what it leaves alone.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "tests set the scene with the system's own functions, and end where those fail"
)]

#[path = "cli/bundle.rs"]
mod bundle;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/disclose.rs"]
mod disclose;
#[path = "cli/explain.rs"]
mod explain;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder of its own for each test.
struct Project(TempDir);

impl Project {
    fn empty() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// An authority with one body.
    fn begun() -> Self {
        let project = Self::empty();
        project.fine(&["new", "authority", "--name", "Exampleton Council"]);
        project.fine(&["new", "body", "scrutiny"]);
        project
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quorate"));
        command.args(arguments).current_dir(self.path()).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run(self.command(arguments).output().expect("the command runs"))
    }

    /// Runs a command that must end well; gives its standard output.
    fn fine(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code(), 0, "{arguments:?}\n{}{}", run.out(), run.err());
        run.out()
    }

    /// Runs a command that must not run; gives what it says.
    fn refused(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code(), 2, "{arguments:?}\n{}{}", run.out(), run.err());
        assert_eq!(run.out(), "", "{arguments:?}");
        run.err()
    }
}

struct Run(Output);

impl Run {
    fn code(&self) -> i32 {
        self.0.status.code().expect("an exit code")
    }

    fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("text")
    }

    fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("text")
    }
}

/// Every file below a folder, with what is in it.
fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).expect("a file")))
        .collect();
    files.sort();
    files
}

const BROKEN: &str = "---\nkind: agenda\ntiem: 10:00\nitems: [One]\n---\n";

#[test]
fn help_explains_the_exit_codes_and_wrong_arguments_end_with_two() {
    let project = Project::empty();
    for command in [vec!["--help"], vec!["build", "--help"], vec!["check", "--help"]] {
        let help = project.fine(&command);
        for line in ["0  all is well", "1  the papers hold errors", "2  the command could not run"] {
            assert!(help.contains(line), "{command:?}: {help}");
        }
    }
    for wrong in [
        vec![],
        vec!["publish"],
        vec!["build", "--nwo", "2023-07-04"],
        vec!["build", "--now", "2023-02-30"],
        vec!["build", "--now", "4 July"],
        vec!["build", "--jobs", "0"],
        vec!["build", "--audience", "everybody"],
        vec!["build", "--theme", "../elsewhere"],
        vec!["build", "--base-url", "papers.example.org"],
        vec!["new", "meeting", "scrutiny", "2023-02-30"],
    ] {
        project.refused(&wrong);
    }
}

#[test]
fn what_new_writes_builds_as_it_is() {
    let project = Project::begun();
    project.fine(&["new", "meeting", "scrutiny", "2023-07-12", "--time", "14:30"]);
    project.fine(&["new", "paper", "scrutiny/2023-07-12", "04-plan", "--title", "A plan: the \"first\" one"]);
    project.fine(&["new", "paper", "scrutiny/2023-07-12", "minutes"]);
    project.fine(&["new", "paper", "scrutiny/2023-07-12", "supplementary-agenda-1"]);
    project.fine(&["new", "paper", "scrutiny/2023-07-12", "04-appendix-2"]);
    project.fine(&["new", "paper", "content/work-programmes/2023-24.md"]);
    project.fine(&["new", "paper", "terms-of-reference", "scrutiny"]);
    project.fine(&["new", "paper", "papers/scrutiny", "letter-to-minister", "--kind", "letter"]);
    project.fine(&["new", "paper", "returns/2016-17-q2", "coventry"]);
    assert!(project.read("content/meetings/scrutiny/2023-07-12/agenda.md").contains("time: 14:30"));
    assert!(project.read("content/work-programmes/2023-24.md").contains("year: 2023/24"));
    assert!(project.read("content/returns/2016-17-q2/form.yaml").contains("quarter: 2"));
    let checked = project.run(&["check"]);
    assert!(checked.out().starts_with("9 papers read in ") && !checked.out().contains("error"), "{}", checked.out());
    assert_eq!(checked.err().matches("warning[R03]").count(), 2, "two papers nothing leads to yet: {}", checked.err());
    let built = project.fine(&["build", "--now", "2023-07-12 10:00"]);
    assert!(built.contains(" page") && built.contains(" 0 removed in "), "{built}");
    // All of it is a draft.
    assert!(
        tree(&project.path().join("public"))
            .iter()
            .all(|(_, bytes)| { !String::from_utf8_lossy(bytes).contains("A plan: the") })
    );
}

#[test]
fn new_never_overwrites() {
    let project = Project::begun();
    project.fine(&["new", "meeting", "scrutiny", "2023-07-12"]);
    project.fine(&["new", "paper", "scrutiny/2023-07-12", "04-plan"]);
    let before = tree(project.path());
    for again in [
        vec!["new", "body", "scrutiny", "--name", "Another"],
        vec!["new", "meeting", "scrutiny", "2023-07-12", "--time", "18:00"],
        vec!["new", "paper", "scrutiny/2023-07-12", "04-plan", "--kind", "report"],
        vec!["new", "authority", "--name", "Another"],
    ] {
        let said = project.refused(&again);
        assert!(said.contains("exists already. Nothing was written"), "{said}");
    }
    assert_eq!(tree(project.path()), before);

    // What an officer began by hand is left, and the rest is added.
    let project = Project::empty();
    project.write("content/people.yaml", "A Example: {kind: councillor}\n");
    let said = project.fine(&["new", "authority"]);
    assert!(said.contains("Left  content/people.yaml, which exists already, as it is"), "{said}");
    assert_eq!(project.read("content/people.yaml"), "A Example: {kind: councillor}\n");
    assert!(project.read("content/authority.yaml").contains("Name of your authority"));
}

#[test]
fn new_says_what_was_probably_meant() {
    let project = Project::begun();
    assert!(project.refused(&["new", "meeting", "scrutniy", "2023-07-12"]).contains("did you mean `scrutiny`?"));
    assert!(project.refused(&["new", "paper", "scrutniy/2023-07-12", "04-plan"]).contains("did you mean `scrutiny`?"));
    assert!(project.refused(&["new", "paper", "scrutiny/2023-02-30", "04-plan"]).contains("no day in the calendar"));
    assert!(project.refused(&["new", "body", "St Michael's"]).contains("`st-michaels`"));
    assert!(project.refused(&["new", "paper", "elsewhere", "x"]).contains("names no place for a paper"));
    let elsewhere = project.refused(&["new", "body", "other", "--content", "contents"]);
    assert!(elsewhere.contains("there is no folder `contents`"), "{elsewhere}");
    assert!(!project.path().join("contents").exists());
}

#[test]
fn new_writes_nowhere_but_below_the_content_folder() {
    let project = Project::begun();
    let before = tree(project.path());
    for wrong in ["../x/2023-07-12", "/tmp/2023-07-12", "meetings/../..", "papers/./scrutiny", "scrutiny//2023-07-12"] {
        project.refused(&["new", "paper", wrong, "04-plan"]);
    }
    project.refused(&["new", "paper", "scrutiny/2023-07-12", "../../04-plan"]);
    assert_eq!(tree(project.path()), before);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_content_folder_are_neither_written_through_nor_read() {
    let project = Project::begun();
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), "---\nkind: letter\ntitle: Secret\n---\n").expect("a file");
    std::os::unix::fs::symlink(outside.path(), project.path().join("content/papers")).expect("a link");
    let said = project.refused(&["new", "paper", "papers/scrutiny", "letter", "--kind", "letter"]);
    assert!(said.contains("leads out of the content folder"), "{said}");
    assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 1);

    let run = project.run(&["build"]);
    assert_eq!(run.code(), 1);
    assert!(
        run.err().contains("error[F06]: this is a symbolic link that leads out of the folder\n --> content/papers:1:1")
            || run
                .err()
                .contains("error[F06]: this is a symbolic link that leads out of the folder\n--> content/papers:1:1"),
        "{}",
        run.err()
    );
    assert!(!project.path().join("public").exists());
}

#[test]
fn check_shows_path_line_column_and_the_words_without_colour() {
    let project = Project::begun();
    project.write("content/meetings/scrutiny/2023-07-12/agenda.md", BROKEN);
    let run = project.run(&["check"]);
    assert_eq!(run.code(), 1);
    insta::assert_snapshot!(run.err(), @r"
    error[F02]: nobody knows the key `tiem` here
     --> content/meetings/scrutiny/2023-07-12/agenda.md:3:1
      |
    3 | tiem: 10:00
      | ^^^^
      |
      = help: did you mean `time`?
    ");
    assert!(
        run.out().ends_with(
            "1 error in 1 paper.\nThe pack of 12 July 2023 cannot be published: 1 error.\nNothing is published until the \
             errors are put right.\n"
        ),
        "{}",
        run.out()
    );
    assert!(!project.path().join("public").exists(), "check writes nothing");
}

#[test]
fn a_build_with_errors_leaves_the_previous_publication_as_it_was() {
    let project = Project::begun();
    project.fine(&["build"]);
    let before = tree(&project.path().join("public"));
    assert!(!before.is_empty());
    project.write("content/meetings/scrutiny/2023-07-12/agenda.md", BROKEN);
    let run = project.run(&["build"]);
    assert_eq!(run.code(), 1);
    assert_eq!(run.out(), "");
    assert!(
        run.err().ends_with(
            "1 error in 1 paper. Nothing was published, and `public` is as it was: put the errors right first.\n"
        ),
        "{}",
        run.err()
    );
    assert_eq!(tree(&project.path().join("public")), before);
}

#[test]
fn a_second_build_keeps_what_has_not_changed() {
    let project = Project::begun();
    let arguments = ["build", "--now", "2023-07-12"];
    let first = project.fine(&arguments);
    assert!(first.contains(" 0 kept, 0 removed in "), "{first}");
    let second = project.fine(&arguments);
    assert!(second.contains(": 0 written, ") && second.contains(" 0 removed in "), "{second}");
    let one = project.fine(&["build", "--now", "2023-07-12", "--jobs", "1"]);
    assert!(one.contains(": 0 written, "), "the number of threads changes nothing: {one}");
}

#[test]
fn the_members_edition_goes_only_to_a_folder_named_for_it() {
    let project = Project::begun();
    let said = project.refused(&["build", "--audience", "members", "--out", "public"]);
    assert!(said.contains("holds private business") && said.contains("`members` in its name"), "{said}");
    assert!(!project.path().join("public").exists());
    project.fine(&["build", "--audience", "members"]);
    assert!(project.path().join("public-members").is_dir());
    project.fine(&["build", "--audience", "members", "--out", "for-members"]);
    // And one edition never takes the other's place.
    project.refused(&["build", "--out", "for-members"]);
}

#[test]
#[cfg(feature = "pdf")]
fn a_build_says_how_many_pdfs_it_made_anew_and_no_pdf_leaves_them_out() {
    let project = Project::begun();
    project.fine(&["new", "meeting", "scrutiny", "2027-01-20"]);
    let agenda = "content/meetings/scrutiny/2027-01-20/agenda.md";
    let ready = project.read(agenda).replace("status: draft", "status: published\npublished: 2027-01-12");
    project.write(agenda, &ready);
    let build = ["build", "--now", "2027-01-15"];
    let first = project.fine(&build);
    assert!(first.contains("1 PDF (1 made anew), "), "{first}");
    let again = project.fine(&build);
    assert!(again.contains("1 PDF (0 made anew), ") && again.contains(" 0 written, "), "{again}");
    let pack = "public/meetings/scrutiny/2027-01-20/pack.pdf";
    assert!(project.path().join(pack).exists());
    let without = project.fine(&["build", "--now", "2027-01-15", "--no-pdf"]);
    assert!(!without.contains("PDF"), "{without}");
    assert!(!project.path().join(pack).exists(), "what is no longer published is taken away");
    assert!(!project.read("public/meetings/scrutiny/2027-01-20/index.html").contains(".pdf"));
}

#[test]
fn output_and_content_are_kept_apart_and_other_peoples_folders_left_alone() {
    let project = Project::begun();
    project.write("mine/letter.txt", "mine");
    let before = tree(project.path());
    assert!(project.refused(&["build", "--out", "content/public"]).contains("lies within the content folder"));
    assert!(project.refused(&["build", "--out", "."]).contains("lies within it"));
    assert!(project.refused(&["build", "--out", "mine"]).contains("Quorate did not make what is in it"));
    assert_eq!(tree(project.path()), before);
}

#[test]
fn troubles_name_their_path_and_findings_need_no_file() {
    let project = Project::empty();
    assert_eq!(
        project.refused(&["check"]),
        "error: there is no folder `content`. Begin with `quorate new authority`, or name the folder with --content\n"
    );
    fs::create_dir(project.path().join("content")).expect("a folder");
    let run = project.run(&["check"]);
    assert_eq!(run.code(), 1, "{}", run.err());
    insta::assert_snapshot!(run.err(), @r"
    error[F04]: the content folder has no `authority.yaml`
    --> content/authority.yaml:1:1
     = help: `quorate new authority` writes one to start from
    ");
}

#[test]
fn the_moment_comes_from_the_environment_if_not_given() {
    let project = Project::begun();
    let with = |epoch: &str, arguments: &[&str]| {
        Run(project.command(arguments).env("SOURCE_DATE_EPOCH", epoch).output().expect("the command runs"))
    };
    assert_eq!(with("1688488200", &["build"]).code(), 0);
    let wrong = with("yesterday", &["build"]);
    assert_eq!(wrong.code(), 2);
    assert!(wrong.err().contains("SOURCE_DATE_EPOCH holds `yesterday`"), "{}", wrong.err());
    assert_eq!(with("yesterday", &["build", "--now", "2023-07-04T17:00"]).code(), 0, "what is given counts");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_does_no_harm() {
    let project = Project::begun();
    project.write("content/meetings/scrutiny/2023-07-12/agenda.md", BROKEN);
    for arguments in [vec!["check"], vec!["--help"], vec!["new", "body", "other"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = project.command(&arguments);
        command.stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let status = command.status().expect("the command runs");
        let expected = i32::from(arguments == ["check"]);
        assert_eq!(status.code(), Some(expected), "{arguments:?}");
    }
    assert!(project.path().join("content/bodies/other.yaml").exists());
}

#[test]
fn schemas_are_written_beside_the_content_and_written_anew() {
    let project = Project::begun();
    let said = project.fine(&["schema"]);
    assert!(said.contains("in schemas:") && said.contains(" 0 replaced, 0 as before"), "{said}");
    for name in ["authority", "body", "form", "glossary", "offices", "organisations", "people", "paper", "minutes"] {
        let schema = project.read(&format!("schemas/{name}.schema.json"));
        assert!(schema.contains(&format!("\"$id\": \"urn:quorate:schema:{name}\"")), "{schema}");
        assert_eq!(schema, project.fine(&["schema", "--print", name]));
    }
    let before = tree(&project.path().join("schemas"));
    assert!(project.fine(&["schema"]).contains(": 0 new, 0 replaced,"));

    let older = project.read("schemas/body.schema.json").replace("\"name\"", "\"nom\"");
    project.write("schemas/body.schema.json", &older);
    assert!(project.fine(&["schema"]).contains(": 0 new, 1 replaced,"));
    assert_eq!(tree(&project.path().join("schemas")), before, "and nothing else is left behind");
}

#[test]
fn a_file_that_is_no_schema_of_ours_stays_and_nothing_is_written() {
    let project = Project::begun();
    for foreign in ["{}", "mine", "{\"$id\": \"https://example.org/people\"}", ""] {
        project.write("schemas/people.schema.json", foreign);
        let said = project.refused(&["schema"]);
        assert!(said.contains("people.schema.json exists already"), "{said}");
        assert_eq!(tree(&project.path().join("schemas")).len(), 1);
        assert_eq!(project.read("schemas/people.schema.json"), foreign);
    }
    assert!(project.refused(&["schema", "--out", "content/schemas"]).contains("within the content folder"));
    assert!(project.refused(&["schema", "--print", "papers"]).contains("briefing-note"));
    project.fine(&["schema", "--out", "elsewhere", "--content", "no-such-folder"]);
    assert!(project.read("elsewhere/table-spending.schema.json").contains("must_equal"));
}
