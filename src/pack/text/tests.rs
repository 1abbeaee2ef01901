//! Tables as they come out of the press: whole papers in, the laid-out words of their pages out.

use std::collections::BTreeMap;

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::calendar::Moment;
use crate::edition::{Audience, Edition, Pagination};
use crate::files::MemoryFolder;
use crate::pack::compose::compose;
use crate::pack::world::Memory;
use crate::pack::{Press, plan};
use crate::record;
use crate::site::Theme;
use crate::site::view::View;

const FOLDER: &str = "meetings/scrutiny/2023-07-12";

/// Words on a page: where they begin and end, and their baseline.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    left: Abs,
    right: Abs,
    baseline: Abs,
}

/// A page: its size, and the words on it.
#[derive(Debug)]
struct Sheet {
    width: Abs,
    height: Abs,
    words: Vec<Word>,
}

impl Sheet {
    fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

struct Printed {
    program: String,
    pages: Vec<Sheet>,
}

impl Printed {
    fn text(&self) -> String {
        self.pages.iter().map(Sheet::text).collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn find(&self, text: &str) -> &Word {
        let mut words = self.pages.iter().flat_map(|page| &page.words);
        words.find(|word| word.text.trim() == text).unwrap_or_else(|| panic!("no `{text}` in {}", self.text()))
    }
}

/// Prints one paper with data files beside it.
#[track_caller]
fn print(text: &str, data: &[(&str, &str)]) -> Printed {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut put = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
    put(
        "authority.yaml",
        "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  governance: {name: Governance}\n",
    );
    put("people.yaml", "N Akhtar: {kind: councillor}\n");
    put("bodies/scrutiny.yaml", "name: Scrutiny Committee\nkind: committee\nlaw: part-va\n");
    put(
        &format!("{FOLDER}/agenda.md"),
        "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\nitems:\n  - {title: Plan, paper: 02-plan}\n---\n",
    );
    let head = "---\nkind: briefing-note\ntitle: A plan\nstatus: published\n---\n";
    put(&format!("{FOLDER}/02-plan.md"), &format!("{head}{text}"));
    for (path, text) in data {
        put(&format!("{FOLDER}/{path}"), text);
    }
    let folder: MemoryFolder = files.into_iter().collect();
    let loaded = record::load(&folder).expect("a folder in memory can be read");
    let record = loaded.record.unwrap_or_else(|| panic!("{:#?}", loaded.findings));
    let edition = Edition::new(&record, Audience::Public, Moment::parse("2023-08-01 12:00").expect("a moment"));
    let theme = Theme::load(None, "en-GB").expect("the default theme");
    let nothing_yet = Pagination::default();
    let view = View::new(&edition, &theme.strings, &[], &nothing_yet);
    let press = Press {
        view: &view,
        base_url: None,
        theme: &theme.programs,
        content: &folder,
        shelf: &(),
        right_hand: true,
        read: std::sync::Mutex::default(),
        one_more: &|| (),
    };
    let chains = plan::volumes(&edition, &view);
    let volume = chains.iter().flatten().find(|volume| volume.path.ends_with("02-plan.pdf")).expect("the paper's own");
    let composed = compose(&press, volume, 1).unwrap_or_else(|error| panic!("{error}"));
    assert!(composed.findings.is_empty(), "{:#?}", composed.findings);
    let manuscript = composed.manuscript;
    let program = manuscript.program.text.clone();
    let world = Memory::new(&program, manuscript.texts, manuscript.files, None).expect("a world");
    let document: PagedDocument =
        typst::compile(&world).output.unwrap_or_else(|errors| panic!("{errors:#?} in {program}"));
    let pages = document.pages().iter().map(|page| {
        let mut words = Vec::new();
        words_of(&page.frame, Point::zero(), &mut words);
        Sheet { width: page.frame.width(), height: page.frame.height(), words }
    });
    Printed { pages: pages.collect(), program }
}

fn words_of(frame: &Frame, at: Point, words: &mut Vec<Word>) {
    for (place, item) in frame.items() {
        let place = at + *place;
        match item {
            FrameItem::Group(group) => {
                let moved = Point::new(group.transform.tx, group.transform.ty);
                words_of(&group.frame, place + moved, words);
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => words.push(Word {
                text: text.text.to_string(),
                left: place.x,
                right: place.x + text.width(),
                baseline: place.y,
            }),
            _ => {}
        }
    }
}

/// No words stand over others, and none leaves the text's place on its page.
#[track_caller]
fn assert_has_room(printed: &Printed) {
    let hair = Abs::pt(0.6);
    let margin = Abs::mm(20.0);
    for page in &printed.pages {
        let mut words = page.words.clone();
        words.sort_by_key(|word| (word.baseline, word.left));
        for word in &words {
            assert!(word.left >= margin && word.right <= page.width - margin, "{word:?} leaves its page");
        }
        for pair in words.windows(2) {
            let is_beside = (pair[1].baseline - pair[0].baseline).abs() < hair;
            assert!(!is_beside || pair[0].right <= pair[1].left + hair, "{:?} stands over {:?}", pair[0], pair[1]);
        }
    }
}

#[test]
fn words_in_cells_are_words() {
    let nasty = "#panic() \\ *a* _b_ $x$ <l> @r ] ) \" // /* `c` ~ -- = 1";
    let data = format!("place,what,spent\nA,\"{}\",£5\nB,]),£6\n", nasty.replace('"', "\"\""));
    let printed = print(
        "```data\ncaption: \"#panic(1) ]\"\nsource: \"] #panic(2)\"\nnotes: [\"#panic(3) \\\\\"]\ndata: data/a.csv\n```\n",
        &[("data/a.csv", &data)],
    );
    let text = printed.text().replace('\u{200b}', "");
    for part in ["#panic()", "*a*", "@r", "`c`", "])", "#panic(1) ]", "#panic(3) \\"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!printed.program.contains("[#panic"));
    assert_has_room(&printed);
}

#[test]
fn figures_line_up_whatever_stands_after_them() {
    let rows = "month,reports\nMay,\"1,497 [p] [r]\"\nJune,8\nJuly,[x]\nAugust,\"12,345 [e]\"\n";
    let printed = print("```data\ncaption: Reports\ndata: data/a.csv\n```\n", &[("data/a.csv", rows)]);
    let ends: Vec<Abs> = ["1,497", "8", "12,345", "[x]"].map(|figure| printed.find(figure).right).to_vec();
    assert!(ends.iter().all(|end| (*end - ends[0]).abs() < Abs::pt(0.01)), "{ends:?}");
    assert!(printed.find("[p] [r]").left > ends[0] - Abs::pt(0.01));
    assert_has_room(&printed);
}

/// Fourteen columns of money have no room on a page that stands.
fn wide() -> String {
    let names: Vec<String> = (1..=13).map(|month| format!("Period {month}")).collect();
    let row = |name: &str| format!("{name},{}\n", vec!["\"£1,234,567\""; 13].join(","));
    format!("project,{}\n{}{}", names.join(","), row("The first project"), row("The second project"))
}

#[test]
fn a_wide_table_stands_on_a_turned_page_and_the_text_goes_on_before_it() {
    let text = "## One\n\nBefore.\n\n```data\ncaption: Money\nname: money\ndata: data/a.csv\n```\n\nAfter it.\n\n## Two\n\nLater.\n";
    let printed = print(text, &[("data/a.csv", &wide())]);
    assert_has_room(&printed);
    let of = |words: &str| {
        let is_here = |page: &&Sheet| page.text().contains(words);
        printed.pages.iter().position(|page| is_here(&page)).unwrap_or_else(|| panic!("{words} in {}", printed.text()))
    };
    let turned = of("£1,234,567");
    assert!(printed.pages[turned].width > printed.pages[turned].height);
    assert_eq!((of("Before."), of("After it."), of("Later.")), (turned - 1, turned - 1, turned + 1));
    assert!(printed.pages[turned - 1].text().contains("is on page"), "{}", printed.text());
    assert!(printed.pages.iter().enumerate().all(|(index, page)| index == turned || page.width < page.height));
    // Head and foot are there.
    assert!(printed.pages[turned].text().contains("Scrutiny Committee"), "{}", printed.text());
}

#[test]
fn a_wide_table_in_a_list_stays_on_its_page() {
    let head: Vec<String> = (1..=12).map(|column| format!("| Column{column} ")).collect();
    let head = head.concat();
    let rule = "|---".repeat(12);
    let row = "| incomprehensibilities ".repeat(12);
    let text =
        format!("1. First:\n\n   {head}|\n   {rule}|\n   {row}|\n\n2. Second.\n\n| Only | headings |\n|---|---|\n");
    let printed = print(&text, &[]);
    assert_has_room(&printed);
    assert!(printed.pages.iter().all(|page| page.width < page.height), "{}", printed.text());
}

#[test]
fn headings_of_columns_come_again_on_each_page_and_a_sum_is_not_alone() {
    // However many rows there are, the total stands with the row before it.
    for count in [30, 31, 32, 33, 34, 35, 36, 70] {
        let rows: Vec<String> = (1..=count).map(|row| format!("Place number {row},{row}\n")).collect();
        let rows = rows.concat();
        let text = "```outcome\ncaption: Places\nrows_heading: Place\ncounts: [Reports]\ndata: data/a.csv\n```\n";
        let printed = print(text, &[("data/a.csv", &format!("Place,Reports\n{rows}"))]);
        let last = printed.pages.iter().find(|page| page.text().contains("Total")).expect("a total");
        assert!(last.text().contains(&format!("Place number {count}")), "{count}: {}", printed.text());
        let pages = printed.pages.iter().filter(|page| page.text().contains("Place number"));
        assert!(pages.clone().all(|page| page.words.iter().any(|word| word.text == "Place")), "{}", printed.text());
        assert!(count < 50 || pages.count() > 1, "{count} rows need more than a page");
    }
}

#[test]
fn the_last_row_of_a_table_is_not_alone_on_its_page() {
    for count in 28..=46 {
        let rows: Vec<String> = (1..=count).map(|row| format!("Place {row},{row}")).collect();
        let rows = rows.join("\n");
        let text = "```data\ncaption: Places\ndata: data/a.csv\n```\n";
        let printed = print(text, &[("data/a.csv", &format!("place,reports\n{rows}"))]);
        let page = |row: u32| {
            let words = format!("Place {row} {row}");
            printed.pages.iter().position(|page| page.text().contains(&words)).expect("a page")
        };
        assert_eq!(page(count), page(count - 1), "{count} rows: {}", printed.text());
    }
}

#[test]
fn a_long_table_is_cut_and_says_so() {
    let rows: Vec<String> = (1..=1_003).map(|row| format!("Place {row},{row}\n")).collect();
    let rows = rows.concat();
    let printed = print(
        "```data\ncaption: Places\ndata: data/a.csv\n```\n",
        &[("data/a.csv", &format!("place,reports\n{rows}"))],
    );
    let text = printed.text();
    assert!(text.contains("Place 1000") && !text.contains("Place 1001"), "cut after the first thousand");
    assert!(text.contains("The first 1,000 of 1,003 rows are shown here"));
}

#[test]
fn a_narrative_stands_beneath_its_row_and_begins_on_its_page() {
    let long = "A long text. ".repeat(700);
    let filler = "Filler.\n\n".repeat(22);
    let text = format!(
        "{filler}```monitoring\ncaption: Projects\nrows:\n- {{item: The post, allocated: 100, spent: 110}}\n\
         - {{item: Wardens, allocated: 50, spent: 10}}\n---\n## The post\nBegun. {long}\n## Wardens\nDone.\n```\n"
    );
    let printed = print(&text, &[]);
    let page = |words: &str| printed.pages.iter().position(|page| page.text().contains(words)).expect("a page");
    assert_eq!(page("The post"), page("Begun."));
    assert!(page("Wardens") > page("Begun."), "the text goes on over the page");
    assert_has_room(&printed);
}

#[test]
fn drawings_say_what_they_show() {
    let text = "```year-on-year\ncaption: Crime\nfrom: 2014\nto: 2015\nchart: yes\nrows: [{measure: Burglary, from: 400, to: 300}]\n```\n\n\
                ```organisation-chart\ncaption: Who reports to whom\n```\n";
    let printed = print(text, &[]);
    assert!(printed.program.contains("q-drawing(\"/made-1.svg\",\"Crime. "), "{}", printed.program);
    assert!(
        printed.program.contains("q-drawing(\"/made-2.svg\",\"Who reports to whom. Scrutiny Committee."),
        "{}",
        printed.program
    );
    assert!(
        printed.text().contains("as a chart: Crime") || printed.text().contains("as a chart:"),
        "{}",
        printed.text()
    );
}

#[test]
fn html_is_printed_as_blocks_of_our_own() {
    let printed = print(
        "<dl><dt>ASB</dt><dd>Noise &amp; litter</dd></dl>\n\n<p>#panic() <script>x</script>H<sub>2</sub>O</p>\n",
        &[],
    );
    let text = printed.text();
    assert!(text.contains("Noise & litter") && text.contains("#panic()") && !text.contains("script"), "{text}");
}
