//! `quorate new paper`: where a paper belongs, what kind it is, and what it starts from.

use chrono::NaiveDate;
use clap::Args;

use super::project::{NewFile, Project};
use super::starter::{Starter, quoted};
use super::{Kind, date, id, is_id, one_of, or_meant, sentence_case, words};
use crate::calendar::MunicipalYear;
use crate::cli::{Trouble, clock};

/// What `new paper` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The meeting, as BODY/DATE; or the path of a folder or of the paper, below the content folder
    place: String,

    /// The paper's name, such as 04-community-safety-plan: the name of its file
    #[arg(value_parser = id)]
    name: Option<String>,

    /// What kind of paper [default: as its folder and name say, else briefing-note]
    #[arg(long, value_parser = one_of(Kind::WORDS, Kind::from_word))]
    kind: Option<Kind>,

    /// What the paper is called
    #[arg(long, value_parser = words)]
    title: Option<String>,

    /// The body that terms of reference or a work programme belong to
    #[arg(long, value_parser = id)]
    body: Option<String>,
}

/// Where a paper goes.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Meeting { body: String, date: NaiveDate },
    Body(String),
    TermsOfReference,
    WorkProgrammes,
    Return(String),
}

/// Writes a paper, and what it cannot do without.
pub(super) fn new(project: &Project, arguments: &Arguments) -> Result<String, Trouble> {
    project.must_exist()?;
    let parts = parts(project, arguments)?;
    let (place, name) = place(&parts)?;
    let kind = kind(&place, name, arguments.kind)?;
    let body = body(project, &place, name, arguments.body.as_deref())?;
    let now = clock::now(None)?.date();
    let day = if let Place::Meeting { date, .. } = &place { *date } else { now };
    let folder = folder(&place);
    if kind == Kind::SupplementaryAgenda && !project.has(&format!("{folder}/agenda.md"))? {
        return Err(Trouble::new(format!(
            "there is no agenda that a supplementary agenda could add to\nTo write it: quorate new meeting {}",
            folder.trim_start_matches("meetings/").replace('/', " ")
        )));
    }

    let title = arguments.title.clone().unwrap_or_else(|| sentence_case(name));
    let year = year_in(name).or_else(|| year_in(&folder)).unwrap_or_else(|| MunicipalYear::of(now).to_string());
    let body_key = match &place {
        Place::Body(body) => format!("body: {body}\n"),
        _ => String::new(),
    };
    let takes_key = matches!(starter(kind), Starter::Report | Starter::Letter);
    let values = [
        ("kind", kind.word()),
        ("title", &quoted(&title)),
        ("body", if takes_key { &body_key } else { &body }),
        ("date", &day.to_string()),
        ("year", &year),
        ("number", &number_in(name)),
        ("area", &quoted(&sentence_case(name))),
        ("quarter", quarter_in(&folder)),
    ];
    let path = format!("{folder}/{name}.md");
    let mut files = vec![NewFile { path, text: starter(kind).fill(&values) }];
    let form = format!("{folder}/form.yaml");
    if kind == Kind::MonitoringReturn && !project.has(&form)? {
        files.push(NewFile { path: form, text: Starter::Form.fill(&values) });
    }
    let written = project.write(&files)?;
    Ok(format!("{written}\n{}\n", next(project, &place, name, kind)?))
}

fn starter(kind: Kind) -> Starter {
    match kind {
        Kind::Agenda => Starter::Agenda,
        Kind::SupplementaryAgenda => Starter::SupplementaryAgenda,
        Kind::Minutes => Starter::Minutes,
        Kind::BriefingNote | Kind::Report | Kind::Presentation => Starter::Report,
        Kind::Appendix => Starter::Appendix,
        Kind::TermsOfReference => Starter::TermsOfReference,
        Kind::WorkProgramme => Starter::WorkProgramme,
        Kind::MonitoringReturn => Starter::MonitoringReturn,
        Kind::Letter => Starter::Letter,
    }
}

/// The path below the content folder, part by part, each of them safe.
fn parts(project: &Project, arguments: &Arguments) -> Result<Vec<String>, Trouble> {
    let mut path = arguments.place.trim_start_matches("./").trim_end_matches('/');
    // A shell that completes names puts the content folder before the path.
    if let Some(content) = project.content.to_str()
        && let Some(below) = path.strip_prefix(content.trim_start_matches("./").trim_end_matches('/'))
        && let Some(below) = below.strip_prefix('/')
    {
        path = below;
    }
    let path = path.strip_suffix(".md").unwrap_or(path);
    let mut parts: Vec<String> = path.split('/').chain(arguments.name.as_deref()).map(str::to_owned).collect();
    if let Some(wrong) = parts.iter().find(|part| !is_id(part)) {
        let why = id(wrong).err().unwrap_or_default();
        return Err(Trouble::new(format!("`{wrong}` cannot be part of a paper's path: {why}")));
    }
    let first = parts.first().map_or("", String::as_str);
    if FOLDERS.contains(&first) {
        return Ok(parts);
    }
    let bodies = project.bodies()?;
    let folder = match parts.as_slice() {
        [_, day, _] if day.len() == 10 && day.starts_with(|c: char| c.is_ascii_digit()) => "meetings",
        [body, _] if bodies.contains(body) => "papers",
        _ => {
            return Err(Trouble::new(format!(
                "`{}` names no place for a paper: write BODY/DATE and a name, such as `scrutiny/2023-07-12 04-plan`, or a \
                 path that begins with {}",
                parts.join("/"),
                FOLDERS.map(|folder| format!("`{folder}/`")).join(", ")
            )));
        }
    };
    parts.insert(0, folder.to_owned());
    Ok(parts)
}

