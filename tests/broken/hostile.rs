//! What could exhaust a machine, run in a process of its own that may have so much memory and no more.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::site::{Files, MEETING, base, head, plan, with};

/// How much memory the process may ask for, in KiB: under 2 GiB, of which the program and its threads' stacks take a part.
const MEMORY: &str = "1800000";

/// After this it is taken to hang. A thousand times what it needs; slow machines and debug builds must not fail.
const PATIENCE: Duration = Duration::from_mins(4);

/// How a process ended, and what it said.
pub struct Ended {
    pub code: Option<i32>,
    pub said: String,
}

impl Ended {
    /// Asserts that the papers hold errors and that this is one of the findings. `path` may end with a line: `a.md:3`.
    #[track_caller]
    pub fn finds(&self, code: &str, path: &str, message: &str) {
        let start: String = self.said.chars().take(3_000).collect();
        assert_eq!(self.code, Some(1), "{start}");
        let place = format!(" content/{path}:");
        let found = self.said.split("\n\n").any(|finding| {
            let first = finding.lines().find(|line| line.contains(&format!("[{code}]: "))).unwrap_or("");
            first.contains(message) && finding.lines().any(|line| line.contains("--> ") && line.contains(&place))
        });
        assert!(found, "expected {code} at {path}: {message}\n{start}");
    }
}

/// Writes files below a folder.
pub fn lay_out(content: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = content.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// Runs `quorate check` in a folder that holds `content`. A process that does not end fails the test.
pub fn check(folder: &Path) -> Ended {
    let program = env!("CARGO_BIN_EXE_quorate");
    let arguments = ["check", "--content", "content", "--now", "2023-08-01", "--jobs", "2"];
    let mut command = if cfg!(target_os = "linux") {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v \"$1\" && shift && exec \"$@\"", "sh", MEMORY, program]);
        command
    } else {
        Command::new(program)
    };
    // Into a file: a pipe that nobody reads would fill, and the process wait for ever.
    let said = folder.join("said");
    let to = File::create(&said).expect("a file");
    let to_as_well = to.try_clone().expect("the same file");
    command.args(arguments).current_dir(folder).env("RUST_BACKTRACE", "0").env_remove("SOURCE_DATE_EPOCH");
    let mut child = command.stdin(Stdio::null()).stdout(to).stderr(to_as_well).spawn().expect("the program runs");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a status") {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill().expect("ended");
            child.wait().expect("ended");
            panic!("it does not end");
        }
        sleep(Duration::from_millis(20));
    };
    let said = String::from_utf8_lossy(&fs::read(said).expect("what it said")).into_owned();
    Ended { code: status.code(), said }
}

/// Runs a table: a name, the files, and the code, the place and a part of the message of one finding; no code where
/// there is nothing that must be found, and all that counts is that it ends.
fn run(cases: Vec<(&str, Files, [&str; 3])>) {
    for (name, files, [code, path, message]) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        lay_out(&folder.path().join("content"), &files);
        let ended = check(folder.path());
        let start: String = ended.said.chars().take(2_000).collect();
        assert!(matches!(ended.code, Some(0 | 1)), "{name}: {:?}\n{start}", ended.code);
        assert!(ended.said.len() < 300_000, "{name}: {} bytes are more than anybody reads\n{start}", ended.said.len());
        if !code.is_empty() {
            ended.finds(code, &path.replace('@', MEETING), message);
        }
    }
}

const ENDS: [&str; 3] = ["", "", ""];

/// Half of what is read.
const MUCH: usize = 2_000_000;

fn much(of: &str) -> String {
    of.repeat(MUCH / of.len())
}

