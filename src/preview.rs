//! The preview: the papers as the public and the members will see them, served from memory to those who write them.
//!
//! The desk keeps the record and its editions up to date and knows what to say of each page; [`watch`] tells it what has
//! changed on the disk; [`server`] sends pages to browsers and [`tabs`] tells the open ones what is new; [`bar`] is what an
//! officer sees above a page. Pages are those that `build` writes, byte for byte; what the preview adds, it adds when it
//! sends them. Nothing is ever written to the disk.

pub mod bar;
pub mod browser;
mod desk;
pub mod editor;
mod fault;
mod found;
mod page;
#[cfg(feature = "pdf")]
mod printer;
pub mod server;
pub mod state;
pub mod tabs;
#[cfg(test)]
mod tests;
pub mod watch;
mod window;
pub mod words;

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::calendar::Moment;
use crate::edition::Audience;
use desk::Desk;
use editor::Editor;
pub use page::Page;
use server::Server;
use state::State;
use tabs::Tabs;
use watch::{Mode, Watcher};

/// How often every file is looked at where the system does not tell of changes.
const POLL: Duration = Duration::from_secs(1);

/// Says what time it is, whenever it is asked.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// What the preview can be told.
#[derive(Clone)]
pub struct Options {
    /// The folder that holds the papers.
    pub content: PathBuf,
    /// The name of the theme.
    pub theme: String,
    /// Where the project's own files of the theme are. The folder need not be there yet if the theme is the default one.
    pub own_theme: PathBuf,
    /// The time: always the same if somebody has said which.
    pub clock: Clock,
    /// How it is served.
    pub server: server::Options,
    /// Whether to open a browser.
    pub open: bool,
    /// Whether to look at the files again and again, where the system does not tell of changes.
    pub poll: bool,
    /// How places of files are opened in an editor; nothing for no links.
    pub editor: Option<Editor>,
}

/// A page or another file of the preview: whose view, and its path from the site's root, without a leading slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Whose view it is in.
    pub audience: Audience,
    /// Where it stands in the site: `meetings/cabinet/2023-07-12/index.html`.
    pub path: String,
}

impl fmt::Display for Place {
    /// `public/meetings/cabinet/2023-07-12/index.html`, as in an address of the preview.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.audience.word(), self.path)
    }
}

/// What there is at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Answer {
    /// A page.
    Page(Page),
    /// Another file, byte for byte as the edition has it.
    File(Arc<[u8]>),
    /// Nothing: the edition has no such file.
    #[default]
    Nothing,
}

/// Which document is to be printed for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Print {
    /// The paper that the page shows.
    Paper,
    /// The pack of its meeting, or of the supplementary agenda that the page shows.
    Pack,
}

/// What the server asks of the preview.
pub trait Preview: Send + Sync {
    /// What there is at a place. Rendered when it is asked for, and kept until it changes.
    fn get(&self, place: &Place) -> Answer;

    /// What an officer should know of a page.
    fn state(&self, place: &Place) -> State;

    /// Begins to print a document in the background, unless that is being done already; open tabs are told how far it is.
    /// False if the page has no such document.
    fn print(&self, place: &Place, print: Print) -> bool;

    /// A document that has been printed as the papers now are, with the file name to give it.
    fn pdf(&self, place: &Place, print: Print) -> Option<(String, Arc<[u8]>)>;
}

/// Runs the preview until somebody ends it. `say` is given what to tell who has started it, a line or more at a time.
///
/// # Errors
/// A sentence on why it cannot run.
pub fn run(options: &Options, say: &(dyn Fn(&str) + Sync)) -> Result<(), String> {
    let tabs = Arc::new(Tabs::default());
    if !options.content.is_dir() {
        return Err(format!(
            "there is no folder `{}`. Begin with `quorate new authority`, or name the folder with --content",
            options.content.display()
        ));
    }
    let setting = desk::Setting {
        content: options.content.clone(),
        own_theme: options.own_theme.clone(),
        clock: Arc::clone(&options.clock),
        editor: options.editor.clone(),
        audiences: vec![Audience::Public, Audience::Members],
    };
    let desk = Desk::new(setting, Arc::clone(&tabs)).map_err(|error| format!("the preview cannot start: {error}"))?;
    let desk = Arc::new(desk);
    // What changes while it is read for the first time is told afterwards: so it is watched first.
    let (changes, changed) = channel();
    let mode = if options.poll { Mode::Poll(POLL) } else { Mode::Events };
    let roots = [options.content.clone(), options.own_theme.clone()];
    let watcher = Watcher::start(&roots, mode, move |changes_seen| {
        // Whoever no longer listens has ended.
        let _ = changes.send(changes_seen);
    });
    let watcher = watcher.map_err(|error| error.to_string())?;
    desk.update(&BTreeSet::new(), true);
    let server = Server::start(Arc::clone(&desk) as Arc<dyn Preview>, Arc::clone(&tabs), &options.server);
    let server = server.map_err(|error| error.to_string())?;
    say(&words::welcome(&server, options));
    if let Some(note) = watcher.note() {
        say(&format!("{note}\n"));
    }
    if let Some(trouble) = options.open.then(|| browser::open(&server.address()).err()).flatten() {
        say(&format!("{trouble}\n"));
    }
    desk.follow(&changed, say);
    server.stop();
    Ok(())
}