/// The folders that hold papers.
const FOLDERS: [&str; 5] = ["meetings", "papers", "terms-of-reference", "work-programmes", "returns"];

fn place(parts: &[String]) -> Result<(Place, &str), Trouble> {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (place, name) = match parts.as_slice() {
        ["meetings", body, day, name] => {
            let date = date(day).map_err(|why| Trouble::new(format!("`{day}` is no date of a meeting: {why}")))?;
            (Place::Meeting { body: (*body).to_owned(), date }, name)
        }
        ["papers", body, name] => (Place::Body((*body).to_owned()), name),
        ["terms-of-reference", name] => (Place::TermsOfReference, name),
        ["work-programmes", name] => (Place::WorkProgrammes, name),
        ["returns", form, name] => (Place::Return((*form).to_owned()), name),
        [first, ..] => {
            let form = match *first {
                "meetings" => "meetings/BODY/DATE/NAME",
                "papers" => "papers/BODY/NAME",
                "returns" => "returns/FORM/AREA",
                "work-programmes" => "work-programmes/NAME",
                _ => "terms-of-reference/NAME",
            };
            return Err(Trouble::new(format!("a paper in `{first}` has a path such as `{form}`")));
        }
        [] => return Err(Trouble::new("the paper has no path")),
    };
    Ok((place, name))
}

fn folder(place: &Place) -> String {
    match place {
        Place::Meeting { body, date } => format!("meetings/{body}/{date}"),
        Place::Body(body) => format!("papers/{body}"),
        Place::TermsOfReference => "terms-of-reference".to_owned(),
        Place::WorkProgrammes => "work-programmes".to_owned(),
        Place::Return(form) => format!("returns/{form}"),
    }
}

/// The kind, as the folder and the name say; an error if something else was asked for.
fn kind(place: &Place, name: &str, asked: Option<Kind>) -> Result<Kind, Trouble> {
    let (only, why): (Option<Kind>, &str) = match place {
        Place::Meeting { .. } => match name {
            "agenda" => (Some(Kind::Agenda), "a paper called `agenda` is one"),
            "minutes" => (Some(Kind::Minutes), "a paper called `minutes` is one"),
            _ if name.starts_with("supplementary-agenda") => {
                (Some(Kind::SupplementaryAgenda), "a paper called `supplementary-agenda` is one")
            }
            _ => (None, ""),
        },
        Place::Return(_) => (Some(Kind::MonitoringReturn), "that is what the folder `returns` holds"),
        Place::TermsOfReference | Place::WorkProgrammes | Place::Body(_) => (None, ""),
    };
    let usual = match place {
        Place::TermsOfReference => Kind::TermsOfReference,
        Place::WorkProgrammes => Kind::WorkProgramme,
        _ if name.contains("appendix") => Kind::Appendix,
        _ => Kind::BriefingNote,
    };
    match (only, asked) {
        (Some(Kind::Agenda), _) | (_, Some(Kind::Agenda)) => {
            Err(Trouble::new("an agenda comes with its meeting: quorate new meeting BODY DATE"))
        }
        (Some(only), Some(asked)) if only != asked => {
            Err(Trouble::new(format!("the kind here is `{}`: {why}", only.word())))
        }
        (Some(only), _) => Ok(only),
        (None, Some(Kind::Minutes)) => {
            Err(Trouble::new("minutes lie with their meeting and are called so: quorate new paper BODY/DATE minutes"))
        }
        (None, Some(Kind::SupplementaryAgenda)) => Err(Trouble::new(
            "a supplementary agenda lies with its meeting and is called so: quorate new paper BODY/DATE \
             supplementary-agenda-1",
        )),
        (None, Some(Kind::MonitoringReturn)) => {
            Err(Trouble::new("a monitoring return lies beside its funder's form: quorate new paper returns/FORM/AREA"))
        }
        (None, asked) => Ok(asked.unwrap_or(usual)),
    }
}

/// The body that the paper belongs to; empty where it belongs to none.
fn body(project: &Project, place: &Place, name: &str, asked: Option<&str>) -> Result<String, Trouble> {
    let found = match place {
        Place::Return(_) => return Ok(String::new()),
        Place::Meeting { body, .. } | Place::Body(body) => {
            if asked.is_some_and(|asked| asked != body) {
                return Err(Trouble::new(format!("the option --body does not fit a path of the body `{body}`")));
            }
            body.clone()
        }
        Place::TermsOfReference | Place::WorkProgrammes => {
            if let Some(asked) = asked {
                asked.to_owned()
            } else {
                body_in(name, &project.bodies()?)?
            }
        }
    };
    project.must_have_body(&found)?;
    Ok(found)
}

