//! What each rule about agendas looks at.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::pages::Pages;
use crate::model::body::Role;
use crate::model::paper::Own;
use crate::model::{Item, Kind, PaperId, Status};
use crate::record::{NumberedItem, Paper, flat, numbered_items};
use crate::rules::items::{carried, goes_out, is_off};
use crate::rules::law::Profile;
use crate::rules::pattern::pattern;
use crate::rules::{Context, Found, MeetingInHand, PaperInHand};
use crate::text::Span;

/// Titles of business that has no paper by its nature.
static NEEDS_NONE: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        r"\bapolog|\babsen|\bsubstitut|\battendance|\broll call|\bquor",
        r"\bdeclar|\binterests?\b|\bdispensation",
        r"\bminutes\b|\barising\b|\b(previous|last) meeting|\brecord of",
        r"\burgen|\bany other\b|\bother business|\baob\b",
        r"\bquestions?\b|\bpublic (participation|speaking|forum|session|time|comment)|\bdeputation|\bpetition|\bopen forum",
        r"\bannounce|\bcommunications?\b|\bcorrespondence|\b(chair|chairman|chairperson|mayor|leader)['’]s\b",
        r"\bexclu(de|ding|sion)|\bpress and public|\b(private|closed|confidential|exempt) (session|business|items?)",
        r"\bnext meeting|\b(future|calendar of|dates? of|programme of) .*meetings?|\bdates?\b.*\bmeetings?\b",
        r"\bwelcome|\bintroduc|\bopening\b|\bclos(e|ing|ure)\b|\bprayer|\bsilence|\bhousekeeping|\bevacuation|\bfilming|\brecording",
        r"\b(elect|appoint)\w* .*\b(chair|vice|deputy|mayor)",
        r"\boral\b|\bverbal|\bpresentation|\bto follow\b|\bdiscussion|\bnext steps\b",
    ];
    pattern(&format!("(?i){}", words.join("|")))
});

/// Notes that say what has become of the papers.
static SPEAKS_OF_PAPERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bpapers?\b|\breports?\b|\bnotes?\b|\boral|\bverbal|\bpresent|\bfollow|\btabled"));

fn needs_none(item: &Item) -> bool {
    let explained = item.note.as_ref().is_some_and(|note| SPEAKS_OF_PAPERS.is_match(note));
    item.no_paper || item.withdrawn || explained || NEEDS_NONE.is_match(&item.title)
}

pub(super) fn item_without_paper(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((paper, agenda)) = meeting.agenda() else { return };
    // A supplementary agenda that could not be read may carry the paper.
    let is_all_read = meeting.context.is_all_read(&paper.folder) && meeting.are_heads_read();
    if !goes_out(&paper.head.common) || is_off(meeting) || !is_all_read {
        return;
    }
    let given: HashSet<String> = carried(meeting).into_iter().map(|carried| carried.item).collect();
    let items = numbered_items(agenda);
    let mut told = |item: &NumberedItem<'_>| {
        if item.private || given.contains(&item.number) || needs_none(item.item) {
            return;
        }
        let message = format!("item {} has no paper", item.number);
        found
            .at(item.item.span, message)
            .help("name its paper as `paper:`; if it needs none, such as an oral report, write `paper: none`");
    };
    for top in &items {
        if top.items.is_empty() {
            told(top);
        } else if !given.contains(&top.number) && !needs_none(top.item) {
            top.items.iter().for_each(&mut told);
        }
    }
}

pub(super) fn paper_twice(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let mut first: HashMap<PaperId, (String, Span)> = HashMap::new();
    for paper in carried(meeting) {
        let Some((item, span)) = first.get(&paper.id) else {
            first.insert(paper.id, (paper.item, paper.written.span));
            continue;
        };
        let (item, span) = (item.clone(), *span);
        let message = if item == paper.item {
            format!("item {item} names this paper twice")
        } else if is_beneath(&paper.item, &item) || is_beneath(&item, &paper.item) {
            continue;
        } else {
            format!("this paper stands under item {item} and under item {}", paper.item)
        };
        found
            .at(paper.written.span, message)
            .also(span, "first named here")
            .help("keep it under one item, and refer to it from the other with `note`");
    }
    for paper in papers_in(meeting) {
        same_number(meeting.context, paper, found);
    }
}

/// Whether an item with the one number stands beneath that with the other: 3a beneath 3.
fn is_beneath(number: &str, top: &str) -> bool {
    number.strip_prefix(top).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The papers that lie in the meeting's folder.
fn papers_in<'r>(meeting: &MeetingInHand<'r>) -> impl Iterator<Item = &'r Paper> + use<'r> {
    let folder = format!("meetings/{}/", meeting.meeting.key);
    let papers = &meeting.context.record.papers;
    papers
        .range(PaperId(folder.clone())..)
        .take_while(move |(id, _)| id.as_str().starts_with(&folder))
        .map(|(_, paper)| &**paper)
}