fn paper(keys: &str, text: &str) -> Files {
    with(&plan(), head(keys) + text)
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn a_file_beyond_all_measure_is_not_read() {
    let long = "a".repeat(10_000_000);
    run(vec![
        ("a line in the text", paper("", &long), ["F01", "@/03-plan.md:1", "more than 4 MiB of text"]),
        ("a line in the head", paper(&format!("summary: {long}\n"), ""), ["F01", "@/03-plan.md:1", "more than 4 MiB"]),
        ("a line of people", with("people.yaml", &long), ["F01", "people.yaml:1", "more than 4 MiB"]),
        (
            "a million people",
            with("people.yaml", numbered(1_000_000, |n| format!("P{n}: {{kind: other}}\n"))),
            ["F01", "people.yaml:1", "more than 4 MiB"],
        ),
    ]);
}

#[test]
fn heads_that_explode() {
    let form = "F01";
    let bomb = numbered(20, |n| format!("a{n}: &a{n} [*a{0},*a{0},*a{0}]\n", n.saturating_sub(1)));
    run(vec![
        ("a long value", paper(&format!("summary: {}\n", much("a")), ""), ENDS),
        (
            "a quotation mark left open",
            paper(&format!("summary: \"{}\n", much("a")), ""),
            [form, "@/03-plan.md:6", "none closes it"],
        ),
        ("brackets", paper(&format!("summary: {}\n", much("[")), ""), [form, "@/03-plan.md:6", "too deep"]),
        ("braces", paper(&format!("summary: {}\n", much("{")), ""), [form, "@/03-plan.md:6", "too deep"]),
        ("dashes", paper(&format!("summary:\n  {}\n", much("- ")), ""), [form, "@/03-plan.md:7", "too deep"]),
        ("question marks", paper(&format!("summary:\n  {}\n", much("? ")), ""), [form, "@/03-plan.md:7", "too deep"]),
        ("colons", paper(&format!("summary: {}\n", much(": ")), ""), [form, "@/03-plan.md:6", "with a colon in it"]),
        ("a long key", paper(&format!("{}: 1\n", much("k")), ""), [form, "@/03-plan.md:6", "too long"]),
        (
            "very many keys",
            paper(&numbered(300_000, |n| format!("k{n}: 1\n")), ""),
            [form, "@/03-plan.md", "more values stand here"],
        ),
        (
            "very many items",
            with(
                &format!("{MEETING}/agenda.md"),
                format!("---\nkind: agenda\nitems:\n{}---\n", "  - One\n".repeat(300_000)),
            ),
            [form, "@/agenda.md", "more values stand here"],
        ),
        (
            "ten thousand keys that are the same",
            paper(&"place: a\n".repeat(10_000), ""),
            ["F03", "@/03-plan.md:7", "a second time"],
        ),
        (
            "as many unknown keys as are read",
            paper(&numbered(49_000, |n| format!("k{n}: 1\n")), ""),
            ["F02", "@/03-plan.md:6", "nobody knows"],
        ),
        ("aliases", paper(&bomb, ""), [form, "@/03-plan.md", "an alias"]),
        (
            "a head that never ends",
            with(&plan(), format!("---\n{}", much("a: b\n"))),
            [form, "@/03-plan.md:1", "never ends"],
        ),
    ]);
}

#[test]
fn names_that_are_compared_without_end() {
    let people = numbered(10_000, |n| format!("A Person {n}: {{kind: other}}\n"));
    let wrong = numbered(10_000, |n| format!("  - {{person: A Prson {n}}}\n"));
    let mut files = with("people.yaml", BASE_PEOPLE.to_owned() + &people);
    files.insert(
        "bodies/many.yaml".to_owned(),
        format!("name: M\nkind: board\nlaw: own-terms\nmembers:\n{wrong}").into_bytes(),
    );
    let mut papers = base();
    let items = numbered(10_000, |n| format!("  - {{title: a, paper: 04-p{n}}}\n"));
    papers.insert(
        format!("{MEETING}/agenda.md"),
        format!("---\nkind: agenda\nitems:\n  - {{title: a, paper: 03-plan}}\n{items}---\n").into_bytes(),
    );
    let reports = numbered(10_000, |n| format!("k: [[p{n}]] [[#{n}]]\n\n"));
    run(vec![
        ("people", files, ["R01", "bodies/many.yaml:5", "there is no person `A Prson 0`"]),
        ("papers", papers, ["R01", "@/agenda.md:5", "there is no paper"]),
        ("references", paper("", &reports), ["R01", "@/03-plan.md:7", "does not exist"]),
    ]);
}

const BASE_PEOPLE: &str = "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nP Male: {kind: councillor}\n";

#[test]
fn texts_that_explode() {
    // Enough of anything that takes longer the more there is of it, in half the time.
    let much = |of: &str| of.repeat(MUCH / 2 / of.len());
    let wide = format!("|{}\n|{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "|a|\n".repeat(100_000));
    run(vec![
        ("a long line", paper("", &much("a")), ENDS),
        ("pictures of nothing", paper("", &much("![](x)")), ["W01", "@/03-plan.md:7", "no alternative text"]),
        ("files that are not there", paper("", &much("[a](b) ")), ["W03", "@/03-plan.md:7", "there is no file"]),
        ("links nowhere", paper("", &much("[a]() ")), ["W03", "@/03-plan.md:7", "leads nowhere"]),
        ("references", paper("", &much("[[x]] ")), ["R01", "@/03-plan.md:7", "does not exist"]),
        ("names given again", paper("", &much("# a {#x}\n")), ["R02", "@/03-plan.md:8", "is given twice"]),
        ("unfinished HTML", paper("", &much("<sup>")), ["F01", "@/03-plan.md:7", "marks stand too deep"]),
        (
            "blocks of tables",
            paper("", &much("```spending\n```\n")),
            ["F04", "@/03-plan.md:7", "the key `caption` is missing"],
        ),
        ("a table with a few cells in very many columns", paper("", &wide), ENDS),
    ]);
}

#[test]
fn marks_without_end() {
    let pieces = [
        "[",
        "]",
        "*",
        "**",
        "*a_ ",
        "`",
        "<a",
        "<!--",
        "> ",
        "- ",
        "1. ",
        "- a\n",
        "a\n\n",
        "[^a]",
        "[^a]: x\n\n",
        "[a]: b\n",
        "&amp;",
        "\\",
        "| a ",
        "```\n",
        "    ",
        "\t",
        "> - ",
        "[[x",
        "![",
        "{#a} ",
        "a@b.c ",
        "\"",
        "[![",
        "**RESOLVED** a\n\n",
        "ASB ",
        "<?",
    ];
    let fewer = |piece: &str| piece.repeat(300_000 / piece.len());
    run(pieces.iter().map(|piece| (*piece, paper("", &fewer(piece)), ENDS)).collect());
}

fn csv(data: String) -> Files {
    let mut files = paper("", "```spending\ncaption: Spending\ndata: data/a.csv\n```\n");
    files.insert(format!("{MEETING}/data/a.csv"), data.into_bytes());
    files
}

#[test]
fn figures_without_end() {
    let million = 1_000_000;
    let most = "holds more than 2,000,000 cells";
    run(vec![
        ("a long cell", csv(format!("item,spent\n\"{}\",1\n", "a ".repeat(2 * million))), ENDS),
        (
            "a long figure",
            csv(format!("item,spent\na,\"{}\"\n", "1".repeat(5 * million))),
            ["T01", "@/data/a.csv:2", "expected pounds"],
        ),
        (
            "a long name of a row",
            csv(format!("item,spent\n{},x\n", "a".repeat(5 * million))),
            ["T01", "@/data/a.csv:2", "expected pounds"],
        ),
        (
            "a long heading",
            csv(format!("item,spent,{}\na,1\n", "a".repeat(5 * million))),
            ["T01", "@/data/a.csv:1", "nobody knows the column"],
        ),
        (
            "very many columns",
            csv(format!("item,spent{}\na,1\n", ",x".repeat(million))),
            ["T01", "@/data/a.csv:1", "more than 1,000 cells in one row"],
        ),
        (
            "very many rows",
            csv(format!("item,spent\n{}", "a,1\n".repeat(million))),
            ["T01", "@/data/a.csv:1000001", most],
        ),
        (
            "very many wrong rows",
            csv(format!("item,spent\n{}", "a,x\n".repeat(90_000))),
            ["T01", "@/data/a.csv:2", "found `x`"],
        ),
        (
            "a quotation mark left open",
            csv(format!("item,spent\n\"{}", "a\n".repeat(million))),
            ["T01", "@/data/a.csv:2", "none closes it"],
        ),
        (
            "nothing but quotation marks",
            csv(format!("item,spent\n{},1\n", "\"".repeat(million + 1))),
            ["T01", "@/data/a.csv:2", ""],
        ),
    ]);
}
