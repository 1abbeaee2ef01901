//! Why nothing was published.

use crate::files::FileError;
use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Why nothing was published. Each says what happened, where, and how to put it right.
#[derive(Debug)]
pub enum PublicationError {
    /// An artefact has a path that cannot be published.
    BadPath {
        /// The path.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Two artefacts cannot stand in one folder: the same path, perhaps but for capitals, or one within the other.
    Clash {
        /// One path.
        one: String,
        /// The other.
        other: String,
    },
    /// The name of the edition is not one plain word.
    BadEdition {
        /// The name.
        name: String,
    },
    /// The target is a place that must not be replaced, whatever is in it.
    NoPlaceToPublish {
        /// The target as it was given.
        target: PathBuf,
        /// What speaks against it.
        why: &'static str,
    },
    /// The target is not empty and has no manifest of ours.
    NotOurs {
        /// The target.
        target: PathBuf,
    },
    /// The target holds another edition.
    OtherEdition {
        /// The target.
        target: PathBuf,
        /// The edition it holds.
        found: String,
        /// The edition that was to be published.
        wanted: String,
    },
    /// The target's manifest cannot be understood, so there is no telling whose the files in it are.
    DamagedManifest {
        /// The manifest.
        path: PathBuf,
        /// The line that cannot be understood, counted from 1.
        line: usize,
    },
    /// Somebody put a file into the target where an artefact has to go.
    InTheWay {
        /// What stands there.
        path: PathBuf,
        /// The artefact.
        artefact: String,
    },
    /// Another run is publishing to this target just now.
    Busy {
        /// The target.
        target: PathBuf,
        /// The other run's process number, if it left one.
        process: Option<u32>,
    },
    /// Somebody changed the target while the new publication was staged.
    ChangedMeanwhile {
        /// The target.
        target: PathBuf,
    },
    /// The publication was staged, but the disk would not let it take the target's place.
    NotSwapped {
        /// The target.
        target: PathBuf,
        /// What the disk said.
        cause: FileError,
    },
    /// A swap was cut off half way, and the previous publication could not be put back. Nothing of it is lost.
    NotPutBack {
        /// The target, where it belongs.
        target: PathBuf,
        /// Where it lies.
        lies_at: PathBuf,
        /// What the disk said.
        cause: FileError,
    },
    /// The disk would not do something else.
    Disk(FileError),
}

impl From<FileError> for PublicationError {
    fn from(error: FileError) -> Self {
        Self::Disk(error)
    }
}

impl fmt::Display for PublicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadPath { path, why } => write!(f, "a file named {path:?} cannot be published: {why}"),
            Self::Clash { one, other } if one == other => {
                write!(f, "two files would both be published as {one}: give one of them another name")
            }
            Self::Clash { one, other } => write!(
                f,
                "{one} and {other} cannot both be published: on some systems their names clash. \
                 Give one of them another name"
            ),
            Self::BadEdition { name } => {
                write!(f, "an edition cannot be called {name:?}: use letters, digits and hyphens")
            }
            Self::NoPlaceToPublish { target, why } => write!(
                f,
                "nothing was published to {}: {why}. Choose a folder that is for the publication only",
                target.display()
            ),
            Self::NotOurs { target } => write!(
                f,
                "nothing was published to {0}: it is not empty, and Quorate did not make what is in it. \
                 Choose another folder; or, if nothing in {0} is needed, empty it first",
                target.display()
            ),
            Self::OtherEdition { target, found, wanted } => write!(
                f,
                "nothing was published to {0}: it holds the {found} edition, which the {wanted} edition must not \
                 replace. Choose another folder; or, if that edition is not needed, remove {0} first",
                target.display()
            ),
            Self::DamagedManifest { path, line } => write!(
                f,
                "nothing was published: line {line} of {} cannot be understood, so there is no telling which files \
                 beside it are Quorate's. Restore that file; or remove its folder, if nothing else in it is needed",
                path.display()
            ),
            Self::InTheWay { path, artefact } => write!(
                f,
                "nothing was published: {} was not put there by Quorate, and {artefact} has to be published there. \
                 Move it elsewhere, or remove it",
                path.display()
            ),
            Self::Busy { target, process } => {
                write!(f, "nothing was published to {}: another run of Quorate", target.display())?;
                if let Some(process) = process {
                    write!(f, " (process {process})")?;
                }
                f.write_str(" is publishing there just now. Try again when it has finished")
            }
            Self::ChangedMeanwhile { target } => {
                write!(f, "nothing was published: somebody changed {} at the same time. Run it again", target.display())
            }
            Self::NotSwapped { target, cause } => {
                write!(f, "nothing was published to {}: {cause}", target.display())?;
                match cause.cause.kind() {
                    ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => {
                        f.write_str(". If it is a mount point, publish to a folder within it")
                    }
                    ErrorKind::PermissionDenied => {
                        f.write_str(". If a program has a file in it open, close that program and run this again")
                    }
                    _ => Ok(()),
                }
            }
            Self::NotPutBack { target, lies_at, cause } => write!(
                f,
                "the previous publication lies whole at {} and could not be put back: {cause}. \
                 Move it to {} yourself",
                lies_at.display(),
                target.display()
            ),
            Self::Disk(error) => write!(f, "nothing was published: {error}"),
        }
    }
}

// What the disk said is part of the message, so it is not offered as `source` too.
impl std::error::Error for PublicationError {}
