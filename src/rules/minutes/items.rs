//! Minutes beside the agenda: each minute answers an item, and each item with papers is answered.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::written;
use crate::document::slug;
use crate::finding::nearest;
use crate::model::{Level, Status};
use crate::record::{flat, numbered_items, sections};
use crate::rules::items::{carried, goes_out, is_off};
use crate::rules::pattern::pattern;
use crate::rules::quorum::is_inquorate;
use crate::rules::{Example, Found, MeetingInHand, Rule, Test};

pub(super) const NO_ITEM: Rule = Rule {
    code: "M03",
    name: "minute-without-item",
    level: Level::Advice,
    meaning: "A minute does not say which item of the agenda it answers.",
    why: "Readers go from an item of the agenda to what was decided about it. And only by its item can the program tell that a minute belongs to \
          private business.",
    source: "Convention: minutes follow the agenda.",
    remedy: "Write the number of the item behind the heading: `{item=4}`, or `{item=3a}`.",
    failing: Example::Minutes(
        "",
        "## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Repairs of roads\n\nThey were considered too.\n",
    ),
    passing: Example::Minutes(
        "",
        "## Chair's announcements\n\nThe chair welcomed everybody.\n\n## Community Safety Plan {item=3}\n\nIt was considered.\n",
    ),
    test: Test::Meeting(no_item),
};

pub(super) const UNANSWERED: Rule = Rule {
    code: "M04",
    name: "item-without-minute",
    level: Level::Warning,
    meaning: "An item of the agenda carries a paper, and no minute says what became of it.",
    why: "Whoever read the paper wants to know what was decided. An item that disappears looks like something to hide.",
    source: "Convention: there is a minute for each item of business.",
    remedy: "Add a minute for the item, or write `{item=…}` behind the heading of the minute that answers it. An item that was not taken is **DEFERRED**.",
    failing: Example::Minutes("", "## Apologies {item=1}\n\nThere were none.\n"),
    passing: Example::Files(&[
        (
            super::AGENDA,
            "---\nkind: agenda\nstatus: published\npublished: 2023-07-04\ntime: 10:00\nplace: Council House\nitems:\n  - Apologies\n  \
             - Declarations of interest\n  - Safety:\n      - {title: Community Safety Plan, paper: 03-plan}\n      - {title: Next steps, paper: none}\n---\nAnyone may come.\n",
        ),
        (
            super::MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay]\n---\n\
             ## Safety {item=3}\n\nThe plan was considered.\n",
        ),
    ]),
    test: Test::Meeting(unanswered),
};

/// Business that arises at a meeting without an item of its own.
static NEEDS_NO_ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) exclusion\ of | excluded | public\ session | private\ session | announcement | chair(man|woman|person)?[’']?s?\ (remarks|welcome|business|communications)
        | ^welcome | ^introduct | apolog | attendance | present$ | election\ of | appointment\ of\ (the\ )?(vice|deputy|chair) | substitut
        | adjourn | ^clos(e|ure|ing) | next\ meeting | duration | urgent | any\ other | matters\ arising | condolence | silence | tribute | obituar | vote\ of\ thanks
        | order\ of\ (business|the\ agenda) | quorum | recording | procedur | ^prayers? | retirement | thanks",
    )
});

fn no_item(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((minutes, _)) = written(meeting).filter(|(paper, _)| goes_out(&paper.head.common)) else { return };
    let Some((_, agenda)) = meeting.agenda().filter(|(paper, _)| paper.head.common.status != Status::Withdrawn) else {
        return;
    };
    let items = numbered_items(agenda);
    let (_, sections) = sections(&minutes.text.document);
    let without: Vec<_> = sections.iter().filter(|section| section.heading.attribute("item").is_none()).collect();
    let none_says = without.len() == sections.len();
    let titles: Vec<(String, &str)> = flat(&items).map(|item| (slug(&item.item.title), item.number.as_str())).collect();
    let meant = |title: &str| {
        let wanted = slug(title);
        let near = nearest(&wanted, titles.iter().map(|(title, _)| title.as_str()))?;
        titles.iter().find(|(title, _)| title == near).map(|(_, number)| *number)
    };
    let arises = |title: &str| NEEDS_NO_ITEM.is_match(title);
    for section in without {
        let title = section.heading.plain();
        let item = meant(&title);
        if item.is_none() && arises(&title) {
            continue;
        }
        let help = match item {
            Some(item) => format!("write `{{item={item}}}` behind the heading"),
            None => "write the number of the item behind the heading, such as `{item=4}`".to_owned(),
        };
        if none_says {
            found.at(section.heading.span, "none of these minutes says which item of the agenda it answers").help(help);
            return;
        }
        let message = format!("minute {} does not say which item of the agenda it answers", section.number);
        found.at(section.heading.span, message).help(help);
    }
}

fn unanswered(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((minutes, _)) = written(meeting) else { return };
    let Some((_, own)) = meeting.agenda().filter(|(paper, _)| goes_out(&paper.head.common)) else { return };
    if is_off(meeting) || is_inquorate(meeting) || meeting.date() >= meeting.context.now.date() {
        return;
    }
    let (_, sections) = sections(&minutes.text.document);
    let answered: HashSet<&str> = sections.iter().filter_map(|section| section.heading.attribute("item")).collect();
    if answered.is_empty() {
        return; // That no minute says what it answers is told already.
    }
    let items = numbered_items(own);
    let carrying: HashSet<String> = carried(meeting)
        .into_iter()
        .filter(|paper| paper.by.head.common.status != Status::Draft)
        .filter(|paper| meeting.context.paper(&paper.id).is_some_and(|paper| goes_out(&paper.head.common)))
        .map(|paper| paper.item)
        .collect();
    for top in &items {
        for item in top.with_beneath() {
            // A minute of item 3 answers 3a and 3b; one of 3a says something of 3.
            let is_answered = answered.contains(item.number.as_str())
                || answered.contains(top.number.as_str())
                || item.items.iter().any(|beneath| answered.contains(beneath.number.as_str()));
            if carrying.contains(&item.number) && !is_answered {
                let title = item.item.title.trim();
                let message = format!("no minute answers item {}, “{title}”, which has a paper", item.number);
                found.at(minutes.start(), message).also(item.item.span, "the item").help(format!(
                    "add a minute, or write `{{item={}}}` behind the heading of the one that answers it",
                    item.number
                ));
            }
        }
    }
}
