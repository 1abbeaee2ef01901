//! Links that open a place of a file in an editor.

use std::fmt;
use std::path::Path;

use crate::text::markup::percent_encoded;

/// What stands for what in a template.
const PATH: &str = "{path}";
const LINE: &str = "{line}";
const COLUMN: &str = "{column}";

/// Addresses that a browser would run, or follow to somewhere else than an editor.
const NOT_EDITORS: &[&str] = &[
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "ftp",
    "http",
    "https",
    "javascript",
    "mailto",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// How an editor is told to open a file at a place: an address of its own kind, such as
/// `vscode://file{path}:{line}:{column}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(String);

impl Editor {
    /// Visual Studio Code, which also names the address that others have copied.
    pub const USUAL: &str = "vscode://file{path}:{line}:{column}";

    /// Understands a template.
    ///
    /// # Errors
    /// A sentence on what is wrong with it.
    pub fn parse(template: &str) -> Result<Self, String> {
        let (scheme, rest) = template.split_once(':').ok_or_else(|| says("it begins with no word and colon"))?;
        let mut letters = scheme.chars();
        let fits = letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
        if !fits {
            return Err(says("it begins with no word of lower-case letters and a colon"));
        }
        if NOT_EDITORS.contains(&scheme) {
            return Err(format!("`{scheme}:` opens no editor"));
        }
        if !rest.contains(PATH) {
            return Err(says("it lacks `{path}`, which stands for the file"));
        }
        let plain = rest.replace(PATH, "").replace(LINE, "").replace(COLUMN, "");
        if plain.contains(['{', '}']) {
            return Err(says("only `{path}`, `{line}` and `{column}` may stand in braces"));
        }
        if !plain.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '`' | '\\')) {
            return Err(says(
                "an address has no spaces, quotation marks or angle brackets, and no letters with accents",
            ));
        }
        Ok(Self(template.to_owned()))
    }

    /// The address that opens a file, given by its path from the root, at a line and a column, both from 1.
    pub fn link(&self, path: &Path, line: usize, column: usize) -> String {
        let path = path.to_string_lossy();
        // On Windows a path has backslashes, and no slash before its drive.
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
        let slash = if path.starts_with('/') { "" } else { "/" };
        let path = format!("{slash}{}", percent_encoded(&path, if cfg!(windows) { b"/:" } else { b"/" }));
        // The path comes last: a brace in it is encoded, but need not be thought about then.
        let address = self.0.replace(LINE, &line.to_string()).replace(COLUMN, &column.to_string());
        address.replace(PATH, &path)
    }
}

fn says(sentence: &str) -> String {
    format!("{sentence}; an address such as {} is meant", Editor::USUAL)
}

impl fmt::Display for Editor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_of_editors_are_understood() {
        for template in [
            Editor::USUAL,
            "vscodium://file{path}:{line}:{column}",
            "zed://file{path}:{line}:{column}",
            "idea://open?file={path}&line={line}&column={column}",
            "txmt://open?url=file://{path}&line={line}",
            "x-mine+1.0:{path}",
        ] {
            assert!(Editor::parse(template).is_ok(), "{template}");
        }
    }

    #[test]
    fn what_opens_no_editor_is_refused() {
        for template in [
            "",
            "code",
            "{path}",
            "/usr/bin/code {path}",
            "javascript:alert('{path}')",
            "javascript:{path}",
            "JavaScript:{path}",
            " javascript:{path}",
            "java\tscript:{path}",
            "data:text/html,{path}",
            "vbscript:{path}",
            "http://evil.example/{path}",
            "https://evil.example/{path}",
            "file://{path}",
            "vscode://file",
            "vscode://file{path}:{row}",
            "vscode://file{path}}",
            "vscode://file{path}\" onclick=\"x",
            "vscode://file{path} ",
            "vscode://file{path}<b>",
            ":{path}",
            "1x:{path}",
        ] {
            assert!(Editor::parse(template).is_err(), "{template}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_names_the_place_and_breaks_out_of_nothing() {
        let editor = Editor::parse(Editor::USUAL).unwrap();
        let link = |path: &str| editor.link(Path::new(path), 12, 3);
        assert_eq!(link("/papers/a.md"), "vscode://file/papers/a.md:12:3");
        assert_eq!(link("/a b/é{line}\"&?#%.md"), "vscode://file/a%20b/%C3%A9%7Bline%7D%22%26%3F%23%25.md:12:3");
    }
}
