//! The numbers of minutes, which run on through a body's municipal year.

use std::collections::{BTreeMap, HashMap};

use super::{
    AGENDA, AGENDA_WITH_MINUTES, EARLIER_AGENDA, EARLIER_AGENDA_TEXT, EARLIER_MINUTES, EARLIER_MINUTES_TEXT, MINUTES,
    written,
};
use crate::calendar::{MunicipalYear, long_date};
use crate::model::Level;
use crate::record::sections;
use crate::rules::items::is_off;
use crate::rules::{Context, Example, Found, MeetingInHand, Rule, Test};
use crate::text::Span;
use crate::text::sentence::listed;

pub(super) const TWICE: Rule = Rule {
    code: "M01",
    name: "minute-number-twice",
    level: Level::Warning,
    meaning: "Two minutes of one body bear the same number in the same municipal year.",
    why: "People cite minutes by their number. With two minutes 55 in a year, nobody can tell which decision is meant.",
    source: "Convention: minutes are numbered through the municipal year, May to April.",
    remedy: "Write `first_minute` with the number after the last one used. A body that begins again at 1 at every meeting can turn this rule off for its \
             folder, under `rules` in `authority.yaml`.",
    failing: Example::Files(&[
        (AGENDA, AGENDA_WITH_MINUTES),
        (EARLIER_AGENDA, EARLIER_AGENDA_TEXT),
        (EARLIER_MINUTES, EARLIER_MINUTES_TEXT),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n\
             first_minute: 2\n---\n## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Minutes {item=4}\n\nThey were signed.\n",
        ),
    ]),
    passing: Example::Files(&[
        (AGENDA, AGENDA_WITH_MINUTES),
        (EARLIER_AGENDA, EARLIER_AGENDA_TEXT),
        (EARLIER_MINUTES, EARLIER_MINUTES_TEXT),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n\
             first_minute: 3\n---\n## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Minutes {item=4}\n\nThey were signed.\n",
        ),
    ]),
    test: Test::Record(twice),
};

pub(super) const GAP: Rule = Rule {
    code: "M02",
    name: "minute-number-missing",
    level: Level::Warning,
    meaning: "The numbers of minutes do not follow each other, in one meeting's minutes or from one meeting to the next.",
    why: "A number that is missing looks like a decision that was taken out.",
    source: "Convention: minutes are numbered without gaps through the municipal year.",
    remedy: "Correct `number=` in the heading or `first_minute` in the head. If another meeting was held in between, add it to the body's `meetings`.",
    failing: Example::Minutes(
        "",
        "## Apologies {item=1}\n\nThere were none.\n\n## Community Safety Plan {item=3 number=3}\n\nIt was considered.\n",
    ),
    passing: Example::Files(&[
        (AGENDA, AGENDA_WITH_MINUTES),
        (EARLIER_AGENDA, EARLIER_AGENDA_TEXT),
        (EARLIER_MINUTES, EARLIER_MINUTES_TEXT),
        (
            "bodies/scrutiny.yaml",
            "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nquorum: 2\nmembers:\n  - {person: N Akhtar, role: chair}\n  \
             - {person: R Thay, role: deputy chair}\n  - {person: P Male}\nmeetings:\n  - {date: 2023-06-28, state: held}\n",
        ),
        (
            MINUTES,
            "---\nkind: minutes\nstatus: published\npublished: 2023-07-20\npresided: N Akhtar\npresent: [N Akhtar, R Thay, P Male]\n\
             first_minute: 8\n---\n## Community Safety Plan {item=3}\n\nIt was considered.\n\n## Minutes {item=4}\n\nThey were signed.\n",
        ),
    ]),
    test: Test::Record(gap),
};

pub(super) const NO_SUCH_MINUTE: Rule = Rule {
    code: "M09",
    name: "no-such-minute",
    level: Level::Error,
    meaning: "The head of the minutes names a minute, for an interest or for somebody who attended, that these minutes do not have.",
    why: "The page would lead readers to a minute that is not there, and what was meant for a private minute might be shown.",
    source: "Quorate: everything named exists.",
    remedy: "Correct `minute` or `for_minute`.",
    failing: Example::Minutes(
        "others: [{person: J Innes, as: Ward Councillor, for_minute: 2}]\n",
        "## Community Safety Plan {item=3}\n\nIt was considered.\n",
    ),
    passing: Example::Minutes(
        "others: [{person: J Innes, as: Ward Councillor, for_minute: 57}]\n",
        "## Community Safety Plan {item=3 number=57}\n\nIt was considered.\n",
    ),
    test: Test::Meeting(no_such_minute),
};

/// One meeting's minutes: which meeting, and each number with its heading's place.
struct Numbered<'r> {
    meeting: MeetingInHand<'r>,
    numbers: Vec<(u32, Span)>,
}

/// The minutes of every body, by municipal year and then by day.
fn by_year<'r>(context: &'r Context<'r>) -> impl Iterator<Item = Vec<Numbered<'r>>> {
    context.record.model.bodies.keys().flat_map(move |body| {
        let mut years: BTreeMap<i32, Vec<Numbered<'r>>> = BTreeMap::new();
        for meeting in context.meetings_of(body) {
            let Some((paper, _)) = written(&meeting) else { continue };
            let (_, sections) = sections(&paper.text.document);
            let numbers = sections.iter().map(|section| (section.number, section.heading.span)).collect();
            years.entry(MunicipalYear::of(meeting.date()).0).or_default().push(Numbered { meeting, numbers });
        }
        years.into_values()
    })
}

