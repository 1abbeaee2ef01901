//! A site to test with: write files, build, look at pages and findings.

use std::collections::BTreeMap;

use quorate::bundle;
use quorate::calendar::Moment;
use quorate::edition::{Audience, Edition};
use quorate::files::{Folder, MemoryFolder};
use quorate::finding::Severity;
use quorate::model::MeetingKey;
use quorate::press::{self, Options};
use quorate::publication::Artefact;
use quorate::record::{self, Loaded};

/// A content folder in memory. It begins with an authority, one committee, three councillors and one meeting with an
/// agenda of two items, so that a test writes only what it is about.
#[derive(Clone)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
    now: Moment,
    audience: Audience,
    theme: Option<BTreeMap<String, Vec<u8>>>,
}

pub const MEETING: &str = "meetings/scrutiny/2023-07-12";

impl Site {
    pub fn new() -> Self {
        Self { files: BTreeMap::new(), now: moment("2023-08-01 12:00"), audience: Audience::Public, theme: None }
            .file(
                "authority.yaml",
                "name: Example Council\nkind: principal-council\nnation: england\nwebsite: https://papers.example.org/\n\
                 contacts:\n  governance: {name: Governance Services}\n",
            )
            .file("glossary.yaml", "ASB: Anti-social behaviour\nPSPO: Public Space Protection Order\n")
            .file("people.yaml", "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nP Male: {kind: councillor}\n")
            .file(
                "bodies/scrutiny.yaml",
                "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmembers:\n  - {person: N Akhtar, role: chair}\n  - {person: R Thay}\n",
            )
            .file(
                &format!("{MEETING}/agenda.md"),
                "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nstate: held\n\
                 items:\n  - Apologies\n  - {title: Community Safety Plan, paper: 02-plan}\n---\nAnyone may come.\n",
            )
            .paper("02-plan", "## Purpose\n\nThe plan is here.\n")
    }

