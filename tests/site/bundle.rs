//! Bundles: what is in them, what is not, and where their links lead.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use crate::support::{Site, words};

const FOLDER: &str = "scrutiny-2023-07-12";

/// What is unpacked from a zip file.
fn unpacked(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).expect("a zip file");
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        assert!(files.insert(name.clone(), bytes).is_none(), "{name} is there twice");
    }
    files
}

fn page(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let bytes = files.get(path).unwrap_or_else(|| panic!("no {path}: {:#?}", files.keys()));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// A meeting whose papers are drafts, one of them private, and one earlier that is published.
fn site() -> Site {
    Site::new()
        .now("2023-07-01 12:00")
        .file(
            "meetings/scrutiny/2023-07-12/agenda.md",
            "---\nkind: agenda\nstatus: draft\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  - {title: Plan, \
             paper: 02-plan}\n  - {title: Minutes, paper: meetings/scrutiny/2023-06-14/minutes}\nprivate:\n  - {title: Land, \
             exempt: {paragraphs: [3], public_interest: Prices.}, paper: 04-land}\n---\nCome.\n",
        )
        .file(
            "meetings/scrutiny/2023-06-14/agenda.md",
            "---\nkind: agenda\nstatus: published\npublished: 2023-06-06\nstate: held\nitems:\n  - Apologies\n  - {title: \
             Early, paper: 02-early}\n---\nCome.\n",
        )
        .file(
            "meetings/scrutiny/2023-06-14/02-early.md",
            "---\nkind: report\ntitle: Early paper\nstatus: published\n---\nIt was early.\n",
        )
        .file(
            "meetings/scrutiny/2023-06-14/minutes.md",
            "---\nkind: minutes\nstatus: draft\nfirst_minute: 1\n---\n## 1. Apologies\n\nThere were none.\n",
        )
        .file("meetings/scrutiny/2023-07-12/02-plan.md", "---\nkind: report\ntitle: The plan\nstatus: draft\nappendices: \
             [02-appendix-1-map]\n---\nSee [the early one](../2023-06-14/02-early.md) and [a draft](../2023-08-02/02-late.md), \
             and he wrote `href=\"gone.html\"`.\n\n```breakdown\ncaption: Counts\nname: counts\ncategories: Kind\nperiods: [2022, 2023]\ndata: \
             counts.csv\n```\n\n[The map](<files/map one.pdf>), [gone](files/gone.pdf)\n")
        .file(
            "meetings/scrutiny/2023-07-12/02-appendix-1-map.md",
            "---\nkind: appendix\nnumber: 1\ntitle: The map\nstatus: draft\n---\nA map.\n",
        )
        .file("meetings/scrutiny/2023-07-12/counts.csv", "Kind,2022,2023\nA,60,70\nB,61,71\n")
        .file("meetings/scrutiny/2023-07-12/files/map one.pdf", "%PDF-1.4")
        .file("meetings/scrutiny/2023-07-12/05-new.md", "---\nkind: report\ntitle: Just begun\nstatus: draft\n---\nBegun.\n")
        .file(
            "meetings/scrutiny/2023-07-12/04-land.md",
            "---\nkind: report\ntitle: ZANZIBAR land\nstatus: draft\n---\nZANZIBAR is cheap.\n",
        )
        .file(
            "meetings/scrutiny/2023-08-02/agenda.md",
            "---\nkind: agenda\nstatus: draft\nitems:\n  - {title: Late, paper: 02-late}\n---\nCome.\n",
        )
        .file(
            "meetings/scrutiny/2023-08-02/02-late.md",
            "---\nkind: report\ntitle: Late paper\nstatus: draft\n---\nIt is late.\n",
        )
}

/// Every address in a start tag, as one reads a page that one has written oneself.
fn addresses(html: &str) -> Vec<&str> {
    let pieces = html.split('<').filter(|piece| piece.starts_with(|c: char| c.is_ascii_alphabetic()));
    let tags = pieces.filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag);
    tags.flat_map(|tag| {
        [" href=\"", " src=\""].into_iter().flat_map(move |name| {
            tag.match_indices(name).filter_map(move |(at, _)| tag[at + name.len()..].split('"').next())
        })
    })
    .collect()
}

#[test]
fn a_bundle_holds_the_meeting_its_drafts_and_what_they_link() {
    let files = unpacked(&site().bundle(FOLDER));
    for path in [
        "index.html",
        "meetings/scrutiny/2023-07-12/index.html",
        "meetings/scrutiny/2023-07-12/02-plan.html",
        "meetings/scrutiny/2023-07-12/02-appendix-1-map.html",
        "meetings/scrutiny/2023-07-12/05-new.html",
        "meetings/scrutiny/2023-07-12/files/map one.pdf",
        "meetings/scrutiny/2023-06-14/minutes.html",
        "bodies/scrutiny/members-2023-07-12.html",
        "assets/draft.css",
    ] {
        assert!(files.contains_key(&format!("{FOLDER}/{path}")), "{path}: {:#?}", files.keys());
    }
    assert!(files.keys().any(|path| path.ends_with(".csv")), "the table's data: {:#?}", files.keys());
    assert!(files.keys().all(|path| path.starts_with(&format!("{FOLDER}/"))), "one folder");
    for other in ["02-late.html", "02-early.html", "people/", "glossary/", "robots.txt", "sitemap.xml"] {
        assert!(!files.keys().any(|path| path.contains(other)), "{other}: {:#?}", files.keys());
    }
    let start = words(&page(&files, &format!("{FOLDER}/index.html")));
    for said in ["Scrutiny Committee", "12 July 2023", "The plan", "Just begun", "Appendix 1: The map"] {
        assert!(start.contains(said), "{said}: {start}");
    }
}