fn twice(context: &Context<'_>, found: &mut Found) {
    for year in by_year(context) {
        let mut used: HashMap<u32, (usize, Span)> = HashMap::new();
        // The greatest number of the meetings before.
        let mut last = 0_u32;
        for (index, minutes) in year.iter().enumerate() {
            // Of each earlier meeting whose numbers come again, told once, at the first.
            let mut clashes: BTreeMap<usize, Vec<(u32, Span, Span)>> = BTreeMap::new();
            for (number, place) in &minutes.numbers {
                match used.get(number) {
                    Some((earlier, first)) => clashes.entry(*earlier).or_default().push((*number, *place, *first)),
                    None => {
                        used.insert(*number, (index, *place));
                    }
                }
            }
            for (earlier, clashes) in clashes {
                let Some((_, place, first)) = clashes.first() else { continue };
                let numbers = runs(clashes.iter().map(|(number, ..)| *number));
                let (word, bear) = if clashes.len() == 1 { ("number", "is") } else { ("numbers", "are") };
                if earlier == index {
                    let message = format!("the {word} {numbers} {bear} used twice in these minutes");
                    found
                        .at(*place, message)
                        .also(*first, "first here")
                        .help("correct `number=` in one of the headings");
                    continue;
                }
                let date = long_date(year[earlier].meeting.date());
                let message = format!("the {word} {numbers} {bear} used in the minutes of {date} already");
                let next = last.saturating_add(1);
                let help = format!(
                    "write `first_minute: {next}` in the head, so that the numbers run on through the municipal year"
                );
                found.at(*place, message).also(*first, "first used here").help(help);
            }
            last = minutes.numbers.iter().map(|(number, _)| *number).fold(last, u32::max);
        }
    }
}

/// "52, 54 to 57".
fn runs(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut numbers: Vec<u32> = numbers.into_iter().collect();
    numbers.sort_unstable();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if number <= last.saturating_add(1) => *last = number,
            _ => runs.push((number, number)),
        }
    }
    listed(runs.into_iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first} and {last}"),
        _ => format!("{first} to {last}"),
    }))
}

fn gap(context: &Context<'_>, found: &mut Found) {
    for year in by_year(context) {
        for minutes in &year {
            for pair in minutes.numbers.windows(2) {
                let [(before, first), (after, place)] = pair else { continue };
                if *after == before.saturating_add(1) || after == before {
                    continue;
                }
                let message = if after > before {
                    format!("minute {after} follows minute {before}, so that {} is missing", runs(before + 1..*after))
                } else {
                    format!("minute {after} stands after minute {before}")
                };
                found
                    .at(*place, message)
                    .also(*first, "the minute before")
                    .help("correct `number=` in the heading, or leave it out: minutes number themselves");
            }
        }
        for pair in year.windows(2) {
            let [earlier, later] = pair else { continue };
            if let (Some((last, before)), Some((first, place))) = (earlier.numbers.last(), later.numbers.first())
                && *first > last.saturating_add(1)
                && nothing_between(context, earlier, later)
            {
                let date = long_date(earlier.meeting.date());
                let message = format!("these minutes begin with {first}, but those of {date} end with {last}");
                let help = format!(
                    "write `first_minute: {}` in the head; if another meeting was held in between, add it to the body's `meetings`",
                    last + 1
                );
                found.at(*place, message).also(*before, "the last number before").help(help);
            }
        }
    }
}

/// Whether no other meeting of the body was, or may have been, held between two: one whose minutes are not here.
fn nothing_between(context: &Context<'_>, earlier: &Numbered<'_>, later: &Numbered<'_>) -> bool {
    let folder = format!("meetings/{}", later.meeting.meeting.key.body);
    let mut between = context
        .meetings_after(&earlier.meeting.meeting.key)
        .take_while(|meeting| meeting.date() < later.meeting.date());
    context.is_all_read(&folder) && between.all(|meeting| is_off(&meeting))
}

fn no_such_minute(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((paper, minutes)) = written(meeting) else { return };
    let (_, sections) = sections(&paper.text.document);
    let interests = minutes.interests.iter().filter_map(|interest| interest.minute.as_ref());
    let others = minutes.others.iter().filter_map(|other| other.for_minute.as_ref());
    for minute in interests.chain(others) {
        if sections.iter().any(|section| section.number == minute.value) {
            continue;
        }
        let help = match runs(sections.iter().map(|section| section.number)).as_str() {
            "" => "write the minute, with two `#`, or leave this key out".to_owned(),
            numbers => format!("the minutes here are {numbers}"),
        };
        found.at(minute.span, format!("these minutes have no minute {}", minute.value)).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_runs() {
        assert_eq!(runs([52]), "52");
        assert_eq!(runs([53, 52]), "52 and 53");
        assert_eq!(runs([52, 54, 55, 56, 60]), "52, 54 to 56 and 60");
        assert_eq!(runs([]), "");
    }
}
