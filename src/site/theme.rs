//! The theme: templates, interface strings and assets.
//!
//! The default theme is part of the program. A project can put files of its own under `themes/NAME/`; each takes the
//! place of the default's file of the same path.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use tera::Tera;

use crate::files::Folder;
use crate::model::read::{Read, Table};
use crate::publication::Artefact;
use crate::text::{Source, SourceId, yaml};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme, ready to render with.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The templates.
    pub tera: Tera,
    /// Interface strings.
    pub strings: BTreeMap<String, String>,
    /// The stylesheet's path on the site.
    pub stylesheet: String,
    /// Files that go onto the site as they are, under names that change with what they hold.
    pub assets: Vec<Artefact>,
    /// The Typst programs that packs are printed with, by the name that they know each other by: `/pack.typ`.
    pub programs: Vec<(String, String)>,
}

/// What can be wrong with a theme.
#[derive(Debug)]
pub struct ThemeError(pub String);

impl std::fmt::Display for ThemeError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the theme cannot be used: {}", self.0)
    }
}

impl std::error::Error for ThemeError {}

impl Theme {
    /// Loads the default theme, with the files of `own` in place of its own; interface strings in the language given.
    ///
    /// # Errors
    /// If a template, the strings or the stylesheet cannot be read.
    pub fn load(own: Option<&dyn Folder>, language: &str) -> Result<Self, ThemeError> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        embedded(&DEFAULT, &mut files);
        if let Some(own) = own {
            for path in own.paths() {
                let bytes = own.read(path).map_err(|error| ThemeError(error.to_string()))?;
                files.insert(path.clone(), bytes);
            }
        }
        let text = |path: &str, bytes: &[u8]| {
            String::from_utf8(bytes.to_vec()).map_err(|_| ThemeError(format!("{path} is not UTF-8 text")))
        };
        let mut templates = Vec::new();
        let mut assets = Vec::new();
        let mut stylesheet = None;
        let mut programs = Vec::new();
        for (path, bytes) in &files {
            if let Some(name) = path.strip_prefix("templates/") {
                templates.push((name.to_owned(), text(path, bytes)?));
            } else if let Some(name) = path.strip_prefix("pack/").filter(|name| name.ends_with(".typ")) {
                if name == "main.typ" {
                    return Err(ThemeError(
                        "pack/main.typ is the name of the document itself; call the file otherwise".to_owned(),
                    ));
                }
                programs.push((format!("/{name}"), text(path, bytes)?));
            } else if let Some(name) = path.strip_prefix("assets/") {
                let asset = Artefact { path: format!("assets/{}", fingerprinted(name, bytes)), bytes: bytes.clone() };
                if name == "quorate.css" {
                    stylesheet = Some(asset.path.clone());
                }
                assets.push(asset);
            }
        }
        let strings = strings(&files, language)?;
        let mut tera = Tera::default();
        tera.add_raw_templates(templates).map_err(|error| ThemeError(error.to_string()))?;
        let stylesheet = stylesheet.ok_or_else(|| ThemeError("it has no assets/quorate.css".to_owned()))?;
        Ok(Self { tera, strings, stylesheet, assets, programs })
    }
}

fn embedded(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents().to_vec());
    }
    for inner in dir.dirs() {
        embedded(inner, files);
    }
}

/// A file's name with a mark of what it holds, so that browsers can keep it for ever: `quorate.0a1b2c3d.css`.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mark = format!("{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3]);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{mark}.{extension}"),
        None => format!("{name}.{mark}"),
    }
}

/// The strings of the language, English standing in for what it does not have.
fn strings(files: &BTreeMap<String, Vec<u8>>, language: &str) -> Result<BTreeMap<String, String>, ThemeError> {
    let mut strings = BTreeMap::new();
    let own = language.split('-').next().unwrap_or("en");
    for code in ["en", own] {
        let path = format!("strings/{code}.yaml");
        let Some(bytes) = files.get(&path) else { continue };
        let source = Source::new(path.clone(), String::from_utf8_lossy(bytes));
        let mut findings = Vec::new();
        let table = yaml::parse(&source, SourceId(0), 0..source.text.len(), &mut findings)
            .and_then(|node| Table::<String>::read(&node, &mut findings));
        if let Some(finding) = findings.first() {
            let (line, _) = source.position(finding.primary.span.start);
            return Err(ThemeError(format!("{path}, line {line}: {}", finding.message)));
        }
        strings.extend(table.unwrap_or_default().0.into_iter().map(|(key, text)| (key.value, text)));
    }
    Ok(strings)
}
