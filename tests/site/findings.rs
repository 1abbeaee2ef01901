//! Mistakes are told in plain words, at their line, all in one run.

use crate::support::{MEETING, Site};

#[test]
fn the_site_that_tests_begin_with_is_clean() {
    assert_eq!(Site::new().findings(), Vec::<String>::new());
}

#[test]
fn one_run_tells_everything() {
    let site = Site::new()
        .file("bodies/scrutiny.yaml", "name: Scrutiny Committee\nkind: comittee\nlaw: part-va\nmembers:\n  - {person: N Aktar}\n")
        .file(
            &format!("{MEETING}/agenda.md"),
            "---\nkind: agenda\nstatus: publised\npublished: 2023-02-30\ntime: ten\nplace: A\nplace: B\nitems:\n  - {titel: Apologies}\n  - {title: Plan, paper: 02-pan}\n---\n",
        )
        .file(&format!("{MEETING}/02-plan.md"), "---\nkind: report\nstatus: published\n---\nText\n")
        .file("meetings/scrutiny/2023-09-20/agenda.md", "---\nkind: agenda\nitems: [\n---\n");
    let findings = site.findings().join("\n");
    for part in [
        "bodies/scrutiny.yaml:2:7 F05 error: expected one of `council`, `committee`",
        "did you mean `committee`?",
        "agenda.md:3:9 F05 error",
        "did you mean `published`?",
        "agenda.md:4:12 F05 error: expected a date that exists, or a date and a time",
        "agenda.md:5:7 F05 error: expected a time of day",
        "agenda.md:7:1 F03 error: the key `place` stands here a second time",
        "agenda.md:9:6 F02 error: nobody knows the key `titel` here | did you mean `title`?",
        "there is no paper `meetings/scrutiny/2023-07-12/02-pan` | did you mean `02-plan`?",
        "02-plan.md:1:1 F04 error: the key `title` is missing",
        "meetings/scrutiny/2023-09-20/agenda.md:",
    ] {
        assert!(findings.contains(part), "expected `{part}` in:\n{findings}");
    }
}

#[test]
fn a_paper_that_cannot_be_read_does_not_hide_the_others() {
    let site = Site::new()
        .agenda("items:\n  - {title: Plan, papers: [02-plan, 03-other]}\n")
        .file(&format!("{MEETING}/02-plan.md"), b"---\nkind: report\n\xff\xfe---\n")
        .paper("03-other", "See [[nothing]].\n");
    let findings = site.findings().join("\n");
    assert!(findings.contains("02-plan.md:3:1 F01 error: this file is not UTF-8 text"), "{findings}");
    assert!(findings.contains("03-other.md:6:5 R01 error"), "{findings}");
}

#[test]
fn heads_that_are_not_heads_are_told_apart() {
    let plan = |text: &str| Site::new().file(&format!("{MEETING}/02-plan.md"), text).findings().join("\n");
    assert!(plan("No head\n").contains("its first line is not `---`"));
    assert!(plan("---\nkind: report\n").contains("begins here and never ends"));
    assert!(plan("---\n---\n").contains("the head of this paper is empty"));
    assert!(plan("---\n- a\n- b\n---\n").contains("the head must be keys and values, found a list"));
    assert!(plan("---\nkind: reprot\n---\n").contains("did you mean `report`?"));
    assert!(plan("---\ntitle: No kind\n---\n").contains("the key `kind` is missing"));
    assert!(plan("---\nkind: report\n\ttitle: x\n---\n").contains("tab"));
    assert!(plan("---\r\nkind: report\r\ntitle: Windows\r\nstatus: published\r\n---\r\nText\r\n").is_empty());
    assert!(plan("\u{feff}---\nkind: report\ntitle: Mark\nstatus: published\n---\nText\n").is_empty());
}

#[test]
fn a_colon_in_a_title_is_explained() {
    Site::new()
        .agenda("items:\n  - Plan: what next\n  - {title: Plan, paper: 02-plan}\n")
        .finds(&["this item's title has a colon in it", "\"Plan: what next\""]);
}

#[test]
fn private_business_needs_its_reason() {
    let agenda = |private: &str| {
        Site::new().agenda(&format!("items:\n  - {{title: Plan, paper: 02-plan}}\nprivate:\n  - {private}\n"))
    };
    agenda("{title: Land}").finds(&["E01 error", "does not say why it is exempt"]);
    agenda("{title: Land, exempt: {paragraphs: [3]}}").finds(&["why the public interest favours it"]);
}

#[test]
fn the_folder_and_the_head_must_agree() {
    let site = |head: &str| {
        Site::new().file(
            &format!("{MEETING}/agenda.md"),
            format!("---\nkind: agenda\n{head}items: [{{title: Plan, paper: 02-plan}}]\n---\n"),
        )
    };
    site("date: 2023-07-13\n").finds(&["D01 error", "the head says 2023-07-13, but the folder is that of 2023-07-12"]);
    let other = Site::new().file("meetings/scrutny/2023-07-12/agenda.md", "---\nkind: agenda\n---\n");
    other.finds(&["there is no body `scrutny`", "did you mean `scrutiny`?"]);
    Site::new()
        .file("meetings/scrutiny/12-july/agenda.md", "---\nkind: agenda\n---\n")
        .finds(&["F06 error", "lies in no meeting's folder"]);
}

#[test]
fn bodies_that_report_in_a_circle_are_found() {
    let body = |above: &str| format!("name: B\nkind: board\nlaw: own-terms\nreports_to: {above}\n");
    let findings = Site::new().file("bodies/a.yaml", body("b")).file("bodies/b.yaml", body("a")).findings().join("\n");
    assert!(findings.contains("R04 error: `a` reports to itself"), "{findings}");
}

