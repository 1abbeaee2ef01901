//! What is read again and what is not, and that nothing else than the files decides what comes out.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use super::*;

const MEETING: &str = "meetings/scrutiny/2026-07-15";

/// A folder that notes what is read of it, and in which files can be on a broken part of the disk.
#[derive(Default)]
struct Noted {
    paths: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
    failing: BTreeSet<String>,
    read: Mutex<Vec<String>>,
}

impl Folder for Noted {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.read.lock().unwrap().push(path.to_owned());
        let there = self.files.get(path).filter(|_| !self.failing.contains(path));
        there.cloned().ok_or_else(|| FileError::new("read", path, io::Error::other("broken")))
    }
}

impl Noted {
    fn with(files: &[(&str, &str)]) -> Self {
        let mut folder = Self::default();
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    fn write(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.as_bytes().to_vec());
        self.paths = self.files.keys().cloned().collect();
    }

    fn delete(&mut self, path: &str) {
        self.files.remove(path);
        self.paths = self.files.keys().cloned().collect();
    }

    /// What has been read since this was asked before, sorted.
    fn was_read(&self) -> Vec<String> {
        let mut read = std::mem::take(&mut *self.read.lock().unwrap());
        read.sort();
        read
    }
}

fn paper(title: &str, text: &str) -> String {
    format!("---\nkind: report\ntitle: {title}\nstatus: published\n---\n{text}\n")
}

const TABLE: &str =
    "```data\ncaption: By area\nname: areas\ncolumns: [Area, {name: \"2025\", total: yes}]\ndata: figures.csv\n```\n";