fn same_number(context: &Context<'_>, paper: &Paper, found: &mut Found) {
    let mut first: HashMap<&str, (PaperId, Span)> = HashMap::new();
    for listed in paper.head.appendices() {
        let id = paper.address(&listed.value);
        let Some(appendix) = context.paper(&id).filter(|paper| paper.head.common.status != Status::Withdrawn) else {
            continue;
        };
        let Own::Appendix(own) = &appendix.head.own else { continue };
        match first.get(own.number.value.as_str()) {
            Some((other, span)) => {
                let message = if *other == id {
                    "this appendix is listed twice".to_owned()
                } else {
                    format!("two appendices of this paper have the number {}", own.number.value)
                };
                found.at(listed.span, message).also(*span, "the other").help("give each appendix a number of its own");
            }
            None => {
                first.insert(&own.number.value, (id, listed.span));
            }
        }
    }
}

/// A paper's own words about what it rests on.
static SPEAKS_OF_BACKGROUND: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)background\s+(papers?|documents?)|documents\s+relied\s+(up)?on"));

pub(super) fn no_background_papers(paper: &PaperInHand<'_>, found: &mut Found) {
    let (Own::Report(own), Some(meeting)) = (&paper.paper.head.own, paper.meeting()) else { return };
    let common = &paper.paper.head.common;
    let is_report = matches!(paper.paper.kind(), Kind::Report | Kind::BriefingNote);
    // A report that is not open to inspection lists nothing, and a text issued again lists what it lists where it stands.
    let is_read = paper.context.is_head_read(paper.paper);
    let is_open = is_read && common.exempt.is_none() && common.status != Status::Withdrawn && common.text_of.is_none();
    if !own.background_papers.is_empty() || !is_report || !is_open {
        return;
    }
    let Some(law) = paper.profile().and_then(Profile::background_papers) else { return };
    let is_private = carried(&meeting).iter().any(|carried| carried.private && carried.id == paper.paper.id);
    if is_private || paper.prose.body().any(|run| SPEAKS_OF_BACKGROUND.is_match(&run.text)) {
        return;
    }
    let message = format!("this {} does not list its background papers", paper.paper.kind().printed().to_lowercase());
    found
        .at(common.kind.span, message)
        .help(format!("add `background_papers:` with a list, or `background_papers: none` ({law})"));
}

/// Pages of an item, and where they stand.
struct ItemPages {
    number: String,
    span: Span,
    runs: Vec<(u32, u32)>,
}

pub(super) fn pages_of_pack(meeting: &MeetingInHand<'_>, found: &mut Found) {
    if let Some((paper, agenda)) = meeting.agenda() {
        let items = numbered_items(agenda);
        // What an item with others beneath it says of pages is said of all of them together.
        let of_parts = |item: &NumberedItem<'_>| item.items.iter().any(|beneath| beneath.item.pages.is_some());
        let all: Vec<_> = flat(&items)
            .filter(|item| !of_parts(item))
            .map(|item| (item.number.as_str(), item.item.pages.as_deref(), item.item.span))
            .collect();
        compare(meeting.context, paper, &all, found);
    }
    for (paper, own) in meeting.supplementary() {
        let all: Vec<_> =
            own.items.iter().map(|item| (item.item.value.as_str(), item.pages.as_deref(), item.item.span)).collect();
        compare(meeting.context, paper, &all, found);
    }
}

/// Compares the pages that one agenda gives; a supplementary agenda is a pack of its own.
fn compare(context: &Context<'_>, paper: &Paper, all: &[(&str, Option<&str>, Span)], found: &mut Found) {
    if paper.head.common.status == Status::Withdrawn {
        return;
    }
    let source = &context.source(paper).text;
    let mut read: Vec<ItemPages> = Vec::new();
    for (number, pages, span) in all {
        let Some(pages) = pages else { continue };
        let span = place_of(pages, source, *span);
        match Pages::read(pages) {
            Pages::Elsewhere => {}
            Pages::Unclear => {
                let message = format!("`{pages}` are not pages of the pack");
                found.at(span, message).help("write the first and the last page, as in `9–14`, or `To follow`");
            }
            Pages::Runs(runs) => match runs.iter().find(|(first, last)| first > last) {
                Some((first, last)) => {
                    let message = format!("pages {first} to {last} run backwards");
                    found.at(span, message).help(format!("did you mean `{last}–{first}`?"));
                }
                None => read.push(ItemPages { number: (*number).to_owned(), span, runs }),
            },
        }
    }
    in_order(&read, found);
}