#[test]
fn a_misspelt_settings_file_is_noticed() {
    Site::new()
        .file("glosary.yaml", "A: B\n")
        .finds(&["nothing reads the file `glosary.yaml`", "did you mean `glossary.yaml`?"]);
}

#[test]
fn without_an_authority_nothing_is_published() {
    let loaded = Site::new().without("authority.yaml").load();
    assert!(loaded.record.is_none());
    assert!(loaded.findings.iter().any(|finding| finding.message.contains("has no `authority.yaml`")));
    let empty: quorate::files::MemoryFolder = std::iter::empty::<(String, Vec<u8>)>().collect();
    let loaded = quorate::record::load(&empty).expect("an empty folder is not an error of the disk");
    assert!(loaded.record.is_none() && !loaded.findings.is_empty());
}

#[test]
fn deep_and_strange_texts_neither_panic_nor_hang() {
    let plan = |text: &str| Site::new().paper("02-plan", text).findings().join("\n");
    assert!(plan(&"> ".repeat(5_000)).contains("deep"));
    assert!(plan(&format!("{}x", "- ".repeat(5_000))).contains("deep"));
    let _ = plan(&"*".repeat(20_000));
    let _ = plan(&"[".repeat(20_000));
    let _ = plan(&format!("{}x", "<sup>".repeat(5_000)));
    let _ = plan(&"a".repeat(1_000_000));
    let head = Site::new()
        .file(&format!("{MEETING}/02-plan.md"), format!("---\nkind: report\nx: {}\n---\n", "[".repeat(5_000)));
    assert!(!head.findings().is_empty());
}

#[test]
fn a_paper_does_not_take_the_address_of_a_page_of_the_site() {
    let letter = "---\nkind: letter\ntitle: A letter\nstatus: published\n---\nText\n";
    for (path, said) in [
        ("index.md", "the site has a page of its own called `index` here"),
        ("papers/index.md", "the site has a page of its own called `index` here"),
        ("404.md", "the site has a page of its own called `404` here"),
        ("people/n-akhtar.md", "the site has pages of its own in the folder `people`"),
        ("bodies/scrutiny/index.md", "the site has pages of its own in the folder `bodies`"),
    ] {
        Site::new().file(path, letter).finds(&["F06 error", said]);
    }
    assert!(Site::new().file("papers/letter.md", letter).findings().is_empty());
}

#[test]
fn the_questions_of_a_form_are_called_by_their_numbers() {
    let form =
        "title: Grant\nfunder: Commissioner\nyear: 2016/17\nquarter: 2\nstatus: published\nquestions:\n  1: What?\n";
    let site = |questions: &str| Site::new().file("returns/q2/form.yaml", format!("{form}{questions}"));
    assert_eq!(site("  2: Why?\n").findings(), Vec::<String>::new());
    for wrong in ["01", "one", "-1", "1.0"] {
        site(&format!("  \"{wrong}\": Why?\n"))
            .finds(&["returns/q2/form.yaml:8:3 F05 error", &format!("the number of a question, found `{wrong}`")]);
    }
}

#[test]
fn one_mistake_is_told_once() {
    let table = |rows: &str| format!("See [[spend]].\n\n```spending\ncaption: Spending\nname: spend\n{rows}\n```\n");
    // A table that is wrong still bears its name.
    let typed = table("rows: [{item: Patrols, allocated: TBC}]");
    Site::new().paper("02-plan", &typed).finds(&["02-plan.md:11:35 T01 error", "found `TBC`"]);
    let data = |csv: &str| {
        Site::new().paper("02-plan", &table("data: data/a.csv")).file(&format!("{MEETING}/data/a.csv"), csv)
    };
    data("item,theme,allocated\nPatrols,Places,5\nTotal,,5\n").finds(&["a.csv:3:1 T01 error", "looks like a sum"]);
    data("item;allocated\nPatrols;5\n").finds(&["a.csv:1:1 T01 error", "save the file with commas"]);
    let missing = data("allocated\n5\n6\n").findings();
    assert_eq!(missing.len(), 1, "{missing:?}");

    Site::new().paper("02-plan", "<font color=\"red\">Words</font>\n").finds(&["02-plan.md:6:1 W02 warning"]);
    Site::new().paper("02-plan", "[Us](www.example.org)\n").finds(&["W03 error", "no `https://` before its `www.`"]);
    let two = Site::new()
        .file(&format!("{MEETING}/agenda-2.md"), "---\nkind: agenda\n---\n")
        .minutes("", "## Plan {item=2}\n\nText.\n");
    two.finds(&["agenda-2.md:2:7 F06 error", "is called `agenda.md`"]);
    let kind = Site::new().file(&format!("{MEETING}/02-plan.md"), "---\nKind: report\ntitle: Plan\n---\n");
    kind.finds(&["02-plan.md:2:1 F04 error", "did you mean `kind`?"]);
}

#[test]
fn a_date_is_given_back_as_it_should_be_written() {
    let agenda = |line: &str| {
        Site::new().file(
            &format!("{MEETING}/agenda.md"),
            format!("---\nkind: agenda\n{line}\nitems: [{{title: Plan, paper: 02-plan}}]\n---\n"),
        )
    };
    agenda("published: 4 July 2023").finds(&["agenda.md:3:12 F05 error", "write `2023-07-04`"]);
    agenda("published: 04/07/2023 5pm").finds(&["agenda.md:3:12 F05 error", "write `2023-07-04 17:00`"]);
    agenda("time: 10.00am").finds(&["agenda.md:3:7 F05 error", "write `10:00`"]);
}
