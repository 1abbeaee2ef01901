//! Offices: whether somebody held them on the day.

use chrono::NaiveDate;

use crate::calendar::long_date;
use crate::model::paper::Own;
use crate::model::people::{OfficeKind, Tenure};
use crate::model::{Office, OfficeId};
use crate::record::covers;
use crate::rules::{Context, Found, MeetingInHand, PaperInHand};
use crate::text::Spanned;

/// A portfolio named in a head is one, and somebody held it on the day.
pub(super) fn portfolio_holder(paper: &PaperInHand<'_>, found: &mut Found) {
    if paper.is_withdrawn() {
        return;
    }
    match &paper.paper.head.own {
        Own::Report(report) => {
            let day = paper.paper.meeting.as_ref().map(|meeting| meeting.date);
            report.portfolio_holder.iter().for_each(|office| portfolio(paper.context, office, day, found));
        }
        Own::WorkProgramme(programme) => {
            for entry in &programme.entries {
                // Who will hold a portfolio on a day to come, nobody knows.
                let day = Some(entry.date.value).filter(|day| *day <= paper.context.now.date());
                entry.portfolio_holder.iter().for_each(|office| portfolio(paper.context, office, day, found));
            }
            for entry in &programme.undated {
                entry.portfolio_holder.iter().for_each(|office| portfolio(paper.context, office, None, found));
            }
        }
        _ => {}
    }
}

fn portfolio(context: &Context<'_>, id: &Spanned<OfficeId>, day: Option<NaiveDate>, found: &mut Found) {
    let Some(office) = context.record.model.offices.get(&id.value) else { return };
    if office.kind == OfficeKind::Officer {
        found.at(id.span, format!("`{}` is an officer's post, not a portfolio", id.value)).help(
            "name the portfolio of the cabinet member concerned; an officer's post belongs under `authors` or `lead`",
        );
        return;
    }
    let Some(day) = day else { return };
    // Where no holder was ever written down, the file is silent, and so is this rule.
    if office.held_by.is_empty() || holds(office, day).next().is_some() {
        return;
    }
    let told = found.at(id.span, format!("nobody held the office of {} on {}", office.title, long_date(day)));
    match nearest_tenure(office, day) {
        Some(tenure) => told
            .also(tenure.person.span, format!("{} held it {}", tenure.person.value, days(tenure)))
            .help("add who held it on that day to `offices.yaml`, or name another portfolio"),
        None => told,
    };
}

/// Those listed by the title of an office held it on the day.
pub(super) fn other_attenders(meeting: &MeetingInHand<'_>, found: &mut Found) {
    let Some((_, minutes)) = meeting.minutes() else { return };
    for other in &minutes.others {
        let (Some(person), Some(capacity)) = (&other.person, &other.capacity) else { continue };
        let title = plain_title(capacity);
        let office = meeting.context.record.model.offices.values().find(|office| plain_title(&office.title) == title);
        // Where no holder is known for the day, nobody can be said not to have been it.
        let Some(holder) = office.and_then(|office| holds(office, meeting.date()).next()) else { continue };
        let Some(office) = office else { continue };
        if holds(office, meeting.date()).any(|tenure| tenure.person.value == person.value) {
            continue;
        }
        let message = format!(
            "{} is listed as {capacity}, but {} held that office on {}",
            person.value,
            holder.person.value,
            long_date(meeting.date())
        );
        found
            .at(person.span, message)
            .also(holder.person.span, format!("{} held it {}", holder.person.value, days(holder)))
            .help("correct the person, what stands under `as`, or the days in `offices.yaml`");
    }
}

fn holds(office: &Office, day: NaiveDate) -> impl Iterator<Item = &Tenure> {
    office.held_by.iter().filter(move |tenure| covers(tenure.from, tenure.to, day))
}

/// The tenure that begins or ends nearest to a day.
fn nearest_tenure(office: &Office, day: NaiveDate) -> Option<&Tenure> {
    let off = |end: Option<NaiveDate>| end.map_or(i64::MAX, |end| (end - day).num_days().abs());
    office.held_by.iter().min_by_key(|tenure| off(tenure.from).min(off(tenure.to)))
}

fn days(tenure: &Tenure) -> String {
    match (tenure.from, tenure.to) {
        (Some(from), Some(to)) => format!("from {} to {}", long_date(from), long_date(to)),
        (Some(from), None) => format!("from {}", long_date(from)),
        (None, Some(to)) => format!("until {}", long_date(to)),
        (None, None) => "all the time".to_owned(),
    }
}

/// A title without what is written now in one way and now in another: "Cabinet Member (Culture)" is that for culture.
fn plain_title(title: &str) -> String {
    title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "for" | "the" | "of" | "and"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_their_words() {
        assert_eq!(
            plain_title("Cabinet Member (Policing & Equalities)"),
            plain_title("Cabinet Member for Policing and Equalities")
        );
        assert_ne!(plain_title("Deputy Cabinet Member for Culture"), plain_title("Cabinet Member for Culture"));
        assert_ne!(plain_title("former Cabinet Member for Culture"), plain_title("Cabinet Member for Culture"));
    }
}
