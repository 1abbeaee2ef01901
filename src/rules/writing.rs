//! Writing and accessibility: what a screen reader, a phone and a plain reader need of a text.

mod contacts;
mod links;
mod reading;
mod structure;
#[cfg(test)]
mod tests;
mod words;

use super::{Example, Rule, Test};
use crate::finding::codes;
use crate::model::Level;

const WCAG: &str =
    "WCAG 2.2, level AA, which SI 2018/952 requires of public bodies: success criterion 1.1.1 (Non-text Content).";

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "W01",
        name: "no-alternative-text",
        level: Level::Error,
        meaning: "A picture has no alternative text.",
        why: "To those who cannot see it, it says nothing.",
        source: WCAG,
        remedy: "Say between the square brackets what the picture shows: `![The board and its four sub-groups](files/chart.png)`.",
        failing: Example::Files(&[
            (DRAWING, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>"),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\n![](files/map.svg)\n",
            ),
        ]),
        passing: Example::Files(&[
            (DRAWING, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>"),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\n![The three wards of the north](files/map.svg)\n",
            ),
        ]),
        test: Test::WhileReading,
    },
    Rule {
        code: "W02",
        name: "dropped-html",
        level: Level::Warning,
        meaning: "HTML in a text is not one of the few harmless elements, so it is left out.",
        why: "Something that the writer sees in the file is not what the public reads.",
        source: "Quorate: a text may hold a few elements of HTML, and nothing that acts.",
        remedy: "Write it in Markdown; docs/authoring.md lists the elements that may stand in a text.",
        failing: Example::Text("The plan is <font>here</font>.\n"),
        passing: Example::Text("The plan lowers CO<sub>2</sub>, if x < y.\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: "W03",
        name: "bad-link",
        level: Level::Error,
        meaning: "A link or picture leads somewhere unsafe, or to a file that is not beside the paper.",
        why: "A reader who follows it finds nothing, or worse.",
        source: "Quorate: links lead to `https://` addresses, e-mail addresses, papers, and files beside the paper.",
        remedy: "Correct the address, or put the file beside the paper.",
        failing: Example::Text("See [the guide to meetings](www.example.org).\n"),
        passing: Example::Text("See [the guide to meetings](https://www.example.org/).\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: "W04",
        name: "title-in-text",
        level: Level::Warning,
        meaning: "A heading of the first level stands in the text.",
        why: "The title of the paper is the first heading; a second one misleads those who move by headings.",
        source: "WCAG 2.2, success criterion 1.3.1 (Info and Relationships); GOV.UK: one heading of the first level a page.",
        remedy: "Begin headings in the text with `##`.",
        failing: Example::Text("# Purpose\n\nThe plan is here.\n"),
        passing: Example::Text("## Purpose\n\nThe plan is here.\n"),
        test: Test::WhileReading,
    },
    Rule {
        code: "W05",
        name: "skipped-heading-level",
        level: Level::Warning,
        meaning: "A heading is more than one level below the heading before it.",
        why: "Those who move by headings think that they have missed one.",
        source: "WCAG 2.2, success criterion 1.3.1 (Info and Relationships), technique G141.",
        remedy: "Use one `#` more than the heading above, not two.",
        failing: Example::Text("## Purpose\n\nThe plan is here.\n\n#### Detail\n\nMore is here.\n"),
        passing: Example::Text(
            "## Purpose\n\nThe plan is here.\n\n### Detail\n\n#### Small print\n\nMore is here.\n\n## Cost\n\nNothing.\n",
        ),
        test: Test::Paper(structure::heading_levels),
    },
    Rule {
        code: "W06",
        name: "unclear-link",
        level: Level::Warning,
        meaning: "The words of a link do not say where it leads.",
        why: "A screen reader can list the links of a page, and \"click here\" five times tells nobody anything.",
        source: "WCAG 2.2, success criterion 2.4.4 (Link Purpose, In Context), and GOV.UK content design: links.",
        remedy: "Make those words the link that name what it leads to.",
        failing: Example::Text("For the guide to meetings [click here](https://www.example.org/guide).\n"),
        passing: Example::Text(
            "[Here is the guide to meetings](https://www.example.org/guide). Write to <governance@example.org>.\n",
        ),
        test: Test::Paper(links::unclear),
    },
    Rule {
        code: "W07",
        name: "empty-table-header",
        level: Level::Warning,
        meaning: "A column of a table has no heading. The corner above the headings of rows may be empty.",
        why: "A screen reader says the heading of its column with each figure; without one a figure means nothing.",
        source: "WCAG 2.2, success criterion 1.3.1 (Info and Relationships), technique H51.",
        remedy: "Give each column a heading in the first row.",
        failing: Example::Text("Table: Crime\n\n| Year | |\n|---|---|\n| 2022 | 5 |\n"),
        passing: Example::Text("Table: Crime\n\n| | Count | Rate |\n|---|---|---|\n| 2022 | 5 | |\n"),
        test: Test::Paper(structure::table_headers),
    },
    Rule {
        code: "W08",
        name: "hard-to-read",
        level: Level::Off,
        meaning: "The text is hard to read: by the length of its sentences and words it asks for more than 14 years of schooling, or its sentences have more than 25 words on average.",
        why: "Papers are for residents, of whom many read on a phone and in a hurry.",
        source: "GOV.UK content design: sentences of no more than 25 words. Kincaid and others (1975): grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59.",
        remedy: "Make two sentences of the long ones, and take the shorter word.",
        failing: Example::Head(
            "rules: [{rule: W08, severity: advice}]\n",
            "Notwithstanding considerations previously enumerated, organisational representatives unanimously acknowledged that \
             multidisciplinary collaboration necessitates comprehensive administrative documentation, particularly regarding interdepartmental \
             accountability, transparency, proportionality and the institutionalisation of methodologically sophisticated evaluative \
             frameworks. Consequently, representatives recommended implementing supplementary organisational arrangements, \
             incorporating comprehensive consultation, appropriate communication, systematic monitoring, independent verification, \
             professional accreditation and continuous improvement, notwithstanding considerable administrative complexity. \
             Furthermore, participating organisations collectively acknowledged responsibility for maintaining institutional \
             arrangements necessitating multidisciplinary administrative collaboration and comprehensive performance documentation.\n",
        ),
        passing: Example::Files(&[
            (
                "authority.yaml",
                "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  governance: {name: Governance Services}\n\
                 rules:\n  - {rule: W08, severity: advice}\n",
            ),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\n\
                 The plan is here, and it says what the police, the council and those who live near the park mean to do about noise at night, \
                 who pays for it, and how we will know in a year from now whether it helped at all.\n\n\
                 It is short. Please read it. Tell us what you think of it. We will come back to you in the spring with what we heard.\n",
            ),
        ]),
        test: Test::Paper(reading::hard_to_read),
    },
    Rule {
        code: "W09",
        name: "personal-contact",
        level: Level::Advice,
        meaning: "A public paper holds the mobile number or the e-mail address of one person.",
        why: "It stays on the web for years, is collected for junk mail, and goes nowhere once the person has left.",
        source: "UK GDPR, article 5(1)(c) (data minimisation). Convention: papers name posts and teams.",
        remedy: "Give the team's address and number, by `contact:` in the head.",
        failing: Example::Text("Please ask jo.bloggs@example.org.\n"),
        passing: Example::Text(
            "Please ask governance.services@example.org or the switchboard on 024 7683 3333; item 07700 cost £900,123.\n",
        ),
        test: Test::Paper(contacts::personal),
    },
    Rule {
        code: "W10",
        name: "poor-alternative-text",
        level: Level::Advice,
        meaning: "The alternative text of a picture is a file's name, or begins with words such as \"image of\".",
        why: "A screen reader says already that it is an image; a file's name says nothing.",
        source: WCAG,
        remedy: "Say what the picture shows.",
        failing: Example::Files(&[
            (DRAWING, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>"),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\n![Image of the three wards](files/map.svg)\n",
            ),
        ]),
        passing: Example::Files(&[
            (DRAWING, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>"),
            (
                PLAN,
                "---\nkind: briefing-note\ntitle: Community Safety Plan\nstatus: published\nbackground_papers: none\n---\n![Map of the three wards](files/map.svg)\n",
            ),
        ]),
        test: Test::Paper(links::alternative_text),
    },
    Rule {
        code: "W11",
        name: "table-without-caption",
        level: Level::Advice,
        meaning: "A table has no caption.",
        why: "With a caption it gets a number that can be cited, and those who move from table to table know what each holds.",
        source: "WCAG 2.2, success criterion 1.3.1 (Info and Relationships), technique H39.",
        remedy: "Write `Table: …` in a paragraph of its own right above it.",
        failing: Example::Text("The table shows it.\n\n| Year | Count |\n|---|---|\n| 2022 | 5 |\n"),
        passing: Example::Text("The table shows it.\n\nTable: Crime\n\n| Year | Count |\n|---|---|\n| 2022 | 5 |\n"),
        test: Test::Paper(structure::captions),
    },
    Rule {
        code: "W12",
        name: "heading-in-capitals",
        level: Level::Advice,
        meaning: "A heading, or several words of it, are written in capitals.",
        why: "Capitals are harder to read, and some screen readers spell them out.",
        source: "GOV.UK style guide: capitalisation; British Dyslexia Association style guide.",
        remedy: "Write it in small letters with one capital at its beginning.",
        failing: Example::Text("## PURPOSE OF THE NOTE\n\nThe plan is here.\n"),
        passing: Example::Text("## ASB: the purpose of UK law\n\nThe plan is here.\n\n## ASB\n\nIt fell.\n"),
        test: Test::Paper(structure::heading_capitals),
    },
    Rule {
        code: "W13",
        name: "doubled-word",
        level: Level::Advice,
        meaning: "A small word stands twice in a row.",
        why: "It makes a reader stumble, and a screen reader say it twice.",
        source: "Common sense: `the the` is a slip.",
        remedy: "Take one of the two away.",
        failing: Example::Text("It was referred to the\nthe board.\n"),
        passing: Example::Text(
            "She said that that was all she had had, of [[paper 03-plan]] of July. What it is is clear.\n",
        ),
        test: Test::Paper(words::doubled),
    },
    Rule {
        code: "W14",
        name: "bold-as-heading",
        level: Level::Advice,
        meaning: "A paragraph that is bold as a whole stands where a heading should.",
        why: "It looks like a heading, but those who move by headings pass over it.",
        source: "WCAG 2.2, success criterion 1.3.1 (Info and Relationships), failure F2.",
        remedy: "Make it a heading, with `##` or `###` before it.",
        failing: Example::Text("**Purpose of the note**\n\nThe plan is here.\n"),
        passing: Example::Text(
            "**Purpose.** The plan is here.\n\n**Nothing on this agenda is to be taken in private.**\n\nThe plan is here.\n",
        ),
        test: Test::Paper(structure::bold_paragraphs),
    },
    Rule {
        code: codes::UNPRINTABLE,
        name: "unprintable",
        level: Level::Warning,
        meaning: "A paper holds a sign, a picture or something else that cannot stand in a PDF as it is.",
        why: "Those who read on paper, or with a screen reader in the PDF, would be given less than those who read on the web.",
        source: "PDF/UA-1 (ISO 14289-1) and PDF/A-2 (ISO 19005-2): every sign has a typeface that is embedded and says what it means.",
        remedy: "Say it in words, or save the picture as PNG, JPEG or SVG.",
        failing: Example::Text("The plan is here \u{8B70}.\n"),
        passing: Example::Text("The plan is here – “at last” – and costs £5 ± 10%: 5 ≤ 6, Tŷ Ddewi, ✓.\n"),
        test: Test::WhilePrinting,
    },
];

const DRAWING: &str = "meetings/scrutiny/2023-07-12/files/map.svg";
const PLAN: &str = "meetings/scrutiny/2023-07-12/03-plan.md";
