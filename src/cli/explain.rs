//! `quorate explain`: what the rules ask, why, and how to put right what they find.

use clap::{Args, ValueEnum};

use super::{Outcome, say, width_of_output};
use crate::rules::Choice;
use crate::rules::explain::{markdown, text};

/// The width of lines where no screen says otherwise, and the most that is good to read.
const WIDTH: usize = 100;

/// What `explain` can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code or name of a rule, or the letter or name of a family; all rules if left out
    #[arg(value_name = "RULE", value_parser = Choice::of)]
    rule: Option<Choice>,

    /// Explain each rule of a family, or of all, in place of a list
    #[arg(long)]
    all: bool,

    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How explanations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a manual; with --all, one page of all rules
    Markdown,
}

/// Writes what was asked for to standard output.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    let choice = arguments.rule.unwrap_or(Choice::All);
    let width = width_of_output().map_or(WIDTH, |width| width.min(WIDTH));
    let is_list = !arguments.all && !matches!(choice, Choice::Rule(_));
    say(&match (arguments.format, choice) {
        (Format::Text, _) if is_list => {
            text::list(choice, width) + "`quorate explain CODE` says all of one; `quorate explain --all` of all.\n"
        }
        (Format::Text, _) => text::whole(choice, width),
        (Format::Markdown, _) if is_list => markdown::list(choice),
        (Format::Markdown, Choice::Rule(rule)) => {
            format!("# {} {}\n\n{}", rule.code, rule.name, markdown::of_rule(rule))
        }
        (Format::Markdown, _) => markdown::page(choice),
    });
    Outcome::Fine
}