fn in_order(read: &[ItemPages], found: &mut Found) {
    let mut runs: Vec<(u32, u32, usize)> = read
        .iter()
        .enumerate()
        .flat_map(|(index, pages)| pages.runs.iter().map(move |(first, last)| (*first, *last, index)))
        .collect();
    runs.sort_unstable();
    let mut told: HashSet<usize> = HashSet::new();
    // The run that reaches furthest so far.
    let mut furthest: Option<(u32, usize)> = None;
    for (first, last, index) in runs {
        if let Some((reached, other)) = furthest.filter(|(reached, other)| first <= *reached && *other != index) {
            let (earlier, later) = (other.min(index), other.max(index));
            if told.insert(later) {
                let message = format!(
                    "the pages of items {} and {} overlap: both have page {}",
                    read[earlier].number,
                    read[later].number,
                    first.min(reached)
                );
                found.at(read[later].span, message).also(read[earlier].span, "the other item's pages");
            }
        }
        if furthest.is_none_or(|(reached, _)| reached < last) {
            furthest = Some((last, index));
        }
    }
    for (before, (index, after)) in read.iter().zip(read.iter().enumerate().skip(1)) {
        let (Some(first), Some(next)) = (before.runs.first(), after.runs.first()) else { continue };
        if next.0 < first.0 && !told.contains(&index) {
            let message = format!(
                "the pages of item {} come before those of item {}, which stands before it on the agenda",
                after.number, before.number
            );
            found.at(after.span, message).also(before.span, "the item before");
        }
    }
}

/// Where an item's pages stand; the item if they are not found in it.
fn place_of(pages: &str, source: &str, item: Span) -> Span {
    let range = item.range();
    let found = source.get(range.clone()).and_then(|words| {
        let key = words.find("pages:")?;
        Some(range.start + key + words.get(key..)?.find(pages)?)
    });
    found.map_or(item, |start| Span::new(item.source, start..start + pages.len()))
}

pub(super) fn member_invited(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((_, agenda)) = meeting.agenda() else { return };
    for invited in &agenda.invited {
        let sits = |role| matches!(role, Role::Chair | Role::DeputyChair | Role::Member | Role::CoOpted);
        let own = meeting
            .members()
            .filter(|membership| sits(membership.role))
            .find_map(|membership| membership.person.as_ref().filter(|person| person.value.as_str() == invited.value));
        let Some(own) = own else { continue };
        let message = format!("{} is a member of this body, and is invited as a guest", invited.value);
        found
            .at(invited.span, message)
            .also(own.span, "the membership is declared here")
            .help("take the name out of `invited`, or correct the membership");
    }
}

pub(super) fn appendix_not_out(paper: &PaperInHand<'_>, found: &mut Found) {
    let paper_in_hand = paper.paper;
    if !goes_out(&paper_in_hand.head.common) {
        return;
    }
    for listed in paper_in_hand.head.appendices() {
        let appendix = paper.context.paper(&paper_in_hand.address(&listed.value));
        let Some(appendix) = appendix.filter(|appendix| paper.context.is_head_read(appendix)) else { continue };
        let (is, help) = match appendix.head.common.status {
            Status::Draft => ("is a draft", "give it `status: ready`"),
            Status::Withdrawn => ("was withdrawn", "put it back"),
            Status::Ready | Status::Published => continue,
        };
        let label = appendix.label().unwrap_or_else(|| "this appendix".to_owned());
        let message = format!("{label} {is}, so it will not be there when this paper is read");
        found
            .at(listed.span, message)
            .also(appendix.head.common.kind.span, "the appendix")
            .help(format!("{help}, or take it off the list"));
    }
}

pub(super) fn paper_not_out(meeting: &MeetingInHand<'_>, found: &mut Found) {
    if is_off(meeting) {
        return;
    }
    for carried in carried(meeting) {
        let Some(paper) = meeting.context.paper(&carried.id) else { continue };
        let is_draft = paper.head.common.status == Status::Draft && meeting.context.is_head_read(paper);
        if goes_out(&carried.by.head.common) && is_draft {
            let message = format!("the paper of item {} is a draft, so it will not be there", carried.item);
            found
                .at(carried.written.span, message)
                .also(paper.head.common.kind.span, "the paper")
                .help("give it `status: ready` when it is finished, or bring it with a supplementary agenda");
        }
    }
}

/// The number that a file's name begins with.
fn number_of_file(paper: &Paper) -> Option<u32> {
    let name = paper.id.as_str().rsplit('/').next()?;
    let (number, _) = name.split_once('-')?;
    number.parse().ok()
}

pub(super) fn file_of_another_item(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((_, agenda)) = meeting.agenda() else { return };
    let items = numbered_items(agenda);
    let numbers: HashSet<&str> = flat(&items).map(|item| item.number.as_str()).collect();
    let mut as_named = HashSet::new();
    let mut others = Vec::new();
    for carried in carried(meeting) {
        let Some(paper) = meeting.context.paper(&carried.id) else { continue };
        let Some(file) = number_of_file(paper).filter(|_| paper.meeting.as_ref() == Some(&meeting.meeting.key)) else {
            continue;
        };
        let item: String = carried.item.chars().take_while(char::is_ascii_digit).collect();
        if item.parse() == Ok(file) {
            as_named.insert(file);
        } else if !item.is_empty() {
            others.push((carried, file));
        }
    }
    // Files are named so only where most are, and only another item's number is certainly a wrong one.
    if as_named.len() < 2 || others.len() >= as_named.len() {
        return;
    }
    for (carried, file) in others {
        if as_named.contains(&file) && numbers.contains(file.to_string().as_str()) {
            let message =
                format!("the file of this paper begins with {file}, and the paper is on item {}", carried.item);
            found
                .at(carried.written.span, message)
                .help("rename the file, or move the paper to the item it belongs to");
        }
    }
}