/// The body that a paper is named for, or the only one there is.
fn body_in(name: &str, bodies: &[String]) -> Result<String, Trouble> {
    let named = bodies.iter().filter(|body| name.starts_with(body.as_str())).max_by_key(|body| body.len());
    match (named, bodies) {
        (Some(body), _) | (None, [body]) => Ok(body.clone()),
        _ => Err(Trouble::new(format!(
            "the option --body must say which body this belongs to{}",
            or_meant(name, bodies)
        ))),
    }
}

/// "1" of `appendix-1` or `supplementary-agenda-1`; 1 if the name does not say.
fn number_in(name: &str) -> String {
    let after = name.rsplit_once("appendix-").or_else(|| name.rsplit_once("agenda-")).map_or("", |(_, after)| after);
    let number: String = after.chars().take_while(char::is_ascii_digit).take(4).collect();
    if number.is_empty() { "1".to_owned() } else { number }
}

/// "2023/24" of a name with `2023-24` in it.
fn year_in(name: &str) -> Option<String> {
    let (at, _) = name.match_indices('-').find(|(at, _)| {
        let digits = |text: Option<&str>| text.is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()));
        *at >= 4 && digits(name.get(at - 4..*at)) && digits(name.get(at + 1..at + 3))
    })?;
    Some(format!("{}/{}", name.get(at.checked_sub(4)?..at)?, name.get(at + 1..at + 3)?))
}

/// "2" of `2016-17-q2`; 1 if the name does not say.
fn quarter_in(name: &str) -> &'static str {
    match name.rsplit_once("-q").map(|(_, quarter)| quarter) {
        Some("2") => "2",
        Some("3") => "3",
        Some("4") => "4",
        _ => "1",
    }
}

fn next(project: &Project, place: &Place, name: &str, kind: Kind) -> Result<String, Trouble> {
    let agenda = format!("{}/agenda.md", folder(place));
    Ok(match (place, kind) {
        (_, Kind::Appendix) => {
            format!("Next: list it in the head of the paper it belongs to, under `appendices: [{name}]`.")
        }
        (Place::Meeting { .. }, Kind::Minutes) => "Next: put in who was there and what was decided.".to_owned(),
        (Place::Meeting { .. }, Kind::SupplementaryAgenda) => {
            "Next: put in the covering letter, and under `items` the papers it adds.".to_owned()
        }
        (Place::Meeting { body, date }, _) if !project.has(&agenda)? => {
            format!("Next: there is no agenda yet to carry it.\n\n  quorate new meeting {body} {date}")
        }
        (Place::Meeting { .. }, _) => {
            format!("Next: name it under its item in {}, as `paper: {name}`.", project.shown(&agenda))
        }
        (_, Kind::TermsOfReference) => {
            format!("Next: name it in the body's file, as `terms_of_reference: {}/{name}`.", folder(place))
        }
        _ => "Next: write it, and look at what `quorate check` says.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_date;

    #[test]
    fn names_say_years_quarters_and_numbers() {
        assert_eq!(year_in("scrutiny-2023-24").as_deref(), Some("2023/24"));
        assert_eq!(year_in("2016-17-q2").as_deref(), Some("2016/17"));
        for none in ["", "-", "4-plan", "04-community", "é023-24", "2023-", "2023-2"] {
            assert_eq!(year_in(none), None, "{none}");
        }
        assert_eq!(quarter_in("2016-17-q2"), "2");
        assert_eq!(number_in("05-appendix-12-chart"), "12");
        assert_eq!(number_in("supplementary-agenda-2"), "2");
        assert_eq!(number_in("plan"), "1");
    }

    #[test]
    fn folder_and_name_say_the_kind() {
        let meeting = Place::Meeting { body: "scrutiny".to_owned(), date: parse_date("2023-07-12").expect("a date") };
        let kind_word =
            |place: &Place, name, asked| kind(place, name, asked).map(Kind::word).map_err(|trouble| trouble.0);
        assert_eq!(kind_word(&meeting, "04-plan", None).as_deref(), Ok("briefing-note"));
        assert_eq!(kind_word(&meeting, "04-plan", Some(Kind::Letter)).as_deref(), Ok("letter"));
        assert_eq!(kind_word(&meeting, "minutes", None).as_deref(), Ok("minutes"));
        assert_eq!(kind_word(&meeting, "supplementary-agenda-2", None).as_deref(), Ok("supplementary-agenda"));
        assert_eq!(kind_word(&Place::WorkProgrammes, "2023-24", None).as_deref(), Ok("work-programme"));
        assert!(kind_word(&meeting, "minutes", Some(Kind::Letter)).is_err());
        assert!(kind_word(&meeting, "04-plan", Some(Kind::Minutes)).is_err());
        assert!(kind_word(&meeting, "agenda", None).is_err());
        assert!(kind_word(&Place::Body("scrutiny".to_owned()), "x", Some(Kind::SupplementaryAgenda)).is_err());
    }
}
