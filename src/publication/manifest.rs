//! The list of what Quorate wrote into a folder.
//!
//! A plain text file, so that an officer can see what it says: a first line that names the tool and the edition, then
//! one file a line as `sha256sum` writes it, sorted. (`tail -n +2 .quorate-manifest | sha256sum --check` verifies a
//! publication without Quorate.) It names nothing but the published paths, so it may stand on a web server.

use super::{PublicationError, artefacts};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

/// The manifest's name in the target.
pub(super) const MANIFEST: &str = ".quorate-manifest";

const BEFORE_EDITION: &str = "quorate manifest 1: ";
const AFTER_EDITION: &str = " edition";

/// The SHA-256 of a file's bytes.
pub(super) type Sum = [u8; 32];

/// The SHA-256 of some bytes.
pub(super) fn sum(bytes: &[u8]) -> Sum {
    Sha256::digest(bytes).into()
}

/// Refuses the name of an edition that the manifest's first line could not hold.
pub(super) fn check_edition(name: &str) -> Result<(), PublicationError> {
    if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
        return Err(PublicationError::BadEdition { name: name.to_owned() });
    }
    Ok(())
}

/// What was published: which edition, and each file with the sum of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) edition: String,
    pub(super) files: BTreeMap<String, Sum>,
}

impl Manifest {
    /// The manifest's text.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{BEFORE_EDITION}{}{AFTER_EDITION}\n", self.edition);
        for (path, sum) in &self.files {
            for byte in sum {
                // Writing to a string cannot fail.
                let _ = write!(text, "{byte:02x}");
            }
            let _ = writeln!(text, "  {path}");
        }
        text
    }

    /// Reads a manifest; if it is not one, the line that shows it, counted from 1.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, usize> {
        let text = std::str::from_utf8(bytes).map_err(|_| 1_usize)?;
        // A manifest that was cut short must not pass for a shorter one: files of ours would look like somebody else's.
        if !text.ends_with('\n') {
            return Err(text.lines().count().max(1));
        }
        let mut lines = text.lines();
        let edition = lines.next().and_then(|line| line.strip_prefix(BEFORE_EDITION)?.strip_suffix(AFTER_EDITION));
        let edition = edition.filter(|name| check_edition(name).is_ok()).ok_or(1_usize)?.to_owned();
        let mut files = BTreeMap::new();
        for (index, line) in lines.enumerate() {
            let (path, sum) = read_line(line).ok_or(index + 2)?;
            if files.insert(path.to_owned(), sum).is_some() {
                return Err(index + 2);
            }
        }
        Ok(Self { edition, files })
    }

    /// Every folder that these files stand in.
    pub(super) fn folders(&self) -> HashSet<&str> {
        self.files.keys().flat_map(|path| artefacts::folders_above(path)).collect()
    }
}

fn read_line(line: &str) -> Option<(&str, Sum)> {
    let (digits, path) = line.split_once("  ")?;
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) || artefacts::unfit(path).is_some()
    {
        return None;
    }
    let mut sum = [0; 32];
    for (byte, at) in sum.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
    }
    Some((path, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Manifest {
        let files = [("index.html", "home"), ("a/two  spaces.html", ""), ("é.html", "x")];
        let files = files.map(|(path, text)| (path.to_owned(), sum(text.as_bytes())));
        Manifest { edition: "public".into(), files: files.into() }
    }

    #[test]
    fn what_is_written_is_read_back_and_is_what_sha256sum_writes() {
        let text = example().text();
        assert_eq!(Manifest::read(text.as_bytes()), Ok(example()));
        // The sum of nothing, from the standard.
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(text.lines().next(), Some("quorate manifest 1: public edition"));
        assert_eq!(text.lines().nth(1), Some(format!("{nothing}  a/two  spaces.html").as_str()));
    }

    #[test]
    fn a_damaged_manifest_is_not_guessed_at_and_the_line_is_named() {
        let text = example().text();
        let cases = [
            (String::new(), 1),
            ("something else\n".to_owned(), 1),
            (text.replace("public", "pub lic"), 1),
            (text.trim_end().to_owned(), 4),
            (text.replace("e3b0", "e3bz"), 2),
            (text.replace("e3b0", "e3b"), 2),
            (text.replace("  index.html", " index.html"), 3),
            (text.replace("index.html", "../index.html"), 3),
            (format!("{text}{}\n", text.lines().last().unwrap()), 5),
        ];
        for (damaged, line) in cases {
            assert_eq!(Manifest::read(damaged.as_bytes()), Err(line), "{damaged}");
        }
    }

    #[test]
    fn an_edition_name_is_one_plain_word() {
        assert!(check_edition("public").is_ok() && check_edition("members").is_ok());
        for name in ["", "a b", "a\nb", "a/b"] {
            assert!(check_edition(name).is_err(), "{name:?}");
        }
    }
}
