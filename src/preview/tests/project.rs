//! A small set of papers on the disk, with something of everything in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::calendar::Moment;
use crate::files::{DiskFolder, Folder};

/// The present in all tests of the preview.
pub(super) fn now() -> Moment {
    Moment::parse("2026-07-20 12:00").expect("a moment")
}

const FILES: &[(&str, &str)] = &[
    (
        "content/authority.yaml",
        "name: Example Council\nkind: principal-council\nnation: england\nwebsite: https://papers.example.org/\n\
         contacts:\n  governance: {name: Governance Services}\n",
    ),
    ("content/glossary.yaml", "ASB: Anti-social behaviour\nPSPO: Public Space Protection Order\n"),
    ("content/people.yaml", "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\nP Male: {kind: councillor}\n"),
    (
        "content/bodies/scrutiny.yaml",
        "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmembers:\n  - {person: N Akhtar, role: chair}\n  - {person: R Thay}\n",
    ),
    ("content/bodies/board.yaml", "name: Safety Board\nkind: partnership-board\nlaw: own-terms\n"),
    ("content/bodies/board-terms.yaml", "name: Board for Terms\nkind: partnership-board\nlaw: own-terms\n"),
    (
        "content/meetings/scrutiny/2026-07-15/agenda.md",
        "---\nkind: agenda\nstatus: published\npublished: 2026-07-07\ntime: 10:00\nplace: Council House\nstate: held\n\
         items:\n  - Apologies\n  - {title: Community Safety Plan, paper: 02-plan}\nprivate:\n  - title: Purchase of land\n    \
         paper: 03-land\n    exempt: {paragraphs: [3], public_interest: It would weaken our position.}\n---\nAnyone may come.\n",
    ),
    (
        "content/meetings/scrutiny/2026-07-15/02-plan.md",
        "---\nkind: report\ntitle: Community Safety Plan\nstatus: draft\nappendices: [02-appendix]\n---\n## Purpose {#purpose}\n\n\
         The plan for ASB is here, and [[plan-table]] has its figures: [[figure plan-table; North; 2025]].\n\n\
         ```data\ncaption: The plan by area\nname: plan-table\ncolumns: [Area, {name: \"2025\", total: yes}, {name: \"2026\", total: yes}]\n\
         total_label: Together\ndata: figures.csv\n```\n\n![a map](files/map.svg \"The area\")\n\nSee [[purpose]] and [[appendix 1]].\n",
    ),
    (
        "content/meetings/scrutiny/2026-07-15/02-appendix.md",
        "---\nkind: appendix\nnumber: 1\ntitle: What was said\nstatus: published\n---\n## Answers\n\nThere were answers on PSPO.\n",
    ),
    (
        "content/meetings/scrutiny/2026-07-15/03-land.md",
        "---\nkind: report\ntitle: Purchase of land\nstatus: ready\n---\n## Price\n\nIt costs a ZANZIBARMARKER.\n",
    ),
    ("content/meetings/scrutiny/2026-07-15/figures.csv", "Area,2025,2026\nNorth,7,8\nSouth,11,12\n"),
    (
        "content/meetings/scrutiny/2026-07-15/files/map.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"><rect width=\"40\" height=\"30\"/></svg>\n",
    ),
    (
        "content/meetings/scrutiny/2026-07-15/minutes.md",
        "---\nkind: minutes\nstatus: draft\nfirst_minute: 1\npresided: N Akhtar\npresent: [N Akhtar, R Thay]\n---\n\
         ## Apologies {item=1}\n\nThere were none.\n\n## Community Safety Plan {item=2}\n\nThe committee had [[paper 02-plan]].\n\n\
         RESOLVED that:\n\n1. the plan be agreed; and\n2. it be looked at again.\n",
    ),
    (
        "content/meetings/board/2026-07-16/agenda.md",
        "---\nkind: agenda\nstatus: published\npublished: 2026-07-08\nstate: held\nitems:\n  - {title: The plan, paper: 01-again}\n---\n",
    ),
    (
        "content/meetings/board/2026-07-16/01-again.md",
        "---\nkind: briefing-note\ntitle: The plan again\nstatus: published\ntext_of: meetings/scrutiny/2026-07-15/02-plan\n---\n",
    ),
    (
        "content/meetings/board/2026-07-16/supplementary-1.md",
        "---\nkind: supplementary-agenda\nnumber: 1\nstatus: published\npublished: 2026-07-14\nreason: It came late.\n\
         items:\n  - {item: 1, papers: [02-late]}\n---\nA letter.\n",
    ),
    (
        "content/meetings/board/2026-07-16/02-late.md",
        "---\nkind: briefing-note\ntitle: A late note\nstatus: published\n---\n## Purpose\n\nSee [[meeting scrutiny/2026-07-15]], [[person N Akhtar]].\n",
    ),
    (
        "content/terms-of-reference/board.md",
        "---\nkind: terms-of-reference\ntitle: Terms of reference\nbody: board\nstatus: published\n---\n## Members\n\n\
         ```membership\ncaption: Members of scrutiny\nbody: scrutiny\n```\n",
    ),
    ("content/README.md", "Nothing reads this.\n"),
    ("themes/default/strings/en.yaml", include_str!("../../../themes/default/strings/en.yaml")),
    ("themes/default/assets/quorate.css", "main { color: black }\n"),
    ("themes/default/templates/glossary.html", include_str!("../../../themes/default/templates/glossary.html")),
    ("themes/default/templates/parts/own.html", "<p>Not used</p>\n"),
];

/// The papers in a folder of their own, which goes when this does.
pub(super) struct Project {
    folder: TempDir,
}

impl Project {
    pub(super) fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a folder for tests") };
        for (path, text) in FILES {
            project.write(path, text.as_bytes());
        }
        project
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn content(&self) -> PathBuf {
        self.root().join("content")
    }

    pub(super) fn theme(&self) -> PathBuf {
        self.root().join("themes/default")
    }

    #[expect(clippy::disallowed_methods, reason = "a test plays the editor")]
    pub(super) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
    }

    #[expect(clippy::disallowed_methods, reason = "a test plays the editor")]
    pub(super) fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.root().join(path)).expect("a file can be read")
    }

    #[expect(clippy::disallowed_methods, reason = "a test plays the editor")]
    pub(super) fn delete(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).expect("a file can be deleted");
    }

    /// All files that a listing shows, by path.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = DiskFolder::open(self.root()).expect("a folder");
        folder.paths().iter().map(|path| (path.clone(), folder.read(path).expect("a file"))).collect()
    }
}
