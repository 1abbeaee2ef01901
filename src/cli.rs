//! The command line: from arguments to calls, from what came of them to words and exit codes.
//!
//! Each command is a short file that reads its arguments, calls the library and reports. What a person asked for goes
//! to standard output; findings, troubles and progress go to standard error. Nobody need read either: a reader that
//! goes away (`quorate check | head`) is no reason to fail.

mod build;
mod bundle;
mod check;
mod clock;
mod disclose;
mod explain;
mod making;
mod new;
mod papers;
mod paths;
mod preflight;
mod progress;
mod schema;
mod serve;

use std::ffi::OsString;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use crate::calendar::Moment;

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well; there may be warnings
  1  the papers hold errors, or what `check --deny` counts as such; nothing was published
  2  the command could not run: a wrong argument, a folder that is not there, a full disk";

/// Publishes the papers of a public body: Markdown in, a checked, accessible site out.
#[derive(Debug, Parser)]
#[command(name = "quorate", version, after_help = EXIT_CODES, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the papers and publish them as a site
    #[command(after_help = EXIT_CODES)]
    Build(build::Arguments),
    /// Pack one meeting, drafts and all, into a zip file for passing round; every page is marked as a draft
    #[command(
        after_help = "Exit codes:\n  0  the bundle was made; the papers may still hold errors\n  1  a file of the meeting cannot be read; no \
        bundle was made\n  2  the command could not run: a wrong argument, no such meeting, a full disk"
    )]
    Bundle(bundle::Arguments),
    /// Check the papers and publish nothing
    #[command(after_help = EXIT_CODES)]
    Check(check::Arguments),
    /// Write a commented file to start from; asks nothing, and never overwrites
    #[command(after_help = EXIT_CODES)]
    New(new::Arguments),
    /// Say what the rules ask, why, and how to put right what they find
    #[command(after_help = EXIT_CODES)]
    Explain(explain::Arguments),
    /// Say what the tables of a paper give away of the counts that they withhold, and what would keep them safe
    #[command(after_help = EXIT_CODES)]
    Disclose(disclose::Arguments),
    /// Show the papers in a browser while they are written: drafts, findings, and what members will see
    #[command(after_help = EXIT_CODES)]
    Serve(serve::Arguments),
    /// Write JSON Schemas, by which an editor completes and underlines while you type
    #[command(after_help = EXIT_CODES)]
    Schema(schema::Arguments),
}

/// What `build` and `check` share.
#[derive(Debug, Args)]
struct Common {
    /// The folder that holds the papers
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,

    /// The moment to take for the present, in London: 2023-07-04, "2023-07-04 17:00" or 2023-07-04T17:00. Without it,
    /// the environment variable `SOURCE_DATE_EPOCH` (seconds since 1970), and without that the clock
    #[arg(long, value_name = "DATE-TIME", value_parser = moment)]
    now: Option<Moment>,

    /// How many threads to use; all processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text.trim()).ok_or_else(|| {
        "it is no day in the calendar, or not written as 2023-07-04, \"2023-07-04 17:00\" or 2023-07-04T17:00"
            .to_owned()
    })
}

/// A parser for one of the fixed words of the committee model.
fn one_of<T: Clone + Send + Sync + 'static>(
    words: &'static [&'static str],
    from_word: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.iter().copied())
        .try_map(move |word| from_word(&word).ok_or("it is not one of the words possible"))
}

/// How a command that could run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing stands in the way.
    Fine,
    /// The papers hold errors.
    Errors,
}

/// Why a command could not run: a sentence for the user.
#[derive(Debug)]
struct Trouble(String);

impl Trouble {
    fn new(sentence: impl fmt::Display) -> Self {
        Self(sentence.to_string())
    }
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

/// Runs the command that the arguments ask for; the first of them is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command }) => command,
        Err(error) => {
            // Help asked for ends well, a wrong argument does not; clap knows which, and where to print it.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let result = match command {
        Command::Build(arguments) => on_threads(arguments.common.jobs, || build::run(&arguments)),
        Command::Bundle(arguments) => on_threads(arguments.common.jobs, || bundle::run(&arguments)),
        Command::Check(arguments) => on_threads(arguments.common.jobs, || check::run(&arguments)),
        Command::Disclose(arguments) => on_threads(arguments.common.jobs, || disclose::run(&arguments)),
        Command::Explain(arguments) => Ok(explain::run(&arguments)),
        Command::New(arguments) => new::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Err(Trouble(sentence)) => {
            report(&format!("error: {sentence}\n"));
            ExitCode::from(2)
        }
    }
}

/// As much as a program's first thread has: a paper is read on whichever is free.
const STACK: usize = 8 * 1024 * 1024;

/// Does the work on as many threads as asked for, and no thread pool that outlives it.
fn on_threads(jobs: Option<u16>, work: impl FnOnce() -> Result<Outcome, Trouble> + Send) -> Result<Outcome, Trouble> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, usize::from))
        .stack_size(STACK)
        .build()
        .map_err(|error| Trouble::new(format!("could not start the threads asked for: {error}")))?;
    pool.install(work)
}

/// Writes what was asked for. The work is done whether or not anybody reads of it, so a closed pipe is passed over.
fn say(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Writes what the user should know besides.
fn report(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether findings may be coloured: only for eyes that can see it and have not said no (<https://no-color.org>).
fn colour() -> bool {
    let said_no = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let cannot = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    io::stderr().is_terminal() && !said_no && !cannot
}

/// The width of the terminal that what was asked for is shown on, in characters; nothing if it goes elsewhere.
fn width_of_output() -> Option<usize> {
    in_characters(terminal_size::terminal_size_of(io::stdout()))
}

/// The width of the terminal that findings are shown on.
fn width_of_errors() -> Option<usize> {
    in_characters(terminal_size::terminal_size_of(io::stderr()))
}

fn in_characters(size: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<usize> {
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_moment_is_read_with_a_space_or_a_t() {
        for text in ["2023-07-04", "2023-07-04 17:00", "2023-07-04T17:00"] {
            assert!(moment(text).is_ok(), "{text}");
        }
        assert!(moment("2023-02-30").is_err());
    }
}
