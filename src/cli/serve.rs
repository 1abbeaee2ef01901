//! `quorate serve`: shows the papers in a browser while they are written.

use std::path::PathBuf;

use clap::Args;

use super::making::ThemeName;
use super::{Outcome, STACK, Trouble, clock, moment, say};
use crate::calendar::Moment;
use crate::preview::editor::Editor;
use crate::preview::server::{self, Share};
use crate::preview::{self, Options};

/// What `serve` can be told.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option that is there or not")]
pub(super) struct Arguments {
    /// The folder that holds the papers
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,

    #[command(flatten)]
    theme: ThemeName,

    /// The moment to take for the present, in London: 2023-07-04, "2023-07-04 17:00" or 2023-07-04T17:00. Without it,
    /// the environment variable `SOURCE_DATE_EPOCH` (seconds since 1970), and without that the clock, which goes on
    #[arg(long, value_name = "DATE-TIME", value_parser = moment)]
    now: Option<Moment>,

    /// The port of the address, or 0 for any that is free [default: 8022 if it is free, otherwise any]
    #[arg(long, value_name = "N")]
    port: Option<u16>,

    /// Open the preview in a browser
    #[arg(long)]
    open: bool,

    /// Let others on this network read the public's view too: every draft, but no private business. Who may, is who has
    /// the address, which nobody can guess
    #[arg(long)]
    lan: bool,

    /// With --lan: let them read the members' view as well, with all private business, and every finding
    #[arg(long, requires = "lan")]
    members: bool,

    /// Look at the files every second, where the system does not tell of changes, as on some network drives
    #[arg(long)]
    poll: bool,

    /// How a finding opens in your editor: an address with {path}, and {line} and {column} if the editor knows them; or
    /// `none` for no such links
    #[arg(long, value_name = "ADDRESS", env = "QUORATE_EDITOR", default_value = Editor::USUAL, value_parser = editor)]
    editor: Editing,
}

/// What findings are opened with, if anything.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Editing(Option<Editor>);

fn editor(template: &str) -> Result<Editing, String> {
    if template == "none" {
        return Ok(Editing(None));
    }
    Editor::parse(template).map(|editor| Editing(Some(editor)))
}

/// Serves until somebody ends it.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Trouble> {
    let options = options(arguments)?;
    // What the preview does at once it does on these, whichever thread of it begins. If there are some already, those do.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    preview::run(&options, &say).map_err(Trouble)?;
    Ok(Outcome::Fine)
}

fn options(arguments: &Arguments) -> Result<Options, Trouble> {
    let own_theme = arguments.theme.own_folder(&arguments.content)?;
    let share = match (arguments.lan, arguments.members) {
        (false, _) => None,
        (true, false) => Some(Share::Public),
        (true, true) => Some(Share::Everything),
    };
    Ok(Options {
        content: arguments.content.clone(),
        theme: arguments.theme.name.clone(),
        own_theme,
        clock: clock::running(arguments.now)?,
        server: server::Options { port: arguments.port, share },
        open: arguments.open,
        poll: arguments.poll,
        editor: arguments.editor.0.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn read(arguments: &[&str]) -> Result<Options, String> {
        let line = Line::try_parse_from([&["serve"], arguments].concat()).map_err(|error| error.to_string())?;
        options(&line.arguments).map_err(|Trouble(sentence)| sentence)
    }

    #[test]
    fn without_arguments_only_this_machine_is_served() {
        let options = read(&[]).unwrap();
        assert_eq!(options.server, server::Options { port: None, share: None });
        assert_eq!(options.own_theme, PathBuf::from("themes/default"));
        assert!(!options.open && !options.poll);
    }

    #[test]
    fn private_business_is_shared_only_when_asked_for_twice() {
        let share = |arguments: &[&str]| read(arguments).map(|options| options.server.share);
        assert_eq!(share(&["--lan"]), Ok(Some(Share::Public)));
        assert_eq!(share(&["--lan", "--members"]), Ok(Some(Share::Everything)));
        assert!(share(&["--members"]).unwrap_err().contains("--lan"));
    }

    #[test]
    fn the_editor_is_one() {
        let editor = |template: &str| read(&["--editor", template]).map(|options| options.editor);
        assert_eq!(editor("zed://file{path}"), Ok(Some(Editor::parse("zed://file{path}").unwrap())));
        assert_eq!(editor("none"), Ok(None));
        for wrong in ["javascript:{path}", "vscode://file", "https://evil.example/{path}"] {
            assert!(editor(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_theme_that_is_not_there_is_said() {
        assert!(read(&["--theme", "nowhere-to-be-found"]).is_err_and(|said| said.contains("there is no theme")));
    }

    #[test]
    fn a_moment_given_stands_still() {
        let options = read(&["--now", "2026-11-22 12:00"]).unwrap();
        assert_eq!(Some((options.clock)()), Moment::parse("2026-11-22 12:00"));
    }
}