fn folder() -> Noted {
    let agenda = "---\nkind: agenda\nstatus: published\nitems:\n  - {title: Plan, paper: 02-plan}\n---\n";
    Noted::with(&[
        ("authority.yaml", "name: Example Council\nkind: principal-council\nnation: england\n"),
        ("bodies/scrutiny.yaml", "name: Scrutiny Committee\nkind: committee\nlaw: part-va\n"),
        ("glossary.yaml", "ASB: Anti-social behaviour\n"),
        (&format!("{MEETING}/agenda.md"), agenda),
        (&format!("{MEETING}/02-plan.md"), &paper("Plan", &format!("The plan for ASB.\n\n{TABLE}"))),
        (&format!("{MEETING}/03-note.md"), &paper("Note", "A note on ASB.")),
        (&format!("{MEETING}/figures.csv"), "Area,2025\nNorth,7\n"),
        (&format!("{MEETING}/map.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"/>\n"),
        ("policies/policy.md", &paper("Policy", "A policy.")),
    ])
}

fn paths(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

/// Findings with their places in words, since ids differ.
fn told(findings: &[Finding], sources: &Sources) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            format!("{} {} {finding:.0?}", sources.place(finding.primary.span), finding.message)
                .split("primary")
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[track_caller]
fn is_as_fresh(reader: &mut Reader, folder: &Noted) {
    let linked = reader.link(folder);
    let fresh = load(folder).expect("a folder that can be read");
    assert_eq!(told(&linked.check(), &linked.sources), told(&fresh.findings, &fresh.sources));
    let kept: Vec<(&String, bool)> =
        linked.sources.iter().map(|(_, source)| (&source.path, source.text.is_empty())).collect();
    let new: Vec<(&String, bool)> =
        fresh.sources.iter().map(|(_, source)| (&source.path, source.text.is_empty())).collect();
    assert_eq!(kept, new, "ids are in the order of the paths, as at first");
    let papers = |record: Option<&Record>| -> Vec<(String, String, usize)> {
        let record = record.expect("a record");
        record.papers.values().map(|paper| (paper.id.to_string(), paper.title(), paper.text.words)).collect()
    };
    assert_eq!(papers(linked.readable()), papers(fresh.record.as_ref()));
}

#[test]
fn only_what_has_changed_is_read_and_parsed_again() {
    let mut folder = folder();
    let mut reader = Reader::holding_back();
    reader.read(&folder, &Changed::Everything).unwrap();
    is_as_fresh(&mut reader, &folder);
    folder.was_read();
    let note = format!("{MEETING}/03-note.md");
    let (plan, policy) = (format!("{MEETING}/02-plan.md"), "policies/policy.md");
    let kept = |reader: &Reader, path: &str| Arc::as_ptr(reader.paper(path).expect("a paper"));
    let before = [&*plan, policy].map(|path| kept(&reader, path));

    folder.write(&note, &paper("Another note", "Other words."));
    let touched = reader.read(&folder, &Changed::Within(paths(&[&note]))).unwrap();
    assert_eq!((touched, folder.was_read()), (paths(&[&note]), vec![note.clone()]));
    assert_eq!([&*plan, policy].map(|path| kept(&reader, path)), before, "nothing else is parsed");
    is_as_fresh(&mut reader, &folder);
    folder.was_read();

    // Saved as it was: nothing is touched. Folders and strangers among the paths are passed over.
    let touched = reader.read(&folder, &Changed::Within(paths(&[&note, MEETING, "", "no/such.md"]))).unwrap();
    assert_eq!((touched, folder.was_read()), (BTreeSet::new(), vec![note.clone()]));

    // Figures: the paper that asks for them is parsed again, and no other.
    let figures = format!("{MEETING}/figures.csv");
    folder.write(&figures, "Area,2025\nNorth,8\n");
    reader.read(&folder, &Changed::Within(paths(&[&figures]))).unwrap();
    assert_eq!(folder.was_read(), std::slice::from_ref(&figures));
    assert_ne!(kept(&reader, &plan), before[0]);
    assert_eq!(kept(&reader, policy), before[1]);
    is_as_fresh(&mut reader, &folder);
    folder.was_read();

    // A word of the glossary: all papers are parsed again, and none is read.
    folder.write("glossary.yaml", "ASB: Another meaning\n");
    reader.read(&folder, &Changed::Within(paths(&["glossary.yaml"]))).unwrap();
    assert_eq!(folder.was_read(), ["glossary.yaml"]);
    assert_ne!(kept(&reader, policy), before[1]);
    is_as_fresh(&mut reader, &folder);
}

#[test]
fn what_came_and_went_is_seen_whatever_is_told() {
    let mut folder = folder();
    let mut reader = Reader::default();
    reader.read(&folder, &Changed::Everything).unwrap();
    folder.was_read();
    let (note, new) = (format!("{MEETING}/03-note.md"), format!("{MEETING}/02a-new.md"));
    folder.delete(&note);
    folder.write(&new, &paper("New", "New words."));
    let touched = reader.read(&folder, &Changed::Only(BTreeSet::new())).unwrap();
    assert_eq!(touched, paths(&[&note, &new]));
    assert_eq!(folder.was_read(), [new]);
    assert!(reader.paper(&note).is_none());
    is_as_fresh(&mut reader, &folder);
    folder.was_read();

    // Another folder in its place: only the folder is told of.
    folder.write(&format!("{MEETING}/02-plan.md"), &paper("Plan of another", "Words."));
    let touched = reader.read(&folder, &Changed::Only(paths(&["meetings/scrutiny"]))).unwrap();
    assert!(touched.contains(&format!("{MEETING}/02-plan.md")), "{touched:?}");
    assert!(!folder.was_read().contains(&"authority.yaml".to_owned()));
    is_as_fresh(&mut reader, &folder);
}

#[test]
fn what_cannot_be_read_stands_as_it_was_until_it_can_or_is_gone() {
    let mut folder = folder();
    let mut reader = Reader::holding_back();
    reader.read(&folder, &Changed::Everything).unwrap();
    let plan = format!("{MEETING}/02-plan.md");
    let title = |linked: &Linked| {
        let id = crate::model::PaperId(format!("{MEETING}/02-plan"));
        linked.record().unwrap().papers.get(&id).map(|paper| paper.title())
    };
    folder.write(&plan, "---\nkind: report\ntitle: [\n---\n");
    reader.read(&folder, &Changed::Within(paths(&[&plan]))).unwrap();
    let linked = reader.link(&folder);
    assert_eq!((title(&linked).as_deref(), linked.held_back.as_slice()), (Some("Plan"), [plan.clone()].as_slice()));
    assert!(!linked.record().unwrap().has_unread && linked.readable().unwrap().has_unread);
    is_as_fresh(&mut reader, &folder);

    folder.write(&plan, &paper("Mended", "Words."));
    reader.read(&folder, &Changed::Within(paths(&[&plan]))).unwrap();
    let linked = reader.link(&folder);
    assert_eq!((title(&linked).as_deref(), linked.held_back.len()), (Some("Mended"), 0));

    folder.delete(&plan);
    reader.read(&folder, &Changed::Only(paths(&[&plan]))).unwrap();
    assert_eq!(title(&reader.link(&folder)), None);
}

#[test]
fn settings_that_cannot_be_read_stand_as_they_were_until_they_can() {
    for broken in ["name: [\n", "\u{0} no text"] {
        let mut folder = folder();
        let mut reader = Reader::holding_back();
        reader.read(&folder, &Changed::Everything).unwrap();
        let body = "bodies/scrutiny.yaml";
        let name = |linked: &Linked| linked.record().unwrap().model.name_of_body(&"scrutiny".into()).to_owned();
        folder.write(body, broken);
        reader.read(&folder, &Changed::Within(paths(&[body]))).unwrap();
        let linked = reader.link(&folder);
        assert_eq!(
            (name(&linked).as_str(), linked.held_back.as_slice()),
            ("Scrutiny Committee", [body.to_owned()].as_slice()),
            "{broken}"
        );
        is_as_fresh(&mut reader, &folder);
        folder.write(body, "name: Another Committee\nkind: committee\nlaw: part-va\n");
        reader.read(&folder, &Changed::Within(paths(&[body]))).unwrap();
        let linked = reader.link(&folder);
        assert_eq!((name(&linked).as_str(), linked.held_back.len()), ("Another Committee", 0));
        is_as_fresh(&mut reader, &folder);
    }
}

#[test]
fn a_disk_that_fails_in_the_middle_leaves_nothing_half_read() {
    let mut folder = folder();
    let mut reader = Reader::holding_back();
    reader.read(&folder, &Changed::Everything).unwrap();
    let note = format!("{MEETING}/03-note.md");
    folder.write("glossary.yaml", "ASB: Another meaning\nNEW: Something new\n");
    folder.write(&note, &paper("Another note", "Other words on NEW."));
    folder.failing.insert(note.clone());
    reader.read(&folder, &Changed::Within(paths(&["glossary.yaml", &note]))).unwrap_err();
    folder.failing.clear();
    reader.read(&folder, &Changed::Within(BTreeSet::new())).unwrap();
    let linked = reader.link(&folder);
    assert!(linked.record().unwrap().model.glossary.contains_key("NEW"));
    is_as_fresh(&mut reader, &folder);
}

#[test]
fn without_room_for_another_id_all_are_given_anew() {
    let mut folder = folder();
    let mut reader = Reader::holding_back();
    reader.read(&folder, &Changed::Everything).unwrap();
    let first = reader.texts["policies/policy.md"].id;
    // Each comes between the one before it and the file that follows: the room is halved each time.
    let mut renumbered = 0;
    for nth in 0..70 {
        let before = reader.texts["policies/policy.md"].id;
        folder.write(&format!("policies/a{nth:02}.md"), &paper(&format!("Number {nth}"), "Words."));
        reader.read(&folder, &Changed::Only(BTreeSet::new())).unwrap();
        renumbered += usize::from(reader.texts["policies/policy.md"].id != before);
        let ids: Vec<u32> = reader.texts.values().map(|text| text.id.0).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "in the order of their paths, each another: {ids:?}");
        assert!(ids.iter().all(|id| *id < REFUSED));
    }
    assert!(renumbered > 0 && reader.texts["policies/policy.md"].id != first, "it has come to that");
    is_as_fresh(&mut reader, &folder);
}
