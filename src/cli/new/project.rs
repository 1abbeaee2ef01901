//! The content folder as `quorate new` sees it: which bodies there are, and where a new file may go.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::or_meant;
use crate::cli::Trouble;
use crate::cli::paths::whole;
use crate::files;

/// A file to write.
#[derive(Debug)]
pub(super) struct NewFile {
    /// Its path below the content folder, made of ids only.
    pub(super) path: String,
    pub(super) text: String,
}

/// The content folder.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) content: PathBuf,
}

impl Project {
    pub(super) fn new(content: &Path) -> Self {
        Self { content: content.to_path_buf() }
    }

    /// A mistyped `--content` must not begin a second content folder.
    pub(super) fn must_exist(&self) -> Result<(), Trouble> {
        if self.content.is_dir() {
            return Ok(());
        }
        Err(Trouble::new(format!(
            "there is no folder `{}`. Begin with `quorate new authority`, or name the folder with --content",
            self.content.display()
        )))
    }

    /// The ids of the bodies, sorted.
    pub(super) fn bodies(&self) -> Result<Vec<String>, Trouble> {
        let folder = self.content.join("bodies");
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut bodies: Vec<String> = files::list(&folder)?
            .iter()
            .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        bodies.sort();
        Ok(bodies)
    }

    /// Refuses a body that does not exist, with the one that was probably meant.
    pub(super) fn must_have_body(&self, id: &str) -> Result<(), Trouble> {
        let bodies = self.bodies()?;
        if bodies.iter().any(|body| body == id) {
            return Ok(());
        }
        Err(Trouble::new(format!("there is no body `{id}`{}\nTo add it: quorate new body {id}", or_meant(id, &bodies))))
    }

    /// Whether there is something at a path below the content folder.
    pub(super) fn has(&self, path: &str) -> Result<bool, Trouble> {
        Ok(files::exists(&self.content.join(path))?)
    }

    /// Writes all of the files, or none if one of them exists; says what it wrote.
    pub(super) fn write(&self, new: &[NewFile]) -> Result<String, Trouble> {
        let (missing, existing) = self.sort_out(new)?;
        match existing.first() {
            Some(file) => Err(self.exists(&file.path)),
            None => self.create(&missing),
        }
    }

    /// Writes those of the files that do not exist; says what it wrote and what it left. An error if all exist.
    pub(super) fn write_missing(&self, new: &[NewFile]) -> Result<String, Trouble> {
        let (missing, existing) = self.sort_out(new)?;
        if let (true, Some(first)) = (missing.is_empty(), existing.first()) {
            return Err(self.exists(&first.path));
        }
        let left = existing.iter().map(|file| self.shown(&file.path));
        let left: Vec<String> = left.map(|path| format!("Left  {path}, which exists already, as it is\n")).collect();
        Ok(self.create(&missing)? + &left.concat())
    }

    /// The files that do not exist, and those that do.
    fn sort_out<'f>(&self, new: &'f [NewFile]) -> Result<(Vec<&'f NewFile>, Vec<&'f NewFile>), Trouble> {
        let (mut missing, mut existing) = (Vec::new(), Vec::new());
        for file in new {
            self.must_be_within(&file.path)?;
            if self.has(&file.path)? { existing.push(file) } else { missing.push(file) }
        }
        Ok((missing, existing))
    }

    /// Writes files; one that has come to exist meanwhile is left alone, and is an error.
    fn create(&self, new: &[&NewFile]) -> Result<String, Trouble> {
        let mut done = Vec::new();
        for NewFile { path, text } in new {
            match files::create_new(&self.content.join(path), text.as_bytes()) {
                Err(error) if error.cause.kind() == ErrorKind::AlreadyExists => return Err(self.exists(path)),
                written => written?,
            }
            done.push(format!("Wrote {}\n", self.shown(path)));
        }
        Ok(done.concat())
    }

    fn exists(&self, path: &str) -> Trouble {
        Trouble::new(format!("{} exists already. Nothing was written, and the file is as it was", self.shown(path)))
    }

    /// A link to elsewhere, in the place of one of the content folder's own folders, is not followed.
    fn must_be_within(&self, path: &str) -> Result<(), Trouble> {
        if whole(&self.content.join(path)).starts_with(whole(&self.content)) {
            return Ok(());
        }
        Err(Trouble::new(format!(
            "{} is not written: a symbolic link on the way leads out of the content folder",
            self.shown(path)
        )))
    }

    /// A path as a terminal can open it.
    pub(super) fn shown(&self, path: &str) -> String {
        self.content.join(path).display().to_string()
    }
}
