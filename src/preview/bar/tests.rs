use std::sync::Arc;

use proptest::prelude::*;

use super::insert::Insertions;
use super::*;
use crate::calendar::Moment;
use crate::finding::{Counts, Severity};
use crate::model::{BodyId, MeetingKey, Status};
use crate::preview::state::{ExcerptLine, Findings, HeldBack, MeetingState, PaperState, PrintState, Shown, State};

const HOSTILE: &str = "</template></pre><script>alert(`1`)</script><img src=x onerror='a'>\" ' & `";

fn at(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

fn links() -> Links {
    Links { own: "/-/".into(), site: "/".into(), audiences: vec![Audience::Public, Audience::Members] }
}

fn place() -> Place {
    Place { audience: Audience::Public, path: "meetings/cabinet/2023-07-12/plan.html".into() }
}

fn shown(severity: Severity, message: &str) -> Shown {
    Shown {
        code: "D02",
        severity,
        message: message.into(),
        help: Some("write `2023-07-12`".into()),
        file: "meetings/cabinet/2023-07-12/plan.md".into(),
        line: 4,
        column: 7,
        excerpt: vec![ExcerptLine {
            number: 4,
            before: "date: ".into(),
            meant: "12 Juli".into(),
            after: " # day".into(),
        }],
        anchor: Some("p-2-1".into()),
        page: None,
        editor: Some("vscode://file/papers/plan.md:4:7".into()),
    }
}

/// A draft for a meeting that is to go out in three days.
fn state() -> State {
    State {
        now: at("2023-07-01 19:00"),
        paper: Some(PaperState {
            file: "meetings/cabinet/2023-07-12/plan.md".into(),
            status: Status::Draft,
            published: None,
            exempt: false,
            words: 1240,
            pages_in_pack: Some("12–15".into()),
        }),
        meeting: Some(MeetingState {
            key: MeetingKey { body: BodyId::from("cabinet"), date: at("2023-07-12").date() },
            title: "Cabinet, 12 July 2023".into(),
            deadline: Some(at("2023-07-04 17:00")),
            published: None,
        }),
        in_public_view: true,
        in_members_view: true,
        held_back: None,
        findings: Findings::default(),
        paper_pdf: PrintState::Possible,
        pack_pdf: PrintState::None,
    }
}

fn changed(change: impl FnOnce(&mut State)) -> String {
    let mut state = state();
    change(&mut state);
    fragment(&place(), &state, &links())
}

/// What a person reads, with single blanks.
fn text(html: &str) -> String {
    let mut words = String::new();
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' => within = false,
            c if !within => words.push(c),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(html: &str, words: &str) {
    assert!(text(html).contains(words), "`{words}` is not in: {}", text(html));
}

fn page(html: &str) -> Page {
    Page { html: Arc::from(html), version: "v1".into(), exists: true }
}

#[test]
fn the_status_of_a_paper_is_told_in_words() {
    let told = |status, published: Option<&str>| {
        changed(|state| {
            let paper = state.paper.as_mut().expect("a paper");
            (paper.status, paper.published) = (status, published.map(at));
        })
    };
    says(&told(Status::Draft, Some("2023-06-01")), "Preview Draft ");
    says(&told(Status::Ready, Some("2023-07-05 17:00")), "Preview Ready: goes out 5 July 2023, 5:00 pm ");
    says(&told(Status::Ready, Some("2023-07-01 19:00")), "Preview Published 1 July 2023, 7:00 pm ");
    says(&told(Status::Ready, None), "Preview Ready: no date yet ");
    says(&told(Status::Published, Some("2023-06-30")), "Preview Published 30 June 2023 ");
    says(&told(Status::Published, Some("2023-07-03")), "Preview Ready: goes out 3 July 2023 ");
    says(&told(Status::Withdrawn, None), "Preview Withdrawn ");
    assert!(!text(&changed(|state| state.paper = None)).contains("Draft"));
    let exempt = |published: Option<&str>| {
        changed(|state| {
            let paper = state.paper.as_mut().expect("a paper");
            (paper.status, paper.exempt, paper.published) = (Status::Published, true, published.map(at));
        })
    };
    says(&exempt(Some("2023-06-30")), "Preview With members since 30 June 2023 Not for publication");
    says(&exempt(Some("2023-07-05")), "Preview Ready: goes to members 5 July 2023 Not for publication");
    assert!(!text(&exempt(None)).contains("Published"));
    assert!(!changed(|_| {}).contains("Not for publication"));
}

#[test]
fn time_is_counted_until_the_papers_are_out() {
    let told = |now: &str, published: Option<&str>, deadline: &str| {
        changed(|state| {
            state.now = at(now);
            state.paper = None;
            let meeting = state.meeting.as_mut().expect("a meeting");
            (meeting.published, meeting.deadline) = (published.map(at), Some(at(deadline)));
        })
    };
    let bar = told("2023-07-01 12:30", None, "2023-07-04 17:00");
    says(&bar, "Publish by 4 July 2023, 5:00 pm: 3 days 4 hours left");
    // 3 days, 4 hours and 30 minutes.
    assert!(bar.contains("data-left=\"275400\""));
    says(&told("2023-07-01 19:00", None, "2023-07-04 23:59"), "Publish by the end of 4 July 2023: 3 days 4 hours left");
    says(&told("2023-07-04 15:59", None, "2023-07-04 17:00"), ": 1 hour 1 minute left");
    says(&told("2023-07-04 16:58", None, "2023-07-04 17:00"), ": 2 minutes left");
    says(&told("2023-07-04 17:00", None, "2023-07-04 17:00"), ": less than a minute left");
    // What is to go out in time has not gone out yet.
    says(&told("2023-07-01 12:30", Some("2023-07-03"), "2023-07-04 17:00"), "3 days 4 hours left");
    let late = told("2023-07-05", None, "2023-07-04 23:59");
    says(&late, "The time to publish has passed: it was 4 July 2023");
    let in_time = told("2023-07-05", Some("2023-07-04"), "2023-07-04 23:59");
    says(&in_time, "Agenda out in time, by 4 July 2023");
    says(&told("2023-07-06", Some("2023-07-05"), "2023-07-04 23:59"), "Agenda out late: it was due by 4 July 2023");
    for bar in [late, in_time] {
        assert!(!bar.contains("data-left"), "nothing counts down");
    }
    // Clocks go forward in the night to 26 March 2023: that day has 23 hours.
    assert!(told("2023-03-25 12:00", None, "2023-03-26 12:00").contains("data-left=\"82800\""));
}

#[test]
fn a_draft_is_not_out_because_its_agenda_is() {
    let bar = changed(|state| {
        state.now = at("2023-07-05");
        state.meeting.as_mut().expect("a meeting").published = Some(at("2023-07-04"));
    });
    says(&bar, "The time to publish has passed: it was 4 July 2023, 5:00 pm");
}

#[test]
fn words_take_their_time_and_the_last_minute_counts_whole() {
    let told = |words| changed(|state| state.paper.as_mut().expect("a paper").words = words);
    says(&told(0), "0 words PDF");
    says(&told(1), "1 word, about 1 minute");
    says(&told(240), "240 words, about 1 minute");
    says(&told(241), "241 words, about 2 minutes");
    says(&told(1_200), "1,200 words, about 5 minutes");
    says(&told(1_240), "1,240 words, about 6 minutes");
    says(&told(1_240), "Pages 12–15 of the pack");
    says(
        &changed(|state| state.paper.as_mut().expect("a paper").pages_in_pack = Some("7".into())),
        "Page 7 of the pack",
    );
}

#[test]
fn what_stops_publication_is_said_first_and_every_finding_leads_somewhere() {
    let bar = changed(|state| {
        let elsewhere = Shown {
            anchor: None,
            page: Some("meetings/cabinet/2023-07-12/minutes of may.html".into()),
            ..shown(Severity::Error, "minute 53 has no number")
        };
        state.findings = Findings {
            checking: true,
            all: Counts { errors: 2, warnings: 5, advice: 0, known: 1 },
            of_page: Counts { errors: 1, advice: 1, ..Counts::default() },
            here: vec![shown(Severity::Advice, "`OOCD` is unknown"), shown(Severity::Error, "`12 Juli` is not a date")],
            errors_elsewhere: 1,
            elsewhere: vec![elsewhere],
        };
    });
    says(&bar, "1 error, 1 advice + 1 error elsewhere checking…");
    says(&bar, "2 errors: nothing can be published until they are put right.");
    says(
        &bar,
        "error 12 Juli is not a date. D02 4 date: 12 Juli # day Write 2023-07-12. meetings/cabinet/2023-07-12/plan.md, line 4",
    );
    says(&bar, "In all papers together: 2 errors, 5 warnings, 1 known.");
    assert!(bar.contains("date: <mark>12 Juli</mark> # day"));
    assert!(bar.contains("<code>12 Juli</code> is not a date."));
    assert!(bar.find("is not a date") < bar.find("is unknown"), "errors come first");
    assert!(bar.contains("href=\"#p-2-1\""));
    assert!(bar.contains("href=\"/public/meetings/cabinet/2023-07-12/minutes%20of%20may.html\""));
    assert!(bar.contains("href=\"vscode://file/papers/plan.md:4:7\""));
    assert!(bar.contains("data-checking=\"true\""));
    let fine = changed(|_| {});
    says(&fine, "Nothing found Nothing was found on this page. Nothing was found in any of the papers.");
    assert!(fine.contains("data-checking=\"false\"") && !fine.contains("checking…"));
}

#[test]
fn a_long_list_of_findings_has_an_end() {
    let bar = changed(|state| {
        state.findings.here = (0..130).map(|_| shown(Severity::Warning, "a word is long")).collect();
        state.findings.all.warnings = 130;
        state.findings.of_page.warnings = 130;
    });
    assert_eq!(bar.matches("a word is long").count() + bar.matches("A word is long").count(), 100);
    says(&bar, "130 warnings");
    says(&bar, "… and 30 more");
}

#[test]
fn each_view_is_led_to_or_said_to_have_no_such_page() {
    let both = changed(|_| {});
    assert!(both.contains("href=\"/public/meetings/cabinet/2023-07-12/plan.html\" aria-current=\"true\""));
    assert!(both.contains("href=\"/members/meetings/cabinet/2023-07-12/plan.html\">"));
    says(&both, "As the public will see it");
    says(&both, "As members will see it");

    let members = Place { audience: Audience::Members, ..place() };
    let mut exempt = state();
    exempt.in_public_view = false;
    let bar = fragment(&members, &exempt, &links());
    says(&bar, "The public will not see it");
    assert!(bar.contains("href=\"/public/meetings/cabinet/2023-07-12/index.html\""));
    assert!(!bar.contains("href=\"/public/meetings/cabinet/2023-07-12/plan.html\""));
    // On the page of the meeting itself, the first page of all.
    let meeting = Place { audience: Audience::Members, path: "meetings/cabinet/2023-07-12/index.html".into() };
    assert!(fragment(&meeting, &exempt, &links()).contains("href=\"/public/index.html\""));

    says(&fragment(&place(), &exempt, &links()), "The public will not see this page. Go to the page of the meeting");

    let one = Links { audiences: vec![Audience::Public], own: "/t0ken/-/".into(), site: "/t0ken/".into() };
    let bar = fragment(&place(), &state(), &one);
    assert!(!bar.contains("members"), "a view that is not served is not spoken of");
    assert!(bar.contains(
        "action=\"/t0ken/-/print?view=public&amp;path=meetings/cabinet/2023-07-12/plan.html&amp;what=paper\""
    ));
}

#[test]
fn what_holds_a_page_back_is_said_with_the_remedy() {
    let held = |held| changed(|state| state.held_back = Some(held));
    let file = "meetings/cabinet/2023-07-12/plan.md";
    let bar = changed(|state| {
        state.held_back = Some(HeldBack::Files(vec![file.into()]));
        state.findings.here = vec![shown(Severity::Error, "`12 Juli` is not a date")];
    });
    says(&bar, "plan.md cannot be read as it stands. You see the page as it was before.");
    assert!(!bar.contains("<code>meetings/"), "where the page's own file is, it need not tell");
    says(&bar, "Line 4: 12 Juli is not a date. Write 2023-07-12. Open in the editor");
    let many = (1..=5).map(|number| format!("{number}.md")).collect();
    says(&held(HeldBack::Files(many)), "1.md, 2.md, 3.md and 2 other files cannot be read as they stand.");
    let another = held(HeldBack::Files(vec!["authority.yaml".into()]));
    says(
        &another,
        "authority.yaml is missing, or cannot be read as it stands. The page is made with what it said before.",
    );
    let theme = held(HeldBack::Theme("the theme cannot be used: unknown `x`\n  --> paper.html:12".into()));
    says(&theme, "The theme cannot be used as it stands. You see the page as it was before.");
    assert!(!theme.contains("the theme cannot be used"), "it is said once");
    assert!(theme.contains("unknown `x`\n  --&gt; paper.html:12"), "{theme}");
    says(&held(HeldBack::Disk("not found".into())), "The papers cannot be read from the disk.");
    let gone = held(HeldBack::Gone);
    says(
        &gone,
        "This paper has been renamed or deleted. You see the page as it was before. Go to the page of the meeting",
    );
}

#[test]
fn a_document_is_made_waited_for_and_opened() {
    let told = |printed| changed(|state| state.pack_pdf = printed);
    let make = "action=\"/-/print?view=public&amp;path=meetings/cabinet/2023-07-12/plan.html&amp;what=pack\"";
    let open = "href=\"/-/pdf?view=public&amp;path=meetings/cabinet/2023-07-12/plan.html&amp;what=pack\"";
    for (printed, words, makes, opens) in [
        (PrintState::Possible, "Make the PDF of the pack", true, false),
        (PrintState::Printing(3, 11), "PDF of the pack being made… 3 of 11 documents done", false, false),
        (PrintState::Printing(0, 1), "PDF of the pack being made…", false, false),
        (PrintState::Ready(1, 2048), "Open the PDF of the pack 1 page, 2 KB", false, true),
        (PrintState::Outdated, "Make the PDF of the pack again the papers have changed since it was made", true, false),
        (
            PrintState::Failed("no picture".into()),
            "Try the PDF of the pack again could not be made: no picture",
            true,
            false,
        ),
    ] {
        let bar = told(printed);
        says(&bar, words);
        assert_eq!((bar.contains(make), bar.contains(open)), (makes, opens), "{words}");
    }
    assert!(!told(PrintState::None).contains("what=pack"));
}

#[test]
fn all_findings_are_counted_though_few_are_shown() {
    let bar = changed(|state| {
        state.findings = Findings {
            all: Counts { errors: 470, ..Counts::default() },
            of_page: Counts { errors: 300, ..Counts::default() },
            here: vec![shown(Severity::Error, "`12 Juli` is not a date"); 50],
            errors_elsewhere: 170,
            elsewhere: vec![shown(Severity::Error, "`12 Juli` is not a date"); 50],
            ..Findings::default()
        };
    });
    says(&bar, "300 errors + 170 errors elsewhere");
    says(&bar, "… and 250 more: put right what is shown first.");
    says(&bar, "… and 120 more.");
}

#[test]
fn of_a_private_page_the_public_view_says_that_members_alone_see_it() {
    let bar = changed(|state| state.in_public_view = false);
    says(&bar, "The public will not see this page. Go to the page of the meeting");
    assert!(bar.contains("href=\"/members/meetings/cabinet/2023-07-12/plan.html\""), "the members' view leads to it");
    let neither = changed(|state| (state.in_public_view, state.in_members_view) = (false, false));
    says(&neither, "This view has no such page.");
}

#[test]
fn who_reads_a_preview_of_somebody_else_is_told_numbers_only() {
    let guests = Links { audiences: vec![Audience::Public], ..links() };
    let mut state = state();
    state.findings.all = Counts { errors: 1, warnings: 4, advice: 0, known: 0 };
    state.held_back = Some(HeldBack::Files(Vec::new()));
    let bar = fragment(&place(), &state, &guests);
    says(&bar, "1 error, 4 warnings 1 error: nothing can be published until it is put right.");
    says(&bar, "What was found is shown to those who write the papers.");
    says(&bar, "A file cannot be read as it stands.");
    assert!(!bar.contains("Nothing"));
    state.held_back = Some(HeldBack::Theme(String::new()));
    assert!(!fragment(&place(), &state, &guests).contains("<pre"));
}

#[test]
fn hostile_words_stay_words_wherever_they_stand() {
    let h = || HOSTILE.to_owned();
    let hostile = Shown {
        code: "D02",
        severity: Severity::Error,
        message: h(),
        help: Some(h()),
        file: h(),
        line: 1,
        column: 1,
        excerpt: vec![ExcerptLine { number: 1, before: h(), meant: h(), after: h() }],
        anchor: Some(h()),
        page: Some(h()),
        editor: Some(h()),
    };
    let mut state = state();
    state.paper = Some(PaperState { file: h(), pages_in_pack: Some(h()), ..state.paper.expect("a paper") });
    state.meeting = state.meeting.map(|meeting| MeetingState {
        title: h(),
        key: MeetingKey { body: BodyId(h()), ..meeting.key },
        ..meeting
    });
    state.findings = Findings { here: vec![hostile.clone()], elsewhere: vec![hostile], ..Findings::default() };
    (state.paper_pdf, state.pack_pdf) = (PrintState::Failed(h()), PrintState::Failed(h()));
    state.in_members_view = false;
    for held in [HeldBack::Files(vec![h()]), HeldBack::Theme(h()), HeldBack::Disk(h()), HeldBack::Gone] {
        state.held_back = Some(held);
        let place = Place { audience: Audience::Public, path: h() };
        let page = Page { version: h(), ..page("<!doctype html><title>x</title><p>words") };
        let dressed = dress(&page, &place, &state, &links());
        assert_eq!(dressed.matches("<script").count(), 1, "only ours");
        assert_eq!(dressed.matches("</template>").count(), 1, "only ours");
        assert!(!dressed.contains("<img"), "{dressed}");
        // Nothing ends an attribute: every quotation mark of ours has its partner in its tag.
        for tag in dressed.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            assert!(!tag.contains("onerror='"), "{tag}");
        }
    }
}

#[test]
fn control_characters_do_not_reach_the_page() {
    let bar = changed(|state| {
        state.findings.here = vec![Shown {
            excerpt: vec![ExcerptLine {
                number: 1,
                before: "\u{202e}a\u{1b}[31m".into(),
                meant: String::new(),
                after: "\tb".into(),
            }],
            ..shown(Severity::Error, "x\u{0}y")
        }];
    });
    assert!(!bar.contains(['\u{202e}', '\u{1b}', '\0']));
    assert!(bar.contains("\u{fffd}a\u{fffd}[31m\tb"));
    assert!(!bar.contains("<mark>"), "a line in which nothing is meant has no mark");
}

#[test]
fn drafts_and_only_drafts_carry_a_watermark() {
    let html = "<!DOCTYPE html><html><head></head><body><p>x</p></body></html>";
    let dressed = |status| {
        let mut state = state();
        state.paper.as_mut().expect("a paper").status = status;
        dress(&page(html), &place(), &state, &links())
    };
    assert!(dressed(Status::Draft).contains("<quorate-draft aria-hidden=\"true\">DRAFT</quorate-draft>"));
    assert!(dressed(Status::Draft).contains("data-draft=\"true\""));
    for status in [Status::Ready, Status::Published, Status::Withdrawn] {
        assert!(!dressed(status).contains("DRAFT"));
    }
    let mut list = state();
    list.paper = None;
    assert!(!dress(&page(html), &place(), &list, &links()).contains("DRAFT"));
}

#[test]
fn the_pieces_stand_at_the_end_of_the_head_and_of_the_body() {
    let dressed = |html: &str| {
        let (state, links) = (state(), links());
        let pieces = Insertions::new(&page(html), &place(), &state, &links);
        dress(&page(html), &place(), &state, &links).replacen(&pieces.head, "{H}", 1).replacen(&pieces.body, "{B}", 1)
    };
    assert_eq!(
        dressed("<html><head><title>a</title></head><body>b</body></html>\n"),
        "<html><head><title>a</title>{H}</head><body>b{B}</body></html>\n"
    );
    assert_eq!(
        dressed("<HTML><HEAD></HEAD ><BODY>b</BODY ></HTML>"),
        "<HTML><HEAD>{H}</HEAD ><BODY>b{B}</BODY ></HTML>"
    );
    assert_eq!(dressed("<!DOCTYPE html><html lang=\"en\"><body>b"), "<!DOCTYPE html><html lang=\"en\">{H}<body>b{B}");
    assert_eq!(
        dressed("<!doctype html><title>a</title><header>b</header>"),
        "<!doctype html>{H}<title>a</title><header>b</header>{B}"
    );
    assert_eq!(dressed("<p>£</p></body><p>b</p></body>"), "{H}<p>£</p></body><p>b</p>{B}</body>");
    assert_eq!(dressed("</body></head>"), "</body>{H}{B}</head>");
    assert_eq!(dressed(""), "{H}{B}");
}

proptest! {
    #[test]
    fn a_page_keeps_every_byte(html in "(<head>|</head>|<header>|<body>|</body>|</html>|<!doctype|<html|>|£|🙂| |x|</BODY){0,12}") {
        let (state, links) = (state(), links());
        let pieces = Insertions::new(&page(&html), &place(), &state, &links);
        let dressed = dress(&page(&html), &place(), &state, &links);
        prop_assert_eq!(dressed.matches(&pieces.head).count(), 1);
        prop_assert_eq!(dressed.matches(&pieces.body).count(), 1);
        prop_assert!(dressed.find(&pieces.head) < dressed.find(&pieces.body));
        prop_assert_eq!(dressed.replacen(&pieces.head, "", 1).replacen(&pieces.body, "", 1), html);
    }

    #[test]
    fn a_sentence_in_pieces_has_all_its_words(sentence in "[a` ]{0,30}") {
        let pieces = facts::pieces(&sentence);
        let again: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        prop_assert_eq!(again.replace('`', ""), sentence.replace('`', ""));
        // A backtick without a partner quotes nothing.
        let quoted = pieces.iter().filter(|piece| piece.quoted).count();
        prop_assert!(quoted <= sentence.matches('`').count() / 2);
    }

    #[test]
    fn time_left_is_never_more_than_there_is(seconds in 0_i64..10_000_000) {
        let words = words::left(seconds);
        let told: i64 = words.split(' ').collect::<Vec<_>>().chunks(2).filter_map(|pair| {
            let unit = match pair.get(1)?.trim_end_matches('s') { "day" => 86_400, "hour" => 3_600, "minute" => 60, _ => return None };
            Some(pair.first()?.parse::<i64>().ok()? * unit)
        }).sum();
        let least = if seconds >= 86_400 { 3_600 } else { 60 };
        prop_assert!(told <= seconds && seconds - told < least, "{} for {}", words, seconds);
    }
}
