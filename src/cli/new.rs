//! `quorate new`: writes commented files to start from. It asks nothing and never overwrites.
//!
//! What it writes is valid as it stands and teaches by its comments; everything is a draft, so nothing of it can be
//! published by accident.

mod paper;
mod project;
mod starter;

use std::path::PathBuf;

use chrono::{Days, NaiveDate, NaiveTime};
use clap::{Args, Subcommand};

use super::{Outcome, Trouble, one_of, say};
use crate::calendar::{full_date, parse_date, parse_time};
use crate::finding::nearest;
use crate::model::Kind;
use crate::model::body::{BodyKind, Law};
use project::{NewFile, Project};
use starter::{Starter, quoted};

/// What `new` can be told.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,

    /// The folder that holds the papers
    #[arg(long, value_name = "DIR", default_value = "content", global = true)]
    content: PathBuf,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Who publishes: authority.yaml, and the files for words, people, organisations and offices
    Authority {
        /// The authority's name
        #[arg(long, value_parser = words, default_value = "Name of your authority")]
        name: String,
    },
    /// A council, committee, board, panel, group or forum
    Body {
        /// Its id, such as scrutiny-co-ordination-committee: the name of its file
        #[arg(value_parser = id)]
        id: String,
        /// Its full name
        #[arg(long, value_parser = words)]
        name: Option<String>,
        /// What sort of body
        #[arg(long, default_value = BodyKind::Committee.word(), value_parser = one_of(BodyKind::WORDS, BodyKind::from_word))]
        kind: BodyKind,
    },
    /// A meeting: its folder, with an agenda
    Meeting {
        /// The id of the body that meets
        #[arg(value_parser = id)]
        body: String,
        /// The day, such as 2023-07-12
        #[arg(value_parser = date)]
        date: NaiveDate,
        /// When it begins
        #[arg(long, default_value = "10:00", value_parser = time)]
        time: NaiveTime,
    },
    /// A paper of a meeting, or one that belongs to a body
    ///
    /// For a meeting: `quorate new paper BODY/DATE NAME`. For papers of other folders, the path below the content
    /// folder: `quorate new paper work-programmes/2023-24`.
    Paper(paper::Arguments),
}

/// Writes what was asked for, and says what to do next.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let project = Project::new(&arguments.content);
    let done = match &arguments.what {
        What::Authority { name } => authority(&project, name),
        What::Body { id, name, kind } => body(&project, id, name.as_deref(), *kind),
        What::Meeting { body, date, time } => meeting(&project, body, *date, *time),
        What::Paper(arguments) => paper::new(&project, arguments),
    }?;
    say(&done);
    Ok(Outcome::Fine)
}

fn authority(project: &Project, name: &str) -> Result<String, Trouble> {
    let starters = [Starter::Authority, Starter::Glossary, Starter::People, Starter::Organisations, Starter::Offices];
    let files = starters.map(|starter| NewFile {
        path: starter.file_name().to_owned(),
        text: starter.fill(&[("name", &quoted(name))]),
    });
    let written = project.write_missing(&files)?;
    Ok(written
        + "\nNext: read authority.yaml and put in what is known; its comments explain each line. Then add a body:\n\
           \n  quorate new body scrutiny-committee --name \"Scrutiny Committee\"\n")
}

fn body(project: &Project, id: &str, name: Option<&str>, kind: BodyKind) -> Result<String, Trouble> {
    project.must_exist()?;
    let law = match kind {
        BodyKind::Council | BodyKind::Committee | BodyKind::Panel => Law::PartVa,
        BodyKind::Board | BodyKind::Group | BodyKind::Forum => Law::OwnTerms,
    };
    let name = name.map_or_else(|| sentence_case(id), str::to_owned);
    let text = Starter::Body.fill(&[("id", id), ("name", &quoted(&name)), ("kind", kind.word()), ("law", law.word())]);
    let written = project.write(&[NewFile { path: format!("bodies/{id}.yaml"), text }])?;
    Ok(format!(
        "{written}\nNext: put in the members, by their names in people.yaml, and check the line `law`. Then add a meeting:\n\
         \n  quorate new meeting {id} 2026-09-16\n"
    ))
}

fn meeting(project: &Project, body: &str, date: NaiveDate, time: NaiveTime) -> Result<String, Trouble> {
    project.must_exist()?;
    project.must_have_body(body)?;
    // A Wednesday's papers go out on the Tuesday of the week before: five clear days, with the weekend.
    let published = date.checked_sub_days(Days::new(8)).unwrap_or(date);
    let text =
        Starter::Agenda.fill(&[("time", &time.format("%H:%M").to_string()), ("published", &published.to_string())]);
    let written = project.write(&[NewFile { path: format!("meetings/{body}/{date}/agenda.md"), text }])?;
    Ok(format!(
        "{written}\nIt is for {}. Next: put in the items, and add their papers:\n\n  quorate new paper {body}/{date} 04-example\n",
        full_date(date)
    ))
}

/// An id, which becomes the name of a file and part of a web address.
fn id(text: &str) -> Result<String, String> {
    if is_id(text) {
        return Ok(text.to_owned());
    }
    let mut suggestion = String::new();
    for c in text.chars().take(100).flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            suggestion.push(c);
        } else if !matches!(c, '\'' | '’') && !suggestion.is_empty() && !suggestion.ends_with('-') {
            suggestion.push('-');
        }
    }
    let rule = "use lower-case letters, digits and hyphens, since it becomes part of a web address";
    match suggestion.trim_end_matches('-') {
        "" => Err(rule.to_owned()),
        suggestion => Err(format!("{rule}: `{suggestion}`")),
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn date(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).ok_or_else(|| "it is no day in the calendar, or not written as 2023-07-12".to_owned())
}

fn time(text: &str) -> Result<NaiveTime, String> {
    parse_time(text).ok_or_else(|| "it is no time of day, or not written as 10:00".to_owned())
}

/// Words for a name or a title: something that can be read, on one line.
fn words(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty".to_owned()),
        text if text.chars().any(char::is_control) => Err("it must be words on one line".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// "04-community-safety-plan" as "Community safety plan".
fn sentence_case(id: &str) -> String {
    let named = id.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let words = if named.is_empty() { id } else { named }.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// ": did you mean `x`?", or what there is to choose from.
fn or_meant(written: &str, possible: &[String]) -> String {
    match nearest(written, possible.iter().map(String::as_str)) {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None if possible.is_empty() => "; there are none yet".to_owned(),
        None => format!("; there are {}", possible.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_safe_and_a_near_one_is_suggested() {
        assert!(id("scrutiny-co-ordination-committee").is_ok());
        assert!(id("St Michael's Ward").unwrap_err().ends_with("`st-michaels-ward`"));
        for wrong in ["", ".", "..", "../x", "a/b", "a\\b", "A", "-a", "a-", "a b", "é", "a\0", &"x".repeat(101)] {
            assert!(id(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn names_of_files_become_titles() {
        assert_eq!(sentence_case("04-community-safety-plan"), "Community safety plan");
        assert_eq!(sentence_case("2023-24"), "2023 24");
    }
}