#[test]
fn each_link_of_a_bundle_leads_to_its_own_files_or_to_what_is_published() {
    let files = unpacked(&site().bundle(FOLDER));
    let mut within = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).expect("UTF-8");
        for address in addresses(&html) {
            if address.starts_with('#') || address.contains(':') {
                continue;
            }
            let folder = path.rsplit_once('/').expect("a folder").0;
            let mut parts: Vec<&str> = folder.split('/').collect();
            for part in address.split('#').next().expect("a path").split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            let target = parts.join("/").replace("%20", " ");
            assert!(files.contains_key(&target), "{path} leads to {address}, which is not there");
            within += 1;
        }
        assert!(!html.contains("rel=\"canonical\""), "{path} claims to stand on the web");
    }
    assert!(within > 20);
    let plan = page(&files, &format!("{FOLDER}/meetings/scrutiny/2023-07-12/02-plan.html"));
    let early = "href=\"https://papers.example.org/meetings/scrutiny/2023-06-14/02-early.html\"";
    assert!(plan.contains(early), "what is published is linked there: {plan}");
    assert!(plan.contains("href=\"https://papers.example.org/bodies/scrutiny/\""), "{plan}");
    assert!(plan.contains("<a class=\"reference\">a draft</a>"), "what is not, is not linked: {plan}");
    assert!(
        plan.contains(">gone</a>") && !plan.contains("gone.pdf\""),
        "a file that is not there is an error of the paper, and no link: {plan}"
    );
    assert!(words(&plan).contains("href=\"gone.html\""), "words stay words: {plan}");
}

#[test]
fn each_page_of_a_bundle_is_marked() {
    for (path, bytes) in unpacked(&site().bundle(FOLDER)).iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).expect("UTF-8");
        let words = words(&html[html.find("<body").expect("a body")..]);
        assert!(words.starts_with("Draft for circulation , made 1 July 2023; not published."), "{path}: {words}");
        assert!(
            html.contains("<title>DRAFT: ")
                && html.contains("assets/draft.css\">")
                && html.contains(" data-word=\"DRAFT\"></div>"),
            "{path}: {html}"
        );
        assert!(html.contains("<meta name=\"robots\" content=\"noindex, nofollow\">"), "{path}");
        assert!(!words.contains("Published 1 July 2023"), "{path}: {words}");
    }
}

#[test]
fn private_business_is_in_the_bundle_of_members_alone_and_said_to_be_private() {
    let holding = |files: &BTreeMap<String, Vec<u8>>| {
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains("zanzibar");
        let holding =
            files.iter().filter(|(path, bytes)| holds(bytes) || holds(path.as_bytes()) || path.contains("04-land"));
        holding.map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(holding(&unpacked(&site().bundle(FOLDER))), Vec::<String>::new());
    let folder = "scrutiny-2023-07-12-not-for-publication";
    let members = unpacked(&site().members().bundle(folder));
    assert!(holding(&members).contains(&format!("{folder}/meetings/scrutiny/2023-07-12/04-land.html")));
    for (path, bytes) in members.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(words(&html).contains("Not for publication. Draft for circulation"), "{path}");
    }
}

#[test]
fn the_same_papers_give_the_same_bundle() {
    assert!(site().bundle(FOLDER) == site().bundle(FOLDER));
    let zip = site().bundle(FOLDER);
    let mut archive = zip::ZipArchive::new(Cursor::new(&zip)).expect("a zip file");
    for index in 0..archive.len() {
        let entry = archive.by_index(index).expect("an entry");
        let day = entry.last_modified().expect("a day");
        assert_eq!((day.year(), day.month(), day.day()), (2023, 7, 1));
        let name = entry.name().expect("a name");
        assert!(name.starts_with(FOLDER) && !name.contains('\\') && !name.contains("/../"), "{name}");
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_bundle_holds_the_pack_and_each_paper_to_print() {
    let files = unpacked(&site().bundle_with_pdfs());
    let mut pdfs: Vec<&str> = files.keys().filter(|path| path.ends_with(".pdf")).map(String::as_str).collect();
    pdfs.retain(|path| !path.contains("/files/"));
    let expected = [
        "meetings/scrutiny/2023-06-14/minutes.pdf",
        "meetings/scrutiny/2023-07-12/02-appendix-1-map.pdf",
        "meetings/scrutiny/2023-07-12/02-plan.pdf",
        "meetings/scrutiny/2023-07-12/05-new.pdf",
        "meetings/scrutiny/2023-07-12/pack.pdf",
    ];
    assert_eq!(pdfs, expected.map(|path| format!("{FOLDER}/{path}")));
    let start = page(&files, &format!("{FOLDER}/index.html"));
    assert!(start.contains("href=\"meetings/scrutiny/2023-07-12/pack.pdf\""), "{start}");
}