    pub fn file(mut self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.to_owned(), text.as_ref().to_vec());
        self
    }

    pub fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    /// A published briefing note of the meeting.
    pub fn paper(self, name: &str, text: &str) -> Self {
        self.paper_with(name, "", text)
    }

    /// The same, with more in its head.
    pub fn paper_with(self, name: &str, head: &str, text: &str) -> Self {
        let paper = format!("---\nkind: briefing-note\ntitle: Title of {name}\nstatus: published\n{head}---\n{text}");
        self.file(&format!("{MEETING}/{name}.md"), paper)
    }

    pub fn agenda(self, items: &str) -> Self {
        let head = "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\nstate: held\n";
        self.file(&format!("{MEETING}/agenda.md"), format!("{head}{items}---\n"))
    }

    pub fn minutes(self, head: &str, text: &str) -> Self {
        let minutes = format!(
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\nfirst_minute: 52\n{head}---\n{text}"
        );
        self.file(&format!("{MEETING}/minutes.md"), minutes)
    }

    pub fn now(mut self, now: &str) -> Self {
        self.now = moment(now);
        self
    }

    pub fn members(mut self) -> Self {
        self.audience = Audience::Members;
        self
    }

    pub fn theme_file(mut self, path: &str, text: &str) -> Self {
        self.theme.get_or_insert_default().insert(path.to_owned(), text.as_bytes().to_vec());
        self
    }

    fn folder(&self) -> MemoryFolder {
        self.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    }

    pub fn load(&self) -> Loaded {
        record::load(&self.folder()).expect("a folder in memory can be read")
    }

    /// Findings as "path:line:column code severity: message | help".
    pub fn findings(&self) -> Vec<String> {
        let loaded = self.load();
        loaded
            .findings
            .iter()
            .map(|finding| {
                let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" | {help}"));
                let place = loaded.sources.place(finding.primary.span);
                format!("{place} {} {}: {}{help}", finding.code, finding.severity.word(), finding.message)
            })
            .collect()
    }

    /// Asserts that there is exactly one finding, and that it says all of `parts`.
    #[track_caller]
    pub fn finds(&self, parts: &[&str]) -> &Self {
        let findings = self.findings();
        assert_eq!(findings.len(), 1, "exactly one finding: {findings:#?}");
        for part in parts {
            assert!(findings[0].contains(part), "expected `{part}` in: {}", findings[0]);
        }
        self
    }

    /// Builds the site; errors in the papers fail the test.
    #[track_caller]
    pub fn build(&self) -> Pages {
        let loaded = self.load();
        let errors: Vec<_> = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "the site has errors: {errors:#?}");
        self.try_build().expect("the site can be built")
    }

    pub fn try_build(&self) -> Result<Pages, press::Error> {
        let options = Options { no_pdf: true, ..Options::default() };
        self.run_press(None, &options).map(|output| Pages { artefacts: output.artefacts })
    }

    /// Builds the site with its PDFs, for a place where `before` stands.
    #[cfg(feature = "pdf")]
    #[track_caller]
    pub fn print(&self, before: Option<&press::Output>) -> press::Output {
        let options = Options { base_url: Some("https://papers.example.org".to_owned()), ..Options::default() };
        let before: Option<MemoryFolder> = before.map(|before| {
            before.artefacts.iter().map(|artefact| (artefact.path.clone(), artefact.bytes.clone())).collect()
        });
        self.run_press(before.as_ref().map(|before| before as &dyn Folder), &options).expect("the site can be printed")
    }

    /// The bundle of the meeting of 12 July 2023, without PDFs; its folder's name is checked.
    #[track_caller]
    pub fn bundle(&self, folder: &str) -> Vec<u8> {
        let key = MeetingKey::parse("scrutiny/2023-07-12").expect("a meeting");
        assert_eq!(bundle::name(&key, self.audience), folder);
        self.pack(&key, &Options { no_pdf: true, ..Options::default() })
    }

    /// The same, with PDFs.
    #[cfg(feature = "pdf")]
    #[track_caller]
    pub fn bundle_with_pdfs(&self) -> Vec<u8> {
        self.pack(&MeetingKey::parse("scrutiny/2023-07-12").expect("a meeting"), &Options::default())
    }

    fn pack(&self, key: &MeetingKey, options: &Options) -> Vec<u8> {
        let record = self.load().record.expect("a record");
        let edition = Edition::for_circulation(&record, self.audience, self.now);
        let published = Edition::new(&record, Audience::Public, self.now);
        let bundle = bundle::make(&edition, &published, key, &self.folder(), None, options).expect("a bundle");
        assert!(bundle.findings.is_empty(), "{:?}", bundle.findings);
        assert!(bundle::is_bundle(&bundle.zip));
        bundle.zip
    }

    fn run_press(&self, before: Option<&dyn Folder>, options: &Options) -> Result<press::Output, press::Error> {
        let loaded = self.load();
        let edition = Edition::new(&loaded.record.expect("a record"), self.audience, self.now);
        let folder = self.folder();
        let theme: Option<MemoryFolder> = self.theme.clone().map(|files| files.into_iter().collect());
        let theme = theme.as_ref().map(|theme| theme as &dyn Folder);
        press::run(&edition, &folder, theme, before, options)
    }
}

pub fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

/// What a site was built to.
pub struct Pages {
    pub artefacts: Vec<Artefact>,
}

impl Pages {
    pub fn paths(&self) -> Vec<&str> {
        self.artefacts.iter().map(|artefact| artefact.path.as_str()).collect()
    }

    pub fn has(&self, path: &str) -> bool {
        self.artefacts.iter().any(|artefact| artefact.path == path)
    }

    /// A page's HTML.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let artefact = self.artefacts.iter().find(|artefact| artefact.path == path);
        let artefact = artefact.unwrap_or_else(|| panic!("no page {path}; there are {:#?}", self.paths()));
        String::from_utf8(artefact.bytes.clone()).expect("UTF-8")
    }

    /// The words of a page's main part, without marks, with single blanks.
    #[track_caller]
    pub fn words(&self, path: &str) -> String {
        let page = self.page(path);
        let main = &page[page.find("<main").unwrap_or(0)..page.find("</main>").unwrap_or(page.len())];
        words(main)
    }

    /// The paths of all files in which a word stands, in whatever case.
    pub fn holding(&self, word: &str) -> Vec<&str> {
        let word = word.to_lowercase();
        let holds = |artefact: &&Artefact| {
            artefact.path.to_lowercase().contains(&word)
                || String::from_utf8_lossy(&artefact.bytes).to_lowercase().contains(&word)
        };
        self.artefacts.iter().filter(holds).map(|artefact| artefact.path.as_str()).collect()
    }
}

/// HTML without its marks, with single blanks.
pub fn words(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                out.push(' ');
            }
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let out = out.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
