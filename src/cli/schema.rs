//! `quorate schema`: writes JSON Schemas for editors. It replaces what it wrote before, and no other file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::paths::whole;
use super::{Outcome, Trouble, say};
use crate::files;
use crate::finding::counted;
use crate::schema::{Subject, is_ours};

/// What `schema` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to write to; `schemas` beside the content folder if left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write no file, but this one schema to standard output
    #[arg(long, value_name = "NAME", conflicts_with = "out", value_parser = subject)]
    print: Option<Subject>,

    /// The folder that holds the papers
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
}

fn subject(name: &str) -> Result<Subject, String> {
    Subject::from_name(name).ok_or_else(|| {
        let names: Vec<String> = Subject::all().into_iter().map(Subject::name).collect();
        format!("there is no schema of that name; there are {}", names.join(", "))
    })
}

/// A schema's place on the disk, and what stands there.
enum Place {
    /// Nothing.
    Free,
    /// The same schema already.
    Same,
    /// A schema of ours that says something else.
    Older,
}

/// Writes the schemas, or one of them to standard output.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    if let Some(subject) = arguments.print {
        say(&subject.text());
        return Ok(Outcome::Fine);
    }
    let out = out(arguments)?;
    let mut todo = Vec::new();
    for subject in Subject::all() {
        let (path, text) = (out.join(subject.file_name()), subject.text());
        // Looked at before anything is written: all of the schemas, or none.
        let place = look(&path, text.as_bytes())?;
        todo.push((path, text, place));
    }
    let (mut new, mut replaced, mut same) = (0, 0, 0);
    for (path, text, place) in &todo {
        match place {
            Place::Free => {
                files::create_new(path, text.as_bytes())?;
                new += 1;
            }
            Place::Older => {
                files::replace(path, text.as_bytes())?;
                replaced += 1;
            }
            Place::Same => same += 1,
        }
    }
    let schemas = counted(todo.len(), "schema", "schemas");
    say(&format!(
        "{schemas} in {}: {new} new, {replaced} replaced, {same} as before.\n\
         docs/authoring.md says under “While you type” how to tell your editor of them.\n",
        out.display()
    ));
    Ok(Outcome::Fine)
}

/// Where the schemas go: never into the content folder, all of which is published or reported.
fn out(arguments: &Arguments) -> Result<PathBuf, Trouble> {
    let content = &arguments.content;
    let out = match &arguments.out {
        Some(out) if out.as_os_str().is_empty() => {
            return Err(Trouble::new("the option --out is empty; it must name a folder"));
        }
        Some(out) => out.clone(),
        None => match content.file_name() {
            Some(_) => content.with_file_name("schemas"),
            None => whole(content).with_file_name("schemas"),
        },
    };
    if whole(&out).starts_with(whole(content)) {
        return Err(Trouble::new(format!(
            "the schemas do not go to `{}`: that lies within the content folder `{}`. Choose a folder beside it",
            out.display(),
            content.display()
        )));
    }
    Ok(out)
}

fn look(path: &Path, text: &[u8]) -> Result<Place, Trouble> {
    match files::kind(path)? {
        None => Ok(Place::Free),
        Some(files::Kind::File) if files::holds(path, text)? => Ok(Place::Same),
        Some(files::Kind::File) if is_ours(&files::read(path)?) => Ok(Place::Older),
        Some(_) => Err(Trouble::new(format!(
            "{} exists already, and `quorate schema` did not write it. Nothing was written; move it away, or choose \
             another folder with --out",
            path.display()
        ))),
    }
}
